"""Intervals and p values of the experiment: a bootstrap over seeds and problems, and Welch's test.

S seeds of one model, P problems, R resamples. A model is given by its rates, of shape (S, P): the
share of the answers of a seed to a problem that passed.
"""

import warnings
from collections.abc import Sequence
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from scipy import stats

RESAMPLES = 10_000
SEED = 0
_CONFIDENCE = 0.95

Rates = Sequence[Sequence[float]]
Array = NDArray[np.float64]


def bootstrap(first_SP: Rates, second_SP: Rates) -> tuple[float, float, float]:
    """Return an interval of by how much the mean rate of the second model is higher, and p.

    The interval has the 95 % percentiles of 10,000 resamples, each of seeds, and of problems that
    are the same for all seeds of both models. With few seeds that differ much it is too narrow. The
    two-sided p value is below 0.05 where the interval excludes 0.

    Source: Owen (2007), doi:10.1214/07-AOAS122; Efron and Tibshirani (1993), section 15.4, for p.
    """
    means = _resample(first_SP, second_SP)
    low, high = np.quantile(means, [(1 - _CONFIDENCE) / 2, (1 + _CONFIDENCE) / 2])
    rarer = min((means <= 0).sum(), (means >= 0).sum())
    return float(low), float(high), min(1.0, 2 * (int(rarer) + 1) / (RESAMPLES + 1))


def _resample(first_SP: Rates, second_SP: Rates) -> Array:
    """Return the difference of the means in each resample."""
    rng = np.random.default_rng(SEED)
    num_problems = len(first_SP[0])
    weights_RP = _draw_weights(rng, num_problems)
    first_RP, second_RP = (
        _draw_weights(rng, len(side)) @ np.asarray(side, float) for side in (first_SP, second_SP)
    )
    # A mean may leave a rounding error, which would count as a difference.
    return np.round(((second_RP - first_RP) * weights_RP).sum(axis=1), 12)


def _draw_weights(rng: np.random.Generator, num_items: int) -> Array:
    """Return how often each item is drawn, as a share of all draws: (R, items)."""
    return rng.multinomial(num_items, np.full(num_items, 1 / num_items), RESAMPLES) / num_items


def welch_p_value(first_SP: Rates, second_SP: Rates) -> float | None:
    """Return the p value of Welch's t test for the scores of the seeds.

    It is None for a single seed, and if no score differs from those of the other seeds.
    """
    scores = [[fmean(rates) for rates in side] for side in (first_SP, second_SP)]
    if any(len(side) < 2 for side in scores) or all(len(set(side)) < 2 for side in scores):
        return None
    with warnings.catch_warnings():
        # About a model whose seeds all have the same score.
        warnings.simplefilter("ignore", RuntimeWarning)
        return float(stats.ttest_ind(*scores, equal_var=False).pvalue)
