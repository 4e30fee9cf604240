"""Statistics of two sides that answered the same problems, by scipy and statsmodels.

S runs of one config with different seeds, P problems, R resamples. A side is given by its rates, of
shape (S, P): the share of the answers of a run to a problem that passed.

Not covered: pass@k for k above 1.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from hrm_core.errors import DataError

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
    """Return the 95 % interval of `difference`, for other problems of the same kind.

    Of single runs, the percentiles of 10,000 bootstrap resamples, the same ones at every call. If a
    side has several runs, the t interval for other problems and other seeds: runs and problems are
    random and crossed, since all runs have the same problems.

    Source: Efron and Tibshirani (1993), chapter 13, for single runs; Searle, Casella and McCulloch
        (1992), chapter 4, and Satterthwaite (1946), doi:10.2307/3002019, for several.
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
        return float(low), float(high)
    middle = difference(first_SP, second_SP)
    error, freedom = _standard_error(first, second)
    margin = float(stats.t.ppf((1 + _CONFIDENCE) / 2, freedom)) * error
    # A difference of two shares cannot be larger than 1.
    return max(-1.0, middle - margin), min(1.0, middle + margin)


def seeds_p_value(first_SP: Rates, second_SP: Rates) -> float:
    """Return the two-sided p value that belongs to the interval of several runs.

    It is below 0.05 where the 95 % interval of `difference_interval` is on one side of 0. A
    permutation test over the problems would find the seeds of the two sides to differ, and not
    say whether other seeds would.
    """
    middle = difference(first_SP, second_SP)
    error, freedom = _standard_error(np.asarray(first_SP, float), np.asarray(second_SP, float))
    if error == 0:
        return float(middle == 0)
    return float(2 * stats.t.sf(abs(middle) / error, freedom))


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


def _per_problem(first_SP: Rates | Array, second_SP: Rates | Array) -> Array:
    differences_P = np.mean(second_SP, axis=0) - np.mean(first_SP, axis=0)
    # A mean over runs may leave rounding errors, which would count as differences.
    return np.round(differences_P, 12)


def _standard_error(first_SP: Array, second_SP: Array) -> tuple[float, float]:
    """Return the standard error of `difference` over runs and problems, and its degrees of freedom.

    The rate of a run at a problem is a mean, plus what the run, the problem and their interaction
    add. The interaction is part of the variance between problems and of that between runs, so it is
    subtracted once. A side with one run says nothing about other seeds, and adds nothing for them.
    """
    num_problems = first_SP.shape[1]
    if num_problems < 2:
        raise DataError("an interval over several runs needs two problems or more")
    # Variances of the difference, each with its degrees of freedom.
    between_problems = _per_problem(first_SP, second_SP).var(ddof=1) / num_problems
    parts = [(between_problems, num_problems - 1)]
    interaction = 0.0
    for side_SP in (first_SP, second_SP):
        num_runs = len(side_SP)
        if num_runs < 2:
            continue
        by_run_S1 = side_SP.mean(axis=1, keepdims=True)
        rest_SP = side_SP - by_run_S1 - side_SP.mean(axis=0) + side_SP.mean()
        freedom = (num_runs - 1) * (num_problems - 1)
        of_interaction = float((rest_SP**2).sum()) / freedom / side_SP.size
        parts += [(by_run_S1.var(ddof=1) / num_runs, num_runs - 1), (-of_interaction, freedom)]
        interaction += of_interaction
    # No smaller than if neither runs nor problems differed by themselves.
    variance = max(float(sum(part for part, _ in parts)), interaction)
    spread = float(sum(part**2 / freedom for part, freedom in parts))
    return variance**0.5, max(variance**2 / spread, 1.0) if spread else 1.0


def _batch(num_problems: int) -> int:
    """Return how many resamples are made at a time, to keep the memory small."""
    return max(1, min(RESAMPLES, _NUMBERS_AT_A_TIME // num_problems))
