"""Saving and restoring a run, with any number of processes.

The main process writes the state that all processes share. Every process writes its own random
state and its carry, the state that some architectures, such as `hrm_act`, pass from one training
step to the next. The checkpoint gets its final name once all files are written. The number of
processes and the kind of device may change between saving and restoring.
"""

import math
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import torch

from hrm_train.console import note
from hrm_train.processes import in_all, in_main
from hrm_train.run_folder import STATE_FILE, TrainingFolder
from hrm_train.schedules import list_changes
from hrm_train.state import (
    check_state,
    model_state,
    optimizer_state,
    read_state,
    set_model_state,
    set_optimizer_state,
    whole,
    whole_tensors,
    write_state,
)
from hrm_train.trainer import Trainer


def save_checkpoint(
    trainer: Trainer,
    run_folder: TrainingFolder,
    data_summary: Mapping[str, Any],
    validation_loss: float | None = None,
) -> Path:
    """Write a checkpoint. Every process has to call this.

    Args:
        trainer: The trainer to save.
        run_folder: Folder of the run.
        data_summary: Describes the training data; compared when the run is resumed.
        validation_loss: If it is the lowest of the run, the checkpoint becomes `best`.

    Returns:
        The folder of the checkpoint.

    Raises:
        SaveError: If the checkpoint cannot be written.
    """
    is_main = trainer.accelerator.is_main_process
    weights = model_state(trainer.model)
    optimizer = optimizer_state(trainer.model, trainer.optimizer, is_kept=is_main)
    averages = None
    if trainer.average is not None:
        averages = whole_tensors(trainer.average.state_dict(), is_kept=is_main)
    is_best = validation_loss is not None and validation_loss < trainer.position.best
    if is_best and validation_loss is not None:
        trainer.position.best = validation_loss
    step, keep_last = trainer.position.step, trainer.config.keep_last
    process_state, parts = _process_state(trainer), run_folder.parts(step)
    others = [_process_file(process) for process in range(1, trainer.accelerator.num_processes)]

    def write_process_state() -> None:
        if not is_main:
            name = _process_file(trainer.accelerator.process_index)
            run_folder.add(parts / name, lambda path: write_state(path, process_state))

    def write(folder: Path) -> None:
        trainer.checkpoint.save(folder, {**weights, **(averages or {})})
        state = {
            "position": vars(trainer.position),
            "is_best": is_best,
            "weights": weights if averages is not None else None,
            "average": averages,
            "optimizer": optimizer,
            "num_processes": trainer.accelerator.num_processes,
            "is_carrying": any(carry is not None for carry in trainer.carries),
            "learnt": dict(data_summary),
        }
        write_state(folder / STATE_FILE, state)
        write_state(folder / _process_file(0), process_state)
        for name in others:
            (parts / name).replace(folder / name)

    in_all(trainer.accelerator, write_process_state)
    save = partial(run_folder.save, step, write, keep_last=keep_last, is_best=is_best)
    return in_main(trainer.accelerator, save)


def _process_state(trainer: Trainer) -> dict[str, Any]:
    """Return the random state and the carry of this process, which other processes do not have."""
    device = trainer.accelerator.device
    state = {
        "device": device.type,
        "generator": trainer.generator.get_state(),
        "torch": torch.get_rng_state(),
        "carries": trainer.carries,
        "carried_rows": _carried_rows(trainer),
    }
    if device.type == "cuda":
        state["cuda"] = torch.cuda.get_rng_state(device)
    return state


def _carried_rows(trainer: Trainer) -> list[int]:
    """Return the shape of the carry: micro-batches, rows and tokens."""
    return [trainer.num_micro_batches, trainer.rows_per_process, trainer.row_length]


def restore_checkpoint(
    trainer: Trainer, run_folder: TrainingFolder, checkpoint: Path, data_summary: Mapping[str, Any]
) -> None:
    """Load a checkpoint into a trainer. Every process has to call this.

    Prints a warning if the training data changed, or if the carry or random states cannot be
    restored.

    Args:
        trainer: A new trainer, which is changed in place.
        run_folder: Folder of the run.
        checkpoint: Folder of the checkpoint.
        data_summary: Describes the training data.

    Raises:
        DataError: If the checkpoint is corrupt.
        SaveError: If the folder of the run cannot be written.
    """
    # Each process reads this large file, so only one verifies it.
    in_main(trainer.accelerator, partial(check_state, checkpoint / STATE_FILE))
    state, process_state = in_all(trainer.accelerator, partial(_read, trainer, checkpoint))
    weights = state["weights"]
    if weights is None:
        weights = {name: whole(t) for name, t in trainer.checkpoint.model.state_dict().items()}
    set_model_state(trainer.model, weights)
    set_optimizer_state(trainer.model, trainer.optimizer, state["optimizer"])
    if trainer.average is not None:
        # Without a stored average, the average starts at the restored weights.
        trainer.average.load_state_dict(state["average"] or {})
    trainer.position = type(trainer.position)(**state["position"])
    key = "validation_sha256"
    is_validated_anew = state["learnt"].get(key, data_summary[key]) != data_summary[key]
    if is_validated_anew:
        # A loss on other data cannot be compared.
        trainer.position.best = math.inf
    has_carry = process_state is not None and _restore_process_state(trainer, process_state)
    if trainer.accelerator.is_main_process:
        if state["is_carrying"] and not has_carry:
            note(
                "carry: rows are divided differently than before, so the state that the model "
                "carries from step to step starts anew"
            )
        # Checkpoints of earlier versions describe less.
        known = {key: value for key, value in data_summary.items() if key in state["learnt"]}
        if state["learnt"] != known:
            note(
                f"data: the data changed since the checkpoint{_changes(state['learnt'], known)}; "
                "results will differ from an unbroken run"
            )
        if is_validated_anew:
            note("best: the validation data changed, so earlier losses no longer count")
        note(f"resuming from {checkpoint}")
    keep_last, is_best = trainer.config.keep_last, state["is_best"]
    update = partial(run_folder.update_links, checkpoint, keep_last=keep_last, is_best=is_best)
    in_main(trainer.accelerator, update)


def _changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Return how the data changed, in brackets: the counts and settings, but not the digests."""
    changes = [change for change in list_changes(before, now) if "sha256" not in change]
    return f" ({', '.join(changes)})" if changes else ""


def _read(trainer: Trainer, checkpoint: Path) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return the shared state and the state of this process.

    The latter is None if the number of processes has changed.
    """
    state = read_state(checkpoint / STATE_FILE, trainer.model, is_mapped=True)
    if state["num_processes"] != trainer.accelerator.num_processes:
        return state, None
    file = checkpoint / _process_file(trainer.accelerator.process_index)
    check_state(file)
    return state, read_state(file, trainer.model, trainer.accelerator.device)


def _restore_process_state(trainer: Trainer, state: dict[str, Any]) -> bool:
    """Restore the random state and, if its shape still fits, the carry; return whether it did."""
    device = trainer.accelerator.device
    torch.set_rng_state(state["torch"].cpu())
    if "cuda" in state and device.type == "cuda":
        torch.cuda.set_rng_state(state["cuda"].cpu(), device)
    if _has_same_generator(trainer, state):
        trainer.generator.set_state(state["generator"].cpu())
    elif trainer.accelerator.is_main_process:
        note(
            f"random numbers: the checkpoint is from another kind of device than {device.type}, so "
            "those that the model draws start anew"
        )
    fits: bool = state["carried_rows"] == _carried_rows(trainer)
    if fits:
        trainer.carries = state["carries"]
    return fits


def _has_same_generator(trainer: Trainer, state: dict[str, Any]) -> bool:
    """Return whether a stored generator is of the kind of the trainer's.

    Checkpoints of earlier versions do not name the device; the sizes of the states tell CPU from
    CUDA.
    """
    if "device" in state:
        return bool(state["device"] == trainer.accelerator.device.type)
    return state["generator"].numel() == trainer.generator.get_state().numel()


def _process_file(process: int) -> str:
    return f"process-{process}.pt"
