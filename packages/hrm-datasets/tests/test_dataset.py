import pytest

from hrm_core.errors import DataError, UsageError
from hrm_datasets import Dataset, HubSource, Problem, Split


def to_problem(row):
    return Problem(
        task_id=f"toy/{row.get('task_id', int)}",
        text="",
        entry_point="f",
        tests=tuple(row.values.get("tests", ["assert f()"])),
    )


TOY = Dataset(
    name="toy",
    to_problem=to_problem,
    splits={
        "test": Split(ids=range(1, 5)),
        "train": Split(ids=range(5, 9)),
        "dev": Split(ids=(2, 4), part_of="test"),
        "all": Split(),
    },
    hub=HubSource(path="someone/toy", revision="0" * 40),
)
ROWS = [{"task_id": task_id} for task_id in range(1, 9)]


def ids(problems):
    return [problem.task_id for problem in problems]


@pytest.mark.parametrize(
    ("split", "expected"),
    [(None, [1, 2, 3, 4]), ("train", [5, 6, 7, 8]), ("dev", [2, 4]), ("all", list(range(1, 9)))],
)
def test_every_split_can_be_read_from_one_file_with_all_rows(write_rows, split, expected):
    problems = TOY.load(split, write_rows("toy.jsonl", ROWS))
    assert ids(problems) == [f"toy/{task_id}" for task_id in expected]
    assert (problems.name, problems.split) == ("toy", split or "test")


def test_a_derived_split_is_read_from_its_published_file(tmp_path, write_rows):
    write_rows("test.jsonl", ROWS[:4])
    assert ids(TOY.load("dev", tmp_path)) == ["toy/2", "toy/4"]


def test_a_derived_split_is_read_from_its_own_file_first(tmp_path, write_rows):
    write_rows("test.jsonl", ROWS[:4])
    write_rows("dev.jsonl", ROWS[3:4])
    assert ids(TOY.load("dev", str(tmp_path))) == ["toy/4"]


def test_a_derived_split_is_requested_from_the_hub_by_its_published_name(hub):
    hub.rows = ROWS[:4]
    assert ids(TOY.load("dev")) == ["toy/2", "toy/4"]
    assert hub.requests == [("someone/toy", None, "test", "0" * 40)]


def test_with_a_source_the_hub_is_not_asked(hub, write_rows):
    TOY.load("test", write_rows("toy.jsonl", ROWS))
    assert hub.requests == []


def test_an_unknown_split_names_the_splits_and_the_nearest():
    with pytest.raises(UsageError) as caught:
        TOY.load("tset")
    assert str(caught.value) == (
        "--split: dataset 'toy' has no split 'tset' (splits: all, dev, test, train). "
        "Did you mean 'test'?"
    )


def test_a_file_without_rows_of_the_split_is_an_error(write_rows):
    path = write_rows("test.jsonl", ROWS[:4])
    with pytest.raises(DataError) as caught:
        TOY.load("train", path)
    assert str(caught.value) == (
        f"{path}: expected rows of the split 'train' of toy, but none of its 4 rows belongs to it. "
        "Pass another --split or --source."
    )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"task_id": 1}, {"task_id": 2}, {"task_id": 1}], ":3: the task id 'toy/1' occurs twice"),
        ([{"task_id": 1}, {"task_id": 2, "tests": []}], ":2: 'toy/2' has no tests"),
        ([{"task_id": 1}, {"task": 2}], ":2: no field 'task_id', got the fields task."),
        ([{"task_id": "1"}], ":1: task_id: expected int, got '1' \\(str\\)."),
    ],
)
def test_a_row_that_cannot_become_a_problem_is_named(write_rows, rows, message):
    with pytest.raises(DataError, match=f"toy.jsonl{message}"):
        TOY.load("test", write_rows("toy.jsonl", rows))


def test_rows_of_other_splits_are_not_converted(write_rows):
    path = write_rows("toy.jsonl", [{"task_id": 1}, {"task_id": 5, "tests": []}])
    assert ids(TOY.load("test", path)) == ["toy/1"]


def test_a_dataset_without_rows_needs_a_source(write_rows):
    bare = Dataset(name="bare", to_problem=to_problem)
    with pytest.raises(
        DataError, match=r"'bare' has no rows of its own. Pass yours with --source PATH"
    ):
        bare.load()
    assert ids(bare.load("test", write_rows("bare.jsonl", ROWS[:1]))) == ["toy/1"]


@pytest.mark.parametrize("method", ["is_dir", "exists", "is_file"])
def test_an_unreadable_source_is_named(tmp_path, monkeypatch, method):
    def refuse(path, **_):
        raise PermissionError(13, "Permission denied")

    source = tmp_path if method == "is_file" else tmp_path / "rows.jsonl"
    monkeypatch.setattr(f"pathlib.Path.{method}", refuse)
    with pytest.raises(DataError, match=f"{source.name}: cannot be read: .*Permission denied"):
        TOY.load("test", source)
