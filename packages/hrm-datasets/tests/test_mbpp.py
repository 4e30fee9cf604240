import ast
import json
import random
import warnings

import pyarrow
import pyarrow.parquet
import pytest

from hrm_core.errors import DataError
from hrm_datasets.mbpp import MBPP, MBPP_SANITIZED

SIZES = {"prompt": 10, "test": 500, "validation": 90, "train": 374, "dev": 100, "all": 974}


def top_level_names(code):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = ast.parse(code)
    return {node.name for node in module.body if hasattr(node, "name")}


def test_a_row_becomes_a_problem(write_rows, mbpp_row):
    row = mbpp_row(test_setup_code="x = 1", challenge_test_list=["assert add(0, 0) == 0"])
    (problem,) = MBPP.load(source=write_rows("mbpp.jsonl", [row]))
    assert problem.task_id == "mbpp/11"
    assert problem.text == "Write a function to add two numbers."
    assert problem.entry_point == "add"
    assert problem.tests == ("assert add(1, 2) == 3",)
    assert problem.setup == "x = 1"
    assert problem.reference == "def add(a, b):\n    return a + b"
    assert problem.stub == ""


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"code": "def sum(a): pass"},
            r":1: test_list: expected a call of a name that the code defines ",
        ),
        ({"code": "def add(:"}, r":1: code: expected Python \(invalid syntax"),
        ({"code": "x = 1\0"}, r":1: code: expected Python \(.*null bytes"),
        ({"code": "x = " + "-" * 100_000 + "1"}, r":1: code: expected Python \("),
        (
            {"test_list": ["assert add(0, 0) == 0", "\nassert add(1"]},
            r":1: test_list\[1\]: expected Python \('\(' was never closed, line 2\), got '",
        ),
        ({"test_list": "assert add(1)"}, r":1: test_list: expected list of str, got 'assert"),
        ({"test_list": []}, r":1: test_list: expected a call of"),
        ({"text": None}, r":1: text: expected str, got None"),
        ({"test_setup_code": "x ="}, r":1: test_setup_code: expected Python \("),
        ({"test": "def check(f): pass"}, r":1: the field 'test' holds additional tests, as in MB"),
        ({"plus_input": []}, r":1: the field 'plus_input' holds additional tests, as in MBPP"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(write_rows, mbpp_row, changes, message):
    with pytest.raises(DataError, match=f"mbpp.jsonl{message}"):
        MBPP.load(source=write_rows("mbpp.jsonl", [mbpp_row(**changes)]))


def test_the_dev_split_is_a_recorded_sample_of_the_test_split():
    drawn = sorted(random.Random(42).sample(range(11, 511), 100))
    assert list(MBPP.splits["dev"].ids) == drawn


def test_the_published_splits_divide_the_ids_1_to_974():
    published = [MBPP.splits[name].ids for name in ("prompt", "test", "validation", "train")]
    assert [task_id for ids in published for task_id in ids] == list(range(1, 975))
    assert list(MBPP.splits["all"].ids) == list(range(1, 975))


@pytest.mark.parametrize(("dataset", "config"), [(MBPP, "full"), (MBPP_SANITIZED, "sanitized")])
def test_the_hub_is_asked_for_the_right_configuration(hub, mbpp_row, dataset, config):
    hub.rows = [mbpp_row(14, prompt="Add.", test_imports=["import math"])]
    assert len(dataset.load("dev")) == 1
    revision = "4bb6404fdc6cacfda99d4ac4205087b89d32030c"
    assert hub.requests == [("google-research-datasets/mbpp", config, "test", revision)]


SANITIZED_ROW = {
    "source_file": "Benchmark Questions Verification V2.ipynb",
    "task_id": 11,
    "prompt": "Write a function to add two numbers.",
    "code": "def add(a, b):\n    return a + b",
    "test_imports": ["import math", "import re"],
    "test_list": ["assert add(1, 2) == 3"],
}


def test_a_sanitized_row_becomes_a_problem(tmp_path):
    (tmp_path / "sanitized-mbpp.json").write_text(json.dumps([SANITIZED_ROW]))
    (problem,) = MBPP_SANITIZED.load(source=tmp_path / "sanitized-mbpp.json")
    assert problem.task_id == "mbpp-sanitized/11"
    assert problem.text == "Write a function to add two numbers."
    assert problem.setup == "import math\nimport re"
    assert problem.entry_point == "add"


# A row of EvalPlus' own file, and one of `evalplus/mbppplus` on the hub.
EVALPLUS_ROW = {
    "task_id": "Mbpp/11", "prompt": '"""Add."""', "entry_point": "add", "canonical_solution": "",
    "base_input": [[1, 2]], "atol": 0, "plus_input": [[0, 0]], "contract": "", "assertion": "",
}  # fmt: skip
HUB_PLUS_ROW = SANITIZED_ROW | {"test": "import numpy as np\nassertion(add(0, 0), 0, 0)"}


@pytest.mark.parametrize("dataset", [MBPP, MBPP_SANITIZED], ids=lambda dataset: dataset.name)
@pytest.mark.parametrize("row", [EVALPLUS_ROW, HUB_PLUS_ROW], ids=["evalplus", "hub"])
def test_rows_of_mbpp_plus_are_refused_because_their_tests_would_be_dropped(
    write_rows, dataset, row
):
    path = write_rows("plus.jsonl", [row, row | {"task_id": 12}])
    with pytest.raises(
        DataError, match=r"plus.jsonl:1: the field '\w+' holds additional tests, as"
    ):
        dataset.load(source=path)
    with pytest.raises(DataError, match="holds additional tests, as in MBPP"):
        dataset.load(source=path, task_ids=["12"])


def test_the_published_rows_of_mbpp_plus_are_refused(shared_mbpp):
    with pytest.raises(DataError, match="'plus_input' holds additional tests, as in MBPP"):
        MBPP_SANITIZED.load("all", shared_mbpp.parent / "mbpp_plus_sample.jsonl")


def test_a_copy_of_the_repository_on_the_hub_is_a_source(tmp_path, mbpp_row):
    ids = {"prompt": 2, "test": 11, "validation": 511, "train": 601}
    for folder, row in (("full", mbpp_row()), ("sanitized", SANITIZED_ROW)):
        (tmp_path / folder).mkdir()
        for split, task_id in ids.items():
            table = pyarrow.Table.from_pylist([row | {"task_id": task_id}])
            file = tmp_path / folder / f"{split}-00000-of-00001.parquet"
            pyarrow.parquet.write_table(table, file)
    for dataset, folder in ((MBPP, "full"), (MBPP_SANITIZED, "sanitized")):
        for source in (tmp_path, tmp_path / folder):
            assert [p.task_id for p in dataset.load("train", source)] == [f"{dataset.name}/601"]
            everything = dataset.load("all", source)
            assert [p.task_id for p in everything] == [f"{dataset.name}/{n}" for n in ids.values()]
            assert everything.notes == ()
        (problem,) = dataset.load(source=tmp_path / folder / "test-00000-of-00001.parquet")
        assert problem.task_id == f"{dataset.name}/11"


def test_a_sanitized_file_passed_to_the_full_dataset_names_the_field(write_rows, mbpp_row):
    row = mbpp_row(prompt="Add.")
    del row["text"]
    with pytest.raises(
        DataError, match=r"mbpp.jsonl:1: no field 'text', got the fields challenge_test_list"
    ):
        MBPP.load(source=write_rows("mbpp.jsonl", [row]))


@pytest.mark.parametrize("split", SIZES)
def test_all_real_problems_load_with_a_sensible_entry_point(shared_mbpp, split):
    problems = MBPP.load(split, shared_mbpp)
    assert len(problems) == SIZES[split]
    for problem in problems:
        assert problem.entry_point in top_level_names(problem.reference), problem.task_id
        assert len(problem.tests) == 3
        assert all(problem.entry_point in test for test in problem.tests), problem.task_id
        assert "\r" not in problem.reference


@pytest.mark.parametrize(
    ("task_id", "entry_point"),
    [(367, "is_tree_balanced"), (601, "max_chain_length"), (912, "lobb_num"), (927, "max_height")],
)
def test_unusual_real_tests_name_the_right_function(shared_mbpp, task_id, entry_point):
    assert MBPP.load("all", shared_mbpp).find(task_id).entry_point == entry_point


def test_one_file_with_all_real_rows_equals_the_folder(shared_mbpp, tmp_path):
    names = ("prompt", "test", "validation", "train")
    rows = "".join((shared_mbpp / f"{name}.jsonl").read_text(encoding="utf-8") for name in names)
    (tmp_path / "mbpp.jsonl").write_text(rows, encoding="utf-8")
    for split in SIZES:
        one = MBPP.load(split, tmp_path / "mbpp.jsonl")
        assert one.fingerprint == MBPP.load(split, shared_mbpp).fingerprint


def test_a_row_with_broken_tests_does_not_take_the_others_with_it(write_rows, mbpp_row):
    path = write_rows("mbpp.jsonl", [mbpp_row(11), mbpp_row(12, test_list=["assert add(1"])])
    assert [p.task_id for p in MBPP.load(source=path, task_ids=["11"])] == ["mbpp/11"]
    with pytest.raises(
        DataError, match=r":2: test_list\[0\]: expected Python .*\n1 of 2 rows cannot be"
    ):
        MBPP.load(source=path)


def test_the_shared_references_of_other_forms_load(shared_mbpp):
    path = shared_mbpp.parent / "cases" / "references.jsonl"
    num_rows = len(path.read_text().splitlines())
    assert len(MBPP.load(source=path)) == num_rows
