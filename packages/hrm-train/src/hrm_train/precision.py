"""The device of a training run and the precision of its products; `auto` looks at the machine."""

from hrm_core.errors import ConfigError
from hrm_core.precision import available_devices, is_bfloat16_fast
from hrm_train.train_config import TrainingConfig, TrainRunConfig


def device_type(config: TrainingConfig) -> str:
    """Return the type of the device that a run uses: `cpu`, `cuda` or `mps`.

    Raises:
        ConfigError: If the config names a device that torch does not find.
    """
    if config.device == "cpu":
        return "cpu"
    available = available_devices()
    if config.device == "auto":
        return available[0]
    if config.device not in available:
        raise ConfigError(
            f"training.device: torch finds no {config.device!r} here (available: "
            f"{', '.join(available)}). Install a torch and a driver for it, or write auto"
        )
    return config.device


def with_dtype(config: TrainRunConfig) -> TrainRunConfig:
    """Return a config in which `training.dtype` is not `auto`.

    `auto` becomes `bfloat16` on GPUs and processors that multiply it natively, which trains 2 to 3
    times as fast there, and `float32` elsewhere.

    Raises:
        ConfigError: If the config names a device that torch does not find.
    """
    if config.training.dtype != "auto":
        return config
    dtype = "bfloat16" if is_bfloat16_fast(device_type(config.training)) else "float32"
    training = config.training.model_copy(update={"dtype": dtype})
    return config.model_copy(update={"training": training})
