"""Controls of the right size: plain transformers with the parameters or the training of a model.

A model says something about its architecture only beside a plain transformer that is as large, and
one that costs as much to train. Both are found here for any model with attention, by the costs that
were counted. Not matched: the memory of the cache, and the time that the arithmetic takes.
"""

from typing import Any

from hrm_core.config import from_mapping
from hrm_core.costs import Costs, measure_costs
from hrm_core.errors import ConfigError
from hrm_core.model import ModelConfig
from hrm_core.transformer import TransformerConfig
from hrm_sapient.plain_transformer import PlainTransformer, PlainTransformerConfig

_TOLERANCE = 0.01
_STEP = 8


def match_parameters(target: Costs, base: PlainTransformerConfig) -> PlainTransformerConfig:
    """Return the control with as many parameters as a model has; see `match_training_flops`."""
    return _match(target, base, "parameters")


def match_training_flops(target: Costs, base: PlainTransformerConfig) -> PlainTransformerConfig:
    """Return the control whose training costs as much for each token as that of a model.

    The layers are chosen first, then the width inside the feed-forward in steps of 8.

    Args:
        target: The costs of the model, of whatever stack.
        base: Says all else of the control: width, heads, vocabulary, context.

    Raises:
        ConfigError: If no control of this width comes as near as 1 %.
    """
    return _match(target, base, "training_flops")


def controls(target: Costs, config: ModelConfig) -> dict[str, dict[str, Any]]:
    """Return the model sections of both controls; see `hrm_core.stack.Stack.controls`.

    Raises:
        ConfigError: If the model has no attention, or no control of its width comes near.
    """
    if not isinstance(config, TransformerConfig):
        raise ConfigError(
            f"controls: a transformer keeps the width and the heads of a model, and architecture "
            f"{config.architecture!r} has no attention heads"
        )
    kept = config.model_dump(include=set(PlainTransformerConfig.model_fields))
    base = from_mapping(
        PlainTransformerConfig,
        {**kept, "hidden_size": getattr(config, config.width_field), "num_hidden_layers": 1},
    )
    matched = {
        "parameters": match_parameters(target, base),
        "training_flops": match_training_flops(target, base),
    }
    return {
        quantity: {"architecture": control.architecture, **control.model_dump(exclude_none=True)}
        for quantity, control in matched.items()
    }


def _match(target: Costs, base: PlainTransformerConfig, quantity: str) -> PlainTransformerConfig:
    wanted: int = getattr(target, quantity)

    def shaped(num_layers: int, size: int) -> PlainTransformerConfig:
        change = {"num_hidden_layers": num_layers, "intermediate_size": size}
        return base.model_copy(update=change)

    def cost(num_layers: int, size: int) -> int:
        costs = measure_costs(PlainTransformer, shaped(num_layers, size), target.context_length)
        return int(getattr(costs, quantity))

    # Every layer costs as much as the first, and as much more with every step.
    size = base.intermediate_size
    first = cost(1, size)
    layer = cost(2, size) - first
    step = cost(1, size + _STEP) - first
    num_layers = 1 + max(0, round((wanted - first) / layer))
    near = first + (num_layers - 1) * layer
    steps = max(round((wanted - near) / (num_layers * step)), (_STEP - size) // _STEP)
    found, size = near + steps * num_layers * step, size + steps * _STEP
    if abs(found - wanted) > _TOLERANCE * wanted:
        raise ConfigError(
            f"controls: no transformer of width {base.hidden_size} comes within 1 % of {wanted:,} "
            f"{quantity}, got {found:,} from num_hidden_layers {num_layers} and intermediate_size "
            f"{size}. Choose a model of another width or vocabulary"
        )
    return shaped(num_layers, size)
