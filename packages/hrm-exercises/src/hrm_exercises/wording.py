"""The text of a problem: a family's wording behind one of many openings."""

import re
from collections.abc import Mapping

from hrm_exercises.chooser import Chooser

# How beginners' collections ask; the most usual openings are repeated.
_OPENINGS = (
    "Write a function to {}.",
    "Write a function to {}.",
    "Write a function to {}.",
    "Write a python function to {}.",
    "Write a python function to {}.",
    "Write a Python function to {}.",
    "Write a function that can {}.",
    "Write a program to {}.",
    "Write python code to {}.",
    "Create a function to {}.",
    "Define a function to {}.",
    "Implement a function to {}.",
    "Please write a function to {}.",
    "Write a function to {}",
    "Your task is to {}.",
    "I need a function to {}.",
    "Could you write a function to {}?",
    "Write a short function to {}.",
    "Write a method to {}.",
)
_PARAMETER = re.compile(r"<(\w+)>")
# Not the name in "a and b", "element a of the first", "a x + b", "a becomes e".
_AFTER_NAME = "and|or|is|are|of|in|to|by|at|as|from|not|that|counts|has|means|becomes"
_ARTICLE = re.compile(rf"\b(?:the|an|a(?! (?:[a-z]|{_AFTER_NAME})\b)) (?=[a-z]|<\w)")


def write_text(choose: Chooser, wording: str, names: Mapping[str, str]) -> str:
    """Return the text of a problem.

    Args:
        choose: Chooses the opening.
        wording: One of `Exercise.texts`.
        names: The names that replace those of the parameters, for `<k>`.
    """
    text = _with_names(wording, names)
    if not text[0].islower():
        return text
    if choose.chance(0.06) and "'" not in text:
        # Sometimes without articles, as hurried writers ask; a parameter may have the name `a`.
        text = _with_names(_ARTICLE.sub("", wording), names)
    if choose.chance(0.08):
        return f"{text[0].upper()}{text[1:]}."
    return choose.one_of(_OPENINGS).format(text)


def _with_names(wording: str, names: Mapping[str, str]) -> str:
    return _PARAMETER.sub(lambda match: _named(match, names), wording)


def _named(match: re.Match[str], names: Mapping[str, str]) -> str:
    """Return the name of a parameter, in backticks beside the same word: "`rows` rows"."""
    name = names.get(match[1], match[1])
    around = f"{match.string[: match.start()]}|{match.string[match.end() :]}"
    doubled = f" {name} |" in around or re.search(rf"\| {name}\b", around)
    return f"`{name}`" if doubled else name
