"""Calls between two processes that do not trust each other, over one stream of bytes.

Each end can request an operation of the other and wait for the answer. While it waits, it answers
requests of the other end, so callbacks nest. A value that is not plain stays in its process: the
other end gets a number for it, and a stand-in that sends requests. If an operation changed
containers in its request, their new content comes back with the answer, and the requesting end
changes its own containers too.

A frame is the length of what follows (4 bytes, little-endian), a letter for its kind, and bytes. A
request (`?`) and an answer (`!`) have one value in the format of `values`. Their quick forms (`L`,
`*` and `=`) have one in the format of `marshal`; see `candidate` and `marshalled`.
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
    """One end of a channel; subclasses define its operations, stand-ins and errors.

    Args:
        receive: Returns at least one byte that the other end sent; raises at the end of the stream.
        send: Sends all bytes that it is given.
    """

    def __init__(self, receive: Callable[[], bytes], send: Callable[[bytes], object]) -> None:
        self._receive = receive
        self._send = send
        self._buffer = b""
        self._exported: list[Any] = []
        self._numbers: dict[int, int] = {}

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

    def ask(self, *request: object) -> Any:
        """Request an operation of the other end and return its result.

        Raises:
            BaseException: What the operation raised, as rebuilt by `rebuild_error`.
            DamagedError: If the other end violates the protocol.
            TooLargeError: If the request does not fit into a message.
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
        answer = _Decoder(self, data, memo).decode()
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

    def put_other(self, encoder: Encoder, value: object) -> None:
        """Write a value that is not plain."""
        raise NotImplementedError

    def get_other(self, fields: tuple[Any, ...]) -> Any:
        """Return the value that `put_other` of the other end wrote."""
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
