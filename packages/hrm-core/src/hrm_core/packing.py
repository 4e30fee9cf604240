"""Packing: several sequences in one training row, none of which sees another.

Shapes: B rows, T tokens, S sequences or more, C tokens of the longest sequence or more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import torch
from torch import Tensor

from hrm_core.shapes import round_up


class Span(NamedTuple):
    """The place of one sequence.

    Attributes:
        row: Number of its row.
        start: Position in the row of its first token.
        length: Number of its tokens.
        prefix: How many of them are its prefix.
    """

    row: int
    start: int
    length: int
    prefix: int


@dataclass(frozen=True)
class Packing:
    """Which sequence and position each token of a packed batch has.

    Attributes:
        sequences_BT: Number of the token's sequence within its row, from 0, int64. The padding at
            the end of a row counts as one more sequence.
        positions_BT: Position of the token in its sequence, from 0, int64.
        in_prefix_BT: Whether the token belongs to the prefix of its sequence.
        places_SC: For each sequence of the batch, the indices of its tokens in the flattened rows,
            int64; -1 after its end. Padding has no entry. S and C are rounded up (see `shapes`), so
            the last rows and columns may be -1 throughout.
        spans: The place of each sequence, in the order of `places_SC`.

    Examples:
        Two sequences of 3 and 2 tokens in a row of 6, the first with a prefix of 2:

        >>> packing = Packing.of([[3, 2]], [[2, 0]], width=6)
        >>> packing.sequences_BT  # [[0, 0, 0, 1, 1, 2]]
        >>> packing.positions_BT  # [[0, 1, 2, 0, 1, 0]]
        >>> packing.places_SC     # [[0, 1, 2], [3, 4, -1]]
    """

    sequences_BT: Tensor
    positions_BT: Tensor
    in_prefix_BT: Tensor
    places_SC: Tensor
    spans: tuple[Span, ...]

    @classmethod
    def of(
        cls, lengths: Sequence[Sequence[int]], prefixes: Sequence[Sequence[int]], width: int
    ) -> Self:
        """Return the packing of sequences that follow one another without gaps.

        Args:
            lengths: For each row, the lengths of its sequences in tokens.
            prefixes: For each row, the prefix lengths of its sequences; 0 for no prefix.
            width: Length of every row in tokens.

        Raises:
            ValueError: If sequences are longer than their row, or a prefix than its sequence.
        """
        spans: list[Span] = []
        # Runs of tokens that fill the rows: the sequences of a row, then its padding.
        runs: list[tuple[int, int, int, int]] = []
        for row, (row_lengths, row_prefixes) in enumerate(zip(lengths, prefixes, strict=True)):
            if sum(row_lengths) > width:
                raise ValueError(f"row {row}: {sum(row_lengths)} tokens do not fit into {width}")
            if any(not 0 <= p <= n for n, p in zip(row_lengths, row_prefixes, strict=True)):
                raise ValueError(
                    f"row {row}: a prefix must be from 0 to the length of its sequence, got "
                    f"prefixes {row_prefixes} for lengths {row_lengths}"
                )
            start = 0
            for number, (length, prefix) in enumerate(zip(row_lengths, row_prefixes, strict=True)):
                spans.append(Span(row, start, length, prefix))
                runs.append((length, number, start, prefix))
                start += length
            runs.append((width - start, len(row_lengths), start, 0))
        sizes, *values = torch.tensor(runs, dtype=torch.int64).view(-1, 4).unbind(dim=1)
        shape = (len(lengths), width)
        sequences, starts, prefix_lengths = (x.repeat_interleave(sizes).view(shape) for x in values)
        positions = torch.arange(width) - starts
        return cls(
            sequences_BT=sequences,
            positions_BT=positions,
            in_prefix_BT=positions < prefix_lengths,
            places_SC=_places(spans, width),
            spans=tuple(spans),
        )

    def to(self, device: torch.device | str) -> Self:
        """Return the packing with its tensors on another device."""
        return type(self)(
            self.sequences_BT.to(device),
            self.positions_BT.to(device),
            self.in_prefix_BT.to(device),
            self.places_SC.to(device),
            self.spans,
        )

    def mask(self, *, is_prefix_lm: bool) -> Tensor:
        """Return the attention mask (B, 1, T, T), True where query t may attend to key s.

        A token attends only within its sequence: causally, or in both directions in a prefix.

        Args:
            is_prefix_lm: Whether prefixes are read in both directions; if not, they are ignored.
        """
        sequences_BT, positions_BT = self.sequences_BT, self.positions_BT
        same_sequence = sequences_BT[:, :, None] == sequences_BT[:, None, :]
        allowed = positions_BT[:, :, None] >= positions_BT[:, None, :]
        if is_prefix_lm:
            allowed = allowed | (self.in_prefix_BT[:, :, None] & self.in_prefix_BT[:, None, :])
        return (same_sequence & allowed)[:, None]


def _places(spans: Sequence[Span], width: int) -> Tensor:
    """Return `Packing.places_SC`."""
    longest = max((span.length for span in spans), default=0)
    places_SC = torch.full((round_up(len(spans), digits=3), round_up(longest, digits=3)), -1)
    if spans:
        firsts_S = torch.tensor([span.row * width + span.start for span in spans])
        lengths_S = torch.tensor([span.length for span in spans])
        columns_C = torch.arange(places_SC.shape[1])
        inside_SC = columns_C < lengths_S[:, None]
        places_SC[: len(spans)] = torch.where(inside_SC, firsts_S[:, None] + columns_C, -1)
    return places_SC
