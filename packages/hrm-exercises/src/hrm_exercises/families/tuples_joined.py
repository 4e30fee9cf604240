"""Joining tuples, tuples of text, nested conversions and dictionaries of sequences."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]

_TWO: _Synonyms = {
    "first": ("tup1", "a", "t1", "tuple1", "x"),
    "second": ("tup2", "b", "t2", "tuple2", "y"),
}

_JOINS = {
    "concatenate": ("first + second", "(*first, *second)", "concatenate two tuples"),
    "nested": (
        "(first, second)",
        "tuple([first, second])",
        "put two tuples into one tuple as its two elements",
    ),
    "reversed": ("second + first", "(*second, *first)", "join two tuples, the second one first"),
    "interleave": (
        "tuple(x for pair in zip(first, second) for x in pair)",
        "",
        "interleave two tuples of equal length: first, second, first, second and so on",
    ),
    "pairs": (
        "tuple(zip(first, second))",
        "",
        "combine two tuples of equal length to a tuple of pairs",
    ),
    "list": ("list(first) + list(second)", "[*first, *second]", "join two tuples to one list"),
    "sorted": (
        "tuple(sorted(first + second))",
        "",
        "merge two tuples of numbers to one tuple in ascending order",
    ),
    "unique": (
        "tuple(dict.fromkeys(first + second))",
        "",
        "join two tuples without repetitions, in the order of first occurrence",
    ),
}


@family(way=tuple(_JOINS))
def join_two_tuples(choose: Chooser, way: str) -> Exercise:
    """Concatenate, nest, interleave or merge two tuples."""
    one, two, does = _JOINS[way]
    solutions = [
        f"def solve(first, second):\n    return {expression}"
        for expression in (one, two)
        if expression
    ]
    if way == "interleave":
        solutions.append("""
            def solve(first, second):
                result = ()
                for index in range(len(first)):
                    result += (first[index], second[index])
                return result
            """)
    if way == "unique":
        solutions.append("""
            def solve(first, second):
                result = []
                for item in first + second:
                    if item not in result:
                        result.append(item)
                return tuple(result)
            """)
    arguments: list[tuple[Any, ...]] = []
    for index in range(6):
        size = choose.integer(1, 5)
        other = size if way in ("interleave", "pairs") else choose.integer(1, 5)
        if index % 3 == 0 and way != "sorted":
            arguments.append((tuple(choose.words(size)), tuple(choose.words(other))))
        else:
            first, second = choose.integers(size, 0, 9), choose.integers(other, 0, 9)
            arguments.append((tuple(first), tuple(second)))
    return Exercise(
        texts=(
            does,
            does.replace("two tuples", "two given tuples"),
            f"Given tuples <first> and <second>, {does.replace('two tuples', 'them', 1)}.",
            f"{does}{',' if ',' in does else ''} and return the result",
        ),
        names=(f"{way}_tuples", f"tuple_{way}", f"join_{way}", "join_tuples"),
        solutions=solutions,
        arguments=arguments,
        synonyms=_TWO,
    )


_TEXTS = {
    "joined": ("''.join(record)", "concatenate the strings of a tuple"),
    "spaced": ("' '.join(record)", "join the strings of a tuple with spaces"),
    "dashed": ("'-'.join(record)", "join the strings of a tuple with hyphens"),
    "separator": ("text.join(record)", "join the strings of a tuple with the separator <text>"),
    "longest": (
        "max(record, key=len)",
        "find the longest string of a tuple (the first one in a tie)",
    ),
    "lengths": (
        "tuple(len(word) for word in record)",
        "return the lengths of the strings of a tuple as a tuple",
    ),
    "upper": (
        "tuple(word.upper() for word in record)",
        "convert all strings of a tuple to upper case",
    ),
    "firsts": (
        "tuple(word[0] for word in record)",
        "return a tuple of the first letters of the strings of a tuple",
    ),
    "sorted": ("tuple(sorted(record))", "sort a tuple of strings in alphabetical order"),
    "dict": (
        "{word: len(word) for word in record}",
        "map each string of a tuple to its length in a dictionary",
    ),
    "total": (
        "sum(len(word) for word in record)",
        "find the total number of characters in a tuple of strings",
    ),
    "long": (
        "tuple(word for word in record if len(word) > 5)",
        "keep the strings of a tuple with more than 5 letters",
    ),
}


@family(task=tuple(_TEXTS))
def tuple_of_strings(choose: Chooser, task: str) -> Exercise:
    """Join, measure or change the strings of a tuple."""
    expression, does = _TEXTS[task]
    of_it = does.replace("a tuple of strings", "it").replace("strings of a tuple", "strings of it")
    of_it = of_it.replace("string of a tuple", "string of it").replace("in a tuple", "in it")
    parameters = "record, text" if task == "separator" else "record"
    others = {
        "lengths": "tuple(map(len, record))",
        "upper": "tuple(map(str.upper, record))",
        "total": "len(''.join(record))",
    }
    solutions = [f"def solve({parameters}):\n    return {expression}"]
    if task in others:
        solutions.append(f"def solve({parameters}):\n    return {others[task]}")
    if task == "joined":
        solutions.append("""
            def solve(record):
                result = ''
                for word in record:
                    result += word
                return result
            """)
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        words = tuple(choose.words((1, 5)))
        arguments.append(
            (words, choose.one_of(("+", ", ", "_"))) if task == "separator" else (words,)
        )
    return Exercise(
        texts=(
            does,
            does.replace("strings of a tuple", "strings of the given tuple"),
            f"Given a tuple of words, {of_it}.",
            f"I have a tuple of strings and want to {of_it}.",
        ),
        names=(f"tuple_{task}", f"{task}_of_strings", f"strings_{task}", f"{task}_tuple"),
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "key": ("key",),
            "record": ("tup", "t", "test_tup", "values"),
            "text": ("sep", "separator", "delimiter"),
        },
    )


_INNER = {
    "ints": ("int(item)", "a {outer} of {inner}s of numeric strings", "integers"),
    "texts": ("str(item)", "a {outer} of {inner}s of integers", "strings"),
    "floats": ("float(item)", "a {outer} of {inner}s of strings like '1.5'", "floats"),
    "negated": ("-item", "a {outer} of {inner}s of integers", "numbers with the opposite sign"),
    "squares": ("item ** 2", "a {outer} of {inner}s of integers", "squares"),
}


@family(kind=tuple(_INNER), outer=("list", "tuple"), inner=("list", "tuple"))
def convert_inner_elements(choose: Chooser, kind: str, outer: str, inner: str) -> Exercise:
    """Convert each element of the lists or tuples in a list or tuple."""
    expression, pattern, wanted = _INNER[kind]
    given = pattern.format(outer=outer, inner=inner)
    target = f"a {outer} of {inner}s of {wanted}"
    body = f"{expression} for item in row"
    part = f"[{body}]" if inner == "list" else f"tuple({body})"
    whole = f"[{part} for row in matrix]" if outer == "list" else f"tuple({part} for row in matrix)"
    mapped = {"ints": "int", "texts": "str", "floats": "float"}.get(kind)
    solutions = [f"def solve(matrix):\n    return {whole}"]
    if mapped:
        part = f"{inner}(map({mapped}, row))"
        whole = (
            f"[{part} for row in matrix]" if outer == "list" else f"tuple({part} for row in matrix)"
        )
        solutions.append(f"def solve(matrix):\n    return {whole}")
    arguments = []
    for _ in range(6):
        rows: list[Any] = []
        for _ in range(choose.integer(1, 4)):
            numbers: list[Any] = choose.integers((1, 3), -9, 60)
            if kind == "ints":
                numbers = [str(number) for number in numbers]
            if kind == "floats":
                numbers = [str(number / 4) for number in numbers]
            rows.append(numbers if inner == "list" else tuple(numbers))
        arguments.append((rows if outer == "list" else tuple(rows),))
    return Exercise(
        texts=(
            f"convert {given} to {target}",
            f"Given {given}, return {target}.",
            f"turn {given} into {target}",
        ),
        names=(
            f"nested_to_{kind}",
            f"convert_nested_{kind}",
            f"inner_{kind}",
            f"{kind}_in_{outer}",
        ),
        solutions=solutions,
        arguments=arguments,
    )


_TO_DICT = {
    "alternating": (
        "items",
        "{items[index]: items[index + 1] for index in range(0, len(items), 2)}",
        "a flat {} of alternating keys and values",
        "a dictionary of the keys and values",
    ),
    "indices": (
        "items",
        "dict(enumerate(items))",
        "a {}",
        "a dictionary that maps indices to elements",
    ),
    "positions": (
        "items",
        "{item: index for index, item in enumerate(items)}",
        "a {} of distinct elements",
        "a dictionary that maps each element to its index",
    ),
    "neighbors": (
        "items",
        "dict(zip(items, items[1:]))",
        "a {} of distinct elements",
        "a dictionary that maps each element but the last to the next one",
    ),
    "constant": (
        "items, k",
        "dict.fromkeys(items, k)",
        "a {} of distinct elements and a number <k>",
        "a dictionary in which each element has the value <k>",
    ),
    "first_rest": (
        "matrix",
        "{row[0]: row[1:] for row in matrix}",
        "a {} of tuples",
        "a dictionary that maps the first element of each tuple to a tuple of the others",
    ),
    "triples": (
        "matrix",
        "{a: (b, c) for a, b, c in matrix}",
        "a {} of three-element tuples",
        "a dictionary from the first element of each tuple to a tuple of the other two",
    ),
}


@family(kind=tuple(_TO_DICT), container=("list", "tuple"))
def sequence_to_dict(choose: Chooser, kind: str, container: str) -> Exercise:
    """Make a dict of a list or tuple."""
    parameters, expression, given, wanted = _TO_DICT[kind]
    given = given.format(container)
    others = {
        "alternating": "dict(zip(items[::2], items[1::2]))",
        "indices": "{index: item for index, item in enumerate(items)}",
        "neighbors": "{items[index]: items[index + 1] for index in range(len(items) - 1)}",
        "constant": "{item: k for item in items}",
    }
    solutions = [f"def solve({parameters}):\n    return {expression}"]
    if kind in others:
        solutions.append(f"def solve({parameters}):\n    return {others[kind]}")
    if kind == "first_rest":
        solutions.append("""
            def solve(matrix):
                result = {}
                for name, *rest in matrix:
                    result[name] = tuple(rest)
                return result
            """)
    arguments: list[tuple[Any, ...]] = []
    for index in range(6):
        size = choose.integer(2, 5)
        some: list[Any] = choose.sample(range(1, 30), size)
        labels = list(dict.fromkeys(choose.words(size + 1)))[:size]
        if parameters == "matrix":
            width = 3 if kind == "triples" else choose.integer(2, 4)
            some = [(label, *choose.integers(width - 1, 1, 30)) for label in labels]
        elif kind == "alternating":
            some = [part for pair in zip(labels, some, strict=False) for part in pair]
        elif index % 2:
            some = labels
        value: Any = some if container == "list" else tuple(some)
        arguments.append((value, choose.integer(0, 9)) if kind == "constant" else (value,))
    return Exercise(
        texts=(
            f"convert {given} to {wanted}",
            f"Given {given}, return {wanted}.",
            f"make {wanted} from {given}",
            f"I have {given} and need {wanted}.",
        ),
        names=(f"{container}_to_dict", f"{kind}_dict", f"to_dict_{kind}", "make_dict"),
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "a": ("x", "name", "label"),
            "b": ("y", "second"),
            "c": ("z", "third"),
            "name": ("label", "head"),
            "rest": ("others", "tail"),
        },
    )
