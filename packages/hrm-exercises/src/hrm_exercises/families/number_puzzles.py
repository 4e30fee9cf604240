"""Puzzles about numbers: next palindromes, Kaprekar's routine, sums of squares, check digits."""

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
    "palindrome": "Next palindrome: find the first palindrome above a number.",
    "nearest_palindrome": "How far is a number from the nearest palindrome?",
    "distinct": "What is the first number above <number> with no digit twice?",
    "same_digit_sum": "What is the next number with the same sum of digits?",
    "same_digits": "find next greater number with the same digits, or return -1",
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
    "pairs": "Two squares that add up to n: find all pairs (a, b) with a <= b.",
    "triples": "list Pythagorean triples up to n",
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
    "digit_sum": "find smallest number with digit sum n",
    "digit_product": "find smallest number with digit product n, or return -1",
    "largest_with_digits": "find largest n digit number",
    "smallest_with_digits": "find smallest n digit number",
    "count_with_digits": "count number of n digit numbers",
    "count_palindromes": "count number of n digit palindromes",
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
