"""25 problems in the format of MBPP, written for this project, that need no network.

Not covered: scores comparable with published ones; the problems are too few and too easy.
"""

from functools import partial
from pathlib import Path

from hrm_datasets import mbpp
from hrm_datasets.dataset import Dataset

STARTER = Dataset(
    name="starter",
    to_problem=partial(mbpp.to_problem, name="starter"),
    file=Path(__file__).with_name("starter.jsonl"),
)
