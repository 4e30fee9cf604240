"""Each prompt is compared with a text that was written down from the source of the harness.

`tests/integrations/test_prompts_of_harnesses.py` compares them with what the harnesses render.
"""

import json

import pytest

from hrm_datasets import Plus, Problem
from hrm_datasets.evalplus import MBPP_PLUS
from hrm_datasets.prompts import PROMPT_STYLES, render_prompt

ADD = Problem(
    task_id="mbpp/11",
    text="Write a function to add two numbers. ",
    entry_point="add",
    tests=["assert add(1, 2) == 3 ", "assert add(2, 2) == 4", "assert add(0, 0) == 0", "assert 1"],
    reference="def add(a, b):\n    return a + b\n",
)

SIMILAR = {
    "text": "Write a function to find the similar elements from the given two tuple lists.",
    "tests": "assert similar_elements((3, 4, 5, 6),(5, 7, 4, 10)) == (4, 5)\n"
    "assert similar_elements((1, 2, 3, 4),(5, 4, 3, 7)) == (3, 4)\n"
    "assert similar_elements((11, 12, 14, 13),(17, 15, 14, 13)) == (13, 14)",
    "code": "def similar_elements(test_tup1, test_tup2):\r\n"
    "  res = tuple(set(test_tup1) & set(test_tup2))\r\n  return (res) ",
}
NOT_PRIME = {
    "text": "Write a python function to identify non-prime numbers.",
    "tests": "assert is_not_prime(2) == False\nassert is_not_prime(10) == True\n"
    "assert is_not_prime(35) == True",
    "code": "import math\r\ndef is_not_prime(n):\r\n    result = False\r\n"
    "    for i in range(2,int(math.sqrt(n)) + 1):\r\n        if n % i == 0:\r\n"
    "            result = True\r\n    return result",
}
LARGEST = {
    "text": "Write a function to find the largest integers from a given list of numbers using heap "
    "queue algorithm.",
    "tests": "assert heap_queue_largest( [25, 35, 22, 85, 14, 65, 75, 22, 58],3)==[85, 75, 65] \n"
    "assert heap_queue_largest( [25, 35, 22, 85, 14, 65, 75, 22, 58],2)==[85, 75] \n"
    "assert heap_queue_largest( [25, 35, 22, 85, 14, 65, 75, 22, 58],5)==[85, 75, 65, 58, 35]",
    "code": "import heapq as hq\r\ndef heap_queue_largest(nums,n):\r\n"
    "  largest_nums = hq.nlargest(n, nums)\r\n  return largest_nums",
}

LM_EVAL_TASK = (
    "You are an expert Python programmer, and here is your task: {text} Your code should pass "
    "these tests:\n\n{tests}\n[BEGIN]\n"
)
INSPECT_EXAMPLE = (
    "## Prompt {n}\n```python\n{text}\n```\n\n## Test Case {n}\n```python\n{tests}\n```\n\n"
    "## Completion {n}\n```python\n{code}\n```\n\n"
)
EXAMPLES = [SIMILAR, NOT_PRIME, LARGEST]

PROMPTS = {
    # The first three tests, and spaces and line ends as in the dataset.
    "lm-eval-mbpp": "".join(
        LM_EVAL_TASK.format(**example) + example["code"] + "\n[DONE]\n\n" for example in EXAMPLES
    )
    + LM_EVAL_TASK.format(text=ADD.text, tests="\n".join(ADD.tests[:3])),
    "bigcode-mbpp": '"""\nWrite a function to add two numbers. \nassert add(1, 2) == 3 \n"""\n',
    "evalplus-chat": (
        "Please provide a self-contained Python script that solves the following problem in a "
        'markdown code block:\n```\n"""\nWrite a function to add two numbers. \n'
        'assert add(1, 2) == 3 \n"""\n```\n'
    ),
    "inspect-mbpp": (
        "You are an expert Python programmer. You will be given a task, and the tests that your "
        "code must pass.\nWrite the Python function to solve the task. Do not give additional "
        "explanations, just output the\nPython function. Only use imports that are included in "
        "Python's standard library.\n\nFor example:\n\n"
    )
    + "".join(INSPECT_EXAMPLE.format(n=n, **row) for n, row in enumerate(EXAMPLES, start=1))
    + (
        "\n# Now, do it for the following task.\n\n## Prompt:\n```python\n"
        "Write a function to add two numbers. \n```\n\n## Test Case:\n```python\n"
        "assert add(1, 2) == 3 \nassert add(2, 2) == 4\nassert add(0, 0) == 0\nassert 1\n```\n\n"
        "## Completion:\n"
    ),
}
STOPS = {
    "lm-eval-mbpp": ("[DONE]",),
    "bigcode-mbpp": ("\nclass", "\nassert", '\n"""', "\nprint", "\nif", "\n<|/", "\n```"),
    "evalplus-chat": (
        "<|endoftext|>", "<|endofmask|>", "</s>", "\nif __name__", "\ndef main(", "\nprint(",
        "\n```\n",
    ),
    "inspect-mbpp": (),
}  # fmt: skip


@pytest.mark.parametrize("style", PROMPTS)
def test_a_prompt_of_a_harness_is_its_text_character_for_character(style):
    assert render_prompt(ADD, style) == PROMPTS[style]


@pytest.mark.parametrize("style", STOPS)
def test_answers_end_at_the_stop_strings_of_the_harness(style):
    chosen = PROMPT_STYLES[style]
    assert (chosen.chat_stop if chosen.template else chosen.stop) == STOPS[style]


def test_prompts_of_harnesses_are_bare_or_chats_as_there():
    asked = {name: style.template for name, style in PROMPT_STYLES.items() if name in PROMPTS}
    assert asked == {
        "lm-eval-mbpp": False, "bigcode-mbpp": False, "evalplus-chat": True, "inspect-mbpp": True
    }  # fmt: skip


EVALPLUS_CHAT = (
    "Please provide a self-contained Python script that solves the following problem in a "
    "markdown code block:\n```\n{}\n```\n"
)


@pytest.mark.parametrize(
    "prompt",
    [
        '"""\nAdd two numbers.\nassert add(1, 2) == 3\n"""\n',
        "'''\nAdd two numbers. \n'''",
        "def add(a, b):\n    # Add two numbers.",
    ],
)
def test_evalplus_shows_the_published_prompt_of_a_problem_unchanged(prompt):
    tests = Plus(base=((1, 2),), plus=(), asserts=("assert add(1, 2) == 3",), prompt=prompt)
    problem = Problem(task_id="mbpp-plus/2", text="Add.", entry_point="add", tests=tests)
    assert render_prompt(problem, "evalplus-chat") == EVALPLUS_CHAT.format(prompt.strip())
    assert prompt.strip() not in render_prompt(problem, "instruct")


def test_evalplus_shows_the_prompts_of_its_release_unchanged(shared_mbpp):
    path = shared_mbpp.parent / "mbpp_plus_sample.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    problems = MBPP_PLUS.load(source=path)
    assert len(problems) == len(rows) == 20
    for problem, row in zip(problems, rows, strict=True):
        shown = EVALPLUS_CHAT.format(row["prompt"].strip())
        assert render_prompt(problem, "evalplus-chat") == shown


def test_the_answer_to_evalplus_is_begun_with_an_open_block_of_code():
    answer_start = PROMPT_STYLES["evalplus-chat"].answer_start
    assert answer_start.endswith("solves the problem and passes corresponding tests:\n```python\n")
