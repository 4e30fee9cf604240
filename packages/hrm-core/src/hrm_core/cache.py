"""A preallocated key/value cache for rows of unequal length.

All room is taken when the cache is made: tokens, and rows that join later, are written into it and
nothing ever grows. The rows in use are the first ones; one that has finished makes way by having
the last one moved into its place, so that no other row is copied.

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
        """Upper bound of the tokens that any row holds, as a plain number."""
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
        """Count the new tokens of each row: `lengths_B` of them, or `num_new` in all."""
        ...


class KVCache:
    """Keys and values of every attention call of a model, one slot a call.

    Attributes:
        keys: All room, of shape (slots, rows, N, capacity, K); only what has been written counts.
        values: The same for the values.
        lengths_B: Tokens held in each row in use, int64.
        longest: The largest of them, kept as a plain number to spare a device synchronization.
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
        """Allocate room.

        Args:
            num_slots: Attention calls in one forward pass.
            batch: Rows; all of them are in use and empty.
            capacity: Tokens that a row can hold.
            num_heads: Heads a call.
            head_dim: Width of a head.
            like: A tensor with the dtype and the device that the cache shall have.
        """
        shape = (num_slots, batch, num_heads, capacity, head_dim)
        self.keys = torch.zeros(shape, dtype=like.dtype, device=like.device)
        self.values = torch.zeros_like(self.keys)
        self._lengths = [0] * batch
        self._set_lengths(self._lengths)

    @property
    def capacity(self) -> int:
        """Tokens that a row can hold."""
        return self.keys.shape[3]

    @property
    def batch(self) -> int:
        """Number of rows in use."""
        return len(self._lengths)

    @property
    def num_bytes(self) -> int:
        """Memory of all keys and values that there is room for."""
        return 2 * self.keys.numel() * self.keys.element_size()

    def positions(self, num_new: int) -> Tensor:
        """Return the positions (B, T) that the next `num_new` tokens of each row will take.

        Raises:
            ContextLengthError: If they do not fit.
        """
        if self.longest + num_new > self.capacity:
            raise ContextLengthError(
                f"cache: {self.longest} + {num_new} tokens do not fit into a capacity of "
                f"{self.capacity}. Ask new_cache for more"
            )
        new_T = torch.arange(num_new, device=self.lengths_B.device)
        return self.lengths_B[:, None] + new_T

    def write(
        self, slot: int, key_BNTK: Tensor, value_BNTK: Tensor, positions_BT: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Store the new keys and values of one call; return all that the call can attend to.

        Args:
            slot: The call's number in the forward pass.
            key_BNTK: Its new keys.
            value_BNTK: Its new values.
            positions_BT: From `positions`, once for all calls of the pass.

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
        """What a step moves on, so that a step taken twice is not the step taken once."""
        return []

    def advance(self, num_new: int, lengths_B: Tensor | None = None) -> None:
        """Go on behind the new tokens of each row: `lengths_B` of them, or `num_new` in all."""
        self.count(num_new, lengths_B)

    def count(self, num_new: int, lengths_B: Tensor | None = None) -> None:
        """Count the new tokens of each row, and nothing else."""
        if lengths_B is None:
            self._lengths = [length + num_new for length in self._lengths]
            self.lengths_B += num_new
            self.longest += num_new
        else:
            new = lengths_B.tolist()
            self._set_lengths([a + b for a, b in zip(self._lengths, new, strict=True)])

    def keep(self, rows: Sequence[int]) -> None:
        """Keep these rows in use, in this order, and forget the others."""
        moved = [place for place, row in enumerate(rows) if place != row]
        self._copy_rows(self, [rows[place] for place in moved], moved)
        self._set_lengths([self._lengths[row] for row in rows])

    def extend(self, other: Self, rows: Sequence[int]) -> None:
        """Take further rows into use: copies of these rows of another cache.

        Raises:
            ContextLengthError: If there is no room for so many rows, or for such long ones.
        """
        lengths = [*self._lengths, *(other._lengths[row] for row in rows)]
        if len(lengths) > self.keys.shape[1] or max(lengths, default=0) > self.capacity:
            raise ContextLengthError(
                f"cache: {len(lengths)} rows of up to {max(lengths)} tokens do not fit into "
                f"{self.keys.shape[1]} rows of {self.capacity}. Ask new_cache for more"
            )
        self._copy_rows(other, rows, range(self.batch, len(lengths)))
        self._set_lengths(lengths)

    def fixed(self, lengths_B: Tensor, span: int) -> "FixedCache":
        """Return the first rows and positions for steps whose shapes never change.

        Args:
            lengths_B: Tokens held in each of these rows; read anew in every step.
            span: Attended positions.
        """
        return FixedCache(self, lengths_B, span)

    def _copy_rows(self, other: "KVCache", rows: Sequence[int], places: Sequence[int]) -> None:
        """Copy what some rows hold; a row that is overwritten is read before."""
        if not rows:
            return
        held = max(other._lengths[row] for row in rows)
        for target, source in ((self.keys, other.keys), (self.values, other.values)):
            target[:, list(places), :, :held] = source[:, list(rows), :, :held]

    def _set_lengths(self, lengths: list[int]) -> None:
        self._lengths = lengths
        self.lengths_B: Tensor = torch.tensor(lengths, dtype=torch.int64, device=self.keys.device)
        self.longest: int = max(lengths, default=0)
        self._all_equal = len(set(lengths)) <= 1


class FixedCache:
    """The first rows and positions of a cache; what it holds is told by a tensor alone."""

    def __init__(self, whole: KVCache, lengths_B: Tensor, span: int) -> None:
        """Look into a cache; see `KVCache.fixed`."""
        batch = len(lengths_B)
        self.keys, self.values = whole.keys[:, :batch], whole.values[:, :batch]
        self.lengths_B = lengths_B
        self.longest = span - 1
        self._rows_B1 = torch.arange(batch, device=lengths_B.device)[:, None]

    @property
    def batch(self) -> int:
        """Number of rows."""
        return len(self.lengths_B)

    def positions(self, num_new: int) -> Tensor:
        """Return the positions (B, 1) that the next token of each row will take."""
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
        """Do nothing: the whole cache counts."""
