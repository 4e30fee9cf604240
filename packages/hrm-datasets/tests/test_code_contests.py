import json

import pyarrow
import pyarrow.parquet
import pytest

from hrm_core.errors import DataError
from hrm_datasets.code_contests import CODE_CONTESTS

NO_TESTS = {"input": [], "output": []}
ROW = {
    "name": "1_A. Twice the Number",
    "description": "Print twice the number.",
    "source": 2,
    "public_tests": {"input": ["1\n"], "output": ["2\n"]},
    "private_tests": {"input": ["21\n"], "output": ["42\n"]},
    "generated_tests": {"input": ["-3\n"], "output": ["-6\n"]},
    "solutions": {
        "language": [2, 1, 3, 3],
        "solution": ["int main", "print 2", "print(2)", "pass"],
    },
    "time_limit": {"seconds": 1, "nanos": 500_000_000},
    "memory_limit_bytes": 256 * 2**20,
    "input_file": "",
    "output_file": "",
}


@pytest.fixture
def load(tmp_path):
    """Return a function that loads rows, each a change of `ROW`, from a file."""

    def load(*changes, **options):
        path = tmp_path / "test.jsonl"
        path.write_text("".join(json.dumps({**ROW, **change}) + "\n" for change in changes))
        return CODE_CONTESTS.load(source=path, **options)

    return load


def without(field):
    return {name: value for name, value in ROW.items() if name != field}


def test_a_row_becomes_a_problem_with_all_tests_and_its_limits(load):
    (problem,) = load({})
    assert problem.task_id == "code-contests/1_A"
    assert problem.text == "Print twice the number."
    assert problem.reference == "print(2)"
    assert problem.tests.cases == (
        ("1\n", "2\n", True), ("21\n", "42\n", False), ("-3\n", "-6\n", False)
    )  # fmt: skip
    assert problem.tests.time_limit_seconds == 1.5
    assert problem.tests.memory_limit_mb == 256
    assert problem.tests.texts == ("Input:\n1\nOutput:\n2",)


def test_rows_of_the_hub_are_the_same_problems_and_of_one_split(repository, load):
    row = {**ROW, "incorrect_solutions": {"language": [3], "solution": ["?"]}}
    file = repository.folder / "data" / "valid-00000-of-00001-5e672c5751f060d3.parquet"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([row]), file)
    (file.parent / "train-00000-of-00039.parquet").write_text("7.5 GB that nobody asked for")
    assert CODE_CONTESTS.load("valid").problems == load({}).problems
    assert [request[3] for request in repository.requests] == ["data/valid-*.parquet"]


def test_a_problem_without_limits_and_references_is_read(load):
    solutions = {"language": [2], "solution": ["int main"]}
    (problem,) = load({"time_limit": None, "memory_limit_bytes": 0, "solutions": solutions})
    assert (problem.tests.time_limit_seconds, problem.tests.memory_limit_mb) == (None, None)
    assert problem.reference == ""


def test_ids_are_short_and_have_no_spaces(load):
    names = {
        "1575_B1. Hard, but Fair": (2, "1575_B1"),
        "p02587 Some Contest - Task": (5, "p02587"),
        "Chef and the Sum, Again": (1, "codechef-chef-and-the-sum-again"),
    }
    problems = load(*({"name": name, "source": source} for name, (source, _) in names.items()))
    expected = [f"code-contests/{short}" for _, short in names.values()]
    assert [problem.task_id for problem in problems] == expected


def test_rows_whose_programs_read_files_are_left_out_and_counted(load):
    problems = load({}, {"name": "1_B. Files", "input_file": "input.txt"})
    assert [problem.task_id for problem in problems] == ["code-contests/1_A"]
    assert problems.num_not_covered == 1
    (note,) = problems.notes
    assert "1 of 2 rows are left out, because they need files for input or output" in note
    with pytest.raises(DataError, match="1 of 1 rows are left out"):
        load({"output_file": "output.txt"})


@pytest.mark.parametrize("field", ROW)
def test_a_missing_field_is_named(tmp_path, field):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(without(field)))
    with pytest.raises(DataError, match=rf"^{path}:1: no field '{field}'"):
        CODE_CONTESTS.load(source=path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"private_tests": {"input": ["1", "2"], "output": ["2"]}},
            r"private_tests: test 2 has no expected output \(there are 2 inputs and 1 outputs\)",
        ),
        (
            {"public_tests": {"input": ["1"], "output": ["2", "4"]}},
            "public_tests: test 2 has no input",
        ),
        (
            {"public_tests": {"input": ["1"], "output": [None]}},
            "public_tests: expected an object with a list of str as 'output'",
        ),
        ({"public_tests": ["1"]}, "public_tests: expected object"),
        ({"time_limit": {"seconds": 2}}, "time_limit: expected null, or an object with 'seconds'"),
        ({"time_limit": 2}, "time_limit: expected object"),
        ({"solutions": {"language": [3], "solution": []}}, "solutions: expected an object with"),
        ({"source": 99, "name": "odd"}, "source: expected a number below 7"),
    ],
)
def test_a_broken_field_is_named(load, change, message):
    with pytest.raises(DataError, match=message):
        load(change)


def test_a_problem_without_tests_is_refused(load):
    with pytest.raises(DataError, match="has no tests"):
        load(dict.fromkeys(("public_tests", "private_tests", "generated_tests"), NO_TESTS))
