"""Equations, polynomials, fractions and complex numbers."""

import math

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_ABC = {
    "a": ("x2", "p", "coef_a"),
    "b": ("x1", "q", "coef_b"),
    "c": ("x0", "r", "coef_c"),
}


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


_QUADRATIC = {
    "discriminant": (
        ("find the discriminant b ** 2 - 4 * a * c of a quadratic equation with coefficients a, b "
         "and c",
         "compute the discriminant of the quadratic equation a x^2 + b x + c = 0",
         "Given the coefficients a, b and c of a quadratic polynomial, return its discriminant."),
        (_returns("a, b, c", "b ** 2 - 4 * a * c"), _returns("a, b, c", "b * b - 4 * a * c")),
    ),
    "count": (
        ("count the real solutions of the quadratic equation a x^2 + b x + c = 0",
         "find how many different real roots a quadratic equation with the coefficients <a>, <b> "
         "and <c> has",
         "Given a (not 0), b and c, return the number of real x with a x^2 + b x + c = 0."),
        ("def solve(a, b, c):\n    discriminant = b ** 2 - 4 * a * c\n"
         "    if discriminant > 0:\n        return 2\n    if discriminant == 0:\n        return 1\n"
         "    return 0",
         "def solve(a, b, c):\n    discriminant = b * b - 4 * a * c\n"
         "    return 0 if discriminant < 0 else 1 if discriminant == 0 else 2"),
    ),
    "nature": (
        ("return 'real and different', 'real and equal' or 'complex' for the roots of the "
         "quadratic equation a x^2 + b x + c = 0",
         "describe the roots of a quadratic equation as 'real and different', 'real and equal' or "
         "'complex'",
         "Given the coefficients a, b and c of a quadratic equation, say whether its two roots are "
         "'real and different', 'real and equal' or 'complex'."),
        ("def solve(a, b, c):\n    discriminant = b ** 2 - 4 * a * c\n"
         "    if discriminant > 0:\n        return 'real and different'\n"
         "    elif discriminant == 0:\n        return 'real and equal'\n    else:\n"
         "        return 'complex'",),
    ),
    "roots": (
        ("find the real solutions of the quadratic equation a x^2 + b x + c = 0 as a sorted list, "
         "rounded to 2 digits (an empty list if there are none)",
         "solve a quadratic equation with the coefficients <a>, <b> and <c>; return its real roots "
         "in increasing order, each once and rounded to 2 decimal places",
         "Given a (positive), b and c, return a list of the real roots of a x^2 + b x + c, smaller "
         "first, rounded to 2 digits; a double root is listed once."),
        ("import math\n\ndef solve(a, b, c):\n    discriminant = b ** 2 - 4 * a * c\n"
         "    if discriminant < 0:\n        return []\n    if discriminant == 0:\n"
         "        return [round(-b / (2 * a), 2)]\n    root = math.sqrt(discriminant)\n"
         "    return [round((-b - root) / (2 * a), 2), round((-b + root) / (2 * a), 2)]",),
    ),
    "vertex": (
        ("find the x coordinate of the vertex of the parabola y = a x^2 + b x + c",
         "return the place x where a x^2 + b x + c has its smallest or largest value",
         "Given a (not 0), b and c, return the x at which the parabola a x^2 + b x + c turns."),
        (_returns("a, b, c", "-b / (2 * a)"), _returns("a, b, c", "-b / 2 / a")),
    ),
    "is_root": (
        ("check whether a number solves the equation a x^2 + b x + c = 0",
         "check if a number is a root of the quadratic polynomial with the coefficients a, b and c",
         "Given a, b, c and x, return True if a x^2 + b x + c is 0, else False."),
        (_returns("a, b, c, x", "a * x ** 2 + b * x + c == 0"),
         _returns("a, b, c, x", "(a * x + b) * x + c == 0")),
    ),
}  # fmt: skip


_MORE_QUADRATIC_EQUATION = {
    "discriminant": "What is the discriminant of a x^2 + b x + c?",
    "count": "How many real solutions does a x^2 + b x + c = 0 have?",
    "nature": (
        "Nature of the roots of a quadratic equation: return 'real and different', 'real and "
        "equal' or 'complex'."
    ),
    "roots": (
        "I have a, b and c. Return the real roots of a x^2 + b x + c as a sorted list, "
        "rounded to 2 digits."
    ),
    "vertex": "Where does the parabola a x^2 + b x + c turn? Return the x coordinate.",
    "is_root": "Is x a solution of a x^2 + b x + c = 0? Return True or False.",
}


@family(ask=tuple(_QUADRATIC))
def quadratic_equation(choose: Chooser, ask: str) -> Exercise:
    """Compute with a quadratic equation."""
    texts, solutions = _QUADRATIC[ask]
    arguments: list[tuple[int, ...]] = []
    for i in range(7):
        a, root, other = choose.integer(1, 4), choose.integer(-6, 6), choose.integer(-6, 6)
        if i % 3 == 0:
            other = root
        b, c = -a * (root + other), a * root * other
        if i % 3 == 2:
            c = b * b // (4 * a) + choose.integer(1, 9)
        elif i == 4:
            c += choose.integer(-5, -1)
        if ask == "is_root":
            arguments.append((a, b, c, root if i % 3 < 2 and i != 4 else choose.integer(-6, 6)))
        else:
            arguments.append((a, b, c))
    return Exercise(
        texts=(*texts, _MORE_QUADRATIC_EQUATION[ask]),
        names={
            "discriminant": ("discriminant", "find_discriminant", "quadratic_discriminant"),
            "count": ("count_solutions", "num_real_roots", "number_of_roots"),
            "nature": ("nature_of_roots", "kind_of_roots", "describe_roots"),
            "roots": ("quadratic_roots", "solve_quadratic", "real_roots"),
            "vertex": ("vertex_x", "parabola_vertex", "turning_point"),
            "is_root": ("is_root", "solves_equation", "check_root"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms=_ABC if ask == "discriminant" else {"discriminant": ("d", "disc", "delta")},
    )


_LINEAR = {
    "one": (
        ("solve the equation <a> * x + <b> = <c> for x, where the first coefficient is not 0",
         "find x with a x + b = c",
         "Given a (not 0), b and c, return the solution x of a * x + b = c."),
        "a, b, c", "(c - b) / a",
    ),
    "check": (
        ("check whether the equation a x + b = c has a whole number x as solution, for a not 0",
         "check if there is an integer x with a * x + b equal to c, where a is not zero",
         "Given a (not 0), b and c, return True if a x + b = c has an integer solution."),
        "a, b, c", "(c - b) % a == 0",
    ),
    "two_lines": (
        ("check whether the two lines y = a x + b and y = c x + d cross in exactly one point",
         "Given the slopes and intercepts a, b, c, d of two lines y = a x + b and y = c x + d, "
         "return True if they have exactly one common point.",
         "check if two lines, given by slope and intercept each, are not parallel"),
        "a, b, c, d", "a != c",
    ),
}  # fmt: skip


@family(ask=tuple(_LINEAR))
def linear_equation(choose: Chooser, ask: str) -> Exercise:
    """Solve a linear equation."""
    texts, parameters, expression = _LINEAR[ask]
    arguments: list[tuple[int, ...]] = []
    for i in range(7):
        a, b, x = choose.integer(1, 8), choose.integer(-9, 20), choose.integer(-5, 12)
        if ask != "one" and choose.chance(0.3):
            a = -a
        if ask == "two_lines":
            arguments.append((a, b, a if i % 2 else choose.integer(-8, 8), choose.integer(-9, 9)))
        else:
            arguments.append((a, b, a * x + b + (choose.integer(1, 3) if i % 3 == 1 else 0)))
    return Exercise(
        texts=texts,
        names={
            "one": ("solve_linear", "linear_equation", "find_x"),
            "check": ("has_integer_solution", "whole_solution", "is_solvable"),
            "two_lines": ("lines_cross", "intersect_once", "not_parallel"),
        }[ask],
        solutions=(
            _returns(parameters, expression),
            f"def solve({parameters}):\n    result = {expression}\n    return result",
        ),
        arguments=arguments,
    )


@family(ask=("cramer", "pair", "diophantine"))
def system_of_two_equations(choose: Chooser, ask: str) -> Exercise:
    """Solve two linear equations, or one in whole numbers."""
    texts, names, solutions = _SYSTEMS[ask]
    arguments: list[tuple[int, ...]] = []
    while len(arguments) < 6:
        x, y = choose.integer(0, 9), choose.integer(0, 9)
        if ask == "pair":
            x, y = max(x, y), min(x, y)
            arguments.append((x + y, x - y))
            continue
        if ask == "diophantine":
            a, b = choose.integer(2, 6), choose.integer(3, 9)
            arguments.append((a, b, a * x + b * y if len(arguments) % 3 else choose.integer(1, 9)))
            continue
        a, b, d, e = choose.integers(4, -4, 6)
        if a * e != b * d:
            arguments.append((a, b, a * x + b * y, d, e, d * x + e * y))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"total": ("s", "sum_"), "difference": ("d", "diff")},
    )


_SYSTEMS = {
    "cramer": (
        (
            "solve the system a x + b y = c and d x + e y = f and return the tuple (x, y)",
            "Given a, b, c, d, e, f, find integers x and y with a x + b y = c and d x + e y = f; "
            "there is exactly one solution. Return a tuple.",
            "find the solution (x, y), in whole numbers, of two linear equations a x + b y = c and "
            "d x + e y = f with Cramer's rule",
        ),
        ("solve_system", "two_equations", "cramer"),
        (
            """
            def solve(a, b, c, d, e, f):
                determinant = a * e - b * d
                return ((c * e - b * f) // determinant, (a * f - c * d) // determinant)
            """,
            """
            def solve(a, b, c, d, e, f):
                determinant = a * e - b * d
                x = (c * e - b * f) // determinant
                y = (a * f - c * d) // determinant
                return (x, y)
            """,
        ),
    ),
    "pair": (
        (
            "find two numbers from their sum and their difference, as a tuple with the larger "
            "number first (both are whole)",
            "Two integers have the given sum and difference (first minus second). Return both as "
            "a tuple.",
            "return the tuple (x, y) of integers with x + y = <total> and x - y = <difference>",
        ),
        ("sum_and_difference", "numbers_from_sum", "find_two_numbers"),
        (
            """
            def solve(total, difference):
                x = (total + difference) // 2
                return (x, total - x)
            """,
            """
            def solve(total, difference):
                return ((total + difference) // 2, (total - difference) // 2)
            """,
        ),
    ),
    "diophantine": (
        (
            "find non-negative integers x and y with a x + b y = n; return the tuple (x, y) with "
            "the smallest x, or None if there is none",
            "Given positive integers a, b and n, write n as a * x + b * y with x, y >= 0 and x as "
            "small as possible, and return (x, y), or None.",
            "pay exactly n with coins of the values a and b: return how many of each are needed, "
            "with as few coins of value a as possible, or None if it can't be done",
        ),
        ("two_coins", "combine", "find_combination"),
        (
            """
            def solve(a, b, n):
                for x in range(n // a + 1):
                    if (n - a * x) % b == 0:
                        return (x, (n - a * x) // b)
                return None
            """,
            """
            def solve(a, b, n):
                x = 0
                while a * x <= n:
                    rest = n - a * x
                    if rest % b == 0:
                        return (x, rest // b)
                    x += 1
            """,
        ),
    ),
}

_POLYNOMIALS = {
    "value": (
        ("evaluate a polynomial at <x>; its coefficients are listed from the constant term up",
         "find the value of c0 + c1 x + c2 x^2 + ... for a list of coefficients and a number x",
         "Given coefficients [c0, c1, ...] and x, return the sum of c_i * x ** i."),
        ("def solve(coefficients, x):\n"
         "    return sum(c * x ** i for i, c in enumerate(coefficients))",
         "def solve(coefficients, x):\n    result = 0\n    for c in reversed(coefficients):\n"
         "        result = result * x + c\n    return result"),
    ),
    "value_highest_first": (
        ("evaluate a polynomial at <x> by Horner's rule; its coefficients are listed from the "
         "highest power down to the constant term",
         "find the value at x of the polynomial with the given coefficients, highest power first",
         "Given a list of coefficients that starts with the highest power, and x, return the value "
         "of the polynomial."),
        ("def solve(coefficients, x):\n    result = 0\n    for c in coefficients:\n"
         "        result = result * x + c\n    return result",
         "def solve(coefficients, x):\n    degree = len(coefficients) - 1\n"
         "    return sum(c * x ** (degree - i) for i, c in enumerate(coefficients))"),
    ),
    "derivative": (
        ("find the coefficients of the derivative of a polynomial; coefficients are listed from "
         "the constant term upwards",
         "differentiate the polynomial c0 + c1 x + c2 x^2 + ... and return the new coefficients",
         "Given coefficients [c0, c1, c2, ...], return the derivative's: [c1, 2 * c2, ...]."),
        ("def solve(coefficients):\n    return [i * c for i, c in enumerate(coefficients)][1:]",
         "def solve(coefficients):\n    result = []\n    for i in range(1, len(coefficients)):\n"
         "        result.append(i * coefficients[i])\n    return result"),
    ),
    "sum": (
        ("add two polynomials that are given as lists of coefficients, constant term first",
         "find the coefficient list of the sum of two polynomials (lists may differ in length)",
         "Given two coefficient lists, lowest power first, return the coefficients of their sum; "
         "the result is as long as the longer list."),
        ("from itertools import zip_longest\n\ndef solve(first, second):\n"
         "    return [x + y for x, y in zip_longest(first, second, fillvalue=0)]",
         "def solve(first, second):\n    length = max(len(first), len(second))\n"
         "    result = [0] * length\n    for i, c in enumerate(first):\n        result[i] += c\n"
         "    for i, c in enumerate(second):\n        result[i] += c\n    return result"),
    ),
    "product": (
        ("multiply two polynomials that are given as lists of coefficients, constant term first",
         "find the coefficient list of the product of two polynomials",
         "Given two coefficient lists, lowest power first, return the coefficients of the "
         "product."),
        ("def solve(first, second):\n    result = [0] * (len(first) + len(second) - 1)\n"
         "    for i, a in enumerate(first):\n        for j, b in enumerate(second):\n"
         "            result[i + j] += a * b\n    return result",),
    ),
    "degree": (
        ("find the degree of a polynomial: the highest power whose coefficient is not 0; "
         "coefficients are listed from the constant term upwards",
         "return the index of the last nonzero coefficient of a polynomial (0 if all are zero)",
         "Given coefficients, lowest power first, return the degree of the polynomial, or 0 for "
         "the zero polynomial."),
        ("def solve(coefficients):\n    for i in range(len(coefficients) - 1, -1, -1):\n"
         "        if coefficients[i] != 0:\n            return i\n    return 0",
         "def solve(coefficients):\n"
         "    return max((i for i, c in enumerate(coefficients) if c), default=0)"),
    ),
}  # fmt: skip


_MORE_POLYNOMIALS = {
    "value": "What is the value of a polynomial at x? Coefficients start with the constant term.",
    "value_highest_first": (
        "What is the value of a polynomial at x? Coefficients start with the highest power."
    ),
    "derivative": (
        "I have the coefficients of a polynomial, constant term first. Return those of its "
        "derivative."
    ),
    "sum": "add two polynomials",
    "product": "multiply two polynomials",
    "degree": (
        "What is the degree of a polynomial? Coefficients start with the constant term; 0 for "
        "the zero polynomial."
    ),
}


@family(ask=tuple(_POLYNOMIALS))
def polynomials(choose: Chooser, ask: str) -> Exercise:
    """Evaluate, differentiate or combine polynomials."""
    texts, solutions = _POLYNOMIALS[ask]
    arguments: list[tuple[object, ...]] = []
    for _ in range(6):
        coefficients = choose.integers((1, 5), -5, 9)
        if ask.startswith("value"):
            arguments.append((coefficients, choose.integer(-3, 5)))
        elif ask in ("sum", "product"):
            arguments.append((coefficients, choose.integers((1, 4), -5, 9)))
        else:
            arguments.append((coefficients + ([0] if choose.chance(0.4) else []),))
    return Exercise(
        texts=(*texts, _MORE_POLYNOMIALS[ask]),
        names={
            "value": ("evaluate_polynomial", "polynomial_value", "evaluate"),
            "value_highest_first": ("horner", "evaluate_polynomial", "polynomial_at"),
            "derivative": ("derivative", "differentiate", "polynomial_derivative"),
            "sum": ("add_polynomials", "polynomial_sum", "sum_of_polynomials"),
            "product": ("multiply_polynomials", "polynomial_product", "mul_poly"),
            "degree": ("degree", "polynomial_degree", "find_degree"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "coefficients": ("coeffs", "poly", "terms", "p"),
            "first": ("p", "poly1", "a1"),
            "second": ("q", "poly2", "b1"),
            "x": ("x0", "point"),
        },
    )


_FRACTION_TASKS = {
    "simplify": (
        ("simplify a fraction that is given as numerator and denominator, and return a tuple",
         "reduce <numerator>/<denominator> to lowest terms",
         "Given a numerator and a denominator, both positive, divide them by their greatest common "
         "divisor and return both results as a tuple."),
        "numerator, denominator",
        ("import math\n\ndef solve(numerator, denominator):\n"
         "    divisor = math.gcd(numerator, denominator)\n"
         "    return (numerator // divisor, denominator // divisor)",
         "from fractions import Fraction\n\ndef solve(numerator, denominator):\n"
         "    fraction = Fraction(numerator, denominator)\n"
         "    return (fraction.numerator, fraction.denominator)"),
    ),
    "mixed": (
        ("turn an improper fraction into a mixed number: a tuple of the whole part, the remaining "
         "numerator and the denominator",
         "write <numerator>/<denominator> as a whole number and a proper fraction, without "
         "simplifying; return (whole, numerator, denominator)",
         "Given a positive numerator and denominator, return (w, r, d): the whole part, the rest "
         "of the numerator, and the same denominator."),
        "numerator, denominator",
        ("def solve(numerator, denominator):\n"
         "    return (numerator // denominator, numerator % denominator, denominator)",
         "def solve(numerator, denominator):\n"
         "    whole, rest = divmod(numerator, denominator)\n"
         "    return (whole, rest, denominator)"),
    ),
    "is_proper": (
        ("check whether a positive fraction is less than one",
         "check if a fraction with the given numerator and denominator is proper",
         "Return True if the numerator of a fraction is smaller than its denominator, else "
         "False."),
        "numerator, denominator",
        (_returns("numerator, denominator", "numerator < denominator"),
         "def solve(numerator, denominator):\n    if numerator < denominator:\n"
         "        return True\n    return False"),
    ),
    "text": (
        ("write a fraction in lowest terms as a string such as '3/4', or as a whole number if the "
         "denominator becomes 1",
         "simplify a fraction and return it as text: '2/3', or '5' if it is whole",
         "Given a positive numerator and denominator, return the reduced fraction as a string with "
         "a slash; leave out the denominator if it is 1."),
        "numerator, denominator",
        ("from fractions import Fraction\n\ndef solve(numerator, denominator):\n"
         "    return str(Fraction(numerator, denominator))",
         "import math\n\ndef solve(numerator, denominator):\n"
         "    divisor = math.gcd(numerator, denominator)\n"
         "    numerator //= divisor\n    denominator //= divisor\n    if denominator == 1:\n"
         "        return str(numerator)\n    return str(numerator) + '/' + str(denominator)"),
    ),
    "add": (
        ("add the fractions a/b and c/d and return the sum in lowest terms as a tuple",
         "find the sum of two fractions, given by numerator and denominator each, reduced",
         "Given a, b, c and d, return the numerator and denominator of a/b + c/d, simplified."),
        "a, b, c, d",
        ("import math\n\ndef solve(a, b, c, d):\n    numerator = a * d + c * b\n"
         "    denominator = b * d\n    divisor = math.gcd(numerator, denominator)\n"
         "    return (numerator // divisor, denominator // divisor)",
         "from fractions import Fraction\n\ndef solve(a, b, c, d):\n"
         "    total = Fraction(a, b) + Fraction(c, d)\n"
         "    return (total.numerator, total.denominator)"),
    ),
    "multiply": (
        ("multiply the fractions a/b and c/d and return the product in lowest terms as a tuple",
         "find the product of two fractions, given by numerator and denominator each, reduced",
         "Given a, b, c and d, return the numerator and denominator of a/b * c/d, simplified."),
        "a, b, c, d",
        ("import math\n\ndef solve(a, b, c, d):\n    divisor = math.gcd(a * c, b * d)\n"
         "    return (a * c // divisor, b * d // divisor)",
         "from fractions import Fraction\n\ndef solve(a, b, c, d):\n"
         "    product = Fraction(a, b) * Fraction(c, d)\n"
         "    return (product.numerator, product.denominator)"),
    ),
    "larger": (
        ("compare the positive fractions a/b and c/d: return 1 if the first is larger, -1 if the "
         "second is larger, and 0 if they are equal",
         "find which of two fractions with positive denominators is larger: 1 for the first, -1 "
         "for the second, 0 for neither",
         "Given a, b, c and d, all positive, return the sign of a/b - c/d."),
        "a, b, c, d",
        ("def solve(a, b, c, d):\n    if a * d > c * b:\n        return 1\n"
         "    if a * d < c * b:\n        return -1\n    return 0",
         "def solve(a, b, c, d):\n    first = a * d\n    second = c * b\n"
         "    return (first > second) - (first < second)"),
    ),
    "equal": (
        ("check whether the fractions a/b and c/d are equal",
         "check if two fractions, given by numerator and denominator each, have the same value",
         "Given a, b, c and d, return True if a/b equals c/d, else False."),
        "a, b, c, d",
        (_returns("a, b, c, d", "a * d == b * c"),
         "from fractions import Fraction\n\n"
         + _returns("a, b, c, d", "Fraction(a, b) == Fraction(c, d)")),
    ),
}  # fmt: skip


_MORE_FRACTIONS_OF_INTEGERS = {
    "simplify": "I have a numerator and a denominator. Return the simplified fraction as a tuple.",
    "mixed": "Fraction to mixed number: return the whole part, the rest and the denominator.",
    "is_proper": "Is a fraction smaller than 1? Return True or False.",
    "text": "I have a numerator and a denominator. Return the simplified fraction as a string.",
    "add": "What is a/b + c/d? Return it as a simplified (numerator, denominator).",
    "multiply": "What is a/b times c/d? Return it as a simplified (numerator, denominator).",
    "larger": (
        "Which fraction is larger, a/b or c/d? Return 1 for the first, -1 for the second, 0 "
        "if they are equal."
    ),
    "equal": "Are a/b and c/d the same number? Return True or False.",
}


@family(ask=tuple(_FRACTION_TASKS))
def fractions_of_integers(choose: Chooser, ask: str) -> Exercise:
    """Simplify, compare or combine fractions."""
    texts, parameters, solutions = _FRACTION_TASKS[ask]
    arguments: list[tuple[int, ...]] = []
    for i in range(6):
        factor = choose.integer(1, 6)
        a, b = factor * choose.integer(1, 9), factor * choose.integer(1, 9)
        c, d = choose.integer(1, 9), choose.integer(2, 9)
        if ask in ("equal", "larger") and i % 2:
            c, d = a // math.gcd(a, b) * 2, b // math.gcd(a, b) * 2
        if ask == "mixed":
            a += b * choose.integer(1, 4)
        arguments.append((a, b) if parameters.startswith("num") else (a, b, c, d))
    return Exercise(
        texts=(*texts, _MORE_FRACTIONS_OF_INTEGERS[ask]),
        names={
            "simplify": ("simplify_fraction", "reduce_fraction", "lowest_terms"),
            "mixed": ("mixed_number", "to_mixed_number", "improper_to_mixed"),
            "is_proper": ("is_proper_fraction", "less_than_one", "proper_fraction"),
            "text": ("fraction_text", "fraction_to_string", "write_fraction"),
            "add": ("add_fractions", "fraction_sum", "sum_of_fractions"),
            "multiply": ("multiply_fractions", "fraction_product", "mul_fractions"),
            "larger": ("compare_fractions", "larger_fraction", "fraction_order"),
            "equal": ("equal_fractions", "same_fraction", "are_equivalent"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "numerator": ("num", "top", "n", "p"),
            "denominator": ("den", "bottom", "m", "q"),
            "divisor": ("g", "common", "gcd"),
        },
    )


_COMPLEX = {
    "length": (
        ("find the length of a complex number from its real and imaginary part, rounded to 3 "
         "digits",
         "compute the absolute value of the complex number a + bi, rounded to 3 decimal places",
         "Given the real part a and the imaginary part b, return the modulus of a + bi, rounded to "
         "3 digits."),
        "a, b",
        ("round(abs(complex(a, b)), 3)", "round((a ** 2 + b ** 2) ** 0.5, 3)"),
    ),
    "multiply": (
        ("multiply the complex numbers a + bi and c + di and return real and imaginary part as a "
         "tuple",
         "find the product of two complex numbers that are given by their parts a, b and c, d",
         "Given integers a, b, c and d, return the tuple (real, imaginary) of (a + bi)(c + di)."),
        "a, b, c, d",
        ("(a * c - b * d, a * d + b * c)",),
    ),
    "add": (
        ("add the complex numbers a + bi and c + di and return real and imaginary part as a tuple",
         "find the sum of two complex numbers that are given by their parts a, b and c, d",
         "Given integers a, b, c and d, return the tuple (real, imaginary) of (a + bi) + "
         "(c + di)."),
        "a, b, c, d",
        ("(a + c, b + d)",),
    ),
    "square": (
        ("find the square of the complex number a + bi as a tuple of real and imaginary part",
         "square a complex number that is given by its two parts",
         "Given integers a and b, return the tuple (real, imaginary) of (a + bi) ** 2."),
        "a, b",
        ("(a * a - b * b, 2 * a * b)", "(a ** 2 - b ** 2, 2 * a * b)"),
    ),
    "text": (
        ("write the complex number with the integer parts <a> and <b> as a string like '3 + 4i' or "
         "'3 - 4i'",
         "turn real and imaginary part into text such as '2 - 5i' (zero parts are written too)",
         "Given two integers a and b, return 'a + bi', or 'a - |b|i' if b is negative."),
        "a, b",
        ("'{} {} {}i'.format(a, '+' if b >= 0 else '-', abs(b))",
         "str(a) + (' + ' if b >= 0 else ' - ') + str(abs(b)) + 'i'"),
    ),
}  # fmt: skip


@family(ask=tuple(_COMPLEX))
def complex_numbers(choose: Chooser, ask: str) -> Exercise:
    """Compute with complex numbers that are given by their parts."""
    texts, parameters, expressions = _COMPLEX[ask]
    num = len(parameters.split(", "))
    return Exercise(
        texts=texts,
        names={
            "length": ("complex_length", "modulus", "complex_abs"),
            "multiply": ("multiply_complex", "complex_product", "mul_complex"),
            "add": ("add_complex", "complex_sum", "sum_complex"),
            "square": ("square_complex", "complex_square", "complex_squared"),
            "text": ("complex_text", "complex_to_string", "format_complex"),
        }[ask],
        solutions=tuple(_returns(parameters, expression) for expression in expressions),
        arguments=[tuple(choose.integers(num, -9, 12)) for _ in range(6)],
        synonyms={
            "a": ("x", "re", "real"),
            "b": ("y", "im", "imag"),
        } if num == 2 and ask != "text" else {},
    )  # fmt: skip
