"""The processes that a run on a CPU starts itself.

The threads of one process wait for each other hundreds of times in a step, and while one of them
has lost its core to another program, all others spin. Processes that train together wait for each
other once in a step. So a run divides its batch among processes, and the cores among these.

Not covered: GPUs and several machines, which need `torchrun`; see `launchers`.
"""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch

from hrm_core.cpus import cpu_quota
from hrm_core.errors import ConfigError, HrmError
from hrm_train.processes import runs_on_cpu
from hrm_train.train_config import TrainingConfig

# Each process reads all of the data, so more of them would gain little.
_MAX_PROCESSES = 8
# A shorter run would take less time than to start another process.
_MIN_TOKENS = 300_000
_ASSUMED_LENGTH = 256
# How long the others may take to end after one of them.
_SECONDS = 30.0


def count_cores() -> int:
    """Return the number of cores to use: the threads of torch, or the quota of the container."""
    return min(torch.get_num_threads(), cpu_quota())


def count_processes(config: TrainingConfig) -> int:
    """Return the number of processes that the run should consist of.

    By default, no more than there are cores to use.

    Raises:
        ConfigError: If a number is given that is not 1, and the run uses a GPU, or the device that
            the config names is absent.
    """
    if "WORLD_SIZE" in os.environ:
        return 1
    on_cpu = runs_on_cpu(config)
    if config.processes is not None:
        if config.processes > 1 and not on_cpu:
            raise ConfigError(
                f"training.processes: only runs on a CPU start processes, got {config.processes}. "
                "Leave it out, and use torchrun for several GPUs"
            )
        return config.processes
    length = config.sequence_length or _ASSUMED_LENGTH
    is_short = config.num_steps * config.batch_size * length < _MIN_TOKENS
    if sys.platform != "linux" or not on_cpu or is_short:
        return 1
    most = min(count_cores(), _MAX_PROCESSES)
    # A micro batch that does not divide the batch is refused when the run starts.
    return max((count for count in range(1, most + 1) if _divides(config, count)), default=1)


def _divides(config: TrainingConfig, count: int) -> bool:
    share, rest = divmod(config.batch_size, count)
    return share > 0 and rest == 0 and share % (config.micro_batch_size or share) == 0


@contextmanager
def training_together(count: int, arguments: Sequence[str]) -> Iterator[None]:
    """Join this process and others that run the same command, inside a `with` block.

    They divide the cores among themselves. The others print nothing; if one of them fails alone,
    this process prints what it has said and ends with status 1.

    Args:
        count: Number of processes, this one included. With 1, no other is started.
        arguments: Arguments of `hrm-train` in the others.
    """
    num_threads = torch.get_num_threads()
    share = max(1, count_cores() // count)
    if count == 1:
        torch.set_num_threads(share)
        try:
            yield
        finally:
            torch.set_num_threads(num_threads)
        return
    # accelerate would set another number of threads if the variable were not set.
    variables = {
        "OMP_NUM_THREADS": str(share),
        "WORLD_SIZE": str(count),
        "MASTER_ADDR": "127.0.0.1",
        "MASTER_PORT": _free_port(),
    }
    ranks = [{**variables, "RANK": str(rank), "LOCAL_RANK": str(rank)} for rank in range(count)]
    others = [_Other(arguments, rank) for rank in ranks[1:]]
    before = {name: os.environ.get(name) for name in ranks[0]}
    os.environ.update(ranks[0])
    torch.set_num_threads(share)
    seconds = 0.0
    try:
        yield
        seconds = _SECONDS
    except RuntimeError as error:
        # torch says only that a connection was closed.
        if failed := [other for other in others if other.has_failed()]:
            raise HrmError(failed[0].message()) from error
        raise
    finally:
        for other in others:
            other.end(seconds)
        torch.set_num_threads(num_threads)
        for name, value in before.items():
            del os.environ[name]
            if value is not None:
                os.environ[name] = value


def _free_port() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


class _Other:
    """Another process of the run, which a thread watches."""

    def __init__(self, arguments: Sequence[str], variables: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "hrm_train.cli", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, **variables},
        )
        self._said = ""
        self._is_ending = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def _watch(self) -> None:
        _, said = self._process.communicate()
        self._said = said.decode(errors="replace").strip()
        if self._process.returncode == 0 or self._is_ending.wait(_SECONDS):
            return
        # This process may wait for the other one without end.
        sys.stderr.write(f"hrm-train: {self.message()}\n")
        sys.stderr.flush()
        os._exit(HrmError.exit_code)

    def has_failed(self) -> bool:
        """Whether the process has ended, or ends now, with another status than 0."""
        self._watcher.join(1.0)
        return self._process.poll() not in (None, 0)

    def message(self) -> str:
        """Return the message for a process that failed while the others went on."""
        return (
            f"another process of the run ended with status {self._process.returncode}: "
            f"{self._said[-2000:] or 'it was killed'}\n"
            "Continue with --resume; training.processes=1 needs less memory"
        )

    def end(self, seconds: float) -> None:
        """Wait until the process ends by itself, for at most so long, and then end it."""
        self._is_ending.set()
        self._watcher.join(seconds)
        self._process.kill()
        self._watcher.join()
