"""A bare continuation of a stub: an answer that starts in the middle of the function's body.

It ends at the first line that leaves the body. Its text is appended to the stub as it is, and only
if that does not parse, its indentation is restored:

- The first line gets the indentation of the body, because a decoder may have dropped its spaces.
- A body that is indented by something else, such as a tab, is moved as a whole. The indentation
  within it stays.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from hrm_eval.extraction.parsing import Parser, Program, split_lines

# How many lines are tried as the end of the body; those in strings and brackets are not.
_MAX_ENDS = 8

_INDENT = re.compile(r"[ \t]*")
_BLOCK_START = re.compile(r"[ \t]*(?:async\s+def|def|class)\b")


def continuations(text: str, stub: str, parser: Parser) -> Iterator[Program]:
    """Yield the readings of a text as the continuation of a stub, the most literal one first."""
    lines = split_lines(text)
    first = next((k for k, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return
    indent, margin = _body_indent(stub)
    blank, lines = "".join(lines[:first]), lines[first:]
    own_indent = _indent(lines[0])
    first_restored = [indent + lines[0].lstrip(), *lines[1:]]
    moved = [
        indent + line.removeprefix(own_indent)
        if line.startswith(own_indent) and line.strip()
        else line
        for line in lines
    ]
    widths = takewhile(bool, (_width(line) for line in lines[1:] if line.strip()))
    if own_indent == indent:
        readings = [lines]
    elif not own_indent:
        readings = [moved, first_restored]
    elif any(width < margin for width in widths):
        # Not only the first line has another indentation.
        readings = [lines, moved, first_restored]
    else:
        readings = [lines, first_restored, moved]
    for reading in readings:
        yield from _joined(stub, blank, reading, margin, parser)


def _joined(
    stub: str, blank: str, lines: list[str], margin: int, parser: Parser
) -> Iterator[Program]:
    """Yield the stub with the lines up to the first that leaves the body, if that parses."""
    ends = [k for k, line in enumerate(lines) if line.strip() and _width(line) < margin]
    for end in [*ends[:_MAX_ENDS], len(lines)]:
        if end:
            program = parser.parse(stub + blank + "".join(lines[:end]))
            if program:
                yield program
                return


def _body_indent(stub: str) -> tuple[str, int]:
    """Return the indentation of the body of a stub's last function, and the least width in it."""
    lines = [line for line in split_lines(stub) if line.strip()]
    starts = [k for k, line in enumerate(lines) if _BLOCK_START.match(line)]
    start = starts[-1] if starts else 0
    outer = _indent(lines[start])
    inner = (_indent(line) for line in lines[start + 1 :])
    indent = next((i for i in inner if len(i) > len(outer)), outer + "    ")
    # The methods after a method of a class are not cut off.
    return indent, (1 if outer else len(indent.expandtabs()))


def _indent(line: str) -> str:
    match = _INDENT.match(line)
    return match[0] if match else ""


def _width(line: str) -> int:
    return len(_indent(line).expandtabs())
