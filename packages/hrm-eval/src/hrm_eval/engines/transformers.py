"""The engine `transformers`: any causal language model that transformers loads.

A folder, a GGUF file or a hub id. Prompts go through the tokenizer's chat template, if it has one.

Not covered: encoder-decoder models, and models whose state is not a key/value cache. Special tokens
spelt out in a prompt are read as such, since a chat template is text; ask trusted problems only.

Shapes: B batch, T tokens, R selected rows, V vocabulary.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from hrm_core.errors import DataError, UsageError
from hrm_core.generation import Generator
from hrm_core.model_folder import find_model_folder, read_model_json
from hrm_core.plugins import require_module
from hrm_eval.engines import EngineOptions
from hrm_eval.engines.devices import resolve_batch_size, resolve_device, resolve_dtype
from hrm_eval.engines.weights import fingerprint_weights

if TYPE_CHECKING:
    import torch

    from hrm_core.model import Cache

_EXTRA = "hrm-eval[transformers]"


class _PaddedCache:
    """A cache of transformers together with the mask of its left-padded rows."""

    def __init__(self, past: Any, mask_BT: "torch.Tensor") -> None:
        self.past = past
        self.mask_BT = mask_BT

    @property
    def capacity(self) -> int:
        """It grows, so what it holds now is no limit; the loop bounds the length."""
        return self.mask_BT.shape[1]

    def select(self, rows_R: "torch.Tensor") -> "_PaddedCache":
        """Return a cache with these rows; the old one must not be used any more."""
        self.past.batch_select_indices(rows_R)
        return _PaddedCache(self.past, self.mask_BT[rows_R])


class TransformersModel:
    """A model of transformers as the decoding loop sees it."""

    def __init__(self, model: Any) -> None:
        """Wrap a model.

        Args:
            model: In evaluation mode, on the device where it shall run.
        """
        import inspect

        self._model = model
        self._takes_positions = "position_ids" in inspect.signature(model.forward).parameters

    def prefill(
        self, prompts: Sequence[Sequence[int]], capacity: int
    ) -> "tuple[torch.Tensor, Cache]":
        """Read the prompts, padded on the left as transformers expects it."""
        import torch

        del capacity
        width = max(len(prompt) for prompt in prompts)
        tokens = [[0] * (width - len(prompt)) + list(prompt) for prompt in prompts]
        mask = [[0] * (width - len(prompt)) + [1] * len(prompt) for prompt in prompts]
        tokens_BT = torch.tensor(tokens, device=self._model.device)
        mask_BT = torch.tensor(mask, device=self._model.device)
        return self._forward(tokens_BT, mask_BT, past=None)

    def step(self, tokens_B: "torch.Tensor", cache: "Cache") -> "torch.Tensor":
        """Read one more token in each row."""
        import torch

        held = cast("_PaddedCache", cache)
        mask_BT = torch.cat((held.mask_BT, held.mask_BT.new_ones(len(tokens_B), 1)), dim=1)
        logits_BV, grown = self._forward(tokens_B[:, None], mask_BT, past=held.past)
        held.past, held.mask_BT = grown.past, mask_BT
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
    """A tokenizer of transformers as the decoding loop sees it."""

    def __init__(self, tokenizer: Any) -> None:
        """Wrap a tokenizer.

        Args:
            tokenizer: If it has a chat template, a prompt is what the user says in a chat.
        """
        self._tokenizer = tokenizer

    def encode_prompt(self, text: str) -> list[int]:
        """Return the ids of a prompt, wrapped as the model was trained to see it."""
        text = text.encode("utf-8", "replace").decode("utf-8")
        if self._tokenizer.chat_template is None:
            plain: list[int] = self._tokenizer(text)["input_ids"]
            return plain
        wrapped: list[int] = self._tokenizer.apply_chat_template(
            [{"role": "user", "content": text}], add_generation_prompt=True, return_dict=False
        )
        return wrapped

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of some ids, without special tokens."""
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
        message = f"{path}: transformers cannot load it: {error}"
        raise DataError(message) from error
    return model, tokenizer


def _refuse_prefix_lm(folder: Path) -> None:
    """Refuse a model whose prompt must be read both ways, which this engine does not do."""
    if read_model_json(folder).get("prefix_lm"):
        message = (
            f"{folder}: a PrefixLM would run causally in the transformers engine and score "
            f"wrongly. Name it without the engine: --model {folder}"
        )
        raise UsageError(message)


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
        UsageError: If there is no such model, or it is a PrefixLM.
        DataError: If transformers cannot load it.
    """
    if not sys.stderr.isatty():
        # Read when tqdm is imported, which torch does.
        os.environ.setdefault("TQDM_DISABLE", "1")
    for module in ("torch", "transformers"):
        require_module(module, needed_by="engine 'transformers'", install=_EXTRA)
    from hrm_core.decoding import Decoder

    device = resolve_device(options.device)
    dtype = resolve_dtype(options.dtype, device)
    path = Path(reference).expanduser()
    if path.suffix != ".gguf":
        path = find_model_folder(reference)
    model, tokenizer = _load(path, dtype)
    model = model.to(device).eval()
    text = ChatText(tokenizer)
    batch_size = resolve_batch_size(options.batch_size, device)
    return Decoder(
        model=TransformersModel(model),
        encode_prompt=text.encode_prompt,
        decode_tokens=text.decode,
        eos_token_ids=_eos_token_ids(model, tokenizer),
        context_length=_context_length(model, tokenizer),
        batch_size=batch_size,
        description={
            "name": reference,
            "stack": "transformers",
            "architecture": type(model).__name__,
            "device": device.type,
            "dtype": str(dtype).removeprefix("torch."),
            "batch_size": str(batch_size),
            "weights": fingerprint_weights(path),
        },
    )
