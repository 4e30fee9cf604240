import pytest

from hrm_core.errors import ConfigError
from hrm_sapient.hrm_text_config import PRESETS, HrmTextConfig
from hrm_sapient.stack import SAPIENT


@pytest.mark.parametrize(
    ("width", "expected"),
    [(256, 768), (512, 1536), (768, 2048), (1024, 2816), (1280, 3584), (1536, 4096)],
)
def test_the_feed_forward_width_is_the_published_one(width, expected):
    assert SAPIENT.parse({"hidden_size": width}).intermediate_size == expected


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_is_a_valid_config(preset):
    config = SAPIENT.parse({"preset": preset})
    assert config.num_attention_heads * config.head_dim == config.hidden_size


def test_the_largest_preset_has_the_size_of_the_published_model():
    config = SAPIENT.parse({"preset": "xl"})
    inner = config.num_attention_heads * config.head_dim
    block = 5 * config.hidden_size * inner + 3 * config.hidden_size * config.intermediate_size
    total = 2 * config.num_layers_per_stack * block + 2 * config.vocab_size * config.hidden_size
    assert total == pytest.approx(1.18e9, rel=0.01)


def test_a_config_without_a_preset_starts_from_nano():
    assert SAPIENT.parse({}) == SAPIENT.parse({"preset": "nano"})


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"hiden_size": 64}, "model.hiden_size: unknown key. Did you mean 'hidden_size'?"),
        ({"hidden_dim": 64}, "model.hidden_dim: unknown key. Use 'hidden_size'."),
        (
            {"high_level_layers": 2},
            "model.high_level_layers: unknown key. Use 'num_layers_per_stack'.",
        ),
        (
            {"hidden_size": "64"},
            "model.hidden_size: expected int, got '64' (str).",
        ),
        (
            {"rope_theta": "1e4"},
            "model.rope_theta: expected float, got '1e4' (str). YAML reads 1e4 as text; "
            "write 1.0e+4",
        ),
        (
            {"hidden_size": 100, "num_attention_heads": 3},
            "model: hidden_size 100 is not a multiple of num_attention_heads 3",
        ),
        (
            {"hidden_size": 6, "num_attention_heads": 2},
            "model: head_dim must be even for rotary embeddings, got 3",
        ),
        (
            {"architecture": "hrm_txt"},
            "model: unknown architecture of stack 'sapient', got 'hrm_txt' (known: hrm_act, "
            "hrm_text, transformer). Did you mean 'hrm_text'?",
        ),
        ({"preset": "nanno"}, "Did you mean 'nano'?"),
        ({"head_dim": 0}, "model.head_dim: expected greater than 0, got 0."),
        ({"intermediate_size": 0}, "model.intermediate_size: expected greater than 0, got 0."),
        ({"embedding_scale": 0.0}, "model.embedding_scale: expected greater than 0, got 0.0."),
        (
            {"rope_theta": float("inf")},
            "model.rope_theta: expected a finite number, got inf.",
        ),
        (
            {"vocab_size": 300, "eos_token_id": 300},
            "model.eos_token_id: expected ids from 0 to 299, below vocab_size, got 300",
        ),
        ({"vocab_size": 300, "pad_token_id": -1}, "model.pad_token_id: expected ids from 0 to 299"),
        ({"vocab_size": "9", "pad_token_id": 5}, "model.vocab_size: expected int, got '9'"),
        (
            {"architecture": "transformer", "d_model": 64},
            "model.d_model: unknown key. Use 'hidden_size'.",
        ),
        *(
            (
                {"L_bp_cycles": cycles},
                "model: L_bp_cycles: expected up to 2 numbers of at least 0, one for each of the "
                f"H_cycles, got {cycles}",
            )
            for cycles in ([], [-1, 3], [1, 2, 3])
        ),
        ({"H_cycles": 0}, "model.H_cycles: expected greater than or equal to 1, got 0."),
    ],
)
def test_a_bad_model_section_is_an_error_that_names_key_and_cure(section, message):
    with pytest.raises(ConfigError) as caught:
        SAPIENT.parse(section)
    assert message in str(caught.value)
    assert caught.value.exit_code == 2


PUBLISHED = {
    "hidden_size": 64,
    "num_attention_heads": 2,
    "num_hidden_layers": 3,
    "vocab_size": 99,
}


def test_published_configs_are_read_with_and_without_layers_per_stack():
    young = HrmTextConfig.from_published(
        {**PUBLISHED, "num_hidden_layers": 24, "num_layers_per_stack": 3}
    )
    old = HrmTextConfig.from_published(PUBLISHED)
    assert young.num_layers_per_stack == old.num_layers_per_stack == 3
    empty = dict.fromkeys(("num_layers_per_stack", "rope_scaling", "embedding_scale"))
    assert HrmTextConfig.from_published({**PUBLISHED, **empty}) == old
    assert young.head_dim == 128
    assert young.embedding_scale == pytest.approx(50.0)


@pytest.mark.parametrize(
    "change",
    [
        {"hidden_act": "gelu"},
        {"attention_bias": True},
        {"tie_word_embeddings": True},
        {"rope_parameters": {"rope_type": "yarn", "rope_theta": 10000.0}},
        {"rope_parameters": {"rope_type": "default", "partial_rotary_factor": 0.5}},
        {"rope_scaling": {"type": "linear", "factor": 4.0}},
    ],
)
def test_a_published_config_with_an_unsupported_feature_is_refused(change):
    with pytest.raises(ConfigError, match=next(iter(change))):
        HrmTextConfig.from_published({**PUBLISHED, **change})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rope_parameters": [1]}, "rope_parameters: expected mapping, got [1] (list)."),
        ({"rope_parameters": {"rope_theta": "x"}}, "rope_theta: expected float, got 'x' (str)."),
        ({"rope_parameters": {"rope_theta": 0}}, "rope_theta: expected greater than 0, got 0."),
        ({"initializer_range": 0}, "initializer_range: expected greater than 0, got 0."),
        ({"initializer_range": None}, "initializer_range: expected float, got None (NoneType)."),
        ({"head_dim": None}, "head_dim: expected int, got None (NoneType)."),
    ],
)
def test_a_published_config_with_a_bad_value_names_its_key(change, message):
    with pytest.raises(ConfigError) as caught:
        HrmTextConfig.from_published({**PUBLISHED, **change})
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("change", "theta"),
    [
        ({}, 10_000.0),
        ({"rope_parameters": None, "rope_scaling": None}, 10_000.0),
        ({"rope_theta": 500}, 500.0),
        ({"rope_parameters": {"rope_type": "default", "rope_theta": 9}, "rope_theta": 500}, 9.0),
    ],
)
def test_the_rotary_base_is_the_one_that_transformers_reads(change, theta):
    assert HrmTextConfig.from_published({**PUBLISHED, **change}).rope_theta == theta


def test_a_config_is_the_same_after_saving_and_loading():
    config = SAPIENT.parse({"preset": "b", "H_cycles": 3, "eos_token_id": [1, 2]})
    assert HrmTextConfig.from_published(config.to_published()) == config
