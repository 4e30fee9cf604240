from dataclasses import replace

import pytest
import torch

from hrm_core.costs import StepCosts, count_parameters, measure_costs, measure_step
from hrm_core.errors import ConfigError, ContextLengthError


@pytest.fixture
def bag_costs(bag_model):
    return measure_costs(type(bag_model), bag_model.config, 7)


def test_parameters_are_those_of_a_real_model(bag_model, bag_costs):
    assert bag_costs.parameters == sum(p.numel() for p in bag_model.parameters()) == 2 * 17 * 8
    assert bag_costs.vocabulary_parameters == bag_costs.parameters


def test_buffers_do_not_count_as_parameters(bag_model):
    before = count_parameters(bag_model)
    bag_model.register_buffer("table", torch.zeros(100))
    assert count_parameters(bag_model) == before


def test_a_matrix_product_counts_two_flops_per_weight_and_its_gradients_four(bag_costs):
    assert bag_costs.forward_flops == 2 * 17 * 8
    assert bag_costs.training_flops == 6 * 17 * 8


def test_a_cache_of_constant_size_has_no_bytes_per_token(bag_costs):
    assert bag_costs.cache_bytes_per_token == 0
    assert bag_costs.cache_bytes_per_row == 8 * 4


def test_the_context_length_defaults_to_the_limit_of_the_model(bag_model, bag_costs):
    assert bag_costs.context_length == 7
    assert measure_costs(type(bag_model), bag_model.config).context_length == 64
    with pytest.raises(ContextLengthError, match="the context is 64 tokens, got 65"):
        measure_costs(type(bag_model), bag_model.config, 65)


def test_training_is_counted_with_the_training_options_of_the_model(bag_model, monkeypatch):
    model_type = type(bag_model)

    def loss(self, batch, *, passes=1):
        return sum(self(batch.tokens_BT).mean() for _ in range(passes))

    monkeypatch.setattr(model_type, "training_loss", loss)
    once = measure_costs(model_type, bag_model.config)
    monkeypatch.setattr(model_type, "training_options", lambda self: {"passes": 3})
    assert measure_costs(model_type, bag_model.config).training_flops == 3 * once.training_flops
    assert measure_costs(model_type, bag_model.config, training_options={}) == once


def test_a_training_that_is_not_implemented_has_no_costs_but_the_model_has(bag_model, monkeypatch):
    model_type = type(bag_model)
    expected = measure_costs(model_type, bag_model.config)

    def refuse(self):
        raise ConfigError("not implemented")

    monkeypatch.setattr(model_type, "training_options", refuse)
    costs = measure_costs(model_type, bag_model.config)
    assert costs == replace(expected, training_flops=None)


def test_the_costs_of_a_step_tell_the_part_of_the_logits(bag_model):
    flops = 6 * 17 * 8
    expected = StepCosts(flops=flops, label_flops=flops)
    assert measure_step(type(bag_model), bag_model.config, 7) == expected
