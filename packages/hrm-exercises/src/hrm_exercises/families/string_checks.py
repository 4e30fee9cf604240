"""Yes or no about strings: palindromes, anagrams, rotations, ends and kinds of characters."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import or_not
from hrm_exercises.families.characters import KINDS, OPPOSITES
from hrm_exercises.families.strings import (
    TWO_STRINGS,
    a_string,
    any_case,
    noisy_text,
    returning,
)
from hrm_exercises.family import Exercise, family


def questions(what: str) -> tuple[str, ...]:
    """Return wordings of a question, which begins with "a string ..." or the like."""
    return (
        f"check whether {what}",
        f"check if {what}{or_not(what)}",
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
    wordings = questions(f"{a_string(choose)} {what}")
    if answer == "text":
        yes, no = choose.one_of((("'Yes'", "'No'"), ("'palindrome'", "'not a palindrome'")))
        ending = f"{yes} if {ending} else {no}"
        wordings = (
            f"return {yes} if a string {what}, otherwise {no}",
            f"tell if a string {what} ({yes} or {no})",
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
        texts=questions(what),
        names=("almost_palindrome", f"palindrome_{kind}", f"is_{kind}", "check_string"),
        solutions=(returning("text", expression),),
        arguments=[(text,) for text in texts],
    )


_ANAGRAMS = {
    "plain": ("two words are anagrams of each other", "{0}"),
    "ignoring_case": ("two words are anagrams, ignoring upper and lower case", "{0}.lower()"),
    "phrases": (
        "two phrases are anagrams, ignoring spaces and case",
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
    wordings = questions(what)
    if answer == "text":
        yes, no = choose.one_of(
            (("Anagram", "Not an anagram"), ("Yes", "No"), ("Valid", "Invalid"))
        )
        tests = [f"{yes!r} if {test} else {no!r}" for test in tests]
        wordings = (
            f"return {yes!r} if {what}, otherwise {no!r}",
            f"test if {what}: {yes!r} if so, {no!r} if not",
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
    wordings = questions(what)
    if answer == "text":
        yes, no = choose.one_of((("Yes", "No"), ("Found", "Not found"), ("Valid", "Invalid")))
        expression = f"{yes!r} if {expression} else {no!r}"
        wordings = (
            f"return {yes!r} if {what}, otherwise {no!r}",
            f"test if {what}: {yes!r} if so, {no!r} if not",
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
    wordings = questions(f"a word {what}")
    if answer == "text":
        yes, no = choose.one_of((("Yes", "No"), ("Valid", "Invalid"), ("Accepted", "Rejected")))
        expression = f"{yes!r} if {expression} else {no!r}"
        wordings = (
            f"return {yes!r} if a string {what}, otherwise {no!r}",
            f"test if a word {what}: {yes!r} if so, {no!r} if not",
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
        texts=questions(f"{a_string(choose)} {what}"),
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
        texts=questions(f"a string contains {what}"),
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
