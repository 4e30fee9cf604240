"""Samples for EvalPlus: `{"task_id": "Mbpp/11", "solution": ...}`, with whole programs.

Not covered: verdicts, prompts and settings; EvalPlus judges the programs itself.
"""

from pathlib import Path

from hrm_eval.exports.sample_lines import check_dataset, write_lines
from hrm_eval.runs import Run

_NAMES = {
    "humaneval": "HumanEval",
    "humaneval-plus": "HumanEval",
    "mbpp": "Mbpp",
    "mbpp-plus": "Mbpp",
    "mbpp-sanitized": "Mbpp",
}


def write(run: Run, path: Path) -> None:
    """Write the answers of a run on HumanEval, MBPP or an edition of them.

    Raises:
        UsageError: If the run is on another dataset.
    """
    check_dataset(run, "EvalPlus", _NAMES)
    write_lines(run, path, names=_NAMES, field="solution", text=lambda c: c.completion)
