"""The state of values that judge and candidate share.

An instance of a class of the tests exists in both processes. Each process reads its state before it
sends a message, and sends it along if it has changed. The same holds for text files in memory, for
exceptions, and for functions, which may have attributes.

Reading and writing use the methods of the builtin types, never those that a subclass defines.
"""

import io
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import FunctionType, MemberDescriptorType, NoneType
from typing import Any

from hrm_eval._sandbox.wire.values import MAX_BYTES, check_hashes

# How to get the plain value inside a subclass of a builtin type, whatever methods it overrides.
PLAIN: dict[type, Callable[[Any], Any]] = {
    int: lambda v: int.__add__(v, 0),
    float: float.__float__,
    complex: lambda v: complex.__add__(v, 0j),
    str: str.__str__,
    bytes: lambda v: bytes.__getitem__(v, slice(None)),
    bytearray: lambda v: bytearray.__getitem__(v, slice(None)),
    tuple: lambda v: tuple.__getitem__(v, slice(None)),
    list: lambda v: list.__getitem__(v, slice(None)),
    dict: lambda v: {**dict(dict.items(v))},
    set: lambda v: set(set.__iter__(v)),
    frozenset: lambda v: frozenset(frozenset.__iter__(v)),
}
IMMUTABLE = (int, float, complex, str, bytes, tuple, frozenset)
FILES = (io.StringIO, io.BytesIO)

State = tuple[Any, ...]


def bare(kind: type, payload: Any) -> Any:
    """Return a new instance of a class without running its constructor.

    Args:
        kind: A class that is not an enum.
        payload: The plain value, if the class derives from an immutable builtin type; the
            arguments of an exception; None otherwise.

    Raises:
        TypeError: If the class has no such instances.
    """
    base: Any = next((k for k in kind.__mro__ if k in _NEW), object)
    if base is BaseException:
        if type(payload) is not tuple:
            raise TypeError("not the arguments of an exception")
        return _bare_error(kind, payload)
    if type(payload) is not (base if base in IMMUTABLE else type(None)):
        raise TypeError("not the plain value of an instance")
    return base.__new__(kind) if payload is None else base.__new__(kind, payload)


def _bare_error(kind: type, arguments: tuple[Any, ...]) -> BaseException:
    # Some classes in C keep more than their arguments, and crash if they are not set.
    base: Any = next(k for k in kind.__mro__ if not k.__flags__ & HEAP_TYPE)
    error: BaseException = base.__new__(kind, *arguments)
    with suppress(TypeError):
        base.__init__(error, *arguments)
    _ARGUMENTS.__set__(error, arguments)
    return error


# Set in `__flags__` of classes that are not builtin.
HEAP_TYPE = 1 << 9

_NEW = (*IMMUTABLE, bytearray, list, OrderedDict, dict, set, deque, BaseException, object)


def payload_of(value: Any) -> Any:
    """Return the payload from which `bare` makes such an instance."""
    if isinstance(value, BaseException):
        return _ARGUMENTS.__get__(value)
    base = next((k for k in type(value).__mro__ if k in IMMUTABLE), None)
    return None if base is None else PLAIN[base](value)


# Read through the base class, since a subclass may hide its arguments.
_ARGUMENTS: Any = BaseException.__dict__["args"]


def has_state(kind: type) -> bool:
    """Whether instances of a class have attributes, or items that can change."""
    is_immutable = any(k in IMMUTABLE for k in kind.__mro__)
    return not is_immutable or bool(kind.__dictoffset__) or any(_slots(kind))


def read_state(value: Any) -> State:
    """Return the state of a shared value; it consists of copies, except what is inside them."""
    if type(value) in FILES:
        # Content and position, and between them how a text file ends its lines.
        return () if value.closed else value.__getstate__()[:-1]
    if isinstance(value, FunctionType):
        return ({k: v for k, v in value.__dict__.items() if not _is_special(k)},)
    fields = vars(value) if type(value).__dictoffset__ else {}
    attributes = {name: item for name, item in fields.items() if not _is_special(name)}
    for name, slot in _slots(type(value)):
        try:
            attributes[name] = slot.__get__(value)
        except AttributeError:
            continue
    return attributes, _read_items(value)


def write_state(value: Any, state: State) -> None:
    """Give a shared value the state that it has in the other process.

    Raises:
        TypeError, ValueError: If it is not the state of such a value.
    """
    if type(value) in FILES:
        _write_file(value, *state)
        return
    attributes, *rest = state
    if type(attributes) is not dict or any(type(name) is not str for name in attributes):
        raise TypeError("not the attributes of a value")
    if isinstance(value, FunctionType):
        _write_fields(value.__dict__, attributes)
        return
    slots = dict(_slots(type(value)))
    for name, slot in slots.items():
        if name in attributes:
            slot.__set__(value, attributes[name])
        elif hasattr(value, name):
            slot.__delete__(value)
    if type(value).__dictoffset__:
        _write_fields(vars(value), {k: v for k, v in attributes.items() if k not in slots})
    (items,) = rest
    _write_items(value, items)


def _is_special(name: object) -> bool:
    """Whether an attribute has a meaning to Python, as `__wrapped__` and `__notes__` have."""
    return type(name) is str and name.startswith("__") and name.endswith("__")


def _write_fields(fields: dict[str, Any], attributes: dict[str, Any]) -> None:
    if any(map(_is_special, attributes)):
        raise ValueError("an attribute that does not cross")
    kept = {name: item for name, item in fields.items() if _is_special(name)}
    fields.clear()
    fields.update(kept)
    fields.update(attributes)


def _slots(kind: type) -> Iterator[tuple[str, Any]]:
    for base in kind.__mro__:
        for name, slot in vars(base).items():
            if isinstance(slot, MemberDescriptorType) and "__slots__" in vars(base):
                yield name, slot


def _read_items(value: Any) -> Any:
    base = _base_of(value)
    if base in (bytearray, BaseException):
        return PLAIN[bytearray](value) if base is bytearray else _ARGUMENTS.__get__(value)
    if base in (dict, OrderedDict):
        return tuple(dict.items(value))
    return None if base is object else tuple(base.__iter__(value))


def _base_of(value: Any) -> Any:
    """Return the builtin class that a value's items belong to; `object` if it has none."""
    return next((base for base in type(value).__mro__ if base in _FILL), object)


def _write_items(value: Any, items: Any) -> None:
    base = _base_of(value)
    if type(items) is not _ITEMS.get(base, tuple):
        raise TypeError("not the items of a value")
    _FILL[base](value, items)


def _fill_dict(value: Any, items: Any) -> None:
    base = OrderedDict if isinstance(value, OrderedDict) else dict
    pairs = [(key, item) for key, item in items]
    check_hashes([key for key, _ in pairs])
    base.clear(value)
    for key, item in pairs:
        base.__setitem__(value, key, item)


def _fill_set(value: Any, items: Any) -> None:
    check_hashes(list(items))
    set.clear(value)
    set.update(value, items)


def _fill_deque(value: Any, items: Any) -> None:
    deque.clear(value)
    deque.extend(value, items)


# The types of items, if they are not tuples.
_ITEMS: dict[Any, type] = {object: NoneType, bytearray: bytearray}
_FILL: dict[Any, Callable[[Any, Any], object]] = {
    object: lambda value, items: None,
    bytearray: lambda value, items: bytearray.__setitem__(value, slice(None), items),
    list: lambda value, items: list.__setitem__(value, slice(None), items),
    dict: _fill_dict,
    OrderedDict: _fill_dict,
    set: _fill_set,
    deque: _fill_deque,
    BaseException: lambda value, items: _ARGUMENTS.__set__(value, items),
}


def _write_file(file: Any, *state: Any) -> None:
    if not state:
        file.close()
        return
    content, *newline, position = state
    is_text = type(file) is io.StringIO
    if type(content) is not (str if is_text else bytes) or len(newline) != is_text:
        raise TypeError("not the content of a file")
    if type(position) is not int or not 0 <= position <= len(content) + MAX_BYTES:
        raise ValueError("not a position in a file")
    file.__setstate__((*state, None))
