"""Questions about lists with the answers true and false, or two words."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    ITEMS,
    NUMBERS,
    Task,
    ask_whether,
    returns,
)
from hrm_exercises.family import Exercise, family

_KINDS = {
    "positive": ("positive", "number > 0", "number <= 0", [n > 0 for n in range(-20, 31)]),
    "negative": ("negative", "number < 0", "number >= 0", [n < 0 for n in range(-20, 31)]),
    "even": ("even", "number % 2 == 0", "number % 2 != 0", [n % 2 == 0 for n in range(-20, 31)]),
    "odd": ("odd", "number % 2 != 0", "number % 2 == 0", [n % 2 != 0 for n in range(-20, 31)]),
    "three": (
        "divisible by 3",
        "number % 3 == 0",
        "number % 3 != 0",
        [n % 3 == 0 for n in range(-20, 31)],
    ),
    "small": ("less than 20", "number < 20", "number >= 20", [n < 20 for n in range(-20, 31)]),
    "digit": (
        "one-digit (from 0 to 9)",
        "0 <= number <= 9",
        "not 0 <= number <= 9",
        [0 <= n <= 9 for n in range(-20, 31)],
    ),
}


@family(kind=tuple(_KINDS), quantity=("all", "any", "none"))
def all_or_any_numbers_of_a_kind(choose: Chooser, kind: str, quantity: str) -> Exercise:
    """Check whether all, some or none of the elements are even, positive ..."""
    adjective, condition, opposite, flags = _KINDS[kind]
    claims = {
        "all": (
            f"has only elements that are {adjective}",
            f"consists of numbers that are all {adjective}",
        ),
        "any": (
            f"has an element that is {adjective}",
            f"contains at least one number that is {adjective}",
        ),
        "none": (f"has no element that is {adjective}", f"contains no number that is {adjective}"),
    }[quantity]
    wording = {
        "all": "all elements of {} are",
        "any": "any element of {} is",
        "none": "no element of {} is",
    }
    given = choose.one_of(NUMBERS)
    subject = wording[quantity].format(given)
    inside = [n for n, flag in zip(range(-20, 31), flags, strict=True) if flag]
    outside = [n for n in range(-20, 31) if n not in inside]
    lists = [
        [choose.one_of(pool) for _ in range(choose.integer(2, 6))] for pool in (inside, outside) * 2
    ]
    lists += [choose.shuffled(lists[0] + lists[1][:2]), choose.integers((3, 6), -20, 30)]
    wanted = f"all({condition} for number in numbers)"
    if quantity == "any":
        wanted = f"any({condition} for number in numbers)"
    elif quantity == "none":
        wanted = f"not any({condition} for number in numbers)"
    found = quantity == "any"
    return Exercise(
        texts=(
            *ask_whether(given, claims)[::2],
            f"check whether {subject} {adjective}",
            f"check if {subject} {adjective}",
            f"return True if {subject} {adjective}, else False",
            f"Given a list of integers, return True if {wording[quantity].format('the list')} "
            f"{adjective} and False otherwise.",
        ),
        names=(f"{quantity}_{kind}", f"is_{quantity}_{kind}", f"check_{quantity}_{kind}"),
        solutions=(
            returns("numbers", wanted),
            f"""
            def solve(numbers):
                for number in numbers:
                    if {opposite if quantity == "all" else condition}:
                        return {found}
                return {not found}
            """,
        ),
        arguments=[(numbers,) for numbers in lists] + [([3, 0, -6, 25],), ([],)],
    )


_SHAPES = {
    "palindrome": Task(
        ("is a palindrome", "reads the same forwards and backwards"),
        ("is_palindrome_list", "is_symmetric_list", "same_backwards"),
        (
            returns("items", "items == items[::-1]"),
            """
            def solve(items):
                for index in range(len(items) // 2):
                    if items[index] != items[-1 - index]:
                        return False
                return True
            """,
        ),
    ),
    "equal": Task(
        (
            "consists of equal elements only",
            "has all elements equal",
            "contains just one distinct value",
        ),
        ("all_equal", "all_same", "is_constant"),
        (
            returns("items", "len(set(items)) <= 1"),
            """
            def solve(items):
                for item in items:
                    if item != items[0]:
                        return False
                return True
            """,
            returns("items", "all(item == items[0] for item in items)"),
        ),
    ),
    "ends": Task(
        ("starts and ends with the same element", "has equal first and last elements"),
        ("same_ends", "first_equals_last", "equal_ends"),
        (
            returns("items", "items[0] == items[-1]"),
            returns("items", "items[0] == items[len(items) - 1]"),
        ),
    ),
    "even_length": Task(
        ("has an even number of elements", "has an even length"),
        ("even_length", "has_even_length", "is_length_even"),
        (returns("items", "len(items) % 2 == 0"),),
    ),
    "halves": Task(
        ("consists of two equal halves", "has a first half that equals its second half"),
        ("equal_halves", "is_doubled", "halves_match"),
        (
            """
            def solve(items):
                half = len(items) // 2
                return len(items) % 2 == 0 and items[:half] == items[half:]
            """,
            """
            def solve(items):
                if len(items) % 2 != 0:
                    return False
                half = len(items) // 2
                return items[:half] == items[half:]
            """,
        ),
    ),
    "middle": Task(
        ("has an odd length and a middle element that is equal to the first one",),
        ("middle_equals_first", "middle_is_first", "first_in_middle"),
        (returns("items", "len(items) % 2 == 1 and items[len(items) // 2] == items[0]"),),
    ),
    "all_but_one": Task(
        ("has exactly two different values",),
        ("two_values", "exactly_two_values", "is_two_valued"),
        (
            returns("items", "len(set(items)) == 2"),
            """
            def solve(items):
                different = []
                for item in items:
                    if item not in different:
                        different.append(item)
                return len(different) == 2
            """,
        ),
    ),
}


@family(shape=tuple(_SHAPES))
def shape_of_a_list(choose: Chooser, shape: str) -> Exercise:
    """Check whether a list is a palindrome, constant, doubled ..."""
    task = _SHAPES[shape]
    lists: list[list[object]] = []
    letters = choose.chance(0.25)
    for index in range(7):
        numbers = choose.integers((2, 5), 1, 9)
        items: list[object] = list(choose.letters((2, 5), "abcd")) if letters else [*numbers]
        if index % 2:
            items = _shaped(choose, shape, items)
        lists.append(items)
    return Exercise(
        texts=ask_whether(choose.one_of(ITEMS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[(items,) for items in lists],
    )


def _shaped(choose: Chooser, shape: str, items: list[object]) -> list[object]:
    """Return a list of a shape, made from any list."""
    if shape == "palindrome":
        items = items + items[::-1][choose.integer(0, 1) :]
    elif shape == "equal":
        items = items[:1] * choose.integer(1, 5)
    elif shape == "ends":
        items = [*items, items[0]]
    elif shape == "halves":
        items = items * 2
    elif shape == "middle":
        items = [*items, items[0], *items[::-1]]
    elif shape == "all_but_one":
        items = [choose.one_of(items[:2]) for _ in range(5)]
    return items


_RELATIONS = {
    "permutation": Task(
        (
            "have the same elements in any order",
            "are permutations of each other",
            "contain the same elements equally often",
        ),
        ("same_elements", "are_permutations", "equal_in_any_order"),
        (
            returns("first, second", "sorted(first) == sorted(second)"),
            """
            from collections import Counter

            def solve(first, second):
                return Counter(first) == Counter(second)
            """,
        ),
    ),
    "same_set": Task(
        ("contain the same values, no matter how often", "have equal sets of values"),
        ("same_values", "equal_sets", "same_distinct_values"),
        (returns("first, second", "set(first) == set(second)"),),
    ),
    "reverse": Task(
        ("are the reverse of each other", "mirror each other: one is the other read backwards"),
        ("are_reversed", "is_reverse", "mirror_lists"),
        (
            returns("first, second", "first == second[::-1]"),
            returns("first, second", "first[::-1] == second"),
        ),
    ),
    "disjoint": Task(
        ("have no element in common", "are disjoint"),
        ("are_disjoint", "no_common_element", "nothing_in_common"),
        (
            returns("first, second", "not set(first) & set(second)"),
            returns("first, second", "set(first).isdisjoint(second)"),
            """
            def solve(first, second):
                for item in first:
                    if item in second:
                        return False
                return True
            """,
        ),
    ),
    "common": Task(
        ("have at least one element in common", "share an element"),
        ("have_common_element", "share_element", "any_common"),
        (
            returns("first, second", "any(item in second for item in first)"),
            """
            def solve(first, second):
                for item in first:
                    if item in second:
                        return True
                return False
            """,
            returns("first, second", "bool(set(first) & set(second))"),
        ),
    ),
    "equal": Task(
        ("are equal, element by element", "have the same elements in the same order"),
        ("are_equal", "lists_equal", "identical_lists"),
        (
            returns("first, second", "first == second"),
            """
            def solve(first, second):
                if len(first) != len(second):
                    return False
                for index in range(len(first)):
                    if first[index] != second[index]:
                        return False
                return True
            """,
        ),
    ),
    "sum": Task(
        ("have the same sum",),
        ("equal_sums", "same_sum", "sums_match"),
        (returns("first, second", "sum(first) == sum(second)"),),
    ),
    "ends": Task(
        ("have the same first element or the same last element",),
        ("common_end", "share_an_end", "same_first_or_last"),
        (returns("first, second", "first[0] == second[0] or first[-1] == second[-1]"),),
    ),
}


@family(relation=tuple(_RELATIONS), answer=("bool", "text"))
def relation_of_two_lists(choose: Chooser, relation: str, answer: str) -> Exercise:
    """Check whether two lists are equal, permutations, disjoint ..."""
    task = _RELATIONS[relation]
    arguments: list[tuple[list[int], list[int]]] = []
    for index in range(6):
        first, second = choose.integers((2, 5), 1, 9), choose.integers((2, 5), 1, 9)
        if index % 2:
            second = {
                "permutation": choose.shuffled(first),
                "same_set": choose.shuffled(first + first[:1]),
                "reverse": first[::-1],
                "disjoint": [n + 10 for n in second],
                "common": [*second, first[0]],
                "equal": list(first),
                "sum": choose.shuffled([sum(first) - 3, 1, 2]),
                "ends": [*second, first[-1]],
            }[relation]
        elif relation == "common":
            second = [n + 5 for n in second]
        arguments.append((first, second))
    given = choose.one_of(("two lists", "two given lists", "the given two lists", "two arrays"))
    texts = ask_whether(given, task.asks, "they")
    solutions = task.solutions
    if answer == "text":
        yes, no = choose.one_of(
            (
                ("Yes", "No"),
                ("yes", "no"),
                ("Equal", "Not equal") if relation == "equal" else ("Yes", "No"),
            )
        )
        texts = tuple(
            text
            for claim in task.asks
            for text in (
                f"return '{yes}' if {given} {claim}, else '{no}'",
                f"check whether {given} {claim} and return '{yes}' or '{no}'",
                f"Given two lists, return '{yes}' if they {claim} and '{no}' otherwise.",
                f"answer with '{yes}' or '{no}' whether two lists {claim}",
            )
        )
        conditions = [
            text.partition("return ")[2].strip()
            for text in task.solutions
            if text.count("return") == 1 and "import" not in text
        ]
        solutions = tuple(
            text
            for condition in conditions
            for text in (
                returns("first, second", f"'{yes}' if {condition} else '{no}'"),
                f"""
                def solve(first, second):
                    if {condition}:
                        return '{yes}'
                    return '{no}'
                """,
            )
        )
    return Exercise(
        texts=texts,
        names=task.names,
        solutions=solutions,
        arguments=arguments,
    )


_PARTS = {
    "sublist": Task(
        (
            "check whether the second list occurs in the first as consecutive elements",
            "check if a list is a contiguous sublist of another list",
            "Given two lists, return True if the second one is a run of consecutive elements of "
            "the first, else False.",
        ),
        ("is_sublist", "contains_sublist", "is_contiguous_part"),
        (
            """
            def solve(first, second):
                for index in range(len(first) - len(second) + 1):
                    if first[index:index + len(second)] == second:
                        return True
                return False
            """,
            """
            def solve(first, second):
                size = len(second)
                return any(first[i:i + size] == second for i in range(len(first) - size + 1))
            """,
        ),
    ),
    "subsequence": Task(
        (
            "check whether the second list is a subsequence of the first (same order, gaps "
            "allowed)",
            "check if all elements of the second list occur in the first in the same order, "
            "though not necessarily next to each other",
            "Given two lists, return True if the second results from the first by deleting "
            "elements, else False.",
        ),
        ("is_subsequence", "in_same_order", "is_subsequence_of"),
        (
            """
            def solve(first, second):
                index = 0
                for item in first:
                    if index < len(second) and item == second[index]:
                        index += 1
                return index == len(second)
            """,
            """
            def solve(first, second):
                rest = iter(first)
                return all(item in rest for item in second)
            """,
        ),
    ),
    "subset": Task(
        (
            "check whether every element of the second list also occurs in the first",
            "check if one list (the second) is a subset of another (the first)",
            "Given two lists, return True if the first contains all elements of the second, else "
            "False.",
        ),
        ("contains_all", "is_subset_of", "has_all_elements"),
        (
            returns("first, second", "all(item in first for item in second)"),
            returns("first, second", "set(second) <= set(first)"),
            """
            def solve(first, second):
                for item in second:
                    if item not in first:
                        return False
                return True
            """,
        ),
    ),
    "prefix": Task(
        (
            "check whether the first list begins with the elements of the second",
            "check if the second list is a prefix of the first one",
            "Given two lists, return True if the first one starts with the second, else False.",
        ),
        ("is_prefix", "starts_with", "begins_with_list"),
        (returns("first, second", "first[:len(second)] == second"),),
    ),
    "suffix": Task(
        (
            "check whether the first list ends with the elements of the second",
            "check if the second list is a suffix of the first one",
            "Given two lists, return True if the first one ends with the second, else False.",
        ),
        ("is_suffix", "ends_with", "ends_with_list"),
        (
            """
            def solve(first, second):
                start = len(first) - len(second)
                return start >= 0 and first[start:] == second
            """,
            returns("first, second", "not second or first[-len(second):] == second"),
        ),
    ),
}


@family(part=tuple(_PARTS))
def one_list_in_another(choose: Chooser, part: str) -> Exercise:
    """Check whether a list is a sublist, subsequence, prefix ... of another."""
    task = _PARTS[part]
    arguments: list[tuple[list[int], list[int]]] = []
    for index in range(6):
        first = choose.integers((4, 7), 1, 9)
        second = choose.integers((1, 3), 1, 9)
        if index % 2:
            start = choose.integer(0, len(first) - 3)
            second = {
                "sublist": first[start : start + choose.integer(2, 3)],
                "subsequence": first[start::2],
                "subset": choose.sample(first, (1, 3)),
                "prefix": first[: choose.integer(1, 3)],
                "suffix": first[-choose.integer(1, 3) :],
            }[part]
        arguments.append((first, second))
    return Exercise(
        texts=task.asks,
        names=task.names,
        solutions=task.solutions,
        arguments=[*arguments, ([1, 2], [1, 2]), ([3], [3, 4])],
    )
