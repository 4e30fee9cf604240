"""Questions about lists with the answers true and false, or two words."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    ITEMS,
    NUMBERS,
    Task,
    ask_whether,
    number_lists,
    returns,
    sized,
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
            "the "
            "first, else False.",
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
            "check if all elements of the second list occur in the first in the same order, though "
            "not necessarily next to each other",
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


_NEIGHBOURS = {
    "parity": Task(
        ("alternates between even and odd numbers",),
        ("alternates_parity", "even_odd_alternate", "is_alternating"),
        (
            returns("numbers", "all((x + y) % 2 == 1 for x, y in zip(numbers, numbers[1:]))"),
            """
            def solve(numbers):
                for index in range(1, len(numbers)):
                    if numbers[index] % 2 == numbers[index - 1] % 2:
                        return False
                return True
            """,
        ),
    ),
    "sign": Task(
        ("alternates between positive and negative numbers",),
        ("alternating_signs", "signs_alternate", "is_sign_alternating"),
        (
            returns("numbers", "all(x * y < 0 for x, y in zip(numbers, numbers[1:]))"),
            """
            def solve(numbers):
                for index in range(len(numbers) - 1):
                    if numbers[index] * numbers[index + 1] >= 0:
                        return False
                return True
            """,
        ),
    ),
    "arithmetic": Task(
        ("is an arithmetic progression", "has the same difference between all neighbours"),
        ("is_arithmetic", "constant_difference", "is_linear_sequence"),
        (
            """
            def solve(numbers):
                step = numbers[1] - numbers[0]
                for index in range(1, len(numbers)):
                    if numbers[index] - numbers[index - 1] != step:
                        return False
                return True
            """,
            returns("numbers", "len({y - x for x, y in zip(numbers, numbers[1:])}) == 1"),
        ),
    ),
    "geometric": Task(
        (
            "is a geometric progression of positive numbers",
            "has the same ratio between all neighbours",
        ),
        ("is_geometric", "constant_ratio", "is_geometric_sequence"),
        (
            """
            def solve(numbers):
                for index in range(1, len(numbers) - 1):
                    if numbers[index] ** 2 != numbers[index - 1] * numbers[index + 1]:
                        return False
                return True
            """,
            """
            def solve(numbers):
                return all(x * numbers[0] == y * numbers[1] for x, y in zip(numbers[1:], numbers))
            """,
        ),
    ),
    "consecutive": Task(
        (
            "consists of consecutive integers in ascending order",
            "counts up by exactly 1 from element to element",
        ),
        ("is_consecutive_run", "counts_up_by_one", "consecutive_numbers"),
        (
            returns("numbers", "all(y - x == 1 for x, y in zip(numbers, numbers[1:]))"),
            returns("numbers", "numbers == list(range(numbers[0], numbers[0] + len(numbers)))"),
        ),
    ),
    "near": Task(
        ("has no two neighbours that differ by more than 2",),
        ("small_steps", "is_smooth", "no_big_jumps"),
        (
            returns("numbers", "all(abs(x - y) <= 2 for x, y in zip(numbers, numbers[1:]))"),
            """
            def solve(numbers):
                for index in range(1, len(numbers)):
                    if abs(numbers[index] - numbers[index - 1]) > 2:
                        return False
                return True
            """,
        ),
    ),
    "fibonacci": Task(
        (
            "is such that each element from the third on is the sum of the two before it",
            "follows the rule of the Fibonacci numbers (each is the sum of the two before it)",
        ),
        ("is_fibonacci_like", "follows_fibonacci_rule", "sum_of_two_before"),
        (
            """
            def solve(numbers):
                for index in range(2, len(numbers)):
                    if numbers[index] != numbers[index - 1] + numbers[index - 2]:
                        return False
                return True
            """,
            """
            def solve(numbers):
                return all(x + y == z for x, y, z in zip(numbers, numbers[1:], numbers[2:]))
            """,
        ),
    ),
    "doubling": Task(
        (
            "doubles from each element to the next",
            "has elements that are each twice the one before",
        ),
        ("is_doubling", "each_is_double", "doubles_each_time"),
        (
            returns("numbers", "all(y == 2 * x for x, y in zip(numbers, numbers[1:]))"),
            """
            def solve(numbers):
                for index in range(1, len(numbers)):
                    if numbers[index] != 2 * numbers[index - 1]:
                        return False
                return True
            """,
        ),
    ),
}


@family(rule=tuple(_NEIGHBOURS))
def rule_for_all_neighbours(choose: Chooser, rule: str) -> Exercise:
    """Check for alternation, progressions and other rules for neighbours."""
    task = _NEIGHBOURS[rule]
    lists: list[list[int]] = []
    for index in range(7):
        start, step, num = choose.integer(1, 9), choose.integer(2, 5), choose.integer(3, 7)
        if index % 2:
            numbers = {
                "parity": [2 * n + i % 2 for i, n in enumerate(choose.integers(num, 0, 15))],
                "sign": [
                    n * (-1) ** (i + index // 3) for i, n in enumerate(choose.integers(num, 1, 15))
                ],
                "arithmetic": [start + step * i for i in range(num)],
                "geometric": [start * step**i for i in range(num)],
                "consecutive": [start + i for i in range(num)],
                "near": [start + i % 3 for i in range(num)],
                "fibonacci": _fibonacci(start, step, num),
                "doubling": [start * 2**i for i in range(num)],
            }[rule]
        else:
            low = 1 if rule in ("geometric", "doubling") else -5
            numbers = choose.integers((3, 6), low, 20)
        lists.append(numbers)
    almost = [*lists[1][:-1], lists[1][-1] + 3]
    solutions, arguments = task.solutions, [(numbers,) for numbers in [*lists, almost]]
    return Exercise(
        texts=ask_whether(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"x": ("a", "p"), "y": ("b", "q"), "z": ("c", "r"), "step": ("diff", "d")},
    )


def _fibonacci(first: int, second: int, num: int) -> list[int]:
    numbers = [first, second]
    while len(numbers) < num:
        numbers.append(numbers[-1] + numbers[-2])
    return numbers


_SUMS = {
    "pair": Task(
        (
            "contains two elements (at different indexes) whose sum is <k>",
            "has a pair of elements that add up to <k>",
        ),
        ("has_pair_with_sum", "two_sum_exists", "pair_adds_up"),
        (
            """
            def solve(numbers, k):
                seen = set()
                for number in numbers:
                    if k - number in seen:
                        return True
                    seen.add(number)
                return False
            """,
            """
            def solve(numbers, k):
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        if numbers[i] + numbers[j] == k:
                            return True
                return False
            """,
        ),
    ),
    "triple": Task(
        ("contains three elements (at different indexes) whose sum is <k>",),
        ("has_triple_with_sum", "three_sum_exists", "triple_adds_up"),
        (
            """
            from itertools import combinations

            def solve(numbers, k):
                return any(sum(triple) == k for triple in combinations(numbers, 3))
            """,
            """
            def solve(numbers, k):
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        for m in range(j + 1, len(numbers)):
                            if numbers[i] + numbers[j] + numbers[m] == k:
                                return True
                return False
            """,
        ),
    ),
    "difference": Task(
        (
            "contains two elements that differ by exactly <k>",
            "has a pair of elements with the difference <k>",
        ),
        ("has_pair_with_difference", "difference_exists", "differ_by_k"),
        (
            returns("numbers, k", "any(number + k in numbers for number in numbers)"),
            """
            def solve(numbers, k):
                for x in numbers:
                    for y in numbers:
                        if x - y == k:
                            return True
                return False
            """,
        ),
    ),
    "product": Task(
        ("contains two elements (at different indexes) whose product is <k>",),
        ("has_pair_with_product", "product_pair_exists", "pair_multiplies_to"),
        (
            """
            from itertools import combinations

            def solve(numbers, k):
                return any(x * y == k for x, y in combinations(numbers, 2))
            """,
            """
            def solve(numbers, k):
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        if numbers[i] * numbers[j] == k:
                            return True
                return False
            """,
        ),
    ),
    "run": Task(
        (
            "contains consecutive elements whose sum is <k>",
            "has a contiguous sublist with the sum <k>",
        ),
        ("has_sublist_with_sum", "run_adds_up", "subarray_sum_exists"),
        (
            """
            def solve(numbers, k):
                for i in range(len(numbers)):
                    total = 0
                    for j in range(i, len(numbers)):
                        total += numbers[j]
                        if total == k:
                            return True
                return False
            """,
            """
            def solve(numbers, k):
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers) + 1):
                        if sum(numbers[i:j]) == k:
                            return True
                return False
            """,
        ),
    ),
    "neighbours": Task(
        ("contains two neighbours whose sum is <k>",),
        ("neighbours_with_sum", "adjacent_sum_exists", "adjacent_pair_adds_up"),
        (
            returns("numbers, k", "any(x + y == k for x, y in zip(numbers, numbers[1:]))"),
            """
            def solve(numbers, k):
                for index in range(len(numbers) - 1):
                    if numbers[index] + numbers[index + 1] == k:
                        return True
                return False
            """,
        ),
    ),
}


@family(what=tuple(_SUMS))
def elements_with_a_given_sum_exist(choose: Chooser, what: str) -> Exercise:
    """Check whether two or more elements have a given sum, difference, product."""
    task = _SUMS[what]
    arguments: list[tuple[list[int], int]] = []
    for index in range(6):
        numbers = choose.sample(range(1, 25), (4, 7))
        one, two, three = numbers[1:4]
        k = {
            "pair": one + three,
            "triple": one + two + numbers[0],
            "difference": abs(one - two),
            "product": one * three,
            "run": one + two + three,
            "neighbours": one + two,
        }[what]
        arguments.append((numbers, k if index % 2 else k + choose.integer(1, 30)))
    return Exercise(
        texts=ask_whether(choose.one_of(NUMBERS), task.asks),
        names=task.names,
        solutions=task.solutions,
        arguments=[*arguments, ([5], 10), ([2, 3, 9], 5 if what != "product" else 27)],
        synonyms={"k": ("target", "total_", "wanted", "n"), "x": ("a", "p"), "y": ("b", "q")},
    )


_COUNTS = {
    "more_even": ("has more even than odd numbers", "number % 2 == 0", "number % 2 != 0", ">"),
    "balanced": ("has as many even as odd numbers", "number % 2 == 0", "number % 2 != 0", "=="),
    "more_positive": ("has more positive than negative numbers", "number > 0", "number < 0", ">"),
    "balanced_signs": (
        "has as many positive as negative numbers",
        "number > 0",
        "number < 0",
        "==",
    ),
}


@family(claim=tuple(_COUNTS))
def more_of_one_kind_than_of_another(choose: Chooser, claim: str) -> Exercise:
    """Compare the numbers of even and odd, positive and negative elements."""
    told, one, other, sign = _COUNTS[claim]
    lists = number_lists(choose, 4, (3, 8), -20, 20)
    lists += [[2, 5, -4, -3], [-1, -3, 4], [7, 2, 8]]
    solutions, arguments = sized(
        choose,
        (
            f"""
            def solve(numbers):
                first = sum(1 for number in numbers if {one})
                second = sum(1 for number in numbers if {other})
                return first {sign} second
            """,
            f"""
            def solve(numbers):
                balance = 0
                for number in numbers:
                    if {one}:
                        balance += 1
                    elif {other}:
                        balance -= 1
                return balance {sign} 0
            """,
        ),
        [(numbers,) for numbers in lists],
    )
    return Exercise(
        texts=ask_whether(choose.one_of(NUMBERS), (told,)),
        names=(claim, f"is_{claim}", f"{claim}_list", f"check_{claim}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"first": ("a", "num1", "count1"), "second": ("b", "num2", "count2")},
    )
