import pytest

from hrm_core import errors


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.HrmError, 1),
        (errors.UsageError, 2),
        (errors.ConfigError, 2),
        (errors.ContextLengthError, 2),
        (errors.UnknownPluginError, 2),
        (errors.PluginNotFoundError, 3),
        (errors.PluginLoadError, 4),
        (errors.PluginConflictError, 4),
        (errors.DataError, 5),
    ],
)
def test_each_error_has_the_exit_status_of_its_kind(kind, status):
    assert kind("x").exit_code == status


def test_only_a_similar_name_is_suggested():
    assert errors.suggest("mbp", ["mbpp", "humaneval"]) == " Did you mean 'mbpp'?"
    assert errors.suggest("xyz", ["mbpp", "humaneval"]) == ""


def test_a_listing_is_sorted_and_never_empty():
    assert errors.listing({"b", "a"}) == "a, b"
    assert errors.listing([]) == "none"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("short", "'short'"),
        (None, "None"),
        ("x" * 100, "'" + "x" * 99 + "..."),
        ("x" * 560_000, "'" + "x" * 99 + "..."),
        ([0] * 9999, ("[" + "0, " * 33) + "..."),
    ],
    ids=["short", "none", "limit", "long", "list"],
)
def test_a_message_shows_at_most_the_beginning_of_a_value(value, shown):
    assert errors.beginning(value) == shown


def test_a_long_listing_can_be_cut():
    assert errors.short_listing(["b", "a"]) == "a, b"
    assert errors.short_listing([]) == "none"
    assert errors.short_listing(["x" * 999]) == "x" * 100 + "..."
