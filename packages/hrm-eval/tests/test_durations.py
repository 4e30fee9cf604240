import pytest

from hrm_eval.durations import format_rough_seconds, format_seconds


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0123, "12.3 ms"),
        (59.94, "59.9 s"),
        (104, "1 min 44 s"),
        (3_900, "1 h 5 min"),
    ],
)
def test_a_duration_has_a_unit_that_suits_it(seconds, text):
    assert format_seconds(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.4, "0 s"), (104, "104 s"), (120, "2 min"), (3_570, "60 min"), (19_200, "5 h 20 min")],
)
def test_a_rough_duration_has_whole_units(seconds, text):
    assert format_rough_seconds(seconds) == text
