"""JSON Lines files that survive a kill: one record a line, appended whole and flushed."""

import fcntl
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol, Self

from hrm_core import files
from hrm_core.errors import DataError, HrmError, UsageError


class Record(Protocol):
    """Something that is a line of a file."""

    def to_record(self) -> dict[str, Any]:
        """Return the line, before it is JSON."""
        ...


class RecordWriter:
    """Appends records to a file that nobody else writes to; use it as a context manager."""

    def __init__(self, path: Path) -> None:
        """Name the file.

        Args:
            path: Created if absent. A last line that a kill cut off is removed.
        """
        self._path = path
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        with _explained(self._path):
            self._file = self._path.open("a+b", buffering=0)
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                self._file.close()
                raise UsageError(
                    f"{self._path}: another process is writing it. Wait, or end that run"
                ) from error
            _drop_cut_line(self._file)
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def append(self, record: Mapping[str, Any]) -> None:
        """Hand one record to the operating system.

        Raises:
            WriteError: If it does not take it; the lines before stay.
        """
        if self._file is None:
            raise ValueError(f"{self._path} is not open")
        line = memoryview(json.dumps(record).encode("ascii") + b"\n")
        with _explained(self._path):
            while line:
                line = line[self._file.write(line) :]


class WriteError(HrmError):
    """A file of a run cannot be written."""


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn an error of the operating system into one that says how to go on."""
    try:
        yield
    except OSError as error:
        raise WriteError(
            f"{path}: cannot be written: {error.strerror}. What is done is kept: mend this, and go "
            "on with --resume"
        ) from error


def write_whole(path: Path, text: str) -> None:
    """Write a file of a run whole or not at all; see `hrm_core.files.write_whole`.

    Raises:
        WriteError: If the file cannot be written; the old one stays.
    """
    with _explained(path):
        files.write_whole(path, text)


def write_records(path: Path, records: Iterable[Record]) -> None:
    """Write a file of records whole or not at all; see `write_whole`."""
    write_whole(path, "".join(json.dumps(record.to_record()) + "\n" for record in records))


def _drop_cut_line(file: BinaryIO) -> None:
    file.seek(0)
    data = file.read()
    if data and not data.endswith(b"\n"):
        file.truncate(data.rfind(b"\n") + 1)


def is_file(path: Path) -> bool:
    """Say whether there is a file, or raise `DataError` if its folder cannot be looked into."""
    try:
        return path.is_file()
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
