"""Dictionaries: items by position, cleaning, number keys, running totals and comparing."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import or_not
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]

_NAMES: _Synonyms = {"name": ("k", "label", "entry"), "key": ("key",)}


def _numbered(
    choose: Chooser, num: tuple[int, int], low: int = 1, high: int = 90
) -> dict[str, int]:
    """Return a dict of words or letters with different numbers."""
    size = choose.integer(*num)
    labels = choose.sample("abcdefgh", size)
    if choose.chance(0.7):
        labels = list(dict.fromkeys(choose.words(size + 2)))[:size]
    return dict(zip(labels, choose.sample(range(low, high + 1), len(labels)), strict=True))


_PLACES = {
    "first": ("0", "first"),
    "last": ("-1", "last"),
    "second": ("1", "second"),
    "k": ("k", ""),
}


@family(part=("key", "value", "item"), place=tuple(_PLACES))
def item_of_dict_by_position(choose: Chooser, part: str, place: str) -> Exercise:
    """Return the key, value or item at a position of a dict."""
    index, word = _PLACES[place]
    parameters = "mapping, k" if place == "k" else "mapping"
    sequence = {
        "key": "list(mapping)",
        "value": "list(mapping.values())",
        "item": "list(mapping.items())",
    }
    which = f"the {part} at index <k>" if place == "k" else f"the {word} {part}"
    other = {
        "key": f"list(mapping.keys())[{index}]",
        "value": f"mapping[list(mapping)[{index}]]",
        "item": f"tuple(mapping.items())[{index}]",
    }[part]
    solutions = [
        f"def solve({parameters}):\n    return {sequence[part]}[{index}]",
        f"def solve({parameters}):\n    return {other}",
    ]
    if place == "first":
        iterated = {"key": "mapping", "value": "mapping.values()", "item": "mapping.items()"}[part]
        solutions.append(f"def solve(mapping):\n    return next(iter({iterated}))")
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        mapping = _numbered(choose, (3, 6))
        arguments.append((mapping, choose.integer(0, 2)) if place == "k" else (mapping,))
    return Exercise(
        texts=(
            f"return {which} of a dictionary",
            f"get {which} of a dict in the order of insertion",
            f"Given a dictionary, return {which}{' as a tuple' if part == 'item' else ''}.",
            f"access {which} of the given dictionary",
        ),
        names=(f"{place}_{part}", f"get_{part}", f"{part}_by_position", f"access_{part}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"k": ("index", "n", "i")},
    )


_CLEANED = {
    "none": ("value is not None", "value is None", "None"),
    "empty": ("value != ''", "value == ''", "an empty string"),
    "zero": ("value != 0", "value == 0", "0"),
    "falsy": ("value", "not value", "a falsy value such as None, '' or 0"),
}


@family(what=tuple(_CLEANED), result=("clean", "keys", "count", "default"))
def clean_dict(choose: Chooser, what: str, result: str) -> Exercise:
    """Remove, list, count or replace the items of a dict without a proper value."""
    good, bad, noun = _CLEANED[what]
    loop = "value in mapping.values()" if result == "count" else "name, value in mapping.items()"
    chosen = "value" if what == "falsy" else good
    expression, start, step = {
        "clean": (
            f"{{name: value for {loop} if {good}}}",
            "{}",
            f"if {good}:\n                        result[name] = value",
        ),
        "keys": (
            f"[name for {loop} if {bad}]",
            "[]",
            f"if {bad}:\n                        result.append(name)",
        ),
        "count": (
            f"sum(1 for {loop} if {bad})",
            "0",
            f"if {bad}:\n                        result += 1",
        ),
        "default": (
            f"{{name: value if {chosen} else k for {loop}}}",
            "{}",
            f"result[name] = value if {chosen} else k",
        ),
    }[result]
    texts = {
        "clean": (
            f"remove the items of a dictionary whose value is {noun}",
            f"return a copy of a dictionary without the keys that have {noun} as their value",
            f"Given a dictionary, drop all items with {noun} as the value.",
        ),
        "keys": (
            f"list the keys of a dictionary whose value is {noun}",
            f"find all keys that have {noun} as their value in a dict",
            f"Given a dictionary, return the keys of the items with {noun} as the value.",
        ),
        "count": (
            f"count the items of a dictionary whose value is {noun}",
            f"find how many keys have {noun} as their value in a dict",
            f"Given a dictionary, return the number of items with {noun} as the value.",
        ),
        "default": (
            f"replace the values of a dictionary that are {noun} by <k>",
            f"return a copy of a dictionary in which each value that is {noun} is replaced by <k>",
            "Given a dictionary and a default <k>, put <k> in the place of each value that is "
            f"{noun}.",
        ),
    }[result]
    parameters = "mapping, k" if result == "default" else "mapping"
    gaps: tuple[Any, ...] = {"none": (None,), "empty": ("",), "zero": (0,)}.get(what, (None, "", 0))
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        mapping: dict[str, Any] = dict(_numbered(choose, (2, 6)))
        for name in mapping:
            if choose.chance(0.4):
                mapping[name] = choose.one_of(gaps)
            elif what == "empty":
                mapping[name] = choose.word()
        arguments.append((mapping, choose.integer(1, 9)) if result == "default" else (mapping,))
    if what == "empty" and result == "default":
        arguments = [(mapping, "unknown") for mapping, _ in arguments]
    return Exercise(
        texts=texts,
        names=(f"{result}_{what}", f"{what}_values", "clean_dict", f"{result}_missing"),
        solutions=(
            f"def solve({parameters}):\n    return {expression}",
            f"""
            def solve({parameters}):
                result = {start}
                for {loop}:
                    {step}
                return result
            """,
        ),
        arguments=arguments,
        synonyms=_NAMES | {"k": ("default", "filler")},
    )


_NUMBER_KEYS = {
    "sum_keys": ("sum(mapping)", "the sum of the keys"),
    "sum_all": ("sum(mapping) + sum(mapping.values())", "the sum of all keys and values"),
    "even_keys": (
        "sum(value for number, value in mapping.items() if number % 2 == 0)",
        "the sum of the values with even keys",
    ),
    "larger": (
        "sum(1 for number, value in mapping.items() if value > number)",
        "the number of items whose value is larger than the key",
    ),
    "products": (
        "sum(number * value for number, value in mapping.items())",
        "the sum of the products of keys and values",
    ),
    "largest_key": ("mapping[max(mapping)]", "the value of the largest key"),
    "same": (
        "[number for number, value in mapping.items() if number == value]",
        "a list of the keys that are equal to their values",
    ),
    "sorted_values": (
        "[mapping[number] for number in sorted(mapping)]",
        "a list of the values in ascending order of their keys",
    ),
    "missing": (
        "[number for number in range(min(mapping), max(mapping)) if number not in mapping]",
        "a list of the integers between the smallest and the largest key that are not keys",
    ),
    "average": (
        "round(sum(number * value for number, value in mapping.items()) / sum(mapping.values()), "
        "2)",
        "the average of the keys, where each value tells how often its key counts (rounded to 2 "
        "digits)",
    ),
}


@family(wanted=tuple(_NUMBER_KEYS))
def dict_with_number_keys(choose: Chooser, wanted: str) -> Exercise:
    """Calculate with a dict whose keys and values are integers."""
    expression, noun = _NUMBER_KEYS[wanted]
    loops = {
        "sum_keys": ("0", "number in mapping", "total += number"),
        "sum_all": ("0", "number, value in mapping.items()", "total += number + value"),
        "products": ("0", "number in mapping", "total += number * mapping[number]"),
        "even_keys": (
            "0",
            "number in mapping",
            "if number % 2 == 0:\n                        total += mapping[number]",
        ),
        "sorted_values": ("[]", "number in sorted(mapping)", "result.append(mapping[number])"),
    }
    solutions = [f"def solve(mapping):\n    return {expression}"]
    if wanted in loops:
        start, loop, step = loops[wanted]
        name = "result" if start == "[]" else "total"
        solutions.append(f"""
            def solve(mapping):
                {name} = {start}
                for {loop}:
                    {step}
                return {name}
            """)
    arguments = []
    for _ in range(6):
        size = choose.integer(1, 5)
        numbers = choose.sample(range(1, 12), size)
        values = choose.integers(size, 1, 15)
        if wanted == "same":
            values = [choose.one_of(pair) for pair in zip(numbers, values, strict=True)]
        arguments.append((dict(zip(numbers, values, strict=True)),))
    return Exercise(
        texts=(
            f"find {noun}; the input is a dictionary of integers",
            f"Given a dictionary whose keys and values are integers, return {noun}.",
            f"return {noun}, given a dict that maps integers to integers",
        ),
        names=(f"{wanted}_of_dict", f"dict_{wanted}", f"number_dict_{wanted}", f"get_{wanted}"),
        solutions=solutions,
        arguments=arguments,
    )


_RUNNING = {
    "cumulative": (
        "result[name] = total",
        "replace each value of a dictionary by the sum of the values up to it",
        "cumulative sums",
    ),
    "list": (
        "result.append((name, total))",
        "return a list of (key, cumulative sum) tuples for the values of a dictionary",
        "tuples of each key and the running total",
    ),
}


@family(kind=tuple(_RUNNING), order=("given", "sorted"))
def running_total_of_dict(choose: Chooser, kind: str, order: str) -> Exercise:
    """Sum the values of a dict item by item."""
    step, does, noun = _RUNNING[kind]
    items = "mapping.items()" if order == "given" else "sorted(mapping.items())"
    rule = "in the order of insertion" if order == "given" else "in the order of the sorted keys"
    start = "{}" if kind == "cumulative" else "[]"
    built = "dict(zip(names, sums))" if kind == "cumulative" else "list(zip(names, sums))"
    names = "list(mapping)" if order == "given" else "sorted(mapping)"
    return Exercise(
        texts=(
            f"{does}, {rule}",
            f"Given a dictionary of numbers, {does.replace('a dictionary', 'it')} ({rule}).",
            f"compute {noun} of the values of a dict {rule}, and return a "
            + ("dictionary" if kind == "cumulative" else "list"),
        ),
        names=("running_total", f"running_{kind}", "cumulative_values", "running_sums"),
        solutions=(
            f"""
            def solve(mapping):
                result = {start}
                total = 0
                for name, value in {items}:
                    total += value
                    {step}
                return result
            """,
            f"""
            from itertools import accumulate

            def solve(mapping):
                names = {names}
                sums = accumulate(mapping[name] for name in names)
                return {built}
            """,
        ),
        arguments=[(_numbered(choose, (1, 5), 1, 30),) for _ in range(6)],
        synonyms=_NAMES | {"names": ("keys", "labels"), "sums": ("totals", "running")},
    )


_COMPARED = {
    "same_keys": ("first.keys() == second.keys()", "two dictionaries have the same keys"),
    "contained": (
        "all(name in second and second[name] == first[name] for name in first)",
        "all items of the first dictionary are in the second too",
    ),
    "disjoint": (
        "first.keys().isdisjoint(second.keys())",
        "two dictionaries have no key in common",
    ),
    "same_values": (
        "sorted(first.values()) == sorted(second.values())",
        "two dictionaries have the same values, in any order",
    ),
    "all_larger": (
        "all(second[name] > first[name] for name in first if name in second)",
        "for each common key the value in the second dictionary is larger",
    ),
    "equal": ("first == second", "two dictionaries have the same keys and values"),
}


@family(check=tuple(_COMPARED))
def check_two_dicts(choose: Chooser, check: str) -> Exercise:
    """Check how two dicts are related."""
    condition, claim = _COMPARED[check]
    others = {
        "same_keys": "set(first) == set(second)",
        "contained": "first.items() <= second.items()",
        "disjoint": "not any(name in second for name in first)",
        "equal": "first.keys() == second.keys() and "
        "all(first[name] == second[name] for name in first)",
    }
    arguments = []
    for index in range(7):
        first = _numbered(choose, (1, 4), 1, 40)
        second = _numbered(choose, (1, 4), 1, 40)
        yes = index % 2 == 0
        if check in ("same_keys", "all_larger"):
            shift = choose.integer(1, 5) * (1 if yes or check == "same_keys" else -1)
            second = {name: value + shift for name, value in first.items()}
            if check == "same_keys" and not yes:
                second["more"] = 1
        elif check in ("contained", "equal"):
            second = dict(choose.shuffled(list(first.items())))
            second |= {"more": choose.integer(1, 9)} if check == "contained" else {}
            if not yes:
                second[choose.one_of(list(first))] += 1
        elif check == "same_values" and yes:
            second = dict(zip("pqrst", choose.shuffled(list(first.values())), strict=False))
        elif check == "disjoint" and not yes:
            second[choose.one_of(list(first))] = choose.integer(1, 9)
        arguments.append((first, second))
    return Exercise(
        texts=(
            f"check whether {claim}",
            "Given two dictionaries, return True if "
            f"{claim.replace('two dictionaries', 'they')}, else "
            "False.",
            f"check if {claim}{or_not(claim)}",
        ),
        names=(f"check_{check}", f"dicts_{check}", f"are_{check}", "compare_dicts"),
        solutions=[
            f"def solve(first, second):\n    return {condition}",
            *(
                [f"def solve(first, second):\n    return {others[check]}"]
                if check in others
                else []
            ),
        ],
        arguments=arguments,
        synonyms=_NAMES
        | {"first": ("d1", "dict1", "a", "one"), "second": ("d2", "dict2", "b", "other")},
    )
