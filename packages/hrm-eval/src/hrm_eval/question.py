"""A question with its tests, as a problem that prompts, engines and the sandbox take.

Not covered: whether the tests agree with the question.
"""

import ast
import textwrap
from collections.abc import Sequence

from hrm_core.errors import DataError, UsageError, beginning
from hrm_datasets import Asserts, Problem
from hrm_datasets.entry_points import find_tested_name
from hrm_eval.runnable_tests import CURE, can_fail, parse_named, runnable_tests


def make_problem(question: str, tests: Sequence[str]) -> Problem:
    """Return a question with its tests as a problem, which the prompt styles show as any other.

    Raises:
        TypeError: If `tests` is a single text.
        UsageError: If the question is empty, or a test is empty, no Python, or cannot fail.
    """
    if not question.strip():
        raise UsageError(
            f"question: it is empty, got {question!r}. Say what the program shall do: "
            "'Write a function to ...'"
        )
    if isinstance(tests, str):
        raise TypeError(f"tests: expected a sequence of texts, got {tests!r}")
    tests = tuple(textwrap.dedent(test).strip() for test in tests)
    trees = [_parse_test(test, number) for number, test in enumerate(tests, start=1)]
    if tests and not any(map(can_fail, trees)):
        raise UsageError(f"tests: none asserts anything, got {beginning(tests[-1])}. {CURE}")
    entry_point = find_tested_name(trees)
    if tests and entry_point is None:
        raise UsageError(
            f"tests: none calls a function that the program could define, got "
            f"{beginning(tests[-1])}. {CURE}"
        )
    problem = Problem(
        task_id="question", text=question, entry_point=entry_point or "", tests=Asserts(tests)
    )
    if tests:
        try:
            runnable_tests(problem)
        except DataError as error:
            raise UsageError(str(error)) from error
    return problem


def _parse_test(test: str, number: int) -> ast.Module:
    """Return the tree of a test.

    Raises:
        UsageError: If it is empty, no Python, or a bare expression, whose value nothing looks at.
    """
    if not test:
        raise UsageError(f"test {number} is empty. {CURE}")
    try:
        tree = parse_named(test, f"test {number}")
    except ValueError as error:
        raise UsageError(f"{error}, got {beginning(test)}. {CURE}") from error
    has_expression = any(isinstance(statement, ast.Expr) for statement in tree.body)
    if has_expression and not can_fail(tree):
        raise UsageError(
            f"test {number} asserts nothing, so any result would pass, got {beginning(test)}. "
            f"{CURE}"
        )
    return tree
