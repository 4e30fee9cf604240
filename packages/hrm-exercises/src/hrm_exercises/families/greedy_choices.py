"""More greedy tasks: pairs of things, boats, cookies, stock prices, ropes."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


@family(task=("boats", "cookies", "shoes", "sum_of_minima", "min_product_sum", "max_product_sum"))
def pairing_things_greedily(choose: Chooser, task: str) -> Exercise:
    """Sort, and then pair the elements."""
    texts, names, solutions = {
        "boats": (
            (
                "find the minimum number of boats for some people if a boat carries at most two "
                "of them and has a weight limit",
                "find how few boats are needed to carry people of the given weights, where a boat "
                "holds one or two people with a total weight of at most <limit>",
                "Given the weights of people and the limit of a boat (nobody is heavier than it), "
                "return the smallest number of boats; each boat takes two people at most.",
                "Each boat holds up to 2 people and up to <limit> kg. How many boats are needed "
                "at least?",
            ),
            ("num_boats", "min_boats", "rescue_boats", "boats_needed"),
            (
                """
                def solve(weights, limit):
                    ordered = sorted(weights)
                    light, heavy = 0, len(ordered) - 1
                    boats = 0
                    while light <= heavy:
                        if ordered[light] + ordered[heavy] <= limit:
                            light += 1
                        heavy -= 1
                        boats += 1
                    return boats
                """,
                """
                def solve(weights, limit):
                    remaining = sorted(weights)
                    boats = 0
                    while remaining:
                        heaviest = remaining.pop()
                        if remaining and remaining[0] + heaviest <= limit:
                            remaining.pop(0)
                        boats += 1
                    return boats
                """,
            ),
        ),
        "cookies": (
            (
                "find how many children can be made happy with cookies, if a child needs a cookie "
                "of at least its own wish and gets at most one",
                "give each child at most one cookie, so that as many as possible get one that is "
                "at least as big as they want, and return the number of content children",
                "Given the wishes of children and the sizes of cookies, return the maximum number "
                "of children whose wish is met. A cookie goes to one child only.",
                "Assign cookies to children (size must be >= wish). Return how many children are "
                "content at best.",
            ),
            ("content_children", "assign_cookies", "happy_children", "max_content"),
            (
                """
                def solve(wishes, sizes):
                    wishes = sorted(wishes)
                    count = 0
                    for size in sorted(sizes):
                        if count < len(wishes) and size >= wishes[count]:
                            count += 1
                    return count
                """,
                """
                def solve(wishes, sizes):
                    available = sorted(sizes)
                    count = 0
                    for wish in sorted(wishes):
                        while available and available[0] < wish:
                            available.pop(0)
                        if not available:
                            break
                        available.pop(0)
                        count += 1
                    return count
                """,
            ),
        ),
        "shoes": (
            (
                "find the smallest largest difference when two lists of equal length are paired, "
                "each element of one with one of the other",
                "pair skiers with skis (numbers of both lists) so that the largest difference of "
                "a pair is as small as possible, and return this difference",
                "Given two lists of the same length, match their elements one to one. Return the "
                "minimum possible value of the greatest absolute difference in a pair.",
                "Match every person of the given height with a bicycle of the given size such "
                "that the worst mismatch is as small as possible. Return the worst mismatch.",
            ),
            ("min_max_difference", "best_matching", "smallest_worst_gap", "match_sizes"),
            (
                """
                def solve(first, second):
                    return max(abs(a - b) for a, b in zip(sorted(first), sorted(second)))
                """,
                """
                def solve(first, second):
                    worst = 0
                    for a, b in zip(sorted(first), sorted(second)):
                        worst = max(worst, abs(a - b))
                    return worst
                """,
            ),
        ),
        "sum_of_minima": (
            (
                "group the numbers of a list of even length into pairs so that the sum of the "
                "smaller elements of the pairs is as large as possible, and return this sum",
                "find the maximum sum of min(a, b) over all pairs when a list of 2n numbers is "
                "split into n pairs",
                "Given an even number of integers, pair them up. Return the greatest possible "
                "sum of the minimum of each pair.",
                "Split a list into pairs, add the smaller number of each pair, and return the "
                "best possible total.",
            ),
            ("array_pair_sum", "max_sum_of_minima", "pair_minimum_sum"),
            (
                """
                def solve(numbers):
                    return sum(sorted(numbers)[::2])
                """,
                """
                def solve(numbers):
                    ordered = sorted(numbers)
                    total = 0
                    for i in range(0, len(ordered), 2):
                        total += ordered[i]
                    return total
                """,
            ),
        ),
        "min_product_sum": (
            (
                "find the minimum sum of products of two lists, if the second list may be put in "
                "any order",
                "find the smallest possible scalar product of two lists when their elements can "
                "be rearranged",
                "Given two lists of the same length, reorder them so that the sum of the products "
                "at equal positions is minimal, and return this sum.",
                "Pair the elements of two lists so that the sum of the products of the pairs is "
                "as small as possible. Return the sum.",
            ),
            ("min_scalar_product", "min_dot_product", "min_sum_of_products"),
            (
                """
                def solve(first, second):
                    pairs = zip(sorted(first), sorted(second, reverse=True))
                    return sum(a * b for a, b in pairs)
                """,
                """
                def solve(first, second):
                    one = sorted(first)
                    two = sorted(second)[::-1]
                    total = 0
                    for i in range(len(one)):
                        total += one[i] * two[i]
                    return total
                """,
            ),
        ),
        "max_product_sum": (
            (
                "find the maximum sum of products of two lists, if the second list may be put in "
                "any order",
                "find the largest possible scalar product of two lists when their elements can "
                "be rearranged",
                "Given two lists of the same length, reorder them so that the sum of the products "
                "at equal positions is maximal, and return this sum.",
                "Pair prices with quantities (numbers of two lists) so that the total of the "
                "products is as large as possible. Return the total.",
            ),
            ("max_scalar_product", "max_dot_product", "max_sum_of_products"),
            (
                """
                def solve(first, second):
                    return sum(a * b for a, b in zip(sorted(first), sorted(second)))
                """,
                """
                def solve(first, second):
                    one, two = sorted(first), sorted(second)
                    total = 0
                    for i in range(len(one)):
                        total += one[i] * two[i]
                    return total
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        size = choose.integer(2, 6)
        first = choose.integers(size, 1, 12)
        if task == "boats":
            arguments.append(([10 * n for n in first], choose.integer(120, 180)))
        elif task == "cookies":
            arguments.append((first, choose.integers((1, 6), 1, 14)))
        elif task == "sum_of_minima":
            arguments.append((choose.integers(2 * choose.integer(1, 4), -10, 20),))
        else:
            low = -5 if task != "shoes" else 1
            arguments.append((choose.integers(size, low, 15), choose.integers(size, low, 15)))
    if task == "cookies":
        arguments.append(([1, 2], []))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "weights": ("people", "w"),
            "wishes": ("greed", "children"),
            "sizes": ("cookies",),
        },
    )


@family(task=("one_sale", "many_sales", "days", "with_fee", "largest_drop"))
def buying_and_selling_a_stock(choose: Chooser, task: str) -> Exercise:
    """Buy and sell at the right days of a list of prices."""
    texts, names, solutions = {
        "one_sale": (
            (
                "find the maximum profit from buying and selling a stock once, given its prices "
                "on successive days (0 if there is no profit)",
                "find the largest gain of one purchase and one later sale in a list of daily "
                "prices; return 0 if every trade loses",
                "Given a list of prices, choose a day to buy and a later day to sell. Return the "
                "greatest possible profit, or 0.",
                "Best profit with one buy and one sell of a stock.",
            ),
            ("max_profit", "best_trade", "stock_profit", "one_trade_profit"),
            (
                """
                def solve(prices):
                    best = 0
                    lowest = prices[0]
                    for price in prices:
                        lowest = min(lowest, price)
                        best = max(best, price - lowest)
                    return best
                """,
                """
                def solve(prices):
                    best = 0
                    for i in range(len(prices)):
                        for j in range(i + 1, len(prices)):
                            best = max(best, prices[j] - prices[i])
                    return best
                """,
            ),
        ),
        "many_sales": (
            (
                "find the maximum profit from a stock if one may buy and sell as often as one "
                "likes, but owns at most one share at a time",
                "find the largest total gain of any number of purchases and sales, one after "
                "another, in a list of daily prices",
                "Given the prices of a stock on successive days, return the greatest total profit "
                "with unlimited trades. Sell before you buy again.",
                "Max profit with as many stock transactions as you like.",
            ),
            ("max_total_profit", "max_profit_many", "unlimited_trades"),
            (
                """
                def solve(prices):
                    profit = 0
                    for before, after in zip(prices, prices[1:]):
                        if after > before:
                            profit += after - before
                    return profit
                """,
                """
                def solve(prices):
                    return sum(max(0, prices[i] - prices[i - 1]) for i in range(1, len(prices)))
                """,
            ),
        ),
        "days": (
            (
                "find the best days to buy and to sell a stock once, as a tuple of two indices "
                "(the first such pair, None if no profit is possible)",
                "return the pair of indices (buy, sell) with buy before sell that gives the "
                "largest profit; on a tie the smallest buy index and then the smallest sell "
                "index; None if there is no profit",
                "Given daily prices, return (i, j) with i < j such that <prices>[j] - <prices>[i] "
                "is as large as possible and positive. Of equal pairs return the first in order. "
                "Return None if there is none.",
                "On which day should I buy and on which later day sell? Return the two indices, "
                "the first best pair, or None if every trade loses.",
            ),
            ("best_days", "buy_and_sell_days", "trade_days"),
            (
                """
                def solve(prices):
                    best = 0
                    days = None
                    for i in range(len(prices)):
                        for j in range(i + 1, len(prices)):
                            if prices[j] - prices[i] > best:
                                best = prices[j] - prices[i]
                                days = (i, j)
                    return days
                """,
            ),
        ),
        "with_fee": (
            (
                "find the maximum profit from a stock with any number of trades, if each sale "
                "costs a fee and only one share can be owned at a time",
                "find the largest total gain from daily prices if every purchase and sale "
                "together cost <fee>",
                "Given prices and a fee that is paid once for each completed trade, return the "
                "greatest profit. Sell before you buy again; no trade at all gives 0.",
                "Max stock profit, unlimited transactions, each with a fee.",
            ),
            ("max_profit_with_fee", "profit_after_fees", "trade_with_fee"),
            (
                """
                def solve(prices, fee):
                    cash, owned = 0, -prices[0]
                    for price in prices[1:]:
                        cash = max(cash, owned + price - fee)
                        owned = max(owned, cash - price)
                    return cash
                """,
                """
                def solve(prices, fee):
                    best = [0]
                    for j in range(1, len(prices)):
                        options = [best[i] + prices[j] - prices[i] - fee for i in range(j)]
                        best.append(max([best[-1]] + options))
                    return best[-1]
                """,
            ),
        ),
        "largest_drop": (
            (
                "find the largest loss from a price to a later price in a list (0 if prices "
                "never fall)",
                "find the maximum drop between an element and a later smaller element",
                "Given a list of prices, return the greatest difference between a price and a "
                "lower price after it, or 0 if there is none.",
                "Largest fall of a price from any day to any later day; 0 for none.",
            ),
            ("max_drop", "largest_fall", "max_drawdown", "biggest_loss"),
            (
                """
                def solve(prices):
                    drop = 0
                    highest = prices[0]
                    for price in prices:
                        highest = max(highest, price)
                        drop = max(drop, highest - price)
                    return drop
                """,
                """
                def solve(prices):
                    drop = 0
                    for i in range(len(prices)):
                        drop = max(drop, prices[i] - min(prices[i:]))
                    return drop
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = [(choose.integers((3, 8), 1, 30),) for _ in range(5)]
    falling = task != "largest_drop"
    arguments.append((sorted(choose.integers(4, 1, 20), reverse=falling),))
    arguments.append(([7],))
    if task == "with_fee":
        arguments = [(prices, choose.integer(0, 5)) for (prices,) in arguments]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"prices": ("price_list", "nums", "stock", "values")},
    )


@family(task=("ropes", "candies", "gas", "lemonade", "bulbs", "sticks"))
def everyday_greedy_puzzles(choose: Chooser, task: str) -> Exercise:
    """Solve small puzzles from daily life by taking the obvious next step."""
    texts, names, solutions = {
        "ropes": (
            (
                "find the minimum cost to join all ropes into one, if joining two ropes costs the "
                "sum of their lengths",
                "connect ropes of the given lengths, two at a time, at the smallest total cost, "
                "and return the cost; each joining costs the length of the new rope",
                "Given a list of rope lengths, always tie the two shortest ropes together until "
                "one is left. Return the sum of the lengths of all ropes made in this way.",
                "Merge all piles into one. Merging two piles costs the sum of their sizes. Return "
                "the lowest total cost.",
            ),
            ("min_rope_cost", "connect_ropes", "join_ropes", "merge_cost"),
            (
                """
                import heapq


                def solve(lengths):
                    heap = list(lengths)
                    heapq.heapify(heap)
                    cost = 0
                    while len(heap) > 1:
                        joined = heapq.heappop(heap) + heapq.heappop(heap)
                        cost += joined
                        heapq.heappush(heap, joined)
                    return cost
                """,
                """
                def solve(lengths):
                    ropes = sorted(lengths)
                    cost = 0
                    while len(ropes) > 1:
                        joined = ropes.pop(0) + ropes.pop(0)
                        cost += joined
                        ropes.append(joined)
                        ropes.sort()
                    return cost
                """,
            ),
        ),
        "candies": (
            (
                "find the minimum number of candies for children in a row, if each gets at least "
                "one and a child with a higher rating than a neighbour gets more than this "
                "neighbour",
                "hand out as few candies as possible to children in a line: everybody gets one or "
                "more, and of two neighbours the one with the higher rating gets more",
                "Given the ratings of children who stand in a line, return the smallest total of "
                "candies so that each child has at least one, and more than any neighbour with a "
                "lower rating.",
                "Fewest candies for children in a row: at least one each, and more than a direct "
                "neighbour with a lower rating.",
            ),
            ("min_candies", "fewest_candies", "hand_out_candies"),
            (
                """
                def solve(ratings):
                    n = len(ratings)
                    candies = [1] * n
                    for i in range(1, n):
                        if ratings[i] > ratings[i - 1]:
                            candies[i] = candies[i - 1] + 1
                    for i in range(n - 2, -1, -1):
                        if ratings[i] > ratings[i + 1]:
                            candies[i] = max(candies[i], candies[i + 1] + 1)
                    return sum(candies)
                """,
            ),
        ),
        "gas": (
            (
                "find the first station on a circular road from which a car can drive all the way "
                "round, given the gas at each station and the cost to the next one (-1 if there "
                "is none)",
                "find the smallest index at which a round trip can start with an empty tank, from "
                "the lists of gas to take and gas needed to the next station; -1 if impossible",
                "Station i gives <gas>[i], and the way to the next station takes <cost>[i]. Return "
                "the lowest index from which one can complete the circle, or -1.",
                "At which station must a circular tour start so that the tank never gets below "
                "zero? Return the first possible index, or -1.",
            ),
            ("start_station", "gas_station", "round_trip_start", "can_complete_circuit"),
            (
                """
                def solve(gas, cost):
                    n = len(gas)
                    for start in range(n):
                        tank = 0
                        for step in range(n):
                            i = (start + step) % n
                            tank += gas[i] - cost[i]
                            if tank < 0:
                                break
                        else:
                            return start
                    return -1
                """,
                """
                def solve(gas, cost):
                    def can_start(i):
                        tank = 0
                        for a, b in zip(gas[i:] + gas[:i], cost[i:] + cost[:i]):
                            tank += a - b
                            if tank < 0:
                                return False
                        return True

                    for i in range(len(gas)):
                        if can_start(i):
                            return i
                    return -1
                """,
            ),
        ),
        "lemonade": (
            (
                "check whether a seller of lemonade at 5 dollars a glass can give change to "
                "everybody in a queue, who pay with notes of 5, 10 or 20 dollars",
                "test if all customers can be given correct change, when a glass costs 5, the "
                "till is empty at first, and the list holds the notes (5, 10, 20) they pay with",
                "Each customer buys one lemonade for $5 and pays with a $5, $10 or $20 bill, in "
                "this order. Return True if the exact change is always at hand, else False.",
                "Lemonade stand: price 5, bills 5, 10 and 20, no money at the start. Return "
                "whether every customer gets the right change.",
            ),
            ("lemonade_change", "can_give_change", "enough_change"),
            (
                """
                def solve(bills):
                    fives = tens = 0
                    for bill in bills:
                        if bill == 5:
                            fives += 1
                        elif bill == 10:
                            fives -= 1
                            tens += 1
                        elif tens > 0:
                            tens -= 1
                            fives -= 1
                        else:
                            fives -= 3
                        if fives < 0:
                            return False
                    return True
                """,
            ),
        ),
        "bulbs": (
            (
                "find the minimum number of button presses to switch all lamps in a row on, if "
                "button i switches lamp i and all lamps to its right (1 is on, 0 is off)",
                "count how many presses are needed until every bulb of a row is on, where a press "
                "flips a bulb and all bulbs after it",
                "Given a list of 0 (off) and 1 (on), return the smallest number of moves that "
                "make all of them 1. A move flips an element and all elements after it.",
                "Minimum flips to turn all lamps on, when flipping one also flips all that follow"
                " it.",
            ),
            ("min_presses", "switch_on_bulbs", "min_flips", "flips_to_ones"),
            (
                """
                def solve(bulbs):
                    presses = 0
                    for bulb in bulbs:
                        if (bulb + presses) % 2 == 0:
                            presses += 1
                    return presses
                """,
                """
                def solve(bulbs):
                    count = 0
                    state = 1
                    for bulb in bulbs:
                        if bulb != state:
                            count += 1
                            state = bulb
                    return count
                """,
            ),
        ),
        "sticks": (
            (
                "find the smallest positive sum that cannot be made from numbers of a list, each "
                "used at most once (all numbers are positive)",
                "find the lowest amount that cannot be paid exactly with the given coins, each "
                "of which exists once",
                "Given a list of positive integers, return the smallest positive integer that is "
                "not the sum of some of them.",
                "I have these coins and no others. What is the smallest amount that I can't pay "
                "exactly?",
            ),
            ("smallest_impossible_sum", "first_missing_sum", "lowest_unpayable"),
            (
                """
                def solve(coins):
                    reach = 1
                    for coin in sorted(coins):
                        if coin > reach:
                            break
                        reach += coin
                    return reach
                """,
                """
                def solve(coins):
                    sums = {0}
                    for coin in coins:
                        sums |= {total + coin for total in sums}
                    amount = 1
                    while amount in sums:
                        amount += 1
                    return amount
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        size = choose.integer(2, 7)
        if task == "gas":
            cost = choose.integers(size, 1, 5)
            gas = choose.integers(size, 1, 6)
            arguments.append((gas, cost if place % 2 else choose.shuffled(gas)))
        elif task == "lemonade":
            notes = (5, 5, 5, 10, 10, 20) if place % 2 else (5, 10, 20, 20)
            arguments.append(([5] * (place % 2 * 2) + choose.sample(notes, (2, len(notes))),))
        elif task == "bulbs":
            arguments.append((choose.integers((3, 9), 0, 1),))
        elif task == "sticks":
            low = 1 if place % 3 else 2
            arguments.append((choose.shuffled([*choose.integers((2, 6), low, 7), place % 3 or 2]),))
        elif task == "candies":
            arguments.append((choose.integers(size, 1, 5),))
        else:
            arguments.append((choose.integers(size, 1, 15),))
    arguments.append(
        ([2, 2], [1, 4]) if task == "gas" else ([1],) if task != "lemonade" else ([10],)
    )
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"lengths": ("ropes_list", "piles", "arr"), "bills": ("notes", "payments")},
    )
