"""Lists of words: changing, joining, measuring and padding words."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_MAPPED = {
    "upper": ("word.upper()", "in upper case"),
    "capitalized": ("word.capitalize()", "with a capital first letter"),
    "reversed": ("word[::-1]", "spelled backwards"),
    "first_letter": ("word[0]", "replaced by its first letter"),
    "last_letter": ("word[-1]", "replaced by its last letter"),
    "length": ("len(word)", "replaced by its length"),
    "doubled": ("word * 2", "written twice, such as 'abab' for 'ab'"),
    "without_first": ("word[1:]", "without its first letter"),
    "without_vowels": (
        "''.join(char for char in word if char not in 'aeiou')",
        "without its vowels",
    ),
    "sorted_letters": ("''.join(sorted(word))", "with its letters in alphabetical order"),
    "exclaimed": ("word + '!'", "with an exclamation mark at the end"),
    "list": ("list(word)", "as a list of its letters"),
    "ends": ("word[0] + word[-1]", "replaced by its first and last letter"),
    "starred": ("'*' * len(word)", "replaced by as many '*' as it has letters"),
}


@family(change=tuple(_MAPPED))
def change_each_word(choose: Chooser, change: str) -> Exercise:
    """Map a string method or slice over a list of words."""
    expression, done = _MAPPED[change]
    function = {
        "upper": "str.upper",
        "capitalized": "str.capitalize",
        "length": "len",
        "list": "list",
    }
    mapped = function.get(change, f"lambda word: {expression}")
    return Exercise(
        texts=(
            f"return a list of the given words, each {done}",
            f"take a list of strings and return a list with every string {done}",
            f"Given a list of words, return a list with each word {done}.",
            f"map a list of words to a new list of the words, each {done}",
        ),
        names=(f"{change}_words", f"words_{change}", f"{change}_each", f"map_{change}"),
        solutions=(
            f"def solve(words):\n    return [{expression} for word in words]",
            f"def solve(words):\n    return list(map({mapped}, words))",
            f"""
            def solve(words):
                result = []
                for word in words:
                    result.append({expression})
                return result
            """,
        ),
        arguments=[(choose.words((1, 6)),) for _ in range(5)] + [([],)],
    )


_JOINED = {
    "spaces": ("' '.join(words)", "join the words of a list with spaces"),
    "nothing": ("''.join(words)", "concatenate all strings of a list"),
    "commas": ("', '.join(words)", "join the strings of a list with a comma and a space"),
    "dashes": ("'-'.join(words)", "join the words of a list with hyphens"),
    "separator": ("text.join(words)", "join the words of a list with the separator <text>"),
    "reversed": (
        "' '.join(reversed(words))",
        "join the words of a list with spaces, last word first",
    ),
    "acronym": (
        "''.join(word[0].upper() for word in words)",
        "make an acronym of a list of words: their first letters in upper case",
    ),
    "last_letters": (
        "''.join(word[-1] for word in words)",
        "make a string of the last letters of a list of words",
    ),
    "camel": (
        "words[0] + ''.join(word.capitalize() for word in words[1:])",
        "join a list of lower-case words to a camelCase name",
    ),
    "sentence": (
        "' '.join(words).capitalize() + '.'",
        "make a sentence of a list of words, with a capital first letter and a period at the end",
    ),
    "lines": ("'\\n'.join(words)", "join the words of a list with line breaks"),
    "quoted": (
        "', '.join('\"' + word + '\"' for word in words)",
        "put each word of a list in double quotes and join them with a comma and a space",
    ),
}


@family(way=tuple(_JOINED))
def join_words(choose: Chooser, way: str) -> Exercise:
    """Join a list of words to one string."""
    expression, does = _JOINED[way]
    parameters = "words, text" if way == "separator" else "words"
    loops = {
        "nothing": ("word", "result"),
        "acronym": ("word[0].upper()", "result"),
        "last_letters": ("word[-1]", "result"),
    }
    solutions = [f"def solve({parameters}):\n    return {expression}"]
    if way in loops:
        part, end = loops[way]
        solutions.append(f"""
            def solve(words):
                result = ''
                for word in words:
                    result += {part}
                return {end}
            """)
    if way == "spaces":
        solutions.append("""
            def solve(words):
                result = ''
                for word in words:
                    result += word + ' '
                return result.strip()
            """)
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        words = choose.words((1, 5))
        arguments.append(
            (words, choose.one_of(("+", " / ", "--", "_"))) if way == "separator" else (words,)
        )
    return Exercise(
        texts=(
            does,
            f"{does} and return the string",
            "Given a list of words, "
            f"{does.replace('a list of words', 'it').replace('a list', 'it')}.",
            f"I have a list of words. The function should {does.replace('a list', 'this list')}."
            if "a list of" not in does
            else f"{does} (the result is a string)",
        ),
        names=(f"join_{way}", f"words_to_{way}", "join_words", f"{way}_string"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"text": ("sep", "separator", "delimiter")},
    )


@family(kind=("and", "or"), comma=(False, True))
def enumerate_words(choose: Chooser, kind: str, *, comma: bool) -> Exercise:
    """Join words with commas and a conjunction before the last one."""
    oxford = ", also with a comma before it" if comma else ""
    example = f"'a, b{',' if comma else ''} {kind} c'"
    last = f"', {kind} '" if comma else f"' {kind} '"
    return Exercise(
        texts=(
            f"join a list of words with commas, and with '{kind}' before the last word{oxford}",
            f"write out a list of three or more words such as {example}",
            f"Given a list of three or more words, return a string like {example}.",
            f"turn a list of at least three names into text: commas between them, and '{kind}' "
            "before the "
            f"last one{oxford}",
        ),
        names=(f"join_with_{kind}", "enumerate_words", "write_list", "words_to_text"),
        solutions=(
            f"def solve(words):\n    return ', '.join(words[:-1]) + {last} + words[-1]",
            f"""
            def solve(words):
                result = words[0]
                for word in words[1:-1]:
                    result += ', ' + word
                return result + {last} + words[-1]
            """,
        ),
        arguments=[
            (choose.words((3, 6)) if choose.chance(0.5) else [choose.person() for _ in range(4)],)
            for _ in range(6)
        ],
    )


_MEASURES = {
    "total": (
        "sum(len(word) for word in words)",
        "sum(map(len, words))",
        "the total number of letters",
    ),
    "average": (
        "round(sum(len(word) for word in words) / len(words), 1)",
        "round(sum(map(len, words)) / len(words), 1)",
        "the average length of the words (rounded to 1 digit)",
    ),
    "distinct": ("len(set(words))", "", "the number of different words"),
    "letters": (
        "len(set(''.join(words)))",
        "len({char for word in words for char in word})",
        "the number of different letters",
    ),
    "difference": (
        "max(len(word) for word in words) - min(len(word) for word in words)",
        "max(map(len, words)) - min(map(len, words))",
        "the difference in length between the longest and the shortest word",
    ),
    "vowels": (
        "sum(char in 'aeiou' for word in words for char in word)",
        "sum(1 for char in ''.join(words) if char in 'aeiou')",
        "the total number of vowels",
    ),
    "lengths": (
        "sorted({len(word) for word in words})",
        "sorted(set(map(len, words)))",
        "a sorted list of the different word lengths",
    ),
    "widths": (
        "(min(map(len, words)), max(map(len, words)))",
        "",
        "the smallest and the largest word length as a tuple",
    ),
}


@family(measure=tuple(_MEASURES))
def measure_word_list(choose: Chooser, measure: str) -> Exercise:
    """Return a figure about a list of words."""
    one, two, noun = _MEASURES[measure]
    return Exercise(
        texts=(
            f"find {noun} in a list of words",
            f"compute {noun}, given a list of strings",
            f"Given a list of lower-case words, return {noun}.",
            f"return {noun} of a list of words",
        ),
        names=(f"{measure}_of_words", f"word_{measure}", f"words_{measure}", f"get_{measure}"),
        solutions=[f"def solve(words):\n    return {way}" for way in (one, two) if way],
        arguments=[(choose.words((1, 6)) * choose.integer(1, 2),) for _ in range(6)],
    )


_SHAPED = {
    "truncate": ("word[:n]", "cut to at most <n> letters"),
    "pad_right": ("word.ljust(n)", "filled with spaces on the right to <n> characters"),
    "pad_left": ("word.rjust(n)", "filled with spaces on the left to <n> characters"),
    "dots": ("word.ljust(n, '.')", "filled with dots on the right to <n> characters"),
    "center": ("word.center(n, '*')", "centered in <n> characters with '*' around it"),
    "dropped": ("word[n:]", "without its first <n> letters"),
    "tail": ("word[-n:]", "cut to its last <n> letters"),
    "repeat": ("word * n", "repeated <n> times"),
}


@family(shape=tuple(_SHAPED))
def shape_each_word(choose: Chooser, shape: str) -> Exercise:
    """Cut, pad or repeat each word with a number."""
    expression, done = _SHAPED[shape]
    low, high = {"dropped": (1, 3), "repeat": (1, 3), "tail": (1, 3), "truncate": (2, 4)}.get(
        shape, (8, 10)
    )
    return Exercise(
        texts=(
            f"return a list of the given words, each {done}",
            f"Given a list of words and a number <n>, return the words, each {done}.",
            f"take a list of strings and return a list with every string {done}",
        ),
        names=(f"{shape}_words", f"{shape}_each", f"words_{shape}"),
        solutions=(
            f"def solve(words, n):\n    return [{expression} for word in words]",
            f"""
            def solve(words, n):
                result = []
                for word in words:
                    result.append({expression})
                return result
            """,
        ),
        arguments=[(choose.words((1, 4)), choose.integer(low, high)) for _ in range(6)],
        synonyms={"n": ("width", "k", "size", "count")},
    )
