import math

import pytest

from hrm_core.config import from_mapping
from hrm_train.schedules import lr_factor, resume_note, warmup_warning
from hrm_train.train_config import ScheduleConfig, TrainingConfig


def cosine(share, least):
    return least + (1 - least) * (1 + math.cos(math.pi * share)) / 2


@pytest.mark.parametrize(
    ("name", "warmup_steps", "step", "factor"),
    [
        ("constant", 4, 0, 0.25),
        ("constant", 4, 3, 1.0),
        ("constant", 4, 4, 1.0),
        ("constant", 0, 0, 1.0),
        ("constant", 4, 103, 1.0),
        ("cosine", 4, 0, 0.25),
        ("cosine", 4, 2, 0.75),
        ("cosine", 4, 4, 1.0),
        ("cosine", 4, 54, cosine(0.5, 0.1)),
        ("cosine", 4, 103, cosine(0.99, 0.1)),
        ("cosine", 4, 104, 0.1),
        ("cosine", 4, 500, 0.1),
        ("cosine", 0, 0, 1.0),
        ("cosine", 0, 52, cosine(0.5, 0.1)),
        ("cosine", 200, 103, 104 / 200),
        ("cosine", 104, 104, 1.0),
    ],
)
def test_the_factor_at_a_step_of_a_run_of_104(name, warmup_steps, step, factor):
    config = ScheduleConfig(name=name, warmup_steps=warmup_steps, min_ratio=0.1)
    assert lr_factor(step, 104, config) == pytest.approx(factor, rel=1e-12)


@pytest.mark.parametrize("min_ratio", [0.0, 0.3, 1.0])
def test_a_cosine_falls_steadily_to_its_final_share(min_ratio):
    config = ScheduleConfig(name="cosine", warmup_steps=5, min_ratio=min_ratio)
    factors = [lr_factor(step, 50, config) for step in range(5, 51)]
    assert factors == sorted(factors, reverse=True)
    assert factors[-1] == pytest.approx(min_ratio)


@pytest.mark.parametrize(("num_steps", "warmup"), [(1, 0), (3, 1), (99, 49), (100, 50), (9999, 50)])
def test_the_default_warm_up_ends_before_the_run_does(num_steps, warmup):
    config, given = ScheduleConfig(), ScheduleConfig(warmup_steps=warmup)
    factors = [lr_factor(step, num_steps, config) for step in range(num_steps)]
    assert factors == [lr_factor(step, num_steps, given) for step in range(num_steps)]


@pytest.mark.parametrize("warmup", [None, 0, 50])
def test_a_warm_up_that_ends_with_the_run_is_fine(warmup):
    assert warmup_warning(50, ScheduleConfig(warmup_steps=warmup)) is None


def test_a_warm_up_that_is_longer_than_the_run_is_told():
    assert warmup_warning(50, ScheduleConfig(warmup_steps=200)) == (
        "training.schedule.warmup_steps: the warm-up of 200 steps is longer than the run of 50 "
        "steps, so the learning rate reaches only 0.25 of lr. Lower it, or leave it out"
    )


def training(**values):
    return from_mapping(TrainingConfig, values)


def depth(fraction_done):
    return {"depth": 2 + int(3 * fraction_done)}


COSINE = {"name": "cosine", "warmup_steps": 0, "min_ratio": 0.1}
CONSTANT = {"name": "constant", "warmup_steps": 0}


def test_a_longer_cosine_tells_how_the_learning_rate_and_the_options_jump():
    before, now = (
        training(num_steps=count, optimizer={"lr": 0.01}, schedule=COSINE) for count in (10, 20)
    )
    assert resume_note(10, before, now, depth) == (
        "training.schedule: num_steps was 10, now 20; the learning rate of step 11 was 1.00e-03, "
        "now 5.50e-03; depth was 5, now 3. Only a run with a constant schedule from its start goes "
        "on smoothly"
    )


def test_another_schedule_is_told_key_by_key():
    before, now = (training(num_steps=10, schedule=one) for one in (COSINE, CONSTANT))
    assert resume_note(5, before, now, depth) == (
        "training.schedule: schedule.name was cosine, now constant; the learning rate of step 6 "
        "was 1.65e-04, now 3.00e-04. Only a run with a constant schedule from its start goes on "
        "smoothly"
    )


def test_a_longer_run_with_a_constant_schedule_goes_on_smoothly():
    before, now = (training(num_steps=count, schedule=CONSTANT) for count in (10, 20))
    assert resume_note(10, before, now, lambda _: {}) == (
        "training.schedule: num_steps was 10, now 20; the learning rate of step 11 was 3.00e-04, "
        "now 3.00e-04"
    )


@pytest.mark.parametrize(
    ("step", "changes"), [(5, {}), (5, {"optimizer": {"lr": 0.01}}), (7, {"num_steps": 7})]
)
def test_nothing_is_told_of_the_same_length_and_schedule_or_without_a_step(step, changes):
    now = training(**{"num_steps": 10, **changes})
    assert resume_note(step, training(num_steps=10), now, depth) is None
