"""Model stacks: families of architectures that are installed together and chosen as one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import torch

from hrm_core.config import from_mapping
from hrm_core.costs import Costs
from hrm_core.errors import ConfigError, listing, suggest
from hrm_core.model import LanguageModel, ModelConfig

Found = TypeVar("Found")


@dataclass(frozen=True)
class Stack:
    """A family of architectures that is installed and chosen as one; see `model_stack`.

    Attributes:
        name: What `model_stack` says.
        architectures: Model classes by the name that `model.architecture` says.
        default_architecture: The one meant when a config names none.
        presets: Model sections by the name that `model.preset` says; one that names no
            `architecture` is of the default one.
        default_presets: Those that fill in what a config leaves open if it names no preset, by
            architecture.
        special_tokens: Tokens of a fresh tokenizer that no text turns into; a token's place is its
            id.
        token_roles: Special tokens by the config field that holds their id: `eos_token_id`, ...
        controls: Model sections of this stack that cost what another model costs, by the field of
            `Costs` in which they match it; the config is that of the other model, whose shape they
            keep as far as they can.
    """

    name: str
    architectures: Mapping[str, type[LanguageModel]]
    default_architecture: str
    presets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    default_presets: Mapping[str, str] = field(default_factory=dict)
    special_tokens: tuple[str, ...] = ()
    token_roles: Mapping[str, str] = field(default_factory=dict)
    controls: Callable[[Costs, ModelConfig], Mapping[str, Mapping[str, Any]]] | None = None

    def model_type(self, architecture: str) -> type[LanguageModel]:
        """Return the class of an architecture.

        Raises:
            ConfigError: If this stack has no such architecture.
        """
        return _lookup(self.architectures, architecture, f"architecture of stack {self.name!r}")

    def parse(self, section: Mapping[str, Any]) -> ModelConfig:
        """Check the `model` section of a config: a preset, if named, with the other keys on top.

        Raises:
            ConfigError: If a name is unknown or a value is impossible.
        """
        values = dict(section)
        preset = values.pop("preset", None)
        if preset is None:
            named = values.get("architecture", self.default_architecture)
            self.model_type(named)
            preset = self.default_presets.get(named)
        if preset is not None:
            values = {**self._preset(preset, values.get("architecture")), **values}
        architecture = values.pop("architecture", self.default_architecture)
        return from_mapping(self.model_type(architecture).config_type, values, where="model")

    def _preset(self, name: object, architecture: object) -> Mapping[str, Any]:
        """Return a preset, which must be of the named architecture, if there is one."""
        preset = _lookup(self.presets, name, f"preset of stack {self.name!r}")
        owner = preset.get("architecture", self.default_architecture)
        if architecture not in (None, owner):
            own = [
                key
                for key, values in self.presets.items()
                if values.get("architecture", self.default_architecture) == architecture
            ]
            raise ConfigError(
                f"model.preset: {name!r} is a preset of architecture {owner!r}, got architecture "
                f"{architecture!r} (its presets: {listing(own)})."
            )
        return preset

    def build(self, config: ModelConfig, seed: int = 0) -> LanguageModel:
        """Return a model with fresh weights that depend on the config and the seed alone."""
        model = self.model_type(config.architecture)(config)
        model.init_weights(torch.Generator().manual_seed(seed))
        return model.eval()


def _lookup(known: Mapping[str, Found], name: object, noun: str) -> Found:
    if not isinstance(name, str) or name not in known:
        near = suggest(str(name), known)
        raise ConfigError(f"model: unknown {noun}, got {name!r} (known: {listing(known)}).{near}")
    return known[name]
