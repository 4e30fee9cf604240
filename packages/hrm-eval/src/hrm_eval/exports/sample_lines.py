"""Files with one answer a line: a task id in the spelling of another tool, and a program."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from hrm_core import files
from hrm_core.errors import UsageError, listing
from hrm_eval.completions import Completion
from hrm_eval.runs import Run


def write_lines(
    run: Run, path: Path, *, names: Mapping[str, str], field: str, text: Callable[[Completion], str]
) -> None:
    """Write all answers of a run, judged or not.

    Args:
        run: The run.
        path: The file.
        names: Name of each dataset in the task ids of the tool; see `check_dataset`.
        field: Field of the program.
        text: Returns what stands in that field.
    """
    name = names[run.config["dataset"]["name"]]
    lines = []
    for sample in run.samples:
        number = sample.completion.task_id.rpartition("/")[2]
        record = {"task_id": f"{name}/{number}", field: text(sample.completion)}
        lines.append(json.dumps(record) + "\n")
    files.write_whole(path, "".join(lines))


def check_dataset(run: Run, tool: str, names: Mapping[str, str]) -> None:
    """Check that a tool knows the dataset of a run.

    Raises:
        UsageError: If it does not.
    """
    if run.config["dataset"]["name"] not in names:
        raise UsageError(
            f"--format: {tool} judges {listing(names)} only, and {run.folder.path} is a run on "
            f"{run.dataset}. Use csv, parquet, lm-eval or inspect"
        )
