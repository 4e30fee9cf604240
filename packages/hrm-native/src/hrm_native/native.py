"""The native HRM: a fast transformer over tokens, and a slow planner over chunks of them.

The executor is a causal transformer in two halves. The planner ticks once for every `timing_ratio`
tokens, on a summary of the lower half's output over them. Its state after a chunk is projected and
added to the input of the upper half for all tokens after that chunk, until its next tick; never for
those of the chunk itself, which would see their own future.

Experimental: no checkpoint is published. Not covered: reading a prompt in both directions.

Shapes: B batch, T tokens, D executor width.
"""

from typing import ClassVar

import torch
from torch import Tensor, nn

from hrm_core.layers import AttentionContext, BlockStack, init_linears, truncated_normal
from hrm_core.model import ModelConfig, PromptFormat
from hrm_core.transformer import TransformerModel
from hrm_native.native_cache import NativeCache
from hrm_native.native_config import NativeConfig
from hrm_native.planner import Planner
from hrm_native.special_tokens import PROMPT_FORMAT


class NativeModel(TransformerModel):
    """The native HRM as a language model; see the module's docstring."""

    config_type: ClassVar[type[ModelConfig]] = NativeConfig
    prompt_format: ClassVar[PromptFormat] = PROMPT_FORMAT

    config: NativeConfig

    def __init__(self, config: NativeConfig) -> None:
        """Make the modules; the weights are PyTorch's until `init_weights` or a load."""
        super().__init__(config)
        self.embed_tokens = nn.Embedding(config.vocab_size, config.low_level_dim)
        self.lower = BlockStack(config.block_shape(), config.num_layers_per_half)
        self.planner = Planner(config)
        self.upper = BlockStack(config.block_shape(), config.num_layers_per_half)

    def new_cache(self, batch: int, capacity: int) -> NativeCache:
        """Return a cache whose rows are before their first token."""
        self.check_length(capacity)
        return NativeCache(
            self.config, batch=batch, capacity=capacity, initial_P=self.planner.initial_P
        )

    def read(self, tokens_BT: Tensor, context: AttentionContext) -> Tensor:
        """Return the output (B, T, D) of the upper half."""
        embedded_BTD = self.embed_tokens(tokens_BT) * self.config.embedding_scale
        lower_BTD = self.lower(embedded_BTD, context, 0)
        plan_BTD = self.planner(lower_BTD, context)
        return self.upper(lower_BTD + plan_BTD, context, self.config.num_layers_per_half)

    @torch.no_grad()
    def init_weights(self, generator: torch.Generator) -> None:
        """Draw fresh weights.

        Truncated normal: LeCun's deviation `fan_in ** -0.5` for every matrix outside the GRU,
        `low_level_dim ** -0.5` for the embedding. The GRU's matrices are uniform within
        `high_level_dim ** -0.5` of 0, its biases and the planner's initial state are 0.
        """
        init_linears(self, generator)
        truncated_normal(self.embed_tokens.weight, self.config.low_level_dim**-0.5, generator)
        bound = self.config.high_level_dim**-0.5
        for name, parameter in self.planner.gru.named_parameters():
            if name.startswith("weight"):
                drawn = torch.rand(parameter.shape, generator=generator)
                parameter.copy_((2.0 * drawn - 1.0) * bound)
            else:
                parameter.zero_()
        self.planner.initial_P.zero_()
