"""Runs a command of this project: a user's error becomes a message and an exit status.

Other errors are bugs and keep their traceback.
"""

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from hrm_core.errors import HrmError

# How long the threads of GNU's OpenMP, which torch uses on Linux, wait awake for one another: some
# microseconds. By default they wait so long that products of two threads become ten times slower as
# soon as another program wants a core.
_SPINS = ("GOMP_SPINCOUNT", "2000")

INTERRUPTED = 130
TERMINATED = 143

# The end of a terminal sends SIGHUP, and batch systems such as Slurm send SIGUSR1 before they kill.
# Windows has neither.
_ENDING = [
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGUSR1") if hasattr(signal, name)
]


def run_command(app: Callable[..., Any], name: str, arguments: Sequence[str] | None) -> int:
    """Run a command and return its exit status.

    Args:
        app: The command; called with `args` and `prog_name`, such as a Typer app.
        name: Name of the command, for messages.
        arguments: The arguments; None for those of the process.
    """
    # OpenMP reads it when torch is imported.
    os.environ.setdefault(*_SPINS)
    _prepare_output()
    try:
        with _ending_cleanly():
            app(args=arguments, prog_name=name)
    except HrmError as error:
        sys.stderr.write(f"{name}: {error}\n")
        return error.exit_code
    except SystemExit as ended:
        if ended.code is None or isinstance(ended.code, int):
            return ended.code or 0
        sys.stderr.write(f"{name}: {ended.code}\n")
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _prepare_output() -> None:
    """Let everything be printed to standard output, whatever it is."""
    if sys.stdout is None:
        # It is closed, as after `>&-`.
        sys.stdout = io.TextIOWrapper(io.BytesIO())
    # Programs and answers may have characters that the encoding of the terminal or pipe lacks.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")


def version_of(package: str) -> str:
    """Return the name and the version of an installed package, such as `hrm-eval 0.1.0`."""
    from importlib import metadata

    return f"{package} {metadata.version(package)}"


@contextmanager
def _ending_cleanly() -> Iterator[None]:
    """Let signals that end the command raise `SystemExit`; ignored ones stay ignored (`nohup`)."""
    ending = [number for number in _ENDING if signal.getsignal(number) != signal.SIG_IGN]
    previous = {number: signal.signal(number, _terminate) for number in ending}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _terminate(*_: object) -> None:
    """Raise `SystemExit`, so that cleanup code runs and leaves no process or folder behind."""
    raise SystemExit(TERMINATED)
