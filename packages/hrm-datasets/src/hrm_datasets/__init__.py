"""Programming problems with tests, from the Hugging Face hub, a file or your own package."""

from hrm_datasets.dataset import Dataset, Split, Stream
from hrm_datasets.hub import HubSource
from hrm_datasets.plus import Plus, Rule
from hrm_datasets.problems import Asserts, Case, InputOutput, Problem, ProblemSet
from hrm_datasets.registry import load_problems
from hrm_datasets.rows import Row

__all__ = [
    "Asserts",
    "Case",
    "Dataset",
    "HubSource",
    "InputOutput",
    "Plus",
    "Problem",
    "ProblemSet",
    "Row",
    "Rule",
    "Split",
    "Stream",
    "load_problems",
]
