"""The bits of whole numbers: counting, setting, shifting, masks, Gray code."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


_COUNTS = {
    "ones": (
        ("count the set bits of a number", "find how many ones the binary form of a number has",
         "Given a non-negative integer, return the number of its 1 bits.",
         "count set bits in an integer"),
        (_returns("number", "bin(number).count('1')"),
         "def solve(number):\n    count = 0\n    while number > 0:\n        count += number & 1\n"
         "        number >>= 1\n    return count",
         "def solve(number):\n    count = 0\n    while number:\n        number &= number - 1\n"
         "        count += 1\n    return count"),
    ),
    "zeros": (
        ("count the zeros in the binary form of a positive integer (without leading zeros)",
         "find how many unset bits a positive number has below its highest set bit",
         "Given a positive integer, return the number of zeros in its binary representation."),
        (_returns("number", "bin(number)[2:].count('0')"),
         "def solve(number):\n    count = 0\n    while number > 0:\n        if number % 2 == 0:\n"
         "            count += 1\n        number //= 2\n    return count"),
    ),
    "length": (
        ("count the bits that a positive number needs in binary",
         "find the length of the binary form of a positive integer",
         "Given a positive integer, return how many binary digits it has."),
        (_returns("number", "number.bit_length()"), _returns("number", "len(bin(number)) - 2"),
         "def solve(number):\n    count = 0\n    while number > 0:\n        number >>= 1\n"
         "        count += 1\n    return count"),
    ),
    "parity": (
        ("check whether a number has an even number of set bits",
         "check if the count of ones in the binary form of an integer is even",
         "Return True if a non-negative integer has an even number of 1 bits, else False."),
        (_returns("number", "bin(number).count('1') % 2 == 0"),
         "def solve(number):\n    even = True\n    while number > 0:\n        if number & 1:\n"
         "            even = not even\n        number >>= 1\n    return even"),
    ),
    "trailing_zeros": (
        ("count the zeros at the end of the binary form of a positive integer",
         "find how often a positive number can be divided by 2 without remainder",
         "Given a positive integer, return the number of trailing zeros in binary."),
        ("def solve(number):\n    count = 0\n    while number % 2 == 0:\n        number //= 2\n"
         "        count += 1\n    return count",
         "def solve(number):\n    text = bin(number)\n    return len(text) - len(text.rstrip('0'))",
         _returns("number", "(number & -number).bit_length() - 1")),
    ),
    "longest_run": (
        ("find the length of the longest run of ones in the binary form of a number",
         "count how many set bits stand next to each other at most in an integer",
         "Given a non-negative integer, return the largest number of consecutive 1 bits."),
        (_returns("number", "max(len(part) for part in bin(number)[2:].split('0'))"),
         "def solve(number):\n    best = 0\n    count = 0\n    while number > 0:\n"
         "        count = count + 1 if number & 1 else 0\n        best = max(best, count)\n"
         "        number >>= 1\n    return best"),
    ),
    "gap": (
        ("find the length of the longest run of zeros between two ones in the binary form of a "
         "number (0 if there is none)",
         "return the largest binary gap of a positive integer: the most zeros in a row with a one "
         "on each side",
         "Given a positive integer, return the length of its longest binary gap, a run of zeros "
         "that has ones at both ends."),
        (_returns("number", "max(len(part) for part in bin(number)[2:].strip('0').split('1'))"),
         "def solve(number):\n    best = 0\n    last = -1\n"
         "    for index, bit in enumerate(bin(number)[2:]):\n        if bit == '1':\n"
         "            if last >= 0:\n                best = max(best, index - last - 1)\n"
         "            last = index\n    return best"),
    ),
    "positions": (
        ("list the positions of the set bits of a number, where the lowest bit has position 0",
         "find the exponents of the powers of two whose sum is a given number, in increasing "
         "order",
         "Given a non-negative integer, return a sorted list of the places of its 1 bits, "
         "counting from 0 at the right."),
        (_returns("number", "[i for i in range(number.bit_length()) if number >> i & 1]"),
         "def solve(number):\n    result = []\n    index = 0\n    while number > 0:\n"
         "        if number % 2 == 1:\n            result.append(index)\n        number //= 2\n"
         "        index += 1\n    return result"),
    ),
    "powers": (
        ("write a number as a sum of different powers of two; return them in increasing order",
         "list the powers of two that add up to a given number, each used once, smallest first",
         "Given a non-negative integer, return the list of distinct powers of two with that sum, "
         "sorted."),
        (_returns("number", "[1 << i for i in range(number.bit_length()) if number >> i & 1]"),
         "def solve(number):\n    result = []\n    power = 1\n    while power <= number:\n"
         "        if number & power:\n            result.append(power)\n        power *= 2\n"
         "    return result"),
    ),
}  # fmt: skip


_MORE_BIT_COUNTS_AND_POSITIONS = {
    "ones": "I have an integer. How many of its bits are 1?",
    "zeros": (
        "Write a function that takes a positive integer and returns how many zeros its binary "
        "form has."
    ),
    "length": "How many bits does a positive number have? Return the count.",
    "parity": "Return True when an integer has an even number of ones in binary.",
    "trailing_zeros": "count trailing zero bits of a positive integer",
    "longest_run": "Longest run of 1 bits: find its length in the binary form of an integer.",
    "gap": (
        "I have a positive integer. What is the longest run of zeros with a one on both sides "
        "in its binary form? Return its length."
    ),
    "positions": (
        "Write a function that returns the indexes of all 1 bits of a number, lowest first."
    ),
    "powers": "split a number into powers of two, smallest first",
}


@family(ask=tuple(_COUNTS))
def bit_counts_and_positions(choose: Chooser, ask: str) -> Exercise:
    """Count or locate the bits of a number."""
    texts, solutions = _COUNTS[ask]
    numbers = [choose.integer(1, 2 ** choose.integer(3, 12)) for _ in range(5)] + [1]
    numbers.append(
        choose.one_of((8, 24, 96, 320))
        if ask in ("trailing_zeros", "gap")
        else choose.integer(2, 64)
    )
    return Exercise(
        texts=(*texts, _MORE_BIT_COUNTS_AND_POSITIONS[ask]),
        names={
            "ones": ("count_set_bits", "count_ones", "popcount", "num_set_bits"),
            "zeros": ("count_unset_bits", "count_zeros", "zero_bits"),
            "length": ("bit_length", "count_bits", "number_of_bits"),
            "parity": ("even_parity", "has_even_ones", "even_number_of_ones"),
            "trailing_zeros": ("trailing_zeros", "count_trailing_zeros", "zeros_at_end"),
            "longest_run": ("longest_run_of_ones", "max_consecutive_ones", "longest_ones"),
            "gap": ("binary_gap", "longest_gap", "max_gap"),
            "positions": ("set_bit_positions", "bit_positions", "places_of_ones"),
            "powers": ("powers_of_two", "sum_of_powers", "binary_parts"),
        }[ask],
        solutions=solutions,
        arguments=[(number,) for number in numbers],
    )


_ONE_BIT = {
    "get": (
        ("find the bit of a number at position <k>, where the lowest bit has position 0",
         "return 1 if the k-th bit from the right (starting at 0) is set, else 0",
         "Given a number and k, return the value of bit number k, 0 or 1."),
        "number >> k & 1", "number // 2 ** k % 2",
    ),
    "is_set": (
        ("check whether bit <k> of a number is set (the lowest bit is bit 0)",
         "check if the k-th bit from the right, counted from 0, is 1",
         "Return True if a number has a 1 at bit position k (from 0 at the right), else False."),
        "number & (1 << k) != 0", "number >> k & 1 == 1",
    ),
    "set": (
        ("set bit <k> of a number to 1 (the lowest bit is bit 0)",
         "turn the k-th bit from the right, counted from 0, on",
         "Given a number and k, return the number with bit k set."),
        "number | (1 << k)", "number if number >> k & 1 else number + 2 ** k",
    ),
    "clear": (
        ("set bit <k> of a number to 0 (the lowest bit is bit 0)",
         "turn the k-th bit from the right, counted from 0, off",
         "Given a number and k, return the number with bit k cleared."),
        "number & ~(1 << k)", "number - 2 ** k if number >> k & 1 else number",
    ),
    "toggle": (
        ("flip bit <k> of a number (the lowest bit is bit 0)",
         "toggle the k-th bit from the right, counted from 0",
         "Given a number and k, change bit k from 0 to 1 or from 1 to 0 and return the result."),
        "number ^ (1 << k)", "number - 2 ** k if number >> k & 1 else number + 2 ** k",
    ),
    "lowest_bits": (
        ("keep only the lowest <k> bits of a number",
         "find the number that the last k binary digits of a number form",
         "Given a number and k, return the number modulo 2 ** k."),
        "number & ((1 << k) - 1)", "number % 2 ** k",
    ),
    "flip_lowest": (
        ("flip the lowest <k> bits of a number",
         "invert the last k binary digits of a number and keep the others",
         "Given a number and k, toggle each of its k lowest bits and return the result."),
        "number ^ ((1 << k) - 1)", "number ^ (2 ** k - 1)",
    ),
    "shift_left": (
        ("shift the bits of a number <k> places to the left",
         "multiply a number by 2 to the power k with a shift",
         "Given a number and k, append k zeros to its binary form and return the result."),
        "number << k", "number * 2 ** k",
    ),
    "shift_right": (
        ("shift the bits of a number <k> places to the right",
         "divide a number by 2 to the power k, rounding down, with a shift",
         "Given a number and k, drop its k lowest bits and return the result."),
        "number >> k", "number // 2 ** k",
    ),
}  # fmt: skip


_MORE_SINGLE_BIT_OPERATIONS = {
    "get": (
        "I have a number and a bit position. Return the bit at that position (0 is the lowest)."
    ),
    "is_set": "Is bit <k> of the number 1? Return True or False.",
    "set": "turn on the kth bit of a number",
    "clear": "turn off the kth bit of a number",
    "toggle": "toggle the kth bit of a number",
    "lowest_bits": "Write a function that returns the k lowest bits of a number as a number.",
    "flip_lowest": "toggle the last k bits of a number",
    "shift_left": "left shift a number by k bits",
    "shift_right": "right shift a number by k bits",
}


@family(ask=tuple(_ONE_BIT))
def single_bit_operations(choose: Chooser, ask: str) -> Exercise:
    """Read, set, clear or flip a bit; shift."""
    texts, *expressions = _ONE_BIT[ask]
    return Exercise(
        texts=(*texts, _MORE_SINGLE_BIT_OPERATIONS[ask]),
        names={
            "get": ("get_bit", "bit_at", "kth_bit"),
            "is_set": ("is_bit_set", "check_bit", "test_bit"),
            "set": ("set_bit", "turn_on_bit", "set_kth_bit"),
            "clear": ("clear_bit", "turn_off_bit", "unset_bit"),
            "toggle": ("toggle_bit", "flip_bit", "toggle_kth_bit"),
            "lowest_bits": ("lowest_bits", "last_bits", "keep_bits"),
            "flip_lowest": ("flip_lowest_bits", "toggle_last_bits", "invert_last_bits"),
            "shift_left": ("shift_left", "left_shift", "multiply_by_power"),
            "shift_right": ("shift_right", "right_shift", "divide_by_power"),
        }[ask],
        solutions=tuple(_returns("number, k", expression) for expression in expressions),
        arguments=[(choose.integer(1, 255), choose.integer(0, 6)) for _ in range(6)] + [(0, 2)],
        synonyms={"k": ("position", "pos", "i", "bit")},
    )


_POWERS_OF_TWO = {
    "check": (
        ("check whether a number is a power of two", "check if exactly one bit of a positive "
         "integer is set", "Return True if a positive integer is 2 ** k for some k >= 0."),
        (_returns("number", "number & (number - 1) == 0"),
         "def solve(number):\n    while number % 2 == 0:\n        number //= 2\n"
         "    return number == 1",
         _returns("number", "bin(number).count('1') == 1")),
    ),
    "check_four": (
        ("check whether a number is a power of four", "check if a positive integer is 4 ** k for a "
         "k that is not negative", "Return True if repeated division by 4 turns a positive integer "
         "into 1."),
        ("def solve(number):\n    while number % 4 == 0:\n        number //= 4\n"
         "    return number == 1",
         _returns("number", "number & (number - 1) == 0 and number.bit_length() % 2 == 1")),
    ),
    "next": (
        ("find the smallest power of two that is not less than a positive integer",
         "round a positive number up to a power of two",
         "Given a positive integer, return the least power of two that is at least as large."),
        ("def solve(number):\n    power = 1\n    while power < number:\n        power *= 2\n"
         "    return power",
         _returns("number", "1 << (number - 1).bit_length()")),
    ),
    "previous": (
        ("find the largest power of two that is not greater than a positive integer",
         "return the value of the highest set bit of a positive number",
         "Given a positive integer, round it down to a power of two."),
        ("def solve(number):\n    power = 1\n    while power * 2 <= number:\n"
         "        power *= 2\n    return power",
         _returns("number", "1 << (number.bit_length() - 1)")),
    ),
    "lowest": (
        ("find the largest power of two that divides a positive integer",
         "return the value of the lowest set bit of a positive number",
         "Given a positive integer, return the greatest power of two that it is a multiple of."),
        (_returns("number", "number & -number"),
         "def solve(number):\n    power = 1\n    while number % (power * 2) == 0:\n"
         "        power *= 2\n    return power"),
    ),
    "exponent": (
        ("find the exponent of a power of two, or -1 if a positive integer is not one",
         "return k if the given positive number is 2 ** k, else -1",
         "Given a positive integer, return its logarithm to base 2 if that is whole, otherwise "
         "-1."),
        ("def solve(number):\n    k = 0\n    while 2 ** k < number:\n        k += 1\n"
         "    return k if 2 ** k == number else -1",
         "def solve(number):\n    if number & (number - 1):\n        return -1\n"
         "    return number.bit_length() - 1"),
    ),
    "log": (
        ("find the base 2 logarithm of a positive integer, rounded down",
         "return the largest k such that 2 ** k is not greater than a positive integer",
         "Given a positive integer, return the position of its highest set bit, counting from 0."),
        (_returns("number", "number.bit_length() - 1"),
         "def solve(number):\n    k = 0\n    while 2 ** (k + 1) <= number:\n        k += 1\n"
         "    return k"),
    ),
    "clear_lowest": (
        ("clear the lowest set bit of a positive integer",
         "turn the rightmost 1 in the binary form of a number into 0",
         "Given a positive integer, remove its smallest power of two and return the rest."),
        (_returns("number", "number & (number - 1)"),
         "def solve(number):\n    power = 1\n    while number & power == 0:\n"
         "        power <<= 1\n    return number - power"),
    ),
}  # fmt: skip


_MORE_POWERS_OF_TWO = {
    "check": "Is the given positive number a power of 2? Return True or False.",
    "check_four": "check if the given positive number is a power of 4 or not",
    "next": (
        "Write a function that returns the next power of two that is at least as large as a number."
    ),
    "previous": "I have a positive integer. Return the largest power of two that isn't larger.",
    "lowest": "get the value of the rightmost set bit",
    "exponent": (
        "Which power of two is the number? Return the exponent, or -1 if it is no power of two."
    ),
    "log": "find the position of the most significant set bit, counted from 0",
    "clear_lowest": "unset the rightmost set bit of a number",
}


@family(ask=tuple(_POWERS_OF_TWO))
def powers_of_two(choose: Chooser, ask: str) -> Exercise:
    """Check, find or remove powers of two."""
    texts, solutions = _POWERS_OF_TWO[ask]
    step = 2 if ask == "check_four" else 1
    numbers = [2 ** (step * k) for k in choose.sample(range(10 // step), 3)]
    numbers += [choose.integer(3, 500) for _ in range(4)]
    if ask == "check_four":
        numbers.append(8)
    return Exercise(
        texts=(*texts, _MORE_POWERS_OF_TWO[ask]),
        names={
            "check": ("is_power_of_two", "power_of_two", "check_power_of_two"),
            "check_four": ("is_power_of_four", "power_of_four", "check_power_of_four"),
            "next": ("next_power_of_two", "round_up_to_power", "smallest_power"),
            "previous": ("previous_power_of_two", "highest_bit_value", "largest_power"),
            "lowest": ("lowest_set_bit", "lowest_bit_value", "largest_power_divisor"),
            "exponent": ("exponent_of_two", "which_power", "power_index"),
            "log": ("log_two", "floor_log", "highest_bit_position"),
            "clear_lowest": ("clear_lowest_bit", "drop_lowest_bit", "unset_rightmost"),
        }[ask],
        solutions=solutions,
        arguments=[(number,) for number in numbers],
        synonyms={"power": ("p", "value", "bit"), "k": ("k", "exponent", "i")},
    )


_TWO = {
    "differing": (
        ("count the bits in which two numbers differ",
         "find the Hamming distance between two integers",
         "Given two non-negative integers, return how many bits must be flipped to turn one into "
         "the other."),
        (_returns("first, second", "bin(first ^ second).count('1')"),
         "def solve(first, second):\n    count = 0\n    while first or second:\n"
         "        if first % 2 != second % 2:\n            count += 1\n        first //= 2\n"
         "        second //= 2\n    return count"),
    ),
    "common": (
        ("count the bits that are set in both of two numbers",
         "find how many ones two integers have at the same binary places",
         "Given two non-negative integers, return the number of bit positions where both have a "
         "1."),
        (_returns("first, second", "bin(first & second).count('1')"),
         "def solve(first, second):\n    count = 0\n    while first and second:\n"
         "        if first & 1 and second & 1:\n            count += 1\n        first >>= 1\n"
         "        second >>= 1\n    return count"),
    ),
    "add": (
        ("add two non-negative integers without + or -, with bit operations",
         "find the sum of two numbers with and, xor and shifts only",
         "Given two non-negative integers, return their sum, computed bit by bit."),
        ("def solve(first, second):\n    while second:\n        carry = first & second\n"
         "        first = first ^ second\n        second = carry << 1\n    return first",
         "def solve(first, second):\n    if second == 0:\n        return first\n"
         "    return solve(first ^ second, (first & second) << 1)"),
    ),
    "multiply": (
        ("multiply two non-negative integers by doubling and halving (Russian peasant method)",
         "find the product of two numbers with shifts and additions only",
         "Given two non-negative integers, return their product without the * operator."),
        ("def solve(first, second):\n    result = 0\n    while second > 0:\n"
         "        if second & 1:\n            result += first\n        first <<= 1\n"
         "        second >>= 1\n    return result",
         "def solve(first, second):\n    if second == 0:\n        return 0\n"
         "    rest = solve(first + first, second // 2)\n"
         "    return rest + first if second % 2 else rest"),
    ),
    "swap": (
        ("swap two numbers and return them as a tuple",
         "exchange the values of two integers without a third variable; return (second, first)",
         "Given two integers, return a tuple in which they have changed places."),
        ("def solve(first, second):\n    first = first ^ second\n    second = first ^ second\n"
         "    first = first ^ second\n    return (first, second)",
         "def solve(first, second):\n    first, second = second, first\n"
         "    return (first, second)"),
    ),
    "subset": (
        ("check whether every set bit of the first number is also set in the second",
         "check if the ones of <first> are among the ones of <second>, in binary",
         "Return True if the bits of one number are a subset of the bits of another."),
        (_returns("first, second", "first & second == first"),
         _returns("first, second", "first | second == second")),
    ),
    "xor_range": (
        ("find the xor of all numbers from <first> to <second>, both included",
         "combine the integers of a range with exclusive or",
         "Given the bounds of a range (the first is not larger), xor all its numbers, both bounds "
         "included."),
        ("def solve(first, second):\n    result = 0\n"
         "    for number in range(first, second + 1):\n        result ^= number\n"
         "    return result",
         "from functools import reduce\nimport operator\n\ndef solve(first, second):\n"
         "    return reduce(operator.xor, range(first, second + 1))"),
    ),
    "and_range": (
        ("find the bitwise and of all numbers from <first> to <second>, both included",
         "combine the integers of a range with bitwise and",
         "Given the bounds of a range (the first is not larger), return the and of all its "
         "numbers."),
        ("def solve(first, second):\n    result = first\n"
         "    for number in range(first, second + 1):\n        result &= number\n"
         "    return result",
         "def solve(first, second):\n    shift = 0\n    while first < second:\n"
         "        first >>= 1\n        second >>= 1\n        shift += 1\n"
         "    return first << shift"),
    ),
}  # fmt: skip


_MORE_BIT_OPERATIONS_ON_TWO_NUMBERS = {
    "differing": (
        "I have two integers. How many bits must be flipped to turn the first into the second?"
    ),
    "common": "count common set bits of two numbers",
    "add": "Write a function that adds two non-negative numbers with bitwise operators only.",
    "multiply": "multiply two numbers without using the multiplication operator",
    "swap": "swap two numbers without a temporary variable and return both as a tuple",
    "subset": "Return True if all bits that are 1 in <first> are 1 in <second> too.",
    "xor_range": "find xor of all integers in a range, ends included",
    "and_range": "find bitwise and of all integers in a range, ends included",
}


@family(ask=tuple(_TWO))
def bit_operations_on_two_numbers(choose: Chooser, ask: str) -> Exercise:
    """Compare or combine two numbers bit by bit."""
    texts, solutions = _TWO[ask]
    arguments = [(choose.integer(0, 60), choose.integer(1, 60)) for _ in range(6)]
    if ask.endswith("range"):
        arguments = [(n, n + choose.integer(0, 15)) for n, _ in arguments]
    if ask == "subset":
        arguments[:3] = [(n & m, m) for n, m in arguments[:3]]
    return Exercise(
        texts=(*texts, _MORE_BIT_OPERATIONS_ON_TWO_NUMBERS[ask]),
        names={
            "differing": ("hamming_distance", "count_different_bits", "bits_to_flip"),
            "common": ("count_common_bits", "shared_ones", "common_set_bits"),
            "add": ("add_without_plus", "bitwise_add", "add_with_bits"),
            "multiply": ("russian_multiply", "multiply_by_shifting", "peasant_product"),
            "swap": ("swap_two", "swap_numbers", "exchange"),
            "subset": ("bits_are_subset", "is_bit_subset", "mask_contains"),
            "xor_range": ("xor_of_range", "range_xor", "xor_between"),
            "and_range": ("and_of_range", "range_and", "and_between"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={"first": ("a", "x", "m", "left"), "second": ("b", "y", "n", "right")},
    )


_LISTS = {
    "single": (
        ("find the number that occurs once in a list in which every other number occurs twice",
         "Every number of a list appears twice except for one. Return that one.",
         "return the element without a partner in a list whose other elements form pairs"),
        ("def solve(numbers):\n    result = 0\n    for number in numbers:\n"
         "        result ^= number\n    return result",
         "def solve(numbers):\n    for number in numbers:\n"
         "        if numbers.count(number) == 1:\n            return number"),
    ),
    "total_ones": (
        ("find the total number of set bits of all numbers in a list",
         "add up the counts of ones in the binary forms of the elements of a list",
         "Given a list of non-negative integers, return how many 1 bits they have together."),
        ("def solve(numbers):\n    return sum(bin(number).count('1') for number in numbers)",
         "def solve(numbers):\n    count = 0\n    for number in numbers:\n"
         "        while number:\n            count += number & 1\n            number >>= 1\n"
         "    return count"),
    ),
    "sort": (
        ("sort numbers by their count of set bits, and equal counts by value",
         "order a list of non-negative integers by the number of ones in binary; smaller numbers "
         "come first on ties",
         "Given a list of integers, return it sorted by bit count, then by size."),
        ("def solve(numbers):\n"
         "    return sorted(numbers, key=lambda number: (bin(number).count('1'), number))",
         "def bit_count(number):\n    return bin(number).count('1')\n\ndef solve(numbers):\n"
         "    return sorted(sorted(numbers), key=bit_count)"),
    ),
    "or_all": (
        ("find the bitwise or of all numbers in a list (0 for an empty list)",
         "combine the elements of a list with bitwise or",
         "Given a list of non-negative integers, return the number that has every bit which is set "
         "in at least one of them."),
        ("def solve(numbers):\n    result = 0\n    for number in numbers:\n"
         "        result |= number\n    return result",
         "from functools import reduce\n\ndef solve(numbers):\n"
         "    return reduce(lambda first, second: first | second, numbers, 0)"),
    ),
    "counts": (
        ("list the numbers of set bits of 0 to <n>",
         "build a list with the count of ones in binary for each number from 0 up to n",
         "Given n, return a list of n + 1 bit counts, one for each of the numbers 0, 1, ..., n."),
        ("def solve(n):\n    return [bin(number).count('1') for number in range(n + 1)]",
         "def solve(n):\n    counts = [0]\n    for number in range(1, n + 1):\n"
         "        counts.append(counts[number // 2] + number % 2)\n    return counts"),
    ),
    "missing": (
        ("find the number from 0 to n that is missing in a list of n different numbers",
         "A list holds all but one of the numbers 0, 1, ..., n, where n is its length. Find the "
         "missing number.",
         "return the only number of the range from 0 to the length of a list that the list doesn't "
         "contain"),
        ("def solve(numbers):\n    result = len(numbers)\n"
         "    for index, number in enumerate(numbers):\n        result ^= index ^ number\n"
         "    return result",
         "def solve(numbers):\n    n = len(numbers)\n    return n * (n + 1) // 2 - sum(numbers)"),
    ),
    "subsets": (
        ("list all subsets of a list in the order of bit masks from 0 up (bit i stands for item i)",
         "generate the subsets of a list: subset number m holds the items whose bits are set in m",
         "Given a list, return its 2 ** n sublists; mask 0 gives the empty list, mask 1 the first "
         "item alone, mask 2 the second, mask 3 both, and so on."),
        ("def solve(items):\n    result = []\n    for mask in range(1 << len(items)):\n"
         "        result.append([item for i, item in enumerate(items) if mask >> i & 1])\n"
         "    return result",
         "def solve(items):\n    result = [[]]\n    for item in items:\n"
         "        result += [subset + [item] for subset in result]\n    return result"),
    ),
    "max_xor": (
        ("find the largest xor of two numbers of a list",
         "return the maximum of a ^ b over all pairs of different places in a list",
         "Given a list of at least two non-negative integers, xor each pair and return the largest "
         "result."),
        ("from itertools import combinations\n\ndef solve(numbers):\n"
         "    return max(first ^ second for first, second in combinations(numbers, 2))",
         "def solve(numbers):\n    best = 0\n    for i in range(len(numbers)):\n"
         "        for j in range(i + 1, len(numbers)):\n"
         "            best = max(best, numbers[i] ^ numbers[j])\n    return best"),
    ),
}  # fmt: skip


_MORE_BITS_OF_LISTS = {
    "single": (
        "I have a list in which each number but one stands twice. Return the number that "
        "stands alone."
    ),
    "total_ones": "count all set bits in a list of numbers",
    "sort": (
        "Write a function that sorts integers by how many ones they have in binary; ties are "
        "sorted by value."
    ),
    "or_all": "combine all numbers of a list with bitwise or",
    "counts": (
        "How many ones does each number from 0 to <n> have in binary? Return the counts as a list."
    ),
    "missing": "One number from 0 to n is missing in a list of the others. Return it.",
    "subsets": "Return all sublists of a list in the order of their bit masks.",
    "max_xor": "I have a list of numbers. What is the largest result of xor for two of them?",
}


@family(ask=tuple(_LISTS))
def bits_of_lists(choose: Chooser, ask: str) -> Exercise:
    """Use bits to answer questions about lists."""
    texts, solutions = _LISTS[ask]
    arguments: list[tuple[object, ...]] = []
    for i in range(5):
        numbers = choose.integers((2, 7), 0, 63)
        if ask == "single":
            some = list(dict.fromkeys(numbers))
            numbers = choose.shuffled([*some, *some[1:]])
        elif ask == "missing":
            numbers = choose.shuffled(range(i + 3))[1:]
        elif ask == "subsets":
            numbers = choose.sample(range(1, 10), i % 4)
        arguments.append((numbers,))
    if ask == "counts":
        arguments = [(n,) for n in choose.sample(range(15), 5)]
    if ask in ("or_all", "total_ones", "sort"):
        arguments.append(([],))
    return Exercise(
        texts=(*texts, _MORE_BITS_OF_LISTS[ask]),
        names={
            "single": ("single_number", "find_single", "without_partner"),
            "total_ones": ("total_set_bits", "sum_of_bit_counts", "count_all_ones"),
            "sort": ("sort_by_bits", "sort_by_set_bits", "order_by_ones"),
            "or_all": ("or_of_list", "bitwise_or_all", "combine_bits"),
            "counts": ("bit_counts", "count_bits_up_to", "ones_table"),
            "missing": ("missing_number", "find_missing", "absent_number"),
            "subsets": ("subsets_by_mask", "all_subsets", "power_set"),
            "max_xor": ("max_xor", "largest_xor", "max_xor_pair"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={"key": ("key",), "subset": ("part", "chosen", "s")},
    )
