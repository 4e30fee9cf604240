"""Completions: the programs to judge, as a run writes them."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from math import inf
from pathlib import Path
from typing import Any

from hrm_core.errors import DataError, beginning, suggest
from hrm_core.json_lines import read_json_lines


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
        finish_reason: A value of `FinishReason`; empty if unknown.
        seconds: Wall time of the generation; see `Generation.seconds`.
        num_prompt_tokens: Number of tokens of the prompt; 0 if unknown.
    """

    task_id: str
    sample: int
    completion: str
    text: str = ""
    prompt: str = ""
    num_tokens: int = 0
    finish_reason: str = ""
    seconds: float = 0.0
    num_prompt_tokens: int = 0

    @property
    def key(self) -> tuple[str, int]:
        """Task and sample, which identify the completion."""
        return self.task_id, self.sample

    @property
    def known_num_tokens(self) -> int | None:
        """Number of tokens generated; None for a scored answer, or if the server does not count."""
        is_known = self.known_seconds is not None and (self.num_tokens > 0 or not self.text)
        return self.num_tokens if is_known else None

    @property
    def known_seconds(self) -> float | None:
        """Wall time of the generation; None for a scored answer."""
        return self.seconds if self.finish_reason else None

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
    "num_prompt_tokens": int,
}


def read_own(path: Path) -> list[Completion]:
    """Read the `completions.jsonl` of a run folder; an incomplete last line is skipped.

    Raises:
        DataError: If the file was not written by a run.
    """
    if not path.exists():
        return []
    lines = read_json_lines(path, allow_cut=True)
    # All samples of a problem share one prompt.
    prompts: dict[str, str] = {}
    return check_unique(
        (where, completion_from(where, _sharing_prompt(record, prompts))) for where, record in lines
    )


def _sharing_prompt(record: dict[str, Any], prompts: dict[str, str]) -> dict[str, Any]:
    prompt = record.get("prompt")
    if isinstance(prompt, str):
        record["prompt"] = prompts.setdefault(prompt, prompt)
    return record


def check_unique(located: Iterable[tuple[str, Completion]]) -> list[Completion]:
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


def completion_from(where: str, record: Mapping[str, Any]) -> Completion:
    """Make a completion from a line of `completions.jsonl`.

    Raises:
        DataError: If a field is missing, unknown or of another type.
    """
    for key, value in record.items():
        if key not in _FIELDS:
            raise DataError(f"{where}: {key}: unknown field.{suggest(key, _FIELDS)}")
        kind = _FIELDS[key]
        is_number = kind in (int, float) and type(value) in (int, kind) and 0 <= value < inf
        if not is_number and not (kind is str and isinstance(value, str)):
            noun = "text" if kind is str else "a number of at least 0"
            raise DataError(f"{where}: {key}: expected {noun}, got {beginning(value)}.")
    missing = {"task_id", "sample", "completion"} - record.keys()
    if missing:
        raise DataError(f"{where}: the field {min(missing)!r} is missing.")
    return Completion(**record)
