"""Counting by recurrences: tilings, steps to a number, sums of squares, texts without a pattern."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


@family(task=("dominoes", "squares", "strip", "strip_no_adjacent", "three_rows", "colored"))
def tilings_of_a_board(choose: Chooser, task: str) -> Exercise:
    """Count the ways to cover a board with tiles."""
    texts, names, solutions = {
        "dominoes": (
            (
                "count the ways to tile a 2 x n board with dominoes (2 x 1 tiles)",
                "find in how many ways a board of size 2 by <n> can be covered with 2 x 1 tiles",
                "Given n, return the number of tilings of a board with 2 rows and n columns by "
                "dominoes, which may lie or stand.",
                "Number of domino tilings of a 2 x n rectangle (1 for n = 0).",
            ),
            ("count_tilings", "domino_tilings", "tile_board", "tiling_ways"),
            (
                """
                def solve(n):
                    a, b = 1, 1
                    for _ in range(n):
                        a, b = b, a + b
                    return a
                """,
                """
                def solve(n):
                    if n <= 1:
                        return 1
                    return solve(n - 1) + solve(n - 2)
                """,
            ),
        ),
        "squares": (
            (
                "count the ways to tile a 2 x n board with dominoes (2 x 1) and 2 x 2 squares",
                "find in how many ways a board of size 2 by <n> can be covered with 2 x 1 and 2 x "
                "2 tiles",
                "Given n, return the number of tilings of a 2 x n rectangle by dominoes and "
                "squares of size 2 x 2.",
                "Tilings of a 2 x n board with 2 x 1 and 2 x 2 tiles (1 for n = 0).",
            ),
            ("count_tilings", "tilings_with_squares", "tile_two_rows"),
            (
                """
                def solve(n):
                    ways = [1, 1]
                    for i in range(2, n + 1):
                        ways.append(ways[i - 1] + 2 * ways[i - 2])
                    return ways[n]
                """,
                """
                def solve(n):
                    if n < 2:
                        return 1
                    return solve(n - 1) + 2 * solve(n - 2)
                """,
            ),
        ),
        "strip": (
            (
                "count the ways to cover a strip of length n with tiles of the lengths 1, 2 and 3",
                "find in how many ways a row of <n> fields can be filled with tiles that cover "
                "one, two or three fields",
                "Given n, return the number of sequences of tiles of length 1, 2 or 3 with the "
                "total length n.",
                "Ways to tile a 1 x n strip with 1 x 1, 1 x 2 and 1 x 3 tiles.",
            ),
            ("strip_tilings", "cover_strip", "tile_row"),
            (
                """
                def solve(n):
                    ways = [1] + [0] * n
                    for i in range(1, n + 1):
                        ways[i] = sum(ways[max(0, i - 3):i])
                    return ways[n]
                """,
                """
                def solve(n):
                    if n < 0:
                        return 0
                    if n == 0:
                        return 1
                    return solve(n - 1) + solve(n - 2) + solve(n - 3)
                """,
            ),
        ),
        "strip_no_adjacent": (
            (
                "count the ways to place bars of length k in a row of n fields, any number of "
                "them and without overlaps (no bar at all is a way, too)",
                "find in how many ways a strip of <n> fields can be covered with tiles of length "
                "1 and <k>, where <k> is at least 2",
                "Given n and k > 1, return the number of ways to fill a strip of length n with "
                "tiles of the lengths 1 and k.",
                "Tilings of a 1 x n strip with 1 x 1 and 1 x k tiles.",
            ),
            ("count_bars", "tile_with_bars", "strip_ways"),
            (
                """
                def solve(n, k):
                    ways = [1]
                    for i in range(1, n + 1):
                        ways.append(ways[i - 1] + (ways[i - k] if i >= k else 0))
                    return ways[n]
                """,
                """
                def solve(n, k):
                    if n < k:
                        return 1
                    return solve(n - 1, k) + solve(n - k, k)
                """,
            ),
        ),
        "three_rows": (
            (
                "count the ways to tile a 3 x n board with dominoes (2 x 1 tiles)",
                "find in how many ways a board of size 3 by <n> can be covered with 2 x 1 tiles; "
                "it is 0 for an odd <n>",
                "Given n, return the number of domino tilings of a board with 3 rows and n "
                "columns.",
                "Domino tilings of a 3 x n rectangle.",
            ),
            ("tilings_of_three_rows", "count_tilings", "three_by_n"),
            (
                """
                def solve(n):
                    if n % 2 == 1:
                        return 0
                    ways = [1, 3]
                    for i in range(2, n // 2 + 1):
                        ways.append(4 * ways[i - 1] - ways[i - 2])
                    return ways[n // 2]
                """,
                """
                def solve(n):
                    if n % 2 == 1:
                        return 0
                    if n == 0:
                        return 1
                    if n == 2:
                        return 3
                    return 4 * solve(n - 2) - solve(n - 4)
                """,
            ),
        ),
        "colored": (
            (
                "count the ways to paint a fence of n posts with k colors so that at most two "
                "posts in a row have the same color",
                "find in how many ways <n> posts can be painted with <k> colors if no three "
                "consecutive posts are equal",
                "Given the number of posts and of colors, return the number of paintings of a "
                "fence without three neighbouring posts of one color.",
                "Paint fence problem for n posts and k colors: number of ways.",
            ),
            ("paint_fence", "count_paintings", "fence_ways"),
            (
                """
                def solve(n, k):
                    if n == 0:
                        return 0
                    same, different = 0, k
                    for _ in range(n - 1):
                        same, different = different, (same + different) * (k - 1)
                    return same + different
                """,
                """
                def solve(n, k):
                    if n == 0:
                        return 0
                    ways = [k, k * k]
                    for i in range(2, n):
                        ways.append((ways[i - 1] + ways[i - 2]) * (k - 1))
                    return ways[n - 1]
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = [(n,) for n in choose.sample(range(2, 16), 5)]
    arguments += [(0,), (1,)]
    if task in ("strip_no_adjacent", "colored"):
        arguments = [(choose.integer(2, 12), choose.integer(2, 4)) for _ in range(6)] + [(1, 3)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"n": ("n", "num", "length", "columns"), "k": ("k", "m", "size")},
    )


_MOVES = {
    "to_one": (
        "n becomes 1, if a step subtracts 1, or divides by 2 or by 3 where that leaves no "
        "remainder",
        ("min_steps_to_one", "steps_to_one", "reduce_to_one"),
        "n == 1",
        (("n % 2 == 0", "n // 2"), ("n % 3 == 0", "n // 3")),
    ),
    "to_zero": (
        "n becomes 0, if a step halves an even number or subtracts 1",
        ("steps_to_zero", "min_steps_to_zero", "reduce_to_zero"),
        "n == 0",
        (("n % 2 == 0 and n > 0", "n // 2"),),
    ),
    "by_two": (
        "n becomes 1, if a step subtracts 1, or halves an even number",
        ("steps_by_halving", "min_steps_to_one", "halve_or_subtract"),
        "n == 1",
        (("n % 2 == 0", "n // 2"),),
    ),
    "by_five": (
        "n becomes 1, if a step subtracts 1, or divides by 5 where that leaves no remainder",
        ("steps_by_five", "min_steps", "fewest_steps_to_one"),
        "n == 1",
        (("n % 5 == 0", "n // 5"),),
    ),
}


@family(task=tuple(_MOVES))
def fewest_steps_to_a_number(choose: Chooser, task: str) -> Exercise:
    """Find the fewest steps that reduce a number."""
    goal, names, stop, moves = _MOVES[task]
    end = stop[-1]
    choices = "".join(
        f"""
                if {condition}:
                    steps = min(steps, solve({value}))"""
        for condition, value in moves
    )
    table = "".join(
        f"""
                    if {condition.replace("n ", "i ").replace(" and i > 0", "")}:
                        steps[i] = min(steps[i], steps[{value.replace("n ", "i ")}] + 1)"""
        for condition, value in moves
    )
    return Exercise(
        texts=(
            f"find the minimum number of steps until {goal}",
            f"count how many steps are needed at least until {goal}",
            f"Given a positive integer n, return the smallest number of steps after which {goal}.",
            f"Fewest steps until {goal}.",
        ),
        names=names,
        solutions=(
            f"""
            from functools import lru_cache


            @lru_cache(maxsize=None)
            def solve(n):
                if {stop}:
                    return 0
                steps = solve(n - 1){choices}
                return steps + 1
            """,
            f"""
            def solve(n):
                steps = [0] * (n + 1)
                for i in range({int(end) + 1}, n + 1):
                    steps[i] = steps[i - 1] + 1{table}
                return steps[n]
            """,
        ),
        arguments=[(n,) for n in choose.sample(range(3, 60), 5)] + [(1,), (2,)],
        synonyms={"n": ("n", "num", "number")},
    )


@family(
    task=("fewest_squares", "ways_squares", "integer_break", "fewest_cubes", "triangular", "powers")
)
def numbers_as_sums_of_special_numbers(choose: Chooser, task: str) -> Exercise:
    """Write a number as a sum of squares, cubes or other special numbers."""
    texts, names, solutions = {
        "fewest_squares": (
            (
                "find the smallest number of square numbers whose sum is n",
                "find how few perfect squares (1, 4, 9, ...) add up to <n>",
                "Given a positive integer n, return the minimum count of squares with the sum n; "
                "a square may be used more than once.",
                "Fewest perfect squares that sum to n.",
            ),
            ("num_squares", "fewest_squares", "min_squares"),
            (
                """
                def solve(n):
                    fewest = [0]
                    for total in range(1, n + 1):
                        options = []
                        root = 1
                        while root * root <= total:
                            options.append(fewest[total - root * root] + 1)
                            root += 1
                        fewest.append(min(options))
                    return fewest[n]
                """,
                """
                from math import isqrt


                def solve(n):
                    sums = {0}
                    steps = 0
                    while n not in sums:
                        squares = [root * root for root in range(1, isqrt(n) + 1)]
                        sums = {total + square for total in sums for square in squares}
                        steps += 1
                    return steps
                """,
            ),
        ),
        "ways_squares": (
            (
                "count the ways to write n as a sum of positive square numbers, without regard to "
                "order",
                "find in how many ways <n> is a sum of perfect squares, where a square may be used "
                "several times",
                "Given n, return the number of multisets of squares 1, 4, 9, ... with the sum n.",
                "Number of partitions of n into squares (1 for n = 0).",
            ),
            ("sums_of_squares", "square_partitions", "ways_with_squares"),
            (
                """
                def solve(n):
                    ways = [1] + [0] * n
                    root = 1
                    while root * root <= n:
                        square = root * root
                        for total in range(square, n + 1):
                            ways[total] += ways[total - square]
                        root += 1
                    return ways[n]
                """,
                """
                def solve(n, root=1):
                    if n == 0:
                        return 1
                    if root * root > n:
                        return 0
                    return solve(n - root * root, root) + solve(n, root + 1)
                """,
            ),
        ),
        "integer_break": (
            (
                "split an integer n > 1 into at least two positive parts so that their product is "
                "as large as possible, and return the product",
                "find the largest product of two or more positive integers with the sum <n>",
                "Given n of 2 or more, break it into a sum of positive integers, at least two of "
                "them, and return the maximum product.",
                "Cut a rope of length n into at least two whole pieces: what is the largest "
                "product of the lengths?",
            ),
            ("integer_break", "max_product", "best_split"),
            (
                """
                def solve(n):
                    best = [0, 1]
                    for total in range(2, n + 1):
                        options = []
                        for part in range(1, total):
                            options.append(part * max(total - part, best[total - part]))
                        best.append(max(options))
                    return best[n]
                """,
                """
                def solve(n):
                    if n <= 3:
                        return n - 1
                    product = 1
                    while n > 4:
                        product *= 3
                        n -= 3
                    return product * n
                """,
            ),
        ),
        "fewest_cubes": (
            (
                "find the smallest number of cube numbers whose sum is n",
                "find how few cubes (1, 8, 27, ...) add up to <n>",
                "Given a positive integer n, return the minimum count of positive cubes with the "
                "sum n.",
                "Fewest perfect cubes that sum to n.",
            ),
            ("fewest_cubes", "num_cubes", "min_cubes"),
            (
                """
                def solve(n):
                    fewest = [0]
                    for total in range(1, n + 1):
                        cubes = [i ** 3 for i in range(1, 6) if i ** 3 <= total]
                        fewest.append(1 + min(fewest[total - cube] for cube in cubes))
                    return fewest[n]
                """,
            ),
        ),
        "triangular": (
            (
                "check whether a number is the sum of two triangular numbers (1, 3, 6, 10, ...)",
                "test if <n> can be written as the sum of two positive triangular numbers",
                "Given a positive integer, return True if two triangular numbers (1, 3, 6, ...; "
                "they may be equal) add up to it, else False.",
                "Is n the sum of two triangular numbers?",
            ),
            ("sum_of_two_triangular", "is_triangular_sum", "two_triangles"),
            (
                """
                def solve(n):
                    triangular = [i * (i + 1) // 2 for i in range(1, n + 1)]
                    return any(n - number in triangular for number in triangular)
                """,
                """
                def solve(n):
                    numbers = set()
                    step, number = 1, 1
                    while number < n:
                        numbers.add(number)
                        step += 1
                        number += step
                    for number in numbers:
                        if n - number in numbers:
                            return True
                    return False
                """,
            ),
        ),
        "powers": (
            (
                "count the ways to write n as a sum of powers of two, without regard to order",
                "find in how many ways <n> is a sum of the numbers 1, 2, 4, 8, ..., each used any "
                "number of times",
                "Given n, return the number of binary partitions: sums of powers of 2 with the "
                "total n.",
                "Number of partitions of n into powers of 2 (1 for n = 0).",
            ),
            ("binary_partitions", "sums_of_powers", "power_partitions"),
            (
                """
                def solve(n):
                    ways = [1] + [0] * n
                    power = 1
                    while power <= n:
                        for total in range(power, n + 1):
                            ways[total] += ways[total - power]
                        power *= 2
                    return ways[n]
                """,
                """
                def solve(n):
                    if n == 0:
                        return 1
                    if n % 2 == 1:
                        return solve(n - 1)
                    return solve(n - 1) + solve(n // 2)
                """,
            ),
        ),
    }[task]  # fmt: skip
    low = 2 if task == "integer_break" else 1
    high = 20 if task == "integer_break" else 45
    arguments = [(n,) for n in choose.sample(range(low, high), 6)]
    if task == "triangular":
        arguments += [(choose.one_of((2, 4, 7, 9, 16, 21)),), (choose.one_of((5, 8, 14, 19, 23)),)]
    elif task in ("ways_squares", "powers"):
        arguments.append((0,))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"n": ("n", "num", "number"), "best": ("dp", "largest", "top")},
    )


_FORBIDDEN = {
    "no_11": (
        "binary strings of length n without two consecutive ones",
        "n bits can be chosen so that no two neighbours are both 1",
        ("count_without_11", "count_sparse_strings", "no_consecutive_ones"),
        '"11" not in text',
        "01",
    ),
    "no_00": (
        "binary strings of length n without two consecutive zeros",
        "n bits can be chosen so that no two neighbours are both 0",
        ("count_without_00", "no_double_zero", "no_consecutive_zeros"),
        '"00" not in text',
        "01",
    ),
    "no_111": (
        "binary strings of length n without three consecutive ones",
        "n bits can be chosen so that there are no three ones in a row",
        ("count_without_111", "no_three_ones", "no_triple"),
        '"111" not in text',
        "01",
    ),
    "even_ones": (
        "binary strings of length n with an even number of ones",
        "n bits can be chosen so that an even number of them is 1",
        ("count_even_ones", "even_parity_strings", "num_even_parity"),
        'text.count("1") % 2 == 0',
        "01",
    ),
    "no_aa": (
        "strings of length n over the letters a, b, c without two equal neighbours",
        "n letters a, b or c can be written so that no letter follows itself",
        ("count_without_repeats", "no_equal_neighbours", "count_abc_strings"),
        "all(x != y for x, y in zip(text, text[1:]))",
        "abc",
    ),
    "has_11": (
        "binary strings of length n that contain two consecutive ones",
        "n bits can be chosen so that somewhere two neighbours are both 1",
        ("count_with_11", "with_double_ones", "has_consecutive_ones"),
        '"11" in text',
        "01",
    ),
}


@family(task=tuple(_FORBIDDEN))
def counting_texts_without_a_pattern(choose: Chooser, task: str) -> Exercise:
    """Count strings of a length that avoid a pattern."""
    thing, way, names, condition, letters = _FORBIDDEN[task]
    quick = {
        "no_11": "a, b = 1, 2\n    for _ in range(n):\n        a, b = b, a + b\n    return a",
        "no_00": "ways = [1, 2]\n    for i in range(2, n + 1):\n"
        "        ways.append(ways[i - 1] + ways[i - 2])\n    return ways[n]",
        "no_111": "ways = [1, 2, 4]\n    for i in range(3, n + 1):\n"
        "        ways.append(ways[i - 1] + ways[i - 2] + ways[i - 3])\n    return ways[n]",
        "even_ones": "return 1 if n == 0 else 2 ** (n - 1)",
        "no_aa": "return 1 if n == 0 else 3 * 2 ** (n - 1)",
        "has_11": "a, b = 1, 2\n    for _ in range(n):\n        a, b = b, a + b\n"
        "    return 2 ** n - a",
    }[task]
    checked = (
        condition.replace("text", '"".join(chars)')
        if letters == "01"
        else ("all(x != y for x, y in zip(chars, chars[1:]))")
    )
    return Exercise(
        texts=(
            f"count the {thing}",
            f"find in how many ways {way}",
            f"Given n, return the number of {thing}.",
            f"Number of {thing} (for n = 0 there is only the empty string).",
        ),
        names=names,
        solutions=(
            f"def solve(n):\n    {quick}",
            f"""
            from itertools import product


            def solve(n):
                return sum(1 for chars in product("{letters}", repeat=n) if {checked})
            """,
        ),
        arguments=[(n,) for n in choose.sample(range(1, 8 if letters == "01" else 6), 5)] + [(0,)],
        synonyms={"n": ("n", "num", "length")},
    )
