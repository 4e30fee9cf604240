"""Sides of a comparison: runs, or several runs of one config that differ only in their seeds."""

import glob
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrm_core.errors import UsageError, short_listing
from hrm_core.model_folder import read_json
from hrm_eval.records import is_file
from hrm_eval.run_folder import RunFolder
from hrm_eval.runs import Run, Sample, load_run
from hrm_eval.setting_differences import compare_configs

_COMMON = "Add --common to compare only the problems that all runs have judged"
_SEED = "sampling.seed"


@dataclass(frozen=True, kw_only=True)
class Side:
    """One run, or several runs of one config with different seeds.

    Attributes:
        name: Folder of the run or of the runs.
        runs: The runs.
    """

    name: str
    runs: Sequence[Run]


def read_sides(paths: Sequence[Path], *, by_seed: bool = True) -> list[Side]:
    """Read the runs to compare.

    A folder that contains runs in its subfolders is one side: runs of one config, whose models may
    differ, as after training with several seeds. So is a pattern such as
    `runs/small/seed-*/evaluations/variants`.

    Args:
        paths: Folders of runs, folders that contain runs, or patterns of folders of runs.
        by_seed: Join runs of one model that differ only in `sampling.seed`, unless that joins all.

    Raises:
        UsageError: If the runs of one side have different settings, or a pattern fits none.
        DataError: If a folder has no run, or a file of a run is corrupt.
    """
    sides = [_read_side(path) for path in paths]
    return _join_seeds(sides) if by_seed else sides


def _read_side(path: Path) -> Side:
    folders = _find_folders(path)
    return Side(name=str(path), runs=_read_seeds(path, folders) if folders else [load_run(path)])


def _find_folders(path: Path) -> list[Path]:
    """Return the folders of the runs of a side; none if the path is itself that of a run."""
    if glob.has_magic(str(path)) and not path.exists():
        folders = _expand(path)
        if not folders:
            raise UsageError(f"{path}: no folder has such a name")
        return folders
    if is_file(RunFolder(path).completions):
        return []
    return [file.parent for file in sorted(path.glob("*/completions.jsonl"))]


def _expand(pattern: Path) -> list[Path]:
    """Return the paths that fit a pattern; a part such as `lr=[1]` is a name if it exists."""
    found = [Path(pattern.anchor)]
    for part in pattern.relative_to(pattern.anchor).parts:
        found = [
            path
            for folder in found
            for path in ([folder / part] if (folder / part).exists() else sorted(folder.glob(part)))
        ]
    return found


def _read_seeds(path: Path, folders: Sequence[Path]) -> list[Run]:
    runs = [load_run(folder) for folder in folders]
    for run in runs[1:]:
        for found in compare_configs(runs[0].config, run.config):
            if found.key != _SEED:
                raise UsageError(
                    f"{path}: its runs are taken as seeds of one config, but {found.key} is "
                    f"{found.first!r} in {runs[0].folder.path} and {found.second!r} in "
                    f"{run.folder.path}. Name each of these runs by itself"
                )
    return runs


def _join_seeds(sides: Sequence[Side]) -> list[Side]:
    groups: list[list[Side]] = []
    for side in sides:
        group = next((g for g in groups if all(_are_seeds(member, side) for member in g)), None)
        if group is None:
            groups.append([side])
        else:
            group.append(side)
    return [_join(group) for group in groups] if len(groups) > 1 else list(sides)


def _are_seeds(first: Side, second: Side) -> bool:
    """Return whether two runs of one model differ in their seeds, and in nothing else."""
    if len(first.runs) > 1 or len(second.runs) > 1 or _model(first) != _model(second):
        return False
    found = compare_configs(first.runs[0].config, second.runs[0].config)
    return [difference.key for difference in found] == [_SEED]


def _model(side: Side) -> tuple[str, Any]:
    run = side.runs[0]
    description = read_json(run.folder.model) if run.folder.model.is_file() else {}
    return run.model, description.get("weights")


def _join(group: Sequence[Side]) -> Side:
    others = f" and {len(group) - 1} more" if len(group) > 1 else ""
    return Side(name=group[0].name + others, runs=[run for side in group for run in side.runs])


def choose_tasks(runs: Sequence[Run], *, common: bool) -> list[str]:
    """Return the tasks to compare the runs on, in the order of the first run.

    These are all tasks, or with `common` those that all runs have judged.

    Raises:
        UsageError: If a run is not finished or is on other problems, and `common` is false; or if
            fewer than two tasks are left.
    """
    judged = [set(judged_answers(run)) for run in runs]
    shared = set.intersection(*judged)
    if not common:
        _check_finished(runs)
        _check_same_problems(runs, len(shared))
        _check_same_tasks(runs, judged)
    if len(shared) < 2:
        raise UsageError(
            f"compare: expected at least 2 problems that all runs have judged, got {len(shared)}. "
            "Run the models on the same dataset and split"
        )
    return [task for task in runs[0].by_task if task in shared]


def judged_answers(run: Run) -> dict[str, list[Sample]]:
    """Return the answers to each problem that has all its answers, judged."""
    sampling = run.config.get("sampling") or {}
    expected = sampling.get("num_samples", 1)
    return {task: answers for task, answers in run.judged.items() if len(answers) >= expected}


def _check_finished(runs: Iterable[Run]) -> None:
    for run in runs:
        if not run.is_finished:
            raise UsageError(
                f"{run.folder.path}: not finished; {len(judged_answers(run))} problems are judged. "
                f"Continue it with --resume --out {run.folder.path}. {_COMMON}"
            )


def _check_same_problems(runs: Sequence[Run], num_shared: int) -> None:
    first = runs[0]
    for run in runs[1:]:
        if _fingerprint(run) != _fingerprint(first):
            cure = f"{_COMMON}: {num_shared}" if num_shared else "They have no problem in common"
            raise UsageError(
                f"{run.folder.path}: on other problems than {first.folder.path}: "
                f"{_describe_problems(run)}, not {_describe_problems(first)}. "
                f"{cure}"
            )


def _describe_problems(run: Run) -> str:
    """Return the dataset, how many problems are answered, and the start of the fingerprint."""
    return f"{run.dataset} ({len(run.by_task)} answered, fingerprint {str(_fingerprint(run))[:8]})"


def _fingerprint(run: Run) -> str | None:
    return run.config["dataset"].get("fingerprint")


def _check_same_tasks(runs: Sequence[Run], judged: Sequence[set[str]]) -> None:
    cure = _COMMON if set.intersection(*judged) else "They have no problem in common"
    for run, tasks in zip(runs, judged, strict=True):
        missing = set.union(*judged) - tasks
        if missing:
            raise UsageError(
                f"{run.folder.path}: no answer to {len(missing)} of the problems: "
                f"{short_listing(missing)}. {cure}"
            )
