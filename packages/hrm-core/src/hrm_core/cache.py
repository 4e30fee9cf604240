"""A preallocated key/value cache whose rows have lengths of their own.

Rows are filled from the left and padded on the right, so that every token keeps its position and
no row depends on how long its neighbours are. What lies beyond a row's length is never read: it
is overwritten before a query can see it.

Shapes: B batch, T new tokens, S cached positions, N heads, K head width, R selected rows.
"""

from typing import Self

import torch
from torch import Tensor

from hrm_core.errors import ContextLengthError


class KVCache:
    """Keys and values of every attention call of a model, one slot a call.

    Attributes:
        lengths_B: Tokens held in each row, int64.
        longest: The largest of them, kept as a plain number to spare a device synchronisation.
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
            batch: Rows.
            capacity: Tokens that a row can hold.
            num_heads: Heads a call.
            head_dim: Width of a head.
            like: A tensor with the dtype and the device that the cache shall have.
        """
        shape = (num_slots, batch, num_heads, capacity, head_dim)
        self._keys = torch.zeros(shape, dtype=like.dtype, device=like.device)
        self._values = torch.zeros_like(self._keys)
        self._all_equal = True
        self.lengths_B = torch.zeros(batch, dtype=torch.int64, device=like.device)
        self.longest = 0

    @property
    def capacity(self) -> int:
        """Tokens that a row can hold."""
        return self._keys.shape[3]

    @property
    def batch(self) -> int:
        """Number of rows."""
        return self._keys.shape[1]

    def positions(self, num_new: int) -> Tensor:
        """Return the positions (B, T) that the next `num_new` tokens of each row will take.

        Raises:
            ContextLengthError: If they do not fit.
        """
        if self.longest + num_new > self.capacity:
            message = (
                f"cache: {self.longest} + {num_new} tokens do not fit into a capacity of "
                f"{self.capacity}. Ask new_cache for more"
            )
            raise ContextLengthError(message)
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
        keys, values = self._keys[slot], self._values[slot]
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

    def advance(self, num_new: int, lengths_B: Tensor | None = None) -> None:
        """Count the new tokens of each row: `lengths_B` of them, or `num_new` in every row."""
        if lengths_B is None:
            self.lengths_B += num_new
            self.longest += num_new
        else:
            self._set_lengths(self.lengths_B + lengths_B)

    def _set_lengths(self, lengths_B: Tensor) -> None:
        self.lengths_B = lengths_B
        self.longest = int(lengths_B.max())
        self._all_equal = bool((lengths_B == self.longest).all())

    def select(self, rows_R: Tensor) -> Self:
        """Return a cache that holds these rows, in this order; a row may be taken repeatedly."""
        chosen = object.__new__(type(self))
        slots, _, heads, capacity, width = self._keys.shape
        shape = (slots, len(rows_R), heads, capacity, width)
        chosen._keys, chosen._values = self._keys.new_zeros(shape), self._values.new_zeros(shape)
        chosen._set_lengths(self.lengths_B[rows_R])
        held = slice(0, chosen.longest)
        chosen._keys[:, :, :, held] = self._keys[:, :, :, held].index_select(1, rows_R)
        chosen._values[:, :, :, held] = self._values[:, :, :, held].index_select(1, rows_R)
        return chosen
