"""Which device and dtype `auto` stands for. Needs torch, which is imported when asked."""

from typing import TYPE_CHECKING

from hrm_core.errors import UsageError

if TYPE_CHECKING:
    import torch


def resolve_device(name: str) -> "torch.device":
    """Return a device that works here.

    Args:
        name: `auto` (CUDA, then MPS, then the CPU), `cpu`, `cuda` or `mps`.

    Raises:
        UsageError: If the machine lacks the device.
    """
    import torch

    available = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if name == "auto":
        name = next(device for device, there in available.items() if there)
    if not available[name]:
        here = ", ".join(device for device, there in available.items() if there)
        raise UsageError(
            f"--device: torch finds no {name!r} here (found: {here}). Use --device auto"
        )
    return torch.device(name)


def resolve_dtype(name: str, device: "torch.device") -> "torch.dtype":
    """Return the dtype of the weights: `auto` is bfloat16 on CUDA and float32 elsewhere."""
    import torch

    if name == "auto":
        return torch.bfloat16 if device.type == "cuda" else torch.float32
    dtype: torch.dtype = getattr(torch, name)
    return dtype
