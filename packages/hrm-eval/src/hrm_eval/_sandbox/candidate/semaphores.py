"""Lets `multiprocessing` work without `/dev/shm`, where that is the host's and closed to programs.

The C library keeps semaphores with names there. These have none: forks share them because they
share their memory.

Not covered: start methods other than `fork`, whose processes find a semaphore by its name.
"""

import ctypes
import errno
import importlib
import sys
import time
from _thread import get_ident
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any

_RECURSIVE = 0
_BYTES = 64
_MAX_VALUE = 2**31 - 1

_libc = ctypes.CDLL(None, use_errno=True)


make_named: Any = None


class _Time(ctypes.Structure):
    _fields_ = [("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long)]


class SemLock:
    """Stands for `_multiprocessing.SemLock`, with the same methods."""

    SEM_VALUE_MAX = _MAX_VALUE
    name = None

    def __new__(cls, *arguments: Any) -> Any:
        """Return an instance, or a semaphore with a name if other interpreters have to find it."""
        *_, is_for_forks = arguments
        return super().__new__(cls) if is_for_forks else make_named(*arguments)

    def __init__(self, kind: int, value: int, maxvalue: int, *_: Any) -> None:
        # Imported here, since few programs need it.
        from mmap import mmap

        self.kind, self.maxvalue = kind, maxvalue
        self._memory = (ctypes.c_char * _BYTES).from_buffer(mmap(-1, _BYTES))
        self.handle = ctypes.addressof(self._memory)
        self._depth = self._owner = 0
        self._call("sem_init", 1, ctypes.c_uint(value))

    def _call(self, name: str, *arguments: Any) -> int:
        """Call a function of the C library, again if a signal interrupts it; return its error."""
        while getattr(_libc, name)(ctypes.c_void_p(self.handle), *arguments):
            if (number := ctypes.get_errno()) != errno.EINTR:
                return number
        return 0

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:  # noqa: FBT001, FBT002 (as in C)
        """Decrease the value, or wait until that is possible; return whether it was done."""
        if self.kind == _RECURSIVE and self._is_mine():
            self._depth += 1
            return True
        if not block:
            error = self._call("sem_trywait")
        elif timeout is None:
            error = self._call("sem_wait")
        else:
            end = time.time_ns() + int(max(0.0, timeout) * 1e9)
            error = self._call("sem_timedwait", ctypes.byref(_Time(*divmod(end, 10**9))))
        if not error:
            self._depth += 1
            self._owner = get_ident()
        return not error

    def release(self) -> None:
        """Increase the value.

        Raises:
            AssertionError: If another thread holds this lock.
            ValueError: If it was released too many times.
        """
        if self.kind == _RECURSIVE:
            if not self._is_mine():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            if self._depth > 1:
                self._depth -= 1
                return
        elif self._get_value() >= self.maxvalue:
            raise ValueError("semaphore or lock released too many times")
        self._call("sem_post")
        self._depth -= 1

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def _get_value(self) -> int:
        value = ctypes.c_int()
        self._call("sem_getvalue", ctypes.byref(value))
        return value.value

    def _is_zero(self) -> bool:
        return self._get_value() == 0

    def _is_mine(self) -> bool:
        return self._depth > 0 and self._owner == get_ident()

    def _count(self) -> int:
        return self._depth

    def _after_fork(self) -> None:
        self._depth = 0


class _HeapFinder:
    """Lets the shared values of `multiprocessing` lie in the program's folder."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Return a specification that changes the module once it is loaded; None for others."""
        spec = PathFinder.find_spec(name, path) if name == "multiprocessing.heap" else None
        if spec is not None:
            loader: Any = spec.loader
            load = loader.exec_module

            def load_and_change(module: Any) -> None:
                load(module)
                module.Arena._dir_candidates = []

            loader.exec_module = load_and_change
        return spec


def install() -> None:
    """Make `multiprocessing` do without `/dev/shm`."""
    global make_named
    module = vars(importlib.import_module("_multiprocessing"))
    make_named = module["SemLock"]
    module["SemLock"] = SemLock
    sys.meta_path.insert(0, _HeapFinder())
