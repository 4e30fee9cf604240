import multiprocessing
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from hrm_core.errors import DataError
from hrm_train import examples
from hrm_train.reader import RowReader
from hrm_train.sequences import RowStream, TokenSequence
from hrm_train.train_config import DataConfig


def read(epoch):
    """Return sequences of 5 to 9 tokens; each epoch has others."""
    return [TokenSequence(f"{epoch}-{n}", tuple(range(5 + n % 5)), 2) for n in range(30)]


STREAM = RowStream(read, 20, is_packed=True, seed=0)
SIZES = [len(list(STREAM.epoch(number))) for number in range(6)]
ROWS = [row for number in range(6) for row in STREAM.epoch(number)]


@pytest.mark.parametrize("num_workers", [0, 1, 2])
def test_rows_follow_epoch_by_epoch(num_workers):
    reader = RowReader(STREAM, num_workers=num_workers)
    assert [row for _ in range(9) for row in reader.take(5)] == ROWS[:45]


@pytest.mark.parametrize("num_workers", [0, 2])
@pytest.mark.parametrize("taken", [0, 1, SIZES[0] - 1, SIZES[0], SIZES[0] + 3])
def test_a_reader_continues_where_another_one_was(num_workers, taken):
    before = RowReader(STREAM)
    before.take(taken)
    after = RowReader(STREAM, before.epoch, before.row, num_workers=num_workers)
    assert after.take(10) == ROWS[taken : taken + 10]
    assert (after.epoch, after.row) == divmod_epochs(taken + 10)


def divmod_epochs(count):
    """Return the epoch and the number within it of the row before which `count` rows lie."""
    epoch = 0
    while count > SIZES[epoch]:
        count -= SIZES[epoch]
        epoch += 1
    return epoch, count


def test_only_the_current_epoch_is_read_again():
    epochs = []

    def recorded(epoch):
        epochs.append(epoch)
        return read(epoch)

    reader = RowReader(RowStream(recorded, 20, is_packed=True, seed=0), epoch=7, row=3)
    reader.take(1)
    assert epochs == [7]


@pytest.mark.parametrize("num_workers", [0, 1])
def test_an_epoch_without_rows_is_an_error(num_workers):
    stream = RowStream(lambda epoch: [] if epoch else SEQUENCE, 20, is_packed=True, seed=0)
    reader = RowReader(stream, num_workers=num_workers)
    reader.take(1)
    with pytest.raises(DataError, match="no example fits into a row of 20 tokens"):
        reader.take(1)


SEQUENCE = read(0)[:1]


def test_only_streamed_data_is_read_ahead():
    with pytest.raises(ValueError, match="workers: only streamed data is read ahead"):
        DataConfig(workers=2)
    assert DataConfig(workers=2, streaming=True).workers == 2


def test_a_process_that_ends_is_an_error():
    def end(epoch):
        return os._exit(9) if epoch else SEQUENCE

    reader = RowReader(RowStream(end, 20, is_packed=True, seed=0), num_workers=1)
    reader.take(1)
    with pytest.raises(DataError, match="a process that reads the data has ended"):
        reader.take(1)


def start(stream):
    """Return a reader that has read a row, and its process."""
    before = {*multiprocessing.active_children()}
    reader = RowReader(stream, num_workers=1)
    reader.take(1)
    (process,) = {*multiprocessing.active_children()} - before
    return reader, process


def test_a_process_that_ends_while_it_sends_is_an_error():
    # More than fits into a pipe.
    long = [TokenSequence(str(n), tuple(range(20)), 2) for n in range(5000)]
    stream = RowStream(lambda epoch: long if epoch else SEQUENCE, 20, is_packed=True, seed=0)
    reader, process = start(stream)
    time.sleep(1)  # it is sending by then
    process.kill()
    with pytest.raises(DataError, match="a process that reads the data has ended"):
        reader.take(1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGUSR1, signal.SIGTERM])
def test_a_signal_that_means_the_training_does_not_end_its_readers(number):
    stream = RowStream(read, 20, is_packed=True, seed=0)
    reader, process = start(stream)
    os.kill(process.pid, number)
    rows = [reader.take(1) for _ in range(50)]
    assert reader.epoch > 0
    assert all(rows)


TRAINING = """
import sys, time
from hrm_train.reader import RowReader
from hrm_train.sequences import RowStream, TokenSequence

def read(epoch):
    if epoch and sys.argv[2] == "reading":
        time.sleep(600)
    return [TokenSequence(str(n), tuple(range(20)), 2) for n in range(5000)]

stream = RowStream(read, 20, is_packed=True, seed=0)
RowReader(stream, num_workers=int(sys.argv[1])).take(1)
print("started", flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("num_workers", [1, 3])
@pytest.mark.parametrize("state", ["reading", "sending"])
def test_processes_that_read_end_with_a_training_that_is_killed(num_workers, state):
    command = [sys.executable, "-c", TRAINING, str(num_workers), state]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as training:
        try:
            assert training.stdout.readline() == b"started\n"
            training.kill()
            # All of them have this file, so it ends with the last one.
            training.communicate(timeout=20)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(training.pid, signal.SIGKILL)


def test_files_are_read_whole_in_every_process(tmp_path):
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(f'{{"prompt": "a", "response": "{n}"}}\n' for n in range(5)))

    def read_file(_):
        return [TokenSequence(e.response, (1, 2, 3), 1) for e in examples.read_file(file)]

    stream = RowStream(read_file, 20, is_packed=True, seed=0)
    rows = RowReader(stream, num_workers=2).take(2)
    assert [sorted(sequence.name for sequence in row) for row in rows] == [
        ["0", "1", "2", "3", "4"]
    ] * 2
