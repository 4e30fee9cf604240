"""Values as Python source, the same for every hash seed, and copies of values.

A literal is None, a boolean, a number, text, bytes, or a list, tuple, set or dict of literals.
"""

import marshal
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

_PLAIN = (int, str, bool, bytes, type(None))


# The last version of the format that does not keep which objects are the same: in a test as it is
# written, the rows of `[[0]] * 2` are two lists.
_MARSHAL_VERSION = 2


class NotLiteralError(ValueError):
    """A value is no literal, or contains something that is none; its argument is the value."""


def copy(value: Any) -> Any:
    """Return a deep copy of a literal, in which no two objects are the same one.

    Raises:
        NotLiteralError: If the value contains something that is not a literal.
    """
    try:
        return marshal.loads(marshal.dumps(value, _MARSHAL_VERSION))
    except ValueError as error:
        raise NotLiteralError(value) from error


def write(value: Any) -> str:
    """Return Python source for a literal.

    Raises:
        NotLiteralError: If the value is not a literal, or is NaN or infinite.
    """
    kind = type(value)
    if kind in _PLAIN:
        return repr(value)
    if kind in (float, complex) and math.isfinite(abs(value)):
        return repr(value)
    if kind not in _CONTAINERS:
        raise NotLiteralError(value)
    return _CONTAINERS[kind](value)


def _write_tuple(value: tuple[Any, ...]) -> str:
    comma = "," if len(value) == 1 else ""
    return f"({', '.join(map(write, value))}{comma})"


def _write_dict(value: dict[Any, Any]) -> str:
    return f"{{{', '.join(f'{write(key)}: {write(item)}' for key, item in value.items())}}}"


def _write_set(value: set[Any]) -> str:
    return f"{{{', '.join(sorted(map(write, value)))}}}" if value else "set()"


_CONTAINERS: Mapping[type, Callable[[Any], str]] = {
    list: lambda value: f"[{', '.join(map(write, value))}]",
    tuple: _write_tuple,
    dict: _write_dict,
    set: _write_set,
    frozenset: lambda value: f"frozenset({_write_set(set(value)) if value else ''})",
}


def same(one: Any, other: Any) -> bool:
    """Return whether two literals have the same types and values; floats up to 1e-9."""
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is float:
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    if kind in (list, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if kind is dict:
        return _same_elements(one, other) and all(same(one[key], other[key]) for key in one)
    if kind in (set, frozenset):
        return _same_elements(one, other)
    return one == other


def _same_elements(one: Iterable[Any], other: Iterable[Any]) -> bool:
    """Return whether sets, or the keys of dicts, are equal and of the same types."""
    return set(one) == set(other) and sorted(map(write, one)) == sorted(map(write, other))


def has_long_float(value: Any) -> bool:
    """Return whether a literal contains a float with more than 6 digits after the point."""
    kind = type(value)
    if kind is float:
        return round(value, 6) != value
    if kind in (list, tuple, set, frozenset):
        return any(map(has_long_float, value))
    if kind is dict:
        return any(map(has_long_float, value.values())) or any(map(has_long_float, value))
    return False
