"""Strings as a whole: case, order, parts and padding."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

# What people call two strings.
TWO_STRINGS = {
    "first": ("s1", "a", "str1", "text1", "string1", "x", "left"),
    "second": ("s2", "b", "str2", "text2", "string2", "y", "right"),
}


def returning(parameters: str, expression: str, imports: str = "") -> str:
    """Return a program that returns one expression."""
    start = f"{imports}\n\n" if imports else ""
    return f"{start}def solve({parameters}):\n    return {expression}\n"


def a_string(choose: Chooser) -> str:
    """Return what a text calls its string."""
    return choose.one_of(("a string", "a string", "a given string", "the given string", "a text"))


def ways_to_ask(act: str) -> list[str]:
    """Return sentences that ask for an act, such as "reverse a string"."""
    sentences = [f"{act[0].upper()}{act[1:]}.", f"I have to {act}."]
    if ";" not in act:
        sentences.append(f"How do I {act}?")
    return sentences


def any_case(choose: Chooser, text: str) -> str:
    """Return a text as it is, with a capital, in capitals or with some letters in capitals."""
    style = choose.integer(0, 4)
    if style < 2:
        return text
    if style == 2:
        return text.capitalize()
    if style == 3:
        return text.upper()
    return "".join(char.upper() if choose.chance(0.4) else char for char in text)


def noisy_text(choose: Chooser) -> str:
    """Return a few words in any case, some with digits or signs behind them."""
    parts = []
    for _ in range(choose.integer(1, 4)):
        part = any_case(choose, choose.word())
        if choose.chance(0.3):
            part += str(choose.integer(0, 10 ** choose.integer(1, 3)))
        if choose.chance(0.3):
            part += choose.one_of("!!,.?-#@&")
        parts.append(part)
    return choose.one_of((" ", " ", " ", "")).join(parts)


_CASES = {
    "upper": ("upper case", "capital letters only", "upper()"),
    "lower": ("lower case", "small letters only", "lower()"),
    "swap": ("the opposite case", "upper and lower case exchanged", "swapcase()"),
    "title": ("title case", "a capital letter at the start of each word", "title()"),
    "capitalize": (
        "sentence case",
        "a capital first letter and everything else in lower case",
        "capitalize()",
    ),
}


@family(case=tuple(_CASES))
def change_case(choose: Chooser, case: str) -> Exercise:
    """Change the case of all letters."""
    goal, state, method = _CASES[case]
    solutions = [returning("text", f"text.{method}"), returning("text", f"str.{method[:-2]}(text)")]
    if case == "swap":
        solutions[1] = """
            def solve(text):
                result = ""
                for char in text:
                    if char.isupper():
                        result += char.lower()
                    else:
                        result += char.upper()
                return result
            """
    elif case == "title":
        solutions[1] = returning("text", "text.lower().title()")
    return Exercise(
        texts=(
            f"convert {a_string(choose)} to {goal}",
            f"change all letters of {a_string(choose)} to {goal}",
            f"Given a text, return it with {state}.",
            f"return {a_string(choose)} with {state}",
            f"I have a string in any case. Return it in {goal}.",
        ),
        names=(
            f"to_{case}_case",
            f"{case}_case",
            f"string_{case}",
            "change_case",
            "convert_string",
        ),
        solutions=solutions,
        arguments=[(any_case(choose, choose.sentence((1, 4))),) for _ in range(5)]
        + [(any_case(choose, choose.word()).swapcase(),), ("",)],
    )


_SOME_CASES = {
    "vowels": (
        "every vowel in upper case and all else unchanged",
        "change all vowels of a lower-case string to capitals",
        "''.join(char.upper() if char in 'aeiou' else char for char in text)",
    ),
    "consonants": (
        "every consonant in upper case and the vowels unchanged",
        "write the consonants of a lower-case string in capitals",
        "''.join(char if char in 'aeiou' else char.upper() for char in text)",
    ),
    "even_positions": (
        "the characters at even indexes in upper case, those at odd indexes in lower case",
        "make every second letter of a string a capital, starting with the first",
        "''.join(char.lower() if index % 2 else char.upper() for index, char in enumerate(text))",
    ),
    "odd_positions": (
        "the characters at odd indexes in upper case, those at even indexes in lower case",
        "make every second letter of a string a capital, starting with the second",
        "''.join(char.upper() if index % 2 else char.lower() for index, char in enumerate(text))",
    ),
    "first": (
        "its first character in upper case and the rest unchanged",
        "make only the first letter of a string a capital and leave the others alone",
        "text[:1].upper() + text[1:]",
    ),
    "last": (
        "its last character in upper case and the rest unchanged",
        "capitalize the last letter of a string",
        "text[:-1] + text[-1:].upper()",
    ),
    "both_ends": (
        "its first and its last character in upper case",
        "turn the first and last letters of a word of two or more letters into capitals",
        "text[0].upper() + text[1:-1] + text[-1].upper()",
    ),
}


@family(letters=tuple(_SOME_CASES))
def capitalize_some_letters(choose: Chooser, letters: str) -> Exercise:
    """Write only some letters in upper case."""
    state, act, expression = _SOME_CASES[letters]
    return Exercise(
        texts=(
            act,
            f"return {a_string(choose)} with {state}",
            f"Given a string, return it with {state}.",
            f"I have a word. Give it back with {state}.",
        ),
        names=(f"capitalize_{letters}", f"upper_{letters}", "change_letters", "capitalize_some"),
        solutions=(returning("text", expression),),
        arguments=[(choose.word(),) for _ in range(4)]
        + [(choose.letters((2, 9)),), (choose.letters(2),)],
    )


@family(kind=("slice", "list", "vowels", "letters"))
def reverse_string(choose: Chooser, kind: str) -> Exercise:
    """Reverse a string, its list of characters, only its vowels or only its letters."""
    if kind in ("vowels", "letters"):
        condition = {"vowels": "char in 'aeiouAEIOU'", "letters": "char.isalpha()"}[kind]
        return Exercise(
            texts=(
                f"reverse only the {kind} of {a_string(choose)}; all other characters keep their "
                "places",
                f"turn around the order of the {kind} in a text; nothing else moves",
                f"put the {kind} of a string in reverse order and leave everything else in place",
                f"Given a string, reverse the order of its {kind} without moving any other "
                "character.",
            ),
            names=(f"reverse_{kind}", f"reverse_only_{kind}", f"flip_{kind}"),
            solutions=(
                f"""
                def solve(text):
                    found = [char for char in text if {condition}]
                    return "".join(found.pop() if {condition} else char for char in text)
                """,
                f"""
                def solve(text):
                    found = [char for char in text if {condition}]
                    result = ""
                    for char in text:
                        if {condition}:
                            result += found.pop()
                        else:
                            result += char
                    return result
                """,
            ),
            arguments=[(noisy_text(choose),) for _ in range(6)] + [("",)],
        )
    if kind == "list":
        return Exercise(
            texts=(
                f"return a list of the characters of {a_string(choose)} in reverse order",
                "make a list of the letters of a word, read from right to left",
                "split a string into its characters, the last one first",
                "Given a word, return its letters as a list, from the last to the first.",
            ),
            names=("reversed_letters", "letters_backwards", "reverse_to_list"),
            solutions=(
                returning("text", "list(reversed(text))"),
                returning("text", "list(text[::-1])"),
            ),
            arguments=[(choose.word(),) for _ in range(5)] + [("",)],
        )
    return Exercise(
        texts=(
            f"reverse {a_string(choose)}",
            "return a string written backwards",
            "turn a string around so that its last character comes first",
            "Given a string, return the same characters in reverse order.",
            "read a text from right to left",
        ),
        names=("reverse_string", "backwards", "reverse_text", "string_reverse", "reverse"),
        solutions=(
            returning("text", "text[::-1]"),
            returning("text", "''.join(reversed(text))"),
            """
            def solve(text):
                result = ""
                for char in text:
                    result = char + result
                return result
            """,
            """
            def solve(text):
                if len(text) <= 1:
                    return text
                return solve(text[1:]) + text[0]
            """,
        ),
        arguments=[(any_case(choose, choose.sentence((1, 3))),) for _ in range(5)]
        + [("",), (choose.letters(1),)],
    )


_REVERSED_PARTS = {
    "first_k": ("first k characters", "text[:k][::-1] + text[k:]"),
    "after_k": ("characters after position k", "text[:k] + text[k:][::-1]"),
    "last_k": ("last k characters", "text[:len(text) - k] + text[len(text) - k:][::-1]"),
}


@family(part=tuple(_REVERSED_PARTS))
def reverse_part_of_string(choose: Chooser, part: str) -> Exercise:
    """Reverse only the start or the end of a string."""
    what, expression = _REVERSED_PARTS[part]
    what = what.replace(" k", " <k>")
    words = [choose.word() for _ in range(6)]
    return Exercise(
        texts=(
            f"reverse the {what} of {a_string(choose)}",
            f"reverse only the {what} of a string and keep the rest as it is",
            f"Given a string and a number <k>, turn the {what} around.",
            f"return a string in which the {what} are written backwards",
        ),
        names=(f"reverse_{part}", "reverse_part", "partly_reversed"),
        solutions=(returning("text, k", expression),),
        arguments=[(word, choose.integer(1, len(word))) for word in words],
    )


_PARTS = {
    "first_k": ("the first <k> characters", "text[:k]"),
    "last_k": ("the last <k> characters", "text[-k:]"),
    "without_first_k": ("everything but the first <k> characters", "text[k:]"),
    "without_last_k": ("everything but the last <k> characters", "text[:-k]"),
    "every_kth": ("every <k>-th character, beginning with the first,", "text[::k]"),
    "both_ends_k": (
        "a new string of the first <k> and the last <k> characters",
        "text[:k] + text[-k:]",
    ),
    "inside_k": ("what is left without the first <k> and the last <k> characters", "text[k:-k]"),
}


@family(part=tuple(_PARTS))
def part_of_string(choose: Chooser, part: str) -> Exercise:
    """Take some characters of a string by their position."""
    what, expression = _PARTS[part]
    verb = choose.one_of(("get", "return", "find", "take"))
    words = [choose.sentence((1, 2)) for _ in range(6)]
    return Exercise(
        texts=(
            f"{verb} {what} of {a_string(choose)}".replace(",", ""),
            f"Given a string and an integer <k>, return {what} of the string.",
            f"take a string and a number <k> and return {what} of it",
            f"I have a string and a positive number. I need {what} of the string.",
        ),
        names=(part, f"get_{part}", f"take_{part}", "string_part"),
        solutions=(returning("text, k", expression),),
        arguments=[(word, choose.integer(1, min(len(word), 4))) for word in words],
    )


_MIDDLES = {
    "one": (
        "the middle character",
        "a string of odd length",
        "text[len(text) // 2]",
        ("half = len(text) // 2", "text[half]"),
    ),
    "two": (
        "the two middle characters",
        "a string of even length",
        "text[len(text) // 2 - 1:len(text) // 2 + 1]",
        ("half = len(text) // 2", "text[half - 1:half + 1]"),
    ),
    "three": (
        "the three characters in the middle",
        "a string of odd length",
        "text[len(text) // 2 - 1:len(text) // 2 + 2]",
        ("half = len(text) // 2", "text[half - 1:half + 2]"),
    ),
    "halves": (
        "the two halves",
        "a string of even length",
        "(text[:len(text) // 2], text[len(text) // 2:])",
        ("half = len(text) // 2", "text[:half], text[half:]"),
    ),
}


@family(what=tuple(_MIDDLES))
def middle_of_string(choose: Chooser, what: str) -> Exercise:
    """Find the characters in the middle of a string."""
    goal, kind, expression, (first_line, result) = _MIDDLES[what]
    lengths = (3, 5, 7, 9, 11) if kind.endswith("odd length") else (2, 4, 6, 8, 10)
    return Exercise(
        texts=(
            f"return {goal} of {kind}",
            f"find {goal} of {kind}",
            f"Given {kind}, return {goal}.",
            f"I have {kind}. Get me {goal} of it.",
        ),
        names=("middle", "get_middle", "middle_of_string", f"middle_{what}"),
        solutions=(
            returning("text", expression),
            f"""
            def solve(text):
                {first_line}
                return {result}
            """,
        ),
        arguments=[(choose.letters(length),) for length in lengths],
    )


_SWAPS = {
    "ends": (
        "exchange the first and the last character of a string of two or more characters",
        "its first and last characters swapped",
        "text[-1] + text[1:-1] + text[0]",
    ),
    "halves": (
        "swap the two halves of a string of even length",
        "its first half moved behind its second half",
        "text[len(text) // 2:] + text[:len(text) // 2]",
    ),
    "neighbors": (
        "swap each pair of neighboring characters in a string of even length",
        "the characters of each pair swapped, so that 'abcd' becomes 'badc'",
        "''.join(text[i + 1] + text[i] for i in range(0, len(text), 2))",
    ),
    "even_and_odd": (
        "write the characters at even indexes of a string first and those at odd indexes behind",
        "all characters at even indexes before those at odd indexes",
        "text[::2] + text[1::2]",
    ),
    "first_to_end": (
        "move the first character of a string to the end",
        "its first character moved to the end",
        "text[1:] + text[:1]",
    ),
    "last_to_front": (
        "move the last character of a string to the front",
        "its last character moved to the front",
        "text[-1:] + text[:-1]",
    ),
}


@family(swap=tuple(_SWAPS))
def swap_parts_of_string(choose: Chooser, swap: str) -> Exercise:
    """Exchange parts of a string."""
    act, state, expression = _SWAPS[swap]
    return Exercise(
        texts=(
            act,
            f"return {a_string(choose)} with {state}",
            f"Given a string, return it with {state}.",
            f"take a word and give it back with {state}",
        ),
        names=(f"swap_{swap}", f"move_{swap}", f"exchange_{swap}", "rearrange"),
        solutions=(returning("text", expression),),
        arguments=[(choose.letters(2 * choose.integer(1, 5)),) for _ in range(4)]
        + [(word[: len(word) // 2 * 2],) for word in choose.words(3)],
    )


_REMOVED_PLACES = {
    "index": ("the character at index <n>", "text[:n] + text[n + 1:]"),
    "nth": ("the <n>-th character (counted from 1)", "text[:n - 1] + text[n:]"),
    "nth_from_end": (
        "the <n>-th character from the end (counted from 1)",
        "text[:len(text) - n] + text[len(text) - n + 1:]",
    ),
    "every_nth": (
        "every <n>-th character",
        "''.join(char for index, char in enumerate(text, 1) if index % n != 0)",
    ),
}


@family(place=tuple(_REMOVED_PLACES))
def remove_character_by_position(choose: Chooser, place: str) -> Exercise:
    """Remove the n-th character, or every n-th one."""
    what, expression = _REMOVED_PLACES[place]
    words = choose.words(6)
    low = {"index": 0, "every_nth": 2}.get(place, 1)
    return Exercise(
        texts=(
            f"remove {what} from {a_string(choose)}",
            f"delete {what} of a string",
            f"Given a word and a number <n>, return the word without {what}.",
            f"return a copy of a string in which {what} is missing",
        ),
        names=(f"remove_{place}", "remove_character", "drop_character", f"delete_{place}"),
        solutions=(returning("text, n", expression),),
        arguments=[(word, choose.integer(low, min(3, len(word) - 1))) for word in words],
    )


_INSERTIONS = {
    "at_index": (
        "put a second string into a string at index <n>",
        "first[:n] + second + first[n:]",
    ),
    "middle": (
        "insert the second string in the middle of the first one, whose length is even",
        "first[:len(first) // 2] + second + first[len(first) // 2:]",
    ),
    "between_characters": (
        "insert the second string between all characters of the first string",
        "second.join(first)",
    ),
    "after_each": (
        "write the second string after every character of the first string",
        "''.join(char + second for char in first)",
    ),
    "around": (
        "put the second string both before and after the first string",
        "second + first + second",
    ),
}
_INSERTIONS_RETOLD = {
    "at_index": (
        "Given two strings and an index <n>, return the first string with the second one "
        "inserted before index <n>."
    ),
    "middle": (
        "Given two strings, split the first one (of even length) in half and put the second "
        "one in between."
    ),
    "between_characters": "join the characters of <first> with <second> as the separator",
    "after_each": "Given two strings, add the second to each character of the first.",
    "around": "wrap a string in another string on both sides",
}


@family(place=tuple(_INSERTIONS))
def insert_into_string(choose: Chooser, place: str) -> Exercise:
    """Insert a string into another one."""
    act, expression = _INSERTIONS[place]
    words = [word[: len(word) // 2 * 2] for word in choose.words(6)]
    signs = ["-", "*", "xy", choose.letters(1), choose.word(), "--"]
    extra = [(choose.integer(0, len(word)),) if place == "at_index" else () for word in words]
    return Exercise(
        texts=(
            act,
            _INSERTIONS_RETOLD[place],
            f"Given two strings, {act}.",
            f"take two strings and {act}",
            f"I have two strings <first> and <second>. {act[0].upper()}{act[1:]}.",
        ),
        names=(f"insert_{place}", "insert_string", f"put_{place}", "insert"),
        solutions=(returning("first, second" + ", n" * bool(extra[0]), expression),),
        arguments=[
            (word, sign, *more) for word, sign, more in zip(words, signs, extra, strict=True)
        ],
        synonyms=TWO_STRINGS,
    )


_PADDINGS = {
    "left": ("on the left", "text.rjust(n, char)", "char * (n - len(text)) + text"),
    "right": ("on the right", "text.ljust(n, char)", "text + char * (n - len(text))"),
}


@family(side=tuple(_PADDINGS), sign=("given", "spaces", "zeros", "stars"))
def pad_string(choose: Chooser, side: str, sign: str) -> Exercise:
    """Fill a string up to a length."""
    where, method, by_hand = _PADDINGS[side]
    parameters = "text, n, char" if sign == "given" else "text, n"
    if sign != "given":
        literal = {"spaces": "' '", "zeros": "'0'", "stars": "'*'"}[sign]
        method, by_hand = method.replace("char", literal), by_hand.replace("char", literal)
    filling = "a given character" if sign == "given" else sign
    words = [word if sign != "zeros" else str(choose.integer(0, 9999)) for word in choose.words(6)]
    return Exercise(
        texts=(
            f"pad a string with {filling} {where} until it is <n> characters long",
            f"fill up a string with {filling} {where} to length <n>",
            f"Given a string and a length <n>, add {filling} {where} so that the string has at "
            "least that length.",
            f"make a string <n> characters long by adding {filling} {where} (longer strings stay "
            "as they are)",
        ),
        names=(f"pad_{side}", f"fill_{side}", f"pad_with_{sign}", "pad_string"),
        solutions=(returning(parameters, method), returning(parameters, by_hand)),
        arguments=[
            (word, choose.integer(4, 12)) + (("*#-.0"[i % 5],) if sign == "given" else ())
            for i, word in enumerate(words)
        ],
    )


_AFFIXES = {
    "add_prefix": (
        "put the second string in front of the first one unless the first already starts with it",
        "first if first.startswith(second) else second + first",
    ),
    "add_suffix": (
        "add the second string to the end of the first one unless it already ends that way",
        "first if first.endswith(second) else first + second",
    ),
    "remove_prefix": (
        "remove the second string from the start of the first one if it is there",
        "first.removeprefix(second)",
        "first[len(second):] if first.startswith(second) else first",
    ),
    "remove_suffix": (
        "cut the second string off the end of the first one if it is there",
        "first.removesuffix(second)",
        "first[:len(first) - len(second)] if first.endswith(second) else first",
    ),
    "swap_prefix": (
        "replace the first string at the start of a text by the second; other texts stay as they "
        "are",
        "second + text[len(first):] if text.startswith(first) else text",
    ),
}
_AFFIXES_RETOLD = {
    "add_prefix": (
        "Make sure that a string starts with a given prefix: add the prefix if it is not there yet."
    ),
    "add_suffix": (
        "Make sure that a string has a given ending: append the ending if it is not there yet."
    ),
    "remove_prefix": (
        "Given a string and a prefix, return the string without the prefix; a string that "
        "starts in another way stays as it is."
    ),
    "remove_suffix": (
        "Given a string and an ending, return the string without the ending; a string that "
        "ends in another way stays as it is."
    ),
    "swap_prefix": (
        "If a text starts with <first>, exchange this start for <second> and return the text."
    ),
}


@family(change=tuple(_AFFIXES))
def prefix_or_suffix(choose: Chooser, change: str) -> Exercise:
    """Add, remove or replace the start or end of a string."""
    act, *expressions = _AFFIXES[change]
    arguments: list[tuple[str, ...]] = []
    for number in range(6):
        word, affix = choose.word(), choose.one_of(("un", "re", "ing", "ly", "pre", "er"))
        present = affix + word if change.endswith("prefix") else word + affix
        arguments.append((present if number % 2 else word, affix))
    if change == "swap_prefix":
        arguments = [(word, affix, choose.letters(2)) for word, affix in arguments]
    return Exercise(
        texts=(
            act,
            _AFFIXES_RETOLD[change],
            f"Given {'three' if change == 'swap_prefix' else 'two'} strings, {act}.",
            f"take strings and {act}",
            f"{act} (use string methods)",
        ),
        names=(change, f"{change}_once", f"ensure_{change}"),
        solutions=[
            returning(
                "text, first, second" if "text" in expression else "first, second", expression
            )
            for expression in expressions
        ],
        arguments=arguments,
        synonyms=TWO_STRINGS,
    )
