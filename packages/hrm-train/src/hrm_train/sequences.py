"""From examples to rows of tokens: in which order, and packed how.

The rows of a run follow from the examples, the seed and the settings alone; a process takes its
share of each batch. An answer is never cut: what is longer than a row is left out, and counted. A
plain text goes on in the next row.

Shapes: B rows, T tokens.
"""

import hashlib
import random
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import torch

from hrm_core.checkpoint import Checkpoint
from hrm_core.errors import DataError
from hrm_core.generation import derive_seed
from hrm_core.losses import IGNORED_LABEL
from hrm_core.model import TrainingBatch
from hrm_core.packing import Packing
from hrm_train.examples import Example

# Rows that are being filled at a time: with more of them less room is wasted.
_OPEN_ROWS = 16


@dataclass(frozen=True)
class TokenSequence:
    """An example in tokens: all but the last are read, and each predicts the one after it.

    Attributes:
        name: Of the example.
        tokens: Prompt and response.
        num_prompt_tokens: How many of them are prompt, which is read and not learnt.
    """

    name: str
    tokens: tuple[int, ...]
    num_prompt_tokens: int

    @property
    def length(self) -> int:
        """Tokens that are read."""
        return len(self.tokens) - 1

    @property
    def num_labels(self) -> int:
        """Tokens that are learnt."""
        return len(self.tokens) - max(1, self.num_prompt_tokens)

    @property
    def labels(self) -> list[int]:
        """What each token that is read shall predict."""
        ignored = max(0, self.num_prompt_tokens - 1)
        return [IGNORED_LABEL] * ignored + list(self.tokens[ignored + 1 :])


TokenRow = tuple[TokenSequence, ...]


@dataclass
class Lengths:
    """What tokenizing found.

    Attributes:
        num_sequences: Examples that fit.
        num_tokens: Tokens that are read in them.
        num_labels: Tokens that are learnt in them.
        num_cut: Plain texts that are learnt in pieces.
        too_long: Names of the examples that do not fit into a row, and their lengths.
    """

    num_sequences: int = 0
    num_tokens: int = 0
    num_labels: int = 0
    num_cut: int = 0
    too_long: list[tuple[str, int]] = field(default_factory=list)
    _hash: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def add(self, sequence: TokenSequence) -> None:
        """Count an example that fits."""
        self.num_sequences += 1
        self.num_tokens += sequence.length
        self.num_labels += sequence.num_labels
        numbers = array("q", (sequence.num_prompt_tokens, len(sequence.tokens), *sequence.tokens))
        self._hash.update(numbers)

    @property
    def digest(self) -> str:
        """SHA-256 of all tokens that fit, in their order."""
        return self._hash.hexdigest()

    def summary(self) -> dict[str, int | str]:
        """Return what is learnt, in numbers, and the digest."""
        return {
            "sequences": self.num_sequences,
            "tokens": self.num_tokens,
            "labels": self.num_labels,
            "left_out": len(self.too_long),
            "sha256": self.digest,
        }


def encode_example(checkpoint: Checkpoint, example: Example) -> TokenSequence:
    """Return an example in tokens; prompt and response are tokenized apart.

    Special tokens stand around the prompt and at the end of the response by their ids; those that
    are spelt in a text stay text.

    Raises:
        DataError: If the config of the model names no token that ends an answer.
    """
    ends = sorted(checkpoint.config.eos_token_ids)
    if not ends:
        raise DataError("model.eos_token_id: there is no token to end an answer with. Set it")
    response = [*checkpoint.require_tokenizer().encode(example.response), ends[0]]
    prompt = checkpoint.encode_prompt(example.prompt) if example.prompt else []
    if not prompt:
        # Plain text: the end of the text before it is what it starts from.
        prompt = [ends[0]]
    return TokenSequence(example.name, (*prompt, *response), len(prompt))


def encode_all(
    checkpoint: Checkpoint, examples: Iterable[Example], row_length: int, lengths: Lengths
) -> Iterator[TokenSequence]:
    """Yield the examples in tokens; `lengths` counts them, and those that fit into no row."""
    for example in examples:
        sequence = encode_example(checkpoint, example)
        pieces = [sequence]
        if sequence.length > row_length:
            if example.prompt:
                lengths.too_long.append((sequence.name, sequence.length))
                continue
            pieces = cut(sequence, row_length)
            lengths.num_cut += 1
        for piece in pieces:
            lengths.add(piece)
            yield piece


def cut(sequence: TokenSequence, row_length: int) -> list[TokenSequence]:
    """Return a plain text in pieces of a row each; together they have all of its labels."""
    starts = range(0, sequence.length, row_length)
    pieces = [sequence.tokens[start : start + row_length + 1] for start in starts]
    return [
        TokenSequence(f"{sequence.name}[{number}]", tokens, 1)
        for number, tokens in enumerate(pieces, start=1)
    ]


def pack(sequences: Iterable[TokenSequence], row_length: int) -> Iterator[TokenRow]:
    """Yield rows of sequences: each goes into the fullest open row that has room for it."""
    open_rows: list[list[TokenSequence]] = []
    for sequence in sequences:
        with_room = [row for row in open_rows if _filled(row) + sequence.length <= row_length]
        if with_room:
            max(with_room, key=_filled).append(sequence)
            continue
        if len(open_rows) == _OPEN_ROWS:
            fullest = max(open_rows, key=_filled)
            open_rows.remove(fullest)
            yield tuple(fullest)
        open_rows.append([sequence])
    yield from map(tuple, open_rows)


def _filled(row: Sequence[TokenSequence]) -> int:
    return sum(sequence.length for sequence in row)


@dataclass(frozen=True)
class RowStream:
    """The rows of a run, without end: epoch after epoch, each in an order of its own.

    Attributes:
        read: Yields the sequences of one epoch, always the same.
        row_length: Tokens of a row.
        is_packed: Whether a row may hold several sequences.
        seed: Of the order.
        buffer_size: Sequences that are shuffled together; all of them, if not given.
    """

    read: Callable[[], Iterable[TokenSequence]]
    row_length: int
    is_packed: bool
    seed: int
    buffer_size: int | None = None

    def summary(self) -> dict[str, int | bool | None]:
        """Return what the rows and their order depend on, besides the sequences."""
        return {
            "row_length": self.row_length,
            "packed": self.is_packed,
            "seed": self.seed,
            "shuffled_together": self.buffer_size,
        }

    def rows(self) -> Iterator[TokenRow]:
        """Yield the rows from the first on."""
        epoch = 0
        while True:
            yield from self.epoch(epoch)
            epoch += 1

    def epoch(self, number: int) -> Iterator[TokenRow]:
        """Yield the rows of one epoch.

        Raises:
            DataError: If there are none.
        """
        order = random.Random(derive_seed(self.seed, "order", number))
        sequences = self._shuffled(order)
        rows = pack(sequences, self.row_length) if self.is_packed else ((s,) for s in sequences)
        count = 0
        for row in rows:
            count += 1
            yield row
        if not count:
            raise DataError(
                f"training.data: no example fits into a row of {self.row_length} tokens. Raise "
                "training.sequence_length"
            )

    def _shuffled(self, order: random.Random) -> Iterator[TokenSequence]:
        """Yield the sequences of an epoch, drawn one at a time from those in the buffer."""
        buffer: list[TokenSequence] = []
        for sequence in self.read():
            buffer.append(sequence)
            if self.buffer_size is not None and len(buffer) > self.buffer_size:
                place = order.randrange(len(buffer))
                buffer[place], buffer[-1] = buffer[-1], buffer[place]
                yield buffer.pop()
        order.shuffle(buffer)
        yield from buffer


def make_batch(
    rows: Sequence[TokenRow], row_length: int, *, is_packed: bool, prefix_lm: bool, pad_id: int
) -> TrainingBatch:
    """Return rows as tensors (B, T), filled up to `row_length`.

    Args:
        rows: One sequence each, unless they are packed.
        row_length: Tokens of a row.
        is_packed: Whether to say where the sequences of each row lie.
        prefix_lm: Whether the model reads prompts both ways.
        pad_id: Token that fills rows up.
    """
    shape = (len(rows), row_length)
    tokens_BT = torch.full(shape, pad_id)
    labels_BT = torch.full(shape, IGNORED_LABEL)
    for number, row in enumerate(rows):
        tokens = [token for sequence in row for token in sequence.tokens[:-1]]
        labels = [label for sequence in row for label in sequence.labels]
        tokens_BT[number, : len(tokens)] = torch.tensor(tokens)
        labels_BT[number, : len(labels)] = torch.tensor(labels)
    prefixes = [[min(s.num_prompt_tokens, s.length) for s in row] for row in rows]
    if is_packed:
        lengths = [[sequence.length for sequence in row] for row in rows]
        packing = Packing.of(lengths, prefixes, row_length)
        return TrainingBatch(tokens_BT, labels_BT, packing=packing)
    prefix_B = torch.tensor([row[0] for row in prefixes]) if prefix_lm else None
    return TrainingBatch(tokens_BT, labels_BT, prefix_B)
