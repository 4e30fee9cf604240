"""Write the frozen splits of `exercises` and of `chains`, with 500 problems each.

    python packages/hrm-exercises/make/frozen.py

A family's task, or a composition, occurs once, so that the problems differ as much as possible. The
files change whenever a family or a step does; results before and after cannot be compared.
"""

import gzip
import itertools
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from hrm_exercises import chains, dataset
from hrm_exercises.drawing import Drawn
from hrm_exercises.rows import to_line
from hrm_exercises.splits import SplitName, draw_problem

# Few enough problems of one family that no family decides the result.
_MAX_PER_FAMILY: Mapping[SplitName, int] = {"validation": 3, "test": 10}
_CHAINS: Sequence[chains.ChainsSplit] = ("validation", "test", "longer")


def main() -> None:
    """Write the files that the datasets read."""
    exercises: dict[str, Sequence[Drawn]] = {
        split: _distinct(partial(draw_problem, split, 0), most)
        for split, most in _MAX_PER_FAMILY.items()
    }
    _write(dataset.FROZEN, exercises)
    _write(
        chains.FROZEN,
        {split: _distinct(partial(chains.draw_chain, split, 0)) for split in _CHAINS},
    )


def _write(path: Path, splits: Mapping[str, Sequence[Drawn]]) -> None:
    problems = [drawn for part in splits.values() for drawn in part]
    lines = "".join(to_line(drawn, number) for number, drawn in enumerate(problems))
    path.write_bytes(gzip.compress(lines.encode(), mtime=0))
    for split, part in splits.items():
        families = {drawn.family for drawn in part} - {"compositions"}
        composed = sum(drawn.family == "compositions" for drawn in part)
        print(
            f"{path.name}, {split}: {len(part)} problems, {len(families)} families, "
            f"{composed} compositions"
        )


def _distinct(draw: Callable[[int], Drawn], most: int | None = None) -> Sequence[Drawn]:
    """Return 500 problems of a split, in the order of the stream, each task once.

    Args:
        draw: Draws a problem of the split by its number.
        most: Number of problems that a family may have; None for compositions only.
    """
    tasks: set[tuple[str, str]] = set()
    texts: set[str] = set()
    per_family: dict[str, int] = {}
    found = []
    for drawn in map(draw, itertools.count()):
        name, task, text = drawn.family, (drawn.family, drawn.task), drawn.problem.text
        num = per_family.get(name, 0)
        is_full = most is not None and name != "compositions" and num >= most
        if task in tasks or text in texts or is_full:
            continue
        tasks.add(task)
        texts.add(text)
        per_family[name] = num + 1
        found.append(drawn)
        if len(found) == dataset.NUM_FROZEN:
            break
    return found


if __name__ == "__main__":
    main()
