"""Pairs and triples of elements with a property, counted or listed."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_to,
    sized,
)
from hrm_exercises.family import Exercise, family

_PAIRS_OF_INDEXES = {
    "equal": (
        "pairs of equal elements (i < j, numbers[i] == numbers[j])",
        "numbers[i] == numbers[j]",
        "count_equal_pairs",
        "x == y",
    ),
    "different": (
        "pairs of different elements (i < j, numbers[i] != numbers[j])",
        "numbers[i] != numbers[j]",
        "count_unequal_pairs",
        "x != y",
    ),
    "inversion": (
        "inversions, that is pairs of indexes i < j with numbers[i] > numbers[j],",
        "numbers[i] > numbers[j]",
        "count_inversions",
        "x > y",
    ),
    "rising": (
        "pairs of indexes i < j with numbers[i] < numbers[j]",
        "numbers[i] < numbers[j]",
        "count_rising_pairs",
        "x < y",
    ),
    "even_sum": (
        "pairs of elements (i < j) with an even sum",
        "(numbers[i] + numbers[j]) % 2 == 0",
        "count_even_sum_pairs",
        "(x + y) % 2 == 0",
    ),
    "odd_sum": (
        "pairs of elements (i < j) with an odd sum",
        "(numbers[i] + numbers[j]) % 2 == 1",
        "count_odd_sum_pairs",
        "(x + y) % 2 == 1",
    ),
    "even_product": (
        "pairs of elements (i < j) with an even product",
        "numbers[i] * numbers[j] % 2 == 0",
        "count_even_product_pairs",
        "x * y % 2 == 0",
    ),
    "odd_xor": (
        "pairs of elements (i < j) whose bitwise xor is odd",
        "(numbers[i] ^ numbers[j]) % 2 == 1",
        "count_odd_xor_pairs",
        "(x ^ y) % 2 == 1",
    ),
    "dividing": (
        "pairs of elements (i < j) where the second is divisible by the first",
        "numbers[j] % numbers[i] == 0",
        "count_divisible_pairs",
        "y % x == 0",
    ),
    "close": (
        "pairs of elements (i < j) that differ by at most 2",
        "abs(numbers[i] - numbers[j]) <= 2",
        "count_close_pairs",
        "abs(x - y) <= 2",
    ),
}


@family(kind=tuple(_PAIRS_OF_INDEXES))
def count_pairs_of_elements(choose: Chooser, kind: str) -> Exercise:
    """Count pairs of elements with a property, such as inversions."""
    noun, condition, name, short = _PAIRS_OF_INDEXES[kind]
    told = noun.replace("numbers[", "<numbers>[").rstrip(",")
    solutions, arguments = sized(
        choose,
        (
            f"""
            def solve(numbers):
                count = 0
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        if {condition}:
                            count += 1
                return count
            """,
            f"""
            def solve(numbers):
                return sum(
                    1
                    for i in range(len(numbers))
                    for j in range(i + 1, len(numbers))
                    if {condition}
                )
            """,
            f"""
            from itertools import combinations

            def solve(numbers):
                return sum(1 for x, y in combinations(numbers, 2) if {short})
            """,
        ),
        [(choose.integers((3, 7), 1, choose.one_of((6, 15))),) for _ in range(5)]
        + [([5, 4, 3, 2, 1],), ([7],)],
    )
    return Exercise(
        texts=(
            f"count the {told} in a list",
            f"count the number of {told} in a given list",
            f"find the number of {told} in an array",
            f"Given a list of numbers, count the {told}.",
            f"Given a list of integers, return how many {told} there are.",
        ),
        names=(name, f"{name}_in_list", name.replace("count_", "number_of_")),
        solutions=solutions,
        arguments=arguments,
        synonyms={"x": ("a", "p"), "y": ("b", "q")},
    )


_SUM_PAIRS = {
    "count": Task(
        (
            "count the pairs of elements of {} whose sum is <k>",
            "find the number of pairs of indexes i < j in {} whose elements add up to <k>",
        ),
        ("count_pairs_with_sum", "pairs_with_sum", "number_of_pairs"),
        (
            """
            def solve(numbers, k):
                count = 0
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        if numbers[i] + numbers[j] == k:
                            count += 1
                return count
            """,
            """
            def solve(numbers, k):
                seen = {}
                count = 0
                for number in numbers:
                    count += seen.get(k - number, 0)
                    seen[number] = seen.get(number, 0) + 1
                return count
            """,
        ),
    ),
    "list": Task(
        (
            "list all pairs (numbers[i], numbers[j]) of {} with i < j whose sum is <k>",
            "return the pairs of elements of {} that add up to <k> as tuples, in order of their "
            "indexes",
        ),
        ("list_pairs_with_sum", "find_pairs", "all_sum_pairs"),
        (
            """
            def solve(numbers, k):
                result = []
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        if numbers[i] + numbers[j] == k:
                            result.append((numbers[i], numbers[j]))
                return result
            """,
            """
            from itertools import combinations

            def solve(numbers, k):
                return [pair for pair in combinations(numbers, 2) if sum(pair) == k]
            """,
        ),
    ),
    "indexes": Task(
        (
            "find the indexes of two elements of {} whose sum is <k>, as a list (the first such "
            "pair i < j), or an empty list",
            "return the first pair of indexes [i, j] (i < j) of {} with the sum <k>; [] if there "
            "is none",
        ),
        ("two_sum", "indexes_of_pair", "find_two_indexes"),
        (
            """
            def solve(numbers, k):
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        if numbers[i] + numbers[j] == k:
                            return [i, j]
                return []
            """,
        ),
    ),
    "difference": Task(
        (
            "count the pairs of elements of {} that differ by exactly <k>",
            "find the number of pairs of indexes i < j in {} with an absolute difference of <k>",
        ),
        ("count_pairs_with_difference", "difference_pairs", "pairs_with_difference"),
        (
            """
            def solve(numbers, k):
                count = 0
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        if abs(numbers[i] - numbers[j]) == k:
                            count += 1
                return count
            """,
            """
            from itertools import combinations

            def solve(numbers, k):
                return sum(1 for x, y in combinations(numbers, 2) if abs(x - y) == k)
            """,
        ),
    ),
    "less": Task(
        ("count the pairs of elements of {} whose sum is less than <k>",),
        ("count_pairs_below", "pairs_with_smaller_sum", "small_sum_pairs"),
        (
            """
            def solve(numbers, k):
                count = 0
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        if numbers[i] + numbers[j] < k:
                            count += 1
                return count
            """,
            """
            def solve(numbers, k):
                numbers = sorted(numbers)
                left = 0
                right = len(numbers) - 1
                count = 0
                while left < right:
                    if numbers[left] + numbers[right] < k:
                        count += right - left
                        left += 1
                    else:
                        right -= 1
                return count
            """,
        ),
    ),
    "triples": Task(
        ("count the triples of elements of {} (at three different indexes) whose sum is <k>",),
        ("count_triples_with_sum", "triples_with_sum", "three_sum_count"),
        (
            """
            from itertools import combinations

            def solve(numbers, k):
                return sum(1 for triple in combinations(numbers, 3) if sum(triple) == k)
            """,
            """
            def solve(numbers, k):
                count = 0
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        for m in range(j + 1, len(numbers)):
                            if numbers[i] + numbers[j] + numbers[m] == k:
                                count += 1
                return count
            """,
        ),
    ),
    "multiple": Task(
        ("count the pairs of elements of {} whose sum is divisible by <k>",),
        ("count_divisible_sums", "pairs_divisible_by", "divisible_sum_pairs"),
        (
            """
            def solve(numbers, k):
                count = 0
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        if (numbers[i] + numbers[j]) % k == 0:
                            count += 1
                return count
            """,
            """
            from itertools import combinations

            def solve(numbers, k):
                return sum(1 for pair in combinations(numbers, 2) if sum(pair) % k == 0)
            """,
        ),
    ),
}


@family(what=tuple(_SUM_PAIRS))
def pairs_with_a_given_sum(choose: Chooser, what: str) -> Exercise:
    """Count or list pairs with a given sum or difference."""
    task = _SUM_PAIRS[what]
    arguments: list[tuple[list[int], int]] = []
    for _ in range(6):
        numbers = choose.integers((4, 7), 1, 9)
        k = numbers[0] + numbers[2] + (numbers[3] if what == "triples" else 0)
        if what in ("difference", "multiple"):
            k = choose.integer(2, 4)
        arguments.append((numbers, k))
    asks = tuple(ask.replace("numbers[", "<numbers>[") for ask in task.asks)
    return Exercise(
        texts=ask_to(choose.one_of(NUMBERS), asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[*arguments, ([5], 10), ([], 3)],
        synonyms={
            "k": ("target", "wanted", "n", "s"),
            "x": ("a", "p"),
            "y": ("b", "q"),
            "pair": ("p", "pair"),
        },
    )
