"""Prompts for a problem, in one of three styles.

Not covered: special tokens and chat templates around a prompt; the checkpoint of the model has
those.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hrm_core.errors import UsageError
from hrm_datasets.problems import InputOutput, Problem

NUM_EXAMPLES = 3


@dataclass(frozen=True, kw_only=True)
class PromptStyle:
    """A way to turn a problem into a prompt.

    Attributes:
        summary: A description in a few words.
        render: Makes the prompt from a problem and solved examples.
        stop: Strings that end an answer that continues the bare prompt. They do not apply to the
            answers of a chat.
        marks: The lines before and after a program in this style; empty if it has none.
        needs_examples: Whether the prompt shows solved problems from the split `prompt`.
    """

    summary: str
    render: Callable[[Problem, tuple[Problem, ...]], str]
    stop: tuple[str, ...] = ()
    marks: tuple[()] | tuple[str, str] = ()
    needs_examples: bool = False


def _instruct(problem: Problem, _examples: tuple[Problem, ...]) -> str:
    if problem.stub:
        return (
            "Complete this Python function. Answer with the whole function in one code block.\n\n"
            f"```python\n{problem.stub.rstrip()}\n```\n"
        )
    request = f"{problem.text.strip()}\n\nAnswer with Python code in one code block."
    if not problem.tests:
        return f"{request}\n"
    if isinstance(problem.tests, InputOutput):
        return _request_program(problem, problem.tests)
    tests = "\n".join(problem.tests.texts)
    return f"{request} It must pass these tests:\n\n```python\n{tests}\n```\n"


def _request_program(problem: Problem, tests: InputOutput) -> str:
    parts = [
        problem.text.strip(),
        "Answer with a whole Python program in one code block. It reads standard input and prints "
        "to standard output.",
    ]
    if tests.texts:
        parts += ["It must print these outputs:", *tests.texts]
    return "\n\n".join(parts) + "\n"


def _docstring(problem: Problem, _examples: tuple[Problem, ...]) -> str:
    if problem.stub:
        return problem.stub
    parts = [problem.text.strip(), "\n".join(problem.tests.texts)]
    text = "\n\n".join(filter(None, parts))
    return f'"""\n{text}\n"""\n'


def _few_shot(problem: Problem, examples: tuple[Problem, ...]) -> str:
    solved = [f"{_task(example)}{example.reference.strip()}\n[DONE]\n\n" for example in examples]
    return "".join(solved) + _task(problem)


def _task(problem: Problem) -> str:
    tests = "\n".join(problem.tests.texts)
    if isinstance(problem.tests, InputOutput):
        return (
            f"You are an expert Python programmer, and here is your task: {problem.text.strip()} "
            "Your program should read standard input and print these outputs:\n\n"
            f"{tests}\n[BEGIN]\n"
        )
    return (
        f"You are an expert Python programmer, and here is your task: {problem.text.strip()} "
        f"Your code should pass these tests:\n\n{tests}\n[BEGIN]\n"
    )


PROMPT_STYLES: Mapping[str, PromptStyle] = MappingProxyType(
    {
        "instruct": PromptStyle(summary="the task and its asserts, as a request", render=_instruct),
        "docstring": PromptStyle(
            summary="the task and its asserts as a docstring to continue",
            render=_docstring,
            stop=('\n"""', "\nassert ", "\nprint(", "\nif __name__"),
        ),
        "few-shot": PromptStyle(
            summary="three solved problems first, in the format of the MBPP paper",
            render=_few_shot,
            stop=("\n[DONE]",),
            marks=("[BEGIN]", "[DONE]"),
            needs_examples=True,
        ),
    }
)


# Lines of a whole program, which end the answer where only a function is asked for.
_IN_PROGRAMS = ("\nassert ", "\nprint(", "\nif __name__")


def stop_strings(problem: Problem, style: str) -> tuple[str, ...]:
    """Return the strings that end an answer to a problem; see `PromptStyle.stop`."""
    stop = PROMPT_STYLES[style].stop
    if isinstance(problem.tests, InputOutput):
        return tuple(string for string in stop if string not in _IN_PROGRAMS)
    return stop


def render_prompt(problem: Problem, style: str, examples: tuple[Problem, ...] = ()) -> str:
    """Return the prompt for a problem.

    Args:
        problem: The problem to solve.
        style: A key of `PROMPT_STYLES`.
        examples: Solved problems; only the style `few-shot` shows them.

    Raises:
        UsageError: If the style needs examples and `examples` is empty.

    Source: Austin et al. (2021), arXiv:2108.07732, section 2.1 (the format of `few-shot`).
    """
    chosen = PROMPT_STYLES[style]
    if chosen.needs_examples and not examples:
        raise UsageError(f"prompt style {style!r} needs solved examples, got none")
    return chosen.render(problem, examples)
