"""Operations on strings that are repeated, counted or given as a list."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import (
    TWO_STRINGS,
    any_case,
    noisy_text,
    returning,
    ways_to_ask,
)
from hrm_exercises.family import Exercise, family

_CHANGES = {
    "deletions": (
        "find how many characters must be deleted from two strings in all so that they have the "
        "same letters, in any order",
        """
        from collections import Counter

        def solve(first, second):
            one, two = Counter(first), Counter(second)
            return sum(((one - two) + (two - one)).values())
        """,
        """
        def solve(first, second):
            total = 0
            for char in set(first + second):
                total += abs(first.count(char) - second.count(char))
            return total
        """,
    ),
    "replacements": (
        "find how many letters of the first of two words of equal length must be replaced so that "
        "it has the same letters as the second",
        """
        from collections import Counter

        def solve(first, second):
            return sum((Counter(first) - Counter(second)).values())
        """,
        """
        def solve(first, second):
            rest = list(second)
            count = 0
            for char in first:
                if char in rest:
                    rest.remove(char)
                else:
                    count += 1
            return count
        """,
    ),
    "missing": (
        "find which letters must be added to the first string so that it has all letters of the "
        "second, as often as there; return them sorted as a string",
        """
        from collections import Counter

        def solve(first, second):
            missing = Counter(second) - Counter(first)
            return "".join(sorted(missing.elements()))
        """,
        """
        def solve(first, second):
            rest = sorted(second)
            for char in first:
                if char in rest:
                    rest.remove(char)
            return "".join(rest)
        """,
    ),
    "common": (
        "count the letters that two words share, where a letter counts as often as it occurs in "
        "both",
        """
        from collections import Counter

        def solve(first, second):
            return sum((Counter(first) & Counter(second)).values())
        """,
        """
        def solve(first, second):
            return sum(min(first.count(char), second.count(char)) for char in set(first))
        """,
    ),
}


@family(kind=tuple(_CHANGES))
def changes_between_letter_counts(choose: Chooser, kind: str) -> Exercise:
    """Compare how often letters occur in two strings."""
    act, *solutions = _CHANGES[kind]
    pairs = []
    for word in choose.words(6):
        other = "".join(choose.shuffled(word))[: choose.integer(2, 6)] + choose.letters((0, 2))
        other = (
            (other + choose.letters(len(word)))[: len(word)] if kind == "replacements" else other
        )
        pairs.append((word, other))
    return Exercise(
        texts=(act, *ways_to_ask(act), f"compare two words: {act}"),
        names=("letter_changes", f"{kind}_of_letters", "compare_letters", f"count_{kind}"),
        solutions=solutions,
        arguments=pairs,
        synonyms={**TWO_STRINGS, "rest": ("left_over", "letters", "remaining")},
    )


_REDUCTIONS = {
    "equal_neighbors": (
        "remove pairs of equal neighboring characters from a string again and again until there "
        "are none left",
        """
        def solve(text):
            stack = []
            for char in text:
                if stack and stack[-1] == char:
                    stack.pop()
                else:
                    stack.append(char)
            return "".join(stack)
        """,
        """
        def solve(text):
            index = 0
            while index < len(text) - 1:
                if text[index] == text[index + 1]:
                    text = text[:index] + text[index + 2:]
                    index = max(0, index - 1)
                else:
                    index += 1
            return text
        """,
        "abc",
    ),
    "ab": (
        "remove 'ab' from a string as long as it occurs in it",
        """
        def solve(text):
            while "ab" in text:
                text = text.replace("ab", "")
            return text
        """,
        """
        def solve(text):
            result = ""
            for char in text:
                if char == "b" and result.endswith("a"):
                    result = result[:-1]
                else:
                    result += char
            return result
        """,
        "aabbc",
    ),
    "count_ab": (
        "count how often 'ab' can be removed from a string one after another until it no longer "
        "occurs",
        """
        def solve(text):
            count = 0
            while "ab" in text:
                text = text.replace("ab", "", 1)
                count += 1
            return count
        """,
        """
        def solve(text):
            size = len(text)
            while "ab" in text:
                text = text.replace("ab", "")
            return (size - len(text)) // 2
        """,
        "aabbc",
    ),
    "opposite_case": (
        "remove neighboring letters from a string if they are the same letter in different case, "
        "like 'aA', and repeat this until nothing more can be removed",
        """
        def solve(text):
            stack = []
            for char in text:
                if stack and stack[-1] == char.swapcase():
                    stack.pop()
                else:
                    stack.append(char)
            return "".join(stack)
        """,
        """
        def solve(text):
            index = 0
            while index < len(text) - 1:
                if text[index] == text[index + 1].swapcase():
                    text = text[:index] + text[index + 2:]
                    index = max(0, index - 1)
                else:
                    index += 1
            return text
        """,
        "aAbB",
    ),
    "zero_one": (
        "find the length of a string of zeros and ones after neighbors '01' and '10' were removed "
        "as often as possible",
        """
        def solve(text):
            return abs(text.count("0") - text.count("1"))
        """,
        """
        def solve(text):
            while "01" in text or "10" in text:
                text = text.replace("01", "").replace("10", "")
            return len(text)
        """,
        "01",
    ),
}


@family(kind=tuple(_REDUCTIONS))
def reduce_string_repeatedly(choose: Chooser, kind: str) -> Exercise:
    """Remove neighboring characters until nothing can be removed."""
    act, *solutions, alphabet = _REDUCTIONS[kind]
    return Exercise(
        texts=(act, act, *ways_to_ask(act)),
        names=("reduce_string", f"remove_{kind}", "reduce_text", "shrink"),
        solutions=solutions,
        arguments=[(choose.letters((3, 10), alphabet),) for _ in range(6)] + [("",)],
    )


_KEYS = {
    "backspace": (
        "return the text that results from typing a string in which '#' means that the last "
        "character is deleted (on an empty text it does nothing)",
        """
        def solve(text):
            result = []
            for char in text:
                if char != "#":
                    result.append(char)
                elif result:
                    result.pop()
            return "".join(result)
        """,
        """
        def solve(text):
            result = ""
            for char in text:
                result = result[:-1] if char == "#" else result + char
            return result
        """,
        "abc#",
    ),
    "same": (
        "check whether two strings give the same text when typed, where '#' deletes the last "
        "character if there is one",
        """
        def typed(text):
            result = ""
            for char in text:
                result = result[:-1] if char == "#" else result + char
            return result


        def solve(first, second):
            return typed(first) == typed(second)
        """,
        """
        def solve(first, second):
            results = []
            for text in (first, second):
                stack = []
                for char in text:
                    if char != "#":
                        stack.append(char)
                    elif stack:
                        stack.pop()
                results.append(stack)
            return results[0] == results[1]
        """,
        "ab#",
    ),
    "caps_lock": (
        "return the text that results from typing lowercase letters, where '^' switches capital "
        "letters on or off and is not written",
        """
        def solve(text):
            result = ""
            upper = False
            for char in text:
                if char == "^":
                    upper = not upper
                else:
                    result += char.upper() if upper else char
            return result
        """,
        """
        def solve(text):
            parts = text.split("^")
            return "".join(part.upper() if index % 2 else part for index, part in enumerate(parts))
        """,
        "abc^",
    ),
    "clear": (
        "return the text that results from typing a string in which '!' deletes everything typed "
        "so far",
        """
        def solve(text):
            return text.split("!")[-1]
        """,
        """
        def solve(text):
            result = ""
            for char in text:
                if char == "!":
                    result = ""
                else:
                    result += char
            return result
        """,
        "abcd!",
    ),
    "repeat": (
        "return the text that results from typing a string in which '+' writes the character before "
        "it once more; the string does not start with '+'",
        """
        def solve(text):
            result = ""
            for char in text:
                result += result[-1] if char == "+" else char
            return result
        """,
        """
        def solve(text):
            result = []
            for char in text:
                if char == "+":
                    result.append(result[-1])
                else:
                    result.append(char)
            return "".join(result)
        """,
        "abc+",
    ),
}


@family(kind=tuple(_KEYS))
def typed_text_with_special_keys(choose: Chooser, kind: str) -> Exercise:
    """Find the text that results from typing special keys."""
    act, *solutions, alphabet = _KEYS[kind]
    texts = [choose.letters((3, 9), alphabet) for _ in range(6)]
    if kind == "repeat":
        texts = [choose.letters(1) + text for text in texts]
    arguments: list[tuple[str, ...]] = [(text,) for text in texts]
    if kind == "same":
        arguments = [(text, text + "c#" if i % 2 else texts[i - 1]) for i, text in enumerate(texts)]
    return Exercise(
        texts=(act, act, *ways_to_ask(act)),
        names=("typed_text", "type_keys", f"keys_{kind}", "final_text"),
        solutions=solutions,
        arguments=arguments,
        synonyms={**TWO_STRINGS, "text": ("keys", "typed_keys", "s"), "part": ("piece", "p")},
    )


_MAJORITIES = {
    "lower_on_tie": (
        "write a word in capitals if it has more capital than small letters, otherwise in small "
        "letters",
        "text.upper() if {upper} > {lower} else text.lower()",
    ),
    "upper_on_tie": (
        "change all letters of a word to the case that most of its letters have; if both are equal, "
        "use capitals",
        "text.upper() if {upper} >= {lower} else text.lower()",
    ),
    "changes": (
        "find the smallest number of letters of a word whose case must be changed so that all "
        "letters have the same case",
        "min({upper}, {lower})",
    ),
    "check": (
        "check whether a word is written in capitals only, in small letters only, or with only its "
        "first letter as a capital",
        "text in (text.upper(), text.lower(), text.capitalize())",
    ),
}


@family(kind=tuple(_MAJORITIES))
def case_of_most_letters(choose: Chooser, kind: str) -> Exercise:
    """Change a word to the case that most of its letters have."""
    act, expression = _MAJORITIES[kind]
    expression = expression.format(
        upper="sum(char.isupper() for char in text)", lower="sum(char.islower() for char in text)"
    )
    texts = [any_case(choose, word) for word in choose.words(5)]
    return Exercise(
        texts=(act, act, *ways_to_ask(act)),
        names=("fix_case", f"case_{kind}", "majority_case", "change_case"),
        solutions=(returning("text", expression),),
        arguments=[
            (text,) for text in [*texts, choose.letters(4, "abAB"), choose.letters(6, "xXYy")]
        ],
        synonyms={"text": ("word", "s", "w")},
    )


_EDITS = {
    "swaps": (
        "swap the characters of a string at the two indexes of each pair in a list, one pair after "
        "the other",
        """
        def solve(text, pairs):
            chars = list(text)
            for i, j in pairs:
                chars[i], chars[j] = chars[j], chars[i]
            return "".join(chars)
        """,
    ),
    "reversals": (
        "for each pair (i, j) of a list, reverse the part of a string from index i to index j, both "
        "included, one after the other",
        """
        def solve(text, pairs):
            for i, j in pairs:
                text = text[:i] + text[i:j + 1][::-1] + text[j + 1:]
            return text
        """,
    ),
    "parts": (
        "return the list of the parts of a string from index i to index j, both included, for each "
        "pair (i, j) of a list",
        """
        def solve(text, pairs):
            return [text[i:j + 1] for i, j in pairs]
        """,
        """
        def solve(text, pairs):
            result = []
            for i, j in pairs:
                result.append(text[i:j + 1])
            return result
        """,
    ),
    "order": (
        "put the characters of a string in a new order: the character at index i moves to the index "
        "that stands at place i of a list",
        """
        def solve(text, numbers):
            result = [""] * len(text)
            for index, number in enumerate(numbers):
                result[number] = text[index]
            return "".join(result)
        """,
        """
        def solve(text, numbers):
            return "".join(char for _, char in sorted(zip(numbers, text)))
        """,
    ),
    "pick": (
        "make a string of the characters of a text at the indexes of a list",
        """
        def solve(text, numbers):
            return "".join(text[number] for number in numbers)
        """,
        """
        def solve(text, numbers):
            result = ""
            for number in numbers:
                result += text[number]
            return result
        """,
    ),
    "upper": (
        "write the characters of a string at the indexes of a list as capitals",
        """
        def solve(text, numbers):
            return "".join(
                char.upper() if index in numbers else char for index, char in enumerate(text)
            )
        """,
        """
        def solve(text, numbers):
            chars = list(text)
            for number in numbers:
                chars[number] = chars[number].upper()
            return "".join(chars)
        """,
    ),
}


@family(kind=tuple(_EDITS))
def edit_string_by_indexes(choose: Chooser, kind: str) -> Exercise:
    """Change a string at the indexes of a list."""
    act, *solutions = _EDITS[kind]
    arguments: list[tuple[object, ...]] = []
    for word in choose.words(6):
        places = range(len(word))
        if kind in ("swaps", "reversals", "parts"):
            pairs = [tuple(sorted(choose.sample(places, 2))) for _ in range(choose.integer(1, 3))]
            arguments.append((word, pairs))
        elif kind == "order":
            arguments.append((word, choose.shuffled(places)))
        else:
            arguments.append((word, choose.sample(places, (1, 4))))
    return Exercise(
        texts=(act, act, *ways_to_ask(act)),
        names=("edit_string", f"apply_{kind}", f"{kind}_of_string", "change_string"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"numbers": ("indexes", "places", "positions"), "chars": ("letters", "lst")},
    )


_SERIES = {
    "growing": (
        "write each letter of a word with a capital first and repeated as often as its place, "
        "joined by hyphens, so that 'abc' becomes 'A-Bb-Ccc'",
        "'-'.join((char * index).capitalize() for index, char in enumerate(text, 1))",
    ),
    "wave": (
        "return a list of copies of a lowercase word in which one letter after the other is a "
        "capital",
        "[text[:i] + text[i].upper() + text[i + 1:] for i in range(len(text))]",
    ),
    "staircase": (
        "return a list of the beginnings of a word with 1, 2, 3, ... letters and then back down to "
        "1 letter",
        "[text[:i] for i in range(1, len(text) + 1)] + [text[:i] for i in range(len(text) - 1, 0, -1)]",
    ),
    "doubling": (
        "write the first letter of a word once, the second twice, the third four times and so on, "
        "doubling each time",
        "''.join(char * 2 ** index for index, char in enumerate(text))",
    ),
    "prefix_sum": (
        "join all beginnings of a word, from the shortest to the longest, to one string",
        "''.join(text[:i] for i in range(1, len(text) + 1))",
    ),
    "shrinking": (
        "return a list of a word and what is left of it when its first and last letters are removed "
        "again and again, until nothing is left",
        "[text[i:len(text) - i] for i in range((len(text) + 1) // 2)]",
    ),
    "mirrored": (
        "put a word and its reverse together with a bar in between, like 'abc|cba'",
        "text + '|' + text[::-1]",
    ),
}


@family(kind=tuple(_SERIES))
def series_made_of_word(choose: Chooser, kind: str) -> Exercise:
    """Make a pattern of a word."""
    act, expression = _SERIES[kind]
    return Exercise(
        texts=(act, act, *ways_to_ask(act)),
        names=("word_pattern", f"{kind}_word", f"make_{kind}", "letters_series"),
        solutions=(returning("text", expression),),
        arguments=[(word[:5],) for word in choose.words(4)] + [(choose.letters((2, 4)),), ("a",)],
        synonyms={"text": ("word", "s", "string", "w")},
    )


_ARRANGEMENTS = {
    "all": (
        "list all orders of the letters of a word with different letters, in alphabetical order",
        "sorted(''.join(letters) for letters in permutations(text))",
    ),
    "distinct": (
        "list all different orders of the letters of a word, in alphabetical order",
        "sorted(set(''.join(letters) for letters in permutations(text)))",
    ),
    "count": (
        "count the different orders of the letters of a short word",
        "len(set(permutations(text)))",
    ),
    "pairs": (
        "list all pairs of letters of a word, each as a string of two letters, in the order of the "
        "word",
        "[a + b for a, b in combinations(text, 2)]",
    ),
    "last": (
        "return the order of the letters of a word that is last in the alphabet",
        "''.join(sorted(text, reverse=True))",
    ),
    "subsets": (
        "list all strings that result when any letters of a word with different letters are left "
        "out, also none or all, sorted by length and then alphabetically; letters keep their order",
        "sorted((''.join(part) for k in range(len(text) + 1) for part in combinations(text, k)),"
        " key=lambda part: (len(part), part))",
    ),
}


@family(kind=tuple(_ARRANGEMENTS))
def arrangements_of_letters(choose: Chooser, kind: str) -> Exercise:
    """List orders and selections of the letters of a word."""
    act, expression = _ARRANGEMENTS[kind]
    texts = ["".join(choose.sample("abcdexyz", num)) for num in (1, 2, 3, 3)]
    if kind in ("distinct", "count", "last"):
        texts += [choose.letters(3, "ab"), choose.letters(4, "abc")]
    name = "permutations" if "permutations" in expression else "combinations"
    return Exercise(
        texts=(act, act, *ways_to_ask(act)),
        names=("arrangements", f"{kind}_orders", f"letter_{kind}", "orders_of_letters"),
        solutions=(
            returning(
                "text", expression, f"from itertools import {name}" if name in expression else ""
            ),
        ),
        arguments=[(text,) for text in texts] + [("ab" if "ab" not in texts else "xy",)],
        synonyms={
            "key": ("key",),
            "text": ("word", "s", "string"),
            "part": ("p", "letters_"),
            "letters": ("order", "perm", "p"),
        },
    )


_WILDCARDS = {
    "question": (
        "check whether a word fits a pattern of the same length in which '?' stands for any letter",
        """
        def solve(word, pattern):
            return all(a in (b, "?") or b == "?" for a, b in zip(word, pattern))
        """,
        """
        def solve(word, pattern):
            for char, sign in zip(word, pattern):
                if sign != "?" and sign != char:
                    return False
            return True
        """,
    ),
    "list": (
        "return those words of a list that fit a pattern in which '?' stands for any letter",
        """
        def solve(words, pattern):
            result = []
            for word in words:
                if len(word) == len(pattern):
                    if all(sign in ("?", char) for char, sign in zip(word, pattern)):
                        result.append(word)
            return result
        """,
        """
        import re

        def solve(words, pattern):
            regex = pattern.replace("?", ".")
            return [word for word in words if re.fullmatch(regex, word)]
        """,
    ),
    "star": (
        "check whether a word fits a pattern with exactly one '*', which stands for any letters or "
        "none",
        """
        def solve(word, pattern):
            start, end = pattern.split("*")
            if len(word) < len(start) + len(end):
                return False
            return word.startswith(start) and word.endswith(end)
        """,
        """
        import re

        def solve(word, pattern):
            return bool(re.fullmatch(pattern.replace("*", ".*"), word))
        """,
    ),
}


@family(kind=tuple(_WILDCARDS))
def word_fits_wildcard_pattern(choose: Chooser, kind: str) -> Exercise:
    """Match words with wildcards."""
    act, *solutions = _WILDCARDS[kind]
    arguments: list[tuple[object, str]] = []
    for number, word in enumerate(choose.words(6)):
        pattern = "".join("?" if choose.chance(0.4) else char for char in word)
        if number % 2:
            pattern = pattern[:-1] + choose.one_of("aeiou?")
        if kind == "star":
            cut = choose.integer(0, 2)
            pattern = word[:cut] + "*" + choose.one_of((word[-2:], "er", "", word[-1] + "s"))
        if kind == "list":
            arguments.append((choose.shuffled([word, *choose.words(3), word[:-1] + "x"]), pattern))
        else:
            arguments.append((word, pattern))
    return Exercise(
        texts=(act, act, *ways_to_ask(act)),
        names=("fits_pattern", f"match_{kind}", "wildcard", "find_matching"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"pattern": ("p", "mask", "template"), "sign": ("mark", "p_char")},
    )


_ROWS = {
    "one_row": (
        "check whether a lowercase word can be typed with the letters of one row of a keyboard "
        "(qwertyuiop, asdfghjkl or zxcvbnm)",
        "any(set(word) <= set(row) for row in ('qwertyuiop', 'asdfghjkl', 'zxcvbnm'))",
    ),
    "top": (
        "count the letters of a lowercase word that are in the top row of a keyboard (qwertyuiop)",
        "sum(char in 'qwertyuiop' for char in word)",
    ),
    "rows": (
        "return the list of the rows (1, 2 or 3) in which the letters of a lowercase word stand on "
        "a keyboard (qwertyuiop, asdfghjkl, zxcvbnm)",
        "[1 if char in 'qwertyuiop' else 2 if char in 'asdfghjkl' else 3 for char in word]",
    ),
    "left": (
        "check whether a lowercase word has only letters of the left hand on a keyboard (qwert, "
        "asdfg and zxcvb)",
        "all(char in 'qwertasdfgzxcvb' for char in word)",
    ),
}


@family(kind=tuple(_ROWS))
def keyboard_rows_of_word(choose: Chooser, kind: str) -> Exercise:
    """Find where the letters of a word stand on a keyboard."""
    act, expression = _ROWS[kind]
    words = [*choose.words(3), choose.one_of(("type", "tower", "quiet", "pretty"))]
    words += [
        choose.one_of(("dad", "glass", "flask", "salad")),
        choose.one_of(("water", "red", "tree")),
    ]
    return Exercise(
        texts=(act, act, *ways_to_ask(act)),
        names=("keyboard", f"keyboard_{kind}", "typing_rows", f"{kind}_of_keyboard"),
        solutions=(returning("word", expression),),
        arguments=[(word,) for word in words],
    )


_KIND_PATTERNS = {
    "vowels": (
        "write 'V' for each vowel and 'C' for each consonant of a lowercase word",
        "''.join('V' if char in 'aeiou' else 'C' for char in text)",
        "word",
    ),
    "kinds": (
        "describe a text by 'L' for each letter, 'D' for each digit and '-' for every other "
        "character",
        "''.join('L' if char.isalpha() else 'D' if char.isdigit() else '-' for char in text)",
        "noisy",
    ),
    "case": (
        "return a list that says for each letter of a word whether it is a capital (1) or not (0)",
        "[int(char.isupper()) for char in text]",
        "case",
    ),
    "vowel_groups": (
        "count the groups of consecutive vowels in a lowercase word",
        "sum(1 for i, char in enumerate(text)"
        " if char in 'aeiou' and (i == 0 or text[i - 1] not in 'aeiou'))",
        "word",
    ),
    "binary": (
        "write 1 for each vowel and 0 for each consonant of a lowercase word and return the result "
        "as a string",
        "''.join(str(int(char in 'aeiou')) for char in text)",
        "word",
    ),
    "alternates": (
        "check whether vowels and consonants alternate in a lowercase word",
        "all((a in 'aeiou') != (b in 'aeiou') for a, b in zip(text, text[1:]))",
        "word",
    ),
}


@family(kind=tuple(_KIND_PATTERNS))
def kinds_of_characters_in_order(choose: Chooser, kind: str) -> Exercise:
    """Describe a text by the kinds of its characters."""
    act, expression, source = _KIND_PATTERNS[kind]
    texts = choose.words(6)
    if source == "noisy":
        texts = [noisy_text(choose) for _ in texts]
    elif source == "case":
        texts = [any_case(choose, word) for word in texts]
    elif kind == "alternates":
        texts = [*texts, choose.one_of(("banana", "lemon", "tomato")), "open"]
    return Exercise(
        texts=(act, act, *ways_to_ask(act)),
        names=("letter_kinds", f"{kind}_pattern", "describe", f"pattern_of_{kind}"),
        solutions=(returning("text", expression),),
        arguments=[(text,) for text in texts],
        synonyms={"text": ("word", "s", "string")},
    )


_SCORES = {
    "vowels": (
        "compute the score of a lowercase word: 2 points for each vowel, 1 for each other letter",
        "sum(2 if char in 'aeiou' else 1 for char in word)",
    ),
    "table": (
        "compute the score of a word with a dictionary that gives the points of each letter; "
        "letters that are missing there count 1",
        "sum(mapping.get(char, 1) for char in word)",
    ),
    "length": (
        "compute the score of a word: its length, doubled if it has seven letters or more",
        "len(word) * 2 if len(word) >= 7 else len(word)",
    ),
    "best": (
        "find the word of a list with the highest sum of letter places (a is 1, z is 26); the "
        "first one if several are equal",
        "max(words, key=lambda word: sum(ord(char) - 96 for char in word))",
    ),
    "total": (
        "add up the points of a list of words, where a word of fewer than 4 letters gives 1 point, "
        "one of 4 or 5 letters 2 points and a longer one 3 points",
        "sum(1 if len(word) < 4 else 2 if len(word) < 6 else 3 for word in words)",
    ),
}


@family(kind=tuple(_SCORES))
def score_of_word(choose: Chooser, kind: str) -> Exercise:
    """Compute points for words."""
    act, expression = _SCORES[kind]
    arguments: list[tuple[object, ...]] = []
    for word in choose.words(6):
        if "words" in expression:
            arguments.append(([word, *choose.words((1, 3)), choose.letters((2, 4))],))
        elif "mapping" in expression:
            keys = choose.sample(sorted(set(word)), (1, 3))
            arguments.append((word, {key: choose.integer(2, 10) for key in keys}))
        else:
            arguments.append((word + choose.one_of(("", "", "s", "ing")),))
    parameters = "words" if "words" in expression else "word"
    return Exercise(
        texts=(act, act, *ways_to_ask(act)),
        names=("word_score", f"score_{kind}", "points", "score_words"),
        solutions=(returning(parameters + ", mapping" * ("mapping" in expression), expression),),
        arguments=arguments,
        synonyms={"key": ("key",), "mapping": ("points", "values", "scores")},
    )


_LAYOUTS = {
    "groups_of_k": (
        "remove the hyphens from a license key and write its characters as capitals in groups of "
        "<k>, joined by hyphens; the first group may be shorter",
        """
        def solve(text, k):
            text = text.replace("-", "").upper()
            first = len(text) % k
            parts = [text[:first]] if first else []
            parts += [text[i:i + k] for i in range(first, len(text), k)]
            return "-".join(parts)
        """,
    ),
    "center": (
        "put spaces before a text so that it is centered in a line of <k> characters (with one "
        "space less on the left if the number is odd), without spaces behind it",
        """
        def solve(text, k):
            return " " * ((k - len(text)) // 2) + text
        """,
    ),
    "right_align": (
        "put spaces before each word of a list so that all words end in column <k>",
        """
        def solve(words, k):
            return [word.rjust(k) for word in words]
        """,
        """
        def solve(words, k):
            return [" " * (k - len(word)) + word for word in words]
        """,
    ),
    "columns": (
        "write two lists of words of the same length side by side: each line has a word of the "
        "first list, filled up with spaces to <k> characters, and the word of the second list",
        """
        def solve(first, second, k):
            return [a.ljust(k) + b for a, b in zip(first, second)]
        """,
        """
        def solve(first, second, k):
            result = []
            for index in range(len(first)):
                result.append(first[index].ljust(k) + second[index])
            return result
        """,
    ),
    "vertical": (
        "write words of a list in columns: line i has the i-th letters of all words, with a space "
        "for words that are too short",
        """
        def solve(words):
            size = max(len(word) for word in words)
            return ["".join(word.ljust(size)[i] for word in words) for i in range(size)]
        """,
        """
        from itertools import zip_longest

        def solve(words):
            return ["".join(row) for row in zip_longest(*words, fillvalue=" ")]
        """,
    ),
}


@family(kind=tuple(_LAYOUTS))
def lay_out_text(choose: Chooser, kind: str) -> Exercise:
    """Arrange texts in groups, columns and lines."""
    act, *solutions = _LAYOUTS[kind]
    arguments: list[tuple[object, ...]] = []
    for _ in range(5):
        words = choose.words((2, 3))
        if kind == "groups_of_k":
            arguments.append(
                ("-".join(choose.letters((2, 5), "ab12x") for _ in words), choose.integer(2, 4))
            )
        elif kind == "center":
            arguments.append((words[0], choose.integer(8, 20)))
        elif kind == "right_align":
            arguments.append((words, choose.integer(8, 10)))
        elif kind == "columns":
            arguments.append((words, choose.words(len(words)), choose.integer(8, 10)))
        else:
            arguments.append(([word[: choose.integer(2, 5)] for word in words],))
    return Exercise(
        texts=(act, act, *ways_to_ask(act)),
        names=("layout", f"layout_{kind}", "arrange_text", f"format_{kind}"),
        solutions=solutions,
        arguments=arguments,
        synonyms={
            **TWO_STRINGS,
            "k": ("width", "n", "size"),
            "first": ("list1", "left", "a"),
            "second": ("list2", "right", "b"),
        },
    )


_NESTED_CODES = {
    "brackets": (
        "expand a text such as '3[ab]2[c]' to 'abababcc': each number says how often the letters in "
        "the square brackets behind it are repeated",
        r"""
        import re

        def solve(text):
            return "".join(part * int(count) for count, part in re.findall(r"(\d+)\[(\w*)\]", text))
        """,
        """
        def solve(text):
            result = ""
            for piece in text.split("]")[:-1]:
                count, part = piece.split("[")
                result += part * int(count)
            return result
        """,
        "{0}[{1}]",
    ),
    "star": (
        "expand a text such as 'ab*3 c*2' to 'abababcc': parts are separated by spaces, and each is "
        "repeated as often as the number behind '*' says",
        """
        def solve(text):
            result = ""
            for piece in text.split():
                part, count = piece.split("*")
                result += part * int(count)
            return result
        """,
        r"""
        import re

        def solve(text):
            return "".join(part * int(count) for part, count in re.findall(r"(\w+)\*(\d+)", text))
        """,
        "{1}*{0} ",
    ),
    "length": (
        "compute the length of a text such as '3[ab]2[c]' after it has been expanded to 'abababcc'",
        r"""
        import re

        def solve(text):
            return sum(int(count) * len(part) for count, part in re.findall(r"(\d+)\[(\w*)\]", text))
        """,
        """
        def solve(text):
            total = 0
            for piece in text.split("]")[:-1]:
                count, part = piece.split("[")
                total += len(part) * int(count)
            return total
        """,
        "{0}[{1}]",
    ),
}


@family(kind=tuple(_NESTED_CODES))
def expand_repetition_code(choose: Chooser, kind: str) -> Exercise:
    """Expand texts that say how often their parts are repeated."""
    act, *solutions, form = _NESTED_CODES[kind]
    texts = []
    for _ in range(6):
        num = choose.integer(1, 3)
        parts = [form.format(choose.integer(1, 4), choose.letters((1, 3))) for _ in range(num)]
        texts.append("".join(parts).strip())
    return Exercise(
        texts=(act, act, *ways_to_ask(act)),
        names=("expand", "decode", f"expand_{kind}", "repeat_parts"),
        solutions=solutions,
        arguments=[(text,) for text in texts],
        synonyms={"part": ("letters", "p", "word"), "piece": ("each", "block")},
    )
