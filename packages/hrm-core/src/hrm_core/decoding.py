"""The decoding loop: takes prompts and yields each generation as it finishes.

Batching is continuous: when a sample finishes, the next waiting one joins the batch
(`hrm_core.schedule`). Consecutive samples of a prompt share one reading of it.

When the device runs out of memory, the batch size is halved and the samples of the batch start
again. Samples that have finished are not affected.

Not covered: how a model computes a step (`hrm_core.stepping`), and how a resumed run gets the
batches of an unbroken one (`hrm_core.replay`).

Shapes: B batch, V vocabulary.
"""

import functools
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any, Protocol

import torch
from torch import Tensor

from hrm_core.errors import DataError, UsageError
from hrm_core.generation import (
    NO_SAMPLES_DONE,
    PROMPT_TOO_LONG,
    Finished,
    FinishReason,
    Generation,
    GenerationRequest,
    SamplingParams,
    derive_seed,
)
from hrm_core.memory import is_out_of_memory
from hrm_core.replay import count_wanted, skip_known_steps, with_placeholders, without_done
from hrm_core.sampling import NO_TOKEN, RowSettings, choose_tokens
from hrm_core.schedule import Prompt, Sample, Schedule, distinct_prompts

# Most bytes of a character in UTF-8, and so most tokens without a whole character.
_CHARACTER_BYTES = 4


class CachedModel(Protocol):
    """The model interface of the loop: read prompts, then one token per row in each step."""

    @property
    def can_refill(self) -> bool:
        """Whether rows can join a running batch; if not, it ends before the next one begins."""
        ...

    def rows_that_fit(self, capacity: int) -> int:
        """Return how many rows of `capacity` tokens fit into memory."""
        ...

    def new_batch(self, batch: int, capacity: int) -> Any:
        """Return a cache (`hrm_core.model.Cache`) without rows, which can grow to `batch` rows."""
        ...

    def prefill(self, prompts: Sequence[Sequence[int]]) -> tuple[Tensor, Any]:
        """Return the logits (B, V) after each prompt, and a cache with one row per prompt."""
        ...

    def step(self, tokens_B: Tensor, cache: Any) -> Tensor:
        """Return the logits (B, V) after one more token in each row."""
        ...


class _Prefill:
    """Prompts that are read together, at the first call of `add_rows`."""

    def __init__(self, model: CachedModel, prompts: Sequence[Prompt]) -> None:
        self._model, self._prompts = model, list(prompts)
        self._result: tuple[Tensor, Any] | None = None

    def add_rows(self, samples: Sequence[Sample], cache: Any) -> Tensor:
        """Add a row to the cache for each sample; return the logits after their prompts."""
        if self._result is None:
            self._result = self._model.prefill(self._prompts)
        logits_BV, prompt_cache = self._result
        rows = [self._prompts.index(sample.prompt) for sample in samples]
        cache.extend(prompt_cache, rows)
        return logits_BV[rows]

    def keep_last(self) -> None:
        """Free the memory of all prompts but the last."""
        if self._result is None or len(self._prompts) == 1:
            return
        logits_BV, prompt_cache = self._result
        last_cache = self._model.new_batch(1, len(self._prompts[-1]))
        last_cache.extend(prompt_cache, [len(self._prompts) - 1])
        self._prompts, self._result = self._prompts[-1:], (logits_BV[-1:], last_cache)


@dataclass(kw_only=True)
class Decoder:
    """A model with its tokenizer and context: a `hrm_core.generation.StreamingGenerator`.

    Attributes:
        model: Reads prompts and tokens.
        encode_prompt: Converts text to token ids, with the special tokens of the prompt format.
        decode_tokens: Converts token ids to text, without special tokens.
        eos_token_ids: Tokens that end a generation.
        context_length: Limit of prompt and answer together, in tokens.
        batch_size: Rows decoded at a time. Default: as many as fit into memory.
        is_chat: Whether `encode_prompt` wraps a prompt as a message, which the model answers. The
            stop strings of bare continuations do not apply to such answers, but `chat_stop` does.
        description: Facts about the model for reports; see `hrm_core.generation.Generator`.
            `generate` adds the `batch_size`.
        num_tokens_drawn: See `hrm_core.generation.CountingGenerator`.

    Examples:
        >>> for finished in decoder.generate([GenerationRequest(prompt="Hi")], SamplingParams()):
        ...     print(finished.generation.text)
    """

    model: CachedModel
    encode_prompt: Callable[[str], list[int]]
    decode_tokens: Callable[[Sequence[int]], str]
    eos_token_ids: frozenset[int]
    context_length: int
    batch_size: int | None = None
    is_chat: bool = False
    description: dict[str, str] = field(default_factory=dict)
    num_tokens_drawn: int = field(default=0, init=False, repr=False)
    _silent: dict[int, bool] = field(default_factory=dict, init=False, repr=False)

    def generate(
        self,
        requests: Sequence[GenerationRequest],
        params: SamplingParams,
        *,
        done: Mapping[tuple[int, int], int] = NO_SAMPLES_DONE,
    ) -> Iterator[Finished]:
        """Return each generation as it finishes; see `hrm_core.generation.Generator`."""
        samples, too_long = self._samples(requests, params)
        capacity = max((len(s.prompt) + s.max_tokens for s in samples), default=0)
        batch_size = self.batch_size or self.model.rows_that_fit(capacity)
        self.description["batch_size"] = str(batch_size)
        batch_size = min(batch_size, max(1, len(samples)))
        too_long = [finished for finished in too_long if finished[:2] not in done]
        if not samples:
            return iter(too_long)
        if not done:
            return chain(too_long, self._decode_all(samples, batch_size, capacity))
        num_wanted = sum((s.request_index, s.number) not in done for s in samples)
        stream = self._decode_all(with_placeholders(samples, done), batch_size, capacity)
        return chain(too_long, without_done(stream, done, num_wanted))

    def stream(
        self, request: GenerationRequest, params: SamplingParams, show: Callable[[str], None]
    ) -> Generation:
        """Continue one prompt and show its text; see `hrm_core.generation.StreamingGenerator`."""
        samples, too_long = self._samples([replace(request, num_samples=1)], params)
        if not samples:
            return too_long[0].generation
        (sample,) = samples
        shown = ""
        ended: list[Finished] = []
        for ended in self._decode_steps(samples, 1, len(sample.prompt) + sample.max_tokens):
            text = ended[0].generation.text if ended else self._settled_text(sample)
            if text != shown and text.startswith(shown):
                show(text[len(shown) :])
                shown = text
        return ended[0].generation

    def _settled_text(self, sample: Sample) -> str:
        """Return the text so far without what the next token may change.

        That is an incomplete character at its end, and the beginning of a stop string.
        """
        text = self._continuation(sample.prompt, sample.tokens).rstrip("\ufffd")
        beginnings = (stop[:size] for stop in sample.stop for size in range(1, len(stop)))
        held = max((len(start) for start in beginnings if text.endswith(start)), default=0)
        return text[: len(text) - held]

    def _samples(
        self, requests: Sequence[GenerationRequest], params: SamplingParams
    ) -> tuple[list[Sample], list[Finished]]:
        """Return the samples to decode, and the results of prompts that leave no room."""
        samples: list[Sample] = []
        too_long: list[Finished] = []
        for index, request in enumerate(requests):
            prompt = self._encode(request, where=request.task_id or f"request {index}")
            row_params = request.params or params
            max_tokens = min(row_params.max_new_tokens, self.context_length - len(prompt))
            numbers = range(request.num_samples)
            if max_tokens < 1:
                too_long += [Finished(index, number, PROMPT_TOO_LONG) for number in numbers]
                continue
            samples += [
                Sample(
                    request_index=index,
                    number=number,
                    prompt=prompt,
                    params=row_params,
                    seed=derive_seed(request.seed, number),
                    max_tokens=max_tokens,
                    eos_token_ids=self.eos_token_ids,
                    stop=request.chat_stop if self.is_chat else request.stop,
                )
                for number in numbers
            ]
        return samples, too_long

    def _encode(self, request: GenerationRequest, *, where: str) -> Prompt:
        stop = request.stop + request.chat_stop
        if "" in stop:
            raise ValueError(f"{where}: a stop string must have a character, got {stop!r}")
        prompt = tuple(self.encode_prompt(request.prompt))
        if not prompt:
            raise UsageError(f"{where}: the prompt has no tokens. Write a prompt")
        return prompt

    def _decode_all(
        self, samples: Sequence[Sample], batch_size: int, capacity: int
    ) -> Iterator[Finished]:
        return chain.from_iterable(self._decode_steps(samples, batch_size, capacity))

    def _decode_steps(
        self, samples: Sequence[Sample], batch_size: int, capacity: int
    ) -> Iterator[list[Finished]]:
        """Yield after each step the generations that have ended in it."""
        waiting = deque(samples)
        while True:
            schedule = Schedule(waiting, batch_size, self.model.can_refill)
            batch = _Batch(self, schedule, capacity)
            try:
                yield from batch.run()
                return
            except RuntimeError as error:
                if not is_out_of_memory(error):
                    raise
                batch_size = self._halve(batch_size, error)
            # Free the cache before a smaller one is created.
            del batch
            waiting = schedule.unfinished()

    @staticmethod
    def _halve(batch_size: int, error: RuntimeError) -> int:
        if batch_size == 1:
            raise UsageError(
                "the device has no memory for a single row. Use a smaller model, --device cpu, or "
                "fewer tokens with --max-new-tokens"
            ) from error
        return batch_size // 2

    def finish_reason(self, sample: Sample) -> FinishReason | None:
        """Return why a sample ends with its last token, or None if it continues."""
        if sample.tokens[-1] in sample.eos_token_ids or self._has_stop_string(sample):
            return FinishReason.STOP
        return FinishReason.LENGTH if sample.is_full else None

    def _has_stop_string(self, sample: Sample) -> bool:
        if not sample.stop or self._is_silent(sample.tokens[-1]):
            return False
        # A token with text has at least one byte, so a stop string that ends in the last token lies
        # within as many of them as it has bytes. The tail is longer, as it may begin inside a
        # character.
        count = _most_bytes(sample.stop) + _CHARACTER_BYTES
        tail = self._last_with_text(sample.tokens, count)
        begins_answer = len(tail) < count
        context = self._last_with_text(sample.prompt, _CHARACTER_BYTES) if begins_answer else []
        text = self._continuation(context, tail)
        return any(stop in text for stop in sample.stop)

    def _last_with_text(self, tokens: Sequence[int], count: int) -> Sequence[int]:
        """Return the last `count` tokens that have text, or all of them if there are fewer."""
        last = tokens[-count:]
        if not any(map(self._is_silent, last)):
            return last
        with_text = (token for token in reversed(tokens) if not self._is_silent(token))
        return list(islice(with_text, count))[::-1]

    def _is_silent(self, token: int) -> bool:
        """Return whether a token never has text, as a special token."""
        is_silent = self._silent.get(token)
        if is_silent is None:
            # Some decoders strip a space from the start of a text, so one token does not tell.
            is_silent = self._silent[token] = not self.decode_tokens([token] * 3)
        return is_silent

    def _continuation(self, context: Sequence[int], tokens: Sequence[int]) -> str:
        """Return the text that tokens add to the text of a context.

        Tokens that are decoded alone may lose the space that they begin with, and the bytes of a
        character that begins in the context.
        """
        before = self.decode_tokens(context) if context else ""
        both = self.decode_tokens([*context, *tokens])
        if not both.startswith(before):
            # The context ends inside a character, which is replaced by a mark in its text.
            before = before.rstrip("\ufffd")
        return both[len(before) :]

    def finished(self, sample: Sample, reason: FinishReason) -> Finished:
        """Return the generation of a sample that has ended."""
        has_eos = sample.tokens[-1] in sample.eos_token_ids
        text = self._continuation(sample.prompt, sample.tokens[:-1] if has_eos else sample.tokens)
        text = text[: min((text.find(stop) for stop in sample.stop if stop in text), default=None)]
        generation = Generation(
            text=text,
            num_tokens=len(sample.tokens),
            finish_reason=reason,
            seconds=time.perf_counter() - sample.started,
            num_prompt_tokens=len(sample.prompt),
        )
        return Finished(sample.request_index, sample.number, generation)


@functools.cache
def _most_bytes(stop: tuple[str, ...]) -> int:
    """Return the number of bytes of the longest stop string."""
    return max(len(text.encode()) for text in stop)


class _Batch:
    """Decodes the samples of a schedule with one cache."""

    def __init__(self, decoder: Decoder, schedule: Schedule, capacity: int) -> None:
        self._decoder, self._model = decoder, decoder.model
        self._schedule, self._capacity = schedule, capacity
        self._cache: Any = None
        # The latest reading of prompts, kept while more samples of its last prompt wait.
        self._prefill: _Prefill | None = None
        self._settings = RowSettings.of([])

    def run(self) -> Iterator[list[Finished]]:
        """Decode until every sample has ended; yield after each step those that ended in it."""
        schedule = self._schedule
        skip_known_steps(schedule)
        self._start()
        while schedule.active or schedule.waiting:
            tokens = self._draw(self._next_logits())
            for sample, token in zip(schedule.active, tokens, strict=True):
                sample.tokens.append(token)
            self._decoder.num_tokens_drawn += count_wanted(schedule.active)
            has_ended, ended = self._find_ended()
            # Yielded first, so that they are not lost if there is no memory to move the others.
            yield ended
            if ended:
                self._cache.keep(schedule.retire(has_ended))
                self._set_row_settings()

    def _start(self) -> None:
        """Create the cache. Add the samples that are active because known steps were skipped."""
        schedule = self._schedule
        self._cache = self._model.new_batch(schedule.batch_size, self._capacity)
        if schedule.shared_prompts:
            self._prefill = _Prefill(self._model, schedule.shared_prompts)
        # The rows of a batch that cannot be refilled must be read together.
        size = 1 if self._model.can_refill else max(1, len(schedule.active))
        for start in range(0, len(schedule.active), size):
            samples = schedule.active[start : start + size]
            _, new_rows = self._model.prefill([[*s.prompt, *s.tokens[:-1]] for s in samples])
            self._cache.extend(new_rows, range(len(samples)))

    def _next_logits(self) -> Tensor:
        """Let waiting samples join, and return the logits (B, V) of all active samples."""
        old = list(self._schedule.active)
        same_prompt, new_prompts = self._schedule.admit()
        if same_prompt or new_prompts:
            self._set_row_settings()
            now = time.perf_counter()
            for sample in (*same_prompt, *new_prompts):
                sample.started = now
        logits = []
        if old:
            last_tokens_B = torch.tensor([s.tokens[-1] for s in old], dtype=torch.int64)
            logits.append(self._model.step(last_tokens_B, self._cache))
        if same_prompt and self._prefill is not None:
            logits.append(self._prefill.add_rows(same_prompt, self._cache))
        if new_prompts:
            self._prefill = _Prefill(self._model, distinct_prompts(new_prompts))
            logits.append(self._prefill.add_rows(new_prompts, self._cache))
        if self._prefill is not None and self._schedule.shared_prompts:
            self._prefill.keep_last()
        else:
            self._prefill = None
        return torch.cat(logits)

    def _set_row_settings(self) -> None:
        self._settings = RowSettings.of([sample.params for sample in self._schedule.active])

    def _draw(self, logits_BV: Tensor) -> list[int]:
        """Choose the next token of each active sample."""
        uniforms_B = None
        if not self._settings.greedy:
            draws = [sample.stream.random() for sample in self._schedule.active]
            uniforms_B = torch.tensor(draws, dtype=torch.float64)
        tokens: list[int] = choose_tokens(logits_BV, self._settings, uniforms_B).tolist()
        if NO_TOKEN in tokens:
            name = self._decoder.description.get("name", "the model")
            raise DataError(
                f"{name}: the logits are NaN or infinite, so no token can be chosen. The weights "
                "are damaged, or too large for their dtype. Copy them again, or try "
                "--set engine.dtype=float32"
            )
        return tokens

    def _find_ended(self) -> tuple[list[bool], list[Finished]]:
        """Return whether each active sample has ended, and the generations of those that have."""
        active = self._schedule.active
        reasons = [self._decoder.finish_reason(sample) for sample in active]
        ended = [
            self._decoder.finished(sample, reason)
            for sample, reason in zip(active, reasons, strict=True)
            if reason is not None
        ]
        return [reason is not None for reason in reasons], ended
