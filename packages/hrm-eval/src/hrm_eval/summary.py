"""The results of a run: computed from its files, and written as `summary.json`."""

import json
import platform
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from hrm_datasets import ProblemSet
from hrm_eval.completions import Completion
from hrm_eval.judgements import Judgement
from hrm_eval.metrics import score_problems
from hrm_eval.records import write_whole

_REPORTED_PACKAGES = (
    "hrm-core",
    "hrm-eval",
    "hrm-datasets",
    "hrm-sapient",
    "hrm-native",
    "torch",
    "transformers",
)


def summarize(  # noqa: PLR0913 (one argument for each source)
    *,
    problems: ProblemSet,
    completions: Sequence[Completion],
    judgements: Sequence[Judgement],
    layers: Mapping[str, bool],
    model: Mapping[str, Any],
    sampling: Mapping[str, Any] | None,
    seconds: float,
) -> dict[str, Any]:
    """Return what `summary.json` holds.

    Args:
        problems: The problems that were asked, or that a completions file could have answered.
        completions: All answers.
        judgements: One for each answer.
        layers: Which layers of isolation the sandbox had.
        model: What the engine says of the model; at least `name`, `stack` and `device`.
        sampling: Settings of the answers; None if they came from a file.
        seconds: Wall time of the command that writes this.
    """
    by_task: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        by_task[judgement.task_id].append(judgement)
    writing: dict[str, float] = defaultdict(float)
    for completion in completions:
        writing[completion.task_id] += completion.seconds
    answered = [problem.task_id for problem in problems if problem.task_id in by_task]
    rows = [_row(task_id, by_task[task_id], writing[task_id]) for task_id in answered]
    tallies = [(len(found), _num_passed(found)) for found in map(by_task.__getitem__, answered)]
    scores = score_problems(tallies)
    return {
        "pass_at_k": {str(score.k): score.value for score in scores},
        "ci95": {str(score.k): [score.low, score.high] for score in scores},
        "num_problems": len(rows),
        "num_samples": len(judgements),
        "num_problems_without_answer": len(problems) - len(rows),
        "status_counts": dict(Counter(j.verdict.status.value for j in judgements).most_common()),
        "finish_reasons": dict(Counter(c.finish_reason for c in completions if c.finish_reason)),
        "model": model["name"],
        "stack": model["stack"],
        "device": model["device"],
        "engine": dict(model),
        "dataset": {
            "name": problems.name,
            "split": problems.split,
            "fingerprint": problems.fingerprint,
        },
        "sampling": sampling,
        "sandbox": {
            **layers,
            "num_judged_in_shared_process": sum(j.verdict.shared_process for j in judgements),
        },
        "versions": _versions(),
        "seconds": round(seconds, 3),
        "problems": rows,
    }


def _num_passed(judgements: Sequence[Judgement]) -> int:
    return sum(judgement.verdict.passed for judgement in judgements)


def _row(task_id: str, found: Sequence[Judgement], generation_seconds: float) -> dict[str, Any]:
    first = min(found, key=lambda judgement: judgement.sample)
    return {
        "task_id": task_id,
        "num_passed": _num_passed(found),
        "num_samples": len(found),
        "status": first.verdict.status.value,
        "generation_seconds": round(generation_seconds, 6),
        "execution_seconds": round(sum(j.verdict.seconds for j in found), 6),
    }


def _versions() -> dict[str, str]:
    installed = {"python": platform.python_version()}
    for package in _REPORTED_PACKAGES:
        try:
            installed[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return installed


def write_summary(path: Path, summary: Mapping[str, Any]) -> None:
    """Write `summary.json` whole or not at all."""
    write_whole(path, json.dumps(summary, indent=2, allow_nan=False) + "\n")
