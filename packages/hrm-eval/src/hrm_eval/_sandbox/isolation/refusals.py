"""Says which errors of a program the sandbox has caused, and whether a user can allow more.

Only errors that a system call has reported count, not those that the program raises itself.

Not covered: errors in other processes that a program starts; what these print is shown instead.
"""

import errno
import os
import resource
from _socket import AF_UNIX, EAI_AGAIN, EAI_FAIL, EAI_NONAME, gaierror
from collections.abc import Collection
from opcode import opmap
from types import TracebackType

from hrm_eval._sandbox.isolation.layers import MAX_INODES, WRITABLE, Layers
from hrm_eval._sandbox.layer import Layer

_MIB = 2**20
_MAX_CAUSES = 20
_RAISE = opmap["RAISE_VARARGS"]
_PACKAGE = os.path.dirname(os.path.dirname(__file__))
_LIBRARY = os.path.dirname(os.__file__)

# Functions that make system calls, by what they are for.
_SOCKETS = ("accept", "bind", "connect", "connect_ex", "listen", "sendmsg", "sendto", "socket")
_FORKS = ("_fork_exec", "fork", "fork_exec", "forkpty", "posix_spawn", "posix_spawnp")
# `shutil` looks the function up by its name.
_MODES = ("chmod", "chown", "fchmod", "fchown", "lchmod", "lchown", "lookup", "utime")
_STATE = ("flock", "ioctl", "removexattr", "setxattr")
_SHARED = ("SemLock", "shm_open")
_SIGNALS = ("kill", "killpg", "pidfd_open", "pidfd_send_signal")

_NO_SERVER = (errno.ENETUNREACH, errno.ENETDOWN)
_NO_NAME = (EAI_AGAIN, EAI_FAIL, EAI_NONAME)
_DENIED = (errno.EPERM, errno.EACCES)

_KINDS = (OSError, ImportError, RuntimeError, ValueError, EOFError)

_NETWORK = "The sandbox has no network, and no setting allows one."
_FILES = (
    "The sandbox lets a program write only into its own empty folder, and read only that, Python, "
    "installed packages and system libraries. No setting allows more."
)
_HIDDEN = "The sandbox hides packages that may contain answers. No setting allows them."
_ATTRIBUTES = (
    "The sandbox allows no flock, extended attributes or flags of files, and no setting does. "
    "fcntl.lockf works."
)
_KILL = "The sandbox lets a program signal only its own processes. No setting allows more."
_LIMITS = "A program cannot raise the limits of the sandbox. A user can: --memory-mb, --timeout."
_INPUT = "The sandbox gives a program no input, and no setting gives it any."
_OTHER = "The sandbox allows no program this system call, and no setting does."
_NEEDS_NAMESPACES = (
    "The sandbox allows {} only where the machine has namespaces. See: hrm-eval doctor"
)

_UNIX_SOCKETS = _NEEDS_NAMESPACES.format("Unix sockets, such as managers of multiprocessing use,")


class Refusals:
    """What the sandbox refuses, in the words of messages.

    Args:
        layers: The layers, which have been entered.
    """

    def __init__(self, layers: Layers) -> None:
        self._settings = layers.settings
        self._missing = layers.missing
        self._own_folders = layers.writable_folders
        self._host_names = layers.host_names
        names = (os.path.basename(path) for path in layers.settings.hidden)
        self._hidden_packages = {name.partition("-")[0].partition(".")[0] for name in names}

    def explain(self, error: BaseException) -> str:
        """Return a sentence on what the sandbox refused, or an empty text if it refused nothing."""
        cause: BaseException | None = error
        for _ in range(_MAX_CAUSES):
            if cause is None:
                break
            trace = _innermost(cause.__traceback__)
            is_raised = trace is None or _is_raised(trace)
            # The standard library passes errors on.
            if trace is not None and (not is_raised or _is_in_library(trace)):
                text = self._find(cause, trace) if isinstance(cause, _KINDS) else ""
                if text:
                    return text
            before = cause.__context__ if is_raised and not cause.__suppress_context__ else None
            cause = cause.__cause__ or before
        return ""

    def _find(self, error: BaseException, trace: TracebackType) -> str:
        function = _function(trace)
        match error:
            case gaierror():
                return _NETWORK if error.errno in _NO_NAME else ""
            case OSError(filename=str(path)) if self._is_answer_key(path):
                return _HIDDEN
            case OSError():
                is_local = trace.tb_frame.f_locals.get("family") == AF_UNIX
                return self._find_by_number(error, "local socket" if is_local else function)
            case ImportError(name=str(name)):
                return _HIDDEN if name.partition(".")[0] in self._hidden_packages else ""
            case RuntimeError(args=("can't start new thread",)):
                return self._processes()
            case ValueError() if function == "setrlimit":
                return _LIMITS
            case EOFError():
                return self._find_end(function, trace)
        return ""

    def _find_end(self, function: str, trace: TracebackType) -> str:
        if function == "input":
            return _INPUT
        # The process of a manager has ended.
        is_manager = "/multiprocessing/" in trace.tb_frame.f_code.co_filename
        return _UNIX_SOCKETS if is_manager and not self._has_local_sockets else ""

    def _find_by_number(self, error: OSError, function: str) -> str:
        settings, number = self._settings, error.errno
        sizes = {
            errno.EFBIG: f"The sandbox limits a file to {settings.file_bytes // _MIB} MiB.",
            errno.EMFILE: f"The sandbox allows {resource.getrlimit(resource.RLIMIT_NOFILE)[0]} "
            "open files.",
            errno.ENOMEM: "The sandbox gives each process "
            f"{settings.address_space_bytes // _MIB} MiB. Raise it with --memory-mb.",
        }
        if Layer.FOLDER_QUOTA not in self._missing:
            size = settings.quota_bytes // _MIB
            sizes[errno.ENOSPC] = (
                f"The sandbox limits the files of a program to {size} MiB, of which "
                f"{WRITABLE['shm'] * size:g} MiB are in /dev/shm, and to {MAX_INODES:,} files."
            )
        if number in sizes:
            return sizes[number]
        if number == errno.EAGAIN and function in _FORKS:
            return self._processes()
        if number in _NO_SERVER:
            return _NETWORK
        if number in _DENIED:
            return self._find_denied(error, function)
        is_elsewhere = number == errno.EROFS or (
            number == errno.ENOENT and self._has_private_files and self._is_hidden(error.filename)
        )
        return _FILES if is_elsewhere else ""

    def _find_denied(self, error: OSError, function: str) -> str:
        if function == "local socket" and not self._has_local_sockets:
            return _UNIX_SOCKETS
        if function in _SOCKETS:
            return _NETWORK
        if function in _SHARED and not self._has_private_files:
            return _NEEDS_NAMESPACES.format("semaphores and shared memory with names")
        if error.errno == errno.EACCES:
            # The program may have taken the right to its own file away.
            is_own = type(error.filename) is not str or self._is_own(error.filename)
            is_confined = not {Layer.LANDLOCK, Layer.MOUNT_NAMESPACE} <= set(self._missing)
            return _FILES if is_confined and not is_own else ""
        if function in _MODES and not self._has_private_files:
            return _NEEDS_NAMESPACES.format("changes of modes, owners and times of files")
        if function in _STATE:
            return _ATTRIBUTES
        if function in _SIGNALS:
            return _KILL
        return _OTHER if Layer.SECCOMP not in self._missing else ""

    def _processes(self) -> str:
        return (
            f"The sandbox allows a program {self._settings.max_processes} processes and threads, "
            "and no setting allows more. Stacks of threads count as memory (--memory-mb)."
        )

    @property
    def _has_private_files(self) -> bool:
        return Layer.MOUNT_NAMESPACE not in self._missing

    @property
    def _has_local_sockets(self) -> bool:
        return self._has_private_files and Layer.NETWORK_NAMESPACE not in self._missing

    def _is_answer_key(self, path: str) -> bool:
        return _is_beneath(os.path.realpath(path), self._settings.hidden)

    def _is_own(self, path: str) -> bool:
        return _is_beneath(os.path.realpath(path), self._own_folders)

    def _is_hidden(self, path: object) -> bool:
        """Whether a path of the host lies outside of what a program can see."""
        if type(path) is not str or not path.startswith("/"):
            return False
        seen = (*self._own_folders, *self._settings.read_only, *_SEEN)
        return path.split("/")[1] in self._host_names and not any(
            _is_beneath(place, seen) for place in (path, os.path.realpath(path))
        )


_SEEN = ("/bin", "/dev", "/lib", "/lib64", "/proc", "/sbin", "/usr")


def _is_beneath(path: str, folders: Collection[str]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


def _innermost(trace: TracebackType | None) -> TracebackType | None:
    """Return the innermost part of a traceback that is not of this package, or None."""
    innermost = None
    while trace is not None:
        if not trace.tb_frame.f_code.co_filename.startswith(_PACKAGE):
            innermost = trace
        trace = trace.tb_next
    return innermost


def _is_raised(trace: TracebackType) -> bool:
    """Whether a `raise` in Python raised the error, and not a function in C."""
    return trace.tb_frame.f_code.co_code[trace.tb_lasti] == _RAISE


def _is_in_library(trace: TracebackType) -> bool:
    return trace.tb_frame.f_code.co_filename.startswith((_LIBRARY, "<frozen"))


def _function(trace: TracebackType) -> str:
    """Return the name of the function that a line called when it failed, or an empty text."""
    code = trace.tb_frame.f_code
    line, _, start, _ = list(code.co_positions())[trace.tb_lasti // 2]
    if line is None or start is None:
        return ""
    # Imported here, since judges rarely need it.
    import linecache

    source = linecache.getline(code.co_filename, line).encode()
    call = source[start:].decode("utf-8", "replace").partition("(")[0].strip()
    return call.removesuffix(".__init__").rpartition(".")[2]
