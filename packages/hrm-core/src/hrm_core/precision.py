"""Which devices there are, and which multiply bfloat16 fast, for `device` and `dtype: auto`."""

import torch


def available_devices() -> list[str]:
    """Return the types of device that torch finds on this machine, the fastest first."""
    found = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    return [*(device for device, is_found in found.items() if is_found), "cpu"]


def is_bfloat16_fast(device_type: str) -> bool:
    """Return whether a device of this machine multiplies bfloat16 natively.

    GPUs and processors that do are 2 to 4 times as fast in it as in float32; the others are slower.

    Args:
        device_type: `cpu`, `cuda` or `mps`.
    """
    if device_type == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    if device_type != "cpu":
        return False
    # Private functions of torch; a version that lacks them uses float32.
    checks = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return any(getattr(torch.cpu, name, bool)() for name in checks)
