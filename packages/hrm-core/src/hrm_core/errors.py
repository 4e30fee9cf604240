"""Errors that a user can cause or meet, each with the exit status of the command.

A message reads `<where>: <what is wrong>, got <value>. <cure>`. Commands catch only `HrmError`, so
a bug keeps its traceback.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar

_MAX_SHOWN = 100


class HrmError(Exception):
    """An error with a message for the user; the base of all others."""

    exit_code: ClassVar[int] = 1


class UsageError(HrmError):
    """A command was given arguments that are unknown, contradictory or impossible to satisfy."""

    exit_code = 2


class ConfigError(UsageError):
    """A config file or `--set` has an unknown key, a wrong type or an invalid value."""


class ContextLengthError(UsageError):
    """A sequence is longer than the model's context or its cache."""


class UnknownPluginError(UsageError):
    """No known plug-in has this name; most likely it is misspelled."""


class PluginNotFoundError(HrmError):
    """A known plug-in or an optional library is not installed."""

    exit_code = 3


class PluginLoadError(HrmError):
    """A plug-in is installed, but cannot be imported."""

    exit_code = 4


class PluginConflictError(HrmError):
    """Two installed distributions provide a plug-in of the same name."""

    exit_code = 4


class DataError(HrmError):
    """A data file or a checkpoint is missing or corrupt, or training data overlap with tests."""

    exit_code = 5


def beginning(value: object) -> str:
    """Return the `repr` of a value for a message: at most its first 100 characters."""
    # Only the part of a text that is shown is escaped, since it may be a whole file.
    text = repr(value[: _MAX_SHOWN + 1] if isinstance(value, str) else value)
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}..."


def suggest(name: str, known: Iterable[str]) -> str:
    """Return ` Did you mean 'x'?` for the most similar known name, or an empty string."""
    nearest = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" Did you mean {nearest[0]!r}?" if nearest else ""


def listing(names: Iterable[str]) -> str:
    """Return the names sorted and joined by commas, or `none` if there are no names."""
    return ", ".join(sorted(names)) or "none"


def short_listing(names: Iterable[str]) -> str:
    """Return `listing(names)`, at most its first 100 characters."""
    text = listing(names)
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}..."
