"""Runs commands of this project as if on Windows.

Standard input has a JSON list of commands, each a list of a module with a `main` and its arguments;
standard output gets a JSON list of their exit statuses with what they printed.

Not covered: everything of Windows but its missing modules and functions, and its names.
"""

import contextlib
import importlib
import importlib.util
import io
import json
import os
import pathlib
import signal
import sys
import traceback
import types

# Their own code for Windows needs Windows, so these come before the change of the system.
_LIBRARIES = (
    "asyncio", "multiprocessing", "selectors", "shutil", "socket", "subprocess", "tempfile",
    "uuid", "yaml", "pydantic", "rich.console", "rich.progress", "typer", "click",
    "torch", "transformers", "datasets", "tokenizers", "accelerate",
)  # fmt: skip
_MISSING = ("fcntl", "resource", "pwd", "grp", "termios", "pty", "tty", "posix", "syslog", "crypt")
_SIGNALS = ("SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGXCPU", "SIGCHLD", "SIGALRM", "SIGQUIT")
_FUNCTIONS = (
    "fork", "forkpty", "posix_spawn", "sched_getaffinity", "sched_setaffinity", "getuid", "geteuid",
    "getgid", "getpgid", "setsid", "killpg", "nice", "wait4", "waitid", "mkfifo", "statvfs",
    "getloadavg", "WNOHANG", "setpgid", "pidfd_open", "sysconf", "uname", "chown", "O_NOFOLLOW",
)  # fmt: skip


class _Blocker:
    """Refuses to import the modules that Windows lacks."""

    def find_spec(self, name: str, *_: object) -> None:
        if name in _MISSING:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def become_windows() -> None:
    """Take away what Windows lacks, for code that is imported from now on."""
    for name in _LIBRARIES:
        if importlib.util.find_spec(name) is not None:
            importlib.import_module(name)
    # Paths stay those of this system.
    pathlib.os = types.SimpleNamespace(**vars(os))
    for name in _MISSING:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, _Blocker())
    for module, names in ((signal, _SIGNALS), (os, _FUNCTIONS)):
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    locking = types.ModuleType("msvcrt")
    locking.LK_NBLCK = 2
    locking.locking = lambda descriptor, mode, size: None
    sys.modules["msvcrt"] = locking
    os.name, sys.platform = "nt", "win32"


def run(module: str, *arguments: str) -> tuple[int, str]:
    """Run a command; return its exit status and what it printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            status = importlib.import_module(module).main(arguments)
        except Exception:  # noqa: BLE001 (a bug is what the caller looks for)
            traceback.print_exc()
            status = -1
    return status, printed.getvalue()


if __name__ == "__main__":
    become_windows()
    json.dump([run(*command) for command in json.load(sys.stdin)], sys.stdout)
