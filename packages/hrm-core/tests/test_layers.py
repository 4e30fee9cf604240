import torch
from torch._dynamo.testing import CompileCounter

from hrm_core.layers import AttentionContext, BlockShape, BlockStack, rotary_tables


def test_a_stack_without_a_cache_is_compiled_once():
    shape = BlockShape(width=16, num_heads=2, head_dim=8, intermediate_size=24, eps=1e-6)
    stack, states_BTD = BlockStack(shape, num_layers=2), torch.randn(2, 5, 16)
    cos_TK, sin_TK = rotary_tables(8, 10_000.0, 5)
    context = AttentionContext(
        cos_BTK=cos_TK[None],
        sin_BTK=sin_TK[None],
        mask_BTS=None,
        positions_BT=torch.arange(5)[None],
    )
    expected = stack(states_BTD, context, 0)
    counter = CompileCounter()
    torch._dynamo.reset()
    stack.compile(backend=counter, dynamic=False)
    for first_slot in range(0, 24, 2):
        assert torch.equal(stack(states_BTD, context, first_slot), expected)
    assert counter.frame_count == 1
