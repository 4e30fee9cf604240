import base64
import json
import os
import pickle
import zlib

import pytest

from hrm_core.errors import DataError
from hrm_datasets.livecodebench import LIVECODEBENCH


def cases_of(*pairs, testtype="stdin"):
    return json.dumps([{"input": i, "output": o, "testtype": testtype} for i, o in pairs])


def packed(value):
    return base64.b64encode(zlib.compress(pickle.dumps(value))).decode()


ROW = {
    "question_id": "abc301_a",
    "question_content": "Print twice the number.",
    "starter_code": "",
    "public_test_cases": cases_of(("1", "2")),
    "private_test_cases": cases_of(("21", "42")),
}


@pytest.fixture
def load(tmp_path):
    """Return a function that loads rows, each a change of `ROW`, from a file."""

    def load(*changes):
        path = tmp_path / "test.jsonl"
        path.write_text("".join(json.dumps({**ROW, **change}) + "\n" for change in changes))
        return LIVECODEBENCH.load(source=path)

    return load


@pytest.mark.parametrize("private", [ROW["private_test_cases"], packed(ROW["private_test_cases"])])
def test_both_editions_become_the_same_problem(load, private):
    (problem,) = load({"private_test_cases": private})
    assert problem.task_id == "livecodebench/abc301_a"
    assert problem.tests.cases == (("1", "2", True), ("21", "42", False))
    assert problem.tests.tolerance == 0
    assert problem.reference == ""


def test_problems_that_call_a_function_are_left_out_and_counted(load):
    functional = {
        "question_id": "2777",
        "starter_code": "class Solution:\n    pass\n",
        "public_test_cases": cases_of(("1", "2"), testtype="functional"),
    }
    problems = load({}, functional)
    assert len(problems) == 1
    assert "1 of 2 rows are left out, because they need calls of a function" in problems.notes[0]


def test_a_folder_is_read_with_all_its_releases_in_their_order(tmp_path):
    folder = tmp_path / "lite"
    folder.mkdir()
    for number, name in enumerate(["test", "test2", "test6", "test10", "tests", "train"]):
        row = json.dumps({**ROW, "question_id": f"{name}-{number}"})
        (folder / f"{name}.jsonl").write_text(row + "\n")
    (folder / "test2.md").write_text("# Notes\n")
    expected = ["test-0", "test2-1", "test6-2", "test10-3"]
    for source in (folder, tmp_path):
        problems = LIVECODEBENCH.load(source=source)
        assert [p.task_id.removeprefix("livecodebench/") for p in problems] == expected


def test_a_folder_with_the_newest_release_alone_is_read(tmp_path):
    (tmp_path / "test6.jsonl").write_text(json.dumps(ROW) + "\n")
    assert len(LIVECODEBENCH.load(source=tmp_path)) == 1


class Attack:
    def __reduce__(self):
        return os.system, ("false",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"private_test_cases": packed(Attack())}, r"perhaps packed \(it holds a \w+.system\)"),
        ({"private_test_cases": packed([1])}, r"perhaps packed \(it holds a list\)"),
        ({"private_test_cases": "?"}, "private_test_cases: expected a JSON list of tests"),
        ({"public_test_cases": "[1"}, "public_test_cases: expected a JSON list of tests"),
        ({"public_test_cases": '[{"input": "1"}]'}, "test 1 has no text as 'output'"),
        ({"public_test_cases": "[3]"}, "test 1 has no text as 'input'"),
        ({"public_test_cases": cases_of(("1", "2"), testtype="x")}, "test 1 has the testtype 'x'"),
    ],
)
def test_broken_tests_are_named(load, change, message):
    with pytest.raises(DataError, match=message):
        load(change)


def test_without_a_source_the_error_asks_for_one():
    with pytest.raises(DataError, match="--source PATH"):
        LIVECODEBENCH.load()
