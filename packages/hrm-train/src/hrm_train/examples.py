"""Training examples: prompts and responses from problems with solutions, and from files.

Not covered: images, conversations of several turns, and tool calls.
"""

import glob
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrm_core.errors import DataError
from hrm_core.json_lines import check_object, read_json_items
from hrm_datasets import Problem, load_problems
from hrm_datasets.prompts import render_prompt
from hrm_train.train_config import DataConfig, ProblemsConfig

_JSON_SUFFIXES = (".jsonl", ".json", ".jsonl.gz")
_TABLE_SUFFIXES = (".csv", ".tsv", ".ndjson", ".parquet", ".arrow")
_PROMPT_FIELDS = ("prompt", "instruction")


@dataclass(frozen=True)
class Example:
    """One training example.

    Attributes:
        name: Its task id or its file and line, such as `mbpp/601` or `notes.jsonl:3`.
        prompt: The text that is read but not trained on; empty for plain text.
        response: The text that is trained on.
    """

    name: str
    prompt: str
    response: str

    @property
    def text(self) -> str:
        """Prompt and response."""
        return f"{self.prompt}\n{self.response}"


def problem_examples(config: ProblemsConfig, prompt: str) -> list[Example]:
    """Return the problems of a split with their reference solutions.

    Args:
        config: The dataset and its split.
        prompt: Name of the prompt style.

    Raises:
        DataError: If the rows are missing or corrupt, or a problem has no solution.
        UsageError: If the dataset or the split does not exist.

    Examples:
        >>> train = ProblemsConfig(name="mbpp", split="train")
        >>> problem_examples(train, "instruct")[0].name
        'mbpp/601'
    """
    return [_solved(problem, prompt) for problem in load_split(config)]


def load_split(config: ProblemsConfig) -> Iterable[Problem]:
    """Return the problems of a split."""
    source = Path(config.source).expanduser() if config.source else None
    return load_problems(config.name, split=config.split, source=source)


def _solved(problem: Problem, prompt: str) -> Example:
    if not problem.reference.strip():
        raise DataError(f"{problem.task_id}: the dataset has no solution to train on.")
    response = problem.reference.replace("\r\n", "\n").strip()
    return Example(problem.task_id, render_prompt(problem, prompt), response)


def read_examples(config: DataConfig) -> Iterator[Example]:
    """Yield all training examples in order: problems first, then files.

    Raises:
        DataError: If a file or a line cannot be read, or there are no examples.
    """
    count = 0
    for problems in config.problems:
        for example in problem_examples(problems, config.prompt):
            count += 1
            yield example
    for name in config.files:
        for example in read_file(Path(name).expanduser()):
            count += 1
            yield example
    if not count:
        raise DataError(
            "training.data: there is no training data. Name a split under training.data.problems "
            "or a file under training.data.files"
        )


def read_file(path: Path) -> Iterator[Example]:
    """Yield the examples of a file; see `DataConfig.files` for the formats.

    Args:
        path: JSON Lines if it ends in .jsonl, .json or .jsonl.gz; a .json file may also be one list
            of the same objects. Any other file is plain text and becomes one example.

    Raises:
        DataError: If the file cannot be read, or a line lacks its fields.
    """
    if not path.is_file():
        what = f"{path} is a folder. List its files" if path.is_dir() else f"no such file: {path}"
        raise DataError(f"training.data: {what}")
    if path.name.lower().endswith(_TABLE_SUFFIXES):
        raise DataError(f"{path}: tables are not supported. Write JSON Lines to a .jsonl file")
    if not path.name.lower().endswith(_JSON_SUFFIXES):
        yield Example(path.name, "", _read_text(path))
        return
    count = 0
    for name, row in _read_list(path) if _is_list(path) else _read_objects(path):
        count += 1
        yield _row_example(name, row)
    if not count:
        raise _empty(path)


def _empty(path: Path) -> DataError:
    return DataError(f"{path}: the file is empty. Remove it from the config")


def _read_text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error
    if not text.strip():
        raise _empty(path)
    return text


def _is_list(path: Path) -> bool:
    """Return whether a file is one JSON list instead of JSON Lines."""
    if not path.name.lower().endswith(".json"):
        return False
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            first = next((line for line in file if line.strip()), "")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error}") from error
    return first.lstrip().startswith("[")


def _read_list(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the objects of a JSON list, with their names."""
    for index, (_, value) in enumerate(read_json_items(path)):
        name = f"{path.name}[{index}]"
        yield name, check_object(name, value)


def _read_objects(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the objects of JSON Lines, with their names."""
    for number, line in _read_lines(path):
        name = f"{path.name}:{number}"
        yield name, _parse(name, line.removeprefix("\ufeff"))


def _read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, with their numbers.

    They are parsed one by one: `load_dataset` reads JSON Lines as a table, which forces one type on
    each column and turns some strings into dates.
    """
    import datasets

    if "::" in str(path):
        raise DataError(
            f"{path}: the library `datasets` reads '::' as a chain of archives. Rename the file"
        )
    if not path.stat().st_size:
        return
    datasets.disable_progress_bars()
    try:
        # `load_dataset` would report its use to the hub. Without streaming, a file that changed but
        # kept its date would be read from a cache.
        rows = datasets.Dataset.from_text(glob.escape(str(path)), streaming=True)
        for number, row in enumerate(rows, start=1):
            if row["text"].strip():
                yield number, row["text"]
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error


def _row_example(name: str, row: Mapping[str, Any]) -> Example:
    prompt = next((row[key] for key in _PROMPT_FIELDS if row.get(key) is not None), None)
    response = row.get("response")
    if prompt is None and response is None:
        prompt, response = "", row.get("text")
    if not isinstance(prompt, str) or not isinstance(response, str) or not response:
        raise DataError(
            f"{name}: expected non-empty texts: 'prompt' (or 'instruction') and 'response', or "
            f"'text' alone, got {_describe(row)}."
        )
    return Example(name, prompt, response)


def _describe(row: Mapping[str, Any]) -> str:
    """Return the fields of a row with the types of their values."""
    kinds = {
        key: "empty" if value == "" else type(value).__name__ for key, value in sorted(row.items())
    }
    return ", ".join(f"{key!r} ({kind})" for key, kind in kinds.items()) or "none"


def _parse(name: str, line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{name}: not JSON: {error}. Write one object per line") from error
    if not isinstance(row, dict):
        raise DataError(
            f"{name}: expected an object, got {type(row).__name__}. Write one object per line"
        )
    return row
