"""Datasets by name, found through the entry points of the group `hrm.datasets`."""

from collections.abc import Sequence
from pathlib import Path

from hrm_core.plugins import Group, load_named
from hrm_datasets.dataset import Dataset
from hrm_datasets.problems import ProblemSet


def find_dataset(name: str) -> Dataset:
    """Import the dataset that is registered under this name.

    Raises:
        UnknownPluginError: If no installed package provides it.
        PluginConflictError: If two packages provide it.
        PluginLoadError: If it cannot be imported, or is not a dataset of that name.
    """
    return load_named(Group.DATASETS, name, Dataset)


def load_problems(  # noqa: PLR0913 (those of `Dataset.load`, and a name)
    name: str,
    split: str | None = None,
    source: Path | str | None = None,
    *,
    task_ids: Sequence[str] = (),
    exclude: Sequence[str] = (),
    limit: int | None = None,
    seed: int | None = None,
) -> ProblemSet:
    """Load the problems of one split of a dataset.

    A row that cannot become a problem is an error, unless it is not asked for.

    Args:
        name: A registered dataset, such as `mbpp`.
        split: One of its splits, or None for its default split.
        source: A file or folder of rows with the published fields of the dataset: JSON Lines or a
            JSON list (`.jsonl` or `.json`, also with `.gz`), or Parquet (`.parquet`). A folder has
            files named after the splits, or is a copy of the repository on the hub. Without
            `source` the rows come from the package that registers the dataset, or from the Hugging
            Face hub; only the first load from the hub needs a network.
        task_ids: Load only these problems; all if empty. See `ProblemSet.find`.
        exclude: Leave out these problems.
        limit: Load at most this many problems, counted from the first. A split without end, such
            as `train` of `exercises`, needs it.
        seed: Seed of the problems of a split without end; 0 by default.

    Raises:
        UsageError: If the dataset, the split or a task id is unknown, `limit` is below 1 or is
            missing for a split without end, or a split of fixed problems gets a seed.
        DataError: If the rows are missing or corrupt, or none of them belongs to the split.
        PluginLoadError: If the package of the dataset is broken.
        PluginConflictError: If two packages provide the dataset.
        TypeError: If `task_ids` or `exclude` is a text.

    Examples:
        >>> load_problems("starter").find(1).entry_point
        'greet_person'
    """
    dataset = find_dataset(name)
    return dataset.load(split, source, task_ids=task_ids, exclude=exclude, limit=limit, seed=seed)
