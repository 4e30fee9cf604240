"""The candidate's end of the channel: loads the program and carries out the judge's requests.

This code runs in the program's own process, so nothing it says is trusted. A program can reach and
change all of it, but gains nothing by that which it could not simply return. The code keeps
references to what it needs from `builtins` and other modules, since a program may break those.

A program's threads may call functions of the tests; see `turns`.
"""

import atexit
import builtins
import copy
import importlib
import io
import linecache
import operator
import os
import re
import resource
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from marshal import dumps, loads
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from hrm_eval._sandbox.candidate.imitation import (
    JudgeGenerator,
    iterator_class,
    make_class,
    make_function,
)
from hrm_eval._sandbox.candidate.turns import Turns
from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.abilities import abilities_of
from hrm_eval._sandbox.wire.channel import (
    ANSWER,
    HASHED_ANSWER,
    HEAD,
    QUICK_ANSWER,
    QUICK_CALL,
    QUICK_CALLS,
    QUICK_LOAD,
    RAISED,
    RETURNED,
    Peer,
    PeerEncoder,
    Shared,
    frame,
)
from hrm_eval._sandbox.wire.library import name_of
from hrm_eval._sandbox.wire.state import HEAP_TYPE, PLAIN, State, bare
from hrm_eval._sandbox.wire.values import MAX_BYTES, MAX_DEPTH, TooLargeError

_MAX_FRAMES = 12
_MAX_EXPLANATION = 1500
_MAX_ATTRIBUTES = 8
_MAX_NAME = 200
_CHUNK_BYTES = 2**16

_OPERATIONS: dict[str, Callable[..., Any]] = {
    **{
        name: getattr(operator, name)
        for name in (
            "add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow", "lshift", "rshift",
            "and_", "or_", "xor", "eq", "ne", "lt", "le", "gt", "ge", "neg", "pos", "invert",
            "getitem", "setitem", "delitem", "contains", "index", "iadd", "isub", "imul", "imatmul",
            "itruediv", "ifloordiv", "imod", "ipow", "ilshift", "irshift", "iand", "ior", "ixor",
        )
    },
    **{
        function.__name__: function
        for function in (
            abs, bool, bytes, complex, dir, divmod, float, format, hash, int, isinstance,
            issubclass, iter, len, next, repr, reversed, round, str,
        )
    },
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "enter": lambda context: type(context).__enter__(context),
    "exit": lambda context, *error: type(context).__exit__(context, *error),
    **{
        name: lambda value, *arguments, method=f"__{name}__": getattr(type(value), method)(
            value, *arguments
        )
        for name in ("trunc", "floor", "ceil", "aenter", "aexit", "await", "aiter", "anext")
    },
}  # fmt: skip

_NOT_COMPILED = (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError)

# Folders for temporary files that the tests expect to find, in calls of `tempfile`.
_TEMPORARY = re.compile(r"""\bdir=["'](/tmp/[^"'\n]+)["']""")

_SCALARS = frozenset({int, str, bool, float, type(None), bytes, complex})
_FLAT = frozenset({list, tuple, set, frozenset})
_FUNCTIONS = frozenset({FunctionType, MethodType, BuiltinFunctionType})

# Finds a NaN (or infinity, or rarely something else) among the numbers that `marshal` writes. Which
# NaN object it is does not cross quickly.
_find_nan = re.compile(rb"g.{6}[\xf0-\xff][\x7f\xff]", re.DOTALL).search

# Read through the builtin class, since a subclass may hide its name or its arguments.
_CLASS_NAME: Any = type.__dict__["__name__"]
_ARGUMENTS: Any = BaseException.__dict__["args"]


class _Large:
    """A result that is too large to cross, of which the judge gets the length."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self.length = len(value)


def _as_large(outcome: int, value: Any) -> _Large | None:
    is_known = name_of(value).partition(".")[0] in ("builtins", "collections", "numpy", "pandas")
    return _Large(value) if outcome is RETURNED and is_known and hasattr(value, "__len__") else None


class Candidate(Peer):
    """The candidate's end of the channel; made, and warmed up, before the process is forked.

    Attributes:
        explain_refusal: Returns what the sandbox refused when a program failed; may be empty.
    """

    max_received_bytes = protocol.MAX_REQUEST_BYTES

    def __init__(self) -> None:
        self._read_descriptor = os.read
        self._write_descriptor = os.write
        self._exit = os._exit
        self._getpid = os.getpid
        self._pid = 0
        self._streams = (sys.stdout, sys.stderr)
        self._sources: dict[str, str] = {}
        self._namespace: dict[str, Any] = {}
        self._turns = Turns()
        self._entry: Any = None
        # Classes that imitate those of the tests.
        self._imitations: set[int] = set()
        # Classes that the judge has been told about, with what it was told.
        self._classes: dict[int, tuple[type, tuple[Any, ...]]] = {}
        # Values of the tests that were copied with `pickle`, by their numbers, with what they were.
        self._pickled: dict[int, tuple[Any, bytes, bytes]] = {}
        self.explain_refusal: Callable[[BaseException], str] = lambda error: ""
        self._operations: dict[str, Callable[..., Any]] = {
            protocol.RUN_TESTS: self._run_tests,
            protocol.RUN_PROGRAM: self._run_program,
            protocol.CALL: self._call,
            protocol.NEXT: lambda number: next(self.exported(number)),
            protocol.GET: lambda number, name: getattr(self.exported(number), name),
            protocol.SET: lambda number, name, value: setattr(self.exported(number), name, value),
            protocol.DELETE: lambda number, name: delattr(self.exported(number), name),
            protocol.APPLY: self._apply_operation,
        }
        super().__init__(self._receive_bytes, self._send_bytes)

    def run(self) -> None:
        """Serve the judge in the new process; never return."""
        self._pid = self._getpid()
        try:
            self.serve()
        except MemoryError:
            self._exit(protocol.OUT_OF_MEMORY)
        finally:
            self._exit(0)

    def _serve_one(self, kind: bytes, data: bytes) -> None:
        """Answer a request; most programs get only quick ones.

        Quick requests are in the format of `marshal`, which is safe since the judge is trusted. The
        answer is in that format too if it can be; the judge reads it with a safe decoder.
        """
        if kind == QUICK_CALL:
            self._send(self._call_quickly(data))
        elif kind == QUICK_LOAD:
            self._send(self._load_quickly(data))
        elif kind == QUICK_CALLS:
            for arguments in loads(data):
                self._send(self._call_for_result(arguments))
        else:
            super()._serve_one(kind, data)

    def _call_entry(self, arguments: tuple[Any, ...]) -> tuple[int, Any]:
        """Return `RETURNED` and the result of a call, or `RAISED` and a description."""
        turn = self._turns.begin_work()
        try:
            result = self._entry(*arguments)
        except BaseException as error:  # noqa: BLE001 (a program may raise anything)
            self._turns.end_work(turn)
            return RAISED, self.describe_error(error)
        self._turns.end_work(turn)
        self._flush()
        return RETURNED, result

    def _call_for_result(self, arguments: tuple[Any, ...]) -> bytes:
        """Return the answer to one of many calls, which only tells the value of the result."""
        outcome, result = self._call_entry(arguments)
        if outcome is RAISED or not _is_plain(result):
            return self._frame_slowly((outcome, result))
        try:
            return self._pack_result(result)
        except ValueError:
            return self._frame_slowly((outcome, result))

    def _pack_result(self, result: Any) -> bytes:
        """Return a frame with a plain value, or with its size and hash if it is large.

        Raises:
            ValueError: If `marshal` refuses the value.
        """
        is_sequence = type(result) is list or type(result) is tuple
        if is_sequence and len(result) >= protocol.MAX_WHOLE_RESULT_BYTES:
            return self._hash(_pieces(result))
        data = dumps(result, protocol.MARSHAL_VERSION)
        if len(data) > protocol.MAX_WHOLE_RESULT_BYTES:
            return self._hash((data,))
        return HEAD.pack(len(data) + 1, QUICK_ANSWER) + data

    def _hash(self, pieces: Iterable[bytes]) -> bytes:
        # Not imported at the top: few programs need it.
        digest = self._import("hashlib", "blake2b")(digest_size=32)
        size = 0
        for piece in pieces:
            size += len(piece)
            digest.update(piece)
        return frame(HASHED_ANSWER, protocol.HASHED.pack(size, digest.digest()))

    def _call_quickly(self, data: bytes) -> bytes:
        outcome, result = self._call_entry(loads(data))
        if outcome is RAISED:
            return self._frame_slowly((outcome, result))
        try:
            answer = dumps(result, protocol.MARSHAL_VERSION) if _is_flat(result) else b""
        except ValueError:
            # `marshal` refuses a value, for example because it is nested too deeply.
            answer = b""
        if len(answer) > 2 * MAX_BYTES:
            result = _Large(result)
        if not 0 < len(answer) <= MAX_BYTES or (b"g" in answer and _find_nan(answer)):
            return self._frame_slowly((RETURNED, result))
        return HEAD.pack(len(answer) + 1, QUICK_ANSWER) + answer

    def _load_quickly(self, data: bytes) -> bytes:
        source, names = loads(data)
        try:
            outcome, loaded = self._load(source, names)
        except BaseException as error:  # noqa: BLE001 (a program may raise anything)
            return self._frame_slowly((RAISED, self.describe_error(error)))
        self._entry = self._namespace.get(names[0])
        self._flush()
        if outcome is not protocol.LOADED:
            return self._frame_slowly((RETURNED, (outcome, loaded)))
        numbers = []
        for name, value in loaded:
            if type(value) is not FunctionType:
                return self._frame_slowly((RETURNED, (outcome, loaded)))
            numbers.append((name, self.export(value)))
        answer = dumps(tuple(numbers), protocol.MARSHAL_VERSION)
        return HEAD.pack(len(answer) + 1, QUICK_ANSWER) + answer

    def _frame_slowly(self, outcome: tuple[int, Any]) -> bytes:
        return frame(ANSWER, self.encode_answer(outcome, None, b"", []))

    def _flush(self) -> None:
        for stream in self._streams:
            try:
                stream.flush()
            except BaseException:  # noqa: BLE001 (the program may have closed or broken it)
                continue

    def perform(self, word: str, *arguments: Any) -> Any:
        """Carry out one of the operations of `protocol`."""
        turn = self._turns.begin_work()
        try:
            return self._operations[word](*arguments)
        finally:
            self._turns.end_work(turn)

    def ask(self, *request: object) -> Any:
        """Request an operation of the judge and return its result; any thread may do so."""
        self._turns.begin_request()
        try:
            return super().ask(*request)
        finally:
            self._turns.end_request()

    def encode_answer(
        self, outcome: tuple[int, Any], request: Any, data: bytes, memo: list[Any]
    ) -> bytes:
        """Return the answer; if it is too large, return an error that says so."""
        self._flush()
        num_known = len(memo)
        try:
            for number, (value, _, before) in self._pickled.items():
                if self._dump_pickle(value) != before:
                    outcome = RAISED, ("changed", number)
            return super().encode_answer(outcome, request, data, memo)
        except (TooLargeError, RecursionError, MemoryError) as error:
            _open_reserve()
            large = _as_large(*outcome)
            if large is not None:
                return self.encode_answer((RETURNED, large), request, data, memo[:num_known])
            outcome = RAISED, ((("", "TooLargeError", -1),), (), (), str(error))
            return super().encode_answer(outcome, None, data, [])
        except TypeError as error:
            # An argument has become one that cannot cross.
            outcome = RAISED, self._describe_own_error(error)
            return super().encode_answer(outcome, None, data, [])

    def put_other(self, encoder: PeerEncoder, value: Any) -> None:
        """Write the number of a value of the judge, or of a value of the program."""
        kind = type(value)
        borrowed = self._borrowed_numbers.get(id(value))
        if borrowed is not None:
            encoder.write_other(protocol.YOURS, borrowed)
            return
        if id(kind) in self._imitations:
            encoder.put_instance(value)
        elif kind is _Large:
            number = self.export(value.value)
            encoder.write_other(
                protocol.MINE, number, _name(type(value.value)), value.length, "large"
            )
        elif issubclass(kind, BaseException) and kind.__module__ == "builtins":
            encoder.define(value, "error", *self._describe_own_error(value))
        else:
            self._put_own(encoder, value)

    def _put_own(self, encoder: PeerEncoder, value: Any) -> None:
        """Write the number of a value that stays here, and what kind of stand-in it needs."""
        kind = type(value)
        if kind in _FUNCTIONS:
            encoder.write_other(protocol.MINE, self.export(value), "function", (kind.__name__,))
            return
        if isinstance(value, type):
            chain = self._chain(value) if issubclass(value, BaseException) else ()
            encoder.write_other(
                protocol.MINE, self.export(value), "class", self._about(value), chain
            )
            return
        about = self._about(kind)
        # Numbers below zero are not those of values.
        told = about if encoder.is_first(-1 - about[0]) else about[0]
        base = next((base for base in kind.__mro__ if base in PLAIN), None)
        if base is None:
            encoder.write_other(protocol.MINE, self.export(value), "object", told)
        else:
            encoder.write_other(
                protocol.MINE, self.export(value), "plain", told, PLAIN[base](value)
            )

    def _about(self, kind: type) -> tuple[Any, ...]:
        """Return what the judge has to know about a class; see `standins.About` there."""
        if id(kind) not in self._classes:
            number = self.export(kind)
            lineage = tuple(self._numbers[id(k)] for k in kind.__mro__ if id(k) in self._numbers)
            module = kind.__module__ if type(kind.__module__) is str else ""
            self._classes[id(kind)] = (
                kind,
                (
                    number,
                    lineage,
                    module[:_MAX_NAME],
                    _CLASS_NAME.__get__(kind)[:_MAX_NAME],
                    abilities_of(kind),
                    abilities_of(type(kind)),
                    _is_of_library(kind, module),
                    any(base in PLAIN for base in kind.__mro__),
                    _field_names(kind),
                ),
            )
        about: tuple[Any, ...] = self._classes[id(kind)][1]
        return about

    def get_other(self, fields: tuple[Any, ...]) -> Any:
        """Return a value of the program, or a stand-in for a value of the judge."""
        match fields:
            case (protocol.YOURS, number):
                return self.exported(number)
            case ("import", module, name):
                return self._import(module, name)
            case ("value", kind, payload):
                return bare(kind, payload)
            case ("member", kind, key):
                return kind._member_map_[key] if type(key) is str else kind(key)
            case (protocol.MINE, number, "pickled", data):
                return self._unpickle(number, data)
            case (protocol.MINE, number, word, *rest):
                return self._imitate(number, word, *rest)
        return super().get_other(fields)

    def _imitate(self, number: int, word: str, *rest: Any) -> Any:
        """Return what stands from now on for a value of the tests."""
        value = self.borrow(number, self._make_imitation(number, word, *rest))
        is_error = word == "error" and id(type(value)) in self._imitations
        if is_error or word in ("function", "class", "instance", "file"):
            self.share(value, protocol.YOURS, number)
        return value

    def _make_imitation(self, number: int, word: str, *rest: Any) -> Any:
        match word, rest:
            case (("function" | "callable"), (description,)):
                return make_function(partial(self.ask, protocol.CALL, number), description)
            case "class", (description,):
                kind = make_class(description)
                self._imitations.add(id(kind))
                return kind
            case (("instance" | "error"), (kind, payload)):
                return bare(kind, payload)
            case "file", (is_text,):
                return io.StringIO() if is_text else io.BytesIO()
            case "generator", ():
                return JudgeGenerator(self.ask, number, self.describe_error)
            case "iterator", (module, name):
                return iterator_class(module, name)(self.ask, number)
        raise ValueError(f"nothing imitates a {word}")

    @staticmethod
    def _import(module: str, name: str) -> Any:
        value: Any = importlib.import_module(module)
        for part in name.split(".") if name else ():
            value = getattr(value, part)
        return value

    def _unpickle(self, number: int, data: bytes) -> Any:
        if number in self._pickled and self._pickled[number][1] == data:
            return self._pickled[number][0]
        value = self._import("pickle", "loads")(data)
        self._pickled[number] = value, data, self._dump_pickle(value)
        self._borrowed_numbers[id(value)] = number
        return value

    def _dump_pickle(self, value: Any) -> Any:
        # Not imported at the top: few programs need it, and each fork would share its memory.
        return self._import("pickle", "dumps")(value, protocol.PICKLE_VERSION)

    def read_state(self, value: Any) -> State:
        """Return the state of a shared value; that of a class is the judge's alone."""
        return () if isinstance(value, type) else super().read_state(value)

    def may_have_changed(self, shared: Shared) -> bool:
        """Whether the state of a value has to be compared; see `read_state` about classes."""
        return not isinstance(shared.value, type) and super().may_have_changed(shared)

    def write_state(self, value: Any, state: State) -> None:
        """Give a shared value a new state."""
        if not isinstance(value, type):
            super().write_state(value, state)
            return
        (attributes,) = state
        for name, item in attributes.items():
            setattr(value, name, item)

    def describe_error(self, error: BaseException) -> Any:
        """Return an error of the tests itself; of others, what `describe_own_error` returns."""
        if id(error) in self._borrowed_numbers or id(type(error)) in self._imitations:
            return error, self._explain(error)
        return self._describe_own_error(error)

    def _describe_own_error(self, error: BaseException) -> Any:
        """Return an error's classes, its plain arguments and attributes, and its traceback."""
        arguments = _ARGUMENTS.__get__(error)
        if not all(map(_is_simple, arguments)):
            arguments = ()
        try:
            items = vars(error).items()
            attributes = tuple((k, v) for k, v in items if type(k) is str and _is_simple(v))
        except BaseException:  # noqa: BLE001 (the program may have made the error's class)
            attributes = ()
        attributes = attributes[:_MAX_ATTRIBUTES]
        return self._chain(type(error)), arguments, attributes, self._explain(error)

    def rebuild_error(self, description: Any) -> BaseException:
        """Return the exception that stands for the one that a function of the tests raised."""
        error: BaseException = description
        return error.with_traceback(None)

    def _chain(self, kind: type) -> tuple[tuple[str, str, int], ...]:
        """Return module, name and number of an exception class and of its bases, nearest first."""
        return tuple(
            (str(k.__module__), _name(k), self._class_number(k))
            for k in kind.__mro__[: protocol.MAX_CHAIN]
            if issubclass(k, BaseException)
        )

    def _class_number(self, kind: type) -> int:
        """Return -1 for a builtin class, and numbers below for those of the tests."""
        if id(kind) in self._imitations:
            return -2 - self._borrowed_numbers[id(kind)]
        return -1 if kind.__module__ == "builtins" else self.export(kind)

    def _load(self, source: str, names: tuple[str, ...]) -> Any:
        """Run the program; return the outcome and its values of those `names` that it defines."""
        try:
            code = self._compile(source)
        except _NOT_COMPILED as error:
            return protocol.SYNTAX_ERROR, self._explain(error)
        namespace = self._make_namespace("solution")
        exec(code, namespace)  # noqa: S102 (what the sandbox is for)
        values = tuple((name, namespace[name]) for name in names if name in namespace)
        return protocol.LOADED, values

    def _compile(self, source: str) -> CodeType:
        self._sources[protocol.PROGRAM_FILE] = source
        return compile(source, protocol.PROGRAM_FILE, "exec", dont_inherit=True)

    def _make_namespace(self, name: str) -> dict[str, Any]:
        """Make the main module, in which the program runs; return its namespace."""
        module = ModuleType(name)
        module.__file__ = protocol.PROGRAM_FILE
        sys.modules["solution"] = sys.modules["__main__"] = module
        self._namespace = module.__dict__
        # The real builtins. This module uses a copy, which a program cannot break.
        self._namespace["__builtins__"] = builtins
        return self._namespace

    def _run_program(self, source: str) -> Any:
        """Run a whole program like a script; return the outcome and its exit status."""
        explain = self.explain_refusal
        # Its input may end; no sandbox refuses it more.
        self.explain_refusal = lambda error: "" if isinstance(error, EOFError) else explain(error)
        try:
            code = self._compile(source)
        except _NOT_COMPILED as error:
            return protocol.SYNTAX_ERROR, self._explain(error)
        namespace = self._make_namespace("__main__")
        status = 0
        try:
            exec(code, namespace)  # noqa: S102 (what the sandbox is for)
        except SystemExit as error:
            status = _exit_status(error)
        except BaseException:
            if self._getpid() == self._pid:
                raise
            # A process that the program has forked ends like any other script.
            traceback.print_exc()
            status = 1
        self._finish(namespace)
        if self._getpid() != self._pid:
            self._exit(status)
        return protocol.ENDED, status

    def _finish(self, namespace: dict[str, Any]) -> None:
        """Do what the interpreter does at the end of a script: wait for threads, and flush."""
        if (threading := sys.modules.get("threading")) is not None:
            threading._shutdown()
        atexit._run_exitfuncs()
        files = [value for value in namespace.values() if isinstance(value, io.IOBase)]
        for stream in (*files, sys.stdout, sys.stderr):
            try:
                stream.flush()
            except BaseException:  # noqa: BLE001 (the program may have closed or broken it)
                continue
        self._flush()

    def _run_tests(self, setup: str, tests: tuple[str, ...]) -> Any:
        """Run the tests in this process; return what the setup and each test raised."""
        for folder in _TEMPORARY.findall("\n".join((setup, *tests))):
            with suppress(OSError):
                os.makedirs(folder, exist_ok=True)
        outcomes: list[Any] = []
        for index, source in enumerate((setup, *tests)):
            name = f"<test {index}>" if index else "<setup>"
            self._sources[name] = source
            try:
                exec(compile(source, name, "exec", dont_inherit=True), self._namespace)  # noqa: S102
            except BaseException as error:  # noqa: BLE001 (a program may raise anything)
                outcomes.append((*self._describe_own_error(error), _is_program_in(error)))
                if not index:
                    break
            else:
                outcomes.append(None)
        return tuple(outcomes)

    def _call(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        return self.exported(number)(*args, **kwargs)

    @staticmethod
    def _apply_operation(name: str, *arguments: Any) -> Any:
        return _OPERATIONS[name](*arguments)

    def _explain(self, error: BaseException) -> str:
        """Return a shortened traceback, without the frames of this package."""
        try:
            if isinstance(error, MemoryError):
                _open_reserve()
            text = _describe(error, self._sources)
        except BaseException:  # noqa: BLE001 (the program may have made or changed anything here)
            return "The exception cannot be shown."
        try:
            return text + self.explain_refusal(error)
        except BaseException:  # noqa: BLE001 (this code has no builtins of its own)
            return text

    def _receive_bytes(self) -> bytes:
        self._check_process()
        data = self._read_descriptor(protocol.CHANNEL, _CHUNK_BYTES)
        if not data:
            self._exit(0)
        return data

    def _send_bytes(self, data: bytes) -> None:
        self._check_process()
        view = memoryview(data)
        while view:
            view = view[self._write_descriptor(protocol.CHANNEL, view) :]

    def _check_process(self) -> None:
        """End this process if the program forked it: only the original may answer."""
        if self._getpid() != self._pid:
            self._exit(0)


def _name(value: Any) -> str:
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", "")
    return name[:_MAX_NAME] if type(name) is str else ""


def _exit_status(error: SystemExit) -> int:
    """Return the exit status that the interpreter gives; print what is no number, as it does."""
    code = error.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)  # noqa: T201 (as the interpreter does)
    return 1


def _is_of_library(kind: type, module: str) -> bool:
    """Whether a class is none that the program has made."""
    if not kind.__flags__ & HEAP_TYPE:
        return True
    is_own = module in ("solution", "__main__")
    return not is_own and getattr(sys.modules.get(module), kind.__qualname__, None) is kind


def _field_names(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields of a dataclass; empty if it is none."""
    fields = getattr(kind, "__dataclass_fields__", None)
    return tuple(fields) if type(fields) is dict else ()


def _is_flat(value: Any) -> bool:
    """Whether `marshal` loses nothing of a value: exact types, and no container occurs twice."""
    kind = type(value)
    if kind is dict:
        return _SCALARS.issuperset(map(type, value)) and _SCALARS.issuperset(
            map(type, value.values())
        )
    return kind in _SCALARS or (kind in _FLAT and _SCALARS.issuperset(map(type, value)))


def _is_plain(value: Any, depth: int = 0) -> bool:
    """Whether `marshal` keeps a value: exact types at all levels."""
    kind = type(value)
    if kind in _SCALARS:
        return True
    if kind is dict:
        return _is_plain((*value, *value.values()), depth)
    if kind not in _FLAT or depth > MAX_DEPTH:
        return False
    return _SCALARS.issuperset(map(type, value)) or all(
        _is_plain(item, depth + 1) for item in value
    )


def _pieces(value: list[Any] | tuple[Any, ...]) -> Iterator[bytes]:
    """Yield what `marshal` writes for a list or tuple, without a copy of all of it."""
    yield (b"[" if type(value) is list else b"(") + len(value).to_bytes(4, "little")
    for item in value:
        yield dumps(item, protocol.MARSHAL_VERSION)


def _is_simple(value: Any) -> bool:
    kind = type(value)
    return (
        kind in (int, float, bool)
        or value is None
        or (kind in (str, bytes) and len(value) <= _MAX_EXPLANATION)
    )


def _is_program_in(error: BaseException) -> bool:
    """Whether a frame of the program is in the traceback of an error."""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == protocol.PROGRAM_FILE:
            return True
        trace = trace.tb_next
    return False


def _open_reserve() -> None:
    """Raise the limit of address space by the part kept back, so that an error can be reported."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


_PACKAGE_FOLDER = os.path.dirname(os.path.dirname(__file__))


def _describe(error: BaseException, sources: dict[str, str]) -> str:
    """Return the last frames of the traceback, with source lines, and the exception."""
    for name, source in sources.items():
        lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        linecache.cache[name] = (len(source), None, [line + "\n" for line in lines], name)
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__, limit=-_MAX_FRAMES)
        if not frame.filename.startswith(_PACKAGE_FOLDER)
    ]
    stack = "".join(traceback.StackSummary.from_list(frames).format())
    last = "".join(traceback.format_exception_only(type(error), error))
    return _shorten(stack) + _shorten(last)


def _shorten(text: str) -> str:
    if len(text) <= _MAX_EXPLANATION:
        return text
    half = _MAX_EXPLANATION // 2
    return f"{text[:half]}\n... {len(text) - 2 * half} characters ...\n{text[-half:]}"
