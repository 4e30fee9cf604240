"""The command `hrm-eval describe`: the costs of a model, and plain transformers of equal cost.

Costs are computed from the config, see `hrm_core.costs`. Not covered: measured speed and quality.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from hrm_core.config import to_yaml
from hrm_core.errors import UsageError
from hrm_core.model_folder import find_model_folder, read_model_json, stack_name
from hrm_core.plugins import DEFAULT_STACK, Group, find_plugin, require_module
from hrm_eval.run_config import RunConfig

if TYPE_CHECKING:
    from hrm_core.costs import Costs
    from hrm_core.model import ModelConfig
    from hrm_core.stack import Stack

_BYTES_PER_WEIGHT = {"float32": 4, "bfloat16": 2}


@dataclass(frozen=True)
class Description:
    """A model, which need not have weights yet, and its costs.

    Attributes:
        stack: The stack of the model.
        config: The shape of the model.
        costs: The costs at the requested context length.
    """

    stack: "Stack"
    config: "ModelConfig"
    costs: "Costs"

    def to_record(self) -> dict[str, Any]:
        """Return the description as a mapping for JSON."""
        return {
            "stack": self.stack.name,
            "architecture": self.config.architecture,
            **asdict(self.costs),
            "weight_bytes": {
                dtype: size * self.costs.parameters for dtype, size in _BYTES_PER_WEIGHT.items()
            },
        }

    def rows(self) -> list[tuple[str, str]]:
        """Return the description as the rows of a table."""
        costs, weights = self.costs, self.to_record()["weight_bytes"]
        body = costs.parameters - costs.vocabulary_parameters
        flops = costs.training_flops
        training = "the training is not implemented" if flops is None else f"{flops:,}"
        return [
            ("model stack", self.stack.name),
            ("architecture", self.config.architecture),
            ("parameters", f"{costs.parameters:,}"),
            ("parameters without embedding and head", f"{body:,}"),
            *((f"weights in {dtype}", _size(count)) for dtype, count in weights.items()),
            ("context", f"{costs.context_length:,} tokens"),
            ("FLOPs per token, forward", f"{costs.forward_flops:,}"),
            ("FLOPs per token, training", training),
            ("cache per token, in float32", _size(costs.cache_bytes_per_token)),
            ("cache per full row, in float32", _size(costs.cache_bytes_per_row)),
        ]


def describe_config(config: RunConfig, context_length: int | None = None) -> Description:
    """Describe the new model that a config defines.

    Args:
        config: Only the sections `model_stack` and `model` are used.
        context_length: Tokens of a sequence; None for the full context of the model.

    Raises:
        PluginNotFoundError: If the stack or torch is not installed.
        ConfigError: If the model section is impossible.
        UsageError: If `context_length` exceeds the context of the model.
    """
    name = config.model_stack or DEFAULT_STACK
    _require(name)
    stack = _load_stack(name)
    return _describe(stack, stack.parse(config.model), context_length)


def _load_stack(name: str) -> "Stack":
    from hrm_core.stack import load_stack

    return load_stack(name)


def describe_checkpoint(reference: str, context_length: int | None = None) -> Description:
    """Describe a checkpoint; only its `config.json` is read.

    Args:
        reference: A folder, the name of a shipped model, or a hub id.
        context_length: Tokens of a sequence; None for the full context of the model.

    Raises:
        UsageError: If the model is unknown, no stack can read it, or the context is too long.
        DataError: If its `config.json` is missing or corrupt.
        PluginNotFoundError: If its stack or torch is not installed.
    """
    name = stack_name(read_model_json(find_model_folder(reference, config_only=True)))
    _require(name)
    from hrm_core.checkpoint import load_config

    return _describe(*load_config(reference), context_length)


def find_controls(description: Description) -> dict[str, Description]:
    """Return plain transformers of nearly equal cost; the keys name the field of `Costs` compared.

    The stack of the model defines them or, if it has no `controls`, the default stack.

    Raises:
        UsageError: If neither stack defines plain transformers.
        ConfigError: If none is close enough in cost.
        PluginNotFoundError: If the default stack is needed and not installed.
    """
    owner = description.stack
    if owner.controls is None:
        owner = _load_stack(DEFAULT_STACK)
    if owner.controls is None:
        raise UsageError(
            f"--controls: the model stack {owner.name!r} has no plain transformers to compare "
            "with. Leave --controls out"
        )
    sections = owner.controls(description.costs, description.config)
    length = description.costs.context_length
    return {
        quantity: _describe(owner, owner.parse(section), length)
        for quantity, section in sections.items()
    }


def to_json(description: Description, controls: Mapping[str, Description]) -> str:
    """Return a model and its controls as JSON text."""
    values = description.to_record()
    if controls:
        values["controls"] = {
            quantity: {**control.to_record(), "config": _run_section(control)}
            for quantity, control in controls.items()
        }
    return json.dumps(values, indent=2)


def to_config(quantity: str, description: Description, control: Description) -> str:
    """Return a control as lines of a config, after a comment that compares the two costs."""
    target, cost = (getattr(each.costs, quantity) for each in (description, control))
    comment = f"# {quantity}: {cost:,}; {description.config.architecture} has {target:,}"
    return f"{comment}\n{to_yaml(_run_section(control))}"


def _run_section(control: Description) -> dict[str, Any]:
    config = control.config
    model = {"architecture": config.architecture, **config.model_dump(exclude_none=True)}
    return {"model_stack": control.stack.name, "model": model}


def _require(name: str | None) -> None:
    """Check that the stack and torch are installed, before anything heavy is imported."""
    if name is not None:
        find_plugin(Group.STACKS, name)
    require_module("torch", needed_by="hrm-eval describe", install="hrm-core[torch]")


def _describe(stack: "Stack", config: "ModelConfig", context_length: int | None) -> Description:
    from hrm_core.costs import measure_costs

    limit = config.max_position_embeddings
    if context_length is not None and context_length > limit:
        raise UsageError(
            f"--context: expected at most {limit} tokens, the context of this model, got "
            f"{context_length}. Lower it, or raise model.max_position_embeddings"
        )
    model_type = stack.model_type(config.architecture)
    return Description(stack, config, measure_costs(model_type, config, context_length))


def _size(num_bytes: int) -> str:
    """Return a number of bytes in the largest unit in which it is at least 1."""
    size, unit = float(num_bytes), "B"
    for larger in ("KiB", "MiB", "GiB"):
        if size < 1024:
            break
        size, unit = size / 1024, larger
    return f"{size:,.0f} B" if unit == "B" else f"{size:,.1f} {unit}"
