"""A run from start to end: problems, answers, verdicts, summary; each stage alone, or resumed."""

import hashlib
import time
from pathlib import Path
from typing import Any

from hrm_core.config import Section
from hrm_core.errors import DataError, UsageError
from hrm_core.model_folder import read_json
from hrm_core.plugins import DEFAULT_STACK, Group, find_plugin, installed_plugins, load_plugin
from hrm_datasets import ProblemSet, load_problems
from hrm_eval.completions import read_completions
from hrm_eval.engines import choose_engine
from hrm_eval.generation import generate_completions
from hrm_eval.judging import judge_completions
from hrm_eval.records import write_records
from hrm_eval.run_config import DatasetConfig, RunConfig, SandboxConfig
from hrm_eval.run_folder import RunFolder
from hrm_eval.summary import summarize, write_summary


class ScoreConfig(Section):
    """All of a scoring of a completions file.

    Attributes:
        completions: The file.
        completions_sha256: Its content, so that a changed file cannot go on as the same run.
        dataset: Which problems.
        sandbox: Limits of the programs.
    """

    completions: str
    completions_sha256: str
    dataset: DatasetConfig
    sandbox: SandboxConfig = SandboxConfig()


def choose_problems(config: DatasetConfig) -> ProblemSet:
    """Load the problems that a config names.

    Raises:
        UsageError: If the dataset, split or a task id is unknown.
        DataError: If the data are missing or corrupt, or are not those of the fingerprint.
    """
    source = Path(config.source).expanduser() if config.source is not None else None
    problems = load_problems(config.name, split=config.split, source=source)
    problems = problems.select(tuple(config.task_ids), config.limit)
    if config.fingerprint not in (None, problems.fingerprint):
        raise DataError(
            f"dataset.fingerprint: expected {config.fingerprint}, got {problems.fingerprint}: "
            f"the problems of {config.name}/{problems.split} are not those that were asked for"
        )
    return problems


def evaluate(
    config: RunConfig, folder: RunFolder, *, resume: bool, judge: bool = True
) -> dict[str, Any] | None:
    """Generate and judge, and write every file of the run folder.

    Args:
        config: With a `model_reference`.
        folder: Where the files go.
        resume: Go on with the run that the folder holds.
        judge: If false, stop after the completions.

    Returns:
        The summary, or None if nothing was judged.
    """
    started = time.perf_counter()
    if config.model_reference is None:
        raise UsageError(
            "--model: missing. Name a checkpoint folder, a .gguf file, a hub id or 'reference'"
        )
    _check_stack(config)
    if not (resume and folder.has_completions()):
        # A wrong reference is found out before the data are loaded; a complete run needs no model.
        choose_engine(config.model_reference, config.model_stack)
    problems = choose_problems(config.dataset)
    config = config.model_copy(update={"dataset": _pin(config.dataset, problems)})
    folder.check(config.model_dump(), resume=resume)
    completions = generate_completions(config, problems, folder)
    if not judge:
        return None
    # The limits may have changed since the answers were written.
    folder.claim(config.model_dump())
    model = read_json(folder.model)
    judgements, layers = judge_completions(config.sandbox, problems, completions, folder)
    summary = summarize(
        problems=problems,
        completions=completions,
        judgements=judgements,
        layers=layers,
        model=model,
        sampling=config.sampling.model_dump(),
        seconds=time.perf_counter() - started,
    )
    write_summary(folder.summary, summary)
    return summary


def score(
    path: Path,
    dataset: DatasetConfig,
    sandbox: SandboxConfig,
    folder: RunFolder,
    *,
    resume: bool,
) -> dict[str, Any]:
    """Judge a completions file of any known form and return the summary.

    Problems that the file does not answer are not counted; the summary says how many they are.
    """
    started = time.perf_counter()
    problems = choose_problems(dataset)
    completions = read_completions(path, problems)
    config = ScoreConfig(
        completions=str(path),
        completions_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        dataset=_pin(dataset, problems),
        sandbox=sandbox,
    )
    folder.check(config.model_dump(), resume=resume)
    folder.claim(config.model_dump())
    write_records(folder.completions, completions)
    judgements, layers = judge_completions(sandbox, problems, completions, folder)
    summary = summarize(
        problems=problems,
        completions=completions,
        judgements=judgements,
        layers=layers,
        model={"name": str(path), "stack": "none", "device": "none"},
        sampling=None,
        seconds=time.perf_counter() - started,
    )
    write_summary(folder.summary, summary)
    return summary


def _pin(dataset: DatasetConfig, problems: ProblemSet) -> DatasetConfig:
    """Say which problems they turned out to be."""
    return dataset.model_copy(update={"split": problems.split, "fingerprint": problems.fingerprint})


def _check_stack(config: RunConfig) -> None:
    """Check the stack that is named, and the shape of a fresh model, which is not built here."""
    if config.model_stack is not None:
        find_plugin(Group.STACKS, config.model_stack)
    name = config.model_stack or DEFAULT_STACK
    if config.model and name in {plugin.name for plugin in installed_plugins(Group.STACKS)}:
        load_plugin(Group.STACKS, name).parse(config.model)
