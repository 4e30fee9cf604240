import pytest

from hrm_core.errors import ConfigError
from hrm_sapient.hrm_act_config import PRESETS, HrmActConfig
from hrm_sapient.stack import SAPIENT


def test_the_defaults_are_published_except_mask_halting_and_segments():
    config = SAPIENT.parse({"architecture": "hrm_act"})
    published = {
        "H_cycles": 2,
        "L_cycles": 2,
        "rms_norm_eps": 1e-5,
        "rope_theta": 10_000.0,
        "gradient": "one_step",
        "halt_exploration_prob": 0.1,
    }
    ours = {"causal": True, "prefix_lm": False, "act": False, "num_segments": 4}
    assert config.model_dump(include={*published, *ours}) == {**published, **ours}


def test_a_config_of_this_architecture_without_a_preset_starts_from_act_nano():
    assert SAPIENT.parse({"architecture": "hrm_act"}) == SAPIENT.parse({"preset": "act-nano"})


@pytest.mark.parametrize(("preset", "millions"), [("act-nano", 7.2), ("act-27m", 35.7)])
def test_every_preset_builds_a_model_of_its_size(preset, millions):
    model = SAPIENT.build(SAPIENT.parse({"preset": preset}))
    num_parameters = sum(parameter.numel() for parameter in model.parameters())
    assert num_parameters == pytest.approx(millions * 1e6, rel=0.01)


def test_the_list_of_presets_above_is_complete():
    assert set(PRESETS) == {"act-nano", "act-27m"}


def test_the_blocks_of_27m_have_the_published_number_of_parameters():
    config = SAPIENT.parse({"preset": "act-27m"})
    block = 4 * config.hidden_size**2 + 3 * config.hidden_size * config.intermediate_size
    assert (config.H_layers + config.L_layers) * block == pytest.approx(27e6, rel=0.02)


def test_each_segment_cycle_call_and_layer_has_a_cache_slot():
    shape = {"H_layers": 3, "L_layers": 5, "H_cycles": 2, "L_cycles": 7, "num_segments": 11}
    config = SAPIENT.parse({"architecture": "hrm_act", **shape})
    assert config.num_cache_slots == 11 * 2 * (7 * 5 + 3)


@pytest.mark.parametrize(
    ("section", "message"),
    [
        (
            {"halt_max_steps": 16},
            "model.halt_max_steps: unknown key. Use 'num_segments'.",
        ),
        (
            {"high_level_layers": 2},
            "model.high_level_layers: unknown key. Use 'H_layers'.",
        ),
        ({"num_layers": 4}, "model.num_layers: unknown key."),
        ({"num_segments": 0}, "model.num_segments: expected greater than or equal to 1, got 0."),
        ({"L_layers": 0}, "model.L_layers: expected greater than or equal to 1, got 0."),
        ({"H_layers": "2"}, "model.H_layers: expected int, got '2' (str)."),
        (
            {"gradient": "full"},
            "model.gradient: expected 'one_step' or 'last_cycle', got 'full'.",
        ),
        ({"act": "yes"}, "model.act: expected bool, got 'yes' (str)."),
        (
            {"halt_exploration_prob": 1.5},
            "model.halt_exploration_prob: expected less than or equal to 1, got 1.5.",
        ),
        (
            {"act": True, "num_segments": 1},
            "model: act: true needs at least 2 segments to halt between, got num_segments 1. "
            "Set act: false",
        ),
        (
            {"causal": False, "prefix_lm": True},
            "model: prefix_lm: true needs a model that is causal after the prefix, got causal "
            "False. Set causal: true",
        ),
        (
            {"hidden_size": 100, "num_attention_heads": 3},
            "model: hidden_size 100 is not a multiple of num_attention_heads 3",
        ),
        ({"preset": "nano"}, "is a preset of architecture 'hrm_text', got architecture 'hrm_act'"),
    ],
)
def test_a_bad_model_section_is_an_error_that_names_key_and_cure(section, message):
    with pytest.raises(ConfigError) as caught:
        SAPIENT.parse({"architecture": "hrm_act", **section})
    assert message in str(caught.value)


def test_a_config_is_the_same_after_saving_and_loading():
    changes = {"preset": "act-27m", "act": True, "gradient": "last_cycle", "eos_token_id": [1, 2]}
    config = SAPIENT.parse(changes)
    assert HrmActConfig.from_published(config.to_published()) == config
