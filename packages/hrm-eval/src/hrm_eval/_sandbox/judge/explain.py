"""Describes a failure: status and reason of a failed test, or of a program that has ended.

It does not decide what fails: it is called after a test has failed or the program has ended.
"""

import ast
import os
import re
import reprlib
import signal
from collections.abc import Iterator
from math import ceil
from types import ModuleType
from typing import Any, NamedTuple

from hrm_eval._sandbox.judge.session import Session
from hrm_eval._sandbox.judge.standins import Remote, RemoteClass, number_of, remote_of
from hrm_eval._sandbox.judge.task import parse
from hrm_eval._sandbox.judge.watch import REFERENCE_FACTOR, End, Usage
from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.control import TOTAL_MEMORY_REASON, WALL_FACTOR, Allowance
from hrm_eval._sandbox.wire.values import MAX_BYTES, MAX_CONTAINERS, MAX_DEPTH

# Pairs of status and reason.
BROKE_PROTOCOL = "crashed", "Its process violated the protocol between program and judge."
NO_MEMORY_TO_ANSWER = "memory_limit", "It had no memory left to answer."

# What stands after a limit that is derived from the reference solution.
FROM_REFERENCE = (
    f"It is {REFERENCE_FACTOR:g} times what the reference solution used on this machine."
)

_TEST_NAME = re.compile(r"<test (\d+)>")
_MAX_SHOWN = 400
_MAX_CALL = 200
_MAX_VARIABLES = 4


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
    return text if text is not None else f"{type(error).__name__}: {show(error, str)}"


def explain(error: BaseException, source: str, session: Session) -> str:
    """Describe a failed test: its line, and the program's traceback or what its calls returned.

    Args:
        error: What the test raised.
        source: Source text of the test, or of the setup.
        session: Session of the program.
    """
    frame, line = _innermost(error)
    where = _show_line(source, frame.f_code.co_name, line) if frame is not None else ""
    if hasattr(error, "_of_program"):
        return where + program_text(error)
    message = show(error, str)
    text = f"{where}{type(error).__name__}" + (f": {message}" if message else "")
    if frame is None:
        return text
    if isinstance(error, OSError | ImportError):
        # The text of the line tells which function failed.
        import linecache

        lines = [f"{line}\n" for line in _lines(source)]
        linecache.cache[frame.f_code.co_filename] = (len(source), None, lines, "")
        refusal = session.explain_refusal(error)
        text += f"\n{refusal}" if refusal else ""
    return text + _show_values(source, line, frame, session)


def _show_values(source: str, line: int, frame: Any, session: Session) -> str:
    """Describe what the calls in a failed line returned, or the variables of an assertion."""
    statement = _find_statement(source, line)
    if statement is None or isinstance(statement, ast.Raise):
        return ""
    made = _calls_made(statement, frame, session)
    if not made:
        return _show_variables(statement, frame)
    return _show_comparison(statement, made, frame, session) or _show_calls(made)


def _innermost(error: BaseException) -> tuple[Any, int]:
    """Return the innermost frame of a failed source in a traceback, and its line; or None and 0."""
    innermost: tuple[Any, int] = None, 0
    trace, file = error.__traceback__, ""
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        # A test may call a function of the setup, which is another source.
        file = file or (name if _TEST_NAME.fullmatch(name) or name == "<setup>" else "")
        if name == file:
            innermost = trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next
    return innermost


def _show_line(source: str, function: str, line: int) -> str:
    """Return a line of a test with its number; empty if the test has only one line."""
    lines = _lines(source)
    if len(_lines(source.strip())) < 2 or not 0 < line <= len(lines):
        return ""
    return f"line {line}, in {function}: {lines[line - 1].strip()}\n"


def _lines(source: str) -> list[str]:
    """Return the lines as Python counts them; `splitlines` would also split at form feeds."""
    return re.split(r"\r\n?|\n", source)


def _find_statement(source: str, line: int) -> ast.stmt | None:
    """Return the shortest statement that covers a line."""
    statements = [
        node
        for node in ast.walk(parse(source))
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    return min(statements, key=lambda node: (node.end_lineno or 0) - node.lineno, default=None)


# What may be evaluated once, never or several times when its statement runs.
_CONDITIONAL = (ast.BoolOp, ast.IfExp, ast.Lambda, ast.comprehension)
_UNCHANGEABLE = (bool, int, float, complex, str, bytes, type(None))


class _Call(NamedTuple):
    """A call of the program in a statement of the tests, and its result."""

    node: ast.Call
    arguments: tuple[Any, ...]
    result: Any

    def __str__(self) -> str:
        """Return the source text of the call, with the values of arguments that never change."""
        if self.node.keywords or len(self.node.args) != len(self.arguments):
            text = ast.unparse(self.node)
        else:
            texts = [
                show(value, repr) if type(value) in _UNCHANGEABLE else ast.unparse(node)
                for node, value in zip(self.node.args, self.arguments, strict=True)
            ]
            text = f"{ast.unparse(self.node.func)}({', '.join(texts)})"
        return text if len(text) <= _MAX_CALL else f"{text[:_MAX_CALL]}...)"


def _calls_made(statement: ast.stmt, frame: Any, session: Session) -> list[_Call]:
    """Return the calls of the program that a statement made before it failed, in their order."""
    nodes = list(_evaluated(statement))
    is_certain = not any(isinstance(node, _CONDITIONAL) for node in nodes)
    calls = [(n, _find_root(n, frame)) for n in nodes if isinstance(n, ast.Call)]
    named = {number_of(root) for n, root in calls if root is not None and _is_named(n)}
    answers = list(session.calls)
    made: list[_Call] = []
    for node, root in reversed(calls):
        if not answers:
            break
        number, arguments, result = answers[-1]
        if root is None:
            continue
        is_this = number == number_of(root) if _is_named(node) else number not in named
        if is_this and (is_certain or _may_have(node, arguments, frame)):
            made.append(_Call(node, arguments, result))
            answers.pop()
    return made[::-1]


def _is_named(call: ast.Call) -> bool:
    """Whether a function is called by its name, and is not the method of an object."""
    return isinstance(call.func, ast.Name)


def _evaluated(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs when a statement runs, in that order, without the statements inside it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.stmt):
            yield from _evaluated(child)
    yield node


def _find_root(call: ast.Call, frame: Any) -> Remote | RemoteClass | None:
    """Return the program's value at the start of `f(x)`, `f.g(x)` or `f(x).g(y)`; None if none."""
    node: ast.expr = call.func
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return remote_of(_lookup(frame, node.id)) if isinstance(node, ast.Name) else None


def _may_have(node: ast.Call, arguments: tuple[Any, ...], frame: Any) -> bool:
    """Whether a call may have had these arguments, as far as constants and variables tell."""
    for expression, value in zip(node.args, arguments, strict=False):
        match expression:
            case ast.Constant(known):
                pass
            case ast.Name(id=name) if name in frame.f_locals or name in frame.f_globals:
                known = _lookup(frame, name)
            case _:
                continue
        if type(known) in _UNCHANGEABLE and (type(value), value) != (type(known), known):
            return False
    return True


def _show_calls(made: list[_Call]) -> str:
    """Describe what the calls of a failed statement returned."""
    return "".join(f"\n{call} returned {show(call.result, repr)}" for call in made)


def _show_variables(statement: ast.stmt, frame: Any) -> str:
    """Describe the variables in a failed assertion that made no call of the program."""
    if not isinstance(statement, ast.Assert):
        return ""
    nodes = [node for node in _evaluated(statement) if isinstance(node, ast.Name)]
    names = [
        n for n in dict.fromkeys(node.id for node in nodes) if n in frame.f_globals | frame.f_locals
    ]
    values = {name: _lookup(frame, name) for name in names}
    data = {k: v for k, v in values.items() if not (callable(v) or issubclass(type(v), ModuleType))}
    shown = list(data.items())[:_MAX_VARIABLES]
    return "".join(f"\n{name} is {show(value, repr)}" for name, value in shown)


def _show_comparison(statement: ast.stmt, made: list[_Call], frame: Any, session: Session) -> str:
    """Describe the result of a call and what it is compared with; empty if it takes more calls."""
    match statement:
        case ast.Assert(
            test=ast.Compare(
                left=ast.Call(func=ast.Name()) as left, ops=[operator], comparators=[right]
            )
        ) if made and made[0].node is left:
            pass
        case _:
            return ""
    names = {*frame.f_globals, *frame.f_locals}
    if _uses(right, {name for name in names if session.is_of_program(_lookup(frame, name))}):
        return ""
    try:
        expected = eval(  # noqa: S307 (the dataset's own code)
            compile(ast.Expression(right), "<expected>", "eval"), frame.f_globals, frame.f_locals
        )
    except BaseException:  # noqa: BLE001 (the test fails either way)
        return ""
    is_equality = isinstance(operator, ast.Eq | ast.Is)
    word = "expected" if is_equality else f"expected it {_operator_text(operator)}"
    text = f"\nreturned {show(made[0].result, repr)}\n{word} {show(expected, repr)}"
    return text + (_NAN if is_equality and _has_nan(expected) else "")


_NAN = (
    "\nA nan equals nothing, not even another nan, so this comparison fails for every program. "
    "The test should use math.isnan."
)


def _has_nan(value: Any) -> bool:
    """Whether a value is a NaN, or a small container of one."""
    # The type and not `isinstance`, which would ask the program about a stand-in.
    kind = type(value)
    if issubclass(kind, dict):
        return _is_small(value) and any(map(_has_nan, (*value.keys(), *value.values())))
    if issubclass(kind, list | tuple | set | frozenset):
        return _is_small(value) and any(map(_has_nan, value))
    return issubclass(kind, float | complex) and value != value


def _operator_text(operator: ast.cmpop) -> str:
    text = ast.unparse(ast.Compare(ast.Name("a"), [operator], [ast.Name("b")]))
    return text.removeprefix("a ").removesuffix(" b")


def _lookup(frame: Any, name: str) -> Any:
    return frame.f_locals.get(name, frame.f_globals.get(name))


def _uses(expression: ast.expr, names: set[str]) -> bool:
    return any(isinstance(n, ast.Name) and n.id in names for n in ast.walk(expression))


def show(value: Any, form: Any) -> str:
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
    cure = "Raise it with {}."
    if allowance.is_from_reference:
        cure = FROM_REFERENCE
    reasons = {
        End.CPU_LIMIT: (
            f"It used {seconds_text(usage.cpu_seconds)} s of CPU time in all; the limit is "
            f"{allowance.cpu_seconds:g} s (timeout_seconds). {cure.format('--timeout')}"
        ),
        End.TEST_CPU_LIMIT: (
            f"It used {seconds_text(usage.test_cpu_seconds)} s of CPU time here; the limit of a "
            f"test, and of loading the program, is {allowance.test_cpu_seconds:g} s "
            f"(test_timeout_seconds). {cure.format('--test-timeout')}"
        ),
        End.WALL_LIMIT: (
            f"It spent more than {allowance.idle_seconds:g} s neither running nor waiting for a "
            f"CPU, for example asleep; the limit is {WALL_FACTOR} times timeout_seconds. "
            "Raise it with --timeout."
        ),
        End.TOO_LARGE: (
            f"A value that the tests need was over {MAX_BYTES // 2**20} MiB, {MAX_DEPTH} levels or "
            f"{MAX_CONTAINERS:,} containers. No setting changes this."
        ),
        End.MEMORY_LIMIT: TOTAL_MEMORY_REASON,
        End.DAMAGED: (
            "It wrote into file descriptor 3, its connection to the sandbox. A program "
            "may write only to descriptors that it has opened, and to 1 and 2."
        ),
        End.CLOSED: (
            "It closed file descriptor 3, its connection to the sandbox, before the last "
            "test had ended."
        ),
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


def seconds_text(value: float) -> str:
    """Return seconds as text, rounded up, so that they are never below a limit they exceeded."""
    return f"{ceil(100 * value) / 100:.2f}"


def _explain_death(usage: Usage, allowance: Allowance) -> tuple[str, str]:
    number = usage.signal
    if number and usage.cpu_seconds > allowance.cpu_seconds:
        return explain_end(End.CPU_LIMIT, usage, allowance)
    if number:
        return "crashed", f"It was killed by signal {_signal_name(number)}."
    code = os.waitstatus_to_exitcode(usage.status)
    if code == protocol.OUT_OF_MEMORY:
        return NO_MEMORY_TO_ANSWER
    return "exited", f"It ended with exit status {code} before the last test had ended."


_SIGNAL_MEANINGS = {
    signal.SIGKILL: "by itself, or by the kernel when the machine had no memory left",
    signal.SIGSEGV: "it used memory that it does not have, for example by endless recursion in C",
    signal.SIGABRT: "it called abort, as C code does at an error",
    signal.SIGSYS: "the sandbox kills programs that make system calls of another architecture",
}


def _signal_name(number: int) -> str:
    try:
        kind = signal.Signals(number)
    except ValueError:
        return str(number)
    meaning = _SIGNAL_MEANINGS.get(kind)
    return f"{kind.name} ({meaning})" if meaning else kind.name
