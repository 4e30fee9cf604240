"""MBPP, Mostly Basic Python Problems, in its full and its sanitized edition.

Not covered: `challenge_test_list`, the harder tests of a few problems.

Source: Austin et al. (2021), arXiv:2108.07732, section 2.1.
"""

import ast
import warnings
from collections.abc import Iterator
from functools import partial

from hrm_core.errors import listing
from hrm_datasets.dataset import Dataset, Split
from hrm_datasets.hub import HubSource
from hrm_datasets.problems import Asserts, Problem
from hrm_datasets.rows import Row

# 100 test problems for tuning settings: random.Random(42).sample(range(11, 511), 100).
_DEV_IDS = (
    14, 23, 24, 26, 27, 33, 34, 46, 47, 51, 55, 58, 60, 62, 63, 68, 74, 82, 90, 92, 94, 109,
    112, 118, 121, 122, 123, 125, 127, 130, 136, 146, 147, 151, 153, 159, 161, 183, 185, 187,
    192, 194, 196, 197, 200, 204, 205, 225, 227, 240, 243, 246, 269, 285, 290, 293, 298, 306,
    312, 313, 319, 320, 327, 332, 336, 338, 342, 343, 349, 354, 357, 360, 368, 370, 371, 377,
    384, 388, 390, 399, 401, 406, 423, 424, 425, 435, 444, 455, 456, 458, 465, 467, 475, 481,
    489, 491, 494, 497, 501, 507,
)  # fmt: skip

# The sanitized edition has fewer problems, under the same ids as in the full one.
_SPLITS = {
    "prompt": Split(ids=range(1, 11)),
    "test": Split(ids=range(11, 511)),
    "validation": Split(ids=range(511, 601)),
    "train": Split(ids=range(601, 975)),
    "dev": Split(ids=_DEV_IDS, part_of="test"),
}

_hub = partial(
    HubSource,
    path="google-research-datasets/mbpp",
    revision="4bb6404fdc6cacfda99d4ac4205087b89d32030c",
)


def to_problem(row: Row, *, name: str) -> Problem:
    """Make a problem from a row of the full edition, or of another dataset with the same fields.

    Args:
        row: Fields `task_id`, `text`, `code`, `test_list` and `test_setup_code`.
        name: Name of the dataset, which becomes the first part of the task id.

    Raises:
        DataError: If a field is missing or wrong, or no test calls a name that `code` defines.
    """
    return _problem(row, name, text="text", setup=row.get("test_setup_code", str))


def to_sanitized_problem(row: Row) -> Problem:
    """Make a problem from a row of the sanitized edition.

    Args:
        row: Fields `task_id`, `prompt`, `code`, `test_list` and `test_imports`.

    Raises:
        DataError: If a field is missing or wrong, or no test calls a name that `code` defines.
    """
    setup = "\n".join(row.get_strings("test_imports"))
    return _problem(row, "mbpp-sanitized", text="prompt", setup=setup)


def _problem(row: Row, name: str, *, text: str, setup: str) -> Problem:
    code = row.get("code", str).replace("\r\n", "\n").replace("\r", "\n")
    tests = row.get_strings("test_list")
    return Problem(
        task_id=f"{name}/{row.get('task_id', int)}",
        text=row.get(text, str),
        entry_point=_find_entry_point(row, code, tests),
        tests=Asserts(tests),
        setup=setup,
        reference=code,
    )


def _find_entry_point(row: Row, code: str, tests: tuple[str, ...]) -> str:
    """Return the first name that the tests call and the code defines.

    Within a test, an outer call is tried before the calls in its arguments.
    """
    defined = set(_find_definitions(_parse(row, "code", code)))
    for test in tests:
        for node in ast.walk(_parse(row, "test_list", test)):
            match node:
                case ast.Call(func=ast.Name(id=called)) if called in defined:
                    return called
    expected = f"a call of a name that the code defines ({listing(defined)})"
    raise row.error(field="test_list", expected=expected)


def _find_definitions(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _parse(row: Row, field: str, code: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            # Some published programs contain escapes such as "\d", which Python warns about.
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        expected = f"Python ({error})"
        raise row.error(field=field, expected=expected) from error


MBPP = Dataset(
    name="mbpp",
    to_problem=partial(to_problem, name="mbpp"),
    splits=_SPLITS,
    hub=_hub(config="full"),
)

MBPP_SANITIZED = Dataset(
    name="mbpp-sanitized",
    to_problem=to_sanitized_problem,
    splits=_SPLITS,
    hub=_hub(config="sanitized"),
)
