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
    def __call__(self, query_BNTK: Tensor, key_BNTK: Tensor, value_BNTK: Tensor) -> Tensor:
        """Return what the tokens attend to (B, N, T, K); 0 for tokens in no sequence.

        Args:
            query_BNTK: Queries; they and the keys may have another type than the values.
            key_BNTK: Keys.
            value_BNTK: Values.
        """
        attended: Tensor = _Attention.apply(  # type: ignore[no-untyped-call]
            query_BNTK, key_BNTK, value_BNTK, self.windows
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
        ctx: Any, query: Tensor, key: Tensor, value: Tensor, windows: Sequence[Window]
    ) -> Tensor:
        attended, scale = _zeros_like(value), query.shape[-1] ** -0.5
        all_weights: list[Tensor] = []
        for window in windows:
            query_NQK, key_NSK, value_NSK = _read_inputs(query, key, value, window)
            bias_NQS = window.bias_QS.expand(len(query_NQK), -1, -1)
            scores_NQS = torch.baddbmm(bias_NQS, query_NQK, key_NSK.mT, alpha=scale)
            weights_NQS = torch.softmax(scores_NQS, dim=-1)
            _add(attended, window.row, window.queries, torch.bmm(weights_NQS, value_NSK))
            if any(ctx.needs_input_grad):
                all_weights.append(weights_NQS)
        ctx.windows = windows
        ctx.save_for_backward(query, key, value, *all_weights)
        return attended

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        query, key, value, *all_weights = ctx.saved_tensors
        to_query, to_key, to_value = (_zeros_like(x) for x in (query, key, value))
        scale, dtype = query.shape[-1] ** -0.5, value.dtype
        for window, weights_NQS in zip(ctx.windows, all_weights, strict=True):
            row, queries, keys, bias_QS = window
            query_NQK, key_NSK, value_NSK = _read_inputs(query, key, value, window)
            gradient_NQK = _read(gradient, row, queries, len(bias_QS), dtype)
            _add(to_value, row, keys, torch.bmm(weights_NQS.mT, gradient_NQK))
            to_weights_NQS = torch.bmm(gradient_NQK, value_NSK.mT)
            to_scores_NQS = torch._softmax_backward_data(to_weights_NQS, weights_NQS, -1, dtype)
            to_scores_NQS = to_scores_NQS.mul_(scale)
            _add(to_query, row, queries, torch.bmm(to_scores_NQS, key_NSK))
            _add(to_key, row, keys, torch.bmm(to_scores_NQS.mT, query_NQK))
        return to_query, to_key, to_value, None


def _zeros_like(states_BNTK: Tensor) -> Tensor:
    """Return zeros in which the heads of a token lie together, as its projections do."""
    batch, heads, tokens, size = states_BNTK.shape
    return states_BNTK.new_zeros(batch, tokens, heads, size).transpose(1, 2)


def _read_inputs(
    query: Tensor, key: Tensor, value: Tensor, window: Window
) -> tuple[Tensor, Tensor, Tensor]:
    num_queries, num_keys = window.bias_QS.shape
    return (
        _read(query, window.row, window.queries, num_queries, value.dtype),
        _read(key, window.row, window.keys, num_keys, value.dtype),
        _read(value, window.row, window.keys, num_keys, value.dtype),
    )


def _read(states_BNTK: Tensor, row: int, tokens: slice, size: int, dtype: torch.dtype) -> Tensor:
    """Return a copy of these tokens of a row, filled with zeros up to a size."""
    heads, width = states_BNTK.shape[1], states_BNTK.shape[3]
    copy_NTK = states_BNTK.new_zeros(heads, size, width, dtype=dtype)
    copy_NTK[:, : tokens.stop - tokens.start] = states_BNTK[row, :, tokens]
    return copy_NTK


def _add(total_BNTK: Tensor, row: int, tokens: slice, states_NTK: Tensor) -> None:
    total_BNTK[row, :, tokens].add_(states_NTK[:, : tokens.stop - tokens.start])
