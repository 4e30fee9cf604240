"""Signals that ask a run to end: it makes its step, saves what it has learnt, and ends then."""

import signal
import threading
import time
from types import FrameType, TracebackType
from typing import Any, NoReturn, Self

from hrm_core.command import TERMINATED

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# A launcher passes on what the terminal has sent to all, so that a process may get it twice.
_SECONDS_OF_ONE_REQUEST = 3.0


class Ending:
    """Whether this process was asked to end, by Ctrl-C or SIGTERM; asked again, it ends at once.

    Used as a context, in which alone it listens; outside, and in threads, signals do what they did.

    Attributes:
        is_asked: Whether this process was.
        is_agreed: Whether all processes know that one of them was.
    """

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self.is_asked = False
        self.is_agreed = False
        self._number: int = signal.SIGTERM
        self._began = 0.0
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.signal(number, self._ask) for number in _SIGNALS}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        del frame
        now = time.monotonic()
        is_again = self.is_asked and now - self._began > _SECONDS_OF_ONE_REQUEST
        if not self.is_asked:
            self.is_asked, self._number, self._began = True, number, now
        if is_again:
            self.end()

    def end(self) -> NoReturn:
        """Do what the signal did before, or end as after SIGTERM."""
        handler = self._before.get(self._number)
        if callable(handler):
            handler(self._number, None)
        raise SystemExit(TERMINATED)
