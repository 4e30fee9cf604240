"""Checksums, check digits, phone keys, DNA strings and hidden bits."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import TWO_STRINGS, a_string, any_case, returning, ways_to_ask
from hrm_exercises.family import Exercise, family

_CHECKSUMS = {
    "sum_mod": (
        "compute a checksum of a text: the sum of its character codes modulo <n>",
        "text, n",
        "sum(ord(char) for char in text) % n",
        ("result = (result + ord(char)) % n", "0"),
    ),
    "xor": (
        "compute a checksum of a text: all character codes combined by bitwise xor (0 for an empty "
        "text)",
        "text",
        "",
        ("result ^= ord(char)", "0"),
    ),
    "hash31": (
        "compute a hash of a text: start with 0 and for each character multiply the hash by 31, "
        "add the character code and take the result modulo 1000",
        "text",
        "",
        ("result = (result * 31 + ord(char)) % 1000", "0"),
    ),
    "weighted": (
        "compute a checksum of a text: the sum of each character code times its place (counted "
        "from 1), modulo 100",
        "text",
        "sum(index * ord(char) for index, char in enumerate(text, 1)) % 100",
        ("", "0"),
    ),
    "letter_values": (
        "add up the places in the alphabet of all letters of a text, ignoring case and all other "
        "characters",
        "text",
        "sum(ord(char) - 96 for char in text.lower() if char.isalpha())",
        ("", "0"),
    ),
    "digit_sum": (
        "compute the check digit of a string of digits: the sum of the digits modulo 10",
        "text",
        "sum(int(char) for char in text) % 10",
        ("result = (result + int(char)) % 10", "0"),
    ),
    "alternating": (
        "compute a checksum of a string of digits: add the digits at even indexes and subtract "
        "those at odd indexes",
        "text",
        "sum(map(int, text[::2])) - sum(map(int, text[1::2]))",
        ("", "0"),
    ),
    "weights_31": (
        "compute a checksum of a string of digits: multiply the digits in turn by 1 and 3, "
        "starting with 1, and return the sum modulo 10",
        "text",
        "sum(int(char) * (3 if index % 2 else 1) for index, char in enumerate(text)) % 10",
        ("", "0"),
    ),
}
_CHECKSUMS_RETOLD = {
    "sum_mod": (
        "Given a text and a number <n>, return the sum of the ASCII codes of all characters, "
        "taken modulo <n>."
    ),
    "xor": (
        "Combine the ASCII codes of all characters of a string with the operator ^ and "
        "return the result. An empty string gives 0."
    ),
    "hash31": (
        "Return a simple hash of a string: for every character, multiply the value so far (0 "
        "at the start) by 31, add the code of the character and keep the remainder of a "
        "division by 1000."
    ),
    "weighted": (
        "Multiply the code of each character of a string by its position, starting at 1, add "
        "everything up and return the last two digits as a number."
    ),
    "letter_values": (
        "Let a be 1, b be 2 and so on up to z with 26, in upper and lower case. Return the "
        "total of the letters of a text."
    ),
    "digit_sum": "Given a string of digits, return the last digit of its digit sum.",
    "alternating": (
        "Take the digits of a string with the signs +, -, +, - and so on in turn and return "
        "the sum."
    ),
    "weights_31": (
        "Digits at even indexes of a string count once, those at odd indexes three times. "
        "Return the last digit of the weighted sum."
    ),
}


@family(kind=tuple(_CHECKSUMS))
def checksum_of_text(choose: Chooser, kind: str) -> Exercise:
    """Compute a checksum or hash of a text."""
    act, parameters, expression, (step, start) = _CHECKSUMS[kind]
    texts = [*choose.words(3), choose.sentence(2), any_case(choose, choose.word()) + "!"]
    if "digits" in act:
        texts = [str(choose.integer(10, 10 ** choose.integer(3, 9))) for _ in range(6)]
    solutions = [returning(parameters, expression)] if expression else []
    if step:
        solutions.append(
            f"""
            def solve({parameters}):
                result = {start}
                for char in text:
                    {step}
                return result
            """
        )
    return Exercise(
        texts=(
            act,
            _CHECKSUMS_RETOLD[kind],
            *ways_to_ask(act),
        ),
        names=("checksum", f"{kind}_checksum", "hash_text", "check_value", "text_hash"),
        solutions=solutions,
        arguments=[
            (text, choose.one_of((7, 10, 97, 256))) if "n" in parameters.split(", ") else (text,)
            for text in texts
        ],
    )


_CHECK_DIGITS = {
    "luhn": (
        "check a card number given as a string: from the right, every second digit is doubled, 9 "
        "is subtracted from results above 9, and the sum of all digits must be divisible by 10",
        """
        def solve(text):
            total = 0
            for index, char in enumerate(reversed(text)):
                digit = int(char)
                if index % 2:
                    digit *= 2
                    if digit > 9:
                        digit -= 9
                total += digit
            return total % 10 == 0
        """,
        """
        def solve(text):
            digits = [int(char) for char in text[::-1]]
            doubled = [sum(divmod(digit * 2, 10)) for digit in digits[1::2]]
            return (sum(digits[::2]) + sum(doubled)) % 10 == 0
        """,
    ),
    "last_is_sum": (
        "check whether the last digit of a string of two or more digits is the sum of the others "
        "modulo 10",
        """
        def solve(text):
            return sum(int(char) for char in text[:-1]) % 10 == int(text[-1])
        """,
        """
        def solve(text):
            digits = [int(char) for char in text]
            return sum(digits[:-1]) % 10 == digits[-1]
        """,
    ),
    "parity": (
        "add a parity bit to a string of zeros and ones, so that the number of ones is even",
        """
        def solve(text):
            return text + str(text.count("1") % 2)
        """,
        """
        def solve(text):
            if text.count("1") % 2 == 0:
                return text + "0"
            return text + "1"
        """,
    ),
    "check_parity": (
        "check whether a string of zeros and ones has an even number of ones",
        """
        def solve(text):
            return text.count("1") % 2 == 0
        """,
        """
        def solve(text):
            return sum(int(char) for char in text) % 2 == 0
        """,
    ),
    "divisible_by_11": (
        "check a string of ten digits: the digits are multiplied by 10, 9, ..., 1 from left to "
        "right, and the sum must be divisible by 11",
        """
        def solve(text):
            total = 0
            for index, char in enumerate(text):
                total += (10 - index) * int(char)
            return total % 11 == 0
        """,
        """
        def solve(text):
            return sum(k * int(char) for k, char in zip(range(10, 0, -1), text)) % 11 == 0
        """,
    ),
    "digit_sum_3": (
        "check whether the digits of a string add up to a multiple of 3",
        """
        def solve(text):
            return sum(int(char) for char in text) % 3 == 0
        """,
        """
        def solve(text):
            return int(text) % 3 == 0
        """,
    ),
}
_CHECK_DIGITS_RETOLD = {
    "luhn": (
        "Is a card number valid? Double every second digit from the right (not the last "
        "one), subtract 9 if the result has two digits, and add up all digits: the sum has "
        "to end in 0."
    ),
    "last_is_sum": (
        "The last digit of a number in a string should be the last digit of the sum of the "
        "digits before it. Return whether this is true."
    ),
    "parity": "Append '0' or '1' to a string of bits such that the count of ones becomes even.",
    "check_parity": "find out if the number of ones in a binary string is even",
    "divisible_by_11": (
        "Multiply the ten digits of a string by the weights 10 down to 1. Return True if the "
        "total is a multiple of 11, else False."
    ),
    "digit_sum_3": "test if the digit sum of a number given as a string is divisible by 3",
}


def _sealed(choose: Chooser, kind: str) -> str:
    """Return digits that pass the check of a kind."""
    digits = choose.integers(9, 0, 9)
    if kind == "luhn":
        doubled = [sum(divmod(digit * 2, 10)) for digit in digits[::-1][::2]]
        digits.append(-(sum(doubled) + sum(digits[::-1][1::2])) % 10)
    elif kind == "last_is_sum":
        digits.append(sum(digits) % 10)
    elif kind == "divisible_by_11":
        check = 10
        while check == 10:
            digits = choose.integers(9, 0, 9)
            check = -sum((10 - i) * digit for i, digit in enumerate(digits)) % 11
        digits.append(check)
    return "".join(map(str, digits))


@family(kind=tuple(_CHECK_DIGITS))
def check_digits_of_numbers(choose: Chooser, kind: str) -> Exercise:
    """Check numbers by a check digit."""
    act, *solutions = _CHECK_DIGITS[kind]
    short = kind.removeprefix("check_")
    texts = [_sealed(choose, kind) for _ in range(3)]
    texts += ["".join(choose.one_of("0123456789") for _ in range(10)) for _ in range(3)]
    if "parity" in kind:
        texts = [choose.letters((1, 8), "01") for _ in range(6)]
    elif kind == "digit_sum_3":
        texts = [str(choose.integer(0, 999) * (3 if i % 2 else 1) + i % 2 * 3) for i in range(6)]
    return Exercise(
        texts=(
            act,
            _CHECK_DIGITS_RETOLD[kind],
            *ways_to_ask(act),
            f"{act} (the argument is a string)",
        ),
        names=("check_number", f"{short}_check", "is_valid", "check_digit", f"check_{short}"),
        solutions=solutions,
        arguments=[(text,) for text in texts],
        synonyms={"text": ("code", "number_text", "s", "digits_text"), "k": ("weight", "w")},
    )


_KEYPAD = {
    "digits": (
        "write a lowercase word as the digits of a phone keypad (abc is 2, def 3, ghi 4, jkl 5, "
        "mno 6, pqrs 7, tuv 8, wxyz 9)"
    ),
    "presses": (
        "count the key presses to write a lowercase word on an old phone keypad (abc, def, ghi, "
        "jkl, mno, pqrs, tuv, wxyz), where the first letter of a key takes one press, the second "
        "two and so on"
    ),
    "same": (
        "check whether two lowercase words have the same digits on a phone keypad (abc is 2, def "
        "3, ghi 4, jkl 5, mno 6, pqrs 7, tuv 8, wxyz 9)"
    ),
}
_KEYPAD_RETOLD = {
    "digits": (
        "On a phone, 2 stands for abc, 3 for def, 4 for ghi, 5 for jkl, 6 for mno, 7 for "
        "pqrs, 8 for tuv and 9 for wxyz. Convert a lowercase word to a string of these "
        "digits."
    ),
    "presses": (
        "Old phones have the keys abc, def, ghi, jkl, mno, pqrs, tuv and wxyz. A letter "
        "needs as many presses as its place on its key. Return the total for a lowercase "
        "word."
    ),
    "same": (
        "With abc on key 2, def on 3, ghi on 4, jkl on 5, mno on 6, pqrs on 7, tuv on 8 and "
        "wxyz on 9, do two words have the same number?"
    ),
}


_DIGITS = "22233344455566677778889999"


@family(task=tuple(_KEYPAD))
def phone_keypad_code(choose: Chooser, task: str) -> Exercise:
    """Write words with the keys of a phone."""
    act = _KEYPAD[task]
    arguments: list[tuple[str, ...]] = [(word,) for word in choose.words(6)]
    if task == "same":
        arguments = []
        for number, word in enumerate(choose.words(6)):
            twins = {
                char: [chr(i + 97) for i in range(26) if _DIGITS[i] == _DIGITS[ord(char) - 97]]
                for char in word
            }
            other = "".join(choose.one_of(twins[char]) for char in word)
            arguments.append((word, other) if number % 2 else (word, choose.word()))
    solutions = {
        "digits": (
            f"""
            def solve(text):
                digits = "{_DIGITS}"
                return "".join(digits[ord(char) - ord("a")] for char in text)
            """,
            """
            def solve(text):
                keys = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"]
                result = ""
                for char in text:
                    for number, letters in enumerate(keys, 2):
                        if char in letters:
                            result += str(number)
                return result
            """,
        ),
        "presses": (
            """
            def solve(text):
                keys = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"]
                total = 0
                for char in text:
                    for letters in keys:
                        if char in letters:
                            total += letters.index(char) + 1
                return total
            """,
            """
            def solve(text):
                keys = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"]
                presses = {}
                for letters in keys:
                    for number, char in enumerate(letters, 1):
                        presses[char] = number
                return sum(presses[char] for char in text)
            """,
        ),
        "same": (
            f"""
            def solve(first, second):
                digits = "{_DIGITS}"
                codes = [[digits[ord(char) - 97] for char in word] for word in (first, second)]
                return codes[0] == codes[1]
            """,
        ),
    }[task]
    return Exercise(
        texts=(
            act,
            _KEYPAD_RETOLD[task],
            *ways_to_ask(act),
            f"{act}; all letters are lowercase",
        ),
        names=("keypad", f"keypad_{task}", "phone_keys", "phone_code"),
        solutions=solutions,
        arguments=arguments,
        synonyms={**TWO_STRINGS, "number": ("digit", "k", "n"), "digits": ("keys_", "table")},
    )


_DNA = {
    "complement": (
        "replace each letter of a DNA string by its partner (A and T, C and G)",
        "text.translate(str.maketrans('ACGT', 'TGCA'))",
        "''.join({'A': 'T', 'T': 'A', 'C': 'G', 'G': 'C'}[char] for char in text)",
    ),
    "reverse_complement": (
        "reverse a DNA string and replace each letter by its partner (A and T, C and G)",
        "text[::-1].translate(str.maketrans('ACGT', 'TGCA'))",
        "''.join({'A': 'T', 'T': 'A', 'C': 'G', 'G': 'C'}[char] for char in reversed(text))",
    ),
    "rna": (
        "turn a DNA string into RNA by replacing T by U",
        "text.replace('T', 'U')",
        "''.join('U' if char == 'T' else char for char in text)",
    ),
    "share": (
        "find the percentage of G and C in a non-empty DNA string, rounded to 1 digit",
        "round(100 * (text.count('G') + text.count('C')) / len(text), 1)",
        "round(100 * sum(char in 'GC' for char in text) / len(text), 1)",
    ),
    "counts": (
        "return a dictionary with the numbers of the letters A, C, G and T in a DNA string",
        "{char: text.count(char) for char in 'ACGT'}",
    ),
    "triplets": (
        "split a DNA string into groups of three letters and leave out what remains at the end",
        "[text[i:i + 3] for i in range(0, len(text) - 2, 3)]",
    ),
    "differences": (
        "count the places at which two DNA strings of equal length differ",
        "sum(a != b for a, b in zip(first, second))",
    ),
    "valid": (
        "check whether a string is a DNA string, that is, contains no letters but A, C, G and T",
        "set(text) <= set('ACGT')",
        "all(char in 'ACGT' for char in text)",
    ),
    "partner": (
        "check whether two DNA strings of equal length are partners at every place (A with T, C "
        "with G)",
        "all(a + b in ('AT', 'TA', 'CG', 'GC') for a, b in zip(first, second))",
    ),
}
_DNA_RETOLD = {
    "complement": (
        "In DNA, A pairs with T and C with G. Given a strand as a string, return the "
        "matching strand, letter by letter."
    ),
    "reverse_complement": (
        "return the complement of a DNA strand (A with T, C with G), read from its end"
    ),
    "rna": "convert DNA to RNA, that is, write U instead of T",
    "share": (
        "What percentage of a DNA string is made of the letters G and C? Round to one "
        "decimal place."
    ),
    "counts": (
        "count the bases of a DNA string and return a dictionary with the keys A, C, G and T "
        "in this order"
    ),
    "triplets": (
        "cut a strand of DNA into triplets (an incomplete one at the end is dropped) and "
        "return them as a list"
    ),
    "differences": (
        "find the number of point mutations between two DNA strands of the same length"
    ),
    "valid": (
        "Return True if a string has only the letters of DNA (A, C, G and T), otherwise False."
    ),
    "partner": (
        "Do two DNA strands of equal length fit together? A has to face T and C has to face "
        "G everywhere."
    ),
}


@family(task=tuple(_DNA))
def dna_strings(choose: Chooser, task: str) -> Exercise:
    """Count, replace and compare the letters of DNA strings."""
    act, *expressions = _DNA[task]
    texts = [choose.letters((3, 10), "ACGT") for _ in range(6)]
    arguments: list[tuple[str, ...]] = [(text,) for text in texts]
    if "first" in expressions[0]:
        arguments = []
        for number, text in enumerate(texts):
            other = choose.letters(len(text), "ACGT")
            if task == "partner" and number % 2:
                other = text.translate(str.maketrans("ACGT", "TGCA"))
            arguments.append((text, other))
    elif task == "valid":
        arguments[:3] = [(text + choose.one_of("UXN"),) for text in texts[:3]]
    parameters = "first, second" if "first" in expressions[0] else "text"
    return Exercise(
        texts=(
            act,
            _DNA_RETOLD[task],
            *ways_to_ask(act),
            f"{act}; the letters are capitals",
            f"DNA is written with the letters A, C, G and T. {act[0].upper()}{act[1:]}.",
        ),
        names=("dna", f"dna_{task}", f"{task}_dna", "strand"),
        solutions=[returning(parameters, each) for each in expressions],
        arguments=arguments,
        synonyms={**TWO_STRINGS, "text": ("dna", "strand", "s", "sequence")},
    )


@family(kind=("case", "spaces", "dots"))
def binary_hidden_in_text(choose: Chooser, kind: str) -> Exercise:
    """Read bits from the form of a text."""
    act, test = {
        "case": (
            "read a binary number hidden in the case of letters: a capital is 1, a small letter 0; "
            "return it as an integer",
            "char.isupper()",
        ),
        "spaces": (
            "read a string of spaces and stars as a binary number in which a star is 1 and a space "
            "is 0; return an integer",
            "char == '*'",
        ),
        "dots": (
            "read a string of dots and dashes as a binary number in which a dash is 1 and a dot is "
            "0; return an integer",
            "char == '-'",
        ),
    }[kind]
    texts = [
        choose.letters((2, 8), {"case": "aBcDeF", "spaces": " *", "dots": ".-"}[kind])
        for _ in range(6)
    ]
    return Exercise(
        texts=(
            act,
            *ways_to_ask(act),
            f"decode {a_string(choose)}: {act}",
        ),
        names=("hidden_number", "read_bits", f"bits_from_{kind}", "decode_bits"),
        solutions=(
            f"""
            def solve(text):
                result = 0
                for char in text:
                    result = result * 2 + int({test})
                return result
            """,
            f"""
            def solve(text):
                return int("".join("1" if {test} else "0" for char in text), 2)
            """,
        ),
        arguments=[(text,) for text in texts],
    )
