"""The request to stop a run by a signal: the run finishes its step, saves, and ends.

The signals are Ctrl-C, SIGTERM, SIGHUP (the terminal is gone) and SIGUSR1 (Slurm's warning).
"""

import signal
import threading
import time
from types import FrameType, TracebackType
from typing import Any, NoReturn, Self

from hrm_core.command import TERMINATED

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1)
# A launcher forwards signals that the terminal has sent to every process already, so the same
# request may arrive twice.
_SECONDS_OF_ONE_REQUEST = 3.0


class StopSignal:
    """Records a first signal to stop; a second one, seconds later, ends the process at once.

    It listens only while it is used as a context, and only in the main thread. Elsewhere, signals
    do what they did before. An ignored signal stays ignored, as after `nohup` or `&` in a script.

    Attributes:
        requested: Whether this process has been asked to stop.
    """

    def __init__(self) -> None:
        self.requested = False
        self._number: int = signal.SIGTERM
        self._began = 0.0
        self._handlers: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            heard = [number for number in _SIGNALS if signal.getsignal(number) != signal.SIG_IGN]
            self._handlers = {number: signal.signal(number, self._receive) for number in heard}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def _receive(self, number: int, frame: FrameType | None) -> None:
        del frame
        now = time.monotonic()
        is_second = self.requested and now - self._began > _SECONDS_OF_ONE_REQUEST
        if not self.requested:
            self.requested, self._number, self._began = True, number, now
        if is_second:
            self.stop()

    def stop(self) -> NoReturn:
        """Do what the received signal did before, or else exit as SIGTERM does.

        Raises:
            KeyboardInterrupt: After Ctrl-C.
            SystemExit: After another signal, or if another process was asked to stop.
        """
        handler = self._handlers.get(self._number)
        if callable(handler):
            handler(self._number, None)
        raise SystemExit(TERMINATED)
