"""Elements compared with their surroundings: peaks, majorities, leaders."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_for,
    returns,
)
from hrm_exercises.family import Exercise, family

_PEAKS = {
    ("peaks", False): (
        (
            "all inner elements that are greater than both neighbours",
            "the local maxima of {}, without the ends",
        ),
        "find_peaks",
        "numbers[index]",
    ),
    ("peaks", True): (
        (
            "the indexes of all inner elements of {} that are greater than both neighbours",
            "the indexes of the peaks of {} (the ends are no peaks)",
        ),
        "peak_indexes",
        "index",
    ),
    ("valleys", False): (
        (
            "all inner elements that are smaller than both neighbours",
            "the local minima of {}, without the ends",
        ),
        "find_valleys",
        "numbers[index]",
    ),
    ("valleys", True): (
        (
            "the indexes of all inner elements of {} that are smaller than both neighbours",
            "the indexes of the valleys of {} (the ends are no valleys)",
        ),
        "valley_indexes",
        "index",
    ),
}


@family(kind=("peaks", "valleys"), result=("elements", "indexes", "count", "first", "first_index"))
def peaks_and_valleys(choose: Chooser, kind: str, result: str) -> Exercise:
    """Find local maxima and minima."""
    sign = ">" if kind == "peaks" else "<"
    asks, name, value = _PEAKS[kind, "index" in result]
    left = "<" if sign == ">" else ">"
    condition = f"numbers[index - 1] {left} numbers[index] {sign} numbers[index + 1]"
    loop = "index in range(1, len(numbers) - 1)"
    noun = "peak" if sign == ">" else "valley"
    word = "greater" if sign == ">" else "smaller"
    if result in ("elements", "indexes"):
        solutions = (
            returns("numbers", f"[{value} for {loop} if {condition}]"),
            f"""
            def solve(numbers):
                result = []
                for {loop}:
                    if {condition}:
                        result.append({value})
                return result
            """,
        )
    elif result == "count":
        asks = (
            f"the number of inner elements that are {word} than both neighbours",
            f"how many {noun}s {{}} has (an inner element is a {noun} if it is {word} than both "
            "its neighbours)",
        )
        name = f"count_{noun}s"
        solutions = (
            returns("numbers", f"sum(1 for {loop} if {condition})"),
            f"""
            def solve(numbers):
                count = 0
                for {loop}:
                    if {condition}:
                        count += 1
                return count
            """,
        )
    else:
        kind = "index" if value == "index" else "element"
        asks = (
            f"the first inner {'element' if kind == 'element' else 'index'} of {{}} "
            + (
                f"that is {word} than both neighbours"
                if kind == "element"
                else f"whose element is {word} than both neighbours"
            )
            + ", or None",
            f"the {'index of the ' if kind == 'index' else ''}first {noun} of {{}}, an inner "
            f"element "
            f"that is {word} than its neighbours (None if there is none)",
        )
        name = f"first_{noun}" if kind == "element" else f"first_{noun}_index"
        solutions = (
            f"""
            def solve(numbers):
                for {loop}:
                    if {condition}:
                        return {value}
                return None
            """,
            returns("numbers", f"next(({value} for {loop} if {condition}), None)"),
        )
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), asks),
        names=(name, f"get_{name}", f"{noun}_{result}"),
        solutions=solutions,
        arguments=[(choose.integers((4, 9), 0, 20),) for _ in range(5)]
        + [([1, 2, 3, 4],), ([5, 1, 5, 1, 5, 0],), ([3],)],
    )


_MAJORITY = {
    "none": Task(
        (
            "the element that occurs in more than half of the places of {}, or None",
            "the majority element of {} (None if no value makes up more than half of the list)",
        ),
        ("majority", "majority_element", "more_than_half"),
        (
            """
            def solve(numbers):
                for number in numbers:
                    if numbers.count(number) > len(numbers) / 2:
                        return number
                return None
            """,
            """
            from collections import Counter

            def solve(numbers):
                if not numbers:
                    return None
                number, count = Counter(numbers).most_common(1)[0]
                return number if count > len(numbers) // 2 else None
            """,
        ),
    ),
    "minus_one": Task(
        ("the value that occurs more than n / 2 times in {}, where n is its length, or -1",),
        ("majority_or_minus_one", "find_majority", "dominant_value"),
        (
            """
            def solve(numbers):
                candidate = None
                count = 0
                for number in numbers:
                    if count == 0:
                        candidate = number
                    count += 1 if number == candidate else -1
                if numbers.count(candidate) > len(numbers) // 2:
                    return candidate
                return -1
            """,
            """
            def solve(numbers):
                for number in set(numbers):
                    if numbers.count(number) > len(numbers) // 2:
                        return number
                return -1
            """,
        ),
    ),
    "third": Task(
        ("a sorted list of all values that occur in more than a third of the places of {}",),
        ("more_than_a_third", "majority_third", "frequent_thirds"),
        (
            returns(
                "numbers",
                "sorted({number for number in numbers if numbers.count(number) > len(numbers) / "
                "3})",
            ),
            """
            from collections import Counter

            def solve(numbers):
                counts = Counter(numbers)
                return sorted(number for number in counts if counts[number] > len(numbers) / 3)
            """,
        ),
    ),
}


@family(which=tuple(_MAJORITY))
def element_in_the_majority(choose: Chooser, which: str) -> Exercise:
    """Find the element that makes up more than half of a list."""
    task = _MAJORITY[which]
    lists = []
    for index in range(6):
        one = choose.integer(1, 9)
        num = choose.integer(3, 5)
        others = choose.integers((num - 2, num) if index % 2 else (1, num - 1), 1, 9)
        lists.append(choose.shuffled([one] * num + others) if index < 4 else [*others, one, 11])
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers,) for numbers in lists] + [([],), ([2],)],
    )


@family(strict=("more", "least"))
def is_it_the_majority(choose: Chooser, strict: str) -> Exercise:
    """Check whether a value makes up half of a list."""
    sign = ">" if strict == "more" else ">="
    told = "more than half" if strict == "more" else "at least half"
    arguments: list[tuple[list[int], int]] = []
    for index in range(6):
        one = choose.integer(1, 9)
        num = choose.integer(2, 4)
        others = choose.integers(num + (index % 3) - 1, 1, 9)
        arguments.append((sorted([one] * num + others) if index % 2 else [one] * num + others, one))
    return Exercise(
        texts=(
            f"check whether {told} of the elements of a list are equal to <item>",
            f"check if <item> makes up {told} of a list",
            f"Given a list and a number, return True if {told} of the list's elements equal that "
            "number, else False.",
            f"return true if a value fills {told} of the places of a list, else false",
        ),
        names=("is_majority", "check_majority", "fills_half"),
        solutions=(
            returns("numbers, item", f"numbers.count(item) * 2 {sign} len(numbers)"),
            f"""
            def solve(numbers, item):
                count = 0
                for number in numbers:
                    if number == item:
                        count += 1
                return count {sign} len(numbers) / 2
            """,
        ),
        arguments=[*arguments, ([1, 2, 2, 3], 2), ([4, 5], 6)],
        synonyms={"item": ("x", "target", "value", "k")},
    )


_LEADERS = {
    "right": Task(
        (
            "all elements of {} that are greater than every element to their right",
            "the leaders of {}: elements that are larger than all that come later (the last one "
            "always counts)",
        ),
        ("leaders", "find_leaders", "greater_than_rest"),
        (
            """
            def solve(numbers):
                result = []
                for index, number in enumerate(numbers):
                    if all(number > other for other in numbers[index + 1:]):
                        result.append(number)
                return result
            """,
            """
            def solve(numbers):
                result = []
                for number in reversed(numbers):
                    if not result or number > result[-1]:
                        result.append(number)
                return result[::-1]
            """,
        ),
    ),
    "left": Task(
        (
            "all elements of {} that are greater than every element before them",
            "the records of {}: elements that are larger than all earlier ones (the first always "
            "counts)",
        ),
        ("records", "new_maxima", "greater_than_before"),
        (
            """
            def solve(numbers):
                result = []
                for number in numbers:
                    if not result or number > result[-1]:
                        result.append(number)
                return result
            """,
            """
            def solve(numbers):
                return [
                    number
                    for index, number in enumerate(numbers)
                    if all(other < number for other in numbers[:index])
                ]
            """,
        ),
    ),
    "count_left": Task(
        (
            "how many elements of {} are greater than all elements before them",
            "the number of elements of {} that set a new maximum (the first one does)",
        ),
        ("count_records", "visible_from_left", "count_new_maxima"),
        (
            """
            def solve(numbers):
                count = 0
                best = None
                for number in numbers:
                    if best is None or number > best:
                        best = number
                        count += 1
                return count
            """,
        ),
    ),
    "next_greater": Task(
        (
            "for each element of {} the next greater element to its right, or -1",
            "a list with the first larger element to the right of each element of {} (-1 if "
            "there is none)",
        ),
        ("next_greater", "next_greater_elements", "first_larger_right"),
        (
            """
            def solve(numbers):
                result = []
                for index, number in enumerate(numbers):
                    larger = [other for other in numbers[index + 1:] if other > number]
                    result.append(larger[0] if larger else -1)
                return result
            """,
            """
            def solve(numbers):
                result = [-1] * len(numbers)
                stack = []
                for index, number in enumerate(numbers):
                    while stack and numbers[stack[-1]] < number:
                        result[stack.pop()] = number
                    stack.append(index)
                return result
            """,
        ),
    ),
    "max_right": Task(
        (
            "a list in which each element of {} is replaced by the largest element to its right, "
            "the last one by -1",
        ),
        ("replace_with_greatest_right", "greatest_to_right", "max_after_each"),
        (
            """
            def solve(numbers):
                result = []
                for index in range(len(numbers)):
                    result.append(max(numbers[index + 1:], default=-1))
                return result
            """,
            """
            def solve(numbers):
                best = -1
                for index in range(len(numbers) - 1, -1, -1):
                    number = numbers[index]
                    numbers[index] = best
                    best = max(best, number)
                return numbers
            """,
        ),
    ),
    "smaller_right": Task(
        ("for each element of {} how many smaller elements are to its right",),
        ("count_smaller_after", "smaller_to_right", "later_smaller_counts"),
        (
            """
            def solve(numbers):
                result = []
                for index, number in enumerate(numbers):
                    result.append(sum(1 for other in numbers[index + 1:] if other < number))
                return result
            """,
        ),
    ),
}


@family(what=tuple(_LEADERS))
def elements_compared_with_all_later_or_earlier(choose: Chooser, what: str) -> Exercise:
    """Leaders, records, next greater elements."""
    task = _LEADERS[what]
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(choose.integers((3, 8), 1, 25),) for _ in range(5)] + [([5, 4, 3],), ([7],)],
        synonyms={"other": ("later", "y", "m")},
    )
