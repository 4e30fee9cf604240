"""The engine `reference`, which answers with the reference solutions of the dataset.

It checks that a dataset and the sandbox agree; no model is involved.
"""

from collections.abc import Iterator, Mapping, Sequence

from hrm_core.errors import UsageError
from hrm_core.generation import (
    NO_SAMPLES_DONE,
    Finished,
    FinishReason,
    Generation,
    GenerationRequest,
    SamplingParams,
)
from hrm_eval.engines import EngineOptions


class ReferenceGenerator:
    """Answers each request with the reference solution of its problem.

    Args:
        options: Only `options.problems` is used.
    """

    def __init__(self, options: EngineOptions) -> None:
        self._problems = options.problems
        self.description = {"name": "reference", "stack": "none", "device": "none"}

    def generate(
        self,
        requests: Sequence[GenerationRequest],
        params: SamplingParams,
        *,
        done: Mapping[tuple[int, int], int] = NO_SAMPLES_DONE,
    ) -> Iterator[Finished]:
        """Yield the solutions; see `hrm_core.generation.Generator`.

        Raises:
            UsageError: If a problem has no solution.
        """
        for index, request in enumerate(requests):
            program = self._problems.find(request.task_id).reference
            if not program:
                raise UsageError(
                    f"{request.task_id}: the dataset has no reference solution, so --model "
                    "reference cannot answer"
                )
            answer = Generation(
                text=program, num_tokens=0, finish_reason=FinishReason.STOP, seconds=0.0
            )
            for sample in range(request.num_samples):
                if (index, sample) not in done:
                    yield Finished(index, sample, answer)


def open_reference(_reference: str, options: EngineOptions) -> ReferenceGenerator:
    """Open the engine; the reference carries no information here."""
    return ReferenceGenerator(options)
