"""What is kept of the experiment, as lines of CSV files in `docs/experiment`."""

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from statistics import fmean
from typing import Self

from hrm_core.config import from_mapping, read_config
from hrm_core.costs import count_parameters, measure_step
from hrm_core.model import LanguageModel
from hrm_core.plugins import Group, load_plugin
from hrm_core.stack import Stack
from hrm_eval.metrics import pass_at_k
from hrm_train.run_folder import TrainingFolder
from hrm_train.train_config import TrainRunConfig

DOCS = Path(__file__).parent.parent / "docs"
FOLDER = DOCS / "experiment"
# How runs are matched with those of the reference; folders of a part that compares models.
MATCHED = ("same_tokens", "same_flops", "same_time")
# For each part that compares models: the evaluations whose problems have a loss, with the dataset
# and the split that they measure. The figures show the first one.
SPLITS = {
    "chains": {
        "chains": ("chains", "validation"),
        "new_chains": ("chains", "test"),
        "longer_chains": ("chains", "longer"),
    },
    "exercises": {"variants": ("exercises", "validation"), "families": ("exercises", "test")},
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of a CSV file; subclasses say which.

    Attributes:
        part: Part of the experiment, such as `improve`.
        model: Path of its config, and what comes after the seed in the path of the run, such as
            `round-1`.
        seed: Seed of the training.
    """

    part: str
    model: str
    seed: int

    @classmethod
    def from_row(cls, row: dict[str, str]) -> Self:
        """Return a line that was read as text."""
        types = {field.name: field.type for field in fields(cls)}
        return cls(**{name: types[name](value) for name, value in row.items()})  # type: ignore[operator]

    @property
    def key(self) -> tuple[str | int, ...]:
        """What no other line has; lines are sorted by it."""
        return self.part, self.model, self.seed

    @classmethod
    def read_all(cls, path: Path) -> list[Self]:
        """Return all lines of a file; none if there is no file yet."""
        if not path.is_file():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return [cls.from_row(row) for row in csv.DictReader(file)]

    @classmethod
    def add(cls, path: Path, lines: Sequence[Self]) -> None:
        """Add lines to a file, in place of those with the same keys."""
        cls.write_all(path, [*cls.read_all(path), *lines])

    @classmethod
    def write_all(cls, path: Path, lines: Iterable[Self]) -> None:
        """Write a file; of lines with the same key, the last one counts."""
        kept = {one.key: one for one in lines}
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(field.name for field in fields(cls))
            writer.writerows(astuple(kept[key]) for key in sorted(kept))


@dataclass(frozen=True, kw_only=True)
class EvaluationLine(Line):
    """A line of one evaluation.

    Attributes:
        evaluation: Name of the evaluation.
    """

    evaluation: str

    @property
    def key(self) -> tuple[str | int, ...]:
        """What no other line has."""
        return self.part, self.evaluation, self.model, self.seed


@dataclass(frozen=True, kw_only=True)
class Result(EvaluationLine):
    """What one model scored in one evaluation; a line of `results.csv`.

    Attributes:
        fingerprint: Fingerprint of the problems.
        num_samples: Number of answers to each problem.
        pass_at_1: Pass@1.
        seconds: Wall time of the evaluation.
        device: Where the answers were generated.
        finished_at: When the evaluation ended.
        commit: Commit of the code.
        weights: Hash of the model's weights; empty if it is not known.
        passed: Number of passed answers to each problem, in the order of the dataset.
    """

    fingerprint: str
    num_samples: int
    pass_at_1: float
    seconds: float
    device: str
    finished_at: str
    commit: str
    weights: str
    passed: str

    @property
    def rates(self) -> list[float]:
        """The share of passed answers to each problem."""
        return [int(count) / self.num_samples for count in self.passed.split()]

    @property
    def score(self) -> float:
        """Pass@1, or pass@10 if there are several answers to each problem."""
        if self.num_samples == 1:
            return self.pass_at_1
        counts = map(int, self.passed.split())
        return fmean(pass_at_k(samples=self.num_samples, correct=c, k=10) for c in counts)


@dataclass(frozen=True, kw_only=True)
class Point(Line):
    """How far a run has come when its validation loss was measured; a line of `curves.csv`.

    Attributes:
        step: Number of finished steps.
        parameters: Number of parameters of the model.
        tokens: Number of tokens that it has read, with padding.
        flops: Training FLOPs that these took, counted as if every token had a label.
        seconds: Wall time of the steps: their number times the mean of the logged ones; not a
            number if other work ran beside it.
        validation_loss: Loss of the validation problems under the averaged weights.
        commit: Commit of the code.
    """

    step: int
    parameters: int
    tokens: int
    flops: float
    seconds: float
    validation_loss: float
    commit: str

    @property
    def key(self) -> tuple[str | int, ...]:
        """What no other line has."""
        return *super().key, self.step


@dataclass(frozen=True, kw_only=True)
class Losses(EvaluationLine):
    """The loss of each problem of an evaluation, in float32; a line of `losses.csv`.

    Attributes:
        commit: Commit of the code.
        losses: Mean loss of the tokens of each reference solution, in the order of the dataset.
            The validation loss of a run differs: it is a mean over the tokens of all problems.
    """

    commit: str
    losses: str

    @property
    def values(self) -> list[float]:
        """The loss of each problem."""
        return [float(loss) for loss in self.losses.split()]


def find_runs(folder: Path) -> Iterator[tuple[str, int, Path]]:
    """Yield model, seed and folder of the finished runs below a folder, `MODEL/seed-N`.

    Runs that start from a checkpoint are left out: what they cost is not the cost of the model.
    """
    for path in sorted(folder.glob("**/seed-*")):
        if not (path / "config.yaml").is_file():
            continue
        config = _read_settings(path)
        if config.model_reference is None and TrainingFolder(path).is_finished(config.training):
            model = path.parent.relative_to(folder).as_posix()
            yield model, int(path.name.removeprefix("seed-")), path


def _read_settings(folder: Path) -> TrainRunConfig:
    return from_mapping(TrainRunConfig, read_config(folder / "config.yaml"))


def read_curve(
    folder: Path, *, part: str, model: str, seed: int, commit: str, is_timed: bool = True
) -> list[Point]:
    """Return the validation losses of a run, and what they took."""
    config = _read_settings(folder)
    built = build_model(config)
    flops, log = step_flops(config, built), list(TrainingFolder(folder).read_log())
    seconds = fmean(line["seconds"] for line in log if "seconds" in line) if is_timed else math.nan
    tokens = config.training.batch_size * row_length(config, built)
    return [
        Point(
            part=part,
            model=model,
            seed=seed,
            step=line["step"],
            parameters=count_parameters(built),
            tokens=line["step"] * tokens,
            flops=sum(flops[: line["step"]]),
            seconds=round(line["step"] * seconds, 1),
            validation_loss=round(line["validation_loss"], 4),
            commit=commit,
        )
        for line in log
        if "validation_loss" in line
    ]


def build_model(config: TrainRunConfig) -> LanguageModel:
    """Return the model of a config, with weights that are not trained."""
    stack: Stack = load_plugin(Group.STACKS, config.model_stack)
    return stack.build(stack.parse(config.model))


def row_length(config: TrainRunConfig, model: LanguageModel) -> int:
    """Return the number of tokens of a row."""
    return config.training.sequence_length or model.config.max_position_embeddings


def step_flops(config: TrainRunConfig, model: LanguageModel) -> list[float]:
    """Return the FLOPs of each step of a run, as if every token had a label."""
    training, length = config.training, row_length(config, model)
    known: dict[str, float] = {}
    steps = []
    for step in range(training.num_steps):
        done = step / training.num_steps
        options = repr(sorted(model.training_options(done).items()))
        if options not in known:
            costs = measure_step(type(model), model.config, length, done)
            known[options] = float(costs.flops * training.batch_size * length)
        steps.append(known[options])
    return steps
