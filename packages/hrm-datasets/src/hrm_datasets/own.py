"""The dataset `own`: problems of the user, from the file or folder that `--source` names.

Not covered: fields with other names; for these, write a dataset of your own.
"""

import ast
from collections.abc import Sequence

from hrm_core.errors import DataError, listing
from hrm_datasets.dataset import Dataset, Split
from hrm_datasets.entry_points import defined_names, find_entry_point, find_tested_name
from hrm_datasets.problems import Asserts, Case, InputOutput, Problem
from hrm_datasets.python_fields import parse_field
from hrm_datasets.rows import Row


def to_problem(row: Row) -> Problem:
    """Make a problem from a row.

    Args:
        row: `task_id` (a text or a whole number), `text`, and either `tests`, a list of Python
            statements, or `cases`, a list of pairs of standard input and output. Optional are
            `setup`, `solution`, `entry_point` and `stub`, which mean what `Problem` says. A field
            that is None counts as missing, since a Parquet file has all fields in all rows. Other
            fields are ignored.

    Raises:
        DataError: If a field is missing or wrong, or no test calls a name that the solution defines
            or, without a solution, could define.
    """
    row = Row(row.where, {name: value for name, value in row.values.items() if value is not None})
    number = row.values.get("task_id")
    task_id = number if type(number) is int else row.get("task_id", str)
    setup, solution, stub, entry_point = (
        row.get(field, str) if field in row.values else ""
        for field in ("setup", "solution", "stub", "entry_point")
    )
    if ("tests" in row.values) == ("cases" in row.values):
        raise DataError(
            f"{row.where}: expected one of the fields 'tests' and 'cases', got "
            f"{listing(row.values)}. Write one of the two"
        )
    tests = _cases(row) if "cases" in row.values else Asserts(row.get_strings("tests"))
    if not tests:
        raise row.error(
            field="cases" if "cases" in row.values else "tests", expected="at least one test"
        )
    if isinstance(tests, Asserts) and not entry_point:
        entry_point = _entry_point(row, solution, tests, setup)
    return Problem(
        task_id=f"own/{task_id}",
        text=row.get("text", str),
        entry_point=entry_point,
        tests=tests,
        setup=setup,
        reference=solution,
        stub=stub,
    )


def _cases(row: Row) -> InputOutput:
    cases: list[Case] = []
    for pair in row.get_list("cases"):
        match pair:
            case [str() as stdin, str() as stdout]:
                # Prompts show the first one.
                cases.append(Case(stdin, stdout, is_public=not cases))
            case _:
                expected = 'list of pairs of texts, such as [["3", "9"]]'
                raise row.error(field="cases", expected=expected)
    return InputOutput(tuple(cases))


def _entry_point(row: Row, solution: str, tests: Sequence[str], setup: str) -> str:
    """Return the name that the tests call and the solution defines, if there is one."""
    parsed = [parse_field(row, f"tests[{index}]", test) for index, test in enumerate(tests)]
    parsed.append(parse_field(row, "setup", setup))
    module = parse_field(row, "solution", solution) if solution else ast.Module([], [])
    found = find_entry_point(module, parsed) if solution else find_tested_name(parsed)
    if found is None:
        names = f"a name that the solution defines ({listing(defined_names(module))})"
        raise row.error(field="tests", expected=f"a call of {names if solution else 'a function'}")
    return found


OWN = Dataset(
    name="own",
    to_problem=to_problem,
    splits={"test": Split(), "validation": Split(), "train": Split(), "prompt": Split()},
)
