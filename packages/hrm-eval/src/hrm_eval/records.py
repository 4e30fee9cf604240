"""Writing the files of a run so that they survive a kill.

A JSON Lines file loses at most the line being written; any other file is written whole or not at
all. `hrm_core.json_lines` reads them.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol, Self

from hrm_core import files
from hrm_core.errors import DataError, HrmError, UsageError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows locks bytes, and nobody else can read them. This one is far behind any record.
_LOCKED_BYTE = 2**30


class Record(Protocol):
    """An object that can become a line of a JSON Lines file."""

    def to_record(self) -> dict[str, Any]:
        """Return the object as a mapping for JSON."""
        ...


class RecordWriter:
    """Appends records to a JSON Lines file under a lock; use it as a context manager.

    Args:
        path: The file; created if absent. An incomplete last line is removed on entering.

    Raises:
        UsageError: On entering, if another process is writing the file.
        WriteError: On entering, if the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        with explained(self._path):
            self._file = self._path.open("a+b", buffering=0)
            try:
                lock_file(self._file)
            except (BlockingIOError, PermissionError) as error:
                self._file.close()
                raise UsageError(
                    f"{self._path}: another process is writing this file. Wait, or end that run"
                ) from error
            _drop_cut_line(self._file)
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def append(self, record: Mapping[str, Any]) -> None:
        """Write one record as a line; it is not buffered in this process.

        Raises:
            WriteError: If the line cannot be written; the lines before it stay.
        """
        if self._file is None:
            raise ValueError(f"{self._path} is not open")
        line = memoryview(json.dumps(record).encode("ascii") + b"\n")
        with explained(self._path):
            while line:
                line = line[self._file.write(line) :]


def lock_file(file: BinaryIO) -> None:
    """Lock a file until it is closed.

    Raises:
        BlockingIOError: If another process has locked it; on Windows, PermissionError.
    """
    if sys.platform == "win32":
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriteError(HrmError):
    """A file of a run cannot be written."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn an OSError into a WriteError that says how to continue."""
    try:
        yield
    except OSError as error:
        raise WriteError(
            f"{path}: cannot be written: {error.strerror}. The results so far are kept. Fix this, "
            "then continue with --resume"
        ) from error


def write_whole(path: Path, text: str) -> None:
    """Write a file of a run whole or not at all; see `hrm_core.files.write_whole`.

    Raises:
        WriteError: If the file cannot be written; the old one stays.
    """
    with explained(path):
        files.write_whole(path, text)


def write_records(path: Path, records: Iterable[Record]) -> None:
    """Write a JSON Lines file whole or not at all; see `write_whole`."""
    write_whole(path, "".join(json.dumps(record.to_record()) + "\n" for record in records))


def _drop_cut_line(file: BinaryIO) -> None:
    file.seek(0)
    data = file.read()
    if data and not data.endswith(b"\n"):
        file.truncate(data.rfind(b"\n") + 1)


def is_file(path: Path) -> bool:
    """Return whether a file exists.

    Raises:
        DataError: If its folder cannot be read.
    """
    try:
        return path.is_file()
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
