"""Computes decoding steps with the kernel: packs weights and passes pointers.

Covers float32 on the CPU, one new token for each row, no gradients, and unmodified modules. Torch
computes everything else. The kernel sums in another order than torch, so results agree up to
rounding; a row has the same bits in any batch. Like torch itself, the kernel hangs in a process
that was forked after a step with several threads.

Shapes: B rows, D width, K head width, P positions, C columns.
"""

import ctypes
import functools
import weakref
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from hrm_core.cache import AttentionCache, KVCache
from hrm_core.kernels.build import load_kernel
from hrm_core.layers import Attention, Block, BlockStack, SwiGLU


class _Shape(ctypes.Structure):
    _fields_ = [
        *((name, ctypes.c_int64) for name in ("width", "num_heads", "head_dim", "intermediate")),
        ("num_blocks", ctypes.c_int64),
        ("eps", ctypes.c_float),
        ("gated", ctypes.c_int32),
        ("post_norm", ctypes.c_int32),
    ]


class _Block(ctypes.Structure):
    _fields_ = [(name, ctypes.c_void_p) for name in ("in_proj", "o_proj", "gate_up", "down")]


class _Cache(ctypes.Structure):
    _fields_ = [
        ("keys", ctypes.c_void_p),
        ("values", ctypes.c_void_p),
        ("slot", ctypes.c_int64),
        ("row", ctypes.c_int64),
        ("head", ctypes.c_int64),
    ]


@dataclass(frozen=True)
class _PackedStack:
    """Weights in the kernel's order. `tensors` keeps alive the memory that `blocks` points to."""

    signature: tuple[Any, ...]
    shape: _Shape
    blocks: Any
    tensors: list[Tensor]


class _PackedLinear(NamedTuple):
    signature: tuple[Any, ...]
    weight: Tensor


# By module, so that a model is packed once, until its weights change.
_packed_modules: "weakref.WeakKeyDictionary[nn.Module, _PackedStack | _PackedLinear]" = (
    weakref.WeakKeyDictionary()
)

# By cache. A kernel uses the memory of its cache and is freed with it.
_kernels: "weakref.WeakKeyDictionary[KVCache, DecodeKernel]" = weakref.WeakKeyDictionary()

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int64


@functools.cache
def _functions() -> ctypes.CDLL | None:
    """Return the library with the types of its functions set, or None if it is not built."""
    library = load_kernel().library
    if library is not None:
        library.hrm_panel_width.restype = _INT
        library.hrm_scratch_floats.restype = _INT
        library.hrm_scratch_floats.argtypes = [_POINTER, _INT, _INT, _INT]
        library.hrm_run_blocks.restype = None
        library.hrm_run_blocks.argtypes = [
            *(_POINTER, _POINTER, _POINTER, _POINTER, _INT),
            *(_POINTER, _POINTER, _POINTER, _POINTER, _INT, _INT),
        ]
        library.hrm_linear.restype = None
        library.hrm_linear.argtypes = [_POINTER, _INT, _INT, _POINTER, _INT, _POINTER, _INT]
    return library


def kernel_width() -> int:
    """Return how many columns of a product the kernel sums at a time; 0 if there is no kernel.

    It depends on the processor that the kernel was built for.
    """
    library = _functions()
    return int(library.hrm_panel_width()) if library is not None else 0


def decode_kernel(cache: AttentionCache, cos_PK: Tensor, sin_PK: Tensor) -> "DecodeKernel | None":
    """Return the kernel for a step with this cache, or None if torch must compute the step.

    Args:
        cache: The cache of the step. Weights that have changed are packed again: the first step
            with a cache compares their values, further steps only their versions.
        cos_PK: Cosines of the rotary angles of all positions, any float dtype.
        sin_PK: Sines of the angles, negated in the first half.
    """
    if torch.compiler.is_compiling() or torch.is_autocast_enabled("cpu"):
        return None
    if not isinstance(cache, KVCache) or cos_PK.device.type != "cpu":
        return None
    keys = cache.keys
    if keys.device.type != "cpu" or keys.dtype != torch.float32 or torch.is_grad_enabled():
        return None
    library = _functions()
    if library is None:
        return None
    kernel = _kernels.get(cache)
    if kernel is None:
        kernel = _kernels[cache] = DecodeKernel(library, cache, cos_PK, sin_PK)
    return kernel


class DecodeKernel:
    """The kernel bound to one cache: a `hrm_core.layers.BlockKernel`."""

    def __init__(
        self, library: ctypes.CDLL, cache: KVCache, cos_PK: Tensor, sin_PK: Tensor
    ) -> None:
        """Bind to a cache; see `decode_kernel`."""
        self._library, self._cache = library, weakref.ref(cache)
        self._keys, self._values = cache.keys, cache.values
        self._cos_PK, self._sin_PK = cos_PK.float().contiguous(), sin_PK.float().contiguous()
        self._packed: dict[nn.Module, tuple[Any, Any]] = {}
        self._scratch = torch.empty(0)
        self._panel: int = library.hrm_panel_width()

    def can_run(self, module: nn.Module) -> bool:
        """Whether the kernel computes the same as the forward pass of this stack or linear layer.

        False with an adapter, a bias, a quantized weight, a subclass, or a hook on a submodule.
        Hooks on the module itself do not count: those of a stack run as always, but those of a
        linear layer do not run. The answer is kept until the weights of the module change.
        """
        entry = self._packed.get(module)
        versions = _versions(module)
        if entry is None or entry[0] != versions:
            packed = _packed(module, self._panel) if _is_plain(module) else None
            entry = self._packed[module] = (versions, packed)
        return entry[1] is not None

    def run(self, stack: BlockStack, states_B1D: Tensor, first_slot: int) -> Tensor:
        """Return the output of `stack` for one new token in each row; store keys and values.

        Args:
            stack: A stack for which `can_run` is true.
            states_B1D: Float32, one row for each row of the cache in use.
            first_slot: See `BlockStack.forward`.

        Raises:
            ValueError: If the states do not match the stack and the cache.
            IndexError: If the cache lacks these slots.
        """
        packed = self._packed[stack][1]
        cache = self._cache()
        assert cache is not None, "a kernel outlives its cache"
        self._check(stack, states_B1D, first_slot, cache)
        out_B1D = states_B1D.clone(memory_format=torch.contiguous_format)
        batch, threads = out_B1D.shape[0], torch.get_num_threads()
        scratch = self._scratch_memory(packed.shape, batch, threads)
        slot, row, head, *_ = self._keys.stride()
        offset = first_slot * slot * self._keys.element_size()
        place = _Cache(
            self._keys.data_ptr() + offset, self._values.data_ptr() + offset, slot, row, head
        )
        self._library.hrm_run_blocks(
            ctypes.byref(packed.shape),
            packed.blocks,
            ctypes.byref(place),
            out_B1D.data_ptr(),
            batch,
            cache.lengths_B.data_ptr(),
            self._cos_PK.data_ptr(),
            self._sin_PK.data_ptr(),
            scratch.data_ptr(),
            cache.capacity,
            threads,
        )
        return out_B1D

    def linear(self, layer: nn.Linear, states_BTD: Tensor) -> Tensor:
        """Return the output (B, T, C) of a linear layer for which `can_run` is true.

        Raises:
            ValueError: If the states do not match the layer.
        """
        packed = self._packed[layer][1]
        if states_BTD.dtype != torch.float32 or states_BTD.shape[-1] != layer.in_features:
            raise ValueError(
                f"expected float32 states of width {layer.in_features}, got {states_BTD.dtype} of "
                f"shape {tuple(states_BTD.shape)}"
            )
        states_BTD = states_BTD.contiguous()
        out_BTC = states_BTD.new_empty(*states_BTD.shape[:-1], layer.out_features)
        self._library.hrm_linear(
            states_BTD.data_ptr(),
            states_BTD.numel() // layer.in_features,
            layer.in_features,
            packed.weight.data_ptr(),
            layer.out_features,
            out_BTC.data_ptr(),
            torch.get_num_threads(),
        )
        return out_BTC

    def _check(
        self, stack: BlockStack, states_B1D: Tensor, first_slot: int, cache: KVCache
    ) -> None:
        expected = (cache.batch, 1, stack.shape.width)
        if tuple(states_B1D.shape) != expected or states_B1D.dtype != torch.float32:
            raise ValueError(
                f"expected float32 states of shape {expected}, got {states_B1D.dtype} of shape "
                f"{tuple(states_B1D.shape)}"
            )
        if (stack.shape.num_heads, stack.shape.head_dim) != (
            cache.keys.shape[2],
            cache.keys.shape[4],
        ):
            raise ValueError("the cache has other heads than the stack")
        if first_slot < 0 or first_slot + len(stack.layers) > len(cache.keys):
            raise IndexError(
                f"slots {first_slot} to {first_slot + len(stack.layers) - 1} of a cache with "
                f"{len(cache.keys)}: num_cache_slots is too small"
            )

    def _scratch_memory(self, shape: _Shape, batch: int, threads: int) -> Tensor:
        needed = self._library.hrm_scratch_floats(
            ctypes.byref(shape), batch, self._keys.shape[3], threads
        )
        if self._scratch.numel() < needed:
            self._scratch = torch.empty(needed)
        return self._scratch


def _is_plain(module: nn.Module) -> bool:
    """Whether a stack or linear layer consists of unmodified float32 modules on the CPU."""
    plain = (Attention, Block, BlockStack, SwiGLU, nn.ModuleList, nn.Linear)
    for part in module.modules():
        hooked = part is not module and (part._forward_hooks or part._forward_pre_hooks)
        replaced = "forward" in vars(part)
        if type(part) not in plain or hooked or replaced or getattr(part, "bias", None) is not None:
            return False
    return all(
        type(weight) is nn.Parameter and weight.dtype == torch.float32 and weight.is_cpu
        for weight in module.parameters()
    )


def _versions(module: nn.Module) -> tuple[Any, ...]:
    """Return a cheap value that changes when weights are replaced or modified in place."""
    return tuple(
        (weight.data_ptr(), None if weight.is_inference() else weight._version)
        for weight in module.parameters()
    )


def _signature(module: nn.Module) -> tuple[Any, ...]:
    """Return the versions and a checksum, which changes even if a change left no new version."""
    return (_versions(module), *(_checksum(weight.detach()) for weight in module.parameters()))


def _checksum(weight_CD: Tensor) -> float:
    """Return a checksum: the sum of the weights times a factor of their row and of their column."""
    factors_C, factors_D = (torch.arange(1.0, size + 1.0).sqrt() for size in weight_CD.shape)
    return float((weight_CD @ factors_D) @ factors_C)


def _packed(module: nn.Module, panel: int) -> Any:
    """Return the packed weights of a stack or linear layer; pack them again if they changed."""
    signature = _signature(module)
    packed = _packed_modules.get(module)
    if packed is None or packed.signature != signature:
        # Free the old copy before the new one is created.
        packed = None
        _packed_modules.pop(module, None)
        if isinstance(module, nn.Linear):
            packed = _PackedLinear(signature, _in_panels(module.weight.detach(), panel))
        else:
            packed = _pack_stack(module, panel, signature)  # type: ignore[arg-type]
        _packed_modules[module] = packed
    return packed


def _pack_stack(stack: BlockStack, panel: int, signature: tuple[Any, ...]) -> _PackedStack:
    shape = stack.shape
    tensors: list[Tensor] = []
    blocks = (_Block * len(stack.layers))()
    for number, block in enumerate(stack.layers):
        packed = _pack_block(block, panel)  # type: ignore[arg-type]
        tensors += packed
        blocks[number] = _Block(*(tensor.data_ptr() for tensor in packed))
    numbers = _Shape(
        shape.width,
        shape.num_heads,
        shape.head_dim,
        shape.intermediate_size,
        len(stack.layers),
        shape.eps,
        shape.gated,
        shape.post_norm,
    )
    return _PackedStack(signature, numbers, blocks, tensors)


def _pack_block(block: Block, panel: int) -> list[Tensor]:
    gate_CD, up_CD = block.mlp.gate_up_proj.weight.detach().chunk(2)
    half = panel // 2
    both = [_split(weight_CD, half) for weight_CD in (gate_CD, up_CD)]
    return [
        _in_panels(block.attn.in_proj.weight.detach(), panel),
        _in_panels(block.attn.o_proj.weight.detach(), panel),
        torch.cat(both, dim=1).transpose(1, 2).contiguous(),
        _in_panels(block.mlp.down_proj.weight.detach(), panel),
    ]


def _in_panels(weight_CD: Tensor, panel: int) -> Tensor:
    """Return a weight as (panels, depth, columns of a panel); zeros fill the last panel."""
    return _split(weight_CD, panel).transpose(1, 2).contiguous()


def _split(weight_CD: Tensor, size: int) -> Tensor:
    columns, depth = weight_CD.shape
    return F.pad(weight_CD, (0, 0, 0, -columns % size)).view(-1, size, depth)
