"""Costs of a model: parameters, floating-point operations and cache memory, by counting.

There are no formulas for architectures. A model is built on torch's meta device, where tensors have
shapes but no values, and a counter adds up its matrix products. So even the largest model needs no
memory and almost no time.

An operation is a multiplication or an addition in a matrix product. Attention counts in full, with
T x T scores, although a causal mask needs half of them. Not counted: norms, activations, softmax,
rotary positions, embedding lookups, and the optimizer.

Shapes: B batch, T tokens.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from hrm_core.errors import ConfigError
from hrm_core.model import LanguageModel, ModelConfig, TrainingBatch


@dataclass(frozen=True, kw_only=True)
class Costs:
    """Costs of a model for sequences of one length.

    Attributes:
        context_length: Length of the sequence that was counted, in tokens.
        parameters: Number of trainable parameters; buffers do not count.
        vocabulary_parameters: Number of those in embedding and head, whose size depends on the
            vocabulary.
        forward_flops: Operations per token of the forward pass.
        training_flops: Operations per token of the training loss and its gradient; None if the
            architecture does not implement the training that the config asks for.
        cache_bytes_per_token: Bytes in float32 that one token of a row takes in the cache.
        cache_bytes_per_row: Bytes in float32 of a cache row of `context_length` tokens.
    """

    context_length: int
    parameters: int
    vocabulary_parameters: int
    forward_flops: int
    training_flops: int | None
    cache_bytes_per_token: int
    cache_bytes_per_row: int


@dataclass(frozen=True, kw_only=True)
class StepCosts:
    """Costs of one `training_step`, which may compute only a part of `training_loss`.

    Attributes:
        flops: Operations per token of the step, if every token has a label.
        label_flops: The part of `flops` that computes logits. A token without a label has none, so
            it needs `flops - label_flops`.
    """

    flops: int
    label_flops: int


def measure_step(
    model_type: type[LanguageModel],
    config: ModelConfig,
    context_length: int,
    fraction_done: float = 1.0,
) -> StepCosts:
    """Return the costs of one training step, counted for a batch of one row.

    Args:
        model_type: Class of the model; see `measure_costs`.
        config: Config of the model.
        context_length: Length of the row in tokens.
        fraction_done: See `LanguageModel.training_options`.
    """
    model, larger = _with_one_more_token(model_type, config)
    tokens_BT = torch.zeros(1, context_length, dtype=torch.int64, device="meta")
    flops = _flops(lambda: _step(model, tokens_BT, fraction_done))
    flops_per_entry = _flops(lambda: _step(larger, tokens_BT, fraction_done)) - flops
    return StepCosts(
        flops=round(flops / context_length),
        label_flops=round(config.vocab_size * flops_per_entry / context_length),
    )


def measure_costs(
    model_type: type[LanguageModel],
    config: ModelConfig,
    context_length: int | None = None,
    training_options: Mapping[str, Any] | None = None,
) -> Costs:
    """Return the costs of a model, counted without memory for its weights.

    Args:
        model_type: Class of the model. Its computation must not depend on the values of tensors:
            on the meta device there are none.
        config: Config of the model.
        context_length: Length of the sequence in tokens. Default: `max_position_embeddings`.
        training_options: Keyword arguments of `training_loss`. Default: those that
            `LanguageModel.training_options` returns for the end of the training.

    Examples:
        >>> costs = measure_costs(stack.model_type(config.architecture), config, 1024)
        >>> costs.training_flops / costs.forward_flops  # 3 for a plain transformer

    Raises:
        ContextLengthError: If the sequence is longer than `max_position_embeddings`.
    """
    length = config.max_position_embeddings if context_length is None else context_length
    model, larger = _with_one_more_token(model_type, config)
    tokens_BT = torch.zeros(1, length, dtype=torch.int64, device="meta")
    parameters = count_parameters(model)
    return Costs(
        context_length=length,
        parameters=parameters,
        vocabulary_parameters=config.vocab_size * (count_parameters(larger) - parameters),
        forward_flops=round(_flops(lambda: _read(model, tokens_BT)) / length),
        training_flops=_training_flops(model, tokens_BT, training_options),
        # A model whose tokens see later ones generates no text, and has no cache.
        cache_bytes_per_token=model.cache_bytes_per_token if model.is_causal else 0,
        cache_bytes_per_row=model.new_cache(1, length).num_bytes if model.is_causal else 0,
    )


def count_parameters(model: nn.Module) -> int:
    """Return the number of parameters of a module; buffers do not count."""
    return sum(parameter.numel() for parameter in model.parameters())


def _with_one_more_token(
    model_type: type[LanguageModel], config: ModelConfig
) -> tuple[LanguageModel, LanguageModel]:
    """Return a model, and another whose vocabulary is larger by one token.

    The difference of their costs is the cost of one vocabulary entry.
    """
    larger = config.model_copy(update={"vocab_size": config.vocab_size + 1})
    return _on_meta(model_type, config), _on_meta(model_type, larger)


def _on_meta(model_type: type[LanguageModel], config: ModelConfig) -> LanguageModel:
    with torch.device("meta"):
        model = model_type(config)
    # Rotary tables are always created on the CPU.
    return model.to("meta")


def _flops(call: Callable[[], None]) -> int:
    # Other backends recompute attention in the backward pass, or skip masked products.
    with sdpa_kernel(SDPBackend.MATH), FlopCounterMode(display=False) as counter:
        call()
    return counter.get_total_flops()


def _training_flops(
    model: LanguageModel, tokens_BT: torch.Tensor, training_options: Mapping[str, Any] | None
) -> int | None:
    try:
        options = model.training_options() if training_options is None else training_options
    except ConfigError:
        # A model can be read and run although its training is not implemented.
        return None
    return round(_flops(lambda: _train(model, tokens_BT, options)) / tokens_BT.shape[1])


@torch.no_grad()
def _read(model: LanguageModel, tokens_BT: torch.Tensor) -> None:
    model(tokens_BT)


def _train(
    model: LanguageModel, tokens_BT: torch.Tensor, training_options: Mapping[str, Any]
) -> None:
    batch = TrainingBatch(tokens_BT, tokens_BT)
    model.training_loss(batch, **training_options).backward()  # type: ignore[no-untyped-call]


def _step(model: LanguageModel, tokens_BT: torch.Tensor, fraction_done: float) -> None:
    batch = TrainingBatch(tokens_BT, tokens_BT)
    step = model.training_step(batch, None, fraction_done, torch.Generator())
    step.loss.backward()  # type: ignore[no-untyped-call]
