"""Programs that once broke the sandbox, fooled it, or affected later programs."""

import textwrap
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hrm_datasets.problems import Problem
from hrm_eval._sandbox.layer import Layer
from hrm_eval.sandbox import Limits, Sandbox, SandboxError, Status

ADD = Problem(
    task_id="toy/1",
    text="Add two numbers.",
    entry_point="add",
    tests=("assert add(1, 2) == 3", "assert add(-1, 5) == 4"),
)
RIGHT = "def add(a, b):\n    return a + b\n"
LIMITS = Limits(timeout_seconds=1.0, memory_mb=256)


@pytest.fixture(scope="module", params=["namespaces", "no namespaces"])
def sandbox(request) -> Iterator[Sandbox]:
    with Sandbox(LIMITS, workers=1, use_namespaces=request.param == "namespaces") as sandbox:
        yield sandbox


SPOILERS = {
    "closes its folder": "import os; os.chmod('.', 0)\n",
    "closes shared memory": "import os; os.chmod('/dev/shm', 0)\n",
    "closes the parent of its folders": "import os; os.chmod('/box', 0)\n",
    "takes the names that emptying needs": """
import os
os.mkdir('.0'); os.mkdir('.1')
for i in range(5):
    os.mkdir(f'a{i}'); open(f'a{i}/f', 'w').close()
""",
    "moves the end of its output": "import os; os.lseek(1, 20 * 2**20, 0)\n",
    "fills the file system with attributes": """
import os
for folder in ('/box', '/box/tmp', '/box/shm', '.'):
    for n in range(400):
        os.setxattr(folder, f'user.a{n}', b'x' * 60000)
""",
    "slows its parent": """
import os
os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)
os.sched_setaffinity(os.getppid(), {0})
""",
    "makes its parent talk": "import os, signal; os.kill(os.getppid(), signal.SIGSEGV)\n",
    "leaves shared memory": "open('/dev/shm/left', 'w').write('x' * 2**20)\n",
}
LOOK = """
import os
print("hi")
open("file", "w").write("x")
assert os.listdir() == ["file"]
assert os.sched_getaffinity(0) == os.sched_getaffinity(os.getppid())
assert os.getpriority(os.PRIO_PROCESS, os.getppid()) < 19
try: assert os.listdir("/dev/shm") == []
except PermissionError: pass
"""


def test_modules_that_run_in_a_candidate_have_private_builtins(sandbox: Sandbox) -> None:
    program = """
def modules(is_private):
    import builtins, sys
    folders = ("hrm_eval._sandbox.wire.", "hrm_eval._sandbox.candidate.")
    return [name.rpartition(".")[2] for name, module in sys.modules.items()
            if name.startswith(folders)
            and (vars(module)["__builtins__"] is not vars(builtins)) == is_private]
"""
    problem = replace(
        ADD,
        entry_point="modules",
        tests=(
            "assert modules(False) == []",
            "assert {'candidate', 'channel', 'protocol', 'values'} <= set(modules(True))",
        ),
    )
    verdict = sandbox.judge(program, problem)
    assert verdict.passed, verdict.message


@pytest.mark.parametrize("spoiler", SPOILERS.values(), ids=SPOILERS)
def test_a_program_does_not_affect_the_next_one(sandbox: Sandbox, spoiler: str) -> None:
    before = sandbox.judge("import os\nprint(os.sched_getaffinity(0))\n", ADD).message
    attempt = f"try:\n    exec({spoiler!r})\nexcept OSError:\n    pass\n"
    assert sandbox.judge(attempt + RIGHT, ADD).status in (Status.PASSED, Status.EXCEPTION)
    after = sandbox.judge(LOOK + RIGHT, ADD)
    assert after.passed, after.message
    assert sandbox.judge("import os\nprint(os.sched_getaffinity(0))\n", ADD).message == before


def test_a_program_cannot_change_modes_of_the_users_files(sandbox: Sandbox, tmp_path: Path) -> None:
    if Layer.SECCOMP in sandbox.missing:
        pytest.skip(sandbox.missing[Layer.SECCOMP])
    victim = tmp_path / "victim"
    victim.touch(mode=0o600)
    before = victim.stat()
    program = f"""
import os
for change in (lambda p: os.chmod(p, 0o777), lambda p: os.utime(p, (1, 1)),
               lambda p: os.setxattr(p, "user.a", b"x"), lambda p: os.chown(p, 1, 1)):
    for path in ({str(victim)!r}, {str(tmp_path)!r}):
        try: change(path)
        except OSError: pass
"""
    assert sandbox.judge(program + RIGHT, ADD).passed
    after = victim.stat()
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


EVERYTHING = "    def __eq__(self, other): return True\n    __hash__ = None\n"
FOOLED = {
    "a helper class of the tests that is equal to everything": (
        replace(
            ADD,
            entry_point="longest",
            tests=("assert longest([Pair(5, 24), Pair(15, 25)], 2) == 1",),
            reference="class Pair:\n    def __init__(self, a, b): self.a = a\n"
            "def longest(pairs, n): return 1\n",
        ),
        f"class Pair:\n    def __init__(self, *a): pass\n{EVERYTHING}"
        "def longest(pairs, n): return Pair()\n",
        "wrong_answer",
    ),
    "a number that is another one each time": (
        replace(
            ADD,
            entry_point="zero",
            tests=("import math\nx = zero(2)\nassert math.pow(x, 1) == 3 and math.pow(x, 1) == 4",),
        ),
        "class Z:\n    n = 2\n    def __float__(self):\n        self.n += 1\n"
        "        return float(self.n)\ndef zero(x): return Z()\n",
        "wrong_answer",
    ),
    "an instance of the tested class that is equal to everything": (
        replace(
            ADD,
            entry_point="Circle",
            tests=("assert Circle(2).area() == 12.5", "assert abs(Circle(2).area() - 12.5) < 1"),
            reference="class Circle:\n    def __init__(self, r): pass\n"
            "    def area(self): return 12.5\n",
        ),
        f"class Circle:\n    def __init__(self, r): pass\n{EVERYTHING}"
        "    def __sub__(self, other): return 0\n    def area(self): return self\n",
        "wrong_answer",
    ),
    "a length that the items do not have": (
        replace(
            ADD,
            entry_point="out",
            tests=(
                "o = out(3)\nassert len(o) == 3\nassert all(a == b for a, b in zip(o, [1, 2, 3]))",
            ),
        ),
        "class X:\n    def __len__(self): return 3\n    def __iter__(self): return iter(())\n"
        "def out(n): return X()\n",
        "wrong_answer",
    ),
    "an exception class that would need one process": (
        replace(ADD, entry_point="dec", tests=("assert dec(enc('abc')) == 'abc'",)),
        f"class X:\n{EVERYTHING}def enc(s): return KeyError\ndef dec(x): return X()\n",
        "wrong_answer",
    ),
}


@pytest.mark.parametrize(("problem", "program", "status"), FOOLED.values(), ids=FOOLED)
def test_a_value_that_lies_does_not_pass(sandbox, problem, program, status) -> None:
    verdict = sandbox.judge(program, problem)
    assert (verdict.status, verdict.shared_process) == (status, False), verdict.message


SHARED = replace(ADD, tests=("import threading\nassert add(1, 2) == 3",))
STATUSES = {
    "an error that has no text": ("raise ValueError(10**5000)", ADD, "exception"),
    "a key that has no text": ("def add(a, b): return {}[10**5000]", ADD, "exception"),
    "a message that has no text": (
        "def add(a, b): return 10**5000",
        replace(ADD, tests=("r = add(1, 2)\nassert r == 3, r",)),
        "wrong_answer",
    ),
    "an expected value that the program takes part in": (
        "class X:\n    n = 0\n    def __lt__(self, o):\n        X.n += 1\n"
        "        if X.n > 1: raise SystemExit\n        return True\n    __gt__ = __lt__\n"
        "def add(a, b): return X()",
        replace(ADD, tests=("r = [add(1, 2), add(3, 4)]\nassert add(5, 6) == max(r)",)),
        "wrong_answer",
    ),
    "an address that numpy would read": (
        "class X:\n    __array_interface__ = {'shape': (3,), 'typestr': '<f8',"
        " 'data': (4096, True), 'version': 3}\ndef add(a, b): return X()",
        replace(ADD, tests=("assert list(add(1, 2).__array_interface__)",)),
        "exception",
    ),
    "an error that takes other arguments, in one process": (
        "class E(Exception):\n    __module__ = 're'\nE.__qualname__ = 'error'\n"
        "def add(a, b): raise E('x', 5, 1)",
        SHARED,
        "exception",
    ),
    "an error with an invalid name, in one process": (
        "class E(Exception): pass\nE.__qualname__ = 'a\\0b'\ndef add(a, b): raise E",
        SHARED,
        "exception",
    ),
    "lists of the same lists over and over": (
        "def add(a, b):\n    x = [0]\n    for _ in range(60): x = [x] * 10\n    return x",
        ADD,
        "wrong_answer",
    ),
    "many keys that share a hash": (
        "def add(a, b): return {i * (2**61 - 1) for i in range(20_000)}",
        ADD,
        "timeout crashed",
    ),
    "many containers in the tests": (
        "def add(a, b): return len(a)",
        replace(ADD, tests=("x = [[i] for i in range(210_000)]\nassert add(x, 1) == 1",)),
        "output_limit",
    ),
    "a group of exceptions": (
        "def add(a, b): raise ExceptionGroup('two', [ValueError(1), KeyError(2)])",
        ADD,
        "exception",
    ),
    "a number with more digits than cross": (
        "from decimal import Decimal\ndef add(a, b): return Decimal('1' * 10_001)",
        ADD,
        "output_limit",
    ),
    "many containers": (
        "def add(a, b): return [[] for _ in range(210_000)]",
        ADD,
        "output_limit",
    ),
    "children whose time nobody counts": (
        "import os, signal, time\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\n"
        "def add(a, b):\n    for _ in range(4):\n        if not os.fork():\n"
        "            while time.process_time() < 0.6: pass\n            os._exit(0)\n"
        "        time.sleep(0.65)\n    return a + b",
        ADD,
        "timeout",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("program", "problem", "status"), STATUSES.values(), ids=STATUSES)
def test_a_value_that_is_hard_to_handle_gets_its_verdict(sandbox, program, problem, status) -> None:
    began = time.monotonic()
    verdict = sandbox.judge(program, problem)
    assert verdict.status in status.split(), verdict.message
    assert time.monotonic() - began < 10
    assert sandbox.judge(RIGHT, ADD).passed


def test_a_verdict_larger_than_a_socket_buffer_blocks_nothing(sandbox: Sandbox) -> None:
    long = replace(ADD, tests=(f"import math\nassert add('{'z' * 600_000}', 2) == 3",))
    jobs = [(n, "def add(a, b): return 0", long) for n in range(4)]
    assert {v.status for _, v in sandbox.judge_all(jobs)} == {Status.WRONG_ANSWER}


def test_calls_larger_than_a_channel_buffer_block_nothing(sandbox: Sandbox) -> None:
    tests = (f"assert add({list(range(60_000))}, 1) == {list(range(1, 60_001))}",) * 4
    problem = replace(ADD, tests=tests, reference="def add(l, n): return [x + n for x in l]")
    assert sandbox.judge(problem.reference, problem).passed


def test_threads_that_share_a_sandbox_get_their_own_verdicts(sandbox: Sandbox) -> None:
    wrong = "def add(a, b): return 0"
    found: dict[int, list[Status]] = {0: [], 1: []}

    def judge(which: int) -> None:
        for _ in range(20):
            found[which].append(sandbox.judge((RIGHT, wrong)[which], ADD).status)

    threads = [threading.Thread(target=judge, args=(which,)) for which in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {0: [Status.PASSED] * 20, 1: [Status.WRONG_ANSWER] * 20}


def test_a_second_run_before_the_first_is_over_is_refused(sandbox: Sandbox) -> None:
    first = sandbox.judge_all([(1, RIGHT, ADD), (2, RIGHT, ADD)])
    next(first)
    with pytest.raises(SandboxError, match="it is busy"):
        list(sandbox.judge_all([(1, "", ADD)]))
    assert len(list(first)) == 1
    assert sandbox.judge(RIGHT, ADD).passed


@pytest.mark.parametrize("sandbox", ["namespaces"], indirect=True)
def test_shared_memory_that_a_dead_child_filled_is_counted(sandbox: Sandbox) -> None:
    if "cgroup" in sandbox.missing:
        pytest.skip("needs a control group")
    program = """
        import mmap, os, time
        for _ in range(3):
            if os.fork() == 0:
                memory = mmap.mmap(-1, 180 * 2**20)
                if os.fork() == 0:
                    for start in range(0, len(memory), 4096):
                        memory[start] = 1
                    os._exit(0)
                os.wait()
                time.sleep(99)
        time.sleep(3)
        def add(a, b):
            return a + b
    """
    limits = Limits(memory_mb=200)
    with Sandbox(limits, workers=1) as small:
        verdict = small.judge(textwrap.dedent(program), ADD)
        assert verdict.status == Status.MEMORY_LIMIT, verdict.message
        assert small.judge(RIGHT, ADD).passed


@pytest.mark.parametrize("sandbox", ["namespaces"], indirect=True)
def test_children_that_nobody_waits_for_are_counted(sandbox: Sandbox) -> None:
    if "cgroup" in sandbox.missing:
        pytest.skip("needs a control group")
    program = """
        import os, signal, time
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        for _ in range(40):
            if os.fork() == 0:
                end = time.process_time() + 0.02
                while time.process_time() < end:
                    pass
                os._exit(0)
        time.sleep(1.5)
        def add(a, b):
            return a + b
    """
    assert sandbox.judge(textwrap.dedent(program), ADD).cpu_seconds > 0.75


STOPS = {
    "map": "assert all(map(f, [2, 4]))",
    "zip": "for got, want in zip(map(f, [1, 2]), [2, 3]):\n    assert got == want",
    "generator": "assert sum(1 for x in (1, 2) if not f(x)) == 0",
    "next": "assert next(map(f, [1]), 5) == 5",
}


@pytest.mark.parametrize("test", STOPS.values(), ids=STOPS)
def test_stop_iteration_does_not_end_the_loop_of_a_test(sandbox: Sandbox, test: str) -> None:
    problem = Problem(
        task_id="toy/1",
        text="",
        entry_point="f",
        tests=(test,),
        reference="def f(x):\n    return x",
    )
    verdict = sandbox.judge("def f(x):\n    raise StopIteration", problem)
    assert verdict.status == Status.EXCEPTION
    assert "StopIteration" in verdict.message


def test_a_test_may_expect_stop_iteration(sandbox: Sandbox) -> None:
    program = "def f(x):\n    raise StopIteration"
    test = "try:\n    f(1)\nexcept StopIteration:\n    pass\nelse:\n    assert False"
    problem = Problem(task_id="toy/1", text="", entry_point="f", tests=(test,), reference=program)
    assert sandbox.judge(program, problem).passed


def test_a_program_cannot_forge_what_the_tests_measure_with(sandbox: Sandbox) -> None:
    reference = """
EPS = 1e-6
def close(a, b):
    return abs(a - b) < EPS
def f(x):
    return x / 3
"""
    problem = Problem(
        task_id="toy/1",
        text="",
        entry_point="f",
        tests=("assert close(f(1), 1 / 3)", "assert abs(f(9) - 3) < EPS"),
        reference=reference,
    )
    forger = "EPS = 9e9\ndef close(a, b):\n    return True\ndef f(x):\n    return 0.0"
    assert sandbox.judge(forger, problem).status == Status.WRONG_ANSWER
    for right in (reference, "def f(x):\n    return x / 3"):
        verdict = sandbox.judge(right, problem)
        assert verdict.passed, verdict.message
        assert not verdict.shared_process
