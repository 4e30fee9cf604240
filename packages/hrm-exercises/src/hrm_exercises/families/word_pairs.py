"""Pairs of words in a list, similar words, split strings and letters counted word by word."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]

_KEEP_KEY: _Synonyms = {"key": ("key",)}

_PAIRS = {
    "anagrams": ("sorted(a) == sorted(b)", "that are anagrams of each other"),
    "reverses": ("a == b[::-1]", "of which one is the other spelled backwards"),
    "same_length": ("len(a) == len(b)", "that have the same length"),
    "same_start": ("a[0] == b[0]", "that start with the same letter"),
    "rhyme": ("a[-2:] == b[-2:]", "that end with the same two letters"),
    "no_common": ("not set(a) & set(b)", "that have no letter in common"),
    "contained": ("a in b or b in a", "of which one contains the other"),
}


@family(relation=tuple(_PAIRS), result=("count", "list", "any"))
def pairs_of_words(choose: Chooser, relation: str, result: str) -> Exercise:
    """Count or list the pairs of words in a list that have a relation."""
    test, clause = _PAIRS[relation]
    pattern = {
        "count": "sum(1 for a, b in combinations(words, 2) if {})",
        "list": "[(a, b) for a, b in combinations(words, 2) if {}]",
        "any": "any({} for a, b in combinations(words, 2))",
    }[result]
    start, step, end = {
        "count": ("total = 0", "total += 1", "total"),
        "list": ("total = []", "total.append((a, b))", "total"),
        "any": ("", "return True", "False"),
    }[result]
    first = f"{start}\n                " if start else ""
    texts = {
        "count": (
            f"count the pairs of words in a list {clause}",
            f"find how many pairs of strings there are in a list {clause}",
            f"Given a list of different words, return the number of pairs {clause}.",
        ),
        "list": (
            f"list the pairs of words in a list {clause}",
            f"find all pairs of strings in a list {clause}, as tuples in the order of the list",
            f"Given a list of different words, return a list of all pairs {clause}.",
        ),
        "any": (
            f"check whether a list has two words {clause}",
            f"return True if there are two strings in a list {clause}, else False",
            f"Given a list of different words, are there two of them {clause}? Return a boolean.",
        ),
    }[result]
    arguments = []
    for index in range(7):
        words = list(dict.fromkeys(choose.words((2, 4))))
        one = choose.one_of(words)
        partner = {
            "anagrams": "".join(choose.shuffled(one)),
            "reverses": one[::-1],
            "same_length": choose.letters(len(one)),
            "same_start": one[0] + choose.letters(3),
            "rhyme": choose.letters(3) + one[-2:],
            "no_common": "xxv",
            "contained": one + choose.one_of(("s", "ed", "er")),
        }[relation]
        if index % 2 and partner not in words:
            words.append(partner)
        arguments.append((choose.shuffled(words),))
    return Exercise(
        texts=texts,
        names=(
            f"{relation}_pairs",
            f"{result}_{relation}",
            f"word_pairs_{relation}",
            "pairs_of_words",
        ),
        solutions=(
            "from itertools import combinations\n\n"
            f"def solve(words):\n    return {pattern.format(test)}",
            f"""
            def solve(words):
                {first}for index, a in enumerate(words):
                    for b in words[index + 1:]:
                        if {test}:
                            {step}
                return {end}
            """,
        ),
        arguments=arguments,
        synonyms={
            "a": ("first", "x", "one"),
            "b": ("second", "y", "other"),
            "total": ("result", "found", "pairs"),
        },
    )


_SIMILAR = {
    "differences": (
        "sum(a != b for a, b in zip(word, text))",
        "min",
        "differs from <text> in the fewest places (all have the same length)",
    ),
    "common": ("len(set(word) & set(text))", "max", "has the most letters in common with <text>"),
    "length": ("abs(len(word) - len(text))", "min", "is closest in length to <text>"),
    "vowels": (
        "abs(sum(char in 'aeiou' for char in word) - sum(char in 'aeiou' for char in text))",
        "min",
        "has a number of vowels that is closest to that of <text>",
    ),
}


@family(measure=tuple(_SIMILAR))
def most_similar_word(choose: Chooser, measure: str) -> Exercise:
    """Find the word of a list that is most similar to a given one; the first in a tie."""
    expression, function, clause = _SIMILAR[measure]
    sign = "<" if function == "min" else ">"
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        words, text = choose.words((2, 6)), choose.word()
        if measure == "differences":
            text = choose.letters(3, "abcd")
            words = [choose.letters(3, "abcd") for _ in words]
        arguments.append((words, text))
    return Exercise(
        texts=(
            f"find the word in a list that {clause}, the first one in a tie",
            f"Given a list of words and a word <text>, return the word that {clause} (the first of "
            "several).",
            f"return the string of a list that {clause}; if there are several, the first of them",
        ),
        names=("closest_word", f"most_similar_{measure}", f"nearest_by_{measure}", "similar_word"),
        solutions=(
            f"def solve(words, text):\n    return {function}(words, key=lambda word: {expression})",
            f"""
            def solve(words, text):
                best = None
                best_score = None
                for word in words:
                    score = {expression}
                    if best is None or score {sign} best_score:
                        best = word
                        best_score = score
                return best
            """,
        ),
        arguments=arguments,
        synonyms=_KEEP_KEY
        | {
            "text": ("target", "given", "query"),
            "best": ("found", "closest", "answer"),
            "a": ("x", "one"),
            "b": ("y", "other"),
            "score": ("distance", "figure") if function == "min" else ("similarity", "figure"),
        },
    )


_SPLIT = {
    "flat": (
        "[part for word in words for part in word.split(text)]",
        "split each string of a list at the separator <text> and return all parts in one list",
    ),
    "nested": (
        "[word.split(text) for word in words]",
        "split each string of a list at the separator <text>; the result is a list of lists",
    ),
    "first": (
        "[word.split(text)[0] for word in words]",
        "list what comes before the first <text> in each string of a list",
    ),
    "last": (
        "[word.split(text)[-1] for word in words]",
        "list what comes after the last <text> in each string of a list",
    ),
    "counts": (
        "[word.count(text) for word in words]",
        "count how often <text> occurs in each string of a list",
    ),
    "replaced": (
        "[word.replace(text, ' ') for word in words]",
        "replace <text> by a space in each string of a list",
    ),
    "with": (
        "[word for word in words if text in word]",
        "keep the strings of a list that contain the separator <text>",
    ),
}


@family(task=tuple(_SPLIT))
def split_strings_of_list(choose: Chooser, task: str) -> Exercise:
    """Split or count by a separator in each string of a list."""
    expression, does = _SPLIT[task]
    loops = {
        "flat": "result.extend(word.split(text))",
        "nested": "result.append(word.split(text))",
        "counts": "result.append(word.count(text))",
        "replaced": "result.append(word.replace(text, ' '))",
        "first": "result.append(word.partition(text)[0])",
        "last": "result.append(word.rpartition(text)[2])",
    }
    solutions = [f"def solve(words, text):\n    return {expression}"]
    if task in loops:
        solutions.append(f"""
            def solve(words, text):
                result = []
                for word in words:
                    {loops[task]}
                return result
            """)
    arguments = []
    for _ in range(6):
        separator = choose.one_of((".", "-", ",", "/", "_"))
        strings = [separator.join(choose.words((1, 3))) for _ in range(choose.integer(1, 4))]
        arguments.append((strings, separator))
    of_it = does.replace("first <text>", "first separator").replace("last <text>", "last separator")
    of_it = of_it.replace("the separator <text>", "the separator").replace(
        "<text>", "the separator"
    )
    of_it = of_it.replace(" of a list", "")
    return Exercise(
        texts=(
            does,
            does.replace("a list", "the given list", 1),
            f"Given a list of strings and a separator, {of_it}.",
        ),
        names=(f"split_{task}", f"{task}_by_separator", f"strings_{task}", "split_strings"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"text": ("sep", "separator", "delimiter"), "part": ("piece", "p", "field")},
    )


_LETTERS = {
    "counts": (
        "[word.count(char) for word in words]",
        "a list of how often <char> occurs in each word",
    ),
    "positions": (
        "[word.find(char) for word in words]",
        "a list of the first index of <char> in each word (-1 if it is missing)",
    ),
    "total": (
        "sum(word.count(char) for word in words)",
        "how often <char> occurs in all words together",
    ),
    "dict": (
        "{word: word.count(char) for word in words}",
        "a dictionary that maps each word to the number of <char> in it",
    ),
    "most": (
        "max(words, key=lambda word: word.count(char))",
        "the word that contains <char> most often (the first one in a tie)",
    ),
    "bools": (
        "[char in word for word in words]",
        "a list of booleans that tell whether each word contains <char>",
    ),
    "removed": (
        "[word.replace(char, '') for word in words]",
        "a list of the words, with every <char> removed",
    ),
    "starred": (
        "[word.replace(char, '*') for word in words]",
        "a list of the words with '*' in the place of <char>",
    ),
}


@family(wanted=tuple(_LETTERS))
def one_letter_in_words(choose: Chooser, wanted: str) -> Exercise:
    """Count, find, remove or replace a letter in each word of a list."""
    expression, noun = _LETTERS[wanted]
    loops = {
        "counts": ("[]", "result.append(word.count(char))"),
        "total": ("0", "result += word.count(char)"),
        "dict": ("{}", "result[word] = word.count(char)"),
        "removed": ("[]", "result.append(''.join(c for c in word if c != char))"),
    }
    solutions = [f"def solve(words, char):\n    return {expression}"]
    if wanted == "total":
        solutions.append("def solve(words, char):\n    return ''.join(words).count(char)")
    if wanted in loops:
        start, step = loops[wanted]
        solutions.append(f"""
            def solve(words, char):
                result = {start}
                for word in words:
                    {step}
                return result
            """)
    arguments = []
    for _ in range(6):
        words = list(dict.fromkeys(choose.words((1, 5))))
        arguments.append((words, choose.one_of(words[0] + "eat")))
    return Exercise(
        texts=(
            f"find {noun}, given a list of words and a letter",
            f"Given a list of words and a letter <char>, return {noun}.",
            f"return {noun}, for a list of strings",
        ),
        names=(f"letter_{wanted}", f"{wanted}_of_letter", f"char_{wanted}", "letter_in_words"),
        solutions=solutions,
        arguments=arguments,
        synonyms=_KEEP_KEY | {"char": ("ch", "x", "symbol")},
    )


_AFFIXES = {
    "any_prefix": (
        "[word for word in words if word.startswith(tuple(items))]",
        "start with one of the prefixes in <items>",
    ),
    "any_suffix": (
        "[word for word in words if word.endswith(tuple(items))]",
        "end with one of the suffixes in <items>",
    ),
    "no_prefix": (
        "[word for word in words if not word.startswith(tuple(items))]",
        "start with none of the prefixes in <items>",
    ),
    "any_part": (
        "[word for word in words if any(item in word for item in items)]",
        "contain one or more of the strings in <items>",
    ),
    "all_parts": (
        "[word for word in words if all(item in word for item in items)]",
        "contain all of the strings in <items>",
    ),
}


@family(condition=tuple(_AFFIXES), counted=(False, True))
def words_with_one_of(choose: Chooser, condition: str, *, counted: bool) -> Exercise:
    """Keep or count the words that have one or all of several prefixes, suffixes or parts."""
    expression, clause = _AFFIXES[condition]
    test = expression.partition(" if ")[2][:-1]
    by_hand = {
        "any_prefix": "any(word.startswith(item) for item in items)",
        "any_suffix": "any(word.endswith(item) for item in items)",
        "no_prefix": "not any(word.startswith(item) for item in items)",
    }.get(condition, test)
    start, step = ("0", "result += 1") if counted else ("[]", "result.append(word)")
    one = f"sum(1 for word in words if {test})" if counted else expression
    arguments = []
    for _ in range(6):
        words = choose.words((3, 7))
        sources = choose.sample(words, (1, 2)) + choose.words(1)
        parts = {
            "any_suffix": [word[-choose.integer(1, 2) :] for word in sources],
            "any_part": [word[1:3] for word in sources],
            "all_parts": [choose.one_of("aeiort") for _ in range(2)],
        }.get(condition, [word[: choose.integer(1, 2)] for word in sources])
        arguments.append((words, list(dict.fromkeys(parts))))
    return Exercise(
        texts=(
            f"{'count' if counted else 'find'} the words in a list that {clause}",
            f"find how many strings of a list {clause}"
            if counted
            else f"return a list of the strings in <words> that {clause}",
            "Given a list of words and a list of strings, return the number of words that "
            f"{clause}."
            if counted
            else f"Given a list of words and a list of strings, keep the words that {clause}.",
        ),
        names=(f"words_{condition}", f"{condition}_words", f"filter_{condition}", "select_words"),
        solutions=(
            f"def solve(words, items):\n    return {one}",
            f"""
            def solve(words, items):
                result = {start}
                for word in words:
                    if {by_hand}:
                        {step}
                return result
            """,
        ),
        arguments=arguments,
        synonyms={"items": ("parts", "others", "patterns"), "item": ("part", "other", "p")},
    )
