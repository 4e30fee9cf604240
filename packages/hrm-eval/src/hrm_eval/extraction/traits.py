"""What statements do with the world around them: standard input and output, and missing names.

Not covered: names in strings (`exec`, `getattr`), what child processes read and write, and streams
that other modules hand out.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hrm_eval.extraction.names import BUILTINS, Names, names_of, root_name
from hrm_eval.extraction.parsing import walk_scope

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
_OPENERS = frozenset({"open", "fdopen", "FileIO"})
_STREAMS = {"stdin": "stdin", "stdout": "stdout", "fileinput": "stdin"}


@dataclass(frozen=True)
class Traits:
    """What statements of a module do.

    Attributes:
        reads_input: Whether they, or their functions, read standard input.
        writes_output: Whether they, or their functions, write to standard output.
        binds: The names that they assign, define or import.
        missing: The names that they use, but neither they nor Python bind.
    """

    reads_input: bool
    writes_output: bool
    binds: frozenset[str]
    missing: frozenset[str]


def traits_of(statements: Sequence[ast.stmt]) -> Traits:
    """Return what statements of a module do when they run one after the other."""
    names = _united(names_of(statement) for statement in statements)
    nodes = [node for statement in statements for node in ast.walk(statement)]
    binds = names.binds | _assigned_globals(nodes)
    unbound = names.reads - binds
    streams = {_STREAMS[name] for name in unbound & _STREAMS.keys()} | _streams(nodes)
    calls = names.calls | names.calls_later
    return Traits(
        # `input = "3"` hides the function, but nobody calls it then.
        reads_input="stdin" in streams or "input" in unbound | calls,
        writes_output="stdout" in streams or "print" in unbound | calls,
        binds=frozenset(binds),
        missing=frozenset() if "*" in binds else frozenset(unbound - BUILTINS),
    )


def acts(statement: ast.stmt) -> bool:
    """Return whether a statement calls something when it runs, not only in its functions."""
    return any(
        isinstance(node, ast.Call)
        for inner in walk_scope(statement)
        if not isinstance(inner, _DEFINITIONS)
        for child in ast.iter_child_nodes(inner)
        if not isinstance(child, ast.stmt)
        for node in ast.walk(child)
    )


def _united(all_names: Iterator[Names]) -> Names:
    united = Names()
    for names in all_names:
        united.binds |= names.binds
        united.reads |= names.reads
        united.calls |= names.calls
        united.calls_later |= names.calls_later
    return united


def _assigned_globals(nodes: Sequence[ast.AST]) -> set[str]:
    """Return the names that functions assign as `global`."""
    declared = {name for node in nodes if isinstance(node, ast.Global) for name in node.names}
    if not declared:
        return declared
    names = (node for node in nodes if isinstance(node, ast.Name))
    return declared & {name.id for name in names if isinstance(name.ctx, ast.Store)}


def _streams(nodes: Sequence[ast.AST]) -> set[str]:
    """Return which of `stdin` and `stdout` are used, other than by `input` and `print`."""
    imported = (alias for node in nodes if isinstance(node, ast.Import) for alias in node.names)
    modules = {"sys", "__import__"} | {a.asname for a in imported if a.name == "sys" and a.asname}
    found = set()
    for node in nodes:
        match node:
            case ast.Attribute(attr="stdin" | "stdout", ctx=ast.Load()):
                if root_name(node) in modules:
                    found.add(node.attr)
            case ast.ImportFrom(module="sys"):
                found |= {alias.name for alias in node.names} & _STREAMS.keys()
            case ast.ImportFrom(module="fileinput"):
                found.add("stdin")
            case ast.Import() if any(alias.name == "fileinput" for alias in node.names):
                found.add("stdin")
            case ast.Call(args=[ast.Constant(value=first), *others]):
                found.add(_stream_of_call(node.func, first, others))
    return found


def _stream_of_call(function: ast.expr, first: object, others: Sequence[ast.expr]) -> str:
    """Return the stream that a call such as `open(0)` uses; empty if it uses none.

    Args:
        function: What is called.
        first: The value of its first argument.
        others: The other arguments.
    """
    name = function.attr if isinstance(function, ast.Attribute) else root_name(function)
    if first == 0:
        is_read = name in _OPENERS or (name == "read" and len(others) == 1)
        return "stdin" if is_read else ""
    if first == 1:
        is_write = name in _OPENERS or (name == "write" and len(others) == 1)
        return "stdout" if is_write else ""
    return {"/dev/stdin": "stdin", "/dev/stdout": "stdout"}.get(str(first), "")
