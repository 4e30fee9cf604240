"""Describes classes and functions of the tests, so that a program's process can imitate them.

A class is imitated by a class of the same name, bases and methods. Its methods run in the judge, as
all functions of the tests do. `candidate.imitation` reads what is written here.

Not covered: metaclasses, descriptors, and classes that derive from a library's class in C, such as
`random.Random`. They raise `OneProcessError`.
"""

import dataclasses
import enum
import functools
import sys
from abc import ABC, ABCMeta
from collections import Counter, OrderedDict, deque, namedtuple
from collections.abc import Collection, Iterator
from types import FunctionType, GetSetDescriptorType, MemberDescriptorType
from typing import Any, Generic

from hrm_eval._sandbox.wire.state import HEAP_TYPE, IMMUTABLE, PLAIN


class OneProcessError(BaseException):
    """A value of the tests cannot cross, so the test has to run in the program's process."""


# Flags of code with `*args` and with `**kwargs`.
_VARARGS, _VARKEYWORDS = 4, 8

_METACLASSES = (type, ABCMeta)
_BASES = (
    object, *IMMUTABLE, bytearray, list, dict, set, Counter, OrderedDict, deque, ABC, enum.Enum,
    enum.IntEnum, enum.StrEnum, enum.Flag, enum.IntFlag,
)  # fmt: skip

# Not imitated, since Python makes them itself, or calls them by itself.
_SKIPPED = frozenset(
    {
        "__module__", "__doc__", "__dict__", "__weakref__", "__slots__", "__qualname__",
        "__annotations__", "__dataclass_fields__", "__dataclass_params__", "__init_subclass__",
        "__class_getitem__", "__del__", "__abstractmethods__", "_abc_impl", "__orig_bases__",
        "__parameters__", "__static_attributes__", "__firstlineno__", "__getstate__",
        "__setstate__", "__reduce__", "__reduce_ex__", "__classcell__", "__annotate__",
        "__annotate_func__", "__annotations_cache__", "__set_name__",
    }
)  # fmt: skip
_ENUM_ATTRIBUTES = ("_value_", "_name_", "_sort_order_", "__objclass__")
_PLAIN_DEFAULTS = (type(None), bool, int, float, str, bytes)


def is_of_tests(kind: type) -> bool:
    """Whether a class was made by the tests, so that no other process can import it."""
    return bool(kind.__flags__ & HEAP_TYPE) and find(kind.__module__, kind.__qualname__) != kind


def find(module: Any, name: str) -> Any:
    """Return what a loaded module has under a name, which may contain dots, or None."""
    value: Any = sys.modules.get(module) if type(module) is str else None
    for part in name.split("."):
        value = getattr(value, part, None)
    return value


def describe_function(function: FunctionType) -> tuple[Any, ...]:
    """Return name, texts and parameters of a function."""
    attributes = {k: v for k, v in vars(function).items() if type(v) in _PLAIN_DEFAULTS}
    return (
        function.__name__,
        function.__qualname__,
        _text(function.__doc__),
        _text(function.__module__),
        _parameters(function),
        attributes,
    )


def _text(value: object) -> str | None:
    return value if type(value) is str else None


def _parameters(function: FunctionType) -> tuple[Any, ...] | None:
    """Return counts, names and defaults of parameters; None for any parameters."""
    code = function.__code__
    defaults = function.__defaults__ or ()
    named = function.__kwdefaults__ or {}
    if any(type(default) not in _PLAIN_DEFAULTS for default in (*defaults, *named.values())):
        return None
    num_names = code.co_argcount + code.co_kwonlyargcount
    num_names += bool(code.co_flags & _VARARGS) + bool(code.co_flags & _VARKEYWORDS)
    return (
        code.co_posonlyargcount,
        code.co_argcount,
        code.co_kwonlyargcount,
        int(bool(code.co_flags & _VARARGS)),
        int(bool(code.co_flags & _VARKEYWORDS)),
        code.co_varnames[:num_names],
        tuple(defaults),
        dict(named),
    )


def describe_class(kind: type) -> tuple[Any, ...]:
    """Return names, bases, methods and form of a class of the tests.

    Raises:
        OneProcessError: If the class cannot be imitated.
    """
    names = (kind.__name__, kind.__qualname__, _text(kind.__module__), _text(kind.__doc__))
    if isinstance(kind, enum.EnumType):
        methods = tuple(_methods(kind, skipped=_enum_names(kind)))
        return (*names, _bases(kind), methods, "enum", *_describe_members(kind))
    if type(kind) not in _METACLASSES:
        raise OneProcessError(f"the metaclass of {kind.__qualname__} is {type(kind).__name__}")
    if _is_named_tuple(kind):
        fields = kind._fields  # type: ignore[attr-defined]
        defaults = kind._field_defaults  # type: ignore[attr-defined]
        own = vars(namedtuple(kind.__name__, fields))
        methods = tuple(_methods(kind, skipped={*own, *fields, "__orig_bases__"}))
        return (*names, (tuple,), methods, "named tuple", fields, tuple(defaults.values()))
    slots = vars(kind).get("__slots__")
    slots = (slots,) if isinstance(slots, str) else slots
    methods = tuple(_methods(kind))
    return (
        *names,
        _bases(kind),
        methods,
        "plain",
        None if slots is None else tuple(slots),
        _describe_fields(kind),
    )


def class_attributes(kind: type) -> dict[str, Any]:
    """Return the attributes of a class of the tests that are neither methods nor special."""
    if isinstance(kind, enum.EnumType):
        return {}
    return {
        name: value
        for name, value in vars(kind).items()
        if not name.startswith("__") and not _is_descriptor(value) and name not in _SKIPPED
    }


def hides_method(kind: type, name: str) -> bool:
    """Whether an attribute of an instance would hide a method, property or special name."""
    if name.startswith("__") and name.endswith("__"):
        return True
    for base in kind.__mro__:
        if name in vars(base):
            value = vars(base)[name]
            return _is_descriptor(value) and not isinstance(
                value, functools.cached_property | MemberDescriptorType
            )
    return False


def _is_descriptor(value: object) -> bool:
    return hasattr(type(value), "__get__")


def _is_named_tuple(kind: type) -> bool:
    return kind.__bases__ == (tuple,) and "_fields" in vars(kind) and "_make" in vars(kind)


def _bases(kind: type) -> tuple[type, ...]:
    bases = tuple(base for base in kind.__bases__ if base is not Generic)
    for base in bases:
        is_error = issubclass(base, BaseException) and find(base.__module__, base.__name__) is base
        if not (base in _BASES or is_of_tests(base) or is_error or _is_pure(base)):
            raise OneProcessError(f"{kind.__qualname__} derives from {base.__qualname__}")
    return bases


def _is_pure(kind: type) -> bool:
    """Whether a class of a library, and all its bases, are written in Python."""
    return type(kind) in _METACLASSES and all(
        base is object
        or (find(base.__module__, base.__qualname__) is base and _is_in_python(base.__module__))
        for base in kind.__mro__
    )


def _is_in_python(module: str) -> bool:
    file = getattr(sys.modules.get(module), "__file__", None)
    return module.partition(".")[0] == "collections" or (type(file) is str and file.endswith("py"))


def _methods(kind: type, skipped: Collection[str] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield name, form and functions of each method."""
    for name, value in vars(kind).items():
        if name == "__hash__" and value is None:
            yield name, "none", ()
        elif name not in _SKIPPED and name not in skipped and _is_descriptor(value):
            method = _describe_method(value)
            if method is not None:
                yield name, *method


def _describe_method(value: object) -> tuple[str, tuple[Any, ...]] | None:
    """Return form and functions of a method; None for a slot or a class.

    Raises:
        OneProcessError: If it is another kind of descriptor.
    """
    match value:
        case FunctionType() | functools._lru_cache_wrapper():
            return "function", (value,)
        case property():
            return "property", (value.fget, value.fset, value.fdel)
        case classmethod() | staticmethod() if isinstance(value.__func__, FunctionType):
            return type(value).__name__, (value.__func__,)
        case functools.cached_property():
            return "cached_property", (value.func,)
        case MemberDescriptorType() | GetSetDescriptorType() | type():
            return None
    raise OneProcessError(f"a class of the tests has a {type(value).__name__}")


def _describe_fields(kind: type) -> tuple[Any, ...] | None:
    """Return the fields of a dataclass and its parameters, or None."""
    if "__dataclass_fields__" not in vars(kind):
        return None
    fields = tuple(
        (
            field.name,
            field.type
            if isinstance(field.type, str)
            else getattr(field.type, "__name__", "object"),
            *_default(field),
            {name: getattr(field, name) for name in ("init", "repr", "compare", "hash", "kw_only")},
        )
        for field in dataclasses.fields(kind)
    )
    params = kind.__dataclass_params__  # type: ignore[attr-defined]
    return fields, {name: getattr(params, name) for name in ("repr", "eq", "order", "frozen")}


def _default(field: Any) -> tuple[str, Any]:
    if field.default is not dataclasses.MISSING:
        return "default", field.default
    if field.default_factory is not dataclasses.MISSING:
        return "default_factory", field.default_factory
    return "", None


def _enum_names(kind: type) -> set[str]:
    """Return the names in an enum that the enum module has put there, and its members."""
    members = kind.__members__  # type: ignore[attr-defined]
    made = {
        name
        for name, value in vars(kind).items()
        if isinstance(value, FunctionType) and value.__module__ == "enum"
    }
    builtin = {
        name
        for name, value in vars(kind).items()
        if _is_descriptor(value)
        and not isinstance(
            value, FunctionType | property | classmethod | staticmethod | functools.cached_property
        )
    }
    return {*members, *made, *builtin, "__new__", "__init__", "_generate_next_value_"}


def _describe_members(kind: Any) -> tuple[Any, ...]:
    """Return name and value of each member, and the attributes that `__init__` gave them.

    Raises:
        OneProcessError: If a member is not the plain value that its `value` says.
    """
    members = tuple((name, member._value_) for name, member in kind.__members__.items())
    attributes = []
    for name, member in kind.__members__.items():
        base = next((b for b in type(member).__mro__ if b in IMMUTABLE), None)
        if base is not None and member._value_ != PLAIN[base](member):
            raise OneProcessError(f"the value of {member!r} is not what it is made of")
        own = {k: v for k, v in vars(member).items() if k not in _ENUM_ATTRIBUTES}
        if own:
            attributes.append((name, own))
    return members, tuple(attributes)
