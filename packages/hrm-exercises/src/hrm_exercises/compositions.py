"""Compositions: tasks that chain filters, changes, orders and a last step, with text made along.

The steps are in `steps`. There are millions of chains, so most tasks are in no collection.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise
from hrm_exercises.steps import BETWEEN, FINAL, WHOLES, Kind, Step

# Steps of one group do not occur twice in a chain: they would undo or contradict each other.
_GROUPS = (
    {"even", "odd", "double", "halve"},
    {"positive", "negative", "above", "at_least", "absolute"},
    {"sort", "sort_down", "reverse", "by_length", "by_last", "by_size"},
    {"first", "last", "skip", "every_second"},
    {"longer", "shorter", "of_length", "length", "first_letters", "initial"},
    {"even_length", "odd_length"},
    {"starts_with", "starts_vowel", "lacks", "prefix"},
    {"upper", "capitalize", "reverse_each"},
    {"square", "cube", "negate"},
    {"remainder", "last_digit", "digit_sum", "ends_in"},
    {"num_letter", "num_vowels"},
)
_GROUP_OF = {name: number for number, names in enumerate(_GROUPS) for name in names}

# Steps about letters do not follow a change to capital letters or to digits.
_HIDES_LETTERS = {"upper", "capitalize", "to_text", "binary"}

_SOURCES = {
    "numbers": ("a list of numbers", "a list of integers", "some integers in a list"),
    "words": ("a list of words", "a list of strings", "some words in a list"),
    "text": ("a sentence", "a string of words", "a text of words with spaces between them"),
}
_IMPORTS = ("math", "itertools", "collections")


@dataclass(frozen=True)
class Composition:
    """A chain of steps over a list of numbers, a list of words or the words of a sentence.

    Attributes:
        source: `numbers`, `words` or `text`.
        steps: The steps with the value of `{k}` in each; the last one gives the result.
    """

    source: str
    steps: tuple[tuple[Step, str], ...]

    @property
    def label(self) -> str:
        """The source and the names of the steps, such as `numbers: even, square, sum`."""
        return f"{self.source}: {', '.join(step.name for step, _ in self.steps)}"


def draw_composition(
    choose: Chooser, num_before: Sequence[int] = (1, 2, 2, 2, 3, 3, 4)
) -> Composition:
    """Draw a chain of steps.

    Args:
        choose: Makes all choices.
        num_before: Numbers of steps before the last one, of which one is chosen. A step that would
            undo or contradict another one is left out, so that the chain may be shorter.
    """
    source = choose.one_of(("numbers", "numbers", "words", "words", "text"))
    kind: Kind = "numbers" if source == "numbers" else "words"
    steps: list[tuple[Step, str]] = []
    used: set[object] = set()
    for _ in range(choose.one_of(num_before)):
        step = choose.one_of(BETWEEN[kind])
        group = _GROUP_OF.get(step.name, step.name)
        if group in used or (used & _HIDES_LETTERS and step not in WHOLES):
            continue
        used |= {group, step.name}
        kind = step.gives or kind
        steps.append((step, _value(choose, step)))
    steps.append((choose.one_of(FINAL[kind]), ""))
    return Composition(source, tuple(steps))


def _value(choose: Chooser, step: Step) -> str:
    return str(choose.one_of(step.k)) if step.k else ""


def make_exercise(choose: Chooser, composition: Composition) -> Exercise:
    """Return the exercise of a chain, with drawn arguments."""
    source = composition.source
    return Exercise(
        texts=[*_sequences(choose, composition), *_nested(choose, composition)],
        names=_names(choose, composition),
        solutions=choose.sample(solutions(composition), 2),
        arguments=[(value,) for value in _inputs(choose, source)],
        synonyms={"item": {"numbers": ("number", "num", "x", "n"), "words": ("word", "w", "s")}.get(
            source, ("word", "w", "part"))},
    )  # fmt: skip


def _inputs(choose: Chooser, source: str) -> list[object]:
    if source == "numbers":
        low, high = choose.one_of(((-20, 30), (0, 50), (-9, 9), (1, 20), (0, 200)))
        lists = [choose.integers((4, 10), low, high) for _ in range(6)]
        return [*lists, choose.integers((1, 2), low, high), [*lists[0], *lists[0][:2]]]
    lists_of_words = [choose.words((4, 9)) for _ in range(6)]
    lists_of_words.append([*lists_of_words[0], lists_of_words[0][0]])
    if source == "text":
        return [" ".join(words) for words in lists_of_words]
    return [*lists_of_words, choose.words((1, 2))]


def _sequences(choose: Chooser, composition: Composition) -> list[str]:
    """Return wordings that tell the steps one after another."""
    source = choose.one_of(_SOURCES[composition.source])
    steps = []
    for step, k in composition.steps:
        steps.append(choose.one_of(step.phrases).replace("{k}", k))
    *before, last = steps
    if composition.source == "text":
        before = ["split it into words", *before]
    chain = ", ".join([*before, f"and {last}"]) if before else last
    then = "; then ".join([*before, last])
    dotted = ". ".join(f"{step[0].upper()}{step[1:]}" for step in [*before, last])
    given = re.sub("^some (.*) in a list$", r"a list with \1", source)
    return [
        f"Given {given}, {chain}.",
        f"take {given}, {chain}",
        f"Write a function that takes {given}. {dotted}.",
        f"You get {given}. Write a function for this: {then}.",
    ]


def _nested(choose: Chooser, composition: Composition) -> list[str]:
    """Return wordings such as "find the sum of the squares of the even numbers in a list".

    Only for filters that come before all changes, where such a phrase has one meaning.
    """
    *between, (last, _) = composition.steps
    kinds = [bool(step.condition) for step, _ in between]
    if not last.nouns or kinds != sorted(kinds, reverse=True):
        return []
    if sum(kinds) > 1 or any(not step.nouns for step, _ in between):
        return []
    noun = "numbers" if composition.source == "numbers" else "words"
    place = {
        "numbers": ("in a list", "of a list", "in a given list"),
        "words": ("in a list", "of a given list"),
        "text": ("of a sentence", "in a given text"),
    }[composition.source]
    where = choose.one_of(place)
    for step, k in between:
        pattern = choose.one_of(step.nouns).replace("{k}", k)
        if step.condition:
            noun = pattern.replace("{}", noun)
            noun = f"the {noun} {where}" if pattern.endswith("{}") else _relative(noun, where)
            where = ""
        else:
            noun = pattern.replace("{}", f"the {noun} {where}" if where else noun)
            where = ""
    noun = f"the {noun} {where}" if where else noun
    if last.name == "count":
        if not all(kinds):
            return []
        noun = noun.removeprefix("the ")
    phrase = choose.one_of(last.nouns).replace("{}", noun)
    return [
        f"find {phrase}",
        f"return {phrase}",
        f"{'get' if last.name == 'list' else 'compute'} {phrase}",
    ]


def _relative(noun: str, where: str) -> str:
    head, _, rest = noun.partition(" ")
    return f"the {head} {where} {rest}"


def _names(choose: Chooser, composition: Composition) -> list[str]:
    words = [step.name for step, _ in composition.steps]
    named = "_".join(reversed(words[-3:]))
    forward = "_".join(words[:3])
    verb = choose.one_of(("process", "transform", "handle", "select", "compute", "pick", "convert"))
    what = {"numbers": "numbers", "words": "words", "text": "text"}[composition.source]
    return [
        named,
        forward,
        f"{verb}_{what}",
        f"{verb}_{words[0]}_{what}",
        f"{words[0]}_{words[-1]}",
    ]


def solutions(composition: Composition) -> list[str]:
    """Return programs that solve a composition: nested, stepwise and, where it can, in one loop."""
    parameter = composition.source
    start = "text.split()" if parameter == "text" else parameter
    solutions = [_nested_code(composition, start), _stepwise_code(composition, start)]
    if loop := _loop_code(composition, start):
        solutions.append(loop)
    return [_with_imports(f"def solve({parameter}):\n{body}") for body in solutions]


def _with_imports(source: str) -> str:
    imports = [f"import {name}\n" for name in _IMPORTS if f"{name}." in source]
    return "".join(imports) + ("\n" if imports else "") + source


def _nested_code(composition: Composition, start: str) -> str:
    """Return one expression, or two lines if the last step uses its list more than once."""
    *between, (last, _) = composition.steps
    value = start
    rest = list(between)
    while rest:
        conditions, changes = _fusible(rest)
        if conditions or changes:
            value = _comprehension(value, conditions, changes)
            rest = rest[len(conditions) + len(changes) :]
        else:
            step, k = rest.pop(0)
            value = step.code.replace("{k}", k).replace("{}", value)
    if last.code.count("{}") > 1:
        return f"    result = {value}\n    return {last.code.replace('{}', 'result')}\n"
    if last.name == "list" and value == start and start != "text.split()":
        value = f"list({value})"
    return f"    return {last.code.replace('{}', value)}\n"


def _fusible(steps: Sequence[tuple[Step, str]]) -> tuple[list[str], list[str]]:
    """Return the conditions and then the changes that fit into one comprehension."""
    conditions: list[str] = []
    changes: list[str] = []
    for step, k in steps:
        if step.condition and not changes:
            conditions.append(step.condition.replace("{k}", k))
        elif step.change and not changes:
            changes.append(step.change.replace("{k}", k))
        else:
            break
    return conditions, changes


def _comprehension(value: str, conditions: Sequence[str], changes: Sequence[str]) -> str:
    change = changes[0] if changes else "item"
    test = f" if {' and '.join(conditions)}" if conditions else ""
    return f"[{change} for item in {value}{test}]"


def _stepwise_code(composition: Composition, start: str) -> str:
    *between, (last, _) = composition.steps
    value, lines = start, []
    for step, k in between:
        conditions, changes = _fusible([(step, k)])
        if conditions or changes:
            line = _comprehension(value, conditions, changes)
        else:
            line = step.code.replace("{k}", k).replace("{}", value)
        lines.append(f"    result = {line}\n")
        value = "result"
    if last.name == "list" and value == start and start != "text.split()":
        value = f"list({value})"
    if last.code.count("{}") > 1 and value != "result":
        lines.append(f"    result = {value}\n")
        value = "result"
    return "".join(lines) + f"    return {last.code.replace('{}', value)}\n"


def _loop_code(composition: Composition, start: str) -> str:
    """Return a loop, or nothing if a step needs the whole list at once."""
    *between, (last, _) = composition.steps
    if last.loop is None or not between or any(step.code for step, _ in between):
        return ""
    initial, statement = last.loop
    lines = [f"    total = {initial}", f"    for item in {start}:"]
    indent = " " * 8
    for step, k in between:
        if step.condition:
            condition = step.condition.replace("{k}", k)
            lines.append(f"{indent}if {condition}:")
            indent += "    "
        else:
            lines.append(f"{indent}item = {step.change.replace('{k}', k)}")
    lines.append(f"{indent}{statement.replace('{}', 'item')}")
    return "\n".join([*lines, "    return total", ""])
