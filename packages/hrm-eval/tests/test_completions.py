import json

import pytest

from hrm_core.errors import DataError
from hrm_eval.completions import Completion, read_own
from hrm_eval.records import RecordWriter


def write(folder, *records, name="samples.jsonl"):
    path = folder / name
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def test_the_samples_of_a_problem_share_their_prompt(tmp_path):
    records = [
        {"task_id": "toys/1", "sample": n, "completion": "", "prompt": "Write."} for n in range(2)
    ]
    first, second = read_own(write(tmp_path, *records))
    assert first.prompt is second.prompt


def test_a_run_reads_its_file_except_an_incomplete_last_line(tmp_path):
    path = tmp_path / "completions.jsonl"
    written = Completion(task_id="toys/1", sample=0, completion="\ud800", text="t", seconds=0.5)
    with RecordWriter(path) as writer:
        writer.append(written.to_record())
    with path.open("a") as file:
        file.write('{"task_id": "toys/2", "sam')
    assert read_own(path) == [written]
    assert read_own(tmp_path / "none.jsonl") == []
    write(
        tmp_path, {"task_id": "toys/1", "sample": 0, "completion": "", "odd": 1}, name="odd.jsonl"
    )
    with pytest.raises(DataError, match=r"odd\.jsonl:1: odd: unknown field"):
        read_own(tmp_path / "odd.jsonl")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"task_id": "toys/1", "sample": 0, "completion": 5}', "completion: expected text, got 5"),
        ('{"task_id": "toys/1", "completion": ""}', "the field 'sample' is missing"),
        ('{"task_id": "toys/1", "sample": "0", "completion": ""}', "sample: expected a number"),
        ('{"task_id": "t", "sample": 0, "seconds": "x"}', "seconds: expected a number of at least"),
        ('{"task_id": "t", "sample": 0, "seconds": Infinity}', "seconds: .* got inf"),
        ('{"task_id": "t", "sample": 0, "text": 5}', "text: expected text, got 5"),
        (
            '{"task_id": "toys/2", "sample": 0, "completion": ""}',
            r"sample 0 of toys/2 is already at .*:1\.",
        ),
    ],
)
def test_a_damaged_file_of_a_run_is_an_error_that_names_the_line(tmp_path, line, message):
    path = tmp_path / "completions.jsonl"
    path.write_text('{"task_id": "toys/2", "sample": 0, "completion": ""}\n' + line + "\n")
    with pytest.raises(DataError, match=f"jsonl:2: .*{message}"):
        read_own(path)
