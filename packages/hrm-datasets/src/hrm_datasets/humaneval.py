"""HumanEval: complete a function from its signature and docstring.

Source: Chen et al. (2021), arXiv:2107.03374, section 2.2.
"""

from hrm_datasets.dataset import Dataset
from hrm_datasets.evalplus import CALL_WITH_INPUTS
from hrm_datasets.hub import HubSource
from hrm_datasets.problems import Asserts, Problem
from hrm_datasets.rows import Row


def to_problem(row: Row) -> Problem:
    """Make a problem from a row; its asserts become one test, the call of `check`.

    Args:
        row: Fields `task_id`, `prompt`, `canonical_solution`, `test` and `entry_point`.

    Raises:
        DataError: If a field is missing or wrong, or the row has additional tests.
    """
    row.refuse(
        "plus_input",
        reason="additional tests, as in HumanEval+, which this dataset would leave out; use "
        "humaneval-plus",
    )
    if CALL_WITH_INPUTS.search(row.get("test", str)):
        raise row.error(
            field="test",
            expected="the asserts of HumanEval (for HumanEval+, use the dataset humaneval-plus)",
        )
    task_id = row.get("task_id", str)
    number = task_id.removeprefix("HumanEval/")
    if not number.isdecimal():
        raise row.error(field="task_id", expected="'HumanEval/<number>'")
    prompt = row.get("prompt", str)
    entry_point = row.get("entry_point", str)
    return Problem(
        task_id=f"humaneval/{number}",
        text=prompt,
        entry_point=entry_point,
        tests=Asserts([f"{row.get('test', str)}\ncheck({entry_point})\n"]),
        reference=prompt + row.get("canonical_solution", str),
        stub=prompt,
    )


HUMANEVAL = Dataset(
    name="humaneval",
    to_problem=to_problem,
    hub=HubSource(
        path="openai/openai_humaneval",
        revision="7dce6050a7d6d172f3cc5c32aa97f52fa1a2e544",
    ),
)
