"""Numbers kept or dropped by conditions."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import (
    NUMBERS,
    ask_for,
    ask_to,
    number_lists,
    returns,
)
from hrm_exercises.family import Exercise, family

# What is kept, the condition, the opposite condition, the smallest and largest number to draw.
_KINDS = {
    "even": ("even numbers", "number % 2 == 0", "number % 2 != 0", -9, 40),
    "odd": ("odd numbers", "number % 2 != 0", "number % 2 == 0", -9, 40),
    "positive": ("positive numbers", "number > 0", "number <= 0", -20, 20),
    "negative": ("negative numbers", "number < 0", "number >= 0", -20, 20),
    "zero": ("zeros", "number == 0", "number != 0", -2, 2),
    "three": ("multiples of 3", "number % 3 == 0", "number % 3 != 0", 0, 40),
    "five": ("numbers that are divisible by 5", "number % 5 == 0", "number % 5 != 0", 0, 60),
    "one_digit": ("one-digit numbers", "number < 10", "number >= 10", 0, 25),
    "two_digits": ("two-digit numbers", "10 <= number <= 99", "not 10 <= number <= 99", 0, 150),
    "ends_five": ("numbers that end in 5", "number % 10 == 5", "number % 10 != 5", 0, 40),
    "seven": (
        "numbers that contain the digit 7",
        "'7' in str(number)",
        "'7' not in str(number)",
        0,
        100,
    ),
    "no_zero": (
        "numbers without the digit 0",
        "'0' not in str(number)",
        "'0' in str(number)",
        0,
        120,
    ),
    "above_fifty": ("numbers greater than 50", "number > 50", "number <= 50", 0, 100),
}
_PREDICATES = {
    "prime": (
        "prime numbers",
        """
        def is_prime(number):
            return number > 1 and all(number % k for k in range(2, number))
        """,
        "is_prime",
        (0, 30),
    ),
    "square": (
        "perfect squares",
        """
        def is_square(number):
            return int(number ** 0.5) ** 2 == number
        """,
        "is_square",
        (0, 40),
    ),
    "palindrome": (
        "numbers that are palindromes",
        """
        def is_palindrome(number):
            return str(number) == str(number)[::-1]
        """,
        "is_palindrome",
        (0, 140),
    ),
    "even_sum": (
        "numbers with an even sum of digits",
        """
        def has_even_sum(number):
            return sum(int(digit) for digit in str(number)) % 2 == 0
        """,
        "has_even_sum",
        (0, 140),
    ),
    "distinct": (
        "numbers whose digits are all different",
        """
        def has_distinct_digits(number):
            return len(set(str(number))) == len(str(number))
        """,
        "has_distinct_digits",
        (0, 150),
    ),
    "power_of_two": (
        "powers of two",
        """
        def is_power_of_two(number):
            return number > 0 and number & (number - 1) == 0
        """,
        "is_power_of_two",
        (0, 35),
    ),
    "even_digits": (
        "numbers that have only even digits",
        """
        def has_only_even_digits(number):
            return all(digit in '02468' for digit in str(number))
        """,
        "has_only_even_digits",
        (0, 90),
    ),
    "rising": (
        "numbers whose digits never decrease from left to right",
        """
        def has_rising_digits(number):
            return list(str(number)) == sorted(str(number))
        """,
        "has_rising_digits",
        (0, 150),
    ),
}


@family(kind=tuple(_KINDS), action=("keep", "drop"))
def keep_or_drop_numbers_of_a_kind(choose: Chooser, kind: str, action: str) -> Exercise:
    """Keep or drop the even, odd, positive ... numbers."""
    noun, condition, opposite, low, high = _KINDS[kind]
    given = choose.one_of(NUMBERS)
    if action == "keep":
        test = condition
        texts: tuple[str, ...] = (
            *ask_for(
                given,
                (f"all {noun}", f"the {noun}", f"a list of the {noun}"),
                choose.one_of(("in", "from", "of")),
            ),
            f"keep only the {noun} of {given}",
            f"filter the {noun} out of {given} and return them",
            f"extract all {noun} from {given}",
        )
        names: tuple[str, ...] = (f"keep_{kind}", f"filter_{kind}", f"get_{kind}_numbers")
    else:
        test = opposite
        texts = (
            *ask_to(
                given,
                (
                    f"remove all {noun} from {{}}",
                    f"drop the {noun} of {{}}",
                    f"delete the {noun} in {{}}",
                ),
            ),
            f"Given a list of integers, return it without the {noun}.",
            f"return the elements of {given} except the {noun}",
        )
        names = (f"remove_{kind}", f"drop_{kind}", f"without_{kind}")
    comprehension = returns("numbers", f"[number for number in numbers if {test}]")
    filtered = returns("numbers", f"list(filter(lambda number: {test}, numbers))")
    loop = f"""
        def solve(numbers):
            result = []
            for number in numbers:
                if {test}:
                    result.append(number)
            return result
        """
    solutions: tuple[str, ...] = (comprehension, comprehension, filtered, loop)
    if choose.chance(0.15):
        way, solution = choose.one_of(
            (
                ("using a lambda function", filtered),
                ("using filter and lambda", filtered),
                ("using list comprehension", comprehension),
                ("with a for loop", loop),
            )
        )
        verb = "find all" if action == "keep" else "remove all"
        joint = "in" if action == "keep" else "from"
        solutions = (solution,)
        texts = (
            f"{verb} {noun} {joint} a list {way}",
            f"{verb} {noun} {joint} a given list {way}",
            f"Given a list of integers, {verb} {noun} {way}.",
        )
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=[(choose.integers((3, 9), low, high),) for _ in range(6)]
        + [([0, 5, 12, 37, 20],), ([],)],
    )


@family(kind=tuple(_PREDICATES), action=("keep", "drop"))
def keep_or_drop_by_a_helper(choose: Chooser, kind: str, action: str) -> Exercise:
    """Keep or drop primes, squares, palindromes ... with a function of its own."""
    noun, helper, function, (low, high) = _PREDICATES[kind]
    test = f"{function}(number)" if action == "keep" else f"not {function}(number)"
    given = choose.one_of(
        ("a list of non-negative integers", "a list of numbers", "a given list", "a list")
    )
    head = "\n".join(line[8:] for line in helper.strip("\n").split("\n")).rstrip()
    condition = head.partition("return ")[2]
    inline = (
        f"[number for number in numbers if {condition}]"
        if action == "keep"
        else f"[number for number in numbers if not ({condition})]"
    )
    if action == "keep":
        texts = ask_for(given, (f"all {noun}", f"the {noun}"), choose.one_of(("in", "from")))
    else:
        texts = (
            *ask_to(given, (f"remove all {noun} from {{}}",)),
            f"return {given} without the {noun}",
            f"drop the {noun} of {given}",
        )
    solutions = [
        f"{head}\n\n\ndef solve(numbers):\n    return [number for number in numbers if {test}]\n",
        f"{head}\n\n\ndef solve(numbers):\n    result = []\n    for number in numbers:\n"
        f"        if {test}:\n            result.append(number)\n    return result\n",
    ]
    if action == "keep":
        solutions.append(
            f"{head}\n\n\ndef solve(numbers):\n    return list(filter({function}, numbers))\n"
        )
        solutions.append(returns("numbers", inline))
    pool = {"prime": (2, 3, 7, 11), "square": (4, 9, 25, 0), "power_of_two": (1, 8, 16, 32)}.get(
        kind, (11, 22, 8, 121)
    )
    lists = [[*choose.integers((2, 7), low, high), choose.one_of(pool)] for _ in range(5)]
    return Exercise(
        texts=texts,
        names=(
            f"{action}_{kind}",
            f"{action}_{noun.replace(' ', '_')}"[:30].rstrip("_"),
            f"{kind}_filter",
        ),
        solutions=solutions,
        arguments=[(choose.shuffled(numbers),) for numbers in lists] + [([],), ([1, 10, 44],)],
    )


_K_CONDITIONS = {
    "greater": ("that are greater than <k>", "number > k"),
    "less": ("that are less than <k>", "number < k"),
    "at_least": ("that are at least <k>", "number >= k"),
    "at_most": ("that are at most <k>", "number <= k"),
    "multiple": ("that are divisible by <k>", "number % k == 0"),
    "not_multiple": ("that are not divisible by <k>", "number % k != 0"),
    "different": ("that are different from <k>", "number != k"),
    "last_digit": ("whose last digit is <k>", "number % 10 == k"),
    "contains": ("that contain the digit <k>", "str(k) in str(number)"),
    "digits": ("that have exactly <k> digits", "len(str(number)) == k"),
    "digit_sum": (
        "whose sum of digits is greater than <k>",
        "sum(int(digit) for digit in str(number)) > k",
    ),
    "remainder": ("that leave the remainder 1 when divided by <k>", "number % k == 1"),
    "divisor": ("that divide <k> without remainder", "k % number == 0"),
}


@family(condition=tuple(_K_CONDITIONS))
def keep_numbers_by_a_parameter(choose: Chooser, condition: str) -> Exercise:
    """Keep the numbers greater than k, divisible by k ..."""
    told, test = _K_CONDITIONS[condition]
    low, high = {
        "multiple": (2, 5),
        "not_multiple": (2, 5),
        "remainder": (2, 4),
        "last_digit": (0, 9),
        "contains": (1, 9),
        "digits": (1, 3),
        "digit_sum": (4, 9),
        "divisor": (12, 36),
    }.get(condition, (5, 25))
    biggest = {
        "contains": 99,
        "digits": 150,
        "digit_sum": 150,
        "divisor": 12,
        "last_digit": 40,
    }.get(condition, 30)
    given = choose.one_of(NUMBERS)
    arguments = []
    for index in range(6):
        numbers = choose.integers((4, 9), 1, biggest)
        k = choose.integer(low, high)
        if condition == "different":
            k = choose.one_of(numbers)
        if condition == "last_digit" and index % 2:
            k = numbers[0] % 10
        arguments.append((numbers, k))
    return Exercise(
        texts=(
            *ask_for(given, (f"all elements of {{}} {told}", f"the numbers of {{}} {told}")),
            f"keep only those elements of {given} {told}",
            f"filter {given}: return a list of the elements {told}",
            f"Given a list and a number <k>, return the elements of the list {told}.",
        ),
        names=(f"keep_{condition}", f"filter_{condition}", f"elements_{condition}"),
        solutions=(
            returns("numbers, k", f"[number for number in numbers if {test}]"),
            returns("numbers, k", f"list(filter(lambda number: {test}, numbers))"),
            f"""
            def solve(numbers, k):
                result = []
                for number in numbers:
                    if {test}:
                        result.append(number)
                return result
            """,
        ),
        arguments=[*arguments, ([], 3)],
        synonyms={"k": ("n", "m", "limit", "x")} if condition != "digits" else {},
    )


_RANGES = {
    "inside": ("from <low> to <high>, both included", "low <= number <= high"),
    "strict": ("strictly between <low> and <high>", "low < number < high"),
    "outside": ("less than <low> or greater than <high>", "number < low or number > high"),
    "half_open": ("at least <low> and less than <high>", "low <= number < high"),
}


@family(bounds=tuple(_RANGES), result=("list", "count", "sum", "indexes"))
def numbers_within_bounds(choose: Chooser, bounds: str, result: str) -> Exercise:
    """Keep, count or add up the numbers between two bounds."""
    told, test = _RANGES[bounds]
    that_are = "that are " if bounds != "inside" else "with values "
    what, value, start, step = {
        "list": (
            "the elements of {}",
            "[number for number in numbers if {}]",
            "[]",
            "result.append(number)",
        ),
        "count": (
            "the number of elements of {}",
            "sum(1 for number in numbers if {})",
            "0",
            "result += 1",
        ),
        "sum": (
            "the sum of the elements of {}",
            "sum(number for number in numbers if {})",
            "0",
            "result += number",
        ),
        "indexes": (
            "the indexes of the elements of {}",
            "[index for index, number in enumerate(numbers) if {}]",
            "[]",
            "result.append(index)",
        ),
    }[result]
    loop = "index, number in enumerate(numbers)" if result == "indexes" else "number in numbers"
    arguments = []
    for numbers in number_lists(choose, 6, (4, 9), 0, 40):
        low = choose.integer(0, 15)
        arguments.append((numbers, low, low + choose.integer(3, 15)))
    return Exercise(
        texts=ask_for(
            choose.one_of(NUMBERS),
            (f"{what} {that_are}{told}", f"{what.replace('elements', 'numbers')} {that_are}{told}"),
        ),
        names=(f"{result}_{bounds}_range", f"{bounds}_bounds", f"{result}_between"),
        solutions=(
            returns("numbers, low, high", value.format(test)),
            f"""
            def solve(numbers, low, high):
                result = {start}
                for {loop}:
                    if {test}:
                        {step}
                return result
            """,
        ),
        arguments=[*arguments, ([], 1, 5), ([5, 10, 15], 5, 15)],
        synonyms={"low": ("start", "a", "left", "m"), "high": ("end", "b", "right", "n")},
    )


_BOTH = {
    "even_big": ("even and greater than 10", "number % 2 == 0 and number > 10"),
    "odd_small": ("odd and less than 20", "number % 2 == 1 and number < 20"),
    "three_and_five": ("divisible by both 3 and 5", "number % 3 == 0 and number % 5 == 0"),
    "three_not_five": ("divisible by 3 but not by 5", "number % 3 == 0 and number % 5 != 0"),
    "three_or_five": ("divisible by 3 or by 5", "number % 3 == 0 or number % 5 == 0"),
    "two_not_four": ("even but not divisible by 4", "number % 2 == 0 and number % 4 != 0"),
    "neither": ("divisible neither by 2 nor by 3", "number % 2 != 0 and number % 3 != 0"),
    "exactly_one": (
        "divisible by exactly one of 2 and 3",
        "(number % 2 == 0) != (number % 3 == 0)",
    ),
    "extreme": ("less than 5 or greater than 25", "number < 5 or number > 25"),
}


@family(condition=tuple(_BOTH), result=("list", "count"))
def numbers_with_two_conditions(choose: Chooser, condition: str, result: str) -> Exercise:
    """Keep or count numbers that fulfil two conditions."""
    told, test = _BOTH[condition]
    if result == "list":
        whats = (f"the elements of {{}} that are {told}", f"all numbers of {{}} that are {told}")
        solutions: tuple[str, ...] = (
            returns("numbers", f"[number for number in numbers if {test}]"),
            f"""
            def solve(numbers):
                result = []
                for number in numbers:
                    if {test}:
                        result.append(number)
                return result
            """,
            returns("numbers", f"list(filter(lambda number: {test}, numbers))"),
        )
    else:
        whats = (
            f"the number of elements of {{}} that are {told}",
            f"how many numbers of {{}} are {told}",
        )
        solutions = (
            returns("numbers", f"sum(1 for number in numbers if {test})"),
            f"""
            def solve(numbers):
                count = 0
                for number in numbers:
                    if {test}:
                        count += 1
                return count
            """,
        )
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), whats),
        names=(f"{result}_{condition}", f"{condition}_{result}", f"filter_{condition}"),
        solutions=solutions,
        arguments=[(choose.integers((4, 9), 0, 45),) for _ in range(5)]
        + [([15, 30, 12, 20, 9, 7],), ([],)],
    )


_TRANSFORMED = {
    "square_even": ("the squares of the even numbers", "number ** 2", "number % 2 == 0"),
    "cube_odd": ("the cubes of the odd numbers", "number ** 3", "number % 2 != 0"),
    "double_positive": ("twice the value of each positive number", "number * 2", "number > 0"),
    "absolute_negative": ("the absolute values of the negative numbers", "-number", "number < 0"),
    "half_even": ("the halves of the even numbers", "number // 2", "number % 2 == 0"),
    "third": ("the multiples of 3 divided by 3", "number // 3", "number % 3 == 0"),
    "text_positive": ("the positive numbers as strings", "str(number)", "number > 0"),
    "next_odd": ("the odd numbers increased by 1", "number + 1", "number % 2 != 0"),
}


@family(what=tuple(_TRANSFORMED), result=("list", "sum"))
def transformed_numbers_of_a_kind(choose: Chooser, what: str, result: str) -> Exercise:
    """Squares of the even numbers, absolute values of the negative ones ..."""
    noun, value, test = _TRANSFORMED[what]
    if what == "text_positive" and result == "sum":
        noun, value, test = "the squares of the positive numbers", "number ** 2", "number > 0"
        what = "square_positive"
    if result == "list":
        asks = (
            f"{noun} in {{}}",
            f"a list of {noun} in {{}}"
            if not noun.startswith("twice")
            else f"{noun} in {{}} as a list",
        )
        solutions: tuple[str, ...] = (
            returns("numbers", f"[{value} for number in numbers if {test}]"),
            f"""
            def solve(numbers):
                result = []
                for number in numbers:
                    if {test}:
                        result.append({value})
                return result
            """,
        )
    else:
        if noun.startswith("twice"):
            noun = "the doubled positive numbers"
        asks = (f"the sum of {noun} in {{}}", f"the total of {noun} in {{}}")
        solutions = (
            returns("numbers", f"sum({value} for number in numbers if {test})"),
            f"""
            def solve(numbers):
                total = 0
                for number in numbers:
                    if {test}:
                        total += {value}
                return total
            """,
        )
    return Exercise(
        texts=ask_for(choose.one_of(NUMBERS), asks),
        names=(f"{result}_{what}", f"{what}_{result}", f"{what}_numbers"),
        solutions=solutions,
        arguments=[(choose.integers((3, 8), -12, 25),) for _ in range(5)] + [([],), ([6, -3, 9],)],
    )
