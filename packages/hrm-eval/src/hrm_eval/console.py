"""What the commands print: the results of a run, one task, answers, and plain tables."""

import os
import shlex
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Sized
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hrm_core.generation import FinishReason
from hrm_eval.completions import Completion, read_own
from hrm_eval.judgements import Judgement, read_judgements
from hrm_eval.judging_again import JudgedAgain
from hrm_eval.printable import printable
from hrm_eval.rerank import Reranking
from hrm_eval.run_folder import RunFolder
from hrm_eval.sandbox import Verdict
from hrm_eval.summary import ProblemSummary, Summary

if TYPE_CHECKING:
    from hrm_eval.asking import Answer, Reply
    from hrm_eval.checking import DatasetCheck
    from hrm_eval.runs import Sample

_MAX_PROBLEMS_SHOWN = 50
_MAX_IDS_SHOWN = 10
_MAX_REASON_LINES = 6
_UNLIMITED_WIDTH = 1000


def print_summary(summary: Summary, folder: Path) -> None:
    """Print the results of a run and the path of its folder."""
    console = Console(emoji=False)
    device = "" if summary.device == "none" else f" on {summary.device}"
    if summary.num_problems <= _MAX_PROBLEMS_SHOWN:
        console.print(_problem_table(summary.problems))
    console.print(
        f"{summary.model} on {summary.dataset['name']}/{summary.dataset['split']}: "
        f"{summary.num_problems} problems, {summary.num_samples} samples, "
        f"{summary.seconds:.1f} s{device}",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )
    _print_scores(console, summary.pass_at_k, summary.ci95, "")
    if summary.base is not None:
        _print_scores(console, summary.base.pass_at_k, summary.base.ci95, " of the base tests")
    if summary.rerank is not None:
        _print_reranking(console, summary.rerank)
    if summary.judged_again is not None:
        print_text(console, _describe(summary.judged_again))
    counts = ", ".join(f"{status} {count}" for status, count in summary.status_counts.items())
    console.print(f"Verdicts: {counts}", highlight=False, markup=False, soft_wrap=True)
    print_unanswered(summary.finish_reasons)
    if num_shared := summary.sandbox["num_judged_in_shared_process"]:
        _warn(
            console,
            f"Judged in the program's own process: {num_shared} samples, whose tests cannot do "
            "without. A hostile program could fool them.",
        )
    missing = [layer for layer, is_on in summary.sandbox.items() if is_on is False]
    _print_missing_layers(console, missing)
    if summary.num_problems_without_answer:
        _warn(
            console,
            f"Not counted: {summary.num_problems_without_answer} problems without an answer in the "
            "file.",
        )
    console.print(f"Files: {folder}", highlight=False, markup=False, soft_wrap=True)


def _print_scores(
    console: Console,
    pass_at_k: Mapping[str, float],
    ci95: Mapping[str, Sequence[float]],
    what: str,
) -> None:
    for k, value in pass_at_k.items():
        low, high = ci95[k]
        console.print(
            f"[bold]Pass@{k}{what}[/bold]  {value:7.2%}  (95 % interval {low:.1%} to {high:.1%})",
            highlight=False,
        )


def print_interrupted(folder: RunFolder) -> None:
    """Print to standard error what an interrupted run has so far, and how to continue it."""
    console = Console(stderr=True, emoji=False)
    completions = read_own(folder.completions)
    if not completions:
        print_text(console, "\nInterrupted before the first answer.")
    else:
        print_text(console, f"\nInterrupted. {folder.path} has {_count(completions, 'answer')}.")
        _print_results_so_far(console, completions, read_judgements(folder.verdicts))
        if folder.draft.path.exists():
            print_text(console, "The old verdicts count until all new ones are there.")
    path = shlex.quote(str(folder.path))
    print_text(console, f"To continue, repeat the command with: --resume --out {path}")


def _print_results_so_far(
    console: Console, completions: Sequence[Completion], judgements: Sequence[Judgement]
) -> None:
    programs = {completion.key: completion.program_sha256 for completion in completions}
    judged = [j for j in judgements if programs.get(j.key) == j.program_sha256]
    if judged:
        passed = [judgement.verdict.passed for judgement in judged]
        share = sum(passed) / len(passed)
        print_text(
            console,
            f"{_count(judged, 'answer')} judged so far, {sum(passed)} passed ({share:.1%}).",
        )


def _count(things: Sized, noun: str) -> str:
    return f"{len(things)} {noun}{'' if len(things) == 1 else 's'}"


def _print_missing_layers(console: Console, missing: Sequence[str]) -> None:
    if missing:
        _warn(console, f"Isolation without: {', '.join(missing)} (see: hrm-eval doctor)")


def _describe(judged_again: JudgedAgain) -> str:
    changes = [f"{key} {old} -> {new}" for key, (old, new) in judged_again.settings.items()]
    return (
        f"Judged again with {', '.join(changes) or 'the same limits'}: the verdicts of "
        f"{judged_again.num_changed} of {judged_again.num_answers} samples changed, "
        f"{judged_again.num_passed_before} passed before and {judged_again.num_passed} now"
    )


def _print_reranking(console: Console, results: Reranking) -> None:
    low, high = results.ci95
    console.print(
        f"[bold]{results.name}[/bold]  {results.value:.2%}  "
        f"(95 % interval {low:.1%} to {high:.1%})",
        highlight=False,
        soft_wrap=True,
    )
    _warn(console, results.note)


def print_unanswered(finish_reasons: Mapping[str, int]) -> None:
    """Print how many samples have no answer because of long prompts or a server, if any.

    Args:
        finish_reasons: Number of samples by `FinishReason`.
    """
    console = Console(emoji=False)
    if count := finish_reasons.get(FinishReason.PROMPT_TOO_LONG, 0):
        _warn(
            console,
            f"Not answered, and counted as failed: {count} samples, whose prompts leave no room in "
            "the context of the model. Choose a shorter style with --prompt.",
        )
    if count := finish_reasons.get(FinishReason.CONTENT_FILTER, 0):
        _warn(
            console,
            f"Withheld by the content filter of the server, whole or in part: {count} samples. "
            "They are judged as they are.",
        )


def _warn(console: Console, text: str) -> None:
    """Print what limits the meaning of the results; the terminal breaks its lines."""
    console.print(f"[yellow]{text}[/yellow]", highlight=False, soft_wrap=True)


def _problem_table(rows: Sequence[ProblemSummary]) -> Table:
    has_base = any(row.num_passed_base is not None for row in rows)
    columns = ["passed", "base"] if has_base else ["passed"]
    table = Table("task", *columns, "verdict", "generation s", "execution ms")
    for column in table.columns[-2:]:
        column.justify = "right"
    for row in rows:
        counts = [row.num_passed, row.num_passed_base or 0][: len(columns)]
        table.add_row(
            Text(row.task_id),
            *(Text(f"{n}/{row.num_samples}", style="green" if n else "red") for n in counts),
            "" if row.num_samples > 1 else row.status,
            f"{row.generation_seconds:.2f}",
            f"{1000 * row.execution_seconds:.1f}",
        )
    return table


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, unbroken: Collection[str] = ()
) -> None:
    """Print a table; cells are plain text and never interpreted as markup.

    Args:
        columns: Their headings.
        rows: The cells.
        unbroken: The columns whose cells stay on one line.
    """
    table = Table()
    for column in columns:
        table.add_column(column, no_wrap=column in unbroken)
    for row in rows:
        table.add_row(*(Text(cell, overflow="fold") for cell in row))
    Console(emoji=False, width=_width_of_table()).print(table)


def _width_of_table() -> int | None:
    """Return the width of a table: that of the terminal, or no limit in a pipe or a file."""
    has_limit = sys.stdout.isatty() or "COLUMNS" in os.environ
    return None if has_limit else _UNLIMITED_WIDTH


def print_findings(findings: "DatasetCheck", path: Path) -> None:
    """Print what a check of a dataset found, and how to leave out the broken problems.

    Args:
        findings: What it found.
        path: The file with the ids of the broken problems, if there are any.
    """
    console = Console(emoji=False)
    if findings.broken:
        rows = [(b.task_id, b.status, _first_lines(b.reason)) for b in findings.broken]
        print_table(("problem", "reference solution", "reason"), rows)
    problems = findings.problems
    lines = [
        f"{problems.name}/{problems.split}: {findings.num_passed} of {findings.num_references} "
        f"reference solutions pass. Broken problems: {len(findings.broken)}."
    ]
    if ids := findings.without_reference:
        more = f" and {len(ids) - _MAX_IDS_SHOWN} more" if len(ids) > _MAX_IDS_SHOWN else ""
        named = ", ".join(ids[:_MAX_IDS_SHOWN])
        lines.append(f"Without a reference solution: {len(ids)} ({named}{more}).")
    if findings.broken:
        lines.append(f"To leave the broken problems out of a run: --exclude @{path}")
    for line in lines:
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _first_lines(text: str) -> str:
    lines = printable(text).splitlines()
    return "\n".join([*lines[:_MAX_REASON_LINES], *(["..."] if lines[_MAX_REASON_LINES:] else [])])


def print_task(samples: "Sequence[Sample]") -> None:
    """Print the prompt, the answers, the programs and the verdicts of one task."""
    console = Console(emoji=False)
    if samples[0].completion.prompt:
        _print_part(console, "prompt", samples[0].completion.prompt)
    for sample in samples:
        completion, verdict = sample.completion, sample.verdict
        status = verdict.status.value if verdict else "not judged yet"
        console.rule(Text(f"{completion.task_id} sample {completion.sample}: {status}"))
        if completion.text and completion.text != completion.completion:
            _print_part(console, "answer", completion.text)
        _print_part(console, "program", completion.completion)
        if verdict is not None and verdict.message:
            _print_part(console, "verdict", verdict.message)
        if verdict is not None and verdict.log:
            _print_part(console, "log", verdict.log)


def _print_part(console: Console, title: str, text: str) -> None:
    console.print(f"[bold]{title}[/bold]")
    console.print(Text(printable(text)), soft_wrap=True)


def print_answer_part(text: str) -> None:
    """Print a part of an answer to standard output at once, as it is unless that is a terminal."""
    out = sys.stdout
    encoding = out.encoding or "utf-8"
    shown = printable(text) if out.isatty() else text
    out.write(shown.encode(encoding, "backslashreplace").decode(encoding))
    out.flush()


def print_reply(reply: "Reply") -> None:
    """Print what is known about answers, to standard error, and the programs of several ones.

    A single answer has been printed by `print_answer_part` already.
    """
    console = Console(stderr=True, emoji=False)
    if len(reply.answers) == 1:
        _print_end_of_answer(console, reply.answers[0])
    else:
        _print_passing(console, reply)
    if reply.verdicts:
        _print_missing_layers(console, reply.missing_layers)


def _print_end_of_answer(console: Console, answer: "Answer") -> None:
    if answer.text and not answer.text.endswith("\n"):
        print_answer_part("\n")
    if not answer.text.strip():
        print_text(console, "The answer is empty.")
    if answer.finish_reason is FinishReason.LENGTH:
        print_text(
            console,
            f"The answer was cut off after {answer.num_tokens} tokens: by --max-new-tokens, or by "
            "the context of the model.",
        )
    if answer.verdict is not None:
        _print_verdict(console, answer.verdict)


def _print_passing(console: Console, reply: "Reply") -> None:
    """Print the distinct programs that pass, each after its number, as one Python file."""
    total = len(reply.answers)
    for program, count in reply.passing.items():
        print_answer_part(f"# {count} of {total} answers\n{program}\n")
    print_text(console, f"{reply.summary}.")
    if not reply.passing:
        counts = Counter(verdict.status.value for verdict in reply.verdicts).most_common()
        listed = ", ".join(f"{status} {count}" for status, count in counts)
        print_text(console, f"Verdicts: {listed}. The first answer:")
        _print_verdict(console, reply.verdicts[0])


def _print_verdict(console: Console, verdict: Verdict) -> None:
    style = "green" if verdict.passed else "red"
    console.print(Text(verdict.status.value, style=style), soft_wrap=True)
    for part in (verdict.message, verdict.log):
        if part:
            print_text(console, part)


def print_text(console: Console, text: str) -> None:
    """Print text as it is; the terminal breaks its lines."""
    console.print(text, highlight=False, markup=False, soft_wrap=True)
