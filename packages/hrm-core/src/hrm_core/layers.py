"""The transformer layers that the model stacks share.

RMS norms without weights, rotary positions, SwiGLU, and full multi-head attention whose output can
be gated by its input, as in the published HRMs. Parameters are fused as in the published files:
`gqkv_proj` (gate, query, key, value) or `qkv_proj`, and `gate_up_proj`.

Not covered: biases, dropout, grouped-query attention and rotary scalings.

Shapes: B batch, T tokens, S attended positions, D width, N heads, K head width, P positions.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from hrm_core.cache import AttentionCache
from hrm_core.packing import Packing

if TYPE_CHECKING:
    from hrm_core.packed_attention import PackedAttention


@dataclass(frozen=True, kw_only=True)
class BlockShape:
    """Sizes and variants of a block.

    Attributes:
        width: Width of the residual stream.
        num_heads: Heads of the attention.
        head_dim: Width of a head; must be even.
        intermediate_size: Width inside SwiGLU.
        eps: Added to the mean square in RMS norms.
        gated: Multiply the attention's output by a sigmoid of a projection of its input.
        post_norm: Normalize after each residual sum, as in the original HRM, and not before each
            layer.
    """

    width: int
    num_heads: int
    head_dim: int
    intermediate_size: int
    eps: float
    gated: bool = True
    post_norm: bool = False


class BlockKernel(Protocol):
    """Native code that computes block stacks and linear layers in a decoding step."""

    def can_run(self, module: nn.Module) -> bool:
        """Whether the kernel can replace this block stack or linear layer."""
        ...

    def run(self, stack: "BlockStack", states_B1D: Tensor, first_slot: int) -> Tensor:
        """Return the output of `stack` for one new token in each row; see `BlockStack.forward`."""
        ...

    def linear(self, layer: nn.Linear, states_BTD: Tensor) -> Tensor:
        """Return the output of a linear layer."""
        ...


@dataclass(frozen=True)
class AttentionContext:
    """Inputs shared by all attention calls of one forward pass.

    Attributes:
        cos_BTK: Cosines of the rotary angles; the leading size is 1 if all rows have the same.
        sin_BTK: Sines of the angles, negated in the first half.
        mask_BTS: True where a query may attend, shape (B, 1, T, S). None: attention is causal from
            position 0 if `is_causal`, and a single new token attends to everything.
        positions_BT: Position of each token in its sequence; the leading size can be 1, as above.
        cache: Stores keys and values. None: attend to the new tokens only.
        is_causal: False if every token attends to every other; needs mask and cache to be None.
        packing: Where the sequences lie if a row contains several. The mask or `packed_attention`
            separates them already.
        packed_attention: Computes attention in place of torch and the mask; needs cache to be None.
        kernel: Runs block stacks and linear layers in place of torch, where it can.
    """

    cos_BTK: Tensor
    sin_BTK: Tensor
    mask_BTS: Tensor | None
    positions_BT: Tensor
    cache: AttentionCache | None = None
    is_causal: bool = True
    packing: Packing | None = None
    packed_attention: "PackedAttention | None" = None
    kernel: BlockKernel | None = None


def rotate(states_BNTK: Tensor, cos_BTK: Tensor, sin_BTK: Tensor) -> Tensor:
    """Return the states rotated by their positions; halves are paired, as in GPT-NeoX.

    Args:
        states_BNTK: Queries or keys.
        cos_BTK: From `rotary_tables`.
        sin_BTK: From `rotary_tables`.
    """
    swapped = states_BNTK.roll(states_BNTK.shape[-1] // 2, dims=-1)
    return torch.addcmul(states_BNTK * cos_BTK[:, None], swapped, sin_BTK[:, None])


def rotary_tables(head_dim: int, theta: float, num_positions: int) -> tuple[Tensor, Tensor]:
    """Return cosines and sines (P, K) in float32, on the CPU even under a meta device.

    The sines are negated in the first half, so that `rotate` needs one multiplication and addition.

    Source: Su et al. (2021), arXiv:2104.09864, equation 34.
    """
    steps = torch.arange(0, head_dim, 2, dtype=torch.float32, device="cpu")
    frequencies = 1.0 / theta ** (steps / head_dim)
    positions = torch.arange(num_positions, dtype=torch.float32, device="cpu")
    angles = torch.outer(positions, frequencies)
    return angles.cos().repeat(1, 2), torch.cat((-angles.sin(), angles.sin()), dim=1)


def rms_norm(states_BTD: Tensor, eps: float) -> Tensor:
    """Return the states divided by their root mean square, computed in float32."""
    return F.rms_norm(states_BTD.float(), states_BTD.shape[-1:], eps=eps).to(states_BTD.dtype)


def prefix_mask(positions_1T: Tensor, prefix_lengths_B: Tensor) -> Tensor:
    """Return a mask (B, 1, T, T): causal, except that the prefix attends to all of itself."""
    causal_TT = positions_1T <= positions_1T.transpose(0, 1)
    inside_BT = positions_1T < prefix_lengths_B[:, None]
    return (causal_TT | (inside_BT[:, :, None] & inside_BT[:, None, :]))[:, None]


class Attention(nn.Module):
    """Multi-head attention; its output is gated for each channel if `shape.gated`."""

    def __init__(self, shape: BlockShape) -> None:
        super().__init__()
        self.shape = shape
        inner = shape.num_heads * shape.head_dim
        self.num_parts = 4 if shape.gated else 3
        projection = nn.Linear(shape.width, self.num_parts * inner, bias=False)
        if shape.gated:
            self.gqkv_proj = projection
        else:
            self.qkv_proj = projection
        self.o_proj = nn.Linear(inner, shape.width, bias=False)

    @property
    def in_proj(self) -> nn.Linear:
        """The fused projection of the input."""
        return self.gqkv_proj if self.shape.gated else self.qkv_proj

    def forward(self, states_BTD: Tensor, context: AttentionContext, slot: int) -> Tensor:
        """Attend within the sequence; `slot` is the number of this call in the cache."""
        batch, num_new, _ = states_BTD.shape
        heads = (self.shape.num_heads, self.shape.head_dim)
        parts_BTNK = (
            self.in_proj(states_BTD).view(batch, num_new, self.num_parts, *heads).unbind(dim=2)
        )
        query, key, value = (part.transpose(1, 2) for part in parts_BTNK[-3:])
        angles = (context.cos_BTK, context.sin_BTK)
        if context.packed_attention is not None:
            attended_BNTK = context.packed_attention(query, key, value, angles)
        else:
            states = (rotate(query, *angles), rotate(key, *angles), value)
            attended_BNTK = self._attend(*states, context, slot)
        attended_BTNK = attended_BNTK.transpose(1, 2)
        if self.shape.gated:
            attended_BTNK = torch.sigmoid(parts_BTNK[0]) * attended_BTNK
        return self.o_proj(attended_BTNK.flatten(2))

    def _attend(
        self,
        query_BNTK: Tensor,
        key_BNTK: Tensor,
        value_BNTK: Tensor,
        context: AttentionContext,
        slot: int,
    ) -> Tensor:
        if context.cache is not None:
            key_BNTK, value_BNTK = context.cache.write(
                slot, key_BNTK, value_BNTK, context.positions_BT
            )
        has_several = query_BNTK.shape[2] > 1
        return F.scaled_dot_product_attention(
            query_BNTK,
            key_BNTK,
            value_BNTK,
            attn_mask=context.mask_BTS,
            is_causal=context.is_causal and context.mask_BTS is None and has_several,
        )


class SwiGLU(nn.Module):
    """The gated feed-forward layer. Source: Shazeer (2020), arXiv:2002.05202."""

    def __init__(self, shape: BlockShape) -> None:
        super().__init__()
        self.gate_up_proj = nn.Linear(shape.width, 2 * shape.intermediate_size, bias=False)
        self.down_proj = nn.Linear(shape.intermediate_size, shape.width, bias=False)

    def forward(self, states_BTD: Tensor) -> Tensor:
        """Return the output, of the same shape as the input."""
        gate, up = self.gate_up_proj(states_BTD).chunk(2, dim=-1)
        return self.down_proj(F.silu(gate) * up)


class Block(nn.Module):
    """Attention, then feed-forward, each with a residual sum and a norm before or after."""

    def __init__(self, shape: BlockShape) -> None:
        super().__init__()
        self.shape = shape
        self.attn = Attention(shape)
        self.mlp = SwiGLU(shape)

    def forward(self, states_BTD: Tensor, context: AttentionContext, slot: int) -> Tensor:
        """Return the residual stream after this block."""
        eps = self.shape.eps
        if self.shape.post_norm:
            states_BTD = rms_norm(states_BTD + self.attn(states_BTD, context, slot), eps)
            return rms_norm(states_BTD + self.mlp(states_BTD), eps)
        states_BTD = states_BTD + self.attn(rms_norm(states_BTD, eps), context, slot)
        return states_BTD + self.mlp(rms_norm(states_BTD, eps))


class BlockStack(nn.Module):
    """A sequence of blocks, followed by a norm unless `shape.post_norm`.

    Attributes:
        recomputes_activations: Whether the backward pass computes activations again instead of
            storing them, which saves memory.
    """

    recomputes_activations = False

    def __init__(self, shape: BlockShape, num_layers: int) -> None:
        super().__init__()
        self.shape = shape
        self.layers = nn.ModuleList(Block(shape) for _ in range(num_layers))

    def forward(self, states_BTD: Tensor, context: AttentionContext, first_slot: int) -> Tensor:
        """Run the blocks once; their attention calls use the cache slots from `first_slot` on."""
        if context.kernel is not None and context.kernel.can_run(self):
            return context.kernel.run(self, states_BTD, first_slot)
        for offset, block in enumerate(self.layers):
            # torch.compile would compile again for each number, also for those that are not used.
            slot = 0 if context.cache is None else first_slot + offset
            if self.recomputes_activations and torch.is_grad_enabled():
                states_BTD = checkpoint(block, states_BTD, context, slot, use_reentrant=False)
            else:
                states_BTD = block(states_BTD, context, slot)
        return states_BTD if self.shape.post_norm else rms_norm(states_BTD, self.shape.eps)


def make_embedding(vocab_size: int, width: int) -> nn.Embedding:
    """Return an embedding whose values are still to be set.

    torch draws values that every model replaces. On the meta device it loads its compiler for that,
    which takes seconds.
    """
    values = torch.empty(vocab_size, width)
    module: nn.Embedding = nn.Embedding.from_pretrained(values, freeze=False)  # type: ignore[no-untyped-call]
    return module


def truncated_normal(tensor: Tensor, std: float, generator: torch.Generator) -> None:
    """Fill with normal numbers of at most about three standard deviations.

    Larger numbers are wrapped (reduced modulo 3), and all are scaled so that the standard deviation
    is `std`.
    """
    tensor.copy_(torch.randn(tensor.shape, generator=generator).fmod_(3.0))
    tensor.mul_(1.014762601732121 * std)


def init_linears(module: nn.Module, generator: torch.Generator) -> None:
    """Initialize every linear layer: deviation `fan_in ** -0.5` (LeCun), biases 0."""
    for layer in module.modules():
        if isinstance(layer, nn.Linear):
            truncated_normal(layer.weight, layer.in_features**-0.5, generator)
            if layer.bias is not None:
                layer.bias.zero_()
