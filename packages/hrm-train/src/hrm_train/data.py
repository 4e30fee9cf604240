"""The training data of a run: read, compared with held-out problems, tokenized and ordered."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from hrm_core.checkpoint import Checkpoint
from hrm_core.errors import DataError
from hrm_datasets.overlap import HeldOut
from hrm_train.console import note
from hrm_train.examples import (
    Example,
    check_file,
    named_files,
    problem_examples,
    read_examples,
    read_file,
)
from hrm_train.overlap import (
    Overlap,
    check_overlap,
    find_overlap,
    held_out_splits,
    load_held_out,
)
from hrm_train.sequences import (
    Lengths,
    RowStream,
    TokenRow,
    TokenSequence,
    encode_all,
    nothing_fits,
)
from hrm_train.splits import check_fixed, check_known, is_endless
from hrm_train.train_config import SHUFFLE_BUFFER, DataConfig, SplitConfig, TrainingConfig


@dataclass(frozen=True)
class Data:
    """The training data of a run.

    Attributes:
        read: Returns all examples of an epoch, including those to leave out; may be called
            repeatedly.
        is_fresh: Whether each epoch has other examples, which are then compared with `held_out`
            when they are read.
        left_out: Indices of the examples of the first epoch that are excluded because of their
            overlap.
        overlaps: The overlaps of the first epoch with held-out problems, at most one per example.
        held_out: The held-out problems.
        drops_overlap: Whether to leave out examples that overlap.
    """

    read: Callable[[int], Iterable[Example]]
    is_fresh: bool
    left_out: frozenset[int]
    overlaps: Sequence[Overlap]
    held_out: HeldOut
    drops_overlap: bool

    def examples(self, epoch: int = 0) -> Iterator[Example]:
        """Yield the examples to train on in an epoch."""
        if epoch == 0 or not self.is_fresh:
            return (e for number, e in enumerate(self.read(0)) if number not in self.left_out)
        return (e for e in self.read(epoch) if not (self.drops_overlap and self._overlaps(e)))

    def _overlaps(self, example: Example) -> bool:
        return find_overlap(self.held_out, example) is not None


def load_data(config: TrainingConfig) -> Data:
    """Read the training data, and compare it with the held-out problems.

    Raises:
        DataError: If there is no data, a file is corrupt, or examples overlap, or may overlap in
            later epochs, and the config refuses them.
        ConfigError: If a dataset or its split does not exist, or a split that is measured or held
            out has no end.
    """
    _check_splits(config)
    _check_files(config.data)
    read: Callable[[int], Iterable[Example]] = partial(read_examples, config.data)
    if not config.data.streaming:
        examples = list(read(0))
        read = partial(_same_examples, examples)
    is_fresh = config.data.streaming and any(map(is_endless, config.data.problems))
    held_out = load_held_out(config.data, pass_at_1_splits(config))
    if is_fresh and len(held_out) and config.data.overlap == "refuse":
        raise DataError(
            "training.data: each epoch draws new problems, which can be compared with the held-out "
            "ones only then, so the run would end at the first overlap. Exclude overlaps with "
            "--drop-overlap, or keep them with --allow-overlap, which makes test results invalid"
        )
    if is_fresh and not config.data.files:
        # Drawing takes long, and the start reads the first epoch several times.
        read = partial(_kept_first_epoch, list(read(0)), read)
    left_out, overlaps = frozenset[int](), list[Overlap]()
    if len(held_out):
        left_out, overlaps = check_overlap(read(0), config.data, held_out)
    return Data(
        read=read,
        is_fresh=is_fresh,
        left_out=left_out,
        overlaps=overlaps,
        held_out=held_out,
        drops_overlap=config.data.overlap == "drop",
    )


def _check_splits(config: TrainingConfig) -> None:
    for number, problems in enumerate(config.data.problems):
        check_known(problems, f"training.data.problems.{number}")
    for key, splits in (
        ("training.data.validation", config.data.validation),
        ("training.data.held_out", config.data.held_out or []),
    ):
        for number, split in enumerate(splits):
            _check_fixed(split, f"{key}.{number}")
    for split in pass_at_1_splits(config):
        _check_fixed(split, "training.pass_at_1.dataset")


def _check_files(config: DataConfig) -> None:
    for key, names in (("files", config.files), ("validation_files", config.validation_files)):
        for name in names:
            check_file(Path(name).expanduser(), f"training.data.{key}")


def _check_fixed(split: SplitConfig, where: str) -> None:
    check_known(split, where)
    check_fixed(split, f"{where}.split")


def _kept_first_epoch(
    first: Sequence[Example], read: Callable[[int], Iterable[Example]], epoch: int
) -> Iterable[Example]:
    return read(epoch) if epoch else first


def _same_examples(examples: Sequence[Example], _epoch: int) -> Sequence[Example]:
    return examples


def pass_at_1_splits(config: TrainingConfig) -> list[SplitConfig]:
    """Return the splits that Pass@1 is measured on."""
    return [config.pass_at_1.dataset] if config.pass_at_1 else []


def load_rows(
    checkpoint: Checkpoint,
    config: TrainingConfig,
    data: Data,
    *,
    row_length: int,
    is_packed: bool,
    is_main: bool,
) -> tuple[RowStream, list[TokenRow], dict[str, Any]]:
    """Return the training rows, the validation rows, and the content of `data.json`.

    Prints the size of the data, and the number of examples that are left out.

    Args:
        checkpoint: Provides the tokenizer and the prompt format.
        config: Settings of the training.
        data: The training data.
        row_length: Number of tokens per row.
        is_packed: Whether a row may contain several sequences.
        is_main: Whether to print; true in the main process only.

    Raises:
        DataError: If no training example, or no validation example, fits into a row.
    """
    lengths = Lengths()
    is_streamed = config.data.streaming

    def read(epoch: int) -> Iterator[TokenSequence]:
        return encode_all(checkpoint, data.examples(epoch), row_length, Lengths())

    # The first pass counts, so that examples that are too long are reported before the training.
    first_pass = encode_all(checkpoint, data.examples(), row_length, lengths)
    sequences = deque(first_pass, maxlen=0 if is_streamed else None)
    if is_main:
        report_data(data, lengths, row_length, is_packed=is_packed)
        warn_if_not_compared(config)
        warn_if_trained_on(config.data)
    stream = RowStream(
        read if is_streamed else lambda _epoch: sequences,
        row_length,
        is_packed=is_packed,
        seed=config.seed,
        buffer_size=SHUFFLE_BUFFER if is_streamed else None,
    )
    if not lengths.num_sequences:
        raise nothing_fits(row_length)
    validation: list[TokenRow] = []
    validation_lengths = Lengths()
    validation_sequences = _validation_sequences(
        checkpoint, config, row_length, validation_lengths, is_main=is_main
    )
    if validation_sequences:
        validation_stream = RowStream(
            lambda _epoch: validation_sequences, row_length, is_packed=is_packed, seed=0
        )
        validation = list(validation_stream.epoch(0))
    summary = {"validation_sha256": validation_lengths.digest, **stream.summary()}
    return stream, validation, lengths.summary() | summary


def _validation_sequences(
    checkpoint: Checkpoint,
    config: TrainingConfig,
    row_length: int,
    lengths: Lengths,
    *,
    is_main: bool,
) -> list[TokenSequence]:
    """Return the sequences whose loss is the validation loss, counted in `lengths`.

    Raises:
        DataError: If there are examples, but none fits into a row.
    """
    splits, files = config.data.validation, config.data.validation_files
    as_evaluated = config.data.model_copy(update={"untested": 0.0, "stubs": 0.0})
    examples = [e for split in splits for e in problem_examples(split, as_evaluated)]
    examples += [e for named in named_files(files, config.data) for e in read_file(*named)]
    sequences = list(encode_all(checkpoint, examples, row_length, lengths))
    if is_main:
        report_too_long("validation", lengths, row_length)
    if examples and not sequences:
        key = "validation" if splits else "validation_files"
        raise DataError(
            f"training.data.{key}: nothing fits into a row of {row_length} tokens. Raise "
            "training.sequence_length"
        )
    return sequences


def warn_if_not_compared(config: TrainingConfig) -> None:
    """Print a warning if the config has no held-out problems to compare the data with.

    A split without end keeps out its tests by itself.
    """
    problems = config.data.problems
    is_endless_only = problems and not config.data.files and all(map(is_endless, problems))
    if not is_endless_only and not held_out_splits(config.data, pass_at_1_splits(config)):
        note(
            "data: not compared with any held-out problems. Name them under "
            "training.data.held_out, such as [{name: mbpp, split: test}]"
        )


def warn_if_trained_on(config: DataConfig) -> None:
    """Print a warning for each file or split of the validation that is trained on as well."""
    trained = set(map(_place, config.files)) | set(map(_place, config.problems))
    for key, validated in (
        ("validation", config.validation),
        ("validation_files", config.validation_files),
    ):
        for one in validated:
            if _place(one) in trained:
                name = one if isinstance(one, str) else f"{one.name}/{one.split}"
                note(
                    f"training.data.{key}: {name} is trained on too, so the validation loss there "
                    "is a training loss. Name other data, or do not train on it"
                )


def _place(data: str | SplitConfig) -> tuple[str | Path | None, ...]:
    """Return what is the same for two names of the same file or split."""
    if isinstance(data, str):
        return (Path(data).expanduser().resolve(),)
    source = data.source and Path(data.source).expanduser().resolve()
    return data.name, data.split, source


def report_data(data: Data, lengths: Lengths, row_length: int, *, is_packed: bool) -> None:
    """Print the size of the training data, its padding, and what is left out and why."""
    lines = [
        f"data: {lengths.num_sequences:,} sequences, {lengths.num_tokens:,} tokens, "
        f"{lengths.num_labels:,} of them trained on"
    ]
    padding = 0.0 if is_packed else lengths.padding(row_length)
    if padding >= 0.005:
        cure = (
            f" The longest sequence has {lengths.longest} tokens: lower training.sequence_length "
            f"(now {row_length})"
        )
        lines.append(
            f"data: rows are not packed, so {100 * padding:.0f} % of them is padding."
            + (cure if lengths.longest < row_length else "")
        )
    if lengths.num_cut:
        lines.append(
            f"data: {lengths.num_cut} texts are longer than a row of {row_length} tokens and are "
            "split"
        )
    if data.overlaps:
        what = "left out" if data.left_out else "kept"
        lines.append(f"data: {len(data.overlaps)} overlapping with held-out problems, {what}")
    note("\n".join(lines))
    report_too_long("data", lengths, row_length)


def report_too_long(what: str, lengths: Lengths, row_length: int) -> None:
    """Print how many examples are too long for a row, if any, and the first of them."""
    if lengths.too_long:
        names = ", ".join(f"{name} ({length})" for name, length in lengths.too_long[:3])
        note(
            f"{what}: {len(lengths.too_long)} left out, longer than a row of {row_length} tokens: "
            f"{names}{', ...' if len(lengths.too_long) > 3 else ''}"
        )
