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
