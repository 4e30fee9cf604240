"""Rows of a dataset as published, read from a file or a folder, with errors that name the line.

Not covered: CSV, archives with several files, and files that do not fit into memory.
"""

import re
import reprlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from hrm_core.errors import DataError, listing, short_listing, suggest
from hrm_core.json_lines import check_object, read_json_items

Value = TypeVar("Value", str, int)

_SUFFIXES = (".jsonl", ".jsonl.gz", ".json", ".json.gz", ".parquet")

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

    def get_object(self, field: str) -> Mapping[str, Any]:
        """Return a required field that holds fields of its own.

        Raises:
            DataError: If the field is missing or has another type.
        """
        found: Mapping[str, Any] = self._get(field, Mapping, "object")
        return found

    def get_list(self, field: str) -> list[Any]:
        """Return a required field that is a list.

        Raises:
            DataError: If the field is missing or has another type.
        """
        found: list[Any] = self._get(field, list, "list")
        return found

    def get_number(self, field: str) -> float:
        """Return a required field that is a number.

        Raises:
            DataError: If the field is missing or has another type.
        """
        value = self._value(field)
        if type(value) not in (int, float):
            raise self.error(field=field, expected="number")
        return float(value)

    def error(self, *, field: str, expected: str) -> DataError:
        """Return an error that names the field and what was expected; the caller raises it.

        Raises:
            DataError: If the field is missing.
        """
        value = self._value(field)
        return DataError(
            f"{self.where}: {field}: expected {expected}, got {reprlib.repr(value)} "
            f"({type(value).__name__}). {_PUBLISHED}"
        )

    def refuse(self, *fields: str, reason: str) -> None:
        """Refuse a row with one of these fields, as rows of a similar dataset have.

        Args:
            fields: Names of fields.
            reason: What the field holds, and why this dataset cannot use it.

        Raises:
            DataError: If the row has one of the fields.
        """
        for field in fields:
            if field in self.values:
                raise DataError(f"{self.where}: the field {field!r} holds {reason}. {_PUBLISHED}")

    def _get(self, field: str, kind: type, expected: str) -> Any:
        value = self._value(field)
        if not isinstance(value, kind):
            raise self.error(field=field, expected=expected)
        return value

    def _value(self, field: str) -> Any:
        if field not in self.values:
            raise DataError(
                f"{self.where}: no field {field!r}, got the fields {short_listing(self.values)}. "
                f"{_PUBLISHED}"
            )
        return self.values[field]


def read_rows(path: Path, without: Collection[str] = ()) -> list[Row]:
    """Read all rows of one file.

    Args:
        path: JSON Lines or a JSON list (`.jsonl` or `.json`, also with `.gz`), or `.parquet`.
        without: Fields that are left out; those of Parquet files are not even read.

    Raises:
        DataError: If the file is missing, empty, cut off, or not in the format of its suffix.
    """
    if not path.exists():
        hint = suggest(path.name, (entry.name for entry in path.parent.glob("*")))
        raise DataError(f"{path}: no such file or folder.{hint}")
    if not path.name.endswith(_SUFFIXES):
        raise DataError(
            f"{path}: expected a file that ends in {listing(_SUFFIXES)}, got {path.suffix!r}."
        )
    read = _read_parquet if path.suffix == ".parquet" else _read_json
    rows = [Row(where, values) for where, values in read(path, without)]
    if not rows:
        raise DataError(f"{path}: expected rows, got an empty file. {_FETCH_AGAIN}")
    return rows


def find_files(
    folder: Path, split: str, config: str | None = None, *, has_releases: bool = False
) -> list[Path]:
    """Return the files of a split in a folder: one such as `test.jsonl`, or all numbered parts.

    The rows may also be one folder deeper, as on the Hugging Face hub: in the folder `config`, or
    `data`, or, without a `config`, in the only folder that has the split.

    Args:
        folder: The folder to search.
        split: Name of the split.
        config: Name of the configuration of the dataset on the hub, such as `sanitized`.
        has_releases: Whether `test2.jsonl`, `test3.jsonl` and so on belong to `test.jsonl`.

    Returns:
        The files in order, or an empty list if the folder has none for this split.

    Raises:
        DataError: If parts or releases are missing, or the split is there twice.
    """
    find = _find_releases if has_releases else _find_in
    if files := find(folder, split):
        return files
    if config is not None:
        return find(folder / config, split) or find(folder / "data", split)
    nested = {entry.name: find(entry, split) for entry in folder.iterdir() if entry.is_dir()}
    found = {name: files for name, files in nested.items() if files}
    if len(found) > 1:
        raise DataError(
            f"{folder}: the split {split!r} is in several folders ({listing(found)}). Pass one of "
            "them"
        )
    return next(iter(found.values()), [])


def missing_split(folder: Path, split: str) -> DataError:
    """Return an error that a folder has no rows of a split; the caller raises it."""
    entries = reprlib.repr(sorted(entry.name for entry in folder.iterdir()))
    return DataError(
        f"{folder}: expected rows of the split {split!r}, such as {split}.jsonl or "
        f"{split}-00000-of-00001.parquet, got {entries}. Name a file with all rows, or such a "
        "folder"
    )


def _find_releases(folder: Path, split: str) -> list[Path]:
    """Return `test.jsonl`, `test2.jsonl` and so on in the order of their numbers."""
    stem = re.compile(rf"({re.escape(split)}(\d*))\..+")
    matches = [stem.fullmatch(path.name) for path in folder.glob(f"{split}*")]
    stems = {int(match[2] or 1): match[1] for match in matches if match}
    found = {n: path for n, name in sorted(stems.items()) if (path := _find_whole(folder, name))}
    missing = set(range(min(found, default=0), max(found, default=0))) - found.keys()
    if missing:
        names = listing(f"{split}{n}" for n in sorted(missing))
        raise DataError(f"{folder}: expected all releases of {split!r}, got no {names}")
    return list(found.values())


def _find_whole(folder: Path, name: str) -> Path | None:
    paths = [path for suffix in _SUFFIXES if (path := folder / f"{name}{suffix}").is_file()]
    return _the_only([[path] for path in paths], folder)[0] if paths else None


def _the_only(forms: Sequence[list[Path]], folder: Path) -> list[Path]:
    """Return the files of the only form in which a split is there.

    Raises:
        DataError: If there are several, since these may differ.
    """
    if len(forms) > 1:
        names = listing(files[0].name for files in forms)
        raise DataError(
            f"{folder}: has the same split in several files ({names}). Name one of them"
        )
    return forms[0] if forms else []


def _find_in(folder: Path, split: str) -> list[Path]:
    whole, parts = _find_whole(folder, split), _find_parts(folder, split)
    return _the_only([files for files in ([whole] if whole else [], parts) if files], folder)


def _find_parts(folder: Path, split: str) -> list[Path]:
    # Older repositories on the hub have a hash in the names of their parts.
    suffixes = "|".join(map(re.escape, _SUFFIXES))
    part = re.compile(rf"{re.escape(split)}-\d+-of-(\d+)(?:-[0-9a-f]{{16}})?(?:{suffixes})")
    matches = [part.fullmatch(path.name) for path in folder.glob(f"{split}-*-of-*")]
    names = sorted(match[0] for match in matches if match)
    totals = {int(match[1]) for match in matches if match}
    if names and totals != {len(names)}:
        raise DataError(
            f"{folder}: expected all {max(totals)} parts of {split!r}, got {', '.join(names)}. "
            f"{_FETCH_AGAIN}"
        )
    return [folder / name for name in names]


def _read_json(path: Path, without: Collection[str]) -> Iterator[tuple[str, Any]]:
    for where, value in read_json_items(path):
        fields = check_object(where, value)
        yield where, {name: field for name, field in fields.items() if name not in without}


def _read_parquet(path: Path, without: Collection[str]) -> Iterator[tuple[str, Any]]:
    import pyarrow  # type: ignore[import-untyped]
    import pyarrow.parquet  # type: ignore[import-untyped]

    try:
        names = pyarrow.parquet.read_schema(path).names if without else ()
        wanted = [name for name in names if name not in without]
        rows = pyarrow.parquet.read_table(path, columns=wanted or None).to_pylist()
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error}") from error
    except pyarrow.ArrowException as error:
        raise DataError(f"{path}: not a Parquet file: {error}. {_FETCH_AGAIN}") from error
    for index, values in enumerate(rows):
        yield f"{path}[{index}]", values
