"""Spreading a module over processes: copies of it (DDP), or a share of its weights each (FSDP2)."""

import atexit
import ctypes
import gc
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar, cast

import torch
from accelerate import Accelerator, DistributedDataParallelKwargs, InitProcessGroupKwargs
from accelerate.utils import AutocastKwargs, broadcast_object_list, gather_object
from torch import nn
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import FSDPModule, fully_shard

from hrm_core.errors import ConfigError, DataError, HrmError, UsageError
from hrm_core.layers import Block
from hrm_core.plugins import require_module
from hrm_train.train_config import TrainingConfig

Given = TypeVar("Given")

# How long processes wait for one another; the main process measures Pass@1 alone meanwhile.
_PATIENCE = timedelta(hours=4)

# Of glibc's malloc.h.
_M_TRIM_THRESHOLD = -1
_M_MMAP_MAX = -4


def make_accelerator(config: TrainingConfig, folder: Path) -> Accelerator:
    """Return what knows of processes, devices and precision.

    Raises:
        ConfigError: If the processes do not divide the batch.
        PluginNotFoundError: If a tracker is not installed.
        UsageError: If other processes were launched than accelerate joins.
    """
    for tracker in config.trackers:
        require_module(
            tracker, needed_by=f"training.trackers: {tracker}", install=f"hrm-train[{tracker}]"
        )
    accelerator = Accelerator(
        cpu=_runs_on_cpu(config),
        mixed_precision="bf16" if config.dtype == "bfloat16" else "no",
        log_with=list(config.trackers) or None,
        project_dir=str(folder),
        kwargs_handlers=[
            # With weights that autocast keeps in bfloat16 over all passes of a recurrent stack,
            # FSDP2 loses most of their gradients.
            AutocastKwargs(cache_enabled=False),
            # The embedding of an HRM-Text has no gradient while only the last cycle has one.
            DistributedDataParallelKwargs(find_unused_parameters=True),
            InitProcessGroupKwargs(timeout=_PATIENCE if config.pass_at_1 else None),
        ],
    )
    if accelerator.num_processes > 1:
        atexit.register(destroy_group, accelerator)
    expected = int(os.environ.get("WORLD_SIZE", "1"))
    if accelerator.num_processes != expected:
        raise UsageError(
            f"WORLD_SIZE: {expected} processes were launched, but accelerate joins "
            f"{accelerator.num_processes}. Unset what else configures it (ACCELERATE_*)"
        )
    _check_batch(config, accelerator.num_processes)
    if accelerator.device.type == "cpu":
        keep_freed_memory()
    return accelerator


def _runs_on_cpu(config: TrainingConfig) -> bool:
    has_other = torch.cuda.is_available() or torch.backends.mps.is_available()
    return config.device == "cpu" or not has_other


def _check_batch(config: TrainingConfig, num_processes: int) -> None:
    size, micro = config.batch_size, config.micro_batch_size
    share = size // num_processes
    if size % num_processes:
        raise ConfigError(
            f"training.batch_size: {num_processes} processes do not divide {size} rows. Write "
            f"{num_processes * max(1, round(size / num_processes))}"
        )
    if micro is not None and share % micro:
        raise ConfigError(
            f"training.micro_batch_size: {micro} does not divide the {share} rows that each of "
            f"{num_processes} processes takes of training.batch_size {size}"
        )


def in_main(accelerator: Accelerator, act: Callable[[], Given]) -> Given:
    """Let the main process alone do something; every process has to call it.

    Each returns what the main process got, or raises its error: none waits for one that is gone.
    """
    outcome: list[Any] = [None, None]
    if accelerator.is_main_process:
        try:
            outcome[0] = act()
        except HrmError as error:
            outcome[1] = error
    broadcast_object_list(outcome)
    given, failure = outcome
    if failure is not None:
        raise failure
    return given


def in_all(accelerator: Accelerator, act: Callable[[], Given]) -> Given:
    """Let every process do something, and wait for all; if one fails, all raise its error."""
    given, failure = None, None
    try:
        given = act()
    except HrmError as error:
        failure = error
    failures = [error for error in gather_object([failure]) if error is not None]
    if failures:
        raise failure or failures[0]
    return cast("Given", given)


def check_same_data(accelerator: Accelerator, digest: str) -> None:
    """Check that all processes have read the same data.

    Raises:
        DataError: In all of them, if they have not.
    """
    if len(set(gather_object([digest]))) > 1:
        raise DataError(
            f"training.data: the {accelerator.num_processes} processes have read different rows. "
            "Give each machine the same files"
        )


def destroy_group(accelerator: Accelerator) -> None:
    """Let go of the other processes, after all that computes with them.

    A thread of the group that still holds a tensor aborts a Python that ends, and may hang one that
    drops the group with the module that uses it. So the module goes first; a thread that waits for
    Python's lock gets it after the collection at the latest; and without the group, it ends.
    """
    accelerator.free_memory()
    gc.collect()
    accelerator.state.destroy_process_group()


def keep_freed_memory() -> None:
    """Let a process keep the memory that it frees, where the C library is glibc.

    By default it goes back to the system after every step, and each page is filled with zeros again
    in the next one. For processes that train on a CPU and do little else.
    """
    if platform.libc_ver()[0] != "glibc":
        return
    library = ctypes.CDLL(None)
    library.mallopt(_M_MMAP_MAX, 0)
    library.mallopt(_M_TRIM_THRESHOLD, -1)


def spread(module: nn.Module, accelerator: Accelerator, *, sharding: str) -> nn.Module:
    """Return a module that computes with all processes.

    Args:
        module: Its weights are alike in all processes.
        accelerator: Which processes and device.
        sharding: `ddp` or `fsdp`; alone, a process needs neither.
    """
    if accelerator.num_processes == 1:
        return module.to(accelerator.device)
    if sharding == "ddp":
        prepared: nn.Module = accelerator.prepare(module.to(accelerator.device))
        return prepared
    # accelerate shards on accelerators only; torch does so on CPUs too. Each part is moved when it
    # is sharded, so that no device has to hold the whole.
    mesh = init_device_mesh(accelerator.device.type, (accelerator.num_processes,))
    for part in module.modules():
        if isinstance(part, Block):
            fully_shard(part, mesh=mesh)
    fully_shard(module, mesh=mesh)
    return module


def exchange(
    module: nn.Module, accelerator: Accelerator, *, is_last: bool
) -> AbstractContextManager[None]:
    """Exchange gradients once a step, after its last backward pass."""
    if isinstance(module, FSDPModule):
        return _sharded_exchange(module, is_last=is_last)
    return nullcontext() if is_last else accelerator.no_sync(module)


def reshard(module: nn.Module) -> None:
    """Put weights back that a forward pass has gathered and no backward pass has put back."""
    if isinstance(module, FSDPModule):
        module.reshard()


@contextmanager
def _sharded_exchange(module: FSDPModule, *, is_last: bool) -> Iterator[None]:
    module.set_requires_gradient_sync(is_last)
    yield
