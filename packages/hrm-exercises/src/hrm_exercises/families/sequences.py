"""Sequences that recurrences define: Fibonacci and its relatives, Collatz, progressions."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

# Name, first terms, next term, rule in words.
_RECURRENCES = {
    "fibonacci": ("Fibonacci", (0, 1), "terms[-1] + terms[-2]",
                  "starts with 0 and 1, and each further term is the sum of the two before it"),
    "lucas": ("Lucas", (2, 1), "terms[-1] + terms[-2]",
              "starts with 2 and 1, and each further term is the sum of the two before it"),
    "pell": ("Pell", (0, 1), "2 * terms[-1] + terms[-2]",
             "starts with 0 and 1; each further term is twice the previous term plus the one "
             "before that"),
    "jacobsthal": ("Jacobsthal", (0, 1), "terms[-1] + 2 * terms[-2]",
                   "starts with 0 and 1; each further term is the previous term plus twice the "
                   "one before that"),
    "tribonacci": ("tribonacci", (0, 0, 1), "terms[-1] + terms[-2] + terms[-3]",
                   "starts with 0, 0, 1, and each further term is the sum of the three before it"),
    "padovan": ("Padovan", (1, 1, 1), "terms[-2] + terms[-3]",
                "starts with 1, 1, 1, and P(n) = P(n - 2) + P(n - 3)"),
    "perrin": ("Perrin", (3, 0, 2), "terms[-2] + terms[-3]",
               "starts with 3, 0, 2, and P(n) = P(n - 2) + P(n - 3)"),
    "narayana": ("Narayana's cows", (1, 1, 1), "terms[-1] + terms[-3]",
                 "starts with 1, 1, 1, and each further term is the previous one plus the one "
                 "three places back"),
}  # fmt: skip

_TERMS = """
def solve(n):
    terms = {start}
    while len(terms) < {length}:
        terms.append({step})
    return {result}
"""

_PAIR_LOOP = """
def solve(n):
    first, second = {a}, {b}
    for _ in range(n):
        first, second = second, {step}
    return first
"""

_RECURSION = """
def solve(n):
    if n < {num}:
        return {start}[n]
    return {step}
"""

_MEMO = """
from functools import lru_cache

@lru_cache(maxsize=None)
def solve(n):
    if n < {num}:
        return {start}[n]
    return {step}
"""


def _recursive_step(step: str) -> str:
    for back in (1, 2, 3):
        step = step.replace(f"terms[-{back}]", f"solve(n - {back})")
    return step


@family(sequence=tuple(_RECURRENCES), ask=("nth", "list", "sum"))
def fibonacci_like_sequence(choose: Chooser, sequence: str, ask: str) -> Exercise:
    """Find terms of the Fibonacci sequence or a relative."""
    name, start, step, rule = _RECURRENCES[sequence]
    num = len(start)
    code = str(list(start))
    synonyms = {"terms": ("seq", "sequence", "values", "fib"), "second": ("b", "y", "next_")}
    if ask == "nth":
        zeroth = f"term number 0 is {start[0]}"
        solutions = [
            _TERMS.format(start=code, length="n + 1", step=step, result="terms[n]"),
            _RECURSION.format(num=num, start=code, step=_recursive_step(step)),
            _MEMO.format(num=num, start=code, step=_recursive_step(step)),
        ]
        if num == 2:
            pair = step.replace("terms[-1]", "second").replace("terms[-2]", "first")
            solutions.append(_PAIR_LOOP.format(a=start[0], b=start[1], step=pair))
        return Exercise(
            texts=(
                f"find the <n>-th term of the {name} sequence ({zeroth})",
                f"find the {name} number at index n",
                f"The {name} sequence {rule}. Return the term with index n, where {zeroth}.",
                f"compute the {name} number of index <n>, counting from 0",
            ),
            names=(f"nth_{sequence}", sequence, f"{sequence}_number", f"find_{sequence}"),
            solutions=solutions,
            arguments=[(n,) for n in choose.sample(range(2, 12), 4)] + [(0,), (1,)],
            synonyms=synonyms,
        )
    sums = ask == "sum"
    result = "sum(terms[:n])" if sums else "terms[:n]"
    extend = step.replace("terms[-1]", "second").replace("terms[-2]", "first")
    solutions = [_TERMS.format(start=code, length="n", step=step, result=result)]
    if num == 2:
        begin, add = ("0", "result += first") if sums else ("[]", "result.append(first)")
        solutions.append(
            f"def solve(n):\n    first, second = {start[0]}, {start[1]}\n    result = {begin}\n"
            f"    for _ in range(n):\n        {add}\n"
            f"        first, second = second, {extend}\n    return result"
        )
    does = "find the sum of" if sums else "list"
    return Exercise(
        texts=(
            f"{does} the first <n> terms of the {name} sequence",
            f"{does} the first n {name} numbers, beginning with {', '.join(map(str, start))}",
            f"The {name} sequence {rule}. Given n, return "
            f"{'the sum of its' if sums else 'a list of its'} first n terms.",
            f"{'add up' if sums else 'generate'} the first <n> {name} numbers",
        ),
        names=(
            f"{'sum_of' if sums else 'list_of'}_{sequence}",
            f"{sequence}_{'sum' if sums else 'list'}",
            f"first_{sequence}_{'sum' if sums else 'numbers'}",
        ),
        solutions=solutions,
        arguments=[(n,) for n in choose.sample(range(2, 16), 5)] + [(1,)],
        synonyms=synonyms,
    )


_FIBONACCI = {
    "check": (
        ("check whether a number is a Fibonacci number",
         "check if the given non-negative integer occurs in the Fibonacci sequence 0, 1, 1, 2, 3",
         "Return True if a number belongs to the Fibonacci sequence, else False."),
        """
        def solve(number):
            first, second = 0, 1
            while first < number:
                first, second = second, first + second
            return first == number
        """,
        """
        import math

        def solve(number):
            def is_square(value):
                return math.isqrt(value) ** 2 == value

            return is_square(5 * number ** 2 + 4) or is_square(5 * number ** 2 - 4)
        """,
    ),
    "up_to": (
        ("list all Fibonacci numbers that are not greater than <number>, beginning 0, 1, 1",
         "generate the Fibonacci sequence 0, 1, 1, 2, ... up to a limit, which is included",
         "Given a limit, return the list of the Fibonacci numbers that don't exceed it (0, 1, 1, "
         "2, 3, ...)."),
        """
        def solve(number):
            first, second = 0, 1
            result = []
            while first <= number:
                result.append(first)
                first, second = second, first + second
            return result
        """,
        """
        def solve(number):
            result = [0, 1]
            while result[-1] <= number:
                result.append(result[-1] + result[-2])
            return [value for value in result if value <= number]
        """,
    ),
    "even_sum": (
        ("find the sum of the even Fibonacci numbers that are not greater than <number>",
         "add up all even terms of the Fibonacci sequence up to a limit",
         "Given a limit, sum the Fibonacci numbers that are even and do not exceed the limit."),
        """
        def solve(number):
            first, second = 0, 1
            total = 0
            while first <= number:
                if first % 2 == 0:
                    total += first
                first, second = second, first + second
            return total
        """,
        """
        def solve(number):
            terms = [0, 1]
            while terms[-1] <= number:
                terms.append(terms[-1] + terms[-2])
            return sum(term for term in terms if term % 2 == 0 and term <= number)
        """,
    ),
    "next": (
        ("find the smallest Fibonacci number that is greater than <number>",
         "return the next Fibonacci number after a given non-negative integer",
         "Given a number, what is the first term of the Fibonacci sequence that exceeds it?"),
        """
        def solve(number):
            first, second = 0, 1
            while first <= number:
                first, second = second, first + second
            return first
        """,
        """
        def solve(number):
            terms = [0, 1]
            while terms[-1] <= number:
                terms.append(terms[-1] + terms[-2])
            return terms[-1]
        """,
    ),
    "last_digit": (
        ("find the last digit of the <number>-th Fibonacci number, where numbers 0 and 1 are 0 and "
         "1",
         "return the ones digit of the Fibonacci number with a given index (the 0th is 0)",
         "Given an index, return the last digit of that Fibonacci number; index 0 gives 0 and "
         "index 1 gives 1."),
        """
        def solve(number):
            first, second = 0, 1
            for _ in range(number):
                first, second = second, (first + second) % 10
            return first
        """,
        """
        def solve(number):
            terms = [0, 1]
            for index in range(2, number + 1):
                terms.append(terms[index - 1] + terms[index - 2])
            return terms[number] % 10
        """,
    ),
    "first_with_digits": (
        ("find the index of the first Fibonacci number with <number> digits (index 0 is 0, index "
         "1 is 1)",
         "return the smallest index, from 1, of a Fibonacci number that has a given number of "
         "digits",
         "Given a positive count of digits, at which index (F(1) = F(2) = 1) does the first "
         "Fibonacci number of that length stand?"),
        """
        def solve(number):
            first, second = 1, 1
            index = 1
            while len(str(first)) < number:
                first, second = second, first + second
                index += 1
            return index
        """,
        """
        def solve(number):
            terms = [0, 1]
            while terms[-1] < 10 ** (number - 1):
                terms.append(terms[-1] + terms[-2])
            return len(terms) - 1
        """,
    ),
}  # fmt: skip


_MORE_QUESTIONS_ABOUT_FIBONACCI_NUMBERS = {
    "check": "Is the number a Fibonacci number? Return True or False.",
    "up_to": "list Fibonacci numbers up to a limit (0, 1, 1, 2, ...)",
    "even_sum": "find sum of even Fibonacci numbers up to a limit",
    "next": "Next Fibonacci number: find the first one above a number.",
    "last_digit": (
        "What is the last digit of a Fibonacci number? Given is its index (index 0 is 0)."
    ),
    "first_with_digits": (
        "Which Fibonacci number, by its index, is the first with so many digits? F(1) and "
        "F(2) are 1."
    ),
}


@family(ask=tuple(_FIBONACCI))
def questions_about_fibonacci_numbers(choose: Chooser, ask: str) -> Exercise:
    """Check, list up to a limit, or add up some Fibonacci numbers."""
    texts, one, other = _FIBONACCI[ask]
    if ask == "check":
        numbers = choose.sample((0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144), 3)
        numbers += [choose.integer(4, 200) for _ in range(3)]
    elif ask == "first_with_digits":
        numbers = choose.sample(range(1, 12), 5)
    elif ask == "last_digit":
        numbers = [*choose.sample(range(2, 40), 5), 0]
    else:
        numbers = [choose.integer(2, 10 ** choose.integer(1, 3)) for _ in range(5)]
        numbers += [choose.one_of((3, 8, 13, 34)), 1]
    return Exercise(
        texts=(*texts, _MORE_QUESTIONS_ABOUT_FIBONACCI_NUMBERS[ask]),
        names={
            "check": ("is_fibonacci", "check_fibonacci", "fibonacci_check"),
            "up_to": ("fibonacci_up_to", "list_fibonacci", "fibonacci_below"),
            "even_sum": ("even_fibonacci_sum", "sum_even_fibonacci", "sum_of_even_terms"),
            "next": ("next_fibonacci", "smallest_fibonacci_above", "following_fibonacci"),
            "last_digit": ("fibonacci_last_digit", "last_digit", "last_digit_of_fibonacci"),
            "first_with_digits": ("first_with_digits", "fibonacci_index", "index_by_length"),
        }[ask],
        solutions=(one, other),
        arguments=[(number,) for number in numbers],
        synonyms={"terms": ("seq", "sequence", "fib"), "term": ("t", "x", "value")},
    )


@family(ask=("any_start", "any_rule", "words"))
def own_fibonacci_sequence(choose: Chooser, ask: str) -> Exercise:
    """Continue a sequence with two terms of one's own."""
    texts, names, solutions = _OWN_START[ask]
    if ask == "any_start":
        arguments: list[tuple[object, ...]] = [
            (choose.integer(-3, 9), choose.integer(1, 9), n) for n in choose.sample(range(1, 10), 5)
        ]
    elif ask == "any_rule":
        arguments = [
            (choose.integer(0, 9), choose.integer(2, 4), choose.integer(-5, 5), n)
            for n in choose.sample(range(1, 7), 5)
        ]
    else:
        arguments = [(*choose.sample("abxyz01", 2), n) for n in choose.sample(range(7), 5)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "first": ("a", "x", "start", "f1"),
            "second": ("b", "y", "f2"),
            "start": ("first_term", "a0", "x0"),
            "factor": ("a", "m", "times"),
            "step": ("b", "c", "plus"),
        },
    )


_OWN_START = {
    "any_start": (
        (
            "list <n> terms of a sequence that begins with <first> and <second>, where each "
            "further term is the sum of the two before it",
            "make a Fibonacci-like list of a given length from its first two numbers",
            "Given two starting numbers and n, return the first n terms of the sequence in which "
            "every term after the second is the sum of the previous two.",
        ),
        ("fibonacci_from", "own_fibonacci", "additive_sequence"),
        (
            """
            def solve(first, second, n):
                result = []
                for _ in range(n):
                    result.append(first)
                    first, second = second, first + second
                return result
            """,
            """
            def solve(first, second, n):
                result = [first, second]
                while len(result) < n:
                    result.append(result[-1] + result[-2])
                return result[:n]
            """,
        ),
    ),
    "any_rule": (
        (
            "list <n> terms of the sequence that begins with <start> and in which each term is "
            "<factor> times the previous one plus <step>",
            "Given a first term, a factor, a summand and n, return the first n terms of the "
            "sequence where x becomes factor * x + summand.",
            "make a list of length <n>: begin with <start>, then multiply by <factor> and add "
            "<step> again and again",
        ),
        ("linear_recurrence", "iterate_rule", "sequence_by_rule"),
        (
            """
            def solve(start, factor, step, n):
                result = [start]
                while len(result) < n:
                    result.append(factor * result[-1] + step)
                return result
            """,
            """
            def solve(start, factor, step, n):
                result = []
                value = start
                for _ in range(n):
                    result.append(value)
                    value = factor * value + step
                return result
            """,
        ),
    ),
    "words": (
        (
            "find the <n>-th string of the sequence that begins with the strings <first> and "
            "<second>, where each further string is the one before it followed by the one before "
            "that (index 0 is the first)",
            "Two strings start a sequence; every later string is the previous string joined with "
            "the one before it. Return the string with index n, counting from 0.",
            "build Fibonacci words from two given letters and return word number <n>, counted from "
            "0: each word is the previous word plus the word before it",
        ),
        ("fibonacci_word", "nth_fibonacci_string", "word_sequence"),
        (
            """
            def solve(first, second, n):
                for _ in range(n):
                    first, second = second, second + first
                return first
            """,
            """
            def solve(first, second, n):
                if n == 0:
                    return first
                if n == 1:
                    return second
                return solve(first, second, n - 1) + solve(first, second, n - 2)
            """,
        ),
    ),
}

_COLLATZ = {
    "steps": (
        ("count the steps of the Collatz sequence from <number> to 1",
         "Halve a number if it is even, else triple it and add 1, until it is 1. Return how many "
         "steps that takes.",
         "find how many times the rule n -> n / 2 (even) or 3 n + 1 (odd) must be applied to reach "
         "1"),
        """
        def solve(number):
            count = 0
            while number != 1:
                number = number // 2 if number % 2 == 0 else 3 * number + 1
                count += 1
            return count
        """,
        """
        def solve(number):
            if number == 1:
                return 0
            if number % 2 == 0:
                return 1 + solve(number // 2)
            return 1 + solve(3 * number + 1)
        """,
    ),
    "list": (
        ("list the Collatz sequence from <number> to 1",
         "generate the hailstone sequence of a positive integer as a list that ends with 1",
         "Start with a number; halve it if it is even, else triple it and add 1, until you get 1. "
         "Return all numbers on the way, both ends included."),
        """
        def solve(number):
            result = [number]
            while number != 1:
                if number % 2 == 0:
                    number //= 2
                else:
                    number = 3 * number + 1
                result.append(number)
            return result
        """,
        """
        def solve(number):
            if number == 1:
                return [1]
            following = number // 2 if number % 2 == 0 else 3 * number + 1
            return [number] + solve(following)
        """,
    ),
    "max": (
        ("find the largest number in the Collatz sequence that starts with <number>",
         "return the highest value that the hailstone sequence of a number reaches",
         "Halve a number if it is even, else triple it and add 1, until it is 1. Return the "
         "largest number seen, the first one included."),
        """
        def solve(number):
            best = number
            while number != 1:
                number = number // 2 if number % 2 == 0 else 3 * number + 1
                best = max(best, number)
            return best
        """,
        """
        def solve(number):
            result = [number]
            while result[-1] != 1:
                last = result[-1]
                result.append(last // 2 if last % 2 == 0 else 3 * last + 1)
            return max(result)
        """,
    ),
    "halvings": (
        ("count how often a number must be halved (rounding down) until it is 0",
         "find how many integer divisions by 2 turn a positive integer into 0",
         "Given a positive integer, divide it by 2, dropping remainders, until 0 is left; return "
         "the number of divisions."),
        """
        def solve(number):
            count = 0
            while number > 0:
                number //= 2
                count += 1
            return count
        """,
        """
        def solve(number):
            return number.bit_length()
        """,
    ),
    "to_zero": (
        ("count the steps to reduce a number to 0, where an even number is halved and an odd one "
         "is decreased by 1",
         "Subtract 1 from a number if it is odd, else divide it by 2, until it is 0. How many "
         "steps are needed?",
         "find the number of steps until <number> is 0 if each step halves an even number or takes "
         "1 off an odd one"),
        """
        def solve(number):
            count = 0
            while number > 0:
                if number % 2 == 0:
                    number //= 2
                else:
                    number -= 1
                count += 1
            return count
        """,
        """
        def solve(number):
            if number == 0:
                return 0
            return 1 + solve(number - 1 if number % 2 else number // 2)
        """,
    ),
}  # fmt: skip


_MORE_HALVE_OR_CHANGE_UNTIL_DONE = {
    "steps": (
        "How long is the way from <number> to 1 in the Collatz sequence? Return the number of "
        "steps."
    ),
    "list": "list Collatz sequence of a number, from the number to 1",
    "max": "How high does the Collatz sequence of a number get?",
    "halvings": "How often can I halve a number, dropping fractions, until nothing is left?",
    "to_zero": (
        "I halve even numbers and subtract 1 from odd ones. After how many steps is my number 0?"
    ),
}


@family(ask=tuple(_COLLATZ))
def halve_or_change_until_done(choose: Chooser, ask: str) -> Exercise:
    """Follow the Collatz sequence, or halve a number until it ends."""
    texts, one, other = _COLLATZ[ask]
    high = 14 if ask == "list" else 60
    return Exercise(
        texts=(*texts, _MORE_HALVE_OR_CHANGE_UNTIL_DONE[ask]),
        names={
            "steps": ("collatz_steps", "collatz_length", "steps_to_one"),
            "list": ("collatz_sequence", "hailstone_sequence", "collatz"),
            "max": ("collatz_max", "highest_hailstone", "max_of_collatz"),
            "halvings": ("count_halvings", "halve_until_zero", "times_halved"),
            "to_zero": ("steps_to_zero", "reduce_to_zero", "count_steps"),
        }[ask],
        solutions=(one, other),
        arguments=[(n,) for n in choose.sample(range(2, high + 1), 4)]
        + [(1,), (choose.one_of((8, 16)),)],
    )
