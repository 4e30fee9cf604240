"""How often characters occur: frequencies, duplicates, unique characters and runs."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import as_they
from hrm_exercises.families.strings import TWO_STRINGS, a_string, any_case, returning
from hrm_exercises.family import Exercise, family


def _repetitive(choose: Chooser) -> list[tuple[str]]:
    """Return texts in which some characters occur several times."""
    texts = [choose.letters((3, 9), choose.one_of(("abc", "abcd", "xyz", "aab"))) for _ in range(3)]
    texts += [*choose.words(2), choose.sentence(2).replace(" ", "")]
    return [(text,) for text in texts]


_TABLES = {
    "all": ("each character of a string", "text", "", ""),
    "letters": ("each letter of a text, ignoring everything else", "text", "char.isalpha()", ""),
    "ignoring_case": ("each letter of a text in lower case", "text.lower()", "char.isalpha()", ""),
    "vowels": ("each vowel that a lower-case text contains", "text", "char in 'aeiou'", ""),
    "digits": ("each digit in a string", "text", "char.isdigit()", ""),
    "no_spaces": ("each character of a text except spaces", "text", "char != ' '", ""),
}


@family(kind=tuple(_TABLES), result=("dict", "sorted"))
def character_frequencies(choose: Chooser, kind: str, result: str) -> Exercise:
    """Count each character, as a dictionary or as a sorted list of pairs."""
    what, source, condition, _ = _TABLES[kind]
    form = "a dictionary"
    ending, short = "counts", "dict(Counter({}))"
    if result == "sorted":
        form = "a list of (character, count) pairs sorted by character"
        ending, short = "sorted(counts.items())", "sorted(Counter({}).items())"
    chars = f"char for char in {source} if {condition}" if condition else source
    check = f"if {condition}:" if condition else "if char:"
    body = f"""
                    {check}
                        counts[char] = counts.get(char, 0) + 1"""
    if not condition:
        body = """
                    counts[char] = counts.get(char, 0) + 1"""
    texts = [choose.sentence((1, 2)) for _ in range(4)]
    if kind == "ignoring_case":
        texts = [any_case(choose, text) for text in texts]
    if kind == "digits":
        texts = [choose.letters((4, 9), "ab01233") for text in texts]
    return Exercise(
        texts=(
            f"count how often {what} occurs and return {form}",
            f"find the frequency of {what}, as {form}",
            f"return {form} with the number of occurrences of {what}",
            f"Count {what}. Return {form}.",
        ),
        names=("char_frequency", "count_chars", "frequencies", f"count_{kind}", "letter_counts"),
        solutions=(
            f"""
            from collections import Counter

            def solve(text):
                return {short.format(chars)}
            """,
            f"""
            def solve(text):
                counts = {{}}
                for char in {source}:{body}
                return {ending}
            """,
        ),
        arguments=[(text,) for text in texts] + [(choose.letters((4, 8), "abc"),), ("",)],
    )


_EXTREMES = {
    "most": ("the most frequent character", "max", "max(counts, key=counts.get)"),
    "least": ("the least frequent character", "min", "min(counts, key=counts.get)"),
    "most_count": ("how often the most frequent character occurs", "max", "max(counts.values())"),
    "least_count": ("how often the rarest character occurs", "min", "min(counts.values())"),
    "most_pair": (
        "the most frequent character and the number of its occurrences, as a tuple,",
        "max",
        "max(counts.items(), key=lambda pair: pair[1])",
    ),
    "spread": (
        "the difference between the highest and the lowest frequency of a character",
        "max",
        "max(counts.values()) - min(counts.values())",
    ),
}


@family(kind=tuple(_EXTREMES))
def most_frequent_character(choose: Chooser, kind: str) -> Exercise:
    """Find the most or least frequent character of a string."""
    what, function, expression = _EXTREMES[kind]
    what = what.rstrip(",")
    ties = kind in ("most", "least", "most_pair")
    rule = " (the one that appears first if there are several)" if ties else ""
    solutions = [
        f"""
        def solve(text):
            counts = {{}}
            for char in text:
                counts[char] = counts.get(char, 0) + 1
            return {expression}
        """,
        f"""
        from collections import Counter

        def solve(text):
            counts = Counter(text)
            return {expression}
        """,
    ]
    if kind in ("most", "least"):
        solutions.append(returning("text", f"{function}(text, key=text.count)"))
    if kind == "most_pair":
        solutions.append(
            """
            from collections import Counter

            def solve(text):
                return Counter(text).most_common(1)[0]
            """
        )
    return Exercise(
        texts=(
            f"find {what} in a non-empty string{rule}",
            f"return {what} of a word{rule}" if ties else f"find out {what} in a word",
            f"Given a string that is not empty, return {what}{rule}.",
            f"determine {what} in a text{rule}",
        ),
        names=(f"{kind}_frequent", f"{kind}_common_char", "char_frequency", f"find_{kind}"),
        solutions=solutions,
        arguments=[*_repetitive(choose), ("a",)],
        synonyms={"key": ("key",), "pair": ("p", "item", "x")},
    )


_FIRSTS = {
    "first_unique": (
        "the first character that occurs only once",
        "text.count(char) == 1",
        "text",
    ),
    "last_unique": (
        "the last character that occurs only once",
        "text.count(char) == 1",
        "reversed(text)",
    ),
    "first_duplicate": (
        "the first character that occurs more than once",
        "text.count(char) > 1",
        "text",
    ),
    "last_duplicate": (
        "the last character that repeats an earlier one",
        "text.count(char) > 1",
        "reversed(text)",
    ),
    "first_thrice": (
        "the first character that occurs three times or more",
        "text.count(char) >= 3",
        "text",
    ),
}


@family(which=tuple(_FIRSTS), nothing=("None", "''"))
def first_unique_character(choose: Chooser, which: str, nothing: str) -> Exercise:
    """Find the first or last character that occurs once or more often."""
    what, condition, order = _FIRSTS[which]
    none = "None" if nothing == "None" else "an empty string"
    counted = condition.replace("text.count(char)", "counts[char]")
    return Exercise(
        texts=(
            f"find {what} in {a_string(choose)}; return {none} if there is no such character",
            f"return {what} in a string ({none} if there is none)",
            f"Given a word, find {what}, or return {none}.",
            f"get {what} of a text, or {none}",
        ),
        names=(which, f"{which}_char", f"{which}_letter", f"find_{which}"),
        solutions=(
            f"""
            def solve(text):
                for char in {order}:
                    if {condition}:
                        return char
                return {nothing}
            """,
            f"""
            from collections import Counter

            def solve(text):
                counts = Counter(text)
                for char in {order}:
                    if {counted}:
                        return char
                return {nothing}
            """,
            returning("text", f"next((char for char in {order} if {condition}), {nothing})"),
        ),
        arguments=[*_repetitive(choose), ("",), (choose.letters((4, 7), "ab"),)],
    )


@family(result=("char", "index", "none_text"))
def first_repeated_character(choose: Chooser, result: str) -> Exercise:
    """Find the first character that has been seen before."""
    nothing = {"char": "None", "index": "-1", "none_text": "'None'"}[result]
    value = "index" if result == "index" else "char"
    loop = "char in text" if value == "char" else "index, char in enumerate(text)"
    what = (
        "the index of the first character that has already occurred before it"
        if result == "index"
        else "the character that is repeated first, reading from the left"
    )
    return Exercise(
        texts=(
            f"find {what} in a string ({nothing} if nothing is repeated)",
            f"Which {'index' if result == 'index' else 'character'} of a string shows the first "
            f"repetition? Return {nothing} if there is none.",
            f"return {what}; {nothing} if all characters are different",
            f"Given a word, read it from left to right and return {what.split(',')[0]}. Return "
            f"{nothing} if there is none.",
        ),
        names=("first_repeat", "first_repeated", "find_repeated_char", "repeated_first"),
        solutions=(
            f"""
            def solve(text):
                seen = set()
                for {loop}:
                    if char in seen:
                        return {value}
                    seen.add(char)
                return {nothing}
            """,
            f"""
            def solve(text):
                for index, char in enumerate(text):
                    if char in text[:index]:
                        return {value}
                return {nothing}
            """,
        ),
        arguments=[*_repetitive(choose), ("",), ("abc",)],
    )


_DUPLICATES = {
    "keep_first": (
        "remove duplicate characters from a string, keeping the first of each",
        "''.join(dict.fromkeys(text))",
        "if char not in result:",
        "result += char",
    ),
    "neighbors": (
        "reduce every run of equal characters in a string to a single character",
        "''.join(char for char, _ in groupby(text))",
        "if not result or result[-1] != char:",
        "result += char",
    ),
    "at_most_two": (
        "shorten every run of equal characters in a string to two characters at most",
        "''.join(''.join(list(group)[:2]) for _, group in groupby(text))",
        "if result[-2:] != char * 2:",
        "result += char",
    ),
    "only_unique": (
        "remove all characters from a string that occur more than once",
        "''.join(char for char in text if text.count(char) == 1)",
        "if text.find(char) == text.rfind(char):",
        "result += char",
    ),
    "only_repeated": (
        "return the characters that occur more than once in a string, each once and in the order "
        "of their first occurrence",
        "''.join(char for char in dict.fromkeys(text) if text.count(char) > 1)",
        "if text.count(char) > 1 and char not in result:",
        "result += char",
    ),
    "keep_last": (
        "remove duplicate characters from a string, keeping the last of each",
        "''.join(dict.fromkeys(text[::-1]))[::-1]",
        "if char not in text[index + 1:]:",
        "result += char",
    ),
}


@family(kind=tuple(_DUPLICATES))
def remove_duplicate_characters(choose: Chooser, kind: str) -> Exercise:
    """Remove repeated characters from a string."""
    act, expression, check, step = _DUPLICATES[kind]
    imports = "from itertools import groupby" if "groupby" in expression else ""
    comma = "," if "," in act else ""
    loop = "for index, char in enumerate(text):" if "index" in check else "for char in text:"
    return Exercise(
        texts=(
            act,
            f"Given a word, {act.replace('a string', 'it')}.",
            act.replace("return", "find")
            if "return" in act
            else f"{act}{comma} and return the result",
            f"I have a string. I need to {act.replace('a string', 'it')}.",
        ),
        names=(
            "remove_duplicates",
            f"{kind}_chars",
            "unique_chars",
            "compress",
            f"{kind.removeprefix('only_')}_only",
        ),
        solutions=(
            returning("text", expression, imports),
            f"""
            def solve(text):
                result = ""
                {loop}
                    {check}
                        {step}
                return result
            """,
        ),
        arguments=[*_repetitive(choose), (choose.letters((5, 10), "aab"),), ("",)],
    )


_DISTINCT = {
    "all": ("different characters a string has", "len(set(text))"),
    "ignoring_case": (
        "different characters a string has if case is ignored",
        "len(set(text.lower()))",
    ),
    "letters": (
        "different letters a text contains",
        "len(set(char for char in text if char.isalpha()))",
    ),
    "once": (
        "characters occur exactly once in a string",
        "sum(1 for char in set(text) if text.count(char) == 1)",
    ),
    "repeated": (
        "different characters occur more than once in a string",
        "sum(1 for char in set(text) if text.count(char) > 1)",
    ),
    "vowels": ("different vowels there are in a lower-case text", "len(set(text) & set('aeiou'))"),
    "too_many": (
        "characters must be removed from a string so that no character occurs twice",
        "len(text) - len(set(text))",
    ),
    "often": (
        "different characters occur at least <k> times in a string",
        "sum(1 for char in set(text) if text.count(char) >= k)",
    ),
}


@family(kind=tuple(_DISTINCT))
def count_distinct_characters(choose: Chooser, kind: str) -> Exercise:
    """Count different characters, or those that are repeated."""
    what, expression = _DISTINCT[kind]
    texts = [text for (text,) in _repetitive(choose)]
    if kind == "ignoring_case":
        texts = [any_case(choose, text) for text in texts]
    if kind == "letters":
        texts = [text + " " + text[:2] + "12, !" for text in texts]
    more = [(choose.integer(2, 3),) if kind == "often" else () for _ in texts]
    return Exercise(
        texts=(
            f"find how many {what}",
            f"count how many {what}",
            f"return how many {what}",
            f"Find out how many {what}.",
        ),
        names=("count_distinct", f"count_{kind}", "num_different", f"distinct_{kind}"),
        solutions=(returning("text, k" if kind == "often" else "text", expression),),
        arguments=[(text, *extra) for text, extra in zip(texts, more, strict=True)]
        + [("", *more[0])],
    )


_RUNS = {
    "longest": (
        "the length of the longest run of equal characters",
        "max(len(list(group)) for _, group in groupby(text))",
    ),
    "longest_char": (
        "the character with the longest run of equal characters (the first if several are equal)",
        "max((''.join(group) for _, group in groupby(text)), key=len)[0]",
    ),
    "number": ("the number of runs of equal characters", "sum(1 for _ in groupby(text))"),
    "list": (
        "a list of all runs of equal characters",
        "[''.join(group) for _, group in groupby(text)]",
    ),
    "lengths": (
        "a list of the lengths of all runs of equal characters",
        "[len(list(group)) for _, group in groupby(text)]",
    ),
    "pairs": (
        "a list of (character, length) pairs for all runs of equal characters",
        "[(char, len(list(group))) for char, group in groupby(text)]",
    ),
}
_RUN_LOOPS = {
    "longest": "max(len(run) for run in runs)",
    "longest_char": "max(runs, key=len)[0]",
    "number": "len(runs)",
    "list": "runs",
    "lengths": "[len(run) for run in runs]",
    "pairs": "[(run[0], len(run)) for run in runs]",
}


@family(result=tuple(_RUNS))
def runs_of_equal_characters(choose: Chooser, result: str) -> Exercise:
    """Find the runs of equal characters of a string."""
    what, expression = _RUNS[result]
    return Exercise(
        texts=(
            f"return {what} in a non-empty string",
            f"find {what} in {a_string(choose)}",
            f"Given a string, return {what} in it.",
            f"divide a string into runs of equal neighbors and return {what}",
        ),
        names=("runs", f"runs_{result}", "consecutive", "group_chars", f"{result}_of_runs"),
        solutions=(
            returning("text", expression, "from itertools import groupby"),
            f"""
            def solve(text):
                runs = []
                for char in text:
                    if runs and runs[-1][0] == char:
                        runs[-1] += char
                    else:
                        runs.append(char)
                return {_RUN_LOOPS[result]}
            """,
        ),
        arguments=[(choose.letters((4, 10), alphabet),) for alphabet in ("ab", "aab", "01", "xyz")]
        + [(choose.word(),), ("aa",)],
        synonyms={"key": ("key",), "run": ("group_", "part", "r"), "runs": ("groups", "parts")},
    )


_COMMON = {
    "both": (
        "that occur in both strings, sorted,",
        "set(first) & set(second)",
        "{char for char in first if char in second}",
    ),
    "only_first": (
        "that occur in the first but not in the second string, sorted,",
        "set(first) - set(second)",
        "{char for char in first if char not in second}",
    ),
    "either": (
        "that occur in exactly one of two strings, sorted,",
        "set(first) ^ set(second)",
        "{char for char in first + second if (char in first) != (char in second)}",
    ),
    "any": (
        "that occur in at least one of two strings, sorted,",
        "set(first) | set(second)",
        "set(first + second)",
    ),
}


@family(which=tuple(_COMMON), result=("string", "list", "count"))
def common_characters(choose: Chooser, which: str, result: str) -> Exercise:
    """Compare the sets of characters of two strings."""
    what, *expressions = _COMMON[which]
    kind = {
        "string": "a string of the characters",
        "list": "a list of the characters",
        "count": "the number of different characters",
    }[result]
    shape = {"string": "''.join(sorted({}))", "list": "sorted({})", "count": "len({})"}[result]
    what = what.rstrip(",") if result != "count" else what.replace(", sorted,", "")
    return Exercise(
        texts=(
            f"return {kind} {what}",
            f"find {kind} {what}",
            f"Given two strings, return {kind} {as_they(what, 'two strings')}.",
            f"compare the letters of two words and return {kind} {as_they(what, 'two strings')}",
        ),
        names=(f"{which}_chars", "common_characters", "compare_letters", f"letters_{which}"),
        solutions=[returning("first, second", shape.format(each)) for each in expressions],
        arguments=[tuple(choose.words(2)) for _ in range(4)]
        + [(choose.letters(4, "abc"), choose.letters(4, "bcd")), (choose.word(), "")],
        synonyms=TWO_STRINGS,
    )


@family(direction=("first", "second"))
def multiset_difference_of_strings(choose: Chooser, direction: str) -> Exercise:
    """Find the one letter that was added to a shuffled word."""
    arguments = []
    for word in choose.words(6):
        letters = choose.shuffled(word + choose.letters(1))
        arguments.append((word, "".join(letters)))
    if direction == "first":
        arguments = [(longer, shorter) for shorter, longer in arguments]
    longer, shorter = ("first", "second") if direction == "first" else ("second", "first")
    return Exercise(
        texts=(
            f"find the letter that was added to <{shorter}> to make <{longer}>, whose letters were "
            "shuffled as well",
            f"Two strings have the same letters in any order, but <{longer}> has one more. Return "
            "this letter.",
            "One letter was added to a word, and the letters were shuffled. Find the added letter, "
            f"given the longer text <{longer}> and the word <{shorter}>.",
            f"find the extra character of <{longer}> compared with <{shorter}>",
        ),
        names=("extra_letter", "added_letter", "find_difference", "find_extra"),
        solutions=(
            f"""
            def solve(first, second):
                for char in {longer}:
                    if {longer}.count(char) > {shorter}.count(char):
                        return char
            """,
            f"""
            from collections import Counter

            def solve(first, second):
                rest = Counter({longer}) - Counter({shorter})
                return list(rest)[0]
            """,
            f"""
            def solve(first, second):
                return chr(sum(map(ord, {longer})) - sum(map(ord, {shorter})))
            """,
        ),
        arguments=arguments,
        synonyms=TWO_STRINGS,
    )


@family(order=("frequency", "first", "alphabet"))
def sort_characters_by_frequency(choose: Chooser, order: str) -> Exercise:
    """Sort the characters of a string by how often they occur."""
    rule, expression = {
        "frequency": (
            "most frequent first, and alphabetically where they are equally frequent",
            "''.join(sorted(text, key=lambda char: (-text.count(char), char)))",
        ),
        "first": (
            "most frequent first; each character is listed once, and ties keep the order of the "
            "string",
            "''.join(sorted(dict.fromkeys(text), key=lambda char: -text.count(char)))",
        ),
        "alphabet": (
            "rarest first, and alphabetically where they are equally rare",
            "''.join(sorted(text, key=lambda char: (text.count(char), char)))",
        ),
    }[order]
    return Exercise(
        texts=(
            f"sort the characters of {a_string(choose)} by frequency, {rule}",
            f"Arrange the letters of a string by frequency ({rule}).",
            f"order the letters of a word by how often they occur: {rule}",
            f"Given a string, sort its characters by their number of occurrences, {rule}.",
        ),
        names=("sort_by_frequency", "frequency_sort", "by_frequency", "order_letters"),
        solutions=(returning("text", expression),),
        arguments=[*_repetitive(choose), ("",)],
        synonyms={"key": ("key",)},
    )


_SAME_COUNTS = {
    "all_equal": (
        "all characters of a string occur equally often",
        "len(set(text.count(char) for char in text)) <= 1",
    ),
    "all_even": (
        "every character of a string occurs an even number of times",
        "all(text.count(char) % 2 == 0 for char in text)",
    ),
    "all_twice": (
        "every character of a string occurs at least twice",
        "all(text.count(char) >= 2 for char in text)",
    ),
    "dominant": (
        "one character makes up more than half of a string",
        "any(text.count(char) > len(text) / 2 for char in text)",
    ),
    "different_counts": (
        "no two different characters of a string occur equally often",
        "len(set(text.count(char) for char in set(text))) == len(set(text))",
    ),
}


@family(kind=tuple(_SAME_COUNTS))
def check_character_frequencies(choose: Chooser, kind: str) -> Exercise:
    """Check a property of the frequencies of characters."""
    what, expression = _SAME_COUNTS[kind]
    solution = {
        "all_equal": "len(set(Counter(text).values())) <= 1",
        "all_even": "all(count % 2 == 0 for count in Counter(text).values())",
        "all_twice": "all(count >= 2 for count in Counter(text).values())",
        "dominant": "any(count > len(text) / 2 for count in Counter(text).values())",
        "different_counts": "len(set(Counter(text).values())) == len(Counter(text))",
    }[kind]
    positives = {
        "all_equal": ["abab", "xyz", choose.letters(1) * 3],
        "all_even": ["abba", "aabb", choose.word()[:3] * 2],
        "all_twice": ["abcabc", "aaabb", choose.word()[:4] * 2],
        "dominant": ["aabaa", "zzz", "x" * 4 + choose.letters(3, "abc")],
        "different_counts": ["aab", "abbccc", "zz" + choose.letters(1, "abc")],
    }[kind]
    return Exercise(
        texts=(
            f"check whether {what}",
            f"find out if {what}",
            f"Return True if {what}, otherwise False.",
            f"test if {what}",
        ),
        names=(f"is_{kind}", f"check_{kind}", "check_frequency", "same_frequency"),
        solutions=(
            returning("text", expression),
            returning("text", solution, "from collections import Counter"),
        ),
        arguments=[(text,) for text in positives]
        + [(word,) for word in choose.words(2)]
        + [(choose.letters((3, 6), "abc"),)],
    )
