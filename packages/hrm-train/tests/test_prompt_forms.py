from dataclasses import replace

import pytest

from hrm_datasets import InputOutput, Problem
from hrm_datasets.prompts import render_prompt
from hrm_train.prompt_forms import head_of_function, in_some_form
from hrm_train.train_config import DataConfig


def problem(reference="def f(a, b): return a + b", tests=("assert f(1, 2) == 3",), **fields):
    return Problem(
        task_id="toy/1", text="Add.", entry_point="f", tests=tests, reference=reference, **fields
    )


def test_the_head_has_the_text_the_examples_and_the_types():
    tests = ["assert f([], 2) == []", "assert f([1], (2, 'a')) == {1: [0.5]}"]
    assert head_of_function(problem(tests=tests)) == (
        "from typing import Dict, List, Tuple\n\n\n"
        "def f(a: List[int], b: Tuple[int, str]) -> Dict[int, List[float]]:\n"
        '    """Add.\n'
        "    >>> f([], 2)\n    []\n"
        "    >>> f([1], (2, 'a'))\n    {1: [0.5]}\n"
        '    """\n'
    )


@pytest.mark.parametrize(
    ("reference", "tests", "signature"),
    [
        ("def f(a): return a", ["assert f(1) == 1"], "def f(a: int) -> int:"),
        ("def f(a=1): return a", ["assert f(1) == 1"], "def f(a=1):"),
        ("def f(*a): return a", ["assert f(1) == (1,)"], "def f(*a):"),
        ("def f(a): return a", ["assert abs(f(1) - 1) < 0.1"], "def f(a):"),
        ("def f(a): return a", ["assert f(a=1) == 1"], "def f(a):"),
        ("def f(a): return a", ["assert f(x) == 1"], "def f(a):"),
        ("def f(a): return a", ["x = 1\nassert f(x) == 1"], "def f(a):"),
        ("def f(a): return a", ["assert f(1) <> 2"], "def f(a):"),
        ("def f(): pass", ["assert f() == None"], "def f() -> None:"),
    ],
)
def test_only_calls_with_plain_values_give_annotations(reference, tests, signature):
    head = head_of_function(problem(reference, tests))
    assert head.startswith(f'{signature}\n    """Add.')
    assert compile(f"{head}    pass", "head", "exec")


@pytest.mark.parametrize(
    "other",
    [
        problem("class f: pass"),
        problem("def g(): pass\nf = g"),
        problem(setup="import math"),
        problem("def f(a, b):\n    print a\n    return a + b"),
        problem("def f(a, b): return a + b\0"),
    ],
)
def test_what_is_not_a_function_alone_has_no_head(other):
    assert head_of_function(other) == ""


def test_each_form_has_its_share():
    config = DataConfig(untested=0.3, stubs=0.2)
    prompts = []
    for number in range(2000):
        one = Problem(**{**vars(problem()), "task_id": f"toy/{number}"})
        prompts.append(render_prompt(in_some_form(one, config), "instruct"))
    shares = [sum(mark in p for p in prompts) / 2000 for mark in ("assert", "def f(a: int", "Add.")]
    assert shares == pytest.approx([0.5, 0.2, 1.0], abs=0.03)


def bare_questions(text, **fields):
    config = DataConfig(untested=1.0, named=0.5)
    values = {**vars(problem(**fields)), "text": text}
    for number in range(400):
        values["task_id"] = f"toy/{number}"
        yield in_some_form(Problem(**values), config).text


def test_a_share_of_the_bare_questions_names_the_function():
    questions = list(bare_questions("Write a function to try two numbers."))
    assert sum("f" in q.replace("function", "") for q in questions) == pytest.approx(200, abs=30)
    assert {
        "Write a function to try two numbers.",
        "Write a function f(a, b) that tries two numbers.",
        "Write a function `f` to try two numbers.",
        "Write a function called f(a, b) that tries two numbers.",
        "Write a function to try two numbers. Call it f.",
    } <= set(questions)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Write a function that passes two.", "Write a function named f that passes two."),
        ("Write a method to pass two.", "Write a method f that passes two."),
        ("Add two functions.", "Add two functions. Name it f."),
        ("Add two.\n", "Add two. The function is called f."),
    ],
)
def test_a_name_stands_where_people_write_it(text, named):
    assert named in set(bare_questions(text))


def test_a_program_without_a_function_is_not_named():
    assert set(bare_questions("Add.", reference="f = max")) == {"Add."}


def test_a_question_that_is_not_named_keeps_its_text():
    question = in_some_form(replace(problem(), text="Add.\n"), DataConfig(untested=1.0))
    assert question.text == "Add.\n"


def test_a_problem_without_a_head_keeps_its_form():
    old = problem("def f(a, b): print a + b")
    config = DataConfig(stubs=1.0)
    assert render_prompt(in_some_form(old, config), "instruct") == render_prompt(old, "instruct")
    asked = replace(old, stub="def f(a, b):\n    ...\n")
    assert in_some_form(asked, config) == asked


def test_by_default_prompts_are_those_of_the_evaluation():
    assert in_some_form(problem(), DataConfig()) == problem()


def test_a_program_that_reads_standard_input_keeps_its_form():
    program = problem(tests=InputOutput([("1", "2", True)]))
    assert in_some_form(program, DataConfig(untested=1.0)) == program
