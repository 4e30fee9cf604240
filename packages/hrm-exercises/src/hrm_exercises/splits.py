"""Which problems belong to which split, and how a problem is found from its number.

Families are held out by a hash of their name, and compositions by a hash of their steps: `test`
draws from them alone, and the other splits never do. `train` and `validation` draw from the same
families; a hash of the problem decides which of the two it belongs to.

Not covered: problems that say the same in other words can be in two splits.
"""

from typing import Literal

from hrm_core.errors import DataError
from hrm_exercises.benchmarks import benchmark_overlap
from hrm_exercises.chooser import Chooser
from hrm_exercises.drawing import Drawn

SplitName = Literal["train", "validation", "test"]

_HELD_OUT_SHARE = 10
_VALIDATION_SHARE = 50
_COMPOSED_SHARE = 0.2
_MAX_ATTEMPTS = 200


def draw_problem(split: SplitName, seed: int, index: int) -> Drawn:
    """Draw a problem; the same arguments give the same problem on every machine.

    Draws that belong to another split, coincide with a benchmark, or whose tests all expect the
    same value are drawn again.

    Args:
        split: The split.
        seed: Seed of the stream of problems.
        index: Number of the problem in the stream, from 0 on.

    Raises:
        FamilyError: If a family is at fault.
    """
    for attempt in range(_MAX_ATTEMPTS):
        choose = Chooser(f"{split}/{seed}/{index}/{attempt}")
        drawn = _draw(split, choose, f"exercises/{split}-{seed}-{index}")
        if _belongs(drawn, split) and not benchmark_overlap(drawn.problem):
            return drawn
    raise DataError(f"exercises: no problem {index} of {split!r} after {_MAX_ATTEMPTS} draws")
