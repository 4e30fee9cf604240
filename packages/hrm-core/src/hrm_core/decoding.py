"""The decoding loop: prompts in, generations out as each one finishes.

Batching is continuous: a row that finishes makes way for the next prompt that waits. A prompt is
read once for all its samples. Which rows meet in a batch follows from the requests and from how
long each generation gets, and from nothing else: a resumed run, which knows the lengths of what is
done, goes on in the very batch that an unbroken run would be in.

Out of memory, the batch is halved and the rows in flight start anew; nothing that was finished is
lost. A run that is resumed after that starts with the batch that was too large.

Shapes: B batch, V vocabulary.
"""

import random
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import torch
from torch import Tensor

from hrm_core.errors import ContextLengthError, UsageError
from hrm_core.generation import (
    NOTHING_DONE,
    Finished,
    FinishReason,
    Generation,
    GenerationRequest,
    SamplingParams,
    derive_seed,
)
from hrm_core.memory import is_out_of_memory
from hrm_core.sampling import RowSettings, choose_tokens


class CachedModel(Protocol):
    """What the loop needs of a model: read some prompts, then one token a row at a time."""

    @property
    def can_refill(self) -> bool:
        """Whether rows can join a batch that has begun; if not, a batch ends before the next."""
        ...

    def rows_that_fit(self, capacity: int) -> int:
        """Return how many rows of so many tokens the memory has room for."""
        ...

    def new_batch(self, batch: int, capacity: int) -> Any:
        """Return a cache (`hrm_core.model.Cache`) without rows, with room for `batch`."""
        ...

    def prefill(self, prompts: Sequence[Sequence[int]]) -> tuple[Tensor, Any]:
        """Return the logits (B, V) after each prompt, and a cache that a batch can take up."""
        ...

    def step(self, tokens_B: Tensor, cache: Any) -> Tensor:
        """Return the logits (B, V) after one more token in each row."""
        ...


@dataclass(eq=False)
class _Row:
    """A sample that is being written, or was by the run that is resumed."""

    request_index: int
    sample: int
    request: GenerationRequest
    prompt: tuple[int, ...]
    params: SamplingParams
    known_length: int | None
    stream: random.Random = field(init=False)
    tokens: list[int] = field(init=False)
    started: float = 0.0

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        self.stream = random.Random(derive_seed(self.request.seed, self.sample))
        self.tokens = []


class _Reading:
    """Prompts that are read together, when they are first asked for."""

    def __init__(self, model: CachedModel, prompts: Sequence[tuple[int, ...]]) -> None:
        self._model, self._prompts = model, list(prompts)
        self._found: tuple[Tensor, Any] | None = None

    @property
    def last_prompt(self) -> tuple[int, ...]:
        return self._prompts[-1]

    def hand_out(self, rows: Sequence[_Row], cache: Any) -> Tensor:
        """Add a row to the cache for each of these; return the logits after their prompts."""
        if self._found is None:
            self._found = self._model.prefill(self._prompts)
        logits_BV, read = self._found
        places = [self._prompts.index(row.prompt) for row in rows]
        cache.extend(read, places)
        return logits_BV[places]

    def keep_last(self) -> None:
        """Free the memory of all prompts but the last."""
        if self._found is not None:
            logits_BV, read = self._found
            last = self._model.new_batch(1, len(self.last_prompt))
            last.extend(read, [len(self._prompts) - 1])
            self._prompts, self._found = self._prompts[-1:], (logits_BV[-1:], last)


@dataclass(kw_only=True)
class Decoder:
    """A model together with what turns text into its tokens and back.

    Attributes:
        model: Reads prompts and tokens.
        encode_prompt: Text to token ids, with the wrapping the model was trained with.
        decode_tokens: Token ids to text, without special tokens.
        eos_token_ids: Tokens that end a generation.
        context_length: Prompt and answer together, in tokens.
        batch_size: Rows at a time; as many as the memory has room for, if not given.
        description: What a report says of the model; see `hrm_core.generation.Generator`.
    """

    model: CachedModel
    encode_prompt: Callable[[str], list[int]]
    decode_tokens: Callable[[Sequence[int]], str]
    eos_token_ids: frozenset[int]
    context_length: int
    batch_size: int | None = None
    description: dict[str, str] = field(default_factory=dict)

    def generate(
        self,
        requests: Sequence[GenerationRequest],
        params: SamplingParams,
        *,
        done: Mapping[tuple[int, int], int] = NOTHING_DONE,
    ) -> Iterator[Finished]:
        """Return each generation as it finishes; see `hrm_core.generation.Generator`."""
        rows = self._rows(requests, params, done)
        longest = max((len(row.prompt) + row.params.max_new_tokens for row in rows), default=0)
        capacity = min(longest, self.context_length)
        batch_size = self.batch_size or self.model.rows_that_fit(capacity)
        self.description["batch_size"] = str(batch_size)
        return self._decode_all(rows, min(batch_size, max(1, len(rows))), capacity)

    def _rows(
        self,
        requests: Sequence[GenerationRequest],
        params: SamplingParams,
        done: Mapping[tuple[int, int], int],
    ) -> list[_Row]:
        rows = []
        for index, request in enumerate(requests):
            prompt = tuple(self.encode_prompt(request.prompt))
            where = request.task_id or f"request {index}"
            if not prompt:
                raise UsageError(f"{where}: the prompt has no tokens. Ask something")
            if len(prompt) >= self.context_length:
                raise ContextLengthError(
                    f"{where}: the prompt has {len(prompt)} tokens "
                    f"and leaves no room in a context of {self.context_length}. Choose a shorter "
                    "prompt style with --prompt, or leave the task out with --task-ids"
                )
            for sample in range(request.num_samples):
                known = done.get((index, sample))
                own = request.params or params
                rows.append(_Row(index, sample, request, prompt, own, known))
        return rows

    def _decode_all(self, rows: list[_Row], batch_size: int, capacity: int) -> Iterator[Finished]:
        waiting = deque(rows)
        while True:
            batch = _Batch(self, waiting, batch_size, capacity)
            try:
                yield from batch.run()
                return
            except RuntimeError as error:
                if not is_out_of_memory(error):
                    raise
                batch_size = self._halve(batch_size, error)
            # Frees the cache before a smaller one is made.
            waiting = batch.unfinished()
            del batch

    @staticmethod
    def _halve(batch_size: int, error: RuntimeError) -> int:
        if batch_size == 1:
            raise UsageError(
                "the device has no memory for a single row. Use a smaller model, --device cpu, or "
                "fewer tokens with --max-new-tokens"
            ) from error
        return batch_size // 2

    def finish_reason(self, row: _Row) -> FinishReason | None:
        """Return why a row ends with its last token, or None if it goes on."""
        if row.known_length is not None:
            return FinishReason.LENGTH if len(row.tokens) >= row.known_length else None
        if row.tokens[-1] in self.eos_token_ids or self._has_stop_string(row):
            return FinishReason.STOP
        if len(row.tokens) >= row.params.max_new_tokens:
            return FinishReason.LENGTH
        if len(row.prompt) + len(row.tokens) >= self.context_length:
            return FinishReason.LENGTH
        return None

    def _has_stop_string(self, row: _Row) -> bool:
        if not row.request.stop:
            return False
        # A token holds at least one byte, so a stop string that has just ended lies in this tail.
        reach = max(len(stop.encode()) for stop in row.request.stop)
        tail = self.decode_tokens(row.tokens[-reach - 4 :])
        return any(stop in tail for stop in row.request.stop)

    def finished(self, row: _Row, reason: FinishReason) -> Finished:
        """Return what became of a row."""
        ended = row.tokens[-1] in self.eos_token_ids
        text = self.decode_tokens(row.tokens[:-1] if ended else row.tokens)
        for stop in row.request.stop:
            text = text.partition(stop)[0]
        generation = Generation(
            text=text,
            num_tokens=len(row.tokens),
            finish_reason=reason,
            seconds=time.perf_counter() - row.started,
        )
        return Finished(row.request_index, row.sample, generation)


class _Batch:
    """The rows in flight, their cache, and those that wait."""

    def __init__(
        self, decoder: Decoder, waiting: deque[_Row], batch_size: int, capacity: int
    ) -> None:
        self._decoder, self._model = decoder, decoder.model
        self._waiting, self._batch_size, self._capacity = waiting, batch_size, capacity
        self._active: list[_Row] = []
        # Of the last prompt, while some of its samples wait.
        self._reading: _Reading | None = None
        # Made when the first row comes in that is not known yet.
        self._cache: Any = None
        self._settings = RowSettings.of([])

    def unfinished(self) -> deque[_Row]:
        """Return what is left to do, each row from its start."""
        for row in self._active:
            row.restart()
        return deque([*self._active, *self._waiting])

    def run(self) -> Iterator[Finished]:
        """Decode until there is nothing left that is wanted."""
        while any(row.known_length is None for row in (*self._active, *self._waiting)):
            tokens = self._next_tokens()
            for row, token in zip(self._active, tokens, strict=True):
                row.tokens.append(token)
            yield from self._retire()

    def _next_tokens(self) -> list[int]:
        """Let waiting rows in, and return the next token of every row that is active then."""
        old = list(self._active)
        again, fresh = self._admit()
        if again or fresh:
            self._active = [*old, *again, *fresh]
            self._settings = RowSettings.of([row.params for row in self._active])
        if self._cache is None:
            if all(row.known_length is not None for row in self._active):
                self._read(again, fresh)
                return [0] * len(self._active)
            self._restore(old)
        last_tokens_B = torch.tensor([row.tokens[-1] for row in old], dtype=torch.int64)
        logits = [self._model.step(last_tokens_B, self._cache)] if old else []
        return self._draw(torch.cat([*logits, *self._read(again, fresh)]))

    def _admit(self) -> tuple[list[_Row], list[_Row]]:
        """Return the rows that come in: those whose prompt has just been read, and the others."""
        if self._active and not self._model.can_refill:
            return [], []
        now, read = time.perf_counter(), self._reading and self._reading.last_prompt
        again: list[_Row] = []
        fresh: list[_Row] = []
        for _ in range(min(self._batch_size - len(self._active), len(self._waiting))):
            row = self._waiting.popleft()
            row.started = now
            (again if row.prompt == read else fresh).append(row)
        return again, fresh

    def _restore(self, rows: Sequence[_Row]) -> None:
        """Make the cache; known rows hold as many tokens as they did, whatever they were."""
        self._cache = self._model.new_batch(self._batch_size, self._capacity)
        # Those of a batch that cannot be refilled have to be read together.
        size = 1 if self._model.can_refill else max(1, len(rows))
        for start in range(0, len(rows), size):
            some = rows[start : start + size]
            held = [[0] * (len(row.prompt) + len(row.tokens) - 1) for row in some]
            _, read = self._model.prefill(held)
            self._cache.extend(read, range(len(some)))

    def _read(self, again: Sequence[_Row], fresh: Sequence[_Row]) -> list[Tensor]:
        """Read the prompts of these rows into the cache; without one, only note what was read."""
        logits = []
        if again and self._reading and self._cache is not None:
            logits.append(self._reading.hand_out(again, self._cache))
        if fresh:
            self._reading = _Reading(self._model, list(dict.fromkeys(row.prompt for row in fresh)))
            if self._cache is not None:
                logits.append(self._reading.hand_out(fresh, self._cache))
        if self._reading:
            if self._model.can_refill and self._has_waiting(self._reading.last_prompt):
                self._reading.keep_last()
            else:
                self._reading = None
        return logits

    def _has_waiting(self, prompt: tuple[int, ...]) -> bool:
        return bool(self._waiting) and self._waiting[0].prompt == prompt

    def _draw(self, logits_BV: Tensor) -> list[int]:
        uniforms_B = None
        if not self._settings.greedy:
            draws = [row.stream.random() for row in self._active]
            uniforms_B = torch.tensor(draws, dtype=torch.float64)
        chosen: list[int] = choose_tokens(logits_BV, self._settings, uniforms_B).tolist()
        return chosen

    def _retire(self) -> Iterator[Finished]:
        """Drop the rows that have ended, and yield those that are wanted."""
        reasons = [self._decoder.finish_reason(row) for row in self._active]
        if not any(reasons):
            return
        ended = [
            self._decoder.finished(row, reason)
            for row, reason in zip(self._active, reasons, strict=True)
            if reason is not None and row.known_length is None
        ]
        kept = _places_without_gaps([reason is None for reason in reasons])
        if self._cache is not None:
            self._cache.keep(kept)
        self._active = [self._active[place] for place in kept]
        self._settings = RowSettings.of([row.params for row in self._active])
        yield from ended


def _places_without_gaps(stays: Sequence[bool]) -> list[int]:
    """Return the places that stay, in an order in which as few as possible change theirs."""
    staying = [place for place, is_staying in enumerate(stays) if is_staying]
    movers = [place for place in staying if place >= len(staying)]
    return [place if stays[place] else movers.pop() for place in range(len(staying))]
