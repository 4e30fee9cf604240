"""Commands of this project that run in processes of their own, for work of many runs."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from hrm_core.config import from_mapping, read_config
from hrm_core.errors import ConfigError, DataError, HrmError, UsageError
from hrm_core.model_folder import read_json
from hrm_core.plugins import require_module

# The start of an error of our commands.
_ERROR = re.compile(r"hrm-[a-z]+: ")
# What a run writes into its settings after it has loaded the problems and the prompt style.
_PINNED = ("dataset.split", "dataset.fingerprint", "prompt_sha256")


class CommandError(HrmError):
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

    def call(self, module: str, arguments: Iterable[str], log: Path, *, what: str) -> None:
        """Run a command in a process of its own, and wait for its end.

        Args:
            module: The module of the command, such as `hrm_train.cli`.
            arguments: Its arguments.
            log: File to which everything that it prints is added.
            what: What it does, for messages, such as `training`.

        Raises:
            CommandError: If it fails, or the commands are stopped.
        """
        environment = {**os.environ, "OMP_NUM_THREADS": str(self._num_threads)}
        with _opened(log, what) as file:
            start = file.tell()
            with self._lock:
                if self._is_stopping:
                    raise CommandError(f"{what}: stopped")
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
            end = f"status {status}" if status > 0 else signal.Signals(-status).name
            raise CommandError(
                f"{what} ended with {end}: {_last_message(log, start)}. All of it: {log}"
            )

    def evaluate(self, evaluation: Path, model: str, folder: Path, log: Path) -> float:
        """Evaluate a model, or continue its evaluation, and return its Pass@1.

        Args:
            evaluation: Config of `hrm-eval run`.
            model: The model, in any form that `--model` accepts.
            folder: Folder of the evaluation.
            log: As for `call`.

        Raises:
            CommandError: If the command fails.
            DataError: If it wrote no result.
        """
        arguments = [f"--config={evaluation}", f"--model={model}", f"--out={folder}"]
        arguments += ["--resume"] if (folder / "config.yaml").is_file() else []
        what = f"the evaluation {evaluation.stem}"
        self.call("hrm_eval.cli", ["run", *arguments], log, what=what)
        value = read_pass_at_1(folder)
        if value is None:
            raise DataError(f"{folder}: the evaluation wrote no summary.json")
        return value

    def stop(self) -> None:
        """Ask all processes to end, and wait for them; a training saves its state first."""
        self._report("stopping; a training saves a checkpoint first")
        with self._lock:
            self._is_stopping = True
            processes = list(self._processes)
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait()


@contextmanager
def _opened(log: Path, what: str) -> Iterator[IO[bytes]]:
    """Open the log of a command inside a `with` block, to add to it.

    Raises:
        CommandError: If it cannot be opened, or the command cannot be started.
    """
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as file:
            yield file
    except OSError as error:
        raise CommandError(f"{what} cannot start: {error}") from error


def read_pass_at_1(folder: Path) -> float | None:
    """Return the Pass@1 of an evaluation; None if it is not finished."""
    summary = folder / "summary.json"
    if not summary.is_file():
        return None
    value: float = read_json(summary)["pass_at_k"]["1"]
    return value


def finished_pass_at_1(evaluation: Path, model: str, folder: Path) -> float | None:
    """Return the Pass@1 of an evaluation with these settings; None if it is not finished.

    Args:
        evaluation: Config of `hrm-eval run`.
        model: The model.
        folder: Folder of the evaluation.

    Raises:
        UsageError: If the folder has the result of other settings.
    """
    value = read_pass_at_1(folder)
    if value is None:
        return None
    from hrm_eval.run_config import read_run_config
    from hrm_eval.run_folder import RunFolder

    config = read_run_config(evaluation, None, {"model_reference": model})
    run, wanted = RunFolder(folder), config.sampling.num_samples
    num_samples = (run.stored_config() or {}).get("sampling", {}).get("num_samples", wanted)
    if num_samples < wanted:
        return None
    if num_samples > wanted:
        raise UsageError(
            f"{folder}: has {num_samples} answers to a problem, in {evaluation} it is {wanted}. "
            f"Rename {evaluation.name}, or remove the folder to evaluate again"
        )
    for key, (old, new) in run.changes(config.model_dump()).items():
        # The model is in a folder beside that of the evaluation, and both may have been moved.
        if key != "model_reference" and (new is not None or key not in _PINNED):
            raise UsageError(
                f"{folder}: was evaluated with other settings: {key} was {old!r}, in {evaluation} "
                f"it is {new!r}. Rename {evaluation.name}, or remove the folder to evaluate again"
            )
    return value


def minutes_since(started: float) -> str:
    """Return the time since a value of `time.monotonic`, such as `1.5 min`."""
    return f"{(time.monotonic() - started) / 60:.1f} min"


def check_evaluations(evaluations: Sequence[Path]) -> None:
    """Check that models can be evaluated with these configs.

    Raises:
        PluginNotFoundError: If `hrm-eval` is not installed.
        UsageError: If two configs have the same name.
        ConfigError: If a config is invalid.
    """
    check_names(evaluations, "--evaluate")
    if evaluations:
        require_module("hrm_eval", needed_by="--evaluate", install="hrm-train[eval]")
    for path in evaluations:
        from hrm_eval.run_config import RunConfig

        with naming(path):
            from_mapping(RunConfig, {**read_config(path), "model_reference": "last"})


def check_names(files: Sequence[Path], flag: str) -> None:
    """Check that no two configs have the same name, which is that of a folder.

    Raises:
        UsageError: If two have.
    """
    names = [file.stem for file in files]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"{flag}: two configs are named {name!r}. Rename one of them")


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """Name the config file in an error about one of its keys."""
    try:
        yield
    except ConfigError as error:
        text = str(error)
        raise ConfigError(text if str(file) in text else f"{file}: {text}") from error


def _last_message(log: Path, start: int) -> str:
    """Return the error that a command has printed last, or else its last line.

    Args:
        log: File of what it has printed.
        start: Length of the file before.
    """
    with log.open("rb") as file:
        file.seek(start)
        lines = file.read().decode("utf-8", errors="replace").split("\n")
    lines = [line.strip() for line in lines if line.strip()]
    errors = [number for number, line in enumerate(lines) if _ERROR.match(line)]
    if errors:
        return _ERROR.sub("", " ".join(lines[errors[-1] :]), count=1).rstrip(".")
    return lines[-1].rstrip(".") if lines else "it printed nothing"
