import pytest

from hrm_exercises.checking import check_family
from hrm_exercises.families import load_families


@pytest.mark.parametrize("name", load_families())
def test_a_family_is_right_in_every_task(name):
    family = load_families()[name]
    num = max(5, 60 // len(family.tasks))
    check = check_family(family, num)
    assert check.error is None
    assert check.num_distinct > 0.7 * check.num_drawn
    assert family.draw.__doc__
    assert check.num_constant < 0.5 * check.num_drawn
