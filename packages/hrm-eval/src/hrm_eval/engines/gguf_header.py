"""The texts and numbers in the metadata of a GGUF file.

The reader of the package gguf makes an array of every token, which takes seconds. This one skips
the lists of tokens.

Not covered: files of computers that store the highest byte first, and version 1 of the format.
"""

import mmap
import struct
from collections.abc import Collection
from pathlib import Path
from typing import Any

from hrm_core.errors import DataError

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_STRING, _ARRAY = 8, 9
# Codes of `struct` by the number of a type.
_NUMBERS = {
    0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d",
}  # fmt: skip

_CURE = "Download the file again"


def read_values(path: Path, keys: Collection[str]) -> dict[str, Any]:
    """Return those of some metadata that a file has and that are a text or a number.

    Raises:
        DataError: If the file is not GGUF of a known version, or is cut off.
    """
    if not path.stat().st_size:
        raise DataError(f"{path}: its GGUF metadata cannot be read: it is empty. {_CURE}")
    with path.open("rb") as file:
        try:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return _Reader(data).read_values(keys)
        except (struct.error, KeyError, ValueError) as error:
            raise DataError(
                f"{path}: its GGUF metadata cannot be read: {error}. {_CURE}"
            ) from error


class _Reader:
    """Reads a file from front to back."""

    def __init__(self, data: mmap.mmap) -> None:
        self._data, self._position = data, 0

    def read_values(self, keys: Collection[str]) -> dict[str, Any]:
        if self._bytes(len(_MAGIC)) != _MAGIC:
            raise ValueError("it does not begin as a GGUF file")
        version = self._number("I")
        if version not in _VERSIONS:
            raise ValueError(f"version {version} of the format is not known")
        self._number("Q")
        found: dict[str, Any] = {}
        for _ in range(int(self._number("Q"))):
            key = self._text()
            kind = int(self._number("I"))
            if key not in keys or kind == _ARRAY:
                self._skip(kind)
            else:
                found[key] = self._text() if kind == _STRING else self._number(_NUMBERS[kind])
        return found

    def _skip(self, kind: int) -> None:
        if kind == _STRING:
            self._bytes(int(self._number("Q")))
        elif kind == _ARRAY:
            item, count = int(self._number("I")), int(self._number("Q"))
            if item in _NUMBERS:
                self._position += count * struct.calcsize(_NUMBERS[item])
            else:
                for _ in range(count):
                    self._skip(item)
        else:
            self._position += struct.calcsize(_NUMBERS[kind])

    def _number(self, code: str) -> int | float:
        (number,) = struct.unpack_from(f"<{code}", self._data, self._position)
        self._position += struct.calcsize(code)
        return number

    def _text(self) -> str:
        return self._bytes(int(self._number("Q"))).decode("utf-8")

    def _bytes(self, size: int) -> bytes:
        start, self._position = self._position, self._position + size
        return self._data[start : self._position]
