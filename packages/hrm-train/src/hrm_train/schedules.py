"""The learning rate schedule: a linear warm-up, then a constant or a cosine decay."""

import math

from hrm_train.train_config import ScheduleConfig


def lr_factor(step: int, num_steps: int, config: ScheduleConfig) -> float:
    """Return the factor of the learning rate at a step.

    Args:
        step: Number of finished steps.
        num_steps: Number of steps of the whole run.
        config: The schedule. The factor reaches 1 when `step + 1` equals `warmup_steps`.
    """
    if step < config.warmup_steps:
        return (step + 1) / config.warmup_steps
    if config.name == "constant":
        return 1.0
    rest = max(1, num_steps - config.warmup_steps)
    share = min(1.0, (step - config.warmup_steps) / rest)
    cosine = 0.5 * (1.0 + math.cos(math.pi * share))
    return config.min_ratio + (1.0 - config.min_ratio) * cosine
