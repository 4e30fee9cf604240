"""Games with dice and cards: scoring rolls, valuing hands."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


@family(
    task=(
        "pairs", "three", "full_house", "straight", "yahtzee", "upper", "chance", "doubles", "pig",
        "two_pairs",
    )
)  # fmt: skip
def scoring_dice(choose: Chooser, task: str) -> Exercise:
    """Score a roll of dice."""
    texts, names, solutions = {
        "pairs": (
            (
                "score the highest pair of five dice: twice the largest number that shows at "
                "least twice, or 0",
                "find the sum of the best pair in a roll of five dice (0 if there is no pair)",
                "Given a list of five dice, return the sum of the two equal dice with the highest "
                "number, and 0 if all are different.",
                "Points for the best pair of five dice, or 0 without a pair.",
            ),
            ("pair_score", "best_pair", "highest_pair"),
            (
                """
                def solve(dice):
                    for eyes in range(6, 0, -1):
                        if dice.count(eyes) >= 2:
                            return 2 * eyes
                    return 0
                """,
                """
                def solve(dice):
                    return 2 * max((eyes for eyes in dice if dice.count(eyes) > 1), default=0)
                """,
            ),
        ),
        "three": (
            (
                "score three of a kind with five dice: the sum of all dice if at least three are "
                "equal, else 0",
                "return the total of a roll of five dice if some number shows three times or more, "
                "and 0 otherwise",
                "Given a list of five dice, return their sum if it has three of a kind, otherwise "
                "0.",
                "Three of a kind: sum of all dice, or 0.",
            ),
            ("three_of_a_kind", "score_three", "three_equal"),
            (
                """
                def solve(dice):
                    if any(dice.count(eyes) >= 3 for eyes in dice):
                        return sum(dice)
                    return 0
                """,
                """
                from collections import Counter


                def solve(dice):
                    return sum(dice) if max(Counter(dice).values()) >= 3 else 0
                """,
            ),
        ),
        "full_house": (
            (
                "check whether five dice are a full house: three of one number and two of another",
                "test if a roll of five dice consists of three equal dice and two other equal ones",
                "Given a list of five dice, return True for a full house and False for all else.",
                "Full house? Return True if the five dice are a triple and a pair of another "
                "number.",
            ),
            ("is_full_house", "full_house", "check_full_house"),
            (
                """
                def solve(dice):
                    return sorted(dice.count(eyes) for eyes in set(dice)) == [2, 3]
                """,
                """
                from collections import Counter


                def solve(dice):
                    return sorted(Counter(dice).values()) == [2, 3]
                """,
            ),
        ),
        "straight": (
            (
                "find the length of the longest run of consecutive numbers that a roll of dice "
                "shows, in any order",
                "return how many consecutive numbers, such as 2, 3, 4, the dice show at most",
                "Given a list of dice, return the length of the longest straight in it.",
                "Longest run of consecutive numbers among the dice.",
            ),
            ("longest_straight", "straight_length", "run_of_dice"),
            (
                """
                def solve(dice):
                    best = current = 0
                    for eyes in range(1, 7):
                        current = current + 1 if eyes in dice else 0
                        best = max(best, current)
                    return best
                """,
                """
                def solve(dice):
                    best = 0
                    for start in dice:
                        length = 0
                        while start + length in dice:
                            length += 1
                        best = max(best, length)
                    return best
                """,
            ),
        ),
        "yahtzee": (
            (
                "score five dice: 50 if all are equal, else 0",
                "return 50 points for five equal dice and 0 otherwise",
                "Given a list of five dice, return 50 if it is a Yahtzee (all equal), else 0.",
                "Yahtzee score of a roll: 50 or 0.",
            ),
            ("yahtzee", "score_yahtzee", "all_equal_score"),
            (
                """
                def solve(dice):
                    return 50 if len(set(dice)) == 1 else 0
                """,
                """
                def solve(dice):
                    if dice.count(dice[0]) == len(dice):
                        return 50
                    return 0
                """,
            ),
        ),
        "upper": (
            (
                "score a number with five dice: the sum of all dice that show this number",
                "add up the dice of a roll that equal a given number",
                "Given a list of dice and a number from 1 to 6, return the number times how often "
                "it shows.",
                "Upper section of Yahtzee: sum of the dice with the chosen number.",
            ),
            ("upper_score", "score_number", "sum_of_equal"),
            (
                """
                def solve(dice, number):
                    return number * dice.count(number)
                """,
                """
                def solve(dice, number):
                    return sum(eyes for eyes in dice if eyes == number)
                """,
            ),
        ),
        "chance": (
            (
                "find the sum of a roll of dice without the lowest one",
                "add up all dice except the smallest (if several are smallest, leave out one)",
                "Given a list of at least two dice, drop the lowest die and return the sum of the "
                "others.",
                "Roll some dice, drop the lowest: return the total.",
            ),
            ("drop_lowest", "sum_without_lowest", "ability_score"),
            (
                """
                def solve(dice):
                    return sum(dice) - min(dice)
                """,
                """
                def solve(dice):
                    return sum(sorted(dice)[1:])
                """,
            ),
        ),
        "doubles": (
            (
                "count the doubles in a list of rolls of two dice, given as tuples",
                "find how many rolls (a, b) show the same number twice",
                "Given a list of tuples of two dice, return the number of tuples with two equal "
                "numbers.",
                "How many of the rolls are doubles?",
            ),
            ("count_doubles", "num_doubles", "equal_rolls"),
            (
                """
                def solve(rolls):
                    return sum(1 for a, b in rolls if a == b)
                """,
                """
                def solve(rolls):
                    count = 0
                    for roll in rolls:
                        if roll[0] == roll[1]:
                            count += 1
                    return count
                """,
            ),
        ),
        "pig": (
            (
                "find the points of a turn in the dice game Pig: the sum of the rolls, but 0 if a "
                "1 is among them",
                "add up dice rolls; if any of them is 1, the result is 0",
                "Given the rolls of a turn of Pig, return the points: all rolls added up, or 0 if "
                "there was a 1.",
                "Score a turn of Pig.",
            ),
            ("pig_score", "score_turn", "pig_turn"),
            (
                """
                def solve(rolls):
                    return 0 if 1 in rolls else sum(rolls)
                """,
                """
                def solve(rolls):
                    total = 0
                    for roll in rolls:
                        if roll == 1:
                            return 0
                        total += roll
                    return total
                """,
            ),
        ),
        "two_pairs": (
            (
                "check whether five dice show two different pairs, where three or more equal dice "
                "count as a pair, too",
                "test if at least two different numbers show twice or more in a roll of dice",
                "Given a list of five dice, return True if there are two different numbers that "
                "both show at least twice, else False.",
                "Do at least two different numbers show at least twice among the dice?",
            ),
            ("two_pairs", "has_two_pairs", "is_two_pairs"),
            (
                """
                def solve(dice):
                    return sum(1 for eyes in set(dice) if dice.count(eyes) >= 2) >= 2
                """,
                """
                from collections import Counter


                def solve(dice):
                    pairs = [eyes for eyes, times in Counter(dice).items() if times >= 2]
                    return len(pairs) >= 2
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(7):
        dice = choose.integers(5, 1, 6)
        a, b = choose.sample(range(1, 7), 2)
        if place % 2 and task in ("three", "full_house", "two_pairs"):
            made = {
                "three": [a] * 3 + choose.integers(2, 1, 6),
                "full_house": [a] * 3 + [b] * 2,
                "two_pairs": [a, a, b, b, choose.integer(1, 6)],
            }[task]
            dice = choose.shuffled(made)
        elif task == "yahtzee":
            dice = [a] * 5 if place % 2 else dice
        elif task in ("doubles", "pig", "chance"):
            dice = choose.integers((2, 6), 2 if place % 2 else 1, 6)
        if task == "doubles":
            rolls = [(choose.integer(1, 6), choose.integer(1, 6)) for _ in dice]
            arguments.append((rolls + [(a, a)] * choose.integer(0, 2),))
        elif task == "upper":
            arguments.append((dice, choose.one_of(dice) if place else a))
        else:
            arguments.append((dice,))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"dice": ("roll", "rolls", "d", "throw"), "rolls": ("throws", "turn", "dice")},
    )


_RANKS = ("2", "3", "4", "5", "6", "7", "8", "9", "10", "J", "Q", "K", "A")


def _hand(choose: Chooser, num: int | tuple[int, int]) -> list[str]:
    """Return different cards such as `10H` or `AS`."""
    return choose.sample([rank + suit for rank in _RANKS for suit in "SHDC"], num)


def _card_arguments(choose: Chooser, task: str, place: int) -> tuple[Any, ...]:
    """Return arguments for a task of `hands_of_cards`; odd places give the rarer answers."""
    cards = _hand(choose, (2, 6))
    size = choose.integer(1, 5)
    if task in ("blackjack", "simple_value"):
        return ([*(choose.one_of(_RANKS) for _ in range(size))][:2] + ["A"] * (place % 3),)
    if task == "flush":
        suit = choose.one_of("SHDC")
        return ([card[:-1] + suit for card in cards] if place % 2 else cards,)
    if task == "pair":
        twin = cards[0][:-1] + ("H" if cards[0].endswith("S") else "S")
        return (cards if place % 2 else [*cards, twin],)
    if task == "deck":
        return choose.sample(_RANKS, (1, 4)), "".join(choose.sample("SHDC", (1, 3)))
    if task == "war":
        return choose.integers(size, 2, 14), choose.integers(size, 2, 14)
    if task == "bust":
        return (choose.integers(size, 22 if place == 0 else 12, 27),)
    if task == "missing":
        ranks = choose.sample(("7", "8", "9", "J", "K", "A"), 2)
        return ranks, choose.sample([rank + suit for rank in ranks for suit in "SHDC"], (2, 6))
    return (cards,)


@family(
    task=(
        "blackjack", "simple_value", "flush", "pair", "highest", "suits", "sort", "deck", "war",
        "bust", "best_suit", "missing",
    )
)  # fmt: skip
def hands_of_cards(choose: Chooser, task: str) -> Exercise:
    """Value and compare playing cards such as 10H."""
    card = "cards such as '10H' or 'AS' (rank and suit letter)"
    texts, names, solutions = {
        "blackjack": (
            (
                "find the value of a hand at blackjack: 2 to 10 count as they are, J, Q and K "
                "count 10, an A counts 11, or 1 if the total would be above 21",
                "compute the blackjack value of a list of ranks ('2' to '10', 'J', 'Q', 'K', "
                "'A'); aces are 11 unless that makes more than 21",
                "Given a list of card ranks as strings, return the best blackjack total: each A "
                "is worth 11 or 1, pictures are worth 10.",
                "Blackjack: what is the hand worth? Pictures are 10, an ace is 11, or 1 if 11 is "
                "too much.",
            ),
            ("blackjack_value", "hand_value", "count_hand"),
            (
                """
                def solve(ranks):
                    total = 0
                    aces = 0
                    for rank in ranks:
                        if rank == "A":
                            aces += 1
                            total += 11
                        elif rank in ("J", "Q", "K"):
                            total += 10
                        else:
                            total += int(rank)
                    while total > 21 and aces > 0:
                        total -= 10
                        aces -= 1
                    return total
                """,
                """
                def solve(ranks):
                    points = {"J": 10, "Q": 10, "K": 10, "A": 11}
                    total = sum(points[r] if r in points else int(r) for r in ranks)
                    for _ in range(ranks.count("A")):
                        if total > 21:
                            total -= 10
                    return total
                """,
            ),
        ),
        "simple_value": (
            (
                "add up the values of cards: numbers count as they are, J 11, Q 12, K 13 and A 14",
                "find the total of a list of card ranks, where J, Q, K and A are worth 11 to 14",
                "Given ranks as strings ('2' to '10', 'J', 'Q', 'K', 'A'), return the sum of "
                "their values with J = 11, Q = 12, K = 13, A = 14.",
                "Sum of card values with J, Q, K and A as 11, 12, 13 and 14.",
            ),
            ("card_total", "sum_of_cards", "rank_sum"),
            (
                """
                def solve(ranks):
                    pictures = {"J": 11, "Q": 12, "K": 13, "A": 14}
                    return sum(pictures[r] if r in pictures else int(r) for r in ranks)
                """,
                """
                def solve(ranks):
                    order = ["2", "3", "4", "5", "6", "7", "8", "9", "10", "J", "Q", "K", "A"]
                    return sum(order.index(rank) + 2 for rank in ranks)
                """,
            ),
        ),
        "flush": (
            (
                f"check whether all {card} of a hand have the same suit",
                "test if a list of cards is a flush; the last character of a card is its suit",
                "Given cards like '7D', return True if they all have one suit, and False "
                "otherwise.",
                "Do all cards have the same suit, that is, the same last letter?",
            ),
            ("is_flush", "same_suit", "check_flush"),
            (
                """
                def solve(cards):
                    return len({card[-1] for card in cards}) == 1
                """,
                """
                def solve(cards):
                    return all(card[-1] == cards[0][-1] for card in cards)
                """,
            ),
        ),
        "pair": (
            (
                f"check whether a hand of {card} contains two cards of the same rank",
                "test if there is a pair in a list of cards; a card is its rank followed by one "
                "letter for the suit",
                "Given cards like '10H', return True if at least two have the same rank, else "
                "False.",
                "Is there a pair, two cards of equal rank, in the hand?",
            ),
            ("has_pair", "contains_pair", "is_pair"),
            (
                """
                def solve(cards):
                    ranks = [card[:-1] for card in cards]
                    return len(set(ranks)) < len(ranks)
                """,
                """
                def solve(cards):
                    seen = set()
                    for card in cards:
                        rank = card[:-1]
                        if rank in seen:
                            return True
                        seen.add(rank)
                    return False
                """,
            ),
        ),
        "highest": (
            (
                "find the card with the highest rank in a hand, in the order 2, ..., 10, J, Q, K, "
                "A (the first one, if some are equal); cards look like '10H'",
                "return the best card of a list such as ['QS', '4D'], where the rank before the "
                "suit letter counts, A is highest, and of equal ranks the first is taken",
                "Given cards as strings of rank and suit, return the first card of the highest "
                "rank. Aces are high.",
                "Which card of the hand has the highest rank (2, ..., 10, J, Q, K, A)? Take the "
                "first one on a tie.",
            ),
            ("highest_card", "best_card", "top_card"),
            (
                """
                def solve(cards):
                    order = ["2", "3", "4", "5", "6", "7", "8", "9", "10", "J", "Q", "K", "A"]
                    return max(cards, key=lambda card: order.index(card[:-1]))
                """,
                """
                def solve(cards):
                    order = ["2", "3", "4", "5", "6", "7", "8", "9", "10", "J", "Q", "K", "A"]
                    top = cards[0]
                    for card in cards[1:]:
                        if order.index(card[:-1]) > order.index(top[:-1]):
                            top = card
                    return top
                """,
            ),
        ),
        "suits": (
            (
                f"count the {card} of each suit in a hand, as a dictionary in the order of first "
                "appearance",
                "find how many cards of every suit a list has; the suit is the last character",
                "Given cards like '10H', return a dictionary from suit letters to numbers of "
                "cards.",
                "Dictionary of suits (last letters of the cards) and how many cards each has.",
            ),
            ("count_suits", "suit_counts", "cards_per_suit"),
            (
                """
                def solve(cards):
                    counts = {}
                    for card in cards:
                        counts[card[-1]] = counts.get(card[-1], 0) + 1
                    return counts
                """,
                """
                from collections import Counter


                def solve(cards):
                    return dict(Counter(card[-1] for card in cards))
                """,
            ),
        ),
        "sort": (
            (
                "sort a hand of cards by rank, 2 to 10, then J, Q, K, A; cards look like '10H', "
                "and equal ranks keep their order",
                "order cards such as 'QS' by their rank from low to high, aces last",
                "Given cards as strings of rank and suit letter, return them sorted by rank (A is "
                "highest). Cards of the same rank stay in the given order.",
                "Sort cards like '10H' by rank, aces high; do not change the order of cards with "
                "equal rank.",
            ),
            ("sort_cards", "sort_hand", "order_by_rank"),
            (
                """
                def solve(cards):
                    order = ["2", "3", "4", "5", "6", "7", "8", "9", "10", "J", "Q", "K", "A"]
                    return sorted(cards, key=lambda card: order.index(card[:-1]))
                """,
                """
                def solve(cards):
                    values = {"J": 11, "Q": 12, "K": 13, "A": 14}

                    def rank(card):
                        return values[card[:-1]] if card[:-1] in values else int(card[:-1])

                    return sorted(cards, key=rank)
                """,
            ),
        ),
        "deck": (
            (
                "make a deck of cards from a list of ranks and a string of suit letters: all ranks "
                "of the first suit, then of the next one; a card is rank + suit",
                "list all cards, such as '7H', for the given ranks and suits, suit by suit",
                "Given ranks (a list of strings) and suits (a string), return the list of all "
                "cards rank + suit, in the order of the suits and then of the ranks.",
                "Build a deck of rank + suit strings: for every suit letter, all ranks.",
            ),
            ("make_deck", "build_deck", "all_cards"),
            (
                """
                def solve(ranks, suits):
                    return [rank + suit for suit in suits for rank in ranks]
                """,
                """
                def solve(ranks, suits):
                    deck = []
                    for suit in suits:
                        for rank in ranks:
                            deck.append(rank + suit)
                    return deck
                """,
            ),
        ),
        "war": (
            (
                "find the result of the card game war: two lists of card values are compared "
                "place by place, and the higher card wins a point; return both scores as a tuple",
                "Given the cards of two players as lists of numbers, return a tuple of how many "
                "rounds each of them wins; equal cards count for nobody.",
                "compare two equally long lists element by element and count the wins of the "
                "first and the second, as a tuple",
                "War: count the rounds in which the first and the second player has the higher "
                "card, and return a tuple.",
            ),
            ("war_score", "play_war", "count_rounds"),
            (
                """
                def solve(first, second):
                    one = sum(1 for a, b in zip(first, second) if a > b)
                    two = sum(1 for a, b in zip(first, second) if b > a)
                    return (one, two)
                """,
                """
                def solve(first, second):
                    scores = [0, 0]
                    for a, b in zip(first, second):
                        if a > b:
                            scores[0] += 1
                        elif a < b:
                            scores[1] += 1
                    return tuple(scores)
                """,
            ),
        ),
        "bust": (
            (
                "find the number closest to 21 without going over it in a list of hands, or 0 if "
                "all are above 21",
                "return the best of some blackjack totals: the largest that is at most 21, 0 if "
                "everybody is over",
                "Given the totals of the players at blackjack, return the winning total. Totals "
                "above 21 are bust; if all are bust, return 0.",
                "Best blackjack total that is not over 21, or 0.",
            ),
            ("best_total", "winning_total", "closest_to_21"),
            (
                """
                def solve(totals):
                    return max((total for total in totals if total <= 21), default=0)
                """,
                """
                def solve(totals):
                    best = 0
                    for points in totals:
                        if best < points <= 21:
                            best = points
                    return best
                """,
            ),
        ),
        "best_suit": (
            (
                "find the suit of which a hand has the most cards (of several the one that comes "
                "first in the hand); cards look like '10H'",
                "return the most frequent last letter of a list of cards such as '4D'; ties go to "
                "the suit that appears first",
                "Given cards as strings of rank and suit, return the letter of the longest suit. "
                "If two are equally long, return the one seen first.",
                "Of which suit (last letter) are most of the cards? Take the first in the hand if"
                " suits are equally frequent.",
            ),
            ("longest_suit", "best_suit", "main_suit"),
            (
                """
                def solve(cards):
                    suits = [card[-1] for card in cards]
                    return max(suits, key=suits.count)
                """,
                """
                from collections import Counter


                def solve(cards):
                    return Counter(card[-1] for card in cards).most_common(1)[0][0]
                """,
            ),
        ),
        "missing": (
            (
                "list the cards of a full deck of given ranks and the suits 'SHDC' that are not "
                "in a hand, suit by suit and in the order of the ranks",
                "find which cards (rank + suit, suits S, H, D, C in this order) are missing from a "
                "list of cards, for the given ranks",
                "Given the ranks of a small deck and the cards that were drawn, return the list of "
                "the remaining cards: first all spades (S), then H, D and C, each by rank.",
                "Which cards of the small deck (suits in the order S, H, D, C, then ranks as "
                "given) were not drawn?",
            ),
            ("missing_cards", "remaining_cards", "not_drawn"),
            (
                """
                def solve(ranks, cards):
                    deck = [rank + suit for suit in "SHDC" for rank in ranks]
                    return [card for card in deck if card not in cards]
                """,
                """
                def solve(ranks, cards):
                    result = []
                    for suit in "SHDC":
                        for rank in ranks:
                            if rank + suit not in cards:
                                result.append(rank + suit)
                    return result
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments = [_card_arguments(choose, task, place) for place in range(7)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "cards": ("hand", "card_list", "drawn"),
            "ranks": ("cards", "values", "hand")
            if task in ("blackjack", "simple_value")
            else ("ranks",),
            "totals": ("hands", "scores", "points_list"),
            "key": ("key",),
            "first": ("player1", "a_cards", "left"),
            "second": ("player2", "b_cards", "right"),
        },
    )
