"""Dictionaries: changed copies, checks, look-ups and largest items."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import or_not
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]


_KEEP_KEY: _Synonyms = {"key": ("key",)}


def _labels(choose: Chooser, num: int) -> list[str]:
    """Return distinct words or letters."""
    if choose.chance(0.3):
        return choose.sample("abcdefgh", num)
    return list(dict.fromkeys(choose.words(num + 4)))[:num]


def _numbered(
    choose: Chooser, num: tuple[int, int], low: int = 1, high: int = 50
) -> dict[str, int]:
    """Return a dict of words or letters with numbers."""
    return {label: choose.integer(low, high) for label in _labels(choose, choose.integer(*num))}


_CHANGES = {
    "increase": ("value + k", "increased by <k>", True),
    "scale": ("value * k", "multiplied by <k>", True),
    "cap": ("min(value, k)", "replaced by <k> where it is larger", True),
    "half": ("value // 2", "halved (rounded down)", False),
    "square": ("value ** 2", "squared", False),
    "negate": ("-value", "negated", False),
    "text": ("str(value)", "converted to a string", False),
    "share": (
        "round(100 * value / sum(mapping.values()), 1)",
        "replaced by its percentage of the sum of all values, rounded to 1 digit",
        False,
    ),
}


@family(change=tuple(_CHANGES))
def change_values_of_dict(choose: Chooser, change: str) -> Exercise:
    """Return a dict with the same keys and changed values."""
    expression, done, has_k = _CHANGES[change]
    parameters = "mapping, k" if has_k else "mapping"
    low, high = {"scale": (2, 5), "cap": (10, 40)}.get(change, (1, 20))
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        mapping = _numbered(choose, (1, 5), -20 if change in ("negate", "increase") else 1)
        arguments.append((mapping, choose.integer(low, high)) if has_k else (mapping,))
    loop = f"""
            def solve({parameters}):
                result = {{}}
                for name, value in mapping.items():
                    result[name] = {expression}
                return result
            """
    if change == "share":
        loop = """
            def solve(mapping):
                total = sum(mapping.values())
                return {name: round(100 * value / total, 1) for name, value in mapping.items()}
            """
    return Exercise(
        texts=(
            f"return a copy of a dictionary with each value {done}",
            f"change a dictionary so that every value is {done}, and return it",
            "Given a dictionary of numbers, return a dictionary with the same keys and each "
            f"value {done}.",
            f"I have a dictionary of whole numbers. Every value must be {done}.",
        ),
        names=(f"{change}_values", f"dict_{change}", f"{change}_all", "change_values"),
        solutions=(
            f"def solve({parameters}):\n"
            f"    return {{name: {expression} for name, value in mapping.items()}}",
            loop,
        ),
        arguments=arguments,
        synonyms={"name": ("key", "label", "entry")},
    )


_KEYS_CHANGED = {
    "upper": ("name.upper()", "in upper case"),
    "prefixed": ("'x_' + name", "with the prefix 'x_'"),
    "shortened": ("name[:2]", "shortened to their first two characters"),
    "reversed": ("name[::-1]", "reversed"),
    "doubled": ("name * 2", "doubled, such as 'abab' for 'ab'"),
}


@family(change=tuple(_KEYS_CHANGED))
def change_keys_of_dict(choose: Chooser, change: str) -> Exercise:
    """Return a dict with changed keys and the same values."""
    expression, done = _KEYS_CHANGED[change]
    words = [
        "anchor",
        "bridge",
        "castle",
        "desert",
        "engine",
        "flower",
        "guitar",
        "hammer",
        "island",
    ]
    return Exercise(
        texts=(
            f"return a dictionary with the keys of a given one {done}",
            f"rename all keys of a dictionary: the new keys are the old ones {done}",
            f"Given a dictionary with string keys, return one with the keys {done} and the same "
            "values.",
        ),
        names=(f"{change}_keys", "change_keys", "rename_keys", f"keys_{change}"),
        solutions=(
            f"def solve(mapping):\n    return {{{expression}: mapping[name] for name in mapping}}",
            f"""
            def solve(mapping):
                result = {{}}
                for name, value in mapping.items():
                    result[{expression}] = value
                return result
            """,
        ),
        arguments=[
            ({word: choose.integer(1, 50) for word in choose.sample(words, (1, 5))},)
            for _ in range(6)
        ],
        synonyms={"name": ("key", "label", "word")},
    )


_EDITS = {
    "rename": (
        "mapping, old, new",
        "{new if name == old else name: value for name, value in mapping.items()}",
        "result[new] = result.pop(old)",
        "rename the key <old> of a dictionary to <new>",
        "return a dictionary in which the key <old> is called <new>",
    ),
    "delete": (
        "mapping, item",
        "{name: value for name, value in mapping.items() if name != item}",
        "result.pop(item, None)",
        "remove a key from a dictionary if it is there",
        "return a dictionary without the key <item>",
    ),
    "delete_many": (
        "mapping, items",
        "{name: value for name, value in mapping.items() if name not in items}",
        "for item in items:\n                    result.pop(item, None)",
        "remove a list of keys from a dictionary",
        "return a dictionary without the keys in the list <items>",
    ),
    "keep_many": (
        "mapping, items",
        "{item: mapping[item] for item in items if item in mapping}",
        "result = {name: value for name, value in mapping.items() if name in items}",
        "pick those items from a dictionary whose keys are in a list",
        "return a dictionary with only the keys in the list <items>, as far as it has them",
    ),
    "add_default": (
        "mapping, item, k",
        "{item: k, **mapping}",
        "result.setdefault(item, k)",
        "add a key with a value to a dictionary unless the key is already there",
        "return a dictionary with the key <item> set to <k> only if <item> is missing",
    ),
    "add_to": (
        "mapping, item, k",
        "{**mapping, item: mapping.get(item, 0) + k}",
        "result[item] = result.get(item, 0) + k",
        "add <k> to the value of the key <item> in a dictionary, where a missing key counts as 0",
        "increase the value of a key of a dict by a number; the key may be missing, which means 0",
    ),
    "first_n": (
        "mapping, n",
        "dict(list(mapping.items())[:n])",
        "while len(result) > n:\n                    result.popitem()",
        "return a dictionary of the first <n> items of a dictionary",
        "keep only the first <n> entries of a dict",
    ),
}


@family(edit=tuple(_EDITS))
def edited_copy_of_dict(choose: Chooser, edit: str) -> Exercise:
    """Rename, delete, pick or add keys; the result is a new dict."""
    parameters, expression, statement, does, returns = _EDITS[edit]
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        mapping = _numbered(choose, (2, 5))
        present = choose.one_of(list(mapping))
        name = present if choose.chance(0.6) else "extra"
        some = choose.sample([*mapping, "extra"], (1, 2))
        k = choose.integer(1, 20)
        arguments.append(
            {
                "rename": (mapping, present, "new" if choose.chance(0.3) else choose.person()),
                "delete": (mapping, name),
                "delete_many": (mapping, some),
                "keep_many": (mapping, some),
                "first_n": (mapping, choose.integer(1, 3)),
            }.get(edit, (mapping, name, k))
        )
    return Exercise(
        texts=(
            does,
            returns,
            f"{does} and return the result".replace("return a dictionary", "make a dictionary"),
        )
        if edit == "first_n"
        else (does, returns, f"{does}. Return a new dictionary".replace(". Return", " and return")),
        names=(f"{edit}_key", f"dict_{edit}", f"{edit}_in_dict", "edit_dict"),
        solutions=(
            f"def solve({parameters}):\n    return {expression}",
            f"""
            def solve({parameters}):
                result = dict(mapping)
                {statement}
                return result
            """,
        ),
        arguments=arguments,
        synonyms={
            "name": ("key", "label"),
            "item": ("name", "entry", "wanted"),
            "items": ("names", "keys"),
        },
    )


_TESTS = {
    "empty": ("len(mapping) == 0", "a dictionary is empty", ""),
    "has_key": ("item in mapping", "a dictionary has a given key", "key"),
    "has_value": ("item in mapping.values()", "a dictionary has a given value", "value"),
    "same_values": ("len(set(mapping.values())) <= 1", "all values of a dictionary are equal", ""),
    "distinct": (
        "len(set(mapping.values())) == len(mapping)",
        "all values of a dictionary are different",
        "",
    ),
    "positive": (
        "all(value > 0 for value in mapping.values())",
        "all values of a dict are positive",
        "",
    ),
    "has_keys": ("all(item in mapping for item in items)", "a dict has all keys of a list", "keys"),
    "sorted": (
        "list(mapping.values()) == sorted(mapping.values())",
        "the values of a dictionary are in ascending order",
        "",
    ),
    "any_above": (
        "any(value > item for value in mapping.values())",
        "any value of a dictionary is larger than a number",
        "number",
    ),
}


@family(test=tuple(_TESTS))
def check_dict(choose: Chooser, test: str) -> Exercise:
    """Check a property of a dict, such as a key, a value or equal values."""
    condition, claim, extra = _TESTS[test]
    parameters = {"": "mapping", "keys": "mapping, items"}.get(extra, "mapping, item")
    arguments: list[tuple[Any, ...]] = []
    for index in range(7):
        mapping = _numbered(choose, (1, 5), -5 if test == "positive" else 1, 30)
        labels = list(mapping)
        yes = index % 2 == 0
        if test == "same_values" and yes:
            mapping = dict.fromkeys(labels, choose.integer(1, 9))
        if test == "sorted" and yes:
            mapping = dict(zip(labels, sorted(mapping.values()), strict=True))
        if test == "distinct":
            mapping = {name: place * 3 + 1 for place, name in enumerate(labels)}
            mapping |= {} if yes else {"more": 1, "again": 1}
        if test == "positive" and yes:
            mapping = {name: abs(value) + 1 for name, value in mapping.items()}
        value = {
            "key": choose.one_of(labels) if yes else "zzz",
            "value": choose.one_of(list(mapping.values())) if yes else choose.integer(31, 40),
            "keys": choose.sample([*labels, *([] if yes else ["zzz"])], (1, 3)),
            "number": choose.integer(5, 30),
        }.get(extra)
        mapping = {} if test == "empty" and yes else mapping
        arguments.append((mapping,) if not extra else (mapping, value))
    return Exercise(
        texts=(
            f"check whether {claim}",
            f"check if {claim}{or_not(claim)}",
            f"Return True if {claim}, otherwise False.",
            f"find out whether {claim}",
        ),
        names=(f"check_{test}", f"is_{test}", f"dict_{test}", "check_dict"),
        solutions=(
            f"def solve({parameters}):\n    return {condition}",
            "def solve(mapping):\n    return not mapping"
            if test == "empty"
            else f"def solve({parameters}):\n    if {condition}:\n"
            "        return True\n    return False",
        ),
        arguments=arguments,
        synonyms={"item": ("x", "wanted", "target"), "items": ("names", "wanted", "required")},
    )


@family(access=("default", "minus_one", "many", "total", "count_missing"))
def read_dict_with_default(choose: Chooser, access: str) -> Exercise:
    """Read one or many keys of a dict where keys may be missing."""
    parameters, expression, by_hand, texts = {
        "default": (
            "mapping, item, k",
            "mapping.get(item, k)",
            "mapping[item] if item in mapping else k",
            (
                "return the value of a key of a dictionary, or a default if the key is missing",
                "look up <item> in a dictionary and return <k> if it is not there",
                "Given a dictionary, a key and a default value, return the value of the key or the "
                "default.",
            ),
        ),
        "minus_one": (
            "mapping, item",
            "mapping.get(item, -1)",
            "mapping[item] if item in mapping else -1",
            (
                "return the value of a key in a dictionary, or -1 if there is no such key",
                "get the value of <item> from a dict, -1 if it is missing",
                "Given a dictionary and a key, return its value. If the key is missing, return -1.",
            ),
        ),
        "many": (
            "mapping, items",
            "[mapping.get(item, 0) for item in items]",
            "[mapping[item] if item in mapping else 0 for item in items]",
            (
                "return the list of values that a dictionary has for a list of keys, 0 for "
                "missing keys",
                "look up a list of keys in a dict; keys that are not there give 0",
                "Given a dictionary and a list of keys, return their values in a list (0 where a "
                "key is "
                "missing).",
            ),
        ),
        "total": (
            "mapping, items",
            "sum(mapping.get(item, 0) for item in items)",
            "sum(mapping[item] for item in items if item in mapping)",
            (
                "find the sum of the values that a dictionary has for a list of keys, ignoring "
                "missing "
                "keys",
                "add up the prices of all items in a shopping list; the dictionary has the "
                "prices and "
                "unknown items cost nothing",
                "Given a dictionary of prices and a list of names, return the total price. Names "
                "without "
                "a price count as 0.",
            ),
        ),
        "count_missing": (
            "mapping, items",
            "sum(1 for item in items if item not in mapping)",
            "len([item for item in items if item not in mapping])",
            (
                "count the elements of a list that are not keys of a dictionary",
                "find how many keys in a list are missing from a dict",
                "Given a dictionary and a list, return how many items of the list are not keys of "
                "the dictionary.",
            ),
        ),
    }[access]
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        mapping = _numbered(choose, (2, 5))
        name = choose.one_of(list(mapping)) if choose.chance(0.6) else choose.word()
        some = choose.sample([*mapping, *choose.words(2)], (1, 5))
        arguments.append(
            {"default": (mapping, name, choose.integer(0, 5)), "minus_one": (mapping, name)}.get(
                access, (mapping, some)
            )
        )
    return Exercise(
        texts=texts,
        names=(f"get_{access}", f"look_up_{access}", "read_dict", "lookup"),
        solutions=(
            f"def solve({parameters}):\n    return {expression}",
            f"def solve({parameters}):\n    return {by_hand}",
        ),
        arguments=arguments,
        synonyms={
            "item": ("name", "x", "wanted"),
            "items": ("names", "wanted", "lst"),
            "k": ("default",),
        },
    )


_TOP = {
    "keys": ("[name for name, value in {}]", "the keys of the <n> largest values, largest first"),
    "items": ("{}", "the <n> items with the largest values as tuples, largest first"),
    "sum": ("sum(value for name, value in {})", "the sum of the <n> largest values"),
    "dict": ("dict({})", "a dictionary of the <n> items with the largest values"),
}


@family(result=tuple(_TOP))
def top_items_of_dict(choose: Chooser, result: str) -> Exercise:
    """Return the n largest values of a dict with their keys."""
    pattern, noun = _TOP[result]
    ordered = "sorted(mapping.items(), key=lambda item: item[1], reverse=True)[:n]"
    common = "Counter(mapping).most_common(n)"
    return Exercise(
        texts=(
            f"find, in a dictionary with numbers as values, {noun}",
            f"return {noun}, for a given dictionary and a number <n>",
            f"Given a dictionary of numbers and <n>, return {noun}.",
        ),
        names=(f"top_{result}", "largest_items", f"n_largest_{result}", "top_n"),
        solutions=(
            f"def solve(mapping, n):\n    return {pattern.format(ordered)}",
            "from collections import Counter\n\ndef solve(mapping, n):\n    return "
            f"{pattern.format(common)}",
            "import heapq\n\ndef solve(mapping, n):\n    return "
            + pattern.format("heapq.nlargest(n, mapping.items(), key=lambda item: item[1])"),
        ),
        arguments=[
            (
                dict(zip(_labels(choose, 6), choose.sample(range(1, 60), 6), strict=False)),
                choose.integer(1, 4),
            )
            for _ in range(5)
        ],
        synonyms=_KEEP_KEY | {"name": ("label", "entry"), "n": ("num", "m", "k")},
    )
