"""The peak rate of a device, measured as the speed of a matrix product."""

import time

import torch

# Width of the square matrices that are multiplied, by device type.
_RATE_SIZE = {"cpu": 1024, "cuda": 8192}
_RATE_SIZE_ELSEWHERE = 2048


def product_rate(device: torch.device, dtype: torch.dtype) -> float:
    """Return the floating-point operations per second of a large matrix product on a device."""
    size = _RATE_SIZE.get(device.type, _RATE_SIZE_ELSEWHERE)
    # A separate generator, so that the measurement changes no random number of the run.
    generator = torch.Generator(device).manual_seed(0)
    left = torch.randn(size, size, generator=generator, device=device, dtype=dtype)
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        float((left @ left)[0, 0])
        best = min(best, time.perf_counter() - began)
    return 2 * size**3 / best
