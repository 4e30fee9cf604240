"""Training examples: prompts and responses from problems with solutions, and from files.

Not covered: images, conversations of several turns, and tool calls.
"""

import glob
import gzip
import heapq
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

from hrm_core.errors import ConfigError, DataError, UsageError
from hrm_core.json_lines import check_object, read_json_items
from hrm_datasets import Problem
from hrm_datasets.prompts import render_prompt
from hrm_train.prompt_forms import in_some_form
from hrm_train.splits import count_problems, load_split
from hrm_train.train_config import DataConfig, ProblemsConfig, SplitConfig

_JSON_SUFFIXES = (".jsonl", ".jsonlines", ".ndjson", ".json")
_TABLE_SUFFIXES = (".csv", ".tsv", ".parquet", ".arrow", ".feather", ".xlsx")
_PACKED_SUFFIXES = (".zip", ".zst", ".xz", ".bz2", ".lz4", ".7z", ".tar", ".tgz")
_PROMPT_FIELDS = ("prompt", "instruction")
# Fields in which other formats have the response.
_RESPONSE_FIELDS = (
    "completion", "code", "solution", "canonical_solution", "answer", "output", "target",
)  # fmt: skip

# A field whose name has a word of the first kind may belong to the prompt, unless its name ends
# with a word of the second kind, as in `prompt_id`.
_PROMPT_WORD = re.compile(
    "(article|audio|background|chat|context|conversation|demonstration|dialog|dialogue|document"
    "|evidence|example|hint|history|image|input|instruction|knowledge|memory|message|paragraph"
    "|passage|persona|prefix|premise|problem|prompt|query|question|request|schema|shot|starter"
    "|story|stub|system|text|tool|turn|video)s?"
)
_METADATA_WORD = re.compile(
    "(author|category|count|date|dataset|difficulty|file|format|hash|id|idx|index|kind|label|lang"
    "|language|len|length|level|license|link|md|model|name|num|path|rating|score|sha|source|split"
    "|style|time|token|topic|type|url|version)s?"
)


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


def problem_examples(config: SplitConfig, data: DataConfig, epoch: int = 0) -> Iterator[Example]:
    """Yield the problems of a split with their reference solutions.

    Args:
        config: The dataset and its split.
        data: The prompt style, and the shares of other forms.
        epoch: Number of the epoch, which selects the problems of a split without end.

    Raises:
        DataError: If the rows are missing or corrupt, or a problem has no solution.
        UsageError: If the dataset or the split does not exist.

    Examples:
        >>> train = SplitConfig(name="mbpp", split="train")
        >>> next(problem_examples(train, DataConfig())).name
        'mbpp/601'
    """
    return (_solved(problem, data) for problem in load_split(config, epoch))


def _solved(problem: Problem, data: DataConfig) -> Example:
    if not problem.reference.strip():
        raise DataError(f"{problem.task_id}: the dataset has no solution to train on.")
    response = problem.reference.replace("\r\n", "\n").strip()
    prompt = render_prompt(in_some_form(problem, data), data.prompt)
    return Example(problem.task_id, prompt, response)


def read_examples(config: DataConfig, epoch: int = 0) -> Iterator[Example]:
    """Yield all training examples of an epoch: those of the problems first, then those of files.

    Streamed data are mixed: each source has its share of the examples in every part of the epoch,
    so that a run of less than an epoch is trained on all sources.

    Raises:
        DataError: If a file or a line cannot be read, or there are no examples.
        ConfigError: If a dataset or its split does not exist, or a setting does not fit it.
    """
    files = named_files(config.files, config)
    sources = [
        _named_problems(f"training.data.problems.{number}", problems, config, epoch)
        for number, problems in enumerate(config.problems)
    ]
    sources += [read_file(path, name) for path, name in files]
    if config.streaming and len(sources) > 1:
        sizes = [count_problems(problems) for problems in config.problems]
        sizes += [sum(1 for _ in read_file(path, name)) for path, name in files]
        examples = mix(sources, sizes)
    else:
        examples = chain.from_iterable(sources)
    count = 0
    for example in examples:
        count += 1
        yield example
    if not count:
        raise DataError(
            "training.data: there is no training data. Name a split under training.data.problems "
            "or a file under training.data.files"
        )


def _named_problems(
    where: str, problems: ProblemsConfig, config: DataConfig, epoch: int
) -> Iterator[Example]:
    """Return `problem_examples`, with the config key of the problems in errors."""
    try:
        return problem_examples(problems, config, epoch)
    except UsageError as error:
        raise ConfigError(f"{where}: {error}") from error


def mix(sources: Sequence[Iterable[Example]], sizes: Sequence[int]) -> Iterator[Example]:
    """Yield the examples of several sources, those of each evenly spread.

    Args:
        sources: The sources.
        sizes: Number of examples of each.

    Examples:
        >>> [example.name for example in mix([[a1, a2, a3, a4], [b1, b2]], [4, 2])]
        ["a1", "b1", "a2", "a3", "b2", "a4"]
    """
    placed = (_placed(source, size) for source, size in zip(sources, sizes, strict=True))
    return (example for _, example in heapq.merge(*placed, key=itemgetter(0)))


def _placed(source: Iterable[Example], size: int) -> Iterator[tuple[float, Example]]:
    """Yield examples with their places between 0 and 1."""
    return (((number + 0.5) / size, example) for number, example in enumerate(source))


def named_files(files: Iterable[str], config: DataConfig) -> list[tuple[Path, str]]:
    """Return files with their names in messages: without folders, if that tells them apart.

    Args:
        files: Some of the files of the config.
        config: Names all files.
    """
    paths = {Path(name).expanduser() for name in (*config.files, *config.validation_files)}
    counts = Counter(path.name for path in paths)
    chosen = [Path(name).expanduser() for name in files]
    return [(path, path.name if counts[path.name] == 1 else str(path)) for path in chosen]


def read_file(path: Path, name: str | None = None) -> Iterator[Example]:
    """Yield the examples of a file; see `DataConfig.files` for the formats.

    Args:
        path: JSON Lines if its name says so or if its first line is a JSON object; a .json file may
            also be one list of the same objects. Any other file is plain text and becomes one
            example. A file whose name ends in .gz is unpacked.
        name: Name of the file in messages. Default: its name without folders.

    Raises:
        DataError: If the file cannot be read, or a line lacks its fields or has fields that are not
            read but seem to belong to the prompt.
    """
    check_file(path, "training.data")
    name = path.name if name is None else name
    rows = _read_rows(path, name)
    if rows is None:
        yield Example(name, "", _read_text(path))
        return
    count = 0
    for where, row in rows:
        count += 1
        yield _row_example(where, row)
    if not count:
        raise _empty(path)


def check_file(path: Path, where: str) -> None:
    """Check that a file exists.

    Args:
        path: The file.
        where: Config key of the file.

    Raises:
        DataError: If it does not, or is a folder.
    """
    if not path.is_file():
        what = f"{path} is a folder. List its files" if path.is_dir() else _missing(path)
        raise DataError(f"{where}: {what}")


def _read_rows(path: Path, name: str) -> Iterator[tuple[str, Mapping[str, Any]]] | None:
    """Return the JSON objects of a file with their names, or None for plain text."""
    inner = path.name.lower().removesuffix(".gz")
    if inner.endswith(_TABLE_SUFFIXES):
        raise DataError(f"{path}: tables are not supported. Write JSON Lines to a .jsonl file")
    if inner.endswith(_PACKED_SUFFIXES):
        raise DataError(f"{path}: of packed files, only .gz is supported. Unpack it")
    first = _first_line(path)
    if not first:
        raise _empty(path)
    if inner.endswith(".json") and first.startswith("["):
        return _read_list(path, name)
    if inner.endswith(_JSON_SUFFIXES) or _is_object(first):
        return _read_objects(path, name)
    return None


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _empty(path: Path) -> DataError:
    return DataError(f"{path}: the file is empty. Remove it from the config")


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(f"{path}: cut or damaged: {error}. Copy or download it again") from error
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error


def _missing(path: Path) -> str:
    where = "" if path.is_absolute() else f" in the working folder, {Path.cwd()}"
    return f"no such file: {path}{where}"


def _first_line(path: Path) -> str:
    """Return the first line that is not blank, stripped; empty if there is none."""
    is_packed = path.name.lower().endswith(".gz")
    with (
        _reading(path),
        gzip.open(path) if is_packed else path.open("rb") as file,
    ):
        lines = (line.decode("utf-8-sig", "replace").strip() for line in file)
        return next((line for line in lines if line), "")


def _read_text(path: Path) -> str:
    with _reading(path):
        data = path.read_bytes()
        if path.name.lower().endswith(".gz"):
            data = gzip.decompress(data)
        return data.decode("utf-8-sig")


def _read_list(path: Path, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the objects of a JSON list, with their names."""
    for index, (_, value) in enumerate(read_json_items(path)):
        where = f"{name}[{index}]"
        yield where, check_object(where, value)


def _read_objects(path: Path, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the objects of JSON Lines, with their names."""
    for number, line in _read_lines(path):
        where = f"{name}:{number}"
        yield where, _parse(where, line.removeprefix("\ufeff"))


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
    datasets.disable_progress_bars()
    # `load_dataset` would report its use to the hub. Without streaming, a file that changed but
    # kept its date would be read from a cache.
    with _reading(path):
        rows = datasets.Dataset.from_text(glob.escape(str(path)), streaming=True)
        for number, row in enumerate(rows, start=1):
            if row["text"].strip():
                yield number, row["text"]


def _row_example(name: str, row: Mapping[str, Any]) -> Example:
    key = next((key for key in _PROMPT_FIELDS if row.get(key) is not None), None)
    read = [key, "response"] if key else ["response"]
    prompt, response = row.get(key or ""), row.get("response")
    if prompt is None and response is None:
        prompt, response, read = "", row.get("text"), ["text"]
    if not isinstance(prompt, str) or not isinstance(response, str) or not response.strip():
        raise DataError(
            f"{name}: expected non-empty texts: 'prompt' (or 'instruction') and 'response', or "
            f"'text' alone, got {_describe(row)}."
        )
    answers = [key for key in _RESPONSE_FIELDS if row.get(key)]
    if answers and read == ["text"]:
        raise DataError(
            f"{name}: {answers[0]!r} seems to be the response, but of a row with 'text' only that "
            "is read. Rename the fields to 'prompt' and 'response', or read the problems of a "
            "dataset with training.data.problems"
        )
    unread = [key for key in row if key not in read and _seems_prompt(key, row[key])]
    if unread:
        raise DataError(
            f"{name}: {unread[0]!r} seems to belong to the prompt, but only {' and '.join(read)} "
            "are read. Write the whole prompt into 'prompt', and remove or rename the other field"
        )
    return Example(name, prompt, response)


def _seems_prompt(key: str, value: Any) -> bool:
    """Return whether a field of a row may be a part of the prompt, by its name and its content."""
    if not isinstance(value, str | list | dict) or not value:
        return False
    words = re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).lower())
    return any(map(_PROMPT_WORD.fullmatch, words)) and not _METADATA_WORD.fullmatch(words[-1])


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
