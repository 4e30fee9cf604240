"""The judge's end of the channel to one program: calls into it, and ends it at its limits."""

import marshal
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import EnumType, Flag
from struct import Struct
from types import FunctionType
from typing import Any, NamedTuple, NoReturn

from hrm_eval._sandbox.judge import standins
from hrm_eval._sandbox.judge.crossing import Crossing
from hrm_eval._sandbox.judge.describing import (
    OneProcessError,
    class_attributes,
    hides_method,
    is_of_tests,
)
from hrm_eval._sandbox.judge.emptiness import Emptiness
from hrm_eval._sandbox.judge.equality import Equality
from hrm_eval._sandbox.judge.rebuilding import ErrorClasses, rebuild
from hrm_eval._sandbox.judge.standins import (
    About,
    Remote,
    RemoteClass,
    RemoteFunction,
    number_of,
)
from hrm_eval._sandbox.judge.watch import BoxClient, Clock, End, Usage
from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.channel import (
    ANSWER,
    HASHED_ANSWER,
    QUICK_ANSWER,
    QUICK_CALL,
    QUICK_CALLS,
    QUICK_LOAD,
    Peer,
    PeerEncoder,
    frame,
)
from hrm_eval._sandbox.wire.control import Allowance
from hrm_eval._sandbox.wire.marshalled import MarshalDecoder
from hrm_eval._sandbox.wire.state import FILES, State, bare
from hrm_eval._sandbox.wire.values import DamagedError, TooLargeError

_CHUNK_BYTES = 2**16
_TICK_SECONDS = 0.05

# A process closes its descriptors a moment before it ends.
_MOST_EXIT_SECONDS = 1.0
_EXIT_POLL_SECONDS = 0.0005

# Requests that may change a value of the program; operators are assumed not to.
_MAY_CHANGE = (protocol.CALL, protocol.SET, protocol.DELETE)

_MOST_AHEAD_BYTES = 2**16

# Calls that are kept for the message of a failed test.
_MAX_CALLS = 4

# How the results of many calls come.
_RESULTS = (ANSWER, QUICK_ANSWER, HASHED_ANSWER)

_TIMEVAL = Struct("@ll")


class EndedError(BaseException):
    """The program has ended; not an `Exception`, so that few tests catch it by accident."""


class Hashed(NamedTuple):
    """Size and hash of a result that is too large to cross at once."""

    size: int
    digest: bytes


class Session(Peer):
    """The judge's end of the channel to one program.

    What the tests pass may be larger than what a program returns.

    Args:
        box: Runs the program.
        allowance: Limits of the program.
        check_harness: Called at each sample of the usage; ends the judge if the harness is gone.

    Attributes:
        has_seen_objects: Whether anything crossed besides plain values and the program's functions.
        was_asked: Whether the tests have asked the program for anything.
        entries: Numbers of the functions that the tests call by name.
        equality: Compares instances of the program's classes.
        emptiness: Looks for empty values among the answers, if that matters to the tests.
        explain_refusal: Returns what the sandbox refused when a test failed; may be empty.
        calls: Number, arguments and result of the last calls in the current test.
        end: Why the program ended before its last test, or None.
        num_changes: Number of requests so far that may have changed a value of the program.
        test_cpu_seconds: CPU seconds of loading the program and of each test that has ended.
    """

    max_sent_bytes = protocol.MAX_REQUEST_BYTES

    def __init__(
        self, box: BoxClient, allowance: Allowance, check_harness: Callable[[], None]
    ) -> None:
        self._box = box
        self._allowance = allowance
        self._check_harness = check_harness
        self._stand_ins: dict[int, Any] = {}
        self._error_classes = ErrorClasses(self._class_of_tests)
        self._crossing = Crossing(self.export, self._error_classes.numbers)
        self._tested_classes: set[int] = set()
        # Stand-ins for instances of the program's classes belong to these, by the classes' numbers.
        self._kinds: dict[int, RemoteClass] = {}
        self.equality = Equality(self.ask, self.is_of_tested_class)
        self.emptiness: Emptiness | None = None
        self.num_changes = 0
        self._depth = 0
        self._needs_one_process = False
        self.has_seen_objects = False
        self.was_asked = False
        self.entries: frozenset[int] = frozenset()
        # Arguments of the calls sent ahead that no test has made yet, and answers to them that have
        # been read early.
        self._ahead: deque[tuple[Any, ...]] = deque()
        self._early: deque[tuple[bytes, bytes]] = deque()
        self._has_called = False
        # Calls that the program was asked to make at once and whose results nobody has taken, and
        # those of the results that have been read early.
        self._num_expected = 0
        self._results: deque[tuple[bytes, bytes]] = deque()
        self._clock = Clock()
        self.test_cpu_seconds: list[float] = []
        self.explain_refusal: Callable[[BaseException], str] = lambda error: ""
        self.end: End | None = None
        self.calls: deque[tuple[int, tuple[Any, ...], Any]] = deque(maxlen=_MAX_CALLS)
        self._socket, theirs = socket.socketpair()
        try:
            timeout = _TIMEVAL.pack(0, int(_TICK_SECONDS * 1e6))
            for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
                self._socket.setsockopt(socket.SOL_SOCKET, option, timeout)
            box.start(theirs, allowance.cpu_seconds)
        finally:
            theirs.close()
        super().__init__(self._receive_bytes, self._send_bytes)

    def close(self) -> Usage:
        """End the program and return what it used."""
        self._socket.close()
        standins.forget_all()
        usage = self._clock.complete(self._box.end())
        if usage.status == protocol.NOT_STARTED:
            self.end = End.NOT_STARTED
        return usage

    def load_and_call(self, program: str, entry_point: str, calls: bytes, num_calls: int) -> Any:
        """Load the program, and let it make many calls; `next_result` has what they return.

        Args:
            program: Source text.
            entry_point: What is called.
            calls: The arguments of each call, as `marshal` writes a tuple of tuples.
            num_calls: The number of calls.

        Returns:
            The outcome, and the program's value of the entry point, as `load` returns them.
        """
        self._num_expected = num_calls
        data = frame(QUICK_LOAD, marshal.dumps((program, (entry_point,))))
        with self._watched():
            self._send(data + frame(QUICK_CALLS, calls))
            return self._read_loaded()

    def next_result(self) -> tuple[bytes, bytes]:
        """Return the kind and content of the next result, for `read_result`.

        Two results of the kind `QUICK_ANSWER` or `HASHED_ANSWER` are equal if their contents are.

        Raises:
            EndedError: If the program has ended.
        """
        self._num_expected -= 1
        if self._results:
            return self._results.popleft()
        with self._watched():
            return self._read_answer(*_RESULTS)

    def read_result(self, kind: bytes, data: bytes) -> Any:
        """Return a result, or raise what the call raised."""
        with self._watched():
            if kind == ANSWER:
                return self._take_answer(data, [], 0)
            if kind == HASHED_ANSWER:
                if len(data) != protocol.HASHED.size:
                    raise DamagedError("not a size and a hash")
                return Hashed(*protocol.HASHED.unpack(data))
            return MarshalDecoder(data).decode()

    def load(self, program: str, names: tuple[str, ...], calls: Sequence[tuple[Any, ...]]) -> Any:
        """Load the program; return the outcome and its values of the names, or raise its error.

        Args:
            program: Source text.
            names: The entry point, and other names that the tests use.
            calls: Arguments of the one call of the entry point in each test, to be sent together
                with the program; empty if they are not known beforehand.
        """
        frames = b"".join(frame(QUICK_CALL, marshal.dumps(arguments)) for arguments in calls)
        if len(frames) <= _MOST_AHEAD_BYTES:
            self._ahead.extend(calls)
        else:
            # If the channel were full, the judge and the program would wait for each other.
            frames = b""
        with self._watched():
            self._send(frame(QUICK_LOAD, marshal.dumps((program, names))) + frames)
            return self._read_loaded()

    def _read_loaded(self) -> Any:
        kind, data = self._read_answer(ANSWER, QUICK_ANSWER)
        if kind == ANSWER:
            return self._take_answer(data, [], 0)
        return protocol.LOADED, self._functions(MarshalDecoder(data).decode())

    def _functions(self, pairs: Any) -> tuple[tuple[str, Remote], ...]:
        """Return stand-ins for functions of the program, from pairs of name and number."""
        if type(pairs) is not tuple or not all(type(p) is tuple and len(p) == 2 for p in pairs):
            raise DamagedError("not functions")
        if not all(type(number) is int for _, number in pairs):
            raise DamagedError("not the number of a function")
        # Nothing else has come yet, so these numbers are new, or one function has two names.
        for number in {number for _, number in pairs}:
            self._stand_ins[number] = standins.FUNCTIONS["function"](self, number)
        return tuple((name, self._stand_ins[number]) for name, number in pairs)

    def ask(self, *request: object) -> Any:
        """Request an operation of the program and return its result.

        Raises:
            EndedError: If the program has ended; `end` says why.
            OneProcessError: If a value in the request cannot cross.
            BaseException: What the operation raised, as rebuilt by `rebuild_error`. Instead of
                `StopIteration`, a call of `entries` raises `RuntimeError`.
        """
        try:
            return self._ask(*request)
        except StopIteration as error:
            if self.emptiness is not None:
                self.emptiness.note_item(request, is_end=True)
            if request[0] != protocol.CALL or request[1] not in self.entries:
                raise
            # It would end a loop of the tests, over `map` for example, as if all were well.
            self.has_seen_objects = True
            raised = RuntimeError("the program raised StopIteration")
            raised._of_program = getattr(error, "_of_program", str(raised))  # type: ignore[attr-defined]
            raise raised from error

    def _ask(self, *request: object) -> Any:
        if self.end is not None:
            raise EndedError
        self.was_asked = True
        self.equality.make_inside(request)
        answer = self._ask_once(*request)
        if self.emptiness is not None:
            self.emptiness.look(answer)
            self.emptiness.note_item(request, is_end=False)
        return answer

    def _ask_once(self, *request: object) -> Any:
        if request[0] in _MAY_CHANGE:
            self.num_changes += 1
        with self._watched():
            if self._ahead:
                if not self._has_called and request[2:] == (self._ahead[0], {}):
                    answer = self._take_early(*self._next_early())
                    self.calls.append((*request[1:3], answer))
                    return answer
                self._read_ahead()
            while len(self._results) < self._num_expected:
                self._results.append(self._read_answer(*_RESULTS))
            answer = super().ask(*request)
        if request[0] == protocol.CALL:
            self.calls.append((*request[1:3], answer))
        return answer

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Count the time spent waiting for the program, and stop it if it violates the protocol."""
        if not self._depth:
            self._clock.begin_call()
        self._depth += 1
        try:
            yield
        except DamagedError:
            self._stop(End.DAMAGED)
        except TooLargeError:
            self._stop(End.TOO_LARGE)
        except OneProcessError:
            self._needs_one_process = True
            raise
        finally:
            self._depth -= 1
            if not self._depth:
                self._clock.end_call()

    def _next_early(self) -> tuple[bytes, bytes]:
        """Return the answer to the next of the calls that were sent ahead."""
        self._ahead.popleft()
        self._has_called = True
        if self._early:
            return self._early.popleft()
        return self._read_answer(ANSWER, QUICK_ANSWER)

    def _take_early(self, kind: bytes, data: bytes) -> Any:
        if kind == ANSWER:
            return self._take_answer(data, [], 0)
        return MarshalDecoder(data).decode()

    def _read_ahead(self) -> None:
        """Read and keep the answers to all calls that were sent ahead."""
        while len(self._early) < len(self._ahead):
            self._early.append(self._read_answer(ANSWER, QUICK_ANSWER))

    def check(self) -> None:
        """Raise again what a test may have caught.

        Raises:
            EndedError: If the program has ended.
            OneProcessError: If a value could not cross.
        """
        if self.end is not None:
            raise EndedError
        if self._needs_one_process:
            raise OneProcessError

    def begin_test(self, *, is_measured: bool = False) -> None:
        """Start the CPU clock of the next test.

        The CPU seconds of the test before, or of loading the program, are appended to
        `test_cpu_seconds`.

        Args:
            is_measured: Ask the box for the exact time, instead of using the last sample.
        """
        if self._ahead and self.test_cpu_seconds and not self._has_called:
            # The last test ended before its call.
            with self._watched():
                self._next_early()
        self._has_called = False
        self.calls.clear()
        if is_measured or time.monotonic() - self._clock.sampled > _TICK_SECONDS / 2:
            self._sample()
        self.test_cpu_seconds.append(self._clock.begin_test())

    def mark_tested_class(self, value: object) -> None:
        """Mark a class that the tests are about, so that its operators are passed on."""
        if isinstance(value, RemoteClass):
            self._tested_classes.add(value._class_number)

    def is_of_tested_class(self, value: Remote) -> bool:
        """Whether a value belongs to a class that was marked by `mark_tested_class`."""
        return not self._tested_classes.isdisjoint(value._about.lineage)

    def are_equal(self, first: Remote, second: Remote) -> bool:
        """Whether two different values of the program are equal."""
        return self.equality.are_equal(first, second)

    def construct(self, kind: RemoteClass, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Return a new instance of a class of the program, as soon as it has to be there."""
        pending = self.equality.put_off(kind, args, kwargs)
        return (
            self.ask(protocol.CALL, kind._class_number, args, kwargs)
            if pending is None
            else pending
        )

    def number_of_pending(self, instance: Remote) -> int:
        """Make an instance that `construct` has put off, and return its number.

        Raises:
            OneProcessError: If the program's class makes something else.
        """
        kind, args, kwargs = self.equality.take_pending(instance)
        made = self.ask(protocol.CALL, kind._class_number, args, kwargs)
        if (
            not isinstance(made, Remote)
            or type(made).mro()[0] is not kind
            or self.equality.is_pending(made)
        ):
            raise OneProcessError(f"{kind.__name__} makes values of another class")
        number: int = made._number
        object.__setattr__(instance, "_number", number)
        self._stand_ins[number] = instance
        return number

    def is_of_program(self, value: object) -> bool:
        """Whether a value stands for one in the program's process."""
        return standins.remote_of(value) is not None

    @property
    def seconds(self) -> float:
        """Wall time since the program was started."""
        return time.monotonic() - self._clock.started

    def perform(self, word: str, *arguments: Any) -> Any:
        """Call a function or an iterator of the tests; a program can request nothing else."""
        result = self._perform(word, *arguments)
        self.equality.make_inside(result)
        return result

    def _perform(self, word: str, *arguments: Any) -> Any:
        match word, arguments:
            case protocol.CALL, (number, tuple(args), dict(kwargs)):
                return self._exported_as("function", number)(*args, **kwargs)
            case protocol.NEXT, (number,):
                return next(self._exported_as("iterator", number))
            case protocol.SEND, (number, value):
                return self._exported_as("generator", number).send(value)
            case protocol.THROW, (number, error):
                return self._exported_as("generator", number).throw(self.rebuild_error(error))
            case protocol.CLOSE, (number,):
                return self._exported_as("generator", number).close()
        raise DamagedError("not an operation")

    def _exported_as(self, use: str, number: object) -> Any:
        value = self.exported(number)
        if not self._crossing.may_be_used(value, use):
            raise DamagedError(f"not a {use}")
        return value

    def describe_error(self, error: BaseException) -> Any:
        """Return the part of an error in a function of the tests that the program may see."""
        if isinstance(error, EndedError | OneProcessError):
            raise error
        return error

    def rebuild_error(self, description: Any) -> BaseException:
        """Return an error of the program: of a class that both processes have, or of a new one."""
        match description:
            case (BaseException() as error, str(text)):
                return error
            case ("changed", int(number)) if number in self._crossing.copied:
                name = type(self.exported(number)).__name__
                raise OneProcessError(f"the program changes a {name} of the tests")
            case (tuple(chain), tuple(arguments), tuple(attributes), str(text)) if (
                0 < len(chain) <= protocol.MAX_CHAIN
            ):
                if chain[0] == ("", "TooLargeError", -1):
                    self._stop(End.TOO_LARGE)
                kind = self._error_classes.find(chain)
                return rebuild(kind, arguments, attributes, text)
        raise DamagedError("not an error")

    def put_other(self, encoder: PeerEncoder, value: Any) -> None:
        """Write a value that is not plain: its number, and when it is new, what it is like.

        Raises:
            OneProcessError: If it cannot cross.
        """
        if not isinstance(standins.remote_of(value), RemoteFunction):
            self.has_seen_objects = True
        number = self._number_in_program(value)
        if number is not None:
            encoder.write_other(protocol.YOURS, number)
        else:
            self._crossing.put(encoder, value)

    def _number_in_program(self, value: Any) -> int | None:
        """Return the number of a value of the program, or of an instance that it has made."""
        remote = standins.remote_of(value)
        if isinstance(remote, Remote) and self.equality.is_pending(remote):
            raise OneProcessError(f"an unfinished {type(remote).__name__} of the program")
        if remote is not None:
            return number_of(remote)
        numbers = self._error_classes.numbers
        return numbers.get(id(value), self._borrowed_numbers.get(id(value)))

    def read_state(self, value: Any) -> State:
        """Return the state of a shared value; that of a class are its attributes."""
        return (class_attributes(value),) if isinstance(value, type) else super().read_state(value)

    def write_state(self, value: Any, state: State) -> None:
        """Give a shared value the state that it has in the program's process.

        Raises:
            ValueError: If the program has replaced a method; then the program would decide what the
                tests find.
        """
        if isinstance(value, type):
            raise TypeError("a class of the tests has the state that the tests give it")
        is_instance = type(value) not in FILES and type(value) is not FunctionType
        if is_instance and state and type(state[0]) is dict:
            before = vars(value) if hasattr(value, "__dict__") else {}
            for name in state[0].keys() - before.keys():
                if type(name) is not str or hides_method(type(value), name):
                    raise ValueError(f"{name!r} would hide a method of the tests")
        super().write_state(value, state)

    def get_other(self, fields: tuple[Any, ...]) -> Any:
        """Return a value of the tests, or a stand-in for a value of the program."""
        match fields:
            case (protocol.YOURS, number):
                return self.exported(number)
            case (protocol.MINE, int(number), "error", tuple(), tuple(), tuple(), str()):
                return self.borrow(number, self.rebuild_error(fields[3:]))
            case ("member" | "value", type(), _) | (protocol.MINE, int(), "instance", type(), _):
                return self._instance(fields)
            case (protocol.MINE, int(number), str(type_name), int(length), "large") if length >= 0:
                return standins.RemoteLarge(self, number, type_name, length)
            case (protocol.MINE, int(number), str(word), tuple() | int() as about, *rest):
                if number not in self._stand_ins:
                    self._make(number, word, about, rest)
                return self._stand_ins[number]
        return super().get_other(fields)

    def _instance(self, fields: tuple[Any, ...]) -> Any:
        """Return an instance that the program has made of a class of the tests."""
        *_, kind, payload = fields
        if not self._is_described(kind) or isinstance(kind, EnumType) != (fields[0] == "member"):
            raise DamagedError("an instance of a class that the program does not have")
        if fields[0] == "member":
            return self._member(kind, payload)
        if fields[0] == "value":
            return bare(kind, payload)
        number: int = fields[1]
        value = self.borrow(number, bare(kind, payload))
        self.share(value, protocol.YOURS, number)
        return value

    def refuse_large(self) -> NoReturn:
        """End the program, since the tests need a value that is too large to cross."""
        self._stop(End.TOO_LARGE)

    def _is_described(self, kind: type) -> bool:
        """Whether the program knows a class of the tests, so that it may have instances of it."""
        return is_of_tests(kind) and self._numbers.get(id(kind)) in self.defined

    def _class_of_tests(self, number: int) -> type[BaseException]:
        """Return the exception class of the tests with this number, which the program knows."""
        kind = self.exported(number)
        is_error = isinstance(kind, type) and issubclass(kind, BaseException)
        if not is_error or not self._is_described(kind):
            raise DamagedError("not a class of the tests")
        return kind

    @staticmethod
    def _member(kind: Any, key: Any) -> Any:
        if type(key) is str:
            member = kind._member_map_.get(key)
        else:
            member = kind(key) if type(key) is int and issubclass(kind, Flag) else None
        if member is None:
            raise DamagedError("not a member")
        return member

    def _make(self, number: int, word: str, about: Any, rest: list[Any]) -> None:
        """Make the stand-in for a value of the program that is new here."""
        if word == "function" and about in [(name,) for name in standins.FUNCTIONS]:
            self._stand_ins[number] = standins.FUNCTIONS[about[0]](self, number)
            return
        self.has_seen_objects = True
        match word, rest:
            case "class", [tuple(chain)] if chain:
                self._stand_ins[number] = self._error_classes.find(chain)
            case "class", [tuple()] if about[:1] == (number,):
                self._stand_ins[number] = self._class_of(about)
            case ("object", []) | ("plain", [_]):
                remote = standins.make_instance(self._class_of(about), number)
                is_plain = bool(rest) and not self.is_of_tested_class(remote)
                made = _with_plain_value(remote, rest[0]) if is_plain else remote
                self._stand_ins[number] = made
            case _:
                raise DamagedError("not a value of the program")

    def _class_of(self, about: Any) -> RemoteClass:
        """Return the class of stand-ins for instances of a class.

        Args:
            about: The fields of `About`; just the number if they have come before.
        """
        number = about if type(about) is int else _read_about(about).number
        if number not in self._kinds:
            if type(about) is int:
                raise DamagedError("not the number of a class")
            if len(self._kinds) >= _MAX_CLASSES:
                self._stop(End.TOO_LARGE)
            self._kinds[number] = standins.make_class(self, _read_about(about))
        return self._kinds[number]

    def _receive_bytes(self) -> bytes:
        if time.monotonic() - self._clock.sampled > _TICK_SECONDS:
            self._sample()
        while True:
            try:
                data = self._socket.recv(_CHUNK_BYTES)
            except BlockingIOError:
                self._sample(is_silent=True)
                continue
            except OSError:
                data = b""
            if not data:
                self._stop_closed()
            return data

    def _send_bytes(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[self._socket.send(view) :]
            except BlockingIOError:
                self._sample(is_silent=True)
            except OSError:
                self._stop_closed()

    def _stop_closed(self) -> NoReturn:
        """Stop a program whose channel is closed; `end` is `DIED` if its process ends shortly."""
        deadline = time.monotonic() + _MOST_EXIT_SECONDS
        while self._box.usage().status == protocol.RUNNING:
            if time.monotonic() > deadline:
                self._stop(End.CLOSED)
            time.sleep(_EXIT_POLL_SECONDS)
        self._stop(End.DIED)

    def _sample(self, *, is_silent: bool = False) -> None:
        """Ask the box what the program has used, and stop the program at its limits.

        Args:
            is_silent: Whether the channel has nothing to read, so that a dead process matters.
        """
        self._check_harness()
        usage = self._box.usage()
        self._clock.update(usage)
        self._limit_output()
        end = self._clock.exceeded(usage, self._allowance, is_in_call=self._depth > 0)
        if end is None and is_silent and usage.status != protocol.RUNNING:
            end = End.DIED
        if end is not None:
            self._stop(end)

    def _limit_output(self) -> None:
        self._box.shorten_output(self._allowance.output_bytes)

    def _stop(self, end: End) -> NoReturn:
        if self.end is None:
            self.end = end
        raise EndedError


def _with_plain_value(remote: Remote, value: Any) -> Any:
    if type(value) not in standins.BUILTIN_DATA:
        raise DamagedError(f"a {type(value).__name__} is not the plain value of a subclass")
    return standins.with_attributes(value, remote)


_MAX_CLASSES = 5_000
_MAX_FIELDS = 200


def _read_about(fields: tuple[Any, ...]) -> About:
    """Return what the program says about one of its classes."""
    match fields:
        case (int(), tuple(lineage), str(), str(), int(abilities), int(), bool(), bool(), names):
            is_valid = abilities >= 0 and all(type(number) is int for number in lineage)
            if is_valid and type(names) is tuple and (not names or _are_fields(names)):
                return About(*fields)
    raise DamagedError("not a class of the program")


def _are_fields(names: tuple[Any, ...]) -> bool:
    """Whether a dataclass may have fields of these names."""
    return (
        0 < len(names) <= _MAX_FIELDS
        and len(set(map(str, names))) == len(names)
        and all(type(n) is str and n.isidentifier() for n in names)
    )
