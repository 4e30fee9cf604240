"""Processes that train together: joining them, sharing a module (DDP, FSDP2) and errors."""

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
from hrm_train.console import note
from hrm_train.launchers import check_launcher, ignored_precision
from hrm_train.precision import device_type
from hrm_train.train_config import TrainingConfig

Result = TypeVar("Result")

# Timeout of collective operations. The other processes wait that long while one reads its data, or
# the main one saves a checkpoint or measures Pass@1; torch would give up after 10 minutes on GPUs.
_TIMEOUT = timedelta(hours=4)

# From glibc's malloc.h.
_M_TRIM_THRESHOLD = -1
_M_MMAP_MAX = -4


def make_accelerator(config: TrainingConfig, folder: Path) -> Accelerator:
    """Join the processes of the run, and choose devices and precision.

    Args:
        config: Settings of the training.
        folder: Folder of the run, where TensorBoard writes.

    Raises:
        ConfigError: If the batch cannot be divided evenly among the processes, or there is no such
            device.
        PluginNotFoundError: If a tracker is not installed.
        UsageError: If accelerate joins another number of processes than was launched, or has
            settings that the config decides.
    """
    for tracker in config.trackers:
        require_module(
            tracker, needed_by=f"training.trackers: {tracker}", install=f"hrm-train[{tracker}]"
        )
    check_launcher(os.environ)
    precision = ignored_precision(os.environ, config.dtype)
    accelerator = Accelerator(
        cpu=runs_on_cpu(config),
        mixed_precision="bf16" if config.dtype == "bfloat16" else "no",
        log_with=list(config.trackers) or None,
        project_dir=str(folder),
        kwargs_handlers=[
            # If autocast caches bfloat16 copies of weights across the passes of a recurrent stack,
            # FSDP2 loses most of their gradients.
            AutocastKwargs(cache_enabled=False),
            # The embedding of HRM-Text gets no gradient while only the last cycle is trained, and
            # which weights do may change at any step.
            DistributedDataParallelKwargs(find_unused_parameters=True),
            InitProcessGroupKwargs(timeout=_TIMEOUT),
        ],
    )
    if accelerator.num_processes > 1:
        atexit.register(destroy_group, accelerator)
    expected = int(os.environ.get("WORLD_SIZE", "1"))
    if accelerator.num_processes != expected:
        raise UsageError(
            f"WORLD_SIZE: {expected} processes were launched, but accelerate joins "
            f"{accelerator.num_processes}. Unset the variables that configure it (ACCELERATE_*)"
        )
    device = accelerator.device.type
    if config.device not in ("auto", device):
        raise ConfigError(
            f"training.device: expected {config.device!r}, but accelerate uses {device!r}. Unset "
            "the variables that configure it (ACCELERATE_*)"
        )
    _check_batch(config, accelerator.num_processes)
    if precision is not None and accelerator.is_main_process:
        note(
            f"ACCELERATE_MIXED_PRECISION: {precision!r} has no effect; training.dtype decides: "
            f"{config.dtype}"
        )
    if device == "cpu":
        keep_freed_memory()
    return accelerator


def runs_on_cpu(config: TrainingConfig) -> bool:
    """Return whether the run uses no GPU.

    Raises:
        ConfigError: If the config names a device that torch does not find.
    """
    return device_type(config) == "cpu"


def _check_batch(config: TrainingConfig, num_processes: int) -> None:
    size, micro = config.batch_size, config.micro_batch_size
    share = size // num_processes
    if size % num_processes:
        raise ConfigError(
            f"training.batch_size: {size} rows cannot be divided by {num_processes} processes. "
            f"Write {num_processes * max(1, round(size / num_processes))}"
        )
    if micro is not None and share % micro:
        raise ConfigError(
            f"training.micro_batch_size: {micro} does not divide the {share} rows that each of "
            f"{num_processes} processes reads of training.batch_size {size}"
        )


def in_main(accelerator: Accelerator, act: Callable[[], Result]) -> Result:
    """Call a function in the main process only. Every process has to call this.

    All processes return its result or raise its error, so that none waits for one that has failed.

    Examples:
        >>> start = in_main(accelerator, folder.resume_point)
    """
    outcome: list[Any] = [None, None]
    if accelerator.is_main_process:
        try:
            outcome[0] = act()
        except HrmError as error:
            outcome[1] = error
    broadcast_object_list(outcome)
    result, failure = outcome
    if failure is not None:
        raise failure
    return result


def in_all(accelerator: Accelerator, act: Callable[[], Result]) -> Result:
    """Call a function in every process and wait for all. If one fails, all raise an error."""
    result, failure = None, None
    try:
        result = act()
    except HrmError as error:
        failure = error
    failures = [error for error in gather_object([failure]) if error is not None]
    if failures:
        raise failure or failures[0]
    return cast("Result", result)


def in_any(act: Callable[[], bool]) -> bool:
    """Call a function in every process and return whether it returned true in any."""
    return any(gather_object([act()]))


def check_same_data(accelerator: Accelerator, summary: str) -> None:
    """Check that all processes have read the same data.

    Args:
        accelerator: Connects the processes.
        summary: What this process has read.

    Raises:
        DataError: In every process, if they have not.
    """
    if len(set(gather_object([summary]))) > 1:
        raise DataError(
            f"training.data: the {accelerator.num_processes} processes have read different data. "
            "Give each machine the same files"
        )


def destroy_group(accelerator: Accelerator) -> None:
    """Destroy the process group before Python exits.

    A thread of the group that still refers to a tensor aborts an exiting Python, and may hang when
    the group is destroyed together with the module that uses it. Therefore the module is freed
    first; the garbage collection lets threads run that wait for Python's lock; and destroying the
    group ends them.
    """
    accelerator.free_memory()
    gc.collect()
    accelerator.state.destroy_process_group()


def keep_freed_memory() -> None:
    """Keep freed memory in this process instead of returning it to the system. Needs glibc.

    By default, large blocks are returned after every step, and the system fills each page with
    zeros again in the next step. Memory still stops growing, since later steps need blocks of the
    same few sizes (see `hrm_core.shapes`). Meant for processes that train on a CPU and do little
    else.
    """
    if platform.libc_ver()[0] != "glibc":
        return
    library = ctypes.CDLL(None)
    library.mallopt(_M_MMAP_MAX, 0)
    library.mallopt(_M_TRIM_THRESHOLD, -1)


class _UnusedWeight(nn.Module):
    """A weight without a gradient, which is not in the state of the module.

    DDP prints a warning if it looks for such weights and finds none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))

    def _save_to_state_dict(self, *_: Any) -> None:
        pass

    def _load_from_state_dict(self, *_: Any) -> None:
        pass


def spread(module: nn.Module, accelerator: Accelerator, *, sharding: str) -> nn.Module:
    """Return a module that is trained by all processes together.

    Args:
        module: A module with the same weights in every process.
        accelerator: The processes and the device.
        sharding: `ddp` copies the weights to every process, `fsdp` divides them (FSDP2). Ignored
            with a single process.
    """
    if accelerator.num_processes == 1:
        return module.to(accelerator.device)
    if sharding == "ddp":
        module.register_module("unused", _UnusedWeight())
        prepared: nn.Module = accelerator.prepare(module.to(accelerator.device))
        return prepared
    # torch shards on CPUs too, which accelerate does not. Each part is moved to its device when it
    # is sharded, so that no device needs memory for the whole module.
    mesh = init_device_mesh(accelerator.device.type, (accelerator.num_processes,))
    for part in module.modules():
        if isinstance(part, Block):
            fully_shard(part, mesh=mesh)
    fully_shard(module, mesh=mesh)
    return module


def exchange(
    module: nn.Module, accelerator: Accelerator, *, is_last: bool
) -> AbstractContextManager[None]:
    """Return a context that synchronizes gradients only in the last backward pass of a step."""
    if isinstance(module, FSDPModule):
        return _sharded_exchange(module, is_last=is_last)
    return nullcontext() if is_last else accelerator.no_sync(module)


def reshard(module: nn.Module) -> None:
    """Free gathered weights of an FSDP module after a forward pass without a backward pass."""
    if isinstance(module, FSDPModule):
        module.reshard()


@contextmanager
def _sharded_exchange(module: FSDPModule, *, is_last: bool) -> Iterator[None]:
    module.set_requires_gradient_sync(is_last)
    yield
