"""The files of lm-evaluation-harness with `--log_samples`: results, and a line for each problem.

The task has the name of the dataset. Its metrics are `pass_at_1` and so on, of the programs that
the filter `extract_code` took out of the answers.

Not covered: verdicts other than passed or not; the tokenizer and the environment of the run.
"""

import hashlib
import json
import math
import re
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hrm_core import files
from hrm_core.command import version_of
from hrm_datasets import Problem
from hrm_datasets.prompts import PROMPT_STYLES
from hrm_eval.metrics import pass_at_k
from hrm_eval.runs import Run, Sample

_FILTER = "extract_code"


def write(run: Run, folder: Path) -> None:
    """Write the judged problems of a run into `<model>/` in a folder.

    The names of the files contain the time of the run, so that a folder can hold many runs.

    Raises:
        DataError: If the data cannot be found, or are no longer the same.
    """
    problems = {problem.task_id: problem for problem in run.problems()}
    task = re.sub(r"\W", "_", run.config["dataset"]["name"])
    lines = [
        _sample_record(number, problems[task_id], answers, _values(run, answers))
        for number, (task_id, answers) in enumerate(run.judged.items())
    ]
    place = folder / _sanitized_model(run)
    place.mkdir(parents=True, exist_ok=True)
    date = run.written_at.replace(tzinfo=None).isoformat(timespec="microseconds").replace(":", "-")
    text = "".join(json.dumps(line) + "\n" for line in lines)
    files.write_whole(place / f"samples_{task}_{date}.jsonl", text)
    results = _results_record(run, task, lines, num_problems=len(problems))
    files.write_whole(place / f"results_{date}.json", json.dumps(results, indent=2) + "\n")


def _values(run: Run, answers: Sequence[Sample]) -> dict[str, float]:
    """Return each pass@k of one problem."""
    correct = sum(answer.passed for answer in answers)
    return {
        f"pass_at_{k}": pass_at_k(samples=len(answers), correct=correct, k=k) for k in run.pass_at_k
    }


def _sample_record(
    number: int, problem: Problem, answers: Sequence[Sample], values: Mapping[str, float]
) -> dict[str, Any]:
    completions = [answer.completion for answer in answers]
    doc = {
        "task_id": problem.task_id,
        "text": problem.text,
        "entry_point": problem.entry_point,
        "test_list": problem.tests.texts,
    }
    prompt, target = completions[0].prompt, "\n".join(problem.tests.texts)
    return {
        "doc_id": number,
        "doc": doc,
        "target": target,
        "arguments": {"gen_args_0": {"arg_0": prompt, "arg_1": {}}},
        "resps": [[completion.text or completion.completion for completion in completions]],
        "filtered_resps": [[completion.completion for completion in completions]],
        "filter": _FILTER,
        "metrics": list(values),
        "doc_hash": _hash(json.dumps(doc, indent=2, ensure_ascii=False)),
        "prompt_hash": _hash(prompt),
        "target_hash": _hash(target),
        **values,
    }


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _results_record(
    run: Run, task: str, lines: Sequence[Mapping[str, Any]], *, num_problems: int
) -> dict[str, Any]:
    metrics: list[str] = lines[0]["metrics"]
    values = {metric: [line[metric] for line in lines] for metric in metrics}
    summary = run.summary or {}
    dataset, sampling = run.config["dataset"], run.config.get("sampling") or {}
    style = PROMPT_STYLES.get(run.config.get("prompt", ""))
    num_shots = style.num_shots if style is not None else 0
    hashes = "".join(line["doc_hash"] + line["prompt_hash"] + line["target_hash"] for line in lines)
    return {
        "results": {task: {"alias": task, "sample_len": len(lines)} | _results_of(run, values)},
        "group_subtasks": {task: []},
        "configs": {
            task: {
                "task": task,
                "test_split": dataset["split"],
                "output_type": "generate_until",
                "metric_list": [
                    {"metric": metric, "aggregation": "mean", "higher_is_better": True}
                    for metric in metrics
                ],
                "repeats": sampling.get("num_samples", 1),
                "num_fewshot": num_shots,
                "generation_kwargs": sampling,
                "filter_list": [{"name": _FILTER}],
                "metadata": {"settings": run.config},
            }
        },
        "versions": {task: version_of("hrm-eval")},
        "n-shot": {task: num_shots},
        "higher_is_better": {task: dict.fromkeys(metrics, True)},
        "n-samples": {task: {"original": num_problems, "effective": len(lines)}},
        "config": {
            "model": summary.get("stack"),
            "model_args": {"pretrained": run.model},
            "device": summary.get("device"),
            "limit": dataset.get("limit"),
            "gen_kwargs": sampling,
            "random_seed": sampling.get("seed"),
        },
        "date": run.written_at.timestamp(),
        "task_hashes": {task: _hash(hashes)},
        "model_source": "hrm-eval",
        "model_name": run.model,
        "model_name_sanitized": _sanitized_model(run),
        "total_evaluation_time_seconds": str(summary.get("seconds")),
    }


def _results_of(run: Run, values: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    """Return each metric with its standard error."""
    results: dict[str, Any] = {}
    for score, (metric, each) in zip(run.scores, values.items(), strict=True):
        is_known = len(each) > 1
        error = statistics.stdev(each) / math.sqrt(len(each)) if is_known else "N/A"
        results[f"{metric},{_FILTER}"] = score.value
        results[f"{metric}_stderr,{_FILTER}"] = error
    return results


def _sanitized_model(run: Run) -> str:
    return re.sub(r'["<>:/|\\?*\[\]]+', "__", run.model)
