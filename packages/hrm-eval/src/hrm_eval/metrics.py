"""Pass@k and its interval.

Not covered: comparing two models on the same problems, for which the intervals of each alone are
too wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt

_Z95 = 1.959963984540054


def pass_at_k(*, samples: int, correct: int, k: int) -> float:
    """Return the chance that at least one of k samples, drawn without replacement, is correct.

    Args:
        samples: Samples judged, n.
        correct: Those that passed, c.
        k: Samples drawn, at most n.

    Raises:
        ValueError: If the numbers do not fit together.

    Source: Chen et al. (2021), arXiv:2107.03374, equation 1 (the unbiased estimator).
    """
    if not 0 <= correct <= samples:
        raise ValueError(f"correct must be in 0..{samples}, got {correct}")
    if not 1 <= k <= samples:
        raise ValueError(f"k must be in 1..{samples}, got {k}")
    return 1.0 - comb(samples - correct, k) / comb(samples, k)


def wilson_interval(mean: float, num_problems: int) -> tuple[float, float]:
    """Return the 95 % interval of a score whose values, one a problem, lie between 0 and 1.

    It is Wilson's for one sample a problem. With more samples the values spread less than zeros
    and ones of the same mean, so the interval is wider than it need be.

    Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.
    """
    if num_problems < 1:
        raise ValueError(f"num_problems must be at least 1, got {num_problems}")
    z2 = _Z95**2
    centre = (mean + z2 / (2 * num_problems)) / (1 + z2 / num_problems)
    spread = mean * (1 - mean) / num_problems + z2 / (4 * num_problems**2)
    half = _Z95 * sqrt(spread) / (1 + z2 / num_problems)
    # At the ends the interval closes exactly; floating point leaves a hair.
    low = 0.0 if mean == 0.0 else max(0.0, centre - half)
    high = 1.0 if mean == 1.0 else min(1.0, centre + half)
    return low, high


@dataclass(frozen=True, kw_only=True)
class Score:
    """Pass@k over a set of problems.

    Attributes:
        k: Samples drawn from each problem.
        value: Mean over the problems.
        low: Lower end of the 95 % interval.
        high: Upper end.
    """

    k: int
    value: float
    low: float
    high: float


def score_problems(tallies: Sequence[tuple[int, int]]) -> list[Score]:
    """Return pass@k for every usual k that all problems have samples for.

    Args:
        tallies: (samples, correct) of each problem.

    Returns:
        Scores for k in 1, 10, 100 and the smallest number of samples, ascending.
    """
    if not tallies:
        return []
    fewest = min(samples for samples, _ in tallies)
    scores = []
    for k in sorted({k for k in (1, 10, 100, fewest) if 1 <= k <= fewest}):
        values = [pass_at_k(samples=samples, correct=correct, k=k) for samples, correct in tallies]
        mean = sum(values) / len(values)
        low, high = wilson_interval(mean, len(values))
        scores.append(Score(k=k, value=mean, low=low, high=high))
    return scores
