"""Judgements: completions with their verdicts, the lines of `verdicts.jsonl`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hrm_core.errors import DataError
from hrm_core.json_lines import read_json_lines
from hrm_eval.sandbox import Status, Verdict


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The verdict on one completion.

    Attributes:
        task_id: The problem, such as `mbpp/11`.
        sample: Number of the answer, from 0.
        program_sha256: Hash of the program that was judged.
        verdict: The verdict of the sandbox.
    """

    task_id: str
    sample: int
    program_sha256: str
    verdict: Verdict

    @property
    def key(self) -> tuple[str, int]:
        """Task and sample, which identify the completion."""
        return self.task_id, self.sample

    def to_record(self) -> dict[str, Any]:
        """Return the line of `verdicts.jsonl`."""
        return {
            "task_id": self.task_id,
            "sample": self.sample,
            "program_sha256": self.program_sha256,
            **asdict(self.verdict),
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Judgement":
        """Make a judgement from a line of `verdicts.jsonl`.

        Raises:
            KeyError, TypeError, ValueError: If the line was not written by `to_record`.
        """
        values = dict(record)
        identity = {key: values.pop(key) for key in ("task_id", "sample", "program_sha256")}
        values["status"] = Status(values["status"])
        values["tests"] = tuple(Status(status) for status in values["tests"])
        return cls(**identity, verdict=Verdict(**values))


def read_judgements(path: Path) -> list[Judgement]:
    """Read a `verdicts.jsonl`; an incomplete last line is skipped.

    Raises:
        DataError: If the file was not written by a run.
    """
    if not path.exists():
        return []
    judgements = []
    for where, record in read_json_lines(path, allow_cut=True):
        try:
            judgements.append(Judgement.from_record(record))
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(f"{where}: not a verdict of a run: {error}") from error
    return judgements
