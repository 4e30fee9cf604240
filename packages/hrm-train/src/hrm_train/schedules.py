"""The learning rate at a step: a linear rise, then a constant or a cosine down to a share of it."""

import math

from hrm_train.train_config import ScheduleConfig


def lr_factor(step: int, num_steps: int, config: ScheduleConfig) -> float:
    """Return what the learning rate is multiplied by.

    Args:
        step: Updates made before this one, from 0 on.
        num_steps: Updates of the whole run.
        config: Its warm-up ends when `step + 1` reaches `warmup_steps`.
    """
    if step < config.warmup_steps:
        return (step + 1) / config.warmup_steps
    if config.name == "constant":
        return 1.0
    rest = max(1, num_steps - config.warmup_steps)
    progress = min(1.0, (step - config.warmup_steps) / rest)
    cosine = 0.5 * (1.0 + math.cos(math.pi * progress))
    return config.min_ratio + (1.0 - config.min_ratio) * cosine
