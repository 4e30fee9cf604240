"""Landlock: which files a program may open, which ports it may use, and whom it may signal.

A ruleset is made once for each worker. A process puts itself under it with one system call. It may
then read the paths that the rules name, write its own folder, and open nothing else.

Source: the kernel's documentation, userspace-api/landlock.
"""

import ctypes
import os
from collections.abc import Iterable

from hrm_eval._sandbox import syscalls

_VERSION_FLAG = 1
_RULE_PATH_BENEATH = 1

EXECUTE = 1 << 0
WRITE_FILE = 1 << 1
READ_FILE = 1 << 2
READ_DIR = 1 << 3

# Rights on files and folders by version: all up to MAKE_SYM, then REFER, TRUNCATE and IOCTL_DEV.
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_FILE_ONLY_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | (1 << 14) | (1 << 15)
# To bind and to connect TCP sockets, from version 4.
_NET_RIGHTS = 3
# Abstract Unix sockets and signals, from version 6.
_SCOPES = 3

READ = EXECUTE | READ_FILE | READ_DIR
WRITE = (1 << 16) - 1
USE_DEVICE = READ_FILE | WRITE_FILE


class _Ruleset(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("files", "net", "scoped")]


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("rights", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def version() -> int:
    """Return the kernel's version of Landlock.

    Raises:
        OSError: If the kernel has no Landlock, or it is switched off.
    """
    return syscalls.call(
        "landlock_create_ruleset", None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG)
    )


def make_ruleset(rules: Iterable[tuple[str, int]]) -> int:
    """Return the descriptor of a ruleset; a process needs `no_new_privs` to enter it.

    Args:
        rules: Pairs of a path and the rights beneath it. Paths that do not exist are skipped.

    Raises:
        OSError: If the kernel refuses.
    """
    available = version()
    handled = _FILE_RIGHTS[max(known for known in _FILE_RIGHTS if known <= available)]
    ruleset = _Ruleset(
        files=handled,
        net=_NET_RIGHTS if available >= 4 else 0,
        scoped=_SCOPES if available >= 6 else 0,
    )
    size = 8 if available < 4 else 16 if available < 6 else 24
    descriptor = syscalls.call(
        "landlock_create_ruleset", ctypes.byref(ruleset), ctypes.c_size_t(size), ctypes.c_uint32(0)
    )
    for path, rights in rules:
        _add(descriptor, path, rights & handled)
    return descriptor


def _add(ruleset: int, path: str, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not os.path.isdir(path):
            rights &= _FILE_ONLY_RIGHTS
        rule = _PathRule(rights=rights, parent=parent)
        syscalls.call(
            "landlock_add_rule",
            ctypes.c_int(ruleset),
            ctypes.c_int(_RULE_PATH_BENEATH),
            ctypes.byref(rule),
            ctypes.c_uint32(0),
        )
    finally:
        os.close(parent)


def restrict(ruleset: int) -> None:
    """Put this process, and all that it starts, under a ruleset."""
    syscalls.call("landlock_restrict_self", ctypes.c_int(ruleset), ctypes.c_uint32(0))
