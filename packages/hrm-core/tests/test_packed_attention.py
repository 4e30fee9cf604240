import pytest
import torch
import torch.nn.functional as F

from hrm_core.packed_attention import attend_packed, make_windows
from hrm_core.packing import Packing

# Sequences shorter and longer than a window, with prefixes that end in any of them.
LENGTHS = [[3, 40, 300], [1, 600]]
PREFIXES = [[3, 0, 280], [1, 20]]
WIDTH = 610


def _states(dtype=torch.float32):
    torch.manual_seed(0)
    return [torch.randn(2, 3, WIDTH, 8, dtype=dtype).requires_grad_() for _ in range(3)]


def _mask_and_windows(*, is_prefix_lm, dtype=torch.float32):
    packing = Packing.of(LENGTHS, PREFIXES, WIDTH)
    windows = make_windows(packing.spans, is_prefix_lm=is_prefix_lm, dtype=dtype)
    return packing.mask(is_prefix_lm=is_prefix_lm), windows


@pytest.mark.parametrize("is_prefix_lm", [True, False])
def test_values_and_gradients_are_those_of_masked_attention(is_prefix_lm):
    mask_BTS, windows = _mask_and_windows(is_prefix_lm=is_prefix_lm)
    is_real_BT = torch.arange(WIDTH) < torch.tensor([[343], [601]])
    results = []
    for attend in (
        lambda *states: attend_packed(*states, windows),
        lambda *states: F.scaled_dot_product_attention(*states, attn_mask=mask_BTS),
    ):
        states = _states()
        attended_BNTK = attend(*states) * is_real_BT[:, None, :, None]
        attended_BNTK.sin().sum().backward()
        results.append([attended_BNTK.detach(), *(state.grad for state in states)])
    for ours, expected in zip(*results, strict=True):
        torch.testing.assert_close(ours, expected)


def test_padding_gets_zeros():
    _, windows = _mask_and_windows(is_prefix_lm=False)
    attended_BNTK = attend_packed(*_states(), windows)
    assert attended_BNTK[0, :, 343:].count_nonzero() == 0
    assert attended_BNTK[1, :, 601:].count_nonzero() == 0


def test_queries_and_keys_can_be_more_precise_than_values():
    mask_BTS, windows = _mask_and_windows(is_prefix_lm=True, dtype=torch.bfloat16)
    query, key, value = _states()
    attended_BNTK = attend_packed(query, key, value.bfloat16(), windows)
    attended_BNTK[0, :, :343].float().sin().sum().backward()
    assert attended_BNTK.dtype == torch.bfloat16
    assert query.grad.dtype == torch.float32
    expected = F.scaled_dot_product_attention(query, key, value, attn_mask=mask_BTS)
    torch.testing.assert_close(
        attended_BNTK[0, :, :343].float(), expected[0, :, :343], atol=3e-2, rtol=3e-2
    )


def test_sequences_of_other_lengths_have_few_shapes():
    packings = [Packing.of([[n, 512 - n]], [[n // 2, 0]], 512) for n in range(1, 512)]
    windows = [
        w for p in packings for w in make_windows(p.spans, is_prefix_lm=True, dtype=torch.float32)
    ]
    assert len({w.bias_QS.shape for w in windows}) <= 40
