"""Programs of several threads and tasks, judged by one sandbox."""

import asyncio
import gc
import threading
import time
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from hrm_core.errors import DataError
from hrm_datasets.problems import Problem
from hrm_eval.sandbox import Limits, Sandbox, SandboxError, Status

ADD = Problem(task_id="toy/1", text="Add.", entry_point="add", tests=("assert add(1, 2) == 3",))
RIGHT = "def add(a, b): return a + b"
WRONG = "def add(a, b): return 0"
SLEEPING = f"import time\ntime.sleep(0.8)\n{RIGHT}"
ENDLESS = "import time\ntime.sleep(99)"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(timeout_seconds=2.0, memory_mb=256), workers=2) as sandbox:
        yield sandbox


@pytest.fixture
def own_sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(memory_mb=256), workers=1) as sandbox:
        yield sandbox


def start_thread(function) -> threading.Thread:
    thread = threading.Thread(target=function)
    thread.start()
    return thread


def test_programs_of_two_threads_run_at_the_same_time(sandbox: Sandbox) -> None:
    started = time.monotonic()
    with ThreadPoolExecutor(2) as threads:
        verdicts = list(threads.map(lambda _: sandbox.judge(SLEEPING, ADD), range(2)))
    assert [verdict.status for verdict in verdicts] == [Status.PASSED] * 2
    assert time.monotonic() - started < sum(verdict.seconds for verdict in verdicts)


def test_a_program_that_comes_later_does_not_wait_for_the_first(sandbox: Sandbox) -> None:
    finished = []
    thread = start_thread(lambda: finished.append(sandbox.judge(SLEEPING, ADD)))
    time.sleep(0.1)
    assert sandbox.judge(RIGHT, ADD).passed
    assert finished == []
    thread.join()


def test_many_threads_get_the_verdicts_on_their_own_programs(sandbox: Sandbox) -> None:
    programs = [RIGHT, WRONG, "syntax error", "import sys; sys.exit(0)"] * 10
    expected = [Status.PASSED, Status.WRONG_ANSWER, Status.SYNTAX_ERROR, Status.EXITED] * 10
    with ThreadPoolExecutor(16) as threads:
        verdicts = list(threads.map(lambda program: sandbox.judge(program, ADD), programs))
    assert [verdict.status for verdict in verdicts] == expected


def test_tasks_of_asyncio_get_the_verdicts_on_their_own_programs(sandbox: Sandbox) -> None:
    async def judge_all() -> list[bool]:
        programs = [RIGHT, WRONG] * 10
        verdicts = await asyncio.gather(*(sandbox.judge_async(p, ADD) for p in programs))
        return [verdict.passed for verdict in verdicts]

    assert asyncio.run(judge_all()) == [True, False] * 10


def test_threads_tasks_and_judge_all_can_take_turns(sandbox: Sandbox) -> None:
    for _ in range(5):
        assert sandbox.judge(RIGHT, ADD).passed
        assert asyncio.run(sandbox.judge_async(RIGHT, ADD)).passed
        assert [verdict.passed for _, verdict in sandbox.judge_all([(1, RIGHT, ADD)])] == [True]


def test_a_cancelled_task_spoils_nothing_for_others(sandbox: Sandbox) -> None:
    async def cancel_some() -> bool:
        tasks = [asyncio.create_task(sandbox.judge_async(SLEEPING, ADD)) for _ in range(6)]
        await asyncio.sleep(0.1)
        for task in tasks:
            task.cancel()
        assert all(
            isinstance(e, asyncio.CancelledError)
            for e in await asyncio.gather(*tasks, return_exceptions=True)
        )
        return (await sandbox.judge_async(RIGHT, ADD)).passed

    assert asyncio.run(cancel_some())


def test_an_error_of_one_caller_is_not_that_of_another(sandbox: Sandbox) -> None:
    broken = Problem(task_id="toy/2", text="", entry_point="f", tests=("assert (",))
    with ThreadPoolExecutor(2) as threads:
        bad, good = (
            threads.submit(sandbox.judge, RIGHT, broken),
            threads.submit(sandbox.judge, RIGHT, ADD),
        )
        with pytest.raises(DataError, match="toy/2"):
            bad.result()
        assert good.result().passed


def test_closing_ends_the_calls_that_wait(own_sandbox: Sandbox) -> None:
    errors: list[str] = []

    def judge() -> None:
        with pytest.raises(SandboxError) as caught:
            own_sandbox.judge(ENDLESS, ADD)
        errors.append(str(caught.value))

    threads = [start_thread(judge) for _ in range(4)]
    time.sleep(0.2)
    own_sandbox.close()
    for thread in threads:
        thread.join()
    assert errors == ["sandbox: it is closed. Open a new one"] * 4


def test_a_closed_sandbox_says_so(own_sandbox: Sandbox) -> None:
    own_sandbox.close()
    with pytest.raises(SandboxError, match="it is closed"):
        own_sandbox.judge(RIGHT, ADD)
    with pytest.raises(SandboxError, match="it is closed"):
        asyncio.run(own_sandbox.judge_async(RIGHT, ADD))
    with pytest.raises(SandboxError, match="it is closed"):
        list(own_sandbox.judge_all([(1, RIGHT, ADD)]))


def test_closing_in_the_middle_of_judge_all_loses_no_job_silently(own_sandbox: Sandbox) -> None:
    verdicts = own_sandbox.judge_all([(number, RIGHT, ADD) for number in range(5)])
    next(verdicts)
    own_sandbox.close()
    with pytest.raises(SandboxError, match="it is closed"):
        list(verdicts)


def test_a_call_in_the_middle_of_judge_all_is_refused(own_sandbox: Sandbox) -> None:
    verdicts = own_sandbox.judge_all([(number, RIGHT, ADD) for number in range(2)])
    next(verdicts)
    with pytest.raises(SandboxError, match="it is busy"):
        own_sandbox.judge(RIGHT, ADD)
    assert len(list(verdicts)) == 1


def test_a_closed_sandbox_keeps_no_thread_and_no_workers() -> None:
    sandbox = Sandbox(Limits(memory_mb=256), workers=1)
    before = set(threading.enumerate())
    assert sandbox.judge(RIGHT, ADD).passed
    pool = weakref.ref(sandbox._pool)
    started = set(threading.enumerate()) - before
    assert [thread.name for thread in started] == ["hrm-eval sandbox"]
    sandbox.close()
    del sandbox
    gc.collect()
    assert pool() is None
    assert not any(thread.is_alive() for thread in started)


@pytest.mark.parametrize(
    ("program", "problem", "words"),
    [
        (None, ADD, "program: expected text, got None"),
        (b"x = 1", ADD, "program: expected text, got b'x = 1'"),
        (RIGHT, "mbpp/11", "problem: expected a Problem, got 'mbpp/11'. Find it with"),
    ],
)
def test_a_program_that_is_no_text_is_a_type_error(sandbox, program, problem, words) -> None:
    with pytest.raises(TypeError) as caught:
        sandbox.judge(program, problem)
    assert words in str(caught.value)
    with pytest.raises(TypeError):
        asyncio.run(sandbox.judge_async(program, problem))


def test_a_text_of_another_class_is_judged(sandbox: Sandbox) -> None:
    class Text(str):
        __slots__ = ()

    assert sandbox.judge(Text(RIGHT), ADD).passed
