"""The program in the answer of a model."""

import ast
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from hrm_datasets import InputOutput, Problem
from hrm_eval.extraction.continuation import continuations
from hrm_eval.extraction.definitions import defines_entry_point, find_definitions, gives_value
from hrm_eval.extraction.fences import (
    code_in_prose,
    code_spans,
    fenced_blocks,
    split_at_tags,
    text_before_fences,
    unquote,
)
from hrm_eval.extraction.names import bound_names
from hrm_eval.extraction.parsing import Parser, Program
from hrm_eval.extraction.pruning import cleaned, join
from hrm_eval.extraction.scripts import find_script
from hrm_eval.extraction.thoughts import ThoughtMarks, remove_thoughts

# Only the beginning of a longer answer is searched, so that hostile text takes bounded time.
_MAX_CHARACTERS = 300_000

# The first line of an answer that goes on in the body of a function, whatever its indentation.
_BODY_LINE = re.compile(
    r"(?:return|yield|raise|if|for|while|with|try|assert)\b|[\w.,\[\] ]{1,80}=[^=]"
)

# Decoders that keep special tokens leave them at the end of an answer.
_END_TOKEN = re.compile(r"(?:<\|\w{1,30}\|>|</s>|<eos>|<end_of_turn>)\Z")
_LONGEST_END_TOKEN = 34


def extract_code(
    text: str,
    problem: Problem,
    *,
    was_cut: bool | None = None,
    marks: Sequence[str] = (),
    thought_marks: ThoughtMarks = (),
) -> str:
    r"""Return the program in the answer of a model.

    Args:
        text: The answer. Special tokens at its end, such as `<|im_end|>`, do not count.
        problem: Has the name that the program must define, and the stub. A bare continuation is
            appended to the stub; a whole function gets the imports and helpers of the stub. Of a
            problem whose programs read standard input, the whole program is returned.
        was_cut: Whether the model was stopped, by the maximum length, where the text ends. What the
            cut statement redefines then does not count. None if that is not known.
        marks: The marks of the prompt style before and after a program, such as `[BEGIN]` and
            `[DONE]`. They count only on lines of their own.
        thought_marks: Pairs of marks around thoughts, besides the usual ones such as `<think>`.

    Returns:
        Source text. If the answer contains no code, the answer itself, which then fails; without
        its thoughts, so empty if they never end.

    Examples:
        >>> extract_code("Sure:\n```python\ndef add(a, b):\n    return a + b\n```", problem)
        'def add(a, b):\n    return a + b\n'
    """
    parser = Parser()
    answer = remove_thoughts(text, thought_marks, was_cut=was_cut)[:_MAX_CHARACTERS]
    answer = _without_end_tokens(answer)
    fallback: str | None = None
    for part, is_cut in _split_at_marks(answer, marks, was_cut=was_cut):
        if isinstance(problem.tests, InputOutput):
            fallback = fallback or find_script(part, parser, was_cut=is_cut)
            continue
        for pieces in _readings(part, problem, parser, was_cut=is_cut):
            index = _find_answer(pieces, problem)
            if index is not None:
                return _complete(pieces, index, problem)
            fallback = fallback or _best_of(pieces, part, problem)
    return fallback or answer


def _without_end_tokens(text: str) -> str:
    kept = text.rstrip()
    while token := _END_TOKEN.search(kept, max(0, len(kept) - _LONGEST_END_TOKEN)):
        text = kept = kept[: token.start()].rstrip()
    return text


def _find_answer(pieces: Sequence[Program], problem: Problem) -> int | None:
    """Return the index of the first piece that defines the entry point, or None.

    The first lines of a function, which give no value, do not count if the tests use its value and
    a later piece gives one.
    """
    name = problem.entry_point
    defining = [k for k, piece in enumerate(pieces) if defines_entry_point(piece, name)]
    if len(defining) > 1 and _uses_value(problem):
        nodes = {k: find_definitions(pieces[k].tree)[name] for k in defining}
        defining = [k for k in defining if gives_value(nodes[k])] or defining
    return next(iter(defining), None)


@lru_cache(maxsize=64)
def _uses_value(problem: Problem) -> bool:
    """Return whether the tests use what the entry point returns, or hand the function over."""
    programs = filter(None, map(Parser().parse, problem.tests.texts))
    nodes = [node for program in programs for node in ast.walk(program.tree)]
    ignored = {
        id(node.value.func)
        for node in nodes
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    }
    return any(
        isinstance(node, ast.Name) and node.id == problem.entry_point and id(node) not in ignored
        for node in nodes
    )


def _best_of(pieces: Sequence[Program], text: str, problem: Problem) -> str | None:
    """Return a piece that at least imports the name or shows the signature, else the first one.

    The body of a function whose first line is broken, or cut off, is no program.
    """
    for index, piece in enumerate(pieces):
        if problem.entry_point in find_definitions(piece.tree):
            return _complete(pieces, index, problem)
    first_lines = [piece.source.strip().partition("\n")[0] for piece in pieces[:1]]
    is_at_margin = any(f"\n{line}" in f"\n{text}" for line in first_lines)
    return pieces[0].source if is_at_margin else None


def _split_at_marks(
    text: str, marks: Sequence[str], *, was_cut: bool | None
) -> Iterator[tuple[str, bool | None]]:
    """Yield the parts of an answer between its marks, and whether each was cut off."""
    if not marks:
        yield text, was_cut
        return
    begin, end = (re.compile(rf"^{re.escape(mark)}[ \t]*$", re.MULTILINE) for mark in marks)
    done = end.search(text)
    if done:
        text = text[: done.start()]
        was_cut = False
    *ended, last = begin.split(text)
    for part in ended:
        yield part, False
    yield last, was_cut


def _readings(
    text: str, problem: Problem, parser: Parser, *, was_cut: bool | None
) -> Iterator[list[Program]]:
    """Yield the programs in an answer, the most likely way to read it first."""
    yield from _plain_readings(text, problem, parser, was_cut=was_cut)
    unquoted = unquote(text)
    if unquoted != text:
        yield from _plain_readings(unquoted, problem, parser, was_cut=was_cut)


def _plain_readings(
    text: str, problem: Problem, parser: Parser, *, was_cut: bool | None
) -> Iterator[list[Program]]:
    whole = parser.parse(text, is_cut=was_cut)
    if whole:
        yield [cleaned(whole)]
    if problem.stub and _starts_in_body(text):
        head = parser.parse_head(textwrap.dedent(text))
        yield [head] if head else []
        yield from _continued([text], problem, parser)
    blocks = fenced_blocks(text, problem.entry_point, parser, was_cut=was_cut)
    if blocks:
        before = code_in_prose(text_before_fences(text), parser, was_cut=False)
        imports = [p for p in before if problem.entry_point not in find_definitions(p.tree)]
        yield imports + [cleaned(block.program) for block in blocks if block.program]
    yield from _continued([block.text for block in blocks], problem, parser)
    if not whole or all(map(_is_text, whole.tree.body)):
        parts = code_in_prose(split_at_tags(text), parser, was_cut=was_cut)
        yield [cleaned(part) for part in parts]
    # A span that is no answer, such as the name of a function, is no program either.
    yield [
        span for span in code_spans(text, parser) if defines_entry_point(span, problem.entry_point)
    ]
    yield from _continued([text], problem, parser)


def _continued(texts: Iterable[str], problem: Problem, parser: Parser) -> Iterator[list[Program]]:
    """Yield the readings of texts as bare continuations of the stub, if there is one."""
    if problem.stub:
        for text in texts:
            yield from ([program] for program in continuations(text, problem.stub, parser))


def _starts_in_body(text: str) -> bool:
    content = text.lstrip()
    start = len(text) - len(content)
    return text[:start].endswith((" ", "\t")) or bool(_BODY_LINE.match(content))


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _complete(pieces: Sequence[Program], index: int, problem: Problem) -> str:
    """Return the source of a piece with what it needs, and without what nothing needs."""
    piece = pieces[index]
    defined = find_definitions(piece.tree).keys() | {problem.entry_point}
    helpers = [
        statement
        for statement in _stub_statements(problem.stub)
        if bound_names(statement) and not bound_names(statement) <= defined
    ]
    # Tests may call the helpers of the stub, so a whole function gets them, needed or not.
    prelude = "".join(ast.unparse(statement) + "\n" for statement in helpers)
    return join(pieces, index, problem, prelude)


@lru_cache(maxsize=64)
def _stub_statements(stub: str) -> Sequence[ast.stmt]:
    """Return the statements of a stub, whose last function may lack a body."""
    program = Parser().parse(stub) or Parser().parse(f"{stub}\n    pass\n")
    return program.tree.body if program else ()
