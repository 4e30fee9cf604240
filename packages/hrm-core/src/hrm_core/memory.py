"""Free memory of a device: how many rows of a cache fit, and which errors mean that none is left.

Not covered: the memory of the weights, which are loaded before rows are counted.
"""

import os
import sys
from pathlib import Path

import torch

from hrm_core.cgroups import own_groups

# Share of the free memory for the cache; the rest is for activations and other programs.
_SHARE = 0.5

# With more rows than this, matrix products are saturated and throughput hardly grows.
_MOST_ROWS = {"cpu": 32, "cuda": 256}
_MOST_ROWS_ELSEWHERE = 64

# Parts of the messages of other errors than `torch.OutOfMemoryError`.
_TEXTS = ("out of memory", "can't allocate memory", "ALLOC_FAILED")

# Windows tells its free memory to no function of the standard library.
_UNKNOWN_BYTES = 2 << 30

# The controllers of a group as `/proc/self/cgroup` names them, folder, files of limit and usage,
# and the field of memory.stat with the cache of files that nobody uses any more, which is part of
# the usage but given up when memory is needed.
_CGROUPS = (
    ("", Path("/sys/fs/cgroup"), "memory.max", "memory.current", "inactive_file"),
    (
        "memory",
        Path("/sys/fs/cgroup/memory"),
        "memory.limit_in_bytes",
        "memory.usage_in_bytes",
        "total_inactive_file",
    ),
)


def free_bytes(device: torch.device) -> int:
    """Return the free memory of a device in bytes, as the system reports it."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    if device.type == "mps":
        return int(torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory())
    return _available_bytes()


def _available_bytes() -> int:
    """Return the free memory of machine and container on Linux; elsewhere, half of all memory.

    On Windows it is a guess.
    """
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        if not hasattr(os, "sysconf"):
            return _UNKNOWN_BYTES
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    fields = dict(line.split(":") for line in lines)
    return min(int(fields["MemAvailable"].split()[0]) * 1024, _cgroup_bytes())


def _cgroup_bytes() -> int:
    """Return the bytes left to the container or job; `sys.maxsize` if it has no limit."""
    left = sys.maxsize
    for controllers, root, limit, usage, cache in _CGROUPS:
        for folder in own_groups(root, controllers):
            try:
                allowed = (folder / limit).read_text(encoding="ascii").strip()
                used = int((folder / usage).read_text(encoding="ascii"))
            except (OSError, ValueError):
                continue
            if allowed.isdecimal():
                free = int(allowed) - max(0, used - _cache_bytes(folder, cache))
                left = min(left, max(0, free))
    return left


def _cache_bytes(folder: Path, name: str) -> int:
    """Return a field of the memory.stat of a container; 0 if it is not there."""
    try:
        lines = (folder / "memory.stat").read_text(encoding="ascii").splitlines()
        fields = dict(line.split() for line in lines)
        return int(fields.get(name, 0))
    except (OSError, ValueError):
        return 0


def rows_that_fit(bytes_per_row: int, device: torch.device) -> int:
    """Return how many rows to decode at a time: a power of two, at least 1.

    Args:
        bytes_per_row: Memory of a row of full length.
        device: Device of the cache.
    """
    most = _MOST_ROWS.get(device.type, _MOST_ROWS_ELSEWHERE)
    # On MPS, more than the recommended memory can be in use: free memory is negative then.
    fitting = max(1, min(most, int(free_bytes(device) * _SHARE) // max(1, bytes_per_row)))
    return 1 << fitting.bit_length() - 1


def is_out_of_memory(error: RuntimeError) -> bool:
    """Return whether an error, or one that caused it, means that a device has no memory left."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, torch.OutOfMemoryError) or any(t in str(cause) for t in _TEXTS):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
