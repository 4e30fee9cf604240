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
        "all": Split(ids=range(1, 9), parts=("train", "test")),
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


def test_a_split_that_joins_others_is_read_from_their_files_in_order_of_the_ids(
    tmp_path, write_rows
):
    write_rows("test.jsonl", ROWS[:4])
    write_rows("train.jsonl", ROWS[4:])
    assert ids(TOY.load("all", tmp_path)) == [f"toy/{task_id}" for task_id in range(1, 9)]
    write_rows("all.jsonl", ROWS[2:3])
    assert ids(TOY.load("all", tmp_path)) == ["toy/3"]


def test_a_split_that_joins_others_asks_the_hub_for_each(hub):
    hub.rows = ROWS[:4]
    with pytest.raises(DataError, match="'toy/1' occurs twice"):
        TOY.load("all")
    assert [request[2] for request in hub.requests] == ["train", "test"]


def test_a_folder_that_lacks_a_joined_split_is_refused(tmp_path, write_rows):
    write_rows("train.jsonl", ROWS[4:])
    with pytest.raises(DataError, match=r"expected rows of the split .test., such as test\.jsonl"):
        TOY.load("all", tmp_path)


@pytest.mark.parametrize(
    ("split", "rows", "note"),
    [
        ("test", ROWS, "4 of 8 rows are left out, because they are not of the split 'test' of toy"),
        ("dev", ROWS, "4 of 8 rows are left out, because they are not of the split 'test' of toy"),
        ("dev", ROWS[:4], None),
        ("test", ROWS[:4], None),
        ("all", ROWS, None),
        ("all", [*ROWS, {"task_id": 9}], "1 of 9 rows are left out, because they are not of the"),
    ],
)
def test_rows_of_a_source_that_are_left_out_are_counted(write_rows, split, rows, note):
    path = write_rows("toy.jsonl", rows)
    notes = TOY.load(split, path).notes
    assert [n.partition(": ")[0] for n in notes] == ([str(path)] if note else [])
    assert all(note in n for n in notes)


GOOD_AND_BAD = [
    {"task_id": 1},
    {"task_id": 2, "tests": []},
    {"task_id": "3"},
    {"task_id": 4},
    {"task_id": 4},
    {"task_id": 4},
    {"task_id": 3},
]


@pytest.mark.parametrize("task_ids", [["1"], ["3"], ["toy/3", "1"]])
def test_good_rows_load_by_their_ids_among_broken_rows(write_rows, task_ids):
    path = write_rows("toy.jsonl", GOOD_AND_BAD)
    wanted = sorted(f"toy/{task_id[-1]}" for task_id in task_ids)
    assert ids(TOY.load("test", path, task_ids=task_ids)) == wanted


@pytest.mark.parametrize(
    ("task_ids", "start"), [([], ""), (["1", "2"], "unknown task id '2'"), (["4"], "unknown")]
)
def test_broken_rows_are_listed_with_a_cure_if_they_are_asked_for(write_rows, task_ids, start):
    path = write_rows("toy.jsonl", GOOD_AND_BAD)
    with pytest.raises(DataError) as caught:
        TOY.load("test", path, task_ids=task_ids)
    message = str(caught.value)
    assert message.startswith(start)
    for part in (
        ":3: task_id: expected int, got '3' (str).",
        ":2: 'toy/2' has no tests, so any program would pass.\n",
        f":5: the task id 'toy/4' occurs twice; the first is at {path}:4.\n",
        "\n4 of 7 rows cannot be used. Fix or delete these, or leave them out with --exclude",
    ):
        assert part in message


@pytest.mark.parametrize(
    "exclude", [("2", "3", "9"), ("toy/2", "Toy/3", "9"), ("2", "3", "9", "5")]
)
def test_broken_rows_can_be_left_out(write_rows, exclude):
    rows = [
        {"task_id": number, "tests": [] if number in (2, 3) else ["f()"]} for number in range(6)
    ]
    dataset = Dataset(name="toy", to_problem=to_problem)
    source = write_rows("rows.jsonl", [*rows, {"task_id": 9, "tests": 3}])
    problems = dataset.load(source=source, exclude=exclude)
    expected = [one for one in (0, 1, 4, 5) if str(one) not in exclude]
    assert ids(problems) == [f"toy/{one}" for one in expected]
    assert ids(dataset.load(source=source, exclude=exclude, limit=2)) == ["toy/0", "toy/1"]
    with pytest.raises(UsageError, match="unknown task id '7'"):
        dataset.load(source=source, exclude=[*exclude, "7"])
    with pytest.raises(DataError, match="2 of 7 rows cannot be used"):
        dataset.load(source=source, exclude=["2"])


def test_many_broken_rows_are_counted_and_the_first_are_shown(write_rows):
    rows = [{"task_id": 1}, *({"task_id": str(number)} for number in range(30))]
    with pytest.raises(DataError) as caught:
        TOY.load("test", write_rows("toy.jsonl", rows))
    assert str(caught.value).count("expected int") == 5
    assert "\nand 25 more\n30 of 31 rows cannot be used." in str(caught.value)


def test_rows_after_the_limit_may_be_broken(write_rows):
    path = write_rows("toy.jsonl", [{"task_id": 1}, {"task_id": 2, "tests": []}])
    assert ids(TOY.load("test", path, limit=1)) == ["toy/1"]
    with pytest.raises(DataError, match="'toy/2' has no tests"):
        TOY.load("test", path, limit=2)
    with pytest.raises(UsageError, match="limit must be at least 1, got 0"):
        TOY.load("test", path, limit=0)


def test_an_unknown_id_of_good_rows_is_a_usage_error(write_rows):
    with pytest.raises(UsageError, match=r"unknown task id .7. in toy/test\. Problems of every"):
        TOY.load("test", write_rows("toy.jsonl", ROWS), task_ids=["7"])


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
        "Choose another split or source."
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


def test_a_mistake_in_the_code_of_a_dataset_names_the_row_and_the_line(write_rows):
    def divide(row):
        return 1 // (row.get("task_id", int) - 2)

    path = write_rows("toy.jsonl", ROWS[1:2])
    with pytest.raises(DataError, match=r"toy.jsonl:1: ZeroDivisionError in .*test_dataset.py:\d+"):
        Dataset(name="toy", to_problem=divide).load("test", path)


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (None, "to_problem: expected a Problem, got None"),
        (Problem(task_id=7, text="", tests=["f()"], entry_point="f"), "such as 'mbpp/11', got 7"),
        (Problem(task_id="toy/7", text="", tests=["f()"]), "'toy/7' has no entry_point"),
    ],
)
def test_what_a_dataset_makes_of_a_row_is_checked(write_rows, problem, message):
    dataset = Dataset(name="toy", to_problem=lambda row: problem)
    with pytest.raises(DataError, match=f"rows.jsonl:1: .*{message}"):
        dataset.load(source=write_rows("rows.jsonl", [{}]))


def test_one_text_is_no_list_of_ids(write_rows):
    with pytest.raises(TypeError, match=r"expected a list, such as \['11'\], got '12'"):
        TOY.load(source=write_rows("rows.jsonl", ROWS), task_ids="12")


def test_rows_of_other_splits_are_not_converted(write_rows):
    path = write_rows("toy.jsonl", [{"task_id": 1}, {"task_id": 5, "tests": []}])
    assert ids(TOY.load("test", path)) == ["toy/1"]


def test_a_dataset_without_rows_needs_a_source(write_rows):
    bare = Dataset(name="bare", to_problem=to_problem)
    with pytest.raises(
        DataError, match=r"'bare' has no rows of its own. Name yours as its source \(--source PATH"
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


def test_two_splits_may_not_have_the_same_rows(write_rows, tmp_path):
    splits = {"train": Split(), "test": Split()}
    file = write_rows("toy.jsonl", ROWS)
    with pytest.raises(ValueError, match=r"the splits train, test all have every row of .*folder"):
        Dataset(name="toy", to_problem=to_problem, splits=splits, file=file)
    assert Dataset(name="toy", to_problem=to_problem, splits=splits, file=tmp_path).splits == splits


def test_the_default_split_is_one_of_the_splits():
    with pytest.raises(ValueError, match="default_split: expected one of train, got 'test'"):
        Dataset(name="toy", to_problem=to_problem, splits={"train": Split()})
