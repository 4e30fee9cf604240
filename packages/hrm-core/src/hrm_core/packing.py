"""Several sequences in one row, none of which sees another: how training fills its rows.

Shapes: B rows, T tokens, S sequences, C tokens of the longest sequence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor


@dataclass(frozen=True)
class Packing:
    """Where the sequences of each row lie.

    Attributes:
        sequences_BT: The sequence of its row that each token belongs to, int64; what fills a row
            up is a sequence of its own.
        positions_BT: Place of each token in its sequence, int64.
        in_prefix_BT: Whether the token belongs to the prefix of its sequence.
        places_SC: For each sequence of all rows, the places of its tokens in the flattened rows,
            int64; -1 behind its end. What fills rows up is left out.
    """

    sequences_BT: Tensor
    positions_BT: Tensor
    in_prefix_BT: Tensor
    places_SC: Tensor

    @classmethod
    def of(
        cls, lengths: Sequence[Sequence[int]], prefixes: Sequence[Sequence[int]], width: int
    ) -> Self:
        """Lay sequences out, one behind the other.

        Args:
            lengths: Tokens of the sequences of each row.
            prefixes: How many of them are prefix, for each sequence.
            width: Tokens of a row.

        Raises:
            ValueError: If a row does not hold its sequences, or a sequence its prefix.
        """
        shape = (len(lengths), width)
        sequences, positions = (
            torch.zeros(shape, dtype=torch.int64),
            torch.zeros(shape, dtype=torch.int64),
        )
        in_prefix = torch.zeros(shape, dtype=torch.bool)
        starts: list[tuple[int, int]] = []
        for row, (row_lengths, row_prefixes) in enumerate(zip(lengths, prefixes, strict=True)):
            if sum(row_lengths) > width:
                raise ValueError(f"row {row}: {sum(row_lengths)} tokens do not fit into {width}")
            if any(not 0 <= p <= n for n, p in zip(row_lengths, row_prefixes, strict=True)):
                raise ValueError(
                    f"row {row}: prefixes {row_prefixes} of sequences of {row_lengths} tokens"
                )
            start = 0
            for number, (length, prefix) in enumerate(zip(row_lengths, row_prefixes, strict=True)):
                place = slice(start, start + length)
                sequences[row, place] = number
                positions[row, place] = torch.arange(length)
                in_prefix[row, start : start + prefix] = True
                starts.append((row * width + start, length))
                start += length
            sequences[row, start:] = len(row_lengths)
            positions[row, start:] = torch.arange(width - start)
        places = torch.full((len(starts), max((n for _, n in starts), default=0)), -1)
        for number, (start, length) in enumerate(starts):
            places[number, :length] = torch.arange(start, start + length)
        return cls(sequences, positions, in_prefix, places)

    def to(self, device: torch.device | str) -> Self:
        """Return the same packing on another device."""
        tensors = (self.sequences_BT, self.positions_BT, self.in_prefix_BT, self.places_SC)
        return type(self)(*(tensor.to(device) for tensor in tensors))

    def mask(self, *, is_prefix_lm: bool) -> Tensor:
        """Return where a token may look, as a mask (B, 1, T, T): in its own sequence alone.

        Args:
            is_prefix_lm: Whether a prefix sees itself both ways.
        """
        sequences_BT, positions_BT = self.sequences_BT, self.positions_BT
        together = sequences_BT[:, :, None] == sequences_BT[:, None, :]
        allowed = positions_BT[:, :, None] >= positions_BT[:, None, :]
        if is_prefix_lm:
            allowed = allowed | (self.in_prefix_BT[:, :, None] & self.in_prefix_BT[:, None, :])
        return (together & allowed)[:, None]
