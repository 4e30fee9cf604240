"""Matching texts with regular expressions, with answers of several kinds."""

import re
from collections.abc import Callable, Sequence

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import or_not
from hrm_exercises.families.strings import a_string, any_case, noisy_text
from hrm_exercises.family import Exercise, family

_ANSWERS = (
    ("'Found a match!'", "'Not matched!'"),
    ("'Found a match!'", "'Not matched!'"),
    ("'Match'", "'No match'"),
    ("'Valid'", "'Invalid'"),
    ("'Yes'", "'No'"),
    ("'Accepted'", "'Rejected'"),
    ("'Matched'", "'Not matched'"),
)
# Names for the pattern in the solutions.
PATTERN_NAMES = {"pattern": ("patterns", "regex", "p", "rule")}


def answers(choose: Chooser, answer: str) -> tuple[str, str]:
    """Return the literals for yes and no; `answer` is "bool" or "text"."""
    return ("True", "False") if answer == "bool" else choose.one_of(_ANSWERS)


def by_regex(choose: Chooser) -> str:
    """Return nothing, or a hint that a regular expression is to be used."""
    return choose.one_of(
        ("", "", "", " by using regex", " using regex", " with a regular expression")
    )


def fitting(how: str, solutions: Sequence[str]) -> list[str]:
    """Return the solutions that use regular expressions if the text asks for it, else all."""
    return [solution for solution in solutions if not how or "import re\n" in solution]


def matching(pattern: str, method: str, yes: str, no: str) -> list[str]:
    """Return programs that test a text with a method of `re`."""
    call = f're.{method}(r"{pattern}", text)'
    by_statement = f"""
        import re

        def solve(text):
            pattern = r"{pattern}"
            if re.{method}(pattern, text):
                return {yes}
            else:
                return {no}
        """
    if yes == "True":
        return [
            f"import re\n\ndef solve(text):\n    return bool({call})\n",
            f"import re\n\ndef solve(text):\n    return {call} is not None\n",
            by_statement,
        ]
    return [
        f"import re\n\ndef solve(text):\n    return {yes} if {call} else {no}\n",
        by_statement,
        f"""
        import re

        def solve(text):
            match = {call}
            if match:
                return {yes}
            return {no}
        """,
    ]


def balanced(
    choose: Chooser, pattern: str, makers: tuple[Callable[[], str], ...], *, whole: bool
) -> list[tuple[str]]:
    """Draw texts of which about half match a pattern; each maker draws a text."""
    test = re.compile(pattern).fullmatch if whole else re.compile(pattern).search
    found: list[str] = []
    missing: list[str] = []
    for _ in range(100):
        text = choose.one_of(makers)()
        texts = found if test(text) else missing
        if len(texts) < 3 and text not in texts:
            texts.append(text)
        if len(found) == len(missing) == 3:
            break
    return [(text,) for text in found + missing]


def match_wordings(choose: Chooser, what: str, yes: str, no: str) -> list[str]:
    """Return wordings for a test of a string `what`, such as "that ends with a digit"."""
    how = by_regex(choose)
    texts = [
        f"Write a function that matches a string {what}{how}.",
        f"match a string {what}{how}",
        f"check for a string {what}{how}",
        f"check whether the given text is a string {what}{or_not(what)}{how}",
        f"Use a regular expression to recognize a string {what}.",
    ]
    if yes == "True":
        texts += [f"return true for a string {what}, else false{how}"]
    else:
        texts += [
            f"return {yes} for a string {what}, otherwise {no}{how}",
            f"Return {yes} if the argument is a string {what}; if not, return {no}.",
        ]
    return texts


_QUANTIFIERS = {
    "zero_or_more": ("zero or more '{}'", "*", (0, 4)),
    "one_or_more": ("one or more '{}'", "+", (1, 4)),
    "zero_or_one": ("zero or one '{}'", "?", (0, 1)),
    "exactly_two": ("exactly two '{}'", "{2}", (2, 2)),
    "exactly_three": ("exactly three '{}'", "{3}", (3, 3)),
    "two_or_more": ("two or more '{}'", "{2,}", (2, 5)),
    "two_to_four": ("two to four '{}'", "{2,4}", (2, 4)),
    "one_to_three": ("one to three '{}'", "{1,3}", (1, 3)),
}


@family(quantifier=tuple(_QUANTIFIERS), answer=("bool", "text"))
def letter_followed_by_letters(choose: Chooser, quantifier: str, answer: str) -> Exercise:
    """Match strings that consist of a letter and a number of another letter."""
    amount, sign, (low, high) = _QUANTIFIERS[quantifier]
    one, two = choose.one_of(
        (("a", "b"), ("a", "b"), ("a", "b"), ("x", "y"), ("a", "c"), ("m", "z"), ("o", "b"))
    )
    pattern = f"{one}{two}{sign}"
    yes, no = answers(choose, answer)
    what = f"that consists of an '{one}' followed by {amount.format(two)} and nothing else"
    makers = (
        lambda: one + two * choose.integer(low, high),
        lambda: one + two * choose.integer(0, 6),
        lambda: choose.letters((1, 4), one + two),
        lambda: one + two * choose.integer(0, 3) + choose.letters(1),
    )
    return Exercise(
        texts=match_wordings(choose, what, yes, no),
        names=(
            "text_match",
            f"match_{quantifier}",
            "check_pattern",
            f"{one}_then_{two}",
            "matches",
        ),
        solutions=matching(pattern, "fullmatch", yes, no)
        + matching(f"^{pattern}$", "search", yes, no),
        arguments=[*balanced(choose, pattern, makers, whole=True), (two,)],
        synonyms=PATTERN_NAMES,
    )


_CONTAINED = {
    "followed_by_more": ("has an '{0}' followed by one or more '{1}'", "{0}{1}+"),
    "zero_or_more": ("has an '{0}' followed by zero or more '{1}'", "{0}{1}*"),
    "zero_or_one": ("has an '{0}' followed by zero or one '{1}'", "{0}{1}?"),
    "followed_by_three": ("has an '{0}' followed by three '{1}'", "{0}{1}{{3}}"),
    "two_or_three": ("has an '{0}' followed by two to three '{1}'", "{0}{1}{{2,3}}"),
    "anything_to_end": ("has an '{0}' followed by anything and ends with '{1}'", "{0}.*{1}$"),
    "followed_by_two": ("has an '{0}' followed by at least two '{1}'", "{0}{1}{{2,}}"),
    "followed_by_digit": ("has an '{0}' directly followed by a digit", "{0}[0-9]"),
    "one_between": ("has '{0}' and '{1}' with exactly one character between them", "{0}.{1}"),
    "anything_between": ("has an '{0}' and, somewhere after it, '{1}'", "{0}.*{1}"),
    "digit_before": ("has a digit directly before an '{0}'", "[0-9]{0}"),
    "twice": ("has an '{0}' two times in a row", "{0}{0}"),
    "either": ("contains '{0}' or '{1}'", "[{0}{1}]"),
    "other_after": (
        "has an '{0}' that is followed by a character other than '{1}'",
        "{0}[^{1}]",
    ),
}


@family(kind=tuple(_CONTAINED), answer=("bool", "text"))
def text_contains_letter_pattern(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Search for a small pattern of letters anywhere in a text."""
    what, pattern = _CONTAINED[kind]
    one, two = choose.one_of((("a", "b"), ("a", "b"), ("a", "e"), ("x", "r"), ("m", "n")))
    what, pattern = what.format(one, two), pattern.format(one, two)
    yes, no = answers(choose, answer)
    alphabet = one + two + "dc4"
    makers = (
        lambda: choose.letters((2, 7), alphabet),
        lambda: choose.letters((2, 6), one + two),
        lambda: choose.word(),
        lambda: choose.word() + one + choose.one_of((two, one, "7", two * 3)),
        lambda: choose.word() + choose.one_of(("5", "2" + one)),
    )
    return Exercise(
        texts=match_wordings(choose, f"that {what}", yes, no),
        names=("text_match", f"match_{kind}", "check_pattern", "find_pattern", "search_text"),
        solutions=matching(pattern, "search", yes, no),
        arguments=[*balanced(choose, pattern, makers, whole=False), ("",)],
        synonyms=PATTERN_NAMES,
    )


_ENDS = {
    "starts_letter_ends_letter": ("starts with '{0}' and ends with '{1}'", "^{0}.*{1}$"),
    "starts_ends_digit": ("starts with '{0}' and ends with a digit", "^{0}.*[0-9]$"),
    "starts_vowel": ("starts with a vowel", "^[aeiouAEIOU]"),
    "ends_vowel": ("ends with a vowel", "[aeiouAEIOU]$"),
    "starts_capital": ("starts with a capital letter", "^[A-Z]"),
    "ends_number": ("ends with a number", "[0-9]+$"),
    "starts_number": ("starts with a number", "^[0-9]+"),
    "ends_two_digits": ("ends with two digits or more", "[0-9][0-9]$"),
    "ends_alphanumeric": ("ends with a letter or a digit", "[a-zA-Z0-9]$"),
    "starts_digit": ("starts with the digit {2}", "^{2}"),
    "ends_mark": ("ends with a period, an exclamation mark or a question mark", "[.!?]$"),
    "starts_the": ("starts with the word 'the' in upper or lower case", "^[tT][hH][eE]\\b"),
}


@family(kind=tuple(_ENDS), answer=("bool", "text"))
def text_starts_or_ends_with_pattern(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Match the start or the end of a text."""
    what, pattern = _ENDS[kind]
    one, two = choose.one_of((("a", "b"), ("x", "y"), ("m", "s"), ("t", "e")))
    digit = choose.one_of((1, 2, 5, 7))
    what, pattern = what.format(one, two, digit), pattern.format(one, two, digit)
    yes, no = answers(choose, answer)
    makers = (
        lambda: noisy_text(choose),
        lambda: any_case(choose, choose.word()),
        lambda: one + choose.letters((0, 4)) + choose.one_of((two, two, str(digit), "x", "42")),
        lambda: f"{choose.integer(1, 300)} {choose.word()}" + choose.one_of((".", "?", "a", "7")),
        lambda: str(digit) + choose.word() + choose.one_of(("!", "o", "11")),
        lambda: choose.one_of(("The ", "the ", "THE ", "They ", "a ")) + choose.word(),
    )
    return Exercise(
        texts=match_wordings(choose, f"that {what}", yes, no),
        names=("text_match", f"match_{kind}", "check_ends", kind, "check_string"),
        solutions=matching(pattern, "search", yes, no)
        + (
            matching(pattern.removeprefix("^"), "match", yes, no) if pattern.startswith("^") else []
        ),
        arguments=[*balanced(choose, pattern, makers, whole=False), ("",)],
        synonyms=PATTERN_NAMES,
    )


_WORDS_WITH = {
    "anywhere": ("contains a word with the letter '{0}'", r"\w*{0}\w*"),
    "middle": (
        "contains a word with '{0}' inside it, that is, neither at its start nor at its end",
        r"\w{0}\w",
    ),
    "start": ("contains a word that starts with '{0}'", r"\b{0}\w*"),
    "end": ("ends with a word that ends with '{0}', possibly followed by a period", r"{0}\.?$"),
    "whole": ("contains '{1}' as a whole word", r"\b{1}\b"),
    "inside": ("contains '{1}' inside a longer word", r"\w{1}|{1}\w"),
    "doubled": ("contains a word with the same letter twice in a row", r"(\w)\1"),
    "repeated": ("contains the same word twice in a row, separated by a space", r"\b(\w+) \1\b"),
    "long": ("contains a word of {2} or more letters", r"\w{{{2},}}"),
}


@family(kind=tuple(_WORDS_WITH), answer=("bool", "text"))
def text_contains_word_like(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Search for a word of a kind in a text."""
    what, pattern = _WORDS_WITH[kind]
    letter = choose.one_of("aegtz")
    small = choose.one_of(("end", "red", "in"))
    size = choose.integer(5, 7)
    what, pattern = what.format(letter, small, size), pattern.format(letter, small, size)
    yes, no = answers(choose, answer)
    makers = (
        lambda: choose.sentence((1, 3)),
        lambda: choose.sentence((1, 2)) + choose.one_of((".", " " + letter + "am", letter)),
        lambda: " ".join([choose.word()[:4], choose.one_of((small, small + "s", "a" + small))]),
        lambda: " ".join(choose.one_of(("a", "lot", "of", "tea", "tin", "the")) for _ in range(4)),
        lambda: choose.word() + " " + choose.letters((3, 9)),
        lambda: " ".join(choose.words(1) * 2),
        lambda: choose.one_of((small, letter + choose.word())) + " " + choose.word(),
    )
    return Exercise(
        texts=match_wordings(choose, f"that {what}", yes, no),
        names=("text_match", "match_word", f"word_{kind}", "find_word", "check_words"),
        solutions=matching(pattern, "search", yes, no),
        arguments=balanced(choose, pattern, makers, whole=False),
        synonyms=PATTERN_NAMES,
    )


_CLASSES = {
    "lower": ("lowercase letters", "[a-z]"),
    "upper": ("uppercase letters", "[A-Z]"),
    "digits": ("digits", "[0-9]"),
    "letters": ("letters", "[a-zA-Z]"),
    "alphanumeric": ("letters and digits", "[a-zA-Z0-9]"),
    "identifier": ("letters, digits and underscores", "[a-zA-Z0-9_]"),
    "hex": ("hexadecimal digits", "[0-9a-fA-F]"),
    "letters_spaces": ("letters and spaces", "[a-zA-Z ]"),
    "dna": ("the letters A, C, G and T", "[ACGT]"),
    "vowels": ("vowels", "[aeiouAEIOU]"),
}


@family(kind=tuple(_CLASSES), answer=("bool", "text"))
def text_of_allowed_characters(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Match texts that consist only of characters of a class."""
    allowed, pattern = _CLASSES[kind]
    yes, no = answers(choose, answer)
    makers = (
        lambda: any_case(choose, choose.word()),
        lambda: choose.word().upper(),
        lambda: str(choose.integer(0, 9999)),
        lambda: choose.word() + choose.one_of(("_", "1", "-", " ", "")) + choose.word(),
        lambda: choose.letters((2, 6), "ACGT"),
        lambda: choose.letters((1, 5), "aeiou"),
        lambda: choose.letters((2, 6), "0123456789abcdefg"),
    )
    return Exercise(
        texts=[
            *match_wordings(choose, f"made only of {allowed} and not empty", yes, no),
            f"check that a non-empty string contains only {allowed}{by_regex(choose)}",
            f"check whether a string has no other characters than {allowed}{by_regex(choose)}",
        ],
        names=("is_allowed", f"only_{kind}", "check_characters", "allowed_characters"),
        solutions=matching(f"{pattern}+", "fullmatch", yes, no)
        + matching(f"^{pattern}+$", "match", yes, no),
        arguments=balanced(choose, f"{pattern}+", makers, whole=True),
        synonyms=PATTERN_NAMES,
    )


_CASE_FORMS = {
    "upper_then_lower": (
        "that has an uppercase letter directly followed by lowercase letters",
        "[A-Z][a-z]+",
        False,
    ),
    "snake": (
        "made of lowercase words joined by single underscores",
        "[a-z]+(_[a-z]+)*",
        True,
    ),
    "two_snake": (
        "made of exactly two lowercase words joined by an underscore",
        "[a-z]+_[a-z]+",
        True,
    ),
    "kebab": ("made of lowercase words joined by single hyphens", "[a-z]+(-[a-z]+)*", True),
    "camel": (
        "in camel case, that is, a lowercase word followed by one or more capitalized words "
        "without spaces",
        "[a-z]+([A-Z][a-z]+)+",
        True,
    ),
    "pascal": (
        "made only of capitalized words without anything between them",
        "([A-Z][a-z]+)+",
        True,
    ),
    "constant": (
        "that is a constant name: words in capitals joined by single underscores",
        "[A-Z]+(_[A-Z]+)*",
        True,
    ),
    "capitalized_words": (
        "in which each word starts with a capital followed by lowercase letters, with single "
        "spaces between words",
        "[A-Z][a-z]+( [A-Z][a-z]+)*",
        True,
    ),
}


@family(form=tuple(_CASE_FORMS), answer=("bool", "text"))
def text_in_case_form(choose: Chooser, form: str, answer: str) -> Exercise:
    """Match snake case, camel case and the like."""
    what, pattern, whole = _CASE_FORMS[form]
    yes, no = answers(choose, answer)

    def joined() -> str:
        words = choose.words((1, 3))
        style = choose.integer(0, 3)
        words = [word.capitalize() if style == 0 else word for word in words]
        if style == 1:
            words[1:] = [word.capitalize() for word in words[1:]]
        text = choose.one_of(("_", "-", "", " ", "__")).join(words)
        return text.upper() if style == 3 else text

    def wanted() -> str:
        words = choose.words((2, 3))
        sign = {"kebab": "-", "camel": "", "pascal": "", "capitalized_words": " "}.get(form, "_")
        if form in ("camel", "pascal", "capitalized_words"):
            start = 1 if form == "camel" else 0
            words[start:] = [word.capitalize() for word in words[start:]]
        text = sign.join(words)
        return text.upper() if form == "constant" else text

    return Exercise(
        texts=match_wordings(choose, what, yes, no),
        names=("text_match", f"is_{form}", f"match_{form}", "check_case", "check_name"),
        solutions=matching(pattern, "fullmatch" if whole else "search", yes, no),
        arguments=balanced(choose, pattern, (joined, joined, wanted), whole=whole),
        synonyms=PATTERN_NAMES,
    )


_NUMBERS_IN_TEXT = {
    "any": ("contains a number", r"\d"),
    "exactly_k": ("contains a group of exactly {0} digits", r"(?<!\d)\d{{{0}}}(?!\d)"),
    "at_least_k": ("contains {0} or more digits in a row", r"\d{{{0},}}"),
    "between_letters": ("has a digit between two letters", r"[a-zA-Z]\d[a-zA-Z]"),
    "with_point": ("contains a decimal number such as 3.5", r"\d+\.\d+"),
    "with_percent": ("contains a percentage such as 40%", r"\d+%"),
    "with_dollar": ("contains a price in dollars such as $15", r"\$\d+"),
    "two_numbers": ("contains two or more separate numbers", r"\d+\D+\d+"),
    "signed": ("contains a negative number", r"-\d+"),
    "time": ("contains a time of day like 7:30 or 12:05", r"\d{{1,2}}:\d{{2}}"),
}


@family(kind=tuple(_NUMBERS_IN_TEXT), answer=("bool", "text"))
def text_contains_number_like(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Search for a number of some form in a text."""
    what, pattern = _NUMBERS_IN_TEXT[kind]
    k = choose.integer(2, 4)
    what, pattern = what.format(k), pattern.format(k)
    yes, no = answers(choose, answer)

    def with_number() -> str:
        number = str(choose.integer(0, 10 ** choose.integer(1, 5)))
        form = choose.one_of(("{}", "{}.5", "{}%", "${}", "-{}", "{}:30", "x{}y", "{} or 7", "{}"))
        return f"{choose.word()} {form.format(number)} {choose.word()}"

    example = {
        "with_percent": f"{k}0% off",
        "with_dollar": f"only ${k}5",
        "signed": f"it is -{k}",
        "time": f"at {k}:15",
        "with_point": f"{k}.25 kg",
        "between_letters": f"a{k}b",
    }.get(kind, f"{k}12 and 3456")
    makers = (
        with_number,
        with_number,
        lambda: choose.sentence((1, 3)),
        lambda: example + " " + choose.word(),
    )
    return Exercise(
        texts=match_wordings(choose, f"that {what}", yes, no),
        names=("find_number", f"has_{kind}", "number_match", "contains_number", "text_match"),
        solutions=matching(pattern, "search", yes, no),
        arguments=balanced(choose, pattern, makers, whole=False),
        synonyms=PATTERN_NAMES,
    )


_GIVEN = {
    "starts": ("starts with", "re.match(re.escape(part), text)", "text.startswith(part)"),
    "ends": ("ends with", 're.search(re.escape(part) + "$", text)', "text.endswith(part)"),
    "contains": ("contains", "re.search(re.escape(part), text)", "part in text"),
    "word": (
        "contains, as a whole word,",
        r're.search(r"\b" + re.escape(part) + r"\b", text)',
        "",
    ),
    "ignoring_case": (
        "contains, in upper or lower case,",
        "re.search(re.escape(part), text, re.IGNORECASE)",
        "part.lower() in text.lower()",
    ),
}


@family(kind=tuple(_GIVEN), answer=("bool", "text"))
def text_matches_given_string(choose: Chooser, kind: str, answer: str) -> Exercise:
    """Look for a given string at a place of a text."""
    what, call, plain = _GIVEN[kind]
    yes, no = answers(choose, answer)
    arguments = []
    for number in range(6):
        words = choose.words(3)
        text = " ".join(words)
        part = {"starts": words[0], "ends": words[-1]}.get(kind, choose.one_of(words))
        if number % 2:
            part = choose.one_of((words[1][1:4], choose.word(), part + "x", words[2][:2]))
        if kind == "ignoring_case":
            text = any_case(choose, text)
        arguments.append((text, part))
    tests = [f"bool({call})" if yes == "True" else f"{yes} if {call} else {no}"]
    if plain:
        tests.append(plain if yes == "True" else f"{yes} if {plain} else {no}")
    imports = ("import re\n\n", "")
    how = by_regex(choose)
    return Exercise(
        texts=(
            f"check whether {a_string(choose)} {what} another string{how}",
            f"check if a text {what} a given string{or_not(what)}{how}",
            f"Given two strings, find out whether the first {what} the second{how}.",
            f"return {yes} if a text {what} a string, otherwise {no}{how}",
        ),
        names=(f"check_{kind}", "check_substring", "match_string", "search_string"),
        solutions=fitting(
            how,
            [
                f"{start}def solve(text, part):\n    return {test}\n"
                for start, test in zip(imports, tests, strict=False)
            ],
        ),
        arguments=arguments,
        synonyms={"part": ("sub", "sample", "pattern", "prefix")},
    )


_POSITIONS = {
    "first": (
        "the (start, end) position of the first {0} in a text",
        "(match.start(), match.end())",
    ),
    "text_and_place": (
        "the first {0} in a text with its start and end, as a tuple (text, start, end)",
        "(match.group(), match.start(), match.end())",
    ),
    "formatted": (
        "the first {0} in a text with its position in the form 'start-end: text'",
        "'%d-%d: %s' % (match.start(), match.end(), match.group())",
    ),
    "start": ("the index at which the first {0} of a text begins", "match.start()"),
}
_SOUGHT = {
    "number": ("number", r"\d+"),
    "capitalized": ("capitalized word", r"[A-Z][a-z]+"),
    "ly_word": ("word that ends with 'ly'", r"\w+ly\b"),
    "quoted": ("word in single quotes", r"'\w+'"),
}


@family(sought=tuple(_SOUGHT), result=tuple(_POSITIONS))
def position_of_first_match(choose: Chooser, sought: str, result: str) -> Exercise:
    """Find where the first match of a pattern stands."""
    noun, pattern = _SOUGHT[sought]
    what, expression = _POSITIONS[result]
    what = what.format(noun)
    arguments = []
    for _ in range(5):
        word = {
            "number": str(choose.integer(1, 2000)),
            "capitalized": choose.word().capitalize(),
            "ly_word": choose.one_of(("quickly", "slowly", "gladly", "softly", "badly")),
            "quoted": f"'{choose.word()}'",
        }[sought]
        words = choose.words((1, 4))
        words.insert(choose.integer(0, len(words)), word)
        arguments.append((" ".join(words),))
    return Exercise(
        texts=(
            f"find {what}{by_regex(choose)}",
            f"return {what}{by_regex(choose)}; there is at least one",
            f"Search for a pattern: return {what}.",
            f"Given a text that contains one, find {what.replace('a text', 'it')}.",
        ),
        names=("find_position", f"find_{sought}", f"first_{sought}", "search_pattern", "locate"),
        solutions=(
            f"""
            import re

            def solve(text):
                match = re.search(r"{pattern}", text)
                return {expression}
            """,
            f"""
            import re

            def solve(text):
                for match in re.finditer(r"{pattern}", text):
                    return {expression}
            """,
        ),
        arguments=arguments,
        synonyms={"match": ("m", "found", "hit")},
    )
