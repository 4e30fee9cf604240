"""The engine `transformers`, for any causal language model that the library transformers loads.

A model is a folder, a GGUF file or a hub id. Prompts are wrapped in the chat template of the
tokenizer, if it has one.

Not covered: encoder-decoder models, and models whose state is not a key/value cache. Text in a
prompt that spells a special token becomes that token, because the prompt and the chat template are
tokenized as one text. So use it with trusted problems only.

Shapes: B batch, T tokens, V vocabulary.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrm_core.errors import DataError, UsageError
from hrm_core.generation import Generator
from hrm_core.model_folder import find_model_folder, read_model_json
from hrm_core.plugins import require_module
from hrm_eval.engines import EngineOptions
from hrm_eval.engines.devices import resolve_device, resolve_dtype
from hrm_eval.engines.fingerprint import fingerprint_weights

if TYPE_CHECKING:
    import torch

_EXTRA = "hrm-eval[transformers]"


class _PaddedCache:
    """A key/value cache of transformers with the mask of its left-padded rows."""

    def __init__(self, past: Any = None, mask_BT: "torch.Tensor | None" = None) -> None:
        self.past = past
        self.mask_BT = mask_BT

    def keep(self, rows: Sequence[int]) -> None:
        """Keep these rows, in this order."""
        if self.past is not None and self.mask_BT is not None:
            self.past.batch_select_indices(self.mask_BT.new_tensor(list(rows)))
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
        self._takes_positions = "position_ids" in inspect.signature(model.forward).parameters

    def rows_that_fit(self, capacity: int) -> int:
        """Return how many rows of keys and values fit into memory, estimated from the config."""
        from hrm_core.memory import rows_that_fit

        config = self._model.config.get_text_config()
        heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
        width = getattr(config, "head_dim", None) or (
            config.hidden_size // config.num_attention_heads
        )
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

        positions = {}
        if self._takes_positions:
            all_positions_BT = (mask_BT.cumsum(dim=1) - 1).clamp_(min=0)
            positions["position_ids"] = all_positions_BT[:, -tokens_BT.shape[1] :]
        with torch.inference_mode():
            output = self._model(
                input_ids=tokens_BT,
                attention_mask=mask_BT,
                past_key_values=past,
                use_cache=True,
                logits_to_keep=1,
                **positions,
            )
        return output.logits[:, -1], _PaddedCache(output.past_key_values, mask_BT)


class ChatText:
    """Adapts a tokenizer of transformers to the decoding loop.

    Args:
        tokenizer: If it has a chat template, each prompt becomes the message of a user.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer

    def encode_prompt(self, text: str) -> list[int]:
        """Return the token ids of a prompt, wrapped in the chat template if there is one."""
        text = text.encode("utf-8", "replace").decode("utf-8")
        if self._tokenizer.chat_template is None:
            plain: list[int] = self._tokenizer(text)["input_ids"]
            return plain
        wrapped: list[int] = self._tokenizer.apply_chat_template(
            [{"role": "user", "content": text}], add_generation_prompt=True, return_dict=False
        )
        return wrapped

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of token ids, without special tokens."""
        text: str = self._tokenizer.decode(list(ids), skip_special_tokens=True)
        return text


def _load(path: Path, dtype: "torch.dtype") -> tuple[Any, Any]:
    import transformers

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    where = {"pretrained_model_name_or_path": str(path)}
    if path.suffix == ".gguf":
        require_module("gguf", needed_by=f"model {str(path)!r}", install=_EXTRA)
        where = {"pretrained_model_name_or_path": str(path.parent), "gguf_file": path.name}
    else:
        _refuse_prefix_lm(path)
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(**where)
        model = transformers.AutoModelForCausalLM.from_pretrained(**where, dtype=dtype)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        raise DataError(f"{path}: transformers cannot load it: {error}") from error
    return model, tokenizer


def _refuse_prefix_lm(folder: Path) -> None:
    """Refuse a PrefixLM, whose prompt needs bidirectional attention; this engine is causal."""
    if read_model_json(folder).get("prefix_lm"):
        raise UsageError(
            f"{folder}: the transformers engine would run this PrefixLM causally and score it "
            f"wrongly. Leave the engine out: --model {folder}"
        )


def _eos_token_ids(model: Any, tokenizer: Any) -> frozenset[int]:
    named = model.generation_config.eos_token_id
    ids = named if isinstance(named, list) else [named]
    return frozenset(i for i in [*ids, tokenizer.eos_token_id] if i is not None)


def _context_length(model: Any, tokenizer: Any) -> int:
    config = model.config.get_text_config()
    return int(getattr(config, "max_position_embeddings", None) or tokenizer.model_max_length)


def open_transformers(reference: str, options: EngineOptions) -> Generator:
    """Open a folder, a GGUF file or a hub id.

    Raises:
        PluginNotFoundError: If transformers, or gguf for a GGUF file, is not installed.
        UsageError: If the model is unknown or a PrefixLM, or if `options.compile` is set.
        DataError: If transformers cannot load it.
    """
    if not sys.stderr.isatty():
        # tqdm reads this when it is imported, which torch does.
        os.environ.setdefault("TQDM_DISABLE", "1")
    for module in ("torch", "transformers"):
        require_module(module, needed_by="engine 'transformers'", install=_EXTRA)
    from hrm_core.decoding import Decoder

    if options.compile:
        raise UsageError(
            "engine.compile: the transformers engine cannot compile a model. Leave the key out"
        )
    device = resolve_device(options.device)
    dtype = resolve_dtype(options.dtype, device)
    path = Path(reference).expanduser()
    if path.suffix != ".gguf":
        path = find_model_folder(reference)
    model, tokenizer = _load(path, dtype)
    model = model.to(device).eval()
    text = ChatText(tokenizer)
    return Decoder(
        model=TransformersModel(model),
        encode_prompt=text.encode_prompt,
        decode_tokens=text.decode,
        eos_token_ids=_eos_token_ids(model, tokenizer),
        context_length=_context_length(model, tokenizer),
        batch_size=options.batch_size,
        description={
            "name": reference,
            "stack": "transformers",
            "architecture": type(model).__name__,
            "device": device.type,
            "dtype": str(dtype).removeprefix("torch."),
            "weights": fingerprint_weights(path),
        },
    )
