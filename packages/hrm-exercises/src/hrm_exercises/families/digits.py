"""The digits of whole numbers."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_CONDITIONS = {
    "even": "int(digit) % 2 == 0",
    "odd": "int(digit) % 2 == 1",
    "prime": "digit in '2357'",
    "nonzero": "digit != '0'",
}


def _numbers(choose: Chooser, *edges: int) -> list[tuple[int]]:
    """Return arguments: numbers of 2 to 8 digits, and some of one's own."""
    drawn = [(choose.integer(10, 10 ** choose.integer(2, 8)),) for _ in range(6 - len(edges))]
    return drawn + [(edge,) for edge in edges]


@family(kind=tuple(_CONDITIONS), measure=("count", "sum", "list"))
def digits_of_a_kind(choose: Chooser, kind: str, measure: str) -> Exercise:
    """Count, add up or list the even, odd, prime or nonzero digits of a number."""
    condition = _CONDITIONS[kind]
    start, step, end = {
        "count": ("0", "total += 1", "sum(1 for digit in str(number) if {})"),
        "sum": ("0", "total += int(digit)", "sum(int(digit) for digit in str(number) if {})"),
        "list": ("[]", "total.append(int(digit))", "[int(digit) for digit in str(number) if {}]"),
    }[measure]
    does = {"count": "count", "sum": "find the sum of", "list": "list"}[measure]
    wanted = {"count": "how many", "sum": "the sum of all", "list": "a list of the"}[measure]
    return Exercise(
        texts=(
            f"{does} the {kind} digits of a given number",
            f"{does} all {kind} digits in an integer",
            f"Given a non-negative integer, return {wanted} {kind} digits"
            f"{' it has' if measure == 'count' else ' in it'}.",
            f"take a whole number and {does} its {kind} digits",
        ),
        names=(f"{measure}_{kind}_digits", f"{kind}_digits", f"{kind}_digit_{measure}"),
        solutions=(
            f"""
            def solve(number):
                return {end.format(condition)}
            """,
            f"""
            def solve(number):
                total = {start}
                for digit in str(number):
                    if {condition}:
                        {step}
                return total
            """,
        ),
        arguments=[(choose.integer(0, 10 ** choose.integer(2, 8)),) for _ in range(5)]
        + [(choose.one_of((0, 7, 2468, 13579, 1000)),)],
    )


@family()
def digital_root(choose: Chooser) -> Exercise:
    """Add up digits until one digit is left."""
    return Exercise(
        texts=(
            "add up the digits of a number again and again until only one digit is left",
            "find the digital root of a non-negative integer",
            "repeatedly sum the digits of a number until a single digit remains",
            "Given an integer, keep adding its digits until the result has one digit, and return "
            "that digit.",
        ),
        names=("digital_root", "add_digits", "reduce_to_one_digit", "single_digit"),
        solutions=(
            """
            def solve(number):
                while number > 9:
                    number = sum(int(digit) for digit in str(number))
                return number
            """,
            """
            def solve(number):
                if number == 0:
                    return 0
                return 1 + (number - 1) % 9
            """,
        ),
        arguments=[(choose.integer(10, 10**7),) for _ in range(5)] + [(0,), (9,)],
    )


@family(which=("largest", "smallest"), answer=("digit", "place"))
def extreme_digit(choose: Chooser, which: str, answer: str) -> Exercise:
    """Find the largest or smallest digit of a number, or where it stands first."""
    function, better = {"largest": ("max", ">"), "smallest": ("min", "<")}[which]
    if answer == "digit":
        return Exercise(
            texts=(
                f"find the {which} digit of a number",
                f"get the {which} digit in a given non-negative integer",
                f"Given a whole number, return its {which} digit.",
                f"return the {which} of all the digits of an integer",
            ),
            names=(f"{which}_digit", f"find_{which}_digit", f"{function}_digit"),
            solutions=(
                f"""
                def solve(number):
                    return {function}(int(digit) for digit in str(number))
                """,
                f"""
                def solve(number):
                    best = number % 10
                    while number > 0:
                        digit = number % 10
                        if digit {better} best:
                            best = digit
                        number //= 10
                    return best
                """,
                f"""
                def solve(number):
                    return int({function}(str(number)))
                """,
            ),
            arguments=_numbers(choose, choose.integer(0, 9), 1000),
        )
    return Exercise(
        texts=(
            f"find the position of the {which} digit of a number, counting from 0 at the left",
            f"return the index of the first occurrence of the {which} digit of an integer",
            f"At which index of a number, written as text, is its {which} digit first found? "
            "Indexes start at 0.",
            f"get the place of the {which} digit in a number (the leftmost place is 0)",
        ),
        names=(f"{which}_digit_index", f"{function}_digit_position", f"where_is_{which}_digit"),
        solutions=(
            f"""
            def solve(number):
                text = str(number)
                return text.index({function}(text))
            """,
            f"""
            def solve(number):
                digits = [int(digit) for digit in str(number)]
                best = 0
                for index in range(1, len(digits)):
                    if digits[index] {better} digits[best]:
                        best = index
                return best
            """,
        ),
        arguments=_numbers(choose, choose.integer(0, 9), 99190),
    )


@family(sign=("none", "negative"))
def number_of_digits(choose: Chooser, sign: str) -> Exercise:
    """Count the digits of a number."""
    negative = sign == "negative"
    note = ", ignoring the sign" if negative else ""
    value = "abs(number)" if negative else "number"
    edges = [(0,), (-7,), (-(10**4),)] if negative else [(0,), (9,), (10**5,)]
    return Exercise(
        texts=(
            f"count the digits of a number{note}",
            f"find how many digits an integer has{note}",
            f"Given {'an integer, positive or negative' if negative else 'a whole number'}, "
            f"return the number of its digits.",
            f"return the length of a number in digits{note}",
        ),
        names=("count_digits", "number_of_digits", "digit_count", "num_digits"),
        solutions=(
            f"""
            def solve(number):
                return len(str({value}))
            """,
            f"""
            def solve(number):
                number = {value}
                count = 1
                while number >= 10:
                    number //= 10
                    count += 1
                return count
            """,
        ),
        arguments=[
            (choose.integer(1, 10 ** choose.integer(2, 9)) * (-1 if negative and i % 2 else 1),)
            for i in range(4)
        ]
        + edges,
    )


_MORE_GIVEN_DIGIT = {
    "count": "How often is the digit in the number?",
    "contains": "Is the digit in the number? Return True or False.",
    "first_place": "find index of a digit in a number, counting from 0, or return -1",
    "remove": (
        "I have a number and a digit. Delete the digit from the number everywhere; return 0 "
        "if nothing remains."
    ),
}


@family(ask=("count", "contains", "first_place", "remove"))
def given_digit(choose: Chooser, ask: str) -> Exercise:
    """Count, look for or remove a given digit of a number."""
    texts, names, bodies = _GIVEN_DIGIT[ask]
    arguments = []
    for i in range(6):
        digits = str(choose.integer(1000, 10 ** choose.integer(4, 8)))
        digit = int(choose.one_of(digits)) if i % 3 else choose.integer(0, 9)
        arguments.append((int(digits), digit))
    return Exercise(
        texts=(*texts, _MORE_GIVEN_DIGIT[ask]),
        names=names,
        solutions=bodies,
        arguments=arguments,
        synonyms={"digit": ("d", "k", "x")},
    )


_GIVEN_DIGIT = {
    "count": (
        (
            "count how many times a digit occurs in a number",
            "find the number of occurrences of the digit <digit> in the integer <number>",
            "Given an integer and a digit from 0 to 9, return how often the digit appears in it.",
            "find the frequency of a given digit in a given number",
        ),
        ("count_digit", "digit_frequency", "occurrences_of_digit"),
        (
            """
            def solve(number, digit):
                return str(number).count(str(digit))
            """,
            """
            def solve(number, digit):
                count = 0
                while number > 0:
                    if number % 10 == digit:
                        count += 1
                    number //= 10
                return count
            """,
        ),
    ),
    "contains": (
        (
            "check whether a number contains a given digit",
            "check if the digit <digit> is one of the digits of <number>",
            "Return True if a given digit appears in a whole number, else False.",
            "find out whether a digit occurs in a number or not",
        ),
        ("has_digit", "contains_digit", "digit_in_number"),
        (
            """
            def solve(number, digit):
                return str(digit) in str(number)
            """,
            """
            def solve(number, digit):
                while number > 0:
                    if number % 10 == digit:
                        return True
                    number //= 10
                return False
            """,
        ),
    ),
    "first_place": (
        (
            "find the index at which a digit first stands in a number, or -1 if it is missing",
            "return the position, from the left and starting at 0, where a digit first occurs in a "
            "number; return -1 if it does not occur",
            "Where does a digit first appear in a number? Return its zero-based place, or -1.",
        ),
        ("find_digit", "digit_position", "first_index_of_digit"),
        (
            """
            def solve(number, digit):
                return str(number).find(str(digit))
            """,
            """
            def solve(number, digit):
                for index, char in enumerate(str(number)):
                    if int(char) == digit:
                        return index
                return -1
            """,
        ),
    ),
    "remove": (
        (
            "remove every occurrence of a digit from a number, and return 0 if no digit is left",
            "delete a given digit from an integer wherever it appears (nothing left counts as 0)",
            "Given a number and a digit, return the number without that digit, or 0 if nothing is "
            "left.",
        ),
        ("remove_digit", "drop_digit", "without_digit"),
        (
            """
            def solve(number, digit):
                text = str(number).replace(str(digit), '')
                return int(text) if text else 0
            """,
            """
            def solve(number, digit):
                result = 0
                for char in str(number):
                    if int(char) != digit:
                        result = result * 10 + int(char)
                return result
            """,
        ),
    ),
}


_MORE_REVERSED_DIGITS = {
    "reverse": "I have a number. Return it with its digits backwards.",
    "keep_sign": "reverse an integer but leave the minus sign where it is",
    "palindrome": "Is the number a palindrome? Return True or False.",
    "sum_with_reverse": "What is the sum of a number and its mirror image?",
    "difference": "How much do a number and its reverse differ?",
}


@family(task=("reverse", "keep_sign", "palindrome", "sum_with_reverse", "difference"))
def reversed_digits(choose: Chooser, task: str) -> Exercise:
    """Reverse the digits of a number, or compare it with its reverse."""
    texts, names, solutions = _REVERSED[task]
    arguments = _numbers(choose, 0, choose.integer(1, 9) * 100)
    if task == "keep_sign":
        arguments = [(-n if i % 2 else n,) for i, (n,) in enumerate(arguments)]
    if task == "palindrome":
        half = str(choose.integer(1, 9999))
        other = str(choose.integer(10, 999))
        arguments = [(int(half + half[::-1]),), (int(other + other[-2::-1]),), *arguments[:3], (7,)]
    return Exercise(
        texts=(*texts, _MORE_REVERSED_DIGITS[task]),
        names=names,
        solutions=solutions,
        arguments=arguments,
    )


_REVERSED = {
    "reverse": (
        (
            "reverse the digits of a number",
            "find the number with the digits of a given number in reverse order",
            "Given a non-negative integer, return the integer that you get by reading its digits "
            "from right to left.",
            "turn a number around, so that 120 becomes 21",
        ),
        ("reverse_number", "reverse_digits", "reverse_integer"),
        (
            """
            def solve(number):
                return int(str(number)[::-1])
            """,
            """
            def solve(number):
                result = 0
                while number > 0:
                    result = result * 10 + number % 10
                    number //= 10
                return result
            """,
        ),
    ),
    "keep_sign": (
        (
            "reverse the digits of an integer and keep its sign",
            "reverse a signed number: -45 becomes -54",
            "Given an integer, which may be negative, return it with its digits reversed and the "
            "same sign.",
        ),
        ("reverse_signed", "reverse_integer", "reverse_keep_sign"),
        (
            """
            def solve(number):
                result = int(str(abs(number))[::-1])
                return -result if number < 0 else result
            """,
            """
            def solve(number):
                sign = -1 if number < 0 else 1
                number = abs(number)
                result = 0
                while number:
                    number, digit = divmod(number, 10)
                    result = result * 10 + digit
                return sign * result
            """,
        ),
    ),
    "palindrome": (
        (
            "check whether a number is a palindrome",
            "check if an integer reads the same forwards and backwards",
            "Return True if the digits of a number are the same from left to right as from right "
            "to left, else False.",
            "check if the given number is palindrome or not",
        ),
        ("is_palindrome_number", "palindrome_number", "same_reversed"),
        (
            """
            def solve(number):
                return str(number) == str(number)[::-1]
            """,
            """
            def solve(number):
                rest = number
                result = 0
                while rest > 0:
                    result = result * 10 + rest % 10
                    rest //= 10
                return result == number
            """,
        ),
    ),
    "sum_with_reverse": (
        (
            "add a number and its reverse",
            "find the sum of a number and the number with its digits reversed",
            "Given a whole number, reverse its digits and return the sum of both numbers.",
        ),
        ("add_reverse", "sum_with_reverse", "reverse_and_add"),
        (
            """
            def solve(number):
                return number + int(str(number)[::-1])
            """,
            """
            def solve(number):
                rest = number
                result = 0
                while rest > 0:
                    result = result * 10 + rest % 10
                    rest //= 10
                return number + result
            """,
        ),
    ),
    "difference": (
        (
            "find the absolute difference between a number and its reverse",
            "return how far a number is from the number with reversed digits",
            "Reverse the digits of a given integer and return the positive difference of the two "
            "numbers.",
        ),
        ("reverse_difference", "diff_with_reverse", "distance_to_reverse"),
        (
            """
            def solve(number):
                return abs(number - int(str(number)[::-1]))
            """,
            """
            def solve(number):
                other = int(''.join(reversed(str(number))))
                if other > number:
                    return other - number
                return number - other
            """,
        ),
    ),
}


@family(task=("product", "nonzero_product", "product_minus_sum", "sum_times_product"))
def digit_product(choose: Chooser, task: str) -> Exercise:
    """Multiply the digits of a number, and perhaps compare that with their sum."""
    if task in ("product", "nonzero_product"):
        nonzero = task == "nonzero_product"
        kind = "nonzero digits" if nonzero else "digits"
        text = "str(number).replace('0', '')" if nonzero else "str(number)"
        return Exercise(
            texts=(
                f"find the product of the {kind} of a number",
                f"multiply all {kind} of an integer",
                f"Given a positive integer, return the product of its {kind}.",
                f"compute the result of multiplying the {kind} of a given number",
            ),
            names=(f"product_of_{kind.replace(' ', '_')}", "digit_product", "multiply_digits"),
            solutions=(
                f"""
                import math

                def solve(number):
                    return math.prod(int(digit) for digit in {text})
                """,
                f"""
                def solve(number):
                    result = 1
                    for digit in {text}:
                        result *= int(digit)
                    return result
                """,
            ),
            arguments=_numbers(choose, choose.integer(1, 9), 402),
        )
    words, operator = {
        "product_minus_sum": ("difference between the product and the sum", "-"),
        "sum_times_product": ("product of digit product and digit sum", "*"),
    }[task]
    sentence = {
        "product_minus_sum": "return the product of its digits minus the sum of its digits",
        "sum_times_product": "multiply the product of its digits by the sum of its digits",
    }[task]
    return Exercise(
        texts=(
            f"take a number and {sentence}",
            f"Given a positive integer, {sentence}.",
            f"find the {words} of the digits of a number"
            if operator == "-"
            else f"find the {words} of a number",
        ),
        names=(task, f"digits_{task}", f"{task}_of_digits"),
        solutions=(
            f"""
            import math

            def solve(number):
                digits = [int(digit) for digit in str(number)]
                return math.prod(digits) {operator} sum(digits)
            """,
            f"""
            def solve(number):
                product = 1
                total = 0
                while number > 0:
                    digit = number % 10
                    product *= digit
                    total += digit
                    number //= 10
                return product {operator} total
            """,
        ),
        arguments=[(choose.integer(11, 10 ** choose.integer(2, 5)),) for _ in range(5)] + [(1,)],
    )


@family(power=(1, 2, 3))
def sum_of_digit_powers(choose: Chooser, power: int) -> Exercise:
    """Add up the digits of a number, or their squares or cubes."""
    of = {1: "", 2: "squares of the ", 3: "cubes of the "}[power]
    noun = {1: "digit", 2: "squared_digit", 3: "cubed_digit"}[power]
    suffix = "" if power == 1 else f" ** {power}"
    return Exercise(
        texts=(
            f"find the sum of the {of}digits of a number",
            f"add up the {of}digits of a non-negative integer",
            f"Given a number, compute the sum of the {of}digits it is made of.",
            f"get the sum of {of or 'all the '}digits of an integer",
        ),
        names=(f"sum_of_{noun}s", f"{noun}_sum", f"add_{noun}s"),
        solutions=(
            f"""
            def solve(number):
                return sum(int(digit){suffix} for digit in str(number))
            """,
            f"""
            def solve(number):
                total = 0
                while number > 0:
                    total += (number % 10){suffix}
                    number //= 10
                return total
            """,
            f"""
            def solve(number):
                if number == 0:
                    return 0
                return (number % 10){suffix} + solve(number // 10)
            """,
        ),
        arguments=_numbers(choose, 0, 100),
    )


@family(order=("ascending", "descending"), ask=("rearrange", "check", "strict_check"))
def order_of_digits(choose: Chooser, order: str, ask: str) -> Exercise:
    """Sort the digits of a number, or check that they are sorted."""
    up = order == "ascending"
    if ask == "rearrange":
        extreme = "smallest" if up else "largest"
        reverse = "" if up else ", reverse=True"
        return Exercise(
            texts=(
                f"rearrange the digits of a number in {order} order",
                f"sort the digits of an integer so that they form the {extreme} possible number",
                f"Given a non-negative integer, return it with its digits in {order} order.",
                f"find the {extreme} number that can be made with all digits of a given number"
                + (" (leading zeros vanish)" if up else ""),
            ),
            names=(f"sort_digits_{order}", f"{extreme}_from_digits", "rearrange_digits"),
            solutions=(
                f"""
                def solve(number):
                    return int(''.join(sorted(str(number){reverse})))
                """,
                f"""
                def solve(number):
                    digits = [int(digit) for digit in str(number)]
                    digits.sort({reverse[2:]})
                    result = 0
                    for digit in digits:
                        result = result * 10 + digit
                    return result
                """,
            ),
            arguments=_numbers(choose, choose.integer(0, 9), 5020),
        )
    strict = ask == "strict_check"
    sign = ("<" if up else ">") + ("" if strict else "=")
    grow = "increase" if up else "decrease"
    compared = (
        f"every digit of a number after the first is {'larger' if up else 'smaller'}"
        if strict
        else f"no digit of a number is {'smaller' if up else 'larger'}"
    )
    rule = (
        f"strictly {grow} from left to right"
        if strict
        else f"are in {order} order from left to right (equal neighbors are allowed)"
    )
    runs = []
    for _ in range(3):
        length = choose.integer(2, 5)
        digits = (
            choose.sample("123456789", length)
            if strict
            else [str(choose.integer(1, 9)) for _ in range(length)]
        )
        runs.append((int("".join(sorted(digits, reverse=not up))),))
    return Exercise(
        texts=(
            f"check whether the digits of a number {rule}",
            f"Return True if the digits of an integer {rule}, else False.",
            f"check that {compared} than the digit before it",
        ),
        names=(f"digits_{grow}", f"is_{order}_number", f"{order}_digits"),
        solutions=(
            f"""
            def solve(number):
                text = str(number)
                return all(text[i] {sign} text[i + 1] for i in range(len(text) - 1))
            """,
            f"""
            def solve(number):
                text = str(number)
                for first, second in zip(text, text[1:]):
                    if not first {sign} second:
                        return False
                return True
            """,
        ),
        arguments=[*runs, *_numbers(choose, 5, 4421 if not up else 1244)[:4]],
    )
