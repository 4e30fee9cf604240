"""The characters of a string: counting, removing, replacing and finding them."""

import re

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import a_string, any_case, noisy_text, returning
from hrm_exercises.family import Exercise, family

# Kinds of characters: plural, singular and a condition on `char`.
KINDS = {
    "vowels": ("vowels", "vowel", "char in 'aeiouAEIOU'"),
    "consonants": ("consonants", "consonant", "char.isalpha() and char.lower() not in 'aeiou'"),
    "upper": ("uppercase letters", "uppercase letter", "char.isupper()"),
    "lower": ("lowercase letters", "lowercase letter", "char.islower()"),
    "letters": ("letters", "letter", "char.isalpha()"),
    "digits": ("digits", "digit", "char.isdigit()"),
    "spaces": ("spaces", "space", "char == ' '"),
    "alphanumeric": ("letters and digits", "letter or digit", "char.isalnum()"),
    "special": (
        "special characters (neither letters, digits nor spaces)",
        "special character (no letter, digit or space)",
        "not char.isalnum() and char != ' '",
    ),
}
# The opposite conditions.
OPPOSITES = {
    "vowels": "char not in 'aeiouAEIOU'",
    "consonants": "not char.isalpha() or char.lower() in 'aeiou'",
    "upper": "not char.isupper()",
    "lower": "not char.islower()",
    "letters": "not char.isalpha()",
    "digits": "not char.isdigit()",
    "spaces": "char != ' '",
    "alphanumeric": "not char.isalnum()",
    "special": "char.isalnum() or char == ' '",
}


def _texts_with(choose: Chooser, condition: str) -> list[str]:
    """Return texts of which at least some contain a character of a kind."""
    texts = [noisy_text(choose) for _ in range(6)]
    if "isdigit" in condition:
        texts[:3] = [text + str(choose.integer(1, 99)) + choose.word() for text in texts[:3]]
    if "isupper" in condition:
        texts[:3] = [text + choose.word().title() for text in texts[:3]]
    return texts


@family(kind=tuple(KINDS))
def count_characters_of_a_kind(choose: Chooser, kind: str) -> Exercise:
    """Count the characters of a kind in a string."""
    plural, _, condition = KINDS[kind]
    return Exercise(
        texts=(
            f"count the {plural} in {a_string(choose)}",
            f"find the number of {plural} in {a_string(choose)}",
            f"count how many {plural} a string has",
            f"Given a text, return the number of {plural} in it.",
            f"I have a string. How many {plural} does it contain?",
        ),
        names=(f"count_{kind}", f"num_{kind}", f"{kind}_count", f"number_of_{kind}"),
        solutions=(
            returning("text", f"sum(1 for char in text if {condition})"),
            returning("text", f"len([char for char in text if {condition}])"),
            f"""
            def solve(text):
                count = 0
                for char in text:
                    if {condition}:
                        count += 1
                return count
            """,
        ),
        arguments=[(text,) for text in _texts_with(choose, condition)] + [("",)],
    )


_PAIRS_OF_KINDS = {
    "upper_lower": ("upper", "lower"),
    "letters_digits": ("letters", "digits"),
    "vowels_consonants": ("vowels", "consonants"),
    "letters_spaces": ("letters", "spaces"),
    "digits_special": ("digits", "special"),
}


@family(pair=tuple(_PAIRS_OF_KINDS), result=("tuple", "dict", "more"))
def count_two_kinds_of_characters(choose: Chooser, pair: str, result: str) -> Exercise:
    """Count two kinds of characters in one text, or compare their numbers."""
    one, two = _PAIRS_OF_KINDS[pair]
    (many_one, _, condition), (many_two, _, other_condition) = KINDS[one], KINDS[two]
    ending = {
        "tuple": "return ones, twos",
        "dict": f"return {{'{one}': ones, '{two}': twos}}",
        "more": "return ones > twos",
    }[result]
    both = f"the {many_one} and the {many_two}"
    texts: tuple[str, ...] = (
        f"count {both} in {a_string(choose)}",
        f"count {both} of a string and return "
        + ("both numbers" if result == "tuple" else f"a dictionary with keys '{one}' and '{two}'"),
        f"Given a string, return how many {many_one} and how many {many_two} it has.",
        f"find the numbers of {many_one} and of {many_two} in a text",
    )
    if result == "more":
        texts = (
            f"check whether a string has more {many_one} than {many_two}",
            f"return true if there are more {many_one} than {many_two} in a string, else false",
            f"Given a string, tell whether its {many_one} outnumber its {many_two}.",
            f"compare the numbers of {many_one} and {many_two} of a text; true if there are more "
            f"{many_one}",
        )
    return Exercise(
        texts=texts,
        names=(f"count_{pair}", f"{one}_and_{two}", f"{one}_or_{two}")
        if result != "more"
        else (f"more_{one}", f"more_{one}_than_{two}", f"compare_{pair}"),
        solutions=(
            f"""
            def solve(text):
                ones = twos = 0
                for char in text:
                    if {condition}:
                        ones += 1
                    elif {other_condition}:
                        twos += 1
                {ending}
            """,
            f"""
            def solve(text):
                ones = sum(1 for char in text if {condition})
                twos = sum(1 for char in text if {other_condition})
                {ending}
            """,
        ),
        arguments=[(text,) for text in _texts_with(choose, condition + other_condition)]
        + [
            (f"{choose.integer(10, 99)} {choose.word()[:2]}!!!",),
            (choose.letters(4, "aeiou") + "xy",),
            (choose.word().upper(),),
            ("",),
        ],
        synonyms={"ones": ("a", one[:5], f"num_{one}"), "twos": ("b", two[:5], f"num_{two}")},
    )


@family(kind=tuple(KINDS), act=("remove", "keep"))
def remove_characters_of_a_kind(choose: Chooser, kind: str, act: str) -> Exercise:
    """Remove all characters of a kind from a string, or all others."""
    plural, _, condition = KINDS[kind]
    if act == "keep":
        texts: tuple[str, ...] = (
            f"remove everything except {plural} from {a_string(choose)}",
            f"keep only the {plural} of a string",
            f"Given a string, return only its {plural}, in the same order.",
            f"extract all {plural} from a text and join them to one string",
            f"delete all characters of a string that are not {plural}",
        )
        test = condition
        names = (f"keep_{kind}", f"only_{kind}", f"extract_{kind}", f"get_{kind}")
    else:
        texts = (
            f"remove all {plural} from {a_string(choose)}",
            f"remove {plural} in a string",
            f"delete the {plural} of a text",
            f"Given a string, return it without its {plural}.",
            f"I need a copy of a string in which all {plural} are left out.",
        )
        test = OPPOSITES[kind]
        names = (f"remove_{kind}", f"delete_{kind}", f"without_{kind}", f"drop_{kind}")
    return Exercise(
        texts=texts,
        names=names,
        solutions=(
            returning("text", f"''.join(char for char in text if {test})"),
            f"""
            def solve(text):
                result = ""
                for char in text:
                    if {test}:
                        result += char
                return result
            """,
        ),
        arguments=[(text,) for text in _texts_with(choose, condition)] + [("",)],
    )


_REPLACEMENTS = ("*", "-", "_", "#", "x", "?")


@family(
    kind=("vowels", "consonants", "upper", "letters", "digits", "spaces", "special"),
    by=("given", "fixed"),
)
def replace_characters_of_a_kind(choose: Chooser, kind: str, by: str) -> Exercise:
    """Replace all characters of a kind by one character."""
    plural, singular, condition = KINDS[kind]
    sign = choose.one_of(_REPLACEMENTS)
    new = "a given character" if by == "given" else repr(sign)
    parameters, value = ("text, letter", "letter") if by == "given" else ("text", repr(sign))
    return Exercise(
        texts=(
            f"replace all {plural} of {a_string(choose)} by {new}",
            f"replace every {singular} in a string with {new}",
            f"Given a string, put {new} in the place of each {singular}.",
            f"substitute {new} for all {plural} in a text",
        ),
        names=(f"replace_{kind}", f"mask_{kind}", f"hide_{kind}", f"substitute_{kind}"),
        solutions=(
            returning(parameters, f"''.join({value} if {condition} else char for char in text)"),
            f"""
            def solve({parameters}):
                result = ""
                for char in text:
                    if {condition}:
                        result += {value}
                    else:
                        result += char
                return result
            """,
        ),
        arguments=[
            (text, *((choose.one_of(_REPLACEMENTS),) if by == "given" else ()))
            for text in _texts_with(choose, condition)
        ],
        synonyms={"letter": ("ch", "sign", "new", "symbol", "c")},
    )


def _text_and_letter(choose: Chooser) -> tuple[str, str]:
    text = choose.sentence((1, 4))
    letter = choose.one_of(text.replace(" ", "")) if choose.chance(0.85) else choose.letters(1)
    return text, letter


_COUNTS_OF_ONE = {
    "plain": ("how often a character occurs in a string", "text.count(letter)", "char == letter"),
    "ignoring_case": (
        "how often a letter occurs in a string, upper or lower case",
        "text.lower().count(letter.lower())",
        "char.lower() == letter.lower()",
    ),
    "others": (
        "how many characters of a string differ from a given character",
        "len(text) - text.count(letter)",
        "char != letter",
    ),
}


@family(kind=tuple(_COUNTS_OF_ONE))
def count_given_character(choose: Chooser, kind: str) -> Exercise:
    """Count how often one character occurs."""
    what, expression, condition = _COUNTS_OF_ONE[kind]
    arguments = [_text_and_letter(choose) for _ in range(6)]
    if kind == "ignoring_case":
        arguments = [(any_case(choose, text), any_case(choose, char)) for text, char in arguments]
    of_them = re.sub("a (given )?(character|letter|string)", r"the \2", what)
    return Exercise(
        texts=(
            f"count {what}",
            f"find {what}",
            f"Given a string and a character, return {of_them}.",
            f"return {what}",
        ),
        names=("count_char", "occurrences", "count_letter", "char_count", "count_character"),
        solutions=(
            returning("text, letter", expression),
            f"""
            def solve(text, letter):
                count = 0
                for char in text:
                    if {condition}:
                        count += 1
                return count
            """,
            returning("text, letter", f"sum({condition} for char in text)"),
        ),
        arguments=[*arguments, ("", "a")],
        synonyms={"letter": ("ch", "target", "symbol", "x")},
    )


_REMOVALS = {
    "all": (
        ("remove all occurrences of a character from a string", "delete every <letter> in a text"),
        "text.replace(letter, '')",
    ),
    "first": (
        (
            "remove the first occurrence of a character from a string",
            "delete <letter> from a text where it stands first",
        ),
        "text.replace(letter, '', 1)",
    ),
    "first_k": (
        (
            "remove the first <k> occurrences of a character from a string",
            "delete <letter> in a text, but at most <k> times, from left to right",
        ),
        "text.replace(letter, '', k)",
    ),
    "leading": (
        (
            "remove all copies of a character at the start of a string",
            "strip <letter> from the left end of a text",
        ),
        "text.lstrip(letter)",
    ),
    "trailing": (
        (
            "remove all copies of a character at the end of a string",
            "strip <letter> from the right end of a text",
        ),
        "text.rstrip(letter)",
    ),
    "both_ends": (
        (
            "remove all copies of a character at both ends of a string",
            "strip <letter> from both ends of a text",
        ),
        "text.strip(letter)",
    ),
    "ignoring_case": (
        (
            "remove a letter from a string in upper and in lower case",
            "delete every <letter> in a text, no matter whether it is a capital",
        ),
        "text.replace(letter.lower(), '').replace(letter.upper(), '')",
    ),
}


@family(which=tuple(_REMOVALS))
def remove_given_character(choose: Chooser, which: str) -> Exercise:
    """Remove occurrences of one character."""
    (act, short), expression = _REMOVALS[which]
    arguments: list[tuple[str, str]] = []
    for _ in range(6):
        text, letter = _text_and_letter(choose)
        if "strip" in expression:
            letter = choose.one_of("*-_0#") if choose.chance(0.6) else letter
            text = letter * choose.integer(0, 3) + choose.word() + letter * choose.integer(0, 3)
        elif which == "ignoring_case":
            text = any_case(choose, text)
        arguments.append((text, letter))
    parameters = "text, letter, k" if which == "first_k" else "text, letter"
    return Exercise(
        texts=(
            act,
            short,
            f"Given a string and a character, {act.replace('a string', 'the string')}.",
            f"{act} and return what is left",
        ),
        names=(f"remove_{which}", "remove_char", "delete_character", "strip_char", "drop_letter"),
        solutions=(returning(parameters, expression),),
        arguments=[
            (*pair, choose.integer(1, 3)) if which == "first_k" else pair for pair in arguments
        ],
        synonyms={"letter": ("ch", "c", "char", "x")},
    )


_SUBSTITUTIONS = {
    "all": ("every occurrence of <old> in a text by <new>", "text.replace(old, new)"),
    "first": ("the first character <old> in a text by <new>", "text.replace(old, new, 1)"),
    "last": ("the last character <old> in a text by <new>", "new.join(text.rsplit(old, 1))"),
    "but_first": (
        "every character <old> in a text except the first one by <new>",
        "text[:text.find(old) + 1] + text[text.find(old) + 1:].replace(old, new)",
    ),
    "swap": (
        "every character <old> in a text by <new> and every <new> by <old>",
        "text.translate(str.maketrans(old + new, new + old))",
    ),
}
_SPOKEN_SUBSTITUTIONS = {
    "all": "replace all occurrences of a character in a string by another character",
    "first": "replace the first occurrence of a character in a string by another character",
    "last": "replace the last occurrence of a character in a string by another character",
    "but_first": (
        "replace all occurrences of a character in a string, except the first, by another character"
    ),
    "swap": "exchange two characters everywhere in a string",
}


@family(which=tuple(_SUBSTITUTIONS))
def replace_given_character(choose: Chooser, which: str) -> Exercise:
    """Replace occurrences of one character by another one."""
    what, expression = _SUBSTITUTIONS[which]
    arguments = []
    for _ in range(6):
        text = choose.word() if choose.chance(0.5) else choose.letters((4, 8), "abc")
        old = choose.one_of(text)
        new = choose.one_of("xyzabc*-" if which != "swap" else "abcxyz".replace(old, ""))
        arguments.append((text, old, new))
    spoken = _SPOKEN_SUBSTITUTIONS[which]
    return Exercise(
        texts=(
            spoken,
            f"replace {what}; both are single characters",
            f"Given a text and two characters, replace {what.replace('a text', 'the text')}.",
            f"{spoken[0].upper()}{spoken[1:]}.",
        ),
        names=(f"replace_{which}", "replace_char", "replace_letter", "change_character"),
        solutions=(returning("text, old, new", expression),),
        arguments=arguments,
        synonyms={
            "old": ("first", "old_char", "target"),
            "new": ("second", "new_char", "replacement"),
        },
    )


_POSITIONS = {
    "first": ("the index of the first occurrence of a character", "text.find(letter)"),
    "last": ("the index of the last occurrence of a character", "text.rfind(letter)"),
    "second": (
        "the index of the second occurrence of a character",
        "text.find(letter, text.find(letter) + 1) if letter in text else -1",
    ),
    "place": (
        "the position, counted from 1, of the first occurrence of a character",
        "text.index(letter) + 1 if letter in text else -1",
    ),
    "from_end": (
        "how many characters of the string follow the last occurrence of a character",
        "len(text) - 1 - text.rindex(letter) if letter in text else -1",
    ),
}


@family(which=tuple(_POSITIONS))
def position_of_character(choose: Chooser, which: str) -> Exercise:
    """Find where a character stands in a string; -1 if nowhere."""
    what, expression = _POSITIONS[which]
    arguments = [_text_and_letter(choose) for _ in range(4)]
    arguments += [(choose.letters((5, 9), "abcd"), choose.one_of("abcd")) for _ in range(3)]
    solutions = [returning("text, letter", expression)]
    if which == "first":
        solutions.append(
            """
            def solve(text, letter):
                for index, char in enumerate(text):
                    if char == letter:
                        return index
                return -1
            """
        )
    if which == "last":
        solutions.append(
            """
            def solve(text, letter):
                for index in range(len(text) - 1, -1, -1):
                    if text[index] == letter:
                        return index
                return -1
            """
        )
    return Exercise(
        texts=(
            f"find {what} in {a_string(choose)}, or -1 if there is none"
            if which != "from_end"
            else f"find {what}, or -1 if there is none",
            f"return {what}; -1 if it is not found",
            f"Given a string and a character, find {what}. Return -1 if there is no such place.",
            f"get {what} (-1 if it does not exist)",
        ),
        names=(f"{which}_position", "find_char", f"{which}_occurrence", "position", "index_of"),
        solutions=solutions,
        arguments=[*arguments, ("", "a")],
        synonyms={"letter": ("ch", "target", "symbol", "x")},
    )


@family(what=("given", "vowels", "upper", "digits", "spaces"), result=("list", "sum"))
def positions_of_characters(choose: Chooser, what: str, result: str) -> Exercise:
    """List or add up the indexes of all characters of a kind."""
    plural, _, condition = KINDS.get(
        what, ("occurrences of a given character", "", "char == letter")
    )
    parameters = "text, letter" if what == "given" else "text"
    goal = {"list": "a list of the indexes", "sum": "the sum of the indexes"}[result]
    brackets = "[{}]" if result == "list" else "sum({})"
    start, step = ("[]", "result.append(index)") if result == "list" else ("0", "result += index")
    texts = _texts_with(choose, condition)
    return Exercise(
        texts=(
            f"return {goal} of all {plural} in {a_string(choose)}",
            f"find {goal} at which there are {plural} in a string",
            f"Given a string, return {goal} of its {plural}.",
            f"get {goal} where a text has {plural}",
        ),
        names=(f"{what}_positions", f"indexes_of_{what}", f"find_{what}", "positions"),
        solutions=(
            returning(
                parameters,
                brackets.format(f"index for index, char in enumerate(text) if {condition}"),
            ),
            f"""
            def solve({parameters}):
                result = {start}
                for index, char in enumerate(text):
                    if {condition}:
                        {step}
                return result
            """,
        ),
        arguments=[(text, *((choose.one_of(text),) if what == "given" else ())) for text in texts],
        synonyms={"letter": ("ch", "target", "symbol", "x")},
    )


@family(kind=("vowels", "upper", "digits", "special", "lower"), which=("first", "last", "index"))
def first_character_of_a_kind(choose: Chooser, kind: str, which: str) -> Exercise:
    """Find the first or last character of a kind, or where the first one stands."""
    _, singular, condition = KINDS[kind]
    order = "reversed(text)" if which == "last" else "text"
    nothing = "-1" if which == "index" else "None"
    if which == "index":
        what = f"the index of the first {singular}"
        expression = f"next((index for index, char in enumerate(text) if {condition}), -1)"
        loop = ("index, char in enumerate(text)", "index")
    else:
        what = f"the {which} {singular}"
        expression = f"next((char for char in {order} if {condition}), None)"
        loop = (f"char in {order}", "char")
    return Exercise(
        texts=(
            f"find {what} in {a_string(choose)}",
            f"return {what} of a string, or {nothing} if there is none",
            f"Given a string, return {what} in it ({nothing} if it has none).",
            f"get {what} of a text; {nothing} if nothing is found",
        ),
        names=(f"{which}_{kind}", f"find_{which}", f"get_{which}_{kind}", "find_character"),
        solutions=(
            returning("text", expression),
            f"""
            def solve(text):
                for {loop[0]}:
                    if {condition}:
                        return {loop[1]}
                return {nothing}
            """,
        ),
        arguments=[(text,) for text in _texts_with(choose, condition)] + [("",)],
    )


_DIGIT_RESULTS = {
    "sum": ("the sum of all digits", "sum(int(char) for char in text if char.isdigit())"),
    "count_even": (
        "the number of even digits",
        "sum(1 for char in text if char.isdigit() and int(char) % 2 == 0)",
    ),
    "list": ("a list of all digits", "[int(char) for char in text if char.isdigit()]"),
    "number": (
        "the number that all digits form together (0 if there are none)",
        "int('0' + ''.join(char for char in text if char.isdigit()))",
    ),
    "largest": (
        "the largest digit (-1 if there is none)",
        "max((int(char) for char in text if char.isdigit()), default=-1)",
    ),
    "sum_of_odd": (
        "the sum of the odd digits",
        "sum(int(char) for char in text if char in '13579')",
    ),
    "first": (
        "the first digit as a number (-1 if there is none)",
        "next((int(char) for char in text if char.isdigit()), -1)",
    ),
}


@family(result=tuple(_DIGIT_RESULTS))
def digits_in_string(choose: Chooser, result: str) -> Exercise:
    """Compute something from the digits inside a text."""
    what, expression = _DIGIT_RESULTS[result]
    texts = [choose.letters((4, 12), "abcde0123456789") for _ in range(3)]
    return Exercise(
        texts=(
            f"find {what} in {a_string(choose)}",
            f"return {what} of a text with letters and digits",
            f"Given a string with letters and digits, return {what}.",
            f"compute {what} that a string contains",
        ),
        names=(f"digits_{result}", f"{result}_digits", "digits_in_text", f"get_{result}"),
        solutions=(returning("text", expression),),
        arguments=[(text,) for text in texts]
        + [(text,) for text in _texts_with(choose, "isdigit")[:3]]
        + [(choose.word(),)],
    )


@family(kind=("vowels", "consonants", "upper", "lower", "letters", "digits"))
def longest_run_of_a_kind(choose: Chooser, kind: str) -> Exercise:
    """Find the length of the longest run of characters of a kind."""
    plural, _, condition = KINDS[kind]
    alphabet = {"upper": "abAB", "lower": "abAB", "digits": "ab0123", "letters": "abc12-"}
    drawn = alphabet.get(kind, "aeiobcdf")
    return Exercise(
        texts=(
            f"find the length of the longest run of {plural} in {a_string(choose)}",
            f"find the largest number of consecutive {plural} in a string",
            f"Given a string, return how many {plural} it has at most one after another.",
            f"return the length of the longest part of a string that consists only of {plural}",
        ),
        names=(f"longest_{kind}", f"longest_run_of_{kind}", f"max_{kind}_run", "longest_run"),
        solutions=(
            f"""
            def solve(text):
                best = count = 0
                for char in text:
                    count = count + 1 if {condition} else 0
                    best = max(best, count)
                return best
            """,
            f"""
            from itertools import groupby

            def solve(text):
                best = 0
                for match, group in groupby(text, lambda char: {condition}):
                    if match:
                        best = max(best, len(list(group)))
                return best
            """,
        ),
        arguments=[(choose.letters((4, 12), drawn),) for _ in range(4)]
        + [(text,) for text in _texts_with(choose, condition)[:2]]
        + [("",)],
    )


_NEIGHBORS = {
    "equal": ("two equal characters stand next to each other", "char == other"),
    "ascending": ("a character is followed by one that is larger", "char < other"),
    "vowel_consonant": (
        "a vowel is directly followed by a consonant",
        "char in 'aeiou' and other not in 'aeiou'",
    ),
    "consonant_vowel": (
        "a consonant is directly followed by a vowel",
        "char not in 'aeiou' and other in 'aeiou'",
    ),
    "two_vowels": (
        "two vowels stand next to each other",
        "char in 'aeiou' and other in 'aeiou'",
    ),
    "next_letter": (
        "a letter is directly followed by its successor in the alphabet",
        "ord(other) - ord(char) == 1",
    ),
}


@family(kind=tuple(_NEIGHBORS))
def count_neighboring_characters(choose: Chooser, kind: str) -> Exercise:
    """Count the pairs of neighboring letters with a property."""
    what, condition = _NEIGHBORS[kind]
    return Exercise(
        texts=(
            f"count how often {what} in a string of lowercase letters",
            f"find the number of times that {what} in a word",
            f"Given a word in lower case, count the places where {what}.",
            f"count the pairs of neighbors in a string where {what}",
        ),
        names=(f"count_{kind}", "count_neighbors", f"{kind}_pairs", "count_pairs"),
        solutions=(
            returning("text", f"sum(1 for char, other in zip(text, text[1:]) if {condition})"),
            f"""
            def solve(text):
                count = 0
                for index in range(len(text) - 1):
                    char, other = text[index], text[index + 1]
                    if {condition}:
                        count += 1
                return count
            """,
        ),
        arguments=[(choose.letters((5, 10), "abcde"),) for _ in range(4)]
        + [(word,) for word in choose.words(2)]
        + [("a",)],
    )


_GIVEN_SETS = {
    "remove": (
        "remove from the first string all characters that occur in the second",
        "not in",
        "",
    ),
    "keep": ("keep only those characters of the first string that occur in the second", "in", ""),
    "count": (
        "count the characters of the first string that also occur in the second",
        "in",
        "sum(1 for char in first if char {} second)",
    ),
    "positions": (
        "return the indexes of the characters of the first string that occur in the second",
        "in",
        "[index for index, char in enumerate(first) if char {} second]",
    ),
    "stars": (
        "replace by '*' all characters of the first string that occur in the second",
        "in",
        "''.join('*' if char {} second else char for char in first)",
    ),
}


@family(act=tuple(_GIVEN_SETS))
def characters_of_given_set(choose: Chooser, act: str) -> Exercise:
    """Treat the characters of one string that another string lists."""
    what, operator, expression = _GIVEN_SETS[act]
    expression = expression or "''.join(char for char in first if char {} second)"
    return Exercise(
        texts=(
            what,
            f"Given two strings, {what}.",
            f"take two strings and {what}",
            f"I have a text and a string of characters. {what[0].upper()}{what[1:]}.",
        ),
        names=(f"{act}_characters", f"{act}_letters", f"{act}_chars_of_second", f"{act}_common"),
        solutions=(returning("first, second", expression.format(operator)),),
        arguments=[
            (choose.sentence((1, 3)), "".join(choose.sample("aeioulrnst", (1, 4))))
            for _ in range(5)
        ]
        + [(choose.word(), choose.word()), (choose.word(), "")],
        synonyms={
            "first": ("text", "s1", "str1", "string"),
            "second": ("chars", "s2", "str2", "letters"),
        },
    )


@family(kind=("vowels", "upper", "letters", "digits", "spaces"), unit=("percent", "fraction"))
def share_of_characters_of_a_kind(choose: Chooser, kind: str, unit: str) -> Exercise:
    """Compute the share of characters of a kind."""
    plural, _, condition = KINDS[kind]
    what = {"percent": "percentage", "fraction": "fraction"}[unit]
    digits = {"percent": 1, "fraction": 3}[unit]
    factor = "100 * " if unit == "percent" else ""
    return Exercise(
        texts=(
            f"find the {what} of {plural} in a non-empty string, rounded to {digits} decimal "
            f"place{'s' * (digits > 1)}",
            f"What {what} of the characters of a text are {plural}? Round it to {digits} "
            f"decimal{'s' * (digits > 1)}.",
            f"calculate what {what} of the characters of a string are {plural}; round it to "
            f"{digits} digit{'s' * (digits > 1)} after the point",
            f"Given a text that is not empty, return the {what} of its characters that are "
            f"{plural}, rounded to {digits} decimal{'s' * (digits > 1)}.",
        ),
        names=(f"{kind}_{unit}", f"{unit}_of_{kind}", f"share_of_{kind}", "share"),
        solutions=(
            f"""
            def solve(text):
                count = sum(1 for char in text if {condition})
                return round({factor}count / len(text), {digits})
            """,
            f"""
            def solve(text):
                count = 0
                for char in text:
                    if {condition}:
                        count += 1
                return round({factor}count / len(text), {digits})
            """,
        ),
        arguments=[(text,) for text in _texts_with(choose, condition)] + [(choose.word(),)],
    )
