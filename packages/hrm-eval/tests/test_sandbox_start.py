"""How the processes of the sandbox start."""

import shutil
import socket
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest

import hrm_eval


@pytest.mark.parametrize("role", ["judge", "box"])
def test_the_modules_of_a_process_are_compiled_only_once(tmp_path, role):
    package = tmp_path / "hrm_eval"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(hrm_eval.__path__[0]), package, ignore=ignored)
    start = package / "_sandbox" / "start.py"
    ours, theirs = socket.socketpair()
    ours.close()
    with theirs:
        # Without settings to receive, the process ends.
        subprocess.run(
            [sys.executable, "-s", "-S", "-P", start, role, str(theirs.fileno())],
            pass_fds=(theirs.fileno(),),
            env={"PYTHONDONTWRITEBYTECODE": "1"} if role == "box" else {},
            check=True,
        )
    modules = list((start.parent / role).glob("*.py"))
    assert modules
    for module in modules:
        assert Path(cache_from_source(str(module))).exists(), module
