"""How a run and a comparison show themselves: as a line, as a table of rich, as HTML."""

from collections.abc import Sequence
from html import escape
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hrm_eval.comparison import Comparison
from hrm_eval.comparison_console import print_comparison
from hrm_eval.metrics import Score
from hrm_eval.printable import printable
from hrm_eval.runs import Run

_WIDTH = 100


def describe_run(run: Run) -> str:
    """Return a run in one line: model, dataset, results, and how far it is."""
    scores = [f"{_name(score)} {_value(score)}" for score in run.scores]
    results = ", ".join(scores) or "nothing judged yet"
    return f"<Run of {run.model} on {run.dataset}: {results}; {_extent(run)}>"


def tabulate_run(run: Run) -> Table:
    """Return the results of a run as a table of rich."""
    table = Table(title=Text(_title(run)), show_header=False, title_justify="left")
    for name, value in _facts(run):
        table.add_row(name, Text(value, overflow="fold"))
    return table


def run_to_html(run: Run) -> str:
    """Return the results of a run as HTML, which inherits the colours of the notebook."""
    rows = "".join(
        f"<tr><th style='text-align: left'>{escape(name)}</th>"
        f"<td style='text-align: left'>{escape(value)}</td></tr>"
        for name, value in _facts(run)
    )
    return f"<table><caption>{escape(_title(run))}</caption><tbody>{rows}</tbody></table>"


def comparison_to_text(comparison: Comparison) -> str:
    """Return what `hrm-eval compare` prints, without colours."""
    text = StringIO()
    print_comparison(comparison, Console(file=text, width=_WIDTH, emoji=False))
    return text.getvalue().rstrip()


def _facts(run: Run) -> Sequence[tuple[str, str]]:
    counts = ", ".join(f"{status} {number}" for status, number in run.status_counts.items())
    return [
        *((_name(score), _value(score)) for score in run.scores),
        ("Answers", _extent(run)),
        ("Verdicts", counts or "none yet"),
        ("Files", printable(str(run.folder.path))),
    ]


def _title(run: Run) -> str:
    return printable(f"{run.model} on {run.dataset}")


def _name(score: Score) -> str:
    return f"Pass@{score.k}"


def _value(score: Score) -> str:
    return f"{score.value:.2%} (95 % interval {score.low:.1%} to {score.high:.1%})"


def _extent(run: Run) -> str:
    extent = f"{len(run.by_task)} problems, {len(run.samples)} answers"
    return extent if run.is_finished else f"{extent}, {run.num_judged} judged, not finished"
