"""The dataset `exercises`: a stream to train on, and two frozen splits to measure on."""

from functools import partial
from pathlib import Path

from hrm_datasets import Dataset, Split, mbpp
from hrm_exercises.splits import stream

FROZEN = Path(__file__).with_name("frozen.jsonl.gz")
NUM_FROZEN = 500

EXERCISES = Dataset(
    name="exercises",
    to_problem=partial(mbpp.to_problem, name="exercises"),
    splits={
        "train": Split(stream=stream),
        "validation": Split(ids=range(NUM_FROZEN)),
        "test": Split(ids=range(NUM_FROZEN, 2 * NUM_FROZEN)),
    },
    default_split="validation",
    file=FROZEN,
)
