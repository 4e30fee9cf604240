import struct

import pytest

from hrm_core.errors import DataError
from hrm_eval.engines.gguf_header import read_values

TEXT, LIST, COUNT, SHORT, SHARE = 8, 9, 4, 3, 6


def text(value):
    return struct.pack("<Q", len(value)) + value.encode()


def write(path, *fields, version=3):
    """Write a GGUF file with these keys, numbers of their types, and packed values."""
    head = struct.pack("<4sIQQ", b"GGUF", version, 0, len(fields))
    body = b"".join(text(key) + struct.pack("<I", kind) + value for key, kind, value in fields)
    path.write_bytes(head + body)
    return path


def test_values_are_found_behind_texts_and_lists(tmp_path):
    words = struct.pack("<IQ", TEXT, 2) + text("a") + text("bcd")
    numbers = struct.pack("<IQ3H", 2, 3, 1, 2, 3)
    nested = struct.pack("<IQ", LIST, 1) + words
    path = write(
        tmp_path / "m.gguf",
        ("words", LIST, words), ("first", COUNT, struct.pack("<I", 7)), ("name", TEXT, text("x")),
        ("numbers", LIST, numbers), ("nested", LIST, nested),
        ("share", SHARE, struct.pack("<f", 1)), ("last", SHORT, struct.pack("<h", -5)),
    )  # fmt: skip
    found = read_values(path, {"first", "last", "name", "absent", "words"})
    assert found == {"first": 7, "last": -5, "name": "x"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b"not a model at all", "it does not begin as a GGUF file"),
        (b"GGUF", ""),
        (b"GGUF\x01\x00\x00\x00" + 16 * b"\0", "version 1 of the format is not known"),
    ],
)
def test_other_files_are_data_errors(tmp_path, content, reason):
    path = tmp_path / "m.gguf"
    path.write_bytes(content)
    with pytest.raises(DataError, match=f"GGUF metadata cannot be read: {reason}"):
        read_values(path, {"first"})


def test_a_file_that_is_cut_off_is_a_data_error(tmp_path):
    path = write(tmp_path / "m.gguf", ("first", COUNT, b"\0"))
    with pytest.raises(DataError):
        read_values(path, {"first"})


def test_the_tokens_of_a_gguf_writer_are_read(tmp_path):
    gguf = pytest.importorskip("gguf")
    writer = gguf.GGUFWriter(tmp_path / "m.gguf", "llama")
    writer.add_token_list(["a", "b"])
    writer.add_eos_token_id(3)
    writer.add_eot_token_id(4)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    keys = {"tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id"}
    assert sorted(read_values(tmp_path / "m.gguf", keys).values()) == [3, 4]
