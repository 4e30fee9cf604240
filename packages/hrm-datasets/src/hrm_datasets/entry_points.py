"""The entry point of a problem: the name that its tests call and its reference solution defines.

Not covered: names that only text contains, such as in `eval("add(1, 2)")`, and `import *`.
"""

import ast
import builtins
from collections.abc import Iterable, Iterator, Sequence

_SCOPES = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


def find_entry_point(code: ast.Module, tests: Iterable[ast.Module]) -> str | None:
    """Return the first name that the tests call or pass on, and the code defines.

    A call counts more than a mention, as in `map(double, numbers)`; a function more than another
    value; and what the code defines more than what it imports. Within a test, an outer call is
    tried before the calls in its arguments.

    Args:
        code: The reference solution.
        tests: The tests, in order.

    Returns:
        The name, or None if no test calls or mentions one.
    """
    functions, values, imports = _find_definitions(code)
    called: list[str] = []
    mentioned: list[str] = []
    for test in tests:
        for node in ast.walk(test):
            called += _called_names(node)
            mentioned += _mentioned_names(node)
    choices = (
        (called, functions | values),
        (mentioned, functions),
        (mentioned, values),
        (called, imports),
        (mentioned, imports),
    )
    return next((name for names, defined in choices for name in names if name in defined), None)


def find_tested_name(tests: Sequence[ast.Module]) -> str | None:
    """Return the entry point of a problem that has no reference solution.

    It is the first name that the tests call or pass on, and that neither they nor Python define;
    see `find_entry_point`. None if there is no such name.
    """
    nodes = [node for test in tests for node in ast.walk(test)]
    known = vars(builtins).keys() | set().union(*map(_bound_names, nodes))
    unknown = {name for node in nodes for name in _mentioned_names(node)} - known
    stand_in = "\n".join(f"def {name}(): ..." for name in sorted(unknown))
    return find_entry_point(ast.parse(stand_in), tests)


def defined_names(code: ast.Module) -> set[str]:
    """Return the names that a module defines or imports, also within `if`, `try` and so on."""
    return set().union(*_find_definitions(code))


def _find_definitions(code: ast.Module) -> tuple[set[str], set[str], set[str]]:
    """Return the names of functions and classes, of other values, and of imports."""
    functions: set[str] = set()
    values: set[str] = set()
    imports: set[str] = set()
    for node in _walk_scope(code):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                functions.add(node.name)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda()):
                functions.add(name)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Lambda()):
                functions.add(name)
            case ast.Name(id=name, ctx=ast.Store()):
                values.add(name)
            case ast.Import() | ast.ImportFrom():
                imports.update(a.asname or a.name.partition(".")[0] for a in node.names)
    return functions, values, imports


def _bound_names(node: ast.AST) -> set[str]:
    """Return the names that a node binds, in whatever scope."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
            return {name}
        case ast.alias():
            return {node.asname or node.name.partition(".")[0]}
    return set()


def _walk_scope(module: ast.Module) -> Iterator[ast.AST]:
    """Yield the nodes of a module, but not what is inside functions and classes."""
    pending: list[ast.AST] = [module]
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, _SCOPES):
            pending += ast.iter_child_nodes(node)


def _called_names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id=name)):
            yield name


def _mentioned_names(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node uses directly, except `math` in `math.pi`."""
    if not isinstance(node, ast.Attribute):
        for child in ast.iter_child_nodes(node):
            match child:
                case ast.Name(id=name, ctx=ast.Load()):
                    yield name
