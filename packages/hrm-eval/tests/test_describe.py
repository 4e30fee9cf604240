import json

import pytest

from hrm_core import plugins
from hrm_core.plugins import Group, Plugin
from hrm_eval import cli
from hrm_eval.describe import _size


def call(*arguments):
    return cli.main([str(argument) for argument in arguments])


@pytest.fixture
def only_stacks(monkeypatch):
    """Make these the only installed plug-ins."""

    def install(*names):
        found = [Plugin(Group.STACKS, name, f"hrm_{name}:STACK", "test 1") for name in names]
        monkeypatch.setattr(plugins, "installed_plugins", lambda group: found)

    return install


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["none.yaml"], 2, "none.yaml: no such config file"),
        (["list.yaml"], 2, "list.yaml: expected a mapping"),
        (["no-such"], 2, "unknown model 'no-such'"),
        (["."], 5, "no config.json in this folder"),
        (["--set", "modle.hidden_size=3"], 2, "modle: unknown key. Did you mean 'model'?"),
        (["--set", "model_stack=natve"], 2, "unknown model stack 'natve'"),
        (["model", "--set", "model.preset=nano"], 2, "--set: changes a config, but 'model' is a"),
        (["--set", "model_reference=no-such"], 2, "unknown model 'no-such'"),
        (
            ["--set", "model_reference=no-such", "--set", "model.preset=nano"],
            2,
            "model: the config names no-such, too. Remove one of the two",
        ),
        (["--context", "0"], 2, "Invalid value for '--context'"),
        (["--context", "long"], 2, "Invalid value for '--context'"),
    ],
)
def test_bad_input_has_a_message_and_its_exit_status(
    tmp_path, monkeypatch, capsys, arguments, status, message
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.yaml").write_text("- 1\n")
    exit_status = call("describe", *arguments)
    printed = capsys.readouterr()
    assert message in printed.err
    assert "Traceback" not in printed.err
    assert exit_status == status


@pytest.mark.parametrize("argument", ["config.yaml", "checkpoint"])
def test_a_missing_stack_exits_with_status_3_and_the_install_command(
    tmp_path, monkeypatch, capsys, only_stacks, argument
):
    only_stacks("other")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text("model: {preset: nano}\n")
    (tmp_path / "checkpoint").mkdir()
    (tmp_path / "checkpoint" / "config.json").write_text(json.dumps({"model_type": "hrm_text"}))
    assert call("describe", argument) == 3
    assert "Install it with: pip install hrm-sapient" in capsys.readouterr().err


def test_a_missing_torch_exits_with_status_3_and_the_install_command(
    monkeypatch, capsys, only_stacks
):
    only_stacks("sapient")
    monkeypatch.setattr(plugins, "find_spec", lambda module: None)
    assert call("describe") == 3
    error = capsys.readouterr().err
    assert "hrm-eval describe needs 'torch', which is not installed" in error
    assert "pip install 'hrm-core[torch]'" in error


@pytest.mark.parametrize(
    ("num_bytes", "text"),
    [
        (0, "0 B"),
        (1023, "1,023 B"),
        (1024, "1.0 KiB"),
        (3 << 19, "1.5 MiB"),
        (1 << 43, "8,192.0 GiB"),
    ],
)
def test_a_number_of_bytes_is_printed_in_the_largest_unit(num_bytes, text):
    assert _size(num_bytes) == text
