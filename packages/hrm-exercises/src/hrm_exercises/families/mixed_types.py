"""Lists of values of several types: selecting by type, None and truth values."""

import re
from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]


_KEEP_KEY: _Synonyms = {"key": ("key",)}


def _mixed(choose: Chooser, num: tuple[int, int] = (3, 7)) -> list[Any]:
    """Return integers, floats, words, lists and tuples in random order."""
    items: list[Any] = []
    for _ in range(choose.integer(*num)):
        kind = choose.integer(0, 5)
        items.append(
            (
                choose.integer(-9, 50),
                choose.integer(1, 50),
                choose.word(),
                choose.decimal(0.5, 9.5),
                choose.integers((1, 3), 1, 9),
                tuple(choose.integers((1, 2), 1, 9)),
            )[kind]
        )
    return items


_TYPES = {
    "int": ("int", "integers", "an integer"),
    "str": ("str", "strings", "a string"),
    "float": ("float", "floats", "a float"),
    "list": ("list", "lists", "a list"),
    "tuple": ("tuple", "tuples", "a tuple"),
    "number": ("(int, float)", "numbers", "a number"),
}


_PYTHON_TYPES: dict[str, Any] = {
    "int": int,
    "str": str,
    "float": float,
    "list": list,
    "tuple": tuple,
    "number": (int, float),
}


@family(kind=tuple(_TYPES), result=("keep", "remove", "count", "index", "any", "all"))
def elements_of_type(choose: Chooser, kind: str, result: str) -> Exercise:
    """Keep, remove, count or find the elements of a type."""
    name, plural, singular = _TYPES[kind]
    test = f"isinstance(item, {name})"
    negated = f"not {test}"
    expression, start, body, end = {
        "keep": (
            f"[item for item in items if {test}]",
            "result = []",
            f"if {test}:\n                        result.append(item)",
            "result",
        ),
        "remove": (
            f"[item for item in items if {negated}]",
            "result = []",
            f"if {negated}:\n                        result.append(item)",
            "result",
        ),
        "count": (
            f"sum(1 for item in items if {test})",
            "count = 0",
            f"if {test}:\n                        count += 1",
            "count",
        ),
        "index": (
            f"next((index for index, item in enumerate(items) if {test}), -1)",
            "",
            f"if {test}:\n                        return index",
            "-1",
        ),
        "any": (
            f"any({test} for item in items)",
            "",
            f"if {test}:\n                        return True",
            "False",
        ),
        "all": (
            f"all({test} for item in items)",
            "",
            f"if {negated}:\n                        return False",
            "True",
        ),
    }[result]
    texts = {
        "keep": (
            f"keep only the {plural} of a mixed list",
            f"extract all {plural} from a list with values of several types",
            f"Given a list of mixed values, return a list of the {plural} in it.",
            f"get the {plural} out of a list that has other things too",
        ),
        "remove": (
            f"remove all {plural} from a mixed list",
            f"drop the {plural} of a list with values of several types",
            f"Given a list of mixed values, return it without the {plural}.",
        ),
        "count": (
            f"count the {plural} in a mixed list",
            f"find how many elements of a list are {plural}",
            f"Given a list of mixed values, return the number of {plural} in it.",
        ),
        "index": (
            f"find the index of the first element of a list that is {singular}, or -1",
            f"return the position of the first {singular.split(' ', 1)[1]} in a mixed list, -1 "
            "if there "
            "is none",
            "Given a list of mixed values, return the index of the first "
            f"{singular.split(' ', 1)[1]} "
            "(-1 if there is none).",
        ),
        "any": (
            f"check whether a list contains {singular}",
            f"return True if any element of a list is {singular}, else False",
            f"Given a list of mixed values, check if at least one of them is {singular}.",
        ),
        "all": (
            f"check whether all elements of a list are {plural}",
            f"return True if every element of a list is {singular}, else False",
            f"Given a list, check if it has only {plural}.",
        ),
    }[result]
    first = f"{start}\n                " if start else ""
    loop = "index, item in enumerate(items)" if result == "index" else "item in items"
    arguments = []
    for index in range(7):
        items = _mixed(choose)
        if result == "all" and index % 2 == 0:
            items = [item for item in items if isinstance(item, _PYTHON_TYPES[kind])]
        elif result in ("any", "index") and index % 2:
            items = [item for item in items if not isinstance(item, _PYTHON_TYPES[kind])]
        elif result != "all" and index % 2 == 0:
            example = {"str": choose.word(), "float": 2.5, "list": [4, 1], "tuple": (3, 8)}
            items = choose.shuffled([*items, example.get(kind, choose.integer(1, 60))])
        arguments.append((items,))
    return Exercise(
        texts=texts,
        names=(f"{result}_{plural}", f"{result}_{kind}", f"{plural}_in_list", f"{kind}_elements"),
        solutions=(
            f"def solve(items):\n    return {expression}",
            f"""
            def solve(items):
                {first}for {loop}:
                    {body}
                return {end}
            """,
        ),
        arguments=arguments,
    )


_BY_TYPE = {
    "names": (
        "[type(item).__name__ for item in items]",
        "a list of the type names of the elements, such as 'int'",
    ),
    "counts": (
        "",
        "a dictionary that counts the elements by the name of their type, such as 'int'",
    ),
    "groups": (
        "",
        "a dictionary that groups the elements by the name of their type, such as 'str'",
    ),
    "same": (
        "len({type(item) for item in items}) <= 1",
        "whether all elements have the same type (True or False)",
    ),
    "num_types": ("len({type(item) for item in items})", "the number of different types"),
    "pairs": (
        "[(item, type(item).__name__) for item in items]",
        "a list of (element, name of its type) tuples",
    ),
}


@family(wanted=tuple(_BY_TYPE))
def types_of_elements(choose: Chooser, wanted: str) -> Exercise:
    """Name, count, group or compare the types of elements."""
    expression, noun = _BY_TYPE[wanted]
    solutions = [f"def solve(items):\n    return {expression}"] if expression else []
    if wanted == "counts":
        solutions = [
            """
            def solve(items):
                counts = {}
                for item in items:
                    kind = type(item).__name__
                    counts[kind] = counts.get(kind, 0) + 1
                return counts
            """,
            "from collections import Counter\n\ndef solve(items):\n"
            "    return dict(Counter(type(item).__name__ for item in items))",
        ]
    if wanted == "groups":
        solutions = [
            """
            def solve(items):
                result = {}
                for item in items:
                    result.setdefault(type(item).__name__, []).append(item)
                return result
            """,
        ]
    if wanted == "same":
        solutions.append(
            "def solve(items):\n    return all(type(item) is type(items[0]) for item in items)"
        )
    arguments: list[tuple[Any, ...]] = []
    for index in range(7):
        items = (
            choose.words((1, 4))
            if index % 3 == 0 and wanted in ("same", "num_types")
            else _mixed(choose)
        )
        arguments.append((items,))
    return Exercise(
        texts=(
            f"find {noun} in a mixed list",
            f"Given a list of mixed values, return {noun}.",
            f"return {noun}, for a list with elements of several types",
        ),
        names=(f"type_{wanted}", f"{wanted}_of_types", f"types_{wanted}", "element_types"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"kind": ("name", "t", "type_name")},
    )


_SPLIT = {
    "split": (
        "([item for item in items if not isinstance(item, str)], [item for item in items if "
        "isinstance(item, str)])",
        "separate a list of numbers and strings into a tuple of two lists, numbers first",
    ),
    "sum": (
        "sum(item for item in items if not isinstance(item, str))",
        "add up the numbers of a list of numbers and strings",
    ),
    "join": (
        "''.join(item for item in items if isinstance(item, str))",
        "concatenate the strings of a list of numbers and strings",
    ),
    "sorted": (
        "sorted(items, key=lambda item: (isinstance(item, str), item))",
        "sort a list of numbers and strings: numbers first, then strings, both in ascending order",
    ),
    "as_text": (
        "[str(item) for item in items]",
        "convert all elements of a list of numbers and strings to strings",
    ),
    "joined_all": (
        "' '.join(str(item) for item in items)",
        "join a list of numbers and strings to one string with spaces",
    ),
    "doubled": (
        "[item if isinstance(item, str) else 2 * item for item in items]",
        "double the numbers of a list of numbers and strings and leave the strings as they are",
    ),
    "lengths": (
        "[len(item) if isinstance(item, str) else item for item in items]",
        "replace the strings of a list of numbers and strings by their lengths",
    ),
    "upper": (
        "[item.upper() if isinstance(item, str) else item for item in items]",
        "change the strings of a list of numbers and strings to upper case and keep the numbers",
    ),
    "longest": (
        "max((item for item in items if isinstance(item, str)), key=len)",
        "find the longest string in a list of numbers and strings (the first one in a tie)",
    ),
    "largest": (
        "max(item for item in items if isinstance(item, int))",
        "find the largest number in a list of integers and strings",
    ),
}


@family(task=tuple(_SPLIT))
def numbers_and_strings_in_list(choose: Chooser, task: str) -> Exercise:
    """Handle a list that holds integers and strings."""
    expression, does = _SPLIT[task]
    by_hand = {
        "sum": (
            "total = 0",
            "if isinstance(item, int):\n                        total += item",
            "total",
        ),
        "join": (
            "result = ''",
            "if isinstance(item, str):\n                        result += item",
            "result",
        ),
        "doubled": (
            "result = []",
            "if isinstance(item, int):\n                        result.append(item * 2)\n"
            "                    else:\n                        result.append(item)",
            "result",
        ),
        "split": (
            "first, second = [], []",
            "if isinstance(item, str):\n                        second.append(item)\n"
            "                    else:\n                        first.append(item)",
            "first, second",
        ),
    }
    solutions = [f"def solve(items):\n    return {expression}"]
    if task in by_hand:
        start, body, end = by_hand[task]
        solutions.append(f"""
            def solve(items):
                {start}
                for item in items:
                    {body}
                return {end}
            """)
    if task == "sorted":
        solutions.append("""
            def solve(items):
                first = sorted(item for item in items if isinstance(item, int))
                second = sorted(item for item in items if isinstance(item, str))
                return first + second
            """)
    arguments = []
    for _ in range(6):
        items: list[Any] = [*choose.integers((1, 4), 1, 60), *choose.words((1, 3))]
        arguments.append((choose.shuffled(items),))
    short = re.sub("a list of (?:numbers|integers) and strings", "a mixed list", does)
    of_it = short.replace(" of a mixed list", "").replace("a mixed list", "it")
    return Exercise(
        texts=(
            does,
            short,
            "A list contains integers and strings. The function should "
            f"{short.replace('a mixed list', 'this list')}.",
            f"Given a list of integers and words, {of_it}.",
        ),
        names=(f"mixed_{task}", f"{task}_mixed_list", f"{task}_numbers_and_strings"),
        solutions=solutions,
        arguments=arguments,
        synonyms=_KEEP_KEY
        | {"first": ("numbers", "nums", "one"), "second": ("strings", "words", "other")},
    )


_NONE = {
    "remove": (
        "[item for item in items if item is not None]",
        "remove all None values from a list",
    ),
    "count": ("items.count(None)", "count the None values in a list"),
    "zero": ("[0 if item is None else item for item in items]", "replace None by 0 in a list"),
    "value": ("[k if item is None else item for item in items]", "replace None by <k> in a list"),
    "first": (
        "next((item for item in items if item is not None), None)",
        "find the first element of a list that is not None",
    ),
    "average": (
        "",
        "find the average of the numbers in a list, ignoring None; the result is None if there "
        "are no numbers",
    ),
    "sum": (
        "sum(item for item in items if item is not None)",
        "add up the numbers of a list that may contain None",
    ),
    "all": ("all(item is None for item in items)", "check whether all elements of a list are None"),
    "any": ("None in items", "check whether a list contains None"),
    "fill": ("", "replace each None in a list by the element before it (0 at the start)"),
    "positions": (
        "[index for index, item in enumerate(items) if item is None]",
        "list the indices of the None values in a list",
    ),
    "last": (
        "sorted(items, key=lambda item: item is None)",
        "move all None values of a list to its end",
    ),
}


_NONE_BY_HAND = {
    "average": (
        """
            def solve(items):
                values = [item for item in items if item is not None]
                if not values:
                    return None
                return sum(values) / len(values)
            """,
        """
            def solve(items):
                total = 0
                count = 0
                for item in items:
                    if item is not None:
                        total += item
                        count += 1
                return total / count if count else None
            """,
    ),
    "fill": (
        """
            def solve(items):
                result = []
                last = 0
                for item in items:
                    if item is not None:
                        last = item
                    result.append(last)
                return result
            """,
    ),
}


@family(task=tuple(_NONE), container=("list", "tuple"))
def missing_values_in_list(choose: Chooser, task: str, container: str) -> Exercise:
    """Remove, count, replace or skip None."""
    expression, does = _NONE[task]
    parameters = "items, k" if task == "value" else "items"
    solutions = list(_NONE_BY_HAND.get(task, ()))
    if expression:
        solutions.append(f"def solve({parameters}):\n    return {expression}")
    if task in ("remove", "sum", "count"):
        start, body, end = {
            "remove": ("[]", "result.append(item)", "is not"),
            "sum": ("0", "result += item", "is not"),
            "count": ("0", "result += 1", "is"),
        }[task]
        solutions.append(f"""
            def solve(items):
                result = {start}
                for item in items:
                    if item {end} None:
                        {body}
                return result
            """)
    if container == "tuple":
        does = does.replace("a list", "a tuple")
    given = does.replace(f"a {container}", f"this {container}", 1)
    texts = [
        does,
        does.replace("a list", "the given list", 1).replace("a tuple", "the given tuple", 1),
        f"Some elements of a {container} may be None. The function should {given}.",
        f"I have a {container} with missing values (None). Please {given}.",
    ]
    if container == "tuple" and task in ("remove", "zero", "value", "fill", "last"):
        texts = [f"{text.removesuffix('.')}; the result is a list" for text in texts]
        texts = [f"{text}." if text[0].isupper() else text for text in texts]
    arguments: list[tuple[Any, ...]] = []
    for index in range(7):
        some = _with_gaps(choose, task, plain=index % 2 == 0)
        value = some if container == "list" else tuple(some)
        arguments.append((value, choose.integer(1, 9)) if task == "value" else (value,))
    return Exercise(
        texts=texts,
        names=(f"none_{task}", f"{task}_none", f"{task}_missing", f"missing_{task}"),
        solutions=solutions,
        arguments=arguments,
        synonyms=_KEEP_KEY | {"last": ("previous", "current"), "values": ("numbers", "known")},
    )


def _with_gaps(choose: Chooser, task: str, *, plain: bool) -> list[Any]:
    """Return even integers and None; if not `plain`, what makes a check true or false."""
    some: list[Any] = [
        None if choose.chance(0.4) else 2 * choose.integer(-5, 20)
        for _ in range(choose.integer(2, 7))
    ]
    if plain or task not in ("all", "any", "average"):
        return some
    if task == "any":
        return [item or 1 for item in some]
    return [None] * len(some) if task == "all" or choose.chance(0.3) else some


_TRUTH = {
    "keep": (
        "[item for item in items if item]",
        "list(filter(None, items))",
        "keep the truthy elements of a list, so without 0, '', None, empty lists and False",
    ),
    "count": (
        "sum(1 for item in items if item)",
        "sum(map(bool, items))",
        "count the truthy elements of a list",
    ),
    "bools": (
        "[bool(item) for item in items]",
        "list(map(bool, items))",
        "convert the elements of a list to booleans",
    ),
    "any": ("any(items)", "", "check whether any element of a list is truthy"),
    "all": ("all(items)", "", "check whether all elements of a list are truthy"),
    "falsy": ("[item for item in items if not item]", "", "list the falsy elements of a list"),
    "words": (
        "['yes' if item else 'no' for item in items]",
        "",
        "replace truthy elements of a list by 'yes' and falsy ones by 'no'",
    ),
}


@family(task=tuple(_TRUTH))
def truth_of_elements(choose: Chooser, task: str) -> Exercise:
    """Select or convert elements by their truth value."""
    one, two, does = _TRUTH[task]
    arguments = []
    falsy: tuple[Any, ...] = (0, "", None, [], False, 0.0)
    for index in range(7):
        items: list[Any] = [
            choose.one_of(falsy)
            if choose.chance(0.5)
            else choose.one_of((choose.word(), 7, [0], True, "0"))
            for _ in range(choose.integer(2, 6))
        ]
        if task == "all" and index % 2:
            items = [item or 1 for item in items]
        if task == "any" and index % 2:
            items = [choose.one_of(falsy) for _ in items]
        arguments.append((items,))
    return Exercise(
        texts=(
            does,
            does.replace("a list", "the given list", 1),
            f"Given a list of any values, {does.replace(' of a list', '', 1)}.",
        ),
        names=(f"truthy_{task}", f"{task}_truthy", f"truth_{task}", f"{task}_by_truth"),
        solutions=[f"def solve(items):\n    return {way}" for way in (one, two) if way],
        arguments=arguments,
    )
