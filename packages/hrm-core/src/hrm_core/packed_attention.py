"""Attention within each sequence of a training batch, on a CPU.

torch's attention computes all pairs of tokens of a row, and on a CPU in bfloat16 it reaches a fifth
of the speed of a matrix product. Here each sequence is multiplied by itself only, in products. They
are computed in the type of the values, and scores are rounded to it.

Not covered: caches, and gradients of gradients.

Shapes: B rows, T tokens, N heads, K head width, Q queries and S keys of a window, both rounded up.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from hrm_core.packing import Span
from hrm_core.shapes import round_up

# Queries of a window. Fewer need more products; more compute scores that the mask removes.
_MAX_QUERIES = 256
# Sizes are rounded up to multiples, so that there are few shapes (see `shapes`).
_MULTIPLE = 32


class Window(NamedTuple):
    """Some consecutive queries of a sequence, and the keys that they attend to.

    Attributes:
        row: Number of the row.
        queries: Their positions in the row.
        keys: The positions in the row of the keys.
        bias_QS: 0 where a query may attend to a key, otherwise minus infinity.
    """

    row: int
    queries: slice
    keys: slice
    bias_QS: Tensor


class PackedAttention:
    """Attention within sequences: causal, or in both directions in a prefix.

    Compiled code calls it without looking into it, since it differs from batch to batch.

    Attributes:
        windows: All windows of the batch.
    """

    def __init__(self, spans: Sequence[Span], *, is_prefix_lm: bool, dtype: torch.dtype) -> None:
        """Prepare a batch.

        Args:
            spans: Where the sequences lie.
            is_prefix_lm: Whether prefixes are read in both directions; if not, they are ignored.
            dtype: Type of the values.
        """
        self.windows = tuple(_windows(spans, is_prefix_lm=is_prefix_lm, dtype=dtype))

    @torch.compiler.disable  # type: ignore[untyped-decorator]
    def __call__(
        self,
        query_BNTK: Tensor,
        key_BNTK: Tensor,
        value_BNTK: Tensor,
        angles: tuple[Tensor, Tensor],
    ) -> Tensor:
        """Return what the tokens attend to (B, N, T, K); 0 for tokens in no sequence.

        Args:
            query_BNTK: Queries, not rotated yet.
            key_BNTK: Keys, not rotated yet.
            value_BNTK: Values.
            angles: Cosines and sines of the rotary angles (B, T, K), as in `AttentionContext`.
        """
        attended: Tensor = _Attention.apply(  # type: ignore[no-untyped-call]
            query_BNTK, key_BNTK, value_BNTK, angles, self.windows
        )
        return attended


def _windows(spans: Sequence[Span], *, is_prefix_lm: bool, dtype: torch.dtype) -> Iterator[Window]:
    """Yield windows that together contain every query of the sequences once."""
    biases: dict[tuple[int, int, int], Tensor] = {}
    for row, start, length, span_prefix in spans:
        prefix = span_prefix if is_prefix_lm else 0
        for first in range(0, length, _MAX_QUERIES):
            last = min(first + _MAX_QUERIES, length)
            num_keys = max(last, prefix) if first < prefix else last
            if (first, last, prefix) not in biases:
                biases[first, last, prefix] = _bias(first, last, prefix, num_keys).to(dtype)
            queries, keys = slice(start + first, start + last), slice(start, start + num_keys)
            yield Window(row, queries, keys, biases[first, last, prefix])


def _bias(first: int, last: int, prefix: int, num_keys: int) -> Tensor:
    """Return the bias (Q, S) of the queries from `first` up to `last`, counted in the sequence."""
    bias_QS = torch.full((_rounded(last - first), _rounded(num_keys)), float("-inf"))
    bias_QS = bias_QS.triu_(first + 1)
    bias_QS[: max(0, prefix - first), :prefix] = 0.0
    bias_QS[:, num_keys:] = float("-inf")
    return bias_QS


def _rounded(size: int) -> int:
    return round_up(-(-size // _MULTIPLE) * _MULTIPLE)


class _Attention(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        angles: tuple[Tensor, Tensor],
        windows: Sequence[Window],
    ) -> Tensor:
        attended, scale = _zeros_like(value), query.shape[-1] ** -0.5
        saved: list[Tensor] = []
        for window in windows:
            row, queries, keys, bias_QS = window
            query_NQK = _read(query, row, queries, len(bias_QS), angles)
            key_NSK = _read(key, row, keys, bias_QS.shape[1], angles)
            value_NSK = _read(value, row, keys, bias_QS.shape[1])
            bias_NQS = bias_QS.expand(len(query_NQK), -1, -1)
            scores_NQS = torch.baddbmm(bias_NQS, query_NQK, key_NSK.mT, alpha=scale)
            weights_NQS = torch.softmax(scores_NQS, dim=-1)
            _add(attended, row, queries, torch.bmm(weights_NQS, value_NSK))
            if any(ctx.needs_input_grad):
                saved += (query_NQK, key_NSK, value_NSK, weights_NQS)
        ctx.angles, ctx.windows = angles, windows
        ctx.save_for_backward(*saved)
        return attended

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        saved, (cos, sin) = ctx.saved_tensors, ctx.angles
        back = (cos, -sin)
        to_query, to_key, to_value = (_zeros_like(gradient) for _ in range(3))
        scale = gradient.shape[-1] ** -0.5
        for number, window in enumerate(ctx.windows):
            row, queries, keys, bias_QS = window
            query_NQK, key_NSK, value_NSK, weights_NQS = saved[4 * number : 4 * number + 4]
            gradient_NQK = _read(gradient, row, queries, len(bias_QS))
            _add(to_value, row, keys, torch.bmm(weights_NQS.mT, gradient_NQK))
            to_weights_NQS = torch.bmm(gradient_NQK, value_NSK.mT)
            to_scores_NQS = torch._softmax_backward_data(
                to_weights_NQS, weights_NQS, -1, weights_NQS.dtype
            ).mul_(scale)
            _add(to_query, row, queries, torch.bmm(to_scores_NQS, key_NSK), back)
            _add(to_key, row, keys, torch.bmm(to_scores_NQS.mT, query_NQK), back)
        return to_query, to_key, to_value, None, None


def _zeros_like(states_BNTK: Tensor) -> Tensor:
    """Return zeros in which the heads of a token lie together, as its projections do."""
    batch, heads, tokens, size = states_BNTK.shape
    return states_BNTK.new_zeros(batch, tokens, heads, size).transpose(1, 2)


def _read(
    states_BNTK: Tensor, row: int, tokens: slice, size: int, angles: Sequence[Tensor] = ()
) -> Tensor:
    """Return these tokens of a row, rotated if there are angles, with zeros up to a size."""
    heads, width = states_BNTK.shape[1], states_BNTK.shape[3]
    copy_NTK = states_BNTK.new_zeros(heads, size, width)
    states_NTK = states_BNTK[row, :, tokens]
    if angles:
        states_NTK = _rotate(states_NTK, *(_of_row(table, row)[tokens] for table in angles))
    copy_NTK[:, : tokens.stop - tokens.start] = states_NTK
    return copy_NTK


def _add(
    total_BNTK: Tensor, row: int, tokens: slice, states_NTK: Tensor, angles: Sequence[Tensor] = ()
) -> None:
    """Add states to these tokens of a row, rotated if there are angles."""
    states_NTK = states_NTK[:, : tokens.stop - tokens.start]
    if angles:
        states_NTK = _rotate(states_NTK, *(_of_row(table, row)[tokens] for table in angles))
    total_BNTK[row, :, tokens].add_(states_NTK)


def _of_row(table_BTK: Tensor, row: int) -> Tensor:
    return table_BTK[row if len(table_BTK) > 1 else 0]


def _rotate(states_NTK: Tensor, cos_TK: Tensor, sin_TK: Tensor) -> Tensor:
    """Return the rotated states in the type of the angles; see `hrm_core.layers.rotate`."""
    states_NTK, half = states_NTK.to(cos_TK.dtype), states_NTK.shape[-1] // 2
    rotated_NTK = states_NTK * cos_TK
    rotated_NTK[..., :half].addcmul_(states_NTK[..., half:], sin_TK[:, :half])
    rotated_NTK[..., half:].addcmul_(states_NTK[..., :half], sin_TK[:, half:])
    return rotated_NTK
