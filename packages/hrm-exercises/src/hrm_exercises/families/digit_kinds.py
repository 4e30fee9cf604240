"""Kinds of numbers that their digits decide, and numbers that are chosen by their digits."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_KINDS = {
    "armstrong": (
        "an Armstrong number: the sum of its digits, each raised to the number of digits, is the "
        "number itself",
        "sum(int(digit) ** len(str(number)) for digit in str(number)) == number",
        (1, 153, 370, 371, 407, 1634, 8208, 9474),
    ),
    "harshad": (
        "a Harshad number, that is, divisible by the sum of its digits",
        "number % sum(int(digit) for digit in str(number)) == 0",
        (1, 18, 21, 24, 102, 111, 133, 156, 190, 1729),
    ),
    "spy": (
        "a spy number, where the sum of the digits equals their product",
        "sum(map(int, str(number))) == math.prod(map(int, str(number)))",
        (1, 22, 123, 132, 1124, 1412, 321),
    ),
    "neon": (
        "a neon number: the digits of its square add up to the number",
        "sum(int(digit) for digit in str(number ** 2)) == number",
        (0, 1, 9),
    ),
    "automorphic": (
        "automorphic, which means that its square ends with the number itself",
        "str(number ** 2).endswith(str(number))",
        (5, 6, 25, 76, 376, 625, 9376),
    ),
    "strong": (
        "a strong number: it is the sum of the factorials of its digits",
        "sum(math.factorial(int(digit)) for digit in str(number)) == number",
        (1, 2, 145, 40585),
    ),
    "disarium": (
        "a Disarium number: each digit raised to its position (counted from 1) adds up to the "
        "number",
        "sum(int(digit) ** place for place, digit in enumerate(str(number), 1)) == number",
        (7, 89, 135, 175, 518, 598, 1306, 1676),
    ),
    "duck": (
        "a duck number, a positive number that contains the digit 0",
        "'0' in str(number)",
        (10, 205, 3050, 7008, 640),
    ),
    "repdigit": (
        "made of one digit that is repeated",
        "len(set(str(number))) == 1",
        (5, 77, 111, 4444, 99999),
    ),
}


@family(kind=tuple(_KINDS), answer=("bool", "text"))
def number_kind_by_digits(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Check whether a number is Armstrong, Harshad, spy, neon... ."""
    what, condition, examples = _KINDS[kind]
    short = what.partition(":")[0].partition(",")[0]
    head = "import math\n\n" if "math." in condition else ""
    chosen = [(number,) for number in choose.sample(examples, 3)]
    chosen += [(choose.integer(10, 10 ** choose.integer(2, 4)),) for _ in range(4)]
    if answer == "bool":
        return Exercise(
            texts=(
                f"check whether a number is {what}",
                f"check if the given number is {what.replace(':', ', that is,')}",
                f"Given a non-negative integer, return True if it is {what}; otherwise False.",
                f"Is a number {what}? Return True or False.",
                f"check whether the given number is {short} or not",
                f"find out if a number is {short}",
            ),
            names=(f"is_{kind}", f"is_{kind}_number", f"check_{kind}", f"{kind}_number"),
            solutions=(
                f"{head}def solve(number):\n    return {condition}",
                f"{head}def solve(number):\n    if {condition}:\n        return True\n"
                "    return False",
            ),
            arguments=chosen,
        )
    yes, no = choose.one_of((("Yes", "No"), ("YES", "NO"), (kind.title(), f"Not {kind.title()}")))
    plural = f"{short.removeprefix('a ').removeprefix('an ')}s"
    if not short.endswith("number"):
        plural = f"numbers of which each is {what}"
    return Exercise(
        texts=(
            f"return '{yes}' if a number is {what}, else '{no}'",
            f"Given a non-negative integer, return '{yes}' when it is {what}; return '{no}' "
            "otherwise.",
            f"tell with '{yes}' or '{no}' whether a number is {what}",
            f"return '{yes}' for {plural} and '{no}' for other numbers",
        ),
        names=(f"{kind}_or_not", f"check_{kind}_number", f"test_{kind}"),
        solutions=(
            f"{head}def solve(number):\n    return '{yes}' if {condition} else '{no}'",
            f"{head}def solve(number):\n    if {condition}:\n        return '{yes}'\n"
            f"    return '{no}'",
        ),
        arguments=chosen,
    )


@family(kind=tuple(kind for kind in _KINDS if kind != "repdigit"), ask=("list", "count"))
def numbers_of_digit_kind_up_to(choose: Chooser, kind: str, ask: str) -> Exercise:
    """List or count the Armstrong, Harshad, spy... numbers up to a limit."""
    what, condition, _ = _KINDS[kind]
    head = "import math\n\n" if "math." in condition else ""
    name = kind if kind in ("automorphic", "strong", "neon", "spy", "duck") else kind.title()
    expression, begin, step = {
        "list": (f"[number for number in range(1, n + 1) if {condition}]", "[]", "append(number)"),
        "count": (f"sum(1 for number in range(1, n + 1) if {condition})", "0", "1"),
    }[ask]
    step = f"result.{step}" if ask == "list" else f"result += {step}"
    return Exercise(
        texts=(
            f"{ask} the {name} numbers from 1 to <n>",
            f"{ask} all numbers from 1 to <n> of which each is {what}",
            f"Given n, return {'a list' if ask == 'list' else 'the number'} of the {name} numbers "
            "that are not greater than n.",
            f"{'find' if ask == 'list' else 'count'} every {name} number up to a given number",
        ),
        names=(f"{ask}_{kind}", f"{kind}_numbers", f"{kind}_up_to"),
        solutions=(
            f"{head}def solve(n):\n    return {expression}",
            f"{head}def solve(n):\n    result = {begin}\n    for number in range(1, n + 1):\n"
            f"        if {condition}:\n            {step}\n    return result",
        ),
        arguments=[(1,), (choose.integer(2, 8),)]
        + [(choose.integer(low, low + 44),) for low in (10, 55)]
        + [(choose.one_of((120, 140, 155, 160)),)],
    )


@family(ask=("check", "list"))
def happy_numbers(choose: Chooser, ask: str) -> Exercise:
    """Check or list happy numbers, whose repeated sums of squared digits reach 1."""
    if ask == "check":
        return Exercise(
            texts=(
                "check whether a number is happy: replacing it by the sum of the squares of its "
                "digits again and again leads to 1",
                "determine if a number is a happy number",
                "A number is happy if repeatedly summing the squares of its digits ends in 1. "
                "Return whether the given number is happy.",
            ),
            names=("is_happy", "happy_number", "is_happy_number"),
            solutions=(
                """
                def solve(number):
                    seen = set()
                    while number != 1 and number not in seen:
                        seen.add(number)
                        number = sum(int(digit) ** 2 for digit in str(number))
                    return number == 1
                """,
                """
                def solve(number):
                    while number not in (1, 4):
                        number = sum(int(digit) ** 2 for digit in str(number))
                    return number == 1
                """,
            ),
            arguments=[(n,) for n in choose.sample((1, 7, 10, 13, 19, 23, 28, 44, 68, 100), 3)]
            + [(choose.integer(2, 999),) for _ in range(4)],
        )
    return Exercise(
        texts=(
            "list all happy numbers from 1 to <n> (repeated sums of the squared digits reach 1)",
            "find the happy numbers up to a limit",
            "Given n, return the list of happy numbers that are not greater than n.",
        ),
        names=("happy_numbers", "list_happy_numbers", "happy_up_to"),
        solutions=(
            """
            def is_happy(number):
                while number not in (1, 4):
                    number = sum(int(digit) ** 2 for digit in str(number))
                return number == 1

            def solve(n):
                return [number for number in range(1, n + 1) if is_happy(number)]
            """,
        ),
        arguments=[(n,) for n in choose.sample(range(1, 35), 4)],
    )


@family(steps=("add", "multiply"))
def persistence_of_number(choose: Chooser, steps: str) -> Exercise:
    """Count the steps until one digit is left."""
    does, noun, call, head = {
        "add": ("adding", "sum", "sum", ""),
        "multiply": ("multiplying", "product", "math.prod", "import math\n\n"),
    }[steps]
    return Exercise(
        texts=(
            f"count how many times the digits of a number must be replaced by their {noun} until "
            "one digit is left",
            f"find the number of steps of {does} all digits of a number until it has one digit",
            f"Given a non-negative integer, keep {does} its digits until a single digit remains "
            "and return the number of rounds.",
            f"compute the {'additive' if steps == 'add' else 'multiplicative'} persistence of a "
            "number",
        ),
        names=(f"{noun}_persistence", "persistence", "steps_to_one_digit"),
        solutions=(
            f"{head}def solve(number):\n    count = 0\n    while number > 9:\n"
            f"        number = {call}(int(digit) for digit in str(number))\n"
            "        count += 1\n    return count",
            f"{head}def solve(number):\n    if number < 10:\n        return 0\n"
            f"    return 1 + solve({call}(int(digit) for digit in str(number)))",
        ),
        arguments=[(choose.integer(0, 9),), (choose.integer(10, 99),), (39,)]
        + [(choose.integer(100, 10 ** choose.integer(3, 9)),) for _ in range(4)],
    )


_TEXT_LOOP = """
def solve(number):
    total = 0
    for index, digit in enumerate(str(number)):
        if index % 2 == {start}:
            total += int(digit)
    return total
"""

_BY_PLACE = {
    "alternating": (
        "alternating sum of the digits (first digit minus second plus third and so on)",
        """
        def solve(number):
            return sum((-1) ** index * int(digit) for index, digit in enumerate(str(number)))
        """,
        """
        def solve(number):
            total = 0
            sign = 1
            for digit in str(number):
                total += sign * int(digit)
                sign = -sign
            return total
        """,
    ),
    "even_places": (
        "sum of the digits at even positions, counted from the left and starting at 0",
        "def solve(number):\n    return sum(int(digit) for digit in str(number)[::2])",
        _TEXT_LOOP.format(start=0),
    ),
    "odd_places": (
        "sum of the digits at odd positions, when the first digit has position 0",
        "def solve(number):\n    return sum(int(digit) for digit in str(number)[1::2])",
        _TEXT_LOOP.format(start=1),
    ),
    "weighted": (
        "sum of each digit times its position, where the first digit has position 1",
        """
        def solve(number):
            return sum(place * int(digit) for place, digit in enumerate(str(number), 1))
        """,
        """
        def solve(number):
            text = str(number)
            total = 0
            for index in range(len(text)):
                total += (index + 1) * int(text[index])
            return total
        """,
    ),
    "first_plus_last": (
        "sum of the first and the last digit",
        "def solve(number):\n    text = str(number)\n    return int(text[0]) + int(text[-1])",
        """
        def solve(number):
            last = number % 10
            while number >= 10:
                number //= 10
            return number + last
        """,
    ),
    "neighbor_differences": (
        "sum of the absolute differences of neighboring digits",
        """
        def solve(number):
            digits = [int(digit) for digit in str(number)]
            return sum(abs(first - second) for first, second in zip(digits, digits[1:]))
        """,
        """
        def solve(number):
            text = str(number)
            total = 0
            for index in range(1, len(text)):
                total += abs(int(text[index]) - int(text[index - 1]))
            return total
        """,
    ),
}


@family(which=tuple(_BY_PLACE))
def digit_sum_by_place(choose: Chooser, which: str) -> Exercise:
    """Add up digits with regard to their places."""
    what, one, other = _BY_PLACE[which]
    return Exercise(
        texts=(
            f"find the {what} of a number"
            if "(" not in what and "," not in what
            else f"find, for a given number, the {what}",
            f"Given a non-negative integer, return the {what}.",
            f"take an integer and compute the {what}",
            f"Return the {what}. The argument is a whole number.",
        ),
        names=(f"{which}_digit_sum", f"digit_sum_{which}", f"sum_{which}"),
        solutions=(one, other),
        arguments=[(choose.integer(10, 10 ** choose.integer(2, 8)),) for _ in range(5)]
        + [(choose.integer(0, 9),)],
        synonyms={"place": ("pos", "i", "weight")},
    )


_DIGIT_TESTS: dict[str, tuple[str, str]] = {
    "even digit sum": ("whose digit sum is even", "sum(int(digit) for digit in str({})) % 2 == 0"),
    "palindromes": ("that are palindromes", "str({0}) == str({0})[::-1]"),
    "all even": ("whose digits are all even", "all(int(digit) % 2 == 0 for digit in str({}))"),
    "all odd": ("that consist of odd digits only", "all(int(digit) % 2 == 1 for digit in str({}))"),
    "with 7": ("that contain the digit 7", "'7' in str({})"),
    "no zero": ("without the digit 0", "'0' not in str({})"),
    "distinct": ("in which no digit is repeated", "len(set(str({0}))) == len(str({0}))"),
    "digital divisors": (
        "that are divisible by their digit sum",
        "{0} % sum(int(digit) for digit in str({0})) == 0",
    ),
}


@family(test=tuple(_DIGIT_TESTS), source=("range", "list"), ask=("list", "count"))
def numbers_chosen_by_digits(choose: Chooser, test: str, source: str, ask: str) -> Exercise:
    """List or count the numbers of a range or list by a condition on their digits."""
    which, condition = _DIGIT_TESTS[test]
    condition = condition.format(*["number"] * 2)
    short = test.replace(" ", "_")
    in_range = source == "range"
    does = "list" if ask == "list" else "count"
    wanted = "a list of the numbers" if ask == "list" else "how many numbers there are"
    iterable, parameters = (
        ("range(start, stop + 1)", "start, stop") if in_range else ("numbers", "numbers")
    )
    where = (
        "from <start> to <stop> (both included)" if in_range else "in a list of positive integers"
    )
    result = f"[number for number in {iterable} if {condition}]"
    one = result if ask == "list" else f"sum(1 for number in {iterable} if {condition})"
    begin, step = ("[]", "result.append(number)") if ask == "list" else ("0", "result += 1")
    return Exercise(
        texts=(
            f"{does} the numbers {where} {which}",
            f"{does} all numbers {which} {where}",
            f"Given {'the bounds of a range, both included' if in_range else 'a list of numbers'}, "
            f"return {wanted} {which}.",
            f"find {'all' if ask == 'list' else 'the count of'} numbers {which} "
            f"{'between two given numbers, inclusive' if in_range else 'in a given list'}",
        ),
        names=(f"{does}_{short}", f"numbers_{short}", f"{short}_in_{source}"),
        solutions=(
            f"def solve({parameters}):\n    return {one}",
            f"def solve({parameters}):\n    result = {begin}\n"
            f"    for number in {iterable}:\n        if {condition}:\n"
            f"            {step}\n    return result",
        ),
        arguments=[_range_or_list(choose, source) for _ in range(6)],
        synonyms={"start": ("low", "a", "left", "begin"), "stop": ("high", "b", "right", "end")},
    )


def _range_or_list(choose: Chooser, source: str) -> tuple[object, ...]:
    if source == "list":
        return (choose.integers((3, 8), 1, 999),)
    start = choose.integer(1, 10 ** choose.integer(1, 3))
    return start, start + choose.integer(4, 25)


_MORE_LISTS_BY_DIGIT_SUM = {
    "sort": "I have a list of numbers. Sort it by the sum of the digits of each number.",
    "max": "Which number of the list has the largest sum of digits? Return the first one.",
    "group": (
        "I have a list of numbers. Return a dict that collects, for every digit sum, the "
        "numbers with that sum."
    ),
}


@family(ask=("sort", "max", "group"))
def lists_by_digit_sum(choose: Chooser, ask: str) -> Exercise:
    """Sort or choose the numbers of a list by their digit sums."""
    arguments = [(choose.integers((2, 8), 1, 999),) for _ in range(6)]
    texts, names, solutions = {
        "sort": (
            (
                "sort a list of numbers by the sum of their digits",
                "order numbers by their digit sums; numbers with equal sums keep their order",
                "Given a list of positive integers, return it sorted by digit sum, smallest first.",
            ),
            ("sort_by_digit_sum", "order_by_digits", "digit_sum_sort"),
            (
                "def digit_sum(number):\n    return sum(int(digit) for digit in str(number))\n\n"
                "def solve(numbers):\n    return sorted(numbers, key=digit_sum)",
                "def solve(numbers):\n    return sorted(numbers, key=lambda number: "
                "sum(map(int, str(number))))",
            ),
        ),
        "max": (
            (
                "find the number with the largest digit sum in a list; of several, the first",
                "return the first number of a list whose digits add up to the most",
                "Given a list of positive integers, return the first of those with the highest sum "
                "of digits.",
            ),
            ("max_digit_sum", "largest_by_digit_sum", "highest_digit_sum"),
            (
                "def solve(numbers):\n    return max(numbers, key=lambda number: "
                "sum(int(digit) for digit in str(number)))",
                "def solve(numbers):\n    best = numbers[0]\n    best_sum = 0\n"
                "    for number in numbers:\n"
                "        total = sum(int(digit) for digit in str(number))\n"
                "        if total > best_sum:\n            best = number\n"
                "            best_sum = total\n    return best",
            ),
        ),
        "group": (
            (
                "group the numbers of a list by their digit sum, as a dict from sum to list",
                "build a dictionary that maps each digit sum to the numbers that have it",
                "Given a list of positive integers, return a dictionary from digit sums to the "
                "numbers with that sum, in the order of the list.",
            ),
            ("group_by_digit_sum", "digit_sum_groups", "by_digit_sum"),
            (
                "def solve(numbers):\n    result = {}\n    for number in numbers:\n"
                "        total = sum(int(digit) for digit in str(number))\n"
                "        result.setdefault(total, []).append(number)\n    return result",
                "from collections import defaultdict\n\ndef solve(numbers):\n"
                "    result = defaultdict(list)\n    for number in numbers:\n"
                "        result[sum(map(int, str(number)))].append(number)\n"
                "    return dict(result)",
            ),
        ),
    }[ask]
    return Exercise(
        texts=(*texts, _MORE_LISTS_BY_DIGIT_SUM[ask]),
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"key": ("key",)},
    )
