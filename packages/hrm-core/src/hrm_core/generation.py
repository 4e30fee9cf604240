"""Input and output of text generation, the same for every engine. Needs no torch.

Random numbers depend on (seed, task, sample) alone. `derive_seed` makes the seed of a request from
the seed of the run and the task, and the seed of a sample from that of its request and its number.
Neither the batch nor the order of the requests matters.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Protocol, runtime_checkable

from pydantic import Field

from hrm_core.config import Section

NO_SAMPLES_DONE: Mapping[tuple[int, int], int] = MappingProxyType({})


class SamplingParams(Section):
    """How the next token is chosen, and the largest number of tokens.

    Attributes:
        temperature: Divides the logits (natural-log units); 0 takes the most likely token.
        top_p: Keep the smallest set of tokens whose probability reaches this; 1 keeps all.
        top_k: Keep this many of the most likely tokens; 0 keeps all.
        max_new_tokens: Stop after this many tokens.
    """

    temperature: float = Field(default=0.0, ge=0.0)
    top_p: float = Field(default=1.0, gt=0.0, le=1.0)
    top_k: int = Field(default=0, ge=0)
    max_new_tokens: int = Field(default=512, ge=1)


class FinishReason(StrEnum):
    """Why a generation ended, or why there is none.

    `stop` is an end token or a stop string, `length` a limit of the length. `prompt_too_long` means
    that the prompt leaves no room for an answer in the context of the model, `content_filter` that
    a server has withheld the answer or its end.
    """

    STOP = "stop"
    LENGTH = "length"
    PROMPT_TOO_LONG = "prompt_too_long"
    CONTENT_FILTER = "content_filter"


@dataclass(frozen=True, kw_only=True)
class GenerationRequest:
    """One prompt to continue.

    Attributes:
        prompt: Text of the user; the engine adds the special tokens of the prompt format.
        num_samples: Number of continuations to draw.
        seed: Seed of the request; sample `i` draws from `derive_seed(seed, i)`.
        stop: Strings that end a bare continuation; the returned text ends before the first of them.
            Answers of a chat do not end at them.
        chat_stop: Strings that end an answer of a chat in the same way.
        task_id: Name of the request in messages; the `reference` engine finds the problem by it.
        params: Sampling settings of this request; if not given, the settings of the run.
    """

    prompt: str
    num_samples: int = 1
    seed: int = 0
    stop: tuple[str, ...] = ()
    chat_stop: tuple[str, ...] = ()
    task_id: str = ""
    params: SamplingParams | None = None

    def __post_init__(self) -> None:
        for field in ("stop", "chat_stop"):
            strings = getattr(self, field)
            if isinstance(strings, str):
                raise TypeError(f"{field}: expected several strings, got {strings!r}")
            object.__setattr__(self, field, tuple(strings))


@dataclass(frozen=True, kw_only=True)
class Generation:
    """One continuation.

    Attributes:
        text: Text of the model, without the prompt, the stop string and special tokens. White space
            at its start is kept, so that it continues the prompt.
        num_tokens: Number of tokens drawn, including the one that ended it.
        finish_reason: Why it ended.
        seconds: Wall time from when it joined the batch to its last token. This includes reading
            its prompt, unless that was read for an earlier sample. Samples of one batch run at the
            same time, so their times overlap.
        num_prompt_tokens: Number of tokens of the prompt; 0 if unknown.
    """

    text: str
    num_tokens: int
    finish_reason: FinishReason
    seconds: float
    num_prompt_tokens: int = 0


# What an engine returns for such a prompt.
PROMPT_TOO_LONG = Generation(
    text="", num_tokens=0, finish_reason=FinishReason.PROMPT_TOO_LONG, seconds=0.0
)


class Finished(NamedTuple):
    """A generation with the index of its request and the number of its sample."""

    request: int
    sample: int
    generation: Generation


class Generator(Protocol):
    """A model that continues prompts; engines return it."""

    @property
    def description(self) -> dict[str, str]:
        """Facts about the model for reports: at least `name`, `stack` and `device`."""
        ...

    def generate(
        self,
        requests: Sequence[GenerationRequest],
        params: SamplingParams,
        *,
        done: Mapping[tuple[int, int], int] = NO_SAMPLES_DONE,
    ) -> Iterator[Finished]:
        """Return each generation as it finishes.

        A prompt that leaves no room in the context gets empty generations, whose reason is
        `FinishReason.PROMPT_TOO_LONG`.

        Args:
            requests: All requests of the run, including those that are done. The batches depend
                on the whole list, so a resumed run computes the same as an unbroken one.
            params: Sampling settings of requests that have none.
            done: Samples that exist already and are not returned: their number of tokens, by index
                of the request and number of the sample.

        Raises:
            UsageError: At the call, if a prompt is empty or the model refuses it.
            ValueError: At the call, if a stop string is empty.
            DataError: If the model computes logits that are NaN or infinite.
        """
        ...


@runtime_checkable
class CountingGenerator(Generator, Protocol):
    """A model that also tells how many tokens it has drawn; an engine may return it."""

    @property
    def num_tokens_drawn(self) -> int:
        """Number of tokens drawn so far, also of answers that have not ended."""
        ...


@runtime_checkable
class StreamingGenerator(Generator, Protocol):
    """A model that can also show an answer while it writes it; an engine may return it."""

    def stream(
        self, request: GenerationRequest, params: SamplingParams, show: Callable[[str], None]
    ) -> Generation:
        """Continue one prompt, and hand over the text as it comes.

        The pieces join to the text of the generation: the bytes of a character wait until it is
        complete, and text that may be the start of a stop string waits until that is clear. The
        text of an answer that breaks off inside a character may end in marks that are not shown.

        Args:
            request: Its first sample is drawn, the same as `generate` draws; `num_samples` does not
                matter.
            params: Sampling settings of a request that has none.
            show: Is called with each new piece of text, before the next token is computed.

        Raises:
            UsageError: If the prompt is empty or the model refuses it.
            ValueError: If a stop string is empty.
            DataError: If the model computes logits that are NaN or infinite.
        """
        ...


def derive_seed(*parts: int | str) -> int:
    """Return a 63-bit seed that depends on every part and its position, equal on all machines."""
    text = "\x1f".join(f"{type(part).__name__}:{part}" for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1
