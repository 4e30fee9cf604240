"""Yes or no about strings: repeated letters, order, patterns, lengths, numbers and passwords."""

from collections.abc import Sequence

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.string_checks import questions
from hrm_exercises.families.strings import (
    TWO_STRINGS,
    any_case,
    returning,
    ways_to_ask,
)
from hrm_exercises.family import Exercise, family

_UNIFORM = {
    "all_different": (
        "all characters of a string are different",
        ("len(set(text)) == len(text)", "all(text.count(char) == 1 for char in text)"),
    ),
    "all_same": (
        "all characters of a non-empty string are equal",
        ("len(set(text)) == 1", "all(char == text[0] for char in text)"),
    ),
    "neighbors_equal": (
        "a string has two equal characters next to each other",
        (
            "any(char == other for char, other in zip(text, text[1:]))",
            "any(text[i] == text[i + 1] for i in range(len(text) - 1))",
        ),
    ),
    "three_in_row": (
        "a string contains the same character three times in a row",
        (
            "any(char * 3 in text for char in text)",
            "any(text[i] == text[i + 1] == text[i + 2] for i in range(len(text) - 2))",
        ),
    ),
    "two_kinds": (
        "a string is made of exactly two different characters",
        ("len(set(text)) == 2", "len(dict.fromkeys(text)) == 2"),
    ),
    "alternating": (
        "a string is made of two different characters that alternate, like 'xyxyx'",
        (
            "len(set(text)) == 2 and all(a != b for a, b in zip(text, text[1:]))",
            "len(set(text)) == 2 and len(set(text[::2])) == len(set(text[1::2])) == 1",
        ),
    ),
    "contiguous": (
        "equal characters of a string always stand together",
        (
            "all(char * text.count(char) in text for char in set(text))",
            "len(list(groupby(text))) == len(set(text))",
        ),
    ),
}


@family(kind=tuple(_UNIFORM))
def check_repeated_characters(choose: Chooser, kind: str) -> Exercise:
    """Check whether the characters of a string repeat or differ."""
    what, expressions = _UNIFORM[kind]
    letter, other = choose.sample("abcdefgxyz", 2)
    positives = {
        "all_different": ["world", "cable", letter + other],
        "all_same": [letter * choose.integer(2, 6), other, "zz"],
        "neighbors_equal": ["coffee", letter + letter, choose.word() + other * 2],
        "three_in_row": [letter * 3, choose.word() + other * 3, "xxxyz"],
        "two_kinds": [letter + other, letter * 2 + other * 3, "abba"],
        "alternating": [(letter + other) * 3, (letter + other) * 2 + letter, letter + other],
        "contiguous": [letter * 2 + other, "aabccc", "noise"],
    }[kind]
    return Exercise(
        texts=questions(what),
        names=(f"is_{kind}", kind, f"check_{kind}", "check_characters"),
        solutions=[
            returning("text", each, "from itertools import groupby" if "groupby" in each else "")
            for each in expressions
        ],
        arguments=[(text,) for text in positives]
        + [(choose.letters((3, 6), "ab"),), (choose.word(),), ("tattoo",), ("kayak",)],
    )


_BUILT_FROM = {
    "subsequence": (
        "the first string is a subsequence of the second, that is, its characters occur in the "
        "second in the same order",
        """
        def solve(first, second):
            index = 0
            for char in second:
                if index < len(first) and char == first[index]:
                    index += 1
            return index == len(first)
        """,
        """
        def solve(first, second):
            chars = iter(second)
            return all(char in chars for char in first)
        """,
    ),
    "letters": (
        "the first string can be written with the letters of the second, each used at most once",
        """
        def solve(first, second):
            return all(first.count(char) <= second.count(char) for char in first)
        """,
        """
        def solve(first, second):
            rest = list(second)
            for char in first:
                if char not in rest:
                    return False
                rest.remove(char)
            return True
        """,
    ),
    "all_present": (
        "every character of the first string occurs in the second",
        """
        def solve(first, second):
            return set(first) <= set(second)
        """,
        """
        def solve(first, second):
            return all(char in second for char in first)
        """,
    ),
    "none_present": (
        "two strings have no character in common",
        """
        def solve(first, second):
            return not set(first) & set(second)
        """,
        """
        def solve(first, second):
            for char in first:
                if char in second:
                    return False
            return True
        """,
    ),
    "same_set": (
        "two strings are made of the same characters, no matter how often they occur",
        """
        def solve(first, second):
            return set(first) == set(second)
        """,
        """
        def solve(first, second):
            return sorted(set(first)) == sorted(set(second))
        """,
    ),
}


_BUILT_NAMES = {
    "subsequence": ("is_subsequence", "check_subsequence", "contains_in_order"),
    "letters": ("can_build", "can_be_written", "has_enough_letters", "can_spell"),
    "all_present": ("all_present", "contains_chars", "has_all_characters", "check_characters"),
    "none_present": ("none_present", "no_common_character", "are_disjoint", "share_nothing"),
    "same_set": ("same_characters", "have_same_characters", "check_same_set", "same_set"),
}


@family(kind=tuple(_BUILT_FROM))
def can_build_string_from_another(choose: Chooser, kind: str) -> Exercise:
    """Check whether one string consists of characters of another one."""
    what, *solutions = _BUILT_FROM[kind]
    pairs = []
    for number, word in enumerate(choose.words(6)):
        part = "".join(char for char in word if choose.chance(0.5))
        if kind == "letters":
            part = "".join(choose.shuffled(part))
        elif kind == "none_present":
            part = "".join(choose.sample(sorted(set("etaoinshrdlu") - set(word)), 3))
        elif kind == "same_set":
            part = "".join(choose.shuffled(word + word[:2]))
        pairs.append((part, word) if number % 2 else (choose.word()[:3], word))
    return Exercise(
        texts=questions(what),
        names=_BUILT_NAMES[kind],
        solutions=solutions,
        arguments=[*pairs, ("", choose.word())],
        synonyms=TWO_STRINGS,
    )


_HAMMING = {
    "count": (
        "count the positions at which two strings of equal length differ",
        "sum(1 for a, b in zip(first, second) if a != b)",
    ),
    "same": (
        "count the positions at which two strings of equal length have the same character",
        "sum(1 for a, b in zip(first, second) if a == b)",
    ),
    "positions": (
        "list the indexes at which two strings of equal length differ",
        "[index for index in range(len(first)) if first[index] != second[index]]",
    ),
    "one": (
        "check whether two strings of equal length differ in exactly one position",
        "sum(1 for a, b in zip(first, second) if a != b) == 1",
    ),
    "first": (
        "find the first index at which two strings of equal length differ, or -1 if they are equal",
        "next((index for index in range(len(first)) if first[index] != second[index]), -1)",
    ),
    "swap": (
        "check whether two words of equal length become equal by swapping two letters of one of "
        "them; equal words give False",
        "sorted(first) == sorted(second) and sum(a != b for a, b in zip(first, second)) == 2",
    ),
}
_HAMMING_RETOLD = {
    "count": "Given two strings of equal length, return their number of different places.",
    "same": "Given two strings of equal length, return how many places agree.",
    "positions": (
        "Given two strings of equal length, return a list of the indexes with different characters."
    ),
    "one": (
        "Return True if two strings of equal length are the same except for a single "
        "character, else False."
    ),
    "first": (
        "Given two strings of equal length, return the index of the first difference between "
        "them; -1 if there is none."
    ),
    "swap": (
        "Can one word be turned into another one of equal length by exchanging two different "
        "letters?"
    ),
}


@family(kind=tuple(_HAMMING))
def compare_strings_by_position(choose: Chooser, kind: str) -> Exercise:
    """Compare two strings of equal length position by position."""
    act, expression = _HAMMING[kind]
    pairs = []
    for number, word in enumerate(choose.words(7)):
        changed = list(word)
        i, j = choose.sample(range(len(word)), 2)
        if number % 3 == 0:
            changed[i], changed[j] = changed[j], changed[i]
        else:
            for place in choose.sample(range(len(word)), number % 3):
                changed[place] = choose.letters(1)
        pairs.append((word, "".join(changed)))
    return Exercise(
        texts=(
            act,
            _HAMMING_RETOLD[kind],
            *ways_to_ask(act),
            f"take two strings and {act}",
            f"compare two words letter by letter and {act}",
        ),
        names=("compare_positions", f"{kind}_differences", "hamming", "differences"),
        solutions=(returning("first, second", expression),),
        arguments=[*pairs, (pairs[0][0], pairs[0][0])],
        synonyms={**TWO_STRINGS, "first": ("s1", "word1", "str1"), "second": ("s2", "word2")},
    )


@family(result=("bool", "pattern"))
def letter_pattern_of_words(choose: Chooser, result: str) -> Exercise:
    """Replace each letter by the number of its first occurrence, and compare patterns."""
    if result == "pattern":
        return Exercise(
            texts=(
                "return the letter pattern of a word: a list with a number for each letter, where "
                "new letters get 0, 1, 2, ... and repeated letters get the number they had before",
                "Number the letters of a word in the order in which they first appear, starting "
                "with 0, and return the list of the numbers of all its letters.",
                "encode a word as numbers from 0 on: equal letters get equal numbers, and each new "
                "letter gets the next number",
                "find the pattern of a word, so that 'noon' becomes [0, 1, 1, 0]",
            ),
            names=("word_pattern", "pattern", "letter_pattern"),
            solutions=(
                """
                def solve(word):
                    seen = {}
                    result = []
                    for char in word:
                        if char not in seen:
                            seen[char] = len(seen)
                        result.append(seen[char])
                    return result
                """,
                """
                def solve(word):
                    order = list(dict.fromkeys(word))
                    return [order.index(char) for char in word]
                """,
            ),
            arguments=[(word,) for word in choose.words(5)] + [(choose.letters(5, "ab"),), ("",)],
        )
    pairs = [tuple(choose.words(2)) for _ in range(2)]
    for word in choose.words(3):
        new = dict(zip(dict.fromkeys(word), choose.shuffled("abcdefghijklm"), strict=False))
        pairs.append((word, "".join(new[char] for char in word)))
    return Exercise(
        texts=(
            "check whether the letters of one word can be replaced one by one, equal letters by "
            "equal and different letters by different ones, to get the other word",
            "check whether two words have the same pattern of repeated letters, like 'noon' and "
            "'abba'",
            "Exchange letters one for one: can one word be turned into another one in this way? "
            "Different letters must stay different.",
            "Return True if two words have their repeated letters at the same positions (as "
            "'level' and 'xyzyx' do), else False.",
        ),
        names=("same_pattern", "is_same_pattern", "similar_words"),
        solutions=(
            """
            def solve(first, second):
                pattern = [first.index(char) for char in first]
                return pattern == [second.index(char) for char in second]
            """,
            """
            def solve(first, second):
                pairs = set(zip(first, second))
                if len(first) != len(second):
                    return False
                return len(pairs) == len(set(first)) == len(set(second))
            """,
        ),
        arguments=[*pairs, ("abab", "cdcd"), ("aab", "abb")],
        synonyms=TWO_STRINGS,
    )


_ALPHABETS = {
    "bool": (
        "check whether a text contains every letter of the alphabet",
        "all(char in text.lower() for char in ascii_lowercase)",
        "set(ascii_lowercase) <= set(text.lower())",
    ),
    "missing": (
        "return the letters of the alphabet that a text lacks, in alphabetical order as a string",
        "''.join(char for char in ascii_lowercase if char not in text.lower())",
        "''.join(sorted(set(ascii_lowercase) - set(text.lower())))",
    ),
    "count_missing": (
        "count how many letters of the alphabet do not occur in a text",
        "sum(1 for char in ascii_lowercase if char not in text.lower())",
        "len(set(ascii_lowercase) - set(text.lower()))",
    ),
    "first_missing": (
        "find the first letter of the alphabet that does not occur in a text, or '' if all occur",
        "next((char for char in ascii_lowercase if char not in text.lower()), '')",
        "min(set(ascii_lowercase) - set(text.lower()), default='')",
    ),
}


@family(result=tuple(_ALPHABETS))
def letters_of_alphabet_in_text(choose: Chooser, result: str) -> Exercise:
    """Check or list which letters of the alphabet a text contains."""
    act, *expressions = _ALPHABETS[result]
    letters = choose.shuffled("abcdefghijklmnopqrstuvwxyz")
    full = "".join(char + choose.one_of(("", "", " ")) for char in letters).strip()
    less = full.replace(choose.letters(1), "").replace(choose.letters(1), "")
    return Exercise(
        texts=(
            act,
            f"Given a text, {act.replace('a text', 'it')}.",
            f"{act}; upper and lower case make no difference",
            f"take a sentence and {act.replace('a text', 'it')}",
        ),
        names=("alphabet", f"{result}_letters", "all_letters", "check_alphabet"),
        solutions=[
            returning("text", each, "from string import ascii_lowercase") for each in expressions
        ],
        arguments=[(any_case(choose, text),) for text in (full, choose.sentence())]
        + [(text,) for text in (less, full + " " + full[:5], choose.letters(12), less[3:])],
        synonyms={"text": ("s", "text", "sentence", "str1")},
    )


_ORDERS = {
    "ascending": ("are in alphabetical order", "char <= other", "list(text) == sorted(text)"),
    "descending": (
        "are in reverse alphabetical order",
        "char >= other",
        "list(text) == sorted(text, reverse=True)",
    ),
    "strict": (
        "are in alphabetical order and all different",
        "char < other",
        "list(text) == sorted(set(text))",
    ),
    "successive": (
        "follow each other in the alphabet without a gap, like 'cdef'",
        "ord(other) == ord(char) + 1",
        "text in 'abcdefghijklmnopqrstuvwxyz'",
    ),
}


@family(order=tuple(_ORDERS))
def letters_are_in_order(choose: Chooser, order: str) -> Exercise:
    """Check whether the letters of a word are sorted."""
    what, condition, expression = _ORDERS[order]
    start = choose.integer(0, 20)
    run = "abcdefghijklmnopqrstuvwxyz"[start : start + choose.integer(2, 6)]
    texts = ["".join(sorted(choose.word())), "".join(sorted(set(choose.word()))), run]
    texts += [run[:1], run + run[-1], choose.letters(2), choose.word()]
    if order == "descending":
        texts = [text[::-1] for text in texts]
    return Exercise(
        texts=questions(f"the letters of a word {what}"),
        names=("is_sorted", f"is_{order}", "letters_in_order", f"check_{order}"),
        solutions=(
            returning("text", f"all({condition} for char, other in zip(text, text[1:]))"),
            returning("text", expression),
            f"""
            def solve(text):
                for index in range(len(text) - 1):
                    char, other = text[index], text[index + 1]
                    if not {condition}:
                        return False
                return True
            """,
        ),
        arguments=[(text,) for text in texts],
        synonyms={"text": ("word", "s", "w")},
    )


_REPEATED_PARTS = {
    "bool": (
        "check whether a string is made of a shorter string that is repeated",
        "True",
        "False",
    ),
    "part": (
        "find the shortest string which, repeated once or more often, gives a string",
        "text[:k]",
        "text",
    ),
    "times": (
        "find how many times the shortest repeating part of a string is repeated in it",
        "len(text) // k",
        "1",
    ),
}
_REPEATED_PARTS_RETOLD = {
    "bool": (
        "Return True if a string can be written as two or more copies of a shorter string, "
        "otherwise False."
    ),
    "part": (
        "Return the smallest block that a string consists of when the block is repeated; "
        "this may be the string itself."
    ),
    "times": "A string consists of equal blocks. Return the largest possible number of blocks.",
}


@family(result=tuple(_REPEATED_PARTS))
def repeated_part_of_string(choose: Chooser, result: str) -> Exercise:
    """Find the smallest unit that a string repeats."""
    act, yes, no = _REPEATED_PARTS[result]
    texts = [choose.letters((1, 3), "abc") * choose.integer(2, 4) for _ in range(4)]
    texts += [choose.word(), texts[0] + "x", choose.letters(1)]
    return Exercise(
        texts=(
            act,
            _REPEATED_PARTS_RETOLD[result],
            f"{act} ('abab' consists of 'ab' twice)",
            "A string may be built by repeating a part of it. "
            f"{act[0].upper()}{act[1:].replace('a string', 'it')}.",
            f"Given a non-empty string, {act.replace('a string', 'it')}.",
        ),
        names=("repeated_part", "repeating", f"repeated_{result}", "smallest_unit"),
        solutions=(
            f"""
            def solve(text):
                for k in range(1, len(text)):
                    if text[:k] * (len(text) // k) == text:
                        return {yes}
                return {no}
            """,
            f"""
            def solve(text):
                k = (text + text).find(text, 1)
                return {"k < len(text)" if result == "bool" else yes}
            """,
        ),
        arguments=[(text,) for text in texts],
    )


_LENGTH_CHECKS: dict[str, tuple[str, str, str]] = {
    "even": ("the length of a string is even", "text", "len(text) % 2 == 0"),
    "odd": ("a string has an odd number of characters", "text", "len(text) % 2 == 1"),
    "at_least": ("a string has at least <n> characters", "text, n", "len(text) >= n"),
    "between": (
        "the length of a string lies between <low> and <high>, both included",
        "text, low, high",
        "low <= len(text) <= high",
    ),
    "multiple": ("the length of a string is a multiple of <n>", "text, n", "len(text) % n == 0"),
}


@family(kind=tuple(_LENGTH_CHECKS), answer=("bool", "text"))
def check_length_of_string(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Check the length of a string."""
    what, parameters, expression = _LENGTH_CHECKS[kind]
    arguments: list[Sequence[int | str]] = []
    for number in range(6):
        word = choose.letters(choose.integer(2, 5) * 2 + number % 2)
        more = {"at_least": [choose.integer(6, 9)], "between": [5, 9], "multiple": [3]}.get(
            kind, []
        )
        if kind == "between":
            more = [choose.integer(2, 6), choose.integer(6, 9)]
        elif kind == "multiple":
            more = [choose.integer(2, 4)]
        arguments.append([word, *more])
    wordings = questions(what)
    if answer == "text":
        yes, no = choose.one_of((("Yes", "No"), ("Accepted", "Rejected"), ("OK", "Not OK")))
        expression = f"{yes!r} if {expression} else {no!r}"
        wordings = (
            f"return {yes!r} if {what}, otherwise {no!r}",
            f"test if {what}: {yes!r} if so, {no!r} if not",
            f"check whether {what} and answer {yes!r} or {no!r}",
            f"Return {yes!r} if {what}; if not, return {no!r}.",
        )
    return Exercise(
        texts=wordings,
        names=("check_length", f"length_{kind}", "valid_length", f"is_{kind}_length"),
        solutions=(returning(parameters, expression),),
        arguments=[tuple(each) for each in arguments],
        synonyms={"low": ("a", "minimum", "low"), "high": ("b", "maximum", "high")},
    )


@family(kind=("two_letters", "two_parts", "ignoring_case"))
def equally_many_of_two(choose: Chooser, kind: str) -> Exercise:
    """Check whether two letters occur equally often."""
    one, two = choose.sample("abcdxyzo", 2)
    what, expression = {
        "two_letters": (
            f"the letters '{one}' and '{two}' occur equally often in a string",
            f"text.count('{one}') == text.count('{two}')",
        ),
        "ignoring_case": (
            f"a string has as many '{one}' as '{two}', whether upper or lower case",
            f"text.lower().count('{one}') == text.lower().count('{two}')",
        ),
        "two_parts": (
            "two given characters occur equally often in a string",
            "text.count(first) == text.count(second)",
        ),
    }[kind]
    texts = []
    for number in range(6):
        k = choose.integer(0, 3)
        letters = one * k + two * (k + number % 2) + choose.letters((1, 4), "mnpqrs")
        texts.append("".join(choose.shuffled(letters)))
    if kind == "ignoring_case":
        texts = [any_case(choose, text) for text in texts]
    return Exercise(
        texts=questions(what),
        names=("equal_counts", "equally_often", "same_count", f"count_{one}_{two}"),
        solutions=(returning("text" + ", first, second" * (kind == "two_parts"), expression),),
        arguments=[(text, *((one, two) if kind == "two_parts" else ())) for text in texts],
        synonyms={"first": ("a", "c1", "x"), "second": ("b", "c2", "y")},
    )


_NUMERIC = {
    "integer": (
        "represents a whole number, possibly with a minus sign",
        "text[1:].isdigit() if text.startswith('-') else text.isdigit()",
        ("-12", "0", "407", "-5"),
    ),
    "binary": (
        "is a binary number, that is, not empty and made of zeros and ones only",
        "text != '' and all(char in '01' for char in text)",
        ("101", "0", "1110", "10"),
    ),
    "hexadecimal": (
        "is a hexadecimal number in upper or lower case",
        "text != '' and all(char in '0123456789abcdefABCDEF' for char in text)",
        ("ff", "1A0", "b5", "09"),
    ),
    "decimal": (
        "has digits on both sides of exactly one decimal point and nothing else",
        "text.count('.') == 1 and all(part.isdigit() for part in text.split('.'))",
        ("3.14", "0.5", "12.0", "7.25"),
    ),
    "octal": (
        "contains only digits from 0 to 7 and is not empty",
        "text != '' and set(text) <= set('01234567')",
        ("17", "0", "755", "6"),
    ),
}


@family(kind=tuple(_NUMERIC))
def string_is_a_number(choose: Chooser, kind: str) -> Exercise:
    """Check whether a string is written like a number, without regular expressions."""
    what, expression, positives = _NUMERIC[kind]
    others = ["", "1a2", "12.5.1", "-", "x", "9.", "8g", "--3", "1 2", ".5", choose.word()]
    return Exercise(
        texts=questions(f"a string {what}"),
        names=(f"is_{kind}", f"check_{kind}", "is_number", "valid_number"),
        solutions=(returning("text", expression),),
        arguments=[(text,) for text in choose.sample(positives, 2)]
        + [(str(choose.integer(-999, 999)),), (f"{choose.integer(2, 99):b}",)]
        + [(text,) for text in choose.sample(others, 3)],
    )


_PASSWORD_RULES = (
    ("at least 8 characters long", "len(text) >= 8"),
    ("at least one digit", "any(char.isdigit() for char in text)"),
    ("at least one capital letter", "any(char.isupper() for char in text)"),
    ("at least one small letter", "any(char.islower() for char in text)"),
    ("no spaces", "' ' not in text"),
    ("at least one of the signs !, # and $", "any(char in '!#$' for char in text)"),
)


@family(result=("bool", "text", "count", "list"))
def password_rules(choose: Chooser, result: str) -> Exercise:
    """Check a password against a few rules."""
    rules = choose.sample(_PASSWORD_RULES, 3)
    spoken = "; ".join(rule for rule, _ in rules)
    tests = [test for _, test in rules]
    goal, body = {
        "bool": ("check whether a password follows all these rules", " and ".join(tests)),
        "text": (
            "return 'strong' if a password follows all these rules, else 'weak'",
            f"'strong' if all([{', '.join(tests)}]) else 'weak'",
        ),
        "count": (
            "count how many of these rules a password follows",
            f"sum([{', '.join(tests)}])",
        ),
        "list": (
            "return a list of True and False that tells which of these rules a password follows",
            f"[{', '.join(tests)}]",
        ),
    }[result]
    passwords = []
    for word in choose.words(7):
        password = choose.one_of((word, word.title(), word.upper()))
        password += choose.one_of(("", str(choose.integer(10, 9999)), "123", " 12"))
        passwords.append(password + choose.one_of(("", "!", "#", "$x", "?")))
    return Exercise(
        texts=(
            f"{goal}: {spoken}",
            f"{goal[0].upper()}{goal[1:]}: {spoken}.",
            f"Rules for passwords: {spoken}. Write a function to {goal}.",
            f"I want to {goal.replace('these', 'my')}: {spoken}.",
        ),
        names=("check_password", "password_strength", "valid_password", "test_password"),
        solutions=(returning("text", body),),
        arguments=[(password,) for password in passwords] + [("Abcdef12!#",)],
        synonyms={"text": ("password", "pw", "s", "pwd")},
    )


@family(kind=("exact", "wrong_place", "letters"))
def score_guessed_word(choose: Chooser, kind: str) -> Exercise:
    """Compare a guess with a secret word."""
    act, expression = {
        "exact": (
            "count the letters of a guess that stand at the right place of a secret word",
            "sum(1 for a, b in zip(secret, guess) if a == b)",
        ),
        "wrong_place": (
            "count the letters of a guess that occur in a secret word but not at that place",
            "sum(1 for a, b in zip(secret, guess) if a != b and b in secret)",
        ),
        "letters": (
            "show a secret word, with '_' for every letter that is not in a string of guessed "
            "letters",
            "''.join(char if char in guess else '_' for char in secret)",
        ),
    }[kind]
    pairs = []
    for word in choose.words(6):
        guess = "".join(choose.shuffled(word)) if choose.chance(0.7) else choose.letters(len(word))
        pairs.append((word, guess[:3] + choose.letters(2) if kind == "letters" else guess))
    return Exercise(
        texts=(
            act,
            f"Given a secret word and a guess, {act.replace('a guess', 'the guess')}.".replace(
                "a secret word", "the secret word"
            ).replace("Given the", "Given a", 1),
            f"{act}; both are given" if kind == "letters" else f"{act} of the same length",
            f"In a word game I have to {act}.",
        ),
        names=("score_guess", "check_guess", "guess_word", "word_game"),
        solutions=(returning("secret, guess", expression),),
        arguments=pairs,
        synonyms={
            "secret": ("word", "target", "answer_word"),
            "guess": ("attempt", "g", "letters"),
        },
    )
