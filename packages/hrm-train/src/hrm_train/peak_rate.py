"""How fast this machine multiplies matrices, which the speed of a run is compared with."""

import time

import torch

_RATE_SIZE = {"cpu": 1024, "cuda": 8192}
_RATE_SIZE_ELSEWHERE = 2048


def product_rate(device: torch.device, dtype: torch.dtype) -> float:
    """Return the floating-point operations per second of a large matrix product here."""
    size = _RATE_SIZE.get(device.type, _RATE_SIZE_ELSEWHERE)
    # With a generator of its own: a run that goes on must draw what an unbroken one draws.
    generator = torch.Generator(device).manual_seed(0)
    left = torch.randn(size, size, generator=generator, device=device, dtype=dtype)
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        float((left @ left)[0, 0])
        best = min(best, time.perf_counter() - began)
    return 2 * size**3 / best
