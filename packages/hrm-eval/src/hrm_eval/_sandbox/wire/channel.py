"""Calls between two processes that do not trust each other, over one stream of bytes.

Each end can request an operation of the other and wait for the answer. While it waits, it answers
requests of the other end, so callbacks nest. A value that is not plain stays in its process: the
other end gets a number for it, and a stand-in that sends requests. If an operation changed
containers in its request, their new content comes back with the answer, and the requesting end
changes its own containers too.

Some values exist at both ends and are shared: each message ends with the new states of those that
have changed since the last message in either direction; see `state`.

A frame is the length of what follows (4 bytes, little-endian), a letter for its kind, and bytes. A
request (`?`) and an answer (`!`) have one value in the format of `values`, and one for each new
state. Their quick forms (`L`, `*` and `=`) have one in the format of `marshal`; see `candidate` and
`marshalled`. `+` requests many calls at once, and `#` answers with the size and hash of a value.
"""

import math
import sys
from collections.abc import Callable
from enum import Enum
from struct import Struct
from struct import error as struct_error
from types import FunctionType
from typing import Any

from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.library import import_module
from hrm_eval._sandbox.wire.state import State, has_state, payload_of, read_state, write_state
from hrm_eval._sandbox.wire.values import (
    MAX_BYTES,
    DamagedError,
    Decoder,
    Encoder,
    TooLargeError,
    contents,
    may_be_nan,
    refill,
)

HEAD = Struct("<Ic")
ASK, ANSWER = b"?", b"!"
QUICK_LOAD, QUICK_CALL, QUICK_ANSWER = b"L", b"*", b"="
QUICK_CALLS, HASHED_ANSWER = b"+", b"#"
_KINDS = (ASK, ANSWER, QUICK_LOAD, QUICK_CALL, QUICK_ANSWER, QUICK_CALLS, HASHED_ANSWER)

RETURNED, RAISED = 0, 1

_FEW_SHARED = 50

# What is agreed about a function without attributes.
_NO_ATTRIBUTES = Encoder().encode(({},))


class Shared:
    """A value that exists at both ends.

    Args:
        value: The value at this end.
        owner: `protocol.MINE` if it was made at this end.
        number: Its number at the end where it was made.
    """

    def __init__(self, value: Any, owner: int, number: int) -> None:
        self.value = value
        self.owner = owner
        self.number = number
        # What the state was when the ends last agreed about it; None if the other end has none.
        self.agreed: bytes | None = None


class Peer:
    """One end of a channel; subclasses define its operations, stand-ins and errors.

    Args:
        receive: Returns at least one byte that the other end sent; raises at the end of the stream.
        send: Sends all bytes that it is given.
    """

    max_sent_bytes = MAX_BYTES
    max_received_bytes = MAX_BYTES

    def __init__(self, receive: Callable[[], bytes], send: Callable[[bytes], object]) -> None:
        self._receive = receive
        self._send = send
        self._buffer = b""
        self._exported: list[Any] = []
        self._numbers: dict[int, int] = {}
        # What stands here for values of the other end, and the numbers of these values.
        self._borrowed: dict[int, Any] = {}
        self._borrowed_numbers: dict[int, int] = {}
        # Numbers of exported values that the other end has been told all about.
        self.defined: set[int] = set()
        self.shared: dict[int, Shared] = {}
        # How many operations are under way, those of either end together.
        self._num_nested = 0

    def export(self, value: object) -> int:
        """Return the number that stands for a value at the other end, and keep the value alive."""
        number = self._numbers.setdefault(id(value), len(self._exported))
        if number == len(self._exported):
            self._exported.append(value)
        return number

    def exported(self, number: object) -> Any:
        """Return the value that was exported under a number.

        Raises:
            DamagedError: If there is no such value.
        """
        if type(number) is not int or not 0 <= number < len(self._exported):
            raise DamagedError("nothing was exported under that number")
        return self._exported[number]

    def borrow(self, number: int, value: Any) -> Any:
        """Keep and return what stands for a value of the other end.

        Raises:
            DamagedError: If something stands for it already.
        """
        if number in self._borrowed:
            raise DamagedError("a number that stands for two values")
        self._borrowed[number] = value
        self._borrowed_numbers[id(value)] = number
        return value

    def borrowed(self, number: object) -> Any:
        """Return what stands for a value of the other end.

        Raises:
            DamagedError: If the other end has not said what the value is.
        """
        if type(number) is not int or number not in self._borrowed:
            raise DamagedError("nothing stands for that number")
        return self._borrowed[number]

    def share(self, value: Any, owner: int, number: int) -> None:
        """Share a value from now on."""
        self.shared[id(value)] = Shared(value, owner, number)

    def read_state(self, value: Any) -> State:
        """Return the state of a shared value."""
        return read_state(value)

    def write_state(self, value: Any, state: State) -> None:
        """Give a shared value a new state; raises `TypeError` or `ValueError` if it has none."""
        write_state(value, state)

    def ask(self, *request: object) -> Any:
        """Request an operation of the other end and return its result.

        Raises:
            BaseException: What the operation raised, as rebuilt by `rebuild_error`.
            DamagedError: If the other end violates the protocol.
            TooLargeError: If the request does not fit into a message.
        """
        self._num_nested += 1
        try:
            encoder = PeerEncoder(self)
            self._send(frame(ASK, encoder.encode_message(request)))
            known = len(encoder.memo)
            _, data = self._read_answer(ANSWER)
            return self._take_answer(data, encoder.memo, known)
        finally:
            self._num_nested -= 1

    def serve(self) -> None:
        """Answer requests until `receive` raises."""
        while True:
            self._serve_one(*self._read())

    def _serve_one(self, kind: bytes, data: bytes) -> None:
        if kind != ASK:
            raise DamagedError("an unexpected answer")
        self._answer(data)

    def _read_answer(self, *kinds: bytes) -> tuple[bytes, bytes]:
        """Return the next answer; answer the requests that arrive before it."""
        while True:
            kind, data = self._read()
            if kind in kinds:
                return kind, data
            self._serve_one(kind, data)

    def _take_answer(self, data: bytes, memo: list[Any], known: int) -> Any:
        """Return or raise the result in an answer, and update the containers of the request."""
        answer = self._decode_message(PeerDecoder(self, data, memo))
        if type(answer) is not tuple or len(answer) != 3 or type(answer[2]) is not tuple:
            raise DamagedError("not an answer")
        outcome, result, changes = answer
        self._apply(changes, memo[:known])
        if outcome == RETURNED:
            return result
        raise self.rebuild_error(result)

    def perform(self, *request: Any) -> Any:
        """Carry out an operation that the other end requested."""
        raise NotImplementedError

    def describe_error(self, error: BaseException) -> Any:
        """Return what the other end needs to rebuild an error."""
        raise NotImplementedError

    def rebuild_error(self, description: Any) -> BaseException:
        """Return the error that `describe_error` of the other end described."""
        raise NotImplementedError

    def put_other(self, encoder: "PeerEncoder", value: Any) -> None:
        """Write a value that is not plain."""
        raise NotImplementedError

    def get_other(self, fields: tuple[Any, ...]) -> Any:
        """Return the value that `put_other` of the other end wrote."""
        raise DamagedError(f"nothing stands for {len(fields)} fields")

    def _answer(self, data: bytes) -> None:
        decoder = PeerDecoder(self, data)
        request = self._decode_message(decoder)
        known = len(decoder.memo)
        if type(request) is not tuple:
            raise DamagedError("not a request")
        self._num_nested += 1
        try:
            outcome = RETURNED, self.perform(*request)
        except DamagedError:
            raise
        except BaseException as error:  # noqa: BLE001 (the other end may raise anything)
            outcome = RAISED, self.describe_error(error)
        answer = self.encode_answer(outcome, request, data, decoder.memo[:known])
        self._num_nested -= 1
        self._send(frame(ANSWER, answer))

    def may_have_changed(self, shared: Shared) -> bool:
        """Whether the state of a value has to be compared; most functions have no attributes."""
        is_bare = type(shared.value) is FunctionType and not shared.value.__dict__
        return not is_bare or shared.agreed != _NO_ATTRIBUTES

    @property
    def shares_all(self) -> bool:
        """Whether a message tells of all states that have changed.

        Otherwise only of those that its values lead to. This keeps callbacks fast: a program may
        sort thousands of objects whose methods run at the other end.
        """
        return self._num_nested <= 1 or len(self.shared) <= _FEW_SHARED

    def encode_answer(
        self, outcome: tuple[int, Any], request: Any, data: bytes, memo: list[Any]
    ) -> bytes:
        """Return the answer to a request, with the new content of containers that have changed.

        Args:
            outcome: `RETURNED` and the result, or `RAISED` and the description of the error.
            request: The request, whose containers the operation may have changed.
            data: The request as it arrived.
            memo: The containers in the request.

        Raises:
            TooLargeError: If the answer does not fit into a message.
        """
        changes: tuple[Any, ...] = ()
        if memo and self._has_changed(request, data):
            changes = tuple((number, contents(container)) for number, container in enumerate(memo))
        return PeerEncoder(self, memo).encode_message((*outcome, changes))

    def _has_changed(self, request: Any, data: bytes) -> bool:
        try:
            return PeerEncoder(self, is_brief=True).encode(request) != data
        except TooLargeError:
            return True

    def _decode_message(self, decoder: "PeerDecoder") -> Any:
        """Return the value in a message, after giving shared values their new states."""
        value = decoder.decode_next()
        while not decoder.is_at_end:
            match decoder.decode_next():
                case (protocol.YOURS, number, tuple(state)):
                    self.fill(self.exported(number), state)
                case (protocol.MINE, number, tuple(state)):
                    self.fill(self.borrowed(number), state)
                case _:
                    raise DamagedError("not a state")
        return value

    def fill(self, value: Any, state: State) -> Any:
        """Give a shared value a state that the other end has sent, and return the value.

        Raises:
            DamagedError: If the value is not shared, or has no such state.
        """
        shared = self.shared.get(id(value))
        if shared is None:
            raise DamagedError("the state of a value that is not shared")
        try:
            self.write_state(value, state)
        except (TypeError, ValueError, AttributeError, BufferError, struct_error) as error:
            raise DamagedError(f"not a state: {error}") from error
        shared.agreed = self.condense(self.read_state(value))
        return value

    def condense(self, state: State, reached: dict[Shared, None] | None = None) -> bytes:
        """Return what is the same for two states only if nothing has changed between them.

        Args:
            state: The state of a shared value.
            reached: Gets the shared values that the state leads to.
        """
        encoder = PeerEncoder(self, is_brief=True)
        data = encoder.encode(state)
        if reached is not None:
            reached.update(encoder.reached)
        return data

    @staticmethod
    def _apply(changes: tuple[Any, ...], memo: list[Any]) -> None:
        for change in changes:
            match change:
                case (int(number), tuple(items)) if 0 <= number < len(memo):
                    refill(memo[number], items)
                case _:
                    raise DamagedError("not a change of a container")

    def _read(self) -> tuple[bytes, bytes]:
        buffer = self._buffer
        while len(buffer) < HEAD.size:
            buffer += self._receive()
        length, kind = HEAD.unpack_from(buffer)
        if not 1 <= length <= self.max_received_bytes + 1 or kind not in _KINDS:
            raise DamagedError(f"a frame of {length} bytes")
        end = 4 + length
        if len(buffer) < end:
            pieces, have = [buffer], len(buffer)
            while have < end:
                piece = self._receive()
                pieces.append(piece)
                have += len(piece)
            buffer = b"".join(pieces)
        self._buffer = buffer[end:]
        return kind, buffer[HEAD.size : end]


def frame(kind: bytes, data: bytes) -> bytes:
    """Return the bytes of a frame."""
    return HEAD.pack(len(data) + 1, kind) + data


class PeerEncoder(Encoder):
    """Writes a message of a peer.

    Args:
        peer: The end that sends it.
        memo: See `Encoder`.
        is_brief: Write no message, but what is the same for equal values: values that are not plain
            are written as their addresses.
    """

    def __init__(
        self, peer: Peer, memo: list[Any] | None = None, *, is_brief: bool = False
    ) -> None:
        super().__init__(memo)
        self._peer = peer
        self._is_brief = is_brief
        # What is brief is compared with messages of either end.
        self.max_bytes = peer.max_received_bytes if is_brief else peer.max_sent_bytes
        # Take effect when the message is complete.
        self._defined: set[int] = set()
        self._new_shared: list[Shared] = []
        self._agreed: dict[Shared, bytes] = {}
        # The shared values that the message leads to, in the order in which they were reached.
        self.reached: dict[Shared, None] = {}

    def encode_message(self, value: Any) -> bytes:
        """Return the bytes of a value, and of the states that have changed.

        Raises:
            TooLargeError: If they do not fit into a message.
        """
        self.put(value)
        peer = self._peer
        if peer.shared and peer.shares_all:
            changed = filter(peer.may_have_changed, peer.shared.values())
            self.reached.update(dict.fromkeys(changed))
        if self.reached:
            self._put_states()
        data = self.finish()
        if self._defined:
            peer.defined |= self._defined
            peer.shared.update((id(shared.value), shared) for shared in self._new_shared)
        for shared, condensed in self._agreed.items():
            shared.agreed = condensed
        return data

    def _put_states(self) -> None:
        """Append the states that have changed; to write one may share or reach other values."""
        done: set[Shared] = set()
        while pending := [shared for shared in self.reached if shared not in done]:
            done.update(pending)
            for shared in pending:
                # The state of what the other end has just made has yet to arrive.
                is_known = shared.owner == protocol.MINE or shared.agreed is not None
                if is_known and self._peer.may_have_changed(shared):
                    self._put_state(shared)

    def _put_state(self, shared: Shared) -> None:
        state = self._peer.read_state(shared.value)
        condensed = self._peer.condense(state, self.reached)
        if condensed != self._agreed.get(shared, shared.agreed):
            self.put((shared.owner, shared.number, state))
            self._agreed[shared] = condensed

    def put_other(self, value: Any) -> None:
        """Write a value that is not plain."""
        if (shared := self._peer.shared.get(id(value))) is not None:
            self.reached[shared] = None
        if self._is_brief:
            self.write_other(id(value))
        else:
            self._peer.put_other(self, value)

    def define(self, value: Any, *fields: object, is_shared: bool = False) -> None:
        """Write the number of a value of this end, and when it is new, the fields that define it.

        Args:
            value: The value.
            fields: What `get_other` of the other end makes its stand-in of.
            is_shared: Send the states of the value, now and whenever it has changed.
        """
        number = self._peer.export(value)
        if number in self._peer.defined or number in self._defined:
            self.write_other(protocol.MINE, number)
            return
        self._defined.add(number)
        if not is_shared:
            self.write_other(protocol.MINE, number, *fields)
            return
        shared = Shared(value, protocol.MINE, number)
        self._new_shared.append(shared)
        self.reached[shared] = None
        if not isinstance(type(value).__hash__, FunctionType):
            self.write_other(protocol.MINE, number, *fields)
            return
        # The state comes with the value, since a set or dict at the other end needs the hash. The
        # other end reads what stands for the value first, so the state may lead back to it.
        state = self._peer.read_state(value)
        self._agreed[shared] = self._peer.condense(state)
        self.begin_other(3)
        self.put("filled")
        self.write_other(protocol.MINE, number, *fields)
        self.put(state)

    def is_first(self, number: int) -> bool:
        """Whether this is the first message that tells the other end about a number."""
        is_known = number in self._peer.defined or number in self._defined
        self._defined.add(number)
        return not is_known

    def put_instance(self, value: Any) -> None:
        """Write an instance of a class of the tests: which member, its state, or its value."""
        kind = type(value)
        if isinstance(value, Enum):
            by_name = kind._member_map_.get(value._name_) is value
            self.write_other("member", kind, value._name_ if by_name else value._value_)
        elif has_state(kind):
            self.define(value, "instance", kind, payload_of(value), is_shared=True)
        else:
            self.write_other("value", kind, payload_of(value))

    def put_nan(self, value: Any) -> None:
        """Write which NaN it is."""
        number = self._peer._borrowed_numbers.get(id(value))
        if self._is_brief:
            super().put_nan(value)
        elif number is not None:
            self.write_nan(protocol.YOURS, number)
        elif value is math.nan:
            self.write_nan(protocol.MATH_NAN, 0)
        elif value is getattr(sys.modules.get("numpy"), "nan", None):
            self.write_nan(protocol.NUMPY_NAN, 0)
        else:
            number = self._peer.export(value)
            is_new = number not in self._peer.defined and number not in self._defined
            self._defined.add(number)
            self.write_nan(protocol.NEW_NAN if is_new else protocol.MINE, number)
            if is_new:
                super().put_nan(value)


class PeerDecoder(Decoder):
    """Reads a message to a peer."""

    def __init__(self, peer: Peer, data: bytes, memo: list[Any] | None = None) -> None:
        super().__init__(data, memo)
        self._peer = peer

    def get_other(self, fields: tuple[Any, ...]) -> Any:
        """Return the value of the fields."""
        match fields:
            case (protocol.MINE, number):
                return self._peer.borrowed(number)
            case ("filled", value, tuple(state)):
                return self._peer.fill(value, state)
        return self._peer.get_other(fields)

    def get_nan(self, owner: int, number: int) -> Any:
        """Return a NaN of this end, or what stands for one of the other end."""
        match owner:
            case protocol.YOURS:
                return self._peer.exported(number)
            case protocol.MINE:
                return self._peer.borrowed(number)
            case protocol.NEW_NAN:
                value = self.get()
                if not may_be_nan(value):
                    raise DamagedError("not a number")
                return self._peer.borrow(number, value)
            case protocol.MATH_NAN:
                return math.nan
            case protocol.NUMPY_NAN:
                return import_module("numpy").nan
        raise DamagedError("nobody's NaN")
