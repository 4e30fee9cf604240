import pytest

from hrm_core.errors import UsageError
from hrm_eval.prompts import PROMPT_STYLES, render_prompt


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
