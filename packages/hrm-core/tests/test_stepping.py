"""Steps of fixed shape give what plain ones do; only recording them needs a GPU."""

import copy
import gc
import weakref
from typing import ClassVar

import pytest
import torch
from torch import nn

from hrm_core import stepping
from hrm_core.cache import KVCache
from hrm_core.decoding import Decoder
from hrm_core.errors import ContextLengthError
from hrm_core.generation import GenerationRequest, SamplingParams
from hrm_core.kernels.build import load_kernel
from hrm_core.layers import BlockStack, init_linears
from hrm_core.stepping import FixedStep, StackModel, record_graph
from hrm_core.transformer import TransformerConfig, TransformerModel


class TinyConfig(TransformerConfig):
    architecture: ClassVar[str] = "tiny"

    hidden_size: int

    @property
    def num_cache_slots(self) -> int:
        return 2


class TinyModel(TransformerModel):
    config_type = TinyConfig

    def __init__(self, config):
        super().__init__(config)
        self.embed = nn.Embedding(config.vocab_size, config.hidden_size)
        self.blocks = BlockStack(config.block_shape(), 2)

    def read(self, tokens_BT, context):
        return self.blocks(self.embed(tokens_BT), context, 0)

    @torch.no_grad()
    def init_weights(self, generator):
        init_linears(self, generator)


@pytest.fixture
def tiny():
    config = TinyConfig(
        vocab_size=29,
        hidden_size=32,
        num_attention_heads=2,
        intermediate_size=48,
        max_position_embeddings=90,
    )
    torch.manual_seed(0)
    return TinyModel(config).eval()


@pytest.fixture
def small_spans(monkeypatch):
    monkeypatch.setattr(stepping, "_SPAN", 8)


def texts(model, **changes):
    decoder = Decoder(
        model=model,
        encode_prompt=lambda text: [int(part) for part in text.split()],
        decode_tokens=lambda ids: " ".join(map(str, ids)),
        eos_token_ids=frozenset({3}),
        context_length=40,
        **{"batch_size": 3, **changes},
    )
    requests = [
        GenerationRequest(prompt=prompt, num_samples=2, seed=seed)
        for seed, prompt in enumerate(["1 2", "5", "7 8 9 1", "1 2 4"])
    ]
    params = SamplingParams(temperature=0.8, max_new_tokens=30)
    return {(f.request, f.sample): f.generation.text for f in decoder.generate(requests, params)}


def test_fixed_steps_give_the_same_generations_as_plain_ones(tiny, small_spans):
    shapes = []

    class FixedModel(StackModel):
        def __init__(self, model):
            super().__init__(model)
            self._record = lambda step: shapes.append(step) or step

    assert texts(FixedModel(tiny)) == texts(StackModel(tiny))
    assert 4 < len(shapes) < 20, "a recording serves many steps"


def test_surplus_rows_do_not_affect_other_rows(tiny):
    recorded, plain = tiny.new_cache(3, 20), tiny.new_cache(3, 20)
    tokens = torch.tensor([[4, 5, 6], [7, 8, 9], [1, 2, 3]])
    with torch.inference_mode():
        for cache in (recorded, plain):
            tiny(tokens, None, cache, torch.tensor([3, 1, 2]))
            cache.keep([1, 0])
        step = FixedStep(tiny, recorded, lambda step: step)
        for token in (4, 9):
            more = torch.tensor([token, token + 1])
            expected = tiny.next_logits(more[:, None], None, plain)
            torch.testing.assert_close(step(more, recorded), expected)
        other = tiny.new_cache(1, 5)
        tiny(tokens[:1], None, other)
        for cache in (recorded, plain):
            cache.extend(other, [0])
        more = torch.tensor([1, 2, 3])
        expected = tiny.next_logits(more[:, None], None, plain)
        torch.testing.assert_close(step(more, recorded), expected)


def test_a_fixed_step_with_a_full_row_is_an_error(tiny):
    recorded = tiny.new_cache(1, 4)
    recorded.advance(4)
    with pytest.raises(ContextLengthError, match=r"4 \+ 1 tokens do not fit"):
        FixedStep(tiny, recorded, lambda step: step)(torch.tensor([1]), recorded)


def test_recorded_steps_are_freed_with_their_cache(tiny):
    model = StackModel(tiny)
    model._record = lambda step: step
    _, cache = model.prefill([[1, 2, 3]])
    assert type(cache) is KVCache
    room = model.new_batch(1, 9)
    room.extend(cache, [0])
    model.step(torch.tensor([4]), room)
    gone = weakref.ref(room)
    del room
    assert gone() is None


def test_the_tensors_that_a_recorded_step_reads_live_as_long_as_its_cache(tiny):
    sources = []

    def record_without_keeping(step):
        sources.append(weakref.ref(step.keywords["cache"]))
        logits_BV = step()
        return lambda: logits_BV

    cache = tiny.new_cache(2, 20)
    fixed_step = FixedStep(tiny, cache, record_without_keeping)
    with torch.inference_mode():
        fixed_step(torch.tensor([3, 4]), cache)
    gc.collect()
    assert [source() is None for source in sources] == [False]


@pytest.mark.parametrize("dtype", [None, torch.bfloat16])
def test_a_prompt_gets_the_same_bits_in_any_batch(tiny, dtype):
    model = StackModel(tiny, prompt_dtype=dtype)
    prompts = [[4, 5, 6], [7] * 20, [8, 1]]
    logits, together = model.prefill(prompts)
    for row, prompt in enumerate(prompts):
        alone_logits, alone = model.prefill([prompt])
        assert torch.equal(logits[[row]], alone_logits)
        read = slice(0, len(prompt))
        assert torch.equal(together.keys[:, [row], :, read], alone.keys[:, :, :, read])
        assert torch.equal(together.values[:, [row], :, read], alone.values[:, :, :, read])
    assert together.lengths_B.tolist() == [3, 20, 2]


def test_prompts_read_in_bfloat16_have_few_widths_within_the_context(tiny):
    model = StackModel(tiny, prompt_dtype=torch.bfloat16)
    caches = [model.prefill([[5] * length])[1] for length in (3, 16, 17, 70, 90)]
    assert [cache.capacity for cache in caches] == [16, 16, 32, 80, 90]
    assert [cache.longest for cache in caches] == [3, 16, 17, 70, 90]


def test_prompts_read_in_bfloat16_are_stored_and_scored_in_float32(tiny):
    model, exact = StackModel(tiny, prompt_dtype=torch.bfloat16), StackModel(tiny)
    assert model.arithmetic == f"{exact.arithmetic}; prompts in bfloat16"
    logits, cache = model.prefill([[4, 5, 6]])
    exact_logits, exact_cache = exact.prefill([[4, 5, 6]])
    assert logits.dtype == cache.keys.dtype == torch.float32
    assert not torch.equal(cache.keys, exact_cache.keys)
    assert not torch.equal(logits, logits.bfloat16().float()), "the head rounds its logits"
    torch.testing.assert_close(logits, exact_logits, atol=0.05, rtol=0.05)


def test_a_copied_cache_has_separate_steps(tiny):
    model = StackModel(tiny)
    model._record = lambda step: step
    _, cache = model.prefill([[1, 2, 3]])
    room = model.new_batch(1, 9)
    room.extend(cache, [0])
    model.step(torch.tensor([4]), room)
    copied = copy.deepcopy(room)
    expected = model.step(torch.tensor([5]), room)
    torch.testing.assert_close(model.step(torch.tensor([5]), copied), expected)
    assert copied.lengths_B.tolist() == room.lengths_B.tolist() == [5]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:torch")
@pytest.mark.skipif(load_kernel().library is None, reason="inductor needs a C++ compiler too")
def test_compiled_steps_give_the_same_generations_as_plain_ones(tiny):
    compiled = texts(StackModel(tiny, is_compiled=True), batch_size=1)
    assert compiled == texts(StackModel(tiny), batch_size=1)


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device here")
def test_graphs_give_the_same_generations_as_plain_steps(tiny, small_spans):
    tiny.cuda()
    recorded = StackModel(tiny)
    assert recorded._record is record_graph
    plain = StackModel(tiny)
    plain._record = None
    assert texts(recorded) == texts(plain)
