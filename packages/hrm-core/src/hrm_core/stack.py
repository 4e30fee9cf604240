"""Model stacks: families of architectures that one package installs under one name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import torch

from hrm_core.config import from_mapping
from hrm_core.costs import Costs
from hrm_core.errors import ConfigError, listing, suggest
from hrm_core.model import LanguageModel, ModelConfig
from hrm_core.plugins import Group, load_named

Value = TypeVar("Value")


def load_stack(name: str) -> "Stack":
    """Import an installed stack.

    Raises:
        PluginLoadError: If it cannot be imported, or is no `Stack` of that name.
        HrmError: If no installed package provides it, or two do; see `find_plugin`.
    """
    return load_named(Group.STACKS, name, Stack)


@dataclass(frozen=True)
class Stack:
    """A family of architectures that is installed as one plug-in of `hrm.stacks`.

    Attributes:
        name: Value of `model_stack` that selects this stack.
        architectures: Model classes by their value of `model.architecture`.
        default_architecture: Architecture of a config that names none.
        presets: `model` sections by their value of `model.preset`. A preset without an
            `architecture` key belongs to the default architecture.
        default_presets: For each architecture, the preset that supplies the missing fields of a
            config that names no preset.
        special_tokens: Texts of the special tokens of a new tokenizer; the index of a token is its
            id. Tokenizing plain text never gives a special token.
        token_roles: The special token for each config field with a token id, such as
            `eos_token_id`.
        controls: Function of the costs and the config of a model of any stack. It returns `model`
            sections of this stack for controls: models to compare that model with. The keys are
            fields of `Costs`, such as `parameters`; each control costs as much in its field, and
            keeps the model's shape where possible. None: the stack has no controls.

    Examples:
        >>> stack = Stack(name="mine", architectures={"gru": Gru}, default_architecture="gru")
        >>> model = stack.build(stack.parse({"hidden_size": 64}))
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
        """Return the config that the `model` section of a config file describes.

        The preset, or else the default preset of the architecture, supplies the missing fields.

        Raises:
            ConfigError: If a name is unknown or a value is invalid.
        """
        values = dict(section)
        preset = values.pop("preset", None)
        if preset is None:
            architecture = values.get("architecture", self.default_architecture)
            self.model_type(architecture)
            preset = self.default_presets.get(architecture)
        supplied = {}
        if preset is not None:
            supplied = dict(self._preset(preset, values.get("architecture")))
        of_preset = supplied.pop("architecture", self.default_architecture)
        config_type = self.model_type(values.pop("architecture", of_preset)).config_type
        return from_mapping(config_type, config_type.with_preset(supplied, values), where="model")

    def _preset(self, name: object, architecture: object) -> Mapping[str, Any]:
        """Return a preset; if an architecture is named, the preset must belong to it."""
        preset = _lookup(self.presets, name, f"preset of stack {self.name!r}")
        owner = preset.get("architecture", self.default_architecture)
        if architecture not in (None, owner):
            alternatives = [
                key
                for key, values in self.presets.items()
                if values.get("architecture", self.default_architecture) == architecture
            ]
            raise ConfigError(
                f"model.preset: {name!r} is a preset of architecture {owner!r}, got architecture "
                f"{architecture!r} (its presets: {listing(alternatives)})."
            )
        return preset

    def build(self, config: ModelConfig, seed: int = 0) -> LanguageModel:
        """Return a model, in evaluation mode, with new weights that depend on config and seed."""
        model = self.model_type(config.architecture)(config)
        model.init_weights(torch.Generator().manual_seed(seed))
        return model.eval()


def _lookup(known: Mapping[str, Value], name: object, noun: str) -> Value:
    if not isinstance(name, str) or name not in known:
        near = suggest(str(name), known)
        raise ConfigError(f"model: unknown {noun}, got {name!r} (known: {listing(known)}).{near}")
    return known[name]
