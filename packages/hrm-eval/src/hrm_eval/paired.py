"""Statistics of two sides that answered the same problems, by scipy and statsmodels.

S runs of one config with different seeds, P problems, R resamples. A side is given by its rates, of
shape (S, P): the share of the answers of a run to a problem that passed.

Not covered: pass@k for k above 1.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import stats

RESAMPLES = 10_000
# All assignments of the signs are tried, and the p value is exact, if up to 14 problems differ.
PERMUTATIONS = 2**14
SEED = 0
_CONFIDENCE = 0.95
_NUMBERS_AT_A_TIME = 2**21

Rates = Sequence[Sequence[float]]
Array = NDArray[np.float64]


def difference(first_SP: Rates, second_SP: Rates) -> float:
    """Return by how much the mean rate of the second side is higher."""
    return float(_per_problem(first_SP, second_SP).mean())


def difference_interval(first_SP: Rates, second_SP: Rates) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of `difference`, for other problems of the same kind.

    The percentiles of 10,000 resamples, the same ones at every call. If a side has several runs,
    these are resampled as well, so the interval is for other seeds, too. A resample has the same
    problems for all runs, because the runs share them.

    Source: Efron and Tibshirani (1993), chapter 13, for the problems; Owen (2007),
        doi:10.1214/07-AOAS122, for runs and problems together.
    """
    first, second = np.asarray(first_SP, float), np.asarray(second_SP, float)
    if len(first) == len(second) == 1:
        result = stats.bootstrap(
            (second[0] - first[0],),
            np.mean,
            n_resamples=RESAMPLES,
            batch=_batch(first.shape[1]),
            confidence_level=_CONFIDENCE,
            method="percentile",
            rng=np.random.default_rng(SEED),
        )
        low, high = result.confidence_interval
    else:
        means = _resample_runs_and_problems(first, second)
        low, high = np.quantile(means, [(1 - _CONFIDENCE) / 2, (1 + _CONFIDENCE) / 2])
    return float(low), float(high)


def bootstrap_p_value(first_SP: Rates, second_SP: Rates) -> float:
    """Return the two-sided p value that belongs to the interval of several runs.

    It is below 0.05 where the 95 % interval of `difference_interval` is on one side of 0. A
    permutation test over the problems would find the seeds of the two sides to differ, and not
    say whether other seeds would.

    Source: Efron and Tibshirani (1993), section 15.4.
    """
    means = _resample_runs_and_problems(np.asarray(first_SP, float), np.asarray(second_SP, float))
    rarer = min((means <= 0).sum(), (means >= 0).sum())
    return min(1.0, 2 * (int(rarer) + 1) / (RESAMPLES + 1))


def mcnemar_p_value(*, wins: int, losses: int) -> float:
    """Return the two-sided p value of McNemar's exact test, for one answer to each problem.

    Args:
        wins: Number of problems that only the second side solved.
        losses: Number of problems that only the first side solved.

    Source: McNemar (1947), doi:10.1007/BF02295996; the exact form is a sign test.
    """
    if wins + losses == 0:
        return 1.0
    return float(stats.binomtest(wins, wins + losses, 0.5).pvalue)


def permutation_p_value(first_SP: Rates, second_SP: Rates) -> float:
    """Return the two-sided p value of a paired permutation test of `difference`.

    Under the null hypothesis the two sides may be exchanged at each problem, which turns the sign
    of its difference. It is exact up to 14 problems that differ, else drawn, always the same.

    Source: Fisher (1935), The Design of Experiments, section 21.
    """
    differences_P = _per_problem(first_SP, second_SP)
    # The sign of a zero does not matter.
    differences_P = differences_P[differences_P != 0]
    if len(differences_P) < 2:
        # scipy wants two. Turning the sign of a single one gives a difference that is as large.
        return 1.0
    result = stats.permutation_test(
        (differences_P,),
        np.mean,
        permutation_type="samples",
        n_resamples=PERMUTATIONS,
        batch=_batch(len(differences_P)),
        rng=np.random.default_rng(SEED),
    )
    return float(result.pvalue)


def adjust_p_values(p_values: Sequence[float]) -> list[float]:
    """Return the p values of several comparisons after Holm's correction for their number.

    Source: Holm (1979), A Simple Sequentially Rejective Multiple Test Procedure.
    """
    # It takes a second to import.
    from statsmodels.stats.multitest import multipletests

    return [float(p) for p in multipletests(p_values, method="holm")[1]]


def _per_problem(first_SP: Rates, second_SP: Rates) -> Array:
    differences_P = np.mean(second_SP, axis=0) - np.mean(first_SP, axis=0)
    # A mean over runs may leave rounding errors, which would count as differences.
    return np.round(differences_P, 12)


def _resample_runs_and_problems(first_SP: Array, second_SP: Array) -> Array:
    """Return the difference of the means in each resample."""
    rng = np.random.default_rng(SEED)
    num_problems = first_SP.shape[1]
    means = []
    for start in range(0, RESAMPLES, _batch(num_problems)):
        num_resamples = min(_batch(num_problems), RESAMPLES - start)
        weights_RP = _draw_weights(rng, num_resamples, num_problems)
        first_RP = _draw_weights(rng, num_resamples, len(first_SP)) @ first_SP
        second_RP = _draw_weights(rng, num_resamples, len(second_SP)) @ second_SP
        means.append(((second_RP - first_RP) * weights_RP).sum(axis=1))
    return np.concatenate(means)


def _draw_weights(rng: np.random.Generator, num_resamples: int, num_items: int) -> Array:
    """Return how often each item is drawn, as a share of all draws: (resamples, items)."""
    return rng.multinomial(num_items, np.full(num_items, 1 / num_items), num_resamples) / num_items


def _batch(num_problems: int) -> int:
    """Return how many resamples are made at a time, to keep the memory small."""
    return max(1, min(RESAMPLES, _NUMBERS_AT_A_TIME // num_problems))
