"""Device and dtype of a model, with `auto` resolved. torch is imported on the first call."""

from typing import TYPE_CHECKING

from hrm_core.errors import UsageError

if TYPE_CHECKING:
    import torch


def resolve_device(name: str) -> "torch.device":
    """Return an available device.

    Args:
        name: `cpu`, `cuda`, `mps`, or `auto` (CUDA if available, else MPS, else the CPU).

    Raises:
        UsageError: If the machine does not have the device.
    """
    import torch

    from hrm_core.precision import available_devices

    available = available_devices()
    if name == "auto":
        name = available[0]
    if name not in available:
        devices = ", ".join(available)
        raise UsageError(
            f"--device: torch finds no {name!r} here (available: {devices}). Use --device auto"
        )
    return torch.device(name)


def resolve_dtype(name: str, device: "torch.device") -> "torch.dtype":
    """Return the dtype of the weights: `auto` is bfloat16 on CUDA and float32 elsewhere."""
    import torch

    if name == "auto":
        return torch.bfloat16 if device.type == "cuda" else torch.float32
    dtype: torch.dtype = getattr(torch, name)
    return dtype


def resolve_prompt_dtype(name: str, device: "torch.device") -> "torch.dtype | None":
    """Return the type in which prompts are read if it is not that of the weights, otherwise None.

    `auto` is bfloat16 on processors that multiply it fast.
    """
    import torch

    from hrm_core.precision import is_bfloat16_fast

    if name == "auto" and device.type == "cpu" and is_bfloat16_fast("cpu"):
        return torch.bfloat16
    return None
