"""Splits of datasets to train on, to validate on or to hold out; some have problems without end."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from hrm_core.errors import ConfigError, UsageError
from hrm_datasets import Problem, Stream, load_problems
from hrm_datasets.registry import find_dataset
from hrm_train.train_config import ProblemsConfig, SplitConfig


def is_endless(config: SplitConfig) -> bool:
    """Return whether the problems of a split are drawn without end, and not read from a source."""
    return config.source is None and is_drawn(config)


def is_drawn(config: SplitConfig) -> bool:
    """Return whether the problems of a split are drawn, now or earlier into its source."""
    return _stream(config) is not None


def has_tests(config: SplitConfig) -> bool:
    """Return whether the dataset has a split `test`."""
    return "test" in find_dataset(config.name).splits


def check_known(config: SplitConfig, where: str) -> None:
    """Check that a dataset and its split exist.

    Args:
        config: The dataset and its split.
        where: Config key of both.

    Raises:
        ConfigError: If the dataset or the split does not exist.
    """
    try:
        is_drawn(config)
    except UsageError as error:
        raise ConfigError(f"{where}: {error}") from error


def check_fixed(config: SplitConfig, where: str) -> None:
    """Check that a split has a fixed number of problems.

    Args:
        config: The dataset and its split.
        where: Config key of the split.

    Raises:
        ConfigError: If they are drawn without end.
        UsageError: If the dataset or the split does not exist.
    """
    if not is_endless(config):
        return
    splits = find_dataset(config.name).splits
    fixed = [name for name, split in splits.items() if split.stream is None]
    cure = f"Name a fixed split: {' or '.join(fixed)}" if fixed else "Name another dataset"
    raise ConfigError(
        f"{where}: expected a split with a fixed number of problems, but {config.split!r} of "
        f"{config.name!r} has no end. {cure}"
    )


def _stream(config: SplitConfig) -> Stream | None:
    dataset = find_dataset(config.name)
    try:
        return dataset.find_split(config.split).stream
    except UsageError as error:
        # In a config, no flag names the split.
        raise UsageError(str(error).removeprefix("--split: ")) from error


def load_split(config: SplitConfig, epoch: int = 0) -> Iterable[Problem]:
    """Return the problems of a split.

    Args:
        config: The dataset and its split.
        epoch: Number of the epoch. A split without end has `config.limit` problems in each, and
            never the same twice.

    Raises:
        DataError: If the rows are missing or corrupt.
        UsageError: If the dataset or the split does not exist, a setting does not fit it, or a
            split without end has no limit.
    """
    if not isinstance(config, ProblemsConfig):
        check_fixed(config, "split")
        config = ProblemsConfig(**config.model_dump())
    stream = _stream(config)
    if stream is not None and config.source is None:
        return _draw(stream, config, epoch)
    if config.easy_first:
        raise UsageError(
            f"easy_first: the split {config.split!r} of {config.name!r} has fixed problems, which "
            "have no order by difficulty. Leave it out"
        )
    source = Path(config.source).expanduser() if config.source else None
    return load_problems(
        config.name, split=config.split, source=source, limit=config.limit, seed=config.seed
    )


def _draw(stream: Stream, config: ProblemsConfig, epoch: int) -> Iterator[Problem]:
    if config.limit is None:
        raise UsageError(
            f"limit: the split {config.split!r} of {config.name!r} has no end. Say how many "
            "problems make an epoch, such as limit: 100000"
        )
    easy_first = config.limit if config.easy_first else None
    problems = stream(config.seed or 0, start=epoch * config.limit, easy_first=easy_first)
    return islice(problems, config.limit)


def count_problems(config: ProblemsConfig) -> int:
    """Return the number of problems of an epoch."""
    if is_endless(config):
        assert config.limit is not None, "`load_split` refuses this"
        return config.limit
    return sum(1 for _ in load_split(config))
