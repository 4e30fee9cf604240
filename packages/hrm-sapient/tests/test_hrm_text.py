import math

import pytest
import torch
from torch import nn

from hrm_core.errors import ConfigError, ContextLengthError
from hrm_core.losses import IGNORED_LABEL
from hrm_core.model import TrainingBatch
from hrm_core.testing import CONTRACT, random_tokens
from hrm_sapient.hrm_text import HrmText
from hrm_sapient.stack import SAPIENT


@pytest.mark.parametrize("check", CONTRACT, ids=lambda check: check.__name__)
def test_hrm_text_keeps_the_contract(tiny_model, check):
    check(tiny_model)


def naive_forward(model, tokens, prefix):  # noqa: C901 (all of the mathematics in one place)
    """The published mathematics in float64, one head and one position at a time."""
    config = model.config
    weights = {name: tensor.double() for name, tensor in model.state_dict().items()}
    length, width, head_dim = len(tokens), config.hidden_size, config.head_dim

    def norm(x):
        return x / torch.sqrt((x * x).mean(-1, keepdim=True) + config.rms_norm_eps)

    def rotated(x, position):
        half = head_dim // 2
        angles = torch.tensor(
            [position / config.rope_theta ** (2 * i / head_dim) for i in range(half)]
        ).double()
        first, second = x[:half], x[half:]
        return torch.cat(
            (
                first * angles.cos() - second * angles.sin(),
                second * angles.cos() + first * angles.sin(),
            )
        )

    def attention(x, block):
        gate, query, key, value = (x @ weights[f"{block}.attn.gqkv_proj.weight"].T).split(
            config.num_attention_heads * head_dim, dim=-1
        )
        out = torch.zeros(length, config.num_attention_heads * head_dim).double()
        for head in range(config.num_attention_heads):
            part = slice(head * head_dim, (head + 1) * head_dim)
            for t in range(length):
                seen = [s for s in range(length) if s <= t or (s < prefix and t < prefix)]
                q = rotated(query[t, part], t)
                scores = torch.stack([q @ rotated(key[s, part], s) for s in seen])
                chances = (scores / math.sqrt(head_dim)).softmax(0)
                out[t, part] = sum(
                    chance * value[s, part] for chance, s in zip(chances, seen, strict=True)
                )
        return (torch.sigmoid(gate) * out) @ weights[f"{block}.attn.o_proj.weight"].T

    def level(x, name):
        for layer in range(config.num_layers_per_stack):
            block = f"model.{name}.layers.{layer}"
            x = x + attention(norm(x), block)
            gate, up = (norm(x) @ weights[f"{block}.mlp.gate_up_proj.weight"].T).chunk(2, dim=-1)
            x = x + (gate * torch.sigmoid(gate) * up) @ weights[f"{block}.mlp.down_proj.weight"].T
        return norm(x)

    high = weights["model.embed_tokens.weight"][tokens] * config.embedding_scale
    low = weights["model.z_L_init"].expand(length, width)
    for _ in range(config.H_cycles):
        for _ in range(config.L_cycles):
            low = level(low + high, "L_module")
        high = level(high + low, "H_module")
    return high @ weights["lm_head.weight"].T


def test_forward_agrees_with_a_naive_float64_version(tiny_model):
    tokens = random_tokens(tiny_model, 1, 9)
    prefix = torch.tensor([4]) if tiny_model.prefix_lm else None
    expected = naive_forward(tiny_model, tokens[0], 4 if tiny_model.prefix_lm else 0)
    actual = tiny_model(tokens, prefix)[0].double()
    torch.testing.assert_close(actual, expected, atol=1e-4, rtol=1e-4)


def test_each_cycle_step_and_layer_has_its_own_cache_slot(tiny_model):
    cache = tiny_model.new_cache(1, 8)
    tiny_model(random_tokens(tiny_model, 1, 8), None, cache)
    keys = cache.keys
    assert len(keys) == 2 * 2 * (3 + 1)
    distinct = {tuple(slot.flatten()[:16].tolist()) for slot in keys}
    assert len(distinct) == len(keys)


@pytest.mark.parametrize(
    ("bp_steps", "expected"),
    [
        (2, "L- L- L- H- L- L- L+ H+"),
        (3, "L- L- L- H+ L- L- L+ H+"),
        (4, "L- L- L- H+ L- L+ L+ H+"),
        (5, "L- L- L- H+ L+ L+ L+ H+"),
        (None, "L+ L+ L+ H+ L+ L+ L+ H+"),
    ],
)
def test_bp_steps_route_gradients_as_the_published_training_does(tiny_model, bp_steps, expected):
    routing = " ".join(
        ("L" if level == "low" else "H") + ("+" if has_gradient else "-")
        for level, has_gradient in tiny_model.model._schedule(bp_steps)
    )
    assert routing == expected


def test_truncated_training_has_the_same_loss_but_a_different_gradient(tiny_model):
    tokens = random_tokens(tiny_model, 2, 10)
    batch = TrainingBatch(tokens[:, :-1], tokens[:, 1:])
    gradients = []
    for bp_steps in (5, None):
        tiny_model.zero_grad()
        loss = tiny_model.training_loss(batch, bp_steps=bp_steps)
        loss.backward()
        gradients.append(tiny_model.model.L_module.layers[0].mlp.down_proj.weight.grad.clone())
    full = tiny_model.training_loss(batch)
    torch.testing.assert_close(loss, full)
    assert not torch.allclose(gradients[0], gradients[1], rtol=1e-2)


@pytest.mark.parametrize(
    ("cycles", "steps"), [(None, 5), ([0, 3], 5), ([0, 1], 3), ([1, 3], 6), ([3, 3], 8)]
)
def test_the_config_says_through_which_low_calls_gradients_flow(tiny_model, cycles, steps):
    config = tiny_model.config.model_copy(update={"L_bp_cycles": cycles})
    model = HrmText(config)
    assert model.training_options() == {"bp_steps": steps}
    assert model.training_options(0.0) == {"bp_steps": 2}
    levels = [level for level, has_gradient in model.model._schedule(steps) if has_gradient]
    assert levels.count("low") == sum(cycles or [0, 3])
    assert type(config).from_published(config.to_published()).max_bp_steps == steps


@pytest.mark.parametrize(
    "cycles", [[3, 0], [1, 2], [0, 0], [], [3], [3, 3, 3], [0, 0, 3], [4, 3], [-1, 3]]
)
def test_other_gradients_than_those_of_the_last_calls_are_refused(tiny_model, cycles):
    config = tiny_model.config.model_copy(update={"L_bp_cycles": cycles})
    message = r"L_bp_cycles: .*is not implemented.* Write \[3, 3\] .*in its config\.json"
    with pytest.raises(ConfigError, match=message):
        HrmText(config).training_options()


def test_fewer_than_two_bp_steps_are_refused(tiny_model):
    tokens = random_tokens(tiny_model, 1, 4)
    with pytest.raises(ValueError, match="bp_steps must be at least 2, got 1"):
        tiny_model.training_loss(TrainingBatch(tokens, tokens), bp_steps=1)


def test_ignored_labels_do_not_count(tiny_model):
    tokens = random_tokens(tiny_model, 1, 8)
    labels = tokens.roll(-1, dims=1)
    labels[:, :5] = IGNORED_LABEL
    logits = tiny_model(tokens)[0, 5:].log_softmax(-1)
    expected = -logits[torch.arange(3), labels[0, 5:]].mean()
    loss = tiny_model.training_loss(TrainingBatch(tokens, labels))
    torch.testing.assert_close(loss, expected)


def test_a_prefix_is_refused_by_a_causal_model_and_by_a_filled_cache(tiny_model):
    tokens = random_tokens(tiny_model, 1, 4)
    cache = tiny_model.new_cache(1, 8)
    tiny_model(tokens, None, cache)
    problem = "already contains tokens" if tiny_model.prefix_lm else "the model is causal"
    with pytest.raises(ValueError, match=problem):
        tiny_model(tokens, torch.tensor([2]), cache)


def test_an_empty_cache_that_is_too_small_is_a_clear_error(tiny_model):
    cache = tiny_model.new_cache(1, 4)
    with pytest.raises(ContextLengthError, match="do not fit into a capacity of 4"):
        tiny_model(random_tokens(tiny_model, 1, 6), None, cache)


def test_initial_weights_have_the_published_deviations_and_are_truncated():
    config = SAPIENT.parse({"hidden_size": 256, "vocab_size": 512, "num_layers_per_stack": 1})
    model = SAPIENT.build(config, seed=0)
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear):
            wanted = module.in_features**-0.5
            assert module.weight.std().item() == pytest.approx(wanted, rel=0.03), name
            assert module.weight.abs().max() <= 3.05 * wanted, name
    assert model.model.embed_tokens.weight.std().item() == pytest.approx(1 / 16, rel=0.03)
    assert model.model.z_L_init.std().item() == pytest.approx(1.0, rel=0.15)
    assert "model.z_L_init" not in dict(model.named_parameters())


def test_initial_weights_depend_only_on_the_seed(tiny_section):
    config = SAPIENT.parse(tiny_section)
    first, again, other = (SAPIENT.build(config, seed=seed) for seed in (3, 3, 4))
    assert torch.equal(first.lm_head.weight, again.lm_head.weight)
    assert not torch.equal(first.lm_head.weight, other.lm_head.weight)
