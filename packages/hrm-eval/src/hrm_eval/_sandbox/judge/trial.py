"""Runs the tests of a problem on a program, from the judge's side.

The tests run here, with the program's names bound to stand-ins. Which names are the program's is
decided by what the dataset says, never by the program: its entry point, what the reference solution
defines, and, without a reference, what the tests use; never what Python has built in. What the
reference imports is imported here; functions of the stub (HumanEval's prompt) are run here.

Some tests need one process: those that look at standard streams or into functions, that derive
classes from the program's, or hand over objects which cannot cross. They run in the program's
process, where it can fool them, and the outcome says so.
"""

import ast
import builtins
import itertools
import re
import reprlib
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType
from typing import Any

from hrm_eval._sandbox.judge.session import EndedError, OneProcessError, Session
from hrm_eval._sandbox.wire import protocol

# Tests that use these look where only the program's process can look.
_ONE_PROCESS_NAMES = frozenset(
    {
        "inspect", "mock", "patch", "monkeypatch", "capsys", "redirect_stdout", "redirect_stderr",
        "asyncio", "threading", "stdin", "stdout", "stderr", "globals", "exec", "eval", "builtins",
        "__code__", "__globals__", "__builtins__",
    }
)  # fmt: skip
_TEST_NAME = re.compile(r"<test (\d+)>")
_MAX_SHOWN = 400


class BrokenTestsError(Exception):
    """The tests or the setup are not Python."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """What the judge knows of a problem; see `hrm_datasets.Problem`."""

    entry_point: str
    tests: tuple[str, ...]
    setup: str
    reference: str
    stub: str

    @cached_property
    def test_codes(self) -> tuple[CodeType, ...]:
        """The tests, compiled."""
        return tuple(_compile(test, f"<test {i}>") for i, test in enumerate(self.tests, start=1))

    @cached_property
    def setup_code(self) -> CodeType | None:
        """The setup, compiled; None if there is none."""
        return _compile(self.setup, "<setup>") if self.setup.strip() else None

    @cached_property
    def needs_one_process(self) -> bool:
        """Whether the tests look where only the program's process can look."""
        if not _ONE_PROCESS_NAMES.isdisjoint(self._used_names):
            return True
        text = "\n".join((self.setup, *self.tests))
        return "class" in text and any(
            isinstance(base, ast.Name) and base.id in self.names
            for node in ast.walk(_parse(text))
            if isinstance(node, ast.ClassDef)
            for base in node.bases
        )

    @cached_property
    def has_own_objects(self) -> bool:
        """Whether the tests define or import what they may hand over."""
        text = "\n".join((self.setup, *self.tests))
        return "class " in text or "import " in text

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names in the tests that are the program's to define; the entry point first."""
        used = self._used_names - {self.entry_point} - vars(builtins).keys()
        if used and (self.reference or self.stub):
            used &= self._defined.keys() - self._trusted_functions.keys()
        return (self.entry_point, *sorted(used))

    @cached_property
    def calls(self) -> tuple[tuple[Any, ...], ...]:
        """The arguments of the one call of the program in each test, if all are that simple.

        They can then be sent together with the program, which saves waiting.
        """
        if self.setup.strip() or self.names != (self.entry_point,):
            return ()
        statements = _parse("\n".join(self.tests)).body
        ends = itertools.accumulate(test.count("\n") + 1 for test in self.tests)
        if [statement.end_lineno for statement in statements] != list(ends):
            return ()
        found = [_only_call(statement, self.entry_point) for statement in statements]
        return tuple(call for call in found if call is not None) if None not in found else ()

    @cached_property
    def class_names(self) -> frozenset[str]:
        """Those of the names that are classes, if the entry point is one: what is tested."""
        if "class " not in self.reference:
            return frozenset()
        if not isinstance(self._defined.get(self.entry_point), ast.ClassDef):
            return frozenset()
        return frozenset(n for n in self.names if isinstance(self._defined.get(n), ast.ClassDef))

    @cached_property
    def trusted_code(self) -> CodeType | None:
        """Imports of the reference and functions of the stub that the tests use, or None."""
        if not self._used_names - {self.entry_point} - vars(builtins).keys():
            return None
        body: list[ast.stmt] = [
            node
            for node in (*self._stub_tree.body, *self._reference_tree.body)
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        body += self._trusted_functions.values()
        module = ast.Module(body=body, type_ignores=[])
        return compile(module, "<reference>", "exec", dont_inherit=True) if body else None

    @cached_property
    def _used_names(self) -> frozenset[str]:
        codes = (*self.test_codes, *((self.setup_code,) if self.setup_code else ()))
        return frozenset(name for code in codes for name in _names_in(code))

    @cached_property
    def _reference_tree(self) -> ast.Module:
        return _parse(self.reference)

    @cached_property
    def _stub_tree(self) -> ast.Module:
        return _parse(self.stub)

    @cached_property
    def _defined(self) -> dict[str, ast.stmt]:
        return dict(_definitions(self._reference_tree))

    @cached_property
    def _trusted_functions(self) -> dict[str, ast.stmt]:
        return {
            node.name: node
            for node in self._stub_tree.body
            if isinstance(node, ast.FunctionDef) and node.name != self.entry_point
        }


@dataclass
class Failure:
    """The first thing that went wrong.

    Attributes:
        where: `program`, `setup`, or the number of the test, from 1.
        status: See `hrm_eval.sandbox.Status`.
        reason: For a human; may hold anything.
    """

    where: str | int
    status: str
    reason: str


@dataclass
class Outcome:
    """What came of a trial.

    Attributes:
        where: What runs: `program`, `setup`, or the number of a test; see `Failure`.
        tests: A status for each test that is over.
        failure: The first failure, or None.
        shared_process: The tests ran in the program's process.
        seconds: Wall time until the last result was in.
    """

    where: str | int = "program"
    tests: list[str] = field(default_factory=list)
    failure: Failure | None = None
    shared_process: bool = False
    seconds: float = 0.0

    def fail(self, where: str | int, status: str, reason: str) -> None:
        """Take note of a failure."""
        if self.failure is None:
            self.failure = Failure(where, status, reason)


def try_program(
    program: str, task: Task, session: Session, *, is_measured: bool = False
) -> Outcome:
    """Run a program and every test, up to `session.end`.

    Args:
        program: Source text.
        task: With at least one test.
        session: A fresh one.
        is_measured: Note the CPU time of each test in `session.test_cpu_seconds`.

    Raises:
        BrokenTestsError: If the tests are not Python.
        OneProcessError: If a test turns out to need one process.
    """
    outcome = Outcome(shared_process=task.needs_one_process)
    with suppress(EndedError):
        _run(program, task, session, outcome, is_measured=is_measured)
    outcome.seconds = session.seconds
    return outcome


def try_in_one_process(program: str, task: Task, session: Session) -> Outcome:
    """As `try_program`, with the tests in the program's process."""
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
    tests = task.test_codes  # broken tests are found before the program runs
    setup = task.setup_code
    values = _load(program, task, session, outcome)
    if values is None:
        return
    outcome.where = "setup"
    if outcome.shared_process:
        _run_shared(task, session, outcome)
        return
    for name in task.class_names:
        session.mark_tested_class(values.get(name))
    namespace: dict[str, Any] = {"__name__": "tests"}
    if task.trusted_code is not None:
        exec(task.trusted_code, namespace)  # noqa: S102 (the dataset's own code)
    namespace.update(values)
    if setup is not None and (error := _attempt(setup, namespace, session)) is not None:
        outcome.fail("setup", _classify(error), _explain(error, task.setup, session))
        return
    for number, code in enumerate(tests, start=1):
        outcome.where = number
        session.begin_test(is_measured=is_measured)
        _run_test(number, code, task, namespace, session, outcome)


def _run_test(
    number: int,
    code: CodeType,
    task: Task,
    namespace: dict[str, Any],
    session: Session,
    outcome: Outcome,
) -> None:
    error = _attempt(code, namespace, session)
    if error is None:
        outcome.tests.append("passed")
        return
    status = _classify(error)
    outcome.tests.append(status)
    if outcome.failure is None:
        outcome.fail(number, status, _explain(error, task.tests[number - 1], session))


def _load(program: str, task: Task, session: Session, outcome: Outcome) -> dict[str, Any] | None:
    """Run the program; return its values of the task's names, or None if it failed."""
    names = task.names
    calls = () if outcome.shared_process else task.calls
    try:
        answer = session.load(program, names, calls)
    except (EndedError, OneProcessError):
        raise
    except BaseException as error:  # noqa: BLE001 (a program may raise anything)
        outcome.fail("program", _classify(error), _program_text(error))
        return None
    match answer:
        case (protocol.SYNTAX_ERROR, str(text)):
            outcome.fail("program", "syntax_error", text)
            return None
        case (protocol.LOADED, tuple(pairs)) if all(_is_pair(pair, names) for pair in pairs):
            values = dict(pairs)
            if task.entry_point not in values:
                reason = f"The program defines no {task.entry_point!r}."
                outcome.fail("program", "missing_entry_point", reason)
                return None
            return values
    outcome.fail("program", "crashed", "It did not keep to the protocol.")
    return None


def _is_pair(pair: Any, names: tuple[str, ...]) -> bool:
    return type(pair) is tuple and len(pair) == 2 and type(pair[0]) is str and pair[0] in names


def _run_shared(task: Task, session: Session, outcome: Outcome) -> None:
    """Let the program's process run the tests, and believe it."""
    session.begin_test()
    try:
        found = session.ask(protocol.RUN_TESTS, task.setup, task.tests)
    except (EndedError, OneProcessError):
        raise
    except BaseException:  # noqa: BLE001 (only a program that has broken ours raises here)
        found = None
    if type(found) is not tuple or len(found) > 1 + len(task.tests):
        found = ()
    for number, entry in enumerate(found):
        status, reason = _read_shared(entry, session)
        if number:
            outcome.tests.append(status)
        if status != "passed":
            outcome.fail(number or "setup", status, reason)
    if outcome.failure is None and len(outcome.tests) != len(task.tests):
        outcome.fail("setup", *_BROKEN)


_BROKEN = "crashed", "It did not keep to the protocol."


def _read_shared(entry: Any, session: Session) -> tuple[str, str]:
    """Return the status and reason of what the program's process says of a test."""
    match entry:
        case None:
            return "passed", ""
        case (tuple(), tuple(), tuple(), str(text), bool(is_program_in)):
            error = session.rebuild_error(entry[:4])
            is_wrong = isinstance(error, AssertionError) and not is_program_in
            return "wrong_answer" if is_wrong else _classify(error), text
    return _BROKEN


def _attempt(code: CodeType, namespace: dict[str, Any], session: Session) -> BaseException | None:
    """Run code of the tests and return what it raised.

    Raises:
        EndedError: If the program is over, whatever the test made of that.
        OneProcessError: If something could not cross, whatever the test made of that.
    """
    raised = None
    try:
        exec(code, namespace)  # noqa: S102 (the dataset's own code)
    except (EndedError, OneProcessError):
        raise
    except BaseException as error:  # noqa: BLE001 (a test may raise what the program raised)
        raised = error
    session.check()
    return raised


def _classify(error: BaseException) -> str:
    """Return the status for an exception.

    A failed assertion is a wrong answer only if it is one of the tests' own.
    """
    if isinstance(error, MemoryError):
        return "memory_limit"
    if isinstance(error, SystemExit):
        return "exited"
    is_wrong = isinstance(error, AssertionError) and not hasattr(error, "_of_program")
    return "wrong_answer" if is_wrong else "exception"


def _program_text(error: BaseException) -> str:
    text = getattr(error, "_of_program", None)
    return text if text is not None else f"{type(error).__name__}: {_show(error, str)}"


def _explain(error: BaseException, source: str, session: Session) -> str:
    """Return the place and reason of a failure: the program's traceback, or the values compared."""
    frame, line = _innermost(error)
    where = _show_line(source, frame.f_code.co_name, line) if frame is not None else ""
    if hasattr(error, "_of_program"):
        return where + _program_text(error)
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
    """Return the last frame of the tests in a traceback, and its line."""
    found: tuple[Any, int] = None, 0
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if _TEST_NAME.fullmatch(name) or name == "<setup>":
            found = trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next
    return found


def _show_line(source: str, function: str, line: int) -> str:
    """Return the line of a test that has several, with its number."""
    lines = source.strip().splitlines()
    if len(lines) < 2 or not 0 < line <= len(source.splitlines()):
        return ""
    return f"line {line}, in {function}: {source.splitlines()[line - 1].strip()}\n"


def _find_comparison(source: str, line: int) -> tuple[ast.expr, ast.cmpop, ast.expr] | None:
    """Return both sides of the comparison that is asserted on a line."""
    for node in ast.walk(_parse(source)):
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
    """Say what a call returned and what was expected, where that needs no further call."""
    program = {name for name in names if session.is_of_program(_lookup(frame, name))}
    if not isinstance(left, ast.Call) or _uses(right, program):
        return ""
    if not (isinstance(left.func, ast.Name) and left.func.id in program):
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
    """Return a value as text, which may ask the program."""
    try:
        text = form(value) if _is_small(value) else _SHORT.repr(value)
    except BaseException:  # noqa: BLE001 (a program may raise anything, or be over)
        text = f"<{type(value).__name__}>"
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}... ({len(text)} characters)"


# For values whose text would take long to make, such as lists of the same lists over and over.
_SHORT = reprlib.Repr()
_SHORT.maxlevel = 2
_MAX_SMALL = 2_000


def _is_small(value: object) -> bool:
    """Say whether a value has few parts, counting those that it has twice as often."""
    waiting, count = [value], 0
    while waiting:
        part = waiting.pop()
        count += 1
        if isinstance(part, dict):
            waiting += [*part.keys(), *part.values()][:_MAX_SMALL]
        elif isinstance(part, list | tuple | set | frozenset):
            waiting += list(part)[:_MAX_SMALL]
        if count + len(waiting) > _MAX_SMALL:
            return False
    return True


def _compile(source: str, name: str) -> CodeType:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return compile(source, name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise BrokenTestsError(f"{type(error).__name__}: {error}") from error


def _parse(source: str) -> ast.Module:
    """Return the tree of a source; an empty one if it is not Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return ast.Module(body=[], type_ignores=[])


# In these a call may be left out, or made more than once.
_CONDITIONAL = (ast.BoolOp, ast.IfExp, ast.Lambda, ast.comprehension, ast.NamedExpr, ast.Await)


def _only_call(statement: ast.stmt, name: str) -> tuple[Any, ...] | None:
    """Return the literal arguments of the only call of a name in an assertion, or None."""
    match statement:
        case ast.Assert(
            test=ast.Compare(
                left=ast.Call(func=ast.Name(id=called)) as call, ops=[_], comparators=[right]
            ),
            msg=None,
        ) if called == name and (isinstance(right, ast.Constant) or _is_literal(right)):
            # Nearly all of MBPP is so.
            return _literal_arguments(call)
        case ast.Assert(test=expression, msg=None):
            nodes = list(ast.walk(expression))
        case _:
            return None
    if any(
        isinstance(n, _CONDITIONAL) or (isinstance(n, ast.Compare) and len(n.ops) > 1)
        for n in nodes
    ):
        return None
    uses = [n for n in nodes if isinstance(n, ast.Name) and n.id == name]
    calls = [n for n in nodes if isinstance(n, ast.Call) and n.func in uses]
    return _literal_arguments(calls[0]) if len(uses) == len(calls) == 1 else None


def _literal_arguments(call: ast.Call) -> tuple[Any, ...] | None:
    if call.keywords:
        return None
    try:
        return tuple(map(ast.literal_eval, call.args))
    except (ValueError, TypeError, MemoryError, RecursionError):
        return None


def _is_literal(expression: ast.expr) -> bool:
    try:
        ast.literal_eval(expression)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return False
    return True


def _names_in(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_in(constant)


def _definitions(module: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for name in ast.walk(target):
                    if isinstance(name, ast.Name):
                        yield name.id, node
