import os
import signal
import threading

import pytest

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
