"""Other forms of a problem's prompt: without its tests, or as the head of a function.

A model that has seen only prompts with tests cannot answer a bare question, and one that has never
seen the head of a function cannot complete it, as HumanEval asks. Bare questions can name the
function, as people do: "Write a function add(a, b) that adds two numbers."
"""

import ast
import random
import re
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hrm_datasets.problems import Asserts, InputOutput, Problem
from hrm_datasets.python_source import NOT_PYTHON, parse
from hrm_train.train_config import DataConfig

_WIDTH = 84
_QUOTES = '"""'

_SENTENCES = (
    "Call it {}.",
    "Name it {}.",
    "The function is called {}.",
    "The name of the function should be {}.",
    "Use the name {}.",
)
# "a function to add", with the verb if there is one.
_NOUN = re.compile(r"\b(function|method|program)\b(?: to ([a-z]+)\b)?")


def in_some_form(problem: Problem, config: DataConfig) -> Problem:
    """Return a problem whose prompt has the form that its id chooses.

    A program that reads standard input has one form only.

    Args:
        problem: The problem as the dataset has it.
        config: The shares of the other forms.
    """
    if isinstance(problem.tests, InputOutput):
        return problem
    draws = random.Random(problem.task_id)
    place = draws.random()
    if place < config.untested:
        return replace(problem, text=_bare_question(problem, config.named, draws), tests=Asserts())
    if place < config.untested + config.stubs:
        return replace(problem, stub=head_of_function(problem) or problem.stub)
    return problem


def head_of_function(problem: Problem) -> str:
    """Return the head of the function that solves a problem, with a docstring that describes it.

    The docstring holds the text and, as examples, the tests that compare one call with a plain
    value; the one with the longest value gives the annotations. Empty if the solution is not a
    function, needs other code or does not parse.

    Examples:
        >>> add = Problem(task_id="toy/1", text="Add.", entry_point="add",
        ...               tests=["assert add(1, 2) == 3"], reference="def add(a, b): return a + b")
        >>> print(head_of_function(add))
        def add(a: int, b: int) -> int:
            \"\"\"Add.
            >>> add(1, 2)
            3
            \"\"\"
    """
    function = _solution(problem)
    if function is None or problem.setup:
        return ""
    examples = list(_examples(problem))
    longest = max(examples, key=lambda example: len(repr(example[2])), default=None)
    signature = _signature(function, longest)
    shown = [f">>> {call}\n{value!r}" for call, _, value in examples]
    text = "\n".join([textwrap.fill(problem.text.strip(), _WIDTH), *shown])
    docstring = textwrap.indent(f"{_QUOTES}{text}\n{_QUOTES}", "    ")
    imports = "from typing import Dict, List, Tuple\n\n\n" if "[" in signature else ""
    return f"{imports}{signature}\n{docstring}\n"


def _bare_question(problem: Problem, named_share: float, draws: random.Random) -> str:
    """Return the text of a problem, which names the function with a probability."""
    function = _solution(problem)
    if function is None or draws.random() >= named_share:
        return problem.text
    text = problem.text.strip()
    name = draws.choice([function.name, f"{function.name}({ast.unparse(function.args)})"])
    name = draws.choice([name, f"`{name}`"])
    noun = _NOUN.search(text)
    if noun is None or draws.random() < 0.5:
        return f"{text} {draws.choice(_SENTENCES).format(name)}"
    named = f"{noun[1]} {draws.choice(['', 'called ', 'named '])}{name}"
    verb = noun[2]
    if verb:
        named += draws.choice([f" to {verb}", f" that {_third_person(verb)}"])
    return f"{text[: noun.start()]}{named}{text[noun.end() :]}"


def _third_person(verb: str) -> str:
    """Return "finds" for "find"."""
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return f"{verb}es"
    if re.search("[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def _solution(problem: Problem) -> ast.FunctionDef | None:
    """Return the function that the tests call; None if the solution defines no such function."""
    functions = (n for n in _statements(problem.reference) if isinstance(n, ast.FunctionDef))
    return next((one for one in functions if one.name == problem.entry_point), None)


def _statements(code: str) -> list[ast.stmt]:
    """Return the statements of a program; none if it does not parse, like code of Python 2."""
    try:
        return parse(code).body
    except NOT_PYTHON:
        return []


_Example = tuple[str, list[Any], Any]


def _examples(problem: Problem) -> Iterator[_Example]:
    """Yield the call, its arguments and its value for each test of the form `assert f(1) == 2`."""
    for text in problem.tests.texts:
        match _statements(text):
            case [
                ast.Assert(
                    test=ast.Compare(
                        left=ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) as call,
                        ops=[ast.Eq()],
                        comparators=[value],
                    )
                )
            ] if name == problem.entry_point:
                try:
                    values = [ast.literal_eval(argument) for argument in arguments]
                    yield ast.unparse(call), values, ast.literal_eval(value)
                except ValueError:
                    continue


def _signature(function: ast.FunctionDef, example: _Example | None) -> str:
    parameters = function.args
    is_plain = ast.unparse(parameters) == ", ".join(one.arg for one in parameters.args)
    if example is None or not is_plain or len(example[1]) != len(parameters.args):
        return f"def {function.name}({ast.unparse(parameters)}):"
    _, arguments, value = example
    hinted = [f"{p.arg}: {_hint(a)}" for p, a in zip(parameters.args, arguments, strict=True)]
    return f"def {function.name}({', '.join(hinted)}) -> {_hint(value)}:"


def _hint(value: Any) -> str:
    """Return the annotation of a value, as HumanEval writes them."""
    match value:
        case None:
            return "None"
        case list() if value:
            return f"List[{_hint(value[0])}]"
        case tuple() if value:
            return f"Tuple[{', '.join(map(_hint, value))}]"
        case dict() if value:
            key = next(iter(value))
            return f"Dict[{_hint(key)}, {_hint(value[key])}]"
        case _:
            return type(value).__name__
