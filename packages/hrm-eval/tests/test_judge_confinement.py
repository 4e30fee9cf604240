"""Tests that load, run or open what the program returned: they can reach nothing outside."""

import os
import pickle
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hrm_datasets import Problem
from hrm_eval._sandbox.layer import Layer
from hrm_eval._sandbox.wire import protocol
from hrm_eval._sandbox.wire.control import TrialResult, pack
from hrm_eval.sandbox import Limits, Sandbox, Status

SAME = "def f(x):\n    return x"


@pytest.fixture(scope="module", params=[True, False], ids=["namespaces", "no namespaces"])
def sandbox(request) -> Iterator[Sandbox]:
    with Sandbox(Limits(), workers=1, use_namespaces=request.param) as sandbox:
        yield sandbox


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    path = tmp_path / "precious.txt"
    path.write_text("precious", encoding="utf-8")
    for folder in (path, *path.parents[:3]):
        folder.chmod(0o777)
    return path


def make_problem(*tests: str) -> Problem:
    return Problem(task_id="toy/1", text="", entry_point="f", tests=tests)


class Payload:
    """Runs code when it is unpickled."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __reduce__(self) -> Any:
        return exec, (self.code,)


def judge_payload(sandbox: Sandbox, code: str) -> str:
    """Return the message of a test that runs the code by unpickling it, then raises its error."""
    data = pickle.dumps(Payload(code))
    problem = make_problem("import pickle\npickle.loads(f())\nassert False, 'it' + ' ran'")
    verdict = sandbox.judge(f"def f():\n    return {data!r}", problem)
    return verdict.message


def test_code_of_the_program_runs_in_these_tests(sandbox: Sandbox) -> None:
    assert "it ran" in judge_payload(sandbox, "pass")
    assert "ZeroDivisionError" in judge_payload(sandbox, "1 / 0")


def test_memory_of_processes_that_a_test_starts_is_counted_together(sandbox: Sandbox) -> None:
    if not sandbox.layers[Layer.CGROUP]:
        pytest.skip("needs control groups")
    code = """
import os, time
children = []
for _ in range(12):
    children.append(os.fork())
    if not children[-1]:
        data = bytearray(200 * 2**20)
        data[::4096] = bytes([1]) * len(data[::4096])
        time.sleep(30)
        os._exit(0)
for _ in range(200):
    if os.waitpid(-1, os.WNOHANG)[0]:
        raise AssertionError("killed: at least one")
    time.sleep(0.1)
"""
    verdict = sandbox.judge("def f(x):\n    return x", make_problem("assert f(1) == 1"))
    assert verdict.status == Status.PASSED
    message = judge_payload(sandbox, code)
    assert "killed: " in message or "it ran" not in message


def test_a_pickle_can_neither_read_nor_write_files_outside(
    sandbox: Sandbox, precious: Path
) -> None:
    for code in (
        f"open({str(precious)!r}).read()",
        f"open({str(precious)!r}, 'w')",
        f"import os; os.remove({str(precious)!r})",
        f"import os; os.mkdir({str(precious.parent / 'new')!r})",
        "open('/etc/passwd').read()",
        "open('/proc/1/environ').read()",
    ):
        message = judge_payload(sandbox, code)
        assert "Error" in message, code
        assert "it ran" not in message, code
    assert precious.read_text(encoding="utf-8") == "precious"
    assert [path.name for path in precious.parent.iterdir()] == ["precious.txt"]


def test_a_pickle_reaches_no_network(sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        code = f"import socket; socket.create_connection(('127.0.0.1', {port}), 1)"
        assert "it ran" not in judge_payload(sandbox, code)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    "target", ["os.getppid()", pytest.param(str(os.getpid()), id="this process"), "-1", "1"]
)
def test_a_pickle_can_signal_no_process_outside(sandbox: Sandbox, target: str) -> None:
    code = f"import os, signal; os.kill({target}, signal.SIGKILL)"
    message = judge_payload(sandbox, code)
    # A signal to all processes that may be signaled reaches none, which is no error.
    assert target == "-1" or "PermissionError" in message or "ProcessLookupError" in message
    assert sandbox.judge(SAME, make_problem("assert f(1) == 1")).passed


def test_what_a_pickle_starts_ends_with_its_test(sandbox: Sandbox) -> None:
    if Layer.LANDLOCK in sandbox.missing:
        pytest.skip(sandbox.missing[Layer.LANDLOCK])
    code = (
        "import os\n"
        "for n in range(3):\n"
        "    if os.fork() == 0:\n"
        "        os.setsid()\n"
        "        if os.fork() == 0:\n"
        "            os.execv('/bin/sleep', ['sleep', '987653'])\n"
        "        os._exit(0)\n"
        "    os.wait()\n"
    )
    with subprocess.Popen(["/bin/sleep", "987652"]) as other:
        assert "it ran" in judge_payload(sandbox, code)
        assert sandbox.judge(SAME, make_problem("import json\nassert f(1) == 1")).passed
        lines = [p.read_bytes() for p in Path("/proc").glob("[0-9]*/cmdline") if p.exists()]
        assert other.poll() is None
        other.kill()
    assert not any(b"987653" in line for line in lines)


def test_a_pickle_cannot_answer_for_other_programs(sandbox: Sandbox) -> None:
    passed = TrialResult(
        "passed",
        ["passed"],
        "",
        "",
        b"",
        0.1,
        0.1,
        10**6,
        shared_process=False,
        asked_program=False,
    )
    message = pack(passed)
    order = protocol.ORDER.pack(protocol.USAGE, 0, 0.0)
    code = (
        "import os\n"
        "for descriptor in range(3, 256):\n"
        f"    for data in ({message!r}, {order!r} * 50):\n"
        "        try:\n"
        "            os.set_blocking(descriptor, False)\n"
        "            os.write(descriptor, data * 2)\n"
        "        except OSError:\n"
        "            pass\n"
    )
    data = pickle.dumps(Payload(code))
    loads = make_problem("import pickle\npickle.loads(f())\nassert False")
    jobs = []
    for number in range(3):
        jobs.append((f"hostile {number}", f"def f():\n    return {data!r}", loads))
        jobs.append((f"wrong {number}", SAME, make_problem("assert f(1) == 2")))
        jobs.append((f"right {number}", SAME, make_problem("assert f(1) == 1")))
    for name, verdict in sandbox.judge_all(jobs):
        assert verdict.passed == name.startswith("right"), (name, verdict.message)


@pytest.mark.parametrize("number", ["SIGKILL", "SIGTERM", "SIGSEGV", "SIGXCPU"])
def test_a_pickle_that_kills_the_judge_stops_no_run(sandbox: Sandbox, number: str) -> None:
    code = f"import os, signal; os.kill(os.getpid(), signal.{number})"
    data = pickle.dumps(Payload(code))
    problem = make_problem("import pickle\npickle.loads(f())")
    verdict = sandbox.judge(f"def f():\n    return {data!r}", problem)
    assert verdict.status in (Status.CRASHED, Status.TIMEOUT)
    assert sandbox.judge(SAME, make_problem("import json\nassert f(1) == 1")).passed


@pytest.mark.attack
@pytest.mark.parametrize(
    "code",
    ["import time; time.sleep(9999)", "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)"],
    ids=["sleeps", "stops"],
)
def test_a_pickle_cannot_make_the_judge_wait(code: str) -> None:
    with Sandbox(Limits(timeout_seconds=0.5), workers=1) as sandbox:
        assert "or slept" in judge_payload(sandbox, code)
        assert sandbox.judge(SAME, make_problem("assert f(1) == 1")).passed


def test_a_pickle_that_patches_the_judge_changes_no_later_verdict(sandbox: Sandbox) -> None:
    code = (
        "import sys, builtins\n"
        "for name, module in list(sys.modules.items()):\n"
        "    if 'trial' in name or 'judge' in name:\n"
        "        for key in list(vars(module)):\n"
        "            if 'attempt' in key or 'try_' in key:\n"
        "                setattr(module, key, lambda *a, **k: None)\n"
        "builtins.AssertionError = ValueError\n"
    )
    assert sandbox.judge(
        f"def f():\n    return {pickle.dumps(Payload(code))!r}",
        make_problem("import pickle\npickle.loads(f())\nassert f() is None"),
    ).status in (Status.WRONG_ANSWER, Status.EXCEPTION, Status.CRASHED)
    verdict = sandbox.judge(SAME, make_problem("assert f(1) == 2"))
    assert verdict.status == Status.WRONG_ANSWER
    assert sandbox.judge(SAME, make_problem("import json\nassert f(1) == 1")).passed


OPENERS = {
    "sql": (
        "import sqlite3\ncursor = sqlite3.connect(':memory:').executescript(f())\nassert f() == 1",
        "ATTACH {path!r} AS other; CREATE TABLE other.t (x)",
    ),
    "command": (
        "import subprocess\nassert subprocess.run(f(), shell=True).returncode == 9",
        "echo bad > {path}",
    ),
    "path": ("with open(f(), 'a') as file:\n    file.write('bad')\nassert f() == 1", "{path}"),
    "import": (
        "import sys, importlib\nsys.path.insert(0, f())\nimportlib.import_module('bad')",
        "{path}",
    ),
}


@pytest.mark.parametrize(("test", "value"), OPENERS.values(), ids=OPENERS)
def test_what_a_program_names_is_not_touched(
    sandbox: Sandbox, precious: Path, test: str, value: str
) -> None:
    for path in (precious, precious.parent / "new"):
        text = value.format(path=str(path))
        verdict = sandbox.judge(f"def f():\n    return {text!r}", make_problem(test))
        assert not verdict.passed
    assert precious.read_text(encoding="utf-8") == "precious"
    assert [path.name for path in precious.parent.iterdir()] == ["precious.txt"]


def test_memory_of_the_tests_is_limited() -> None:
    test = "import json\nassert len(json.dumps(f()) * 10**9) > 5"
    with Sandbox(Limits(memory_mb=256), workers=1) as sandbox:
        verdict = sandbox.judge("def f():\n    return 'abcdefg'", make_problem(test))
        assert verdict.status == Status.MEMORY_LIMIT
        assert sandbox.judge(SAME, make_problem("assert f(1) == 1")).passed


def test_callbacks_cannot_fill_the_memory_of_the_judge() -> None:
    test = "import operator\nassert f(operator.mul) == 1"
    program = "def f(g):\n    return g([0] * 1000, 10**6)"
    with Sandbox(Limits(memory_mb=256), workers=1) as sandbox:
        verdict = sandbox.judge(program, make_problem(test))
        assert not verdict.passed
        assert sandbox.judge(SAME, make_problem("assert f(1) == 1")).passed
