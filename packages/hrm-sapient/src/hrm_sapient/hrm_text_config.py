"""The config of HRM-Text, its presets, and its conversion from and to a published `config.json`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from hrm_core.config import Section, from_mapping
from hrm_core.errors import ConfigError
from hrm_core.transformer import TransformerConfig, other_names

# Fields of a published config that change the computation, with the only supported value of each.
_FIXED = {
    "hidden_act": "silu",
    "attention_bias": False,
    "mlp_bias": False,
    "tie_word_embeddings": False,
}

# Fields of a published config in which null means the default.
_OPTIONAL = {
    "L_bp_cycles",
    "embedding_scale",
    "num_layers_per_stack",
    "rope_parameters",
    "rope_scaling",
}

_RENAMED = MappingProxyType(
    other_names("hidden_size")
    | {
        "num_layers": "num_layers_per_stack",
        "num_hidden_layers": "num_layers_per_stack",
        "high_level_layers": "num_layers_per_stack",
        "low_level_layers": "num_layers_per_stack",
        "high_level_cycles": "H_cycles",
        "low_level_cycles": "L_cycles",
    }
)


class _RopeParameters(Section):
    rope_type: Literal["default"] = "default"
    rope_theta: float | None = None


class _Published(Section):
    """Fields of a published config that `HrmTextConfig` has under another name or not at all."""

    rope_parameters: _RopeParameters
    initializer_range: float = Field(gt=0)


class HrmTextConfig(TransformerConfig):
    """Shape of an HRM-Text model; the fields have the names of the published checkpoints.

    Attributes:
        hidden_size: Width of both states.
        num_layers_per_stack: Number of blocks in the high stack and also in the low stack.
        H_cycles: Updates of the high state.
        L_cycles: Updates of the low state before each update of the high state.
        L_bp_cycles: For each high cycle, the number of its last low calls through which gradients
            flow in training. Default: none but those of the last cycle, as in the published
            training. `[3, 3]` trains 2 x 3 cycles with full back-propagation.
        embedding_scale: Factor on the embedded tokens. Default: `sqrt(hidden_size)`.
        prefix_lm: Whether attention is bidirectional within the prompt. If false, it is causal
            everywhere.
    """

    architecture: ClassVar[str] = "hrm_text"
    renamed: ClassVar[Mapping[str, str]] = _RENAMED

    hidden_size: int = Field(ge=2)
    num_layers_per_stack: int = Field(ge=1)
    H_cycles: int = Field(default=2, ge=1)
    L_cycles: int = Field(default=3, ge=1)
    L_bp_cycles: list[int] | None = None
    embedding_scale: float = Field(default=0.0, gt=0)
    prefix_lm: bool = True

    @classmethod
    def _derived(cls, width: int) -> dict[str, Any]:
        return {**super()._derived(width), "embedding_scale": width**0.5}

    @model_validator(mode="after")
    def _check_bp_cycles(self) -> Self:
        cycles = self.L_bp_cycles
        # A number may be larger than L_cycles, as the default of transformers may be.
        if cycles is not None and not (1 <= len(cycles) <= self.H_cycles and min(cycles) >= 0):
            raise ValueError(
                f"L_bp_cycles: expected up to {self.H_cycles} numbers of at least 0, one for each "
                f"of the H_cycles, got {cycles}"
            )
        return self

    @property
    def max_bp_steps(self) -> int:
        """Number of stack calls through which gradients flow at the end of the training.

        Raises:
            ConfigError: If these are not the last low calls of the run.
        """
        cycles = self._low_bp_cycles
        if not self._are_last_calls(cycles):
            raise ConfigError(
                f"model.L_bp_cycles: {cycles} is not implemented for {self.H_cycles} x "
                f"{self.L_cycles} cycles: gradients flow through the last calls. Write "
                f"{[self.L_cycles] * self.H_cycles} for all, or leave it out (a checkpoint has it "
                "in its config.json)"
            )
        return self.H_cycles + sum(cycles)

    def _are_last_calls(self, cycles: list[int]) -> bool:
        if len(cycles) != self.H_cycles:
            return False
        # After the first cycle with gradients come only whole ones.
        first = next((i for i, calls in enumerate(cycles) if calls), self.H_cycles - 1)
        whole = cycles[first + 1 :]
        return 1 <= cycles[first] <= self.L_cycles and whole == [self.L_cycles] * len(whole)

    @property
    def _low_bp_cycles(self) -> list[int]:
        return self._default_bp_cycles if self.L_bp_cycles is None else self.L_bp_cycles

    @property
    def _default_bp_cycles(self) -> list[int]:
        return [0] * (self.H_cycles - 1) + [self.L_cycles]

    @property
    def num_cache_slots(self) -> int:
        """Number of attention calls per forward pass: one per (stack call, layer)."""
        return self.num_layers_per_stack * self.H_cycles * (self.L_cycles + 1)

    @classmethod
    def from_published(cls, values: Mapping[str, Any]) -> Self:
        """Read a published `config.json`.

        Raises:
            ConfigError: If a value is invalid, or changes the computation in a way that is not
                implemented.
        """
        fields = {k: v for k, v in values.items() if v is not None or k not in _OPTIONAL}
        for key, value in _FIXED.items():
            if fields.get(key, value) != value:
                raise ConfigError(f"{key}: only {value!r} is implemented, got {fields[key]!r}")
        if "rope_scaling" in fields:
            raise ConfigError(f"rope_scaling: not implemented, got {fields['rope_scaling']!r}")
        published = from_mapping(
            _Published,
            {
                "rope_parameters": fields.get("rope_parameters", {}),
                "initializer_range": fields.get("initializer_range", 0.02),
            },
        )
        # Without num_layers_per_stack, num_hidden_layers is the number of layers per stack.
        fields.setdefault("num_layers_per_stack", fields.get("num_hidden_layers"))
        if published.rope_parameters.rope_theta is not None:
            fields["rope_theta"] = published.rope_parameters.rope_theta
        # As in transformers.
        fields.setdefault("head_dim", 128)
        fields.setdefault("embedding_scale", 1.0 / published.initializer_range)
        config = super().from_published(fields)
        cycles = config.L_bp_cycles
        if cycles is not None:
            # As in transformers, whose own default for 2 cycles is [2].
            cycles = [1] * (config.H_cycles - len(cycles)) + cycles
        if cycles == config._default_bp_cycles:
            cycles = None
        return config.model_copy(update={"L_bp_cycles": cycles})

    def to_published(self) -> dict[str, Any]:
        """Return the `config.json` fields that transformers, vLLM and SGLang read.

        There, `num_hidden_layers` is the number of cache slots, not of blocks.
        """
        values = super().to_published()
        theta = values.pop("rope_theta")
        return {
            **values,
            "architectures": ["HrmTextForCausalLM"],
            "num_hidden_layers": self.num_cache_slots,
            "rope_parameters": {"rope_type": "default", "rope_theta": theta},
            "initializer_range": self.hidden_size**-0.5,
            "L_bp_cycles": self._low_bp_cycles,
            **_FIXED,
        }


def _published_size(layers: int, width: int) -> dict[str, Any]:
    return {
        "hidden_size": width,
        "num_layers_per_stack": layers,
        "num_attention_heads": width // 128,
        "vocab_size": 65_536,
        "max_position_embeddings": 4096,
    }


PRESETS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "nano": {
            "hidden_size": 256,
            "num_layers_per_stack": 3,
            "num_attention_heads": 4,
            "vocab_size": 4096,
            "max_position_embeddings": 1024,
        },
        "27m": {
            "hidden_size": 512,
            "num_layers_per_stack": 4,
            "num_attention_heads": 8,
            "vocab_size": 8192,
            "max_position_embeddings": 2048,
        },
        "xxs": _published_size(3, 256),
        "xs": _published_size(3, 512),
        "s": _published_size(4, 768),
        "b": _published_size(6, 1024),
        "l": _published_size(12, 1280),
        "xl": _published_size(16, 1536),
    }
)
