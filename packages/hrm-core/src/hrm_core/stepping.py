"""Decoding steps of fixed shape, which can be compiled, and recorded once as a CUDA graph.

A step's shapes are rounded up: the rows to a power of two, the attended positions to a multiple
of 128. Idle rows compute something that nobody reads. So a handful of recordings serve a whole run,
and a step costs one launch instead of hundreds.

Not covered: caches that are no `KVCache`; models that have one are stepped as they are.

Shapes: B batch, T tokens, V vocabulary.
"""

from collections.abc import Callable, Sequence
from weakref import WeakKeyDictionary

import torch
from torch import Tensor

from hrm_core.cache import KVCache
from hrm_core.kernels.decode import kernel_width
from hrm_core.memory import rows_that_fit
from hrm_core.model import Cache, LanguageModel
from hrm_core.transformer import TransformerModel

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


class StackModel:
    """A `LanguageModel` as the loop sees it.

    On CUDA its steps are recorded as graphs; on the CPU the kernel runs them, where there is one.
    """

    can_refill = True

    def __init__(self, model: LanguageModel, *, is_compiled: bool = False) -> None:
        """Wrap a model.

        Args:
            model: In evaluation mode, on the device where it shall run.
            is_compiled: Compile the steps with `torch.compile`: minutes at first, which pay on a
                GPU in long runs. On the CPU the kernel is faster.
        """
        self._model = model
        self._device = next(model.parameters()).device
        self._record = _recorder(self._device, is_compiled=is_compiled)
        # Recordings are bound to the memory of a cache and go with it.
        self._fixed_steps: WeakKeyDictionary[KVCache, FixedStep] = WeakKeyDictionary()

    @property
    def arithmetic(self) -> str:
        """What computes the steps; it decides how sums are rounded."""
        if self._record is not None:
            return self._record.__name__.removeprefix("record_")
        is_float32 = next(self._model.parameters()).dtype == torch.float32
        has_kernel = self._device.type == "cpu" and is_float32
        width = kernel_width() if has_kernel and isinstance(self._model, TransformerModel) else 0
        return f"kernel, {width} columns at a time" if width else "torch"

    def rows_that_fit(self, capacity: int) -> int:
        """Return how many rows of so many tokens the memory has room for."""
        return rows_that_fit(capacity * self._model.cache_bytes_per_token, self._device)

    def new_batch(self, batch: int, capacity: int) -> Cache:
        """Return a cache without rows, with room for `batch`."""
        cache = self._model.new_cache(batch, capacity)
        cache.keep([])
        return cache

    @torch.inference_mode()
    def prefill(self, prompts: Sequence[Sequence[int]]) -> tuple[Tensor, Cache]:
        """Read the prompts, padded on the right, both ways if the model was trained so."""
        lengths_B = torch.tensor([len(prompt) for prompt in prompts], device=self._device)
        width = max(len(prompt) for prompt in prompts)
        tokens_BT = torch.tensor(
            [[*prompt, *[0] * (width - len(prompt))] for prompt in prompts], device=self._device
        )
        cache = self._model.new_cache(len(prompts), width)
        prefix_B = lengths_B if self._model.prefix_lm else None
        return self._model.next_logits(tokens_BT, prefix_B, cache, lengths_B), cache

    @torch.inference_mode()
    def step(self, tokens_B: Tensor, cache: Cache) -> Tensor:
        """Read one more token in each row."""
        if self._record is None or not isinstance(cache, KVCache):
            return self._model.next_logits(tokens_B.to(self._device)[:, None], cache=cache)
        steps = self._fixed_steps.get(cache)
        if steps is None:
            steps = self._fixed_steps[cache] = FixedStep(self._model, cache, self._record)
        return steps(tokens_B, cache)


def _recorder(device: torch.device, *, is_compiled: bool) -> Callable[[Step], Step] | None:
    """Return what makes steps of fixed shape fast on a device; None to take them as they come."""
    if device.type == "cuda":
        return record_compiled_graph if is_compiled else record_graph
    return record_compiled if is_compiled else None
