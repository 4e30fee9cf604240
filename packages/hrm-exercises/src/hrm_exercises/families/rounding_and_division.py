"""Rounding, quotients and remainders, common divisors, squares and roots, ranges."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_TWO = {
    "first": ("a", "x", "num1", "n1", "one"),
    "second": ("b", "y", "num2", "n2", "other"),
    "third": ("c", "z", "num3", "n3"),
}


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


_TO_MULTIPLE = {
    "up": (
        "round a number up to the next multiple of <k>",
        "find the smallest multiple of <k> that is not less than a given number",
        "(number + k - 1) // k * k",
        "-(-number // k) * k",
    ),
    "down": (
        "round a number down to a multiple of <k>",
        "find the largest multiple of <k> that is not greater than a given number",
        "number // k * k",
        "number - number % k",
    ),
    "nearest": (
        "round a number to the nearest multiple of <k>, upwards if two are equally near",
        "find the multiple of <k> that is closest to a given number; on a tie, the larger one",
        "(2 * number + k) // (2 * k) * k",
        "(number - number % k) + (k if 2 * (number % k) >= k else 0)",
    ),
}


@family(direction=tuple(_TO_MULTIPLE))
def round_to_multiple(choose: Chooser, direction: str) -> Exercise:
    """Round a whole number to a multiple of another."""
    short, long, one, other = _TO_MULTIPLE[direction]
    ending = {
        "up": "rounded up to a multiple of k",
        "down": "rounded down to a multiple of k",
        "nearest": "rounded to the nearest multiple of k (halves go up)",
    }[direction]
    return Exercise(
        texts=(
            short,
            long,
            f"Given two positive integers, a number and k, return the number {ending}.",
            short.replace("a number", "the given integer"),
        ),
        names=(f"round_{direction}_to_multiple", f"{direction}_multiple", "round_to_multiple"),
        solutions=(_returns("number, k", one), _returns("number, k", other)),
        arguments=[(choose.integer(1, 300), choose.integer(2, 25)) for _ in range(5)]
        + [(k * choose.integer(1, 9), k) for k in (choose.integer(3, 12),)],
        synonyms={"k": ("m", "step", "multiple", "base")},
    )


_PARTS = {
    "round": (
        "round a number to <digits> digits after the decimal point",
        "Given a decimal number and a count of digits, return the number rounded to so many "
        "decimal places.",
        "round(number, digits)",
        "float('{:.{}f}'.format(number, digits))",
    ),
    "fraction": (
        "find the fractional part of a positive decimal number, rounded to 2 digits",
        "Given a positive decimal number, return the part after the point, rounded to 2 places.",
        "round(number % 1, 2)",
        "round(number - int(number), 2)",
    ),
    "whole": (
        "find the whole part of a decimal number, cutting off what is after the point",
        "Given a decimal number, drop everything after its decimal point and return an integer.",
        "int(number)",
        "math.trunc(number)",
    ),
    "floor": (
        "round a decimal number down to an integer",
        "Given a decimal number, return the largest integer that is not greater than it.",
        "math.floor(number)",
        "int(number // 1)",
    ),
    "ceil": (
        "round a decimal number up to an integer",
        "Given a decimal number, return the smallest integer that is not less than it.",
        "math.ceil(number)",
        "-int(-number // 1)",
    ),
    "is_whole": (
        "check whether a decimal number is a whole number",
        "Given a float, return True if it has no fractional part, else False.",
        "number == int(number)",
        "number % 1 == 0",
    ),
}


@family(part=tuple(_PARTS))
def parts_of_decimal_number(choose: Chooser, part: str) -> Exercise:
    """Round a decimal number, or take its whole or fractional part."""
    short, long, one, other = _PARTS[part]
    digits = part == "round"
    parameters = "number, digits" if digits else "number"
    low = 0 if part == "fraction" else -50
    arguments: list[tuple[float, ...]] = [(choose.decimal(low, 100, 2),) for _ in range(4)]
    arguments += [(float(choose.integer(1, 50)),), (float(choose.integer(max(low, -9), 50)),)]
    if digits:
        arguments = [
            (choose.decimal(-99, 999, 5) + 0.000001, choose.integer(1, 3)) for _ in range(5)
        ]
        arguments = [(round(number, 6), places) for number, places in arguments]
    return Exercise(
        texts=(
            short,
            long,
            f"take a float and {short.replace('a number', 'it').replace('a decimal number', 'it')}"
            if part in ("round", "floor", "ceil")
            else short.replace("a decimal number", "a given float"),
            f"{short.replace('a positive decimal number', 'a given positive float')}",
        ),
        names={
            "round": ("round_number", "round_to", "round_decimal"),
            "fraction": ("fractional_part", "decimal_part", "after_point"),
            "whole": ("whole_part", "integer_part", "truncate"),
            "floor": ("round_down", "floor_number", "largest_integer_below"),
            "ceil": ("round_up", "ceil_number", "smallest_integer_above"),
            "is_whole": ("is_whole", "is_whole_number", "has_no_fraction"),
        }[part],
        solutions=tuple(
            ("import math\n\n" if "math." in expression else "") + _returns(parameters, expression)
            for expression in (one, other)
        ),
        arguments=arguments,
        synonyms={"digits": ("places", "d", "decimals", "ndigits")},
    )


_QUOTIENTS = {
    "both": (
        ("find the quotient and the remainder of two numbers as a tuple",
         "divide one integer by another and return quotient and remainder",
         "Given two positive integers, return a tuple of the whole quotient and the remainder."),
        "(first // second, first % second)", "divmod(first, second)",
    ),
    "remainder": (
        ("find the remainder of two numbers without the % operator",
         "compute what remains when <first> is divided by <second>",
         "Given two positive integers, return the remainder of dividing the first by the second."),
        "first - first // second * second", "divmod(first, second)[1]",
    ),
    "quotient": (
        ("find the whole quotient of two positive numbers",
         "count how many times <second> fits into <first>",
         "Given two positive integers, return the quotient without the remainder."),
        "first // second", "divmod(first, second)[0]",
    ),
    "float": (
        ("divide one number by another and round the result to 3 digits",
         "find the quotient of two numbers, rounded to 3 decimal places",
         "Given two positive integers, return the first divided by the second, rounded to 3 "
         "digits."),
        "round(first / second, 3)", "float(round(first / second, 3))",
    ),
    "boxes": (
        ("find how many boxes are needed for <first> things if <second> things fit into a box",
         "divide one positive integer by another and round up",
         "Given a number of things and the capacity of a box, return the number of boxes needed "
         "for all of them."),
        "(first + second - 1) // second", "-(-first // second)",
    ),
    "missing": (
        ("find the smallest number to add to <first> so that it becomes divisible by <second>",
         "return how much is missing to the next multiple: the least number, 0 or more, that added "
         "to the first integer gives a multiple of the second",
         "Given two positive integers, what is the smallest non-negative number to add to the "
         "first so that the second divides it?"),
        "(second - first % second) % second", "-first % second",
    ),
}  # fmt: skip


_MORE_QUOTIENTS_AND_REMAINDERS = {
    "both": (
        "How often does the second number go into the first, and what is left? Return both in "
        "a tuple."
    ),
    "remainder": "What is left when <first> is divided by <second>?",
    "quotient": "compute integer division of two positive numbers",
    "float": "What is the first number divided by the second, rounded to 3 digits?",
    "boxes": "How many boxes do I need for <first> things if <second> fit into each?",
    "missing": "How much must I add to <first> at least to get a multiple of <second>?",
}


@family(ask=tuple(_QUOTIENTS))
def quotients_and_remainders(choose: Chooser, ask: str) -> Exercise:
    """Divide whole numbers."""
    texts, one, other = _QUOTIENTS[ask]
    solutions = [_returns("first, second", one), _returns("first, second", other)]
    if ask in ("remainder", "quotient"):
        answer = "first" if ask == "remainder" else "count"
        solutions.append(f"""
            def solve(first, second):
                count = 0
                while first >= second:
                    first -= second
                    count += 1
                return {answer}
            """)
    return Exercise(
        texts=(*texts, _MORE_QUOTIENTS_AND_REMAINDERS[ask]),
        names={
            "both": ("quotient_and_remainder", "divide_with_remainder", "div_mod"),
            "remainder": ("remainder", "find_remainder", "modulo"),
            "quotient": ("quotient", "whole_quotient", "integer_division"),
            "float": ("divide", "rounded_quotient", "division"),
            "boxes": ("boxes_needed", "divide_and_round_up", "ceil_division"),
            "missing": ("missing_to_multiple", "add_to_make_divisible", "smallest_addition"),
        }[ask],
        solutions=solutions,
        arguments=[(choose.integer(5, 300), choose.integer(2, 30)) for _ in range(5)]
        + [(choose.integer(1, 4), 7), (24, choose.one_of((4, 6, 8)))],
        synonyms=_TWO,
    )


_GCD_LOOP = """
def solve(first, second):
    while second:
        first, second = second, first % second
    return first
"""

_COMMON = {
    "gcd": (
        ("find the greatest common divisor of two numbers",
         "compute the gcd of two positive integers",
         "Given two positive integers, return the largest number that divides both.",
         "find the highest common factor of two numbers"),
        ("import math\n\ndef solve(first, second):\n    return math.gcd(first, second)",
         _GCD_LOOP,
         "def solve(first, second):\n    if second == 0:\n        return first\n"
         "    return solve(second, first % second)"),
    ),
    "lcm": (
        ("find the least common multiple of two numbers",
         "compute the lcm of two positive integers",
         "Given two positive integers, return the smallest number that both divide.",
         "find the lowest common multiple of <first> and <second>"),
        ("import math\n\ndef solve(first, second):\n"
         "    return first * second // math.gcd(first, second)",
         "def solve(first, second):\n    result = max(first, second)\n"
         "    while result % first or result % second:\n        result += 1\n    return result"),
    ),
    "gcd_list": (
        ("find the greatest common divisor of a list of numbers",
         "compute the gcd of all elements of a list of positive integers",
         "Given a list of positive integers, return the largest number that divides all of them."),
        ("import math\nfrom functools import reduce\n\ndef solve(numbers):\n"
         "    return reduce(math.gcd, numbers)",
         "import math\n\ndef solve(numbers):\n    result = numbers[0]\n"
         "    for number in numbers[1:]:\n        result = math.gcd(result, number)\n"
         "    return result"),
    ),
    "lcm_list": (
        ("find the least common multiple of a list of numbers",
         "compute the lcm of all elements of a list of positive integers",
         "Given a list of positive integers, return the smallest number that all of them divide."),
        ("import math\n\ndef solve(numbers):\n    result = 1\n    for number in numbers:\n"
         "        result = result * number // math.gcd(result, number)\n    return result",
         "import math\nfrom functools import reduce\n\ndef solve(numbers):\n"
         "    return reduce(lambda first, second: first * second // math.gcd(first, second), "
         "numbers)"),
    ),
    "lcm_up_to": (
        ("find the smallest number that is divisible by all numbers from 1 to <n>",
         "compute the least common multiple of the first n positive integers",
         "Given n, return the smallest positive number that every integer from 1 to n divides."),
        ("import math\n\ndef solve(n):\n    result = 1\n    for number in range(2, n + 1):\n"
         "        result = result * number // math.gcd(result, number)\n    return result",
         "import math\n\ndef solve(n):\n    return math.lcm(*range(1, n + 1))"),
    ),
}  # fmt: skip


@family(ask=tuple(_COMMON))
def greatest_and_least_common(choose: Chooser, ask: str) -> Exercise:
    """Find common divisors and multiples."""
    texts, solutions = _COMMON[ask]
    arguments: list[tuple[object, ...]] = []
    for i in range(6):
        factor = choose.integer(1, 12) if i else 1
        if ask == "lcm_up_to":
            arguments.append((3 * i + choose.integer(1, 3),))
        elif ask.endswith("list"):
            low, high = (1, 30) if ask == "gcd_list" else (1, 9)
            arguments.append(([factor * n for n in choose.integers((2, 5), low, high)],))
        else:
            arguments.append((factor * choose.integer(1, 12), factor * choose.integer(1, 12)))
    return Exercise(
        texts=texts,
        names=(
            (f"{ask}_of_numbers", f"find_{ask}", f"compute_{ask}")
            if ask != "lcm_up_to"
            else ("smallest_multiple", "lcm_up_to", "divisible_by_all")
        ),
        solutions=solutions,
        arguments=arguments,
        synonyms=_TWO,
    )


_ROOTS = {
    "is_square": (
        ("check whether a number is a perfect square",
         "check if the given number is the square of an integer or not",
         "Return True if a non-negative integer is a perfect square, else False."),
        ("math.isqrt(number) ** 2 == number", "int(number ** 0.5 + 0.5) ** 2 == number"),
        (4, 16, 49, 121, 400, 0),
    ),
    "is_cube": (
        ("check whether a number is a perfect cube",
         "check if the given number is the third power of an integer or not",
         "Return True if a non-negative integer is a perfect cube, else False."),
        ("round(number ** (1 / 3)) ** 3 == number",
         "any(i ** 3 == number for i in range(number + 1))"),
        (8, 27, 64, 125, 1, 0),
    ),
    "floor_root": (
        ("find the integer part of the square root of a number",
         "return the largest integer whose square is not greater than a given number",
         "Given a non-negative integer, return its square root rounded down."),
        ("math.isqrt(number)", "int(number ** 0.5)"),
        (0, 24, 25, 26, 99),
    ),
    "next_square": (
        ("find the smallest perfect square that is greater than a number",
         "return the next perfect square after a given non-negative integer",
         "Given a non-negative integer, what is the next larger square number?"),
        ("(math.isqrt(number) + 1) ** 2", "(int(number ** 0.5) + 1) ** 2"),
        (0, 24, 25, 99),
    ),
    "nearest_square": (
        ("find the perfect square that is closest to a number",
         "return the square number nearest to a given non-negative integer",
         "Given a non-negative integer, which perfect square is closest to it?"),
        ("round(math.sqrt(number)) ** 2", "round(number ** 0.5) ** 2"),
        (0, 20, 25, 31),
    ),
    "count_squares": (
        ("count the perfect squares from 1 to <number>",
         "find how many perfect squares are not greater than a number (0 is not counted)",
         "Given a non-negative integer, return the number of square numbers between 1 and it, "
         "both included."),
        ("math.isqrt(number)",
         "sum(1 for i in range(1, number + 1) if i * i <= number)"),
        (0, 1, 24, 36),
    ),
}  # fmt: skip


_MORE_SQUARES_AND_ROOTS = {
    "is_square": "Is the number a square number? Return True or False.",
    "is_cube": "Is the number a cube number? Return True or False.",
    "floor_root": "find integer square root of a number",
    "next_square": "Next perfect square: find the first one above a number.",
    "nearest_square": "Which square number is nearest to the given number?",
    "count_squares": "How many square numbers are there from 1 to <number>?",
}


@family(ask=tuple(_ROOTS))
def squares_and_roots(choose: Chooser, ask: str) -> Exercise:
    """Check or find perfect squares and cubes."""
    texts, expressions, edges = _ROOTS[ask]
    return Exercise(
        texts=(*texts, _MORE_SQUARES_AND_ROOTS[ask]),
        names={
            "is_square": ("is_perfect_square", "is_square", "check_square"),
            "is_cube": ("is_perfect_cube", "is_cube", "check_cube"),
            "floor_root": ("integer_root", "floor_sqrt", "whole_square_root"),
            "next_square": ("next_perfect_square", "next_square", "following_square"),
            "nearest_square": ("nearest_square", "closest_square", "nearest_perfect_square"),
            "count_squares": ("count_squares", "num_perfect_squares", "squares_up_to"),
        }[ask],
        solutions=tuple(
            ("import math\n\n" if "math." in expression else "") + _returns("number", expression)
            for expression in expressions
        ),
        arguments=[(edge,) for edge in choose.sample(edges, 3)]
        + [(choose.integer(1, 250),) for _ in range(4)],
    )


_RANGES = {
    "clamp": (
        ("limit a number to the range from <low> to <high>",
         "clamp a value: return <low> if it is smaller, <high> if it is larger, else the value",
         "Given a number and two bounds, return the number, or the bound that it passes."),
        ("max(low, min(number, high))", "sorted([low, number, high])[1]"),
    ),
    "inside": (
        ("check whether a number lies between <low> and <high>, both included",
         "check if a number is in a given range (the bounds belong to it)",
         "Return True if a number is at least the lower and at most the upper bound, else False."),
        ("low <= number <= high", "number >= low and number <= high"),
    ),
    "strictly_inside": (
        ("check whether a number lies strictly between <low> and <high>",
         "check if a number is inside a range whose bounds don't belong to it",
         "Return True if a number is greater than the lower and less than the upper bound."),
        ("low < number < high", "number > low and number < high"),
    ),
    "outside_by": (
        ("find how far a number lies outside the range from <low> to <high>, 0 if it is inside",
         "return the distance of a number to a range, which is 0 for numbers in the range",
         "Given a number and two bounds, return by how much it misses the range, or 0."),
        ("max(low - number, number - high, 0)", "abs(number - max(low, min(number, high)))"),
    ),
    "wrap": (
        ("wrap a number around so that it lies from <low> to <high>, both included",
         "bring a number into the range from low to high by adding or subtracting the length of "
         "the range as often as needed (both bounds belong to the range)",
         "Given a number and two bounds, count on cyclically within the bounds: after <high> comes "
         "<low> again."),
        ("low + (number - low) % (high - low + 1)",
         "(number - low) % (high - low + 1) + low"),
    ),
}  # fmt: skip


_MORE_NUMBER_AND_RANGE = {
    "clamp": (
        "I have a value that must stay between two bounds. Return it, or the bound it would cross."
    ),
    "inside": "Is a number within two bounds, bounds included? Return True or False.",
    "strictly_inside": "Is a number between two bounds, bounds excluded? Return True or False.",
    "outside_by": "How far is a number outside two bounds? Return 0 if it isn't outside.",
    "wrap": (
        "I count from <low> to <high> and then start again at <low>. Return where a number "
        "lands in this cycle."
    ),
}


@family(ask=tuple(_RANGES))
def number_and_range(choose: Chooser, ask: str) -> Exercise:
    """Compare a number with the bounds of a range."""
    texts, expressions = _RANGES[ask]
    arguments = []
    for i in range(8):
        low = choose.integer(-10, 20)
        high = low + choose.integer(2, 20)
        number = (choose.integer(low + 1, high - 1), choose.integer(-30, 60), low, high)[i % 4]
        arguments.append((number, low, high))
    return Exercise(
        texts=(*texts, _MORE_NUMBER_AND_RANGE[ask]),
        names={
            "clamp": ("clamp", "limit_number", "clip_value"),
            "inside": ("in_range", "is_between", "within_range"),
            "strictly_inside": ("strictly_between", "inside_range", "is_inside"),
            "outside_by": ("distance_to_range", "outside_by", "how_far_outside"),
            "wrap": ("wrap_around", "wrap_number", "cycle_into_range"),
        }[ask],
        solutions=tuple(_returns("number, low, high", expression) for expression in expressions),
        arguments=arguments,
        synonyms={
            "low": ("lower", "a", "minimum", "start"),
            "high": ("upper", "b", "maximum", "end"),
        },
    )


@family(prefer=("smaller", "first"))
def closer_of_two_numbers(choose: Chooser, prefer: str) -> Exercise:
    """Find which of two numbers is closer to a target."""
    tie = {"smaller": "the smaller one", "first": "the first one"}[prefer]
    one, other = {
        "smaller": (
            "min(first, second, key=lambda number: (abs(number - target), number))",
            """
            def solve(first, second, target):
                if abs(first - target) < abs(second - target):
                    return first
                if abs(second - target) < abs(first - target):
                    return second
                return min(first, second)
            """,
        ),
        "first": (
            "first if abs(first - target) <= abs(second - target) else second",
            """
            def solve(first, second, target):
                if abs(second - target) < abs(first - target):
                    return second
                return first
            """,
        ),
    }[prefer]
    target = choose.integer(5, 50)
    gap = choose.integer(1, 9)
    return Exercise(
        texts=(
            f"return which of two numbers is closer to <target>, and {tie} if both are equally far",
            f"find the number nearest to a target among two numbers; on a tie {tie} wins",
            f"Given two numbers and a target, return the number that is closer to it, or {tie} if "
            "there is a tie.",
        ),
        names=("closer_number", "nearest_to_target", "closest_of_two"),
        solutions=(_returns("first, second, target", one), other),
        arguments=[(target + gap, target - gap, target)]
        + [(*choose.integers(2, -10, 60), choose.integer(0, 50)) for _ in range(5)],
        synonyms={**_TWO, "target": ("t", "goal", "value", "point"), "key": ("key",)},
    )
