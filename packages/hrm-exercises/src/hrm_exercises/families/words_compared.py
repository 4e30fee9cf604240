"""Lists of words compared with each other, with a word, a second list or a sentence."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import or_not
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]


_KEEP_KEY: _Synonyms = {"key": ("key",)}


_EDITS = {
    "replace": (
        "words, old, new",
        "[new if word == old else word for word in words]",
        "replace every word <old> of a list by <new>",
    ),
    "remove": (
        "words, old",
        "[word for word in words if word != old]",
        "remove every word <old> from a list",
    ),
    "count": (
        "words, old",
        "words.count(old)",
        "count how often the word <old> is in a list of words",
    ),
    "count_caseless": (
        "words, old",
        "sum(1 for word in words if word.lower() == old.lower())",
        "count how often the word <old> occurs in a list, ignoring case",
    ),
    "positions": (
        "words, old",
        "[index for index, word in enumerate(words) if word == old]",
        "list the indices of the word <old> in a list of words",
    ),
    "mask": (
        "words, old",
        "['#' * len(word) if word == old else word for word in words]",
        "replace every word <old> in a list by as many '#' as it has letters",
    ),
    "before": (
        "words, old",
        "words[:words.index(old)] if old in words else words",
        "return the words of a list that come before <old>, or all words if it is not there",
    ),
    "after": (
        "words, old",
        "words[words.index(old) + 1:] if old in words else []",
        "return the words of a list that come after the first <old>, or an empty list if it is "
        "not there",
    ),
    "insert_after": (
        "words, old, new",
        "[part for word in words for part in ([word, new] if word == old else [word])]",
        "insert the word <new> after each word <old> in a list",
    ),
}


@family(edit=tuple(_EDITS))
def handle_one_word_of_list(choose: Chooser, edit: str) -> Exercise:
    """Replace, remove, count or locate a given word in a list."""
    parameters, expression, does = _EDITS[edit]
    loops = {
        "replace": ("[]", "result.append(new if word == old else word)"),
        "remove": ("[]", "if word != old:\n                        result.append(word)"),
        "count": ("0", "if word == old:\n                        result += 1"),
        "count_caseless": ("0", "result += word.lower() == old.lower()"),
        "insert_after": (
            "[]",
            "result.append(word)\n                    if word == old:\n"
            "                        result.append(new)",
        ),
    }
    solutions = [f"def solve({parameters}):\n    return {expression}"]
    if edit in loops:
        start, step = loops[edit]
        solutions.append(f"""
            def solve({parameters}):
                result = {start}
                for word in words:
                    {step}
                return result
            """)
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        some = choose.words(3)
        words = [choose.one_of(some) for _ in range(choose.integer(3, 6))]
        old = choose.one_of(words) if choose.chance(0.8) else choose.word()
        if edit == "count_caseless":
            words = [choose.one_of((word, word.upper(), word.capitalize())) for word in words]
        arguments.append((words, old, choose.word()) if "new" in parameters else (words, old))
    return Exercise(
        texts=(
            does,
            does.replace("a list of words", "a list").replace(
                "a list", "the given list of strings"
            ),
            "Given a list of words, "
            f"{does.replace('a list of words', 'it').replace('a list', 'it')}.",
        ),
        names=(f"{edit}_word", f"word_{edit}", f"{edit}_in_words", f"handle_{edit}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"old": ("target", "wanted", "x"), "new": ("other", "replacement", "y")},
    )


_COMMON = {
    "prefix": ("word.startswith(best)", "best[:-1]", "the longest common prefix"),
    "suffix": ("word.endswith(best)", "best[1:]", "the longest common suffix"),
}


@family(kind=tuple(_COMMON))
def common_part_of_words(choose: Chooser, kind: str) -> Exercise:
    """Find the longest common prefix or suffix of a list of words."""
    test, shorter, noun = _COMMON[kind]
    stems = ("inter", "over", "flow", "car", "un", "tele", "super", "re", "in", "or")
    arguments = []
    for index in range(7):
        stem = choose.one_of(stems) if index % 4 else ""
        words = [stem + word if kind == "prefix" else word + stem for word in choose.words((2, 4))]
        arguments.append((words,))
    if kind == "prefix":
        other = """
            import os.path

            def solve(words):
                return os.path.commonprefix(words)
            """
        by_letters = """
            def solve(words):
                result = ''
                for letters in zip(*words):
                    if len(set(letters)) > 1:
                        break
                    result += letters[0]
                return result
            """
    else:
        other = """
            def solve(words):
                result = ''
                for letters in zip(*[word[::-1] for word in words]):
                    if len(set(letters)) > 1:
                        break
                    result = letters[0] + result
                return result
            """
        by_letters = other
    return Exercise(
        texts=(
            f"find {noun} of a list of words",
            f"return {noun} of all strings in a list, which may be empty",
            f"Given a list of words, return {noun} of all of them ('' if they have none).",
            f"{noun.removeprefix('the ').capitalize()} of the strings in a list",
        ),
        names=(f"common_{kind}", f"longest_common_{kind}", f"shared_{kind}", f"find_{kind}"),
        solutions=(
            f"""
            def solve(words):
                best = words[0]
                for word in words[1:]:
                    while not {test}:
                        best = {shorter}
                return best
            """,
            by_letters,
            *([other] if kind == "prefix" else []),
        ),
        arguments=arguments,
        synonyms={"best": (kind, "common", "candidate", "result")},
    )


_CHECKS = {
    "chain": (
        "all(a[-1] == b[0] for a, b in zip(words, words[1:]))",
        "each word of a list starts with the last letter of the word before it",
    ),
    "anagrams": (
        "len({''.join(sorted(word)) for word in words}) == 1",
        "all words in a list are anagrams of each other",
    ),
    "same_length": (
        "len({len(word) for word in words}) == 1",
        "all words in a list have the same length",
    ),
    "sorted": ("words == sorted(words)", "the words of a list are in alphabetical order"),
    "by_length": (
        "all(len(a) <= len(b) for a, b in zip(words, words[1:]))",
        "no word in a list is shorter than the word before it",
    ),
    "same_start": (
        "len({word[0] for word in words}) == 1",
        "all words in a list start with the same letter",
    ),
    "repeated": ("len(set(words)) < len(words)", "a word occurs more than once in a list"),
    "unique_starts": (
        "len({word[0] for word in words}) == len(words)",
        "all words in a list start with different letters",
    ),
}


@family(check=tuple(_CHECKS))
def check_word_list(choose: Chooser, check: str) -> Exercise:
    """Check a property of a list of words as a whole."""
    condition, claim = _CHECKS[check]
    arguments = []
    for index in range(7):
        words = choose.words((2, 5))
        if index % 2 == 0:
            some = choose.words(1) * choose.integer(2, 4)
            firsts = {word[0]: word for word in words}
            chain = [choose.letters(1)]
            for word in words:
                chain.append(chain[-1][-1] + word[1:])
            words = {
                "chain": chain[1:],
                "anagrams": ["".join(choose.shuffled(word)) for word in some],
                "same_length": [(word * 2)[:5] for word in words],
                "sorted": sorted(words),
                "by_length": sorted(words, key=len),
                "same_start": [words[0][0] + word[1:] for word in words],
                "repeated": [*words, words[0]],
                "unique_starts": list(firsts.values()),
            }[check]
        arguments.append((words,))
    return Exercise(
        texts=(
            f"check whether {claim}",
            "Given a list of words, return True if "
            f"{claim.replace('in a list', 'in it').replace('a list', 'it')}"
            ", else False.",
            f"check if {claim}{or_not(claim)}",
            f"find out whether {claim}",
        ),
        names=(f"check_{check}", f"is_{check}", f"words_{check}", "check_words"),
        solutions=(
            f"def solve(words):\n    return {condition}",
            f"def solve(words):\n    if {condition}:\n        return True\n    return False",
        ),
        arguments=arguments,
        synonyms={"a": ("x", "one", "first"), "b": ("y", "other", "second")},
    )


_TWO = {
    "concatenate": ("a + b", "concatenate the words of two lists at the same positions"),
    "spaced": ("a + ' ' + b", "join the words of two lists pairwise with a space between them"),
    "longer": (
        "a if len(a) >= len(b) else b",
        "choose the longer word at each position of two lists, the first one if "
        "they are equally long",
    ),
    "same": ("a == b", "compare two lists of words at each position and return a list of booleans"),
    "lengths": ("len(a) + len(b)", "add up the lengths of the words of two lists at each position"),
    "initials": (
        "a[0] + b[0]",
        "make two-letter strings of the first letters of the words at the same positions of "
        "two lists",
    ),
}


@family(kind=tuple(_TWO))
def combine_two_word_lists(choose: Chooser, kind: str) -> Exercise:
    """Combine the words at the same positions of two lists."""
    expression, does = _TWO[kind]
    arguments = []
    for _ in range(6):
        first = choose.words((1, 5))
        second = choose.words(len(first))
        if kind == "same":
            second = [choose.one_of(pair) for pair in zip(first, second, strict=True)]
        arguments.append((first, second))
    return Exercise(
        texts=(
            does,
            "Given two lists of words of equal length, "
            f"{does.replace('two lists of words', 'them').replace('two lists', 'the lists')}.",
            f"{does}; both lists have the same length",
        ),
        names=(f"{kind}_words", f"combine_{kind}", f"pairwise_{kind}", "combine_lists"),
        solutions=(
            f"def solve(first, second):\n    return [{expression} for a, b in zip(first, second)]",
            f"""
            def solve(first, second):
                result = []
                for a, b in zip(first, second):
                    result.append({expression})
                return result
            """,
            f"def solve(first, second):\n    return list(map(lambda a, b: {expression}, first, "
            "second))",
        ),
        arguments=arguments,
        synonyms={"a": ("x", "one"), "b": ("y", "other")},
    )


_FREQUENT = {
    "word": ("words", "the most common word in a list of words"),
    "letter": ("''.join(words)", "the most common letter in a list of words"),
    "length": ("[len(word) for word in words]", "the most common word length in a list of words"),
    "initial": ("[word[0] for word in words]", "the most common first letter in a list of words"),
}


@family(what=tuple(_FREQUENT), tie=("smallest", "first"))
def most_common_in_words(choose: Chooser, what: str, tie: str) -> Exercise:
    """Find the most common word, letter, length or first letter."""
    sequence, noun = _FREQUENT[what]
    smallest = "smallest one" if what == "length" else "one that comes first in the alphabet"
    rule = (
        f"the {smallest} if there are several"
        if tie == "smallest"
        else "the one that comes first if there are several"
    )
    if tie == "smallest":
        one = "min(counts, key=lambda item: (-counts[item], item))"
        two = "sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[0][0]"
    else:
        one = "max(counts, key=counts.get)"
        two = "counts.most_common(1)[0][0]"
    arguments = []
    for _ in range(7):
        some = choose.words(3)
        words = (
            [choose.one_of(some) for _ in range(choose.integer(2, 6))]
            if what == "word"
            else choose.words((2, 6))
        )
        arguments.append((words,))
    return Exercise(
        texts=(
            f"find {noun}, {rule}",
            f"return {noun} ({rule})",
            f"Given a list of words, return {noun.removesuffix(' in a list of words')}, {rule}.",
        ),
        names=(f"most_common_{what}", f"most_frequent_{what}", f"common_{what}", f"{what}_mode"),
        solutions=(
            f"from collections import Counter\n\ndef solve(words):\n"
            f"    counts = Counter({sequence})\n    return {one}",
            f"from collections import Counter\n\ndef solve(words):\n"
            f"    counts = Counter({sequence})\n    return {two}",
            f"""
            def solve(words):
                counts = {{}}
                for item in {sequence}:
                    counts[item] = counts.get(item, 0) + 1
                return {one}
            """,
        ),
        arguments=arguments,
        synonyms=_KEEP_KEY | {"pair": ("entry", "p"), "item": ("x", "entry", "it")},
    )


_IN_TEXT = {
    "count": (
        "sum(1 for word in words if word in text.split())",
        "count the words of a list that occur in a sentence",
    ),
    "list": (
        "[word for word in words if word in text.split()]",
        "list the words of a list that occur in a sentence",
    ),
    "all": (
        "all(word in text.split() for word in words)",
        "check whether all words of a list occur in a sentence",
    ),
    "any": (
        "any(word in text.split() for word in words)",
        "check whether any word of a list occurs in a sentence",
    ),
    "missing": (
        "[word for word in words if word not in text.split()]",
        "list the words of a list that are not in a sentence",
    ),
    "remove": (
        "' '.join(word for word in text.split() if word not in words)",
        "remove the words of a list from a sentence",
    ),
    "mask": (
        "' '.join('*' * len(word) if word in words else word for word in text.split())",
        "replace the letters of the words of a list by '*' in a sentence",
    ),
}


@family(task=tuple(_IN_TEXT))
def word_list_and_sentence(choose: Chooser, task: str) -> Exercise:
    """Compare a list of words with the words of a sentence."""
    expression, does = _IN_TEXT[task]
    solutions = [f"def solve(words, text):\n    return {expression}"]
    if task in ("count", "all", "any", "list", "missing"):
        other = expression.replace("text.split()", "present")
        solutions.append(f"def solve(words, text):\n    present = text.split()\n    return {other}")
    if task in ("remove", "mask"):
        step = {
            "remove": "if word not in words:\n                        result.append(word)",
            "mask": "result.append('*' * len(word) if word in words else word)",
        }[task]
        solutions.append(f"""
            def solve(words, text):
                result = []
                for word in text.split():
                    {step}
                return ' '.join(result)
            """)
    arguments = []
    for index in range(7):
        text = choose.words((3, 7))
        words = choose.sample(list(dict.fromkeys(text)), (1, 2))
        extra = choose.words((1, 2)) if index % 2 else []
        if task == "any" and index % 2:
            words = []
        arguments.append((choose.shuffled(list(dict.fromkeys(words + extra))), " ".join(text)))
    return Exercise(
        texts=(
            does,
            "Given a list of words and a sentence, "
            f"{does.replace('a list', 'the list').replace('a sentence', 'the sentence')}.",
            f"{does}; the words of the sentence are separated by spaces",
        ),
        names=(
            f"{task}_words_in_text",
            f"{task}_listed_words",
            f"words_in_sentence_{task}",
            "find_words",
        ),
        solutions=solutions,
        arguments=arguments,
        synonyms={"present": ("tokens", "all_words", "parts")},
    )
