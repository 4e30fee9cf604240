"""The best part of a list: sublists, selections and ordered subsequences."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


@family(task=("max_sum", "start_end", "max_product", "circular", "min_sum", "window"))
def best_subarray(choose: Chooser, task: str) -> Exercise:
    """Find the contiguous part of a list with the best sum or product."""
    texts, names, solutions = {
        "max_sum": (
            (
                "find the largest sum of a contiguous sublist",
                "find the maximum subarray sum of a list of integers (the subarray is not empty)",
                "Given a list of numbers, return the greatest sum of consecutive elements.",
                "return the largest sum of neighbouring elements of an array",
                "find largest sum contiguous subarray",
            ),
            ("max_subarray_sum", "kadane", "largest_sum", "max_sum"),
            (
                """
                def solve(numbers):
                    best = current = numbers[0]
                    for number in numbers[1:]:
                        current = max(number, current + number)
                        best = max(best, current)
                    return best
                """,
                """
                def solve(numbers):
                    n = len(numbers)
                    return max(sum(numbers[i:j]) for i in range(n) for j in range(i + 1, n + 1))
                """,
            ),
        ),
        "start_end": (
            (
                "find the contiguous sublist with the largest sum; of several take the one that "
                "starts first, and then the shortest",
                "return the consecutive elements of a list that have the maximum sum (the first "
                "start, and for that the first end, if there is a tie)",
                "Given a list of integers, return the non-empty slice with the greatest sum. If "
                "some slices tie, return the one with the smallest start and then the smallest "
                "end.",
                "Which consecutive elements have the largest sum? Return them as a list (the "
                "earliest start, then the earliest end, if some are equally good).",
            ),
            ("max_sublist", "best_slice", "max_subarray"),
            (
                """
                def solve(numbers):
                    best = numbers[:1]
                    for i in range(len(numbers)):
                        for j in range(i + 1, len(numbers) + 1):
                            if sum(numbers[i:j]) > sum(best):
                                best = numbers[i:j]
                    return best
                """,
            ),
        ),
        "max_product": (
            (
                "find the largest product of a contiguous sublist",
                "find the maximum product of consecutive elements of a list of integers",
                "Given a non-empty list of integers, possibly with zeros and negative numbers, "
                "return the greatest product of a subarray.",
                "Maximum product subarray of a list of integers.",
            ),
            ("max_product", "max_product_subarray", "largest_product"),
            (
                """
                def solve(numbers):
                    best = high = low = numbers[0]
                    for number in numbers[1:]:
                        options = (number, high * number, low * number)
                        high, low = max(options), min(options)
                        best = max(best, high)
                    return best
                """,
                """
                from math import prod


                def solve(numbers):
                    n = len(numbers)
                    return max(prod(numbers[i:j]) for i in range(n) for j in range(i + 1, n + 1))
                """,
            ),
        ),
        "circular": (
            (
                "find the largest sum of neighbouring elements in a circular list, where the "
                "first element follows the last one",
                "find the maximum subarray sum of a circular array (at least one element, each "
                "used at most once)",
                "The numbers of a list stand in a circle. Return the greatest sum of one or more "
                "consecutive numbers.",
                "Maximum sum of a subarray in a circular array.",
            ),
            ("max_circular_sum", "circular_subarray_sum", "max_ring_sum"),
            (
                """
                def solve(numbers):
                    best = high = numbers[0]
                    worst = low = numbers[0]
                    for number in numbers[1:]:
                        high = max(number, high + number)
                        best = max(best, high)
                        low = min(number, low + number)
                        worst = min(worst, low)
                    if best < 0:
                        return best
                    return max(best, sum(numbers) - worst)
                """,
                """
                def solve(numbers):
                    n = len(numbers)
                    twice = numbers + numbers
                    return max(
                        sum(twice[i:i + k]) for i in range(n) for k in range(1, n + 1)
                    )
                """,
            ),
        ),
        "min_sum": (
            (
                "find the smallest sum of a contiguous sublist",
                "find the minimum subarray sum of a list of integers (with at least one element)",
                "Given a list of numbers, return the lowest sum of consecutive elements.",
                "Minimum sum of a contiguous subarray.",
            ),
            ("min_subarray_sum", "smallest_sum", "min_sum"),
            (
                """
                def solve(numbers):
                    lowest = current = numbers[0]
                    for number in numbers[1:]:
                        current = min(number, current + number)
                        lowest = min(lowest, current)
                    return lowest
                """,
                """
                def solve(numbers):
                    n = len(numbers)
                    return min(sum(numbers[i:j]) for i in range(n) for j in range(i + 1, n + 1))
                """,
            ),
        ),
        "window": (
            (
                "find the largest sum of exactly k consecutive elements",
                "find the maximum sum of a window of <k> neighbouring numbers in a list",
                "Given a list and a number <k>, return the greatest sum of <k> elements in a row.",
                "Max sum of a subarray of size <k>.",
            ),
            ("max_window_sum", "max_sum_of_k", "largest_k_sum"),
            (
                """
                def solve(numbers, k):
                    return max(sum(numbers[i:i + k]) for i in range(len(numbers) - k + 1))
                """,
                """
                def solve(numbers, k):
                    current = best = sum(numbers[:k])
                    for i in range(k, len(numbers)):
                        current += numbers[i] - numbers[i - k]
                        best = max(best, current)
                    return best
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = [
        (choose.integers((3, 8), -9 if task != "max_product" else -5, 9),) for _ in range(5)
    ]
    arguments += [(choose.integers((2, 4), -9, -1),), (choose.integers(1, -5, 9),)]
    if task == "window":
        arguments = [(numbers, choose.integer(1, len(numbers))) for (numbers,) in arguments]
    return Exercise(texts=texts, names=names, solutions=solutions, arguments=arguments)


@family(task=("line", "circle", "apart"))
def sum_without_neighbours(choose: Chooser, task: str) -> Exercise:
    """Pick elements that do not stand side by side, for the largest sum."""
    texts, names, solutions = {
        "line": (
            (
                "find the maximum sum of elements of a list such that no two of them are adjacent",
                "find the largest amount that can be taken from houses in a row if two "
                "neighbouring houses must not both be chosen",
                "Given a list of non-negative numbers, return the greatest sum of a selection "
                "without neighbours.",
                "pick numbers of a list so that no two picked ones stand side by side, and "
                "return the largest possible sum",
            ),
            ("max_non_adjacent_sum", "house_robber", "max_sum_no_neighbours", "rob"),
            (
                """
                def solve(numbers):
                    before, best = 0, 0
                    for number in numbers:
                        before, best = best, max(best, before + number)
                    return best
                """,
                """
                def solve(numbers):
                    if not numbers:
                        return 0
                    return max(numbers[0] + solve(numbers[2:]), solve(numbers[1:]))
                """,
            ),
        ),
        "circle": (
            (
                "find the maximum sum of numbers that stand in a circle such that no two "
                "neighbours are chosen (the first and the last are neighbours)",
                "find the largest amount that can be taken from houses around a round square, "
                "never from two neighbouring ones; the first and the last house are neighbours",
                "The list is circular. Return the greatest sum of elements of which no two are "
                "adjacent, where the last element is adjacent to the first.",
                "Maximum sum of non-adjacent numbers in a circle.",
            ),
            ("max_circular_non_adjacent", "rob_circle", "max_sum_in_circle"),
            (
                """
                def solve(numbers):
                    def best_in_line(row):
                        before, best = 0, 0
                        for number in row:
                            before, best = best, max(best, before + number)
                        return best

                    if len(numbers) == 1:
                        return numbers[0]
                    return max(best_in_line(numbers[1:]), best_in_line(numbers[:-1]))
                """,
            ),
        ),
        "apart": (
            (
                "find the maximum sum of elements of a list such that between two chosen "
                "elements there are at least two others",
                "choose numbers so that any two of them are at least three places apart, and "
                "return the largest possible sum",
                "Given a list of non-negative numbers, return the greatest sum if after each "
                "chosen number the next two must be left out.",
                "Maximum sum of numbers that are at least three positions apart.",
            ),
            ("max_sum_spaced", "max_sum_with_gap_two", "spaced_sum"),
            (
                """
                def solve(numbers):
                    if not numbers:
                        return 0
                    return max(numbers[0] + solve(numbers[3:]), solve(numbers[1:]))
                """,
                """
                def solve(numbers):
                    best = [0, 0, 0]
                    for number in numbers:
                        best.append(max(best[-1], best[-3] + number))
                    return best[-1]
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments = [(choose.integers((3, 8), 0, 20),) for _ in range(5)] + [([choose.integer(1, 9)],)]
    if task != "circle":
        arguments.append(([],))
    return Exercise(texts=texts, names=names, solutions=solutions, arguments=arguments)


_ORDERS = {
    "increasing": ("increasing", "<", ""),
    "non_decreasing": ("non-decreasing", "<=", ""),
    "decreasing": ("decreasing", ">", "strictly "),
}


@family(order=tuple(_ORDERS), task=("length", "sum", "contiguous"))
def longest_ordered_subsequence(choose: Chooser, order: str, task: str) -> Exercise:
    """Find the longest, or heaviest, ordered selection of a list."""
    noun, sign, strictly = _ORDERS[order]
    noun = strictly + noun
    a_noun = f"an {noun}" if order == "increasing" else f"a {noun}"
    short = order.replace("_", "")
    if task == "contiguous":
        texts: tuple[str, ...] = (
            f"find the length of the longest {noun} run of consecutive elements in a list",
            f"find how long the longest {noun} contiguous subarray is",
            f"Given a list of numbers, return the length of its longest {noun} stretch of "
            "neighbouring elements (0 for an empty list).",
            f"Length of longest {noun} contiguous sublist.",
        )
        names: tuple[str, ...] = (f"longest_{order}_run", f"{short}_run", f"longest_{short}_streak")
        solutions: tuple[str, ...] = (
            f"""
            def solve(numbers):
                best = current = 0
                for i in range(len(numbers)):
                    if i > 0 and numbers[i - 1] {sign} numbers[i]:
                        current += 1
                    else:
                        current = 1
                    best = max(best, current)
                return best
            """,
            f"""
            def solve(numbers):
                if not numbers:
                    return 0
                best = length = 1
                for first, second in zip(numbers, numbers[1:]):
                    length = length + 1 if first {sign} second else 1
                    best = max(best, length)
                return best
            """,
        )
    else:
        start, add = ("1", "1") if task == "length" else ("numbers[i]", "numbers[i]")
        thing = "length" if task == "length" else "sum"
        texts = (
            f"find the length of the longest {noun} subsequence of a list"
            if task == "length"
            else f"find the largest sum of {a_noun} subsequence of a list of positive numbers",
            f"compute the {'' if task == 'length' else 'maximum '}{thing} of "
            f"{f'the longest {noun}' if task == 'length' else a_noun} subsequence, whose elements "
            "need not be adjacent",
            f"Given a list of positive integers, leave out some elements so that the rest is "
            f"{noun}, and return the greatest possible {thing} of the rest (0 for no elements).",
            f"Longest {noun} subsequence length."
            if task == "length"
            else f"Max sum {noun} subsequence.",
        )
        names = (
            (f"longest_{order}_subsequence", f"longest_{short}", f"{short}_length")
            if task == "length"
            else (f"max_sum_{order}_subsequence", f"max_{short}_sum", f"heaviest_{short}")
        )
        solutions = (
            f"""
            def solve(numbers):
                best = []
                for i in range(len(numbers)):
                    value = {start}
                    for j in range(i):
                        if numbers[j] {sign} numbers[i]:
                            value = max(value, best[j] + {add})
                    best.append(value)
                return max(best, default=0)
            """,
            f"""
            def solve(numbers):
                if not numbers:
                    return 0
                n = len(numbers)
                table = {"[1] * n" if task == "length" else "list(numbers)"}
                for i in range(1, n):
                    for j in range(i):
                        if numbers[j] {sign} numbers[i] and table[j] + {add} > table[i]:
                            table[i] = table[j] + {add}
                return max(table)
            """,
        )
        if task == "length" and order != "decreasing":
            side = "left" if order == "increasing" else "right"
            solutions += (
                f"""
                from bisect import bisect_{side}


                def solve(numbers):
                    ends = []
                    for number in numbers:
                        index = bisect_{side}(ends, number)
                        if index == len(ends):
                            ends.append(number)
                        else:
                            ends[index] = number
                    return len(ends)
                """,
            )
    arguments = [(choose.integers((4, 9), 1, 20),) for _ in range(5)]
    arguments += [(choose.integers(choose.integer(3, 5), 1, 4),), ([],), ([7],)]
    return Exercise(texts=texts, names=names, solutions=solutions, arguments=arguments)
