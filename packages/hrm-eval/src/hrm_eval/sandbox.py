"""The judge: run a program in a process of its own and say which of a problem's tests it passes.

A program passes when its child process has reported every test as passed, and then that it is
done, over a private pipe; no exit status and nothing printed counts. Limits are kept by the kernel
(CPU time, memory, file size) and by this process (wall time, output).

Not covered: the tests run in the program's own process, so a program written to cheat can read
them, fool them with an `__eq__`, or find the nonce and forge the report. It can reach the network
and every file and process of this user; a process that starts a session of its own survives. The
disk as a whole and the number of processes have no limit. Judge only programs that you would run.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pydantic import Field

from hrm_core.config import Section
from hrm_core.errors import DataError, HrmError
from hrm_datasets.problems import Problem
from hrm_eval._process import OUTPUT_LIMIT_BYTES, Child, Ended, Job, Run

WALL_FACTOR = 3
FILE_LIMIT_BYTES = 64 * 2**20
MAX_MESSAGE = 4096

_MAX_TEST = 500
_MAX_REASON = 2400
_MAX_OUTPUT = 1000

Key = TypeVar("Key")


class SandboxError(HrmError):
    """A child cannot be started, or broke before the program began: there is no verdict."""


class Limits(Section):
    """What a program may use, with its tests.

    The wall limit is three times `timeout_seconds`, fair to a sleeper and on a loaded machine.

    Attributes:
        timeout_seconds: CPU seconds of the program and of the children that it waits for, at most a
            day.
        memory_mb: Address space in MiB, on top of the bare interpreter's; per process.
    """

    timeout_seconds: float = Field(default=10.0, gt=0, le=86_400, allow_inf_nan=False)
    memory_mb: int = Field(default=1024, ge=64, le=2**20)

    @property
    def wall_seconds(self) -> float:
        """Seconds after which a program is stopped, whatever it waits for."""
        return WALL_FACTOR * self.timeout_seconds


class Status(StrEnum):
    """What became of a program, or of one test."""

    PASSED = "passed"
    WRONG_ANSWER = "wrong_answer"
    EXCEPTION = "exception"
    SYNTAX_ERROR = "syntax_error"
    MISSING_ENTRY_POINT = "missing_entry_point"
    EXITED = "exited"
    TIMEOUT = "timeout"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    CRASHED = "crashed"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the sandbox says about one program.

    Attributes:
        status: That of the first failure; `passed` if there is none.
        seconds: Wall time of the program and its tests, without the start of the interpreter.
        cpu_seconds: CPU time of the program, its tests and the children that it waited for.
        peak_memory_bytes: Resident memory of the process at its highest.
        tests: One status for each test that was begun; empty if the program did not get so far.
        message: What went wrong, for a human: printable, at most `MAX_MESSAGE` characters.
    """

    status: Status
    seconds: float
    cpu_seconds: float
    peak_memory_bytes: int
    tests: tuple[Status, ...]
    message: str

    @property
    def passed(self) -> bool:
        """Whether every test passed within the limits."""
        return self.status is Status.PASSED


def judge(program: str, problem: Problem, limits: Limits) -> Verdict:
    """Run a program against the tests of a problem.

    Every test runs, also after one that failed. The clock stops with the report of the last test.

    Raises:
        SandboxError: If no child can be started or it breaks before the program begins.
        DataError: If the problem has no tests, or they are not Python.
    """
    return _judge(program, problem, limits, threading.Event())


def judge_all(
    jobs: Iterable[tuple[Key, str, Problem]], limits: Limits, *, workers: int
) -> Iterator[tuple[Key, Verdict]]:
    """Judge many programs at a time and yield each verdict as it comes, under its job's key.

    At most `2 * workers` jobs are taken ahead. Closing the iterator, or an error or interrupt in
    it, kills the programs that run and removes their folders.

    Raises:
        SandboxError: As `judge`; the jobs that are left are given up.
        DataError: As `judge`.
        ValueError: If `workers` is below 1.
    """
    waiting = iter(jobs)
    running: dict[Future[Verdict], Key] = {}
    stop = threading.Event()
    pool = ThreadPoolExecutor(workers, thread_name_prefix="hrm-eval-judge")
    try:
        while True:
            for key, program, problem in islice(waiting, 2 * workers - len(running)):
                running[pool.submit(_judge, program, problem, limits, stop)] = key
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield running.pop(future), future.result()
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def protections() -> dict[str, bool]:
    """Return which protections hold on this platform, by name."""
    posix = os.name == "posix"
    return {
        "own_process_group": posix,
        "private_folder": posix,
        "scrubbed_environment": posix,
        "no_inherited_descriptors": posix,
        "private_report": posix,
        "cpu_limit": posix,
        "wall_limit": posix,
        "memory_limit": posix and sys.platform != "darwin",
        "file_size_limit": posix,
        "output_limit": posix,
        "filesystem": False,
        "network": False,
        "namespaces": False,
    }


def _judge(program: str, problem: Problem, limits: Limits, stop: threading.Event) -> Verdict:
    if os.name != "posix":
        message = f"sandbox: needs Linux or macOS, got {sys.platform!r}. Run it in WSL"
        raise SandboxError(message)
    if not problem.tests:
        message = f"{problem.task_id}: the problem has no tests, so no program can be judged."
        raise DataError(message)
    job: Job = {
        "program": program,
        "setup": problem.setup,
        "tests": list(problem.tests),
        "entry_point": problem.entry_point,
        "cpu_seconds": limits.timeout_seconds,
        "wall_seconds": limits.wall_seconds,
        "memory_bytes": limits.memory_mb * 2**20,
        "file_bytes": FILE_LIMIT_BYTES,
        "package_folders": _package_folders(),
    }
    try:
        with (
            _private_folder() as folder,
            Child(job, folder=folder, statuses=tuple(Status)) as child,
        ):
            run = child.wait(wall_seconds=limits.wall_seconds, stop=stop)
    except OSError as error:
        message = f"sandbox: cannot start a child of {sys.executable!r}: {error}"
        raise SandboxError(message) from error
    _check_that_it_began(run, problem)
    return _verdict(run, problem, limits)


def _package_folders() -> list[str]:
    return [p for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]


@contextmanager
def _private_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="hrm-eval-"))
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder that a program filled: read-only, very deep, or still being written to."""
    if folder.is_symlink():
        # The program put it there; what it points to is not ours to touch.
        folder.unlink()
        return
    try:
        shutil.rmtree(folder)
    except (OSError, RecursionError):
        for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
            subprocess.run([*command, "--", str(folder)], capture_output=True, check=False)


def _check_that_it_began(run: Run, problem: Problem) -> None:
    if run.report.broken is not None:
        message = f"{problem.task_id}: the tests are not Python: {_printable(run.report.broken)}"
        raise DataError(message)
    if run.ended is Ended.STOPPED:
        message = "sandbox: the evaluation was stopped"
        raise SandboxError(message)
    if run.report.started is None:
        reason = f"{run.ended}, exit status {run.returncode}\n{_tail(run.output)}"
        message = f"sandbox: a child of {sys.executable!r} broke before the program began: {reason}"
        raise SandboxError(message.rstrip())


def _verdict(run: Run, problem: Problem, limits: Limits) -> Verdict:
    """Combine what the child reported with how it ended; the first failure gives the status."""
    status, reason = _how_it_ended(run, limits)
    tests = [Status(word) for word in run.report.tests]
    where = _place(run, problem)
    if run.report.loaded and not run.report.finished and len(tests) < len(problem.tests):
        tests.append(status)
    failure = run.report.failure
    if failure is not None and run.ended is not Ended.DAMAGED:
        status = Status(failure.status)
        reason = failure.explanation
    if status is Status.MISSING_ENTRY_POINT:
        reason = f"The program defines no {problem.entry_point!r}."
    if status is Status.MEMORY_LIMIT:
        reason += f"The limit is {limits.memory_mb} MiB (memory_mb)."
    return Verdict(
        status=status,
        seconds=run.seconds,
        cpu_seconds=run.cpu_seconds,
        peak_memory_bytes=run.peak_memory_bytes,
        tests=tuple(tests),
        message="" if status is Status.PASSED else _message(where, reason, run.output),
    )


def _how_it_ended(run: Run, limits: Limits) -> tuple[Status, str]:
    """Return the status that the end of the child alone would give, and its reason."""
    limit = limits.timeout_seconds
    if run.ended is Ended.DAMAGED:
        return Status.CRASHED, "The report came in damaged: the program wrote into its pipe."
    if run.ended is Ended.OUTPUT_LIMIT:
        return Status.OUTPUT_LIMIT, f"It printed more than {OUTPUT_LIMIT_BYTES} bytes."
    if run.cpu_seconds > limit or run.returncode == -signal.SIGXCPU:
        used = f"It used {run.cpu_seconds:.2f} s of CPU time"
        return Status.TIMEOUT, f"{used}; the limit is {limit:g} s (timeout_seconds)."
    if run.ended is Ended.WALL_LIMIT:
        wall = f"It was still running after {limits.wall_seconds:g} s of wall time"
        return Status.TIMEOUT, f"{wall}; the limit is {WALL_FACTOR} times timeout_seconds."
    if run.ended is Ended.REPORTED:
        return Status.PASSED, ""
    if run.returncode < 0:
        return Status.CRASHED, f"It was killed by signal {_signal_name(-run.returncode)}."
    status = run.returncode
    return Status.EXITED, f"It ended with exit status {status} before the last test was over."


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _place(run: Run, problem: Problem) -> str:
    """Return what ran when the first failure came, or the child ended."""
    report = run.report
    num_tests = len(problem.tests)
    if not report.loaded:
        in_setup = report.failure is not None and report.failure.where == "setup"
        return "in the setup:" if in_setup else "in the program:"
    failed = [word != Status.PASSED for word in report.tests]
    first = failed.index(True) if True in failed else len(failed)
    if first == num_tests:
        return f"after {num_tests} of {num_tests} tests:"
    test = _shorten(_printable(problem.tests[first].strip()), _MAX_TEST)
    return f"test {first + 1} of {num_tests}: {test}"


def _message(where: str, reason: str, output: bytes) -> str:
    parts = [where, _shorten(_printable(reason.rstrip()), _MAX_REASON)]
    if tail := _tail(output):
        parts.append(f"It printed:\n{tail}")
    return "\n".join(parts)


def _tail(output: bytes) -> str:
    text = _printable(output.decode("utf-8", "backslashreplace").strip())
    return text if len(text) <= _MAX_OUTPUT else f"... {text[-_MAX_OUTPUT:]}"


def _shorten(text: str, size: int) -> str:
    """Return the text, or its head and its tail if it is longer than `size`."""
    mark = "\n...\n"
    half = (size - len(mark)) // 2
    return text if len(text) <= size else text[:half] + mark + text[-half:]


def _printable(text: str) -> str:
    """Return the text with everything escaped that a terminal or a UTF-8 file would not bear."""
    return "".join(
        c if c.isprintable() or c in "\n\t" else c.encode("unicode_escape").decode("ascii")
        for c in text.replace("\r\n", "\n")
    )
