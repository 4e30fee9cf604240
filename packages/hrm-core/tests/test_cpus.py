import sys

import pytest
import torch

from hrm_core import cgroups, cpus


@pytest.fixture
def write_cgroup(monkeypatch, tmp_path):
    """Return a function that writes the files of this process's cgroup."""
    groups = [(controllers, tmp_path, names) for controllers, _, names in cpus._CGROUPS]
    monkeypatch.setattr(cpus, "_CGROUPS", groups)
    monkeypatch.setattr(cgroups, "_OWN_GROUPS", tmp_path / "cgroup")

    def write(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    return write


def v1(quota, period="100000\n"):
    return {"cpu.cfs_quota_us": quota, "cpu.cfs_period_us": period}


@pytest.mark.parametrize(
    ("files", "cores"),
    [
        ({"cpu.max": "400000 100000\n"}, 4),
        ({"cpu.max": "150000 100000\n"}, 1),
        ({"cpu.max": "20000 100000\n"}, 1),
        ({"cpu.max": "max 100000\n"}, sys.maxsize),
        ({"cpu.max": "broken\n"}, sys.maxsize),
        (v1("300000\n"), 3),
        (v1("75000\n", "25000\n"), 3),
        (v1("-1\n"), sys.maxsize),
        ({"cpu.cfs_quota_us": "300000\n"}, sys.maxsize),
        ({}, sys.maxsize),
        ({"cpu.max": "400000 100000\n", **v1("200000\n")}, 2),
    ],
)
def test_the_quota_of_a_container_is_a_number_of_cores(write_cgroup, files, cores):
    write_cgroup(files)
    assert cpus.cpu_quota() == cores


@pytest.mark.parametrize("line", ["4:cpu,cpuacct:/slurm/job_1\n", "0::/slurm/job_1\n"])
def test_the_quota_of_a_job_or_of_a_group_around_it_counts(write_cgroup, line):
    write_cgroup({"cgroup": line})
    files = v1("600000\n") if "cpuacct" in line else {"cpu.max": "600000 100000\n"}
    write_cgroup({f"slurm/job_1/{name}": text for name, text in files.items()})
    assert cpus.cpu_quota() == 6
    files = v1("200000\n") if "cpuacct" in line else {"cpu.max": "200000 100000\n"}
    write_cgroup({f"slurm/{name}": text for name, text in files.items()})
    assert cpus.cpu_quota() == 2


def test_this_machine_has_at_least_one_core():
    assert cpus.cpu_quota() >= 1


@pytest.mark.parametrize(("quota", "expected"), [(2, 2), (8, 4), (sys.maxsize, 4)])
def test_torch_uses_no_more_threads_than_the_quota(monkeypatch, quota, expected):
    before = torch.get_num_threads()
    monkeypatch.setattr(cpus, "cpu_quota", lambda: quota)
    torch.set_num_threads(4)
    cpus.keep_to_quota()
    assert torch.get_num_threads() == expected
    torch.set_num_threads(before)
