import resource
import signal

import pytest

from hrm_core.errors import UsageError
from hrm_core.json_lines import read_json_lines
from hrm_eval.records import RecordWriter, WriteError, write_whole


def test_records_survive_a_round_trip_with_any_text(tmp_path):
    path = tmp_path / "records.jsonl"
    texts = ["plain", "ü \u2028 \x00", "\ud800 lone", "a\nb", "x" * 1_000_000]
    with RecordWriter(path) as writer:
        for text in texts:
            writer.append({"text": text})
    assert [record["text"] for _, record in read_json_lines(path)] == texts


def test_records_are_on_disk_before_the_file_is_closed(tmp_path):
    path = tmp_path / "records.jsonl"
    with RecordWriter(path) as writer:
        writer.append({"n": 1})
        assert list(read_json_lines(path)) == [(f"{path}:1", {"n": 1})]


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_line_cut_off_at_any_byte_is_dropped_and_written_again(tmp_path, cut):
    path = tmp_path / "records.jsonl"
    with RecordWriter(path) as writer:
        writer.append({"n": 1})
        writer.append({"text": "abc"})
    path.write_bytes(path.read_bytes()[:-cut])
    assert [record for _, record in read_json_lines(path, allow_cut=True)] == [{"n": 1}]
    with RecordWriter(path) as writer:
        writer.append({"text": "abc"})
    assert [record for _, record in read_json_lines(path)] == [{"n": 1}, {"text": "abc"}]


def test_a_file_has_one_writer_at_a_time(tmp_path):
    path = tmp_path / "records.jsonl"
    with RecordWriter(path) as writer:
        writer.append({"n": 1})
        with (
            pytest.raises(UsageError, match="another process is writing this file"),
            RecordWriter(path),
        ):
            pass
    with RecordWriter(path) as writer:
        writer.append({"n": 2})
    assert [record["n"] for _, record in read_json_lines(path)] == [1, 2]


def test_a_full_disk_is_an_error_that_says_how_to_continue(tmp_path):
    path = tmp_path / "records.jsonl"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))
    try:
        with RecordWriter(path) as writer:
            writer.append({"n": 1})
            with pytest.raises(WriteError, match=r"The results so far are kept.*--resume"):
                writer.append({"text": "x" * 5000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)
    assert [record for _, record in read_json_lines(path, allow_cut=True)] == [{"n": 1}]


def test_a_folder_in_the_place_of_a_file_is_an_error(tmp_path):
    (tmp_path / "x.jsonl").mkdir()
    with pytest.raises(WriteError, match="cannot be written"), RecordWriter(tmp_path / "x.jsonl"):
        pass
    with pytest.raises(WriteError, match="cannot be written"):
        write_whole(tmp_path / "x.jsonl", "text")


def test_a_writer_that_is_not_open_refuses_records(tmp_path):
    with pytest.raises(ValueError, match="is not open"):
        RecordWriter(tmp_path / "x.jsonl").append({})
