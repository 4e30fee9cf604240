"""Puzzles about one text: palindromes inside it, its readings, its pieces."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


@family(task=("longest", "count", "subsequence", "insertions", "cuts", "longest_length"))
def palindromes_inside_a_word(choose: Chooser, task: str) -> Exercise:
    """Find palindromes in a word, or make it one."""
    texts, names, solutions = {
        "longest": (
            (
                "find the longest palindromic substring of a string (the first one, if several "
                "are equally long)",
                "return the longest piece of a text that reads the same in both directions; on a "
                "tie the leftmost",
                "Given a string, find its longest substring that is a palindrome. If there are "
                "several of this length, return the one that starts first.",
                "Longest palindromic substring, the leftmost if there are several.",
            ),
            ("longest_palindrome", "longest_palindromic_substring", "find_longest_palindrome"),
            (
                """
                def solve(text):
                    best = ""
                    for i in range(len(text)):
                        for j in range(i + 1, len(text) + 1):
                            part = text[i:j]
                            if part == part[::-1] and len(part) > len(best):
                                best = part
                    return best
                """,
                """
                def solve(text):
                    for length in range(len(text), 0, -1):
                        for start in range(len(text) - length + 1):
                            part = text[start:start + length]
                            if part == part[::-1]:
                                return part
                    return ""
                """,
            ),
        ),
        "longest_length": (
            (
                "find the length of the longest palindromic substring of a string",
                "find how long the longest substring is that reads the same from both ends",
                "Given a string, return the length of the longest palindrome that is part of it.",
                "Length of the longest palindromic substring.",
            ),
            ("longest_palindrome_length", "max_palindrome", "palindrome_length"),
            (
                """
                def solve(text):
                    best = 0
                    for i in range(len(text)):
                        for j in range(i + 1, len(text) + 1):
                            if text[i:j] == text[i:j][::-1]:
                                best = max(best, j - i)
                    return best
                """,
                """
                def solve(text):
                    best = 0
                    for center in range(len(text)):
                        for right in (center, center + 1):
                            left = center
                            while left >= 0 and right < len(text) and text[left] == text[right]:
                                best = max(best, right - left + 1)
                                left -= 1
                                right += 1
                    return best
                """,
            ),
        ),
        "count": (
            (
                "count the palindromic substrings of a string (single characters count too, and "
                "equal substrings at different places count each)",
                "find how many substrings of a text are palindromes, counted by position",
                "Given a string, return the number of its non-empty substrings that read the same "
                "backwards. Substrings with different start or end count separately.",
                "Number of palindromic substrings of a string, counted by position.",
            ),
            ("count_palindromes", "palindromic_substrings", "num_palindromes"),
            (
                """
                def solve(text):
                    count = 0
                    for i in range(len(text)):
                        for j in range(i + 1, len(text) + 1):
                            if text[i:j] == text[i:j][::-1]:
                                count += 1
                    return count
                """,
                """
                def solve(text):
                    count = 0
                    for center in range(len(text)):
                        for right in (center, center + 1):
                            left = center
                            while left >= 0 and right < len(text) and text[left] == text[right]:
                                count += 1
                                left -= 1
                                right += 1
                    return count
                """,
            ),
        ),
        "subsequence": (
            (
                "find the length of the longest palindromic subsequence of a string",
                "find how many characters can be kept at most so that the rest of a string is a "
                "palindrome",
                "Given a word, leave out letters so that a palindrome remains, and return the "
                "largest possible length of it.",
                "Length of the longest palindromic subsequence.",
            ),
            ("longest_palindromic_subsequence", "lps", "palindrome_subsequence_length"),
            (
                """
                def solve(text):
                    if len(text) < 2:
                        return len(text)
                    if text[0] == text[-1]:
                        return 2 + solve(text[1:-1])
                    return max(solve(text[1:]), solve(text[:-1]))
                """,
                """
                def solve(text):
                    n = len(text)
                    table = [[0] * (n + 1) for _ in range(n + 1)]
                    for i, one in enumerate(text):
                        for j, other in enumerate(reversed(text)):
                            if one == other:
                                table[i + 1][j + 1] = table[i][j] + 1
                            else:
                                table[i + 1][j + 1] = max(table[i][j + 1], table[i + 1][j])
                    return table[n][n]
                """,
            ),
        ),
        "insertions": (
            (
                "find the minimum number of characters to insert into a string to make it a "
                "palindrome",
                "find how many letters must be added at least, at any places, so that a word "
                "reads the same from both ends",
                "Given a string, return the smallest number of insertions that turn it into a "
                "palindrome.",
                "Minimum insertions to turn a string into a palindrome.",
            ),
            ("min_insertions", "insertions_to_palindrome", "make_palindrome"),
            (
                """
                def solve(text):
                    if len(text) < 2:
                        return 0
                    if text[0] == text[-1]:
                        return solve(text[1:-1])
                    return 1 + min(solve(text[1:]), solve(text[:-1]))
                """,
            ),
        ),
        "cuts": (
            (
                "find the smallest number of palindromes that a string can be cut into",
                "find into how few pieces a text can be split so that every piece is a palindrome",
                "Given a non-empty string, split it into palindromes and return the minimum "
                "number of parts.",
                "Minimum number of pieces when a string is cut into palindromes.",
            ),
            ("min_palindrome_parts", "fewest_palindromes", "palindrome_partition"),
            (
                """
                def solve(text):
                    fewest = [0]
                    for end in range(1, len(text) + 1):
                        options = []
                        for start in range(end):
                            part = text[start:end]
                            if part == part[::-1]:
                                options.append(fewest[start] + 1)
                        fewest.append(min(options))
                    return fewest[-1]
                """,
                """
                def solve(text):
                    if text == text[::-1]:
                        return 1 if text else 0
                    return min(
                        1 + solve(text[i:])
                        for i in range(1, len(text))
                        if text[:i] == text[:i][::-1]
                    )
                """,
            ),
        ),
    }[task]  # fmt: skip
    words = []
    for _ in range(3):
        middle = choose.letters((1, 3))
        words.append(choose.letters((0, 2)) + middle + middle[::-1][1:] + choose.letters((1, 2)))
    words += [choose.letters((4, 7), "aabn"), choose.letters((4, 7), "aabc"), choose.word()[:7]]
    words += [choose.letters(1), choose.one_of(("level", "noon", "civic", "aaaa"))]
    return Exercise(
        texts=texts, names=names, solutions=solutions, arguments=[(word,) for word in words]
    )


@family(task=("decode_count", "star_match", "distinct", "occurrences"))
def counting_readings_of_a_text(choose: Chooser, task: str) -> Exercise:
    """Count how a text can be read, or match it with a pattern."""
    texts, names, solutions = {
        "decode_count": (
            (
                "count the ways to decode a string of digits if A is 1, B is 2, ..., Z is 26",
                "find how many words of capital letters have the given digits as their code, "
                "where 'A' is written as 1 and 'Z' as 26",
                "Letters are written as numbers from 1 (A) to 26 (Z) without gaps. Return the "
                "number of texts that a string of digits can stand for.",
                "In how many ways can digits be read as letters, if 1 is A, 2 is B and so on up "
                "to 26 for Z?",
            ),
            ("num_decodings", "count_decodings", "decode_ways"),
            (
                """
                def solve(text):
                    if not text:
                        return 1
                    if text[0] == "0":
                        return 0
                    ways = solve(text[1:])
                    if len(text) > 1 and int(text[:2]) <= 26:
                        ways += solve(text[2:])
                    return ways
                """,
                """
                def solve(text):
                    ways = [1] + [0] * len(text)
                    for i in range(1, len(text) + 1):
                        if text[i - 1] != "0":
                            ways[i] += ways[i - 1]
                        if i > 1 and 10 <= int(text[i - 2:i]) <= 26:
                            ways[i] += ways[i - 2]
                    return ways[-1]
                """,
            ),
        ),
        "star_match": (
            (
                "check whether a whole text matches a pattern, where ? stands for one character "
                "and * for any number of characters",
                "test if a string fits a wildcard pattern with '?' (exactly one character) and "
                "'*' (zero or more characters)",
                "Return True if the pattern describes the entire text, else False. A question "
                "mark matches a single character, a star matches any sequence, also an empty one.",
                "Wildcard matching with '?' for any single character and '*' for any run of "
                "characters, also none.",
            ),
            ("wildcard_match", "matches_pattern", "is_match", "fits_pattern"),
            (
                """
                def solve(text, pattern):
                    if not pattern:
                        return not text
                    if pattern[0] == "*":
                        if solve(text, pattern[1:]):
                            return True
                        return bool(text) and solve(text[1:], pattern)
                    if not text or pattern[0] not in ("?", text[0]):
                        return False
                    return solve(text[1:], pattern[1:])
                """,
                """
                from fnmatch import fnmatchcase


                def solve(text, pattern):
                    return fnmatchcase(text, pattern)
                """,
            ),
        ),
        "distinct": (
            (
                "count the different non-empty substrings of a string",
                "find how many distinct substrings a word has",
                "Given a string, return the number of its different substrings (without the "
                "empty one).",
                "Number of distinct substrings of a string.",
            ),
            ("count_distinct_substrings", "num_substrings", "unique_substrings"),
            (
                """
                def solve(text):
                    n = len(text)
                    return len({text[i:j] for i in range(n) for j in range(i + 1, n + 1)})
                """,
                """
                def solve(text):
                    seen = set()
                    for i in range(len(text)):
                        for j in range(i + 1, len(text) + 1):
                            seen.add(text[i:j])
                    return len(seen)
                """,
            ),
        ),
        "occurrences": (
            (
                "count how often a string occurs as a subsequence of another one",
                "find in how many ways <word> can be made from <text> by deleting characters",
                "Given a text and a word, return how many selections of positions in the text "
                "spell the word from left to right.",
                "How often does a word occur in a text as a subsequence? Count the different sets"
                " of positions.",
            ),
            ("count_subsequences", "subsequence_occurrences", "ways_to_spell"),
            (
                """
                def solve(text, word):
                    if not word:
                        return 1
                    if not text:
                        return 0
                    count = solve(text[1:], word)
                    if text[0] == word[0]:
                        count += solve(text[1:], word[1:])
                    return count
                """,
                """
                def solve(text, word):
                    ways = [1] + [0] * len(word)
                    for char in text:
                        for i in range(len(word), 0, -1):
                            if word[i - 1] == char:
                                ways[i] += ways[i - 1]
                    return ways[-1]
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        word = choose.word()
        if task == "decode_count":
            arguments.append((choose.letters((2, 6), "1122345670"),))
        elif task == "star_match":
            cut = choose.integer(1, len(word) - 1)
            pattern = choose.one_of(
                (
                    word[:cut] + "*",
                    "*" + word[cut:],
                    word[:cut] + "?" + word[cut + 1 :],
                    "*?" + word[-1],
                )
            )
            fits = place % 2 == 0
            pattern = pattern if fits else pattern.replace("*", "", 1).replace("?", "??")
            arguments.append((word, pattern))
        elif task == "distinct":
            arguments.append((choose.letters((1, 6), choose.one_of(("ab", "abc", "aabcd"))),))
        else:
            text = choose.letters((4, 8), "aabbc")
            arguments.append((text, "".join(sorted(choose.sample(text, (1, 3))))))
    if task == "star_match":
        arguments.append((choose.word(), "*"))
    elif task == "occurrences":
        arguments.append(("", "a"))
    else:
        arguments.append((choose.one_of(("10", "27", "226")) if task == "decode_count" else "",))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"pattern": ("p", "mask", "template")},
    )
