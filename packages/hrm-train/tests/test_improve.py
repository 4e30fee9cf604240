import json
import sys
from importlib.util import find_spec

import pytest
import yaml

from hrm_core.errors import ConfigError, DataError, UsageError

if find_spec("hrm_eval") is None:
    pytest.skip("hrm-eval is not installed", allow_module_level=True)

from hrm_core.config import from_mapping
from hrm_datasets import load_problems
from hrm_eval import api
from hrm_train.improve import (
    Improvement,
    Round,
    answer_settings,
    passed_programs,
    read_improve_config,
    training_settings,
)
from hrm_train.train_config import TrainRunConfig

RIGHT = "def greet_person(name):\n    return 'Hello, ' + name + '!'"
SHORTER = "def greet_person(name): return f'Hello, {name}!'"


@pytest.fixture
def values(settings, train_toy, tmp_path):
    """Settings that improve a toy of a run on the starter problems."""

    def make(held_out=(), **improve):
        data = {"held_out": None if held_out is None else list(held_out)}
        training = settings(num_steps=2, save_every_steps=2, data=data)["training"]
        return {
            "model_reference": str(tmp_path / "first" / "last"),
            "improve": {"problems": {"name": "starter", "split": "test", "limit": 2}, **improve},
            "sampling": {"num_samples": 2, "max_new_tokens": 4},
            "training": training,
        }

    return make


@pytest.fixture
def answers(tmp_path):
    """A run of `hrm-eval` with right and wrong answers to the starter problems."""
    names = [problem.task_id for problem in load_problems("starter")]
    rows = [
        {"task_id": names[0], "completion": program}
        for program in (RIGHT, "def greet_person(name): return name", RIGHT + "\n", SHORTER)
    ]
    rows += [{"task_id": names[1], "completion": "pass"}]
    return api.score(rows, "starter", out=tmp_path / "answers").folder.path


def test_programs_that_passed_are_kept_once_for_each_problem(answers):
    kept = list(passed_programs(answers, keep=5))
    assert [row["response"] for row in kept] == [RIGHT, SHORTER]
    assert len({row["task_id"] for row in kept}) == 1
    assert [row["response"] for row in passed_programs(answers, keep=1)] == [RIGHT]


def test_each_round_draws_new_problems_and_other_answers(values):
    pytest.importorskip("hrm_exercises")
    endless = {"name": "exercises", "split": "train", "limit": 5}
    with pytest.raises(ConfigError, match=r"improve\.problems: limit: the split 'train'"):
        read_improve_config(values(problems={**endless, "limit": None}))
    config = read_improve_config(values(problems=endless))
    first, second = (answer_settings(config, number) for number in (1, 2))
    assert (first["dataset"]["seed"], second["dataset"]["seed"]) == (1001, 1002)
    assert first["sampling"] == {
        "num_samples": 2, "temperature": 0.8, "seed": 1001, "max_new_tokens": 4,
    }  # fmt: skip
    chosen = read_improve_config(values(problems={**endless, "seed": 7}))
    assert answer_settings(chosen, 2)["dataset"]["seed"] == 9


def test_a_round_trains_on_its_programs_besides_the_data_of_the_config(values, tmp_path):
    config = read_improve_config(values())
    settings = training_settings(config, Round(2, tmp_path / "round-2"), "model")
    assert settings["model_reference"] == "model"
    assert settings["training"]["seed"] == 2
    assert settings["training"]["data"]["files"] == [
        *config.training.data.files, str(tmp_path / "round-2" / "kept.jsonl"),
    ]  # fmt: skip


def test_a_round_keeps_the_limits_of_the_sandbox(values, tmp_path):
    config = read_improve_config({**values(), "sandbox": {"memory_mb": 300}})
    assert answer_settings(config, 1)["sandbox"] == {"memory_mb": 300}
    settings = training_settings(config, Round(1, tmp_path), "model")
    assert settings["sandbox"] == {"memory_mb": 300}
    assert from_mapping(TrainRunConfig, settings).model_reference == "model"


def test_the_test_split_of_the_problems_is_held_out(values, tmp_path, mbpp_file):
    mbpp_file("train.jsonl", {601: "double"})
    problems = {"name": "mbpp", "split": "train", "source": str(tmp_path)}
    config = read_improve_config(values(problems=problems, held_out=None))
    data = training_settings(config, Round(1, tmp_path), "model")["training"]["data"]
    assert data["held_out"] == [{**problems, "split": "test"}]


def test_a_model_is_trained_on_its_programs_that_pass(
    values, train_toy, answers, environment, monkeypatch, tmp_path
):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    train_toy(tmp_path / "first")
    evaluation = tmp_path / "starter.yaml"
    evaluation.write_text(
        "dataset: {name: starter, limit: 2}\nprompt: docstring\nsampling: {max_new_tokens: 4}\n"
    )
    lines = []
    config = read_improve_config(values())
    work = Improvement(config, tmp_path / "out", [evaluation], report=lines.append)
    # The prompts are longer than the toy's context, so that no answer can pass.
    with pytest.raises(DataError, match="no answer passed, so there is nothing to learn from"):
        work.execute()
    _, current = work.rounds()
    assert current.answers.joinpath("summary.json").is_file()
    row = {"task_id": "starter/1", "prompt": "count to one 1", "response": "one"}
    current.kept.write_text(json.dumps(row) + "\n")
    work.execute()
    assert current.training.steps_done == 2
    assert "round 1: training on 1 problems and 1 programs" in lines
    header, before, after = work.table().splitlines()
    assert header.split() == ["round", "solved", "kept", "starter"]
    assert (before.split(), after.split()) == (
        ["0", "0.0", "%"],
        ["1", "1", "problems", "1", "programs", "0.0", "%"],
    )
    lines.clear()
    work.execute()
    assert lines == []
    changed = read_improve_config(values(keep=2))
    with pytest.raises(UsageError, match=r"other settings: improve\.keep was 1, now it is 2"):
        Improvement(changed, tmp_path / "out", [], report=lines.append).execute()
    evaluation.write_text(evaluation.read_text().replace("docstring", "instruct"))
    with pytest.raises(UsageError, match=r"prompt was 'docstring', in .* it is 'instruct'"):
        work.execute()


def test_what_has_not_been_used_may_still_change(values, tmp_path):
    out, lines = tmp_path / "out", []

    def claim(change):
        work = Improvement(read_improve_config(change), out, [], report=lines.append)
        work._claim()

    first = values()
    claim(first)
    claim({**values(rounds=2), "sampling": {"num_samples": 9, "max_new_tokens": 4}})
    longer = {**first, "training": {**first["training"], "num_steps": 5, "processes": 1}}
    claim(longer)
    kept = out / "round-1" / "kept.jsonl"
    kept.parent.mkdir()
    kept.touch()
    with pytest.raises(UsageError, match=r"sampling\.num_samples was 2, now it is 9"):
        claim({**longer, "sampling": {"num_samples": 9, "max_new_tokens": 4}})
    other = {**longer["training"], "data": {"prompt": "docstring"}}
    with pytest.raises(UsageError, match=r"training\.data\.prompt was "):
        claim({**longer, "training": other})
    (out / "round-1" / "training").mkdir(parents=True)
    (out / "round-1" / "training" / "config.yaml").write_text("{}\n")
    claim({**longer, "training": {**longer["training"], "processes": 2, "spike": 20.0}})
    with pytest.raises(UsageError, match=r"training\.num_steps was 5, now it is 2"):
        claim(first)


def test_overlaps_of_a_later_round_can_be_dropped(values, tmp_path):
    def claim(overlap):
        training = {**values()["training"], "data": {"overlap": overlap}}
        config = read_improve_config({**values(), "training": training})
        Improvement(config, tmp_path, [], report=print)._claim()

    claim("refuse")
    (tmp_path / "round-1" / "training").mkdir(parents=True)
    (tmp_path / "round-1" / "training" / "config.yaml").write_text("{}\n")
    claim("drop")
    with pytest.raises(UsageError, match=r"training\.data\.overlap was 'drop', now it is 'refuse'"):
        claim("refuse")


def test_a_folder_of_something_else_is_refused(values, tmp_path):
    config = read_improve_config(values())
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "config.yaml").write_text("training: {num_steps: 1}\n")
    (tmp_path / "file").touch()
    for name, message in (("out", "contains another run"), ("file/out", "cannot be written")):
        with pytest.raises(UsageError, match=message):
            Improvement(config, tmp_path / name, [], report=print).execute()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"model_reference": None}, "model_reference: missing. Name the model to improve"),
        ({"improve": {}}, "improve.problems"),
        ({"sampling": {"temperatur": 1}}, "sampling.temperatur: unknown key"),
        ({"sampling": 4}, "sampling: expected mapping, got 4"),
        ({"sandbox": {"memory_mb": -1}}, "sandbox.memory_mb"),
        ({"model": {"hidden_size": 4}}, "model: first has a shape already"),
        (
            {"improve": {"problems": {"name": "starter", "split": "test", "seed": 1}}},
            "improve.problems: seed: the split 'test' of 'starter' has fixed problems",
        ),
        ({"improve": {"problems": {"name": "starter", "split": "tst"}}}, "has no split 'tst'"),
    ],
)
def test_wrong_settings_are_refused(values, change, message):
    with pytest.raises(ConfigError, match=message):
        read_improve_config({**values(), "model_reference": "first", **change})


def test_the_command_names_a_wrong_setting(call, tmp_path):
    path = tmp_path / "improve.yaml"
    path.write_text(yaml.safe_dump({"improve": {"problems": {"name": "starter", "split": "test"}}}))
    status, printed = call("improve", "--config", path, "--out", tmp_path / "out")
    assert status == 2
    assert "hrm-train: model_reference: missing." in printed


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_an_interrupted_round_saves_its_training_and_goes_on(
    start, call, interrupt, values, train_toy, tmp_path
):
    train_toy(tmp_path / "first")
    out, path = tmp_path / "out", tmp_path / "improve.yaml"
    settings = values()
    settings["training"] |= {"num_steps": 600, "save_every_steps": 600, "spike": 1e9}
    path.write_text(yaml.safe_dump(settings))
    (out / "round-1").mkdir(parents=True)
    row = {"task_id": "starter/1", "prompt": "count to one 1", "response": "one"}
    (out / "round-1" / "kept.jsonl").write_text(json.dumps(row) + "\n")
    process = start("improve", "--config", path, "--out", out)
    interrupt(process, out / "round-1" / "training" / "log.jsonl")
    current = Round(1, out / "round-1")
    assert 0 < current.training.steps_done < 600
    status, printed = call("improve", "--config", path, "--out", out)
    assert status == 0, printed
    assert current.training.steps_done == 600
