"""A safe decoder of plain values in the format of `marshal`.

A candidate writes with `marshal`, which is fast and needs no code of ours. Hostile bytes may crash
`marshal.loads`, so the judge reads with this decoder. It refuses code, references and interned
text.

Not covered: whether two containers are the same object; the format of `values` keeps that.

Source: `w_object` in CPython's Python/marshal.c, version `protocol.MARSHAL_VERSION`.
"""

from collections.abc import Callable
from struct import Struct, unpack
from typing import Any

from hrm_eval._sandbox.wire.values import DamagedError, Reader, check_hashes

_DOUBLE = Struct("<d")
_TWO_DOUBLES = Struct("<dd")
_INT32 = Struct("<i")
_END_OF_DICT = b"0"


class MarshalDecoder(Reader):
    """Reads one value of marshal's format, in the version without references."""

    levels_around = 0

    def get(self, tag: bytes | None = None) -> Any:
        """Read the next value; `tag` is its tag if that was read before."""
        if tag is None:
            tag = self._take(1)
        if tag == b"i":
            return _INT32.unpack(self._take(4))[0]
        if tag == b"u":
            return self._take(self._count()).decode("utf-8", "surrogatepass")
        if tag in _SCALARS:
            return _SCALARS[tag](self)
        self._enter(tag, _CONTAINERS)
        value = _CONTAINERS[tag](self)
        self._depth -= 1
        return value

    def _get_long(self) -> int:
        """Read an integer: the number of digits, with its sign, and digits of 15 bits."""
        count: int = _INT32.unpack(self._take(4))[0]
        digits = unpack(f"<{abs(count)}H", self._take(2 * abs(count)))
        if any(digit >> 15 for digit in digits):
            raise DamagedError("not the digits of a number")
        bits = "".join([f"{digit:015b}" for digit in reversed(digits)])
        return int(bits or "0", 2) * (-1 if count < 0 else 1)

    def _get_dict(self) -> dict[Any, Any]:
        pairs = []
        while (tag := self._take(1)) != _END_OF_DICT:
            key = self.get(tag)
            pairs.append((key, self.get()))
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
