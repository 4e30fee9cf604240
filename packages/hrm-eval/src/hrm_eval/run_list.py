"""All runs below a folder, as a table on the console or on a page."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from hrm_core.errors import DataError, HrmError
from hrm_eval.durations import format_seconds
from hrm_eval.metrics import Score
from hrm_eval.pages import render_page, write_page
from hrm_eval.run_folder import RunFolder
from hrm_eval.runs import load_run


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """A run in a list of runs.

    Attributes:
        folder: Its folder.
        model: The model; empty if the run cannot be read.
        dataset: Dataset and split.
        pass_at_1: Pass@1; None if no problem is judged.
        when: When it was finished, or for another run when its last answer was written.
        seconds: Wall time of the command that finished it; None until then.
        remark: Why the results are not there or not final; empty for a finished run.
    """

    folder: RunFolder
    model: str = ""
    dataset: str = ""
    pass_at_1: Score | None = None
    when: datetime
    seconds: float | None = None
    remark: str = ""

    @property
    def score(self) -> str:
        """Pass@1 with its interval, as text."""
        if self.pass_at_1 is None:
            return ""
        one = self.pass_at_1
        return f"{one.value:.1%} ({one.low:.1%} to {one.high:.1%})"

    @property
    def duration(self) -> str:
        """How long it took, as text."""
        return "" if self.seconds is None else format_seconds(self.seconds)


def find_runs(folder: Path) -> list[RunRow]:
    """Return the runs in a folder and below, the latest first.

    A run that cannot be read is listed with the reason.

    Raises:
        DataError: If there is no such folder, or no run in it.
    """
    if not folder.is_dir():
        raise DataError(f"{folder}: no such folder. Name the folder that has your runs")
    folders = [RunFolder(path.parent) for path in folder.rglob("completions.jsonl")]
    rows = [_read_row(one) for one in folders if one.config.is_file()]
    if not rows:
        raise DataError(f"{folder}: no run in this folder or below. Start one with: hrm-eval run")
    return sorted(rows, key=lambda row: (row.when, str(row.folder.path)), reverse=True)


def _read_row(folder: RunFolder) -> RunRow:
    written = datetime.fromtimestamp(folder.completions.stat().st_mtime).astimezone()
    try:
        run = load_run(folder.path)
    except HrmError as error:
        return RunRow(folder=folder, when=written, remark=f"cannot be read: {error}")
    remark = ""
    if not run.is_finished:
        remark = f"not finished: {len(run.samples):,} answers, {run.num_judged:,} judged"
    return RunRow(
        folder=folder,
        model=run.model,
        dataset=run.dataset,
        pass_at_1=next((score for score in run.scores if score.k == 1), None),
        when=run.finished_at or written,
        seconds=run.summary["seconds"] if run.summary is not None and run.is_finished else None,
        remark=remark,
    )


def table_of_runs(rows: Sequence[RunRow], folder: Path) -> list[tuple[str, ...]]:
    """Return the cells of a table: folder, model, dataset, Pass@1, when, how long."""
    return [
        (
            _name(row, folder),
            row.model,
            row.dataset,
            "\n".join(text for text in (row.score, row.remark) if text),
            f"{row.when:%Y-%m-%d %H:%M}",
            row.duration,
        )
        for row in rows
    ]


def write_list(rows: Sequence[RunRow], folder: Path, out: Path) -> None:
    """Write the table as a page, with links to the reports that exist.

    Raises:
        UsageError: If the file cannot be written.
    """
    reports = {
        row.folder.path: quote(
            os.fsencode(Path(os.path.relpath(row.folder.report, out.parent)).as_posix())
        )
        for row in rows
        if row.folder.report.is_file()
    }
    page = render_page(
        "runs.html",
        script="runs.js",
        title=f"Runs in {folder}",
        rows=[(row, _name(row, folder), reports.get(row.folder.path)) for row in rows],
    )
    write_page(out, page)


def _name(row: RunRow, folder: Path) -> str:
    """Return the folder of a run as seen from the folder of the list."""
    name = str(row.folder.path.relative_to(folder))
    return str(folder) if name == "." else name
