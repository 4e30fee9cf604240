"""One child process of the sandbox: start it, feed it, read its report, end it.

Not covered: a process that leaves the child's process group outlives it.
"""

import marshal
import os
import secrets
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from enum import StrEnum
from io import FileIO
from pathlib import Path
from typing import Self, TypedDict

from hrm_eval._report import Report

CHILD_FILE = Path(__file__).resolve().with_name("_child.py")

OUTPUT_LIMIT_BYTES = 16 * 2**20
OUTPUT_TAIL_BYTES = 64 * 2**10

# A loaded machine may take long to start an interpreter; this is no limit of the program.
START_SECONDS = 60.0

_CHUNK_BYTES = 64 * 2**10
_POLL_SECONDS = 0.1
_POLL_SECONDS_WITHOUT_REPORT = 0.01

# macOS counts `ru_maxrss` in bytes, Linux in KiB.
_MAX_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


class Job(TypedDict):
    """What a child is told; it works on what it was told and nothing else."""

    program: str
    setup: str
    tests: list[str]
    entry_point: str
    cpu_seconds: float
    wall_seconds: float
    memory_bytes: int
    file_bytes: int
    package_folders: list[str]


class Ended(StrEnum):
    """What ended a child, as the parent saw it."""

    REPORTED = "reported"
    EXITED = "exited"
    DAMAGED = "damaged"
    WALL_LIMIT = "wall_limit"
    OUTPUT_LIMIT = "output_limit"
    STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True)
class Run:
    """A child that is over.

    Attributes:
        report: What it reported.
        ended: What ended it.
        returncode: Exit status, or the negative number of the signal that killed it.
        seconds: Wall time from the start of the program to its end.
        cpu_seconds: CPU time of the program and of its children that it waited for.
        peak_memory_bytes: Resident memory at its highest.
        output: The end of what it printed.
    """

    report: Report
    ended: Ended
    returncode: int
    seconds: float
    cpu_seconds: float
    peak_memory_bytes: int
    output: bytes


class Child:
    """A running child; leaving the `with` block kills its group and closes every pipe.

    Args:
        job: What the child runs, without the nonce.
        folder: Its working folder, home and temporary folder.
        statuses: The words that it may report with.

    Raises:
        OSError: If there is no process, no pipe or no interpreter to be had.
    """

    def __init__(self, job: Job, *, folder: Path, statuses: Collection[str]) -> None:
        nonce = secrets.token_hex(16)
        self.report = Report(nonce, len(job["tests"]), statuses)
        self._job = memoryview(marshal.dumps({**job, "nonce": nonce}))
        self._tail = b""
        self._num_printed = 0
        self._exit: tuple[int, float, int] | None = None
        self._is_over = False
        with ExitStack() as stack:
            self._selector = stack.enter_context(selectors.DefaultSelector())
            job_in, self._job_out = _open_pipe(stack)
            self._report_in, report_out = _open_pipe(stack)
            self._output_in, output_out = _open_pipe(stack)
            self._process = _spawn(job_in.fileno(), report_out.fileno(), output_out, folder)
            for stream in (job_in, report_out, output_out):
                stream.close()
            self._watch(self._job_out, selectors.EVENT_WRITE, self._write_job)
            self._watch(self._report_in, selectors.EVENT_READ, self._read_report)
            self._watch(self._output_in, selectors.EVENT_READ, self._read_output)
            self._closing = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._closing:
            self._end()

    def wait(self, *, wall_seconds: float, stop: threading.Event) -> Run:
        """Watch the child until it has reported or ended, or is over a limit; then kill its group.

        Args:
            wall_seconds: For the program and its tests; the start of the interpreter is free.
            stop: Set by another thread to give the child up.
        """
        began, deadline = 0.0, time.monotonic() + START_SECONDS
        while (ended := self._how_it_ended(deadline, stop)) is None:
            for key, _ in self._selector.select(self._pause(deadline)):
                key.data()
            if self.report.started and not began:
                began = time.monotonic()
                deadline = began + wall_seconds
        seconds = time.monotonic() - began if began else 0.0
        peak = _peak_memory(self._process.pid)
        returncode, cpu_seconds, max_rss = self._end()
        self._read_rest()
        if self.report.finished and ended is Ended.EXITED:
            ended = Ended.REPORTED
        cpu_before, max_rss_before = self.report.started or (0.0, 0)
        if max_rss > max_rss_before or not peak:
            peak = max(peak, max_rss * _MAX_RSS_UNIT)
        return Run(
            report=self.report,
            ended=Ended.DAMAGED if self.report.damaged else ended,
            returncode=returncode,
            seconds=seconds,
            cpu_seconds=max(0.0, cpu_seconds - cpu_before),
            peak_memory_bytes=peak,
            output=self._tail,
        )

    def _how_it_ended(self, deadline: float, stop: threading.Event) -> Ended | None:
        checks = {
            Ended.DAMAGED: self.report.damaged,
            Ended.REPORTED: self.report.finished,
            Ended.OUTPUT_LIMIT: self._num_printed > OUTPUT_LIMIT_BYTES,
            Ended.STOPPED: stop.is_set(),
            Ended.EXITED: self._has_exited(os.WNOHANG),
            Ended.WALL_LIMIT: time.monotonic() > deadline,
        }
        return next((ended for ended, is_true in checks.items() if is_true), None)

    def _pause(self, deadline: float) -> float:
        most = _POLL_SECONDS_WITHOUT_REPORT if self._report_in.closed else _POLL_SECONDS
        return max(0.0, min(most, deadline - time.monotonic()))

    def _has_exited(self, options: int) -> bool:
        """Reap the child if it is over. Its number stays taken as long as its group has members."""
        if self._exit is None:
            pid, status, usage = os.wait4(self._process.pid, options)
            if pid:
                self._process.returncode = os.waitstatus_to_exitcode(status)
                cpu_seconds = usage.ru_utime + usage.ru_stime
                self._exit = self._process.returncode, cpu_seconds, usage.ru_maxrss
        return self._exit is not None

    def _end(self) -> tuple[int, float, int]:
        """Kill the group and return the exit status, CPU seconds and `ru_maxrss` of the child."""
        if not self._is_over:
            self._is_over = True
            # macOS refuses to signal a group of zombies.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._has_exited(0)
        assert self._exit is not None
        return self._exit

    def _watch(self, stream: FileIO, event: int, act: Callable[[], None]) -> None:
        os.set_blocking(stream.fileno(), False)
        self._selector.register(stream, event, act)

    def _close(self, stream: FileIO) -> None:
        if not stream.closed:
            self._selector.unregister(stream)
            stream.close()

    def _write_job(self) -> None:
        try:
            self._job = self._job[self._job_out.write(self._job) or 0 :]
        except BrokenPipeError:
            self._job = self._job[:0]
        if not self._job:
            self._close(self._job_out)

    def _read_report(self) -> None:
        self.report.feed(self._read(self._report_in))

    def _read_output(self) -> None:
        data = self._read(self._output_in)
        self._num_printed += len(data)
        self._tail = (self._tail + data)[-OUTPUT_TAIL_BYTES:]

    def _read(self, stream: FileIO) -> bytes:
        """Return what is there; None is nothing yet, an empty read is the end of the stream."""
        data = stream.read(_CHUNK_BYTES)
        if data == b"":
            self._close(stream)
        return data or b""

    def _read_rest(self) -> None:
        """Read what a dead child left in its pipes, and no more than fits a pipe."""
        for stream, read in (
            (self._report_in, self._read_report),
            (self._output_in, self._read_output),
        ):
            if not stream.closed:
                read()


def _open_pipe(stack: ExitStack) -> tuple[FileIO, FileIO]:
    reader, writer = os.pipe()
    return stack.enter_context(FileIO(reader, "r")), stack.enter_context(FileIO(writer, "w"))


def _spawn(job: int, report: int, output: FileIO, folder: Path) -> subprocess.Popen[bytes]:
    # As -I, but without -E: the environment is ours, and the hash seed stands in it.
    flags = ["-s", "-S", "-P", "-X", "faulthandler"]
    return subprocess.Popen(
        [sys.executable, *flags, str(CHILD_FILE), str(job), str(report)],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        pass_fds=(job, report),
        cwd=folder,
        env=environment(folder),
        start_new_session=True,
    )


def environment(folder: Path) -> dict[str, str]:
    """Return the whole environment of a child; nothing of ours is in it."""
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return {
        "PATH": os.defpath,
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        # Each arena takes 64 MiB of address space, which is what the memory limit counts.
        "MALLOC_ARENA_MAX": "1",
        **dict.fromkeys(threads, "1"),
    }


def _peak_memory(pid: int) -> int:
    """Return the peak of a living process in bytes, or 0 where the system does not say.

    `ru_maxrss` alone will not do: Linux starts it with the parent's own peak.
    """
    with suppress(OSError):
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace")
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0
