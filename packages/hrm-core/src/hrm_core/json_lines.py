"""Reads JSON Lines and JSON lists, with errors that name the line. Needs no torch.

Not covered: files that do not fit into memory.
"""

import gzip
import json
import reprlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hrm_core.errors import DataError


def read_json_lines(path: Path, *, allow_cut: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects of a JSON Lines file; blank lines are skipped.

    Args:
        path: Text in UTF-8, with one object per line; gzipped if the name ends in `.gz`.
        allow_cut: Skip a last line without a line end, which a killed writer leaves behind.

    Yields:
        Where the object is, such as `rows.jsonl:3`, and the object.

    Raises:
        DataError: If the file cannot be read, or a line is not a JSON object.
    """
    yield from _parse_lines(path, _read_text(path), allow_cut=allow_cut)


def read_json_items(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield the items of a `.json` file, which is one list or JSON Lines.

    A file is read as a list if it begins with `[`.

    Yields:
        Where the item is, such as `rows.json[2]` (or `rows.json:3` for JSON Lines), and the item:
        any value from a list, an object from JSON Lines.

    Raises:
        DataError: If the file cannot be read, or is neither a list nor JSON Lines.
    """
    text = _read_text(path)
    if not text.lstrip().startswith("["):
        yield from _parse_lines(path, text, allow_cut=False)
        return
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise DataError(f"{path}{line}: not JSON ({_reason(error)}).") from error
    for index, item in enumerate(items):
        yield f"{path}[{index}]", item


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
        raise DataError(f"{where}: expected a JSON object, got {reprlib.repr(value)} ({kind}).")
    return value


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        # Lone surrogates are legal in JSON, so some writers put their bytes into files.
        return data.decode("utf-8", "surrogatepass").removeprefix("\ufeff")
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error


def _parse_lines(path: Path, text: str, *, allow_cut: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    # `splitlines` would split at U+2028 and others, which are legal inside JSON strings.
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        is_cut = number == len(lines)
        if not line.strip() or (is_cut and allow_cut):
            continue
        where = f"{path}:{number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            shown = reprlib.repr(line.strip())
            if is_cut and isinstance(error, json.JSONDecodeError):
                raise DataError(
                    f"{where}: the last line is cut off, got {shown}. Copy the file again, or "
                    "delete this line"
                ) from error
            raise DataError(f"{where}: not JSON ({_reason(error)}), got {shown}.") from error
        yield where, check_object(where, value)


def _reason(error: ValueError | RecursionError) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else str(error)
