"""MBPP, Mostly Basic Python Problems, in its full and its sanitized edition.

Not covered: `challenge_test_list`, the harder tests of a few problems.

Source: Austin et al. (2021), arXiv:2108.07732, section 2.1.
"""

from functools import partial

from hrm_core.errors import listing
from hrm_datasets.dataset import Dataset, Split
from hrm_datasets.entry_points import defined_names, find_entry_point
from hrm_datasets.hub import HubSource
from hrm_datasets.problems import Asserts, Problem
from hrm_datasets.python_fields import parse_field
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
    "all": Split(ids=range(1, 975), parts=("prompt", "test", "validation", "train")),
}

_PLUS = "additional tests, as in MBPP+, which this dataset would leave out; use mbpp-plus"

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
        DataError: If a field is missing or wrong, no test calls or mentions a name that `code`
            defines, or the row has additional tests.
    """
    row.refuse("test", "plus_input", reason=_PLUS)
    return _problem(row, name, text="text", setup="test_setup_code")


def to_sanitized_problem(row: Row) -> Problem:
    """Make a problem from a row of the sanitized edition.

    Args:
        row: Fields `task_id`, `prompt`, `code`, `test_list` and `test_imports`.

    Raises:
        DataError: If a field is missing or wrong, no test calls or mentions a name that `code`
            defines, or the row has additional tests.
    """
    row.refuse("test", "plus_input", reason=_PLUS)
    return _problem(row, "mbpp-sanitized", text="prompt", setup="test_imports")


def _problem(row: Row, name: str, *, text: str, setup: str) -> Problem:
    code = row.get("code", str).replace("\r\n", "\n").replace("\r", "\n")
    tests = row.get_strings("test_list")
    is_list = setup == "test_imports"
    setup_code = "\n".join(row.get_strings(setup)) if is_list else row.get(setup, str)
    return Problem(
        task_id=f"{name}/{row.get('task_id', int)}",
        text=row.get(text, str),
        entry_point=_entry_point(row, code, tests, (setup, setup_code)),
        tests=Asserts(tests),
        setup=setup_code,
        reference=code,
    )


def _entry_point(row: Row, code: str, tests: tuple[str, ...], setup: tuple[str, str]) -> str:
    """Return the entry point; the setup, a field and its code, counts as the last test."""
    module = parse_field(row, "code", code)
    parsed = [parse_field(row, f"test_list[{index}]", test) for index, test in enumerate(tests)]
    entry_point = find_entry_point(module, [*parsed, parse_field(row, *setup)])
    if entry_point is None:
        names = listing(defined_names(module))
        raise row.error(
            field="test_list", expected=f"a call of a name that the code defines ({names})"
        )
    return entry_point


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
