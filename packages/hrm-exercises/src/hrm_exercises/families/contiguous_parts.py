"""Contiguous sublists with a sum, a product or a length; places that balance a list."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_for,
    number_lists,
    returns,
    sized,
)
from hrm_exercises.family import Exercise, family

_BEST = {
    "sum": Task(
        (
            "the largest sum of a contiguous sublist",
            "the maximum sum of consecutive elements (at least one)",
        ),
        ("max_subarray_sum", "largest_contiguous_sum", "best_run_sum"),
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
                best = numbers[0]
                for i in range(len(numbers)):
                    total = 0
                    for j in range(i, len(numbers)):
                        total += numbers[j]
                        best = max(best, total)
                return best
            """,
        ),
    ),
    "min_sum": Task(
        (
            "the smallest sum of a contiguous sublist",
            "the minimum sum of consecutive elements (at least one)",
        ),
        ("min_subarray_sum", "smallest_contiguous_sum", "worst_run_sum"),
        (
            """
            def solve(numbers):
                best = current = numbers[0]
                for number in numbers[1:]:
                    current = min(number, current + number)
                    best = min(best, current)
                return best
            """,
            """
            def solve(numbers):
                return min(
                    sum(numbers[i:j])
                    for i in range(len(numbers))
                    for j in range(i + 1, len(numbers) + 1)
                )
            """,
        ),
    ),
    "product": Task(
        (
            "the largest product of a contiguous sublist",
            "the maximum product of consecutive elements (at least one)",
        ),
        ("max_subarray_product", "largest_contiguous_product", "best_run_product"),
        (
            """
            def solve(numbers):
                best = numbers[0]
                for i in range(len(numbers)):
                    product = 1
                    for j in range(i, len(numbers)):
                        product *= numbers[j]
                        best = max(best, product)
                return best
            """,
            """
            def solve(numbers):
                best = low = high = numbers[0]
                for number in numbers[1:]:
                    candidates = (number, low * number, high * number)
                    low = min(candidates)
                    high = max(candidates)
                    best = max(best, high)
                return best
            """,
        ),
    ),
    "sublist": Task(
        (
            "the contiguous sublist of {} with the largest sum (the first and shortest one if "
            "there are several)",
        ),
        ("max_sum_sublist", "best_sublist", "sublist_with_largest_sum"),
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
    "circular": Task(
        ("the largest sum of consecutive elements of {} if it is treated as a circle",),
        ("max_circular_sum", "circular_run_sum", "best_sum_in_circle"),
        (
            """
            def solve(numbers):
                double = numbers + numbers
                return max(
                    sum(double[i:i + k])
                    for i in range(len(numbers))
                    for k in range(1, len(numbers) + 1)
                )
            """,
        ),
    ),
    "neighbours": Task(
        ("the largest sum of two neighbours", "the maximum sum of two consecutive elements"),
        ("max_adjacent_sum", "largest_neighbour_sum", "best_pair_sum"),
        (
            returns("numbers", "max(x + y for x, y in zip(numbers, numbers[1:]))"),
            """
            def solve(numbers):
                best = numbers[0] + numbers[1]
                for index in range(1, len(numbers) - 1):
                    best = max(best, numbers[index] + numbers[index + 1])
                return best
            """,
        ),
    ),
    "neighbour_product": Task(
        (
            "the largest product of two neighbours",
            "the maximum product of two consecutive elements",
        ),
        ("max_adjacent_product", "largest_neighbour_product", "best_pair_product"),
        (
            returns("numbers", "max(x * y for x, y in zip(numbers, numbers[1:]))"),
            """
            def solve(numbers):
                best = numbers[0] * numbers[1]
                for index in range(len(numbers) - 1):
                    product = numbers[index] * numbers[index + 1]
                    if product > best:
                        best = product
                return best
            """,
        ),
    ),
    "step": Task(
        (
            "the largest absolute difference between two neighbours",
            "the biggest jump from one element to the next",
        ),
        ("max_step", "biggest_jump", "largest_adjacent_difference"),
        (
            returns("numbers", "max(abs(x - y) for x, y in zip(numbers, numbers[1:]))"),
            """
            def solve(numbers):
                best = 0
                for index in range(1, len(numbers)):
                    best = max(best, abs(numbers[index] - numbers[index - 1]))
                return best
            """,
        ),
    ),
}


@family(what=tuple(_BEST))
def best_contiguous_part(choose: Chooser, what: str) -> Exercise:
    """Find the largest sum or product of consecutive elements."""
    task = _BEST[what]
    arguments = [(choose.integers((4, 8), -9, 12),) for _ in range(5)] + [
        ([-3, -1, -2],),
        ([5, -2],),
    ]
    solutions, with_length = sized(choose, task.solutions, arguments)
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), task.asks, choose.one_of(("of", "in"))),
        names=task.names,
        solutions=solutions,
        arguments=with_length,
        synonyms={
            "current": ("here", "running", "ending_here"),
            "product": ("result", "p"),
            "x": ("a", "one"),
            "y": ("b", "other"),
        },
    )


_COUNTED = {
    "sum": (
        "the number of contiguous sublists of {} whose sum is <k>",
        "count_sublists_with_sum",
        "total == k",
    ),
    "less": (
        "the number of contiguous sublists of {} whose sum is less than <k>",
        "count_sublists_below",
        "total < k",
    ),
    "multiple": (
        "the number of contiguous sublists of {} whose sum is divisible by <k>",
        "count_sublists_divisible",
        "total % k == 0",
    ),
    "more": (
        "the number of contiguous sublists of {} whose sum is greater than <k>",
        "count_sublists_above",
        "total > k",
    ),
}


@family(which=tuple(_COUNTED))
def count_contiguous_parts_by_sum(choose: Chooser, which: str) -> Exercise:
    """Count contiguous sublists by their sums."""
    noun, name, condition = _COUNTED[which]
    short = condition.replace("total", "sum(numbers[i:j])")
    arguments = []
    for _ in range(6):
        numbers = choose.integers((3, 6), 1, 9)
        k = choose.integer(2, 4) if which == "multiple" else numbers[0] + numbers[1]
        arguments.append((numbers, k))
    return Exercise(
        texts=(
            *ask_for(choose.one_of(NUMBERS), (noun,)),
            noun.replace("the number of", "count the").format("a list"),
        ),
        names=(name, f"{name}_k", "count_sublists"),
        solutions=(
            f"""
            def solve(numbers, k):
                count = 0
                for i in range(len(numbers)):
                    total = 0
                    for j in range(i, len(numbers)):
                        total += numbers[j]
                        if {condition}:
                            count += 1
                return count
            """,
            f"""
            def solve(numbers, k):
                return sum(
                    1
                    for i in range(len(numbers))
                    for j in range(i + 1, len(numbers) + 1)
                    if {short}
                )
            """,
        ),
        arguments=[*arguments, ([], 3), ([2, 2, 2], 4)],
        synonyms={"k": ("target", "n", "limit", "wanted")},
    )


_LENGTHS = {
    "longest_sum": Task(
        (
            "the length of the longest contiguous sublist of {} with the sum <k> (0 if there is "
            "none)",
        ),
        ("longest_with_sum", "longest_sublist_sum_k", "max_length_sum"),
        (
            """
            def solve(numbers, k):
                best = 0
                for i in range(len(numbers)):
                    total = 0
                    for j in range(i, len(numbers)):
                        total += numbers[j]
                        if total == k:
                            best = max(best, j - i + 1)
                return best
            """,
            """
            def solve(numbers, k):
                best = 0
                total = 0
                seen = {0: -1}
                for index, number in enumerate(numbers):
                    total += number
                    if total - k in seen:
                        best = max(best, index - seen[total - k])
                    seen.setdefault(total, index)
                return best
            """,
        ),
    ),
    "shortest_sum": Task(
        (
            "the length of the shortest contiguous sublist of {} whose sum is at least <k> (0 if "
            "there is none)",
        ),
        ("shortest_reaching", "min_length_sum", "shortest_sublist_at_least"),
        (
            """
            def solve(numbers, k):
                best = 0
                for i in range(len(numbers)):
                    total = 0
                    for j in range(i, len(numbers)):
                        total += numbers[j]
                        if total >= k:
                            if best == 0 or j - i + 1 < best:
                                best = j - i + 1
                            break
                return best
            """,
        ),
    ),
    "first_sum": Task(
        ("the first contiguous sublist of {} with the sum <k> (smallest start index), or []",),
        ("sublist_with_sum", "first_sublist_sum_k", "find_sublist"),
        (
            """
            def solve(numbers, k):
                for i in range(len(numbers)):
                    total = 0
                    for j in range(i, len(numbers)):
                        total += numbers[j]
                        if total == k:
                            return numbers[i:j + 1]
                return []
            """,
            """
            def solve(numbers, k):
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers) + 1):
                        if sum(numbers[i:j]) == k:
                            return numbers[i:j]
                return []
            """,
        ),
    ),
    "at_most": Task(
        (
            "the length of the longest contiguous sublist of {} whose sum is at most <k> (0 if "
            "there is none)",
        ),
        ("longest_at_most", "longest_sublist_below", "max_length_within"),
        (
            """
            def solve(numbers, k):
                best = 0
                start = 0
                total = 0
                for end, number in enumerate(numbers):
                    total += number
                    while total > k:
                        total -= numbers[start]
                        start += 1
                    best = max(best, end - start + 1)
                return best
            """,
            """
            def solve(numbers, k):
                best = 0
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers) + 1):
                        if sum(numbers[i:j]) <= k:
                            best = max(best, j - i)
                return best
            """,
        ),
    ),
    "steps": Task(
        (
            "how many elements from the start of {} must be added until the sum is at least <k> "
            "(-1 if it never is)",
        ),
        ("elements_until_sum", "count_until", "steps_to_reach"),
        (
            """
            def solve(numbers, k):
                total = 0
                for count, number in enumerate(numbers, 1):
                    total += number
                    if total >= k:
                        return count
                return -1
            """,
        ),
    ),
}


@family(what=tuple(_LENGTHS))
def contiguous_part_with_a_sum(choose: Chooser, what: str) -> Exercise:
    """Find the longest, shortest or first sublist with a sum."""
    task = _LENGTHS[what]
    arguments: list[tuple[list[int], int]] = []
    for _ in range(6):
        numbers = choose.integers((4, 8), 1, 9)
        start = choose.integer(0, len(numbers) - 2)
        arguments.append((numbers, sum(numbers[start : start + choose.integer(2, 3)])))
    return Exercise(
        texts=(
            *ask_for(choose.one_of(NUMBERS), task.asks),
            f"find {task.asks[0].format('a list of positive integers')}",
        ),
        names=task.names,
        solutions=task.solutions,
        arguments=[*arguments, ([1, 2, 3], 50), ([5, 1, 1, 1, 5], 3)],
        synonyms={"k": ("target", "n", "limit", "wanted"), "best": ("longest", "result", "length")},
    )


_BALANCE = {
    "index": Task(
        (
            "the first index of {} where the sum of the elements to the left equals the sum to "
            "the right, or -1",
            "the equilibrium index of {}: the sums before and after it are equal (the first one, "
            "-1 if there is none)",
        ),
        ("equilibrium_index", "balance_index", "pivot_index"),
        (
            """
            def solve(numbers):
                for index in range(len(numbers)):
                    if sum(numbers[:index]) == sum(numbers[index + 1:]):
                        return index
                return -1
            """,
            """
            def solve(numbers):
                total = sum(numbers)
                left = 0
                for index, number in enumerate(numbers):
                    if left == total - left - number:
                        return index
                    left += number
                return -1
            """,
        ),
    ),
    "split": Task(
        ("whether {} can be cut into two non-empty parts with equal sums (True or False)",),
        ("can_split_equally", "has_balanced_cut", "splits_in_equal_sums"),
        (
            """
            def solve(numbers):
                for index in range(1, len(numbers)):
                    if sum(numbers[:index]) == sum(numbers[index:]):
                        return True
                return False
            """,
            returns(
                "numbers",
                "any(sum(numbers[:i]) == sum(numbers[i:]) for i in range(1, len(numbers)))",
            ),
        ),
    ),
    "cut": Task(
        (
            "the smallest possible difference of the sums of two non-empty parts when {} is cut "
            "in two",
        ),
        ("smallest_cut_difference", "best_cut", "min_split_difference"),
        (
            """
            def solve(numbers):
                return min(
                    abs(sum(numbers[:index]) - sum(numbers[index:]))
                    for index in range(1, len(numbers))
                )
            """,
            """
            def solve(numbers):
                total = sum(numbers)
                left = numbers[0]
                best = abs(total - 2 * left)
                for number in numbers[1:-1]:
                    left += number
                    best = min(best, abs(total - 2 * left))
                return best
            """,
        ),
    ),
    "halves": Task(
        (
            "the sum of the first half of {} minus the sum of the second half (a middle element "
            "belongs to the second)",
        ),
        ("half_difference", "compare_halves", "first_minus_second_half"),
        (
            """
            def solve(numbers):
                half = len(numbers) // 2
                return sum(numbers[:half]) - sum(numbers[half:])
            """,
        ),
    ),
    "sums": Task(
        (
            "for each index of {} the sum of the elements before it minus the sum of the "
            "elements after it",
        ),
        ("left_minus_right", "side_differences", "balance_at_each_index"),
        (
            returns(
                "numbers",
                "[sum(numbers[:i]) - sum(numbers[i + 1:]) for i in range(len(numbers))]",
            ),
            """
            def solve(numbers):
                result = []
                for index in range(len(numbers)):
                    result.append(sum(numbers[:index]) - sum(numbers[index + 1:]))
                return result
            """,
        ),
    ),
}


@family(what=tuple(_BALANCE))
def where_a_list_is_balanced(choose: Chooser, what: str) -> Exercise:
    """Compare the sums of the two sides of a list."""
    task = _BALANCE[what]
    lists: list[list[int]] = []
    for index in range(6):
        half = choose.integers((1, 3), 1, 9)
        other = choose.shuffled(half) if index % 2 else choose.integers((2, 3), 1, 9)
        middle = [choose.integer(1, 9)] if what == "index" else []
        lists.append(half + middle + other)
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers,) for numbers in lists] + [([3, 1, 4],)],
        synonyms={"left": ("before", "first_sum", "so_far")},
    )


@family(what=("sum", "count", "list"))
def all_contiguous_parts(choose: Chooser, what: str) -> Exercise:
    """List all contiguous sublists, or add them up."""
    task = {
        "list": Task(
            ("all non-empty contiguous sublists of {}, ordered by start index and then by length",),
            ("all_sublists", "contiguous_sublists", "list_subarrays"),
            (
                """
                def solve(numbers):
                    result = []
                    for i in range(len(numbers)):
                        for j in range(i + 1, len(numbers) + 1):
                            result.append(numbers[i:j])
                    return result
                """,
                """
                def solve(numbers):
                    size = len(numbers)
                    return [numbers[i:j] for i in range(size) for j in range(i + 1, size + 1)]
                """,
            ),
        ),
        "sum": Task(
            (
                "the sum of the sums of all contiguous sublists",
                "the total of all elements of all contiguous sublists",
            ),
            ("sum_of_all_sublists", "total_of_subarrays", "sum_all_subarrays"),
            (
                """
                def solve(numbers):
                    total = 0
                    for i in range(len(numbers)):
                        for j in range(i + 1, len(numbers) + 1):
                            total += sum(numbers[i:j])
                    return total
                """,
                """
                def solve(numbers):
                    size = len(numbers)
                    return sum(
                        number * (index + 1) * (size - index)
                        for index, number in enumerate(numbers)
                    )
                """,
            ),
        ),
        "count": Task(
            ("the number of contiguous sublists of {} whose elements are all distinct",),
            ("count_distinct_sublists", "sublists_without_repeats", "distinct_subarrays"),
            (
                """
                def solve(numbers):
                    count = 0
                    for i in range(len(numbers)):
                        for j in range(i + 1, len(numbers) + 1):
                            if len(set(numbers[i:j])) == j - i:
                                count += 1
                    return count
                """,
            ),
        ),
    }[what]
    size = (2, 4) if what == "list" else (3, 7)
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), task.asks, "of"),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers,) for numbers in number_lists(choose, 5, size, 0, 9)] + [([],), ([7],)],
    )
