"""Strings as a whole: case, order, parts, padding and joining."""

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
    return [
        f"{act[0].upper()}{act[1:]}.",
        f"How do I {act}?",
        f"I have to {act}.",
        f"Help me to {act}.",
        f"I want to {act}.",
    ]


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
            (word, choose.integer(3, 10)) + (("*#-.0"[i % 5],) if sign == "given" else ())
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


_REPETITIONS = {
    "times": ("repeat a string <k> times", "text * k"),
    "with_dash": ("repeat a string <k> times with a dash in between", "'-'.join([text] * k)"),
    "with_space": ("repeat a word <k> times, separated by spaces", "' '.join([text] * k)"),
    "each": (
        "repeat every character of a string <k> times",
        "''.join(char * k for char in text)",
    ),
    "start": (
        "return <k> copies of the first three characters of a string (or of all of it if it is "
        "shorter)",
        "text[:3] * k",
    ),
    "ending": ("repeat the last <k> characters of a string <k> times", "text[-k:] * k"),
    "by_position": (
        "repeat the first character once, the second twice and so on, and stop after <k> "
        "characters of the string",
        "''.join(char * index for index, char in enumerate(text[:k], 1))",
    ),
    "to_length": (
        "repeat a string until it has length <k>, cutting off what is too long",
        "(text * k)[:k]",
    ),
    "list": ("return a list that contains a string <k> times", "[text] * k"),
}


@family(kind=tuple(_REPETITIONS))
def repeat_string(choose: Chooser, kind: str) -> Exercise:
    """Repeat a string or its characters."""
    act, expression = _REPETITIONS[kind]
    words = choose.words(5)
    longest = {"ending": 3, "to_length": 15}.get(kind, 5)
    return Exercise(
        texts=(
            act,
            f"Given a string and a number <k>, {act}.",
            f"take a string and an integer and {act}",
            f"I want to {act}. The string and the number are given.",
        ),
        names=(f"repeat_{kind}", "repeat", "repeat_string", "string_times", "copies"),
        solutions=(returning("text, k", expression),),
        arguments=[(word, choose.integer(1, longest)) for word in words]
        + [(choose.letters((3, 4)), choose.integer(2, longest)), (choose.letters(3), 1)],
    )


_COMBINATIONS = {
    "interleave": (
        "merge two strings of the same length by taking characters in turn",
        "''.join(char + other for char, other in zip(first, second))",
        True,
    ),
    "around_longer": (
        "put the shorter of two strings in front of and behind the longer one",
        "first + second + first if len(first) < len(second) else second + first + second",
        False,
    ),
    "without_first_letters": (
        "join two strings, leaving out the first character of each",
        "first[1:] + second[1:]",
        False,
    ),
    "same_length": (
        "cut the longer of two strings down to the length of the shorter, keeping its end, and "
        "join them in the given order",
        "first[-min(len(first), len(second)):] + second[-min(len(first), len(second)):]",
        False,
    ),
    "swapped_starts": (
        "join two words with a space between them and swap their first two letters",
        "second[:2] + first[2:] + ' ' + first[:2] + second[2:]",
        False,
    ),
    "abba": (
        "join two strings so that the first one stands at both ends and the second one twice in "
        "the middle",
        "first + second + second + first",
        False,
    ),
    "first_and_last": (
        "make a string of the first character of one string and the last character of another",
        "first[0] + second[-1]",
        False,
    ),
    "halves": (
        "join the first half of one string with the second half of another; both have an even "
        "length",
        "first[:len(first) // 2] + second[len(second) // 2:]",
        True,
    ),
    "larger_of_each": (
        "compare two strings of the same length position by position and keep the character that "
        "comes later in the alphabet",
        "''.join(max(char, other) for char, other in zip(first, second))",
        True,
    ),
}


@family(kind=tuple(_COMBINATIONS))
def combine_two_strings(choose: Chooser, kind: str) -> Exercise:
    """Make one string of two."""
    act, expression, same_length = _COMBINATIONS[kind]
    arguments = []
    for _ in range(6):
        if same_length:
            num = choose.integer(1, 4) * 2
            arguments.append((choose.letters(num), choose.letters(num)))
            continue
        first, second = choose.word(), choose.word()
        if len(first) == len(second):
            first += choose.letters(2)
        arguments.append((first, second))
    return Exercise(
        texts=(
            act,
            f"Given two strings <first> and <second>, {act}.",
            f"take two strings and {act}",
            f"I have two strings. {act[0].upper()}{act[1:]}.",
        ),
        names=(f"combine_{kind}", "combine", "merge_strings", "join_strings", "mix"),
        solutions=(returning("first, second", expression),),
        arguments=arguments,
        synonyms=TWO_STRINGS,
    )


@family(direction=("left", "right"))
def rotate_string(choose: Chooser, direction: str) -> Exercise:
    """Rotate a string by some positions."""
    left = direction == "left"
    other_end = "end" if left else "front"
    slices = "text[k:] + text[:k]" if left else "text[len(text) - k:] + text[:len(text) - k]"
    return Exercise(
        texts=(
            f"rotate a string <k> positions to the {direction}",
            f"{direction} rotate {a_string(choose)} by k places",
            f"shift the characters of a string {direction} by <k>; what falls off comes back at "
            f"the {other_end}",
            f"Given a word and a number <k>, move the {'first' if left else 'last'} <k> letters to "
            f"the {other_end}. The number can be larger than the length of the word.",
        ),
        names=(f"rotate_{direction}", f"{direction}_rotation", "rotate_string", "shift_string"),
        solutions=(
            f"""
            def solve(text, k):
                k = k % len(text)
                return {slices}
            """,
            f"""
            def solve(text, k):
                for _ in range(k):
                    text = {"text[1:] + text[0]" if left else "text[-1] + text[:-1]"}
                return text
            """,
            f"""
            from collections import deque

            def solve(text, k):
                chars = deque(text)
                chars.rotate({"-k" if left else "k"})
                return "".join(chars)
            """,
        ),
        arguments=[(choose.word(), choose.integer(0, 8)) for _ in range(5)]
        + [(choose.letters(5), choose.integer(6, 12))],
        synonyms={"k": ("n", "steps", "shift", "positions", "d")},
    )


_PIECES = {
    "of_length_k": (
        "pieces of <k> characters (the last one may be shorter)",
        "[text[i:i + k] for i in range(0, len(text), k)]",
    ),
    "whole_only": (
        "pieces of exactly <k> characters, dropping what is left over",
        "[text[i:i + k] for i in range(0, len(text) - k + 1, k)]",
    ),
    "k_equal": (
        "<k> pieces of the same length (the length is a multiple of <k>)",
        "[text[i * (len(text) // k):(i + 1) * (len(text) // k)] for i in range(k)]",
    ),
    "with_spaces": (
        "blocks of <k> characters and join them with spaces",
        "' '.join(text[i:i + k] for i in range(0, len(text), k))",
    ),
}


@family(pieces=tuple(_PIECES))
def split_into_pieces(choose: Chooser, pieces: str) -> Exercise:
    """Cut a string into pieces of a given length."""
    goal, expression = _PIECES[pieces]
    arguments = []
    for _ in range(6):
        k = choose.integer(2, 4)
        num = k * choose.integer(1, 3) if pieces == "k_equal" else choose.integer(k, 11)
        arguments.append((choose.letters(num), k))
    return Exercise(
        texts=(
            f"split a string into {goal}",
            f"cut {a_string(choose)} into {goal}",
            f"Given a string and an integer <k>, break the string into {goal}.",
            f"divide the characters of a string into {goal}",
        ),
        names=("split_string", "chunks", "cut_string", f"pieces_{pieces}", "break_string"),
        solutions=(returning("text, k", expression),),
        arguments=arguments,
    )


_SORTED = {
    "ascending": ("alphabetical order", "''.join(sorted(text))"),
    "descending": ("reverse alphabetical order", "''.join(sorted(text, reverse=True))"),
    "distinct": ("alphabetical order, each only once", "''.join(sorted(set(text)))"),
    "list": ("alphabetical order as a list", "sorted(text)"),
    "ignoring_case": (
        "alphabetical order without regard to case (equal letters keep their order)",
        "''.join(sorted(text, key=str.lower))",
    ),
    "lower_first": (
        "alphabetical order, all lower-case letters before the upper-case ones",
        "''.join(sorted(text, key=str.swapcase))",
    ),
}


@family(order=tuple(_SORTED))
def sort_characters(choose: Chooser, order: str) -> Exercise:
    """Sort the characters of a string."""
    goal, expression = _SORTED[order]
    mixed = order in ("ignoring_case", "lower_first")
    return Exercise(
        texts=(
            f"sort the characters of {a_string(choose)} in {goal}",
            f"put the letters of a word in {goal}",
            f"Given a word, return its letters in {goal}.",
            f"arrange the letters of a string in {goal}",
        ),
        names=("sort_string", "sort_letters", f"sort_{order}", "sorted_characters", "arrange"),
        solutions=(returning("text", expression),),
        arguments=[
            (any_case(choose, word).swapcase() if mixed else word,) for word in choose.words(5)
        ]
        + [(choose.letters((4, 8), "abcABC" if mixed else "abcd"),), ("",)],
        synonyms={"key": ("key",)},
    )


_STRING_TO = {
    "list": ("a list of its characters", "list(text)", "[char for char in text]"),
    "tuple": ("a tuple of its characters", "tuple(text)", "tuple(char for char in text)"),
    "pairs": (
        "a list of (index, character) tuples",
        "list(enumerate(text))",
        "[(index, text[index]) for index in range(len(text))]",
    ),
    "last_index": (
        "a dictionary that maps each character to the index where it occurs last",
        "{char: index for index, char in enumerate(text)}",
        "{char: text.rindex(char) for char in text}",
    ),
    "first_index": (
        "a dictionary that maps each character to the index of its first occurrence",
        "{char: text.index(char) for char in text}",
        "{char: text.find(char) for char in text}",
    ),
    "neighbors": (
        "a list of all pairs of neighboring characters",
        "[text[index:index + 2] for index in range(len(text) - 1)]",
        "[char + other for char, other in zip(text, text[1:])]",
    ),
    "with_dots": (
        "a string with a dot after each character",
        "''.join(char + '.' for char in text)",
        "'.'.join(text) + '.' if text else ''",
    ),
}


@family(goal=tuple(_STRING_TO))
def string_to_characters(choose: Chooser, goal: str) -> Exercise:
    """Convert a string to a container of its characters."""
    what, *expressions = _STRING_TO[goal]
    return Exercise(
        texts=(
            f"convert {a_string(choose)} to {what}",
            f"turn a string into {what}",
            f"Given a word, return {what}.",
            f"make {what} out of a string",
        ),
        names=(f"string_to_{goal}", "split_characters", "convert", f"to_{goal}", "characters"),
        solutions=[returning("text", expression) for expression in expressions],
        arguments=[(word,) for word in choose.words(4)]
        + [(choose.sentence(2),), (choose.letters((4, 7), "abc"),), ("",)],
    )


_COMPARISONS = {
    "longer": (
        "the longer of two strings, or the first one if they have the same length",
        "first if len(first) >= len(second) else second",
        "second if len(second) > len(first) else first",
    ),
    "shorter": (
        "the shorter of two strings (the first if both are equally long)",
        "first if len(first) <= len(second) else second",
        "second if len(second) < len(first) else first",
    ),
    "alphabetical": (
        "the one of two words that comes first in a dictionary",
        "min(first, second)",
        "first if first < second else second",
    ),
    "difference": (
        "the difference between the lengths of two strings",
        "abs(len(first) - len(second))",
        "max(len(first), len(second)) - min(len(first), len(second))",
    ),
    "equal": (
        "True if two strings are equal without regard to case, else False",
        "first.lower() == second.lower()",
        "first.upper() == second.upper()",
    ),
    "order": (
        "-1, 0 or 1 if the first of two strings comes before, is equal to or comes after the "
        "second",
        "-1 if first < second else 1 if first > second else 0",
        "(first > second) - (first < second)",
    ),
    "sorted": (
        "a list of two strings in alphabetical order",
        "sorted([first, second])",
        "[first, second] if first <= second else [second, first]",
    ),
    "same_length": (
        "'equal' if two strings have the same length, otherwise 'different'",
        "'equal' if len(first) == len(second) else 'different'",
        "'different' if len(first) != len(second) else 'equal'",
    ),
}


@family(result=tuple(_COMPARISONS))
def compare_two_strings(choose: Chooser, result: str) -> Exercise:
    """Compare two strings by length or alphabetically."""
    what, *expressions = _COMPARISONS[result]
    arguments = [tuple(choose.words(2)) for _ in range(4)]
    for _ in range(3):
        word = choose.word()
        other = choose.letters(len(word))
        if result in ("equal", "order"):
            other = any_case(choose, word) if result == "equal" else word
        arguments.append((word, other))
    return Exercise(
        texts=(
            f"return {what}",
            f"Compare two strings: return {what}.",
            f"take <first> and <second> and return {what}",
            f"I have two strings. I need {what}.",
        ),
        names=(f"compare_{result}", "compare_strings", "compare", f"{result}_string"),
        solutions=[returning("first, second", expression) for expression in expressions],
        arguments=arguments,
        synonyms=TWO_STRINGS,
    )


@family(mark=("...", "none", "words"))
def shorten_string(choose: Chooser, mark: str) -> Exercise:
    """Cut a long string, with or without dots at the end."""
    goal, expression = {
        "...": (
            "cut it after <n> characters and add '...'",
            "text if len(text) <= n else text[:n] + '...'",
        ),
        "none": ("keep only its first <n> characters", "text[:n]"),
        "words": (
            "keep only its first <n> words and add '...'",
            "text if len(text.split()) <= n else ' '.join(text.split()[:n]) + '...'",
        ),
    }[mark]
    unit = "words" if mark == "words" else "characters"
    return Exercise(
        texts=(
            f"shorten a text: if it has more than <n> {unit}, {goal}",
            f"If a text has more than <n> {unit}, {goal}; otherwise return it unchanged.",
            f"truncate a text to <n> {unit}"
            + (", with '...' at the end if something was cut off" if mark != "none" else ""),
            f"Given a text and a limit of {unit}, {goal} if the text is longer than the limit.",
        ),
        names=("shorten", "truncate", "cut_text", "limit_text", f"limit_{unit}"),
        solutions=(returning("text, n", expression),),
        arguments=[
            (choose.sentence((2, 6)), choose.integer(2, 4 if mark == "words" else 12))
            for _ in range(5)
        ]
        + [(choose.word(), 20)],
    )


_WRAPPED = {
    "brackets": ("square brackets", "'[' + text + ']'"),
    "quotes": ("double quotes", "'\"' + text + '\"'"),
    "tag": (
        "an opening and a closing HTML tag of a given name",
        "'<' + tag + '>' + text + '</' + tag + '>'",
    ),
    "sign": ("a given sign on both sides", "tag + text + tag"),
    "frame": (
        "a frame: a list of three lines of stars and the text between '*' signs",
        "['*' * (len(text) + 2), '*' + text + '*', '*' * (len(text) + 2)]",
    ),
}


@family(wrap=tuple(_WRAPPED))
def wrap_string(choose: Chooser, wrap: str) -> Exercise:
    """Put something around a string."""
    goal, expression = _WRAPPED[wrap]
    parameters = "text, tag" if "tag" in expression else "text"
    tags = ("b", "i", "p", "h1", "div") if wrap == "tag" else ("*", "-", "==", "#", "++")
    return Exercise(
        texts=(
            f"put {a_string(choose)} in {goal}" if wrap != "sign" else f"write {goal} of a string",
            f"wrap a string in {goal}",
            f"Given a text, return it inside {goal}.",
            f"surround a text with {goal}",
        ),
        names=(f"add_{wrap}", "wrap", "surround", f"in_{wrap}", "enclose"),
        solutions=(returning(parameters, expression),),
        arguments=[
            (word, *((tag,) if "," in parameters else ()))
            for word, tag in zip([*choose.words(3), choose.sentence(2), "a"], tags, strict=True)
        ],
        synonyms={"tag": ("sign", "mark", "name", "t")},
    )


_DRAWINGS = {
    "triangle": (
        "a triangle: one <char> in the first line, two in the second and so on, in <n> lines",
        "[char * i for i in range(1, n + 1)]",
    ),
    "upside_down": (
        "a triangle that gets smaller: <n> times <char> in the first line, one less in each "
        "following line",
        "[char * i for i in range(n, 0, -1)]",
    ),
    "pyramid": (
        "a pyramid of <n> lines with 1, 3, 5, ... times <char>, padded with spaces on the left so "
        "that it is symmetric",
        "[' ' * (n - i - 1) + char * (2 * i + 1) for i in range(n)]",
    ),
    "square": ("a square of <n> lines with <n> times <char> each", "[char * n for _ in range(n)]"),
    "diagonal": (
        "a diagonal: <n> lines, each with one <char>, preceded by 0, 1, 2, ... spaces",
        "[' ' * i + char for i in range(n)]",
    ),
    "right_triangle": (
        "a triangle of <n> lines aligned to the right, with 1, 2, 3, ... times <char>",
        "[(char * i).rjust(n) for i in range(1, n + 1)]",
    ),
}


@family(shape=tuple(_DRAWINGS), lines=("list", "text"))
def draw_shape(choose: Chooser, shape: str, lines: str) -> Exercise:
    """Draw a shape of characters, as a list of lines or as one text."""
    what, expression = _DRAWINGS[shape]
    form = "a list of strings, one for each line"
    body = f"return {expression}"
    if lines == "text":
        form = "one string with line breaks between the lines"
        body = f"return '\\n'.join({expression[1:-1]})"
    sizes = choose.sample(range(1, 7), 4)
    return Exercise(
        texts=(
            f"draw {what}; return {form}",
            f"Draw {what}. Return {form}.",
            f"make {what}, and return it as {form}",
            f"return {form}, that show {what}" if lines == "list" else f"return {what}, as {form}",
        ),
        names=(f"draw_{shape}", shape, f"{shape}_pattern", f"print_{shape}"),
        solutions=(f"def solve(n, char):\n    {body}\n",),
        arguments=[(size, choose.one_of("*#x+o")) for size in sizes] + [(1, "*")],
    )


_MOVED = {
    "given": ("char == letter", "char != letter"),
    "digits": ("char.isdigit()", "not char.isdigit()"),
    "spaces": ("char == ' '", "char != ' '"),
    "uppercase letters": ("char.isupper()", "not char.isupper()"),
    "vowels": ("char in 'aeiouAEIOU'", "char not in 'aeiouAEIOU'"),
    "stars": ("char == '*'", "char != '*'"),
}


@family(kind=tuple(_MOVED), goal=("end", "front"))
def move_characters(choose: Chooser, kind: str, goal: str) -> Exercise:
    """Move all characters of a kind to one end of a string."""
    condition, opposite = _MOVED[kind]
    what = "occurrences of a given character" if kind == "given" else kind
    parameters = "text, letter" if kind == "given" else "text"
    order = "others + moved" if goal == "end" else "moved + others"
    texts = [noisy_text(choose) for _ in range(6)]
    if kind == "stars":
        texts = [choose.letters((3, 8), "abc**") for _ in range(6)]
    return Exercise(
        texts=(
            f"move all {what} to the {goal} of {a_string(choose)}",
            f"shift all {what} in a string to its {goal}, keeping the order of everything else",
            f"Given a string, put all {what} at the {goal}. The order stays the same otherwise.",
            f"rearrange a string so that all {what} come {'last' if goal == 'end' else 'first'}",
        ),
        names=(f"move_to_{goal}", f"move_{kind.split()[0]}", f"{kind.split()[0]}_to_{goal}"),
        solutions=(
            f"""
            def solve({parameters}):
                moved = "".join(char for char in text if {condition})
                others = "".join(char for char in text if {opposite})
                return {order}
            """,
            f"""
            def solve({parameters}):
                moved = ""
                others = ""
                for char in text:
                    if {condition}:
                        moved += char
                    else:
                        others += char
                return {order}
            """,
        ),
        arguments=[(text, *((choose.one_of(text),) if kind == "given" else ())) for text in texts],
        synonyms={"moved": ("found", "part", "s1"), "others": ("rest", "remaining", "s2")},
    )


_LENGTHS = {
    "plain": ("the number of characters of a string", "1"),
    "no_spaces": ("the number of characters of a string without its spaces", "char != ' '"),
}


@family(kind=tuple(_LENGTHS))
def length_of_string(choose: Chooser, kind: str) -> Exercise:
    """Count the characters of a string."""
    what, condition = _LENGTHS[kind]
    short = "len(text)" if kind == "plain" else "len(text.replace(' ', ''))"
    step = "count += 1" if kind == "plain" else "count += char != ' '"
    return Exercise(
        texts=(
            f"find {what}",
            f"calculate {what}",
            "find the length of a string" + ("" if kind == "plain" else ", not counting spaces"),
            f"Given a text, return {what.replace('a string', 'it')}.",
        ),
        names=("string_length", "length", "text_length", f"length_{kind}", "count_characters"),
        solutions=(
            returning("text", short),
            returning("text", f"sum({condition} for char in text)"),
            f"""
            def solve(text):
                count = 0
                for char in text:
                    {step}
                return count
            """,
        ),
        arguments=[(choose.sentence((1, 6)),) for _ in range(6)] + [("",)],
    )
