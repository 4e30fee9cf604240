import pytest

from hrm_datasets import Asserts, Problem
from hrm_exercises.benchmarks import benchmarks, find_overlap
from hrm_exercises.drawing import Drawn

SOLUTION = (
    "def is_prime(n):\n    return n in (2, 3)\n\n\ndef first_of_kind(ns):\n    return ns[0]\n"
)


@pytest.mark.parametrize(("asked", "kind"), [("is_prime", "name"), ("first_of_kind", None)])
def test_only_the_name_of_the_function_asked_for_is_compared(asked, kind):
    tests = Asserts([f"assert {asked}({number}) == 0" for number in (910, 911, 912)])
    problem = Problem(
        task_id="toys/1", text="Do it.", entry_point=asked, tests=tests, reference=SOLUTION
    )
    shared = find_overlap(Drawn(problem, "toys", "", SOLUTION, num_results=1))
    assert (shared and shared.kind) == kind


@pytest.mark.parametrize("name", ["is_prime", "is_palindrome", "is_happy"])
def test_the_helpers_that_the_documents_name_are_functions_of_benchmarks(name):
    assert benchmarks().find_name(name)
