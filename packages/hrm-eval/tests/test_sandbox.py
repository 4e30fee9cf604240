import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from hrm_core.config import from_mapping
from hrm_core.errors import ConfigError, DataError
from hrm_datasets.problems import Problem
from hrm_eval._sandbox.layer import Layer
from hrm_eval.sandbox import (
    MAX_MESSAGE,
    Limits,
    Sandbox,
    SandboxError,
    Status,
    Verdict,
)

pytestmark = pytest.mark.alone

PROBLEM = Problem(
    task_id="toy/1",
    text="Add two numbers.",
    entry_point="add",
    tests=("assert add(1, 2) == 3", "assert add(-1, 5) == 4"),
)
RIGHT = "def add(a, b):\n    return a + b\n"
WRONG = "def add(a, b):\n    return a - b\n"
LIMITS = Limits(timeout_seconds=1.0, memory_mb=256)
SHORT = Limits(timeout_seconds=0.3, memory_mb=256)


@pytest.fixture(scope="module")
def temporary_folder(tmp_path_factory) -> Iterator[Path]:
    """Use a separate folder for temporary folders, and check that it is empty at the end."""
    folder = tmp_path_factory.mktemp("temporary")
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    yield folder
    tempfile.tempdir = before
    assert list(folder.iterdir()) == []


@pytest.fixture(scope="module", params=["namespaces", "no namespaces"])
def sandbox(request, temporary_folder: Path) -> Iterator[Sandbox]:
    with Sandbox(LIMITS, workers=1, use_namespaces=request.param == "namespaces") as sandbox:
        yield sandbox


@pytest.fixture(scope="module", params=["namespaces", "no namespaces"])
def short(request, temporary_folder: Path) -> Iterator[Sandbox]:
    with Sandbox(SHORT, workers=1, use_namespaces=request.param == "namespaces") as sandbox:
        yield sandbox


def run(sandbox: Sandbox, program: str, problem: Problem = PROBLEM) -> Verdict:
    return sandbox.judge(textwrap.dedent(program), problem)


def printed_by(sandbox: Sandbox, program: str) -> list[str]:
    """Return the lines that a program printed; its answer is wrong, so they are in the message."""
    message = run(sandbox, f"{textwrap.dedent(program)}\n{WRONG}").message
    return message.partition("It printed:\n")[2].splitlines()


def command_lines() -> set[tuple[int, str]]:
    """Return the processes of sandboxes that descend from this one, or from nobody any more."""
    lines, children = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            lines[int(folder.name)] = (folder / "cmdline").read_text()
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(stat[1]), []).append(int(folder.name))
    found, parents = set(), [os.getpid()]
    while parents:
        parents = [child for parent in parents for child in children.get(parent, [])]
        found.update(parents)
    found.update(children.get(1, []))
    marks = ("start.py", "sleep\0009876")
    return {(pid, lines[pid]) for pid in found if any(mark in lines.get(pid, "") for mark in marks)}


def orphans() -> set[str]:
    """Return the numbers of dead processes that nobody but number 1 can reap."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
            if text.rpartition(")")[2].split()[:2] == ["Z", "1"] and "python" in text:
                found.add(text.split()[0])
        except OSError:
            continue
    return found


def needs(sandbox: Sandbox, layer: Layer) -> None:
    if layer in sandbox.missing:
        pytest.skip(f"{layer}: {sandbox.missing[layer]}")


PASSING = {
    "right": RIGHT,
    "carriage returns": RIGHT.replace("\n", "\r\n"),
    "exit under the main guard": RIGHT + "if __name__ == '__main__':\n    import sys; sys.exit(0)",
    "prints 200 KB": "print('x' * 200_000)\n" + RIGHT,
    "prints bytes that are not UTF-8": "import os; os.write(1, b'\\xff\\xfe' * 99)\n" + RIGHT,
    "closes its output": "import os, sys; sys.stdout.close(); os.close(2)\n" + RIGHT,
    "atexit handler hangs": "import atexit, time; atexit.register(time.sleep, 99)\n" + RIGHT,
    "thread hangs": """
        import threading, time
        threading.Thread(target=time.sleep, args=(99,)).start()
        def add(a, b): return a + b""",
    "object hangs as it dies": """
        import time
        class Sticky:
            def __del__(self): time.sleep(99)
        sticky = Sticky()
        def add(a, b): return a + b""",
    "background process keeps the pipes": """
        import subprocess
        subprocess.Popen(["sleep", "99"])
        def add(a, b): return a + b""",
    "forked copy keeps every descriptor": """
        import os, time
        if os.fork() == 0:
            time.sleep(99)
        def add(a, b): return a + b""",
    "forked copy runs on": "import os\nos.fork()\n" + RIGHT,
    "uses every descriptor": """
        import os
        try:
            while True: os.open("/dev/null", os.O_RDONLY)
        except OSError: pass
        def add(a, b): return a + b""",
    "breaks the standard library": """
        import os, sys, time, traceback
        os.write = os.getpid = sys.exit = time.sleep = traceback.extract_tb = None
        def add(a, b): return a + b""",
    "dataclass with text annotations": """
        from __future__ import annotations
        from dataclasses import dataclass
        @dataclass
        class Sum:
            value: int
        def add(a, b): return Sum(a + b).value""",
    "pickle and forked pool": """
        import multiprocessing, pickle
        class Number(int): pass
        def add(a, b):
            with multiprocessing.get_context("fork").Pool(1) as pool:
                return sum(pool.map(int, [pickle.loads(pickle.dumps(Number(a))), b]))""",
    "twenty threads": """
        import time
        from concurrent.futures import ThreadPoolExecutor
        def add(a, b):
            with ThreadPoolExecutor(20) as pool:
                list(pool.map(time.sleep, [0.05] * 20))
            return a + b""",
    "read-only and deep folders": """
        import os
        os.makedirs("a/b"); os.chmod("a", 0)
        for _ in range(2000):
            os.mkdir("d"); os.chdir("d")
        def add(a, b): return a + b""",
}


@pytest.mark.parametrize("program", PASSING.values(), ids=PASSING)
def test_a_right_program_passes(sandbox: Sandbox, program: str) -> None:
    if "multiprocessing" in program or "chmod" in program:
        # Semaphores need a private /dev/shm, and modes may change only where no file is the user's.
        needs(sandbox, Layer.MOUNT_NAMESPACE)
    verdict = run(sandbox, program)
    assert verdict.status == Status.PASSED, verdict.message
    assert verdict.passed
    assert verdict.tests == (Status.PASSED, Status.PASSED)
    assert verdict.message == ""
    assert not verdict.shared_process
    assert 0 < verdict.seconds < LIMITS.idle_seconds
    assert 2**20 < verdict.peak_memory_bytes < 2**28


SPIN = "while True: pass"
CATCH_ALL = """
def add(a, b):
    while True:
        try:
            while True: pass
        except BaseException: pass
"""
FAILING = [
    (WRONG, "wrong_answer"),
    ("", "missing_entry_point"),
    ("add = 1", "exception"),
    ("def add(a, b): raise ValueError(a)", "exception"),
    ("def add(a, b): assert a > b", "exception"),
    ("1 / 0", "exception"),
    ("input()\n" + RIGHT, "exception"),
    ("raise KeyboardInterrupt", "exception"),
    ("class Empty(Exception):\n    def __len__(self): return 0\nraise Empty", "exception"),
    ("open('big', 'wb').truncate(257 * 2**20)\n" + RIGHT, "exception"),
    ("def add(a, b): return a +", "syntax_error"),
    ("if False:", "syntax_error"),
    ("x = 1\0", "syntax_error"),
    ("x = '\ud800'", "syntax_error"),
    ("x = " + "-" * 100_000 + "1", "syntax_error"),
    ("raise SystemExit(0)", "exited"),
    ("quit()", "exited"),
    ("import os; os._exit(0)", "exited"),
    ("import os, sys; os.execv(sys.executable, [sys.executable, '-c', ''])", "exited"),
    ("def add(a, b): exit()", "exited"),
    ("def add(a, b):\n    import os; os._exit(0)", "exited"),
    (WRONG + "import atexit, os; atexit.register(os._exit, 0)", "wrong_answer"),
    (WRONG + "import os, sys; sys.excepthook = lambda *_: os._exit(0)", "wrong_answer"),
    (WRONG + "import builtins; builtins.AssertionError = int", "wrong_answer"),
    ("import builtins; vars(builtins).clear()\n" + WRONG, "wrong_answer"),
    ("import os\nif os.fork(): os._exit(0)\n" + RIGHT, "exited"),
    (SPIN, "timeout"),
    (CATCH_ALL, "timeout"),
    ("import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\n" + SPIN, "timeout"),
    ("import time; time.sleep(99)", "timeout"),
    ("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", "timeout"),
    ("import os; os.fork(); os.closerange(0, 256)\n" + SPIN, "exited"),
    ("import time\nwhile time.process_time() < 0.5: pass\n" + RIGHT, "timeout"),
    ("import os\nos.fork() or os._exit(0)\nos.wait()\n" + SPIN, "timeout"),
    ("x = bytes(2**30)\n" + RIGHT, "memory_limit"),
    ("x = []\nwhile True: x.append(bytes(2**20))", "memory_limit"),
    ("import os\nwhile True: os.write(1, bytes(2**16))", "timeout"),
    ("import os; os.abort()", "crashed"),
    ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "crashed"),
    ("import ctypes; ctypes.string_at(0)", "crashed"),
]


@pytest.mark.parametrize(("program", "status"), FAILING, ids=[str(i) for i in range(len(FAILING))])
def test_a_failing_program_gets_the_status_of_its_failure(
    short: Sandbox, program: str, status: str
) -> None:
    verdict = run(short, program)
    assert (verdict.status, verdict.passed) == (status, False), verdict.message
    assert 0 < len(verdict.message) <= MAX_MESSAGE


CHEATS = {
    "equal to everything": """
        class Equal:
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __hash__(self): return 0
        def add(a, b): return Equal()""",
    "a number that is equal to everything": """
        class Equal(int):
            def __eq__(self, other): return True
            __hash__ = int.__hash__
        def add(a, b): return Equal(0)""",
    "the entry point is a class whose instances are equal to everything": """
        class add:
            def __init__(self, a, b): pass
            def __eq__(self, other): return True""",
    "a list of what is equal to everything": """
        class Equal:
            def __eq__(self, other): return True
        def add(a, b): return [Equal()]""",
    "exits with success": "import os; os._exit(0)",
    "reads the tests": """
        import gc, os, sys
        def texts():
            frame = sys._getframe()
            while frame:
                yield from map(str, frame.f_locals.values())
                frame = frame.f_back
            yield from (str(o) for o in gc.get_objects() if type(o) in (list, tuple, dict))
            for pid in os.listdir("/proc"):
                try: yield open(f"/proc/{pid}/cmdline").read()
                except OSError: pass
        found = 2 * chr(61) + chr(32) + chr(51) in "".join(texts())
        def add(a, b): return {(1, 2): 3, (-1, 5): 4}[a, b] if found else None""",
    "makes the judge raise what ends it": """
        class EndedError(BaseException):
            __module__ = "hrm_eval._sandbox.judge.session"
        EndedError.__qualname__ = "EndedError"
        def add(a, b): raise EndedError""",
    "replaces what tests are made of": """
        import builtins
        builtins.abs = builtins.len = lambda *_: 3
        builtins.AssertionError = type("Never", (BaseException,), {})
        def add(a, b): return 42""",
}


@pytest.mark.parametrize("program", CHEATS.values(), ids=CHEATS)
def test_a_program_that_cheats_never_passes(sandbox: Sandbox, program: str) -> None:
    verdict = run(sandbox, program)
    assert not verdict.passed
    assert verdict.status != Status.TIMEOUT


@pytest.mark.parametrize(
    ("test", "program"),
    [
        ("assert abs(area(1) - 3.1) < 0.1", "    def __sub__(self, other): return 0.0"),
        ("assert area(1) < 4", "    def __lt__(self, other): return True"),
        ("assert 3 in area(1)", "    def __contains__(self, item): return True"),
        ("assert not area(1) != 3", "    def __ne__(self, other): return False"),
        ("assert area(1) in [3]", "    def __eq__(self, other): return True"),
        ("assert 4 > area(1)", "    def __lt__(self, other): return True"),
        (
            "assert {area(1): 1} == {3: 1}",
            "    def __eq__(self, o): return True\n    def __hash__(self): return 3",
        ),
    ],
)
def test_operators_of_a_result_never_see_the_expected_value(sandbox, test, program) -> None:
    problem = replace(PROBLEM, entry_point="area", tests=(test,), reference="def area(r): return 3")
    verdict = run(sandbox, f"class Sly:\n{program}\ndef area(r): return Sly()", problem)
    assert not verdict.passed


FORGERIES = [
    b"garbage",
    b"\\n" * 9,
    b"\\xff\\n",
    b"0 test passed \\n0 done\\n",
    b"[" * 999_999,
]


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("end", ["os._exit(0)", "def add(a, b): return a + b"])
def test_bytes_forged_into_the_channel_never_pass(sandbox, forgery: bytes, end: str) -> None:
    text = forgery.decode("ascii")
    program = f"""
        import os
        for fd in range(3, 99):
            try: os.write(fd, b"{text}")
            except OSError: pass
        {end}"""
    verdict = run(sandbox, program)
    assert verdict.status in (Status.CRASHED, Status.EXITED)


@pytest.mark.parametrize(
    ("body", "status", "tests"),
    [
        ("return a + b if a > 0 else 0", "wrong_answer", "passed wrong_answer"),
        ("return 4", "wrong_answer", "wrong_answer passed"),
        ("return 1 / (a + 1) and 0", "wrong_answer", "wrong_answer exception"),
        ("exit()", "exited", "exited exited"),
        ("return [] if a > 0 else [bytes(2**30)]", "wrong_answer", "wrong_answer memory_limit"),
        ("\n    while a < 0: pass", "wrong_answer", "wrong_answer timeout"),
        ("\n    while a < 0: pass\n    return 3", "timeout", "passed timeout"),
        ("import os; os._exit(0)", "exited", "exited"),
    ],
)
def test_each_test_has_a_status_and_the_first_failure_counts(short, body, status, tests) -> None:
    verdict = run(short, f"def add(a, b): {body}")
    assert (verdict.status, " ".join(verdict.tests)) == (status, tests)


def test_a_program_that_does_not_load_has_no_test_statuses(sandbox: Sandbox) -> None:
    assert run(sandbox, "1 / 0").tests == ()
    assert run(sandbox, "pass").tests == ()


def test_the_message_of_a_wrong_answer_names_the_test_and_both_values(sandbox: Sandbox) -> None:
    message = run(sandbox, "print('hello')\n" + WRONG).message
    assert message == (
        "test 1 of 2: assert add(1, 2) == 3\nAssertionError\nreturned -1\nexpected 3\n"
        "It printed:\nhello"
    )


def test_the_message_of_an_exception_shows_the_lines_of_the_program(sandbox: Sandbox) -> None:
    message = run(
        sandbox, "def add(a, b):\n    return half(a)\n\ndef half(x):\n    return x / 0\n"
    ).message
    assert 'File "solution.py", line 2, in add\n    return half(a)' in message
    assert 'File "solution.py", line 5, in half\n    return x / 0' in message
    assert "ZeroDivisionError: division by zero" in message
    assert "candidate.py" not in message


def test_the_message_of_a_syntax_error_shows_the_line(sandbox: Sandbox) -> None:
    message = run(sandbox, "x = 1\ndef add(a b): pass").message
    assert message.startswith("in the program:\n")
    assert 'File "solution.py", line 2\n    def add(a b): pass' in message


@pytest.mark.parametrize(
    ("program", "words"),
    [
        (SPIN, "the limit is 0.3 s (timeout_seconds)"),
        ("import time; time.sleep(9)", "more than 0.9 s neither running nor waiting"),
        ("x = bytes(2**30)", "The limit is 256 MiB (memory_mb)"),
        ("import os; os._exit(7)", "exit status 7"),
        ("import os; os.abort()", "killed by signal SIGABRT"),
        ("print('no function')", "The program defines no 'add'"),
        ("def f(): return f()\nf()", "RecursionError"),
        ("def add(a, b): return 'x' * (20 * 2**20)", "over 16 MiB"),
    ],
)
def test_the_message_names_the_limit_or_the_cause(short, program: str, words: str) -> None:
    assert words in run(short, program).message


@pytest.mark.parametrize(
    "exception",
    [
        r"ValueError('\x1b[2J\x07\r\u202e')",
        r"ValueError('\ud800')",
        "ValueError('x' * 5_000_000)",
        "type('Mute', (Exception,), {'__str__': lambda self: 1 / 0})()",
        "ExceptionGroup('many', [ValueError(i) for i in range(99)])",
        "type('Bare', (Exception,), {'args': property(lambda self: 1 / 0)})()",
        "UnicodeDecodeError('utf-8', b'x', 0, 1, 'why')",
    ],
)
def test_the_message_is_printable_and_short_whatever_is_raised(sandbox, exception: str) -> None:
    verdict = run(sandbox, f"raise {exception}")
    assert verdict.status == Status.EXCEPTION
    assert len(verdict.message) <= MAX_MESSAGE
    assert verdict.message.replace("\n", "").isprintable()
    verdict.message.encode("utf-8")


def test_the_message_is_short_for_long_tests_lines_and_output(sandbox: Sandbox) -> None:
    tests = ("assert add(1, 2) == '" + "\x1b" * 9999 + "'",)
    program = "print('\\x1b' * 99_999)\ndef add(a, b): raise ValueError('" + "\x02" * 9999 + "')"
    assert len(run(sandbox, program, replace(PROBLEM, tests=tests)).message) <= MAX_MESSAGE


def test_the_message_shows_values_that_are_huge_or_have_no_text(sandbox: Sandbox) -> None:
    mute = "class Mute:\n    def __repr__(self): raise SystemExit\n"
    for value in ("10**9999", "'x' * 9_999_999", "Mute()", "[Mute()]"):
        message = run(sandbox, f"{mute}def add(a, b): return {value}").message
        assert "returned " in message
        assert "\nexpected 3" in message
        assert len(message) <= MAX_MESSAGE


def test_a_problem_without_usable_tests_is_corrupt_data(sandbox: Sandbox) -> None:
    for tests in ((), ("?",)):
        with pytest.raises(DataError, match=r"^toy/1: .*(no tests|not Python)"):
            run(sandbox, RIGHT, replace(PROBLEM, tests=tests))


def test_a_program_larger_than_a_pipe_arrives_whole(sandbox: Sandbox) -> None:
    assert run(sandbox, f"text = '{'x' * 500_000}'\nassert len(text) == 500_000\n" + RIGHT).passed


def test_installed_packages_can_be_imported() -> None:
    with Sandbox(Limits(), workers=1) as sandbox:
        assert run(sandbox, "import pydantic\n" + RIGHT).passed


def test_the_environment_is_fixed_and_holds_no_secret(monkeypatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "secret")
    program = "import os\nfor name in sorted(os.environ): print(name, os.environ[name])"
    with Sandbox(LIMITS, workers=1) as sandbox:
        lines = printed_by(sandbox, program)
    names = {line.split()[0] for line in lines}
    assert "HF_TOKEN" not in names
    assert {"HOME", "TMPDIR", "PATH", "LANG", "PYTHONHASHSEED", "OMP_NUM_THREADS"} <= names
    assert "PYTHONHASHSEED 0" in lines


def test_sets_of_text_have_the_same_order_in_every_run(sandbox: Sandbox) -> None:
    program = "print(list({chr(i) * 9 for i in range(97, 123)}))"
    assert printed_by(sandbox, program) == printed_by(sandbox, program)


def test_each_program_has_an_empty_private_folder(sandbox: Sandbox) -> None:
    fill = """
        import os, tempfile
        assert os.getcwd() == tempfile.gettempdir() == os.environ["HOME"]
        assert os.listdir() == []
        tempfile.mkstemp(); tempfile.mkdtemp()
        os.mkdir("closed"); open("closed/file", "w").close(); os.chmod("closed", 0)
        os.symlink("/", "link"); os.chmod(".", 0o500)
    """
    if Layer.MOUNT_NAMESPACE in sandbox.missing:
        fill = fill.replace('os.chmod("closed", 0)', "pass").replace('os.chmod(".", 0o500)', "pass")
    for _ in range(3):
        verdict = run(sandbox, textwrap.dedent(fill) + RIGHT)
        assert verdict.passed, verdict.message


def test_only_the_output_and_the_channel_are_open_in_a_program(sandbox: Sandbox) -> None:
    program = """
        import os
        for fd in range(256):
            try: os.fstat(fd); print(fd)
            except OSError: pass
    """
    assert printed_by(sandbox, program) == ["0", "1", "2", "3"]


def test_processes_of_the_program_inherit_no_channel(sandbox: Sandbox) -> None:
    code = "import os\nfor fd in range(256):\n try: os.fstat(fd); print(fd)\n except OSError: pass"
    program = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {code!r}])"
    assert printed_by(sandbox, program) == ["0", "1", "2"]


@pytest.mark.parametrize("last", [WRONG, "import time; time.sleep(99)", RIGHT])
def test_no_process_of_a_program_survives_it(short: Sandbox, last: str) -> None:
    program = """
        import os, signal, subprocess
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                while True: signal.pause()
            while True: signal.pause()
        subprocess.Popen(["sleep", "9876"], start_new_session=True)
    """
    assert run(short, RIGHT).passed  # the worker has started
    before = command_lines()
    run(short, textwrap.dedent(program) + last)
    assert len(before) > 1
    assert command_lines() == before


LIBC = "import ctypes, os\nlibc = ctypes.CDLL(None)\n"
ESCAPES = {
    "network": "import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)",
    "datagrams": "import socket; socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)",
    "namespaces": LIBC + "if libc.unshare(0x10000000): raise OSError",
    "the judge": "import os; os.kill(os.getppid(), 9) or os.kill(os.getppid(), 0)",
    "mounts": LIBC + "if libc.mount(b'a', b'/tmp', b'tmpfs', 0, 0): raise OSError",
    "tracing": LIBC + "if libc.ptrace(16, os.getppid(), 0, 0): raise OSError",
    "the interpreter": "import os; open(os.__file__, 'a')",
    "the root": "open('/file', 'w')",
    "limits": "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (999, 999))",
    "shadow": "open('/etc/shadow').read()",
    "environment of others": "open('/proc/1/environ').read()",
    "memory of others": "import os; open(f'/proc/{os.getppid()}/mem')",
}


@pytest.mark.parametrize("program", ESCAPES.values(), ids=ESCAPES)
def test_forbidden_actions_raise_an_error(sandbox: Sandbox, program: str) -> None:
    needs(sandbox, Layer.SECCOMP)
    needs(sandbox, Layer.LANDLOCK)
    attempt = f"try:\n    exec({program!r})\nexcept (OSError, ValueError):\n"
    outcome = run(sandbox, attempt + textwrap.indent(RIGHT, "    "))
    if "os.kill" in program and Layer.PID_NAMESPACE not in sandbox.missing:
        # Process 1 of the namespace is not harmed by a signal.
        assert outcome.status in (Status.PASSED, Status.MISSING_ENTRY_POINT)
    else:
        assert outcome.passed, outcome.message
    assert run(sandbox, RIGHT).passed


def test_a_program_cannot_fill_the_disk(sandbox: Sandbox) -> None:
    needs(sandbox, Layer.FOLDER_QUOTA)
    program = "for i in range(9):\n    open(str(i), 'wb').write(bytes(60 * 2**20))\n"
    verdict = run(sandbox, program + RIGHT)
    assert verdict.status == Status.EXCEPTION
    assert "No space left on device" in verdict.message
    assert run(sandbox, RIGHT).passed


def test_a_program_has_few_processes(sandbox: Sandbox) -> None:
    program = """
        import os, time
        def add(a, b):
            while os.fork(): pass
            time.sleep(99)
    """
    verdict = run(sandbox, program)
    if Layer.UNPRIVILEGED_USER in sandbox.missing:
        assert not verdict.passed
    else:
        assert "Resource temporarily unavailable" in verdict.message
    assert run(sandbox, RIGHT).passed


def test_the_sandbox_works_under_resource_limits_of_its_caller() -> None:
    code = f"""
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))
resource.setrlimit(resource.RLIMIT_CPU, (50, 50))
from hrm_datasets.problems import Problem
from hrm_eval.sandbox import Limits, Sandbox
problem = {PROBLEM!r}
with Sandbox(Limits(timeout_seconds=100), workers=1) as sandbox:
    verdict = sandbox.judge({RIGHT!r}, problem)
assert verdict.passed, verdict
"""
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, **_python_path()})


def _python_path() -> dict[str, str]:
    return {"PYTHONPATH": os.pathsep.join(sys.path)}


def test_the_cpu_seconds_and_the_peak_memory_are_the_programs_own(sandbox: Sandbox) -> None:
    ballast = bytearray(b"x") * (300 * 2**20)
    verdict = run(sandbox, "import time\nwhile time.process_time() < 0.3: pass\n" + RIGHT)
    assert 0.2 < verdict.cpu_seconds < 0.5
    assert verdict.peak_memory_bytes < len(ballast) / 4
    large = run(sandbox, "x = bytearray(b'x') * (100 * 2**20)\n" + RIGHT)
    assert 100 * 2**20 < large.peak_memory_bytes < 150 * 2**20


def test_memory_of_all_processes_together_is_limited(sandbox: Sandbox) -> None:
    program = """
        import os, time
        for _ in range(5):
            if os.fork() == 0:
                x = bytearray(b"x") * (200 * 2**20)
                time.sleep(9)
        def add(a, b):
            time.sleep(9)
    """
    verdict = run(sandbox, program)
    assert verdict.status == Status.MEMORY_LIMIT, verdict.message


def test_a_slow_reference_gives_its_problem_more_time(temporary_folder: Path) -> None:
    slow = (
        "import time\ndef add(a, b):\n    end = time.process_time() + {}\n"
        "    while time.process_time() < end: pass\n    return a + b\n"
    )
    problem = replace(PROBLEM, reference=slow.format(0.3))
    with Sandbox(SHORT, workers=1) as sandbox:
        assert sandbox.judge(slow.format(0.3), problem).passed
        assert sandbox.judge(slow.format(0.6), problem).passed
        assert sandbox.judge(slow.format(3), problem).status == Status.TIMEOUT
        assert sandbox.judge(slow.format(0.3), PROBLEM).status == Status.TIMEOUT


@pytest.mark.parametrize("statement", ["import json", "import inspect"], ids=["fork", "shared"])
def test_a_slow_reference_counts_wherever_the_tests_run(temporary_folder, statement: str) -> None:
    slow = (
        "import time\ndef add(a, b):\n    end = time.process_time() + {}\n"
        "    while time.process_time() < end: pass\n    return a + b\n"
    )
    tests = (f"{statement}\nassert add(1, 2) == 3",)
    problem = replace(PROBLEM, tests=tests, reference=slow.format(0.3))
    with Sandbox(SHORT, workers=1) as sandbox:
        verdict = sandbox.judge(slow.format(0.6), problem)
        assert verdict.passed, verdict.message
        assert verdict.shared_process == (statement == "import inspect")
        assert sandbox.judge(slow.format(3), problem).status == Status.TIMEOUT
        assert sandbox.judge(slow.format(0.3), PROBLEM).status == Status.TIMEOUT


def test_waiting_for_a_cpu_is_not_idle_time(temporary_folder: Path) -> None:
    spin = "import time\nend = time.process_time() + 0.25\nwhile time.process_time() < end: pass\n"
    limits = Limits(timeout_seconds=0.4, memory_mb=256)
    command = [sys.executable, "-c", "while True: pass"]
    num_loops = 5 * (os.cpu_count() or 1)
    loops = [subprocess.Popen(command) for _ in range(num_loops)]
    try:
        with Sandbox(limits, workers=2) as sandbox:
            jobs = [(i, spin + RIGHT, PROBLEM) for i in range(6)]
            verdicts = [verdict for _, verdict in sandbox.judge_all(jobs)]
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()
    assert [verdict.status for verdict in verdicts] == [Status.PASSED] * 6


@pytest.mark.parametrize("executable", ["/no/such/python", "/bin/false"])
def test_an_interpreter_that_cannot_start_is_an_error(executable, monkeypatch) -> None:
    monkeypatch.setattr(sys, "_base_executable", executable)
    with pytest.raises(SandboxError, match=r"^sandbox: "):
        Sandbox(LIMITS, workers=1)


def test_a_layer_that_is_required_and_missing_is_an_error() -> None:
    with pytest.raises(SandboxError, match=r"machine does not give 'pid_namespace': .*doctor"):
        Sandbox(LIMITS, workers=1, require=["pid_namespace"], use_namespaces=False)


def test_limits_out_of_range_are_config_errors() -> None:
    for values in ({"timeout_seconds": 0.0}, {"timeout_seconds": 1e999}, {"memory_mb": 63}):
        with pytest.raises(ConfigError):
            from_mapping(Limits, values)


def test_every_layer_is_either_in_force_or_missing(sandbox: Sandbox) -> None:
    assert set(sandbox.layers) == {layer.value for layer in Layer}
    assert sandbox.layers["two_processes"]
    for name, holds in sandbox.layers.items():
        assert holds == (name not in sandbox.missing)


def test_judge_all_yields_each_key_once_with_its_verdict(temporary_folder: Path) -> None:
    programs = [RIGHT, WRONG, "1 / 0", ""] * 5
    jobs = ((key, program, PROBLEM) for key, program in enumerate(programs))
    with Sandbox(LIMITS, workers=3) as sandbox:
        verdicts = dict(sandbox.judge_all(jobs))
    assert sorted(verdicts) == list(range(20))
    expected = ["passed", "wrong_answer", "exception", "missing_entry_point"] * 5
    assert [verdicts[key].status for key in range(20)] == expected


def test_a_program_with_large_tests_is_not_sent_to_a_worker_that_is_busy(
    temporary_folder: Path,
) -> None:
    numbers = list(range(100_000))
    large = replace(PROBLEM, tests=(f"assert add(1, 2) == 3 and len({numbers}) == 100_000",))
    slow = f"import time\ntime.sleep(3)\n{RIGHT}"
    jobs = [(number, RIGHT if number else slow, large) for number in range(6)]
    with Sandbox(Limits(timeout_seconds=5.0), workers=2) as sandbox:
        verdicts = list(sandbox.judge_all(jobs))
    assert all(verdict.passed for _, verdict in verdicts)
    assert verdicts[-1][0] == 0, "others waited for the slow one"


def test_judge_all_takes_few_jobs_ahead_of_the_reader(temporary_folder: Path) -> None:
    taken = count()
    jobs = ((next(taken), RIGHT, PROBLEM) for _ in range(1000))
    with Sandbox(LIMITS, workers=2) as sandbox:
        verdicts = sandbox.judge_all(jobs)
        next(verdicts)
        verdicts.close()
        assert next(taken) <= 8
        # Answers to the abandoned jobs must not be mistaken for answers to the next ones.
        assert run(sandbox, WRONG).status == Status.WRONG_ANSWER


def test_leaving_early_ends_running_programs_and_leaves_no_files(temporary_folder: Path) -> None:
    before, files, dead = command_lines(), list(temporary_folder.iterdir()), orphans()
    jobs = [("fast", RIGHT, PROBLEM)]
    jobs += [(str(i), "import time; time.sleep(99)", PROBLEM) for i in range(9)]
    with Sandbox(Limits(timeout_seconds=60), workers=3) as sandbox:
        assert next(sandbox.judge_all(jobs))[0] == "fast"
        began = time.monotonic()
    assert time.monotonic() - began < 1.5
    assert command_lines() == before
    assert orphans() <= dead
    assert list(temporary_folder.iterdir()) == files


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("use_namespaces", [True, False])
def test_a_harness_that_is_ended_leaves_no_process(tmp_path, number, use_namespaces) -> None:
    code = f"""
import os, signal, threading, tempfile
from hrm_datasets.problems import Problem
from hrm_eval.sandbox import Limits, Sandbox
tempfile.tempdir = {str(tmp_path)!r}
# A shell starts background processes with interrupts ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
threading.Timer(0.7, os.kill, (os.getpid(), signal.{number.name})).start()
sleeper = "import os, time; os.fork(); os.setsid(); time.sleep(99)"
with Sandbox(Limits(timeout_seconds=5), workers=2, use_namespaces={use_namespaces}) as sandbox:
    list(sandbox.judge_all([(1, sleeper, {PROBLEM!r})] * 9))
"""
    before = command_lines()
    began = time.monotonic()
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env={**os.environ, **_python_path()}, capture_output=True)
    assert done.returncode in (-number, 1)
    while command_lines() - before and time.monotonic() - began < 10:
        time.sleep(0.01)
    assert command_lines() - before == set()
    if number == signal.SIGINT:
        assert b"KeyboardInterrupt" in done.stderr
    if use_namespaces or number == signal.SIGINT:
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_that_are_killed_lose_no_verdict(temporary_folder: Path, number) -> None:
    programs = [RIGHT, WRONG, "raise KeyError", "import os; os._exit(3)"] * 100
    jobs = ((key, program, PROBLEM) for key, program in enumerate(programs))
    verdicts = {}
    with Sandbox(LIMITS, workers=2) as sandbox:
        for done, (key, verdict) in enumerate(sandbox.judge_all(jobs)):
            verdicts[key] = verdict
            if done % 60 == 5:
                workers = [pid for pid, line in command_lines() if "start.py" in line]
                # A process that has just ended counts too.
                with contextlib.suppress(ProcessLookupError):
                    os.kill(sorted(workers)[done // 60 % len(workers)], number)
    expected = ["passed", "wrong_answer", "exception", "exited"] * 100
    assert [verdicts[key].status for key in range(400)] == expected
