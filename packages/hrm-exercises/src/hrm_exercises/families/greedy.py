"""Tasks that a greedy choice solves: change, jumps, things in parts."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_CURRENCIES = {
    "euro": ((50, 20, 10, 5, 2, 1), "notes and coins of 50, 20, 10, 5, 2 and 1"),
    "cents": ((25, 10, 5, 1), "coins of 25, 10, 5 and 1 cents"),
    "powers": ((16, 8, 4, 2, 1), "weights of 16, 8, 4, 2 and 1"),
    "notes": ((100, 50, 20, 10, 5, 1), "notes of 100, 50, 20, 10, 5 and 1"),
}


@family(task=("count", "dict", "list"), currency=tuple(_CURRENCIES))
def greedy_change(choose: Chooser, task: str, currency: str) -> Exercise:
    """Pay an amount with the largest pieces first."""
    values, pieces = _CURRENCIES[currency]
    thing = {
        "count": f"the smallest number of pieces that pay an amount with {pieces}",
        "dict": f"a dictionary of how many of each kind are used to pay an amount with as few "
        f"{pieces} as possible (only kinds that are used, largest first)",
        "list": f"the list of pieces, largest first, that pay an amount with as few {pieces} as "
        "possible",
    }[task]
    noun = pieces.split(" of ")[0]
    with_them = thing.replace(f"as few {pieces}", "as few of them").replace(
        f"with {pieces}", "with them"
    )
    loops = {
        "count": (
            f"""
            def solve(amount):
                count = 0
                for value in {values}:
                    count += amount // value
                    amount %= value
                return count
            """,
            f"""
            def solve(amount):
                count = 0
                for value in {values}:
                    while amount >= value:
                        amount -= value
                        count += 1
                return count
            """,
        ),
        "dict": (
            f"""
            def solve(amount):
                counts = {{}}
                for value in {values}:
                    if amount >= value:
                        counts[value] = amount // value
                        amount %= value
                return counts
            """,
            f"""
            def solve(amount):
                counts = {{}}
                for value in {values}:
                    number, amount = divmod(amount, value)
                    if number > 0:
                        counts[value] = number
                return counts
            """,
        ),
        "list": (
            f"""
            def solve(amount):
                result = []
                for value in {values}:
                    while amount >= value:
                        result.append(value)
                        amount -= value
                return result
            """,
            f"""
            def solve(amount):
                result = []
                for value in {values}:
                    result += [value] * (amount // value)
                    amount %= value
                return result
            """,
        ),
    }[task]
    return Exercise(
        texts=(
            f"find {thing}",
            f"return {thing}; always take the largest {noun} that still fit",
            f"Given an amount, return {thing.replace('an amount', 'it')}.",
            f"I have {pieces}. Return {with_them}.",
        ),
        names={
            "count": ("count_pieces", "min_change", "fewest_pieces", f"num_{noun.split()[0]}"),
            "dict": ("make_change", "count_each", "change_table", "break_down_amount"),
            "list": ("make_change", "greedy_change", "change_list", "pay_amount"),
        }[task],
        solutions=loops,
        arguments=[(choose.integer(2, 180 if task != "list" else 120),) for _ in range(6)]
        + [(0,), (choose.one_of(values),)],
        synonyms={"amount": ("n", "money", "total", "rest")},
    )


@family(task=("can_reach", "fewest_jumps", "furthest"))
def jumping_along_a_list(choose: Chooser, task: str) -> Exercise:
    """Jump along a list whose elements say how far a jump may go."""
    texts, names, solutions = {
        "can_reach": (
            (
                "check whether one can jump from the first to the last element of a list, where "
                "each element is the maximum length of a jump from there",
                "test if the end of a list can be reached when at each place one may move forward "
                "by at most the number that stands there",
                "Every number says how many steps forward are allowed at most from its place. "
                "Start at the first place. Return True if the last one can be reached, else "
                "False.",
                "Given a list of maximum jump lengths, return whether the last index is reachable "
                "from index 0.",
            ),
            ("can_jump", "can_reach_end", "reaches_end", "is_end_reachable"),
            (
                """
                def solve(numbers):
                    reach = 0
                    for index, number in enumerate(numbers):
                        if index > reach:
                            return False
                        reach = max(reach, index + number)
                    return True
                """,
                """
                def solve(numbers):
                    target = len(numbers) - 1
                    for index in range(len(numbers) - 2, -1, -1):
                        if index + numbers[index] >= target:
                            target = index
                    return target == 0
                """,
            ),
        ),
        "fewest_jumps": (
            (
                "find the minimum number of jumps from the first to the last element, if an "
                "element gives the maximum length of a jump from its place (-1 if the end cannot "
                "be reached)",
                "find how few jumps lead to the end of a list, where from place i one may jump "
                "forward by 1 to <numbers>[i] places; return -1 if it is impossible",
                "Given a list of maximum jump lengths, return the smallest number of jumps that "
                "get you from index 0 to the last index, or -1.",
                "Count the fewest jumps to reach the last position of a list of jump lengths. If "
                "it can't be reached, the answer is -1.",
            ),
            ("min_jumps", "fewest_jumps", "count_jumps", "jumps_to_end"),
            (
                """
                def solve(numbers):
                    jumps = end = reach = 0
                    for index in range(len(numbers) - 1):
                        reach = max(reach, index + numbers[index])
                        if reach == index:
                            return -1
                        if index == end:
                            jumps += 1
                            end = reach
                    return jumps
                """,
                """
                def solve(numbers):
                    n = len(numbers)
                    jumps = [0] + [n] * (n - 1)
                    for i in range(n):
                        for j in range(i + 1, min(n, i + numbers[i] + 1)):
                            jumps[j] = min(jumps[j], jumps[i] + 1)
                    return jumps[-1] if jumps[-1] < n else -1
                """,
            ),
        ),
        "furthest": (
            (
                "find the largest index that can be reached from the start of a list, where each "
                "element is the maximum length of a jump from its place",
                "find how far one can get in a list by jumps, if from place i one may jump "
                "forward by up to <numbers>[i] places, as an index",
                "Each element allows a jump forward of at most its value. Starting at index 0, "
                "return the greatest index of the list that can be reached.",
                "Given maximum jump lengths, return the last reachable index.",
            ),
            ("furthest_index", "max_reach", "last_reachable", "how_far"),
            (
                """
                def solve(numbers):
                    reach = 0
                    for index, number in enumerate(numbers):
                        if index > reach:
                            break
                        reach = max(reach, index + number)
                    return min(reach, len(numbers) - 1)
                """,
                """
                def solve(numbers):
                    reach = 0
                    index = 0
                    while index <= reach and index < len(numbers):
                        reach = max(reach, index + numbers[index])
                        index += 1
                    return min(reach, len(numbers) - 1)
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments = [(choose.integers((4, 8), 1, 4),) for _ in range(3)]
    for _ in range(3):
        numbers = choose.integers((4, 8), 0, 2)
        arguments.append((numbers,))
    arguments += [([0],), ([choose.integer(1, 3), 0, 0, 0, 0, 1],)]
    return Exercise(texts=texts, names=names, solutions=solutions, arguments=arguments)


@family(task=("value", "weights", "cost"))
def fractional_choices(choose: Chooser, task: str) -> Exercise:
    """Take the best things first, the last of them in part."""
    texts, names, solutions = {
        "value": (
            (
                "solve the fractional knapsack problem for a list of (value, weight) pairs and a "
                "capacity, rounded to 2 decimal places",
                "find the largest value that fits into a bag if parts of items may be taken, from "
                "(value, weight) pairs, rounded to two digits",
                "Items are (value, weight) tuples and can be divided. Return the maximum total "
                "value with a total weight of at most the capacity, rounded to 2 places.",
                "Given (value, weight) pairs and a capacity, take the items with the highest "
                "value per weight first, the last one possibly in part. Return the total value "
                "rounded to 2 digits.",
            ),
            ("fractional_knapsack", "max_fractional_value", "best_value"),
            (
                """
                def solve(items, capacity):
                    total = 0.0
                    for value, weight in sorted(items, key=lambda pair: -pair[0] / pair[1]):
                        taken = min(weight, capacity)
                        total += value * taken / weight
                        capacity -= taken
                    return round(total, 2)
                """,
                """
                def solve(items, capacity):
                    total = 0.0
                    ordered = sorted(items, key=lambda pair: pair[0] / pair[1], reverse=True)
                    for value, weight in ordered:
                        if weight <= capacity:
                            total += value
                            capacity -= weight
                        else:
                            total += value * capacity / weight
                            break
                    return round(total, 2)
                """,
            ),
        ),
        "weights": (
            (
                "fill a bag from a list of goods (price per kilogram, kilograms) so that its "
                "value is as large as possible, and return this value (an integer)",
                "find the highest total price of goods that fit into a bag of the given capacity; "
                "goods are pairs of price per kilogram and available kilograms",
                "Given (price per unit, available units) pairs and the number of units that can "
                "be carried, return the greatest possible total price.",
                "Spices are sold by the gram: each pair holds a price per gram and the number of "
                "grams there are. Return the best value of a bag that holds a given number of "
                "grams.",
            ),
            ("max_value", "fill_bag", "best_bag_value"),
            (
                """
                def solve(goods, capacity):
                    total = 0
                    for price, amount in sorted(goods, reverse=True):
                        taken = min(amount, capacity)
                        total += taken * price
                        capacity -= taken
                    return total
                """,
                """
                def solve(goods, capacity):
                    units = []
                    for price, amount in goods:
                        units.extend([price] * amount)
                    units.sort(reverse=True)
                    return sum(units[:capacity])
                """,
            ),
        ),
        "cost": (
            (
                "find the lowest price for n units if shops offer units as pairs (price per unit, "
                "number of units), or -1 if there are too few",
                "buy <n> units as cheaply as possible from offers of (price, available units), and "
                "return the total cost, -1 if the offers do not suffice",
                "Given offers as (unit price, quantity) tuples, return the minimum cost of buying "
                "n units, or -1 when the shops together have fewer than n.",
                "I want to buy n pieces. Each shop has a price per piece and a stock. Return what "
                "I have to pay at least, and -1 if there is not enough.",
            ),
            ("cheapest_purchase", "min_cost", "buy_units", "lowest_price"),
            (
                """
                def solve(offers, n):
                    cost = 0
                    for price, available in sorted(offers):
                        bought = min(available, n)
                        cost += bought * price
                        n -= bought
                    return cost if n == 0 else -1
                """,
                """
                def solve(offers, n):
                    prices = []
                    for price, available in offers:
                        prices += [price] * available
                    if len(prices) < n:
                        return -1
                    return sum(sorted(prices)[:n])
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        size = choose.integer(1, 5)
        values = choose.integers(size, 2 if task != "value" else 10, 12 if task != "value" else 90)
        amounts = choose.integers(size, 1, 10 if task != "value" else 25)
        pairs = list(zip(values, amounts, strict=True))
        arguments.append((pairs, choose.integer(3, max(4, sum(amounts) + 4))))
    arguments.append((pairs, 0))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "key": ("key",),
            "capacity": ("cap", "room", "limit"),
            "n": ("num", "amount", "needed", "wanted"),
            "value": ("value", "v", "val"),
            "items": ("goods", "things", "pairs"),
            "goods": ("offers", "spices", "items"),
        },
    )
