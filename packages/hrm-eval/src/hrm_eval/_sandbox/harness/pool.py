"""The workers of a sandbox, as the harness sees them: start them, feed them, replace the dead.

A job whose worker dies is given to another, so a verdict is neither lost nor invented. Only if a
job loses many workers one after the other does the pool give up, with an error.
"""

import marshal
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from hrm_eval._sandbox.harness.cgroups import Cgroup
from hrm_eval._sandbox.layer import Layer
from hrm_eval._sandbox.wire.protocol import BOX_IS_GONE

Key = TypeVar("Key")

# Jobs that lie ready at a worker, so that it need not wait for the harness.
_QUEUE_LENGTH = 2

# Workers that a job may lose to whoever kills them before the pool gives up; and the boxes, and the
# judges by themselves, that it may break before that is held against it.
_MAX_LOST_WORKERS = 25
_MAX_LOST_BOXES = 8
_MAX_LOST_JUDGES = 3

# How a judge ends that somebody else has ended.
_KILLED = (-signal.SIGKILL, -signal.SIGTERM, 0)

# A loaded machine may take long to start an interpreter; this is no limit of a program.
_START_SECONDS = 120.0
_END_SECONDS = 10.0
_LEAVE_SECONDS = 2.0

_START_FILE = Path(__file__).resolve().parent.with_name("start.py")


class PoolError(Exception):
    """Workers cannot be started, or die whatever is tried."""


@dataclass(frozen=True, kw_only=True)
class PoolSettings:
    """What all workers of a pool have in common.

    Attributes:
        memory_bytes: Address space of a process.
        total_memory_bytes: Memory of all processes of a worker.
        file_bytes: Size of a file.
        quota_bytes: Size of the folder of a program.
        max_processes: Processes and threads of a program.
        has_namespaces: Whether to try namespaces.
    """

    memory_bytes: int
    total_memory_bytes: int
    file_bytes: int
    quota_bytes: int
    max_processes: int
    has_namespaces: bool = True


@dataclass
class _Entry:
    key: Any
    job: dict[str, Any]
    returncodes: list[int] = field(default_factory=list)

    @property
    def breaks_workers(self) -> bool:
        """Whether it was this job that ended its workers, as far as their exit status tells."""
        num_boxes = self.returncodes.count(BOX_IS_GONE)
        num_killed = sum(map(self.returncodes.count, _KILLED))
        num_judges = len(self.returncodes) - num_boxes - num_killed
        return num_boxes >= _MAX_LOST_BOXES or num_judges >= _MAX_LOST_JUDGES


class Worker:
    """A judge and its box.

    Args:
        settings: Of the pool.
        folder: Where programs run if the box cannot mount a folder of its own; None to see.

    Raises:
        OSError: If there is no process, no file or no socket to be had.
    """

    def __init__(self, settings: PoolSettings, folder: Path | None) -> None:
        self.jobs: deque[_Entry] = deque()
        self.missing: dict[str, str] | None = None
        self.buffer = b""
        self._cgroup, self._no_cgroup = _make_cgroup(settings)
        with ExitStack() as stack:
            if self._cgroup is not None:
                stack.callback(self._cgroup.remove)
            self._log = stack.enter_context(tempfile.TemporaryFile())
            self.socket, theirs = map(stack.enter_context, socket.socketpair())
            # The box has a copy of the writing end: the other is at its end when both are gone.
            self._alive, alive = os.pipe()
            stack.callback(os.close, self._alive)
            try:
                self._process = subprocess.Popen(
                    [_python(), "-s", "-S", "-P", str(_START_FILE), "judge", str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=self._log,
                    stderr=self._log,
                    pass_fds=(theirs.fileno(), alive),
                    env={"PYTHONHASHSEED": "0"},
                    cwd="/",
                    start_new_session=True,
                )
            finally:
                theirs.close()
                os.close(alive)
            self._closing = stack.pop_all()
        self.send(
            {
                "python": _python(),
                "alive": alive,
                "environment": _environment(),
                "oom_files": self._cgroup.oom_files if self._cgroup else (),
                "box": {
                    "read_only": _readable_folders(),
                    "package_folders": _package_folders(),
                    "folder": str(folder or ""),
                    "memory_bytes": settings.memory_bytes,
                    "file_bytes": settings.file_bytes,
                    "quota_bytes": settings.quota_bytes,
                    "max_processes": settings.max_processes,
                    "cgroups": self._cgroup.entrances if self._cgroup else (),
                    "has_namespaces": settings.has_namespaces,
                },
            }
        )

    def send(self, message: Mapping[str, Any]) -> None:
        """Send a message; a worker that is dead is found out when it is read from."""
        data = marshal.dumps(dict(message))
        with suppress(BrokenPipeError, ConnectionResetError):
            self.socket.sendall(len(data).to_bytes(4, "little") + data)

    def receive(self) -> list[dict[str, Any]] | None:
        """Return the messages that have come; None if the worker is gone."""
        try:
            data = self.socket.recv(2**18)
        except ConnectionResetError:
            data = b""
        if not data:
            return None
        self.buffer += data
        messages = []
        while len(self.buffer) >= 4:
            end = 4 + int.from_bytes(self.buffer[:4], "little")
            if len(self.buffer) < end:
                break
            messages.append(marshal.loads(self.buffer[4:end]))
            self.buffer = self.buffer[end:]
        return messages

    def note_layers(self, missing: dict[str, str]) -> None:
        """Take note of the layers that this worker does without."""
        if self._no_cgroup:
            missing = {**missing, Layer.CGROUP.value: self._no_cgroup}
        self.missing = missing

    def end(self) -> tuple[int, str]:
        """End the judge, wait until the box is gone; return exit status and log of the judge."""
        with self._closing:
            self._process.terminate()
            try:
                returncode = self._process.wait(_LEAVE_SECONDS)
            except subprocess.TimeoutExpired:
                # Busy comparing, or stopped.
                self._process.kill()
                returncode = self._process.wait()
            deadline = time.monotonic() + _END_SECONDS
            with selectors.DefaultSelector() as selector:
                selector.register(self._alive, selectors.EVENT_READ)
                while selector.select(max(0.0, deadline - time.monotonic())):
                    if not os.read(self._alive, 1):
                        break
            return returncode, self.log()

    def log(self) -> str:
        """Return the end of what the judge printed: nothing, unless it broke."""
        self._log.seek(0)
        return self._log.read()[-2000:].decode("utf-8", "backslashreplace").strip()


class Pool:
    """Workers that take jobs; leaving the `with` block ends them and all that they started.

    Args:
        settings: Of the workers.
        size: How many there are.

    Raises:
        PoolError: If a worker does not start.
    """

    def __init__(self, settings: PoolSettings, *, size: int) -> None:
        self._settings = settings
        self._size = size
        self._num_failed_starts = 0
        self._lock = threading.Lock()
        self._folders: list[Path] = []
        self._workers: list[Worker] = []
        self._selector = selectors.DefaultSelector()
        try:
            first = self._start_first()
            self.missing: dict[str, str] = first.missing or {}
            self._add(first)
            for _ in range(size - 1):
                self._add(self._start())
        except BaseException:
            self.close()
            raise

    def run(
        self, jobs: Iterable[tuple[Key, dict[str, Any]]]
    ) -> Iterator[tuple[Key, dict[str, Any]]]:
        """Yield the answer to each job as it comes, under the job's key; jobs are taken as needed.

        Raises:
            PoolError: If workers die whatever is tried.
        """
        if not self._lock.acquire(blocking=False):
            raise PoolError("it is at work: let one judge_all end, or close it, before the next")
        waiting = iter(jobs)
        again: deque[_Entry] = deque()
        try:
            for _ in range(self._size - len(self._workers)):
                self._add(self._start())
            for worker in self._workers:
                _feed(worker, again, waiting)
            while any(worker.jobs for worker in self._workers) or again:
                for worker in self._wait():
                    yield from self._hear(worker, again, waiting)
        finally:
            # Left early: whoever is at work would answer the next run.
            for worker in [worker for worker in self._workers if worker.jobs]:
                self._remove(worker)
            self._lock.release()

    def _hear(
        self, worker: Worker, again: deque[_Entry], waiting: Iterator[tuple[Any, dict[str, Any]]]
    ) -> Iterator[tuple[Any, dict[str, Any]]]:
        """Yield the answers of a worker that has something to say, and give it more to do."""
        messages = worker.receive()
        if messages is None:
            yield from self._replace(worker, again)
            for other in self._workers:
                _feed(other, again, waiting)
            return
        for message in messages:
            if worker.missing is None:
                worker.note_layers(message["missing"])
                for entry in worker.jobs:
                    worker.send(entry.job)
            else:
                entry = worker.jobs.popleft()
                _feed(worker, again, waiting)
                yield entry.key, message

    def close(self) -> None:
        """End the workers, the programs that run and their folders."""
        for worker in list(self._workers):
            self._remove(worker)
        self._selector.close()
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)

    def _wait(self) -> list[Worker]:
        """Return the workers that have something to say."""
        ready = [key.data for key, _ in self._selector.select(_START_SECONDS)]
        if not ready and (stuck := [w for w in self._workers if w.missing is None]):
            message = f"a worker did not start within {_START_SECONDS:g} s\n{stuck[0].log()}"
            raise PoolError(message.rstrip())
        return ready

    def _remove(self, worker: Worker) -> tuple[int, str]:
        """End a worker; return its exit status and what it printed."""
        self._selector.unregister(worker.socket)
        self._workers.remove(worker)
        return worker.end()

    def _replace(
        self, worker: Worker, again: deque[_Entry]
    ) -> Iterator[tuple[Any, dict[str, Any]]]:
        """Start another worker for one that is gone, and queue the jobs it had."""
        returncode, log = self._remove(worker)
        lost = list(worker.jobs)
        if worker.missing is None:
            self._num_failed_starts += 1
            if self._num_failed_starts == _MAX_LOST_WORKERS:
                message = f"a worker did not start, exit status {returncode}\n{log}"
                raise PoolError(message.rstrip())
        elif lost and returncode == -signal.SIGXCPU:
            yield lost.pop(0).key, {"judge_timed_out": True}
        elif lost:
            entry = lost[0]
            entry.returncodes.append(returncode)
            if entry.breaks_workers:
                lost.pop(0)
                yield entry.key, {"broke": log}
            elif len(entry.returncodes) == _MAX_LOST_WORKERS:
                message = f"{_MAX_LOST_WORKERS} workers were killed over {entry.key!r}\n{log}"
                raise PoolError(message.rstrip())
        again.extend(lost)
        self._add(self._start())

    def _start_first(self) -> Worker:
        """Start a worker and wait for it; if it has no folder of its own, another with one."""
        while True:
            worker = self._start()
            messages: list[dict[str, Any]] | None = []
            try:
                while messages == []:
                    messages = worker.receive()
            finally:
                if not messages:
                    returncode, log = worker.end()
            if not messages:
                message = f"a worker did not start, exit status {returncode}\n{log}"
                raise PoolError(message.rstrip())
            worker.note_layers(messages[0]["missing"])
            if self._folders or Layer.MOUNT_NAMESPACE not in (worker.missing or {}):
                return worker
            worker.end()
            self._folders.append(Path(tempfile.mkdtemp(prefix="hrm-eval-")))
            self._folders[0].chmod(0o711)

    def _start(self) -> Worker:
        folder = None
        if self._folders:
            folder = Path(tempfile.mkdtemp(prefix="box-", dir=self._folders[0]))
        try:
            return Worker(self._settings, folder)
        except OSError as error:
            raise PoolError(f"a worker cannot be started: {error}") from error

    def _add(self, worker: Worker) -> None:
        self._workers.append(worker)
        self._selector.register(worker.socket, selectors.EVENT_READ, worker)


def _feed(
    worker: Worker, again: deque[_Entry], waiting: Iterator[tuple[Any, dict[str, Any]]]
) -> None:
    """Give a worker jobs: first those that others lost, then fresh ones."""
    while len(worker.jobs) < _QUEUE_LENGTH:
        if again:
            entry = again.popleft()
        elif (fresh := next(waiting, None)) is not None:
            entry = _Entry(*fresh)
        else:
            return
        worker.jobs.append(entry)
        if worker.missing is not None:
            worker.send(entry.job)


def _make_cgroup(settings: PoolSettings) -> tuple[Cgroup | None, str]:
    """Return a control group, or why there is none."""
    try:
        group = Cgroup(
            memory_bytes=settings.total_memory_bytes + settings.quota_bytes,
            max_processes=settings.max_processes + 2,
        )
    except OSError as error:
        return None, str(error)
    return group, ""


def _python() -> str:
    """Return the interpreter that programs run in: the one behind a virtual environment."""
    return os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)


def _package_folders() -> tuple[str, ...]:
    names = ("site-packages", "dist-packages")
    return tuple(path for path in sys.path if Path(path).name in names)


def _readable_folders() -> tuple[str, ...]:
    """Return the folders of the interpreter and of installed packages."""
    paths = {sys.base_prefix, sys.base_exec_prefix, *_package_folders()}
    paths.add(os.path.dirname(os.__file__))
    paths.discard("/")
    return tuple(sorted(os.path.realpath(path) for path in paths if Path(path).exists()))


def _environment() -> dict[str, str]:
    """Return the whole environment of a program, but for its folder; nothing of ours is in it."""
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        # Each arena takes 64 MiB of address space, which is what the memory limit counts.
        "MALLOC_ARENA_MAX": "1",
        **dict.fromkeys(threads, "1"),
    }
