"""Interfaces, configs, generation and checkpoints for Hierarchical Reasoning Models.

Importing this package imports nothing else: each name below is imported when it is first used.
Models and checkpoints need the extra `torch`.

Examples:
    >>> from hrm_core import load_checkpoint
    >>> checkpoint = load_checkpoint("sapientinc/HRM-Text-1B")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hrm_core.chat import Chat
    from hrm_core.checkpoint import Checkpoint, load_checkpoint, new_checkpoint
    from hrm_core.decoding import Decoder
    from hrm_core.errors import HrmError
    from hrm_core.generation import (
        CountingGenerator,
        Finished,
        FinishReason,
        Generation,
        GenerationRequest,
        Generator,
        SamplingParams,
        StreamingGenerator,
    )
    from hrm_core.model import LanguageModel, ModelConfig, TrainingBatch
    from hrm_core.stack import Stack
    from hrm_core.stepping import StackModel
    from hrm_core.tokenizer import Tokenizer

__all__ = [
    "Chat",
    "Checkpoint",
    "CountingGenerator",
    "Decoder",
    "FinishReason",
    "Finished",
    "Generation",
    "GenerationRequest",
    "Generator",
    "HrmError",
    "LanguageModel",
    "ModelConfig",
    "SamplingParams",
    "Stack",
    "StackModel",
    "StreamingGenerator",
    "Tokenizer",
    "TrainingBatch",
    "load_checkpoint",
    "new_checkpoint",
]

_MODULES = {
    "Chat": "chat",
    "Checkpoint": "checkpoint",
    "CountingGenerator": "generation",
    "Decoder": "decoding",
    "FinishReason": "generation",
    "Finished": "generation",
    "Generation": "generation",
    "GenerationRequest": "generation",
    "Generator": "generation",
    "HrmError": "errors",
    "LanguageModel": "model",
    "ModelConfig": "model",
    "SamplingParams": "generation",
    "Stack": "stack",
    "StackModel": "stepping",
    "StreamingGenerator": "generation",
    "Tokenizer": "tokenizer",
    "TrainingBatch": "model",
    "load_checkpoint": "checkpoint",
    "new_checkpoint": "checkpoint",
}


# The modules of the extra `torch`.
_EXTRA = ("torch", "numpy", "tokenizers", "safetensors", "huggingface_hub", "jinja2")


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        try:
            module = import_module(f"hrm_core.{_MODULES[name]}")
        except ModuleNotFoundError as error:
            if error.name not in _EXTRA:
                raise
            from hrm_core.plugins import require_module

            require_module(error.name, needed_by=f"hrm_core.{name}", install="hrm-core[torch]")
            raise
        return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
