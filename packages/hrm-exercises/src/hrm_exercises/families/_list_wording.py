"""Wordings and arguments that the modules about lists share; it has no families of its own."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from hrm_exercises.chooser import Chooser

NUMBERS = (
    "a list of numbers",
    "a list of integers",
    "a given list of numbers",
    "a given list of integers",
    "an array of integers",
    "a given list",
    "a list",
    "the given list",
    "the given array",
    "an array of numbers",
)
NUMBERS_OR_TUPLES = (
    *NUMBERS,
    *NUMBERS,
    "a tuple of numbers",
    "a given tuple of numbers",
    "a tuple of integers",
    "a tuple",
    "the given tuple",
)
ITEMS = ("a list", "a given list", "the given list", "a list of elements", "an array", "a list")


_OF_IT = re.compile(
    r"(^(?:\w+ )?|\bof )(the|all) ((?:\w+ )?\w+) of it\b"
    r"(?!,? (?:that|which|whose|with|without|at|from|to|in)\b)"
)
_OF_LIST = re.compile(r"(?<! not)(?<! are) (?:of|in|from) \{\}")

_HAS_PARTS = re.compile(r"[,;:(]| (?:or|not|no|and|if|when|that) ")


class Task(NamedTuple):
    """What a family asks in one task: phrases for the wordings, names, solutions."""

    asks: tuple[str, ...]
    names: tuple[str, ...]
    solutions: tuple[str, ...]


@lru_cache(maxsize=20_000)
def ask_for(given: str, whats: tuple[str, ...], preposition: str = "in") -> tuple[str, ...]:
    """Return wordings that ask for a thing in or of what is given.

    Args:
        given: What the function gets, such as "a list of numbers".
        whats: Names of the thing, such as "the largest number" or "the first half of {}".
        preposition: Stands between the thing and what is given, if the thing has no "{}".
    """
    plain = _plain(given)
    pronoun = "them" if given.startswith(("two", "three", "the two", "the three")) else "it"
    texts = []
    for what in whats:
        full = what.format(given) if "{}" in what else f"{what} {preposition} {given}"
        short = _without_list(what, pronoun)
        texts += [
            f"Given {plain}, return {short}.",
            f"Given {plain}, find {short}.",
            f"You are given {plain}. Return {short}.",
            f"I have {plain}. Return {short}.",
            f"take {plain} and return {_own(what.format(pronoun))}",
        ]
        if "{}" in what or not any(mark in what for mark in ",;:("):
            texts += [
                f"find {full}",
                f"find {full}",
                f"find {full}",
                f"return {full}",
                f"get {full}",
                f"find {_terse(full)}",
            ]
    return tuple(texts)


@lru_cache(maxsize=20_000)
def ask_whether(given: str, claims: tuple[str, ...], pronoun: str = "it") -> tuple[str, ...]:
    """Return wordings that ask whether a claim holds, such as "is sorted"."""
    plain = _plain(given)
    texts = []
    for claim in claims:
        texts += [
            f"check whether {given} {claim}",
            f"check if {given} {claim}{or_not(claim)}",
            f"check whether {given} {claim}{or_not(claim)}",
            f"return true if {given} {claim}, else false",
            f"Given {plain}, return True if {pronoun} {claim} and False otherwise.",
            f"Given {plain}, check if {pronoun} {claim}.",
            f"determine if {given} {claim}",
            f"find out whether {given} {claim}",
            f"tell whether {plain} {claim}",
        ]
    return tuple(texts)


@lru_cache(maxsize=20_000)
def ask_to(given: str, actions: tuple[str, ...], pronoun: str = "it") -> tuple[str, ...]:
    """Return wordings that ask to do something with `{}`, such as "sort {}"."""
    plain = _plain(given)
    texts = []
    for action in actions:
        full, short = action.format(given), _without_list(action, pronoun)
        texts += [full, full, full, action.format(plain), _terse(full)]
        texts += [f"Given {plain}, {short}.", f"take {plain} and {_own(action.format(pronoun))}"]
        if _is_plain_change(action):
            texts += [
                f"{full} and return the result",
                f"Given {plain}, {short} and return the result.",
                f"I have {plain}. Help me {short}.",
            ]
    return tuple(texts)


def as_they(text: str, noun: str) -> str:
    """Return a phrase about "two lists" or the like for a sentence that named them before."""
    text = re.sub(rf"\b(if|that|whether) {noun}", r"\1 they", text)
    text = re.sub(rf"\bthe ((?:\w+ )?\w+s) of {noun}", r"their \1", text)
    return text.replace(noun, "them")


def or_not(claim: str) -> str:
    """Return " or not" where it can follow a claim, else nothing."""
    return "" if _HAS_PARTS.search(claim) else " or not"


def returns(parameters: str, expression: str) -> str:
    """Return a solution of one expression."""
    return f"def solve({parameters}):\n    return {expression}\n"


def sized(
    choose: Chooser, solutions: Sequence[str], arguments: Sequence[tuple[Any, ...]]
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Return the solutions and arguments, sometimes with the length as a last argument."""
    if not choose.chance(0.12):
        return tuple(solutions), list(arguments)
    name = choose.one_of(("size", "length"))
    with_length = (
        text.replace("def solve(numbers)", f"def solve(numbers, {name})").replace(
            "len(numbers)", name
        )
        for text in solutions
    )
    return tuple(with_length), [(*items, len(items[0])) for items in arguments]


def as_given(given: str, arguments: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return arguments whose first part is a tuple instead of a list if a tuple is given."""
    if "tuple" not in given:
        return list(arguments)
    return [(tuple(items[0]), *items[1:]) for items in arguments]


def number_lists(
    choose: Chooser, num: int = 5, size: tuple[int, int] = (3, 9), low: int = -20, high: int = 60
) -> list[list[int]]:
    """Return lists of numbers, all from a small, a middle or the whole range."""
    high = choose.one_of((high, high, max(low + 9, high // 5)))
    return [choose.integers(size, low, high) for _ in range(num)]


def item_lists(choose: Chooser, num: int = 5, size: tuple[int, int] = (3, 8)) -> list[list[Any]]:
    """Return lists of numbers, words, letters, fractions or mixed elements."""
    return [items_of_a_kind(choose, kind, size) for kind in [choose.integer(0, 9)] * num]


def items_of_a_kind(choose: Chooser, kind: int, size: tuple[int, int]) -> list[Any]:
    """Return a list; kinds 0 to 5 are numbers, then letters, words, fractions, mixed elements."""
    if kind < 6:
        return list(choose.integers(size, 0, (9, 30, 100)[kind % 3]))
    if kind == 6:
        return list(choose.letters(size))
    if kind == 7:
        return list(choose.words(size))
    if kind == 8:
        return list(choose.decimals(size, 0, 10))
    return [choose.word() if choose.chance(0.5) else choose.integer(0, 20) for _ in range(size[1])]


def _is_plain_change(action: str) -> bool:
    """Return whether "and return the result" can follow."""
    verb = action.partition(" ")[0]
    asks = verb in ("return", "list", "count", "find", "get", "compute", "check", "tell")
    return not asks and "return" not in action and not any(mark in action for mark in ",;:(")


def _without_list(text: str, pronoun: str) -> str:
    """Return a phrase that follows "Given a list", without "of it"."""
    return _OF_LIST.sub("", text).format(pronoun)


def _own(text: str) -> str:
    """Return a phrase with "its elements" instead of "the elements of it"."""
    if " and " in text.partition(" of it")[0]:
        return text
    return _OF_IT.sub(
        lambda match: f"{match[1]}{'all ' if match[2] == 'all' else ''}its {match[3]}", text
    )


def _plain(given: str) -> str:
    """Return what is given without the word "given", with an indefinite article."""
    plain = given.replace("the given two ", "two ").replace("the given ", "a ")
    return plain.replace("given ", "").replace("a array", "an array")


def _terse(text: str) -> str:
    """Return a phrase without its articles, as people type who are in a hurry."""
    return " ".join(word for word in text.split(" ") if word not in ("a", "an", "the", "given"))
