"""Controls: plain transformers with as many parameters or training FLOPs as another model.

A result says something about an architecture only in comparison with a plain transformer of the
same size, and with one of the same training costs. This module chooses both for any model with
attention, from the counted costs. Not matched: cache memory and running time.
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
    """Return the control with as many parameters as `target`; see `match_training_flops`."""
    return _match(target, base, "parameters")


def match_training_flops(target: Costs, base: PlainTransformerConfig) -> PlainTransformerConfig:
    """Return the control with as many training FLOPs per token as `target`.

    The number of layers is chosen first, then the feed-forward width in steps of 8.

    Args:
        target: Costs of a model of any stack.
        base: Config of the control; only layers and feed-forward width are changed.

    Raises:
        ConfigError: If no control of this width is within 1 % of the target.
    """
    return _match(target, base, "training_flops")


def controls(target: Costs, config: ModelConfig) -> dict[str, dict[str, Any]]:
    """Return the `model` sections of both controls; see `hrm_core.stack.Stack.controls`.

    Args:
        target: Costs of the model.
        config: Config of the model; the controls keep its width, heads, vocabulary and context, and
            have no loops.

    Returns:
        A `model` section for each of `parameters` and `training_flops`, the matched quantity; the
        latter only if `target` has it.

    Raises:
        ConfigError: If the model has no attention, or no control of its width is within 1 %.

    Examples:
        >>> costs = measure_costs(HrmText, config, context_length=1024)
        >>> control = SAPIENT.build(SAPIENT.parse(controls(costs, config)["parameters"]))
    """
    if not isinstance(config, TransformerConfig):
        raise ConfigError(
            "controls: a control has the width and the attention heads of its model, but "
            f"architecture {config.architecture!r} has no attention heads"
        )
    kept = config.model_dump(include=set(PlainTransformerConfig.model_fields) - {"num_loops"})
    base = from_mapping(
        PlainTransformerConfig,
        {**kept, "hidden_size": getattr(config, config.width_field), "num_hidden_layers": 1},
    )
    matched = {"parameters": match_parameters(target, base)}
    if target.training_flops is not None:
        matched["training_flops"] = match_training_flops(target, base)
    return {
        quantity: {"architecture": control.architecture, **control.model_dump(exclude_none=True)}
        for quantity, control in matched.items()
    }


def _match(target: Costs, base: PlainTransformerConfig, quantity: str) -> PlainTransformerConfig:
    wanted: int = getattr(target, quantity)

    def with_shape(num_layers: int, size: int) -> PlainTransformerConfig:
        change = {"num_hidden_layers": num_layers, "intermediate_size": size}
        return base.model_copy(update=change)

    def cost(num_layers: int, size: int) -> int:
        costs = measure_costs(PlainTransformer, with_shape(num_layers, size), target.context_length)
        return int(getattr(costs, quantity))

    # Costs are linear: every layer costs the same, and every step of the width adds the same to it.
    size = base.intermediate_size
    first = cost(1, size)
    layer = cost(2, size) - first
    step = cost(1, size + _STEP) - first
    num_layers = 1 + max(0, round((wanted - first) / layer))
    before_steps = first + (num_layers - 1) * layer
    steps = max(round((wanted - before_steps) / (num_layers * step)), (_STEP - size) // _STEP)
    matched, size = before_steps + steps * num_layers * step, size + steps * _STEP
    if abs(matched - wanted) > _TOLERANCE * wanted:
        raise ConfigError(
            f"controls: no transformer of width {base.hidden_size} comes within 1 % of {wanted:,} "
            f"{quantity}, got {matched:,} from num_hidden_layers {num_layers} and "
            f"intermediate_size {size}. Choose a model of another width or vocabulary"
        )
    return with_shape(num_layers, size)
