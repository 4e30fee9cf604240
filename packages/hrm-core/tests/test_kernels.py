"""The decoding kernel does what the layers do; both are compared with float64."""

import os
import subprocess
import sys

import pytest
import torch
from torch import nn

from hrm_core.cache import KVCache
from hrm_core.kernels import decode
from hrm_core.kernels.build import load_kernel
from hrm_core.layers import AttentionContext, BlockShape, BlockStack, init_linears, rotary_tables

needs_kernel = pytest.mark.skipif(load_kernel().library is None, reason=load_kernel().state)

CAPACITY = 21
SHAPES = {
    "even": BlockShape(width=64, num_heads=2, head_dim=32, intermediate_size=96, eps=1e-6),
    "odd": BlockShape(width=27, num_heads=3, head_dim=10, intermediate_size=37, eps=1e-6),
    "wide heads": BlockShape(width=40, num_heads=1, head_dim=144, intermediate_size=8, eps=1e-3),
    "no gate": BlockShape(
        width=48, num_heads=2, head_dim=16, intermediate_size=64, eps=1e-5, gated=False
    ),
    "norms after": BlockShape(
        width=33, num_heads=2, head_dim=18, intermediate_size=50, eps=1e-5,
        gated=False, post_norm=True,
    ),
}  # fmt: skip


def stack_of(shape, num_layers=2):
    stack = BlockStack(shape, num_layers).eval()
    with torch.no_grad():
        init_linears(stack, torch.Generator().manual_seed(3))
    return stack


def filled_cache(shape, lengths, num_slots, dtype=torch.float32):
    held = KVCache(
        num_slots=num_slots,
        batch=len(lengths),
        capacity=CAPACITY,
        num_heads=shape.num_heads,
        head_dim=shape.head_dim,
        like=torch.zeros(1, dtype=dtype),
    )
    generator = torch.Generator().manual_seed(5)
    for room in (held.keys, held.values):
        room.copy_(torch.randn(room.shape, generator=generator))
    held.advance(0, torch.tensor(lengths))
    return held


@torch.inference_mode()
def step(stack, held, states, *, first_slot, with_kernel):
    tables = rotary_tables(stack.shape.head_dim, 10_000.0, CAPACITY)
    cos, sin = (table.to(states.dtype) for table in tables)
    positions = held.positions(1)
    mask = (torch.arange(held.longest + 1) <= positions[..., None])[:, None]
    kernel = decode.decode_kernel(held, cos, sin) if with_kernel else None
    assert (kernel is not None) is with_kernel
    context = AttentionContext(cos[positions], sin[positions], mask, positions, held, kernel=kernel)
    return stack(states, context, first_slot)


def states_of(shape, batch):
    generator = torch.Generator().manual_seed(7)
    return torch.randn(batch, 1, shape.width, generator=generator)


@needs_kernel
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize(
    "lengths", [[0], [20], [4, 4], [7, 0, 20, 3, 3, 9, 1, 16, 12, 2, 5]], ids=len
)
def test_a_step_agrees_with_the_layers_in_float64(shape, lengths):
    stack, states = stack_of(shape), states_of(shape, len(lengths))
    held = filled_cache(shape, lengths, num_slots=5)
    actual = step(stack, held, states, first_slot=2, with_kernel=True)
    exact = filled_cache(shape, lengths, num_slots=5, dtype=torch.float64)
    expected = step(stack.double(), exact, states.double(), first_slot=2, with_kernel=False)
    torch.testing.assert_close(actual.double(), expected, atol=2e-5, rtol=2e-5)
    torch.testing.assert_close(held.keys.double(), exact.keys, atol=2e-5, rtol=2e-5)
    torch.testing.assert_close(held.values.double(), exact.values, atol=2e-5, rtol=2e-5)


@needs_kernel
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_row_has_the_same_bits_alone_and_in_any_batch(shape):
    lengths = [7, 0, 20, 3, 3, 9, 1, 16, 12, 2, 5]
    stack, states = stack_of(shape), states_of(shape, len(lengths))
    held = filled_cache(shape, lengths, num_slots=2)
    alone = []
    for row in range(len(lengths)):
        single = filled_cache(shape, lengths, num_slots=2)
        single.keep([row])
        alone.append(step(stack, single, states[[row]], first_slot=0, with_kernel=True))
    together = step(stack, held, states, first_slot=0, with_kernel=True)
    assert torch.equal(together, torch.cat(alone))


@needs_kernel
def test_the_input_of_a_step_is_left_alone():
    shape = SHAPES["norms after"]
    states = states_of(shape, 3)
    before = states.clone()
    step(stack_of(shape), filled_cache(shape, [1, 2, 3], 2), states, first_slot=0, with_kernel=True)
    assert torch.equal(states, before)


@needs_kernel
@pytest.mark.parametrize(("depth", "columns"), [(64, 64), (5, 3), (33, 100), (256, 4096)])
@pytest.mark.parametrize("rows", [1, 2, 8, 9, 32])
@torch.inference_mode()
def test_a_linear_layer_of_any_size_agrees_with_float64(depth, columns, rows):
    shape = SHAPES["even"]
    held = filled_cache(shape, [1] * rows, 1)
    kernel = decode.decode_kernel(held, *rotary_tables(32, 10_000.0, CAPACITY))
    layer = nn.Linear(depth, columns, bias=False)
    states = torch.randn(rows, depth, generator=torch.Generator().manual_seed(1))
    expected = layer.weight.double() @ states.double().T
    torch.testing.assert_close(
        kernel.linear(layer, states).double(), expected.T, atol=1e-5, rtol=1e-5
    )
    assert kernel.linear(layer, states[:, None]).shape == (rows, 1, columns)


def halve_by_data(weight):
    weight.data.mul_(0.5)


def halve_in_place(weight):
    with torch.no_grad():
        weight.mul_(0.5)


@needs_kernel
@pytest.mark.parametrize("change", [halve_by_data, halve_in_place])
def test_weights_that_change_are_packed_anew_for_the_next_cache(change):
    shape = SHAPES["even"]
    stack, states = stack_of(shape), states_of(shape, 2)
    before = step(stack, filled_cache(shape, [3, 4], 2), states, first_slot=0, with_kernel=True)
    change(stack.layers[1].mlp.down_proj.weight)
    after = step(stack, filled_cache(shape, [3, 4], 2), states, first_slot=0, with_kernel=True)
    expected = step(stack, filled_cache(shape, [3, 4], 2), states, first_slot=0, with_kernel=False)
    assert not torch.allclose(before, after)
    torch.testing.assert_close(after, expected, atol=2e-5, rtol=2e-5)


@needs_kernel
def test_a_weight_that_is_not_a_number_shows():
    shape = SHAPES["even"]
    stack = stack_of(shape)
    with torch.no_grad():
        stack.layers[0].attn.gqkv_proj.weight[70] = torch.nan
    held = filled_cache(shape, [3], 2)
    assert step(stack, held, states_of(shape, 1), first_slot=0, with_kernel=True).isnan().all()


@needs_kernel
def test_the_kernel_leaves_to_torch_what_it_cannot_do():
    shape, tables = SHAPES["even"], rotary_tables(32, 10_000.0, CAPACITY)
    held = filled_cache(shape, [1], 1)
    assert decode.decode_kernel(held, *tables) is None, "gradients"
    with torch.no_grad():
        assert decode.decode_kernel(held, *tables) is not None
        small = filled_cache(shape, [1], 1, dtype=torch.bfloat16)
        assert decode.decode_kernel(small, *tables) is None, "bfloat16"
        with torch.autocast("cpu", dtype=torch.bfloat16):
            assert decode.decode_kernel(held, *tables) is None, "autocast"


STATE = "from hrm_core.kernels.build import load_kernel; print(load_kernel().state)"


def state_with(**environment):
    done = subprocess.run(
        [sys.executable, "-c", STATE],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_kernel_can_be_switched_off():
    assert state_with(HRM_KERNEL="off") == "off: HRM_KERNEL=off is set"


def test_no_compiler_is_no_error_and_says_what_helps(tmp_path):
    state = state_with(PATH=str(tmp_path), CXX="")
    assert state.startswith("off: no C++ compiler found. Install one, such as g++")


@pytest.mark.parametrize("compiler", ["/bin/false", "/no/such/compiler"])
def test_a_compiler_that_fails_is_no_error_and_is_named(compiler, tmp_path):
    state = state_with(CXX=compiler, XDG_CACHE_HOME=str(tmp_path))
    assert state.startswith(f"off: {compiler} cannot build it")


@needs_kernel
def test_the_kernel_is_built_once_and_also_where_the_cache_cannot_be_written(tmp_path):
    assert state_with(XDG_CACHE_HOME=str(tmp_path)).startswith("on, built by ")
    (built,) = (tmp_path / "hrm-core").iterdir()
    stamp = built.stat().st_mtime_ns
    state_with(XDG_CACHE_HOME=str(tmp_path))
    assert built.stat().st_mtime_ns == stamp
    (tmp_path / "file").touch()
    assert state_with(XDG_CACHE_HOME=str(tmp_path / "file")).startswith("on, built by ")
