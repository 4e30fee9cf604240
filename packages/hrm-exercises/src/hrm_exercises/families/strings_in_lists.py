"""Lists of words: selecting, counting, ordering and joining."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_Synonyms = dict[str, tuple[str, ...]]

_KEEP_KEY: _Synonyms = {"key": ("key",)}


def _words(choose: Chooser, num: tuple[int, int] = (2, 7)) -> list[str]:
    """Return words, a few of them capitalized or in upper case."""
    words = choose.words(num)
    if choose.chance(0.3):
        words = [word.capitalize() if choose.chance(0.4) else word for word in words]
    return words


_SIMPLE = {
    "longer": ("len(word) > k", "longer than <k> letters", "have more than <k> letters", "k"),
    "shorter": ("len(word) < k", "shorter than <k> letters", "have fewer than <k> letters", "k"),
    "exact": ("len(word) == k", "of exactly <k> letters", "have exactly <k> letters", "k"),
    "prefix": (
        "word.startswith(text)",
        "beginning with <text>",
        "begin with the prefix <text>",
        "text",
    ),
    "suffix": ("word.endswith(text)", "ending in <text>", "end with the suffix <text>", "text"),
    "contains": (
        "char in word",
        "with the letter <char> in them",
        "contain the letter <char>",
        "char",
    ),
    "lacks": (
        "char not in word",
        "without the letter <char>",
        "do not contain the letter <char>",
        "char",
    ),
    "substring": ("text in word", "that have <text> inside", "contain the string <text>", "text"),
    "twice": (
        "word.count(char) >= 2",
        "with the letter <char> two or more times",
        "contain the letter <char> at least twice",
        "char",
    ),
}
_OPPOSITES = {
    "len(word) > k": "len(word) <= k",
    "len(word) < k": "len(word) >= k",
    "len(word) == k": "len(word) != k",
    "char in word": "char not in word",
    "char not in word": "char in word",
    "text in word": "text not in word",
    "word.count(char) >= 2": "word.count(char) < 2",
}


@family(condition=tuple(_SIMPLE), result=("keep", "remove", "count", "first"))
def words_that_meet(choose: Chooser, condition: str, result: str) -> Exercise:
    """Keep, remove, count or find words by length, prefix or letter."""
    test, noun, clause, parameter = _SIMPLE[condition]
    if result == "remove":
        test = _OPPOSITES.get(test, f"not {test}")
    expression, start, step, end = {
        "count": (f"sum(1 for word in words if {test})", "count = 0", "count += 1", "count"),
        "first": (f"next((word for word in words if {test}), None)", "", "return word", "None"),
    }.get(
        result,
        (f"[word for word in words if {test}]", "result = []", "result.append(word)", "result"),
    )
    texts = {
        "keep": (
            f"find the words {noun} in a list of words",
            f"return all strings of a list that {clause}",
            f"Given a list of words, keep only those that {clause}.",
            f"filter a list of strings so that the words {noun} remain",
        ),
        "remove": (
            f"remove the words {noun} from a list of words",
            f"drop all strings of a list that {clause}",
            f"Given a list of words, return it without those that {clause}.",
            f"delete words {noun} from a list",
        ),
        "count": (
            f"count the words {noun} in a list of words",
            f"find how many strings of a list {clause}",
            f"Given a list of words, return the number of words that {clause}.",
        ),
        "first": (
            "find the first word "
            f"{noun.replace('in them', 'in it').replace('that have', 'that has')} "
            "in a list of words, or None",
            "return the first of the strings in a list that "
            f"{clause}; return None if there is no such string",
            f"Given a list of words, look for words that {clause} and return the first one (None "
            "if "
            "there are none).",
        ),
    }[result]
    arguments: list[tuple[Any, ...]] = []
    for _ in range(6):
        words = choose.words((3, 7))
        some = choose.one_of(words)
        cut = choose.integer(1, 2)
        value: Any = {
            "k": choose.integer(4, 6),
            "char": choose.one_of(some) if choose.chance(0.8) else "x",
            "text": some[:cut] if condition == "prefix" else some[-cut:],
        }[parameter]
        if condition == "twice" and choose.chance(0.7):
            value = choose.one_of("eot")
            words = [*words, choose.one_of(("coffee", "letter", "button", "feather", "school"))]
        value = some[1:3] if condition == "substring" else value
        arguments.append((words, value))
    first = f"{start}\n                " if start else ""
    return Exercise(
        texts=texts,
        names=(
            f"{result}_words",
            f"{result}_{condition}",
            f"words_{condition}",
            f"filter_{condition}",
        ),
        solutions=(
            f"def solve(words, {parameter}):\n    return {expression}",
            f"""
            def solve(words, {parameter}):
                {first}for word in words:
                    if {test}:
                        {step}
                return {end}
            """,
        ),
        arguments=arguments,
        synonyms={
            "text": ("prefix", "s", "part") if condition == "prefix" else ("sub", "s", "part"),
            "char": ("c", "ch", "x"),
        },
    )


_FIXED = {
    "vowel": ("word[0].lower() in 'aeiou'", "start with a vowel"),
    "capital": ("word[0].isupper()", "start with a capital letter"),
    "palindrome": ("word == word[::-1]", "are palindromes"),
    "same_ends": ("word[0] == word[-1]", "start and end with the same letter"),
    "even_length": ("len(word) % 2 == 0", "have an even length"),
    "odd_length": ("len(word) % 2 == 1", "have an odd length"),
    "digits": ("word.isdigit()", "consist of digits only"),
    "has_digit": ("any(char.isdigit() for char in word)", "contain a digit"),
    "upper": ("word.isupper()", "are in upper case"),
    "double": (
        "any(a == b for a, b in zip(word, word[1:]))",
        "have the same letter twice in a row",
    ),
    "unique": ("len(set(word)) == len(word)", "have no repeated letter"),
    "many_vowels": ("sum(char in 'aeiou' for char in word) >= 3", "have three or more vowels"),
    "nonempty": ("word != ''", "are not empty"),
}


@family(condition=tuple(_FIXED), result=("list", "count", "all", "any"))
def words_with_property(choose: Chooser, condition: str, result: str) -> Exercise:
    """Find the words with a property, or check whether all or any have it."""
    test, clause = _FIXED[condition]
    expression, start, step, end = {
        "list": (
            f"[word for word in words if {test}]",
            "result = []",
            "result.append(word)",
            "result",
        ),
        "count": (f"sum(1 for word in words if {test})", "count = 0", "count += 1", "count"),
        "all": (f"all({test} for word in words)", "", "return False", "True"),
        "any": (f"any({test} for word in words)", "", "return True", "False"),
    }[result]
    singular = clause.replace("are", "is", 1) if clause.startswith("are") else clause
    for plural, single in (
        ("start and end", "starts and ends"),
        ("start", "starts"),
        ("have", "has"),
        ("consist", "consists"),
        ("contain", "contains"),
        ("is palindromes", "is a palindrome"),
    ):
        if singular.startswith(plural):
            singular = singular.replace(plural, single, 1)
            break
    texts = {
        "list": (
            f"find the words in a list that {clause}",
            f"return a list of all strings that {clause}, from a given list",
            f"Given a list of words, return those that {clause}.",
            f"keep only words that {clause}",
        ),
        "count": (
            f"count the words in a list that {clause}",
            f"find how many strings of a list {clause}",
            f"Given a list of words, how many of them {clause}?",
        ),
        "all": (
            f"check whether all words in a list {clause}",
            f"return True if every string in a list {singular}, else False",
            f"Given a list of words, is it true that all of them {clause}? Return a boolean.",
        ),
        "any": (
            f"check whether any word in a list {singular}",
            f"return True if at least one string in a list {singular}, else False",
            f"Given a list of words, check if one or more of them {clause}.",
        ),
    }[result]
    arguments = []
    for index in range(7):
        words = [
            _odd_word(choose, condition, yes=choose.chance(0.5))
            for _ in range(choose.integer(2, 6))
        ]
        if result in ("all", "any"):
            yes = (index % 2 == 0) == (result == "all")
            words = [_odd_word(choose, condition, yes=yes) for _ in words]
            other = _odd_word(choose, condition, yes=not yes)
            words = choose.shuffled([*words, *([other] if index % 4 > 1 else [])])
        arguments.append((words,))
    first = f"{start}\n                " if start else ""
    guard = f"not ({test})" if result == "all" else test
    return Exercise(
        texts=texts,
        names=(
            f"{condition}_words",
            f"{result}_{condition}",
            f"words_{condition}",
            f"check_{condition}",
        ),
        solutions=(
            f"def solve(words):\n    return {expression}",
            f"""
            def solve(words):
                {first}for word in words:
                    if {guard}:
                        {step}
                return {end}
            """,
        ),
        arguments=arguments,
        synonyms={"a": ("x", "one"), "b": ("y", "other")},
    )


_EXAMPLES = {
    "vowel": ("orange open ocean end Apple island yellow code river jump Table lemon"),
    "capital": ("Oslo Tree River Moon Anna Key house garden apple window eye blue"),
    "palindrome": ("level noon radar civic kayak eye table lemon coffee paper abca desk"),
    "same_ends": ("level noon radar trust window dad stars apple music orange planet hello"),
    "even_length": ("noon orange jump planet code turtle apple music river zebra end summer1"),
    "odd_length": ("apple music river end zebra level noon orange jump planet code turtle"),
    "digits": ("12 7 2024 305 99 4 abc x1 route66 hello ten 3rd"),
    "has_digit": ("x1 route66 3rd room7 42 b2b hello table river music ten end"),
    "upper": ("ABC OK NATO HELLO USA TOP Abc ok Hello iOS tree X1y"),
    "double": ("coffee letter button summer hello apple river music planet table orange abab"),
    "unique": ("orange music planet table world lamp coffee letter noon level banana hello"),
    "many_vowels": ("orange banana ocean tomato potato violin planet river music noon spring lamp"),
    "nonempty": ("a river music planet table lamp      "),
}


def _odd_word(choose: Chooser, condition: str, *, yes: bool) -> str:
    """Return a word that has a property, or one that lacks it."""
    words = _EXAMPLES[condition].split(" ")
    return choose.one_of(words[:6] if yes else words[6:])


_EXTREMES = {
    "longest": ("max(words, key=len)", "len(word) > len(best)", "the longest word"),
    "shortest": ("min(words, key=len)", "len(word) < len(best)", "the shortest word"),
    "first": ("min(words)", "word < best", "the word that comes first in alphabetical order"),
    "last": ("max(words)", "word > best", "the word that comes last in alphabetical order"),
}


@family(kind=tuple(_EXTREMES), result=("word", "length", "index", "all"))
def extreme_word(choose: Chooser, kind: str, result: str) -> Exercise:
    """Find the longest, shortest, first or last word, its length or its index."""
    expression, comparison, noun = _EXTREMES[kind]
    by_length = kind in ("longest", "shortest")
    function = "max" if kind in ("longest", "last") else "min"
    by_index = comparison.replace("best", "words[best]")
    by_index = by_index.replace("len(word)", "len(words[index])").replace("word ", "words[index] ")
    place = -1 if kind == "last" else 0
    tie = " (the first one, if there are several)" if by_length else ""
    texts, solutions = {
        "word": (
            (
                f"find {noun} in a list of words{tie}",
                f"return {noun} of a list{tie}",
                f"Given a list of strings, return {noun}{tie}.",
            ),
            (
                f"def solve(words):\n    return {expression}",
                f"""
                def solve(words):
                    best = words[0]
                    for word in words:
                        if {comparison}:
                            best = word
                    return best
                """,
            ),
        ),
        "length": (
            (
                f"find the length of {noun} in a list of words",
                f"return how many letters {noun} of a list has",
                f"Given a list of strings, return the length of {noun}.",
            ),
            (
                f"def solve(words):\n    return len({expression})",
                f"def solve(words):\n    return {function}(len(word) for word in words)"
                if by_length
                else f"def solve(words):\n    return len(sorted(words)[{place}])",
            ),
        ),
        "index": (
            (
                f"find the index of {noun} in a list of words{tie}",
                f"return the position (from 0) of {noun} of a list{tie}",
                f"Given a list of strings, return the index of {noun}{tie}.",
            ),
            (
                f"def solve(words):\n    return words.index({expression})",
                f"""
                def solve(words):
                    best = 0
                    for index in range(len(words)):
                        if {by_index}:
                            best = index
                    return best
                """,
            ),
        ),
        "all": (
            (
                f"find all words that are as long as {noun} in a list"
                if by_length
                else f"find all places of {noun} in a list",
                f"return every word of a list with the length of {noun}"
                if by_length
                else f"return all indices of {noun} in a list of words",
                f"Given a list of strings, return a list of all the {kind} ones."
                if by_length
                else f"Given a list of strings, return a list of the indices of {noun}.",
            ),
            (
                f"def solve(words):\n    best = {function}(len(word) for word in words)\n"
                "    return [word for word in words if len(word) == best]"
                if by_length
                else f"def solve(words):\n    best = {function}(words)\n"
                "    return [index for index, word in enumerate(words) if word == best]",
            ),
        ),
    }[result]
    arguments = []
    for _ in range(6):
        words = choose.words((2, 6))
        arguments.append(([*words, choose.one_of(words)] if result == "all" else words,))
    return Exercise(
        texts=texts,
        names=(
            f"{kind}_word",
            f"{kind}_{result}",
            f"{kind}_word_{result}" if result != "word" else f"get_{kind}_word",
            f"find_{kind}",
        ),
        solutions=solutions,
        arguments=arguments,
        synonyms=_KEEP_KEY | {"best": (kind, "found", "current", "answer")},
    )


_ORDERS = {
    "length": ("key=len", "by length"),
    "last": ("key=lambda word: word[-1]", "by their last letter"),
    "lower": ("key=str.lower", "in alphabetical order, ignoring case"),
    "length_alphabet": (
        "key=lambda word: (len(word), word)",
        "by length and, if they are equally long, by alphabet",
    ),
    "vowels": (
        "key=lambda word: sum(char in 'aeiou' for char in word)",
        "by their number of vowels",
    ),
    "reversed_word": ("key=lambda word: word[::-1]", "by their letters read from the end"),
    "plain": ("", "in alphabetical order"),
    "first_letter": ("key=lambda word: word[0]", "by their first letter only"),
}


@family(by=tuple(_ORDERS), descending=(False, True))
def sort_words_by(choose: Chooser, by: str, *, descending: bool) -> Exercise:
    """Sort words by length, last letter, number of vowels..."""
    key, noun = _ORDERS[by]
    rest = "".join(f", {part}" for part in (key, "reverse=True" if descending else "") if part)
    if descending:
        noun = noun.replace("in alphabetical", "in reverse alphabetical")
        noun += "" if "alphabetical" in noun else ", in descending order"
    return Exercise(
        texts=(
            f"sort a list of words {noun}",
            f"Given a list of strings, return it sorted {noun}.",
            f"return a list of the same words, sorted {noun}",
            f"sort the strings in a list {noun}",
        ),
        names=(f"sort_by_{by}", "sort_words", f"sort_words_by_{by}", f"order_by_{by}"),
        solutions=(
            f"def solve(words):\n    return sorted(words{rest})",
            "def solve(words):\n    result = list(words)\n    "
            f"result.sort({rest.removeprefix(', ')})\n"
            "    return result",
        ),
        arguments=[(_words(choose) if by == "lower" else choose.words((2, 7)),) for _ in range(6)]
        + [([],)],
        synonyms=_KEEP_KEY,
    )
