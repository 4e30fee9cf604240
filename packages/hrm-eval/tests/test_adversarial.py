import importlib.util
import json
import os
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from hrm_datasets.problems import Problem
from hrm_eval._sandbox.layer import Layer
from hrm_eval.sandbox import Limits, Sandbox, Status

PROBLEM = Problem(
    task_id="toy/1",
    text="Add two numbers.",
    entry_point="add",
    tests=("assert add(1, 2) == 3", "assert add(-1, 5) == 4"),
)
LIMITS = Limits(timeout_seconds=2, test_timeout_seconds=1)
VERDICTS = {Status.PASSED: "pass", Status.TIMEOUT: "timeout"}
ANSWERS = {"code": "def add(a, b): return a + b"}
SHARED_MEMORY = Path("/dev/shm")
PORT = 8999
LINGER_SECONDS = 3.0


def read_programs() -> dict[str, str]:
    """Return the adversarial programs by name; only the sandbox ever runs them."""
    folder = Path(os.environ.get("HRM_SHARED", "/no/such/folder")) / "data" / "adversarial"
    return {
        path.stem: path.read_text(encoding="utf-8", errors="surrogateescape")
        for path in sorted(folder.glob("*.py"))
    }


PROGRAMS = read_programs()
pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(not PROGRAMS, reason="HRM_SHARED does not say where data/adversarial is"),
]


def files_in(folder: Path) -> dict[Path, bytes]:
    """Return all paths below a folder, and the content of files."""
    return {p: p.read_bytes() if p.is_file() else b"" for p in sorted(folder.rglob("*"))}


def shared_memory() -> set[str]:
    return {path.name for path in SHARED_MEMORY.glob("*")}


def command_lines() -> dict[int, str]:
    """Return the processes that descend from this one, or whose parent has ended."""
    lines, parents = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_text(errors="replace")
            stat = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        lines[int(folder.name)], parents[int(folder.name)] = line, int(stat[1])

    def top(pid: int) -> int:
        while pid not in (0, 1, os.getpid()):
            pid = parents.get(pid, 0)
        return pid

    return {
        pid: line for pid, line in lines.items() if line and (parents[pid] == 1 or top(pid) > 1)
    }


def left_of(look: Callable[[], object], before: object) -> object:
    """Return the present state, after waiting a moment for it to be as before."""
    deadline = time.monotonic() + LINGER_SECONDS
    while (now := look()) != before and time.monotonic() < deadline:
        time.sleep(0.05)
    return now


def plant_home(home: Path) -> None:
    """Fill a home folder with files that programs look for, or would destroy."""
    home.mkdir()
    (home / "precious.txt").write_text("precious")
    cache = home / ".cache" / "hrm"
    cache.mkdir(parents=True)
    (cache / "mbpp.jsonl").write_text(json.dumps(ANSWERS) + "\n")


@pytest.fixture(scope="module", params=[True, False], ids=["namespaces", "no namespaces"])
def bed(request, tmp_path_factory) -> Iterator[SimpleNamespace]:
    """Judge all programs; return their verdicts, and the machine before and after."""
    top = tmp_path_factory.mktemp("bed")
    home, temporary = top / "home", top / "temporary"
    plant_home(home)
    temporary.mkdir()
    looks = {
        "home": lambda: files_in(home),
        "temporary": lambda: files_in(temporary),
        "shared memory": shared_memory,
        "processes": command_lines,
    }
    with pytest.MonkeyPatch.context() as patch, socket.socket() as listener:
        patch.setenv("HOME", str(home))
        patch.setattr(tempfile, "tempdir", str(temporary))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", PORT))
        listener.listen()
        listener.setblocking(False)
        before = {name: look() for name, look in looks.items()}
        with Sandbox(LIMITS, workers=2, use_namespaces=request.param) as sandbox:
            if {Layer.PID_NAMESPACE, Layer.SECCOMP} <= sandbox.missing.keys():
                pytest.skip("nothing here keeps programs from killing other processes")
            jobs = ((name, program, PROBLEM) for name, program in PROGRAMS.items())
            verdicts = dict(sandbox.judge_all(jobs))
        after = {name: left_of(look, before[name]) for name, look in looks.items()}
        yield SimpleNamespace(
            verdicts=verdicts,
            before=before,
            after=after,
            listener=listener,
        )


@pytest.mark.parametrize("name", PROGRAMS)
def test_an_adversarial_program_gets_an_expected_verdict(bed, name: str) -> None:
    if "numpy" in name and importlib.util.find_spec("numpy") is None:
        pytest.skip("numpy is not installed")
    words = PROGRAMS[name].splitlines()[0].removeprefix("# verdict:").split("--")[0]
    allowed = [word.strip() for word in words.split("|")]
    verdict = bed.verdicts[name]
    assert VERDICTS.get(verdict.status, "fail") in allowed, verdict.message
    assert not verdict.shared_process


@pytest.mark.parametrize("name", ["home", "temporary", "shared memory", "processes"])
def test_adversarial_programs_leave_the_machine_as_it_was(bed, name: str) -> None:
    assert bed.after[name] == bed.before[name]


def test_adversarial_programs_reach_no_listener(bed) -> None:
    with pytest.raises(BlockingIOError):
        bed.listener.accept()
