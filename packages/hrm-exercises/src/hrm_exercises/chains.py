"""The dataset `chains`: problems that ask for several steps one after another.

They are the compositions of the exercises alone. Three splits measure a model: new problems of 2 to
4 steps, chains of 2 to 4 steps that training never draws, and longer chains.

Not covered: a step that changes no result, such as a sort before the maximum, and one chain for a
list of words and for the words of a sentence: training may draw either where `test` has the other.
"""

import itertools
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Literal

from hrm_core.errors import UsageError
from hrm_datasets import Dataset, Problem, Split, mbpp
from hrm_exercises.chooser import Chooser
from hrm_exercises.compositions import draw_composition
from hrm_exercises.drawing import Drawn, draw_composed
from hrm_exercises.splits import belongs, candidates

ChainsSplit = Literal["train", "validation", "test", "longer"]

FROZEN = Path(__file__).with_name("chains.jsonl.gz")
NUM_FROZEN = 500

# Numbers of steps before the last one.
_SHORT = (1, 1, 2, 2, 2, 3, 3, 3)
_LONG = (4, 5)
_MAX_SHORT = 4


def num_steps(task: str) -> int:
    """Return the number of steps in the label of a composition, with the last one."""
    return task.count(",") + 1


def draw_chain(split: ChainsSplit, seed: int, index: int) -> Drawn:
    """Draw a problem; the same arguments give the same problem on every machine.

    Args:
        split: The split.
        seed: Seed of the stream of problems.
        index: Number of the problem in the stream, from 0 on.
    """
    task_id = f"chains/{split}-{seed}-{index}"
    found = candidates(task_id, partial(_draw, split, task_id), partial(_belongs, split), task_id)
    return next(drawn for drawn, shared in found if shared is None)


def _draw(split: ChainsSplit, task_id: str, choose: Chooser) -> Drawn:
    composition = draw_composition(choose, _LONG if split == "longer" else _SHORT)
    return draw_composed(choose, composition, task_id)


def _belongs(split: ChainsSplit, drawn: Drawn) -> bool:
    if split == "longer":
        return drawn.num_results >= 2 and num_steps(drawn.task) > _MAX_SHORT
    return belongs(drawn, split)


def stream(seed: int, start: int = 0, easy_first: int | None = None) -> Iterator[Problem]:
    """Yield training problems without end; see `hrm_datasets.Stream`.

    Raises:
        UsageError: If the easy ones are asked for first.
    """
    if easy_first is not None:
        raise UsageError("easy_first: the dataset 'chains' has no such order. Leave it out")
    return (draw_chain("train", seed, index).problem for index in itertools.count(start))


CHAINS = Dataset(
    name="chains",
    to_problem=partial(mbpp.to_problem, name="chains"),
    splits={
        "train": Split(stream=stream),
        "validation": Split(ids=range(NUM_FROZEN)),
        "test": Split(ids=range(NUM_FROZEN, 2 * NUM_FROZEN)),
        "longer": Split(ids=range(2 * NUM_FROZEN, 3 * NUM_FROZEN)),
    },
    default_split="validation",
    file=FROZEN,
)
