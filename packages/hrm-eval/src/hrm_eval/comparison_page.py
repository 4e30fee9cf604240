"""A comparison as one page, with both answers to each problem side by side.

Not covered: all of several answers. Of the better side, the first that passed is shown, and of the
other side, the first that did not.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from hrm_eval.comparison import Change, Comparison, Pair
from hrm_eval.comparison_console import describe_pair, describe_score, describe_setting, letter
from hrm_eval.pages import render_page, write_page
from hrm_eval.runs import Run, Sample, load_run

_PLOT_WIDTH = 600
# The largest difference in the plot is this far from the line in the middle.
_PLOT_REACH = 280


class SideAnswer(NamedTuple):
    """One answer of a side, and which of its answers it is."""

    sample: Sample
    origin: str


class ChangedProblem(NamedTuple):
    """A problem that two sides did not solve equally often, with an answer of each."""

    change: Change
    better: str
    first: SideAnswer
    second: SideAnswer


class Plot(NamedTuple):
    """Where the interval of a difference is, in pixels; the line of no difference is at `zero`."""

    zero: float
    low: float
    value: float
    high: float


def write_comparison(comparison: Comparison, out: Path) -> None:
    """Write the page, whole or not at all.

    Raises:
        UsageError: If the file cannot be written.
        DataError: If the folder of a run is gone.
    """
    write_page(out, render_comparison(comparison))


def render_comparison(comparison: Comparison) -> str:
    """Return the page; the answers are read from the folders of the runs."""
    sides = [[load_run(Path(folder)) for folder in side.folders] for side in comparison.sides]
    num_pairs = len(comparison.pairs)
    reach = max(abs(end) for pair in comparison.pairs for end in pair.ci95)
    pairs = [
        {
            "pair": pair,
            "lines": describe_pair(pair, num_pairs=num_pairs),
            "plot": _plot(pair, reach),
            "rows": _rows(pair, sides),
        }
        for pair in comparison.pairs
    ]
    return render_page(
        "comparison.html",
        script="comparison.js",
        title=f"{len(sides)} runs on {comparison.dataset}",
        comparison=comparison,
        pairs=pairs,
        describe_score=describe_score,
        describe_setting=describe_setting,
        letter=letter,
        plot_width=_PLOT_WIDTH,
    )


def _plot(pair: Pair, reach: float) -> Plot:
    scale = _PLOT_REACH / reach if reach else 0.0
    zero = _PLOT_WIDTH / 2
    low, high = (zero + scale * end for end in pair.ci95)
    return Plot(zero=zero, low=low, value=zero + scale * pair.difference, high=high)


def _rows(pair: Pair, sides: Sequence[Sequence[Run]]) -> list[ChangedProblem]:
    first, second = sides[pair.first], sides[pair.second]
    changes = [(change, True) for change in pair.wins]
    changes += [(change, False) for change in pair.losses]
    return [
        ChangedProblem(
            change=change,
            better=letter(pair.second if is_win else pair.first),
            first=_choose_answer(first, change.task_id, passed=not is_win),
            second=_choose_answer(second, change.task_id, passed=is_win),
        )
        for change, is_win in changes
    ]


def _choose_answer(runs: Sequence[Run], task_id: str, *, passed: bool) -> SideAnswer:
    """Return the first answer of a side that passed, or that did not."""
    answers = [(run, sample) for run in runs for sample in run.by_task[task_id]]
    run, sample = next(answer for answer in answers if answer[1].passed is passed)
    origin = f"sample {sample.completion.sample}, of {len(run.by_task[task_id])}"
    if len(runs) > 1:
        origin += f" in {run.folder.path}"
    return SideAnswer(sample=sample, origin="" if len(answers) == 1 else origin)
