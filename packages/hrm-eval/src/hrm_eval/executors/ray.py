"""Judging on a Ray cluster: processes on its machines, each with one CPU and a sandbox of its own.

Programs travel in batches that take about half a second, so that one costs little more than on
this machine. If a process or its machine is lost, its batches go to others; a verdict comes from
one process only, so none is lost or given twice. If a batch loses its process, it is split, which
finds the program that is to blame.

Not covered: machines without this version of hrm-eval, and the loss of Ray's head or of the machine
of the command; then the run continues with `--resume`.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any, Self, TypeVar

from hrm_core.errors import HrmError
from hrm_datasets import Problem
from hrm_eval.sandbox import Limits, Sandbox, SandboxError, Status, Verdict

# Ray reports lost processes on standard output, unless this hides it; read when Ray is imported.
os.environ.setdefault("RAY_DEDUP_LOGS_SKIP_REGEX", ".")

import ray
from ray.exceptions import RayError, RayTaskError

Key = TypeVar("Key")

_BATCH_SECONDS = 0.5
_MAX_BATCH = 64
# Batches with a judge: one that it judges, and one so that it need not wait for this process.
_QUEUE_LENGTH = 2

# A program that was alone with this many judges when they were lost is blamed.
_MAX_LOST_JUDGES = 5
# Nothing can be judged if this many judges in a row do not start.
_MAX_FAILED_STARTS = 5
# How long to wait for a free CPU in the cluster while no program is judged.
_START_SECONDS = 600.0
_END_SECONDS = 5.0


@dataclass(frozen=True)
class _Batch:
    """Jobs that a judge takes together.

    Attributes:
        jobs: Key, program and problem of each.
        num_lost: How often this batch has lost its judge.
    """

    jobs: Sequence[tuple[Any, str, Problem]]
    num_lost: int = 0


@dataclass(frozen=True, kw_only=True)
class _Settings:
    """The arguments of the sandbox of each judge, and the version that it must have."""

    limits: Limits
    require: tuple[str, ...]
    use_namespaces: bool
    hidden: tuple[Path, ...]
    version: str


class _Judge:
    """Judges batches in a process of the cluster. Errors for the user are returned, not raised."""

    def __init__(self, settings: _Settings) -> None:
        self._settings = settings
        self._sandbox: Sandbox | None = None

    def open(self) -> Mapping[str, bool] | HrmError:
        """Start the sandbox and return its layers."""
        settings, here = self._settings, socket.gethostname()
        if (version := metadata.version("hrm-eval")) != settings.version:
            return SandboxError(
                f"--executor ray: {here} has hrm-eval {version}, this machine {settings.version}. "
                f"Install it there with: pip install hrm-eval=={settings.version}"
            )
        try:
            self._sandbox = Sandbox(
                settings.limits,
                workers=1,
                require=settings.require,
                use_namespaces=settings.use_namespaces,
                hidden=settings.hidden,
            )
        except SandboxError as error:
            return SandboxError(f"{here}: {error}")
        return self._sandbox.layers

    def judge(
        self, jobs: Sequence[tuple[str, Problem]]
    ) -> tuple[float, dict[int, Verdict]] | HrmError:
        """Return how long the jobs took, and the verdict on each by its position."""
        assert self._sandbox is not None
        began = time.monotonic()
        numbered = ((number, *job) for number, job in enumerate(jobs))
        try:
            verdicts = dict(self._sandbox.judge_all(numbered))
        except HrmError as error:
            return error
        return time.monotonic() - began, verdicts

    def close(self) -> None:
        """End the sandbox."""
        if self._sandbox is not None:
            self._sandbox.close()


_Actor = ray.remote(num_cpus=1)(_Judge)


class _RemoteJudge:
    """A `_Judge` of the cluster, as this process sees it.

    Attributes:
        layers: Layers of isolation on its machine; None until its sandbox has started.
        batches: The batches that it has, in the order in which it judges them.
    """

    def __init__(self, settings: _Settings) -> None:
        self._actor = _Actor.remote(settings)
        self._calls = deque([self._actor.open.remote()])
        self.layers: Mapping[str, bool] | None = None
        self.batches: deque[_Batch] = deque()

    @property
    def call(self) -> Any:
        """The call that it answers next; None if it has nothing to do."""
        return self._calls[0] if self._calls else None

    @property
    def is_idle(self) -> bool:
        """Whether it has started and has nothing to do."""
        return self.layers is not None and not self.batches

    def send(self, batch: _Batch) -> None:
        """Send it one more batch."""
        self.batches.append(batch)
        self._calls.append(self._actor.judge.remote([job[1:] for job in batch.jobs]))

    def receive(self) -> Any:
        """Return the answer to its next call.

        Raises:
            RayError: If the judge is lost.
            HrmError: If the answer is an error.
        """
        answer = ray.get(self._calls[0])
        self._calls.popleft()
        if isinstance(answer, HrmError):
            raise answer
        return answer

    def close(self) -> Any:
        """Tell it to end its sandbox, and return the call."""
        return self._actor.close.remote()

    def kill(self) -> None:
        """End its process."""
        with suppress(RayError):
            ray.kill(self._actor)


class _Queue:
    """The jobs that no judge has: first those whose judge was lost, then new ones."""

    def __init__(self, jobs: Iterable[tuple[Any, str, Problem]]) -> None:
        self._new_jobs = iter(jobs)
        self._lost: deque[_Batch] = deque()

    def take(self, size: int) -> _Batch | None:
        """Return a lost batch or at most `size` new jobs; None if there are none."""
        if self._lost:
            return self._lost.popleft()
        jobs = [job for _, job in zip(range(size), self._new_jobs, strict=False)]
        return _Batch(jobs) if jobs else None

    def put_back(self, batch: _Batch) -> None:
        """Take a batch back whose judge was lost before it began."""
        self._lost.append(batch)

    def put_back_split(self, batch: _Batch) -> None:
        """Take a batch back whose judge was lost over it, in two halves if it has several jobs."""
        middle = len(batch.jobs) // 2
        if middle:
            self._lost += [_Batch(batch.jobs[:middle]), _Batch(batch.jobs[middle:])]
        else:
            self._lost.append(replace(batch, num_lost=batch.num_lost + 1))


class RaySandbox:
    """Judges programs on a Ray cluster; leave the `with` block, or call `close`, to end it.

    The cluster is the one that this process has joined, or that `RAY_ADDRESS` names, or that runs
    on this machine. If there is none, one is started on this machine.

    Args:
        limits: Limits of each program.
        workers: Number of programs judged at a time; None for the number of CPUs of the cluster.
        require: Layers of isolation that must be in force on every machine; `all` means every one.
        use_namespaces: See `Sandbox`.
        hidden: Files and folders that programs must not see, by their paths on every machine.

    Raises:
        SandboxError: If no judge can be started, or a required layer is missing on a machine.
        ValueError: If `workers` is below 1.

    Examples:
        >>> with RaySandbox(Limits(), workers=64) as sandbox:
        ...     verdicts = dict(sandbox.judge_all(jobs))
    """

    def __init__(
        self,
        limits: Limits,
        *,
        workers: int | None = None,
        require: Collection[str] = (),
        use_namespaces: bool = True,
        hidden: Iterable[Path] = (),
    ) -> None:
        if workers is not None and workers < 1:
            raise ValueError(f"workers must be at least 1, got {workers}")
        self._settings = _Settings(
            limits=limits,
            require=tuple(require),
            use_namespaces=use_namespaces,
            hidden=tuple(path.resolve() for path in hidden),
            version=metadata.version("hrm-eval"),
        )
        self._lock = threading.Lock()
        self._layers: dict[str, bool] = {}
        self._num_failed_starts = 0
        self._seconds_per_program = _BATCH_SECONDS
        self._judges: list[_RemoteJudge] = []
        self._has_connected = _connect(workers)
        try:
            for _ in range(workers or _count_cpus()):
                self._judges.append(_RemoteJudge(self._settings))
            nothing = _Queue([])
            while not any(judge.is_idle for judge in self._judges):
                list(self._hear(self._wait(), nothing))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the judges, and the cluster if it was started here."""
        if self._judges:
            calls = [judge.close() for judge in self._judges if judge.is_idle]
            if calls:
                ray.wait(calls, num_returns=len(calls), timeout=_END_SECONDS)
            for judge in self._judges:
                judge.kill()
            self._judges.clear()
        if self._has_connected:
            self._has_connected = False
            ray.shutdown()

    @property
    def layers(self) -> Mapping[str, bool]:
        """Whether each layer is in force on every machine that has judged, by name."""
        return self._layers

    def judge_all(self, jobs: Iterable[tuple[Key, str, Problem]]) -> Iterator[tuple[Key, Verdict]]:
        """Judge programs and yield the verdicts of each batch when it is ready.

        Jobs are taken as judges become free.

        Args:
            jobs: Triples of key, program and problem.

        Raises:
            SandboxError: If programs cannot be run on a machine, judges do not start, or another
                `judge_all` of this sandbox has not ended.
            DataError: If a problem has no tests, or tests that cannot be judged.
        """
        if not self._lock.acquire(blocking=False):
            raise SandboxError("sandbox: it is busy: finish one judge_all before the next")
        queue = _Queue(jobs)
        try:
            while True:
                self._feed(queue)
                is_busy = any(judge.batches for judge in self._judges)
                if not is_busy and any(judge.is_idle for judge in self._judges):
                    return
                yield from self._hear(self._wait(), queue)
        finally:
            # If the caller left early, judges that are busy would keep the next call waiting.
            for judge in [judge for judge in self._judges if judge.batches]:
                self._replace(judge)
            self._lock.release()

    def _feed(self, queue: _Queue) -> None:
        """Fill the queues of the judges that have started."""
        size = round(_BATCH_SECONDS / self._seconds_per_program)
        size = min(max(size, 1), _MAX_BATCH)
        for length in range(_QUEUE_LENGTH):
            for judge in self._judges:
                if judge.layers is not None and len(judge.batches) == length:
                    if (batch := queue.take(size)) is None:
                        return
                    judge.send(batch)

    def _wait(self) -> _RemoteJudge:
        """Return a judge that has answered, or is lost.

        Raises:
            SandboxError: If nothing is judged, and no judge starts for a long time.
        """
        calls = {judge.call: judge for judge in self._judges if judge.call is not None}
        is_busy = any(judge.batches for judge in self._judges)
        done, _ = ray.wait(list(calls), timeout=None if is_busy else _START_SECONDS)
        if not done:
            raise SandboxError(
                f"--executor ray: no CPU of the cluster became free in {_START_SECONDS:g} s "
                f"(it has {_count_cpus()}). Try again later; see: ray status"
            )
        return calls[done[0]]

    def _hear(self, judge: _RemoteJudge, queue: _Queue) -> Iterator[tuple[Any, Verdict]]:
        """Yield the verdicts of a judge that has answered; replace it if it is lost."""
        try:
            answer = judge.receive()
        except RayTaskError:
            # A bug, not a lost judge.
            raise
        except RayError as error:
            self._replace(judge)
            if judge.layers is None:
                self._count_failed_start(error)
            else:
                yield from _rescue(judge.batches, queue)
            return
        if judge.layers is None:
            self._num_failed_starts = 0
            judge.layers = answer
            self._layers = {
                name: is_on and self._layers.get(name, True) for name, is_on in answer.items()
            }
        else:
            batch = judge.batches.popleft()
            seconds, verdicts = answer
            # The mean of this batch and of those before it, the older the less.
            self._seconds_per_program += seconds / len(batch.jobs)
            self._seconds_per_program /= 2
            yield from ((job[0], verdicts[number]) for number, job in enumerate(batch.jobs))

    def _replace(self, judge: _RemoteJudge) -> None:
        judge.kill()
        self._judges.remove(judge)
        self._judges.append(_RemoteJudge(self._settings))

    def _count_failed_start(self, error: RayError) -> None:
        self._num_failed_starts += 1
        if self._num_failed_starts == _MAX_FAILED_STARTS:
            reason = str(error).strip().splitlines()[-1]
            raise SandboxError(
                f"--executor ray: a judge did not start: {reason}\nEvery machine of the cluster "
                f"needs this Python and: pip install hrm-eval=={self._settings.version}"
            ) from error


def _rescue(batches: Sequence[_Batch], queue: _Queue) -> Iterator[tuple[Any, Verdict]]:
    """Put the batches of a lost judge back into the queue; if a program is to blame, yield that."""
    current, *others = batches
    for batch in others:
        queue.put_back(batch)
    if current.num_lost + 1 < _MAX_LOST_JUDGES:
        queue.put_back_split(current)
        return
    ((key, _, _),) = current.jobs
    yield (
        key,
        Verdict(
            status=Status.CRASHED,
            seconds=0.0,
            cpu_seconds=0.0,
            peak_memory_bytes=0,
            tests=(),
            message=(
                f"No result: the process that judged this program was lost, each of the "
                f"{_MAX_LOST_JUDGES} times. Most often the memory of a machine has run out: try "
                "fewer --workers."
            ),
        ),
    )


def _connect(workers: int | None) -> bool:
    """Join a cluster, or start one here; return whether this was not done before.

    Raises:
        SandboxError: If Ray cannot be reached or started.
    """
    if ray.is_initialized():
        return False
    options = {"log_to_driver": False, "logging_level": logging.CRITICAL}
    address = os.environ.get("RAY_ADDRESS") or "auto"
    with _kept_signal_handler():
        try:
            if address == "local" or not _join(address, options):
                ray.init("local", num_cpus=workers, include_dashboard=False, **options)
        except (OSError, RuntimeError, ValueError, RayError) as error:
            raise SandboxError(
                f"--executor ray: no cluster: {error}. If it asks for a token, as newer ones do: "
                "export RAY_AUTH_MODE=token"
            ) from error
    return True


def _join(address: str, options: Mapping[str, Any]) -> bool:
    """Join a cluster; return whether there is one. A named one must be there."""
    try:
        ray.init(address, **options)
    except ConnectionError:
        if address != "auto":
            raise
        return False
    return True


@contextmanager
def _kept_signal_handler() -> Iterator[None]:
    """Undo that Ray replaces the handler of SIGTERM, which decides on our exit status."""
    handler = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, handler)


def _count_cpus() -> int:
    """Return the number of CPUs of the cluster.

    Raises:
        SandboxError: If it has none.
    """
    num_cpus = int(ray.cluster_resources().get("CPU", 0))
    if not num_cpus:
        raise SandboxError(
            "--executor ray: the cluster has no CPUs yet. Say how many to ask for with --workers"
        )
    return num_cpus
