"""Strings made of others: repeated, combined, rotated, cut, sorted, wrapped and drawn."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import as_they
from hrm_exercises.families.strings import TWO_STRINGS, a_string, any_case, noisy_text, returning
from hrm_exercises.family import Exercise, family

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
_REPETITIONS_RETOLD = {
    "times": "Return a string that consists of <k> copies of a given string.",
    "with_dash": "join <k> copies of a string with '-'",
    "with_space": "write a word <k> times in a row, with single spaces between",
    "each": "Given a string and a number, write each of its characters <k> times in a row.",
    "start": (
        "Take the first three characters of a string, or fewer if it is shorter, and return "
        "them <k> times."
    ),
    "ending": (
        "Given a string and a number <k>, take its last <k> characters and return <k> copies "
        "of them."
    ),
    "by_position": (
        "Given a string, write its first <k> characters: the first one once, the second one "
        "twice and so on."
    ),
    "to_length": (
        "Given a string, write it again and again until there are exactly <k> characters."
    ),
    "list": "make a list of <k> equal strings",
}


@family(kind=tuple(_REPETITIONS))
def repeat_string(choose: Chooser, kind: str) -> Exercise:
    """Repeat a string or its characters."""
    act, expression = _REPETITIONS[kind]
    of_it = act.replace("a string", "the string").replace("a word", "the string")
    words = choose.words(5)
    longest = {"ending": 3, "to_length": 15}.get(kind, 5)
    a_text = "a word" if kind == "with_space" else "a string"
    of_it = act.replace(f" of {a_text}", "").replace(a_text, "it")
    return Exercise(
        texts=(
            act,
            _REPETITIONS_RETOLD[kind],
            f"Given {a_text} and a number <k>, {of_it}.",
            f"take {a_text} and an integer and {of_it}",
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
_COMBINATIONS_OF_THEM = {
    "interleave": "merge them by taking characters in turn",
    "around_longer": "put the shorter one in front of and behind the longer one",
    "without_first_letters": "join them, leaving out the first character of each",
    "same_length": (
        "cut the longer one down to the length of the shorter, keeping its end, and join them in "
        "the given order"
    ),
    "swapped_starts": "exchange their first two letters, then join them with a space",
    "abba": (
        "join them so that the first one stands at both ends and the second one twice in the middle"
    ),
    "first_and_last": "join the first character of the first and the last character of the second",
    "halves": (
        "join the first half of the first with the second half of the second; both have an even "
        "length"
    ),
    "larger_of_each": (
        "compare them position by position and keep the character that comes later in the alphabet"
    ),
}
_COMBINATIONS_RETOLD = {
    "interleave": "weave two strings of equal length together, one character of each at a time",
    "around_longer": (
        "Given two strings of different length, return a string of the form short + long + short."
    ),
    "without_first_letters": (
        "remove the first letters of two strings and put what is left together"
    ),
    "same_length": (
        "Given two strings, drop letters at the start of the longer one until both have the "
        "same length, and return them joined."
    ),
    "swapped_starts": (
        "exchange the first two letters of two words and return the words with a space between them"
    ),
    "abba": "Given the strings a and b, return a, b, b and a as one string.",
    "first_and_last": "join the first letter of one word and the last letter of another one",
    "halves": (
        "Given two strings of even length, return the first half of <first> followed by the "
        "second half of <second>."
    ),
    "larger_of_each": (
        "Given two strings of equal length, make a string with the larger of the two "
        "characters at each place."
    ),
}


@family(kind=tuple(_COMBINATIONS))
def combine_two_strings(choose: Chooser, kind: str) -> Exercise:
    """Make one string of two."""
    act, expression, same_length = _COMBINATIONS[kind]
    of_them = _COMBINATIONS_OF_THEM.get(kind, act)
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
            _COMBINATIONS_RETOLD[kind],
            f"Given two strings <first> and <second>, {of_them}.",
            f"take two strings and {of_them}",
            f"I have two strings. {of_them[0].upper()}{of_them[1:]}.",
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
    of_them = as_they(as_they(what, "two strings"), "two words")
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
            f"Compare two strings: return {of_them}.",
            f"take <first> and <second> and return {of_them}",
            f"I have two strings. Return {of_them}.",
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
