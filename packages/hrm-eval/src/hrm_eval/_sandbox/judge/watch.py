"""What the judge knows about a running program: what it has used, and which limit it exceeds.

CPU time decides a time-out. Wall time counts only where the program neither ran nor waited for a
CPU. So a program that sleeps is ended, but a busy machine changes no verdict.
"""

import fcntl
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NoReturn, TypeVar

from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.control import Allowance

# A program that was killed runs again; after this many kills, it is assumed to kill itself.
_MAX_KILLS = 3
# The backstop for CPU time counts ticks, and may strike too early.
_KILLS = (signal.SIGKILL, signal.SIGTERM, signal.SIGXCPU)

# After a time-out the limits may be derived from the reference solution: it may take this long, and
# a program may take this many times as long as the reference.
MOST_REFERENCE_SECONDS = 60.0
REFERENCE_FACTOR = 3.0

# A result must fit into the socket buffer, since the harness may be busy with another worker.
OUTPUT_TAIL_BYTES = 8 * 2**10
MAX_REASON = 8_000


class End(StrEnum):
    """Why a program ended before its last test."""

    DIED = "died"
    CLOSED = "closed"
    CPU_LIMIT = "cpu_limit"
    TEST_CPU_LIMIT = "test_cpu_limit"
    WALL_LIMIT = "wall_limit"
    MEMORY_LIMIT = "memory_limit"
    TOO_LARGE = "too_large"
    TOO_MUCH_OUTPUT = "too_much_output"
    DAMAGED = "damaged"
    NOT_STARTED = "not_started"


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What a program has used, as the box counts it.

    Attributes:
        cpu_seconds: CPU time of all its processes.
        waiting_seconds: Time in which its threads could have run but had no CPU.
        resident_bytes: Resident memory: of all processes now, or, once the program has ended, the
            peak of the largest process.
        status: Wait status of its first process, or `protocol.RUNNING` or `protocol.NOT_STARTED`.
        test_cpu_seconds: CPU time of the last test until the last sample; set by `Clock.complete`.
    """

    cpu_seconds: float
    waiting_seconds: float
    resident_bytes: int
    status: int
    test_cpu_seconds: float = 0.0

    @property
    def signal(self) -> int:
        """The signal that killed the first process, or 0."""
        is_killed = self.status >= 0 and os.WIFSIGNALED(self.status)
        return os.WTERMSIG(self.status) if is_killed else 0

    def was_killed(self, end: End | None) -> bool:
        """Whether the program may have been killed from outside, so that it should run again."""
        return end is End.DIED and self.signal in _KILLS


_Result = TypeVar("_Result")


def run_again_if_killed(
    run: Callable[[], tuple[_Result, Usage, End | None]],
    cpu_seconds: float,
    was_out_of_memory: Callable[[], bool],
) -> tuple[_Result, Usage, End | None, bool]:
    """Run a program, and again if it may have been killed from outside.

    Args:
        run: Runs the program once; returns a result, what it used, and why it ended early, if so.
        cpu_seconds: The program's limit; if it used more, it was killed for that.
        was_out_of_memory: Whether the kernel has killed a process for memory since the last call.

    Returns:
        What the last run returned, and whether the kernel killed the program for memory.
    """
    for _ in range(_MAX_KILLS):
        result, usage, end = run()
        was_killed = usage.was_killed(end)
        is_out_of_memory = was_killed and was_out_of_memory()
        if not was_killed or is_out_of_memory or usage.cpu_seconds > cpu_seconds:
            break
    return result, usage, end, is_out_of_memory


def make_output() -> int:
    """Return a new file without a name, for what a program prints."""
    if hasattr(os, "memfd_create"):
        file = os.memfd_create("output")
        # Then the file can be shortened while the program prints.
        fcntl.fcntl(file, fcntl.F_SETFL, os.O_APPEND)
        return file
    import tempfile

    descriptor, path = tempfile.mkstemp()
    os.unlink(path)
    return descriptor


def make_file(content: bytes) -> int:
    """Return a new file without a name, to be read from its start."""
    if hasattr(os, "memfd_create"):
        file = os.memfd_create("input")
    else:
        import tempfile

        file, path = tempfile.mkstemp()
        os.unlink(path)
    view = memoryview(content)
    while view:
        view = view[os.write(file, view) :]
    os.lseek(file, 0, os.SEEK_SET)
    return file


_KEPT_BYTES = 2**13


class BoxClient:
    """The judge's connection to its box: starts, watches and ends programs.

    Args:
        control: Socket to the box.
    """

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._output = -1
        # Files for errors and standard input, of a program that reads the latter.
        self._streams: tuple[int, ...] = ()
        self._kept = b""

    def renew_output(self, stdin: bytes | None = None) -> None:
        """Make a new file for the next program to print to; programs share none.

        Args:
            stdin: What the program may read; then what it prints as errors goes to another file.
        """
        for file in (self._output, *self._streams):
            if file >= 0:
                os.close(file)
        self._output = make_output()
        self._streams = ()
        self._kept = b""
        if stdin is not None:
            self._streams = make_output(), make_file(stdin)

    def start(self, channel: socket.socket, cpu_seconds: float) -> None:
        """Start a program, and pass `channel` and the new files to it."""
        order = protocol.ORDER.pack(protocol.START, 0, cpu_seconds)
        files = [channel.fileno(), self._output, *self._streams]
        socket.send_fds(self._control, [order], files)

    def usage(self) -> Usage:
        """Return what the program has used so far."""
        return self._order(protocol.USAGE)

    def end(self) -> Usage:
        """Kill every process of the program, and return what it used."""
        return self._order(protocol.END)

    def leave(self, status: int = 0) -> NoReturn:
        """Let the box end everything it started, wait until it is gone, and end this process."""
        self._control.close()
        with suppress(ChildProcessError):
            while True:
                os.wait()
        os._exit(status)

    def shorten_output(self, size: int) -> None:
        """Throw away what the program has printed, but for the end, if it is more than `size`."""
        if os.fstat(self._output).st_size > size:
            self._kept = self.output(_KEPT_BYTES)
            os.ftruncate(self._output, 0)

    def output(self, size: int) -> bytes:
        """Return the last `size` bytes that the program printed."""
        printed = os.fstat(self._output).st_size
        tail = os.pread(self._output, size, max(0, printed - size)) if printed else b""
        return (self._kept + tail)[-size:]

    @property
    def output_bytes(self) -> int:
        """How much the program has printed so far, without errors if these have a file."""
        return os.fstat(self._output).st_size

    def shorten_errors(self, size: int) -> None:
        """Throw away what the program has printed as errors, if it is more than `size`."""
        for file in self._streams[:1]:
            if os.fstat(file).st_size > size:
                os.ftruncate(file, 0)

    def errors(self, size: int) -> bytes:
        """Return the last `size` bytes that the program printed to a separate file for errors."""
        if not self._streams:
            return b""
        printed = os.fstat(self._streams[0]).st_size
        return os.pread(self._streams[0], size, max(0, printed - size))

    def _order(self, word: bytes) -> Usage:
        # Random, so that code of a program in a fork cannot have asked for this answer before.
        number = int.from_bytes(os.urandom(8), "little")
        self._control.sendall(protocol.ORDER.pack(word, number, 0.0))
        data = self._control.recv(protocol.REPORT.size, socket.MSG_WAITALL)
        if len(data) < protocol.REPORT.size:
            raise ConnectionError("the box is gone")
        same, cpu_seconds, waiting_seconds, resident_bytes, status = protocol.REPORT.unpack(data)
        if same != number:
            raise ConnectionError("the box answered another order")
        return Usage(
            cpu_seconds=cpu_seconds,
            waiting_seconds=waiting_seconds,
            resident_bytes=resident_bytes,
            status=status,
        )


# A wait for a CPU that is longer does not count as one in full.
_MOST_WAIT_SECONDS = 1.0


@dataclass
class Clock:
    """Time and usage of a program at the last sample, that is, when the box was last asked.

    Attributes:
        started: When the program was started, on the monotonic clock.
        sampled: When the box was last asked.
        cpu_seconds: CPU time at the last sample.
        waiting_seconds: Time of all threads without a CPU at the last sample.
        credited_seconds: The part of that time which does not count as idle.
        unexplained_seconds: Wall time, of the last few samples, in which it did not run and is not
            known to have waited for a CPU.
        test_cpu_start: CPU time at the start of the current test.
        call_began: When the judge began to wait for the program, if it is waiting now.
        called_seconds: Wall time of all earlier waits for the program.
    """

    started: float = field(default_factory=time.monotonic)
    sampled: float = field(default_factory=time.monotonic)
    cpu_seconds: float = 0.0
    waiting_seconds: float = 0.0
    credited_seconds: float = 0.0
    unexplained_seconds: float = 0.0
    test_cpu_start: float = 0.0
    call_began: float = 0.0
    called_seconds: float = 0.0

    def begin_call(self) -> None:
        """Note that the judge begins to wait for the program."""
        self.call_began = time.monotonic()

    def end_call(self) -> None:
        """Note that the judge no longer waits for the program."""
        self.called_seconds += time.monotonic() - self.call_began

    def begin_test(self) -> float:
        """Start the CPU clock of the next test; return the CPU seconds since the last start."""
        used = self.cpu_seconds - self.test_cpu_start
        self.test_cpu_start = self.cpu_seconds
        return used

    def update(self, usage: Usage) -> None:
        """Set the times to those of a new sample."""
        now = time.monotonic()
        idle = now - self.sampled - max(0.0, usage.cpu_seconds - self.cpu_seconds)
        self.unexplained_seconds += max(0.0, idle)
        # Several processes may wait at once, but the program cannot wait longer than wall time.
        # The kernel tells of a wait only at its end, which may be some samples later.
        waited = max(0.0, usage.waiting_seconds - self.waiting_seconds)
        credited = min(waited, self.unexplained_seconds)
        self.credited_seconds += credited
        self.unexplained_seconds = min(self.unexplained_seconds - credited, _MOST_WAIT_SECONDS)
        self.waiting_seconds = usage.waiting_seconds
        self.sampled = now
        self.cpu_seconds = usage.cpu_seconds

    def complete(self, usage: Usage) -> Usage:
        """Return the usage of a program that has ended, with no less CPU time than was sampled.

        The kernel's count of a process that has ended may be smaller than that of its clock ticks.
        """
        return replace(
            usage,
            cpu_seconds=max(usage.cpu_seconds, self.cpu_seconds),
            test_cpu_seconds=self.cpu_seconds - self.test_cpu_start,
        )

    def idle_seconds(self, *, is_in_call: bool) -> float:
        """Return for how long the judge waited while the program neither ran nor lacked a CPU."""
        called_seconds = self.called_seconds
        if is_in_call:
            called_seconds += self.sampled - self.call_began
        return called_seconds - self.cpu_seconds - self.credited_seconds

    def exceeded(self, usage: Usage, allowance: Allowance, *, is_in_call: bool) -> End | None:
        """Return the first limit that the program exceeds, or None."""
        checks = {
            End.CPU_LIMIT: usage.cpu_seconds > allowance.cpu_seconds,
            End.TEST_CPU_LIMIT: usage.cpu_seconds - self.test_cpu_start
            > allowance.test_cpu_seconds,
            End.MEMORY_LIMIT: usage.resident_bytes > allowance.resident_bytes,
            End.WALL_LIMIT: self.idle_seconds(is_in_call=is_in_call) > allowance.idle_seconds,
        }
        return next((end for end, is_exceeded in checks.items() if is_exceeded), None)
