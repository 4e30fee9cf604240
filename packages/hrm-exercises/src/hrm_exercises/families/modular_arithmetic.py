"""Remainders: powers, inverses and residues modulo m."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


_MODULAR = {
    "power": (
        ("compute base ** exponent modulo m", "find the remainder of a power divided by <m>",
         "Given a base, an exponent and a modulus, return the power modulo the modulus without "
         "large numbers."),
        ("def solve(base, exponent, m):\n    return pow(base, exponent, m)",
         "def solve(base, exponent, m):\n    result = 1 % m\n    base %= m\n"
         "    while exponent > 0:\n        if exponent % 2 == 1:\n"
         "            result = result * base % m\n        base = base * base % m\n"
         "        exponent //= 2\n    return result"),
    ),
    "inverse": (
        ("find the modular inverse of <number> modulo <m>: the x from 1 to <m> - 1 with "
         "<number> * x % <m> == 1, or -1 if there is none",
         "return the number whose product with a given number leaves the remainder 1 modulo m, or "
         "-1",
         "Given a number and a modulus m > 1, return the smallest positive x such that "
         "(number * x) % m is 1, or -1 if no x exists."),
        ("def solve(number, m):\n    for x in range(1, m):\n        if number * x % m == 1:\n"
         "            return x\n    return -1",
         "import math\n\ndef solve(number, m):\n    if math.gcd(number, m) != 1:\n"
         "        return -1\n    return pow(number, -1, m)"),
    ),
    "congruent": (
        ("check whether two numbers leave the same remainder when divided by <m>",
         "check if two integers are congruent modulo m",
         "Return True if the difference of two integers is divisible by a third one, else False."),
        (_returns("first, second, m", "first % m == second % m"),
         _returns("first, second, m", "(first - second) % m == 0")),
    ),
    "choose_mod": (
        ("find the binomial coefficient n choose k modulo m",
         "count the ways to choose k of n things and return the count modulo <m>",
         "Given n, k and m, return the remainder of the binomial coefficient divided by m."),
        ("import math\n\ndef solve(n, k, m):\n    return math.comb(n, k) % m",
         "def solve(n, k, m):\n    row = [1]\n    for _ in range(n):\n"
         "        row = [1] + [(x + y) % m for x, y in zip(row, row[1:])] + [1]\n"
         "    return row[k] % m"),
    ),
    "factorial_mod": (
        ("find the factorial of <n> modulo <m>", "compute the remainder of n! divided by m",
         "Given n and m, return n factorial modulo m."),
        ("import math\n\ndef solve(n, m):\n    return math.factorial(n) % m",
         "def solve(n, m):\n    result = 1 % m\n    for i in range(2, n + 1):\n"
         "        result = result * i % m\n    return result"),
    ),
    "table": (
        ("list the squares of 0 to <m> - 1 modulo <m>",
         "compute the remainders of 0 * 0, 1 * 1, ..., (m - 1) * (m - 1) divided by m, as a list",
         "Given m, return a list with i ** 2 % m for all i from 0 to m - 1."),
        ("def solve(m):\n    return [i ** 2 % m for i in range(m)]",
         "def solve(m):\n    result = []\n    for i in range(m):\n"
         "        result.append(i * i % m)\n    return result"),
    ),
}  # fmt: skip


_MORE_MODULAR_ARITHMETIC = {
    "power": "What is a power of a number modulo m?",
    "inverse": "find modular inverse of a number, or return -1",
    "congruent": "Do two numbers have the same remainder modulo m? Return True or False.",
    "choose_mod": "compute nCr mod m",
    "factorial_mod": "compute n! mod m",
    "table": "I have m. Return the list of all i * i modulo m for i below m.",
}


@family(ask=tuple(_MODULAR))
def modular_arithmetic(choose: Chooser, ask: str) -> Exercise:
    """Compute with remainders."""
    texts, solutions = _MODULAR[ask]
    arguments: list[tuple[int, ...]] = []
    for i in range(7):
        m = choose.integer(2, 20)
        first = choose.integer(2, 40)
        arguments.append({
            "power": (first, choose.integer(0, 30), m),
            "inverse": (choose.integer(1, 25), m),
            "congruent": (first, first + (m * choose.integer(-2, 4) if i % 2 else i + 1), m),
            "choose_mod": (choose.integer(6, 14), choose.integer(0, 6), m),
            "factorial_mod": (choose.integer(0, 9), choose.integer(5, 101)),
            "table": (2 * i + choose.integer(2, 3),),
        }[ask])  # fmt: skip
    return Exercise(
        texts=(*texts, _MORE_MODULAR_ARITHMETIC[ask]),
        names={
            "power": ("modular_power", "power_mod", "pow_mod"),
            "inverse": ("modular_inverse", "mod_inverse", "inverse_modulo"),
            "congruent": ("are_congruent", "same_remainder", "is_congruent"),
            "choose_mod": ("binomial_mod", "choose_mod", "ncr_modulo"),
            "factorial_mod": ("factorial_mod", "factorial_modulo", "mod_factorial"),
            "table": ("squares_modulo", "square_remainders", "quadratic_residues"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "m": ("mod", "p", "modulus"),
            "k": ("k",),
            "base": ("b", "a"),
            "exponent": ("e", "exp", "power"),
            "first": ("a", "x"),
            "second": ("b", "y"),
        },
    )
