import pytest

from hrm_core.errors import UsageError
from hrm_datasets.prompts import render_prompt
from hrm_eval.question import make_problem


def test_a_question_with_tests_is_shown_as_a_problem_of_mbpp_is():
    tests = ["  assert double(2) == 4\n", "import math\nassert math.isclose(double(0.5), 1)"]
    problem = make_problem("Write a function to double a number.\n", tests)
    assert problem.entry_point == "double"
    assert render_prompt(problem, "instruct") == (
        "Write a function to double a number.\n\n"
        "Answer with Python code in one code block. It must pass these tests:\n\n"
        "```python\n"
        "assert double(2) == 4\nimport math\nassert math.isclose(double(0.5), 1)\n"
        "```\n"
    )


def test_a_question_without_tests_is_a_problem_without_an_entry_point():
    problem = make_problem("Write a function.", [])
    assert (problem.entry_point, len(problem.tests)) == ("", 0)


@pytest.mark.parametrize(
    "tests",
    [
        ["import math", "x = 2.0", "assert math.isclose(f(x), 4)"],
        ["def test_f():\n    assert f(2) == 4"],
        ["import unittest\nclass T(unittest.TestCase):\n    def test(self):\n"
         "        self.assertEqual(f(2), 4)"],
        ["if f(2) != 4:\n    raise ValueError('wrong')"],
        ["import numpy\nnumpy.testing.assert_allclose(f(2), 4)"],
    ],
    ids=["setup", "pytest", "unittest", "raise", "numpy"],
)  # fmt: skip
def test_tests_in_other_forms_are_accepted(tests):
    assert make_problem("Double.", tests).entry_point == "f"


RIGHT = "assert f(2) == 4"
REFUSED = {
    "no Python": ([RIGHT, "assert f(2) = 4"], r"test 2 is not Python: line 1, column \d+: .*, got"),
    "no Python in line 2": (["x = 1\nassert f(x"], "test 1 is not Python: line 2, column"),
    "prose": (["f(2) is 4, of course"], "test 1 is not Python"),
    "null": (["assert f(2) == '\0'"], "test 1 is not Python"),
    "empty": ([RIGHT, " \n"], "test 2 is empty"),
    "no assert": ([RIGHT, "f(2) == 4"], r"test 2 asserts nothing, .* got 'f\(2\) == 4'"),
    "no assert at all": (["x = f(2)"], "tests: none asserts anything, got 'x = f"),
    "a tuple": (["assert (f(2) == 4, 'wrong')"], "test 1 always passes, since a tuple is true"),
    "no call": (["assert 2 + 2 == 4"], "tests: none calls a function that the program could"),
    "only Python": (["assert len([1]) == 1"], "tests: none calls a function"),
    "a fixture": (["def test_f(tmp_path):\n    assert f(2) == 4"], "test_f needs tmp_path"),
    "uncalled": (["def helper(x):\n    assert f(x) == 4"], "no test calls 'f'"),
}


@pytest.mark.parametrize(("tests", "message"), REFUSED.values(), ids=REFUSED)
def test_tests_that_cannot_fail_are_refused_by_their_number(tests, message):
    with pytest.raises(UsageError, match=message) as raised:
        make_problem("Double.", tests)
    assert raised.value.exit_code == 2


@pytest.mark.parametrize("question", ["", " \n\t"])
def test_an_empty_question_is_refused(question):
    with pytest.raises(UsageError, match=r"question: it is empty, .*Write a function"):
        make_problem(question, [RIGHT])


def test_a_single_text_is_no_sequence_of_tests():
    with pytest.raises(TypeError, match="tests: expected a sequence of texts, got 'assert"):
        make_problem("Double.", RIGHT)
