"""From what a model wrote to the program that is run.

Models wrap code in fences and prose, repeat the question, add tests of their own and stop in the
middle of a line. What is kept is the code; nothing is repaired, renamed or reordered, and a text
that already is a program comes back unchanged.

Not covered: choosing between two complete answers by anything but order (the first one counts).
"""

import ast
import re
import textwrap
import warnings

from hrm_datasets import Problem

# At most this many cuts are tried to make the head of a broken text parse.
_MAX_CUTS = 64

_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[ \t]*([\w+-]*)[^\n]*$", re.MULTILINE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_CODE_LINE = re.compile(r"(def|class|async def|import|from|@)\b|@\w")


def extract_code(text: str, problem: Problem) -> str:
    """Return the program in a model's answer to a problem.

    Args:
        text: The answer as it came, without special tokens.
        problem: Gives the name that the program must define, and the stub that a bare
            continuation belongs to.

    Returns:
        Source text; if there is no code to be found, the answer itself, which then fails.
    """
    text = text.partition("[DONE]")[0]
    if "[BEGIN]" in text:
        text = text.rpartition("[BEGIN]")[2]
    blocks = _fenced_blocks(text)
    sources = [textwrap.dedent(block) for block in blocks] or [text, _from_first_code_line(text)]
    candidates = [_parsing_head(source) for source in dict.fromkeys(sources)]
    if problem.stub:
        candidates += [_parsing_head(problem.stub + part) for part in blocks or [text]]
    for candidate in candidates:
        if candidate is not None and _defines(candidate, problem.entry_point):
            return _without_own_tests(candidate)
    parsed = [candidate for candidate in candidates if candidate]
    return parsed[0] if parsed else sources[0]


def _lines(text: str) -> list[str]:
    """Return the lines with their ends, cut where Python's parser cuts them and nowhere else."""
    return _LINE.findall(text)


def _fenced_blocks(text: str) -> list[str]:
    """Return the contents of the fences, the last of which may lack its end."""
    blocks = []
    start = None
    for fence in _FENCE.finditer(text):
        if start is None:
            start = fence.end() + 1
        elif fence[1]:
            # A fence with a language opens a block: the one before it was never closed.
            blocks.append(text[start : fence.start()])
            start = fence.end() + 1
        else:
            blocks.append(text[start : fence.start()])
            start = None
    if start is not None:
        blocks.append(text[start:])
    return [block for block in blocks if block.strip()]


def _from_first_code_line(text: str) -> str:
    lines = _lines(text)
    for position, line in enumerate(lines):
        if _CODE_LINE.match(line):
            return "".join(lines[position:])
    return text


def _parse(source: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _parsing_head(source: str) -> str | None:
    """Return the longest head of whole top-level statements that parses; None if it is empty."""
    lines = _lines(source)
    for _ in range(_MAX_CUTS):
        if not "".join(lines).strip():
            return None
        broken_line = _broken_line("".join(lines))
        if broken_line is None:
            return "".join(lines)
        end = min(broken_line, len(lines)) - 1
        # Up to the start of the statement that holds the broken line.
        while end > 0 and (lines[end][:1].isspace() or lines[end][:1] in ")]}"):
            end -= 1
        lines = lines[:end]
    return None


def _broken_line(source: str) -> int | None:
    """Return the line, counted from 1, at which the source stops to parse, or None."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(source)
        except SyntaxError as error:
            return error.lineno or 1
        except (ValueError, RecursionError, MemoryError):
            return 1
    return None


def _names(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Assign):
        return {target.id for target in node.targets if isinstance(target, ast.Name)}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name for alias in node.names}
    return set()


def _defines(source: str, name: str) -> bool:
    """Say whether the source defines a name at its top level, inside `if` and `try` too."""
    tree = _parse(source)
    if tree is None:
        return False
    pending: list[ast.stmt] = list(tree.body)
    while pending:
        node = pending.pop()
        if name in _names(node):
            return True
        if isinstance(node, ast.If | ast.Try):
            pending += [child for child in ast.walk(node) if isinstance(child, ast.stmt)][1:]
    return False


def _is_own_test(node: ast.stmt) -> bool:
    """Say whether a top-level statement only tries the code out: an assert or a print."""
    if isinstance(node, ast.Assert):
        return True
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "print"
    )


def _without_own_tests(source: str) -> str:
    """Return the source without the asserts and prints at its top level.

    A model's own wrong assert says nothing about the function that the dataset's tests call.
    """
    tree = _parse(source)
    nodes = tree.body if tree else []
    dropped: set[int] = set()
    kept: set[int] = set()
    for node in nodes:
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        (dropped if _is_own_test(node) else kept).update(lines)
    dropped -= kept
    if not dropped:
        return source
    kept_lines = [
        line for number, line in enumerate(_lines(source), start=1) if number not in dropped
    ]
    return "".join(kept_lines)
