"""Ciphers and codes: shifting letters, substitutions, Morse, run lengths and transpositions."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import a_string, any_case, returning, ways_to_ask
from hrm_exercises.family import Exercise, family


def _act_wordings(choose: Chooser, act: str) -> list[str]:
    """Return wordings for an act on "a text"."""
    return [
        act,
        act.replace("a text", a_string(choose), 1),
        f"{act[0].upper()}{act[1:]}.",
        f"{act} and return the new string",
    ]


@family(direction=("encode", "decode"), letters=("lower", "both", "keep_others"))
def caesar_cipher(choose: Chooser, direction: str, letters: str) -> Exercise:
    """Shift letters by some places in the alphabet."""
    sign = "+" if direction == "encode" else "-"
    way = "forward" if direction == "encode" else "back"
    about = {
        "lower": "a string of lowercase letters",
        "both": "a text with upper- and lowercase letters (the case and all spaces are kept)",
        "keep_others": "a text in which only the lowercase letters are changed",
    }[letters]
    place = "after" if direction == "encode" else "before"
    crypt = "encrypt" if direction == "encode" else "decrypt"
    solutions = {
        "lower": (
            f"""
            def solve(text, k):
                return "".join(chr((ord(char) - 97 {sign} k) % 26 + 97) for char in text)
            """,
            f"""
            def solve(text, k):
                alphabet = "abcdefghijklmnopqrstuvwxyz"
                result = ""
                for char in text:
                    result += alphabet[(alphabet.index(char) {sign} k) % 26]
                return result
            """,
        ),
        "both": (
            f"""
            def solve(text, k):
                result = ""
                for char in text:
                    if char.isupper():
                        result += chr((ord(char) - ord("A") {sign} k) % 26 + ord("A"))
                    elif char.islower():
                        result += chr((ord(char) - ord("a") {sign} k) % 26 + ord("a"))
                    else:
                        result += char
                return result
            """,
        ),
        "keep_others": (
            f"""
            def solve(text, k):
                result = ""
                for char in text:
                    if "a" <= char <= "z":
                        char = chr((ord(char) - 97 {sign} k) % 26 + 97)
                    result += char
                return result
            """,
            f"""
            from string import ascii_lowercase

            def solve(text, k):
                k = {"k" if direction == "encode" else "-k"} % 26
                table = str.maketrans(ascii_lowercase, ascii_lowercase[k:] + ascii_lowercase[:k])
                return text.translate(table)
            """,
        ),
    }[letters]
    texts = choose.words(5)
    if letters == "both":
        texts = [any_case(choose, choose.sentence((1, 3))) for _ in texts]
    elif letters == "keep_others":
        texts = [choose.sentence((1, 2)) + choose.one_of(("!", "", " 12", "?")) for _ in texts]
    return Exercise(
        texts=(
            f"{direction} {about} by a Caesar cipher that moves each letter <k> places {way}",
            f"{crypt} {about}: each letter is replaced by the one <k> places {place} it in the "
            "alphabet, which wraps around",
            f"Given {about} and a number <k>, move the letters <k> places {way} in the alphabet.",
            f"shift letters <k> places {way} in the alphabet, where 'z' and 'a' are neighbors; the "
            f"argument is {about}",
        ),
        names=("caesar", f"caesar_{direction}", "shift_letters", f"{direction}_text", "cipher"),
        solutions=solutions,
        arguments=[(text, choose.integer(1, 25)) for text in texts]
        + [("xyz" if letters != "both" else "Xyz Abc", choose.integer(1, 5))],
        synonyms={"k": ("shift", "n", "key_", "steps"), "table": ("mapping_", "codes")},
    )


_SUBSTITUTIONS = {
    "mirror": (
        "encode a text of lowercase letters by replacing each letter by the one at the mirrored "
        "place of the alphabet ('a' by 'z', 'b' by 'y' and so on)",
        "''.join(chr(219 - ord(char)) for char in text)",
        "''.join(alphabet[25 - alphabet.index(char)] for char in text)",
    ),
    "half": (
        "replace each letter of a text of lowercase letters by the one 13 places further in the "
        "alphabet, which starts again after 'z'",
        "''.join(chr((ord(char) - 97 + 13) % 26 + 97) for char in text)",
        "''.join(alphabet[(alphabet.index(char) + 13) % 26] for char in text)",
    ),
    "next": (
        "replace every letter of a text of lowercase letters by the next letter of the alphabet, "
        "and 'z' by 'a'",
        "''.join('a' if char == 'z' else chr(ord(char) + 1) for char in text)",
        "''.join(alphabet[(alphabet.index(char) + 1) % 26] for char in text)",
    ),
    "previous": (
        "replace every letter of a text of lowercase letters by the letter before it, and 'a' by "
        "'z'",
        "''.join('z' if char == 'a' else chr(ord(char) - 1) for char in text)",
        "''.join(alphabet[alphabet.index(char) - 1] for char in text)",
    ),
    "swap_pairs": (
        "encode a text of lowercase letters by exchanging 'a' and 'b', 'c' and 'd', and so on up "
        "to 'y' and 'z'",
        "''.join(chr(((ord(char) - 97) ^ 1) + 97) for char in text)",
        "''.join(alphabet[alphabet.index(char) ^ 1] for char in text)",
    ),
    "by_position": (
        "shift each letter of a text of lowercase letters forward by its index in the text (the "
        "first letter by 0); after 'z' comes 'a'",
        "''.join(chr((ord(char) - 97 + index) % 26 + 97) for index, char in enumerate(text))",
        "''.join(alphabet[(alphabet.index(char) + index) % 26] for index, char in enumerate(text))",
    ),
    "alternate": (
        "shift the letters of a text of lowercase letters by one place in turn forward and back, "
        "the first one forward; 'z' and 'a' are neighbors",
        "''.join(chr((ord(char) - 97 + (-1) ** index) % 26 + 97)"
        " for index, char in enumerate(text))",
        "''.join(alphabet[(alphabet.index(char) + (-1) ** index) % 26]"
        " for index, char in enumerate(text))",
    ),
}
_SUBSTITUTIONS_RETOLD = {
    "mirror": (
        "Turn the alphabet around: a becomes z, b becomes y, c becomes x, and so on. Return "
        "a lowercase text after this change."
    ),
    "half": "rotate each letter of a lowercase text by 13 places in the alphabet",
    "next": (
        "move every letter of a lowercase string one step forward in the alphabet (z becomes a)"
    ),
    "previous": (
        "move every letter of a lowercase string one step back in the alphabet (a becomes z)"
    ),
    "swap_pairs": (
        "The alphabet is split into the pairs ab, cd, ef, ... and yz. Replace each letter of "
        "a lowercase text by its partner."
    ),
    "by_position": (
        "Move the first letter of a lowercase text by 0 places in the alphabet, the second "
        "by 1, the third by 2 and so on, starting again at 'a' after 'z'."
    ),
    "alternate": (
        "Replace the letters at even indexes of a lowercase text by their successors and "
        "those at odd indexes by their predecessors in the alphabet (z is followed by a)."
    ),
}


@family(kind=tuple(_SUBSTITUTIONS))
def substitute_letters_of_alphabet(choose: Chooser, kind: str) -> Exercise:
    """Replace letters by a fixed rule."""
    act, by_code, by_alphabet = _SUBSTITUTIONS[kind]
    return Exercise(
        texts=[_SUBSTITUTIONS_RETOLD[kind], *_act_wordings(choose, act)[:4]],
        names=("encode", f"{kind}_letters", "encrypt", f"{kind}_cipher", "substitute"),
        solutions=(
            returning("text", by_code),
            f"""
            def solve(text):
                alphabet = "abcdefghijklmnopqrstuvwxyz"
                return {by_alphabet}
            """,
        ),
        arguments=[(word,) for word in choose.words(4)]
        + [(choose.letters((3, 8)),), ("az",), ("zebra",)],
    )


_KEYED = {
    "dict": (
        "replace the characters of a text that are keys of a dictionary by their values",
        "''.join(mapping.get(char, char) for char in text)",
    ),
    "decode_dict": (
        "replace the characters of a text that are values of a dictionary by their keys",
        "''.join({value: key for key, value in mapping.items()}.get(char, char) for char in text)",
    ),
    "table": (
        "replace each character of a text that occurs in <first> by the character at the same "
        "place in <second>",
        "text.translate(str.maketrans(first, second))",
    ),
    "delete": (
        "replace each character of a text that occurs in <first> by the character at the same "
        "place in <second>, and delete all characters that do not occur in <first>",
        "''.join(second[first.index(char)] for char in text if char in first)",
    ),
}
_KEYED_RETOLD = {
    "dict": (
        "Given a text and a dictionary, exchange each character that the dictionary has as a "
        "key for its value."
    ),
    "decode_dict": (
        "A dictionary was used to encode a text, character by character. Given the coded "
        "text and this dictionary, return the original."
    ),
    "table": "translate a text: the characters of <first> become those of <second>, one by one",
    "delete": (
        "translate a text with <first> and <second>, whose characters belong together, and "
        "drop what <first> does not contain"
    ),
}


@family(kind=tuple(_KEYED))
def substitute_by_given_table(choose: Chooser, kind: str) -> Exercise:
    """Replace characters by a table that is given."""
    act, expression = _KEYED[kind]
    arguments: list[tuple[object, ...]] = []
    for _ in range(6):
        text = choose.word()
        old = [*choose.sample(sorted(set(text)), (1, 3)), choose.one_of("qxz")]
        old = list(dict.fromkeys(old))
        new = choose.sample("0123456789*#", len(old))
        if kind == "decode_dict":
            coded = "".join(dict(zip(old, new, strict=True)).get(char, char) for char in text)
            arguments.append((coded, dict(zip(old, new, strict=True))))
        elif kind == "dict":
            arguments.append((text, dict(zip(old, new, strict=True))))
        else:
            arguments.append((text, "".join(old), "".join(new)))
    parameters = "text, mapping" if "dict" in kind else "text, first, second"
    return Exercise(
        texts=(
            act,
            _KEYED_RETOLD[kind],
            *ways_to_ask(act),
            f"{act}, and return the result",
        ),
        names=(
            "substitute",
            "replace_characters",
            "decode_with_table" if kind == "decode_dict" else "encode_with_table",
            "translate",
        ),
        solutions=(returning(parameters, expression),),
        arguments=arguments,
        synonyms={"first": ("old", "source", "letters"), "second": ("new", "target", "codes")},
    )


_MORSE = {
    "a": ".-",
    "e": ".",
    "i": "..",
    "m": "--",
    "n": "-.",
    "o": "---",
    "r": ".-.",
    "s": "...",
    "t": "-",
}


@family(task=("encode", "decode", "count_dots", "length"))
def morse_code_of_letters(choose: Chooser, task: str) -> Exercise:
    """Translate between a few letters and Morse code."""
    letters = choose.sample(sorted(_MORSE), (4, 6))
    table = {letter: _MORSE[letter] for letter in sorted(letters)}
    words = [choose.letters((2, 5), "".join(letters)) for _ in range(6)]
    spoken = ", ".join(f"{letter} is '{code}'" for letter, code in table.items())
    act, expression = {
        "encode": (
            "translate a word to Morse code with a space between letters",
            "' '.join(codes[char] for char in text)",
        ),
        "decode": (
            "translate Morse code, with a space between letters, to a word",
            "''.join(letters[code] for code in text.split())",
        ),
        "count_dots": (
            "count the dots in the Morse code of a word",
            "sum(codes[char].count('.') for char in text)",
        ),
        "length": (
            "count the signs (dots and dashes) in the Morse code of a word",
            "sum(len(codes[char]) for char in text)",
        ),
    }[task]
    if task == "decode":
        words = [" ".join(table[char] for char in word) for word in words]
        letters_of = {code: letter for letter, code in table.items()}
        lines = [
            f"letters = {letters_of!r}",
            f"letters = {{code: letter for letter, code in {table!r}.items()}}",
        ]
    else:
        lines = [f"codes = {table!r}"]
    return Exercise(
        texts=(
            f"{act}; the code is: {spoken}",
            f"Use this table of codes: {spoken}. {act[0].upper()}{act[1:]}.",
            f"In Morse code, {spoken}. {act[0].upper()}{act[1:]}.",
            f"{act} ({spoken})",
        ),
        names=("morse", f"morse_{task}", f"{task}_morse", "to_morse"),
        solutions=[
            f"""
            def solve(text):
                {line}
                return {expression}
            """
            for line in lines
        ],
        arguments=[(word,) for word in dict.fromkeys(words)]
        + [("" if task != "length" else letters[0],)],
        synonyms={"text": ("word", "message", "s"), "codes": ("morse_code", "table")},
    )


_RUN_FORMS = {
    "char_first": (
        "the character followed by its count, so that 'aab' becomes 'a2b1'",
        "char + str({})",
    ),
    "count_first": (
        "the count followed by the character, so that 'aab' becomes '2a1b'",
        "str({}) + char",
    ),
    "no_ones": (
        "the count followed by the character, but without the count if it is 1, so that 'aab' "
        "becomes '2ab'",
        "(str({}) if {} > 1 else '') + char",
    ),
}


@family(form=tuple(_RUN_FORMS), direction=("encode", "decode"))
def run_length_code(choose: Chooser, form: str, direction: str) -> Exercise:
    """Encode runs of equal characters by their length, or decode them."""
    rule, piece = _RUN_FORMS[form]
    texts = [
        "".join(choose.one_of("abcxyz") * choose.integer(1, 5) for _ in range(choose.integer(1, 5)))
        for _ in range(5)
    ]
    if direction == "encode":
        solutions = (
            f"""
            from itertools import groupby

            def solve(text):
                result = ""
                for char, group in groupby(text):
                    count = len(list(group))
                    result += {piece.replace("{}", "count")}
                return result
            """,
            f"""
            def solve(text):
                result = ""
                index = 0
                while index < len(text):
                    char = text[index]
                    count = 1
                    while index + count < len(text) and text[index + count] == char:
                        count += 1
                    result += {piece.replace("{}", "count")}
                    index += count
                return result
            """,
        )
        what = f"encode a string by its runs of equal characters: each run becomes {rule}"
        verb = "compress"
    else:
        pattern = r"([a-z])(\d+)" if form == "char_first" else r"(\d*)([a-z])"
        names = "char, count" if form == "char_first" else "count, char"
        number = "int(count or 1)" if form == "no_ones" else "int(count)"
        loop = (
            f"""
            def solve(text):
                result = ""
                number = ""
                for char in text:
                    if char.isdigit():
                        number += char
                    else:
                        result += char * int(number{" or 1" if form == "no_ones" else ""})
                        number = ""
                return result
            """
            if form != "char_first"
            else """
            def solve(text):
                result = ""
                letter = number = ""
                for char in text + "a":
                    if char.isdigit():
                        number += char
                    else:
                        result += letter * int(number or 0)
                        letter, number = char, ""
                return result
            """
        )
        solutions = (
            f"""
            import re

            def solve(text):
                result = ""
                for {names} in re.findall(r"{pattern}", text):
                    result += char * {number}
                return result
            """,
            loop,
        )
        coded = []
        for text in texts:
            runs: list[list[str]] = []
            for char in text:
                if runs and runs[-1][0] == char:
                    runs[-1].append(char)
                else:
                    runs.append([char])
            pieces = []
            for run in runs:
                count = str(len(run)) if form != "no_ones" or len(run) > 1 else ""
                pieces.append(run[0] + count if form == "char_first" else count + run[0])
            coded.append("".join(pieces))
        texts = coded
        what = f"decode a string in which each run of equal characters was replaced by {rule}"
        verb = "expand"
    return Exercise(
        texts=(
            what,
            f"{what[0].upper()}{what[1:]}.",
            f"{verb} a string with a run-length code that writes {rule}",
            f"Run-length encoding writes for each run {rule}. "
            f"{'Encode' if direction == 'encode' else 'Decode'} a string in this way.",
        ),
        names=(f"run_length_{direction}", f"{direction}_runs", verb, f"rle_{direction}"),
        solutions=solutions,
        arguments=[(text,) for text in texts] + [("",)],
        synonyms={"letter": ("last", "current", "prev"), "number": ("digits", "num", "n")},
    )


@family(direction=("encode", "decode"))
def keyword_shift_cipher(choose: Chooser, direction: str) -> Exercise:
    """Shift each letter by the letter of a repeated keyword."""
    sign = "+" if direction == "encode" else "-"
    way = "forward" if direction == "encode" else "back"
    return Exercise(
        texts=(
            f"{direction} a text of lowercase letters with a key word that is repeated as often as "
            f"needed: each letter moves {way} in the alphabet by the place of the key letter, "
            "where 'a' stands for 0 and 'z' for 25",
            f"Shift each letter of <text> {way} by the alphabet position (a=0) of the letter of "
            "<word> at the same place; <word> is repeated, and the alphabet wraps around.",
            f"{direction} <text> with the key <word>: shift each letter {way} by the place of the "
            "key letter that stands there (a=0, z=25) and start the key again where it ends",
            f"{direction} a message with the cipher in which the letters of a repeated key word "
            f"give the shift of each letter (a means 0, letters are shifted {way})",
        ),
        names=("keyword_cipher", f"{direction}_with_key", "key_cipher", f"{direction}_message"),
        solutions=(
            f"""
            def solve(text, word):
                result = ""
                for index, char in enumerate(text):
                    shift = ord(word[index % len(word)]) - 97
                    result += chr((ord(char) - 97 {sign} shift) % 26 + 97)
                return result
            """,
            f"""
            from itertools import cycle

            def solve(text, word):
                alphabet = "abcdefghijklmnopqrstuvwxyz"
                result = ""
                for char, other in zip(text, cycle(word)):
                    place = alphabet.index(char) {sign} alphabet.index(other)
                    result += alphabet[place % 26]
                return result
            """,
        ),
        arguments=[(word, choose.word()[:3]) for word in choose.words(4)]
        + [(choose.letters((5, 9)), choose.letters((1, 4)))],
        synonyms={"text": ("message", "s", "plain"), "word": ("keyword", "key_word", "k")},
    )


_TRANSPOSITIONS = {
    "blocks": (
        "encode a text by reversing each block of <k> characters (the last block may be shorter)",
        "text, k",
        "''.join(text[i:i + k][::-1] for i in range(0, len(text), k))",
    ),
    "columns": (
        "write a text in rows of <k> characters and read it column by column",
        "text, k",
        "''.join(text[i::k] for i in range(k))",
    ),
    "two_rails": (
        "encode a text by writing its characters alternately in two rows and reading the first row "
        "and then the second",
        "text",
        "text[::2] + text[1::2]",
    ),
    "unweave": (
        "decode a text of even length whose first half holds the characters of even index of the "
        "original and whose second half holds those of odd index",
        "text",
        "''.join(a + b for a, b in zip(text[:len(text) // 2], text[len(text) // 2:]))",
    ),
    "swap_neighbors": (
        "encode a text by exchanging the two characters of each pair; a single last character "
        "stays in place",
        "text",
        "''.join(text[i:i + 2][::-1] for i in range(0, len(text), 2))",
    ),
    "outside_in": (
        "encode a text by taking the first character, the last, the second, the last but one and "
        "so on, for a text of even length",
        "text",
        "''.join(text[i] + text[-1 - i] for i in range(len(text) // 2))",
    ),
    "reversed_words": (
        "hide a message: reverse every word of a text and join the words without spaces",
        "text",
        "''.join(word[::-1] for word in text.split())",
    ),
    "first_letters": (
        "read the hidden message of a text that consists of the first letters of its words",
        "text",
        "''.join(word[0] for word in text.split())",
    ),
    "insert": (
        "encode a text by putting the letter 'x' after every <k>-th character",
        "text, k",
        "''.join(char + 'x' if index % k == 0 else char for index, char in enumerate(text, 1))",
    ),
    "extract": (
        "read a hidden message that consists of every <k>-th character of a text, the <k>-th being "
        "the first of them",
        "text, k",
        "text[k - 1::k]",
    ),
}
_TRANSPOSITIONS_RETOLD = {
    "blocks": "Cut a text into blocks of length <k>, turn each block around and join them again.",
    "columns": (
        "Return the characters at index 0, <k>, 2 times <k>, ..., then those at index 1, <k> "
        "+ 1, ... and so on."
    ),
    "two_rails": (
        "put the characters with even indexes of a text before the ones with odd indexes"
    ),
    "unweave": (
        "take characters from the first and the second half of a text of even length in turn "
        "and join them"
    ),
    "swap_neighbors": (
        "exchange the first and second character of a text, the third and fourth, and so on"
    ),
    "outside_in": "read a text of even length from both ends in turn towards the middle",
    "reversed_words": "return all words of a text written backwards and without the spaces",
    "first_letters": "join the first letters of all words of a text to one word",
    "insert": (
        "put an 'x' behind each group of <k> characters of a text; an incomplete last group "
        "gets none"
    ),
    "extract": "take every <k>-th letter of a text and join the letters",
}


@family(kind=tuple(_TRANSPOSITIONS))
def transposition_cipher(choose: Chooser, kind: str) -> Exercise:
    """Encode a text by changing the order of its characters."""
    act, parameters, expression = _TRANSPOSITIONS[kind]
    texts = [choose.letters(2 * choose.integer(2, 6)) for _ in range(3)]
    texts += [word[: len(word) // 2 * 2] for word in choose.words(3)]
    if "word" in expression:
        texts = [choose.sentence((2, 5)) for _ in range(6)]
    return Exercise(
        texts=[_TRANSPOSITIONS_RETOLD[kind], *_act_wordings(choose, act)[:4]],
        names=("encode", f"{kind}_cipher", "rearrange", f"{kind}_text", "scramble"),
        solutions=(returning(parameters, expression),),
        arguments=[
            (text, choose.integer(2, 4)) if "k" in parameters else (text,) for text in texts
        ],
    )


_LETTER_CODES = {
    "vowels_to_digits": (
        "encode a text of lowercase letters by replacing a, e, i, o and u by 1, 2, 3, 4 and 5",
        "text.translate(str.maketrans('aeiou', '12345'))",
        "''.join(str('aeiou'.index(char) + 1) if char in 'aeiou' else char for char in text)",
        "plain",
    ),
    "digits_to_vowels": (
        "decode a text in which the vowels a, e, i, o and u were replaced by 1, 2, 3, 4 and 5",
        "text.translate(str.maketrans('12345', 'aeiou'))",
        "''.join('aeiou'[int(char) - 1] if char in '12345' else char for char in text)",
        "digits",
    ),
    "next_vowel": (
        "replace every vowel of a text by the next one of a, e, i, o, u ('u' by 'a')",
        "text.translate(str.maketrans('aeiou', 'eioua'))",
        "''.join('aeiou'[('aeiou'.index(char) + 1) % 5] if char in 'aeiou' else char"
        " for char in text)",
        "plain",
    ),
    "leet": (
        "write a text in lower case with digits for letters: 4 for a, 3 for e, 1 for i and 0 for o",
        "text.translate(str.maketrans('aeio', '4310'))",
        "text.replace('a', '4').replace('e', '3').replace('i', '1').replace('o', '0')",
        "plain",
    ),
    "double_vowels": (
        "encode a text by writing every vowel twice",
        "''.join(char * 2 if char in 'aeiou' else char for char in text)",
        "re.sub('([aeiou])', r'\\1\\1', text)",
        "plain",
    ),
    "p_language": (
        "put 'p' and the same vowel after every vowel of a text in lower case, so that 'no' "
        "becomes 'nopo'",
        "''.join(char + 'p' + char if char in 'aeiou' else char for char in text)",
        "re.sub('([aeiou])', r'\\1p\\1', text)",
        "plain",
    ),
    "no_vowels_count": (
        "replace each run of vowels in a text by its length",
        "re.sub('[aeiou]+', lambda match: str(len(match.group())), text)",
        "''.join(str(len(list(group))) if vowel else ''.join(group)"
        " for vowel, group in groupby(text, lambda char: char in 'aeiou'))",
        "plain",
    ),
}
_LETTER_CODES_RETOLD = {
    "vowels_to_digits": (
        "Code the vowels of a lowercase text as digits: a is 1, e is 2, i is 3, o is 4 and u "
        "is 5. Everything else stays."
    ),
    "digits_to_vowels": (
        "In a text the digits 1 to 5 stand for a, e, i, o and u. Return the text with its vowels."
    ),
    "next_vowel": (
        "exchange vowels in a lowercase text: a becomes e, e becomes i, i becomes o, o "
        "becomes u, and u becomes a"
    ),
    "leet": (
        "In a lowercase text write 4 instead of a, 3 instead of e, 1 instead of i and 0 "
        "instead of o."
    ),
    "double_vowels": "double all vowels of a lowercase text",
    "p_language": (
        "Children have a secret language: after each vowel they say 'p' and the vowel again. "
        "Translate a lowercase text."
    ),
    "no_vowels_count": (
        "shorten a lowercase text by writing a number for each group of vowels, namely how "
        "many there are"
    ),
}


@family(kind=tuple(_LETTER_CODES))
def vowel_code(choose: Chooser, kind: str) -> Exercise:
    """Encode or play with the vowels of a text."""
    act, *expressions, source = _LETTER_CODES[kind]
    texts = [choose.sentence((1, 3)) for _ in range(6)]
    if source == "digits":
        texts = [text.translate(str.maketrans("aeiou", "12345")) for text in texts]
    imports = [
        "import re"
        if "re.sub" in each
        else "from itertools import groupby"
        if "groupby" in each
        else ""
        for each in expressions
    ]
    return Exercise(
        texts=[_LETTER_CODES_RETOLD[kind], *_act_wordings(choose, act)[:4]],
        names=(kind, "encode_vowels", f"{kind}_code", "change_vowels"),
        solutions=[
            returning("text", each, start) for each, start in zip(expressions, imports, strict=True)
        ],
        arguments=[(text,) for text in texts],
    )
