"""The program in an answer to a problem whose programs read standard input.

Nothing calls such a program, so its top-level calls, `print` and `if __name__ == "__main__"` belong
to it, and nothing is taken out. The first piece of the answer counts that does something and reads
input; if none does both, all pieces together, or the first that does something.
"""

import ast
import re
from collections.abc import Iterator, Sequence

from hrm_eval.extraction.fences import code_in_prose, fenced_blocks, unquote
from hrm_eval.extraction.parsing import Parser, Program, walk_scope
from hrm_eval.extraction.pruning import cleaned

_READS = re.compile(r"\b(?:input|stdin|fileinput)\b|\bopen\(\s*0|\bos\.read\(\s*0")

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


def find_script(text: str, parser: Parser, *, was_cut: bool | None) -> str | None:
    """Return the program in an answer, or None if there is none.

    Args:
        text: The answer, without its thoughts.
        parser: Parses the pieces of the answer.
        was_cut: Whether the model was stopped where the text ends; None if that is not known.
    """
    fallback: str | None = None
    for pieces in _readings(text, parser, was_cut=was_cut):
        acting = [piece.source for piece in pieces if _acts(piece)]
        together = "\n".join(piece.source for piece in pieces)
        for source in (*acting, *([together] if acting else [])):
            if _READS.search(source):
                return source
        fallback = fallback or next(iter(acting), None)
    return fallback or _broken_block(text, parser, was_cut=was_cut)


def _readings(text: str, parser: Parser, *, was_cut: bool | None) -> Iterator[Sequence[Program]]:
    """Yield the pieces of an answer, the most likely way to read it first."""
    for read in dict.fromkeys((text, unquote(text))):
        whole = parser.parse(read, is_cut=was_cut)
        if whole is not None:
            yield [cleaned(whole)]
        blocks = fenced_blocks(read, "", parser, was_cut=was_cut)
        # Of a block that ends, a part that parses is not what the model wrote.
        yield [
            cleaned(block.program)
            for block in blocks
            if block.program and (block.program.is_whole or not block.is_closed)
        ]
        if not blocks:
            yield [cleaned(piece) for piece in code_in_prose(read, parser, was_cut=was_cut)]


def _broken_block(text: str, parser: Parser, *, was_cut: bool | None) -> str | None:
    """Return the first fenced block that reads input but is not Python, or None."""
    blocks = fenced_blocks(text, "", parser, was_cut=was_cut)
    return next((block.text for block in blocks if _READS.search(block.text)), None)


def _acts(program: Program) -> bool:
    """Whether a program calls something when it runs, besides what its functions would call."""
    return any(
        isinstance(node, ast.Call)
        for statement in program.tree.body
        for inner in walk_scope(statement)
        if not isinstance(inner, _DEFINITIONS)
        for child in ast.iter_child_nodes(inner)
        if not isinstance(child, ast.stmt)
        for node in ast.walk(child)
    )
