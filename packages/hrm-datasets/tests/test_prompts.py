import pytest

from hrm_core.errors import UsageError
from hrm_datasets import InputOutput, Problem, ProblemSet
from hrm_datasets.prompts import PROMPT_STYLES, render_prompt, stop_strings


def adder(task_id, **changes):
    fields = {
        "task_id": task_id,
        "text": "Write a function to add two numbers.",
        "entry_point": "add",
        "tests": ("assert add(1, 2) == 3", "assert add(-1, 5) == 4"),
        "reference": "def add(a, b):\n    return a + b\n",
    }
    return Problem(**{**fields, **changes})


@pytest.fixture
def toys():
    problems = tuple(adder(f"toys/{number}") for number in range(1, 5))
    return ProblemSet(name="toys", split="test", problems=problems)


@pytest.fixture
def humaneval_like():
    stub = 'from math import pi\n\n\ndef area(r):\n    """Area of a circle."""\n'
    problem = adder("humaneval/0", text=stub, entry_point="area", stub=stub)
    return ProblemSet(name="humaneval", split="test", problems=(problem,))


@pytest.mark.parametrize("style", PROMPT_STYLES)
def test_every_style_shows_the_task_and_its_asserts_but_not_the_solution(style, toys):
    problem, *others = toys
    prompt = render_prompt(problem, style, tuple(others))
    assert problem.text in prompt
    for test in problem.tests:
        assert test in prompt
    shown_solutions = len(others) if style == "few-shot" else 0
    assert prompt.count("return a + b") == shown_solutions


@pytest.mark.parametrize("style", ["instruct", "docstring"])
def test_a_stub_is_shown_instead_of_the_hidden_tests(style, humaneval_like):
    (problem,) = humaneval_like
    prompt = render_prompt(problem, style)
    assert problem.stub.rstrip() in prompt
    assert "check(" not in prompt


@pytest.mark.parametrize(
    ("style", "prompt"),
    [
        ("instruct", "Add.\n\nAnswer with Python code in one code block.\n"),
        ("docstring", '"""\nAdd.\n"""\n'),
    ],
)
def test_a_problem_without_tests_is_asked_without_a_word_of_them(style, prompt):
    problem = adder("toys/1", text="Add.\n", tests=())
    assert render_prompt(problem, style) == prompt


def test_instruct_and_docstring_show_the_task_before_its_tests(toys):
    task, tests = "Write a function to add two numbers.", "\n".join(toys.problems[0].tests)
    assert render_prompt(toys.problems[0], "instruct") == (
        f"{task}\n\nAnswer with Python code in one code block. It must pass these tests:\n\n"
        f"```python\n{tests}\n```\n"
    )
    assert render_prompt(toys.problems[0], "docstring") == f'"""\n{task}\n\n{tests}\n"""\n'


def test_few_shot_has_the_form_of_the_mbpp_paper(toys):
    first, second, *_ = toys
    assert render_prompt(first, "few-shot", (second,)) == (
        "You are an expert Python programmer, and here is your task: Write a function to add two "
        "numbers. Your code should pass these tests:\n\n"
        "assert add(1, 2) == 3\nassert add(-1, 5) == 4\n[BEGIN]\n"
        "def add(a, b):\n    return a + b\n[DONE]\n\n"
        "You are an expert Python programmer, and here is your task: Write a function to add two "
        "numbers. Your code should pass these tests:\n\n"
        "assert add(1, 2) == 3\nassert add(-1, 5) == 4\n[BEGIN]\n"
    )


def test_few_shot_without_examples_is_an_error(toys):
    with pytest.raises(UsageError, match="needs solved examples"):
        render_prompt(toys.problems[0], "few-shot")


@pytest.fixture
def program(toys):
    tests = InputOutput([("1 2\n", "3\n", True), ("20 22\n", "42\n", False)])
    return adder("toys/9", text="Print the sum.", entry_point="", tests=tests)


@pytest.mark.parametrize("style", PROMPT_STYLES)
def test_every_style_shows_a_program_only_its_public_tests(style, program):
    prompt = render_prompt(program, style, (program, program, program))
    assert "Print the sum." in prompt
    assert "\nInput:\n1 2\nOutput:\n3\n" in prompt
    assert "20 22" not in prompt
    assert "42" not in prompt


def test_a_request_for_a_program_says_what_it_reads(program):
    prompt = render_prompt(program, "instruct")
    assert prompt == (
        "Print the sum.\n\n"
        "Answer with a whole Python program in one code block. It reads standard input and prints "
        "to standard output.\n\n"
        "It must print these outputs:\n\n"
        "Input:\n1 2\nOutput:\n3\n"
    )


def test_lines_of_a_program_do_not_end_it(program, toys):
    assert stop_strings(program, "docstring") == ('\n"""',)
    assert stop_strings(program, "few-shot") == ("\n[DONE]",)
    assert "\nprint(" in stop_strings(toys.problems[0], "docstring")
