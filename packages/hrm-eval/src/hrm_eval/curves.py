"""Pass@k as a curve over k: its values, and the points to draw it with.

k has a logarithmic scale.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, log
from typing import NamedTuple

from hrm_eval.metrics import Score, pass_at_k, wilson_interval

_MAX_POINTS = 40
_MARKED = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


class Tick(NamedTuple):
    """A value on an axis.

    Attributes:
        place: Where it is, in the units of the drawing.
        label: Its text.
    """

    place: float
    label: str


class Dot(NamedTuple):
    """A point of the curve with its score."""

    x: float
    y: float
    score: Score


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A drawing of Pass@k over k.

    Attributes:
        width: Width of the drawing, with the labels of the axes.
        height: Its height.
        left: Where the horizontal axis begins.
        right: Where it ends.
        bottom: Where the vertical axis begins; it ends at 0.
        dots: The points of the curve.
        band: Corners of the area between the ends of the intervals, as in an SVG.
        ks: Values on the horizontal axis.
        shares: Values on the vertical axis.
    """

    width: int
    height: int
    left: int
    right: int
    bottom: int
    dots: Sequence[Dot]
    band: str
    ks: Sequence[Tick]
    shares: Sequence[Tick]

    @property
    def line(self) -> str:
        """Points of the curve, as in an SVG."""
        return _points((dot.x, dot.y) for dot in self.dots)


def trace_pass_at_k(tallies: Sequence[tuple[int, int]]) -> list[Score]:
    """Return pass@k for every k up to the smallest number of samples, or for 40 of them.

    Args:
        tallies: (samples, correct) of each problem; at least one.
    """
    fewest = min(samples for samples, _ in tallies)
    steps = min(fewest, _MAX_POINTS)
    spaced = {round(fewest ** (step / (steps - 1))) for step in range(steps)} if steps > 1 else {1}
    ks = range(1, fewest + 1) if fewest <= _MAX_POINTS else sorted(spaced)
    return [_score(Counter(tallies), len(tallies), k) for k in ks]


def _score(counts: Counter[tuple[int, int]], num_problems: int, k: int) -> Score:
    total = sum(
        count * pass_at_k(samples=samples, correct=correct, k=k)
        for (samples, correct), count in counts.items()
    )
    value = total / num_problems
    low, high = wilson_interval(value, num_problems)
    return Score(k=k, value=value, low=low, high=high)


def draw_curve(scores: Sequence[Score]) -> Curve:
    """Return the drawing of scores; there must be several, in ascending order of k."""
    width, height, left, right, bottom = 380, 230, 42, 366, 190
    last = scores[-1].k
    top = min(1.0, ceil(10 * max(score.high for score in scores)) / 10)

    def x(k: int) -> float:
        return round(left + (right - left) * log(k) / log(last), 1)

    def y(share: float) -> float:
        # The highest tick keeps a little room for its label.
        return round(bottom - (bottom - 10) * share / top, 1)

    upper = [(x(score.k), y(score.high)) for score in scores]
    lower = [(x(score.k), y(score.low)) for score in reversed(scores)]
    step = 1 if top <= 0.5 else 2
    shares = [tenths / 10 for tenths in range(0, round(10 * top) + 1, step)]
    marked = [k for k in _MARKED if k <= last / 1.3]
    return Curve(
        width=width,
        height=height,
        left=left,
        right=right,
        bottom=bottom,
        dots=[Dot(x(score.k), y(score.value), score) for score in scores],
        band=_points([*upper, *lower]),
        ks=[Tick(x(k), str(k)) for k in [*marked, last]],
        shares=[Tick(y(share), f"{share:.0%}") for share in shares],
    )


def _points(places: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)
