"""The judge of a worker: takes jobs from the harness and runs their tests on programs in its box.

It trusts the harness and the tests, and nothing that a program sends. If the judge or its box
breaks, the judge ends, and the harness starts another worker and gives it the job again.
"""

import faulthandler
import gc
import marshal
import os
import resource
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import asdict, astuple
from functools import lru_cache, partial
from math import ceil
from typing import Any, NamedTuple, NoReturn

from hrm_eval._sandbox import syscalls
from hrm_eval._sandbox.isolation.layers import Layers
from hrm_eval._sandbox.isolation.refusals import Refusals
from hrm_eval._sandbox.judge.describing import OneProcessError
from hrm_eval._sandbox.judge.emptiness import Level
from hrm_eval._sandbox.judge.explain import explain_end
from hrm_eval._sandbox.judge.fork import Forks
from hrm_eval._sandbox.judge.inputs import Expected, InputsTask, learn_results, try_inputs
from hrm_eval._sandbox.judge.programs import Programs
from hrm_eval._sandbox.judge.session import EndedError, Session
from hrm_eval._sandbox.judge.task import BrokenTestsError, Task
from hrm_eval._sandbox.judge.trial import Failure, Outcome, try_in_one_process, try_program
from hrm_eval._sandbox.judge.watch import (
    MAX_REASON,
    MOST_REFERENCE_SECONDS,
    OUTPUT_TAIL_BYTES,
    REFERENCE_FACTOR,
    BoxClient,
    End,
    Usage,
    make_output,
    run_again_if_killed,
)
from hrm_eval._sandbox.layer import Layer
from hrm_eval._sandbox.syscalls import IS_LINUX
from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.control import (
    Allowance,
    BrokenTests,
    Inputs,
    Job,
    NamespacesFailed,
    ProgramJob,
    Ready,
    Settings,
    TrialResult,
    receive,
    send,
)
from hrm_eval._sandbox.wire.marshalled import MarshalDecoder

# Of thousands of inputs, the reference may need this long for all together.
_MOST_SECONDS_OF_ALL_INPUTS = 600.0

# Descriptors 0 to 4 of a box: input, the box's own errors twice, the control socket, and the pipe
# that shows the harness that the box is alive.
_LAST_BOX_DESCRIPTOR = 4

_OOM_FILE_BYTES = 4096
_MAX_RECURSION = 5_000

# Tasks about which a judge remembers something.
_MAX_TASKS = 1024
_OBJECTS_BEFORE_COLLECTION = 20_000

# A fork may wait for a CPU as well as for the program.
_WALL_FACTOR = 3

_TIMED_OUT = (End.CPU_LIMIT, End.TEST_CPU_LIMIT, End.WALL_LIMIT)


@lru_cache(maxsize=_MAX_TASKS)
def _task(entry_point: str, tests: tuple[str, ...], setup: str, reference: str, stub: str) -> Task:
    return Task(entry_point=entry_point, tests=tests, setup=setup, reference=reference, stub=stub)


@lru_cache(maxsize=_MAX_TASKS)
def _inputs_task(
    entry_point: str, tests: tuple[str, ...], reference: str, inputs: Inputs
) -> InputsTask:
    return InputsTask(entry_point=entry_point, tests=tests, reference=reference, inputs=inputs)


def _keep(known: dict[Any, Any], task: Task | InputsTask, value: object) -> None:
    """Remember something about a task, and forget the oldest of too many."""
    known[task] = value
    if len(known) > _MAX_TASKS:
        del known[next(iter(known))]


class Trial(NamedTuple):
    """What came of running a program and its tests once.

    Attributes:
        outcome: Progress and result.
        end: Why the program ended before its last test, or None.
        usage: What the program used.
        test_cpu_seconds: CPU seconds of loading the program and of each test, if measured.
        could_cross: Whether all values of the tests could cross to the program's process.
        is_exact: Whether only functions and plain values crossed, and the tests set no state. Then
            the tests would have had the same result in the program's process.
        output: The end of what the program printed.
    """

    outcome: Outcome
    end: End | None
    usage: Usage
    test_cpu_seconds: list[float]
    could_cross: bool
    is_exact: bool
    output: bytes

    @property
    def passed(self) -> bool:
        """Whether all tests passed, limits aside."""
        return self.could_cross and self.end is None and self.outcome.failure is None

    @property
    def is_doubtful(self) -> bool:
        """Whether the tests failed, and may have failed because they ran in another process."""
        failure = self.outcome.failure
        failed = failure is not None and failure.where != "program" and self.end is None
        return not self.could_cross or (failed and not self.is_exact)

    def pack(self) -> bytes:
        """Return the bytes from which `unpack` makes an equal trial."""
        end = self.end.value if self.end is not None else None
        fields = (astuple(self.outcome), end, asdict(self.usage), *self[3:])
        return marshal.dumps(fields, protocol.MARSHAL_VERSION)

    @classmethod
    def unpack(cls, data: bytes) -> "Trial":
        """Return the trial of which `pack` made the bytes."""
        (where, tests, failure, *rest), end, usage, *others = MarshalDecoder(data).decode()
        outcome = Outcome(where, tests, Failure(*failure) if failure else None, *rest)
        return cls(outcome, End(end) if end else None, Usage(**usage), *others)


class Judge:
    """Judges one job after another.

    Args:
        box: Runs the programs.
        oom_files: Open files of the control group that count programs killed for memory.
        forks: Runs the tests that set state.
        refusals: Explain errors of the tests that the layers cause.
    """

    def __init__(
        self, box: BoxClient, oom_files: list[int], forks: Forks, refusals: Refusals
    ) -> None:
        self._box = box
        self._oom_files = oom_files
        self._forks = forks
        self._refusals = refusals
        self._num_oom_kills = self._count_oom_kills()
        # A fork has this process as its parent.
        self._parents = os.getppid(), os.getpid()
        self._references: dict[Task | InputsTask, tuple[float, float]] = {}
        self._expected: dict[InputsTask, tuple[Expected, ...]] = {}
        self._needs_one_process: dict[Task, bool] = {}
        # For each test, whether the reference returns an empty value; see `emptiness`.
        self._reference_emptiness: dict[Task, list[int]] = {}
        self._programs = Programs(
            box,
            allow_cpu=self._allow_cpu,
            was_out_of_memory=self._was_out_of_memory,
            check_harness=self._check_harness,
        )

    def judge(self, job: Job | ProgramJob) -> TrialResult | BrokenTests:
        """Return the result for a job, or why it has none."""
        if isinstance(job, ProgramJob):
            return self._programs.judge(job)
        judge_seconds = job.judge_seconds
        if job.inputs is not None:
            return self._judge_by_inputs(job, job.inputs)
        task = _task(job.entry_point, job.tests, job.setup, job.reference, job.stub)
        try:
            result, end = self._try(job.program, task, job.allowance, judge_seconds)
            if end in _TIMED_OUT and task.reference:
                larger = self._calibrate(task, job.allowance, judge_seconds)
                if larger != job.allowance:
                    judge_seconds += larger.cpu_seconds
                    result, _ = self._try(job.program, task, larger, judge_seconds)
        except BrokenTestsError as error:
            return BrokenTests(str(error))
        return result

    def _judge_by_inputs(self, job: Job, inputs: Inputs) -> TrialResult | BrokenTests:
        """Judge a program whose results are compared with those of the reference."""
        task = _inputs_task(job.entry_point, job.tests, job.reference, inputs)
        try:
            if task not in self._expected:
                self._learn_results(task, job)
            allowance = self._calibrate(task, job.allowance, job.judge_seconds)
            result, _ = self._try(job.program, task, allowance, job.judge_seconds)
        except BrokenTestsError as error:
            return BrokenTests(str(error))
        return result

    def _learn_results(self, task: InputsTask, job: Job) -> None:
        """Run the reference solution; keep what it returns, and the CPU time that it needs.

        Raises:
            BrokenTestsError: If it fails.
        """
        most = job.allowance._replace(
            cpu_seconds=_MOST_SECONDS_OF_ALL_INPUTS,
            test_cpu_seconds=MOST_REFERENCE_SECONDS,
            idle_seconds=MOST_REFERENCE_SECONDS,
        )

        def learn() -> tuple[tuple[Session, tuple[Expected, ...]], Usage, End | None]:
            self._box.renew_output()
            self._allow_cpu(job.judge_seconds)
            session = Session(self._box, most, self._check_harness)
            expected: tuple[Expected, ...] = ()
            try:
                with suppress(EndedError):
                    expected = learn_results(task, session)
            finally:
                usage = session.close()
            if session.end is End.NOT_STARTED:
                raise ConnectionError("the box could not start a process")
            return (session, expected), usage, session.end

        (session, expected), usage, end, _ = run_again_if_killed(
            learn, most.cpu_seconds, self._was_out_of_memory
        )
        if end is not None:
            _, reason = explain_end(end, usage, most)
            raise BrokenTestsError(
                "the reference solution does not end well. Fix it, or leave the problem out: "
                f"{reason}"
            )
        _keep(self._references, task, (usage.cpu_seconds, max(session.test_cpu_seconds)))
        _keep(self._expected, task, expected)

    def box_loss(self) -> int:
        """Return the exit status that tells the harness why the box is gone."""
        is_out_of_memory = self._was_out_of_memory()
        return protocol.BOX_OUT_OF_MEMORY if is_out_of_memory else protocol.BOX_IS_GONE

    def _calibrate(
        self, task: Task | InputsTask, allowance: Allowance, judge_seconds: float
    ) -> Allowance:
        """Return larger limits if the reference solution needs much CPU time on this machine."""
        if task not in self._references:
            most = allowance._replace(
                cpu_seconds=MOST_REFERENCE_SECONDS,
                test_cpu_seconds=MOST_REFERENCE_SECONDS,
                idle_seconds=MOST_REFERENCE_SECONDS,
            )
            trial = self._run(task.reference, task, most, judge_seconds, is_measured=True)
            measured = trial.usage.cpu_seconds, max(trial.test_cpu_seconds, default=0.0)
            _keep(self._references, task, measured if trial.passed else (0.0, 0.0))
        measured = self._references[task]
        cpu_seconds, test_cpu_seconds = (REFERENCE_FACTOR * seconds for seconds in measured)
        larger = allowance._replace(
            cpu_seconds=max(allowance.cpu_seconds, cpu_seconds),
            test_cpu_seconds=max(allowance.test_cpu_seconds, test_cpu_seconds),
        )
        return larger._replace(is_from_reference=larger != allowance)

    def _try(
        self, program: str, task: Task | InputsTask, allowance: Allowance, judge_seconds: float
    ) -> tuple[TrialResult, End | None]:

        def run() -> tuple[Trial, Usage, End | None]:
            trial = self._run(program, task, allowance, judge_seconds)
            return trial, trial.usage, trial.end

        trial, usage, end, is_out_of_memory = run_again_if_killed(
            run, allowance.cpu_seconds, self._was_out_of_memory
        )
        outcome = trial.outcome
        if trial.passed and outcome.never_called:
            raise BrokenTestsError(f"no test calls {task.entry_point!r}, so any program passes")
        if is_out_of_memory:
            end = End.MEMORY_LIMIT
        elif end is None and usage.cpu_seconds > allowance.cpu_seconds:
            end = End.CPU_LIMIT
        if end is not None:
            _finish(outcome, end, usage, allowance, task)
        failure = outcome.failure
        result = TrialResult(
            status=failure.status if failure is not None else "passed",
            tests=outcome.tests,
            where=failure.where if failure is not None else "",
            reason=failure.reason[:MAX_REASON] if failure is not None else "",
            output=trial.output if failure is not None else b"",
            seconds=outcome.seconds,
            cpu_seconds=usage.cpu_seconds,
            peak_memory_bytes=usage.resident_bytes,
            shared_process=outcome.shared_process,
            asked_program=outcome.asked_program,
        )
        return result, end

    def _run(
        self,
        program: str,
        task: Task | InputsTask,
        allowance: Allowance,
        judge_seconds: float,
        *,
        is_measured: bool = False,
    ) -> Trial:
        """Run the tests apart from the program, or in its process if they cannot do without."""
        run = partial(
            self._run_once,
            allowance=allowance,
            judge_seconds=judge_seconds,
            is_measured=is_measured,
        )
        if isinstance(task, InputsTask):
            return run(program, task)
        if task.needs_one_process or self._needs_one_process.get(task, False):
            return run(program, task, is_shared=True)
        trial = run(program, task)
        if Level.BROADCASTS in trial.outcome.emptiness and task.reference:
            if task not in self._reference_emptiness:
                reference = run(task.reference, task)
                _keep(self._reference_emptiness, task, reference.outcome.emptiness)
            _reject_empty(trial.outcome, self._reference_emptiness[task])
        if not trial.is_doubtful:
            return trial
        if task not in self._needs_one_process and task.reference:
            apart = trial if program == task.reference else run(task.reference, task)
            needs = not apart.passed and run(task.reference, task, is_shared=True).passed
            _keep(self._needs_one_process, task, needs)
        elif not task.reference:
            # Nothing tells whether the tests or the program are the cause.
            is_cause = not trial.could_cross and task.has_own_objects
            return run(program, task, is_shared=True) if is_cause else trial
        return run(program, task, is_shared=True) if self._needs_one_process[task] else trial

    def _run_once(
        self,
        program: str,
        task: Task | InputsTask,
        *,
        allowance: Allowance,
        judge_seconds: float,
        is_shared: bool = False,
        is_measured: bool = False,
    ) -> Trial:
        """Run the tests once; in a fork of this process if they may set state in it."""

        def run() -> Trial:
            self._allow_cpu(judge_seconds)
            session = Session(self._box, allowance, self._check_harness)
            session.explain_refusal = self._refusals.explain
            return self._try_once(
                program, task, session, is_shared=is_shared, is_measured=is_measured
            )

        # Forks may not make files without names.
        self._box.renew_output()
        if is_shared or task.is_plain:
            return run()
        wall_seconds = (
            _WALL_FACTOR * (allowance.cpu_seconds + judge_seconds) + allowance.idle_seconds
        )
        return Trial.unpack(self._forks.run(lambda: run().pack(), wall_seconds))

    def _try_once(
        self,
        program: str,
        task: Task | InputsTask,
        session: Session,
        *,
        is_shared: bool,
        is_measured: bool,
    ) -> Trial:
        could_cross = True
        try:
            if isinstance(task, InputsTask):
                outcome = try_inputs(program, task, session, self._expected[task])
            elif is_shared:
                outcome = try_in_one_process(program, task, session)
            else:
                outcome = try_program(program, task, session, is_measured=is_measured)
            if is_measured and session.end is None:
                with suppress(EndedError):
                    session.begin_test(is_measured=True)
        except OneProcessError as error:
            could_cross = False
            outcome = Outcome(seconds=session.seconds)
            outcome.fail(
                "program", "exception", f"A value cannot cross to the program's process: {error}."
            )
        usage = session.close()
        if session.end is End.NOT_STARTED:
            raise ConnectionError("the box could not start a process")
        return Trial(
            outcome=outcome,
            end=session.end,
            usage=usage,
            test_cpu_seconds=session.test_cpu_seconds,
            could_cross=could_cross,
            is_exact=task.is_plain and not session.has_seen_objects,
            output=self._box.output(OUTPUT_TAIL_BYTES),
        )

    def _allow_cpu(self, seconds: float) -> None:
        """Let the kernel end this process after this much more CPU time.

        Comparing a value that a program returned may take forever.
        """
        usage = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        limit = ceil(usage.ru_utime + usage.ru_stime + seconds)
        if hard == resource.RLIM_INFINITY or limit <= hard:
            resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))

    def _was_out_of_memory(self) -> bool:
        before, self._num_oom_kills = self._num_oom_kills, self._count_oom_kills()
        return self._num_oom_kills > before

    def _count_oom_kills(self) -> int:
        total = 0
        for file in self._oom_files:
            text = os.pread(file, _OOM_FILE_BYTES, 0).decode("ascii")
            words = [line.split() for line in text.splitlines()]
            total += sum(int(value) for name, value in words if name == "oom_kill")
        return total

    def _check_harness(self) -> None:
        if os.getppid() not in self._parents:
            self._box.leave()


def _reject_empty(outcome: Outcome, reference: list[int]) -> None:
    """Let tests fail that compared nothing, since the program returned a value without elements."""
    results = zip(outcome.tests, outcome.emptiness, reference, strict=False)
    for number, (status, level, reference_level) in enumerate(results, start=1):
        if status == "passed" and level == Level.BROADCASTS and reference_level == Level.FULL:
            outcome.reject(
                number,
                "The program returned a value without elements, so that numpy compared nothing; "
                "the reference solution returns elements.",
            )


def _finish(
    outcome: Outcome, end: End, usage: Usage, allowance: Allowance, task: Task | InputsTask
) -> None:
    """Record why a program ended before its last test, or which limit it exceeded."""
    status, reason = explain_end(end, usage, allowance)
    is_in_tests = isinstance(outcome.where, int) or outcome.shared_process
    if isinstance(task, InputsTask):
        if isinstance(outcome.where, int) and len(outcome.tests) < outcome.where:
            reason = f"{task.describe(outcome.call)}\n{reason}"
            outcome.tests.append(status)
    elif outcome.where != "program" and is_in_tests and len(outcome.tests) < len(task.tests):
        outcome.tests.append(status)
    where = outcome.where if outcome.where != "setup" or not outcome.shared_process else 1
    outcome.fail(where, status, reason)


def _start_box(settings: Settings) -> tuple[socket.socket, dict[str, str]]:
    """Start a box; return its control socket and the missing layers.

    Raises:
        OSError: If the box does not start.
    """
    output = make_output()
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
        # Without it, each program would look up C functions that no earlier one has passed on.
        {**settings.environment, "LD_BIND_NOW": "1"},
        file_actions=actions,
        setsid=True,
        setsigmask=(),
    )
    theirs.close()
    send(mine, settings)
    answer = receive(mine)
    reason = os.pread(output, 4000, 0).decode("utf-8", "replace")
    os.close(output)
    if answer is None:
        raise OSError(f"the box did not start\n{reason}")
    if isinstance(answer, NamespacesFailed):
        mine.close()
        control, missing = _start_box(settings._replace(has_namespaces=False))
        return control, {**missing, "user_namespace": answer.reason}
    assert isinstance(answer, Ready)
    return mine, answer.missing


def _make_pair() -> tuple[socket.socket, socket.socket]:
    """Return two connected sockets; the number of the second is not one that the box will use."""
    mine, theirs = socket.socketpair()
    while theirs.fileno() <= _LAST_BOX_DESCRIPTOR:
        theirs = theirs.dup()
    return mine, theirs


def _leave_without_box(harness: socket.socket, box: BoxClient, status: int) -> NoReturn:
    """End this process, whose box is gone, with an exit status.

    What the program started may go on as children of this process. The harness notices that the
    socket is closed, and kills them.
    """
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    harness.close()
    box.leave(status)


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
    if IS_LINUX:
        syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)
    control, missing = _start_box(settings)
    oom_files = [os.open(path, os.O_RDONLY) for path in settings.oom_files]
    box = BoxClient(control)
    has_namespaces = Layer.USER_NAMESPACE not in missing
    layers = Layers(settings._replace(has_namespaces=has_namespaces), is_judge=True)
    layers.enter()
    if IS_LINUX:
        syscalls.prctl(syscalls.PR_SET_DUMPABLE, 0)
    sys.path.extend(layers.package_folders)
    forks = Forks(layers, (descriptor, settings.alive, *oom_files))
    judge = Judge(box, oom_files, forks, Refusals(layers))

    def leave(*_: object) -> None:
        forks.kill()
        box.leave()

    signal.signal(signal.SIGTERM, leave)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    send(harness, Ready({**layers.missing, **missing}))
    gc.freeze()
    # Syntax trees are many objects and no cycles.
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTION)
    while (job := receive(harness)) is not None:
        assert isinstance(job, Job | ProgramJob)
        try:
            result = judge.judge(job)
        except ConnectionError:
            sys.excepthook(*sys.exc_info())
            _leave_without_box(harness, box, judge.box_loss())
        send(harness, result)
    box.leave()
