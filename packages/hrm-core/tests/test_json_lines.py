import gzip
import json

import pytest

from hrm_core.errors import DataError
from hrm_core.json_lines import check_object, read_json_items, read_json_lines


def write(folder, content, name="rows.jsonl"):
    path = folder / name
    path.write_bytes(content)
    return path


def test_objects_have_their_file_and_line_and_blank_lines_are_skipped(tmp_path):
    path = write(tmp_path, b'{"n": 1}\r\n\n{"n": 2}')
    assert list(read_json_lines(path)) == [(f"{path}:1", {"n": 1}), (f"{path}:3", {"n": 2})]


@pytest.mark.parametrize("text", ["\u2028 and \x85", "\ud800 lone", "\x00", "x" * 1_000_000])
def test_any_text_inside_a_value_is_read(tmp_path, text):
    raw = json.dumps({"text": text}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    for content in (raw + b"\n", json.dumps({"text": text}).encode()):
        ((_, value),) = read_json_lines(write(tmp_path, content))
        assert value["text"] == text


def test_a_gzipped_file_and_a_byte_order_mark_are_read(tmp_path):
    path = write(tmp_path, gzip.compress(b'\xef\xbb\xbf{"n": 1}\n'), "rows.jsonl.gz")
    assert list(read_json_lines(path)) == [(f"{path}:1", {"n": 1})]


def test_a_cut_last_line_is_skipped_only_if_that_is_allowed(tmp_path):
    path = write(tmp_path, b'{"n": 1}\n{"n": ')
    assert [value for _, value in read_json_lines(path, allow_cut=True)] == [{"n": 1}]
    with pytest.raises(DataError, match=r":2: the last line is cut off, got '{\"n\":'. Copy the"):
        list(read_json_lines(path))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"n": 1}\nnonsense\n', ":2: not JSON (Expecting value), got 'nonsense'."),
        (b'{"n": 1}\n\n[1]\n', ":3: expected a JSON object, got [1] (list)."),
        (b"[" * 100_000 + b"\n", ":1: not JSON (maximum recursion"),
        (b'{"n": %s}' % (b"9" * 5000), ":1: not JSON (Exceeds the limit"),
        (b"\xff\xfe\n", ": cannot be read: 'utf-8' codec"),
    ],
)
def test_a_broken_line_is_an_error_that_names_it(tmp_path, content, message):
    path = write(tmp_path, content)
    with pytest.raises(DataError) as caught:
        list(read_json_lines(path))
    assert str(caught.value).startswith(f"{path}{message}")


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(b"{}")[:-9]])
def test_a_broken_archive_and_a_missing_file_cannot_be_read(tmp_path, content):
    with pytest.raises(DataError, match=r"rows\.jsonl\.gz: cannot be read: "):
        list(read_json_lines(write(tmp_path, content, "rows.jsonl.gz")))
    with pytest.raises(DataError, match=r"none\.jsonl: cannot be read: "):
        list(read_json_lines(tmp_path / "none.jsonl"))


def test_a_json_file_is_one_list_or_json_lines(tmp_path):
    path = write(tmp_path, b'\xef\xbb\xbf [{"n": 1},\n ["a"]]', "rows.json")
    assert list(read_json_items(path)) == [(f"{path}[0]", {"n": 1}), (f"{path}[1]", ["a"])]
    path = write(tmp_path, b'{"n": 1}\n{"n": 2}\n', "rows.json")
    assert list(read_json_items(path)) == [(f"{path}:1", {"n": 1}), (f"{path}:2", {"n": 2})]


def test_a_json_file_that_is_neither_names_the_line(tmp_path):
    with pytest.raises(DataError, match=r"rows\.json:2: not JSON \(Expecting ':' delimiter\)"):
        list(read_json_items(write(tmp_path, b'[\n{"a" 1}]', "rows.json")))
    with pytest.raises(DataError, match=r"rows\.json:1: not JSON \(Expecting property name"):
        list(read_json_items(write(tmp_path, b'{\n  "a": 1\n}\n', "rows.json")))


def test_a_value_that_is_no_object_is_named_with_its_type():
    assert check_object("here", {"n": 1}) == {"n": 1}
    with pytest.raises(DataError, match=r"here: expected a JSON object, got 7 \(int\)\."):
        check_object("here", 7)
