"""Removal of the thoughts of a model from its answer.

Thoughts are the text

- between an opening mark and its closing mark;
- before a closing mark without an opening one, which may have been in the prompt. But if the answer
  ended by itself, and no code follows the mark, the code before it counts;
- after an opening mark of a template, such as `<think>`, that is never closed;
- after any other unclosed opening mark, such as `<reasoning>`, if the answer was cut.

An unclosed heading in brackets, such as `[Analysis]`, opens no thoughts, and a mark within code or
quotes is no mark.

Not covered: thoughts without any mark.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product

from hrm_datasets.python_source import NOT_PYTHON, parse
from hrm_eval.extraction.fences import code_in_prose, find_fences
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

# What surrounds the name in a mark such as `<|begin_of_thought|>`.
_AFFIX = re.compile(r"^(?:begin|start|end)_(?:of_)?|_(?:begin|start|end)$")

# All marks that templates of models emit, and those of the user, may close each other.
_TEMPLATE = "template"

# Lines that are code, even if broken, besides those that `code_in_prose` knows.
_CODE = re.compile(
    r"^[ \t>]*(?:(?:async[ ]+)?def[ ]+\w|class[ ]+\w+[ ]*[(:]|return\b|print\(|sys\.\w+\.write\()"
    r"|`[^`\n]{0,40}\b(?:def|lambda)\b",
    re.MULTILINE,
)

# Marks at each end of a text that are looked at; hostile text has more.
_MAX_MARKS = 64
_MAX_LINE = 2000
_MAX_FENCES = 4


def remove_thoughts(text: str, marks: ThoughtMarks, *, was_cut: bool | None) -> str:
    """Return the answer without the thoughts; empty if they never end.

    Args:
        text: All that the model wrote.
        marks: Pairs of an opening and a closing mark, besides those that are known.
        was_cut: Whether the model was stopped where the text ends; None if that is not known.
    """
    # Of its own, so that many marks leave enough for the answer.
    parser = Parser()
    found = _find_marks(text, marks, parser)
    if not found:
        return text
    thoughts, strays = _find_thoughts(found, len(text), was_cut=was_cut)
    parts = [_join(pieces) for pieces in _split(text, thoughts, strays)]
    if len(parts) == 1 or was_cut:
        return parts[-1]
    numbers = reversed(range(len(parts)))
    first = next((number for number in numbers if _has_code(parts[number], parser)), -1)
    return _join(parts[first:])


def has_thoughts(text: str, marks: ThoughtMarks) -> bool:
    """Return whether there is a mark of thoughts in a text.

    Args:
        text: An answer.
        marks: Pairs of an opening and a closing mark, besides those that are known.
    """
    return bool(_find_marks(text, marks, Parser()))


@dataclass(frozen=True)
class _Mark:
    """A mark in a text.

    Attributes:
        start: Where it starts.
        end: Where it ends.
        is_opening: Whether it opens thoughts.
        family: Tells which closing marks close which opening ones.
    """

    start: int
    end: int
    is_opening: bool
    family: str

    def needs_closing(self, *, was_cut: bool | None) -> bool:
        """Return whether an opening mark counts only with its closing mark."""
        return self.family != _TEMPLATE and (not was_cut or self.family.startswith(("[", "【")))


def _find_marks(text: str, marks: ThoughtMarks, parser: Parser) -> list[_Mark]:
    """Return the marks in a text in their order."""
    starts_in_channel = _starts_in_channel(text)
    pattern = _pattern(
        tuple(mark for pair in marks for mark in pair), with_channels=starts_in_channel
    )
    matches = list(pattern.finditer(text))
    del matches[_MAX_MARKS : max(_MAX_MARKS, len(matches) - _MAX_MARKS)]
    is_mark = _MarkReader(text, parser).is_mark
    own_closings = {last for _, last in marks}
    found = [_Mark(0, 0, is_opening=True, family=_TEMPLATE)] if starts_in_channel else []
    for match in filter(is_mark, matches):
        if match.lastgroup == "own":
            is_opening, family = match[0] not in own_closings, _TEMPLATE
        else:
            is_opening, family = match.lastgroup == "opening", _family(match[0])
        found.append(_Mark(match.start(), match.end(), is_opening, family))
    return found


@lru_cache
def _pattern(own: tuple[str, ...], *, with_channels: bool) -> re.Pattern[str]:
    """Return a pattern of all marks; those of the user keep their case."""
    opening, closing = _OPEN, _CLOSE
    if with_channels:
        opening += "|assistant(?:analysis|commentary)"
        closing += "|assistantfinal"
    pattern = f"(?P<opening>{opening})|(?P<closing>{closing})"
    if own:
        longest_first = sorted(map(re.escape, own), key=len, reverse=True)
        pattern = f"(?P<own>(?-i:{'|'.join(longest_first)}))|{pattern}"
    return re.compile(pattern, re.IGNORECASE)


def _family(mark: str) -> str:
    """Return `_TEMPLATE`, or the name in a known mark with its kind of brackets."""
    (name,) = re.findall(r"[\w:]+", mark.lower())[:1]
    name = _AFFIX.sub("", name)
    if mark[0] in "[【":
        is_template = mark in ("[THINK]", "[/THINK]")
    else:
        is_channel = mark.lower().startswith(("<|channel|>", "assistant"))
        is_template = is_channel or "think" in name or name == "thought"
    return _TEMPLATE if is_template else mark[0] + name


def _find_thoughts(
    marks: Sequence[_Mark], length: int, *, was_cut: bool | None
) -> tuple[list[tuple[int, int]], list[_Mark]]:
    """Return where thoughts are, and the closing marks that have no opening mark."""
    unclosed: dict[str, list[_Mark]] = defaultdict(list)
    thoughts, strays = [], []
    for mark in marks:
        if mark.is_opening:
            unclosed[mark.family].append(mark)
        elif unclosed[mark.family]:
            thoughts.append((unclosed[mark.family].pop().start, mark.end))
        else:
            strays.append(mark)
    ends = {mark.end for mark in strays} | {end for _, end in thoughts}
    for opening in chain.from_iterable(unclosed.values()):
        is_within = any(start < opening.start < end for start, end in thoughts)
        if not is_within and not opening.needs_closing(was_cut=was_cut):
            # The next closing mark ends it, even if that belongs to a nearer opening mark.
            end = min((end for end in ends if end > opening.start), default=length)
            thoughts.append((opening.start, end))
    return thoughts, strays


def _split(
    text: str, thoughts: Sequence[tuple[int, int]], strays: Sequence[_Mark]
) -> list[list[str]]:
    """Return the pieces of a text outside of thoughts, in one list for each part between strays."""
    spans = [(start, end, False) for start, end in thoughts]
    spans += [(mark.start, mark.end, True) for mark in strays]
    first_message = text.find("<|message|>")
    parts: list[list[str]] = [[]]
    position = 0
    for start, end, is_stray in [*sorted(spans), (len(text), len(text) + 1, False)]:
        if end <= position:
            continue
        piece = text[position:start]
        if 0 <= first_message < position:
            piece = _END_OF_MESSAGE.split(piece, maxsplit=1)[0]
        parts[-1].append(piece)
        if is_stray:
            parts.append([])
        position = end
    return parts


def _join(pieces: Sequence[str]) -> str:
    """Return the pieces as one text, in which no line consists of the text of two pieces."""
    joined: list[str] = []
    for piece in filter(None, pieces):
        last_line = joined[-1].rpartition("\n")[2] if joined else ""
        if last_line.strip() and piece.partition("\n")[0].strip():
            joined.append("\n")
        joined.append(piece)
    return "".join(joined)


def _has_code(text: str, parser: Parser) -> bool:
    """Return whether code is in a text, also code that is broken."""
    fences = find_fences(text)
    # A single bare fence closes a block that another part has opened.
    if len(fences) > 1 or any(fence.info for fence in fences) or _CODE.search(text):
        return True
    return next(code_in_prose(text, parser, was_cut=None), None) is not None


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
    try:
        parse(f"while 1:\n {line}{suffix}\n")
    except NOT_PYTHON:
        return False
    return True


class _MarkReader:
    """Tells marks from what looks like one in code, in strings and in quotations."""

    def __init__(self, text: str, parser: Parser) -> None:
        self._text = text
        self._parser = parser
        self._parses: dict[tuple[int, int], bool] = {}
        fences = find_fences(text)
        self._ends = [fence.end for fence in fences]
        self._bare_starts = [fence.start for fence in fences if fence.is_bare]

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
        before = bisect_right(self._ends, match.start())
        after = bisect_left(self._bare_starts, match.end())
        yield from product(
            self._ends[max(0, before - _MAX_FENCES) : before],
            self._bare_starts[after : after + _MAX_FENCES],
        )

    def _parses_between(self, start: int, end: int) -> bool:
        if (start, end) not in self._parses:
            program = self._parser.parse(self._text[start:end])
            self._parses[start, end] = program is not None and bool(program.tree.body)
        return self._parses[start, end]


def _is_quoted(line: str, column: int) -> bool:
    return any(quote.start() < column < quote.end() for quote in _QUOTED.finditer(line))
