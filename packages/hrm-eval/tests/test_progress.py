import io
import threading
from contextlib import contextmanager, redirect_stderr

import pytest

from hrm_eval import progress
from hrm_eval.progress import Pace, StageProgress, activity, hidden, pause_after


class Terminal(io.StringIO):
    """A standard error that is a terminal."""

    def isatty(self):
        return True


class Clock:
    """A clock that a test sets."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@contextmanager
def terminal(monkeypatch, kind="xterm"):
    monkeypatch.setenv("TERM", kind)
    monkeypatch.setenv("COLUMNS", "80")
    with redirect_stderr(Terminal()) as written:
        yield written


def load(what, written, error=None):
    """Return what an activity has written before it ends."""
    with activity(what):
        before = written.getvalue()
        if error is not None:
            raise error
    return before


def test_an_activity_is_a_line_in_a_log(capsys):
    with activity("loading the model"):
        assert capsys.readouterr().err == "loading the model\n"
    assert capsys.readouterr().err == ""


def test_an_activity_disappears_from_a_terminal_even_if_it_fails(monkeypatch):
    with terminal(monkeypatch) as written:
        assert load("loading the model", written) == "loading the model ..."
        assert written.getvalue().endswith(f"\r{' ' * 21}\r")
        with pytest.raises(ValueError, match="no model"):
            load("loading the model", written, ValueError("no model"))
        assert written.getvalue().endswith(f"\r{' ' * 21}\r")


def test_a_long_activity_is_cut_to_the_width_of_the_terminal(monkeypatch):
    with terminal(monkeypatch) as written:
        assert len(load("loading the model " + "x" * 200, written)) == 79


def test_a_terminal_without_control_sequences_gets_lines(monkeypatch):
    with terminal(monkeypatch, "dumb") as written:
        assert load("loading the model", written) == "loading the model\n"


def test_ten_hours_are_a_few_hundred_lines_and_the_first_comes_soon():
    seconds, lines = 0.0, 0
    while seconds < 36_000:
        seconds += pause_after(seconds)
        lines += 1
    assert pause_after(0) == 10
    assert pause_after(36_000) == 300
    assert 100 < lines < 250


def test_the_time_left_counts_the_tokens_of_texts_that_are_not_done():
    clock, drawn = Clock(), [7]
    pace = Pace(4, lambda: drawn[0], clock)
    assert (pace.tokens_per_second, pace.seconds_left) == (None, None)
    clock.now, drawn[0] = 110.0, 57
    assert (pace.tokens_per_second, pace.seconds_left) == (5.0, None)
    pace.advance(20)
    # Three texts of 20 tokens, of which 30 are drawn.
    assert pace.seconds_left == pytest.approx(30 / 5)
    drawn[0] = 87
    assert pace.seconds_left is None
    for _ in range(3):
        pace.advance(20)
    assert (pace.tokens_per_second, pace.seconds_left) == (8.0, None)


def test_without_a_counter_the_pace_is_that_of_whole_steps():
    clock = Clock()
    pace = Pace(10, None, clock)
    clock.now = 106.0
    pace.advance(0)
    pace.advance(0)
    assert (pace.tokens_per_second, pace.seconds_left) == (None, pytest.approx(24))
    pace.advance(30)
    assert (pace.tokens_per_second, pace.seconds_left) == (5.0, pytest.approx(42))


def test_a_stage_prints_its_start_its_end_and_nothing_in_between_if_it_is_short(capsys):
    with StageProgress("generated", total=3, done=1, note="reading the prompts") as stage:
        assert capsys.readouterr().err == "generated 1/3, 0 s, reading the prompts\n"
        stage.advance("toys/1")
        stage.advance("toys/2")
    assert capsys.readouterr().err == "generated 3/3, 0 s, toys/2\n"


def advance_and_stop():
    with StageProgress("judged", total=3) as stage:
        stage.advance("toys/1 passed")
        raise KeyboardInterrupt


def test_a_stage_that_ends_early_says_how_far_it_came(capsys):
    with pytest.raises(KeyboardInterrupt):
        advance_and_stop()
    assert capsys.readouterr().err.splitlines()[-1].startswith("judged 1/3, 0 s")


def test_a_log_shows_tokens_before_the_first_text_is_done(capsys, monkeypatch):
    monkeypatch.setattr(progress, "_FIRST_PAUSE", 0.01)
    drawn, was_read, num_threads = [0], threading.Event(), threading.active_count()

    def count():
        drawn[0] += 1
        if drawn[0] > 5:
            was_read.set()
        return drawn[0]

    with StageProgress("generated", total=2, count_tokens=count, note="reading the prompts"):
        assert was_read.wait(timeout=30)
    lines = capsys.readouterr().err.splitlines()
    assert any(" tokens/s" in line and "0/2" in line for line in lines)
    assert not any("tokens/s, reading the prompts" in line for line in lines)
    assert threading.active_count() == num_threads


def test_a_stage_is_a_bar_in_place_on_a_terminal(monkeypatch):
    with terminal(monkeypatch) as written, StageProgress("judged", total=2) as stage:
        stage.advance("toys/1 passed")
        stage.advance("toys/2 passed")
    printed = written.getvalue()
    assert "2/2" in printed
    assert "toys/2 passed" in printed
    assert printed.count("\n") <= 2


@pytest.mark.parametrize("is_terminal", [True, False])
def test_hidden_progress_writes_nothing_and_the_next_is_shown_again(monkeypatch, is_terminal):
    with terminal(monkeypatch, "xterm" if is_terminal else "dumb") as written:
        with hidden(), activity("loading"), StageProgress("judged", total=2) as stage:
            stage.advance("first")
            stage.advance("second")
        assert written.getvalue() == ""
        with hidden(is_hidden=False), activity("loading"):
            assert "loading" in written.getvalue()
