"""Functions and iterators of the tests that a program uses in several threads at once."""

import textwrap
from collections.abc import Iterator

import pytest

from hrm_datasets.problems import Problem
from hrm_eval.sandbox import Limits, Sandbox

THREADS = """
    import threading
    def f(g, n):
        results = [None] * n
        def work(i):
            results[i] = g(i)
        threads = [threading.Thread(target=work, args=(i,)) for i in range(n)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        return results
"""
POOL = """
    from concurrent.futures import ThreadPoolExecutor
    def f(g, n):
        with ThreadPoolExecutor(6) as pool:
            return list(pool.map(g, range(n)))
"""
ERRORS = """
    from concurrent.futures import ThreadPoolExecutor
    def f(g, n):
        with ThreadPoolExecutor(6) as pool:
            jobs = [pool.submit(g, i) for i in range(n)]
        return [type(j.exception()).__name__ if j.exception() else j.result() for j in jobs]
"""
LATE = """
    import threading
    def f(g, n):
        threading.Thread(target=lambda: [g(i) for i in range(n)], daemon=True).start()
        return n
"""
SHARED = """
    from concurrent.futures import ThreadPoolExecutor
    import threading
    def f(numbers, n):
        lock = threading.Lock()
        def take(_):
            with lock:
                return next(numbers)
        with ThreadPoolExecutor(6) as pool:
            return sorted(pool.map(take, range(n)))
"""
OWN_ERROR = "class Own(Exception):\n    pass\ndef h(x):\n    raise Own(x)\n"
ROWS = {
    "threads": (THREADS, "assert f(lambda x: x * 2, 8) == [2 * i for i in range(8)]"),
    "pool": (POOL, "assert f(lambda x: x * 2, 100) == [2 * i for i in range(100)]"),
    "objects": (POOL, "class A:\n    n = 1\na = A()\nassert f(lambda x: a, 30) == [a] * 30"),
    "callbacks in callbacks": (
        POOL,
        "def h(x):\n    return x if x == 0 else sum(f(lambda y: y + x, 3))\n"
        "assert f(h, 8) == [0, *(3 + 3 * i for i in range(1, 8))]",
    ),
    "errors": (ERRORS, "assert f(lambda x: 6 // (x % 4), 8) == ['ZeroDivisionError', 6, 3, 2] * 2"),
    "own errors": (ERRORS, OWN_ERROR + "assert f(h, 8) == ['Own'] * 8"),
    "error that leaves": (
        POOL,
        "try:\n    f(lambda x: 1 // x, 5)\nexcept ZeroDivisionError:\n    pass\n"
        "else:\n    assert False\nassert f(abs, 3) == [0, 1, 2]",
    ),
    "after the end": (LATE, "seen = []\nassert [f(seen.append, 3) for _ in range(3)] == [3] * 3"),
    "iterator": (SHARED, "assert f(iter(range(20)), 20) == list(range(20))"),
    "tests in threads": (
        "def f(x):\n    return x + 1",
        "from concurrent.futures import ThreadPoolExecutor as P\nwith P(4) as pool:\n"
        "    assert list(pool.map(f, range(50))) == list(range(1, 51))",
    ),
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(timeout_seconds=3, memory_mb=256), workers=1) as sandbox:
        yield sandbox


@pytest.mark.parametrize("name", ROWS)
def test_a_program_may_call_the_tests_from_threads(sandbox, name: str) -> None:
    program, test = map(textwrap.dedent, ROWS[name])
    problem = Problem(task_id="toy/1", text="", entry_point="f", tests=(test,), reference=program)
    for _ in range(4):
        verdict = sandbox.judge(program, problem)
        assert verdict.passed, verdict.message
        assert verdict.shared_process == (name == "tests in threads")
