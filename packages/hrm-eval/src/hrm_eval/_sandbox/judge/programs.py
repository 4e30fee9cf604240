"""Runs a whole program once for each input, and judges what it prints.

Each run is a fresh process of the box, with new files for input, output and errors. Only the source
of the program and one input enter it; the expected output stays here. What the program's process
reports, its exit status or an error, can make a run fail, but never pass.

The first run that fails decides, and is the last.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from hrm_eval._sandbox.judge.explain import (
    BROKE_PROTOCOL,
    FROM_REFERENCE,
    NO_MEMORY_TO_ANSWER,
    classify,
    explain_end,
    program_text,
    seconds_text,
)
from hrm_eval._sandbox.judge.outputs import find_difference
from hrm_eval._sandbox.judge.session import EndedError, Session
from hrm_eval._sandbox.judge.watch import (
    MAX_REASON,
    MOST_REFERENCE_SECONDS,
    OUTPUT_TAIL_BYTES,
    REFERENCE_FACTOR,
    BoxClient,
    End,
    Usage,
    run_again_if_killed,
)
from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.control import Allowance, ProgramJob, TrialResult

_MIB = 2**20
_POLL_SECONDS = 0.0005
_MAX_POLL_SECONDS = 0.05

_TIMED_OUT = (End.CPU_LIMIT, End.WALL_LIMIT)


class ProgramSession(Session):
    """The judge's end of the channel to a program that reads standard input.

    Args:
        box: Runs the program; it has the input.
        allowance: Limits of the run. A program that prints more than its output is stopped.
        check_harness: See `Session`.
    """

    def run(self, program: str) -> Any:
        """Run the program; return the outcome and its exit status, or raise its error."""
        return self.ask(protocol.RUN_PROGRAM, program)

    def _limit_output(self) -> None:
        self._box.shorten_errors(self._allowance.output_bytes)
        if self._box.output_bytes > self._allowance.output_bytes:
            self._stop(End.TOO_MUCH_OUTPUT)

    def _stop_closed(self) -> NoReturn:
        """Wait until the program ends: it may close all descriptors and go on."""
        pause = _POLL_SECONDS
        while True:
            self._sample(is_silent=True)
            time.sleep(pause)
            pause = min(2 * pause, _MAX_POLL_SECONDS)


@dataclass(frozen=True, kw_only=True)
class ProgramRun:
    """What came of one run.

    Attributes:
        status: See `hrm_eval.sandbox.Status`.
        reason: Description of a failure, for a human.
        usage: What the program used.
        seconds: Wall time.
        end: Why the run ended early; None if the program reported its end.
        printed: The end of what a failed program printed.
    """

    status: str
    reason: str
    usage: Usage
    seconds: float
    end: End | None
    printed: bytes


class Programs:
    """Judges programs that read standard input.

    Args:
        box: Runs the programs.
        allow_cpu: Lets this process use that many more CPU seconds.
        was_out_of_memory: Whether the kernel has killed a process for memory since the last call.
        check_harness: Ends this process if the harness is gone.
    """

    def __init__(
        self,
        box: BoxClient,
        *,
        allow_cpu: Callable[[float], None],
        was_out_of_memory: Callable[[], bool],
        check_harness: Callable[[], None],
    ) -> None:
        self._box = box
        self._allow_cpu = allow_cpu
        self._was_out_of_memory = was_out_of_memory
        self._check_harness = check_harness
        # What the box itself uses while no program runs; None if not measured yet.
        self._bare_bytes: int | None = None
        # CPU seconds of reference solutions by hashes of solution and input.
        self._references: dict[int, float] = {}

    def judge(self, job: ProgramJob) -> TrialResult:
        """Run the program on each input until a run fails; return the result."""
        job = self._with_bare_interpreter(job)
        runs: list[ProgramRun] = []
        for case in job.cases:
            runs.append(self._run_case(job, *case))
            if runs[-1].status != "passed":
                break
        last = runs[-1]
        has_begun = last.status != "syntax_error"
        return TrialResult(
            status=last.status,
            tests=[run.status for run in runs] if has_begun else [],
            where=len(runs) if has_begun else "program",
            reason=last.reason[:MAX_REASON],
            output=last.printed,
            seconds=sum(run.seconds for run in runs),
            cpu_seconds=sum(run.usage.cpu_seconds for run in runs),
            peak_memory_bytes=max(run.usage.resident_bytes for run in runs),
            shared_process=False,
            asked_program=False,
        )

    def _with_bare_interpreter(self, job: ProgramJob) -> ProgramJob:
        """Add what the bare interpreter uses to the problem's own limit of memory, if any."""
        if job.memory_bytes is None:
            return job
        if self._bare_bytes is None:
            # The output of the last program would count.
            self._box.renew_output()
            self._bare_bytes = self._box.usage().resident_bytes
        allowance = job.allowance
        limit = min(job.memory_bytes + self._bare_bytes, allowance.resident_bytes)
        # While a program runs, what it has printed may count as memory of its processes.
        most = min(limit + allowance.output_bytes, allowance.resident_bytes)
        return job._replace(memory_bytes=limit, allowance=allowance._replace(resident_bytes=most))

    def _run_case(self, job: ProgramJob, stdin: str, stdout: str) -> ProgramRun:
        run = self._run(job, job.program, stdin, stdout)
        if run.end in _TIMED_OUT and job.reference:
            limit = REFERENCE_FACTOR * self._measure(job, stdin, stdout)
            if limit > job.allowance.cpu_seconds:
                longer = _with_time(job.allowance, limit)._replace(is_from_reference=True)
                run = self._run(job._replace(allowance=longer), job.program, stdin, stdout)
        return run

    def _measure(self, job: ProgramJob, stdin: str, stdout: str) -> float:
        """Return the CPU seconds of the reference solution for an input; 0 if it fails."""
        key = hash((job.reference, stdin))
        if key not in self._references:
            most = _with_time(job.allowance, MOST_REFERENCE_SECONDS)
            most = most._replace(idle_seconds=MOST_REFERENCE_SECONDS)
            run = self._run(job._replace(allowance=most), job.reference, stdin, stdout)
            self._references[key] = run.usage.cpu_seconds if run.status == "passed" else 0.0
        return self._references[key]

    def _run(self, job: ProgramJob, program: str, stdin: str, stdout: str) -> ProgramRun:
        """Run a program on an input, again if it is killed from outside; compare what it prints."""
        (session, result), usage, end, is_out_of_memory = run_again_if_killed(
            lambda: self._run_once(job, program, stdin),
            job.allowance.cpu_seconds,
            self._was_out_of_memory,
        )
        if is_out_of_memory:
            end = End.MEMORY_LIMIT
        else:
            end = _exceeded(usage, self._box.output_bytes, job) or end
        status, reason = _explain(end, result, usage, job)
        if status == "passed":
            difference = find_difference(
                self._box.output(self._box.output_bytes),
                stdout,
                tolerance=job.tolerance,
                ignores_case=job.ignores_case,
            )
            if difference is not None:
                status, reason = "wrong_answer", difference
        return ProgramRun(
            status=status,
            reason=reason,
            usage=usage,
            seconds=session.seconds,
            end=end,
            printed=b"" if status == "passed" else self._printed(),
        )

    def _run_once(
        self, job: ProgramJob, program: str, stdin: str
    ) -> tuple[tuple[ProgramSession, Any], Usage, End | None]:
        """Run a program on an input, within the limits of the job.

        Returns:
            Its session with its result or the error that it raised, what it used, and why it ended
            early, if so.

        Raises:
            ConnectionError: If it did not start.
        """
        self._allow_cpu(job.judge_seconds)
        self._box.renew_output(stdin.encode(errors="surrogatepass"))
        session = ProgramSession(self._box, job.allowance, self._check_harness)
        result: Any = None
        try:
            result = session.run(program)
        except EndedError:
            pass
        except BaseException as error:  # noqa: BLE001 (a program may raise anything)
            result = error
        usage = session.close()
        if session.end is End.NOT_STARTED:
            raise ConnectionError("the box could not start a process")
        return (session, result), usage, session.end

    def _printed(self) -> bytes:
        """Return the end of what the program printed, and of its errors."""
        half = OUTPUT_TAIL_BYTES // 2
        output, errors = self._box.output(half), self._box.errors(half)
        separator = b"\n" if output and errors and not output.endswith(b"\n") else b""
        return output + separator + errors


def _with_time(allowance: Allowance, seconds: float) -> Allowance:
    """Return limits with another CPU time of a run."""
    return allowance._replace(cpu_seconds=seconds, test_cpu_seconds=seconds)


def _exceeded(usage: Usage, output_bytes: int, job: ProgramJob) -> End | None:
    """Return a limit that a program exceeded between two samples, or None."""
    if output_bytes > job.allowance.output_bytes:
        return End.TOO_MUCH_OUTPUT
    if usage.cpu_seconds > job.allowance.cpu_seconds:
        return End.CPU_LIMIT
    # Of several processes, the largest counts here.
    if job.memory_bytes is not None and usage.resident_bytes > job.memory_bytes:
        return End.MEMORY_LIMIT
    return None


def _explain(end: End | None, result: Any, usage: Usage, job: ProgramJob) -> tuple[str, str]:
    """Return status and reason of a run; `passed` if only its output is left to be compared."""
    if end is End.DIED and os.WIFEXITED(usage.status):
        return _explain_exit(os.WEXITSTATUS(usage.status))
    if end is not None:
        return _explain_limit(end, usage, job) or explain_end(end, usage, job.allowance)
    match result:
        case BaseException() as error:
            return classify(error), program_text(error)
        case (protocol.SYNTAX_ERROR, str(text)):
            return "syntax_error", text
        case (protocol.ENDED, int(status)):
            return _explain_exit(status)
    return BROKE_PROTOCOL


def _explain_limit(end: End, usage: Usage, job: ProgramJob) -> tuple[str, str] | None:
    """Return status and reason of a run that exceeded a limit of programs, or None."""
    allowance = job.allowance
    if end is End.CPU_LIMIT:
        cure = job.time_cure
        if allowance.is_from_reference:
            cure = FROM_REFERENCE
        return "timeout", (
            f"It used {seconds_text(usage.cpu_seconds)} s of CPU time for this input; the limit "
            f"is {allowance.cpu_seconds:g} s. {cure}"
        )
    if end is End.TOO_MUCH_OUTPUT:
        most = allowance.output_bytes / _MIB
        return "output_limit", f"It printed more than {most:g} MiB. No setting changes this."
    if end is End.MEMORY_LIMIT and job.memory_bytes is not None:
        most = job.memory_bytes / _MIB
        return "memory_limit", (
            f"It used more than {most:.0f} MiB, what the bare interpreter uses included."
        )
    return None


def _explain_exit(status: int) -> tuple[str, str]:
    if status == 0:
        return "passed", ""
    if status == protocol.OUT_OF_MEMORY:
        return NO_MEMORY_TO_ANSWER
    return "exited", f"It ended with exit status {status}."
