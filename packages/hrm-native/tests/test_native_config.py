import pytest

from hrm_core.errors import ConfigError
from hrm_native.native_config import PRESETS, NativeConfig
from hrm_native.stack import NATIVE


@pytest.mark.parametrize(("preset", "parameters"), [("nano", 7.54e6), ("27m", 37.5e6)])
def test_every_preset_builds_a_model_of_its_size(preset, parameters):
    model = NATIVE.build(NATIVE.parse({"preset": preset}))
    assert sum(p.numel() for p in model.parameters()) == pytest.approx(parameters, rel=0.001)
    assert not model.prefix_lm


def test_the_list_of_presets_above_is_complete():
    assert set(PRESETS) == {"nano", "27m"}


def test_a_config_without_a_preset_starts_from_nano():
    assert NATIVE.parse({}) == NATIVE.parse({"preset": "nano"})


def test_defaults_that_depend_on_the_width_are_filled_in():
    config = NativeConfig(
        vocab_size=99,
        low_level_dim=64,
        high_level_dim=32,
        num_hidden_layers=2,
        num_attention_heads=2,
    )
    assert (config.head_dim, config.intermediate_size, config.embedding_scale) == (32, 256, 8.0)
    assert config.timing_ratio == 8


def test_another_width_than_that_of_the_preset_changes_what_follows_from_it():
    config = NATIVE.parse({"low_level_dim": 1024, "num_attention_heads": 8})
    assert config.intermediate_size == 2816
    assert NATIVE.parse({"low_level_dim": 256}).intermediate_size == 640
    assert NATIVE.parse({"low_level_dim": 64, "intermediate_size": 96}).intermediate_size == 96


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"low_levl_dim": 64}, "model.low_levl_dim: unknown key. Did you mean 'low_level_dim'?"),
        (
            {"hidden_size": 64},
            "model.hidden_size: unknown key. Use 'low_level_dim'.",
        ),
        ({"chunk_size": 4}, "model.chunk_size: unknown key. Use 'timing_ratio'."),
        (
            {"low_level_layers": 4},
            "model.low_level_layers: unknown key. Use 'num_hidden_layers'.",
        ),
        ({"high_level_dim": "64"}, "model.high_level_dim: expected int, got '64' (str)."),
        ({"high_level_dim": 0}, "model.high_level_dim: expected greater than or equal to 1, got 0"),
        ({"timing_ratio": 0}, "model.timing_ratio: expected greater than or equal to 1, got 0."),
        (
            {"num_hidden_layers": 3},
            "model.num_hidden_layers: expected an even number, one half before the planner and one "
            "after it, got 3. Write 2 or 4",
        ),
        (
            {"num_hidden_layers": 1},
            "model.num_hidden_layers: expected greater than or equal to 2, got 1.",
        ),
        (
            {"low_level_dim": 100, "num_attention_heads": 3},
            "model: low_level_dim 100 is not a multiple of num_attention_heads 3",
        ),
        (
            {"low_level_dim": 6, "num_attention_heads": 2},
            "model: head_dim must be even for rotary embeddings, got 3",
        ),
        (
            {"prefix_lm": True},
            "model.prefix_lm: this architecture reads its prompt causally, got True. Leave it out",
        ),
        (
            {"timing_ratio": 64, "max_position_embeddings": 64},
            "model: timing_ratio must be below max_position_embeddings 64, or the planner reaches "
            "no token, got 64",
        ),
        (
            {"architecture": "hrm_text"},
            "model: unknown architecture of stack 'native', got 'hrm_text' (known: hrm_native).",
        ),
        ({"preset": "nanno"}, "Did you mean 'nano'?"),
        ({"embedding_scale": 0.0}, "model.embedding_scale: expected greater than 0, got 0.0."),
    ],
)
def test_a_bad_model_section_is_an_error_that_names_key_and_cure(section, message):
    with pytest.raises(ConfigError) as caught:
        NATIVE.parse(section)
    assert message in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_config_is_the_same_after_saving_and_loading():
    config = NATIVE.parse({"preset": "27m", "timing_ratio": 5, "eos_token_id": [1, 2]})
    assert NativeConfig.from_published(config.to_published()) == config
