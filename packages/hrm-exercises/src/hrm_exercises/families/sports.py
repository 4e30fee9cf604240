"""Scores of sports and of games with words."""

from collections.abc import Callable
from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _frames(choose: Chooser, num: int, *, strikes: bool) -> list[tuple[int, ...]]:
    """Return frames of bowling, with strikes or with spares only."""
    frames: list[tuple[int, ...]] = []
    for _ in range(num):
        first = choose.integer(0, 9)
        if strikes and choose.chance(0.4):
            frames.append((10,))
        else:
            rest = 10 - first
            frames.append((first, rest if choose.chance(0.4) else choose.integer(0, rest)))
    return frames


# Arguments for each task, for a size from 3 to 7.
_DRAWS: dict[str, Callable[[Chooser, int], tuple[Any, ...]]] = {
    "strikes": lambda choose, n: (_frames(choose, n, strikes=True),),
    "bowling_total": lambda choose, n: (_frames(choose, n, strikes=False),),
    "tennis": lambda choose, n: (n % 4, choose.integer(0, 3)),
    "football": lambda choose, n: (
        [(choose.integer(0, 4), choose.integer(0, 4)) for _ in range(n)],
    ),
    "golf": lambda choose, n: (choose.integers(n, 2, 7), choose.integers(n, 3, 5)),
    "darts": lambda choose, n: (choose.integers((n - 2, 2 * n), 20, 180),),
    "hangman": lambda choose, _: (choose.word(), "".join(choose.sample("aeiourstln", (0, 5)))),
    "scrabble": lambda choose, _: (choose.word(),),
    "set_winner": lambda choose, n: (choose.letters((2, 10), "AB"), n - 1),
    "average_without_extremes": lambda choose, n: (choose.integers(n, 1, 10),),
    "medals": lambda choose, n: (choose.integers(n - 1, 1, 12),),
    "race": lambda choose, n: ({choose.person(): choose.integer(50, 65) for _ in range(n)},),
}


@family(
    task=(
        "strikes", "bowling_total", "tennis", "football", "golf", "darts", "hangman", "scrabble",
        "set_winner", "average_without_extremes", "medals", "race",
    )
)  # fmt: skip
def scores_of_sports(choose: Chooser, task: str) -> Exercise:
    """Keep the score of simple games and sports."""
    texts, names, solutions = {
        "strikes": (
            (
                "count the strikes in a list of bowling frames, where a frame is a tuple of the "
                "pins of its balls and a strike is (10,)",
                "find how many frames of a bowling game are strikes: all ten pins with the first "
                "ball",
                "Given frames as tuples of pins, return the number of frames in which the first "
                "ball took all 10 pins.",
                "Number of strikes in a list of bowling frames.",
            ),
            ("count_strikes", "num_strikes", "strikes"),
            (
                """
                def solve(frames):
                    return sum(1 for frame in frames if frame[0] == 10)
                """,
                """
                def solve(frames):
                    count = 0
                    for frame in frames:
                        if frame[0] == 10:
                            count += 1
                    return count
                """,
            ),
        ),
        "bowling_total": (
            (
                "score frames of a simplified bowling game: each frame, a tuple of two balls, "
                "counts its pins, and a spare (10 pins) also counts the first ball of the next "
                "frame, if there is one",
                "add up the pins of bowling frames (a, b); if a + b is 10, the first ball of the "
                "following frame is added once more",
                "Given tuples of two balls, return the total of all pins plus, for each frame with "
                "exactly 10 pins, the first ball of the next frame (nothing after the last one).",
                "Bowling with spares but without strikes: total for a list of (first, second) "
                "frames.",
            ),
            ("bowling_score", "score_frames", "spare_score"),
            (
                """
                def solve(frames):
                    total = 0
                    for i, frame in enumerate(frames):
                        total += sum(frame)
                        if sum(frame) == 10 and i + 1 < len(frames):
                            total += frames[i + 1][0]
                    return total
                """,
                """
                def solve(frames):
                    total = sum(a + b for a, b in frames)
                    for (a, b), (following, _) in zip(frames, frames[1:]):
                        if a + b == 10:
                            total += following
                    return total
                """,
            ),
        ),
        "tennis": (
            (
                "return the score of a tennis game as text for the points of two players below "
                "4: 0, 1, 2, 3 are called 'love', '15', '30', '40', as in '30-love'",
                "convert the points (0 to 3) of the server and the receiver into a tennis score "
                "such as '15-40'",
                "Given two numbers from 0 to 3, return the call of a tennis umpire: 'love', '15', "
                "'30' or '40' for each player, joined by a hyphen.",
                "Tennis score as text, such as '40-15', for two numbers of points from 0 to 3.",
            ),
            ("tennis_score", "call_score", "score_text"),
            (
                """
                def solve(first, second):
                    calls = ["love", "15", "30", "40"]
                    return calls[first] + "-" + calls[second]
                """,
                """
                def solve(first, second):
                    calls = {0: "love", 1: "15", 2: "30", 3: "40"}
                    return "{}-{}".format(calls[first], calls[second])
                """,
            ),
        ),
        "football": (
            (
                "find the points of a team from its match results, given as (own goals scored, "
                "goals against) tuples: 3 for a win, 1 for a draw, 0 for a loss",
                "count the league points of a team from a list of results (scored, conceded)",
                "Given a list of tuples of goals for and against, return 3 points for every "
                "victory plus 1 for every draw.",
                "How many points does a team have after the given results (3 for a win, 1 for a "
                "draw)?",
            ),
            ("league_points", "count_points", "football_points"),
            (
                """
                def solve(results):
                    points = 0
                    for scored, conceded in results:
                        if scored > conceded:
                            points += 3
                        elif scored == conceded:
                            points += 1
                    return points
                """,
                """
                def solve(results):
                    wins = sum(1 for a, b in results if a > b)
                    draws = sum(1 for a, b in results if a == b)
                    return 3 * wins + draws
                """,
            ),
        ),
        "golf": (
            (
                "find the score of a golf round relative to par from the lists of strokes and pars "
                "of the holes (negative means better than par)",
                "compute the total of strokes minus par over all holes",
                "Given two lists, the strokes and the pars of each hole, return by how much the "
                "player is over par.",
                "How many strokes over par is a golf round?",
            ),
            ("golf_score", "over_par", "relative_to_par"),
            (
                """
                def solve(strokes, pars):
                    return sum(strokes) - sum(pars)
                """,
                """
                def solve(strokes, pars):
                    return sum(stroke - par for stroke, par in zip(strokes, pars))
                """,
            ),
        ),
        "darts": (
            (
                "find what is left of 501 points after some darts throws; a throw that would go "
                "below 0 does not count",
                "subtract throws from 501 one after another, but skip each throw that is larger "
                "than the rest",
                "Given the points of throws at darts, start with 501, subtract every throw that "
                "is not more than the remaining points, and return the rest.",
                "Darts: how much of 501 is left? Throws that are too high don't count.",
            ),
            ("darts_rest", "remaining_points", "play_501"),
            (
                """
                def solve(throws):
                    rest = 501
                    for throw in throws:
                        if throw <= rest:
                            rest -= throw
                    return rest
                """,
                """
                def solve(throws):
                    rest = 501
                    for throw in throws:
                        if rest - throw < 0:
                            continue
                        rest -= throw
                    return rest
                """,
            ),
        ),
        "hangman": (
            (
                "show a hangman word: replace all letters that were not guessed by underscores",
                "hide the letters of a word that are not in a string of guessed letters with '_'",
                "Given a word and a string of guesses, return the word with '_' for every letter "
                "that was not guessed.",
                "Hangman display of a word and the guessed letters.",
            ),
            ("hangman", "show_word", "hide_letters", "masked_word"),
            (
                """
                def solve(word, guessed):
                    return "".join(char if char in guessed else "_" for char in word)
                """,
                """
                def solve(word, guessed):
                    result = ""
                    for char in word:
                        if char in guessed:
                            result += char
                        else:
                            result += "_"
                    return result
                """,
            ),
        ),
        "scrabble": (
            (
                "find the score of a lowercase word in a game where vowels count 1 point and all "
                "other letters 2 points",
                "add up the letters of a word: 1 for a, e, i, o, u and 2 for each other letter",
                "Given a word of small letters, return its points: one for a vowel, two for a "
                "consonant.",
                "Word score: one point for each vowel, two for any other letter.",
            ),
            ("word_score", "letter_points", "score_word"),
            (
                """
                def solve(word):
                    return sum(1 if char in "aeiou" else 2 for char in word)
                """,
                """
                def solve(word):
                    points = 0
                    for char in word:
                        if char in "aeiou":
                            points += 1
                        else:
                            points += 2
                    return points
                """,
            ),
        ),
        "set_winner": (
            (
                "find who wins a match from a string of 'A' and 'B', one letter for the winner of "
                "each rally: the first to reach n points; return None if nobody does",
                "return the first of the players 'A' and 'B' who gets <n> points when the letters "
                "of a string are counted from left to right (None if there are too few)",
                "Each letter of the string is a point for A or B. Return the player who first has "
                "n points, or None.",
                "Who is the first with n points, 'A' or 'B'? Return None if no one gets there.",
            ),
            ("first_to_n", "set_winner", "match_winner"),
            (
                """
                def solve(text, n):
                    points = {"A": 0, "B": 0}
                    for player in text:
                        points[player] += 1
                        if points[player] == n:
                            return player
                    return None
                """,
                """
                def solve(text, n):
                    for end in range(1, len(text) + 1):
                        for player in "AB":
                            if text[:end].count(player) == n:
                                return player
                    return None
                """,
            ),
        ),
        "average_without_extremes": (
            (
                "find the average of judges' marks without the highest and the lowest one (each "
                "dropped once), rounded to 2 digits",
                "compute a fair score: leave out the best and the worst mark of a list and return "
                "the mean of the rest, rounded to two decimal places",
                "Given at least three marks, drop one minimum and one maximum, and return the "
                "average of the others rounded to 2 digits.",
                "Average of the marks without one best and one worst mark, rounded to 2 decimals.",
            ),
            ("fair_score", "trimmed_mean", "judges_score"),
            (
                """
                def solve(marks):
                    rest = sorted(marks)[1:-1]
                    return round(sum(rest) / len(rest), 2)
                """,
                """
                def solve(marks):
                    points = sum(marks) - max(marks) - min(marks)
                    return round(points / (len(marks) - 2), 2)
                """,
            ),
        ),
        "medals": (
            (
                "give each score of a list its medal: 'gold', 'silver' and 'bronze' for the three "
                "highest different scores, and '' for all others",
                "return a list of medals for the scores; equal scores get the same medal, and the "
                "third best different score gets 'bronze'",
                "Given a list of scores, return 'gold' where the highest score stands, 'silver' "
                "for the second highest value, 'bronze' for the third highest value, and '' "
                "elsewhere.",
                "Which medal does every score get? The three best different scores get 'gold', "
                "'silver' and 'bronze', all others ''.",
            ),
            ("give_medals", "award_medals", "medal_list"),
            (
                """
                def solve(scores):
                    ranking = sorted(set(scores), reverse=True)[:3]
                    medals = dict(zip(ranking, ("gold", "silver", "bronze")))
                    return [medals.get(score, "") for score in scores]
                """,
                """
                def solve(scores):
                    ranking = sorted(set(scores), reverse=True)
                    result = []
                    for score in scores:
                        place = ranking.index(score)
                        result.append(["gold", "silver", "bronze", ""][min(place, 3)])
                    return result
                """,
            ),
        ),
        "race": (
            (
                "rank the runners of a race: given a dictionary of names and times, return the "
                "list of names from the fastest to the slowest (ties by name)",
                "list the names of a dictionary {name: seconds} by increasing time, and "
                "alphabetically for equal times",
                "Given race times by name, return the names in the order of arrival; if two have "
                "the same time, the alphabetically first one comes first.",
                "Names of the runners from the fastest to the slowest; equal times in "
                "alphabetical order.",
            ),
            ("ranking", "order_of_arrival", "rank_runners"),
            (
                """
                def solve(times):
                    return sorted(times, key=lambda name: (times[name], name))
                """,
                """
                def solve(times):
                    pairs = sorted((seconds, name) for name, seconds in times.items())
                    return [name for seconds, name in pairs]
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments = [_DRAWS[task](choose, size) for size in choose.shuffled((3, 3, 4, 5, 6, 7, 7))]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "key": ("key",),
            "first": ("server", "a", "p1"),
            "second": ("receiver", "b", "p2"),
            "n": ("n", "points_to_win", "limit"),
        },
    )
