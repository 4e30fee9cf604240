"""Lists of lists: a figure of each, of all, ordering and selecting."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]


_ROWS: _Synonyms = {
    "matrix": ("lists", "list_of_lists", "nested", "data", "lst", "list1"),
    "row": ("sublist", "inner", "part", "r", "sub"),
    "key": ("key",),
}


def _rows(
    choose: Chooser, num: tuple[int, int] = (1, 5), size: tuple[int, int] = (1, 4), high: int = 20
) -> list[list[int]]:
    """Return lists of integers of different lengths."""
    return [choose.integers(size, 0, high) for _ in range(choose.integer(*num))]


_PER_ROW = {
    "sum": ("sum(row)", "the sum of each sublist", "sums"),
    "largest": ("max(row)", "the largest number of each sublist", "maxima"),
    "smallest": ("min(row)", "the smallest number of each sublist", "minima"),
    "length": ("len(row)", "the length of each sublist", "lengths"),
    "first": ("row[0]", "the first element of each sublist", "first_elements"),
    "last": ("row[-1]", "the last element of each sublist", "last_elements"),
    "sorted": ("sorted(row)", "each sublist in ascending order", "sorted_sublists"),
    "reversed": ("row[::-1]", "each sublist reversed", "reversed_sublists"),
    "unique": ("list(dict.fromkeys(row))", "each sublist without duplicates", "unique_sublists"),
    "evens": (
        "[x for x in row if x % 2 == 0]",
        "the even numbers of each sublist",
        "even_sublists",
    ),
    "doubled": (
        "[2 * x for x in row]",
        "each sublist with all numbers doubled",
        "doubled_sublists",
    ),
    "tuple": ("tuple(row)", "each sublist as a tuple", "tuples"),
    "average": (
        "round(sum(row) / len(row), 1)",
        "the average (rounded to 1 digit) of each sublist",
        "averages",
    ),
    "range": (
        "max(row) - min(row)",
        "the range (largest minus smallest) of each sublist",
        "ranges",
    ),
}


@family(what=tuple(_PER_ROW))
def each_sublist(choose: Chooser, what: str) -> Exercise:
    """Replace each list in a list by a figure or another list."""
    expression, noun, name = _PER_ROW[what]
    function = {
        "sum": "sum",
        "largest": "max",
        "smallest": "min",
        "length": "len",
        "sorted": "sorted",
    }
    mapped = f"list(map({function.get(what, f'lambda row: {expression}')}, matrix))"
    return Exercise(
        texts=(
            f"return a list with {noun} of a list of lists",
            f"Given a list of lists of integers, return {noun}, in a list.",
            f"take a nested list and return a list with {noun}",
            f"I have a list of lists of integers and need a list of the results: {noun}.",
            f"find {noun} in a list of lists",
        ),
        names=(name, f"{what}_of_sublists", f"sublist_{what}", f"{what}_each"),
        solutions=(
            f"def solve(matrix):\n    return [{expression} for row in matrix]",
            f"def solve(matrix):\n    return {mapped}",
            f"""
            def solve(matrix):
                result = []
                for row in matrix:
                    result.append({expression})
                return result
            """,
        ),
        arguments=[(_rows(choose, high=6 if what == "unique" else 20),) for _ in range(5)]
        + [(_rows(choose, (1, 1)),)],
        synonyms=_ROWS,
    )


_TOTALS = {
    "sum": ("sum(x for row in matrix for x in row)", "0", "total += x", "the sum of all numbers"),
    "count": ("sum(len(row) for row in matrix)", "", "", "the number of all elements"),
    "largest": ("max(x for row in matrix for x in row)", "", "", "the largest number"),
    "smallest": ("min(x for row in matrix for x in row)", "", "", "the smallest number"),
    "average": (
        "sum(x for row in matrix for x in row) / sum(len(row) for row in matrix)",
        "",
        "",
        "the average of all numbers",
    ),
    "even": (
        "sum(1 for row in matrix for x in row if x % 2 == 0)",
        "0",
        "if x % 2 == 0:\n                            total += 1",
        "the number of even numbers",
    ),
    "distinct": (
        "len({x for row in matrix for x in row})",
        "",
        "",
        "the number of distinct numbers",
    ),
    "longest": ("max(len(row) for row in matrix)", "", "", "the length of the longest sublist"),
    "shortest": ("min(len(row) for row in matrix)", "", "", "the length of the shortest sublist"),
    "sum_of_maxima": (
        "sum(max(row) for row in matrix)",
        "",
        "",
        "the sum of the largest numbers of the lists",
    ),
    "largest_sum": ("max(sum(row) for row in matrix)", "", "", "the largest sum of a sublist"),
    "product": (
        "math.prod(x for row in matrix for x in row)",
        "1",
        "total *= x",
        "the product of all numbers",
    ),
}


@family(figure=tuple(_TOTALS))
def figure_of_list_of_lists(choose: Chooser, figure: str) -> Exercise:
    """Return one number about a list of lists."""
    expression, start, step, noun = _TOTALS[figure]
    begin = "import math\n\n" if "math." in expression else ""
    mapped = {
        "sum": "sum(map(sum, matrix))",
        "count": "sum(map(len, matrix))",
        "largest": "max(map(max, matrix))",
        "smallest": "min(map(min, matrix))",
        "longest": "len(max(matrix, key=len))",
        "shortest": "min(map(len, matrix))",
        "sum_of_maxima": "sum(map(max, matrix))",
        "largest_sum": "max(map(sum, matrix))",
        "distinct": "len(set().union(*matrix))",
    }.get(figure)
    solutions = [f"{begin}def solve(matrix):\n    return {expression}"]
    if mapped:
        solutions.append(f"def solve(matrix):\n    return {mapped}")
    if start:
        solutions.append(f"""
            def solve(matrix):
                total = {start}
                for row in matrix:
                    for x in row:
                        {step}
                return total
            """)
    drawn = [_rows(choose) for _ in range(6)]
    if figure == "product":
        drawn = [[[x % 7 + 1 for x in row] for row in rows[:3]] for rows in drawn]
    return Exercise(
        texts=(
            f"find {noun} in a list of lists",
            f"return {noun} of a nested list"
            if "sublist" not in noun
            else f"return {noun} of a list",
            f"Given a list of lists of integers, return {noun}.",
            f"compute {noun} in the given list of lists",
        ),
        names=(
            f"nested_{figure}",
            f"{figure}_of_lists",
            f"{figure}_in_lists",
            f"list_of_lists_{figure}",
        ),
        solutions=solutions,
        arguments=[(rows,) for rows in drawn],
        synonyms=_ROWS | {"x": ("number", "value", "item")},
    )


_CHOSEN = {
    "sum": ("sum(row)", "sum"),
    "length": ("len(row)", "length"),
    "largest_element": ("max(row)", "maximum"),
    "first": ("row[0]", "first element"),
    "last": ("row[-1]", "last element"),
}


@family(by=tuple(_CHOSEN), result=("max", "min", "sorted", "descending"))
def order_sublists(choose: Chooser, by: str, result: str) -> Exercise:
    """Find the list with the largest or smallest figure, or sort lists by it."""
    expression, noun = _CHOSEN[by]
    key = {"sum": "sum", "length": "len", "largest_element": "max"}.get(
        by, f"lambda row: {expression}"
    )
    if result in ("max", "min"):
        word = {"max": "largest", "min": "smallest"}[result]
        sign = {"max": ">", "min": "<"}[result]
        texts: tuple[str, ...] = (
            f"find the first sublist with the {word} {noun} in a list of lists",
            f"return the list with the {word} {noun}, the first of them if there are several",
            f"Given a list of lists, return the one whose {noun} is {word} (the first one in a "
            "tie).",
        )
        solutions = (
            f"def solve(matrix):\n    return {result}(matrix, key={key})",
            f"""
            def solve(matrix):
                best = matrix[0]
                for row in matrix:
                    if {expression} {sign} {expression.replace("row", "best")}:
                        best = row
                return best
            """,
        )
    else:
        order = "descending" if result == "descending" else "ascending"
        reverse = ", reverse=True" if result == "descending" else ""
        texts = (
            f"sort a list of lists by {noun} in {order} order",
            f"sort the sublists of a list in {order} order of their {noun}",
            f"Given a list of lists, return it sorted by the {noun} of the lists ({order}).",
        )
        solutions = (
            f"def solve(matrix):\n    return sorted(matrix, key={key}{reverse})",
            f"""
            def solve(matrix):
                result = list(matrix)
                result.sort(key=lambda row: {expression}{reverse})
                return result
            """,
        )
    return Exercise(
        texts=texts,
        names=(f"{result}_by_{by}", f"sublist_{result}_{by}", f"{by}_of_lists", f"order_by_{by}"),
        solutions=solutions,
        arguments=[(_rows(choose, (2, 5), (1, 5)),) for _ in range(6)],
        synonyms=_ROWS | {"best": ("found", "result", "chosen", "current")},
    )


_FILTERED = {
    "longer": ("len(row) > k", "len(row) <= k", "have more than <k> elements", (1, 3)),
    "contains": ("k in row", "k not in row", "contain the number <k>", (1, 6)),
    "sum_above": ("sum(row) > k", "sum(row) <= k", "have a sum greater than <k>", (5, 15)),
    "starts": ("row[0] == k", "row[0] != k", "start with <k>", (1, 6)),
    "all_above": ("min(row) > k", "min(row) <= k", "have only elements greater than <k>", (1, 4)),
}


@family(condition=tuple(_FILTERED), result=("keep", "remove", "count"))
def select_sublists(choose: Chooser, condition: str, result: str) -> Exercise:
    """Keep, remove or count the lists that meet a condition."""
    test, opposite, clause, (low, high) = _FILTERED[condition]
    test = opposite if result == "remove" else test
    verb = {"keep": "keep only", "remove": "remove", "count": "count"}[result]
    rest = {"keep": "list of those that", "remove": "list without those that"}.get(result, "")
    expression, start, step = {
        "count": (f"sum(1 for row in matrix if {test})", "0", "result += 1"),
    }.get(result, (f"[row for row in matrix if {test}]", "[]", "result.append(row)"))
    return Exercise(
        texts=(
            f"{verb} the sublists of a list that {clause}",
            f"{verb} all lists that {clause} in a list of lists",
            f"Given a list of lists and a number <k>, return the {rest} {clause}."
            if rest
            else f"Given a list of lists and a number <k>, return how many of the lists {clause}.",
        ),
        names=(f"{result}_{condition}", f"{result}_sublists", f"sublists_{condition}"),
        solutions=(
            f"def solve(matrix, k):\n    return {expression}",
            f"""
            def solve(matrix, k):
                result = {start}
                for row in matrix:
                    if {test}:
                        {step}
                return result
            """,
        ),
        arguments=[(_rows(choose, (2, 5), (1, 4), 9), choose.integer(low, high)) for _ in range(6)],
        synonyms=_ROWS | {"k": ("n", "num", "limit")},
    )
