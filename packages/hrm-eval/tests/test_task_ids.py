import pytest

from hrm_core.errors import UsageError
from hrm_eval.task_ids import read_task_ids


@pytest.mark.parametrize(
    ("content", "task_ids"),
    [
        ("mbpp/11\n\n  12 \n", ["mbpp/11", "12"]),
        ("\ufeffmbpp/11\r\n12", ["mbpp/11", "12"]),
        ('["mbpp/11", 12]', ["mbpp/11", "12"]),
        ("\n[\n11,\n12\n]\n", ["11", "12"]),
    ],
)
def test_a_file_has_one_id_a_line_or_a_list(tmp_path, content, task_ids):
    path = tmp_path / "ids"
    path.write_text(content, encoding="utf-8")
    assert read_task_ids(path) == task_ids


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "there is no task id in this file. Write one id a line"),
        (b"[]", "there is no task id"),
        (b"\n \n", "there is no task id"),
        (b"[11, 12", "not JSON"),
        (b"[11] 12", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[11, true]", "expected task ids, got True"),
        (b'[{"task_id": 11}]', r"expected task ids, got \{'task_id': 11\}"),
        (b"\xff\xfe1\x001\x00", "Save it as UTF-8"),
    ],
)
def test_a_file_that_has_no_ids_is_a_usage_error(tmp_path, content, message):
    path = tmp_path / "ids"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=f"--task-ids: {path}.*{message}"):
        read_task_ids(path)


def test_a_file_that_cannot_be_read_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match=r"none\.txt cannot be read: No such file"):
        read_task_ids(tmp_path / "none.txt")
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        read_task_ids(tmp_path)
