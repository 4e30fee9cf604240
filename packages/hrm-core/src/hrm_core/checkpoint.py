"""Checkpoint folders: `config.json`, `model.safetensors`, `tokenizer.json`.

The layout is that of the Hugging Face hub. Weights are saved under their names in the model. Each
architecture converts its config fields from and to their published names, and published tensors to
its own when they are loaded. Optimizer state is not part of a checkpoint.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from hrm_core.chat import (
    CHAT_TEMPLATE_FILE,
    PLAIN_CHAT,
    TEMPLATE_ERRORS,
    TOKENIZER_CONFIG_FILE,
    Chat,
    ChatTemplate,
    read_chat_template,
)
from hrm_core.config import Section, from_mapping
from hrm_core.errors import ConfigError, DataError, UsageError, listing
from hrm_core.files import replacing
from hrm_core.model import LanguageModel, ModelConfig, PromptFormat
from hrm_core.model_folder import (
    CONFIG_FILE,
    find_model_folder,
    read_json,
    read_model_json,
    stack_name,
)
from hrm_core.shared_weights import load_weights, with_shared
from hrm_core.stack import Stack, load_stack
from hrm_core.tokenizer import Tokenizer

WEIGHTS_FILE = "model.safetensors"
TOKENIZER_FILE = "tokenizer.json"
_INDEX_FILE = "model.safetensors.index.json"
_GENERATION_CONFIG_FILE = "generation_config.json"
_OLDER_TOKENIZER_FILES = ("special_tokens_map.json", "added_tokens.json")

_SHARD = re.compile(r"[^/\\]+\.safetensors")
_FLOAT_DTYPES = (torch.float16, torch.bfloat16, torch.float32, torch.float64)


class _StoredPromptFormat(Section):
    begin: list[str]
    end: list[str]


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """A model with its tokenizer and its prompt format.

    Attributes:
        model: In evaluation mode.
        stack: Name of the model's stack.
        tokenizer: The tokenizer; None if the folder has no `tokenizer.json`.
        prompt_format: Special tokens around a prompt.
        chat_template: The chat template of the tokenizer's files, used instead of the prompt
            format; None where `config.json` has a prompt format, as in folders written here.
    """

    model: LanguageModel
    stack: str
    tokenizer: Tokenizer | None
    prompt_format: PromptFormat
    chat_template: ChatTemplate | None = None

    @property
    def config(self) -> ModelConfig:
        """The config of the model."""
        return self.model.config

    @cached_property
    def answer_end_id(self) -> int | None:
        """The token that ends an answer in training data; None if the config has no end token.

        Of several end tokens it is the one that the chat template writes or the stack names, else
        the first that is not the padding.
        """
        ends = self.config.ordered_eos_token_ids
        if self.chat_template is not None and self.tokenizer is not None:
            after = self.tokenizer.encode_with_special(self.chat_template.text_after_answer())
            if after and after[0] in ends:
                return after[0]
        stack = load_stack(self.stack)
        named = stack.token_roles.get("eos_token_id")
        if named is not None and self.tokenizer is not None:
            own = self.tokenizer.token_id(named)
            if own is not None and own in ends:
                return own
        no_padding = [end for end in ends if end != self.config.pad_token_id]
        return next(iter(no_padding or ends), None)

    @property
    def has_chat_format(self) -> bool:
        """Whether prompts are wrapped as messages, which the model answers instead of going on."""
        return self.chat_template is not None or bool(self.prompt_format.end)

    def encode_prompt(self, text: str, chat: Chat = PLAIN_CHAT) -> list[int]:
        """Return the token ids of a prompt, with the chat template or the prompt format around it.

        All of them are the prefix of a PrefixLM. A prompt format removes white space at both ends
        of the text; a chat template may.

        Args:
            text: The prompt.
            chat: What it is given to the model with; see `Chat.check`.

        Raises:
            DataError: If the tokenizer, or a token of the prompt format, is missing.
            UsageError: If the chat template refuses the prompt.
        """
        tokenizer = self.require_tokenizer()
        if chat.template is False:
            return tokenizer.encode_as_published(text + chat.answer_start)
        if self.chat_template is not None:
            try:
                rendered = chat.render(text, self.chat_template.render)
            except TEMPLATE_ERRORS as error:
                raise chat.refusal(self.chat_template.where, error) from error
            return tokenizer.encode_with_special(rendered)
        return [
            *self._special_ids(tokenizer, self.prompt_format.begin),
            *tokenizer.encode(text.strip()),
            *self._special_ids(tokenizer, self.prompt_format.end),
            *(tokenizer.encode_continuation(chat.answer_start) if chat.answer_start else ()),
        ]

    def require_tokenizer(self) -> Tokenizer:
        """Return the tokenizer, or raise `DataError` if the checkpoint has none."""
        if self.tokenizer is None:
            raise DataError(
                f"the checkpoint has no {TOKENIZER_FILE}. Copy it from the training run."
            )
        return self.tokenizer

    @staticmethod
    def _special_ids(tokenizer: Tokenizer, tokens: Iterable[str]) -> list[int]:
        ids = []
        for token in tokens:
            token_id = tokenizer.token_id(token)
            if token_id is None:
                raise DataError(f"{TOKENIZER_FILE}: the prompt format needs the token {token!r}.")
            ids.append(token_id)
        return ids

    def save(self, folder: Path | str, tensors: Mapping[str, Tensor] | None = None) -> None:
        """Write the checkpoint; each file is written whole or not at all.

        Old files that would be read in place of the new ones, or with them, are removed: sharded
        weights, the end tokens of `generation_config.json`, older files of a tokenizer, and the
        tokenizer itself if this checkpoint has none.

        Args:
            folder: Folder of the checkpoint; created if absent.
            tensors: Weights and buffers to write instead of the model's.

        Raises:
            UsageError: If the folder cannot be written.
        """
        folder = Path(folder).expanduser()
        values = {
            **self.config.to_published(),
            "model_type": self.config.architecture,
            "model_stack": self.stack,
            **({} if self.chat_template else {"prompt_format": asdict(self.prompt_format)}),
            "dtype": str(next(self.model.parameters()).dtype).removeprefix("torch."),
        }
        tensors = _unshared(with_shared(self.model, tensors or self.model.state_dict()))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write_json(folder / CONFIG_FILE, values)
            for name in (_GENERATION_CONFIG_FILE, *_OLDER_TOKENIZER_FILES, CHAT_TEMPLATE_FILE):
                (folder / name).unlink(missing_ok=True)
            if self.tokenizer is None:
                (folder / TOKENIZER_FILE).unlink(missing_ok=True)
            else:
                with _replacing(folder / TOKENIZER_FILE) as draft:
                    self.tokenizer.save(draft, marks_prompt=self.model.prefix_lm)
                _write_json(folder / TOKENIZER_CONFIG_FILE, self._tokenizer_config())
            with _replacing(folder / WEIGHTS_FILE) as draft:
                save_file(tensors, draft, metadata={"format": "pt"})
            _remove_shards(folder)
        except (OSError, SafetensorError) as error:
            raise UsageError(f"{folder}: the checkpoint cannot be written: {error}") from error

    def _tokenizer_config(self) -> dict[str, Any]:
        """Return the settings by which other tools load the tokenizer and wrap prompts."""
        tokenizer = self.require_tokenizer()
        named = {
            "pad_token": self.config.pad_token_id,
            "bos_token": self.config.bos_token_id,
            "eos_token": self.answer_end_id,
        }
        inputs = ["input_ids", "attention_mask"]
        if self.model.prefix_lm:
            inputs.append("token_type_ids")
        return {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": self.config.max_position_embeddings,
            "model_input_names": inputs,
            "padding_side": "left",
            "clean_up_tokenization_spaces": False,
            "chat_template": (
                self.chat_template.source
                if self.chat_template
                else _chat_template(self.prompt_format)
            ),
            **{
                key: tokenizer.token(token_id)
                for key, token_id in named.items()
                if token_id is not None
            },
            # The template contains them.
            **(self.chat_template.tokens if self.chat_template else {}),
        }


def _chat_template(prompt_format: PromptFormat) -> str:
    """Return a chat template of transformers for one message; others would be dropped silently."""
    begin, end = "".join(prompt_format.begin), "".join(prompt_format.end)
    return (
        "{% if messages | length != 1 or messages[0]['role'] != 'user'"
        " or messages[0]['content'] is not string %}"
        "{{ raise_exception('this model reads a single message: a text of the role user') }}"
        "{% endif %}"
        f"{begin}{{{{ messages[0]['content'] | trim }}}}{end}"
    )


def _write_json(path: Path, values: Mapping[str, Any]) -> None:
    with _replacing(path) as draft:
        draft.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Write a file whole or not at all, readable by whoever can read its folder."""
    with replacing(path) as draft:
        yield draft
        # Some writers create files that only their owner can read.
        draft.chmod(path.parent.stat().st_mode & 0o666)


def _remove_shards(folder: Path) -> None:
    try:
        shards = _shard_names(folder)
    except DataError:
        # The index is damaged, so the names of its shards are unknown; only the index is removed.
        shards = []
    (folder / _INDEX_FILE).unlink(missing_ok=True)
    for name in shards:
        if name != WEIGHTS_FILE:
            (folder / name).unlink(missing_ok=True)


def new_config(stack_name: str, section: Mapping[str, Any]) -> ModelConfig:
    """Return the config of a model whose tokenizer is still to be trained; see `new_checkpoint`."""
    stack = load_stack(stack_name)
    return stack.parse({**_role_ids(stack, None), **section})


def new_tokenizer(stack_name: str, section: Mapping[str, Any], texts: Iterable[str]) -> Tokenizer:
    """Train a tokenizer for a model with fresh weights; see `new_checkpoint`."""
    stack = load_stack(stack_name)
    size = new_config(stack_name, section).vocab_size
    return Tokenizer.train(texts, vocab_size=size, special_tokens=stack.special_tokens)


def new_checkpoint(
    stack_name: str,
    section: Mapping[str, Any],
    texts: Iterable[str],
    *,
    seed: int = 0,
    tokenizer: Tokenizer | None = None,
) -> Checkpoint:
    """Create a model with fresh weights, and train a tokenizer for it.

    Args:
        stack_name: An installed stack.
        section: The `model` section of a config; see `Stack.parse`.
        texts: Training texts of the tokenizer.
        seed: Seed of the weights.
        tokenizer: An existing tokenizer to use instead.

    Raises:
        ConfigError: If the section is invalid, or its vocabulary too small for the tokenizer.
        DataError: If there is no text, or the tokenizer lacks a special token of the stack.
        HrmError: If the stack cannot be loaded; see `load_stack`.
    """
    stack = load_stack(stack_name)
    roles = _role_ids(stack, tokenizer)
    config = stack.parse({**roles, **section})
    if tokenizer is None:
        tokenizer = new_tokenizer(stack_name, section, texts)
    if tokenizer.vocab_size > config.vocab_size:
        raise ConfigError(
            f"model.vocab_size: must be at least {tokenizer.vocab_size}, the number of tokens of "
            f"the tokenizer, got {config.vocab_size}"
        )
    model = stack.build(config, seed)
    return Checkpoint(
        model=model, stack=stack_name, tokenizer=tokenizer, prompt_format=model.prompt_format
    )


def _role_ids(stack: Stack, tokenizer: Tokenizer | None) -> dict[str, int]:
    """Return the ids of a stack's special tokens by config field, such as `eos_token_id`."""
    if tokenizer is None:
        return {key: stack.special_tokens.index(token) for key, token in stack.token_roles.items()}
    ids = {key: tokenizer.token_id(token) for key, token in stack.token_roles.items()}
    missing = [stack.token_roles[key] for key, token_id in ids.items() if token_id is None]
    if missing:
        raise DataError(
            f"tokenizer: stack {stack.name!r} needs the special tokens {listing(missing)}."
        )
    return {key: token_id for key, token_id in ids.items() if token_id is not None}


def load_config(reference: Path | str) -> tuple[Stack, ModelConfig]:
    """Return the stack and the config of a checkpoint; its weights are not needed.

    For the argument and the errors, see `load_checkpoint`.
    """
    folder = find_model_folder(reference, config_only=True)
    return _read_config(folder, read_model_json(folder))


def load_checkpoint(
    reference: Path | str, device: torch.device | str = "cpu", dtype: torch.dtype | None = None
) -> Checkpoint:
    """Load a checkpoint.

    Args:
        reference: A folder, the name of a shipped model, or a hub id; see `find_model_folder`.
        device: Device of the model.
        dtype: Dtype of the weights. Default: the dtype in which they are stored.

    Raises:
        UsageError: If there is no such model, or no HRM stack reads it.
        DataError: If a file is missing or corrupt, the files do not belong together, or the weights
            have several dtypes and `dtype` is not given.
        PluginNotFoundError: If its stack is not installed.

    Examples:
        >>> checkpoint = load_checkpoint("sapientinc/HRM-Text-1B", device="cuda")
        >>> prompt_1L = torch.tensor([checkpoint.encode_prompt("Hello")], device="cuda")
        >>> lengths_1 = torch.tensor([prompt_1L.shape[1]], device="cuda")
        >>> checkpoint.model(prompt_1L, lengths_1)  # the whole prompt is the prefix of a PrefixLM
    """
    # Only the config at first: a missing stack is reported before the weights are downloaded.
    folder = find_model_folder(reference, config_only=True)
    model_json = read_model_json(folder)
    stack, config = _read_config(folder, model_json)
    folder = find_model_folder(reference)
    chat_template = None if "prompt_format" in model_json else read_chat_template(folder)
    tokenizer = None
    if (folder / TOKENIZER_FILE).exists():
        tokenizer = Tokenizer.load(folder / TOKENIZER_FILE)
        _check_vocabulary(folder, tokenizer, config)
    config = _with_generation_ends(folder, config)
    if tokenizer is not None and chat_template is not None:
        config = _with_tokenizer_end(tokenizer, chat_template, config)
    model_type = stack.model_type(config.architecture)
    with torch.device("meta"):
        model = model_type(config)
    tensors = model_type.from_published(_read_tensors(folder))
    _check_tensors(folder, expected=model.state_dict(), tensors=tensors)
    load_weights(model, tensors)
    if dtype is None:
        _check_one_dtype(folder, model)
    return Checkpoint(
        model=model.to(device=device, dtype=dtype).eval(),
        stack=stack.name,
        tokenizer=tokenizer,
        prompt_format=_prompt_format(folder, model_json, model_type.prompt_format),
        chat_template=chat_template,
    )


def _read_config(folder: Path, model_json: Mapping[str, Any]) -> tuple[Stack, ModelConfig]:
    name = stack_name(model_json)
    if name is None:
        raise UsageError(
            f"{folder / CONFIG_FILE}: model_type: no HRM stack reads {model_json['model_type']!r}. "
            "Run it with the transformers engine instead"
        )
    stack = load_stack(name)
    try:
        model_type = stack.model_type(model_json["model_type"])
        return stack, model_type.config_type.from_published(model_json)
    except ConfigError as error:
        raise DataError(f"{folder / CONFIG_FILE}: {error}") from error


def _with_generation_ends(folder: Path, config: ModelConfig) -> ModelConfig:
    """Return the config with the end tokens that only `generation_config.json` names."""
    path = folder / _GENERATION_CONFIG_FILE
    if not path.exists():
        return config
    values = read_json(path)
    named = values.get("eos_token_id") if isinstance(values, dict) else None
    ids = named if isinstance(named, list) else [] if named is None else [named]
    if not all(type(token) is int and 0 <= token < config.vocab_size for token in ids):
        raise DataError(
            f"{path}: eos_token_id: expected ids from 0 to {config.vocab_size - 1}, got {named!r}. "
            f"Fix it, or delete the file to use {CONFIG_FILE} alone"
        )
    return _with_ends(config, ids)


def _with_tokenizer_end(
    tokenizer: Tokenizer, chat_template: ChatTemplate, config: ModelConfig
) -> ModelConfig:
    """Return the config with the end token that only the tokenizer's files name."""
    named = chat_template.tokens.get("eos_token")
    token = tokenizer.token_id(named) if named is not None else None
    return config if token is None else _with_ends(config, [token])


def _with_ends(config: ModelConfig, ids: Iterable[int]) -> ModelConfig:
    """Return the config with these end tokens, too."""
    known = config.ordered_eos_token_ids
    extra = [token for token in dict.fromkeys(ids) if token not in known]
    if not extra:
        return config
    ends: int | list[int] = [*known, *extra] if len(known) + len(extra) > 1 else extra[0]
    return config.model_copy(update={"eos_token_id": ends})


def _read_tensors(folder: Path) -> dict[str, Tensor]:
    tensors: dict[str, Tensor] = {}
    # One file goes before an index of shards, as in transformers: the shards may be older.
    names = [] if (folder / WEIGHTS_FILE).exists() else _shard_names(folder)
    for name in names or [WEIGHTS_FILE]:
        path = folder / name
        try:
            tensors |= load_file(path)
        except FileNotFoundError as error:
            raise DataError(
                f"{path}: missing, so the checkpoint is incomplete. Copy the folder again."
            ) from error
        except (SafetensorError, OSError) as error:
            raise DataError(
                f"{path}: corrupt: {error}. Copy or download the file again."
            ) from error
    return tensors


def _unshared(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return tensors as the file format wants them: contiguous, and none in the memory of another.

    Shared weights are written once for each of their names.
    """
    written: dict[str, Tensor] = {}
    places = set()
    for name, tensor in tensors.items():
        place = tensor.untyped_storage().data_ptr()
        is_copied = place in places
        written[name] = tensor.contiguous().clone() if is_copied else tensor.contiguous()
        places.add(place)
    return written


def _shard_names(folder: Path) -> list[str]:
    """Return the file names of sharded weights; empty if the weights are one file."""
    path = folder / _INDEX_FILE
    if not path.exists():
        return []
    index = read_json(path)
    weight_map = index.get("weight_map") if isinstance(index, dict) else None
    names = list(weight_map.values()) if isinstance(weight_map, dict) else []
    if not names or not all(isinstance(name, str) and _SHARD.fullmatch(name) for name in names):
        raise DataError(
            f"{path}: weight_map: expected the names of .safetensors files in this folder."
        )
    return sorted(set(names))


def _check_tensors(
    folder: Path, *, expected: Mapping[str, Tensor], tensors: Mapping[str, Tensor]
) -> None:
    missing = sorted(expected.keys() - tensors.keys())
    extra = sorted(tensors.keys() - expected.keys())
    for names, problem in ((missing, "lacks"), (extra, "has unexpected tensors:")):
        if names:
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            raise DataError(
                f"{folder / WEIGHTS_FILE}: {problem} {', '.join(names[:3])}{more}. The weights "
                f"and {CONFIG_FILE} belong to different models; copy both files again."
            )
    for name, tensor in tensors.items():
        if tensor.shape != expected[name].shape:
            raise DataError(
                f"{folder / WEIGHTS_FILE}: {name}: expected shape {tuple(expected[name].shape)} "
                f"by {CONFIG_FILE}, got {tuple(tensor.shape)}. The two belong to different models; "
                "copy both files again."
            )
        wanted = expected[name].dtype
        if tensor.dtype not in (_FLOAT_DTYPES if wanted.is_floating_point else (wanted,)):
            raise DataError(
                f"{folder / WEIGHTS_FILE}: {name}: {tensor.dtype} cannot be read. Store it as "
                f"{wanted}."
            )


def _check_one_dtype(folder: Path, model: LanguageModel) -> None:
    dtypes = {str(parameter.dtype) for parameter in model.parameters()}
    if len(dtypes) > 1:
        raise DataError(
            f"{folder / WEIGHTS_FILE}: weights of several dtypes ({listing(dtypes)}). Choose one: "
            "load_checkpoint(..., dtype=torch.float32)"
        )


def _check_vocabulary(folder: Path, tokenizer: Tokenizer, config: ModelConfig) -> None:
    if tokenizer.vocab_size > config.vocab_size:
        raise DataError(
            f"{folder / TOKENIZER_FILE}: {tokenizer.vocab_size} tokens, but the model's vocab_size "
            f"is {config.vocab_size}. This is not the tokenizer that the model was trained with; "
            "copy both again."
        )


def _prompt_format(
    folder: Path, model_json: Mapping[str, Any], default: PromptFormat
) -> PromptFormat:
    values = model_json.get("prompt_format")
    if values is None:
        return default
    try:
        stored = from_mapping(_StoredPromptFormat, values, where="prompt_format")
    except ConfigError as error:
        raise DataError(f"{folder / CONFIG_FILE}: {error}") from error
    return PromptFormat(tuple(stored.begin), tuple(stored.end))
