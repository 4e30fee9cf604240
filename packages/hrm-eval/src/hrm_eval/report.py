"""The report of a run: one page with its results, and every problem with its answers.

Not covered: messages of every test; the message of a verdict is about the first that failed.
"""

import math
import re
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from hrm_core.config import flatten
from hrm_core.errors import DataError, HrmError
from hrm_core.generation import FinishReason
from hrm_datasets import InputOutput, Plus, Problem
from hrm_eval.curves import Curve, draw_curve, trace_pass_at_k
from hrm_eval.durations import format_seconds
from hrm_eval.pages import render_page, write_page
from hrm_eval.rerank import Reranking
from hrm_eval.runs import Run, Sample
from hrm_eval.sandbox import Status, Verdict

NOT_JUDGED = "not judged yet"

# Of a longer input and output, the page has the beginning.
_MAX_CASE = 1_000

# What stands in a message after the heading; see `_sandbox/judge/explain.py`.
_COMPARED = re.compile(
    r"\nreturned (?P<returned>.*?)"
    r"\n(?P<relation>expected(?: it (?:!=|<=?|>=?|in|not in|is not))?) (?P<expected>.*?)"
    r"(?=\nA nan equals nothing|\nIt printed:\n|\Z)",
    re.DOTALL,
)


class Count(NamedTuple):
    """How many answers have a status."""

    status: str
    label: str
    number: int
    share: float


class Measured(NamedTuple):
    """A quantity over all answers, as text."""

    name: str
    median: str
    most: str
    largest: str


def write_report(run: Run, out: Path, *, source: Path | None = None) -> list[str]:
    """Write the report of a run, finished or not, whole or not at all.

    Args:
        run: The run.
        out: The file; it is replaced if it exists.
        source: Where the data of the problems are now; where the run found them if None.

    Returns:
        What the reader should know: that the run is not finished, or that the texts of the tests
        are missing.

    Raises:
        UsageError: If the file cannot be written.
    """
    try:
        problems = {problem.task_id: problem for problem in run.problems(source)}
        notes = []
    except HrmError as error:
        problems = {}
        hint = " (say where the data are with --source)" if isinstance(error, DataError) else ""
        notes = [f"The texts of the tests are missing{hint}: {error}"]
    if not run.is_finished:
        notes = [_progress(run, len(problems)), *notes]
    write_page(out, render_report(run, problems, notes))
    return notes


def render_report(run: Run, problems: Mapping[str, Problem], notes: Sequence[str]) -> str:
    """Return the page.

    Args:
        run: The run.
        problems: The problems by id, as far as they are known.
        notes: Sentences for the top of the page.
    """
    summary = run.summary if run.summary is not None and run.is_finished else {}
    rerank = summary.get("rerank")
    reranking = Reranking(**rerank) if rerank else None
    layers = dict(summary.get("sandbox", {}))
    num_shared = layers.pop("num_judged_in_shared_process", 0)
    return render_page(
        "report.html",
        script="report.js",
        title=f"{run.model} on {run.dataset}",
        run=run,
        summary=summary,
        base=summary.get("base"),
        finished=run.finished_at,
        notes=[*notes, *_remarks(summary, num_shared)],
        reranking=reranking,
        counts=_count_statuses(run),
        curve=_curve(run),
        times=_measure(run.samples),
        seconds=format_seconds(summary["seconds"]) if summary else None,
        layers=layers,
        settings_rows=[(key, _setting(value)) for key, value in flatten(run.config).items()],
        engine=[(key, _setting(v)) for key, v in flatten(summary.get("engine", {})).items()],
        versions=summary.get("versions", {}),
        has_several=any(len(answers) > 1 for answers in run.by_task.values()),
        data={"problems": _problem_records(run, problems, reranking)},
    )


def label(status: str) -> str:
    """Return the name of a status as people read it."""
    return status.replace("_", " ")


def _progress(run: Run, num_problems: int) -> str:
    """Say how far an unfinished run is, and how to continue it."""
    return (
        f"{run.describe_progress(num_problems)} The results count the {len(run.judged):,} problems "
        f"all of whose answers so far are judged. Continue with: {run.command_to_continue}"
    )


def _remarks(summary: Mapping[str, Any], num_shared: int) -> list[str]:
    """Return what limits the meaning of the results."""
    if not summary:
        return []
    remarks = []
    if missing := summary["num_problems_without_answer"]:
        remarks.append(f"Not counted: {missing:,} problems without an answer in the file.")
    if count := summary["status_counts"].get(Status.PROMPT_TOO_LONG.value, 0):
        remarks.append(
            f"Not answered, and counted as failed: {count:,} samples, whose prompts leave no room "
            "in the context of the model."
        )
    if count := summary["finish_reasons"].get(FinishReason.CONTENT_FILTER.value, 0):
        remarks.append(
            f"Withheld by the content filter of the server, whole or in part: {count:,} samples. "
            "They are judged as they are."
        )
    if num_shared:
        remarks.append(
            f"Judged in the program's own process: {num_shared:,} samples, whose tests cannot do "
            "without. A hostile program could fool them."
        )
    if off := [layer for layer, is_on in summary["sandbox"].items() if is_on is False]:
        remarks.append(f"Isolation without: {', '.join(off)}.")
    return remarks


def _count_statuses(run: Run) -> list[Count]:
    counts = dict(run.status_counts)
    if waiting := len(run.samples) - run.num_judged:
        counts[NOT_JUDGED] = waiting
    return [
        Count(status, label(status), number, number / len(run.samples))
        for status, number in counts.items()
    ]


def _curve(run: Run) -> Curve | None:
    """Return the drawing of pass@k; None if k can only be 1."""
    tallies = [(len(a), sum(sample.passed for sample in a)) for a in run.judged.values()]
    scores = trace_pass_at_k(tallies) if tallies else []
    return draw_curve(scores) if len(scores) > 1 else None


def _measure(samples: Sequence[Sample]) -> list[Measured]:
    """Return times, tokens and memory, as far as they are known."""
    generated = [s.completion for s in samples if s.completion.finish_reason]
    verdicts = [s.verdict for s in samples if s.verdict is not None]
    rows: list[tuple[str, list[float], Callable[[float], str]]] = [
        ("Generation", [c.seconds for c in generated], format_seconds),
        ("Tokens", [c.num_tokens for c in generated], "{:,}".format),
        ("Program with its tests", [v.seconds for v in verdicts], format_seconds),
        ("CPU time", [v.cpu_seconds for v in verdicts], format_seconds),
        ("Memory", [v.peak_memory_bytes for v in verdicts], _format_bytes),
    ]
    return [_measured(name, values, form) for name, values, form in rows if any(values)]


def _measured(name: str, values: Iterable[float], form: Callable[[float], str]) -> Measured:
    ordered = sorted(values)
    return Measured(
        name=name,
        median=form(statistics.median_low(ordered)),
        most=form(ordered[math.ceil(0.95 * len(ordered)) - 1]),
        largest=form(ordered[-1]),
    )


def _format_bytes(count: float) -> str:
    return f"{count / 2**20:,.1f} MiB"


def _setting(value: Any) -> str:
    if value is None:
        return "not set"
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) or "none" if isinstance(value, list) else str(value)


def _problem_records(
    run: Run, problems: Mapping[str, Problem], reranking: Reranking | None
) -> list[dict[str, Any]]:
    """Return the problems with their answers, for the script of the page."""
    chosen = reranking.chosen if reranking else {}
    places = {task_id: place for place, task_id in enumerate(problems)}
    tasks = sorted(run.by_task.items(), key=lambda item: places.get(item[0], len(places)))
    return [
        _problem_record(task_id, answers, problems.get(task_id), chosen.get(task_id))
        for task_id, answers in tasks
    ]


def _problem_record(
    task_id: str, answers: Sequence[Sample], problem: Problem | None, chosen: int | None
) -> dict[str, Any]:
    prompt = answers[0].completion.prompt
    record: dict[str, Any] = {
        "id": task_id,
        "link": quote(task_id, safe="/:@!$&'()*+,;=~", errors="replace"),
        "prompt": prompt,
        "samples": [_sample_record(answer, prompt, chosen) for answer in answers],
    }
    if problem is not None:
        record |= {"text": problem.text, "tests": _texts_of_tests(problem), "setup": problem.setup}
    return record


def _texts_of_tests(problem: Problem) -> Sequence[str]:
    """Return the text of every test; of a long input and output only the beginning."""
    if isinstance(problem.tests, InputOutput):
        return [
            case.text if len(case.text) <= _MAX_CASE else f"{case.text[:_MAX_CASE]}..."
            for case in problem.tests.cases
        ]
    return problem.tests.labels if isinstance(problem.tests, Plus) else problem.tests.texts


def _sample_record(answer: Sample, prompt: str, chosen: int | None) -> dict[str, Any]:
    completion, verdict = answer.completion, answer.verdict
    is_known = bool(completion.text or completion.finish_reason)
    record: dict[str, Any] = {
        "sample": completion.sample,
        "answer": completion.text if is_known else None,
        "program": completion.completion,
        "status": verdict.status.value if verdict else NOT_JUDGED,
        "tokens": completion.num_tokens,
        "finish": completion.finish_reason,
        "generation": completion.seconds,
        "chosen": chosen == completion.sample,
    }
    if completion.text == completion.completion:
        # The page needs them once; an absent answer is the program.
        del record["answer"]
    if completion.prompt != prompt:
        record["prompt"] = completion.prompt
    if verdict is not None:
        record |= _verdict_record(verdict)
    return {key: value for key, value in record.items() if value or key == "answer"}


def _verdict_record(verdict: Verdict) -> dict[str, Any]:
    is_wrong = verdict.status is Status.WRONG_ANSWER
    compared = _COMPARED.search(verdict.message) if is_wrong else None
    return {
        "tests": verdict.tests,
        "message": verdict.message,
        "seconds": round(verdict.seconds, 6),
        "cpu": round(verdict.cpu_seconds, 6),
        "memory": verdict.peak_memory_bytes,
        "shared": verdict.shared_process,
        "asked": verdict.asked_program,
        "log": verdict.log,
        **(compared.groupdict() if compared is not None else {}),
    }
