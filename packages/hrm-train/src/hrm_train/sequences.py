"""Examples become batches: they are tokenized, shuffled and packed into rows.

The rows of a run depend on the examples, the seed and the settings alone, not on the number of
processes. A response is never cut: an example that is longer than a row is left out and counted.
Plain text is split over several rows.

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

# Number of rows that are filled at the same time. More of them waste fewer tokens on padding.
_OPEN_ROWS = 16


@dataclass(frozen=True)
class TokenSequence:
    """A tokenized example. The model reads all tokens but the last, and predicts each next token.

    Attributes:
        name: Name of the example.
        tokens: Token ids of prompt and response.
        num_prompt_tokens: Number of prompt tokens at the start; they are not trained on.
    """

    name: str
    tokens: tuple[int, ...]
    num_prompt_tokens: int

    @property
    def length(self) -> int:
        """Number of tokens that the model reads."""
        return len(self.tokens) - 1

    @property
    def num_labels(self) -> int:
        """Number of tokens that the model is trained to predict."""
        return len(self.tokens) - max(1, self.num_prompt_tokens)

    @property
    def labels(self) -> list[int]:
        """The label of each token that the model reads; `IGNORED_LABEL` inside the prompt."""
        ignored = max(0, self.num_prompt_tokens - 1)
        return [IGNORED_LABEL] * ignored + list(self.tokens[ignored + 1 :])


TokenRow = tuple[TokenSequence, ...]


@dataclass
class Lengths:
    """The size of the tokenized data.

    Attributes:
        num_sequences: Number of sequences that fit into a row.
        num_tokens: Number of tokens in them that the model reads.
        num_labels: Number of tokens in them that the model is trained to predict.
        longest: Number of tokens of the longest of them.
        num_cut: Number of plain texts that were split.
        too_long: Names and lengths of the examples that do not fit into a row.
    """

    num_sequences: int = 0
    num_tokens: int = 0
    num_labels: int = 0
    longest: int = 0
    num_cut: int = 0
    too_long: list[tuple[str, int]] = field(default_factory=list)
    _hash: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def add(self, sequence: TokenSequence) -> None:
        """Count a sequence that fits into a row."""
        self.num_sequences += 1
        self.num_tokens += sequence.length
        self.num_labels += sequence.num_labels
        self.longest = max(self.longest, sequence.length)
        numbers = array("q", (sequence.num_prompt_tokens, len(sequence.tokens), *sequence.tokens))
        self._hash.update(numbers)

    def padding(self, row_length: int) -> float:
        """Return the share of padding in rows of one sequence each."""
        size = self.num_sequences * row_length
        return 1 - self.num_tokens / size if size else 0.0

    @property
    def digest(self) -> str:
        """SHA-256 of all counted sequences, in order."""
        return self._hash.hexdigest()

    def summary(self) -> dict[str, int | str]:
        """Return the counts and the digest, as stored in `data.json`."""
        return {
            "sequences": self.num_sequences,
            "tokens": self.num_tokens,
            "labels": self.num_labels,
            "left_out": len(self.too_long),
            "sha256": self.digest,
        }


def encode_example(checkpoint: Checkpoint, example: Example) -> TokenSequence:
    """Tokenize an example, prompt and response separately.

    Special tokens are added by id around the prompt and after the response. A text that spells a
    special token is tokenized as text.

    Raises:
        DataError: If the config of the model has no token that ends a response.
    """
    end = checkpoint.answer_end_id
    if end is None:
        raise DataError("model.eos_token_id: missing, so no token can end a response. Set it")
    tokenizer = checkpoint.require_tokenizer()
    prompt = checkpoint.encode_prompt(example.prompt) if example.prompt else []
    if prompt:
        response = tokenizer.encode_continuation(example.response)
    else:
        # Plain text starts after the end token of the text before it.
        prompt, response = [end], tokenizer.encode(example.response)
    return TokenSequence(example.name, (*prompt, *response, end), len(prompt))


def encode_all(
    checkpoint: Checkpoint, examples: Iterable[Example], row_length: int, lengths: Lengths
) -> Iterator[TokenSequence]:
    """Tokenize examples, and count them in `lengths`.

    An example with a prompt that is longer than a row is left out; a longer plain text is split.
    """
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
    """Split a plain text into pieces that fit into a row; each label is in exactly one piece."""
    starts = range(0, sequence.length, row_length)
    pieces = [sequence.tokens[start : start + row_length + 1] for start in starts]
    return [
        TokenSequence(f"{sequence.name}[{number}]", tokens, 1)
        for number, tokens in enumerate(pieces, start=1)
    ]


def pack(sequences: Iterable[TokenSequence], row_length: int) -> Iterator[TokenRow]:
    """Pack sequences into rows: each goes into the fullest open row that has room for it.

    Examples:
        >>> sequences = [TokenSequence(name, tuple(range(5)), 1) for name in "abc"]
        >>> [[s.name for s in row] for row in pack(sequences, row_length=8)]
        [['a', 'b'], ['c']]
    """
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
    """The rows of a run, one epoch after another without end; each is shuffled differently.

    Attributes:
        read: Returns the sequences of an epoch by its number, the same ones each time.
        row_length: Number of tokens per row.
        is_packed: Whether a row may contain several sequences.
        seed: Seed of the shuffling.
        buffer_size: Number of sequences that are shuffled together; None shuffles all of them.
    """

    read: Callable[[int], Iterable[TokenSequence]]
    row_length: int
    is_packed: bool
    seed: int
    buffer_size: int | None = None

    def summary(self) -> dict[str, int | bool | None]:
        """Return the settings that determine the rows and their order, for `data.json`."""
        return {
            "row_length": self.row_length,
            "packed": self.is_packed,
            "seed": self.seed,
            "shuffled_together": self.buffer_size,
        }

    def epoch(self, number: int) -> Iterator[TokenRow]:
        """Yield the rows of one epoch.

        Raises:
            DataError: If the epoch has no rows.
        """
        order = random.Random(derive_seed(self.seed, "order", number))
        sequences = self._shuffled(self.read(number), order)
        rows = pack(sequences, self.row_length) if self.is_packed else ((s,) for s in sequences)
        count = 0
        for row in rows:
            count += 1
            yield row
        if not count:
            raise nothing_fits(self.row_length)

    def _shuffled(
        self, sequences: Iterable[TokenSequence], order: random.Random
    ) -> Iterator[TokenSequence]:
        """Yield the sequences of an epoch, each drawn at random from a buffer."""
        buffer: list[TokenSequence] = []
        for sequence in sequences:
            buffer.append(sequence)
            if self.buffer_size is not None and len(buffer) > self.buffer_size:
                place = order.randrange(len(buffer))
                buffer[place], buffer[-1] = buffer[-1], buffer[place]
                yield buffer.pop()
        order.shuffle(buffer)
        yield from buffer


def nothing_fits(row_length: int) -> DataError:
    """Return the error of data without rows."""
    return DataError(
        f"training.data: no example fits into a row of {row_length} tokens. Raise "
        "training.sequence_length"
    )


def make_batch(
    rows: Sequence[TokenRow], row_length: int, *, is_packed: bool, prefix_lm: bool, pad_id: int
) -> TrainingBatch:
    """Return rows as tensors of shape (B, T), padded to `row_length`.

    Args:
        rows: Rows; each has one sequence, unless they are packed.
        row_length: Number of tokens per row, T.
        is_packed: Whether to add the positions of the sequences (`Packing`).
        prefix_lm: Whether the model attends to prompts in both directions.
        pad_id: Token id of the padding.
    """
    shape = (len(rows), row_length)
    tokens_BT = torch.full(shape, pad_id)
    labels_BT = torch.full(shape, IGNORED_LABEL)
    for number, row in enumerate(rows):
        tokens = [token for sequence in row for token in sequence.tokens[:-1]]
        labels = [label for sequence in row for label in sequence.labels]
        # torch.tensor takes many times as long to read a list.
        tokens_BT[number, : len(tokens)] = torch.frombuffer(array("q", tokens), dtype=torch.int64)
        labels_BT[number, : len(labels)] = torch.frombuffer(array("q", labels), dtype=torch.int64)
    prefixes = [[min(s.num_prompt_tokens, s.length) for s in row] for row in rows]
    if is_packed:
        lengths = [[sequence.length for sequence in row] for row in rows]
        packing = Packing.of(lengths, prefixes, row_length)
        return TrainingBatch(tokens_BT, labels_BT, packing=packing)
    prefix_B = torch.tensor([row[0] for row in prefixes]) if prefix_lm else None
    return TrainingBatch(tokens_BT, labels_BT, prefix_B)
