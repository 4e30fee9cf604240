"""CodeContests: problems of programming contests, solved by programs that read standard input.

Not covered: problems that read or write files, and checkers. Some problems accept several outputs,
which no field tells: there, right programs may fail. Solutions in Python 2 are no references.

Source: Li et al. (2022), arXiv:2203.07814, section 3.2.
"""

import re
from collections.abc import Mapping
from typing import Any

from hrm_core.errors import DataError
from hrm_datasets.dataset import Dataset, Split
from hrm_datasets.hub import HubSource
from hrm_datasets.problems import Case, InputOutput, Problem
from hrm_datasets.rows import Row

# Values of the fields `language` and `source`, as the hub counts them.
_PYTHON_3 = 3
_SITES = ("unknown", "codechef", "codeforces", "hackerearth", "codejam", "atcoder", "aizu")

# `1549_A. Gregor and Cryptography` of Codeforces, `p02587 ...` of AtCoder and Aizu.
_NUMBERED = re.compile(r"(\d+_[A-Z]+\d*)\. |(p\d{5}) ")
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")

# As the published tester compares: numbers that differ by less are equal, and so are `YES` and
# `yes`.
_TOLERANCE = 1e-5

_PARTS = ("public_tests", "private_tests", "generated_tests")


def to_problem(row: Row) -> Problem:
    """Make a problem from a row, with public, private and generated tests.

    Args:
        row: Fields `name`, `description`, `source`, `public_tests`, `private_tests`,
            `generated_tests`, `solutions`, `time_limit`, `memory_limit_bytes`, `input_file` and
            `output_file`.

    Raises:
        DataError: If a field is missing or wrong, an input has no expected output, or programs have
            to read or write files.
    """
    if reason := needs_files(row):
        raise row.error(field="input_file", expected=f"'', since {reason} are not covered")
    return Problem(
        task_id=f"code-contests/{_short_name(row)}",
        text=row.get("description", str),
        tests=InputOutput(
            tuple(case for part in _PARTS for case in _cases(row, part)),
            time_limit_seconds=_time_limit(row),
            memory_limit_mb=row.get("memory_limit_bytes", int) / 2**20 or None,
            tolerance=_TOLERANCE,
            ignores_case=True,
        ),
        reference=_reference(row),
    )


def needs_files(row: Row) -> str | None:
    """Return what a row needs if its programs read or write files."""
    has_files = row.get("input_file", str) or row.get("output_file", str)
    return "files for input or output" if has_files else None


def _short_name(row: Row) -> str:
    """Return a name without spaces and commas, with the site unless the name tells it."""
    name, source = row.get("name", str), row.get("source", int)
    if numbered := _NUMBERED.match(name):
        return numbered[1] or numbered[2]
    if source not in range(len(_SITES)):
        raise row.error(field="source", expected=f"a number below {len(_SITES)}")
    return f"{_SITES[source]}-{_NOT_IN_IDS.sub('-', name.lower()).strip('-')}"


def _cases(row: Row, part: str) -> tuple[Case, ...]:
    inputs, outputs = (_texts(row, part, key) for key in ("input", "output"))
    if len(inputs) != len(outputs):
        number = min(len(inputs), len(outputs)) + 1
        missing = "expected output" if len(inputs) > len(outputs) else "input"
        raise DataError(
            f"{row.where}: {part}: test {number} has no {missing} (there are {len(inputs)} inputs "
            f"and {len(outputs)} outputs). Add it, or take the test out"
        )
    is_public = part == "public_tests"
    return tuple(
        Case(stdin, stdout, is_public) for stdin, stdout in zip(inputs, outputs, strict=True)
    )


def _texts(row: Row, part: str, key: str) -> list[str]:
    texts = row.get_object(part).get(key)
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise row.error(field=part, expected=f"an object with a list of str as {key!r}")
    return texts


def _time_limit(row: Row) -> float | None:
    if row.values.get("time_limit", "") is None:
        return None
    match row.get_object("time_limit"):
        case {"seconds": int(seconds), "nanos": int(nanos)}:
            return seconds + nanos / 1e9 or None
    raise row.error(field="time_limit", expected="null, or an object with 'seconds' and 'nanos'")


def _reference(row: Row) -> str:
    """Return the first solution in Python 3; empty if there is none."""
    solutions: Mapping[str, Any] = row.get_object("solutions")
    languages, texts = solutions.get("language"), _texts(row, "solutions", "solution")
    if not isinstance(languages, list) or len(languages) != len(texts):
        raise row.error(field="solutions", expected="an object with a language for each solution")
    pairs = zip(languages, texts, strict=True)
    return next((text for language, text in pairs if language == _PYTHON_3), "")


CODE_CONTESTS = Dataset(
    name="code-contests",
    to_problem=to_problem,
    splits={name: Split() for name in ("test", "valid", "train")},
    hub=HubSource(
        path="deepmind/code_contests",
        revision="802411c3010cb00d1b05bad57ca77365a3c699d6",
        without=("incorrect_solutions", "untranslated_description"),
        folder="data",
    ),
    leave_out=needs_files,
)
