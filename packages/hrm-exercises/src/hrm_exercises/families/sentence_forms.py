"""The form of sentences: replacing words, spacing, punctuation, lines and comparing."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families._list_wording import as_they
from hrm_exercises.families.sentences import natural_sentence
from hrm_exercises.families.strings import TWO_STRINGS, any_case, returning, ways_to_ask
from hrm_exercises.family import Exercise, family

_WORD_REPLACEMENTS = {
    "all": (
        "replace every occurrence of a word in a sentence by another word; parts of longer words "
        "are not touched",
        "text, old, new",
        "new if word == old else word",
    ),
    "stars": (
        "hide every occurrence of a word in a sentence behind as many stars as it has letters",
        "text, old",
        "'*' * len(word) if word == old else word",
    ),
    "upper": (
        "write every occurrence of a word in a sentence in capitals",
        "text, old",
        "word.upper() if word == old else word",
    ),
    "listed": (
        "replace each word of a sentence that is a key of a dictionary by its value there",
        "text, mapping",
        "mapping.get(word, word)",
    ),
    "long": (
        "replace every word of a sentence that has more than <n> letters by '...'",
        "text, n",
        "'...' if len(word) > n else word",
    ),
    "banned": (
        "replace every word of a sentence that is in a list of banned words by '#'",
        "text, banned",
        "'#' if word in banned else word",
    ),
}
_WORD_REPLACEMENTS_RETOLD = {
    "all": (
        "Given a sentence and two words, write the second word everywhere in the place of "
        "the first one."
    ),
    "stars": (
        "Given a sentence and a word, replace the word by stars wherever it stands, one star "
        "for each letter."
    ),
    "upper": (
        "Given a sentence and a word, return the sentence with this word in capital letters."
    ),
    "listed": (
        "Translate a sentence word by word with a dictionary; words that it does not have "
        "stay the same."
    ),
    "long": (
        "Given a sentence and a number <n>, write '...' instead of all words longer than <n>."
    ),
    "banned": (
        "Given a sentence and a list of forbidden words, put a '#' in the place of each "
        "forbidden word."
    ),
}


@family(kind=tuple(_WORD_REPLACEMENTS))
def replace_words_in_sentence(choose: Chooser, kind: str) -> Exercise:
    """Replace or hide words of a sentence."""
    act, parameters, expression = _WORD_REPLACEMENTS[kind]
    arguments: list[tuple[object, ...]] = []
    for _ in range(6):
        words = choose.shuffled([*choose.words((2, 4)), choose.one_of(("a", "the", "of", "pen"))])
        old = choose.one_of(words)
        extra: tuple[object, ...] = {
            "all": (old, choose.word()),
            "listed": ({old: choose.word(), choose.word(): choose.word()},),
            "long": (choose.integer(3, 6),),
            "banned": ([old, choose.word()],),
        }.get(kind, (old,))
        arguments.append((" ".join([*words, old]), *extra))
    return Exercise(
        texts=(
            act,
            _WORD_REPLACEMENTS_RETOLD[kind],
            *ways_to_ask(act),
            f"{act} (words are separated by single spaces)",
            f"take a sentence as the first argument and {act.replace('a sentence', 'it')}",
        ),
        names=("replace_words", f"replace_{kind}", "change_words", "censor", f"{kind}_words"),
        solutions=(
            returning(parameters, f"' '.join({expression} for word in text.split())"),
            f"""
            def solve({parameters}):
                words = text.split()
                for index, word in enumerate(words):
                    words[index] = {expression}
                return " ".join(words)
            """,
        ),
        arguments=arguments,
        synonyms={
            "old": ("target", "old_word", "a"),
            "new": ("replacement", "new_word", "b"),
            "banned": ("bad_words", "stop_words", "forbidden"),
        },
    )


_SPACINGS = {
    "collapse": (
        "reduce every run of spaces in a text to a single space",
        ("' '.join(part for part in text.split(' ') if part)", "' '.join(text.split())"),
    ),
    "strip": ("remove spaces from both ends of a text", ("text.strip()", "text.lstrip().rstrip()")),
    "left": ("remove the spaces at the start of a text", ("text.lstrip()", "text.lstrip(' ')")),
    "right": ("remove the spaces at the end of a text", ("text.rstrip()", "text.rstrip(' ')")),
    "all": (
        "remove all spaces from a text",
        (
            "text.replace(' ', '')",
            "''.join(text.split())",
            "''.join(char for char in text if char != ' ')",
        ),
    ),
    "count": (
        "count the spaces in a text",
        ("text.count(' ')", "sum(char == ' ' for char in text)"),
    ),
    "leading": (
        "count the spaces at the start of a text",
        ("len(text) - len(text.lstrip())", "len(text) - len(text.lstrip(' '))"),
    ),
    "to_underscores": (
        "replace the spaces of a text by underscores",
        ("text.replace(' ', '_')", "''.join('_' if char == ' ' else char for char in text)"),
    ),
    "to_commas": (
        "write commas instead of the spaces of a text",
        ("text.replace(' ', ',')", "','.join(text.split(' '))"),
    ),
    "encode": (
        "replace each space of a text by '%20'",
        ("text.replace(' ', '%20')", "'%20'.join(text.split(' '))"),
    ),
    "longest": (
        "find the length of the longest run of spaces in a text",
        (
            "max((len(list(group)) for char, group in groupby(text) if char == ' '), default=0)",
            "max(n for n in range(len(text) + 1) if ' ' * n in text)",
        ),
    ),
}


@family(act=tuple(_SPACINGS))
def spaces_in_text(choose: Chooser, act: str) -> Exercise:
    """Remove, reduce, replace or count spaces."""
    goal, expressions = _SPACINGS[act]
    texts = []
    for _ in range(6):
        text = choose.word()
        for word in choose.words((1, 3)):
            text += " " * choose.integer(1, 3) + word
        texts.append(" " * choose.integer(0, 3) + text + " " * choose.integer(0, 2))
    if act.startswith(("to_", "encode")):
        texts = [choose.sentence((1, 5)) for _ in range(6)]
    return Exercise(
        texts=(
            goal,
            f"Given a text, {goal.replace('a text', 'it')}.",
            f"{goal} that may have several spaces between words"
            if not act.startswith(("to_", "encode"))
            else f"{goal} and return it",
            f"I have a string. {goal[0].upper()}{goal[1:]}.".replace("a text", "it"),
        ),
        names=("fix_spaces", f"spaces_{act}", f"{act}_spaces", "clean_text"),
        solutions=[
            returning("text", each, "from itertools import groupby" if "groupby" in each else "")
            for each in expressions
        ],
        arguments=[(text,) for text in texts],
    )


_CLEANINGS = {
    "punctuation": (
        "remove all punctuation marks from a text",
        "''.join(char for char in text if char not in '.,;:!?')",
    ),
    "words": (
        "return the words of a text in lower case as a list, without punctuation marks",
        "[word.strip('.,;:!?').lower() for word in text.split()]",
    ),
    "count_marks": (
        "count the punctuation marks in a text",
        "sum(1 for char in text if char in '.,;:!?')",
    ),
    "last_word": (
        "return the last word of a text without the punctuation behind it",
        "text.split()[-1].rstrip('.,;:!?')",
    ),
    "end": (
        "end a text with a period unless it already ends with '.', '!' or '?'",
        "text if text[-1] in '.!?' else text + '.'",
    ),
    "kind": (
        "tell the kind of a sentence: 'question' if it ends with '?', 'exclamation' if it ends "
        "with '!', otherwise 'statement'",
        "'question' if text[-1] == '?' else 'exclamation' if text[-1] == '!' else 'statement'",
    ),
    "sentence": (
        "make a text a sentence: write the first letter as a capital and put a period at the end "
        "instead of any other marks there",
        "text[0].upper() + text[1:].rstrip('.,;:!?') + '.'",
    ),
}


@family(act=tuple(_CLEANINGS))
def punctuation_in_text(choose: Chooser, act: str) -> Exercise:
    """Remove, count or add punctuation marks."""
    goal, expression = _CLEANINGS[act]
    texts = []
    for _ in range(7):
        words = [word + choose.one_of((",", "", "", ";", ":")) for word in choose.words((1, 4))]
        ending = choose.word() + choose.one_of((".", "!", "?", "", "" if act == "end" else "!"))
        text = " ".join([*words, ending])
        texts.append(text if act == "sentence" else text.capitalize())
    return Exercise(
        texts=(
            goal,
            f"{goal[0].upper()}{goal[1:]}.",
            f"{goal} (the marks are . , ; : ! and ?)"
            if act not in ("kind", "end")
            else f"{goal}, for texts that are not empty",
            f"take a text and {goal.replace('a text', 'it')}",
        ),
        names=("punctuation", f"{act}_of_text", f"get_{act}", "clean_sentence", "check_marks"),
        solutions=(returning("text", expression),),
        arguments=[(text,) for text in texts],
    )


_COMMON_WORDS = {
    "common": (
        "a list of the words that two sentences have in common, sorted alphabetically",
        "sorted(set(first.split()) & set(second.split()))",
    ),
    "only_first": (
        "a list of the words of the first sentence, in their order, that are not in the second",
        "[word for word in first.split() if word not in second.split()]",
    ),
    "in_one": (
        "a sorted list of the words that occur in exactly one of two sentences",
        "sorted(set(first.split()) ^ set(second.split()))",
    ),
    "count": (
        "the number of different words that occur in both of two sentences",
        "len(set(first.split()) & set(second.split()))",
    ),
    "same": (
        "True if two sentences have the same words in any order, else False",
        "sorted(first.split()) == sorted(second.split())",
    ),
    "all": (
        "True if all words of the first sentence also occur in the second, else False",
        "all(word in second.split() for word in first.split())",
    ),
    "share": (
        "the share of words of the first sentence that also occur in the second, rounded to 2 "
        "digits",
        "round(sum(word in second.split() for word in first.split()) / len(first.split()), 2)",
    ),
}


@family(result=tuple(_COMMON_WORDS))
def compare_words_of_two_sentences(choose: Chooser, result: str) -> Exercise:
    """Compare the words of two sentences."""
    what, expression = _COMMON_WORDS[result]
    arguments = []
    for number in range(6):
        words = choose.words((2, 4))
        other = choose.shuffled([*choose.sample(words, (1, 2)), *choose.words((1, 2))])
        if result in ("same", "all") and number % 2:
            other = choose.shuffled(words)
        arguments.append((" ".join(words), " ".join(other)))
    return Exercise(
        texts=(
            f"return {what}",
            f"Return {what}.",
            f"compare two sentences and return {as_they(what, 'two sentences')}",
            f"Given two sentences, return {as_they(what, 'two sentences')}.",
        ),
        names=("compare_sentences", f"{result}_words", "common_words", f"words_{result}"),
        solutions=(returning("first, second", expression),),
        arguments=arguments,
        synonyms={**TWO_STRINGS, "first": ("s1", "text1", "a"), "second": ("s2", "text2", "b")},
    )


_POSITIONS_OF_WORD = {
    "first": (
        "find the position of a word in a sentence, counting words from 0, or -1 if it is missing",
        "text.split().index(word) if word in text.split() else -1",
    ),
    "all": (
        "list all positions of a word in a sentence, counting words from 1",
        "[index for index, part in enumerate(text.split(), 1) if part == word]",
    ),
    "count": ("count how often a word occurs in a sentence", "text.split().count(word)"),
    "count_ignoring_case": (
        "count how often a word occurs in a sentence, ignoring case",
        "text.lower().split().count(word.lower())",
    ),
    "present": (
        "check whether a word occurs in a sentence as a whole word",
        "word in text.split()",
    ),
    "before": (
        "find the word that stands before a given word in a sentence, or None",
        "next((a for a, b in zip(text.split(), text.split()[1:]) if b == word), None)",
    ),
    "after": (
        "find the word that follows the first occurrence of a given word in a sentence, or None",
        "next((b for a, b in zip(text.split(), text.split()[1:]) if a == word), None)",
    ),
}
_POSITIONS_OF_WORD_RETOLD = {
    "first": (
        "Given a sentence and a word, return the index of the word among the words of the "
        "sentence (-1 if it is not there)."
    ),
    "all": (
        "Given a sentence and a word, return a list of its places in the sentence; the first "
        "word has place 1."
    ),
    "count": "Given a sentence and a word, return the number of words that are equal to it.",
    "count_ignoring_case": (
        "Given a sentence and a word, return how many words of the sentence are the same, "
        "upper or lower case."
    ),
    "present": (
        "Given a sentence and a word, tell whether it is one of the words of the sentence."
    ),
    "before": (
        "Given a sentence and a word, return its predecessor in the sentence; None if it has none."
    ),
    "after": (
        "Given a sentence and a word, return the next word behind it; None if there is none."
    ),
}


@family(task=tuple(_POSITIONS_OF_WORD))
def given_word_in_sentence(choose: Chooser, task: str) -> Exercise:
    """Look for a given word in a sentence."""
    act, expression = _POSITIONS_OF_WORD[task]
    arguments = []
    for number in range(6):
        words = choose.words((2, 4))
        word = choose.one_of(words) if number % 3 else choose.word()[:3]
        if number % 3 and choose.chance(0.5):
            words.insert(choose.integer(0, len(words)), word)
        text = " ".join(words)
        if task == "count_ignoring_case":
            text = " ".join(any_case(choose, each) for each in words)
        arguments.append((text, word))
    return Exercise(
        texts=(
            act,
            _POSITIONS_OF_WORD_RETOLD[task],
            *ways_to_ask(act),
            f"{act}; words are separated by single spaces",
            f"search a sentence: {act}",
        ),
        names=("find_word", f"word_{task}", f"{task}_of_word", "search_word"),
        solutions=(returning("text, word", expression),),
        arguments=arguments,
        synonyms={"text": ("sentence", "s", "string"), "word": ("w", "target", "term")},
    )


_INSERTED_WORDS = {
    "nth": (
        "insert a word into a sentence so that it becomes the <n>-th word (counted from 1)",
        "words.insert(n - 1, word)",
    ),
    "end": ("add a word to the end of a sentence", "words.append(word)"),
    "start": ("put a word at the start of a sentence", "words.insert(0, word)"),
    "second": ("insert a word after the first word of a sentence", "words.insert(1, word)"),
    "delete_nth": ("delete the <n>-th word of a sentence (counted from 1)", "words.pop(n - 1)"),
    "replace_nth": (
        "replace the <n>-th word of a sentence (counted from 1) by another word",
        "words[n - 1] = word",
    ),
}
_INSERTED_WORDS_RETOLD = {
    "nth": (
        "Given a sentence, a word and a number <n>, return the sentence with the word at place <n>."
    ),
    "end": "append a word to a sentence, with a space before it",
    "start": "Given a sentence and a word, return the sentence with the word in front of it.",
    "second": "Given a sentence and a word, put the word behind the first word of the sentence.",
    "delete_nth": (
        "Given a sentence and a number <n>, return the sentence without its <n>-th word."
    ),
    "replace_nth": (
        "Given a sentence, a word and a number <n>, exchange the <n>-th word of the sentence "
        "for the given one."
    ),
}


@family(place=tuple(_INSERTED_WORDS))
def insert_or_delete_word(choose: Chooser, place: str) -> Exercise:
    """Insert, delete or replace a word at a position."""
    act, statement = _INSERTED_WORDS[place]
    parameters = ["text"]
    if "word)" in statement or "= word" in statement:
        parameters.append("word")
    if "n - 1" in statement:
        parameters.append("n")
    arguments = []
    for _ in range(6):
        num = choose.integer(2, 5)
        values = {"text": choose.sentence(num), "word": choose.word(), "n": choose.integer(1, num)}
        arguments.append(tuple(values[name] for name in parameters))
    return Exercise(
        texts=(
            act,
            _INSERTED_WORDS_RETOLD[place],
            *ways_to_ask(act),
            f"{act} and return the new sentence",
        ),
        names=(f"{place}_word", "change_sentence", "edit_words", f"word_{place}"),
        solutions=(
            f"""
            def solve({", ".join(parameters)}):
                words = text.split()
                {statement}
                return " ".join(words)
            """,
        ),
        arguments=arguments,
    )


_PARAGRAPHS = {
    "count": (
        "count the sentences of a text in which every sentence ends with '.', '!' or '?'",
        "len(sentences)",
    ),
    "longest": (
        "return the first sentence with the most words, without its final mark",
        "max(sentences, key=lambda part: len(part.split()))",
    ),
    "list": (
        "split a text into a list of its sentences, without the marks '.', '!' and '?' behind them",
        "sentences",
    ),
    "first_words": (
        "list the first word of every sentence of a text",
        "[part.split()[0] for part in sentences]",
    ),
    "word_counts": (
        "list the number of words of each sentence of a text",
        "[len(part.split()) for part in sentences]",
    ),
    "average": (
        "find the average number of words in the sentences of a text, rounded to 1 digit",
        "round(sum(len(part.split()) for part in sentences) / len(sentences), 1)",
    ),
    "reverse": (
        "return the sentences of a text in reverse order as a list, without final marks",
        "sentences[::-1]",
    ),
}


@family(act=tuple(_PARAGRAPHS))
def sentences_of_paragraph(choose: Chooser, act: str) -> Exercise:
    """Split a text into sentences and use them."""
    goal, expression = _PARAGRAPHS[act]
    texts = []
    for _ in range(5):
        parts = [choose.sentence((1, 4)).capitalize() for _ in range(choose.integer(1, 3))]
        texts.append(" ".join(part + choose.one_of((".", ".", "!", "?")) for part in parts))
    return Exercise(
        texts=(
            goal,
            f"{goal[0].upper()}{goal[1:]}.",
            f"{goal} (a sentence ends with a period, an exclamation mark or a question mark)",
            f"read a paragraph and {goal}",
        ),
        names=("sentences", f"{act}_of_sentences", f"sentences_{act}", "split_sentences"),
        solutions=(
            f"""
            def solve(text):
                text = text.replace("!", ".").replace("?", ".")
                sentences = [part.strip() for part in text.split(".") if part.strip()]
                return {expression}
            """,
            f"""
            import re

            def solve(text):
                sentences = [part.strip() for part in re.split(r"[.!?]", text) if part.strip()]
                return {expression}
            """,
        ),
        arguments=[(text,) for text in texts],
        synonyms={"key": ("key",), "part": ("p", "each", "s1"), "sentences": ("parts", "found")},
    )


_LINES = {
    "count": ("count the lines of a text", "len(text.split('\\n'))"),
    "longest": ("return the longest line of a text", "max(text.split('\\n'), key=len)"),
    "numbered": (
        "put its number, a colon and a space in front of each line of a text",
        "'\\n'.join(str(n) + ': ' + line for n, line in enumerate(text.split('\\n'), 1))",
    ),
    "reversed": ("reverse the order of the lines of a text", "'\\n'.join(text.split('\\n')[::-1])"),
    "not_empty": (
        "remove the empty lines of a text",
        "'\\n'.join(line for line in text.split('\\n') if line)",
    ),
    "first_words": (
        "return a list of the first words of all lines of a text that are not empty",
        "[line.split()[0] for line in text.split('\\n') if line]",
    ),
    "indent": (
        "indent each line of a text by two spaces",
        "'\\n'.join('  ' + line for line in text.split('\\n'))",
    ),
    "nth": ("return the <n>-th line of a text (counted from 1)", "text.split('\\n')[n - 1]"),
    "containing": (
        "return a list of the lines of a text that contain a given word",
        "[line for line in text.split('\\n') if word in line]",
    ),
}
_LINES_RETOLD = {
    "count": "How many lines does a text have?",
    "longest": (
        "Given a text of several lines, return the line with the most characters, the first "
        "one if there are several."
    ),
    "numbered": "number the lines of a text like '1: first line'",
    "reversed": (
        "Given a text of several lines, return it with the last line first and the first line last."
    ),
    "not_empty": (
        "Given a text of several lines, return it without the lines that have no characters."
    ),
    "first_words": (
        "Given a text of several lines, list the first word of each line; skip empty lines."
    ),
    "indent": "put two spaces in front of every line of a text",
    "nth": "Given a text of several lines and a number <n>, return line number <n>.",
    "containing": "search a text for a word and list all lines in which it occurs",
}


@family(task=tuple(_LINES))
def lines_of_text(choose: Chooser, task: str) -> Exercise:
    """Work on the lines of a text."""
    act, expression = _LINES[task]
    arguments: list[tuple[object, ...]] = []
    for _ in range(5):
        lines = [choose.sentence((1, 3)) for _ in range(choose.integer(2, 4))]
        extra = {"nth": (choose.integer(1, len(lines)),), "containing": (lines[0].split()[-1],)}
        if task in ("count", "not_empty", "first_words") and choose.chance(0.7):
            lines.insert(1, "")
        arguments.append(("\n".join(lines), *extra.get(task, ())))
    more = {"nth": ", n", "containing": ", word"}.get(task, "")
    return Exercise(
        texts=(
            act,
            _LINES_RETOLD[task],
            *ways_to_ask(act),
            f"{act}; lines are separated by newline characters",
            f"take a text of several lines and {act.replace('a text', 'it')}",
        ),
        names=("lines", f"{task}_lines", f"lines_{task}", "text_lines"),
        solutions=(returning("text" + more, expression),),
        arguments=arguments,
        synonyms={
            "key": ("key",),
            "line": ("row", "part", "l"),
            "text": ("s", "string", "content"),
        },
    )


@family(result=("list", "text", "count"))
def wrap_words_at_width(choose: Chooser, result: str) -> Exercise:
    """Break a text into lines of limited width."""
    goal, ending = {
        "list": ("return the list of lines", "lines"),
        "text": ("return the lines joined by newlines", "'\\n'.join(lines)"),
        "count": ("return the number of lines", "len(lines)"),
    }[result]
    return Exercise(
        texts=(
            f"break a text into lines of at most <n> characters between words, and {goal}",
            f"put the words of a text into lines that are not longer than <n>, and {goal}",
            f"wrap a text at width <n>: put as many words as fit into each line, and {goal}",
            f"Given a text and a line width that no word exceeds, fill lines with as many words as "
            f"possible. {goal[0].upper()}{goal[1:]}.",
        ),
        names=("wrap_text", "break_lines", "fill_lines", f"wrap_{result}"),
        solutions=(
            f"""
            def solve(text, n):
                lines = [""]
                for word in text.split():
                    if lines[-1] == "":
                        lines[-1] = word
                    elif len(lines[-1]) + 1 + len(word) <= n:
                        lines[-1] += " " + word
                    else:
                        lines.append(word)
                return {ending}
            """,
            f"""
            import textwrap

            def solve(text, n):
                lines = textwrap.wrap(text, n)
                return {ending}
            """,
        ),
        arguments=[(natural_sentence(choose), choose.integer(10, 18)) for _ in range(6)],
        synonyms={"n": ("width", "limit", "size"), "lines": ("rows", "parts")},
    )


_VOWELS_PER_WORD = {
    "list": (
        "a list of the number of vowels in each word of a sentence",
        "[sum(char in 'aeiou' for char in word) for word in text.split()]",
    ),
    "most": (
        "the word of a sentence with the most vowels (the first one if several are equal)",
        "max(text.split(), key=lambda word: sum(char in 'aeiou' for char in word))",
    ),
    "dict": (
        "a dictionary that maps each word of a sentence to its number of vowels",
        "{word: sum(char in 'aeiou' for char in word) for word in text.split()}",
    ),
    "distinct": (
        "the word of a sentence with the most different letters (the first one in case of a tie)",
        "max(text.split(), key=lambda word: len(set(word)))",
    ),
    "containing": (
        "a list of the words of a sentence that have at least two vowels",
        "[word for word in text.split() if sum(char in 'aeiou' for char in word) >= 2]",
    ),
}


@family(result=tuple(_VOWELS_PER_WORD))
def letters_per_word_of_sentence(choose: Chooser, result: str) -> Exercise:
    """Count vowels or letters word by word."""
    what, expression = _VOWELS_PER_WORD[result]
    return Exercise(
        texts=(
            f"return {what}",
            f"find {what}",
            f"Given a sentence in lower case, return {what.replace('a sentence', 'it')}.",
            f"Return {what} in lower case.",
        ),
        names=("vowels_per_word", f"{result}_vowels", "letters_per_word", f"words_{result}"),
        solutions=(returning("text", expression),),
        arguments=[(natural_sentence(choose),) for _ in range(6)],
        synonyms={"key": ("key",)},
    )
