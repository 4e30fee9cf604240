"""The cache of a native HRM: keys and values, the planner's state, and the open chunk of each row.

The open chunk of a row is the chunk whose tokens are not complete yet. New tokens are arranged in a
grid of chunks that begins with the open chunk. So rows at different positions in their chunks are
read together, without a loop over rows and without copying lengths from the device.

Shapes: B rows, T new tokens, C chunks, R tokens per chunk, S = C * R grid positions, D executor
width, P planner width.
"""

from collections.abc import Sequence
from typing import Self

import torch
import torch.nn.functional as F
from torch import Tensor

from hrm_core.cache import FixedCache, KVCache
from hrm_native.native_config import NativeConfig


class PlannerCache:
    """A mix-in for key/value caches that adds the planner's state of each row.

    Attributes:
        high_BP: The planner's state after the last completed chunk, of every allocated row.
        open_BRD: The lower half's output over the open chunk, of every allocated row. Values after
            the row's length are undefined.
        lengths_B: Number of tokens in each row in use; an attribute of the key/value cache.
    """

    high_BP: Tensor
    open_BRD: Tensor
    lengths_B: Tensor
    _pending: tuple[Tensor, Tensor] | None = None

    def lay_out(self, lower_BTD: Tensor, positions_BT: Tensor) -> tuple[Tensor, Tensor]:
        """Arrange new tokens in a grid of chunks, after the tokens of the open chunk.

        Args:
            lower_BTD: The lower half's output for the new tokens.
            positions_BT: Positions of the new tokens in their sequences.

        Returns:
            The grid of shape (B, C, R, D), and the index (B, T) of the chunk of each token in it.
            Grid positions without a token have undefined values.
        """
        (batch, num_new, _), ratio = lower_BTD.shape, self.open_BRD.shape[1]
        places_BT = positions_BT[:, :1] % ratio + torch.arange(num_new, device=lower_BTD.device)
        # The smallest number that suffices for any position in the open chunk.
        num_chunks = (num_new + 2 * ratio - 2) // ratio
        grid_BSD = F.pad(self.open_BRD[:batch], (0, 0, 0, (num_chunks - 1) * ratio))
        grid_BSD[_rows(grid_BSD)[:, None], places_BT] = lower_BTD
        return grid_BSD.view(batch, num_chunks, ratio, -1), places_BT // ratio

    def record_pending(self, grid_BCRD: Tensor, high_BCP: Tensor) -> None:
        """Record the results of a pass; `advance` then stores what belongs to real tokens.

        Args:
            grid_BCRD: From `lay_out`.
            high_BCP: The planner's states before the first chunk of the grid and after each chunk.
        """
        self._pending = (grid_BCRD, high_BCP)

    def _advance_planner(self, num_new: int, lengths_B: Tensor | None) -> None:
        assert self._pending is not None, "advance follows record_pending"
        (grid_BCRD, high_BCP), self._pending = self._pending, None
        num_chunks, ratio = grid_BCRD.shape[1:3]
        added_B = num_new if lengths_B is None else lengths_B
        completed_B = (self.lengths_B % ratio + added_B) // ratio
        rows_B = _rows(grid_BCRD)
        self.high_BP[: len(rows_B)] = high_BCP[rows_B, completed_B]
        # If the last chunk of the grid is complete, the open chunk is empty: its values are unused.
        open_B = completed_B.clamp(max=num_chunks - 1)
        self.open_BRD[: len(rows_B)] = grid_BCRD[rows_B, open_B]


class NativeCache(PlannerCache, KVCache):
    """A key/value cache with the planner's state of each row."""

    def __init__(
        self, config: NativeConfig, *, batch: int, capacity: int, initial_P: Tensor
    ) -> None:
        """Allocate the cache.

        Args:
            config: Config of the model.
            batch: Number of rows; all are in use and empty.
            capacity: Maximum number of tokens per row.
            initial_P: The planner's state before the first chunk. The cache has its dtype and
                device.
        """
        super().__init__(
            num_slots=config.num_cache_slots,
            batch=batch,
            capacity=capacity,
            num_heads=config.num_attention_heads,
            head_dim=config.head_dim,
            like=initial_P,
        )
        self.high_BP = initial_P.detach().repeat(batch, 1)
        self.open_BRD = initial_P.new_zeros(batch, config.timing_ratio, config.low_level_dim)

    @property
    def num_bytes(self) -> int:
        """Allocated memory in bytes, unused rows and positions included."""
        return super().num_bytes + self.high_BP.nbytes + self.open_BRD.nbytes

    @property
    def carried(self) -> list[Tensor]:
        """The tensors that a step changes in place besides keys and values: the planner's."""
        return [self.high_BP, self.open_BRD]

    def advance(self, num_new: int, lengths_B: Tensor | None = None) -> None:
        """Store the planner's state and the open chunk, and count the new tokens."""
        self._advance_planner(num_new, lengths_B)
        super().advance(num_new, lengths_B)

    def keep(self, rows: Sequence[int]) -> None:
        """Keep only these rows, in this order."""
        super().keep(rows)
        self._copy_planner(self, rows, first=0)

    def extend(self, other: Self, rows: Sequence[int]) -> None:
        """Append copies of these rows of another cache."""
        first = self.batch
        super().extend(other, rows)
        self._copy_planner(other, rows, first)

    def fixed(self, lengths_B: Tensor, span: int) -> "FixedNativeCache":
        """Return a view of the first rows and positions, for steps whose shapes never change."""
        return FixedNativeCache(self, lengths_B, span)

    def _copy_planner(self, other: "NativeCache", rows: Sequence[int], first: int) -> None:
        """Copy the planner's state of some rows to the rows from `first` on."""
        targets = slice(first, first + len(rows))
        self.high_BP[targets] = other.high_BP[list(rows)]
        self.open_BRD[targets] = other.open_BRD[list(rows)]


class FixedNativeCache(PlannerCache, FixedCache):
    """A view of the first rows and positions of a `NativeCache`; it shares their memory."""

    def __init__(self, cache: NativeCache, lengths_B: Tensor, span: int) -> None:
        """Create the view; see `KVCache.fixed`."""
        FixedCache.__init__(self, cache, lengths_B, span)
        batch = len(lengths_B)
        self.high_BP, self.open_BRD = cache.high_BP[:batch], cache.open_BRD[:batch]

    def advance(self, num_new: int, lengths_B: Tensor | None = None) -> None:
        """Store the planner's state and the open chunk; the viewed cache counts the tokens."""
        self._advance_planner(num_new, lengths_B)


def _rows(states: Tensor) -> Tensor:
    return torch.arange(len(states), device=states.device)
