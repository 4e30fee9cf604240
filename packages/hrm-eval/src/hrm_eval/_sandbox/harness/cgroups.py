"""Control groups: limits of memory and processes for everything that a worker runs, if permitted.

Versions 1 and 2 are tried, below the group of this process. An ordinary user may make groups only
where the system has delegated them.
"""

import itertools
import os
import time
from contextlib import suppress
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")
_PREFIX = "hrm-eval-"
_REMOVE_SECONDS = 2.0

_numbers = itertools.count()


class Cgroup:
    """The control groups of one worker.

    Args:
        memory_bytes: Limit of memory of all its processes, including the files in its folders.
        max_processes: Limit of processes and threads.

    Raises:
        OSError: If no group can be made here.
    """

    def __init__(self, *, memory_bytes: int, max_processes: int) -> None:
        name = f"{_PREFIX}{os.getpid()}-{next(_numbers)}"
        self._folders: list[Path] = []
        try:
            for parent, limits in _parents(memory_bytes, max_processes):
                _sweep(parent)
                folder = parent / name
                folder.mkdir()
                self._folders.append(folder)
                for file, value in limits.items():
                    (folder / file).write_text(str(value), encoding="ascii")
        except OSError:
            self.remove()
            raise

    @property
    def entrances(self) -> tuple[str, ...]:
        """Files that a process writes to in order to enter the groups."""
        return tuple(str(folder / "cgroup.procs") for folder in self._folders)

    def admit(self, pid: int) -> None:
        """Move a process into the groups; the processes that it starts will be in them, too.

        Raises:
            OSError: If the process has ended.
        """
        for file in self.entrances:
            Path(file).write_text(str(pid), encoding="ascii")

    @property
    def oom_files(self) -> tuple[str, ...]:
        """Files that count the processes killed for memory."""
        files = (
            f / name for f in self._folders for name in ("memory.events", "memory.oom_control")
        )
        return tuple(str(file) for file in files if file.exists())

    @property
    def usage_files(self) -> tuple[str, ...]:
        """Files that tell the memory and the CPU time of all processes: of version 1, or of 2."""
        names = ("memory.stat", "cpuacct.usage", "cpu.stat")
        files = (folder / name for folder in self._folders for name in names)
        return tuple(str(file) for file in files if file.exists())

    def remove(self) -> None:
        """Remove the groups, and wait a moment for their last processes to end."""
        deadline = time.monotonic() + _REMOVE_SECONDS
        for folder in self._folders:
            while folder.exists() and time.monotonic() < deadline:
                with suppress(OSError):
                    folder.rmdir()
                    break
                time.sleep(0.005)


def _parents(memory_bytes: int, max_processes: int) -> list[tuple[Path, dict[str, int]]]:
    """Return the folders to make groups in, and the limits to write into each group."""
    paths = {}
    for line in Path("/proc/self/cgroup").read_text(encoding="ascii").splitlines():
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):
            paths[controller] = path.lstrip("/")
    if "memory" in paths:
        parents = [(_ROOT / "memory" / paths["memory"], {"memory.limit_in_bytes": memory_bytes})]
        if "pids" in paths:
            parents.append((_ROOT / "pids" / paths["pids"], {"pids.max": max_processes}))
        if "cpuacct" in paths and (_ROOT / "cpuacct").exists():
            parents.append((_ROOT / "cpuacct" / paths["cpuacct"], {}))
        return parents
    parent = _ROOT / paths.get("", "")
    available = (parent / "cgroup.subtree_control").read_text(encoding="ascii").split()
    if "memory" not in available:
        raise PermissionError("no controller is delegated to this user")
    limits = {"memory.max": memory_bytes}
    if "pids" in available:
        limits["pids.max"] = max_processes
    return [(parent, limits)]


def _sweep(parent: Path) -> None:
    """Remove groups that killed harnesses left behind."""
    for folder in parent.glob(f"{_PREFIX}*"):
        pid = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if not Path(f"/proc/{pid}").exists():
            with suppress(OSError):
                folder.rmdir()
