"""What the Hugging Face hub shows of a run: a result for leaderboards, and a model card's results.

Not covered: sending anything to the hub.
"""

from pathlib import Path
from typing import Any

import yaml

from hrm_core import files
from hrm_core.command import version_of
from hrm_core.errors import PluginNotFoundError, UsageError
from hrm_datasets.registry import find_dataset
from hrm_eval.runs import Run


def write_eval_results(run: Run, path: Path) -> None:
    """Write Pass@1 as a file of `.eval_results/` in the repository of the model.

    Raises:
        UsageError: If the dataset is not on the hub, or the run does not cover its default split.
        PluginNotFoundError: If huggingface_hub is too old.
    """
    try:
        from huggingface_hub import EvalResultEntry, eval_result_entries_to_yaml
    except ImportError as error:
        raise PluginNotFoundError(
            f"--format eval-results needs a newer huggingface_hub: {error}.\n"
            "Install it with: pip install -U huggingface_hub"
        ) from error
    values = run.config["dataset"]
    dataset = find_dataset(values["name"])
    if dataset.hub is None:
        raise UsageError(
            f"--format: eval-results is for datasets on the Hugging Face hub, and {dataset.name} "
            "is not there. Use model-index"
        )
    _refuse_parts(run, dataset.default_split)
    entry = EvalResultEntry(
        dataset_id=dataset.hub.path,
        task_id=dataset.hub.config or "default",
        dataset_revision=dataset.hub.revision if values.get("source") is None else None,
        value=run.pass_at_k[1],
        date=run.written_at.isoformat(timespec="seconds"),
        notes=", ".join([version_of("hrm-eval"), *_describe_source(run), *_describe_setup(run)]),
    )
    entries = eval_result_entries_to_yaml([entry])
    path.parent.mkdir(exist_ok=True)
    files.write_whole(path, yaml.safe_dump(entries, sort_keys=False, allow_unicode=True))


def _refuse_parts(run: Run, default_split: str) -> None:
    """Check that a run covers the default split of its dataset, as others on a leaderboard do."""
    values, summary = run.config["dataset"], run.summary or {}
    if values["split"] != default_split:
        wrong, cure = f"is on the split {values['split']!r}", f"Run it with --split {default_split}"
    elif values.get("shard") is not None:
        wrong, cure = f"is on shard {values['shard']}", "Join all shards with: hrm-eval merge"
    elif any(values.get(key) for key in ("limit", "task_ids", "exclude")):
        flags = "--limit, --task-ids and --exclude"
        wrong, cure = "is on a part of its split", f"Run it without {flags}"
    elif missing := summary["num_problems_without_answer"]:
        wrong, cure = f"has no answer to {missing:,} problems", "Score a file with all answers"
    else:
        return
    raise UsageError(
        f"--format: eval-results is for leaderboards, and {run.folder.path} {wrong}. {cure}, or "
        "use model-index"
    )


def write_model_index(run: Run, path: Path) -> None:
    """Write all Pass@k as the `model-index` in the metadata of a model card."""
    from huggingface_hub import EvalResult, ModelCardData

    values = run.config["dataset"]
    hub = find_dataset(values["name"]).hub
    results = [
        EvalResult(
            task_type="text-generation",
            dataset_type=hub.path if hub is not None else values["name"],
            dataset_name=run.dataset,
            dataset_config=hub.config if hub is not None else None,
            dataset_split=values["split"],
            dataset_revision=hub.revision if hub and values.get("source") is None else None,
            metric_type=f"pass@{score.k}",
            metric_name=f"pass@{score.k}",
            metric_value=score.value,
            metric_args=_metric_args(run, score.low, score.high),
        )
        for score in run.scores
    ]
    # A server's model is `openai:NAME@URL`.
    name = run.model.partition("@http")[0].rstrip("/").rpartition("/")[2].removeprefix("openai:")
    card = ModelCardData(model_name=name, eval_results=results)
    files.write_whole(path, card.to_yaml() + "\n")


def _metric_args(run: Run, low: float, high: float) -> dict[str, Any]:
    return {
        "num_problems": len(run.judged),
        "ci95": [low, high],
        "setup": ", ".join([*_describe_source(run), *_describe_setup(run)]),
        "tool": version_of("hrm-eval"),
    }


def _describe_source(run: Run) -> list[str]:
    """Return how many problems there were, if they were not those of the hub."""
    is_local = run.config["dataset"].get("source") is not None
    return [f"{len(run.judged):,} problems of a local file"] if is_local else []


def _describe_setup(run: Run) -> list[str]:
    """Return how the answers were generated, as far as it is known."""
    sampling = run.config.get("sampling")
    if not sampling:
        return ["answers from a file"]
    number = sampling.get("num_samples", 1)
    answers = "1 answer" if number == 1 else f"{number} answers"
    return [
        f"prompt {run.config.get('prompt', 'unknown')}",
        f"temperature {sampling['temperature']}",
        f"{answers} per problem",
    ]
