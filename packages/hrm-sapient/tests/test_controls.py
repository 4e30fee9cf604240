from dataclasses import replace

import pytest

from hrm_core.costs import measure_costs
from hrm_core.errors import ConfigError
from hrm_core.model import ModelConfig
from hrm_sapient.controls import controls, match_parameters, match_training_flops
from hrm_sapient.hrm_act import HrmAct
from hrm_sapient.hrm_text import HrmText
from hrm_sapient.plain_transformer import PlainTransformer
from hrm_sapient.stack import SAPIENT

# High cycles, low cycles, layers per stack, and the stack calls with gradients for each bp_steps.
CYCLES = [(2, 3, 2, {3: 3, 4: 4, 5: 5, None: 8}), (1, 2, 1, {2: 2, 3: 3, None: 3})]


def section(**changes):
    return {
        "hidden_size": 32,
        "num_attention_heads": 2,
        "intermediate_size": 48,
        "vocab_size": 61,
        "max_position_embeddings": 40,
        **changes,
    }


def block_parameters(config):
    inner = config.num_attention_heads * config.head_dim
    return 5 * config.hidden_size * inner + 3 * config.hidden_size * config.intermediate_size


def block_flops(config, length):
    """FLOPs of one token in one block: products with every weight, and with every key and value."""
    return 2 * block_parameters(config) + 4 * length * config.num_attention_heads * config.head_dim


@pytest.mark.parametrize(("high", "low", "layers", "calls"), CYCLES)
def test_counted_flops_of_hrm_text_match_its_schedule(high, low, layers, calls):
    config = SAPIENT.parse(section(H_cycles=high, L_cycles=low, num_layers_per_stack=layers))
    block, head = block_flops(config, 24), 2 * config.hidden_size * config.vocab_size
    forward = high * (low + 1) * layers * block
    for bp_steps, with_gradient in calls.items():
        costs = measure_costs(HrmText, config, 24, {"bp_steps": bp_steps})
        assert costs.forward_flops == forward + head
        assert costs.training_flops == forward + 2 * with_gradient * layers * block + 3 * head


def test_full_training_of_hrm_text_has_gradients_in_five_of_eight_calls():
    config = SAPIENT.parse({"preset": "nano"})
    costs = measure_costs(HrmText, config)
    block, head = block_flops(config, 1024), 2 * config.hidden_size * config.vocab_size
    assert costs.forward_flops == 24 * block + head
    assert costs.training_flops == (24 + 2 * 15) * block + 3 * head
    # Without head and attention, that is 18 operations per parameter of the stacks.
    attention = 54 * (block - 2 * block_parameters(config))
    stacks = costs.parameters - costs.vocabulary_parameters
    assert costs.training_flops - attention - 3 * head == 18 * stacks


def test_counted_costs_of_the_control_match_closed_formulas():
    config = SAPIENT.parse({"architecture": "transformer"})
    costs = measure_costs(PlainTransformer, config, 256)
    head = 2 * config.hidden_size * config.vocab_size
    assert costs.vocabulary_parameters == head
    assert costs.parameters == 6 * block_parameters(config) + head
    assert costs.forward_flops == 6 * block_flops(config, 256) + head
    assert costs.training_flops == 3 * costs.forward_flops


@pytest.mark.parametrize("architecture", SAPIENT.architectures)
def test_counted_parameters_and_cache_match_a_real_model(architecture):
    config = SAPIENT.parse(
        {**section(max_position_embeddings=48), "architecture": architecture, "vocab_size": 300}
    )
    costs = measure_costs(SAPIENT.model_type(architecture), config)
    model = SAPIENT.build(config)
    assert costs.parameters == sum(parameter.numel() for parameter in model.parameters())
    embedding_and_head = 2 * config.hidden_size * 300
    assert costs.vocabulary_parameters == embedding_and_head
    cache = model.new_cache(3, 48)
    assert costs.cache_bytes_per_row == cache.num_bytes / 3
    assert costs.cache_bytes_per_token == cache.num_bytes / 3 / 48


@pytest.mark.parametrize(("preset", "layers"), [("nano", 6), ("27m", 8), ("xl", 32)])
def test_the_control_with_as_many_parameters_has_the_same_blocks(preset, layers):
    config = SAPIENT.parse({"preset": preset})
    costs = measure_costs(HrmText, config, 64)
    control = SAPIENT.parse(controls(costs, config)["parameters"])
    assert control.num_hidden_layers == layers
    assert control.intermediate_size == config.intermediate_size
    assert measure_costs(PlainTransformer, control, 64).parameters == costs.parameters


@pytest.mark.parametrize(("length", "cycles", "layers"), [(1024, (2, 3), 18), (64, (1, 1), 6)])
def test_the_control_with_as_much_training_has_the_blocks_that_training_runs(
    length, cycles, layers
):
    high, low = cycles
    config = SAPIENT.parse({"preset": "nano", "H_cycles": high, "L_cycles": low})
    costs = measure_costs(HrmText, config, length)
    control = SAPIENT.parse(controls(costs, config)["training_flops"])
    assert control.num_hidden_layers == layers
    assert control.intermediate_size == config.intermediate_size
    assert measure_costs(PlainTransformer, control, length).training_flops == costs.training_flops


def test_a_control_of_a_looped_transformer_has_no_loops():
    config = SAPIENT.parse({"architecture": "transformer", "num_loops": 3})
    matched = controls(measure_costs(PlainTransformer, config, 64), config)
    layers = {name: section["num_hidden_layers"] for name, section in matched.items()}
    assert layers == {"parameters": 6, "training_flops": 18}
    assert {section["num_loops"] for section in matched.values()} == {1}


@pytest.mark.parametrize("factor", [0.7, 1.07, 2.5])
@pytest.mark.parametrize(
    ("match", "quantity"),
    [(match_parameters, "parameters"), (match_training_flops, "training_flops")],
)
def test_a_match_is_closer_than_1_percent(match, quantity, factor):
    base = SAPIENT.parse({"architecture": "transformer", "num_hidden_layers": 3})
    costs = measure_costs(PlainTransformer, base, 32)
    wanted = round(factor * getattr(costs, quantity))
    control = match(replace(costs, **{quantity: wanted}), base)
    assert getattr(measure_costs(PlainTransformer, control, 32), quantity) == pytest.approx(
        wanted, rel=0.01
    )
    assert control.intermediate_size % 8 == 0
    changed = {"num_hidden_layers", "intermediate_size"}
    assert control.model_dump(exclude=changed) == base.model_dump(exclude=changed)


def test_controls_keep_width_heads_vocabulary_context_and_prefix_mode():
    config = SAPIENT.parse(section(num_layers_per_stack=1, prefix_lm=False, eos_token_id=[3, 4]))
    kept = {**section(), "prefix_lm": False, "eos_token_id": [3, 4], "embedding_scale": 32**0.5}
    del kept["intermediate_size"]
    for control in controls(measure_costs(HrmText, config), config).values():
        assert control["architecture"] == "transformer"
        assert kept.items() <= control.items()


def test_a_model_that_no_control_can_match_is_a_config_error():
    config = SAPIENT.parse(section(num_layers_per_stack=1))
    costs = replace(measure_costs(HrmText, config), parameters=1000)
    with pytest.raises(ConfigError, match="no transformer of width 32 comes within 1 % of 1,000"):
        controls(costs, config)

    class Other(ModelConfig):
        architecture = "other"

    with pytest.raises(ConfigError, match="architecture 'other' has no attention heads"):
        controls(costs, Other(vocab_size=61))


def test_a_model_whose_tokens_see_later_ones_has_costs_but_no_cache():
    values = {**section(max_position_embeddings=48), "architecture": "hrm_act"}
    causal, other = (
        measure_costs(HrmAct, SAPIENT.parse({**values, "causal": causal}))
        for causal in (True, False)
    )
    assert (other.cache_bytes_per_token, other.cache_bytes_per_row) == (0, 0)
    assert causal.cache_bytes_per_row > 0
    assert other.parameters == causal.parameters
    assert other.training_flops == causal.training_flops
