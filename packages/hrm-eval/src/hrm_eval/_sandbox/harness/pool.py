"""The workers of a sandbox, as the harness sees them: start them, feed them, replace the dead.

If a worker dies, its jobs go to another worker, so no verdict is lost or invented. Only if a job
loses many workers in a row does the pool give up, with an error.
"""

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
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from hrm_eval._sandbox.harness.answer_keys import find_answer_keys
from hrm_eval._sandbox.harness.cgroups import Cgroup
from hrm_eval._sandbox.layer import Layer
from hrm_eval._sandbox.wire import control
from hrm_eval._sandbox.wire.control import (
    TOTAL_MEMORY_REASON,
    BrokenTests,
    Job,
    ProgramJob,
    Ready,
    Settings,
    TrialResult,
)
from hrm_eval._sandbox.wire.protocol import BOX_IS_GONE, BOX_OUT_OF_MEMORY

Key = TypeVar("Key")

# Jobs sent to a worker ahead of time, so that it need not wait for the harness.
_QUEUE_LENGTH = 2
# A larger job might not fit into the buffer of the socket.
_MAX_AHEAD_CHARACTERS = 2**14

# The pool gives up after one job has lost this many workers, or after this many workers in a row
# have died before they were ready. The job itself is blamed after it has broken this many boxes or
# judges.
_MAX_LOST_WORKERS = 25
_MAX_LOST_BOXES = 8
_MAX_BOXES_OUT_OF_MEMORY = 2
_MAX_LOST_JUDGES = 3

# Exit statuses of a judge that another process has ended, by SIGKILL (9, which Windows does not
# name) or SIGTERM, at which it exits with 0.
_KILLED = (-9, -signal.SIGTERM, 0)

# A loaded machine may need long to start an interpreter. This does not limit programs.
_START_SECONDS = 120.0
# How long to wait for a judge to exit after SIGTERM, and then for its box to be gone.
_LEAVE_SECONDS = 2.0
_END_SECONDS = 10.0
# Bytes to keep of either end of what a judge printed.
_MAX_LOG_END = 4096

# A judge needs memory of its own, besides that of the values that it compares.
_JUDGE_BYTES = 2**26

_START_FILE = Path(__file__).resolve().parent.with_name("start.py")


class PoolError(Exception):
    """Workers cannot be started, or keep dying."""


class JudgeTimedOut(NamedTuple):
    """Says that the judge ran out of CPU time while it judged a job."""


class WorkersBroke(NamedTuple):
    """Says that a job broke every worker that took it.

    Attributes:
        log: What the last judge printed.
        returncodes: Exit statuses of the judges; `BOX_IS_GONE` if only the box had ended.
    """

    log: str
    returncodes: tuple[int, ...]


# The result of a program for which the kernel killed the box, not a process of the program.
_OUT_OF_MEMORY = TrialResult(
    status="memory_limit",
    tests=[],
    where="program",
    reason=TOTAL_MEMORY_REASON,
    output=b"",
    seconds=0.0,
    cpu_seconds=0.0,
    peak_memory_bytes=0,
    shared_process=False,
    asked_program=False,
)

AnyJob = Job | ProgramJob

PoolAnswer = TrialResult | BrokenTests | JudgeTimedOut | WorkersBroke

# Returns the next job with its key, or None if there is none at present.
NextJob = Callable[[], tuple[Key, AnyJob] | None]


@dataclass
class _Entry:
    key: Any
    job: AnyJob
    returncodes: list[int] = field(default_factory=list)

    @property
    def breaks_workers(self) -> bool:
        """Whether this job broke its workers, as far as their exit statuses tell."""
        num_boxes = self.returncodes.count(BOX_IS_GONE)
        num_killed = sum(map(self.returncodes.count, _KILLED))
        num_judges = len(self.returncodes) - num_boxes - num_killed
        num_judges -= self.returncodes.count(BOX_OUT_OF_MEMORY)
        return num_boxes >= _MAX_LOST_BOXES or num_judges >= _MAX_LOST_JUDGES

    @property
    def fills_memory(self) -> bool:
        """Whether this job used so much memory that the kernel killed its boxes."""
        return self.returncodes.count(BOX_OUT_OF_MEMORY) >= _MAX_BOXES_OUT_OF_MEMORY


class Worker:
    """A judge and its box.

    Args:
        settings: Settings of the pool.
        folder: Folder on the host's disk, with a folder for programs and one for tests, if the box
            cannot mount folders; None as long as it is not known whether it can.

    Attributes:
        jobs: The jobs that this worker has to judge, in order.
        missing: Layers that are not in force, with the reason; None until the worker is ready.

    Raises:
        OSError: If a process, a file or a socket cannot be made.
    """

    def __init__(self, settings: Settings, folder: Path | None) -> None:
        self.jobs: deque[_Entry] = deque()
        self.missing: dict[str, str] | None = None
        self.buffer = b""
        self._cgroup, self._no_cgroup = _make_cgroup(settings)
        judge_group, _ = _make_cgroup(settings, _JUDGE_BYTES)
        with ExitStack() as stack:
            for group in (self._cgroup, judge_group):
                if group is not None:
                    stack.callback(group.remove)
            self._log = stack.enter_context(tempfile.TemporaryFile())
            self.socket, theirs = map(stack.enter_context, socket.socketpair())
            # Judge and box keep the writing end open, so end of file here means that both are gone.
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
            if judge_group is not None:
                # It counts what tests start in forks of the judge. The box leaves it for its own.
                judge_group.admit(self._process.pid)
            self._closing = stack.pop_all()
        readable = _readable_folders()
        self.send(
            settings._replace(
                python=_python(),
                environment=_environment(),
                alive=alive,
                oom_files=self._cgroup.oom_files if self._cgroup else (),
                usage_files=self._cgroup.usage_files if self._cgroup else (),
                cgroups=self._cgroup.entrances if self._cgroup else (),
                read_only=readable,
                hidden=find_answer_keys(readable, settings.hidden),
                package_folders=_package_folders(),
                folder=str(folder / "box") if folder else "",
                judge_folder=str(folder / "judge") if folder else "",
            )
        )

    def send(self, message: Settings | AnyJob) -> None:
        """Send a message; if the worker is dead, the next read from it will tell."""
        with suppress(BrokenPipeError, ConnectionResetError):
            control.send(self.socket, message)

    def receive(self) -> list[control.Message] | None:
        """Return the messages that have arrived; None if the worker is gone."""
        try:
            data = self.socket.recv(2**18)
        except ConnectionResetError:
            data = b""
        if not data:
            return None
        messages, self.buffer = control.unpack(self.buffer + data)
        return messages

    def set_missing(self, missing: dict[str, str]) -> None:
        """Set which layers are missing in this worker, which has now started."""
        if self._no_cgroup:
            missing = {**missing, Layer.CGROUP.value: self._no_cgroup}
        self.missing = missing

    def end(self) -> tuple[int, str]:
        """End the judge and wait until the box is gone; return the judge's exit status and log."""
        with self._closing:
            self._process.terminate()
            try:
                returncode = self._process.wait(_LEAVE_SECONDS)
            except subprocess.TimeoutExpired:
                returncode = self._end_busy_judge()
            deadline = time.monotonic() + _END_SECONDS
            with selectors.DefaultSelector() as selector:
                selector.register(self._alive, selectors.EVENT_READ)
                while selector.select(max(0.0, deadline - time.monotonic())):
                    if not os.read(self._alive, 1):
                        break
            return returncode, self.log()

    def _end_busy_judge(self) -> int:
        """End a judge that does not leave; return its exit status.

        It is busy comparing values, or stopped, or waits for processes of a program whose box was
        killed.
        """
        _kill_descendants(self._process.pid)
        try:
            return self._process.wait(_LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def log(self) -> str:
        """Return what the judge printed, without the middle of a long text; empty unless it broke.

        A traceback ends with its cause, the report of a fatal error begins with it.
        """
        self._log.seek(0)
        text = self._log.read()
        if len(text) > 2 * _MAX_LOG_END:
            text = text[:_MAX_LOG_END] + b"\n...\n" + text[-_MAX_LOG_END:]
        return text.decode("utf-8", "backslashreplace").strip()


class Pool:
    """Workers that judge jobs; call `close` to end them and everything that they started.

    Args:
        settings: Settings that all workers share.
        size: Number of workers.

    Attributes:
        missing: Layers that are not in force, with the reason.
        is_stopped: Whether `stop` or `close` has been called.

    Raises:
        PoolError: If a worker does not start.
    """

    def __init__(self, settings: Settings, *, size: int) -> None:
        self._settings = settings
        self._size = size
        self._num_failed_starts = 0
        self._lock = threading.Lock()
        self._folders: list[Path] = []
        self._workers: list[Worker] = []
        self._selector = selectors.DefaultSelector()
        self.is_stopped = False
        self._bell, self._ringer = socket.socketpair()
        self._bell.settimeout(0)
        self._ringer.settimeout(0)
        self._selector.register(self._bell, selectors.EVENT_READ)
        try:
            first = self._start_first()
            self.missing: dict[str, str] = first.missing or {}
            self._add(first)
            for _ in range(size - 1):
                self._add(self._start())
        except BaseException:
            self.close()
            raise

    def run(self, next_job: NextJob[Key]) -> Generator[tuple[Key, PoolAnswer]]:
        """Yield the answer to each job as it arrives, with the job's key.

        It ends when every job has its answer and there is no other. Jobs are taken as workers
        become free, and after `ring`.

        Raises:
            PoolError: If workers keep dying, the pool is closed, or another `run` has not ended.
        """
        self.check_open()
        if not self._lock.acquire(blocking=False):
            raise PoolError("it is busy: finish or close one judge_all before the next")
        requeued: deque[_Entry] = deque()
        try:
            for _ in range(self._size - len(self._workers)):
                self._add(self._start())
            self._feed(requeued, next_job)
            while any(worker.jobs for worker in self._workers) or requeued:
                for worker in self._wait():
                    self.check_open()
                    yield from self._hear(worker, requeued, next_job)
                self.check_open()
                self._feed(requeued, next_job)
        finally:
            # If the caller left early, workers that still judge would answer the next run.
            for worker in [worker for worker in self._workers if worker.jobs]:
                self._remove(worker)
            self._lock.release()

    def ring(self) -> None:
        """Make the `run` of another thread look for new jobs at once."""
        # If there is no room for another byte, it has not heard the earlier ones yet.
        with suppress(BlockingIOError):
            self._ringer.send(b"!")

    def stop(self) -> None:
        """Make the `run` of another thread, and every later one, raise `PoolError`."""
        if not self.is_stopped:
            self.is_stopped = True
            self.ring()

    def check_open(self) -> None:
        """Raise `PoolError` after `stop` or `close`."""
        if self.is_stopped:
            raise PoolError("it is closed. Open a new one")

    def _hear(
        self, worker: Worker, requeued: deque[_Entry], next_job: NextJob[Any]
    ) -> Iterator[tuple[Any, PoolAnswer]]:
        """Yield the answers of a worker that is ready to be read, and send it more jobs."""
        messages = worker.receive()
        if messages is None:
            yield from self._replace(worker, requeued)
            return
        for message in messages:
            if isinstance(message, Ready):
                self._num_failed_starts = 0
                worker.set_missing(message.missing)
                for entry in worker.jobs:
                    worker.send(entry.job)
            else:
                assert isinstance(message, TrialResult | BrokenTests)
                entry = worker.jobs.popleft()
                self._feed(requeued, next_job)
                yield entry.key, message

    def _feed(self, requeued: deque[_Entry], next_job: NextJob[Any]) -> None:
        """Fill the queues of all workers evenly: first with jobs of workers that died."""
        for length in range(_QUEUE_LENGTH):
            for worker in self._workers:
                if len(worker.jobs) > length:
                    continue
                if requeued:
                    entry = requeued.popleft()
                elif (job := next_job()) is not None:
                    entry = _Entry(*job)
                else:
                    return
                if worker.jobs and entry.job.num_characters > _MAX_AHEAD_CHARACTERS:
                    # Sending it would block until the worker has judged the job before.
                    requeued.appendleft(entry)
                    return
                worker.jobs.append(entry)
                if worker.missing is not None:
                    worker.send(entry.job)

    def close(self) -> None:
        """End the workers and the programs that run, and remove their folders."""
        self.stop()
        for worker in list(self._workers):
            self._remove(worker)
        self._selector.close()
        self._bell.close()
        self._ringer.close()
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)

    def _wait(self) -> list[Worker]:
        """Wait until sockets of workers can be read, or `ring`; return these workers."""
        events = self._selector.select(_START_SECONDS)
        ready = [key.data for key, _ in events if key.fileobj is not self._bell]
        if len(ready) < len(events):
            with suppress(BlockingIOError):
                self._bell.recv(2**16)
        if not events and (stuck := [w for w in self._workers if w.missing is None]):
            message = f"a worker did not start within {_START_SECONDS:g} s\n{stuck[0].log()}"
            raise PoolError(message.rstrip())
        return ready

    def _remove(self, worker: Worker) -> tuple[int, str]:
        """End a worker; return its judge's exit status and log."""
        self._selector.unregister(worker.socket)
        self._workers.remove(worker)
        return worker.end()

    def _replace(self, worker: Worker, requeued: deque[_Entry]) -> Iterator[tuple[Any, PoolAnswer]]:
        """Replace a dead worker and queue its jobs again; if one is to blame, yield its answer."""
        returncode, log = self._remove(worker)
        lost = list(worker.jobs)
        if worker.missing is None:
            self._num_failed_starts += 1
            if self._num_failed_starts == _MAX_LOST_WORKERS:
                message = f"a worker did not start, exit status {returncode}\n{log}"
                raise PoolError(message.rstrip())
        elif lost and returncode == -signal.SIGXCPU:
            yield lost.pop(0).key, JudgeTimedOut()
        elif lost:
            entry = lost[0]
            entry.returncodes.append(returncode)
            if entry.fills_memory:
                lost.pop(0)
                yield entry.key, _OUT_OF_MEMORY
            elif entry.breaks_workers:
                lost.pop(0)
                yield entry.key, WorkersBroke(log, tuple(entry.returncodes))
            elif len(entry.returncodes) == _MAX_LOST_WORKERS:
                message = f"{_MAX_LOST_WORKERS} workers were killed over {entry.key!r}\n{log}"
                raise PoolError(message.rstrip())
        requeued.extend(lost)
        self._add(self._start())

    def _start_first(self) -> Worker:
        """Start a worker and wait for it.

        If its box cannot mount a folder, another is started with a folder on the host's disk.
        """
        while True:
            worker = self._start()
            messages: list[control.Message] | None = []
            try:
                while messages == []:
                    messages = worker.receive()
            finally:
                if not messages:
                    returncode, log = worker.end()
            if not messages:
                message = f"a worker did not start, exit status {returncode}\n{log}"
                raise PoolError(message.rstrip())
            (ready,) = messages
            assert isinstance(ready, Ready)
            worker.set_missing(ready.missing)
            if self._folders or Layer.MOUNT_NAMESPACE not in (worker.missing or {}):
                return worker
            worker.end()
            self._folders.append(Path(tempfile.mkdtemp(prefix="hrm-eval-")))
            self._folders[0].chmod(0o711)

    def _start(self) -> Worker:
        folder = None
        if self._folders:
            folder = Path(tempfile.mkdtemp(prefix="worker-", dir=self._folders[0]))
            folder.chmod(0o711)
            for name in ("box", "judge"):
                (folder / name).mkdir(mode=0o700)
        try:
            return Worker(self._settings, folder)
        except OSError as error:
            raise PoolError(f"a worker cannot be started: {error}") from error

    def _add(self, worker: Worker) -> None:
        self._workers.append(worker)
        self._selector.register(worker.socket, selectors.EVENT_READ, worker)


def _make_cgroup(settings: Settings, extra_bytes: int = 0) -> tuple[Cgroup | None, str]:
    """Return a control group, or None and the reason why it cannot be made."""
    try:
        group = Cgroup(
            memory_bytes=settings.resident_bytes + settings.quota_bytes + extra_bytes,
            max_processes=settings.max_processes + 2,
        )
    except OSError as error:
        return None, str(error)
    return group, ""


def _kill_descendants(pid: int) -> None:
    """Kill all processes that descend from a process, also those that they start meanwhile."""
    deadline = time.monotonic() + _LEAVE_SECONDS
    while (descendants := _descendants(pid)) and time.monotonic() < deadline:
        for descendant in descendants:
            with suppress(ProcessLookupError):
                os.kill(descendant, signal.SIGKILL)


def _descendants(pid: int) -> list[int]:
    """Return the processes that descend from a process and have not ended; empty without /proc."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = path.read_text("utf-8", "replace").rpartition(")")[2].split()[:2]
            if state != "Z":
                children.setdefault(int(parent), []).append(int(path.parent.name))
    descendants = [pid]
    for parent_pid in descendants:
        descendants += children.get(parent_pid, [])
    return descendants[1:]


def _python() -> str:
    """Return the path of the base interpreter, also inside a virtual environment."""
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
    """Return the environment of a program without HOME and TMPDIR; nothing is copied from ours."""
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        # For `getpass.getuser`; the user's number has no name.
        "USER": "program",
        # Each arena takes 64 MiB of address space, which counts against the memory limit.
        "MALLOC_ARENA_MAX": "1",
        **dict.fromkeys(threads, "1"),
    }
