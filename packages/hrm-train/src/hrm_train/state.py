"""The state of a training run in a file: weights, optimizer, averages, generators, position.

Tensors are whole and on the CPU, whatever was spread over how many processes; so what N processes
wrote, one can read. Only the carry of an architecture belongs to a process: it is kept if as many
processes go on, and begun anew if not.
"""

from collections.abc import Mapping
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.distributed.checkpoint.state_dict import (
    StateDictOptions,
    get_model_state_dict,
    get_optimizer_state_dict,
    set_model_state_dict,
    set_optimizer_state_dict,
)
from torch.distributed.tensor import DTensor, distribute_tensor
from torch.optim import Optimizer

from hrm_core.errors import DataError
from hrm_core.model import LanguageModel

_WHOLE = StateDictOptions(full_state_dict=True, cpu_offload=True)
_WHOLE_IN = StateDictOptions(full_state_dict=True)


def model_state(module: nn.Module) -> dict[str, Tensor]:
    """Return all weights and buffers of a module, whole; every process has to call it."""
    tensors = cast("dict[str, Tensor]", get_model_state_dict(module, options=_WHOLE))
    return {name: tensor.clone() for name, tensor in tensors.items()}


def optimizer_state(module: nn.Module, optimizer: Optimizer) -> dict[str, Any]:
    """Return the state of an optimizer, whole; every process has to call it."""
    return get_optimizer_state_dict(module, optimizer, options=_WHOLE)


def set_model_state(module: nn.Module, tensors: Mapping[str, Tensor]) -> None:
    """Give a module its weights, spread out as the module is."""
    set_model_state_dict(module, dict(tensors), options=_WHOLE_IN)


def set_optimizer_state(module: nn.Module, optimizer: Optimizer, state: Mapping[str, Any]) -> None:
    """Give an optimizer its state, spread out as the module is."""
    set_optimizer_state_dict(module, optimizer, dict(state), options=_WHOLE_IN)


def whole(tensor: Tensor) -> Tensor:
    """Return a copy of a tensor on the CPU, gathered if it is spread out."""
    gathered = tensor.full_tensor() if isinstance(tensor, DTensor) else tensor
    return gathered.detach().cpu().clone()


@torch.no_grad()
def copy_into(target: Tensor, source: Tensor) -> None:
    """Copy a whole tensor into one that may be spread out."""
    source = source.to(target.device)
    if isinstance(target, DTensor):
        source = distribute_tensor(source, target.device_mesh, target.placements)
    target.copy_(source)


def write_state(path: Path, state: Mapping[str, Any]) -> None:
    """Write a state."""
    torch.save(dict(state), path)


def read_state(path: Path, model: LanguageModel) -> dict[str, Any]:
    """Read a state; nothing in the file is executed.

    Args:
        path: The file.
        model: Names the types that its carry is made of.

    Raises:
        DataError: If the file is corrupt.
    """
    try:
        with torch.serialization.safe_globals(list(model.carry_types)):
            state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, EOFError, ValueError, UnpicklingError) as error:
        message = (
            f"{path}: corrupt: {error}. Remove its folder; the run goes on from the one before."
        )
        raise DataError(message) from error
    return state
