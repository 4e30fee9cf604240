"""Training data that overlap with held-out problems, such as those of a benchmark.

An overlap is a function of the same name, a passage of several words or a whole text of fewer, a
test, or a solution that is the same but for its names, those of its helper functions included. The
held-out problems are kept as hashes, so that a package can ship the comparison without them.

Not covered: the same task in other words; a text of less than 7 words inside a line; a solution
that does the same in other steps, or whose imports have other names; renamed helper functions in a
program of which some part does not parse; a solution between code fences whose strings contain
fences; the inputs and outputs of programs, which are numbers that many texts share.
"""

import base64
import builtins
import hashlib
import json
import keyword
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain
from pathlib import Path

from hrm_core.errors import DataError
from hrm_datasets.functions import (
    STRING_OR_COMMENT,
    find_programs,
    functions_one_by_one,
    normal_functions,
    shapes,
)
from hrm_datasets.problems import InputOutput, Problem

_WORD = re.compile(r"\w+")
# With `[ \t]*`, since `\s*` would search all following blank lines again at each of them.
_FUNCTION = re.compile(
    r"^[ \t]*(?:(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)"
    r"|(\w+)[ \t]*(?::[^=\n]+)?=[ \t]*lambda\b)",
    re.MULTILINE,
)
_ASSERT = re.compile(r"^[ \t]*(?=assert\b)", re.MULTILINE)
_SPACE = re.compile(r"\s+")
_LAST_COMMA = re.compile(r",(?=[)\]}])")
_CALL = re.compile(r"(?<![.\w])([^\W\d]\w*)\s*\(")

# CRC-32 and hash of a key, and the number of the problem.
_ENTRY = struct.Struct("<IIH")

# What a test calls, or what stands before a bracket, besides the function that it tests.
_NOT_TESTED = {*dir(builtins), *keyword.kwlist}

# The parts of a statement: strings, a comment, brackets, a comma, the end of a line, and the rest.
_PART = re.compile(
    STRING_OR_COMMENT + r"|[(\[{]|[)\]}]|,|\n|\\\n|[^\"'#()\[\]{},\n\\]+|.", re.DOTALL
)
_LONGEST_TEST = 4000

# A text of fewer words, such as "Return the sum.", asks for many functions.
_MIN_WORDS = 5

# Inside a line, a text of fewer words may be a part of another task, such as "Return the sum of a
# list" of "Return the sum of a list of squares".
_MIN_INSIDE = 7

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
        for match in _FUNCTION.finditer(text):
            if shared := self.find_name(match[1] or match[2]):
                return shared
        return self.find_passage(text) or self.find_test(text) or self.find_solution(code)

    def find_name(self, name: str) -> Shared | None:
        """Return a held-out problem whose entry point has this name, or None."""
        return self._look_up(f"name {name}", "name", f"the function {name!r}")

    def find_passage(self, text: str) -> Shared | None:
        """Return the first passage of `shared_words` words that a problem has too, or None.

        The whole text of a problem that has fewer words is found wherever it stands if it has at
        least 7, and as a line if it has 5 or 6.
        """
        for passage in chain(self._known_passages(text), self._short_lines(text)):
            if shared := self._look_up(f"words {passage}", "words", repr(passage)):
                return shared
        return None

    def find_test(self, text: str) -> Shared | None:
        """Return the first assert in a text that a problem has too, or None.

        Spaces, quotation marks, the message and, in a long one, the name of the function may
        differ.
        """
        for test in _find_tests(text):
            if shared := self._look_up(f"test {_normal_test(test)}", "test", repr(test)):
                return shared
        return None

    def find_solution(self, code: str) -> Shared | None:
        """Return the first function that solves a problem in the same way, or None.

        Names, annotations, decorators and docstrings may differ, and so may the names of the
        functions that it uses, if these are the same otherwise. Functions of a few operations are
        ignored. A method, and a function within another one, are compared like any function.

        Args:
            code: Python, or a text with Python between code fences. Functions that do not parse are
                ignored.
        """
        for program in find_programs(code):
            if not any(map(self._has, shapes(program))):
                continue
            functions = normal_functions(program, with_used=True) or functions_one_by_one(program)
            for name, solution in functions:
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
            yield from (f"test {_normal_test(test)}" for test in _find_tests(text))
        yield from (
            f"words {passage}" for passage in self._short_lines(" ".join(problem.text.split()))
        )
        for _, code in normal_functions(problem.reference, with_used=True):
            yield f"solution {code}"
        yield from shapes(problem.reference)

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

    def _known_passages(self, text: str) -> Iterator[str]:
        """Yield passages, and shorter ones of at least 7 words, whose CRC-32 is in the index.

        The CRC-32 of each goes on from that of the one without its last word, so that all lengths
        cost little more than one.
        """
        words = [_bytes_of(f" {word}") for word in _WORD.findall(text.lower())]
        shortest = min(_MIN_INSIDE, self._size)
        for start in range(len(words) - shortest + 1):
            middle = start + shortest
            first = zlib.crc32(b"words" + b"".join(words[start:middle]))
            longer = accumulate(words[middle : start + self._size], _continue_crc, initial=first)
            for end, crc in enumerate(longer, middle):
                if crc in self._index:
                    yield b"".join(words[start:end]).decode("utf-8", "surrogatepass").strip()

    def _short_lines(self, text: str) -> Iterator[str]:
        """Yield the words of each line that is too short for a passage."""
        for line in text.lower().splitlines():
            words = _WORD.findall(line)
            if _MIN_WORDS <= len(words) < self._size:
                yield " ".join(words)


def _bytes_of(key: str) -> bytes:
    # A text may have half of a surrogate pair: JSON can write it.
    return key.encode("utf-8", "surrogatepass")


def _continue_crc(crc: int, data: bytes) -> int:
    return zlib.crc32(data, crc)


def _digest(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=4).digest(), "little")


def _find_tests(text: str) -> Iterator[str]:
    """Yield each assert of a text, which may have several lines, without comments and message."""
    for match in _ASSERT.finditer(text):
        kept = []
        depth = 0
        for part in _PART.finditer(text, match.end(), match.end() + _LONGEST_TEST):
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(part[0], 0)
            if depth < 1 and part[0] in ("\n", ","):
                break
            if not part[0].startswith(("#", "\\")):
                kept.append(part[0])
        yield "".join(kept)


def _normal_test(test: str) -> str:
    """Return an assert without spaces and commas before a bracket, with one kind of quotes.

    In a long one, the first function that is called and not a builtin one gets the name `f`; a
    short one, such as `f(0) == 0`, tests many functions.
    """
    normal = _LAST_COMMA.sub("", _SPACE.sub("", test.replace('"', "'")))
    called = next((name for name in _CALL.findall(test) if name not in _NOT_TESTED), None)
    if called is None or len(normal) - len(called) < _MIN_TEST:
        return normal
    return normal.replace(f"{called}(", "f(")
