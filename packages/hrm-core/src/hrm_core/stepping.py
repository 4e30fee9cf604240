"""How our models compute decoding steps: directly, compiled, or recorded as CUDA graphs.

A recorded step has a fixed shape: rows are rounded up to a power of two, attended positions to a
multiple of 128. The results of surplus rows are ignored. So a few recordings are enough for a run,
and a step costs one launch instead of hundreds.

Not covered: recording with caches other than `KVCache`. A model with another cache computes each
step directly.

Shapes: B batch, T tokens, V vocabulary.
"""

import functools
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from weakref import WeakKeyDictionary

import torch
from torch import Tensor

from hrm_core.cache import AttentionCache, KVCache
from hrm_core.kernels.decode import kernel_width
from hrm_core.memory import rows_that_fit
from hrm_core.model import Cache, LanguageModel
from hrm_core.shapes import round_up
from hrm_core.transformer import TransformerModel

# The number of attended positions of a recorded step is a multiple of this.
_SPAN = 128
# Steps before a graph is recorded, so that lazy initialization is not part of it.
_WARM_UPS = 2
# The width of a prompt read in another type than that of the weights is a multiple of this.
_WIDTHS = 16
# More shapes than a run can need.
_SHAPES = 1024

Step = Callable[[], Tensor]


class FixedStep:
    """Decoding steps with one cache, recorded when a shape occurs for the first time."""

    def __init__(
        self, model: LanguageModel, cache: KVCache, record: Callable[[Step], Step]
    ) -> None:
        """Allocate the inputs of the steps.

        Args:
            model: In evaluation mode.
            cache: The cache of all calls.
            record: Makes a faster step that reads and writes the same tensors.
        """
        self._model, self._record = model, record
        rows = cache.keys.shape[1]
        self._tokens_B = torch.zeros(rows, dtype=torch.int64, device=cache.keys.device)
        self._lengths_B = torch.zeros_like(self._tokens_B)
        self._steps: dict[tuple[int, int], Step] = {}
        # A graph reads the memory of the tensors that its step used, but does not keep them alive.
        self._sources: list[Step] = []

    def __call__(self, tokens_B: Tensor, cache: KVCache) -> Tensor:
        """Return the logits (B, V) after one more token in each row of the cache.

        Raises:
            ContextLengthError: If a row is full.
        """
        cache.positions(1)
        count = len(tokens_B)
        rows = min(1 << (count - 1).bit_length(), cache.keys.shape[1])
        span = min(-(-(cache.longest + 1) // _SPAN) * _SPAN, cache.capacity)
        self._tokens_B[:count].copy_(tokens_B)
        self._lengths_B[:count].copy_(cache.lengths_B)
        # Surplus rows write to position 0, which a row that joins later overwrites.
        self._lengths_B[count:].zero_()
        if (rows, span) not in self._steps:
            self._steps[rows, span] = self._recorded(cache, rows, span)
        logits_BV = self._steps[rows, span]()
        cache.count(1)
        return logits_BV[:count].clone()

    def _recorded(self, cache: KVCache, rows: int, span: int) -> Step:
        """Record a step. Recording may run it, so the state that it changes is restored."""
        fixed: AttentionCache = cache.fixed(self._lengths_B[:rows], span)
        tokens_BT = self._tokens_B[:rows, None]
        before = [tensor.clone() for tensor in cache.carried]
        source = functools.partial(self._model.next_logits, tokens_BT, cache=fixed)
        self._sources.append(source)
        device = tokens_BT.device
        with torch.cuda.device(device) if device.type == "cuda" else nullcontext():
            step = self._record(source)
        for tensor, old in zip(cache.carried, before, strict=True):
            tensor.copy_(old)
        return step


def record_graph(step: Step) -> Step:
    """Record a step as a CUDA graph of the current device; it must not wait for the device."""
    stream = torch.cuda.Stream()  # type: ignore[no-untyped-call]
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(_WARM_UPS):
            step()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    # Without a stream, torch would take one of the device of the first graph in this process.
    with torch.cuda.graph(graph, stream=stream):
        logits_BV = step()

    def replay() -> Tensor:
        graph.replay()
        return logits_BV

    return replay


def record_compiled(step: Step) -> Step:
    """Compile a step for its shapes alone."""
    # Dynamo counts how often it compiles the same code, and gives up after a few times.
    torch._dynamo.config.recompile_limit = max(torch._dynamo.config.recompile_limit, _SHAPES)
    compiled: Step = torch.compile(step, dynamic=False)
    return compiled


def record_compiled_graph(step: Step) -> Step:
    """Compile a step and record the result as a CUDA graph."""
    return record_graph(record_compiled(step))


class StackModel:
    """A `LanguageModel` as a `hrm_core.decoding.CachedModel`.

    On CUDA, steps are recorded as graphs. On the CPU, the kernel computes steps in float32, if it
    could be built.
    """

    can_refill = True

    def __init__(
        self,
        model: LanguageModel,
        *,
        is_compiled: bool = False,
        prompt_dtype: torch.dtype | None = None,
    ) -> None:
        """Wrap a model.

        Args:
            model: In evaluation mode, on its device.
            is_compiled: Compile the steps with `torch.compile`. That takes minutes at first and
                pays in long runs on a GPU. On the CPU the kernel is faster.
            prompt_dtype: Compute the matrix products over prompts in this type (autocast); in that
                of the weights if None. Steps are in the type of the weights always.
        """
        self._model = model
        self._prompt_dtype = prompt_dtype
        self._device = next(model.parameters()).device
        self._record = _recorder(self._device, is_compiled=is_compiled)
        # A recording uses the memory of its cache and is freed with it.
        self._fixed_steps: WeakKeyDictionary[KVCache, FixedStep] = WeakKeyDictionary()

    @property
    def arithmetic(self) -> str:
        """Name of the code that computes; it decides how sums are rounded."""
        if self._prompt_dtype is None:
            return self._step_arithmetic
        dtype = str(self._prompt_dtype).removeprefix("torch.")
        return f"{self._step_arithmetic}; prompts in {dtype}"

    @property
    def _step_arithmetic(self) -> str:
        if self._record is not None:
            return self._record.__name__.removeprefix("record_")
        is_float32 = next(self._model.parameters()).dtype == torch.float32
        has_kernel = self._device.type == "cpu" and is_float32
        width = kernel_width() if has_kernel and isinstance(self._model, TransformerModel) else 0
        return f"kernel, {width} columns at a time" if width else "torch"

    def rows_that_fit(self, capacity: int) -> int:
        """Return how many rows of `capacity` tokens fit into memory."""
        return rows_that_fit(capacity * self._model.cache_bytes_per_token, self._device)

    def new_batch(self, batch: int, capacity: int) -> Cache:
        """Return a cache without rows, with room for `batch` rows."""
        cache = self._model.new_cache(batch, capacity)
        cache.keep([])
        return cache

    @torch.inference_mode()
    def prefill(self, prompts: Sequence[Sequence[int]]) -> tuple[Tensor, Cache]:
        """Read the prompts; in both directions if the model is a prefix LM.

        A CPU reads them one by one, since larger products are no faster there and padding costs
        time. So a prompt has the same bits in any batch.
        """
        if self._device.type != "cpu" or len(prompts) == 1:
            return self._read(prompts)
        cache = self.new_batch(len(prompts), max(len(prompt) for prompt in prompts))
        logits = []
        for prompt in prompts:
            logits_1V, row = self._read([prompt])
            cache.extend(row, [0])
            logits.append(logits_1V)
        return torch.cat(logits), cache

    def _read(self, prompts: Sequence[Sequence[int]]) -> tuple[Tensor, Cache]:
        """Read the prompts together, padded on the right."""
        lengths_B = torch.tensor([len(prompt) for prompt in prompts], device=self._device)
        width = max(len(prompt) for prompt in prompts)
        if self._prompt_dtype is not None:
            # In bfloat16, torch keeps memory for each shape (see `shapes`).
            width = min(_rounded(width), self._model.config.max_position_embeddings)
        tokens_BT = torch.tensor(
            [[*prompt, *[0] * (width - len(prompt))] for prompt in prompts], device=self._device
        )
        cache = self._model.new_cache(len(prompts), width)
        prefix_B = lengths_B if self._model.prefix_lm else None
        with self._prompt_autocast():
            return self._model.next_logits(tokens_BT, prefix_B, cache, lengths_B), cache

    def _prompt_autocast(self) -> AbstractContextManager[None]:
        if self._prompt_dtype is None:
            return nullcontext()
        return torch.autocast(self._device.type, self._prompt_dtype)

    @torch.inference_mode()
    def step(self, tokens_B: Tensor, cache: Cache) -> Tensor:
        """Read one more token in each row; return the logits (B, V) after it."""
        if self._record is None or not isinstance(cache, KVCache):
            return self._model.next_logits(tokens_B.to(self._device)[:, None], cache=cache)
        steps = self._fixed_steps.get(cache)
        if steps is None:
            steps = self._fixed_steps[cache] = FixedStep(self._model, cache, self._record)
        return steps(tokens_B, cache)


def _rounded(width: int) -> int:
    return round_up(-(-width // _WIDTHS) * _WIDTHS)


def _recorder(device: torch.device, *, is_compiled: bool) -> Callable[[Step], Step] | None:
    """Return how steps are recorded on a device; None to compute each step directly."""
    if device.type == "cuda":
        return record_compiled_graph if is_compiled else record_graph
    return record_compiled if is_compiled else None
