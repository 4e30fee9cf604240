import sys
from types import SimpleNamespace

import pytest

from hrm_core.errors import (
    PluginConflictError,
    PluginLoadError,
    PluginNotFoundError,
    UnknownPluginError,
)
from hrm_core.plugins import Group, find_plugin, installed_plugins, load_plugin, require_module
from hrm_core.stack import Stack, load_stack


def test_an_installed_plugin_is_loaded_by_its_name(install):
    install(("mine", "json:dumps", "hrm-mine"))
    assert load_plugin(Group.STACKS, "mine")([1]) == "[1]"
    assert installed_plugins(Group.ENGINES) == []


def test_a_missing_stack_of_this_project_says_what_to_install(install):
    install(("native", "json:dumps", "hrm-native"))
    with pytest.raises(PluginNotFoundError) as caught:
        find_plugin(Group.STACKS, "sapient")
    assert str(caught.value) == (
        "model stack 'sapient' is not installed (installed: native).\n"
        "Install it with: pip install hrm-sapient"
    )


@pytest.mark.parametrize(
    ("group", "name", "package"),
    [
        (Group.DATASETS, "exercises", "hrm-exercises"),
        (Group.DATASETS, "chains", "hrm-exercises"),
        (Group.MODELS, "hrm-nano", "hrm-nano"),
    ],
)
def test_a_missing_package_of_this_project_is_named(install, group, name, package):
    install()
    with pytest.raises(PluginNotFoundError) as caught:
        find_plugin(group, name)
    assert str(caught.value) == (
        f"{group.noun} {name!r} is not installed (installed: none).\n"
        f"Install it with: pip install {package}"
    )


def test_a_misspelled_stack_gets_a_suggestion(install):
    install()
    with pytest.raises(UnknownPluginError) as caught:
        find_plugin(Group.STACKS, "natve")
    assert str(caught.value) == (
        "unknown model stack 'natve' (installed: none). Did you mean 'native'?"
    )


def test_a_stack_provided_twice_names_both_distributions(install):
    install(("mine", "json:dumps", "hrm-one"), ("mine", "json:loads", "hrm-two"))
    with pytest.raises(PluginConflictError, match=r"hrm-one 9\.1 and hrm-two 9\.1"):
        find_plugin(Group.STACKS, "mine")


@pytest.mark.parametrize(
    "stack",
    [dict, Stack(name="other", architectures={}, default_architecture="")],
    ids=["no stack", "other name"],
)
def test_a_stack_has_the_name_of_its_entry_point(install, monkeypatch, stack):
    monkeypatch.setitem(sys.modules, "my_package", SimpleNamespace(STACK=stack))
    install(("mine", "my_package:STACK", "hrm-mine"))
    with pytest.raises(PluginLoadError, match=r"expected .* to be a hrm_core.Stack with name='min"):
        load_stack("mine")


@pytest.mark.parametrize("target", ["no_such_module:x", "json:no_such_name"])
def test_a_broken_plugin_names_its_distribution_and_the_reason(install, target):
    install(("native", target, "hrm-native"))
    with pytest.raises(PluginLoadError) as caught:
        load_plugin(Group.STACKS, "native")
    message = str(caught.value)
    assert f"(hrm-native 9.1) is installed, but {target!r} cannot be imported" in message
    assert "pip install --upgrade --force-reinstall hrm-native" in message
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize(
    ("code", "cure"),
    [
        ("stack = 1\nraise ValueError('boom')", "The error is in {file}, line 2."),
        ("def f(:", "Fix the module, or the entry point in the pyproject.toml"),
        ("import no_such_module", "Install the package of the module 'no_such_module'"),
        ("other = 1", "Fix the module, or the entry point in the pyproject.toml"),
    ],
)
def test_a_plugin_of_the_user_that_fails_names_the_place(
    install, tmp_path, monkeypatch, code, cure
):
    file = tmp_path / "my_broken_plugin.py"
    file.write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    install(("mine", "my_broken_plugin:stack", "mine"))
    with pytest.raises(PluginLoadError) as caught:
        load_plugin(Group.STACKS, "mine")
    sys.modules.pop("my_broken_plugin", None)
    assert cure.format(file=file) in str(caught.value)
    assert "force-reinstall" not in str(caught.value)


def test_a_missing_library_says_what_to_install():
    with pytest.raises(PluginNotFoundError, match="pip install 'hrm-x\\[y\\]'"):
        require_module("no_such_module", needed_by="engine 'x'", install="hrm-x[y]")
    require_module("json", needed_by="engine 'x'", install="hrm-x[y]")
