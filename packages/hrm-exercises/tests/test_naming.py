import builtins
import keyword
import sys

import pytest

from hrm_exercises import naming, vocabulary
from hrm_exercises.chooser import Chooser


@pytest.mark.parametrize(
    ("source", "renamed"),
    [
        ("def solve(numbers): return sum(numbers)", "def solve(zz): return sum(zz)"),
        ("return 'numbers' + numbers", "return 'numbers' + zz"),
        ("x.numbers(numbers)  # numbers", "x.numbers(zz)  # numbers"),
        ('"""numbers"""\nnumbers += 1', '"""numbers"""\nzz += 1'),
        ("r'\\d' + numbers + 'it\\'s numbers'", "r'\\d' + zz + 'it\\'s numbers'"),
        ("numbers == numbers2", "zz == numbers2"),
    ],
)
def test_names_change_only_where_they_are_names(source, renamed):
    assert naming.rename(source, {"numbers": "zz"}) == renamed


@pytest.mark.parametrize(
    "source",
    ["sorted(a, key=len)\nfor key in a: pass", "key = 1\nreturn f'{key:>{3}}'"],
)
def test_names_of_keyword_arguments_and_in_f_strings_never_vary(source):
    for seed in range(50):
        assert "key" not in naming.vary_names(Chooser(str(seed)), source, {}, kept=[])


def test_varied_names_never_collide():
    source = (
        "def solve(numbers, items):\n    result = total = count = index = numbers\n    lst = 1\n"
    )
    for seed in range(300):
        names = naming.vary_names(Chooser(str(seed)), source, {}, kept=["arr"])
        new = list(names.values())
        assert len(set(new)) == len(new)
        assert not set(new) & {"lst", "arr", "numbers", "items", "result", "total"}


def test_a_share_of_the_entry_points_is_made_of_unrelated_words():
    names = [naming.entry_point(Chooser(str(seed)), ["sum_up", "total"]) for seed in range(2000)]
    odd = [name for name in names if name.lower().replace("_", "") not in ("sumup", "total")]
    assert 0.08 < len(odd) / len(names) < 0.18
    assert all(name.isidentifier() for name in names)
    assert 0.04 < sum(name != name.lower() for name in names) / len(names) < 0.2


def test_no_word_is_a_name_of_python():
    taken = {*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *sys.stdlib_module_names}
    assert not taken & set(vocabulary.WORDS)
    # Functions and classes are sometimes named by a capitalized word.
    assert not {*keyword.kwlist} & {word.capitalize() for word in vocabulary.WORDS}
