import copy

import pytest
import torch
import torch.nn.functional as F
from torch._dynamo.testing import CompileCounter

from hrm_core.layers import AttentionContext, BlockShape, BlockStack, rotary_tables, rotate
from hrm_core.packed_attention import PackedAttention
from hrm_core.packing import Packing

# Sequences shorter and longer than a window, with prefixes that end in any of them.
LENGTHS = [[3, 40, 300], [1, 600]]
PREFIXES = [[3, 0, 280], [1, 20]]
WIDTH = 610


def _states(dtype=torch.float32):
    torch.manual_seed(0)
    return [torch.randn(2, 3, WIDTH, 8).to(dtype).requires_grad_() for _ in range(3)]


def _packing():
    return Packing.of(LENGTHS, PREFIXES, WIDTH)


def _angles():
    cos_PK, sin_PK = rotary_tables(8, 10_000.0, WIDTH)
    positions_BT = _packing().positions_BT
    return cos_PK[positions_BT], sin_PK[positions_BT]


@pytest.mark.parametrize(
    ("dtype", "tolerance"), [(torch.float32, 1e-5), (torch.float64, 1e-5), (torch.bfloat16, 0.02)]
)
@pytest.mark.parametrize("is_prefix_lm", [True, False])
def test_values_and_gradients_are_those_of_masked_attention(is_prefix_lm, dtype, tolerance):
    packing, angles = _packing(), _angles()
    attention = PackedAttention(packing.spans, is_prefix_lm=is_prefix_lm, dtype=dtype)
    mask_BTS = packing.mask(is_prefix_lm=is_prefix_lm)

    def masked(query, key, value, angles):
        rotated = (rotate(state.float(), *angles) for state in (query, key))
        return F.scaled_dot_product_attention(*rotated, value.float(), attn_mask=mask_BTS)

    is_real_BT = torch.arange(WIDTH) < torch.tensor([[343], [601]])
    results = []
    for attend in (attention, masked):
        states = _states(dtype)
        attended_BNTK = attend(*states, angles).float() * is_real_BT[:, None, :, None]
        attended_BNTK.sin().sum().backward()
        results.append([attended_BNTK.detach(), *(state.grad.float() for state in states)])
    for ours, expected in zip(*results, strict=True):
        assert (ours - expected).norm() < tolerance * expected.norm()


def test_padding_gets_zeros():
    attention = PackedAttention(_packing().spans, is_prefix_lm=False, dtype=torch.float32)
    attended_BNTK = attention(*_states(), _angles())
    assert attended_BNTK[0, :, 343:].count_nonzero() == 0
    assert attended_BNTK[1, :, 601:].count_nonzero() == 0


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
