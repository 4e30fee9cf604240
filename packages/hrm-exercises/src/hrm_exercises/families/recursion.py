"""Classic tasks that are solved by a function that calls itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

# What to do, the same in other words, what comes out, names, solutions.
RecursiveTask = tuple[str, str, str, tuple[str, ...], tuple[str, ...]]


def _texts(task: RecursiveTask) -> tuple[str, ...]:
    """Return wordings that ask for recursion."""
    does, also, thing = task[:3]
    return (
        f"{does} using recursion",
        f"recursively {also}",
        f"{does} by means of recursion",
        f"Use recursion to {also}.",
        f"Write a recursive function that returns {thing}.",
        f"Write a function that calls itself to {does}.",
    )


def recursive_exercise(
    task: RecursiveTask,
    arguments: Sequence[tuple[Any, ...]],
    synonyms: Mapping[str, Sequence[str]] | None = None,
) -> Exercise:
    """Return the exercise of a row of a table."""
    return Exercise(
        texts=_texts(task),
        names=task[3],
        solutions=task[4],
        arguments=arguments,
        synonyms=synonyms or {},
    )


def _counting(base: str, step: str, condition: str = "n == 0") -> tuple[str, ...]:
    """Return two styles of a recursion over a number that counts down."""
    return (
        f"""
        def solve(n):
            if {condition}:
                return {base}
            return {step}
        """,
        f"""
        def solve(n):
            return {base} if {condition} else {step}
        """,
        f"""
        def solve(n):
            if {condition}:
                return {base}
            else:
                return {step}
        """,
    )


_UP_TO_N: dict[str, RecursiveTask] = {
    "sum": (
        "find the sum of the numbers from 1 to n",
        "add up the first n natural numbers",
        "the sum of all whole numbers from 1 up to <n>",
        ("sum_to_n", "recursive_sum", "sum_of_naturals", "add_up_to"),
        _counting("0", "n + solve(n - 1)"),
    ),
    "factorial": (
        "find the factorial of a number",
        "calculate n! for a non-negative integer n",
        "the factorial of a non-negative integer",
        ("factorial", "recursive_factorial", "fact", "get_factorial"),
        (
            *_counting("1", "n * solve(n - 1)", "n <= 1"),
            *_counting("1", "n * solve(n - 1)"),
        ),
    ),
    "squares": (
        "find the sum of the squares of the first n natural numbers",
        "add up the squares of the numbers from 1 to n",
        "the sum of the squares 1 + 4 + 9 + ... up to the square of <n>",
        ("sum_of_squares", "square_sum", "sum_squares_recursive"),
        _counting("0", "n * n + solve(n - 1)"),
    ),
    "cubes": (
        "find the sum of the cubes of the first n natural numbers",
        "add the cubes of all numbers from 1 to n",
        "the sum of the cubes of 1, 2, ..., <n>",
        ("sum_of_cubes", "cube_sum", "recursive_cube_sum"),
        _counting("0", "n ** 3 + solve(n - 1)"),
    ),
    "every_second": (
        "find the sum of n, n - 2, n - 4 and so on, as long as the terms are positive",
        "calculate n + (n - 2) + (n - 4) + ... until the term is zero or less",
        "the sum of the series n + (n - 2) + (n - 4) + ... of positive terms",
        ("sum_series", "sum_every_second", "step_two_sum"),
        _counting("0", "n + solve(n - 2)", "n <= 0"),
    ),
    "double_factorial": (
        "find the double factorial of a number, that is n * (n - 2) * (n - 4) * ...",
        "multiply n, n - 2, n - 4 and so on while the factors are positive",
        "the double factorial n!! of a non-negative integer",
        ("double_factorial", "double_fact", "semifactorial"),
        _counting("1", "n * solve(n - 2)", "n <= 1"),
    ),
    "harmonic": (
        "find the harmonic sum 1 + 1/2 + 1/3 + ... + 1/n",
        "add the reciprocals of the numbers from 1 to n",
        "the sum of 1/1, 1/2, ..., 1/n",
        ("harmonic_sum", "sum_of_reciprocals", "harmonic"),
        _counting("1.0", "1 / n + solve(n - 1)", "n == 1"),
    ),
}


@family(task=tuple(_UP_TO_N))
def recursive_sums_up_to_n(choose: Chooser, task: str) -> Exercise:
    """Add or multiply terms that depend on n, n - 1 and so on."""
    arguments = [(n,) for n in choose.sample(range(2, 16), 5)] + [(1,)]
    if task != "harmonic":
        arguments.append((0,))
    return recursive_exercise(_UP_TO_N[task], arguments)


_DIGITS: dict[str, RecursiveTask] = {
    "sum": (
        "find the sum of the digits of a non-negative integer",
        "add up the digits of a number",
        "the sum of the digits of a number",
        ("sum_digits", "digit_sum", "sum_of_digits", "add_digits_recursive"),
        (
            *_counting("0", "n % 10 + solve(n // 10)"),
            *_counting("n", "n % 10 + solve(n // 10)", "n < 10"),
        ),
    ),
    "count": (
        "count the digits of a non-negative integer",
        "find the number of digits in a given number",
        "how many digits a non-negative integer has",
        ("count_digits", "num_digits", "number_of_digits"),
        _counting("1", "1 + solve(n // 10)", "n < 10"),
    ),
    "product": (
        "find the product of the digits of a non-negative integer",
        "multiply all digits of a number",
        "the product of the digits of a number",
        ("digit_product", "multiply_digits", "product_of_digits"),
        _counting("n", "n % 10 * solve(n // 10)", "n < 10"),
    ),
    "largest": (
        "find the largest digit of a non-negative integer",
        "find the biggest digit in a number",
        "the maximum digit of a number",
        ("largest_digit", "max_digit", "biggest_digit"),
        _counting("n", "max(n % 10, solve(n // 10))", "n < 10"),
    ),
    "smallest": (
        "find the smallest digit of a non-negative integer",
        "get the minimum of the digits of a number",
        "the smallest digit that occurs in a number",
        ("smallest_digit", "min_digit", "lowest_digit"),
        _counting("n", "min(n % 10, solve(n // 10))", "n < 10"),
    ),
    "list": (
        "split a non-negative integer into a list of its digits",
        "make a list of the digits of a number from left to right",
        "the list of digits of a number",
        ("digits", "to_digits", "digit_list", "split_digits"),
        _counting("[n]", "solve(n // 10) + [n % 10]", "n < 10"),
    ),
    "root": (
        "add the digits of a number again and again until one digit remains",
        "reduce a non-negative integer to one digit by repeatedly summing its digits",
        "the digital root of a number",
        ("digital_root", "reduce_digits", "repeated_digit_sum"),
        _counting("n", "solve(sum(int(digit) for digit in str(n)))", "n < 10"),
    ),
}


@family(task=tuple(_DIGITS))
def recursive_digits(choose: Chooser, task: str) -> Exercise:
    """Take a number apart digit by digit."""
    arguments = [(choose.integer(10, 10 ** choose.integer(2, 6)),) for _ in range(5)]
    return recursive_exercise(_DIGITS[task], [*arguments, (choose.integer(0, 9),)])


@family(task=("count_digit", "contains_digit", "remove_digit"))
def recursive_search_for_a_digit(choose: Chooser, task: str) -> Exercise:
    """Look for one digit in a number, without making text of it."""
    row: RecursiveTask = {
        "count_digit": (
            "count how often a digit occurs in a positive integer",
            "count the occurrences of the digit <digit> in a positive number",
            "the number of times a digit appears in a positive number",
            ("count_digit", "digit_occurrences", "count_given_digit"),
            (
                """
                def solve(number, digit):
                    if number == 0:
                        return 0
                    found = 1 if number % 10 == digit else 0
                    return found + solve(number // 10, digit)
                """,
                """
                def solve(number, digit):
                    if number == 0:
                        return 0
                    if number % 10 == digit:
                        return 1 + solve(number // 10, digit)
                    return solve(number // 10, digit)
                """,
            ),
        ),
        "contains_digit": (
            "check whether a positive integer contains a given digit",
            "test if the digit <digit> appears in a positive number",
            "True if a positive number has a given digit, and False if not",
            ("has_digit", "contains_digit", "digit_in_number"),
            (
                """
                def solve(number, digit):
                    if number == 0:
                        return False
                    return number % 10 == digit or solve(number // 10, digit)
                """,
                """
                def solve(number, digit):
                    if number == 0:
                        return False
                    if number % 10 == digit:
                        return True
                    return solve(number // 10, digit)
                """,
            ),
        ),
        "remove_digit": (
            "remove every occurrence of a digit from a positive integer (0 if nothing is left)",
            "delete every digit <digit> from a positive number, and return a number",
            "a positive number without a given digit, or 0 if no digit remains",
            ("remove_digit", "drop_digit", "without_digit"),
            (
                """
                def solve(number, digit):
                    if number == 0:
                        return 0
                    rest = solve(number // 10, digit)
                    if number % 10 == digit:
                        return rest
                    return rest * 10 + number % 10
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments = []
    for present in (True, True, True, False, False, choose.chance(0.5)):
        number = choose.integer(10, 99999)
        inside = sorted({int(digit) for digit in str(number)})
        absent = [digit for digit in range(10) if digit not in inside]
        arguments.append((number, choose.one_of(inside if present else absent)))
    return recursive_exercise(row, arguments, {"digit": ("d", "dig", "x")})


_TWO_NUMBERS: dict[str, RecursiveTask] = {
    "power": (
        "raise a number to a non-negative power",
        "calculate <base> to the power of <exponent>",
        "<base> raised to the exponent <exponent>",
        ("power", "recursive_power", "raise_to_power"),
        (
            """
            def solve(base, exponent):
                if exponent == 0:
                    return 1
                return base * solve(base, exponent - 1)
            """,
            """
            def solve(base, exponent):
                if exponent == 0:
                    return 1
                half = solve(base, exponent // 2)
                if exponent % 2 == 0:
                    return half * half
                return half * half * base
            """,
        ),
    ),
    "multiply": (
        "multiply two non-negative integers with additions only",
        "find the product of two non-negative integers without the * operator",
        "the product of two non-negative integers, by repeated addition",
        ("multiply", "product_by_addition", "recursive_multiply"),
        (
            """
            def solve(first, second):
                if second == 0:
                    return 0
                return first + solve(first, second - 1)
            """,
            """
            def solve(first, second):
                return 0 if second == 0 else first + solve(first, second - 1)
            """,
        ),
    ),
    "divide": (
        "divide two positive integers by repeated subtraction, and drop the remainder",
        "find the whole quotient of two positive integers with subtractions only",
        "how often the second of two positive integers fits into the first",
        ("divide", "quotient", "divide_by_subtraction"),
        (
            """
            def solve(first, second):
                if first < second:
                    return 0
                return 1 + solve(first - second, second)
            """,
        ),
    ),
    "remainder": (
        "find the remainder of a division of positive integers without the % operator",
        "compute a modulo b of positive integers by subtracting b",
        "the remainder of the first number divided by the second, by repeated subtraction",
        ("remainder", "modulo", "recursive_mod"),
        (
            """
            def solve(first, second):
                if first < second:
                    return first
                return solve(first - second, second)
            """,
            """
            def solve(first, second):
                return first if first < second else solve(first - second, second)
            """,
        ),
    ),
    "gcd": (
        "find the greatest common divisor of two positive integers",
        "calculate the gcd of two numbers with Euclid's algorithm",
        "the greatest common divisor of two numbers",
        ("gcd", "recursive_gcd", "greatest_common_divisor", "euclid"),
        (
            """
            def solve(first, second):
                if second == 0:
                    return first
                return solve(second, first % second)
            """,
            """
            def solve(first, second):
                return first if second == 0 else solve(second, first % second)
            """,
        ),
    ),
    "range_sum": (
        "find the sum of all integers from a to b (0 if a is greater than b)",
        "add the integers between two numbers, both included; an empty range gives 0",
        "the sum of the integers from <first> to <second>, 0 if the range is empty",
        ("range_sum", "sum_between", "sum_from_to"),
        (
            """
            def solve(first, second):
                if first > second:
                    return 0
                return first + solve(first + 1, second)
            """,
            """
            def solve(first, second):
                if first > second:
                    return 0
                return solve(first, second - 1) + second
            """,
        ),
    ),
    "is_power": (
        "check whether a positive integer is a power of another one (1 counts as a power)",
        "test if <first> is a power of <second>, where the zeroth power counts too",
        "True if the first number is 1 or a power of the second, False otherwise",
        ("is_power", "is_power_of", "check_power"),
        (
            """
            def solve(first, second):
                if first == 1:
                    return True
                if first % second != 0:
                    return False
                return solve(first // second, second)
            """,
            """
            def solve(first, second):
                if first == 1:
                    return True
                return first % second == 0 and solve(first // second, second)
            """,
        ),
    ),
}


@family(task=tuple(_TWO_NUMBERS))
def recursive_arithmetic(choose: Chooser, task: str) -> Exercise:
    """Calculate with two whole numbers by simpler operations."""
    number = choose.integer
    if task == "power":
        arguments = [(number(2, 9), number(1, 7)) for _ in range(5)] + [(number(2, 9), 0), (0, 3)]
    elif task == "is_power":
        bases = [number(2, 6) for _ in range(6)]
        arguments = [(base ** number(1, 4), base) for base in bases[:3]]
        arguments += [(base ** number(1, 4) + number(1, 4) * base, base) for base in bases[3:]]
        arguments.append((1, number(2, 9)))
    elif task == "range_sum":
        arguments = [(low := number(-5, 10), low + number(0, 12)) for _ in range(5)]
        arguments.append((number(4, 9), number(-3, 3)))
    elif task == "gcd":
        factors = [number(2, 12) for _ in range(5)]
        arguments = [(factor * number(1, 12), factor * number(1, 12)) for factor in factors]
        arguments.append((number(2, 40), 1))
    else:
        arguments = [(number(1, 60), number(1, 12)) for _ in range(6)]
    return recursive_exercise(
        _TWO_NUMBERS[task],
        arguments,
        {
            "first": ("a", "x", "m", "p"),
            "second": ("b", "y", "n", "q"),
            "base": ("x", "a", "b"),
            "exponent": ("n", "p", "exp", "e"),
        },
    )


_SEQUENCES = {
    "fibonacci": (
        "the n-th Fibonacci number, where the first two numbers are 0 and 1 (n = 0 gives 0)",
        "nth number of the Fibonacci sequence 0, 1, 1, 2, 3, 5, ... counted from 0",
        ("fibonacci", "fib", "nth_fibonacci", "recursive_fib"),
        (0, 1),
        "solve(n - 1) + solve(n - 2)",
    ),
    "lucas": (
        "the n-th Lucas number (2, 1, 3, 4, 7, ...; n = 0 gives 2)",
        "nth term of the Lucas sequence, which starts with L(0) = 2 and L(1) = 1",
        ("lucas", "lucas_number", "nth_lucas"),
        (2, 1),
        "solve(n - 1) + solve(n - 2)",
    ),
    "pell": (
        "the n-th Pell number, with P(0) = 0, P(1) = 1 and P(n) = 2 P(n - 1) + P(n - 2)",
        "nth term of the Pell sequence 0, 1, 2, 5, 12, ... counted from 0",
        ("pell", "pell_number", "nth_pell"),
        (0, 1),
        "2 * solve(n - 1) + solve(n - 2)",
    ),
    "jacobsthal": (
        "the n-th Jacobsthal number, with J(0) = 0, J(1) = 1 and J(n) = J(n - 1) + 2 J(n - 2)",
        "nth term of the sequence 0, 1, 1, 3, 5, 11, ... (each term is the last one plus twice "
        "the one before it), counted from 0",
        ("jacobsthal", "jacobsthal_number", "nth_jacobsthal"),
        (0, 1),
        "solve(n - 1) + 2 * solve(n - 2)",
    ),
    "tribonacci": (
        "the n-th Tribonacci number, where the first three are 0, 0 and 1",
        "nth term of the Tribonacci sequence 0, 0, 1, 1, 2, 4, ... (n = 0 gives the first 0)",
        ("tribonacci", "trib", "nth_tribonacci"),
        (0, 0, 1),
        "solve(n - 1) + solve(n - 2) + solve(n - 3)",
    ),
    "padovan": (
        "the n-th Padovan number, with P(0) = P(1) = P(2) = 1 and P(n) = P(n - 2) + P(n - 3)",
        "nth term of the Padovan sequence 1, 1, 1, 2, 2, 3, ... counted from 0",
        ("padovan", "padovan_number", "nth_padovan"),
        (1, 1, 1),
        "solve(n - 2) + solve(n - 3)",
    ),
}


@family(task=tuple(_SEQUENCES))
def recursive_sequences(choose: Chooser, task: str) -> Exercise:
    """Find a term of a sequence of numbers that is defined by the terms before it."""
    thing, other, names, starts, step = _SEQUENCES[task]
    if starts == tuple(range(len(starts))):
        base = f"if n < {len(starts)}:\n        return n"
    elif len(set(starts)) == 1:
        base = f"if n < {len(starts)}:\n        return {starts[0]}"
    else:
        base = "\n    ".join(f"if n == {n}:\n        return {v}" for n, v in enumerate(starts))
    listed = ", ".join(map(str, starts))
    return Exercise(
        texts=(
            f"find {thing}, using recursion",
            f"find the {other} recursively",
            f"Write a recursive function for {thing}.",
            f"Given n, return the {other}. Use recursion.",
        ),
        names=names,
        solutions=(
            f"def solve(n):\n    {base}\n    return {step}",
            f"""
            from functools import lru_cache


            @lru_cache(maxsize=None)
            def solve(n):
                if n < {len(starts)}:
                    return ({listed})[n]
                return {step}
            """,
        ),
        arguments=[(n,) for n in choose.sample(range(3, 12), 5)] + [(0,), (1,), (2,)],
    )


@family(task=("count", "moves"))
def tower_of_hanoi(choose: Chooser, task: str) -> Exercise:
    """Solve the puzzle of the three pegs."""
    pegs = choose.one_of((("A", "C", "B"), ("left", "right", "middle"), (1, 3, 2)))
    if task == "count":
        return Exercise(
            texts=(
                "find the number of moves that the tower of Hanoi with n disks needs",
                "count the moves to solve the towers of hanoi puzzle with <n> disks",
                "Return the smallest number of moves that solves the Tower of Hanoi for a given "
                "number of disks.",
                "How many moves does it take to move a tower of n disks in the Tower of Hanoi "
                "puzzle? Write a function for it.",
            ),
            names=("hanoi_moves", "tower_of_hanoi", "count_hanoi", "hanoi"),
            solutions=(
                *_counting("0", "2 * solve(n - 1) + 1"),
                """
                def solve(n):
                    return 2 ** n - 1
                """,
            ),
            arguments=[(n,) for n in choose.sample(range(2, 16), 5)] + [(0,), (1,)],
            synonyms={"n": ("num", "disks", "num_disks")},
        )
    source, target, spare = pegs
    return Exercise(
        texts=(
            "list the moves that solve the tower of Hanoi, as pairs of pegs (from, to)",
            "Solve the Tower of Hanoi with n disks: return the list of moves (from peg, to peg) "
            "that brings all disks from the first given peg to the second one.",
            "return the moves of the towers of hanoi puzzle recursively, where the arguments are "
            "the number of disks and the names of the source, target and spare peg",
            "Moves of the Tower of Hanoi as (from, to) tuples, for n disks that go from the first "
            "peg to the second one with the help of the third.",
        ),
        names=("hanoi", "hanoi_moves", "solve_hanoi", "tower_of_hanoi"),
        solutions=(
            """
            def solve(n, source, target, spare):
                if n == 0:
                    return []
                before = solve(n - 1, source, spare, target)
                after = solve(n - 1, spare, target, source)
                return before + [(source, target)] + after
            """,
            """
            def solve(n, source, target, spare):
                if n == 0:
                    return []
                return (
                    solve(n - 1, source, spare, target)
                    + [(source, target)]
                    + solve(n - 1, spare, target, source)
                )
            """,
        ),
        arguments=[(n, source, target, spare) for n in range(4)] + [(2, target, source, spare)],
        synonyms={"source": ("start", "from_peg"), "target": ("end", "to_peg"), "spare": ("aux",)},
    )
