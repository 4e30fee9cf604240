"""The checkpoint that a run starts from: fresh weights, or a published model to fine-tune."""

from collections.abc import Iterable
from pathlib import Path

import torch

from hrm_core.checkpoint import (
    Checkpoint,
    load_checkpoint,
    new_checkpoint,
    new_config,
    new_tokenizer,
)
from hrm_core.errors import ConfigError, DataError, UsageError
from hrm_core.plugins import DEFAULT_STACK
from hrm_core.tokenizer import Tokenizer
from hrm_train.train_config import TrainRunConfig


def needs_tokenizer(config: TrainRunConfig) -> bool:
    """Return whether a run trains a tokenizer, since its config names none and no checkpoint."""
    return config.model_reference is None and config.tokenizer.file is None


def check_new_model(config: TrainRunConfig) -> None:
    """Check the model section of a new model whose tokenizer is still to be trained.

    Raises:
        ConfigError: If the section is invalid.
    """
    new_config(config.model_stack or DEFAULT_STACK, config.model)


def starting_point(config: TrainRunConfig, tokenizer: Tokenizer | None = None) -> Checkpoint:
    """Return the checkpoint that a run starts from: a new model, or one to fine-tune.

    Args:
        config: All settings of the run.
        tokenizer: The trained tokenizer of a new model, if the config names no other; see
            `needs_tokenizer`.

    Raises:
        UsageError: If the checkpoint belongs to another stack than the config names.
        ConfigError: If the model section is invalid, or given together with a checkpoint.
        DataError: If a file is missing or corrupt.
    """
    if config.model_reference is not None:
        return _to_fine_tune(config)
    if config.tokenizer.file is not None:
        tokenizer = Tokenizer.load(Path(config.tokenizer.file).expanduser())
    return new_checkpoint(
        config.model_stack or DEFAULT_STACK,
        config.model,
        (),
        seed=config.training.seed,
        tokenizer=tokenizer,
    )


def trained_tokenizer(config: TrainRunConfig, texts: Iterable[str]) -> Tokenizer:
    """Train a tokenizer for a new model on `tokenizer.text`, or else on the given texts.

    Raises:
        ConfigError: If the config names a tokenizer, or the model section is invalid.
        DataError: If a file cannot be read, or there is no text.
    """
    named = config.model_reference or config.tokenizer.file
    if named is not None:
        raise ConfigError(
            f"tokenizer: {named} provides one already. Remove that key to train a tokenizer"
        )
    files = [Path(name).expanduser() for name in config.tokenizer.text]
    chosen = (_read(path) for path in files) if files else texts
    return new_tokenizer(config.model_stack or DEFAULT_STACK, config.model, chosen)


def check_fine_tuning(config: TrainRunConfig) -> None:
    """Check that the config of a checkpoint to fine-tune does not describe a new model as well.

    Raises:
        ConfigError: If it does.
    """
    if config.model:
        raise ConfigError(
            f"model: {config.model_reference} has a shape already; leave the section out to "
            "fine-tune it"
        )
    if config.tokenizer.file or config.tokenizer.text:
        raise ConfigError(
            f"tokenizer: {config.model_reference} has one already; leave the section out to "
            "fine-tune it"
        )


def _to_fine_tune(config: TrainRunConfig) -> Checkpoint:
    check_fine_tuning(config)
    checkpoint = load_checkpoint(str(config.model_reference), dtype=torch.float32)
    if config.model_stack not in (None, checkpoint.stack):
        raise UsageError(
            f"model_stack: the config says {config.model_stack!r}, but the checkpoint "
            f"{config.model_reference} belongs to {checkpoint.stack!r}"
        )
    return checkpoint


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"tokenizer.text: {path} cannot be read: {error}") from error
