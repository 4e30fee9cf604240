"""Writes values of the tests that are not plain, such as functions and classes, for a program.

A value crosses as a number, and when it is new, with what the program has to know to imitate it. A
value of a library crosses as a copy if `pickle` makes one.

Not covered: values without a copy that cannot be called; they raise `OneProcessError`.
"""

import pickle
from collections.abc import Callable
from functools import _lru_cache_wrapper
from io import IOBase
from types import (
    BuiltinFunctionType,
    ClassMethodDescriptorType,
    FunctionType,
    GeneratorType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    ModuleType,
    WrapperDescriptorType,
)
from typing import Any

from hrm_eval._sandbox.judge.describing import (
    OneProcessError,
    describe_class,
    describe_function,
    find,
    is_of_tests,
)
from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.channel import PeerEncoder
from hrm_eval._sandbox.wire.state import FILES

# Callables that do their work in this process.
_CALLED_HERE = (
    BuiltinFunctionType, MethodType, MethodDescriptorType, WrapperDescriptorType,
    MethodWrapperType, ClassMethodDescriptorType, _lru_cache_wrapper,
)  # fmt: skip

# Arguments of the tests' exceptions that a program may see.
_SIMPLE = (str, int, float, bool, bytes, type(None))


class Crossing:
    """Writes values of the tests, and knows what the program may do with them.

    Args:
        export: Returns the number that stands for a value at the other end.
        class_numbers: The program's numbers of its exception classes, by the addresses of what
            stands for them.

    Attributes:
        copied: Numbers of values of the tests of which the program has copies.
    """

    def __init__(self, export: Callable[[object], int], class_numbers: dict[int, int]) -> None:
        self._export = export
        self._class_numbers = class_numbers
        # What the program may do with values of the tests: `function`, `iterator`, `generator`.
        self._uses: dict[int, tuple[str, ...]] = {}
        self.copied: set[int] = set()

    def may_be_used(self, value: object, use: str) -> bool:
        """Whether a value was written as a `function`, an `iterator` or a `generator`."""
        return use in self._uses.get(id(value), ())

    def put(self, encoder: PeerEncoder, value: Any) -> None:
        """Write a value: its number, and when it is new, what it is like.

        Raises:
            OneProcessError: If it cannot cross.
        """
        put = next(put for is_one, put in _WAYS_TO_CROSS if is_one(value))
        put(self, encoder, value)

    def _put_function(self, encoder: PeerEncoder, value: FunctionType) -> None:
        self._uses[id(value)] = ("function",)
        encoder.define(value, "function", describe_function(value), is_shared=True)

    def _put_file(self, encoder: PeerEncoder, value: Any) -> None:
        encoder.define(value, "file", type(value) is FILES[0], is_shared=True)

    def _put_generator(self, encoder: PeerEncoder, value: Any) -> None:
        self._uses[id(value)] = ("iterator", "generator")
        encoder.define(value, "generator")

    def _put_iterator(self, encoder: PeerEncoder, value: Any) -> None:
        self._uses[id(value)] = ("iterator",)
        kind = type(value)
        encoder.define(value, "iterator", kind.__module__, kind.__qualname__)

    def _put_module(self, encoder: PeerEncoder, value: ModuleType) -> None:
        encoder.write_other("import", value.__name__, "")

    def _put_class(self, encoder: PeerEncoder, kind: type) -> None:
        if is_of_tests(kind):
            encoder.define(kind, "class", describe_class(kind), is_shared=True)
        else:
            encoder.write_other("import", kind.__module__, kind.__qualname__)

    def _put_error(self, encoder: PeerEncoder, error: BaseException) -> None:
        """Write an exception; its arguments cross if they are simple, or the result of an iterator.

        The program gets an instance of the nearest base class that it can have.
        """
        kind: type = type(error)
        is_result = kind is StopIteration
        arguments = error.args
        if not is_result and any(type(a) not in _SIMPLE for a in arguments):
            arguments = tuple(a for a in arguments if type(a) in _SIMPLE)
        is_of_program = id(kind) in self._class_numbers
        is_shared = not is_of_program and is_of_tests(kind)
        while not (is_of_program or is_shared or find(kind.__module__, kind.__qualname__) is kind):
            kind = kind.__mro__[1]
        encoder.define(error, "error", kind, arguments, is_shared=is_shared)

    def _put_copy(self, encoder: PeerEncoder, value: Any) -> None:
        """Write a value of a library as a copy; call it in this process if it has none."""
        kind = type(value)
        try:
            data = None if kind in _CALLED_HERE else pickle.dumps(value, protocol.PICKLE_VERSION)
        except Exception as error:
            if not callable(value):
                name = f"{kind.__module__}.{kind.__qualname__}"
                raise OneProcessError(f"the tests pass a {name}") from error
            data = None
        number = self._export(value)
        if data is not None:
            self.copied.add(number)
            encoder.write_other(protocol.MINE, number, "pickled", data)
            return
        self._uses[id(value)] = ("function",)
        name = getattr(value, "__name__", kind.__name__)
        qualname = getattr(value, "__qualname__", name)
        about: tuple[Any, ...] = (name, qualname, getattr(value, "__doc__", None), None, None, {})
        encoder.define(value, "callable", about)


# How the values that are not plain cross: the first whose condition holds.
_WAYS_TO_CROSS: tuple[tuple[Callable[[Any], bool], Callable[..., None]], ...] = (
    (lambda value: type(value) is FunctionType, Crossing._put_function),
    (lambda value: isinstance(value, type), Crossing._put_class),
    (lambda value: isinstance(value, BaseException), Crossing._put_error),
    (lambda value: type(value) in FILES, Crossing._put_file),
    (lambda value: is_of_tests(type(value)), lambda _, encoder, value: encoder.put_instance(value)),
    (lambda value: type(value) is GeneratorType, Crossing._put_generator),
    (
        lambda value: hasattr(type(value), "__next__") and not isinstance(value, IOBase),
        Crossing._put_iterator,
    ),
    (lambda value: type(value) is ModuleType, Crossing._put_module),
    (lambda _: True, Crossing._put_copy),
)
