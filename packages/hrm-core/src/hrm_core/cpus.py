"""The processor time that a container or a job may use.

Not covered: shares, which only matter while other programs want the same cores.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from hrm_core.cgroups import own_groups

# The controllers of a group as `/proc/self/cgroup` names them, folder, and the files of its quota
# and of the period that the quota is for.
_CGROUPS = (
    ("", Path("/sys/fs/cgroup"), ("cpu.max",)),
    ("cpu", Path("/sys/fs/cgroup/cpu"), ("cpu.cfs_quota_us", "cpu.cfs_period_us")),
)


def cpu_quota() -> int:
    """Return how many cores the container or job may keep busy, rounded down, but at least 1.

    `sys.maxsize` if it has no quota.
    """
    return max(1, min(_quotas(), default=sys.maxsize))


def available_cores() -> int:
    """Return how many cores this process may use at a time: those it is bound to, or its quota."""
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(bound or 1, cpu_quota())


def keep_to_quota() -> None:
    """Let torch compute with no more threads than the container or job may keep cores busy.

    Threads beyond the quota are stopped all at once when it is used up, and the others wait.
    """
    import torch

    if torch.get_num_threads() > cpu_quota():
        torch.set_num_threads(cpu_quota())


def _quotas() -> Iterator[int]:
    """Yield the quota of each group that this process is in, if it has one."""
    for controllers, root, files in _CGROUPS:
        for folder in own_groups(root, controllers):
            try:
                texts = [(folder / file).read_text(encoding="ascii") for file in files]
                # Without a quota, the first value is "max" or -1.
                quota, period = map(int, " ".join(texts).split())
            except (OSError, ValueError):
                continue
            if quota > 0 and period > 0:
                yield quota // period
