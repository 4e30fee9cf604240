"""The engine `local`: checkpoints of the installed model stacks."""

from collections.abc import Collection, Iterator, Sequence

from hrm_core.generation import Finished, GenerationRequest, SamplingParams
from hrm_core.plugins import require_module
from hrm_eval.engines import EngineOptions
from hrm_eval.engines.devices import resolve_batch_size, resolve_device, resolve_dtype


class LocalGenerator:
    """Decodes with a model of ours."""

    def __init__(self, reference: str, options: EngineOptions) -> None:
        """Load the checkpoint; `hrm_core.load_checkpoint` says what it raises."""
        from hrm_core.checkpoint import load_checkpoint
        from hrm_core.decoding import Decoder, StackModel

        device = resolve_device(options.device)
        dtype = resolve_dtype(options.dtype, device)
        checkpoint = load_checkpoint(reference, device, dtype)
        self._decoder = Decoder(
            model=StackModel(checkpoint.model),
            encode_prompt=checkpoint.encode_prompt,
            decode_tokens=checkpoint.require_tokenizer().decode,
            eos_token_ids=checkpoint.config.eos_token_ids,
            context_length=checkpoint.config.max_position_embeddings,
            batch_size=resolve_batch_size(options.batch_size, device),
        )
        self.description = {
            "name": reference,
            "stack": checkpoint.stack,
            "architecture": checkpoint.config.architecture,
            "device": device.type,
            "dtype": str(dtype).removeprefix("torch."),
        }

    def generate(
        self,
        requests: Sequence[GenerationRequest],
        params: SamplingParams,
        *,
        done: Collection[tuple[int, int]] = (),
    ) -> Iterator[Finished]:
        """Yield each generation as it finishes; see `hrm_core.generation.Generator`."""
        return self._decoder.generate(requests, params, done=done)


def open_local(reference: str, options: EngineOptions) -> LocalGenerator:
    """Open a checkpoint folder, a shipped model or a hub id."""
    require_module("torch", needed_by="engine 'local'", install="hrm-core[torch]")
    return LocalGenerator(reference, options)
