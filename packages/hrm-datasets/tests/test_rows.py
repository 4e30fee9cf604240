import gzip
import json

import pyarrow
import pyarrow.parquet
import pytest

from hrm_core.errors import DataError
from hrm_datasets.rows import Row, find_files, missing_split, read_rows

ROWS = [{"task_id": 1, "text": "e\u0301t\u00e9\u2028"}, {"task_id": 2, "text": "b"}]
LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)


def gzipped(content):
    # Without the time, which pytest-xdist's workers would put into the names of the tests.
    return gzip.compress(content, mtime=0)


def as_parquet(rows):
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), sink)
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rows.jsonl", LINES.encode()),
        ("rows.jsonl", b"\n" + LINES.replace("\n", "\n\n").rstrip("\n").encode()),
        ("rows.jsonl.gz", gzipped(LINES.encode())),
        ("rows.jsonl.gz", LINES.encode()),
        ("rows.jsonl", gzipped(LINES.encode())),
        ("rows.json.gz", gzipped(json.dumps(ROWS).encode())),
        ("rows.jsonl", json.dumps(ROWS, indent=1).encode()),
        ("rows.json", json.dumps(ROWS, indent=1).encode()),
        ("rows.json", LINES.encode()),
        ("rows.parquet", as_parquet(ROWS)),
        ("rows.jsonl", b"\xef\xbb\xbf" + LINES.encode()),
        ("rows.jsonl.gz", gzipped(b"\xef\xbb\xbf" + LINES.encode())),
        ("rows.json", b"\xef\xbb\xbf" + json.dumps(ROWS).encode()),
    ],
    ids=["jsonl", "jsonl with blank lines", "jsonl.gz", "unpacked jsonl.gz", "gzipped jsonl"]
    + ["json.gz", "json list as jsonl"]
    + ["json", "json lines as json", "parquet"]
    + [f"{name} with a byte order mark" for name in ("jsonl", "jsonl.gz", "json")],
)
def test_every_format_gives_the_same_rows(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert [row.values for row in read_rows(tmp_path / name)] == ROWS


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", b"", "a.jsonl: expected rows, got an empty file. Fetch the file again."),
        ("a.jsonl", b"\n \n", "a.jsonl: expected rows, got an empty file."),
        ("a.json", b"[]", "a.json: expected rows, got an empty file."),
        ("a.jsonl.gz", gzipped(b""), "a.jsonl.gz: expected rows, got an empty file."),
        ("a.parquet", as_parquet([{"a": 1}][:0]), "a.parquet: expected rows, got an empty file."),
        ("a.jsonl", b'{"a": 1}\n{"a": ', "a.jsonl:2: the last line is cut off, got '{\"a\":'."),
        ("a.jsonl", b'{"a": 1}\n\n{a}\n', "a.jsonl:3: not JSON (Expecting property name"),
        ("a.jsonl", b"{}\n[1]\n", "a.jsonl:2: expected a JSON object, got [1] (list)."),
        ("a.json", b'[{"a": 1}, 7]', "a.json[1]: expected a JSON object, got 7 (int)."),
        ("a.json", b'{\n"a" 1}', "a.json:2: not JSON (Expecting ':' delimiter)."),
        ("a.json", b'[\n{"a" 1}]', "a.json:2: not JSON (Expecting ':' delimiter)."),
        ("a.jsonl", b"{}\n" + b"[" * 100_000 + b"\n", "a.jsonl:2: not JSON (maximum recursion"),
        ("a.json", b"[" * 100_000, "a.json: not JSON (maximum recursion"),
        ("a.json", b"9" * 5000, "a.json:1: expected a JSON object, got '99999"),
        ("a.json", b'["\xff"]', "a.json: cannot be read: 'utf-8' codec"),
        ("a.jsonl", b'{"a": "\xff"}\n', "a.jsonl: cannot be read: 'utf-8' codec"),
        ("a.jsonl.gz", gzipped(LINES.encode())[:-9], "a.jsonl.gz: cannot be read: "),
        ("a.jsonl.gz", gzipped(b"{}")[:10] + b"\xff" * 9, "a.jsonl.gz: cannot be read: "),
        ("a.parquet", b"PAR1 and more", "a.parquet: not a Parquet file: "),
        ("a.parquet", as_parquet(ROWS)[:-20], "a.parquet: not a Parquet file: "),
        (
            "a.csv",
            b"a,b\n",
            "a.csv: expected a file that ends in .json, .json.gz, .jsonl, .jsonl.gz, .parquet, got",
        ),
    ],
)
def test_a_broken_file_is_named_with_the_line(tmp_path, monkeypatch, name, content, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_rows((tmp_path / name).relative_to(tmp_path))
    assert str(caught.value).startswith(message)
    assert caught.value.exit_code == 5


def test_a_missing_file_is_an_error_with_the_nearest_name(tmp_path):
    (tmp_path / "mbpp.jsonl").touch()
    with pytest.raises(DataError, match=r"no such file or folder. Did you mean 'mbpp.jsonl'\?"):
        read_rows(tmp_path / "mbp.jsonl")
    with pytest.raises(DataError, match="nowhere: no such file or folder"):
        read_rows(tmp_path / "nowhere" / "nowhere")


def test_a_file_of_the_split_is_found_in_a_folder(tmp_path):
    (tmp_path / "test.jsonl").touch()
    (tmp_path / "train.json").touch()
    assert find_files(tmp_path, "test") == [tmp_path / "test.jsonl"]
    assert find_files(tmp_path, "dev") == []


@pytest.mark.parametrize(
    ("config", "folder"),
    [(None, ""), (None, "data"), (None, "any"), ("full", ""), ("full", "full"), ("full", "data")],
    ids=lambda value: str(value) or "root",
)
def test_a_folder_may_be_a_copy_of_a_repository_on_the_hub(tmp_path, config, folder):
    inner = tmp_path / folder
    inner.mkdir(exist_ok=True)
    (tmp_path / ".cache").mkdir()
    names = [f"test-0000{part}-of-00002.parquet" for part in (0, 1)]
    for name in [*names, "train-00000-of-00001.parquet", "README.md"]:
        (inner / name).touch()
    assert find_files(tmp_path, "test", config) == [inner / name for name in names]


def test_parts_may_have_a_hash_in_their_names(tmp_path):
    names = [f"valid-0000{part}-of-00002-{10 - part:016x}.parquet" for part in (0, 1)]
    for name in names:
        (tmp_path / name).touch()
    assert find_files(tmp_path, "valid") == [tmp_path / name for name in names]


def test_the_configuration_chooses_among_the_folders(tmp_path):
    for name in ("full", "sanitized"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "test-00000-of-00001.parquet").touch()
    (file,) = find_files(tmp_path, "test", "sanitized")
    assert file.parent.name == "sanitized"
    assert find_files(tmp_path, "test", "other") == []
    with pytest.raises(DataError, match=r"'test' is in several folders \(full, sanitized\)"):
        find_files(tmp_path, "test")


def test_a_folder_that_lacks_parts_of_a_split_is_refused(tmp_path):
    (tmp_path / "test-00001-of-00003.parquet").touch()
    with pytest.raises(DataError, match="expected all 3 parts of 'test', got test-00001-of-00003"):
        find_files(tmp_path, "test")


@pytest.mark.parametrize("other", ["test.json", "test.jsonl.gz", "test-00000-of-00001.parquet"])
def test_a_split_in_two_files_is_refused(tmp_path, other):
    for name in ("test.jsonl", other):
        (tmp_path / name).write_text("")
    with pytest.raises(DataError, match=f"in several files .*{other}.* Name one of them"):
        find_files(tmp_path, "test")


def test_a_folder_without_the_split_lists_what_it_has(tmp_path):
    (tmp_path / "train.jsonl").touch()
    message = str(missing_split(tmp_path, "test"))
    assert "expected rows of the split 'test', such as test.jsonl or test-00000" in message
    assert "got ['train.jsonl']. Name a file with all rows" in message


ROW = Row("a.jsonl:3", {"id": 7, "text": "x", "flag": True, "tests": ["a", "b"], "mixed": ["a", 1]})


def test_a_row_gives_fields_of_the_right_type():
    assert ROW.get("id", int) == 7
    assert ROW.get("text", str) == "x"
    assert ROW.get_strings("tests") == ("a", "b")


def test_a_row_with_a_field_of_another_dataset_is_refused():
    ROW.refuse("plus_input", reason="x")
    with pytest.raises(DataError, match=r"a.jsonl:3: the field 'flag' holds more tests. Pass rows"):
        ROW.refuse("plus_input", "flag", reason="more tests")


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (lambda: ROW.get("text", int), "a.jsonl:3: text: expected int, got 'x' (str). Pass rows"),
        (lambda: ROW.get("id", str), "a.jsonl:3: id: expected str, got 7 (int)."),
        (lambda: ROW.get("flag", int), "a.jsonl:3: flag: expected int, got True (bool)."),
        (lambda: ROW.get_strings("text"), "a.jsonl:3: text: expected list of str, got 'x' (str)."),
        (lambda: ROW.get_strings("mixed"), "a.jsonl:3: mixed: expected list of str, got ['a', 1]"),
        (
            lambda: ROW.get("code", str),
            "a.jsonl:3: no field 'code', got the fields flag, id, mixed, tests",
        ),
        (lambda: raise_error("code"), "a.jsonl:3: no field 'code', got the fields flag, id, mixed"),
        (
            lambda: ROW.get_strings("code"),
            "a.jsonl:3: no field 'code', got the fields flag, id, mixed, tests",
        ),
    ],
)
def test_a_missing_or_mistyped_field_is_named_with_its_value(read, message):
    with pytest.raises(DataError) as caught:
        read()
    assert str(caught.value).startswith(message)


def raise_error(field):
    raise ROW.error(field=field, expected="something")
