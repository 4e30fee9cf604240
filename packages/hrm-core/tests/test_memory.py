import pytest
import torch

from hrm_core import cgroups, memory

CPU = torch.device("cpu")


@pytest.mark.parametrize(
    ("free", "bytes_per_row", "rows"),
    [
        (1000, 10, 32),
        (1000, 25, 16),
        (1000, 500, 1),
        (1000, 10_000, 1),
        (0, 1, 1),
        (-1000, 1, 1),
        (1000, 0, 32),
    ],
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


V1 = {
    "memory.limit_in_bytes": "5000",
    "memory.usage_in_bytes": "2000",
    "memory.stat": "inactive_file 0\ntotal_rss 500\ntotal_inactive_file 1200\n",
}
V2 = {
    "memory.max": "5000",
    "memory.current": "2000",
    "memory.stat": "anon 500\ninactive_file 1200\nactive_file 300\n",
}


@pytest.fixture
def write_cgroup(monkeypatch, tmp_path):
    """Return a function that writes the files of this process's cgroup."""
    cgroups = [(controllers, tmp_path, *names) for controllers, _, *names in memory._CGROUPS]
    monkeypatch.setattr(memory, "_CGROUPS", cgroups)

    def write(files):
        for name, text in files.items():
            (tmp_path / name).write_text(text)

    return write


@pytest.mark.parametrize("files", [V1, V2], ids=["v1", "v2"])
def test_a_container_limit_reduces_free_memory_but_unused_cache_is_free(write_cgroup, files):
    write_cgroup(files)
    assert memory.free_bytes(CPU) == 5000 - (2000 - 1200)


@pytest.mark.parametrize(
    ("stat", "free"),
    [
        ("inactive_file 2500\n", 5000),
        ("anon 500\n", 3000),
        ("broken", 3000),
    ],
)
def test_without_a_plausible_cache_the_usage_of_a_container_counts(write_cgroup, stat, free):
    write_cgroup({**V2, "memory.stat": stat})
    assert memory.free_bytes(CPU) == free


def test_a_container_without_statistics_or_limit_has_free_memory(write_cgroup):
    write_cgroup({"memory.max": "5000", "memory.current": "2000"})
    assert memory.free_bytes(CPU) == 3000
    write_cgroup({"memory.max": "max"})
    assert memory.free_bytes(CPU) > 2**20


def test_the_limit_of_a_job_or_of_a_group_around_it_counts(write_cgroup, monkeypatch, tmp_path):
    job = tmp_path / "slurm" / "job_1"
    job.mkdir(parents=True)
    groups = tmp_path / "cgroup"
    groups.write_text("4:cpu,memory:/slurm/job_1\n0::/slurm/job_1\n")
    monkeypatch.setattr(cgroups, "_OWN_GROUPS", groups)
    write_cgroup({f"slurm/job_1/{name}": text for name, text in V2.items()})
    assert memory.free_bytes(CPU) == 5000 - (2000 - 1200)
    write_cgroup({"slurm/memory.max": "2500", "slurm/memory.current": "2000"})
    assert memory.free_bytes(CPU) == 500
    groups.write_text("0::/elsewhere\n")
    assert memory.free_bytes(CPU) > 2**20


def test_without_a_way_to_know_the_free_memory_is_a_guess(monkeypatch):
    monkeypatch.setattr(memory.Path, "read_text", _fail)
    monkeypatch.delattr(memory.os, "sysconf")
    assert memory.free_bytes(CPU) == 2 * 2**30


def _fail(*_, **__):
    raise FileNotFoundError


def test_an_error_caused_by_out_of_memory_is_recognized():
    error = RuntimeError("capture failed")
    error.__cause__ = torch.OutOfMemoryError()
    assert memory.is_out_of_memory(error)
