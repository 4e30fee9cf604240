"""The log of Inspect (`inspect view`), written by its own library.

Inspect computes the results from the scores: the reducer `mean` over the answers to a problem is
Pass@1, and `pass_at_10` is pass@10.

Not covered: events, since Inspect did not run the model; layers of isolation; a fast export of very
many answers, since the time that Inspect needs to write them grows with the square of their number.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrm_core import files
from hrm_core.plugins import require_module
from hrm_datasets import Problem
from hrm_eval.printable import escape_surrogates
from hrm_eval.progress import activity
from hrm_eval.runs import Run, Sample

if TYPE_CHECKING:
    from inspect_ai.log import EvalLog, EvalSample

_SCORER = "hrm_eval"
_STOP_REASONS = {
    "stop": "stop",
    "length": "max_tokens",
    "prompt_too_long": "model_length",
    "content_filter": "content_filter",
}


def write(run: Run, path: Path) -> None:
    """Write the judged problems of a run.

    Raises:
        PluginNotFoundError: If Inspect is not installed.
        DataError: If the data cannot be found, or are no longer the same.
    """
    require_module("inspect_ai", needed_by="--format inspect", install="inspect-ai")
    from inspect_ai.log import recompute_metrics, write_eval_log

    problems = {problem.task_id: problem for problem in run.problems()}
    samples = [
        _sample(run, problems[task_id], answer)
        for task_id, answers in run.judged.items()
        for answer in answers
    ]
    log = _log(run, samples)
    recompute_metrics(log)
    with activity("writing the log"), files.replacing(path) as draft:
        write_eval_log(log, str(draft), format="eval")


def _log(run: Run, samples: "list[EvalSample]") -> "EvalLog":
    from inspect_ai.log import EvalConfig, EvalDataset, EvalLog, EvalSpec, EvalStats
    from inspect_ai.model import GenerateConfig

    summary = run.summary or {}
    sampling = run.config.get("sampling") or {}
    written_at = run.written_at.isoformat()
    reducers = ["mean" if k == 1 else f"pass_at_{k}" for k in run.pass_at_k]
    metrics = [{"name": "inspect_ai/accuracy"}, {"name": "inspect_ai/stderr"}]
    scorers: Any = [{"name": _SCORER, "metrics": metrics}]
    spec = EvalSpec(
        created=written_at,
        task=run.config["dataset"]["name"],
        dataset=EvalDataset(
            name=run.dataset, samples=len(run.judged), sample_ids=list(run.judged), shuffled=False
        ),
        model=run.model,
        model_generate_config=GenerateConfig(
            temperature=sampling.get("temperature"),
            top_p=sampling.get("top_p"),
            top_k=sampling.get("top_k") or None,
            max_tokens=sampling.get("max_new_tokens"),
            seed=sampling.get("seed"),
        ),
        config=EvalConfig(
            limit=run.config["dataset"].get("limit"),
            epochs=max(len(answers) for answers in run.judged.values()),
            epochs_reducer=reducers,
        ),
        packages=summary.get("versions", {}),
        metadata={"settings": run.config},
        scorers=scorers,
    )
    return EvalLog(
        status="success" if run.is_finished else "started",
        eval=spec,
        stats=EvalStats(completed_at=written_at if run.is_finished else ""),
        samples=samples,
    )


def _sample(run: Run, problem: Problem, answer: Sample) -> "EvalSample":
    from inspect_ai.log import EvalSample
    from inspect_ai.model import ChatMessageUser, ModelOutput, ModelUsage
    from inspect_ai.scorer import CORRECT, INCORRECT, Score

    completion, verdict = answer.completion, answer.verdict
    assert verdict is not None
    prompt = escape_surrogates(completion.prompt or problem.text)
    reason: Any = _STOP_REASONS.get(completion.finish_reason, "unknown")
    output = ModelOutput.from_content(
        run.model, escape_surrogates(completion.text or completion.completion), stop_reason=reason
    )
    if completion.finish_reason:
        output.usage = ModelUsage(
            input_tokens=completion.num_prompt_tokens,
            output_tokens=completion.num_tokens,
            total_tokens=completion.num_prompt_tokens + completion.num_tokens,
        )
        output.time = completion.seconds
    score = Score(
        value=CORRECT if verdict.passed else INCORRECT,
        answer=escape_surrogates(completion.completion),
        explanation=escape_surrogates(verdict.message),
        metadata={
            "status": verdict.status.value,
            "tests": [status.value for status in verdict.tests],
            "seconds": verdict.seconds,
            "cpu_seconds": verdict.cpu_seconds,
            "peak_memory_bytes": verdict.peak_memory_bytes,
        },
    )
    return EvalSample(
        id=completion.task_id,
        epoch=completion.sample + 1,
        input=prompt,
        target=escape_surrogates("\n".join(problem.tests.texts)),
        messages=[ChatMessageUser(content=prompt), *(c.message for c in output.choices)],
        output=output,
        scores={_SCORER: score},
        total_time=completion.seconds + verdict.seconds,
    )
