"""Lists of tuples of numbers: sorting, choosing, mapping and summing."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]
_Size = int | tuple[int, int]

_KEEP_KEY: _Synonyms = {"key": ("key",)}
_PAIR: _Synonyms = {
    "pair": ("tup", "t", "p", "x", "item"),
    "pairs": ("tuples", "tuple_list", "lst", "data"),
}


def _records(choose: Chooser, num: _Size, size: _Size, high: int = 20) -> list[tuple[int, ...]]:
    """Return a list of tuples, all of one length or of lengths between two numbers."""
    count = num if isinstance(num, int) else choose.integer(*num)
    return [tuple(choose.integers(size, 0, high)) for _ in range(count)]


_SORTED: dict[str, tuple[str, str, _Size]] = {
    "first": ("pair[0]", "their first element", 2),
    "second": ("pair[1]", "their second element", 3),
    "last": ("pair[-1]", "their last element", 3),
    "sum": ("sum(pair)", "the sum of their elements", 3),
    "product": ("pair[0] * pair[1]", "the product of their two elements", 2),
    "difference": ("abs(pair[0] - pair[1])", "the absolute difference of their two elements", 2),
    "length": ("len(pair)", "their length", (1, 5)),
    "largest": ("max(pair)", "their largest element", 3),
}


@family(by=tuple(_SORTED), descending=(False, True))
def sort_tuples_by(choose: Chooser, by: str, *, descending: bool) -> Exercise:
    """Sort a list of tuples by an element or by a figure of each tuple."""
    expression, noun, size = _SORTED[by]
    order = "descending" if descending else "ascending"
    reverse = ", reverse=True" if descending else ""
    first = "largest" if descending else "smallest"
    function = {"sum": "sum", "length": "len", "largest": "max"}.get(
        by, f"lambda pair: {expression}"
    )
    texts = [
        f"sort a list of tuples by {noun} in {order} order",
        f"sort the given list of tuples in {order} order of {noun}",
        f"Given a list of tuples, return it sorted by {noun}, {first} first.",
        f"order tuples by {noun} ({order})",
        f"I have a list of tuples. Return a list of them in {order} order by {noun}; tuples that "
        "tie keep their order.",
    ]
    if not descending:
        texts.append(f"sort a list of tuples by {noun}")
    return Exercise(
        texts=texts,
        names=(
            f"sort_by_{by}",
            f"sort_tuples_by_{by}",
            "sort_tuples",
            "sort_list",
            f"order_by_{by}",
        ),
        solutions=(
            f"""
            def solve(pairs):
                return sorted(pairs, key={function}{reverse})
            """,
            f"""
            def solve(pairs):
                result = list(pairs)
                result.sort(key=lambda pair: {expression}{reverse})
                return result
            """,
        ),
        arguments=[(_records(choose, (2, 6), size),) for _ in range(6)] + [([],)],
        synonyms=_KEEP_KEY | _PAIR,
    )


@family(first_key=("first", "second", "length"), second_key=("up", "down"))
def sort_tuples_by_two_keys(choose: Chooser, first_key: str, second_key: str) -> Exercise:
    """Sort pairs by one element and break ties by the other."""
    if first_key == "length":
        keys = ("len(pair)", "sum(pair)")
        nouns = ("length", "sum")
        pairs = [(_records(choose, (3, 6), (1, 3), 9),) for _ in range(6)]
    else:
        keys = ("pair[0]", "pair[1]") if first_key == "first" else ("pair[1]", "pair[0]")
        nouns = ("first element", "second element")
        nouns = nouns if first_key == "first" else (nouns[1], nouns[0])
        pairs = [(_records(choose, (3, 7), 2, 4),) for _ in range(6)]
    sign = "-" if second_key == "down" else ""
    order = "descending" if second_key == "down" else "ascending"
    return Exercise(
        texts=(
            f"sort a list of tuples by {nouns[0]}, and those with the same {nouns[0]} by "
            f"{nouns[1]} in {order} order",
            f"sort tuples in ascending order of their {nouns[0]}; break ties by the {nouns[1]} in "
            f"{order} order",
            f"Given a list of tuples, sort it by {nouns[0]} (ascending) and then by {nouns[1]} "
            f"({order}).",
        ),
        names=("sort_by_two_keys", f"sort_by_{first_key}", "sort_tuples", "sort_pairs"),
        solutions=(
            f"""
            def solve(pairs):
                return sorted(pairs, key=lambda pair: ({keys[0]}, {sign}{keys[1]}))
            """,
            f"""
            def solve(pairs):
                result = sorted(pairs, key=lambda pair: {sign}{keys[1]})
                result.sort(key=lambda pair: {keys[0]})
                return result
            """,
        ),
        arguments=pairs,
        synonyms=_KEEP_KEY | _PAIR,
    )


_KEPT = {
    "contains": ("k in pair", "contain <k>"),
    "without": ("k not in pair", "do not contain <k>"),
    "length": ("len(pair) == k", "have exactly <k> elements"),
    "longer": ("len(pair) > k", "have more than <k> elements"),
    "sum_above": ("sum(pair) > k", "have a sum greater than <k>"),
    "all_below": ("all(x < k for x in pair)", "have only elements below <k>"),
    "all_divisible": ("all(x % k == 0 for x in pair)", "have only elements divisible by <k>"),
    "any_divisible": ("any(x % k == 0 for x in pair)", "have an element divisible by <k>"),
    "starts": ("pair[0] == k", "start with <k>"),
}


_OPPOSITES = {
    "k in pair": "k not in pair",
    "k not in pair": "k in pair",
    "len(pair) == k": "len(pair) != k",
    "len(pair) > k": "len(pair) <= k",
    "sum(pair) > k": "sum(pair) <= k",
    "pair[0] == k": "pair[0] != k",
}


@family(condition=tuple(_KEPT), result=("keep", "count", "remove"))
def tuples_that_meet_number(choose: Chooser, condition: str, result: str) -> Exercise:
    """Keep, count or remove the tuples that meet a condition with a number."""
    test, clause = _KEPT[condition]
    texts: tuple[str, ...]
    if result == "count":
        expression = f"sum(1 for pair in pairs if {test})"
        loop = ("count = 0", f"if {test}", "count += 1", "count")
        texts = (
            f"count the tuples in a list that {clause}",
            f"find how many tuples of a given list {clause}",
            f"Given a list of tuples and a number <k>, return the number of tuples that {clause}.",
        )
    else:
        negation = result == "remove"
        if negation:
            test = f"not {test}" if test.startswith(("all", "any")) else _OPPOSITES[test]
        expression = f"[pair for pair in pairs if {test}]"
        loop = ("result = []", f"if {test}", "result.append(pair)", "result")
        verb = "remove all tuples from a list" if negation else "keep only the tuples of a list"
        left = "without those" if negation else "with only those"
        texts = (
            f"{verb} that {clause}",
            f"{'drop' if negation else 'extract'} the tuples that {clause} from a list of tuples",
            f"Given a list of tuples and a number <k>, return the list {left} that {clause}.",
            f"filter a list of tuples: {'remove' if negation else 'keep'} those which {clause}",
        )
    arguments = []
    for _ in range(6):
        size = (1, 4) if condition in ("length", "longer") else (2, 3)
        pairs = _records(choose, (3, 6), size, 12)
        low, high = {
            "length": (1, 4),
            "longer": (1, 3),
            "sum_above": (8, 20),
            "all_below": (6, 12),
            "all_divisible": (1, 3),
            "any_divisible": (2, 5),
        }.get(condition, (0, 12))
        k = choose.integer(low, high)
        if condition in ("contains", "without", "starts") and choose.chance(0.8):
            k = choose.one_of(pairs)[0]
        arguments.append((pairs, k))
    return Exercise(
        texts=texts,
        names=(
            f"{result}_tuples",
            f"{result}_{condition}",
            f"filter_{condition}",
            f"{result}_by_k",
        ),
        solutions=(
            f"""
            def solve(pairs, k):
                return {expression}
            """,
            f"""
            def solve(pairs, k):
                {loop[0]}
                for pair in pairs:
                    {loop[1]}:
                        {loop[2]}
                return {loop[3]}
            """,
        ),
        arguments=arguments,
        synonyms=_PAIR,
    )


_PLAIN = {
    "all_even": ("all(x % 2 == 0 for x in pair)", "have only even elements"),
    "all_positive": ("all(x > 0 for x in pair)", "have only positive elements"),
    "any_negative": ("any(x < 0 for x in pair)", "have a negative element"),
    "increasing": ("pair[0] < pair[1]", "have a first element smaller than the second"),
    "equal": ("pair[0] == pair[1]", "have two equal elements"),
    "zero_sum": ("sum(pair) == 0", "have elements that add up to zero"),
}


@family(condition=tuple(_PLAIN), result=("list", "count", "any", "all"))
def pairs_that_meet_condition(choose: Chooser, condition: str, result: str) -> Exercise:
    """Keep or count pairs with a property, or check whether any or all have it."""
    test, clause = _PLAIN[condition]
    singular = clause.replace("have", "has", 1)
    short = condition.removeprefix("all_").removeprefix("any_")
    expression, texts = {
        "list": (
            f"[pair for pair in pairs if {test}]",
            (
                f"find all pairs in a list that {clause}",
                f"keep the pairs that {clause}",
                f"Given a list of pairs of integers, return those that {clause}.",
                f"filter a list of two-element tuples so that only tuples which {clause} remain",
            ),
        ),
        "count": (
            f"sum(1 for pair in pairs if {test})",
            (
                f"count the pairs in a list that {clause}",
                f"find the number of tuples in a list of pairs that {clause}",
                f"Given a list of pairs of integers, how many of them {clause}?",
            ),
        ),
        "any": (
            f"any({test} for pair in pairs)",
            (
                f"check whether a list of pairs has a pair that {singular.replace('have', 'has')}",
                f"Given a list of pairs, return True if at least one of them {singular}.",
                f"return true if any tuple in a list of pairs {singular}, else false",
            ),
        ),
        "all": (
            f"all({test} for pair in pairs)",
            (
                f"check whether every pair in a list {singular}",
                f"Given a list of pairs, return True if each of them {singular}, False otherwise.",
                f"return true if all tuples in a list of pairs {clause}, else false",
            ),
        ),
    }[result]
    by_hand = {
        "list": ("result = []", test, "result.append(pair)", "result"),
        "count": ("count = 0", test, "count += 1", "count"),
        "any": ("", test, "return True", "False"),
        "all": ("", f"not ({test})", "return False", "True"),
    }[result]
    start = f"{by_hand[0]}\n                " if by_hand[0] else ""
    arguments = []
    for index in range(7):
        pairs = [_meeting_pair(choose, condition)] if result != "all" or index % 2 else []
        pairs = pairs * choose.integer(0, 1) if result == "any" else pairs
        for _ in range(choose.integer(1, 4)):
            other = tuple(choose.integers(2, -9, 9))
            meets = result == "all" and index % 2
            pairs.append(_meeting_pair(choose, condition) if meets else other)
        arguments.append((choose.shuffled(pairs),))
    return Exercise(
        texts=texts,
        names=(f"{condition}_pairs", f"{result}_{short}", f"check_{condition}", "pairs_with"),
        solutions=(
            f"""
            def solve(pairs):
                return {expression}
            """,
            f"""
            def solve(pairs):
                {start}for pair in pairs:
                    if {by_hand[1]}:
                        {by_hand[2]}
                return {by_hand[3]}
            """,
        ),
        arguments=arguments,
        synonyms=_PAIR,
    )


def _meeting_pair(choose: Chooser, condition: str) -> tuple[int, ...]:
    """Return a pair that meets a condition of `_PLAIN`."""
    x, y = choose.integer(1, 8), choose.integer(1, 8)
    return {
        "all_even": (2 * x, -2 * y),
        "all_positive": (x, y),
        "any_negative": (x, -y),
        "increasing": (x, x + y),
        "equal": (x, x),
        "zero_sum": (x, -x),
    }[condition]


_COLUMNS = {
    "sum": ("sum({})", "sum", "sum"),
    "largest": ("max({})", "largest", "max"),
    "smallest": ("min({})", "smallest", "min"),
    "list": ("[{}]", "list", "list"),
    "average": ("sum({}) / len(pairs)", "average", "average"),
    "tuple": ("tuple({})", "tuple", "tuple"),
}


@family(result=tuple(_COLUMNS), place=("first", "second", "last", "k"))
def column_of_tuples(choose: Chooser, result: str, place: str) -> Exercise:
    """Collect or summarize the elements at one place of each tuple."""
    pattern, noun, name = _COLUMNS[result]
    index = {"first": "0", "second": "1", "last": "-1", "k": "k"}[place]
    shown = "index <k>" if place == "k" else ""
    which = f"elements at {shown}" if shown else f"{place} elements"
    expression = pattern.format(f"pair[{index}] for pair in pairs")
    parameters = "pairs, k" if place == "k" else "pairs"
    whole = {"sum": "sum of all", "average": "average of the"}.get(result, f"{noun} of the")
    solutions = [f"def solve({parameters}):\n    return {expression}"]
    if result in ("sum", "list"):
        start, step = {
            "sum": ("0", f"total += pair[{index}]"),
            "list": ("[]", f"total.append(pair[{index}])"),
        }[result]
        solutions.append(f"""
        def solve({parameters}):
            total = {start}
            for pair in pairs:
                {step}
            return total
        """)
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        pairs = _records(choose, choose.one_of((2, 4, 5)), 3, 30)
        arguments.append((pairs, choose.integer(0, 2)) if place == "k" else (pairs,))
    return Exercise(
        texts=(
            f"find the {whole} {which} of the tuples in a list",
            f"get the {whole} {which} of a list of tuples",
            f"Given a list of tuples of numbers, return the {whole} {which}.",
            f"take the {which} of all tuples in a list and return "
            + (f"them as a {noun}" if result in ("list", "tuple") else f"their {noun}")
            + (" value" if result in ("largest", "smallest") else ""),
        ),
        names=(
            f"{name}_of_{place}",
            f"{place}_elements",
            f"{name}_{place}_elements",
            f"{name}_column",
        ),
        solutions=solutions,
        arguments=arguments,
        synonyms=_PAIR | {"total": ("result", "res", "out", "values")},
    )


_MAPPED = {
    "sum": ("sum(pair)", "the sum of its elements", "sums"),
    "product": ("math.prod(pair)", "the product of its elements", "products"),
    "largest": ("max(pair)", "its largest element", "maxima"),
    "smallest": ("min(pair)", "its smallest element", "minima"),
    "length": ("len(pair)", "its length", "lengths"),
    "reversed": ("pair[::-1]", "the same tuple reversed", "reversed tuples"),
    "sorted": ("tuple(sorted(pair))", "the same tuple sorted in ascending order", "sorted tuples"),
    "shortened": ("pair[:-1]", "the same tuple without its last element", "shorter tuples"),
    "list": ("list(pair)", "a list of the same elements", "lists"),
    "doubled": ("tuple(2 * x for x in pair)", "a tuple with doubled elements", "doubled tuples"),
    "with_sum": ("pair + (sum(pair),)", "the tuple with its sum added at the end", "longer tuples"),
    "text": ("'-'.join(map(str, pair))", "a string of its elements joined by '-'", "strings"),
    "spread": (
        "max(pair) - min(pair)",
        "the difference of its largest and smallest element",
        "ranges",
    ),
}


@family(change=tuple(_MAPPED))
def map_list_of_tuples(choose: Chooser, change: str) -> Exercise:
    """Replace each tuple of a list by a value or by another tuple."""
    expression, noun, plural = _MAPPED[change]
    start = "import math\n\n" if "math." in expression else ""
    return Exercise(
        texts=(
            f"replace each tuple in a list by {noun}",
            f"return a list that has, for each tuple of the given list, {noun}",
            f"Given a list of tuples, return the list of {plural}: for every tuple, {noun}.",
            f"convert a list of tuples to a list of {plural}, where each tuple becomes {noun}",
            f"map every tuple in a list to {noun}",
        ),
        names=(f"{change}_of_tuples", f"{change}_each", f"tuples_to_{change}", f"map_{change}"),
        solutions=(
            f"{start}def solve(pairs):\n    return [{expression} for pair in pairs]",
            f"{start}def solve(pairs):\n    return list(map(lambda pair: {expression}, pairs))",
            f"{start}def solve(pairs):\n    result = []\n    for pair in pairs:\n"
            f"        result.append({expression})\n    return result",
        ),
        arguments=[(_records(choose, (1, 5), (1, 4), 15),) for _ in range(5)] + [([],)],
        synonyms=_PAIR,
    )


_BEST: dict[str, tuple[str, str, _Size]] = {
    "second": ("pair[1]", "second element", 2),
    "last": ("pair[-1]", "last element", 3),
    "sum": ("sum(pair)", "sum", 3),
    "length": ("len(pair)", "length", (1, 6)),
    "product": ("pair[0] * pair[1]", "product", 2),
    "difference": ("abs(pair[0] - pair[1])", "absolute difference of the two elements", 2),
}


@family(by=tuple(_BEST), kind=("largest", "smallest"))
def tuple_with_extreme(choose: Chooser, by: str, kind: str) -> Exercise:
    """Find the tuple with the largest or smallest figure; the first of several."""
    expression, noun, size = _BEST[by]
    function, sign = {"largest": ("max", ">"), "smallest": ("min", "<")}[kind]
    value = expression.replace("pair", "best")
    return Exercise(
        texts=(
            f"find the first tuple with the {kind} {noun} in a list of tuples",
            f"return the tuple whose {noun} is the {kind} (the first such tuple)",
            f"Given a list of tuples, return the one with the {kind} {noun} (the first one if "
            "there is a tie).",
            f"find which tuple of a list has the {kind} {noun}, the earliest one in case of a tie",
        ),
        names=(f"{kind}_{by}_tuple", f"tuple_with_{kind}_{by}", f"{function}_by_{by}"),
        solutions=(
            f"""
            def solve(pairs):
                return {function}(pairs, key=lambda pair: {expression})
            """,
            f"""
            def solve(pairs):
                best = pairs[0]
                for pair in pairs:
                    if {expression} {sign} {value}:
                        best = pair
                return best
            """,
        ),
        arguments=[(_records(choose, (2, 6), size),) for _ in range(6)],
        synonyms=_KEEP_KEY | _PAIR | {"best": (kind, "result", "found", "chosen")},
    )


@family(by=("second", "sum", "first"), kind=("largest", "smallest"), place=(None, "k"))
def best_k_tuples(choose: Chooser, by: str, kind: str, place: str | None) -> Exercise:
    """Return the k tuples with the largest or smallest figure, in order."""
    expression, noun = {
        "second": ("pair[1]", "second elements"),
        "first": ("pair[0]", "first elements"),
        "sum": ("sum(pair)", "sums"),
    }[by]
    reverse = ", reverse=True" if kind == "largest" else ""
    number = "k" if place else "3"
    shown = "<k>" if place else "three"
    order = "largest" if kind == "largest" else "smallest"
    parameters = "pairs, k" if place else "pairs"
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        values = choose.sample(range(1, 40), (4, 7))
        if by == "first":
            pairs = list(zip(values, choose.integers(len(values), 1, 20), strict=True))
        else:
            firsts = choose.integers(len(values), 0, 9)
            pairs = [
                (one, value - one if by == "sum" else value)
                for one, value in zip(firsts, values, strict=True)
            ]
        arguments.append((pairs, choose.integer(1, 4)) if place else (pairs,))
    return Exercise(
        texts=(
            f"find the {shown} tuples with the {kind} {noun} in a list of pairs, {order} first",
            f"return the {shown} pairs that have the {kind} {noun}, starting with the {order}",
            f"Given a list of pairs, return a list of the {shown} pairs with the {kind} {noun}, in "
            f"{'descending' if reverse else 'ascending'} order.",
        ),
        names=(f"{kind}_k_tuples", f"{kind}_by_{by}", "top_tuples", f"find_{kind}_{by}"),
        solutions=(
            f"""
            def solve({parameters}):
                return sorted(pairs, key=lambda pair: {expression}{reverse})[:{number}]
            """,
            f"""
            import heapq

            def solve({parameters}):
                return heapq.n{order}({number}, pairs, key=lambda pair: {expression})
            """,
        ),
        arguments=arguments,
        synonyms=_KEEP_KEY | _PAIR,
    )
