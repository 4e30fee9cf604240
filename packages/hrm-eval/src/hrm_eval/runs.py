"""A run as its folder has it: settings, answers with their verdicts, and results.

A run that is not finished can be read as well; its results count the problems that are judged.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from hrm_eval.sandbox import Verdict


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
        samples: All answers, in the order of the dataset.
        summary: Content of `summary.json`; None if the run is not finished.
    """

    folder: RunFolder
    config: Mapping[str, Any]
    samples: Sequence[Sample]
    summary: Mapping[str, Any] | None

    @property
    def is_finished(self) -> bool:
        """Whether every answer is there and judged."""
        return self.summary is not None

    @property
    def model(self) -> str:
        """Name of the model, or of the file of answers that was scored."""
        return str(self.config.get("model_reference") or self.config.get("completions", ""))

    @property
    def dataset(self) -> str:
        """Dataset and split, such as `mbpp/test`."""
        dataset = self.config["dataset"]
        return f"{dataset['name']}/{dataset['split']}"

    @cached_property
    def by_task(self) -> dict[str, list[Sample]]:
        """The answers to each problem, by sample number."""
        tasks: dict[str, list[Sample]] = {}
        for sample in self.samples:
            tasks.setdefault(sample.completion.task_id, []).append(sample)
        for answers in tasks.values():
            answers.sort(key=lambda sample: sample.completion.sample)
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
        """Pass@k of the judged problems, in ascending order of k."""
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

    def failures(self) -> list[Sample]:
        """Return the judged answers that did not pass."""
        return [s for s in self.samples if s.verdict is not None and not s.passed]

    def problems(self) -> ProblemSet:
        """Load the problems that the run was about.

        Raises:
            DataError: If the data cannot be found, or are no longer the same.
        """
        return choose_problems(from_mapping(DatasetConfig, dict(self.config["dataset"])))


def load_run(path: Path) -> Run:
    """Read a run, finished or not.

    Raises:
        DataError: If the folder is not that of a run, or a file in it is corrupt.
    """
    folder = open_existing(path)
    config = folder.stored_config()
    if config is None:
        raise DataError(f"{path}: not the folder of a run, because it has no {folder.config.name}.")
    verdicts = {judgement.key: judgement for judgement in read_judgements(folder.verdicts)}
    samples = []
    for completion in read_own(folder.completions):
        found = verdicts.get(completion.key)
        is_current = found is not None and found.program_sha256 == completion.program_sha256
        verdict = found.verdict if found is not None and is_current else None
        samples.append(Sample(completion=completion, verdict=verdict))
    summary = read_json(folder.summary) if folder.summary.is_file() else None
    return Run(folder=folder, config=config, samples=samples, summary=summary)
