import pytest

from hrm_core.shapes import round_up


@pytest.mark.parametrize(
    ("size", "digits", "expected"),
    [(0, 4, 0), (1, 4, 1), (16, 4, 16), (17, 4, 18), (250, 4, 256), (1025, 4, 1152), (17, 3, 20)],
)
def test_a_size_is_rounded_up_to_few_binary_digits(size, digits, expected):
    assert round_up(size, digits=digits) == expected


@pytest.mark.parametrize("digits", [3, 4])
def test_all_sizes_become_few_and_hardly_larger(digits):
    rounded = {size: round_up(size, digits=digits) for size in range(1, 4097)}
    assert all(size <= new < size * (1 + 2 ** (1 - digits)) for size, new in rounded.items())
    num_octaves = 12
    assert len(set(rounded.values())) <= num_octaves * 2 ** (digits - 1)
