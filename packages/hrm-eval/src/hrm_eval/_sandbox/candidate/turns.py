"""Whose turn it is to use the channel, when a program's threads call functions of the tests.

The judge answers one request at a time, and the last one first: an operation that it requests while
it answers has to end before it goes on. So a thread may send a request only while the judge waits
for an operation, and an operation may end only when no request that was sent after its start is
open.
"""

from _thread import allocate_lock, get_ident
from collections.abc import Callable
from typing import Any

Entry = tuple[bool, int]


class Turns:
    """The requests of both ends that are open, the last one at the end.

    It uses the locks of `_thread`, since most programs do without `threading`.
    """

    def __init__(self) -> None:
        self._lock = allocate_lock()
        self._gates: list[Any] = []
        # Whether it is an operation for the judge, and the thread that works on it or waits for it.
        self._open: list[Entry] = [(False, get_ident())]

    def begin_work(self) -> Entry:
        """Note that an operation begins; `end_work` takes what this returns."""
        entry = (True, get_ident())
        with self._lock:
            self._open.append(entry)
            self._open_gates()
        return entry

    def end_work(self, entry: Entry) -> None:
        """Wait until an operation may be answered."""
        with self._lock:
            self._wait(lambda: self._open[-1] is entry)
            self._open.pop()
            self._open_gates()

    def begin_request(self) -> None:
        """Wait until a request may be sent; no other thread may until `end_request`."""
        me = get_ident()

        def may_send() -> bool:
            is_operation, thread = self._open[-1]
            return is_operation or thread == me

        with self._lock:
            self._wait(may_send)
            self._open.append((False, me))

    def end_request(self) -> None:
        """Note that a request has been answered."""
        with self._lock:
            self._open.pop()
            self._open_gates()

    def _wait(self, condition: Callable[[], bool]) -> None:
        """Wait for a condition; the lock is held before and after."""
        while not condition():
            gate = allocate_lock()
            gate.acquire()
            self._gates.append(gate)
            self._lock.release()
            gate.acquire()
            self._lock.acquire()

    def _open_gates(self) -> None:
        while self._gates:
            self._gates.pop().release()
