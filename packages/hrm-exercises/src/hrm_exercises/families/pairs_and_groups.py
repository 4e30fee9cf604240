"""Lists of pairs: grouping, duplicates, relations, comparing and look-ups."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Pairs = list[tuple[Any, ...]]


_Synonyms = dict[str, tuple[str, ...]]


_KEEP_KEY: _Synonyms = {"key": ("key",)}


_PAIRS: _Synonyms = {"pairs": ("tuples", "tuple_list", "lst", "data", "list_of_pairs", "items")}


def _letter_pairs(choose: Chooser, num: tuple[int, int], low: int = 1, high: int = 20) -> _Pairs:
    """Return pairs of a letter or word, repeated now and then, and a number."""
    labels = choose.words(3) if choose.chance(0.5) else ["a", "b", "c"]
    return [(choose.one_of(labels), choose.integer(low, high)) for _ in range(choose.integer(*num))]


def _number_pairs(choose: Chooser, num: tuple[int, int], low: int = 1, high: int = 5) -> _Pairs:
    return [tuple(choose.integers(2, low, high)) for _ in range(choose.integer(*num))]


_GROUPED = {
    "lists": ("[]", "groups[key].append(value)", "a list of its values", "list"),
    "sums": ("0", "groups[key] += value", "the sum of its values", "int"),
    "counts": ("0", "groups[key] += 1", "the number of pairs that have it", "int"),
    "largest": ("value", "groups[key] = max(groups[key], value)", "its largest value", ""),
    "smallest": ("value", "groups[key] = min(groups[key], value)", "its smallest value", ""),
    "first": ("value", "groups[key] = groups[key]", "the first of its values", ""),
    "last": ("value", "groups[key] = value", "the last of its values", ""),
}


@family(kept=tuple(_GROUPED), by=("first", "second"))
def group_pairs_in_dict(choose: Chooser, kept: str, by: str) -> Exercise:
    """Make a dict of pairs; what is kept of pairs with the same key varies."""
    start, step, noun, factory = _GROUPED[kept]
    unpacked = "key, value" if by == "first" else "value, key"
    other = "second" if by == "first" else "first"
    pairs = [_letter_pairs(choose, (2, 7)) for _ in range(5)] + [[]]
    if by == "second":
        pairs = [[(number, label) for label, number in some] for some in pairs]
    simple = {
        "last": """
                for {unpacked} in pairs:
                    groups[key] = value""",
        "first": """
                for {unpacked} in pairs:
                    if key not in groups:
                        groups[key] = value""",
        "counts": """
                for {unpacked} in pairs:
                    groups[key] = groups.get(key, 0) + 1""",
        "sums": """
                for {unpacked} in pairs:
                    groups[key] = groups.get(key, 0) + value""",
        "lists": """
                for {unpacked} in pairs:
                    groups.setdefault(key, []).append(value)""",
    }.get(
        kept,
        """
                for {unpacked} in pairs:
                    if key not in groups:
                        groups[key] = {start}
                    else:
                        {step}""",
    )
    loop = simple.format(unpacked=unpacked, start=start, step=step)
    if kept == "counts":
        loop = loop.replace(unpacked, "_, key" if by == "second" else "key, _")
    solutions = [
        f"""
            def solve(pairs):
                groups = {{}}{loop}
                return groups
            """
    ]
    if factory:
        names = unpacked.replace("value", "_") if kept == "counts" else unpacked
        solutions.append(f"""
            from collections import defaultdict

            def solve(pairs):
                groups = defaultdict({factory})
                for {names} in pairs:
                    {step}
                return dict(groups)
            """)
    if kept == "last":
        dictionary = "dict(pairs)" if by == "first" else "{key: value for value, key in pairs}"
        solutions.append(f"def solve(pairs):\n    return {dictionary}")
    return Exercise(
        texts=(
            f"make a dictionary of a list of pairs that maps each {by} element to {noun}",
            f"group pairs by their {by} element in a dictionary: every key has {noun}",
            f"Given a list of tuples (key, value), return a dict with {noun} for every key."
            if by == "first"
            else f"Given a list of tuples (value, key), return a dict with {noun} for every key.",
            f"turn a list of two-element tuples into a dictionary. The keys are the {by} "
            "elements, the "
            f"values are taken from the {other} elements: each key gets {noun}".replace(
                ". The", "; the"
            )
            if kept != "counts"
            else f"count in a dictionary how often each {by} element occurs in a list of pairs",
        ),
        names=(
            f"group_{kept}",
            f"pairs_to_{kept}",
            f"{kept}_by_{by}",
            "group_pairs",
            "pairs_to_dict",
        ),
        solutions=solutions,
        arguments=[(some,) for some in pairs],
        synonyms=_PAIRS | {"groups": ("result", "d", "res", "out", "table")},
    )


_GROUP_WINNERS = {
    "largest_sum": ("sum(values)", "max", "the largest sum of values"),
    "smallest_sum": ("sum(values)", "min", "the smallest sum of values"),
    "most": ("len(values)", "max", "the most values"),
    "largest_average": ("sum(values) / len(values)", "max", "the highest average value"),
}


@family(wanted=tuple(_GROUP_WINNERS))
def best_key_of_pairs(choose: Chooser, wanted: str) -> Exercise:
    """Find the key of (key, value) pairs whose values are the best; ties go to the first key."""
    expression, function, noun = _GROUP_WINNERS[wanted]
    of_label = expression.replace("values", "groups[label]")
    return Exercise(
        texts=(
            f"find the first key that has {noun} in a list of (key, value) pairs",
            f"find which key of a list of pairs has {noun}; if there are several, the first of "
            "them",
            "Given a list of (key, value) tuples with repeated keys, return the first key with "
            f"{noun}.",
            f"I have pairs of a name and a number. Return the name with {noun} (the one that comes "
            "first if there is a tie).",
        ),
        names=(f"key_with_{wanted}", "best_key", f"{wanted}_key", "top_key"),
        solutions=(
            f"""
            def solve(pairs):
                groups = {{}}
                for label, value in pairs:
                    groups.setdefault(label, []).append(value)
                return {function}(groups, key=lambda label: {of_label})
            """,
            f"""
            from collections import defaultdict

            def solve(pairs):
                groups = defaultdict(list)
                for label, value in pairs:
                    groups[label].append(value)
                winner = None
                for label, values in groups.items():
                    figure = {expression}
                    if winner is None or figure {">" if function == "max" else "<"} winner[1]:
                        winner = (label, figure)
                return winner[0]
            """,
        ),
        arguments=[(_letter_pairs(choose, (3, 8)),) for _ in range(6)],
        synonyms=_PAIRS | _KEEP_KEY | {"label": ("name", "k"), "groups": ("d", "table")},
    )


@family(equality=("exact", "any_order"), result=("unique", "count", "repeated"))
def duplicates_among_pairs(choose: Chooser, equality: str, result: str) -> Exercise:
    """Remove or count repeated pairs; (1, 2) and (2, 1) may count as the same."""
    same = " regardless of the order inside the pairs" if equality == "any_order" else ""
    form = "tuple(sorted(pair))" if equality == "any_order" else "pair"
    texts, solutions = {
        "unique": (
            (
                f"remove duplicate pairs from a list{same} and keep the first ones",
                f"drop repeated tuples from a list of pairs{same}, keeping the order",
                "Given a list of pairs, return the list without pairs that occurred before"
                f"{',' + same if same else ''}.",
            ),
            (
                f"""
                def solve(pairs):
                    seen = set()
                    result = []
                    for pair in pairs:
                        form = {form}
                        if form not in seen:
                            seen.add(form)
                            result.append(pair)
                    return result
                """
                if same
                else """
                def solve(pairs):
                    result = []
                    for pair in pairs:
                        if pair not in result:
                            result.append(pair)
                    return result
                """,
                """
                def solve(pairs):
                    unique = {}
                    for pair in pairs:
                        unique.setdefault(tuple(sorted(pair)), pair)
                    return list(unique.values())
                """
                if same
                else "def solve(pairs):\n    return list(dict.fromkeys(pairs))",
            ),
        ),
        "count": (
            (
                f"count the different pairs in a list{same}",
                f"find the number of distinct tuples in a list of pairs{same}",
                f"Given a list of pairs, how many different pairs are there{same}?",
            ),
            (
                f"def solve(pairs):\n    return len(set({form} for pair in pairs))"
                if same
                else "def solve(pairs):\n    return len(set(pairs))",
                f"def solve(pairs):\n    return len({{{form} for pair in pairs}})",
            ),
        ),
        "repeated": (
            (
                f"check whether a list of pairs contains the same pair twice{same}",
                f"return True if any pair occurs more than once in a list{same}, else False",
                f"Given a list of pairs, are there duplicates{same}? Return a boolean.",
            ),
            (
                f"def solve(pairs):\n    return len({{{form} for pair in pairs}}) < len(pairs)",
                f"""
                def solve(pairs):
                    seen = set()
                    for pair in pairs:
                        if {form} in seen:
                            return True
                        seen.add({form})
                    return False
                """,
            ),
        ),
    }[result]
    arguments = []
    for index in range(6):
        pairs = choose.sample([(a, b) for a in range(1, 5) for b in range(5, 9)], (2, 5))
        if index % 2:
            again = choose.sample(pairs, (1, 2))
            pairs += [pair[::-1] if choose.chance(0.5) else pair for pair in again]
            pairs += again[:1] if equality == "exact" else []
        arguments.append((choose.shuffled(pairs),))
    return Exercise(
        texts=texts,
        names=(f"{result}_pairs", f"{result}_tuples", "duplicate_pairs", f"{result}_in_any_order"),
        solutions=solutions,
        arguments=arguments,
        synonyms=_PAIRS | {"pair": ("tup", "t", "p"), "form": ("normal", "canon", "sorted_pair")},
    )


_RELATIONS = {
    "symmetric": (
        "all((b, a) in pairs for a, b in pairs)",
        "for every pair (a, b) the pair (b, a) is in the list too",
        "is_symmetric",
    ),
    "chain": (
        "all(one[1] == two[0] for one, two in zip(pairs, pairs[1:]))",
        "every pair starts with the number that the pair before it ends with",
        "is_chain",
    ),
    "function": (
        "len({a for a, b in pairs}) == len(pairs)",
        "no two pairs have the same first element",
        "is_function",
    ),
    "sorted": (
        "all(one[1] <= two[1] for one, two in zip(pairs, pairs[1:]))",
        "the pairs are sorted by their second elements",
        "is_sorted_by_second",
    ),
    "disjoint": (
        "{a for a, b in pairs}.isdisjoint({b for a, b in pairs})",
        "no number is both a first and a second element",
        "are_disjoint",
    ),
}


@family(relation=tuple(_RELATIONS))
def relation_of_pairs(choose: Chooser, relation: str) -> Exercise:
    """Check a property of a list of pairs, seen as a relation."""
    condition, claim, name = _RELATIONS[relation]
    arguments = []
    for index in range(7):
        pairs = _number_pairs(choose, (2, 5), 1, 6)
        if index % 2 == 0:
            size = choose.integer(2, 5)
            steps = choose.integers(size + 1, 1, 9)
            numbers = choose.sample(range(1, 10), size)
            pairs = {
                "symmetric": [p for a, b in pairs[:2] for p in ((a, b), (b, a))],
                "chain": [(steps[i], steps[i + 1]) for i in range(size)],
                "function": list(zip(numbers, steps, strict=False)),
                "sorted": list(zip(steps[1:], sorted(steps[:-1]), strict=True)),
                "disjoint": [(a, b + 10) for a, b in pairs],
            }[relation]
        arguments.append((pairs,))
    return Exercise(
        texts=(
            f"check whether in a list of pairs {claim}",
            f"Given a list of pairs of integers, return True if {claim}, else False.",
            f"find out if it is true for a list of tuples that {claim}",
            f"check a list of two-element tuples: {claim}",
        ),
        names=(name, f"pairs_{name}", f"check_{relation}", "check_pairs"),
        solutions=(
            f"def solve(pairs):\n    return {condition}",
            f"def solve(pairs):\n    if {condition}:\n        return True\n    return False",
        ),
        arguments=arguments,
        synonyms=_PAIRS | {"a": ("x", "left"), "b": ("y", "right")},
    )


@family(result=("count", "list"))
def mirrored_pairs(choose: Chooser, result: str) -> Exercise:
    """Find pairs (a, b) whose mirror image (b, a) comes later in a list."""
    texts = {
        "count": (
            "count the pairs (a, b) in a list for which (b, a) occurs later in the list",
            "find how many pairs in a list of distinct tuples have their reverse further on in "
            "the list",
            "Given a list of pairs without repetitions, return the number of mirrored pairs: (a, "
            "b) with "
            "(b, a) behind it.",
        ),
        "list": (
            "list the pairs (a, b) of a list for which (b, a) occurs later in the list",
            "find all tuples in a list whose reverse comes further on in the list",
            "Given a list of pairs, return those pairs whose mirror image (b, a) follows later.",
        ),
    }[result]
    start, step = {"count": ("0", "total += 1"), "list": ("[]", "total.append(pair)")}[result]
    one_line = "[pair for index, pair in enumerate(pairs) if pair[::-1] in pairs[index + 1:]]"
    arguments = []
    for _ in range(6):
        pairs = choose.sample([(a, b) for a in range(1, 9) for b in range(1, 9) if a != b], (2, 5))
        pairs += [pair[::-1] for pair in pairs[: choose.integer(0, 2)] if pair[::-1] not in pairs]
        arguments.append((choose.shuffled(pairs),))
    return Exercise(
        texts=texts,
        names=("mirrored_pairs", "symmetric_pairs", f"{result}_reversed_pairs", "reverse_pairs"),
        solutions=(
            "def solve(pairs):\n    return "
            f"{f'len({one_line})' if result == 'count' else one_line}",
            f"""
            def solve(pairs):
                total = {start}
                for index, pair in enumerate(pairs):
                    if (pair[1], pair[0]) in pairs[index + 1:]:
                        {step}
                return total
            """,
        ),
        arguments=arguments,
        synonyms=_PAIRS | {"pair": ("tup", "t", "p"), "total": ("result", "res", "found")},
    )


_BETWEEN = {
    "common": ("[pair for pair in first if pair in second]", "that are in both lists"),
    "missing": (
        "[pair for pair in first if pair not in second]",
        "that are not in the second list",
    ),
    "reversed": (
        "[pair for pair in first if pair[::-1] in second]",
        "whose reverse is in the second list",
    ),
    "same_key": (
        "[pair for pair in first if pair[0] in [other[0] for other in second]]",
        "whose first element is the first element of some tuple in the second list",
    ),
}


@family(kind=tuple(_BETWEEN))
def compare_two_lists_of_pairs(choose: Chooser, kind: str) -> Exercise:
    """Find tuples of one list that have a counterpart in another."""
    expression, clause = _BETWEEN[kind]
    condition = expression.split(" if ")[1][:-1]
    arguments = []
    for _ in range(6):
        first = _number_pairs(choose, (2, 5), 1, 9)
        second = [choose.one_of(first) for _ in range(choose.integer(0, 2))]
        second = [pair[::-1] for pair in second] if kind == "reversed" else second
        arguments.append((first, choose.shuffled(second + _number_pairs(choose, (1, 3), 1, 9))))
    return Exercise(
        texts=(
            f"find the tuples of a list {clause}",
            f"compare two lists of pairs and return the pairs of the first {clause}",
            f"Given two lists of tuples, return all tuples of the first list {clause}, in their "
            "order.",
            f"keep those pairs of the first of two lists {clause}",
        ),
        names=(f"{kind}_tuples", f"{kind}_pairs", f"find_{kind}", "compare_pair_lists"),
        solutions=(
            f"def solve(first, second):\n    return {expression}",
            f"""
            def solve(first, second):
                result = []
                for pair in first:
                    if {condition}:
                        result.append(pair)
                return result
            """,
        ),
        arguments=arguments,
        synonyms={"pair": ("tup", "t", "p")},
    )


_LOOKUPS = {
    "value": ("value", "label == item", "None", "the number that belongs to a given name", "name"),
    "index": ("index", "label == item", "-1", "the index of the pair with a given name", "name"),
    "label": (
        "label",
        "value == item",
        "None",
        "the name that belongs to a given number",
        "number",
    ),
}


@family(wanted=tuple(_LOOKUPS))
def look_up_in_pairs(choose: Chooser, wanted: str) -> Exercise:
    """Find a pair in a list of (name, number) pairs."""
    result, condition, missing, noun, given = _LOOKUPS[wanted]
    loop = (
        "for index, (label, _) in enumerate(pairs)"
        if wanted == "index"
        else ("for label, value in pairs")
    )
    arguments: list[tuple[Any, ...]] = []
    for index in range(6):
        names = [choose.person() for _ in range(choose.integer(2, 5))]
        pairs = list(zip(dict.fromkeys(names), choose.sample(range(20, 90), 5), strict=False))
        found = choose.one_of(pairs)[given == "number"]
        arguments.append((pairs, found if index % 3 else {"name": "Zoe", "number": 7}[given]))
    return Exercise(
        texts=(
            f"find {noun} in a list of (name, number) pairs and return {missing} if there is none",
            f"look up {noun} in a list of tuples (name, number), {missing} if it is missing",
            f"Given a list of (name, number) tuples, return {noun}, or {missing} if it does not "
            "occur.",
            f"search a list of pairs of a name and a number for {noun}; return {missing} if "
            "nothing is found",
        ),
        names=(f"look_up_{wanted}", f"find_{wanted}", f"{wanted}_of_{given}", "search_pairs"),
        solutions=(
            f"""
            def solve(pairs, item):
                {loop}:
                    if {condition}:
                        return {result}
                return {missing}
            """,
            f"""
            def solve(pairs, item):
                return next(({result} {loop} if {condition}), {missing})
            """,
        ),
        arguments=arguments,
        synonyms=_PAIRS
        | {"label": ("name", "key_", "person"), "item": ("wanted", "target", given)},
    )
