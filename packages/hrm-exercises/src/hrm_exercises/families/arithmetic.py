"""Arithmetic with a few numbers: operations, comparisons, parity, sign, rounding, averages."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_TWO = {
    "first": ("a", "x", "num1", "n1", "one"),
    "second": ("b", "y", "num2", "n2", "other"),
    "third": ("c", "z", "num3", "n3"),
}


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


def _branches(parameters: str, condition: str, yes: str, no: str) -> str:
    return f"def solve({parameters}):\n    if {condition}:\n        return {yes}\n    return {no}"


def _pairs(choose: Chooser, low: int, high: int, num: int = 6) -> list[tuple[int, int]]:
    return [(choose.integer(low, high), choose.integer(low, high)) for _ in range(num)]


_OPERATIONS = {
    "sum": ("the sum of two numbers", "add two numbers", "first + second"),
    "difference": (
        "the difference of two numbers",
        "subtract the second of two numbers from the first",
        "first - second",
    ),
    "product": ("the product of two numbers", "multiply two numbers", "first * second"),
    "distance": (
        "the absolute difference of two numbers",
        "calculate how far apart two numbers are on the number line",
        "abs(first - second)",
    ),
    "sum_of_squares": (
        "the sum of the squares of two numbers",
        "square two numbers and add the squares",
        "first ** 2 + second ** 2",
    ),
    "square_of_sum": (
        "the square of the sum of two numbers",
        "add two numbers and square the result",
        "(first + second) ** 2",
    ),
    "difference_of_squares": (
        "the difference of the squares of two numbers",
        "subtract the square of the second number from the square of the first",
        "first ** 2 - second ** 2",
    ),
    "sum_times_difference": (
        "the sum of two numbers multiplied by their difference (first minus second)",
        "multiply the sum of two numbers by their difference, the first minus the second",
        "(first + second) * (first - second)",
    ),
    "larger_minus_smaller": (
        "the larger of two numbers minus the smaller",
        "subtract the smaller of two numbers from the larger one",
        "max(first, second) - min(first, second)",
    ),
    "twice_first_plus_second": (
        "twice the first number plus the second",
        "double the first of two numbers and add the second",
        "2 * first + second",
    ),
}


@family(operation=tuple(_OPERATIONS))
def operation_on_two_numbers(choose: Chooser, operation: str) -> Exercise:
    """Add, subtract, multiply or combine two numbers."""
    what, does, expression = _OPERATIONS[operation]
    return Exercise(
        texts=(
            f"find {what}",
            does,
            f"Given two integers, return {what.replace('two numbers', 'these numbers')}.",
            f"return {what}",
            f"{does}{',' if ',' in does else ''} and return the result",
        ),
        names=(operation, f"get_{operation}", f"compute_{operation}", f"calc_{operation}"),
        solutions=(
            _returns("first, second", expression),
            f"def solve(first, second):\n    result = {expression}\n    return result",
        ),
        arguments=_pairs(choose, -50, 100),
        synonyms=_TWO,
    )


@family(division=("none", "text"))
def calculator(choose: Chooser, division: str) -> Exercise:
    """Apply an operator that is given as text."""
    error = {"none": "None", "text": "'Error'"}[division]
    one = f"""
        def solve(first, sign, second):
            if sign == '+':
                return first + second
            if sign == '-':
                return first - second
            if sign == '*':
                return first * second
            if sign == '/':
                if second == 0:
                    return {error}
                return first / second
            return {error}
        """
    other = f"""
        import operator

        def solve(first, sign, second):
            operations = {{
                '+': operator.add,
                '-': operator.sub,
                '*': operator.mul,
                '/': operator.truediv,
            }}
            if sign not in operations or (sign == '/' and second == 0):
                return {error}
            return operations[sign](first, second)
        """
    arguments = [(choose.integer(-20, 99), operator, choose.integer(1, 30)) for operator in "+-*+-"]
    second = choose.one_of((2, 4, 5, 8))
    arguments += [(second * choose.integer(1, 20), "/", second), (choose.integer(1, 9), "/", 0)]
    return Exercise(
        texts=(
            f"apply one of the operators '+', '-', '*', '/' to two numbers; return {error} for "
            f"division by zero and for unknown operators",
            f"make a simple calculator that takes a number, an operator as a string, and another "
            f"number (dividing by zero or an unknown operator gives {error})",
            f"Given two numbers with an operator between them, return the result of the operation, "
            f"or {error} when it can't be computed.",
        ),
        names=("calculate", "calculator", "apply_operator", "simple_calculator"),
        solutions=(one, other),
        arguments=arguments,
        synonyms={**_TWO, "sign": ("op", "operation", "symbol")},
    )


_THREE = {
    "max": ("largest", "max(first, second, third)", "greatest of three numbers"),
    "min": ("smallest", "min(first, second, third)", "minimum of three values"),
    "middle": ("middle", "sorted([first, second, third])[1]", "median of three numbers"),
}


@family(which=tuple(_THREE))
def one_of_three_numbers(choose: Chooser, which: str) -> Exercise:
    """Find the largest, smallest or middle one of three numbers."""
    word, expression, terse = _THREE[which]
    other = {
        "max": """
            def solve(first, second, third):
                if first >= second and first >= third:
                    return first
                if second >= third:
                    return second
                return third
            """,
        "min": """
            def solve(first, second, third):
                best = first
                if second < best:
                    best = second
                if third < best:
                    best = third
                return best
            """,
        "middle": """
            def solve(first, second, third):
                total = first + second + third
                return total - min(first, second, third) - max(first, second, third)
            """,
    }[which]
    arguments = [tuple(choose.integers(3, -30, 60)) for _ in range(5)]
    same = choose.integer(-9, 9)
    return Exercise(
        texts=(
            f"find the {word} of three numbers",
            f"return the {word} one of three given integers",
            f"Given three numbers, return the {word} one.",
            f"find {terse}",
        ),
        names=(f"{which}_of_three", f"{word}_of_three", f"find_{word}"),
        solutions=(_returns("first, second, third", expression), other),
        arguments=[*arguments, (same, same, choose.integer(-9, 9))],
        synonyms=_TWO,
    )


_COMPARISONS = {
    "all_equal": ("check whether three numbers are all equal", "first == second == third"),
    "any_equal": (
        "check whether at least two of three numbers are equal",
        "first == second or second == third or first == third",
    ),
    "increasing": (
        "check whether three numbers are given in strictly increasing order",
        "first < second < third",
    ),
    "sum_of_two": (
        "check whether one of three numbers is the sum of the other two",
        "first + second == third or first + third == second or second + third == first",
    ),
    "evenly_spaced": (
        "check whether three numbers are evenly spaced once they are sorted",
        "sum(sorted([first, second, third])[::2]) == 2 * sorted([first, second, third])[1]",
    ),
}


@family(ask=tuple(_COMPARISONS))
def relation_of_three_numbers(choose: Chooser, ask: str) -> Exercise:
    """Check a relation of three numbers."""
    what, condition = _COMPARISONS[ask]
    rest = what.removeprefix("check whether ")
    a, b = choose.integer(-9, 20), choose.integer(1, 9)
    true = {
        "all_equal": (a, a, a),
        "any_equal": (a, b + 30, a),
        "increasing": (a, a + b, a + 3 * b),
        "sum_of_two": (a, a + b, b),
        "evenly_spaced": (a + b, a, a + 2 * b),
    }[ask]
    more = tuple(value + 7 for value in true) if ask != "sum_of_two" else (5, b, 5 + b)
    return Exercise(
        texts=(
            what,
            f"check if {rest}",
            f"Return True if {rest}, else False.",
            f"Given three integers, tell whether {rest.replace('three numbers', 'they')}."
            if ask in ("all_equal", "increasing")
            else f"find out whether {rest}",
        ),
        names=(f"is_{ask}", f"check_{ask}", ask, f"are_{ask}"),
        solutions=(
            _returns("first, second, third", condition),
            _branches("first, second, third", condition, "True", "False"),
        ),
        arguments=[true, more, (0, 0, 0)] + [tuple(choose.integers(3, -9, 30)) for _ in range(4)],
        synonyms=_TWO,
    )


_ANSWERS = {
    "bool": ("return True if {}, else False", "True", "False"),
    "yes_no": ("return 'Yes' if {}, otherwise 'No'", "'Yes'", "'No'"),
}


@family(kind=("even", "odd"), answer=("bool", "yes_no"))
def parity_of_number(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Check whether a number is even or odd."""
    says, yes, no = _ANSWERS[answer]
    rest = {"even": 0, "odd": 1}[kind]
    condition = f"number % 2 == {rest}"
    bits = "not number & 1" if kind == "even" else "number & 1"
    is_bool = answer == "bool"
    return Exercise(
        texts=(
            f"check whether a number is {kind}" if is_bool else says.format(f"a number is {kind}"),
            f"check if the given number is {kind} or not"
            + ("" if is_bool else " and answer 'Yes' or 'No'"),
            f"Given an integer, {says.format(f'it is {kind}')}.",
            says.format(f"an integer is {kind}"),
        ),
        names=(f"is_{kind}", f"check_{kind}", f"{kind}_number"),
        solutions=(
            _returns("number", condition)
            if is_bool
            else _returns("number", f"{yes} if {condition} else {no}"),
            _branches("number", condition, yes, no),
            _branches("number", bits, yes, no),
        ),
        arguments=[(choose.integer(-50, 1000),) for _ in range(5)]
        + [(0,), (2 * choose.integer(1, 99),), (2 * choose.integer(1, 99) + 1,)],
    )


_MORE_PARITY_TASKS = {
    "name": "Is the number even or odd? Return that word.",
    "pair": "Are both numbers even? Return True or False.",
    "product": "Is the product of both numbers even? Return True or False.",
    "sum": "Is the sum of both numbers odd? Return True or False.",
    "next_even": "Next even number: find the smallest one above a given number.",
    "next_odd": "Next odd number: find the smallest one above a given number.",
    "same_parity": "check whether two numbers have the same parity or not",
}


@family(ask=("name", "pair", "product", "sum", "next_even", "next_odd", "same_parity"))
def parity_tasks(choose: Chooser, ask: str) -> Exercise:
    """Name the parity, or find the next number of a parity."""
    texts, solutions = _PARITY[ask]
    two = "first" in solutions[0]
    return Exercise(
        texts=(*texts, _MORE_PARITY_TASKS[ask]),
        names={
            "name": ("even_or_odd", "parity", "parity_name"),
            "pair": ("both_even", "are_both_even", "check_both_even"),
            "product": ("is_product_even", "product_even", "check_product"),
            "sum": ("is_sum_odd", "sum_odd", "odd_sum"),
            "next_even": ("next_even", "following_even", "smallest_even_above"),
            "next_odd": ("next_odd", "following_odd", "smallest_odd_above"),
            "same_parity": ("same_parity", "have_same_parity", "parity_match"),
        }[ask],
        solutions=solutions,
        arguments=[*_pairs(choose, -20, 99, 4), (4, 2 * choose.integer(1, 30)), (3, 6), (7, 5)]
        if two
        else [(choose.integer(-20, 500),) for _ in range(4)] + [(0,), (7,), (8,)],
        synonyms=_TWO,
    )


_PARITY = {
    "name": (
        (
            "return 'even' or 'odd' for a given integer",
            "tell whether a number is even or odd, as one of the texts 'even' and 'odd'",
            "Given a number, return the word that describes its parity: 'even' or 'odd'.",
            "find the parity of a number",
        ),
        (
            _returns("number", "'even' if number % 2 == 0 else 'odd'"),
            _branches("number", "number % 2", "'odd'", "'even'"),
            _returns("number", "['even', 'odd'][number % 2]"),
        ),
    ),
    "pair": (
        (
            "check whether two numbers are both even",
            "Return True if both given integers are even, else False.",
            "check if both of two integers can be divided by 2",
        ),
        (
            _returns("first, second", "first % 2 == 0 and second % 2 == 0"),
            _branches("first, second", "first % 2 or second % 2", "False", "True"),
        ),
    ),
    "product": (
        (
            "check whether the product of two numbers is even",
            "Return True if the product of two integers is even, else False.",
            "find out whether two numbers have an even product",
        ),
        (
            _returns("first, second", "first * second % 2 == 0"),
            _returns("first, second", "first % 2 == 0 or second % 2 == 0"),
        ),
    ),
    "sum": (
        (
            "check whether the sum of two numbers is odd",
            "Return True when two integers add up to an odd number, else False.",
            "check if two numbers have an odd sum",
        ),
        (
            _returns("first, second", "(first + second) % 2 == 1"),
            _returns("first, second", "first % 2 != second % 2"),
        ),
    ),
    "next_even": (
        (
            "find the smallest even number that is greater than a given number",
            "return the next even number after an integer",
            "Given an integer, what is the next larger even number?",
        ),
        (
            _returns("number", "number + 2 - number % 2"),
            _branches("number", "number % 2 == 0", "number + 2", "number + 1"),
        ),
    ),
    "next_odd": (
        (
            "find the smallest odd number that is greater than a given number",
            "return the next odd number after an integer",
            "Given an integer, what is the next larger odd number?",
        ),
        (
            _returns("number", "number + 1 + number % 2"),
            _branches("number", "number % 2 == 0", "number + 1", "number + 2"),
        ),
    ),
    "same_parity": (
        (
            "check whether two numbers are both even or both odd",
            "check if two integers have the same parity",
            "Return True if two given numbers have equal parity, else False.",
        ),
        (
            _returns("first, second", "first % 2 == second % 2"),
            _returns("first, second", "(first - second) % 2 == 0"),
        ),
    ),
}

_DIVISIBLE = {
    "by_k": ("a number is divisible by another", "number, k", "number % k == 0"),
    "by_both": ("a number is divisible by both of two others", "number, k, m",
                "number % k == 0 and number % m == 0"),
    "by_either": ("a number is divisible by at least one of two others", "number, k, m",
                  "number % k == 0 or number % m == 0"),
    "by_exactly_one": ("a number is divisible by exactly one of two others", "number, k, m",
                       "(number % k == 0) != (number % m == 0)"),
    "by_neither": ("a number is divisible by neither of two others", "number, k, m",
                   "number % k != 0 and number % m != 0"),
}  # fmt: skip


@family(how=tuple(_DIVISIBLE))
def divisibility_check(choose: Chooser, how: str) -> Exercise:
    """Check whether a number is divisible by one or two others."""
    what, parameters, condition = _DIVISIBLE[how]
    named = what.replace("a number", "<number>", 1)
    named = named.replace("both of two others", "both <k> and <m>")
    named = named.replace("of two others", "of <k> and <m>").replace("another", "<k>")
    arguments: list[tuple[int, ...]] = []
    for i in range(8):
        k, m = choose.integer(2, 6), choose.integer(7, 12)
        number = choose.integer(1, 99) * (k, m, k * m, k * m)[i % 4] + (i == 3)
        arguments.append((number, k) if how == "by_k" else (number, k, m))
    return Exercise(
        texts=(
            f"check whether {what}",
            f"check if {named}",
            f"Return True if {named}, else False.",
            f"find out whether {what} or not" if how == "by_k" else f"test whether {what}",
        ),
        names=(f"divisible_{how}", f"is_divisible_{how}", f"check_divisible_{how}"),
        solutions=(
            _returns(parameters, condition),
            _branches(parameters, condition, "True", "False"),
        ),
        arguments=arguments,
        synonyms={"k": ("d", "divisor", "m1", "a"), "m": ("e", "b", "divisor2", "other")},
    )


_SIGNS = {
    "sign_value": (
        (
            "return 1 for a positive number, -1 for a negative number and 0 for zero",
            "find the sign of a number as 1, 0 or -1",
            "Given a number, return its sign: -1, 0 or 1.",
        ),
        (
            """
            def solve(number):
                if number > 0:
                    return 1
                if number < 0:
                    return -1
                return 0
            """,
            _returns("number", "(number > 0) - (number < 0)"),
        ),
    ),
    "sign_name": (
        (
            "return 'positive', 'negative' or 'zero' for a number",
            "check whether a number is positive, negative or zero and return that word",
            "Given a number, say in one word what its sign is: 'positive', 'negative' or 'zero'.",
        ),
        (
            """
            def solve(number):
                if number > 0:
                    return 'positive'
                elif number < 0:
                    return 'negative'
                else:
                    return 'zero'
            """,
            """
            def solve(number):
                if number == 0:
                    return 'zero'
                return 'positive' if number > 0 else 'negative'
            """,
        ),
    ),
    "opposite_signs": (
        (
            "check whether two nonzero numbers have opposite signs",
            "check if two integers (neither is zero) have different signs",
            "Return True if one of two nonzero numbers is positive and the other negative.",
        ),
        (
            _returns("first, second", "first * second < 0"),
            _returns("first, second", "(first < 0) != (second < 0)"),
            _returns("first, second", "first ^ second < 0"),
        ),
    ),
    "same_sign": (
        (
            "check whether two nonzero numbers have the same sign",
            "check if two nonzero integers are both positive or both negative",
            "Return True if two given numbers (neither is zero) have equal signs, else False.",
        ),
        (
            _returns("first, second", "first * second > 0"),
            _returns("first, second", "(first < 0) == (second < 0)"),
        ),
    ),
    "absolute": (
        (
            "find the absolute value of a number without using abs",
            "return a number without its sign",
            "Given an integer, return its absolute value.",
        ),
        (
            _returns("number", "-number if number < 0 else number"),
            _branches("number", "number < 0", "-number", "number"),
            _returns("number", "max(number, -number)"),
        ),
    ),
}


_MORE_SIGN_OF_NUMBERS = {
    "sign_value": "I have a number. Return 1 if it is above zero, -1 if it is below zero, else 0.",
    "sign_name": "Is a number 'positive', 'negative' or 'zero'? Return the right word.",
    "opposite_signs": (
        "Do two numbers, neither of them 0, have opposite signs? Return True or False."
    ),
    "same_sign": "Do two numbers, neither of them 0, have the same sign? Return True or False.",
    "absolute": "find absolute value of a number",
}


@family(ask=tuple(_SIGNS))
def sign_of_numbers(choose: Chooser, ask: str) -> Exercise:
    """Find or compare the signs of numbers."""
    texts, solutions = _SIGNS[ask]
    if ask in ("opposite_signs", "same_sign"):
        a, b = choose.integer(1, 50), choose.integer(1, 50)
        signs = choose.shuffled([(a, b), (-a, b), (a, -b), (-a, -b), (1, -1), (b, a + 1)])
        return Exercise(
            texts=(*texts, _MORE_SIGN_OF_NUMBERS[ask]),
            names=(ask, f"have_{ask}", f"check_{ask}"),
            solutions=solutions,
            arguments=signs,
            synonyms=_TWO,
        )
    return Exercise(
        texts=(*texts, _MORE_SIGN_OF_NUMBERS[ask]),
        names=(ask, f"get_{ask}", f"{ask}_of_number"),
        solutions=solutions,
        arguments=[(0,), (choose.integer(1, 99),), (-choose.integer(1, 99),)]
        + [(choose.integer(-99, 99),) for _ in range(3)],
    )
