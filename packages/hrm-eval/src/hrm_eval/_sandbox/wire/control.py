"""Messages between harness, judge and box, which trust one another.

A message is its length (4 bytes, little-endian) and a tuple in the format of `marshal`: the number
of its kind, then its fields. `marshal` may crash on hostile bytes, so nothing that a program wrote
may be read with this module; see `channel` and `marshalled` for that.
"""

import marshal
from _socket import MSG_WAITALL, socket
from typing import Any, NamedTuple

_HEAD_BYTES = 4

# A program may be idle for this many times its CPU time, and its processes together may use this
# many times the memory of one.
WALL_FACTOR = 3
TOTAL_MEMORY_FACTOR = 2

# The reason of a result with the status `memory_limit`, if all processes together used too much.
TOTAL_MEMORY_REASON = (
    f"Its processes together used more than {TOTAL_MEMORY_FACTOR} times the limit."
)


class Settings(NamedTuple):
    """Settings of a worker, sent to its judge and passed on to its box; nothing about problems.

    The fields up to `hidden` are the same for all workers of a pool. The harness sets the
    others for each worker.

    Attributes:
        address_space_bytes: Limit of each process of a program, on top of what the bare
            interpreter uses.
        resident_bytes: Limit of the resident memory of all processes of a program together.
        file_bytes: Limit of the size of a file.
        quota_bytes: Limit of the size of a program's folders.
        max_processes: Limit of processes and threads of a program.
        has_namespaces: Whether to try to enter namespaces.
        hidden: Paths that programs must not see even in folders that they may read. The harness
            adds those of known answer keys.
        python: Path of the interpreter that runs the judge and the box.
        environment: All environment variables of the box; it adds only HOME and TMPDIR.
        alive: Descriptor that the judge and the box keep open for as long as they live.
        oom_files: Files of the control group that count processes killed for memory.
        usage_files: Files that tell the memory and the CPU time of the control group.
        cgroups: Files that a process writes to in order to enter the control group.
        read_only: Folders that programs may read: of the interpreter and of installed packages.
        package_folders: Folders to put on the path of the interpreter.
        folder: Folder on the host's disk that programs run in if the box cannot mount one; empty
            as long as it is not known whether it can.
        judge_folder: Such a folder for the judge.
    """

    address_space_bytes: int
    resident_bytes: int
    file_bytes: int
    quota_bytes: int
    max_processes: int
    has_namespaces: bool = True
    hidden: tuple[str, ...] = ()
    python: str = ""
    environment: dict[str, str] = {}
    alive: int = -1
    oom_files: tuple[str, ...] = ()
    usage_files: tuple[str, ...] = ()
    cgroups: tuple[str, ...] = ()
    read_only: tuple[str, ...] = ()
    package_folders: tuple[str, ...] = ()
    folder: str = ""
    judge_folder: str = ""


class Ready(NamedTuple):
    """Says that a box, or a judge with its box, has started.

    Attributes:
        missing: Layers that are not in force, by name, with the reason.
    """

    missing: dict[str, str]


class NamespacesFailed(NamedTuple):
    """Says that a box got stuck while entering namespaces and has to be started without them."""

    reason: str


class Allowance(NamedTuple):
    """Limits of one program, as the judge checks them.

    Attributes:
        cpu_seconds: CPU time of all processes together.
        test_cpu_seconds: CPU time of loading the program, and of each test.
        idle_seconds: Wall time in which the program neither runs nor waits for a CPU.
        resident_bytes: Resident memory of all processes together.
        output_bytes: Bytes of output that are kept; of more, only the end is.
        is_from_reference: Whether the CPU time is derived from that of the reference solution.
    """

    cpu_seconds: float
    test_cpu_seconds: float
    idle_seconds: float
    resident_bytes: int
    output_bytes: int
    is_from_reference: bool = False


class Inputs(NamedTuple):
    """Inputs of a problem whose reference solution tells the right results.

    Attributes:
        calls: The arguments of each call, in the format of `marshal`: a tuple of tuples.
        num_base: How many of them are the original ones; these come first.
        num_calls: How many there are.
        rule: When a result is right; see `hrm_datasets.Rule`.
        tolerance: See `hrm_datasets.Plus`.
    """

    calls: bytes
    num_base: int
    num_calls: int
    rule: str
    tolerance: float


class Job(NamedTuple):
    """One program to judge, with the tests of its problem; see `hrm_datasets.Problem`.

    Attributes:
        program: Source text.
        entry_point: Name that the program must define.
        tests: Source text of each test.
        setup: Source text that runs before the tests.
        reference: Source text of the reference solution; may be empty.
        stub: Source text of the prompt, if it is code; may be empty.
        allowance: Limits of the program.
        judge_seconds: CPU seconds that the judge itself may use.
        inputs: The tests, if they are inputs; `tests` then has a name for each part of them.
    """

    program: str
    entry_point: str
    tests: tuple[str, ...]
    setup: str
    reference: str
    stub: str
    allowance: Allowance
    judge_seconds: float
    inputs: Inputs | None = None

    @property
    def num_characters(self) -> int:
        """Size of all texts and inputs together."""
        texts = (self.program, self.setup, self.reference, self.stub, *self.tests)
        return sum(map(len, texts)) + (len(self.inputs.calls) if self.inputs else 0)


class ProgramJob(NamedTuple):
    """One whole program to run once for each input; see `hrm_datasets.problems.InputOutput`.

    Attributes:
        program: Source text.
        cases: Pairs of standard input and expected standard output.
        tolerance: Largest difference of two numbers that count as equal; None compares text.
        ignores_case: Whether upper and lower case are the same.
        reference: Source text of the reference solution; may be empty.
        allowance: Limits of each run.
        memory_bytes: The problem's own limit of the resident memory, on top of what the bare
            interpreter uses; None if it has none.
        time_cure: Whose limit the CPU time is, or how to raise it, as a sentence for a message.
        judge_seconds: CPU seconds that the judge itself may use for each run.
    """

    program: str
    cases: tuple[tuple[str, str], ...]
    tolerance: float | None
    ignores_case: bool
    reference: str
    allowance: Allowance
    memory_bytes: int | None
    time_cure: str
    judge_seconds: float

    @property
    def num_characters(self) -> int:
        """Size of all texts, inputs and outputs together."""
        cases = sum(len(stdin) + len(stdout) for stdin, stdout in self.cases)
        return len(self.program) + len(self.reference) + cases


class TrialResult(NamedTuple):
    """What the judge found out about a program.

    Attributes:
        status: Status of the first failure, or `passed`; see `hrm_eval.sandbox.Status`.
        tests: Status of each test that was begun.
        where: What ran at the first failure: `program`, `setup`, or the number of a test, from 1.
        reason: Description of the first failure, for a human; may contain any characters.
        output: The end of what a failed program printed.
        seconds: Wall time from the start of the program to the result of the last test.
        cpu_seconds: CPU time of all processes of the program.
        peak_memory_bytes: Peak resident memory of the largest process.
        shared_process: Whether the tests ran in the program's process.
        asked_program: Whether the program's own `__eq__` decided what is equal.
    """

    status: str
    tests: list[str]
    where: str | int
    reason: str
    output: bytes
    seconds: float
    cpu_seconds: float
    peak_memory_bytes: int
    shared_process: bool
    asked_program: bool


class BrokenTests(NamedTuple):
    """Says that the problem of a job cannot be judged.

    Its tests are not Python or call nothing, or its reference solution fails.
    """

    reason: str


Message = Settings | Ready | NamespacesFailed | Job | ProgramJob | TrialResult | BrokenTests

_KINDS: tuple[type[Any], ...] = (
    Settings, Ready, NamespacesFailed, Job, ProgramJob, TrialResult, BrokenTests
)  # fmt: skip
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}
_JOBS = (Job, ProgramJob)
_INPUTS = Job._fields.index("inputs")


def pack(message: Message) -> bytes:
    """Return the bytes of a message."""
    # `marshal` refuses subclasses of tuple.
    fields: list[Any] = [tuple(field) if isinstance(field, tuple) else field for field in message]
    data = marshal.dumps((_NUMBERS[type(message)], *fields))
    return len(data).to_bytes(_HEAD_BYTES, "little") + data


def unpack(buffer: bytes) -> tuple[list[Message], bytes]:
    """Return the complete messages at the start of the buffer, and the bytes that follow them."""
    messages = []
    while len(buffer) >= _HEAD_BYTES:
        end = _HEAD_BYTES + int.from_bytes(buffer[:_HEAD_BYTES], "little")
        if len(buffer) < end:
            break
        messages.append(_load(buffer[_HEAD_BYTES:end]))
        buffer = buffer[end:]
    return messages, buffer


def send(control: socket, message: Message) -> None:
    """Send a message; blocks until the socket has taken all of it."""
    control.sendall(pack(message))


def receive(control: socket) -> Message | None:
    """Wait for the next message and return it; None if the other process is gone."""
    head = control.recv(_HEAD_BYTES, MSG_WAITALL)
    if len(head) < _HEAD_BYTES:
        return None
    size = int.from_bytes(head, "little")
    pieces = []
    while size > 0:
        piece = control.recv(size)
        if not piece:
            return None
        pieces.append(piece)
        size -= len(piece)
    return _load(b"".join(pieces))


def _load(data: bytes) -> Message:
    number, *fields = marshal.loads(data)
    kind = _KINDS[number]
    if kind in _JOBS:
        place = kind._fields.index("allowance")
        fields[place] = Allowance(*fields[place])
    if kind is Job and fields[_INPUTS] is not None:
        fields[_INPUTS] = Inputs(*fields[_INPUTS])
    message: Message = kind(*fields)
    return message
