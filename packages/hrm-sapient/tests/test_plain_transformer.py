import pytest
import torch
from torch import nn

from hrm_core.errors import ConfigError
from hrm_core.testing import CONTRACT, random_tokens
from hrm_sapient.plain_transformer import PRESETS
from hrm_sapient.stack import SAPIENT

SECTION = {
    "architecture": "transformer",
    "hidden_size": 32,
    "num_hidden_layers": 3,
    "num_attention_heads": 2,
    "intermediate_size": 48,
    "vocab_size": 61,
    "max_position_embeddings": 40,
}


@pytest.fixture(
    params=[{}, {"prefix_lm": False}, {"num_loops": 3}], ids=["prefix", "causal", "looped"]
)
def tiny_transformer(request):
    return SAPIENT.build(SAPIENT.parse({**SECTION, **request.param}), seed=1)


@pytest.mark.parametrize("check", CONTRACT, ids=lambda check: check.__name__)
def test_the_control_keeps_the_contract(tiny_transformer, check):
    check(tiny_transformer)


def test_no_tokens_are_an_error_and_no_rows_give_no_logits(tiny_transformer):
    tokens = random_tokens(tiny_transformer, 2, 5)
    with pytest.raises(ValueError, match="tokens_BT: expected a token or more in a row, got"):
        tiny_transformer(tokens[:, :0])
    assert tiny_transformer(tokens[:0]).shape == (0, 5, 61)


def naive_forward(model, tokens, prefix):
    """The mathematics in float64, with rotations as complex numbers and an explicit mask."""
    config = model.config
    weights = {name: tensor.double() for name, tensor in model.state_dict().items()}
    place = torch.arange(len(tokens))
    seen = (place[None] <= place[:, None]) | ((place[None] < prefix) & (place[:, None] < prefix))
    half = config.head_dim // 2
    frequency = config.rope_theta ** (-torch.arange(half).double() / half)
    turn = torch.polar(torch.ones(1).double(), place[:, None] * frequency)

    def norm(x):
        return x / (x.square().mean(-1, keepdim=True) + config.rms_norm_eps).sqrt()

    def rotated(x):
        y = torch.complex(x[:, :half], x[:, half:]) * turn
        return torch.cat((y.real, y.imag), dim=1)

    def attention(x, block):
        parts = (weights[f"{block}.attn.gqkv_proj.weight"] @ x.T).T.chunk(4, dim=1)
        heads = []
        for part in range(config.num_attention_heads):
            of_head = slice(part * config.head_dim, (part + 1) * config.head_dim)
            gate, query, key, value = (p[:, of_head] for p in parts)
            scores = (rotated(query) @ rotated(key).T / config.head_dim**0.5).exp() * seen
            heads.append(gate.sigmoid() * (scores / scores.sum(1, keepdim=True) @ value))
        return torch.cat(heads, dim=1) @ weights[f"{block}.attn.o_proj.weight"].T

    def blocks(x):
        for layer in range(config.num_hidden_layers):
            block = f"blocks.layers.{layer}"
            x = x + attention(norm(x), block)
            gate, up = (norm(x) @ weights[f"{block}.mlp.gate_up_proj.weight"].T).chunk(2, dim=1)
            x = x + (gate * gate.sigmoid() * up) @ weights[f"{block}.mlp.down_proj.weight"].T
        return norm(x)

    embedded = weights["embed_tokens.weight"][tokens] * config.embedding_scale
    x = blocks(embedded)
    for _ in range(config.num_loops - 1):
        x = blocks(x + embedded)
    return x @ weights["lm_head.weight"].T


def test_forward_agrees_with_a_naive_float64_version(tiny_transformer):
    tokens = random_tokens(tiny_transformer, 1, 9)
    prefix = 4 if tiny_transformer.prefix_lm else 0
    lengths = torch.tensor([prefix]) if prefix else None
    expected = naive_forward(tiny_transformer, tokens[0], prefix)
    actual = tiny_transformer(tokens, lengths)[0].double()
    torch.testing.assert_close(actual, expected, atol=1e-4, rtol=1e-4)


def test_each_run_of_a_block_has_its_own_cache_slot(tiny_transformer):
    assert len(tiny_transformer.new_cache(1, 8).keys) == 3 * tiny_transformer.config.num_loops


def test_loops_add_no_parameters():
    once, looped = (
        SAPIENT.build(SAPIENT.parse({**SECTION, "num_loops": num})).state_dict() for num in (1, 4)
    )
    assert once.keys() == looped.keys()


@pytest.mark.parametrize(
    ("preset", "other"), [("transformer-nano", "nano"), ("transformer-27m", "27m")]
)
def test_a_preset_has_the_blocks_of_the_hrm_text_it_is_named_after(preset, other):
    shapes = []
    for name in (preset, other):
        config = SAPIENT.parse({"preset": name})
        with torch.device("meta"):
            model = SAPIENT.model_type(config.architecture)(config)
        shapes.append(sorted(tuple(p.shape) for p in model.parameters()))
        assert config.embedding_scale == config.hidden_size**0.5
        assert config.prefix_lm
    assert shapes[0] == shapes[1]


def test_a_config_without_a_preset_starts_from_the_smallest():
    assert SAPIENT.parse({"architecture": "transformer"}) == SAPIENT.parse(
        {"preset": "transformer-nano"}
    )
    assert set(PRESETS) == {"transformer-nano", "transformer-27m"}


def test_initial_weights_have_the_deviations_of_hrm_text():
    section = {"hidden_size": 256, "vocab_size": 512, "num_hidden_layers": 1}
    model = SAPIENT.build(SAPIENT.parse({"architecture": "transformer", **section}), seed=0)
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear):
            wanted = module.in_features**-0.5
            assert module.weight.std().item() == pytest.approx(wanted, rel=0.03), name
            assert module.weight.abs().max() <= 3.05 * wanted, name
    assert model.embed_tokens.weight.std().item() == pytest.approx(1 / 16, rel=0.03)


@pytest.mark.parametrize(
    ("section", "message"),
    [
        (
            {"num_layers": 2},
            "model.num_layers: unknown key. Use 'num_hidden_layers'.",
        ),
        ({"H_cycles": 2}, "model.H_cycles: unknown key."),
        ({"num_hidden_layers": 0}, "model.num_hidden_layers: expected greater than or equal to 1"),
        ({"num_hidden_layers": "6"}, "model.num_hidden_layers: expected int, got '6' (str)."),
        ({"embedding_scale": 0.0}, "model.embedding_scale: expected greater than 0, got 0.0."),
        ({"num_attention_heads": 3}, "model: hidden_size 256 is not a multiple of"),
        (
            {"preset": "nano"},
            "model.preset: 'nano' is a preset of architecture 'hrm_text', got architecture "
            "'transformer' (its presets: transformer-27m, transformer-nano).",
        ),
    ],
)
def test_a_bad_section_is_an_error_that_names_key_and_cure(section, message):
    with pytest.raises(ConfigError) as caught:
        SAPIENT.parse({"architecture": "transformer", **section})
    assert message in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_config_is_the_same_after_saving_and_loading():
    config = SAPIENT.parse({"preset": "transformer-27m", "prefix_lm": False})
    assert type(config).from_published(config.to_published()) == config
