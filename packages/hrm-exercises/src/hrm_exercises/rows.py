"""Problems as rows in MBPP's form."""

import json
from typing import Any

from hrm_exercises.drawing import Drawn


def to_row(drawn: Drawn, number: int) -> dict[str, Any]:
    """Return the published fields of MBPP, with the family and the task of the problem.

    Args:
        drawn: The problem.
        number: Its `task_id`.
    """
    problem = drawn.problem
    return {
        "task_id": number,
        "text": problem.text,
        "code": problem.reference,
        "test_list": list(problem.tests.texts),
        "test_setup_code": problem.setup,
        "challenge_test_list": [],
        "family": drawn.family,
        "task": drawn.task,
    }


def to_line(drawn: Drawn, number: int) -> str:
    """Return a row as a line of JSON."""
    return json.dumps(to_row(drawn, number)) + "\n"
