"""Prime factors, and sums of primes."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.primes import returns, with_prime_test
from hrm_exercises.family import Exercise, family

_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73)

_FACTOR_LIST = """
def solve(number):
    factors = []
    divisor = 2
    while number > 1:
        while number % divisor == 0:
            factors.append(divisor)
            number //= divisor
        divisor += 1
    return {}
"""


_FACTOR_FASTER = """
def solve(number):
    factors = []
    divisor = 2
    while divisor * divisor <= number:
        if number % divisor == 0:
            factors.append(divisor)
            number //= divisor
        else:
            divisor += 1
    if number > 1:
        factors.append(number)
    return {}
"""


_FACTORS = {
    "list": (
        ("find the prime factors of a number, in increasing order and with repetitions",
         "factor a positive integer into primes and return them as a sorted list",
         "Given a number greater than 1, return the list of primes whose product it is.",
         "get the prime factorization of a number as a list"),
        "factors", None,
    ),
    "distinct": (
        ("list the different prime factors of a number in increasing order",
         "find all primes that divide a given number",
         "Given an integer greater than 1, return a sorted list of its distinct prime divisors."),
        "sorted(set(factors))",
        "[divisor for divisor in range(2, number + 1) if number % divisor == 0 and "
        "is_prime(divisor)]",
    ),
    "count": (
        ("count the prime factors of a number, with repetitions",
         "find how many primes, not necessarily different, a number is the product of",
         "Given an integer greater than 1, return the number of its prime factors; 12 has three."),
        "len(factors)", None,
    ),
    "count_distinct": (
        ("count the different prime factors of a number",
         "find how many distinct primes divide a given integer",
         "Given an integer greater than 1, return the number of primes that divide it."),
        "len(set(factors))",
        "sum(1 for divisor in range(2, number + 1) if number % divisor == 0 and "
        "is_prime(divisor))",
    ),
    "largest": (
        ("find the largest prime factor of a number",
         "return the greatest prime that divides a given integer",
         "Given an integer greater than 1, what is its biggest prime divisor?"),
        "factors[-1]",
        "max(divisor for divisor in range(2, number + 1) if number % divisor == 0 and "
        "is_prime(divisor))",
    ),
    "smallest": (
        ("find the smallest prime factor of a number",
         "return the least prime that divides a given integer",
         "Given an integer greater than 1, what is its smallest prime divisor?"),
        "factors[0]",
        "min(divisor for divisor in range(2, number + 1) if number % divisor == 0)",
    ),
    "sum": (
        ("find the sum of the prime factors of a number, counting repeated factors",
         "add up all primes of the factorization of a number (8 = 2 * 2 * 2 gives 6)",
         "Given an integer greater than 1, return the sum of its prime factors with repetitions."),
        "sum(factors)", None,
    ),
    "sum_distinct": (
        ("find the sum of the different prime factors of a number",
         "add up the distinct primes that divide a given integer",
         "Given an integer greater than 1, return the sum of the primes that divide it, each "
         "counted once."),
        "sum(set(factors))",
        "sum(divisor for divisor in range(2, number + 1) if number % divisor == 0 and "
        "is_prime(divisor))",
    ),
    "exponents": (
        ("find the prime factorization of a number as a dictionary from prime to exponent",
         "factor an integer into primes and return a dict that says how often each one occurs",
         "Given an integer greater than 1, return a dictionary of its prime factors with their "
         "exponents."),
        "{factor: factors.count(factor) for factor in factors}", None,
    ),
    "is_semiprime": (
        ("check whether a number is the product of exactly two primes, which may be equal",
         "check if a given integer is a semiprime or not",
         "Return True if a number has exactly two prime factors, counted with repetition."),
        "len(factors) == 2", None,
    ),
    "is_square_free": (
        ("check whether a number is square-free, that is, no prime divides it twice",
         "check that no prime factor occurs more than once in a number",
         "Return True if all prime factors of a given integer are different, else False."),
        "len(factors) == len(set(factors))",
        "all(number % (divisor * divisor) for divisor in range(2, number + 1))",
    ),
}  # fmt: skip


_MORE_PRIME_FACTORS = {
    "list": "list prime factors of n with multiplicity",
    "distinct": "Which primes divide a number? Return them sorted.",
    "count": "How many prime factors does a number have if repeated ones count?",
    "count_distinct": "How many different primes divide a number?",
    "largest": "find largest prime factor of a given number",
    "smallest": "find smallest prime factor of a given number",
    "sum": "What is the sum of all prime factors of a number, with repetitions?",
    "sum_distinct": "What is the sum of all different primes that divide a number?",
    "exponents": (
        "I have a number. Return a dict with its prime factors as keys and their exponents as "
        "values."
    ),
    "is_semiprime": "Is a number the product of two primes? Return True or False.",
    "is_square_free": "Is a number not divisible by the square of any prime? Return True or False.",
}


@family(ask=tuple(_FACTORS))
def prime_factors(choose: Chooser, ask: str) -> Exercise:
    """Find the prime factors of a number, or something about them."""
    texts, result, direct = _FACTORS[ask]
    solutions = [_FACTOR_LIST.format(result), _FACTOR_FASTER.format(result)]
    if direct:
        prime_test = "is_prime" in direct
        body = returns("number", direct)
        solutions += with_prime_test(body) if prime_test else [body]
    drawn = [choose.integer(2, 150) for _ in range(3)]
    drawn += [choose.one_of(_PRIMES), choose.one_of((8, 12, 60, 72, 96, 100, 128))]
    drawn += [choose.one_of(_PRIMES[:6]) * choose.one_of(_PRIMES[:10])]
    return Exercise(
        texts=(*texts, _MORE_PRIME_FACTORS[ask]),
        names={
            "list": ("prime_factors", "factorize", "prime_factorization"),
            "distinct": ("distinct_prime_factors", "prime_divisors", "unique_prime_factors"),
            "count": ("count_prime_factors", "num_prime_factors", "prime_factor_count"),
            "count_distinct": ("count_distinct_prime_factors", "count_prime_divisors", "omega"),
            "largest": ("largest_prime_factor", "max_prime_factor", "biggest_prime_divisor"),
            "smallest": ("smallest_prime_factor", "min_prime_factor", "least_prime_divisor"),
            "sum": ("sum_of_prime_factors", "prime_factor_sum", "add_prime_factors"),
            "sum_distinct": ("sum_of_prime_divisors", "sum_distinct_primes", "prime_divisor_sum"),
            "exponents": ("prime_exponents", "factor_dict", "factorization"),
            "is_semiprime": ("is_semiprime", "semiprime", "product_of_two_primes"),
            "is_square_free": ("is_square_free", "square_free", "no_square_factor"),
        }[ask],
        solutions=solutions,
        arguments=[(number,) for number in drawn] + ([(30,)] if ask == "is_square_free" else []),
        synonyms={
            "factors": ("primes", "result", "found", "factor_list"),
            "divisor": ("d", "p", "i", "factor_"),
        },
    )


@family(ask=("pair", "count", "possible"))
def number_as_sum_of_two_primes(choose: Chooser, ask: str) -> Exercise:
    """Write a number as a sum of two primes."""
    texts, names, one, other = {
        "pair": (
            (
                "write an even number greater than 2 as the sum of two primes; return the pair "
                "with the smallest first prime",
                "find two primes (p, q) with p <= q that add up to a given even number, where p is "
                "as small as possible",
                "Given an even number of at least 4, return a tuple of two primes with that sum; "
                "take the least possible first prime.",
            ),
            ("goldbach_pair", "two_primes", "prime_pair_with_sum"),
            """
def solve(n):
    for number in range(2, n):
        if is_prime(number) and is_prime(n - number):
            return (number, n - number)
""",
            """
def solve(n):
    number = 2
    while not (is_prime(number) and is_prime(n - number)):
        number += 1
    return (number, n - number)
""",
        ),
        "count": (
            (
                "count the ways to write a number as the sum of two primes, without regard to "
                "their order",
                "find how many pairs of primes p <= q have the sum <n>",
                "Given a positive integer n, return the number of unordered pairs of primes that "
                "add up to n.",
            ),
            ("count_prime_pairs", "goldbach_count", "ways_as_prime_sum"),
            """
def solve(n):
    return sum(
        1 for number in range(2, n // 2 + 1) if is_prime(number) and is_prime(n - number)
    )
""",
            """
def solve(n):
    count = 0
    for number in range(2, n // 2 + 1):
        if is_prime(number) and is_prime(n - number):
            count += 1
    return count
""",
        ),
        "possible": (
            (
                "check whether a number is the sum of two primes",
                "check if <n> can be written as p + q with primes p and q",
                "Return True if a positive integer can be expressed as a sum of two prime numbers.",
            ),
            ("is_sum_of_two_primes", "sum_of_primes", "two_primes_sum"),
            """
def solve(n):
    return any(is_prime(number) and is_prime(n - number) for number in range(2, n))
""",
            """
def solve(n):
    for number in range(2, n):
        if is_prime(number) and is_prime(n - number):
            return True
    return False
""",
        ),
    }[ask]
    if ask == "pair":
        arguments = [(2 * choose.integer(2, 50),) for _ in range(6)]
    else:
        arguments = [(choose.integer(1, 100),) for _ in range(5)]
        arguments += [(choose.one_of((11, 17, 23, 27, 29, 35)),), (2 * choose.integer(2, 30),)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=with_prime_test(one, other),
        arguments=arguments,
    )


@family(ask=("flags", "multiplicity", "legendre", "index"))
def prime_tables(choose: Chooser, ask: str) -> Exercise:
    """Mark primes, count how often a prime divides, or find the index of a prime."""
    texts, names, solutions = _PRIME_TABLES[ask]
    arguments: list[tuple[int, ...]]
    if ask == "flags":
        arguments = [(n,) for n in choose.sample(range(1, 16), 5)]
    elif ask == "index":
        arguments = [(prime,) for prime in [*choose.sample(_PRIMES[1:20], 5), 2]]
    else:
        arguments = []
        for _ in range(6):
            prime = choose.one_of((2, 2, 3, 5))
            power = prime ** choose.integer(0, 4) if ask == "multiplicity" else 1
            arguments.append((choose.integer(1, 40) * power, prime))
    return Exercise(texts=texts, names=names, solutions=solutions, arguments=arguments)


_PRIME_TABLES = {
    "flags": (
        (
            "return a list of booleans that says for each number from 0 to <n> whether it is prime",
            "build a table of n + 1 booleans whose entry number i is True if i is prime",
            "Given n, mark the primes: return a list where index i holds True for a prime i and "
            "False for all other numbers up to n.",
        ),
        ("prime_flags", "prime_table", "mark_primes"),
        (
            """
            def solve(n):
                flags = [False, False] + [True] * (n - 1)
                for number in range(2, n + 1):
                    if flags[number]:
                        for multiple in range(2 * number, n + 1, number):
                            flags[multiple] = False
                return flags
            """,
            """
            def is_prime(number):
                return number > 1 and all(number % i for i in range(2, number))

            def solve(n):
                return [is_prime(number) for number in range(n + 1)]
            """,
        ),
    ),
    "multiplicity": (
        (
            "count how many times a prime divides a number",
            "find the exponent of the prime <p> in the factorization of <number>",
            "Given a positive integer and a prime p, return the largest k such that p ** k divides "
            "the integer.",
        ),
        ("multiplicity", "prime_exponent", "how_often_divides"),
        (
            """
            def solve(number, p):
                count = 0
                while number % p == 0:
                    number //= p
                    count += 1
                return count
            """,
            """
            def solve(number, p):
                count = 0
                while number % p ** (count + 1) == 0:
                    count += 1
                return count
            """,
        ),
    ),
    "legendre": (
        (
            "find the exponent of a prime <p> in the factorial of <n>",
            "count how many times the prime p divides n!",
            "Given n and a prime p, return the largest k such that p ** k divides n factorial.",
        ),
        ("exponent_in_factorial", "factorial_multiplicity", "legendre"),
        (
            """
            def solve(n, p):
                count = 0
                while n:
                    n //= p
                    count += n
                return count
            """,
            """
            import math

            def solve(n, p):
                number = math.factorial(n)
                count = 0
                while number % p == 0:
                    number //= p
                    count += 1
                return count
            """,
        ),
    ),
    "index": (
        (
            "find the position of a prime in the list of all primes, where 2 has position 1",
            "return which number in the row of primes a given prime is: 2 is the first, 3 the "
            "second",
            "Given a prime, return how many primes are less than or equal to it.",
        ),
        ("prime_index", "prime_position", "rank_of_prime"),
        (
            """
            def is_prime(number):
                return all(number % i for i in range(2, number))

            def solve(n):
                return sum(1 for number in range(2, n + 1) if is_prime(number))
            """,
            """
            def solve(n):
                numbers = []
                for number in range(2, n + 1):
                    if all(number % i for i in numbers):
                        numbers.append(number)
                return len(numbers)
            """,
        ),
    ),
}
