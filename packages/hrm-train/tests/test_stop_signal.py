import os
import signal
import threading

import pytest

from hrm_core.command import run_command
from hrm_train import stop_signal as module
from hrm_train.stop_signal import StopSignal


def send(number):
    os.kill(os.getpid(), number)


def test_a_second_request_ends_at_once_but_a_forwarded_signal_does_not(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    with StopSignal() as stop_signal:
        send(signal.SIGINT)
        now[0] += 1
        send(signal.SIGTERM)
        assert stop_signal.requested
        now[0] += 3
        with pytest.raises(KeyboardInterrupt):
            send(signal.SIGINT)


def test_signals_are_unchanged_outside_the_context_and_in_other_threads():
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    stop_signal = StopSignal()
    with pytest.raises(KeyboardInterrupt):
        send(signal.SIGINT)
    with stop_signal:
        assert signal.getsignal(signal.SIGTERM) != before[1]
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
    assert not stop_signal.requested
    seen = []

    def enter():
        with StopSignal():
            seen.append((signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert seen == [before]


@pytest.fixture
def ignored():
    """Ignore a signal during a test."""
    before = {}

    def ignore(number):
        before[number] = signal.signal(number, signal.SIG_IGN)

    yield ignore
    for number, handler in before.items():
        signal.signal(number, handler)


STOPPING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1]


@pytest.mark.parametrize("number", STOPPING, ids=lambda number: number.name)
def test_each_signal_requests_a_stop_and_an_ignored_one_does_not(ignored, number):
    with StopSignal() as stop_signal:
        send(number)
        assert stop_signal.requested
    ignored(number)
    with StopSignal() as stop_signal:
        send(number)
        assert not stop_signal.requested
    assert signal.getsignal(number) == signal.SIG_IGN


@pytest.mark.parametrize("number", STOPPING[1:], ids=lambda number: number.name)
def test_a_command_ends_with_status_143_unless_the_signal_is_ignored(ignored, number):
    def app(*, args, prog_name):
        send(number)

    before = signal.getsignal(number)
    assert run_command(app, "test", []) == 143
    assert signal.getsignal(number) == before
    ignored(number)
    assert run_command(app, "test", []) == 0
