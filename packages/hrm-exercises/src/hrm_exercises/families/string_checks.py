"""Yes or no about strings: palindromes, anagrams, rotations, contents, order and form."""

from collections.abc import Sequence

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.characters import KINDS, OPPOSITES
from hrm_exercises.families.strings import (
    TWO_STRINGS,
    a_string,
    any_case,
    noisy_text,
    returning,
    ways_to_ask,
)
from hrm_exercises.family import Exercise, family


def _checked(what: str) -> tuple[str, ...]:
    """Return wordings of a question, which begins with "a string ..." or the like."""
    return (
        f"check whether {what}",
        f"check if {what} or not",
        f"return true if {what}, else false",
        f"Return True if {what}, otherwise False.",
        f"find out if {what}",
        f"test if {what}",
    )


def _palindrome(choose: Chooser) -> str:
    half = choose.word()[: choose.integer(1, 4)]
    return half + choose.one_of((half[::-1], half[-2::-1], choose.letters(1) + half[::-1]))


def _spaced(choose: Chooser, text: str) -> str:
    """Write a text with capitals, spaces and signs in it."""
    signs = "".join(char + choose.one_of(("", "", " ", "! ", ", ")) for char in text)
    return any_case(choose, signs.strip())


_PALINDROMES = {
    "plain": ("is a palindrome", "text", ""),
    "ignoring_case": ("is a palindrome if upper and lower case count as equal", "text.lower()", ""),
    "letters_only": (
        "is a palindrome when only its letters are considered and case is ignored",
        "''.join(char.lower() for char in text if char.isalpha())",
        "",
    ),
    "words": ("reads the same when the order of its words is reversed", "text.split()", ""),
}


@family(kind=tuple(_PALINDROMES), answer=("bool", "text"))
def is_palindrome_string(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Check whether a string reads the same in both directions."""
    what, cleaned, _ = _PALINDROMES[kind]
    texts = [_palindrome(choose) for _ in range(3)] + choose.words(3)
    if kind == "ignoring_case":
        texts = [any_case(choose, text) for text in texts]
    elif kind == "letters_only":
        texts = [_spaced(choose, text) for text in texts]
    elif kind == "words":
        one, two = choose.word(), choose.word()
        texts = [f"{one} {two} {one}", f"{one} {one}", choose.sentence(), choose.sentence(2), one]
    yes, no = ("True", "False")
    name = "text" if kind == "plain" else "chars"
    first_line = "" if kind == "plain" else f"chars = {cleaned}\n                "
    ending = f"{name} == {name}[::-1]"
    wordings = _checked(f"{a_string(choose)} {what}")
    if answer == "text":
        yes, no = choose.one_of((("'Yes'", "'No'"), ("'palindrome'", "'not a palindrome'")))
        ending = f"{yes} if {ending} else {no}"
        wordings = (
            f"return {yes} if a string {what}, otherwise {no}",
            f"check whether a string {what}; answer {yes} or {no}",
            f"Given a string, return {yes} if it {what} and {no} if not.",
        )
    solutions = [
        f"""
            def solve(text):
                {first_line}return {ending}
            """,
        f"""
            def solve(text):
                {first_line}left, right = 0, len({name}) - 1
                while left < right:
                    if {name}[left] != {name}[right]:
                        return {no}
                    left += 1
                    right -= 1
                return {yes}
            """,
    ]
    return Exercise(
        texts=wordings,
        names=("is_palindrome", "palindrome", "check_palindrome", "reads_same"),
        solutions=solutions,
        arguments=[(text,) for text in texts] + [("",)],
        synonyms={"chars": ("clean", "letters", "cleaned")},
    )


_NEAR_PALINDROMES = {
    "rearranged": (
        "the letters of a string can be rearranged to a palindrome",
        "sum(text.count(char) % 2 for char in set(text)) <= 1",
    ),
    "one_deleted": (
        "a string becomes a palindrome if exactly one character is removed",
        "any(text[:i] + text[i + 1:] == (text[:i] + text[i + 1:])[::-1] for i in range(len(text)))",
    ),
    "one_change": (
        "changing at most one character makes a string a palindrome",
        "sum(text[i] != text[-1 - i] for i in range(len(text) // 2)) <= 1",
    ),
    "starts": (
        "the first three characters of a string are a palindrome (strings are longer than two)",
        "text[0] == text[2]",
    ),
    "halves": (
        "the first half of a string of even length is equal to its second half reversed",
        "text[:len(text) // 2] == text[len(text) // 2:][::-1]",
    ),
    "halves_equal": (
        "both halves of a string of even length are equal",
        "text[:len(text) // 2] == text[len(text) // 2:]",
    ),
}


@family(kind=tuple(_NEAR_PALINDROMES))
def is_nearly_palindrome(choose: Chooser, kind: str) -> Exercise:
    """Check whether a string is close to a palindrome."""
    what, expression = _NEAR_PALINDROMES[kind]
    half = choose.letters((2, 4))
    positives = {
        "rearranged": "".join(choose.shuffled(half + half + "x")),
        "one_deleted": half + "q" + half[::-1][1:] + choose.letters(1),
        "one_change": half + choose.letters(1) + half[::-1][:-1] + choose.letters(1),
        "starts": half[0] + "o" + half,
        "halves": half + half[::-1],
        "halves_equal": half + half,
    }
    texts = [positives[kind], _palindrome(choose), "noon", "abca"]
    texts += [*choose.words(3), choose.letters(4, "ab")]
    if kind == "starts":
        texts[1] += "xyz"
    if kind.startswith("halves"):
        texts = [text[: len(text) // 2 * 2] for text in texts]
    return Exercise(
        texts=_checked(what),
        names=("almost_palindrome", f"palindrome_{kind}", f"is_{kind}", "check_string"),
        solutions=(returning("text", expression),),
        arguments=[(text,) for text in texts],
    )


_ANAGRAMS = {
    "plain": ("two words are anagrams of each other", "{0}"),
    "ignoring_case": ("two words are anagrams, ignoring upper and lower case", "{0}.lower()"),
    "phrases": (
        "two phrases are anagrams if spaces and case are ignored",
        "{0}.lower().replace(' ', '')",
    ),
    "different": (
        "two words have the same letters in any order but are not the same word",
        "{0}",
    ),
}


@family(kind=tuple(_ANAGRAMS), answer=("bool", "text"))
def are_anagrams(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Check whether two texts have the same letters."""
    what, cleaned = _ANAGRAMS[kind]
    one, other = cleaned.format("first"), cleaned.format("second")
    pairs = []
    for number in range(6):
        word = choose.sentence(2) if kind == "phrases" else choose.word()
        letters = "".join(choose.shuffled(word.replace(" ", "")))
        if number % 2:
            letters = choose.one_of((choose.word(), letters[:-1] + "z", letters + letters[-1]))
        if kind in ("ignoring_case", "phrases"):
            word, letters = any_case(choose, word), any_case(choose, letters)
        pairs.append((word, letters))
    if kind == "different":
        pairs[-1] = (pairs[-1][0], pairs[-1][0])
    tests = [
        f"sorted({one}) == sorted({other})",
        f"Counter({one}) == Counter({other})",
    ]
    if kind == "different":
        tests = [f"first != second and {test}" for test in tests]
    wordings = _checked(what)
    if answer == "text":
        yes, no = choose.one_of(
            (("Anagram", "Not an anagram"), ("Yes", "No"), ("Valid", "Invalid"))
        )
        tests = [f"{yes!r} if {test} else {no!r}" for test in tests]
        wordings = (
            f"return {yes!r} if {what}, otherwise {no!r}",
            f"find out whether {what} and answer {yes!r} or {no!r}",
            f"Return the text {yes!r} if {what}, and {no!r} if not.",
        )
    return Exercise(
        texts=wordings,
        names=("are_anagrams", "is_anagram", "anagrams", "check_anagram", "same_letters"),
        solutions=(
            returning("first, second", tests[0]),
            returning("first, second", tests[1], "from collections import Counter"),
        ),
        arguments=pairs,
        synonyms=TWO_STRINGS,
    )


_ROTATIONS = {
    "bool": (
        (
            "check whether a string is a rotation of another one",
            "return true if one string can be made by moving some letters from the start of "
            "another one to its end",
            "Given two words, tell whether one is a rotation of the other.",
            "Two strings are given. Can the second be reached by rotating the first?",
        ),
        "len(first) == len(second) and second in first + first",
        "False",
        "True",
    ),
    "count": (
        (
            "find how many times the first string must be rotated left by one character to become "
            "the second, or -1 if this is impossible",
            "find the number of left rotations that turn one string into another one",
            "Given two words, return how many letters have to move from the start to the end of "
            "the first one to get the second one.",
            "By how many places must the first string be rotated to the left to get the second? "
            "Return -1 if no rotation works.",
        ),
        "(first + first).find(second) if len(first) == len(second) else -1",
        "-1",
        "k",
    ),
}


@family(result=tuple(_ROTATIONS))
def is_rotation_of_string(choose: Chooser, result: str) -> Exercise:
    """Check whether one string is a rotation of another one."""
    texts, expression, no, yes = _ROTATIONS[result]
    pairs = []
    for number, word in enumerate(choose.words(6)):
        k = choose.integer(0, len(word) - 1)
        turned = word[k:] + word[:k]
        if number % 2:
            turned = choose.one_of((word[::-1], turned[:-1], "".join(choose.shuffled(word))))
        pairs.append((word, turned))
    return Exercise(
        texts=texts,
        names=("is_rotation", "rotations", "check_rotation", "rotated"),
        solutions=(
            returning("first, second", expression),
            f"""
            def solve(first, second):
                for k in range(len(first)):
                    if first[k:] + first[:k] == second:
                        return {yes}
                return {no}
            """,
        ),
        arguments=pairs,
        synonyms=TWO_STRINGS,
    )


_STARTS = {
    "starts": ("a string starts with another one", "first.startswith(second)"),
    "ends": ("a string ends with another one", "first.endswith(second)"),
    "either": (
        "the second string stands at the start or at the end of the first",
        "first.startswith(second) or first.endswith(second)",
    ),
    "both": (
        "the first string both starts and ends with the second",
        "first.startswith(second) and first.endswith(second)",
    ),
    "inside": ("a string contains another one", "second in first"),
    "ignoring_case": (
        "a string contains another one if case does not matter",
        "second.lower() in first.lower()",
    ),
    "each_other": (
        "one of two strings is contained in the other one",
        "first in second or second in first",
    ),
}


@family(kind=tuple(_STARTS), answer=("bool", "text"))
def starts_ends_or_contains(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Check whether one string is at the start, at the end or inside of another one."""
    what, expression = _STARTS[kind]
    arguments: list[tuple[str, str]] = []
    for _ in range(3):
        part, rest = choose.letters((1, 3)), choose.word()
        whole = {
            "starts": part + rest,
            "ends": rest + part,
            "either": choose.one_of((part + rest, rest + part)),
            "both": part + rest + part,
        }.get(kind, rest[:2] + part + rest[2:])
        if kind == "ignoring_case":
            whole, part = any_case(choose, whole), part.upper()
        arguments += [(whole, part), (choose.word(), choose.letters((1, 2)))]
    if kind == "each_other":
        arguments = [pair if choose.chance(0.5) else pair[::-1] for pair in arguments]
    wordings = _checked(what)
    if answer == "text":
        yes, no = choose.one_of((("Yes", "No"), ("Found", "Not found"), ("Valid", "Invalid")))
        expression = f"{yes!r} if {expression} else {no!r}"
        wordings = (
            f"return {yes!r} if {what}, otherwise {no!r}",
            f"check whether {what} and answer {yes!r} or {no!r}",
            f"Return {yes!r} if {what}; if not, return {no!r}.",
        )
    return Exercise(
        texts=wordings,
        names=(f"check_{kind}", f"{kind}_with", "check_substring", "contains", "has_part"),
        solutions=(returning("first, second", expression),),
        arguments=[*arguments, (choose.word(), choose.word())],
        synonyms=TWO_STRINGS,
    )


_ENDS = {
    "starts_vowel": ("starts with a vowel", "text[0].lower() in 'aeiou'", "e{0}"),
    "ends_vowel": ("ends with a vowel", "text[-1].lower() in 'aeiou'", "{0}o"),
    "starts_capital": ("starts with a capital letter", "text[0].isupper()", "K{0}"),
    "ends_digit": ("ends with a digit", "text[-1].isdigit()", "{0}7"),
    "starts_digit": ("starts with a digit", "text[0].isdigit()", "4{0}"),
    "both_vowels": (
        "starts and ends with a vowel",
        "text[0].lower() in 'aeiou' and text[-1].lower() in 'aeiou'",
        "a{0}e",
    ),
    "ends_question": ("ends with a question mark", "text[-1] == '?'", "{0}?"),
    "only_first_capital": (
        "starts with a capital and has no other capital letter",
        "text[0].isupper() and text[1:] == text[1:].lower()",
        "T{0}",
    ),
}


@family(kind=tuple(_ENDS), answer=("bool", "text"))
def check_ends_of_string(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Check the first or last character of a string that is not empty."""
    what, expression, pattern = _ENDS[kind]
    texts = [pattern.format(word) for word in choose.words(3)]
    texts += [choose.word(), choose.word().upper(), noisy_text(choose), choose.word() + "s"]
    texts += ["x"]
    wordings = _checked(f"a word {what}")
    if answer == "text":
        yes, no = choose.one_of((("Yes", "No"), ("Valid", "Invalid"), ("Accepted", "Rejected")))
        expression = f"{yes!r} if {expression} else {no!r}"
        wordings = (
            f"return {yes!r} if a string {what}, otherwise {no!r}",
            f"check whether a text {what} and answer {yes!r} or {no!r}",
            f"Given a string that is not empty, return {yes!r} if it {what} and {no!r} if not.",
        )
    return Exercise(
        texts=wordings,
        names=(kind, f"check_{kind}", "check_ends", "check_word"),
        solutions=(returning("text", expression),),
        arguments=[(text,) for text in texts],
    )


@family(
    kind=("vowels", "upper", "lower", "letters", "digits", "alphanumeric"),
    which=("all", "any", "none"),
)
def all_characters_of_a_kind(choose: Chooser, kind: str, which: str) -> Exercise:
    """Check whether all, some or no characters are of a kind."""
    plural, singular, condition = KINDS[kind]
    what, function, loop_test, found = {
        "all": (f"consists only of {plural}", "all({})", OPPOSITES[kind], "False"),
        "any": (f"contains at least one {singular}", "any({})", condition, "True"),
        "none": (f"contains no {plural}", "not any({})", condition, "False"),
    }[which]
    only = {
        "vowels": choose.letters((2, 5), "aeiou"),
        "upper": choose.word().upper(),
        "lower": choose.word(),
        "letters": choose.word().title(),
        "digits": str(choose.integer(10, 9999)),
        "alphanumeric": choose.word() + str(choose.integer(0, 99)),
    }[kind]
    without = {"vowels": "rhythm", "upper": "low", "lower": "TOP", "letters": "12-3"}.get(
        kind, "#!"
    )
    not_in = "digits" if kind == "digits" else ""
    texts = [only, only + only, without, without + "?", noisy_text(choose), choose.word() + not_in]
    return Exercise(
        texts=_checked(f"{a_string(choose)} {what}"),
        names=(f"{which}_{kind}", f"has_{which}_{kind}", f"check_{kind}", "check_chars"),
        solutions=(
            returning("text", function.format(f"{condition} for char in text")),
            f"""
            def solve(text):
                for char in text:
                    if {loop_test}:
                        return {found}
                return {"True" if found == "False" else "False"}
            """,
        ),
        arguments=[(text,) for text in texts],
    )


_BOTH_KINDS = {
    "letter_and_digit": ("at least one letter and at least one digit", ("letters", "digits")),
    "upper_and_lower": ("both upper-case and lower-case letters", ("upper", "lower")),
    "vowel_and_digit": ("a vowel as well as a digit", ("vowels", "digits")),
    "upper_digit_special": (
        "a capital letter, a digit and a special character (no letter, digit or space)",
        ("upper", "digits", "special"),
    ),
}


@family(kinds=tuple(_BOTH_KINDS))
def contains_several_kinds(choose: Chooser, kinds: str) -> Exercise:
    """Check whether characters of several kinds are present."""
    what, names = _BOTH_KINDS[kinds]
    conditions = [f"any({KINDS[name][2]} for char in text)" for name in names]
    flags = "\n                    ".join(
        f"if {KINDS[name][2]}:\n                        found.add({index})"
        for index, name in enumerate(names)
    )
    positives = [f"{choose.word().title()}{choose.integer(0, 99)}#" for _ in range(3)]
    return Exercise(
        texts=_checked(f"a string contains {what}"),
        names=(f"has_{kinds}", "has_both", "check_string", "contains_kinds"),
        solutions=(
            returning("text", " and ".join(conditions)),
            f"""
            def solve(text):
                found = set()
                for char in text:
                    {flags}
                return len(found) == {len(names)}
            """,
        ),
        arguments=[(text,) for text in positives]
        + [(noisy_text(choose),) for _ in range(2)]
        + [(choose.word(),), (str(choose.integer(0, 999)),), ("",)],
        synonyms={"found": ("kinds", "present")},
    )


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
        texts=_checked(what),
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
        texts=_checked(what),
        names=(f"is_{kind}", f"check_{kind}", "can_build", "contains_chars"),
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
        texts=_checked(f"the letters of a word {what}"),
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


@family(result=tuple(_REPEATED_PARTS))
def repeated_part_of_string(choose: Chooser, result: str) -> Exercise:
    """Find the smallest unit that a string repeats."""
    act, yes, no = _REPEATED_PARTS[result]
    texts = [choose.letters((1, 3), "abc") * choose.integer(2, 4) for _ in range(4)]
    texts += [choose.word(), texts[0] + "x", choose.letters(1)]
    return Exercise(
        texts=(
            act,
            f"{act} ('abab' consists of 'ab' twice)",
            f"A string may be built by repeating a part of it. {act[0].upper()}{act[1:]}.",
            f"Given a non-empty string, {act}.",
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
        more = {"at_least": [choose.integer(4, 8)], "between": [5, 9], "multiple": [3]}.get(
            kind, []
        )
        if kind == "between":
            more = [choose.integer(2, 6), choose.integer(6, 9)]
        elif kind == "multiple":
            more = [choose.integer(2, 4)]
        arguments.append([word, *more])
    wordings = _checked(what)
    if answer == "text":
        yes, no = choose.one_of((("Yes", "No"), ("Accepted", "Rejected"), ("OK", "Not OK")))
        expression = f"{yes!r} if {expression} else {no!r}"
        wordings = (
            f"return {yes!r} if {what}, otherwise {no!r}",
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
        texts=_checked(what),
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
        texts=_checked(f"a string {what}"),
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
            f"Given a secret word and a guess, {act}.",
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
