"""Parts of strings: finding, counting, listing and replacing substrings."""

from hrm_exercises import vocabulary
from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import TWO_STRINGS, a_string, any_case, returning, ways_to_ask
from hrm_exercises.family import Exercise, family


def _text_and_part(choose: Chooser) -> tuple[str, str]:
    """Return a text and a string that often occurs in it, sometimes overlapping itself."""
    if choose.chance(0.5):
        part = choose.one_of(("a", "ab", "aa", "aba", "abc"))
        return choose.letters((5, 12), "ab" if len(part) > 1 else "abc"), part
    words = choose.words(2)
    text = " ".join(choose.one_of(words) for _ in range(choose.integer(2, 4)))
    start = choose.integer(0, len(text) - 3)
    return text, text[start : start + choose.integer(1, 3)].strip() or "e"


_COUNTED = {
    "separate": (
        (
            "non-overlapping occurrences of a substring",
            "the second string occurs in the first (without overlaps)",
        ),
        "text.count(part)",
    ),
    "overlapping": (
        (
            "occurrences of a substring, including those that overlap",
            "the second string occurs in the first if occurrences may overlap",
        ),
        "sum(text.startswith(part, i) for i in range(len(text)))",
    ),
    "ignoring_case": (
        (
            "occurrences of a substring without regard to case",
            "the second string occurs in the first, upper or lower case",
        ),
        "text.lower().count(part.lower())",
    ),
}


@family(kind=tuple(_COUNTED))
def count_substring(choose: Chooser, kind: str) -> Exercise:
    """Count how often a substring occurs."""
    (what, how_often), expression = _COUNTED[kind]
    pairs = [_text_and_part(choose) for _ in range(6)]
    solutions = [returning("text, part", expression)]
    if kind == "ignoring_case":
        # Parts of one letter, since the wordings do not say whether occurrences may overlap.
        pairs = [(text, part if len(set(part)) == len(part) else part[0]) for text, part in pairs]
        pairs = [(any_case(choose, text), any_case(choose, part)) for text, part in pairs]
    elif kind == "overlapping":
        solutions.append(
            """
            def solve(text, part):
                count = 0
                start = text.find(part)
                while start != -1:
                    count += 1
                    start = text.find(part, start + 1)
                return count
            """
        )
        solutions.append(
            """
            def solve(text, part):
                count = 0
                for i in range(len(text) - len(part) + 1):
                    if text[i:i + len(part)] == part:
                        count += 1
                return count
            """
        )
    else:
        solutions.append(returning("text, part", "len(text.split(part)) - 1"))
    return Exercise(
        texts=(
            f"count the {what} in {a_string(choose)}",
            f"find the number of {what} in a text",
            f"find how often {how_often}",
            f"Given two strings, return how many times {how_often}.",
        ),
        names=("count_substring", "occurrences", "count_part", "substring_count", "how_often"),
        solutions=solutions,
        arguments=pairs,
        synonyms={"part": ("sub", "substring", "pattern", "t")},
    )


_FOUND = {
    "first": ("the index where a substring first occurs", "text.find(part)"),
    "last": ("the index where a substring occurs last", "text.rfind(part)"),
    "all": (
        "a list of all indexes where a substring begins",
        "[i for i in range(len(text)) if text.startswith(part, i)]",
    ),
    "end": (
        "the index just behind the first occurrence of a substring",
        "text.find(part) + len(part) if part in text else -1",
    ),
    "span": (
        "the tuple (start, end) of the first occurrence of a substring (the end is not included)",
        "(text.find(part), text.find(part) + len(part)) if part in text else (-1, -1)",
    ),
    "with_text": (
        "a tuple of a substring and the indexes where it first begins and where it ends (not "
        "included)",
        "(part, text.index(part), text.index(part) + len(part)) if part in text else None",
    ),
}


@family(result=tuple(_FOUND))
def find_substring(choose: Chooser, result: str) -> Exercise:
    """Find where a substring occurs."""
    what, expression = _FOUND[result]
    nothing = {"all": "an empty list", "span": "(-1, -1)", "with_text": "None"}.get(result, "-1")
    return Exercise(
        texts=(
            f"find {what} in {a_string(choose)}, or {nothing}",
            f"return {what} in a text; {nothing} if it is not found",
            "Search a text for a string and return "
            f"{what.replace('a substring', 'the string')}; {nothing} if it does not occur.",
            f"search for a string in a text and return {what.replace('a substring', 'the string')}",
        ),
        names=("find_substring", "search", "locate", f"{result}_position", "find_text"),
        solutions=(returning("text, part", expression),),
        arguments=[_text_and_part(choose) for _ in range(5)] + [(choose.word(), "xq")],
        synonyms={"part": ("sub", "substring", "pattern", "t")},
    )


_LISTED = {
    "all": (
        "all non-empty substrings of a string, by their start and then by their end,",
        "[text[i:j] for i in range(len(text)) for j in range(i + 1, len(text) + 1)]",
    ),
    "of_length_k": (
        "all substrings of length <k> of a string, in order,",
        "[text[i:i + k] for i in range(len(text) - k + 1)]",
    ),
    "distinct_sorted": (
        "all different substrings of a string, sorted alphabetically,",
        "sorted({text[i:j] for i in range(len(text)) for j in range(i + 1, len(text) + 1)})",
    ),
    "prefixes": (
        "all prefixes of a string from the shortest to the longest",
        "[text[:i] for i in range(1, len(text) + 1)]",
    ),
    "prefixes_down": (
        "all prefixes of a string from the longest to the shortest",
        "[text[:i] for i in range(len(text), 0, -1)]",
    ),
    "suffixes": (
        "all suffixes of a string from the longest to the shortest",
        "[text[i:] for i in range(len(text))]",
    ),
    "rotations": (
        "all rotations of a string, beginning with the string itself,",
        "[text[i:] + text[:i] for i in range(len(text))]",
    ),
    "one_removed": (
        "all strings that result when one character of a string is left out, from the first "
        "character to the last,",
        "[text[:i] + text[i + 1:] for i in range(len(text))]",
    ),
}


@family(which=tuple(_LISTED), result=("list", "joined"))
def list_substrings(choose: Chooser, which: str, result: str) -> Exercise:
    """List all substrings of a kind."""
    what, expression = _LISTED[which]
    what = what.rstrip(",")
    if result == "joined":
        what, expression = f"{what}, joined by commas to one string", f"','.join({expression})"
    longest = 4 if which in ("all", "distinct_sorted") else 6
    texts = [choose.word()[:longest] for _ in range(3)] + [choose.letters((2, 4), "ab"), "xyz"]
    more = [(choose.integer(1, 3),) if which == "of_length_k" else () for _ in texts]
    form = "a list of " if result == "list" else ""
    return Exercise(
        texts=(
            f"find {what}",
            f"return {form}{what}",
            f"Return {form}{what}.",
            f"list {what}" if result == "list" else f"write down {what}",
        ),
        names=(f"get_{which}", f"all_{which}", "substrings", "list_parts", "parts_of_string"),
        solutions=(returning("text, k" if which == "of_length_k" else "text", expression),),
        arguments=[(text, *extra) for text, extra in zip(texts, more, strict=True)],
    )


_COUNTED_SUBSTRINGS = {
    "all": ("non-empty substrings a string has (equal ones count separately)", "True"),
    "palindromes": ("substrings of a string are palindromes", "text[i:j] == text[i:j][::-1]"),
    "distinct_chars": (
        "substrings of a string have no repeated character",
        "len(set(text[i:j])) == j - i",
    ),
    "k_distinct": (
        "substrings of a string have exactly <k> different characters",
        "len(set(text[i:j])) == k",
    ),
    "starts_vowel": (
        "non-empty substrings of a lower-case word start with a vowel",
        "text[i] in 'aeiou'",
    ),
    "odd_numbers": ("substrings of a string of digits are odd numbers", "text[j - 1] in '13579'"),
}


@family(kind=tuple(_COUNTED_SUBSTRINGS))
def count_substrings_with_property(choose: Chooser, kind: str) -> Exercise:
    """Count all substrings that have a property."""
    what, condition = _COUNTED_SUBSTRINGS[kind]
    alphabet = "0123" if "digits" in what else "abc"
    texts = [choose.letters((3, 7), alphabet) for _ in range(5)]
    if alphabet == "abc":
        texts += choose.words(2)
    else:
        texts += ["111", "2"]
    more = [(choose.integer(1, 3),) if kind == "k_distinct" else () for _ in texts]
    parameters = "text, k" if kind == "k_distinct" else "text"
    check = f" if {condition}" if condition != "True" else ""
    inner = "if " + condition + ":" if check else "if text[i:j]:"
    solutions = [
        f"""
        def solve({parameters}):
            count = 0
            for i in range(len(text)):
                for j in range(i + 1, len(text) + 1):
                    {inner}
                        count += 1
            return count
        """,
        f"""
        def solve({parameters}):
            n = len(text)
            return sum(1 for i in range(n) for j in range(i + 1, n + 1){check})
        """,
    ]
    short = {
        "all": "len(text) * (len(text) + 1) // 2",
        "starts_vowel": "sum(len(text) - i for i, char in enumerate(text) if char in 'aeiou')",
        "odd_numbers": "sum(i for i, char in enumerate(text, 1) if int(char) % 2)",
    }
    if kind in short:
        solutions = [returning("text", short[kind]), solutions[1]]
    if kind == "all":
        solutions = solutions[:1]
    return Exercise(
        texts=(
            f"count how many {what}",
            f"find how many {what}",
            f"Find out how many {what}.",
            f"tell how many {what}",
        ),
        names=("count_substrings", f"substrings_{kind}", f"count_{kind}", "num_substrings"),
        solutions=solutions,
        arguments=[(text, *extra) for text, extra in zip(texts, more, strict=True)],
    )


_COMMON_PARTS = {
    "prefix": "the longest common prefix",
    "suffix": "the longest common suffix",
    "substring": "the longest common substring (the one that starts first in the first string)",
}


@family(part=tuple(_COMMON_PARTS), result=("string", "length"))
def longest_common_part(choose: Chooser, part: str, result: str) -> Exercise:
    """Find the longest common prefix, suffix or substring of two strings."""
    what = _COMMON_PARTS[part]
    if result == "length":
        what = "the length of " + what.split(" (")[0]
    pairs = []
    for _ in range(5):
        common = choose.word()[: choose.integer(1, 4)]
        one, two = choose.word()[:4], choose.word()[:4]
        pairs.append(
            {
                "prefix": (common + one, common + two),
                "suffix": (one + common, two + common),
                "substring": (one + common + two[:1], two + common + one[:1]),
            }[part]
        )
    shape = {"string": "{}", "length": "len({})"}[result]
    solutions = {
        "prefix": (
            f"""
            def solve(first, second):
                k = 0
                while k < len(first) and k < len(second) and first[k] == second[k]:
                    k += 1
                return {shape.format("first[:k]")}
            """,
            f"""
            import os

            def solve(first, second):
                return {shape.format("os.path.commonprefix([first, second])")}
            """,
            f"""
            def solve(first, second):
                result = ""
                for char, other in zip(first, second):
                    if char != other:
                        break
                    result += char
                return {shape.format("result")}
            """,
        ),
        "suffix": (
            f"""
            def solve(first, second):
                k = 0
                while k < min(len(first), len(second)) and first[-1 - k] == second[-1 - k]:
                    k += 1
                return {shape.format("first[len(first) - k:]")}
            """,
            f"""
            def solve(first, second):
                while not second.endswith(first):
                    first = first[1:]
                return {shape.format("first")}
            """,
        ),
        "substring": (
            f"""
            def solve(first, second):
                best = ""
                for i in range(len(first)):
                    for j in range(i + 1, len(first) + 1):
                        if j - i > len(best) and first[i:j] in second:
                            best = first[i:j]
                return {shape.format("best")}
            """,
            f"""
            def solve(first, second):
                for size in range(len(first), 0, -1):
                    for start in range(len(first) - size + 1):
                        if first[start:start + size] in second:
                            return {shape.format("first[start:start + size]")}
                return {"''" if result == "string" else "0"}
            """,
        ),
    }[part]
    return Exercise(
        texts=(
            f"find {what} of two strings",
            f"return {what} of two words",
            f"Given two strings, return {what}.",
            f"compare two strings and return {what}",
        ),
        names=(f"common_{part}", f"longest_common_{part}", f"shared_{part}", "common_part"),
        solutions=solutions,
        arguments=[*pairs, (choose.word(), "xyz"), ("", choose.word())],
        synonyms=TWO_STRINGS,
    )


_LONGEST = {
    "no_repeats": ("without repeated characters", "len(set(part)) == len(part)"),
    "palindrome": ("that is a palindrome", "part == part[::-1]"),
    "vowels": ("made of vowels only", "all(char in 'aeiou' for char in part)"),
    "two_kinds": ("with at most two different characters", "len(set(part)) <= 2"),
    "sorted": ("whose characters are in alphabetical order", "list(part) == sorted(part)"),
    "equal_zeros_ones": (
        "made of zeros and ones that has as many zeros as ones",
        "part.count('0') == part.count('1')",
    ),
}


@family(kind=tuple(_LONGEST), result=("string", "length"))
def longest_substring_with_property(choose: Chooser, kind: str, result: str) -> Exercise:
    """Find the longest substring that has a property."""
    what, condition = _LONGEST[kind]
    alphabet = {"equal_zeros_ones": "01", "vowels": "aeiobn", "no_repeats": "abcd"}.get(kind, "abc")
    texts = [choose.letters((3, 8), alphabet) for _ in range(5)]
    texts += ["0011"] if alphabet == "01" else choose.words(2)
    ending = {"string": "best", "length": "len(best)"}[result]
    form = {"string": "the longest substring", "length": "the length of the longest substring"}[
        result
    ]
    rule = " (the first one if there are several)" if result == "string" else ""
    return Exercise(
        texts=(
            f"find {form} {what}{rule}",
            f"return {form} {what}{rule}",
            f"Given a string, return {form} {what}{rule}.",
            f"search a string for {form} {what}{rule}",
        ),
        names=("longest_substring", f"longest_{kind}", f"max_{kind}", "longest_part"),
        solutions=(
            f"""
            def solve(text):
                best = ""
                for i in range(len(text)):
                    for j in range(i + 1, len(text) + 1):
                        part = text[i:j]
                        if {condition} and len(part) > len(best):
                            best = part
                return {ending}
            """,
            f"""
            def solve(text):
                for size in range(len(text), 0, -1):
                    for start in range(len(text) - size + 1):
                        part = text[start:start + size]
                        if {condition}:
                            return {"part" if result == "string" else "size"}
                return {"''" if result == "string" else "0"}
            """,
        ),
        arguments=[(text,) for text in texts],
        synonyms={"part": ("sub", "s1", "piece", "substring")},
    )


_BETWEEN = {
    "before": (
        "the part of a text before the first <sign>",
        "text.split(sign)[0]",
        "text.partition(sign)[0]",
    ),
    "after": (
        "the part of a text after the first <sign>",
        "text.split(sign, 1)[1]",
        "text.partition(sign)[2]",
    ),
    "after_last": (
        "the part of a text after the last <sign>",
        "text.split(sign)[-1]",
        "text[text.rindex(sign) + 1:]",
    ),
    "before_last": (
        "the part of a text before the last <sign>",
        "text.rsplit(sign, 1)[0]",
        "text[:text.rindex(sign)]",
    ),
    "between": (
        "the part of a text between the first and the second <sign>",
        "text.split(sign)[1]",
        "text[text.index(sign) + 1:text.index(sign, text.index(sign) + 1)]",
    ),
    "outer": (
        "the part of a text between the first and the last <sign>",
        "text[text.index(sign) + 1:text.rindex(sign)]",
        "text.split(sign, 1)[1].rsplit(sign, 1)[0]",
    ),
}


@family(where=tuple(_BETWEEN))
def text_around_separator(choose: Chooser, where: str) -> Exercise:
    """Take the text before, after or between separators."""
    what, *expressions = _BETWEEN[where]
    arguments = []
    for _ in range(6):
        sign = choose.one_of("-:/*=|,")
        arguments.append((sign.join(choose.words((3, 4))), sign))
    spoken = what.replace("<sign>", "occurrence of a given character")
    return Exercise(
        texts=(
            f"return {what}",
            f"find {spoken}",
            f"Given a text and a character <sign>, return {what.replace('a text', 'the text')}.",
            f"cut out {what}; the character occurs at least twice",
        ),
        names=(f"text_{where}", f"get_{where}", f"part_{where}", "cut_out"),
        solutions=[returning("text, sign", each) for each in expressions],
        arguments=arguments,
        synonyms={"sign": ("sep", "mark", "delimiter", "c")},
    )


_REPLACED = {
    "all": (
        "replace every occurrence of a substring by another string",
        "text.replace(first, second)",
    ),
    "first": (
        "replace the first occurrence of a substring by another string",
        "text.replace(first, second, 1)",
    ),
    "last": (
        "replace the last occurrence of a substring by another string",
        "second.join(text.rsplit(first, 1))",
    ),
    "remove": ("remove every occurrence of a substring", "text.replace(first, '')"),
    "remove_first": ("remove the first occurrence of a substring", "text.replace(first, '', 1)"),
    "double": ("write every occurrence of a substring twice", "text.replace(first, first + first)"),
    "upper": (
        "write every occurrence of a substring in capitals",
        "text.replace(first, first.upper())",
    ),
    "reverse": (
        "write every occurrence of a substring backwards",
        "text.replace(first, first[::-1])",
    ),
    "brackets": (
        "put every occurrence of a substring in round brackets",
        "text.replace(first, '(' + first + ')')",
    ),
}
_REPLACED_RETOLD = {
    "all": (
        "Given a text and two strings, return the text with the first string exchanged for "
        "the second everywhere."
    ),
    "first": (
        "Given a text and two strings, exchange the first string for the second, but only "
        "where it stands first."
    ),
    "last": (
        "Given a text and two strings, exchange the first string for the second, but only "
        "where it stands last."
    ),
    "remove": "Given a text and a string, delete the string from the text wherever it stands.",
    "remove_first": "Given a text and a string, delete the string once, where it first occurs.",
    "double": (
        "Given a text and a string, return the text with the string doubled wherever it stands."
    ),
    "upper": "Given a text and a string, highlight the string by writing it in capital letters.",
    "reverse": (
        "Given a text and a string, turn the string around wherever it occurs in the text."
    ),
    "brackets": (
        "Given a text and a string, write ( before and ) after each place where the string occurs."
    ),
}


@family(change=tuple(_REPLACED))
def replace_substring(choose: Chooser, change: str) -> Exercise:
    """Replace, remove or change the occurrences of a substring."""
    act, expression = _REPLACED[change]
    arguments: list[tuple[str, ...]] = []
    for _ in range(6):
        words = choose.words((2, 4))
        old = choose.one_of(words)
        old = old if choose.chance(0.6) else old[:2]
        text = " ".join([*words, old] if choose.chance(0.5) else words)
        arguments.append((text, old, choose.word()) if "second" in expression else (text, old))
    return Exercise(
        texts=(
            _REPLACED_RETOLD[change],
            f"{act} in {a_string(choose)}",
            f"{act} in a text",
            f"Given a text, {act} in it.",
            f"{act} in a string and return the new string",
        ),
        names=(f"replace_{change}", "replace_text", f"{change}_substring", "change_text"),
        solutions=(
            returning(
                "text, first, second" if "second" in expression else "text, first", expression
            ),
        ),
        arguments=arguments,
        synonyms={
            "first": ("old", "part", "sub", "pattern"),
            "second": ("new", "other", "replacement"),
        },
    )


_OF_LENGTH_K = {
    "most_frequent": (
        "the most frequent substring of length <k> (the first one if several are equally frequent)",
        "max(parts, key=parts.count)",
    ),
    "smallest": ("the alphabetically smallest substring of length <k>", "min(parts)"),
    "largest": ("the alphabetically largest substring of length <k>", "max(parts)"),
    "repeated": (
        "a sorted list of all substrings of length <k> that occur more than once",
        "sorted(part for part in set(parts) if parts.count(part) > 1)",
    ),
    "num_different": ("the number of different substrings of length <k>", "len(set(parts))"),
    "most_vowels": (
        "the largest number of vowels in a substring of length <k>",
        "max(sum(char in 'aeiou' for char in part) for part in parts)",
    ),
    "counts": (
        "a dictionary that says how often each substring of length <k> occurs",
        "{part: parts.count(part) for part in parts}",
    ),
}


@family(which=tuple(_OF_LENGTH_K))
def substrings_of_given_length(choose: Chooser, which: str) -> Exercise:
    """Compute something from all substrings of a given length."""
    what, expression = _OF_LENGTH_K[which]
    arguments = [
        (choose.letters((5, 9), "aab" if number % 2 else "abe"), choose.integer(1, 3))
        for number in range(4)
    ]
    arguments += [(word, 2) for word in choose.words(2)]
    return Exercise(
        texts=(
            f"find {what} in {a_string(choose)}",
            f"return {what} of a string of lower-case letters",
            f"Given a word and a number <k>, return {what}.",
            f"look at all substrings of length <k> of a string and return {what}",
        ),
        names=("windows", f"{which}_substring", "substrings_k", f"{which}_of_length_k"),
        solutions=(
            f"""
            def solve(text, k):
                parts = [text[i:i + k] for i in range(len(text) - k + 1)]
                return {expression}
            """,
        ),
        arguments=arguments,
        synonyms={
            "key": ("key",),
            "part": ("piece", "sub", "p"),
            "parts": ("pieces", "windows_", "substrings"),
        },
    )


@family(goal=("smallest", "largest"))
def smallest_rotation_of_string(choose: Chooser, goal: str) -> Exercise:
    """Find the alphabetically first or last rotation of a string."""
    function = {"smallest": "min", "largest": "max"}[goal]
    place = {"smallest": "first", "largest": "last"}[goal]
    sign = {"smallest": "<", "largest": ">"}[goal]
    return Exercise(
        texts=(
            f"find the rotation of a string that comes {place} in alphabetical order",
            f"Letters of a word may be moved from its start to its end. Find the alphabetically "
            f"{place} word that can be reached.",
            f"return the lexicographically {goal} rotation of a string",
            f"Among all rotations of a word, return the one that is alphabetically {place}.",
        ),
        names=(f"{goal}_rotation", "best_rotation", f"{place}_rotation"),
        solutions=(
            returning("text", f"{function}(text[i:] + text[:i] for i in range(len(text)))"),
            f"""
            def solve(text):
                best = text
                for i in range(1, len(text)):
                    turned = text[i:] + text[:i]
                    if turned {sign} best:
                        best = turned
                return best
            """,
        ),
        arguments=[(word,) for word in choose.words(4)]
        + [(choose.letters((3, 6), "ab"),), (choose.letters(1),)],
    )


_CONTAINED = {
    "any": (
        "check whether a text contains at least one of the words of a list",
        "any(word in text for word in words)",
    ),
    "all": (
        "check whether a text contains all strings of a list",
        "all(word in text for word in words)",
    ),
    "found": (
        "return a list of those strings of a list that a text contains",
        "[word for word in words if word in text]",
    ),
    "count": (
        "count how many strings of a list occur in a text",
        "sum(1 for word in words if word in text)",
    ),
    "first": (
        "return the first string of a list that occurs in a text, or None",
        "next((word for word in words if word in text), None)",
    ),
    "removed": (
        "return a list of those strings of a list that do not occur in a text",
        "[word for word in words if word not in text]",
    ),
}
_CONTAINED_RETOLD = {
    "any": (
        "Given a text and a list of strings, return True if one or more of them occur in the text."
    ),
    "all": (
        "Given a text and a list of strings, return True only if each of them occurs in the text."
    ),
    "found": "Given a text and a list of strings, keep those that occur in the text.",
    "count": (
        "Given a text and a list of strings, return how many of them can be found in the text."
    ),
    "first": (
        "Given a text and a list of strings, return the first one of the list that the text "
        "contains; None if there is none."
    ),
    "removed": "Given a text and a list of strings, list the ones that the text lacks.",
}


@family(result=tuple(_CONTAINED))
def text_contains_strings_of_list(choose: Chooser, result: str) -> Exercise:
    """Look for the strings of a list in a text."""
    act, expression = _CONTAINED[result]
    arguments = []
    for number in range(7):
        words = choose.sample(vocabulary.WORDS, 6)
        inside, outside = words[:3], words[3:]
        sought = [inside[2][:4], inside[0], *outside][: 2 + number % 2]
        if number % 3 == 0:
            sought = choose.shuffled(outside)[: 2 + number % 2]
        elif number % 3 == 1:
            sought = choose.shuffled([*sought, choose.one_of(outside)])
        arguments.append((" ".join(inside), sought))
    return Exercise(
        texts=(
            act,
            _CONTAINED_RETOLD[result],
            *ways_to_ask(act),
            f"search a text: {act}",
            f"{act}; the text comes first",
        ),
        names=(f"contains_{result}", "find_words", "search_list", "check_text"),
        solutions=(returning("text, words", expression),),
        arguments=arguments,
        synonyms={"word": ("w", "part", "item"), "text": ("s", "sentence", "string")},
    )
