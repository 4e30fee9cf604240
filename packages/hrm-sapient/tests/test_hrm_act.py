import math
from dataclasses import replace

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from hrm_core.costs import measure_costs
from hrm_core.errors import ConfigError
from hrm_core.losses import IGNORED_LABEL, cross_entropy, label_positions
from hrm_core.model import TrainingBatch
from hrm_core.packing import Packing
from hrm_core.testing import CONTRACT, random_tokens
from hrm_sapient.hrm_act import HrmAct
from hrm_sapient.q_learning import draw_minimum_steps, exactly_right, q_losses
from hrm_sapient.stack import SAPIENT

TINY = {
    "architecture": "hrm_act",
    "hidden_size": 32,
    "H_layers": 1,
    "L_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 48,
    "vocab_size": 61,
    "max_position_embeddings": 40,
    "num_segments": 2,
}


def tiny_model(**changes):
    return SAPIENT.build(SAPIENT.parse({**TINY, **changes}), seed=1)


def tiny_act_model(**changes):
    """A model that learns to halt, with Q-values that depend on the state."""
    model = tiny_model(act=True, **changes)
    generator = torch.Generator().manual_seed(5)
    with torch.no_grad():
        model.q_head.weight.copy_(torch.randn(2, 32, generator=generator))
        model.q_head.bias.zero_()
    return model


def with_q_values(model, halt_q, continue_q):
    """Return the model with Q-values that do not depend on the state."""
    with torch.no_grad():
        model.q_head.weight.zero_()
        model.q_head.bias.copy_(torch.tensor([halt_q, continue_q]))
    return model


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def next_tokens(model, batch=2, length=9, seed=0):
    tokens = random_tokens(model, batch, length + 1, seed)
    return TrainingBatch(tokens[:, :-1], tokens[:, 1:])


@pytest.mark.parametrize("check", CONTRACT, ids=lambda check: check.__name__)
@pytest.mark.parametrize(
    "changes",
    [
        {"num_segments": 1},
        {"num_segments": 2},
        {"num_segments": 2, "prefix_lm": True},
        {"num_segments": 2, "prefix_lm": True, "act": True, "gradient": "last_cycle"},
    ],
    ids=["one-segment", "causal", "prefix", "act"],
)
def test_hrm_act_keeps_the_contract(check, changes):
    check(tiny_model(**changes))


def naive_segments(model, tokens, num_segments, sees):  # noqa: C901 (all of the mathematics in one place)
    """The high state after each segment, as published, in float64, one position at a time."""
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
        query, key, value = (x @ weights[f"{block}.attn.qkv_proj.weight"].T).split(
            config.num_attention_heads * head_dim, dim=-1
        )
        out = torch.zeros(length, config.num_attention_heads * head_dim).double()
        for head in range(config.num_attention_heads):
            part = slice(head * head_dim, (head + 1) * head_dim)
            for t in range(length):
                seen = [s for s in range(length) if sees(t, s)]
                q = rotated(query[t, part], t)
                scores = torch.stack([q @ rotated(key[s, part], s) for s in seen])
                chances = (scores / math.sqrt(head_dim)).softmax(0)
                out[t, part] = sum(
                    chance * value[s, part] for chance, s in zip(chances, seen, strict=True)
                )
        return out @ weights[f"{block}.attn.o_proj.weight"].T

    def level(state, injection, name, num_layers):
        x = state + injection
        for layer in range(num_layers):
            block = f"model.{name}.layers.{layer}"
            x = norm(x + attention(x, block))
            gate, up = (x @ weights[f"{block}.mlp.gate_up_proj.weight"].T).chunk(2, dim=-1)
            down = weights[f"{block}.mlp.down_proj.weight"]
            x = norm(x + (gate * torch.sigmoid(gate) * up) @ down.T)
        return x

    embedded = math.sqrt(width) * weights["model.embed_tokens.weight"][tokens]
    high = weights["model.H_init"].expand(length, width)
    low = weights["model.L_init"].expand(length, width)
    after = []
    for _ in range(num_segments):
        for _ in range(config.H_cycles):
            for _ in range(config.L_cycles):
                low = level(low, high + embedded, "L_module", config.L_layers)
            high = level(high, low, "H_module", config.H_layers)
        after.append(high)
    return after


SEES = {
    "both-ways": lambda t, s: True,
    "causal": lambda t, s: s <= t,
    "prefix": lambda t, s: s <= t or (s < 4 and t < 4),
}


@pytest.mark.parametrize(
    ("mask", "changes"),
    [
        ("both-ways", {"causal": False}),
        ("causal", {}),
        ("causal", {"H_cycles": 3, "L_cycles": 1, "num_segments": 3}),
        ("prefix", {"prefix_lm": True}),
    ],
)
def test_forward_agrees_with_a_naive_float64_version(mask, changes):
    model = tiny_model(**changes)
    tokens = random_tokens(model, 1, 9)
    high = naive_segments(model, tokens[0], model.config.num_segments, SEES[mask])[-1]
    expected = high @ model.lm_head.weight.double().T
    actual = model(tokens, torch.tensor([4]) if mask == "prefix" else None)[0].double()
    torch.testing.assert_close(actual, expected, atol=1e-4, rtol=1e-4)


def test_each_segment_cycle_call_and_layer_has_its_own_cache_slot():
    model = tiny_model()
    cache = model.new_cache(1, 8)
    model(random_tokens(model, 1, 8), None, cache)
    assert len(cache.keys) == 2 * 2 * (2 * 2 + 1)
    distinct = {tuple(slot.flatten()[:16].tolist()) for slot in cache.keys}
    assert len(distinct) == len(cache.keys)


@pytest.mark.parametrize(
    ("gradient", "expected"),
    [("one_step", "L- L- H- L- L+ H+"), ("last_cycle", "L- L- H- L+ L+ H+")],
)
def test_the_last_calls_of_a_segment_carry_gradients(gradient, expected):
    routing = " ".join(
        ("L" if level == "low" else "H") + ("+" if has_gradient else "-")
        for level, has_gradient in tiny_model(gradient=gradient).model._schedule()
    )
    assert routing == expected


def manual_segment(model, embedded, high, low, context):
    """One segment of 2 x 2 cycles, detached by hand where no gradient may flow."""
    run_low, run_high = model.model.L_module, model.model.H_module
    low = run_low(low + high + embedded, context, 0)
    low = run_low(low + high + embedded, context, 0)
    high = run_high(high + low, context, 0).detach()
    if model.config.gradient == "last_cycle":
        low = run_low(low.detach() + high + embedded, context, 0)
        low = run_low(low + high + embedded, context, 0)
    else:
        low = run_low(low + high + embedded, context, 0).detach()
        low = run_low(low + high + embedded, context, 0)
    return run_high(high + low, context, 0), low


@pytest.mark.parametrize("gradient", ["one_step", "last_cycle"])
def test_gradients_match_a_segment_detached_by_hand(gradient):
    model = tiny_model(gradient=gradient)
    batch = next_tokens(model)
    carry = model.initial_carry(batch)
    for _ in range(2):
        model.zero_grad()
        carry, loss, _ = model.train_segment(carry, batch)
        loss.backward()
    actual = {name: p.grad.clone() for name, p in model.named_parameters()}

    model.zero_grad()
    embedded = model.model.embed_tokens(batch.tokens_BT) * math.sqrt(32)
    context = model.attention_context(batch.tokens_BT, None)
    high, low = model.model.H_init, model.model.L_init
    for _ in range(2):
        high, low = manual_segment(model, embedded, high.detach(), low.detach(), context)
    F.cross_entropy(model.lm_head(high).flatten(0, 1), batch.labels_BT.flatten()).backward()
    for name, parameter in model.named_parameters():
        torch.testing.assert_close(actual[name], parameter.grad, msg=name)


def test_both_gradient_settings_have_the_same_loss_but_different_gradients():
    results = []
    for gradient in ("one_step", "last_cycle"):
        model = tiny_model(gradient=gradient)
        loss = model.training_loss(next_tokens(model))
        loss.backward()
        results.append((loss.detach(), model.model.L_module.layers[0].mlp.down_proj.weight.grad))
    torch.testing.assert_close(results[0][0], results[1][0])
    assert not torch.allclose(results[0][1], results[1][1], rtol=1e-2)


def test_halted_rows_are_replaced_and_the_others_continue():
    model = tiny_model(num_segments=4, prefix_lm=True)
    old = replace(next_tokens(model, seed=1), prefix_lengths_B=torch.tensor([2, 3]))
    new = replace(next_tokens(model, seed=2), prefix_lengths_B=torch.tensor([5, 6]))
    carry, _, _ = model.train_segment(model.initial_carry(old), old)
    assert carry.steps_B.tolist() == [1, 1]
    assert carry.halted_B.tolist() == [False, False]

    carry = replace(carry, halted_B=torch.tensor([True, False]))
    carry, _, _ = model.train_segment(carry, new)
    assert torch.equal(carry.tokens_BT, torch.stack((new.tokens_BT[0], old.tokens_BT[1])))
    assert torch.equal(carry.labels_BT, torch.stack((new.labels_BT[0], old.labels_BT[1])))
    assert carry.prefix_lengths_B.tolist() == [5, 3]
    assert carry.steps_B.tolist() == [1, 2]
    assert not carry.states.high_BTD.requires_grad
    assert not carry.states.low_BTD.requires_grad

    for row, batch, num_segments in ((0, new, 1), (1, old, 2)):
        tensors = (batch.tokens_BT, batch.labels_BT, batch.prefix_lengths_B)
        one = TrainingBatch(*(tensor[[row]] for tensor in tensors))
        alone = model.initial_carry(one)
        for _ in range(num_segments):
            alone, _, _ = model.train_segment(alone, one)
        for together, apart in zip(carry.states, alone.states, strict=True):
            torch.testing.assert_close(together[[row]], apart)


def test_a_row_without_a_prefix_can_replace_one_with_a_prefix():
    model = tiny_model(num_segments=4, prefix_lm=True)
    batch = next_tokens(model)
    prefixed = replace(batch, prefix_lengths_B=torch.tensor([3, 4]))
    carry, _, _ = model.train_segment(model.initial_carry(batch), prefixed)
    carry = replace(carry, halted_B=torch.tensor([True, False]))
    carry, _, _ = model.train_segment(carry, batch)
    assert carry.prefix_lengths_B.tolist() == [0, 4]


def test_without_act_rows_are_replaced_after_their_last_segment():
    model = tiny_model(num_segments=3)
    first, second = next_tokens(model, seed=1), next_tokens(model, seed=2)
    carry = model.initial_carry(first)
    for step in (1, 2, 3):
        carry, _, metrics = model.train_segment(carry, first if step == 1 else second)
        assert torch.equal(carry.tokens_BT, first.tokens_BT)
        assert carry.steps_B.tolist() == [step, step]
        assert carry.halted_B.tolist() == [step == 3] * 2
        assert set(metrics) == {"cross_entropy"}
    carry, loss, _ = model.train_segment(carry, second)
    assert torch.equal(carry.tokens_BT, second.tokens_BT)
    _, fresh, _ = model.train_segment(model.initial_carry(second), second)
    torch.testing.assert_close(loss, fresh)


# With a single high cycle, a segment's first calls carry gradients, which must end there.
@pytest.mark.parametrize(
    "changes", [{}, {"prefix_lm": True}, {"H_cycles": 1}, {"H_cycles": 1, "gradient": "last_cycle"}]
)
def test_the_training_loss_is_the_mean_of_the_segments_losses(changes):
    model = tiny_model(num_segments=3, **changes)
    batch = next_tokens(model)
    if model.prefix_lm:
        batch = replace(batch, prefix_lengths_B=torch.tensor([2, 5]))
    carry, losses = model.initial_carry(batch), []
    for _ in range(3):
        carry, loss, _ = model.train_segment(carry, batch)
        losses.append(loss)
    expected = torch.stack(losses).mean()
    actual = model.training_loss(batch)
    torch.testing.assert_close(actual, expected)
    parameters = list(model.parameters())
    torch.testing.assert_close(
        torch.autograd.grad(actual, parameters), torch.autograd.grad(expected, parameters)
    )


def test_the_validation_loss_is_that_of_the_last_segment():
    model = tiny_model(num_segments=3)
    batch = next_tokens(model)
    loss = model.validation_loss(batch)
    torch.testing.assert_close(loss, cross_entropy(model(batch.tokens_BT), batch.labels_BT))
    assert not torch.allclose(loss, model.training_loss(batch), rtol=1e-3)


@pytest.mark.parametrize("high_cycles", [1, 2])
def test_the_forward_pass_has_the_loss_and_gradients_of_the_last_segment(high_cycles):
    model = tiny_model(num_segments=3, H_cycles=high_cycles)
    batch = next_tokens(model)
    carry = model.initial_carry(batch)
    for _ in range(3):
        carry, loss, _ = model.train_segment(carry, batch)
    expected = cross_entropy(model(batch.tokens_BT), batch.labels_BT)
    torch.testing.assert_close(loss, expected)
    parameters = list(model.parameters())
    torch.testing.assert_close(
        torch.autograd.grad(loss, parameters), torch.autograd.grad(expected, parameters)
    )


@pytest.mark.parametrize(
    ("halt_q", "continue_q", "halted_after"),
    [(1.0, 0.0, 1), (0.0, 1.0, 4), (0.0, 0.0, 4)],
)
def test_a_row_halts_by_its_q_values_or_at_the_last_segment(halt_q, continue_q, halted_after):
    model = tiny_act_model(num_segments=4, halt_exploration_prob=0.0)
    model = with_q_values(model, halt_q, continue_q)
    batch = next_tokens(model)
    carry = model.initial_carry(batch)
    for step in range(1, halted_after + 1):
        carry, _, metrics = model.train_segment(carry, batch, seeded())
        assert carry.halted_B.tolist() == [step == halted_after] * 2
        assert metrics["halted"] == float(step == halted_after)


def test_each_row_halts_by_the_q_values_after_its_segment():
    model = tiny_act_model(num_segments=4, halt_exploration_prob=0.0)
    batch = next_tokens(model, batch=16)
    carry = model.initial_carry(batch)
    carry, _, _ = model.train_segment(carry, batch, seeded())
    q_values = carry.states.high_BTD[:, -1] @ model.q_head.weight.T + model.q_head.bias
    assert carry.halted_B.tolist() == [halt > proceed for halt, proceed in q_values.tolist()]
    assert set(carry.halted_B.tolist()) == {True, False}


def test_an_exploring_row_runs_as_many_segments_as_were_drawn():
    model = with_q_values(tiny_act_model(num_segments=4, halt_exploration_prob=1.0), 1.0, 0.0)
    batch = next_tokens(model, batch=8)
    carry, generator, again = model.initial_carry(batch), seeded(), seeded()
    seen = set()
    for _ in range(12):
        carry, _, _ = model.train_segment(carry, batch, generator)
        minimum = draw_minimum_steps(model.config, 8, again)
        expected = carry.steps_B >= minimum
        assert torch.equal(carry.halted_B, expected)
        assert not carry.halted_B[carry.steps_B == 1].any()
        assert carry.halted_B[carry.steps_B == 4].all()
        seen |= set(carry.steps_B[carry.halted_B].tolist())
    assert seen == {2, 3, 4}


def test_the_minimum_number_of_segments_is_uniform_for_exploring_rows():
    config = tiny_model(act=True, num_segments=4, halt_exploration_prob=0.3).config
    drawn = draw_minimum_steps(config, 30_000, seeded())
    shares = torch.bincount(drawn, minlength=5) / 30_000
    torch.testing.assert_close(shares, torch.tensor([0.7, 0, 0.1, 0.1, 0.1]), atol=0.01, rtol=0)


def test_the_same_generator_state_gives_the_same_segment():
    model = with_q_values(tiny_act_model(num_segments=4, halt_exploration_prob=0.5), 1.0, 0.0)
    batch = next_tokens(model, batch=8)
    halted = [
        model.train_segment(model.initial_carry(batch), batch, seeded(seed))[0].halted_B
        for seed in (3, 3, 4)
    ]
    assert torch.equal(halted[0], halted[1])
    assert not torch.equal(halted[0], halted[2])


def test_q_targets_are_correctness_and_the_larger_next_value():
    q = torch.tensor([[0.0, 0.5], [1.0, -1.0], [2.0, 0.0]])
    next_q = torch.tensor([[1.0, 2.0], [3.0, -3.0], [-2.0, 4.0]])
    right = torch.tensor([True, False, True])
    is_last = torch.tensor([False, False, True])

    def sigmoid(x):
        return 1 / (1 + math.exp(-x))

    def entropy(x, target):
        return -target * math.log(sigmoid(x)) - (1 - target) * math.log(1 - sigmoid(x))

    halt_loss, continue_loss = q_losses(q, next_q, right, is_last_B=is_last)
    expected_halt = (entropy(0.0, 1.0) + entropy(1.0, 0.0) + entropy(2.0, 1.0)) / 3
    # The third row has run its last segment: its target is the next halting value.
    targets = [sigmoid(2.0), sigmoid(3.0), sigmoid(-2.0)]
    values = [0.5, -1.0, 0.0]
    expected_continue = sum(entropy(x, y) for x, y in zip(values, targets, strict=True)) / 3
    assert halt_loss.item() == pytest.approx(expected_halt, rel=1e-6)
    assert continue_loss.item() == pytest.approx(expected_continue, rel=1e-6)


def test_no_gradient_flows_into_the_targets():
    next_q = torch.zeros(2, 2, requires_grad=True)
    q = torch.ones(2, 2, requires_grad=True)
    right = torch.tensor([True, False])
    sum(q_losses(q, next_q, right, is_last_B=right)).backward()
    assert next_q.grad is None
    assert q.grad is not None


# With 9 copies of the row, `label_positions` has more positions than labels.
@pytest.mark.parametrize("copies", [1, 9])
def test_a_row_is_right_if_it_predicts_all_labels_that_are_not_ignored(copies):
    predicted = torch.tensor([[1, 2, 3]] * 4).repeat(1, copies)
    rows = [[1, 2, 3], [1, 0, 3], [1, IGNORED_LABEL, 3], [IGNORED_LABEL] * 3]
    labels = torch.tensor(rows).repeat(1, copies)
    logits = F.one_hot(predicted, 5).float().flatten(0, 1)[label_positions(labels)]
    assert exactly_right(logits, labels).tolist() == [True, False, True, True]


def naive_losses(model, tokens, labels, position, num_segments, mask):
    """The cross-entropy and the Q-losses of each segment of one row, from float64 states."""
    highs = naive_segments(model, tokens, num_segments + 1, SEES[mask])
    weight, bias = model.q_head.weight.double(), model.q_head.bias.double()
    q_values = [weight @ high[position] + bias for high in highs]
    losses = []
    for segment in range(num_segments):
        logits = highs[segment] @ model.lm_head.weight.double().T
        counted = labels != IGNORED_LABEL
        cross_entropy = F.cross_entropy(logits[counted], labels[counted])
        right = bool((logits.argmax(-1) == labels)[counted].all())
        halt_q, continue_q = q_values[segment].sigmoid()
        next_halt_q, next_continue_q = q_values[segment + 1].sigmoid()
        is_last = segment == model.config.num_segments - 1
        target = next_halt_q if is_last else max(next_halt_q, next_continue_q)
        halt_loss = -(halt_q.log() if right else (1 - halt_q).log())
        continue_loss = -target * continue_q.log() - (1 - target) * (1 - continue_q).log()
        losses.append(cross_entropy + 0.5 * (halt_loss + continue_loss))
    return losses


@pytest.mark.parametrize(("mask", "position"), [("both-ways", 0), ("causal", 5)])
@pytest.mark.parametrize("is_answered", [True, False], ids=["right", "wrong"])
def test_losses_with_act_agree_with_a_naive_float64_version(mask, position, is_answered):
    model = tiny_act_model(causal=mask == "causal", halt_exploration_prob=0.0)
    batch = next_tokens(model, batch=1)
    tokens, labels = batch.tokens_BT, batch.labels_BT.clone()
    if is_answered:
        # The labels are the predictions of the first segment; later segments may differ.
        highs = naive_segments(model, tokens[0], 1, SEES[mask])
        labels = (highs[0].float() @ model.lm_head.weight.T).argmax(-1)[None]
    labels[:, :2] = labels[:, 6:] = IGNORED_LABEL
    expected = naive_losses(model, tokens[0], labels[0], position, 2, mask)
    batch = replace(batch, labels_BT=labels)
    _, loss, metrics = model.train_segment(model.initial_carry(batch), batch, seeded())
    assert metrics["exactly_right"] == float(is_answered)
    assert loss.item() == pytest.approx(expected[0].item(), rel=1e-4)
    mean = (sum(expected) / 2).item()
    assert model.training_loss(batch).item() == pytest.approx(mean, rel=1e-4)


def test_only_a_model_that_learns_to_halt_has_a_q_head():
    plain, halting = tiny_model(), tiny_model(act=True)
    state, more = plain.state_dict(), halting.state_dict()
    assert set(more) - set(state) == {"q_head.weight", "q_head.bias"}
    assert all(torch.equal(state[name], more[name]) for name in state)
    tokens = random_tokens(plain, 1, 6)
    assert torch.equal(plain(tokens), halting(tokens))


@pytest.mark.parametrize(
    ("act", "gradient"), [(False, "one_step"), (False, "last_cycle"), (True, "last_cycle")]
)
def test_deep_supervision_lowers_the_cross_entropy(act, gradient):
    model = tiny_model(act=act, gradient=gradient)
    batch = next_tokens(model, batch=4)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    carry, generator = model.initial_carry(batch), seeded()
    with torch.no_grad():
        before = cross_entropy(model(batch.tokens_BT), batch.labels_BT)
    for _ in range(30):
        carry, loss, _ = model.train_segment(carry, batch, generator)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        after = cross_entropy(model(batch.tokens_BT), batch.labels_BT)
    assert after < 0.5 * before


def test_costs_can_be_counted_without_values():
    costs = [
        measure_costs(HrmAct, SAPIENT.parse({**TINY, "num_segments": 3, "act": act}), 8)
        for act in (False, True)
    ]
    assert costs[0].forward_flops == costs[1].forward_flops
    assert costs[0].training_flops < costs[1].training_flops < 1.5 * costs[0].training_flops


def test_a_bidirectional_model_refuses_caches_prefixes_and_padding():
    model = tiny_model(causal=False)
    tokens = random_tokens(model, 2, 6)
    with pytest.raises(ConfigError, match="cannot generate text, got False"):
        model.new_cache(1, 8)
    lengths = torch.tensor([3, 6])
    with pytest.raises(ValueError, match="a prefix or a cache was given"):
        model(tokens, lengths)
    with pytest.raises(ValueError, match="a prefix or a cache was given"):
        model(tokens, None, tiny_model().new_cache(2, 8))
    for call in (model, model.next_logits):
        with pytest.raises(ValueError, match="lengths_B was given"):
            call(tokens, lengths_B=lengths)


def test_a_causal_model_refuses_a_prefix_in_training_too():
    model = tiny_model()
    batch = next_tokens(model)
    prefixed = replace(batch, prefix_lengths_B=torch.tensor([2, 2]))
    with pytest.raises(ValueError, match="the model is causal"):
        model.training_loss(prefixed)
    with pytest.raises(ValueError, match="the model is causal"):
        model.train_segment(model.initial_carry(batch), prefixed)


def test_a_packed_batch_is_refused():
    model = tiny_model()
    packing = Packing.of([[5, 4], [9]], [[0, 0], [0]], 9)
    packed = replace(next_tokens(model), packing=packing)
    for call in (
        model.training_loss,
        model.validation_loss,
        lambda batch: model.training_step(batch, None, 1.0, seeded()),
    ):
        with pytest.raises(ValueError, match="HrmAct takes one sequence per row"):
            call(packed)


def test_act_without_a_generator_is_refused():
    model = tiny_model(act=True)
    batch = next_tokens(model)
    with pytest.raises(ValueError, match="generator: act explores at random, got None"):
        model.train_segment(model.initial_carry(batch), batch)


def test_a_batch_of_another_shape_than_the_carry_is_refused():
    model = tiny_model()
    batch = next_tokens(model)
    carry = model.initial_carry(batch)
    with pytest.raises(ValueError, match=r"tokens_BT: .* of shape \(2, 9\), got \(2, 8\)"):
        model.train_segment(carry, next_tokens(model, length=8))
    with pytest.raises(ValueError, match="labels_BT"):
        model.train_segment(carry, replace(batch, labels_BT=batch.labels_BT[:, 1:]))


def test_initial_weights_have_the_published_deviations_and_frozen_states():
    model = tiny_model(hidden_size=256, vocab_size=512, H_layers=1, L_layers=1, act=True)
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear) and name != "q_head":
            wanted = module.in_features**-0.5
            assert module.weight.std().item() == pytest.approx(wanted, rel=0.03), name
    assert model.model.embed_tokens.weight.std().item() == pytest.approx(1 / 16, rel=0.03)
    assert not model.q_head.weight.any()
    assert model.q_head.bias.tolist() == [-5.0, -5.0]
    trained = dict(model.named_parameters())
    for name in ("model.H_init", "model.L_init"):
        assert model.state_dict()[name].std().item() == pytest.approx(1.0, rel=0.15)
        assert name not in trained
    assert not torch.equal(model.model.H_init, model.model.L_init)
