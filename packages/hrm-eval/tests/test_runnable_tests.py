import textwrap
from collections.abc import Iterator

import pytest

from hrm_core.errors import DataError
from hrm_datasets import Problem
from hrm_eval.runnable_tests import check_tests, runnable_tests
from hrm_eval.sandbox import Limits, Sandbox

RIGHT = "def f(x):\n    return 2 * x\n"
WRONG = "def f(x):\n    return 2 * x + 1\n"


def make_problem(*tests: str, **fields: str) -> Problem:
    about = {"task_id": "toy/1", "text": "", "entry_point": "f", "reference": RIGHT, **fields}
    return Problem(tests=tuple(map(textwrap.dedent, tests)), **about)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(), workers=1) as sandbox:
        yield sandbox


CALLED_BY_RUNNERS = {
    "function": "def test_f():\n    assert f(2) == 4",
    "several": "def test_a():\n    assert f(2) == 4\ndef test_b():\n    assert f(3) == 6",
    "default": "def test_f(x=2):\n    assert f(x) == 4",
    "candidate": "def test_f(candidate):\n    assert candidate(2) == 4",
    "check": "def check(candidate):\n    assert candidate(2) == 4",
    "parametrize": """
        import pytest
        @pytest.mark.parametrize("x, y", [(1, 2), (2, 4)])
        def test_f(x, y):
            assert f(x) == y
        """,
    "parametrize twice": """
        import pytest
        @pytest.mark.parametrize("x", [1, 2])
        @pytest.mark.parametrize(("k",), [[1], [3]])
        def test_f(x, k):
            assert f(x * k) == 2 * x * k
        """,
    "parametrize with ids": """
        import pytest
        @pytest.mark.parametrize("x,y", [pytest.param(1, 2, id="one"), (2, 4)], ids=str)
        def test_f(x, y):
            assert f(x) == y
        """,
    "class": """
        class TestF:
            def setup_method(self):
                self.x = 2
            def test_f(self):
                assert f(self.x) == 4
            @staticmethod
            def test_zero():
                assert f(0) == 0
        """,
    "async": "async def test_f():\n    assert f(2) == 4",
    "unittest": """
        import unittest
        class Case(unittest.TestCase):
            def setUp(self):
                self.x = 2
            def test_f(self):
                self.assertEqual(f(self.x), 4)
        """,
    "unittest with main": """
        from unittest import TestCase, main
        import unittest
        class Case(TestCase):
            @classmethod
            def setUpClass(cls):
                cls.x = 2
            def test_f(self):
                self.assertEqual(f(self.x), 4)
        if __name__ == "__main__":
            main()
        unittest.main()
        """,
    "unittest base": """
        import unittest
        class Base(unittest.TestCase):
            x = 2
        class Case(Base):
            def test_f(self):
                self.assertEqual(f(self.x), 4)
        """,
}


def test_texts_keep_their_separators_where_a_runner_is_taken_out() -> None:
    test = "text = 'a\u2028b\x0cc'\nassert f(len(text)) == 10\nunittest.main()"
    problem = make_problem(test)
    assert runnable_tests(problem) == (test.replace("unittest.main()", "pass"),)


@pytest.mark.parametrize("test", CALLED_BY_RUNNERS.values(), ids=CALLED_BY_RUNNERS)
def test_tests_that_a_runner_would_call_are_called(sandbox: Sandbox, test: str) -> None:
    problem = make_problem(test)
    right, wrong = sandbox.judge(RIGHT, problem), sandbox.judge(WRONG, problem)
    assert right.passed, right.message
    assert not wrong.passed


CALLED_ALREADY = {
    "plain": "assert f(2) == 4",
    "handed over": "assert list(map(f, [1])) == [2]",
    "called": "def test_f():\n    assert f(2) == 4\ntest_f()",
    "in a loop": "def test_f(x):\n    assert f(x) == 2 * x\nfor x in range(3):\n    test_f(x)",
    "helper": "def same(x):\n    return f(x) == 2 * x\nassert same(2)",
    "by a name in a text": "assert eval('f(2)') == 4",
    "alias": "g = f\nassert g(2) == 4",
}


@pytest.mark.parametrize("test", CALLED_ALREADY.values(), ids=CALLED_ALREADY)
def test_tests_that_call_the_program_are_left_alone(sandbox: Sandbox, test: str) -> None:
    problem = make_problem(test)
    assert runnable_tests(problem) == problem.tests
    assert sandbox.judge(RIGHT, problem).passed
    assert not sandbox.judge(WRONG, problem).passed


def test_a_function_of_the_setup_is_called_after_the_last_test() -> None:
    problem = make_problem("x = 2", "y = 4", setup="def check(candidate):\n    assert f(x) == y")
    assert runnable_tests(problem) == ("x = 2", "y = 4\ncheck(f)")


def test_a_call_in_the_setup_counts() -> None:
    check_tests([make_problem("assert y == 4", setup="y = f(2)")])


PASS_ANY_PROGRAM = {
    "nothing": ("pass", "no test calls 'f'"),
    "empty": ("", "no test calls 'f'"),
    "comment": ("# assert f(2) == 4", "no test calls 'f'"),
    "of itself": ("assert 1 + 1 == 2", "no test calls 'f'"),
    "uncalled": ("def helper(x):\n    assert f(x) == 4", "no test calls 'f'"),
    "uncalled class": ("class Helper:\n    def go(self):\n        f(2)", "no test calls 'f'"),
    "only when it is the script": (
        "if __name__ == '__main__':\n    assert f(2) == 4",
        "no test calls 'f'",
    ),
    "comparison": ("f(2) == 4", "test 1 asserts nothing"),
    "comparison in a loop": ("for n in (1, 2):\n    n\nf(2) == 4", "test 1 asserts nothing"),
    "call": ("f(2)", "no test asserts anything"),
    "print": ("print(f(2))", "no test asserts anything"),
    "tuple": ("assert (f(2) == 4, 'wrong')", "test 1 always passes"),
    "tuple inside": ("def test_f():\n    assert (f(2) == 4, 'wrong')", "test 1 always passes"),
    "fixture": ("def test_f(tmp_path):\n    assert f(2) == 4", "test_f needs tmp_path"),
    "not Python": ("assert f(2) = 4", r"test 1 is not Python: line 1, column \d+: "),
}


@pytest.mark.parametrize(("test", "message"), PASS_ANY_PROGRAM.values(), ids=PASS_ANY_PROGRAM)
@pytest.mark.parametrize("reference", [RIGHT, ""], ids=["reference", "no reference"])
def test_tests_that_pass_any_program_are_refused(test: str, message: str, reference: str) -> None:
    with pytest.raises(DataError, match=f"^toy/1: {message}"):
        check_tests([make_problem(test, reference=reference)])


def test_tests_that_turn_out_to_call_nothing_are_refused(sandbox: Sandbox) -> None:
    problem = make_problem("if len('') > 0:\n    assert f(2) == 4")
    with pytest.raises(DataError, match=r"^toy/1: no test calls 'f'"):
        sandbox.judge(WRONG, problem)


def test_all_broken_problems_are_named_before_a_run() -> None:
    problems = [make_problem("pass", task_id=f"toy/{number}") for number in range(7)]
    with pytest.raises(
        DataError, match=r"(?s)toy/0: no test.*\(and 2 more\)\n.*--exclude"
    ) as raised:
        check_tests([*problems, make_problem("assert f(1) == 2", task_id="toy/7")])
    assert "toy/4" in str(raised.value)
    assert "toy/7" not in str(raised.value)
