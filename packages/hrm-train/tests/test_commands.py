import os
import signal

import pytest

from hrm_train.commands import CommandError, Commands


@pytest.fixture
def fail(tmp_path, monkeypatch):
    """Return the message of a command that prints something and fails."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    log = tmp_path / "log"
    log.write_text("hrm-train: an error of an earlier command.\n")

    def run(source):
        (tmp_path / "failing.py").write_text(source)
        with pytest.raises(CommandError) as caught:
            Commands(1, print).call("failing", [], log, what="the training")
        message, _, rest = str(caught.value).partition(". All of it: ")
        assert rest == str(log)
        return message

    return run


@pytest.mark.parametrize(
    ("printed", "message"),
    [
        ("step 1\nhrm-train: data: 2 of 3 overlap:\n  a with b\nLeave them out.\n",
         "data: 2 of 3 overlap: a with b Leave them out"),
        ("hrm-train: a warning\nhrm-eval: --out: no.\n", "--out: no"),
        ("Traceback\nTypeError: None\n", "TypeError: None"),
        ("", "it printed nothing"),
    ],
)  # fmt: skip
def test_the_error_of_the_command_is_told(fail, printed, message):
    found = fail(f"import sys\nsys.stderr.write({printed!r})\nsys.exit(3)\n")
    assert found == f"the training ended with status 3: {message}"


def test_a_killed_command_names_the_signal(fail):
    source = f"import os\nos.kill(os.getpid(), {int(signal.SIGKILL)})\n"
    assert fail(source) == "the training ended with SIGKILL: it printed nothing"


def test_no_command_starts_after_a_stop(tmp_path):
    lines = []
    commands = Commands(1, lines.append)
    commands.stop()
    with pytest.raises(CommandError, match="the training: stopped"):
        commands.call(os.__name__, [], tmp_path / "log", what="the training")
    assert lines == ["stopping; a training saves a checkpoint first"]
