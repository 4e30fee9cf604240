"""The figures of the experiment, from the lines of its CSV files."""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean, stdev

import matplotlib as mpl
from experiment_data import MATCHED, SPLITS, Point, Result
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import EngFormatter, LogLocator, NullFormatter

# Readable on a light and on a dark page.
_GREY = "#808080"
_STYLE = {
    "axes.edgecolor": _GREY,
    "axes.labelcolor": _GREY,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.constrained_layout.use": True,
    "grid.alpha": 0.3,
    "legend.frameon": False,
    "legend.labelcolor": _GREY,
    "savefig.transparent": True,
    "svg.hashsalt": "hrm",
    "text.color": _GREY,
    "xtick.color": _GREY,
    "ytick.color": _GREY,
}
_MARKERS = dict(zip(MATCHED, "os^", strict=True))
_LINES = dict(zip(MATCHED, ("-", "--", ":"), strict=True))
_TICKS = (1.0, 2.0, 5.0)
_COSTS = {"parameters": "parameters", "flops": "training FLOPs", "seconds": "seconds of training"}
_PROGRESS = {"tokens": "tokens", "flops": "training FLOPs"}


def draw_figures(curves: Sequence[Point], results: Sequence[Result], folder: Path) -> None:
    """Draw quality against costs, and the curves of learning, as SVG, for each part that has runs.

    Args:
        curves: What the runs learnt.
        results: What their models scored.
        folder: Receives `PART_quality.svg` and `PART_curves.svg`.
    """
    for part, evaluations in SPLITS.items():
        of_part = [one for one in curves if one.part == part]
        if not of_part:
            continue
        first = next(iter(evaluations))
        scored = [one for one in results if (one.part, one.evaluation) == (part, first)]
        with mpl.rc_context(_STYLE):
            _draw_quality(of_part, scored, folder / f"{part}_quality.svg")
            _draw_curves(of_part, folder / f"{part}_curves.svg")


def _draw_quality(curves: Sequence[Point], results: Sequence[Result], path: Path) -> None:
    figure, panels = plt.subplots(1, len(_COSTS), sharey=True, figsize=(11, 4.5))
    colors = _colors(curves)
    for panel, (name, label) in zip(panels, _COSTS.items(), strict=True):
        for model, points in _by_model(curves):
            last = {one.seed: one for one in points}
            scores = [100 * one.pass_at_1 for one in results if one.model == model]
            costs = [float(getattr(one, name)) for one in last.values()]
            costs = [cost for cost in costs if not math.isnan(cost)]
            if not scores or not costs:
                continue
            matched, _, config = model.rpartition("/")
            panel.errorbar(
                fmean(costs),
                fmean(scores),
                yerr=stdev(scores) if len(scores) > 1 else 0.0,
                fmt=_MARKERS[matched],
                color=colors[config],
            )
        _finish(panel, label)
    panels[0].set_ylabel("Pass@1, %")
    handles = [_handle(config, "-", color) for config, color in colors.items()]
    handles += [_handle(name, "", _GREY, _MARKERS[name]) for name in _matchings(curves)]
    figure.legend(handles=handles, loc="outside lower center", ncols=5)
    _save(path)


def _draw_curves(curves: Sequence[Point], path: Path) -> None:
    figure, panels = plt.subplots(1, len(_PROGRESS), sharey=True, figsize=(11, 4.5))
    colors = _colors(curves)
    for panel, (name, label) in zip(panels, _PROGRESS.items(), strict=True):
        for model, points in _by_model(curves):
            matched, _, config = model.rpartition("/")
            steps = sorted({one.step for one in points})
            at = [[one for one in points if one.step == step] for step in steps]
            panel.plot(
                [fmean(getattr(one, name) for one in ones) for ones in at],
                [fmean(one.validation_loss for one in ones) for ones in at],
                color=colors[config],
                linestyle=_LINES[matched],
            )
        panel.set_yscale("log")
        _finish(panel, label)
    panels[0].set_ylabel("validation loss, nats per token")
    panels[0].yaxis.set_major_locator(LogLocator(subs=_TICKS))
    panels[0].yaxis.set_major_formatter("{x:g}")
    panels[0].yaxis.set_minor_formatter(NullFormatter())
    handles = [_handle(config, "-", color) for config, color in colors.items()]
    handles += [_handle(name, _LINES[name], _GREY) for name in _matchings(curves)]
    figure.legend(handles=handles, loc="outside lower center", ncols=5)
    _save(path)


def _matchings(curves: Sequence[Point]) -> list[str]:
    """Return how the runs are matched, in the order of `MATCHED`."""
    found = {one.model.rpartition("/")[0] for one in curves}
    return [name for name in MATCHED if name in found]


def _by_model(curves: Sequence[Point]) -> Iterator[tuple[str, list[Point]]]:
    for model in dict.fromkeys(one.model for one in curves):
        yield model, [one for one in curves if one.model == model]


def _colors(curves: Sequence[Point]) -> dict[str, str]:
    configs = sorted({one.model.rpartition("/")[2] for one in curves})
    return {config: f"C{number}" for number, config in enumerate(configs)}


def _handle(name: str, line: str, color: str, marker: str = "") -> Line2D:
    label = name.replace("_", " ")
    return Line2D([], [], color=color, linestyle=line, marker=marker, label=label)


def _finish(panel: Axes, label: str) -> None:
    panel.set_xscale("log")
    panel.xaxis.set_major_locator(LogLocator(subs=_TICKS))
    panel.xaxis.set_major_formatter(EngFormatter(sep=""))
    panel.xaxis.set_minor_formatter(NullFormatter())
    panel.set_xlabel(label)
    panel.grid(visible=True, which="both")


def _save(path: Path) -> None:
    plt.savefig(path, metadata={"Date": None})
    plt.close()
