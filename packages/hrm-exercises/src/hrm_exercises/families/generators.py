"""Generators: functions with yield, tested through list, next and sum."""

from collections.abc import Sequence

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def generator_texts(does: str, also: str, thing: str) -> tuple[str, ...]:
    """Return wordings that ask for a generator."""
    return (
        f"Write a generator function that yields {thing}.",
        f"Write a generator that {does}.",
        f"create a generator for {thing}",
        f"{also}, one after another with yield",
        f"Use yield to write a generator of {thing}.",
        f"Define a generator function. It yields {thing}.",
    )


_UP_TO_N = {
    "even": (
        "the even numbers from 0 to n",
        "gives all even numbers up to n, starting with 0",
        "yield the even numbers from 0 up to <n>",
        ("even_numbers", "evens", "even_generator"),
        "range(0, n + 1, 2)",
        "number % 2 == 0",
        0,
    ),
    "odd": (
        "the odd numbers from 1 to n",
        "gives all odd numbers up to n",
        "yield the odd numbers up to <n>",
        ("odd_numbers", "odds", "odd_generator"),
        "range(1, n + 1, 2)",
        "number % 2 == 1",
        1,
    ),
    "divisible": (
        "the numbers from 0 to n that are divisible by 5 and 7",
        "gives all numbers up to n that both 5 and 7 divide, starting with 0",
        "yield the multiples of both 5 and 7 from 0 to <n>",
        ("divisible_by_5_and_7", "multiples_of_35", "common_multiples"),
        "range(0, n + 1, 35)",
        "number % 5 == 0 and number % 7 == 0",
        0,
    ),
    "three_or_five": (
        "the numbers from 1 to n that are divisible by 3 or 5",
        "gives all numbers from 1 to n that 3 or 5 divides",
        "yield the multiples of 3 or 5 from 1 to <n>",
        ("three_or_five", "fizz_buzz_numbers", "multiples_3_5"),
        "",
        "number % 3 == 0 or number % 5 == 0",
        1,
    ),
    "divisors": (
        "the divisors of n in ascending order",
        "gives the divisors of a positive integer n, from 1 to n",
        "yield all divisors of <n> from small to large",
        ("divisors", "factor_generator", "all_divisors"),
        "",
        "n % number == 0",
        1,
    ),
    "primes": (
        "the prime numbers up to n",
        "gives all primes that are not larger than n",
        "yield the primes up to <n> in ascending order",
        ("primes_up_to", "prime_generator", "small_primes"),
        "",
        "all(number % divisor != 0 for divisor in range(2, number))",
        2,
    ),
    "palindromes": (
        "the numbers from 1 to n that read the same backwards",
        "gives all palindromic numbers up to n",
        "yield the numbers from 1 to <n> that are palindromes",
        ("palindromic_numbers", "palindromes_up_to", "mirror_numbers"),
        "",
        "str(number) == str(number)[::-1]",
        1,
    ),
}


@family(task=tuple(_UP_TO_N))
def generators_of_numbers_up_to_n(choose: Chooser, task: str) -> Exercise:
    """Yield the numbers up to n that satisfy a condition."""
    thing, does, also, names, steps, condition, start = _UP_TO_N[task]
    solutions = [
        f"""
        def solve(n):
            for number in range({start}, n + 1):
                if {condition}:
                    yield number
        """,
        f"""
        def solve(n):
            number = {start}
            while number <= n:
                if {condition}:
                    yield number
                number += 1
        """,
    ]
    if steps:
        solutions.append(
            f"""
        def solve(n):
            for number in {steps}:
                yield number
        """
        )
        solutions.append(
            f"""
        def solve(n):
            yield from {steps}
        """
        )
    limits = choose.sample(range(6, 40) if task != "divisible" else range(35, 250), 5)
    limits.append(choose.integer(70, 150) if task in ("divisible", "palindromes") else 1)
    asks: Sequence[str] = (
        "list(solve({}))",
        "list(solve({}))",
        "sum(solve({}))",
        "tuple(solve({}))",
    )
    if task in ("even", "divisors", "divisible"):
        asks = (*asks, "next(solve({}))")
    calls = [choose.one_of(asks).format(limit) for limit in limits]
    calls += [f"list(solve({limit}))" for limit in limits[:2]]
    return Exercise(
        texts=generator_texts(does, also, thing), names=names, solutions=solutions, calls=calls
    )


_FIRST_N = {
    "squares": (
        "the first n square numbers, from 1 on",
        "gives the squares of 1, 2, ..., n",
        "yield the squares of the numbers from 1 to <n>",
        ("squares", "square_generator", "first_squares"),
        "number ** 2",
    ),
    "cubes": (
        "the first n cube numbers, from 1 on",
        "gives the cubes of 1, 2, ..., n",
        "yield the cubes of the numbers from 1 to <n>",
        ("cubes", "cube_generator", "first_cubes"),
        "number ** 3",
    ),
    "triangular": (
        "the first n triangular numbers (1, 3, 6, 10, ...)",
        "gives the sums 1, 1 + 2, 1 + 2 + 3 and so on, n of them",
        "yield the first <n> triangular numbers",
        ("triangular_numbers", "triangle_generator", "triangulars"),
        "number * (number + 1) // 2",
    ),
    "powers": (
        "the powers of 2 from 2 to 2 to the power of n",
        "gives 2, 4, 8, ..., n numbers",
        "yield the first <n> powers of two, starting with 2",
        ("powers_of_two", "doubling", "two_powers"),
        "2 ** number",
    ),
    "alternating": (
        "1, -2, 3, -4, ... up to n or -n",
        "gives the numbers from 1 to n with alternating signs, the first one positive",
        "yield the numbers 1 to <n>, every second one negative",
        ("alternating_numbers", "alternating_signs", "plus_minus"),
        "number if number % 2 == 1 else -number",
    ),
    "fizzbuzz": (
        "the FizzBuzz words from 1 to n: 'Fizz' for multiples of 3, 'Buzz' for multiples of 5, "
        "'FizzBuzz' for both, and otherwise the number as text",
        "gives the FizzBuzz sequence of n strings",
        "yield the answers of FizzBuzz for 1 to <n> as strings",
        ("fizz_buzz", "fizzbuzz", "fizz_buzz_generator"),
        "",
    ),
}


@family(task=tuple(_FIRST_N))
def generators_of_n_terms(choose: Chooser, task: str) -> Exercise:
    """Yield n terms that a formula gives."""
    thing, does, also, names, expression = _FIRST_N[task]
    loop = f"""
        def solve(n):
            for number in range(1, n + 1):
                yield {expression}
        """
    if task == "fizzbuzz":
        loop = """
        def solve(n):
            for number in range(1, n + 1):
                if number % 15 == 0:
                    yield "FizzBuzz"
                elif number % 3 == 0:
                    yield "Fizz"
                elif number % 5 == 0:
                    yield "Buzz"
                else:
                    yield str(number)
        """
    solutions = [loop]
    if task == "fizzbuzz":
        solutions.append(
            """
        def solve(n):
            for number in range(1, n + 1):
                word = ""
                if number % 3 == 0:
                    word += "Fizz"
                if number % 5 == 0:
                    word += "Buzz"
                yield word or str(number)
        """
        )
    elif task == "triangular":
        solutions.append(
            """
        def solve(n):
            total = 0
            for number in range(1, n + 1):
                total += number
                yield total
        """
        )
    elif task == "powers":
        solutions.append(
            """
        def solve(n):
            power = 1
            for _ in range(n):
                power *= 2
                yield power
        """
        )
    else:
        solutions.append(
            f"""
        def solve(n):
            number = 1
            while number <= n:
                yield {expression}
                number += 1
        """
        )
    limits = [*choose.sample(range(2, 16), 5), 1]
    asks: Sequence[str] = ("list(solve({}))", "list(solve({}))", "tuple(solve({}))")
    if task != "fizzbuzz":
        asks = (*asks, "sum(solve({}))")
    return Exercise(
        texts=generator_texts(does, also, thing),
        names=names,
        solutions=solutions,
        calls=[choose.one_of(asks).format(limit) for limit in limits] + ["list(solve(0))"],
    )


_ENDLESS = {
    "naturals": (
        "the natural numbers 1, 2, 3, ... without end",
        "counts from 1 for ever",
        "yield 1, 2, 3 and so on without end",
        ("naturals", "count_up", "natural_numbers"),
        "number = 1",
        "yield number",
        "number += 1",
        "",
    ),
    "fibonacci": (
        "the Fibonacci numbers 0, 1, 1, 2, 3, ... without end",
        "gives the Fibonacci sequence, beginning with 0 and 1",
        "yield all Fibonacci numbers from 0 on",
        ("fibonacci", "fib_generator", "fibonacci_numbers"),
        "a, b = 0, 1",
        "yield a",
        "a, b = b, a + b",
        "",
    ),
    "powers": (
        "the powers of 2, from 1 on, without end",
        "gives 1, 2, 4, 8, ... for ever",
        "yield the powers of two, beginning with 1",
        ("powers_of_two", "doubling", "endless_powers"),
        "power = 1",
        "yield power",
        "power *= 2",
        "",
    ),
    "collatz": (
        "the Collatz sequence of n, including n and the final 1",
        "gives n and then the following numbers (half of an even number, 3n + 1 of an odd one) up "
        "to 1",
        "yield the numbers of the Collatz sequence from <n> to 1",
        ("collatz", "hailstone", "collatz_generator"),
        "",
        "",
        "",
        "n",
    ),
    "countdown": (
        "the numbers from n down to 1",
        "counts down from n to 1",
        "yield <n>, <n> - 1, ..., 1",
        ("countdown", "count_down", "backwards_from"),
        "",
        "",
        "",
        "n",
    ),
    "multiples": (
        "the multiples of n, from n on, without end",
        "gives n, 2n, 3n and so on for ever",
        "yield the multiples of <n>, beginning with <n> itself",
        ("multiples", "multiples_of", "times_table"),
        "number = n",
        "yield number",
        "number += n",
        "n",
    ),
    "lucas": (
        "the Lucas numbers 2, 1, 3, 4, 7, ... without end",
        "gives the Lucas sequence, beginning with 2 and 1",
        "yield all Lucas numbers from 2 on",
        ("lucas", "lucas_numbers", "lucas_generator"),
        "a, b = 2, 1",
        "yield a",
        "a, b = b, a + b",
        "",
    ),
    "primes": (
        "the prime numbers 2, 3, 5, ... without end",
        "gives one prime after another, for ever",
        "yield all prime numbers in ascending order",
        ("prime_stream", "endless_primes", "prime_numbers"),
        "",
        "",
        "",
        "",
    ),
}


@family(task=tuple(_ENDLESS))
def endless_generators(choose: Chooser, task: str) -> Exercise:
    """Yield a sequence that goes on for ever, or until it ends by itself."""
    thing, does, also, names, first, give, step, parameter = _ENDLESS[task]
    loop = f"""
        def solve({parameter}):
            {first}
            while True:
                {give}
                {step}
        """
    styles: dict[str, tuple[str, ...]] = {
        "naturals": (
            loop,
            """
            import itertools


            def solve():
                yield from itertools.count(1)
            """,
        ),
        "multiples": (
            loop,
            """
            import itertools


            def solve(n):
                for number in itertools.count(1):
                    yield number * n
            """,
        ),
        "collatz": (
            """
            def solve(n):
                while n != 1:
                    yield n
                    n = n // 2 if n % 2 == 0 else 3 * n + 1
                yield 1
            """,
            """
            def solve(n):
                yield n
                while n > 1:
                    if n % 2 == 0:
                        n //= 2
                    else:
                        n = 3 * n + 1
                    yield n
            """,
        ),
        "countdown": (
            """
            def solve(n):
                while n > 0:
                    yield n
                    n -= 1
            """,
            """
            def solve(n):
                yield from range(n, 0, -1)
            """,
            """
            def solve(n):
                for number in range(n, 0, -1):
                    yield number
            """,
        ),
        "primes": (
            """
            def solve():
                number = 2
                while True:
                    if all(number % divisor for divisor in range(2, number)):
                        yield number
                    number += 1
            """,
            """
            def solve():
                primes = []
                number = 2
                while True:
                    if all(number % prime != 0 for prime in primes):
                        primes.append(number)
                        yield number
                    number += 1
            """,
        ),
    }
    solutions = styles.get(task, (loop,))
    calls = []
    for k in choose.sample(range(2, 13), 5):
        if task in ("collatz", "countdown"):
            calls.append(f"list(solve({choose.integer(2, 12) if task == 'collatz' else k}))")
        else:
            argument = choose.integer(2, 12) if task == "multiples" else ""
            calls.append(
                choose.one_of(
                    (
                        f"g = solve({argument})\n[next(g) for _ in range({k})]",
                        f"from itertools import islice\nlist(islice(solve({argument}), {k}))",
                    )
                )
            )
    if task in ("collatz", "countdown"):
        calls += ["list(solve(1))", f"next(solve({choose.integer(3, 9)}))"]
    else:
        calls.append(f"next(solve({4 if task == 'multiples' else ''}))")
    return Exercise(
        texts=generator_texts(does, also, thing), names=names, solutions=solutions, calls=calls
    )
