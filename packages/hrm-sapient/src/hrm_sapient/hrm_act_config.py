"""The config of the original HRM as a language model, and its presets."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from hrm_core.transformer import TransformerConfig

_RENAMED = MappingProxyType(
    {
        "hidden_dim": "hidden_size",
        "d_model": "hidden_size",
        "width": "hidden_size",
        "num_heads": "num_attention_heads",
        "high_level_layers": "H_layers",
        "low_level_layers": "L_layers",
        "high_level_cycles": "H_cycles",
        "low_level_cycles": "L_cycles",
        "halt_max_steps": "num_segments",
        "ffn_dim": "intermediate_size",
        "max_seq_len": "max_position_embeddings",
        "max_seq_length": "max_position_embeddings",
        "seq_len": "max_position_embeddings",
        "rope_base": "rope_theta",
    }
)


class HrmActConfig(TransformerConfig):
    """Shape and training of an original HRM; the names are those of its published code.

    The published models run 16 segments over a puzzle at once. A language model runs them for each
    token that it writes, and keeps keys and values for all of them; so the default is 4.

    Attributes:
        hidden_size: Width of both states.
        H_layers: Blocks of the high level.
        L_layers: Blocks of the low level.
        H_cycles: Updates of the high state in a segment.
        L_cycles: Updates of the low state before each update of the high one.
        num_segments: Segments at inference, and the most in training (published: `halt_max_steps`).
        gradient: Which calls of a segment carry gradients: the last low and the last high one
            (`one_step`, as published), or all of its last high cycle (`last_cycle`).
        act: Training learns by Q-learning after which segment a row may halt.
        halt_exploration_prob: Chance that a row must run a random number of segments before it may
            halt; only with `act`.
        causal: A token sees none after it. If false, each sees all, as published; such a model
            solves puzzles, and cannot write.
    """

    architecture: ClassVar[str] = "hrm_act"
    renamed: ClassVar[Mapping[str, str]] = _RENAMED

    hidden_size: int = Field(ge=2)
    H_layers: int = Field(ge=1)
    L_layers: int = Field(ge=1)
    H_cycles: int = Field(default=2, ge=1)
    L_cycles: int = Field(default=2, ge=1)
    num_segments: int = Field(default=4, ge=1)
    rms_norm_eps: float = Field(default=1e-5, gt=0)
    gradient: Literal["one_step", "last_cycle"] = "one_step"
    act: bool = False
    halt_exploration_prob: float = Field(default=0.1, ge=0, le=1)
    causal: bool = True

    @model_validator(mode="after")
    def _check_act_and_mask(self) -> Self:
        if self.act and self.num_segments < 2:
            raise ValueError(
                "act: true needs at least 2 segments to halt between, got num_segments "
                f"{self.num_segments}. Set act: false"
            )
        if self.prefix_lm and not self.causal:
            raise ValueError(
                "prefix_lm: true needs a model that is causal after the prefix, got causal False. "
                "Set causal: true"
            )
        return self

    @property
    def slots_per_segment(self) -> int:
        """Attention calls in one segment."""
        return self.H_cycles * (self.L_cycles * self.L_layers + self.H_layers)

    @property
    def num_cache_slots(self) -> int:
        """Attention calls in one forward pass: one for each (segment, cycle, call, layer)."""
        return self.num_segments * self.slots_per_segment


PRESETS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "act-nano": {
            "architecture": "hrm_act",
            "hidden_size": 256,
            "H_layers": 3,
            "L_layers": 3,
            "num_attention_heads": 4,
            "vocab_size": 4096,
            "max_position_embeddings": 1024,
        },
        "act-27m": {
            "architecture": "hrm_act",
            "hidden_size": 512,
            "H_layers": 4,
            "L_layers": 4,
            "num_attention_heads": 8,
            "vocab_size": 8192,
            "max_position_embeddings": 2048,
        },
    }
)
