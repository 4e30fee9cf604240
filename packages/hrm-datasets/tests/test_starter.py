import ast

import pytest

from hrm_datasets.mbpp import MBPP
from hrm_datasets.starter import STARTER

PROBLEMS = list(STARTER.load())


def test_there_are_25_problems_numbered_from_1():
    assert [p.task_id for p in PROBLEMS] == [f"starter/{number}" for number in range(1, 26)]
    assert len({p.entry_point for p in PROBLEMS}) == 25


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.task_id)
def test_the_reference_passes_its_three_tests(problem):
    assert len(set(problem.tests)) == 3
    namespace = {}
    exec(problem.reference, namespace)
    for test in problem.tests:
        exec(test, namespace)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.task_id)
def test_a_program_that_returns_nothing_fails(problem):
    namespace = {}
    exec(f"def {problem.entry_point}(*arguments): pass", namespace)
    with pytest.raises(AssertionError):
        exec("\n".join(problem.tests), namespace)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.task_id)
def test_the_reference_is_one_function_without_imports(problem):
    (function,) = ast.parse(problem.reference).body
    assert isinstance(function, ast.FunctionDef)
    assert function.name == problem.entry_point
    assert not any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))


def overlap(left, right):
    return len(left & right) / len(left | right)


def test_no_problem_is_taken_from_mbpp(shared_mbpp):
    published = [p for split in MBPP.splits for p in MBPP.load(split, shared_mbpp)]
    names = {p.entry_point.replace("_", "").lower() for p in published}
    bodies = {test.partition("(")[2].replace(" ", "") for p in published for test in p.tests}
    texts = [set(p.text.lower().split()) for p in published]
    for problem in PROBLEMS:
        assert problem.entry_point.replace("_", "").lower() not in names
        assert not bodies & {test.partition("(")[2].replace(" ", "") for test in problem.tests}
        words = set(problem.text.lower().split())
        assert max(overlap(words, text) for text in texts) < 0.6, problem.task_id
