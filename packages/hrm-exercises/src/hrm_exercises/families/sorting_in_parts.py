"""Lists sorted in parts, alternately or by counting; ranks of elements."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_for,
    ask_to,
    number_lists,
    returns,
)
from hrm_exercises.family import Exercise, family

_KEY = {"key": ("key",)}

_PARTIAL = {
    "first_k": (
        ("sort the first <k> elements of {} and leave the rest as it is",),
        "sort_first_k",
        "sorted(numbers[:k]) + numbers[k:]",
    ),
    "last_k": (
        ("sort the last <k> elements of {} and leave the others in place",),
        "sort_last_k",
        "numbers[:len(numbers) - k] + sorted(numbers[len(numbers) - k:])",
    ),
    "first_down": (
        ("sort the first <k> elements of {} in descending order and keep the others",),
        "sort_first_k_descending",
        "sorted(numbers[:k], reverse=True) + numbers[k:]",
    ),
    "up_down": (
        ("sort the first <k> elements of {} in ascending and the rest in descending order",),
        "up_then_down",
        "sorted(numbers[:k]) + sorted(numbers[k:], reverse=True)",
    ),
    "down_up": (
        ("sort the first <k> elements of {} in descending and the rest in ascending order",),
        "down_then_up",
        "sorted(numbers[:k], reverse=True) + sorted(numbers[k:])",
    ),
    "both": (
        ("sort the first <k> elements and the remaining elements of {} separately",),
        "sort_two_parts",
        "sorted(numbers[:k]) + sorted(numbers[k:])",
    ),
}


@family(part=tuple(_PARTIAL))
def sort_a_part_of_a_list(choose: Chooser, part: str) -> Exercise:
    """Sort the first or last k elements."""
    asks, name, expression = _PARTIAL[part]
    head = asks[0].format("a list of numbers")
    steps = {
        "first_k": "numbers[:k] = sorted(numbers[:k])",
        "last_k": "numbers[len(numbers) - k:] = sorted(numbers[len(numbers) - k:])",
        "first_down": "numbers[:k] = sorted(numbers[:k], reverse=True)",
    }.get(part)
    solutions = [returns("numbers, k", expression)]
    if steps:
        solutions.append(
            f"""
            def solve(numbers, k):
                {steps}
                return numbers
            """
        )
    else:
        one, two = expression.split(" + ")
        solutions.append(
            f"""
            def solve(numbers, k):
                head = {one}
                tail = {two}
                return head + tail
            """
        )
    return Exercise(
        texts=(
            *ask_to(choose.one_of(NUMBERS), asks),
            head,
            f"Given a list and a number <k>, {asks[0].format('the list')}.",
        ),
        names=(name, f"{name}_elements", "partial_sort"),
        solutions=solutions,
        arguments=[
            (numbers, choose.integer(2, 4)) for numbers in number_lists(choose, 5, (4, 8), 0, 30)
        ]
        + [([3, 2, 1], 3), ([5, 4, 9], 0)],
    )


_IN_PLACE = {
    "even": (
        ("sort the even numbers of {} among themselves and keep the odd numbers at their places",),
        "sort_even_numbers_only",
        "number % 2 == 0",
        "",
    ),
    "odd": (
        ("sort the odd numbers of {} among themselves and keep the even numbers at their places",),
        "sort_odd_numbers_only",
        "number % 2 != 0",
        "",
    ),
    "positive": (
        ("sort the positive numbers of {} among themselves; all others stay where they are",),
        "sort_positive_only",
        "number > 0",
        "",
    ),
    "not_minus_one": (
        ("sort all elements of {} except those that are -1, which stay in place",),
        "sort_around_minus_one",
        "number != -1",
        "",
    ),
    "odd_down": (
        ("sort the odd numbers of {} in descending order and keep the even numbers in place",),
        "sort_odd_descending_only",
        "number % 2 != 0",
        ", reverse=True",
    ),
}


@family(kind=tuple(_IN_PLACE))
def sort_only_some_numbers(choose: Chooser, kind: str) -> Exercise:
    """Sort the numbers of a kind, others keep their places."""
    asks, name, condition, option = _IN_PLACE[kind]
    lists = [choose.integers((4, 8), -6, 20) for _ in range(5)]
    if kind == "not_minus_one":
        lists = [[-1 if choose.chance(0.3) else abs(n) for n in numbers] for numbers in lists]
    plain = asks[0].format("a list")
    return Exercise(
        texts=(*ask_to(choose.one_of(NUMBERS), asks), plain),
        names=(name, f"{name}_in_list", "sort_some"),
        solutions=(
            f"""
            def solve(numbers):
                moved = sorted([number for number in numbers if {condition}]{option})
                result = []
                for number in numbers:
                    if {condition}:
                        result.append(moved.pop(0))
                    else:
                        result.append(number)
                return result
            """,
            f"""
            def solve(numbers):
                moved = iter(sorted([number for number in numbers if {condition}]{option}))
                return [next(moved) if {condition} else number for number in numbers]
            """,
        ),
        arguments=[(numbers,) for numbers in lists] + [([],), ([5, 4, 3, 2],)],
        synonyms={"moved": ("chosen", "kept", "selected")},
    )


_INDEX_SORTS = {
    "even_indexes": (
        ("sort the elements at even indexes of {} and leave the others in place",),
        "numbers[::2] = sorted(numbers[::2])",
    ),
    "odd_indexes": (
        ("sort the elements at odd indexes of {} and leave the others in place",),
        "numbers[1::2] = sorted(numbers[1::2])",
    ),
    "even_up_odd_down": (
        (
            "sort the elements of {} at even indexes in ascending and those at odd indexes in "
            "descending order",
        ),
        "numbers[::2] = sorted(numbers[::2])\n                numbers[1::2] = "
        "sorted(numbers[1::2], reverse=True)",
    ),
    "halves": (
        (
            "sort the first half of {} in ascending and the second half in descending order (a "
            "middle element belongs to the second)",
        ),
        "half = len(numbers) // 2\n                numbers = sorted(numbers[:half]) + "
        "sorted(numbers[half:], reverse=True)",
    ),
    "without_ends": (
        ("sort {} but keep the first and the last element in place",),
        "numbers[1:-1] = sorted(numbers[1:-1])",
    ),
}


@family(which=tuple(_INDEX_SORTS))
def sort_at_certain_indexes(choose: Chooser, which: str) -> Exercise:
    """Sort the elements at even or odd indexes, in halves ..."""
    asks, steps = _INDEX_SORTS[which]
    return Exercise(
        texts=(*ask_to(choose.one_of(NUMBERS), asks), asks[0].format("the given list")),
        names=(f"sort_{which}", f"{which}_sorted", "sort_by_index_rule"),
        solutions=(
            f"""
            def solve(numbers):
                {steps}
                return numbers
            """,
        ),
        arguments=[(numbers,) for numbers in number_lists(choose, 5, (4, 9), 0, 40)] + [([2, 1],)],
    )


_ZIGZAGS = {
    "min_max": Task(
        (
            "arrange {} as smallest, largest, second smallest, second largest and so on",
            "reorder {} so that minimum and maximum of the remaining elements alternate, minimum "
            "first",
        ),
        ("alternate_min_max", "strange_sort", "min_max_order"),
        (
            """
            def solve(numbers):
                rest = sorted(numbers)
                result = []
                while rest:
                    result.append(rest.pop(0))
                    if rest:
                        result.append(rest.pop())
                return result
            """,
            """
            def solve(numbers):
                numbers = sorted(numbers)
                result = []
                left = 0
                right = len(numbers) - 1
                while left <= right:
                    result.append(numbers[left])
                    if left < right:
                        result.append(numbers[right])
                    left += 1
                    right -= 1
                return result
            """,
        ),
    ),
    "max_min": Task(
        (
            "arrange {} as largest, smallest, second largest, second smallest and so on",
            "reorder {} so that maximum and minimum of the remaining elements alternate, maximum "
            "first",
        ),
        ("alternate_max_min", "max_min_order", "rearrange_max_min"),
        (
            """
            def solve(numbers):
                rest = sorted(numbers)
                result = []
                while rest:
                    result.append(rest.pop())
                    if rest:
                        result.append(rest.pop(0))
                return result
            """,
        ),
    ),
    "wave": Task(
        (
            "sort {} and then swap each two neighbours (first with second, third with fourth ...) "
            "so that it forms a wave",
            "bring {} into wave form: sort it and exchange the elements at indexes 0 and 1, 2 and "
            "3 and so on",
        ),
        ("wave_sort", "wave_form", "sort_in_wave"),
        (
            """
            def solve(numbers):
                numbers = sorted(numbers)
                for index in range(0, len(numbers) - 1, 2):
                    numbers[index], numbers[index + 1] = numbers[index + 1], numbers[index]
                return numbers
            """,
        ),
    ),
    "mountain": Task(
        (
            "arrange {} so that it rises and then falls: every second element of the sorted list "
            "from the first on, then the others backwards",
        ),
        ("mountain_order", "rise_and_fall", "pyramid_sort"),
        (
            """
            def solve(numbers):
                numbers = sorted(numbers)
                return numbers[::2] + numbers[1::2][::-1]
            """,
        ),
    ),
    "pairs": Task(
        (
            "sort {} and return a list of tuples (smallest, largest), (second smallest, second "
            "largest) ...; an element left over is dropped",
        ),
        ("pair_extremes", "min_max_pairs", "couple_ends"),
        (
            """
            def solve(numbers):
                numbers = sorted(numbers)
                return [(numbers[i], numbers[-1 - i]) for i in range(len(numbers) // 2)]
            """,
            """
            def solve(numbers):
                numbers = sorted(numbers)
                result = []
                for i in range(len(numbers) // 2):
                    result.append((numbers[i], numbers[len(numbers) - 1 - i]))
                return result
            """,
        ),
    ),
}


@family(form=tuple(_ZIGZAGS))
def alternate_small_and_large(choose: Chooser, form: str) -> Exercise:
    """Arrange small and large elements alternately."""
    task = _ZIGZAGS[form]
    return Exercise(
        texts=ask_to(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers,) for numbers in number_lists(choose, 5, (3, 8), 0, 40)]
        + [([5],), ([],)],
    )


_RANKINGS = {
    "argsort": (
        (
            "the indexes of {} in the order that would sort it (equal elements by index)",
            "the list of indexes that sorts {}",
        ),
        "argsort",
        "sorted(range(len(numbers)), key=lambda index: numbers[index])",
    ),
    "argsort_down": (
        ("the indexes of {} from the largest to the smallest element (equal elements by index)",),
        "argsort_descending",
        "sorted(range(len(numbers)), key=lambda index: -numbers[index])",
    ),
    "rank": (
        (
            "the rank of each element of {}: 1 for the smallest value, 2 for the next and so on; "
            "equal elements share a rank",
        ),
        "rank_elements",
        "[sorted(set(numbers)).index(number) + 1 for number in numbers]",
    ),
    "rank_down": (
        (
            "the place of each element of {} when the largest value has place 1; equal elements "
            "share a place and none is skipped",
        ),
        "rank_descending",
        "[sorted(set(numbers), reverse=True).index(number) + 1 for number in numbers]",
    ),
    "smaller": (
        ("for each element of {} the number of elements that are smaller than it",),
        "count_smaller_for_each",
        "[sum(1 for other in numbers if other < number) for number in numbers]",
    ),
    "greater": (
        ("for each element of {} how many elements are greater than it",),
        "count_greater_for_each",
        "[sum(1 for other in numbers if other > number) for number in numbers]",
    ),
    "competition": (
        ("the place of each score in {} (1 plus the number of better scores)",),
        "places_of_scores",
        "[1 + sum(1 for other in numbers if other > number) for number in numbers]",
    ),
}


@family(what=tuple(_RANKINGS))
def ranks_of_elements(choose: Chooser, what: str) -> Exercise:
    """Ranks of the elements and the indexes that sort a list."""
    asks, name, expression = _RANKINGS[what]
    solutions = [returns("numbers", expression)]
    if what in ("rank", "rank_down"):
        option = ", reverse=True" if what == "rank_down" else ""
        solutions.append(
            f"""
            def solve(numbers):
                ranks = {{}}
                for index, number in enumerate(sorted(set(numbers){option}), 1):
                    ranks[number] = index
                return [ranks[number] for number in numbers]
            """
        )
    elif what in ("smaller", "greater", "competition"):
        sign = "<" if what == "smaller" else ">"
        solutions.append(
            f"""
            def solve(numbers):
                result = []
                for number in numbers:
                    count = {1 if what == "competition" else 0}
                    for other in numbers:
                        if other {sign} number:
                            count += 1
                    result.append(count)
                return result
            """
        )
    return Exercise(
        texts=(*ask_for(choose.one_of(NUMBERS), asks), f"return {asks[0].format('a list')}"),
        names=(name, f"{name}_of_list", f"{what}_list"),
        solutions=solutions,
        arguments=[(choose.integers((3, 7), 0, 30),) for _ in range(5)] + [([20, 10, 20],), ([4],)],
        synonyms={**_KEY, "other": ("y", "m")},
    )


_GROUP_SORTS = {
    "binary": (("a list of zeros and ones", "a list of 0s and 1s"), (0, 1), "sort_zeros_ones"),
    "three": (
        ("a list of zeros, ones and twos", "a list that contains only 0, 1 and 2"),
        (0, 1, 2),
        "sort_colors",
    ),
}


@family(values=tuple(_GROUP_SORTS), order=("ascending", "descending"))
def sort_few_values_by_counting(choose: Chooser, values: str, order: str) -> Exercise:
    """Sort lists of 0 and 1, or of 0, 1 and 2."""
    givens, pool, name = _GROUP_SORTS[values]
    shown = pool if order == "ascending" else pool[::-1]
    reverse = "" if order == "ascending" else ", reverse=True"
    parts = " + ".join(f"[{value}] * numbers.count({value})" for value in shown)
    return Exercise(
        texts=ask_to(
            choose.one_of(givens),
            (f"sort {{}} in {order} order", f"sort {{}} in {order} order by counting the values"),
        ),
        names=(name, f"{name}_{order}", "counting_sort_small"),
        solutions=(
            returns("numbers", parts),
            f"""
            def solve(numbers):
                result = []
                for value in {shown}:
                    result.extend([value] * numbers.count(value))
                return result
            """,
            returns("numbers", f"sorted(numbers{reverse})"),
        ),
        arguments=[([choose.one_of(pool) for _ in range(num)],) for num in (3, 5, 6, 8, 4)]
        + [([],)],
    )


_MIXED = {
    "numbers_first": (
        "sort a mixed list of numbers and strings: numbers first, then strings, each sorted",
        "numbers_then_strings",
    ),
    "strings_first": (
        "sort a mixed list of numbers and strings: strings first, then numbers, each sorted",
        "strings_then_numbers",
    ),
}


@family(order=tuple(_MIXED))
def sort_a_mixed_list(choose: Chooser, order: str) -> Exercise:
    """Sort numbers and strings separately."""
    told, name = _MIXED[order]
    first, second = ("numbers", "words") if order == "numbers_first" else ("words", "numbers")
    word = "strings" if order == "strings_first" else "numbers"
    lists = [
        [choose.word() if choose.chance(0.5) else choose.integer(0, 50) for _ in range(num)]
        for num in (3, 4, 5, 6, 7)
    ]
    return Exercise(
        texts=(
            told,
            f"Given a list that contains integers and strings, return all {word} in ascending "
            "order followed by the sorted rest.",
            f"sort a list of mixed integers and strings so that the {word} come first",
            f"sort a mixed list: the {word} in ascending order, then the others in ascending order",
        ),
        names=(name, "sort_mixed_list", "sort_mixed", f"sort_{order}"),
        solutions=(
            f"""
            def solve(items):
                numbers = sorted(item for item in items if isinstance(item, int))
                words = sorted(item for item in items if isinstance(item, str))
                return {first} + {second}
            """,
            f"""
            def solve(items):
                numbers = []
                words = []
                for item in items:
                    if isinstance(item, int):
                        numbers.append(item)
                    else:
                        words.append(item)
                return sorted({first}) + sorted({second})
            """,
        ),
        arguments=[(items,) for items in lists] + [([3, "b", "a", 1],), ([],)],
        synonyms={"numbers": ("ints", "integers"), "words": ("texts", "strings_")},
    )
