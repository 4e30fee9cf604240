"""Pass@k and its 95 % interval.

Not covered: comparing two models on the same problems; their separate intervals are too wide for
that. See `hrm_eval.paired`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt

_Z95 = 1.959963984540054


def pass_at_k(*, samples: int, correct: int, k: int) -> float:
    """Return the probability that at least one of k samples is correct.

    The k samples are drawn from all samples, without replacement.

    Args:
        samples: Number of samples judged, n.
        correct: Number of samples that passed, c; at most n.
        k: Number of samples drawn; at most n.

    Raises:
        ValueError: If `correct` or `k` is out of range.

    Examples:
        >>> pass_at_k(samples=10, correct=1, k=5)
        0.5

    Source: Chen et al. (2021), arXiv:2107.03374, equation 1 (the unbiased estimator).
    """
    if not 0 <= correct <= samples:
        raise ValueError(f"correct must be in 0..{samples}, got {correct}")
    if not 1 <= k <= samples:
        raise ValueError(f"k must be in 1..{samples}, got {k}")
    return 1.0 - comb(samples - correct, k) / comb(samples, k)


def wilson_interval(mean: float, num_problems: int) -> tuple[float, float]:
    """Return the 95 % interval of the mean of one value per problem, each between 0 and 1.

    This is Wilson's interval, which assumes values of 0 or 1, as with one sample per problem. With
    several samples per problem the values vary less, and the interval is wider than necessary.

    Args:
        mean: Mean of the values.
        num_problems: Number of values.

    Raises:
        ValueError: If there are none.

    Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.
    """
    if num_problems < 1:
        raise ValueError(f"num_problems must be at least 1, got {num_problems}")
    z2 = _Z95**2
    center = (mean + z2 / (2 * num_problems)) / (1 + z2 / num_problems)
    spread = mean * (1 - mean) / num_problems + z2 / (4 * num_problems**2)
    half = _Z95 * sqrt(spread) / (1 + z2 / num_problems)
    # A mean of 0 or 1 is exactly an end of its interval; rounding would leave a small gap.
    low = 0.0 if mean == 0.0 else max(0.0, center - half)
    high = 1.0 if mean == 1.0 else min(1.0, center + half)
    return low, high


@dataclass(frozen=True, kw_only=True)
class Score:
    """Pass@k over a set of problems.

    Attributes:
        k: Number of samples drawn for each problem.
        value: Mean over the problems.
        low: Lower end of the 95 % interval.
        high: Upper end of the 95 % interval.
    """

    k: int
    value: float
    low: float
    high: float


def score_problems(
    tallies: Sequence[tuple[int, int]], ks: Sequence[int] | None = None
) -> list[Score]:
    """Return pass@k for several values of k.

    Args:
        tallies: (samples, correct) of each problem.
        ks: Values of k besides 1; if None, 10, 100 and the smallest number of samples of any
            problem.

    Returns:
        Scores in ascending order of k. A k above the smallest number of samples is left out.
    """
    if not tallies:
        return []
    fewest = min(samples for samples, _ in tallies)
    scores = []
    wanted = (10, 100, fewest) if ks is None else ks
    for k in sorted({k for k in (1, *wanted) if 1 <= k <= fewest}):
        values = [pass_at_k(samples=samples, correct=correct, k=k) for samples, correct in tallies]
        mean = sum(values) / len(values)
        low, high = wilson_interval(mean, len(values))
        scores.append(Score(k=k, value=mean, low=low, high=high))
    return scores
