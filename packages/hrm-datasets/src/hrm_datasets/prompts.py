"""Prompts for a problem, in one of several styles: our own, and those of other harnesses.

Not covered: special tokens and chat templates around a prompt; the checkpoint of the model has
those.
"""

import hashlib
import json
import keyword
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from hrm_core.errors import UsageError, listing
from hrm_datasets.mbpp import to_problem
from hrm_datasets.problems import Asserts, InputOutput, Problem, ProblemSet
from hrm_datasets.published_prompts import (
    BIGCODE_STOP,
    EVALPLUS_ANSWER_START,
    EVALPLUS_STOP,
    bigcode_mbpp,
    evalplus_chat,
    inspect_mbpp,
    lm_eval_mbpp,
    mbpp_examples,
)
from hrm_datasets.rows import Row

NUM_EXAMPLES = 3


@dataclass(frozen=True, kw_only=True)
class PromptStyle:
    """A way to turn a problem into a prompt.

    Attributes:
        summary: A description in a few words.
        render: Makes the prompt from a problem and solved examples.
        stop: Strings that end an answer that continues the bare prompt. They do not apply to the
            answers of a chat.
        chat_stop: Strings that end an answer of a chat.
        marks: The lines before and after a program in this style; empty if it has none.
        needs_examples: Whether the prompt shows solved problems from the split `prompt`.
        num_shots: Number of solved problems that the prompt shows, from wherever they come.
        answer_start: Text with which each answer begins; the model goes on from there.
        template: False if the prompt is always bare, True if it is only for models with a chat
            template or a prompt format, None if it uses that of the model, if there is one.
        takes_stubs: Whether it can show a problem that is a stub, whose tests are hidden.
        source: Text of the file that the style was read from; None for a style of this module.
    """

    summary: str
    render: Callable[[Problem, tuple[Problem, ...]], str]
    stop: tuple[str, ...] = ()
    chat_stop: tuple[str, ...] = ()
    marks: tuple[()] | tuple[str, str] = ()
    needs_examples: bool = False
    num_shots: int = 0
    answer_start: str = ""
    template: bool | None = None
    takes_stubs: bool = True
    source: str | None = None

    @property
    def sha256(self) -> str:
        """Hash of the file, or of problems in this style, and of what else the model is given."""
        return self.hash_with(example_problems())

    def hash_with(self, examples: tuple[Problem, ...]) -> str:
        """Return the hash of the style with other solved examples than those of the MBPP paper."""
        if self.source is not None:
            texts = [self.source]
        else:
            shown = [EXAMPLE, *([STUB_EXAMPLE] if self.takes_stubs else [])]
            texts = [self.render(problem, example_problems()) for problem in shown]
        if self.needs_examples and examples != example_problems():
            texts.append(self.render(EXAMPLE, examples))
        parts = [texts, self.answer_start, self.stop, self.chat_stop, self.template]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def refuse_solved(self, name: str, problems: ProblemSet, examples: tuple[Problem, ...]) -> None:
        """Refuse problems that the prompts of the style would show with their solutions.

        Args:
            name: Name of the style, for the message.
            problems: The problems to solve.
            examples: The solved examples; only some styles show them.

        Raises:
            UsageError: If an example is one of the problems, as far as ids and texts tell.
        """
        if self.num_shots == 0:
            return
        shown = examples if self.needs_examples else example_problems()
        known = {key for example in shown for key in _keys(example)}
        solved = [one.task_id for one in problems if not known.isdisjoint(_keys(one))]
        if solved:
            numbers = [task_id.partition("/")[2] for task_id in solved]
            raise UsageError(
                f"--prompt {name}: shows the solutions of {listing(solved)}, which are among the "
                f"problems. Leave them out with --exclude {','.join(numbers)}, or choose another "
                "style"
            )


def _keys(problem: Problem) -> tuple[str, str]:
    """Return what tells a problem from others: its id in all editions of a dataset, its text."""
    dataset, _, number = problem.task_id.partition("/")
    return f"{dataset.partition('-')[0]}/{number}", "".join(problem.text.split())


# Problems that show what a style looks like.
EXAMPLE = Problem(
    task_id="example/1",
    text="Write a function to add two numbers.",
    entry_point="add",
    tests=Asserts(
        ["assert add(1, 2) == 3", "assert add(-1, 1) == 0", "assert add(0.5, 0.25) == 0.75"]
    ),
    reference="def add(a, b):\n    return a + b\n",
)
STUB_EXAMPLE = Problem(
    task_id="example/2",
    text='def add(a, b):\n    """Add two numbers."""\n',
    entry_point="add",
    tests=Asserts(["assert add(1, 2) == 3"]),
    reference='def add(a, b):\n    """Add two numbers."""\n    return a + b\n',
    stub='def add(a, b):\n    """Add two numbers."""\n',
)


@cache
def example_problems() -> tuple[Problem, ...]:
    """Return the solved problems of the MBPP paper: the tasks 2, 3 and 4."""
    return tuple(
        to_problem(Row("mbpp_examples.jsonl", row), name="mbpp") for row in mbpp_examples()
    )


def _instruct(problem: Problem, _examples: tuple[Problem, ...]) -> str:
    if problem.stub:
        return (
            "Complete this Python function. Answer with the whole function in one code block.\n\n"
            f"```python\n{problem.stub_with_task.rstrip()}\n```\n"
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
        return problem.stub_with_task
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


_FEW_SHOT = PromptStyle(
    summary="three solved problems first, in the format of the MBPP paper",
    render=_few_shot,
    stop=("\n[DONE]",),
    marks=("[BEGIN]", "[DONE]"),
    needs_examples=True,
    num_shots=NUM_EXAMPLES,
    takes_stubs=False,
)

PROMPT_STYLES: Mapping[str, PromptStyle] = MappingProxyType(
    {
        "instruct": PromptStyle(summary="the task and its asserts, as a request", render=_instruct),
        "docstring": PromptStyle(
            summary="the task and its asserts as a docstring to continue",
            render=_docstring,
            stop=('\n"""', "\nassert ", "\nprint(", "\nif __name__"),
        ),
        "few-shot": _FEW_SHOT,
        "paper": replace(
            _FEW_SHOT,
            summary="few-shot with the tasks 2, 3, 4 of MBPP, as in the MBPP paper; bare",
            render=lambda problem, _: _few_shot(problem, example_problems()),
            needs_examples=False,
            template=False,
        ),
        "lm-eval-mbpp": PromptStyle(
            summary="mbpp of lm-evaluation-harness, 3-shot; bare",
            render=lambda problem, _: lm_eval_mbpp(problem),
            stop=("[DONE]",),
            marks=("[BEGIN]", "[DONE]"),
            num_shots=NUM_EXAMPLES,
            template=False,
            takes_stubs=False,
        ),
        "bigcode-mbpp": PromptStyle(
            summary="mbpp of bigcode-evaluation-harness, a docstring with one test; bare",
            render=lambda problem, _: bigcode_mbpp(problem),
            stop=BIGCODE_STOP,
            template=False,
            takes_stubs=False,
        ),
        "evalplus-chat": PromptStyle(
            summary="EvalPlus for chat models, which go on with a block of code",
            render=lambda problem, _: evalplus_chat(problem),
            stop=EVALPLUS_STOP,
            chat_stop=EVALPLUS_STOP,
            answer_start=EVALPLUS_ANSWER_START,
            template=True,
        ),
        "inspect-mbpp": PromptStyle(
            summary="mbpp of inspect_evals for chat models, 3-shot",
            render=lambda problem, _: inspect_mbpp(problem),
            num_shots=NUM_EXAMPLES,
            template=True,
            takes_stubs=False,
        ),
    }
)


# The start of a line of a program, which ends the answer where only a function is asked for.
_LINE_OF_A_PROGRAM = re.compile(rf"\n(?:[@#]\s*$|(?:{'|'.join([*keyword.kwlist, 'print'])})\b)")


def stop_strings(problem: Problem, strings: tuple[str, ...]) -> tuple[str, ...]:
    """Return those stop strings of a style that may end an answer to a problem.

    Args:
        problem: The problem.
        strings: `PromptStyle.stop` or `PromptStyle.chat_stop`.
    """
    if isinstance(problem.tests, InputOutput):
        return tuple(string for string in strings if not _LINE_OF_A_PROGRAM.match(string))
    return strings


def render_prompt(problem: Problem, style: str, examples: tuple[Problem, ...] = ()) -> str:
    """Return the prompt for a problem.

    Args:
        problem: The problem to solve.
        style: A key of `PROMPT_STYLES`.
        examples: Solved problems; only the style `few-shot` shows them.

    Raises:
        UsageError: If the style needs examples and `examples` is empty, or cannot show a stub.

    Source: Austin et al. (2021), arXiv:2108.07732, section 2.1 (the format of `few-shot`).
    """
    return render_in_style(problem, style, PROMPT_STYLES[style], examples)


def render_in_style(
    problem: Problem, name: str, style: PromptStyle, examples: tuple[Problem, ...] = ()
) -> str:
    """Return the prompt for a problem in a style that need not be one of `PROMPT_STYLES`.

    The name is for messages; `render_prompt` describes the rest.
    """
    if style.needs_examples and not examples:
        raise UsageError(f"prompt style {name!r} needs solved examples, got none")
    if problem.stub and not style.takes_stubs:
        raise UsageError(
            f"--prompt: {name!r} shows the tests of a problem, and those of {problem.task_id} are "
            "hidden. Choose another style, such as --prompt instruct"
        )
    return style.render(problem, examples)
