"""Places of extremes and of the first and last numbers of a kind; rotated lists."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    NUMBERS_OR_TUPLES,
    Task,
    as_given,
    ask_for,
    number_lists,
    returns,
    sized,
)
from hrm_exercises.family import Exercise, family

_ROTATED = {
    "minimum": Task(
        ("the smallest element", "the minimum"),
        ("min_in_rotated", "rotated_minimum", "find_min_rotated"),
        (
            """
            def solve(numbers):
                low = 0
                high = len(numbers) - 1
                while low < high:
                    middle = (low + high) // 2
                    if numbers[middle] > numbers[high]:
                        low = middle + 1
                    else:
                        high = middle
                return numbers[low]
            """,
            returns("numbers", "min(numbers)"),
        ),
    ),
    "maximum": Task(
        ("the largest element", "the maximum"),
        ("max_in_rotated", "rotated_maximum", "find_max_rotated"),
        (
            """
            def solve(numbers):
                for index in range(len(numbers) - 1):
                    if numbers[index] > numbers[index + 1]:
                        return numbers[index]
                return numbers[-1]
            """,
            returns("numbers", "max(numbers)"),
        ),
    ),
    "count": Task(
        (
            "how often it was rotated to the right (0 if it is sorted)",
            "the number of rotations to the right",
        ),
        ("rotation_count", "times_rotated", "count_rotations"),
        (
            returns("numbers", "numbers.index(min(numbers))"),
            """
            def solve(numbers):
                for index in range(len(numbers) - 1):
                    if numbers[index] > numbers[index + 1]:
                        return index + 1
                return 0
            """,
        ),
    ),
    "sorted": Task(
        ("the list in its original, sorted order", "the unrotated list"),
        ("undo_rotation", "unrotate", "restore_order"),
        (
            """
            def solve(numbers):
                index = numbers.index(min(numbers))
                return numbers[index:] + numbers[:index]
            """,
            returns("numbers", "sorted(numbers)"),
        ),
    ),
}


@family(what=tuple(_ROTATED))
def search_in_a_rotated_list(choose: Chooser, what: str) -> Exercise:
    """Find the minimum, the maximum or the rotation of a rotated sorted list."""
    task = _ROTATED[what]
    arguments = []
    for _ in range(6):
        numbers = sorted(choose.sample(range(1, 50), (3, 8)))
        k = choose.integer(0, len(numbers) - 1)
        arguments.append((numbers[k:] + numbers[:k],))
    given = choose.one_of(
        (
            "a sorted list that was rotated",
            "a sorted and rotated list",
            "a rotated sorted array",
            "a rotated sorted list of distinct numbers",
        )
    )
    texts: list[str] = []
    for ask in task.asks:
        texts += [f"Given {given}, return {ask}.", f"Given {given}, find {ask}."]
        texts += [f"take {given} and find {ask}"]
        if " it " not in ask and what != "sorted":
            texts += [f"find {ask} of {given}", f"return {ask} of {given}"]
    solutions, arguments_sized = sized(choose, task.solutions, [*arguments, ([5],)])
    return Exercise(
        texts=texts,
        names=task.names,
        solutions=solutions,
        arguments=arguments_sized,
        synonyms={
            "low": ("left", "start", "lo"),
            "high": ("right", "end", "hi"),
            "middle": ("mid", "m"),
        },
    )


_EXTREMES = {
    "max": Task(
        (
            "the index of the largest element of {} (the first one if there are several)",
            "the first index of the maximum",
        ),
        ("index_of_max", "argmax", "max_index"),
        (
            returns("numbers", "numbers.index(max(numbers))"),
            """
            def solve(numbers):
                best = 0
                for index in range(1, len(numbers)):
                    if numbers[index] > numbers[best]:
                        best = index
                return best
            """,
            """
            def solve(numbers):
                return max(range(len(numbers)), key=lambda index: numbers[index])
            """,
        ),
    ),
    "min": Task(
        (
            "the index of the smallest element of {} (the first one if there are several)",
            "the first index of the minimum",
        ),
        ("index_of_min", "argmin", "min_index"),
        (
            returns("numbers", "numbers.index(min(numbers))"),
            """
            def solve(numbers):
                best = 0
                for index in range(len(numbers)):
                    if numbers[index] < numbers[best]:
                        best = index
                return best
            """,
        ),
    ),
    "last_max": Task(
        (
            "the last index of the largest element",
            "the index of the maximum of {}, the last one if there are several",
        ),
        ("last_max_index", "last_argmax", "index_of_last_max"),
        (
            """
            def solve(numbers):
                best = 0
                for index in range(len(numbers)):
                    if numbers[index] >= numbers[best]:
                        best = index
                return best
            """,
            returns("numbers", "len(numbers) - 1 - numbers[::-1].index(max(numbers))"),
        ),
    ),
    "all_max": Task(
        (
            "all indexes of the largest element",
            "a list of the indexes at which the maximum of {} occurs",
        ),
        ("all_max_indexes", "indexes_of_max", "maximum_positions"),
        (
            """
            def solve(numbers):
                best = max(numbers)
                return [index for index, number in enumerate(numbers) if number == best]
            """,
        ),
    ),
    "all_min": Task(
        (
            "all indexes of the smallest element",
            "a list of the indexes at which the minimum of {} occurs",
        ),
        ("all_min_indexes", "indexes_of_min", "minimum_positions"),
        (
            """
            def solve(numbers):
                smallest = min(numbers)
                result = []
                for index in range(len(numbers)):
                    if numbers[index] == smallest:
                        result.append(index)
                return result
            """,
            """
            def solve(numbers):
                smallest = min(numbers)
                return [index for index, number in enumerate(numbers) if number == smallest]
            """,
        ),
    ),
    "both": Task(
        ("the first index of the minimum and the first index of the maximum of {}, as a tuple",),
        ("min_max_indexes", "index_of_extremes", "argmin_argmax"),
        (returns("numbers", "(numbers.index(min(numbers)), numbers.index(max(numbers)))"),),
    ),
    "distance": Task(
        (
            "the distance between the index of the minimum and the index of the maximum of {} "
            "(the first ones)",
        ),
        ("extreme_distance", "min_max_distance", "index_gap"),
        (returns("numbers", "abs(numbers.index(min(numbers)) - numbers.index(max(numbers)))"),),
    ),
    "pair": Task(
        (
            "the largest element of {} and its index, as a tuple",
            "a tuple of the maximum of {} and its first index",
        ),
        ("max_with_index", "largest_and_index", "maximum_and_position"),
        (
            """
            def solve(numbers):
                best = max(numbers)
                return (best, numbers.index(best))
            """,
            """
            def solve(numbers):
                best = numbers[0]
                place = 0
                for index, number in enumerate(numbers):
                    if number > best:
                        best = number
                        place = index
                return (best, place)
            """,
        ),
    ),
}


@family(what=tuple(_EXTREMES))
def index_of_an_extreme(choose: Chooser, what: str) -> Exercise:
    """Find the index of the maximum or the minimum."""
    given = choose.one_of(NUMBERS_OR_TUPLES)
    task = _EXTREMES[what]
    return Exercise(
        texts=ask_for(given, task.asks, choose.one_of(("of", "in"))),
        names=task.names,
        solutions=task.solutions,
        arguments=as_given(
            given,
            [(numbers,) for numbers in number_lists(choose, 5, (3, 8), -9, 15)]
            + [([3, 8, 1, 8, 1],), ([4],)],
        ),
        synonyms={"key": ("key",)},
    )


_CONDITIONS = {
    "even": ("even number", "number % 2 == 0"),
    "odd": ("odd number", "number % 2 != 0"),
    "negative": ("negative number", "number < 0"),
    "positive": ("positive number", "number > 0"),
    "big": ("number above 20", "number > 20"),
    "fives": ("multiple of 5", "number % 5 == 0"),
}


@family(kind=tuple(_CONDITIONS), result=("first", "last", "index"))
def first_or_last_number_of_a_kind(choose: Chooser, kind: str, result: str) -> Exercise:
    """Find the first or last even, odd, negative ... number."""
    noun, condition = _CONDITIONS[kind]
    nothing = choose.one_of(
        ("None", "None", "-1" if kind in ("positive", "big", "fives") else "None")
    )
    if result == "index":
        nothing = "-1"
    wanted = {
        "first": f"the first {noun}",
        "last": f"the last {noun}",
        "index": f"the index of the first {noun}",
    }[result]
    order = "reversed(numbers)" if result == "last" else "numbers"
    loop = "index, number in enumerate(numbers)" if result == "index" else f"number in {order}"
    value = "index" if result == "index" else "number"
    return Exercise(
        texts=ask_for(
            choose.one_of(NUMBERS),
            (
                f"{wanted} in {{}}, or {nothing} if there is none",
                f"{wanted} of {{}} ({nothing} if there is no such number)",
                f"{wanted} in {{}}; {nothing} means that there is none",
            ),
        ),
        names=(f"{result}_{kind}", f"find_{result}_{kind}", f"{result}_{kind}_number"),
        solutions=(
            f"""
            def solve(numbers):
                for {loop}:
                    if {condition}:
                        return {value}
                return {nothing}
            """,
            f"""
            def solve(numbers):
                return next(({value} for {loop} if {condition}), {nothing})
            """,
        ),
        arguments=[(numbers,) for numbers in number_lists(choose, 5, (3, 8), -15, 40)]
        + [([-8, 3, 25, 4, -5, 11],), ([],)],
    )
