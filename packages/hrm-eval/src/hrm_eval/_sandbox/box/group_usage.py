"""What the control group of a box counts: it also sees what no process shows any more.

The memory of a shared mapping stays when the process that filled it has ended. The CPU time of a
child that nobody waits for is in no parent's sum.
"""

import os
import time

_FILE_BYTES = 2**13


class GroupUsage:
    """Usage of the control group by one program after another; nothing without a group.

    Args:
        paths: The files of `Settings.usage_files`; they are opened here, since layers hide them.
    """

    def __init__(self, paths: tuple[str, ...]) -> None:
        self._files = {os.path.basename(path): os.open(path, os.O_RDONLY) for path in paths}
        self._began = self._last = 0.0
        self.seconds()
        self.begin_again()

    def seconds(self) -> float:
        """Return the CPU time of all processes but the box itself."""
        if not self._files:
            return 0.0
        self._last = self._seconds() - time.process_time()
        return max(0.0, self._last - self._began)

    def begin_again(self) -> None:
        """Let the next program start where the last call of `seconds` ended."""
        self._began = self._last

    def memory_bytes(self) -> int:
        """Return the memory of all processes and files, without copies of files on disk."""
        if "memory.stat" not in self._files:
            return 0
        fields = dict(line.split() for line in self._read("memory.stat").splitlines())
        names = (b"anon", b"shmem") if b"anon" in fields else (b"rss", b"shmem")
        return sum(int(fields.get(name, 0)) for name in names)

    def _seconds(self) -> float:
        if "cpuacct.usage" in self._files:
            return int(self._read("cpuacct.usage")) / 1e9
        if "cpu.stat" in self._files:
            return int(self._read("cpu.stat").split()[1]) / 1e6
        return 0.0

    def _read(self, name: str) -> bytes:
        return os.pread(self._files[name], _FILE_BYTES, 0)
