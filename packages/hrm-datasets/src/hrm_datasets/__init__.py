"""Programming problems with tests, from the Hugging Face hub, a file or your own package."""

from hrm_datasets.dataset import Dataset, Split, Stream
from hrm_datasets.hub import HubSource
from hrm_datasets.problems import Asserts, Case, InputOutput, Problem, ProblemSet
from hrm_datasets.registry import load_problems
from hrm_datasets.rows import Row

__all__ = [
    "Asserts",
    "Case",
    "Dataset",
    "HubSource",
    "InputOutput",
    "Problem",
    "ProblemSet",
    "Row",
    "Split",
    "Stream",
    "load_problems",
]
