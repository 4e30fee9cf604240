"""Converts text to token ids and back, by the rules of a `tokenizer.json`.

Text never becomes special tokens: `<|im_end|>` in a prompt is plain text, and special tokens are
added around it by id. The exceptions are `encode_with_special` and `encode_as_published`. Needs
the library `tokenizers`, which the extra `torch` of hrm-core installs.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cached_property
from itertools import islice
from pathlib import Path
from queue import Full, Queue
from typing import Any

from tokenizers import Regex, decoders, models, normalizers, pre_tokenizers, processors, trainers
from tokenizers import Tokenizer as RawTokenizer

from hrm_core.errors import ConfigError, DataError
from hrm_core.text import without_surrogates

# Words with their leading space, single digits, runs of punctuation, and white space. This is the
# split of GPT-4's tokenizer, except that each digit is separate, as in HRM-Text.
_SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

_BATCH_SIZE = 64


class Tokenizer:
    """A tokenizer of the `tokenizers` library that does not encode text as special tokens."""

    def __init__(self, raw: RawTokenizer) -> None:
        """Wrap a tokenizer.

        Args:
            raw: The tokenizer. Its post-processor is used by `encode_as_published` alone.
                Truncation, padding and dropout, which a `tokenizer.json` may contain, are switched
                off.
        """
        self._raw = raw
        self._raw.encode_special_tokens = True
        self._raw.no_truncation()
        self._raw.no_padding()
        if isinstance(self._raw.model, models.BPE):
            self._raw.model.dropout = None

    @classmethod
    def load(cls, path: Path) -> "Tokenizer":
        """Read a `tokenizer.json`.

        Raises:
            DataError: If the file is missing or not a tokenizer.
        """
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"{path}: cannot be read: {error}") from error
        try:
            return cls(RawTokenizer.from_str(text))
        except Exception as error:
            raise DataError(f"{path}: not a tokenizer.json: {error}") from error

    @classmethod
    def train(
        cls, texts: Iterable[str], *, vocab_size: int, special_tokens: Sequence[str]
    ) -> "Tokenizer":
        """Train a byte-level BPE tokenizer.

        Args:
            texts: Training texts, read one after another, so that they need not fit into memory.
            vocab_size: Largest number of tokens; small texts give fewer.
            special_tokens: Get the ids 0, 1, ... in this order.

        Raises:
            DataError: If there is no text.
            ConfigError: If `vocab_size` is below the number of special tokens and byte values.
        """
        alphabet = pre_tokenizers.ByteLevel.alphabet()
        if vocab_size < len(special_tokens) + len(alphabet):
            raise ConfigError(
                f"model.vocab_size: must be at least {len(special_tokens) + len(alphabet)}, one "
                f"for each special token and each byte, got {vocab_size}"
            )
        raw = RawTokenizer(models.BPE())
        raw.normalizer = normalizers.NFC()
        raw.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Split(Regex(_SPLIT), behavior="isolated"),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
            ]
        )
        raw.decoder = decoders.ByteLevel()
        trainer = trainers.BpeTrainer(
            vocab_size=vocab_size,
            special_tokens=list(special_tokens),
            initial_alphabet=alphabet,
            show_progress=False,
        )
        if not _train(raw, trainer, texts):
            raise DataError(
                "tokenizer: there is no text to train on. Name files under tokenizer.text"
            )
        return cls(raw)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the rules alone: the library's own pickle encodes text as special tokens."""
        return _from_rules, (self._raw.to_str(),)

    def save(self, path: Path, *, marks_prompt: bool = False) -> None:
        """Write a `tokenizer.json`.

        Args:
            path: The file.
            marks_prompt: Whether other tools shall give every token of a text the type 1. By this
                type, transformers knows the prompt of a PrefixLM.
        """
        stored = self._raw
        if marks_prompt:
            stored = RawTokenizer.from_str(self._raw.to_str())
            stored.post_processor = self._marking_processor()
        path.write_text(stored.to_str(pretty=True), encoding="utf-8")

    def _marking_processor(self) -> processors.TemplateProcessing:
        """Return what adds the same special tokens to a text as now, and gives all the type 1."""
        ids, bare = (self._raw.encode("a", add_special_tokens=on).ids for on in (True, False))
        added = [token_id for token_id in ids if token_id not in bare]
        start = ids.index(bare[0]) if bare else 0
        names = [f"{self.token(token_id)}:1" for token_id in added]
        before, after = names[:start], names[start:]
        return processors.TemplateProcessing(
            single=[*before, "$A:1", *after],
            pair=[*before, "$A:1", "$B:1", *after],
            special_tokens=[(self.token(token_id), token_id) for token_id in dict.fromkeys(added)],
        )

    @property
    def vocab_size(self) -> int:
        """Number of token ids, up to the largest; special tokens are included."""
        return 1 + max(self._raw.get_vocab(with_added_tokens=True).values(), default=-1)

    def token_id(self, token: str) -> int | None:
        """Return the id of a token given by its text, or None if it is unknown."""
        token_id: int | None = self._raw.token_to_id(token)
        return token_id

    def token(self, token_id: int) -> str | None:
        """Return the text of a token given by its id, or None if it is unknown."""
        token: str | None = self._raw.id_to_token(token_id)
        return token

    def encode(self, text: str) -> list[int]:
        """Return the ids of a text; special tokens spelled in it are plain text."""
        ids: list[int] = self._raw.encode(without_surrogates(text), add_special_tokens=False).ids
        return ids

    def encode_continuation(self, text: str) -> list[int]:
        """Return the ids of a text that continues another one.

        Some tokenizers put a space before a text, which would be wrong in the middle of one.
        """
        ids: list[int] = self._without_prefix.encode(
            without_surrogates(text), add_special_tokens=False
        ).ids
        return ids

    def encode_with_special(self, text: str) -> list[int]:
        """Return the ids of a text in which special tokens are spelled, as by a chat template."""
        return self._encode_with_special(text, add_special_tokens=False)

    def encode_as_published(self, text: str) -> list[int]:
        """Return the ids of a text with what the tokenizer puts around any text, such as `<bos>`.

        Special tokens spelled in it become special tokens, as in transformers.
        """
        return self._encode_with_special(text, add_special_tokens=True)

    def _encode_with_special(self, text: str, *, add_special_tokens: bool) -> list[int]:
        ids: list[int] = self._with_special.encode(
            without_surrogates(text), add_special_tokens=add_special_tokens
        ).ids
        return ids

    @cached_property
    def _with_special(self) -> RawTokenizer:
        """A second tokenizer that knows special tokens, so that the first never does."""
        raw = RawTokenizer.from_str(self._raw.to_str())
        raw.encode_special_tokens = False
        return raw

    @cached_property
    def _without_prefix(self) -> RawTokenizer:
        """The tokenizer without the rule that puts a space before a text."""
        rules = json.loads(self._raw.to_str())
        for part in ("normalizer", "pre_tokenizer"):
            rules[part] = _drop_prefix(rules[part])
        raw = RawTokenizer.from_str(json.dumps(rules))
        raw.encode_special_tokens = True
        return raw

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of some ids, without special tokens."""
        text: str = self._raw.decode(list(ids), skip_special_tokens=True)
        return text


def _drop_prefix(rule: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return a normalizer or pre-tokenizer of a `tokenizer.json` that puts nothing before a text.

    Source: the names of the rules are those of the library `tokenizers`.
    """
    if rule is None or rule["type"] == "Prepend":
        return None
    if rule["type"] == "Metaspace":
        return {**rule, "prepend_scheme": "never"}
    if rule["type"] == "ByteLevel":
        return {**rule, "add_prefix_space": False}
    for key in ("normalizers", "pretokenizers"):
        if key in rule:
            kept = [_drop_prefix(inner) for inner in rule[key]]
            return {**rule, key: [inner for inner in kept if inner is not None]}
    return rule


def _from_rules(rules: str) -> Tokenizer:
    return Tokenizer(RawTokenizer.from_str(rules))


def _train(raw: RawTokenizer, trainer: trainers.BpeTrainer, texts: Iterable[str]) -> bool:
    """Train a tokenizer, and return whether any text was not empty.

    The texts are read in the thread of the caller: the library would read them in threads that
    Ctrl-C does not reach and that have small stacks.
    """
    clean = map(without_surrogates, texts)
    has_text = False
    batches: Queue[list[str] | None] = Queue(maxsize=1)
    with ThreadPoolExecutor(max_workers=1) as pool:
        training = pool.submit(raw.train_from_iterator, _received(batches), trainer)
        try:
            while batch := list(islice(clean, _BATCH_SIZE)):
                has_text = has_text or any(batch)
                _send(batches, batch, training)
        except BaseException:
            _send(batches, None, training)
            raise
        _send(batches, [], training)
        training.result()
    return has_text


def _send(
    batches: "Queue[list[str] | None]", batch: list[str] | None, training: "Future[None]"
) -> None:
    """Hand a batch to the training; if that has failed, nobody takes it."""
    while not training.done():
        with suppress(Full):
            batches.put(batch, timeout=1.0)
            return


def _received(batches: "Queue[list[str] | None]") -> Iterator[list[str]]:
    """Yield batches up to an empty one; None ends the training with an error."""
    while batch := batches.get():
        yield batch
    if batch is None:
        raise InterruptedError
