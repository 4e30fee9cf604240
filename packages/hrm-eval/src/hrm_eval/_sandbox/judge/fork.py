"""Runs a function in a fork of the judge, in an empty folder of its own.

What tests change, such as modules, the environment or files, ends with the fork.
"""

import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from struct import Struct
from typing import NoReturn

from hrm_eval._sandbox import syscalls
from hrm_eval._sandbox.isolation.layers import Layers
from hrm_eval._sandbox.syscalls import IS_LINUX
from hrm_eval._sandbox.wire import protocol

_CHUNK_BYTES = 2**16
_SIZE = Struct("<Q")


class Forks:
    """Runs functions in forks, one at a time.

    Args:
        layers: Layers that confine the judge, and each fork further.
        private: Descriptors that forks must not have, such as the socket to the harness.
    """

    def __init__(self, layers: Layers, private: Iterable[int]) -> None:
        self._layers = layers
        self._private = tuple(private)
        self._pid = 0

    def run(self, function: Callable[[], bytes], seconds: float) -> bytes:
        """Return what the function returns in a fork.

        If the fork does not end as it should, this process ends too. If it takes more than
        `seconds` of wall time, this process ends as if it had used up its CPU time: what a program
        returned may sleep or stop the fork.

        Raises:
            ConnectionError: If the box is gone.
        """
        folder = f"{self._layers.home}/{os.urandom(8).hex()}"
        os.mkdir(folder, 0o700)
        reader, writer = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            for descriptor in (reader, *self._private):
                os.close(descriptor)
            _become_fork(function, self._layers, folder, writer)
        os.close(writer)
        try:
            data = _read_answer(reader, time.monotonic() + seconds)
        except TimeoutError:
            self.kill()
            _end_like(signal.SIGXCPU)
        finally:
            os.close(reader)
            status = self._wait()
            _remove(folder)
        if data is None:
            _end_like(status)
        return data

    def kill(self) -> None:
        """Kill the fork, if there is one, and all processes of its group."""
        if self._pid:
            for kill in (os.killpg, os.kill):
                with suppress(ProcessLookupError, PermissionError):
                    kill(self._pid, signal.SIGKILL)

    def _wait(self) -> int:
        """Wait for the fork, kill what the tests have left in its group, and return its status."""
        _, status = os.waitpid(self._pid, 0)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, signal.SIGKILL)
        if self._layers.is_scoped and not _may_signal(os.getppid()):
            # Also those that have left the group. No other process can be signaled.
            with suppress(ProcessLookupError, PermissionError):
                os.kill(-1, signal.SIGKILL)
        # Orphans become children of this process.
        with suppress(ChildProcessError):
            while True:
                os.waitpid(-self._pid, 0)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        self._pid = 0
        return status


def _become_fork(
    function: Callable[[], bytes], layers: Layers, folder: str, writer: int
) -> NoReturn:
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if IS_LINUX:
            # The judge may be killed while it waits.
            syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)
        layers.confine()
        os.chdir(folder)
        os.environ["HOME"] = os.environ["TMPDIR"] = folder
        answer = function()
        view = memoryview(_SIZE.pack(len(answer)) + answer)
        while view:
            view = view[os.write(writer, view) :]
    except ConnectionError:
        sys.excepthook(*sys.exc_info())
        os._exit(protocol.BOX_IS_GONE)
    except BaseException:  # noqa: BLE001 (the fork must not go on as a second judge)
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def _may_signal(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return False
    except ProcessLookupError:
        pass
    return True


def _read_answer(reader: int, deadline: float) -> bytes | None:
    """Return the answer of the fork; None if it ended without one.

    The end of the pipe is not awaited: processes that the tests have left may keep it open.

    Raises:
        TimeoutError: If the fork has not answered at `deadline`, on the monotonic clock.
    """
    data = b""
    while len(data) < _SIZE.size or len(data) < _SIZE.size + _SIZE.unpack_from(data)[0]:
        if not select.select([reader], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise TimeoutError
        piece = os.read(reader, _CHUNK_BYTES)
        if not piece:
            return None
        data += piece
    return data[_SIZE.size :]


def _remove(folder: str) -> None:
    # Takes long to import, and few judges need it.
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _end_like(status: int) -> NoReturn:
    """End this process because its fork ended early; the harness knows what the status means.

    A fork that was killed may have killed itself. If this process ended by the same signal, the
    harness would take it for a kill from outside, and try again and again.
    """
    exit_code = os.waitstatus_to_exitcode(status)
    if exit_code == protocol.BOX_IS_GONE:
        raise ConnectionError("the box is gone")
    if exit_code == -signal.SIGXCPU:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGXCPU)
    os._exit(1)
