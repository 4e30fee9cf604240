"""The box of a worker: a warm interpreter inside the layers, which forks for each program.

It obeys its judge and knows nothing of problems. When the judge's end of the control socket closes,
the box ends. With a process namespace, that also ends every process that a program has left.
"""

import _sitebuiltins
import builtins
import gc
import importlib
import os
import resource
import signal
import sys
from _socket import MSG_WAITALL, SCM_RIGHTS, SOL_SOCKET, socket
from contextlib import suppress
from math import ceil
from typing import NoReturn

from hrm_eval._sandbox.box.group_usage import GroupUsage
from hrm_eval._sandbox.box.warming import warm_up
from hrm_eval._sandbox.candidate import semaphores
from hrm_eval._sandbox.isolation.layers import Layers, NamespaceError
from hrm_eval._sandbox.isolation.refusals import Refusals
from hrm_eval._sandbox.layer import Layer
from hrm_eval._sandbox.syscalls import IS_LINUX, lower_limit
from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.control import NamespacesFailed, Ready, Settings, receive, send

# Modules that programs import most, and those that explain their errors.
_WARM = (
    "collections", "copy", "functools", "heapq", "itertools", "linecache",
    "math", "operator", "re", "string", "traceback", "typing",
)  # fmt: skip

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = resource.getpagesize()
_DESCRIPTOR_BYTES = 4
_ANCILLARY_BYTES = 64
_MOST_DESCRIPTORS = 16

# The judge decides by exact CPU time. The kernel counts ticks, which may overstate it.
_BACKSTOP_FACTOR = 2
_BACKSTOP_SECONDS = 5

# Frames of the box and the candidate below those of the program.
_NUM_FRAMES = 15

# Indices of the fields of /proc/PID/stat that follow the name. The CPU times of the process itself
# come first, then those of children that it has waited for.
_PARENT, _FIRST_TIME, _FIRST_CHILD_TIME, _END_OF_TIMES, _THREADS, _PAGES = 1, 11, 13, 15, 17, 21


class Box:
    """Forks, watches and ends one program at a time.

    Args:
        control: Socket to the judge.
        layers: Layers that confine the programs.
        group: Usage of the control group, if this process is in one.
        refusals: Explain errors that the layers cause.
    """

    def __init__(
        self, control: socket, layers: Layers, group: GroupUsage, refusals: Refusals
    ) -> None:
        self._control = control
        self._layers = layers
        self._group = group
        self._candidate = warm_up()
        self._candidate.explain_refusal = refusals.explain
        self._main_pid = 0
        self._order_number = 0
        self._status = protocol.NOT_STARTED
        self._reaped_seconds = 0.0
        self._peak_bytes = 0
        self._seen_seconds: dict[int, float] = {}
        self._seen_waiting: dict[int, float] = {}
        self._waiting_seconds = 0.0
        self._box_pages = _resident_pages()
        self._group_bytes = group.memory_bytes() - layers.file_bytes()

    def serve(self) -> None:
        """Carry out the judge's orders until it is gone."""
        while True:
            data, ancillary, _, _ = self._control.recvmsg(
                protocol.ORDER.size, _ANCILLARY_BYTES, MSG_WAITALL
            )
            if len(data) < protocol.ORDER.size:
                return
            word, self._order_number, cpu_seconds = protocol.ORDER.unpack(data)
            if word == protocol.START:
                ((level, kind, raw),) = ancillary
                assert (level, kind) == (SOL_SOCKET, SCM_RIGHTS)
                whole = len(raw) - len(raw) % _DESCRIPTOR_BYTES
                self._start(memoryview(raw[:whole]).cast("i").tolist(), cpu_seconds)
            elif word == protocol.USAGE:
                self._reap(os.WNOHANG)
                self._report(*self._measure())
            else:
                self._end()

    def leave(self) -> None:
        """Kill all processes that are left; remove the folder if it is on the host's disk."""
        self._kill()
        if self._layers.settings.folder == self._layers.home:
            self._layers.remove_folder()

    def _start(self, descriptors: list[int], cpu_seconds: float) -> None:
        self._reaped_seconds, self._peak_bytes = 0.0, 0
        if self._seen_seconds:
            self._seen_seconds.clear()
            self._seen_waiting.clear()
        self._waiting_seconds = 0.0
        self._status = protocol.RUNNING
        try:
            self._main_pid = os.fork()
        except OSError:
            self._status = protocol.NOT_STARTED
        else:
            if not self._main_pid:
                self._become_candidate(*descriptors, cpu_seconds=cpu_seconds)
        for descriptor in descriptors:
            os.close(descriptor)

    def _become_candidate(
        self,
        channel: int,
        output: int,
        errors: int | None = None,
        stdin: int | None = None,
        *,
        cpu_seconds: float,
    ) -> NoReturn:
        """Give up everything that a program must not have, and serve the judge; never return."""
        try:
            os.setsid()
            # Descriptors that no other program has had: their flags, locks and offsets are state.
            os.dup2(os.open(os.devnull, os.O_RDONLY) if stdin is None else stdin, 0)
            os.dup2(output, 1)
            os.dup2(output if errors is None else errors, 2)
            os.dup2(channel, protocol.CHANNEL)
            limit = ceil(_BACKSTOP_FACTOR * cpu_seconds) + _BACKSTOP_SECONDS
            lower_limit(resource.RLIMIT_CPU, limit, limit + 1)
            self._layers.confine()
            os.closerange(protocol.CHANNEL + 1, _MOST_DESCRIPTORS)
        except BaseException:  # noqa: BLE001 (a candidate that is not confined must not run)
            sys.excepthook(*sys.exc_info())
            os._exit(70)
        self._candidate.run()
        raise AssertionError

    def _end(self) -> None:
        """Kill everything that the program started, report, and empty its folder.

        The judge goes on meanwhile; the next program starts after that.
        """
        self._kill()
        seconds = max(self._reaped_seconds, self._group.seconds())
        if self._seen_seconds:
            seconds = max(seconds, sum(self._seen_seconds.values()))
        self._group.begin_again()
        self._report(seconds, 0.0, self._peak_bytes)
        self._layers.renew()
        self._main_pid = 0

    def _kill(self) -> None:
        if os.getpid() == 1:
            with suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)
            self._reap(0)
        else:
            self._kill_descendants()

    def _kill_descendants(self) -> None:
        """Kill descendants until none is left; orphans become children of this process."""
        if self._main_pid and self._status == protocol.RUNNING:
            # Not only its group: it may not have called setsid yet.
            for kill in (os.killpg, os.kill):
                with suppress(ProcessLookupError, PermissionError):
                    kill(self._main_pid, signal.SIGKILL)
            self._count(*os.wait4(self._main_pid, 0))
        while self._reap(os.WNOHANG):
            for pid, _ in _descendants():
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue

    def _reap(self, options: int) -> bool:
        """Count the children that have ended; return whether some are still running.

        Args:
            options: `os.WNOHANG` to return at once, 0 to wait for all of them.
        """
        while True:
            try:
                pid, status, usage = os.wait4(-1, options)
            except ChildProcessError:
                return False
            if not pid:
                return True
            self._count(pid, status, usage)

    def _count(self, pid: int, status: int, usage: resource.struct_rusage) -> None:
        self._reaped_seconds += usage.ru_utime + usage.ru_stime
        # macOS counts in bytes, Linux in KiB.
        unit = 1 if sys.platform == "darwin" else 1024
        self._peak_bytes = max(self._peak_bytes, usage.ru_maxrss * unit)
        if pid == self._main_pid:
            self._status = status

    def _measure(self) -> tuple[float, float, int]:
        """Return CPU seconds, seconds of waiting for a CPU, and resident bytes of all processes.

        If a process ignores SIGCHLD, the kernel counts the CPU time of its children nowhere. So the
        last time seen of each process is kept, and if these add up to more than the kernel's
        counts, their sum is returned. Of processes that waited for a CPU at the same time, the one
        that waited longest counts.
        """
        seconds, longest, pages = self._reaped_seconds, 0.0, self._box_pages
        for pid, fields in _descendants():
            ticks = sum(map(int, fields[_FIRST_TIME:_FIRST_CHILD_TIME]))
            child_ticks = sum(map(int, fields[_FIRST_CHILD_TIME:_END_OF_TIMES]))
            self._seen_seconds[pid] = ticks / _TICKS
            seconds += self._seen_seconds[pid] + child_ticks / _TICKS
            # A fork shares the pages of the box.
            pages += max(0, int(fields[_PAGES]) - self._box_pages)
            waiting = _waiting_seconds(pid, int(fields[_THREADS]))
            longest = max(longest, waiting - self._seen_waiting.get(pid, 0.0))
            self._seen_waiting[pid] = waiting
        self._waiting_seconds += longest
        seconds = max(seconds, sum(self._seen_seconds.values()), self._group.seconds())
        # Shared memory is in the group even if no process maps it now.
        added_bytes = self._group.memory_bytes() - self._layers.file_bytes() - self._group_bytes
        resident_bytes = max(pages, self._box_pages + added_bytes // _PAGE_BYTES) * _PAGE_BYTES
        return seconds, self._waiting_seconds, resident_bytes

    def _report(self, seconds: float, waiting: float, resident_bytes: int) -> None:
        report = protocol.REPORT.pack(
            self._order_number, seconds, waiting, resident_bytes, self._status
        )
        self._control.sendall(report)


def _offer_to_oom_killer() -> None:
    """Let the kernel, when memory runs out, kill programs before anything of the user."""
    try:
        with open("/proc/self/oom_score_adj", "wb", buffering=0) as file:
            file.write(b"1000")
    except OSError:
        return


def _resident_pages() -> int:
    """Return the number of resident pages of this process, or 0 if unknown."""
    try:
        with open("/proc/self/statm", "rb", buffering=0) as file:
            return int(file.read().split()[1])
    except OSError:
        return 0


def _descendants() -> list[tuple[int, list[bytes]]]:
    """Return the number of each process that descends from this one, and its fields of `stat`."""
    stats: dict[int, list[bytes]] = {}
    try:
        names = os.listdir("/proc")
    except OSError:
        return []
    for name in names:
        if name.isdecimal():
            try:
                with open(f"/proc/{name}/stat", "rb", buffering=0) as file:
                    stats[int(name)] = file.read().rpartition(b")")[2].split()
            except OSError:
                continue
    descendants: list[tuple[int, list[bytes]]] = []
    parents = {os.getpid()}
    while parents:
        children = {pid for pid, fields in stats.items() if int(fields[_PARENT]) in parents}
        descendants += [(pid, stats.pop(pid)) for pid in children]
        parents = children
    return descendants


def _waiting_seconds(pid: int, num_threads: int) -> float:
    """Return for how long the thread of a process that waited longest for a CPU had none."""
    folder = f"/proc/{pid}"
    try:
        threads = os.listdir(f"{folder}/task") if num_threads > 1 else [str(pid)]
    except OSError:
        return 0.0
    nanoseconds = 0
    for thread in threads:
        try:
            with open(f"{folder}/task/{thread}/schedstat", "rb", buffering=0) as file:
                nanoseconds = max(nanoseconds, int(file.read().split()[1]))
        except (OSError, IndexError):
            continue
    return nanoseconds / 1e9


def prepare_interpreter() -> None:
    """Import common modules, and make the interpreter look like one that runs a script."""
    for name in _WARM:
        importlib.import_module(name)
    sys.argv = [protocol.PROGRAM_FILE]
    for name in ("exit", "quit"):
        setattr(builtins, name, _sitebuiltins.Quitter(name, "Ctrl-D (i.e. EOF)"))
    for name, text in (("copyright", sys.copyright), ("credits", ""), ("license", "")):
        setattr(builtins, name, _sitebuiltins._Printer(name, text))
    vars(builtins)["help"] = _sitebuiltins._Helper()


def main(descriptor: int) -> None:
    """Receive the settings, enter the layers, report which are missing, and serve the judge."""
    control = socket(fileno=descriptor)
    settings = receive(control)
    if settings is None:
        return
    assert isinstance(settings, Settings)
    prepare_interpreter()
    _offer_to_oom_killer()
    layers = Layers(settings)
    # Opened here, since the layers hide these files.
    group = GroupUsage(settings.usage_files)
    try:
        layers.enter()
    except NamespaceError as error:
        send(control, NamespacesFailed(str(error)))
        return
    sys.path.extend(layers.package_folders)
    os.environ["HOME"] = os.environ["TMPDIR"] = layers.home
    os.environ.pop("LD_BIND_NOW", None)
    send(control, Ready(layers.missing))
    if IS_LINUX and Layer.MOUNT_NAMESPACE in layers.missing:
        semaphores.install()
    group = group if Layer.CGROUP not in layers.missing else GroupUsage(())
    box = Box(control, layers, group, Refusals(layers))
    # A program may import what it has written, and recurse as deeply as a script.
    sys.path.append(layers.home)
    sys.setrecursionlimit(sys.getrecursionlimit() + _NUM_FRAMES)
    gc.collect()
    gc.freeze()
    try:
        box.serve()
    finally:
        box.leave()
