"""LiveCodeBench's code generation: problems whose programs read standard input.

The hub has it only behind a loading script, so the rows come from `--source`: the published files
`test.jsonl`, `test2.jsonl` and so on, of the full or of the lite edition. Each release added one;
of a folder, all are read.

Not covered: the problems of LeetCode, which call a function (`testtype` is `functional`), and a
window of contest dates. There are no reference solutions.

Source: Jain et al. (2024), arXiv:2403.07974, section 3.
"""

import base64
import json
import pickletools
import zlib
from typing import Any

from hrm_core.errors import DataError
from hrm_datasets.dataset import Dataset
from hrm_datasets.problems import Case, InputOutput, Problem
from hrm_datasets.rows import Row

_FIELDS = ("input", "output", "testtype")

# The unpacked tests of a problem; the published ones are far below.
_MAX_BYTES = 2**30

# Instructions of a pickle: those that give a text, and those that stand around it.
_TEXT = {"UNICODE", "SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8"}
_AROUND_A_TEXT = {"PROTO", "FRAME", "PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE", "STOP"}


def to_problem(row: Row) -> Problem:
    """Make a problem from a row, with public and private tests.

    Args:
        row: Fields `question_id`, `question_content`, `public_test_cases`, `private_test_cases` and
            `starter_code`.

    Raises:
        DataError: If a field is missing or wrong, an input has no expected output, or the tests
            call a function.
    """
    if reason := needs_function(row):
        raise row.error(field="starter_code", expected=f"'', since {reason} are not covered")
    cases = [
        Case(test["input"], test["output"], is_public=field == "public_test_cases")
        for field in ("public_test_cases", "private_test_cases")
        for test in _read_tests(row, field)
    ]
    return Problem(
        task_id=f"livecodebench/{row.get('question_id', str)}",
        text=row.get("question_content", str),
        # The published tester compares numbers by their value.
        tests=InputOutput(tuple(cases), tolerance=0.0),
    )


def needs_function(row: Row) -> str | None:
    """Return what a row needs if its tests call a function."""
    return "calls of a function" if row.get("starter_code", str).strip() else None


def _read_tests(row: Row, field: str) -> list[dict[str, str]]:
    text = row.get(field, str)
    try:
        tests = json.loads(text if text.lstrip().startswith("[") else _unpack(text))
    except (ValueError, zlib.error, RecursionError, MemoryError) as error:
        reason = str(error) or type(error).__name__
        raise row.error(
            field=field, expected=f"a JSON list of tests, perhaps packed ({reason})"
        ) from error
    if not isinstance(tests, list):
        raise row.error(field=field, expected="a JSON list of tests")
    for number, test in enumerate(tests, start=1):
        _check_test(row, field, number, test)
    return tests


def _check_test(row: Row, field: str, number: int, test: Any) -> None:
    values = [test.get(name) for name in _FIELDS] if isinstance(test, dict) else []
    missing = [
        name for name, value in zip(_FIELDS, values, strict=False) if not isinstance(value, str)
    ]
    if missing or not values:
        raise DataError(
            f"{row.where}: {field}: test {number} has no text as {(missing or _FIELDS)[0]!r}. "
            "Fix it, or take the test out"
        )
    if test["testtype"] != "stdin":
        raise DataError(
            f"{row.where}: {field}: test {number} has the testtype {test['testtype']!r}, expected "
            "'stdin', since the row has no starter_code."
        )


def _unpack(text: str) -> str:
    """Return the tests of the lite edition: JSON, pickled, compressed, in base 64."""
    decompressor = zlib.decompressobj()
    data = decompressor.decompress(base64.b64decode(text, validate=True), _MAX_BYTES)
    if not decompressor.eof:
        too_large = len(data) == _MAX_BYTES
        raise ValueError(f"it has more than {_MAX_BYTES:,} bytes" if too_large else "it is cut off")
    return _unpickle_text(data)


def _unpickle_text(data: bytes) -> str:
    """Return the text that a pickle holds; one of anything else is refused, and nothing is run."""
    text = None
    for opcode, argument, _ in pickletools.genops(data):
        if opcode.name in _TEXT:
            text = argument
        elif opcode.name not in _AROUND_A_TEXT:
            raise ValueError(f"it holds more than a text: {opcode.name}")
    if not isinstance(text, str):
        raise ValueError("it holds no text")  # noqa: TRY004 (the data's fault)
    return text


LIVECODEBENCH = Dataset(
    name="livecodebench", to_problem=to_problem, leave_out=needs_function, has_releases=True
)
