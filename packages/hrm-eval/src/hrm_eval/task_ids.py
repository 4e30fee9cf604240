"""Reads the task ids of `--task-ids @FILE` and `--exclude @FILE`."""

import json
from pathlib import Path

from hrm_core.errors import UsageError, beginning

_CURE = "Write one id a line, or a JSON list such as [11, 12]"


def read_task_ids(path: Path, option: str = "--task-ids") -> list[str]:
    """Return the ids in a file: one a line, or a JSON list of texts and numbers.

    Blank lines do not count.

    Args:
        path: The file.
        option: The flag that names it, for messages.

    Raises:
        UsageError: If the file cannot be read, is not such a list, or is empty.
    """
    where = f"{option}: {path}"
    try:
        text = path.expanduser().read_text(encoding="utf-8-sig").strip()
        task_ids = json.loads(text) if text.startswith("[") else text.splitlines()
    except UnicodeDecodeError as error:
        raise UsageError(f"{where} cannot be read: {error}. Save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{where}: not JSON: {error}. {_CURE}") from error
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{where} cannot be read: {reason}") from error
    for task_id in task_ids:
        if type(task_id) not in (str, int):
            raise UsageError(f"{where}: expected task ids, got {beginning(task_id)}. {_CURE}")
    found = [name for task_id in task_ids if (name := str(task_id).strip())]
    if not found:
        raise UsageError(f"{where}: there is no task id in this file. {_CURE}")
    return found
