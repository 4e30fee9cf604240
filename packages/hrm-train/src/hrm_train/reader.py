"""Reads the rows of a run from a given place on, if wanted ahead of time in other processes."""

import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import count, cycle, islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.util import Finalize

from hrm_core.errors import DataError, HrmError
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
            num_workers: Number of processes that read epochs ahead of time, one each. 0: epochs are
                read in this process.
        """
        self.epoch, self.row = epoch, 0
        self._epochs = _epochs(stream, epoch, num_workers)
        self._rows = iter(next(self._epochs))
        for _ in range(row):
            self.take(1)

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


def _epochs(stream: RowStream, first: int, num_workers: int) -> Iterator[Iterable[TokenRow]]:
    if not num_workers:
        return map(stream.epoch, count(first))
    # Only the library `tokenizers` reads this. Without it, each new process prints a warning.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    turns = [range(first + n, sys.maxsize, num_workers) for n in range(num_workers)]
    return map(_receive, cycle([_read_ahead(stream, turn) for turn in turns]))


def _read_ahead(stream: RowStream, epochs: Iterable[int]) -> Connection:
    """Start a process that reads epochs; each is sent when the one before has been received."""
    # The other ways to start a process would have to pickle the tokenizer and `stream.read`.
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sender, stream, epochs), daemon=True)
    process.start()
    # Before Python ends it by SIGTERM, which it ignores.
    Finalize(None, process.kill, exitpriority=1)
    sender.close()
    return receiver


def _send(sender: Connection, stream: RowStream, epochs: Iterable[int]) -> None:
    # Ctrl-C, a closed terminal and batch systems signal all processes, but mean the training, which
    # saves a checkpoint first.
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGUSR1, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    # A training that is killed ends no process, and sending to it does not fail: these processes
    # have inherited the receiving end.
    threading.Thread(target=_end_with_training, daemon=True).start()
    with suppress(BrokenPipeError):
        for epoch in epochs:
            try:
                rows: list[TokenRow] | HrmError = list(stream.epoch(epoch))
            except HrmError as error:
                rows = error
            sender.send(rows)


def _end_with_training() -> None:
    training = parent_process()
    assert training is not None
    training.join()
    os._exit(1)


def _receive(receiver: Connection) -> list[TokenRow]:
    try:
        received: list[TokenRow] | HrmError = receiver.recv()
    except (EOFError, OSError) as error:
        raise DataError(
            "training.data.workers: a process that reads the data has ended, perhaps for want of "
            "memory. Lower workers, then continue with --resume"
        ) from error
    if isinstance(received, HrmError):
        raise received
    return received
