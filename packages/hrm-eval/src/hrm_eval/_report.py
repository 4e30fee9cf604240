"""What a child of the sandbox says about its program, line by line.

A line without the nonce, out of order or unreadable makes the report `damaged`, which never passes.
"""

from collections.abc import Collection
from dataclasses import dataclass

_REPORT_BYTES = 64 * 2**10
_REPORT_BYTES_PER_TEST = 256


@dataclass(frozen=True, kw_only=True)
class Failure:
    """The first failure that a child reported.

    Attributes:
        where: `program`, `setup` or `test`.
        status: The child's word for it.
        explanation: The traceback, as the child wrote it.
    """

    where: str
    status: str
    explanation: str


class Report:
    """What a child has reported so far.

    Attributes:
        broken: Why the tests cannot be used, or None.
        started: CPU seconds and peak memory (in units of `ru_maxrss`) before the program, or None.
        loaded: The program and the setup ran through.
        tests: The child's word for each test that is over.
        failure: The first failure, or None.
        finished: The last line is in.
        damaged: Something else than the child's own lines came in.
    """

    def __init__(self, nonce: str, num_tests: int, statuses: Collection[str]) -> None:
        self._nonce = nonce
        self._num_tests = num_tests
        self._statuses = statuses
        self._bytes_left = _REPORT_BYTES + _REPORT_BYTES_PER_TEST * num_tests
        self._rest = b""
        self.broken: str | None = None
        self.started: tuple[float, int] | None = None
        self.loaded = False
        self.tests: list[str] = []
        self.failure: Failure | None = None
        self.finished = False
        self.damaged = False

    def feed(self, data: bytes) -> None:
        """Take what came in; garbage sets `damaged` and never raises."""
        self._bytes_left -= len(data)
        self.damaged = self.damaged or self._bytes_left < 0
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if self.damaged:
                return
            try:
                self._take(line)
            except ValueError:
                self.damaged = True

    def _take(self, line: bytes) -> None:
        nonce, kind, *words = line.decode("ascii").split(" ")
        if nonce != self._nonce or self.finished:
            message = "a line that is not the child's"
            raise ValueError(message)
        match kind, words, self.started is not None:
            case "broken", [text], False:
                self.broken = _decode(text)
                self.finished = True
            case "started", [cpu_seconds, peak], False:
                self.started = float(cpu_seconds), int(peak)
            case "loaded", [], True:
                self.loaded = True
            case "program" | "setup", [status, text], True if not self.loaded:
                self._fail(kind, status, text)
            case "test", [status, text], True if self.loaded:
                self._test(status, text)
            case "done", [], True if self.failure or len(self.tests) == self._num_tests:
                self.finished = True
            case _:
                message = "a line out of order"
                raise ValueError(message)

    def _test(self, status: str, text: str) -> None:
        if len(self.tests) == self._num_tests:
            message = "more tests than there are"
            raise ValueError(message)
        if status != "passed":
            self._fail("test", status, text)
        self.tests.append(status)

    def _fail(self, where: str, status: str, text: str) -> None:
        if status not in self._statuses or status == "passed":
            message = "not the status of a failure"
            raise ValueError(message)
        explanation = _decode(text)
        if self.failure is None:
            self.failure = Failure(where=where, status=status, explanation=explanation)


def _decode(text: str) -> str:
    return bytes.fromhex(text).decode("utf-8")
