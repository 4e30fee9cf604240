"""The judge of a worker: takes jobs from the harness and runs their tests on programs in its box.

It trusts the harness and the tests, and nothing that a program sends. If the judge or its box
breaks, the judge ends, and the harness starts another worker and gives it the job again.
"""

import faulthandler
import gc
import os
import resource
import signal
import socket
import sys
from functools import lru_cache
from math import ceil

from hrm_eval._sandbox import syscalls
from hrm_eval._sandbox.judge.explain import explain_end
from hrm_eval._sandbox.judge.session import EndedError, OneProcessError, Session
from hrm_eval._sandbox.judge.task import BrokenTestsError, Task
from hrm_eval._sandbox.judge.trial import Outcome, try_in_one_process, try_program
from hrm_eval._sandbox.judge.watch import BoxClient, End, Usage
from hrm_eval._sandbox.syscalls import IS_LINUX, lower_limit
from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.control import (
    Allowance,
    BrokenTests,
    Job,
    NamespacesFailed,
    Ready,
    Settings,
    TrialResult,
    receive,
    send,
)

# A program that was killed runs again; after this many kills, it is assumed to kill itself.
_MAX_KILLS = 3
_KILLS = (signal.SIGKILL, signal.SIGTERM)

# After a time-out the limits may be derived from the reference solution: it may take this long, and
# a program may take this many times as long as the reference.
_MOST_REFERENCE_SECONDS = 60.0
_REFERENCE_FACTOR = 3.0

# Descriptors 0 to 4 of a box: input, output twice, the control socket, and the pipe that shows the
# harness that the box is alive.
_LAST_BOX_DESCRIPTOR = 4

# A result must fit into the socket buffer, since the harness may be busy with another worker.
_OUTPUT_TAIL_BYTES = 8 * 2**10
_MAX_REASON = 8_000

_ADDRESS_SPACE_BYTES = 2 * 2**30
_MAX_RECURSION = 5_000

_TIMED_OUT = (End.CPU_LIMIT, End.TEST_CPU_LIMIT, End.WALL_LIMIT)


@lru_cache(maxsize=1024)
def _task(entry_point: str, tests: tuple[str, ...], setup: str, reference: str, stub: str) -> Task:
    return Task(entry_point=entry_point, tests=tests, setup=setup, reference=reference, stub=stub)


class Judge:
    """Judges one job after another.

    Args:
        box: Runs the programs.
        oom_files: Files of the control group that count programs killed for memory.
    """

    def __init__(self, box: BoxClient, oom_files: tuple[str, ...]) -> None:
        self._box = box
        self._oom_files = oom_files
        self._num_oom_kills = self._count_oom_kills()
        self._parent = os.getppid()
        self._references: dict[Task, tuple[float, float] | None] = {}
        self._reference_needs: dict[Task, bool] = {}

    def judge(self, job: Job) -> TrialResult | BrokenTests:
        """Return the result for a job, or why it has none."""
        task = _task(job.entry_point, job.tests, job.setup, job.reference, job.stub)
        self._allow_cpu(job.judge_seconds)
        try:
            result, end = self._try(job.program, task, job.allowance)
            if end in _TIMED_OUT and task.reference:
                larger = self._calibrate(task, job.allowance)
                if larger != job.allowance:
                    self._allow_cpu(job.judge_seconds + larger.cpu_seconds)
                    result, _ = self._try(job.program, task, larger)
        except BrokenTestsError as error:
            return BrokenTests(str(error))
        return result

    def _allow_cpu(self, seconds: float) -> None:
        """Let the kernel end this process after this much more CPU time.

        Comparing a value that a program returned may take forever.
        """
        usage = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        limit = ceil(usage.ru_utime + usage.ru_stime + seconds)
        if hard == resource.RLIM_INFINITY or limit <= hard:
            resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))

    def _calibrate(self, task: Task, allowance: Allowance) -> Allowance:
        """Return larger limits if the reference solution needs much CPU time on this machine."""
        if task not in self._references:
            most = allowance._replace(
                cpu_seconds=_MOST_REFERENCE_SECONDS,
                test_cpu_seconds=_MOST_REFERENCE_SECONDS,
                idle_seconds=_MOST_REFERENCE_SECONDS,
            )
            session = Session(self._box, most, self._check_harness)
            try:
                outcome = try_program(task.reference, task, session, is_measured=True)
                session.begin_test(is_measured=True)
                passed = outcome.failure is None and session.end is None
            except (EndedError, OneProcessError):
                passed = False
            usage = self._close(session)
            self._box.take_output(0)
            measured = usage.cpu_seconds, max(session.test_cpu_seconds, default=0.0)
            self._references[task] = measured if passed else None
        measured = self._references[task] or (0.0, 0.0)
        cpu_seconds, test_cpu_seconds = (_REFERENCE_FACTOR * seconds for seconds in measured)
        return allowance._replace(
            cpu_seconds=max(allowance.cpu_seconds, cpu_seconds),
            test_cpu_seconds=max(allowance.test_cpu_seconds, test_cpu_seconds),
        )

    def _try(
        self, program: str, task: Task, allowance: Allowance
    ) -> tuple[TrialResult, End | None]:
        for _ in range(_MAX_KILLS):
            outcome, end, usage = self._run(program, task, allowance)
            num_printed = self._box.num_printed()
            output = self._box.take_output(_OUTPUT_TAIL_BYTES)
            was_killed = end is End.DIED and usage.signal in _KILLS
            is_out_of_memory = was_killed and self._was_out_of_memory()
            if not was_killed or is_out_of_memory or usage.cpu_seconds > allowance.cpu_seconds:
                break
        if is_out_of_memory:
            end = End.MEMORY_LIMIT
        elif end is None and usage.cpu_seconds > allowance.cpu_seconds:
            end = End.CPU_LIMIT
        elif num_printed > allowance.output_bytes:
            # Says more than what the program raised when it could print no more.
            end, outcome.failure = End.OUTPUT_LIMIT, None
        if end is not None:
            _finish(outcome, end, usage, allowance, task)
        failure = outcome.failure
        result = TrialResult(
            status=failure.status if failure is not None else "passed",
            tests=outcome.tests,
            where=failure.where if failure is not None else "",
            reason=failure.reason[:_MAX_REASON] if failure is not None else "",
            output=output if failure is not None else b"",
            seconds=outcome.seconds,
            cpu_seconds=usage.cpu_seconds,
            peak_memory_bytes=usage.resident_bytes,
            shared_process=outcome.shared_process,
        )
        return result, end

    def _run(
        self, program: str, task: Task, allowance: Allowance
    ) -> tuple[Outcome, End | None, Usage]:
        """Run the tests in this process, or in the program's if the tests cannot do without."""
        session = Session(self._box, allowance, self._check_harness)
        try:
            outcome = try_program(program, task, session)
        except OneProcessError as error:
            outcome = Outcome(seconds=session.seconds)
            outcome.fail(
                "program", "exception", f"A value cannot cross to the program's process: {error}."
            )
            usage = self._close(session)
            if not self._reference_needs_one_process(task, allowance):
                return outcome, session.end, usage
            session = Session(self._box, allowance, self._check_harness)
            outcome = try_in_one_process(program, task, session)
        return outcome, session.end, self._close(session)

    def _reference_needs_one_process(self, task: Task, allowance: Allowance) -> bool:
        """Whether a value cannot cross because of the tests, and not because of the program."""
        if not task.reference:
            return task.has_own_objects
        if task not in self._reference_needs:
            session = Session(self._box, allowance, self._check_harness)
            try:
                try_program(task.reference, task, session)
                self._reference_needs[task] = False
            except OneProcessError:
                self._reference_needs[task] = True
            self._close(session)
            self._box.take_output(0)
        return self._reference_needs[task]

    def _close(self, session: Session) -> Usage:
        usage = session.close()
        if session.end is End.NOT_STARTED:
            raise ConnectionError("the box could not start a process")
        return usage

    def _was_out_of_memory(self) -> bool:
        before, self._num_oom_kills = self._num_oom_kills, self._count_oom_kills()
        return self._num_oom_kills > before

    def _count_oom_kills(self) -> int:
        total = 0
        for path in self._oom_files:
            with open(path, encoding="ascii") as file:
                words = [line.split() for line in file]
            total += sum(int(value) for name, value in words if name == "oom_kill")
        return total

    def _check_harness(self) -> None:
        if os.getppid() != self._parent:
            self._box.leave()


def _finish(outcome: Outcome, end: End, usage: Usage, allowance: Allowance, task: Task) -> None:
    """Record why a program ended before its last test, or which limit it exceeded."""
    status, reason = explain_end(end, usage, allowance)
    is_in_tests = isinstance(outcome.where, int) or outcome.shared_process
    if outcome.where != "program" and is_in_tests and len(outcome.tests) < len(task.tests):
        outcome.tests.append(status)
    where = outcome.where if outcome.where != "setup" or not outcome.shared_process else 1
    outcome.fail(where, status, reason)


def _start_box(settings: Settings) -> tuple[socket.socket, int, dict[str, str]]:
    """Start a box; return its control socket, its output file, and the missing layers.

    Raises:
        OSError: If the box does not start.
    """
    output = _make_output()
    mine, theirs = _make_pair()
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, output, 1),
        (os.POSIX_SPAWN_DUP2, output, 2),
        (os.POSIX_SPAWN_DUP2, theirs.fileno(), 3),
        (os.POSIX_SPAWN_DUP2, settings.alive, 4),
    ]
    flags = ["-s", "-S", "-P"]
    arguments = [settings.python, *flags, f"{here}/start.py", "box", "3"]
    os.posix_spawn(
        settings.python,
        arguments,
        settings.environment,
        file_actions=actions,
        setsid=True,
        setsigmask=(),
    )
    theirs.close()
    send(mine, settings)
    answer = receive(mine)
    if answer is None:
        reason = os.pread(output, 4000, 0).decode("utf-8", "replace")
        raise OSError(f"the box did not start\n{reason}")
    if isinstance(answer, NamespacesFailed):
        mine.close()
        os.close(output)
        control, output, missing = _start_box(settings._replace(has_namespaces=False))
        return control, output, {**missing, "user_namespace": answer.reason}
    assert isinstance(answer, Ready)
    return mine, output, answer.missing


def _make_pair() -> tuple[socket.socket, socket.socket]:
    """Return two connected sockets; the number of the second is not one that the box will use."""
    mine, theirs = socket.socketpair()
    while theirs.fileno() <= _LAST_BOX_DESCRIPTOR:
        theirs = theirs.dup()
    return mine, theirs


def _make_output() -> int:
    """Return a file without a name; its number is not one that the box will use."""
    if hasattr(os, "memfd_create"):
        file = os.memfd_create("output")
    else:
        import tempfile

        descriptor, path = tempfile.mkstemp()
        os.unlink(path)
        file = descriptor
    while file <= _LAST_BOX_DESCRIPTOR:
        file = os.dup(file)
    os.set_inheritable(file, False)  # noqa: FBT003 (positional only)
    return file


def main(descriptor: int) -> None:
    """Start a box, report its missing layers, and judge jobs until the harness is gone."""
    faulthandler.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # SIGTERM has to wait until there is a box to be ended with this process.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    sys.setrecursionlimit(_MAX_RECURSION)
    harness = socket.socket(fileno=descriptor)
    settings = receive(harness)
    if settings is None:
        return
    assert isinstance(settings, Settings)
    for inherited in (descriptor, settings.alive):
        os.set_inheritable(inherited, False)  # noqa: FBT003 (positional only)
    sys.path.extend(settings.package_folders)
    if IS_LINUX:
        syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)
        syscalls.prctl(syscalls.PR_SET_DUMPABLE, 0)
    control, output, missing = _start_box(settings)
    if sys.platform != "darwin":
        lower_limit(resource.RLIMIT_AS, _ADDRESS_SPACE_BYTES, _ADDRESS_SPACE_BYTES)
    lower_limit(resource.RLIMIT_CORE, 0, 0)
    box = BoxClient(control, output)
    judge = Judge(box, settings.oom_files)
    signal.signal(signal.SIGTERM, lambda *_: box.leave())
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    send(harness, Ready(missing))
    gc.freeze()
    while (job := receive(harness)) is not None:
        assert isinstance(job, Job)
        try:
            result = judge.judge(job)
        except ConnectionError:
            sys.excepthook(*sys.exc_info())
            os._exit(protocol.BOX_IS_GONE)
        send(harness, result)
    box.leave()
