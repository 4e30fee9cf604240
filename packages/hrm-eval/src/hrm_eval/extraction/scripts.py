"""The program in an answer to a problem whose programs read standard input.

Nothing calls such a program, so its top-level calls, `print` and `if __name__ == "__main__"` belong
to it, and nothing is taken out but words before and after it. The first piece of the answer counts
that reads input, prints, and needs nothing else; then one with what it needs from other pieces;
then all pieces together. If nothing both reads and prints, the first piece that reads counts, or
the first that does something.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from hrm_eval.extraction.fences import (
    Block,
    code_in_prose,
    code_spans,
    fenced_blocks,
    find_fences,
    split_at_tags,
    unquote,
)
from hrm_eval.extraction.names import bound_names
from hrm_eval.extraction.parsing import Parser, Program
from hrm_eval.extraction.pruning import Reach, cleaned, insert_before, select, without_words_after
from hrm_eval.extraction.traits import Traits, acts, traits_of

# For text that does not parse.
_READS = re.compile(r"\b(?:input|stdin|fileinput)\b|\bopen\(\s*0|\bos\.read\(\s*0")

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_IMPORTS = (ast.Import, ast.ImportFrom)

# How many pieces, the last ones, are completed from others; hostile answers have more.
_MAX_COMPLETED = 8


@dataclass(frozen=True)
class _Candidate:
    """What may be the program.

    Attributes:
        source: Its text.
        statements: The statements of that text.
    """

    source: str
    statements: Sequence[ast.stmt]

    @cached_property
    def traits(self) -> Traits:
        """What it does."""
        return traits_of(self.statements)


def find_script(text: str, parser: Parser, *, was_cut: bool | None) -> str | None:
    """Return the program in an answer, or None if there is none.

    Args:
        text: The answer, without its thoughts.
        parser: Parses the pieces of the answer.
        was_cut: Whether the model was stopped where the text ends; None if that is not known.
    """
    acting: list[_Candidate] = []
    for pieces in _readings(text, parser, was_cut=was_cut):
        incomplete = []
        for candidate in _candidates(pieces):
            acting.append(candidate)
            if candidate.traits.reads_input and candidate.traits.writes_output:
                if not candidate.traits.missing:
                    return candidate.source
                incomplete.append(candidate)
        if incomplete:
            return min(incomplete, key=lambda candidate: len(candidate.traits.missing)).source
    reading = [candidate for candidate in acting if candidate.traits.reads_input]
    fallback = next(iter(reading or acting), None)
    return fallback.source if fallback else _broken_block(text, parser, was_cut=was_cut)


def _readings(text: str, parser: Parser, *, was_cut: bool | None) -> Iterator[Sequence[Program]]:
    """Yield the pieces of an answer, the most likely way to read it first."""
    for read in dict.fromkeys((text, unquote(text))):
        whole = parser.parse(read, is_cut=was_cut)
        if whole is not None:
            yield [_cleaned(whole)]
        blocks = fenced_blocks(read, "", parser, was_cut=was_cut)
        yield _programs(blocks)
        if not blocks:
            parts = code_in_prose(split_at_tags(read), parser, was_cut=was_cut, with_calls=True)
            yield [_cleaned(part) for part in parts]
            yield from ([span] for span in code_spans(read, parser) if _reads_and_writes(span))
    if any(fence.names_another_language for fence in find_fences(text)):
        # A model may name the wrong language.
        yield _programs(fenced_blocks(text, "", parser, was_cut=was_cut, in_any_language=True))


def _reads_and_writes(program: Program) -> bool:
    traits = traits_of(program.tree.body)
    return traits.reads_input and traits.writes_output


def _cleaned(program: Program) -> Program:
    return without_words_after(cleaned(program))


def _programs(blocks: Sequence[Block]) -> Sequence[Program]:
    """Return what parses; of a block that ends, a part is not what the model wrote."""
    return [
        _cleaned(block.program)
        for block in blocks
        if block.program and (block.program.is_whole or not block.is_closed)
    ]


def _broken_block(text: str, parser: Parser, *, was_cut: bool | None) -> str | None:
    """Return the first fenced block that reads input but is not Python, or None."""
    blocks = fenced_blocks(text, "", parser, was_cut=was_cut)
    return next((block.text for block in blocks if _READS.search(block.text)), None)


def _candidates(pieces: Sequence[Program]) -> Iterator[_Candidate]:
    """Yield what may be the program and does something, the most likely one first."""
    alone = [_Candidate(piece.source, piece.tree.body) for piece in pieces]
    acting = [k for k, piece in enumerate(alone) if any(map(acts, piece.statements))]
    yield from (alone[k] for k in acting)
    if acting and len(pieces) > 1:
        needy = [k for k in acting if alone[k].traits.missing]
        for index in needy[-_MAX_COMPLETED:]:
            yield _completed(pieces, alone, index)
        statements = [node for piece in pieces for node in piece.tree.body]
        yield _Candidate("\n".join(piece.source for piece in pieces), statements)


def _completed(pieces: Sequence[Program], alone: Sequence[_Candidate], chosen: int) -> _Candidate:
    """Return a piece behind what it needs from the others, of the later ones only definitions.

    If that reads input, all earlier pieces are needed.
    """
    binds, missing = alone[chosen].traits.binds, alone[chosen].traits.missing
    found: dict[int, Program] = {}
    for index in [*range(chosen - 1, -1, -1), *range(chosen + 1, len(pieces))]:
        if alone[index].traits.binds.isdisjoint(missing | {"*"}):
            continue
        part = _part_for(missing, pieces[index], only_definitions=index > chosen)
        if part.tree.body:
            found[index] = part
            traits = traits_of(part.tree.body)
            binds |= traits.binds
            missing = (missing | traits.missing) - binds
    if any(index < chosen and traits_of(found[index].tree.body).reads_input for index in found):
        # What an earlier piece does not read, a later one would.
        found |= dict(enumerate(pieces[:chosen]))
    parts = [found[index] for index in sorted(found)]
    prelude = "".join(part.source.strip("\r\n") + "\n\n" for part in parts)
    statements = [node for part in parts for node in part.tree.body]
    source = insert_before(pieces[chosen], prelude)
    return _Candidate(source, [*statements, *pieces[chosen].tree.body])


def _part_for(names: frozenset[str], piece: Program, *, only_definitions: bool) -> Program:
    """Return what of a piece is needed for some names: all of it, if a needed value is read."""
    statements = piece.tree.body
    if only_definitions:
        kept = [node for node in statements if isinstance(node, _DEFINITIONS + _IMPORTS)]
        names &= {name for node in kept for name in bound_names(node)}
    if not names:
        return select(piece, [])
    needed = [statements[k] for k in sorted(Reach(statements, names, "").statements)]
    values = [node for node in needed if not isinstance(node, _DEFINITIONS + _IMPORTS)]
    return piece if traits_of(values).reads_input else select(piece, needed)
