import os
import signal
import sys
import time
from pathlib import Path

import pytest
import torch

from hrm_core.config import from_mapping
from hrm_core.errors import ConfigError
from hrm_train import cpu_processes
from hrm_train.cpu_processes import count_processes, training_together
from hrm_train.run_folder import TrainingFolder
from hrm_train.train_config import TrainingConfig

LONG = {"num_steps": 1000, "batch_size": 16, "sequence_length": 512, "device": "cpu"}
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one process")


def count(threads=4, **values):
    torch.set_num_threads(threads)
    return count_processes(from_mapping(TrainingConfig, {**LONG, **values}))


@on_linux
@pytest.mark.parametrize(
    ("threads", "changes", "expected"),
    [
        (4, {}, 4),
        (1, {}, 1),
        (64, {}, 8),
        (4, {"batch_size": 18}, 3),
        (4, {"batch_size": 17}, 1),
        (4, {"micro_batch_size": 8}, 2),
        (4, {"micro_batch_size": 6}, 1),
        (4, {"num_steps": 10}, 1),
        (4, {"processes": 1}, 1),
        (1, {"processes": 2, "num_steps": 1}, 2),
    ],
)
def test_a_long_run_has_a_process_for_each_core_that_gets_rows(threads, changes, expected):
    assert count(threads, **changes) == expected


@on_linux
@pytest.mark.parametrize(
    ("quota", "changes", "expected"),
    [(2, {}, 2), (1, {}, 1), (64, {}, 4), (1, {"processes": 2}, 2)],
)
def test_a_container_with_a_quota_has_no_more_processes(monkeypatch, quota, changes, expected):
    monkeypatch.setattr(cpu_processes, "cpu_quota", lambda: quota)
    assert count(threads=4, **changes) == expected


def test_processes_share_the_cores_of_the_quota(monkeypatch):
    started = []

    class Other:
        """A process that does nothing."""

        def __init__(self, arguments, variables):
            started.append((arguments, variables["OMP_NUM_THREADS"]))

        def end(self, seconds):
            pass

    monkeypatch.setattr(cpu_processes, "cpu_quota", lambda: 4)
    monkeypatch.setattr(cpu_processes, "_Other", Other)
    torch.set_num_threads(8)
    with training_together(2, ["run"]):
        assert torch.get_num_threads() == 2
    assert torch.get_num_threads() == 8
    assert started == [(["run"], "2")]


def test_a_process_alone_keeps_to_the_quota(monkeypatch):
    monkeypatch.setattr(cpu_processes, "cpu_quota", lambda: 4)
    torch.set_num_threads(8)
    with training_together(1, ["run"]):
        assert torch.get_num_threads() == 4
    assert torch.get_num_threads() == 8


def test_processes_that_a_launcher_has_started_start_no_others(monkeypatch):
    monkeypatch.setenv("WORLD_SIZE", "2")
    assert count(processes=4) == 1


def test_runs_on_a_gpu_start_no_processes(monkeypatch):
    monkeypatch.setattr(cpu_processes, "runs_on_cpu", lambda _: False)
    assert count() == 1
    with pytest.raises(ConfigError, match=r"training.processes: only runs on a CPU .*, got 2\. "):
        count(processes=2)


def children(process):
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for pid in path.read_text().split()]


def wait_for_step(process):
    for line in process.stdout:
        if line.startswith("step "):
            return
    raise AssertionError("the run has ended early")


def test_a_run_starts_its_processes_and_has_the_losses_of_one(call, write_config, tmp_path):
    folders = [TrainingFolder(tmp_path / name) for name in ("one", "two")]
    for number, folder in enumerate(folders, start=1):
        config = write_config(processes=number)
        status, printed = call("run", "--config", config, "--out", folder.path)
        assert status == 0, printed
        assert printed.count("step 6/6") == printed.count("Trained: ") == 1
    one, two = ([line["loss"] for line in folder.read_log()] for folder in folders)
    assert two == pytest.approx(one, rel=1e-3)
    assert (folders[1].last_checkpoint() / "process-1.pt").exists()


def test_a_user_error_is_said_once_and_keeps_its_status(call, write_config, tmp_path):
    TrainingFolder(tmp_path / "run").claim({})
    arguments = ["run", "--config", write_config(processes=2), "--out", tmp_path / "run"]
    status, printed = call(*arguments)
    assert status == 2
    assert printed.count("contains a run already") == 1
    assert "Traceback" not in printed


@on_linux
@pytest.mark.parametrize(
    ("number", "status"),
    [
        pytest.param(signal.SIGTERM, 143, marks=pytest.mark.slow),
        (signal.SIGINT, 130),
    ],
)
def test_a_signal_to_the_run_stops_all_processes(start, write_config, tmp_path, number, status):
    config = write_config(processes=2, num_steps=100_000)
    process = start("run", "--config", config, "--out", tmp_path / "run")
    wait_for_step(process)
    others = children(process)
    process.send_signal(number)
    printed, _ = process.communicate(timeout=100)
    assert process.returncode == status, printed
    assert "--resume continues from" in printed
    assert len(others) == 1
    assert not Path(f"/proc/{others[0]}").exists()


@on_linux
def test_a_killed_process_ends_the_run_with_a_message(start, write_config, tmp_path):
    config = write_config(processes=2, num_steps=100_000)
    process = start("run", "--config", config, "--out", tmp_path / "run")
    wait_for_step(process)
    os.kill(children(process)[0], signal.SIGKILL)
    printed, _ = process.communicate(timeout=100)
    assert process.returncode == 1
    assert "hrm-train: another process of the run ended with status -9: it was killed" in printed
    assert "Continue with --resume" in printed
    assert "Traceback" not in printed


@on_linux
def test_a_killed_run_leaves_no_process(start, write_config, tmp_path):
    config = write_config(processes=2, num_steps=100_000)
    process = start("run", "--config", config, "--out", tmp_path / "run")
    wait_for_step(process)
    (other,) = children(process)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 60
    while Path(f"/proc/{other}").exists():
        assert time.monotonic() < deadline
        time.sleep(0.1)
