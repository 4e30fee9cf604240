"""Puzzles about numbers: next palindromes, Kaprekar's routine, sums of squares, check digits."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


_NEXT = {
    "palindrome": (
        ("find the smallest palindrome that is greater than a number",
         "return the next number after <number> that reads the same forwards and backwards",
         "Given a non-negative integer, what is the next larger palindromic number?"),
        ("def solve(number):\n    number += 1\n    while str(number) != str(number)[::-1]:\n"
         "        number += 1\n    return number",
         "from itertools import count\n\ndef solve(number):\n"
         "    for candidate in count(number + 1):\n        text = str(candidate)\n"
         "        if text == text[::-1]:\n            return candidate"),
    ),
    "nearest_palindrome": (
        ("find the distance from a number to the nearest palindrome (0 for a palindrome)",
         "return how far <number> is from the closest number that reads the same from both ends",
         "Given a positive integer, return the smallest difference between it and a palindromic "
         "number."),
        ("def solve(number):\n    def is_palindrome(value):\n"
         "        return str(value) == str(value)[::-1]\n\n    distance = 0\n"
         "    while not (is_palindrome(number - distance) or is_palindrome(number + distance)):\n"
         "        distance += 1\n    return distance",),
    ),
    "distinct": (
        ("find the smallest number greater than <number> in which all digits are different",
         "return the next number after a given one without repeated digits",
         "Given a non-negative integer, return the next larger integer whose digits are all "
         "distinct."),
        ("def solve(number):\n    number += 1\n"
         "    while len(set(str(number))) != len(str(number)):\n        number += 1\n"
         "    return number",
         "def solve(number):\n    while True:\n        number += 1\n        text = str(number)\n"
         "        if all(text.count(digit) == 1 for digit in text):\n            return number"),
    ),
    "same_digit_sum": (
        ("find the smallest number greater than <number> with the same digit sum",
         "return the next number after a positive integer whose digits have the same sum",
         "Given a positive integer, which is the next larger integer with an equal sum of digits?"),
        ("def digit_sum(number):\n    return sum(int(digit) for digit in str(number))\n\n"
         "def solve(number):\n    other = number + 1\n"
         "    while digit_sum(other) != digit_sum(number):\n        other += 1\n    return other",),
    ),
    "same_digits": (
        ("find the next larger number with exactly the same digits, or -1 if there is none",
         "rearrange the digits of <number> into the smallest number that is larger than it; return "
         "-1 if that is impossible",
         "Given a positive integer, return the next greater one made of the same digits, or -1."),
        ("from itertools import permutations\n\ndef solve(number):\n"
         "    larger = [\n        value\n        for value in map(lambda p: int(''.join(p)), "
         "permutations(str(number)))\n        if value > number\n    ]\n"
         "    return min(larger, default=-1)",
         "def solve(number):\n    digits = list(str(number))\n    i = len(digits) - 2\n"
         "    while i >= 0 and digits[i] >= digits[i + 1]:\n        i -= 1\n    if i < 0:\n"
         "        return -1\n    j = len(digits) - 1\n    while digits[j] <= digits[i]:\n"
         "        j -= 1\n    digits[i], digits[j] = digits[j], digits[i]\n"
         "    return int(''.join(digits[:i + 1] + digits[:i:-1]))"),
    ),
    "multiple": (
        ("find the smallest number greater than <number> that is divisible by its own digit sum",
         "return the next Harshad number (divisible by the sum of its digits) after a number",
         "Given a non-negative integer, return the next larger integer that the sum of its digits "
         "divides."),
        ("def solve(number):\n    number += 1\n"
         "    while number % sum(int(digit) for digit in str(number)) != 0:\n"
         "        number += 1\n    return number",),
    ),
}  # fmt: skip


_MORE_NEXT_NUMBER_WITH_PROPERTY = {
    "palindrome": "next palindrome: find the first palindrome above a number",
    "nearest_palindrome": "How far is a number from the nearest palindrome?",
    "distinct": "What is the first number above <number> with no digit twice?",
    "same_digit_sum": "What is the next number with the same sum of digits?",
    "same_digits": "next greater number with the same digits: find it, or return -1",
    "multiple": "What is the first number above <number> that its digit sum divides?",
}


@family(ask=tuple(_NEXT))
def next_number_with_property(choose: Chooser, ask: str) -> Exercise:
    """Find the next palindrome, the next permutation and so on."""
    texts, solutions = _NEXT[ask]
    high = 4 if ask in ("same_digits", "palindrome", "nearest_palindrome") else 3
    numbers = [choose.integer(1, 10 ** choose.integer(2, high)) for _ in range(5)]
    numbers.append(choose.one_of((9, 99, 101, 33)))
    return Exercise(
        texts=(*texts, _MORE_NEXT_NUMBER_WITH_PROPERTY[ask]),
        names={
            "palindrome": ("next_palindrome", "following_palindrome", "palindrome_after"),
            "nearest_palindrome": ("palindrome_distance", "nearest_palindrome", "to_palindrome"),
            "distinct": ("next_distinct_digits", "next_without_repeats", "next_unique"),
            "same_digit_sum": ("next_same_digit_sum", "next_equal_sum", "following_digit_sum"),
            "same_digits": ("next_permutation", "next_greater_number", "next_same_digits"),
            "multiple": ("next_harshad", "next_divisible_by_sum", "following_harshad"),
        }[ask],
        solutions=solutions,
        arguments=[(number,) for number in numbers],
        synonyms={"count": ("count",), "candidate": ("value", "n", "other")},
    )


_KAPREKAR = {
    "step": (
        ("subtract the number with the digits of <number> in ascending order from the one with the "
         "digits in descending order",
         "do one step of Kaprekar's routine: largest minus smallest arrangement of the digits",
         "Given an integer, sort its digits down and up and return the difference of the two "
         "numbers."),
        ("def solve(number):\n    text = ''.join(sorted(str(number)))\n"
         "    return int(text[::-1]) - int(text)",
         "def solve(number):\n    digits = sorted(str(number))\n"
         "    small = int(''.join(digits))\n    digits.reverse()\n"
         "    return int(''.join(digits)) - small"),
    ),
    "steps": (
        ("count the steps of Kaprekar's routine until 6174 is reached from a 4-digit number: sort "
         "the four digits (with leading zeros) down and up and subtract",
         "find how often largest minus smallest arrangement of four digits must be taken to get "
         "6174",
         "Given a number with four digits that are not all equal, repeat 'descending minus "
         "ascending digits' (always four digits) and return the number of rounds to 6174."),
        ("def solve(number):\n    count = 0\n    while number != 6174:\n"
         "        text = ''.join(sorted(str(number).zfill(4)))\n"
         "        number = int(text[::-1]) - int(text)\n        count += 1\n    return count",),
    ),
    "number": (
        ("check whether a number is a Kaprekar number: its square can be cut into two parts that "
         "add up to it, where the right part has as many digits as the number",
         "check if n is the sum of the two halves of n * n, when the right half has the length of "
         "n",
         "Given a positive integer n, split n ** 2 so that the right part has as many digits as n "
         "(the left part may be empty, which is 0); return True if both parts add up to n."),
        ("def solve(n):\n    left, right = divmod(n * n, 10 ** len(str(n)))\n"
         "    return left + right == n",
         "def solve(n):\n    text = str(n * n)\n    size = len(str(n))\n"
         "    return int(text[:-size] or '0') + int(text[-size:]) == n"),
    ),
    "reverse_add": (
        ("count how often a number must be added to its reverse until the result is a palindrome "
         "(0 for a palindrome)",
         "find the number of reverse-and-add steps that turn <number> into a palindrome",
         "Add a number and its reversed digits again and again until a palindrome appears. Return "
         "the number of additions."),
        ("def solve(number):\n    count = 0\n    while str(number) != str(number)[::-1]:\n"
         "        number += int(str(number)[::-1])\n        count += 1\n    return count",),
    ),
    "reverse_add_value": (
        ("add a number and its reverse until the result is a palindrome, and return it",
         "find the palindrome that <number> leads to when its reverse is added again and again",
         "Given a positive integer, repeat 'number plus reversed number' until you have a "
         "palindrome and return that palindrome."),
        ("def solve(number):\n    while str(number) != str(number)[::-1]:\n"
         "        number += int(str(number)[::-1])\n    return number",
         "def solve(number):\n    other = int(str(number)[::-1])\n    if number == other:\n"
         "        return number\n    return solve(number + other)"),
    ),
}  # fmt: skip


_MORE_DIGIT_ROUTINES = {
    "step": (
        "I have a number. Return its digits sorted downwards minus its digits sorted upwards, "
        "both read as numbers."
    ),
    "steps": "How many rounds of Kaprekar's routine lead from a number of four digits to 6174?",
    "number": (
        "check whether the given number is a Kaprekar number or not (the right part of the "
        "square has as many digits as the number)"
    ),
    "reverse_add": "How many times do I have to add the reversed number until I get a palindrome?",
    "reverse_add_value": "Which palindrome do I get if I add the reversed number again and again?",
}


@family(ask=tuple(_KAPREKAR))
def digit_routines(choose: Chooser, ask: str) -> Exercise:
    """Follow Kaprekar's routine or reverse-and-add."""
    texts, solutions = _KAPREKAR[ask]
    if ask == "number":
        numbers = choose.sample((1, 9, 45, 55, 99, 297, 703, 999), 3)
        numbers += [choose.integer(2, 300) for _ in range(4)]
    elif ask == "steps":
        numbers = []
        while len(numbers) < 5:
            number = choose.integer(1000, 9998)
            if number % 1111:
                numbers.append(number)
    elif ask == "step":
        numbers = [choose.integer(10, 10 ** choose.integer(2, 5)) for _ in range(6)]
    else:
        numbers = [choose.integer(1, 88) for _ in range(5)] + [choose.integer(100, 150), 7]
    return Exercise(
        texts=(*texts, _MORE_DIGIT_ROUTINES[ask]),
        names={
            "step": ("kaprekar_step", "descending_minus_ascending", "digit_difference"),
            "steps": ("kaprekar_steps", "steps_to_6174", "kaprekar_routine"),
            "number": ("is_kaprekar", "kaprekar_number", "check_kaprekar"),
            "reverse_add": ("reverse_and_add_steps", "steps_to_palindrome", "count_additions"),
            "reverse_add_value": ("reverse_and_add", "reach_palindrome", "palindrome_by_adding"),
        }[ask],
        solutions=solutions,
        arguments=[(number,) for number in numbers],
    )


_SQUARE_SUMS = {
    "is_sum": (
        ("check whether a number is the sum of two perfect squares (0 counts as a square)",
         "check if <n> equals a * a + b * b for non-negative integers a and b",
         "Return True if a non-negative integer can be written as a sum of two squares, else "
         "False."),
        ("def solve(n):\n    i = 0\n    while i * i <= n:\n"
         "        j = int((n - i * i) ** 0.5)\n        if i * i + j * j == n:\n"
         "            return True\n        i += 1\n    return False",
         "def solve(n):\n    squares = {i * i for i in range(int(n ** 0.5) + 1)}\n"
         "    return any(n - square in squares for square in squares)"),
    ),
    "pairs": (
        ("list all pairs (a, b) with 0 <= a <= b and a * a + b * b equal to <n>, by increasing a",
         "find every way to write n as a sum of two squares, as tuples with the smaller number "
         "first",
         "Given n, return the list of tuples (a, b), a <= b, of non-negative integers whose "
         "squares add up to n."),
        ("def solve(n):\n    result = []\n    for a in range(int(n ** 0.5) + 1):\n"
         "        for b in range(a, int(n ** 0.5) + 1):\n            if a * a + b * b == n:\n"
         "                result.append((a, b))\n    return result",
         "def solve(n):\n    root = int(n ** 0.5)\n    return [\n        (a, b)\n"
         "        for a in range(root + 1)\n        for b in range(a, root + 1)\n"
         "        if a ** 2 + b ** 2 == n\n    ]"),
    ),
    "triples": (
        ("list all Pythagorean triples (a, b, c) with a < b < c <= <n>, in increasing order",
         "find the right triangles with whole sides up to n, as tuples (a, b, c) with a < b < c",
         "Given n, return every tuple (a, b, c) with a < b, a * a + b * b == c * c and c not "
         "greater than n, sorted."),
        ("def solve(n):\n    result = []\n    for a in range(1, n + 1):\n"
         "        for b in range(a + 1, n + 1):\n            c = int((a * a + b * b) ** 0.5)\n"
         "            if c <= n and c * c == a * a + b * b:\n"
         "                result.append((a, b, c))\n    return result",
         "def solve(n):\n    return [\n        (a, b, c)\n        for a in range(1, n + 1)\n"
         "        for b in range(a + 1, n + 1)\n        for c in range(b + 1, n + 1)\n"
         "        if a * a + b * b == c * c\n    ]"),
    ),
    "difference": (
        ("check whether a positive integer is a difference of two squares",
         "check if <n> equals a * a - b * b for non-negative integers a and b",
         "Return True if a positive integer can be written as one square minus another (0 is "
         "allowed), else False."),
        (_returns("n", "n % 4 != 2"),
         "def solve(n):\n    for a in range(n + 1):\n        for b in range(a + 1):\n"
         "            if a * a - b * b == n:\n                return True\n    return False"),
    ),
    "consecutive": (
        ("count the ways to write a positive integer as a sum of one or more consecutive positive "
         "integers",
         "find how many runs of successive positive integers add up to <n> (a single number is a "
         "run)",
         "Given n, return in how many ways it is a sum of consecutive positive integers, n itself "
         "included."),
        ("def solve(n):\n    count = 0\n    for start in range(1, n + 1):\n        total = 0\n"
         "        number = start\n        while total < n:\n            total += number\n"
         "            number += 1\n        if total == n:\n            count += 1\n"
         "    return count",
         "def solve(n):\n    return sum(1 for i in range(1, n + 1, 2) if n % i == 0)"),
    ),
    "least": (
        ("find the least number of perfect squares that add up to <n>",
         "return how many squares are needed at least to write a positive integer as their sum",
         "Given a positive integer, return the smallest count of square numbers with that sum."),
        ("def solve(n):\n    best = [0] + [n] * n\n    for i in range(1, n + 1):\n        j = 1\n"
         "        while j * j <= i:\n            best[i] = min(best[i], best[i - j * j] + 1)\n"
         "            j += 1\n    return best[n]",),
    ),
    "cube_sum": (
        ("check whether a positive integer is the sum of two positive cubes",
         "check if <n> equals a ** 3 + b ** 3 for positive integers a and b",
         "Return True if there are positive integers a and b with a cubed plus b cubed equal to "
         "the number."),
        ("def solve(n):\n    a = 1\n    while a ** 3 < n:\n"
         "        b = round((n - a ** 3) ** (1 / 3))\n"
         "        if b > 0 and a ** 3 + b ** 3 == n:\n            return True\n        a += 1\n"
         "    return False",
         "def solve(n):\n    cubes = {i ** 3 for i in range(1, n) if i ** 3 < n}\n"
         "    return any(n - cube in cubes for cube in cubes)"),
    ),
}  # fmt: skip


_MORE_NUMBERS_AS_SUMS = {
    "is_sum": "Is a number the sum of two squares? 0 is a square too.",
    "pairs": "two squares that add up to n: find all pairs (a, b) with a <= b",
    "triples": "pythagorean triples up to n: list them",
    "difference": "check whether a number can be expressed as difference of two squares or not",
    "consecutive": (
        "In how many ways can n be written as a sum of consecutive positive integers, itself "
        "included?"
    ),
    "least": "How many square numbers do I need at least to get the sum <n>?",
    "cube_sum": "check whether a number can be expressed as sum of two positive cubes or not",
}


@family(ask=tuple(_SQUARE_SUMS))
def numbers_as_sums(choose: Chooser, ask: str) -> Exercise:
    """Write numbers as sums of squares, cubes or consecutive numbers."""
    texts, solutions = _SQUARE_SUMS[ask]
    numbers = [choose.integer(1, 40) for _ in range(4)]
    if ask in ("is_sum", "pairs"):
        numbers = [choose.integer(1, 120) for _ in range(3)] + [choose.one_of((25, 50, 65, 85)), 0]
        numbers.append(choose.integer(1, 6) ** 2 + choose.integer(1, 6) ** 2)
    elif ask == "triples":
        numbers = choose.sample(range(5, 18), 4)
    elif ask == "cube_sum":
        numbers += [choose.integer(1, 4) ** 3 + choose.integer(1, 4) ** 3 for _ in range(3)]
    else:
        numbers += [choose.one_of((6, 10, 14)), choose.one_of((9, 12, 15)), 1]
    return Exercise(
        texts=(*texts, _MORE_NUMBERS_AS_SUMS[ask]),
        names={
            "is_sum": ("is_sum_of_two_squares", "two_squares", "sum_of_squares_check"),
            "pairs": ("square_pairs", "two_square_sums", "ways_as_squares"),
            "triples": ("pythagorean_triples", "right_triangles", "find_triples"),
            "difference": ("is_difference_of_squares", "square_difference", "difference_check"),
            "consecutive": ("count_consecutive_sums", "consecutive_sums", "ways_as_run"),
            "least": ("least_squares", "min_squares", "fewest_squares"),
            "cube_sum": ("is_sum_of_cubes", "two_cubes", "sum_of_two_cubes"),
        }[ask],
        solutions=solutions,
        arguments=[(number,) for number in numbers],
        synonyms={"start": ("first_number", "begin", "low")},
    )


_CHECKS = {
    "luhn": (
        ("check whether a string of digits passes the Luhn test: from the right, every second "
         "digit is doubled (minus 9 if above 9), and the sum must be divisible by 10",
         "validate a card number, given as text, with the Luhn algorithm",
         "Given a string of digits, double every second digit from the right, subtract 9 from "
         "results above 9, add everything up, and return True if the sum ends in 0."),
        ("def solve(text):\n    total = 0\n    for index, char in enumerate(reversed(text)):\n"
         "        digit = int(char)\n        if index % 2 == 1:\n            digit *= 2\n"
         "            if digit > 9:\n                digit -= 9\n        total += digit\n"
         "    return total % 10 == 0",
         "def solve(text):\n    digits = [int(char) for char in text[::-1]]\n"
         "    doubled = [digit * 2 for digit in digits[1::2]]\n"
         "    return (sum(digits[::2]) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0"),
    ),
    "ean": (
        ("find the check digit for 12 digits of an EAN-13 code: digits are weighted 1, 3, 1, 3 and "
         "so on, and the check digit completes the sum to a multiple of 10",
         "compute the 13th digit of a bar code from its first 12 digits, given as a string "
         "(weights 1 and 3 in turn)",
         "Given 12 digits as text, add the digits at even indexes and three times those at odd "
         "indexes; return the digit that makes the sum divisible by 10."),
        ("def solve(text):\n    total = 0\n    for index, char in enumerate(text):\n"
         "        total += int(char) * (3 if index % 2 else 1)\n"
         "    return (10 - total % 10) % 10",
         "def solve(text):\n    total = sum(map(int, text[::2])) + 3 * sum(map(int, text[1::2]))\n"
         "    return -total % 10"),
    ),
    "isbn": (
        ("check whether a string of 10 characters is a valid ISBN-10: digits weighted 10 down to 1 "
         "must add up to a multiple of 11, and a final 'X' stands for 10",
         "validate an ISBN with ten characters (the last may be 'X' for 10) by its weighted sum "
         "modulo 11",
         "Given ten characters, multiply the values by 10, 9, ..., 1 ('X' at the end has value 10) "
         "and return True if the sum is divisible by 11."),
        ("def solve(text):\n    total = 0\n    for index, char in enumerate(text):\n"
         "        value = 10 if char == 'X' else int(char)\n"
         "        total += (10 - index) * value\n    return total % 11 == 0",),
    ),
    "mod_9": (
        ("find the remainder modulo 9 of a number that is given as a string of digits, by adding "
         "digits",
         "compute what a long number, given as text, leaves when it is divided by 9",
         "Given a string of digits, return the remainder of its digit sum divided by 9."),
        ("def solve(text):\n    return sum(int(char) for char in text) % 9",
         "def solve(text):\n    return int(text) % 9"),
    ),
    "mod_11": (
        ("check whether a number that is given as text is divisible by 11, by its alternating "
         "digit sum",
         "check if 11 divides the number in a string of digits",
         "Given a string of digits, return True if the difference of the sums of its digits at "
         "even and odd places is a multiple of 11."),
        ("def solve(text):\n    return (sum(map(int, text[::2])) - sum(map(int, text[1::2]))) % 11 "
         "== 0",
         "def solve(text):\n    return int(text) % 11 == 0"),
    ),
    "checksum": (
        ("find the checksum of a string of digits: each digit times its position (from 1), summed "
         "modulo 97",
         "weight the digits of a text with 1, 2, 3, ... and return the sum modulo 97",
         "Given a string of digits, multiply each by its place counted from 1, add the products, "
         "and return the remainder of the sum divided by 97."),
        ("def solve(text):\n"
         "    return sum(place * int(char) for place, char in enumerate(text, 1)) % 97",
         "def solve(text):\n    total = 0\n    for index in range(len(text)):\n"
         "        total += (index + 1) * int(text[index])\n    return total % 97"),
    ),
}  # fmt: skip

_ISBNS = ("0306406152", "080442957X", "0131103628", "0201633612", "097522980X", "1593279280")


def _with_luhn_digit(digits: str) -> str:
    total = 0
    for index, char in enumerate(reversed(digits)):
        doubled = int(char) * (1 if index % 2 else 2)
        total += doubled - 9 if doubled > 9 else doubled
    return digits + str(-total % 10)


@family(ask=tuple(_CHECKS))
def check_digits(choose: Chooser, ask: str) -> Exercise:
    """Validate card numbers and codes by their check digits."""
    texts, solutions = _CHECKS[ask]
    values = []
    for i in range(6):
        digits = choose.letters((6, 12), "0123456789")
        if ask == "ean":
            digits = choose.letters(12, "0123456789")
        elif ask == "isbn":
            digits = choose.one_of(_ISBNS) if i % 2 else choose.letters(10, "0123456789")
        elif ask == "luhn" and i % 2:
            digits = _with_luhn_digit(digits)
        elif ask == "mod_11" and i % 2:
            digits = str(int(digits) * 11)
        values.append(digits)
    return Exercise(
        texts=texts,
        names={
            "luhn": ("luhn_check", "is_valid_card", "passes_luhn"),
            "ean": ("check_digit", "ean_check_digit", "barcode_digit"),
            "isbn": ("is_valid_isbn", "check_isbn", "isbn_is_valid"),
            "mod_9": ("remainder_by_nine", "mod_nine", "digit_sum_mod_nine"),
            "mod_11": ("divisible_by_eleven", "eleven_divides", "check_eleven"),
            "checksum": ("checksum", "weighted_checksum", "digit_checksum"),
        }[ask],
        solutions=solutions,
        arguments=[(value,) for value in values],
        synonyms={"text": ("code", "s", "digits_", "card")},
    )


_LIMITS = {
    "sum": (
        ("find the smallest n such that 1 + 2 + ... + n is at least <limit>",
         "count how many of the numbers 1, 2, 3, ... must be added until the sum reaches a limit",
         "Given a positive limit, add 1, 2, 3 and so on; return the number that was added when the "
         "sum first reaches the limit."),
        ("def solve(limit):\n    n = 0\n    total = 0\n    while total < limit:\n"
         "        n += 1\n        total += n\n    return n",
         "def solve(limit):\n    n = 1\n    while n * (n + 1) // 2 < limit:\n        n += 1\n"
         "    return n"),
    ),
    "complete_rows": (
        ("count the complete rows of a staircase of <limit> coins in which row k has k coins",
         "find how many full rows can be built from a number of coins if each row has one coin "
         "more than the one before",
         "Given a number of coins, build rows of 1, 2, 3, ... coins and return how many rows are "
         "complete."),
        ("def solve(limit):\n    count = 0\n    while limit > count:\n        count += 1\n"
         "        limit -= count\n    return count",
         "import math\n\ndef solve(limit):\n    return (math.isqrt(8 * limit + 1) - 1) // 2"),
    ),
    "factorial": (
        ("find the smallest n whose factorial is greater than <limit>",
         "return the least n >= 1 such that n! exceeds a given number",
         "Given a non-negative number, what is the first positive integer with larger factorial?"),
        ("import math\n\ndef solve(limit):\n    n = 1\n    while math.factorial(n) <= limit:\n"
         "        n += 1\n    return n",
         "def solve(limit):\n    n = 1\n    product = 1\n    while product <= limit:\n"
         "        n += 1\n        product *= n\n    return n"),
    ),
    "power": (
        ("find the smallest k such that 2 ** k is greater than <limit>",
         "return how often 1 must be doubled to exceed a non-negative number",
         "Given a number, what is the least exponent k >= 0 with 2 to the power k above it?"),
        ("def solve(limit):\n    k = 0\n    while 2 ** k <= limit:\n        k += 1\n    return k",
         "def solve(limit):\n    return limit.bit_length()"),
    ),
    "harmonic": (
        ("find the smallest n such that 1 + 1/2 + ... + 1/n is greater than <limit>",
         "count the terms of the harmonic series 1 + 1/2 + 1/3 + ... until the sum exceeds a limit",
         "Given a number, add 1, 1/2, 1/3 and so on; return how many terms are needed to get more "
         "than it."),
        ("def solve(limit):\n    n = 0\n    total = 0\n    while total <= limit:\n"
         "        n += 1\n        total += 1 / n\n    return n",),
    ),
    "digits_of_triangular": (
        ("find the index of the smallest triangular number that has <limit> digits",
         "return the least n such that n * (n + 1) / 2 has a given number of digits",
         "Given a positive count of digits, which triangular number (by its index from 1) is the "
         "first with so many digits?"),
        ("def solve(limit):\n    n = 1\n    while len(str(n * (n + 1) // 2)) < limit:\n"
         "        n += 1\n    return n",
         "def solve(limit):\n    n = 1\n    while n * (n + 1) // 2 < 10 ** (limit - 1):\n"
         "        n += 1\n    return n"),
    ),
    "days_of_doubling": (
        ("count the days until a sum that starts with 1 and doubles every day reaches at least "
         "<limit>",
         "find after how many doublings of 1 a limit is reached",
         "One coin doubles each day. Given a number of coins, return after how many days there are "
         "at least that many."),
        ("def solve(limit):\n    days = 0\n    coins = 1\n    while coins < limit:\n"
         "        coins *= 2\n        days += 1\n    return days",
         "import math\n\ndef solve(limit):\n    return math.ceil(math.log2(limit))"),
    ),
}  # fmt: skip


_MORE_COUNT_UNTIL_LIMIT = {
    "sum": "How many numbers 1, 2, 3, ... must I add to reach at least <limit>?",
    "complete_rows": "I build rows of 1, 2, 3, ... coins. How many full rows do my coins give?",
    "factorial": "Which is the first n with n! greater than <limit>?",
    "power": "Which is the first exponent k >= 0 with 2 ** k greater than <limit>?",
    "harmonic": "How many terms of 1 + 1/2 + 1/3 + ... give more than <limit>?",
    "digits_of_triangular": "index of the smallest triangular number with n digits: find it",
    "days_of_doubling": (
        "My coin doubles every day. After how many days do I have at least <limit> coins?"
    ),
}


@family(ask=tuple(_LIMITS))
def count_until_limit(choose: Chooser, ask: str) -> Exercise:
    """Count how many steps a growing sum or product needs to reach a limit."""
    texts, solutions = _LIMITS[ask]
    arguments: list[tuple[Any, ...]]
    if ask == "harmonic":
        arguments = [(choose.decimal(0.5, 4, 1),) for _ in range(5)] + [(1,)]
    elif ask == "digits_of_triangular":
        arguments = [(n,) for n in choose.sample(range(1, 6), 4)]
    else:
        arguments = [(choose.integer(2, 10 ** choose.integer(1, 4)),) for _ in range(5)]
        arguments += [(1,), (choose.one_of((6, 10, 64, 128)),)]
    return Exercise(
        texts=(*texts, _MORE_COUNT_UNTIL_LIMIT[ask]),
        names={
            "sum": ("terms_until_sum", "smallest_n", "count_until_sum"),
            "complete_rows": ("complete_rows", "full_rows", "arrange_coins"),
            "factorial": ("factorial_above", "first_larger_factorial", "smallest_factorial"),
            "power": ("doublings_needed", "exponent_above", "smallest_exponent"),
            "harmonic": ("harmonic_terms", "terms_needed", "harmonic_limit"),
            "digits_of_triangular": ("triangular_with_digits", "first_triangular", "find_index"),
            "days_of_doubling": ("days_to_double", "doubling_days", "days_until"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={"limit": ("target", "x", "goal", "number"), "k": ("exponent", "i", "p")},
    )


_CIRCLES = {
    "josephus": (
        ("find the survivor when <n> people, numbered from 1, stand in a circle and every <k>-th "
         "is removed until one is left",
         "solve the Josephus problem: return the number of the last of n persons when each k-th "
         "person leaves",
         "Numbers 1 to n stand in a circle. Counting from 1, each k-th number is struck out again "
         "and again. Return the one that remains."),
        ("def solve(n, k):\n    people = list(range(1, n + 1))\n    index = 0\n"
         "    while len(people) > 1:\n        index = (index + k - 1) % len(people)\n"
         "        people.pop(index)\n    return people[0]",
         "def solve(n, k):\n    result = 0\n    for size in range(2, n + 1):\n"
         "        result = (result + k) % size\n    return result + 1"),
    ),
    "order": (
        ("list the order in which <n> people, numbered from 1 in a circle, are removed if every "
         "<k>-th leaves",
         "return the sequence of the numbers 1 to n that are struck out of a circle, each k-th in "
         "turn, with the last one at the end",
         "Given n and k, count around a circle of 1 to n, take every k-th number out, and return "
         "all numbers in the order in which they leave."),
        ("def solve(n, k):\n    people = list(range(1, n + 1))\n    result = []\n"
         "    index = 0\n    while people:\n        index = (index + k - 1) % len(people)\n"
         "        result.append(people.pop(index))\n    return result",
         "from collections import deque\n\ndef solve(n, k):\n"
         "    circle = deque(range(1, n + 1))\n    result = []\n    while circle:\n"
         "        circle.rotate(1 - k)\n        result.append(circle.popleft())\n"
         "    return result"),
    ),
    "lucky": (
        ("list the lucky numbers up to <n>: strike every second number, then every third of the "
         "rest, and so on with the next number that remains",
         "sieve lucky numbers: from 1, 3, 5, ... up to n remove each 3rd, then each 7th of what is "
         "left, always by the next surviving number",
         "Given n, return the lucky numbers that are not greater than n (1, 3, 7, 9, 13, ...)."),
        ("def solve(n):\n    numbers = list(range(1, n + 1, 2))\n    index = 1\n"
         "    while index < len(numbers) and numbers[index] <= len(numbers):\n"
         "        del numbers[numbers[index] - 1::numbers[index]]\n        index += 1\n"
         "    return numbers",),
    ),
    "ulam": (
        ("list the first <n> Ulam numbers: 1, 2, and then always the smallest larger number that "
         "is a sum of two different earlier ones in exactly one way",
         "generate n terms of the Ulam sequence 1, 2, 3, 4, 6, 8, 11, ...",
         "Given n of at least 2, return the first n Ulam numbers."),
        ("from itertools import combinations\n\ndef solve(n):\n    terms = [1, 2]\n"
         "    number = 3\n    while len(terms) < n:\n"
         "        ways = sum(1 for a, b in combinations(terms, 2) if a + b == number)\n"
         "        if ways == 1:\n            terms.append(number)\n        number += 1\n"
         "    return terms",),
    ),
    "lights": (
        ("list the lamps that are on after <n> rounds with n lamps: round k toggles every k-th "
         "lamp, and all lamps are off at first",
         "There are n closed doors; person k (from 1 to n) changes the state of each k-th door. "
         "Return the numbers of the open doors.",
         "Given n lamps that are off, toggle each k-th lamp in round k for k from 1 to n and "
         "return the sorted numbers of those that are on."),
        ("def solve(n):\n    lamps = [False] * (n + 1)\n    for k in range(1, n + 1):\n"
         "        for lamp in range(k, n + 1, k):\n            lamps[lamp] = not lamps[lamp]\n"
         "    return [number for number in range(1, n + 1) if lamps[number]]",
         "def solve(n):\n    return [i * i for i in range(1, n + 1) if i * i <= n]"),
    ),
}  # fmt: skip


@family(ask=tuple(_CIRCLES))
def counting_out_and_sieves(choose: Chooser, ask: str) -> Exercise:
    """Count out in a circle, sieve lucky numbers, toggle lamps."""
    texts, solutions = _CIRCLES[ask]
    arguments: list[tuple[int, ...]]
    if ask in ("josephus", "order"):
        high = 25 if ask == "josephus" else 9
        arguments = [(1, 3)]
        arguments += [(choose.integer(2, high), choose.integer(1, 7)) for _ in range(5)]
    elif ask == "ulam":
        arguments = [(n,) for n in choose.sample(range(2, 10), 4)]
    else:
        arguments = [(n,) for n in choose.sample(range(1, 50), 5)]
    return Exercise(
        texts=texts,
        names={
            "josephus": ("josephus", "survivor", "last_in_circle"),
            "order": ("counting_out_order", "removal_order", "josephus_order"),
            "lucky": ("lucky_numbers", "lucky_sieve", "list_lucky"),
            "ulam": ("ulam_numbers", "ulam_sequence", "first_ulam"),
            "lights": ("lamps_on", "open_doors", "toggle_lamps"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={"terms": ("seq", "ulam", "values"), "people": ("circle", "players", "ring"),
                  "k": ("step", "m", "k")},
    )  # fmt: skip


_SMALLEST = {
    "digit_sum": (
        ("find the smallest positive integer with the digit sum <n>",
         "return the least number whose digits add up to a given positive integer",
         "Given n >= 1, what is the smallest number with n as the sum of its digits?"),
        ("def solve(n):\n    return int(str(n % 9) + '9' * (n // 9))",
         "def solve(n):\n    digits = []\n    while n > 9:\n        digits.append('9')\n"
         "        n -= 9\n    return int(str(n) + ''.join(digits))"),
        range(1, 40),
    ),
    "digit_product": (
        ("find the smallest positive integer whose digits have the product <n>, or -1 if there is "
         "none",
         "return the least number with a given digit product (-1 if no number has it)",
         "Given n >= 1, what is the smallest number whose digits multiply to n? Return -1 if it "
         "doesn't exist."),
        ("def solve(n):\n    if n < 10:\n        return n\n    digits = ''\n"
         "    for digit in range(9, 1, -1):\n        while n % digit == 0:\n"
         "            digits = str(digit) + digits\n            n //= digit\n"
         "    return int(digits) if n == 1 else -1",),
        range(1, 130),
    ),
    "largest_with_digits": (
        ("find the largest number with <n> digits",
         "return the greatest integer that is written with n digits",
         "Given n >= 1, what is the largest integer of n digits?"),
        (_returns("n", "10 ** n - 1"), _returns("n", "int('9' * n)")),
        range(1, 13),
    ),
    "smallest_with_digits": (
        ("find the smallest positive number with <n> digits",
         "return the least positive integer that is written with n digits",
         "Given n >= 1, what is the smallest positive integer of n digits?"),
        (_returns("n", "10 ** (n - 1)"), _returns("n", "int('1' + '0' * (n - 1))")),
        range(1, 13),
    ),
    "count_with_digits": (
        ("count the positive integers with exactly <n> digits",
         "find how many positive numbers are written with n digits",
         "Given n >= 1, return how many positive integers have n digits."),
        (_returns("n", "9 * 10 ** (n - 1)"), _returns("n", "10 ** n - 10 ** (n - 1)")),
        range(1, 11),
    ),
    "count_palindromes": (
        ("count the palindromes with exactly <n> digits (numbers begin with 1 to 9)",
         "find how many positive integers of n digits read the same from both ends",
         "Given n >= 1, return the number of positive palindromic integers with n digits."),
        (_returns("n", "9 * 10 ** ((n - 1) // 2)"),
         "def solve(n):\n    half = (n + 1) // 2\n    return 10 ** half - 10 ** (half - 1)"),
        range(1, 13),
    ),
    "digits_written": (
        ("count the digits that are needed to write all numbers from 1 to <n>",
         "find how many digits the page numbers of a book with n pages have together",
         "Given n, return the total number of digits in 1, 2, ..., n."),
        ("def solve(n):\n    return sum(len(str(number)) for number in range(1, n + 1))",
         "def solve(n):\n    total = 0\n    for number in range(1, n + 1):\n"
         "        total += len(str(number))\n    return total"),
        range(1, 250),
    ),
    "concatenated": (
        ("write the numbers from 1 to <n> one after another as a single string of digits",
         "join the numbers 1, 2, ..., n to one text without separators",
         "Given n, return the string '123...' that ends with n."),
        ("def solve(n):\n    return ''.join(str(number) for number in range(1, n + 1))",
         "def solve(n):\n    result = ''\n    for number in range(1, n + 1):\n"
         "        result += str(number)\n    return result"),
        range(1, 25),
    ),
}  # fmt: skip


_MORE_NUMBERS_WITH_N_DIGITS = {
    "digit_sum": "smallest number with digit sum n: find it",
    "digit_product": "smallest number with digit product n: find it, or return -1",
    "largest_with_digits": "largest n digit number: find it",
    "smallest_with_digits": "smallest n digit number: find it",
    "count_with_digits": "number of n digit numbers: count them",
    "count_palindromes": "number of n digit palindromes: count them",
    "digits_written": "How many digits do I write when I write all numbers from 1 to <n>?",
    "concatenated": "I want the numbers 1 to <n> in one string without spaces. Return it.",
}


@family(ask=tuple(_SMALLEST))
def numbers_with_n_digits(choose: Chooser, ask: str) -> Exercise:
    """Find extreme numbers with a digit sum, product or length, and count digits."""
    texts, solutions, numbers = _SMALLEST[ask]
    return Exercise(
        texts=(*texts, _MORE_NUMBERS_WITH_N_DIGITS[ask]),
        names={
            "digit_sum": ("smallest_with_digit_sum", "least_number", "min_with_sum"),
            "digit_product": ("smallest_with_product", "least_digit_product", "min_with_product"),
            "largest_with_digits": (
                "largest_n_digit",
                "max_n_digit_number",
                "greatest_with_digits",
            ),
            "smallest_with_digits": ("smallest_n_digit", "min_n_digit_number", "least_n_digit"),
            "count_with_digits": ("count_n_digit", "n_digit_numbers", "how_many_n_digit"),
            "count_palindromes": ("count_palindromes", "n_digit_palindromes", "num_palindromes"),
            "digits_written": ("total_digits", "page_digits", "digits_needed"),
            "concatenated": ("number_string", "concatenate_numbers", "digits_in_a_row"),
        }[ask],
        solutions=solutions,
        arguments=[(n,) for n in choose.sample(numbers, 6)],
    )
