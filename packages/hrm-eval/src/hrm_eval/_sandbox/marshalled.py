"""A decoder of what `marshal` writes of plain values, for bytes that nobody vouches for.

A candidate writes with `marshal`, which is fast and needs no code of ours; `marshal` itself may
crash on hostile bytes, so the judge reads with this. Code, references and interned text are
refused.

Not covered: which containers are the same object; see `values` for a format that keeps that.

Source: `w_object` in CPython's Python/marshal.c, version `protocol.MARSHAL_VERSION`.
"""

from collections.abc import Callable
from struct import Struct, unpack
from struct import error as struct_error
from typing import Any

from hrm_eval._sandbox.values import (
    MAX_CONTAINERS,
    MAX_DEPTH,
    DamagedError,
    TooLargeError,
    check_hashes,
)

_DOUBLE = Struct("<d")
_TWO_DOUBLES = Struct("<dd")
_SHORT = Struct("<i")
_END_OF_DICT = b"0"


class MarshalDecoder:
    """Reads one value.

    Args:
        data: A whole message.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = len(data)
        self._at = 0
        self._depth = 0
        self._num_containers = 0

    def decode(self) -> Any:
        """Return the value.

        Raises:
            DamagedError: If the bytes are not one plain value and nothing else.
            TooLargeError: If it nests too deep, or has too many containers.
        """
        try:
            value = self._get(self._take(1))
        except (struct_error, TypeError, UnicodeDecodeError) as error:
            message = f"not a value: {error}"
            raise DamagedError(message) from error
        if self._at != self._size:
            message = f"{self._size - self._at} bytes follow the value"
            raise DamagedError(message)
        return value

    def _get(self, tag: bytes) -> Any:
        if tag == b"i":
            return _SHORT.unpack(self._take(4))[0]
        if tag == b"u":
            return self._take(self._count()).decode("utf-8", "surrogatepass")
        if tag in _SCALARS:
            return _SCALARS[tag](self)
        get = _CONTAINERS.get(tag)
        if get is None:
            message = f"no plain value begins with {tag!r}"
            raise DamagedError(message)
        self._depth += 1
        self._num_containers += 1
        if self._depth > MAX_DEPTH or self._num_containers > MAX_CONTAINERS:
            message = f"nested more than {MAX_DEPTH} deep, or more than {MAX_CONTAINERS} containers"
            raise TooLargeError(message)
        value = get(self)
        self._depth -= 1
        return value

    def _take(self, count: int) -> bytes:
        start = self._at
        self._at = end = start + count
        if end > self._size:
            message = "cut off"
            raise DamagedError(message)
        return self._data[start:end]

    def _count(self) -> int:
        count: int = _SHORT.unpack(self._take(4))[0]
        if not 0 <= count <= self._size:
            message = f"a count of {count}"
            raise DamagedError(message)
        return count

    def _items(self) -> list[Any]:
        get, take = self._get, self._take
        return [get(take(1)) for _ in range(self._count())]

    def _get_long(self) -> int:
        """Read an integer: a count, negative with the number, and digits of 15 bits."""
        count: int = _SHORT.unpack(self._take(4))[0]
        digits = unpack(f"<{abs(count)}H", self._take(2 * abs(count)))
        if any(digit >> 15 for digit in digits):
            message = "not the digits of a number"
            raise DamagedError(message)
        bits = "".join([f"{digit:015b}" for digit in reversed(digits)])
        return int(bits or "0", 2) * (-1 if count < 0 else 1)

    def _get_dict(self) -> dict[Any, Any]:
        pairs = []
        while (tag := self._take(1)) != _END_OF_DICT:
            key = self._get(tag)
            pairs.append((key, self._get(self._take(1))))
        check_hashes([key for key, _ in pairs])
        return dict(pairs)


_SCALARS: dict[bytes, Callable[[MarshalDecoder], Any]] = {
    b"N": lambda _: None,
    b"T": lambda _: True,
    b"F": lambda _: False,
    b".": lambda _: ...,
    b"l": MarshalDecoder._get_long,
    b"g": lambda d: _DOUBLE.unpack(d._take(8))[0],
    b"y": lambda d: complex(*_TWO_DOUBLES.unpack(d._take(16))),
    b"s": lambda d: d._take(d._count()),
}
_CONTAINERS: dict[bytes, Callable[[MarshalDecoder], Any]] = {
    b"[": lambda d: d._items(),
    b"(": lambda d: tuple(d._items()),
    b"{": MarshalDecoder._get_dict,
    b"<": lambda d: set(check_hashes(d._items())),
    b">": lambda d: frozenset(check_hashes(d._items())),
}
