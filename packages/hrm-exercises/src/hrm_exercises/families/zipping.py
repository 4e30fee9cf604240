"""Pairing, unzipping, flattening and crossing sequences."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]


_PAIRS: _Synonyms = {"pairs": ("tuples", "tuple_list", "lst", "data", "list_of_pairs", "items")}


_ZIPPED = {
    "two": (
        "first, second",
        "list(zip(first, second))",
        "(first[index], second[index])",
    ),
    "reversed": (
        "first, second",
        "list(zip(first, reversed(second)))",
        "(first[index], second[len(second) - 1 - index])",
    ),
    "numbered": ("first", "list(enumerate(first))", "(index, first[index])"),
    "numbered_from_one": (
        "first",
        "list(enumerate(first, 1))",
        "(index + 1, first[index])",
    ),
    "squares": ("first", "[(x, x ** 2) for x in first]", "(first[index], first[index] ** 2)"),
    "lengths": ("first", "[(x, len(x)) for x in first]", "(first[index], len(first[index]))"),
    "swapped": ("first, second", "list(zip(second, first))", "(second[index], first[index])"),
}


@family(kind=tuple(_ZIPPED))
def make_pairs_from_lists(choose: Chooser, kind: str) -> Exercise:
    """Make a list of pairs of one or two lists."""
    parameters, expression, by_index = _ZIPPED[kind]
    texts = {
        "two": (
            "combine two lists into a list of tuples",
            "pair up the elements of two lists of equal length",
            "Given two lists of the same length, return a list of tuples with one element of each.",
            "zip two lists",
        ),
        "reversed": (
            "pair the elements of a list with those of a second list in reverse order",
            "zip a list with the reverse of another list of the same length",
            "Given two lists of equal length, pair the first element of the one with the last "
            "element "
            "of the other, the second with the second last, and so on.",
        ),
        "numbered": (
            "convert a list to a list of (index, item) tuples",
            "pair each element of a list with its index",
            "Given a list, return a list of tuples which hold the index and the element.",
        ),
        "numbered_from_one": (
            "number the items of a list from 1 and return (number, item) tuples",
            "pair each element of a list with its position, where the first position is 1",
            "Given a list, return a list of tuples of a running number that starts at 1 and the "
            "item.",
        ),
        "squares": (
            "create a list of tuples from a list of numbers, each with the number and its square",
            "pair each number in a list with its square",
            "Given a list of integers, return a list of (number, square) tuples.",
        ),
        "lengths": (
            "create a list of tuples of each word in a list and its length",
            "pair each string of a list with the number of its characters",
            "Given a list of strings, return (string, length) tuples in the same order.",
        ),
        "swapped": (
            "combine two lists into tuples with the element of the second list first",
            "zip two lists the other way round: the item of the second list comes first in each "
            "tuple",
            "Given lists <first> and <second> of equal length, return a list of tuples (element of "
            "<second>, element of <first>).",
        ),
    }[kind]
    arguments: list[tuple[Any, ...]] = []
    for index in range(6):
        size = choose.integer(1, 6)
        words, numbers = choose.words(size), choose.integers(size, 0, 30)
        one: list[Any] = (
            words if kind == "lengths" or (index % 2 and kind != "squares") else numbers
        )
        arguments.append((one,) if "," not in parameters else (one, choose.integers(size, 0, 30)))
    arguments.append(([],) if "," not in parameters else ([], []))
    return Exercise(
        texts=texts,
        names=(f"make_pairs_{kind}", "make_tuples", "list_of_tuples", f"pairs_{kind}", "pair_up"),
        solutions=(
            f"def solve({parameters}):\n    return {expression}",
            f"""
            def solve({parameters}):
                return [{by_index} for index in range(len(first))]
            """,
        ),
        arguments=arguments,
    )


@family(result=("two_lists", "list_of_lists", "list_of_tuples"), size=(2, 3))
def unzip_tuples(choose: Chooser, result: str, size: int) -> Exercise:
    """Split a list of tuples into one list or tuple for each place."""
    number = {2: "two", 3: "three"}[size]
    columns = ", ".join(f"[pair[{index}] for pair in pairs]" for index in range(size))
    texts, solutions = {
        "two_lists": (
            (
                f"split a list of {number}-element tuples into {number} lists, returned as a tuple",
                f"unzip a list of tuples of length {size} into a tuple of {number} lists",
                f"Given a list of tuples with {number} elements each, return {number} lists: one "
                "for "
                "each position.",
            ),
            (
                f"def solve(pairs):\n    return {columns}",
                "def solve(pairs):\n    return tuple(list(column) for column in zip(*pairs))",
            ),
        ),
        "list_of_lists": (
            (
                f"convert a list of {number}-element tuples to a list of {number} lists, one a "
                "place",
                f"turn a list of tuples of length {size} into a list of its columns, each one a "
                "list",
                f"Given a list of tuples with {number} elements each, collect the elements at "
                "each place "
                "in a list, and return a list of these lists.",
            ),
            (
                f"def solve(pairs):\n    return [{columns}]",
                "def solve(pairs):\n    return [list(column) for column in zip(*pairs)]",
                "def solve(pairs):\n    return list(map(list, zip(*pairs)))",
            ),
        ),
        "list_of_tuples": (
            (
                f"unzip a list of {number}-element tuples into a list of {number} tuples",
                f"transpose a list of tuples of length {size}",
                f"Given a list of tuples with {number} elements each, return a list of {number} "
                "tuples "
                "with all first elements, all second elements and so on.",
            ),
            (
                "def solve(pairs):\n    return list(zip(*pairs))",
                f"""
                def solve(pairs):
                    return [tuple(pair[index] for pair in pairs) for index in range({size})]
                """,
            ),
        ),
    }[result]
    arguments = []
    for _ in range(6):
        rows = [
            (choose.word(), *choose.integers(size - 1, 0, 30))
            if choose.chance(0.3)
            else tuple(choose.integers(size, 0, 30))
            for _ in range(choose.integer(1, 5))
        ]
        arguments.append((rows,))
    return Exercise(
        texts=texts,
        names=("unzip", "unzip_tuples", "split_tuples", "tuples_to_columns", "unzip_list"),
        solutions=solutions,
        arguments=arguments,
        synonyms=_PAIRS,
    )


_FLAT = {
    "list": ("[x for pair in pairs for x in pair]", "a flat list"),
    "sorted": ("sorted(x for pair in pairs for x in pair)", "a flat list in ascending order"),
    "unique": (
        "sorted(set(x for pair in pairs for x in pair))",
        "a sorted list without duplicates",
    ),
    "tuple": ("tuple(x for pair in pairs for x in pair)", "one flat tuple"),
    "text": (
        "' '.join(str(x) for pair in pairs for x in pair)",
        "a string with spaces between them",
    ),
    "commas": (
        "','.join(str(x) for pair in pairs for x in pair)",
        "a string with commas between them",
    ),
    "sum": ("sum(x for pair in pairs for x in pair)", "the sum of all numbers"),
    "largest": ("max(x for pair in pairs for x in pair)", "the largest of all numbers"),
}


@family(result=tuple(_FLAT))
def flatten_list_of_tuples(choose: Chooser, result: str) -> Exercise:
    """Flatten tuples into a list, text or number."""
    expression, noun = _FLAT[result]
    chained = expression.replace("x for pair in pairs for x in pair", "chain.from_iterable(pairs)")
    chained = chained.replace("[chain.from_iterable(pairs)]", "list(chain.from_iterable(pairs))")
    chained = chained.replace(
        "str(x) for pair in pairs for x in pair", "map(str, chain.from_iterable(pairs))"
    )
    texts: tuple[str, ...] = (
        f"flatten a list of tuples into {noun}",
        f"put the numbers of all tuples in a list into {noun}",
        f"Given a list of tuples of numbers, return all their elements as {noun}.",
        f"take all numbers of all tuples in a list and return them as {noun}",
    )
    if result in ("sum", "largest"):
        texts = (
            f"find {noun} in the tuples of a list",
            f"return {noun} in a list of tuples of integers",
            f"Given a list of tuples of numbers, return {noun} in them.",
            f"go through all tuples of a list and find {noun}",
        )
    return Exercise(
        texts=texts,
        names=(f"flatten_{result}", f"tuples_to_{result}", "flatten_tuples", f"{result}_of_tuples"),
        solutions=(
            f"def solve(pairs):\n    return {expression}",
            f"from itertools import chain\n\ndef solve(pairs):\n    return {chained}",
        ),
        arguments=[
            ([tuple(choose.integers((1, 3), 0, 20)) for _ in range(choose.integer(1, 5))],)
            for _ in range(6)
        ],
        synonyms=_PAIRS | {"pair": ("tup", "t", "group")},
    )


_CROSSED = {
    "all": ("[(a, b) for a in first for b in second]", "all pairs with one element from each"),
    "different": (
        "[(a, b) for a in first for b in second if a != b]",
        "all pairs of two different elements, one from each",
    ),
    "smaller": (
        "[(a, b) for a in first for b in second if a < b]",
        "all pairs (x, y) of an element x of the first and a larger element y of the second",
    ),
    "sums": (
        "[a + b for a in first for b in second]",
        "the sums of all pairs with one element from each",
    ),
    "even": (
        "[(a, b) for a in first for b in second if (a + b) % 2 == 0]",
        "all pairs with an even sum, one element from each",
    ),
}


@family(kind=tuple(_CROSSED), container=("lists", "tuples"))
def cross_two_sequences(choose: Chooser, kind: str, container: str) -> Exercise:
    """List pairs of an element of one sequence and an element of another."""
    expression, noun = _CROSSED[kind]
    value, *rest = expression[1:-1].split(" for a in first for b in second")
    of_product = expression.replace("a in first for b in second", "a, b in product(first, second)")
    condition = rest[0].strip() if rest else ""
    body = f"result.append({value})"
    inner = f"{condition}:\n                            {body}" if condition else body
    arguments = []
    for _ in range(6):
        pair = (choose.integers((1, 4), 1, 9), choose.integers((1, 3), 1, 9))
        arguments.append(pair if container == "lists" else (tuple(pair[0]), tuple(pair[1])))
    return Exercise(
        texts=(
            f"list {noun} of two {container}",
            f"Given two {container} of numbers, return a list of {noun}.",
            f"generate {noun} of two given {container}",
            f"combine two {container} of integers: return {noun}, in order",
        ),
        names=(f"{kind}_pairs", "cross_lists", f"combine_{container}", f"pairs_of_{container}"),
        solutions=(
            f"def solve(first, second):\n    return {expression}",
            f"""
            def solve(first, second):
                result = []
                for a in first:
                    for b in second:
                        {inner}
                return result
            """,
            f"""
            from itertools import product

            def solve(first, second):
                return {of_product}
            """,
        ),
        arguments=arguments,
        synonyms={"a": ("x", "i", "one"), "b": ("y", "j", "other")},
    )
