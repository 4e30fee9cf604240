"""A run that is killed at any moment and resumed ends like an unbroken one."""

import json
import os
import resource
import shutil
import signal
import time
from pathlib import Path

import pytest
import torch
from accelerate.state import AcceleratorState

from hrm_core import load_checkpoint
from hrm_core.checkpoint import Checkpoint
from hrm_core.config import from_mapping, merge
from hrm_core.errors import ConfigError, DataError, UsageError
from hrm_train import cli, data, trainer
from hrm_train.examples import Example
from hrm_train.run import train
from hrm_train.run_folder import STATE_FILE, SaveError, TrainingFolder
from hrm_train.train_config import TrainRunConfig
from hrm_train.trainer import Trainer

CHANGES = (
    (Path, ("mkdir", "rename", "replace", "symlink_to", "write_text")),
    (shutil, ("rmtree",)),
    (torch, ("save",)),
    (Checkpoint, ("save",)),
    (TrainingFolder, ("append_log",)),
)


class Killed(BaseException):
    """Ends a run like a kill: no handler of the code under test catches it."""


def end_at(patched, number):
    """End a run before its n-th operation on files; return the list of operations so far."""
    done = []

    def count(real):
        def counted(*arguments, **options):
            if len(done) == number:
                raise Killed
            done.append(real.__name__)
            return real(*arguments, **options)

        return counted

    for owner, names in CHANGES:
        for name in names:
            patched.setattr(owner, name, count(getattr(owner, name)))
    return done


OPTIONS = {
    "num_steps": 2,
    "save_every_steps": 1,
    "validate_every_steps": 1,
    "keep_last": 1,
    "data": {"validation": [{"name": "starter", "split": "test"}]},
    "sequence_length": 48,
}


def contents(folder):
    """Return the results of a run without times and speeds."""
    lines = [
        {key: line[key] for key in ("step", "loss", "validation_loss", "lr")}
        for line in folder.read_log()
    ]
    links = {name: (folder.path / name).resolve().name for name in ("best", "last")}
    kept = [path.name for path in folder.checkpoints()]
    return lines, links, kept, (folder.path / "last" / "model.safetensors").read_bytes()


@pytest.fixture
def short_answers(monkeypatch):
    """Use a validation example that is short enough for the toy model."""
    examples = [Example("held", "count to four", "one two three four")]
    monkeypatch.setattr(data, "problem_examples", lambda *_: examples)


@pytest.mark.parametrize("architecture", ["toy", "mood"])
def test_a_run_killed_at_any_file_operation_resumes_exactly(
    train_toy, short_answers, monkeypatch, tmp_path, architecture
):
    expected = contents(train_toy(tmp_path / "whole", architecture=architecture, **OPTIONS))
    with monkeypatch.context() as patched:
        done = end_at(patched, None)
        train_toy(tmp_path / "counted", architecture=architecture, **OPTIONS)
    # The id of the run is written first, then its settings.
    begun = done.index("replace", done.index("replace") + 1) + 1
    assert len(done) - begun > 25
    for number in range(begun, len(done), 2 if architecture == "toy" else 7):
        out = tmp_path / f"killed-{number}"
        with monkeypatch.context() as patched:
            end_at(patched, number)
            with pytest.raises(Killed):
                train_toy(out, architecture=architecture, **OPTIONS)
        resumed = train_toy(out, resume=True, architecture=architecture, **OPTIONS)
        assert contents(resumed) == expected, f"{number}: {done[number]}"


def test_a_new_run_does_not_mix_with_the_remains_of_another(train_toy, tmp_path):
    folder = train_toy(tmp_path / "run", trackers=["tensorboard"])
    kept = contents_of(folder.path / "checkpoints")
    for path in folder.path.iterdir():
        if path.is_symlink() or path.is_file():
            path.unlink()
    with pytest.raises(UsageError, match=r"written: checkpoints, hrm-train. Remove it, or name"):
        train_toy(tmp_path / "run", num_steps=1)
    assert contents_of(folder.path / "checkpoints") == kept


def contents_of(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("symlinks", [True, False], ids=["links kept", "links followed"])
@pytest.mark.parametrize("is_older", [True, False], ids=["without id", "with id"])
def test_a_copied_run_resumes_exactly(train_toy, result, monkeypatch, tmp_path, symlinks, is_older):
    expected = result(train_toy(tmp_path / "whole"))
    with monkeypatch.context() as patched:
        end_at_step(patched, 5)
        with pytest.raises(Killed):
            train_toy(tmp_path / "run")
    if is_older:
        for path in (tmp_path / "run").rglob("run.json"):
            path.unlink()
    shutil.copytree(tmp_path / "run", tmp_path / "copy", symlinks=symlinks)
    copy = train_toy(tmp_path / "copy", resume=True)
    assert result(copy) == expected
    assert (copy.path / "last").is_symlink()


def wait_for_lines(folder, count, process):
    began = time.monotonic()
    while len(list(folder.read_log())) < count:
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() - began < 100
        time.sleep(0.002)


def test_a_killed_process_resumes_in_another_one_exactly(
    start, train_toy, result, write_config, tmp_path
):
    options = {"num_steps": 300, "save_every_steps": 7, "optimizer": {"lr": 0.003}}
    expected = result(train_toy(tmp_path / "whole", **options))
    folder = TrainingFolder(tmp_path / "run")
    process = start("run", "--config", write_config(**options), "--out", folder.path)
    wait_for_lines(folder, 80, process)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert len(list(folder.read_log())) < 300, "killed too late"
    assert cli.main(["run", "--resume", "--out", str(folder.path)]) == 0
    assert result(folder) == expected


def test_resuming_a_finished_run_changes_nothing(train_toy, result, tmp_path):
    expected = result(train_toy(tmp_path))
    state = (tmp_path / "last" / STATE_FILE).read_bytes()
    assert result(train_toy(tmp_path, resume=True)) == expected
    assert (tmp_path / "last" / STATE_FILE).read_bytes() == state


def read_json(path):
    return json.loads(path.read_text())


def test_resuming_with_other_rows_is_reported(train_toy, write_rows, capsys, tmp_path):
    folder = train_toy(tmp_path / "run", num_steps=2)
    expected = read_json(folder.path / "data.json")
    assert expected["sequences"] == 20
    train_toy(tmp_path / "run", resume=True, num_steps=3)
    assert "the data changed since the checkpoint" not in capsys.readouterr().err
    assert read_json(folder.path / "data.json") == expected
    rows = [json.loads(line) for line in write_rows().read_text().splitlines()]
    write_rows(rows=rows[::-1])
    train_toy(tmp_path / "run", resume=True, num_steps=4)
    with pytest.raises(ConfigError, match=r"num_steps: the run has done 4 steps already, got 3\."):
        train_toy(tmp_path / "run", resume=True, num_steps=3)
    assert (
        "data: the data changed since the checkpoint; results will differ"
        in capsys.readouterr().err
    )
    changed = read_json(folder.path / "data.json")
    assert {**changed, "sha256": expected["sha256"]} == expected != changed


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"seed": 5}, "seed was 0, now 5"),
        ({"packed": False}, "packed was True, now False"),
        ({"sequence_length": 40}, "row_length was 48, now 40"),
    ],
)
def test_resuming_with_another_order_is_reported(train_toy, capsys, tmp_path, change, told):
    train_toy(tmp_path / "run", num_steps=2)
    train_toy(tmp_path / "run", resume=True, num_steps=3, **change)
    printed = capsys.readouterr().err
    assert "data: the data changed since the checkpoint (" in printed
    assert f"{told}); results will differ from an unbroken run" in printed


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"model": {"hidden_size": 32}},
            "^model: cannot change when a run is resumed; .*'hidden_size': 32",
        ),
        ({"model_stack": "sapient"}, "^model_stack: .* it was toys, got sapient"),
        ({"model_reference": "runs/other"}, "^model_reference: .* it was None, got runs/other"),
        ({"tokenizer": {"file": "other.json"}}, "^tokenizer: .*got .*other.json"),
    ],
)
def test_the_model_cannot_change_when_a_run_is_resumed(
    train_toy, settings, tmp_path, change, message
):
    folder = train_toy(tmp_path / "run", num_steps=2)
    stored = folder.config.read_bytes()
    values = merge(settings(num_steps=3), change)
    with pytest.raises(ConfigError, match=message):
        train(from_mapping(TrainRunConfig, values), folder.path, resume=True)
    assert folder.config.read_bytes() == stored


def test_a_run_can_be_made_longer(train_toy, result, tmp_path):
    schedule = {"schedule": {"name": "constant"}}
    train_toy(tmp_path / "run", num_steps=6, **schedule)
    losses, _ = result(train_toy(tmp_path / "run", resume=True, num_steps=9, **schedule))
    expected, _ = result(train_toy(tmp_path / "whole", num_steps=9, **schedule))
    assert list(losses) == list(range(1, 10))
    assert {step: losses[step] for step in range(1, 4)} == {
        step: expected[step] for step in range(1, 4)
    }


def test_a_longer_run_is_told_how_its_next_step_changes(train_toy, capsys, tmp_path):
    told = []
    for number, num_steps in enumerate((4, 4, 10, 10)):
        train_toy(tmp_path / "run", resume=number > 0, num_steps=num_steps)
        lines = capsys.readouterr().err.splitlines()
        told.append([line for line in lines if line.startswith("training.schedule: ")])
    assert told == [
        [],
        [],
        [
            "training.schedule: num_steps was 4, now 10; the learning rate of step 5 was 1.00e-03, "
            "now 8.68e-03; has_late was True, now False. Only a run with a constant schedule from "
            "its start goes on smoothly"
        ],
        [],
    ]


def test_settings_changed_at_a_resume_are_kept_for_the_next(train_toy, monkeypatch, tmp_path):
    train_toy(tmp_path / "run", num_steps=2)
    with monkeypatch.context() as patched:
        end_at_step(patched, 3)
        with pytest.raises(Killed):
            train_toy(tmp_path / "run", resume=True, num_steps=5)
    AcceleratorState._reset_state(reset_partial_state=True)
    assert cli.main(["run", "--resume", "--out", str(tmp_path / "run")]) == 0
    assert TrainingFolder(tmp_path / "run").last_checkpoint().name == "step-000005"


def test_a_run_trained_on_overlapping_examples_cannot_exclude_them_later(train_toy, tmp_path):
    train_toy(tmp_path / "run", num_steps=2, data={"overlap": "drop"})
    train_toy(tmp_path / "run", resume=True, num_steps=3, data={"overlap": "allow"})
    with pytest.raises(
        ConfigError, match=r"the run was trained on examples that are now excluded.* got 'drop'"
    ):
        train_toy(tmp_path / "run", resume=True, num_steps=4, data={"overlap": "drop"})


def test_what_a_run_was_trained_on_cannot_be_held_out_later(
    train_toy, write_rows, mbpp_file, tmp_path
):
    rows = [json.loads(line) for line in write_rows().read_text().splitlines()]
    copied = write_rows("more.jsonl", [*rows, {"prompt": "b", "response": "def b(a): return a"}])
    held_out = [
        {"name": "mbpp", "split": "test", "source": str(mbpp_file("test.jsonl", {11: "b"}))}
    ]
    data = {"files": [str(copied)], "overlap": "drop"}
    folder = train_toy(tmp_path / "run", num_steps=2, data=data)
    stored = folder.config.read_bytes()
    with pytest.raises(ConfigError, match=r"more.jsonl:\d+ overlaps with mbpp/11, which was not"):
        train_toy(tmp_path / "run", resume=True, num_steps=3, data={**data, "held_out": held_out})
    assert folder.config.read_bytes() == stored
    data["files"] = [str(write_rows())]
    folder = train_toy(tmp_path / "clean", num_steps=2, data=data)
    train_toy(tmp_path / "clean", resume=True, num_steps=3, data={**data, "held_out": held_out})


def test_a_run_that_left_out_overlaps_may_hold_out_more(train_toy, write_rows, mbpp_file, tmp_path):
    rows = [json.loads(line) for line in write_rows().read_text().splitlines()]
    rows += [
        {"prompt": "b", "response": "def b(a): return a"},
        {"prompt": "Write b", "response": "1"},
    ]
    copied = write_rows("more.jsonl", rows)

    def split(name, functions):
        source = str(mbpp_file(f"{name}.jsonl", functions))
        return {"name": "mbpp", "split": name, "source": source}

    test = split("test", {11: "b"})
    data = {"files": [str(copied)], "overlap": "drop", "held_out": [test]}
    train_toy(tmp_path / "run", num_steps=2, data=data)
    moved = Path(test["source"]).rename(tmp_path / "moved.jsonl")
    data["held_out"] = [test | {"source": str(moved)}, split("prompt", {2: "c"})]
    train_toy(tmp_path / "run", resume=True, num_steps=3, data=data)
    data |= {"held_out": [test | {"source": str(moved)}], "shared_words": 2}
    with pytest.raises(ConfigError, match=r"more.jsonl:22 overlaps with mbpp/11, which was not"):
        train_toy(tmp_path / "run", resume=True, num_steps=4, data=data)


def test_other_validation_data_are_reported(train_toy, write_rows, capsys, tmp_path):
    rows = write_rows().read_text().splitlines()
    for resume in (False, True):
        file = write_rows("validation.jsonl", [json.loads(rows[resume])])
        data = {"validation_files": [str(file)]}
        train_toy(tmp_path / "run", resume=resume, num_steps=2 + resume, data=data)
        printed = capsys.readouterr().err
        assert ("the data changed since the checkpoint" in printed) == resume
        assert ("best: the validation data changed" in printed) == resume


@pytest.mark.parametrize("is_changed", [True, False])
def test_a_loss_on_other_validation_data_does_not_keep_best(
    train_toy, write_rows, tmp_path, is_changed
):
    rows = [{"prompt": "count", "response": word} for word in ("one two", "nine nine nine")]
    options = {"data": {"validation_files": [str(write_rows("validation.jsonl", rows[:1]))]}}
    path = train_toy(tmp_path / "run", num_steps=2, **options).path / "last" / STATE_FILE
    state = torch.load(path, weights_only=True)
    assert 0 < state["position"]["best"] < float("inf")
    # A loss that no later checkpoint reaches.
    torch.save({**state, "position": {**state["position"], "best": 1e-9}}, path)
    if is_changed:
        write_rows("validation.jsonl", rows[1:])
    folder = train_toy(tmp_path / "run", resume=True, num_steps=4, **options)
    best = (folder.path / "best").resolve().name
    assert best == ("step-000004" if is_changed else "step-000002")


def test_an_average_may_start_when_a_run_is_resumed(train_toy, tmp_path):
    train_toy(tmp_path / "run", num_steps=2, optimizer={"average": 0.0})
    folder = train_toy(tmp_path / "run", resume=True, num_steps=4, optimizer={"average": 0.9})
    state = torch.load(folder.path / "last" / STATE_FILE, weights_only=True)
    assert not state["average"]["embed.weight"].equal(state["weights"]["embed.weight"])


def test_another_batch_size_continues_with_the_next_rows(train_toy, monkeypatch, tmp_path):
    taken = []
    real = Trainer.step

    def step(trainer, rows, *arguments):
        taken.extend(sequence.name for row in rows for sequence in row)
        return real(trainer, rows, *arguments)

    monkeypatch.setattr(Trainer, "step", step)
    train_toy(tmp_path / "whole", packed=False, batch_size=2, num_steps=8)
    whole, taken = taken, []
    train_toy(tmp_path / "run", packed=False, batch_size=2, num_steps=4)
    train_toy(tmp_path / "run", packed=False, batch_size=4, num_steps=6, resume=True)
    assert taken == whole


def test_the_carry_starts_anew_with_rows_of_another_shape(train_toy, capsys, tmp_path):
    options = {"architecture": "mood", "num_steps": 2}
    train_toy(tmp_path / "run", **options, batch_size=2)
    state = torch.load(tmp_path / "run" / "last" / "process-0.pt", weights_only=True)
    assert state["carried_rows"] == [1, 2, 48]
    longer = {**options, "num_steps": 3, "sequence_length": 40, "batch_size": 2, "resume": True}
    folder = train_toy(tmp_path / "run", **longer)
    printed = capsys.readouterr().err
    assert "carry: rows are divided differently than before" in printed
    assert f"resuming from {folder.path / 'checkpoints' / 'step-000002'}" in printed
    moods = [line["mood"] for line in folder.read_log()]
    # A restored mood would be the decayed sum of all earlier random numbers.
    assert moods[2] < 1.0 <= moods[0] + moods[1]


@pytest.mark.parametrize("is_older", [False, True], ids=["with device", "without device"])
def test_random_numbers_start_anew_on_another_kind_of_device(train_toy, capsys, tmp_path, is_older):
    options = {"architecture": "mood", "num_steps": 2}
    path = train_toy(tmp_path / "run", **options).path / "last" / "process-0.pt"
    state = torch.load(path, weights_only=True)
    assert state.pop("device") == "cpu"
    # The state of a CUDA generator.
    state["generator"] = state["cuda"] = torch.zeros(16, dtype=torch.uint8)
    torch.save(state if is_older else {**state, "device": "cuda"}, path)
    folder = train_toy(tmp_path / "run", resume=True, **{**options, "num_steps": 3})
    printed = capsys.readouterr().err
    assert "random numbers: the checkpoint is from another kind of device than cpu" in printed
    assert "carry:" not in printed
    moods = [line["mood"] for line in folder.read_log()]
    # The carried mood decays, and the first random number is drawn again.
    assert moods[2] == pytest.approx(0.9 * moods[1] + moods[0])


def test_a_checkpoint_that_names_no_device_resumes_exactly(
    train_toy, result, monkeypatch, capsys, tmp_path
):
    expected = result(train_toy(tmp_path / "whole", architecture="mood"))
    with monkeypatch.context() as patched:
        end_at_step(patched, 3)
        with pytest.raises(Killed):
            train_toy(tmp_path / "run", architecture="mood")
    path = TrainingFolder(tmp_path / "run").last_checkpoint() / "process-0.pt"
    state = torch.load(path, weights_only=True)
    del state["device"]
    torch.save(state, path)
    assert result(train_toy(tmp_path / "run", resume=True, architecture="mood")) == expected
    assert "random numbers:" not in capsys.readouterr().err


@pytest.mark.parametrize("average", [0.0, 0.9])
def test_the_averages_are_exported_if_they_are_enabled(train_toy, tmp_path, average):
    folder = train_toy(tmp_path, optimizer={"average": average})
    state = torch.load(folder.path / "last" / STATE_FILE, weights_only=True)
    exported = dict(load_checkpoint(folder.path / "last").model.named_parameters())
    if average:
        assert all(exported[name].equal(state["average"][name]) for name in exported)
        assert not exported["embed.weight"].equal(state["weights"]["embed.weight"])
    else:
        assert state["weights"] is state["average"] is None
    half = {"optimizer": {"average": average}, "num_steps": 6}
    assert train_toy(tmp_path, resume=True, **half).last_checkpoint().name == "step-000006"


def end_at_step(patched, step):
    """End a run before it logs a step."""
    real = TrainingFolder.append_log

    def append(folder, values):
        if values["step"] == step:
            raise Killed
        real(folder, values)

    patched.setattr(TrainingFolder, "append_log", append)


@pytest.mark.parametrize("step", [3, 4, 6])
@pytest.mark.parametrize(
    "options",
    [
        {"optimizer": {"average": 0.0, "name": "adamw", "clip": 0.5}},
        {"optimizer": {"name": "adamw"}, "micro_batch_size": 2},
        {"data": {"streaming": True}, "packed": False},
        {"architecture": "mood", "micro_batch_size": 1, "batch_size": 2},
        {"architecture": "dropout"},
        {"dtype": "bfloat16", "checkpointing": True},
    ],
    ids=["no average", "micro batches", "streaming", "mood", "dropout", "bfloat16"],
)
def test_a_run_with_any_settings_resumes_exactly(
    train_toy, result, monkeypatch, tmp_path, options, step
):
    monkeypatch.setattr(data, "SHUFFLE_BUFFER", 3)
    expected = result(train_toy(tmp_path / "whole", **options))
    with monkeypatch.context() as patched:
        end_at_step(patched, step)
        with pytest.raises(Killed):
            train_toy(tmp_path / "run", **options)
    assert result(train_toy(tmp_path / "run", resume=True, **options)) == expected


def two_groups(named_parameters, config):
    """Give the embedding ten times the learning rate of the other weights."""
    weights = dict(named_parameters)
    embedding = weights.pop("embed.weight")
    groups = [
        {"params": list(weights.values()), "lr": config.lr},
        {"params": [embedding], "lr": 10 * config.lr},
    ]
    optimizer = torch.optim.AdamW(groups)
    for group in optimizer.param_groups:
        group["initial_lr"] = group["lr"]
    return optimizer


def test_groups_with_different_rates_resume_exactly(train_toy, result, monkeypatch, tmp_path):
    one_group = result(train_toy(tmp_path / "one"))
    monkeypatch.setattr(trainer, "make_optimizer", two_groups)
    expected = result(train_toy(tmp_path / "whole"))
    assert expected != one_group
    train_toy(tmp_path / "run")
    shutil.rmtree(TrainingFolder(tmp_path / "run").last_checkpoint())
    assert result(train_toy(tmp_path / "run", resume=True)) == expected


def test_a_run_resumes_from_an_older_checkpoint_after_a_corrupt_one_is_removed(
    train_toy, result, tmp_path
):
    expected = result(train_toy(tmp_path / "whole"))
    folder = train_toy(tmp_path / "run")
    newest = folder.last_checkpoint()
    (newest / STATE_FILE).write_bytes((newest / STATE_FILE).read_bytes()[:1000])
    with pytest.raises(DataError, match=r"step-000006/training.pt: corrupt: .*Remove its folder"):
        train_toy(tmp_path / "run", resume=True)
    weights = newest / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    with pytest.raises(DataError, match=r"safetensors: corrupt: .*Or remove the folder .*06;"):
        train_toy(tmp_path / "run", resume=True)
    shutil.rmtree(newest)
    assert result(train_toy(tmp_path / "run", resume=True)) == expected


@pytest.fixture
def largest_file():
    """Limit the size of files, so that writing fails as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(num_bytes):
        resource.setrlimit(resource.RLIMIT_FSIZE, (num_bytes, before[1]))

    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    ("full_at", "num_bytes"),
    [("tokenizer.json", 4_000), ("model.safetensors", 30_000), ("training.pt", 60_000)],
)
def test_a_full_disk_keeps_the_last_checkpoint(
    train_toy, result, largest_file, tmp_path, full_at, num_bytes
):
    expected = result(train_toy(tmp_path / "whole"))
    folder = train_toy(tmp_path / "run", num_steps=2)
    sizes = {path.name: path.stat().st_size for path in folder.last_checkpoint().iterdir()}
    assert max(size for name, size in sizes.items() if size <= num_bytes) <= num_bytes
    assert sizes[full_at] > num_bytes
    largest_file(num_bytes)
    try:
        with pytest.raises(SaveError, match=r"step 4: .*step-000002 is kept. Free some space"):
            train_toy(tmp_path / "run", resume=True)
    finally:
        largest_file(resource.RLIM_INFINITY)
    left = [path.name for path in (folder.path / "checkpoints").iterdir()]
    assert left == ["step-000002"]
    assert load_checkpoint(folder.path / "last").tokenizer is not None
    assert result(train_toy(tmp_path / "run", resume=True))[0].keys() == expected[0].keys()
