from itertools import combinations
from statistics import mean

import pytest

from hrm_eval.metrics import pass_at_k, score_problems, wilson_interval


@pytest.mark.parametrize("samples", range(1, 8))
def test_pass_at_k_is_the_share_of_draws_with_a_correct_sample(samples):
    for correct in range(samples + 1):
        outcomes = [1] * correct + [0] * (samples - correct)
        for k in range(1, samples + 1):
            expected = mean(any(draw) for draw in combinations(outcomes, k))
            assert pass_at_k(samples=samples, correct=correct, k=k) == pytest.approx(expected)


def test_pass_at_k_has_its_known_values():
    assert pass_at_k(samples=10, correct=1, k=1) == pytest.approx(0.1)
    assert pass_at_k(samples=10, correct=3, k=5) == pytest.approx(0.9166667)
    assert pass_at_k(samples=200, correct=200, k=100) == 1.0


@pytest.mark.parametrize(("samples", "correct", "k"), [(1, 2, 1), (1, -1, 1), (5, 1, 6), (5, 1, 0)])
def test_numbers_out_of_range_are_an_error(samples, correct, k):
    with pytest.raises(ValueError, match="must be in"):
        pass_at_k(samples=samples, correct=correct, k=k)


def test_the_interval_is_wilsons():
    # Both ends solve |p - mean| = z sqrt(p (1 - p) / n), by which Wilson defines them.
    for successes, n in ((1, 25), (6, 100), (250, 500)):
        share = successes / n
        for end in wilson_interval(share, n):
            distance = 1.959963984540054 * (end * (1 - end) / n) ** 0.5
            assert abs(end - share) == pytest.approx(distance, rel=1e-9)


def test_the_interval_stays_within_zero_and_one():
    assert wilson_interval(0.0, 25)[0] == 0.0
    assert 0.1 < wilson_interval(0.0, 25)[1] < 0.2
    assert wilson_interval(1.0, 25)[1] == 1.0
    with pytest.raises(ValueError, match="at least 1"):
        wilson_interval(0.5, 0)


def test_scores_are_given_for_the_usual_k_that_all_problems_allow():
    scores = score_problems([(20, 5), (20, 0)])
    assert [score.k for score in scores] == [1, 10, 20]
    assert [score.value for score in scores] == pytest.approx([0.125, 0.49183, 0.5], abs=1e-4)
    assert all(score.low <= score.value <= score.high for score in scores)
    assert [score.k for score in score_problems([(3, 1), (1, 1)])] == [1]
    assert score_problems([]) == []


def test_scores_are_given_for_the_chosen_k_and_for_1():
    assert [score.k for score in score_problems([(20, 5), (20, 0)], [5, 20, 5])] == [1, 5, 20]
    assert [score.k for score in score_problems([(20, 5), (3, 0)], [2, 5])] == [1, 2]
