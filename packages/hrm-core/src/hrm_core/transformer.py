"""The base of all architectures with attention: config, rotary positions, cache and head.

Not covered: the embedding and the blocks, which an architecture implements in `read`.

Shapes: B batch, T tokens, S attended positions, D width, K head width, P positions, V vocabulary.
"""

from abc import abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any, ClassVar, Self

import torch
from pydantic import Field, model_validator
from torch import Tensor, nn

from hrm_core.cache import AttentionCache, KVCache
from hrm_core.kernels.decode import decode_kernel
from hrm_core.layers import (
    AttentionContext,
    BlockKernel,
    BlockShape,
    prefix_mask,
    rotary_tables,
)
from hrm_core.losses import cross_entropy, score_labels
from hrm_core.model import LanguageModel, ModelConfig, TrainingBatch, last_of_each_row


def other_names(width_field: str) -> dict[str, str]:
    """Return names of other projects for the fields of `TransformerConfig`, with ours.

    Args:
        width_field: Name of the field that is the width of the model.
    """
    widths = {"hidden_size", "hidden_dim", "d_model", "width"} - {width_field}
    return {
        **dict.fromkeys(widths, width_field),
        "num_heads": "num_attention_heads",
        "ffn_dim": "intermediate_size",
        "max_seq_len": "max_position_embeddings",
        "max_seq_length": "max_position_embeddings",
        "rope_base": "rope_theta",
    }


class TransformerConfig(ModelConfig):
    """The shape of attention and feed-forward; an architecture adds its own fields.

    Attributes:
        width_field: Name of the config field that is the width of the model.
        num_attention_heads: Number of heads of every attention layer.
        head_dim: Width of a head, an even number. Default: the model's width divided by the number
            of heads.
        intermediate_size: Width inside SwiGLU. Default: 8/3 of the model's width, rounded up to a
            multiple of 256.
        rope_theta: Base of the rotary position embedding.
        rms_norm_eps: Added to the mean square in every norm.
        prefix_lm: Whether attention is bidirectional within the prompt. If false, it is causal
            everywhere.
    """

    width_field: ClassVar[str] = "hidden_size"

    num_attention_heads: int = Field(ge=1)
    # The defaults of 0 are never used: `_derive` fills these fields in before validation.
    head_dim: int = Field(default=0, gt=0)
    intermediate_size: int = Field(default=0, gt=0)
    rope_theta: float = Field(default=10_000.0, gt=0)
    rms_norm_eps: float = Field(default=1e-6, gt=0)
    prefix_lm: bool = False

    @model_validator(mode="before")
    @classmethod
    def _derive(cls, values: Any) -> Any:
        """Fill in fields whose defaults depend on other fields."""
        if not isinstance(values, dict):
            return values
        width, heads = values.get(cls.width_field), values.get("num_attention_heads")
        if not isinstance(width, int) or not isinstance(heads, int) or width < 2 or heads < 1:
            return values
        derived = cls._derived(width)
        if "head_dim" not in values:
            if width % heads:
                raise ValueError(
                    f"{cls.width_field} {width} is not a multiple of num_attention_heads {heads}"
                )
            derived["head_dim"] = width // heads
        return {**derived, **values}

    @classmethod
    def with_preset(cls, preset: Mapping[str, Any], section: Mapping[str, Any]) -> dict[str, Any]:
        """Return a section with the missing fields of a preset.

        Of a preset with another width, fields that follow from the width are left out.
        """
        width = preset.get(cls.width_field)
        is_same = section.get(cls.width_field, width) == width
        kept = [name for name in preset if is_same or name not in cls._derived(1)]
        return {**{name: preset[name] for name in kept}, **section}

    @classmethod
    def _derived(cls, width: int) -> dict[str, Any]:
        """Return the defaults that depend on the width alone."""
        return {"intermediate_size": -(-round(width * 8 / 3) // 256) * 256}

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.head_dim % 2:
            raise ValueError(
                f"head_dim must be even for rotary embeddings, got {self.head_dim}. By default it "
                f"is {self.width_field} / num_attention_heads"
            )
        return self

    @property
    def num_cache_slots(self) -> int:
        """Number of attention calls in one forward pass; each has its own slot in the cache."""
        raise NotImplementedError

    def block_shape(self, *, gated: bool = True, post_norm: bool = False) -> BlockShape:
        """Return the shape of the architecture's blocks; see `BlockShape`."""
        return BlockShape(
            width=getattr(self, self.width_field),
            num_heads=self.num_attention_heads,
            head_dim=self.head_dim,
            intermediate_size=self.intermediate_size,
            eps=self.rms_norm_eps,
            gated=gated,
            post_norm=post_norm,
        )


class TransformerModel(LanguageModel):
    """A language model with attention, whose cache stores keys and values.

    An architecture implements `read` and `init_weights`.
    """

    config: TransformerConfig

    cos_PK: Tensor
    sin_PK: Tensor

    def __init__(self, config: TransformerConfig) -> None:
        """Create the head and the rotary tables; call `init_weights` or load weights next."""
        super().__init__()
        self.config = config
        width = getattr(config, config.width_field)
        self.lm_head = nn.Linear(width, config.vocab_size, bias=False)
        cos_PK, sin_PK = rotary_tables(
            config.head_dim, config.rope_theta, config.max_position_embeddings
        )
        self.register_buffer("cos_PK", cos_PK, persistent=False)
        self.register_buffer("sin_PK", sin_PK, persistent=False)

    @abstractmethod
    def read(self, tokens_BT: Tensor, context: AttentionContext) -> Tensor:
        """Return the states (B, T, D) to which the head is applied.

        Args:
            tokens_BT: Token ids, int64.
            context: Positions, mask and cache, for every attention call of this pass.
        """

    @property
    def prefix_lm(self) -> bool:
        """Whether attention is bidirectional within the prompt."""
        return self.config.prefix_lm

    def new_cache(self, batch: int, capacity: int) -> KVCache:
        """Return a cache with one slot for each attention call."""
        self.check_length(capacity)
        return KVCache(
            num_slots=self.config.num_cache_slots,
            batch=batch,
            capacity=capacity,
            num_heads=self.config.num_attention_heads,
            head_dim=self.config.head_dim,
            like=self.lm_head.weight,
        )

    def forward(
        self,
        tokens_BT: Tensor,
        prefix_lengths_B: Tensor | None = None,
        cache: AttentionCache | None = None,
        lengths_B: Tensor | None = None,
    ) -> Tensor:
        """Score every next token; see `LanguageModel.forward`."""
        states_BTD, kernel = self._read_and_advance(tokens_BT, prefix_lengths_B, cache, lengths_B)
        return self._score(states_BTD, kernel)

    def next_logits(
        self,
        tokens_BT: Tensor,
        prefix_lengths_B: Tensor | None = None,
        cache: AttentionCache | None = None,
        lengths_B: Tensor | None = None,
    ) -> Tensor:
        """Return the logits (B, V) of the token after each row; see `LanguageModel.next_logits`."""
        states_BTD, kernel = self._read_and_advance(tokens_BT, prefix_lengths_B, cache, lengths_B)
        last_BD = last_of_each_row(states_BTD, lengths_B)
        # Under autocast, logits would be rounded to its type, and some would tie.
        with _without_autocast(last_BD.device.type):
            return self._score(last_BD.to(self.lm_head.weight.dtype), kernel)

    @property
    def can_pack(self) -> bool:
        """Whether `training_loss` takes packed batches; see `Packing`."""
        return True

    def training_loss(self, batch: TrainingBatch) -> Tensor:
        """Return the mean cross-entropy over the labels; see `LanguageModel.training_loss`."""
        states_BTD = self.read(batch.tokens_BT, self.training_context(batch))
        return cross_entropy(*score_labels(self.lm_head, states_BTD, batch.labels_BT))

    def training_context(self, batch: TrainingBatch) -> AttentionContext:
        """Return the attention context of a training batch, packed or not.

        Raises:
            ContextLengthError: If the rows are longer than the context.
            ValueError: If a causal model gets a prefix, or an architecture that cannot pack gets a
                packed batch.
        """
        if not self.can_pack:
            self.refuse_packing(batch)
        tokens_BT, packing = batch.tokens_BT, batch.packing
        if packing is None:
            context = self.attention_context(tokens_BT, batch.prefix_lengths_B)
        else:
            self.check_length(tokens_BT.shape[1])
            context = self._context(packing.positions_BT, None, packing=packing)
        if not context.is_causal:
            return context
        if tokens_BT.device.type == "cpu" and not torch.compiler.is_compiling():
            # It loads torch's compiler, which takes seconds that answering should not wait for.
            from hrm_core.packed_attention import PackedAttention

            dtype = self.lm_head.weight.dtype
            if torch.is_autocast_enabled("cpu"):
                dtype = torch.get_autocast_dtype("cpu")
            attention = PackedAttention(batch.spans, is_prefix_lm=self.prefix_lm, dtype=dtype)
            return replace(context, mask_BTS=None, packed_attention=attention)
        if packing is not None:
            return replace(context, mask_BTS=packing.mask(is_prefix_lm=self.prefix_lm))
        return context

    def attention_context(
        self,
        tokens_BT: Tensor,
        prefix_lengths_B: Tensor | None,
        cache: AttentionCache | None = None,
    ) -> AttentionContext:
        """Return the attention context of one forward pass; see `forward` for the arguments.

        Raises:
            ContextLengthError: If a row exceeds the context or the cache's capacity.
            ValueError: If a prefix is given to a causal model, or with a cache that is not empty.
        """
        self._check_call(tokens_BT, prefix_lengths_B, cache)
        num_new = tokens_BT.shape[1]
        if cache is None:
            positions_BT = torch.arange(num_new, device=tokens_BT.device)[None]
        else:
            positions_BT = cache.positions(num_new)
        mask_BTS = None
        if prefix_lengths_B is not None:
            mask_BTS = prefix_mask(positions_BT[:1], prefix_lengths_B)
        elif cache is not None and cache.longest:
            seen_S = torch.arange(cache.longest + num_new, device=tokens_BT.device)
            mask_BTS = (seen_S <= positions_BT[..., None])[:, None]
        kernel = None
        if cache is not None and num_new == 1:
            kernel = decode_kernel(cache, self.cos_PK, self.sin_PK)
        return self._context(positions_BT, mask_BTS, cache=cache, kernel=kernel)

    def _context(
        self, positions_BT: Tensor, mask_BTS: Tensor | None, **fields: Any
    ) -> AttentionContext:
        dtype = self.lm_head.weight.dtype
        return AttentionContext(
            cos_BTK=self.cos_PK[positions_BT].to(dtype),
            sin_BTK=self.sin_PK[positions_BT].to(dtype),
            mask_BTS=mask_BTS,
            positions_BT=positions_BT,
            **fields,
        )

    def _read_and_advance(
        self,
        tokens_BT: Tensor,
        prefix_lengths_B: Tensor | None,
        cache: AttentionCache | None,
        lengths_B: Tensor | None,
    ) -> tuple[Tensor, BlockKernel | None]:
        context = self.attention_context(tokens_BT, prefix_lengths_B, cache)
        states_BTD = self.read(tokens_BT, context)
        if cache is not None:
            cache.advance(tokens_BT.shape[1], lengths_B)
        return states_BTD, context.kernel

    def _score(self, states: Tensor, kernel: BlockKernel | None) -> Tensor:
        if kernel is not None and kernel.can_run(self.lm_head):
            return kernel.linear(self.lm_head, states)
        return self.lm_head(states)

    def _check_call(
        self, tokens_BT: Tensor, prefix_lengths_B: Tensor | None, cache: AttentionCache | None
    ) -> None:
        longest = cache.longest if cache is not None else 0
        if not tokens_BT.shape[1]:
            raise ValueError(f"tokens_BT: expected a token or more in a row, got {tokens_BT.shape}")
        self.check_length(longest + tokens_BT.shape[1])
        if prefix_lengths_B is None:
            return
        if not self.prefix_lm:
            raise ValueError(
                "prefix_lengths_B was given, but the model is causal (prefix_lm: false)"
            )
        if longest:
            raise ValueError("prefix_lengths_B was given with a cache that already contains tokens")


def _without_autocast(device_type: str) -> AbstractContextManager[None]:
    if not torch.amp.is_autocast_available(device_type):
        # Tensors without values, on the device `meta`.
        return nullcontext()
    return torch.autocast(device_type, enabled=False)
