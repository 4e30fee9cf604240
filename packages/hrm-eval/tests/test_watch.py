import pytest

from hrm_eval._sandbox.judge import watch
from hrm_eval._sandbox.judge.watch import Clock, Usage
from hrm_eval._sandbox.wire.protocol import RUNNING


@pytest.fixture
def advance(monkeypatch):
    """Return a function that samples usage at later times, and returns the idle seconds."""
    now = [0.0]
    monkeypatch.setattr(watch.time, "monotonic", lambda: now[0])
    clock = Clock(started=0.0, sampled=0.0)
    clock.begin_call()

    def advance(seconds, *, cpu=0.0, waiting=0.0):
        now[0] += seconds
        usage = Usage(
            cpu_seconds=clock.cpu_seconds + cpu,
            waiting_seconds=clock.waiting_seconds + waiting,
            resident_bytes=0,
            status=RUNNING,
        )
        clock.update(usage)
        return pytest.approx(clock.idle_seconds(is_in_call=True), abs=1e-9)

    return advance


def test_a_program_that_runs_is_not_idle(advance):
    assert advance(0.05, cpu=0.05) == 0.0


def test_a_program_that_sleeps_is_idle(advance):
    assert advance(0.05) == 0.05
    assert advance(0.05) == 0.1


def test_a_wait_for_a_cpu_that_ends_after_several_samples_is_not_idle(advance):
    for _ in range(7):
        advance(0.05)
    assert advance(0.05, cpu=0.02, waiting=0.38) == 0.0


def test_waits_of_many_threads_do_not_make_up_for_a_long_sleep(advance):
    for _ in range(100):
        advance(0.05)
    assert advance(0.05, waiting=60.0) == 4.0
