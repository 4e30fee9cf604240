"""The state of a training run in a file: weights, optimizer, averages, generators, position.

Tensors are whole and on the CPU, whatever was spread over how many processes; so what N processes
wrote, one can read. Only the carry of an architecture belongs to a process: it is kept if as many
processes go on, and begun anew if not.
"""

from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, cast
from zipfile import BadZipFile, ZipFile

import torch
from torch import Tensor, nn
from torch.distributed.checkpoint.state_dict import (
    StateDictOptions,
    get_model_state_dict,
    set_model_state_dict,
)
from torch.distributed.tensor import DTensor, distribute_tensor
from torch.optim import Optimizer

from hrm_core.errors import DataError
from hrm_core.files import replacing
from hrm_core.model import LanguageModel

_WHOLE = StateDictOptions(full_state_dict=True, cpu_offload=True)
_WHOLE_IN = StateDictOptions(full_state_dict=True)


def model_state(module: nn.Module) -> dict[str, Tensor]:
    """Return all weights and buffers of a module, whole; every process has to call it."""
    tensors = cast("dict[str, Tensor]", get_model_state_dict(module, options=_WHOLE))
    return {name: tensor.clone() for name, tensor in tensors.items()}


def optimizer_state(
    model: nn.Module, optimizer: Optimizer, *, is_kept: bool
) -> dict[str, dict[str, Tensor]]:
    """Return what an optimizer remembers of each weight, whole; every process has to call it.

    A weight that has had no gradient yet is left out: torch's own functions would not load that.

    Args:
        model: Names the weights.
        optimizer: Of these weights.
        is_kept: Whether this process wants the result.
    """
    states = {name: optimizer.state.get(weight, {}) for name, weight in model.named_parameters()}
    found = {name: whole_tensors(state, is_kept=is_kept) for name, state in states.items() if state}
    return found if is_kept else {}


def set_model_state(module: nn.Module, tensors: Mapping[str, Tensor]) -> None:
    """Give a module its weights, spread out as the module is."""
    set_model_state_dict(module, dict(tensors), options=_WHOLE_IN)


def set_optimizer_state(
    model: nn.Module, optimizer: Optimizer, states: Mapping[str, Mapping[str, Tensor]]
) -> None:
    """Give an optimizer what `optimizer_state` returned, spread out as the weights are."""
    names = {weight: name for name, weight in model.named_parameters()}
    weights = chain.from_iterable(group["params"] for group in optimizer.param_groups)
    numbered = {
        number: {key: _spread_like(weight, held) for key, held in states[names[weight]].items()}
        for number, weight in enumerate(weights)
        if names[weight] in states
    }
    groups = optimizer.state_dict()["param_groups"]
    optimizer.load_state_dict({"state": numbered, "param_groups": groups})


def _spread_like(weight: Tensor, held: Tensor) -> Tensor:
    if isinstance(weight, DTensor) and held.shape == weight.shape:
        return distribute_tensor(held.to(weight.device), weight.device_mesh, weight.placements)
    return held


def whole(tensor: Tensor) -> Tensor:
    """Return a copy of a tensor on the CPU, gathered if it is spread out."""
    gathered = tensor.full_tensor() if isinstance(tensor, DTensor) else tensor
    return gathered.detach().cpu().clone()


def whole_tensors(tensors: Mapping[str, Tensor], *, is_kept: bool) -> dict[str, Tensor]:
    """Return copies as `whole` does, in a process that wants them; every process has to call it."""
    found = {}
    for name, tensor in tensors.items():
        copy = whole(tensor)
        if is_kept:
            found[name] = copy
    return found


@torch.no_grad()
def copy_into(target: Tensor, source: Tensor) -> None:
    """Copy a whole tensor into one that may be spread out."""
    source = source.to(target.device)
    if isinstance(target, DTensor):
        source = distribute_tensor(source, target.device_mesh, target.placements)
    target.copy_(source)


def write_state(path: Path, state: Mapping[str, Any]) -> None:
    """Write a state, whole or not at all.

    Raises:
        OSError: If it cannot be written.
    """
    try:
        with replacing(path) as draft, draft.open("wb") as file:
            torch.save(dict(state), file)
    except RuntimeError as error:
        # What the disk said stands behind a message of torch about positions in the file.
        if isinstance(error.__context__, OSError):
            raise error.__context__ from None
        raise


def read_state(
    path: Path, model: LanguageModel, device: torch.device | str = "cpu"
) -> dict[str, Any]:
    """Read a state; nothing in the file is executed.

    Args:
        path: The file.
        model: Names the types that its carry is made of.
        device: Where its tensors go.

    Raises:
        DataError: If the file is corrupt.
    """
    # Where processes share CPUs, theirs are numbered, which a file cannot be read to.
    target = "cpu" if torch.device(device).type == "cpu" else device
    try:
        _check_sums(path)
        with torch.serialization.safe_globals(list(model.carry_types)):
            state: dict[str, Any] = torch.load(path, map_location=target, weights_only=True)
    except (OSError, RuntimeError, EOFError, ValueError, BadZipFile, UnpicklingError) as error:
        # What torch says of such a file recommends to run what is in it.
        reason = "not a state of a training" if isinstance(error, UnpicklingError) else error
        raise DataError(
            f"{path}: corrupt: {reason}. Remove its folder; --resume takes the one before"
        ) from error
    return state


def _check_sums(path: Path) -> None:
    """Check the sums that torch has stored, and does not look at when it reads.

    Raises:
        BadZipFile: If a part of the file is not what it was.
        OSError: If it cannot be read.
    """
    with ZipFile(path) as archive:
        broken = archive.testzip()
    if broken is not None:
        raise BadZipFile(f"{broken} has changed since it was written")
