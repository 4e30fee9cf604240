"""The definitions of a program, and whether one is only a signature to be filled in."""

import ast
import re
from collections.abc import Sequence

from hrm_eval.extraction.names import BUILTINS, bound_names, names_of
from hrm_eval.extraction.parsing import Program, walk_scope

_TODO = re.compile(
    r"#.*\b(?:todo|fixme|implement|your (?:code|solution|implementation|answer)|fill in|placeholder"
    r"|write (?:code|your)|complete (?:this|the))\b",
    re.IGNORECASE,
)

# What stands where an outline leaves something out.
_OMISSION = re.compile(r"#[ \t]*(?:\.\.\.|\u2026)|#.*\brest of\b", re.IGNORECASE)

# Values that nobody can call.
_DATA = (
    *(ast.BinOp, ast.UnaryOp, ast.Compare, ast.Constant, ast.JoinedStr, ast.List, ast.Tuple),
    *(ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)


def find_definitions(tree: ast.Module) -> dict[str, ast.stmt]:
    """Return the last definition of each name at the top level, also in `if`, `try` and `with`."""
    found: dict[str, ast.stmt] = {}
    for statement in tree.body:
        if isinstance(statement, ast.If | ast.Try | ast.With | ast.For | ast.While | ast.Match):
            for inner in sorted(walk_scope(statement), key=lambda node: node.lineno):
                if inner is not statement:
                    found.update(dict.fromkeys(_names(inner), inner))
        else:
            found.update(dict.fromkeys(_names(statement), statement))
    return found


def _names(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.Expr | ast.Assert | ast.If | ast.Try | ast.With | ast.For):
        return set()
    return bound_names(statement)


def defines_entry_point(program: Program, entry_point: str) -> bool:
    """Return whether a program defines the entry point with more than a signature or a formula."""
    if entry_point not in program.source:
        return False
    node = find_definitions(program.tree).get(entry_point)
    return node is not None and not is_stub(node, program.lines) and not _is_formula(node, program)


def _is_formula(node: ast.stmt, program: Program) -> bool:
    """Return whether an assignment is a formula such as `distance = sqrt(x * x + y * y)`.

    Its value is no function, or it needs names that the program does not have.
    """
    if isinstance(node, ast.AugAssign):
        return True
    if not isinstance(node, ast.Assign | ast.AnnAssign) or isinstance(node.value, ast.Lambda):
        return False
    is_unpacked = isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name)
    if is_unpacked and isinstance(node.value, ast.Tuple | ast.List):
        is_data = all(isinstance(value, _DATA) for value in node.value.elts)
    else:
        is_data = not is_unpacked and isinstance(node.value, _DATA)
    if is_data:
        return True
    bound = {name for statement in program.tree.body for name in bound_names(statement)}
    return "*" not in bound and not names_of(node).reads <= bound | BUILTINS


def is_stub(node: ast.stmt, lines: Sequence[str]) -> bool:
    """Return whether a definition only shows what is to be written.

    So are bodies of `pass`, `...`, a docstring, `raise NotImplementedError` and `return None`; with
    a comment such as `# TODO` or `# Your code here`, also those that return a constant. An outline
    ends in `...`, or after a comment such as `# ... the rest` in `pass` or the like.
    An import shows nothing, either, because a demonstration may import what the answer defines.
    """
    if isinstance(node, ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.ClassDef):
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        return all(
            is_stub(statement, lines) if isinstance(statement, functions) else _is_empty(statement)
            for statement in node.body
        )
    if isinstance(node, ast.Assign | ast.AnnAssign):
        value = node.value
        return value is None or (isinstance(value, ast.Constant) and value.value in (None, ...))
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    *before, last = node.body
    if _is_ellipsis(last) or all(map(_is_empty, node.body)):
        return True
    if all(map(_is_simple, node.body)) and _has_todo(node, lines):
        return True
    if isinstance(last, ast.Return) or not _is_empty(last):
        return False
    end = lines[before[-1].end_lineno or 0 : last.end_lineno]
    return any(map(_OMISSION.search, end))


def gives_value(node: ast.stmt) -> bool:
    """Return whether a definition may give a value when it is called: all but some functions."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return True
    pending: list[ast.AST] = list(node.body)
    while pending:
        part = pending.pop()
        if isinstance(part, ast.Yield | ast.YieldFrom):
            return True
        if isinstance(part, ast.Return) and part.value is not None:
            return True
        if not isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            pending += ast.iter_child_nodes(part)
    return False


def _is_ellipsis(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and statement.value.value is ...
    )


def _is_empty(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Raise):
        exception = statement.exc
        if isinstance(exception, ast.Call):
            exception = exception.func
        return isinstance(exception, ast.Name) and exception.id == "NotImplementedError"
    if isinstance(statement, ast.Return):
        value = statement.value
        return value is None or (isinstance(value, ast.Constant) and value.value is None)
    return isinstance(statement, ast.Pass)


def _is_simple(statement: ast.stmt) -> bool:
    """Return whether a statement only returns or assigns a constant or a name."""
    if _is_empty(statement):
        return True
    if not isinstance(statement, ast.Return | ast.Assign):
        return False
    value = statement.value
    if isinstance(value, ast.List | ast.Tuple | ast.Set):
        return not value.elts
    if isinstance(value, ast.Dict):
        return not value.keys
    return isinstance(value, ast.Constant | ast.Name)


def _has_todo(node: ast.FunctionDef | ast.AsyncFunctionDef, lines: Sequence[str]) -> bool:
    return any(_TODO.search(line) for line in lines[node.lineno - 1 : node.end_lineno])
