import math

import pytest
import torch
from torch import nn

from hrm_core.checkpoint import load_checkpoint, new_checkpoint
from hrm_core.model import TrainingBatch
from hrm_core.testing import CONTRACT, random_tokens
from hrm_native.stack import NATIVE


# torch.compile does not trace the GRU. Resuming after it, it reads gradients of inner tensors.
@pytest.mark.filterwarnings("ignore:The .grad attribute of a Tensor that is not a leaf:UserWarning")
@pytest.mark.parametrize("timing_ratio", [3, 4])
@pytest.mark.parametrize("check", CONTRACT, ids=lambda check: check.__name__)
def test_the_native_model_keeps_the_contract(build_tiny, check, timing_ratio):
    check(build_tiny(timing_ratio=timing_ratio))


class NaiveReader:
    """The mathematics in float64, one token at a time, with lists as the only memory."""

    def __init__(self, model):
        self.config = model.config
        self.weights = {name: tensor.double() for name, tensor in model.state_dict().items()}
        self.keys = [[] for _ in range(self.config.num_hidden_layers)]
        self.values = [[] for _ in range(self.config.num_hidden_layers)]
        self.chunk = []
        self.high = self.weights["planner.initial_P"]
        self.position = 0

    def matrix(self, name):
        return self.weights[f"{name}.weight"]

    def norm(self, x):
        return x / torch.sqrt((x * x).mean() + self.config.rms_norm_eps)

    def rotated(self, x):
        half = self.config.head_dim // 2
        out = torch.empty_like(x)
        for i in range(half):
            angle = self.position / self.config.rope_theta ** (2 * i / self.config.head_dim)
            out[i] = x[i] * math.cos(angle) - x[i + half] * math.sin(angle)
            out[i + half] = x[i + half] * math.cos(angle) + x[i] * math.sin(angle)
        return out

    def attention(self, x, block, layer):
        heads, width = self.config.num_attention_heads, self.config.head_dim
        fused = self.matrix(f"{block}.attn.gqkv_proj") @ x
        gate, query, key, value = fused.view(4, heads, width)
        self.keys[layer].append([self.rotated(key[head]) for head in range(heads)])
        self.values[layer].append(value)
        out = []
        for head in range(heads):
            q = self.rotated(query[head])
            scores = [float(q @ key[head]) / math.sqrt(width) for key in self.keys[layer]]
            total = sum(math.exp(score) for score in scores)
            out.append(
                sum(
                    math.exp(score) / total * value[head]
                    for score, value in zip(scores, self.values[layer], strict=True)
                )
            )
        return self.matrix(f"{block}.attn.o_proj") @ (torch.sigmoid(gate) * torch.stack(out)).view(
            -1
        )

    def half(self, x, name, first_layer):
        for n in range(self.config.num_hidden_layers // 2):
            block = f"{name}.layers.{n}"
            x = x + self.attention(self.norm(x), block, first_layer + n)
            gate, up = (self.matrix(f"{block}.mlp.gate_up_proj") @ self.norm(x)).chunk(2)
            x = x + self.matrix(f"{block}.mlp.down_proj") @ (gate * torch.sigmoid(gate) * up)
        return self.norm(x)

    def tick(self):
        """Update the planner's state with the chunk, by the GRU formula of the PyTorch docs."""
        scores = [float(self.matrix("planner.score_proj") @ x) for x in self.chunk]
        total = sum(math.exp(score) for score in scores)
        summary = sum(
            math.exp(score) / total * (self.matrix("planner.value_proj") @ x)
            for score, x in zip(scores, self.chunk, strict=True)
        )
        side = {
            end: (
                self.weights[f"planner.gru.weight_{end}_l0"] @ x
                + self.weights[f"planner.gru.bias_{end}_l0"]
            ).chunk(3)
            for end, x in (("ih", summary), ("hh", self.high))
        }
        reset = torch.sigmoid(side["ih"][0] + side["hh"][0])
        update = torch.sigmoid(side["ih"][1] + side["hh"][1])
        candidate = torch.tanh(side["ih"][2] + reset * side["hh"][2])
        self.high = (1 - update) * candidate + update * self.high
        self.chunk = []

    def read(self, token):
        if len(self.chunk) == self.config.timing_ratio:
            self.tick()
        embedded = self.matrix("embed_tokens")[token] * self.config.embedding_scale
        lower = self.half(embedded, "lower", 0)
        plan = self.matrix("planner.plan_proj") @ self.high
        upper = self.half(lower + plan, "upper", self.config.num_hidden_layers // 2)
        self.chunk.append(lower)
        self.position += 1
        return self.matrix("lm_head") @ upper


@pytest.mark.parametrize("length", [1, 4, 5, 14])
@pytest.mark.parametrize("timing_ratio", [1, 3, 4, 20])
def test_forward_agrees_with_a_naive_float64_version(build_tiny, timing_ratio, length):
    model = build_tiny(timing_ratio=timing_ratio)
    tokens = random_tokens(model, 2, length)
    for row in range(2):
        reader = NaiveReader(model)
        expected = torch.stack([reader.read(token) for token in tokens[row].tolist()])
        with torch.inference_mode():
            actual = model(tokens)[row].double()
        torch.testing.assert_close(actual, expected, atol=1e-4, rtol=1e-4)


def test_each_layer_has_its_own_cache_slot(tiny_model):
    cache = tiny_model.new_cache(1, 8)
    tiny_model(random_tokens(tiny_model, 1, 8), None, cache)
    assert len(cache.keys) == 4
    assert len({tuple(slot.flatten()[:16].tolist()) for slot in cache.keys}) == 4


def test_gradients_reach_every_parameter(tiny_model):
    tokens = random_tokens(tiny_model, 2, 12)
    tiny_model.training_loss(TrainingBatch(tokens[:, :-1], tokens[:, 1:])).backward()
    names = dict(tiny_model.named_parameters())
    assert {"planner.gru.weight_hh_l0", "planner.initial_P", "planner.score_proj.weight"} < set(
        names
    )
    for name, parameter in names.items():
        assert parameter.grad.isfinite().all(), name
        assert parameter.grad.abs().sum() > 0, name


def test_a_loss_in_the_third_chunk_reaches_the_first_only_through_the_planner(tiny_model):
    summaries = []

    def record(module, arguments):
        arguments[0].retain_grad()
        summaries.append(arguments[0])

    tiny_model.planner.gru.register_forward_pre_hook(record)
    tiny_model(random_tokens(tiny_model, 1, 12))[0, -1].logsumexp(0).backward()
    per_chunk = summaries[0].grad.abs().sum(dim=-1)[0]
    assert (per_chunk[:2] > 0).all()
    # The summary of the third chunk is used only after it.
    assert per_chunk[2] == 0


def test_a_prefix_is_refused_because_the_model_is_causal(tiny_model):
    with pytest.raises(ValueError, match="the model is causal"):
        tiny_model(random_tokens(tiny_model, 1, 4), torch.tensor([2]))


def test_initial_weights_have_their_deviations_and_are_truncated():
    model = NATIVE.build(NATIVE.parse({"num_hidden_layers": 2}), seed=0)
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear):
            wanted = module.in_features**-0.5
            # The score has so few weights that their deviation varies.
            tolerance = 0.2 if module.out_features == 1 else 0.03
            assert module.weight.std().item() == pytest.approx(wanted, rel=tolerance), name
            assert module.weight.abs().max() <= 3.05 * wanted, name
    assert model.embed_tokens.weight.std().item() == pytest.approx(1 / 16, rel=0.03)
    assert not model.planner.initial_P.any()
    for name, parameter in model.planner.gru.named_parameters():
        if "bias" in name:
            assert not parameter.any(), name
        else:
            assert parameter.abs().max().item() == pytest.approx(1 / 16, rel=0.001), name
            assert parameter.abs().max() <= 1 / 16, name
            assert parameter.std().item() == pytest.approx(1 / 16 / 3**0.5, rel=0.03), name


def test_initial_weights_depend_only_on_the_seed(tiny_section):
    config = NATIVE.parse(tiny_section)
    first, other = NATIVE.build(config, seed=3), NATIVE.build(config, seed=4)
    torch.manual_seed(99)
    again = NATIVE.build(config, seed=3)
    for name, tensor in first.state_dict().items():
        assert torch.equal(tensor, again.state_dict()[name]), name
        assert torch.equal(tensor, other.state_dict()[name]) == (not tensor.any()), name


def test_a_new_checkpoint_wraps_prompts_and_is_the_same_when_loaded(tiny_section, tmp_path):
    section = {**tiny_section, "vocab_size": 300}
    checkpoint = new_checkpoint("native", section, ["def add(a, b):\n    return a + b\n" * 9])
    wrapped = checkpoint.encode_prompt("add <|end|>")
    assert (wrapped[0], wrapped[-1]) == (1, 2)
    assert not {0, 1, 2, 3} & set(wrapped[1:-1])
    config = checkpoint.config
    assert (config.pad_token_id, config.bos_token_id, config.eos_token_id) == (0, 1, 3)
    checkpoint.save(tmp_path)
    again = load_checkpoint(tmp_path)
    assert (again.stack, again.config) == ("native", config)
    tokens = random_tokens(checkpoint.model, 2, 13)
    with torch.inference_mode():
        assert torch.equal(again.model(tokens), checkpoint.model(tokens))
