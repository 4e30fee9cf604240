"""What goes into text generation and what comes out, the same for every engine. Needs no torch.

Randomness comes from (seed, task, sample) alone: `derive_seed` makes the seed of a request from
the run's seed and the task, and the seed of a sample's stream from that and its number. Neither
the batch nor the order of the requests has a say.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Protocol

from pydantic import Field

from hrm_core.config import Section

NO_SAMPLES_DONE: Mapping[tuple[int, int], int] = MappingProxyType({})


class SamplingParams(Section):
    """How the next token is chosen, and when to stop.

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
    """Why a generation ended: the model or a stop string ended it, or there was no more room."""

    STOP = "stop"
    LENGTH = "length"


@dataclass(frozen=True, kw_only=True)
class GenerationRequest:
    """One prompt to continue.

    Attributes:
        prompt: What the user says; the engine adds the wrapping that the model was trained with.
        num_samples: How many continuations to draw.
        seed: Seed of the request; sample `i` draws from `derive_seed(seed, i)`.
        stop: Strings that end a continuation; the text returned ends before the first of them.
        task_id: Names the request in messages, and the problem to the `reference` engine.
        params: Sampling settings of this request alone; those of the run, if not given.
    """

    prompt: str
    num_samples: int = 1
    seed: int = 0
    stop: tuple[str, ...] = ()
    task_id: str = ""
    params: SamplingParams | None = None


@dataclass(frozen=True, kw_only=True)
class Generation:
    """One continuation.

    Attributes:
        text: What the model wrote, without the prompt, the stop string and special tokens.
        num_tokens: Tokens drawn, the one that ended it included.
        finish_reason: Why it ended.
        seconds: Wall time from the reading of its prompt to its last token; rows overlap.
    """

    text: str
    num_tokens: int
    finish_reason: FinishReason
    seconds: float


class Finished(NamedTuple):
    """A generation and whose it is: the index of its request, and the number of the sample."""

    request: int
    sample: int
    generation: Generation


class Generator(Protocol):
    """What an engine opens: something that continues prompts."""

    @property
    def description(self) -> dict[str, str]:
        """What the report says of the model: at least `name`, `stack` and `device`."""
        ...

    def generate(
        self,
        requests: Sequence[GenerationRequest],
        params: SamplingParams,
        *,
        done: Mapping[tuple[int, int], int] = NO_SAMPLES_DONE,
    ) -> Iterator[Finished]:
        """Return each generation as it finishes.

        Args:
            requests: All requests of the run, also those that are done: which rows meet in a
                batch follows from the whole list, so that a resumed run computes what an
                unbroken one does.
            params: Sampling settings, where a request has none of its own.
            done: (request, sample) pairs that are not wanted again, and their numbers of tokens.

        Raises:
            UsageError: At the call, if a prompt leaves no room for a token.
        """
        ...


def derive_seed(*parts: int | str) -> int:
    """Return a 63-bit seed that depends on every part and its position, on every machine alike."""
    text = "\x1f".join(f"{type(part).__name__}:{part}" for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1
