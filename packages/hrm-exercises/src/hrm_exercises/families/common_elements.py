"""Elements without a partner, elements that lists share, duplicates that are near."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_for,
    ask_whether,
    returns,
)
from hrm_exercises.family import Exercise, family

_LONERS = {
    "xor": Task(
        (
            "the only element of {} that occurs once while every other value occurs exactly twice",
            "the element without a partner in {} (all other values come in pairs)",
        ),
        ("single_number", "find_single", "without_partner"),
        (
            """
            def solve(numbers):
                result = 0
                for number in numbers:
                    result ^= number
                return result
            """,
            """
            def solve(numbers):
                for number in numbers:
                    if numbers.count(number) == 1:
                        return number
            """,
            """
            from functools import reduce

            def solve(numbers):
                return reduce(lambda x, y: x ^ y, numbers)
            """,
        ),
    ),
    "two": Task(
        (
            "the two elements of {} that occur once while all others occur twice, as a sorted list",
            "both elements of {} that have no partner, in ascending order (the others come in "
            "pairs)",
        ),
        ("two_singles", "find_two_single", "both_without_partner"),
        (
            returns(
                "numbers", "sorted(number for number in numbers if numbers.count(number) == 1)"
            ),
            """
            from collections import Counter

            def solve(numbers):
                return sorted(number for number, count in Counter(numbers).items() if count == 1)
            """,
        ),
    ),
    "odd": Task(
        (
            "the only value that occurs an odd number of times",
            "the element with an odd number of occurrences in {} (all others occur evenly often)",
        ),
        ("odd_occurrence", "find_odd_times", "odd_count_element"),
        (
            """
            def solve(numbers):
                result = 0
                for number in numbers:
                    result ^= number
                return result
            """,
            """
            def solve(numbers):
                for number in numbers:
                    if numbers.count(number) % 2 == 1:
                        return number
            """,
        ),
    ),
    "repeated": Task(
        (
            "the only value that occurs more than once",
            "the one repeated value of {} (all other values occur once)",
        ),
        ("find_repeated", "the_duplicate", "find_the_double"),
        (
            """
            def solve(numbers):
                seen = set()
                for number in numbers:
                    if number in seen:
                        return number
                    seen.add(number)
            """,
            """
            def solve(numbers):
                for number in numbers:
                    if numbers.count(number) > 1:
                        return number
            """,
        ),
    ),
}


@family(which=tuple(_LONERS))
def element_without_partner(choose: Chooser, which: str) -> Exercise:
    """Find the element that occurs once among pairs, and the like."""
    task = _LONERS[which]
    lists = []
    for _ in range(6):
        numbers = choose.sample(range(1, 30), (4, 6))
        twice = numbers[2:] if which == "two" else numbers[1:]
        if which == "odd" and choose.chance(0.5):
            twice += numbers[:1] * 2
        lists.append(choose.shuffled([*numbers, *(numbers[:1] if which == "repeated" else twice)]))
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers,) for numbers in lists],
        synonyms={"x": ("a", "p"), "y": ("b", "q")},
    )


_COMMON = {
    "order": Task(
        (
            "the elements of the first list that also occur in the second, in their order",
            "those elements of the first list that are contained in the second list, too",
        ),
        ("common_elements", "elements_in_both", "intersection"),
        (
            returns("first, second", "[item for item in first if item in second]"),
            """
            def solve(first, second):
                result = []
                for item in first:
                    if item in second:
                        result.append(item)
                return result
            """,
            returns("first, second", "list(filter(lambda item: item in second, first))"),
        ),
    ),
    "sorted": Task(
        (
            "the values that two lists have in common, sorted and without repetition",
            "a sorted list of the distinct common elements of two lists",
        ),
        ("sorted_common", "intersect_lists", "common_values"),
        (
            returns("first, second", "sorted(set(first) & set(second))"),
            returns("first, second", "sorted(set(first).intersection(second))"),
            """
            def solve(first, second):
                result = []
                for item in first:
                    if item in second and item not in result:
                        result.append(item)
                return sorted(result)
            """,
        ),
    ),
    "union": Task(
        (
            "all values that occur in at least one of two lists, sorted and without repetition",
            "the sorted union of two lists",
        ),
        ("union", "union_of_lists", "all_values"),
        (
            returns("first, second", "sorted(set(first) | set(second))"),
            returns("first, second", "sorted(set(first + second))"),
        ),
    ),
    "difference": Task(
        (
            "the elements of the first list that are not in the second, in their order",
            "what is left of the first list when all elements of the second are taken out",
        ),
        ("list_difference", "only_in_first", "not_in_second"),
        (
            returns("first, second", "[item for item in first if item not in second]"),
            """
            def solve(first, second):
                result = []
                for item in first:
                    if item not in second:
                        result.append(item)
                return result
            """,
        ),
    ),
    "symmetric": Task(
        (
            "the values that occur in exactly one of two lists, in ascending order",
            "a sorted list of all values that are in one of two lists but not in both",
        ),
        ("symmetric_difference", "in_exactly_one", "unshared_values"),
        (
            returns("first, second", "sorted(set(first) ^ set(second))"),
            """
            def solve(first, second):
                result = []
                for item in set(first + second):
                    if (item in first) != (item in second):
                        result.append(item)
                return sorted(result)
            """,
        ),
    ),
    "count": Task(
        (
            "the number of distinct values that two lists have in common",
            "how many different values occur in both lists",
        ),
        ("count_common", "number_of_shared", "shared_count"),
        (
            returns("first, second", "len(set(first) & set(second))"),
            """
            def solve(first, second):
                seen = []
                for item in first:
                    if item in second and item not in seen:
                        seen.append(item)
                return len(seen)
            """,
        ),
    ),
    "multiset": Task(
        ("the sorted common elements of two lists, each as often as it occurs in both",),
        ("multiset_intersection", "common_with_counts", "intersect_with_repeats"),
        (
            """
            from collections import Counter

            def solve(first, second):
                return sorted((Counter(first) & Counter(second)).elements())
            """,
            """
            def solve(first, second):
                rest = list(second)
                result = []
                for item in first:
                    if item in rest:
                        result.append(item)
                        rest.remove(item)
                return sorted(result)
            """,
        ),
    ),
    "max": Task(
        (
            "the largest value that occurs in both of two lists (None if they share nothing)",
            "the greatest common element of two lists, or None",
        ),
        ("largest_common_element", "max_shared", "greatest_shared"),
        (
            returns("first, second", "max(set(first) & set(second), default=None)"),
            """
            def solve(first, second):
                best = None
                for item in first:
                    if item in second and (best is None or item > best):
                        best = item
                return best
            """,
        ),
    ),
    "first": Task(
        (
            "the first element of the first list that is in the second as well, or None",
            "the first common element of two lists in the order of the first one, or None",
        ),
        ("first_common", "first_shared_element", "first_in_both"),
        (
            """
            def solve(first, second):
                for item in first:
                    if item in second:
                        return item
                return None
            """,
            returns("first, second", "next((item for item in first if item in second), None)"),
        ),
    ),
}


@family(what=tuple(_COMMON))
def common_elements_of_two_lists(choose: Chooser, what: str) -> Exercise:
    """Intersection, union, difference of two lists."""
    task = _COMMON[what]
    arguments = [(choose.integers((3, 7), 0, 12), choose.integers((2, 6), 0, 12)) for _ in range(5)]
    texts: list[str] = []
    for ask in task.asks:
        plain = ask.replace(" two lists", " them").replace("of them", "of both")
        texts += [
            f"find {ask}",
            f"return {ask}",
            f"get {ask}",
            f"Given two lists, return {plain}.",
            f"take two lists and return {plain}",
        ]
    return Exercise(
        texts=texts,
        names=task.names,
        solutions=task.solutions,
        arguments=[*arguments, ([1, 2], [3]), ([], [4])],
    )


_COMMON_THREE = {
    "all": (
        "the values that occur in all three of",
        "common_in_three",
        "set(first) & set(second) & set(third)",
    ),
    "any": (
        "the values that occur in at least one of",
        "union_of_three",
        "set(first) | set(second) | set(third)",
    ),
    "only_first": (
        "the values that occur in the first but in none of the other two of",
        "only_in_first_of_three",
        "set(first) - set(second) - set(third)",
    ),
}


@family(which=tuple(_COMMON_THREE))
def common_elements_of_three_lists(choose: Chooser, which: str) -> Exercise:
    """Intersection or union of three lists."""
    noun, name, expression = _COMMON_THREE[which]
    condition = {
        "all": "number in first and number in second and number in third",
        "any": "number not in result",
        "only_first": "number in first and number not in second and number not in third",
    }[which]
    return Exercise(
        texts=(
            f"find {noun} three lists, in ascending order",
            f"return a sorted list of {noun} three lists",
            f"Given three lists, return {noun} them, sorted and without repetition.",
            f"list {noun} three given lists, sorted in ascending order",
        ),
        names=(name, f"{which}_of_three_lists", "compare_three"),
        solutions=(
            returns("first, second, third", f"sorted({expression})"),
            f"""
            def solve(first, second, third):
                result = set()
                for number in first + second + third:
                    if {condition}:
                        result.add(number)
                return sorted(result)
            """,
        ),
        arguments=[
            (
                choose.integers((2, 6), 0, 9),
                choose.integers((2, 6), 0, 9),
                choose.integers((2, 6), 0, 9),
            )
            for _ in range(5)
        ]
        + [([1, 2], [2, 1], [1, 5]), ([], [1], [])],
        synonyms={"third": ("c", "z", "l3", "list3")},
    )


_NEAR = {
    "near": Task(
        (
            "has two equal elements at most <k> places apart",
            "contains a duplicate within a distance of <k> indexes",
        ),
        ("near_duplicate", "duplicate_within_k", "close_repeat"),
        (
            """
            def solve(numbers, k):
                for index, number in enumerate(numbers):
                    if number in numbers[index + 1:index + k + 1]:
                        return True
                return False
            """,
            """
            def solve(numbers, k):
                last = {}
                for index, number in enumerate(numbers):
                    if number in last and index - last[number] <= k:
                        return True
                    last[number] = index
                return False
            """,
        ),
    ),
    "exact": Task(
        ("has two equal elements exactly <k> places apart",),
        ("equal_at_distance", "repeat_after_k", "same_k_apart"),
        (
            """
            def solve(numbers, k):
                for index in range(len(numbers) - k):
                    if numbers[index] == numbers[index + k]:
                        return True
                return False
            """,
            returns("numbers, k", "any(x == y for x, y in zip(numbers, numbers[k:]))"),
        ),
    ),
    "often": Task(
        ("contains some value <k> times or more", "has an element that occurs at least <k> times"),
        ("occurs_k_times", "frequent_enough", "has_k_copies"),
        (
            returns("numbers, k", "any(numbers.count(number) >= k for number in numbers)"),
            """
            from collections import Counter

            def solve(numbers, k):
                return any(count >= k for count in Counter(numbers).values())
            """,
        ),
    ),
}


@family(claim=tuple(_NEAR))
def check_for_near_duplicates(choose: Chooser, claim: str) -> Exercise:
    """Check for duplicates with a distance or a count."""
    task = _NEAR[claim]
    lists = [choose.integers((4, 8), 0, 5 if index % 2 else 25) for index in range(6)]
    return Exercise(
        texts=ask_whether(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers, choose.integer(1, 3)) for numbers in lists]
        + [([7, 1, 7], 2), ([7, 1, 2, 7], 1 if claim == "near" else 4)],
        synonyms={"x": ("p", "one"), "y": ("q", "other"), "k": ("n", "m", "num")},
    )
