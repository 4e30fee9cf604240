import bz2
import gzip
import json
import lzma
import tracemalloc

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


def test_a_cut_last_line_may_end_within_a_character(tmp_path):
    path = write(tmp_path, b'{"n": 1}\n{"n": "' + "\u00e9".encode()[:1])
    assert [value for _, value in read_json_lines(path, allow_cut=True)] == [{"n": 1}]


@pytest.mark.parametrize("read", [read_json_lines, read_json_items])
def test_reading_lines_takes_little_more_memory_than_the_file(tmp_path, read):
    line = json.dumps({"text": "x" * 10_000 + "\U0001f600"}, ensure_ascii=False).encode() + b"\n"
    path = write(tmp_path, line * 500)
    tracemalloc.start()
    for _ in read(path):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1.5 * path.stat().st_size


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"n": 1}\nnonsense\n', ":2: not JSON (Expecting value), got 'nonsense'."),
        (b'{"n": 1}\n\n[1]\n', ":3: expected a JSON object, got [1] (list)."),
        (b"[" * 100_000 + b"\n", ":1: not JSON (maximum recursion"),
        (b'{"n": "\xff"}\n', ":1: cannot be read: 'utf-8' codec"),
        ('{"n": 1}'.encode("utf-16"), ": expected JSON in UTF-8, got UTF-16. Save it as UTF-8"),
        (b"\xfe\xff\0{", ": expected JSON in UTF-8, got UTF-16. Save it as UTF-8"),
        (b"PK\x03\x04...", ": expected JSON in UTF-8, got a zip archive. Unpack it"),
        (bz2.compress(b"{}"), ": expected JSON in UTF-8, got a bzip2 archive. Unpack it"),
        (lzma.compress(b"{}"), ": expected JSON in UTF-8, got an xz archive. Unpack it"),
        (b"PAR1...", ": expected JSON in UTF-8, got a Parquet file. Give its name the ending"),
    ],
)
def test_a_broken_line_is_an_error_that_names_it(tmp_path, content, message):
    path = write(tmp_path, content)
    with pytest.raises(DataError) as caught:
        list(read_json_lines(path))
    assert str(caught.value).startswith(f"{path}{message}")


def test_an_error_shows_only_the_beginning_of_a_line(tmp_path):
    for content in (b"x" * 560_000 + b"\n", b'"' + b"x" * 560_000 + b'"\n', b"[1," * 200_000):
        with pytest.raises(DataError) as caught:
            list(read_json_lines(write(tmp_path, content)))
        assert len(str(caught.value)) < len(str(tmp_path)) + 250


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz", "rows", "rows.json.txt"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzipped"])
def test_the_content_and_not_the_name_says_whether_a_file_is_gzipped(tmp_path, name, pack):
    path = write(tmp_path, pack(b'{"n": 1}\n'), name)
    assert list(read_json_lines(path)) == [(f"{path}:1", {"n": 1})]
    assert list(read_json_items(path)) == [(f"{path}:1", {"n": 1})]


@pytest.mark.parametrize("sign", ["", "-"])
def test_an_integer_too_long_for_python_is_text(tmp_path, sign):
    long = sign + "9" * 5000
    path = write(tmp_path, b'{"n": 1, "m": [%s]}\n{"n": 2}\n' % long.encode())
    values = [value for _, value in read_json_lines(path)]
    assert values == [{"n": 1, "m": [long]}, {"n": 2}]
    assert [value for _, value in read_json_items(path)] == values


def test_joined_files_may_have_byte_order_marks_between_their_lines(tmp_path):
    part = '\ufeff{"n": 1}\r\n'.encode()
    path = write(tmp_path, part + part)
    assert [value for _, value in read_json_lines(path)] == [{"n": 1}, {"n": 1}]


def test_a_broken_archive_and_a_missing_file_cannot_be_read(tmp_path):
    with pytest.raises(DataError, match=r"rows\.jsonl\.gz: cannot be read: "):
        list(read_json_lines(write(tmp_path, gzip.compress(b"{}")[:-9], "rows.jsonl.gz")))
    with pytest.raises(DataError, match=r"none\.jsonl: cannot be read: "):
        list(read_json_lines(tmp_path / "none.jsonl"))


@pytest.mark.parametrize("name", ["rows.json", "rows.jsonl", "rows.jsonl.gz"])
@pytest.mark.parametrize(
    ("content", "places", "values"),
    [
        ('\ufeff [{"n": 1},\n ["a"]]', ["[0]", "[1]"], [{"n": 1}, ["a"]]),
        ('{"n": 1}\n{"n": 2}\n', [":1", ":2"], [{"n": 1}, {"n": 2}]),
        ('\n{"n": 1}\r\n\r\n{"n": 2}', [":2", ":4"], [{"n": 1}, {"n": 2}]),
        ('["a", "b"]\n["c"]\n', [":1", ":2"], [["a", "b"], ["c"]]),
        ('"a"\nnull\n', [":1", ":2"], ["a", None]),
        ('{\n "n": 1\n}\n', [":1"], [{"n": 1}]),
        ("[]", [], []),
        (" \n", [], []),
    ],
    ids=["list", "lines", "blank-lines", "lines-of-lists", "lines-of-texts", "object", "none", "-"],
)
def test_a_json_file_of_any_kind_is_read_by_its_content(tmp_path, name, content, places, values):
    path = write(tmp_path, content.encode(), name)
    assert list(read_json_items(path)) == [
        (f"{path}{place}", value) for place, value in zip(places, values, strict=True)
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'[\n{"a" 1}]', r"rows\.json:2: not JSON \(Expecting ':' delimiter\)"),
        (b'[{"a": 1},\n{"a"', r"rows\.json:2: not JSON \(Expecting ':' delimiter\)"),
        (b'{\n  "a" 1\n}\n', r"rows\.json:2: not JSON \(Expecting ':' delimiter\)"),
        (b'{"a": \n{"a": 2}\n', r"rows\.json:1: not JSON \(Expecting value\), got '{\"a\":'"),
        (b'{"a": 1}\n{"a"\n{"a": 2}\n', r"rows\.json:2: not JSON \(Expecting ':' delimiter\)"),
        (b'["a"]\n["b"\n["c"]\n', r"rows\.json:2: not JSON \(Expecting ',' delimiter\)"),
        (b"[" * 100_000, r"rows\.json: not JSON \(maximum recursion"),
    ],
    ids=["list", "cut-list", "object", "first-line", "later-line", "line-of-lists", "too-deep"],
)
def test_a_json_file_that_is_broken_names_the_line(tmp_path, content, message):
    with pytest.raises(DataError, match=message):
        list(read_json_items(write(tmp_path, content, "rows.json")))


def test_a_value_that_is_no_object_is_named_with_its_type():
    assert check_object("here", {"n": 1}) == {"n": 1}
    with pytest.raises(DataError, match=r"here: expected a JSON object, got 7 \(int\)\."):
        check_object("here", 7)
