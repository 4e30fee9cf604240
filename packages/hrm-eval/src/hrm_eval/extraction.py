"""Extraction of the program from the answer of a model.

Models wrap code in fences and prose, think aloud, repeat the question, add their own tests and stop
in the middle of a line. The program is the first piece of the answer that defines the entry point,
without the asserts and prints at its top level. Nothing is repaired, renamed or reordered.

Not covered: choosing the better of two complete answers; the first one counts.
"""

import ast
import re
import textwrap
import warnings
from collections.abc import Iterator

from hrm_datasets import Problem

# The source is cut at the first broken line; more than one cut is needed for unclosed brackets.
_MAX_CUTS = 8

# A line of prose may look like code ("from the input"), so several lines are tried as the start.
_MAX_STARTS = 16

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_CODE_LINE = re.compile(r"(def|class|async def|import|from)\b|@\w|\w+\s*(:[^=]+)?=[^=]")
_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)

# A fence on its own line, with anything after the language; a fence at the end of a line of text or
# code; or a fence within a line.
_FENCE = re.compile(
    r"^[ \t]*(?:```|~~~)[ \t]*(?P<line>[\w+-]*)[^\n`]*(?:\n|\Z)"
    r"|```(?P<end>[\w+-]*)[ \t]*(?:\n|\Z)"
    r"|```",
    re.MULTILINE,
)


def extract_code(text: str, problem: Problem) -> str:
    r"""Return the program in the answer of a model.

    Args:
        text: The answer, without special tokens.
        problem: Has the name that the program must define, and the stub. A bare continuation is
            appended to the stub; a whole function gets the imports and helpers of the stub.

    Returns:
        Source text. If the answer contains no code, the answer itself, which then fails.

    Examples:
        >>> extract_code("Sure:\n```python\ndef add(a, b):\n    return a + b\n```", problem)
        'def add(a, b):\n    return a + b\n'
    """
    text = _THOUGHTS.sub("", text).partition("[DONE]")[0]
    fallback = None
    for part in text.split("[BEGIN]"):
        for source in _candidates(part, problem):
            if _answers(source, problem.entry_point):
                return _without_self_tests(_with_stub_helpers(source, problem))
            fallback = fallback or source
    return fallback or text


def _candidates(text: str, problem: Problem) -> Iterator[str]:
    """Yield the parts of an answer that parse as Python, the most likely program first."""
    is_program = _parse(text) is not None
    if is_program:
        yield text
    blocks = _fenced_blocks(text)
    for block in blocks:
        yield from _parsing_head(textwrap.dedent(block))
    if problem.stub:
        for block in blocks or [text]:
            yield from _parsing_head(problem.stub + block)
    if not blocks and not is_program:
        yield from _code_in_prose(textwrap.dedent(text))


def _code_in_prose(text: str) -> Iterator[str]:
    """Yield the parts that parse, each starting at a line that looks like code.

    Parts do not overlap.
    """
    lines = _lines(text)
    end = starts = 0
    for position, line in enumerate(lines):
        if position >= end and starts < _MAX_STARTS and _CODE_LINE.match(line):
            starts += 1
            for head in _parsing_head("".join(lines[position:])):
                end = position + len(_lines(head))
                yield head


def _lines(text: str) -> list[str]:
    """Return the lines with their line ends, split exactly where Python's parser splits them."""
    return _LINE.findall(text)


def _fenced_blocks(text: str) -> list[str]:
    """Return the contents of the fenced blocks; the last block may lack its closing fence."""
    blocks = []
    start = None
    for fence in _FENCE.finditer(text):
        language = fence["line"] or fence["end"]
        if start is None:
            start = fence.end()
        else:
            blocks.append(text[start : fence.start()])
            # A fence with a language opens a block, so the block before it was never closed.
            start = fence.end() if language else None
    if start is not None:
        blocks.append(text[start:])
    return [block for block in blocks if block.strip()]


def _parse(source: str) -> ast.Module | None:
    tree, _ = _parse_or_locate(source)
    return tree


def _parse_or_locate(source: str) -> tuple[ast.Module | None, int]:
    """Return the syntax tree, or None and the number of the broken line, counted from 1."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source), 0
        except SyntaxError as error:
            return None, error.lineno or 1
        except (ValueError, RecursionError, MemoryError):
            return None, 1


def _parsing_head(source: str) -> Iterator[str]:
    """Yield the complete top-level statements before the first broken one, if there are any."""
    lines = _lines(source)
    for _ in range(_MAX_CUTS):
        head = "".join(lines)
        if not head.strip():
            return
        tree, broken_line = _parse_or_locate(head)
        if tree is not None:
            yield head
            return
        end = min(broken_line, len(lines)) - 1
        # Cut at the start of the statement that contains the broken line.
        while end > 0 and (lines[end][:1].isspace() or lines[end][:1] in ")]}"):
            end -= 1
        lines = lines[:end]


def _definitions(tree: ast.Module) -> dict[str, ast.stmt]:
    """Return the definitions at the top level by name, also those in `if`, `try` and `with`."""
    definitions: dict[str, ast.stmt] = {}
    pending: list[ast.stmt] = list(tree.body)
    while pending:
        node = pending.pop()
        for name in _names(node):
            definitions.setdefault(name, node)
        if isinstance(node, ast.If | ast.Try | ast.With):
            pending += [child for child in ast.walk(node) if isinstance(child, ast.stmt)][1:]
    return definitions


def _names(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Assign):
        return {target.id for target in node.targets if isinstance(target, ast.Name)}
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return {node.target.id}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    return set()


def _answers(source: str, entry_point: str) -> bool:
    """Return whether the source defines the entry point with more than a docstring or `pass`."""
    tree = _parse(source) if entry_point in source else None
    node = _definitions(tree).get(entry_point) if tree else None
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return node is not None
    return not all(
        isinstance(statement, ast.Pass)
        or (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        for statement in node.body
    )


def _with_stub_helpers(source: str, problem: Problem) -> str:
    """Add the imports and helpers of the stub, which tests may call, to a whole function."""
    if not problem.stub or source.startswith(problem.stub):
        return source
    stub, tree = _parse(problem.stub), _parse(source)
    if stub is None or tree is None:
        return source
    defined = _definitions(tree).keys() | {problem.entry_point}
    missing = [node for node in stub.body if _names(node) and not _names(node) <= defined]
    prelude = "".join(ast.unparse(node) + "\n" for node in missing)
    future = [
        node.end_lineno or 0
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "__future__"
    ]
    lines = _lines(source)
    start = max(future, default=0)
    return "".join([*lines[:start], prelude, *lines[start:]])


def _is_self_test(node: ast.stmt) -> bool:
    """Return whether a top-level statement only tests the code: an assert or a print."""
    if isinstance(node, ast.Assert):
        return True
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "print"
    )


def _without_self_tests(source: str) -> str:
    """Return the source without the asserts and prints at its top level.

    A wrong assert by the model does not make the function wrong that the dataset tests.
    """
    tree = _parse(source)
    nodes = tree.body if tree else []
    dropped: set[int] = set()
    kept: set[int] = set()
    for node in nodes:
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        (dropped if _is_self_test(node) else kept).update(lines)
    dropped -= kept
    if not dropped:
        return source
    kept_lines = [
        line for number, line in enumerate(_lines(source), start=1) if number not in dropped
    ]
    return "".join(kept_lines)
