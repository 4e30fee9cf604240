"""Tasks for dynamic programming with one table or one running value."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_STEPS = {
    "one_two": ("1 or 2 steps", (1, 2), "one or two steps"),
    "up_to_three": ("1, 2 or 3 steps", (1, 2, 3), "one, two or three steps"),
    "one_three": ("1 or 3 steps", (1, 3), "one or three steps"),
    "two_three": ("2 or 3 steps", (2, 3), "two or three steps"),
    "odd": ("1, 3 or 5 steps", (1, 3, 5), "one, three or five steps"),
}


@family(steps=tuple(_STEPS))
def ways_to_climb_stairs(choose: Chooser, steps: str) -> Exercise:
    """Count the ways to climb a staircase."""
    listed, sizes, spelled = _STEPS[steps]
    solutions = [
        f"""
        def solve(n):
            ways = [1] + [0] * n
            for i in range(1, n + 1):
                for step in {sizes}:
                    if step <= i:
                        ways[i] += ways[i - step]
            return ways[n]
        """,
        f"""
        from functools import lru_cache


        @lru_cache(maxsize=None)
        def solve(n):
            if n < 0:
                return 0
            if n == 0:
                return 1
            return {" + ".join(f"solve(n - {size})" for size in sizes)}
        """,
    ]
    if steps == "one_two":
        solutions.append(
            """
            def solve(n):
                a, b = 1, 1
                for _ in range(n):
                    a, b = b, a + b
                return a
            """
        )
    return Exercise(
        texts=(
            f"count the ways to climb a staircase of n stairs with {listed} at a time",
            f"find in how many ways one can reach the top of <n> stairs by taking {listed} at a "
            "time",
            f"You climb a staircase and take {spelled} at once. Return the number of different "
            "ways to get to stair n.",
            f"count the distinct ways to climb n steps, if each move covers {listed}",
            f"Given the number of stairs, how many different sequences of {spelled} lead to the "
            "top? There is one way to climb 0 stairs.",
        ),
        names=("climb_stairs", "count_ways", "ways_to_climb", "staircase", "count_climbs"),
        solutions=solutions,
        arguments=[(n,) for n in choose.sample(range(2, 22), 5)] + [(0,), (1,)],
        synonyms={"n": ("num", "stairs", "steps", "num_stairs")},
    )


@family(task=("fewest", "ways", "ordered_ways", "can_pay"))
def coins_for_an_amount(choose: Chooser, task: str) -> Exercise:
    """Pay an amount with coins, each as often as needed."""
    texts, names, solutions = {
        "fewest": (
            (
                "find the minimum number of coins that add up to an amount, or -1 if that is "
                "impossible (each coin can be used any number of times)",
                "find the fewest coins needed to make a given amount; return -1 if it cannot be "
                "made",
                "Given a list of coin values and an amount, return how many coins are needed at "
                "least to pay exactly the amount. Coins may be repeated. If there is no way, "
                "return -1.",
                "compute the smallest count of coins for change, -1 when no combination works",
            ),
            ("min_coins", "coin_change", "fewest_coins", "minimum_coins"),
            (
                """
                def solve(coins, amount):
                    fewest = [0] + [float("inf")] * amount
                    for value in range(1, amount + 1):
                        for coin in coins:
                            if coin <= value:
                                fewest[value] = min(fewest[value], fewest[value - coin] + 1)
                    return fewest[amount] if fewest[amount] != float("inf") else -1
                """,
                """
                def solve(coins, amount):
                    fewest = {0: 0}
                    for total in range(1, amount + 1):
                        options = [fewest[total - coin] for coin in coins if total - coin in fewest]
                        if options:
                            fewest[total] = min(options) + 1
                    return fewest.get(amount, -1)
                """,
            ),
        ),
        "ways": (
            (
                "count the ways to make an amount with coins of given values, where the order of "
                "the coins does not matter",
                "find the number of combinations of coins that sum to a given amount; every coin "
                "is available without limit",
                "Given coin values and an amount, return in how many ways the amount can be paid. "
                "Two ways are the same if they use the same coins in another order.",
                "count the coin combinations for a target amount",
            ),
            ("count_change", "coin_combinations", "count_ways", "coin_change_ways"),
            (
                """
                def solve(coins, amount):
                    ways = [1] + [0] * amount
                    for coin in coins:
                        for total in range(coin, amount + 1):
                            ways[total] += ways[total - coin]
                    return ways[amount]
                """,
                """
                def solve(coins, amount):
                    if amount == 0:
                        return 1
                    if amount < 0 or not coins:
                        return 0
                    return solve(coins, amount - coins[0]) + solve(coins[1:], amount)
                """,
            ),
        ),
        "ordered_ways": (
            (
                "count the ordered sequences of coins that add up to an amount",
                "find in how many ways an amount can be paid coin after coin, where a different "
                "order is a different way",
                "Given coin values and an amount, count the sequences of coins with this sum; "
                "1 + 2 and 2 + 1 are two sequences.",
                "Number of ordered ways to pay an amount with the given coins, each as often as "
                "one likes.",
            ),
            ("count_sequences", "coin_sequences", "ordered_change", "coin_orders"),
            (
                """
                def solve(coins, amount):
                    ways = [1] + [0] * amount
                    for total in range(1, amount + 1):
                        for coin in coins:
                            if coin <= total:
                                ways[total] += ways[total - coin]
                    return ways[amount]
                """,
                """
                def solve(coins, amount):
                    if amount == 0:
                        return 1
                    return sum(solve(coins, amount - coin) for coin in coins if coin <= amount)
                """,
            ),
        ),
        "can_pay": (
            (
                "check whether an amount can be paid exactly with coins of given values (each as "
                "often as needed)",
                "test if a sum can be made from unlimited coins of the given values",
                "Return True if some coins of the given kinds add up to the amount, else False.",
                "Given coin values and an amount, can you pay it without change? Each kind of "
                "coin may be used again and again.",
            ),
            ("can_pay", "can_make_amount", "is_payable", "exact_change"),
            (
                """
                def solve(coins, amount):
                    reachable = [True] + [False] * amount
                    for total in range(1, amount + 1):
                        for coin in coins:
                            if coin <= total and reachable[total - coin]:
                                reachable[total] = True
                    return reachable[amount]
                """,
                """
                def solve(coins, amount):
                    if amount == 0:
                        return True
                    return any(solve(coins, amount - coin) for coin in coins if coin <= amount)
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments = []
    highest = 12 if task in ("ordered_ways", "can_pay") else 25
    for place in range(6):
        coins = sorted({1, *choose.integers((1, 3), 2, 10)})
        if place in (0, 3) or task == "can_pay":
            coins = choose.one_of(([2, 4], [3, 5], [5, 10], [3, 6], [4, 7], [3, 7], [5, 6, 9]))
        arguments.append((coins, choose.integer(3, highest)))
    arguments.append(([2, 5], 0))
    return Exercise(texts=texts, names=names, solutions=solutions, arguments=arguments)


@family(task=("zero_one", "unlimited", "count_items"))
def knapsack(choose: Chooser, task: str) -> Exercise:
    """Pack a bag of limited capacity as well as possible."""
    texts, names, solutions = {
        "zero_one": (
            (
                "solve the 0/1 knapsack problem: find the largest total value of items that fit "
                "into a bag",
                "find the maximum value that fits into a knapsack of the given capacity, where "
                "each item can be taken at most once",
                "Given the weights and the values of items and a capacity, return the greatest "
                "total value of items whose total weight is at most the capacity. Each item "
                "exists once.",
                "compute the best value for a knapsack with weights, values and capacity",
            ),
            ("knapsack", "knapsack_01", "max_value", "best_value"),
            (
                """
                def solve(weights, values, capacity):
                    best = [0] * (capacity + 1)
                    for weight, value in zip(weights, values):
                        for room in range(capacity, weight - 1, -1):
                            best[room] = max(best[room], best[room - weight] + value)
                    return best[capacity]
                """,
                """
                def solve(weights, values, capacity):
                    if not weights:
                        return 0
                    without = solve(weights[1:], values[1:], capacity)
                    if weights[0] > capacity:
                        return without
                    rest = capacity - weights[0]
                    return max(without, values[0] + solve(weights[1:], values[1:], rest))
                """,
                """
                def solve(weights, values, capacity):
                    n = len(weights)
                    table = [[0] * (capacity + 1) for _ in range(n + 1)]
                    for i in range(1, n + 1):
                        for room in range(capacity + 1):
                            table[i][room] = table[i - 1][room]
                            if weights[i - 1] <= room:
                                value = table[i - 1][room - weights[i - 1]] + values[i - 1]
                                table[i][room] = max(table[i][room], value)
                    return table[n][capacity]
                """,
            ),
        ),
        "unlimited": (
            (
                "solve the unbounded knapsack problem: each item may be taken any number of times",
                "find the largest total value that fits into a bag if there are unlimited copies "
                "of every item",
                "Given weights, values and a capacity, return the best total value. An item may "
                "be packed again and again as long as the weight does not exceed the capacity.",
                "Unbounded knapsack: maximum value for weights, values and a capacity.",
            ),
            ("unbounded_knapsack", "knapsack_unlimited", "max_value_repeated"),
            (
                """
                def solve(weights, values, capacity):
                    best = [0] * (capacity + 1)
                    for room in range(1, capacity + 1):
                        for weight, value in zip(weights, values):
                            if weight <= room:
                                best[room] = max(best[room], best[room - weight] + value)
                    return best[capacity]
                """,
                """
                def solve(weights, values, capacity):
                    best = 0
                    for weight, value in zip(weights, values):
                        if weight <= capacity:
                            best = max(best, value + solve(weights, values, capacity - weight))
                    return best
                """,
            ),
        ),
        "count_items": (
            (
                "find the largest number of items that fit into a bag, given their weights and "
                "the capacity",
                "count how many items can be packed at most without exceeding the capacity",
                "Given the weights of some items, return how many of them at most have a total "
                "weight of no more than the capacity.",
                "Most items that fit into a bag with the given capacity.",
            ),
            ("max_items", "most_items", "items_that_fit"),
            (
                """
                def solve(weights, capacity):
                    count = 0
                    for weight in sorted(weights):
                        if weight > capacity:
                            break
                        capacity -= weight
                        count += 1
                    return count
                """,
                """
                def solve(weights, capacity):
                    count = 0
                    total = 0
                    for weight in sorted(weights):
                        if total + weight <= capacity:
                            total += weight
                            count += 1
                    return count
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        size = choose.integer(2, 5) if place else 1
        low = 3 if task == "unlimited" else 1
        weights = choose.integers(size, low, 9)
        values = choose.integers(size, 2, 40)
        capacity = choose.integer(5, 16)
        arguments.append(
            (weights, capacity) if task == "count_items" else (weights, values, capacity)
        )
    arguments.append(([5, 6], 0) if task == "count_items" else ([5, 6], [10, 20], 4))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "weights": ("wt", "w"),
            "values": ("val", "vals", "prices"),
            "capacity": ("cap", "W"),
        },
    )


@family(task=("minimum_stairs", "minimum_jumps", "rod", "paint"))
def minimum_cost_on_a_line(choose: Chooser, task: str) -> Exercise:
    """Go along a line at the lowest cost."""
    texts, names, solutions = {
        "minimum_stairs": (
            (
                "find the minimum cost to climb past the last stair, where each stair has a cost "
                "and one can climb one or two stairs and start on the first or second",
                "Each step of a staircase costs something. After paying you climb one or two "
                "steps; you may start at step 0 or 1. Return the lowest total cost to reach the "
                "top, just past the last step.",
                "compute the cheapest way up a staircase with the given costs of the steps, one "
                "or two steps at a time, from step 0 or step 1 to beyond the last step",
                "Minimum cost to climb a staircase with one or two steps at a time, starting at "
                "step 0 or 1; the top is past the last step.",
            ),
            ("min_cost_stairs", "min_cost_climbing", "cheapest_climb"),
            (
                """
                def solve(costs):
                    a, b = 0, 0
                    for cost in costs:
                        a, b = b, min(a, b) + cost
                    return min(a, b)
                """,
                """
                def solve(costs):
                    n = len(costs)
                    lowest = [0] * (n + 1)
                    for i in range(2, n + 1):
                        lowest[i] = min(lowest[i - 1] + costs[i - 1], lowest[i - 2] + costs[i - 2])
                    return lowest[n]
                """,
            ),
        ),
        "minimum_jumps": (
            (
                "find the minimum energy a frog needs to jump from the first to the last stone, "
                "one or two stones at a time, if a jump costs the difference of the heights",
                "A frog jumps over stones, one or two stones forward. A jump costs the absolute "
                "difference of the heights. Return the lowest total cost from the first to the "
                "last stone.",
                "compute the cheapest way along a list of heights by moves of one or two places, "
                "where a move costs the absolute height difference",
                "Minimum cost of frog jumps of length 1 or 2 from the first stone to the last, if"
                " a jump costs the height difference.",
            ),
            ("frog_jump", "min_jump_cost", "cheapest_jumps"),
            (
                """
                def solve(heights):
                    costs = [0]
                    for i in range(1, len(heights)):
                        cost = costs[i - 1] + abs(heights[i] - heights[i - 1])
                        if i > 1:
                            cost = min(cost, costs[i - 2] + abs(heights[i] - heights[i - 2]))
                        costs.append(cost)
                    return costs[-1]
                """,
                """
                def solve(heights):
                    if len(heights) == 1:
                        return 0
                    cost = solve(heights[1:]) + abs(heights[0] - heights[1])
                    if len(heights) > 2:
                        cost = min(cost, solve(heights[2:]) + abs(heights[0] - heights[2]))
                    return cost
                """,
            ),
        ),
        "rod": (
            (
                "find the largest value of a rod that is cut into pieces, where <prices>[i] is the "
                "price of a piece of length i + 1",
                "solve the rod cutting problem: given the prices of pieces of the lengths 1, 2, "
                "3, ..., return the best total price for a rod of length n",
                "A rod of length n may be cut into whole pieces. The list holds the prices for "
                "the lengths 1, 2, 3 and so on. Return the highest total price.",
                "Best price for a rod of length n that may be cut, from the prices of lengths 1, "
                "2, 3, ...",
            ),
            ("cut_rod", "rod_cutting", "max_rod_value"),
            (
                """
                def solve(prices, n):
                    best = [0]
                    for length in range(1, n + 1):
                        best.append(
                            max(prices[i - 1] + best[length - i] for i in range(1, length + 1))
                        )
                    return best[n]
                """,
                """
                def solve(prices, n):
                    if n == 0:
                        return 0
                    return max(prices[i] + solve(prices, n - i - 1) for i in range(n))
                """,
            ),
        ),
        "paint": (
            (
                "find the minimum cost to paint houses in a row with three colors such that no "
                "two neighbours have the same color, where each row holds a house's three costs",
                "Each house can be painted in one of three colors, at the costs in its row. "
                "Neighbouring houses must differ. Return the lowest total cost.",
                "compute the cheapest coloring of houses in a line with 3 colors, without equal "
                "neighbours, from the list of costs of each house",
                "Minimum cost to paint a row of houses with three colors, neighbours different.",
            ),
            ("min_paint_cost", "paint_houses", "cheapest_paint"),
            (
                """
                def solve(costs):
                    red, green, blue = 0, 0, 0
                    for a, b, c in costs:
                        red, green, blue = (
                            a + min(green, blue),
                            b + min(red, blue),
                            c + min(red, green),
                        )
                    return min(red, green, blue)
                """,
                """
                def solve(costs):
                    sums = [0, 0, 0]
                    for house in costs:
                        sums = [
                            house[i] + min(sums[j] for j in range(3) if j != i) for i in range(3)
                        ]
                    return min(sums)
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]]
    if task == "paint":
        arguments = [([choose.integers(3, 1, 20) for _ in range(n)],) for n in (1, 2, 3, 3, 4)]
    elif task == "rod":
        arguments = []
        for n in (1, 3, 4, 5, 6):
            arguments.append((sorted(choose.integers(n + choose.integer(0, 2), 1, 20)), n))
    else:
        arguments = [(choose.integers((2, 8), 1, 30),) for _ in range(5)] + [([4, 4],)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"costs": ("cost_list", "cost"), "heights": ("h", "stones"), "prices": ("price",)}
        if task != "minimum_stairs"
        else {"costs": ("cost_list", "prices")},
    )


@family(task=("possible", "difference", "target_count"))
def splitting_into_two_groups(choose: Chooser, task: str) -> Exercise:
    """Divide numbers into two groups."""
    sums = """
                def solve(numbers):
                    sums = {0}
                    for number in numbers:
                        sums |= {total + number for total in sums}
            """
    texts, names, solutions = {
        "possible": (
            (
                "check whether a list of positive integers can be split into two groups with the "
                "same sum",
                "test if the numbers can be partitioned into two subsets of equal sum",
                "Given a list of positive integers, return True if it can be divided into two "
                "parts (not necessarily contiguous) with equal sums, and False otherwise.",
                "Can the weights be put on the two pans of a scale so that it balances? All "
                "weights are used. Return True or False.",
            ),
            ("can_partition", "equal_partition", "is_balanced_split", "can_split"),
            (
                sums
                + """
                    return 2 * max(sums) % 4 == 0 and sum(numbers) // 2 in sums
                """,
                """
                from itertools import combinations


                def solve(numbers):
                    half, odd = divmod(sum(numbers), 2)
                    if odd:
                        return False
                    return any(
                        sum(part) == half
                        for size in range(len(numbers) + 1)
                        for part in combinations(numbers, size)
                    )
                """,
            ),
        ),
        "difference": (
            (
                "split a list of positive integers into two groups such that the difference of "
                "their sums is as small as possible, and return this difference",
                "find the minimum difference between the sums of two parts of a list, where every "
                "number belongs to one of the parts",
                "Given some weights, distribute all of them over two bags as evenly as possible. "
                "Return the smallest possible difference between the weights of the bags.",
                "Smallest difference of the sums of two groups that together contain all numbers.",
            ),
            ("min_difference", "minimum_partition", "fairest_split"),
            (
                sums
                + """
                    return min(abs(sum(numbers) - 2 * total) for total in sums)
                """,
                """
                def solve(numbers):
                    def smallest(index, difference):
                        if index == len(numbers):
                            return abs(difference)
                        return min(
                            smallest(index + 1, difference + numbers[index]),
                            smallest(index + 1, difference - numbers[index]),
                        )

                    return smallest(0, 0)
                """,
            ),
        ),
        "target_count": (
            (
                "count the ways to put + or - before each number of a list so that the result is "
                "the target",
                "find in how many ways signs can be chosen for all numbers such that their sum "
                "equals <target>",
                "Given a list of numbers and a target, return the number of sign patterns (plus or "
                "minus for each number) whose sum is the target.",
                "Number of ways to reach a target by writing + or - before every number.",
            ),
            ("count_signs", "target_sum_ways", "plus_minus_ways"),
            (
                """
                def solve(numbers, target):
                    if not numbers:
                        return 1 if target == 0 else 0
                    first = numbers[0]
                    return solve(numbers[1:], target - first) + solve(numbers[1:], target + first)
                """,
                """
                def solve(numbers, target):
                    ways = {0: 1}
                    for number in numbers:
                        after = {}
                        for total, count in ways.items():
                            for reached in (total + number, total - number):
                                after[reached] = after.get(reached, 0) + count
                        ways = after
                    return ways.get(target, 0)
                """,
            ),
        ),
    }[task]  # fmt: skip
    solutions = (
        solutions[0].replace("2 * max(sums) % 4 == 0", "sum(numbers) % 2 == 0"),
        solutions[1],
    )
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        numbers = choose.integers((3, 6), 1, 12)
        if place % 2 and task == "possible":
            part = choose.integers((1, 3), 2, 9)
            cut = choose.integer(1, sum(part) - 1)
            numbers = choose.shuffled([*part, cut, sum(part) - cut])
        if task == "target_count":
            signs = [choose.one_of((-1, 1)) for _ in numbers]
            target = sum(sign * number for sign, number in zip(signs, numbers, strict=True))
            arguments.append((numbers, target if place % 2 else choose.integer(0, 6)))
        else:
            arguments.append((numbers,))
    if task == "target_count":
        arguments += [([1, 1, 1, 1], choose.one_of((0, 2))), ([1, 1, 1, 1, 1], 3)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"target": ("goal", "wanted", "k")},
    )
