import math
import os
import re
import signal

import pytest
import torch

from hrm_core import load_checkpoint
from hrm_train import run
from hrm_train.loop import DeviceMemoryError
from hrm_train.pass_at_1 import PassAt1
from hrm_train.run_folder import TrainingFolder
from hrm_train.trainer import DivergenceError, Trainer


def diverge_at(monkeypatch, step):
    """Set the output weights to NaN before a step."""
    real = Trainer.step

    def spoiled(trainer, *arguments):
        if trainer.position.step == step - 1:
            trainer.model.lm_head.weight.data.fill_(math.nan)
        return real(trainer, *arguments)

    monkeypatch.setattr(Trainer, "step", spoiled)


def test_a_diverged_run_names_its_checkpoints_and_keeps_them(train_toy, monkeypatch, tmp_path):
    diverge_at(monkeypatch, 5)
    with pytest.raises(DivergenceError) as caught:
        train_toy(tmp_path / "run")
    folder = TrainingFolder(tmp_path / "run")
    older, newest = folder.checkpoints()
    message = str(caught.value)
    assert message.startswith("step 5: training diverged: the loss is nan")
    assert message.endswith(
        f"{newest} is kept; continue with --resume; to go back to {older}, remove the newer folder "
        "first"
    )
    assert all(weight.isfinite().all() for weight in load_checkpoint(newest).model.parameters())


@pytest.mark.parametrize(
    ("step", "advice"),
    [
        (1, "There is no checkpoint yet; --resume starts from the first step"),
        (3, "step-000002 is kept; continue with --resume"),
    ],
)
def test_a_run_that_diverges_early_says_where_to_resume(
    train_toy, monkeypatch, tmp_path, step, advice
):
    diverge_at(monkeypatch, step)
    with pytest.raises(DivergenceError, match=advice):
        train_toy(tmp_path / "run")


def fail_at(monkeypatch, name, step, error):
    """Let a method of the trainer fail when it is called in a step."""
    real = getattr(Trainer, name)

    def failing(trainer, *arguments):
        # The position has moved on when the validation runs.
        if trainer.position.step == step - (name == "step"):
            raise error
        return real(trainer, *arguments)

    monkeypatch.setattr(Trainer, name, failing)


@pytest.mark.parametrize(
    ("name", "step", "options", "message"),
    [
        (
            "step",
            3,
            {},
            "step 3: cpu has too little memory for passes over 4 x 48 tokens. Set "
            "training.micro_batch_size=2 or training.checkpointing=true. {folder}/checkpoints/"
            "step-000002 is kept; continue with --resume",
        ),
        (
            "step",
            1,
            {"batch_size": 6, "micro_batch_size": 3, "checkpointing": True},
            "step 1: cpu has too little memory for passes over 3 x 48 tokens. Set "
            "training.micro_batch_size=2. There is no checkpoint yet; --resume starts from the "
            "first step",
        ),
        (
            "validate",
            2,
            {"micro_batch_size": 1, "checkpointing": True},
            "step 2: cpu has too little memory for passes over 1 x 48 tokens. Train with "
            "several processes and training.sharding=fsdp, or train a smaller model. There is no "
            "checkpoint yet; --resume starts from the first step",
        ),
    ],
)
def test_a_device_without_memory_names_the_settings_that_need_less(
    train_toy, monkeypatch, tmp_path, name, step, options, message
):
    fail_at(monkeypatch, name, step, torch.OutOfMemoryError("CUDA out of memory"))
    with pytest.raises(DeviceMemoryError) as caught:
        train_toy(tmp_path / "run", **options)
    assert str(caught.value) == message.format(folder=tmp_path / "run")


def test_a_run_without_memory_continues_with_smaller_passes(train_toy, monkeypatch, tmp_path):
    with monkeypatch.context() as patched:
        fail_at(patched, "step", 3, torch.OutOfMemoryError())
        with pytest.raises(DeviceMemoryError):
            train_toy(tmp_path / "run")
    folder = train_toy(tmp_path / "run", resume=True, micro_batch_size=2)
    assert [line["step"] for line in folder.read_log()] == [1, 2, 3, 4, 5, 6]


def test_another_error_of_a_step_keeps_its_traceback(train_toy, monkeypatch, tmp_path):
    fail_at(monkeypatch, "step", 1, RuntimeError("a bug"))
    with pytest.raises(RuntimeError, match="a bug"):
        train_toy(tmp_path / "run")


def test_the_log_has_each_due_step_and_each_validation(train_toy, write_rows, tmp_path):
    rows = write_rows("validation.jsonl", [{"prompt": "count", "response": "one two"}])
    folder = train_toy(
        tmp_path / "run",
        data={"validation_files": [str(rows)]},
        log_every_steps=4,
        validate_every_steps=3,
        save_every_steps=100,
    )
    lines = {line["step"]: "validation_loss" in line for line in folder.read_log()}
    assert lines == {3: True, 4: False, 6: True}


def signal_at_step(monkeypatch, number, at=3):
    """Send a signal to the process while a step runs."""
    real = Trainer.step

    def step(trainer, *arguments):
        if trainer.position.step == at - 1:
            os.kill(os.getpid(), number)
        return real(trainer, *arguments)

    monkeypatch.setattr(Trainer, "step", step)


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (signal.SIGTERM, SystemExit),
        (signal.SIGINT, KeyboardInterrupt),
        (signal.SIGHUP, SystemExit),
        (signal.SIGUSR1, SystemExit),
    ],
)
def test_a_run_stopped_by_a_signal_saves_its_step_and_resumes_exactly(
    train_toy, result, monkeypatch, capsys, tmp_path, number, error
):
    expected = result(train_toy(tmp_path / "whole"))
    with monkeypatch.context() as patched:
        signal_at_step(patched, number)
        with pytest.raises(error) as raised:
            train_toy(tmp_path / "run")
    if error is SystemExit:
        assert raised.value.code == 143
    folder = TrainingFolder(tmp_path / "run")
    assert folder.last_checkpoint().name == "step-000003"
    assert f"stopped after step 3; --resume continues from {folder.last_checkpoint()}" in (
        capsys.readouterr().err
    )
    assert result(train_toy(tmp_path / "run", resume=True)) == expected


def test_a_signal_during_the_validation_stops_the_run_before_a_measurement(
    train_toy, monkeypatch, tmp_path
):
    measured, validate = [], Trainer.validate

    def interrupted(trainer, rows):
        os.kill(os.getpid(), signal.SIGINT)
        return validate(trainer, rows)

    def measure(_, checkpoint):
        measured.append(checkpoint.name)
        return 0.5

    monkeypatch.setattr(run, "require_evaluation", lambda *_: None)
    monkeypatch.setattr(run, "check_prompts", lambda *_: None)
    monkeypatch.setattr(PassAt1, "_evaluate", measure)
    pass_at_1 = {"dataset": {"name": "starter", "split": "test"}, "every_steps": 2}
    options = {"save_every_steps": 100, "validate_every_steps": 100, "pass_at_1": pass_at_1}
    with monkeypatch.context() as patched:
        patched.setattr(Trainer, "validate", interrupted)
        with pytest.raises(KeyboardInterrupt):
            train_toy(tmp_path / "run", **options)
    assert measured == []
    assert TrainingFolder(tmp_path / "run").last_checkpoint().name == "step-000002"
    train_toy(tmp_path / "run", resume=True, **options)
    assert measured == ["step-000002", "step-000004", "step-000006"]


@pytest.mark.parametrize(("steps", "place"), [(1, "from its start"), (3, "from .*step-000002")])
def test_an_interrupted_run_says_where_it_resumes(
    train_toy, monkeypatch, capsys, tmp_path, steps, place
):
    real = Trainer.step

    def step(trainer, *arguments):
        if trainer.position.step == steps:
            raise KeyboardInterrupt
        return real(trainer, *arguments)

    monkeypatch.setattr(Trainer, "step", step)
    with pytest.raises(KeyboardInterrupt):
        train_toy(tmp_path / "run", save_every_steps=2)
    printed = capsys.readouterr().err
    assert re.search(f"stopped after step {steps}; --resume continues {place}", printed)


def test_all_processes_stop_after_the_same_step(call, write_config, tmp_path):
    entry = tmp_path / "entry.py"
    entry.write_text(
        "import os, signal, sys\n"
        "from hrm_train import cli\n"
        "from hrm_train.trainer import Trainer\n"
        "real = Trainer.step\n"
        "def step(trainer, *arguments):\n"
        "    if trainer.position.step == 2 and os.environ['RANK'] == '1':\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "    return real(trainer, *arguments)\n"
        "Trainer.step = step\n"
        "sys.exit(cli.main())\n"
    )
    folder = TrainingFolder(tmp_path / "run")
    arguments = ["run", "--config", write_config(), "--out", folder.path]
    status, printed = call(*arguments, num_processes=2, entry=entry)
    assert status != 0
    assert "stopped after step 3; --resume continues from" in printed
    assert folder.last_checkpoint().name == "step-000003"
    status, printed = call("run", "--resume", "--out", folder.path)
    assert status == 0, printed
    assert [line["step"] for line in folder.read_log()] == [1, 2, 3, 4, 5, 6]
