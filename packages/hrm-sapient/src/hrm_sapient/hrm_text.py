"""HRM-Text: two small transformer stacks that call each other in cycles.

The high state starts as the embedded tokens, the low state as one frozen vector. In each high
cycle the low stack runs `L_cycles` times on the sum of both states, then the high stack once. The
modules are named as the published checkpoints name their tensors.

Not covered: dropout, grouped-query attention, biases and other rotary scalings, which no published
checkpoint has; and the auto-guidance of the paper.

Shapes: B batch, T tokens, S attended positions, D width, N heads, K head width, V vocabulary.

Source: https://github.com/sapientinc/HRM-Text
"""

import re
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import ClassVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from hrm_core.cache import KVCache
from hrm_core.model import LanguageModel, ModelConfig, PromptFormat, cross_entropy, last_of_each_row
from hrm_sapient.hrm_text_config import HrmTextConfig
from hrm_sapient.special_tokens import PROMPT_FORMAT


@dataclass(frozen=True)
class AttentionContext:
    """What all attention calls of one forward pass share.

    Attributes:
        cos_BTK: Cosines of the rotary angles; the leading size is 1 if all rows are alike.
        sin_BTK: Their sines.
        mask_BTS: True where a query may look, with a size of 1 for the heads; None for plain
            causal attention from position 0, or for one new token that sees everything.
        positions_BT: Place of each token in its sequence; a leading size of 1 as above.
        cache: Where keys and values are kept, if anywhere.
    """

    cos_BTK: Tensor
    sin_BTK: Tensor
    mask_BTS: Tensor | None
    positions_BT: Tensor
    cache: KVCache | None


def rotate(states_BNTK: Tensor, cos_BTK: Tensor, sin_BTK: Tensor) -> Tensor:
    """Return the states rotated by their positions (halves paired, as in GPT-NeoX)."""
    first, second = states_BNTK.chunk(2, dim=-1)
    turned = torch.cat((-second, first), dim=-1)
    return states_BNTK * cos_BTK[:, None] + turned * sin_BTK[:, None]


def rms_norm(states_BTD: Tensor, eps: float) -> Tensor:
    """Return the states divided by their root mean square, computed in float32; no weight."""
    return F.rms_norm(states_BTD.float(), states_BTD.shape[-1:], eps=eps).to(states_BTD.dtype)


class Attention(nn.Module):
    """Multi-head attention whose output is gated, channel by channel, by its input."""

    def __init__(self, config: HrmTextConfig) -> None:
        super().__init__()
        self.num_heads, self.head_dim = config.num_attention_heads, config.head_dim
        inner = self.num_heads * self.head_dim
        self.gqkv_proj = nn.Linear(config.hidden_size, 4 * inner, bias=False)
        self.o_proj = nn.Linear(inner, config.hidden_size, bias=False)

    def forward(self, states_BTD: Tensor, context: AttentionContext, slot: int) -> Tensor:
        """Attend within the sequence; `slot` is this call's place in the cache."""
        batch, num_new, _ = states_BTD.shape
        fused = self.gqkv_proj(states_BTD).view(batch, num_new, 4, self.num_heads, self.head_dim)
        gate_BTNK, query, key, value = fused.unbind(dim=2)
        query_BNTK = rotate(query.transpose(1, 2), context.cos_BTK, context.sin_BTK)
        key_BNSK = rotate(key.transpose(1, 2), context.cos_BTK, context.sin_BTK)
        value_BNSK = value.transpose(1, 2)
        if context.cache is not None:
            key_BNSK, value_BNSK = context.cache.write(
                slot, key_BNSK, value_BNSK, context.positions_BT
            )
        attended_BNTK = F.scaled_dot_product_attention(
            query_BNTK,
            key_BNSK,
            value_BNSK,
            attn_mask=context.mask_BTS,
            is_causal=context.mask_BTS is None and num_new > 1,
        )
        gated_BTNK = torch.sigmoid(gate_BTNK) * attended_BNTK.transpose(1, 2)
        return self.o_proj(gated_BTNK.flatten(2))


class SwiGLU(nn.Module):
    """The gated feed-forward layer. Source: Shazeer (2020), arXiv:2002.05202."""

    def __init__(self, config: HrmTextConfig) -> None:
        super().__init__()
        self.gate_up_proj = nn.Linear(config.hidden_size, 2 * config.intermediate_size, bias=False)
        self.down_proj = nn.Linear(config.intermediate_size, config.hidden_size, bias=False)

    def forward(self, states_BTD: Tensor) -> Tensor:
        """Return the layer's output, of the shape of its input."""
        gate, up = self.gate_up_proj(states_BTD).chunk(2, dim=-1)
        return self.down_proj(F.silu(gate) * up)


class Block(nn.Module):
    """Attention and feed-forward, each on a normalised input and added to the stream."""

    def __init__(self, config: HrmTextConfig) -> None:
        super().__init__()
        self.eps = config.rms_norm_eps
        self.attn = Attention(config)
        self.mlp = SwiGLU(config)

    def forward(self, states_BTD: Tensor, context: AttentionContext, slot: int) -> Tensor:
        """Return the stream after this block."""
        states_BTD = states_BTD + self.attn(rms_norm(states_BTD, self.eps), context, slot)
        return states_BTD + self.mlp(rms_norm(states_BTD, self.eps))


class Level(nn.Module):
    """One of the two stacks: its blocks, then a norm."""

    def __init__(self, config: HrmTextConfig) -> None:
        super().__init__()
        self.eps = config.rms_norm_eps
        self.layers = nn.ModuleList(Block(config) for _ in range(config.num_layers_per_stack))

    def forward(self, states_BTD: Tensor, context: AttentionContext, first_slot: int) -> Tensor:
        """Run once through the stack; its calls take the cache slots from `first_slot` on."""
        for offset, block in enumerate(self.layers):
            states_BTD = block(states_BTD, context, first_slot + offset)
        return rms_norm(states_BTD, self.eps)


class Recurrence(nn.Module):
    """Embedding and the two levels with their cycles."""

    z_L_init: Tensor
    cos_PK: Tensor
    sin_PK: Tensor

    def __init__(self, config: HrmTextConfig) -> None:
        super().__init__()
        self.config = config
        self.embed_tokens = nn.Embedding(config.vocab_size, config.hidden_size)
        self.L_module = Level(config)
        self.H_module = Level(config)
        self.register_buffer("z_L_init", torch.zeros(config.hidden_size))
        cos_PK, sin_PK = _rotary_tables(config)
        self.register_buffer("cos_PK", cos_PK, persistent=False)
        self.register_buffer("sin_PK", sin_PK, persistent=False)

    def forward(
        self,
        tokens_BT: Tensor,
        prefix_lengths_B: Tensor | None,
        cache: KVCache | None,
        bp_steps: int | None = None,
    ) -> Tensor:
        """Return the final high state (B, T, D); `bp_steps` is explained at `training_loss`."""
        config = self.config
        high_BTD = self.embed_tokens(tokens_BT) * config.embedding_scale
        low_BTD = self.z_L_init.to(high_BTD.dtype).expand_as(high_BTD)
        context = self._context(tokens_BT, prefix_lengths_B, cache, high_BTD.dtype)
        for call, (level, has_gradient) in enumerate(self._schedule(bp_steps)):
            first_slot = call * config.num_layers_per_stack
            with nullcontext() if has_gradient else torch.no_grad():
                if level == "low":
                    low_BTD = self.L_module(low_BTD + high_BTD, context, first_slot)
                else:
                    high_BTD = self.H_module(high_BTD + low_BTD, context, first_slot)
        return high_BTD

    def _schedule(self, bp_steps: int | None) -> Iterator[tuple[str, bool]]:
        """Yield which level runs, and whether gradients flow through that run."""
        high_cycles, low_cycles = self.config.H_cycles, self.config.L_cycles
        total = high_cycles * low_cycles
        high_with_gradient = high_cycles
        low_with_gradient = total
        if bp_steps is not None:
            high_with_gradient = min(high_cycles, bp_steps - 1)
            low_with_gradient = min(total, bp_steps - high_with_gradient)
        for high in range(high_cycles):
            for low in range(low_cycles):
                yield "low", high * low_cycles + low >= total - low_with_gradient
            yield "high", high >= high_cycles - high_with_gradient

    def _context(
        self,
        tokens_BT: Tensor,
        prefix_lengths_B: Tensor | None,
        cache: KVCache | None,
        dtype: torch.dtype,
    ) -> AttentionContext:
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
        return AttentionContext(
            self.cos_PK[positions_BT].to(dtype),
            self.sin_PK[positions_BT].to(dtype),
            mask_BTS,
            positions_BT,
            cache,
        )


def prefix_mask(positions_1T: Tensor, prefix_lengths_B: Tensor) -> Tensor:
    """Return a mask (B, 1, T, T): causal, and the prefix sees itself both ways."""
    causal_TT = positions_1T <= positions_1T.transpose(0, 1)
    inside_BT = positions_1T < prefix_lengths_B[:, None]
    return (causal_TT | (inside_BT[:, :, None] & inside_BT[:, None, :]))[:, None]


def _rotary_tables(config: HrmTextConfig) -> tuple[Tensor, Tensor]:
    """Return cosines and sines (positions, head width) in float32, real also on a meta device."""
    steps = torch.arange(0, config.head_dim, 2, dtype=torch.float32, device="cpu")
    frequencies = 1.0 / config.rope_theta ** (steps / config.head_dim)
    positions = torch.arange(config.max_position_embeddings, dtype=torch.float32, device="cpu")
    angles = torch.outer(positions, frequencies).repeat(1, 2)
    return angles.cos(), angles.sin()


class HrmText(LanguageModel):
    """HRM-Text as a language model; see the module's docstring."""

    config_type: ClassVar[type[ModelConfig]] = HrmTextConfig
    prompt_format: ClassVar[PromptFormat] = PROMPT_FORMAT

    config: HrmTextConfig

    def __init__(self, config: HrmTextConfig) -> None:
        """Make the modules; the weights are PyTorch's until `init_weights` or a load."""
        super().__init__()
        self.config = config
        self.model = Recurrence(config)
        self.lm_head = nn.Linear(config.hidden_size, config.vocab_size, bias=False)

    @property
    def prefix_lm(self) -> bool:
        """Whether the prompt is read in both directions."""
        return self.config.prefix_lm

    def new_cache(self, batch: int, capacity: int) -> KVCache:
        """Return a cache with one slot for each (cycle step, layer)."""
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
        cache: KVCache | None = None,
        lengths_B: Tensor | None = None,
    ) -> Tensor:
        """Score every next token; see `LanguageModel.forward`."""
        return self.lm_head(self._read(tokens_BT, prefix_lengths_B, cache, lengths_B))

    def next_logits(
        self,
        tokens_BT: Tensor,
        prefix_lengths_B: Tensor | None = None,
        cache: KVCache | None = None,
        lengths_B: Tensor | None = None,
    ) -> Tensor:
        """Score the token after each row, and no other."""
        high_BTD = self._read(tokens_BT, prefix_lengths_B, cache, lengths_B)
        return self.lm_head(last_of_each_row(high_BTD, lengths_B))

    def training_loss(
        self,
        tokens_BT: Tensor,
        labels_BT: Tensor,
        prefix_lengths_B: Tensor | None = None,
        *,
        bp_steps: int | None = None,
    ) -> Tensor:
        """Return the mean cross-entropy, with truncated back-propagation through the cycles.

        Args:
            tokens_BT: Token ids, int64.
            labels_BT: The token that follows each of them, or `IGNORED_LABEL`.
            prefix_lengths_B: See `forward`.
            bp_steps: How many of the last stack runs carry gradients, at least 2: up to
                `H_cycles` high ones, the rest low ones. All, if not given.

        Raises:
            ValueError: If `bp_steps` is below 2.
        """
        if bp_steps is not None and bp_steps < 2:
            message = f"bp_steps must be at least 2, got {bp_steps}"
            raise ValueError(message)
        self._check_call(tokens_BT, prefix_lengths_B, None)
        high_BTD = self.model(tokens_BT, prefix_lengths_B, None, bp_steps)
        return cross_entropy(self.lm_head(high_BTD), labels_BT)

    def _read(
        self,
        tokens_BT: Tensor,
        prefix_lengths_B: Tensor | None,
        cache: KVCache | None,
        lengths_B: Tensor | None,
    ) -> Tensor:
        self._check_call(tokens_BT, prefix_lengths_B, cache)
        high_BTD: Tensor = self.model(tokens_BT, prefix_lengths_B, cache)
        if cache is not None:
            cache.advance(tokens_BT.shape[1], lengths_B)
        return high_BTD

    def _check_call(
        self, tokens_BT: Tensor, prefix_lengths_B: Tensor | None, cache: KVCache | None
    ) -> None:
        longest = cache.longest if cache is not None else 0
        self.check_length(longest + tokens_BT.shape[1])
        if prefix_lengths_B is None:
            return
        if not self.config.prefix_lm:
            message = "prefix_lengths_B was given, but the model is causal (prefix_lm: false)"
            raise ValueError(message)
        if longest:
            message = "prefix_lengths_B was given with a cache that already holds tokens"
            raise ValueError(message)

    @torch.no_grad()
    def init_weights(self, generator: torch.Generator) -> None:
        """Draw weights as the published training does.

        Truncated normal: LeCun's deviation `fan_in ** -0.5` for every matrix, `hidden_size ** -0.5`
        for the embedding, and 1 for the frozen initial low state.
        """
        for module in self.modules():
            if isinstance(module, nn.Linear):
                _truncated_normal(module.weight, module.in_features**-0.5, generator)
        _truncated_normal(self.model.embed_tokens.weight, self.config.hidden_size**-0.5, generator)
        _truncated_normal(self.model.z_L_init, 1.0, generator)

    @classmethod
    def from_published(cls, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
        """Accept the fused layout of published files and the split one of transformers."""
        fused = dict(tensors)
        for name in tensors:
            if match := re.fullmatch(r"(.*)\.self_attn\.o_proj\.weight", name):
                _fuse(fused, match[1], "self_attn", ("gate", "q", "k", "v"), "attn.gqkv_proj")
                _fuse(fused, match[1], "mlp", ("gate", "up"), "mlp.gate_up_proj")
                fused[f"{match[1]}.attn.o_proj.weight"] = fused.pop(name)
        return fused


def _fuse(
    tensors: dict[str, Tensor], block: str, module: str, parts: tuple[str, ...], target: str
) -> None:
    """Replace projections of one module by their concatenation; leave incomplete sets alone."""
    names = [f"{block}.{module}.{part}_proj.weight" for part in parts]
    if all(name in tensors for name in names):
        tensors[f"{block}.{target}.weight"] = torch.cat([tensors.pop(name) for name in names])


def _truncated_normal(tensor: Tensor, std: float, generator: torch.Generator) -> None:
    """Fill with a normal folded into three deviations and rescaled to the wanted deviation."""
    tensor.copy_(torch.randn(tensor.shape, generator=generator).fmod_(3.0))
    tensor.mul_(1.014762601732121 * std)
