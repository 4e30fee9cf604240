"""HRM-Text: two small transformer stacks that call each other in cycles.

The high state starts as the embedded tokens, the low state as one frozen vector. In each high
cycle the low stack runs `L_cycles` times on the sum of both states, then the high stack once. The
modules are named as the published checkpoints name their tensors.

Not covered: dropout, grouped-query attention, biases and other rotary scalings, which no published
checkpoint has; and the auto-guidance of the paper.

Shapes: B batch, T tokens, D width, V vocabulary.

Source: https://github.com/sapientinc/HRM-Text
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from hrm_core.layers import AttentionContext, BlockStack, init_linears, truncated_normal
from hrm_core.losses import cross_entropy, score_labels
from hrm_core.model import ModelConfig, PromptFormat, TrainingBatch
from hrm_core.transformer import TransformerModel
from hrm_sapient.hrm_text_config import HrmTextConfig
from hrm_sapient.special_tokens import PROMPT_FORMAT

# Share of the training in which the gradient is led up to its full length.
_BP_WARMUP = 0.2


class Recurrence(nn.Module):
    """Embedding and the two levels with their cycles."""

    z_L_init: Tensor

    def __init__(self, config: HrmTextConfig) -> None:
        super().__init__()
        self.config = config
        self.embed_tokens = nn.Embedding(config.vocab_size, config.hidden_size)
        self.L_module = BlockStack(config.block_shape(), config.num_layers_per_stack)
        self.H_module = BlockStack(config.block_shape(), config.num_layers_per_stack)
        self.register_buffer("z_L_init", torch.zeros(config.hidden_size))

    def forward(
        self, tokens_BT: Tensor, context: AttentionContext, bp_steps: int | None = None
    ) -> Tensor:
        """Return the final high state (B, T, D); `bp_steps` is explained at `training_loss`."""
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


class HrmText(TransformerModel):
    """HRM-Text as a language model; see the module's docstring."""

    config_type: ClassVar[type[ModelConfig]] = HrmTextConfig
    prompt_format: ClassVar[PromptFormat] = PROMPT_FORMAT

    config: HrmTextConfig

    def __init__(self, config: HrmTextConfig) -> None:
        """Make the modules; the weights are PyTorch's until `init_weights` or a load."""
        super().__init__(config)
        self.model = Recurrence(config)

    def read(self, tokens_BT: Tensor, context: AttentionContext) -> Tensor:
        """Return the final high state (B, T, D)."""
        return self.model(tokens_BT, context)

    def training_options(self, progress: float = 1.0) -> Mapping[str, Any]:
        """Return how many stack runs carry gradients: from 2 up, as the published training does.

        The most is the last low cycle and every high run (5 for cycles 2 x 3), reached after a
        fifth of the training.

        Args:
            progress: Share of the training that is done.
        """
        fewest, most = 2, self.config.H_cycles + self.config.L_cycles
        done = min(1.0, progress / _BP_WARMUP)
        return {"bp_steps": fewest + int(done * (most - fewest))}

    def training_loss(self, batch: TrainingBatch, *, bp_steps: int | None = None) -> Tensor:
        """Return the mean cross-entropy, with truncated back-propagation through the cycles.

        Args:
            batch: What to learn; may be packed.
            bp_steps: How many of the last stack runs carry gradients, at least 2: up to
                `H_cycles` high ones, the rest low ones. All, if not given.

        Raises:
            ValueError: If `bp_steps` is below 2.
        """
        if bp_steps is not None and bp_steps < 2:
            raise ValueError(f"bp_steps must be at least 2, got {bp_steps}")
        high_BTD = self.model(batch.tokens_BT, self.training_context(batch), bp_steps)
        return cross_entropy(*score_labels(self.lm_head, high_BTD, batch.labels_BT))

    @torch.no_grad()
    def init_weights(self, generator: torch.Generator) -> None:
        """Draw weights as the published training does.

        Truncated normal: LeCun's deviation `fan_in ** -0.5` for every matrix, `hidden_size ** -0.5`
        for the embedding, and 1 for the frozen initial low state.
        """
        init_linears(self, generator)
        truncated_normal(self.model.embed_tokens.weight, self.config.hidden_size**-0.5, generator)
        truncated_normal(self.model.z_L_init, 1.0, generator)

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
