import os
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from hrm_core.config import from_mapping
from hrm_core.errors import ConfigError, DataError
from hrm_datasets.problems import Problem
from hrm_eval.sandbox import (
    MAX_MESSAGE,
    Limits,
    SandboxError,
    Status,
    Verdict,
    judge,
    judge_all,
    protections,
)

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


@pytest.fixture(autouse=True)
def temporary_folder(tmp_path: Path, monkeypatch) -> Iterator[Path]:
    """Give each test its own folder for temporary folders, which must be empty in the end."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def run(program: str, problem: Problem = PROBLEM, limits: Limits = LIMITS) -> Verdict:
    return judge(textwrap.dedent(program), problem, limits)


def printed_by(program: str) -> list[str]:
    """Return the lines that a program printed; its answer is wrong, so they are in the message."""
    message = run(f"{textwrap.dedent(program)}\n{WRONG}").message
    return message.partition("It printed:\n")[2].splitlines()


def is_gone(group: int) -> bool:
    """Say whether a process group ends within seconds; the killed may need a moment."""
    deadline = time.monotonic() + 5.0
    while time.monotonic() < deadline:
        if not has_living_members(group):
            return True
        time.sleep(0.01)
    return False


def has_living_members(group: int) -> bool:
    if not Path("/proc/self/stat").exists():
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, 0)
            return True
        return False
    # Nobody may be there to reap a dead orphan, so a zombie counts as gone.
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                return True
    return False


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
    "deletes its folder": "import os; os.rmdir(os.getcwd())\n" + RIGHT,
}


@pytest.mark.parametrize("program", PASSING.values(), ids=PASSING)
def test_a_right_program_passes(program: str) -> None:
    verdict = run(program)
    assert verdict.status == Status.PASSED, verdict.message
    assert verdict.passed
    assert verdict.tests == (Status.PASSED, Status.PASSED)
    assert verdict.message == ""
    assert 0 < verdict.seconds < LIMITS.wall_seconds
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
    ("open('big', 'wb').write(bytes(65 * 2**20))\n" + RIGHT, "exception"),
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
    (WRONG + "import builtins; builtins.AssertionError = int", "exception"),
    ("import builtins; vars(builtins).clear()\n" + WRONG, "exited"),
    ("import os\nif os.fork(): os._exit(0)\n" + RIGHT, "exited"),
    (SPIN, "timeout"),
    (CATCH_ALL, "timeout"),
    ("import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\n" + SPIN, "timeout"),
    ("import time; time.sleep(99)", "timeout"),
    ("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", "timeout"),
    ("import os; os.fork(); os.closerange(0, 256)\n" + SPIN, "timeout"),
    ("import time\nwhile time.process_time() < 0.5: pass\n" + RIGHT, "timeout"),
    ("import os\nos.fork() or os._exit(0)\nos.wait()\n" + SPIN, "timeout"),
    ("x = bytes(2**30)\n" + RIGHT, "memory_limit"),
    ("x = []\nwhile True: x.append(bytes(9999))", "memory_limit"),
    ("import os\nwhile True: os.write(1, bytes(2**16))", "output_limit"),
    ("import os; os.abort()", "crashed"),
    ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "crashed"),
    ("import ctypes; ctypes.string_at(0)", "crashed"),
]


@pytest.mark.parametrize(("program", "status"), FAILING, ids=[str(i) for i in range(len(FAILING))])
def test_a_failing_program_gets_the_status_of_its_failure(program: str, status: str) -> None:
    verdict = run(program, limits=SHORT)
    assert (verdict.status, verdict.passed) == (status, False), verdict.message
    assert 0 < len(verdict.message) <= MAX_MESSAGE


FORGERIES = [
    b"garbage",
    b"\\n" * 9,
    b"\\xff\\n",
    b"0 test passed \\n0 done\\n",
    b"[" * 999_999,
]


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("end", ["os._exit(0)", "def add(a, b): return a + b"])
def test_bytes_forged_into_the_report_never_pass(forgery: bytes, end: str) -> None:
    text = forgery.decode("ascii")
    program = f"""
        import os
        for fd in range(3, 99):
            try: os.write(fd, b"{text}")
            except OSError: pass
        {end}"""
    verdict = run(program)
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
def test_each_test_has_a_status_and_the_first_failure_counts(body, status, tests) -> None:
    verdict = run(f"def add(a, b): {body}", limits=SHORT)
    assert (verdict.status, " ".join(verdict.tests)) == (status, tests)


def test_a_program_that_never_loads_has_no_test_outcomes() -> None:
    assert run("1 / 0").tests == ()
    assert run("pass").tests == ()


def test_the_message_of_a_wrong_answer_names_the_test() -> None:
    message = run("print('hello')\n" + WRONG).message
    assert message == "test 1 of 2: assert add(1, 2) == 3\nAssertionError\nIt printed:\nhello"


def test_the_message_of_an_exception_shows_the_lines_of_the_program() -> None:
    message = run("def add(a, b):\n    return half(a)\n\ndef half(x):\n    return x / 0\n").message
    assert 'File "solution.py", line 2, in add\n    return half(a)' in message
    assert 'File "solution.py", line 5, in half\n    return x / 0' in message
    assert "ZeroDivisionError: division by zero" in message
    assert "_child.py" not in message


def test_the_message_of_a_syntax_error_shows_the_line() -> None:
    message = run("x = 1\ndef add(a b): pass").message
    assert message.startswith("in the program:\n")
    assert 'File "solution.py", line 2\n    def add(a b): pass' in message


@pytest.mark.parametrize(
    ("program", "words"),
    [
        (SPIN, "the limit is 0.3 s (timeout_seconds)"),
        ("import time; time.sleep(9)", "still running after 0.9 s of wall time"),
        ("x = bytes(2**30)", "The limit is 256 MiB (memory_mb)"),
        ("import os; os._exit(7)", "exit status 7"),
        ("import os; os.abort()", "killed by signal SIGABRT"),
        ("print('no function')", "The program defines no 'add'"),
        ("def f(): return f()\nf()", "RecursionError"),
    ],
)
def test_the_message_names_the_limit_or_the_cause(program: str, words: str) -> None:
    assert words in run(program, limits=SHORT).message


@pytest.mark.parametrize(
    "exception",
    [
        r"ValueError('\x1b[2J\x07\r\u202e')",
        r"ValueError('\ud800')",
        "ValueError('x' * 5_000_000)",
        "type('Mute', (Exception,), {'__str__': lambda self: 1 / 0})()",
        "ExceptionGroup('many', [ValueError(i) for i in range(99)])",
    ],
)
def test_the_message_is_printable_and_short_whatever_is_raised(exception: str) -> None:
    verdict = run(f"raise {exception}")
    assert verdict.status == Status.EXCEPTION
    assert len(verdict.message) <= MAX_MESSAGE
    assert verdict.message.replace("\n", "").isprintable()
    verdict.message.encode("utf-8")


def test_the_message_is_short_for_long_tests_lines_and_output() -> None:
    tests = ("assert add(1, 2) == '" + "\x1b" * 9999 + "'",)
    program = "print('\\x1b' * 99_999)\ndef add(a, b): raise ValueError('" + "\x02" * 9999 + "')"
    assert len(run(program, replace(PROBLEM, tests=tests)).message) <= MAX_MESSAGE


def test_the_setup_runs_after_the_program_and_before_the_tests() -> None:
    problem = replace(PROBLEM, setup="three = add(1, 2)", tests=("assert three == 3",))
    assert run(RIGHT, problem).passed
    verdict = run("def add(a, b): return a / 0", problem)
    assert (verdict.status, verdict.tests) == (Status.EXCEPTION, ())
    assert verdict.message.startswith("in the setup:\n")
    assert "three = add(1, 2)" in verdict.message


def test_a_check_function_in_the_setup_shows_the_assert_that_failed() -> None:
    setup = "def check(f):\n    assert f(1, 1) == 2\n    assert f(1, 2) == 3\n"
    problem = replace(PROBLEM, setup=setup, tests=("check(add)",))
    verdict = run("def add(a, b): return 2", problem)
    assert verdict.status == Status.WRONG_ANSWER
    assert 'File "<setup>", line 3, in check\n    assert f(1, 2) == 3' in verdict.message


@pytest.mark.parametrize("problem", [replace(PROBLEM, tests=()), replace(PROBLEM, tests=("?",))])
def test_a_problem_without_usable_tests_is_corrupt_data(problem: Problem) -> None:
    with pytest.raises(DataError, match=r"^toy/1: the .*tests"):
        run(RIGHT, problem)


def test_a_program_larger_than_a_pipe_arrives_whole() -> None:
    assert run(f"text = '{'x' * 500_000}'\nassert len(text) == 500_000\n" + RIGHT).passed


def test_installed_packages_can_be_imported() -> None:
    assert run("import pydantic\n" + RIGHT, limits=Limits()).passed


def test_the_environment_is_fixed_and_holds_no_secret(monkeypatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "secret")
    lines = printed_by("import os\nfor name in sorted(os.environ): print(name, os.environ[name])")
    names = {line.split()[0] for line in lines}
    assert "HF_TOKEN" not in names
    assert {"HOME", "TMPDIR", "PATH", "LANG", "PYTHONHASHSEED", "OMP_NUM_THREADS"} <= names
    assert "PYTHONHASHSEED 0" in lines


def test_sets_of_text_have_the_same_order_in_every_run() -> None:
    program = "print(list({chr(i) * 9 for i in range(97, 123)}))"
    assert printed_by(program) == printed_by(program)


def test_the_program_has_a_folder_of_its_own(temporary_folder: Path) -> None:
    lines = printed_by(
        "import os, tempfile\nprint(os.getcwd(), tempfile.gettempdir(), os.listdir())"
    )
    folder, temporary, listing = lines[0].split()
    assert Path(folder).parent == temporary_folder
    assert (temporary, listing) == (folder, "[]")


def test_no_descriptor_but_four_reaches_the_program(tmp_path: Path) -> None:
    program = """
        import os
        for fd in range(256):
            try: print(fd, os.fstat(fd).st_ino)
            except OSError: pass
    """
    with (tmp_path / "open").open("wb") as stream:
        os.set_inheritable(stream.fileno(), True)
        inode = os.fstat(stream.fileno()).st_ino
        lines = printed_by(program)
    assert len(lines) == 4
    assert str(inode) not in {line.split()[1] for line in lines}


def test_processes_of_the_program_inherit_no_report() -> None:
    code = "import os; print(len(os.listdir('/dev/fd')))"
    lines = printed_by(f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {code!r}])")
    # Standard input, output, error, and the one that lists the folder.
    assert lines == ["4"]


@pytest.mark.parametrize("last", [WRONG, "import time; time.sleep(99)"])
def test_no_process_of_the_group_is_left(last: str) -> None:
    program = """
        import os, signal, subprocess
        print(os.getpgid(0), flush=True)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if os.fork() == 0:
            while True: signal.pause()
        subprocess.Popen(["sleep", "99"])
    """
    message = judge(textwrap.dedent(program) + last, PROBLEM, SHORT).message
    group = int(message.partition("It printed:\n")[2])
    assert group != os.getpgid(0)
    assert is_gone(group)


def test_only_limits_that_exist_outside_bind_the_child() -> None:
    code = f"""
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))
resource.setrlimit(resource.RLIMIT_CPU, (50, 50))
from hrm_datasets.problems import Problem
from hrm_eval.sandbox import Limits, judge
problem = {PROBLEM!r}
verdict = judge({RIGHT!r}, problem, Limits(timeout_seconds=100))
assert verdict.passed, verdict
"""
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, **_python_path()})


def _python_path() -> dict[str, str]:
    return {"PYTHONPATH": os.pathsep.join(sys.path)}


def test_the_cpu_seconds_and_the_peak_memory_are_the_programs_own() -> None:
    ballast = bytearray(b"x") * (300 * 2**20)
    verdict = run("import time\nwhile time.process_time() < 0.3: pass\n" + RIGHT)
    assert 0.2 < verdict.cpu_seconds < 0.5
    assert verdict.peak_memory_bytes < len(ballast) / 4
    large = run("x = bytearray(b'x') * (100 * 2**20)\n" + RIGHT)
    assert 100 * 2**20 < large.peak_memory_bytes < 150 * 2**20


@pytest.mark.parametrize("executable", ["/no/such/python", "/bin/false", ""])
def test_an_interpreter_that_cannot_start_is_no_wrong_answer(executable, monkeypatch) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    with pytest.raises(SandboxError, match=r"^sandbox: "):
        run(RIGHT)


def test_a_missing_temporary_folder_is_no_wrong_answer(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(SandboxError, match="No such file or directory"):
        run(RIGHT)


def test_limits_out_of_range_are_config_errors() -> None:
    for values in ({"timeout_seconds": 0.0}, {"timeout_seconds": 1e999}, {"memory_mb": 63}):
        with pytest.raises(ConfigError):
            from_mapping(Limits, values)


def test_the_protections_are_named_and_honest() -> None:
    given = protections()
    assert given["cpu_limit"]
    assert not given["network"]
    assert not given["filesystem"]
    assert not given["namespaces"]


def test_judge_all_yields_each_key_once_with_its_verdict() -> None:
    programs = [RIGHT, WRONG, "1 / 0", ""] * 5
    jobs = ((key, program, PROBLEM) for key, program in enumerate(programs))
    verdicts = list(judge_all(jobs, LIMITS, workers=3))
    assert sorted(key for key, _ in verdicts) == list(range(20))
    expected = ["passed", "wrong_answer", "exception", "missing_entry_point"] * 5
    assert [verdict.status for _, verdict in sorted(verdicts, key=lambda pair: pair[0])] == expected


def test_judge_all_takes_few_jobs_ahead_of_the_reader() -> None:
    taken = count()
    jobs = ((next(taken), RIGHT, PROBLEM) for _ in range(1000))
    verdicts = judge_all(jobs, LIMITS, workers=2)
    next(verdicts)
    verdicts.close()
    assert next(taken) <= 8


def test_closing_judge_all_ends_what_runs_and_leaves_nothing(
    tmp_path: Path, temporary_folder: Path
) -> None:
    log = tmp_path / "groups"
    sleeper = f"import os, time\nprint(os.getpid(), file=open({str(log)!r}, 'a'))\ntime.sleep(99)"
    jobs = [("fast", RIGHT, PROBLEM), *[(str(i), sleeper, PROBLEM) for i in range(9)]]
    verdicts = judge_all(jobs, Limits(timeout_seconds=60), workers=3)
    assert next(verdicts)[0] == "fast"
    while not log.exists() or len(log.read_text().split()) < 3:
        time.sleep(0.01)
    began = time.monotonic()
    verdicts.close()
    assert time.monotonic() - began < 1.5
    assert all(is_gone(int(group)) for group in log.read_text().split())
    assert list(temporary_folder.iterdir()) == []
    assert not [t for t in threading.enumerate() if t.name.startswith("hrm-eval-judge")]


def test_an_interrupt_in_judge_all_leaves_nothing(tmp_path: Path) -> None:
    code = f"""
import os, signal, threading, tempfile
from hrm_datasets.problems import Problem
from hrm_eval.sandbox import Limits, judge_all
tempfile.tempdir = {str(tmp_path)!r}
# A shell starts what it runs in the background with interrupts ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
threading.Timer(0.7, os.kill, (os.getpid(), signal.SIGINT)).start()
sleeper = "import time; time.sleep(99)"
list(judge_all([(1, sleeper, {PROBLEM!r})] * 9, Limits(timeout_seconds=5), workers=2))
"""
    began = time.monotonic()
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env={**os.environ, **_python_path()}, capture_output=True)
    assert b"KeyboardInterrupt" in done.stderr
    assert time.monotonic() - began < 10
    assert [path.name for path in tmp_path.iterdir()] == ["temporary"]


def test_an_error_in_judge_all_ends_it(monkeypatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(SandboxError):
        list(judge_all([(1, RIGHT, PROBLEM)] * 9, LIMITS, workers=2))


def test_what_a_link_in_the_place_of_the_folder_points_to_is_left_alone(tmp_path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / "file").write_text("precious")
    (target / "file").chmod(0o400)
    moved = tmp_path / "moved"
    program = f"""
import os
folder = os.getcwd()
os.rename(folder, {str(moved)!r})
os.symlink({str(target)!r}, folder)
"""
    assert run(program + RIGHT).passed
    assert (target / "file").read_text() == "precious"
    assert (target / "file").stat().st_mode & 0o777 == 0o400
