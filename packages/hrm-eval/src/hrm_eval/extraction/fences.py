"""The pieces of an answer that may be code: in Markdown fences, indented, quoted, or in prose.

A fence closes only alone on its line, with the character of its opener and at least as long. A
program may contain such lines in its strings, so the shortest piece that parses is taken. Blocks in
other languages are passed over, unless there are no others.
"""

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, takewhile

from hrm_eval.extraction.parsing import MAX_CHARACTERS, Parser, Program, split_lines

# How many ends are tried for a piece, and how many lines as the start of code in prose.
_MAX_ENDS = 8
_MAX_STARTS = 48
_MAX_LINES = 20_000
_MAX_FENCES = 4000

_FENCE = re.compile(
    r"^[ \t]*(?P<mark>`{3,}|~{3,})[ \t]*(?:"
    # Code on the line of the fence.
    r"(?P<python>(?:(?:python3?|py)[ \t]+)?)(?=(?:(?:async )?def|class|import|from) [^\n`]*\n|@\w)"
    r"|(?P<info>(?:[^\s`][^\n`]*)?)(?:\n|\Z))"
    # At the end of a line of prose, only with a language.
    r"|(?<=[^\n`~])(?P<late>```+)(?P<language>[A-Za-z][\w+-]{0,20})[ \t]*\n",
    re.MULTILINE,
)
_LATE_END = re.compile(r"(?<=[^\n`\s])[ \t]*```+[ \t]*(?:\n|\Z)")
_CODE_SPAN = re.compile(r"(?<!`)(`{1,3})([^`\n]+)\1(?!`)")
_LANGUAGE = re.compile(r"^(?:python3?|py)[ \t]+")
# Marks such as `<answer>` at the edges of a line.
_TAG = r"</?(?:answer|code|pre|solution)\b[^<>\n]{0,200}>"
_TAGS = re.compile(rf"^(?:{_TAG}){{1,4}}|(?:{_TAG}){{1,4}}$", re.IGNORECASE | re.MULTILINE)
_QUOTE = re.compile(r"^(?:[ ]{0,3}>[ ]?)+", re.MULTILINE)

_INFO = re.compile(r"[{.]*([\w+#-]*)")
_OTHER_LANGUAGES = frozenset(
    {
        *("bash", "bat", "c", "c#", "c++", "cc", "cmd", "console", "cpp", "cs", "csharp", "css"),
        *("csv", "d", "dart", "diff", "dockerfile", "fortran", "fsharp", "go", "golang", "haskell"),
        *("html", "ini", "java", "javascript", "js", "json", "jsx", "julia", "kotlin", "latex"),
        *("log", "lua", "makefile", "math", "matlab", "mermaid", "none", "objc", "ocaml", "output"),
        *("pascal", "perl", "php", "plain", "plaintext", "powershell", "ps1", "r", "rb", "rs"),
        *("ruby", "rust", "scala", "sh", "shell", "sql", "swift", "terminal", "tex", "text"),
        *("toml", "ts", "tsx", "txt", "typescript", "xml", "yaml", "yml", "zsh"),
    }
)

_CODE_LINE = re.compile(
    r"[ \t]*(?:"
    r"(?:def|class|async def|import|from|type)\b|@\w|try:"
    r"|(?:if|for|while|with|match)\b.*:[ \t]*(?:#.*)?$"
    # An assignment, also to several names, and with a type.
    r"|[*(\[]*[A-Za-z_][\w.]*(?:\[[^\]\n]{0,80}\])?[)\]]*"
    r"(?:[ \t]*,[ \t]*[*(\[]*[A-Za-z_][\w.]*[)\]]*){0,20}"
    r"[ \t]*(?::[^=\n]{1,80})?(?:[-+*/|&^%@]|//|\*\*|<<|>>)?=(?!=)"
    r")"
)

_CALL_LINE = re.compile(r"[ \t]*[A-Za-z_][\w.]*\(")

_PROSE_LINE = re.compile(r"[A-Z][a-z']*,? [a-z]")


@dataclass(frozen=True)
class Fence:
    """A line of backticks or tildes.

    Attributes:
        start: Where the fence begins: its line, or the backticks after prose.
        end: Where the next line begins.
        mark: The backticks or tildes.
        info: The language and what follows it.
        is_late: Whether there is text before it on its line.
    """

    start: int
    end: int
    mark: str
    info: str
    is_late: bool

    @property
    def is_bare(self) -> bool:
        """Whether nothing else is on the line, so that it may close a block."""
        return not self.info

    @property
    def names_another_language(self) -> bool:
        """Whether the block that this fence opens says that it is no Python."""
        match = _INFO.match(self.info)
        return match is not None and match[1].lower() in _OTHER_LANGUAGES

    def closes(self, opener: "Fence") -> bool:
        """Return whether this is a closing fence for a block that the other one opens."""
        return self.is_bare and self.mark.startswith(opener.mark)


@lru_cache(maxsize=4)
def find_fences(text: str) -> Sequence[Fence]:
    """Return the fences of a text in their order."""
    return [
        Fence(
            match.start(),
            match.end(),
            match["mark"] or match["late"],
            "python" if match["python"] is not None else _info_of(match),
            is_late=match["late"] is not None,
        )
        for match in islice(_FENCE.finditer(text), _MAX_FENCES)
    ]


def _info_of(match: re.Match[str]) -> str:
    return (match["info"] or match["language"] or "").strip()


def text_before_fences(text: str) -> str:
    """Return the text before the first fence."""
    fences = find_fences(text)
    return text[: fences[0].start] if fences else text


@dataclass(frozen=True)
class Block:
    """The content of a fenced block.

    Attributes:
        text: The lines between the fences, dedented.
        is_closed: Whether there is a closing fence.
        program: Its beginning that parses, if any.
    """

    text: str
    is_closed: bool
    program: Program | None


def fenced_blocks(
    text: str,
    entry_point: str,
    parser: Parser,
    *,
    was_cut: bool | None,
    in_any_language: bool = False,
) -> list[Block]:
    """Return the fenced blocks; the last one may lack its closing fence.

    Args:
        text: An answer.
        entry_point: Name that tells the best of several readings, if none of them parses.
        parser: Parses the blocks.
        was_cut: Whether the model was stopped at the end of the text; if that is not known, a block
            without a closing fence says so.
        in_any_language: Whether blocks that name another language are read although there are
            others.
    """
    fences = find_fences(text)
    for skips in (not in_any_language, False):
        blocks = []
        position = 0
        while position < len(fences) and not parser.is_exhausted:
            if skips and fences[position].names_another_language:
                position = _position_after(fences, position)
                continue
            block, position = _read_block(
                text, position, entry_point, parser, was_cut=was_cut is not False
            )
            if block.text.strip():
                blocks.append(block)
        if blocks:
            return blocks
    return []


def _position_after(fences: Sequence[Fence], position: int) -> int:
    """Return the index of the fence after a block that ends at the next fence."""
    following = fences[position + 1 : position + 2]
    return position + 1 + any(fence.closes(fences[position]) for fence in following)


def _read_block(
    text: str, position: int, entry_point: str, parser: Parser, *, was_cut: bool
) -> tuple[Block, int]:
    """Return the block that a fence opens, and the index of the fence after it.

    The shortest reading that parses is taken, else the shortest whose beginning has the name.
    """
    opener = find_fences(text)[position]
    readings = []
    ends = _ends(text, position, may_go_on=lambda: parser.stopped_in_string)
    for end, following, is_closed in ends:
        block = Block(_strip_indent(text, opener, end), is_closed, None)
        source = textwrap.dedent(block.text)
        program = parser.parse(source, is_cut=was_cut and not is_closed)
        if program or not source.strip():
            return replace(block, program=program), following
        readings.append((block, source, following))
    for block, source, following in readings:
        if entry_point in source:
            head = parser.parse_head(source)
            if head and entry_point in head.source:
                return replace(block, program=head), following
    block, source, following = readings[0]
    return replace(block, program=parser.parse_head(source)), following


def _ends(
    text: str, position: int, *, may_go_on: Callable[[], bool]
) -> Iterator[tuple[int, int, bool]]:
    """Yield where the block of a fence may end, the index of the next fence, and if it is closed.

    The ends come in this order: fences on lines of their own, of which those that cannot close the
    block open another one; the end of the text; fences at the end of a line of code.

    Args:
        text: The text.
        position: The index of the opening fence.
        may_go_on: Whether the end that was yielded last lies in a string; only then can the block
            go on after a fence that has a line of its own.
    """
    fences = find_fences(text)
    opener = fences[position]
    nearest = range(position + 1, min(position + 1 + _MAX_ENDS, len(fences)))
    stop = len(text)
    for index in nearest:
        stop = fences[index].start
        is_closed = fences[index].closes(opener)
        yield stop, index + is_closed, is_closed
        if not fences[index].is_late and not may_go_on():
            break
    else:
        yield len(text), len(fences), False
    for match in islice(_LATE_END.finditer(text, opener.end, stop), _MAX_ENDS):
        following = next((k for k in nearest if fences[k].start >= match.start()), len(fences))
        if nearest and following == len(fences):
            following = nearest[-1] + 1
        yield match.start(), following, True


def _strip_indent(text: str, opener: Fence, end: int) -> str:
    """Return the text from a fence to an end, without the indentation of the fence."""
    content = text[opener.end : min(end, opener.end + MAX_CHARACTERS + 1)]
    indent = text[opener.start : opener.end].partition(opener.mark)[0]
    if not indent:
        return content
    return "".join(line.removeprefix(indent) for line in split_lines(content))


def code_in_prose(
    text: str, parser: Parser, *, was_cut: bool | None, with_calls: bool = False
) -> Iterator[Program]:
    """Yield the parts that parse, each starting at a line that looks like code.

    Parts do not overlap. A part that is indented ends where the indentation ends.

    Args:
        text: An answer.
        parser: Parses the parts.
        was_cut: Whether the model was stopped at the end of the text; None if that is not known.
        with_calls: Whether a part may start with a call such as `print(2)`.
    """
    lines = split_lines(text)
    end = starts = 0
    for position, line in enumerate(lines):
        if starts == _MAX_STARTS or parser.is_exhausted:
            return
        if position >= end and (_CODE_LINE.match(line) or (with_calls and _CALL_LINE.match(line))):
            starts += 1
            part = _part_from(lines, position)
            is_last = position + len(part) == len(lines)
            head = _parse_part(part, parser, is_cut=was_cut if is_last else False)
            if head:
                end = position + len(head.lines)
                yield head


def _parse_part(part: list[str], parser: Parser, *, is_cut: bool | None) -> Program | None:
    """Return the beginning of a part that parses; quickly, if it ends at a line of prose."""
    end = next((k for k, line in enumerate(part) if _PROSE_LINE.match(line)), 0)
    head = parser.parse(textwrap.dedent("".join(part[:end]))) if end else None
    return head or parser.parse_head(textwrap.dedent("".join(part)), is_cut=is_cut)


def _part_from(lines: Sequence[str], start: int) -> list[str]:
    """Return the lines from one to the last that is indented as much."""
    indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
    part = list(lines[start : start + _MAX_LINES])
    if indent:
        part = list(takewhile(lambda line: line.startswith(indent) or line.isspace(), part))
    return part


def code_spans(text: str, parser: Parser) -> Iterator[Program]:
    """Yield the spans between backticks within a line that parse."""
    for match in islice(_CODE_SPAN.finditer(text), _MAX_STARTS):
        program = parser.parse(_LANGUAGE.sub("", match[2]).strip())
        if program:
            yield program


def split_at_tags(text: str) -> str:
    """Return the text with a line end for each mark such as `<answer>` at the edge of a line."""
    return _TAGS.sub("\n", text)


def unquote(text: str) -> str:
    """Return the text without the marks of Markdown quotations at the starts of its lines."""
    return _QUOTE.sub("", text)
