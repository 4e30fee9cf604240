"""Rows of a dataset as published, read from a file or a folder, with errors that name the line.

Not covered: CSV, archives with several files, and files that do not fit into memory.
"""

import reprlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from hrm_core.errors import DataError, listing, suggest
from hrm_core.json_lines import check_object, read_json_items, read_json_lines

Value = TypeVar("Value", str, int)

_FETCH_AGAIN = "Fetch the file again."
_PUBLISHED = "Pass rows with the published fields of the dataset."


@dataclass(frozen=True)
class Row:
    """One row; its fields are checked when they are read.

    Attributes:
        where: File and line, or hub dataset and row; error messages start with it.
        values: The fields as published.
    """

    where: str
    values: Mapping[str, Any]

    def get(self, field: str, kind: type[Value]) -> Value:
        """Return a required field of the type `kind`, which is `str` or `int`.

        Raises:
            DataError: If the field is missing or has another type; nothing is converted.
        """
        value = self._value(field)
        if type(value) is not kind:
            raise self.error(field=field, expected=kind.__name__)
        return value

    def get_strings(self, field: str) -> tuple[str, ...]:
        """Return a required field that is a list of strings.

        Raises:
            DataError: If the field is missing or has another type.
        """
        value = self._value(field)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(field=field, expected="list of str")
        return tuple(value)

    def error(self, *, field: str, expected: str) -> DataError:
        """Return an error that names the field and what was expected; the caller raises it."""
        value = self.values[field]
        return DataError(
            f"{self.where}: {field}: expected {expected}, got {reprlib.repr(value)} "
            f"({type(value).__name__}). {_PUBLISHED}"
        )

    def _value(self, field: str) -> Any:
        if field not in self.values:
            raise DataError(
                f"{self.where}: no field {field!r}, got the fields {listing(self.values)}. "
                f"{_PUBLISHED}"
            )
        return self.values[field]


def read_rows(path: Path) -> list[Row]:
    """Read all rows of one file.

    Args:
        path: `.jsonl` or `.jsonl.gz` (JSON Lines), `.json` (one list, or JSON Lines), or
            `.parquet`.

    Raises:
        DataError: If the file is missing, empty, cut off, or not in the format of its suffix.
    """
    if not path.exists():
        hint = suggest(path.name, (entry.name for entry in path.parent.glob("*")))
        raise DataError(f"{path}: no such file or folder.{hint}")
    read = next((read for suffix, read in _READERS.items() if path.name.endswith(suffix)), None)
    if read is None:
        raise DataError(
            f"{path}: expected a file that ends in {listing(_READERS)}, got {path.suffix!r}."
        )
    rows = [Row(where, values) for where, values in read(path)]
    if not rows:
        raise DataError(f"{path}: expected rows, got an empty file. {_FETCH_AGAIN}")
    return rows


def find_file(folder: Path, splits: Iterable[str]) -> Path:
    """Return the file of a split in a folder, such as `test.jsonl`.

    Args:
        folder: The folder to search.
        splits: Names of splits in order of preference; the first that has a file wins.

    Raises:
        DataError: If the folder has no file for any of the splits.
    """
    names = [f"{split}{suffix}" for split in splits for suffix in _READERS]
    file = next((folder / name for name in names if (folder / name).is_file()), None)
    if file is None:
        entries = reprlib.repr(sorted(entry.name for entry in folder.iterdir()))
        raise DataError(f"{folder}: expected one of {', '.join(names)}, got {entries}.")
    return file


def _read_json(path: Path) -> Iterator[tuple[str, Any]]:
    for where, value in read_json_items(path):
        yield where, check_object(where, value)


def _read_parquet(path: Path) -> Iterator[tuple[str, Any]]:
    import pyarrow  # type: ignore[import-untyped]
    import pyarrow.parquet  # type: ignore[import-untyped]

    try:
        rows = pyarrow.parquet.read_table(path).to_pylist()
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error}") from error
    except pyarrow.ArrowException as error:
        raise DataError(f"{path}: not a Parquet file: {error}. {_FETCH_AGAIN}") from error
    for index, values in enumerate(rows):
        yield f"{path}[{index}]", values


_READERS: dict[str, Callable[[Path], Iterator[tuple[str, Any]]]] = {
    ".jsonl": read_json_lines,
    ".jsonl.gz": read_json_lines,
    ".json": _read_json,
    ".parquet": _read_parquet,
}
