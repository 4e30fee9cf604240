"""The config of the original HRM as a language model, and its presets."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from hrm_core.transformer import TransformerConfig, other_names

_RENAMED = MappingProxyType(
    other_names("hidden_size")
    | {
        "high_level_layers": "H_layers",
        "low_level_layers": "L_layers",
        "high_level_cycles": "H_cycles",
        "low_level_cycles": "L_cycles",
        "halt_max_steps": "num_segments",
        "seq_len": "max_position_embeddings",
    }
)


class HrmActConfig(TransformerConfig):
    """Shape and training of an original HRM; most fields have the names of its published code.

    The published models run 16 segments over a puzzle. A language model runs all segments for each
    generated token and caches keys and values of all of them, so the default here is 4.

    Attributes:
        hidden_size: Width of both states.
        H_layers: Number of blocks of the high level.
        L_layers: Number of blocks of the low level.
        H_cycles: Updates of the high state per segment.
        L_cycles: Updates of the low state before each update of the high state.
        num_segments: Number of segments at inference, and the maximum in training; `halt_max_steps`
            in the published code.
        gradient: The calls of a segment through which gradients flow. `one_step`: the last low call
            and the last high call, as published. `last_cycle`: all calls of the last high cycle.
        act: Whether training uses Q-learning to decide when a row halts (adaptive computation
            time). Inference never halts early.
        halt_exploration_prob: Probability that a row must run a random number of segments before it
            may halt; only with `act`.
        causal: Whether attention is causal. If false, every token sees all others, as published.
            Such a model can solve puzzles but cannot generate text.
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
        """Number of attention calls in one segment."""
        return self.H_cycles * (self.L_cycles * self.L_layers + self.H_layers)

    @property
    def num_cache_slots(self) -> int:
        """Number of attention calls per forward pass: one per (segment, cycle, call, layer)."""
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
