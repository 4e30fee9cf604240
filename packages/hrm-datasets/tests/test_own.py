import pytest

from hrm_core.errors import DataError
from hrm_datasets import Asserts, InputOutput
from hrm_datasets.own import OWN

DOUBLE = {"task_id": 1, "text": "Double a number.", "tests": ["assert double(2) == 4"]}


def test_a_row_needs_an_id_a_text_and_tests(write_rows):
    rows = [DOUBLE, {**DOUBLE, "task_id": "b/2", "solution": "def double(n): return 2 * n"}]
    first, second = OWN.load("test", write_rows("mine.jsonl", rows)).problems
    assert (first.task_id, first.text) == ("own/1", "Double a number.")
    assert (first.entry_point, first.tests) == ("double", Asserts(["assert double(2) == 4"]))
    assert (second.task_id, second.reference) == ("own/b/2", "def double(n): return 2 * n")


def test_a_program_that_reads_standard_input_has_cases(write_rows):
    row = {"task_id": 7, "text": "Print twice the number.", "cases": [["2", "4"], ["3", "6"]]}
    (problem,) = OWN.load("test", write_rows("mine.jsonl", [row])).problems
    assert problem.tests == InputOutput((("2", "4", True), ("3", "6", False)))
    assert problem.entry_point == ""


def test_other_fields_of_a_problem_may_be_given(write_rows):
    more = {"setup": "import math", "entry_point": "Double", "stub": "class Double:\n"}
    (problem,) = OWN.load("test", write_rows("mine.jsonl", [{**DOUBLE, **more}])).problems
    assert (problem.setup, problem.entry_point, problem.stub) == tuple(more.values())


def test_a_field_that_is_none_counts_as_missing(write_rows):
    """A Parquet file has all fields in all rows."""
    empty = dict.fromkeys(["cases", "setup", "solution", "entry_point", "stub"])
    (problem,) = OWN.load("test", write_rows("mine.jsonl", [{**DOUBLE, **empty}])).problems
    assert problem == OWN.load("test", write_rows("mine.jsonl", [DOUBLE])).problems[0]
    with pytest.raises(DataError, match="no field 'text'"):
        OWN.load("test", write_rows("mine.jsonl", [{**DOUBLE, "text": None}]))


def test_a_folder_has_a_file_for_each_split(write_rows, tmp_path):
    for split, number in (("train", 1), ("test", 2)):
        write_rows(f"{split}.jsonl", [{**DOUBLE, "task_id": number}])
    assert OWN.load("train", tmp_path).problems[0].task_id == "own/1"
    assert OWN.load("test", tmp_path).problems[0].task_id == "own/2"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cases": []}, "one of the fields 'tests' and 'cases'"),
        ({"task_id": 1.5}, "task_id: expected str, got 1.5"),
        ({"tests": []}, "tests: expected at least one test"),
        ({"tests": ["assert"]}, r"tests\[0\]: expected Python"),
        ({"tests": ["assert 1 == 1"]}, "tests: expected a call of a function"),
        (
            {"solution": "def twice(n): ..."},
            r"a call of a name that the solution defines \(twice\)",
        ),
    ],
)
def test_a_wrong_row_is_named(write_rows, change, message):
    with pytest.raises(DataError, match=f"mine.jsonl:1: .*{message}"):
        OWN.load("test", write_rows("mine.jsonl", [{**DOUBLE, **change}]))


def test_a_wrong_case_is_named(write_rows):
    row = {"task_id": 1, "text": "Print.", "cases": [["2"]]}
    with pytest.raises(DataError, match="cases: expected list of pairs of texts"):
        OWN.load("test", write_rows("mine.jsonl", [row]))
