"""Checks a dataset: whether its reference solutions pass its tests in the sandbox.

Not covered: whether the tests find wrong programs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hrm_core.errors import DataError, UsageError
from hrm_core.files import write_whole
from hrm_datasets import Problem, ProblemSet
from hrm_eval.evaluation import choose_problems, open_judges_for
from hrm_eval.judging import Judges
from hrm_eval.progress import StageProgress, activity
from hrm_eval.run_config import DatasetConfig, SandboxConfig
from hrm_eval.runnable_tests import check_tests
from hrm_eval.sandbox import Verdict

# What stands in place of a status for tests that cannot be run.
BROKEN_TESTS = "broken_tests"


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A problem whose reference solution fails, or whose tests cannot be run.

    Attributes:
        task_id: Id of the problem.
        status: Status of the reference solution, or `broken_tests`.
        reason: What went wrong, for users.
    """

    task_id: str
    status: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class DatasetCheck:
    """What a check found out about the problems of a dataset.

    Attributes:
        problems: All of them.
        broken: Those that are broken, in their order.
        without_reference: Ids of those that cannot be checked, since they have no reference
            solution.
    """

    problems: ProblemSet
    broken: Sequence[Broken]
    without_reference: Sequence[str]

    @property
    def num_references(self) -> int:
        """How many problems have a reference solution."""
        return len(self.problems) - len(self.without_reference)

    @property
    def num_passed(self) -> int:
        """How many reference solutions pass."""
        failed = {problem.task_id for problem in self.broken}.difference(self.without_reference)
        return self.num_references - len(failed)

    def write_broken(self, path: Path, *, is_partial: bool = False) -> bool:
        """Write the ids of the broken problems, one a line, for `--exclude`.

        Args:
            path: The file. It is removed if no problem is broken.
            is_partial: Whether ids in the file stay if their problems were not checked.

        Returns:
            Whether there is a file now.

        Raises:
            UsageError: If the file cannot be written; an old one stays.
        """
        checked = {problem.task_id for problem in self.problems}
        try:
            is_kept = is_partial and path.is_file()
            old = path.read_text(encoding="utf-8", errors="replace").split() if is_kept else []
            broken = [task_id for task_id in old if task_id not in checked]
            broken += [problem.task_id for problem in self.broken]
            if broken:
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, "".join(f"{task_id}\n" for task_id in broken))
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise UsageError(
                f"--out: {path} cannot be written: {error.strerror}. Choose another file"
            ) from error
        return bool(broken)


def check_dataset(dataset: DatasetConfig, sandbox: SandboxConfig) -> DatasetCheck:
    """Run the reference solution of each problem.

    Raises:
        UsageError: If the dataset, the split or a task id is unknown.
        DataError: If the data are missing or corrupt.
        SandboxError: If programs cannot be run.
    """
    problems = choose_problems(dataset)
    with activity("starting the sandbox"):
        judges = open_judges_for(sandbox, dataset)
    with judges as opened:
        return check_references(problems, opened)


def check_references(problems: ProblemSet, judges: Judges) -> DatasetCheck:
    """Run the reference solution of each problem; see `DatasetCheck`."""
    found: dict[str, Broken] = {}
    with StageProgress("checked", total=len(problems)) as progress:
        for task_id, broken in _judge(judges, problems):
            if broken is not None:
                found[task_id] = broken
            progress.advance(f"{task_id} {broken.status}" if broken else task_id)
    return DatasetCheck(
        problems=problems,
        broken=[found[problem.task_id] for problem in problems if problem.task_id in found],
        without_reference=[p.task_id for p in problems if not _has_reference(p)],
    )


def _has_reference(problem: Problem) -> bool:
    return bool(problem.reference.strip())


def _judge(judges: Judges, problems: Iterable[Problem]) -> Iterator[tuple[str, Broken | None]]:
    """Yield the id of each problem when it has been checked, and what is wrong with it if anything.

    Of a problem without a reference solution, only the tests are looked at. The judges stop at
    tests that cannot be run; then they get the other problems again.
    """
    waiting: dict[str, Problem] = {}
    for problem in problems:
        try:
            check_tests([problem])
        except DataError as error:
            yield problem.task_id, _with_broken_tests(problem.task_id, error)
        else:
            if _has_reference(problem):
                waiting[problem.task_id] = problem
            else:
                yield problem.task_id, None
    while waiting:
        jobs = [(p.task_id, p.reference, p) for p in waiting.values()]
        try:
            for task_id, verdict in judges.judge_all(jobs):
                del waiting[task_id]
                yield task_id, None if verdict.passed else _with_failure(task_id, verdict)
        except DataError as error:
            task_id = _find_culprit(waiting, error)
            del waiting[task_id]
            yield task_id, _with_broken_tests(task_id, error)


def _find_culprit(task_ids: Iterable[str], error: DataError) -> str:
    """Return the id of the problem that an error of the judges is about."""
    for task_id in task_ids:
        if str(error).startswith(f"{task_id}: "):
            return task_id
    raise error


def _with_failure(task_id: str, verdict: Verdict) -> Broken:
    return Broken(task_id=task_id, status=verdict.status.value, reason=verdict.message)


def _with_broken_tests(task_id: str, error: DataError) -> Broken:
    reason = str(error).removeprefix(f"{task_id}: ").partition("\n")[0]
    return Broken(task_id=task_id, status=BROKEN_TESTS, reason=reason)
