"""Which samples are decoded together: in the order of the requests, up to a number at a time.

The schedule depends on prompts and on the length of each sample alone. It knows no model and no
cache. Needs no torch.
"""

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from hrm_core.generation import SamplingParams

Prompt = tuple[int, ...]


@dataclass(eq=False, kw_only=True)
class Sample:
    """A continuation of a prompt that is being decoded or waits to be.

    Attributes:
        request_index: Index of its request.
        number: Its number among the samples of the request.
        prompt: Token ids of the prompt.
        params: Sampling settings.
        seed: Seed of its random numbers.
        max_tokens: Largest number of tokens to draw.
        eos_token_ids: Tokens that end it.
        stop: Strings that end it.
        tokens: Tokens drawn so far.
        stream: Source of its random numbers.
        started: When it joined the batch, by `time.perf_counter`.
    """

    request_index: int
    number: int
    prompt: Prompt
    params: SamplingParams
    seed: int
    max_tokens: int
    eos_token_ids: frozenset[int] = frozenset()
    stop: tuple[str, ...] = ()
    tokens: list[int] = field(init=False)
    stream: random.Random = field(init=False)
    started: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Drop the tokens drawn so far, and start the random numbers again."""
        self.tokens = []
        self.stream = random.Random(self.seed)

    @property
    def is_full(self) -> bool:
        """Whether it has as many tokens as it may have."""
        return len(self.tokens) >= self.max_tokens


@dataclass
class Schedule:
    """The samples of the current batch and those that wait to join it.

    Attributes:
        waiting: Samples in the order in which they join.
        batch_size: Largest number of samples in the batch.
        can_refill: Whether samples can join a batch that has begun. If not, a batch ends before
            the next one begins.
        active: Samples of the current batch, one for each row of the cache.
        shared_prompts: The prompts that were read together last, if the next waiting sample
            continues the last of them; otherwise empty.
    """

    waiting: deque[Sample]
    batch_size: int
    can_refill: bool
    active: list[Sample] = field(default_factory=list)
    shared_prompts: list[Prompt] = field(default_factory=list)

    def joining(self) -> list[Sample]:
        """Return the samples that the next `admit` adds to the batch."""
        if self.active and not self.can_refill:
            return []
        count = min(self.batch_size - len(self.active), len(self.waiting))
        return [self.waiting[place] for place in range(count)]

    def admit(self) -> tuple[list[Sample], list[Sample]]:
        """Add waiting samples to the batch, after those that are active.

        Returns:
            Samples of the prompt that was read last, and samples whose prompts must be read.
        """
        last = self.shared_prompts[-1] if self.shared_prompts else None
        same_prompt: list[Sample] = []
        new_prompts: list[Sample] = []
        for sample in self.joining():
            self.waiting.popleft()
            (same_prompt if sample.prompt == last else new_prompts).append(sample)
        self.active += [*same_prompt, *new_prompts]
        if new_prompts:
            self.shared_prompts = distinct_prompts(new_prompts)
        if not self._needs_last_prompt():
            self.shared_prompts = []
        return same_prompt, new_prompts

    def _needs_last_prompt(self) -> bool:
        if not (self.can_refill and self.waiting and self.shared_prompts):
            return False
        return self.waiting[0].prompt == self.shared_prompts[-1]

    def retire(self, has_ended: Sequence[bool]) -> list[int]:
        """Remove the active samples that have ended.

        Args:
            has_ended: For each active sample, whether it has ended.

        Returns:
            The old places of the samples that stay, in their new order.
        """
        kept = _places_without_gaps([not ended for ended in has_ended])
        self.active = [self.active[place] for place in kept]
        return kept

    def unfinished(self) -> deque[Sample]:
        """Return all samples that have not ended, each reset to its start."""
        for sample in self.active:
            sample.restart()
        return deque([*self.active, *self.waiting])


def distinct_prompts(samples: Sequence[Sample]) -> list[Prompt]:
    """Return the prompts of some samples, each once, in order of first appearance."""
    return list(dict.fromkeys(sample.prompt for sample in samples))


def _places_without_gaps(stays: Sequence[bool]) -> list[int]:
    """Return the places that stay, ordered so that as few samples as possible move."""
    staying = [place for place, is_staying in enumerate(stays) if is_staying]
    movers = [place for place in staying if place >= len(staying)]
    return [place if stays[place] else movers.pop() for place in range(len(staying))]
