"""Repeated, distinct and common elements of lists."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_for,
    ask_to,
    ask_whether,
    returns,
    sized,
)
from hrm_exercises.family import Exercise, family


def _repetitive(choose: Chooser, num: int = 5, high: int = 6) -> list[list[int]]:
    """Return lists with repeated elements."""
    shift = choose.one_of((0, 0, 1, 10))
    return [[n + shift for n in choose.integers((4, 10), 0, high)] for _ in range(num)]


_REMOVALS = {
    "first": Task(
        (
            "remove duplicates from {} and keep the order of first appearance",
            "remove all repeated elements from {} so that each value stays once, at its first "
            "place",
            "return the distinct elements of {} in the order in which they first occur",
        ),
        ("remove_duplicates", "unique_elements", "distinct"),
        (
            """
            def solve(numbers):
                result = []
                for number in numbers:
                    if number not in result:
                        result.append(number)
                return result
            """,
            returns("numbers", "list(dict.fromkeys(numbers))"),
            """
            def solve(numbers):
                seen = set()
                result = []
                for number in numbers:
                    if number not in seen:
                        seen.add(number)
                        result.append(number)
                return result
            """,
        ),
    ),
    "sorted": Task(
        (
            "return the distinct elements of {} in ascending order",
            "remove the duplicates from {} and sort what is left",
            "return a sorted list of the unique values of {}",
        ),
        ("sorted_unique", "unique_sorted", "distinct_sorted"),
        (
            returns("numbers", "sorted(set(numbers))"),
            """
            def solve(numbers):
                result = []
                for number in sorted(numbers):
                    if not result or result[-1] != number:
                        result.append(number)
                return result
            """,
        ),
    ),
    "descending": Task(
        (
            "return the distinct elements of {} from largest to smallest",
            "sort {} in descending order and drop repeated values",
        ),
        ("unique_descending", "distinct_descending", "sort_unique_reverse"),
        (
            returns("numbers", "sorted(set(numbers), reverse=True)"),
            """
            def solve(numbers):
                result = list(set(numbers))
                result.sort(reverse=True)
                return result
            """,
        ),
    ),
    "last": Task(
        (
            "remove duplicates from {} but keep the last occurrence of each value instead of the "
            "first",
            "drop every element of {} that occurs again later in the list",
        ),
        ("keep_last_occurrence", "unique_from_end", "remove_earlier_duplicates"),
        (
            """
            def solve(numbers):
                result = []
                for index, number in enumerate(numbers):
                    if number not in numbers[index + 1:]:
                        result.append(number)
                return result
            """,
            returns("numbers", "list(dict.fromkeys(numbers[::-1]))[::-1]"),
        ),
    ),
    "consecutive": Task(
        (
            "remove consecutive duplicates from {}",
            "collapse each run of equal neighbours in {} to one element",
            "drop every element of {} that equals the one just before it",
        ),
        ("remove_consecutive_duplicates", "collapse_runs", "compress"),
        (
            """
            def solve(numbers):
                result = []
                for number in numbers:
                    if not result or result[-1] != number:
                        result.append(number)
                return result
            """,
            """
            from itertools import groupby

            def solve(numbers):
                return [number for number, _ in groupby(numbers)]
            """,
        ),
    ),
    "twice": Task(
        (
            "keep at most two occurrences of each value of {}, the first ones",
            "remove from {} every element that has already occurred twice before",
        ),
        ("at_most_two", "limit_duplicates", "keep_two"),
        (
            """
            def solve(numbers):
                result = []
                for number in numbers:
                    if result.count(number) < 2:
                        result.append(number)
                return result
            """,
            """
            def solve(numbers):
                counts = {}
                result = []
                for number in numbers:
                    counts[number] = counts.get(number, 0) + 1
                    if counts[number] <= 2:
                        result.append(number)
                return result
            """,
        ),
    ),
}


@family(keep=tuple(_REMOVALS))
def remove_repeated_elements(choose: Chooser, keep: str) -> Exercise:
    """Remove duplicates."""
    task = _REMOVALS[keep]
    high = 3 if keep in ("consecutive", "twice") else 6
    return Exercise(
        texts=ask_to(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers,) for numbers in _repetitive(choose, 5, high)] + [([],), ([4, 4, 4],)],
    )


_LISTED = {
    "repeated": Task(
        (
            "the values that occur more than once in {}, each listed once, in order of first "
            "appearance",
            "all duplicated values of {}, without repetition and in order of first appearance",
        ),
        ("find_duplicates", "repeated_values", "duplicates"),
        (
            """
            def solve(numbers):
                result = []
                for number in numbers:
                    if numbers.count(number) > 1 and number not in result:
                        result.append(number)
                return result
            """,
            """
            from collections import Counter

            def solve(numbers):
                return [number for number, count in Counter(numbers).items() if count > 1]
            """,
        ),
    ),
    "repeated_sorted": Task(
        (
            "a sorted list of the values that occur more than once",
            "all values that appear at least twice in {}, in ascending order",
        ),
        ("sorted_duplicates", "duplicate_values", "values_with_repeats"),
        (
            returns(
                "numbers", "sorted({number for number in numbers if numbers.count(number) > 1})"
            ),
            """
            from collections import Counter

            def solve(numbers):
                counts = Counter(numbers)
                return sorted(number for number in counts if counts[number] > 1)
            """,
        ),
    ),
    "single": Task(
        (
            "the elements that occur exactly once in {}, in their order",
            "all elements of {} that have no duplicate, in their order",
        ),
        ("elements_once", "non_repeated", "unique_only"),
        (
            returns("numbers", "[number for number in numbers if numbers.count(number) == 1]"),
            """
            from collections import Counter

            def solve(numbers):
                counts = Counter(numbers)
                return [number for number in numbers if counts[number] == 1]
            """,
        ),
    ),
    "again": Task(
        (
            "the elements of {} that have already occurred earlier in it",
            "every element of {} for which an equal one comes before it",
        ),
        ("repeated_occurrences", "seen_before", "later_duplicates"),
        (
            """
            def solve(numbers):
                seen = set()
                result = []
                for number in numbers:
                    if number in seen:
                        result.append(number)
                    seen.add(number)
                return result
            """,
            returns(
                "numbers",
                "[number for index, number in enumerate(numbers) if number in numbers[:index]]",
            ),
        ),
    ),
    "all_copies": Task(
        (
            "all occurrences of the values that appear more than once in {}",
            "what remains of {} without the elements that occur only once",
        ),
        ("keep_repeated", "all_duplicates", "remove_unique"),
        (
            returns("numbers", "[number for number in numbers if numbers.count(number) > 1]"),
            """
            def solve(numbers):
                counts = {}
                for number in numbers:
                    counts[number] = counts.get(number, 0) + 1
                return [number for number in numbers if counts[number] > 1]
            """,
        ),
    ),
    "indexes": Task(
        (
            "the indexes of all elements of {} that have occurred before",
            "the index of every element of {} that equals an earlier one",
        ),
        ("duplicate_indexes", "repeat_positions", "indexes_of_repeats"),
        (
            """
            def solve(numbers):
                seen = set()
                result = []
                for index, number in enumerate(numbers):
                    if number in seen:
                        result.append(index)
                    seen.add(number)
                return result
            """,
            returns(
                "numbers",
                "[index for index in range(len(numbers)) if numbers[index] in numbers[:index]]",
            ),
        ),
    ),
}


@family(what=tuple(_LISTED))
def list_repeated_or_single_elements(choose: Chooser, what: str) -> Exercise:
    """List duplicates or elements that occur once."""
    task = _LISTED[what]
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), task.asks, choose.one_of(("in", "of"))),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers,) for numbers in _repetitive(choose)] + [([],), ([1, 2, 3],)],
    )


_COUNTED = {
    "distinct": Task(
        ("the number of distinct elements", "how many different values there are"),
        ("count_distinct", "number_of_unique", "distinct_count"),
        (
            returns("numbers", "len(set(numbers))"),
            """
            def solve(numbers):
                seen = []
                for number in numbers:
                    if number not in seen:
                        seen.append(number)
                return len(seen)
            """,
        ),
    ),
    "single": Task(
        (
            "the number of elements that occur exactly once",
            "the count of values without a duplicate",
        ),
        ("count_singles", "count_unique_elements", "once_count"),
        (
            returns("numbers", "sum(1 for number in numbers if numbers.count(number) == 1)"),
            """
            from collections import Counter

            def solve(numbers):
                return list(Counter(numbers).values()).count(1)
            """,
        ),
    ),
    "repeated": Task(
        (
            "the number of different values that occur more than once",
            "how many values are repeated",
        ),
        ("count_repeated_values", "number_of_duplicated", "count_duplicates"),
        (
            """
            from collections import Counter

            def solve(numbers):
                return sum(1 for count in Counter(numbers).values() if count > 1)
            """,
            returns("numbers", "len({number for number in numbers if numbers.count(number) > 1})"),
        ),
    ),
    "surplus": Task(
        (
            "how many elements must be removed from {} so that no value occurs twice",
            "the smallest number of deletions that makes all elements of {} distinct",
        ),
        ("deletions_to_distinct", "surplus_elements", "count_extra"),
        (
            returns("numbers", "len(numbers) - len(set(numbers))"),
            """
            def solve(numbers):
                seen = set()
                count = 0
                for number in numbers:
                    if number in seen:
                        count += 1
                    seen.add(number)
                return count
            """,
        ),
    ),
    "sum_distinct": Task(
        (
            "the sum of the distinct values of {}, each counted once",
            "the sum of all different elements",
        ),
        ("sum_of_distinct", "unique_sum", "sum_without_repeats"),
        (
            returns("numbers", "sum(set(numbers))"),
            """
            def solve(numbers):
                seen = []
                for number in numbers:
                    if number not in seen:
                        seen.append(number)
                return sum(seen)
            """,
        ),
    ),
    "sum_single": Task(
        (
            "the sum of the elements that occur exactly once",
            "the total of all non-repeated elements",
        ),
        ("sum_of_singles", "sum_non_repeated", "add_unique"),
        (
            returns("numbers", "sum(number for number in numbers if numbers.count(number) == 1)"),
            """
            from collections import Counter

            def solve(numbers):
                counts = Counter(numbers)
                return sum(number for number in counts if counts[number] == 1)
            """,
        ),
    ),
    "sum_repeated": Task(
        ("the sum of the values that occur more than once in {}, each counted once",),
        ("sum_of_repeated", "sum_duplicated", "add_repeated_values"),
        (
            returns("numbers", "sum({number for number in numbers if numbers.count(number) > 1})"),
            """
            from collections import Counter

            def solve(numbers):
                return sum(number for number, count in Counter(numbers).items() if count > 1)
            """,
        ),
    ),
    "product_distinct": Task(
        ("the product of the distinct values", "the product of all different elements"),
        ("product_of_distinct", "unique_product_of_list", "multiply_distinct"),
        (
            """
            def solve(numbers):
                result = 1
                for number in set(numbers):
                    result *= number
                return result
            """,
            """
            import math

            def solve(numbers):
                return math.prod(set(numbers))
            """,
        ),
    ),
}


@family(what=tuple(_COUNTED))
def count_or_sum_distinct(choose: Chooser, what: str) -> Exercise:
    """Count or add up distinct, single or repeated elements."""
    task = _COUNTED[what]
    arguments = [(numbers,) for numbers in _repetitive(choose)] + [([5, 5, 5],), ([1, 2, 3],)]
    solutions, sized_arguments = sized(choose, task.solutions, arguments)
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), task.asks, choose.one_of(("in", "of"))),
        names=task.names,
        solutions=solutions,
        arguments=sized_arguments,
    )


_TESTS = {
    "any": Task(
        ("contains duplicates", "has a value that occurs more than once"),
        ("has_duplicates", "contains_duplicate", "any_repeated"),
        (
            returns("numbers", "len(set(numbers)) < len(numbers)"),
            """
            def solve(numbers):
                seen = set()
                for number in numbers:
                    if number in seen:
                        return True
                    seen.add(number)
                return False
            """,
        ),
    ),
    "none": Task(
        ("has only distinct elements", "contains no value twice", "consists of unique elements"),
        ("all_distinct", "is_unique", "no_duplicates"),
        (
            returns("numbers", "len(set(numbers)) == len(numbers)"),
            """
            def solve(numbers):
                for index in range(len(numbers)):
                    if numbers[index] in numbers[index + 1:]:
                        return False
                return True
            """,
        ),
    ),
    "neighbours": Task(
        ("has two equal neighbours", "contains two consecutive elements that are equal"),
        ("has_equal_neighbours", "adjacent_equal", "consecutive_equal"),
        (
            returns(
                "numbers",
                "any(numbers[index] == numbers[index + 1] for index in range(len(numbers) - 1))",
            ),
            """
            def solve(numbers):
                for index in range(1, len(numbers)):
                    if numbers[index] == numbers[index - 1]:
                        return True
                return False
            """,
        ),
    ),
    "triple": Task(
        (
            "contains some value at least three times",
            "has an element that occurs three times or more",
        ),
        ("has_triple", "occurs_three_times", "any_three_times"),
        (
            returns("numbers", "any(numbers.count(number) >= 3 for number in numbers)"),
            """
            from collections import Counter

            def solve(numbers):
                return any(count >= 3 for count in Counter(numbers).values())
            """,
        ),
    ),
    "same_counts": Task(
        ("contains every one of its values equally often",),
        ("equal_frequencies", "same_counts", "balanced_counts"),
        (
            returns("numbers", "len({numbers.count(number) for number in numbers}) <= 1"),
            """
            from collections import Counter

            def solve(numbers):
                return len(set(Counter(numbers).values())) <= 1
            """,
        ),
    ),
    "different_counts": Task(
        ("has no two different values that occur equally often",),
        ("unique_frequencies", "distinct_counts", "all_counts_differ"),
        (
            """
            from collections import Counter

            def solve(numbers):
                counts = list(Counter(numbers).values())
                return len(counts) == len(set(counts))
            """,
        ),
    ),
}


@family(claim=tuple(_TESTS))
def check_for_repeated_elements(choose: Chooser, claim: str) -> Exercise:
    """Check for duplicates."""
    task = _TESTS[claim]
    mixed: list[list[int]] = []
    for index in range(6):
        numbers = choose.sample(range(1, 20), (3, 6))
        if index % 2:
            extra = choose.one_of(numbers)
            place = numbers.index(extra)
            numbers = numbers[:place] + [extra] * (2 if claim == "triple" else 1) + numbers[place:]
        if claim != "neighbours" and choose.chance(0.5):
            numbers = choose.shuffled(numbers)
        mixed.append(numbers)
    if claim in ("same_counts", "different_counts"):
        one, two = choose.sample(range(1, 9), 2)
        mixed += [[one, two, two, one], [one, two, two], [one, one, one, two, two]]
    return Exercise(
        texts=ask_whether(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers,) for numbers in mixed] + [([3],)],
    )


_FIRSTS = {
    "repeated": Task(
        (
            "the first element of {} that has occurred before (None if there is no such element)",
            "the first element of {} whose value was already seen, or None if all are distinct",
        ),
        ("first_repeated", "first_duplicate", "first_seen_again"),
        (
            """
            def solve(numbers):
                seen = set()
                for number in numbers:
                    if number in seen:
                        return number
                    seen.add(number)
                return None
            """,
            """
            def solve(numbers):
                for index, number in enumerate(numbers):
                    if number in numbers[:index]:
                        return number
                return None
            """,
        ),
    ),
    "single": Task(
        (
            "the first element of {} that occurs only once (None if there is none)",
            "the first non-repeated element of {}, or None",
        ),
        ("first_unique", "first_non_repeated", "first_single"),
        (
            """
            def solve(numbers):
                for number in numbers:
                    if numbers.count(number) == 1:
                        return number
                return None
            """,
            """
            from collections import Counter

            def solve(numbers):
                counts = Counter(numbers)
                for number in numbers:
                    if counts[number] == 1:
                        return number
                return None
            """,
        ),
    ),
    "with_partner": Task(
        (
            "the first element of {} that occurs again later in the list (-1 if there is none)",
            "the leftmost element of {} that has a duplicate, or -1",
        ),
        ("first_with_duplicate", "leftmost_repeated", "first_that_repeats"),
        (
            """
            def solve(numbers):
                for number in numbers:
                    if numbers.count(number) > 1:
                        return number
                return -1
            """,
            """
            def solve(numbers):
                for index in range(len(numbers)):
                    if numbers[index] in numbers[index + 1:]:
                        return numbers[index]
                return -1
            """,
        ),
    ),
    "repeat_index": Task(
        (
            "the index of the first element of {} that equals an earlier one (-1 if all are "
            "distinct)",
            "the first index of {} at which a value occurs for the second time, or -1",
        ),
        ("index_of_first_repeat", "first_repeat_index", "where_repeated"),
        (
            """
            def solve(numbers):
                for index in range(len(numbers)):
                    if numbers[index] in numbers[:index]:
                        return index
                return -1
            """,
            """
            def solve(numbers):
                seen = set()
                for index, number in enumerate(numbers):
                    if number in seen:
                        return index
                    seen.add(number)
                return -1
            """,
        ),
    ),
    "last_single": Task(
        (
            "the last element of {} that occurs only once, or None",
            "the last element of {} without a duplicate (None if there is none)",
        ),
        ("last_unique", "last_non_repeated", "last_single"),
        (
            """
            def solve(numbers):
                for number in reversed(numbers):
                    if numbers.count(number) == 1:
                        return number
                return None
            """,
        ),
    ),
    "smallest": Task(
        (
            "the smallest value that occurs more than once in {}, or None",
            "the minimum of all repeated values of {} (None if there are none)",
        ),
        ("smallest_repeated", "min_duplicate", "least_repeated"),
        (
            """
            def solve(numbers):
                repeated = [number for number in numbers if numbers.count(number) > 1]
                return min(repeated) if repeated else None
            """,
            """
            def solve(numbers):
                repeated = {number for number in numbers if numbers.count(number) > 1}
                return min(repeated, default=None)
            """,
        ),
    ),
    "largest_single": Task(
        (
            "the largest element of {} that occurs only once, or -1",
            "the maximum of all elements of {} without a duplicate (-1 if there are none)",
        ),
        ("largest_unique", "max_single", "greatest_non_repeated"),
        (
            """
            def solve(numbers):
                single = [number for number in numbers if numbers.count(number) == 1]
                return max(single) if single else -1
            """,
            returns(
                "numbers",
                "max((number for number in numbers if numbers.count(number) == 1), default=-1)",
            ),
        ),
    ),
}


@family(which=tuple(_FIRSTS))
def first_repeated_or_single_element(choose: Chooser, which: str) -> Exercise:
    """Return the first element that is repeated or single."""
    task = _FIRSTS[which]
    return Exercise(
        texts=ask_for(
            choose.one_of(NUMBERS),
            task.asks,
            "of",
        ),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers,) for numbers in _repetitive(choose, 5, 7)]
        + [(choose.sample(range(1, 15), 4),), ([6, 6],)],
    )
