"""Programs of an attack on the sandbox, each with the verdict that it must get."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrm_datasets import Problem
from hrm_eval._sandbox.layer import Layer
from hrm_eval.sandbox import Limits, Sandbox, Status, Verdict

LIMITS = Limits(timeout_seconds=3, memory_mb=256)
VERDICTS = {Status.PASSED: "pass", Status.TIMEOUT: "timeout"}
INNOCENT = "data = bytearray(20 * 2**20)\ndef add(a, b):\n    return a + b\n"
ADD = Problem(task_id="toy/1", text="", entry_point="add", tests=("assert add(1, 2) == 3",))

# It imports a module of the sandbox, which programs cannot see any more.
FAILS_NOW = {"peek_change_memo_right"}
# These take seconds each, until a limit stops them; `nox -s attack` runs them.
SLOW = {
    "dos_chain_deep", "dos_fork_stop", "dos_hash_fractions", "dos_hash_ints", "dos_laughs_self",
    "dos_sigkill_retry", "fp_any_f_npall", "fp_any_f_plus", "time_sigxcpu_early",
}  # fmt: skip


def read_cases() -> list[dict]:
    path = Path(os.environ.get("HRM_SHARED", "/no/such/folder")) / "data/cases/programs.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


CASES = read_cases()
needs_cases = pytest.mark.skipif(
    not CASES, reason="HRM_SHARED does not say where data/cases/programs.jsonl is"
)


@pytest.fixture(scope="module", params=[True, False], ids=["namespaces", "no namespaces"])
def sandbox(request, tmp_path_factory) -> Iterator[Sandbox]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        with Sandbox(LIMITS, workers=1, use_namespaces=request.param) as sandbox:
            yield sandbox


def judge(sandbox: Sandbox, case: dict) -> Verdict:
    problem = Problem(
        task_id=f"attack/{case['name']}",
        text="",
        entry_point=case["entry_point"],
        tests=tuple(case["tests"]),
        setup=case["setup"],
        reference=case["reference"],
    )
    return sandbox.judge(case["program"], problem)


@needs_cases
@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case, id=case["name"], marks=[pytest.mark.attack] if case["name"] in SLOW else []
        )
        for case in CASES
    ],
)
def test_a_program_of_the_attack_gets_the_wanted_verdict(sandbox: Sandbox, case: dict) -> None:
    verdict = judge(sandbox, case)
    wanted = "fail" if case["name"] in FAILS_NOW else case["wanted"]
    assert VERDICTS.get(verdict.status, "fail") in wanted.split("|"), verdict.message
    assert not verdict.shared_process
    assert sandbox.judge(INNOCENT, ADD).passed


@needs_cases
def test_the_right_program_without_the_hidden_module_passes(sandbox: Sandbox) -> None:
    (case,) = [case for case in CASES if case["name"] in FAILS_NOW]
    lines = case["program"].splitlines()
    kept = "\n".join(line for line in lines if not line.startswith("from hrm_eval"))
    assert kept.count("\n") == len(lines) - 3
    assert judge(sandbox, {**case, "program": kept}).passed


# Fills socket buffers of processes with few pages: the largest process is then the box.
FILLS_KERNEL_MEMORY = """
import os, socket, time

def fill():
    for n in range(110):
        pair = socket.socketpair()
        for end in pair:
            end.setblocking(False)
            end.set_inheritable(True)
            try:
                while True:
                    end.send(b"x" * 100_000)
            except OSError:
                pass
            end.detach()

for n in range(55):
    if os.fork() == 0:
        try:
            fill()
        except OSError:
            pass
        os.execv("/bin/sleep", ["sleep", "987654"])

def add(a, b):
    time.sleep(2)
    return a + b
"""


def test_a_box_that_is_killed_for_memory_leaves_no_process(sandbox: Sandbox) -> None:
    if Layer.CGROUP in sandbox.missing:
        pytest.skip(sandbox.missing[Layer.CGROUP])
    verdict = sandbox.judge(FILLS_KERNEL_MEMORY, ADD)
    assert verdict.status == Status.MEMORY_LIMIT, verdict.message
    assert sandbox.judge(INNOCENT, ADD).passed
    lines = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    assert not any(b"987654" in line for line in lines)
