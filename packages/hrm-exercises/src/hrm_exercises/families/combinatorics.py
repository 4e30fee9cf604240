"""Counting and listing: permutations, combinations, products, Pascal's triangle, partitions."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

# What is listed, the same in other words, parameters, functions of itertools, an expression with
# them, the pair that a comprehension makes, where the comprehension takes it from, and the number
# of results.
_SELECTIONS = {
    "permutations": (
        "all permutations of the elements of a list",
        "all orders of the elements of a list",
        "items",
        "permutations",
        "permutations(items)",
        "",
        "",
        "factorial(len(items))",
    ),
    "arrangements": (
        "all arrangements of k elements of a list",
        "each ordered selection of <k> elements of a list",
        "items, k",
        "permutations",
        "permutations(items, k)",
        "",
        "",
        "perm(len(items), k)",
    ),
    "combinations": (
        "all combinations of k elements of a list",
        "each selection of <k> elements of a list, in the order of the list",
        "items, k",
        "combinations",
        "combinations(items, k)",
        "",
        "",
        "comb(len(items), k)",
    ),
    "multisets": (
        "all combinations of k elements of a list, where an element may be used more than once",
        "each selection of <k> elements with repetition, in the order of the list",
        "items, k",
        "combinations_with_replacement",
        "combinations_with_replacement(items, k)",
        "",
        "",
        "comb(len(items) + k - 1, k)",
    ),
    "cartesian_product": (
        "all pairs of an element of one list and an element of another list",
        "the Cartesian product of two lists",
        "first, second",
        "product",
        "product(first, second)",
        "a, b",
        "for a in first for b in second",
        "len(first) * len(second)",
    ),
    "sequences": (
        "all sequences of k elements of a list, with repetition",
        "each sequence of length <k> that can be made of the elements of a list",
        "items, k",
        "product",
        "product(items, repeat=k)",
        "",
        "",
        "len(items) ** k",
    ),
    "pairs": (
        "all pairs of elements of a list at different positions, each pair once",
        "each pair of two elements of a list, in the order of the list",
        "items",
        "combinations",
        "combinations(items, 2)",
        "a, b",
        "for i, a in enumerate(items) for b in items[i + 1:]",
        "len(items) * (len(items) - 1) // 2",
    ),
    "subsets": (
        "all subsets of a list, ordered by their size",
        "the power set of a list, small subsets first",
        "items",
        "chain, combinations",
        "chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))",
        "",
        "",
        "2 ** len(items)",
    ),
}


def _selection_texts(thing: str, other: str, form: str, tool: str) -> tuple[str, ...]:
    """Return wordings for listing or counting selections."""
    if form == "count":
        bare = thing.replace("all ", "", 1)
        return (
            f"count the {bare}",
            f"find the number of {bare}",
            f"Return the number of {bare}. All elements are different.",
            f"compute how many results one gets when one lists {other}",
        )
    result = f"a list of {form}"
    return (
        f"list {thing}; return {result}",
        f"find {thing}{tool}, and return {result}",
        f"return {result} with {other}",
        f"Generate {thing}. Return {result} in the usual order, in which earlier elements come "
        "first.",
    )


def _selection_solutions(task: str, form: str) -> list[str]:
    """Return programs for listing or counting selections."""
    _, _, parameters, functions, call, pair, source, formula = _SELECTIONS[task]
    result = {
        "tuples": f"list({call})",
        "lists": f"[list(part) for part in {call}]",
        "count": f"sum(1 for _ in {call})",
    }[form]
    imports = f"from itertools import {functions}\n\n\n"
    solutions = [f"{imports}def solve({parameters}):\n    return {result}"]
    if form == "count":
        used = formula.partition("(")[0]
        head = f"from math import {used}\n\n\n" if used in ("factorial", "perm", "comb") else ""
        solutions.append(f"{head}def solve({parameters}):\n    return {formula}")
    elif pair:
        made = f"({pair})" if form == "tuples" else f"[{pair}]"
        solutions.append(f"def solve({parameters}):\n    return [{made} {source}]")
    else:
        made = "part" if form == "tuples" else "list(part)"
        solutions.append(
            f"{imports}def solve({parameters}):\n    result = []\n    for part in {call}:\n"
            f"        result.append({made})\n    return result"
        )
    return solutions


@family(task=tuple(_SELECTIONS), form=("tuples", "lists", "count"))
def listing_selections(choose: Chooser, task: str, form: str) -> Exercise:
    """List or count permutations, combinations and products."""
    thing, other, parameters = _SELECTIONS[task][:3]
    pools: list[list[Any]] = [choose.sample(range(1, 60), n) for n in (2, 3, 3, 4)]
    pools += [choose.sample("abcdxyz", 2), choose.sample("pqrst", 3)]
    if form != "count":
        pools[3] = list(dict.fromkeys(choose.words(2)))
    arguments: list[tuple[Any, ...]] = []
    for pool in pools:
        if task == "cartesian_product":
            arguments.append((pool, choose.sample(range(1, 9), (1, 3))))
        elif parameters == "items, k":
            arguments.append((pool, choose.integer(1, min(len(pool), 3))))
        else:
            arguments.append((pool,))
    prefix = "count" if form == "count" else "all"
    tool = "" if task in ("cartesian_product", "pairs") else ", using itertools"
    return Exercise(
        texts=_selection_texts(thing, other, form, tool),
        names=(f"{prefix}_{task}", f"{task}_of", f"find_{task}", f"{prefix}_{task}_of_list"),
        solutions=_selection_solutions(task, form),
        arguments=arguments,
        synonyms={"k": ("n", "r", "size")},
    )


_FORMULAS = {
    "combinations": (
        "the number of ways to choose k of n things (the binomial coefficient)",
        "in how many ways <k> things can be chosen from <n>",
        ("binomial", "n_choose_k", "combinations", "num_combinations"),
        (
            "from math import comb\n\n\ndef solve(n, k):\n    return comb(n, k)",
            "from math import factorial\n\n\ndef solve(n, k):\n    if k > n:\n        return 0\n"
            "    return factorial(n) // (factorial(k) * factorial(n - k))",
            "def solve(n, k):\n    if k == 0:\n        return 1\n    if n == 0:\n        return 0\n"
            "    return solve(n - 1, k - 1) + solve(n - 1, k)",
            "def solve(n, k):\n    result = 1\n    for i in range(k):\n"
            "        result = result * (n - i) // (i + 1)\n    return result",
        ),
    ),
    "permutations": (
        "the number of ordered selections of k of n things",
        "in how many orders <k> of <n> people can stand in a line",
        ("num_arrangements", "n_permute_k", "ordered_selections"),
        (
            "from math import perm\n\n\ndef solve(n, k):\n    return perm(n, k)",
            "def solve(n, k):\n    result = 1\n    for i in range(k):\n        result *= n - i\n"
            "    return result",
        ),
    ),
    "multisets": (
        "the number of ways to choose k things of n kinds, where kinds may repeat and order does "
        "not matter",
        "how many bags of <k> fruits of <n> kinds there are",
        ("num_multisets", "combinations_with_repetition", "stars_and_bars"),
        (
            "from math import comb\n\n\ndef solve(n, k):\n    return comb(n + k - 1, k)",
            "from math import factorial\n\n\ndef solve(n, k):\n"
            "    return factorial(n + k - 1) // (factorial(k) * factorial(n - 1))",
        ),
    ),
    "words": (
        "the number of words of k letters over an alphabet of n letters",
        "how many codes of length <k> can be made with <n> symbols",
        ("num_words", "num_codes", "count_codes"),
        (
            "def solve(n, k):\n    return n ** k",
            "def solve(n, k):\n    result = 1\n    for _ in range(k):\n        result *= n\n"
            "    return result",
        ),
    ),
    "stirling": (
        "the number of ways to divide n different things into k non-empty groups (the Stirling "
        "number of the second kind)",
        "in how many ways <n> people can form <k> teams without names, none of them empty",
        ("stirling", "num_groupings", "partition_into_groups"),
        (
            "def solve(n, k):\n    if n == 0 and k == 0:\n        return 1\n"
            "    if n == 0 or k == 0:\n        return 0\n"
            "    return solve(n - 1, k - 1) + k * solve(n - 1, k)",
        ),
    ),
    "partitions_k": (
        "the number of ways to write n as a sum of exactly k positive integers, where order does "
        "not matter",
        "in how many ways <n> equal balls can be put into <k> equal boxes, none of them empty",
        ("partitions_into_k", "num_partitions", "sums_of_k_parts"),
        (
            "def solve(n, k):\n    if n == 0 and k == 0:\n        return 1\n"
            "    if n <= 0 or k <= 0:\n        return 0\n"
            "    return solve(n - 1, k - 1) + solve(n - k, k)",
        ),
    ),
    "compositions": (
        "the number of ways to write n as a sum of k positive integers, where the order matters",
        "in how many ways <n> equal sweets can be given to <k> children so that each gets at least "
        "one",
        ("num_compositions", "share_sweets", "ordered_sums"),
        (
            "from math import comb\n\n\ndef solve(n, k):\n    return comb(n - 1, k - 1)",
            "def solve(n, k):\n    if k == 1:\n        return 1 if n > 0 else 0\n"
            "    return sum(solve(n - i, k - 1) for i in range(1, n))",
        ),
    ),
}


@family(task=tuple(_FORMULAS))
def counting_formulas(choose: Chooser, task: str) -> Exercise:
    """Compute how many selections there are, from two numbers."""
    thing, other, names, solutions = _FORMULAS[task]
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        n = choose.integer(3, 9 if task != "words" else 7)
        arguments.append((n, choose.integer(2, min(n, 5))))
    arguments += [(choose.integer(2, 6), 1), (4, 4)]
    if task in ("combinations", "permutations", "words"):
        arguments.append((choose.integer(2, 6), 0))
    return Exercise(
        texts=(
            f"find {thing}",
            f"compute {thing}",
            f"Return {other}.",
            f"Given n and k, return {thing}.",
            f"compute {other}",
        ),
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"n": ("n", "total_things", "m"), "k": ("k", "r")},
    )


@family(
    task=("row", "triangle", "entry", "row_sum", "largest", "odd_count", "next_row", "square_sum")
)
def pascals_triangle(choose: Chooser, task: str) -> Exercise:
    """Compute parts of Pascal's triangle."""
    texts, names, solutions = {
        "row": (
            (
                "find row n of Pascal's triangle as a list, where row 0 is [1]",
                "return the n-th row of Pascal's triangle, counting from 0",
                "Given n, return the list of the binomial coefficients of row n.",
                "compute the list of all n choose k for k from 0 to n",
            ),
            ("pascal_row", "get_row", "binomial_row"),
            (
                """
                def solve(n):
                    row = [1]
                    for _ in range(n):
                        row = [a + b for a, b in zip([0] + row, row + [0])]
                    return row
                """,
                """
                from math import comb


                def solve(n):
                    return [comb(n, k) for k in range(n + 1)]
                """,
                """
                def solve(n):
                    row = [1]
                    for k in range(n):
                        row.append(row[-1] * (n - k) // (k + 1))
                    return row
                """,
            ),
        ),
        "triangle": (
            (
                "generate the first n rows of Pascal's triangle as a list of lists",
                "return Pascal's triangle with <n> rows",
                "Given the number of rows, build Pascal's triangle: each number is the sum of the "
                "two numbers above it, and the ends are 1.",
                "make a list of the first n rows of Pascal's triangle, from [1] on",
            ),
            ("pascal_triangle", "pascal", "generate_triangle", "triangle_rows"),
            (
                """
                def solve(n):
                    triangle = []
                    for i in range(n):
                        row = [1] * (i + 1)
                        for j in range(1, i):
                            row[j] = triangle[i - 1][j - 1] + triangle[i - 1][j]
                        triangle.append(row)
                    return triangle
                """,
                """
                from math import comb


                def solve(n):
                    return [[comb(i, k) for k in range(i + 1)] for i in range(n)]
                """,
            ),
        ),
        "entry": (
            (
                "find the entry at position k of row n of Pascal's triangle (both counted from 0)",
                "return the number in row <n> and place <k> of Pascal's triangle, where the top is "
                "row 0, place 0",
                "Given n and k with k <= n, return the element of Pascal's triangle in row n, "
                "position k. Do it with the rule that an inner number is the sum of the two above.",
                "Number at position k in row n of Pascal's triangle (counted from 0).",
            ),
            ("pascal_entry", "pascal_number", "triangle_entry"),
            (
                """
                def solve(n, k):
                    if k == 0 or k == n:
                        return 1
                    return solve(n - 1, k - 1) + solve(n - 1, k)
                """,
                """
                def solve(n, k):
                    row = [1]
                    for _ in range(n):
                        row = [1] + [row[i] + row[i + 1] for i in range(len(row) - 1)] + [1]
                    return row[k]
                """,
            ),
        ),
        "row_sum": (
            (
                "find the sum of all numbers in the first n rows of Pascal's triangle",
                "add up the first <n> rows of Pascal's triangle",
                "Given n, return the total of the numbers in n rows of Pascal's triangle, from "
                "the top.",
                "Sum of all entries of Pascal's triangle with n rows.",
            ),
            ("pascal_sum", "sum_of_rows", "triangle_sum"),
            (
                """
                def solve(n):
                    return 2 ** n - 1
                """,
                """
                def solve(n):
                    total = 0
                    row = [1]
                    for _ in range(n):
                        total += sum(row)
                        row = [a + b for a, b in zip([0] + row, row + [0])]
                    return total
                """,
            ),
        ),
        "largest": (
            (
                "find the largest number in row n of Pascal's triangle (the top is row 0)",
                "return the maximum of the binomial coefficients n choose k for a given n",
                "Given n, return the greatest entry of the n-th row of Pascal's triangle, counted "
                "from 0.",
                "Largest binomial coefficient n choose k for a given n.",
            ),
            ("largest_binomial", "max_in_row", "central_binomial"),
            (
                """
                from math import comb


                def solve(n):
                    return comb(n, n // 2)
                """,
                """
                from math import comb


                def solve(n):
                    return max(comb(n, k) for k in range(n + 1))
                """,
            ),
        ),
        "odd_count": (
            (
                "count the odd numbers in row n of Pascal's triangle (the top is row 0)",
                "find how many of the binomial coefficients of n are odd",
                "Given n, return the number of odd entries in the n-th row of Pascal's triangle, "
                "counted from 0.",
                "How many numbers in row n of Pascal's triangle (the first row is row 0) are odd?",
            ),
            ("count_odd_binomials", "odd_in_row", "odd_entries"),
            (
                """
                from math import comb


                def solve(n):
                    return sum(comb(n, k) % 2 for k in range(n + 1))
                """,
                """
                def solve(n):
                    return 2 ** bin(n).count("1")
                """,
            ),
        ),
        "next_row": (
            (
                "compute the row of Pascal's triangle that follows a given row",
                "return the next row of Pascal's triangle for a row given as a list",
                "Given a row of Pascal's triangle, such as [1, 2, 1], return the row below it.",
                "make the row below a given row of Pascal's triangle",
            ),
            ("next_row", "row_below", "following_row"),
            (
                """
                def solve(row):
                    return [1] + [row[i] + row[i + 1] for i in range(len(row) - 1)] + [1]
                """,
                """
                def solve(row):
                    return [a + b for a, b in zip([0] + row, row + [0])]
                """,
            ),
        ),
        "square_sum": (
            (
                "find the sum of the squares of the binomial coefficients of n",
                "square all numbers in row n of Pascal's triangle and add them (the top is row 0)",
                "Given n, return the sum of (n choose k) squared for k from 0 to n.",
                "Sum of the squares of the entries in row n of Pascal's triangle, counted from 0.",
            ),
            ("sum_of_squared_binomials", "binomial_square_sum", "squares_of_row"),
            (
                """
                from math import comb


                def solve(n):
                    return sum(comb(n, k) ** 2 for k in range(n + 1))
                """,
                """
                from math import comb


                def solve(n):
                    return comb(2 * n, n)
                """,
            ),
        ),
    }[task]  # fmt: skip
    high = 7 if task == "triangle" else 14
    arguments: list[tuple[Any, ...]] = [(n,) for n in choose.sample(range(2, high), 5)]
    arguments += [(0,), (1,)]
    if task == "entry":
        arguments = [(n := choose.integer(2, 10), choose.integer(0, n)) for _ in range(5)] + [
            (0, 0)
        ]
    elif task == "next_row":
        rows = [[1]]
        for _ in range(9):
            rows.append([a + b for a, b in zip([0, *rows[-1]], [*rows[-1], 0], strict=True)])
        arguments = [(row,) for row in choose.sample(rows, 6)]
    elif task == "odd_count":
        arguments = [(n,) for n in choose.sample(range(2, 40), 6)] + [(0,)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "n": ("n", "num", "num_rows"),
            "k": ("k", "position"),
            "row": ("line", "numbers"),
        },
    )
