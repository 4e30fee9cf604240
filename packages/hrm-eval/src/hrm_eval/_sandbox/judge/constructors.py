"""Finds out whether a constructor of the reference may be called later than a test calls it.

That is so if it only sets attributes of new objects. It is a guess from the source text: code that
hides what it does is not expected in a reference.
"""

import ast
from collections.abc import Mapping

_HARMLESS = frozenset(
    {
        "abs", "all", "any", "bool", "dict", "divmod", "enumerate", "filter", "float", "frozenset",
        "int", "isinstance", "len", "list", "map", "math", "gcd", "max", "min", "object", "pow",
        "range", "reversed", "round", "set", "sorted", "str", "sum", "super", "tuple", "zip",
        "TypeError", "ValueError",
    }
)  # fmt: skip
_MUTATORS = frozenset(
    {
        "add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem",
        "popleft", "remove", "reverse", "setdefault", "sort", "update",
    }
)  # fmt: skip


def only_sets_attributes(name: str, definitions: Mapping[str, ast.stmt]) -> bool:
    """Whether to make an instance of a class sets attributes of new objects, and does nothing else.

    Args:
        name: Name of the class.
        definitions: What the reference defines, by name.
    """
    pending, seen = [name], {"object"}
    while pending:
        current = pending.pop()
        if current in seen or current in _HARMLESS:
            continue
        seen.add(current)
        node = definitions.get(current)
        if not isinstance(node, ast.ClassDef) or node.keywords:
            return False
        needed = _names_needed(node)
        if needed is None:
            return False
        pending += (*needed, *map(ast.unparse, node.bases))
    return True


def _names_needed(node: ast.ClassDef) -> set[str] | None:
    """Return the global names that a class's constructor uses; None if it has other effects."""
    methods = {part.name: part for part in node.body if isinstance(part, ast.FunctionDef)}
    if "__new__" in methods or "__setattr__" in methods:
        return None
    pending, seen, needed = ["__init__", "__post_init__"], set(), set()
    while pending:
        name = pending.pop()
        method = methods.get(name)
        if method is None or name in seen:
            continue
        seen.add(name)
        if _has_effects(method):
            return None
        needed |= _global_names(method)
        pending += [inner.attr for inner in ast.walk(method) if isinstance(inner, ast.Attribute)]
    return needed


def _parameters(method: ast.FunctionDef) -> list[str]:
    args = method.args
    named = (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg)
    return [argument.arg for argument in named if argument is not None]


def _has_effects(method: ast.FunctionDef) -> bool:
    """Whether a method changes anything besides attributes of objects that it can have made."""
    first, *others = _parameters(method) or [""]
    own = {first, *_local_names(method)} - {*others}
    return not first or any(_is_effect(node, own, others) for node in ast.walk(method))


def _is_effect(node: ast.AST, own: set[str], others: list[str]) -> bool:
    match node:
        case ast.Global() | ast.Nonlocal() | ast.Yield() | ast.YieldFrom() | ast.Await():
            return True
        case ast.Attribute(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
            return name not in own
        case ast.Attribute(ctx=ast.Store() | ast.Del()):
            return True
        case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
            return name not in own
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attribute)):
            return name in others and attribute in _MUTATORS
    return False


def _local_names(method: ast.FunctionDef) -> set[str]:
    names = (node for node in ast.walk(method) if isinstance(node, ast.Name))
    return {node.id for node in names if isinstance(node.ctx, ast.Store)}


def _global_names(method: ast.FunctionDef) -> set[str]:
    names = {node.id for node in ast.walk(method) if isinstance(node, ast.Name)}
    annotations = {
        node.id
        for argument in ast.walk(method.args)
        if isinstance(argument, ast.arg) and argument.annotation is not None
        for node in ast.walk(argument.annotation)
        if isinstance(node, ast.Name)
    }
    return names - _local_names(method) - set(_parameters(method)) - annotations
