"""Messages name what the sandbox refused, and leave errors of the program's own as they are."""

from collections.abc import Iterator

import pytest

from hrm_datasets import Problem
from hrm_eval.sandbox import MAX_PROCESSES, Limits, Sandbox, Status, Verdict

NETWORK = "The sandbox has no network, and no setting allows one."
FILES = "The sandbox lets a program write only into its own empty folder"
PROCESSES = f"The sandbox allows a program {MAX_PROCESSES} processes and threads"
NAMESPACES = "only where the machine has namespaces"

SOCKET = "import socket\n try: socket.socket()"
WAIT = "import threading as t\n wait = t.Event().wait"
PROCESS = "import multiprocessing as m; m.get_context('forkserver').Process(target=print)"
MEMORY = "from multiprocessing.shared_memory import SharedMemory; m = SharedMemory(None, True, 9)"

# What `f` does, and what the message has to say.
REFUSED = {
    "connect": ("import socket; socket.create_connection(('127.0.0.1', 80))", NETWORK),
    "datagram": ("import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", NETWORK),
    "alias": ("from socket import socket as s; s()", NETWORK),
    "name": ("import socket; socket.gethostbyname('example.com')", NETWORK),
    "url": ("import urllib.request as u; u.urlopen('http://example.com')", NETWORK),
    "https": ("import http.client as h; h.HTTPSConnection('1.1.1.1').request('GET', '/')", NETWORK),
    "server": ("import socketserver as s; s.TCPServer(('', 0), None)", NETWORK),
    "asyncio": ("import asyncio as a; a.run(a.open_connection('127.0.0.1', 80))", NETWORK),
    "again": (f"{SOCKET}\n except OSError as e: raise", NETWORK),
    "from": (f"{SOCKET}\n except OSError as e: raise V() from e", NETWORK),
    "in its place": (f"{SOCKET}\n except OSError: raise V('no')", NETWORK),
    "fork": ("import os, time\n while os.fork(): pass\n time.sleep(9)", PROCESSES),
    "spawn": ("import subprocess as s; [s.Popen(['sleep', '9']) for _ in range(200)]", PROCESSES),
    "threads": (f"{WAIT}\n while 1: t.Thread(target=wait).start()", PROCESSES),
    "write": ("open('/usr/lib/x.txt', 'w')", FILES),
    "append": ("import pathlib; pathlib.Path('/etc/hosts').write_text('x')", FILES),
    "read": ("open('/etc/passwd').read()", FILES),
    "list": ("import os; os.listdir('/etc/ssl')", FILES),
    "make": ("import os; os.makedirs('/var/data')", FILES),
    "import": ("from hrm_datasets import load_problems", "The sandbox hides packages"),
    "large file": ("open('x', 'wb').truncate(2**30)", "The sandbox limits"),
    "open files": ("[open('/dev/null') for _ in range(300)]", "The sandbox allows 256 open files."),
    "memory": ("x = bytes(2**33)", "Raise it with --memory-mb."),
    "mapping": ("import mmap; mmap.mmap(-1, 2**33)", "Raise it with --memory-mb."),
    "attribute": ("import os; os.setxattr('.', 'user.a', b'')", "extended attributes"),
    "flock": ("import fcntl; fcntl.flock(open('x', 'w'), 2)", "fcntl.lockf works"),
    "priority": ("import os; os.nice(-9)", "no program this system call"),
    "limits": ("import resource as r; r.setrlimit(r.RLIMIT_AS, (-1, -1))", "--memory-mb"),
    "input": ("return int(input())", "The sandbox gives a program no input"),
}  # fmt: skip
# These work where namespaces make files, signals and shared memory private.
NEED_NAMESPACES = {
    "modes": ("import os; open('x', 'w'); os.chmod('x', 0o600)", NAMESPACES),
    "times": ("import shutil; open('x', 'w'); shutil.copy2('x', 'y')", NAMESPACES),
    "semaphore": ("import multiprocessing as m; m.get_context('spawn').Lock()", NAMESPACES),
    "memory": (f"{MEMORY}; m.close(); m.unlink()", NAMESPACES),
    "manager": ("import multiprocessing as m; m.Manager()", NAMESPACES),
    "forkserver": (f"{PROCESS}.start()", NAMESPACES),
    "unix socket": ("import socket; socket.socket(socket.AF_UNIX)", NAMESPACES),
    "kill": ("import os; os.kill(os.getppid(), 9)", "signal only its own processes"),
}
# Errors of the program's own, or that would be the same without a sandbox.
PLAIN = {
    "raised": "raise PermissionError('not an admin')",
    "raised with its number": "raise PermissionError(13, 'Permission denied', '/etc/passwd')",
    "raised as the kernel does": "import os; raise OSError(1, os.strerror(1))",
    "missing": "open('data.txt')",
    "missing at the root": "open('/no_such_folder/data.txt')",
    "missing in tmp": "open('/tmp/data.txt')",
    "missing in usr": "open('/usr/share/no_such_file')",
    "own file": "import os; os.mkdir('d'); open('d')",
    "missing command": "import subprocess; subprocess.run(['no_such_command'])",
    "not executable": "import subprocess; open('x', 'w').close(); subprocess.run(['./x'])",
    "missing package": "import no_such_package",
    "own error": "raise RuntimeError('too many threads')",
    "value": "int('x')",
    "end of file": "raise EOFError",
    "after a refusal": f"{SOCKET}\n except OSError: int('x')",
    "service": "import socket; socket.getservbyname('no_such_service')",
}


@pytest.fixture(scope="module", params=[True, False], ids=["namespaces", "no namespaces"])
def sandbox(request) -> Iterator[Sandbox]:
    with Sandbox(Limits(timeout_seconds=3), workers=1, use_namespaces=request.param) as sandbox:
        yield sandbox


def run(sandbox: Sandbox, body: str, test: str = "assert f() == 1") -> Verdict:
    problem = Problem(task_id="toy/1", text="", entry_point="f", tests=(test,))
    lines = body.replace("\n ", "\n    ")
    return sandbox.judge(f"class V(Exception): pass\ndef f():\n    {lines}\n", problem)


@pytest.mark.parametrize("name", REFUSED)
def test_the_message_names_what_the_sandbox_refused(sandbox: Sandbox, name: str) -> None:
    body, words = REFUSED[name]
    verdict = run(sandbox, body)
    assert verdict.status in (Status.EXCEPTION, Status.MEMORY_LIMIT)
    assert words in verdict.message


@pytest.mark.parametrize("name", NEED_NAMESPACES)
def test_the_message_says_what_would_work_with_namespaces(sandbox: Sandbox, name: str) -> None:
    body, words = NEED_NAMESPACES[name]
    is_refused = "mount_namespace" in sandbox.missing
    assert (words in run(sandbox, body).message) == is_refused


@pytest.mark.parametrize("name", PLAIN)
def test_an_error_of_the_program_is_not_put_down_to_the_sandbox(sandbox, name: str) -> None:
    verdict = run(sandbox, PLAIN[name])
    assert verdict.status == Status.EXCEPTION
    assert "sandbox" not in verdict.message


def test_a_refusal_is_named_too_where_the_tests_share_the_process(sandbox: Sandbox) -> None:
    verdict = run(sandbox, "import socket; socket.socket()", "import sys; sys.stdout\nf()")
    assert verdict.shared_process
    assert NETWORK in verdict.message


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ("open('/etc/passwd').read()", FILES),
        ("open('/usr/lib/x.txt', 'w')", FILES),
        ("import socket\nsocket.create_connection(('127.0.0.1', 80))", NETWORK),
        ("import fcntl\nfcntl.flock(open('x', 'w'), 2)", "fcntl.lockf works"),
        ("from hrm_datasets import load_problems", "The sandbox hides packages"),
    ],
    ids=["read", "write", "network", "lock", "import"],
)
def test_a_refusal_is_named_too_if_a_test_meets_it(sandbox: Sandbox, test: str, words: str) -> None:
    verdict = run(sandbox, "return 1", f"assert f() == 1\n{test}")
    assert verdict.status == Status.EXCEPTION
    assert words in verdict.message
    assert "sandbox" not in run(sandbox, "return 1", "f()\nassert open('data.txt')").message
