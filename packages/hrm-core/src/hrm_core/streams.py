"""Standard output and standard error that outlive their readers.

A run must not end because nobody reads what it prints: `hrm-train run 2>&1 | head -1`, a closed
terminal, a full disk behind `2> FILE`. Its results are in its folder.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO


class _LastingStream:
    """A text stream that, once it cannot be written, discards what it gets."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with self._discarding_on_error():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with self._discarding_on_error():
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    @contextlib.contextmanager
    def _discarding_on_error(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            # The rest goes to the null device, also what the stream still holds in its buffer.
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, self._stream.fileno())
            os.close(null)


@contextlib.contextmanager
def lasting_streams() -> Iterator[None]:
    """Keep writing to `sys.stdout` and `sys.stderr` from raising errors."""
    before = {name: getattr(sys, name) for name in ("stdout", "stderr")}
    for name, stream in before.items():
        # It is None after `>&-`.
        if stream is not None:
            setattr(sys, name, _LastingStream(stream))
    try:
        yield
    finally:
        for name, stream in before.items():
            setattr(sys, name, stream)
