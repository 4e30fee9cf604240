"""Reads JSON Lines and other JSON files, with errors that name the line. Needs no torch.

Not covered: files that do not fit into memory.
"""

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hrm_core.errors import DataError, beginning

_BOM = "\ufeff".encode()
_NOT_BLANK = re.compile(rb"\S")

_GZIP = b"\x1f\x8b"
_UNREADABLE = {
    b"\xff\xfe": "UTF-16. Save it as UTF-8",
    b"\xfe\xff": "UTF-16. Save it as UTF-8",
    b"PK\x03\x04": "a zip archive. Unpack it",
    b"\x28\xb5\x2f\xfd": "a zstd archive. Unpack it",
    b"\xfd7zXZ": "an xz archive. Unpack it",
    b"BZh": "a bzip2 archive. Unpack it",
    b"PAR1": "a Parquet file. Give its name the ending .parquet",
}

# Python converts no longer text to an int, since that would take very long.
_MAX_DIGITS = 4300


def read_json_lines(path: Path, *, allow_cut: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects of a JSON Lines file; blank lines are skipped.

    Args:
        path: Text in UTF-8, with one object per line; it may be gzipped, whatever its name.
        allow_cut: Skip a last line without a line end, which a killed writer leaves behind.

    Yields:
        Where the object is, such as `rows.jsonl:3`, and the object. An integer of more than 4,300
        digits is given as text.

    Raises:
        DataError: If the file cannot be read, or a line is not a JSON object.
    """
    for where, value in _parse_lines(path, _read_bytes(path), allow_cut=allow_cut):
        yield where, check_object(where, value)


def read_json_items(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield the values of a JSON file of any kind; the content decides, not the name.

    - One list: its items.
    - One value of another kind, such as an object over several lines: that value.
    - JSON Lines: the value of each line.

    Args:
        path: Text in UTF-8; it may be gzipped, whatever its name.

    Yields:
        Where the value is, such as `rows.json[2]` (or `rows.json:3` for JSON Lines), and the value.
        An integer of more than 4,300 digits is given as text.

    Raises:
        DataError: If the file cannot be read, or is no JSON.
    """
    data = _read_bytes(path)
    if _is_json_lines(data):
        yield from _parse_lines(path, data)
        return
    text = _decode(str(path), data.removeprefix(_BOM))
    try:
        document = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        first_line = text.strip().partition("\n")[0].strip()
        if first_line.startswith("[") or first_line == "{":
            line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
            raise DataError(f"{path}{line}: not JSON ({_reason(error)}).") from error
        yield from _parse_lines(path, data)
        return
    if isinstance(document, list):
        for index, item in enumerate(document):
            yield f"{path}[{index}]", item
    else:
        yield f"{path}:1", document


def check_object(where: str, value: Any) -> dict[str, Any]:
    """Return a JSON object.

    Args:
        where: Origin of the value, at the start of the message.
        value: Any parsed JSON.

    Raises:
        DataError: If it is something else.
    """
    if not isinstance(value, dict):
        kind = type(value).__name__
        raise DataError(f"{where}: expected a JSON object, got {beginning(value)} ({kind}).")
    return value


def _read_bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
        if data.startswith(_GZIP):
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error
    for magic, kind in _UNREADABLE.items():
        if data.startswith(magic):
            raise DataError(f"{path}: expected JSON in UTF-8, got {kind}")
    return data


def _decode(where: str, data: bytes) -> str:
    try:
        # Lone surrogates are legal in JSON, so some writers put their bytes into files.
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise DataError(f"{where}: cannot be read: {error}. Save it as UTF-8") from error


def _is_json_lines(data: bytes) -> bool:
    """Return whether the first line is JSON by itself, and another one follows."""
    first = _NOT_BLANK.search(data, len(_BOM) if data.startswith(_BOM) else 0)
    end = data.find(b"\n", first.start()) if first else -1
    if first is None or end < 0 or not _NOT_BLANK.search(data, end):
        return False
    try:
        _DECODER.decode(data[first.start() : end].decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return False
    return True


def _parse_lines(path: Path, data: bytes, *, allow_cut: bool = False) -> Iterator[tuple[str, Any]]:
    # Line by line: a text as a whole takes up to four bytes for each character.
    for number, line in enumerate(io.BytesIO(data), start=1):
        where = f"{path}:{number}"
        is_cut = not line.endswith(b"\n")
        if is_cut and allow_cut:
            continue
        # Files that were joined may have a byte order mark at the start of any line.
        content = _decode(where, line).lstrip("\ufeff").strip()
        if not content:
            continue
        try:
            yield where, _DECODER.decode(content)
        except (ValueError, RecursionError) as error:
            shown = beginning(content)
            if is_cut and isinstance(error, json.JSONDecodeError):
                raise DataError(
                    f"{where}: the last line is cut off, got {shown}. Copy the file again, or "
                    "delete this line"
                ) from error
            raise DataError(f"{where}: not JSON ({_reason(error)}), got {shown}.") from error


def _parse_int(text: str) -> int | str:
    return int(text) if len(text) <= _MAX_DIGITS else text


_DECODER = json.JSONDecoder(parse_int=_parse_int)


def _reason(error: ValueError | RecursionError) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else str(error)
