"""What users are told about a program that ended before its last test."""

import re
import signal

import pytest

from hrm_eval._sandbox.judge.explain import explain_end
from hrm_eval._sandbox.judge.watch import Clock, End, Usage
from hrm_eval._sandbox.wire.control import Allowance

ALLOWANCE = Allowance(
    cpu_seconds=3.0,
    test_cpu_seconds=2.0,
    idle_seconds=9.0,
    resident_bytes=2**29,
    output_bytes=2**24,
)


def usage(cpu_seconds: float, status: int = 0) -> Usage:
    return Usage(cpu_seconds=cpu_seconds, waiting_seconds=0.0, resident_bytes=0, status=status)


@pytest.mark.parametrize("end", [End.CPU_LIMIT, End.TEST_CPU_LIMIT])
@pytest.mark.parametrize("sampled", [3.0001, 3.004, 3.2])
@pytest.mark.parametrize("final", [2.48, 2.9999, 3.3])
def test_the_figure_of_a_timeout_is_never_below_its_limit(end, sampled, final) -> None:
    clock = Clock(test_cpu_start=0.9)
    clock.update(usage(sampled))
    status, reason = explain_end(end, clock.complete(usage(final)), ALLOWANCE)
    figures = re.findall(r"([\d.]+) s\b", reason)
    assert status == "timeout"
    assert float(figures[0]) >= float(figures[1])


def test_a_limit_that_was_raised_says_what_it_comes_from() -> None:
    larger = ALLOWANCE._replace(cpu_seconds=7.25, is_from_reference=True)
    _, reason = explain_end(End.CPU_LIMIT, usage(7.3), larger)
    assert "7.30 s of CPU time" in reason
    assert "3 times what the reference solution used" in reason


@pytest.mark.parametrize(
    ("number", "seconds", "status", "words"),
    [
        (signal.SIGXCPU, 0.1, "crashed", "SIGXCPU"),
        (signal.SIGXCPU, 3.5, "timeout", "It used 3.50 s"),
        (signal.SIGSEGV, 0.1, "crashed", "SIGSEGV (it used memory that it does not have"),
        (signal.SIGKILL, 2.48, "crashed", "SIGKILL"),
    ],
    ids=["own XCPU", "limit", "segmentation fault", "killed"],
)
def test_a_killed_program_is_a_timeout_only_above_the_limit(number, seconds, status, words) -> None:
    found, reason = explain_end(End.DIED, usage(seconds, int(number)), ALLOWANCE)
    assert found == status
    assert words in reason
    assert ("limit" in reason) == (status == "timeout")
