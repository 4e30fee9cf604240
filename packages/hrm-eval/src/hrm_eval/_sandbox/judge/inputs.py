"""Runs a program on the inputs of a problem, and compares its results with the reference's.

The reference solution runs first, as a program of its own, whose process has ended before the
program's begins. What it returns stays in the judge. Most results are compared as the bytes that
they cross as; only where these differ are both read, and compared by the rules of `agreement`.

A program runs on the original inputs first and then on the others, in one process. After the first
wrong result of either part, the rest of the part does not count.
"""

import marshal
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from hrm_eval._sandbox.judge.agreement import FLOAT_TOLERANCE, is_floats, is_right
from hrm_eval._sandbox.judge.describing import OneProcessError
from hrm_eval._sandbox.judge.explain import classify, program_text, show
from hrm_eval._sandbox.judge.session import EndedError, Hashed, Session
from hrm_eval._sandbox.judge.task import BrokenTestsError
from hrm_eval._sandbox.judge.trial import Outcome, read_loaded
from hrm_eval._sandbox.wire.channel import ANSWER, QUICK_ANSWER
from hrm_eval._sandbox.wire.control import Inputs
from hrm_eval._sandbox.wire.marshalled import MarshalDecoder

_MAX_CALL = 400


@dataclass(frozen=True, kw_only=True)
class InputsTask:
    """Inputs of a problem with its reference solution, as the judge uses them.

    Attributes:
        entry_point: What is called.
        tests: The names of the two parts of the inputs.
        reference: Source text of the reference solution.
        inputs: The inputs.
    """

    is_plain: ClassVar[bool] = True

    entry_point: str
    tests: tuple[str, ...]
    reference: str
    inputs: Inputs

    @cached_property
    def arguments(self) -> tuple[tuple[Any, ...], ...]:
        """The arguments of each call."""
        return marshal.loads(self.inputs.calls)

    @property
    def parts(self) -> tuple[range, range]:
        """The numbers of the calls in each part, from 0."""
        num_base, num_calls = self.inputs.num_base, self.inputs.num_calls
        return range(num_base), range(num_base, num_calls)

    def describe(self, index: int) -> str:
        """Return a call as text, with its place in its part."""
        part = next(part for part in self.parts if index in part)
        call = f"{self.entry_point}({', '.join(show(a, repr) for a in self.arguments[index])})"
        shown = call if len(call) <= _MAX_CALL else f"{call[:_MAX_CALL]}...)"
        return f"input {index - part.start + 1} of {len(part)}: {shown}"


class Expected(NamedTuple):
    """What the reference returned.

    Attributes:
        kind: How it came; see `Session.next_result`.
        data: What came.
        value: The value, if it did not come as a `QUICK_ANSWER`.
        tolerance: Largest difference of numbers that count as equal.
    """

    kind: bytes
    data: bytes
    value: Any
    tolerance: float = 0.0

    def read(self) -> Any:
        """Return the value."""
        return MarshalDecoder(self.data).decode() if self.kind == QUICK_ANSWER else self.value


def learn_results(task: InputsTask, session: Session) -> tuple[Expected, ...]:
    """Run the reference solution, and return what it returns for each input.

    Once it has returned floats, and the problem names no tolerance, differences are tolerated in
    the rest of the part, as in EvalPlus.

    Args:
        task: The inputs.
        session: Unused so far.

    Raises:
        BrokenTestsError: If the reference fails, or returns what cannot be compared.
        EndedError: If its process has ended.
    """
    outcome = Outcome()
    if _load(task.reference, task, session, outcome) is None:
        assert outcome.failure is not None
        raise _broken(outcome.failure.reason)
    session.has_seen_objects = False
    expected = []
    for part in task.parts:
        tolerance = task.inputs.tolerance
        for index in part:
            one = _learn(index, task, session)
            if not tolerance and is_floats(one.read()):
                tolerance = FLOAT_TOLERANCE
            expected.append(one._replace(tolerance=tolerance))
    # Ends the clock of the last call.
    session.begin_test(is_measured=True)
    return tuple(expected)


def _learn(index: int, task: InputsTask, session: Session) -> Expected:
    session.begin_test()
    kind, data = session.next_result()
    if kind == QUICK_ANSWER:
        return Expected(kind, data, None)
    try:
        value = session.read_result(kind, data)
    except (EndedError, OneProcessError):
        raise
    except BaseException as error:
        raise _broken(f"{task.describe(index)}\n{program_text(error)}") from error
    if not session.has_seen_objects:
        return Expected(kind, data if kind != ANSWER else b"", value)
    session.has_seen_objects = False
    if task.inputs.rule not in ("not_none", "anything"):
        what = f"it returns a {type(value).__name__}, which cannot leave its process"
        raise _broken(f"{task.describe(index)}\n{what}")
    return Expected(kind, b"", True)  # noqa: FBT003 (it stands for what is not None)


def _broken(reason: str) -> BrokenTestsError:
    return BrokenTestsError(
        "the reference solution fails, so nothing tells the right results. Fix it, or leave the "
        f"problem out: {reason}"
    )


def try_inputs(
    program: str, task: InputsTask, session: Session, expected: tuple[Expected, ...]
) -> Outcome:
    """Run a program on all inputs; if it ends early, `session.end` says why.

    Args:
        program: Source text.
        task: The inputs.
        session: Unused so far.
        expected: What the reference solution returns for each input.
    """
    outcome = Outcome()
    with suppress(EndedError):
        if _load(program, task, session, outcome) is not None:
            comparison = _Comparison(task, session, expected, outcome)
            for number, part in enumerate(task.parts, start=1):
                outcome.where = number
                comparison.run(number, part)
    outcome.seconds = session.seconds
    return outcome


def _load(program: str, task: InputsTask, session: Session, outcome: Outcome) -> Any:
    """Load a program and let it make the calls; return None if that failed, which is recorded."""
    inputs = task.inputs
    try:
        answer = session.load_and_call(program, task.entry_point, inputs.calls, inputs.num_calls)
    except (EndedError, OneProcessError):
        raise
    except BaseException as error:  # noqa: BLE001 (a program may raise anything)
        outcome.fail("program", classify(error), program_text(error))
        return None
    return read_loaded(answer, (task.entry_point,), outcome)


class _Comparison:
    """Compares the results of a program with those of the reference, one part after the other."""

    def __init__(
        self,
        task: InputsTask,
        session: Session,
        expected: tuple[Expected, ...],
        outcome: Outcome,
    ) -> None:
        self._task, self._session = task, session
        self._expected, self._outcome = expected, outcome

    def run(self, number: int, part: range) -> None:
        """Compare the results of a part, and record how it ends.

        Raises:
            EndedError: If the program has ended.
        """
        failed = ""
        is_last = part.stop == self._task.inputs.num_calls
        try:
            for index in part:
                self._outcome.call = index
                self._session.begin_test()
                kind, data = self._session.next_result()
                expected = self._expected[index]
                if failed or (data == expected.data and kind == expected.kind != ANSWER):
                    continue
                failed, reason = self._compare(index, kind, data)
                if failed:
                    self._outcome.fail(number, failed, f"{self._task.describe(index)}\n{reason}")
                    if is_last:
                        break
        except EndedError:
            if failed:
                self._outcome.tests.append(failed)
            raise
        self._outcome.tests.append(failed or "passed")

    def _compare(self, index: int, kind: bytes, data: bytes) -> tuple[str, str]:
        """Return status and reason if a result is wrong, else two empty texts.

        Raises:
            EndedError: If the program has ended.
        """
        task, session = self._task, self._session
        try:
            result = session.read_result(kind, data)
        except (EndedError, OneProcessError):
            raise
        except BaseException as error:  # noqa: BLE001 (a program may raise anything)
            return classify(error), program_text(error)
        rule, arguments = task.inputs.rule, task.arguments[index]
        expected, tolerance = self._expected[index].read(), self._expected[index].tolerance
        try:
            if is_right(rule, result, expected, arguments, tolerance):
                return "", ""
        except (EndedError, OneProcessError):
            raise
        except BaseException:  # noqa: BLE001 (what cannot be compared is wrong)
            pass
        session.check()
        wanted = f"{_EXPECTED.get(rule, '')}{_show(expected)}"
        return "wrong_answer", f"returned {_show(result)}\nexpected {wanted}"


_EXPECTED = {
    "same_elements": "the elements of ",
    "not_none": "None if and only if this is None: ",
    "or_zero": "0 or ",
    "or_surface": "the surface, or ",
    "or_digit_distance": "the distance of the digits, or ",
    "root": "a root, such as ",
}


def _show(value: Any) -> str:
    return f"a value of {value.size} bytes" if isinstance(value, Hashed) else show(value, repr)
