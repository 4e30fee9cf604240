"""Places of values in lists: linear and binary search, insertion points, rotated lists."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_to,
    number_lists,
    returns,
)
from hrm_exercises.family import Exercise, family

_SORTED = (
    "a sorted list",
    "a sorted list of numbers",
    "a sorted array",
    "a list sorted in ascending order",
    "the given sorted array",
    "a given sorted list of integers",
)

_LINEAR = {
    "index": Task(
        (
            "find the index of <item> in {}; return -1 if it is not there",
            "search {} for a value and return its first index, or -1",
            "use linear search to find the index of a value in {} (-1 if it is missing)",
        ),
        ("linear_search", "find_index", "index_of"),
        (
            """
            def solve(numbers, item):
                for index in range(len(numbers)):
                    if numbers[index] == item:
                        return index
                return -1
            """,
            """
            def solve(numbers, item):
                for index, number in enumerate(numbers):
                    if number == item:
                        return index
                return -1
            """,
            returns("numbers, item", "numbers.index(item) if item in numbers else -1"),
        ),
    ),
    "contains": Task(
        (
            "check whether {} contains <item>",
            "return True if a given value occurs in {}, else False",
            "check if an element exists in {}",
        ),
        ("contains", "is_in_list", "element_exists"),
        (
            returns("numbers, item", "item in numbers"),
            """
            def solve(numbers, item):
                for number in numbers:
                    if number == item:
                        return True
                return False
            """,
        ),
    ),
    "text": Task(
        (
            "search {} for <item> and return 'Found' or 'Not found'",
            "return 'Found' if <item> occurs in {}, else 'Not found'",
        ),
        ("search_list", "found_or_not", "lookup"),
        (
            """
            def solve(numbers, item):
                if item in numbers:
                    return 'Found'
                return 'Not found'
            """,
            returns("numbers, item", "'Found' if item in numbers else 'Not found'"),
        ),
    ),
    "none": Task(
        (
            "return the first index of <item> in {}, or None if it does not occur",
            "find where <item> first occurs in {} (None if it does not)",
        ),
        ("first_index", "find_or_none", "position_or_none"),
        (
            """
            def solve(numbers, item):
                if item in numbers:
                    return numbers.index(item)
                return None
            """,
            """
            def solve(numbers, item):
                for index, number in enumerate(numbers):
                    if number == item:
                        return index
            """,
        ),
    ),
    "last": Task(
        (
            "find the last index of <item> in {}; return -1 if it is not there",
            "search {} from the end and return the index of the last <item>, or -1",
        ),
        ("last_index", "last_position", "find_last"),
        (
            """
            def solve(numbers, item):
                for index in range(len(numbers) - 1, -1, -1):
                    if numbers[index] == item:
                        return index
                return -1
            """,
            """
            def solve(numbers, item):
                result = -1
                for index, number in enumerate(numbers):
                    if number == item:
                        result = index
                return result
            """,
        ),
    ),
    "all": Task(
        (
            "find all indexes of <item> in {}",
            "list the indexes at which a given value occurs in {}",
            "return every index where {} has the value <item>",
        ),
        ("all_indexes", "find_all", "positions_of"),
        (
            returns(
                "numbers, item", "[index for index, number in enumerate(numbers) if number == item]"
            ),
            """
            def solve(numbers, item):
                result = []
                for index in range(len(numbers)):
                    if numbers[index] == item:
                        result.append(index)
                return result
            """,
        ),
    ),
    "position": Task(
        (
            "find the position of <item> in {}, counted from 1; return 0 if it is missing",
            "return the number of the place (1 for the first) where <item> occurs in {}, or 0",
        ),
        ("position_of", "find_position", "place_in_list"),
        (
            """
            def solve(numbers, item):
                for index, number in enumerate(numbers, 1):
                    if number == item:
                        return index
                return 0
            """,
            returns("numbers, item", "numbers.index(item) + 1 if item in numbers else 0"),
        ),
    ),
    "first_last": Task(
        (
            "return a tuple of the first and the last index of <item> in {}, or (-1, -1)",
            "find the first and the last index of <item> in {} as a tuple; (-1, -1) if it is "
            "missing",
        ),
        ("first_and_last_index", "index_range", "find_both_ends"),
        (
            """
            def solve(numbers, item):
                if item not in numbers:
                    return (-1, -1)
                return (numbers.index(item), len(numbers) - 1 - numbers[::-1].index(item))
            """,
            """
            def solve(numbers, item):
                first = last = -1
                for index, number in enumerate(numbers):
                    if number == item:
                        if first == -1:
                            first = index
                        last = index
                return (first, last)
            """,
        ),
    ),
    "distance": Task(
        (
            "find how many elements lie between the first and the last occurrence of <item> in {} "
            "(-1 if it does not occur)",
            "count the elements of {} between the outermost occurrences of <item>; -1 if there "
            "are none",
        ),
        ("elements_between", "gap_between_ends", "span_of_value"),
        (
            """
            def solve(numbers, item):
                places = [index for index, number in enumerate(numbers) if number == item]
                if not places:
                    return -1
                return max(places[-1] - places[0] - 1, 0)
            """,
        ),
    ),
}


@family(result=tuple(_LINEAR))
def linear_search_for_a_value(choose: Chooser, result: str) -> Exercise:
    """Find a value in an unsorted list."""
    task = _LINEAR[result]
    lists = number_lists(choose, 7, (3, 9), 0, 9)
    return Exercise(
        texts=ask_to(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers, choose.one_of(numbers)) for numbers in lists[:4]]
        + [(numbers, choose.integer(10, 15)) for numbers in lists[4:6]]
        + [(lists[6], choose.integer(0, 9)), ([], 1)],
        synonyms={"item": ("x", "target", "value", "element", "k", "num")},
    )


@family(k=("occurrence", "cyclic"))
def kth_occurrence_of_a_value(choose: Chooser, k: str) -> Exercise:
    """Find the index of the k-th occurrence."""
    if k == "occurrence":
        task = Task(
            (
                "find the index of the <k>-th occurrence of <item> in {}; return -1 if there are "
                "fewer",
                "return the index where <item> occurs for the <k>-th time in {}, or -1",
            ),
            ("kth_occurrence", "nth_index", "index_of_kth"),
            (
                """
                def solve(numbers, item, k):
                    count = 0
                    for index, number in enumerate(numbers):
                        if number == item:
                            count += 1
                            if count == k:
                                return index
                    return -1
                """,
                """
                def solve(numbers, item, k):
                    places = [index for index, number in enumerate(numbers) if number == item]
                    return places[k - 1] if k <= len(places) else -1
                """,
            ),
        )
    else:
        task = Task(
            (
                "search {} for <item> from index <k> on; return its index, or -1",
                "find the first index of <item> in {} that is not less than <k>, or -1",
            ),
            ("search_from", "index_from", "find_after"),
            (
                """
                def solve(numbers, item, k):
                    for index in range(k, len(numbers)):
                        if numbers[index] == item:
                            return index
                    return -1
                """,
                """
                def solve(numbers, item, k):
                    if item in numbers[k:]:
                        return numbers.index(item, k)
                    return -1
                """,
            ),
        )
    lists = [choose.integers((5, 9), 0, 3) for _ in range(7)]
    return Exercise(
        texts=ask_to(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers, choose.one_of(numbers), choose.integer(1, 3)) for numbers in lists],
        synonyms={"item": ("x", "target", "value", "element"), "k": ("n", "m", "num")},
    )


_BINARY = {
    "index": Task(
        (
            "use binary search to find the index of <item> in {}; return -1 if it is missing",
            "find a value in {} by binary search and return its index, or -1",
            "implement binary search: return the index of <item> in {} or -1",
        ),
        ("binary_search", "binary_search_index", "search_sorted"),
        (
            """
            def solve(numbers, item):
                low = 0
                high = len(numbers) - 1
                while low <= high:
                    middle = (low + high) // 2
                    if numbers[middle] == item:
                        return middle
                    if numbers[middle] < item:
                        low = middle + 1
                    else:
                        high = middle - 1
                return -1
            """,
            """
            from bisect import bisect_left

            def solve(numbers, item):
                index = bisect_left(numbers, item)
                if index < len(numbers) and numbers[index] == item:
                    return index
                return -1
            """,
        ),
    ),
    "contains": Task(
        (
            "use binary search to check whether {} contains <item>",
            "check by binary search if <item> occurs in {}",
        ),
        ("binary_contains", "is_in_sorted", "binary_search_found"),
        (
            """
            def solve(numbers, item):
                low = 0
                high = len(numbers) - 1
                while low <= high:
                    middle = (low + high) // 2
                    if numbers[middle] == item:
                        return True
                    if numbers[middle] < item:
                        low = middle + 1
                    else:
                        high = middle - 1
                return False
            """,
            """
            def solve(numbers, item):
                if not numbers:
                    return False
                middle = len(numbers) // 2
                if numbers[middle] == item:
                    return True
                if numbers[middle] < item:
                    return solve(numbers[middle + 1:], item)
                return solve(numbers[:middle], item)
            """,
        ),
    ),
    "steps": Task(
        (
            "count how many elements of {} a binary search for <item> looks at (the middle of an "
            "even part is the left of two)",
            "find the number of comparisons with middle elements that binary search makes in {} "
            "until it finds <item> or stops; take middle = (low + high) // 2",
        ),
        ("binary_search_steps", "count_probes", "search_steps"),
        (
            """
            def solve(numbers, item):
                low = 0
                high = len(numbers) - 1
                count = 0
                while low <= high:
                    middle = (low + high) // 2
                    count += 1
                    if numbers[middle] == item:
                        break
                    if numbers[middle] < item:
                        low = middle + 1
                    else:
                        high = middle - 1
                return count
            """,
        ),
    ),
}


@family(result=tuple(_BINARY))
def binary_search_for_a_value(choose: Chooser, result: str) -> Exercise:
    """Find a value in a sorted list without repetitions."""
    task = _BINARY[result]
    arguments: list[tuple[list[int], int]] = []
    for index in range(7):
        numbers = sorted(choose.sample(range(1, 60), (3, 9)))
        item = choose.one_of(numbers) if index % 2 else choose.integer(0, 60)
        arguments.append((numbers, item))
    return Exercise(
        texts=ask_to(choose.one_of(_SORTED), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[*arguments, ([], 3)],
        synonyms={
            "item": ("x", "target", "value", "k"),
            "low": ("left", "start", "lo"),
            "high": ("right", "end", "hi"),
            "middle": ("mid", "m"),
        },
    )


_BOUNDS = {
    "first": Task(
        (
            "find the index of the first occurrence of <item> in {}, or -1",
            "return the leftmost index of <item> in {} (-1 if it is missing)",
        ),
        ("first_occurrence", "leftmost_index", "find_first_sorted"),
        (
            """
            from bisect import bisect_left

            def solve(numbers, item):
                index = bisect_left(numbers, item)
                if index < len(numbers) and numbers[index] == item:
                    return index
                return -1
            """,
            """
            def solve(numbers, item):
                low = 0
                high = len(numbers) - 1
                result = -1
                while low <= high:
                    middle = (low + high) // 2
                    if numbers[middle] == item:
                        result = middle
                        high = middle - 1
                    elif numbers[middle] < item:
                        low = middle + 1
                    else:
                        high = middle - 1
                return result
            """,
        ),
    ),
    "last": Task(
        (
            "find the index of the last occurrence of <item> in {}, or -1",
            "return the rightmost index of <item> in {} (-1 if it is missing)",
        ),
        ("last_occurrence", "rightmost_index", "find_last_sorted"),
        (
            """
            from bisect import bisect_right

            def solve(numbers, item):
                index = bisect_right(numbers, item) - 1
                if index >= 0 and numbers[index] == item:
                    return index
                return -1
            """,
            """
            def solve(numbers, item):
                low = 0
                high = len(numbers) - 1
                result = -1
                while low <= high:
                    middle = (low + high) // 2
                    if numbers[middle] == item:
                        result = middle
                        low = middle + 1
                    elif numbers[middle] < item:
                        low = middle + 1
                    else:
                        high = middle - 1
                return result
            """,
        ),
    ),
    "count": Task(
        (
            "count the occurrences of <item> in {}",
            "find how often <item> occurs in {}",
        ),
        ("count_in_sorted", "occurrences_in_sorted", "count_sorted"),
        (
            """
            from bisect import bisect_left, bisect_right

            def solve(numbers, item):
                return bisect_right(numbers, item) - bisect_left(numbers, item)
            """,
            returns("numbers, item", "numbers.count(item)"),
        ),
    ),
    "insert_left": Task(
        (
            "find the leftmost index where <item> can be inserted into {} so that it stays sorted",
            "return the index at which <item> belongs in {}, before any equal elements",
        ),
        ("insert_position", "left_insertion_point", "search_insert"),
        (
            """
            from bisect import bisect_left

            def solve(numbers, item):
                return bisect_left(numbers, item)
            """,
            """
            def solve(numbers, item):
                low = 0
                high = len(numbers)
                while low < high:
                    middle = (low + high) // 2
                    if numbers[middle] < item:
                        low = middle + 1
                    else:
                        high = middle
                return low
            """,
            """
            import bisect

            def solve(numbers, item):
                return bisect.bisect_left(numbers, item)
            """,
        ),
    ),
    "insert_right": Task(
        (
            "find the rightmost index where <item> can be inserted into {} so that it stays sorted",
            "return the index at which <item> belongs in {}, after any equal elements",
        ),
        ("right_insertion_point", "insert_after_equal", "upper_bound"),
        (
            """
            from bisect import bisect_right

            def solve(numbers, item):
                return bisect_right(numbers, item)
            """,
            """
            import bisect

            def solve(numbers, item):
                return bisect.bisect(numbers, item)
            """,
            """
            def solve(numbers, item):
                for index, number in enumerate(numbers):
                    if number > item:
                        return index
                return len(numbers)
            """,
        ),
    ),
    "insert": Task(
        (
            "insert <item> into {} so that it stays sorted",
            "put a number into {} at the right place and return the new list",
        ),
        ("insert_sorted", "insert_in_order", "sorted_insert"),
        (
            """
            import bisect

            def solve(numbers, item):
                bisect.insort(numbers, item)
                return numbers
            """,
            returns("numbers, item", "sorted(numbers + [item])"),
            """
            def solve(numbers, item):
                index = 0
                while index < len(numbers) and numbers[index] < item:
                    index += 1
                return numbers[:index] + [item] + numbers[index:]
            """,
        ),
    ),
    "smaller": Task(
        (
            "count the elements of {} that are smaller than <item>",
            "find how many numbers of {} lie below <item>",
        ),
        ("count_smaller", "number_below", "smaller_elements"),
        (
            """
            from bisect import bisect_left

            def solve(numbers, item):
                return bisect_left(numbers, item)
            """,
            returns("numbers, item", "sum(1 for number in numbers if number < item)"),
        ),
    ),
    "greater": Task(
        (
            "count the elements of {} that are greater than <item>",
            "find how many numbers of {} lie above <item>",
        ),
        ("count_greater_than", "number_above", "greater_elements"),
        (
            """
            from bisect import bisect_right

            def solve(numbers, item):
                return len(numbers) - bisect_right(numbers, item)
            """,
            returns("numbers, item", "sum(1 for number in numbers if number > item)"),
        ),
    ),
    "floor": Task(
        (
            "find the largest element of {} that is not greater than <item>, or None",
            "return the greatest value in {} that is at most <item> (None if all are larger)",
        ),
        ("floor_in_sorted", "largest_at_most", "find_floor"),
        (
            """
            from bisect import bisect_right

            def solve(numbers, item):
                index = bisect_right(numbers, item)
                return numbers[index - 1] if index > 0 else None
            """,
            """
            def solve(numbers, item):
                result = None
                for number in numbers:
                    if number <= item:
                        result = number
                return result
            """,
        ),
    ),
    "ceiling": Task(
        (
            "find the smallest element of {} that is not less than <item>, or None",
            "return the least value in {} that is at least <item> (None if all are smaller)",
        ),
        ("ceiling_in_sorted", "smallest_at_least", "find_ceiling"),
        (
            """
            from bisect import bisect_left

            def solve(numbers, item):
                index = bisect_left(numbers, item)
                return numbers[index] if index < len(numbers) else None
            """,
            """
            def solve(numbers, item):
                for number in numbers:
                    if number >= item:
                        return number
                return None
            """,
        ),
    ),
}


@family(result=tuple(_BOUNDS))
def bounds_in_a_sorted_list(choose: Chooser, result: str) -> Exercise:
    """First and last occurrences, insertion points, floor and ceiling."""
    task = _BOUNDS[result]
    arguments: list[tuple[list[int], int]] = []
    high = choose.one_of((9, 9, 20))
    for index in range(6):
        numbers = sorted(choose.integers((4, 9), 1, high))
        item = choose.one_of(numbers) if index % 2 else choose.integer(0, high + 1)
        arguments.append((numbers, item))
    return Exercise(
        texts=ask_to(choose.one_of(_SORTED), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[*arguments, ([2, 4, 4, 4, 7], 4), ([], 3)],
        synonyms={
            "item": ("x", "target", "value", "k"),
            "low": ("left", "start", "lo"),
            "high": ("right", "end", "hi"),
            "middle": ("mid", "m"),
        },
    )
