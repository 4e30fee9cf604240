"""Runs compared on the same problems: what they scored, by how much they differ, and where.

Not covered: pass@k for k above 1, and what the sides have in common with their training data.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from statistics import fmean, stdev
from typing import Any, Literal

from hrm_core.errors import UsageError
from hrm_core.plugins import require_module
from hrm_eval.metrics import wilson_interval
from hrm_eval.runs import Sample
from hrm_eval.setting_differences import SettingDifference, find_differences
from hrm_eval.sides import Side, choose_tasks, judged_answers, read_sides

Test = Literal["mcnemar", "permutation", "seeds"]


@dataclass(frozen=True, kw_only=True)
class SideResult:
    """What one side scored on the problems of the comparison.

    Attributes:
        name: Folder of the run or of the runs.
        model: Name of the model; that of the first run.
        folders: Folders of the runs.
        num_answers: Number of answers, of all runs.
        pass_at_1: Pass@1; the mean over the runs.
        ci95: Wilson's 95 % interval; None for several runs.
        pass_at_1_by_run: Pass@1 of each run.
        spread: Standard deviation of Pass@1 between the runs; None for one run.
        num_tokens: Mean number of tokens of an answer; None unless all are known.
        generation_seconds: Mean wall time of generating an answer; answers of a batch overlap. None
            unless all are known.
        execution_seconds: Mean wall time of running the program and the tests of an answer.
    """

    name: str
    model: str
    folders: Sequence[str]
    num_answers: int
    pass_at_1: float
    ci95: tuple[float, float] | None
    pass_at_1_by_run: Sequence[float]
    spread: float | None
    num_tokens: float | None
    generation_seconds: float | None
    execution_seconds: float


@dataclass(frozen=True, kw_only=True)
class Change:
    """A problem that two sides did not solve equally often.

    Attributes:
        task_id: The problem.
        first: Numbers of passed and of all answers of the first side.
        second: The same of the second side.
    """

    task_id: str
    first: tuple[int, int]
    second: tuple[int, int]

    @property
    def difference(self) -> float:
        """By how much the share of passed answers is higher on the second side."""
        return self.second[0] / self.second[1] - self.first[0] / self.first[1]


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One side against the first.

    Attributes:
        first: Position of the first side in `Comparison.sides`, 0.
        second: Position of the other side.
        difference: Pass@1 of the second side minus that of the first.
        ci95: 95 % interval of `difference`.
        test: `mcnemar` for runs with one answer to each problem, `permutation` for runs with
            several, `seeds` if a side has several runs.
        p_value: Two-sided p value of that test.
        adjusted_p_value: The same after Holm's correction for the number of pairs.
        wins: Problems that the second side solved more often, the largest difference first.
        losses: Problems that the first side solved more often, the largest difference first.
        num_ties: Number of the other problems.
        settings: What else differs between the first runs of the two sides.
    """

    first: int
    second: int
    difference: float
    ci95: tuple[float, float]
    test: Test
    p_value: float
    adjusted_p_value: float
    wins: Sequence[Change]
    losses: Sequence[Change]
    num_ties: int
    settings: Sequence[SettingDifference]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Every side against the first; the fields are the keys of `--json`.

    Attributes:
        dataset: Dataset and split of the first run, such as `mbpp/test`.
        num_problems: Number of problems that all sides are compared on.
        num_problems_left_out: Number of problems that only some of the runs have judged.
        sides: The sides.
        pairs: Every other side against the first.
    """

    dataset: str
    num_problems: int
    num_problems_left_out: int
    sides: Sequence[SideResult]
    pairs: Sequence[Pair]

    def to_record(self) -> dict[str, Any]:
        """Return the comparison as a mapping for JSON."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class _Answers:
    """The judged answers of a side: for each run, the answers to each task in order."""

    side: Side
    by_run: Sequence[Sequence[Sequence[Sample]]]

    @property
    def rates(self) -> list[list[float]]:
        return [[fmean(a.passed for a in answers) for answers in run] for run in self.by_run]

    @property
    def tallies(self) -> list[tuple[int, int]]:
        """Numbers of passed and of all answers to each task, over all runs."""
        by_task = [list(chain(*of_runs)) for of_runs in zip(*self.by_run, strict=True)]
        return [(sum(answer.passed for answer in answers), len(answers)) for answers in by_task]


def compare_runs(
    paths: Sequence[Path], *, common: bool = False, by_seed: bool = True
) -> Comparison:
    """Compare every run with the first, by Pass@1 on the same problems.

    Args:
        paths: Folders of runs; a folder that contains runs is one side, see `read_sides`.
        common: Compare only the problems that all runs have judged, also if a run is not finished
            or is on other problems.
        by_seed: Join runs of one model that differ only in `sampling.seed`.

    Raises:
        UsageError: If there are fewer than two sides, or if the runs are on other problems or not
            finished and `common` is false.
        DataError: If a folder has no run, or a file of a run is corrupt.
        PluginNotFoundError: If scipy or statsmodels is not installed.

    Examples:
        >>> pair = compare_runs([Path("runs/old"), Path("runs/new")]).pairs[0]
        >>> pair.difference, pair.ci95, pair.p_value
        (0.02, (-0.01, 0.05), 0.27)
    """
    for module in ("scipy", "statsmodels"):
        require_module(module, needed_by="hrm-eval compare", install="hrm-eval[compare]")
    from hrm_eval.paired import adjust_p_values

    if len(paths) < 2:
        raise UsageError(
            f"compare: expected at least 2 runs, got {len(paths)}. "
            "Write: hrm-eval compare runs/old runs/new"
        )
    sides = read_sides(paths, by_seed=by_seed)
    runs = [run for side in sides for run in side.runs]
    tasks = choose_tasks(runs, common=common)
    answers = [_select(side, tasks) for side in sides]
    pairs = [_compare(answers, second, tasks) for second in range(1, len(sides))]
    adjusted = adjust_p_values([pair.p_value for pair in pairs])
    return Comparison(
        dataset=runs[0].dataset,
        num_problems=len(tasks),
        num_problems_left_out=len({task for run in runs for task in run.judged}) - len(tasks),
        sides=[_summarize(one) for one in answers],
        pairs=[replace(pair, adjusted_p_value=p) for pair, p in zip(pairs, adjusted, strict=True)],
    )


def _select(side: Side, tasks: Sequence[str]) -> _Answers:
    judged = [judged_answers(run) for run in side.runs]
    return _Answers(side=side, by_run=[[of_run[task] for task in tasks] for of_run in judged])


def _summarize(answers: _Answers) -> SideResult:
    samples = [sample for run in answers.by_run for task in run for sample in task]
    by_run = [fmean(rates) for rates in answers.rates]
    is_single = len(by_run) == 1
    verdicts = [sample.verdict for sample in samples if sample.verdict is not None]
    return SideResult(
        name=answers.side.name,
        model=answers.side.runs[0].model,
        folders=[str(run.folder.path) for run in answers.side.runs],
        num_answers=len(samples),
        pass_at_1=fmean(by_run),
        ci95=wilson_interval(by_run[0], len(answers.by_run[0])) if is_single else None,
        pass_at_1_by_run=by_run,
        spread=None if is_single else stdev(by_run),
        num_tokens=_mean_if_known(sample.completion.known_num_tokens for sample in samples),
        generation_seconds=_mean_if_known(sample.completion.known_seconds for sample in samples),
        execution_seconds=fmean(verdict.seconds for verdict in verdicts),
    )


def _mean_if_known(values: Iterable[float | None]) -> float | None:
    known = list(values)
    return None if None in known else fmean(value for value in known if value is not None)


def _compare(answers: Sequence[_Answers], second: int, tasks: Sequence[str]) -> Pair:
    from hrm_eval import paired

    old, new = answers[0], answers[second]
    changes = [
        Change(task_id=task, first=before, second=after)
        for task, before, after in zip(tasks, old.tallies, new.tallies, strict=True)
    ]
    changes.sort(key=lambda change: -abs(change.difference))
    wins = [change for change in changes if change.difference > 0]
    losses = [change for change in changes if change.difference < 0]
    test: Test
    if max(len(old.by_run), len(new.by_run)) > 1:
        test = "seeds"
        p_value = paired.seeds_p_value(old.rates, new.rates)
    elif all(change.first[1] == change.second[1] == 1 for change in changes):
        test = "mcnemar"
        p_value = paired.mcnemar_p_value(wins=len(wins), losses=len(losses))
    else:
        test = "permutation"
        p_value = paired.permutation_p_value(old.rates, new.rates)
    return Pair(
        first=0,
        second=second,
        difference=paired.difference(old.rates, new.rates),
        ci95=paired.difference_interval(old.rates, new.rates),
        test=test,
        p_value=p_value,
        adjusted_p_value=p_value,
        wins=wins,
        losses=losses,
        num_ties=len(tasks) - len(wins) - len(losses),
        settings=find_differences(old.side.runs[0], new.side.runs[0], tasks),
    )
