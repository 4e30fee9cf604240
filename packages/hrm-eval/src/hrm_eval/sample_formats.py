"""The files that harnesses write: where each has its task ids and its answers.

Not covered: answers as chat messages, and formats without task ids whose order is not that of the
dataset.
"""

import reprlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from hrm_core.errors import DataError, UsageError, beginning, short_listing
from hrm_core.json_lines import check_object, read_json_items
from hrm_datasets import ProblemSet

# Fields that may hold the answer, or a list of answers.
_ANSWER_FIELDS = (
    "solution", "completion", "generation", "output", "response", "prediction",
    "solutions", "completions", "generations", "outputs", "responses", "predictions", "samples",
)  # fmt: skip
_PROGRAM_FIELDS = ("solution", "solutions")

# A line with all of these was written by a run, and its `completion` is a whole program.
RUN_FIELDS = frozenset(
    {"task_id", "sample", "completion", "text", "prompt", "num_tokens", "finish_reason", "seconds"}
)
# What such a line keeps when it is judged; earlier runs wrote no tokens of prompts.
COPIED_FIELDS = RUN_FIELDS | {"num_prompt_tokens"}


@dataclass(frozen=True, kw_only=True)
class FileAnswer:
    """One answer as a file has it.

    Attributes:
        where: Its place, for messages.
        task_id: The problem, in any spelling.
        text: The answer; None if the file has a null.
        number: Number of the sample, if the file has one.
        is_program: Whether the format has whole programs, which never continue a stub.
        record: The line of a run; empty in other formats.
    """

    where: str
    task_id: str | int
    text: str | None
    number: int | None = None
    is_program: bool = False
    record: Mapping[str, Any] = field(default_factory=dict)


def read_folder(path: Path) -> Iterator[FileAnswer]:
    """Yield the programs of a folder that EvalPlus has written.

    Raises:
        DataError: If it has no programs, or one of them is not text.
    """
    folders = [entry for entry in sorted(path.iterdir()) if entry.is_dir()]
    files = [file for folder in folders for file in sorted(folder.glob("*.py"), key=_natural)]
    if not files:
        entries = reprlib.repr(sorted(entry.name for entry in path.iterdir()))
        raise DataError(
            f"{path}: expected a file of answers, or a folder with programs such as "
            f"HumanEval_0/0.py, got a folder with {entries}. Pass one of its files"
        )
    for file in files:
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"{file}: cannot be read: {error}") from error
        yield FileAnswer(
            where=str(file),
            task_id=file.parent.name,
            text=text,
            number=int(file.stem) if file.stem.isdecimal() else None,
            is_program=True,
        )


def _natural(file: Path) -> tuple[int, str]:
    return len(file.stem), file.stem


class FileReader:
    """Reads one file of answers, and keeps what users should know about it.

    Args:
        problems: The problems that it answers.
        selected_by: See `read_samples`.
    """

    def __init__(self, problems: ProblemSet, *, selected_by: Sequence[str]) -> None:
        self._problems, self._flags = problems, ", ".join(selected_by)
        self._filter: str | None = None
        self._num_filtered = 0
        self._seen: set[str] = set()
        self._ignored: dict[str, str] = {}

    def read(self, path: Path) -> Iterator[FileAnswer]:
        """Yield the answers of a file."""
        yield from self._from_items(str(path), list(read_json_items(path)))

    def read_values(
        self, where: str, values: Sequence[Any] | Mapping[Any, Any]
    ) -> Iterator[FileAnswer]:
        """Yield the answers of values in memory that have the form of a file."""
        if isinstance(values, Mapping):
            items = [(where, {str(key): value for key, value in values.items()})]
        else:
            items = [(f"{where}[{index}]", value) for index, value in enumerate(values)]
        yield from self._from_items(where, items)

    def _from_items(self, where: str, items: Sequence[tuple[str, Any]]) -> Iterator[FileAnswer]:
        """Yield the answers of a list, or of the lines of a file."""
        if len(items) == 1 and isinstance(items[0][1], dict) and not _has_task_id(items[0][1]):
            yield from self._from_mapping(*items[0])
        elif any(isinstance(value, dict) for _, value in items):
            for place, value in items:
                yield from self._from_record(place, check_object(place, value))
        else:
            yield from self._by_position(where, items)

    def _from_mapping(self, where: str, mapping: Mapping[str, Any]) -> Iterator[FileAnswer]:
        """Yield the answers of an object whose fields are task ids or positions.

        The object may also be the only one in a field of another object.
        """
        items = [(f"{where}: {key}", value) for key, value in mapping.items()]
        is_known = [self._knows(key) for key in mapping]
        positions = [str(position) for position in range(len(mapping))]
        inner = [item for item in items if isinstance(item[1], list | dict)]
        # EvalPlus writes its scores beside the results.
        inner = [item for item in inner if item[0] == f"{where}: eval"] or inner
        if mapping and list(mapping) == positions and not all(is_known):
            yield from self._by_position(where, items)
        elif any(is_known):
            for key, (place, value) in zip(mapping, items, strict=True):
                for there, text, is_program in _answers(place, value):
                    yield FileAnswer(where=there, task_id=key, text=text, is_program=is_program)
        elif len(inner) == 1:
            place, value = inner[0]
            if isinstance(value, list):
                inner = [(f"{place}[{index}]", item) for index, item in enumerate(value)]
            yield from self._from_items(place, inner)
        else:
            raise DataError(
                f"{where}: expected a task id in the field 'task_id', or task ids of "
                f"{self._problems.name}/{self._problems.split} as fields, got the fields "
                f"{short_listing(mapping)}."
            )

    def _by_position(self, where: str, items: Sequence[tuple[str, Any]]) -> Iterator[FileAnswer]:
        """Yield the answers of a list with one item for each problem, in order."""
        problems = self._problems
        if self._flags:
            raise UsageError(
                f"{self._flags}: {where} has its answers in the order of the dataset, so all "
                f"problems are needed. Leave {self._flags} out"
            )
        if problems.num_not_covered:
            raise DataError(
                f"{where}: has its answers in the order of the dataset, but "
                f"{problems.num_not_covered} of its rows are left out, so nothing tells which "
                "answers are theirs. Put the id of each problem into a field 'task_id'"
            )
        if len(items) > len(problems):
            raise DataError(
                f"{where}: {len(items)} items for {len(problems)} problems of {problems.name}/"
                f"{problems.split}. Pass the --split that they were generated for"
            )
        for problem, (place, value) in zip(problems, items, strict=False):
            if value is None:
                continue
            for inner, text, is_program in _answers(place, value):
                yield FileAnswer(
                    where=inner, task_id=problem.task_id, text=text, is_program=is_program
                )

    def _from_record(self, where: str, record: Mapping[str, Any]) -> Iterator[FileAnswer]:
        """Yield the answers of an object with a task id."""
        if isinstance(record.get("doc"), dict) and {"filtered_resps", "resps"} & record.keys():
            yield from self._from_log(where, record)
            return
        task_id = _task_id(where, record)
        name = self._answer_field(where, task_id, record)
        self._note_similar_fields(where, record)
        is_ours = record.keys() >= RUN_FIELDS
        number = None if isinstance(record[name], list) else self._number(where, record)
        for place, text, is_program in _answers(f"{where}: {name}", record[name]):
            yield FileAnswer(
                where=where if place == f"{where}: {name}" else place,
                task_id=task_id,
                text=text,
                number=number,
                is_program=is_program or is_ours or name in _PROGRAM_FIELDS,
                record=record if is_ours else {},
            )

    def _answer_field(self, where: str, task_id: str | int, record: Mapping[str, Any]) -> str:
        """Return the name of the field that holds the answer.

        Raises:
            DataError: If there is none, or there are several that differ.
        """
        present = [name for name in _ANSWER_FIELDS if name in record]
        if not present:
            raise DataError(
                f"{where}: no answer, {_missing('completion', record)}. Put the program into the "
                "field 'completion' or 'solution'"
            )
        names = [name for name in present if isinstance(record[name], str | list)] or present
        if len(names) > 1:
            # Rows of a dataset to which answers were added still have their reference solution.
            problem = self._problems.get(task_id)
            is_row = problem is not None and record.get("solution") == problem.reference
            names = [name for name in names if name != "solution" or not is_row]
        if names != ["solution", "completion"] and any(
            record[name] != record[names[0]] for name in names
        ):
            raise DataError(
                f"{where}: expected one answer, got different ones in the fields "
                f"{', '.join(names)}. Remove all but one"
            )
        return names[0]

    def _from_log(self, where: str, record: Mapping[str, Any]) -> Iterator[FileAnswer]:
        """Yield the answers of a logged sample of lm-evaluation-harness.

        It logs a sample once for each of its filters; the first filter counts.
        """
        chosen = str(record.get("filter"))
        self._filter = self._filter or chosen
        if chosen != self._filter:
            self._num_filtered += 1
            return
        task_id = _task_id(f"{where}: doc", record["doc"])
        answers = record.get("filtered_resps", record.get("resps"))
        for place, text, is_program in _answers(where, answers):
            yield FileAnswer(where=place, task_id=task_id, text=text, is_program=is_program)

    def _number(self, where: str, record: Mapping[str, Any]) -> int | None:
        """Return the number of the sample, or None if the record has none."""
        value = record.get("sample")
        if isinstance(value, str) and value.isdecimal():
            return int(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1:
            if value < 0:
                raise DataError(f"{where}: sample: expected a number of at least 0, got {value!r}.")
            return int(value)
        if value is not None:
            self._ignored.setdefault(
                "sample",
                f"{where}: sample: no number ({beginning(value)}), so the answers are numbered in "
                "the order of the file.",
            )
        return None

    def _note_similar_fields(self, where: str, record: Mapping[str, Any]) -> None:
        """Note fields that are ignored and look like misspelled ones."""
        missing = {"task_id", "completion", "solution", "sample"} - record.keys()
        new = record.keys() - self._seen - set(_ANSWER_FIELDS)
        self._seen |= new
        for name in sorted(new):
            for similar in get_close_matches(name, missing, n=1, cutoff=0.8):
                self._ignored[name] = (
                    f"{where}: the field {name!r} is ignored. Did you mean {similar!r}?"
                )

    def notes(self, where: str) -> Iterator[str]:
        """Yield what users should know about the file, after all answers were read."""
        yield from self._ignored.values()
        if self._num_filtered:
            yield (
                f"{where}: {self._num_filtered} lines are left out, because only those of the "
                f"filter {self._filter!r} count."
            )

    def _knows(self, task_id: str) -> bool:
        return self._problems.get(task_id) is not None


def _has_task_id(record: Mapping[str, Any]) -> bool:
    return bool({"task_id", "_identifier", "doc"} & record.keys())


def _task_id(where: str, record: Mapping[str, Any]) -> str | int:
    """Return the task id of a record, which EvalPlus may have put into `_identifier` only."""
    value = record.get("task_id")
    identifier = record.get("_identifier")
    if value is None and isinstance(identifier, str):
        # "HumanEval/0 (line 1 in samples.jsonl)", or the path "samples/HumanEval_0/0.py".
        is_path = identifier.endswith(".py")
        value = Path(identifier).parent.name if is_path else identifier.partition(" (line ")[0]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        what = f"got {beginning(value)}" if "task_id" in record else _missing("task_id", record)
        raise DataError(f"{where}: task_id: expected text or a number, {what}.")
    return value


def _missing(name: str, record: Mapping[str, Any]) -> str:
    similar = get_close_matches(name, record, n=1, cutoff=0.6)
    hint = f"; {similar[0]!r} should be {name!r}" if similar else ""
    return f"got the fields {short_listing(record)}{hint}"


def _answers(where: str, value: Any) -> Iterator[tuple[str, str | None, bool]]:
    """Yield the place and text of each answer in a value, and whether it must be a program.

    The value is a text, a null, an object with an answer, or a list of these, also nested.
    """
    if value is None or isinstance(value, str):
        yield where, value, False
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _answers(f"{where}[{index}]", item)
    elif isinstance(value, dict) and (names := [n for n in _ANSWER_FIELDS if n in value]):
        for place, text, is_program in _answers(f"{where}: {names[0]}", value[names[0]]):
            yield place, text, is_program or names[0] in _PROGRAM_FIELDS
    else:
        raise DataError(f"{where}: expected text, got {beginning(value)}.")
