"""Parsing of source text that may be anything, in bounded time and without errors.

Not covered: programs longer than `MAX_CHARACTERS`; of a longer text, only the beginning is parsed.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from hrm_datasets.python_source import NOT_PYTHON, parse

MAX_CHARACTERS = 100_000

# Characters that may be parsed for one answer, counted once for each time.
_ALLOWANCE = 250_000

# Even a parse that fails at once takes time and copies its source.
_COST_OF_PARSE = 300
_COST_OF_COPYING = 1 / 50

# The source is cut at the first broken line; more than one cut is needed for unclosed brackets.
_MAX_CUTS = 8

# Stands for the number of the broken line of what is not a module.
_IN_BODY = 0

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda


def split_lines(text: str) -> list[str]:
    """Return the lines with their line ends, split exactly where Python's parser splits them."""
    return _LINE.findall(text)


@dataclass(frozen=True)
class Program:
    """Source text that parses.

    Attributes:
        lines: Its lines with their ends; those that were taken out are empty.
        tree: Its syntax tree, whose line numbers are those of `lines`.
        is_whole: Whether no broken line was cut off.
        is_cut: Whether the answer ended in the middle of this source; None if that is not known.
    """

    lines: Sequence[str]
    tree: ast.Module
    is_whole: bool = True
    is_cut: bool | None = False

    @cached_property
    def source(self) -> str:
        """The text."""
        return "".join(self.lines)


class Parser:
    """Parses pieces of one answer until they have cost too much.

    Beyond that, nothing parses, so that the time for a hostile answer is bounded.

    Attributes:
        stopped_in_string: Whether the last source, or what was left of it after cuts, did not parse
            because it ended in a triple-quoted string, so that more text might help.
    """

    def __init__(self) -> None:
        self._left = _ALLOWANCE
        self.stopped_in_string = False

    @property
    def is_exhausted(self) -> bool:
        """Whether nothing parses anymore."""
        return self._left <= 0

    def parse(self, source: str, *, is_cut: bool | None = False) -> Program | None:
        """Return the program, or None if the source does not parse as one."""
        program = self.parse_head(source, is_cut=is_cut, max_cuts=1)
        return program if program and program.is_whole else None

    def parse_head(
        self, source: str, *, is_cut: bool | None = False, max_cuts: int = _MAX_CUTS
    ) -> Program | None:
        """Return the complete top-level statements before the first broken one.

        A `return` outside a function is broken, too; without a definition before it, it shows that
        the source is the body of a function, so that no part of it is a program.

        Args:
            source: Any text.
            is_cut: `Program.is_cut` if all of the source parses.
            max_cuts: How often to cut at a broken line.
        """
        self.stopped_in_string = False
        if self.is_exhausted:
            return None
        lines = split_lines(source[:MAX_CHARACTERS])
        is_whole = len(source) <= MAX_CHARACTERS
        if not is_whole:
            del lines[-1]
        for _ in range(max_cuts):
            head = "".join(lines)
            self._left -= _COST_OF_PARSE + int(len(head) * _COST_OF_COPYING)
            if not head.strip() or len(head) > self._left:
                return None
            tree, broken_line, self.stopped_in_string = _parse_or_locate(head)
            if tree is not None:
                self._left -= len(head)
                return Program(lines, tree, is_whole=is_whole, is_cut=is_cut if is_whole else False)
            if broken_line == _IN_BODY:
                return None
            end = min(broken_line, len(lines)) - 1
            self._left -= sum(map(len, lines[: end + 1]))
            # Cut at the start of the statement that contains the broken line.
            while end > 0 and (lines[end][:1].isspace() or lines[end][:1] in ")]}"):
                end -= 1
            lines = lines[:end]
            is_whole = False
        return None


def _parse_or_locate(source: str) -> tuple[ast.Module | None, int, bool]:
    """Return the syntax tree, or None, the number of the broken line, and if a string is open.

    Lines are counted from 1. The number is `_IN_BODY` if the source is the body of a function.
    """
    try:
        tree = parse(source)
    except SyntaxError as error:
        return None, error.lineno or 1, error.msg.startswith("unterminated triple-quoted")
    except NOT_PYTHON:
        return None, 1, False
    has_definition = False
    for statement in tree.body:
        for node in walk_scope(statement):
            if isinstance(node, ast.Return):
                return None, node.lineno if has_definition else _IN_BODY, False
        has_definition |= isinstance(statement, _FUNCTIONS)
    return tree, 0, False


def walk_scope(statement: ast.stmt) -> Iterator[ast.stmt]:
    """Yield a statement and those within it that run with it, so none of a function or class."""
    pending: list[ast.AST] = [statement]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.stmt):
            yield node
        if not isinstance(node, _FUNCTIONS):
            for field in ("body", "orelse", "finalbody", "handlers", "cases"):
                children = getattr(node, field, ())
                if isinstance(children, list):
                    pending += children
