"""A run as a table with one row for each answer.

Not covered: the texts of the tests, and the outcome of each test; only their numbers are there.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from hrm_core import files
from hrm_eval.printable import escape_surrogates
from hrm_eval.runs import Run, Sample
from hrm_eval.sandbox import Status

Cell = str | int | float | bool | None

# The columns in order, with the type of their values. A value that is not known is None.
COLUMNS: Mapping[str, type] = MappingProxyType(
    {
        "model": str,
        "dataset": str,
        "task_id": str,
        "sample": int,
        "passed": bool,
        "status": str,
        "message": str,
        "num_tests_begun": int,
        "num_tests_passed": int,
        "prompt": str,
        "answer": str,
        "program": str,
        "num_tokens": int,
        "finish_reason": str,
        "generation_seconds": float,
        "execution_seconds": float,
        "cpu_seconds": float,
        "peak_memory_bytes": int,
        "shared_process": bool,
        "asked_program": bool,
        "chosen": bool,
    }
)


def sample_rows(run: Run) -> list[dict[str, Cell]]:
    """Return a row for each answer, in the order of `run.samples`; its keys are `COLUMNS`.

    - `passed` and what else comes from the verdict are None for an answer that is not judged yet;
    - `prompt`, `answer` and what else comes from the generation are None where a scored file did
      not have it;
    - `chosen` says whether `--rerank` chose the answer, and is None without it.

    Lone surrogates, which no file in UTF-8 can hold, are escaped.
    """
    summary = run.summary if run.summary is not None and run.is_finished else {}
    rerank = summary.get("rerank")
    origin = {"model": run.model, "dataset": run.dataset}
    rows = []
    for sample in run.samples:
        task_id, number = sample.completion.key
        chosen = rerank["chosen"].get(task_id) == number if rerank else None
        row = {**origin, **_generated(sample), **_judged(sample), "chosen": chosen}
        rows.append({name: _storable(row.get(name)) for name in COLUMNS})
    return rows


def _generated(sample: Sample) -> dict[str, Cell]:
    completion = sample.completion
    is_known = bool(completion.finish_reason)
    return {
        "task_id": completion.task_id,
        "sample": completion.sample,
        "prompt": completion.prompt or None,
        "answer": completion.text if is_known or completion.text else None,
        "program": completion.completion,
        "num_tokens": completion.known_num_tokens,
        "finish_reason": completion.finish_reason or None,
        "generation_seconds": completion.known_seconds,
    }


def _judged(sample: Sample) -> dict[str, Cell]:
    verdict = sample.verdict
    if verdict is None:
        return {}
    return {
        "passed": verdict.passed,
        "status": verdict.status.value,
        "message": verdict.message,
        "num_tests_begun": len(verdict.tests),
        "num_tests_passed": verdict.tests.count(Status.PASSED),
        "execution_seconds": verdict.seconds,
        "cpu_seconds": verdict.cpu_seconds,
        "peak_memory_bytes": verdict.peak_memory_bytes,
        "shared_process": verdict.shared_process,
        "asked_program": verdict.asked_program,
    }


def _storable(value: Cell) -> Cell:
    return escape_surrogates(value) if isinstance(value, str) else value


def write_csv(run: Run, path: Path) -> None:
    """Write the table as CSV in UTF-8; what is not known is empty."""
    with files.replacing(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(COLUMNS))
        writer.writeheader()
        writer.writerows(sample_rows(run))


def write_parquet(run: Run, path: Path) -> None:
    """Write the table as Parquet, with the same types of columns for every run."""
    import pyarrow  # type: ignore[import-untyped]
    from pyarrow import parquet

    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    types[bool] = pyarrow.bool_()
    schema = pyarrow.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    table = pyarrow.Table.from_pylist(sample_rows(run), schema=schema)
    with files.replacing(path) as draft, draft.open("wb") as file:
        parquet.write_table(table, file)
