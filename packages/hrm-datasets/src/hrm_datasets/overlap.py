"""Training data that overlap with held-out problems, such as those of a benchmark.

An overlap is a function of the same name, a passage of several words, a test, or a solution that is
the same but for its names. The held-out problems are kept as hashes, so that a package can ship the
comparison without the problems.

Not covered: the same task in other words; a solution that does the same in other steps; a solution
between code fences whose strings contain fences; the inputs and outputs of programs, which are
numbers that many texts share.
"""

import ast
import base64
import builtins
import contextlib
import hashlib
import json
import keyword
import re
import struct
import textwrap
import warnings
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrm_core.errors import DataError
from hrm_datasets.problems import InputOutput, Problem

_WORD = re.compile(r"\w+")
_FUNCTION = re.compile(r"^\s*(?:(?:async\s+)?def|class)\s+(\w+)", re.MULTILINE)
_ASSERT = re.compile(r"^\s*(assert\b.+)$", re.MULTILINE)
_SPACE = re.compile(r"\s+")
_CALL = re.compile(r"(?<![.\w])([^\W\d]\w*)\s*\(")

# CRC-32 and hash of a key, and the number of the problem.
_ENTRY = struct.Struct("<IIH")

# A line at the margin begins a statement, unless it closes a bracket.
_TOP_LEVEL = re.compile(r"^(?=[^\s)\]}])", re.MULTILINE)
_CONSTANTS = {"False", "None", "True"}  # may stand in an annotation
_KEYWORD = re.compile(rf"\b(?:{'|'.join(set(keyword.kwlist) - _CONSTANTS)})\b")
_IGNORED = re.compile(
    r"\"{3}.*?\"{3}|'{3}.*?'{3}|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|#[^\n]*", re.DOTALL
)

# A code fence, also one at the end of a line of prose or code.
_FENCE = re.compile(
    r"^[ \t]*+(?:`{3,}+[^`\n]*+|~{3,}[^\n]*+)$|(?<!`)`{3,}+[\w+-]*+[ \t\r]*+$", re.MULTILINE
)

# What a test calls, or what stands before a bracket, besides the function that it tests.
_NOT_TESTED = {*dir(builtins), *keyword.kwlist}

# Shorter functions, such as `return text[::-1]`, are idioms: everybody writes the same.
_MIN_NODES = 30
_MIN_TEST = 30


@dataclass(frozen=True)
class Shared:
    """What a text shares with a held-out problem.

    Attributes:
        problem: Id of the problem.
        kind: `name`, `words`, `test` or `solution`.
        what: The shared passage or name, for messages.
    """

    problem: str
    kind: str
    what: str


class HeldOut:
    """An index of problems that no training example may overlap with.

    Examples:
        >>> problem = Problem(task_id="toy/1", text="Add.", entry_point="add_up",
        ...                   tests=["assert add_up(1, 2) == 3"])
        >>> HeldOut([problem]).find("def add_up(a, b): return a + b").what
        "the function 'add_up'"
    """

    def __init__(self, problems: Iterable[Problem] = (), shared_words: int = 10) -> None:
        """Index the words, names, tests and solutions of problems.

        Args:
            problems: The problems; their text, tests and reference solution are indexed.
            shared_words: Number of consecutive words that count as an overlap. Case and punctuation
                are ignored.
        """
        self._size = shared_words
        self._ids: list[str] = []
        # CRC-32 of a key, which is fast, and then its hash, to the problem: 64 bits in all.
        self._index: dict[int, dict[int, int]] = {}
        for problem in problems:
            self._ids.append(problem.task_id)
            for key in self._keys_of(problem):
                self._add(key, len(self._ids) - 1)

    def __len__(self) -> int:
        return len(self._ids)

    def find(self, text: str, code: str = "") -> Shared | None:
        """Return the first overlap of a text with a held-out problem, or None.

        Args:
            text: A training example: its prompt and its response.
            code: A part of it whose functions are compared too; see `find_solution`.
        """
        for name in _FUNCTION.findall(text):
            if shared := self._look_up(f"name {name}", "name", f"the function {name!r}"):
                return shared
        return self.find_passage(text) or self.find_test(text) or self.find_solution(code)

    def find_name(self, name: str) -> Shared | None:
        """Return a held-out problem whose entry point has this name, or None."""
        return self._look_up(f"name {name}", "name", f"the function {name!r}")

    def find_passage(self, text: str) -> Shared | None:
        """Return the first passage of `shared_words` words that a problem has too, or None."""
        for passage in self._passages(text):
            if shared := self._look_up(f"words {passage}", "words", repr(passage)):
                return shared
        return None

    def find_test(self, text: str) -> Shared | None:
        """Return the first assert in a text that a problem has too, or None.

        Spaces, quotation marks and, in a long one, the name of the function may differ.
        """
        for test in _ASSERT.findall(text):
            if shared := self._look_up(f"test {_normal_test(test)}", "test", repr(test)):
                return shared
        return None

    def find_solution(self, code: str) -> Shared | None:
        """Return the first function that solves a problem in the same way, or None.

        Names, annotations and docstrings may differ; functions of a few operations are ignored.

        Args:
            code: Python, or a text with Python between code fences. What does not parse is ignored.
        """
        for program in _programs(code):
            if not any(map(self._has, _shapes(program))):
                continue
            for name, solution in normal_functions(program):
                what = f"the code of {name!r}"
                if shared := self._look_up(f"solution {solution}", "solution", what):
                    return shared
        return None

    def save(self, path: Path) -> None:
        """Write the hashes and the ids of the problems as JSON, about 15 bytes a hash."""
        keys = b"".join(
            _ENTRY.pack(crc, digest, number)
            for crc, digests in sorted(self._index.items())
            for digest, number in digests.items()
        )
        content = {
            "shared_words": self._size,
            "problems": self._ids,
            "keys": base64.b64encode(keys).decode("ascii"),
        }
        path.write_text(json.dumps(content) + "\n", encoding="ascii")

    @classmethod
    def load(cls, path: Path) -> "HeldOut":
        """Read an index that `save` wrote.

        Raises:
            DataError: If the file is missing or corrupt.
        """
        try:
            content = json.loads(path.read_text(encoding="ascii"))
            held_out = cls(shared_words=content["shared_words"])
            held_out._ids = content["problems"]
            for crc, digest, number in _ENTRY.iter_unpack(base64.b64decode(content["keys"])):
                held_out._index.setdefault(crc, {})[digest] = number
        except (OSError, ValueError, KeyError, TypeError, struct.error) as error:
            raise DataError(f"{path}: not an index of held-out problems: {error}") from error
        return held_out

    def _keys_of(self, problem: Problem) -> Iterator[str]:
        if problem.entry_point:
            yield f"name {problem.entry_point}"
        tests = () if isinstance(problem.tests, InputOutput) else problem.tests.texts
        for text in (problem.text, problem.reference, *tests):
            yield from (f"words {passage}" for passage in self._passages(text))
            yield from (f"test {_normal_test(test)}" for test in _ASSERT.findall(text))
        for _, code in normal_functions(problem.reference):
            yield f"solution {code}"
        yield from _shapes(problem.reference)

    def _add(self, key: str, number: int) -> None:
        data = _bytes_of(key)
        self._index.setdefault(zlib.crc32(data), {}).setdefault(_digest(data), number)

    def _look_up(self, key: str, kind: str, what: str) -> Shared | None:
        data = _bytes_of(key)
        digests = self._index.get(zlib.crc32(data))
        number = digests.get(_digest(data)) if digests else None
        return None if number is None else Shared(self._ids[number], kind, what)

    def _has(self, key: str) -> bool:
        return zlib.crc32(_bytes_of(key)) in self._index

    def _passages(self, text: str) -> Iterator[str]:
        words = _WORD.findall(text.lower())
        for start in range(len(words) - self._size + 1):
            yield " ".join(words[start : start + self._size])


def _bytes_of(key: str) -> bytes:
    # A text may have half of a surrogate pair: JSON can write it.
    return key.encode("utf-8", "surrogatepass")


def _digest(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=4).digest(), "little")


def _normal_test(test: str) -> str:
    """Return an assert without spaces, with one kind of quotes.

    In a long one, the first function that is called and not a builtin one gets the name `f`; a
    short one, such as `f(0) == 0`, tests many functions.
    """
    normal = _SPACE.sub("", test.replace('"', "'"))
    called = next((name for name in _CALL.findall(test) if name not in _NOT_TESTED), None)
    if called is None or len(normal) - len(called) < _MIN_TEST:
        return normal
    return normal.replace(f"{called}(", "f(")


def _programs(text: str) -> Iterator[str]:
    """Yield a text, and each piece of it before, between and after its code fences.

    Which fence opens a block and which closes one does not matter, so one that is missing hides
    nothing.
    """
    yield text
    if "```" in text or "~~~" in text:
        pieces = (piece for piece in _FENCE.split(text) if "def " in piece)
        yield from (p if "\ndef " in p else textwrap.dedent(p) for p in pieces)


def normal_functions(code: str, min_nodes: int = _MIN_NODES) -> list[tuple[str, str]]:
    """Return the names of the top-level functions of a program with their syntax trees as text.

    The text is the same for functions that differ in names, annotations and docstrings. Code that
    does not parse has no functions, and one that is nested too deeply is left out.

    Args:
        code: The program.
        min_nodes: Functions whose syntax trees have fewer nodes are left out.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(code)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return []
    found = []
    for function in module.body:
        if not isinstance(function, ast.FunctionDef):
            continue
        if sum(1 for _ in ast.walk(function)) < min_nodes:
            continue
        with contextlib.suppress(RecursionError):
            found.append((function.name, _normal_tree(function)))
    return found


def _shapes(code: str) -> Iterator[str]:
    """Yield the keywords of each top-level function in order, as keys of the index.

    Functions with the same syntax tree have the same keywords, and these are found without parsing.
    """
    for part in _TOP_LEVEL.split(_IGNORED.sub("", code)):
        if part.startswith("def "):
            keywords = " ".join(_KEYWORD.findall(part)).replace("elif", "else if")
            yield f"shape {keywords}"


def _normal_tree(function: ast.FunctionDef) -> str:
    name = function.name
    names: dict[str, str] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.FunctionDef):
            _strip(node)
            node.name = names.setdefault(node.name, f"n{len(names)}")
        elif isinstance(node, ast.arg):
            node.annotation = None
            node.arg = names.setdefault(node.arg, f"n{len(names)}")
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.setdefault(node.id, f"n{len(names)}")
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
    _WithoutAnnotations().visit(function)
    tree = _write(function)
    function.name = name
    return tree


def _write(value: Any) -> str:
    """Return a syntax tree as text, the same for every version of Python; see `ast.dump`."""
    if isinstance(value, ast.AST):
        fields = (
            f"{name}={_write(field)}"
            for name, field in ast.iter_fields(value)
            if field is not None and field != [] and name != "ctx"
        )
        return f"{type(value).__name__}({','.join(fields)})"
    if isinstance(value, list):
        return f"[{','.join(map(_write, value))}]"
    return repr(value)


class _WithoutAnnotations(ast.NodeTransformer):
    """Turns `x: int = 0` into `x = 0`."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        return node if node.value is None else ast.Assign([node.target], node.value)


def _strip(function: ast.FunctionDef) -> None:
    """Remove the annotations and the docstring of a function."""
    function.returns = None
    if ast.get_docstring(function) is not None:
        function.body = function.body[1:] or [ast.Pass()]
