"""Progress of a stage: a bar on a terminal, otherwise a plain line every ten seconds."""

import sys
import time
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

_SECONDS_BETWEEN_LINES = 10.0


class StageProgress:
    """Prints the progress of a stage to standard error; use it as a context manager.

    Args:
        stage: Start of the line, such as `generated`.
        total: Number of steps of the stage.
        done: Number of steps that an earlier run has done.
    """

    def __init__(self, stage: str, *, total: int, done: int = 0) -> None:
        self._stage, self._total, self._done = stage, total, done
        self._started = self._last_line = time.monotonic()
        console = Console(stderr=True)
        self._bar: Progress | None = None
        if console.is_terminal:
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("left"),
                TimeRemainingColumn(),
                TextColumn("{task.fields[note]}"),
                console=console,
            )
            self._task = self._bar.add_task(stage, total=total, completed=done, note="")

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        else:
            self._print_line("")
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, note: str = "") -> None:
        """Count one step.

        Args:
            note: A few words about the step, printed after the numbers.
        """
        self._done += 1
        if self._bar is not None:
            self._bar.update(self._task, completed=self._done, note=note)
            return
        now = time.monotonic()
        if now - self._last_line >= _SECONDS_BETWEEN_LINES or self._done == self._total:
            self._last_line = now
            self._print_line(note)

    def _print_line(self, note: str) -> None:
        seconds = time.monotonic() - self._started
        tail = f", {note}" if note else ""
        print(  # noqa: T201 (this module is the console)
            f"{self._stage} {self._done}/{self._total}, {seconds:.0f} s{tail}",
            file=sys.stderr,
            flush=True,
        )
