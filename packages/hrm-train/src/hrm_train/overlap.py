"""Training rows that give away what is later a test: near copies, and functions of the same name.

Words are compared, not meaning: a solution that is written anew in other words is not found.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hrm_core.errors import DataError
from hrm_datasets import Problem
from hrm_train.examples import Example, load_split
from hrm_train.train_config import DataConfig, ProblemsConfig

_WORD = re.compile(r"\w+")
_FUNCTION = re.compile(r"^\s*(?:(?:async\s+)?def|class)\s+(\w+)", re.MULTILINE)
_SHOWN = 5


@dataclass(frozen=True)
class Overlap:
    """A row of the training that shares something with a test.

    Attributes:
        example: Name of the row.
        problem: Id of the problem.
        shared: What they share: some words in a row, or a function's name.
    """

    example: str
    problem: str
    shared: str


class HeldOut:
    """The problems that no training row may overlap with."""

    def __init__(self, problems: Iterable[Problem], shared_words: int) -> None:
        """Take down what the problems consist of.

        Args:
            problems: With text, tests and reference.
            shared_words: Words in a row that are too many to share; case and signs do not count.
        """
        self._size = shared_words
        self._functions: dict[str, str] = {}
        self._passages: dict[tuple[str, ...], str] = {}
        for problem in problems:
            self._functions.setdefault(problem.entry_point, problem.task_id)
            for text in (problem.text, problem.reference, *problem.tests.texts):
                for passage in self._cut(text):
                    self._passages.setdefault(passage, problem.task_id)

    def find(self, example: Example) -> Overlap | None:
        """Return what a row shares with a problem, or None."""
        for name in _FUNCTION.findall(example.text):
            if name in self._functions:
                return Overlap(example.name, self._functions[name], f"the function {name!r}")
        for passage in self._cut(example.text):
            if passage in self._passages:
                return Overlap(example.name, self._passages[passage], repr(" ".join(passage)))
        return None

    def _cut(self, text: str) -> Iterable[tuple[str, ...]]:
        words = _WORD.findall(text.lower())
        return (
            tuple(words[start : start + self._size]) for start in range(len(words) - self._size + 1)
        )


def held_out_splits(
    config: DataConfig, measured: Sequence[ProblemsConfig] = ()
) -> list[ProblemsConfig]:
    """Return the splits that nothing may overlap with.

    Args:
        config: Names them, or the splits that they belong to; see `DataConfig.held_out`.
        measured: Splits that Pass@1 is measured on, which are held out, too.
    """
    named = _test_splits(config) if config.held_out is None else config.held_out
    return [*named, *(split for split in measured if split not in named)]


def _test_splits(config: DataConfig) -> list[ProblemsConfig]:
    tests = {
        (problems.name, problems.source): ProblemsConfig(
            name=problems.name, split="test", source=problems.source
        )
        for problems in config.problems
    }
    return list(tests.values())


def check_overlap(
    examples: Iterable[Example],
    config: DataConfig,
    measured: Sequence[ProblemsConfig] = (),
) -> tuple[frozenset[int], list[Overlap]]:
    """Return the numbers of the rows to leave out, and what was found.

    Args:
        examples: All rows, numbered from 0 on; read once.
        config: Says what is held out, and what to do with rows that overlap.
        measured: See `held_out_splits`.

    Raises:
        DataError: If rows overlap and that is refused, or nothing is left.
    """
    splits = held_out_splits(config, measured)
    problems = [problem for split in splits for problem in _load_held_out(split)]
    held_out = HeldOut(problems, config.shared_words)
    found: dict[int, Overlap] = {}
    count = 0
    for number, example in enumerate(examples):
        count += 1
        if (overlap := held_out.find(example)) is not None:
            found[number] = overlap
    overlaps = list(found.values())
    if overlaps and config.overlap == "refuse":
        raise DataError(_refusal(overlaps, count))
    if config.overlap == "drop" and len(overlaps) == count:
        raise DataError(
            "training.data: every row overlaps with a held-out problem; nothing is left."
        )
    return frozenset(found if config.overlap == "drop" else ()), overlaps


def _load_held_out(split: ProblemsConfig) -> Iterable[Problem]:
    try:
        return load_split(split)
    except DataError as error:
        raise DataError(
            f"training.data.held_out: the split {split.split!r} of {split.name} cannot be read, so "
            f"nothing can be compared with it: {error}\nName it with its own source under "
            "training.data.held_out, or write held_out: [] to compare with nothing"
        ) from error


def _refusal(overlaps: Sequence[Overlap], count: int) -> str:
    lines = [f"  {o.example} shares {o.shared} with {o.problem}" for o in overlaps[:_SHOWN]]
    more = [f"  and {len(overlaps) - _SHOWN} more"] if len(overlaps) > _SHOWN else []
    return "\n".join(
        [
            f"training.data: {len(overlaps)} of {count} rows overlap with held-out problems:",
            *lines,
            *more,
            "Leave them out with --drop-overlap, or keep them, and no test result, with "
            "--allow-overlap",
        ]
    )
