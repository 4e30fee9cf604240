"""The results of a run: computed from its files, and written as `summary.json`."""

import json
import platform
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from hrm_datasets import Plus, Problem, ProblemSet
from hrm_eval.completions import Completion
from hrm_eval.judgements import Judgement
from hrm_eval.judging_again import JudgedAgain
from hrm_eval.metrics import score_problems
from hrm_eval.records import write_whole
from hrm_eval.rerank import Reranking
from hrm_eval.sandbox import Status, Verdict

_REPORTED_PACKAGES = (
    "hrm-core",
    "hrm-eval",
    "hrm-datasets",
    "hrm-sapient",
    "hrm-native",
    "torch",
    "transformers",
)


@dataclass(frozen=True, kw_only=True)
class Answers:
    """All answers of a run and where they come from.

    Attributes:
        problems: The problems given to the model, or those that a completions file may answer.
        completions: The answers.
        model: The engine's description of the model; at least `name`, `stack` and `device`.
        sampling: Sampling settings; None if the answers came from a file.
        prompt: The prompt style and what else the prompts came with; None if the answers came from
            a file.
    """

    problems: ProblemSet
    completions: Sequence[Completion]
    model: Mapping[str, Any]
    sampling: Mapping[str, Any] | None
    prompt: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class BaseScores:
    """Results that count the original inputs of EvalPlus' problems only.

    Attributes:
        pass_at_k: Pass@k by k.
        ci95: Lower and upper end of the 95 % interval of each Pass@k.
    """

    pass_at_k: Mapping[str, float]
    ci95: Mapping[str, Sequence[float]]


@dataclass(frozen=True, kw_only=True)
class ProblemSummary:
    """The results of one problem.

    Attributes:
        task_id: The problem, such as `mbpp/11`.
        num_passed: Number of samples that passed every test.
        num_passed_base: Number of samples that passed the original inputs of a problem of EvalPlus;
            None for other problems, and where nobody knows which these inputs are.
        num_samples: Number of samples judged.
        status: Status of the first sample.
        generation_seconds: Wall time of generating all samples; samples of a batch overlap.
        execution_seconds: Wall time of running all samples.
    """

    task_id: str
    num_passed: int
    num_passed_base: int | None
    num_samples: int
    status: str
    generation_seconds: float
    execution_seconds: float


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The results of a run; the fields are the keys of `summary.json`, in its order.

    Attributes:
        pass_at_k: Pass@k by k; the keys are text, as in JSON.
        ci95: Lower and upper end of the 95 % interval of each Pass@k.
        base: The same for the original inputs of EvalPlus' problems, without those that it adds;
            None for problems that have no such inputs.
        rerank: Results of the answers that were chosen by the tests in the prompt, which are not
            Pass@1; None if none were chosen.
        judged_again: What changed when all answers were judged again; None if they never were.
        num_problems: Number of problems with at least one answer.
        num_samples: Number of answers judged.
        num_problems_without_answer: Problems that are not counted, because a completions file has
            no answer to them.
        status_counts: Number of answers by status, the most frequent status first.
        finish_reasons: Number of answers by the reason why generation ended, where known.
        num_tokens: Number of tokens of all prompts (`prompt`) and answers (`completion`), where
            known; a prompt counts once for each of its answers.
        model: Name of the model, or path of the completions file.
        stack: Model stack, `transformers`, or `none`.
        device: Device that the model ran on, or `none`.
        engine: The engine's whole description of the model.
        dataset: Its `name`, `split` and `fingerprint`.
        sampling: Sampling settings; None if the answers came from a file.
        prompt: The `style` of the prompts with its `sha256`, and the `system`, `template` and
            `template_args` of the config; None if the answers came from a file.
        sandbox: Whether each layer of isolation was on, and the number of programs that were judged
            in one process with their tests.
        versions: Versions of Python and of those packages that are installed and may matter.
        seconds: Wall time of the command that wrote this; of merged shards, the sum of theirs.
        finished_at: When it was written, with the offset from UTC, as in ISO 8601.
        problems: The results of each problem, in the order of the dataset.
    """

    pass_at_k: Mapping[str, float]
    ci95: Mapping[str, Sequence[float]]
    base: BaseScores | None
    rerank: Reranking | None
    judged_again: JudgedAgain | None
    num_problems: int
    num_samples: int
    num_problems_without_answer: int
    status_counts: Mapping[str, int]
    finish_reasons: Mapping[str, int]
    num_tokens: Mapping[str, int]
    model: str
    stack: str
    device: str
    engine: Mapping[str, Any]
    dataset: Mapping[str, str]
    sampling: Mapping[str, Any] | None
    prompt: Mapping[str, Any] | None
    sandbox: Mapping[str, bool | int]
    versions: Mapping[str, str]
    seconds: float
    finished_at: str
    problems: Sequence[ProblemSummary]

    def to_record(self) -> dict[str, Any]:
        """Return the content of `summary.json`."""
        return asdict(self)


def summarize(  # noqa: PLR0913 (each is a part of the summary)
    answers: Answers,
    judgements: Sequence[Judgement],
    layers: Mapping[str, bool],
    *,
    seconds: float,
    ks: Sequence[int] | None = None,
    reranking: Reranking | None = None,
    judged_again: JudgedAgain | None = None,
) -> Summary:
    """Compute the results of a run.

    Args:
        answers: All answers.
        judgements: One for each answer.
        layers: Whether each layer of isolation was on.
        seconds: Wall time of the command that writes the summary.
        ks: Values of k for pass@k; see `score_problems`.
        reranking: Results of the chosen answers, if some were chosen.
        judged_again: What changed when all answers were judged again, if they were.
    """
    problems, completions, model = answers.problems, answers.completions, answers.model
    by_task: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        by_task[judgement.task_id].append(judgement)
    generation_seconds: dict[str, float] = defaultdict(float)
    for completion in completions:
        generation_seconds[completion.task_id] += completion.seconds
    rows = [
        _summarize_problem(problem, by_task[problem.task_id], generation_seconds[problem.task_id])
        for problem in problems
        if problem.task_id in by_task
    ]
    pass_at_k, ci95 = _score([(row.num_samples, row.num_passed) for row in rows], ks)
    return Summary(
        pass_at_k=pass_at_k,
        ci95=ci95,
        base=_score_base(rows, ks),
        rerank=reranking,
        judged_again=judged_again,
        num_problems=len(rows),
        num_samples=len(judgements),
        num_problems_without_answer=len(problems) - len(rows),
        status_counts=dict(Counter(j.verdict.status.value for j in judgements).most_common()),
        finish_reasons=dict(Counter(c.finish_reason for c in completions if c.finish_reason)),
        num_tokens={
            "prompt": sum(completion.num_prompt_tokens for completion in completions),
            "completion": sum(completion.num_tokens for completion in completions),
        },
        model=model["name"],
        stack=model["stack"],
        device=model["device"],
        engine=dict(model),
        dataset={
            "name": problems.name,
            "split": problems.split,
            "fingerprint": problems.fingerprint,
        },
        sampling=answers.sampling,
        prompt=answers.prompt,
        sandbox={
            **layers,
            "num_judged_in_shared_process": sum(j.verdict.shared_process for j in judgements),
        },
        versions=find_versions(),
        seconds=round(seconds, 3),
        finished_at=datetime.now().astimezone().isoformat(timespec="seconds"),
        problems=rows,
    )


def _score(
    tallies: Sequence[tuple[int, int]], ks: Sequence[int] | None
) -> tuple[dict[str, float], dict[str, list[float]]]:
    """Return pass@k and its intervals, by k."""
    scores = score_problems(tallies, ks)
    return (
        {str(score.k): score.value for score in scores},
        {str(score.k): [score.low, score.high] for score in scores},
    )


def _score_base(rows: Sequence[ProblemSummary], ks: Sequence[int] | None) -> BaseScores | None:
    tallies = [
        (row.num_samples, row.num_passed_base) for row in rows if row.num_passed_base is not None
    ]
    if not tallies or len(tallies) < len(rows):
        return None
    pass_at_k, ci95 = _score(tallies, ks)
    return BaseScores(pass_at_k=pass_at_k, ci95=ci95)


def _passed_base(verdict: Verdict) -> bool:
    return verdict.tests[:1] == (Status.PASSED,)


def _summarize_problem(
    problem: Problem, judgements: Sequence[Judgement], generation_seconds: float
) -> ProblemSummary:
    first = min(judgements, key=lambda judgement: judgement.sample)
    has_base = isinstance(problem.tests, Plus) and problem.tests.base
    num_passed_base = sum(_passed_base(judgement.verdict) for judgement in judgements)
    return ProblemSummary(
        task_id=problem.task_id,
        num_passed=sum(judgement.verdict.passed for judgement in judgements),
        num_passed_base=num_passed_base if has_base else None,
        num_samples=len(judgements),
        status=first.verdict.status.value,
        generation_seconds=round(generation_seconds, 6),
        execution_seconds=round(sum(j.verdict.seconds for j in judgements), 6),
    )


def find_versions() -> dict[str, str]:
    """Return the versions of Python and of those packages that are installed and may matter."""
    versions = {"python": platform.python_version()}
    for package in _REPORTED_PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return versions


def write_summary(path: Path, summary: Summary) -> None:
    """Write `summary.json` whole or not at all."""
    write_whole(path, json.dumps(summary.to_record(), indent=2, allow_nan=False) + "\n")
