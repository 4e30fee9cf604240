"""Calls between two processes that do not trust each other, over one stream of bytes.

Either end asks the other to perform an operation and waits; while it waits it answers what the
other end asks, so callbacks nest. What is not plain stays where it is: the other end gets a number
for it and a stand-in that asks. Containers in a request that the operation changed are sent back
and changed at the asker's end too.

A frame is its length (4 bytes, little-endian), a letter for its kind, and bytes: a value for `?`,
a request, and `!`, an answer; `L`, `*` and `=` are quick forms of these, see `candidate`.
"""

from collections.abc import Callable
from struct import Struct
from typing import Any

from hrm_eval._sandbox.wire.values import (
    MAX_BYTES,
    DamagedError,
    Decoder,
    Encoder,
    contents,
    refill,
)

HEAD = Struct("<Ic")
ASK, ANSWER = b"?", b"!"
QUICK_LOAD, QUICK_CALL, QUICK_ANSWER = b"L", b"*", b"="
_KINDS = (ASK, ANSWER, QUICK_LOAD, QUICK_CALL, QUICK_ANSWER)

RETURNED, RAISED = 0, 1
YOURS, MINE = 0, 1


class Peer:
    """One end of a channel; the ends differ in what they export, make of numbers, and perform.

    Args:
        receive: Returns at least one byte of what the other end sent; raises if there is no more.
        send: Sends all of its bytes.
    """

    def __init__(self, receive: Callable[[], bytes], send: Callable[[bytes], object]) -> None:
        self._receive = receive
        self._send = send
        self._buffer = b""
        self._exported: list[Any] = []
        self._numbers: dict[int, int] = {}

    def export(self, value: object) -> int:
        """Return the number by which the other end may speak of a value; it is kept alive."""
        number = self._numbers.setdefault(id(value), len(self._exported))
        if number == len(self._exported):
            self._exported.append(value)
        return number

    def exported(self, number: object) -> Any:
        """Return what has a number.

        Raises:
            DamagedError: If nothing has it.
        """
        if type(number) is not int or not 0 <= number < len(self._exported):
            raise DamagedError("nothing was exported under that number")
        return self._exported[number]

    def ask(self, *request: object) -> Any:
        """Let the other end perform an operation; return what it returns.

        Raises:
            BaseException: What the operation raised, as this end rebuilds it.
            DamagedError: If the other end does not keep to the protocol.
            TooLargeError: If the request does not fit a message.
        """
        encoder = _Encoder(self)
        self._send(frame(ASK, encoder.encode(request)))
        known = len(encoder.memo)
        _, data = self._read_answer(ANSWER)
        return self._take_answer(data, encoder.memo, known)

    def serve(self) -> None:
        """Answer requests until `receive` raises."""
        while True:
            self._serve_one(*self._read())

    def _serve_one(self, kind: bytes, data: bytes) -> None:
        if kind != ASK:
            raise DamagedError("an answer that nobody waits for")
        self._answer(data)

    def _read_answer(self, *kinds: bytes) -> tuple[bytes, bytes]:
        """Return the next answer; requests that come before it are answered."""
        while True:
            kind, data = self._read()
            if kind in kinds:
                return kind, data
            self._serve_one(kind, data)

    def _take_answer(self, data: bytes, memo: list[Any], known: int) -> Any:
        """Return or raise what an answer says, and change the containers of the request."""
        answer = _Decoder(self, data, memo).decode()
        if type(answer) is not tuple or len(answer) != 3 or type(answer[2]) is not tuple:
            raise DamagedError("not an answer")
        outcome, result, changes = answer
        self._apply(changes, memo[:known])
        if outcome == RETURNED:
            return result
        raise self.rebuild_error(result)

    def perform(self, *request: Any) -> Any:
        """Do what the other end asked for."""
        raise NotImplementedError

    def describe_error(self, error: BaseException) -> Any:
        """Return what the other end needs to rebuild an error."""
        raise NotImplementedError

    def rebuild_error(self, description: Any) -> BaseException:
        """Return the error that a description stands for."""
        raise NotImplementedError

    def put_other(self, encoder: Encoder, value: object) -> None:
        """Write a value that is not plain."""
        raise NotImplementedError

    def get_other(self, fields: tuple[Any, ...]) -> Any:
        """Return what the other end's `put_other` wrote."""
        raise DamagedError(f"nothing stands for {len(fields)} fields")

    def _answer(self, data: bytes) -> None:
        decoder = _Decoder(self, data)
        request = decoder.decode()
        known = len(decoder.memo)
        if type(request) is not tuple:
            raise DamagedError("not a request")
        try:
            outcome = RETURNED, self.perform(*request)
        except DamagedError:
            raise
        except BaseException as error:  # noqa: BLE001 (the other end may raise anything)
            outcome = RAISED, self.describe_error(error)
        answer = self.encode_answer(outcome, request, data, decoder.memo[:known])
        self._send(frame(ANSWER, answer))

    def encode_answer(
        self, outcome: tuple[int, Any], request: Any, data: bytes, memo: list[Any]
    ) -> bytes:
        """Return the answer to a request, with what became of the containers in it.

        Args:
            outcome: Whether the operation returned or raised, and what.
            request: What was asked, perhaps changed since.
            data: The request as it came.
            memo: The containers in the request.

        Raises:
            TooLargeError: If it does not fit a message.
        """
        changes: tuple[Any, ...] = ()
        if memo and _Encoder(self).encode(request) != data:
            changes = tuple((number, contents(container)) for number, container in enumerate(memo))
        return _Encoder(self, memo).encode((*outcome, changes))

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
        if not 1 <= length <= MAX_BYTES + 1 or kind not in _KINDS:
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


class _Encoder(Encoder):
    def __init__(self, peer: Peer, memo: list[Any] | None = None) -> None:
        super().__init__(memo)
        self._peer = peer

    def put_other(self, value: Any) -> None:
        self._peer.put_other(self, value)


class _Decoder(Decoder):
    def __init__(self, peer: Peer, data: bytes, memo: list[Any] | None = None) -> None:
        super().__init__(data, memo)
        self._peer = peer

    def get_other(self, fields: tuple[Any, ...]) -> Any:
        return self._peer.get_other(fields)
