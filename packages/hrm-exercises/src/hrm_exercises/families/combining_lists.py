"""Several lists combined: zipped, interleaved, merged, flattened, computed element by element."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    Task,
    ask_for,
    ask_to,
    returns,
)
from hrm_exercises.family import Exercise, family

TWO = ("two lists", "two given lists", "two lists of numbers", "two arrays", "the given two lists")
_EQUAL = (
    "two lists of the same length",
    "two lists",
    "two given lists of equal length",
    "two arrays of the same size",
    "the given two lists",
)

_ELEMENTWISE = {
    "add": ("add {} element by element", "add_lists", "{a} + {b}", "sums", "operator.add"),
    "subtract": (
        "subtract the elements of the second of {} from those of the first",
        "subtract_lists",
        "{a} - {b}",
        "differences",
        "operator.sub",
    ),
    "multiply": (
        "multiply {} element by element",
        "multiply_lists",
        "{a} * {b}",
        "products",
        "operator.mul",
    ),
    "power": (
        "raise each element of the first of {} to the power in the second",
        "power_lists",
        "{a} ** {b}",
        "powers",
        "operator.pow",
    ),
    "floor": (
        "divide the elements of the first of {} by those of the second, rounding down",
        "divide_lists",
        "{a} // {b}",
        "quotients",
        "operator.floordiv",
    ),
    "modulo": (
        "find the remainders when the elements of the first of {} are divided by those of the "
        "second",
        "modulo_lists",
        "{a} % {b}",
        "remainders",
        "operator.mod",
    ),
    "max": (
        "take the larger element at each index of {}",
        "elementwise_max",
        "max({a}, {b})",
        "maxima",
        "max",
    ),
    "min": (
        "take the smaller element at each index of {}",
        "elementwise_min",
        "min({a}, {b})",
        "minima",
        "min",
    ),
    "distance": (
        "find the absolute differences of the elements of {} at the same index",
        "absolute_differences",
        "abs({a} - {b})",
        "absolute differences",
        "",
    ),
    "equal": (
        "compare {} index by index and return a list of booleans that says where they are equal",
        "compare_elementwise",
        "{a} == {b}",
        "comparisons (True where both are equal)",
        "operator.eq",
    ),
    "greater": (
        "compare {} index by index: True where the first list has the larger element, else False",
        "where_greater",
        "{a} > {b}",
        "comparisons (True where the first one is larger)",
        "operator.gt",
    ),
}


@family(operation=tuple(_ELEMENTWISE))
def two_lists_element_by_element(choose: Chooser, operation: str) -> Exercise:
    """Add, multiply, compare ... two lists of one length."""
    action, name, expression, noun, function = _ELEMENTWISE[operation]
    one, two = (
        expression.format(a="x", b="y"),
        expression.format(a="first[index]", b="second[index]"),
    )
    low, high = (1, 4) if operation in ("power", "floor", "modulo") else (0, 20)
    first_high = 9 if operation in ("power", "equal", "greater") else 30
    high = 9 if operation in ("equal", "greater") else high
    arguments: list[tuple[list[int], list[int]]] = []
    for num in (3, 4, 5, 6, 2):
        first = choose.integers(num, 1, first_high)
        second = choose.integers(num, low, high)
        if operation == "equal":
            second = [
                n if choose.chance(0.4) else other for n, other in zip(first, second, strict=True)
            ]
        arguments.append((first, second))
    solutions = [
        returns("first, second", f"[{one} for x, y in zip(first, second)]"),
        f"""
        def solve(first, second):
            result = []
            for index in range(len(first)):
                result.append({two})
            return result
        """,
        returns("first, second", f"list(map(lambda x, y: {one}, first, second))"),
    ]
    if function.startswith("operator"):
        solutions.append(
            f"import operator\n\ndef solve(first, second):\n"
            f"    return list(map({function}, first, second))\n"
        )
    elif function:
        solutions.append(returns("first, second", f"list(map({function}, first, second))"))
    texts = (
        *ask_to(choose.one_of(_EQUAL), (action,), "them"),
        f"return the {noun} of the elements at the same index of two lists",
        f"Given two lists of equal length, return a list of the {noun} of corresponding elements.",
        f"find the element-wise {noun} of two lists",
    )
    if choose.chance(0.15):
        solutions = [solutions[2]]
        texts = tuple(
            f"{text} {way}"
            for text in (action.format("two lists"), f"find the element-wise {noun} of two lists")
            for way in ("using map and lambda function", "with map and a lambda")
        )
    return Exercise(
        texts=texts,
        names=(name, f"{operation}_elements", f"{operation}_two_lists"),
        solutions=solutions,
        arguments=[*arguments, ([], []), ([4], [2])],
        synonyms={"x": ("a", "one", "p"), "y": ("b", "other", "q")},
    )


_TOTALS = {
    "dot": (
        ("the dot product of {}", "the sum of the products of corresponding elements of {}"),
        "dot_product",
        "{a} * {b}",
    ),
    "distance": (
        (
            "the sum of the absolute differences of corresponding elements of {}",
            "the total distance between the elements of {} at the same index",
        ),
        "total_difference",
        "abs({a} - {b})",
    ),
    "squares": (
        ("the sum of the squared differences of corresponding elements of {}",),
        "squared_distance",
        "({a} - {b}) ** 2",
    ),
    "maxima": (
        (
            "the sum of the larger elements at each index of {}",
            "the sum of the element-wise maxima of {}",
        ),
        "sum_of_maxima",
        "max({a}, {b})",
    ),
    "minima": (
        (
            "the sum of the smaller elements at each index of {}",
            "the sum of the element-wise minima of {}",
        ),
        "sum_of_minima",
        "min({a}, {b})",
    ),
}


@family(what=tuple(_TOTALS))
def total_over_two_lists(choose: Chooser, what: str) -> Exercise:
    """Dot product, distances and the like."""
    asks, name, expression = _TOTALS[what]
    one, two = (
        expression.format(a="x", b="y"),
        expression.format(a="first[index]", b="second[index]"),
    )
    arguments = [
        (choose.integers(num, -9, 12), choose.integers(num, -9, 12)) for num in (2, 3, 4, 5, 6)
    ]
    return Exercise(
        texts=ask_for(choose.one_of(_EQUAL), asks),
        names=(name, f"{name}_of_lists", f"compute_{name}"),
        solutions=(
            returns("first, second", f"sum({one} for x, y in zip(first, second))"),
            f"""
            def solve(first, second):
                total = 0
                for index in range(len(first)):
                    total += {two}
                return total
            """,
            f"""
            def solve(first, second):
                total = 0
                for x, y in zip(first, second):
                    total += {one}
                return total
            """,
        ),
        arguments=[*arguments, ([], [])],
        synonyms={"x": ("p", "one"), "y": ("q", "other")},
    )


_AGREEMENTS = {
    "equal": ("positions at which the elements of {} are the same", "count_matches", "{a} == {b}"),
    "different": (
        "positions at which the elements of {} differ",
        "count_differences",
        "{a} != {b}",
    ),
    "greater": (
        "indexes where the element of the first of {} is larger than that of the second",
        "count_greater",
        "{a} > {b}",
    ),
    "parity": (
        "indexes where the elements of {} are both even or both odd",
        "count_same_parity",
        "{a} % 2 == {b} % 2",
    ),
}


@family(what=tuple(_AGREEMENTS), result=("count", "list"))
def agreements_of_two_lists(choose: Chooser, what: str, result: str) -> Exercise:
    """Count or list the indexes where two lists agree, differ ..."""
    noun, name, condition = _AGREEMENTS[what]
    one, two = condition.format(a="x", b="y"), condition.format(a="first[index]", b="second[index]")
    arguments: list[tuple[list[int], list[int]]] = []
    for num in (3, 5, 6, 7, 4):
        first = choose.integers(num, 0, 9)
        second = [n if choose.chance(0.4) else choose.integer(0, 9) for n in first]
        arguments.append((first, second))
    if result == "count":
        asks = (f"count the {noun}", f"find the number of {noun}")
        solutions = (
            returns("first, second", f"sum(1 for x, y in zip(first, second) if {one})"),
            f"""
            def solve(first, second):
                count = 0
                for index in range(len(first)):
                    if {two}:
                        count += 1
                return count
            """,
        )
    else:
        noun = noun.replace("positions", "indexes")
        asks = (f"list the {noun}", f"find all {noun}")
        name = name.replace("count", "indexes")
        solutions = (
            returns("first, second", f"[index for index in range(len(first)) if {two}]"),
            f"""
            def solve(first, second):
                result = []
                for index, (x, y) in enumerate(zip(first, second)):
                    if {one}:
                        result.append(index)
                return result
            """,
        )
    return Exercise(
        texts=ask_to(choose.one_of(_EQUAL[:3]), asks, "them"),
        names=(name, f"{name}_in_lists", f"{what}_positions"),
        solutions=solutions,
        arguments=[*arguments, ([1, 2], [1, 2]), ([], [])],
        synonyms={"x": ("p", "one"), "y": ("q", "other")},
    )


_ZIPS = {
    "tuples": Task(
        (
            "combine {} into a list of tuples of corresponding elements",
            "pair up the elements of {} at the same index as tuples",
            "zip {} into a list of pairs",
        ),
        ("zip_lists", "pair_up", "make_pairs"),
        (
            returns("first, second", "list(zip(first, second))"),
            """
            def solve(first, second):
                result = []
                for index in range(len(first)):
                    result.append((first[index], second[index]))
                return result
            """,
        ),
    ),
    "lists": Task(
        (
            "combine {} into a list of two-element lists",
            "merge {} into one list of lists, where each inner list has the elements of one index",
        ),
        ("zip_to_lists", "merge_to_pairs", "combine_lists"),
        (
            returns("first, second", "[[x, y] for x, y in zip(first, second)]"),
            returns("first, second", "list(map(list, zip(first, second)))"),
        ),
    ),
    "dict": Task(
        (
            "make a dictionary from {}: the first has the keys, the second the values",
            "convert {} into a dictionary with the elements of the first list as keys",
        ),
        ("lists_to_dict", "make_dictionary", "zip_to_dict"),
        (
            returns("first, second", "dict(zip(first, second))"),
            """
            def solve(first, second):
                result = {}
                for index in range(len(first)):
                    result[first[index]] = second[index]
                return result
            """,
            returns("first, second", "{x: y for x, y in zip(first, second)}"),
        ),
    ),
    "swapped": Task(
        (
            "combine {} into tuples whose first part comes from the second list",
            "zip {} but with the element of the second list first in each tuple",
        ),
        ("zip_swapped", "reverse_zip", "pair_backwards"),
        (
            returns("first, second", "list(zip(second, first))"),
            returns("first, second", "[(y, x) for x, y in zip(first, second)]"),
        ),
    ),
    "reversed": Task(
        (
            "pair each element of the first of {} with the second list read backwards, as tuples",
            "pair the first element of one of {} with the last of the other, the second with the "
            "second to last and so on",
        ),
        ("pair_with_reverse", "zip_reversed", "cross_pairs"),
        (
            returns("first, second", "list(zip(first, second[::-1]))"),
            returns("first, second", "list(zip(first, reversed(second)))"),
        ),
    ),
}


@family(into=tuple(_ZIPS))
def zip_two_lists(choose: Chooser, into: str) -> Exercise:
    """Combine corresponding elements of two lists."""
    task = _ZIPS[into]
    arguments: list[tuple[list[object], list[object]]] = []
    for num in (2, 3, 4, 5, 3):
        first = choose.sample(sorted({choose.word() for _ in range(12)}), num)
        arguments.append(([*first], [*choose.integers(len(first), 1, 30)]))
    return Exercise(
        texts=ask_to(choose.one_of(_EQUAL), task.asks, "them"),
        names=task.names,
        solutions=task.solutions,
        arguments=[*arguments, ([], [])],
        synonyms={"x": ("p", "one"), "y": ("q", "other")},
    )


_UNZIPS = {
    "two": Task(
        (
            "split {} into two lists, one with the first and one with the second parts, as a tuple",
            "unzip {} into a tuple of two lists",
        ),
        ("unzip", "split_pairs", "separate_pairs"),
        (
            """
            def solve(pairs):
                first = [pair[0] for pair in pairs]
                second = [pair[1] for pair in pairs]
                return (first, second)
            """,
            """
            def solve(pairs):
                first = []
                second = []
                for x, y in pairs:
                    first.append(x)
                    second.append(y)
                return (first, second)
            """,
        ),
    ),
    "flat": Task(
        (
            "turn {} into one flat list",
            "put all parts of {} one after another into a list",
        ),
        ("flatten_pairs", "pairs_to_list", "flat_list"),
        (
            returns("pairs", "[item for pair in pairs for item in pair]"),
            """
            def solve(pairs):
                result = []
                for pair in pairs:
                    result.extend(pair)
                return result
            """,
        ),
    ),
    "swapped": Task(
        (
            "swap the parts of every pair in {}",
            "return {} with the two parts of each pair exchanged",
        ),
        ("swap_pairs", "flip_pairs", "exchange_parts"),
        (
            returns("pairs", "[(y, x) for x, y in pairs]"),
            returns("pairs", "[pair[::-1] for pair in pairs]"),
        ),
    ),
}


@family(into=tuple(_UNZIPS))
def unzip_a_list_of_pairs(choose: Chooser, into: str) -> Exercise:
    """Split, flatten or flip pairs."""
    task = _UNZIPS[into]
    lists = [
        [(choose.integer(0, 20), choose.integer(0, 20)) for _ in range(num)] for num in (2, 3, 4, 5)
    ]
    words = [(choose.word(), choose.integer(1, 9)) for _ in range(3)]
    return Exercise(
        texts=ask_to(
            choose.one_of(("a list of pairs", "a list of tuples", "a given list of pairs")),
            task.asks,
        ),
        names=task.names,
        solutions=task.solutions,
        arguments=[*((pairs,) for pairs in lists), (words,), ([],)],
        synonyms={"pair": ("tup", "t", "p"), "x": ("a", "one"), "y": ("b", "other")},
    )


_INTERLEAVES = {
    "equal": Task(
        (
            "interleave {} so that their elements alternate",
            "merge {} by taking one element of each in turn",
        ),
        ("interleave", "alternate", "interleave_lists"),
        (
            returns("first, second", "[item for pair in zip(first, second) for item in pair]"),
            """
            def solve(first, second):
                result = []
                for index in range(len(first)):
                    result.append(first[index])
                    result.append(second[index])
                return result
            """,
        ),
    ),
    "rest": Task(
        (
            "interleave {} of possibly different lengths; the rest of the longer one comes last",
            "take elements alternately from {} and append what is left of the longer list",
        ),
        ("interleave_unequal", "alternate_merge", "merge_alternately"),
        (
            """
            def solve(first, second):
                result = []
                for index in range(max(len(first), len(second))):
                    if index < len(first):
                        result.append(first[index])
                    if index < len(second):
                        result.append(second[index])
                return result
            """,
            """
            def solve(first, second):
                length = min(len(first), len(second))
                result = []
                for index in range(length):
                    result += [first[index], second[index]]
                return result + first[length:] + second[length:]
            """,
        ),
    ),
    "shortest": Task(
        (
            "interleave {} and stop when the shorter one has no more elements",
            "alternate the elements of {}, ignoring the surplus of the longer list",
        ),
        ("interleave_shortest", "alternate_until_end", "zip_flat"),
        (
            returns("first, second", "[item for pair in zip(first, second) for item in pair]"),
            """
            def solve(first, second):
                result = []
                for x, y in zip(first, second):
                    result.extend([x, y])
                return result
            """,
        ),
    ),
    "second_first": Task(
        (
            "interleave {}, beginning with the second list",
            "alternate the elements of {} so that the second list supplies the first element",
        ),
        ("interleave_from_second", "alternate_second_first", "weave"),
        (
            returns("first, second", "[item for pair in zip(second, first) for item in pair]"),
            """
            def solve(first, second):
                result = []
                for x, y in zip(first, second):
                    result.append(y)
                    result.append(x)
                return result
            """,
        ),
    ),
}


@family(way=tuple(_INTERLEAVES))
def interleave_two_lists(choose: Chooser, way: str) -> Exercise:
    """Take elements of two lists in turn."""
    task = _INTERLEAVES[way]
    equal = way in ("equal", "second_first")
    arguments = []
    for num in (2, 3, 4, 5, 6):
        other = num if equal else choose.integer(0, 6)
        arguments.append((choose.integers(num, 0, 30), choose.integers(other, 0, 30)))
    given = choose.one_of(_EQUAL[:4:2]) if equal else choose.one_of(TWO)
    return Exercise(
        texts=ask_to(given, task.asks, "them"),
        names=task.names,
        solutions=task.solutions,
        arguments=[*arguments, ([], [])],
        synonyms={"x": ("a", "one"), "y": ("b", "other"), "pair": ("p", "tup")},
    )


_THREE = {
    "zip": Task(
        ("combine {} into a list of triples (tuples)", "zip {} into tuples of three elements"),
        ("zip_three", "make_triples", "combine_three"),
        (
            returns("first, second, third", "list(zip(first, second, third))"),
            """
            def solve(first, second, third):
                result = []
                for index in range(len(first)):
                    result.append((first[index], second[index], third[index]))
                return result
            """,
        ),
    ),
    "interleave": Task(
        ("interleave {}", "take one element of each of {} in turn and collect them in one list"),
        ("interleave_three", "merge_three_in_turn", "alternate_three"),
        (
            returns(
                "first, second, third",
                "[item for triple in zip(first, second, third) for item in triple]",
            ),
            """
            def solve(first, second, third):
                result = []
                for x, y, z in zip(first, second, third):
                    result.extend([x, y, z])
                return result
            """,
        ),
    ),
    "add": Task(
        ("add {} element by element", "find the sums of the elements of {} at the same index"),
        ("add_three_lists", "sum_three", "elementwise_sum"),
        (
            returns("first, second, third", "[x + y + z for x, y, z in zip(first, second, third)]"),
            returns(
                "first, second, third",
                "list(map(lambda x, y, z: x + y + z, first, second, third))",
            ),
        ),
    ),
    "max": Task(
        ("find the largest element at each index of {}",),
        ("max_of_three_lists", "largest_at_each_index", "elementwise_max_three"),
        (
            returns(
                "first, second, third", "[max(x, y, z) for x, y, z in zip(first, second, third)]"
            ),
            """
            def solve(first, second, third):
                result = []
                for index in range(len(first)):
                    result.append(max(first[index], second[index], third[index]))
                return result
            """,
        ),
    ),
    "concatenate": Task(
        ("concatenate {}", "join {} to one list, one after another"),
        ("join_three", "concatenate_three", "append_all"),
        (
            returns("first, second, third", "first + second + third"),
            returns("first, second, third", "[*first, *second, *third]"),
        ),
    ),
    "sum": Task(
        ("find the sum of all elements of {}",),
        ("total_of_three", "sum_all_three", "grand_total"),
        (
            returns("first, second, third", "sum(first) + sum(second) + sum(third)"),
            returns("first, second, third", "sum(first + second + third)"),
        ),
    ),
}


@family(way=tuple(_THREE))
def combine_three_lists(choose: Chooser, way: str) -> Exercise:
    """Zip, interleave, add ... three lists of one length."""
    task = _THREE[way]
    given = ("three lists of the same length", "three lists", "three given lists")
    return Exercise(
        texts=ask_to(choose.one_of(given), task.asks, "them"),
        names=task.names,
        solutions=task.solutions,
        arguments=[
            (choose.integers(num, 0, 20), choose.integers(num, 0, 20), choose.integers(num, 0, 20))
            for num in (1, 2, 3, 4, 3)
        ],
        synonyms={"third": ("c", "list3", "z1", "l3"), "triple": ("group", "t")},
    )
