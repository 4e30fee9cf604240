"""Dynamic programming on texts: common parts, edits, splits and matches of words."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_TEXT_NAMES = {
    "first": ("a", "x", "s1", "word1", "str1", "text1", "s"),
    "second": ("b", "y", "s2", "word2", "str2", "text2", "t"),
}


def _similar_words(choose: Chooser, alphabet: str = "abcdet") -> tuple[str, str]:
    """Return two words, one of which was made of the other by some edits."""
    word = choose.word() if choose.chance(0.6) else choose.letters((3, 6), alphabet)
    other = list(word)
    for _ in range(choose.integer(1, 3)):
        place = choose.integer(0, len(other) - 1)
        edit = choose.integer(0, 2)
        if edit == 0 and len(other) > 2:
            del other[place]
        elif edit == 1:
            other.insert(place, choose.letters(1))
        else:
            other[place] = choose.letters(1)
    return word, "".join(other)


@family(
    kind=("text", "list"),
    task=("subsequence_length", "substring_length", "substring", "supersequence"),
)
def common_parts_of_two_sequences(choose: Chooser, kind: str, task: str) -> Exercise:
    """Find the longest common subsequence or the longest common contiguous part."""
    text = kind == "text"
    what = "strings" if text else "lists"
    piece = "substring" if text else "contiguous sublist"
    empty = '""' if text else "[]"
    texts, names, solutions = {
        "subsequence_length": (
            (
                f"find the length of the longest common subsequence of two {what}",
                f"find how long the longest sequence is that occurs in both {what} in the same "
                "order, not necessarily side by side",
                f"Given two {what}, return the length of their longest common subsequence.",
                f"Length of longest common subsequence of 2 {what}.",
            ),
            ("lcs_length", "longest_common_subsequence", "lcs", "common_subsequence_length"),
            (
                """
                def solve(first, second):
                    m, n = len(first), len(second)
                    table = [[0] * (n + 1) for _ in range(m + 1)]
                    for i in range(1, m + 1):
                        for j in range(1, n + 1):
                            if first[i - 1] == second[j - 1]:
                                table[i][j] = table[i - 1][j - 1] + 1
                            else:
                                table[i][j] = max(table[i - 1][j], table[i][j - 1])
                    return table[m][n]
                """,
                """
                def solve(first, second):
                    if not first or not second:
                        return 0
                    if first[0] == second[0]:
                        return 1 + solve(first[1:], second[1:])
                    return max(solve(first[1:], second), solve(first, second[1:]))
                """,
            ),
        ),
        "substring_length": (
            (
                f"find the length of the longest common {piece} of two {what}",
                f"find how many consecutive elements two {what} share at most",
                f"Given two {what}, return the length of the longest {piece} that is part of "
                "both of them.",
                f"Length of longest common {piece}.",
            ),
            ("longest_common_length", "common_run_length", "longest_shared_part"),
            (
                """
                def solve(first, second):
                    best = 0
                    lengths = {}
                    for i in range(len(first)):
                        for j in range(len(second)):
                            if first[i] == second[j]:
                                lengths[i, j] = lengths.get((i - 1, j - 1), 0) + 1
                                best = max(best, lengths[i, j])
                    return best
                """,
                """
                def solve(first, second):
                    best = 0
                    for i in range(len(first)):
                        for j in range(len(second)):
                            k = 0
                            while (
                                i + k < len(first)
                                and j + k < len(second)
                                and first[i + k] == second[j + k]
                            ):
                                k += 1
                            best = max(best, k)
                    return best
                """,
            ),
        ),
        "substring": (
            (
                f"find the longest common {piece} of two {what} (the one that comes first in the "
                "first of them, if there are several)",
                f"return the longest run of consecutive elements that is part of both {what}; of "
                f"equally long ones take the one that starts first in the first of the {what}",
                f"Given two {what}, return the longest {piece} that both contain. If several have "
                f"this length, return the leftmost in the first of the {what}.",
                "Longest common part without gaps (the first in the first argument if there are "
                "several).",
            ),
            ("longest_common_part", "common_run", "longest_shared_piece"),
            (
                f"""
                def solve(first, second):
                    best = {empty}
                    for i in range(len(first)):
                        for j in range(len(second)):
                            k = 0
                            while (
                                i + k < len(first)
                                and j + k < len(second)
                                and first[i + k] == second[j + k]
                            ):
                                k += 1
                            if k > len(best):
                                best = first[i:i + k]
                    return best
                """,
            ),
        ),
        "supersequence": (
            (
                f"find the length of the shortest common supersequence of two {what}",
                "find how long the shortest sequence is that contains both given "
                f"{what} as subsequences",
                f"Given two {what}, return the smallest length of a sequence from which each of "
                "them can be made by leaving out elements.",
                "Length of the shortest common supersequence.",
            ),
            ("shortest_supersequence", "scs_length", "supersequence_length"),
            (
                """
                def solve(first, second):
                    if not first or not second:
                        return len(first) + len(second)
                    if first[0] == second[0]:
                        return 1 + solve(first[1:], second[1:])
                    return 1 + min(solve(first[1:], second), solve(first, second[1:]))
                """,
                """
                def solve(first, second):
                    m, n = len(first), len(second)
                    table = [[i + j for j in range(n + 1)] for i in range(m + 1)]
                    for i in range(1, m + 1):
                        for j in range(1, n + 1):
                            if first[i - 1] == second[j - 1]:
                                table[i][j] = table[i - 1][j - 1] + 1
                            else:
                                table[i][j] = 1 + min(table[i - 1][j], table[i][j - 1])
                    return table[m][n]
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for _ in range(5):
        if text:
            arguments.append(
                _similar_words(choose)
                if choose.chance(0.6)
                else (choose.letters((4, 6), "abcd"), choose.letters((4, 6), "abcd"))
            )
        else:
            arguments.append((choose.integers((3, 6), 1, 5), choose.integers((3, 6), 1, 5)))
    arguments.append(("", choose.word()) if text else ([], choose.integers(3, 1, 9)))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms=_TEXT_NAMES if text else {},
    )


_EDITS = {
    "levenshtein": (
        "the edit distance between two strings: the smallest number of insertions, deletions and "
        "replacements of one character that turn one into the other",
        "how many single-character edits (insert, delete, replace) are needed at least to change "
        "<first> into <second>",
        ("edit_distance", "levenshtein", "min_edits", "min_operations"),
        "1 + min(\n            solve(first[1:], second),\n            solve(first, second[1:]),"
        "\n            solve(first[1:], second[1:]),\n        )",
        "1 + min(\n                        table[i - 1][j],\n                        "
        "table[i][j - 1],\n                        table[i - 1][j - 1],\n                    )",
    ),
    "delete_insert": (
        "the smallest number of insertions and deletions of single characters that turn one "
        "string into another",
        "how many characters must be inserted or deleted at least to change <first> into <second>",
        ("indel_distance", "min_insertions_deletions", "steps_to_equal"),
        "1 + min(solve(first[1:], second), solve(first, second[1:]))",
        "1 + min(table[i - 1][j], table[i][j - 1])",
    ),
    "double_replace": (
        "the edit distance between two strings, where an insertion or a deletion costs 1 and a "
        "replacement costs 2",
        "the lowest cost to change <first> into <second>, if inserting or deleting a character "
        "costs 1 and replacing one costs 2",
        ("weighted_edit_distance", "edit_cost", "min_edit_cost"),
        "min(\n            1 + solve(first[1:], second),\n            1 + solve(first, second[1:]),"
        "\n            2 + solve(first[1:], second[1:]),\n        )",
        "min(\n                        table[i - 1][j] + 1,\n                        "
        "table[i][j - 1] + 1,\n                        table[i - 1][j - 1] + 2,"
        "\n                    )",
    ),
}


@family(task=tuple(_EDITS))
def distance_by_edits(choose: Chooser, task: str) -> Exercise:
    """Count the edits between two words."""
    thing, other, names, step, entry = _EDITS[task]
    return Exercise(
        texts=(
            f"find {thing}",
            f"compute {other}",
            f"Given two words, return {thing}.",
            f"Return {other}.",
        ),
        names=names,
        solutions=(
            f"""
def solve(first, second):
    if not first or not second:
        return len(first) + len(second)
    if first[0] == second[0]:
        return solve(first[1:], second[1:])
    return {step.replace(chr(10) + "    ", chr(10))}
""",
            f"""
def solve(first, second):
    m, n = len(first), len(second)
    table = [[i + j for j in range(n + 1)] for i in range(m + 1)]
    for i in range(1, m + 1):
        for j in range(1, n + 1):
            if first[i - 1] == second[j - 1]:
                table[i][j] = table[i - 1][j - 1]
            else:
                table[i][j] = {entry.replace(chr(10) + "    ", chr(10))}
    return table[m][n]
""",
        ),
        arguments=[_similar_words(choose) for _ in range(4)]
        + [
            (choose.letters((3, 4)), choose.letters((3, 4))),
            ("", choose.letters((1, 5))),
            ("a", "a"),
        ],
    )


def _one_edit_pair(choose: Chooser, word: str, cut: int, *, positive: bool) -> tuple[str, str]:
    """Return two words that are one edit apart, or more."""
    middle = choose.letters((0, 1)) if positive else choose.letters((2, 3), "qxz")
    other = word[:cut] + middle + word[cut + choose.integer(1 - len(middle[:1]), 1) :]
    return (word, other) if choose.chance(0.5) else (other, word)


def _backspace_pair(choose: Chooser, word: str, cut: int, *, positive: bool) -> tuple[str, str]:
    """Return a text with corrections, and a text that is the same or another one."""
    typed = word[:cut] + choose.letters(1) + "#" + word[cut:]
    if choose.chance(0.4):
        typed = "#" + typed + choose.letters(1) + "#"
    return typed, word if positive else word + choose.one_of(("#", "##", "s"))


def _interleaved(choose: Chooser, *, positive: bool) -> tuple[str, str, str]:
    """Return two texts and a text that mixes them, or does not."""
    one, two = choose.letters((2, 4)), choose.letters((2, 3))
    sources = choose.shuffled("1" * len(one) + "2" * len(two))
    letters = {"1": iter(one), "2": iter(two)}
    merged = "".join(next(letters[source]) for source in sources)
    if not positive:
        merged = choose.one_of((merged[::-1], merged[:-1], merged + merged[0]))
    return one, two, merged


def _word_pair(choose: Chooser, task: str, *, positive: bool) -> tuple[Any, ...]:
    """Return arguments for a task of `close_or_contained_words` with a likely answer."""
    word = choose.word()
    cut = choose.integer(0, len(word) - 1)
    if task == "one_edit":
        return _one_edit_pair(choose, word, cut, positive=positive)
    if task == "same_after_backspace":
        return _backspace_pair(choose, word, cut, positive=positive)
    if task == "interleaving":
        return _interleaved(choose, positive=positive)
    if task == "one_deletion":
        shorter = word[:cut] + word[cut + 1 :]
        return word, shorter if positive else choose.one_of((word, shorter[::-1]))
    part = "".join(char for char in word if choose.chance(0.6))
    return part or word, word if positive else "".join(choose.shuffled(word))


@family(task=("one_edit", "one_deletion", "same_after_backspace", "subsequence", "interleaving"))
def close_or_contained_words(choose: Chooser, task: str) -> Exercise:
    """Compare two words up to a small change."""
    texts, names, solutions = {
        "one_edit": (
            (
                "check whether two strings are at most one edit apart (an edit inserts, deletes "
                "or replaces one character)",
                "test if a word can be changed into another one with zero or one insertion, "
                "deletion or replacement of a letter",
                "Return True if the two strings differ by no more than one single-character "
                "edit, and False otherwise.",
                "Are two words equal or only one typing error (a letter too many, missing or "
                "wrong) apart?",
            ),
            ("one_edit_apart", "is_one_edit", "at_most_one_edit"),
            (
                """
                def solve(first, second):
                    if len(first) > len(second):
                        first, second = second, first
                    if len(second) - len(first) > 1:
                        return False
                    for i in range(len(first)):
                        if first[i] != second[i]:
                            if len(first) == len(second):
                                return first[i + 1:] == second[i + 1:]
                            return first[i:] == second[i + 1:]
                    return True
                """,
                """
                def solve(first, second):
                    while first and second and first[0] == second[0]:
                        first, second = first[1:], second[1:]
                    while first and second and first[-1] == second[-1]:
                        first, second = first[:-1], second[:-1]
                    return len(first) <= 1 and len(second) <= 1
                """,
            ),
        ),
        "one_deletion": (
            (
                "check whether the second string is the first one without exactly one of its "
                "characters",
                "test if deleting one character of <first> gives <second>",
                "Return True if the second word can be made by removing a single letter from the "
                "first word, else False.",
                "Does removing one single character from the first string give the second one?",
            ),
            ("is_one_deletion", "one_letter_removed", "delete_one"),
            (
                """
                def solve(first, second):
                    return any(first[:i] + first[i + 1:] == second for i in range(len(first)))
                """,
                """
                def solve(first, second):
                    for i in range(len(first)):
                        if first[:i] + first[i + 1:] == second:
                            return True
                    return False
                """,
            ),
        ),
        "same_after_backspace": (
            (
                "check whether two typed texts are equal, where # deletes the character before it",
                "test if two strings give the same result when '#' means backspace (a backspace "
                "in an empty text does nothing)",
                "Two strings were typed with '#' as the backspace key. Return True if the "
                "resulting texts are the same, False if not.",
                "Do both texts look the same after all backspaces ('#') were applied?",
            ),
            ("backspace_compare", "same_typed_text", "equal_after_backspace"),
            (
                """
                def solve(first, second):
                    def typed(text):
                        result = []
                        for char in text:
                            if char != "#":
                                result.append(char)
                            elif result:
                                result.pop()
                        return result

                    return typed(first) == typed(second)
                """,
                """
                def typed(text):
                    result = ""
                    for char in text:
                        result = result[:-1] if char == "#" else result + char
                    return result


                def solve(first, second):
                    return typed(first) == typed(second)
                """,
            ),
        ),
        "subsequence": (
            (
                "check whether the first string is a subsequence of the second one",
                "test if all characters of <first> occur in <second> in the same order, possibly "
                "with others between them",
                "Return True if the first word can be made from the second word by deleting "
                "characters, without changing the order of the rest; otherwise return False.",
                "Is the first string a subsequence of the second?",
            ),
            ("is_subsequence", "check_subsequence", "subsequence"),
            (
                """
                def solve(first, second):
                    place = 0
                    for char in second:
                        if place < len(first) and first[place] == char:
                            place += 1
                    return place == len(first)
                """,
                """
                def solve(first, second):
                    remaining = iter(second)
                    return all(char in remaining for char in first)
                """,
            ),
        ),
        "interleaving": (
            (
                "check whether the third string is an interleaving of the first two, which keeps "
                "the order of the letters of each",
                "test if a string can be made by merging two others without changing the order "
                "of their characters",
                "Return True if the third text consists of all characters of the first and the "
                "second text, mixed in some way but each in its own order, else False.",
                "Is the third string a shuffle of the first and the second one that keeps the "
                "order of both?",
            ),
            ("is_interleaving", "is_merge", "check_interleaving", "is_shuffle"),
            (
                """
                def solve(first, second, third):
                    if not third:
                        return not first and not second
                    if first and first[0] == third[0] and solve(first[1:], second, third[1:]):
                        return True
                    return bool(second) and second[0] == third[0] and solve(
                        first, second[1:], third[1:]
                    )
                """,
                """
                def solve(first, second, third):
                    if len(third) != len(first) + len(second):
                        return False
                    reached = {(0, 0)}
                    for char in third:
                        after = set()
                        for i, j in reached:
                            if i < len(first) and first[i] == char:
                                after.add((i + 1, j))
                            if j < len(second) and second[j] == char:
                                after.add((i, j + 1))
                        reached = after
                    return bool(reached)
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments = [_word_pair(choose, task, positive=positive) for positive in (True, False) * 3]
    if task == "interleaving":
        arguments.append(("", "ab", "ab"))
    elif task in ("one_edit", "subsequence"):
        arguments.append(("", choose.one_of(("", "a", "b"))))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={**_TEXT_NAMES, "third": ("c", "merged", "z")},
    )


@family(task=("can", "count", "list", "fewest"))
def splitting_text_into_known_words(choose: Chooser, task: str) -> Exercise:
    """Cut a text without spaces into words of a list."""
    texts, names, solutions = {
        "can": (
            (
                "check whether a string can be cut into words of a given list (each may be used "
                "more than once)",
                "test if a text without spaces consists of words from a list only",
                "Given a string and a list of words, return True if the string is a sequence of "
                "words of the list written together, and False otherwise.",
                "Word break: can the string be segmented into words of the list?",
            ),
            ("word_break", "can_split", "is_made_of_words", "can_segment"),
            (
                """
                def solve(text, words):
                    if not text:
                        return True
                    for word in words:
                        if text.startswith(word) and solve(text[len(word):], words):
                            return True
                    return False
                """,
                """
                def solve(text, words):
                    possible = [True] + [False] * len(text)
                    for end in range(1, len(text) + 1):
                        for word in words:
                            start = end - len(word)
                            if start >= 0 and possible[start] and text[start:end] == word:
                                possible[end] = True
                    return possible[-1]
                """,
            ),
        ),
        "count": (
            (
                "count the ways to cut a string into words of a given list",
                "find in how many ways a text without spaces can be split into words of a list",
                "Given a string and a list of different words, return the number of ways to "
                "write the string as a sequence of these words.",
                "Number of ways to segment a string into words of the list.",
            ),
            ("count_splits", "word_break_count", "num_segmentations"),
            (
                """
                def solve(text, words):
                    if not text:
                        return 1
                    return sum(
                        solve(text[len(word):], words) for word in words if text.startswith(word)
                    )
                """,
                """
                def solve(text, words):
                    ways = [1] + [0] * len(text)
                    for end in range(1, len(text) + 1):
                        for word in words:
                            if text[:end].endswith(word):
                                ways[end] += ways[end - len(word)]
                    return ways[-1]
                """,
            ),
        ),
        "list": (
            (
                "list all ways to cut a string into words of a given list, as sentences with "
                "spaces, in sorted order",
                "find every split of a text without spaces into words of the list, and return "
                "the sorted list of the texts with spaces",
                "Given a string and a list of words, insert spaces into the string in all ways "
                "that leave only words of the list. Return the results sorted.",
                "All sentences that one gets by cutting a string into words of the list, sorted.",
            ),
            ("all_splits", "word_break_sentences", "insert_spaces"),
            (
                """
                def solve(text, words):
                    if text in words:
                        result = [text]
                    else:
                        result = []
                    for word in words:
                        if text.startswith(word):
                            for rest in solve(text[len(word):], words):
                                result.append(word + " " + rest)
                    return sorted(result)
                """,
            ),
        ),
        "fewest": (
            (
                "find the smallest number of words of a list that a string can be cut into, or "
                "-1 if it cannot be cut",
                "find how few words from the list are needed to write a text without spaces; "
                "return -1 if it is impossible",
                "Given a string and a list of words, return the minimum number of pieces if the "
                "string is split into words of the list, and -1 if no split exists.",
                "Fewest words of the list that make up the string, or -1.",
            ),
            ("fewest_words", "min_pieces", "min_word_split"),
            (
                """
                def solve(text, words):
                    if not text:
                        return 0
                    fewest = -1
                    for word in words:
                        if text.startswith(word):
                            rest = solve(text[len(word):], words)
                            if rest != -1 and (fewest == -1 or rest + 1 < fewest):
                                fewest = rest + 1
                    return fewest
                """,
                """
                def solve(text, words):
                    counts = {0: 0}
                    for end in range(1, len(text) + 1):
                        options = [
                            counts[end - len(word)] + 1
                            for word in words
                            if text[:end].endswith(word) and end - len(word) in counts
                        ]
                        if options:
                            counts[end] = min(options)
                    return counts.get(len(text), -1)
                """,
            ),
        ),
    }[task]  # fmt: skip
    short = (
        "a",
        "an",
        "and",
        "ban",
        "band",
        "cat",
        "cats",
        "sand",
        "dog",
        "do",
        "in",
        "to",
        "into",
    )
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        if place < 3:
            words = choose.sample(short, (4, 6))
            text = "".join(choose.one_of(words) for _ in range(choose.integer(2, 4)))
        elif place < 5:
            words = choose.sample(("a", "aa", "b", "ab", "ba", "aba", "bb"), (3, 5))
            text = choose.letters((3, 6), "aab")
        else:
            words = [choose.word() for _ in range(2)]
            text = words[1] + words[0] + choose.one_of(("s", "a", ""))
            words = words if words[0] != words[1] else words[:1]
        arguments.append((text, words))
    if task != "list":
        arguments.append((choose.word(), ["a", "b"]))
    return Exercise(texts=texts, names=names, solutions=solutions, arguments=arguments)
