"""Answers whose verdicts are known, to compare other tools with."""

import pytest

from hrm_datasets import load_problems


@pytest.fixture(scope="session")
def problems():
    return load_problems("starter")


@pytest.fixture(scope="session")
def answers(problems):
    """An answer to each problem: right ones as a chat writes them, wrong ones, and cheats."""
    found = {}
    for number, problem in enumerate(problems):
        wrong = f"def {problem.entry_point}(*args):\n    return None\n"
        found[problem.task_id] = [
            f"Here is the function:\n\n```python\n{problem.reference}```\nIt works.",
            problem.reference,
            f"```python\n{wrong}```",
            f"import sys\n\n{wrong}\nsys.exit(0)\n",
            "I cannot do that.",
        ][number % 5]
    return found
