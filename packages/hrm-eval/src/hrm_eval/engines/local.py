"""The engine `local`, for checkpoints of the installed model stacks."""

from functools import partial
from typing import TYPE_CHECKING

from hrm_core.cpus import keep_to_quota
from hrm_core.errors import DataError
from hrm_core.generation import Generator
from hrm_core.model_folder import find_model_folder
from hrm_core.plugins import require_module
from hrm_eval.engines import EngineOptions, check_stack
from hrm_eval.engines.devices import resolve_device, resolve_dtype, resolve_prompt_dtype
from hrm_eval.engines.fingerprint import fingerprint_tensors, fingerprint_weights

if TYPE_CHECKING:
    from hrm_core.checkpoint import Checkpoint


def open_local(reference: str, options: EngineOptions) -> Generator:
    """Open a checkpoint folder, a shipped model or a hub id.

    Raises:
        PluginNotFoundError: If torch is not installed.
        DataError: If the checkpoint has no tokenizer.
        UsageError: If its chat template refuses the prompts, or does not know `options.chat`.
        HrmError: As `load_checkpoint`.
    """
    require_module("torch", needed_by="engine 'local'", install="hrm-core[torch]")
    from hrm_core.checkpoint import load_checkpoint

    keep_to_quota()
    device = resolve_device(options.device)
    folder = find_model_folder(reference)
    checkpoint = load_checkpoint(folder, device, resolve_dtype(options.dtype, device))
    if checkpoint.tokenizer is None:
        raise _no_tokenizer(str(folder))
    return _make_decoder(checkpoint, options, name=reference, weights=fingerprint_weights(folder))


def open_checkpoint(checkpoint: "Checkpoint", name: str, options: EngineOptions) -> Generator:
    """Open a checkpoint that is in memory; it stays on its device and keeps its dtype.

    Args:
        checkpoint: Its model must be in evaluation mode.
        name: Name of the model in reports.
        options: How to run it; `device` and `dtype` do not matter.

    Raises:
        DataError: If it has no tokenizer.
        UsageError: If it belongs to another stack than `options.model_stack`, or as `open_local`.
    """
    check_stack(name, checkpoint.stack, options.model_stack)
    if checkpoint.tokenizer is None:
        raise _no_tokenizer(name)
    settings = checkpoint.model.config.model_dump_json()
    weights = fingerprint_tensors(checkpoint.model.state_dict(), settings)
    return _make_decoder(checkpoint, options, name=name, weights=weights)


def _no_tokenizer(where: str) -> DataError:
    from hrm_core.checkpoint import TOKENIZER_FILE

    return DataError(
        f"{where}: there is no {TOKENIZER_FILE}, so the model cannot read text. Copy the file "
        "from the training run"
    )


def _make_decoder(
    checkpoint: "Checkpoint", options: EngineOptions, *, name: str, weights: str
) -> Generator:
    from hrm_core.decoding import Decoder
    from hrm_core.stepping import StackModel

    parameter = next(checkpoint.model.parameters())
    dtype = str(parameter.dtype).removeprefix("torch.")
    chat = options.chat
    chat.check(name, checkpoint.chat_template, has_format=checkpoint.has_chat_format)
    encode_prompt = partial(checkpoint.encode_prompt, chat=chat)
    if checkpoint.chat_template is not None:
        chat.check_prompts(encode_prompt, checkpoint.chat_template.where)
    model = StackModel(
        checkpoint.model,
        is_compiled=options.compile,
        prompt_dtype=(
            resolve_prompt_dtype(options.dtype, parameter.device) if dtype == "float32" else None
        ),
    )
    return Decoder(
        model=model,
        encode_prompt=encode_prompt,
        decode_tokens=checkpoint.require_tokenizer().decode,
        eos_token_ids=checkpoint.config.eos_token_ids,
        context_length=checkpoint.config.max_position_embeddings,
        batch_size=options.batch_size,
        is_chat=chat.template is not False and checkpoint.has_chat_format,
        description={
            "name": name,
            "stack": checkpoint.stack,
            "architecture": checkpoint.config.architecture,
            "device": parameter.device.type,
            "dtype": dtype,
            "arithmetic": model.arithmetic,
            "weights": weights,
        },
    )
