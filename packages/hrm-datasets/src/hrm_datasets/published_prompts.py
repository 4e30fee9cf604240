r"""Prompts as other harnesses send them, character for character.

Published numbers of MBPP were made with them. The solved problems in them are the tasks 2, 3 and 4
of MBPP (Austin et al. 2021, CC BY 4.0), with the line ends `\r\n` that the code of MBPP has.

Not covered: special tokens and chat templates, which the model has; how a harness scores; and
EvalPlus' prompt of a problem that is not from a file of its releases, which is imitated.

Source: the files named at each function, at the versions lm-evaluation-harness 0.4.13, evalplus
0.3.1, inspect_evals 0.26.0, and bigcode-evaluation-harness of 2024.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hrm_datasets.plus import Plus
from hrm_datasets.problems import Problem

EVALPLUS_ANSWER_START = (
    "Below is a Python script with a self-contained function that solves the problem and passes "
    "corresponding tests:\n```python\n"
)
EVALPLUS_STOP = (
    "<|endoftext|>",
    "<|endofmask|>",
    "</s>",
    "\nif __name__",
    "\ndef main(",
    "\nprint(",
    "\n```\n",
)
BIGCODE_STOP = ("\nclass", "\nassert", '\n"""', "\nprint", "\nif", "\n<|/", "\n```")

_INSPECT_INTRODUCTION = """\
You are an expert Python programmer. You will be given a task, and the tests that your code must pass.
Write the Python function to solve the task. Do not give additional explanations, just output the
Python function. Only use imports that are included in Python's standard library.

For example:

"""  # noqa: E501 (the line is the published one)


@cache
def mbpp_examples() -> tuple[Mapping[str, Any], ...]:
    """Return the tasks 2, 3 and 4 of MBPP, in the published fields."""
    lines = Path(__file__).with_name("mbpp_examples.jsonl").read_text(encoding="utf-8")
    return tuple(json.loads(line) for line in lines.splitlines())


def lm_eval_mbpp(problem: Problem) -> str:
    """Return the prompt of the task `mbpp` of lm-evaluation-harness, with its three examples.

    Source: lm_eval/tasks/mbpp/mbpp.yaml and utils.py (`list_fewshot_samples`).
    """
    solved = [
        f"{_lm_eval_task(row['text'], row['test_list'])}{row['code']}\n[DONE]\n\n"
        for row in mbpp_examples()
    ]
    return "".join(solved) + _lm_eval_task(problem.text, problem.tests.texts)


def _lm_eval_task(text: str, tests: tuple[str, ...]) -> str:
    return (
        f"You are an expert Python programmer, and here is your task: {text} "
        "Your code should pass these tests:\n\n" + "\n".join(tests[:3]) + "\n[BEGIN]\n"
    )


def bigcode_mbpp(problem: Problem) -> str:
    """Return the prompt of the task `mbpp` of bigcode-evaluation-harness, which shows one test.

    Source: bigcode_eval/tasks/mbpp.py (`get_prompt`), after InCoder (Fried et al. 2022).
    """
    return _docstring_with_a_test(problem) + "\n"


def _docstring_with_a_test(problem: Problem) -> str:
    text = "\n".join([problem.text, *problem.tests.texts[:1]])
    return f'"""\n{text}\n"""'


def evalplus_chat(problem: Problem) -> str:
    """Return the message of a user that EvalPlus sends to a model with a chat template.

    In it is the problem's `prompt` in EvalPlus' release, unchanged, or its stub. A problem that has
    neither is shown as a docstring with its text and first test.

    Source: evalplus/codegen.py (`instruction_prefix`, `prompt`) and provider/utility.py
    (`make_raw_chat_prompt`).
    """
    published = problem.tests.prompt if isinstance(problem.tests, Plus) else ""
    prompt = published or problem.stub_with_task or _docstring_with_a_test(problem)
    return (
        "Please provide a self-contained Python script that solves the following problem in a "
        f"markdown code block:\n```\n{prompt.strip()}\n```\n"
    )


def inspect_mbpp(problem: Problem) -> str:
    """Return the message of a user in the task `mbpp` of inspect_evals, with three examples.

    Source: src/inspect_evals/mbpp/mbpp.py, after AgentCoder (Huang et al. 2023).
    """
    solved = [
        f"## Prompt {number}\n```python\n{row['text']}\n```\n\n"
        f"## Test Case {number}\n```python\n{_lines(row['test_list'])}\n```\n\n"
        f"## Completion {number}\n```python\n{row['code']}\n```\n\n"
        for number, row in enumerate(mbpp_examples(), start=1)
    ]
    return (
        f"{_INSPECT_INTRODUCTION}{''.join(solved)}\n# Now, do it for the following task.\n\n"
        f"## Prompt:\n```python\n{problem.text}\n```\n\n"
        f"## Test Case:\n```python\n{_lines(problem.tests.texts)}\n```\n\n"
        "## Completion:\n"
    )


def _lines(tests: tuple[str, ...]) -> str:
    return "\n".join(tests)
