"""Reads the rows of a run from a given place on, if wanted ahead of time in other processes."""

import os
from collections.abc import Iterator
from itertools import count, islice

from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from hrm_train.sequences import RowStream, TokenRow


class RowReader:
    """The rows of a stream, one epoch after another without end.

    Attributes:
        epoch: Number of the epoch of the next row.
        row: Number of the next row within its epoch.
    """

    def __init__(
        self, stream: RowStream, epoch: int = 0, row: int = 0, *, num_workers: int = 0
    ) -> None:
        """Go to a place of the stream, which reads the epoch up to there.

        Args:
            stream: The rows.
            epoch: Number of the epoch of the first row.
            row: Number of the first row within that epoch.
            num_workers: Number of processes that read epochs ahead of time; each keeps up to two
                of them in memory. 0: epochs are read in this process.
        """
        self.epoch, self.row = epoch, 0
        self._epochs = _epochs(stream, epoch, num_workers)
        self._rows = iter(next(self._epochs))
        self._skip(row)

    def take(self, num_rows: int) -> list[TokenRow]:
        """Return the next rows.

        Raises:
            DataError: If an epoch has no rows, or its data cannot be read.
        """
        taken: list[TokenRow] = []
        while len(taken) < num_rows:
            new = list(islice(self._rows, num_rows - len(taken)))
            taken += new
            self.row += len(new)
            if not new:
                self._rows = iter(next(self._epochs))
                self.epoch, self.row = self.epoch + 1, 0
        return taken

    def _skip(self, num_rows: int) -> None:
        for _ in range(num_rows):
            self.take(1)


def _epochs(stream: RowStream, first: int, num_workers: int) -> Iterator[Iterator[TokenRow]]:
    if not num_workers:
        return map(stream.epoch, count(first))
    # Only the library `tokenizers` reads this. Without it, each new process prints a warning.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    loader = DataLoader(
        _Epochs(stream, first),
        batch_size=None,
        num_workers=num_workers,
        prefetch_factor=1,
        # By default, tuples become lists.
        collate_fn=list,
        # The others would have to pickle the tokenizer and the functions that read the data.
        multiprocessing_context="fork",
    )
    return iter(loader)


class _Epochs(IterableDataset[list[TokenRow]]):
    """Whole epochs; of N processes, each reads every N-th. The loader takes them in turn."""

    def __init__(self, stream: RowStream, first: int) -> None:
        self.stream, self.first = stream, first

    def __iter__(self) -> Iterator[list[TokenRow]]:
        worker = get_worker_info()
        assert worker is not None
        for epoch in count(self.first + worker.id, step=worker.num_workers):
            yield list(self.stream.epoch(epoch))
