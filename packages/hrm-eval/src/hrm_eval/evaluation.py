"""A whole run: load problems, generate answers, judge them, summarize. Any stage can be resumed."""

import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

from pydantic import field_validator

from hrm_core.config import Section, merge, parse_overrides
from hrm_core.errors import DataError, UsageError
from hrm_core.model_folder import read_json
from hrm_core.plugins import DEFAULT_STACK, Group, find_plugin, installed_plugins
from hrm_datasets import ProblemSet, load_problems
from hrm_eval.completions import read_own
from hrm_eval.engines import Opener
from hrm_eval.executors import check_executor, open_judges
from hrm_eval.generation import (
    check_variety,
    find_examples,
    generate_completions,
    make_chat,
    render_prompts,
)
from hrm_eval.isolation import read_layers, refuse_lacking, write_layers
from hrm_eval.judging import Judges, judge_completions, keep_judgements
from hrm_eval.judging_again import (
    finish_replacing,
    open_draft,
    read_judged_again,
    refuse_missing,
    replace_verdicts,
)
from hrm_eval.progress import activity, print_notes
from hrm_eval.prompt_styles import find_style
from hrm_eval.records import write_records
from hrm_eval.rerank import check_rerank, choose_answers
from hrm_eval.run_config import (
    DatasetConfig,
    RerankMethod,
    RunConfig,
    SandboxConfig,
    TrackerName,
    parse_shard,
    read_run_config,
    require_positive,
)
from hrm_eval.run_folder import (
    RunFolder,
    open_existing,
    open_folder,
    settings_to_resume,
)
from hrm_eval.runnable_tests import check_tests
from hrm_eval.samples import (
    AnswerValues,
    Extraction,
    hash_samples,
    name_source,
    read_samples,
)
from hrm_eval.sandbox import BrokenProblemError, SandboxError
from hrm_eval.summary import Answers, Summary, summarize, write_summary
from hrm_eval.trackers import check_trackers, open_trackers

_BY_DEFAULT = Extraction()


class ScoreConfig(Section):
    """Settings of `hrm-eval score`, as `config.yaml` stores them.

    Attributes:
        completions: Path of the completions file; `completions` if they were in memory.
        completions_sha256: Hash of the completions; a run is not resumed with others.
        dataset: The problems that it answers.
        sandbox: Limits of the programs.
        extract: Whether programs are taken out of prose and fences; see `read_samples`.
        thought_marks: Pairs of marks around thoughts in the answers, besides those that are known.
        rerank: How one of several answers to a problem is chosen; not at all if not given.
        k: Values of k for pass@k; see `RunConfig`.
        trackers: Experiment trackers that receive the settings and the results.
    """

    completions: str
    completions_sha256: str
    dataset: DatasetConfig
    extract: bool | None = None
    thought_marks: list[list[str]] | None = None
    rerank: RerankMethod | None = None
    k: list[int] | None = None
    trackers: list[TrackerName] = []
    sandbox: SandboxConfig = SandboxConfig()

    @field_validator("k")
    @classmethod
    def _positive(cls, value: list[int] | None) -> list[int] | None:
        return require_positive(value)


def choose_problems(config: DatasetConfig) -> ProblemSet:
    """Load the problems that a config selects, and print how many rows of a source are left out.

    Raises:
        UsageError: If the dataset, the split or a task id is unknown, or a shard would be empty.
        DataError: If the data are missing or corrupt, or have another fingerprint than the config.
    """
    source = Path(config.source).expanduser() if config.source is not None else None
    with activity(f"loading problems of {config.name}"):
        problems = load_problems(
            config.name,
            split=config.split,
            source=source,
            task_ids=tuple(config.task_ids),
            exclude=tuple(config.exclude or ()),
            limit=config.limit,
            seed=config.seed,
        )
    print_notes(problems.notes)
    if config.fingerprint not in (None, problems.fingerprint):
        raise DataError(
            f"dataset.fingerprint: expected {config.fingerprint}, got {problems.fingerprint}: "
            f"the problems of {config.name}/{problems.split} have changed. Pass the original data "
            "with --source, or remove the key to accept these"
        )
    return problems if config.shard is None else problems.shard(*parse_shard(config.shard))


@contextmanager
def open_run(
    settings: Mapping[str, Any],
    file: Path | Mapping[str, Any] | None,
    assignments: Sequence[str] | None,
    out: Path | None,
    *,
    resume: bool,
) -> Iterator[tuple[RunConfig, RunFolder]]:
    """Yield the config and the folder of a run; see `open_folder`.

    Args:
        settings: The settings of the flags.
        file: A YAML file with settings, or its content.
        assignments: Those of `--set`.
        out: The folder; a new one below `runs` if None.
        resume: Continue the run in `out`; its settings hold where nothing else is said.

    Raises:
        UsageError: If there is no folder to resume, or it cannot be read, or it has no run and the
            command does not say which model to run.
        ConfigError: As `read_run_config`.
    """
    stored = settings_to_resume(out, resume=resume)
    names_model = "model_reference" in merge(settings, parse_overrides(assignments or []))
    if resume and not stored and not file and not names_model:
        raise UsageError(
            f"--resume: there is no run in {out}, or it ended before it had stored its settings. "
            "Check the path, or repeat the whole command with its --model or --config"
        )
    config = read_run_config(file, assignments, settings, base={} if file else stored)
    dataset, name = config.dataset, config.model_reference or "model"
    with open_folder(out, dataset.name, name, shard=dataset.shard) as folder:
        yield config, folder


@contextmanager
def open_scoring(
    source: Path | AnswerValues,
    settings: Mapping[str, Any],
    out: Path | None,
    *,
    extract: bool | None,
    resume: bool,
) -> Iterator[tuple[RunConfig, Extraction, RunFolder]]:
    """Yield the config, how programs are extracted, and the folder of a run that scores answers.

    Args:
        source: The answers.
        settings: The settings of the flags.
        out: The folder; a new one below `runs` if None.
        extract: As `Extraction`.
        resume: Continue the run in `out`; its settings hold where nothing else is said.

    Raises:
        UsageError: If there is no folder to resume, or it cannot be read, or there are marks of
            thoughts, but nothing is extracted.
        ConfigError: If a setting is invalid.
    """
    stored = settings_to_resume(out, resume=resume)
    shared = RunConfig.model_fields.keys() & ScoreConfig.model_fields
    base = {key: value for key, value in stored.items() if key in shared}
    config = read_run_config(None, None, settings, base=base)
    extraction = Extraction(
        stored.get("extract") if extract is None else extract, config.thought_marks
    )
    dataset, name = config.dataset, Path(name_source(source)).name
    with open_folder(out, dataset.name, name, shard=dataset.shard) as folder:
        yield config, extraction, folder


def run_evaluation(
    config: RunConfig,
    folder: RunFolder,
    *,
    resume: bool,
    judge: bool = True,
    judge_again: bool = False,
    opener: Opener | None = None,
) -> Summary | None:
    """Generate and judge answers, and write every file of the run folder.

    Args:
        config: Settings with a `model_reference`.
        folder: Where the files go.
        resume: Continue the run in `folder`. A larger number of samples adds answers.
        judge: If false, stop after the completions.
        judge_again: Judge all answers of the run in `folder` again, with the limits of the config.
            The old verdicts are replaced when all new ones are there.
        opener: Opens the model, for which `model_reference` is only a name then; opens what it
            refers to if None.

    Returns:
        The summary, or None if `judge` is false.

    Raises:
        UsageError: If the config describes a new model and names none to run, or names an unknown
            model, dataset or task, if the folder belongs to another run, if `rerank` has nothing to
            choose from or by, if a `k` is above the number of samples, or if answers are missing
            that are to be judged again.
        DataError: If data, a checkpoint or a file of the run are missing or corrupt.
        SandboxError: If programs cannot be run.
        PluginNotFoundError: If a tracker is not installed.

    Examples:
        >>> config = from_mapping(RunConfig, {"model_reference": "reference",
        ...                                   "dataset": {"name": "starter"}})
        >>> run_evaluation(config, RunFolder(Path("runs/starter")), resume=False).pass_at_k
        {'1': 1.0}
    """
    started = time.perf_counter()
    num_samples = config.sampling.num_samples
    if judge and sys.platform == "win32":
        raise SandboxError(
            "sandbox: programs run on Linux and macOS only. Run it in WSL, or generate the answers "
            "here with: hrm-eval generate"
        )
    check_trackers(config.trackers)
    is_needed = opener is None and not (resume and folder.has_completions())
    _check_model(config, is_needed=is_needed)
    if judge:
        check_executor(config.sandbox)
    _check_ks(config.k, num_samples, "Draw more with --samples, or choose a smaller k")
    make_chat(config, find_style(config.prompt))
    problems = choose_problems(config.dataset)
    check_tests(problems)
    config = _pin_prompt(config, problems)
    if config.rerank is not None:
        task_ids = [problem.task_id for problem in problems]
        prompts = dict(zip(task_ids, render_prompts(config, problems), strict=True))
        check_rerank(problems, prompts, num_samples)
    config = config.model_copy(update={"dataset": _pin(config.dataset, problems)})
    if judge_again:
        open_existing(folder.path)
        refuse_missing(read_own(folder.completions), problems, num_samples, folder.path)
    trackers, values = config.trackers if judge else [], config.model_dump()
    with (
        _reserved(folder, values, resume=resume, judge_again=judge_again),
        open_trackers(trackers, folder, values) as log,
    ):
        completions = generate_completions(config, problems, folder, opener)
        if not judge:
            return None
        if not judge_again:
            # The limits of the sandbox may have changed since the answers were generated.
            folder.claim(values)
        answers = Answers(
            problems=problems,
            completions=completions,
            model=read_json(folder.model),
            sampling=config.sampling.model_dump(),
            prompt=_describe_prompt(config),
        )
        try:
            summary = _judge(answers, config, folder, started, again=judge_again)
        except BrokenProblemError as error:
            raise DataError(f"{error}\n{_other_ways_to_judge(config, folder)}") from error
        log(summary)
    return summary


def _other_ways_to_judge(config: RunConfig, folder: RunFolder) -> str:
    """Return what can still be done with generated answers if a problem cannot be judged."""
    return (
        "The answers are kept. To judge them with other limits, write hrm-eval run --resume "
        f"--judge-only --out {folder.path} with --memory-mb or --timeout; to judge those to other "
        f"problems, hrm-eval score {folder.completions} --dataset {config.dataset.name} --exclude "
        "with the id"
    )


def run_scoring(
    source: Path | AnswerValues,
    config: RunConfig,
    folder: RunFolder,
    *,
    resume: bool,
    extraction: Extraction = _BY_DEFAULT,
    judge_again: bool = False,
) -> Summary:
    """Judge completions in any known format and return the summary.

    Problems without an answer are not counted; the summary gives their number.

    Args:
        source: A completions file or folder, or answers in memory; see `read_samples` for the
            formats.
        config: Settings, of which those for the generation are not used. To choose by `rerank`, the
            answers must have their prompts, as in the file of a run.
        folder: Where the files of the run go.
        resume: Continue the scoring in `folder`.
        extraction: How programs are taken out of the answers.
        judge_again: Judge all answers again; see `run_evaluation`.

    Raises:
        UsageError: If the dataset or a task is unknown, the folder belongs to another run, `rerank`
            has nothing to choose from or by, or a k is above the number of answers to a problem.
        DataError: If the data or the completions file are missing or corrupt.
        SandboxError: If programs cannot be run.
    """
    started = time.perf_counter()
    dataset = config.dataset
    check_trackers(config.trackers)
    if judge_again:
        open_existing(folder.path)
    check_executor(config.sandbox)
    problems = choose_problems(dataset)
    selections = {
        "--task-ids": dataset.task_ids, "--limit": dataset.limit, "--exclude": dataset.exclude
    }  # fmt: skip
    selected_by = [flag for flag, value in selections.items() if value]
    where = name_source(source)
    samples = read_samples(source, problems, extraction, selected_by=selected_by)
    print_notes(samples.notes)
    counts = Counter(completion.task_id for completion in samples.completions)
    check_tests(problem for problem in problems if problem.task_id in counts)
    fewest = min(counts, key=lambda task_id: counts[task_id])
    _check_ks(config.k, counts[fewest], f"{where} has no more for {fewest}. Choose a smaller k")
    if config.rerank is not None:
        prompts = {completion.task_id: completion.prompt for completion in samples.completions}
        check_rerank(problems, prompts, max(counts.values()))
    score_config = ScoreConfig(
        completions=where,
        completions_sha256=hash_samples(source),
        dataset=_pin(dataset, problems),
        sandbox=config.sandbox,
        extract=extraction.extract,
        thought_marks=extraction.thought_marks,
        rerank=config.rerank,
        k=config.k,
        trackers=config.trackers,
    )
    answers = Answers(
        problems=problems,
        completions=samples.completions,
        model={"name": where, "stack": "none", "device": "none"},
        sampling=None,
    )
    values = score_config.model_dump()
    with (
        _reserved(folder, values, resume=resume, judge_again=judge_again),
        open_trackers(config.trackers, folder, values) as log,
    ):
        if not judge_again:
            folder.claim(values)
        write_records(folder.completions, samples.completions)
        summary = _judge(answers, score_config, folder, started, again=judge_again)
        log(summary)
    return summary


def _judge(
    answers: Answers,
    config: RunConfig | ScoreConfig,
    folder: RunFolder,
    started: float,
    *,
    again: bool,
) -> Summary:
    """Judge the answers that have no verdict, or all again; write and return the summary."""
    problems, completions, values = answers.problems, answers.completions, config.model_dump()
    target = open_draft(folder, values) if again else folder
    with ExitStack() as stack:
        with activity("starting the sandbox"):
            judges = stack.enter_context(open_judges_for(config.sandbox, config.dataset))
        num_kept = len(keep_judgements(completions, target.verdicts))
        old_layers = read_layers(target) if num_kept else {}
        refuse_lacking(target, old_layers, config.sandbox.require_isolation)
        is_judging = num_kept < len(completions) or config.rerank is not None or not old_layers
        # At once, since the verdicts stay if this is cut.
        write_layers(target, old_layers, judges.layers if is_judging else {})
        judgements = judge_completions(judges, problems, completions, target.verdicts)
        reranking = None
        if config.rerank is not None:
            reranking = choose_answers(judges, problems, completions, judgements, target)
        # A cluster knows its layers when all machines have started.
        layers = write_layers(target, old_layers, judges.layers if is_judging else {})
    if again:
        replace_verdicts(folder, values, judgements)
    summary = summarize(
        answers,
        judgements,
        layers,
        seconds=time.perf_counter() - started,
        ks=config.k,
        reranking=reranking,
        judged_again=read_judged_again(folder),
    )
    write_summary(folder.summary, summary)
    return summary


def _check_ks(ks: Sequence[int] | None, num_samples: int, cure: str) -> None:
    """Check that every k of pass@k is at most the smallest number of answers to a problem."""
    if ks is not None and max(ks) > num_samples:
        raise UsageError(
            f"--k: expected at most the number of answers to a problem, {num_samples}, got "
            f"{max(ks)}. {cure}"
        )


@contextmanager
def _reserved(
    folder: RunFolder, values: Mapping[str, Any], *, resume: bool, judge_again: bool
) -> Iterator[None]:
    """Keep other commands out of a folder inside a `with` block, if this run may write there.

    A replacement of verdicts that was cut is ended first.

    Raises:
        UsageError: If another command uses the folder, or as `RunFolder.check`.
    """
    with folder.locked():
        if resume:
            finish_replacing(folder)
        folder.check(values, resume=resume, judge_again=judge_again)
        yield


def open_judges_for(
    config: SandboxConfig, dataset: DatasetConfig
) -> AbstractContextManager[Judges]:
    """Open what judges programs; these do not see the source of the problems."""
    hidden = [Path(dataset.source).expanduser()] if dataset.source is not None else []
    return open_judges(config, hidden)


def _pin(dataset: DatasetConfig, problems: ProblemSet) -> DatasetConfig:
    """Return the config with the split and the fingerprint of the loaded problems."""
    return dataset.model_copy(update={"split": problems.split, "fingerprint": problems.fingerprint})


def _pin_prompt(config: RunConfig, problems: ProblemSet) -> RunConfig:
    """Return the config with the hash of the prompt style and its solved examples.

    Raises:
        UsageError: If the config expects another hash, or the style needs examples that the dataset
            does not have.
    """
    sha256 = find_style(config.prompt).hash_with(find_examples(config, problems))
    if config.prompt_sha256 not in (None, sha256):
        raise UsageError(
            f"prompt_sha256: expected {config.prompt_sha256}, got {sha256}: the prompt style "
            f"{config.prompt}, or an example in it, has changed. Use the text of the first run, or "
            "remove the key to accept this one"
        )
    return config.model_copy(update={"prompt_sha256": sha256})


def _describe_prompt(config: RunConfig) -> dict[str, Any]:
    """Return what the summary says about the prompts of a run."""
    return {
        "style": config.prompt,
        "sha256": config.prompt_sha256,
        "system": config.system,
        "template": config.template,
        "template_args": config.template_args,
    }


def _check_model(config: RunConfig, *, is_needed: bool) -> None:
    """Check the model reference and the stack before anything slow happens.

    Args:
        config: The config.
        is_needed: Whether the model must exist. A run to resume may be complete, and then it needs
            no model; a model in memory has a name of its own.
    """
    if config.model_reference is None:
        raise UsageError(
            "--model: missing. The config describes a new model, and a run builds none. Name a "
            "checkpoint folder, a shipped model, a .gguf file, a hub id or 'reference'"
        )
    _check_stack(config)
    if is_needed:
        check_variety(config)


def _check_stack(config: RunConfig) -> None:
    """Check that the named stack exists, and that it accepts the `model` section.

    The section describes a new model. An evaluation builds none, but should not hide a mistake in
    a config that is shared with other commands.
    """
    if config.model_stack is not None:
        find_plugin(Group.STACKS, config.model_stack)
    name = config.model_stack or DEFAULT_STACK
    if config.model and name in {plugin.name for plugin in installed_plugins(Group.STACKS)}:
        from hrm_core.stack import load_stack

        load_stack(name).parse(config.model)
