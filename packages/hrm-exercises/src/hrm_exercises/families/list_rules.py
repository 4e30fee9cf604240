"""Rules that all neighbours follow, sums of some elements, kinds in equal numbers."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_whether,
    number_lists,
    returns,
    sized,
)
from hrm_exercises.family import Exercise, family

_NEIGHBOURS = {
    "parity": Task(
        ("alternates between even and odd numbers",),
        ("alternates_parity", "even_odd_alternate", "is_alternating"),
        (
            returns("numbers", "all((x + y) % 2 == 1 for x, y in zip(numbers, numbers[1:]))"),
            """
            def solve(numbers):
                for index in range(1, len(numbers)):
                    if numbers[index] % 2 == numbers[index - 1] % 2:
                        return False
                return True
            """,
        ),
    ),
    "sign": Task(
        ("alternates between positive and negative numbers",),
        ("alternating_signs", "signs_alternate", "is_sign_alternating"),
        (
            returns("numbers", "all(x * y < 0 for x, y in zip(numbers, numbers[1:]))"),
            """
            def solve(numbers):
                for index in range(len(numbers) - 1):
                    if numbers[index] * numbers[index + 1] >= 0:
                        return False
                return True
            """,
        ),
    ),
    "arithmetic": Task(
        ("is an arithmetic progression", "has the same difference between all neighbours"),
        ("is_arithmetic", "constant_difference", "is_linear_sequence"),
        (
            """
            def solve(numbers):
                step = numbers[1] - numbers[0]
                for index in range(1, len(numbers)):
                    if numbers[index] - numbers[index - 1] != step:
                        return False
                return True
            """,
            returns("numbers", "len({y - x for x, y in zip(numbers, numbers[1:])}) == 1"),
        ),
    ),
    "geometric": Task(
        (
            "is a geometric progression of positive numbers",
            "has the same ratio between all neighbours",
        ),
        ("is_geometric", "constant_ratio", "is_geometric_sequence"),
        (
            """
            def solve(numbers):
                for index in range(1, len(numbers) - 1):
                    if numbers[index] ** 2 != numbers[index - 1] * numbers[index + 1]:
                        return False
                return True
            """,
            """
            def solve(numbers):
                return all(x * numbers[0] == y * numbers[1] for x, y in zip(numbers[1:], numbers))
            """,
        ),
    ),
    "consecutive": Task(
        (
            "consists of consecutive integers in ascending order",
            "counts up by exactly 1 from element to element",
        ),
        ("is_consecutive_run", "counts_up_by_one", "consecutive_numbers"),
        (
            returns("numbers", "all(y - x == 1 for x, y in zip(numbers, numbers[1:]))"),
            returns("numbers", "numbers == list(range(numbers[0], numbers[0] + len(numbers)))"),
        ),
    ),
    "near": Task(
        ("has no two neighbours that differ by more than 2",),
        ("small_steps", "is_smooth", "no_big_jumps"),
        (
            returns("numbers", "all(abs(x - y) <= 2 for x, y in zip(numbers, numbers[1:]))"),
            """
            def solve(numbers):
                for index in range(1, len(numbers)):
                    if abs(numbers[index] - numbers[index - 1]) > 2:
                        return False
                return True
            """,
        ),
    ),
    "fibonacci": Task(
        (
            "is such that each element from the third on is the sum of the two before it",
            "follows the rule of the Fibonacci numbers (each is the sum of the two before it)",
        ),
        ("is_fibonacci_like", "follows_fibonacci_rule", "sum_of_two_before"),
        (
            """
            def solve(numbers):
                for index in range(2, len(numbers)):
                    if numbers[index] != numbers[index - 1] + numbers[index - 2]:
                        return False
                return True
            """,
            """
            def solve(numbers):
                return all(x + y == z for x, y, z in zip(numbers, numbers[1:], numbers[2:]))
            """,
        ),
    ),
    "doubling": Task(
        (
            "doubles from each element to the next",
            "has elements that are each twice the one before",
        ),
        ("is_doubling", "each_is_double", "doubles_each_time"),
        (
            returns("numbers", "all(y == 2 * x for x, y in zip(numbers, numbers[1:]))"),
            """
            def solve(numbers):
                for index in range(1, len(numbers)):
                    if numbers[index] != 2 * numbers[index - 1]:
                        return False
                return True
            """,
        ),
    ),
}


@family(rule=tuple(_NEIGHBOURS))
def rule_for_all_neighbours(choose: Chooser, rule: str) -> Exercise:
    """Check for alternation, progressions and other rules for neighbours."""
    task = _NEIGHBOURS[rule]
    lists: list[list[int]] = []
    for index in range(7):
        start, step, num = choose.integer(1, 9), choose.integer(2, 5), choose.integer(3, 7)
        if index % 2:
            numbers = {
                "parity": [2 * n + i % 2 for i, n in enumerate(choose.integers(num, 0, 15))],
                "sign": [
                    n * (-1) ** (i + index // 3) for i, n in enumerate(choose.integers(num, 1, 15))
                ],
                "arithmetic": [start + step * i for i in range(num)],
                "geometric": [start * step**i for i in range(num)],
                "consecutive": [start + i for i in range(num)],
                "near": [start + i % 3 for i in range(num)],
                "fibonacci": _fibonacci(start, step, num),
                "doubling": [start * 2**i for i in range(num)],
            }[rule]
        else:
            low = 1 if rule in ("geometric", "doubling") else -5
            numbers = choose.integers((3, 6), low, 20)
        lists.append(numbers)
    almost = [*lists[1][:-1], lists[1][-1] + 3]
    solutions, arguments = task.solutions, [(numbers,) for numbers in [*lists, almost]]
    return Exercise(
        texts=ask_whether(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"x": ("a", "p"), "y": ("b", "q"), "z": ("c", "r"), "step": ("diff", "d")},
    )


def _fibonacci(first: int, second: int, num: int) -> list[int]:
    numbers = [first, second]
    while len(numbers) < num:
        numbers.append(numbers[-1] + numbers[-2])
    return numbers


_SUMS = {
    "pair": Task(
        (
            "contains two elements (at different indexes) whose sum is <k>",
            "has a pair of elements that add up to <k>",
        ),
        ("has_pair_with_sum", "two_sum_exists", "pair_adds_up"),
        (
            """
            def solve(numbers, k):
                seen = set()
                for number in numbers:
                    if k - number in seen:
                        return True
                    seen.add(number)
                return False
            """,
            """
            def solve(numbers, k):
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        if numbers[i] + numbers[j] == k:
                            return True
                return False
            """,
        ),
    ),
    "triple": Task(
        ("contains three elements (at different indexes) whose sum is <k>",),
        ("has_triple_with_sum", "three_sum_exists", "triple_adds_up"),
        (
            """
            from itertools import combinations

            def solve(numbers, k):
                return any(sum(triple) == k for triple in combinations(numbers, 3))
            """,
            """
            def solve(numbers, k):
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        for m in range(j + 1, len(numbers)):
                            if numbers[i] + numbers[j] + numbers[m] == k:
                                return True
                return False
            """,
        ),
    ),
    "difference": Task(
        (
            "contains two elements that differ by exactly <k>",
            "has a pair of elements with the difference <k>",
        ),
        ("has_pair_with_difference", "difference_exists", "differ_by_k"),
        (
            returns("numbers, k", "any(number + k in numbers for number in numbers)"),
            """
            def solve(numbers, k):
                for x in numbers:
                    for y in numbers:
                        if x - y == k:
                            return True
                return False
            """,
        ),
    ),
    "product": Task(
        ("contains two elements (at different indexes) whose product is <k>",),
        ("has_pair_with_product", "product_pair_exists", "pair_multiplies_to"),
        (
            """
            from itertools import combinations

            def solve(numbers, k):
                return any(x * y == k for x, y in combinations(numbers, 2))
            """,
            """
            def solve(numbers, k):
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        if numbers[i] * numbers[j] == k:
                            return True
                return False
            """,
        ),
    ),
    "run": Task(
        (
            "contains consecutive elements whose sum is <k>",
            "has a contiguous sublist with the sum <k>",
        ),
        ("has_sublist_with_sum", "run_adds_up", "subarray_sum_exists"),
        (
            """
            def solve(numbers, k):
                for i in range(len(numbers)):
                    total = 0
                    for j in range(i, len(numbers)):
                        total += numbers[j]
                        if total == k:
                            return True
                return False
            """,
            """
            def solve(numbers, k):
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers) + 1):
                        if sum(numbers[i:j]) == k:
                            return True
                return False
            """,
        ),
    ),
    "neighbours": Task(
        ("contains two neighbours whose sum is <k>",),
        ("neighbours_with_sum", "adjacent_sum_exists", "adjacent_pair_adds_up"),
        (
            returns("numbers, k", "any(x + y == k for x, y in zip(numbers, numbers[1:]))"),
            """
            def solve(numbers, k):
                for index in range(len(numbers) - 1):
                    if numbers[index] + numbers[index + 1] == k:
                        return True
                return False
            """,
        ),
    ),
}


@family(what=tuple(_SUMS))
def elements_with_a_given_sum_exist(choose: Chooser, what: str) -> Exercise:
    """Check whether two or more elements have a given sum, difference, product."""
    task = _SUMS[what]
    arguments: list[tuple[list[int], int]] = []
    for index in range(6):
        numbers = choose.sample(range(1, 25), (4, 7))
        one, two, three = numbers[1:4]
        k = {
            "pair": one + three,
            "triple": one + two + numbers[0],
            "difference": abs(one - two),
            "product": one * three,
            "run": one + two + three,
            "neighbours": one + two,
        }[what]
        arguments.append((numbers, k if index % 2 else k + choose.integer(1, 30)))
    return Exercise(
        texts=ask_whether(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[*arguments, ([5], 10), ([2, 3, 9], 5 if what != "product" else 27)],
        synonyms={"k": ("target", "total_", "wanted", "n"), "x": ("a", "p"), "y": ("b", "q")},
    )


_COUNTS = {
    "more_even": ("has more even than odd numbers", "number % 2 == 0", "number % 2 != 0", ">"),
    "balanced": ("has as many even as odd numbers", "number % 2 == 0", "number % 2 != 0", "=="),
    "more_positive": ("has more positive than negative numbers", "number > 0", "number < 0", ">"),
    "balanced_signs": (
        "has as many positive as negative numbers",
        "number > 0",
        "number < 0",
        "==",
    ),
}


@family(claim=tuple(_COUNTS))
def more_of_one_kind_than_of_another(choose: Chooser, claim: str) -> Exercise:
    """Compare the numbers of even and odd, positive and negative elements."""
    told, one, other, sign = _COUNTS[claim]
    lists = number_lists(choose, 4, (3, 8), -20, 20)
    lists += [[2, 5, -4, -3], [-1, -3, 4], [7, 2, 8]]
    solutions, arguments = sized(
        choose,
        (
            f"""
            def solve(numbers):
                first = sum(1 for number in numbers if {one})
                second = sum(1 for number in numbers if {other})
                return first {sign} second
            """,
            f"""
            def solve(numbers):
                balance = 0
                for number in numbers:
                    if {one}:
                        balance += 1
                    elif {other}:
                        balance -= 1
                return balance {sign} 0
            """,
        ),
        [(numbers,) for numbers in lists],
    )
    return Exercise(
        texts=ask_whether(choose.one_of(NUMBERS), (told,)),
        names=(claim, f"is_{claim}", f"{claim}_list", f"check_{claim}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"first": ("a", "num1", "count1"), "second": ("b", "num2", "count2")},
    )
