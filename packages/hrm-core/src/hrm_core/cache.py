"""A preallocated key/value cache for rows of unequal length.

The memory of all keys and values is allocated when the cache is created; nothing grows afterwards.
The rows in use are always the first ones. Only rows that change their place are copied: when a row
finishes, the caller moves the last row into its place, which copies a single row.

The cache only stores. The code that computes with it (`hrm_core.kernels.decode`,
`hrm_core.stepping`) keeps its own state for each cache.

Shapes: B batch, T new tokens, S attended positions, N heads, K head width.
"""

from collections.abc import Sequence
from typing import Protocol, Self

import torch
from torch import Tensor

from hrm_core.errors import ContextLengthError


class AttentionCache(Protocol):
    """The part of a cache that one forward pass uses."""

    @property
    def batch(self) -> int:
        """Number of rows in use."""
        ...

    @property
    def longest(self) -> int:
        """Upper bound of the number of tokens in any row, as an int and not a tensor."""
        ...

    def positions(self, num_new: int) -> Tensor:
        """Return the positions (B, T) of the next `num_new` tokens of each row."""
        ...

    def write(
        self, slot: int, key_BNTK: Tensor, value_BNTK: Tensor, positions_BT: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Store the new keys and values of one call; return all that the call can attend to."""
        ...

    def advance(self, num_new: int, lengths_B: Tensor | None = None) -> None:
        """After a pass, add `lengths_B`, or else `num_new`, to the number of tokens of each row."""
        ...


class KVCache:
    """Keys and values of every attention call of a model, one slot for each call.

    Attributes:
        keys: Shape (slots, rows, N, capacity, K); only positions below the row's length count.
        values: Likewise.
        lengths_B: Number of tokens in each row in use, int64.
        longest: The largest of them as an int, so that reading it does not wait for the device.
    """

    def __init__(
        self,
        *,
        num_slots: int,
        batch: int,
        capacity: int,
        num_heads: int,
        head_dim: int,
        like: Tensor,
    ) -> None:
        """Allocate the memory.

        Args:
            num_slots: Number of attention calls in one forward pass.
            batch: Number of rows; at first, all are in use and empty.
            capacity: Largest number of tokens in a row.
            num_heads: Heads of each call.
            head_dim: Width of a head.
            like: A tensor with the dtype and device of the cache.
        """
        shape = (num_slots, batch, num_heads, capacity, head_dim)
        self.keys = torch.zeros(shape, dtype=like.dtype, device=like.device)
        self.values = torch.zeros_like(self.keys)
        self._lengths = [0] * batch
        self._set_lengths(self._lengths)

    @property
    def capacity(self) -> int:
        """Largest number of tokens in a row."""
        return self.keys.shape[3]

    @property
    def batch(self) -> int:
        """Number of rows in use."""
        return len(self._lengths)

    @property
    def num_bytes(self) -> int:
        """Memory of all keys and values, in bytes."""
        return 2 * self.keys.numel() * self.keys.element_size()

    def positions(self, num_new: int) -> Tensor:
        """Return the positions (B, T) of the next `num_new` tokens of each row.

        Raises:
            ContextLengthError: If they exceed the capacity in some row.
        """
        if self.longest + num_new > self.capacity:
            raise ContextLengthError(
                f"cache: {self.longest} + {num_new} tokens do not fit into a capacity of "
                f"{self.capacity}. Call new_cache with a larger capacity"
            )
        new_T = torch.arange(num_new, device=self.lengths_B.device)
        return self.lengths_B[:, None] + new_T

    def write(
        self, slot: int, key_BNTK: Tensor, value_BNTK: Tensor, positions_BT: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Store the new keys and values of one call; return all that it can attend to.

        Args:
            slot: Number of the call in the forward pass.
            key_BNTK: Its new keys.
            value_BNTK: Its new values.
            positions_BT: From `positions`; the same for all calls of a pass.

        Returns:
            Keys and values of shape (B, N, S, K) with S = longest row + new tokens.
        """
        keys, values = self.keys[slot, : self.batch], self.values[slot, : self.batch]
        num_new = key_BNTK.shape[2]
        end = self.longest + num_new
        if self._all_equal:
            keys[:, :, self.longest : end] = key_BNTK
            values[:, :, self.longest : end] = value_BNTK
        else:
            rows_B1 = torch.arange(self.batch, device=keys.device)[:, None]
            keys[rows_B1, :, positions_BT] = key_BNTK.transpose(1, 2)
            values[rows_B1, :, positions_BT] = value_BNTK.transpose(1, 2)
        return keys[:, :, :end], values[:, :, :end]

    @property
    def carried(self) -> list[Tensor]:
        """Tensors besides keys and values that a step changes in place; none here.

        Recording a step may run it, so the recorder restores them afterwards.
        """
        return []

    def advance(self, num_new: int, lengths_B: Tensor | None = None) -> None:
        """After a pass, add `lengths_B`, or else `num_new`, to the number of tokens of each row.

        A subclass with further state updates it here, too.
        """
        self.count(num_new, lengths_B)

    def count(self, num_new: int, lengths_B: Tensor | None = None) -> None:
        """Add to the number of tokens of each row, as `advance` does, and update nothing else."""
        if lengths_B is None:
            self._lengths = [length + num_new for length in self._lengths]
            self.lengths_B += num_new
            self.longest += num_new
        else:
            new = lengths_B.tolist()
            self._set_lengths([a + b for a, b in zip(self._lengths, new, strict=True)])

    def keep(self, rows: Sequence[int]) -> None:
        """Keep these rows, in this order, and drop the others."""
        moved = [place for place, row in enumerate(rows) if place != row]
        self._copy_rows(self, [rows[place] for place in moved], moved)
        self._set_lengths([self._lengths[row] for row in rows])

    def extend(self, other: Self, rows: Sequence[int]) -> None:
        """Append copies of these rows of another cache.

        Raises:
            ContextLengthError: If there are too many rows, or they are too long.
        """
        lengths = [*self._lengths, *(other._lengths[row] for row in rows)]
        if len(lengths) > self.keys.shape[1] or max(lengths, default=0) > self.capacity:
            raise ContextLengthError(
                f"cache: {len(lengths)} rows of up to {max(lengths)} tokens do not fit into "
                f"{self.keys.shape[1]} rows of {self.capacity}. Call new_cache with larger sizes"
            )
        self._copy_rows(other, rows, range(self.batch, len(lengths)))
        self._set_lengths(lengths)

    def fixed(self, lengths_B: Tensor, span: int) -> "FixedCache":
        """Return a view of the first rows and positions, for steps whose shapes never change.

        Args:
            lengths_B: Number of tokens in each of these rows. The caller updates it in place
                before every step.
            span: Number of attended positions, the new token included.
        """
        return FixedCache(self, lengths_B, span)

    def _copy_rows(self, other: "KVCache", rows: Sequence[int], places: Sequence[int]) -> None:
        """Copy rows to places in this cache; all are read before any is overwritten."""
        if not rows:
            return
        longest = max(other._lengths[row] for row in rows)
        for target, source in ((self.keys, other.keys), (self.values, other.values)):
            target[:, list(places), :, :longest] = source[:, list(rows), :, :longest]

    def _set_lengths(self, lengths: list[int]) -> None:
        self._lengths = lengths
        self.lengths_B: Tensor = torch.tensor(lengths, dtype=torch.int64, device=self.keys.device)
        self.longest: int = max(lengths, default=0)
        self._all_equal = len(set(lengths)) <= 1


class FixedCache:
    """A view of the first rows and positions of a `KVCache`, for steps of fixed shape.

    The lengths are read from a tensor on the device and never on the host, so a step with it can be
    recorded.
    """

    def __init__(self, cache: KVCache, lengths_B: Tensor, span: int) -> None:
        """View a cache; see `KVCache.fixed`."""
        batch = len(lengths_B)
        self.keys, self.values = cache.keys[:, :batch], cache.values[:, :batch]
        self.lengths_B = lengths_B
        self.longest = span - 1
        self._rows_B1 = torch.arange(batch, device=lengths_B.device)[:, None]

    @property
    def batch(self) -> int:
        """Number of rows."""
        return len(self.lengths_B)

    def positions(self, num_new: int) -> Tensor:
        """Return the position (B, 1) of the next token of each row."""
        assert num_new == 1, "a step reads one token a row"
        return self.lengths_B[:, None]

    def write(
        self, slot: int, key_BNTK: Tensor, value_BNTK: Tensor, positions_BT: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Store keys and values; return all (B, N, S, K) up to the span. See `KVCache.write`."""
        keys, values = self.keys[slot], self.values[slot]
        keys[self._rows_B1, :, positions_BT] = key_BNTK.transpose(1, 2)
        values[self._rows_B1, :, positions_BT] = value_BNTK.transpose(1, 2)
        end = self.longest + 1
        return keys[:, :, :end], values[:, :, :end]

    def advance(self, num_new: int, lengths_B: Tensor | None = None) -> None:
        """Do nothing: `FixedStep` counts the tokens in the viewed cache."""
