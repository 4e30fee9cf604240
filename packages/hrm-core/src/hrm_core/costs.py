"""What a model costs: parameters, arithmetic and the memory of its cache, all of it counted.

No architecture has a formula here. A model is built on torch's meta device, where tensors have
shapes and no values, and the products that it asks for are counted; so the largest costs no memory
and no time.

Counted are matrix products, a multiplication and its addition as 2. Those of attention count in
full, T x T, although a causal mask needs half of them. Not counted: norms, activations, softmax,
rotations, the lookup of embeddings, and the optimizer.

Shapes: B batch, T tokens.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from hrm_core.model import LanguageModel, ModelConfig, TrainingBatch


@dataclass(frozen=True, kw_only=True)
class Costs:
    """What a model costs at one length of its context.

    Attributes:
        context_length: Tokens of the sequence that was counted.
        parameters: Numbers that training changes; buffers are none.
        vocabulary_parameters: Those of them that grow with the vocabulary: embedding and head.
        forward_flops: Operations for each token of reading the sequence.
        training_flops: Operations for each token of the loss and its gradient.
        cache_bytes_per_token: Memory in float32 that each token of a row takes in the cache.
        cache_bytes_per_row: Memory in float32 of a row of `context_length` tokens.
    """

    context_length: int
    parameters: int
    vocabulary_parameters: int
    forward_flops: int
    training_flops: int
    cache_bytes_per_token: int
    cache_bytes_per_row: int


@dataclass(frozen=True, kw_only=True)
class StepCosts:
    """What a training step costs, which may be less than the whole loss: see `training_step`.

    Attributes:
        flops: Operations for each token, if every token is a label.
        label_flops: Those of them that are for its logits; a token without a label needs none.
    """

    flops: int
    label_flops: int


def measure_step(
    model_type: type[LanguageModel], config: ModelConfig, context_length: int, progress: float = 1.0
) -> StepCosts:
    """Count what a training step costs; see `measure_costs`.

    Args:
        model_type: Its class.
        config: Its config.
        context_length: Tokens of a row.
        progress: Share of the training that is done.
    """
    model, larger = _with_one_more_token(model_type, config)
    tokens_BT = torch.zeros(1, context_length, dtype=torch.int64, device="meta")
    flops = _flops(lambda: _step(model, tokens_BT, progress))
    of_one_more = _flops(lambda: _step(larger, tokens_BT, progress)) - flops
    return StepCosts(
        flops=round(flops / context_length),
        label_flops=round(config.vocab_size * of_one_more / context_length),
    )


def measure_costs(
    model_type: type[LanguageModel],
    config: ModelConfig,
    context_length: int | None = None,
    training_options: Mapping[str, Any] | None = None,
) -> Costs:
    """Count what a model costs.

    Args:
        model_type: Its class. What it computes may depend on shapes, and not on values: on the
            meta device there are none.
        config: Its config.
        context_length: Tokens of the sequence; `max_position_embeddings`, if not given.
        training_options: Keyword arguments of its `training_loss`; those of full training, if not
            given.

    Raises:
        ContextLengthError: If the sequence is longer than `max_position_embeddings`.
    """
    length = config.max_position_embeddings if context_length is None else context_length
    model, larger = _with_one_more_token(model_type, config)
    options = model.training_options() if training_options is None else training_options
    tokens_BT = torch.zeros(1, length, dtype=torch.int64, device="meta")
    parameters = count_parameters(model)
    return Costs(
        context_length=length,
        parameters=parameters,
        vocabulary_parameters=config.vocab_size * (count_parameters(larger) - parameters),
        forward_flops=round(_flops(lambda: _read(model, tokens_BT)) / length),
        training_flops=round(_flops(lambda: _train(model, tokens_BT, options)) / length),
        cache_bytes_per_token=model.cache_bytes_per_token,
        cache_bytes_per_row=model.new_cache(1, length).num_bytes,
    )


def count_parameters(model: nn.Module) -> int:
    """Return how many numbers of a model training changes."""
    return sum(parameter.numel() for parameter in model.parameters())


def _with_one_more_token(
    model_type: type[LanguageModel], config: ModelConfig
) -> tuple[LanguageModel, LanguageModel]:
    """Return a model, and one whose vocabulary has one more token: what that adds is its share."""
    larger = config.model_copy(update={"vocab_size": config.vocab_size + 1})
    return _on_meta(model_type, config), _on_meta(model_type, larger)


def _on_meta(model_type: type[LanguageModel], config: ModelConfig) -> LanguageModel:
    with torch.device("meta"):
        model = model_type(config)
    # Tables that were made on the CPU all the same.
    return model.to("meta")


def _flops(call: Callable[[], None]) -> int:
    # Other backends compute products of attention again in the backward pass, or skip masked ones.
    with sdpa_kernel(SDPBackend.MATH), FlopCounterMode(display=False) as counter:
        call()
    return counter.get_total_flops()


@torch.no_grad()
def _read(model: LanguageModel, tokens_BT: torch.Tensor) -> None:
    model(tokens_BT)


def _train(
    model: LanguageModel, tokens_BT: torch.Tensor, training_options: Mapping[str, Any]
) -> None:
    batch = TrainingBatch(tokens_BT, tokens_BT)
    model.training_loss(batch, **training_options).backward()  # type: ignore[no-untyped-call]


def _step(model: LanguageModel, tokens_BT: torch.Tensor, progress: float) -> None:
    batch = TrainingBatch(tokens_BT, tokens_BT)
    step = model.training_step(batch, None, progress, torch.Generator())
    step.loss.backward()  # type: ignore[no-untyped-call]
