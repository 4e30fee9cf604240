"""A fingerprint of the weights of a model, cheap enough to compute at every start."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

_SAMPLE_BYTES = 2**20
_SAMPLE_VALUES = 2**12
# The config decides what the weights compute, and the tokenizer and the template what they read.
_PATTERNS = (
    "*.safetensors", "*.bin", "config.json", "generation_config.json", "tokenizer*", "*.model",
    "vocab.*", "merges.txt", "added_tokens.json", "special_tokens_map.json", "chat_template*",
)  # fmt: skip


def fingerprint_weights(path: Path) -> str:
    """Return a hash over name, size, first and last MiB of each file on which answers depend.

    These have the weights, the config, the tokenizer or the template of a chat. The middle need not
    be read, because other weights of the same shape differ nearly everywhere.

    Args:
        path: A checkpoint folder, or one file.
    """
    found = [path] if path.is_file() else [p for s in _PATTERNS for p in path.glob(s)]
    files = sorted({file for file in found if file.is_file()})
    digest = hashlib.sha256()
    for file in files:
        size = file.stat().st_size
        digest.update(f"{file.name} {size}\n".encode())
        with file.open("rb") as stream:
            digest.update(stream.read(_SAMPLE_BYTES))
            stream.seek(max(0, size - _SAMPLE_BYTES))
            digest.update(stream.read())
    return digest.hexdigest()


def fingerprint_tensors(tensors: Mapping[str, "Tensor"], settings: str = "") -> str:
    """Return a hash over name, shape, type and the first and last values of each tensor.

    Args:
        tensors: The weights.
        settings: The config of the model, as text.
    """
    digest = hashlib.sha256(settings.encode())
    for name, tensor in tensors.items():
        digest.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}\n".encode())
        values = tensor.detach().flatten()
        for part in (values[:_SAMPLE_VALUES], values[-_SAMPLE_VALUES:]):
            # MPS has no float64.
            digest.update(part.cpu().double().numpy().tobytes())
    return digest.hexdigest()
