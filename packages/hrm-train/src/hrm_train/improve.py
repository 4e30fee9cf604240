"""Expert iteration: a model answers new problems, and is trained on its programs that pass.

Each step is a command of its own, so that its folder can be read with the usual commands. What is
finished is not done again, and what was cut off is resumed.

    out/config.yaml                     all settings
    out/round-1/answers/                run folder of `hrm-eval`: the answers and their verdicts
    out/round-1/kept.jsonl              programs that passed, as training examples
    out/round-1/training/               run folder of `hrm-train`
    out/round-1/evaluations/NAME/       run folder of `hrm-eval`; `round-0` is the first model
    out/round-1/improve.log             what the commands have printed

Source: Anthony et al. (2017), arXiv:1705.08439; for programs, Haluptzok et al. (2022),
arXiv:2207.14502. Here the sampling of several answers takes the place of the expert's search.

Not covered: learning from answers that fail, as with a reward; docs/python.md has one for GRPO.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import Field

from hrm_core.config import Section, from_mapping, read_config, to_yaml
from hrm_core.errors import ConfigError, DataError, HrmError, UsageError
from hrm_core.files import write_whole
from hrm_core.json_lines import read_json_lines
from hrm_core.plugins import require_module
from hrm_train.commands import (
    CommandError,
    Commands,
    finished_pass_at_1,
    minutes_since,
    read_pass_at_1,
)
from hrm_train.cpu_processes import count_cores
from hrm_train.overlap import default_held_out
from hrm_train.run_folder import TrainingFolder, check_same_settings
from hrm_train.splits import is_endless, load_split
from hrm_train.starting_point import check_fine_tuning
from hrm_train.tables import as_table
from hrm_train.train_config import ProblemsConfig, SplitConfig, TrainRunConfig

# Seeds of the problems of two runs whose training seeds differ never meet below this many rounds.
_MAX_ROUNDS = 1000


class PracticeConfig(SplitConfig):
    """The problems that the model answers in each round.

    Attributes:
        limit: Number of problems, counted from the first; all if not given. A split without end,
            such as `train` of `exercises`, needs it.
        seed: Of a split without end, the problems of a round are drawn with this seed plus the
            number of the round. Default: 1000 * (`training.seed` + 1).
    """

    limit: int | None = Field(default=None, ge=1)
    seed: int | None = Field(default=None, ge=0)


class ImproveConfig(Section):
    """How a model improves on its own answers.

    The section `sampling` sets how the answers are drawn; by default 4 to each problem at
    temperature 0.8. The prompt style is `training.data.prompt`.

    Attributes:
        problems: The problems to answer: of a split without end, new ones in each round; of any
            other split, the same ones.
        rounds: Number of rounds.
        keep: Maximum number of different programs that are kept for one problem.
    """

    problems: PracticeConfig
    rounds: int = Field(default=1, ge=1, lt=_MAX_ROUNDS)
    keep: int = Field(default=1, ge=1)


class ImproveRunConfig(TrainRunConfig):
    """The settings of a training run, which hold for each round, and those of the improvement.

    Attributes:
        improve: How the model improves.
        sampling: How the answers are drawn, in the keys of `hrm-eval`.
    """

    improve: ImproveConfig
    sampling: dict[str, Any] = {}


@dataclass(frozen=True)
class Round:
    """The folder of one round.

    Attributes:
        number: Its number; 0 for the model before the first one.
        path: The folder.
    """

    number: int
    path: Path

    @property
    def answers(self) -> Path:
        """Folder of the answers."""
        return self.path / "answers"

    @property
    def kept(self) -> Path:
        """File of the programs that passed."""
        return self.path / "kept.jsonl"

    @property
    def training(self) -> TrainingFolder:
        """Folder of the training."""
        return TrainingFolder(self.path / "training")

    @property
    def log(self) -> Path:
        """File of what the commands have printed."""
        return self.path / "improve.log"

    def evaluation(self, config: Path) -> Path:
        """Return the folder of an evaluation."""
        return self.path / "evaluations" / config.stem


@dataclass
class Improvement:
    """Improves a model in rounds.

    Attributes:
        config: All settings.
        out: Folder of the rounds.
        evaluations: Configs of `hrm-eval run`, with which the model is evaluated before the first
            and after each round.
        report: Called with each line of progress.
    """

    config: ImproveRunConfig
    out: Path
    evaluations: Sequence[Path]
    report: Callable[[str], None]
    _commands: Commands = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the processes."""
        self._commands = Commands(count_cores(), self.report)

    def execute(self) -> None:
        """Do what is missing.

        Raises:
            UsageError: If the folder has a run with other settings.
            CommandError: If a command fails.
            DataError: If no answer of a round passed.
        """
        self._claim()
        try:
            for number in range(self.config.improve.rounds + 1):
                self._do(number)
        except HrmError:
            raise
        except BaseException:
            self._commands.stop()
            raise

    def rounds(self) -> list[Round]:
        """Return all rounds, from the model before the first one on."""
        return [self._round(number) for number in range(self.config.improve.rounds + 1)]

    def table(self) -> str:
        """Return a table of the rounds as text."""
        rows = [["round", "solved", "kept", *(path.stem for path in self.evaluations)]]
        for current in self.rounds():
            values = [read_pass_at_1(current.evaluation(path)) for path in self.evaluations]
            shown = ["" if value is None else f"{100 * value:.1f} %" for value in values]
            rows.append([str(current.number), *_counts(current), *shown])
        return as_table(rows)

    def _round(self, number: int) -> Round:
        return Round(number, self.out / f"round-{number}")

    def _model(self, number: int) -> str:
        """Return the model after a round."""
        if number == 0:
            return str(self.config.model_reference)
        return str(self._round(number).training.path / "last")

    def _claim(self) -> None:
        """Write the settings, or check that they are those of the run in the folder."""
        path, settings = self.out / "config.yaml", self.config.model_dump()
        if path.is_file():
            stored = read_config(path)
            if "improve" not in stored:
                raise UsageError(f"--out: {self.out} contains another run. Name another folder")
            old = from_mapping(ImproveRunConfig, stored).model_dump()
            data = old["training"]["data"]
            if data["overlap"] == "refuse" and self.config.training.data.overlap == "drop":
                # No program of a finished round overlapped.
                data["overlap"] = "drop"
            check_same_settings(self.out, old, settings, self._is_free)
        try:
            self.out.mkdir(parents=True, exist_ok=True)
            write_whole(path, to_yaml(settings))
        except OSError as error:
            raise UsageError(f"--out: {self.out} cannot be written: {error.strerror}") from error

    def _is_free(self, key: str) -> bool:
        """Return whether a setting may change: it only adds work, or has not been used yet."""
        if key.startswith("training."):
            is_used = self._round(1).training.config.is_file()
            return key not in ("training.seed", "training.data.prompt") and not is_used
        if key == "sampling.num_samples":
            return not self._round(1).kept.is_file()
        return key == "improve.rounds" or key.startswith(("engine", "sandbox"))

    def _do(self, number: int) -> None:
        current = self._round(number)
        if number > 0:
            if not current.kept.is_file():
                self._answer(current)
                self._keep(current)
            if not current.training.is_finished(self.config.training):
                self._train(current)
        for evaluation in self.evaluations:
            self._evaluate(current, evaluation)

    def _answer(self, current: Round) -> None:
        """Let the model answer the problems of a round."""
        started = time.monotonic()
        config = current.path / "answers.yaml"
        current.path.mkdir(parents=True, exist_ok=True)
        write_whole(config, to_yaml(answer_settings(self.config, current.number)))
        model = self._model(current.number - 1)
        self.report(f"round {current.number}: answering problems with {model}")
        with _round_named(current):
            value = self._commands.evaluate(config, model, current.answers, current.log)
        self.report(
            f"round {current.number}: {100 * value:.1f} % of the answers passed, "
            f"{minutes_since(started)}"
        )

    def _keep(self, current: Round) -> None:
        """Write the programs of a round that passed, as training examples."""
        rows = list(passed_programs(current.answers, self.config.improve.keep))
        if not rows:
            raise DataError(
                f"{current.answers}: no answer passed, so there is nothing to learn from. Start "
                "with a stronger model, draw more samples, or choose easier problems"
            )
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        write_whole(current.kept, "".join(lines))

    def _train(self, current: Round) -> None:
        started, folder = time.monotonic(), current.training
        config = current.path / "training.yaml"
        base = self._model(current.number - 1)
        write_whole(config, to_yaml(training_settings(self.config, current, base)))
        self.report(f"round {current.number}: training on {' and '.join(_counts(current))}")
        arguments = [f"--config={config}", f"--out={folder.path}"]
        arguments += ["--resume"] if folder.config.is_file() else []
        with _round_named(current):
            what = "the training"
            self._commands.call("hrm_train.cli", ["run", *arguments], current.log, what=what)
        self.report(f"round {current.number}: trained in {minutes_since(started)}")

    def _evaluate(self, current: Round, evaluation: Path) -> None:
        started, folder = time.monotonic(), current.evaluation(evaluation)
        model = self._model(current.number)
        if finished_pass_at_1(evaluation, model, folder) is not None:
            return
        with _round_named(current):
            value = self._commands.evaluate(evaluation, model, folder, current.log)
        self.report(
            f"round {current.number}: Pass@1 of {evaluation.stem} {100 * value:.1f} %, "
            f"{minutes_since(started)}"
        )


def read_improve_config(values: dict[str, Any]) -> ImproveRunConfig:
    """Return the settings of an improvement.

    Raises:
        ConfigError: If a setting is unknown or invalid, or there is no model to improve.
        PluginNotFoundError: If `hrm-eval` is not installed.
    """
    config = from_mapping(ImproveRunConfig, values)
    if config.model_reference is None:
        raise ConfigError(
            "model_reference: missing. Name the model to improve: a folder, a shipped model such "
            "as hrm-nano, or a hub id"
        )
    check_fine_tuning(config)
    require_module("hrm_eval", needed_by="improve", install="hrm-train[eval]")
    from hrm_eval.run_config import RunConfig

    try:
        load_split(ProblemsConfig(**config.improve.problems.model_dump()))
    except UsageError as error:
        raise ConfigError(f"improve.problems: {error}") from error
    from_mapping(RunConfig, answer_settings(config, 1) | {"model_reference": "model"})
    return config


def answer_settings(config: ImproveRunConfig, number: int) -> dict[str, Any]:
    """Return the settings of `hrm-eval run` with which the problems of a round are answered."""
    problems, first = config.improve.problems, _MAX_ROUNDS * (config.training.seed + 1)
    dataset = problems.model_dump(exclude={"seed"})
    if is_endless(problems):
        dataset["seed"] = (first if problems.seed is None else problems.seed) + number
    sampling = {"num_samples": 4, "temperature": 0.8, "seed": first + number}
    settings = {
        "dataset": dataset,
        "prompt": config.training.data.prompt,
        "sampling": sampling | config.sampling,
        "engine": config.engine,
        "sandbox": config.sandbox,
    }
    return {key: value for key, value in settings.items() if value is not None}


def training_settings(config: ImproveRunConfig, current: Round, base: str) -> dict[str, Any]:
    """Return the settings of `hrm-train run` for a round.

    Args:
        config: All settings.
        current: The round, whose programs are added to the training data.
        base: The model to train.
    """
    data = config.training.data
    held_out = data.held_out
    if held_out is None:
        held_out = default_held_out([*data.problems, config.improve.problems])
    training = config.training.model_dump()
    training["seed"] += current.number
    training["data"] |= {
        "files": [*data.files, str(current.kept)],
        "held_out": [split.model_dump() for split in held_out],
    }
    settings = config.model_dump(exclude={"improve", "sampling"}, exclude_none=True)
    return settings | {"model_reference": base, "training": training}


def passed_programs(answers: Path, keep: int) -> Iterator[dict[str, str]]:
    """Yield the programs of a run of `hrm-eval` that passed every test, as training examples.

    Args:
        answers: Folder of the run.
        keep: Maximum number of different programs for one problem, in the order of the samples.
    """
    from hrm_eval.runs import load_run

    for task_id, samples in load_run(answers).by_task.items():
        programs = dict.fromkeys(s.completion.completion.strip() for s in samples if s.passed)
        prompt = samples[0].completion.prompt
        for program in list(programs)[:keep]:
            yield {"task_id": task_id, "prompt": prompt, "response": program}


def _counts(current: Round) -> tuple[str, str]:
    """Return the number of solved problems, and of kept programs, as text; empty before that."""
    if not current.kept.is_file():
        return "", ""
    task_ids = [row["task_id"] for _, row in read_json_lines(current.kept)]
    return f"{len(set(task_ids))} problems", f"{len(task_ids)} programs"


@contextmanager
def _round_named(current: Round) -> Iterator[None]:
    """Name the round in the error of a command."""
    try:
        yield
    except CommandError as error:
        raise CommandError(f"round {current.number}: {error}") from error
