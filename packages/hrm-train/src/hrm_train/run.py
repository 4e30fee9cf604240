"""A training run, from its config to the last checkpoint."""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator

from hrm_core.checkpoint import Checkpoint, load_checkpoint
from hrm_core.config import from_mapping, read_config
from hrm_core.costs import StepCosts, measure_step
from hrm_core.errors import ConfigError, DataError
from hrm_core.tokenizer import Tokenizer
from hrm_train.checkpoints import restore_checkpoint
from hrm_train.console import Console, note
from hrm_train.data import Data, load_data, load_rows, pass_at_1_splits
from hrm_train.loop import TrainingLoop
from hrm_train.overlap import find_overlap, held_out_splits, load_held_out
from hrm_train.pass_at_1 import PassAt1, check_prompts, require_evaluation
from hrm_train.peak_rate import product_rate
from hrm_train.precision import with_dtype
from hrm_train.processes import check_same_data, in_all, in_main, make_accelerator
from hrm_train.reader import RowReader
from hrm_train.run_folder import TrainingFolder
from hrm_train.schedules import resume_note, warmup_warning
from hrm_train.starting_point import (
    check_new_model,
    needs_tokenizer,
    starting_point,
    trained_tokenizer,
)
from hrm_train.trackers import finish_trackers, start_trackers
from hrm_train.train_config import TrainingConfig, TrainRunConfig
from hrm_train.trainer import Trainer


def train(config: TrainRunConfig, out: Path, *, resume: bool) -> Path:
    """Train a model, and return the folder of the last checkpoint.

    Args:
        config: All settings.
        out: Folder of the run.
        resume: Whether to continue the run in `out`.

    Raises:
        HrmError: If a setting, a file or the training itself is at fault; the message says how to
            continue.
    """
    config = with_dtype(config)
    folder = TrainingFolder(out)
    require_evaluation(config)
    accelerator = make_accelerator(config.training, out)
    start = in_main(accelerator, partial(_start, folder, config, resume=resume))
    if accelerator.is_main_process:
        _announce(accelerator, config.training)
    checkpoint = in_all(accelerator, partial(_known_checkpoint, config, start))
    data = in_all(accelerator, partial(load_data, config.training))
    if start is not None:
        in_main(accelerator, partial(_check_held_out, folder, config, data))
    if checkpoint is None:
        # The tokenizer is trained once, however many processes there are.
        tokenizer = in_main(accelerator, partial(_train_tokenizer, config, data))
        checkpoint = in_all(accelerator, partial(starting_point, config, tokenizer))
    in_main(accelerator, partial(check_prompts, config, checkpoint))
    trainer = Trainer(checkpoint, config, accelerator)
    load = partial(
        load_rows,
        checkpoint,
        config.training,
        data,
        row_length=trainer.row_length,
        is_packed=trainer.is_packed,
        is_main=accelerator.is_main_process,
    )
    stream, validation, data_summary = in_all(accelerator, load)
    check_same_data(accelerator, json.dumps(data_summary))
    if start is not None:
        restore_checkpoint(trainer, folder, start, data_summary)
        in_main(accelerator, partial(_report_schedule, folder, trainer))
    step = trainer.position.step if resume else None
    run_id = in_main(accelerator, partial(_claim, folder, config, data_summary, step))
    in_all(accelerator, partial(folder.check_seen, run_id))
    in_main(accelerator, partial(start_trackers, accelerator, config.training, folder, step))
    console, pass_at_1 = _make_console(trainer), PassAt1(config, folder)
    position, num_workers = trainer.position, config.training.data.workers
    reader = RowReader(stream, position.epoch, position.row, num_workers=num_workers)
    TrainingLoop(trainer, folder, console, pass_at_1, data_summary).run(reader, validation)
    # A process that exits early can keep the others from exiting.
    accelerator.wait_for_everyone()
    finish_trackers(accelerator)
    return folder.path / "last"


def _announce(accelerator: Accelerator, config: TrainingConfig) -> None:
    """Print what the run computes with, and that it reads its data now."""
    count = accelerator.num_processes
    processes = "1 process" if count == 1 else f"{count} processes"
    note(f"device: {accelerator.device.type}, {config.dtype}, {processes}")
    warning = warmup_warning(config.num_steps, config.schedule)
    if warning is not None:
        note(warning)
    note("data: reading the examples of the first epoch")


def _start(folder: TrainingFolder, config: TrainRunConfig, *, resume: bool) -> Path | None:
    """Return the checkpoint to resume from, or None if the run starts from the first step.

    Raises:
        UsageError: If the folder contains a run and `resume` is false, or another process uses it.
        DataError: If there is no run to resume.
        ConfigError: If the model differs, or the run was trained on examples that are now excluded.
    """
    if not resume:
        folder.check_free()
        return None
    start = folder.resume_point()
    folder.lock()
    folder.restore_links()
    stored = _stored_config(folder)
    old, new = stored.model_dump(), config.model_dump()
    for name in ("model_stack", "model_reference", "model", "tokenizer"):
        if new[name] != old[name]:
            raise ConfigError(
                f"{name}: cannot change when a run is resumed; it was {old[name]}, got "
                f"{new[name]}. Leave it unchanged, or start another run"
            )
    if config.training.num_steps < folder.steps_done:
        raise ConfigError(
            f"training.num_steps: the run has done {folder.steps_done} steps already, got "
            f"{config.training.num_steps}. Choose that many or more, or start another run"
        )
    before, now = stored.training.data.overlap, config.training.data.overlap
    if before == "allow" and now != "allow":
        raise ConfigError(
            "training.data.overlap: the run was trained on examples that are now excluded, since "
            f"they overlap with held-out problems; expected 'allow', got {now!r}. Start another run"
        )
    return start


def _stored_config(folder: TrainingFolder) -> TrainRunConfig:
    return from_mapping(TrainRunConfig, read_config(folder.config))


def _report_schedule(folder: TrainingFolder, trainer: Trainer) -> None:
    """Print how the next step changes if a resumed run got another length or schedule."""

    def options(fraction_done: float) -> Mapping[str, Any]:
        return trainer.model.training_options(1.0 if trainer.is_fine_tuning else fraction_done)

    before = _stored_config(folder).training
    text = resume_note(trainer.position.step, before, trainer.config, options)
    if text is not None:
        note(text)


def _check_held_out(folder: TrainingFolder, config: TrainRunConfig, data: Data) -> None:
    """Check that no example that a resumed run leaves out was trained on before.

    Raises:
        ConfigError: If one was: it overlaps only with problems that were not held out then.
    """
    before, now = _stored_config(folder).training, config.training
    old = {(s.name, s.split) for s in held_out_splits(before.data, pass_at_1_splits(before))}
    splits = held_out_splits(now.data, pass_at_1_splits(now))
    # The source of a split may have been moved.
    kept = [split for split in splits if (split.name, split.split) in old]
    is_stricter = kept != splits or now.data.shared_words != before.data.shared_words
    if not (is_stricter and data.left_out):
        return
    changes = {"held_out": kept, "shared_words": before.data.shared_words}
    held_out_before = load_held_out(now.data.model_copy(update=changes))
    for number, example in enumerate(data.read(0)):
        if number in data.left_out and find_overlap(held_out_before, example) is None:
            overlap = find_overlap(data.held_out, example)
            assert overlap is not None, "it is left out"
            raise ConfigError(
                f"training.data.held_out: {example.name} overlaps with {overlap.problem}, which "
                "was not held out when the run was trained on it. Leave the held-out problems "
                "unchanged, or start another run"
            )


def _known_checkpoint(config: TrainRunConfig, start: Path | None) -> Checkpoint | None:
    """Return the checkpoint to go on from, or None if its tokenizer is still to be trained.

    Raises:
        HrmError: If the checkpoint cannot be loaded, or the config of the model is wrong.
    """
    if start is None and needs_tokenizer(config):
        check_new_model(config)
        return None
    if start is None:
        return starting_point(config)
    try:
        return load_checkpoint(start)
    except DataError as error:
        raise DataError(
            f"{error} Or remove the folder {start}; --resume then uses the checkpoint before"
        ) from error


def _train_tokenizer(config: TrainRunConfig, data: Data) -> Tokenizer:
    return trained_tokenizer(config, (example.text for example in data.examples()))


def _claim(
    folder: TrainingFolder,
    config: TrainRunConfig,
    data_summary: Mapping[str, Any],
    resumed_step: int | None,
) -> str | None:
    """Write the settings and the data summary into the folder of the run, and return its id."""
    # Empty evaluation sections are left out, so that hrm-eval can read the file too.
    settings = {key: value for key, value in config.model_dump().items() if value is not None}
    if resumed_step is not None:
        folder.prepare_resume(settings, resumed_step)
    else:
        folder.claim(settings)
    folder.write_data(data_summary)
    return folder.run_id


def _make_console(trainer: Trainer) -> Console:
    model, accelerator, config = trainer.model, trainer.accelerator, trainer.config
    costs_by_options: dict[str, StepCosts] = {}

    def costs(step: int) -> StepCosts:
        fraction_done = trainer.fraction_done(step - 1)
        key = repr(sorted(model.training_options(fraction_done).items()))
        if key not in costs_by_options:
            row_length = trainer.row_length
            costs_by_options[key] = measure_step(
                type(model), model.config, row_length, fraction_done
            )
        return costs_by_options[key]

    dtype = torch.bfloat16 if config.dtype == "bfloat16" else torch.float32
    return Console(
        num_steps=config.num_steps,
        costs=costs,
        rate=product_rate(accelerator.device, dtype) * accelerator.num_processes,
        is_shown=accelerator.is_main_process,
    )
