"""The engine `transformers`, for any causal language model that the library transformers loads.

A model is a folder, a GGUF file or a hub id. Prompts are wrapped in the chat template of the
tokenizer, if it has one.

Not covered: encoder-decoder models, and models whose state is not a cache of transformers, such as
RWKV. Text in a prompt that spells a special token becomes that token, because the prompt and the
chat template are tokenized as one text. So use it with trusted problems only.

Shapes: B batch, T tokens, V vocabulary.
"""

import os
import re
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrm_core.chat import CODE, PLAIN_CHAT, TEMPLATE_ERRORS, Chat, ChatTemplate
from hrm_core.cpus import keep_to_quota
from hrm_core.errors import DataError, UsageError
from hrm_core.generation import Generator
from hrm_core.model_folder import find_model_folder, read_model_json
from hrm_core.plugins import require_module
from hrm_core.text import without_surrogates
from hrm_eval.engines import EngineOptions, is_gguf
from hrm_eval.engines.devices import resolve_device, resolve_dtype
from hrm_eval.engines.fingerprint import fingerprint_tensors, fingerprint_weights
from hrm_eval.engines.gguf_header import read_values

if TYPE_CHECKING:
    import torch

_EXTRA = "hrm-eval[transformers]"

# Names under which a model takes and returns its cache, which state-space models call otherwise.
_CACHE_NAMES = ("past_key_values", "cache_params")

# Metadata of a GGUF file that name tokens which end an answer: of the text, the turn, the message.
_GGUF_STOPS = tuple(f"tokenizer.ggml.{name}_token_id" for name in ("eos", "eot", "eom"))
# What transformers says about a GGUF file that it cannot read, although nothing is wrong with it.
_UNSUPPORTED = re.compile(r"not (?:\w+ )?(?:supported|implemented)|Unknown gguf model_type")


class _PaddedCache:
    """A cache of transformers with the mask of its left-padded rows."""

    def __init__(self, past: Any = None, mask_BT: "torch.Tensor | None" = None) -> None:
        self.past = past
        self.mask_BT = mask_BT

    def keep(self, rows: Sequence[int]) -> None:
        """Keep these rows, in this order."""
        if self.past is not None and self.mask_BT is not None:
            # Layers of state-space models have no `batch_select_indices`.
            self.past.reorder_cache(self.mask_BT.new_tensor(list(rows)))
            self.mask_BT = self.mask_BT[list(rows)]

    def extend(self, other: "_PaddedCache", rows: Sequence[int]) -> None:
        """Move these rows of another cache, which must not be used afterwards, into this one.

        Raises:
            ValueError: If this cache has rows; transformers pads all rows to one length.
        """
        if self.mask_BT is not None and len(self.mask_BT):
            raise ValueError("rows cannot be added to a batch of transformers")
        self.past, self.mask_BT = other.past, other.mask_BT
        self.keep(rows)


class TransformersModel:
    """Adapts a model of transformers to the decoding loop.

    Args:
        model: A causal language model in evaluation mode, on its device.
    """

    can_refill = False

    def __init__(self, model: Any) -> None:
        import inspect

        self._model = model
        parameters = inspect.signature(model.forward).parameters
        self._takes_positions = "position_ids" in parameters
        self._cache_name = next((name for name in _CACHE_NAMES if name in parameters), None)

    def check(self, reference: str) -> None:
        """Check that the model can read padded rows, drop one, and continue.

        Raises:
            UsageError: If its state is not a cache that transformers can select rows of.
        """
        import torch

        reason = "it takes no cache"
        if self._cache_name is not None:
            try:
                _, cache = self.prefill([[0, 0], [0]])
                cache.keep([1])
                self.step(torch.tensor([0]), cache)
                return
            except (AttributeError, TypeError, ValueError) as error:
                reason = str(error).partition("\n")[0]
        raise UsageError(
            f"{reference}: the transformers engine cannot run a {type(self._model).__name__}: "
            f"{reason}. Choose a model with attention, or a state-space model such as Mamba"
        )

    def rows_that_fit(self, capacity: int) -> int:
        """Return how many rows of keys and values fit into memory, estimated from the config.

        Models without attention get as many rows as if every layer had keys and values.
        """
        from hrm_core.memory import rows_that_fit

        config = self._model.config.get_text_config()
        query_heads = getattr(config, "num_attention_heads", None) or 1
        heads = getattr(config, "num_key_value_heads", None) or query_heads
        width = getattr(config, "head_dim", None) or config.hidden_size // query_heads
        per_token = 2 * config.num_hidden_layers * heads * width * self._model.dtype.itemsize
        return rows_that_fit(per_token * capacity, self._model.device)

    def new_batch(self, batch: int, capacity: int) -> _PaddedCache:
        """Return an empty cache; it grows as rows are added, so nothing is allocated yet."""
        del batch, capacity
        return _PaddedCache()

    def prefill(self, prompts: Sequence[Sequence[int]]) -> "tuple[torch.Tensor, _PaddedCache]":
        """Read the prompts, padded on the left as transformers expects.

        Returns:
            Logits of the next token, of shape (batch, vocabulary), and the cache.
        """
        import torch

        width = max(len(prompt) for prompt in prompts)
        tokens = [[0] * (width - len(prompt)) + list(prompt) for prompt in prompts]
        mask = [[0] * (width - len(prompt)) + [1] * len(prompt) for prompt in prompts]
        tokens_BT = torch.tensor(tokens, device=self._model.device)
        mask_BT = torch.tensor(mask, device=self._model.device)
        return self._forward(tokens_BT, mask_BT, past=None)

    def step(self, tokens_B: "torch.Tensor", cache: _PaddedCache) -> "torch.Tensor":
        """Read one more token in each row and return the logits of the next one."""
        import torch

        assert cache.mask_BT is not None, "a step needs rows"
        mask_BT = torch.cat((cache.mask_BT, cache.mask_BT.new_ones(len(tokens_B), 1)), dim=1)
        tokens_B1 = tokens_B.to(self._model.device)[:, None]
        logits_BV, grown = self._forward(tokens_B1, mask_BT, past=cache.past)
        cache.past, cache.mask_BT = grown.past, mask_BT
        return logits_BV

    def _forward(
        self, tokens_BT: "torch.Tensor", mask_BT: "torch.Tensor", past: Any
    ) -> "tuple[torch.Tensor, _PaddedCache]":
        import torch

        assert self._cache_name is not None, "the model has been checked"
        inputs = {self._cache_name: past}
        if self._takes_positions:
            all_positions_BT = (mask_BT.cumsum(dim=1) - 1).clamp_(min=0)
            inputs["position_ids"] = all_positions_BT[:, -tokens_BT.shape[1] :]
        if past is None or self._cache_name == "past_key_values":
            # A state-space model needs the mask for the padding of prompts alone.
            inputs["attention_mask"] = mask_BT
        with torch.inference_mode():
            output = self._model(input_ids=tokens_BT, use_cache=True, logits_to_keep=1, **inputs)
        return output.logits[:, -1], _PaddedCache(getattr(output, self._cache_name), mask_BT)


class ChatText:
    """Adapts a tokenizer of transformers to the decoding loop.

    Args:
        tokenizer: If it has a chat template, each prompt becomes the message of a user.
        reference: Name of the model in messages.
        chat: The chat around each prompt.
    """

    def __init__(self, tokenizer: Any, reference: str, chat: Chat = PLAIN_CHAT) -> None:
        self.tokenizer, self.reference, self._chat = tokenizer, reference, chat
        rules: Any = getattr(tokenizer, "backend_tokenizer", None)
        if rules is not None and getattr(rules.model, "dropout", None) is not None:
            rules.model.dropout = None

    @property
    def is_chat(self) -> bool:
        """Whether prompts are wrapped in a chat template."""
        return self._chat.template is not False and self.tokenizer.chat_template is not None

    def check(self) -> None:
        """Check that the tokenizer knows code, and that its chat template shows the prompt.

        Without its files, transformers may make a tokenizer that has no vocabulary. A template for
        pictures may show nothing of a message that is text.

        Raises:
            DataError: If it knows no letter of a piece of code.
            UsageError: If the chat template refuses a prompt, leaves it out or does not know what
                the chat gives it.
        """
        ids = self.tokenizer(CODE, add_special_tokens=False)["input_ids"]
        known = self.decode([token for token in ids if token != self.tokenizer.unk_token_id])
        if not any(character.isalnum() for character in known):
            raise _no_tokenizer(self.reference, "it knows no letter of a piece of code")
        template = None
        if self.tokenizer.chat_template is not None:
            source, tokens = self.tokenizer.get_chat_template(), self.tokenizer.special_tokens_map
            template = ChatTemplate(source, tokens, self.reference)
        self._chat.check(self.reference, template, has_format=False)
        if self.is_chat:
            self._chat.check_prompts(self.encode_prompt, self.reference)

    def encode_prompt(self, text: str) -> list[int]:
        """Return the token ids of a prompt, wrapped in the chat template if there is one.

        Raises:
            UsageError: If the chat template refuses the prompt.
        """
        text = without_surrogates(text)
        if not self.is_chat:
            return self._encode(text + self._chat.answer_start, add_special_tokens=True)
        render = partial(self.tokenizer.apply_chat_template, tokenize=False)
        try:
            rendered = self._chat.render(text, render)
        except TEMPLATE_ERRORS as error:
            raise self._chat.refusal(self.reference, error) from error
        return self._encode(rendered, add_special_tokens=False)

    def end_of_answer(self) -> frozenset[int]:
        """Return the special token that the chat template writes after an answer, if it does."""
        if not self.is_chat:
            return frozenset()
        roles = ("user", "assistant")
        messages = [{"role": role, "content": f"the {role}'s words"} for role in roles]
        try:
            dialogue: str = self.tokenizer.apply_chat_template(messages, tokenize=False)
        except TEMPLATE_ERRORS:
            # We give it single messages, which need no more than the other tokens.
            return frozenset()
        _, has_answer, end = dialogue.rpartition(messages[-1]["content"])
        ids = self.tokenizer(end, add_special_tokens=False)["input_ids"] if has_answer else []
        added = self.tokenizer.added_tokens_decoder.items()
        return frozenset(ids[:1]) & {token for token, text in added if text.special}

    def _encode(self, text: str, *, add_special_tokens: bool) -> list[int]:
        ids: list[int] = self.tokenizer(text, add_special_tokens=add_special_tokens)["input_ids"]
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of token ids, without special tokens."""
        # The clean-up removes spaces before punctuation, which changes code.
        text: str = self.tokenizer.decode(
            list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return text


def _load(path: Path, dtype: "torch.dtype") -> tuple[Any, Any]:
    import transformers

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    where = {"pretrained_model_name_or_path": str(path)}
    if is_gguf(path.name):
        require_module("gguf", needed_by=f"model {str(path)!r}", install=_EXTRA)
        where = {"pretrained_model_name_or_path": str(path.parent), "gguf_file": path.name}
    from safetensors import SafetensorError

    _refuse_prefix_lm(path)
    try:
        model = transformers.AutoModelForCausalLM.from_pretrained(**where, dtype=dtype)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError, SafetensorError) as error:
        if is_gguf(path.name) and _UNSUPPORTED.search(str(error)):
            raise UsageError(
                f"{path}: transformers cannot read this kind of GGUF file: {error} Serve it with "
                f"llama.cpp, llama-server -m {path} --port 8080, and name the server: --model "
                f"openai:{path.stem}@http://localhost:8080/v1"
            ) from error
        raise DataError(f"{path}: transformers cannot load it: {error}") from error
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(**where)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        raise _no_tokenizer(str(path), str(error).partition("\n")[0]) from error
    return model, tokenizer


def _no_tokenizer(where: str, reason: str) -> DataError:
    return DataError(
        f"{where}: there is no tokenizer that transformers can use: {reason}. Copy the tokenizer "
        "files of the model, such as tokenizer.json, into its folder"
    )


def _refuse_prefix_lm(path: Path) -> None:
    """Refuse a PrefixLM, whose prompt needs bidirectional attention; this engine is causal."""
    if is_gguf(path.name):
        is_prefix_lm = _is_prefix_lm_gguf(path)
        cure = "Run the folder with its safetensors files: --model FOLDER"
    else:
        is_prefix_lm = bool(read_model_json(path).get("prefix_lm"))
        cure = f"Leave the engine out: --model {path}"
    if is_prefix_lm:
        raise UsageError(
            f"{path}: the transformers engine would run this PrefixLM causally and score it "
            f"wrongly. {cure}"
        )


def _is_prefix_lm_gguf(path: Path) -> bool:
    """Return whether a GGUF file has an HRM-Text, or attention that is not causal."""
    key = "general.architecture"
    architecture = str(read_values(path, (key,)).get(key, ""))
    key = f"{architecture}.attention.causal"
    is_causal = bool(read_values(path, (key,)).get(key, True))
    return not is_causal or re.sub(r"[-_]", "", architecture) == "hrmtext"


def _eos_token_ids(model: Any, tokenizer: Any) -> frozenset[int]:
    """Return the end tokens that any of the configs or the tokenizer names."""
    sources = (model.generation_config, model.config, model.config.get_text_config(), tokenizer)
    ids: set[int] = set()
    for source in sources:
        named = getattr(source, "eos_token_id", None)
        ids.update(named if isinstance(named, list) else [] if named is None else [named])
    return frozenset(ids)


def _gguf_stop_tokens(path: Path, text: ChatText) -> frozenset[int]:
    """Return the tokens that end an answer by the metadata of a GGUF file.

    transformers reads the end of the text alone. Files of chat models may name the end of a turn
    besides it, or only use it in their chat template.
    """
    named = read_values(path, _GGUF_STOPS).values()
    return frozenset(int(token) for token in named) | text.end_of_answer()


def _context_length(model: Any, tokenizer: Any) -> int:
    config = model.config.get_text_config()
    return int(getattr(config, "max_position_embeddings", None) or tokenizer.model_max_length)


def open_transformers(reference: str, options: EngineOptions) -> Generator:
    """Open a folder, a GGUF file or a hub id.

    Raises:
        PluginNotFoundError: If transformers, or gguf for a GGUF file, is not installed.
        UsageError: If the model is unknown, a PrefixLM, or of a kind that this engine cannot read
            or run, or if `options.compile` is set.
        DataError: If transformers cannot load it, or it has no tokenizer.
    """
    if not sys.stderr.isatty():
        # tqdm reads this when it is imported, which torch does.
        os.environ.setdefault("TQDM_DISABLE", "1")
    for module in ("torch", "transformers"):
        require_module(module, needed_by="engine 'transformers'", install=_EXTRA)
    if options.compile:
        raise UsageError(
            "engine.compile: the transformers engine cannot compile a model. Leave the key out"
        )
    keep_to_quota()
    device = resolve_device(options.device)
    dtype = resolve_dtype(options.dtype, device)
    path = Path(reference).expanduser()
    if not is_gguf(path.name):
        path = find_model_folder(reference)
    model, tokenizer = _load(path, dtype)
    text = ChatText(tokenizer, reference, options.chat)
    eos_token_ids = _eos_token_ids(model, tokenizer)
    if is_gguf(path.name):
        eos_token_ids |= _gguf_stop_tokens(path, text)
    return _make_decoder(
        model.to(device).eval(),
        text,
        batch_size=options.batch_size,
        eos_token_ids=eos_token_ids,
        weights=fingerprint_weights(path),
    )


def make_generator(
    model: Any,
    tokenizer: Any,
    *,
    name: str = "",
    batch_size: int | None = None,
    chat: Chat = PLAIN_CHAT,
) -> Generator:
    """Adapt a causal language model of transformers that is in memory, such as one in training.

    Args:
        model: In evaluation mode, on its device.
        tokenizer: Its tokenizer.
        name: Name of the model in reports; its `name_or_path`, or else its class if empty.
        batch_size: Number of answers generated at a time; as many as fit if None.
        chat: The chat around each prompt.

    Raises:
        UsageError: If the model is in training mode, is of a kind that this engine cannot run, or
            its chat template refuses a prompt.
        DataError: If the tokenizer has no vocabulary.

    Examples:
        >>> generator = make_generator(model.eval(), tokenizer, name="step 100")
        >>> hrm_eval.evaluate(generator, "mbpp", limit=25).pass_at_k
        {1: 0.44}
    """
    name = name or model.name_or_path or type(model).__name__
    if model.training:
        raise UsageError(
            f"{name}: the model is in training mode, in which it drops values. Call model.eval()"
        )
    return _make_decoder(
        model,
        ChatText(tokenizer, name, chat),
        batch_size=batch_size,
        eos_token_ids=_eos_token_ids(model, tokenizer),
        weights=fingerprint_tensors(model.state_dict()),
    )


def _make_decoder(
    model: Any,
    text: ChatText,
    *,
    batch_size: int | None,
    eos_token_ids: frozenset[int],
    weights: str,
) -> Generator:
    from hrm_core.decoding import Decoder

    text.check()
    adapted = TransformersModel(model)
    adapted.check(text.reference)
    return Decoder(
        model=adapted,
        encode_prompt=text.encode_prompt,
        decode_tokens=text.decode,
        eos_token_ids=eos_token_ids,
        context_length=_context_length(model, text.tokenizer),
        batch_size=batch_size,
        is_chat=text.is_chat,
        description={
            "name": text.reference,
            "stack": "transformers",
            "architecture": type(model).__name__,
            "device": model.device.type,
            "dtype": str(model.dtype).removeprefix("torch."),
            "weights": weights,
        },
    )
