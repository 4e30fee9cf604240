"""Trackers: where the log goes besides the console and `log.jsonl`."""

import json

import pytest

from hrm_core import plugins
from hrm_train import cli

SHAPE = "{hidden_size: 32, num_attention_heads: 2, num_layers_per_stack: 1, vocab_size: 400}"


def train(tmp_path, trackers):
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"prompt": "Return 1.", "response": "def one():\n    return 1"}))
    assignments = [
        f"model={SHAPE}",
        f"training.data.files=[{rows}]",
        "training.num_steps=2",
        "training.log_every_steps=1",
        "training.sequence_length=64",
        f"training.trackers={trackers}",
    ]
    flags = [f"--set={assignment}" for assignment in assignments]
    return cli.main(["run", "--out", str(tmp_path / "run"), *flags])


def test_tensorboard_writes_into_the_folder_of_the_run(tmp_path):
    event_accumulator = pytest.importorskip(
        "tensorboard.backend.event_processing.event_accumulator"
    )
    assert train(tmp_path, "[tensorboard]") == 0
    events = event_accumulator.EventAccumulator(str(tmp_path / "run" / "hrm-train")).Reload()
    assert [event.step for event in events.Scalars("loss")] == [1, 2]
    logged = map(json.loads, (tmp_path / "run" / "log.jsonl").read_text().splitlines())
    losses = [event.value for event in events.Scalars("loss")]
    assert losses == pytest.approx([line["loss"] for line in logged])


def test_without_trackers_only_log_jsonl_is_written(tmp_path):
    assert train(tmp_path, "[]") == 0
    names = {path.name for path in (tmp_path / "run").iterdir()}
    files = {".lock", "config.yaml", "data.json", "log.jsonl", "run.json"}
    assert names == {*files, "checkpoints", "last"}


@pytest.mark.parametrize("tracker", ["wandb", "trackio"])
def test_a_tracker_that_is_not_installed_ends_the_run_before_it_begins(
    tmp_path, tracker, capsys, monkeypatch
):
    find_spec = plugins.find_spec
    monkeypatch.setattr(
        plugins, "find_spec", lambda name: None if name == tracker else find_spec(name)
    )
    assert train(tmp_path, f"[tensorboard, {tracker}]") == 3
    message = capsys.readouterr().err
    assert f"training.trackers: {tracker} needs {tracker!r}, which is not installed" in message
    assert f"pip install 'hrm-train[{tracker}]'" in message
    assert not (tmp_path / "run").exists()
