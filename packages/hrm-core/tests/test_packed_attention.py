import copy

import pytest
import torch
import torch.nn.functional as F
from torch._dynamo.testing import CompileCounter

from hrm_core.layers import AttentionContext, BlockShape, BlockStack, rotary_tables
from hrm_core.packed_attention import PackedAttention
from hrm_core.packing import Packing

# Sequences shorter and longer than a window, with prefixes that end in any of them.
LENGTHS = [[3, 40, 300], [1, 600]]
PREFIXES = [[3, 0, 280], [1, 20]]
WIDTH = 610


def _states(dtype=torch.float32):
    torch.manual_seed(0)
    return [torch.randn(2, 3, WIDTH, 8, dtype=dtype).requires_grad_() for _ in range(3)]


def _mask_and_attention(*, is_prefix_lm, dtype=torch.float32):
    packing = Packing.of(LENGTHS, PREFIXES, WIDTH)
    attention = PackedAttention(packing.spans, is_prefix_lm=is_prefix_lm, dtype=dtype)
    return packing.mask(is_prefix_lm=is_prefix_lm), attention


@pytest.mark.parametrize("is_prefix_lm", [True, False])
def test_values_and_gradients_are_those_of_masked_attention(is_prefix_lm):
    mask_BTS, attention = _mask_and_attention(is_prefix_lm=is_prefix_lm)
    is_real_BT = torch.arange(WIDTH) < torch.tensor([[343], [601]])
    results = []
    for attend in (
        attention,
        lambda *states: F.scaled_dot_product_attention(*states, attn_mask=mask_BTS),
    ):
        states = _states()
        attended_BNTK = attend(*states) * is_real_BT[:, None, :, None]
        attended_BNTK.sin().sum().backward()
        results.append([attended_BNTK.detach(), *(state.grad for state in states)])
    for ours, expected in zip(*results, strict=True):
        torch.testing.assert_close(ours, expected)


def test_padding_gets_zeros():
    _, attention = _mask_and_attention(is_prefix_lm=False)
    attended_BNTK = attention(*_states())
    assert attended_BNTK[0, :, 343:].count_nonzero() == 0
    assert attended_BNTK[1, :, 601:].count_nonzero() == 0


def test_queries_and_keys_can_be_more_precise_than_values():
    mask_BTS, attention = _mask_and_attention(is_prefix_lm=True, dtype=torch.bfloat16)
    query, key, value = _states()
    attended_BNTK = attention(query, key, value.bfloat16())
    attended_BNTK[0, :, :343].float().sin().sum().backward()
    assert attended_BNTK.dtype == torch.bfloat16
    assert query.grad.dtype == torch.float32
    expected = F.scaled_dot_product_attention(query, key, value, attn_mask=mask_BTS)
    torch.testing.assert_close(
        attended_BNTK[0, :, :343].float(), expected[0, :, :343], atol=3e-2, rtol=3e-2
    )


def test_sequences_of_other_lengths_have_few_shapes():
    packings = [Packing.of([[n, 512 - n]], [[n // 2, 0]], 512) for n in range(1, 512)]
    shapes = {
        window.bias_QS.shape
        for packing in packings
        for window in PackedAttention(packing.spans, is_prefix_lm=True, dtype=torch.float32).windows
    }
    assert len(shapes) <= 40


@pytest.mark.filterwarnings("ignore:The .grad attribute:UserWarning")
def test_a_compiled_stack_takes_other_batches_without_compiling_again():
    shape = BlockShape(width=16, num_heads=2, head_dim=8, intermediate_size=24, eps=1e-6)
    stack, states_BTD = BlockStack(shape, num_layers=2), torch.randn(1, 9, 16)
    cos_PK, sin_PK = rotary_tables(8, 10_000.0, 9)
    compiled, counter = copy.deepcopy(stack), CompileCounter()
    torch._dynamo.reset()
    compiled.compile(backend=counter, dynamic=False)
    counts = []
    for lengths in ([9], [4, 5], [1, 2, 3], [8]):
        packing = Packing.of([lengths], [[0] * len(lengths)], 9)
        context = AttentionContext(
            cos_BTK=cos_PK[packing.positions_BT],
            sin_BTK=sin_PK[packing.positions_BT],
            mask_BTS=None,
            positions_BT=packing.positions_BT,
            packed_attention=PackedAttention(
                packing.spans, is_prefix_lm=False, dtype=torch.float32
            ),
        )
        expected = stack(states_BTD, context, 0)
        torch.testing.assert_close(compiled(states_BTD, context, 0), expected)
        counts.append(counter.frame_count)
    assert counts[-1] == counts[0]
