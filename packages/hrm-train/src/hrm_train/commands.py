"""Commands of this project that run in processes of their own, for work of many runs."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from hrm_core.config import from_mapping, read_config
from hrm_core.errors import DataError, HrmError
from hrm_core.model_folder import read_json
from hrm_core.plugins import require_module


class CommandFailed(HrmError):
    """A command has failed."""


class Commands:
    """Runs commands and waits for them, from several threads at a time."""

    def __init__(self, num_threads: int, report: Callable[[str], None]) -> None:
        """Set the threads of each command.

        Args:
            num_threads: Number of threads.
            report: Called with a line when the commands are stopped.
        """
        self._num_threads, self._report = num_threads, report
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._is_stopping = False

    def call(self, module: str, arguments: Iterable[str], log: Path) -> None:
        """Run a command in a process of its own, and wait for its end.

        Args:
            module: The module of the command, such as `hrm_train.cli`.
            arguments: Its arguments.
            log: File to which everything that it prints is added.

        Raises:
            CommandFailed: If it fails, or the commands are stopped.
        """
        log.parent.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "OMP_NUM_THREADS": str(self._num_threads)}
        with log.open("ab") as file:
            with self._lock:
                if self._is_stopping:
                    raise CommandFailed("the work was stopped")
                process = subprocess.Popen(
                    [sys.executable, "-m", module, *arguments],
                    stdin=subprocess.DEVNULL,
                    stdout=file,
                    stderr=subprocess.STDOUT,
                    env=environment,
                    # Ctrl-C reaches only the caller, which then stops each process itself.
                    start_new_session=True,
                )
                self._processes.add(process)
            status = process.wait()
        with self._lock:
            self._processes.discard(process)
        if status != 0:
            raise CommandFailed(f"failed with status {status}: {_last_line(log)}. All of it: {log}")

    def evaluate(self, evaluation: Path, model: str, folder: Path, log: Path) -> float:
        """Evaluate a model, or continue its evaluation, and return its Pass@1.

        Args:
            evaluation: Config of `hrm-eval run`.
            model: The model, in any form that `--model` accepts.
            folder: Folder of the evaluation.
            log: As for `call`.

        Raises:
            CommandFailed: If the command fails.
            DataError: If it wrote no result.
        """
        arguments = [f"--config={evaluation}", f"--model={model}", f"--out={folder}"]
        arguments += ["--resume"] if (folder / "config.yaml").is_file() else []
        self.call("hrm_eval.cli", ["run", *arguments], log)
        value = read_pass_at_1(folder)
        if value is None:
            raise DataError(f"{folder}: the evaluation wrote no summary.json")
        return value

    def stop(self) -> None:
        """Ask all processes to save their state and to end, and wait for them."""
        self._report("stopping; each run saves a checkpoint first")
        with self._lock:
            self._is_stopping = True
            processes = list(self._processes)
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait()


def read_pass_at_1(folder: Path) -> float | None:
    """Return the Pass@1 of an evaluation; None if it is not finished."""
    summary = folder / "summary.json"
    if not summary.is_file():
        return None
    value: float = read_json(summary)["pass_at_k"]["1"]
    return value


def minutes_since(started: float) -> str:
    """Return the time since a value of `time.monotonic`, such as `1.5 min`."""
    return f"{(time.monotonic() - started) / 60:.1f} min"


def check_evaluations(evaluations: Sequence[Path]) -> None:
    """Check that models can be evaluated with these configs.

    Raises:
        PluginNotFoundError: If `hrm-eval` is not installed.
        ConfigError: If a config is invalid.
    """
    if evaluations:
        require_module("hrm_eval", needed_by="--evaluate", install="hrm-train[eval]")
    for path in evaluations:
        from hrm_eval.run_config import RunConfig

        from_mapping(RunConfig, {**read_config(path), "model_reference": "last"})


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it printed nothing")
