"""Checkpoints of a run: written by all of its processes, and read by as many or by another number.

The main process writes what all share, each other one what it alone draws and carries; a checkpoint
takes its place when all of that is written.
"""

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from hrm_train.processes import in_all, in_main
from hrm_train.run_folder import STATE_FILE, TrainingFolder
from hrm_train.state import (
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
    """Write a checkpoint; every process has to call it.

    Args:
        trainer: What is saved.
        run_folder: Folder of the run.
        data_summary: Describes the training data; compared when the run is resumed.
        validation_loss: If it is the lowest so far, the checkpoint becomes `best`.

    Returns:
        Its folder.

    Raises:
        SaveError: If it cannot be written.
    """
    is_main = trainer.accelerator.is_main_process
    weights = _without_wrapper(model_state(trainer.module))
    optimizer = optimizer_state(trainer.model, trainer.optimizer, is_kept=is_main)
    averages = None
    if trainer.average is not None:
        averages = whole_tensors(trainer.average.state_dict(), is_kept=is_main)
    is_best = validation_loss is not None and validation_loss < trainer.position.best
    if is_best and validation_loss is not None:
        trainer.position.best = validation_loss
    step, keep_last = trainer.position.step, trainer.config.keep_last
    own, parts = _own_state(trainer), run_folder.parts(step)
    others = [_own_file(process) for process in range(1, trainer.accelerator.num_processes)]

    def write_own() -> None:
        if not is_main:
            name = _own_file(trainer.accelerator.process_index)
            run_folder.add(parts / name, lambda path: write_state(path, own))

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
        write_state(folder / _own_file(0), own)
        for name in others:
            (parts / name).replace(folder / name)

    in_all(trainer.accelerator, write_own)
    save = partial(run_folder.save, step, write, keep_last=keep_last, is_best=is_best)
    return in_main(trainer.accelerator, save)


def _own_state(trainer: Trainer) -> dict[str, Any]:
    """Return what this process draws and carries, which no other knows."""
    device = trainer.accelerator.device
    own = {
        "generator": trainer.generator.get_state(),
        "torch": torch.get_rng_state(),
        "carries": trainer.carries,
        "carried_rows": _carried_rows(trainer),
    }
    if device.type == "cuda":
        own["cuda"] = torch.cuda.get_rng_state(device)
    return own


def _carried_rows(trainer: Trainer) -> list[int]:
    """The shape of what the architecture carries: micro-batches, rows, and tokens."""
    return [trainer.num_micro_batches, trainer.rows_per_process, trainer.row_length]


def restore_checkpoint(
    trainer: Trainer, run_folder: TrainingFolder, folder: Path, data_summary: Mapping[str, Any]
) -> None:
    """Let a trainer go on from a checkpoint; every process has to call it.

    Args:
        trainer: With fresh state.
        run_folder: Folder of the run.
        folder: Folder of the checkpoint.
        data_summary: Describes the training data.

    Raises:
        DataError: If it is corrupt.
        SaveError: If the folder of the run cannot be written.
    """
    state, own = in_all(trainer.accelerator, partial(_read, trainer, folder))
    weights = state["weights"]
    if weights is None:
        weights = {name: whole(t) for name, t in trainer.checkpoint.model.state_dict().items()}
    set_model_state(trainer.module, {f"model.{name}": t for name, t in weights.items()})
    set_optimizer_state(trainer.model, trainer.optimizer, state["optimizer"])
    if trainer.average is not None:
        # A run that kept no average begins one at the weights it has.
        trainer.average.load_state_dict(state["average"] or {})
    trainer.position = type(trainer.position)(**state["position"])
    is_whole = own is not None and _restore_own(trainer, own)
    if trainer.accelerator.is_main_process and state["is_carrying"] and not is_whole:
        print(
            "carry: rows are shared out in another way than before, so what the model has carried "
            "from step to step begins anew",
            file=sys.stderr,
            flush=True,
        )
    if trainer.accelerator.is_main_process and state["learnt"] != data_summary:
        print(
            "data: not what this run has learnt so far, so from here on it is another run: "
            f"{state['learnt']} then, {data_summary} now",
            file=sys.stderr,
            flush=True,
        )
    if trainer.accelerator.is_main_process:
        print(f"going on from {folder}", file=sys.stderr, flush=True)
    keep_last, is_best = trainer.config.keep_last, state["is_best"]
    update = partial(run_folder.update_links, folder, keep_last=keep_last, is_best=is_best)
    in_main(trainer.accelerator, update)


def _read(trainer: Trainer, folder: Path) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return the state of a checkpoint, and what is this process's own if there are as many."""
    state = read_state(folder / STATE_FILE, trainer.model)
    if state["num_processes"] != trainer.accelerator.num_processes:
        return state, None
    file = folder / _own_file(trainer.accelerator.process_index)
    return state, read_state(file, trainer.model, trainer.accelerator.device)


def _restore_own(trainer: Trainer, own: dict[str, Any]) -> bool:
    """Go on with what this process drew and carried; return whether the carry fits."""
    trainer.generator.set_state(own["generator"].cpu())
    torch.set_rng_state(own["torch"].cpu())
    if "cuda" in own and trainer.accelerator.device.type == "cuda":
        torch.cuda.set_rng_state(own["cuda"].cpu(), trainer.accelerator.device)
    fits: bool = own["carried_rows"] == _carried_rows(trainer)
    if fits:
        trainer.carries = own["carries"]
    return fits


def _own_file(process: int) -> str:
    return f"process-{process}.pt"


def _without_wrapper(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix("model."): tensor for name, tensor in tensors.items()}
