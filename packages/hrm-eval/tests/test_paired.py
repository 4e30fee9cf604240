from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats import contingency_tables

from hrm_core.errors import DataError
from hrm_eval.paired import (
    adjust_p_values,
    difference,
    difference_interval,
    mcnemar_p_value,
    permutation_p_value,
    seeds_p_value,
)


def answers(num_runs, num_problems, *, share, seed):
    return (np.random.default_rng(seed).random((num_runs, num_problems)) < share).astype(float)


def test_the_difference_is_that_of_the_means():
    assert difference([[1.0, 0.0, 0.5]], [[1.0, 1.0, 1.0]]) == pytest.approx(0.5)
    assert difference([[1.0, 0.0], [0.0, 0.0]], [[1.0, 0.0]]) == pytest.approx(0.25)


def test_the_interval_of_two_runs_is_that_of_a_paired_bootstrap():
    first, second = answers(1, 200, share=0.4, seed=1), answers(1, 200, share=0.5, seed=2)
    expected = stats.bootstrap(
        (first[0], second[0]),
        lambda a, b, axis: b.mean(axis) - a.mean(axis),
        paired=True,
        method="percentile",
        rng=np.random.default_rng(5),
    ).confidence_interval
    assert difference_interval(first, second) == pytest.approx(tuple(expected), abs=0.006)


def test_the_interval_of_two_runs_is_that_of_all_resamples():
    first, second = [0.0, 0.3, 0.5, 0.1, 0.2], [0.7, 0.2, 1.0, 0.15, 0.83]
    changes = np.subtract(second, first)
    means = [changes[list(drawn)].mean() for drawn in product(range(5), repeat=5)]
    expected = np.quantile(means, [0.025, 0.975])
    assert difference_interval([first], [second]) == pytest.approx(tuple(expected), abs=0.01)


def test_the_interval_of_runs_that_differ_as_a_whole_is_that_of_welch():
    scores = np.array([0.1, 0.3, 0.35]), np.array([0.5, 0.62, 0.9, 0.7])
    first, second = (side[:, None] + np.zeros(50) for side in scores)
    welch = stats.ttest_ind(*scores[::-1], equal_var=False)
    expected = tuple(welch.confidence_interval(0.95))
    assert difference_interval(first, second) == pytest.approx(expected)
    assert seeds_p_value(first, second) == pytest.approx(welch.pvalue)


def test_the_interval_of_runs_that_agree_on_every_problem_is_that_of_the_problems():
    problems = np.random.default_rng(0).random((2, 40))
    first, second = (np.tile(one, (3, 1)) for one in problems)
    expected = tuple(stats.ttest_1samp(problems[1] - problems[0], 0).confidence_interval(0.95))
    assert difference_interval(first, second) == pytest.approx(expected)


@pytest.mark.parametrize("seed_sd", [0.0, 0.02, 0.1])
def test_the_interval_of_several_runs_covers_the_true_difference(seed_sd):
    rng = np.random.default_rng(3)
    covered = []
    for _ in range(1000):
        easy_P, changes_P = rng.random(60), rng.normal(0, 0.1, 60)
        first = easy_P + rng.normal(0, seed_sd, (3, 1)) + rng.normal(0, 0.3, (3, 60))
        second = easy_P + changes_P + rng.normal(0, seed_sd, (4, 1)) + rng.normal(0, 0.3, (4, 60))
        low, high = difference_interval(first, second)
        covered.append(low <= 0 <= high)
    # Without differences between seeds it is a little too wide.
    assert 0.935 < np.mean(covered) < 0.98


def test_several_runs_need_more_than_one_problem():
    with pytest.raises(DataError, match="two problems or more"):
        difference_interval([[1.0], [0.0]], [[1.0]])


@pytest.mark.parametrize("shift", [-0.2, 0.0, 0.1, 0.25, 0.28, 0.4, 0.8])
def test_the_p_value_of_several_runs_is_below_5_percent_where_the_interval_excludes_0(shift):
    first = answers(3, 80, share=0.4, seed=1)
    second = answers(2, 80, share=0.4, seed=2) + shift
    low, high = difference_interval(first, second)
    assert (seeds_p_value(first, second) < 0.05) == (low > 0 or high < 0)
    assert seeds_p_value(first, second) == seeds_p_value(first, second)


def test_an_interval_of_many_problems_is_made_in_batches_and_always_the_same():
    first, second = answers(1, 3000, share=0.4, seed=1), answers(1, 3000, share=0.5, seed=2)
    low, high = difference_interval(first, second)
    assert low < difference(first, second) < high
    assert difference_interval(first, second) == (low, high)


@pytest.mark.parametrize(
    ("wins", "losses"), [(0, 1), (1, 0), (5, 0), (3, 3), (8, 4), (45, 67), (2, 30), (300, 200)]
)
def test_mcnemar_is_the_exact_test_of_statsmodels(wins, losses):
    expected = contingency_tables.mcnemar([[7, wins], [losses, 9]], exact=True).pvalue
    assert mcnemar_p_value(wins=wins, losses=losses) == pytest.approx(expected)


def enumerated_p_value(changes):
    """The share of all assignments of signs whose sum is at least as far from 0; exact."""
    sums = [
        abs(sum(s * c for s, c in zip(signs, changes, strict=True)))
        for signs in product((1, -1), repeat=len(changes))
    ]
    return sum(value >= abs(sum(changes)) for value in sums) / len(sums)


@pytest.mark.parametrize(
    "twentieths",
    [
        [3],
        [3, 3],
        [1, -1],
        [1, 2, 3, -4, 5],
        [9, 9, 8, 7, 6, 5, -15, -15, -13, 4],
        [1, 1, 1, 1, 1, 1, -1, 0, 0, 0],
        [-7, -7, -7, -6, -6, 3, 0, 1],
    ],
)
def test_the_permutation_test_is_exact_if_few_problems_differ(twentieths):
    first = [[10 / 20] * len(twentieths)]
    second = [[(10 + change) / 20 if change < 10 else 1.0 for change in twentieths]]
    changes = [
        Fraction(b).limit_denominator(20) - Fraction(1, 2) for b in second[0] if b != 10 / 20
    ]
    assert permutation_p_value(first, second) == pytest.approx(enumerated_p_value(changes))


def test_the_permutation_test_of_single_answers_is_mcnemars_test():
    first = [[0.0] * 25 + [1.0] * 12 + [1.0] * 40]
    second = [[1.0] * 25 + [0.0] * 12 + [1.0] * 40]
    expected = mcnemar_p_value(wins=25, losses=12)
    assert permutation_p_value(first, second) == pytest.approx(expected, abs=0.004)
    assert permutation_p_value(first, second) == permutation_p_value(first, second)


def test_means_over_runs_leave_no_differences_by_rounding():
    first = [[0.1] * 12, [0.2] * 12, [0.3] * 12]
    second = [[0.3] * 12, [0.1] * 12, [0.2] * 12]
    assert permutation_p_value(first, second) == 1.0


def test_a_side_does_not_differ_from_itself():
    side = answers(1, 50, share=0.4, seed=1)
    assert difference(side, side) == 0.0
    assert difference_interval(side, side) == (0.0, 0.0)
    assert mcnemar_p_value(wins=0, losses=0) == 1.0
    assert permutation_p_value(side, side) == 1.0


def test_p_values_are_corrected_by_the_method_of_holm():
    # By hand: 3 * 0.01, 2 * 0.02, and 0.03, which may not be below the one before.
    assert adjust_p_values([0.03, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])
    assert adjust_p_values([0.2]) == pytest.approx([0.2])


def test_an_interval_of_few_seeds_stays_within_what_a_difference_can_be():
    first, second = [[0.0, 0.0, 0.0, 0.0]], [[1.0, 1.0, 1.0, 1.0], [0.0, 0.0, 0.0, 1.0]]
    low, high = difference_interval(first, second)
    assert -1.0 <= low < high == 1.0
