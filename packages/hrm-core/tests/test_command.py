import os

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
