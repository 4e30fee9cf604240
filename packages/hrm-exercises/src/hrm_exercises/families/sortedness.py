"""Checks whether lists are sorted, nearly sorted or form a regular sequence."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    Task,
    ask_whether,
    returns,
    sized,
)
from hrm_exercises.family import Exercise, family

_SORTED = {
    "ascending": (
        ("is sorted in ascending order", "is in ascending order (equal neighbours are allowed)"),
        "is_sorted",
        "<=",
    ),
    "descending": (
        ("is sorted in descending order", "is in descending order (equal neighbours are allowed)"),
        "is_sorted_descending",
        ">=",
    ),
    "strict": (
        ("is strictly increasing", "rises strictly from each element to the next"),
        "is_strictly_increasing",
        "<",
    ),
    "strict_down": (
        ("is strictly decreasing", "falls strictly from each element to the next"),
        "is_strictly_decreasing",
        ">",
    ),
    "either": (
        ("is monotonic", "is sorted, either in ascending or in descending order"),
        "is_monotonic",
        "",
    ),
}


@family(order=tuple(_SORTED))
def is_a_list_sorted(choose: Chooser, order: str) -> Exercise:
    """Check whether a list is sorted."""
    claims, name, sign = _SORTED[order]
    down = "down" in order or order == "descending"
    lists: list[list[int]] = []
    for index in range(6):
        numbers = choose.integers((3, 7), -10, 40)
        if index % 2 == 0:
            numbers = sorted(set(numbers) if "strict" in order else numbers, reverse=down)
        if index == 4 and order == "either":
            numbers.reverse()
        lists.append(numbers)
    if order == "either":
        solutions = [
            returns(
                "numbers", "numbers == sorted(numbers) or numbers == sorted(numbers, reverse=True)"
            ),
            """
            def solve(numbers):
                rising = all(x <= y for x, y in zip(numbers, numbers[1:]))
                falling = all(x >= y for x, y in zip(numbers, numbers[1:]))
                return rising or falling
            """,
        ]
    else:
        opposite = {"<=": ">", ">=": "<", "<": ">=", ">": "<="}[sign]
        solutions = [
            returns(
                "numbers",
                f"all(numbers[index] {sign} numbers[index + 1] for index in range(len(numbers) - "
                f"1))",
            ),
            returns("numbers", f"all(x {sign} y for x, y in zip(numbers, numbers[1:]))"),
            f"""
            def solve(numbers):
                for index in range(len(numbers) - 1):
                    if numbers[index] {opposite} numbers[index + 1]:
                        return False
                return True
            """,
        ]
        if "strict" not in order:
            solutions.append(
                returns("numbers", f"numbers == sorted(numbers{', reverse=True' if down else ''})")
            )
    arguments = [(numbers,) for numbers in lists] + [([5],), ([2, 2, 2],)]
    if len(solutions) == 2:
        chosen, with_length = tuple(solutions), list(arguments)
    else:
        chosen, with_length = sized(choose, solutions[:3:2], arguments)
        if len(with_length[0]) == 1:
            chosen = tuple(solutions)
    return Exercise(
        texts=ask_whether(choose.one_of(NUMBERS), claims),
        names=(name, f"check_{name[3:]}", f"{name}_list"),
        solutions=chosen,
        arguments=with_length,
        synonyms={"x": ("a", "one"), "y": ("b", "other")},
    )


@family(words=("order", "trend"))
def name_the_order_of_a_list(choose: Chooser, words: str) -> Exercise:
    """Say in a word how a list is ordered."""
    up, down, none = {
        "order": ("ascending", "descending", "unsorted"),
        "trend": ("increasing", "decreasing", "neither"),
    }[words]
    equal = "=" if words == "order" else ""
    lists: list[list[int]] = []
    for index in range(6):
        numbers = choose.sample(range(-9, 40), (3, 7))
        if index < 2:
            numbers.sort()
        elif index < 4:
            numbers.sort(reverse=True)
        lists.append(numbers)
    strictly = "" if words == "order" else "strictly "
    return Exercise(
        texts=(
            f"tell the order of a list of different numbers: return '{up}', '{down}' or '{none}'",
            f"return '{up}' if a list is {strictly}{up}, '{down}' if it is {strictly}{down}, else "
            f"'{none}'",
            f"Given a list of distinct numbers, return '{up}', '{down}' or '{none}', as the case "
            "may be.",
            f"check how a list is sorted and return '{up}', '{down}' or '{none}'",
        ),
        names=("list_order", "order_of_list", "describe_order", "trend"),
        solutions=(
            f"""
            def solve(numbers):
                if all(x <{equal} y for x, y in zip(numbers, numbers[1:])):
                    return '{up}'
                if all(x >{equal} y for x, y in zip(numbers, numbers[1:])):
                    return '{down}'
                return '{none}'
            """,
            f"""
            def solve(numbers):
                if numbers == sorted(numbers):
                    return '{up}'
                if numbers == sorted(numbers, reverse=True):
                    return '{down}'
                return '{none}'
            """,
        ),
        arguments=[(numbers,) for numbers in lists],
        synonyms={"x": ("a", "one"), "y": ("b", "other")},
    )


_SORTABLE = {
    "one_swap": Task(
        (
            "can be sorted by swapping one pair of elements at most",
            "becomes sorted by no more than one swap of two elements",
        ),
        ("sortable_by_one_swap", "one_swap_sorts", "almost_sorted"),
        (
            """
            def solve(numbers):
                wanted = sorted(numbers)
                different = [i for i in range(len(numbers)) if numbers[i] != wanted[i]]
                return len(different) <= 2
            """,
            returns("numbers", "sum(x != y for x, y in zip(numbers, sorted(numbers))) <= 2"),
        ),
    ),
    "one_removal": Task(
        ("becomes strictly increasing by removing one element at most",),
        ("increasing_after_removal", "almost_increasing", "one_removal_sorts"),
        (
            """
            def solve(numbers):
                if all(x < y for x, y in zip(numbers, numbers[1:])):
                    return True
                for index in range(len(numbers)):
                    rest = numbers[:index] + numbers[index + 1:]
                    if all(x < y for x, y in zip(rest, rest[1:])):
                        return True
                return False
            """,
        ),
    ),
    "reversal": Task(
        ("becomes sorted when it is reversed",),
        ("sorted_when_reversed", "reverse_sorts", "is_reverse_sorted"),
        (
            returns("numbers", "numbers[::-1] == sorted(numbers)"),
            returns("numbers", "numbers == sorted(numbers, reverse=True)"),
        ),
    ),
    "consecutive": Task(
        (
            "consists of consecutive integers in any order, without repetition",
            "can be arranged to a run of consecutive numbers",
        ),
        ("are_consecutive", "is_consecutive", "forms_a_run"),
        (
            """
            def solve(numbers):
                numbers = sorted(numbers)
                return all(y - x == 1 for x, y in zip(numbers, numbers[1:]))
            """,
            """
            def solve(numbers):
                return sorted(numbers) == list(range(min(numbers), min(numbers) + len(numbers)))
            """,
        ),
    ),
    "progression": Task(
        (
            "can be rearranged into an arithmetic progression",
            "has elements that form an arithmetic progression in some order",
        ),
        ("can_form_progression", "arithmetic_after_sorting", "is_progression_in_some_order"),
        (
            """
            def solve(numbers):
                numbers = sorted(numbers)
                steps = {y - x for x, y in zip(numbers, numbers[1:])}
                return len(steps) <= 1
            """,
            """
            def solve(numbers):
                ordered = sorted(numbers)
                for index in range(2, len(ordered)):
                    if ordered[index] - ordered[index - 1] != ordered[1] - ordered[0]:
                        return False
                return True
            """,
        ),
    ),
    "mountain": Task(
        (
            "first strictly rises and then strictly falls (with at least one step of each kind)",
            "is a mountain: strictly increasing up to one peak, then strictly decreasing",
        ),
        ("is_mountain", "is_bitonic", "rises_then_falls"),
        (
            """
            def solve(numbers):
                peak = numbers.index(max(numbers))
                if peak == 0 or peak == len(numbers) - 1:
                    return False
                rises = all(x < y for x, y in zip(numbers[:peak], numbers[1:peak + 1]))
                falls = all(x > y for x, y in zip(numbers[peak:], numbers[peak + 1:]))
                return rises and falls
            """,
        ),
    ),
    "zigzag": Task(
        (
            "alternates between rising and falling steps, beginning with a rise",
            "is a zigzag that goes up, down, up, down and so on",
        ),
        ("is_zigzag", "alternating_steps", "is_wave"),
        (
            """
            def solve(numbers):
                for index in range(len(numbers) - 1):
                    if index % 2 == 0 and numbers[index] >= numbers[index + 1]:
                        return False
                    if index % 2 == 1 and numbers[index] <= numbers[index + 1]:
                        return False
                return True
            """,
        ),
    ),
}


@family(claim=tuple(_SORTABLE))
def can_a_list_become_sorted(choose: Chooser, claim: str) -> Exercise:
    """Check for near sortedness, runs, progressions, mountains."""
    task = _SORTABLE[claim]
    lists: list[list[int]] = []
    for index in range(7):
        numbers = choose.sample(range(1, 30), (4, 7))
        if index % 2 == 0:
            numbers = _positive_case(choose, claim, sorted(numbers))
        lists.append(numbers)
    return Exercise(
        texts=ask_whether(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(numbers,) for numbers in lists],
        synonyms={"x": ("a", "one"), "y": ("b", "other"), "wanted": ("ordered", "target")},
    )


def _positive_case(choose: Chooser, claim: str, numbers: list[int]) -> list[int]:
    """Return a list for which the claim holds, from a sorted list without repetitions."""
    num = len(numbers)
    i, j = choose.sample(range(num), 2)
    start, step = choose.integer(1, 9), choose.integer(2, 4)
    if claim == "one_swap":
        numbers[i], numbers[j] = numbers[j], numbers[i]
    elif claim == "one_removal":
        numbers.insert(i, choose.integer(1, 30))
    elif claim == "reversal":
        numbers.reverse()
    elif claim == "consecutive":
        numbers = choose.shuffled(range(start, start + num))
    elif claim == "progression":
        numbers = choose.shuffled(range(start, start + num * step, step))
    elif claim == "mountain":
        numbers = numbers[::2] + numbers[1::2][::-1]
    else:
        half = num // 2
        pairs = list(zip(numbers[:half], numbers[half:], strict=False))
        numbers = [number for pair in pairs for number in pair]
    return numbers
