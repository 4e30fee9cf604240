"""Lists of pairs of a label and a number, and figures of pairs of numbers."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]

_SYNONYMS: _Synonyms = {
    "pair": ("tup", "t", "p", "x", "item"),
    "pairs": ("tuples", "tuple_list", "lst", "data", "scores", "records"),
    "key": ("key",),
}
_SUBJECTS = ("Math", "Art", "Music", "History", "Biology", "Physics", "Latin", "Sports")


def _labeled(choose: Chooser, num: tuple[int, int] = (2, 6)) -> list[tuple[str, int]]:
    """Return (label, number) tuples with distinct labels and distinct numbers."""
    size = choose.integer(*num)
    labels = choose.sample(_SUBJECTS, size)
    if choose.chance(0.6):
        draw = choose.person if choose.chance(0.5) else choose.thing
        labels = list(dict.fromkeys(draw() for _ in range(size + 3)))[:size]
    numbers = choose.sample(range(1, 100), len(labels))
    return list(zip(labels, numbers, strict=True))


_ORDERS = {
    "number": ("pair[1]", "number"),
    "label": ("pair[0]", "label"),
    "label_length": ("len(pair[0])", "length of the label"),
    "last_digit": ("pair[1] % 10", "last digit of the number"),
}


@family(by=tuple(_ORDERS), descending=(False, True), result=("pairs", "labels"))
def sort_labeled_pairs(choose: Chooser, by: str, result: str, *, descending: bool) -> Exercise:
    """Sort (label, number) tuples, and return them or their labels."""
    expression, noun = _ORDERS[by]
    order = "descending" if descending else "ascending"
    reverse = ", reverse=True" if descending else ""
    ordered = f"sorted(pairs, key=lambda pair: {expression}{reverse})"
    labels = result == "labels"
    one = f"[pair[0] for pair in {ordered}]" if labels else ordered
    end = "[pair[0] for pair in result]" if labels else "result"
    what = "return the labels" if labels else "return the tuples"
    return Exercise(
        texts=(
            f"sort a list of (label, number) tuples by the {noun} in {order} order"
            + (" and return the labels" if labels else ""),
            f"Given a list of tuples such as ('Math', 80), {what} in {order} order of the {noun}.",
            f"{what} of a list of (text, number) pairs, sorted by the {noun} ({order})",
            f"order pairs of a text and a number by {noun} ({order})"
            + (" and list the texts only" if labels else ""),
        ),
        names=(f"sort_by_{by}", "sort_pairs", "sort_scores", f"{result}_by_{by}"),
        solutions=(
            f"def solve(pairs):\n    return {one}",
            f"""
            def solve(pairs):
                result = list(pairs)
                result.sort(key=lambda pair: {expression}{reverse})
                return {end}
            """,
        ),
        arguments=[(_labeled(choose),) for _ in range(6)] + [([],)],
        synonyms=_SYNONYMS,
    )


@family(kind=("largest", "smallest"), result=("label", "pair", "k_labels", "k_pairs"))
def extreme_labeled_pairs(choose: Chooser, kind: str, result: str) -> Exercise:
    """Return the label or pair with the largest or smallest number, or the k first of them."""
    function = {"largest": "max", "smallest": "min"}[kind]
    reverse = ", reverse=True" if kind == "largest" else ""
    best = f"{function}(pairs, key=lambda pair: pair[1])"
    ordered = f"sorted(pairs, key=lambda pair: pair[1]{reverse})[:k]"
    several = result.startswith("k_")
    parameters = "pairs, k" if several else "pairs"
    noun = {
        "label": f"the label with the {kind} number",
        "pair": f"the pair with the {kind} number",
        "k_labels": f"the labels of the <k> {kind} numbers, {kind} first",
        "k_pairs": f"the <k> pairs with the {kind} numbers, {kind} first",
    }[result]
    expression = {
        "label": f"{best}[0]",
        "pair": best,
        "k_labels": f"[pair[0] for pair in {ordered}]",
        "k_pairs": ordered,
    }[result]
    if several:
        body = f"heapq.n{kind}(k, pairs, key=lambda pair: pair[1])"
        body = f"[pair[0] for pair in {body}]" if result == "k_labels" else body
        other = f"import heapq\n\ndef solve(pairs, k):\n    return {body}"
    else:
        sign = ">" if kind == "largest" else "<"
        other = f"""
            def solve(pairs):
                found = pairs[0]
                for pair in pairs:
                    if pair[1] {sign} found[1]:
                        found = pair
                return found{"[0]" if result == "label" else ""}
            """
    drawn = [_labeled(choose, (3, 7)) for _ in range(6)]
    return Exercise(
        texts=(
            f"find {noun} in a list of (label, number) tuples",
            f"Given a list of tuples such as ('Math', 80), return {noun}.",
            f"return {noun}, given pairs of a text and a number",
        ),
        names=(f"{kind}_{result}", f"find_{kind}", f"{kind}_scores", f"{function}_pair"),
        solutions=(f"def solve({parameters}):\n    return {expression}", other),
        arguments=[(pairs, choose.integer(1, 3)) if several else (pairs,) for pairs in drawn],
        synonyms=_SYNONYMS | {"found": ("best", "chosen", "winner")},
    )


_SELECTED = {
    "above": ("pair[1] > k", "whose number is greater than <k>"),
    "below": ("pair[1] < k", "whose number is less than <k>"),
    "at_least": ("pair[1] >= k", "whose number is <k> or more"),
    "average": ("pair[1] > average", "whose number is above the average of all numbers"),
    "even": ("pair[1] % 2 == 0", "whose number is even"),
}


@family(condition=tuple(_SELECTED), result=("pairs", "labels", "count", "total"))
def select_labeled_pairs(choose: Chooser, condition: str, result: str) -> Exercise:
    """Select, count or add up (label, number) tuples by their numbers."""
    test, clause = _SELECTED[condition]
    parameters = "pairs, k" if "<k>" in clause else "pairs"
    start = (
        "average = sum(pair[1] for pair in pairs) / len(pairs)" if condition == "average" else ""
    )
    first = f"{start}\n                " if start else ""
    expression, begin, step, noun = {
        "pairs": (f"[pair for pair in pairs if {test}]", "[]", "result.append(pair)", "the pairs"),
        "labels": (
            f"[pair[0] for pair in pairs if {test}]",
            "[]",
            "result.append(pair[0])",
            "the labels of the pairs",
        ),
        "count": (f"sum(1 for pair in pairs if {test})", "0", "result += 1", "the number of pairs"),
        "total": (
            f"sum(pair[1] for pair in pairs if {test})",
            "0",
            "result += pair[1]",
            "the sum of the numbers of the pairs",
        ),
    }[result]
    drawn = [_labeled(choose) for _ in range(6)]
    return Exercise(
        texts=(
            f"find {noun} {clause} in a list of (label, number) tuples",
            f"Given a list of tuples such as ('Math', 80), return {noun} {clause}.",
            f"return {noun} {clause}; the input is a list of pairs of a text and a number",
        ),
        names=(
            f"{result}_{condition}",
            f"select_{condition}",
            f"scores_{condition}",
            f"{condition}_pairs",
        ),
        solutions=(
            f"""
            def solve({parameters}):
                {first}return {expression}
            """,
            f"""
            def solve({parameters}):
                {first}result = {begin}
                for pair in pairs:
                    if {test}:
                        {step}
                return result
            """,
        ),
        arguments=[
            (pairs, choose.integer(30, 60)) if "<k>" in clause else (pairs,) for pairs in drawn
        ],
        synonyms=_SYNONYMS | {"average": ("mean", "avg"), "k": ("limit", "n", "threshold")},
    )


_FIGURES = {
    "largest_difference": (
        "max(abs(a - b) for a, b in pairs)",
        "the largest absolute difference of the two numbers of a pair",
    ),
    "smallest_difference": (
        "min(abs(a - b) for a, b in pairs)",
        "the smallest absolute difference of the two numbers of a pair",
    ),
    "largest_product": (
        "max(a * b for a, b in pairs)",
        "the largest product of the two numbers of a pair",
    ),
    "smallest_sum": ("min(a + b for a, b in pairs)", "the smallest sum of a pair"),
    "largest_sum": ("max(a + b for a, b in pairs)", "the largest sum of a pair"),
    "total": ("sum(a + b for a, b in pairs)", "the sum of all numbers in the pairs"),
    "products": ("sum(a * b for a, b in pairs)", "the sum of the products of the pairs"),
    "both_sums": (
        "(sum(a for a, b in pairs), sum(b for a, b in pairs))",
        "the sum of the first and the sum of the second numbers as a tuple",
    ),
    "both_extremes": (
        "(max(a for a, b in pairs), min(b for a, b in pairs))",
        "the largest first and the smallest second number as a tuple",
    ),
    "even_sums": (
        "sum(1 for a, b in pairs if (a + b) % 2 == 0)",
        "the number of pairs with an even sum",
    ),
    "increasing": (
        "sum(1 for a, b in pairs if a < b)",
        "the number of pairs whose second number is larger than the first",
    ),
}


@family(figure=tuple(_FIGURES))
def figure_of_number_pairs(choose: Chooser, figure: str) -> Exercise:
    """Return one figure about a list of pairs of numbers."""
    expression, noun = _FIGURES[figure]
    by_index = expression.replace("for a, b in pairs", "for pair in pairs")
    for name, place in (("a", "pair[0]"), ("b", "pair[1]")):
        for before, after in (("(", " "), ("(", ")"), (" ", ")"), (" ", " "), ("(", " ")):
            by_index = by_index.replace(f"{before}{name}{after}", f"{before}{place}{after}")
    return Exercise(
        texts=(
            f"find {noun} in a list of tuples",
            f"Given a list of pairs of integers, return {noun}.",
            f"compute {noun}, given a list of two-element tuples",
            f"return {noun} for the given list of pairs",
        ),
        names=(figure, f"{figure}_of_pairs", f"pairs_{figure}", f"find_{figure}"),
        solutions=(
            f"def solve(pairs):\n    return {expression}",
            f"def solve(pairs):\n    return {by_index}",
        ),
        arguments=[
            ([tuple(choose.integers(2, -9, 20)) for _ in range(choose.integer(1, 5))],)
            for _ in range(6)
        ],
        synonyms=_SYNONYMS | {"a": ("x", "first", "i"), "b": ("y", "second", "j")},
    )


_MEMBERS = {
    "any": (
        "any(item in pair for pair in pairs)",
        "check whether any tuple in a list contains a given element",
    ),
    "all": (
        "all(item in pair for pair in pairs)",
        "check whether every tuple in a list contains a given element",
    ),
    "count": (
        "sum(pair.count(item) for pair in pairs)",
        "count how often an element occurs in the tuples of a list",
    ),
    "index": (
        "next((index for index, pair in enumerate(pairs) if item in pair), -1)",
        "find the index of the first tuple in a list that contains a given element, or -1",
    ),
    "number": (
        "sum(1 for pair in pairs if item in pair)",
        "count the tuples of a list that contain a given element",
    ),
    "is_pair": ("item in pairs", "check whether a given tuple is in a list of tuples"),
    "reverse": (
        "item[::-1] in pairs",
        "check whether the reverse of a given tuple is in a list of tuples",
    ),
    "pair_index": (
        "pairs.index(item) if item in pairs else -1",
        "find the index of a given tuple in a list of tuples, or -1",
    ),
}


@family(search=tuple(_MEMBERS))
def search_list_of_tuples(choose: Chooser, search: str) -> Exercise:
    """Look for an element or a tuple in a list of tuples."""
    expression, does = _MEMBERS[search]
    loops = {
        "any": ("", "if item in pair:\n                        return True", "False"),
        "all": ("", "if item not in pair:\n                        return False", "True"),
        "number": ("count = 0", "if item in pair:\n                        count += 1", "count"),
    }
    solutions = [f"def solve(pairs, item):\n    return {expression}"]
    if search in loops:
        start, body, end = loops[search]
        first = f"{start}\n                " if start else ""
        solutions.append(f"""
            def solve(pairs, item):
                {first}for pair in pairs:
                    {body}
                return {end}
            """)
    if search in ("index", "pair_index"):
        test = "item in pair" if search == "index" else "pair == item"
        solutions.append(f"""
            def solve(pairs, item):
                for index, pair in enumerate(pairs):
                    if {test}:
                        return index
                return -1
            """)
    arguments: list[tuple[Any, ...]] = []
    for index in range(7):
        pairs: list[tuple[int, ...]] = [
            tuple(choose.integers((2, 3), 1, 9)) for _ in range(choose.integer(2, 5))
        ]
        item: Any = choose.one_of(choose.one_of(pairs)) if index % 2 else choose.integer(1, 12)
        if search == "all" and index % 2:
            pairs = [(*pair, item) if item not in pair else pair for pair in pairs]
        if search in ("is_pair", "reverse", "pair_index"):
            item = choose.one_of(pairs)
            item = item[::-1] if search == "reverse" else item
            item = item if index % 2 else (0, *item[1:])
        arguments.append((pairs, item))
    return Exercise(
        texts=(
            does,
            does.replace("a given element", "<item>").replace("a given tuple", "the tuple <item>"),
            f"Given a list of tuples and {'a tuple' if search.endswith('pair') else 'a value'} "
            "<item>, "
            + does.replace("a given element", "<item>")
            .replace("an element", "<item>")
            .replace("a given tuple", "<item>")
            .replace("in a list of tuples", "in the list")
            .replace(" a list", " the list")
            + ".",
        ),
        names=(f"{search}_in_tuples", f"search_{search}", f"tuples_{search}", "search_tuples"),
        solutions=solutions,
        arguments=arguments,
        synonyms=_SYNONYMS | {"item": ("k", "value", "wanted", "target")},
    )
