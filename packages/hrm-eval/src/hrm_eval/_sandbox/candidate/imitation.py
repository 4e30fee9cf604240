"""Imitates classes and functions of the tests in the program's process.

`judge.describing` says what they are like. What they do, they do in the judge.
"""

import enum
import sys
from collections.abc import Callable
from types import FunctionType, GeneratorType, new_class
from typing import Any

from hrm_eval._sandbox.wire import protocol

Call = Callable[[tuple[Any, ...], dict[str, Any]], Any]

_ANY_PARAMETERS: tuple[Any, ...] = (0, 0, 0, 1, 1, ("args", "kwargs"), (), {})

_makers: dict[tuple[Any, ...], Callable[[Call], FunctionType]] = {}


def make_function(call: Call, description: tuple[Any, ...]) -> FunctionType:
    """Return a function with the parameters and texts of one of the tests."""
    name, qualname, doc, module, parameters, attributes = description
    *shape, defaults, named = parameters or _ANY_PARAMETERS
    key = tuple(shape)
    if key not in _makers:
        _makers[key] = _compile_maker(*shape)
    function = _makers[key](call)
    function.__name__, function.__qualname__ = name, qualname
    function.__doc__, function.__module__ = doc, module
    function.__defaults__, function.__kwdefaults__ = defaults or None, named or None
    function.__dict__.update(attributes)
    return function


def _compile_maker(
    num_positional: int,
    num_args: int,
    num_named: int,
    num_rest: int,
    num_more: int,
    names: tuple[str, ...],
) -> Callable[[Call], FunctionType]:
    """Return a function that makes functions with certain parameters."""
    args, named = names[:num_args], names[num_args : num_args + num_named]
    extra = [*names[num_args + num_named :]]
    rest = "*" + extra.pop(0) if num_rest else ""
    more = "**" + extra.pop(0) if num_more else ""
    head = [*args[:num_positional], *(["/"] if num_positional else []), *args[num_positional:]]
    if rest or named:
        head.append(rest or "*")
    head += [*named, *([more] if more else [])]
    passed = "".join(f"{name}, " for name in (*args, rest) if name)
    keywords = ", ".join([*(f"{name!r}: {name}" for name in named), *([more] if more else [])])
    source = (
        "def make(_call_in_judge):\n"
        f"    def function({', '.join(head)}):\n"
        f"        return _call_in_judge(({passed}), {{{keywords}}})\n"
        "    return function\n"
    )
    namespace: dict[str, Any] = {}
    # This file's name, so that its frames are not shown in the program's traceback.
    exec(compile(source, __file__, "exec", dont_inherit=True), namespace)  # noqa: S102
    make: Callable[[Call], FunctionType] = namespace["make"]
    return make


class JudgeIterator:
    """Stand-in for an iterator of the tests, which runs in the judge's process."""

    def __init__(self, ask: Callable[..., Any], number: int) -> None:
        self._ask = ask
        self._number = number

    def __iter__(self) -> "JudgeIterator":
        return self

    def __next__(self) -> Any:
        return self._ask(protocol.NEXT, self._number)


def iterator_class(module: str, name: str) -> type[JudgeIterator]:
    """Return a class with the name of an iterator's class, which it passes for if it is here."""
    if (module, name) not in _iterator_classes:
        namespace: dict[str, Any] = {"__module__": module, "__doc__": None}
        real = getattr(sys.modules.get(module), name, None)
        if isinstance(real, type):
            namespace |= {"__doc__": real.__doc__, "__class__": property(lambda _: real)}
        _iterator_classes[module, name] = type(name, (JudgeIterator,), namespace)
    return _iterator_classes[module, name]


_iterator_classes: dict[tuple[str, str], type[JudgeIterator]] = {}


class JudgeGenerator(JudgeIterator):
    """Stand-in for a generator of the tests."""

    def __init__(
        self, ask: Callable[..., Any], number: int, describe_error: Callable[[BaseException], Any]
    ) -> None:
        super().__init__(ask, number)
        self._describe_error = describe_error

    __class__ = property(lambda _: GeneratorType)

    def send(self, value: Any) -> Any:
        """Continue the generator with a value."""
        return self._ask(protocol.SEND, self._number, value)

    def throw(self, error: Any, value: Any = None, trace: Any = None) -> Any:
        """Raise an exception in the generator."""
        if isinstance(error, type):
            error = error() if value is None else error(value)
        return self._ask(protocol.THROW, self._number, self._describe_error(error))

    def close(self) -> None:
        """End the generator."""
        self._ask(protocol.CLOSE, self._number)


JudgeGenerator.__name__ = JudgeGenerator.__qualname__ = "generator"
JudgeGenerator.__module__ = "builtins"


def make_class(description: tuple[Any, ...]) -> type:
    """Return a class that is like one of the tests."""
    name, qualname, module, doc, bases, methods, form, *rest = description
    namespace: dict[str, Any] = {
        "__module__": module,
        "__qualname__": qualname,
        **{name: _make_method(form, functions) for name, form, functions in methods},
    }
    if doc is not None:
        namespace["__doc__"] = doc
    makers: dict[str, Callable[..., type]] = {
        "enum": _make_enum, "named tuple": _make_named_tuple, "plain": _make_plain,
    }  # fmt: skip
    return makers[form](name, bases, namespace, *rest)


def _make_method(form: str, functions: tuple[Any, ...]) -> Any:
    if form == "none":
        return None
    if form == "function":
        return functions[0]
    if form == "cached_property":
        from functools import cached_property

        return cached_property(functions[0])
    kinds: dict[str, Any] = {
        "property": property, "classmethod": classmethod, "staticmethod": staticmethod,
    }  # fmt: skip
    return kinds[form](*functions)


def _make_plain(
    name: str,
    bases: tuple[type, ...],
    namespace: dict[str, Any],
    slots: tuple[str, ...] | None,
    fields: tuple[Any, ...] | None,
) -> type:
    if slots is not None:
        namespace["__slots__"] = slots
    if fields is not None:
        namespace.update(_dataclass_attributes(name, *fields))
    return new_class(name, bases, {}, lambda body: body.update(namespace))


def _dataclass_attributes(name: str, fields: tuple[Any, ...], params: dict[str, bool]) -> Any:
    import dataclasses

    made = dataclasses.make_dataclass(
        name,
        [
            (
                field,
                kind,
                dataclasses.field(**options, **({form: default} if form else {})),
            )
            for field, kind, form, default, options in fields
        ],
        repr=params["repr"],
        eq=params["eq"],
        order=params["order"],
        frozen=params["frozen"],
    )
    names = ("__dataclass_fields__", "__dataclass_params__", "__annotations__", "__match_args__")
    return {name: getattr(made, name) for name in names}


def _make_named_tuple(
    name: str,
    _: tuple[type, ...],
    namespace: dict[str, Any],
    fields: tuple[str, ...],
    defaults: tuple[Any, ...],
) -> type:
    from collections import namedtuple

    kind = namedtuple(name, fields, defaults=defaults)  # type: ignore[misc]
    for key, value in namespace.items():
        setattr(kind, key, value)
    return kind


def _make_enum(
    name: str,
    bases: tuple[type, ...],
    namespace: dict[str, Any],
    members: tuple[tuple[str, Any], ...],
    attributes: tuple[tuple[str, dict[str, Any]], ...],
) -> type:
    body = enum.EnumType.__prepare__(name, bases)
    for key in ("__module__", "__qualname__"):
        body[key] = namespace.pop(key)
    for key, value in members:
        body[key] = value
    kind: Any = enum.EnumType(name, bases, body)
    for key, value in namespace.items():
        setattr(kind, key, value)
    for key, values in attributes:
        for attribute, value in values.items():
            setattr(kind[key], attribute, value)
    return kind
