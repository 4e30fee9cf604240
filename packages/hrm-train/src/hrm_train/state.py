"""Reading and writing the state of a training run: weights, optimizer, averages, generators.

Tensors are stored unsharded on the CPU, so that a run can be resumed with another number of
processes. Only the random state and the carry of an architecture belong to a single process.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
    """Return all weights and buffers of a module, unsharded. Every process has to call this.

    What is on the CPU already is not copied, so write it before the module changes.
    """
    return cast("dict[str, Tensor]", get_model_state_dict(module, options=_WHOLE))


def optimizer_state(
    model: nn.Module, optimizer: Optimizer, *, is_kept: bool
) -> dict[str, dict[str, Tensor]]:
    """Return the state of an optimizer by weight name, unsharded. Every process has to call this.

    What is on the CPU already is not copied, so write it before the optimizer's next step. Weights
    that have had no gradient yet are left out, because torch's functions cannot load them.

    Args:
        model: The model, for the names of the weights.
        optimizer: The optimizer of its weights.
        is_kept: Whether this process needs the result; otherwise it is empty.
    """
    states = {name: optimizer.state.get(weight, {}) for name, weight in model.named_parameters()}
    tensors = {
        name: whole_tensors(state, is_kept=is_kept) for name, state in states.items() if state
    }
    return tensors if is_kept else {}


def set_model_state(module: nn.Module, tensors: Mapping[str, Tensor]) -> None:
    """Load unsharded weights into a module, which may be sharded."""
    set_model_state_dict(module, dict(tensors), options=_WHOLE_IN)


def set_optimizer_state(
    model: nn.Module, optimizer: Optimizer, states: Mapping[str, Mapping[str, Tensor]]
) -> None:
    """Load copies of the result of `optimizer_state`, sharded as the weights are."""
    names = {weight: name for name, weight in model.named_parameters()}
    weights = chain.from_iterable(group["params"] for group in optimizer.param_groups)
    numbered = {
        number: {key: _shard_like(weight, value) for key, value in states[names[weight]].items()}
        for number, weight in enumerate(weights)
        if names[weight] in states
    }
    groups = optimizer.state_dict()["param_groups"]
    optimizer.load_state_dict({"state": numbered, "param_groups": groups})


def _shard_like(weight: Tensor, value: Tensor) -> Tensor:
    if isinstance(weight, DTensor) and value.shape == weight.shape:
        return distribute_tensor(value.to(weight.device), weight.device_mesh, weight.placements)
    return value.clone()


def whole(tensor: Tensor) -> Tensor:
    """Return a tensor unsharded on the CPU; if it is there already, it is not copied."""
    gathered = tensor.full_tensor() if isinstance(tensor, DTensor) else tensor
    return gathered.detach().cpu()


def whole_tensors(tensors: Mapping[str, Tensor], *, is_kept: bool) -> dict[str, Tensor]:
    """Return tensors unsharded on the CPU. Every process has to call this.

    What is there already is not copied, so write it before it changes.

    Args:
        tensors: Tensors by name.
        is_kept: Whether this process needs the tensors; otherwise the result is empty.
    """
    kept = {}
    for name, tensor in tensors.items():
        gathered = whole(tensor)
        if is_kept:
            kept[name] = gathered
    return kept


@torch.no_grad()
def copy_into(target: Tensor, source: Tensor) -> None:
    """Copy an unsharded tensor into one that may be sharded."""
    source = source.to(target.device)
    if isinstance(target, DTensor):
        source = distribute_tensor(source, target.device_mesh, target.placements)
    target.copy_(source)


def write_state(path: Path, state: Mapping[str, Any]) -> None:
    """Write a state, whole or not at all.

    Raises:
        OSError: If the file cannot be written.
    """
    try:
        with replacing(path) as draft, draft.open("wb") as file:
            torch.save(dict(state), file)
    except RuntimeError as error:
        # torch raises an error about positions in the file; the cause is its context.
        if isinstance(error.__context__, OSError):
            raise error.__context__ from None
        raise


def check_state(path: Path) -> None:
    """Verify the checksums of a state, which torch.save stores but torch.load does not check.

    Raises:
        DataError: If the file is corrupt.
    """
    with _explained(path), ZipFile(path) as archive:
        broken = archive.testzip()
        if broken is not None:
            raise BadZipFile(f"{broken} has changed since it was written")


def read_state(
    path: Path,
    model: LanguageModel,
    device: torch.device | str = "cpu",
    *,
    is_mapped: bool = False,
) -> dict[str, Any]:
    """Read a state. No code in the file is executed, and its checksums are not verified.

    Args:
        path: The file.
        model: The model; it names the types of its carry, which may be loaded.
        device: Device of the loaded tensors.
        is_mapped: Whether to map the file into memory instead of reading it, so that processes on
            one machine share it. Copy what is used longer than the file is there.

    Raises:
        DataError: If the file is corrupt.
    """
    # With several processes the CPU device has an index, which torch.load does not accept.
    target = "cpu" if torch.device(device).type == "cpu" else device
    with _explained(path), torch.serialization.safe_globals(list(model.carry_types)):
        state: dict[str, Any] = torch.load(
            path, map_location=target, weights_only=True, mmap=is_mapped
        )
    return state


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Say what to do about a state that cannot be read.

    Raises:
        DataError: If it cannot.
    """
    try:
        yield
    except (OSError, RuntimeError, EOFError, ValueError, BadZipFile, UnpicklingError) as error:
        # torch's own message recommends executing the code in the file.
        reason = "not a training state" if isinstance(error, UnpicklingError) else error
        raise DataError(
            f"{path}: corrupt: {reason}. Remove its folder; --resume then uses the one before"
        ) from error
