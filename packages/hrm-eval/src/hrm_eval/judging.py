"""The judging stage: completions in, `verdicts.jsonl` out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Protocol, TypeVar

from hrm_core.generation import FinishReason
from hrm_datasets import Problem, ProblemSet
from hrm_eval.completions import Completion
from hrm_eval.judgements import Judgement, read_judgements
from hrm_eval.progress import StageProgress
from hrm_eval.records import RecordWriter, write_records
from hrm_eval.sandbox import Status, Verdict

Key = TypeVar("Key")

# The verdict on an answer that the model had no room for.
_PROMPT_TOO_LONG = Verdict(
    status=Status.PROMPT_TOO_LONG,
    seconds=0.0,
    cpu_seconds=0.0,
    peak_memory_bytes=0,
    tests=(),
    message="The prompt leaves no room for an answer in the context of the model.",
)


class Judges(Protocol):
    """Something that judges programs, such as the `Sandbox` on this machine."""

    @property
    def layers(self) -> Mapping[str, bool]:
        """Whether each layer of isolation is on, by name."""
        ...

    def judge_all(self, jobs: Iterable[tuple[Key, str, Problem]]) -> Iterator[tuple[Key, Verdict]]:
        """Judge programs and yield each verdict when it is ready, in any order.

        Args:
            jobs: Triples of a key, a program and its problem; read one by one when there is
                capacity.

        Yields:
            The key of a job, and the verdict on its program.
        """
        ...


def judge_completions(
    judges: Judges,
    problems: ProblemSet,
    completions: Sequence[Completion],
    path: Path,
    *,
    stage: str = "judged",
) -> list[Judgement]:
    """Judge the completions that have no verdict yet, write the verdicts, and return all of them.

    An existing verdict counts only if its program is still the same. An answer that the model had
    no room for fails without being run.

    Args:
        judges: What judges the programs.
        problems: The problems, with the tests that count.
        completions: The answers.
        path: File of the verdicts, such as `RunFolder.verdicts`.
        stage: What happens, for the progress.

    Raises:
        SandboxError: If programs cannot be run; the verdicts written so far stay.
    """
    programs = {completion.key: completion.program_sha256 for completion in completions}
    judgements = keep_judgements(completions, path)
    by_key = {judgement.key: judgement for judgement in judgements}
    waiting = [completion for completion in completions if completion.key not in by_key]
    by_id: Mapping[str, Problem] = {problem.task_id: problem for problem in problems}
    jobs = ((c.key, c.completion, by_id[c.task_id]) for c in waiting if not _is_unanswered(c))
    unanswered = ((c.key, _PROMPT_TOO_LONG) for c in waiting if _is_unanswered(c))
    with (
        RecordWriter(path) as writer,
        StageProgress(stage, total=len(completions), done=len(by_key)) as progress,
    ):
        for (task_id, sample), verdict in chain(unanswered, judges.judge_all(jobs)):
            judgement = Judgement(
                task_id=task_id,
                sample=sample,
                program_sha256=programs[task_id, sample],
                verdict=verdict,
            )
            writer.append(judgement.to_record())
            judgements.append(judgement)
            progress.advance(f"{task_id} {verdict.status.value}")
    return judgements


def keep_judgements(completions: Sequence[Completion], path: Path) -> list[Judgement]:
    """Return the verdicts of a file, and drop those on programs that have changed since."""
    programs = {completion.key: completion.program_sha256 for completion in completions}
    stored = read_judgements(path)
    by_key = {j.key: j for j in stored if programs.get(j.key) == j.program_sha256}
    judgements = list(by_key.values())
    if len(judgements) < len(stored):
        write_records(path, judgements)
    return judgements


def _is_unanswered(completion: Completion) -> bool:
    return completion.finish_reason == FinishReason.PROMPT_TOO_LONG and not completion.completion
