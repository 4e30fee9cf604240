"""Training examples that overlap with test problems; see `hrm_datasets.overlap` for the rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hrm_core.errors import ConfigError, DataError, UsageError
from hrm_datasets import Problem
from hrm_datasets.overlap import HeldOut
from hrm_train.examples import Example
from hrm_train.splits import has_tests, is_drawn, load_split
from hrm_train.train_config import DataConfig, SplitConfig

_SHOWN = 5


@dataclass(frozen=True)
class Overlap:
    """An overlap between a training example and a held-out problem.

    Attributes:
        example: Name of the training example.
        problem: Id of the problem.
        shared: The shared passage or function name, for messages.
    """

    example: str
    problem: str
    shared: str


def find_overlap(held_out: HeldOut, example: Example) -> Overlap | None:
    """Return the first overlap of an example with a held-out problem, or None."""
    shared = held_out.find(example.text, code=example.response)
    return None if shared is None else Overlap(example.name, shared.problem, shared.what)


def held_out_splits(config: DataConfig, measured: Sequence[SplitConfig] = ()) -> list[SplitConfig]:
    """Return the splits that no training example may overlap with.

    Args:
        config: The data section; see `DataConfig.held_out`.
        measured: Splits that Pass@1 is measured on. They are always held out.
    """
    named = default_held_out(config.problems) if config.held_out is None else config.held_out
    return [*named, *(split for split in measured if split not in named)]


def default_held_out(trained: Iterable[SplitConfig]) -> list[SplitConfig]:
    """Return the `test` splits of the datasets that a model is trained on, where they have one.

    Args:
        trained: The splits to train on. A split without end keeps out its tests by itself, and so
            does a file of problems that were drawn from one.
    """
    tests = {
        (problems.name, problems.source): SplitConfig(
            name=problems.name, split="test", source=problems.source
        )
        for problems in trained
        if not is_drawn(problems) and has_tests(problems)
    }
    return list(tests.values())


def load_held_out(config: DataConfig, measured: Sequence[SplitConfig] = ()) -> HeldOut:
    """Return an index of the held-out problems.

    Args:
        config: The data section: what is held out.
        measured: See `held_out_splits`.

    Raises:
        DataError: If a split cannot be read.
        ConfigError: If a dataset or its split does not exist, or the split has no end.
    """
    splits = held_out_splits(config, measured)
    problems = [problem for split in splits for problem in _load_held_out(split)]
    return HeldOut(problems, config.shared_words)


def check_overlap(
    examples: Iterable[Example], config: DataConfig, held_out: HeldOut
) -> tuple[frozenset[int], list[Overlap]]:
    """Compare training examples with held-out problems.

    Args:
        examples: All training examples; iterated once.
        config: The data section: what to do with overlaps.
        held_out: The held-out problems.

    Returns:
        The indices of the examples to leave out, counted from 0, and all overlaps.

    Raises:
        DataError: If examples overlap and the config refuses them, or all would be left out.
    """
    overlaps_by_index: dict[int, Overlap] = {}
    count = 0
    for number, example in enumerate(examples):
        count += 1
        if (overlap := find_overlap(held_out, example)) is not None:
            overlaps_by_index[number] = overlap
    overlaps = list(overlaps_by_index.values())
    if overlaps and config.overlap == "refuse":
        raise DataError(_refusal(overlaps, count))
    if config.overlap == "drop" and len(overlaps) == count:
        raise DataError(
            "training.data: every example overlaps with a held-out problem, so no training data "
            "are left."
        )
    return frozenset(overlaps_by_index if config.overlap == "drop" else ()), overlaps


def _load_held_out(split: SplitConfig) -> Iterable[Problem]:
    try:
        return load_split(split)
    except DataError as error:
        raise DataError(
            f"training.data.held_out: the split {split.split!r} of {split.name} cannot be read, so "
            f"examples cannot be compared with it: {error}\nName the split with its source under "
            "training.data.held_out, or write held_out: [] to skip the comparison"
        ) from error
    except UsageError as error:
        raise ConfigError(f"training.data.held_out: {error}") from error


def _refusal(overlaps: Sequence[Overlap], count: int) -> str:
    lines = [f"  {o.example} shares {o.shared} with {o.problem}" for o in overlaps[:_SHOWN]]
    more = [f"  and {len(overlaps) - _SHOWN} more"] if len(overlaps) > _SHOWN else []
    return "\n".join(
        [
            f"training.data: {len(overlaps)} of {count} examples overlap with held-out problems:",
            *lines,
            *more,
            "Exclude them with --drop-overlap (training.data.overlap: drop), or keep them with "
            "--allow-overlap, which makes test results invalid",
        ]
    )
