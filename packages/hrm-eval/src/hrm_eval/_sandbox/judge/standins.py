"""Stand-ins in the judge's process for values that stay in the program's process.

A stand-in passes on what the tests do with it. It never lets the program judge a value of the
tests: a stand-in is unequal to every such value, and an operator that combines the two is refused,
whatever the program's `__eq__` or `__sub__` would say. Its conversions and its items are requested
once and then stay the same until the program is called again. The exception is a class that the
tests are about, because the entry point is a class: its arithmetic is what is tested, so it is
passed on, provided that it returns an object of such a class.

Not covered: a test that passes the expected value to a method of what the program returned lets the
program decide.
"""

import dataclasses
import sys
from collections.abc import Callable, Iterator
from types import BuiltinFunctionType, FunctionType, GeneratorType, MethodType
from typing import Any, NoReturn, Protocol

from hrm_eval._sandbox.wire import protocol


class Asker(Protocol):
    """Where a stand-in sends its requests: the session of the program."""

    def ask(self, *request: object) -> Any:
        """Request an operation of the program's process and return its result."""

    def is_tested_class(self, number: int) -> bool:
        """Whether a class is one that the tests are about."""

    def refuse_large(self) -> NoReturn:
        """End the program, since the tests need a value that is too large to cross."""

    @property
    def num_changes(self) -> int:
        """Number of requests so far that may have changed a value of the program."""


class Remote:
    """Stand-in for a value in the program's process.

    Args:
        asker: Performs operations on the value.
        number: Number of the value.
        type_name: Name of its type, as the program gives it.
        class_number: Number of its class, or of the nearest base that has one; -1 if none has.
    """

    def __init__(self, asker: Asker, number: int, type_name: str, class_number: int) -> None:
        fields: dict[str, Any] = {
            "_asker": asker,
            "_seen": {},
            "_number": number,
            "_type_name": type_name,
            "_class_number": class_number,
        }
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        _refuse_protocols(self, name)
        return self._asker.ask(protocol.GET, self._number, name)

    def __setattr__(self, name: str, value: object) -> None:
        self._asker.ask(protocol.SET, self._number, name, value)

    def __delattr__(self, name: str) -> None:
        self._asker.ask(protocol.DELETE, self._number, name)

    def __iter__(self) -> Iterator[Any]:
        if self._asker.is_tested_class(self._class_number):
            iterator: Iterator[Any] = _apply(self, "iter")
            return iterator
        return iter(_items(self))

    def __len__(self) -> int:
        if self._asker.is_tested_class(self._class_number):
            return _convert(self, "len", int)
        try:
            return len(_items(self))
        except TypeError:
            return _convert(self, "len", int)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> Any:
        # Neither the error nor its traceback can cross.
        return _apply(self, "exit", kind, None, None)

    @property
    def __dict__(self) -> Any:  # type: ignore[override]
        return self._asker.ask(protocol.GET, self._number, "__dict__")

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        known = _BUILTIN_CLASSES.get(self._type_name)
        if known is not None and issubclass(type(self), known[0]):
            return known[1]
        return _class_of(self)

    def __copy__(self) -> Any:
        return _apply(self, "copy")

    def __deepcopy__(self, memo: object) -> Any:
        return _apply(self, "deepcopy")

    def __hash__(self) -> int:
        return _convert(self, "hash", int)

    def __bool__(self) -> bool:
        return _apply(self, "bool") is True

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Remote) and _apply(self, "eq", other) is True

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __contains__(self, item: object) -> bool:
        if isinstance(item, Remote):
            return _apply(self, "contains", item) is True
        return any(item is member or item == member for member in self)


class RemoteFunction(Remote):
    """Stand-in for a callable in the program's process."""

    def __hash__(self) -> int:
        return hash((id(self._asker), self._number))

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other)

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """Call the original in the program's process."""
        return self._asker.ask(protocol.CALL, self._number, args, kwargs)


class RemoteIterator(Remote):
    """Stand-in for an iterator in the program's process."""

    def __iter__(self) -> "RemoteIterator":
        return self

    def __len__(self) -> int:
        raise TypeError("an iterator has no length")

    def __next__(self) -> Any:
        return self._asker.ask(protocol.NEXT, self._number)


class RemoteClass(RemoteFunction):
    """Stand-in for a class in the program's process."""

    def __instancecheck__(self, instance: object) -> bool:
        remote = remote_of(instance)
        return remote is not None and _apply_to("isinstance", remote, self) is True

    def __subclasscheck__(self, subclass: object) -> bool:
        return isinstance(subclass, RemoteClass) and _apply_to("issubclass", subclass, self) is True

    def __hash__(self) -> int:
        return super().__hash__()

    def __eq__(self, other: object) -> bool:
        return self is other


class RemoteLarge(Remote):
    """Stand-in for a value that is too large to cross; only its length has.

    Args:
        asker: As for `Remote`.
        number: As for `Remote`.
        type_name: As for `Remote`.
        length: Its length.
    """

    def __init__(self, asker: Asker, number: int, type_name: str, length: int) -> None:
        super().__init__(asker, number, type_name, -1)
        object.__setattr__(self, "_length", length)

    def __len__(self) -> int:
        length: int = self._length
        return length

    def __bool__(self) -> bool:
        return self._length > 0

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        return _SIZED.get(self._type_name, type(self))

    def __getattr__(self, name: str) -> Any:
        return self._asker.refuse_large()


_SIZED: dict[str, type] = {
    kind.__name__: kind for kind in (list, tuple, str, bytes, bytearray, dict, set, frozenset)
}

# Builtin classes that a stand-in may belong to for `isinstance`, by name, and its own class.
_BUILTIN_CLASSES: dict[str, tuple[type, type]] = {
    "function": (RemoteFunction, FunctionType),
    "method": (RemoteFunction, MethodType),
    "builtin_function_or_method": (RemoteFunction, BuiltinFunctionType),
    **{
        kind.__name__: (RemoteIterator, kind)
        for kind in (GeneratorType, map, filter, zip, enumerate, reversed)
    },
}


def _class_of(value: Remote) -> Any:
    """Return the stand-in for the class of a value; its own class if the program gives none."""
    seen = value._seen.get("class")
    if seen is None:
        kind = value._asker.ask(protocol.GET, value._number, "__class__")
        seen = value._seen["class"] = kind if isinstance(kind, RemoteClass) else type(value)
    return seen


def named_after(base: type[Remote], type_name: str, fields: tuple[str, ...] | None) -> type[Remote]:
    """Return a class of stand-ins that has the name of a class of the program.

    Args:
        base: What kind of stand-in it is.
        type_name: The name.
        fields: Names of the fields, if the class is a dataclass.
    """
    attributes: dict[str, Any] = {"__module__": _MODULE, "__doc__": _DOC}
    if fields is not None:
        # The names come from the program, and `make_dataclass` writes names into code.
        made: Any = dataclasses.make_dataclass("Fields", [f"field_{n}" for n in range(len(fields))])
        members = dataclasses.fields(made)
        for name, member in zip(fields, members, strict=True):
            member.name = name
        attributes["__dataclass_fields__"] = dict(zip(fields, members, strict=True))
    return type(type_name.replace("\0", "")[:100] or base.__name__, (base,), attributes)


def _apply_to(name: str, first: Remote, *others: object) -> Any:
    return first._asker.ask(protocol.APPLY, name, first, *others)


def _apply(value: Remote, name: str, *others: object) -> Any:
    return value._asker.ask(protocol.APPLY, name, value, *others)


def _unary(name: str) -> Callable[[Remote], Any]:
    def method(self: Remote) -> Any:
        return _apply(self, name)

    return method


def _convert(value: Remote, name: str, kind: type) -> Any:
    """Return the result of a conversion; it stays the same until the program is called again.

    For a class that the tests are about, the program is asked each time.
    """
    seen = value._seen.get(name)
    if seen is not None and seen[0] == value._asker.num_changes:
        return seen[1]
    result = _apply(value, name)
    if type(result) is not kind:
        raise TypeError(f"{name} of a {value._type_name} is no {kind.__name__}")
    if not value._asker.is_tested_class(value._class_number):
        value._seen[name] = value._asker.num_changes, result
    return result


def _items(value: Remote) -> list[Any]:
    """Return the items of a container; they stay the same until the program is called again."""
    seen = value._seen.get("items")
    if seen is None or seen[0] != value._asker.num_changes:
        items = list(_apply(value, "iter"))
        value._seen["items"] = seen = value._asker.num_changes, items
    cached_items: list[Any] = seen[1]
    return cached_items


def _exact(name: str, kind: type) -> Callable[[Remote], Any]:
    def method(self: Remote) -> Any:
        return _convert(self, name, kind)

    return method


# Attributes with two underscores that stand-ins pass on. Others belong to protocols of libraries,
# such as `__array__`, and a library would trust what it gets.
_KNOWN = (
    "__name__", "__qualname__", "__annotations__", "__defaults__", "__kwdefaults__", "__wrapped__",
)  # fmt: skip


def _refuse_protocols(value: object, name: str) -> None:
    if name.startswith("__") and name not in _KNOWN:
        raise AttributeError(f"{type(value).__name__} has no attribute {name!r}")


def _comparison(name: str) -> Callable[[Remote, object], Any]:
    def method(self: Remote, other: object) -> Any:
        return _apply(self, name, other) if isinstance(other, Remote) else NotImplemented

    return method


def _binary(name: str, *, is_reflected: bool = False) -> Callable[[Remote, object], Any]:
    def method(self: Remote, other: object) -> Any:
        is_mixed = not isinstance(other, Remote)
        if is_mixed and not self._asker.is_tested_class(self._class_number):
            return NotImplemented
        pair = (other, self) if is_reflected else (self, other)
        result = self._asker.ask(protocol.APPLY, name, *pair)
        if is_mixed and not _is_of_tested_class(result):
            # The program could compute a plain result from the expected value.
            raise TypeError(
                f"{name} of a {self._type_name} and a value of the tests is no object of it"
            )
        return result

    return method


def _is_of_tested_class(value: object) -> bool:
    return isinstance(value, Remote) and value._asker.is_tested_class(value._class_number)


def _any_arguments(name: str) -> Callable[..., Any]:
    def method(self: Remote, *arguments: object) -> Any:
        return _apply(self, name, *arguments)

    return method


for _name in ("neg", "pos", "invert", "abs", "complex", "reversed", "enter"):
    setattr(Remote, f"__{_name}__", _unary(_name))
for _name, _kind in (
    ("int", int), ("index", int), ("float", float), ("str", str), ("repr", str),
    ("bytes", bytes), ("dir", list),
):  # fmt: skip
    setattr(Remote, f"__{_name}__", _exact(_name, _kind))
for _name in ("lt", "le", "gt", "ge"):
    setattr(Remote, f"__{_name}__", _comparison(_name))
for _name in (
    "add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "divmod", "pow", "lshift",
    "rshift", "and", "xor", "or",
):  # fmt: skip
    _word = f"{_name}_" if _name in ("and", "or") else _name
    setattr(Remote, f"__{_name}__", _binary(_word))
    setattr(Remote, f"__r{_name}__", _binary(_word, is_reflected=True))
for _name in ("getitem", "setitem", "delitem", "round", "format"):
    setattr(Remote, f"__{_name}__", _any_arguments(_name))


_DOC = property(lambda self: self._asker.ask(protocol.GET, self._number, "__doc__"))

_MODULE = property(lambda self: self._asker.ask(protocol.GET, self._number, "__module__"))

for _stand_in in (Remote, RemoteFunction, RemoteIterator, RemoteClass):
    for _name, _attribute in (("__doc__", _DOC), ("__module__", _MODULE)):
        setattr(_stand_in, _name, _attribute)

_MAY_BE_LARGE = (
    "__init__",
    "__len__",
    "__bool__",
    "__class__",
    "__getattr__",
    "__dict__",
    "__doc__",
)


def _refuse_large(value: Remote, *_: object) -> Any:
    return value._asker.refuse_large()


for _name, _member in vars(Remote).items():
    if _name.startswith("__") and callable(_member) and _name not in _MAY_BE_LARGE:
        setattr(RemoteLarge, _name, _refuse_large)


_PLAIN: dict[type, type] = {}


def with_attributes(value: Any, remote: Remote) -> Any:
    """Return the plain value of an instance of a subclass, with the attributes of the subclass.

    Attributes of the builtin type are the judge's own. Others, such as the fields of a named tuple,
    are requested from the program.
    """
    kind = type(value)
    if kind not in _PLAIN:
        fields = {
            "__getattr__": lambda self, name: getattr(_REMOTES[id(self)][1], name),
            "__hash__": kind.__hash__,
            "__copy__": lambda self: _REMOTES[id(self)][1].__copy__(),
            "__deepcopy__": lambda self, memo: _REMOTES[id(self)][1].__deepcopy__(memo),
            "__module__": kind.__module__,
        }
        _PLAIN[kind] = type(kind.__name__, (kind,), fields)
    instance = _PLAIN[kind](value)
    _REMOTES[id(instance)] = instance, remote
    return instance


_REMOTES: dict[int, tuple[Any, Remote]] = {}


def remote_of(value: object) -> Remote | None:
    """Return the stand-in behind a value, or None if the value is the judge's own."""
    if isinstance(value, Remote):
        return value
    entry = _REMOTES.get(id(value))
    return entry[1] if entry is not None else None


def forget_all() -> None:
    """Forget the values of a program that has ended."""
    _REMOTES.clear()


def make_class(name: str, bases: list[type[BaseException]]) -> type[BaseException]:
    """Return a new class that stands for an exception class of the program.

    Args:
        name: Its name in the program.
        bases: Its direct and indirect base classes, the most general first.
    """
    nearest = [b for b in bases if not any(o is not b and issubclass(o, b) for o in bases)]
    name = name.replace("\0", "")[:100]
    try:
        return type(name, tuple(dict.fromkeys(reversed(nearest))), {"__module__": "solution"})
    except TypeError:
        # Some builtin exceptions cannot be combined.
        return type(name, (bases[-1],), {"__module__": "solution"})


def rebuild_class(module: object, name: object) -> type[BaseException] | None:
    """Return the exception class of the standard library with this name, or None.

    Nothing is imported: the module must be loaded already.
    """
    if type(module) is not str or type(name) is not str or "." in name:
        return None
    if module.partition(".")[0] not in sys.stdlib_module_names:
        return None
    kind = getattr(sys.modules.get(module), name, None)
    is_error = isinstance(kind, type) and issubclass(kind, BaseException)
    return kind if is_error and kind.__module__ == module else None
