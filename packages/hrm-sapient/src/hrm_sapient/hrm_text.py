"""HRM-Text: two transformer stacks, a high and a low level, that run in nested cycles.

The low stack L and the high stack H have the same shape and different weights. The forward pass is

    z_H = embedding_scale * Embed(tokens)
    z_L = z_L_init                          # one frozen vector for all positions
    repeat H_cycles times:
        repeat L_cycles times: z_L = L(z_L + z_H)
        z_H = H(z_H + z_L)
    logits = lm_head(z_H)

Each stack consists of pre-norm blocks (gated attention, then SwiGLU) and a final RMS norm; see
`hrm_core.layers`. The tokens enter only through the initial high state. The code calls z_H the
high state and z_L the low state. Modules have the names of the published tensors.

Not covered: dropout, grouped-query attention, biases and rotary scaling, which no published
checkpoint uses, and the auto-guidance of the paper.

Shapes: B batch, T tokens, D width, V vocabulary.

Source: https://github.com/sapientinc/HRM-Text
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from hrm_core.layers import (
    AttentionContext,
    BlockStack,
    init_linears,
    make_embedding,
    truncated_normal,
)
from hrm_core.losses import cross_entropy, score_labels
from hrm_core.model import ModelConfig, PromptFormat, TrainingBatch
from hrm_core.transformer import TransformerModel
from hrm_sapient.hrm_text_config import HrmTextConfig
from hrm_sapient.special_tokens import PROMPT_FORMAT

# Fraction of the training after which `bp_steps` has reached its maximum.
_BP_WARMUP = 0.2


class Recurrence(nn.Module):
    """The embedding, both stacks, and the cycles in which they run."""

    z_L_init: Tensor

    def __init__(self, config: HrmTextConfig) -> None:
        super().__init__()
        self.config = config
        self.embed_tokens = make_embedding(config.vocab_size, config.hidden_size)
        self.L_module = BlockStack(config.block_shape(), config.num_layers_per_stack)
        self.H_module = BlockStack(config.block_shape(), config.num_layers_per_stack)
        self.register_buffer("z_L_init", torch.zeros(config.hidden_size))

    def forward(
        self, tokens_BT: Tensor, context: AttentionContext, bp_steps: int | None = None
    ) -> Tensor:
        """Return the final high state (B, T, D); see `HrmText.training_loss` for `bp_steps`."""
        config = self.config
        high_BTD = self.embed_tokens(tokens_BT) * config.embedding_scale
        low_BTD = self.z_L_init.to(high_BTD.dtype).expand_as(high_BTD)
        for call, (level, has_gradient) in enumerate(self._schedule(bp_steps)):
            first_slot = call * config.num_layers_per_stack
            with nullcontext() if has_gradient else torch.no_grad():
                if level == "low":
                    low_BTD = self.L_module(low_BTD + high_BTD, context, first_slot)
                else:
                    high_BTD = self.H_module(high_BTD + low_BTD, context, first_slot)
        return high_BTD

    def _schedule(self, bp_steps: int | None) -> Iterator[tuple[str, bool]]:
        """Yield the level of each stack call, and whether gradients flow through that call."""
        high_cycles, low_cycles = self.config.H_cycles, self.config.L_cycles
        num_low_calls = high_cycles * low_cycles
        high_with_gradient = high_cycles
        low_with_gradient = num_low_calls
        if bp_steps is not None:
            high_with_gradient = min(high_cycles, bp_steps - 1)
            low_with_gradient = min(num_low_calls, bp_steps - high_with_gradient)
        for high in range(high_cycles):
            for low in range(low_cycles):
                yield "low", high * low_cycles + low >= num_low_calls - low_with_gradient
            yield "high", high >= high_cycles - high_with_gradient


class HrmText(TransformerModel):
    """HRM-Text as a language model; see the module's docstring."""

    config_type: ClassVar[type[ModelConfig]] = HrmTextConfig
    prompt_format: ClassVar[PromptFormat] = PROMPT_FORMAT

    config: HrmTextConfig

    def __init__(self, config: HrmTextConfig) -> None:
        """Create the modules; call `init_weights` or load weights before use."""
        super().__init__(config)
        self.model = Recurrence(config)

    def read(self, tokens_BT: Tensor, context: AttentionContext) -> Tensor:
        """Return the final high state (B, T, D)."""
        return self.model(tokens_BT, context)

    def training_options(self, fraction_done: float = 1.0) -> Mapping[str, Any]:
        """Return `bp_steps`, which rises from 2 to its maximum as in the published code.

        It rises linearly, rounded down, over the first fifth of the training. The default maximum
        (5 for 2 x 3 cycles) back-propagates through every high call and the low calls of the last
        cycle; see `HrmTextConfig.L_bp_cycles`.

        Args:
            fraction_done: Fraction of the training that is done.

        Raises:
            ConfigError: If the config asks for gradients in other calls than the last ones.
        """
        minimum, maximum = 2, self.config.max_bp_steps
        warmup = min(1.0, fraction_done / _BP_WARMUP)
        return {"bp_steps": minimum + int(warmup * (maximum - minimum))}

    def training_loss(self, batch: TrainingBatch, *, bp_steps: int | None = None) -> Tensor:
        """Return the mean cross-entropy in nats per label, with truncated back-propagation.

        Args:
            batch: The training data; may be packed.
            bp_steps: Number of stack calls through which gradients flow, at least 2. They are the
                last min(`H_cycles`, `bp_steps` - 1) high calls, and the last low calls for the
                rest. Other calls run without gradients. None: gradients flow through all calls.

        Raises:
            ValueError: If `bp_steps` is below 2.

        Examples:
            With 2 x 3 cycles and `bp_steps=3`, the calls run in this order, + with gradients:
            `L- L- L- H+ L- L- L+ H+`.
        """
        if bp_steps is not None and bp_steps < 2:
            raise ValueError(f"bp_steps must be at least 2, got {bp_steps}")
        high_BTD = self.model(batch.tokens_BT, self.training_context(batch), bp_steps)
        return cross_entropy(*score_labels(self.lm_head, high_BTD, batch.labels_BT))

    @torch.no_grad()
    def init_weights(self, generator: torch.Generator) -> None:
        """Initialize the weights as the published training code does.

        All are truncated normal. The standard deviation is `fan_in ** -0.5` (LeCun) for every
        matrix, `hidden_size ** -0.5` for the embedding, and 1 for the frozen initial low state.
        """
        init_linears(self, generator)
        truncated_normal(self.model.embed_tokens.weight, self.config.hidden_size**-0.5, generator)
        truncated_normal(self.model.z_L_init, 1.0, generator)

    @classmethod
    def from_published(cls, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
        """Convert a state dict in the fused layout of published files, or in the split layout.

        The split layout is that of the modules of transformers: `self_attn.q_proj` and so on.
        """
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
    """Replace the projections of one module by their concatenation, if all of them are there."""
    names = [f"{block}.{module}.{part}_proj.weight" for part in parts]
    if all(name in tensors for name in names):
        tensors[f"{block}.{target}.weight"] = torch.cat([tensors.pop(name) for name in names])
