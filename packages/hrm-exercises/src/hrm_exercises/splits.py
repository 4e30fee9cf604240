"""Which problems belong to which split, and how a problem is found from its number.

Families are held out by a hash of their name, and compositions by a hash of their steps: `test`
draws from them alone, and the other splits never do. `train` and `validation` draw from the same
families; a hash of the problem decides which of the two it belongs to.

Not covered: one task in two families, and the same problem in other words.
"""

import itertools
import math
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Literal

from hrm_core.errors import DataError
from hrm_datasets import Problem
from hrm_datasets.overlap import Shared
from hrm_exercises.benchmarks import find_overlap
from hrm_exercises.chooser import Chooser
from hrm_exercises.compositions import draw_composition
from hrm_exercises.drawing import Drawn, TooFewTestsError, draw, draw_composed
from hrm_exercises.families import load_families
from hrm_exercises.family import Family

SplitName = Literal["train", "validation", "test"]

# One family and one composition of 10 is held out; one variant of 50 is for validation.
_HELD_OUT = 10
_VALIDATION = 50

_COMPOSED_SHARE = 0.2
_MAX_ATTEMPTS = 1000
_NUM_CANDIDATES = 3
_SEED_STEP = 1_000_000_007


def is_held_out(name: str) -> bool:
    """Return whether a family, or a composition with this label, is only for the test split."""
    return zlib.crc32(name.encode()) % _HELD_OUT == 0


def is_for_validation(drawn: Drawn) -> bool:
    """Return whether a problem is one that training never draws, because validation may."""
    variant = zlib.crc32(f"{drawn.problem.text}\n{drawn.source}".encode())
    return variant % _VALIDATION == 0


def draw_problem(split: SplitName, seed: int, index: int) -> Drawn:
    """Draw a problem; the same arguments give the same problem on every machine.

    What belongs to another split, coincides with a benchmark, or expects the same value in all of
    its tests is drawn again.

    Args:
        split: The split.
        seed: Seed of the stream of problems.
        index: Number of the problem in the stream, from 0 on.

    Raises:
        FamilyError: If a family is at fault.
    """
    return next(drawn for drawn, shared in attempts(split, seed, index) if shared is None)


def attempts(split: SplitName, seed: int, index: int) -> Iterator[tuple[Drawn, Shared | None]]:
    """Yield the candidates for a problem, each with what it shares with a benchmark.

    The first that shares nothing is the problem; see `draw_problem`.
    """
    task_id = f"exercises/{split}-{seed}-{index}"
    return candidates(
        f"{split}/{seed}/{index}",
        lambda choose: _draw(split, choose, task_id),
        lambda drawn: belongs(drawn, split),
        task_id,
    )


def candidates(
    seed: str,
    draw_one: Callable[[Chooser], Drawn],
    is_wanted: Callable[[Drawn], bool],
    task_id: str,
) -> Iterator[tuple[Drawn, Shared | None]]:
    """Yield drawn problems that belong to a split, each with what it shares with a benchmark.

    Args:
        seed: Seed of the draws.
        draw_one: Draws a problem.
        is_wanted: Says whether a problem belongs to the split.
        task_id: Id of the problem, for messages.

    Raises:
        DataError: If none is found in 1,000 draws.
        FamilyError: If a family is at fault.
    """
    for attempt in range(_MAX_ATTEMPTS):
        try:
            drawn = draw_one(Chooser(f"{seed}/{attempt}"))
        except TooFewTestsError:
            continue
        if is_wanted(drawn):
            yield drawn, find_overlap(drawn)
    raise DataError(f"{task_id}: no problem found in {_MAX_ATTEMPTS} draws")


def stream(seed: int, start: int = 0, easy_first: int | None = None) -> Iterator[Problem]:
    """Yield training problems without end.

    Args:
        seed: Seed of the stream.
        start: Number of the first problem.
        easy_first: Number of problems over which the difficulty rises; after them, and with None,
            all difficulties are as likely. Of three candidates, the easiest is likely at first and
            the hardest in the end; over all of these problems, each is as likely.
    """
    for index in itertools.count(start):
        if easy_first is None or index >= easy_first:
            yield draw_problem("train", seed, index).problem
        else:
            yield _draw_by_difficulty(seed, index, index / easy_first).problem


def _draw_by_difficulty(seed: int, index: int, progress: float) -> Drawn:
    seeds = [seed + number * _SEED_STEP for number in range(_NUM_CANDIDATES)]
    candidates = [draw_problem("train", one, index) for one in seeds]
    candidates.sort(key=lambda drawn: drawn.difficulty)
    rank = Chooser(f"rank/{seed}/{index}").one_of(_ranks(progress))
    return candidates[rank]


def _ranks(progress: float) -> Sequence[int]:
    """Return ranks of which one is chosen; their shares depend on the progress from 0 to 1."""
    if progress < 1 / 3:
        return (0, 0, 0, 1)
    return (0, 1, 1, 2) if progress < 2 / 3 else (1, 2, 2, 2)


def _draw(split: SplitName, choose: Chooser, task_id: str) -> Drawn:
    if choose.chance(_COMPOSED_SHARE):
        return draw_composed(choose, draw_composition(choose), task_id)
    families, weights = _families(split == "test")
    family = families[choose.weighted(weights)]
    return draw(family, choose.integer(0, len(family.tasks) - 1), choose, task_id)


@cache
def _families(held_out: bool) -> tuple[Sequence[Family], Sequence[float]]:  # noqa: FBT001
    """Return the families of a split, and the running sums of their weights.

    A family with more tasks is drawn more often, by the square root of their number.
    """
    families = [f for f in load_families().values() if is_held_out(f.name) == held_out]
    weights = itertools.accumulate(math.sqrt(len(family.tasks)) for family in families)
    return families, list(weights)


def belongs(drawn: Drawn, split: SplitName) -> bool:
    """Return whether a problem may be drawn for a split, and not only for another one."""
    if drawn.num_results < 2:
        return False
    if drawn.family == "compositions" and is_held_out(drawn.task) != (split == "test"):
        return False
    return split == "test" or is_for_validation(drawn) == (split == "validation")
