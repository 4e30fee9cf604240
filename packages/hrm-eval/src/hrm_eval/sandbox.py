"""The sandbox: runs programs against the tests of problems and reports which they pass.

The tests run in a process of their own, the judge, and call into the program's process. Expected
values and the text of tests never enter the program's process, and only plain values leave it.
Layers of isolation, which the kernel enforces, limit what a program can do; each is used where the
machine offers it.

Not covered: see `docs/sandbox.md`.
"""

import asyncio
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from pydantic import Field

from hrm_core.config import Section
from hrm_core.cpus import available_cores
from hrm_core.errors import DataError, HrmError, beginning
from hrm_datasets.plus import Plus
from hrm_datasets.problems import Asserts, InputOutput, Problem
from hrm_eval._sandbox.harness.dispatcher import Dispatcher
from hrm_eval._sandbox.harness.pool import JudgeTimedOut, Pool, PoolAnswer, PoolError, WorkersBroke
from hrm_eval._sandbox.layer import Layer
from hrm_eval._sandbox.wire.control import (
    TOTAL_MEMORY_FACTOR,
    WALL_FACTOR,
    Allowance,
    BrokenTests,
    Inputs,
    Job,
    ProgramJob,
    Settings,
)
from hrm_eval._sandbox.wire.protocol import BOX_IS_GONE
from hrm_eval.printable import printable
from hrm_eval.runnable_tests import runnable_tests

PLUS_TIME_FACTOR = 6
FILE_LIMIT_BYTES = 256 * 2**20
FOLDER_LIMIT_BYTES = 256 * 2**20
OUTPUT_LIMIT_BYTES = 16 * 2**20
MAX_PROCESSES = 128
MAX_MESSAGE = 4096

ALL_LAYERS = "all"

# CPU seconds that the judge may use beyond the program's limit, to compare values.
_JUDGE_SECONDS = 10.0

_MAX_TEST = 500
_MAX_REASON = 2400
_MAX_OUTPUT = 1000

Key = TypeVar("Key")


class SandboxError(HrmError):
    """Programs cannot be run with the required isolation, or not at all; there is no verdict."""


class BrokenProblemError(DataError):
    """A problem cannot be judged, since its tests or its reference solution fail."""


class Limits(Section):
    """Limits of a program and its tests.

    CPU time decides a time-out. A program that sleeps times out too: after three times
    `timeout_seconds` in which it neither ran nor waited for a CPU. If the reference solution of a
    problem is slow, programs may use three times its CPU time on this machine. Programs for
    problems of EvalPlus, which have a hundred inputs and more, may use six times `timeout_seconds`.

    Attributes:
        timeout_seconds: CPU seconds of the program and all that it starts, at most a day. A program
            that reads standard input may use them for each input.
        test_timeout_seconds: CPU seconds of loading the program, and of each test or input, unless
            the problem sets a limit of its own.
        memory_mb: Address space of each process in MiB, on top of what the bare interpreter uses.
            All processes of a program together may use twice as much memory.
    """

    timeout_seconds: float = Field(default=10.0, gt=0, le=86_400, allow_inf_nan=False)
    test_timeout_seconds: float = Field(default=3.0, gt=0, le=86_400, allow_inf_nan=False)
    memory_mb: int = Field(default=1024, ge=64, le=2**20)

    @property
    def idle_seconds(self) -> float:
        """Seconds that a program may spend neither running nor waiting for a CPU."""
        return WALL_FACTOR * self.timeout_seconds


_DEFAULT_LIMITS = Limits()


class Status(StrEnum):
    """Outcome of a program, or of one test.

    `prompt_too_long` is that of an answer without a program: the model had no room for one.
    """

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
    PROMPT_TOO_LONG = "prompt_too_long"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Result of judging one program.

    Attributes:
        status: Status of the first failure; `passed` if nothing failed.
        seconds: Wall time from the start of the program to the result of the last test.
        cpu_seconds: CPU time of all processes of the program.
        peak_memory_bytes: Peak resident memory of the largest process.
        tests: Status of each test that was begun; empty if the program failed before the first.
        message: What went wrong, as text for users: printable, at most `MAX_MESSAGE` characters.
        shared_process: Whether the tests had to run in the program's own process, where a hostile
            program could fool them.
        asked_program: Whether the program's own `__eq__` decided if some of its objects are equal,
            since the reference solution has no `__eq__` for them, or one of other attributes.
        log: What the sandbox itself printed when it broke over this program; empty otherwise.
    """

    status: Status
    seconds: float
    cpu_seconds: float
    peak_memory_bytes: int
    tests: tuple[Status, ...]
    message: str
    shared_process: bool = False
    asked_program: bool = False
    log: str = ""

    @property
    def passed(self) -> bool:
        """Whether every test passed within the limits."""
        return self.status is Status.PASSED


class Sandbox:
    """Workers that judge programs; leave the `with` block, or call `close`, to end them.

    Args:
        limits: Limits of each program; the defaults of `Limits` if not given.
        workers: Number of programs judged at a time; None for the number of CPUs.
        require: Layers of isolation that must be in force; `all` means every layer.
        use_namespaces: If false, behave as on a machine without Linux namespaces.
        hidden: Files and folders that programs must not see, such as the data of the problems,
            wherever they lie. Known packages with answers to benchmarks are hidden always.

    Attributes:
        missing: Layers that are not in force on this machine, with the reason.

    Raises:
        SandboxError: If no worker can be started, or a required layer is missing.
        ValueError: If `workers` is below 1.

    Examples:
        >>> with Sandbox(Limits(), workers=4) as sandbox:
        ...     verdict = sandbox.judge("def add(a, b): return a + b", problem)

        In a coroutine:

        >>> verdicts = await asyncio.gather(*(sandbox.judge_async(p, problem) for p in programs))
    """

    def __init__(
        self,
        limits: Limits = _DEFAULT_LIMITS,
        *,
        workers: int | None = None,
        require: Collection[str] = (),
        use_namespaces: bool = True,
        hidden: Iterable[Path] = (),
    ) -> None:
        if workers is not None and workers < 1:
            raise ValueError(f"workers must be at least 1, got {workers}")
        if os.name != "posix":
            raise SandboxError(
                f"sandbox: needs Linux or macOS, got {sys.platform!r}. Run it in WSL"
            )
        self._limits = limits
        self._allowance = Allowance(
            cpu_seconds=limits.timeout_seconds,
            test_cpu_seconds=min(limits.test_timeout_seconds, limits.timeout_seconds),
            idle_seconds=limits.idle_seconds,
            resident_bytes=TOTAL_MEMORY_FACTOR * limits.memory_mb * 2**20,
            output_bytes=OUTPUT_LIMIT_BYTES,
        )
        settings = Settings(
            address_space_bytes=limits.memory_mb * 2**20,
            resident_bytes=self._allowance.resident_bytes,
            file_bytes=FILE_LIMIT_BYTES,
            quota_bytes=FOLDER_LIMIT_BYTES,
            max_processes=MAX_PROCESSES,
            has_namespaces=use_namespaces,
            hidden=tuple(str(path) for path in hidden),
        )
        try:
            self._pool = Pool(settings, size=workers or available_cores())
        except PoolError as error:
            raise SandboxError(f"sandbox: {error}") from error
        self._dispatcher = Dispatcher(self._pool)
        self.missing: Mapping[str, str] = self._pool.missing
        wanted = [layer.value for layer in Layer if ALL_LAYERS in require or layer in require]
        for layer in wanted:
            if layer in self.missing:
                self.close()
                raise SandboxError(
                    f"--require-isolation: this machine does not give {layer!r}: "
                    f"{self.missing[layer]}. See: hrm-eval doctor"
                )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the workers, and every process and file that a program has left.

        Calls of other threads and tasks that wait for a verdict raise `SandboxError`.
        """
        self._dispatcher.close()
        self._pool.close()

    @property
    def layers(self) -> dict[str, bool]:
        """Whether each layer is in force, by name."""
        return {layer.value: layer.value not in self.missing for layer in Layer}

    def judge(self, program: str, problem: Problem) -> Verdict:
        """Judge one program; several threads may call this, and their programs run in parallel.

        Args:
            program: Source text.
            problem: The problem that it should solve.

        Raises:
            TypeError: If `program` is no text, or `problem` no problem.
            SandboxError: If the sandbox is closed, in the middle of a `judge_all`, or broken.
            DataError: As `judge_all`.
        """
        with _as_sandbox_error():
            future = self._dispatcher.submit(self._job(program, problem))
            try:
                answer = future.result()
            finally:
                future.cancel()
        return _verdict(answer, problem, self._limits)

    async def judge_async(self, program: str, problem: Problem) -> Verdict:
        """Judge one program while other tasks go on; otherwise like `judge`.

        If the task is cancelled, a program that waits never runs; one that runs already ends within
        its limits.
        """
        with _as_sandbox_error():
            future = self._dispatcher.submit(self._job(program, problem))
            answer = await asyncio.wrap_future(future)
        return _verdict(answer, problem, self._limits)

    def judge_all(self, jobs: Iterable[tuple[Key, str, Problem]]) -> Iterator[tuple[Key, Verdict]]:
        """Judge programs and yield each verdict as it arrives, with its job's key.

        All tests run, even after one has failed; a program that reads standard input is run until
        an input fails. Jobs are taken as workers become free. Until it ends, nobody else can use
        the sandbox.

        Args:
            jobs: Triples of key, program and problem; keys must differ.

        Raises:
            SandboxError: If workers keep dying, or another `judge_all` of this sandbox has not
                ended; the remaining jobs are dropped.
            DataError: If a problem has no tests, or tests that are not Python or of a kind that
                cannot be judged.
        """
        problems: dict[Key, Problem] = {}

        def make_jobs() -> Iterator[tuple[Key, Job | ProgramJob]]:
            for key, program, problem in jobs:
                problems[key] = problem
                yield key, self._job(program, problem)

        self._dispatcher.wait_until_idle()
        with _as_sandbox_error():
            for key, answer in self._pool.run(partial(next, make_jobs(), None)):
                yield key, _verdict(answer, problems.pop(key), self._limits)

    def _job(self, program: str, problem: Problem) -> Job | ProgramJob:
        if not isinstance(program, str):
            raise TypeError(f"program: expected text, got {beginning(program)}")
        if not isinstance(problem, Problem):
            raise TypeError(
                f"problem: expected a Problem, got {beginning(problem)}. Find it with: "
                "load_problems('mbpp').find(11)"
            )
        tests, allowance = _tests(problem), self._allowance
        if isinstance(problem.tests, InputOutput):
            return self._program_job(str(program), problem.reference, problem.tests)
        if isinstance(problem.tests, Plus):
            cpu_seconds = PLUS_TIME_FACTOR * allowance.cpu_seconds
            allowance = allowance._replace(cpu_seconds=cpu_seconds)
        return Job(
            # A subclass, such as a text of numpy, cannot be sent.
            program=str(program),
            entry_point=problem.entry_point,
            tests=tests,
            setup=problem.setup,
            reference=problem.reference,
            stub=problem.stub,
            allowance=allowance,
            judge_seconds=self._limits.timeout_seconds + _JUDGE_SECONDS,
            inputs=_inputs(problem),
        )

    def _program_job(self, program: str, reference: str, tests: InputOutput) -> ProgramJob:
        """Return a job for a program that reads standard input, with the limits that apply."""
        seconds, cure = _time_limit(tests, self._limits)
        memory_mb = tests.memory_limit_mb
        return ProgramJob(
            program=program,
            cases=tuple((case.stdin, case.stdout) for case in tests.cases),
            tolerance=tests.tolerance,
            ignores_case=tests.ignores_case,
            reference=reference,
            allowance=self._allowance._replace(
                cpu_seconds=seconds,
                test_cpu_seconds=seconds,
                output_bytes=max(
                    OUTPUT_LIMIT_BYTES, *(2 * len(case.stdout) for case in tests.cases)
                ),
            ),
            memory_bytes=None if memory_mb is None else int(memory_mb * 2**20),
            time_cure=cure,
            judge_seconds=_JUDGE_SECONDS,
        )


def _time_limit(tests: InputOutput, limits: Limits) -> tuple[float, str]:
    """Return the CPU seconds of a run, and whose limit that is or how to raise it.

    The problem's own limit replaces `test_timeout_seconds`; `timeout_seconds` limits both.
    """
    own = tests.time_limit_seconds
    seconds = limits.test_timeout_seconds if own is None else own
    if seconds > limits.timeout_seconds:
        return limits.timeout_seconds, "Raise it with --timeout."
    return seconds, "Raise it with --test-timeout." if own is None else "The problem sets it."


@contextmanager
def _as_sandbox_error() -> Iterator[None]:
    try:
        yield
    except PoolError as error:
        raise SandboxError(f"sandbox: {error}") from error


def _tests(problem: Problem) -> tuple[str, ...]:
    """Return the tests as source texts, which is what the judge runs; none of a whole program.

    To support another kind of tests, add a case here.

    Raises:
        DataError: If the problem has no tests, tests that pass any program, or tests of a kind that
            cannot be judged.
    """
    if not problem.tests:
        raise DataError(
            f"{problem.task_id}: the problem has no tests, so no program can be judged."
        )
    match problem.tests:
        case Asserts() | InputOutput():
            return runnable_tests(problem)
        case Plus(parts=parts):
            return parts
        case other:
            raise DataError(
                f"{problem.task_id}: the sandbox cannot judge tests of the kind {other.kind!r} "
                f"(known: {Asserts.kind}, {InputOutput.kind}, {Plus.kind})."
            )


def _inputs(problem: Problem) -> Inputs | None:
    """Return the tests of EvalPlus as the judge runs them; None if the problem has others."""
    tests = problem.tests
    if not isinstance(tests, Plus):
        return None
    return Inputs(
        calls=tests.marshalled,
        num_base=len(tests.base),
        num_calls=len(tests),
        rule=tests.rule.value,
        tolerance=tests.tolerance,
    )


def _verdict(answer: PoolAnswer, problem: Problem, limits: Limits) -> Verdict:
    """Return the verdict for an answer of the pool."""
    if isinstance(answer, BrokenTests):
        raise BrokenProblemError(f"{problem.task_id}: {printable(answer.reason)}")
    if isinstance(answer, JudgeTimedOut):
        seconds = limits.timeout_seconds + _JUDGE_SECONDS
        return Verdict(
            status=Status.TIMEOUT,
            seconds=seconds,
            cpu_seconds=0.0,
            peak_memory_bytes=0,
            tests=(),
            message=(
                f"Checking what it returned took more than {seconds:g} s of CPU time (--timeout "
                f"and {_JUDGE_SECONDS:g} s), or slept."
            ),
        )
    if isinstance(answer, WorkersBroke):
        return Verdict(
            status=Status.CRASHED,
            seconds=0.0,
            cpu_seconds=0.0,
            peak_memory_bytes=0,
            tests=(),
            message=_explain_broken(answer),
            log=printable(answer.log),
        )
    status = Status(answer.status)
    reason = answer.reason
    if status is Status.MEMORY_LIMIT:
        reason = f"{reason.rstrip()}\n{_memory_limits(problem, limits)}"
    return Verdict(
        status=status,
        seconds=answer.seconds,
        cpu_seconds=answer.cpu_seconds,
        peak_memory_bytes=answer.peak_memory_bytes,
        tests=tuple(Status(word) for word in answer.tests),
        message=(
            ""
            if status is Status.PASSED
            else _message(_place(answer.where, problem), reason, answer.output)
        ),
        shared_process=answer.shared_process,
        asked_program=answer.asked_program,
    )


def _memory_limits(problem: Problem, limits: Limits) -> str:
    """Return the limits of memory, and how to raise them."""
    own = problem.tests.memory_limit_mb if isinstance(problem.tests, InputOutput) else None
    if own is None:
        return (
            f"The limit is {limits.memory_mb} MiB (memory_mb) for each process, and "
            f"{TOTAL_MEMORY_FACTOR} times that for all together. Raise it with --memory-mb."
        )
    return (
        f"The problem sets a limit of {own:g} MiB, besides what the bare interpreter uses. "
        f"--memory-mb sets one of {limits.memory_mb} MiB for each process."
    )


def _explain_broken(answer: WorkersBroke) -> str:
    """Return what happened to workers that broke over a program, and what a user can do."""
    times = f"each of the {len(answer.returncodes)} times"
    last = answer.returncodes[-1]
    if last == BOX_IS_GONE:
        reason = (
            f"the sandbox lost the process in which the program ran, {times}. Most often the "
            "memory of the machine has run out: try fewer --workers"
        )
    elif "MemoryError" in answer.log:
        reason = f"the tests ran out of memory, {times}. Raise it with --memory-mb"
    else:
        how = f"was killed by signal {-last}" if last < 0 else f"ended with exit status {last}"
        reason = (
            f"the process of the tests {how}, {times}. Either a test ends its own process, or C "
            "code crashes on what the program returned. Fix the test, or leave the problem out"
        )
    see = " (the log is in verdicts.jsonl)" if answer.log else ""
    return f"No result: {reason}{see}."


def _place(where: str | int, problem: Problem) -> str:
    """Return what ran at the first failure, as the heading of a message."""
    if where == "program" or where == "setup":
        return f"in the {where}:"
    number = int(where)
    if isinstance(problem.tests, Plus):
        return f"{problem.tests.parts[number - 1]} tests:"
    num_tests = len(problem.tests)
    if isinstance(problem.tests, InputOutput):
        stdin = _excerpt(problem.tests.cases[number - 1].stdin.rstrip())
        return f"test {number} of {num_tests}, with the input:\n{stdin}"
    return f"test {number} of {num_tests}: {_excerpt(problem.tests.texts[number - 1].strip())}"


def _excerpt(test: str) -> str:
    # It is shortened first too: to make megabytes printable takes a tenth of a second.
    return _shorten(printable(_shorten(test, _MAX_TEST)), _MAX_TEST)


def _message(where: str, reason: str, output: bytes) -> str:
    parts = [where, _shorten(printable(reason.rstrip()), _MAX_REASON)]
    if tail := _tail(output):
        parts.append(f"It printed:\n{tail}")
    return _shorten("\n".join(parts), MAX_MESSAGE)


def _tail(output: bytes) -> str:
    text = printable(output.decode("utf-8", "backslashreplace").strip())
    return text if len(text) <= _MAX_OUTPUT else f"... {text[-_MAX_OUTPUT:]}"


def _shorten(text: str, size: int) -> str:
    """Return the text, or its head and tail if it is longer than `size`."""
    mark = "\n...\n"
    half = (size - len(mark)) // 2
    return text if len(text) <= size else text[:half] + mark + text[-half:]
