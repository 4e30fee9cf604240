"""Many problems in order, drawn by several processes."""

import multiprocessing
from collections.abc import Iterator, Sequence
from functools import partial

from hrm_exercises.drawing import Drawn
from hrm_exercises.splits import SplitName, draw_problem

_CHUNK = 500


def draw_many(
    split: SplitName, *, seed: int, start: int, num: int, workers: int = 1
) -> Iterator[Drawn]:
    """Yield problems of a stream in order; the number of processes does not change them.

    Args:
        split: The split.
        seed: Seed of the stream.
        start: Number of the first problem.
        num: Number of problems.
        workers: Number of processes.

    Raises:
        FamilyError: If a family is at fault.
    """
    chunks = [
        (first, min(first + _CHUNK, start + num)) for first in range(start, start + num, _CHUNK)
    ]
    draw = partial(_draw_chunk, split, seed)
    if workers == 1:
        for chunk in chunks:
            yield from draw(chunk)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        for drawn in pool.imap(draw, chunks):
            yield from drawn


def _draw_chunk(split: SplitName, seed: int, chunk: tuple[int, int]) -> Sequence[Drawn]:
    return [draw_problem(split, seed, index) for index in range(*chunk)]
