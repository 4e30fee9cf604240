"""A dataset: its splits, the source of its rows, and how a row becomes a problem.

Not covered: random splits. A derived split, such as `dev` of MBPP, is a fixed list of task ids.
"""

import traceback
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol

from hrm_core.errors import DataError, HrmError, UsageError, listing, suggest
from hrm_datasets.hub import HubSource
from hrm_datasets.problems import InputOutput, Problem, ProblemSet, refuse_one_text
from hrm_datasets.rows import Row, find_files, missing_split, read_rows

_MAX_BROKEN_SHOWN = 5


class Stream(Protocol):
    """Problems that a program makes, without end."""

    def __call__(
        self, seed: int, start: int = 0, easy_first: int | None = None
    ) -> Iterator[Problem]:
        """Yield problems; the same seed gives the same problems on every machine.

        Args:
            seed: Seed of the problems.
            start: Number of problems to skip at the start.
            easy_first: Number of problems over which the difficulty rises, counted from the first
                of the seed; None for problems of all difficulties at all times.
        """


@dataclass(frozen=True, kw_only=True)
class Split:
    """The rows that belong to a split, or a stream of problems.

    Attributes:
        ids: Values of the field `task_id` in the rows of this split; empty selects every row.
        part_of: The published split that contains these rows; None if this split itself is
            published.
        parts: The published splits that this split joins, in order of their ids; empty if it joins
            none.
        stream: Makes the problems of this split, which has no rows; None for a split of rows.
    """

    ids: Collection[int] = ()
    part_of: str | None = None
    parts: tuple[str, ...] = ()
    stream: Stream | None = None

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
        leave_out: Returns what a row needs that this dataset does not cover, such as "an input
            file"; None if the row is covered. Rows that are not covered are counted in a note.
        has_releases: Whether the rows of a split are published in several files: `test.jsonl`,
            `test2.jsonl` and so on, of which each release adds one. All in a folder are read.

    Raises:
        ValueError: If `default_split` is not one of `splits`, or two splits have the same rows.

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
    leave_out: Callable[[Row], str | None] = lambda row: None
    has_releases: bool = False

    def __post_init__(self) -> None:
        if self.default_split not in self.splits:
            raise ValueError(
                f"dataset {self.name!r}: default_split: expected one of "
                f"{', '.join(self.splits)}, got {self.default_split!r}"
            )
        whole = [name for name, split in self.splits.items() if split == Split()]
        if self.file is not None and self.file.is_file() and len(whole) > 1:
            raise ValueError(
                f"dataset {self.name!r}: the splits {', '.join(whole)} all have every row of "
                f"{self.file}. Make `file` a folder with a file for each, or give them `ids`"
            )

    def load(
        self,
        split: str | None = None,
        source: Path | str | None = None,
        *,
        task_ids: Sequence[str] = (),
        exclude: Sequence[str] = (),
        limit: int | None = None,
        seed: int | None = None,
    ) -> ProblemSet:
        """Load the problems of one split, in the order of their rows.

        A row that cannot become a problem is an error, unless it is not asked for.

        Args:
            split: One of `splits`, or None for `default_split`.
            source: A file or folder of rows to read instead of `file` and `hub`.
            task_ids: Load only these problems; all if empty. See `ProblemSet.find`.
            exclude: Leave out these problems.
            limit: Load at most this many problems, counted from the first. A split that is a
                stream needs it.
            seed: Seed of a split that is a stream; 0 by default.

        Raises:
            UsageError: If the dataset has no such split, a task id is unknown, `limit` is below 1
                or missing for a stream, or a split of rows gets a seed.
            DataError: If the rows are missing or corrupt, or none of them belongs to the split.
            TypeError: If `task_ids` or `exclude` is a text.
        """
        refuse_one_text(task_ids)
        refuse_one_text(exclude)
        wanted = None if limit is None else limit + len(exclude)
        name = self.default_split if split is None else split
        stream = self.find_split(name).stream
        if stream is not None and source is None:
            drawn = self._draw(name, stream, wanted, seed or 0).select(tuple(task_ids))
            return _without(drawn, exclude, limit, is_whole=False)
        if seed is not None:
            raise UsageError(
                f"seed: the split {name!r} of {self.name!r} has fixed problems. Leave the seed out"
            )
        published = self._read(name, self.file if source is None else Path(source))
        rows, notes = self._covered(published, source or self.name)
        kept, num_left_out, broken = self._choose(rows, name)
        if not kept and not broken:
            raise DataError(
                f"{source or self.name}: expected rows of the split {name!r} of {self.name}, but "
                f"none of its {len(rows)} rows belongs to it. Choose another split or source."
            )
        unwanted = [row for row in kept if _is_named(row, exclude) and self._is_broken(row)]
        kept = [row for row in kept if row not in unwanted]
        problems, unusable = self._to_problems(kept, None if task_ids else wanted)
        broken += unusable
        if broken and not (task_ids and problems):
            raise _broken_rows(broken, len(rows))
        if num_left_out and source is not None:
            notes.append(
                f"{source}: {num_left_out} of {len(rows)} rows are left out, because they are not "
                f"of the split {self.splits[name].part_of or name!r} of {self.name}."
            )
        loaded = ProblemSet(
            name=self.name,
            split=name,
            problems=problems,
            splits=tuple(self.splits),
            notes=tuple(notes),
            num_not_covered=len(published) - len(rows),
        )
        try:
            chosen = loaded.select(tuple(task_ids), wanted)
        except UsageError as error:
            if not broken:
                raise
            raise DataError(f"{error}\n{_broken_rows(broken, len(rows))}") from error
        left = [one for one in exclude if not any(_is_named(row, [one]) for row in unwanted)]
        return _without(chosen, left, limit, is_whole=limit is None and not task_ids)

    def find_split(self, name: str) -> Split:
        """Return the split of this name.

        Raises:
            UsageError: If the dataset has no such split.
        """
        if name not in self.splits:
            raise UsageError(
                f"--split: dataset {self.name!r} has no split {name!r} "
                f"(splits: {listing(self.splits)}).{suggest(name, self.splits)}"
            )
        return self.splits[name]

    def _draw(self, name: str, stream: Stream, limit: int | None, seed: int) -> ProblemSet:
        """Return the first problems of a stream."""
        if limit is None:
            raise UsageError(
                f"--limit: the split {name!r} of {self.name!r} has no end. Say how many problems "
                "to draw, such as --limit 1000"
            )
        if limit < 1:
            raise UsageError(f"limit must be at least 1, got {limit}")
        problems = tuple(islice(stream(seed), limit))
        return ProblemSet(name=self.name, split=name, problems=problems, splits=tuple(self.splits))

    def _covered(self, rows: list[Row], where: Path | str) -> tuple[list[Row], list[str]]:
        """Return the rows that are covered, and a note for each reason to leave others out."""
        reasons = [self._reason_to_leave_out(row) for row in rows]
        counts = Counter(reason for reason in reasons if reason is not None)
        notes = [
            f"{where}: {count} of {len(rows)} rows are left out, because they need {reason}, which "
            f"{self.name} does not cover."
            for reason, count in counts.items()
        ]
        covered = [row for row, reason in zip(rows, reasons, strict=True) if reason is None]
        if notes and not covered:
            raise DataError(notes[0])
        return covered, notes

    def _reason_to_leave_out(self, row: Row) -> str | None:
        try:
            return self.leave_out(row)
        except DataError:
            # A broken row is reported when it becomes a problem.
            return None

    def _choose(self, rows: Iterable[Row], name: str) -> tuple[list[Row], int, list[DataError]]:
        """Return the rows of a split, the number of rows left out, and an error for each bad row.

        Rows that are of the published split, but not of a derived one such as `dev`, are not
        counted as left out. A row is bad if the `task_id` that tells its split cannot be read.
        """
        split = self.splits[name]
        published = self.splits.get(split.part_of or name, split)
        kept: list[Row] = []
        broken: list[DataError] = []
        num_left_out = 0
        for row in rows:
            try:
                if split.holds(row):
                    kept.append(row)
                else:
                    num_left_out += not published.holds(row)
            except DataError as error:
                broken.append(self._explain(row, error))
        if split.parts:
            kept.sort(key=lambda row: row.get("task_id", int))
        return kept, num_left_out, broken

    def _explain(self, row: Row, error: DataError) -> DataError:
        """Return the error of `to_problem` for a row with a bad id, since it says more.

        The rows of a similar dataset may have ids of another form.
        """
        try:
            self.to_problem(row)
        except DataError as better:
            return better
        return error

    def _read(self, name: str, path: Path | None) -> list[Row]:
        split = self.splits[name]
        published = split.parts or (split.part_of or name,)
        if path is not None:
            try:
                files = self._find_files(path, name, published) if path.is_dir() else [path]
                return [row for file in files for row in read_rows(file)]
            except OSError as error:
                raise DataError(f"{path}: cannot be read: {error.strerror}.") from error
        if self.hub is not None:
            return [row for part in published for row in self.hub.read(part)]
        raise DataError(
            f"dataset {self.name!r} has no rows of its own. Name yours as its source "
            "(--source PATH)"
        )

    def _find_files(self, folder: Path, name: str, published: Sequence[str]) -> list[Path]:
        """Return the files of a split in a folder: its own, or those of its published splits."""
        find = partial(
            find_files,
            folder,
            config=self.hub.config if self.hub is not None else None,
            has_releases=self.has_releases,
        )
        files = find(name)
        if not files:
            for part in published:
                found = find(part)
                if not found:
                    raise missing_split(folder, part)
                files += found
        return files

    def _to_problems(
        self, rows: Iterable[Row], limit: int | None
    ) -> tuple[tuple[Problem, ...], list[DataError]]:
        """Return the problems, at most `limit`, and an error for each row that cannot be used."""
        problems: dict[str, Problem] = {}
        places: dict[str, str] = {}
        broken = []
        for row in rows:
            if limit is not None and len(problems) >= limit:
                break
            try:
                problem = self._to_problem(row)
            except DataError as error:
                broken.append(error)
                continue
            first = places.setdefault(problem.task_id, row.where)
            if first == row.where:
                problems[problem.task_id] = problem
            else:
                problems.pop(problem.task_id, None)
                twice = f"the task id {problem.task_id!r} occurs twice; the first is at {first}."
                broken.append(DataError(f"{row.where}: {twice}"))
        return tuple(problems.values()), broken

    def _is_broken(self, row: Row) -> bool:
        try:
            self._to_problem(row)
        except DataError:
            return True
        return False

    def _to_problem(self, row: Row) -> Problem:
        try:
            problem: object = self.to_problem(row)
        except HrmError:
            raise
        # A dataset of the user may have any mistake, and the row tells where to look.
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            raise DataError(
                f"{row.where}: {type(error).__name__} in {frame.filename}:{frame.lineno}: {error}."
            ) from error
        return _check_problem(problem, row)


def _is_named(row: Row, task_ids: Sequence[str]) -> bool:
    """Return whether one of these ids is that of a row, which need not be a problem."""
    own = str(row.values.get("task_id", "")).casefold()
    names = {own, own.partition("/")[2]} - {""}
    keys = (task_id.strip().casefold() for task_id in task_ids)
    return any(not names.isdisjoint({key, key.partition("/")[2]}) for key in keys)


def _without(
    problems: ProblemSet, exclude: Sequence[str], limit: int | None, *, is_whole: bool
) -> ProblemSet:
    """Return at most `limit` problems without those to leave out, which a part may lack."""
    if exclude:
        problems = problems.without(tuple(exclude), may_lack=not is_whole)
    return problems.select(limit=limit)


def _check_problem(problem: object, row: Row) -> Problem:
    """Return what a dataset has made of a row, if it can be judged.

    Raises:
        DataError: If it cannot.
    """
    if not isinstance(problem, Problem):
        raise DataError(f"{row.where}: to_problem: expected a Problem, got {problem!r}")
    task_id: object = problem.task_id
    if not isinstance(task_id, str) or not task_id:
        raise DataError(
            f"{row.where}: task_id of the problem: expected a text such as 'mbpp/11', got "
            f"{task_id!r}"
        )
    if not problem.tests:
        raise DataError(f"{row.where}: {task_id!r} has no tests, so any program would pass.")
    if not problem.entry_point and not isinstance(problem.tests, InputOutput):
        raise DataError(
            f"{row.where}: {task_id!r} has no entry_point: the function that its tests call"
        )
    return problem


def _broken_rows(broken: Sequence[DataError], num_rows: int) -> DataError:
    """Return an error that names the rows that cannot be used, and how to go on without them."""
    if len(broken) == num_rows:
        return broken[0]
    lines = [str(error) for error in broken[:_MAX_BROKEN_SHOWN]]
    if len(broken) > _MAX_BROKEN_SHOWN:
        lines.append(f"and {len(broken) - _MAX_BROKEN_SHOWN} more")
    cure = "Fix or delete these, or leave them out with --exclude"
    return DataError(
        "\n".join([*lines, f"{len(broken)} of {num_rows} rows cannot be used. {cure}"])
    )
