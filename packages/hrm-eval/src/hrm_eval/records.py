"""JSON Lines files that survive a kill: one record a line, appended whole and flushed."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self, TextIO

from hrm_core.errors import DataError


class RecordWriter:
    """Appends records to a file; use it as a context manager."""

    def __init__(self, path: Path) -> None:
        """Name the file.

        Args:
            path: Created if absent. A last line that a kill cut off is removed.
        """
        self._path = path
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        _drop_cut_line(self._path)
        self._file = self._path.open("a", encoding="ascii")
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def append(self, record: Mapping[str, Any]) -> None:
        """Write one record and flush it to the operating system."""
        if self._file is None:
            message = f"{self._path} is not open"
            raise ValueError(message)
        self._file.write(json.dumps(record) + "\n")
        self._file.flush()


def _drop_cut_line(path: Path) -> None:
    if not path.exists():
        return
    data = path.read_bytes()
    if data and not data.endswith(b"\n"):
        with path.open("r+b") as file:
            file.truncate(data.rfind(b"\n") + 1)


def read_records(path: Path, *, allow_cut: bool = False) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number of each line, from 1, and its record; empty lines are skipped.

    Args:
        path: A JSON Lines file.
        allow_cut: Skip a last line without line end, as a kill leaves it.

    Raises:
        DataError: If the file cannot be read, or a line is not a JSON object.
    """
    try:
        # Lone line ends such as U+2028 are legal inside JSON strings, so only \n separates.
        text = path.read_bytes().decode("utf-8", "surrogatepass")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {error}"
        raise DataError(message) from error
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        is_cut = number == len(lines)
        if not line.strip() or (is_cut and allow_cut):
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            hint = " The file seems cut off; copy it again, or delete this line." if is_cut else ""
            message = f"{path}:{number}: not JSON: {error}, got {line[:60]!r}.{hint}"
            raise DataError(message) from error
        if not isinstance(record, dict):
            message = f"{path}:{number}: expected a JSON object, got {line[:60]!r}."
            raise DataError(message)
        yield number, record
