"""Trains every config with every seed, several runs at a time, and evaluates the models.

Each run is a process of its own, so it has the results of `hrm-train run`. What is finished is not
done again, and what was cut off is resumed: the command that starts a sweep also continues it.
Several machines that share the folder can work on one sweep, with configs or seeds of their own.

    out/NAME/seed-0/                     folder of the run; NAME is that of the config file
    out/NAME/lr=0.001/seed-0/            if settings vary
    out/NAME/seed-0/evaluations/EVAL/    run folder of `hrm-eval`, for each evaluation
    out/NAME/seed-0/sweep.log            what the processes of the run have printed

Not covered: a run on several GPUs, and search methods that choose settings by results.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from hrm_core.config import flatten, from_mapping, merge, parse_overrides, read_config
from hrm_core.errors import ConfigError, HrmError, UsageError
from hrm_train.commands import (
    Commands,
    check_names,
    finished_pass_at_1,
    minutes_since,
    naming,
    read_pass_at_1,
)
from hrm_train.cpu_processes import count_cores
from hrm_train.processes import runs_on_cpu
from hrm_train.run_folder import TrainingFolder, check_same_settings
from hrm_train.tables import as_table
from hrm_train.train_config import TrainRunConfig

LOG_FILE = "sweep.log"
_SEED = "training.seed"


@dataclass(frozen=True, kw_only=True)
class SweepRun:
    """One run of a sweep.

    Attributes:
        name: Path of its folder below that of the sweep.
        config_file: The config.
        assignments: Settings that override the config, as `--set` takes them.
        folder: Folder of the run.
        config: All settings.
    """

    name: str
    config_file: Path
    assignments: tuple[str, ...]
    folder: TrainingFolder
    config: TrainRunConfig

    @property
    def steps_done(self) -> int:
        """Number of steps up to the newest checkpoint; 0 if there is none."""
        return self.folder.steps_done

    @property
    def is_trained(self) -> bool:
        """Whether the run is finished."""
        return self.folder.is_finished(self.config.training)

    @property
    def validation_loss(self) -> float | None:
        """The last validation loss; None if there is none yet."""
        lines = self.folder.read_log()
        losses = [line["validation_loss"] for line in lines if "validation_loss" in line]
        return losses[-1] if losses else None

    def evaluation(self, evaluation: Path) -> Path:
        """Return the folder of an evaluation, which may not exist yet."""
        return self.folder.path / "evaluations" / evaluation.stem

    def pass_at_1(self, evaluation: Path) -> float | None:
        """Return the result of an evaluation; None if it is not finished."""
        return read_pass_at_1(self.evaluation(evaluation))


def plan_runs(
    config_files: Sequence[Path],
    out: Path,
    *,
    seeds: Sequence[int],
    variations: Mapping[str, Sequence[str]] | None = None,
    assignments: Sequence[str] = (),
) -> list[SweepRun]:
    """Return the runs of a sweep: every config with every seed and every variation.

    The seeds are outermost, so that results of all configs with the first seed come first.

    Args:
        config_files: The configs, with different names.
        out: Folder of the sweep.
        seeds: Values of `training.seed`.
        variations: Values by dotted key; every combination is a run.
        assignments: Settings of all runs, as `--set` takes them.

    Raises:
        ConfigError: If a config or a setting is invalid.
        UsageError: If two configs have the same name, the seed is set in another way, or a run
            exists with other settings.
    """
    check_names(config_files, "--config")
    if _SEED in {*flatten(parse_overrides(assignments)), *(variations or {})}:
        raise UsageError(f"{_SEED}: the seeds of a sweep are those of --seeds. Write --seeds 0,1,2")
    choices = [[(key, value) for value in values] for key, values in (variations or {}).items()]
    runs = []
    for seed, file, chosen in product(seeds, config_files, product(*choices)):
        varied = [f"{key.rpartition('.')[2]}={value}" for key, value in chosen]
        name = "/".join([file.stem, *varied, f"seed-{seed}"])
        settings = (
            *assignments,
            *(f"{key}={value}" for key, value in chosen),
            f"{_SEED}={seed}",
        )
        run = SweepRun(
            name=name,
            config_file=file,
            assignments=settings,
            folder=TrainingFolder(out.absolute() / name),
            config=_read_settings(file, settings),
        )
        _check_settings(run)
        runs.append(run)
    return runs


def _read_settings(file: Path, assignments: Sequence[str]) -> TrainRunConfig:
    values = read_config(file)
    try:
        return from_mapping(TrainRunConfig, merge(values, parse_overrides(assignments)))
    except ConfigError:
        # An error of the file itself names it; any other is one of the command line.
        with naming(file):
            from_mapping(TrainRunConfig, values)
        raise


def _check_settings(run: SweepRun) -> None:
    """Check that a run that was started had these settings.

    Raises:
        UsageError: If a setting differs.
    """
    if run.folder.config.is_file():
        stored = from_mapping(TrainRunConfig, read_config(run.folder.config))
        check_same_settings(run.folder.path, stored.model_dump(), run.config.model_dump())


@dataclass
class Sweep:
    """Trains and evaluates runs.

    Attributes:
        runs: The runs.
        evaluations: Configs of `hrm-eval`; each model is evaluated with each of them.
        num_threads: Threads of each run.
        report: Called with each line of progress.
    """

    runs: Sequence[SweepRun]
    evaluations: Sequence[Path]
    num_threads: int
    report: Callable[[str], None]
    _commands: Commands = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the processes."""
        self._commands = Commands(self.num_threads, self.report)

    def execute(self, at_once: int) -> list[str]:
        """Do what is missing, and return the names of the runs that failed.

        Args:
            at_once: Number of runs at a time.
        """
        failed = []
        with ThreadPoolExecutor(at_once) as pool:
            futures = {pool.submit(self._do, run): run for run in self.runs}
            try:
                for future in as_completed(futures):
                    try:
                        future.result()
                    except HrmError as error:
                        self.report(f"{futures[future].name}: {error}")
                        failed.append(futures[future].name)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self._commands.stop()
                raise
        return failed

    def _do(self, run: SweepRun) -> None:
        if not run.is_trained:
            self._train(run)
        for evaluation in self.evaluations:
            folder, model = run.evaluation(evaluation), str(run.folder.path / "last")
            if finished_pass_at_1(evaluation, model, folder) is None:
                self._evaluate(run, evaluation)

    def _train(self, run: SweepRun) -> None:
        is_started, step = run.folder.config.is_file(), run.steps_done
        self.report(f"{run.name}: training from step {step} on")
        started = time.monotonic()
        arguments = [f"--config={run.config_file}", f"--out={run.folder.path}"]
        arguments += [f"--set={assignment}" for assignment in run.assignments]
        arguments += ["--resume"] if is_started else []
        log = run.folder.path / LOG_FILE
        self._commands.call("hrm_train.cli", ["run", *arguments], log, what="the training")
        loss = run.validation_loss
        shown = "" if loss is None else f", validation loss {loss:.3f}"
        self.report(f"{run.name}: trained in {minutes_since(started)}{shown}")

    def _evaluate(self, run: SweepRun, evaluation: Path) -> None:
        started, folder = time.monotonic(), run.evaluation(evaluation)
        model, log = str(run.folder.path / "last"), run.folder.path / LOG_FILE
        value = self._commands.evaluate(evaluation, model, folder, log)
        self.report(
            f"{run.name}: Pass@1 of {evaluation.stem} {100 * value:.1f} %, {minutes_since(started)}"
        )


def parse_seeds(text: str) -> list[int]:
    """Return the seeds in a text such as `0,1,2`.

    Raises:
        UsageError: If a part is not a whole number, or occurs twice.
    """
    parts = [part.strip() for part in text.split(",")]
    seeds = [int(part) for part in parts if part.isdecimal()]
    if len({*seeds}) < len(parts):
        raise UsageError(f"--seeds: expected different whole numbers, got {text!r}. Write 0,1,2")
    return seeds


def parse_variations(texts: Iterable[str]) -> dict[str, list[str]]:
    """Return the values by key in texts such as `training.optimizer.lr=1.0e-3,2.0e-3`.

    Raises:
        UsageError: If a text has no key or an empty value, or a value occurs twice.
    """
    variations: dict[str, list[str]] = {}
    for text in texts:
        key, _, values = text.partition("=")
        parts = [value.strip() for value in _split_at_commas(values)]
        if not key or not all(parts):
            raise UsageError(
                f"--vary: expected KEY=VALUE,VALUE, got {text!r}. Write "
                "training.optimizer.lr=1.0e-3,2.0e-3"
            )
        of_key = variations.setdefault(key, [])
        for part in parts:
            if part in of_key:
                raise UsageError(f"--vary: {key} has the value {part} twice. Leave one out")
            of_key.append(part)
    return variations


def _split_at_commas(text: str) -> list[str]:
    """Split a text at its commas outside of brackets."""
    parts, depth = [""], 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def divide_cores(runs: Sequence[SweepRun], at_once: int | None) -> tuple[int, int]:
    """Return the number of runs at a time, and the number of threads of each.

    Args:
        runs: The runs.
        at_once: The number that the user has chosen. Default: one for each core, or one on a GPU.
    """
    cores = count_cores()
    on_cpu = all(runs_on_cpu(run.config.training) for run in runs)
    chosen = at_once or (min(cores, len(runs)) if on_cpu else 1)
    return chosen, max(1, cores // chosen)


def table(runs: Iterable[SweepRun], evaluations: Sequence[Path]) -> str:
    """Return a table of the runs as text: steps, validation loss and Pass@1."""
    rows = [["run", "steps", "validation loss", *(path.stem for path in evaluations)]]
    for run in runs:
        loss = run.validation_loss
        values = [run.pass_at_1(path) for path in evaluations]
        rows.append(
            [
                run.name,
                f"{run.steps_done}/{run.config.training.num_steps}",
                "" if loss is None else f"{loss:.3f}",
                *("" if value is None else f"{100 * value:.1f} %" for value in values),
            ]
        )
    return as_table(rows)
