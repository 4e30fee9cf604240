"""The interface of a language model: its config, its cache and its training loss.

Not covered here: sampling of tokens (`decoding`) and checkpoint files (`checkpoint`).

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
from hrm_core.packing import Packing, Span


class ModelConfig(Section):
    """The config fields that every architecture has; an architecture adds its own.

    All token ids must be below `vocab_size`.

    Attributes:
        architecture: Name of the architecture; the value of `model.architecture` that selects it.
        vocab_size: Number of embedding rows; at least the tokenizer's vocabulary size.
        max_position_embeddings: Longest sequence in tokens, prompt and answer together.
        pad_token_id: Token that pads rows to equal length. Padding never changes other logits.
        bos_token_id: Token that begins a prompt, under the name that published configs use.
        eos_token_id: Token, or list of tokens, that ends an answer.
    """

    architecture: ClassVar[str]

    vocab_size: int = Field(ge=2)
    max_position_embeddings: int = Field(default=2048, ge=1)
    pad_token_id: int | None = None
    bos_token_id: int | None = None
    eos_token_id: int | list[int] | None = None

    @property
    def eos_token_ids(self) -> frozenset[int]:
        """The set of tokens that end an answer; empty if `eos_token_id` is not set."""
        return frozenset(self.ordered_eos_token_ids)

    @property
    def ordered_eos_token_ids(self) -> list[int]:
        """The tokens that end an answer, in the order of `eos_token_id`."""
        return _token_ids(self.eos_token_id)

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
    def with_preset(cls, preset: Mapping[str, Any], section: Mapping[str, Any]) -> dict[str, Any]:
        """Return a `model` section of a config file with the missing fields of a preset."""
        return {**preset, **section}

    @classmethod
    def from_published(cls, values: Mapping[str, Any]) -> Self:
        """Read the `config.json` of a checkpoint folder; keys that are no fields are ignored.

        Raises:
            ConfigError: If a value is invalid, or needs a feature that is not implemented.
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
    """The special tokens around a prompt in the format that a model was trained on.

    Attributes:
        begin: Texts of the special tokens before the prompt, in order.
        end: Texts of the special tokens after it.
    """

    begin: tuple[str, ...] = ()
    end: tuple[str, ...] = ()


class Cache(Protocol):
    """The state that a model keeps of the tokens it has read; one row per sequence."""

    @property
    def capacity(self) -> int:
        """Maximum number of tokens per row."""
        ...

    @property
    def num_bytes(self) -> int:
        """Allocated memory in bytes, unused rows and positions included."""
        ...

    def keep(self, rows: Sequence[int]) -> None:
        """Keep only these rows, in this order."""
        ...

    def extend(self, other: Self, rows: Sequence[int]) -> None:
        """Append copies of these rows of another cache.

        Args:
            other: A cache of the same model.
            rows: Indices of rows of `other`; an index may occur more than once. Together with the
                present rows they must not exceed the `batch` given to `new_cache`.
        """
        ...


@dataclass(frozen=True)
class TrainingBatch:
    """The data of one optimizer step, or of one micro-batch of it.

    Attributes:
        tokens_BT: Token ids, int64.
        labels_BT: For each position the token that follows it, int64, or `IGNORED_LABEL` where
            nothing is to be predicted.
        prefix_lengths_B: See `LanguageModel.forward`. None for a packed batch, whose prefixes are
            in `packing`.
        packing: Where the sequences lie if a row contains several. None: one sequence per row.

    Raises:
        ValueError: If both `prefix_lengths_B` and `packing` are given.

    Examples:
        Predict each next token, without the tokens of the prompt:

        >>> labels_BT = tokens_BT[:, 1:].clone()
        >>> labels_BT[:, : prompt_length - 1] = IGNORED_LABEL
        >>> loss = model.training_loss(TrainingBatch(tokens_BT[:, :-1], labels_BT))
    """

    tokens_BT: Tensor
    labels_BT: Tensor
    prefix_lengths_B: Tensor | None = None
    packing: Packing | None = None

    def __post_init__(self) -> None:
        """Check that the prefixes are given in one place only."""
        if self.packing is not None and self.prefix_lengths_B is not None:
            raise ValueError(
                "prefix_lengths_B was given with packing, which has the prefix of each sequence"
            )

    @property
    def spans(self) -> tuple[Span, ...]:
        """The place of each sequence; without packing, each is a whole row with its padding.

        A prefix that is longer than the row ends with it.
        """
        if self.packing is not None:
            return self.packing.spans
        num_rows, length = self.tokens_BT.shape
        prefix_B = self.prefix_lengths_B
        prefixes = [0] * num_rows if prefix_B is None else prefix_B.tolist()
        return tuple(
            Span(row, 0, length, min(prefix, length)) for row, prefix in enumerate(prefixes)
        )

    def to(self, device: torch.device | str) -> Self:
        """Return the batch with its tensors on another device."""
        prefix_B, packing = self.prefix_lengths_B, self.packing
        return type(self)(
            self.tokens_BT.to(device),
            self.labels_BT.to(device),
            None if prefix_B is None else prefix_B.to(device),
            None if packing is None else packing.to(device),
        )


class TrainingStep(NamedTuple):
    """The loss of one optimizer step, and the state for the next one.

    Attributes:
        loss: Scalar; the mean cross-entropy in nats per label, plus any auxiliary losses of the
            architecture.
        carry: The `carry` argument of the next `training_step`.
        metrics: Further scalars to log, by name.
        num_labels: Number of labels that the loss is the mean of. None: all labels of the batch.
    """

    loss: Tensor
    carry: Any
    metrics: Mapping[str, Tensor]
    num_labels: Tensor | None = None


class LanguageModel(nn.Module, ABC):
    """A language model with a validated config, a cache and a training loss.

    A subclass sets `config_type`, and `config` in its constructor, and implements `forward`,
    `new_cache` and `init_weights`.
    `hrm_core.testing` checks that it keeps the contract of this class.

    Attributes:
        config_type: Class of the config that the constructor takes.
        carry_types: Classes that a carry of `training_step` contains besides tensors and built-in
            containers. A run that is resumed refuses to load any other class.
        prompt_format: The prompt format of checkpoint folders whose `config.json` has none.
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
            tokens_BT: Token ids, int64. With a cache, the tokens that follow the cached ones.
            prefix_lengths_B: For each row the number of leading tokens that attend to one another
                in both directions; every other token attends only to itself and the tokens before
                it. Only with an empty cache.
            cache: From `new_cache`; the new tokens are added to it.
            lengths_B: For each row the number of real tokens in `tokens_BT`; the rest is padding,
                whose logits are undefined. None: no padding.

        Returns:
            Logits of shape (B, T, V); those at position t are for token t + 1.

        Raises:
            ContextLengthError: If a row exceeds `max_position_embeddings` or the cache's capacity.
        """

    @abstractmethod
    def new_cache(self, batch: int, capacity: int) -> Cache:
        """Return an empty cache for `batch` rows of up to `capacity` tokens."""

    @abstractmethod
    def init_weights(self, generator: torch.Generator) -> None:
        """Initialize all weights in place; every random number comes from `generator`."""

    @property
    def prefix_lm(self) -> bool:
        """Whether the model reads its prompt as a prefix, with attention in both directions."""
        return False

    @property
    def cache_bytes_per_token(self) -> int:
        """Bytes by which a cache row grows with each further token of capacity."""
        none, one = (self.new_cache(1, capacity).num_bytes for capacity in (0, 1))
        return one - none

    @property
    def can_pack(self) -> bool:
        """Whether `training_loss` takes packed batches, whose rows contain several sequences."""
        return False

    @property
    def is_causal(self) -> bool:
        """Whether a token of an answer sees only itself and tokens before it.

        Only such a model can generate text.
        """
        return True

    def training_options(self, fraction_done: float = 1.0) -> Mapping[str, Any]:
        """Return the keyword arguments of `training_loss` at this point of the training.

        An architecture overrides this to change its loss over time.

        Args:
            fraction_done: Fraction of the training that is done, from 0 to 1. At 1 every schedule
                has reached its final value.
        """
        del fraction_done
        return {}

    def training_step(
        self, batch: TrainingBatch, carry: Any, fraction_done: float, generator: torch.Generator
    ) -> TrainingStep:
        """Return the loss of one optimizer step, and the carry for the next one.

        The default is `training_loss` with `training_options`, and an unchanged carry.

        Args:
            batch: The training data.
            carry: State that the previous step returned; None in the first step. Only the
                architecture knows its contents.
            fraction_done: See `training_options`.
            generator: Source of all random numbers of the step.
        """
        del generator
        options = self.training_options(fraction_done)
        return TrainingStep(self.training_loss(batch, **options), carry, {})

    def next_logits(
        self,
        tokens_BT: Tensor,
        prefix_lengths_B: Tensor | None = None,
        cache: Any = None,
        lengths_B: Tensor | None = None,
    ) -> Tensor:
        """Return the logits (B, V) after the last real token of each row; see `forward`.

        Override this to skip the logits of other positions, which a large vocabulary makes costly.
        """
        logits_BTV = self(tokens_BT, prefix_lengths_B, cache, lengths_B)
        return last_of_each_row(logits_BTV, lengths_B)

    def training_loss(self, batch: TrainingBatch) -> Tensor:
        """Return the mean cross-entropy, in nats per label, over the labels that are not ignored.

        An architecture may add keyword-only arguments; `training_options` returns their values.

        Raises:
            ValueError: If the batch is packed. An architecture that can pack overrides this method.
        """
        self.refuse_packing(batch)
        return cross_entropy(self(batch.tokens_BT, batch.prefix_lengths_B), batch.labels_BT)

    def validation_loss(self, batch: TrainingBatch) -> Tensor:
        """Return the mean cross-entropy, in nats per label, of the logits that inference computes.

        Override this if `training_loss` has further terms or scores intermediate states.
        """
        return self.training_loss(batch)

    @classmethod
    def from_published(cls, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
        """Convert the tensors of a checkpoint file to a state dict; the same names by default."""
        return tensors

    def refuse_packing(self, batch: TrainingBatch) -> None:
        """Raise `ValueError` if a batch is packed; for code that would ignore the packing."""
        if batch.packing is not None:
            raise ValueError(
                f"batch.packing: {type(self).__name__} takes one sequence per row, got a packed "
                "batch. Use one row per sequence"
            )

    def check_length(self, num_tokens: int) -> None:
        """Raise `ContextLengthError` if a sequence is longer than the context."""
        limit = self.config.max_position_embeddings
        if num_tokens > limit:
            raise ContextLengthError(
                f"max_position_embeddings: the context is {limit} tokens, got {num_tokens}. "
                "Shorten the text, or choose a model with a longer context"
            )


def last_of_each_row(values_BTX: Tensor, lengths_B: Tensor | None) -> Tensor:
    """Return the values (B, X) at the last real position of each row.

    Args:
        values_BTX: One vector per position.
        lengths_B: Number of real positions in each row, at least 1. None: all positions.
    """
    if lengths_B is None:
        return values_BTX[:, -1]
    rows_B = torch.arange(len(values_BTX), device=values_BTX.device)
    return values_BTX[rows_B, lengths_B - 1]
