"""Tests that set state, and tests that need the program's process."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from hrm_datasets import Problem
from hrm_datasets.mbpp import to_problem
from hrm_datasets.rows import read_rows
from hrm_eval._sandbox.judge.task import Task
from hrm_eval.judgements import Judgement
from hrm_eval.sandbox import Limits, Sandbox, Status


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(timeout_seconds=2), workers=1) as sandbox:
        yield sandbox


def make_problem(name: str, reference: str, *tests: str, setup: str = "") -> Problem:
    return Problem(
        task_id=f"toy/{name}",
        text="",
        entry_point="f",
        tests=tests,
        setup=setup,
        reference=reference,
    )


THIRD = "from decimal import Decimal\ndef f(x):\n    return Decimal(x) / Decimal(3)"
SAME = "def f(x):\n    return x"

# What one problem's tests set, and tests of another problem that it would change.
LEAKS = {
    "decimal": (
        "import decimal\ndecimal.getcontext().prec = 4\nassert f(0) == 0",
        "from decimal import Decimal\nassert len(str(f(Decimal(1) / Decimal(3)))) == 30",
    ),
    "patched module": (
        "import json\njson.dumps = lambda x: 'patched'\nassert f(1) == 1",
        "import json\nassert json.dumps(f([1])) == '[1]'",
    ),
    "patched by setattr": (
        "import json\nsetattr(json, 'dumps', str)\nassert f(1) == 1",
        "import json\nassert json.dumps(f('a')) == '\"a\"'",
    ),
    "patched class": (
        "from fractions import Fraction\nFraction.__str__ = lambda x: ''\nassert f(1) == 1",
        "from fractions import Fraction\nassert str(f(Fraction(1, 2))) == '1/2'",
    ),
    "environment": (
        "import os\nos.environ['LEVEL'] = '1'\nassert f(1) == 1",
        "import os\nassert f(os.environ.get('LEVEL')) is None",
    ),
    "time zone": (
        "import os, time\nos.environ['TZ'] = 'Asia/Tokyo'\ntime.tzset()\nassert f(1) == 1",
        "import time\nassert f(time.localtime(0).tm_hour) == time.gmtime(0).tm_hour",
    ),
    "working folder": (
        "import os\nos.mkdir('x')\nos.chdir('x')\nassert f(1) == 1",
        "import os\nassert f(os.listdir()) == []",
    ),
    "warnings": (
        "import warnings\nwarnings.simplefilter('error')\nassert f(1) == 1",
        "import warnings\nwarnings.warn('x')\nassert f(1) == 1",
    ),
    "recursion limit": (
        "import sys\nsys.setrecursionlimit(60)\nassert f(1) == 1",
        "def deep(n):\n    return 0 if n == 0 else 1 + deep(n - 1)\nassert f(deep(300)) == 300",
    ),
    "numpy's errors": (
        "import numpy as np\nnp.seterr(all='raise')\nassert f(1) == 1",
        "import numpy as np\nassert f(bool(np.isinf(np.float64(1) / np.float64(0)))) is True",
    ),
    "file": (
        "with open('leak.txt', 'w') as file:\n    file.write('x')\nassert f(1) == 1",
        "import os\nassert f(os.path.exists('leak.txt')) is False",
    ),
}


@pytest.mark.parametrize(("first", "second"), LEAKS.values(), ids=LEAKS)
def test_what_tests_set_does_not_reach_other_problems(
    sandbox: Sandbox, first: str, second: str
) -> None:
    for name, test in (("first", first), ("second", second), ("first", first)):
        verdict = sandbox.judge(SAME, make_problem(name, SAME, test))
        assert verdict.passed, verdict.message
        assert not verdict.shared_process


def test_files_of_tests_go_to_a_folder_that_the_next_test_does_not_see(sandbox: Sandbox) -> None:
    test = (
        "import os, tempfile\n"
        "assert f(os.listdir('.')) == []\n"
        "open('x', 'w').close()\n"
        "path = tempfile.mkdtemp()\n"
        "assert os.path.dirname(path) == os.getcwd() == os.path.expanduser('~')"
    )
    problem = make_problem("files", SAME, test)
    for _ in range(2):
        verdict = sandbox.judge(SAME, problem)
        assert verdict.passed, verdict.message
    assert not Path("/x").exists()


def test_processes_that_tests_leave_are_killed(sandbox: Sandbox) -> None:
    test = (
        "import os, subprocess\n"
        "assert f(1) == 1\n"
        "assert subprocess.Popen(['/bin/sleep', '987654']).poll() is None\n"
        "if os.fork() == 0:\n"
        "    os.execv('/bin/sleep', ['sleep', '987654'])\n"
    )
    assert sandbox.judge(SAME, make_problem("processes", SAME, test)).passed
    left = [p for p in psutil.process_iter(["cmdline"]) if "987654" in (p.info["cmdline"] or ())]
    assert left == []


def test_tests_that_end_the_process_do_not_end_the_run(sandbox: Sandbox) -> None:
    broken = make_problem("broken", SAME, "import os\nassert f(1) == 1\nos._exit(0)")
    good = make_problem("good", SAME, "assert f(1) == 1")
    verdicts = dict(sandbox.judge_all([("broken", SAME, broken), ("good", SAME, good)]))
    assert verdicts["broken"].status == Status.CRASHED
    message = verdicts["broken"].message
    assert message.startswith("No result: the process of the tests ended with exit status 1")
    assert "\n" not in message
    assert verdicts["good"].passed


def test_a_comparison_without_end_is_stopped_in_a_fork_too() -> None:
    test = "import os\nassert f(1) == 1\nwhile True:\n    pass"
    with Sandbox(Limits(timeout_seconds=0.1), workers=1) as sandbox:
        began = time.monotonic()
        verdict = sandbox.judge(SAME, make_problem("endless", SAME, test))
    assert verdict.status == Status.TIMEOUT
    assert time.monotonic() - began < 60


def test_leaving_early_ends_forks_that_are_busy() -> None:
    test = "import time\nassert f(1) == 1\ntime.sleep(987)"
    jobs = [("fast", SAME, make_problem("fast", SAME, "assert f(1) == 1"))]
    jobs += [(str(i), SAME, make_problem("asleep", SAME, test)) for i in range(4)]

    def find_processes() -> set[psutil.Process]:
        processes = psutil.Process().children(recursive=True)
        with suppress(psutil.NoSuchProcess):
            return {p for p in processes if p.status() != psutil.STATUS_ZOMBIE}
        return set()

    before = find_processes()
    with Sandbox(Limits(), workers=1) as sandbox:
        verdicts = sandbox.judge_all(jobs)
        assert next(verdicts)[0] == "fast"
        deadline = time.monotonic() + 60
        # There is a judge, a fork of it, a box, and a program.
        while len(processes := find_processes() - before) < 4 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert len(processes) == 4
    _, alive = psutil.wait_procs(processes, timeout=30)
    assert alive == []


SHARED = {
    "seed": (
        "import random\ndef f(n):\n    return [random.randint(0, 99) for _ in range(n)]",
        "import random\ndef f(n):\n    return [random.randint(100, 199) for _ in range(n)]",
        "import random\nrandom.seed(3)",
        "assert f(3) == [30, 75, 69]",
    ),
    "recursion limit": (
        "def f(n):\n    return 0 if n == 0 else 1 + f(n - 1)",
        "def f(n):\n    return 0 if n == 0 else 2 + f(n - 1)",
        "import sys\nsys.setrecursionlimit(10000)",
        "assert f(3000) == 3000",
    ),
    "global": (
        "N = 0\ndef f():\n    global N\n    N += 1\n    return N",
        "N = 0\ndef f():\n    return 1",
        "",
        "assert f() == 1\nassert N == 1",
    ),
    "file": (
        "def f(path):\n    with open(path) as file:\n        return len(file.read().split())",
        "def f(path):\n    with open(path) as file:\n        return len(file.read())",
        "",
        "with open('w.txt', 'w') as file:\n    file.write('a b c')\nassert f('w.txt') == 3",
    ),
    "folder that the tests expect": (
        "def f(path):\n    with open(path) as file:\n        return len(file.read().split())",
        "def f(path):\n    with open(path) as file:\n        return len(file.read())",
        "import os, tempfile",
        "folder = tempfile.mkdtemp(dir='/tmp/some/where')\n"
        "path = os.path.join(folder, 'w.txt')\n"
        "with open(path, 'w') as file:\n    file.write('a b c')\nassert f(path) == 3",
    ),
    "decimal precision": (
        "from decimal import Decimal\ndef f(x):\n    return str(Decimal(x) / 3)",
        "from decimal import Decimal\ndef f(x):\n    return str(Decimal(x) / 7)",
        "import decimal\ndecimal.getcontext().prec = 4",
        "assert f(1) == '0.3333'",
    ),
    "environment": (
        "import os\ndef f():\n    return os.environ['MODE']",
        "import os\ndef f():\n    return os.environ.get('HOME')",
        "import os\nos.environ['MODE'] = 'fast'",
        "assert f() == 'fast'",
    ),
    "patched module": (
        "import time\ndef f():\n    return time.time()",
        "import time\ndef f():\n    return time.monotonic()",
        "import time\ntime.time = lambda: 5.0",
        "assert f() == 5.0",
    ),
}


@pytest.mark.parametrize(("reference", "wrong", "setup", "test"), SHARED.values(), ids=SHARED)
def test_a_problem_whose_reference_passes_only_in_one_process_is_judged_in_one(
    sandbox: Sandbox, reference: str, wrong: str, setup: str, test: str
) -> None:
    problem = make_problem("shared", reference, test, setup=setup)
    for _ in range(2):
        verdict = sandbox.judge(reference, problem)
        assert verdict.passed, verdict.message
        assert verdict.shared_process
    assert not sandbox.judge(wrong, problem).passed


def test_without_a_reference_nothing_shows_that_one_process_is_needed(sandbox: Sandbox) -> None:
    reference, _, setup, test = SHARED["global"]
    verdict = sandbox.judge(reference, make_problem("shared", "", test, setup=setup))
    assert not verdict.passed
    assert not verdict.shared_process


def test_a_wrong_program_does_not_bring_its_tests_into_its_process(sandbox: Sandbox) -> None:
    class_ = "class Yes:\n    def __eq__(self, other):\n        return True\n"
    problem = make_problem("wrong", SAME, "assert f(2) == 2")
    verdict = sandbox.judge(f"{class_}def f(x):\n    return Yes()", problem)
    assert verdict.status == Status.WRONG_ANSWER
    assert not verdict.shared_process


@pytest.mark.parametrize("workers", [1, 2])
def test_the_references_that_were_once_failed_pass(workers: int) -> None:
    shared = os.environ.get("HRM_SHARED")
    path = Path(shared or "", "data", "cases", "references.jsonl")
    if not path.is_file():
        pytest.skip("HRM_SHARED does not say where data/cases/references.jsonl is")
    problems = [to_problem(row, name="own") for row in read_rows(path)]
    with Sandbox(Limits(), workers=workers) as sandbox:
        jobs = [(problem.task_id, problem.reference, problem) for problem in problems]
        verdicts = dict(sandbox.judge_all(jobs))
    assert len(verdicts) == 19
    assert {name: v.message for name, v in verdicts.items() if not v.passed} == {}
    in_one = [name for name, verdict in verdicts.items() if verdict.shared_process]
    assert sorted(in_one) == ["own/15", "own/16", "own/17", "own/18"]


def task_of(*tests: str, setup: str = "", reference: str = SAME) -> Task:
    return Task(entry_point="f", tests=tests, setup=setup, reference=reference, stub="")


PLAIN = {
    "assertion": ("assert f(1) == 1",),
    "pure module": ("import math\nassert math.isclose(f(1), 1)",),
    "from pure module": ("from collections import Counter\nassert Counter(f('ab')).total() == 2",),
    "functions": ("def check(g):\n    for x in range(3):\n        assert g(x) == x\ncheck(f)",),
    "classes": ("class Pair:\n    def go(self):\n        return 1\nassert f(Pair().go()) == 1",),
    "in place": ("a = [1]\na[0] = 2\na.append(3)\nassert f(a) == [2, 3]",),
}
WITH_STATE = {
    "module": ("import json\nassert f(1) == 1",),
    "module of the reference": ("json.dumps = 1",),
    "attribute": ("f.x = 1\nassert f(1) == 1",),
    "attribute deleted": ("import math\ndel math.pi\nassert f(1) == 1",),
    "open": ("open('x', 'w')\nassert f(1) == 1",),
    "setattr": ("setattr(f, 'x', 1)\nassert f(1) == 1",),
    "dunder": ("f.__globals__['x'] = 1",),
    "nested": ("def g():\n    import os\n    os.chdir('/')\nassert f(1) == 1",),
}


@pytest.mark.parametrize("tests", PLAIN.values(), ids=PLAIN)
def test_plain_tests_are_recognized(tests: tuple[str, ...]) -> None:
    assert task_of(*tests).is_plain


@pytest.mark.parametrize("tests", WITH_STATE.values(), ids=WITH_STATE)
def test_tests_that_may_set_state_are_recognized(tests: tuple[str, ...]) -> None:
    assert not task_of(*tests, reference=f"import json\n{SAME}").is_plain


def test_a_setup_that_sets_state_makes_plain_tests_set_state() -> None:
    assert not task_of("assert f(1) == 1", setup="import random\nrandom.seed(1)").is_plain


def test_the_log_of_a_broken_judge_is_in_the_record_and_not_in_the_message(sandbox) -> None:
    problem = make_problem("broken", SAME, "import os\nassert f(1) == 1\nos.abort()")
    verdict = sandbox.judge(SAME, problem)
    assert verdict.status == Status.CRASHED
    assert "the process of the tests ended" in verdict.message
    assert "verdicts.jsonl" in verdict.message
    assert "File " not in verdict.message
    judgement = Judgement(task_id="t/1", sample=0, program_sha256="", verdict=verdict)
    assert "<test 1>" in judgement.to_record()["log"]
    assert Judgement.from_record(judgement.to_record()) == judgement
