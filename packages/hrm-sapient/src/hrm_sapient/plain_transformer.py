"""A plain transformer of HRM-Text's blocks without its cycles: the control for experiments.

Blocks, embedding, head, attention to the prompt and initialization are those of HRM-Text; only the
cycles are missing. `hrm_sapient.controls` chooses its size so that it has the parameters or the
training costs of another model. With `num_loops` above 1 it is the control for hierarchy: recurrent
too, but with one stack of blocks, as in Dehghani et al. (2018), arXiv:1807.03819.

Not covered: features of other transformers that HRM-Text does not have.

Shapes: B batch, T tokens, D width.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

import torch
from pydantic import Field
from torch import Tensor

from hrm_core.layers import (
    AttentionContext,
    BlockStack,
    init_linears,
    make_embedding,
    truncated_normal,
)
from hrm_core.model import ModelConfig, PromptFormat
from hrm_core.transformer import TransformerConfig, TransformerModel, other_names
from hrm_sapient.hrm_text_config import PRESETS as HRM_TEXT_PRESETS
from hrm_sapient.special_tokens import PROMPT_FORMAT


class PlainTransformerConfig(TransformerConfig):
    """Shape of the control.

    Attributes:
        hidden_size: Width of the residual stream.
        num_hidden_layers: Number of blocks.
        num_loops: How often the blocks run, one time after another. From the second time on, they
            read the sum of their last output and the embedded tokens.
        embedding_scale: Factor on the embedded tokens. Default: `sqrt(hidden_size)`.
        prefix_lm: Whether attention is bidirectional within the prompt. If false, it is causal
            everywhere.
    """

    architecture: ClassVar[str] = "transformer"
    renamed: ClassVar[Mapping[str, str]] = MappingProxyType(
        other_names("hidden_size") | {"num_layers": "num_hidden_layers"}
    )

    hidden_size: int = Field(ge=2)
    num_hidden_layers: int = Field(ge=1)
    num_loops: int = Field(default=1, ge=1)
    embedding_scale: float = Field(default=0.0, gt=0)
    prefix_lm: bool = True

    @classmethod
    def _derived(cls, width: int) -> dict[str, Any]:
        return {**super()._derived(width), "embedding_scale": width**0.5}

    @property
    def num_cache_slots(self) -> int:
        """Number of attention calls per forward pass: one per block and loop."""
        return self.num_hidden_layers * self.num_loops


class PlainTransformer(TransformerModel):
    """A plain transformer as a language model; see the module's docstring."""

    config_type: ClassVar[type[ModelConfig]] = PlainTransformerConfig
    prompt_format: ClassVar[PromptFormat] = PROMPT_FORMAT

    config: PlainTransformerConfig

    def __init__(self, config: PlainTransformerConfig) -> None:
        """Create the modules; call `init_weights` or load weights before use."""
        super().__init__(config)
        self.embed_tokens = make_embedding(config.vocab_size, config.hidden_size)
        self.blocks = BlockStack(config.block_shape(), config.num_hidden_layers)

    def read(self, tokens_BT: Tensor, context: AttentionContext) -> Tensor:
        """Return the states (B, T, D) after the last block and the final norm."""
        config = self.config
        embedded_BTD = self.embed_tokens(tokens_BT) * config.embedding_scale
        states_BTD = self.blocks(embedded_BTD, context, 0)
        for loop in range(1, config.num_loops):
            first_slot = loop * config.num_hidden_layers
            states_BTD = self.blocks(states_BTD + embedded_BTD, context, first_slot)
        return states_BTD

    @torch.no_grad()
    def init_weights(self, generator: torch.Generator) -> None:
        """Initialize the weights as HRM-Text does.

        All are truncated normal. The standard deviation is `fan_in ** -0.5` (LeCun) for every
        matrix, and `hidden_size ** -0.5` for the embedding.
        """
        init_linears(self, generator)
        truncated_normal(self.embed_tokens.weight, self.config.hidden_size**-0.5, generator)


def _control_of(preset: str) -> dict[str, Any]:
    """Return the `model` section of a control with as many blocks as an HRM-Text preset."""
    values = dict(HRM_TEXT_PRESETS[preset])
    layers = 2 * values.pop("num_layers_per_stack")
    return {"architecture": "transformer", **values, "num_hidden_layers": layers}


PRESETS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {f"transformer-{preset}": _control_of(preset) for preset in ("nano", "27m")}
)
