"""The decoding loop: batches of prompts in, generations out as each one finishes.

Prompts that occur more than once in a batch are read once and their cache is shared out. Rows
that have finished leave the batch. The batches are cut from the whole list of requests, in order,
so that a resumed run does the same arithmetic as an unbroken one.

Not covered: replacing a finished row by a waiting prompt.

Shapes: B batch, R rows kept, V vocabulary.
"""

import random
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import torch
from torch import Tensor

from hrm_core.errors import ContextLengthError
from hrm_core.generation import (
    Finished,
    FinishReason,
    Generation,
    GenerationRequest,
    SamplingParams,
    derive_seed,
)
from hrm_core.model import Cache, LanguageModel
from hrm_core.sampling import choose_tokens


class CachedModel(Protocol):
    """What the loop needs of a model: read some prompts, then one token a row at a time."""

    def prefill(self, prompts: Sequence[Sequence[int]], capacity: int) -> tuple[Tensor, Cache]:
        """Return the logits (B, V) after each prompt, and a cache with room for `capacity`."""
        ...

    def step(self, tokens_B: Tensor, cache: Cache) -> Tensor:
        """Return the logits (B, V) after one more token in each row."""
        ...


class StackModel:
    """A `LanguageModel` as the loop sees it."""

    def __init__(self, model: LanguageModel) -> None:
        """Wrap a model.

        Args:
            model: In evaluation mode, on the device where it shall run.
        """
        self._model = model
        self._device = next(model.parameters()).device

    @torch.inference_mode()
    def prefill(self, prompts: Sequence[Sequence[int]], capacity: int) -> tuple[Tensor, Cache]:
        """Read the prompts, padded on the right, both ways if the model was trained so."""
        lengths_B = torch.tensor([len(prompt) for prompt in prompts], device=self._device)
        width = max(len(prompt) for prompt in prompts)
        tokens_BT = torch.tensor(
            [[*prompt, *[0] * (width - len(prompt))] for prompt in prompts], device=self._device
        )
        cache = self._model.new_cache(len(prompts), capacity)
        prefix_B = lengths_B if self._model.prefix_lm else None
        return self._model.next_logits(tokens_BT, prefix_B, cache, lengths_B), cache

    @torch.inference_mode()
    def step(self, tokens_B: Tensor, cache: Cache) -> Tensor:
        """Read one more token in each row."""
        return self._model.next_logits(tokens_B[:, None], cache=cache)


@dataclass
class _Row:
    """A sample that is being written."""

    request_index: int
    sample: int
    request: GenerationRequest
    prompt: tuple[int, ...]
    stream: random.Random
    tokens: list[int] = field(default_factory=list)

    @property
    def key(self) -> tuple[int, int]:
        return self.request_index, self.sample


@dataclass(frozen=True, kw_only=True)
class Decoder:
    """A model together with what turns text into its tokens and back.

    Attributes:
        model: Reads prompts and tokens.
        encode_prompt: Text to token ids, with the wrapping the model was trained with.
        decode_tokens: Token ids to text, without special tokens.
        eos_token_ids: Tokens that end a generation.
        context_length: Prompt and answer together, in tokens.
        batch_size: Rows at a time.
        description: What a report says of the model; see `hrm_core.generation.Generator`.
    """

    model: CachedModel
    encode_prompt: Callable[[str], list[int]]
    decode_tokens: Callable[[Sequence[int]], str]
    eos_token_ids: frozenset[int]
    context_length: int
    batch_size: int
    description: dict[str, str] = field(default_factory=dict)

    def generate(
        self,
        requests: Sequence[GenerationRequest],
        params: SamplingParams,
        *,
        done: Collection[tuple[int, int]] = (),
    ) -> Iterator[Finished]:
        """Return each generation as it finishes; see `hrm_core.generation.Generator`."""
        return self._decode_all(self._rows(requests), params, done)

    def _decode_all(
        self, rows: list[_Row], params: SamplingParams, done: Collection[tuple[int, int]]
    ) -> Iterator[Finished]:
        for start in range(0, len(rows), self.batch_size):
            batch = rows[start : start + self.batch_size]
            if any(row.key not in done for row in batch):
                for finished in self._decode(batch, params):
                    if (finished.request, finished.sample) not in done:
                        yield finished

    def _rows(self, requests: Sequence[GenerationRequest]) -> list[_Row]:
        rows = []
        for index, request in enumerate(requests):
            prompt = tuple(self.encode_prompt(request.prompt))
            if len(prompt) >= self.context_length:
                message = (
                    f"{request.task_id or f'request {index}'}: the prompt has {len(prompt)} tokens "
                    f"and leaves no room in a context of {self.context_length}. Choose a shorter "
                    "prompt style with --prompt, or leave the task out with --task-ids"
                )
                raise ContextLengthError(message)
            rows += [
                _Row(index, n, request, prompt, random.Random(derive_seed(request.seed, n)))
                for n in range(request.num_samples)
            ]
        return rows

    def _decode(self, rows: list[_Row], params: SamplingParams) -> Iterator[Finished]:
        started = time.perf_counter()
        capacity = min(
            max(len(row.prompt) for row in rows) + params.max_new_tokens, self.context_length
        )
        prompts = list(dict.fromkeys(row.prompt for row in rows))
        logits_BV, cache = self.model.prefill(prompts, capacity)
        if len(rows) > len(prompts):
            shared_R = logits_BV.new_tensor(
                [prompts.index(row.prompt) for row in rows], dtype=torch.int64
            )
            logits_BV, cache = logits_BV[shared_R], cache.select(shared_R)
        while True:
            tokens_B = self._draw(rows, logits_BV, params)
            kept = []
            for position, (row, token) in enumerate(zip(rows, tokens_B.tolist(), strict=True)):
                row.tokens.append(token)
                reason = self._finish_reason(row, params)
                if reason is None:
                    kept.append(position)
                else:
                    yield self._finished(row, reason, time.perf_counter() - started)
            if not kept:
                return
            if len(kept) < len(rows):
                rows = [rows[position] for position in kept]
                kept_R = torch.tensor(kept, device=tokens_B.device)
                tokens_B, cache = tokens_B[kept_R], cache.select(kept_R)
            logits_BV = self.model.step(tokens_B, cache)

    @staticmethod
    def _draw(rows: Sequence[_Row], logits_BV: Tensor, params: SamplingParams) -> Tensor:
        uniforms_B = None
        if params.temperature > 0.0:
            uniforms_B = torch.tensor([row.stream.random() for row in rows], dtype=torch.float64)
        return choose_tokens(logits_BV, params, uniforms_B)

    def _finish_reason(self, row: _Row, params: SamplingParams) -> FinishReason | None:
        if row.tokens[-1] in self.eos_token_ids or self._has_stop_string(row):
            return FinishReason.STOP
        if len(row.tokens) >= params.max_new_tokens:
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

    def _finished(self, row: _Row, reason: FinishReason, seconds: float) -> Finished:
        ended = row.tokens[-1] in self.eos_token_ids
        text = self.decode_tokens(row.tokens[:-1] if ended else row.tokens)
        for stop in row.request.stop:
            text = text.partition(stop)[0]
        generation = Generation(
            text=text, num_tokens=len(row.tokens), finish_reason=reason, seconds=seconds
        )
        return Finished(row.request_index, row.sample, generation)
