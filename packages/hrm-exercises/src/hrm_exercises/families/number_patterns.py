"""Patterns of numbers and stars, first numbers of a kind, classes of values."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


_TRIANGLES = {
    "floyd": (
        ("build Floyd's triangle with <n> rows as a list of lists: [1], [2, 3], [4, 5, 6] etc",
         "make a triangle of <n> rows that is filled with 1, 2, 3, ... row by row",
         "Given n, return the first n rows of the triangle in which row k holds the next k natural "
         "numbers.",
         "I want n rows of Floyd's triangle. Return each row as a list."),
        ("def solve(n):\n    rows = []\n    number = 1\n    for length in range(1, n + 1):\n"
         "        rows.append(list(range(number, number + length)))\n        number += length\n"
         "    return rows",
         "def solve(n):\n    rows = []\n    for i in range(n):\n        start = i * (i + 1) // 2\n"
         "        rows.append([start + j + 1 for j in range(i + 1)])\n    return rows"),
    ),
    "counting": (
        ("build a list of <n> rows in which row k is [1, 2, ..., k]",
         "make a number triangle: the first row is [1], the second [1, 2], up to row n",
         "Given n, return n lists; list number k counts from 1 to k.",
         "I need rows that count up from 1, each one number longer than the last. Return <n> of "
         "them."),
        ("def solve(n):\n    return [list(range(1, k + 1)) for k in range(1, n + 1)]",
         "def solve(n):\n    rows = []\n    for k in range(1, n + 1):\n        row = []\n"
         "        for number in range(1, k + 1):\n            row.append(number)\n"
         "        rows.append(row)\n    return rows"),
    ),
    "repeated": (
        ("return the lines '1', '22', '333', ... as a list of <n> strings",
         "make a list in which line k consists of the number k written k times, for k up to n",
         "Given n below 10, return n strings: the digit k repeated k times for each k from 1 to n.",
         "build number pattern 1, 22, 333 as a list of n strings"),
        ("def solve(n):\n    return [str(k) * k for k in range(1, n + 1)]",
         "def solve(n):\n    rows = []\n    for k in range(1, n + 1):\n        line = ''\n"
         "        for _ in range(k):\n            line += str(k)\n        rows.append(line)\n"
         "    return rows"),
    ),
    "increasing": (
        ("return the lines '1', '12', '123', ... as a list of <n> strings",
         "make a list in which line k is made of the digits 1 to k, for k up to n",
         "Given n below 10, return n strings: '1', then '12', and so on, each with one more digit.",
         "build number pattern 1, 12, 123 as a list of n strings"),
        ("def solve(n):\n    rows = []\n    line = ''\n    for k in range(1, n + 1):\n"
         "        line += str(k)\n        rows.append(line)\n    return rows",
         "def solve(n):\n    return [''.join(str(i) for i in range(1, k + 1)) "
         "for k in range(1, n + 1)]"),
    ),
    "decreasing": (
        ("return the lines '123...n', then without the last digit and so on down to '1', as a list",
         "make a number pattern that starts with the digits 1 to <n> and loses its last digit from "
         "line to line",
         "Given n below 10, return n strings, from '1' to n in a row down to '1'.",
         "build number pattern 123, 12, 1 (for n = 3) as a list of strings"),
        ("def solve(n):\n    return [''.join(str(i) for i in range(1, k + 1)) "
         "for k in range(n, 0, -1)]",
         "def solve(n):\n    line = ''.join(str(i) for i in range(1, n + 1))\n"
         "    return [line[:k] for k in range(n, 0, -1)]"),
    ),
    "palindromes": (
        ("return the lines '1', '121', '12321', ... as a list of <n> strings",
         "make a list in which line k counts up from 1 to k and down again to 1",
         "Given n below 10, return n strings: '1', '121', '12321' and so on.",
         "build palindromic number pattern with n lines"),
        ("def solve(n):\n    rows = []\n    for k in range(1, n + 1):\n"
         "        up = ''.join(str(i) for i in range(1, k + 1))\n"
         "        rows.append(up + up[:-1][::-1])\n    return rows",
         "def solve(n):\n    return [str(int('1' * k) ** 2) for k in range(1, n + 1)]"),
    ),
    "squares": (
        ("build an n by n list of lists with the numbers 1, 2, 3, ... row by row",
         "make a square grid of side <n> that counts from 1 to <n> * <n>",
         "Given n, return n rows of n numbers each, which go on from 1 without a gap.",
         "I want a square table with the numbers from 1 on, <n> in each of <n> rows. Return it."),
        ("def solve(n):\n    return [list(range(i * n + 1, i * n + n + 1)) for i in range(n)]",
         "def solve(n):\n    rows = []\n    number = 1\n    for _ in range(n):\n        row = []\n"
         "        for _ in range(n):\n            row.append(number)\n            number += 1\n"
         "        rows.append(row)\n    return rows"),
    ),
    "snake": (
        ("build an n by n list of lists with 1, 2, 3, ... in which every second row runs backwards",
         "fill a square grid of side <n> with 1 to <n> * <n> like a snake: left to right, then "
         "right to left, in turn",
         "Given n, return n rows of the numbers 1 to n * n, with every other row (the second, the "
         "fourth and so on) reversed.",
         "I number the cells of a square board like a snake. Return the rows of the board of side "
         "<n>."),
        ("def solve(n):\n    rows = []\n    for i in range(n):\n"
         "        row = list(range(i * n + 1, i * n + n + 1))\n        if i % 2 == 1:\n"
         "            row.reverse()\n        rows.append(row)\n    return rows",
         "def solve(n):\n    rows = [list(range(i * n + 1, (i + 1) * n + 1)) for i in range(n)]\n"
         "    return [row[::-1] if i % 2 else row for i, row in enumerate(rows)]"),
    ),
}  # fmt: skip


@family(shape=tuple(_TRIANGLES))
def number_triangles_and_grids(choose: Chooser, shape: str) -> Exercise:
    """Build triangles and grids of numbers."""
    texts, solutions = _TRIANGLES[shape]
    return Exercise(
        texts=texts,
        names={
            "floyd": ("floyds_triangle", "floyd_triangle", "number_triangle"),
            "counting": ("counting_rows", "counting_triangle", "rows_from_one"),
            "repeated": ("repeated_numbers", "digit_pattern", "number_pattern"),
            "increasing": ("increasing_pattern", "number_lines", "counting_pattern"),
            "decreasing": ("decreasing_pattern", "shrinking_lines", "inverted_pattern"),
            "palindromes": ("palindrome_pattern", "up_and_down", "palindromic_lines"),
            "squares": ("number_grid", "counting_grid", "square_of_numbers"),
            "snake": ("snake_grid", "snake_board", "zigzag_grid"),
        }[shape],
        solutions=solutions,
        arguments=[(n,) for n in choose.sample(range(1, 8), 4)],
        synonyms={"rows": ("result", "lines", "triangle", "res"), "line": ("s", "text", "row_text"),
                  "k": ("i", "m", "length_")},
    )  # fmt: skip


_STARS = {
    "left": (
        ("return the lines of a triangle of stars as a list: '*', '**', '***' up to <n> stars",
         "make a right-angled triangle of <n> lines of stars, as a list of strings",
         "Given n, return n strings; string number k consists of k stars."),
        ("def solve(n):\n    return ['*' * k for k in range(1, n + 1)]",
         "def solve(n):\n    rows = []\n    for k in range(1, n + 1):\n"
         "        rows.append('*' * k)\n    return rows"),
    ),
    "right": (
        ("return the lines of a triangle of stars that is aligned to the right, all <n> characters "
         "long",
         "make <n> strings of length <n>: spaces, then 1, 2, 3, ... stars at the end",
         "Given n, return a list of n strings of n characters; string k ends with k stars and "
         "begins with spaces."),
        ("def solve(n):\n    return [('*' * k).rjust(n) for k in range(1, n + 1)]",
         "def solve(n):\n    return [' ' * (n - k) + '*' * k for k in range(1, n + 1)]"),
    ),
    "inverted": (
        ("return the lines of an upside-down triangle of stars, from <n> stars to one",
         "make a list of strings of stars that get shorter: n stars first, one star last",
         "Given n, return n strings of n, n - 1, ..., 1 stars."),
        ("def solve(n):\n    return ['*' * k for k in range(n, 0, -1)]",
         "def solve(n):\n    rows = []\n    while n > 0:\n        rows.append('*' * n)\n"
         "        n -= 1\n    return rows"),
    ),
    "pyramid": (
        ("return the lines of a pyramid of stars with <n> lines; no spaces at the ends of lines",
         "make a centered pyramid: line k has n - k spaces and then 2 * k - 1 stars",
         "Given n, return a list of n strings that form a pyramid of stars with 1, 3, 5, ... stars "
         "and leading spaces."),
        ("def solve(n):\n    return [' ' * (n - k) + '*' * (2 * k - 1) for k in range(1, n + 1)]",
         "def solve(n):\n    rows = []\n    for i in range(n):\n"
         "        rows.append(' ' * (n - i - 1) + '*' * (2 * i + 1))\n    return rows"),
    ),
    "hollow": (
        ("return the lines of a hollow square of stars with side <n>: stars on the border, spaces "
         "inside",
         "make the border of an n by n square of stars, as a list of strings of length n",
         "Given n, return n strings of n characters: '*' at the edges of the square and spaces "
         "within."),
        ("def solve(n):\n    if n == 1:\n        return ['*']\n"
         "    inner = '*' + ' ' * (n - 2) + '*'\n"
         "    return ['*' * n] + [inner] * (n - 2) + ['*' * n]",
         "def solve(n):\n    rows = []\n    for i in range(n):\n        line = ''\n"
         "        for j in range(n):\n            if i in (0, n - 1) or j in (0, n - 1):\n"
         "                line += '*'\n            else:\n                line += ' '\n"
         "        rows.append(line)\n    return rows"),
    ),
    "chess": (
        ("return the lines of a chessboard of side <n> with '#' and '.', beginning with '#'",
         "make an n by n board of alternating '#' and '.' as a list of strings; the first cell is "
         "'#'",
         "Given n, return n strings of n characters in which '#' and '.' alternate in both "
         "directions, starting with '#'."),
        ("def solve(n):\n    rows = []\n    for i in range(n):\n        line = ''\n"
         "        for j in range(n):\n            line += '#' if (i + j) % 2 == 0 else '.'\n"
         "        rows.append(line)\n    return rows",
         "def solve(n):\n    return [''.join('#.'[(i + j) % 2] for j in range(n)) "
         "for i in range(n)]"),
    ),
    "joined": (
        ("return a triangle of stars with <n> lines as one string with newlines between the lines",
         "draw a triangle of stars ('*', '**', ...) of n lines as a text whose lines are joined by "
         "newlines",
         "Given n, return one string: lines of 1, 2, ..., n stars, separated by '\\n'."),
        ("def solve(n):\n    return '\\n'.join('*' * k for k in range(1, n + 1))",
         "def solve(n):\n    text = ''\n    for k in range(1, n + 1):\n        if text:\n"
         "            text += '\\n'\n        text += '*' * k\n    return text"),
    ),
}  # fmt: skip


@family(shape=tuple(_STARS))
def patterns_of_stars(choose: Chooser, shape: str) -> Exercise:
    """Draw triangles, pyramids and squares with characters."""
    texts, solutions = _STARS[shape]
    return Exercise(
        texts=texts,
        names={
            "left": ("star_triangle", "triangle_lines", "stars"),
            "right": ("right_triangle", "right_aligned_stars", "star_stairs"),
            "inverted": ("inverted_triangle", "upside_down", "falling_stars"),
            "pyramid": ("star_pyramid", "pyramid", "pyramid_lines"),
            "hollow": ("hollow_square", "square_border", "star_frame"),
            "chess": ("chessboard", "checkerboard", "board_lines"),
            "joined": ("star_text", "draw_triangle", "triangle_text"),
        }[shape],
        solutions=solutions,
        arguments=[(n,) for n in choose.sample(range(1, 8), 4)],
        synonyms={"rows": ("result", "lines", "res"), "line": ("s", "row_text"),
                  "k": ("i", "m", "length_")},
    )  # fmt: skip


_FIRST = {
    "even": ("even numbers", "2 * i", "2, 4, 6"),
    "odd": ("odd numbers", "2 * i - 1", "1, 3, 5"),
    "natural": ("natural numbers", "i", "1, 2, 3"),
    "negative": ("negative integers", "-i", "-1, -2, -3"),
    "powers_of_two": ("powers of two", "2 ** (i - 1)", "1, 2, 4"),
    "powers_of_ten": ("powers of ten", "10 ** (i - 1)", "1, 10, 100"),
    "multiples_of_five": ("multiples of five", "5 * i", "5, 10, 15"),
    "alternating": ("natural numbers with alternating signs", "i * (-1) ** (i + 1)", "1, -2, 3"),
    "reciprocals": ("numbers of the form 'one over k' as strings", "'1/' + str(i)",
                    "'1/1', '1/2', '1/3'"),
}  # fmt: skip


@family(kind=tuple(_FIRST))
def first_numbers_of_kind(choose: Chooser, kind: str) -> Exercise:
    """List the first n even, odd, negative... numbers."""
    noun, term, start = _FIRST[kind]
    return Exercise(
        texts=(
            f"list the first <n> {noun}: {start} and so on",
            f"generate a list of the first n {noun}, beginning with {start}",
            f"Given n, return a list with the first n of the {noun} {start}, ...",
            f"create a list of n {noun} that starts {start}",
        ),
        names=(f"first_{kind}", f"list_{kind}", f"{kind}_numbers"),
        solutions=(
            _returns(
                "n",
                "list(range(1, n + 1))" if term == "i" else f"[{term} for i in range(1, n + 1)]",
            ),
            f"def solve(n):\n    result = []\n    for i in range(1, n + 1):\n"
            f"        result.append({term})\n    return result",
        ),
        arguments=[(n,) for n in choose.sample(range(1, 13), 5)] + [(0,)],
    )


# What is measured, and (limit, name) pairs: a value below the limit has the name.
_CLASSES: dict[str, tuple[str, tuple[tuple[int, str], ...], str]] = {
    "weather": ("a temperature in degrees", ((0, "freezing"), (10, "cold"), (20, "mild"),
                                             (30, "warm")), "hot"),
    "water": ("the temperature of water in degrees Celsius", ((0, "ice"), (100, "water")), "steam"),
    "acid": ("a pH value", ((7, "acidic"), (8, "neutral")), "basic"),
    "exam": ("an exam score", ((50, "fail"), (65, "pass"), (80, "merit")), "distinction"),
    "wind": ("a wind speed in kilometers per hour", ((2, "calm"), (20, "breeze"), (62, "wind"),
                                                     (118, "storm")), "hurricane"),
    "size": ("a chest size in centimeters", ((90, "S"), (98, "M"), (106, "L")), "XL"),
    "speed": ("the speed of a car in a zone of 50", ((51, "ok"), (61, "warning"), (81, "fine")),
              "ban"),
    "reading": ("a number of pages", ((20, "note"), (60, "booklet"), (400, "book")), "tome"),
}  # fmt: skip


@family(kind=tuple(_CLASSES))
def class_of_value(choose: Chooser, kind: str) -> Exercise:
    """Name the class of a value by limits."""
    what, limits, last = _CLASSES[kind]
    if kind == "acid":
        rule = "'acidic' below 7, 'neutral' for exactly 7 and 'basic' above 7"
    else:
        rule = ", ".join(f"'{name}' below {limit}" for limit, name in limits)
        rule += f", and '{last}' from {limits[-1][0]} on"
    tests = "".join(
        f"    if number < {limit}:\n        return '{name}'\n" for limit, name in limits
    )
    pairs = ", ".join(f"({limit}, '{name}')" for limit, name in limits)
    if kind == "acid":
        tests = (
            "    if number < 7:\n        return 'acidic'\n"
            "    if number == 7:\n        return 'neutral'\n"
        )
    elif_chain = tests.replace("    if", "    elif").replace("    elif", "    if", 1)
    second = (
        f"def solve(number):\n{elif_chain}    else:\n        return '{last}'"
        if kind == "acid"
        else f"def solve(number):\n    for limit, name in [{pairs}]:\n"
        f"        if number < limit:\n            return name\n    return '{last}'"
    )
    edges = [limit for limit, _ in limits]
    low, high = edges[0] - 8, edges[-1] * 7 // 5 + 6
    if kind not in ("weather", "water"):
        low = max(low, 0)
    if kind == "acid":
        low, high = 1, 14
    values = [choose.integer(low, edges[0] - 1), edges[0], choose.integer(edges[-1], high)]
    values += [edges[-1], choose.integer(edges[-1] + 1, high), choose.integer(low, high)]
    return Exercise(
        texts=(
            f"classify {what}: return {rule}",
            f"return a word for {what}: {rule}",
            f"Given {what}, return {rule}.",
            f"I have {what}. Return {rule}.",
        ),
        names=(f"{kind}_class", f"classify_{kind}", f"{kind}_name"),
        solutions=(f"def solve(number):\n{tests}    return '{last}'", second),
        arguments=[(value,) for value in values],
        synonyms={"number": ("value", "n", "x", "measure"), "name": ("label", "word", "kind")},
    )


_STEPS = {
    "add_squares": ("the sum of the squares of its digits",
                    "sum(int(digit) ** 2 for digit in str(number))"),
    "double_or_drop": ("its double, or the number without its last digit if it is above 99",
                       "number // 10 if number > 99 else 2 * number"),
    "half_or_plus": ("its half if it is even, and the number plus 7 if it is odd",
                     "number // 2 if number % 2 == 0 else number + 7"),
    "digit_difference": ("the number minus the sum of its digits",
                         "number - sum(int(digit) for digit in str(number))"),
}  # fmt: skip


@family(step=tuple(_STEPS), ask=("value", "list"))
def repeated_step(choose: Chooser, step: str, ask: str) -> Exercise:
    """Replace a number by a rule again and again."""
    rule, expression = _STEPS[step]
    wanted = (
        f"the result after <k> steps in which a number becomes {rule}"
        if ask == "value"
        else f"the list of a number and its <k> successors, when each number becomes {rule}"
    )
    plain = wanted.replace("<k>", "k")
    value = (
        f"def solve(number, k):\n    for _ in range(k):\n        number = {expression}\n"
        "    return number",
        f"def solve(number, k):\n    if k == 0:\n        return number\n"
        f"    return solve({expression}, k - 1)",
    )
    listed = (
        "def solve(number, k):\n    result = [number]\n    for _ in range(k):\n"
        f"        number = {expression}\n        result.append(number)\n    return result",
    )
    arguments: list[tuple[Any, ...]] = [
        (choose.integer(1, 300), k) for k in choose.sample(range(1, 7), 5)
    ]
    return Exercise(
        texts=(
            f"find {wanted}",
            f"return {wanted}",
            f"Given a positive integer and k, return {plain}.",
            f"I replace a number k times in a row by {rule}. Return "
            + ("what I get." if ask == "value" else "all numbers on the way, the first included."),
        ),
        names=(f"repeat_{step}", f"{step}_steps", f"iterate_{step}"),
        solutions=value if ask == "value" else listed,
        arguments=[*arguments, (choose.integer(1, 99), 0)],
        synonyms={"k": ("n", "steps", "times")},
    )
