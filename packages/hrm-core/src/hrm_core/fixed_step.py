"""Decoding steps of fixed shape, which can be compiled, and recorded once as a CUDA graph.

A step's shapes are rounded up: the rows to a power of two, the attended positions to a multiple
of 128. Idle rows compute something that nobody reads. So a handful of recordings serve a whole run,
and a step costs one launch instead of hundreds.

Not covered: caches that are no `KVCache`; models that have one are stepped as they are.

Shapes: B batch, T tokens, V vocabulary.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from hrm_core.cache import KVCache
from hrm_core.model import LanguageModel

_SPAN = 128
_WARM_UPS = 2
# More than the shapes that a run can meet.
_SHAPES = 1024

Step = Callable[[], Tensor]


class FixedStep:
    """Steps of one cache, recorded when a shape is met for the first time."""

    def __init__(
        self, model: LanguageModel, whole: KVCache, record: Callable[[Step], Step]
    ) -> None:
        """Prepare.

        Args:
            model: In evaluation mode.
            whole: Its cache, to which this shall belong.
            record: Turns a step into a faster one that reads and writes the same tensors.
        """
        self._model, self._record = model, record
        rows = whole.keys.shape[1]
        self._tokens_B = torch.zeros(rows, dtype=torch.int64, device=whole.keys.device)
        self._lengths_B = torch.zeros_like(self._tokens_B)
        self._steps: dict[tuple[int, int], Step] = {}

    def __call__(self, tokens_B: Tensor, whole: KVCache) -> Tensor:
        """Return the logits (B, V) after one more token in each row of the cache.

        Raises:
            ContextLengthError: If a row is full.
        """
        whole.positions(1)
        count = len(tokens_B)
        rows = min(1 << (count - 1).bit_length(), whole.keys.shape[1])
        span = min(-(-(whole.longest + 1) // _SPAN) * _SPAN, whole.capacity)
        self._tokens_B[:count].copy_(tokens_B)
        self._lengths_B[:count].copy_(whole.lengths_B)
        # Idle rows write to their first position, which a row that joins overwrites.
        self._lengths_B[count:].zero_()
        if (rows, span) not in self._steps:
            self._steps[rows, span] = self._recorded(whole, rows, span)
        logits_BV = self._steps[rows, span]()
        whole.count(1)
        return logits_BV[:count].clone()

    def _recorded(self, whole: KVCache, rows: int, span: int) -> Step:
        """Record a step; that may run it, so what it moves on is put back."""
        fixed, tokens_BT = whole.fixed(self._lengths_B[:rows], span), self._tokens_B[:rows, None]
        before = [tensor.clone() for tensor in whole.carried]
        step = self._record(lambda: self._model.next_logits(tokens_BT, cache=fixed))
        for tensor, held in zip(whole.carried, before, strict=True):
            tensor.copy_(held)
        return step


def record_graph(step: Step) -> Step:
    """Record a step as a CUDA graph; the step must not synchronize with the host."""
    stream = torch.cuda.Stream()  # type: ignore[no-untyped-call]
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(_WARM_UPS):
            step()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        logits_BV = step()

    def replay() -> Tensor:
        graph.replay()
        return logits_BV

    return replay


def record_compiled(step: Step) -> Step:
    """Compile a step for its own shapes."""
    # Dynamo counts the compilations of a piece of code, and gives up on it after a few.
    torch._dynamo.config.recompile_limit = max(torch._dynamo.config.recompile_limit, _SHAPES)
    compiled: Step = torch.compile(step, dynamic=False)
    return compiled


def record_compiled_graph(step: Step) -> Step:
    """Compile a step and record the result as a CUDA graph."""
    return record_graph(record_compiled(step))
