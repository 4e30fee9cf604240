import errno
import shutil
import sys
from types import ModuleType

import pytest
from accelerate.tracking import TensorBoardTracker

from hrm_train import trackers
from hrm_train.run_folder import SaveError, TrainingFolder
from hrm_train.trackers import TrackerError, run_name


def test_the_log_goes_to_tensorboard_too(train_toy, tmp_path):
    folder = train_toy(tmp_path, num_steps=2, trackers=["tensorboard"])
    losses = [value for _, value in tensorboard_curve(folder)]
    assert losses == pytest.approx([line["loss"] for line in folder.read_log()])


def tensorboard_curve(folder, name="loss"):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(folder.path / "hrm-train")).Reload()
    return [(event.step, event.value) for event in events.Scalars(name)]


def test_a_resumed_run_continues_the_curve_of_tensorboard(train_toy, tmp_path):
    options = {"trackers": ["tensorboard"]}
    expected = tensorboard_curve(train_toy(tmp_path / "whole", **options))
    folder = train_toy(tmp_path / "run", **options)
    assert [step for step, _ in expected] == [1, 2, 3, 4, 5, 6]
    shutil.rmtree(folder.last_checkpoint())
    assert tensorboard_curve(train_toy(tmp_path / "run", resume=True, **options)) == expected


def test_a_resumed_run_has_the_same_id_for_wandb(tmp_path):
    folder = TrainingFolder(tmp_path / "run")
    folder.claim({})
    new = trackers._tracker_options(folder, None)
    resumed = trackers._tracker_options(TrainingFolder(tmp_path / "run"), 4)
    assert new["wandb"] == resumed["wandb"]
    assert new["wandb"]["resume"] == "allow"
    assert new["wandb"]["id"] == folder.run_id
    assert new["trackio"] == {"name": "run"}
    assert resumed["trackio"] == {"name": "run", "resume": "allow"}
    assert "tensorboard" not in new
    assert resumed["tensorboard"] == {"purge_step": 5}


def test_runs_of_a_sweep_have_names_of_their_own(tmp_path):
    assert run_name(tmp_path / "depth" / "small" / "seed-1") == "depth/small/seed-1"
    assert run_name(tmp_path / "nano") == "nano"


@pytest.mark.parametrize("method", ["start", "store_init_configuration", "log", "finish"])
def test_a_tracker_that_cannot_write_ends_a_run_that_can_be_resumed(
    train_toy, result, monkeypatch, tmp_path, method
):
    def fail(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(TensorBoardTracker, method, fail)
        with pytest.raises(SaveError) as caught:
            train_toy(tmp_path / "run", trackers=["tensorboard"])
    message = str(caught.value)
    assert message.startswith("training.trackers: tensorboard: cannot be written: [Errno 28] No sp")
    assert message.endswith("--set 'training.trackers=[]', and continue with --resume")
    resumed = train_toy(tmp_path / "run", resume=True, trackers=[])
    assert result(resumed) == result(train_toy(tmp_path / "whole"))


class RefusedError(Exception):
    """Stands for the base of the errors of wandb, which is not installed."""


def test_a_tracker_without_a_login_is_an_error_that_names_it(monkeypatch):
    errors = ModuleType("wandb.errors")
    errors.Error = RefusedError
    monkeypatch.setitem(sys.modules, "wandb", ModuleType("wandb"))
    monkeypatch.setitem(sys.modules, "wandb.errors", errors)
    with (
        pytest.raises(TrackerError, match=r"^training.trackers: wandb: no API key\. Remove"),
        trackers._explained(["wandb"]),
    ):
        raise RefusedError("no API key")


def test_a_bug_of_a_tracker_keeps_its_traceback():
    with pytest.raises(KeyError), trackers._explained(["tensorboard"]):
        raise KeyError("bug")
