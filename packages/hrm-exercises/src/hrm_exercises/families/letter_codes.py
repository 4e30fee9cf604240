"""Letters as numbers: character codes, places in the alphabet, binary and hexadecimal texts."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import TWO_STRINGS, any_case, returning, ways_to_ask
from hrm_exercises.family import Exercise, family

_CHARACTER_CODES = {
    "one": ("the ASCII code of a single character", "ord(text)"),
    "list": (
        "a list of the ASCII codes of the characters of a string",
        "[ord(char) for char in text]",
    ),
    "sum": (
        "the sum of the ASCII codes of the characters of a string",
        "sum(ord(char) for char in text)",
    ),
    "max": (
        "the largest ASCII code of a character of a non-empty string",
        "max(ord(char) for char in text)",
    ),
    "max_char": ("the character of a non-empty string with the largest ASCII code", "max(text)"),
    "average": (
        "the average of the ASCII codes of the characters of a non-empty string, rounded down",
        "sum(ord(char) for char in text) // len(text)",
    ),
    "range": (
        "the difference between the largest and the smallest ASCII code in a non-empty string",
        "ord(max(text)) - ord(min(text))",
    ),
    "dict": (
        "a dictionary that maps each character of a string to its ASCII code",
        "{char: ord(char) for char in text}",
    ),
    "text": (
        "the ASCII codes of the characters of a string, joined by spaces to a string",
        "' '.join(str(ord(char)) for char in text)",
    ),
    "count_even": (
        "the number of characters of a string that have an even ASCII code",
        "sum(1 for char in text if ord(char) % 2 == 0)",
    ),
    "differences": (
        "a list of the differences between the ASCII codes of neighboring characters, each minus "
        "the one before it",
        "[ord(other) - ord(char) for char, other in zip(text, text[1:])]",
    ),
}


@family(result=tuple(_CHARACTER_CODES))
def ascii_codes_of_text(choose: Chooser, result: str) -> Exercise:
    """Compute something from the ASCII codes of characters."""
    what, expression = _CHARACTER_CODES[result]
    texts = [any_case(choose, choose.word()) for _ in range(4)]
    texts += [choose.word()[:3] + str(choose.integer(0, 9)), choose.letters((2, 4), "abcXYZ 1!")]
    if result == "one":
        texts = list(choose.sample("abcdefghxyzABCDEZ0123 !?", 5))
    short = {"list": "list(map(ord, text))", "sum": "sum(map(ord, text))", "max": "ord(max(text))"}
    solutions = [returning("text", expression)]
    if result in short:
        solutions.append(returning("text", short[result]))
    return Exercise(
        texts=(
            f"find {what}",
            f"return {what}",
            f"Return {what}.",
            f"get {what}".replace("ASCII code", "ASCII value"),
            f"compute {what}".replace("ASCII code", "character code"),
        ),
        names=("ascii_codes", f"ascii_{result}", f"{result}_of_codes", "char_codes", "ascii_value"),
        solutions=solutions,
        arguments=[(text,) for text in texts],
    )


_FROM_CODES = {
    "text": (
        "make a string of a list of character codes",
        "''.join(chr(number) for number in numbers)",
    ),
    "letters": (
        "make a string of those codes of a list that stand for lowercase letters (97 to 122)",
        "''.join(chr(number) for number in numbers if 97 <= number <= 122)",
    ),
    "split": (
        "decode a string of character codes separated by spaces",
        "''.join(chr(int(part)) for part in text.split())",
    ),
    "one": ("return the character with a given ASCII code", "chr(number)"),
    "alphabet": (
        "return a string of the characters with the codes from <n> to <k>, both included",
        "''.join(chr(i) for i in range(n, k + 1))",
    ),
}
_FROM_CODES_RETOLD = {
    "text": "Given a list of ASCII codes, return the text that they stand for.",
    "letters": (
        "Given a list of ASCII codes, keep those of lowercase letters and return them as a text."
    ),
    "split": (
        "Given a string such as '72 105', convert each number to the character with this "
        "code and join them."
    ),
    "one": "convert an ASCII value to its character",
    "alphabet": "join all characters whose ASCII codes lie between <n> and <k>, with both ends",
}


@family(kind=tuple(_FROM_CODES))
def text_from_character_codes(choose: Chooser, kind: str) -> Exercise:
    """Make text of character codes."""
    act, expression = _FROM_CODES[kind]
    arguments: list[tuple[object, ...]] = []
    for word in choose.words(8):
        codes = [ord(char) for char in any_case(choose, word)]
        start = choose.integer(65, 110)
        arguments.append(
            {
                "text": (codes,),
                "letters": ([*codes, choose.integer(33, 64), choose.integer(97, 122)],),
                "split": (" ".join(map(str, codes)),),
                "one": (codes[0] + choose.integer(0, 3),),
                "alphabet": (start, start + choose.integer(0, 9)),
            }[kind]
        )
    parameters = {"split": "text", "one": "number", "alphabet": "n, k"}.get(kind, "numbers")
    return Exercise(
        texts=(
            act,
            _FROM_CODES_RETOLD[kind],
            *ways_to_ask(act),
            f"{act} (with chr)",
            f"turn numbers into text: {act}",
        ),
        names=("codes_to_text", "from_codes", "decode", f"{kind}_of_codes", "to_text"),
        solutions=(returning(parameters, expression),),
        arguments=arguments,
        synonyms={"number": ("code", "n", "value"), "part": ("p", "code", "x"), "k": ("m", "last")},
    )


_PLACES = {
    "list": ("a list of the places of the letters in the alphabet", "[{} for char in word]"),
    "sum": ("the sum of the places of the letters in the alphabet", "sum({} for char in word)"),
    "product": (
        "the product of the places of the letters in the alphabet",
        "prod({} for char in word)",
    ),
    "text": (
        "the places of the letters in the alphabet, joined by hyphens",
        "'-'.join(str({}) for char in word)",
    ),
    "max": ("the largest place in the alphabet of a letter", "max({} for char in word)"),
    "matching": (
        "the number of letters whose place in the alphabet is equal to their place in the word "
        "(both counted from 1)",
        "sum({} == index for index, char in enumerate(word, 1))",
    ),
    "weighted": (
        "the sum of the places of the letters in the alphabet, each multiplied by the place of the "
        "letter in the word (both counted from 1)",
        "sum(({}) * index for index, char in enumerate(word, 1))",
    ),
    "is_even": (
        "whether the sum of the places of the letters in the alphabet is even",
        "sum({} for char in word) % 2 == 0",
    ),
}


@family(result=tuple(_PLACES))
def alphabet_places_of_letters(choose: Chooser, result: str) -> Exercise:
    """Compute with the places of letters in the alphabet."""
    what, expression = _PLACES[result]
    imports = "from math import prod" if "prod" in expression else ""
    words = [*choose.words(4), choose.letters((2, 6), "abcdefg"), "az", "abc"]
    if result == "product":
        words = [word[:4] for word in words]
    return Exercise(
        texts=(
            f"return {what} for a word in lower case (a is 1, z is 26)",
            f"find {what} for a lowercase word, where a counts 1 and z counts 26",
            f"Given a word in lower case, return {what}. The letter a has place 1.",
            f"Let a be 1, b be 2 and so on. Return {what} for a word.",
        ),
        names=("letter_values", f"alphabet_{result}", "word_value", f"{result}_of_places"),
        solutions=(
            returning("word", expression.format("ord(char) - 96"), imports),
            returning(
                "word",
                expression.format("'abcdefghijklmnopqrstuvwxyz'.index(char) + 1"),
                imports,
            ),
        ),
        arguments=[(word,) for word in words],
    )


_FROM_PLACES = {
    "list": (
        "make a word of a list of places in the alphabet, where 1 stands for a and 26 for z",
        "numbers",
        "''.join(chr(number + 96) for number in numbers)",
    ),
    "text": (
        "decode a text of numbers separated by hyphens, where 1 stands for a and 26 for z",
        "text",
        "''.join(chr(int(part) + 96) for part in text.split('-'))",
    ),
    "one": (
        "return the letter at place <n> of the alphabet (1 to 26) as a capital letter",
        "n",
        "chr(n + 64)",
    ),
    "first_n": (
        "return a string of the first <n> letters of the alphabet",
        "n",
        "'abcdefghijklmnopqrstuvwxyz'[:n]",
    ),
    "wrap": (
        "return the lowercase letter for a positive number (1 is a, 26 is z and 27 is a again)",
        "n",
        "chr((n - 1) % 26 + 97)",
    ),
    "from_to": (
        "return a list of all letters from <first> to <second>, both included",
        "first, second",
        "[chr(code) for code in range(ord(first), ord(second) + 1)]",
    ),
}
_FROM_PLACES_RETOLD = {
    "list": (
        "Given a list of numbers from 1 to 26, return the word of the letters at these "
        "places of the alphabet."
    ),
    "text": (
        "Given a string such as '8-9', replace each number by the letter at that place of "
        "the alphabet and join the letters."
    ),
    "one": "find the <n>-th capital letter of the alphabet",
    "first_n": "get the beginning of the alphabet, <n> letters long",
    "wrap": "find the <n>-th letter when the lowercase alphabet is repeated without end",
    "from_to": "Given two letters in alphabetical order, list them and all letters between them.",
}


@family(kind=tuple(_FROM_PLACES))
def letters_from_alphabet_places(choose: Chooser, kind: str) -> Exercise:
    """Make letters of numbers."""
    act, parameters, expression = _FROM_PLACES[kind]
    arguments: list[tuple[object, ...]] = []
    for number in choose.sample(range(1, 27), 6):
        places = [ord(char) - 96 for char in choose.word()[:6]]
        start = choose.integer(97, 110)
        arguments.append(
            {
                "list": (places,),
                "text": ("-".join(map(str, places)),),
                "wrap": (number + 26 * choose.integer(0, 2),),
                "from_to": (chr(start), chr(start + choose.integer(0, 6))),
            }.get(kind, (number,))
        )
    return Exercise(
        texts=(
            act,
            _FROM_PLACES_RETOLD[kind],
            *ways_to_ask(act),
            f"{act} (the letters are those from a to z)",
        ),
        names=("letters_from_numbers", f"letter_{kind}", "number_to_letter", "decode_numbers"),
        solutions=(returning(parameters, expression),),
        arguments=arguments,
        synonyms={
            "first": ("start", "a", "low"),
            "second": ("end", "b", "high"),
            "part": ("p", "x"),
            "number": ("place", "value", "x"),
        },
    )


_DISTANCES = {
    "letters": (
        "find the distance between two lowercase letters in the alphabet",
        "abs(ord(first) - ord(second))",
    ),
    "circle": (
        "find the shortest distance between two lowercase letters on a circle on which 'a' follows "
        "'z'",
        "min((ord(first) - ord(second)) % 26, (ord(second) - ord(first)) % 26)",
    ),
    "between": (
        "count the letters of the alphabet between two different lowercase letters",
        "abs(ord(first) - ord(second)) - 1",
    ),
    "neighbors": (
        "check whether two lowercase letters are neighbors in the alphabet",
        "abs(ord(first) - ord(second)) == 1",
    ),
    "words": (
        "add up the distances in the alphabet between the letters of two words of equal length at "
        "the same places",
        "sum(abs(ord(a) - ord(b)) for a, b in zip(first, second))",
    ),
    "shift": (
        "find by how many places each letter of a lowercase word was shifted forward (0 to 25) to "
        "give a second word",
        "(ord(second[0]) - ord(first[0])) % 26",
    ),
}
_DISTANCES_RETOLD = {
    "letters": "How many steps in the alphabet is one lowercase letter away from another?",
    "circle": (
        "The letters of the alphabet stand in a circle. Return the smaller number of steps "
        "from one letter to another."
    ),
    "between": "How many letters lie between two different letters of the alphabet?",
    "neighbors": (
        "Return True if two letters stand next to each other in the alphabet, otherwise False."
    ),
    "words": (
        "Compare two lowercase words of the same length letter by letter and return the sum "
        "of the distances in the alphabet."
    ),
    "shift": (
        "A word was encoded by moving each letter the same number of places forward in the "
        "alphabet. Given word and code, return this number (less than 26)."
    ),
}


@family(kind=tuple(_DISTANCES))
def distance_of_letters(choose: Chooser, kind: str) -> Exercise:
    """Measure distances of letters in the alphabet."""
    act, expression = _DISTANCES[kind]
    arguments = []
    for number in range(7):
        one, two = choose.sample("abcdefghijklmnopqrstuvwxyz", 2)
        if kind == "neighbors" and number % 2:
            one = choose.one_of("bcdefghwxy")
            two = chr(ord(one) + choose.one_of((-1, 1)))
        if kind == "words":
            one = choose.word()
            two = choose.letters(len(one))
        elif kind == "shift":
            one, places = choose.word(), choose.integer(0, 25)
            two = "".join(chr((ord(char) - 97 + places) % 26 + 97) for char in one)
        arguments.append((one, two))
    return Exercise(
        texts=(
            act,
            _DISTANCES_RETOLD[kind],
            *ways_to_ask(act),
            f"{act} and return the result",
        ),
        names=("letter_distance", f"{kind}_distance", "distance", "alphabet_distance"),
        solutions=(returning("first, second", expression),),
        arguments=arguments,
        synonyms=TWO_STRINGS,
    )


_BASES = {
    "binary": (
        "its ASCII code in binary with eight digits",
        "format(ord(char), '08b')",
        "int(part, 2)",
    ),
    "hex": (
        "its ASCII code as two hexadecimal digits in lower case",
        "format(ord(char), '02x')",
        "int(part, 16)",
    ),
    "octal": ("its ASCII code as three octal digits", "format(ord(char), '03o')", "int(part, 8)"),
}


@family(base=tuple(_BASES), direction=("encode", "decode"), layout=("joined", "spaces"))
def text_in_number_base(choose: Chooser, base: str, direction: str, layout: str) -> Exercise:
    """Write each character of a text in base 2, 8 or 16, or read such a text."""
    form, encode, decode = _BASES[base]
    size = {"binary": 8, "hex": 2, "octal": 3}[base]
    number = {"binary": "binary", "hex": "hexadecimal", "octal": "octal"}[base]
    joined = layout == "joined"
    separator = "" if joined else " "
    texts = [word[:4] for word in choose.words(5)] + [
        choose.letters(2, "abXY 12"),
        choose.letters(1),
    ]
    where = "without spaces between them" if joined else "separated by spaces"
    if direction == "encode":
        act = f"replace each character of a string by {form}, {where}"
        solutions = [returning("text", f"{separator!r}.join({encode} for char in text)")]
        kind = {"binary": "08b", "hex": "02x", "octal": "03o"}[base]
        solutions.append(
            f"""
            def solve(text):
                result = []
                for char in text:
                    result.append("{{:{kind}}}".format(ord(char)))
                return {separator!r}.join(result)
            """
        )
    else:
        kind = {"binary": "08b", "hex": "02x", "octal": "03o"}[base]
        texts = [separator.join(format(ord(char), kind) for char in text) for text in texts]
        act = f"decode a string in which each character is written as {form}, {where}"
        if joined:
            one = decode.replace("part", f"text[i:i + {size}]")
            pieces = f"text[i:i + {size}] for i in range(0, len(text), {size})"
            solutions = [
                returning("text", f"''.join(chr({one}) for i in range(0, len(text), {size}))"),
                f"""
                def solve(text):
                    parts = [{pieces}]
                    return "".join(chr({decode}) for part in parts)
                """,
            ]
        else:
            solutions = [returning("text", f"''.join(chr({decode}) for part in text.split())")]
    return Exercise(
        texts=(
            act,
            *ways_to_ask(act),
            f"convert a text to {number} codes: {act.replace('a string', 'it')}"
            if direction == "encode"
            else f"convert {number} codes to text: {act}",
        ),
        names=(
            f"text_to_{base}" if direction == "encode" else f"{base}_to_text",
            f"{direction}_{base}",
            f"{base}_{direction}",
            "convert_text",
        ),
        solutions=solutions,
        arguments=[(text,) for text in texts],
        synonyms={"part": ("p", "code", "piece")},
    )
