"""Joins the runs of all shards of a dataset into one run, as if it had been made in one piece.

Not covered: shards of one problem's answers. More answers to a problem need a run with a larger
number of samples.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hrm_core.config import from_mapping
from hrm_core.errors import DataError, UsageError
from hrm_core.model_folder import read_json
from hrm_datasets import Problem, ProblemSet
from hrm_eval.evaluation import choose_problems
from hrm_eval.generation import URL
from hrm_eval.isolation import layers_in, write_layers
from hrm_eval.judgements import Judgement, read_judgements
from hrm_eval.judging import Key
from hrm_eval.records import write_records, write_whole
from hrm_eval.rerank import choose_answers
from hrm_eval.run_config import DatasetConfig, parse_shard
from hrm_eval.run_folder import FREE_SETTINGS, RunFolder
from hrm_eval.runs import Run, load_run
from hrm_eval.sandbox import Verdict
from hrm_eval.setting_differences import compare_configs
from hrm_eval.summary import Answers, Summary, summarize, write_summary

# What may differ between shards: no answer and no verdict depends on it, apart from rounding.
_FREE_TO_MERGE = FREE_SETTINGS | {"dataset.shard", "dataset.source", "engine.batch_size"}
_BATCH_SIZE = "batch_size"
_FREE_OF_MODEL = frozenset({f"model.{_BATCH_SIZE}", f"model.{URL}"})
_CONTINUE = "Continue each of these runs with --resume --out FOLDER, then merge again"


@dataclass(frozen=True, kw_only=True)
class Merged:
    """What came of merging.

    Attributes:
        summary: The results; None if the shards are not judged.
        notes: Lines that a user should see, such as which versions differ.
    """

    summary: Summary | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Shard:
    run: Run
    number: int
    count: int

    @property
    def path(self) -> Path:
        return self.run.folder.path

    @property
    def name(self) -> str:
        return f"{self.number}/{self.count}"

    @property
    def model(self) -> Mapping[str, Any]:
        """The engine's description of the model, or the name of the file that was scored."""
        file = self.run.folder.model
        if file.is_file():
            return read_json(file)
        return {"name": self.run.model, "stack": "none", "device": "none"}


class _NoJudges:
    """Stands where judges are wanted, but every verdict is there."""

    layers: Mapping[str, bool] = {}

    def judge_all(self, jobs: Iterable[tuple[Key, str, Problem]]) -> Iterator[tuple[Key, Verdict]]:
        for key, _, _ in jobs:
            raise DataError(f"prompt_verdicts.jsonl: the verdict on {key} is missing. {_CONTINUE}")
        yield from ()


def merge_runs(paths: Sequence[Path], folder: RunFolder, *, source: Path | None = None) -> Merged:
    """Join the runs of all shards, and write the files of one run.

    If the shards are only generated, so is the new run; `hrm-eval run --resume` judges it.

    Args:
        paths: Folders of the runs, in any order.
        folder: Folder of the new run.
        source: Where the data are now; where the first run found them if None.

    Raises:
        UsageError: If a run is not of a shard or not finished, a shard is missing or occurs twice,
            the runs differ in settings or models, or the new folder has another run.
        DataError: If a run or the data are missing, corrupt or changed.
    """
    shards = sorted(map(_read_shard, paths), key=lambda shard: shard.number)
    _check_all_there(shards)
    _check_same_settings(shards)
    first = shards[0].run
    dataset = {**first.config["dataset"], "shard": None}
    if source is not None:
        dataset["source"] = str(source)
    config = {**first.config, "dataset": dataset}
    problems = choose_problems(from_mapping(DatasetConfig, dataset))
    is_judged = "sampling" not in config or any(shard.run.num_judged for shard in shards)
    _check_finished(shards, problems, is_judged=is_judged)
    with folder.locked():
        folder.check(config, resume=False)
        summary = _write(shards, problems, config, folder, is_judged=is_judged)
        # Last, so that what was cut is no run.
        folder.claim(config)
    return Merged(summary=summary, notes=tuple(_notes(shards)))


def _read_shard(path: Path) -> _Shard:
    run = load_run(path)
    text = run.config["dataset"].get("shard")
    if text is None:
        raise UsageError(
            f"{path}: expected the run of a shard, but it has no dataset.shard. Make the shards "
            "with: hrm-eval run --shard 1/8 and so on"
        )
    try:
        return _Shard(run, *parse_shard(text))
    except ValueError as error:
        raise DataError(f"{run.folder.config}: dataset.shard: {error}") from error


def _check_all_there(shards: Sequence[_Shard]) -> None:
    """Check that each shard is there once."""
    first = shards[0]
    by_number: dict[int, _Shard] = {}
    for shard in shards:
        if shard.count != first.count:
            raise UsageError(
                f"{shard.path}: is shard {shard.name}, but {first.path} is {first.name}. Merge "
                "shards of the same number"
            )
        other = by_number.setdefault(shard.number, shard)
        if other is not shard:
            raise UsageError(
                f"{shard.path}: is shard {shard.name}, and so is {other.path}. Name one of them"
            )
    missing = [n for n in range(1, first.count + 1) if n not in by_number]
    if missing:
        names = ", ".join(f"{number}/{first.count}" for number in missing)
        raise UsageError(f"merge: the runs of these shards are missing: {names}. Name them, too")


def _check_same_settings(shards: Sequence[_Shard]) -> None:
    first = shards[0]
    for shard in shards[1:]:
        found = compare_configs(first.run.config, shard.run.config, ignored=_FREE_TO_MERGE)
        models = compare_configs(
            {"model": first.model}, {"model": shard.model}, ignored=_FREE_OF_MODEL
        )
        # A scored file may lie elsewhere on each machine; its hash must be the same.
        found += models if "completions" not in first.run.config else []
        if found:
            raise UsageError(
                f"{shard.path}: {found[0].key} is {found[0].second!r}, but {found[0].first!r} in "
                f"{first.path}. Shards of one run have the same model and settings; make one of "
                "them again"
            )


def _check_finished(shards: Sequence[_Shard], problems: ProblemSet, *, is_judged: bool) -> None:
    """Check that each shard has all its answers, and their verdicts if any shard has some."""
    unfinished = []
    for shard in shards:
        run = shard.run
        own = {problem.task_id for problem in problems.shard(shard.number, shard.count)}
        if others := run.by_task.keys() - own:
            raise DataError(
                f"{run.folder.completions}: {min(others)} does not belong to shard {shard.name}."
            )
        sampling = run.config.get("sampling")
        total = len(own) * sampling["num_samples"] if sampling else len(run.samples)
        if len(run.samples) < total or (is_judged and not run.is_finished):
            unfinished.append(
                f"{shard.path}: shard {shard.name} is not finished: {len(run.samples)} of {total} "
                f"answers, {run.num_judged} judged."
            )
    if unfinished:
        raise UsageError("\n".join([*unfinished, _CONTINUE]))


def _write(
    shards: Sequence[_Shard],
    problems: ProblemSet,
    config: Mapping[str, Any],
    folder: RunFolder,
    *,
    is_judged: bool,
) -> Summary | None:
    """Write the files of the new run, and return its results."""
    places = {problem.task_id: place for place, problem in enumerate(problems)}
    samples = sorted(
        (sample for shard in shards for sample in shard.run.samples),
        key=lambda sample: (places[sample.completion.task_id], sample.completion.sample),
    )
    completions = [sample.completion for sample in samples]
    write_records(folder.completions, completions)
    model = shards[0].model
    if shards[0].run.folder.model.is_file():
        write_whole(folder.model, shards[0].run.folder.model.read_text(encoding="utf-8"))
    if not is_judged:
        return None
    judgements = [
        Judgement(
            task_id=sample.completion.task_id,
            sample=sample.completion.sample,
            program_sha256=sample.completion.program_sha256,
            verdict=sample.verdict,
        )
        for sample in samples
        if sample.verdict is not None
    ]
    write_records(folder.verdicts, judgements)
    reranking = None
    if config.get("rerank") is not None:
        seen = (read_judgements(shard.run.folder.prompt_verdicts) for shard in shards)
        write_records(folder.prompt_verdicts, [one for judged in seen for one in judged])
        reranking = choose_answers(_NoJudges(), problems, completions, judgements, folder)
    summaries = [shard.run.summary for shard in shards if shard.run.summary is not None]
    layers = write_layers(folder, _common_layers([one["sandbox"] for one in summaries]), {})
    summary = summarize(
        Answers(
            problems=problems,
            completions=completions,
            model=model,
            sampling=config.get("sampling"),
            prompt=summaries[0].get("prompt"),
        ),
        judgements,
        layers,
        seconds=sum(summary["seconds"] for summary in summaries),
        ks=config.get("k"),
        reranking=reranking,
    )
    # The versions of the machines that ran the model, not of this one.
    summary = replace(summary, versions=summaries[0]["versions"])
    write_summary(folder.summary, summary)
    return summary


def _common_layers(sandboxes: Sequence[Mapping[str, Any]]) -> dict[str, bool]:
    """Return whether each layer of isolation was on in every shard."""
    names = [name for name, is_on in sandboxes[0].items() if isinstance(is_on, bool)]
    return {name: all(sandbox.get(name, False) for sandbox in sandboxes) for name in names}


def _notes(shards: Sequence[_Shard]) -> Iterator[str]:
    """Yield what differs between shards, although it does not forbid to merge them."""
    first = shards[0]
    for shard in shards[1:]:
        old, new = _circumstances(first), _circumstances(shard)
        for found in compare_configs(old, new, ignored=()):
            yield (
                f"{shard.path}: {found.key} is {found.second!r}, but {found.first!r} in "
                f"{first.path}."
            )


def _circumstances(shard: _Shard) -> dict[str, Any]:
    """Return conditions that may change an answer by rounding, or, rarely, a verdict."""
    summary = shard.run.summary or {}
    return {
        _BATCH_SIZE: shard.model.get(_BATCH_SIZE),
        "versions": summary.get("versions", {}),
        "isolation": layers_in(summary),
    }
