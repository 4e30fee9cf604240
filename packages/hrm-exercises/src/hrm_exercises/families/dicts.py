"""Dictionaries: keys, values, merging, inverting, filtering and sorting."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]

_KEEP_KEY: _Synonyms = {"key": ("key",)}


def _prices(choose: Chooser, num: tuple[int, int], low: int = 1, high: int = 99) -> dict[str, int]:
    """Return a dict of words, names or letters with different numbers."""
    size = choose.integer(*num)
    kind = choose.integer(0, 2)
    draw = (choose.word, choose.person, choose.thing)[kind]
    labels = list(dict.fromkeys(draw() for _ in range(size)))
    if choose.chance(0.2):
        labels = choose.sample("abcdefgxyz", len(labels))
    return dict(zip(labels, choose.sample(range(low, high + 1), len(labels)), strict=True))


_ACCESSED = {
    "keys": ("list(mapping)", "[key for key in mapping]", "a list of the keys", "keys"),
    "values": (
        "list(mapping.values())",
        "[mapping[key] for key in mapping]",
        "a list of the values",
        "values",
    ),
    "items": (
        "list(mapping.items())",
        "[(key, mapping[key]) for key in mapping]",
        "a list of (key, value) tuples",
        "items",
    ),
    "sorted_keys": (
        "sorted(mapping)",
        "sorted(mapping.keys())",
        "the keys in alphabetical order",
        "sorted keys",
    ),
    "sorted_values": (
        "sorted(mapping.values())",
        "sorted(mapping.values())",
        "the values in ascending order",
        "sorted values",
    ),
    "both": (
        "(list(mapping.keys()), list(mapping.values()))",
        "(list(mapping), list(mapping.values()))",
        "a tuple of the list of keys and the list of values",
        "keys and values",
    ),
    "flat": (
        "[x for item in mapping.items() for x in item]",
        "[x for key, value in mapping.items() for x in (key, value)]",
        "one flat list of keys and values: key, value, key, value and so on",
        "flat items",
    ),
    "lists": (
        "[[key, value] for key, value in mapping.items()]",
        "[list(item) for item in mapping.items()]",
        "a list of [key, value] lists",
        "list of lists",
    ),
}


@family(part=tuple(_ACCESSED))
def parts_of_dict(choose: Chooser, part: str) -> Exercise:
    """Return the keys, values or items of a dict as a list."""
    expression, other, noun, short = _ACCESSED[part]
    return Exercise(
        texts=(
            f"take a dictionary and return {noun}",
            f"convert a dictionary to {noun}"
            if noun.startswith(("a ", "one "))
            else f"return {noun} for a given dict",
            f"Given a dictionary, return {noun}.",
            f"I have a dictionary and need {noun}.",
            f"extract the {short} of a dictionary: return {noun}",
        ),
        names=(f"get_{part}", f"dict_{part}", f"{part}_of_dict", f"dict_to_{part}"),
        solutions=(
            f"def solve(mapping):\n    return {expression}",
            f"def solve(mapping):\n    return {other}",
        ),
        arguments=[(_prices(choose, (1, 5)),) for _ in range(5)] + [({},)],
        synonyms={"x": ("part", "y")},
    )


_TOTALS = {
    "sum": ("sum(mapping.values())", "the sum of all values"),
    "largest": ("max(mapping.values())", "the largest value"),
    "smallest": ("min(mapping.values())", "the smallest value"),
    "average": ("sum(mapping.values()) / len(mapping)", "the average of the values"),
    "product": ("math.prod(mapping.values())", "the product of all values"),
    "range": (
        "max(mapping.values()) - min(mapping.values())",
        "the difference between the largest and the smallest value",
    ),
    "even": ("sum(1 for value in mapping.values() if value % 2 == 0)", "the number of even values"),
    "positive": (
        "sum(1 for value in mapping.values() if value > 0)",
        "the number of positive values",
    ),
    "distinct": ("len(set(mapping.values()))", "the number of distinct values"),
    "key_lengths": (
        "sum(len(key) for key in mapping)",
        "the total number of characters of the keys",
    ),
    "second_largest": ("sorted(mapping.values())[-2]", "the second largest value"),
}


@family(figure=tuple(_TOTALS))
def figure_of_dict_values(choose: Chooser, figure: str) -> Exercise:
    """Return a number about the values (or keys) of a dict."""
    expression, noun = _TOTALS[figure]
    start = "import math\n\n" if "math." in expression else ""
    solutions = [f"{start}def solve(mapping):\n    return {expression}"]
    loops = {
        "sum": ("0", "value in mapping.values()", "total += value"),
        "even": ("0", "value in mapping.values()", "total += 1 if value % 2 == 0 else 0"),
        "product": ("1", "value in mapping.values()", "total *= value"),
        "key_lengths": ("0", "key in mapping", "total += len(key)"),
    }
    if figure in loops:
        begin, loop, step = loops[figure]
        solutions.append(f"""
        def solve(mapping):
            total = {begin}
            for {loop}:
                {step}
            return total
        """)
    low = -9 if figure in ("positive", "sum", "even") else 1
    arguments = [
        (_prices(choose, (2, 6), low, 12 if figure == "product" else 60),) for _ in range(6)
    ]
    if figure == "distinct":
        arguments = [({key: value % 4 for key, value in d.items()},) for (d,) in arguments]
    arguments += [({},)] if figure in ("sum", "even", "positive", "distinct", "key_lengths") else []
    if figure == "second_largest":
        arguments = [({**d, "more": 61 + choose.integer(-60, 20)},) for (d,) in arguments]
    return Exercise(
        texts=(
            f"find {noun} of a dictionary" if "of" not in noun else f"find {noun} in a dictionary",
            f"return {noun} in the given dictionary",
            f"Given a dictionary with numbers as values, return {noun}.",
            f"calculate {noun} in a dict",
            f"I have a dictionary with text as keys and integers as values. I want {noun}.",
        ),
        names=(f"{figure}_of_dict", f"dict_{figure}", f"get_{figure}", f"{figure}_value"),
        solutions=solutions,
        arguments=arguments,
    )


@family(kind=("largest", "smallest"), result=("key", "item", "keys"))
def key_of_extreme_value(choose: Chooser, kind: str, result: str) -> Exercise:
    """Find the key (or item, or all keys) with the largest or smallest value."""
    function, sign = {"largest": ("max", ">"), "smallest": ("min", "<")}[kind]
    texts, solutions = {
        "key": (
            (
                f"find the key with the {kind} value in a dictionary",
                f"return the key whose value is the {kind}",
                f"Given a dictionary of numbers, return the key that has the {kind} value.",
                f"get the key of the {function}imum value of a dict",
            ),
            (
                f"def solve(mapping):\n    return {function}(mapping, key=mapping.get)",
                f"def solve(mapping):\n    return {function}(mapping, key=lambda name: "
                "mapping[name])",
                f"""
                def solve(mapping):
                    best = None
                    for name, value in mapping.items():
                        if best is None or value {sign} mapping[best]:
                            best = name
                    return best
                """,
            ),
        ),
        "item": (
            (
                f"find the item with the {kind} value of a dictionary and return it as a tuple",
                f"return the (key, value) pair of a dict that has the {kind} value",
                f"Given a dictionary of numbers, return a tuple of the key and the value where the "
                f"value is {kind}.",
            ),
            (
                f"def solve(mapping):\n"
                f"    return {function}(mapping.items(), key=lambda item: item[1])",
                f"def solve(mapping):\n    name = {function}(mapping, key=mapping.get)\n"
                "    return name, mapping[name]",
            ),
        ),
        "keys": (
            (
                f"find all keys that have the {kind} value in a dictionary",
                f"list the keys whose value equals the {kind} value of the dict",
                f"Given a dictionary of numbers, return a list of all keys with the {kind} value.",
            ),
            (
                f"def solve(mapping):\n    best = {function}(mapping.values())\n"
                "    return [name for name, value in mapping.items() if value == best]",
                f"""
                def solve(mapping):
                    best = {function}(mapping.values())
                    result = []
                    for name in mapping:
                        if mapping[name] == best:
                            result.append(name)
                    return result
                """,
            ),
        ),
    }[result]
    arguments = [(_prices(choose, (2, 6)),) for _ in range(6)]
    if result == "keys":
        arguments = [({name: value % 3 for name, value in d.items()},) for (d,) in arguments]
    return Exercise(
        texts=texts,
        names=(f"{result}_with_{kind}_value", f"{function}_value_{result}", f"{kind}_{result}"),
        solutions=solutions,
        arguments=arguments,
        synonyms=_KEEP_KEY
        | {"name": ("k", "label", "entry"), "best": (kind, f"{function}_val", "top", "found")},
    )


_MERGED = {
    "second_wins": ("second[name]", "the value of the second"),
    "first_wins": ("first[name]", "the value of the first"),
    "sum": ("first[name] + second[name]", "the sum of both values"),
    "largest": ("max(first[name], second[name])", "the larger value"),
    "smallest": ("min(first[name], second[name])", "the smaller value"),
    "list": ("", "a list of the values"),
}


@family(common=("second_wins", "first_wins", "sum", "largest", "smallest", "list"))
def merge_two_dicts(choose: Chooser, common: str) -> Exercise:
    """Merge two dicts; what common keys get varies."""
    expression, noun = _MERGED[common]
    solutions = {
        "second_wins": (
            "def solve(first, second):\n    return {**first, **second}",
            "def solve(first, second):\n    return first | second",
            "def solve(first, second):\n    result = first.copy()\n    result.update(second)\n"
            "    return result",
        ),
        "first_wins": (
            "def solve(first, second):\n    return {**second, **first}",
            """
            def solve(first, second):
                result = dict(first)
                for name, value in second.items():
                    if name not in result:
                        result[name] = value
                return result
            """,
        ),
        "list": (
            """
            def solve(first, second):
                result = {}
                for mapping in (first, second):
                    for name, value in mapping.items():
                        result.setdefault(name, []).append(value)
                return result
            """,
            """
            from collections import defaultdict

            def solve(first, second):
                result = defaultdict(list)
                for name, value in list(first.items()) + list(second.items()):
                    result[name].append(value)
                return dict(result)
            """,
        ),
    }.get(
        common,
        (
            f"""
            def solve(first, second):
                result = dict(first)
                for name in second:
                    if name in result:
                        result[name] = {expression}
                    else:
                        result[name] = second[name]
                return result
            """,
        ),
    )
    if common == "sum":
        solutions += (
            """
            def solve(first, second):
                result = first.copy()
                for name, value in second.items():
                    result[name] = result.get(name, 0) + value
                return result
            """,
            """
            def solve(first, second):
                names = list(first) + [name for name in second if name not in first]
                return {name: first.get(name, 0) + second.get(name, 0) for name in names}
            """,
        )
    return Exercise(
        texts=(
            f"merge two dictionaries; keys in both of them get {noun}",
            f"combine two dictionaries into one, where common keys get {noun}",
            "Given two dictionaries, return one with all keys. If a key is in both, it gets "
            f"{noun}.",
            f"join two dicts and give {noun} to the keys that they share",
        )
        if common != "list"
        else (
            "merge two dictionaries into one that has a list of values for every key",
            "combine two dicts: each key of either of them gets the list of its one or two values",
            "Given two dictionaries, return a dictionary in which every value is a list with the "
            "values "
            "of the key in the first and the second dictionary.",
        ),
        names=(f"merge_{common}", "merge_dicts", "combine_dicts", "join_dictionaries"),
        solutions=solutions,
        arguments=[_overlapping(choose) for _ in range(5)] + [({}, _prices(choose, (1, 2)))],
        synonyms={
            "first": ("d1", "dict1", "a", "one"),
            "second": ("d2", "dict2", "b", "other"),
            "name": ("k", "label", "entry"),
        },
    )


def _overlapping(choose: Chooser) -> tuple[dict[str, int], dict[str, int]]:
    """Return two dicts that often share keys."""
    labels = choose.sample("abcdefg" if choose.chance(0.5) else tuple(choose.words(6)), (3, 5))
    cut, start = choose.integer(1, len(labels)), choose.integer(0, 2)
    return (
        {label: choose.integer(1, 30) for label in labels[:cut]},
        {label: choose.integer(1, 30) for label in labels[start:]},
    )


_SHARED = {
    "keys": ("sorted(first.keys() & second.keys())", "the keys that both have, sorted"),
    "missing": ("sorted(first.keys() - second.keys())", "the keys that only the first has, sorted"),
    "either": (
        "sorted(first.keys() ^ second.keys())",
        "the keys that only one of them has, sorted",
    ),
    "all": ("sorted(first.keys() | second.keys())", "all their keys, sorted"),
    "items": (
        "{name: value for name, value in first.items() if second.get(name) == value}",
        "a dictionary of the items that are in both (same key and same value)",
    ),
    "changed": (
        "sorted(name for name in first if name in second and first[name] != second[name])",
        "the keys that both have with different values, sorted",
    ),
    "sums": (
        "{name: first[name] + second[name] for name in first if name in second}",
        "a dictionary of the common keys with the sums of their values",
    ),
    "without": (
        "{name: value for name, value in first.items() if name not in second}",
        "a dictionary of the items of the first whose keys are not in the second",
    ),
}


@family(wanted=tuple(_SHARED))
def compare_two_dicts(choose: Chooser, wanted: str) -> Exercise:
    """List common, missing or changed keys and items of two dicts."""
    expression, noun = _SHARED[wanted]
    other = {
        "keys": "sorted(name for name in first if name in second)",
        "missing": "sorted(name for name in first if name not in second)",
        "all": "sorted({**first, **second})",
        "sums": "{name: value + second[name] for name, value in first.items() if name in second}",
    }.get(wanted)
    arguments = []
    for _ in range(6):
        first, second = _overlapping(choose)
        for name in first:
            if name in second and choose.chance(0.5):
                second[name] = first[name]
        arguments.append((first, second))
    return Exercise(
        texts=(
            f"compare two dictionaries and return {noun}",
            f"find {noun}, for two given dictionaries".replace(", sorted,", " (sorted)"),
            f"Given two dictionaries, return {noun}.",
            f"take two dicts and find {noun}",
        ),
        names=(f"{wanted}_of_dicts", f"dict_{wanted}", f"compare_{wanted}", "compare_dicts"),
        solutions=[
            f"def solve(first, second):\n    return {expression}",
            *([f"def solve(first, second):\n    return {other}"] if other else []),
        ],
        arguments=arguments,
        synonyms={
            "first": ("d1", "dict1", "a", "one"),
            "second": ("d2", "dict2", "b", "other"),
            "name": ("k", "label", "entry"),
        },
    )


_INVERTED = {
    "swap": "swap keys and values",
    "group": "map each value to the list of its keys",
    "count": "map each value to the number of its keys",
    "group_sorted": "map each value to the sorted list of its keys",
}


@family(kind=tuple(_INVERTED))
def invert_dict(choose: Chooser, kind: str) -> Exercise:
    """Turn values into keys; values that repeat are grouped or counted."""
    does = _INVERTED[kind]
    texts = {
        "swap": (
            "swap the keys and the values of a dictionary",
            "invert a dictionary so that values become keys",
            "Given a dictionary with distinct values, return one that maps values to keys.",
            "reverse the mapping of a dict",
        ),
        "group": (
            "invert a dictionary: map each value to a list of the keys that have it",
            "group the keys of a dictionary by their values",
            "Given a dictionary, return one with its values as keys and lists of the keys as "
            "values.",
            "swap keys and values of a dict; since values may repeat, collect the keys in lists",
        ),
        "count": (
            "count how many keys of a dictionary have each value",
            "make a dictionary that maps each value of a dict to the number of keys with this "
            "value",
            "Given a dictionary, count how often each value occurs and return the counts as a "
            "dict.",
        ),
        "group_sorted": (
            "map each value of a dictionary to a sorted list of its keys",
            "group the keys of a dictionary by value, with the keys of each group in sorted order",
            "Given a dictionary, return one from values to sorted lists of keys.",
        ),
    }[kind]
    loop = {
        "swap": "result[value] = name",
        "group": "result.setdefault(value, []).append(name)",
        "count": "result[value] = result.get(value, 0) + 1",
        "group_sorted": "result.setdefault(value, []).append(name)",
    }[kind]
    items = "sorted(mapping.items())" if kind == "group_sorted" else "mapping.items()"
    each = "value in mapping.values()" if kind == "count" else f"name, value in {items}"
    second = {
        "swap": "def solve(mapping):\n    return {value: name for name, value in mapping.items()}",
        "count": "from collections import Counter\n\ndef solve(mapping):\n"
        "    return dict(Counter(mapping.values()))",
        "group": """
        def solve(mapping):
            result = {value: [] for value in mapping.values()}
            for name, value in mapping.items():
                result[value].append(name)
            return result
        """,
        "group_sorted": """
        def solve(mapping):
            result = {}
            for name, value in mapping.items():
                result.setdefault(value, []).append(name)
            return {value: sorted(names) for value, names in result.items()}
        """,
    }[kind]
    arguments = [(_prices(choose, (2, 6), 1, 60),) for _ in range(5)] + [({},)]
    if kind != "swap":
        arguments = [({name: value % 4 for name, value in d.items()},) for (d,) in arguments]
    return Exercise(
        texts=(*texts, f"{does} in a new dictionary".replace("swap", "exchange")),
        names=(
            f"invert_{kind}",
            "invert_dict",
            "swap_keys_values",
            "reverse_mapping",
            f"{kind}_by_value",
        ),
        solutions=(
            f"""
            def solve(mapping):
                result = {{}}
                for {each}:
                    {loop}
                return result
            """,
            second,
        ),
        arguments=arguments,
        synonyms={"name": ("k", "label", "entry")},
    )


_ITEMS_KEPT = {
    "above": ("value > k", "values greater than <k>", "a value above <k>", True),
    "below": ("value < k", "values less than <k>", "a value below <k>", True),
    "equal": ("value == k", "values equal to <k>", "the value <k>", True),
    "divisible": ("value % k == 0", "values divisible by <k>", "a value divisible by <k>", True),
    "even": ("value % 2 == 0", "even values", "an even value", False),
    "odd": ("value % 2 != 0", "odd values", "an odd value", False),
    "short": (
        "len(name) <= k",
        "keys of at most <k> characters",
        "a key of at most <k> letters",
        True,
    ),
    "vowel": (
        "name[0] in 'aeiou'",
        "keys that start with a vowel",
        "a key that starts with a vowel",
        False,
    ),
}


@family(condition=tuple(_ITEMS_KEPT), result=("dict", "keys", "count", "remove"))
def filter_dict_by(choose: Chooser, condition: str, result: str) -> Exercise:
    """Keep, list, count or remove the items of a dict that meet a condition."""
    test, plural, singular, has_k = _ITEMS_KEPT[condition]
    opposite = {
        "value > k": "value <= k",
        "value < k": "value >= k",
        "value == k": "value != k",
        "value % k == 0": "value % k != 0",
        "value % 2 == 0": "value % 2 != 0",
        "value % 2 != 0": "value % 2 == 0",
        "len(name) <= k": "len(name) > k",
        "name[0] in 'aeiou'": "name[0] not in 'aeiou'",
    }
    test = opposite[test] if result == "remove" else test
    parameters = "mapping, k" if has_k else "mapping"
    items = "name, value in mapping.items()"
    if result in ("keys", "count") and "value" not in test:
        items = "name in mapping"
    elif result == "count":
        items = "value in mapping.values()"
    expression, start, step = {
        "dict": (f"{{name: value for {items} if {test}}}", "{}", "result[name] = value"),
        "remove": (f"{{name: value for {items} if {test}}}", "{}", "result[name] = value"),
        "keys": (f"[name for {items} if {test}]", "[]", "result.append(name)"),
        "count": (f"sum(1 for {items} if {test})", "0", "result += 1"),
    }[result]
    texts = {
        "dict": (
            f"filter a dictionary and keep only the items with {plural}",
            f"return a dictionary with those items of a given one that have {singular}",
            f"Given a dictionary, return a new dictionary of the items with {plural}.",
            f"throw away all items of a dictionary that do not have {singular}",
        ),
        "remove": (
            f"remove the items with {plural} from a dictionary",
            f"return a copy of a dictionary without the items that have {singular}",
            f"Given a dictionary, drop all entries with {plural} and return the rest.",
        ),
        "keys": (
            f"list the keys of a dictionary that have {singular}"
            if "key" not in plural
            else f"list the {plural} in a dictionary",
            f"find all keys of the items with {plural} in a dict",
            f"Given a dictionary, return a list of the keys of all items that have {singular}.",
        ),
        "count": (
            f"count the items of a dictionary with {plural}",
            f"find how many items of a dict have {singular}",
            f"Given a dictionary, return the number of {plural}.",
        ),
    }[result]
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        mapping = _prices(choose, (2, 6), 1, 40)
        if condition in ("short", "vowel"):
            words = [choose.word() for _ in range(4)] + ["apple", "end"][: choose.integer(0, 2)]
            mapping = dict(zip(choose.shuffled(words), choose.integers(6, 1, 30), strict=False))
        k = {
            "equal": choose.one_of(list(mapping.values())),
            "divisible": choose.integer(2, 6),
            "short": choose.integer(4, 6),
        }.get(condition, choose.integer(8, 30))
        arguments.append((mapping, k) if has_k else (mapping,))
    return Exercise(
        texts=texts,
        names=(
            f"{result}_{condition}",
            f"filter_{condition}",
            f"filter_dict_{condition}",
            f"{result}_with",
        ),
        solutions=(
            f"def solve({parameters}):\n    return {expression}",
            f"""
            def solve({parameters}):
                result = {start}
                for {items}:
                    if {test}:
                        {step}
                return result
            """,
        ),
        arguments=arguments,
        synonyms={"name": ("key", "label", "entry"), "k": ("n", "limit", "num")},
    )


@family(by=("key", "value", "key_length"), descending=(False, True), result=("list", "keys"))
def sort_dict_by(choose: Chooser, by: str, result: str, *, descending: bool) -> Exercise:
    """Sort the items of a dict by key, value or length of key."""
    expression = {"key": "item[0]", "value": "item[1]", "key_length": "len(item[0])"}[by]
    noun = {"key": "key", "value": "value", "key_length": "the length of the key"}[by]
    order = "descending" if descending else "ascending"
    reverse = ", reverse=True" if descending else ""
    ordered = f"sorted(mapping.items(), key=lambda item: {expression}{reverse})"
    of_name = {"key": "name", "value": "mapping[name]", "key_length": "len(name)"}[by]
    names = f"sorted(mapping, key=lambda name: {of_name}{reverse})"
    names = f"sorted(mapping{reverse})" if by == "key" else names
    one, other, texts = {
        "list": (
            ordered,
            f"[(name, mapping[name]) for name in {names}]",
            (
                f"sort a dictionary by {noun} in {order} order and return a list of (key, value) "
                "pairs",
                f"return the items of a dictionary as tuples, sorted by {noun} in {order} order",
                f"sort the items of a dict by {noun}, {order}",
                f"Given a dictionary, return a list of (key, value) tuples in {order} order of "
                f"{noun}.",
            ),
        ),
        "keys": (
            names,
            f"[item[0] for item in {ordered}]",
            (
                f"return the keys of a dictionary sorted by {noun} in {order} order",
                f"list the keys of a dict in {order} order of {noun}".replace(
                    "of key", ""
                ).rstrip(),
                f"Given a dictionary, sort its keys by {noun} ({order}).".replace("by key ", ""),
            ),
        ),
    }[result]
    arguments = [(_prices(choose, (2, 6)),) for _ in range(5)] + [({},)]
    return Exercise(
        texts=texts,
        names=(f"sort_by_{by}", f"sort_dict_by_{by}", "sort_dict", f"sorted_{result}"),
        solutions=(
            f"def solve(mapping):\n    return {one}",
            f"def solve(mapping):\n    return {other}",
        ),
        arguments=arguments,
        synonyms=_KEEP_KEY | {"name": ("k", "label", "entry")},
    )
