"""Write the frozen splits of the exercises: 500 problems for validation and 500 for test.

    python packages/hrm-exercises/make/frozen.py

A family's task, or a composition, occurs once, so that the problems differ as much as possible. The
file changes whenever a family does; results before and after cannot be compared.
"""

import gzip
import itertools
from collections.abc import Iterator

from hrm_exercises.dataset import FROZEN, NUM_FROZEN
from hrm_exercises.drawing import Drawn
from hrm_exercises.rows import to_line
from hrm_exercises.splits import SplitName, draw_problem

# Few enough problems of one family that no family decides the result.
_MAX_PER_FAMILY = {"validation": 3, "test": 10}


def main() -> None:
    """Write the file that the dataset reads."""
    problems = [*_distinct("validation"), *_distinct("test")]
    lines = "".join(to_line(drawn, number) for number, drawn in enumerate(problems))
    FROZEN.write_bytes(gzip.compress(lines.encode(), mtime=0))
    for split, part in (
        ("validation", problems[:NUM_FROZEN]),
        ("test", problems[NUM_FROZEN:]),
    ):
        families = {drawn.family for drawn in part} - {"compositions"}
        composed = sum(drawn.family == "compositions" for drawn in part)
        print(f"{split}: {len(part)} problems, {len(families)} families, {composed} compositions")


def _distinct(split: SplitName) -> Iterator[Drawn]:
    """Yield problems of a split, in the order of the stream, each task once."""
    tasks: set[tuple[str, str]] = set()
    texts: set[str] = set()
    per_family: dict[str, int] = {}
    for index in itertools.count():
        drawn = draw_problem(split, 0, index)
        name, task, text = drawn.family, (drawn.family, drawn.task), drawn.problem.text
        num = per_family.get(name, 0)
        is_full = name != "compositions" and num >= _MAX_PER_FAMILY[split]
        if task in tasks or text in texts or is_full:
            continue
        tasks.add(task)
        texts.add(text)
        per_family[name] = num + 1
        yield drawn
        if len(tasks) == NUM_FROZEN:
            return


if __name__ == "__main__":
    main()
