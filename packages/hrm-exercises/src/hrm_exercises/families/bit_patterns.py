"""Bits flipped, reversed, swapped and rotated; Gray code."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


_REARRANGED = {
    "complement": (
        ("flip all bits of a positive integer, from its highest set bit down",
         "find the binary complement of a positive number without leading ones: 5 (101) gives 2 "
         "(10)",
         "Given a positive integer, invert each digit of its binary form and return the number."),
        "number",
        (_returns("number", "number ^ ((1 << number.bit_length()) - 1)"),
         "def solve(number):\n    bits = bin(number)[2:]\n"
         "    return int(''.join('1' if bit == '0' else '0' for bit in bits), 2)"),
    ),
    "reverse": (
        ("reverse the binary digits of a number (leading zeros vanish)",
         "read the binary form of a non-negative integer from right to left and return its value",
         "Given a number, write it in binary, turn the digits around, and return the result as an "
         "integer."),
        "number",
        (_returns("number", "int(bin(number)[:1:-1], 2)"),
         "def solve(number):\n    result = 0\n    while number > 0:\n"
         "        result = result * 2 + number % 2\n        number //= 2\n    return result"),
    ),
    "reverse_byte": (
        ("reverse the 8 bits of a byte",
         "turn the bits of a number from 0 to 255 around, with leading zeros up to 8 bits",
         "Given an integer below 256, write it with 8 bits, reverse them, and return the value."),
        "number",
        (_returns("number", "int(format(number, '08b')[::-1], 2)"),
         "def solve(number):\n    result = 0\n    for _ in range(8):\n"
         "        result = result << 1 | number & 1\n        number >>= 1\n    return result"),
    ),
    "swap_nibbles": (
        ("swap the two halves of 4 bits of a byte",
         "exchange the high and the low nibble of a number from 0 to 255",
         "Given an integer below 256, return it with its upper four and lower four bits "
         "exchanged."),
        "number",
        (_returns("number", "(number & 15) << 4 | number >> 4"),
         _returns("number", "number % 16 * 16 + number // 16")),
    ),
    "swap_neighbors": (
        ("swap the bits at even and odd positions of a byte: bit 0 with bit 1, bit 2 with bit 3 "
         "and so on",
         "exchange neighboring bits in pairs in a number from 0 to 255",
         "Given an integer below 256, swap each bit at an even position with the bit at the next "
         "odd position."),
        "number",
        (_returns("number", "(number & 0x55) << 1 | (number & 0xAA) >> 1"),
         "def solve(number):\n    result = 0\n    for i in range(0, 8, 2):\n"
         "        low = number >> i & 1\n        high = number >> (i + 1) & 1\n"
         "        result |= low << (i + 1) | high << i\n    return result"),
    ),
    "rotate_left": (
        ("rotate the 8 bits of a byte <k> places to the left",
         "shift a number from 0 to 255 left by k bits; bits that fall out come in again at the "
         "right",
         "Given an integer below 256 and k from 0 to 7, rotate its 8 bits left k times."),
        "number, k",
        (_returns("number, k", "(number << k | number >> (8 - k)) & 255"),
         "def solve(number, k):\n    bits = format(number, '08b')\n"
         "    return int(bits[k:] + bits[:k], 2)"),
    ),
    "rotate_right": (
        ("rotate the 8 bits of a byte <k> places to the right",
         "shift a number from 0 to 255 right by k bits; bits that fall out come in again at the "
         "left",
         "Given an integer below 256 and k from 0 to 7, rotate its 8 bits right k times."),
        "number, k",
        (_returns("number, k", "(number >> k | number << (8 - k)) & 255"),
         "def solve(number, k):\n    bits = format(number, '08b')\n"
         "    return int(bits[8 - k:] + bits[:8 - k], 2)"),
    ),
    "twos_complement": (
        ("write a number from -128 to 127 as 8 bits in two's complement",
         "find the two's complement of a small integer as a string of 8 binary digits",
         "Given an integer that fits into a signed byte, return its 8-bit two's complement as "
         "text."),
        "signed",
        (_returns("number", "format(number % 256, '08b')"),
         "def solve(number):\n    if number < 0:\n        number += 256\n"
         "    return bin(number)[2:].zfill(8)"),
    ),
    "to_gray": (
        ("convert a number to its Gray code", "find the binary reflected Gray code of an integer",
         "Given a non-negative integer n, return n xor (n shifted right by one): its Gray code."),
        "number",
        (_returns("number", "number ^ number >> 1"), _returns("number", "number ^ (number // 2)")),
    ),
    "from_gray": (
        ("convert a Gray code back to the number it stands for",
         "find the integer whose binary reflected Gray code is given",
         "Given a Gray code as an integer, return the n with n ^ (n >> 1) equal to it."),
        "number",
        ("def solve(number):\n    result = 0\n    while number > 0:\n        result ^= number\n"
         "        number >>= 1\n    return result",
         "def solve(number):\n    n = 0\n    while n ^ n >> 1 != number:\n        n += 1\n"
         "    return n"),
    ),
    "gray_list": (
        ("list the Gray codes of <k> bits as strings, starting with zeros",
         "generate the binary reflected Gray code for k bits as a list of texts",
         "Given k, return all strings of k bits in Gray code order; neighbors differ in one bit, "
         "and the first string has only zeros."),
        "small",
        ("def solve(k):\n    codes = ['0', '1']\n    for _ in range(k - 1):\n"
         "        codes = ['0' + code for code in codes] + "
         "['1' + code for code in reversed(codes)]\n    return codes",
         "def solve(k):\n    result = []\n    for number in range(2 ** k):\n"
         "        result.append(bin(number ^ number >> 1)[2:].zfill(k))\n    return result"),
    ),
    "alternating": (
        ("check whether the bits of a positive integer alternate between 0 and 1",
         "check if no two neighboring bits of a number are equal (leading zeros don't count)",
         "Return True if the binary form of a positive integer has neither '00' nor '11' in it."),
        "alternating",
        ("def solve(number):\n    text = bin(number)[2:]\n"
         "    return '00' not in text and '11' not in text",
         "def solve(number):\n    last = number & 1\n    number >>= 1\n    while number > 0:\n"
         "        if number & 1 == last:\n            return False\n        last = number & 1\n"
         "        number >>= 1\n    return True"),
    ),
    "palindrome": (
        ("check whether the binary form of a number is a palindrome",
         "check if the bits of an integer read the same from both ends, without leading zeros",
         "Return True if a non-negative integer is a palindrome in binary, else False."),
        "palindrome",
        ("def solve(number):\n    text = bin(number)[2:]\n    return text == text[::-1]",
         "def solve(number):\n    rest = number\n    result = 0\n    while rest:\n"
         "        result = result << 1 | rest & 1\n        rest >>= 1\n"
         "    return result == number"),
    ),
}  # fmt: skip


_MORE_REARRANGED_BITS = {
    "complement": "invert the bits of a positive number (without leading zeros)",
    "reverse": (
        "I have a number. Reverse its bits, without leading zeros, and return the new number."
    ),
    "reverse_byte": "Write a function that mirrors the bits of an 8-bit number.",
    "swap_nibbles": "swap nibbles of a byte",
    "swap_neighbors": "swap adjacent bits of a byte",
    "rotate_left": "left rotate an 8-bit number by <k> bits",
    "rotate_right": "right rotate an 8-bit number by <k> bits",
    "twos_complement": (
        "I have an integer from -128 to 127. Return its 8 bits in two's complement as a string."
    ),
    "to_gray": "Binary to Gray code: convert a number to the Gray code number.",
    "from_gray": "Gray code to binary: find the number that belongs to a Gray code.",
    "gray_list": "Return the list of all Gray code words of a given length.",
    "alternating": "Do the bits of the number alternate? Return True or False.",
    "palindrome": "Is the binary form of the number a palindrome? Return True or False.",
}


@family(ask=tuple(_REARRANGED))
def rearranged_bits(choose: Chooser, ask: str) -> Exercise:
    """Flip, reverse, swap or rotate bits; Gray code."""
    texts, kind, solutions = _REARRANGED[ask]
    arguments: list[tuple[int, ...]] = []
    numbers = choose.sample(range(1, 64 if ask == "from_gray" else 256), 6)
    for i, number in enumerate(numbers):
        arguments.append({
            "number": (number,),
            "number, k": (number, choose.integer(0, 7)),
            "signed": (choose.integer(-128, -1) if i % 2 else choose.integer(0, 127),),
            "small": (i % 4 + 1,),
            "alternating": (choose.one_of((1, 2, 5, 10, 21, 42, 85)) if i % 2 else number,),
            "palindrome": (choose.one_of((5, 7, 9, 21, 27, 33, 45, 51)) if i % 2 else number,),
        }[kind])  # fmt: skip
    return Exercise(
        texts=(*texts, _MORE_REARRANGED_BITS[ask]),
        names={
            "complement": ("binary_complement", "flip_all_bits", "number_complement"),
            "reverse": ("reverse_bits", "reverse_binary", "mirror_bits"),
            "reverse_byte": ("reverse_byte", "mirror_byte", "reverse_eight_bits"),
            "swap_nibbles": ("swap_nibbles", "swap_halves", "exchange_nibbles"),
            "swap_neighbors": ("swap_even_odd_bits", "swap_bit_pairs", "swap_adjacent_bits"),
            "rotate_left": ("rotate_left", "rotate_byte_left", "left_rotate_byte"),
            "rotate_right": ("rotate_right", "rotate_byte_right", "right_rotate_byte"),
            "twos_complement": ("twos_complement", "signed_bits", "to_signed_byte"),
            "to_gray": ("to_gray", "gray_code", "binary_to_gray"),
            "from_gray": ("from_gray", "gray_to_binary", "decode_gray"),
            "gray_list": ("gray_codes", "gray_code_list", "generate_gray"),
            "alternating": ("has_alternating_bits", "alternating_bits", "bits_alternate"),
            "palindrome": ("binary_palindrome", "is_binary_palindrome", "bits_palindrome"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={"bits": ("text", "digits", "binary"), "k": ("n", "places", "shift")},
    )
