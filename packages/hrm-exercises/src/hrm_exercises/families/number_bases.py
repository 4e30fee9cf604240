"""Numbers in other bases: binary, octal, hexadecimal and more."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_DIGITS = "0123456789abcdef"


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


def _written(number: int, base: int) -> str:
    """Return a non-negative number in a base from 2 to 16."""
    digits = ""
    while number >= base:
        number, digit = divmod(number, base)
        digits = _DIGITS[digit] + digits
    return _DIGITS[number] + digits


_BASES = {
    "binary": (2, "b", "bin"),
    "octal": (8, "o", "oct"),
    "hexadecimal": (16, "x", "hex"),
    "base 3": (3, "", ""),
    "base 5": (5, "", ""),
}

_TO_BASE_LOOP = """
def solve(number):
    if number == 0:
        return '0'
    result = ''
    while number > 0:
        result = {digit} + result
        number //= {base}
    return result
"""

_TO_BASE_RECURSION = """
def solve(number):
    if number < {base}:
        return {small}
    return solve(number // {base}) + {digit}
"""


@family(
    target=(
        "binary string",
        "octal string",
        "hexadecimal string",
        "binary prefixed",
        "octal prefixed",
        "hexadecimal prefixed",
        "binary digits",
        "octal digits",
        "base 3 digits",
        "base 5 digits",
    )
)
def decimal_to_base(choose: Chooser, target: str) -> Exercise:
    """Write a number in binary, octal, hexadecimal or another base."""
    base, _, form = target.rpartition(" ")
    value, letter, function = _BASES[base]
    digit = "'0123456789abcdef'[number % 16]" if value == 16 else f"str(number % {value})"
    small = "'0123456789abcdef'[number]" if value == 16 else "str(number)"
    low = 10 if value == 16 else 2
    arguments = [(choose.integer(low, 10 ** choose.integer(2, 4)),) for _ in range(5)] + [
        (0,),
        (1,),
    ]
    article = "an" if base == "octal" else "a"
    what = {
        "string": f"{article} {base} string without prefix",
        "prefixed": f"{article} {base} string with the prefix '0{letter}'",
        "digits": f"an integer whose decimal digits are its digits in {base}",
    }[form]
    short = base.replace(" ", "_")
    texts = (
        f"convert a non-negative integer to {base}, as {what}",
        f"convert a decimal number to {what}",
        f"Given a non-negative integer, return it as {what}.",
        f"convert decimal to {base}" if form == "string" else f"write a number as {what}",
    )
    loop = _TO_BASE_LOOP.format(digit=digit, base=value)
    recursion = _TO_BASE_RECURSION.format(digit=digit, base=value, small=small)
    solutions = {
        "string": (
            _returns("number", f"format(number, '{letter}')"),
            _returns("number", f"{function}(number)[2:]"),
            loop,
            recursion,
        ),
        "prefixed": (
            _returns("number", f"{function}(number)"),
            loop.replace("'0'\n", f"'0{letter}0'\n").replace(
                "return result", f"return '0{letter}' + result"
            ),
        ),
        "digits": (
            loop.replace("'0'\n", "0\n").replace("return result", "return int(result)"),
            f"""
            def solve(number):
                result = 0
                place = 1
                while number > 0:
                    result += number % {value} * place
                    number //= {value}
                    place *= 10
                return result
            """,
        )
        + ((_returns("number", f"int({function}(number)[2:])"),) if function else ()),
    }[form]
    return Exercise(
        texts=texts,
        names=(f"to_{short}", f"decimal_to_{short}", f"number_to_{short}", f"convert_to_{short}"),
        solutions=solutions,
        arguments=arguments,
    )


_FROM_BASE_LOOP = """
def solve(text):
    result = 0
    for char in text:
        result = result * {base} + {value}
    return result
"""

_FROM_BASE_PLACES = """
def solve(text):
    return sum({value} * {base} ** index for index, char in enumerate(reversed(text)))
"""


@family(
    source=(
        "binary string",
        "octal string",
        "hexadecimal string",
        "binary digits",
        "octal digits",
        "base 3 digits",
        "base 5 digits",
    )
)
def base_to_decimal(choose: Chooser, source: str) -> Exercise:
    """Read a binary, octal, hexadecimal or other number."""
    base, _, form = source.rpartition(" ")
    value = _BASES[base][0]
    article = "an" if base == "octal" else "a"
    numbers = [choose.integer(10, 10 ** choose.integer(2, 4)) for _ in range(5)] + [0, value]
    if form == "digits":
        short = base.replace(" ", "_")
        return Exercise(
            texts=(
                f"convert a number that is written in {base} to decimal; the argument is an "
                f"integer whose digits are the digits in {base}",
                f"Given an integer like {_written(10, value)} whose digits are to be read in "
                f"{base}, return its value ({_written(10, value)} gives 10).",
                f"read the digits of an integer as {article} {base} number and return the value",
            ),
            names=(f"{short}_to_decimal", f"from_{short}", f"{short}_value"),
            solutions=(
                _returns("number", f"int(str(number), {value})"),
                f"""
                def solve(number):
                    result = 0
                    place = 1
                    while number > 0:
                        result += number % 10 * place
                        number //= 10
                        place *= {value}
                    return result
                """,
            ),
            arguments=[(int(_written(number, value)),) for number in numbers],
        )
    char = "'0123456789abcdef'.index(char)" if value == 16 else "int(char)"
    return Exercise(
        texts=(
            f"convert {article} {base} string to a decimal integer",
            f"find the decimal value of a text of {base} digits",
            f"Given a string such as '{_written(29, value)}' with {article} {base} number, return "
            "it as an integer.",
            f"convert {base} to decimal",
        ),
        names=(f"{base}_to_decimal", f"from_{base}", f"{base}_to_int", f"parse_{base}"),
        solutions=(
            _returns("text", f"int(text, {value})"),
            _FROM_BASE_LOOP.format(base=value, value=char),
            _FROM_BASE_PLACES.format(base=value, value=char),
        ),
        arguments=[(_written(number, value),) for number in numbers],
    )


_ANY_BASE = {
    "to": (
        ("convert a non-negative integer to a given base from 2 to 9, as a string",
         "write <number> in base <base>, where the base is at most 9",
         "Given a number and a base between 2 and 9, return the text of the number in that base."),
        ("""
def solve(number, base):
    if number == 0:
        return '0'
    result = ''
    while number > 0:
        result = str(number % base) + result
        number //= base
    return result
""", """
def solve(number, base):
    if number < base:
        return str(number)
    return solve(number // base, base) + str(number % base)
"""),
    ),
    "to_digits": (
        ("list the digits of a number in a given base, most significant digit first",
         "find the list of digits of <number> in base <base>; 0 has the digits [0]",
         "Given a non-negative integer and a base, return its digits in that base from left to "
         "right as integers."),
        ("""
def solve(number, base):
    result = [number % base]
    number //= base
    while number > 0:
        result.append(number % base)
        number //= base
    return result[::-1]
""", """
def solve(number, base):
    if number < base:
        return [number]
    return solve(number // base, base) + [number % base]
"""),
    ),
    "from_digits": (
        ("find the value of a list of digits in a given base, most significant digit first",
         "convert a list of base <base> digits to an integer",
         "Given the digits of a number from left to right and a base, return the number."),
        ("""
def solve(digits, base):
    result = 0
    for digit in digits:
        result = result * base + digit
    return result
""", """
def solve(digits, base):
    return sum(digit * base ** i for i, digit in enumerate(reversed(digits)))
"""),
    ),
    "digit_sum": (
        ("find the sum of the digits of a number in a given base",
         "write a non-negative integer in base <base> and add up its digits",
         "Given a number and a base, return the digit sum of the number in that base."),
        ("""
def solve(number, base):
    total = 0
    while number > 0:
        total += number % base
        number //= base
    return total
""", """
def solve(number, base):
    if number == 0:
        return 0
    return number % base + solve(number // base, base)
"""),
    ),
    "num_digits": (
        ("count the digits that a positive integer has in a given base",
         "find how many digits <number> has when it is written in base <base>",
         "Given a positive number and a base, return the length of the number in that base."),
        ("""
def solve(number, base):
    count = 0
    while number > 0:
        number //= base
        count += 1
    return count
""", """
def solve(number, base):
    count = 1
    while base ** count <= number:
        count += 1
    return count
"""),
    ),
    "palindrome": (
        ("check whether a number is a palindrome in a given base",
         "check if the digits of <number> in base <base> read the same from both ends",
         "Given a non-negative integer and a base, return True if the number reads the same "
         "forwards and backwards in that base."),
        ("""
def solve(number, base):
    digits = []
    while number > 0:
        digits.append(number % base)
        number //= base
    return digits == digits[::-1]
""", """
def solve(number, base):
    rest = number
    result = 0
    while rest > 0:
        result = result * base + rest % base
        rest //= base
    return result == number
"""),
    ),
    "is_valid": (
        ("check whether a string is a number in a given base from 2 to 10",
         "check if a nonempty text consists only of digits that base <base> has",
         "Given a string of digits and a base of at most 10, return True if each digit is less "
         "than the base."),
        ("""
def solve(text, base):
    return all(int(char) < base for char in text)
""", """
def solve(text, base):
    for char in text:
        if int(char) >= base:
            return False
    return True
"""),
    ),
    "convert": (
        ("convert a number between two bases from 2 to 9: <text> is written in base <old>, and the "
         "result in base <new>",
         "translate a string of digits from one base to another (both at most 9)",
         "Given a text with a number in a first base, return the text of the number in a second "
         "base."),
        ("""
def solve(text, old, new):
    number = int(text, old)
    result = ''
    while number > 0:
        result = str(number % new) + result
        number //= new
    return result or '0'
""", """
def solve(text, old, new):
    number = 0
    for char in text:
        number = number * old + int(char)
    digits = [str(number % new)]
    while number >= new:
        number //= new
        digits.append(str(number % new))
    return ''.join(reversed(digits))
"""),
    ),
}  # fmt: skip


_MORE_NUMBERS_IN_ANY_BASE = {
    "to": "convert a decimal number to base <base> (2 to 9)",
    "to_digits": (
        "I have a number and a base. Return the digits of the number in that base as a list."
    ),
    "from_digits": "I have the digits of a number in some base. Return the number.",
    "digit_sum": "What is the sum of the digits of a number in base <base>?",
    "num_digits": "How many digits does a number need in base <base>?",
    "palindrome": (
        "Is a number a palindrome when it is written in base <base>? Return True or False."
    ),
    "is_valid": "Can a string of digits be a number in base <base>? Return True or False.",
    "convert": "convert a number, given as text, from base <old> to base <new>",
}


@family(ask=tuple(_ANY_BASE))
def numbers_in_any_base(choose: Chooser, ask: str) -> Exercise:
    """Write, read or examine numbers in a base that is an argument."""
    texts, solutions = _ANY_BASE[ask]
    arguments: list[tuple[object, ...]] = []
    for i in range(6):
        number, base = choose.integer(1, 10 ** choose.integer(1, 4)), choose.integer(2, 9)
        if i == 5 and ask not in ("num_digits", "convert"):
            number = 0
        written = _written(number, base)
        if ask == "from_digits":
            arguments.append(([int(digit) for digit in written], base))
        elif ask == "palindrome" and i % 2:
            arguments.append((int(written + written[::-1], base), base))
        elif ask == "is_valid":
            arguments.append((written if i % 2 else choose.letters((2, 5), "0123456789"), base))
        elif ask == "convert":
            arguments.append((written, base, choose.integer(2, 9)))
        else:
            arguments.append((number, base))
    return Exercise(
        texts=(*texts, _MORE_NUMBERS_IN_ANY_BASE[ask]),
        names={
            "to": ("to_base", "convert_base", "write_in_base"),
            "to_digits": ("digits_in_base", "base_digits", "to_digit_list"),
            "from_digits": ("from_base_digits", "digits_value", "from_digits"),
            "digit_sum": ("base_digit_sum", "digit_sum_in_base", "sum_digits_base"),
            "num_digits": ("count_digits_in_base", "length_in_base", "num_digits_base"),
            "palindrome": ("palindrome_in_base", "is_base_palindrome", "reads_same_in_base"),
            "is_valid": ("valid_in_base", "is_base_number", "check_base"),
            "convert": ("change_base", "base_to_base", "convert_between_bases"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "base": ("b", "radix", "k"),
            "digits": ("digit_list", "ds", "parts"),
            "old": ("source", "base1", "b1"),
            "new": ("target", "base2", "b2"),
        },
    )


_BINARY_TEXTS = {
    "add": (
        ("add two binary strings and return the sum as a binary string",
         "find the sum of two binary numbers that are given as text",
         "Given two strings of zeros and ones, add them as binary numbers and return the result in "
         "binary, without leading zeros."),
        "first, second",
        ("def solve(first, second):\n    return bin(int(first, 2) + int(second, 2))[2:]",
         "def solve(first, second):\n    result = ''\n    carry = 0\n    i = len(first) - 1\n"
         "    j = len(second) - 1\n    while i >= 0 or j >= 0 or carry:\n"
         "        total = carry\n        if i >= 0:\n            total += int(first[i])\n"
         "            i -= 1\n        if j >= 0:\n            total += int(second[j])\n"
         "            j -= 1\n        result = str(total % 2) + result\n"
         "        carry = total // 2\n    return result"),
    ),
    "multiply": (
        ("multiply two binary strings and return the product as a binary string",
         "find the product of two binary numbers that are given as text",
         "Given two strings of zeros and ones, multiply them as binary numbers; return the result "
         "in binary."),
        "first, second",
        ("def solve(first, second):\n    return bin(int(first, 2) * int(second, 2))[2:]",
         "def solve(first, second):\n    return format(int(first, 2) * int(second, 2), 'b')"),
    ),
    "flip": (
        ("flip every bit of a binary string: 0 becomes 1 and 1 becomes 0",
         "exchange zeros and ones in a string of bits",
         "Given a string of zeros and ones, return the string with each bit inverted."),
        "text",
        ("def solve(text):\n    return ''.join('1' if char == '0' else '0' for char in text)",
         "def solve(text):\n    return text.translate(str.maketrans('01', '10'))"),
    ),
    "is_binary": (
        ("check whether a string consists only of zeros and ones",
         "check if the given string is a binary number or not",
         "Return True if a nonempty string has no characters except '0' and '1', else False."),
        "text",
        ("def solve(text):\n    return all(char in '01' for char in text)",
         "def solve(text):\n    return set(text) <= {'0', '1'}",
         "import re\n\ndef solve(text):\n    return bool(re.fullmatch('[01]+', text))"),
    ),
    "longest_ones": (
        ("find the length of the longest run of ones in a binary string",
         "return how many ones stand next to each other at most in a string of bits",
         "Given a string of zeros and ones, return the largest number of consecutive ones."),
        "text",
        ("def solve(text):\n    return max(len(part) for part in text.split('0'))",
         "def solve(text):\n    best = 0\n    count = 0\n    for char in text:\n"
         "        count = count + 1 if char == '1' else 0\n        best = max(best, count)\n"
         "    return best"),
    ),
    "min_flips": (
        ("count the bits that must be flipped so that a binary string alternates, beginning with 0 "
         "or with 1, whichever needs fewer flips",
         "find the least number of changes that turn a string of bits into one without equal "
         "neighbors",
         "Given a string of zeros and ones, return the minimum number of flips after which no two "
         "neighboring bits are equal."),
        "text",
        ("def solve(text):\n"
         "    count = sum(1 for index, char in enumerate(text) if int(char) != index % 2)\n"
         "    return min(count, len(text) - count)",),
    ),
    "pairs_equal": (
        ("count the positions at which two binary strings of equal length differ",
         "find the Hamming distance between two strings of bits",
         "Given two strings of zeros and ones with the same length, return in how many places they "
         "are different."),
        "first, second",
        ("def solve(first, second):\n    return sum(a != b for a, b in zip(first, second))",
         "def solve(first, second):\n    count = 0\n    for index in range(len(first)):\n"
         "        if first[index] != second[index]:\n            count += 1\n    return count"),
    ),
    "more_ones": (
        ("check whether a binary string has more ones than zeros",
         "check if ones are in the majority in a string of bits",
         "Return True if the given string of zeros and ones contains more '1' than '0'."),
        "text",
        ("def solve(text):\n    return text.count('1') > text.count('0')",
         "def solve(text):\n    ones = sum(1 for char in text if char == '1')\n"
         "    return 2 * ones > len(text)"),
    ),
    "divisible": (
        ("check whether the number in a binary string is divisible by 3",
         "check if a string of bits stands for a multiple of three",
         "Given a binary number as text, return True if 3 divides it, else False."),
        "text",
        ("def solve(text):\n    return int(text, 2) % 3 == 0",
         "def solve(text):\n    rest = 0\n    for char in text:\n"
         "        rest = (2 * rest + int(char)) % 3\n    return rest == 0"),
    ),
}  # fmt: skip


_MORE_BINARY_STRINGS = {
    "add": "What is the sum of two binary numbers? Both and the result are strings.",
    "multiply": "What is the product of two binary numbers? Both and the result are strings.",
    "flip": "I have a string of 0 and 1. Swap the zeros and ones.",
    "is_binary": "Is a string made of 0 and 1 only? Return True or False.",
    "longest_ones": "How long is the longest block of ones in a string of bits?",
    "min_flips": "How many bits must I flip at least to get a string in which 0 and 1 alternate?",
    "pairs_equal": "In how many positions do two binary strings differ?",
    "more_ones": "Are there more ones than zeros in a string of bits? Return True or False.",
    "divisible": "Can a binary number, given as a string, be divided by 3? Return True or False.",
}


@family(ask=tuple(_BINARY_TEXTS))
def binary_strings(choose: Chooser, ask: str) -> Exercise:
    """Compute with binary numbers that are given as text."""
    texts, parameters, solutions = _BINARY_TEXTS[ask]
    arguments: list[tuple[str, ...]] = []
    for i in range(7):
        text = "1" + choose.letters((0, 9), "01")
        if parameters == "text":
            if ask == "is_binary" and i % 2:
                text = choose.letters((1, 4), "01") + choose.letters((1, 2), "2ab7 ")
            if ask == "divisible" and i % 2:
                text = _written(3 * choose.integer(1, 200), 2)
            arguments.append((text,))
        elif ask == "pairs_equal":
            arguments.append((text, choose.letters(len(text), "01")))
        else:
            arguments.append((text, "1" + choose.letters((0, 7), "01")))
    if ask in ("add", "multiply", "longest_ones"):
        arguments.append(("0",) * len(arguments[0]))
    return Exercise(
        texts=(*texts, _MORE_BINARY_STRINGS[ask]),
        names={
            "add": ("add_binary", "binary_sum", "sum_of_binaries"),
            "multiply": ("multiply_binary", "binary_product", "mul_binary"),
            "flip": ("flip_bits", "invert_bits", "complement_bits"),
            "is_binary": ("is_binary", "check_binary", "only_bits"),
            "longest_ones": ("longest_ones", "max_consecutive_ones", "longest_run_of_ones"),
            "min_flips": ("min_flips", "make_alternating", "alternating_flips"),
            "pairs_equal": ("count_different_bits", "bit_distance", "hamming"),
            "more_ones": ("more_ones", "ones_majority", "mostly_ones"),
            "divisible": ("divisible_by_three", "binary_multiple_of_three", "is_multiple"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "text": ("s", "bits", "binary", "string"),
            "first": ("a", "s1", "x"),
            "second": ("b", "s2", "y"),
        },
    )


_MORE_BINARY_LISTS = {
    "list": "Binary numbers from 0 to n: return them as a list of strings.",
    "padded": "I have a number and a width. Return the number in binary with leading zeros.",
    "bits_to_number": "list of bits to integer: convert it",
    "letters": "Text to binary: return 8 bits for each character with spaces between.",
    "from_letters": "Binary to text: decode 8-bit codes that are separated by spaces.",
}


@family(ask=("list", "padded", "bits_to_number", "letters", "from_letters"))
def binary_lists(choose: Chooser, ask: str) -> Exercise:
    """List binary numbers, or turn lists of bits and letters into numbers."""
    texts, names, solutions = _BINARY_LISTS[ask]
    arguments: list[tuple[object, ...]]
    if ask == "list":
        arguments = [(n,) for n in [*choose.sample(range(1, 12), 4), 0]]
    elif ask == "padded":
        arguments = []
        for _ in range(6):
            number = choose.integer(0, 255)
            arguments.append((number, choose.integer(number.bit_length() or 1, 10)))
    elif ask == "bits_to_number":
        arguments = [(choose.integers((1, 8), 0, 1),) for _ in range(6)]
    else:
        words = [choose.word()[: choose.integer(1, 4)] for _ in range(4)] + ["A", "Hi"]
        arguments = [
            (word if ask == "letters" else " ".join(format(ord(c), "08b") for c in word),)
            for word in words
        ]
    return Exercise(
        texts=(*texts, _MORE_BINARY_LISTS[ask]),
        names=names,
        solutions=solutions,
        arguments=arguments,
    )


_BINARY_LISTS = {
    "list": (
        (
            "list the binary representations of 0 to <n> as strings without prefix",
            "write all numbers from 0 up to and including n in binary",
            "Given n, return a list of strings: 0, 1, ..., n in binary.",
        ),
        ("binary_numbers", "list_binary", "count_in_binary"),
        (
            "def solve(n):\n    return [bin(number)[2:] for number in range(n + 1)]",
            "def solve(n):\n    result = []\n    for number in range(n + 1):\n"
            "        result.append(format(number, 'b'))\n    return result",
        ),
    ),
    "padded": (
        (
            "write a number in binary with leading zeros up to a length of <width>",
            "convert an integer to a string of <width> bits",
            "Given a number and a width that suffices, return the number in binary, filled with "
            "zeros at the left to that width.",
        ),
        ("to_bits", "padded_binary", "binary_with_width"),
        (
            "def solve(number, width):\n    return bin(number)[2:].zfill(width)",
            "def solve(number, width):\n    result = ''\n    for _ in range(width):\n"
            "        result = str(number % 2) + result\n        number //= 2\n    return result",
        ),
    ),
    "bits_to_number": (
        (
            "convert a list of bits, most significant bit first, to an integer",
            "find the number whose binary digits are given as a list of 0 and 1",
            "Given a list of zeros and ones, return the value of the binary number they form.",
        ),
        ("bits_to_number", "from_bits", "list_to_number"),
        (
            "def solve(bits):\n    result = 0\n    for bit in bits:\n"
            "        result = result * 2 + bit\n    return result",
            "def solve(bits):\n    return int(''.join(str(bit) for bit in bits), 2)",
            "def solve(bits):\n    result = 0\n    for bit in bits:\n"
            "        result = result << 1 | bit\n    return result",
        ),
    ),
    "letters": (
        (
            "convert a text to the 8-bit binary codes of its characters, separated by spaces",
            "write each ASCII character of a string as 8 bits, with spaces between the codes",
            "Given a string, return the binary ASCII codes (8 digits each) of its characters in "
            "one string, joined by spaces.",
        ),
        ("text_to_binary", "ascii_bits", "encode_binary"),
        (
            "def solve(text):\n    return ' '.join(format(ord(char), '08b') for char in text)",
            "def solve(text):\n    result = []\n    for char in text:\n"
            "        result.append(bin(ord(char))[2:].zfill(8))\n    return ' '.join(result)",
        ),
    ),
    "from_letters": (
        (
            "convert 8-bit binary codes, separated by spaces, to the text they stand for",
            "decode a string of ASCII codes that are written as bits with spaces between them",
            "Given binary character codes in one string, joined by spaces, return the text.",
        ),
        ("binary_to_text", "decode_bits", "decode_binary"),
        (
            "def solve(text):\n    return ''.join(chr(int(part, 2)) for part in text.split())",
            "def solve(text):\n    result = ''\n    for part in text.split(' '):\n"
            "        result += chr(int(part, 2))\n    return result",
        ),
    ),
}
