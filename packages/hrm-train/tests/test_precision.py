import pytest
import torch

from hrm_core.config import from_mapping, read_config
from hrm_core.errors import ConfigError
from hrm_train.cpu_processes import count_processes
from hrm_train.precision import device_type, with_dtype
from hrm_train.train_config import TrainingConfig, TrainRunConfig


def dtype_of(**training):
    config = from_mapping(TrainRunConfig, {"training": training})
    return with_dtype(config).training.dtype


@pytest.fixture
def machine(monkeypatch):
    """Pretend to be a machine with these abilities."""

    def pretend(*, cuda=False, cuda_has_bfloat16=True, mps=False, avx512=False, amx=False):
        monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
        monkeypatch.setattr(
            torch.cuda, "is_bf16_supported", lambda *, including_emulation: cuda_has_bfloat16
        )
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
        monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: avx512, raising=False)
        monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: amx, raising=False)

    return pretend


@pytest.mark.parametrize(
    ("abilities", "device", "dtype"),
    [
        ({}, "auto", "float32"),
        ({"avx512": True}, "auto", "bfloat16"),
        ({"amx": True}, "cpu", "bfloat16"),
        ({"cuda": True}, "auto", "bfloat16"),
        ({"cuda": True, "cuda_has_bfloat16": False}, "auto", "float32"),
        ({"cuda": True}, "cpu", "float32"),
        ({"cuda": True}, "cuda", "bfloat16"),
        ({"mps": True, "avx512": True}, "mps", "float32"),
        ({"mps": True, "avx512": True}, "auto", "float32"),
    ],
)
def test_auto_is_bfloat16_where_it_is_fast(machine, abilities, device, dtype):
    machine(**abilities)
    assert dtype_of(dtype="auto", device=device) == dtype


def test_a_torch_without_the_checks_trains_in_float32(machine, monkeypatch):
    machine()
    monkeypatch.delattr(torch.cpu, "_is_avx512_bf16_supported")
    monkeypatch.delattr(torch.cpu, "_is_amx_tile_supported")
    assert dtype_of(dtype="auto", device="cpu") == "float32"


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_a_named_dtype_is_kept(machine, dtype):
    machine(avx512=dtype == "float32")
    assert dtype_of(dtype=dtype) == dtype


def test_a_run_stores_what_it_chose(machine, train_toy, tmp_path):
    machine(avx512=True)
    folder = train_toy(tmp_path / "run", dtype="auto", num_steps=1)
    assert read_config(folder.config)["training"]["dtype"] == "bfloat16"


@pytest.mark.parametrize(
    ("abilities", "device", "expected"),
    [
        ({}, "auto", "cpu"),
        ({"cuda": True}, "auto", "cuda"),
        ({"mps": True}, "auto", "mps"),
        ({"cuda": True}, "cpu", "cpu"),
        ({"cuda": True}, "cuda", "cuda"),
        ({"mps": True}, "mps", "mps"),
    ],
)
def test_a_run_uses_the_device_that_is_named_or_the_fastest(machine, abilities, device, expected):
    machine(**abilities)
    assert device_type(TrainingConfig(device=device)) == expected


@pytest.mark.parametrize(
    ("abilities", "device", "available"),
    [
        ({}, "cuda", "cpu"),
        ({"mps": True}, "cuda", "mps, cpu"),
        ({"cuda": True}, "mps", "cuda, cpu"),
    ],
)
def test_a_device_that_is_absent_is_an_error_with_its_cure(machine, abilities, device, available):
    machine(**abilities)
    for use in (
        lambda: dtype_of(device=device),
        lambda: count_processes(TrainingConfig(device=device)),
    ):
        with pytest.raises(ConfigError) as caught:
            use()
        assert str(caught.value) == (
            f"training.device: torch finds no {device!r} here (available: {available}). Install a "
            "torch and a driver for it, or write auto"
        )
