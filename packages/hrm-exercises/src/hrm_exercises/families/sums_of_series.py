"""Sums of series, multiples, factorials, powers and tables."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


# Term number i, a closed formula, the noun.
_SERIES = {
    "natural": ("i", "n * (n + 1) // 2", "natural numbers"),
    "even": ("2 * i", "n * (n + 1)", "even natural numbers"),
    "odd": ("2 * i - 1", "n * n", "odd natural numbers"),
    "squares": ("i ** 2", "n * (n + 1) * (2 * n + 1) // 6", "square numbers"),
    "cubes": ("i ** 3", "(n * (n + 1) // 2) ** 2", "cube numbers"),
    "fourth_powers": (
        "i ** 4", "n * (n + 1) * (2 * n + 1) * (3 * n * n + 3 * n - 1) // 30",
        "fourth powers of natural numbers",
    ),
    "even_squares": ("(2 * i) ** 2", "2 * n * (n + 1) * (2 * n + 1) // 3",
                     "squares of even natural numbers"),
    "odd_squares": ("(2 * i - 1) ** 2", "n * (2 * n - 1) * (2 * n + 1) // 3",
                    "squares of odd natural numbers"),
    "odd_cubes": ("(2 * i - 1) ** 3", "n * n * (2 * n * n - 1)", "cubes of odd natural numbers"),
    "even_cubes": ("(2 * i) ** 3", "2 * n * n * (n + 1) ** 2", "cubes of even natural numbers"),
    "pronic": ("i * (i + 1)", "n * (n + 1) * (n + 2) // 3", "products i * (i + 1)"),
    "powers_of_two": ("2 ** (i - 1)", "2 ** n - 1", "powers of two"),
    "triangular": ("i * (i + 1) // 2", "n * (n + 1) * (n + 2) // 6", "triangular numbers"),
    "multiples_of_three": ("3 * i", "3 * n * (n + 1) // 2", "positive multiples of 3"),
}  # fmt: skip


@family(series=tuple(_SERIES), measure=("sum", "average"))
def sum_of_first_numbers(choose: Chooser, series: str, measure: str) -> Exercise:
    """Add up or average the first n numbers of a series."""
    term, formula, noun = _SERIES[series]
    average = measure == "average"
    first = eval(term, {"i": 1})  # noqa: S307
    each = "for i in range(1, n + 1)"
    if series == "powers_of_two":
        term, each = "2 ** i", "for i in range(n)"
    code = f"sum({term} {each})"
    loop = (
        f"def solve(n):\n    total = 0\n    {each}:\n        total += {term}\n"
        f"    return total{' / n' if average else ''}"
    )
    return Exercise(
        texts=(
            f"find the {measure} of the first <n> {noun}",
            f"find the {measure} of the first n {noun}",
            f"Given a positive integer n, return the {measure} of the first n {noun}.",
            f"{'average' if average else 'add up'} the first <n> {noun}",
            f"calculate the {measure} of the first n {noun} (the first one is {first})",
        ),
        names=(f"{measure}_of_{series}", f"{series}_{measure}", f"{measure}_first_{series}"),
        solutions=(
            (_returns("n", f"{code} / n"), loop)
            if average
            else (_returns("n", code), _returns("n", formula), loop)
        ),
        arguments=[(n,) for n in choose.sample(range(2, 25), 5)] + [(1,)],
    )


_FRACTIONS = {
    "harmonic": ("1 / i", "1 + 1/2 + 1/3 + ... + 1/n"),
    "inverse_squares": ("1 / i ** 2", "1/1 + 1/4 + 1/9 + ... + 1/n^2"),
    "halves": ("1 / 2 ** i", "1/2 + 1/4 + 1/8 + ..., with n terms"),
    "alternating_harmonic": ("(-1) ** (i + 1) / i", "1 - 1/2 + 1/3 - 1/4 + ..., with n terms"),
    "leibniz": (
        "4 * (-1) ** (i + 1) / (2 * i - 1)", "4 - 4/3 + 4/5 - 4/7 + ..., with n terms"
    ),
    "telescope": ("1 / (i * (i + 1))", "1/(1*2) + 1/(2*3) + 1/(3*4) + ..., with n terms"),
    "inverse_factorials": (
        "1 / math.factorial(i)", "1/1! + 1/2! + 1/3! + ... + 1/n!"
    ),
}  # fmt: skip


@family(series=tuple(_FRACTIONS), rounded=("no", "yes"))
def sum_of_fractions(choose: Chooser, series: str, rounded: str) -> Exercise:
    """Add up the first terms of a series of fractions."""
    term, written = _FRACTIONS[series]
    head = "import math\n\n" if "math." in term else ""
    high = 8 if series in ("halves", "inverse_factorials") else 21
    digits = ", rounded to 3 digits" if rounded == "yes" else ""
    value = f"sum({term} for i in range(1, n + 1))"
    total = "total"
    if rounded == "yes":
        value, total = f"round({value}, 3)", "round(total, 3)"
    # 15/16 is 0.9375: whether it is rounded up depends on the order of the sum.
    lengths = [n for n in range(2, high) if (series, n) != ("telescope", 15)]
    return Exercise(
        texts=(
            f"find the sum of the series {written}{digits}",
            f"calculate {written}{digits}",
            f"Given a positive integer n, return the value of {written}{digits}.",
            f"compute {written}{digits}, for a positive n",
        ),
        names=(f"{series}_sum", f"{series}_series", f"sum_of_{series}"),
        solutions=(
            head + _returns("n", value),
            f"{head}def solve(n):\n    total = 0.0\n    for i in range(1, n + 1):\n"
            f"        total += {term}\n    return {total}",
        ),
        arguments=[(n,) for n in choose.sample(lengths, 4)] + [(1,)],
    )


_IN_RANGE = {
    "numbers": ("", "all numbers"),
    "even": ("number % 2 == 0", "the even numbers"),
    "odd": ("number % 2 == 1", "the odd numbers"),
    "multiples": ("number % k == 0", "the multiples of <k>"),
    "not_multiples": ("number % k != 0", "the numbers not divisible by <k>"),
    "ending_in": ("number % 10 == k", "the numbers that end in the digit <k>"),
}


@family(kind=tuple(_IN_RANGE), measure=("sum", "count", "list"))
def numbers_of_a_range(choose: Chooser, kind: str, measure: str) -> Exercise:
    """List, count or add up the numbers of a range that meet a condition."""
    condition, noun = _IN_RANGE[kind]
    parameters = "start, stop, k" if "k" in condition else "start, stop"
    test = f" if {condition}" if condition else ""
    each = "for number in range(start, stop + 1)"
    expression, begin, step = {
        "sum": (f"sum(number {each}{test})", "0", "total += number"),
        "count": (f"sum(1 {each}{test})", "0", "count += 1"),
        "list": (f"[number {each}{test}]", "[]", "result.append(number)"),
    }[measure]
    name = {"sum": "total", "count": "count", "list": "result"}[measure]
    does = {"sum": "find the sum of", "count": "count", "list": "list"}[measure]
    given = "the bounds of a range" + (" and a number k" if "k" in condition else "")
    inner = f"        if {condition}:\n            {step}" if condition else f"        {step}"
    arguments: list[tuple[int, ...]] = []
    for i in range(6):
        start = choose.integer(-5, 40)
        stop = start + (choose.integer(3, 25) if i else 0)
        k = choose.integer(1, 9) if kind == "ending_in" else choose.integer(2, 7)
        if kind == "ending_in":
            start, stop = abs(start), abs(start) + choose.integer(12, 40)
        arguments.append((start, stop, k) if "k" in condition else (start, stop))
    return Exercise(
        texts=(
            f"{does} {noun} from <start> to <stop>, both included",
            f"{does} {noun} between two given numbers, inclusive",
            f"Given {given}, {does.replace('find', 'return')} {noun.replace('<k>', 'k')} in it; "
            "both bounds belong to the range.",
            f"{does} {noun} in the range from <start> up to and including <stop>",
        ),
        names=(
            f"{measure}_{kind.removesuffix('_in')}_in_range",
            f"{kind}_{measure}",
            f"{measure}_of_{kind}_between",
        ),
        solutions=(
            _returns(parameters, expression),
            f"def solve({parameters}):\n    {name} = {begin}\n    {each}:\n{inner}\n"
            f"    return {name}",
        ),
        arguments=arguments,
        synonyms={
            "start": ("low", "a", "left", "begin", "m"),
            "stop": ("high", "b", "right", "end"),
            "k": ("d", "m1", "x", "digit_" if kind == "ending_in" else "divisor"),
        },
    )


_MULTIPLES = {
    "first": (
        ("list the first <count> positive multiples of <number>",
         "get the first few multiples of a number as a list",
         "Given a number and how many multiples are wanted, return a list of them: the number "
         "itself, its double and so on."),
        "number, count", "[number * i for i in range(1, count + 1)]",
        "list(range(number, number * count + 1, number))",
    ),
    "below": (
        ("list the positive multiples of <number> that are less than <count>",
         "find all multiples of a positive number below a limit",
         "Given a positive number and a limit, return the sorted list of its multiples that are "
         "smaller than the limit."),
        "number, count", "list(range(number, count, number))",
        "[value for value in range(1, count) if value % number == 0]",
    ),
    "sum_either": (
        ("find the sum of all positive numbers below <n> that are divisible by <first> or <second>",
         "add up the natural numbers below n that are multiples of at least one of two numbers",
         "Given two divisors and a limit, return the sum of the positive integers below the limit "
         "that one of the divisors divides."),
        "first, second, n",
        "sum(i for i in range(1, n) if i % first == 0 or i % second == 0)",
        "sum(set(range(first, n, first)) | set(range(second, n, second)))",
    ),
    "count_both": (
        ("count the positive numbers up to <n> that are divisible by both <first> and <second>",
         "find how many of the numbers 1 to n are common multiples of two numbers",
         "Given two divisors and n, return how many positive integers up to n both divide."),
        "first, second, n",
        "sum(1 for i in range(1, n + 1) if i % first == 0 and i % second == 0)",
        "n // math.lcm(first, second)",
    ),
    "count_either": (
        ("count the positive numbers up to <n> that are divisible by <first> or by <second>",
         "find how many of the numbers 1 to n are multiples of at least one of two numbers",
         "Given two divisors and n, return how many positive integers up to n at least one of them "
         "divides."),
        "first, second, n",
        "sum(1 for i in range(1, n + 1) if i % first == 0 or i % second == 0)",
        "n // first + n // second - n // math.lcm(first, second)",
    ),
    "largest_below": (
        ("find the largest multiple of <number> that is less than <count>",
         "return the greatest multiple of a positive number below a limit that is larger than it",
         "Given a positive number and a larger limit, what is its greatest multiple that is "
         "smaller than the limit?"),
        "number, count", "(count - 1) // number * number",
        "max(range(number, count, number))",
    ),
}  # fmt: skip


_MORE_MULTIPLES_OF_NUMBERS = {
    "first": "list first <count> multiples of a number",
    "below": "list multiples of a number below a limit",
    "sum_either": (
        "What is the sum of all numbers below <n> that are multiples of <first> or <second>?"
    ),
    "count_both": "How many numbers up to <n> can be divided by <first> and by <second>?",
    "count_either": "How many numbers up to <n> can be divided by <first> or by <second>?",
    "largest_below": "What is the largest multiple of a number below a limit?",
}


@family(ask=tuple(_MULTIPLES))
def multiples_of_numbers(choose: Chooser, ask: str) -> Exercise:
    """List, count or add up multiples."""
    texts, parameters, *expressions = _MULTIPLES[ask]
    arguments: list[tuple[int, ...]] = []
    for _ in range(6):
        number = choose.integer(2, 12)
        if parameters.startswith("number"):
            arguments.append((number, choose.integer(1, 10)))
            if ask != "first":
                arguments[-1] = (number, choose.integer(number + 1, 60))
        else:
            arguments.append((choose.integer(2, 7), choose.integer(2, 9), choose.integer(8, 80)))
    return Exercise(
        texts=(*texts, _MORE_MULTIPLES_OF_NUMBERS[ask]),
        names={
            "first": ("first_multiples", "list_multiples", "multiples"),
            "below": ("multiples_below", "multiples_up_to", "all_multiples"),
            "sum_either": ("sum_of_multiples", "sum_multiples", "multiples_sum"),
            "count_both": ("count_common_multiples", "divisible_by_both", "common_multiples"),
            "count_either": ("count_multiples", "divisible_by_either", "count_divisible"),
            "largest_below": ("largest_multiple", "greatest_multiple_below", "max_multiple"),
        }[ask],
        solutions=tuple(
            ("import math\n\n" if "math." in expression else "") + _returns(parameters, expression)
            for expression in expressions
        ),
        arguments=arguments,
        synonyms={
            "count": ("n", "limit", "k") if ask == "first" else ("limit", "n", "top"),
            "first": ("a", "x", "d1"),
            "second": ("b", "y", "d2"),
        },
    )


_FACTORIALS = {
    "factorial": (
        ("find the factorial of a number", "compute n! for a non-negative integer",
         "Given n, return the product of all positive integers up to n (1 for n = 0).",
         "calculate the factorial of <n> without math.factorial"),
        ("def solve(n):\n    result = 1\n    for i in range(2, n + 1):\n        result *= i\n"
         "    return result",
         "def solve(n):\n    if n <= 1:\n        return 1\n    return n * solve(n - 1)",
         "from functools import reduce\n\ndef solve(n):\n"
         "    return reduce(lambda first, second: first * second, range(1, n + 1), 1)"),
        (0, 1, 5),
    ),
    "double": (
        ("find the double factorial of a number: the product of n, n - 2, n - 4 and so on down to "
         "1 or 2",
         "compute n!! for a non-negative integer",
         "Given n, multiply every second number from n downwards while it is positive and return "
         "the product (1 for n = 0)."),
        ("def solve(n):\n    result = 1\n    for i in range(n, 0, -2):\n        result *= i\n"
         "    return result",
         "def solve(n):\n    if n <= 1:\n        return 1\n    return n * solve(n - 2)"),
        (0, 1, 6),
    ),
    "zeros": (
        ("count the zeros at the end of the factorial of a number",
         "find the number of trailing zeros of n!",
         "Given n, return how many zeros n factorial ends with."),
        ("def solve(n):\n    count = 0\n    while n >= 5:\n        n //= 5\n        count += n\n"
         "    return count",
         "import math\n\ndef solve(n):\n    text = str(math.factorial(n))\n"
         "    return len(text) - len(text.rstrip('0'))"),
        (4, 5, 10, 26, 50),
    ),
    "digit_sum": (
        ("find the sum of the digits of the factorial of a number",
         "add up the digits of n!",
         "Given n, compute n factorial and return its digit sum."),
        ("import math\n\ndef solve(n):\n"
         "    return sum(int(digit) for digit in str(math.factorial(n)))",
         "def solve(n):\n    result = 1\n    for i in range(2, n + 1):\n        result *= i\n"
         "    return sum(map(int, str(result)))"),
        (0, 5, 10),
    ),
    "sum": (
        ("find the sum of the factorials 1! + 2! + ... + n!",
         "add up the factorials of the numbers from 1 to <n>",
         "Given n, return the sum of the first n factorials, starting with 1! = 1."),
        ("import math\n\ndef solve(n):\n    return sum(math.factorial(i) for i in range(1, n + 1))",
         "def solve(n):\n    total = 0\n    factorial = 1\n    for i in range(1, n + 1):\n"
         "        factorial *= i\n        total += factorial\n    return total"),
        (1, 2, 5),
    ),
    "list": (
        ("list the factorials of the numbers from 1 to <n>",
         "generate a list of the first n factorials: 1, 2, 6 and so on",
         "Given n, return the list [1!, 2!, ..., n!]."),
        ("import math\n\ndef solve(n):\n    return [math.factorial(i) for i in range(1, n + 1)]",
         "def solve(n):\n    result = []\n    factorial = 1\n    for i in range(1, n + 1):\n"
         "        factorial *= i\n        result.append(factorial)\n    return result"),
        (1, 2, 4),
    ),
    "falling": (
        ("find the product <n> * (<n> - 1) * (<n> - 2) of three numbers that count down from <n>",
         "multiply a number by the two numbers just below it",
         "Given n, return how many ways there are to give out three different prizes to n people: "
         "n * (n - 1) * (n - 2)."),
        ("def solve(n):\n    return n * (n - 1) * (n - 2)",
         "import math\n\ndef solve(n):\n    return math.prod(range(n - 2, n + 1))"),
        (2, 3, 5),
    ),
    "inverse": (
        ("find the number whose factorial is <n>, or -1 if there is none",
         "return the positive k with k! equal to a given positive integer, else -1",
         "Given a positive integer, which positive number has it as factorial? Return -1 if none "
         "has."),
        ("import math\n\ndef solve(n):\n    k = 1\n    while math.factorial(k) < n:\n"
         "        k += 1\n    return k if math.factorial(k) == n else -1",
         "def solve(n):\n    k = 1\n    product = 1\n    while product < n:\n        k += 1\n"
         "        product *= k\n    return k if product == n else -1"),
        (6, 24, 120, 720, 5040),
    ),
}  # fmt: skip


_MORE_FACTORIALS = {
    "factorial": "What is n! for a given n?",
    "double": "compute double factorial of a number",
    "zeros": "count trailing zeros in the factorial of a number",
    "digit_sum": "find sum of the digits of n factorial",
    "sum": "find sum of the first n factorials",
    "list": "list first n factorials",
    "falling": "In how many ways can n runners win gold, silver and bronze?",
    "inverse": "Which number has the factorial <n>? Return -1 if there is none.",
}


@family(ask=tuple(_FACTORIALS))
def factorials(choose: Chooser, ask: str) -> Exercise:
    """Compute factorials, or something about them."""
    texts, solutions, edges = _FACTORIALS[ask]
    low, high = (3, 60) if ask == "zeros" else (2, 12)
    if ask == "inverse":
        low, high = 2, 200
    return Exercise(
        texts=(*texts, _MORE_FACTORIALS[ask]),
        names={
            "factorial": ("factorial", "fact", "compute_factorial", "find_factorial"),
            "double": ("double_factorial", "semifactorial", "every_second_factor"),
            "zeros": ("trailing_zeros", "factorial_zeros", "count_trailing_zeros"),
            "digit_sum": ("factorial_digit_sum", "digit_sum_of_factorial", "sum_digits_factorial"),
            "sum": ("sum_of_factorials", "factorial_sum", "add_factorials"),
            "list": ("factorial_list", "first_factorials", "list_factorials"),
            "falling": ("falling_product", "three_prizes", "product_of_three_down"),
            "inverse": ("inverse_factorial", "factorial_of_what", "find_factorial_root"),
        }[ask],
        solutions=solutions,
        arguments=[(n,) for n in choose.sample(range(low, high + 1), 4)]
        + [(n,) for n in choose.sample(edges, 3)],
        synonyms={"k": ("i", "m", "candidate")},
    )


_POWERS = {
    "power": (
        ("raise <base> to the power <exponent> without the ** operator",
         "compute the power of a number with a non-negative integer exponent",
         "Given a base and an exponent, return the base multiplied by itself exponent times (1 for "
         "exponent 0).",
         "find the nth power of a number"),
        ("def solve(base, exponent):\n    result = 1\n    for _ in range(exponent):\n"
         "        result *= base\n    return result",
         "def solve(base, exponent):\n    if exponent == 0:\n        return 1\n"
         "    return base * solve(base, exponent - 1)",
         "def solve(base, exponent):\n    return pow(base, exponent)"),
    ),
    "last_digit": (
        ("find the last digit of <base> to the power <exponent>",
         "return the ones digit of a power of a positive integer",
         "Given a positive base and an exponent, return the last digit of the power."),
        ("def solve(base, exponent):\n    return pow(base, exponent, 10)",
         "def solve(base, exponent):\n    return base ** exponent % 10",
         "def solve(base, exponent):\n    result = 1\n    for _ in range(exponent):\n"
         "        result = result * base % 10\n    return result"),
    ),
    "digit_sum": (
        ("find the sum of the digits of <base> to the power <exponent>",
         "compute a power and add up its digits",
         "Given a positive base and an exponent, return the digit sum of the power."),
        ("def solve(base, exponent):\n"
         "    return sum(int(digit) for digit in str(base ** exponent))",
         "def solve(base, exponent):\n    number = base ** exponent\n    total = 0\n"
         "    while number:\n        total += number % 10\n        number //= 10\n"
         "    return total"),
    ),
    "num_digits": (
        ("count the digits of <base> to the power <exponent>",
         "find how many digits a power of a positive integer has",
         "Given a positive base and an exponent, return the length of the power in digits."),
        ("def solve(base, exponent):\n    return len(str(base ** exponent))",
         "def solve(base, exponent):\n    number = base ** exponent\n    count = 1\n"
         "    while number >= 10:\n        number //= 10\n        count += 1\n    return count"),
    ),
    "list": (
        ("list the powers of <base> with the exponents from 0 to <exponent>",
         "make a list of the powers base ** 0, base ** 1 and so on up to a given exponent",
         "Given a base and an exponent, return all powers of the base up to that exponent, "
         "beginning with 1."),
        ("def solve(base, exponent):\n    return [base ** i for i in range(exponent + 1)]",
         "def solve(base, exponent):\n    result = [1]\n    for _ in range(exponent):\n"
         "        result.append(result[-1] * base)\n    return result"),
    ),
    "sum": (
        ("find the sum of the powers of <base> with the exponents from 0 to <exponent>",
         "add up 1 + b + b ** 2 + ... + b ** k for a base b and the last exponent k",
         "Given a base and an exponent, return the sum of all powers of the base from exponent 0 "
         "to the given one."),
        ("def solve(base, exponent):\n    return sum(base ** i for i in range(exponent + 1))",
         "def solve(base, exponent):\n    total = 0\n    power = 1\n"
         "    for _ in range(exponent + 1):\n        total += power\n        power *= base\n"
         "    return total"),
    ),
}  # fmt: skip


_MORE_POWERS_OF_A_BASE = {
    "power": "What is <base> to the power <exponent>?",
    "last_digit": "What is the last digit of a power? Given are the base and the exponent.",
    "digit_sum": "calculate sum of all digits of a base to a power",
    "num_digits": "How many digits does a power have? Given are the base and the exponent.",
    "list": (
        "I have a base and an exponent. Return all powers of the base up to that exponent, 1 first."
    ),
    "sum": "find sum of powers of a number from exponent 0 on",
}


@family(ask=tuple(_POWERS))
def powers_of_a_base(choose: Chooser, ask: str) -> Exercise:
    """Compute a power, or something about it."""
    texts, solutions = _POWERS[ask]
    low = -4 if ask == "power" else 2
    high = 12 if ask in ("power", "list") else 30
    return Exercise(
        texts=(*texts, _MORE_POWERS_OF_A_BASE[ask]),
        names={
            "power": ("power", "raise_to_power", "find_power", "compute_power"),
            "last_digit": ("last_digit_of_power", "power_last_digit", "ones_digit"),
            "digit_sum": ("power_digit_sum", "digit_sum_of_power", "sum_digits_of_power"),
            "num_digits": ("digits_of_power", "power_length", "count_power_digits"),
            "list": ("list_of_powers", "powers", "first_powers"),
            "sum": ("sum_of_powers", "power_sum", "add_powers"),
        }[ask],
        solutions=solutions,
        arguments=[(choose.integer(low, high), choose.integer(1, 8)) for _ in range(5)]
        + [(choose.integer(2, 9), 0)],
        synonyms={
            "base": ("b", "a", "x", "number"),
            "exponent": ("e", "n", "p", "exp"),
        },
    )


@family(words=(("Fizz", "Buzz"), ("Foo", "Bar"), ("Ping", "Pong")), source=("range", "number"))
def fizz_buzz(choose: Chooser, words: tuple[str, str], source: str) -> Exercise:
    """Replace multiples of two numbers by words."""
    one, two = words
    first, second = choose.one_of(((3, 5), (3, 5), (2, 7), (4, 6), (3, 4), (2, 5)))
    rule = (
        f"'{one}' for multiples of {first}, '{two}' for multiples of {second}, '{one}{two}' for "
        f"multiples of both"
    )
    if source == "number":
        return Exercise(
            texts=(
                f"return {rule}, and the number as a string otherwise",
                f"play {one}{two} with one number: return {rule}; any other number becomes text",
                f"Given a positive integer, return {rule}, or else the number itself as a string.",
            ),
            names=(f"{one.lower()}_{two.lower()}", "say_number", "number_or_word"),
            solutions=(
                f"""
                def solve(number):
                    if number % {first} == 0 and number % {second} == 0:
                        return '{one}{two}'
                    if number % {first} == 0:
                        return '{one}'
                    if number % {second} == 0:
                        return '{two}'
                    return str(number)
                """,
                f"""
                def solve(number):
                    result = ''
                    if number % {first} == 0:
                        result += '{one}'
                    if number % {second} == 0:
                        result += '{two}'
                    return result or str(number)
                """,
            ),
            arguments=[(first * second * 2,), (first * 11,), (second * 11,)]
            + [(choose.integer(1, 100),) for _ in range(3)],
        )
    return Exercise(
        texts=(
            f"list the numbers from 1 to <n> as strings, but with {rule}",
            f"play {one}{two} up to n: return a list of strings with {rule} and the other numbers "
            "as they are",
            f"Given n, return a list with one string for each number from 1 to n: {rule}, and "
            "otherwise the number.",
        ),
        names=(f"{one.lower()}_{two.lower()}", f"{one.lower()}{two.lower()}_list", "count_game"),
        solutions=(
            f"""
            def solve(n):
                result = []
                for number in range(1, n + 1):
                    if number % {first} == 0 and number % {second} == 0:
                        result.append('{one}{two}')
                    elif number % {first} == 0:
                        result.append('{one}')
                    elif number % {second} == 0:
                        result.append('{two}')
                    else:
                        result.append(str(number))
                return result
            """,
            f"""
            def solve(n):
                return [
                    ('{one}' * (number % {first} == 0) + '{two}' * (number % {second} == 0))
                    or str(number)
                    for number in range(1, n + 1)
                ]
            """,
        ),
        arguments=[(n,) for n in choose.sample(range(7, 25), 4)] + [(1,)],
    )


_TABLES = {
    "row": (
        ("list the first 10 multiples of a number, as in its multiplication table",
         "return the multiplication table of <number> from 1 to 10 as a list of products",
         "Given a number, return a list of its products with 1, 2, ..., 10."),
        ("def solve(number):\n    return [number * i for i in range(1, 11)]",
         "def solve(number):\n    result = []\n    for i in range(1, 11):\n"
         "        result.append(number * i)\n    return result"),
    ),
    "grid": (
        ("build the multiplication table of the numbers from 1 to <number> as a list of rows",
         "make an n by n grid whose entry in row i and column j (counted from 1) is i * j",
         "Given n, return a list of n lists: the products of 1 to n with 1 to n."),
        ("def solve(number):\n    return [[i * j for j in range(1, number + 1)] "
         "for i in range(1, number + 1)]",
         "def solve(number):\n    result = []\n    for i in range(1, number + 1):\n"
         "        row = []\n        for j in range(1, number + 1):\n            row.append(i * j)\n"
         "        result.append(row)\n    return result"),
    ),
    "text": (
        ("return the lines of the multiplication table of a number up to 5, such as '3 x 1 = 3'",
         "write the products of <number> with 1 to 5 as strings like '3 x 2 = 6'",
         "Given a number, return five strings '{number} x {i} = {product}' for i from 1 to 5."),
        ("def solve(number):\n"
         "    return ['{} x {} = {}'.format(number, i, number * i) for i in range(1, 6)]",
         "def solve(number):\n    result = []\n    for i in range(1, 6):\n"
         "        result.append(str(number) + ' x ' + str(i) + ' = ' + str(number * i))\n"
         "    return result"),
    ),
    "squares": (
        ("build a dictionary that maps each number from 1 to <number> to its square",
         "make a dict with the squares of 1 to n: {1: 1, 2: 4, 3: 9} for n = 3",
         "Given n, return a dictionary whose keys are 1 to n and whose values are their squares."),
        ("def solve(number):\n    return {i: i * i for i in range(1, number + 1)}",
         "def solve(number):\n    result = {}\n    for i in range(1, number + 1):\n"
         "        result[i] = i ** 2\n    return result"),
    ),
    "countdown": (
        ("list the numbers from <number> down to 1",
         "count down from a positive integer and return the numbers as a list that ends with 1",
         "Given n, return [n, n - 1, ..., 1]."),
        ("def solve(number):\n    return list(range(number, 0, -1))",
         "def solve(number):\n    result = []\n    while number > 0:\n"
         "        result.append(number)\n        number -= 1\n    return result"),
    ),
    "repeated_digit": (
        ("find the sum n + nn + nnn for a digit n, where nn is the digit written twice",
         "add a digit, the two-digit and the three-digit number made of the same digit",
         "Given a digit n from 1 to 9, return n + nn + nnn, so that 5 gives 5 + 55 + 555."),
        ("def solve(number):\n    text = str(number)\n"
         "    return int(text) + int(text * 2) + int(text * 3)",
         "def solve(number):\n    return number + 11 * number + 111 * number"),
    ),
}  # fmt: skip


_MORE_TABLES_OF_NUMBERS = {
    "row": "Times table of a number up to 10: return it as a list.",
    "grid": "Multiplication table of size n: return it as a list of lists.",
    "text": (
        "I want the multiplication table of a number as five lines of text like '7 x 3 = 21'. "
        "Return them as a list."
    ),
    "squares": "build dict of squares from 1 to n",
    "countdown": "list numbers from n down to 1",
    "repeated_digit": "compute n + nn + nnn for a digit n",
}


@family(ask=tuple(_TABLES))
def tables_of_numbers(choose: Chooser, ask: str) -> Exercise:
    """Build multiplication tables and similar lists."""
    texts, solutions = _TABLES[ask]
    high = {"row": 25, "text": 25, "grid": 6, "squares": 9, "countdown": 12, "repeated_digit": 9}
    return Exercise(
        texts=(*texts, _MORE_TABLES_OF_NUMBERS[ask]),
        names={
            "row": ("multiplication_table", "times_table", "table_of"),
            "grid": ("multiplication_grid", "product_grid", "times_table_grid"),
            "text": ("table_lines", "multiplication_lines", "print_table"),
            "squares": ("squares_dict", "square_map", "dict_of_squares"),
            "countdown": ("countdown", "count_down", "numbers_down"),
            "repeated_digit": ("repeated_digit_sum", "n_nn_nnn", "sum_of_repeats"),
        }[ask],
        solutions=solutions,
        arguments=[(n,) for n in choose.sample(range(1, high[ask] + 1), 5)],
        synonyms={"number": ("n", "num", "x")},
    )
