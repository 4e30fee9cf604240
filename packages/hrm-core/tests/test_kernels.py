"""The decoding kernel does what the layers do; both are compared with float64."""

import copy
import os
import stat
import subprocess
import sys
import weakref

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
    cache = KVCache(
        num_slots=num_slots,
        batch=len(lengths),
        capacity=CAPACITY,
        num_heads=shape.num_heads,
        head_dim=shape.head_dim,
        like=torch.zeros(1, dtype=dtype),
    )
    generator = torch.Generator().manual_seed(5)
    for room in (cache.keys, cache.values):
        room.copy_(torch.randn(room.shape, generator=generator))
    cache.advance(0, torch.tensor(lengths))
    return cache


@torch.inference_mode()
def step(stack, cache, states, *, first_slot, with_kernel):
    tables = rotary_tables(stack.shape.head_dim, 10_000.0, CAPACITY)
    cos, sin = (table.to(states.dtype) for table in tables)
    positions = cache.positions(1)
    mask = (torch.arange(cache.longest + 1) <= positions[..., None])[:, None]
    kernel = decode.decode_kernel(cache, cos, sin) if with_kernel else None
    assert (kernel is not None and kernel.can_run(stack)) is with_kernel
    context = AttentionContext(
        cos[positions], sin[positions], mask, positions, cache, kernel=kernel
    )
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
    cache = filled_cache(shape, lengths, num_slots=5)
    actual = step(stack, cache, states, first_slot=2, with_kernel=True)
    exact = filled_cache(shape, lengths, num_slots=5, dtype=torch.float64)
    expected = step(stack.double(), exact, states.double(), first_slot=2, with_kernel=False)
    torch.testing.assert_close(actual.double(), expected, atol=2e-5, rtol=2e-5)
    torch.testing.assert_close(cache.keys.double(), exact.keys, atol=2e-5, rtol=2e-5)
    torch.testing.assert_close(cache.values.double(), exact.values, atol=2e-5, rtol=2e-5)


@needs_kernel
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_row_has_the_same_bits_alone_and_in_any_batch(shape):
    lengths = [7, 0, 20, 3, 3, 9, 1, 16, 12, 2, 5]
    stack, states = stack_of(shape), states_of(shape, len(lengths))
    cache = filled_cache(shape, lengths, num_slots=2)
    alone = []
    for row in range(len(lengths)):
        single = filled_cache(shape, lengths, num_slots=2)
        single.keep([row])
        alone.append(step(stack, single, states[[row]], first_slot=0, with_kernel=True))
    together = step(stack, cache, states, first_slot=0, with_kernel=True)
    assert torch.equal(together, torch.cat(alone))


@needs_kernel
def test_a_step_does_not_modify_its_input():
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
    cache = filled_cache(shape, [1] * rows, 1)
    kernel = decode.decode_kernel(cache, *rotary_tables(32, 10_000.0, CAPACITY))
    layer = nn.Linear(depth, columns, bias=False)
    assert kernel.can_run(layer)
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
def test_changed_weights_are_packed_again_for_the_next_cache(change):
    shape = SHAPES["even"]
    stack, states = stack_of(shape), states_of(shape, 2)
    before = step(stack, filled_cache(shape, [3, 4], 2), states, first_slot=0, with_kernel=True)
    change(stack.layers[1].mlp.down_proj.weight)
    after = step(stack, filled_cache(shape, [3, 4], 2), states, first_slot=0, with_kernel=True)
    expected = step(stack, filled_cache(shape, [3, 4], 2), states, first_slot=0, with_kernel=False)
    assert not torch.allclose(before, after)
    torch.testing.assert_close(after, expected, atol=2e-5, rtol=2e-5)


def swap_rows(weight):
    weight.data[:2] = weight.data[:2].flip(0)


@needs_kernel
@pytest.mark.parametrize("change", [halve_in_place, halve_by_data, swap_rows])
def test_a_linear_layer_is_packed_again_after_any_change(change):
    layer = nn.Linear(64, 40, bias=False)
    states = torch.randn(2, 64, generator=torch.Generator().manual_seed(1))
    tables = rotary_tables(32, 10_000.0, CAPACITY)
    for _ in range(2):
        with torch.inference_mode():
            kernel = decode.decode_kernel(filled_cache(SHAPES["even"], [1, 1], 1), *tables)
            assert kernel.can_run(layer)
            torch.testing.assert_close(kernel.linear(layer, states), layer(states))
        change(layer.weight)


@needs_kernel
def test_loading_weights_affects_a_cache_that_is_in_use():
    shape = SHAPES["even"]
    stack, states, cache = stack_of(shape), states_of(shape, 2), filled_cache(shape, [3, 4], 2)
    step(stack, cache, states, first_slot=0, with_kernel=True)
    stack.load_state_dict({name: tensor * 0.5 for name, tensor in stack.state_dict().items()})
    after = step(stack, cache, states, first_slot=0, with_kernel=True)
    expected = step(stack, filled_cache(shape, [3, 4], 2), states, first_slot=0, with_kernel=False)
    torch.testing.assert_close(after, expected, atol=2e-5, rtol=2e-5)


class Adapter(nn.Linear):
    def forward(self, states):
        return super().forward(states) + 1.0


def adapted(stack):
    stack.layers[0].mlp.down_proj = Adapter(96, 64, bias=False)


def hooked(stack):
    stack.layers[1].register_forward_hook(lambda module, inputs, out: out + 1.0)


def biased(stack):
    stack.layers[0].attn.o_proj = nn.Linear(64, 64)


def replaced(stack):
    stack.layers[0].mlp.forward = torch.zeros_like


def in_half_precision(stack):
    stack.layers[0].mlp.down_proj.bfloat16()


@needs_kernel
@pytest.mark.parametrize("change", [adapted, hooked, biased, replaced, in_half_precision])
@torch.inference_mode()
def test_a_modified_stack_is_computed_by_torch(change):
    stack, cache = stack_of(SHAPES["even"]), filled_cache(SHAPES["even"], [1], 2)
    kernel = decode.decode_kernel(cache, *rotary_tables(32, 10_000.0, CAPACITY))
    assert kernel.can_run(stack)
    change(stack)
    fresh = filled_cache(SHAPES["even"], [1], 2)
    assert not decode.decode_kernel(fresh, *rotary_tables(32, 10_000.0, CAPACITY)).can_run(stack)


@needs_kernel
@torch.inference_mode()
def test_mismatched_states_and_slots_are_errors_and_not_crashes():
    shape = SHAPES["even"]
    stack, cache = stack_of(shape), filled_cache(shape, [1, 1], 3)
    kernel = decode.decode_kernel(cache, *rotary_tables(32, 10_000.0, CAPACITY))
    assert kernel.can_run(stack)
    with pytest.raises(ValueError, match=r"shape \(2, 1, 64\), got torch.float32 of shape \(3, 1"):
        kernel.run(stack, states_of(shape, 3), 0)
    with pytest.raises(ValueError, match="float64"):
        kernel.run(stack, states_of(shape, 2).double(), 0)
    with pytest.raises(IndexError, match="slots 2 to 3 of a cache with 3"):
        kernel.run(stack, states_of(shape, 2), 2)
    other = stack_of(SHAPES["no gate"])
    assert kernel.can_run(other)
    with pytest.raises(ValueError, match=r"expected float32 states of shape \(2, 1, 48\)"):
        kernel.run(other, states_of(shape, 2), 0)


@needs_kernel
def test_rotary_tables_of_another_precision_are_converted():
    shape = SHAPES["even"]
    stack, states = stack_of(shape), states_of(shape, 1)
    tables = rotary_tables(32, 10_000.0, CAPACITY)
    outputs = []
    with torch.inference_mode():
        for dtype in (torch.float32, torch.float64):
            cache = filled_cache(shape, [15], 2)
            kernel = decode.decode_kernel(cache, *(table.to(dtype) for table in tables))
            assert kernel.can_run(stack)
            outputs.append(kernel.run(stack, states, 0))
    assert torch.equal(*outputs)


@needs_kernel
@pytest.mark.parametrize("threads", [1, 2, 3])
def test_results_do_not_depend_on_the_number_of_threads(threads):
    shape = SHAPES["even"]
    lengths = [7, 0, 20, 3, 3]
    stack, states, before = stack_of(shape), states_of(shape, 5), torch.get_num_threads()
    expected = step(stack, filled_cache(shape, lengths, 2), states, first_slot=0, with_kernel=True)
    torch.set_num_threads(threads)
    try:
        for _ in range(20):
            cache = filled_cache(shape, lengths, 2)
            actual = step(stack, cache, states, first_slot=0, with_kernel=True)
            assert torch.equal(actual, expected)
    finally:
        torch.set_num_threads(before)


@needs_kernel
def test_a_cache_can_be_copied_after_a_step():
    shape = SHAPES["even"]
    stack, states, cache = stack_of(shape), states_of(shape, 2), filled_cache(shape, [3, 4], 2)
    step(stack, cache, states, first_slot=0, with_kernel=True)
    other = copy.deepcopy(cache)
    expected = step(stack, cache, states, first_slot=0, with_kernel=True)
    assert torch.equal(step(stack, other, states, first_slot=0, with_kernel=True), expected)


@needs_kernel
def test_a_kernel_is_freed_with_its_cache():
    shape = SHAPES["even"]
    cache = filled_cache(shape, [3], 2)
    step(stack_of(shape), cache, states_of(shape, 1), first_slot=0, with_kernel=True)
    keys = weakref.ref(cache.keys)
    del cache
    assert keys() is None


@needs_kernel
def test_a_nan_weight_gives_nan_results():
    shape = SHAPES["even"]
    stack = stack_of(shape)
    with torch.no_grad():
        stack.layers[0].attn.gqkv_proj.weight[70] = torch.nan
    cache = filled_cache(shape, [3], 2)
    assert step(stack, cache, states_of(shape, 1), first_slot=0, with_kernel=True).isnan().all()


@needs_kernel
def test_unsupported_steps_are_computed_by_torch():
    shape, tables = SHAPES["even"], rotary_tables(32, 10_000.0, CAPACITY)
    cache = filled_cache(shape, [1], 1)
    assert decode.decode_kernel(cache, *tables) is None, "gradients"
    with torch.no_grad():
        assert decode.decode_kernel(cache, *tables) is not None
        small = filled_cache(shape, [1], 1, dtype=torch.bfloat16)
        assert decode.decode_kernel(small, *tables) is None, "bfloat16"
        with torch.autocast("cpu", dtype=torch.bfloat16):
            assert decode.decode_kernel(cache, *tables) is None, "autocast"


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


@pytest.mark.parametrize("switch", ["off", "OFF", "0", "false"])
def test_the_kernel_can_be_switched_off(switch):
    assert state_with(HRM_KERNEL=switch) == f"off: HRM_KERNEL={switch} is set"


def test_a_compiler_that_is_no_command_is_told():
    assert state_with(CXX="'bad") == "off: CXX='bad is no command: No closing quotation"


def test_a_missing_compiler_is_reported_with_a_cure(tmp_path):
    state = state_with(PATH=str(tmp_path), CXX="")
    assert state.startswith("off: no C++ compiler found. Install one, such as g++")


@pytest.mark.parametrize("compiler", ["/bin/false", "/no/such/compiler"])
def test_a_failing_compiler_is_reported_by_name(compiler, tmp_path):
    state = state_with(CXX=compiler, XDG_CACHE_HOME=str(tmp_path))
    assert state.startswith(f"off: {compiler} cannot build it")


@needs_kernel
def test_a_compiler_may_have_arguments(tmp_path):
    state = state_with(CXX="env c++ -O1", XDG_CACHE_HOME=str(tmp_path))
    assert state.startswith("on, built by ")


@needs_kernel
@pytest.mark.parametrize("damage", [b"", b"\x7fELF nonsense"], ids=["empty", "cut off"])
def test_a_damaged_library_is_built_again(tmp_path, damage):
    state_with(XDG_CACHE_HOME=str(tmp_path))
    (built,) = (tmp_path / "hrm-core").glob("*.so")
    whole = built.read_bytes()
    built.write_bytes(damage)
    assert state_with(XDG_CACHE_HOME=str(tmp_path)).startswith("on, built by ")
    (again,) = (tmp_path / "hrm-core").glob("*.so")
    assert len(again.read_bytes()) == len(whole)


@needs_kernel
def test_no_library_is_kept_in_a_folder_that_others_can_write_to(tmp_path):
    folder = tmp_path / "hrm-core"
    folder.mkdir()
    folder.chmod(0o777)
    assert state_with(XDG_CACHE_HOME=str(tmp_path)).startswith("on, built by ")
    assert list(folder.iterdir()) == []
    assert stat.S_IMODE(folder.stat().st_mode) == 0o777


@needs_kernel
def test_the_kernel_is_built_once_or_each_time_without_a_cache_folder(tmp_path):
    assert state_with(XDG_CACHE_HOME=str(tmp_path)).startswith("on, built by ")
    (built,) = (tmp_path / "hrm-core").glob("*.so")
    stamp = built.stat().st_mtime_ns
    state_with(XDG_CACHE_HOME=str(tmp_path))
    assert built.stat().st_mtime_ns == stamp
    assert stat.S_IMODE(built.stat().st_mode) == 0o700, "others may write with some umasks"
    (tmp_path / "file").touch()
    assert state_with(XDG_CACHE_HOME=str(tmp_path / "file")).startswith("on, built by ")
