"""Two processes compute the same as one. They communicate through gloo on this machine."""

import platform
import re
import shutil
import subprocess
import sys
from datetime import timedelta

import pytest
import torch
from accelerate import Accelerator, InitProcessGroupKwargs

from hrm_core import load_checkpoint
from hrm_core.config import from_mapping
from hrm_core.errors import ConfigError, DataError, PluginNotFoundError, UsageError
from hrm_train import precision, processes
from hrm_train.processes import check_same_data, in_all, in_main, make_accelerator
from hrm_train.run_folder import STATE_FILE, TrainingFolder
from hrm_train.train_config import TrainingConfig


def training(**values):
    return from_mapping(TrainingConfig, {"dtype": "float32", **values})


@pytest.fixture
def options(mbpp_file):
    """Settings of a small run with everything that is divided among processes."""
    source = mbpp_file("mbpp/train.jsonl", {601: "f", 602: "g", 603: "h"})
    validation = [{"name": "mbpp", "split": "train", "source": str(source)}]
    return {
        "num_steps": 6,
        "batch_size": 8,
        # Three validation batches: in the last round, one process has none to measure.
        "micro_batch_size": 1,
        "validate_every_steps": 2,
        "optimizer": {"lr": 0.002, "clip": 5.0},
        "data": {"validation": validation},
    }


SHAPE = ["--set", "model.max_position_embeddings=160"]


def logged(folder, name):
    return [line[name] for line in folder.read_log() if name in line]


def weights(folder):
    return dict(load_checkpoint(folder).model.named_parameters())


@pytest.fixture
def one(settings, options, tmp_path):
    """Train in this process with the settings of `options`."""
    from hrm_core.config import from_mapping, merge
    from hrm_train.run import train
    from hrm_train.train_config import TrainRunConfig

    shape = {"model": {"max_position_embeddings": 160}}

    def run(out, *, resume=False, **more):
        values = merge(settings(**{**options, "micro_batch_size": 4, **more}), shape)
        train(from_mapping(TrainRunConfig, values), out, resume=resume)
        return TrainingFolder(out)

    return run


@pytest.mark.parametrize("sharding", ["ddp", pytest.param("fsdp", marks=pytest.mark.slow)])
def test_two_processes_have_the_losses_of_one_and_one_resumes_their_run(
    call, one, options, write_config, tmp_path, sharding
):
    whole = one(tmp_path / "one")
    config = write_config(**options, sharding=sharding)
    folder = TrainingFolder(tmp_path / "two")
    arguments = ["run", "--config", config, *SHAPE, "--out", folder.path]
    status, printed = call(*arguments, num_processes=2)
    assert status == 0, printed
    assert printed.count("data: 20 sequences") == printed.count("step 6/6") == 1
    assert printed.count("device: ") == printed.count("device: cpu, float32, 2 processes\n") == 1
    assert "find_unused_parameters" not in printed
    for name in ("loss", "validation_loss", "gradient_norm"):
        values = logged(folder, name)
        assert values == pytest.approx(logged(whole, name), rel=1e-3), name
        assert len(values) == (3 if name == "validation_loss" else 6)
    expected = weights(whole.path / "last")
    for name, weight in weights(folder.path / "last").items():
        torch.testing.assert_close(weight, expected[name], rtol=0.02, atol=2e-3)
    files = {path.name for path in folder.last_checkpoint().iterdir()}
    assert {"process-0.pt", "process-1.pt", STATE_FILE, "model.safetensors"} <= files
    assert not any(name.startswith(".") for name in files)
    newest, losses = folder.last_checkpoint(), logged(folder, "loss")
    exported = (newest / "model.safetensors").read_bytes()
    newest.rename(tmp_path / "put aside")
    status, printed = call(*arguments, "--resume", num_processes=2)
    assert status == 0, printed
    assert logged(folder, "loss") == losses
    assert (newest / "model.safetensors").read_bytes() == exported
    shutil.rmtree(newest)
    one(folder.path, resume=True)
    assert folder.last_checkpoint() == newest
    assert logged(folder, "loss") == pytest.approx(logged(whole, "loss"), rel=1e-3)
    resumed, expected = weights(newest), weights(tmp_path / "put aside")
    for name, weight in resumed.items():
        torch.testing.assert_close(weight, expected[name], rtol=0.02, atol=2e-3)


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc, for the names of threads")
@pytest.mark.parametrize(
    ("factor", "ends"),
    [
        pytest.param(1, "step 6/6", marks=pytest.mark.slow),
        (1e30, "the gradient norm nan"),
    ],
)
def test_no_thread_of_the_group_is_left_when_python_ends(
    call, write_config, tmp_path, factor, ends
):
    """Covers DDP only: with FSDP2, caches of torch keep the group alive."""
    entry = tmp_path / "entry.py"
    entry.write_text(
        "import atexit, os, pathlib, sys\n"
        "def show():\n"
        "    names = [p.read_text() for p in pathlib.Path('/proc/self/task').glob('*/comm')]\n"
        "    os.write(1, f\"threads: {sum('gloo' in name for name in names)}\\n\".encode())\n"
        "atexit.register(show)\n"
        "from hrm_train import cli, run, trainer\n"
        f"trainer.lr_factor = lambda *_: {factor}\n"
        "make = run.make_accelerator\n"
        "run.make_accelerator = lambda *given: (make(*given), show())[0]\n"
        "sys.exit(cli.main())\n"
    )
    arguments = ["run", "--config", write_config(), "--out", tmp_path / "run"]
    _, printed = call(*arguments, num_processes=2, entry=entry)
    assert ends in printed, printed
    counts = [int(count) for count in re.findall(r"threads: (\d+)\n", printed)]
    assert [count > 0 for count in counts] == [True, True, False, False], printed


def test_an_error_of_another_process_ends_the_main_one(call, write_config, tmp_path):
    """The second process reads a shorter file, as on a machine with an old copy."""
    rows = tmp_path / "rows.jsonl"
    shorter = tmp_path / "shorter.jsonl"
    shorter.write_text("".join(rows.read_text().splitlines(keepends=True)[:-1]))
    entry = tmp_path / "entry.py"
    entry.write_text(
        "import os, sys\nfrom hrm_train import cli\n"
        f"files = [{str(rows)!r}, {str(shorter)!r}]\n"
        "file = files[int(os.environ['RANK'])]\n"
        "sys.exit(cli.main([*sys.argv[1:], '--set', f'training.data.files=[{file}]']))\n"
    )
    arguments = ["run", "--config", write_config(), "--out", tmp_path / "run"]
    status, printed = call(*arguments, num_processes=2, entry=entry)
    assert status != 0
    assert printed.count("the 2 processes have read different data") == 2
    assert not (tmp_path / "run").exists()


def test_an_error_of_the_main_process_ends_all_processes(call, write_config, tmp_path):
    TrainingFolder(tmp_path / "run").claim({})
    arguments = ["run", "--config", write_config(), "--out", tmp_path / "run"]
    status, printed = call(*arguments, num_processes=2)
    assert status != 0
    assert printed.count("contains a run already") == 2


def test_every_process_gets_the_result_of_the_main_one(make_accelerator):
    accelerator = make_accelerator()
    assert in_main(accelerator, lambda: 7) == 7

    def fail():
        raise UsageError("no")

    with pytest.raises(UsageError, match="no"):
        in_main(accelerator, fail)


class Second:
    """A fake accelerator of a process that is not the main one."""

    is_main_process = False
    num_processes = 2


def test_an_error_of_any_process_is_raised_in_all(monkeypatch):
    def gather(objects):
        return [*objects, failure]

    monkeypatch.setattr(processes, "gather_object", gather)
    failure = None
    assert in_all(Second(), lambda: 7) == 7
    failure = DataError("broken")
    with pytest.raises(DataError, match="broken"):
        in_all(Second(), lambda: 7)

    def fail():
        raise UsageError("mine")

    with pytest.raises(UsageError, match="mine"):
        in_all(Second(), fail)


def test_processes_that_read_different_data_are_an_error(monkeypatch, make_accelerator):
    check_same_data(make_accelerator(), "a")
    monkeypatch.setattr(processes, "gather_object", lambda objects: [*objects, "b"])
    check_same_data(Second(), "b")
    with pytest.raises(DataError, match="the 2 processes have read different data"):
        check_same_data(Second(), "a")


@pytest.mark.parametrize("keeps", [True, False])
def test_freed_memory_is_kept_by_the_process(keeps):
    if platform.libc_ver()[0] != "glibc":
        pytest.skip("needs glibc, whose malloc is told to keep memory")
    code = (
        "import resource, torch\n"
        "from hrm_train.processes import keep_freed_memory\n"
        f"if {keeps}: keep_freed_memory()\n"
        "def fill(): torch.ones(32, 1024, 1024)\n"
        # Repeated until the heap has a free block of that size, whatever small blocks lie between.
        "for _ in range(30): fill()\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt\n"
        "for _ in range(3): fill()\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    # A page of 4 KB for each fault, or a huge one of 2 MB.
    assert (int(done.stdout) < 3 * 64) == keeps


@pytest.mark.parametrize(
    ("outcome", "error"), [([7, None], None), ([None, DataError("broken")], DataError)]
)
def test_other_processes_receive_the_outcome_of_the_main_one(monkeypatch, outcome, error):
    def receive(objects):
        objects[:] = outcome

    monkeypatch.setattr(processes, "broadcast_object_list", receive)

    def act():
        pytest.fail("only the main process acts")

    if error is None:
        assert in_main(Second(), act) == 7
    else:
        with pytest.raises(error, match="broken"):
            in_main(Second(), act)


@pytest.mark.parametrize(
    ("options", "num_processes", "message"),
    [
        (
            {"batch_size": 5},
            2,
            r"training.batch_size: 5 rows cannot be divided by 2 processes. Write 4",
        ),
        (
            {"batch_size": 1},
            2,
            r"training.batch_size: 1 rows cannot be divided by 2 processes. Write 2",
        ),
        (
            {"batch_size": 8, "micro_batch_size": 3},
            2,
            r"training.micro_batch_size: 3 does not divide the 4 rows",
        ),
        ({"batch_size": 8, "micro_batch_size": 3}, 1, r"3 does not divide the 8 rows"),
    ],
)
def test_a_batch_that_cannot_be_divided_is_a_config_error(options, num_processes, message):
    with pytest.raises(ConfigError, match=message):
        processes._check_batch(training(**options), num_processes)


def test_processes_that_were_launched_but_not_joined_are_an_error(monkeypatch, tmp_path):
    class Alone:
        """A fake accelerator that has joined no other process."""

        num_processes = 1

    for name, value in (
        ("WORLD_SIZE", "2"),
        ("RANK", "0"),
        ("MASTER_ADDR", "a"),
        ("MASTER_PORT", "1"),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(processes, "Accelerator", lambda **_: Alone())
    with pytest.raises(UsageError, match="2 processes were launched, but accelerate joins 1"):
        make_accelerator(training(trackers=[], device="cpu"), tmp_path)


def test_a_named_device_that_accelerate_does_not_use_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setattr(precision, "available_devices", lambda: ["cuda", "cpu"])
    monkeypatch.setenv("ACCELERATE_USE_CPU", "true")
    message = r"training.device: expected 'cuda', but accelerate uses 'cpu'. Unset the variables"
    with pytest.raises(ConfigError, match=message):
        make_accelerator(training(trackers=[], device="cuda"), tmp_path)


def test_processes_wait_for_hours_also_without_pass_at_1(monkeypatch, tmp_path):
    given = {}
    monkeypatch.setattr(
        processes, "Accelerator", lambda **options: given.update(options) or Accelerator(**options)
    )
    make_accelerator(training(trackers=[], device="cpu"), tmp_path)
    handlers = given["kwargs_handlers"]
    timeouts = [one.timeout for one in handlers if isinstance(one, InitProcessGroupKwargs)]
    assert timeouts == [timedelta(hours=4)]


def test_the_batch_is_checked_when_the_processes_are_joined(monkeypatch, tmp_path):
    monkeypatch.setenv("WORLD_SIZE", "1")
    with pytest.raises(ConfigError, match="3 does not divide the 16"):
        make_accelerator(training(micro_batch_size=3, trackers=[], device="cpu"), tmp_path)


def test_a_tracker_that_is_not_installed_says_how_to_install_it(tmp_path, monkeypatch):
    from hrm_core import plugins

    monkeypatch.setattr(plugins, "find_spec", lambda name: None)
    with pytest.raises(PluginNotFoundError, match=r"pip install 'hrm-train\[wandb\]'"):
        make_accelerator(training(trackers=["wandb"]), tmp_path)


def test_a_precision_of_accelerate_that_has_no_effect_is_said(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("ACCELERATE_MIXED_PRECISION", "fp16")
    make_accelerator(training(trackers=[], device="cpu"), tmp_path)
    printed = capsys.readouterr().err
    assert "ACCELERATE_MIXED_PRECISION: 'fp16' has no effect; training.dtype decides" in printed
