import pytest
import torch

from hrm_core import memory

CPU = torch.device("cpu")


@pytest.mark.parametrize(
    ("free", "bytes_per_row", "rows"),
    [(1000, 10, 32), (1000, 25, 16), (1000, 500, 1), (1000, 10_000, 1), (0, 1, 1), (1000, 0, 32)],
)
def test_rows_fill_half_of_the_free_memory_in_powers_of_two(monkeypatch, free, bytes_per_row, rows):
    monkeypatch.setattr(memory, "free_bytes", lambda device: free)
    assert memory.rows_that_fit(bytes_per_row, CPU) == rows


def test_free_memory_of_this_machine_is_positive():
    assert 2**20 < memory.free_bytes(CPU) < 2**50


def test_out_of_memory_errors_of_each_device_are_recognized():
    assert memory.is_out_of_memory(torch.OutOfMemoryError())
    for text in (
        "MPS backend out of memory (MPS allocated: 1 GB)",
        "DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.",
    ):
        assert memory.is_out_of_memory(RuntimeError(text))
    assert not memory.is_out_of_memory(RuntimeError("index out of range"))


def test_a_real_out_of_memory_error_of_torch_is_recognized():
    with pytest.raises(RuntimeError) as caught:
        torch.empty(2**62, dtype=torch.uint8)
    assert memory.is_out_of_memory(caught.value)


def test_a_container_limit_reduces_free_memory(monkeypatch, tmp_path):
    for name, value in (("limit", "5000"), ("usage", "2000")):
        (tmp_path / name).write_text(value)
    files = ((tmp_path / "none", "limit", "usage"), (tmp_path, "limit", "usage"))
    monkeypatch.setattr(memory, "_CGROUP_FILES", files)
    assert memory.free_bytes(CPU) == 3000
    (tmp_path / "limit").write_text("max")
    assert memory.free_bytes(CPU) > 2**20


def test_an_error_caused_by_out_of_memory_is_recognized():
    error = RuntimeError("capture failed")
    error.__cause__ = torch.OutOfMemoryError()
    assert memory.is_out_of_memory(error)
