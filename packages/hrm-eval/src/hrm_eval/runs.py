"""A run as its folder has it: settings, answers with their verdicts, and results.

A run that is not finished can be read as well; its results count the problems that are judged.
"""

import re
import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from hrm_core.config import from_mapping
from hrm_core.errors import DataError
from hrm_core.model_folder import read_json
from hrm_datasets import ProblemSet
from hrm_eval.completions import Completion, read_own
from hrm_eval.evaluation import choose_problems
from hrm_eval.judgements import read_judgements
from hrm_eval.metrics import Score, score_problems
from hrm_eval.run_config import DatasetConfig
from hrm_eval.run_folder import RunFolder, open_existing
from hrm_eval.samples import IN_MEMORY
from hrm_eval.sandbox import Verdict

# What every version has written.
_SUMMARY_KEYS = (
    "pass_at_k", "ci95", "num_samples", "num_problems_without_answer", "status_counts", "device",
    "sandbox", "versions", "seconds", "problems",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One answer with its verdict.

    Attributes:
        completion: The answer and the program that was taken out of it.
        verdict: The verdict on the program; None if it is not judged yet.
    """

    completion: Completion
    verdict: Verdict | None

    @property
    def passed(self) -> bool:
        """Whether the program passed every test."""
        return self.verdict is not None and self.verdict.passed


@dataclass(frozen=True, kw_only=True)
class Run:
    """An evaluation, read from its folder by `load_run`.

    Attributes:
        folder: The folder.
        config: The settings of the run, as `config.yaml` has them.
        samples: All answers by problem, in the order of the dataset, and by sample number. Until
            the run is finished, the problems are in the order of their ids.
        summary: Content of `summary.json`; None if the run is not finished.
    """

    folder: RunFolder
    config: Mapping[str, Any]
    samples: Sequence[Sample]
    summary: Mapping[str, Any] | None

    @property
    def is_finished(self) -> bool:
        """Whether there are results of all these answers."""
        num_samples = self.summary["num_samples"] if self.summary is not None else None
        return num_samples == self.num_judged == len(self.samples)

    @property
    def num_judged(self) -> int:
        """Number of answers with a verdict."""
        return sum(sample.verdict is not None for sample in self.samples)

    @property
    def finished_at(self) -> datetime | None:
        """When the results were written; None until then.

        Runs of old versions did not write the time down; theirs is that of the file.
        """
        if self.summary is None or not self.is_finished:
            return None
        if written := self.summary.get("finished_at"):
            return datetime.fromisoformat(written)
        return datetime.fromtimestamp(self.folder.summary.stat().st_mtime).astimezone()

    @property
    def written_at(self) -> datetime:
        """When the results were written, or until then the last answer."""
        if self.finished_at is not None:
            return self.finished_at
        return datetime.fromtimestamp(self.folder.completions.stat().st_mtime).astimezone()

    @property
    def command_to_continue(self) -> str:
        """The command that finishes the run; that of Python if it scores answers in memory."""
        path = str(self.folder.path)
        out = f"--resume --out {shlex.quote(path)}"
        if "completions" not in self.config:
            return f"hrm-eval run {out}"
        file, dataset = self.config["completions"], self.config["dataset"]["name"]
        if file == IN_MEMORY:
            return f"hrm_eval.score({IN_MEMORY}, {dataset!r}, out={path!r}, resume=True)"
        return f"hrm-eval score {shlex.quote(file)} --dataset {dataset} {out}"

    @property
    def model(self) -> str:
        """Name of the model, or of the file of answers that was scored."""
        return str(self.config.get("model_reference") or self.config.get("completions", ""))

    @property
    def dataset(self) -> str:
        """Dataset and split, such as `mbpp/test`, and the shard if it is one of several."""
        dataset = self.config["dataset"]
        shard = f", shard {dataset['shard']}" if dataset.get("shard") else ""
        return f"{dataset['name']}/{dataset['split']}{shard}"

    @cached_property
    def by_task(self) -> dict[str, list[Sample]]:
        """The answers to each problem, by sample number."""
        tasks: dict[str, list[Sample]] = {}
        for sample in self.samples:
            tasks.setdefault(sample.completion.task_id, []).append(sample)
        return tasks

    @cached_property
    def judged(self) -> dict[str, list[Sample]]:
        """The answers to each problem all of whose answers are judged."""
        return {
            task_id: answers
            for task_id, answers in self.by_task.items()
            if all(answer.verdict is not None for answer in answers)
        }

    @cached_property
    def scores(self) -> list[Score]:
        """Pass@k in ascending order of k; until the run is finished, of the judged problems."""
        if self.summary is not None and self.is_finished:
            values, intervals = self.summary["pass_at_k"], self.summary["ci95"]
            return [
                Score(k=int(k), value=value, low=intervals[k][0], high=intervals[k][1])
                for k, value in values.items()
            ]
        tallies = [(len(a), sum(s.passed for s in a)) for a in self.judged.values()]
        return score_problems(tallies, self.config.get("k"))

    @property
    def pass_at_k(self) -> dict[int, float]:
        """Pass@k by k."""
        return {score.k: score.value for score in self.scores}

    @cached_property
    def status_counts(self) -> dict[str, int]:
        """Number of judged answers by status, the most frequent first."""
        statuses = (s.verdict.status.value for s in self.samples if s.verdict is not None)
        return dict(Counter(statuses).most_common())

    def describe_progress(self, num_problems: int = 0) -> str:
        """Return a sentence that says how far an unfinished run is.

        Args:
            num_problems: Number of problems of the run; 0 if it is not known.
        """
        sampling = self.config.get("sampling")
        expected = num_problems * sampling["num_samples"] if sampling else len(self.samples)
        of_all = f" of {expected:,}" if expected else ""
        return (
            f"This run is not finished: {len(self.samples):,}{of_all} answers are there, and "
            f"{self.num_judged:,} are judged."
        )

    def failures(self) -> list[Sample]:
        """Return the judged answers that did not pass."""
        return [s for s in self.samples if s.verdict is not None and not s.passed]

    def problems(self, source: Path | None = None) -> ProblemSet:
        """Load the problems that the run was about.

        Args:
            source: Where the data are now; where the run found them if None.

        Raises:
            DataError: If the data cannot be found, or are no longer the same.
        """
        dataset = dict(self.config["dataset"])
        if source is not None:
            dataset["source"] = str(source)
        return choose_problems(from_mapping(DatasetConfig, dataset))


def load_run(path: Path) -> Run:
    """Read a run, finished or not.

    Raises:
        DataError: If the folder is not that of a run, or a file in it is corrupt.
    """
    folder = open_existing(path)
    config = folder.stored_config()
    if config is None:
        raise DataError(f"{path}: not the folder of a run, because it has no {folder.config.name}.")
    _check_keys(folder.config, config.get("dataset"), ("name", "split"))
    verdicts = {judgement.key: judgement for judgement in read_judgements(folder.verdicts)}
    samples = []
    for completion in read_own(folder.completions):
        found = verdicts.get(completion.key)
        is_current = found is not None and found.program_sha256 == completion.program_sha256
        verdict = found.verdict if found is not None and is_current else None
        samples.append(Sample(completion=completion, verdict=verdict))
    summary = read_json(folder.summary) if folder.summary.is_file() else None
    if summary is not None:
        _check_keys(folder.summary, summary, _SUMMARY_KEYS)
    tasks = [problem["task_id"] for problem in summary["problems"]] if summary else []
    places = {task_id: place for place, task_id in enumerate(tasks)}
    samples.sort(key=lambda sample: _place(sample.completion, places))
    return Run(folder=folder, config=config, samples=samples, summary=summary)


def _check_keys(path: Path, values: Any, keys: Sequence[str]) -> None:
    missing = [key for key in keys if not isinstance(values, Mapping) or key not in values]
    if missing:
        raise DataError(f"{path}: not written by a run, because {missing[0]!r} is missing.")


def _place(completion: Completion, places: Mapping[str, int]) -> tuple[Any, ...]:
    """Return what answers are sorted by: the place of the problem if it is known, else its id."""
    task_id = completion.task_id
    # Every second part is a number, so that texts are never compared with numbers.
    pieces = re.split(r"([0-9]{1,18})", task_id)
    parts = [int(piece) if number % 2 else piece for number, piece in enumerate(pieces)]
    return places.get(task_id, len(places)), parts, task_id, completion.sample
