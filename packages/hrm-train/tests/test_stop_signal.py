import os
import signal
import threading

import pytest

from hrm_train import stop_signal
from hrm_train.run_folder import TrainingFolder
from hrm_train.stop_signal import Ending
from hrm_train.trainer import Trainer


def send(number):
    os.kill(os.getpid(), number)


def ask_at_step(monkeypatch, number, at=3):
    """Let a run get a signal in the middle of a step."""
    real = Trainer.step

    def step(trainer, rows):
        if trainer.position.step == at - 1:
            send(number)
        return real(trainer, rows)

    monkeypatch.setattr(Trainer, "step", step)


@pytest.mark.parametrize(
    ("number", "error"), [(signal.SIGTERM, SystemExit), (signal.SIGINT, KeyboardInterrupt)]
)
def test_a_run_that_is_asked_to_end_saves_its_step_and_goes_on_exactly(
    train_toy, result, monkeypatch, capsys, tmp_path, number, error
):
    expected = result(train_toy(tmp_path / "whole"))
    with monkeypatch.context() as patched:
        ask_at_step(patched, number)
        with pytest.raises(error) as raised:
            train_toy(tmp_path / "run")
    if error is SystemExit:
        assert raised.value.code == 143
    folder = TrainingFolder(tmp_path / "run")
    assert folder.last_checkpoint().name == "step-000003"
    assert f"stopped after step 3; --resume goes on from {folder.last_checkpoint()}" in (
        capsys.readouterr().err
    )
    assert result(train_toy(tmp_path / "run", resume=True)) == expected


def test_a_second_request_ends_at_once_and_one_that_is_passed_on_does_not(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(stop_signal.time, "monotonic", lambda: now[0])
    with Ending() as asked:
        send(signal.SIGINT)
        now[0] += 1
        send(signal.SIGTERM)
        assert asked.is_asked
        now[0] += 3
        with pytest.raises(KeyboardInterrupt):
            send(signal.SIGINT)


def test_signals_are_left_alone_outside_and_in_other_threads():
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    asked = Ending()
    with pytest.raises(KeyboardInterrupt):
        send(signal.SIGINT)
    with asked:
        assert signal.getsignal(signal.SIGTERM) != before[1]
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
    assert not asked.is_asked
    seen = []

    def enter():
        with Ending():
            seen.append((signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert seen == [before]


@pytest.mark.slow
def test_all_processes_end_after_the_same_step(call, write_config, tmp_path):
    entry = tmp_path / "entry.py"
    entry.write_text(
        "import os, signal, sys\n"
        "from hrm_train import cli\n"
        "from hrm_train.trainer import Trainer\n"
        "real = Trainer.step\n"
        "def step(trainer, rows):\n"
        "    if trainer.position.step == 2 and os.environ['RANK'] == '1':\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "    return real(trainer, rows)\n"
        "Trainer.step = step\n"
        "sys.exit(cli.main())\n"
    )
    folder = TrainingFolder(tmp_path / "run")
    arguments = ["run", "--config", write_config(), "--out", folder.path]
    status, printed = call(*arguments, num_processes=2, entry=entry)
    assert status != 0
    assert "stopped after step 3; --resume goes on from" in printed
    assert folder.last_checkpoint().name == "step-000003"
    status, printed = call("run", "--resume", "--out", folder.path)
    assert status == 0, printed
    assert [line["step"] for line in folder.read_log()] == [1, 2, 3, 4, 5, 6]
