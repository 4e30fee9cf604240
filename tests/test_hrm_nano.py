"""The shipped model, as people meet it: found by its name, and what runs by default."""

import json
import subprocess
import sys

import pytest

from hrm_eval import cli


def run(out, *arguments):
    assert cli.main(["run", *arguments, "--out", str(out)]) == 0
    return json.loads((out / "summary.json").read_text())


def test_a_run_without_any_choice_solves_most_of_the_first_exercises(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    summary = run(tmp_path / "run", "--limit", "25")
    assert (summary["model"], summary["stack"]) == ("hrm-nano", "sapient")
    assert (summary["dataset"]["name"], summary["dataset"]["split"]) == ("exercises", "validation")
    assert summary["num_problems"] == 25
    assert summary["pass_at_k"]["1"] > 0.85


def test_a_run_with_a_dataset_alone_asks_the_shipped_model(tmp_path):
    summary = run(tmp_path / "run", "--dataset", "starter", "--limit", "2")
    assert (summary["model"], summary["dataset"]["name"]) == ("hrm-nano", "starter")


@pytest.mark.parametrize("command", [["list", "models"], ["describe", "hrm-nano"]])
def test_the_shipped_model_is_listed_and_described(capsys, command):
    assert cli.main(command) == 0
    assert "hrm" in capsys.readouterr().out


def test_an_answer_does_not_wait_for_the_compiler_of_torch():
    code = (
        "import sys\n"
        "from hrm_eval import cli\n"
        "assert cli.main(['ask', '--model', 'hrm-nano', 'Add two numbers.']) == 0\n"
        "assert 'torch' in sys.modules\n"
        "assert 'torch._dynamo' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
