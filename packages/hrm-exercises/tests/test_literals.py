import pytest

from hrm_exercises import literals


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ([1, -2.5, "it's", None, True], '[1, -2.5, "it\'s", None, True]'),
        ((1,), "(1,)"),
        ((), "()"),
        ({"b": [1], "a": (2, 3)}, "{'b': [1], 'a': (2, 3)}"),
        ({"b", "a", "c"}, "{'a', 'b', 'c'}"),
        (set(), "set()"),
        (frozenset({2, 1}), "frozenset({1, 2})"),
        (frozenset(), "frozenset()"),
        (b"ab", "b'ab'"),
        (1 + 2j, "(1+2j)"),
    ],
)
def test_a_literal_is_written_so_that_python_reads_it_back(value, source):
    assert literals.write(value) == source
    assert eval(source) == value  # noqa: S307


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), [print], range(3)])
def test_other_values_have_no_literal(value):
    with pytest.raises(literals.NotLiteralError):
        literals.write(value)


def test_a_copy_is_deep_and_keeps_types():
    value = {"a": [1, (2.0, {3})]}
    copied = literals.copy(value)
    assert literals.same(value, copied)
    copied["a"].append(1)
    assert len(value["a"]) == 2
    with pytest.raises(literals.NotLiteralError):
        literals.copy([map])


def test_a_copy_has_no_object_twice():
    copied = literals.copy([[0]] * 2)
    copied[0].append(1)
    assert copied == [[0, 1], [0]]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (1, 1, True),
        (1, True, False),
        (1, 1.0, False),
        ([1], (1,), False),
        (0.1 + 0.2, 0.3, True),
        ([0.1 + 0.2], [0.3], True),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ({"a": 1}, {"a": True}, False),
        ([1, 2], [1], False),
        ({1}, {True}, False),
        ({1.0}, {1}, False),
        ({2, 1}, {1, 2}, True),
        ({1: 0}, {True: 0}, False),
        (frozenset({1}), frozenset({1.0}), False),
    ],
)
def test_values_are_the_same_with_the_same_types(one, other, is_same):
    assert literals.same(one, other) == is_same


@pytest.mark.parametrize(
    ("value", "is_long"), [(0.25, False), (1 / 3, True), ([1, (1 / 3,)], True), ({1 / 3: 1}, True)]
)
def test_long_fractions_are_found_at_any_depth(value, is_long):
    assert literals.has_long_float(value) == is_long
