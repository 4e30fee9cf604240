"""Runs a command of this project: a user's error becomes a message and an exit status.

Other errors are bugs and keep their traceback.
"""

import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any

from hrm_core.errors import HrmError

INTERRUPTED = 130
TERMINATED = 143


def run_command(app: Callable[..., Any], name: str, arguments: Sequence[str] | None) -> int:
    """Run a command and return its exit status.

    Args:
        app: The command; called with `args` and `prog_name`, such as a Typer app.
        name: Name of the command, for messages.
        arguments: The arguments; None for those of the process.
    """
    previous = signal.signal(signal.SIGTERM, _terminate)
    try:
        app(args=arguments, prog_name=name)
    except HrmError as error:
        sys.stderr.write(f"{name}: {error}\n")
        return error.exit_code
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        signal.signal(signal.SIGTERM, previous)
    return 0


def _terminate(*_: object) -> None:
    """Raise `SystemExit`, so that cleanup code runs and leaves no process or folder behind."""
    raise SystemExit(TERMINATED)
