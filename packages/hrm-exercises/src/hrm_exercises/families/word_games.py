"""Words as toys: patterns of letters, arrangements, wildcards, keyboards, scores and layouts."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import (
    TWO_STRINGS,
    any_case,
    noisy_text,
    returning,
    ways_to_ask,
)
from hrm_exercises.family import Exercise, family

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
        "[text[:i] for i in range(1, len(text) + 1)]"
        " + [text[:i] for i in range(len(text) - 1, 0, -1)]",
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
        "return a list of a word and what is left of it when its first and last letters are "
        "removed again and again, until nothing is left",
        "[text[i:len(text) - i] for i in range((len(text) + 1) // 2)]",
    ),
    "mirrored": (
        "put a word and its reverse together with a bar in between, like 'abc|cba'",
        "text + '|' + text[::-1]",
    ),
}


_SERIES_RETOLD = {
    "growing": (
        "Given a word, write its first letter once, its second twice and so on; each group "
        "starts with a capital, and hyphens separate the groups."
    ),
    "wave": (
        "Let a capital letter run through a lowercase word like a wave and return all words "
        "on its way in a list."
    ),
    "staircase": (
        "Given a word, list its prefixes in increasing length and then in decreasing length, "
        "with the whole word only once."
    ),
    "doubling": "Given a word, write its letters 1, 2, 4, 8, ... times.",
    "prefix_sum": (
        "Given a word such as 'abc', return 'aababc', that is, all its prefixes one after "
        "the other."
    ),
    "shrinking": (
        "Remove the first and the last letter of a word step by step. Return a list of all "
        "words on the way that are not empty, starting with the full word."
    ),
    "mirrored": "Given a word, return it followed by '|' and its letters in reverse order.",
}


@family(kind=tuple(_SERIES))
def series_made_of_word(choose: Chooser, kind: str) -> Exercise:
    """Make a pattern of a word."""
    act, expression = _SERIES[kind]
    return Exercise(
        texts=(_SERIES_RETOLD[kind], act, *ways_to_ask(act)),
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


_ARRANGEMENTS_RETOLD = {
    "all": (
        "Given a word whose letters are all different, return its permutations as a sorted "
        "list of strings."
    ),
    "distinct": "return the sorted list of the different permutations of a string",
    "count": "How many different words can be made by rearranging all letters of a word?",
    "pairs": (
        "Given a word, combine each letter with each later letter and return a list of these "
        "strings."
    ),
    "last": "return the permutation of a string that comes last in alphabetical order",
    "subsets": (
        "Given a word with different letters, return all its subsequences, including the "
        "empty one, the shortest first and in alphabetical order among those of equal "
        "length."
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
        texts=(_ARRANGEMENTS_RETOLD[kind], act, *ways_to_ask(act)),
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


_WILDCARDS_RETOLD = {
    "question": (
        "Given a word and a pattern of equal length, compare them letter by letter; a '?' of "
        "the pattern fits everything. Return whether all fits."
    ),
    "list": (
        "Given a list of words and a pattern with question marks for unknown letters, find "
        "the words that could be meant."
    ),
    "star": (
        "Given a word and a pattern with one star, return True if the word starts with what "
        "is before the star and ends with what is behind it (without overlap)."
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
        texts=(_WILDCARDS_RETOLD[kind], act, *ways_to_ask(act)),
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


_ROWS_RETOLD = {
    "one_row": (
        "The rows of a keyboard are qwertyuiop, asdfghjkl and zxcvbnm. Return True if a "
        "single row is enough to type a lowercase word."
    ),
    "top": "How many letters of a lowercase word come from 'qwertyuiop'?",
    "rows": (
        "The rows of a keyboard are qwertyuiop (1), asdfghjkl (2) and zxcvbnm (3). List the "
        "row of each letter of a lowercase word."
    ),
    "left": (
        "Can a lowercase word be typed with the left hand only, that is, with qwert, asdfg "
        "and zxcvb?"
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
        texts=(_ROWS_RETOLD[kind], act, *ways_to_ask(act)),
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


_KIND_PATTERNS_RETOLD = {
    "vowels": (
        "Given a lowercase word, return its pattern of vowels (V) and consonants (C), for "
        "example 'CVC' for 'cat'."
    ),
    "kinds": "Replace letters by 'L', digits by 'D' and all other characters of a text by '-'.",
    "case": (
        "Given a word, return a list with 1 for each capital letter and 0 for each other letter."
    ),
    "vowel_groups": (
        "How many runs of vowels are there in a lowercase word? A run is as long as possible."
    ),
    "binary": (
        "Given a lowercase word, return a string of the same length with '1' for vowels and "
        "'0' for consonants."
    ),
    "alternates": (
        "Return True if a lowercase word never has two vowels or two consonants next to each "
        "other, else False."
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
    elif kind == "vowel_groups":
        texts[::2] = [choose.letters((3, 9), "aeibcd") for _ in texts[::2]]
    elif kind == "alternates":
        texts = [*texts, choose.one_of(("banana", "lemon", "tomato")), "open"]
    return Exercise(
        texts=(_KIND_PATTERNS_RETOLD[kind], act, *ways_to_ask(act)),
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


_SCORES_RETOLD = {
    "vowels": (
        "In a game, vowels give 2 points and consonants 1 point. Return the points of a "
        "lowercase word."
    ),
    "table": (
        "Given a word and a dictionary of the points of some letters, return the points of "
        "the word; letters without an entry give 1 point."
    ),
    "length": (
        "In a game a word gives a point for each letter, and twice as many if it has at "
        "least seven letters. Return the points of a word."
    ),
    "best": (
        "Let the value of a word be the sum of its letters with a as 1, b as 2 and so on. "
        "Return the first word with the highest value from a list."
    ),
    "total": (
        "In a word game up to three letters give 1 point, four or five letters 2 points and "
        "more letters 3 points. Return the points of all words of a list together."
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
        texts=(_SCORES_RETOLD[kind], act, *ways_to_ask(act)),
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
            start = len(text) % k
            parts = [text[:start]] if start else []
            parts += [text[i:i + k] for i in range(start, len(text), k)]
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


_LAYOUTS_RETOLD = {
    "groups_of_k": (
        "Given a key with hyphens, write it again in capitals and in groups of <k> characters, "
        "counted from the end, with a hyphen between groups."
    ),
    "center": (
        "Given a text and a line width <k>, put half of the free space (rounded down) in "
        "front of the text."
    ),
    "right_align": (
        "Given a list of words and a width <k>, fill up every word with spaces on the left."
    ),
    "columns": (
        "Given two lists of words and a width <k>, return lines with a column of width <k> "
        "for the first list and then the words of the second."
    ),
    "vertical": (
        "Given a list of words, read them from top to bottom: return the strings of all "
        "first letters, all second letters and so on, with spaces where a word has ended."
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
        texts=(_LAYOUTS_RETOLD[kind], act, *ways_to_ask(act)),
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
        "expand a text such as '3[ab]2[c]' to 'abababcc': each number says how often the letters "
        "in the square brackets behind it are repeated",
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
        "expand a text such as 'ab*3 c*2' to 'abababcc': parts are separated by spaces, and each "
        "is repeated as often as the number behind '*' says",
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
            pairs = re.findall(r"(\d+)\[(\w*)\]", text)
            return sum(int(count) * len(part) for count, part in pairs)
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


_NESTED_CODES_RETOLD = {
    "brackets": (
        "In a text such as '3[ab]2[c]' a number stands before each part in brackets. Write "
        "every part as often as its number says."
    ),
    "star": (
        "Given parts of the form letters*number with spaces between them, write the letters "
        "as often as the number says and join everything."
    ),
    "length": (
        "A text such as '3[ab]2[c]' is short for 'abababcc'. Return how long the full text is."
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
        texts=(_NESTED_CODES_RETOLD[kind], act, *ways_to_ask(act)),
        names=("expand", "decode", f"expand_{kind}", "repeat_parts"),
        solutions=solutions,
        arguments=[(text,) for text in texts],
        synonyms={"part": ("letters", "p", "word"), "piece": ("each", "block")},
    )
