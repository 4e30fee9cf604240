from dataclasses import replace

import pytest

from hrm_core.errors import UsageError
from hrm_datasets import InputOutput, Problem, ProblemSet, Row, load_problems, own
from hrm_datasets.prompts import PROMPT_STYLES, example_problems, render_prompt, stop_strings


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


SHOW_ONE_TEST = {"bigcode-mbpp", "evalplus-chat"}


@pytest.mark.parametrize("style", PROMPT_STYLES)
def test_every_style_shows_the_task_and_its_asserts_but_not_the_solution(style, toys):
    problem, *others = toys
    prompt = render_prompt(problem, style, tuple(others))
    assert problem.text in prompt
    for test in problem.tests[: 1 if style in SHOW_ONE_TEST else None]:
        assert test in prompt
    shown_solutions = len(others) if style == "few-shot" else 0
    assert prompt.count("return a + b") == shown_solutions


@pytest.mark.parametrize("style", PROMPT_STYLES)
def test_every_style_knows_how_many_solved_problems_it_shows(style, toys):
    prompt = render_prompt(toys.problems[0], style, example_problems()).replace("\r\n", "\n")
    solutions = [problem.reference.replace("\r\n", "\n") for problem in example_problems()]
    shown = [solution for solution in solutions if solution.strip() in prompt]
    assert len(shown) == PROMPT_STYLES[style].num_shots


@pytest.mark.parametrize("style", ["instruct", "docstring", "evalplus-chat"])
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


@pytest.mark.parametrize("style", ["instruct", "docstring", "evalplus-chat"])
def test_a_stub_without_the_task_is_shown_below_it(style):
    row = {"task_id": 1, "text": "Square n.", "stub": "def square(n):\n", "tests": ["square(2)"]}
    problem = own.to_problem(Row("mine.jsonl:1", row))
    prompt = render_prompt(problem, style)
    assert '"""\nSquare n.\n"""\ndef square(n):' in prompt
    whole = replace(problem, stub='def square(n):\n    """Square\n    n."""\n')
    assert render_prompt(whole, style).count("Square") == 1


@pytest.mark.parametrize("style", ["paper", "lm-eval-mbpp", "bigcode-mbpp", "inspect-mbpp"])
def test_a_style_that_shows_tests_refuses_a_problem_whose_tests_are_hidden(style, humaneval_like):
    with pytest.raises(UsageError, match=f"--prompt: '{style}' shows the tests .*instruct"):
        render_prompt(humaneval_like.problems[0], style)


def test_paper_is_few_shot_with_the_examples_of_the_paper(toys):
    problem = toys.problems[0]
    assert render_prompt(problem, "paper") == render_prompt(problem, "few-shot", example_problems())
    assert [example.task_id for example in example_problems()] == ["mbpp/2", "mbpp/3", "mbpp/4"]


@pytest.mark.parametrize("style", ["paper", "lm-eval-mbpp", "inspect-mbpp"])
def test_problems_that_a_style_shows_solved_are_refused(style):
    """Of MBPP+, which has other texts for some tasks, and of a copy with ids of its own."""
    third = example_problems()[1]
    for solved in (adder("mbpp-plus/3"), replace(third, task_id="own/x/3", text=f" {third.text}")):
        problems = ProblemSet(name="x", split="test", problems=(adder("x/2"), solved))
        with pytest.raises(UsageError, match=rf"solutions of {solved.task_id}, .* --exclude .*3,"):
            PROMPT_STYLES[style].refuse_solved(style, problems, ())
        PROMPT_STYLES[style].refuse_solved(style, problems.select(("x/2",)), ())


def test_few_shot_refuses_the_problems_that_it_shows(toys):
    style = PROMPT_STYLES["few-shot"]
    with pytest.raises(UsageError, match=r"toys/2, toys/3, .* --exclude 2,3,"):
        style.refuse_solved("few-shot", toys.without(("1", "4")), toys.problems[1:3])


def test_the_examples_of_the_paper_are_those_of_the_dataset(shared_mbpp):
    problems = load_problems("mbpp", split="prompt", source=shared_mbpp)
    assert problems.problems[1:4] == example_problems()


def test_the_hash_of_a_style_changes_with_anything_that_the_model_gets():
    style = PROMPT_STYLES["instruct"]
    changes = [
        {"render": PROMPT_STYLES["docstring"].render},
        {"stop": ("x",)},
        {"chat_stop": ("x",)},
        {"answer_start": "x"},
        {"template": False},
        {"source": "x"},
    ]
    hashes = {replace(style, **change).sha256 for change in ({}, *changes)}
    assert len(hashes) == len(changes) + 1
    assert replace(style, summary="another").sha256 == style.sha256


def test_the_hash_of_a_style_with_examples_changes_with_them(toys):
    style = PROMPT_STYLES["few-shot"]
    assert style.hash_with(example_problems()) == style.sha256
    assert style.hash_with(toys.problems[:3]) != style.sha256
    assert PROMPT_STYLES["instruct"].hash_with(()) == PROMPT_STYLES["instruct"].sha256


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


PROGRAM = """
# Prints the sum.
import sys
from functools import cache
@cache
def main(numbers):
    return sum(numbers)
class Empty:
    pass
numbers = [int(word) for word in sys.stdin.read().split()]
assert numbers
if __name__ == "__main__":
    print(main(numbers))
print()
for number in numbers:
    pass
"""


@pytest.mark.parametrize("style", PROMPT_STYLES.values(), ids=PROMPT_STYLES)
def test_lines_of_a_program_do_not_end_it(style, program, toys):
    for strings in (style.stop, style.chat_stop):
        kept = stop_strings(program, strings)
        assert not [string for string in kept if string in PROGRAM]
        assert {string for string in strings if string not in PROGRAM} == set(kept)
        assert stop_strings(toys.problems[0], strings) == strings


@pytest.mark.parametrize("string", ["\ndef ", "\nimport", "\n@", "\n#", "\n# "])
def test_a_line_of_a_program_does_not_end_it_in_a_style_of_ones_own(string, program):
    assert stop_strings(program, (string, "\n### Task", "\nprinted")) == ("\n### Task", "\nprinted")
