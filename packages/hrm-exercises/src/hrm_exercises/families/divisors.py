"""Divisors of numbers: perfect, abundant, coprime and other numbers that divisors decide."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


_KINDS = {
    "all": ("divisors", "range(1, number + 1)", "number % divisor == 0"),
    "proper": (
        "proper divisors (all divisors except the number itself)",
        "range(1, number)",
        "number % divisor == 0",
    ),
    "even": ("even divisors", "range(1, number + 1)", "number % divisor == 0 and divisor % 2 == 0"),
    "odd": ("odd divisors", "range(1, number + 1)", "number % divisor == 0 and divisor % 2 == 1"),
    "square": (
        "divisors that are perfect squares",
        "range(1, number + 1)",
        "number % divisor == 0 and int(divisor ** 0.5) ** 2 == divisor",
    ),
}

_MEASURES = {
    "list": ("list the {} of a number in increasing order", "a sorted list of its {}",
             "find all {} of a positive integer", "[divisor for divisor in {} if {}]", "[]",
             "result.append(divisor)"),
    "count": ("count the {} of a number", "the number of its {}",
              "find how many {} a positive integer has", "sum(1 for divisor in {} if {})", "0",
              "result += 1"),
    "sum": ("find the sum of the {} of a number", "the sum of its {}",
            "add up all {} of a positive integer", "sum(divisor for divisor in {} if {})", "0",
            "result += divisor"),
}  # fmt: skip


@family(kind=tuple(_KINDS), measure=tuple(_MEASURES))
def divisors_of_number(choose: Chooser, kind: str, measure: str) -> Exercise:
    """List, count or add up the divisors of a number."""
    noun, numbers, condition = _KINDS[kind]
    does, wanted, asks, expression, start, step = _MEASURES[measure]
    short = "square divisors" if kind == "square" else noun.partition(" (")[0]
    return Exercise(
        texts=(
            does.format(short),
            asks.format(short),
            f"Given a positive integer, return {wanted.format(noun)}.",
            does.format(noun).replace("a number", "the given number"),
            does.format(short.replace("divisors", "factors")),
        ),
        names=(
            f"{measure}_{kind}_divisors" if kind != "all" else f"{measure}_divisors",
            f"{kind}_divisors" if measure == "list" else f"{kind}_divisor_{measure}",
            f"{measure}_{kind}_factors" if kind != "all" else f"{measure}_factors",
        ),
        solutions=(
            _returns("number", expression.format(numbers, condition)),
            f"def solve(number):\n    result = {start}\n    for divisor in {numbers}:\n"
            f"        if {condition}:\n            {step}\n    return result",
        ),
        arguments=[(choose.integer(2, 60),) for _ in range(3)]
        + [(choose.one_of((12, 24, 30, 36, 48, 60)),), (choose.one_of((7, 13, 31)),), (1,)],
        synonyms={"divisor": ("d", "i", "factor", "j")},
    )


_SUM_KINDS = {
    "perfect": (
        "perfect, that is, equal to the sum of its proper divisors", "==", (6, 28, 496)
    ),
    "abundant": (
        "abundant: its proper divisors add up to more than the number", ">",
        (12, 18, 20, 24, 30, 36, 40, 42, 48, 60),
    ),
    "deficient": (
        "deficient: the sum of its proper divisors is less than the number", "<",
        (1, 4, 7, 8, 10, 15, 16, 21, 27),
    ),
}  # fmt: skip

_SUM_LOOP = """
def solve(number):
    total = 0
    for divisor in range(1, number):
        if number % divisor == 0:
            total += divisor
    return total {sign} number
"""

_SUM_FAST = """
def solve(number):
    total = 1 if number > 1 else 0
    divisor = 2
    while divisor * divisor <= number:
        if number % divisor == 0:
            total += divisor
            if divisor != number // divisor:
                total += number // divisor
        divisor += 1
    return total {sign} number
"""

_DIVISOR_SUM = """
def divisor_sum(number):
    return sum(divisor for divisor in range(1, number) if number % divisor == 0)
"""


@family(kind=tuple(_SUM_KINDS), ask=("check", "list", "count"))
def perfect_and_abundant_numbers(choose: Chooser, kind: str, ask: str) -> Exercise:
    """Compare numbers with the sum of their proper divisors."""
    what, sign, examples = _SUM_KINDS[kind]
    synonyms = {"divisor": ("d", "i", "factor")}
    if ask == "check":
        arguments = [(number,) for number in choose.sample(examples, 2)]
        arguments += [(6,), (choose.one_of((12, 20, 66)),), (choose.one_of((5, 9, 14, 35)),)]
        return Exercise(
            texts=(
                f"check whether a number is {what}",
                f"check if a positive integer is {kind} or not",
                f"Given a positive integer, return True if it is {what}; otherwise False.",
                f"Is a number {kind}? Return True or False.",
            ),
            names=(f"is_{kind}", f"check_{kind}", f"{kind}_number"),
            solutions=(
                f"def solve(number):\n    divisors = [divisor for divisor in range(1, number) "
                f"if number % divisor == 0]\n    return sum(divisors) {sign} number",
                _SUM_LOOP.format(sign=sign),
                _SUM_FAST.format(sign=sign),
            ),
            arguments=[*arguments, (choose.integer(2, 100),)],
            synonyms=synonyms,
        )
    condition = f"divisor_sum(number) {sign} number"
    numbers = "range(1, n + 1)"
    expression, start, step = {
        "list": (f"[number for number in {numbers} if {condition}]", "[]", "append(number)"),
        "count": (f"sum(1 for number in {numbers} if {condition})", "0", "1"),
    }[ask]
    step = f"result.{step}" if ask == "list" else f"result += {step}"
    return Exercise(
        texts=(
            f"{ask} the {kind} numbers from 1 to <n>",
            f"{ask} all {kind} numbers that are not greater than a given number",
            f"Given n, return {'a list' if ask == 'list' else 'the number'} of the {kind} numbers "
            "up to n.",
            f"{'find' if ask == 'list' else 'count'} every number up to <n> that is {what}",
        ),
        names=(f"{ask}_{kind}", f"{kind}_numbers", f"{kind}_up_to"),
        solutions=(
            _DIVISOR_SUM + "\n" + _returns("n", expression),
            f"{_DIVISOR_SUM}\ndef solve(n):\n    result = {start}\n    for number in {numbers}:\n"
            f"        if {condition}:\n            {step}\n    return result",
        ),
        arguments=[(n,) for n in choose.sample(range(2, 50), 4)] + [(5,)]
        if kind != "perfect"
        else [(n,) for n in choose.sample(range(28, 45), 2)]
        + [(6,), (5,), (choose.integer(7, 27),)],
        synonyms=synonyms,
    )


_OTHER = {
    "classify": (
        ("return 'perfect', 'abundant' or 'deficient' for a positive integer, by the sum of its "
         "proper divisors",
         "classify a number by its aliquot sum as 'perfect', 'abundant' or 'deficient'",
         "Given a positive integer, compare the sum of its proper divisors with it: return "
         "'perfect' if they are equal, 'abundant' if the sum is larger, else 'deficient'."),
        ("""
def solve(number):
    total = sum(divisor for divisor in range(1, number) if number % divisor == 0)
    if total == number:
        return 'perfect'
    if total > number:
        return 'abundant'
    return 'deficient'
""", """
def solve(number):
    total = 0
    for divisor in range(1, number // 2 + 1):
        if number % divisor == 0:
            total += divisor
    if total > number:
        return 'abundant'
    elif total < number:
        return 'deficient'
    return 'perfect'
"""),
        (6, 28, 12, 7),
    ),
    "parity": (
        ("return 'Even' or 'Odd', depending on how many divisors a number has",
         "check whether the number of divisors is even or odd, and return 'Even' or 'Odd'",
         "Given a positive integer, count its divisors and say whether the count is 'Even' or "
         "'Odd'."),
        ("""
def solve(number):
    count = sum(1 for divisor in range(1, number + 1) if number % divisor == 0)
    return 'Even' if count % 2 == 0 else 'Odd'
""", """
def solve(number):
    if int(number ** 0.5) ** 2 == number:
        return 'Odd'
    return 'Even'
"""),
        (9, 36, 49, 12),
    ),
    "pairs": (
        ("list all pairs (a, b) of positive integers with a <= b and a * b equal to <number>",
         "find all ways to write a number as a product of two positive integers, smaller first",
         "Given a positive integer, return a list of tuples of two factors whose product it is; "
         "the smaller factor comes first, and the first factors increase."),
        ("""
def solve(number):
    result = []
    for divisor in range(1, int(number ** 0.5) + 1):
        if number % divisor == 0:
            result.append((divisor, number // divisor))
    return result
""", """
def solve(number):
    return [
        (divisor, number // divisor)
        for divisor in range(1, number + 1)
        if number % divisor == 0 and divisor <= number // divisor
    ]
"""),
        (1, 36, 24, 17),
    ),
    "largest_proper": (
        ("find the largest divisor of a number other than the number itself",
         "return the greatest proper divisor of an integer greater than 1",
         "Given an integer greater than 1, what is the largest smaller number that divides it?"),
        ("""
def solve(number):
    return max(divisor for divisor in range(1, number) if number % divisor == 0)
""", """
def solve(number):
    for divisor in range(number // 2, 0, -1):
        if number % divisor == 0:
            return divisor
"""),
        (17, 36, 91, 2),
    ),
    "smallest_above_one": (
        ("find the smallest divisor of a number that is greater than 1",
         "return the least number, other than 1, that divides a given integer",
         "Given an integer greater than 1, return its smallest divisor except 1."),
        ("""
def solve(number):
    divisor = 2
    while number % divisor != 0:
        divisor += 1
    return divisor
""", """
def solve(number):
    return next(divisor for divisor in range(2, number + 1) if number % divisor == 0)
"""),
        (17, 35, 49, 2),
    ),
    "closest_pair": (
        ("find the two factors of a number that are closest to each other, as a tuple with the "
         "smaller one first",
         "write a number as a product of two factors that differ as little as possible",
         "Given a positive integer, return the pair (a, b) with a * b equal to it, a <= b and the "
         "smallest possible b - a."),
        ("""
def solve(number):
    divisor = int(number ** 0.5)
    while number % divisor != 0:
        divisor -= 1
    return (divisor, number // divisor)
""", """
def solve(number):
    pairs = [
        (divisor, number // divisor)
        for divisor in range(1, number + 1)
        if number % divisor == 0 and divisor * divisor <= number
    ]
    return pairs[-1]
"""),
        (1, 36, 24, 17),
    ),
    "product": (
        ("find the product of all divisors of a number",
         "multiply all positive divisors of an integer",
         "Given a positive integer, return the product of its divisors (1 and the number "
         "included)."),
        ("""
def solve(number):
    result = 1
    for divisor in range(1, number + 1):
        if number % divisor == 0:
            result *= divisor
    return result
""", """
import math

def solve(number):
    return math.prod(divisor for divisor in range(1, number + 1) if number % divisor == 0)
"""),
        (1, 6, 24, 17),
    ),
    "digits_divide": (
        ("check whether a number is divisible by each of its digits (a digit 0 means no)",
         "check if all digits of an integer divide it; a number with the digit 0 doesn't count",
         "Return True if a positive integer is divisible by every one of its digits, else False."),
        ("""
def solve(number):
    return all(digit != '0' and number % int(digit) == 0 for digit in str(number))
""", """
def solve(number):
    for char in str(number):
        digit = int(char)
        if digit == 0 or number % digit != 0:
            return False
    return True
"""),
        (12, 15, 24, 36, 128, 102, 48),
    ),
}  # fmt: skip


_MORE_QUESTIONS_ABOUT_DIVISORS = {
    "classify": "Is the number 'perfect', 'abundant' or 'deficient'? Return the right word.",
    "parity": "Is the number of divisors of a number 'Even' or 'Odd'? Return that text.",
    "pairs": "I have a number. Return all pairs of factors as tuples, smaller factor first.",
    "largest_proper": "find largest proper divisor of a number",
    "smallest_above_one": "find smallest divisor of a number except 1",
    "closest_pair": (
        "I have a number of tiles. Return the sides (a, b), a <= b, of the rectangle nearest "
        "to a square that uses them all."
    ),
    "product": "What do you get when you multiply all divisors of a number?",
    "digits_divide": "Is a number divisible by all of its digits? Return True or False.",
}


@family(ask=tuple(_OTHER))
def questions_about_divisors(choose: Chooser, ask: str) -> Exercise:
    """Answer a question about the divisors of a number."""
    texts, solutions, edges = _OTHER[ask]
    return Exercise(
        texts=(*texts, _MORE_QUESTIONS_ABOUT_DIVISORS[ask]),
        names={
            "classify": ("classify_number", "number_class", "perfect_abundant_deficient"),
            "parity": ("parity_of_divisor_count", "divisor_count_parity", "even_or_odd_divisors"),
            "pairs": ("factor_pairs", "divisor_pairs", "pairs_with_product"),
            "largest_proper": ("largest_divisor", "greatest_proper_divisor", "max_divisor"),
            "smallest_above_one": ("smallest_divisor", "least_divisor", "min_divisor"),
            "closest_pair": ("closest_factors", "nearest_factor_pair", "best_factors"),
            "product": ("product_of_divisors", "multiply_divisors", "divisor_product"),
            "digits_divide": ("divisible_by_digits", "all_digits_divide", "digits_divide_number"),
        }[ask],
        solutions=solutions,
        arguments=[(edge,) for edge in choose.sample(edges, 3)]
        + [(choose.integer(2, 100),) for _ in range(4)],
        synonyms={"divisor": ("d", "i", "factor", "j")},
    )


_TWO = {
    "list": (
        ("list the common divisors of two numbers in increasing order",
         "find all numbers that divide both <first> and <second>",
         "Given two positive integers, return a sorted list of their common divisors."),
        "[divisor for divisor in range(1, min(first, second) + 1) if first % divisor == 0 and "
        "second % divisor == 0]",
        """
def solve(first, second):
    result = []
    for divisor in range(1, min(first, second) + 1):
        if first % divisor == 0 and second % divisor == 0:
            result.append(divisor)
    return result
""",
    ),
    "count": (
        ("count the common divisors of two numbers",
         "find how many positive integers divide both <first> and <second>",
         "Given two positive integers, return the number of divisors that they share."),
        "sum(1 for divisor in range(1, min(first, second) + 1) if first % divisor == 0 and "
        "second % divisor == 0)",
        """
import math

def solve(first, second):
    common = math.gcd(first, second)
    return sum(1 for divisor in range(1, common + 1) if common % divisor == 0)
""",
    ),
    "sum": (
        ("find the sum of the common divisors of two numbers",
         "add up all numbers that divide both <first> and <second>",
         "Given two positive integers, return the sum of the divisors that they share."),
        "sum(divisor for divisor in range(1, min(first, second) + 1) if first % divisor == 0 and "
        "second % divisor == 0)",
        """
def solve(first, second):
    total = 0
    for divisor in range(1, min(first, second) + 1):
        if first % divisor == 0 and second % divisor == 0:
            total += divisor
    return total
""",
    ),
    "coprime": (
        ("check whether two numbers are coprime",
         "check if two positive integers have no common divisor except 1",
         "Return True if the greatest common divisor of two numbers is 1, else False.",
         "check if the given two numbers are relatively prime or not"),
        "all(first % divisor or second % divisor for divisor in range(2, min(first, second) + 1))",
        """
import math

def solve(first, second):
    return math.gcd(first, second) == 1
""",
    ),
    "amicable": (
        ("check whether two different numbers are amicable, that is, each is the sum of the proper "
         "divisors of the other",
         "check if two given numbers form an amicable pair",
         "Return True if the proper divisors of each of two different numbers add up to the other "
         "number."),
        "first != second and sum(i for i in range(1, first) if first % i == 0) == second and "
        "sum(i for i in range(1, second) if second % i == 0) == first",
        """
def divisor_sum(number):
    return sum(i for i in range(1, number) if number % i == 0)

def solve(first, second):
    return first != second and divisor_sum(first) == second and divisor_sum(second) == first
""",
    ),
    "same_sum": (
        ("check whether the divisors of two numbers have the same sum",
         "check if two given numbers have equal divisor sums (1 and the number are divisors too)",
         "Return True if the sum of all divisors is the same for two positive integers."),
        "sum(i for i in range(1, first + 1) if first % i == 0) == "
        "sum(i for i in range(1, second + 1) if second % i == 0)",
        """
def divisor_sum(number):
    return sum(i for i in range(1, number + 1) if number % i == 0)

def solve(first, second):
    return divisor_sum(first) == divisor_sum(second)
""",
    ),
    "same_count": (
        ("check whether two numbers have the same number of divisors",
         "check if two given positive integers have equally many divisors",
         "Return True if both numbers have the same count of divisors, else False."),
        "sum(1 for i in range(1, first + 1) if first % i == 0) == "
        "sum(1 for i in range(1, second + 1) if second % i == 0)",
        """
def count_divisors(number):
    return sum(1 for i in range(1, number + 1) if number % i == 0)

def solve(first, second):
    return count_divisors(first) == count_divisors(second)
""",
    ),
}  # fmt: skip


_MORE_DIVISORS_OF_TWO_NUMBERS = {
    "list": "Which numbers divide both of two given numbers? Return them sorted.",
    "count": "count number of common divisors of two numbers",
    "sum": "find sum of common divisors of two numbers",
    "coprime": "Are two numbers coprime? Return True or False.",
    "amicable": "Do two numbers form an amicable pair? Return True or False.",
    "same_sum": "check whether the sum of the divisors is the same for both numbers or not",
    "same_count": "Do two numbers have the same count of divisors? Return True or False.",
}


@family(ask=tuple(_TWO))
def divisors_of_two_numbers(choose: Chooser, ask: str) -> Exercise:
    """Compare the divisors of two numbers."""
    texts, expression, other = _TWO[ask]
    arguments = []
    for i in range(6):
        factor = choose.integer(1, 6) if i % 2 else 1
        arguments.append((factor * choose.integer(1, 20), factor * choose.integer(1, 20)))
    if ask == "amicable":
        arguments = [*arguments[:2], (220, 284), (284, 220), (6, 6), (6, 28)]
    if ask == "same_sum":
        arguments = [*arguments[:3], (6, 11), (14, 15), (10, 17), (16, 25), (14, 23)]
    if ask == "same_count":
        arguments = [*arguments[:3], (6, 10), (13, 7), (18, 12), (4, 25)]
    return Exercise(
        texts=(*texts, _MORE_DIVISORS_OF_TWO_NUMBERS[ask]),
        names={
            "list": ("common_divisors", "shared_divisors", "divisors_in_common"),
            "count": ("count_common_divisors", "num_common_divisors", "common_divisor_count"),
            "sum": ("sum_common_divisors", "sum_of_common_divisors", "common_divisor_sum"),
            "coprime": ("are_coprime", "is_coprime", "relatively_prime"),
            "amicable": ("are_amicable", "amicable_numbers", "is_amicable_pair"),
            "same_sum": ("same_divisor_sum", "equal_divisor_sums", "compare_divisor_sums"),
            "same_count": (
                "same_divisor_count",
                "equally_many_divisors",
                "same_number_of_divisors",
            ),
        }[ask],
        solutions=(_returns("first, second", expression), other),
        arguments=arguments,
        synonyms={
            "divisor": ("d", "i", "factor"),
            "first": ("a", "x", "num1", "m"),
            "second": ("b", "y", "num2", "k"),
        },
    )


_UP_TO = {
    "totient": (
        ("count the numbers from 1 to <n> that are coprime to <n>",
         "compute Euler's totient of a positive integer",
         "Given a positive integer n, return how many of 1, 2, ..., n share no divisor with n "
         "except 1."),
        "sum(1 for number in range(1, n + 1) if math.gcd(number, n) == 1)",
        "len([number for number in range(1, n + 1) if math.gcd(n, number) == 1])",
    ),
    "coprimes": (
        ("list the numbers from 1 to <n> that are coprime to <n>",
         "find all positive integers not greater than n whose greatest common divisor with n is 1",
         "Given a positive integer n, return the sorted list of the numbers up to n that are "
         "relatively prime to n."),
        "[number for number in range(1, n + 1) if math.gcd(number, n) == 1]",
        "list(filter(lambda number: math.gcd(number, n) == 1, range(1, n + 1)))",
    ),
    "divisor_counts": (
        ("list how many divisors each number from 1 to <n> has",
         "build a list with the divisor counts of 1, 2, ..., n",
         "Given n, return a list of n numbers: how many divisors 1, 2, 3 and so on up to n have."),
        "[sum(1 for i in range(1, number + 1) if number % i == 0) for number in range(1, n + 1)]",
        "[len([i for i in range(1, number + 1) if number % i == 0]) for number in range(1, n + 1)]",
    ),
    "most_divisors": (
        ("find the number from 1 to <n> with the most divisors; of several, the smallest",
         "return the smallest of the numbers up to n that have as many divisors as possible",
         "Given n, which number up to n has the largest count of divisors? Return the smallest one "
         "if there are several."),
        "max(range(1, n + 1), key=lambda number: sum(1 for i in range(1, number + 1) "
        "if number % i == 0))",
        "min(range(1, n + 1), key=lambda number: (-sum(1 for i in range(1, number + 1) "
        "if number % i == 0), number))",
    ),
    "total": (
        ("find the sum of the numbers of divisors of 1, 2, ..., <n>",
         "count all pairs of a number up to n and one of its divisors",
         "Given n, add up how many divisors each number from 1 to n has."),
        "sum(n // i for i in range(1, n + 1))",
        "sum(1 for number in range(1, n + 1) for i in range(1, number + 1) if number % i == 0)",
    ),
    "odd_count": (
        ("list the numbers from 1 to <n> that have an odd number of divisors",
         "find every number up to a limit whose count of divisors is odd",
         "Given n, return the numbers not greater than n with an odd number of divisors."),
        "[number for number in range(1, n + 1) if int(number ** 0.5) ** 2 == number]",
        "[number for number in range(1, n + 1) "
        "if len([i for i in range(1, number + 1) if number % i == 0]) % 2 == 1]",
    ),
}  # fmt: skip


_MORE_DIVISORS_OF_MANY_NUMBERS = {
    "totient": "How many numbers up to <n> have no common divisor with it except 1?",
    "coprimes": "Which numbers from 1 to <n> are coprime to it? Return them as a list.",
    "divisor_counts": "I have n. Return the numbers of divisors of 1 to n as a list.",
    "most_divisors": "Which number up to <n> has the most divisors (the smallest one on a tie)?",
    "total": "compute total number of divisors of all numbers from 1 to n",
    "odd_count": "Which numbers up to <n> have an odd number of divisors? Return them as a list.",
}


@family(ask=tuple(_UP_TO))
def divisors_of_many_numbers(choose: Chooser, ask: str) -> Exercise:
    """Look at the divisors of all numbers up to a limit."""
    texts, *expressions = _UP_TO[ask]
    return Exercise(
        texts=(*texts, _MORE_DIVISORS_OF_MANY_NUMBERS[ask]),
        names={
            "totient": ("totient", "euler_phi", "count_coprimes"),
            "coprimes": ("coprime_numbers", "list_coprimes", "relatively_prime_to"),
            "divisor_counts": ("divisor_counts", "count_divisors_of_each", "num_divisors_list"),
            "most_divisors": ("most_divisors", "number_with_most_divisors", "max_divisor_count"),
            "total": ("total_divisors", "sum_of_divisor_counts", "count_all_divisors"),
            "odd_count": ("odd_divisor_count", "numbers_with_odd_divisors", "odd_divisor_numbers"),
        }[ask],
        solutions=tuple(
            ("import math\n\n" if "math." in expression else "") + _returns("n", expression)
            for expression in expressions
        ),
        arguments=[(n,) for n in choose.sample(range(2, 31), 4)] + [(1,), (12,)],
        synonyms={"key": ("key",)},
    )


@family(factors=((2, 3, 5), (2, 3), (2, 5), (3, 7)), ask=("check", "nth"))
def numbers_with_given_prime_factors(
    choose: Chooser, factors: tuple[int, ...], ask: str
) -> Exercise:
    """Check or find numbers that only a few primes divide, such as ugly numbers."""
    names = " and ".join(map(str, factors)) if len(factors) == 2 else "2, 3 and 5"
    code = ", ".join(map(str, factors))
    if ask == "check":
        return Exercise(
            texts=(
                f"check whether a positive integer has no prime factors except {names}",
                f"check if a number is a product of the primes {names} only (1 counts as yes)",
                f"Return True if dividing a positive integer by {names} as often as possible "
                "leaves 1, else False.",
                f"Is a positive integer free of prime factors other than {names}? Return True or "
                "False.",
            ),
            names=(
                "only_small_factors",
                "has_only_factors",
                *(["is_ugly"] if 5 in factors else []),
            ),
            solutions=(
                f"""
                def solve(number):
                    for factor in ({code}):
                        while number % factor == 0:
                            number //= factor
                    return number == 1
                """,
            ),
            arguments=[
                (factors[0] ** choose.integer(0, 4) * factors[-1] ** choose.integer(0, 2),)
                for _ in range(3)
            ]
            + [(choose.integer(1, 150),) for _ in range(3)]
            + [(11 * factors[0],)],
            synonyms={"factor": ("p", "prime", "f")},
        )
    first = {
        "2 and 3": "1, 2, 3, 4, 6",
        "2 and 5": "1, 2, 4, 5, 8",
        "3 and 7": "1, 3, 7, 9, 21",
    }.get(names, "1, 2, 3, 4, 5, 6, 8")
    return Exercise(
        texts=(
            f"find the <n>-th positive integer whose only prime factors are {names} (1 is the "
            "first)",
            f"list, in order, the numbers that only the primes {names} divide, beginning with 1, "
            "and return number <n> of the list",
            f"Numbers without prime factors other than {names} are {first} and so on. "
            "Return the n-th of them.",
        ),
        names=(
            "nth_with_factors",
            "nth_smooth_number",
            *(["nth_ugly_number"] if 5 in factors else []),
        ),
        solutions=(
            f"""
            import heapq

            def solve(n):
                heap = [1]
                seen = {{1}}
                for _ in range(n):
                    number = heapq.heappop(heap)
                    for factor in ({code}):
                        if number * factor not in seen:
                            seen.add(number * factor)
                            heapq.heappush(heap, number * factor)
                return number
            """,
            f"""
            def solve(n):
                number = 0
                while n > 0:
                    number += 1
                    rest = number
                    for factor in ({code}):
                        while rest % factor == 0:
                            rest //= factor
                    if rest == 1:
                        n -= 1
                return number
            """,
        ),
        arguments=[(n,) for n in choose.sample(range(1, 13), 4)],
        synonyms={"factor": ("p", "prime", "f")},
    )
