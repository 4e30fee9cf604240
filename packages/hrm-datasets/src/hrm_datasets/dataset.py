"""A dataset: its splits, the source of its rows, and how a row becomes a problem.

Not covered: random splits. A derived split, such as `dev` of MBPP, is a fixed list of task ids.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hrm_core.errors import DataError, UsageError, listing, suggest
from hrm_datasets.hub import HubSource
from hrm_datasets.problems import Problem, ProblemSet
from hrm_datasets.rows import Row, find_file, read_rows


@dataclass(frozen=True, kw_only=True)
class Split:
    """The rows that belong to a split.

    Attributes:
        ids: Values of the field `task_id` in the rows of this split; empty selects every row.
        part_of: The published split that contains these rows; None if this split itself is
            published.
    """

    ids: Collection[int] = ()
    part_of: str | None = None

    def holds(self, row: Row) -> bool:
        """Return whether a row belongs to this split; `task_id` is read only if `ids` is set."""
        return not self.ids or row.get("task_id", int) in self.ids


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A source of problems; each entry point of the group `hrm.datasets` names one.

    Attributes:
        name: The name that users type; the same as the name of the entry point.
        to_problem: Makes a problem from a row; raises `row.error(...)` if a field is unusable.
        splits: The splits by name.
        default_split: The split to load if the user names none; one of `splits`.
        hub: Location of the rows on the Hugging Face hub; None if they are not published there.
        file: File of rows that the package ships, or None. It takes precedence over `hub`.

    Examples:
        >>> SQUARES = Dataset(name="squares", to_problem=to_problem, file=Path("squares.jsonl"))
        >>> problems = SQUARES.load("test")
    """

    name: str
    to_problem: Callable[[Row], Problem]
    splits: Mapping[str, Split] = field(default_factory=lambda: {"test": Split()})
    default_split: str = "test"
    hub: HubSource | None = None
    file: Path | None = None

    def load(self, split: str | None = None, source: Path | str | None = None) -> ProblemSet:
        """Load the problems of one split.

        Args:
            split: One of `splits`, or None for `default_split`.
            source: A file or folder of rows to read instead of `file` and `hub`.

        Raises:
            UsageError: If the dataset has no such split.
            DataError: If the rows are missing or corrupt, or none of them belongs to the split.
        """
        name = self.default_split if split is None else split
        if name not in self.splits:
            raise UsageError(
                f"--split: dataset {self.name!r} has no split {name!r} "
                f"(splits: {listing(self.splits)}).{suggest(name, self.splits)}"
            )
        rows = self._read(name, self.file if source is None else Path(source))
        kept = [row for row in rows if self.splits[name].holds(row)]
        if not kept:
            raise DataError(
                f"{source or self.name}: expected rows of the split {name!r} of {self.name}, but "
                f"none of its {len(rows)} rows belongs to it. Pass another --split or --source."
            )
        return ProblemSet(name=self.name, split=name, problems=self._to_problems(kept))

    def _read(self, split: str, path: Path | None) -> list[Row]:
        published = self.splits[split].part_of or split
        if path is not None:
            try:
                return read_rows(find_file(path, [split, published]) if path.is_dir() else path)
            except OSError as error:
                raise DataError(f"{path}: cannot be read: {error.strerror}.") from error
        if self.hub is not None:
            return self.hub.read(published)
        raise DataError(
            f"dataset {self.name!r} has no rows of its own. Pass yours with --source PATH"
        )

    def _to_problems(self, rows: list[Row]) -> tuple[Problem, ...]:
        problems: dict[str, Problem] = {}
        for row in rows:
            problem = self.to_problem(row)
            if problem.task_id in problems:
                raise DataError(f"{row.where}: the task id {problem.task_id!r} occurs twice.")
            if not problem.tests:
                raise DataError(
                    f"{row.where}: {problem.task_id!r} has no tests, so any program would pass."
                )
            problems[problem.task_id] = problem
        return tuple(problems.values())
