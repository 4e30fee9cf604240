"""The native HRM: a fast transformer over tokens (executor) and a slow GRU over chunks (planner).

A chunk is `timing_ratio` tokens. The executor is a causal transformer in two halves:

    lower = Lower(embedding_scale * Embed(tokens))
    high[0] = initial_P
    high[c + 1] = GRU(summary of lower over chunk c, high[c])
    logits = lm_head(Upper(lower + plan_proj(high[chunk of the token])))

So the planner's state after chunk c, high[c + 1], conditions the tokens of chunk c + 1. It never
reaches the tokens of chunk c, which would see their own future. See `planner` for the summary.

Experimental: no checkpoint is published. Not covered: prompts with bidirectional attention.

Shapes: B batch, T tokens, D executor width.
"""

from typing import ClassVar

import torch
from torch import Tensor

from hrm_core.layers import (
    AttentionContext,
    BlockStack,
    init_linears,
    make_embedding,
    truncated_normal,
)
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
        """Create the modules; call `init_weights` or load weights before use."""
        super().__init__(config)
        self.embed_tokens = make_embedding(config.vocab_size, config.low_level_dim)
        self.lower = BlockStack(config.block_shape(), config.num_layers_per_half)
        self.planner = Planner(config)
        self.upper = BlockStack(config.block_shape(), config.num_layers_per_half)

    def new_cache(self, batch: int, capacity: int) -> NativeCache:
        """Return an empty cache; see `LanguageModel.new_cache`."""
        self.check_length(capacity)
        return NativeCache(
            self.config, batch=batch, capacity=capacity, initial_P=self.planner.initial_P
        )

    def read(self, tokens_BT: Tensor, context: AttentionContext) -> Tensor:
        """Return the output (B, T, D) of the upper half of the executor."""
        embedded_BTD = self.embed_tokens(tokens_BT) * self.config.embedding_scale
        lower_BTD = self.lower(embedded_BTD, context, 0)
        plan_BTD = self.planner(lower_BTD, context)
        return self.upper(lower_BTD + plan_BTD, context, self.config.num_layers_per_half)

    @torch.no_grad()
    def init_weights(self, generator: torch.Generator) -> None:
        """Initialize the weights.

        Outside the GRU they are truncated normal. The standard deviation is `fan_in ** -0.5`
        (LeCun) for every matrix, and `low_level_dim ** -0.5` for the embedding. The GRU's matrices
        are uniform between plus and minus `high_level_dim ** -0.5`; its biases and the planner's
        initial state are 0.
        """
        init_linears(self, generator)
        truncated_normal(self.embed_tokens.weight, self.config.low_level_dim**-0.5, generator)
        bound = self.config.high_level_dim**-0.5
        for name, parameter in self.planner.gru.named_parameters():
            if name.startswith("weight"):
                uniform = torch.rand(parameter.shape, generator=generator)
                parameter.copy_((2.0 * uniform - 1.0) * bound)
            else:
                parameter.zero_()
        self.planner.initial_P.zero_()
