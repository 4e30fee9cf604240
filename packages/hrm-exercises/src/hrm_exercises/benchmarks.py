"""The problems of MBPP's test split and of HumanEval, as hashes that exercises are compared with.

`make/benchmarks.py` makes the file of hashes; `hrm-exercises overlap` counts what is dropped.
"""

from functools import cache, lru_cache
from pathlib import Path

from hrm_datasets.overlap import HeldOut, Shared
from hrm_exercises.drawing import Drawn

PATH = Path(__file__).with_name("benchmarks.json")


@cache
def benchmarks() -> HeldOut:
    """Return the index of the benchmarks' problems."""
    return HeldOut.load(PATH)


def find_overlap(drawn: Drawn) -> Shared | None:
    """Return what a problem shares with a benchmark, or None.

    The rules are those of `hrm_datasets.overlap`, but of the names only that of the function which
    the problem asks for is compared: a solution may define `is_prime` as a helper.
    """
    index, problem = benchmarks(), drawn.problem
    if shared := index.find_name(problem.entry_point):
        return shared
    tests = "\n".join(problem.tests.texts)
    for text in (problem.text, tests, problem.reference):
        if shared := index.find_passage(text):
            return shared
    return index.find_test(tests) or _find_solution(drawn.source)


@lru_cache(maxsize=50_000)
def _find_solution(source: str) -> Shared | None:
    return benchmarks().find_solution(source)
