"""Dictionaries of lists and dictionaries with tuples as keys."""

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


def _lists(choose: Chooser, num: tuple[int, int] = (1, 4), high: int = 20) -> dict[str, list[int]]:
    """Return a dict of lists of integers."""
    return {label: choose.integers((1, 4), 1, high) for label in _labels(choose, num)}


_PER_LIST = {
    "sum": ("sum(values)", "the sum of its list"),
    "largest": ("max(values)", "the largest number of its list"),
    "smallest": ("min(values)", "the smallest number of its list"),
    "length": ("len(values)", "the length of its list"),
    "sorted": ("sorted(values)", "its list in ascending order"),
    "reversed": ("values[::-1]", "its list in reverse order"),
    "first": ("values[0]", "the first element of its list"),
    "last": ("values[-1]", "the last element of its list"),
    "average": (
        "round(sum(values) / len(values), 2)",
        "the average of its list (rounded to 2 digits)",
    ),
    "unique": ("sorted(set(values))", "a sorted list of the distinct numbers of its list"),
    "evens": ("[value for value in values if value % 2 == 0]", "the even numbers of its list"),
    "doubled": ("[2 * value for value in values]", "its list with all numbers doubled"),
}


@family(what=tuple(_PER_LIST))
def each_list_of_dict(choose: Chooser, what: str) -> Exercise:
    """Replace each list in a dict by a figure or another list."""
    expression, noun = _PER_LIST[what]
    return Exercise(
        texts=(
            f"return a dictionary that maps each key of a dict of lists to {noun}",
            f"Given a dictionary of lists of integers, return a dictionary with {noun} for each "
            "key.",
            f"go through a dictionary of lists of numbers and map every key to {noun}",
            f"find for each key in a dictionary of lists {noun} and return a dictionary",
        ),
        names=(f"{what}_of_lists", f"dict_{what}", f"{what}_by_key", f"{what}_values"),
        solutions=(
            f"def solve(mapping):\n"
            f"    return {{name: {expression} for name, values in mapping.items()}}",
            f"""
            def solve(mapping):
                result = {{}}
                for name in mapping:
                    values = mapping[name]
                    result[name] = {expression}
                return result
            """,
        ),
        arguments=[(_lists(choose, (1, 4), 6 if what == "unique" else 20),) for _ in range(5)]
        + [({},)],
        synonyms=_NAMES,
    )


_TOTALS = {
    "sum": (
        "sum(sum(values) for values in mapping.values())",
        "sum(value for values in mapping.values() for value in values)",
        "the sum of all numbers",
    ),
    "count": (
        "sum(len(values) for values in mapping.values())",
        "sum(map(len, mapping.values()))",
        "the number of elements of all lists",
    ),
    "largest": (
        "max(max(values) for values in mapping.values())",
        "max(value for values in mapping.values() for value in values)",
        "the largest number in all lists",
    ),
    "distinct": (
        "sorted({value for values in mapping.values() for value in values})",
        "sorted(set().union(*mapping.values()))",
        "a sorted list of the distinct numbers of all lists",
    ),
    "flat": (
        "[value for values in mapping.values() for value in values]",
        "sum(mapping.values(), [])",
        "one list of the numbers of all lists",
    ),
    "pairs": (
        "[(name, value) for name, values in mapping.items() for value in values]",
        "",
        "a list of (key, number) tuples for all numbers",
    ),
    "longest": (
        "max(mapping, key=lambda name: len(mapping[name]))",
        "",
        "the key with the longest list (the first one in a tie)",
    ),
    "best": (
        "max(mapping, key=lambda name: sum(mapping[name]))",
        "",
        "the key whose list has the largest sum (the first one in a tie)",
    ),
    "in_all": (
        "sorted(set.intersection(*map(set, mapping.values())))",
        "",
        "a sorted list of the numbers that are in every list",
    ),
    "inverted": (
        "{}",
        "",
        "a dictionary that maps each number to the list of keys whose lists contain it",
    ),
}


@family(wanted=tuple(_TOTALS))
def all_lists_of_dict(choose: Chooser, wanted: str) -> Exercise:
    """Return a figure, a list or a key of all lists in a dict."""
    one, two, noun = _TOTALS[wanted]
    solutions = [f"def solve(mapping):\n    return {one}"]
    if wanted == "inverted":
        solutions = [
            """
            def solve(mapping):
                result = {}
                for name, values in mapping.items():
                    for value in values:
                        result.setdefault(value, []).append(name)
                return result
            """,
            """
            from collections import defaultdict

            def solve(mapping):
                result = defaultdict(list)
                for name, values in mapping.items():
                    for value in values:
                        result[value].append(name)
                return dict(result)
            """,
        ]
    elif wanted == "in_all":
        solutions.append("""
            def solve(mapping):
                lists = list(mapping.values())
                result = set(lists[0])
                for values in lists[1:]:
                    result &= set(values)
                return sorted(result)
            """)
    elif two:
        solutions.append(f"def solve(mapping):\n    return {two}")
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        mapping: dict[str, list[int]] = _lists(choose, (1, 4), 9)
        if wanted == "inverted":
            mapping = {name: list(dict.fromkeys(values)) for name, values in mapping.items()}
        if wanted == "in_all" and choose.chance(0.7):
            mapping = {name: [*values, 5] for name, values in mapping.items()}
        arguments.append((mapping,))
    return Exercise(
        texts=(
            f"find {noun} in a dictionary of lists",
            f"Given a dictionary whose values are lists of integers, return {noun}.",
            f"return {noun}, given a dict of lists",
            f"I have a dictionary of lists of numbers. I want {noun}.",
        ),
        names=(f"{wanted}_of_dict_lists", f"{wanted}_in_lists", f"dict_lists_{wanted}"),
        solutions=solutions,
        arguments=arguments,
        synonyms=_NAMES,
    )


_LISTS_KEPT = {
    "contains": ("k in values", "lists contain <k>"),
    "longer": ("len(values) > k", "lists have more than <k> elements"),
    "sum_above": ("sum(values) > k", "lists have a sum greater than <k>"),
    "all_above": ("min(values) > k", "lists have only numbers greater than <k>"),
}


@family(condition=tuple(_LISTS_KEPT), result=("keys", "dict", "count"))
def select_lists_of_dict(choose: Chooser, condition: str, result: str) -> Exercise:
    """Select the items of a dict of lists by a condition with a number."""
    test, clause = _LISTS_KEPT[condition]
    loop = "values in mapping.values()" if result == "count" else "name, values in mapping.items()"
    expression, start, step = {
        "keys": (f"[name for {loop} if {test}]", "[]", "result.append(name)"),
        "dict": (f"{{name: values for {loop} if {test}}}", "{}", "result[name] = values"),
        "count": (f"sum(1 for {loop} if {test})", "0", "result += 1"),
    }[result]
    texts = {
        "keys": (
            f"list the keys of a dictionary whose {clause}",
            f"find all keys in a dict of lists whose {clause}",
            f"Given a dictionary of lists and a number <k>, return the keys whose {clause}.",
        ),
        "dict": (
            f"keep the items of a dictionary of lists whose {clause}",
            f"return a dictionary of those keys and lists whose {clause}".replace(
                "whose lists", "where the lists"
            ),
            "Given a dictionary of lists and a number <k>, return a new dictionary of the items "
            "whose "
            f"{clause}.",
        ),
        "count": (
            f"count the keys of a dictionary whose {clause}",
            f"find how many keys of a dict of lists there are whose {clause}",
            "Given a dictionary of lists and a number <k>, return the number of keys whose "
            f"{clause}.",
        ),
    }[result]
    low, high = {"contains": (1, 6), "longer": (1, 3), "sum_above": (8, 15), "all_above": (1, 4)}[
        condition
    ]
    return Exercise(
        texts=texts,
        names=(
            f"{result}_{condition}",
            f"select_{condition}",
            f"lists_{condition}",
            "select_lists",
        ),
        solutions=(
            f"def solve(mapping, k):\n    return {expression}",
            f"""
            def solve(mapping, k):
                result = {start}
                for {loop}:
                    if {test}:
                        {step}
                return result
            """,
        ),
        arguments=[(_lists(choose, (1, 4), 9), choose.integer(low, high)) for _ in range(6)],
        synonyms=_NAMES | {"k": ("n", "limit", "num")},
    )


_TUPLE_KEYS = {
    "total_of_first": (
        "mapping, item",
        "sum(value for (a, b), value in mapping.items() if a == item)",
        "the sum of the values of all keys that start with <item>",
    ),
    "by_first": (
        "mapping",
        "",
        "a dictionary that maps each first element of the keys to the sum of its values",
    ),
    "nested": (
        "mapping",
        "",
        "a dictionary of dictionaries: the first element of a key is the outer key, the second "
        "the inner",
    ),
    "sorted_by_sum": (
        "mapping",
        "sorted(mapping, key=lambda pair: pair[0] + pair[1])",
        "a list of the keys in ascending order of the sum of their elements",
    ),
    "sorted_by_value": (
        "mapping",
        "sorted(mapping, key=lambda pair: mapping[pair])",
        "a list of the keys in ascending order of their values",
    ),
    "keys_with_sum": (
        "mapping, item",
        "[(a, b) for a, b in mapping if a + b == item]",
        "a list of the keys whose elements add up to <item>",
    ),
    "weighted": (
        "mapping",
        "sum(a * b * value for (a, b), value in mapping.items())",
        "the sum of the products of both elements of a key and its value",
    ),
    "seconds": (
        "mapping",
        "sorted({b for a, b in mapping})",
        "a sorted list of the distinct second elements of the keys",
    ),
}


@family(wanted=tuple(_TUPLE_KEYS))
def dict_with_tuple_keys(choose: Chooser, wanted: str) -> Exercise:
    """Handle a dict whose keys are pairs of integers."""
    parameters, expression, noun = _TUPLE_KEYS[wanted]
    loops = {
        "by_first": "result[a] = result.get(a, 0) + value",
        "nested": "result.setdefault(a, {})[b] = value",
    }
    solutions = [f"def solve({parameters}):\n    return {expression}"] if expression else []
    if wanted in loops:
        solutions.append(f"""
            def solve(mapping):
                result = {{}}
                for (a, b), value in mapping.items():
                    {loops[wanted]}
                return result
            """)
        factory, step = {
            "by_first": ("int", "result[a] += value"),
            "nested": ("dict", "result[a][b] = value"),
        }[wanted]
        solutions.append(f"""
            from collections import defaultdict

            def solve(mapping):
                result = defaultdict({factory})
                for (a, b), value in mapping.items():
                    {step}
                return dict(result)
            """)
    if wanted == "total_of_first":
        solutions.append("""
            def solve(mapping, item):
                total = 0
                for pair in mapping:
                    if pair[0] == item:
                        total += mapping[pair]
                return total
            """)
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        pairs = choose.sample([(a, b) for a in range(1, 5) for b in range(1, 5)], (1, 5))
        numbers = choose.sample(range(1, 40), len(pairs))
        mapping = dict(zip(pairs, numbers, strict=True))
        item = pairs[0][0] if wanted == "total_of_first" else sum(pairs[0])
        arguments.append((mapping, item) if "item" in parameters else (mapping,))
    return Exercise(
        texts=(
            f"return {noun}, given a dictionary with pairs of integers as keys",
            f"Given a dictionary whose keys are tuples of two integers, return {noun}.",
            f"take a dict with (x, y) tuples as keys and return {noun}",
        ),
        names=(f"{wanted}_of_pairs", f"tuples_{wanted}", f"dict_{wanted}", wanted),
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "a": ("x", "first", "i"),
            "b": ("y", "second", "j"),
            "pair": ("tup", "p", "position"),
            "item": ("k", "n", "wanted"),
            "key": ("key",),
        },
    )
