"""The config of the native HRM and its presets."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Self

from pydantic import Field, field_validator, model_validator

from hrm_core.transformer import TransformerConfig, other_names

_RENAMED = MappingProxyType(
    other_names("low_level_dim")
    | {
        "executor_dim": "low_level_dim",
        "planner_dim": "high_level_dim",
        "chunk_size": "timing_ratio",
        "num_layers": "num_hidden_layers",
        "low_level_layers": "num_hidden_layers",
    }
)


class NativeConfig(TransformerConfig):
    """Shape of a native HRM.

    Attributes:
        low_level_dim: Width of the executor, the transformer over tokens.
        high_level_dim: Width of the planner, the recurrent network over chunks.
        timing_ratio: Number of tokens in a chunk. The planner updates its state once per chunk.
        num_hidden_layers: Number of blocks of the executor, an even number. One half comes before
            the planner, the other after it.
        embedding_scale: Factor on the embedded tokens. Default: `sqrt(low_level_dim)`.
        prefix_lm: Always false: the summary of a chunk must not see later tokens.
    """

    architecture: ClassVar[str] = "hrm_native"
    width_field: ClassVar[str] = "low_level_dim"
    renamed: ClassVar[Mapping[str, str]] = _RENAMED

    low_level_dim: int = Field(ge=2)
    high_level_dim: int = Field(ge=1)
    timing_ratio: int = Field(default=8, ge=1)
    num_hidden_layers: int = Field(ge=2)
    embedding_scale: float = Field(default=0.0, gt=0)

    @classmethod
    def _derived(cls, width: int) -> dict[str, Any]:
        return {**super()._derived(width), "embedding_scale": width**0.5}

    @field_validator("num_hidden_layers")
    @classmethod
    def _check_halves(cls, value: int) -> int:
        if value % 2:
            raise ValueError(
                "expected an even number, one half before the planner and one after it, got "
                f"{value}. Write {value - 1} or {value + 1}"
            )
        return value

    @field_validator("prefix_lm")
    @classmethod
    def _check_causal(cls, value: bool) -> bool:  # noqa: FBT001 (the signature of pydantic)
        if value:
            raise ValueError("this architecture reads its prompt causally, got True. Leave it out")
        return value

    @model_validator(mode="after")
    def _check_timing(self) -> Self:
        if self.timing_ratio >= self.max_position_embeddings:
            raise ValueError(
                f"timing_ratio must be below max_position_embeddings {self.max_position_embeddings}"
                f", or the planner reaches no token, got {self.timing_ratio}"
            )
        return self

    @property
    def num_layers_per_half(self) -> int:
        """Number of blocks before the planner, and also after it."""
        return self.num_hidden_layers // 2

    @property
    def num_cache_slots(self) -> int:
        """Number of attention calls per forward pass: one per block."""
        return self.num_hidden_layers


# The feed-forward layers are narrower than the default, so that a preset, planner included, has
# about as many parameters as the preset of the same name in the stack `sapient`.
PRESETS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "nano": {
            "low_level_dim": 256,
            "high_level_dim": 256,
            "num_hidden_layers": 6,
            "num_attention_heads": 4,
            "intermediate_size": 640,
            "vocab_size": 4096,
            "max_position_embeddings": 1024,
        },
        "27m": {
            "low_level_dim": 512,
            "high_level_dim": 512,
            "num_hidden_layers": 8,
            "num_attention_heads": 8,
            "intermediate_size": 1344,
            "vocab_size": 8192,
            "max_position_embeddings": 2048,
        },
    }
)
