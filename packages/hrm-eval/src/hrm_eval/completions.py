"""Completions: the programs to judge, read from our own files and those of other harnesses."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import inf
from pathlib import Path
from typing import Any

from hrm_core.errors import DataError, UsageError, suggest
from hrm_core.json_lines import check_object, read_json_items, read_json_lines
from hrm_datasets import Problem, ProblemSet
from hrm_eval.records import is_file


@dataclass(frozen=True, kw_only=True)
class Completion:
    """One answer to one problem.

    Attributes:
        task_id: The problem, such as `mbpp/11`.
        sample: Number of the answer, from 0.
        completion: The whole program that is judged.
        text: The answer of the model, from which the program was extracted; empty if unknown.
        prompt: The prompt; empty if unknown.
        num_tokens: Number of tokens generated.
        finish_reason: `stop` or `length`; empty if unknown.
        seconds: Wall time of the generation; see `Generation.seconds`.
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
        """Task and sample, which identify the completion."""
        return self.task_id, self.sample

    def to_record(self) -> dict[str, Any]:
        """Return the line of `completions.jsonl`."""
        return asdict(self)

    @property
    def program_sha256(self) -> str:
        """Hash of the program; a verdict names the program by it."""
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
    """Read the `completions.jsonl` of a run folder; an incomplete last line is skipped.

    Raises:
        DataError: If the file was not written by a run.
    """
    if not path.exists():
        return []
    lines = read_json_lines(path, allow_cut=True)
    return _check_unique((where, _completion_from(where, record)) for where, record in lines)


def _check_unique(located: Iterable[tuple[str, Completion]]) -> list[Completion]:
    """Return the completions, each of which comes with its place in the file.

    Raises:
        DataError: If two have the same task and sample.
    """
    places: dict[tuple[str, int], str] = {}
    completions = []
    for where, completion in located:
        first = places.setdefault(completion.key, where)
        if first != where:
            raise DataError(
                f"{where}: sample {completion.sample} of {completion.task_id} is already at "
                f"{first}. Delete one of them, or give them different sample numbers"
            )
        completions.append(completion)
    return completions


def read_completions(path: Path, problems: ProblemSet) -> list[Completion]:
    """Read a completions file in any known format.

    The formats, as JSON Lines (a `.json` file may also hold a list of the same objects):

    - hrm-eval: `task_id`, `sample`, `completion` (a whole program);
    - human-eval: `task_id`, `completion` (continues the stub of the problem);
    - EvalPlus: `task_id`, `solution` (a whole program).

    And as one JSON list in a `.json` file:

    - bigcode-evaluation-harness: for each problem, in order, a list of whole programs.

    Answers without `sample` are numbered in the order of the file.

    Raises:
        DataError: If the file is empty or broken, a task is unknown, or an answer occurs twice.
    """
    if not is_file(path):
        raise DataError(f"{path}: no such completions file.")
    items = list(read_json_items(path) if path.suffix == ".json" else read_json_lines(path))
    if items and all(isinstance(value, list) for _, value in items):
        completions = _from_lists(path, [value for _, value in items], problems)
    else:
        completions = _check_unique(_from_objects(items, problems))
    if not completions:
        raise DataError(f"{path}: no completions in this file.")
    return completions


def _from_objects(
    items: Iterable[tuple[str, Any]], problems: ProblemSet
) -> Iterator[tuple[str, Completion]]:
    next_sample: Counter[str] = Counter()
    for where, value in items:
        record = check_object(where, value)
        problem = _find_problem(where, record, problems)
        yield where, _completion(where, record, problem, next_sample[problem.task_id])
        next_sample[problem.task_id] += 1


def _find_problem(where: str, record: Mapping[str, Any], problems: ProblemSet) -> Problem:
    task_id = record.get("task_id")
    if not isinstance(task_id, str | int) or isinstance(task_id, bool):
        raise DataError(f"{where}: task_id: expected text or a number, got {task_id!r}.")
    # EvalPlus writes Mbpp/11 for the sanitized edition too.
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
            f"{where}: {key}: expected text, got {program!r}. Put the program into the field "
            "'completion' or 'solution'"
        )
    if "sample" in record:
        known = {name: value for name, value in record.items() if name in _FIELDS}
        return _completion_from(where, {**known, "task_id": problem.task_id, "completion": program})
    if key == "completion":
        program = problem.stub + program
    return Completion(task_id=problem.task_id, sample=sample, completion=program)


def _completion_from(where: str, record: Mapping[str, Any]) -> Completion:
    """Make a completion from a record after checking its fields."""
    for key, value in record.items():
        if key not in _FIELDS:
            raise DataError(f"{where}: {key}: unknown field.{suggest(key, _FIELDS)}")
        kind = _FIELDS[key]
        is_number = kind in (int, float) and type(value) in (int, kind) and 0 <= value < inf
        if not is_number and not (kind is str and isinstance(value, str)):
            noun = "text" if kind is str else "a number of at least 0"
            raise DataError(f"{where}: {key}: expected {noun}, got {value!r}.")
    missing = {"task_id", "sample", "completion"} - record.keys()
    if missing:
        raise DataError(f"{where}: the field {min(missing)!r} is missing.")
    return Completion(**record)


def _from_lists(
    path: Path, lists: Sequence[Sequence[Any]], problems: ProblemSet
) -> list[Completion]:
    if len(lists) > len(problems):
        raise DataError(
            f"{path}: {len(lists)} lists for {len(problems)} problems of "
            f"{problems.name}/{problems.split}. Pass the --split that they were generated for"
        )
    completions = []
    for index, (problem, programs) in enumerate(zip(problems, lists, strict=False)):
        for sample, program in enumerate(programs):
            if not isinstance(program, str):
                raise DataError(f"{path}[{index}][{sample}]: expected text, got {program!r}.")
            completions.append(
                Completion(task_id=problem.task_id, sample=sample, completion=program)
            )
    return completions
