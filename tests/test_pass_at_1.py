"""Pass@1 is measured during training and does not change the training."""

import json
import os
import shutil
import subprocess
import sys

import pytest
import yaml
from safetensors.torch import load_file
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from hrm_core import plugins
from hrm_core.config import to_yaml
from hrm_datasets import load_problems
from hrm_datasets.prompts import render_prompt
from hrm_eval import cli as eval_cli
from hrm_eval.completions import read_own
from hrm_train import cli

SHAPE = {
    "hidden_size": 32,
    "num_attention_heads": 2,
    "num_layers_per_stack": 1,
    "vocab_size": 400,
    "max_position_embeddings": 512,
}
MEASURED = {"dataset": {"name": "starter", "split": "test"}, "every_steps": 2, "limit": 2}


def write_rows(path, rows):
    lines = [json.dumps({"prompt": prompt, "response": response}) for prompt, response in rows]
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def rows(tmp_path):
    numbers = [(f"Return {n}.", f"def give_{n}():\n    return {n}") for n in range(20)]
    return write_rows(tmp_path / "rows.jsonl", numbers)


def train(rows, out, *flags, model=None, sandbox=None, **training):
    measured = {**MEASURED, "max_new_tokens": 8}
    settings = {"num_steps": 5, "batch_size": 2, "log_every_steps": 1, "pass_at_1": measured}
    config = out.with_name(f"{out.name}.yaml")
    training = {**settings, "data": {"files": [str(rows)]}, **training}
    values = {"model": {**SHAPE, **(model or {})}, "training": training, "sandbox": sandbox}
    config.write_text(to_yaml(values))
    return cli.main(["run", "--config", str(config), "--out", str(out), *flags])


def measurements(out):
    lines = map(json.loads, (out / "log.jsonl").read_text().splitlines())
    return {line["step"]: line["pass_at_1"] for line in lines if "pass_at_1" in line}


def scalars(out):
    events = EventAccumulator(str(out / "hrm-train")).Reload()
    return {
        name: [event.step for event in events.Scalars(name)] for name in events.Tags()["scalars"]
    }


def weights(out):
    return load_file(out / "last" / "model.safetensors")


def assert_equal_weights(first, second):
    assert first.keys() == second.keys()
    assert all(first[name].equal(second[name]) for name in first)


def test_pass_at_1_is_measured_every_n_steps_and_at_the_end(rows, tmp_path, capfd):
    out = tmp_path / "run"
    assert train(rows, out) == 0
    assert measurements(out) == {2: 0.0, 4: 0.0, 5: 0.0}
    assert scalars(out)["pass_at_1"] == [2, 4, 5]
    assert "step 4  Pass@1 0.0 %" in capfd.readouterr().err
    for step in (2, 4, 5):
        summary = json.loads((out / f"evaluations/step-00000{step}/summary.json").read_text())
        assert (summary["num_problems"], summary["num_samples"]) == (2, 2)
        assert summary["sampling"]["temperature"] == 0.0


def test_pass_at_1_is_measured_on_the_saved_checkpoint(rows, tmp_path):
    out, again = tmp_path / "run", tmp_path / "again"
    train(rows, out, num_steps=2)
    arguments = ["generate", "--model", str(out / "last"), "--dataset", "starter", "--limit", "2"]
    assert eval_cli.main([*arguments, "--max-new-tokens", "8", "--out", str(again)]) == 0
    measured = list(read_own(out / "evaluations" / "step-000002" / "completions.jsonl"))
    assert [c.text for c in measured] == [c.text for c in read_own(again / "completions.jsonl")]


def test_measuring_pass_at_1_does_not_change_the_training(rows, tmp_path):
    train(rows, tmp_path / "with")
    train(rows, tmp_path / "without", pass_at_1=None)
    assert measurements(tmp_path / "without") == {}
    assert_equal_weights(weights(tmp_path / "with"), weights(tmp_path / "without"))


def test_a_run_killed_while_measuring_measures_after_it_is_resumed(rows, tmp_path):
    out, measured = tmp_path / "run", tmp_path / "run" / "evaluations" / "step-000004"
    train(rows, out)
    before = weights(out)
    shutil.rmtree(out / "checkpoints" / "step-000005")
    (measured / "summary.json").unlink()
    lines = (out / "log.jsonl").read_text().splitlines(keepends=True)
    kept = [line for line in lines if json.loads(line)["step"] <= 4]
    assert json.loads(kept.pop()) == {"step": 4, "pass_at_1": 0.0}
    (out / "log.jsonl").write_text("".join(kept))
    assert cli.main(["run", "--resume", "--out", str(out)]) == 0
    assert measurements(out) == {2: 0.0, 4: 0.0, 5: 0.0}
    assert (measured / "summary.json").exists()
    assert_equal_weights(weights(out), before)


def test_programs_run_in_the_sandbox_of_the_config(rows, tmp_path, capfd):
    train(rows, tmp_path / "run", num_steps=2, sandbox={"memory_mb": 300})
    folder = tmp_path / "run" / "evaluations" / "step-000002"
    assert yaml.safe_load((folder / "config.yaml").read_text())["sandbox"]["memory_mb"] == 300
    assert train(rows, tmp_path / "bad", sandbox={"memories": 300}) == 2
    assert "sandbox.memories: unknown key" in capfd.readouterr().err
    assert not (tmp_path / "bad").exists()


def test_a_finished_run_is_not_measured_again(rows, tmp_path):
    out = tmp_path / "run"
    train(rows, out)
    summary = out / "evaluations" / "step-000005" / "summary.json"
    written = summary.stat().st_mtime_ns
    assert cli.main(["run", "--resume", "--out", str(out)]) == 0
    assert summary.stat().st_mtime_ns == written
    assert (out / "log.jsonl").read_text().count("pass_at_1") == 3


def test_a_model_that_has_learned_a_problem_passes_it(tmp_path):
    problem = load_problems("starter").find(1)
    answer = f"```python\n{problem.reference.strip()}\n```"
    rows = write_rows(tmp_path / "rows.jsonl", [(render_prompt(problem, "instruct"), answer)])
    status = train(
        rows, tmp_path / "run", "--allow-overlap",
        model={"hidden_size": 64},
        num_steps=60, batch_size=1, sequence_length=256, spike=1e9,
        optimizer={"lr": 3e-3, "average": 0.0},
        schedule={"name": "constant", "warmup_steps": 0},
        pass_at_1={**MEASURED, "every_steps": 1000, "limit": 1},
    )  # fmt: skip
    assert status == 0
    assert measurements(tmp_path / "run") == {60: 1.0}


def test_the_problems_of_pass_at_1_are_held_out(tmp_path, capsys):
    problem = load_problems("starter").find(2)
    rows = write_rows(tmp_path / "rows.jsonl", [(problem.text, problem.reference)])
    assert train(rows, tmp_path / "run") == 5
    message = capsys.readouterr().err
    assert "1 of 1 examples overlap" in message
    assert "starter/2" in message
    assert not (tmp_path / "run").exists()
    assert train(rows, tmp_path / "run", num_steps=1, pass_at_1=None) == 0


def test_held_out_problems_do_not_replace_those_of_pass_at_1(tmp_path, capsys):
    problem = load_problems("starter").find(2)
    rows = write_rows(tmp_path / "rows.jsonl", [(problem.text, problem.reference)])
    assert train(rows, tmp_path / "run", data={"files": [str(rows)], "held_out": []}) == 5
    assert "starter/2" in capsys.readouterr().err


def test_without_hrm_eval_the_run_ends_before_it_begins(rows, tmp_path, capsys, monkeypatch):
    find_spec = plugins.find_spec
    monkeypatch.setattr(
        plugins, "find_spec", lambda name: None if name == "hrm_eval" else find_spec(name)
    )
    assert train(rows, tmp_path / "run") == 3
    message = capsys.readouterr().err
    assert "training.pass_at_1 needs 'hrm_eval', which is not installed" in message
    assert "pip install 'hrm-train[eval]'" in message
    assert not (tmp_path / "run").exists()
    assert train(rows, tmp_path / "run", num_steps=1, pass_at_1=None) == 0


def test_an_unknown_split_ends_the_run_before_it_begins(rows, tmp_path, capsys):
    measured = {**MEASURED, "dataset": {"name": "starter", "split": "tset"}}
    assert train(rows, tmp_path / "run", pass_at_1=measured) == 2
    assert "Did you mean 'test'?" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_one_process_measures_while_the_others_wait(rows, tmp_path):
    out = tmp_path / "run"
    train(rows, out, num_steps=1, pass_at_1=None)
    config = out.with_name("run.yaml")
    measured = {**MEASURED, "every_steps": 1, "max_new_tokens": 8}
    words = ["run", "--config", config, "--set", f"training.pass_at_1={json.dumps(measured)}"]
    launcher = ["torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m"]
    command = [sys.executable, "-m", *launcher, "hrm_train.cli", *words, "--out", tmp_path / "two"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run([str(word) for word in command], env=environment, timeout=120)
    assert done.returncode == 0
    assert measurements(tmp_path / "two") == {1: 0.0}
