"""Operations on strings that are repeated, counted or given as a list."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.strings import (
    TWO_STRINGS,
    any_case,
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


_CHANGES_RETOLD = {
    "deletions": (
        "Two strings should become anagrams of each other. How many characters have to be "
        "deleted, in both together?"
    ),
    "replacements": (
        "Two words have the same length. How many letters of <first> must be exchanged to "
        "make it an anagram of <second>?"
    ),
    "missing": (
        "Which letters of <second> are not in <first>, counting each letter as often as it "
        "occurs? Return them in alphabetical order as one string."
    ),
    "common": (
        "How many letters can be paired up between two words, if each letter is used only "
        "once and pairs have equal letters?"
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
        texts=(_CHANGES_RETOLD[kind], act, *ways_to_ask(act), f"compare two words: {act}"),
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


_REDUCTIONS_RETOLD = {
    "equal_neighbors": (
        "If two equal characters stand side by side, both disappear. Return what is left of "
        "a string when no more can disappear."
    ),
    "ab": (
        "Delete every 'ab' from a string, also those that only arise by deleting, and return "
        "what is left."
    ),
    "count_ab": (
        "In each step one 'ab' is deleted from a string. Return the number of steps until "
        "there is no 'ab' any more."
    ),
    "opposite_case": (
        "A small letter and the same capital letter side by side destroy each other. Return "
        "what remains of a string of letters."
    ),
    "zero_one": (
        "In a binary string, a 0 and a 1 side by side cancel each other. How many characters "
        "remain at the end?"
    ),
}


@family(kind=tuple(_REDUCTIONS))
def reduce_string_repeatedly(choose: Chooser, kind: str) -> Exercise:
    """Remove neighboring characters until nothing can be removed."""
    act, *solutions, alphabet = _REDUCTIONS[kind]
    return Exercise(
        texts=(_REDUCTIONS_RETOLD[kind], act, *ways_to_ask(act)),
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
        "return the text that results from typing a string in which '+' writes the character "
        "before it once more; the string does not start with '+'",
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


_KEYS_RETOLD = {
    "backspace": (
        "A string shows the keys that were pressed, with '#' for the backspace key. Return "
        "the text on the screen."
    ),
    "same": (
        "Two strings show pressed keys, with '#' for backspace. Return True if both lead to "
        "the same text, else False."
    ),
    "caps_lock": (
        "A string shows the keys that were pressed, with '^' for caps lock. Return the text "
        "on the screen."
    ),
    "clear": (
        "A string shows the keys that were pressed; '!' empties the screen. Return the text "
        "that is on the screen at the end."
    ),
    "repeat": (
        "A string shows the keys that were pressed; '+' repeats the letter typed last. "
        "Return the text on the screen."
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
        texts=(_KEYS_RETOLD[kind], act, *ways_to_ask(act)),
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
        "change all letters of a word to the case that most of its letters have; if both are "
        "equal, use capitals",
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


_MAJORITIES_RETOLD = {
    "lower_on_tie": (
        "Given a word in mixed case, return it in upper case if more than half of its "
        "letters are capitals, else in lower case."
    ),
    "upper_on_tie": (
        "Given a word in mixed case, return it in lower case if small letters are in the "
        "majority, else in upper case."
    ),
    "changes": (
        "How many letters of a word have to change between upper and lower case until the "
        "word is in one case only?"
    ),
    "check": (
        "Are the capitals of a word used in the usual way, like in 'USA', 'tree' or 'Paris'?"
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
        texts=(_MAJORITIES_RETOLD[kind], act, *ways_to_ask(act)),
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
        "reverse the part of a string from index i to index j, both included, for each pair (i, j) "
        "of a list, one after the other",
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
        "put the characters of a string in a new order: the character at index i moves to the "
        "index that stands at place i of a list",
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
        "join the characters of a text at the indexes given in a list",
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


_EDITS_RETOLD = {
    "swaps": (
        "Given a string and a list of pairs of indexes, exchange the two characters at each "
        "pair, in the order of the list."
    ),
    "reversals": (
        "Given a string and a list of pairs (start, end), turn around the characters from "
        "start to end for each pair, in the order of the list."
    ),
    "parts": (
        "Given a string and a list of pairs (start, end), list the substrings from start up "
        "to and including end."
    ),
    "order": (
        "Given a string and a list of target indexes, one for each character, move every "
        "character to its index."
    ),
    "pick": (
        "Given a text and a list of indexes, join the characters found there, in the order "
        "of the list."
    ),
    "upper": (
        "Given a lowercase word and a list of indexes, return it with capitals at these indexes."
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
        texts=(_EDITS_RETOLD[kind], act, *ways_to_ask(act)),
        names=("edit_string", f"apply_{kind}", f"{kind}_of_string", "change_string"),
        solutions=solutions,
        arguments=arguments,
        synonyms={"numbers": ("indexes", "places", "positions"), "chars": ("letters", "lst")},
    )
