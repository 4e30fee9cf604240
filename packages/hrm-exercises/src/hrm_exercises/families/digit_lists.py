"""Digits taken from a number, changed, or put together to a number."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_PART = {
    "first_digit": (
        (
            "find the first digit of a number",
            "return the leading digit of a non-negative integer",
            "Given a whole number, return its leftmost digit.",
        ),
        "def solve(number):\n    return int(str(number)[0])",
        "def solve(number):\n    while number >= 10:\n        number //= 10\n    return number",
    ),
    "last_digit": (
        (
            "find the last digit of a number",
            "return the ones digit of a whole number",
            "Given a non-negative integer, return its rightmost digit.",
        ),
        "def solve(number):\n    return number % 10",
        "def solve(number):\n    return int(str(number)[-1])",
    ),
    "last_two": (
        (
            "get the last two digits of a number as a number",
            "find the number formed by the last two digits of a given integer",
            "Given a positive integer, return what is left when only its last two digits stay.",
        ),
        "def solve(number):\n    return number % 100",
        "def solve(number):\n    return int(str(number)[-2:])",
    ),
    "without_last": (
        (
            "remove the last digit of a number",
            "drop the ones digit from a positive integer",
            "Given an integer of two or more digits, return it without its last digit.",
        ),
        "def solve(number):\n    return number // 10",
        "def solve(number):\n    return int(str(number)[:-1])",
    ),
    "swap_ends": (
        (
            "swap the first and the last digit of a number",
            "interchange the first and last digits of a given integer",
            "Given an integer of two digits or more, return the number in which its first and last "
            "digits have changed places.",
        ),
        "def solve(number):\n    text = str(number)\n"
        "    return int(text[-1] + text[1:-1] + text[0])",
        "def solve(number):\n    digits = list(str(number))\n"
        "    digits[0], digits[-1] = digits[-1], digits[0]\n    return int(''.join(digits))",
    ),
    "middle": (
        (
            "find the middle digit of a number with an odd number of digits",
            "return the digit in the middle of an integer that has an odd number of digits",
            "A number has an odd number of digits. Return the one in the middle.",
        ),
        "def solve(number):\n    text = str(number)\n    return int(text[len(text) // 2])",
        "def solve(number):\n    digits = [int(digit) for digit in str(number)]\n"
        "    return digits[len(digits) // 2]",
    ),
    "rotate": (
        (
            "move the first digit of a number to its end",
            "rotate the digits of a number one place to the left",
            "Given a positive integer, take its first digit away and append it at the end.",
        ),
        "def solve(number):\n    text = str(number)\n    return int(text[1:] + text[0])",
        "def solve(number):\n    digits = list(str(number))\n    digits.append(digits.pop(0))\n"
        "    return int(''.join(digits))",
    ),
}


_MORE_PART_OF_NUMBER = {
    "first_digit": "Which digit does a number start with?",
    "last_digit": "Which digit does a number end with?",
    "last_two": "I have a number. Return its last two digits as an integer.",
    "without_last": "cut off the last digit of a number",
    "swap_ends": "I have a number. Exchange its first digit and its last digit.",
    "middle": "get the middle digit of a number",
    "rotate": "left rotate the digits of a number by one",
}


@family(which=tuple(_PART))
def part_of_number(choose: Chooser, which: str) -> Exercise:
    """Take some digits of a number, or move them."""
    texts, one, other = _PART[which]
    lengths = (3, 5, 7) if which == "middle" else (2, 3, 4, 5, 6)
    drawn = []
    for _ in range(6):
        length = choose.one_of(lengths)
        drawn.append((choose.integer(10 ** (length - 1), 10**length - 1),))
    edges = {"middle": [(8,)], "first_digit": [(0,)], "last_digit": [(0,)], "rotate": [(3,)]}
    return Exercise(
        texts=(*texts, _MORE_PART_OF_NUMBER[which]),
        names=(which, f"get_{which}", f"digits_{which}"),
        solutions=(one, other),
        arguments=drawn + edges.get(which, [(10,)]),
    )


_MORE_NUMBERS_AS_DIGIT_LISTS = {
    "to_list": "convert number to list of digits",
    "to_tuple": "convert number to tuple of digits",
    "from_list": "list of digits to number: convert it",
    "plus_one": (
        "I have the digits of a number in a list. Add 1 to the number and return the digits "
        "of the result."
    ),
    "largest_from": "What is the largest number that the digits of a list can make?",
    "smallest_from": (
        "What is the smallest number that the digits of a list can make (with zeros in front "
        "if needed)?"
    ),
}


@family(ask=("to_list", "to_tuple", "from_list", "plus_one", "largest_from", "smallest_from"))
def numbers_as_digit_lists(choose: Chooser, ask: str) -> Exercise:
    """Turn a number into its digits, or digits into a number."""
    texts, names, solutions = _DIGIT_LISTS[ask]
    if ask in ("to_list", "to_tuple"):
        return Exercise(
            texts=(*texts, _MORE_NUMBERS_AS_DIGIT_LISTS[ask]),
            names=names,
            solutions=solutions,
            arguments=[(choose.integer(10, 10 ** choose.integer(2, 8)),) for _ in range(5)]
            + [(0,)],
        )
    arguments = [([choose.integer(1, 9), *choose.integers((0, 6), 0, 9)],) for _ in range(5)]
    if ask == "plus_one":
        arguments += [([9, 9],), ([choose.integer(1, 9), 9],)]
    return Exercise(
        texts=(*texts, _MORE_NUMBERS_AS_DIGIT_LISTS[ask]),
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"digits": ("digit_list", "lst", "numbers", "d")},
    )


_DIGIT_LISTS = {
    "to_list": (
        (
            "convert a number to a list of its digits",
            "split an integer into its digits",
            "Given a non-negative integer, return its digits as a list, from left to right.",
            "turn 1234 into [1, 2, 3, 4], for any whole number",
        ),
        ("number_to_digits", "digits_of_number", "split_digits"),
        (
            "def solve(number):\n    return [int(digit) for digit in str(number)]",
            "def solve(number):\n    return list(map(int, str(number)))",
        ),
    ),
    "to_tuple": (
        (
            "convert a number to a tuple of its digits",
            "get the digits of an integer as a tuple",
            "Given a whole number, return a tuple with its digits in the same order.",
        ),
        ("number_to_tuple", "digit_tuple", "digits_as_tuple"),
        (
            "def solve(number):\n    return tuple(int(digit) for digit in str(number))",
            "def solve(number):\n    return tuple(map(int, str(number)))",
        ),
    ),
    "from_list": (
        (
            "join a list of digits into one number",
            "convert a list of digits to the integer they form",
            "Given a list of digits such as [4, 0, 7], return the number that they spell.",
        ),
        ("digits_to_number", "list_to_number", "join_digits"),
        (
            "def solve(digits):\n    return int(''.join(str(digit) for digit in digits))",
            "def solve(digits):\n    result = 0\n    for digit in digits:\n"
            "        result = result * 10 + digit\n    return result",
            "from functools import reduce\n\ndef solve(digits):\n"
            "    return reduce(lambda total, digit: total * 10 + digit, digits)",
        ),
    ),
    "plus_one": (
        (
            "add one to a number that is given as a list of digits, and return the new list",
            "increment a number stored as a list of its digits",
            "A list holds the digits of a number. Return the digits of the next number.",
        ),
        ("plus_one", "increment_digits", "add_one_to_digits"),
        (
            "def solve(digits):\n"
            "    number = int(''.join(str(digit) for digit in digits)) + 1\n"
            "    return [int(digit) for digit in str(number)]",
            "def solve(digits):\n    result = digits[:]\n"
            "    for index in range(len(result) - 1, -1, -1):\n"
            "        if result[index] < 9:\n            result[index] += 1\n"
            "            return result\n        result[index] = 0\n    return [1] + result",
        ),
    ),
    "largest_from": (
        (
            "find the largest number that can be formed from a list of digits",
            "arrange the digits of a list so that they give the largest possible number",
            "Given a list of digits, use each of them once to build the greatest number.",
        ),
        ("largest_number", "max_number_from_digits", "biggest_from_digits"),
        (
            "def solve(digits):\n"
            "    return int(''.join(str(digit) for digit in sorted(digits, reverse=True)))",
            "def solve(digits):\n    result = 0\n    for digit in sorted(digits)[::-1]:\n"
            "        result = result * 10 + digit\n    return result",
        ),
    ),
    "smallest_from": (
        (
            "find the smallest number that can be formed from a list of digits",
            "build the least possible number from all digits in a list (zeros may come first)",
            "Given a list of digits, arrange them into the smallest number; leading zeros don't "
            "count.",
        ),
        ("smallest_number", "min_number_from_digits", "least_from_digits"),
        (
            "def solve(digits):\n    return int(''.join(map(str, sorted(digits))))",
            "def solve(digits):\n    result = 0\n    for digit in sorted(digits):\n"
            "        result = result * 10 + digit\n    return result",
        ),
    ),
}


_SETS_OF_DIGITS = {
    "count_distinct": (
        (
            "count the different digits of a number",
            "find how many distinct digits an integer has",
            "Given a number, return the number of unique digits in it.",
        ),
        (
            "def solve(number):\n    return len(set(str(number)))",
            "def solve(number):\n    seen = []\n    for digit in str(number):\n"
            "        if digit not in seen:\n            seen.append(digit)\n    return len(seen)",
        ),
    ),
    "all_distinct": (
        (
            "check whether all digits of a number are different",
            "check if no digit occurs twice in an integer",
            "Return True if every digit of the given number is unique, else False.",
        ),
        (
            "def solve(number):\n    text = str(number)\n    return len(set(text)) == len(text)",
            "def solve(number):\n    seen = set()\n    for digit in str(number):\n"
            "        if digit in seen:\n            return False\n        seen.add(digit)\n"
            "    return True",
        ),
    ),
    "missing": (
        (
            "list the digits from 0 to 9 that do not occur in a number, in increasing order",
            "find which digits are missing from a number",
            "Given a number, return a sorted list of all digits it doesn't contain.",
        ),
        (
            "def solve(number):\n"
            "    return [digit for digit in range(10) if str(digit) not in str(number)]",
            "def solve(number):\n    found = {int(digit) for digit in str(number)}\n"
            "    return sorted(set(range(10)) - found)",
        ),
    ),
    "repeated": (
        (
            "list the digits that occur more than once in a number, in increasing order",
            "find the repeated digits of an integer, sorted",
            "Given a number, return the sorted list of its digits that appear at least twice.",
        ),
        (
            "def solve(number):\n    text = str(number)\n"
            "    return [digit for digit in range(10) if text.count(str(digit)) > 1]",
            "from collections import Counter\n\ndef solve(number):\n"
            "    counts = Counter(str(number))\n"
            "    return sorted(int(digit) for digit in counts if counts[digit] > 1)",
        ),
    ),
    "frequency": (
        (
            "count how often each digit occurs in a number, as a dictionary from digit to count",
            "build a dictionary with the frequency of every digit of an integer",
            "Given a number, return a dict that says for each of its digits (as an integer) how "
            "often it occurs.",
        ),
        (
            "def solve(number):\n    counts = {}\n    for char in str(number):\n"
            "        digit = int(char)\n        counts[digit] = counts.get(digit, 0) + 1\n"
            "    return counts",
            "from collections import Counter\n\ndef solve(number):\n"
            "    return dict(Counter(int(digit) for digit in str(number)))",
        ),
    ),
    "most_frequent": (
        (
            "find the digit that occurs most often in a number; of several, the smallest",
            "return the most frequent digit of an integer (the smaller one on a tie)",
            "Given a number, which digit appears most? If digits tie, return the smallest of them.",
        ),
        (
            "def solve(number):\n    text = str(number)\n    best = 0\n"
            "    for digit in range(10):\n"
            "        if text.count(str(digit)) > text.count(str(best)):\n"
            "            best = digit\n    return best",
            "def solve(number):\n    text = str(number)\n"
            "    return max(range(10), key=lambda digit: text.count(str(digit)))",
        ),
    ),
}


_MORE_DISTINCT_AND_REPEATED_DIGITS = {
    "count_distinct": "How many different digits does the number contain?",
    "all_distinct": "Are all digits of the number different? Return True or False.",
    "missing": "I have a number. Which of the ten digits does it not use? Return them sorted.",
    "repeated": "Which digits appear more than once in the number? Return them sorted.",
    "frequency": "count digit frequencies into a dict",
    "most_frequent": "find most common digit of a number (the smallest on a tie)",
}


@family(ask=tuple(_SETS_OF_DIGITS))
def distinct_and_repeated_digits(choose: Chooser, ask: str) -> Exercise:
    """Look at which digits a number has and how often."""
    texts, solutions = _SETS_OF_DIGITS[ask]
    arguments = [(choose.integer(10, 10 ** choose.integer(2, 9)),) for _ in range(4)]
    arguments += [(choose.integer(0, 9),), (choose.one_of((1223334444, 9876543210, 1020, 77)),)]
    return Exercise(
        texts=(*texts, _MORE_DISTINCT_AND_REPEATED_DIGITS[ask]),
        names={
            "count_distinct": ("count_distinct_digits", "unique_digits", "different_digits"),
            "all_distinct": ("has_unique_digits", "all_digits_different", "no_repeated_digit"),
            "missing": ("missing_digits", "digits_not_in", "absent_digits"),
            "repeated": ("repeated_digits", "duplicate_digits", "digits_more_than_once"),
            "frequency": ("digit_frequency", "count_each_digit", "digit_counts"),
            "most_frequent": ("most_frequent_digit", "most_common_digit", "mode_digit"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={"seen": ("found", "used", "known"), "key": ("key",)},
    )


_MORE_DIGITS_OF_TWO_NUMBERS = {
    "common": "I have two numbers. Which digits are in both? Return them as a sorted list.",
    "count_common": "How many digits do two numbers have in common, each digit counted once?",
    "same_digits": "Do two numbers consist of the same digits? Return True or False.",
}


@family(ask=("common", "count_common", "same_digits"))
def digits_of_two_numbers(choose: Chooser, ask: str) -> Exercise:
    """Compare the digits of two numbers."""
    texts, names, solutions = {
        "common": (
            (
                "list the digits that two numbers have in common, in increasing order",
                "find the common digits of two integers as a sorted list without repetitions",
                "Given two numbers, return a sorted list of every digit that occurs in both.",
            ),
            ("common_digits", "shared_digits", "digits_in_both"),
            (
                "def solve(first, second):\n"
                "    shared = set(str(first)) & set(str(second))\n"
                "    return sorted(int(digit) for digit in shared)",
                "def solve(first, second):\n    result = []\n    for digit in range(10):\n"
                "        if str(digit) in str(first) and str(digit) in str(second):\n"
                "            result.append(digit)\n    return result",
            ),
        ),
        "count_common": (
            (
                "count the different digits that occur in both of two numbers",
                "find how many distinct digits two integers share",
                "Given two integers, return the number of digits (each counted once) that they "
                "have in common.",
            ),
            ("count_common_digits", "num_shared_digits", "common_digit_count"),
            (
                "def solve(first, second):\n    return len(set(str(first)) & set(str(second)))",
                "def solve(first, second):\n    count = 0\n    for digit in '0123456789':\n"
                "        if digit in str(first) and digit in str(second):\n"
                "            count += 1\n    return count",
            ),
        ),
        "same_digits": (
            (
                "check whether two numbers are made of the same digits, each equally often",
                "check if one number can be obtained by rearranging the digits of another",
                "Return True if two integers are anagrams of each other, digit by digit.",
            ),
            ("same_digits", "digit_anagrams", "is_rearrangement"),
            (
                "def solve(first, second):\n    return sorted(str(first)) == sorted(str(second))",
                "from collections import Counter\n\ndef solve(first, second):\n"
                "    return Counter(str(first)) == Counter(str(second))",
            ),
        ),
    }[ask]
    arguments = []
    for i in range(6):
        first = str(choose.integer(10, 10 ** choose.integer(2, 6)))
        other = str(choose.integer(10, 10 ** choose.integer(2, 5)))
        if i % 2:
            other = "".join(choose.shuffled(first)).lstrip("0")
        arguments.append((int(first), int(other)))
    return Exercise(
        texts=(*texts, _MORE_DIGITS_OF_TWO_NUMBERS[ask]),
        names=names,
        solutions=solutions,
        arguments=arguments,
    )


_MORE_CHANGED_DIGITS = {
    "increase": "increment each digit of a number, 9 becomes 0",
    "clear_odd": "I have a number. Turn its odd digits into zeros and return the result.",
    "complement": "subtract every digit of a number from 9",
}


@family(ask=("replace", "increase", "clear_odd", "complement"))
def changed_digits(choose: Chooser, ask: str) -> Exercise:
    """Make a number with other digits."""
    if ask == "replace":
        return Exercise(
            texts=(
                "replace every digit <old> of a number by the digit <new>",
                "change one digit of an integer to another wherever it occurs",
                "Given a number and two digits, return the number with each occurrence of the "
                "first digit replaced with the second.",
            ),
            names=("replace_digit", "change_digit", "substitute_digit"),
            solutions=(
                "def solve(number, old, new):\n"
                "    return int(str(number).replace(str(old), str(new)))",
                "def solve(number, old, new):\n    result = 0\n    for char in str(number):\n"
                "        digit = int(char)\n        if digit == old:\n            digit = new\n"
                "        result = result * 10 + digit\n    return result",
            ),
            arguments=[
                (n, int(choose.one_of(str(n))), choose.integer(0, 9))
                for n in (choose.integer(10, 10 ** choose.integer(2, 7)) for _ in range(6))
            ],
            synonyms={"old": ("a", "d1", "x"), "new": ("b", "d2", "y")},
        )
    texts, expression = {
        "increase": (
            (
                "increase every digit of a number by 1, where 9 becomes 0",
                "add 1 to each digit of an integer (a 9 turns into a 0)",
                "Given a whole number, return the number in which each digit d is replaced by "
                "(d + 1) modulo 10.",
            ),
            "(int(digit) + 1) % 10",
        ),
        "clear_odd": (
            (
                "replace every odd digit of a number by 0 and keep the even digits",
                "set all odd digits of an integer to zero",
                "Given a whole number, return it with each odd digit changed to 0.",
            ),
            "int(digit) if int(digit) % 2 == 0 else 0",
        ),
        "complement": (
            (
                "replace each digit d of a number by 9 - d",
                "find the nines' complement of a number, digit by digit",
                "Given a whole number, subtract each of its digits from 9 and return the number "
                "that the new digits form.",
            ),
            "9 - int(digit)",
        ),
    }[ask]
    written = f"str({expression})"
    if ask == "clear_odd":
        written = "digit if int(digit) % 2 == 0 else '0'"
    return Exercise(
        texts=(*texts, _MORE_CHANGED_DIGITS[ask]),
        names={
            "increase": ("increase_digits", "add_one_to_each_digit", "next_digits"),
            "clear_odd": ("zero_odd_digits", "clear_odd_digits", "keep_even_digits"),
            "complement": ("nines_complement", "digit_complement", "complement_number"),
        }[ask],
        solutions=(
            f"def solve(number):\n    return int(''.join({written} for digit in str(number)))",
            f"def solve(number):\n    result = 0\n    for digit in str(number):\n"
            f"        result = result * 10 + ({expression})\n    return result",
        ),
        arguments=[(choose.integer(10, 10 ** choose.integer(2, 7)),) for _ in range(5)]
        + [(0,), (90,)],
    )


@family(side=("left", "right"))
def digit_at_place(choose: Chooser, side: str) -> Exercise:
    """Find the k-th digit of a number from the left or right."""
    right = side == "right"
    one = "int(str(number)[-k])" if right else "int(str(number)[k - 1])"
    second = (
        "number // 10 ** (k - 1) % 10" if right else "[int(digit) for digit in str(number)][k - 1]"
    )
    arguments = []
    for _ in range(6):
        number = choose.integer(10, 10 ** choose.integer(2, 7))
        arguments.append((number, choose.integer(1, len(str(number)))))
    return Exercise(
        texts=(
            f"find the <k>-th digit of a number from the {side}, counting from 1",
            f"get the digit at a given place of an integer; place 1 is the "
            f"{'last' if right else 'first'} digit",
            f"Given a number and k, return its k-th digit from the {side} (the "
            f"{side}most digit is number 1).",
        ),
        names=(f"kth_digit_from_{side}", "kth_digit", "digit_at", "get_digit"),
        solutions=(
            f"def solve(number, k):\n    return {one}",
            f"def solve(number, k):\n    return {second}",
        ),
        arguments=arguments,
    )
