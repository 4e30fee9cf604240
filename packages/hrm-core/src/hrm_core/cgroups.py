"""The control groups of this process, in which Linux limits containers and jobs."""

from collections.abc import Iterator
from pathlib import Path

_OWN_GROUPS = Path("/proc/self/cgroup")


def own_groups(root: Path, controller: str) -> Iterator[Path]:
    """Yield the folders of the control groups of this process, such as that of a Slurm job.

    In a container, `root` itself is its group.

    Args:
        root: Folder of all groups.
        controller: The controller of these groups, as `/proc/self/cgroup` names it.
    """
    yield root
    try:
        lines = _OWN_GROUPS.read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, names, path = line.split(":", 2)
        if controller in names.split(","):
            folder = root / path.lstrip("/")
            yield from (one for one in (folder, *folder.parents) if root in one.parents)
