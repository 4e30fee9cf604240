import textwrap
from collections.abc import Iterator

import pytest

from hrm_core.errors import DataError
from hrm_datasets import Case, InputOutput, Problem
from hrm_eval.sandbox import Limits, Sandbox, Status, Verdict

LIMITS = Limits(timeout_seconds=4.0, test_timeout_seconds=2.0, memory_mb=512)
SHORT = Limits(timeout_seconds=0.4, test_timeout_seconds=0.2, memory_mb=512)
TWICE = (("1\n", "2\n"), ("21", "42"))
RIGHT = "print(2 * int(input()))\n"


def problem(*cases, reference="", **settings) -> Problem:
    return Problem(
        task_id="toy/1",
        text="Print twice the number.",
        tests=InputOutput(tuple(Case(*case) for case in cases or TWICE), **settings),
        reference=reference,
    )


@pytest.fixture(scope="module", params=["namespaces", "no namespaces"])
def sandbox(request) -> Iterator[Sandbox]:
    with Sandbox(LIMITS, workers=1, use_namespaces=request.param == "namespaces") as sandbox:
        yield sandbox


def run(sandbox: Sandbox, program: str, *cases, **settings) -> Verdict:
    return sandbox.judge(textwrap.dedent(program), problem(*cases, **settings))


@pytest.mark.parametrize(
    "program",
    [
        RIGHT,
        "import sys\nfor line in sys.stdin: print(2 * int(line))",
        "import sys\nsys.stdout.write(str(2 * int(sys.stdin.buffer.readline())))",
        "import sys\nsys.stdin.seek(0)\nprint(2 * int(sys.stdin.read()))",
        "print(2 * int(open(0).read()))",
        "print(2 * int(open('/dev/stdin').read()))",
        "import fileinput\nfor line in fileinput.input(): print(2 * int(line))",
        "import os\nos.write(1, b'%d' % (2 * int(os.read(0, os.fstat(0).st_size))))",
        "import mmap\nprint(2 * int(mmap.mmap(0, 0, access=mmap.ACCESS_READ)[:]))",
    ],
)
def test_input_may_be_read_in_any_way(sandbox: Sandbox, program: str) -> None:
    verdict = run(sandbox, program)
    assert verdict.passed, verdict.message
    assert verdict.tests == (Status.PASSED, Status.PASSED)


@pytest.mark.parametrize(
    "program",
    [
        "def main():\n    print(2 * int(input()))\nif __name__ == '__main__':\n    main()",
        "import __main__\nx = 2\nprint(__main__.x * int(input()))",
        "import sys\nprint(2 * int(input()))\nsys.exit(0)",
        "print(2 * int(input()))\nexit()",
        "print(2 * int(input()))\nraise SystemExit(None)",
        "import os\nprint(2 * int(input()), flush=True)\nos._exit(0)",
        "import atexit\natexit.register(lambda: print(2 * n))\nn = int(input())",
        "import threading\nthreading.Thread(target=lambda: print(2 * int(input()))).start()",
        "out = open(1, 'w')\nout.write(str(2 * int(input())))",
        "import sys, io\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer)\nprint(2 * int(input()))",
        "import sys\nprint('debug', file=sys.stderr)\nprint(2 * int(input()))",
        "import os\nos.closerange(3, 100)\nprint(2 * int(input()))",
    ],
)
def test_a_program_runs_and_ends_like_a_script(sandbox: Sandbox, program: str) -> None:
    verdict = run(sandbox, program)
    assert verdict.passed, verdict.message


@pytest.mark.parametrize(
    "program",
    [
        "import subprocess\nsubprocess.run(['echo', str(2 * int(input()))], check=True)",
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'print(2 * int(input()))'])",
        "import os\nif os.fork(): os.wait()\nelse: print(2 * int(input()))",
        "import os\nif os.fork() == 0: exit(3)\nif os.wait()[1] == 3 << 8: print(2 * int(input()))",
        "import os\nif os.fork() == 0: 1 / 0\nif os.wait()[1] == 1 << 8: print(2 * int(input()))",
        "import subprocess\nsubprocess.Popen(['sleep', '99'])\nprint(2 * int(input()))",
    ],
)
def test_processes_of_a_program_count(sandbox: Sandbox, program: str) -> None:
    verdict = run(sandbox, program)
    assert verdict.passed, verdict.message


@pytest.mark.parametrize(
    ("program", "status", "message"),
    [
        ("print(2 * int(input()) % 40)", "wrong_answer", "Token 1 is '2', expected '42'."),
        ("pass", "wrong_answer", "It printed nothing; token 1 is missing, expected '2'."),
        ("print(2 * int(input()))\nexit(3)", "exited", "It ended with exit status 3."),
        ("import os\nos._exit(4)", "exited", "It ended with exit status 4."),
        ("exit('no way')", "exited", "exit status 1.\nIt printed:\nno way"),
        ("1 / 0", "exception", "ZeroDivisionError: division by zero"),
        ("assert False", "exception", "AssertionError"),
        ("input(); input()", "exception", "EOFError: EOF when reading a line"),
        ("import os\nos.abort()", "crashed", "SIGABRT"),
        ("x = [0] * 10**9", "memory_limit", "MemoryError"),
        ("while True: print('x' * 10**6)", "output_limit", "It printed more than 16 MiB."),
        ("print('1 ' * 2**24)", "output_limit", "It printed more than 16 MiB."),
    ],
)
def test_failures_have_their_reason(
    sandbox: Sandbox, program: str, status: str, message: str
) -> None:
    verdict = run(sandbox, program)
    assert verdict.status == status
    assert message in verdict.message
    assert verdict.message.startswith("test ")


def test_a_failure_names_the_first_input_that_fails(sandbox: Sandbox) -> None:
    verdict = run(sandbox, "n = int(input())\nprint(n if n == 3 else 2 * n)", *TWICE, ("3", "6"))
    assert verdict.tests == (Status.PASSED, Status.PASSED, Status.WRONG_ANSWER)
    assert verdict.message.startswith("test 3 of 3, with the input:\n3\nToken 1 is '3', expected")


def test_no_input_is_run_after_one_that_fails(sandbox: Sandbox) -> None:
    assert run(sandbox, "print(0)").tests == (Status.WRONG_ANSWER,)


def test_a_syntax_error_belongs_to_no_input(sandbox: Sandbox) -> None:
    verdict = run(sandbox, "def (")
    assert (verdict.status, verdict.tests) == (Status.SYNTAX_ERROR, ())
    assert verdict.message.startswith("in the program:\n")


def test_errors_are_shown_beside_the_output(sandbox: Sandbox) -> None:
    verdict = run(sandbox, "import sys\nprint('here', file=sys.stderr)\nprint(3)")
    assert verdict.message.endswith("It printed:\n3\nhere")


def test_a_program_without_output_passes_where_none_is_expected(sandbox: Sandbox) -> None:
    filter_positive = "n = int(input())\nif n > 0: print(n)"
    assert run(sandbox, filter_positive, ("1", "1\n"), ("-1", "")).passed
    assert run(sandbox, "print(int(input()))", ("1", "1"), ("-1", "")).tests[-1] == "wrong_answer"


def test_a_problem_that_expects_no_output_at_all_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(DataError, match=r"^toy/1: no input has an expected output"):
        run(sandbox, "pass", ("1", ""), ("2", " \n"))


def test_large_inputs_and_outputs_cross_whole(sandbox: Sandbox) -> None:
    numbers = "\n".join(map(str, range(400_000)))
    twice = "import sys\nprint('\\n'.join(str(2 * int(n)) for n in sys.stdin))"
    expected = "\n".join(str(2 * n) for n in range(400_000))
    verdict = run(sandbox, twice, (numbers, expected), time_limit_seconds=2.0)
    assert verdict.passed, verdict.message


def test_numbers_and_case_are_compared_as_the_problem_says(sandbox: Sandbox) -> None:
    assert run(sandbox, "print(0.3333331)", ("", "0.333333"), tolerance=1e-5).passed
    assert not run(sandbox, "print(0.3333331)", ("", "0.333333")).passed
    assert run(sandbox, "print('yes')", ("", "YES"), ignores_case=True).passed


def test_the_time_limit_of_the_problem_is_for_each_input(sandbox: Sandbox) -> None:
    spin = "import time\nn = float(input())\nwhile time.process_time() < n: pass\nprint(n)"
    seconds = ("0.1", "0.1")
    assert run(sandbox, spin, seconds, seconds, seconds, time_limit_seconds=0.2).passed
    verdict = run(sandbox, spin, seconds, ("9", "9"), time_limit_seconds=0.2)
    assert verdict.tests == (Status.PASSED, Status.TIMEOUT)
    assert "s of CPU time for this input; the limit is 0.2 s. The problem sets it." in (
        verdict.message
    )


@pytest.fixture(scope="module")
def short() -> Iterator[Sandbox]:
    with Sandbox(SHORT, workers=1) as sandbox:
        yield sandbox


def test_the_flags_limit_programs_without_limits_of_their_own(short: Sandbox) -> None:
    verdict = run(short, "while True: pass")
    assert "the limit is 0.2 s. Raise it with --test-timeout." in verdict.message
    verdict = run(short, "while True: pass", time_limit_seconds=60.0)
    assert "the limit is 0.4 s. Raise it with --timeout." in verdict.message


def test_a_program_that_sleeps_times_out(short: Sandbox) -> None:
    verdict = run(short, "import time\ntime.sleep(99)", time_limit_seconds=9.0)
    assert verdict.status == Status.TIMEOUT
    assert "neither running nor waiting for a CPU" in verdict.message


def test_a_slow_reference_solution_gives_programs_more_time(sandbox: Sandbox) -> None:
    spin = "import time\nn = int(input())\nwhile time.process_time() < {}: pass\nprint(2 * n)"
    slow = {"reference": spin.format(0.15), "time_limit_seconds": 0.1}
    assert run(sandbox, spin.format(0.25), **slow).passed
    verdict = run(sandbox, spin.format(9), **slow)
    assert "It is 3 times what the reference solution used" in verdict.message
    assert "It printed" not in verdict.message


def test_the_memory_limit_of_the_problem_comes_on_top_of_the_interpreter(sandbox: Sandbox) -> None:
    use = "x = bytearray({} * 2**20)\nprint(2 * int(input()))"
    assert run(sandbox, use.format(24), memory_limit_mb=32).passed
    verdict = run(sandbox, use.format(64), memory_limit_mb=32)
    assert verdict.status == Status.MEMORY_LIMIT
    assert "The problem sets a limit of 32 MiB, besides what" in verdict.message


def test_a_program_that_is_killed_again_and_again_crashes(sandbox: Sandbox) -> None:
    verdict = run(sandbox, "import os\nos.kill(os.getpid(), 9)")
    assert verdict.status == Status.CRASHED


def test_a_program_finds_no_expected_output(sandbox: Sandbox) -> None:
    # It looks through its memory for the expected output, of which its input has the reverse.
    search = """
        import ctypes
        word = input()[::-1].encode()
        known = "=" + word.decode() if input() else ""
        lines = []
        try:
            lines += open("/proc/self/maps")
        except PermissionError:
            print("no view")
            raise SystemExit
        found = 0
        for line in lines:
            span, rights, *_ = line.split()
            start, end = (int(part, 16) for part in span.split("-"))
            if "r" in rights and "[v" not in line:
                found += ctypes.string_at(start, end - start).count(b"=" + word)
        print("found" if found else "nothing")
    """
    missing = ("24-terces\n\n", "=secret-42")
    verdict = run(sandbox, search, missing)
    assert "Token 1 is 'nothing'" in verdict.message or "Token 1 is 'no'" in verdict.message
    # What the program itself holds, it would find.
    assert run(sandbox, search, ("24-terces\nx\n", "found")).passed or "'no'" in verdict.message


def test_a_run_leaves_nothing_for_the_next_input(sandbox: Sandbox) -> None:
    leave = """
        import builtins, os, pathlib, subprocess, tempfile
        n = input()
        seen = [hasattr(builtins, "left"), os.environ.get("LEFT"), *os.listdir(".")]
        seen += os.listdir(tempfile.gettempdir())
        builtins.left = True
        os.environ["LEFT"] = "1"
        pathlib.Path("left.txt").write_text(n)
        with open(pathlib.Path(tempfile.gettempdir(), "left"), "w") as file:
            file.write(n)
        subprocess.Popen(["sh", "-c", "while true; do echo again > again.txt; sleep 0.01; done"])
        print(seen)
    """
    expected = "[False, None]"
    verdict = run(sandbox, leave, *((str(n), expected) for n in range(4)))
    assert verdict.passed, verdict.message


def test_a_program_cannot_say_that_it_passed(sandbox: Sandbox) -> None:
    # It answers in place of the sandbox's code in its process, with all that this could say.
    forge = """
        import os, struct, marshal
        for answer in (("ended", 0), ("passed",), 0, None):
            data = marshal.dumps((0, answer), 2)
            os.write(3, struct.pack("<Ic", len(data) + 1, b"A") + data)
        os._exit(0)
    """
    assert not run(sandbox, forge).passed


def test_a_large_problem_holds_up_no_other_worker() -> None:
    # A job that does not fit into a socket's buffer is sent only to a worker that waits for it.
    long = "x" * 2**20
    slow = problem((f"0.3\n{long}", "0.3"), (f"0.3\n{long}", "0.3"))
    program = "import time\nn = input()\ntime.sleep(float(n))\nprint(n)"
    with Sandbox(LIMITS, workers=2) as sandbox:
        verdicts = dict(sandbox.judge_all((n, program, slow) for n in range(6)))
    assert all(verdict.passed for verdict in verdicts.values())
    assert len(verdicts) == 6
