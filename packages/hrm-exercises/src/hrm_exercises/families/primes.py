"""Prime numbers and prime factors."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 97)

# Definitions of is_prime that solutions start with.
_IS_PRIME = """
def is_prime(number):
    if number < 2:
        return False
    return all(number % i for i in range(2, int(number ** 0.5) + 1))
"""
_IS_PRIME_LOOP = """
def is_prime(number):
    if number < 2:
        return False
    for i in range(2, number):
        if i * i > number:
            break
        if number % i == 0:
            return False
    return True
"""


def with_prime_test(*bodies: str) -> tuple[str, ...]:
    """Return solutions that start with one of the definitions of `is_prime`, in turn."""
    tests = (_IS_PRIME, _IS_PRIME_LOOP)
    return tuple(f"{tests[i % 2]}\n{body}" for i, body in enumerate(bodies))


def returns(parameters: str, expression: str) -> str:
    """Return a function of one expression."""
    return f"def solve({parameters}):\n    return {expression}"


_CHECK_LOOP = """
def solve(number):
    if number < 2:
        return {no}
    for i in range(2, int(number ** 0.5) + 1):
        if number % i == 0:
            return {no}
    return {yes}
"""

_CHECK_WHILE = """
def solve(number):
    if number < 2:
        return {no}
    i = 2
    while i * i <= number:
        if number % i == 0:
            return {no}
        i += 1
    return {yes}
"""


@family(answer=("bool", "yes_no", "text"))
def prime_check(choose: Chooser, answer: str) -> Exercise:
    """Check whether a number is prime."""
    yes, no, says = {
        "bool": ("True", "False", "return True if {} is prime, else False"),
        "yes_no": ("'Yes'", "'No'", "return 'Yes' if {} is prime, otherwise 'No'"),
        "text": ("'Prime'", "'Not prime'", "return 'Prime' or 'Not prime' for {}"),
    }[answer]
    return Exercise(
        texts=(
            "check whether a number is a prime number" if answer == "bool"
            else says.format("a number"),
            "check if the given number is prime or not" if answer == "bool"
            else says.format("a given integer"),
            f"Given a non-negative integer, {says.format('it')}.",
            f"{says.format('the number <number>')} (a prime has exactly two divisors)",
        ),
        names=("is_prime", "prime_check", "check_prime", "prime_number", "test_prime"),
        solutions=(
            _CHECK_LOOP.format(yes=yes, no=no),
            _CHECK_WHILE.format(yes=yes, no=no),
        )
        + (
            (returns("number", "number > 1 and all(number % i for i in range(2, number))"),)
            if answer == "bool"
            else ()
        ),
        arguments=[(number,) for number in choose.sample(_PRIMES, 3)]
        + [(choose.integer(0, 200),) for _ in range(3)]
        + [(1,), (choose.one_of((9, 25, 49, 91, 121)),)],
    )  # fmt: skip


_SIEVE = """
def solve(n):
    flags = [True] * (n + 1)
    numbers = []
    for number in range(2, n + 1):
        if flags[number]:
            numbers.append(number)
            for multiple in range(number * number, n + 1, number):
                flags[multiple] = False
    return {result}
"""

_UP_TO = {
    "list": ("list all prime numbers up to <n>", "a list of the primes", "numbers",
             "[number for number in range(2, n + 1) if is_prime(number)]"),
    "count": ("count the prime numbers up to <n>", "the number of primes", "len(numbers)",
              "sum(1 for number in range(2, n + 1) if is_prime(number))"),
    "sum": ("find the sum of all prime numbers up to <n>", "the sum of the primes", "sum(numbers)",
            "sum(number for number in range(2, n + 1) if is_prime(number))"),
    "largest": ("find the largest prime number that is not greater than <n>", "the largest prime",
                "numbers[-1]", "max(number for number in range(2, n + 1) if is_prime(number))"),
    "product": ("find the product of all prime numbers up to <n>", "the product of the primes",
                "math.prod(numbers)",
                "math.prod(number for number in range(2, n + 1) if is_prime(number))"),
}  # fmt: skip


@family(measure=tuple(_UP_TO))
def primes_up_to(choose: Chooser, measure: str) -> Exercise:
    """List, count, add up or multiply the primes up to a limit."""
    short, noun, sieve, expression = _UP_TO[measure]
    head = "import math\n\n" if measure == "product" else ""
    high = 30 if measure == "product" else 90
    plain = short.replace("up to <n>", "up to a given number, which is included")
    by_sieve = choose.chance(0.25)
    texts = (
        short,
        plain.replace("<n>", "a given number"),
        f"Given an integer n of at least 2, return {noun} that "
        f"{'is' if noun.endswith('prime') else 'are'} less than or equal to n.",
    )
    if by_sieve:
        texts = (
            f"use the sieve of Eratosthenes to {short}",
            f"{short}, using the sieve of Eratosthenes",
            f"{plain.replace('<n>', 'a given number')}, with the sieve of Eratosthenes",
        )
    tested = with_prime_test(returns("n", expression))
    return Exercise(
        texts=texts,
        names=(
            f"{measure}_primes",
            f"primes_{measure}",
            f"{measure}_primes_up_to",
            f"prime_{measure}",
        ),
        solutions=(
            head + _SIEVE.strip().format(result=sieve),
            *(() if by_sieve else (head + solution.strip() for solution in tested)),
        ),
        arguments=[(n,) for n in choose.sample(range(3, high), 4)] + [(2,)],
    )


_FIRST_PRIMES = """
def solve(n):
    numbers = []
    number = 2
    while len(numbers) < n:
        if all(number % i for i in numbers):
            numbers.append(number)
        number += 1
    return {}
"""

_FIRST_BY_TEST = """
def solve(n):
    numbers = []
    number = 2
    while len(numbers) < n:
        if is_prime(number):
            numbers.append(number)
        number += 1
    return {}
"""


@family(measure=("list", "sum", "nth", "average"))
def first_primes(choose: Chooser, measure: str) -> Exercise:
    """List or add up the first n primes, or find the n-th."""
    does, asked, result = {
        "list": ("list the first <n> prime numbers", "a list of the first n primes", "numbers"),
        "sum": (
            "find the sum of the first <n> prime numbers",
            "the sum of the first n primes",
            "sum(numbers)",
        ),
        "nth": (
            "find the <n>-th prime number",
            "the n-th prime (2 is the first)",
            "numbers[-1]",
        ),
        "average": (
            "find the average of the first <n> prime numbers",
            "the average of the first n primes",
            "sum(numbers) / n",
        ),
    }[measure]
    return Exercise(
        texts=(
            does,
            f"{does}, starting with 2",
            f"Given a positive integer n, return {asked}.",
            f"{does.replace('<n>-th', 'nth').replace('<n>', 'n')}",
        ),
        names={
            "list": ("first_primes", "list_primes", "n_primes"),
            "sum": ("sum_of_first_primes", "sum_primes", "prime_sum"),
            "nth": ("nth_prime", "find_nth_prime", "prime_at"),
            "average": ("average_of_first_primes", "average_primes", "mean_of_primes"),
        }[measure],
        solutions=(
            _FIRST_PRIMES.format(result),
            *with_prime_test(_FIRST_BY_TEST.format(result).strip()),
        ),
        arguments=[(n,) for n in choose.sample(range(1, 20), 5)],
    )


_MORE_NEIGHBORING_PRIME = {
    "next": "Next prime number: find the first prime above a number.",
    "previous": "Previous prime number: find the last prime below a number.",
    "nearest_distance": "How far away is the nearest prime?",
}


@family(direction=("next", "previous", "nearest_distance"))
def neighboring_prime(choose: Chooser, direction: str) -> Exercise:
    """Find the next or previous prime."""
    texts, body, other = {
        "next": (
            (
                "find the smallest prime number that is greater than a given number",
                "return the next prime after <number>",
                "Given an integer, what is the first prime that is larger than it?",
            ),
            """
            def solve(number):
                number += 1
                while not is_prime(number):
                    number += 1
                return number
            """,
            """
            from itertools import count

            def solve(number):
                for candidate in count(number + 1):
                    if candidate > 1 and all(candidate % i for i in range(2, candidate)):
                        return candidate
            """,
        ),
        "previous": (
            (
                "find the largest prime number that is smaller than a given number greater than 2",
                "return the prime that comes just before <number>",
                "Given an integer greater than 2, what is the largest prime below it?",
            ),
            """
            def solve(number):
                number -= 1
                while not is_prime(number):
                    number -= 1
                return number
            """,
            """
            def solve(number):
                for candidate in range(number - 1, 1, -1):
                    if all(candidate % i for i in range(2, candidate)):
                        return candidate
            """,
        ),
        "nearest_distance": (
            (
                "find the distance from a number to the nearest prime (0 if the number is prime)",
                "return how far <number> is from the closest prime number",
                "Given a positive integer, return the smallest absolute difference between it and "
                "a prime number.",
            ),
            """
            def solve(number):
                distance = 0
                while not (is_prime(number - distance) or is_prime(number + distance)):
                    distance += 1
                return distance
            """,
            """
            from itertools import count

            def prime(number):
                return number > 1 and all(number % i for i in range(2, number))

            def solve(number):
                for distance in count():
                    if prime(number - distance) or prime(number + distance):
                        return distance
            """,
        ),
    }[direction]
    low = {"next": 0, "previous": 3, "nearest_distance": 1}[direction]
    return Exercise(
        texts=(*texts, _MORE_NEIGHBORING_PRIME[direction]),
        names=(f"{direction}_prime", f"find_{direction}_prime", f"get_{direction}"),
        solutions=(*with_prime_test(_dedented(body)), other),
        arguments=[(choose.integer(low, 120),) for _ in range(5)]
        + [(choose.one_of(_PRIMES[1:]),), (choose.one_of((24, 90, 33)),)],
        synonyms={"candidate": ("p", "other", "c"), "count": ("count",)},
    )


def _dedented(body: str) -> str:
    """Return a solution that stands 12 columns to the right, moved to the left."""
    return body.replace("\n" + " " * 12, "\n").strip()


_IN_LIST = {
    "filter": ("a list of the primes in it, in the same order",
               "[number for number in numbers if is_prime(number)]", "keep only the prime numbers"),
    "count": ("how many of its elements are prime",
              "sum(1 for number in numbers if is_prime(number))", "count the prime numbers"),
    "sum": ("the sum of the primes in it",
            "sum(number for number in numbers if is_prime(number))",
            "find the sum of the prime numbers"),
    "drop": ("a list without the primes",
             "[number for number in numbers if not is_prime(number)]",
             "remove all prime numbers"),
    "all": ("whether all its elements are prime", "all(is_prime(number) for number in numbers)",
            "check whether all numbers are prime"),
    "any": ("whether it contains a prime", "any(is_prime(number) for number in numbers)",
            "check whether there is a prime number"),
    "at_prime_places": ("the elements whose index is a prime number (the first index is 0)",
                        "[numbers[i] for i in range(len(numbers)) if is_prime(i)]",
                        "list the elements at prime indexes"),
}  # fmt: skip


@family(ask=tuple(_IN_LIST))
def primes_in_list(choose: Chooser, ask: str) -> Exercise:
    """Choose, count or add up the primes of a list."""
    noun, expression, does = _IN_LIST[ask]
    preposition = {"drop": "from", "filter": "of"}.get(ask, "in")
    arguments: list[tuple[list[int]]] = [(choose.integers((2, 8), 0, 60),) for _ in range(4)]
    if ask == "all":
        arguments = [(choose.sample(_PRIMES, (1, 6)),) for _ in range(3)] + arguments[:3]
    if ask == "any":
        arguments += [([number * 2 for number in choose.integers((1, 5), 2, 40)],), ([1, 4],)]
    loop = {
        "filter": ("[]", "if is_prime(number):", "result.append(number)"),
        "count": ("0", "if is_prime(number):", "result += 1"),
        "sum": ("0", "if is_prime(number):", "result += number"),
        "drop": ("[]", "if not is_prime(number):", "result.append(number)"),
        "all": ("True", "if not is_prime(number):", "return False"),
        "any": ("False", "if is_prime(number):", "return True"),
    }.get(ask)
    if loop:
        start, condition, step = loop
        body = (
            f"def solve(numbers):\n    result = {start}\n    for number in numbers:\n"
            f"        {condition}\n            {step}\n    return result"
        )
        if step.startswith("return"):
            body = body.replace(f"    result = {start}\n", "").replace(
                "return result", f"return {start}"
            )
    else:
        body = """
def solve(numbers):
    result = []
    for index, number in enumerate(numbers):
        if is_prime(index):
            result.append(number)
    return result
"""
    return Exercise(
        texts=(
            f"{does} {preposition} a list",
            f"{does} {preposition} a given list of integers",
            f"Given a list of non-negative integers, return {noun}.",
            f"take a list of numbers and return {noun}",
        ),
        names={
            "filter": ("filter_primes", "keep_primes", "primes_of_list"),
            "count": ("count_primes", "num_primes", "prime_count"),
            "sum": ("sum_primes", "sum_of_primes", "add_primes"),
            "drop": ("remove_primes", "without_primes", "drop_primes"),
            "all": ("all_prime", "are_all_prime", "only_primes"),
            "any": ("any_prime", "has_prime", "contains_prime"),
            "at_prime_places": ("at_prime_indexes", "prime_positions", "elements_at_primes"),
        }[ask],
        solutions=with_prime_test(returns("numbers", expression), body),
        arguments=[*arguments, ([],) if ask in ("filter", "count", "sum", "drop") else ([9, 2],)],
    )


_BETWEEN = {
    "list": ("list all prime numbers from <start> to <stop>", "numbers"),
    "count": ("count the prime numbers from <start> to <stop>", "len(numbers)"),
    "sum": ("find the sum of the prime numbers from <start> to <stop>", "sum(numbers)"),
    "twins": (
        "list the pairs of twin primes (primes that differ by 2) from <start> to <stop>",
        "[(number, number + 2) for number in numbers if number + 2 in numbers]",
    ),
    "gap": (
        "find the largest difference of neighboring prime numbers from <start> to <stop>, or 0 if "
        "there are fewer than two",
        "max((second - first for first, second in zip(numbers, numbers[1:])), default=0)",
    ),
}


@family(ask=tuple(_BETWEEN))
def primes_between(choose: Chooser, ask: str) -> Exercise:
    """List, count or compare the primes of a range."""
    does, result = _BETWEEN[ask]
    first = f"""
def solve(start, stop):
    numbers = [number for number in range(start, stop + 1) if is_prime(number)]
    return {result}
"""
    second = f"""
def solve(start, stop):
    numbers = []
    for number in range(start, stop + 1):
        if is_prime(number):
            numbers.append(number)
    return {result}
"""
    arguments = []
    for _ in range(5):
        start = choose.integer(0, 80)
        arguments.append((start, start + choose.integer(8, 35)))
    between = does.replace("from <start> to <stop>", "between two numbers, both included")
    given = does.replace("from <start> to <stop>", "in that range")
    return Exercise(
        texts=(
            f"{does}, both included" if ask != "gap" else does,
            between.replace(", both included, or 0", " (both included), or 0"),
            f"Given the first and the last number of a range, {given}.",
        ),
        names={
            "list": ("primes_between", "primes_in_range", "list_primes"),
            "count": ("count_primes_between", "count_primes_in_range", "num_primes"),
            "sum": ("sum_primes_between", "sum_primes_in_range", "prime_range_sum"),
            "twins": ("twin_primes", "twin_prime_pairs", "find_twins"),
            "gap": ("largest_prime_gap", "prime_gap", "max_gap"),
        }[ask],
        solutions=with_prime_test(first, second),
        arguments=arguments,
        synonyms={"start": ("low", "a", "left", "m"), "stop": ("high", "b", "right", "n")},
    )


_SPECIAL_PRIMES = {
    "emirp": (
        "a prime that becomes a different prime when its digits are reversed",
        "is_prime(number) and is_prime(int(str(number)[::-1])) "
        "and str(number) != str(number)[::-1]",
        (13, 17, 31, 37, 71, 73, 79, 97, 107, 113, 149),
    ),
    "palindromic_prime": (
        "a prime number and a palindrome",
        "is_prime(number) and str(number) == str(number)[::-1]",
        (2, 7, 11, 101, 131, 151, 181, 191, 313),
    ),
    "safe_prime": (
        "a safe prime, that is, both it and (it - 1) / 2 are prime",
        "is_prime(number) and is_prime((number - 1) // 2)",
        (5, 7, 11, 23, 47, 59, 83, 107),
    ),
    "sophie_germain_prime": (
        "a Sophie Germain prime: it is prime and so is twice the number plus one",
        "is_prime(number) and is_prime(2 * number + 1)",
        (2, 3, 5, 11, 23, 29, 41, 53, 83),
    ),
    "digit_sum_prime": (
        "a prime whose digit sum is prime as well",
        "is_prime(number) and is_prime(sum(int(digit) for digit in str(number)))",
        (2, 3, 11, 23, 29, 41, 43, 47, 61, 67, 83),
    ),
    "mersenne_prime": (
        "a prime of the form 2 ** k - 1",
        "is_prime(number) and number & (number + 1) == 0",
        (3, 7, 31, 127),
    ),
    "twin_prime": (
        "a twin prime: a prime with another prime at distance 2",
        "is_prime(number) and (is_prime(number - 2) or is_prime(number + 2))",
        (3, 5, 7, 11, 13, 17, 19, 29, 31, 41, 43),
    ),
    "composite": (
        "composite, that is, greater than 1 and not prime",
        "number > 1 and not is_prime(number)",
        (4, 6, 9, 15, 21, 25, 49, 91),
    ),
}


@family(kind=tuple(_SPECIAL_PRIMES), ask=("check", "list"))
def special_primes(choose: Chooser, kind: str, ask: str) -> Exercise:
    """Check or list primes of a special kind."""
    what, condition, examples = _SPECIAL_PRIMES[kind]
    if ask == "check":
        return Exercise(
            texts=(
                f"check whether a number is {what}",
                f"Return True if the given positive integer is {what}; otherwise return False.",
                f"test if a number is {what}",
                f"Is a number {what}? Return True or False.",
            ),
            names=(f"is_{kind}", f"check_{kind}", kind),
            solutions=with_prime_test(
                returns("number", condition),
                f"def solve(number):\n    if {condition}:\n        return True\n    return False",
            ),
            arguments=[(number,) for number in choose.sample(examples, 3)]
            + [(choose.integer(1, 130),) for _ in range(2)]
            + [(choose.one_of(_PRIMES),), (choose.integer(10, 65) * 2,)],
        )
    plural = what.replace("a prime number and a palindrome", "a prime that is a palindrome")
    return Exercise(
        texts=(
            f"list all numbers from 1 to <n> of which each is {plural}",
            f"find every number up to <n> that is {plural}",
            f"Given n, return a list of the numbers not greater than n where each one is {plural}.",
        ),
        names=(f"list_{kind}s", f"{kind}s_up_to", f"{kind}_list"),
        solutions=with_prime_test(
            returns("n", f"[number for number in range(1, n + 1) if {condition}]"),
            "def solve(n):\n    result = []\n    for number in range(1, n + 1):\n"
            f"        if {condition}:\n            result.append(number)\n    return result",
        ),
        arguments=[(n,) for n in choose.sample(range(3, 60), 4)],
    )
