"""A run from start to end: problems, answers, verdicts, summary; each stage alone, or resumed."""

import hashlib
import json
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hrm_core.config import Section
from hrm_core.errors import DataError, UsageError
from hrm_core.generation import GenerationRequest, SamplingParams, derive_seed
from hrm_core.plugins import DEFAULT_STACK, Group, find_plugin, installed_plugins, load_plugin
from hrm_datasets import Problem, ProblemSet, load_problems
from hrm_eval.completions import Completion, read_completions, read_own
from hrm_eval.engines import EngineOptions, choose_engine, open_model
from hrm_eval.extraction import extract_code
from hrm_eval.progress import StageProgress
from hrm_eval.prompts import NUM_EXAMPLES, PROMPT_STYLES, render_prompt
from hrm_eval.records import RecordWriter, write_whole
from hrm_eval.run_config import DatasetConfig, RunConfig, SandboxConfig
from hrm_eval.run_folder import RunFolder
from hrm_eval.sandbox import judge_all
from hrm_eval.summary import read_json, summarize, write_summary
from hrm_eval.verdicts import Judgement, read_judgements


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
        message = (
            f"dataset.fingerprint: expected {config.fingerprint}, got {problems.fingerprint}: "
            f"the problems of {config.name}/{problems.split} are not those that were asked for"
        )
        raise DataError(message)
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
        message = (
            "--model: missing. Name a checkpoint folder, a .gguf file, a hub id or 'reference'"
        )
        raise UsageError(message)
    if config.model_stack is not None:
        find_plugin(Group.STACKS, config.model_stack)
    _check_model_section(config)
    if not (resume and folder.has_completions()):
        choose_engine(config.model_reference, config.model_stack)
    problems = choose_problems(config.dataset)
    pinned = config.dataset.model_copy(
        update={"split": problems.split, "fingerprint": problems.fingerprint}
    )
    pinned_config = config.model_copy(update={"dataset": pinned})
    folder.check(pinned_config.model_dump(), resume=resume)
    completions = _generate(pinned_config, problems, folder)
    if not judge:
        return None
    model = read_json(folder.model)
    judgements = _judge(config.sandbox, problems, completions, folder)
    summary = summarize(
        problems=problems,
        completions=completions,
        judgements=judgements,
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
        dataset=dataset.model_copy(
            update={"split": problems.split, "fingerprint": problems.fingerprint}
        ),
        sandbox=sandbox,
    )
    folder.check(config.model_dump(), resume=resume)
    folder.claim(config.model_dump())
    _write_records(folder.completions, completions)
    judgements = _judge(sandbox, problems, completions, folder)
    summary = summarize(
        problems=problems,
        completions=completions,
        judgements=judgements,
        model={"name": str(path), "stack": "none", "device": "none"},
        sampling=None,
        seconds=time.perf_counter() - started,
    )
    write_summary(folder.summary, summary)
    return summary


def _generate(config: RunConfig, problems: ProblemSet, folder: RunFolder) -> list[Completion]:
    """Write the answers that are not there yet; return all, in the order of the problems."""
    sampling = config.sampling
    position = {problem.task_id: index for index, problem in enumerate(problems)}
    held = read_own(folder.completions)
    keys = {completion.key for completion in held}
    for task_id, sample in keys:
        if task_id not in position or not 0 <= sample < sampling.num_samples:
            message = f"{folder.completions}: sample {sample} of {task_id} is not of this run."
            raise DataError(message)
    wanted = len(problems) * sampling.num_samples
    if len(keys) < wanted:
        style = PROMPT_STYLES[config.prompt]
        examples = _examples(config, problems) if style.needs_examples else ()
        requests = _requests(config, problems, examples)
        generator = open_model(
            str(config.model_reference),
            EngineOptions(
                **config.engine.model_dump(), problems=problems, model_stack=config.model_stack
            ),
        )
        stream = generator.generate(
            requests,
            SamplingParams(**sampling.model_dump(include=set(SamplingParams.model_fields))),
            done={(position[task_id], sample) for task_id, sample in keys},
        )
        if held:
            _refuse_other_model(read_json(folder.model), generator.description)
        folder.claim(config.model_dump())
        write_whole(folder.model, json.dumps(generator.description, indent=2) + "\n")
        with (
            RecordWriter(folder.completions) as writer,
            StageProgress("generated", total=wanted, done=len(keys)) as progress,
        ):
            for index, sample, generation in stream:
                problem = problems.problems[index]
                completion = Completion(
                    task_id=problem.task_id,
                    sample=sample,
                    completion=extract_code(generation.text, problem),
                    text=generation.text,
                    prompt=requests[index].prompt,
                    num_tokens=generation.num_tokens,
                    finish_reason=generation.finish_reason.value,
                    seconds=round(generation.seconds, 6),
                )
                writer.append(completion.to_record())
                held.append(completion)
                progress.advance(f"{problem.task_id}, {generation.num_tokens} tokens")
    return sorted(held, key=lambda completion: (position[completion.task_id], completion.sample))


def _refuse_other_model(old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            message = (
                f"--resume: the model's {key} was {old.get(key)!r}, got {new.get(key)!r}. Go on "
                "with the model and the machine of the first run, or start a new run"
            )
            raise UsageError(message)


def _check_model_section(config: RunConfig) -> None:
    """Check the shape of a fresh model, which is not built here, if its stack is installed."""
    name = config.model_stack or DEFAULT_STACK
    if config.model and name in {plugin.name for plugin in installed_plugins(Group.STACKS)}:
        load_plugin(Group.STACKS, name).parse(config.model)


def _write_records(path: Path, records: Sequence[Completion] | Sequence[Judgement]) -> None:
    write_whole(path, "".join(json.dumps(record.to_record()) + "\n" for record in records))


def _requests(
    config: RunConfig, problems: ProblemSet, examples: tuple[Problem, ...]
) -> list[GenerationRequest]:
    return [
        GenerationRequest(
            prompt=render_prompt(problem, config.prompt, examples),
            num_samples=config.sampling.num_samples,
            seed=derive_seed(config.sampling.seed, problem.task_id),
            stop=PROMPT_STYLES[config.prompt].stop,
            task_id=problem.task_id,
        )
        for problem in problems
    ]


def _examples(config: RunConfig, problems: ProblemSet) -> tuple[Problem, ...]:
    """Return the solved problems to show: the second to fourth of the split `prompt`.

    Source: Austin et al. (2021), arXiv:2108.07732, section 2.1 (tasks 2, 3 and 4).
    """
    source = Path(config.dataset.source).expanduser() if config.dataset.source else None
    try:
        pool = load_problems(problems.name, split="prompt", source=source)
    except UsageError as error:
        message = f"--prompt {config.prompt}: dataset {problems.name!r} has no examples: {error}"
        raise UsageError(message) from error
    return pool.problems[1 : 1 + NUM_EXAMPLES]


def _judge(
    sandbox: SandboxConfig,
    problems: ProblemSet,
    completions: list[Completion],
    folder: RunFolder,
) -> list[Judgement]:
    """Write the verdicts that are not there yet; return all."""
    programs = {completion.key: completion.program_sha256 for completion in completions}
    held = read_judgements(folder.verdicts)
    by_key = {j.key: j for j in held if programs.get(j.key) == j.program_sha256}
    judgements = list(by_key.values())
    if len(judgements) < len(held):
        # Verdicts on other programs than those that are there now.
        _write_records(folder.verdicts, judgements)
    keys = by_key.keys()
    waiting = [completion for completion in completions if completion.key not in keys]
    by_id: Mapping[str, Problem] = {problem.task_id: problem for problem in problems}
    jobs = ((c.key, c.completion, by_id[c.task_id]) for c in waiting)
    with (
        RecordWriter(folder.verdicts) as writer,
        StageProgress("judged", total=len(completions), done=len(keys)) as progress,
    ):
        workers = sandbox.workers or os.cpu_count() or 1
        for (task_id, sample), verdict in judge_all(jobs, sandbox, workers=workers):
            judgement = Judgement(
                task_id=task_id,
                sample=sample,
                program_sha256=programs[task_id, sample],
                verdict=verdict,
            )
            writer.append(judgement.to_record())
            judgements.append(judgement)
            progress.advance(f"{task_id} {verdict.status.value}")
    return judgements
