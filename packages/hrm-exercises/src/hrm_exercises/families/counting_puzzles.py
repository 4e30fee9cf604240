"""Check digits, counting out, growing sums."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

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
        ("add 1, 2, 3, ... until the sum has <limit> digits, and return the last number added",
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
    "digits_of_triangular": (
        "Which triangular number is the first with so many digits? Return its index from 1."
    ),
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
        arguments = [(n / 10,) for n in choose.sample(range(5, 41), 5)] + [(1,)]
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
         "generate n terms of the Ulam sequence 1, 2, 3, 4, 6, 8, 11 and so on",
         "Given n of at least 2, return the first n Ulam numbers."),
        ("from itertools import combinations\n\ndef solve(n):\n    terms = [1, 2]\n"
         "    number = 3\n    while len(terms) < n:\n"
         "        ways = sum(1 for a, b in combinations(terms, 2) if a + b == number)\n"
         "        if ways == 1:\n            terms.append(number)\n        number += 1\n"
         "    return terms",),
    ),
    "lights": (
        ("list the lamps that are on after <n> rounds with <n> lamps: round k toggles every k-th "
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
