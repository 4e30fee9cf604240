"""Which steps of the frozen chains matter, and which chains training draws from another source.

    python benchmarks/chain_steps.py

It writes `docs/experiment/chain_steps.csv`, from which the tables of the experiment are made, and
prints the counts.
"""

import csv
import gzip
import itertools
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from hrm_datasets.functions import normal_functions
from hrm_exercises import chains, compositions, steps
from hrm_exercises.compositions import Composition
from hrm_exercises.splits import is_held_out
from hrm_exercises.steps import Step

CSV = Path(__file__).parent.parent / "docs" / "experiment" / "chain_steps.csv"
# The frozen splits, in the order of the file.
_SPLITS = ("validation", "test", "longer")
_OTHER_SOURCE = {"words": "text", "text": "words"}


@cache
def frozen_rows() -> list[Mapping[str, Any]]:
    """Return the frozen problems in their order."""
    with gzip.open(chains.FROZEN, "rt", encoding="utf-8") as file:
        return list(map(json.loads, file))


@dataclass(frozen=True)
class ChainSteps:
    """What is known of a frozen chain; a line of the CSV file.

    Attributes:
        task_id: Id of the problem.
        split: Its split.
        num_steps: Number of steps.
        superfluous: Names of the steps without which the solution still passes all tests.
        has_twin: 1 if training may draw the same steps for the other kind of words: a list of words
            and the words of a sentence are two sources with the same steps. Else 0.
    """

    task_id: str
    split: str
    num_steps: int
    superfluous: str
    has_twin: int


def read_chain_steps() -> dict[str, ChainSteps]:
    """Return the lines of the CSV file by the id of the problem."""
    with CSV.open(encoding="utf-8", newline="") as file:
        return {
            row["task_id"]: ChainSteps(
                row["task_id"],
                row["split"],
                int(row["num_steps"]),
                row["superfluous"],
                int(row["has_twin"]),
            )
            for row in csv.DictReader(file)
        }


def find_chain_steps(number: int) -> ChainSteps:
    """Return what is known of a frozen chain.

    Args:
        number: Number of the problem.

    Raises:
        ValueError: If the chain of the problem cannot be told from its solution.
    """
    row = frozen_rows()[number]
    return ChainSteps(
        task_id=f"chains/{row['task_id']}",
        split=_SPLITS[number // chains.NUM_FROZEN],
        num_steps=chains.num_steps(row["task"]),
        superfluous=" ".join(_superfluous_steps(row)),
        has_twin=int(_has_twin(row["task"])),
    )


def _superfluous_steps(row: Mapping[str, Any]) -> Iterator[str]:
    chain = _find_chain(row)
    for number, (step, _) in enumerate(chain.steps[:-1]):
        if _passes(_without(chain, number), row):
            yield step.name


def _has_twin(task: str) -> bool:
    source, _, names = task.partition(": ")
    twin = f"{_OTHER_SOURCE.get(source)}: {names}"
    return source in _OTHER_SOURCE and not is_held_out(twin)


def _find_chain(row: Mapping[str, Any]) -> Composition:
    """Return the chain of a problem, whose label lacks the numbers and letters of its steps."""
    source, _, names = row["task"].partition(": ")
    kind = "numbers" if source == "numbers" else "words"
    found: list[Step] = []
    for name in names.split(", "):
        is_last = len(found) == chains.num_steps(row["task"]) - 1
        table = steps.FINAL if is_last else steps.BETWEEN
        (step,) = (one for one in table[kind] if one.name == name)
        found.append(step)
        kind = step.gives or kind
    wanted = _trees(row["code"])
    values = [[str(value) for value in step.k] or [""] for step in found]
    for chosen in itertools.product(*values):
        chain = Composition(source, tuple(zip(found, chosen, strict=True)))
        for program in compositions.solutions(chain):
            if _trees(program) == wanted:
                return chain
    raise ValueError(f"problem {row['task_id']}: no values of the steps give its solution")


def _trees(program: str) -> list[str]:
    return [tree for _, tree in normal_functions(program, min_nodes=0)]


def _without(chain: Composition, left_out: int) -> Composition:
    return Composition(chain.source, chain.steps[:left_out] + chain.steps[left_out + 1 :])


def _passes(chain: Composition, row: Mapping[str, Any]) -> bool:
    """Return whether the solution of a chain passes the tests of a problem."""
    (*_, name) = re.findall(r"^def (\w+)", row["code"], re.MULTILINE)
    scope: dict[str, Any] = {}
    exec(compositions.solutions(chain)[0], scope)
    scope[name] = scope["solve"]
    try:
        for test in (row["test_setup_code"], *row["test_list"]):
            exec(test, scope)
    except (AssertionError, AttributeError, TypeError, ValueError):
        # Errors are those of a step that needs numbers and gets words, or the other way round.
        return False
    return True


def main() -> int:
    """Write the CSV file, and print the counts of each split."""
    lines = [find_chain_steps(number) for number in range(len(frozen_rows()))]
    with CSV.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [one.name for one in fields(ChainSteps)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(map(asdict, lines))
    print("| split | steps | problems | some step is superfluous | twin in train |")
    print("| --- | --- | --- | --- | --- |")
    lines.sort(key=lambda one: (_SPLITS.index(one.split), one.num_steps))
    for (split, num_steps), total in Counter((one.split, one.num_steps) for one in lines).items():
        group = [one for one in lines if (one.split, one.num_steps) == (split, num_steps)]
        loose = sum(bool(one.superfluous) for one in group)
        twins = sum(one.has_twin for one in group)
        print(f"| {split} | {num_steps} | {total} | {loose} | {twins} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
