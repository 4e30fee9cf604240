"""Sentences and their words: choosing, counting, changing and ordering words."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import any_case, returning
from hrm_exercises.family import Exercise, family

# Short words that make a sentence longer and repeat.
_SMALL_WORDS = ("a", "the", "of", "in", "and", "is", "to", "on", "it", "we", "for", "my", "an")
_PALINDROMES = ("level", "noon", "kayak", "radar", "eve", "civic")
_OTHER_WORDS = ("dog", "cat", "elephant", "beautiful", "computer", "mountain", "strawberry", "sun")


def a_sentence(choose: Chooser) -> str:
    """Return what a text calls its sentence."""
    return choose.one_of(
        ("a sentence", "a given sentence", "the given sentence", "a text", "a string")
    )


def natural_sentence(choose: Chooser) -> str:
    """Return long and short words, sometimes with a repeated word."""
    words = []
    for _ in range(choose.integer(2, 5)):
        if choose.chance(0.5):
            words.append(choose.one_of(_SMALL_WORDS))
        words.append(choose.one_of(_OTHER_WORDS) if choose.chance(0.3) else choose.word())
    if choose.chance(0.4):
        words.append(choose.one_of(words))
    return " ".join(words)


_LONGEST_WORDS = {
    "longest": (
        "the longest word (the first of several)",
        "max(text.split(), key=len)",
        "len(word) > len(best)",
    ),
    "shortest": (
        "the shortest word (the first of several)",
        "min(text.split(), key=len)",
        "len(word) < len(best)",
    ),
    "last_longest": (
        "the longest word (the last one if several are equally long)",
        "max(reversed(text.split()), key=len)",
        "len(word) >= len(best)",
    ),
}


@family(which=tuple(_LONGEST_WORDS), result=("word", "length", "upper"))
def longest_word_in_sentence(choose: Chooser, which: str, result: str) -> Exercise:
    """Find the longest or shortest word of a sentence."""
    what, expression, condition = _LONGEST_WORDS[which]
    goal, ending, shape = {
        "word": (what, "", "{}"),
        "length": (f"the length of {what.split(' (')[0]}", "", "len({})"),
        "upper": (what, ", written in capitals", "{}.upper()"),
    }[result]
    return Exercise(
        texts=(
            f"find {goal} in a sentence" + (" and return it in capitals" if ending else ""),
            f"return {goal} of a sentence{ending}",
            f"Given a sentence, return {goal}{ending}.",
            f"Words are separated by spaces. Return {goal} of a text{ending}.",
            f"get {goal} from a string of words{ending}",
        ),
        names=(f"{which}_word", f"find_{which}", f"{which}_{result}", f"get_{which}_word"),
        solutions=(
            returning("text", shape.format(expression)),
            f"""
            def solve(text):
                words = text.split()
                best = words[0]
                for word in words:
                    if {condition}:
                        best = word
                return {shape.format("best")}
            """,
        ),
        arguments=[(natural_sentence(choose),) for _ in range(5)] + [(choose.word(),)],
        synonyms={"key": ("key",)},
    )


_WORD_PLACES = {
    "first": ("the first word", "words[0]"),
    "last": ("the last word", "words[-1]"),
    "nth": ("the <n>-th word (counted from 1)", "words[n - 1]"),
    "nth_from_end": ("the <n>-th word from the end (counted from 1)", "words[-n]"),
    "middle": ("the word in the middle", "words[len(words) // 2]"),
    "first_and_last": ("a tuple of the first and the last word", "(words[0], words[-1])"),
    "second_last": ("the last word but one", "words[-2]"),
    "every_second": ("a list of every second word (starting with the first)", "words[::2]"),
    "first_n": ("a string of the first <n> words", "' '.join(words[:n])"),
    "last_n": ("a string of the last <n> words", "' '.join(words[-n:])"),
    "without_first": ("everything but the first word", "' '.join(words[1:])"),
}


@family(place=tuple(_WORD_PLACES))
def word_at_position(choose: Chooser, place: str) -> Exercise:
    """Take a word, or some words, by position."""
    what, expression = _WORD_PLACES[place]
    with_n = "<n>" in what
    arguments: list[tuple[str, ...] | tuple[str, int]] = []
    for _ in range(6):
        num = choose.integer(3, 6) if place != "middle" else choose.one_of((3, 5, 7))
        text = choose.sentence(num)
        arguments.append((text, choose.integer(1, num)) if with_n else (text,))
    of_sentence = "a sentence" if place != "middle" else "a sentence with an odd number of words"
    return Exercise(
        texts=(
            f"return {what} of {of_sentence}",
            f"find {what} of {of_sentence}",
            f"Given {of_sentence}{' and a number <n>' if with_n else ''}, return {what}.",
            f"get {what} of a text" + " with an odd number of words" * (place == "middle"),
        ),
        names=(f"{place}_word", f"get_{place}", "word_at", f"{place}_of_sentence"),
        solutions=(
            f"""
            def solve({"text, n" if with_n else "text"}):
                words = text.split()
                return {expression}
            """,
            returning("text, n" if with_n else "text", expression.replace("words", "text.split()")),
        ),
        arguments=arguments,
    )


# Plural, condition, opposite condition and further parameter.
_WORD_TESTS = {
    "longer": ("words that are longer than <n> characters", "len(word) > n", "len(word) <= n", "n"),
    "shorter": ("words with fewer than <n> letters", "len(word) < n", "len(word) >= n", "n"),
    "exactly": ("words of exactly <n> letters", "len(word) == n", "len(word) != n", "n"),
    "even": ("words of even length", "len(word) % 2 == 0", "len(word) % 2 != 0", ""),
    "odd": (
        "words with an odd number of letters",
        "len(word) % 2 == 1",
        "len(word) % 2 != 1",
        "",
    ),
    "starts_with": (
        "words that start with a given letter",
        "word.startswith(char)",
        "not word.startswith(char)",
        "char",
    ),
    "ends_with": (
        "words that end with a given letter",
        "word.endswith(char)",
        "not word.endswith(char)",
        "char",
    ),
    "contains": (
        "words that contain a given letter",
        "char in word",
        "char not in word",
        "char",
    ),
    "starts_vowel": (
        "words that start with a vowel",
        "word[0] in 'aeiouAEIOU'",
        "word[0] not in 'aeiouAEIOU'",
        "",
    ),
    "ends_vowel": (
        "words that end with a vowel",
        "word[-1] in 'aeiouAEIOU'",
        "word[-1] not in 'aeiouAEIOU'",
        "",
    ),
    "capital": (
        "words that begin with a capital letter",
        "word[0].isupper()",
        "not word[0].isupper()",
        "",
    ),
    "palindrome": (
        "words that are palindromes",
        "word == word[::-1]",
        "word != word[::-1]",
        "",
    ),
    "repeated_letter": (
        "words in which some letter is repeated",
        "len(set(word)) < len(word)",
        "len(set(word)) == len(word)",
        "",
    ),
}


@family(test=tuple(_WORD_TESTS), result=("count", "list", "keep", "remove"))
def words_of_a_kind_in_sentence(choose: Chooser, test: str, result: str) -> Exercise:
    """Count, list, keep or remove the words of a sentence that pass a test."""
    what, condition, negated, extra = _WORD_TESTS[test]
    goal, expression, start, step, check = {
        "count": (
            f"count the {what} in",
            f"sum(1 for word in text.split() if {condition})",
            "0",
            "result += 1",
            condition,
        ),
        "list": (
            f"list all {what} in",
            f"[word for word in text.split() if {condition}]",
            "[]",
            "result.append(word)",
            condition,
        ),
        "keep": (
            f"keep only the {what} in",
            f"' '.join(word for word in text.split() if {condition})",
            "[]",
            "result.append(word)",
            condition,
        ),
        "remove": (
            f"remove all {what} from",
            f"' '.join(word for word in text.split() if {negated})",
            "[]",
            "result.append(word)",
            negated,
        ),
    }[result]
    form = {
        "count": f"return the number of {what}",
        "list": f"return a list of the {what}",
        "keep": f"return a sentence of those {what}",
        "remove": f"return the sentence without those {what}",
    }[result]
    texts = [natural_sentence(choose) for _ in range(6)]
    if test == "palindrome":
        texts[::2] = [f"{text} {choose.one_of(_PALINDROMES)}" for text in texts[::2]]
    if test == "capital":
        texts = [" ".join(any_case(choose, word) for word in text.split()) for text in texts]
    arguments: list[tuple[str, ...] | tuple[str, int]] = [(text,) for text in texts]
    if extra == "n":
        arguments = [(text, choose.integer(2, 6)) for text in texts]
    elif extra == "char":
        arguments = [(text, choose.one_of(choose.one_of(text.split()))) for text in texts]
    parameters = f"text, {extra}" if extra else "text"
    ending = "' '.join(result)" if result in ("keep", "remove") else "result"
    return Exercise(
        texts=(
            f"{goal} a sentence",
            f"{goal} {a_sentence(choose)}",
            f"Given a sentence, {form}.".replace(" of those", " of its").replace("those", "its"),
            f"split a text into words and {form.replace('those', 'the')}",
            f"I have a string of words separated by spaces. {goal[0].upper()}{goal[1:]} it.",
        ),
        names=(f"{result}_{test}", f"{result}_words", f"{test}_words", f"words_{test}"),
        solutions=(
            returning(parameters, expression),
            f"""
            def solve({parameters}):
                result = {start}
                for word in text.split():
                    if {check}:
                        {step}
                return {ending}
            """,
        ),
        arguments=arguments,
        synonyms={"text": ("sentence", "s", "line", "string", "txt")},
    )


_COUNTED_WORDS = {
    "plain": ("the number of words", "len(text.split())"),
    "distinct": ("the number of different words", "len(set(text.split()))"),
    "distinct_ignoring_case": (
        "the number of different words (ignoring case)",
        "len(set(text.lower().split()))",
    ),
    "commas": ("the number of words separated by commas", "len(text.split(','))"),
    "average_length": (
        "the average length of the words (rounded to 2 digits)",
        "round(sum(len(word) for word in text.split()) / len(text.split()), 2)",
    ),
    "total_length": (
        "the total length of all words without the spaces",
        "sum(len(word) for word in text.split())",
    ),
    "lengths": ("a list of the lengths of the words", "[len(word) for word in text.split()]"),
    "lengths_by_word": (
        "a dictionary that maps each word to its length",
        "{word: len(word) for word in text.split()}",
    ),
    "last_length": ("the length of the last word", "len(text.split()[-1])"),
    "length_difference": (
        "the difference in length between the longest and the shortest word",
        "len(max(text.split(), key=len)) - len(min(text.split(), key=len))",
    ),
}


@family(what=tuple(_COUNTED_WORDS))
def measure_words_of_sentence(choose: Chooser, what: str) -> Exercise:
    """Count the words of a sentence, or measure their lengths."""
    goal, expression = _COUNTED_WORDS[what]
    texts = [natural_sentence(choose) for _ in range(5)]
    if what == "commas":
        texts = [",".join(text.split()) for text in texts]
    if what == "distinct_ignoring_case":
        texts = [f"{text} {text.split()[0].title()}" for text in texts[:3]] + texts[3:]
    return Exercise(
        texts=(
            f"find {goal} in a sentence" if what != "commas" else f"find {goal} in a string",
            f"return {goal} of a sentence" if what != "commas" else f"return {goal}",
            f"Given a text, return {goal} in it." if what != "commas" else f"Return {goal}.",
            f"calculate {goal} in a string" if "list" not in goal else f"make {goal} of a text",
        ),
        names=("count_words", f"words_{what}", f"{what}_of_words", "word_stats", "num_words"),
        solutions=(returning("text", expression),),
        arguments=[(text,) for text in texts] + [(choose.word(),)],
        synonyms={"key": ("key",)},
    )


_REVERSALS = {
    "order": ("reverse the order of the words in a sentence", "' '.join(text.split()[::-1])"),
    "each": (
        "reverse every word of a sentence but keep the order of the words",
        "' '.join(word[::-1] for word in text.split())",
    ),
    "long": (
        "reverse those words of a sentence that have five or more letters",
        "' '.join(word[::-1] if len(word) >= 5 else word for word in text.split())",
    ),
    "every_second": (
        "reverse every second word of a sentence, beginning with the second",
        "' '.join(word[::-1] if index % 2 else word for index, word in enumerate(text.split()))",
    ),
    "first_last": (
        "swap the first and the last word of a sentence",
        "' '.join([text.split()[-1], *text.split()[1:-1], text.split()[0]])",
    ),
    "list": (
        "return a list of the words of a sentence in reverse order",
        "text.split()[::-1]",
    ),
    "letters": (
        "reverse the letters of each word and the order of the words too",
        "' '.join(word[::-1] for word in reversed(text.split()))",
    ),
    "rotate": (
        "move the first word of a sentence to the end",
        "' '.join([*text.split()[1:], text.split()[0]])",
    ),
}


@family(kind=tuple(_REVERSALS))
def reverse_words_of_sentence(choose: Chooser, kind: str) -> Exercise:
    """Reverse words or their order."""
    act, expression = _REVERSALS[kind]
    loops = {
        "order": """
            def solve(text):
                words = text.split()
                words.reverse()
                return " ".join(words)
            """,
        "each": """
            def solve(text):
                result = []
                for word in text.split():
                    result.append(word[::-1])
                return " ".join(result)
            """,
        "long": """
            def solve(text):
                words = text.split()
                for index, word in enumerate(words):
                    if len(word) >= 5:
                        words[index] = word[::-1]
                return " ".join(words)
            """,
        "first_last": """
            def solve(text):
                words = text.split()
                words[0], words[-1] = words[-1], words[0]
                return " ".join(words)
            """,
        "letters": returning("text", "' '.join(text.split())[::-1]"),
        "list": returning("text", "list(reversed(text.split()))"),
        "rotate": """
            def solve(text):
                words = text.split()
                words.append(words.pop(0))
                return " ".join(words)
            """,
    }
    of_it, comma = act.replace("a sentence", "it"), "," if "," in act else ""
    return Exercise(
        texts=(
            act,
            f"Given a sentence, {of_it}.",
            f"{act} (split at spaces)" if kind == "list" else f"{act}{comma} and return the result",
            f"I have a sentence. {of_it[0].upper()}{of_it[1:]}.",
        ),
        names=("reverse_words", f"reverse_{kind}", f"words_{kind}", "turn_words"),
        solutions=[returning("text", expression), *([loops[kind]] if kind in loops else [])],
        arguments=[(choose.sentence((2, 6)),) for _ in range(5)] + [(natural_sentence(choose),)],
    )


_CAPITALS = {
    "each_first": (
        "capitalize the first letter of each word",
        "word[0].upper() + word[1:]",
    ),
    "each_last": ("capitalize the last letter of each word", "word[:-1] + word[-1].upper()"),
    "both": (
        "make the first and the last letter of each word of two or more letters a capital",
        "word[0].upper() + word[1:-1] + word[-1].upper()",
    ),
    "long_only": (
        "capitalize every word with more than three letters",
        "word.capitalize() if len(word) > 3 else word",
    ),
    "long_upper": (
        "write all words of six or more letters in capitals",
        "word.upper() if len(word) >= 6 else word",
    ),
    "every_second": (
        "write every second word in capitals, starting with the first",
        "word if index % 2 else word.upper()",
    ),
    "not_small": (
        "capitalize all words except 'a', 'the', 'of' and 'and'",
        "word if word in ('a', 'the', 'of', 'and') else word.capitalize()",
    ),
    "short_lower": (
        "write words of at most two letters in capitals",
        "word.upper() if len(word) <= 2 else word",
    ),
}
_CAPITALS_RETOLD = {
    "each_first": "start every word of a sentence with a capital letter",
    "each_last": "end every word of a sentence with a capital letter",
    "both": (
        "Given a sentence in lower case, write the first and the last letter of every word "
        "as capitals."
    ),
    "long_only": (
        "Given a sentence in lower case, capitalize its words except those with three "
        "letters or fewer."
    ),
    "long_upper": (
        "Given a sentence in lower case, return it with all words of at least six letters in "
        "upper case."
    ),
    "every_second": (
        "Given a sentence in lower case, return it with the first, the third, the fifth word "
        "and so on in upper case."
    ),
    "not_small": (
        "write a title: all words of a sentence get a capital at the start, except a, the, "
        "of and and"
    ),
    "short_lower": (
        "Given a sentence in lower case, return it with its words of one or two letters in "
        "upper case."
    ),
}


@family(which=tuple(_CAPITALS))
def capitalize_words_of_sentence(choose: Chooser, which: str) -> Exercise:
    """Change the case of words or of their ends."""
    act, expression = _CAPITALS[which]
    loop = (
        "index, word in enumerate(text.split())"
        if "index" in expression
        else "word in text.split()"
    )
    texts = [natural_sentence(choose) for _ in range(6)]
    if which == "both":
        texts = [choose.sentence((2, 5)) for _ in range(6)]
    return Exercise(
        texts=(
            _CAPITALS_RETOLD[which],
            f"{act} of a sentence",
            f"{act} in a text in lower case",
            f"Given a sentence in lower case, {act}.",
            f"take a sentence and {act}",
        ),
        names=("capitalize_words", f"capitalize_{which}", f"{which}_upper", "title_words"),
        solutions=(
            returning("text", f"' '.join({expression} for {loop})"),
            f"""
            def solve(text):
                result = []
                for {loop}:
                    result.append({expression})
                return " ".join(result)
            """,
        ),
        arguments=[(text,) for text in texts],
    )


_ABBREVIATIONS = {
    "initials": (
        "the first letters of its words in capitals",
        "''.join(word[0].upper() for word in text.split())",
    ),
    "dotted": (
        "the first letters of its words in capitals, each with a dot behind it",
        "''.join(word[0].upper() + '.' for word in text.split())",
    ),
    "lower": ("the first letters of its words", "''.join(word[0] for word in text.split())"),
    "last_letters": ("the last letters of its words", "''.join(word[-1] for word in text.split())"),
    "long_words": (
        "the first letters, in capitals, of those words that have more than three letters",
        "''.join(word[0].upper() for word in text.split() if len(word) > 3)",
    ),
    "two_letters": (
        "the first two letters of each word",
        "''.join(word[:2] for word in text.split())",
    ),
    "list": ("a list of the first letters of its words", "[word[0] for word in text.split()]"),
}


@family(kind=tuple(_ABBREVIATIONS))
def abbreviation_of_phrase(choose: Chooser, kind: str) -> Exercise:
    """Make an abbreviation from the letters of words."""
    what, expression = _ABBREVIATIONS[kind]
    start = "a string of " if kind != "list" else ""
    solutions = [returning("text", expression)]
    if kind == "initials":
        solutions.append(
            """
            def solve(text):
                result = ""
                for word in text.split():
                    result += word[0]
                return result.upper()
            """
        )
    return Exercise(
        texts=(
            f"make {start}{what.replace('its words', 'the words of a sentence')}"
            if "its words" in what
            else f"abbreviate a phrase: make {start}{what}",
            f"abbreviate a phrase to {start}{what}",
            f"Given a phrase, return {start}{what}.",
            f"return for a phrase {start}{what}",
        ),
        names=("abbreviate", "initials", f"{kind}_of_words", "acronym", "short_form"),
        solutions=solutions,
        arguments=[(choose.sentence((2, 5)),) for _ in range(3)]
        + [(natural_sentence(choose),) for _ in range(3)],
    )


_FREQUENCIES = {
    "dict": ("a dictionary with the number of occurrences of each word", "dict(Counter(words))"),
    "most": (
        "the most frequent word (the first one if several are equally frequent)",
        "Counter(words).most_common(1)[0][0]",
    ),
    "most_count": ("how often the most frequent word occurs", "max(Counter(words).values())"),
    "sorted": (
        "a list of (word, count) tuples (most frequent first, ties in alphabetical order)",
        "sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0]))",
    ),
    "repeated": (
        "a list of the words that occur more than once (in the order of their first occurrence)",
        "[word for word, count in Counter(words).items() if count > 1]",
    ),
    "unique": (
        "a list of the words that occur exactly once (in their order)",
        "[word for word, count in Counter(words).items() if count == 1]",
    ),
    "num_repeated": (
        "the number of different words that are repeated",
        "sum(1 for count in Counter(words).values() if count > 1)",
    ),
}
_FREQUENCIES_BY_HAND = {
    "dict": "counts",
    "most": "max(counts, key=counts.get)",
    "most_count": "max(counts.values())",
    "sorted": "sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))",
    "repeated": "[word for word in counts if counts[word] > 1]",
    "unique": "[word for word in words if counts[word] == 1]",
    "num_repeated": "len([word for word in counts if counts[word] > 1])",
}


@family(result=tuple(_FREQUENCIES))
def word_frequencies_in_sentence(choose: Chooser, result: str) -> Exercise:
    """Count how often words occur."""
    what, expression = _FREQUENCIES[result]
    texts = []
    for _ in range(6):
        words = [*choose.words(2), choose.one_of(_SMALL_WORDS)]
        texts.append(" ".join(choose.one_of(words) for _ in range(choose.integer(3, 8))))
    return Exercise(
        texts=(
            f"return {what} in a sentence",
            f"find {what} in a text",
            f"Given a sentence, return {what}.",
            f"split a text into words and find {what}",
        ),
        names=("word_frequency", f"words_{result}", "count_words", f"{result}_words"),
        solutions=(
            f"""
            from collections import Counter

            def solve(text):
                words = text.split()
                return {expression}
            """,
            f"""
            def solve(text):
                words = text.split()
                counts = {{}}
                for word in words:
                    counts[word] = counts.get(word, 0) + 1
                return {_FREQUENCIES_BY_HAND[result]}
            """,
        ),
        arguments=[(text,) for text in texts],
        synonyms={"key": ("key",), "pair": ("p", "item", "x")},
    )


_REPEATED_WORDS = {
    "first_repeated": (
        "find the first word in a sentence that has occurred before, or None",
        """
        def solve(text):
            seen = set()
            for word in text.split():
                if word in seen:
                    return word
                seen.add(word)
            return None
        """,
    ),
    "first_unique": (
        "find the first word of a sentence that occurs only once, or None",
        """
        def solve(text):
            words = text.split()
            for word in words:
                if words.count(word) == 1:
                    return word
            return None
        """,
    ),
    "remove": (
        "remove repeated words from a sentence and keep each word only where it first occurs",
        """
        def solve(text):
            return " ".join(dict.fromkeys(text.split()))
        """,
        """
        def solve(text):
            result = []
            for word in text.split():
                if word not in result:
                    result.append(word)
            return " ".join(result)
        """,
    ),
    "neighbors": (
        "remove a word from a sentence if the same word stands directly before it",
        """
        def solve(text):
            result = []
            for word in text.split():
                if not result or word != result[-1]:
                    result.append(word)
            return " ".join(result)
        """,
    ),
    "has_repeated": (
        "check whether some word occurs more than once in a sentence",
        """
        def solve(text):
            words = text.split()
            return len(words) != len(set(words))
        """,
        """
        def solve(text):
            seen = set()
            for word in text.split():
                if word in seen:
                    return True
                seen.add(word)
            return False
        """,
    ),
}


@family(task=tuple(_REPEATED_WORDS))
def repeated_words_in_sentence(choose: Chooser, task: str) -> Exercise:
    """Find or remove repeated words."""
    act, *solutions = _REPEATED_WORDS[task]
    texts = []
    for number in range(6):
        words = choose.words(3)
        texts.append(" ".join(choose.one_of(words) for _ in range(choose.integer(2, 6))))
        if number % 3 == 0:
            texts.append(" ".join(dict.fromkeys(choose.words((2, 5)))))
    of_it = act.replace("a sentence", "it")
    return Exercise(
        texts=(
            act,
            f"Given a sentence, {of_it}.",
            f"{act}; words are separated by single spaces",
            f"I have a sentence of lower-case words. {of_it[0].upper()}{of_it[1:]}.",
        ),
        names=(f"{task}_words", f"{task}_word", "repeated_words", "duplicate_words"),
        solutions=solutions,
        arguments=[(text,) for text in texts],
    )


_WORD_ORDERS = {
    "alphabetical": ("alphabetically", "sorted(text.split())"),
    "reverse": ("in reverse alphabetical order", "sorted(text.split(), reverse=True)"),
    "length": ("by length, the shortest first", "sorted(text.split(), key=len)"),
    "longest_first": (
        "by length, the longest first",
        "sorted(text.split(), key=len, reverse=True)",
    ),
    "last_letter": ("by their last letter", "sorted(text.split(), key=lambda word: word[-1])"),
    "ignoring_case": (
        "alphabetically without regard to case",
        "sorted(text.split(), key=str.lower)",
    ),
    "vowels": (
        "by their number of vowels",
        "sorted(text.split(), key=lambda word: sum(char in 'aeiou' for char in word))",
    ),
    "length_then_alphabet": (
        "by length and, among words of the same length, alphabetically",
        "sorted(text.split(), key=lambda word: (len(word), word))",
    ),
}


@family(order=tuple(_WORD_ORDERS), result=("text", "list"))
def sort_words_of_sentence(choose: Chooser, order: str, result: str) -> Exercise:
    """Sort the words of a sentence."""
    how, expression = _WORD_ORDERS[order]
    stable = order not in ("alphabetical", "reverse", "length_then_alphabet")
    rule = " (equal ones keep their order)" if stable else ""
    if result == "text":
        goal, expression = "return them as a sentence", f"' '.join({expression})"
    else:
        goal = "return them as a list"
    texts = [natural_sentence(choose) for _ in range(6)]
    if order == "ignoring_case":
        texts = [" ".join(any_case(choose, word) for word in text.split()) for text in texts]
    return Exercise(
        texts=(
            f"sort the words of a sentence {how}{rule} and {goal}",
            f"sort the words of a sentence {how} and {goal}",
            f"Given a sentence, sort its words {how}. {goal[0].upper()}{goal[1:]}.",
            f"order the words of a text {how} and {goal}",
        ),
        names=("sort_words", f"sort_by_{order}", "order_words", "sorted_words"),
        solutions=(returning("text", expression),),
        arguments=[(text,) for text in texts],
        synonyms={"key": ("key",)},
    )
