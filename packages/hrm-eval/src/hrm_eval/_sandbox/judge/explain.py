"""Describes a failure: status and reason of a failed test, or of a program that has ended.

It does not decide what fails: it is called after a test has failed or the program has ended.
"""

import ast
import os
import re
import reprlib
import signal
from typing import Any

from hrm_eval._sandbox.judge.session import EndedError, Session
from hrm_eval._sandbox.judge.task import parse
from hrm_eval._sandbox.judge.watch import End, Usage
from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.control import Allowance

_TEST_NAME = re.compile(r"<test (\d+)>")
_MAX_SHOWN = 400


def classify(error: BaseException) -> str:
    """Return the status for an exception that a test or the program raised.

    An `AssertionError` is a wrong answer only if an assertion of the tests raised it.
    """
    if isinstance(error, MemoryError):
        return "memory_limit"
    if isinstance(error, SystemExit):
        return "exited"
    is_wrong = isinstance(error, AssertionError) and not hasattr(error, "_of_program")
    return "wrong_answer" if is_wrong else "exception"


def program_text(error: BaseException) -> str:
    """Return the program's own description of its error, if it sent one, or type and message."""
    text = getattr(error, "_of_program", None)
    return text if text is not None else f"{type(error).__name__}: {_show(error, str)}"


def explain(error: BaseException, source: str, session: Session) -> str:
    """Describe a failed test: its line, and the program's traceback or the values compared.

    Args:
        error: What the test raised.
        source: Source text of the test, or of the setup.
        session: Session of the program.
    """
    frame, line = _innermost(error)
    where = _show_line(source, frame.f_code.co_name, line) if frame is not None else ""
    if hasattr(error, "_of_program"):
        return where + program_text(error)
    if not isinstance(error, AssertionError):
        return f"{where}{type(error).__name__}: {_show(error, str)}"
    parts = [where, "AssertionError"]
    if error.args:
        parts.append(f": {_show(error, str)}")
    compared = _find_comparison(source, line)
    if compared is not None and frame is not None:
        names = {*frame.f_globals, *frame.f_locals}
        parts.append(_show_comparison(*compared, names, frame, session))
    return "".join(parts)


def _innermost(error: BaseException) -> tuple[Any, int]:
    """Return the innermost frame of the tests in a traceback, and its line; or None and 0."""
    innermost: tuple[Any, int] = None, 0
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if _TEST_NAME.fullmatch(name) or name == "<setup>":
            innermost = trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next
    return innermost


def _show_line(source: str, function: str, line: int) -> str:
    """Return a line of a test with its number; empty if the test has only one line."""
    lines = source.strip().splitlines()
    if len(lines) < 2 or not 0 < line <= len(source.splitlines()):
        return ""
    return f"line {line}, in {function}: {source.splitlines()[line - 1].strip()}\n"


def _find_comparison(source: str, line: int) -> tuple[ast.expr, ast.cmpop, ast.expr] | None:
    """Return left side, operator and right side of the comparison asserted on a line."""
    for node in ast.walk(parse(source)):
        match node:
            case ast.Assert(
                test=ast.Compare(left=left, ops=[operator], comparators=[right]), lineno=at
            ) if at <= line <= (node.end_lineno or at):
                return left, operator, right
    return None


def _show_comparison(
    left: ast.expr,
    operator: ast.cmpop,
    right: ast.expr,
    names: set[str],
    frame: Any,
    session: Session,
) -> str:
    """Describe what a call returned and what was expected; empty if that takes another call."""
    program_names = {name for name in names if session.is_of_program(_lookup(frame, name))}
    if not isinstance(left, ast.Call) or _uses(right, program_names):
        return ""
    if not (isinstance(left.func, ast.Name) and left.func.id in program_names):
        return ""
    try:
        expected = eval(  # noqa: S307 (the dataset's own code)
            compile(ast.Expression(right), "<expected>", "eval"), frame.f_globals, frame.f_locals
        )
    except EndedError:
        return ""
    except BaseException:  # noqa: BLE001 (the test fails either way)
        return ""
    word = {ast.Eq: "expected", ast.Is: "expected"}.get(
        type(operator), f"expected it {_operator_text(operator)}"
    )
    returned = session.last_answer
    return f"\nreturned {_show(returned, repr)}\n{word} {_show(expected, repr)}"


def _operator_text(operator: ast.cmpop) -> str:
    text = ast.unparse(ast.Compare(ast.Name("a"), [operator], [ast.Name("b")]))
    return text.removeprefix("a ").removesuffix(" b")


def _lookup(frame: Any, name: str) -> Any:
    return frame.f_locals.get(name, frame.f_globals.get(name))


def _uses(expression: ast.expr, names: set[str]) -> bool:
    return any(isinstance(n, ast.Name) and n.id in names for n in ast.walk(expression))


def _show(value: Any, form: Any) -> str:
    """Return a value as shortened text, which may call the program."""
    try:
        text = form(value) if _is_small(value) else _SHORT.repr(value)
    except BaseException:  # noqa: BLE001 (a program may raise anything, or have ended)
        text = f"<{type(value).__name__}>"
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}... ({len(text)} characters)"


# For values whose text would take long to make, such as nested lists of one list many times.
_SHORT = reprlib.Repr()
_SHORT.maxlevel = 2
_MAX_SMALL = 2_000


def _is_small(value: object) -> bool:
    """Whether a value has few parts; a part that occurs several times counts each time."""
    pending, count = [value], 0
    while pending:
        part = pending.pop()
        count += 1
        if isinstance(part, dict):
            pending += [*part.keys(), *part.values()][:_MAX_SMALL]
        elif isinstance(part, list | tuple | set | frozenset):
            pending += list(part)[:_MAX_SMALL]
        if count + len(pending) > _MAX_SMALL:
            return False
    return True


def explain_end(end: End, usage: Usage, allowance: Allowance) -> tuple[str, str]:
    """Return status and reason for a program that ended before its last test."""
    if end is End.DIED:
        return _explain_death(usage, allowance)
    used = f"It used {usage.cpu_seconds:.2f} s of CPU time"
    reasons = {
        End.CPU_LIMIT: f"{used}; the limit is {allowance.cpu_seconds:g} s (timeout_seconds).",
        End.TEST_CPU_LIMIT: (
            f"{used} in all; the limit of a test is {allowance.test_cpu_seconds:g} s "
            "(test_timeout_seconds)."
        ),
        End.WALL_LIMIT: (
            f"It spent more than {allowance.idle_seconds:g} s neither running nor waiting for a "
            "CPU; the limit is 3 times timeout_seconds."
        ),
        End.TOO_LARGE: "A value was over 16 MiB, 200 levels or 200,000 containers.",
        End.MEMORY_LIMIT: "Its processes together used more than twice the limit.",
        End.DAMAGED: "Its answers were damaged: the program wrote into its channel.",
        End.CLOSED: "It closed its channel before the last test had ended.",
    }
    return _STATUSES[end], reasons[end]


_STATUSES = {
    End.CPU_LIMIT: "timeout",
    End.TEST_CPU_LIMIT: "timeout",
    End.WALL_LIMIT: "timeout",
    End.TOO_LARGE: "output_limit",
    End.MEMORY_LIMIT: "memory_limit",
    End.DAMAGED: "crashed",
    End.CLOSED: "exited",
}


def _explain_death(usage: Usage, allowance: Allowance) -> tuple[str, str]:
    number = usage.signal
    if number == signal.SIGXCPU or (number and usage.cpu_seconds > allowance.cpu_seconds):
        return explain_end(End.CPU_LIMIT, usage, allowance)
    if number:
        return "crashed", f"It was killed by signal {_signal_name(number)}."
    code = os.waitstatus_to_exitcode(usage.status)
    if code == protocol.OUT_OF_MEMORY:
        return "memory_limit", "It had no memory left to answer."
    return "exited", f"It ended with exit status {code} before the last test had ended."


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
