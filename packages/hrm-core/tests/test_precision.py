import pytest
import torch

from hrm_core.precision import is_bfloat16_fast


@pytest.mark.parametrize(
    ("avx512", "amx", "is_fast"),
    [(False, False, False), (True, False, True), (False, True, True)],
)
def test_a_cpu_is_fast_in_bfloat16_if_it_multiplies_it(monkeypatch, avx512, amx, is_fast):
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: avx512, raising=False)
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: amx, raising=False)
    assert is_bfloat16_fast("cpu") is is_fast
    assert not is_bfloat16_fast("mps")


def test_a_gpu_that_only_emulates_bfloat16_is_not_fast(monkeypatch):
    monkeypatch.setattr(
        torch.cuda, "is_bf16_supported", lambda *, including_emulation: including_emulation
    )
    assert not is_bfloat16_fast("cuda")


def test_a_torch_without_the_checks_is_not_fast(monkeypatch):
    for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"):
        monkeypatch.delattr(torch.cpu, name, raising=False)
    assert not is_bfloat16_fast("cpu")
