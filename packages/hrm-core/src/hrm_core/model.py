"""The interface of a language model: its config, its cache, its training loss.

Not covered here: how tokens are drawn (`decoding`), and files (`checkpoint`).

Shapes: B batch, T tokens, V vocabulary.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Protocol, Self

import torch
from pydantic import Field, ValidationInfo, field_validator
from torch import Tensor, nn

from hrm_core.config import Section, from_mapping
from hrm_core.errors import ContextLengthError
from hrm_core.losses import cross_entropy
from hrm_core.packing import Packing


class ModelConfig(Section):
    """What every architecture has; architectures add their own fields.

    Attributes:
        vocab_size: Rows of the embedding; at least the size of the tokenizer.
        max_position_embeddings: Longest sequence, prompt and answer together, in tokens.
        pad_token_id: Fills rows up; never seen by a model.
        bos_token_id: The token that the published configs call the first.
        eos_token_id: Token (or tokens) that end an answer.

    All token ids lie within the vocabulary.
    """

    architecture: ClassVar[str]

    vocab_size: int = Field(ge=2)
    max_position_embeddings: int = Field(default=2048, ge=1)
    pad_token_id: int | None = None
    bos_token_id: int | None = None
    eos_token_id: int | list[int] | None = None

    @property
    def eos_token_ids(self) -> frozenset[int]:
        """The tokens that end an answer, as a set."""
        return frozenset(_token_ids(self.eos_token_id))

    @field_validator("pad_token_id", "bos_token_id", "eos_token_id")
    @classmethod
    def _check_token_ids(
        cls, value: int | list[int] | None, info: ValidationInfo
    ) -> int | list[int] | None:
        size = info.data.get("vocab_size")
        if size is not None and not all(0 <= token_id < size for token_id in _token_ids(value)):
            raise ValueError(f"expected ids from 0 to {size - 1}, below vocab_size, got {value!r}")
        return value

    @classmethod
    def from_published(cls, values: Mapping[str, Any]) -> Self:
        """Read the `config.json` of a checkpoint folder.

        Raises:
            ConfigError: If a value is impossible, or asks for what is not implemented.
        """
        known = {key: values[key] for key in cls.model_fields if key in values}
        return from_mapping(cls, known)

    def to_published(self) -> dict[str, Any]:
        """Return the fields for the `config.json` of a checkpoint folder."""
        return self.model_dump()


def _token_ids(value: int | list[int] | None) -> list[int]:
    return value if isinstance(value, list) else [] if value is None else [value]


@dataclass(frozen=True)
class PromptFormat:
    """The special tokens that a model was trained to see around a prompt, by their text."""

    begin: tuple[str, ...] = ()
    end: tuple[str, ...] = ()


class Cache(Protocol):
    """What a model remembers of the tokens it has read, one row a sequence."""

    @property
    def capacity(self) -> int:
        """Tokens that a row can hold."""
        ...

    @property
    def num_bytes(self) -> int:
        """Memory of all that there is room for."""
        ...

    def keep(self, rows: Sequence[int]) -> None:
        """Keep these rows, in this order, and forget the others."""
        ...

    def extend(self, other: Self, rows: Sequence[int]) -> None:
        """Add copies of these rows of another cache, if there is room; one may be taken twice.

        There is room for as many rows as the cache was made for.
        """
        ...


@dataclass(frozen=True)
class TrainingBatch:
    """What one optimizer step learns from, or a share of it.

    Attributes:
        tokens_BT: Token ids, int64.
        labels_BT: The token that follows each of them, or `IGNORED_LABEL`.
        prefix_lengths_B: See `LanguageModel.forward`. A packed batch has its prefixes in `packing`.
        packing: Where the sequences of each row lie. None: each row is one sequence.

    Raises:
        ValueError: If both `prefix_lengths_B` and `packing` are given.
    """

    tokens_BT: Tensor
    labels_BT: Tensor
    prefix_lengths_B: Tensor | None = None
    packing: Packing | None = None

    def __post_init__(self) -> None:
        """Refuse prefixes that a packed batch would ignore."""
        if self.packing is not None and self.prefix_lengths_B is not None:
            raise ValueError(
                "prefix_lengths_B was given with packing, which has the prefix of each sequence"
            )

    def to(self, device: torch.device | str) -> Self:
        """Return the same batch on another device."""
        prefix_B, packing = self.prefix_lengths_B, self.packing
        return type(self)(
            self.tokens_BT.to(device),
            self.labels_BT.to(device),
            None if prefix_B is None else prefix_B.to(device),
            None if packing is None else packing.to(device),
        )


class TrainingStep(NamedTuple):
    """What an optimizer step comes to.

    Attributes:
        loss: In nats a label, with what else the architecture learns from.
        carry: For the next step.
        metrics: What may be logged besides.
        num_labels: Labels that the loss is the mean of, if it is not of those of the batch.
    """

    loss: Tensor
    carry: Any
    metrics: Mapping[str, Tensor]
    num_labels: Tensor | None = None


class LanguageModel(nn.Module, ABC):
    """A causal language model with a validated config, a cache and a training loss.

    Attributes:
        config_type: The config that the constructor takes.
        carry_types: What a carry of `training_step` is made of besides tensors and containers.
        prompt_format: The wrapping used when a checkpoint folder does not name its own.
        config: The config that this model was built from.
    """

    config_type: ClassVar[type[ModelConfig]]
    carry_types: ClassVar[tuple[type, ...]] = ()
    prompt_format: ClassVar[PromptFormat] = PromptFormat()

    config: ModelConfig

    @abstractmethod
    def forward(
        self,
        tokens_BT: Tensor,
        prefix_lengths_B: Tensor | None = None,
        cache: Any = None,
        lengths_B: Tensor | None = None,
    ) -> Tensor:
        """Score every next token.

        Args:
            tokens_BT: Token ids, int64; the tokens after those in the cache, if there is one.
            prefix_lengths_B: Tokens at the start of each row that see one another both ways; all
                others see only what stands before them. Only with an empty cache.
            cache: From `new_cache`; filled as a side effect.
            lengths_B: Real tokens in each row of `tokens_BT`; what follows them is padding, whose
                logits mean nothing. All, if not given.

        Returns:
            Logits of shape (B, T, V); those at position t are for token t + 1.

        Raises:
            ContextLengthError: If a row grows past `max_position_embeddings` or its cache.
        """

    @abstractmethod
    def new_cache(self, batch: int, capacity: int) -> Cache:
        """Return an empty cache for `batch` rows of up to `capacity` tokens."""

    @abstractmethod
    def init_weights(self, generator: torch.Generator) -> None:
        """Draw fresh weights in place."""

    @property
    def prefix_lm(self) -> bool:
        """Whether the model was trained to read its prompt in both directions."""
        return False

    @property
    def cache_bytes_per_token(self) -> int:
        """Memory that each token of a row takes in the cache."""
        few, more = (self.new_cache(1, capacity).num_bytes for capacity in (1, 2))
        return more - few

    @property
    def can_pack(self) -> bool:
        """Whether several sequences may lie in one training row, none seeing another."""
        return False

    @property
    def is_causal(self) -> bool:
        """Whether no token of an answer sees those after it, so that it can learn to write them."""
        return True

    def training_options(self, progress: float = 1.0) -> Mapping[str, Any]:
        """Return the keyword arguments of `training_loss` after a share of the training.

        Args:
            progress: From 0 to 1; what an architecture works up to is reached before 1.
        """
        del progress
        return {}

    def training_step(
        self, batch: TrainingBatch, carry: Any, progress: float, generator: torch.Generator
    ) -> TrainingStep:
        """Return the loss of one optimizer step, and what the next one goes on from.

        Args:
            batch: What to learn.
            carry: Of the last step; None at first. It is the architecture's own.
            progress: See `training_options`.
            generator: For all that is drawn.
        """
        del generator
        options = self.training_options(progress)
        return TrainingStep(self.training_loss(batch, **options), carry, {})

    def next_logits(
        self,
        tokens_BT: Tensor,
        prefix_lengths_B: Tensor | None = None,
        cache: Any = None,
        lengths_B: Tensor | None = None,
    ) -> Tensor:
        """Return the logits (B, V) after the last real token of each row; see `forward`.

        Models with a large vocabulary override this to spare the logits of the other positions.
        """
        logits_BTV = self(tokens_BT, prefix_lengths_B, cache, lengths_B)
        return last_of_each_row(logits_BTV, lengths_B)

    def training_loss(self, batch: TrainingBatch) -> Tensor:
        """Return the mean cross-entropy, in nats per label, over the labels that are not ignored.

        An architecture may add keyword-only arguments; `training_options` returns their values.

        Raises:
            ValueError: If the batch is packed, but the architecture cannot pack.
        """
        self.check_packing(batch)
        return cross_entropy(self(batch.tokens_BT, batch.prefix_lengths_B), batch.labels_BT)

    def validation_loss(self, batch: TrainingBatch) -> Tensor:
        """Return the mean cross-entropy of what the model says in inference, in nats a label.

        Architectures whose `training_loss` is that of more than their answer override this.
        """
        return self.training_loss(batch)

    @classmethod
    def from_published(cls, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
        """Rename the tensors of a checkpoint file to this module's; the same names by default."""
        return tensors

    def check_packing(self, batch: TrainingBatch) -> None:
        """Raise `ValueError` if a batch is packed, but this architecture cannot pack."""
        if batch.packing is not None and not self.can_pack:
            raise ValueError(
                f"batch.packing: {type(self).__name__} takes one sequence per row, got a packed "
                "batch. Put each sequence into a row of its own"
            )

    def check_length(self, num_tokens: int) -> None:
        """Raise `ContextLengthError` if a sequence is longer than the context."""
        limit = self.config.max_position_embeddings
        if num_tokens > limit:
            raise ContextLengthError(
                f"max_position_embeddings: the context is {limit} tokens, got {num_tokens}."
            )


def last_of_each_row(values_BTX: Tensor, lengths_B: Tensor | None) -> Tensor:
    """Return the values (B, X) at the last real position of each row."""
    if lengths_B is None:
        return values_BTX[:, -1]
    rows_B = torch.arange(len(values_BTX), device=values_BTX.device)
    return values_BTX[rows_B, lengths_B - 1]
