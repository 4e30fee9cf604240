"""Runs the tests of a problem on a program, in the judge's process.

The names of the program are bound to stand-ins; see `task` for which names these are. Imports of
the reference and functions of the stub (HumanEval's prompt) are the judge's own.

Some tests need one process; see `Task.needs_one_process` and `Judge`. They run in the program's
process, where it can fool them, and the outcome says so.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

from hrm_eval._sandbox.judge.describing import OneProcessError
from hrm_eval._sandbox.judge.emptiness import Emptiness, Level
from hrm_eval._sandbox.judge.explain import BROKE_PROTOCOL, classify, explain, program_text
from hrm_eval._sandbox.judge.session import EndedError, Session
from hrm_eval._sandbox.judge.standins import Remote, RemoteClass, RemoteFunction, number_of
from hrm_eval._sandbox.judge.task import Task
from hrm_eval._sandbox.wire import protocol


@dataclass
class Failure:
    """The first thing that went wrong.

    Attributes:
        where: What ran: `program`, `setup`, or the number of the test, from 1.
        status: See `hrm_eval.sandbox.Status`.
        reason: Description for a human; may contain any characters.
    """

    where: str | int
    status: str
    reason: str


@dataclass
class Outcome:
    """Progress and result of a trial.

    Attributes:
        where: What runs now: `program`, `setup`, or the number of a test, from 1.
        tests: Status of each test that has ended.
        failure: The first failure, or None.
        shared_process: Whether the tests run in the program's process.
        seconds: Wall time from the start of the program to the result of the last test.
        never_called: Whether all tests ran, and none asked the program for anything.
        emptiness: For each test that has ended, whether the program returned an empty value; the
            number of an `emptiness.Level`, since `marshal` refuses enums.
        asked_program: Whether the program's own `__eq__` decided what is equal; see `equality`.
        call: Number of the current call, from 0, if the tests are inputs; see `inputs`.
    """

    where: str | int = "program"
    tests: list[str] = field(default_factory=list)
    failure: Failure | None = None
    shared_process: bool = False
    seconds: float = 0.0
    never_called: bool = False
    emptiness: list[int] = field(default_factory=list)
    asked_program: bool = False
    call: int = 0

    def fail(self, where: str | int, status: str, reason: str) -> None:
        """Record a failure, unless there was one before."""
        if self.failure is None:
            self.failure = Failure(where, status, reason)

    def reject(self, number: int, reason: str) -> None:
        """Let a test fail that has passed."""
        self.tests[number - 1] = "wrong_answer"
        before = self.failure.where if self.failure is not None else None
        if before is None or (isinstance(before, int) and number < before):
            self.failure = Failure(number, "wrong_answer", reason)


def try_program(
    program: str, task: Task, session: Session, *, is_measured: bool = False
) -> Outcome:
    """Run a program and all tests; if the program ends early, `session.end` says why.

    Args:
        program: Source text.
        task: Has at least one test.
        session: Unused so far.
        is_measured: Measure the CPU time of each test, for `session.test_cpu_seconds`.

    Raises:
        BrokenTestsError: If the tests are not Python.
        OneProcessError: If a test passes a value that cannot cross to the program's process.
    """
    outcome = Outcome()
    with suppress(EndedError):
        _run(program, task, session, outcome, is_measured=is_measured)
    outcome.seconds = session.seconds
    return outcome


def try_in_one_process(program: str, task: Task, session: Session) -> Outcome:
    """Run a program and all tests like `try_program`, with the tests in the program's process."""
    outcome = Outcome(shared_process=True)
    with suppress(EndedError):
        if _load(program, task, session, outcome) is not None:
            outcome.where = "setup"
            _run_shared(task, session, outcome)
    outcome.seconds = session.seconds
    return outcome


def _run(
    program: str, task: Task, session: Session, outcome: Outcome, *, is_measured: bool
) -> None:
    # Compiled first, so that broken tests are found before the program runs.
    tests = task.test_codes
    setup = task.setup_code
    values = _load(program, task, session, outcome)
    if values is None:
        return
    outcome.where = "setup"
    _prepare(task, values, session)
    namespace: dict[str, Any] = {"__name__": "tests"}
    if task.trusted_code is not None:
        exec(task.trusted_code, namespace)  # noqa: S102 (the dataset's own code)
    namespace.update(values)
    if (
        setup is not None
        and (error := _attempt(setup, namespace, session, is_test=False)) is not None
    ):
        outcome.fail("setup", classify(error), explain(error, task.setup, session))
        return
    for number, code in enumerate(tests, start=1):
        outcome.where = number
        session.begin_test(is_measured=is_measured)
        _run_test(number, code, task, namespace, session, outcome)
    outcome.asked_program = session.equality.asked_program
    outcome.never_called = not (session.was_asked or session.has_seen_objects)


def _prepare(task: Task, values: dict[str, Any], session: Session) -> None:
    """Tell the session what the task says about the program's values."""
    called = [value for value in values.values() if session.is_of_program(value)]
    session.entries = frozenset(number_of(value) for value in called if callable(value))
    if any(not isinstance(value, RemoteFunction) for value in values.values()):
        session.has_seen_objects = True
    for name in task.class_names:
        session.mark_tested_class(values.get(name))
    if any(isinstance(values.get(name), RemoteClass) for name in task.compared_classes):
        _compare_like_reference(task, values, session)
    if task.compares_arrays:
        session.emptiness = Emptiness(counts_lists=task.calls_numpy)


def _compare_like_reference(task: Task, values: dict[str, Any], session: Session) -> None:
    """Let classes of the reference decide what is equal among instances of the program's."""
    # A module that exists, since `dataclass` looks up annotations in it.
    namespace: dict[str, Any] = {"__name__": "__main__"}
    try:
        exec(task.classes_code, namespace)  # noqa: S102 (the dataset's own code)
    except Exception:  # noqa: BLE001 (a class may need more of the reference: the program is asked)
        return
    for name, can_wait in task.compared_classes.items():
        kind = values.get(name)
        if isinstance(kind, RemoteClass):
            session.equality.compare_like(kind, namespace[name], can_wait=can_wait)


def _run_test(
    number: int,
    code: CodeType,
    task: Task,
    namespace: dict[str, Any],
    session: Session,
    outcome: Outcome,
) -> None:
    emptiness = session.emptiness
    before = emptiness.level if emptiness is not None else Level.FULL
    error = _attempt(code, namespace, session)
    if emptiness is not None:
        outcome.emptiness.append(emptiness.level.value)
        # What was returned in the setup counts for all tests.
        emptiness.level = before
    if error is None:
        outcome.tests.append("passed")
        return
    status = classify(error)
    outcome.tests.append(status)
    if outcome.failure is None:
        outcome.fail(number, status, explain(error, task.tests[number - 1], session))


def _load(program: str, task: Task, session: Session, outcome: Outcome) -> dict[str, Any] | None:
    """Run the program; return its values of the task's names, or None if it failed."""
    names = task.names
    calls = () if outcome.shared_process else task.calls
    try:
        answer = session.load(program, names, calls)
    except (EndedError, OneProcessError):
        raise
    except BaseException as error:  # noqa: BLE001 (a program may raise anything)
        outcome.fail("program", classify(error), program_text(error))
        return None
    return read_loaded(answer, names, outcome)


def read_loaded(answer: Any, names: tuple[str, ...], outcome: Outcome) -> dict[str, Any] | None:
    """Return the values of a program that was loaded; None if that failed, which is recorded.

    Args:
        answer: What the session says about loading the program.
        names: The names that the program may define; it must define the first.
        outcome: Gets the failure.
    """
    match answer:
        case (protocol.SYNTAX_ERROR, str(text)):
            outcome.fail("program", "syntax_error", text)
            return None
        case (protocol.LOADED, tuple(pairs)) if all(_is_pair(pair, names) for pair in pairs):
            values = dict(pairs)
            if names[0] not in values:
                outcome.fail(
                    "program", "missing_entry_point", f"The program defines no {names[0]!r}."
                )
                return None
            return values
    outcome.fail("program", *BROKE_PROTOCOL)
    return None


def _is_pair(pair: Any, names: tuple[str, ...]) -> bool:
    return type(pair) is tuple and len(pair) == 2 and type(pair[0]) is str and pair[0] in names


def _run_shared(task: Task, session: Session, outcome: Outcome) -> None:
    """Let the program's process run the tests, and trust what it reports."""
    session.begin_test()
    try:
        results = session.ask(protocol.RUN_TESTS, task.setup, task.tests)
    except (EndedError, OneProcessError):
        raise
    except BaseException:  # noqa: BLE001 (raises only if the program broke the candidate's code)
        results = None
    if type(results) is not tuple or len(results) > 1 + len(task.tests):
        results = ()
    for number, entry in enumerate(results):
        status, reason = _read_shared(entry, session)
        if number:
            outcome.tests.append(status)
        if status != "passed":
            outcome.fail(number or "setup", status, reason)
    if outcome.failure is None and len(outcome.tests) != len(task.tests):
        outcome.fail("setup", *BROKE_PROTOCOL)


def _read_shared(entry: Any, session: Session) -> tuple[str, str]:
    """Return status and reason of a test, as the program's process reports them."""
    match entry:
        case None:
            return "passed", ""
        case (tuple(), tuple(), tuple(), str(text), bool(is_program_in)):
            error = session.rebuild_error(entry[:4])
            is_wrong = isinstance(error, AssertionError) and not is_program_in
            return "wrong_answer" if is_wrong else classify(error), text
    return BROKE_PROTOCOL


def _made(instance: Remote) -> BaseException | None:
    """Let the program make an instance that was put off; return what that raised."""
    try:
        number_of(instance)
    except (EndedError, OneProcessError):
        raise
    except BaseException as error:  # noqa: BLE001 (a program may raise anything)
        return error
    return None


def _attempt(
    code: CodeType, namespace: dict[str, Any], session: Session, *, is_test: bool = True
) -> BaseException | None:
    """Run code of the tests and return what it raised.

    Raises:
        EndedError: If the program has ended, even if the test caught that.
        OneProcessError: If a value could not cross, even if the test caught that.
    """
    raised = None
    try:
        exec(code, namespace)  # noqa: S102 (the dataset's own code)
    except (EndedError, OneProcessError):
        raise
    except BaseException as error:  # noqa: BLE001 (a test may raise what the program raised)
        raised = error
    if is_test:
        late = [_made(instance) for instance in session.equality.pending()]
        raised = raised or next((error for error in late if error is not None), None)
    session.check()
    return raised
