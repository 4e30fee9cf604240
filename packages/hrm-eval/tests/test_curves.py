from itertools import combinations, pairwise

import pytest

from hrm_eval.curves import draw_curve, trace_pass_at_k
from hrm_eval.metrics import score_problems


def test_the_curve_equals_the_share_of_draws_that_contain_a_passed_answer():
    tallies = [(5, 2), (6, 0), (5, 5)]
    for score in trace_pass_at_k(tallies):
        shares = []
        for samples, correct in tallies:
            draws = list(combinations(range(samples), score.k))
            shares.append(sum(min(draw) < correct for draw in draws) / len(draws))
        assert score.value == pytest.approx(sum(shares) / 3)
    assert [score.k for score in trace_pass_at_k(tallies)] == [1, 2, 3, 4, 5]


def test_the_curve_agrees_with_the_headline_in_value_and_interval():
    tallies = [(20, n) for n in range(20)]
    by_k = {score.k: score for score in trace_pass_at_k(tallies)}
    for headline in score_problems(tallies):
        score = by_k[headline.k]
        assert score.value == pytest.approx(headline.value)
        assert (score.low, score.high) == pytest.approx((headline.low, headline.high))


@pytest.mark.parametrize(
    ("tallies", "expected"),
    [([(40, 4)] * 80, ["0%", "10%", "20%", "30%"]), ([(40, 36)] * 80, ["0%", "20%", "40%"])],
)
def test_the_axis_has_a_label_at_its_top(tallies, expected):
    curve = draw_curve(trace_pass_at_k(tallies)[:2])
    assert [tick.label for tick in curve.shares][: len(expected)] == expected
    assert curve.shares[-1].label in ("30%", "100%")


def test_a_curve_of_many_samples_has_at_most_40_points():
    ks = [score.k for score in trace_pass_at_k([(1000, 3), (1200, 7)])]
    assert len(ks) <= 40
    assert ks == sorted(set(ks))
    assert (ks[0], ks[-1]) == (1, 1000)


@pytest.mark.parametrize("tallies", [[(2, 0)], [(2, 2)], [(300, 1), (300, 299)], [(7, 1)] * 9])
def test_the_drawing_stays_inside_its_frame_and_its_labels_apart(tallies):
    curve = draw_curve(trace_pass_at_k(tallies))
    for x, y, _ in curve.dots:
        assert curve.left <= x <= curve.right
        assert 0 <= y <= curve.bottom
    places = [tick.place for tick in curve.ks]
    assert all(after - before > 14 for before, after in pairwise(places))
    assert all(0 < tick.place <= curve.bottom for tick in curve.shares)
    assert curve.line.count(",") == len(curve.dots)
