"""How every command of this project ends: a message and an exit status instead of a traceback.

Catches what a user can cause or meet, and nothing else: a bug keeps its traceback.
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
        app: Takes `args` and `prog_name`, as a Typer app does.
        name: What the user typed.
        arguments: Those of the process, if not given.
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
    """End as after an interrupt, so that no program and no folder is left behind."""
    raise SystemExit(TERMINATED)
