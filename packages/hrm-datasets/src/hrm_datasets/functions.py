"""The functions of a text with code, in a form in which copies under other names are equal.

Not covered: a function in other steps; imports under other names; strings that contain code fences.
"""

import ast
import contextlib
import keyword
import re
import textwrap
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from hrm_datasets.python_source import NOT_PYTHON, parse

# How deep in classes, functions and blocks definitions are looked for.
_MAX_LEVELS = 3

# A line at the margin begins a statement, unless it closes a bracket.
_TOP_LEVEL = re.compile(r"^(?=[^\s)\]}])", re.MULTILINE)
_DEFINITION = re.compile(r"(?:async )?def ")
_INDENTED_DEFINITION = re.compile(r"^[ \t]+(?:async )?def ", re.MULTILINE)
_PROMPT = re.compile(r"^[ \t]*(?:>>>|\.\.\.)(?: |$)(.*)", re.MULTILINE)
# What may stand in an annotation, or makes a function asynchronous.
_NO_SHAPE = {"False", "None", "True", "async", "await"}
_KEYWORD = re.compile(rf"\b(?:{'|'.join(set(keyword.kwlist) - _NO_SHAPE)})\b")
# Strings before comments, since a string may contain `#`.
STRING_OR_COMMENT = r"\"{3}.*?\"{3}|'{3}.*?'{3}|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|#[^\n]*"
_IGNORED = re.compile(STRING_OR_COMMENT, re.DOTALL)

# A code fence, also one at the end of a line of prose or code.
_FENCE = re.compile(
    r"^[ \t]*+(?:`{3,}+[^`\n]*+|~{3,}[^\n]*+)$|(?<!`)`{3,}+[\w+-]*+[ \t\r]*+$", re.MULTILINE
)

# Shorter functions, such as `return text[::-1]`, are idioms: everybody writes the same.
_MIN_NODES = 30

# A name in the text of a syntax tree.
_NAME = re.compile(r"\bName\(id='(\w+)'\)")

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

# The field of a node that binds a name.
_BINDING: Mapping[type[ast.AST], str] = {
    ast.FunctionDef: "name",
    ast.AsyncFunctionDef: "name",
    ast.ClassDef: "name",
    ast.ExceptHandler: "name",
    ast.MatchAs: "name",
    ast.MatchStar: "name",
    ast.MatchMapping: "rest",
    ast.alias: "asname",
    ast.arg: "arg",
}


def find_programs(text: str) -> Iterator[str]:
    """Yield a text, each piece of it between its code fences, and what is indented in these.

    Which fence opens a block and which closes one does not matter, so one that is missing hides
    nothing.
    """
    yield from _with_indented(text, _MAX_LEVELS)
    if "```" in text or "~~~" in text:
        for piece in _FENCE.split(text):
            if "def " in piece:
                whole = piece if "\ndef " in piece else textwrap.dedent(piece)
                yield from _with_indented(whole, _MAX_LEVELS)
    if ">>> " in text:
        yield "\n".join(match[1] for match in _PROMPT.finditer(text))


def _with_indented(code: str, levels: int) -> Iterator[str]:
    """Yield a program, and what it indents, such as the methods of a class, as programs."""
    yield code
    if levels and _INDENTED_DEFINITION.search(code):
        for part in _TOP_LEVEL.split(code):
            if _INDENTED_DEFINITION.search(part):
                # Before the first line at the margin, all lines are indented.
                block = part if part[:1].isspace() else part.partition("\n")[2]
                yield from _with_indented(textwrap.dedent(block), levels - 1)


def _definitions(code: str) -> Iterator[str]:
    """Yield the source of each function at the margin."""
    for part in _TOP_LEVEL.split(code):
        if _DEFINITION.match(part):
            yield part


def functions_one_by_one(code: str) -> list[tuple[str, str]]:
    """Return the functions of a program of which other parts do not parse, such as prose."""
    return [one for part in _definitions(code) for one in normal_functions(part)]


def normal_functions(
    code: str, min_nodes: int = _MIN_NODES, *, with_used: bool = False
) -> list[tuple[str, str]]:
    """Return the names of the top-level functions of a program with their syntax trees as text.

    The text is the same for functions that differ in the names that they bind, annotations,
    decorators and docstrings. Code that does not parse has no functions, and one that is nested too
    deeply is left out.

    Args:
        code: The program.
        min_nodes: Functions whose syntax trees, without what may differ, have fewer nodes are left
            out.
        with_used: Whether a function that uses others of the program, its classes or its variables
            is there twice: the second text has the used functions too, and is the same whatever all
            these are called.
    """
    try:
        module = parse(code)
    except NOT_PYTHON:
        return []
    bound = _bound_names(module) if with_used else set()
    texts = {}
    found = []
    for function in module.body:
        if not isinstance(function, _FUNCTIONS):
            continue
        name = function.name
        # The ValueError is for integers too long for Python to write.
        with contextlib.suppress(RecursionError, ValueError):
            _strip(function)
            _rename(function)
            texts[name] = _write(function)
            if sum(1 for _ in ast.walk(function)) >= min_nodes:
                found.append((name, texts[name]))
    if not bound:
        return found
    used = [(name, _with_used(text, texts, bound)) for name, text in found]
    return found + [one for one in used if one not in found]


def shapes(code: str) -> Iterator[str]:
    """Yield the keywords of each top-level function in order, as keys of the index.

    Functions with the same syntax tree have the same keywords, and these are found without parsing.
    """
    for part in _definitions(_IGNORED.sub("", code)):
        keywords = " ".join(_KEYWORD.findall(part)).replace("elif", "else if")
        yield f"shape {keywords}"


def _strip(function: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """Remove `self`, and all annotations, decorators and docstrings."""
    if function.args.args and function.args.args[0].arg in ("self", "cls"):
        del function.args.args[0]
    for node in ast.walk(function):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, _FUNCTIONS):
            node.decorator_list = []
            node.returns = None
            if ast.get_docstring(node) is not None:
                node.body = node.body[1:] or [ast.Pass()]
    _WithoutAnnotations().visit(function)


def _rename(function: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """Call what a function binds, itself included, `n0`, `n1` and so on."""
    names: dict[str, str] = {}
    for node in ast.walk(function):
        field = _BINDING.get(type(node))
        if field and (name := getattr(node, field)):
            setattr(node, field, names.setdefault(name, f"n{len(names)}"))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.setdefault(node.id, f"n{len(names)}")
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            node.names = [names.get(name, name) for name in node.names]


def _bound_names(module: ast.Module) -> set[str]:
    """Return the names that the top level of a program binds, besides those of imports."""
    bound = set()
    for statement in module.body:
        if isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):
            bound.add(statement.name)
        else:
            names = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
            bound |= {name.id for name in names if isinstance(name.ctx, ast.Store)}
    return bound


def _with_used(text: str, texts: Mapping[str, str], bound: Collection[str]) -> str:
    """Return the text of a function and of those it uses, with `g0`, `g1`, ... for what is bound.

    With the used ones, since a loop that calls `is_prime` is not one that calls `is_even`.
    """
    numbers: dict[str, int] = {}
    parts = [text]
    # Those that the used ones use are appended meanwhile.
    for part in parts:
        for name in _NAME.findall(part):
            if name in bound and name not in numbers:
                numbers[name] = len(numbers)
                parts += [texts[name]] if name in texts else []
    return _NAME.sub(
        lambda match: f"Name(id='g{numbers[match[1]]}')" if match[1] in numbers else match[0],
        "".join(parts),
    )


def _write(value: Any) -> str:
    """Return a syntax tree as text, the same for every version of Python; see `ast.dump`."""
    if isinstance(value, ast.AST):
        fields = (
            f"{name}={_write(field)}"
            for name, field in ast.iter_fields(value)
            if field is not None and field != [] and name != "ctx"
        )
        return f"{type(value).__name__.removeprefix('Async')}({','.join(fields)})"
    if isinstance(value, list):
        return f"[{','.join(map(_write, value))}]"
    return repr(value)


class _WithoutAnnotations(ast.NodeTransformer):
    """Turns `x: int = 0` into `x = 0`."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        return node if node.value is None else ast.Assign([node.target], node.value)
