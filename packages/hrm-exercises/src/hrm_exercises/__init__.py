"""Programming problems made by programs: beginners' tasks in MBPP's form, without end."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.drawing import Drawn, FamilyError, draw
from hrm_exercises.family import Exercise, Family, family
from hrm_exercises.parallel import draw_many
from hrm_exercises.splits import draw_problem

__all__ = [
    "Chooser",
    "Drawn",
    "Exercise",
    "Family",
    "FamilyError",
    "draw",
    "draw_many",
    "draw_problem",
    "family",
]
