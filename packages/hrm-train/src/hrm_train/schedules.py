"""The learning rate schedule: a linear warm-up, then a constant or a cosine decay."""

import math

from hrm_train.train_config import ScheduleConfig

_WARMUP_STEPS = 50


def lr_factor(step: int, num_steps: int, config: ScheduleConfig) -> float:
    """Return the factor of the learning rate at a step.

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
