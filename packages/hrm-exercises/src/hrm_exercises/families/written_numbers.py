"""Numbers in words: Roman numerals, ordinals, English number words."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def _in_words(number: int) -> str:
    if number < 20:
        return _ONES[number]
    ten = _TENS[number // 10 - 2]
    return f"{ten}-{_ONES[number % 10]}" if number % 10 else ten


_WORD_LISTS = """
ones = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten',
        'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen',
        'nineteen']
tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
"""

_SPELL = """
def solve(number):
    if number < 20:
        return ones[number]
    result = tens[number // 10 - 2]
    if number % 10 > 0:
        result += '-' + ones[number % 10]
    return result
"""

_SPELL_HUNDREDS = """
def solve(number):
    if number < 20:
        return ones[number]
    if number < 100:
        word = tens[number // 10 - 2]
        return word if number % 10 == 0 else word + '-' + ones[number % 10]
    result = ones[number // 100] + ' hundred'
    if number % 100 > 0:
        result += ' and ' + solve(number % 100)
    return result
"""

_READ = """
def solve(text):
    total = 0
    for word in text.split('-'):
        if word in ones:
            total += ones.index(word)
        else:
            total += 20 + 10 * tens.index(word)
    return total
"""


_MORE_NUMBERS_AS_ENGLISH_WORDS = {
    "spell": "Number to words: convert an integer from 0 to 99.",
    "spell_hundreds": (
        "Number to words: convert an integer from 0 to 999, with 'and' after hundreds."
    ),
    "read": "Words to number: convert a text such as 'sixty-one'.",
    "letters": "How many letters does the English word for a number from 0 to 99 have?",
}


@family(ask=("spell", "spell_hundreds", "read", "letters"))
def numbers_as_english_words(choose: Chooser, ask: str) -> Exercise:
    """Spell numbers in English or read them."""
    texts, names, body = _SPELLING[ask]
    numbers = [choose.integer(0, 19), choose.integer(20, 59), choose.integer(60, 99)]
    numbers += [choose.integer(2, 9) * 10, choose.integer(0, 99)]
    arguments: list[tuple[object, ...]] = [(number,) for number in numbers]
    if ask == "read":
        arguments = [(_in_words(number),) for number in numbers]
    if ask == "spell_hundreds":
        arguments += [(choose.integer(100, 999),) for _ in range(3)] + [
            (choose.integer(1, 9) * 100,)
        ]
    return Exercise(
        texts=(*texts, _MORE_NUMBERS_AS_ENGLISH_WORDS[ask]),
        names=names,
        solutions=(_WORD_LISTS + body,),
        arguments=arguments,
    )


_SPELLING = {
    "spell": (
        (
            "spell a number from 0 to 99 in English, with a hyphen as in 'forty-two'",
            "write a number below 100 as English words",
            "Given an integer from 0 to 99, return its English name, such as 'seven', 'thirteen' "
            "or 'eighty-five'.",
        ),
        ("spell_number", "number_to_words", "in_words"),
        _SPELL,
    ),
    "spell_hundreds": (
        (
            "spell a number from 0 to 999 in English, as in 'two hundred and forty-two'",
            "write a number below 1000 as English words, with 'and' after the hundreds",
            "Given an integer from 0 to 999, return its English name, such as 'seven', "
            "'eighty-five' or 'three hundred and ten'.",
        ),
        ("spell_number", "number_to_words", "number_in_words"),
        _SPELL_HUNDREDS,
    ),
    "read": (
        (
            "convert an English number word from 'zero' to 'ninety-nine' to an integer",
            "find the number that a text such as 'forty-two' stands for (below 100)",
            "Given the English name of a number from 0 to 99, return the number.",
        ),
        ("read_number", "words_to_number", "number_from_words"),
        _READ,
    ),
    "letters": (
        (
            "count the letters of the English name of a number from 0 to 99 (the hyphen doesn't "
            "count)",
            "find how many letters are needed to write a number below 100 in English words",
            "Given an integer from 0 to 99, return the number of letters of its English name, "
            "without the hyphen.",
        ),
        ("count_letters", "letters_in_number", "name_length"),
        """
def solve(number):
    if number < 20:
        return len(ones[number])
    if number % 10 == 0:
        return len(tens[number // 10 - 2])
    return len(tens[number // 10 - 2]) + len(ones[number % 10])
""",
    ),
}


@family(ask=("digits", "from_words", "phone"))
def digits_as_words(choose: Chooser, ask: str) -> Exercise:
    """Say the digits of a number one by one."""
    numbers = [choose.integer(10**i // 10, 10**i - 1) for i in choose.sample(range(1, 7), 5)]
    texts, names, solutions = _DIGIT_WORDS[ask]
    arguments: list[tuple[object, ...]]
    if ask == "digits":
        arguments = [(number,) for number in numbers]
    elif ask == "from_words":
        arguments = [(" ".join(_ONES[int(digit)] for digit in str(number)),) for number in numbers]
    else:
        arguments = [(choose.letters((3, 7), "0123456789"),) for _ in range(4)]
        arguments += [(choose.letters(2, "05") + "77",)]
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"names": ("words", "digit_words", "ones")},
    )


_NAMES_LIST = (
    "names = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']\n"
)

_DIGIT_WORDS = {
    "digits": (
        (
            "say each digit of a number in English, with spaces between the words",
            "replace the digits of a non-negative integer by words: 105 becomes 'one zero five'",
            "Given a number, return the English names of its digits, joined with spaces.",
        ),
        ("say_digits", "digits_to_words", "spell_digits"),
        (
            _NAMES_LIST
            + "\ndef solve(number):\n"
            + "    return ' '.join(names[int(digit)] for digit in str(number))",
            f"def solve(number):\n    {_NAMES_LIST}    result = []\n    for digit in str(number):\n"
            "        result.append(names[int(digit)])\n    return ' '.join(result)",
        ),
    ),
    "from_words": (
        (
            "turn digits in English words, separated by spaces, into an integer",
            "convert a text such as 'four zero two' to the number 402",
            "Given the names of digits in one string, return the number that they form.",
        ),
        ("words_to_digits", "digits_from_words", "read_digits"),
        (
            _NAMES_LIST
            + "\ndef solve(text):\n"
            + "    return int(''.join(str(names.index(word)) for word in text.split()))",
            f"def solve(text):\n    {_NAMES_LIST}    number = 0\n    for word in text.split():\n"
            "        number = number * 10 + names.index(word)\n    return number",
        ),
    ),
    "phone": (
        (
            "read a phone number aloud: return the digit names with spaces, where two equal digits "
            "in a row are said as 'double' and the name",
            "say the digits of a string in English; a pair of equal neighbors becomes 'double' and "
            "the digit, pairs are taken from the left",
            "Given a string of digits, return their English names joined with spaces, but say "
            "'double seven' for '77' (reading from left to right).",
        ),
        ("say_phone_number", "read_phone_number", "phone_words"),
        (
            _NAMES_LIST
            + """
def solve(text):
    result = []
    index = 0
    while index < len(text):
        name = names[int(text[index])]
        if text[index:index + 2] == text[index] * 2:
            result.append('double ' + name)
            index += 2
        else:
            result.append(name)
            index += 1
    return ' '.join(result)
""",
        ),
    ),
}

_ORDINAL = """
def solve(number):
    if number % 100 in (11, 12, 13):
        return str(number) + 'th'
    if number % 10 == 1:
        return str(number) + 'st'
    if number % 10 == 2:
        return str(number) + 'nd'
    if number % 10 == 3:
        return str(number) + 'rd'
    return str(number) + 'th'
"""

_ORDINAL_DICT = """
def solve(number):
    suffix = 'th'
    if not 10 < number % 100 < 14:
        suffix = {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')
    return str(number) + suffix
"""

_FORMATS = {
    "ordinal": (
        ("write an ordinal number with its English ending: 1 becomes '1st', 12 becomes '12th'",
         "add the right suffix 'st', 'nd', 'rd' or 'th' to a positive integer",
         "Given a positive integer, return it as an ordinal such as '2nd' or '23rd'."),
        (_ORDINAL, _ORDINAL_DICT),
    ),
    "thousands": (
        ("write a non-negative integer with commas between groups of three digits",
         "format a number with thousands separators, as in '1,234,567'",
         "Given a whole number, return a string with a comma before every third digit from the "
         "right."),
        ("def solve(number):\n    return '{:,}'.format(number)",
         "def solve(number):\n    text = str(number)\n    parts = []\n    while len(text) > 3:\n"
         "        parts.insert(0, text[-3:])\n        text = text[:-3]\n"
         "    parts.insert(0, text)\n    return ','.join(parts)"),
    ),
    "padded": (
        ("write a number with leading zeros so that it has 5 digits or more",
         "pad a non-negative integer with zeros at the left to a length of 5",
         "Given a whole number, return it as a string of at least five digits, filled up with "
         "zeros."),
        ("def solve(number):\n    return str(number).zfill(5)",
         "def solve(number):\n    return '{:05d}'.format(number)",
         "def solve(number):\n    text = str(number)\n    return '0' * (5 - len(text)) + text"),
    ),
    "expanded": (
        ("write a positive integer in expanded form: 405 becomes '400 + 5'",
         "break a number into its nonzero place values, joined with ' + '",
         "Given a positive integer, return its expanded form as a string, such as '1000 + 20 + "
         "3'."),
        ("def solve(number):\n    text = str(number)\n    parts = []\n"
         "    for index, digit in enumerate(text):\n        if digit != '0':\n"
         "            parts.append(digit + '0' * (len(text) - index - 1))\n"
         "    return ' + '.join(parts)",
         "def solve(number):\n    parts = []\n    place = 1\n    while number > 0:\n"
         "        digit = number % 10\n        if digit:\n"
         "            parts.append(str(digit * place))\n        number //= 10\n"
         "        place *= 10\n    return ' + '.join(reversed(parts))"),
    ),
    "tally": (
        ("write a number as tally marks: groups of five as 'IIII/' and single marks as 'I', with "
         "spaces between groups",
         "turn a positive integer into tally marks, where 'IIII/' stands for five",
         "Given a positive integer, return tally marks such as 'IIII/ II' for 7."),
        ("def solve(number):\n    parts = ['IIII/'] * (number // 5)\n    if number % 5:\n"
         "        parts.append('I' * (number % 5))\n    return ' '.join(parts)",
         "def solve(number):\n    result = ''\n    while number >= 5:\n        result += 'IIII/ '\n"
         "        number -= 5\n    return (result + 'I' * number).strip()"),
    ),
    "short": (
        ("shorten a number below a million: 1500 becomes '1.5K', smaller numbers than 1000 stay "
         "as they are, and a whole number of thousands has no point",
         "write a number with K for thousands and at most one digit after the point, cut off; "
         "numbers below 1000 are written in full",
         "Given an integer from 0 to 999999, return it as text: in full below 1000, else as "
         "thousands such as '12K' or '12.3K', cutting further digits off."),
        ("def solve(number):\n    if number < 1000:\n        return str(number)\n"
         "    whole = number // 1000\n    tenth = number % 1000 // 100\n    if tenth == 0:\n"
         "        return str(whole) + 'K'\n"
         "    return str(whole) + '.' + str(tenth) + 'K'",),
    ),
}  # fmt: skip


_MORE_NUMBER_TO_FORMATTED_TEXT = {
    "ordinal": "Number to ordinal: 3 is '3rd', 11 is '11th'.",
    "thousands": "I have a large number. Return it as text with a comma between thousands.",
    "padded": "fill a number with zeros on the left up to 5 digits and return it as text",
    "expanded": "Expanded form of a number: 5020 is '5000 + 20'.",
    "tally": "I count with tally marks, 'IIII/' for every five. Return my marks for a number.",
    "short": "Number to short text: 12345 is '12.3K', 999 is '999'.",
}


@family(ask=tuple(_FORMATS))
def number_to_formatted_text(choose: Chooser, ask: str) -> Exercise:
    """Write a number as an ordinal, with separators, in expanded form, as tally marks."""
    texts, solutions = _FORMATS[ask]
    if ask == "ordinal":
        numbers = [choose.integer(4, 10), choose.integer(20, 200), choose.one_of((1, 2, 3, 22, 33))]
        numbers += [choose.one_of((11, 12, 13, 111, 112)), choose.integer(1, 130)]
    elif ask == "tally":
        numbers = choose.sample(range(1, 28), 5)
    else:
        high = 5 if ask == "short" else 8
        numbers = [choose.integer(1, 10 ** choose.integer(2, high)) for _ in range(5)]
        numbers += [choose.integer(1, 9) * 1000]
    return Exercise(
        texts=(*texts, _MORE_NUMBER_TO_FORMATTED_TEXT[ask]),
        names={
            "ordinal": ("ordinal", "to_ordinal", "add_suffix"),
            "thousands": ("add_commas", "format_thousands", "with_separators"),
            "padded": ("pad_number", "zero_pad", "leading_zeros"),
            "expanded": ("expanded_form", "expand_number", "place_values"),
            "tally": ("tally_marks", "to_tally", "tally"),
            "short": ("shorten_number", "short_form", "with_k"),
        }[ask],
        solutions=solutions,
        arguments=[(number,) for number in numbers],
        synonyms={"parts": ("groups", "pieces", "blocks")},
    )
