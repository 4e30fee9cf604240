"""The learning rate schedule: a linear warm-up, then a constant or a cosine decay."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from hrm_train.train_config import ScheduleConfig, TrainingConfig

_WARMUP_STEPS = 50


def lr_factor(step: int, num_steps: int, config: ScheduleConfig) -> float:
    """Return the factor of the learning rate at a step.

    A cosine decay would reach `min_ratio` in the step after the last one.

    Args:
        step: Number of finished steps.
        num_steps: Number of steps of the whole run.
        config: The schedule. The factor reaches 1 when `step + 1` equals the number of steps of the
            warm-up.
    """
    warmup = config.warmup_steps
    if warmup is None:
        warmup = min(_WARMUP_STEPS, num_steps // 2)
    if step < warmup:
        return (step + 1) / warmup
    if config.name == "constant":
        return 1.0
    rest = max(1, num_steps - warmup)
    share = min(1.0, (step - warmup) / rest)
    cosine = 0.5 * (1.0 + math.cos(math.pi * share))
    return config.min_ratio + (1.0 - config.min_ratio) * cosine


def warmup_warning(num_steps: int, config: ScheduleConfig) -> str | None:
    """Return a warning if the run ends before its warm-up does.

    It is no error, since a run may be tried with few steps, or be made longer when it is resumed.
    """
    warmup = config.warmup_steps
    if warmup is None or warmup <= num_steps:
        return None
    return (
        f"training.schedule.warmup_steps: the warm-up of {warmup} steps is longer than the run of "
        f"{num_steps} steps, so the learning rate reaches only {num_steps / warmup:.2g} of lr. "
        "Lower it, or leave it out"
    )


def resume_note(
    step: int,
    before: TrainingConfig,
    now: TrainingConfig,
    options: Callable[[float], Mapping[str, Any]],
) -> str | None:
    """Return what changes in the next step of a resumed run with another length or schedule.

    Args:
        step: Number of finished steps.
        before: The settings until now.
        now: The settings from now on.
        options: Returns the training options of the model when a share of the training is done.

    Returns:
        A note, or None if length and schedule are the same, or no step is left.
    """
    length_before, length_now = (
        {
            "num_steps": config.num_steps,
            **{f"schedule.{key}": value for key, value in config.schedule.model_dump().items()},
        }
        for config in (before, now)
    )
    if length_before == length_now or step >= now.num_steps:
        return None
    rate_before, rate_now = (
        config.optimizer.lr * lr_factor(step, config.num_steps, config.schedule)
        for config in (before, now)
    )
    options_before, options_now = (
        dict(options(min(1.0, step / config.num_steps))) for config in (before, now)
    )
    changes = [
        *list_changes(length_before, length_now),
        f"the learning rate of step {step + 1} was {rate_before:.2e}, now {rate_now:.2e}",
        *list_changes(options_before, options_now),
    ]
    note = f"training.schedule: {'; '.join(changes)}"
    if math.isclose(rate_before, rate_now):
        return note
    return f"{note}. Only a run with a constant schedule from its start goes on smoothly"


def list_changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return what differs, such as "num_steps was 4, now 10"."""
    return [
        f"{key} was {before.get(key)}, now {value}"
        for key, value in now.items()
        if before.get(key) != value
    ]
