"""What the judge reads from the tests of a problem, without running them.

The dataset, never the program, decides which names in the tests belong to the program: the entry
point and the names that the reference solution defines. If the problem has neither a reference nor
a stub, all names that the tests use belong to the program. Names of Python's builtins never do.
"""

import ast
import builtins
import itertools
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from opcode import opmap
from types import CodeType
from typing import Any

from hrm_eval._sandbox.judge.constructors import only_sets_attributes

# Tests that use one of these look at something that exists only in the program's process.
_ONE_PROCESS_NAMES = frozenset(
    {
        "inspect", "mock", "patch", "monkeypatch", "capsys", "redirect_stdout", "redirect_stderr",
        "asyncio", "threading", "_thread", "concurrent.futures", "multiprocessing",
        "ThreadPoolExecutor", "ProcessPoolExecutor", "stdin", "stdout", "stderr", "globals", "exec",
        "eval", "builtins", "__code__", "__globals__", "__builtins__",
    }
)  # fmt: skip


# Modules whose functions set no state, and other names that may set some or reach anything.
_PURE_MODULES = frozenset(
    {
        "bisect", "cmath", "collections", "collections.abc", "copy", "datetime", "enum",
        "fractions", "functools", "heapq", "itertools", "math", "numbers", "operator", "re",
        "statistics", "string", "typing",
    }
)  # fmt: skip
_IMPURE_NAMES = frozenset(
    {
        "__import__", "breakpoint", "compile", "delattr", "eval", "exec", "exit", "getattr",
        "globals", "input", "locals", "open", "quit", "setattr", "vars",
        "__bases__", "__builtins__", "__class__", "__code__", "__dict__", "__globals__",
        "__loader__", "__mro__", "__self__", "__setattr__", "__subclasses__",
    }
)  # fmt: skip
_NUMPY_NAMES = frozenset(
    {
        "np", "numpy", "allclose", "isclose", "array_equal", "array_equiv", "assert_allclose",
        "assert_almost_equal", "assert_array_almost_equal", "assert_array_equal", "assert_equal",
    }
)  # fmt: skip
_SETS_ATTRIBUTES = frozenset({opmap["STORE_ATTR"], opmap["DELETE_ATTR"]})
_IMPORTS = opmap["IMPORT_NAME"]


class BrokenTestsError(Exception):
    """The problem cannot be judged.

    Its tests are not Python or call nothing, or its reference solution fails.
    """


@dataclass(frozen=True, kw_only=True)
class Task:
    """Tests of a problem, as the judge uses them; see `hrm_datasets.Problem`."""

    entry_point: str
    tests: tuple[str, ...]
    setup: str
    reference: str
    stub: str

    @cached_property
    def test_codes(self) -> tuple[CodeType, ...]:
        """The tests, compiled.

        Raises:
            BrokenTestsError: If one is not Python.
        """
        return tuple(_compile(test, f"<test {i}>") for i, test in enumerate(self.tests, start=1))

    @cached_property
    def setup_code(self) -> CodeType | None:
        """The setup, compiled; None if it is empty.

        Raises:
            BrokenTestsError: If it is not Python.
        """
        return _compile(self.setup, "<setup>") if self.setup.strip() else None

    @cached_property
    def needs_one_process(self) -> bool:
        """Whether the tests must run in the program's process.

        Such tests use standard streams, look into functions, or derive classes from the program's.
        """
        if not _ONE_PROCESS_NAMES.isdisjoint(self._used_names):
            return True
        text = "\n".join((self.setup, *self.tests))
        return "class" in text and any(
            isinstance(base, ast.Name) and base.id in self.names
            for node in ast.walk(parse(text))
            if isinstance(node, ast.ClassDef)
            for base in node.bases
        )

    @cached_property
    def is_plain(self) -> bool:
        """Whether the tests set no state that could outlast them in the judge's process.

        They do so only by imported modules, some other names, and attributes.

        Raises:
            BrokenTestsError: If the tests are not Python.
        """
        if not _IMPURE_NAMES.isdisjoint(self._used_names):
            return False
        operations = {byte for code in self._codes for byte in code.co_code[::2]}
        if not _SETS_ATTRIBUTES.isdisjoint(operations):
            return False
        runs_reference = self.trusted_code is not None or self.compared_classes
        trees = [self._stub_tree, self._reference_tree] if runs_reference else []
        if _IMPORTS in operations:
            trees += map(parse, (self.setup, *self.tests))
        return _PURE_MODULES.issuperset(name for tree in trees for name in _modules(tree))

    @cached_property
    def compares_arrays(self) -> bool:
        """Whether the tests may compare arrays, which are equal to anything if they are empty."""
        return self.calls_numpy or "numpy" in self.reference or "pandas" in self.reference

    @cached_property
    def calls_numpy(self) -> bool:
        """Whether the tests use functions of numpy, to which a list is an array."""
        return not _NUMPY_NAMES.isdisjoint(self._used_names)

    @cached_property
    def has_own_objects(self) -> bool:
        """Whether the tests define or import objects that they may pass to the program."""
        text = "\n".join((self.setup, *self.tests))
        return "class " in text or "import " in text

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names in the tests that the program has to define; the entry point first."""
        used = self._used_names - {self.entry_point} - vars(builtins).keys()
        if used and (self.reference or self.stub):
            used &= self._defined.keys() - self._trusted_functions.keys() - self._yardsticks.keys()
        return (self.entry_point, *sorted(used))

    @cached_property
    def calls(self) -> tuple[tuple[Any, ...], ...]:
        """The arguments of the call in each test, if each makes one call with literal arguments.

        Otherwise empty. These calls can be sent together with the program, which saves round trips.
        """
        if self.setup.strip() or self.names != (self.entry_point,):
            return ()
        statements = parse("\n".join(self.tests)).body
        ends = itertools.accumulate(test.count("\n") + 1 for test in self.tests)
        if [statement.end_lineno for statement in statements] != list(ends):
            return ()
        calls = [_only_call(statement, self.entry_point) for statement in statements]
        return tuple(call for call in calls if call is not None) if None not in calls else ()

    @cached_property
    def class_names(self) -> frozenset[str]:
        """The program's classes, if the entry point is one: then their operators are tested too."""
        if "class " not in self.reference:
            return frozenset()
        if not isinstance(self._defined.get(self.entry_point), ast.ClassDef):
            return frozenset()
        return frozenset(n for n in self.names if isinstance(self._defined.get(n), ast.ClassDef))

    @cached_property
    def compared_classes(self) -> dict[str, bool]:
        """The program's classes that the reference has too, if they may have an `__eq__`.

        With each name, whether its constructor only sets attributes, so that it may be called late.
        """
        if "class " not in self.reference:
            return {}
        if "__eq__" not in self.reference and "dataclass" not in self.reference:
            return {}
        classes = {name: self._defined.get(name) for name in self.names}
        return {
            name: only_sets_attributes(name, self._defined)
            for name, node in classes.items()
            if isinstance(node, ast.ClassDef)
        }

    @cached_property
    def classes_code(self) -> CodeType:
        """Imports of the reference, its `compared_classes`, and what these need."""
        needed = set().union(*map(self._needed_by, self.compared_classes))
        body: list[ast.stmt] = [
            node
            for node in self._reference_tree.body
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        body += [node for name, node in self._defined.items() if name in needed]
        module = ast.Module(body=body, type_ignores=[])
        return compile(module, "<reference>", "exec", dont_inherit=True)

    @cached_property
    def trusted_code(self) -> CodeType | None:
        """Imports of stub and reference, functions of the stub, and yardsticks of the reference.

        None if the tests need none.
        """
        if not self._used_names - {self.entry_point} - vars(builtins).keys():
            return None
        body: list[ast.stmt] = [
            node
            for node in (*self._stub_tree.body, *self._reference_tree.body)
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        body += self._trusted_functions.values()
        body += self._yardsticks.values()
        module = ast.Module(body=body, type_ignores=[])
        return compile(module, "<reference>", "exec", dont_inherit=True) if body else None

    @cached_property
    def _codes(self) -> tuple[CodeType, ...]:
        codes = (*self.test_codes, *((self.setup_code,) if self.setup_code else ()))
        return tuple(inner for code in codes for inner in _codes_in(code))

    @cached_property
    def _used_names(self) -> frozenset[str]:
        return frozenset(name for code in self._codes for name in code.co_names)

    @cached_property
    def _reference_tree(self) -> ast.Module:
        return parse(self.reference)

    @cached_property
    def _stub_tree(self) -> ast.Module:
        return parse(self.stub)

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

    @cached_property
    def _yardsticks(self) -> dict[str, ast.stmt]:
        """What the tests measure results with: constants and functions that the reference defines.

        These are constants, functions that are called with what the entry point returned, and what
        the latter use. A program could forge them, so they are the judge's own.
        """
        changed = {
            name
            for node in ast.walk(self._reference_tree)
            if isinstance(node, ast.Global)
            for name in node.names
        }
        chosen: dict[str, ast.stmt] = {}
        for name in self._used_names & self._defined.keys() - {self.entry_point} - changed:
            node = self._defined[name]
            if _is_constant(node) or (isinstance(node, ast.FunctionDef) and self._measures(name)):
                needed = self._needed_by(name)
                if self.entry_point not in needed:
                    chosen.update((n, self._defined[n]) for n in needed)
        return {name: node for name, node in self._defined.items() if name in chosen}

    def _measures(self, name: str) -> bool:
        """Whether a test calls a function with a result of the entry point."""
        return any(
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == name
            and any(self.entry_point in _names_used(argument) for argument in node.args)
            for test in self.tests
            if name in test
            for node in ast.walk(parse(test))
        )

    def _needed_by(self, name: str) -> set[str]:
        """Return a name of the reference, and the names of the reference that it needs."""
        needed: set[str] = set()
        pending = [name]
        while pending:
            current = pending.pop()
            if current in self._defined and current not in needed:
                needed.add(current)
                pending += _names_used(self._defined[current])
        return needed


def _is_constant(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and _is_literal(node.value)


def _names_used(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _compile(source: str, name: str) -> CodeType:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return compile(source, name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise BrokenTestsError(
            f"the tests are not Python: {type(error).__name__}: {error}"
        ) from error


def parse(source: str) -> ast.Module:
    """Return the syntax tree of a source text; an empty one if it is not Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return ast.Module(body=[], type_ignores=[])


# A call inside one of these may be skipped, or made more than once.
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
            # Nearly all tests of MBPP have this form.
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


def _codes_in(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes_in(constant)


def _modules(tree: ast.Module) -> Iterator[str]:
    """Yield the names of the modules that a source imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


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
