"""The engine `local`, for checkpoints of the installed model stacks."""

from hrm_core.errors import DataError
from hrm_core.generation import Generator
from hrm_core.model_folder import find_model_folder
from hrm_core.plugins import require_module
from hrm_eval.engines import EngineOptions
from hrm_eval.engines.devices import resolve_device, resolve_dtype, resolve_prompt_dtype
from hrm_eval.engines.fingerprint import fingerprint_weights


def open_local(reference: str, options: EngineOptions) -> Generator:
    """Open a checkpoint folder, a shipped model or a hub id.

    Raises:
        PluginNotFoundError: If torch is not installed.
        DataError: If the checkpoint has no tokenizer.
        HrmError: As `load_checkpoint`.
    """
    require_module("torch", needed_by="engine 'local'", install="hrm-core[torch]")
    from hrm_core.checkpoint import TOKENIZER_FILE, load_checkpoint
    from hrm_core.decoding import Decoder
    from hrm_core.stepping import StackModel

    device = resolve_device(options.device)
    dtype = resolve_dtype(options.dtype, device)
    folder = find_model_folder(reference)
    checkpoint = load_checkpoint(folder, device, dtype)
    if checkpoint.tokenizer is None:
        raise DataError(
            f"{folder}: there is no {TOKENIZER_FILE}, so the model cannot read text. Copy the file "
            "from the training run"
        )
    model = StackModel(
        checkpoint.model,
        is_compiled=options.compile,
        prompt_dtype=resolve_prompt_dtype(options.dtype, device),
    )
    return Decoder(
        model=model,
        encode_prompt=checkpoint.encode_prompt,
        decode_tokens=checkpoint.tokenizer.decode,
        eos_token_ids=checkpoint.config.eos_token_ids,
        context_length=checkpoint.config.max_position_embeddings,
        batch_size=options.batch_size,
        # Tokens after a prompt end the turn of the user, so the model answers instead of going on.
        is_chat=bool(checkpoint.prompt_format.end),
        description={
            "name": reference,
            "stack": checkpoint.stack,
            "architecture": checkpoint.config.architecture,
            "device": device.type,
            "dtype": str(dtype).removeprefix("torch."),
            "arithmetic": model.arithmetic,
            "weights": fingerprint_weights(folder),
        },
    )
