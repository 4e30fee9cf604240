"""Programs that take memory, CPU time or the sandbox's own processes in unusual ways."""

import textwrap
from collections.abc import Iterator

import pytest

from hrm_datasets import Problem
from hrm_eval._sandbox.layer import Layer
from hrm_eval.sandbox import Limits, Sandbox, Status

PROBLEM = Problem(task_id="toy/1", text="", entry_point="f", tests=("assert f(1) == 1",))
INNOCENT = "import os\nassert os.listdir() == []\ndata = bytearray(10**7)\ndef f(x):\n    return x"
IMPORTS = "import ctypes, fcntl, mmap, os, signal, socket, threading, time\n"
FAILS = set(Status) - {Status.PASSED}

PROGRAMS = {
    "files without names": (
        """
        for n in range(20):
            descriptor = os.memfd_create("a")
            for m in range(100):
                os.write(descriptor, bytes(2**20))
        """,
        FAILS,
    ),
    "files in shared memory": (
        """
        for n in range(20):
            with open(f"/dev/shm/{n}", "wb") as file:
                for m in range(100):
                    file.write(bytes(2**20))
        """,
        FAILS,
    ),
    "shared mappings of orphans": (
        """
        for n in range(12):
            if os.fork() == 0:
                memory = mmap.mmap(-1, 100 * 2**20)
                for start in range(0, len(memory), 4096):
                    memory[start] = 1
                if os.fork() == 0:
                    time.sleep(5)
                os._exit(0)
            os.wait()
        time.sleep(0.5)
        """,
        {Status.MEMORY_LIMIT},
    ),
    "many processes of medium size": (
        """
        for n in range(10):
            if os.fork() == 0:
                data = bytearray(150 * 2**20)
                for start in range(0, len(data), 4096):
                    data[start] = 1
                time.sleep(5)
        time.sleep(2)
        """,
        {Status.MEMORY_LIMIT},
    ),
    "calls that need privileges": (
        """
        libc = ctypes.CDLL(None, use_errno=True)
        text = ctypes.create_string_buffer(120)
        os.mkdir("m")
        assert libc.shmget(0x1234, 2**20, 0o1600) < 0
        assert libc.msgget(5, 0o1600) < 0
        assert libc.semget(5, 1, 0o1600) < 0
        assert libc.mount(b"none", b"m", b"tmpfs", 0, 0) < 0
        assert libc.unshare(0x10000000) < 0
        assert libc.ptrace(16, os.getppid(), 0, 0) < 0
        """,
        {Status.PASSED},
    ),
    "processes that wake up all the time": (
        """
        for n in range(60):
            if os.fork() == 0:
                while True:
                    time.sleep(0.05)
        time.sleep(60)
        """,
        {Status.TIMEOUT},
    ),
    "orphans that compute": (
        """
        for n in range(4):
            if os.fork() == 0:
                os.setsid()
                if os.fork():
                    os._exit(0)
                while True:
                    pass
        time.sleep(60)
        """,
        {Status.TIMEOUT},
    ),
    "names that fill a path": (
        """
        try:
            for n in range(300):
                os.mkdir("a" * 255)
                os.chdir("a" * 255)
        except OSError:
            pass
        """,
        {Status.PASSED, Status.TIMEOUT},
    ),
    "a process that forks and ends": (
        """
        if os.fork() == 0:
            while True:
                try:
                    if os.fork():
                        os._exit(0)
                except OSError:
                    pass
        time.sleep(0.1)
        """,
        {Status.PASSED, Status.TIMEOUT},
    ),
    "everything stops": (
        """
        for n in range(30):
            if os.fork() == 0:
                os.setsid()
                os.kill(os.getpid(), signal.SIGSTOP)
        os.kill(os.getpid(), signal.SIGSTOP)
        """,
        FAILS,
    ),
    "a channel full of nothing": (
        """
        os.set_blocking(3, False)
        for n in range(1000):
            try:
                os.write(3, bytes([255]) * 60_000)
            except OSError:
                pass
        """,
        FAILS,
    ),
    "descriptors that nobody receives": (
        """
        left, right = socket.socketpair()
        left.setblocking(False)
        for n in range(100):
            pair = socket.socketpair()
            pair[0].setblocking(False)
            try:
                while True:
                    pair[0].send(bytes(60_000))
            except OSError:
                pass
            try:
                socket.send_fds(left, [b"x"], [end.fileno() for end in pair])
            except OSError:
                pass
            for end in pair:
                end.close()
        """,
        set(Status),
    ),
}


@pytest.fixture(scope="module", params=[True, False], ids=["namespaces", "no namespaces"])
def sandbox(request) -> Iterator[Sandbox]:
    limits = Limits(timeout_seconds=1, memory_mb=256)
    with Sandbox(limits, workers=1, use_namespaces=request.param) as sandbox:
        yield sandbox


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_that_takes_too_much_is_stopped_and_spoils_nothing(
    sandbox: Sandbox, name: str
) -> None:
    body, statuses = PROGRAMS[name]
    if statuses == {Status.MEMORY_LIMIT} and Layer.CGROUP in sandbox.missing:
        # Nobody counts the memory of a mapping whose process has ended.
        statuses = {*statuses, Status.PASSED, Status.TIMEOUT}
    program = f"{IMPORTS}def f(x):\n{textwrap.indent(textwrap.dedent(body), '    ')}\n    return x"
    verdict = sandbox.judge(program, PROBLEM)
    assert verdict.status in statuses, verdict.message
    after = sandbox.judge(INNOCENT, PROBLEM)
    assert after.passed, after.message
