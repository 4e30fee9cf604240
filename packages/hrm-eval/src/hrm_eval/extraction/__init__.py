"""Extraction of the program from the answer of a model.

Models wrap code in fences and prose, think aloud, repeat the question, add their own tests and stop
in the middle of a line. The program is the first piece of the answer that defines the entry point
with a body, with the imports and helpers of other pieces that it needs, and without what follows
the entry point and cannot be needed. Nothing is repaired, renamed or reordered, with one exception:
the indentation of a bare continuation is restored, as the module `continuation` describes.

A problem whose programs read standard input has no entry point; see `scripts` for those.

Not covered: choosing the better of two complete answers; the first one counts. A function that
returns nothing is no complete one if the tests use its value.
"""

from hrm_eval.extraction.program import extract_code
from hrm_eval.extraction.thoughts import has_thoughts

__all__ = ["extract_code", "has_thoughts"]
