import time

import pytest

from hrm_core.costs import StepCosts
from hrm_train.console import Console


def costs(step):
    return StepCosts(flops=100 if step < 3 else 200, label_flops=20)


def console(**changes):
    options = {"num_steps": 4, "costs": costs, "rate": 1e5, "is_shown": True}
    return Console(**{**options, **changes})


def metrics(step, **more):
    counts = {"batch_tokens": 300, "batch_labels": 300}
    return {"step": step, "loss": 2.5, "lr": 1e-3, **counts, "seconds": 0.5, **more}


def test_a_line_of_the_log_has_speed_and_share_of_the_peak():
    line = console().step(metrics(1))
    assert line["tokens_per_second"] == 600
    assert line["share_of_peak"] == pytest.approx(600 * 100 / 1e5)
    assert line["loss"] == 2.5


def test_the_cost_of_a_token_may_change_with_the_step():
    assert console().step(metrics(4))["share_of_peak"] == pytest.approx(600 * 200 / 1e5)


def test_tokens_without_a_label_cost_no_logits():
    line = console().step(metrics(1, batch_labels=100))
    assert line["share_of_peak"] == pytest.approx((300 * 100 - 200 * 20) / 0.5 / 1e5)


def test_the_console_shows_loss_speed_and_time_left(capsys, monkeypatch):
    clock = iter([100.0, 102.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    # The step itself took a quarter of the time.
    console().step(metrics(1, validation_loss=2.25))
    printed = capsys.readouterr().err
    assert printed.startswith("step 1/4  loss 2.500  validation 2.250  lr 1.0e-03  600 tokens/s")
    assert printed.endswith("0:06 left\n")


def test_lines_are_rate_limited_except_for_the_last_step(capsys):
    shown = console()
    for step in range(1, 5):
        shown.step(metrics(step))
    lines = capsys.readouterr().err.splitlines()
    assert [line.split()[1] for line in lines] == ["1/4", "4/4"]


def test_other_processes_print_nothing(capsys):
    console(is_shown=False).step(metrics(4))
    assert capsys.readouterr().err == ""
