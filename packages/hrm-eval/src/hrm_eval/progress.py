"""Progress of a command, on standard error: in place on a terminal, as lines in a log.

In a log, the lines of a stage come every ten seconds at first, and less often as the run gets
longer, so that ten hours take about 200 lines.
"""

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Self

from hrm_eval.durations import format_rough_seconds

if TYPE_CHECKING:
    from rich.progress import Progress

_FIRST_PAUSE = 10.0
_LONGEST_PAUSE = 300.0
# Seconds between two lines of a log, as a share of the seconds since the start.
_PAUSE_SHARE = 0.05

_is_hidden = ContextVar("_is_hidden", default=False)


@contextmanager
def hidden(*, is_hidden: bool = True) -> Iterator[None]:
    """Show no progress inside this block, if `is_hidden`."""
    token = _is_hidden.set(is_hidden)
    try:
        yield
    finally:
        _is_hidden.reset(token)


def print_notes(notes: Iterable[str]) -> None:
    """Print lines that the user should see, whether progress is shown or not."""
    for note in notes:
        print(note, file=sys.stderr, flush=True)  # noqa: T201 (for the user, not for a caller)


@contextmanager
def activity(what: str) -> Iterator[None]:
    """Say what happens at once; on a terminal, the line disappears when it is done.

    Args:
        what: Such as `loading the model hrm-nano`.
    """
    if _is_hidden.get():
        yield
        return
    if not _is_terminal():
        _print_line(what)
        yield
        return
    shown = f"{what} ..."[: shutil.get_terminal_size().columns - 1]
    _write(shown)
    try:
        yield
    finally:
        _write(f"\r{' ' * len(shown)}\r")


def _is_terminal() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def _print_line(text: str) -> None:
    _write(f"{text}\n")


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


class StageProgress:
    """Shows how far a stage is, how fast, and how long it will take; use it as a context manager.

    Args:
        stage: Start of the line, such as `generated`.
        total: Number of steps of the stage.
        done: Number of steps that an earlier run has done.
        count_tokens: Returns the number of tokens drawn so far, also of steps that are not done;
            called by another thread. None if only whole steps can be counted.
        note: A few words about what happens before the first step is done.
    """

    def __init__(
        self,
        stage: str,
        *,
        total: int,
        done: int = 0,
        count_tokens: Callable[[], int] | None = None,
        note: str = "",
    ) -> None:
        self._stage, self._note = stage, note
        self._pace = Pace(total - done, count_tokens)
        self._total, self._done = total, done
        self._is_hidden = _is_hidden.get()
        self._last_line = time.monotonic()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        if self._is_hidden:
            return self
        if _is_terminal():
            self._bar = _make_bar(self._state)
            self._task = self._bar.add_task(self._stage, total=self._total, completed=self._done)
            self._bar.start()
            return self
        _print_line(self._line())
        if self._pace.count_tokens is not None:
            self._thread = threading.Thread(target=self._print_regularly, daemon=True)
            self._thread.start()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._is_hidden:
            return
        if self._bar is not None:
            self._bar.stop()
            return
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        if kind is not None:
            _print_line(self._line())

    def advance(self, note: str = "", *, num_tokens: int = 0) -> None:
        """Count one step.

        Args:
            note: A few words about the step, shown after the numbers.
            num_tokens: Number of tokens of the step, if it generated text.
        """
        self._done += 1
        self._note = note
        self._pace.advance(num_tokens)
        if self._is_hidden:
            return
        if self._bar is not None:
            self._bar.update(self._task, completed=self._done)
        elif self._done == self._total or (self._thread is None and self._is_due()):
            self._last_line = time.monotonic()
            _print_line(self._line())

    def _is_due(self) -> bool:
        return time.monotonic() - self._last_line >= pause_after(self._pace.seconds)

    def _print_regularly(self) -> None:
        while not self._ended.wait(pause_after(self._pace.seconds)):
            _print_line(self._line())

    def _line(self) -> str:
        count = f"{self._stage} {self._done}/{self._total}"
        parts = [count, format_rough_seconds(self._pace.seconds), self._state()]
        return ", ".join(filter(None, parts))

    def _state(self) -> str:
        """Return speed, time left and note; the first note stays until a token is drawn."""
        rate, left = self._pace.tokens_per_second, self._pace.seconds_left
        has_begun = rate is not None and not self._pace.num_done
        parts = [
            "" if rate is None else f"{rate:.{0 if rate >= 10 else 1}f} tokens/s",
            "" if left is None else f"{format_rough_seconds(left)} left",
            "" if has_begun else self._note,
        ]
        return ", ".join(filter(None, parts))


class Pace:
    """How fast a stage is, and how long it will take.

    Args:
        num_steps: Number of steps to do.
        count_tokens: See `StageProgress`.
        clock: Returns the time in seconds.

    Attributes:
        count_tokens: The argument.
        num_done: Number of steps that are done.
    """

    def __init__(
        self,
        num_steps: int,
        count_tokens: Callable[[], int] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.count_tokens = count_tokens
        self._num_left, self._clock = num_steps, clock
        self.num_done = self._num_texts = self._num_tokens = 0
        self._started = clock()
        self._tokens_before = count_tokens() if count_tokens is not None else 0

    def advance(self, num_tokens: int) -> None:
        """Count one step that took this many tokens."""
        self._num_left -= 1
        self.num_done += 1
        self._num_texts += num_tokens > 0
        self._num_tokens += num_tokens

    @property
    def seconds(self) -> float:
        """Time since the start."""
        return self._clock() - self._started

    @property
    def _num_drawn(self) -> int:
        """Number of tokens drawn, also of steps that are not done if they can be counted."""
        if self.count_tokens is None:
            return self._num_tokens
        return max(self._num_tokens, self.count_tokens() - self._tokens_before)

    @property
    def tokens_per_second(self) -> float | None:
        """Tokens per second since the start; None before the first one."""
        drawn, seconds = self._num_drawn, self.seconds
        return drawn / seconds if drawn and seconds > 0 else None

    @property
    def seconds_left(self) -> float | None:
        """Estimate of the time to the end; None before the first step is done, and after the last.

        Texts are assumed to be as long as those that are done, less what is drawn of them already.
        If more is drawn of them than that, the time is unknown, too.
        """
        if not self.num_done or not self._num_left:
            return None
        if not self._num_texts:
            return self.seconds * self._num_left / self.num_done
        drawn = self._num_drawn
        wanted = self._num_left * self._num_tokens / self._num_texts - (drawn - self._num_tokens)
        return self.seconds * wanted / drawn if wanted > 0 else None


def pause_after(seconds: float) -> float:
    """Return how long to wait for the next line of a log, some seconds after the start."""
    return min(max(_FIRST_PAUSE, _PAUSE_SHARE * seconds), _LONGEST_PAUSE)


def _make_bar(state: Callable[[], str]) -> "Progress":
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
    )
    from rich.text import Text

    class StateColumn(ProgressColumn):
        max_refresh = 0.5

        def render(self, task: Task) -> Text:
            del task
            return Text(state())

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        StateColumn(),
        console=Console(stderr=True, emoji=False),
    )
