"""Dictionaries of dictionaries, at two levels and at any depth."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]


_NAMES: _Synonyms = {
    "name": ("k", "label", "group"),
    "values": ("numbers", "items", "lst", "vals"),
    "inner": ("sub", "d2", "part", "info"),
    "key": ("key",),
}


def _labels(choose: Chooser, num: tuple[int, int]) -> list[str]:
    """Return distinct words, names or letters."""
    size = choose.integer(*num)
    if choose.chance(0.3):
        return choose.sample("abcdef", size)
    draw = choose.word if choose.chance(0.5) else choose.person
    return list(dict.fromkeys(draw() for _ in range(size + 2)))[:size]


def _nested(choose: Chooser, num: tuple[int, int] = (1, 3)) -> dict[str, dict[str, int]]:
    """Return a dict of dicts of numbers; the inner keys repeat."""
    inner = choose.one_of((["apples", "pears", "plums"], ["math", "art", "music"], ["x", "y", "z"]))
    return {
        label: {key: choose.integer(1, 50) for key in choose.sample(inner, (2, 3))}
        for label in _labels(choose, num)
    }


_INNER = {
    "total": (
        "sum(sum(inner.values()) for inner in mapping.values())",
        "the sum of all inner values",
    ),
    "per_outer": (
        "{name: sum(inner.values()) for name, inner in mapping.items()}",
        "a dictionary of the sums of the inner values for each outer key",
    ),
    "per_inner": ("", "a dictionary that has for each inner key the sum of its values"),
    "largest": (
        "max(value for inner in mapping.values() for value in inner.values())",
        "the largest inner value",
    ),
    "best_inner": (
        "{name: max(inner, key=inner.get) for name, inner in mapping.items()}",
        "a dictionary that maps each outer key to the inner key with the largest value",
    ),
    "best_outer": (
        "max(mapping, key=lambda name: sum(mapping[name].values()))",
        "the outer key with the largest sum of inner values (the first one in a tie)",
    ),
    "inner_keys": (
        "sorted({label for inner in mapping.values() for label in inner})",
        "a sorted list of all inner keys, each once",
    ),
    "count": ("sum(len(inner) for inner in mapping.values())", "the number of inner items"),
    "triples": (
        "[(name, label, value) for name, inner in mapping.items() for label, value in "
        "inner.items()]",
        "a list of (outer key, inner key, value) tuples",
    ),
    "flattened": (
        "{name + '.' + label: value for name, inner in mapping.items() for label, value in "
        "inner.items()}",
        "a flat dictionary with keys like 'outer.inner'",
    ),
    "swapped": (
        "",
        "a dictionary of dictionaries in which the outer and the inner keys are swapped",
    ),
    "averages": (
        "{name: round(sum(inner.values()) / len(inner), 1) for name, inner in mapping.items()}",
        "a dictionary of the average of the inner values (rounded to 1 digit) for each outer key",
    ),
}


@family(wanted=tuple(_INNER))
def summarize_nested_dict(choose: Chooser, wanted: str) -> Exercise:
    """Return a figure, list or dict made of a dict of dicts."""
    expression, noun = _INNER[wanted]
    loops = {
        "total": ("0", "result += value"),
        "per_outer": ("{}", "result[name] = result.get(name, 0) + value"),
        "per_inner": ("{}", "result[label] = result.get(label, 0) + value"),
        "triples": ("[]", "result.append((name, label, value))"),
        "flattened": ("{}", "result[name + '.' + label] = value"),
        "swapped": ("{}", "result.setdefault(label, {})[name] = value"),
    }
    solutions = [f"def solve(mapping):\n    return {expression}"] if expression else []
    if wanted in loops:
        start, step = loops[wanted]
        unpacked = "name, inner in mapping.items()"
        if wanted in ("total", "per_inner"):
            unpacked = "inner in mapping.values()"
        values = "label, value in inner.items()" if "label" in step else "value in inner.values()"
        solutions.append(f"""
            def solve(mapping):
                result = {start}
                for {unpacked}:
                    for {values}:
                        {step}
                return result
            """)
    if wanted == "per_inner":
        solutions.append("""
            from collections import Counter

            def solve(mapping):
                totals = Counter()
                for inner in mapping.values():
                    totals.update(inner)
                return dict(totals)
            """)
    if wanted == "swapped":
        solutions.append("""
            from collections import defaultdict

            def solve(mapping):
                result = defaultdict(dict)
                for name, inner in mapping.items():
                    for label, value in inner.items():
                        result[label][name] = value
                return dict(result)
            """)
    arguments = []
    for _ in range(6):
        nested = _nested(choose)
        if wanted == "best_inner":
            nested = {
                name: {
                    label: 3 * place + value % 3
                    for place, (label, value) in enumerate(inner.items())
                }
                for name, inner in nested.items()
            }
            nested = {
                name: dict(choose.shuffled(list(inner.items()))) for name, inner in nested.items()
            }
        arguments.append((nested,))
    return Exercise(
        texts=(
            f"return {noun}, given a dictionary of dictionaries",
            f"Given a nested dictionary (a dict of dicts of numbers), return {noun}.",
            f"take a dictionary whose values are dictionaries of numbers and return {noun}",
            f"I have a dict of dicts. I want {noun}.",
        ),
        names=(f"nested_{wanted}", f"{wanted}_of_nested", f"nested_dict_{wanted}", f"get_{wanted}"),
        solutions=solutions,
        arguments=arguments,
        synonyms=_NAMES
        | {"label": ("sub_key", "inner_key", "field"), "totals": ("counter", "sums")},
    )


_PATHS = {
    "two": (
        "first, second",
        "mapping[first][second]",
        "the value at <first> and then <second> in a nested dictionary",
    ),
    "default": (
        "first, second, k",
        "mapping.get(first, {}).get(second, k)",
        "the value at <first> and then <second> in a nested dictionary, or <k> if a key is missing",
    ),
    "list": (
        "items",
        "",
        "the value in a nested dictionary that is reached by the list of keys <items>",
    ),
    "missing": (
        "items",
        "",
        "the value in a nested dictionary that is reached by the list of keys <items>, or None "
        "if a key is missing",
    ),
    "has": ("first, second", "first in mapping and second in mapping[first]", ""),
}


@family(kind=tuple(_PATHS))
def look_up_in_nested_dict(choose: Chooser, kind: str) -> Exercise:
    """Read a nested dict by two keys or by a path."""
    parameters, expression, noun = _PATHS[kind]
    if kind == "has":
        texts: tuple[str, ...] = (
            "check whether a nested dictionary has the key <first> and, under it, the key <second>",
            "Given a dictionary of dictionaries and two keys, return True if the first key "
            "exists and its "
            "dictionary has the second key, else False.",
            "check if the inner key <second> exists under the outer key <first> of a dict of dicts",
        )
    else:
        texts = (
            f"return {noun}",
            f"find {noun}",
            f"look up {noun}",
            f"Return {noun}.",
        )
    solutions = {
        "list": (
            """
            def solve(mapping, items):
                for item in items:
                    mapping = mapping[item]
                return mapping
            """,
            """
            from functools import reduce

            def solve(mapping, items):
                return reduce(lambda part, item: part[item], items, mapping)
            """,
            """
            def solve(mapping, items):
                if not items:
                    return mapping
                return solve(mapping[items[0]], items[1:])
            """,
        ),
        "missing": (
            """
            def solve(mapping, items):
                for item in items:
                    if not isinstance(mapping, dict) or item not in mapping:
                        return None
                    mapping = mapping[item]
                return mapping
            """,
        ),
        "default": (
            f"def solve(mapping, {parameters}):\n    return {expression}",
            """
            def solve(mapping, first, second, k):
                if first in mapping and second in mapping[first]:
                    return mapping[first][second]
                return k
            """,
        ),
        "has": (
            f"def solve(mapping, {parameters}):\n    return {expression}",
            f"def solve(mapping, {parameters}):\n    return second in mapping.get(first, {{}})",
        ),
    }.get(kind, (f"def solve(mapping, {parameters}):\n    return {expression}",))
    arguments: list[tuple[Any, ...]] = []
    for index in range(6):
        mapping: dict[str, Any] = dict(_nested(choose, (2, 3)))
        outer = choose.one_of(list(mapping))
        inner = choose.one_of(list(mapping[outer]))
        if kind in ("default", "has", "missing") and index % 2:
            outer, inner = choose.one_of(((outer, "none"), ("none", inner)))
        if parameters == "items":
            deep = index % 3 == 0 and outer in mapping and inner in mapping[outer]
            if deep:
                mapping[outer] = {**mapping[outer], inner: {"total": choose.integer(1, 99)}}
            arguments.append((mapping, [outer, inner, *(["total"] if deep else [])]))
        elif kind == "default":
            arguments.append((mapping, outer, inner, choose.integer(-1, 0)))
        else:
            arguments.append((mapping, outer, inner))
    return Exercise(
        texts=texts,
        names=(f"nested_get_{kind}", "get_nested", "deep_get", f"look_up_{kind}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "first": ("outer", "a", "key1"),
            "second": ("inner", "b", "key2"),
            "items": ("keys", "path"),
            "item": ("step", "name"),
            "k": ("default",),
            "part": ("level", "current"),
        },
    )


_DEEP = {
    "sum": ("0", "total += solve(value)", "total += value", "the sum of all numbers"),
    "count": (
        "0",
        "total += solve(value)",
        "total += 1",
        "the number of values that are not dictionaries",
    ),
    "depth": (
        "1",
        "total = max(total, 1 + solve(value))",
        "",
        "the depth (1 for a dictionary without inner ones)",
    ),
    "keys": (
        "[]",
        "total += [name] + solve(value)",
        "total.append(name)",
        "a list of all keys at all levels (each followed by the keys inside it)",
    ),
    "values": (
        "[]",
        "total += solve(value)",
        "total.append(value)",
        "a list of all values that are not dictionaries",
    ),
    "largest": ("[]", "total.append(solve(value))", "total.append(value)", "the largest number"),
}


@family(task=tuple(_DEEP))
def deeply_nested_dict(choose: Chooser, task: str) -> Exercise:
    """Handle a dict that is nested to any depth, by recursion."""
    start, inner, plain, noun = _DEEP[task]
    items = "name, value in mapping.items()" if task == "keys" else "value in mapping.values()"
    rest = f"\n                    else:\n                        {plain}" if plain else ""
    end = "max(total)" if task == "largest" else "total"
    solutions = [
        f"""
            def solve(mapping):
                total = {start}
                for {items}:
                    if isinstance(value, dict):
                        {inner}{rest}
                return {end}
            """
    ]
    recursive = "solve(value) if isinstance(value, dict) else {} for value in mapping.values()"
    one_line = {
        "sum": f"sum({recursive.format('value')})",
        "count": f"sum({recursive.format('1')})",
        "largest": f"max({recursive.format('value')})",
    }.get(task)
    if one_line:
        solutions.append(f"def solve(mapping):\n    return {one_line}")
    arguments = []
    for _ in range(6):
        mapping: dict[str, Any] = {}
        for label in _labels(choose, (1, 3)):
            deeper: Any = {"x": choose.integer(1, 9), "y": {"z": choose.integer(1, 9)}}
            some = {"p": choose.integer(1, 30), "q": choose.integer(1, 30)}
            mapping[label] = choose.one_of((choose.integer(1, 50), some, deeper))
        arguments.append((mapping,))
    return Exercise(
        texts=(
            f"find {noun} in a dictionary that is nested to any depth",
            f"return {noun} of a nested dictionary of numbers",
            "Given a dictionary whose values are numbers or such dictionaries again, return "
            f"{noun}.",
            f"compute by recursion {noun} in a nested dict",
        ),
        names=(f"nested_dict_{task}", f"deep_{task}", f"{task}_of_nested_dict", f"dict_{task}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"total": ("result", "res", "found", "out"), "name": ("k", "label")},
    )
