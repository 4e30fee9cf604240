import pytest

from hrm_core import plugins
from hrm_core.errors import PluginNotFoundError, UsageError
from hrm_eval import executors
from hrm_eval.cli import main
from hrm_eval.executors.ray_address import check_address
from hrm_eval.run_config import SandboxConfig
from hrm_eval.sandbox import Sandbox


@pytest.fixture
def without_ray(monkeypatch):
    """Make Ray look as if it were not installed."""
    monkeypatch.setattr(plugins, "find_spec", lambda name: None if name == "ray" else object())


def test_programs_are_judged_on_this_machine_by_default():
    with executors.open_judges(SandboxConfig(workers=1)) as judges:
        assert isinstance(judges, Sandbox)


def test_a_missing_ray_is_told_before_anything_starts(without_ray, tmp_path, capsys):
    flags = ["--dataset", "starter", "--out", str(tmp_path / "run"), "--executor", "ray"]
    assert main(["run", "--model", "reference", *flags]) == 3
    error = capsys.readouterr().err
    assert "--executor ray needs 'ray'" in error
    assert "pip install 'hrm-eval[ray]'" in error
    assert not (tmp_path / "run").exists()
    with pytest.raises(PluginNotFoundError):
        executors.open_judges(SandboxConfig(executor="ray"))


def test_answers_are_generated_without_ray(without_ray, tmp_path):
    flags = ["--dataset", "starter", "--out", str(tmp_path / "run"), "--executor", "ray"]
    assert main(["generate", "--model", "reference", *flags]) == 0
    # Where programs are judged may change afterwards.
    assert main(["run", "--resume", "--out", str(tmp_path / "run"), "--executor", "local"]) == 0


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("127.0.0.1:1", "no Ray cluster answers at '127.0.0.1:1': Connection refused"),
        ("somewhere", "expected HOST:PORT, got 'somewhere'"),
        ("host:port", "expected HOST:PORT, got 'host:port'"),
        ("ray://head:10001", "expected HOST:PORT, got .*Ray Client are not supported"),
    ],
)
def test_a_wrong_address_is_a_usage_error_at_once(monkeypatch, address, message):
    monkeypatch.setenv("RAY_ADDRESS", address)
    with pytest.raises(UsageError, match=f"^RAY_ADDRESS: {message}"):
        check_address()


@pytest.mark.parametrize("address", ["", "auto", "local"])
def test_an_address_that_ray_finds_itself_is_not_checked(monkeypatch, address):
    monkeypatch.setenv("RAY_ADDRESS", address)
    check_address()
