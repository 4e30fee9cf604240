import os
import subprocess
import sys

import pytest

from hrm_core.command import run_command


@pytest.mark.parametrize(("chosen", "expected"), [(None, "2000"), ("5", "5")])
def test_threads_wait_asleep_unless_the_user_decides(monkeypatch, chosen, expected):
    seen = []

    def app(*, args, prog_name):
        seen.append(os.environ["GOMP_SPINCOUNT"])

    # Remembers the variable, so that it is restored even if it is absent.
    monkeypatch.setenv("GOMP_SPINCOUNT", "")
    if chosen is None:
        monkeypatch.delenv("GOMP_SPINCOUNT")
    else:
        monkeypatch.setenv("GOMP_SPINCOUNT", chosen)
    assert run_command(app, "test", []) == 0
    assert seen == [expected]


@pytest.mark.parametrize(
    ("code", "status", "message"),
    [(None, 0, ""), (0, 0, ""), (3, 3, ""), ("the plug-in is broken", 1, "test: the plug-in is")],
)
def test_an_exit_of_a_library_keeps_its_status_and_message(code, status, message, capsys):
    def app(**_):
        sys.exit(code)

    assert run_command(app, "test", []) == status
    assert capsys.readouterr().err.startswith(message)


PROGRAM = """
import sys
from hrm_core.command import run_command
sys.exit(run_command(lambda **_: [print("line") for _ in range(100_000)], "test", []))
"""


def test_a_command_without_standard_output_can_print():
    command = f"{sys.executable} -c '{PROGRAM}' >&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
