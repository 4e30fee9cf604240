"""Removal of the thoughts of a model, which come before its answer.

Everything up to the last closing mark is thoughts, and so is everything after an opening mark that
is not closed. A mark within code or quotes is no mark.

Not covered: thoughts without any mark.
"""

import ast
import re
import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product

from hrm_eval.extraction.fences import find_fences
from hrm_eval.extraction.parsing import Parser

ThoughtMarks = Sequence[Sequence[str]]

_NAME = (
    r"(?!end_)(?:\w{1,20}[:_])?"
    r"(?:think|thinking|thoughts?|reasoning|reflection|scratchpad|analysis|rationale|monologue"
    r"|antthinking)(?:_(?:process|content|block))?"
)
_ATTRIBUTES = r"(?:[ \t][^<>\n]{0,200})?"
_OPEN = (
    rf"<{_NAME}{_ATTRIBUTES}>|\[{_NAME}\]|◁{_NAME}▷|【{_NAME}】"
    rf"|<\|(?:(?:begin|start)_(?:of_)?)?{_NAME}(?:_(?:begin|start))?\|>"
    r"|<\|channel\|>[ \t]*(?!final\b)\w+"
)
_CLOSE = (
    rf"</[ \t]?{_NAME}[ \t]?>|\[/{_NAME}\]|◁/{_NAME}▷|【/{_NAME}】"
    rf"|<(?:\|/|\|?end_(?:of_)?){_NAME}\|?>|<\|{_NAME}_end\|>"
    r"|<\|channel\|>[ \t]*final\b[^\n|]{0,80}(?:<\|constrain\|>[ \t]*\w{0,40}[ \t]*)?<\|message\|>"
    r"|(?<!\w)(?-i:assistantfinal)"
)

# The first channel of the harmony format, when a decoder has dropped the special tokens around it.
_BARE_CHANNEL = re.compile(
    r"\s*(?:analysis|commentary)(?=[A-Za-z0-9`]|<\||[ \t]*[\r\n]|[ \t]+[A-Z])"
)

_END_OF_MESSAGE = re.compile(r"<\|(?:end|return|call|start)\|>")
_QUOTED = re.compile(
    r"(?<!\w)(?:[rbfu]{1,2})?\"(?:[^\"\\\n]|\\.)*\"(?!\w)"
    r"|(?<!\w)(?:[rbfu]{1,2})?'(?:[^'\\\n]|\\.)*'(?!\w)"
    r"|(?<!`)`[^`\n]+`(?!`)",
    re.IGNORECASE,
)

# What a line of code with a mark in it has, and a word beside a mark (`Sure <think> so`) has not.
_STATEMENT = re.compile(r"[=(]|^\s*(?:if|elif|while|return|assert)\b")

# Prose about marks: `<think> tags`, `between <think> and </think>`.
_MENTION_BEFORE = re.compile(r"[>\]▷】][ \t](?:and|or|to)[ \t]$")
_MENTION_AFTER = re.compile(
    r"[ \t](?:tags?|blocks?|tokens?|elements?|markers?|marks?)\b|[ \t](?:and|or|to)[ \t][<\[◁【]"
)

# Marks that are looked at closely; hostile text has more.
_MAX_MARKS = 64
_MAX_LINE = 2000
_MAX_FENCES = 4


def remove_thoughts(text: str, marks: ThoughtMarks, parser: Parser) -> str:
    """Return the answer after the thoughts; empty if the thoughts never end.

    Args:
        text: All that the model wrote.
        marks: Pairs of an opening and a closing mark, besides those that are known.
        parser: Tells code from prose.
    """
    starts_in_channel = _starts_in_channel(text)
    opening, closing = _patterns(
        tuple((first, last) for first, last in marks), with_channels=starts_in_channel
    )
    is_mark = _MarkReader(text, parser).is_mark
    last_closings = list(closing.finditer(text))[: -_MAX_MARKS - 1 : -1]
    start = next((match.end() for match in last_closings if is_mark(match)), 0)
    if starts_in_channel and not start:
        return ""
    openings = islice(opening.finditer(text, start), _MAX_MARKS)
    end = next((match.start() for match in openings if is_mark(match)), len(text))
    answer = text[start:end]
    if "<|message|>" in text[:start]:
        answer = _END_OF_MESSAGE.split(answer, maxsplit=1)[0]
    return answer


@lru_cache
def _patterns(
    marks: tuple[tuple[str, str], ...], *, with_channels: bool
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of the opening and the closing marks; those of the user keep their case."""
    opening = [_OPEN, *(f"(?-i:{re.escape(first)})" for first, _ in marks)]
    closing = [_CLOSE, *(f"(?-i:{re.escape(last)})" for _, last in marks)]
    if with_channels:
        opening.append("assistant(?:analysis|commentary)")
        closing.append("assistantfinal")
    return (
        re.compile("|".join(opening), re.IGNORECASE),
        re.compile("|".join(closing), re.IGNORECASE),
    )


def _starts_in_channel(text: str) -> bool:
    """Return whether the text starts with the name of a channel, as no sentence or code does."""
    match = _BARE_CHANNEL.match(text)
    if match is None:
        return False
    line = text[:_MAX_LINE].strip().partition("\n")[0].strip()
    return line in ("analysis", "commentary") or not _is_code_line(line)


def _is_code_line(line: str) -> bool:
    """Return whether a line of text is a Python statement or the first line of one."""
    line = line.strip()
    suffix = "\n  pass" if line.endswith(":") else ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return bool(ast.parse(f"while 1:\n {line}{suffix}\n"))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False


class _MarkReader:
    """Tells marks from what looks like one in code, in strings and in quotations."""

    def __init__(self, text: str, parser: Parser) -> None:
        self._text = text
        self._parser = parser
        self._parses: dict[tuple[int, int], bool] = {}

    def is_mark(self, match: re.Match[str]) -> bool:
        """Return whether what looks like a mark is one."""
        text = self._text
        start = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
        end = text.find("\n", match.end())
        line = text[start : end if end >= 0 else len(text)]
        if len(line) > _MAX_LINE:
            return True
        column = match.start() - start
        if _MENTION_BEFORE.search(line[:column]) or _MENTION_AFTER.match(text, match.end()):
            return False
        if line.strip() == match[0].strip():
            # `[THINK]` alone is valid Python, but nobody writes it there.
            is_python = match[0].startswith("#") or _is_code_line(match[0])
            if is_python and not line[:1].isspace():
                return True
        elif _is_quoted(line, column) or self._is_in_statement(line, column):
            return False
        return not any(self._parses_between(*span) for span in self._spans_around(match))

    def _is_in_statement(self, line: str, column: int) -> bool:
        in_comment = "#" in line[:column]
        return not in_comment and bool(_STATEMENT.search(line)) and _is_code_line(line)

    def _spans_around(self, match: re.Match[str]) -> Iterator[tuple[int, int]]:
        """Yield the parts of the text that may be a program with the match in it."""
        yield 0, len(self._text)
        fences = find_fences(self._text)
        before = [fence.end for fence in fences if fence.end <= match.start()]
        after = [fence.start for fence in fences if fence.start >= match.end() and fence.is_bare]
        yield from product(before[-_MAX_FENCES:], after[:_MAX_FENCES])

    def _parses_between(self, start: int, end: int) -> bool:
        if (start, end) not in self._parses:
            program = self._parser.parse(self._text[start:end])
            self._parses[start, end] = program is not None and bool(program.tree.body)
        return self._parses[start, end]


def _is_quoted(line: str, column: int) -> bool:
    return any(quote.start() < column < quote.end() for quote in _QUOTED.finditer(line))
