"""What runs inside the sandbox: one program, its setup, then each of its tests.

`hrm_eval._process` starts this file as the script of a fresh interpreter and passes it two
descriptors: the job comes in by the first, the report goes out by the second, a line a step, each
with the job's nonce. Starting is most of what a verdict costs, so only what is quick is imported
(typing would cost half a start); the rest follows once there is a failure to explain.

Not covered: a program that searches this interpreter for the nonce can forge a report.
"""

import _sitebuiltins
import builtins
import marshal
import os
import resource
import sys
import time
from _signal import alarm  # type: ignore[import-not-found]  # `signal` itself imports enum: 4 ms
from types import CodeType, ModuleType

PROGRAM_FILE = "solution.py"

MAX_OPEN_FILES = 256
MAX_FRAMES = 12
MAX_EXPLANATION = 1500

# Address space kept back, so that a program that has used up its own can still be reported.
RESERVE_BYTES = 64 * 2**20

# How long a child may outlive the wall limit when nobody is left to kill it.
ORPHAN_SECONDS = 10


class Reporter:
    """Writes the report; holds what it needs, since a program may break any module.

    A forked copy of the program that comes back here ends silently: it has no say in the verdict.
    """

    def __init__(self, descriptor: int, nonce: str) -> None:
        self._descriptor = descriptor
        self._nonce = nonce
        self._write = os.write
        self._exit = os._exit
        self._getpid = os.getpid
        self._pid = os.getpid()
        self._streams = (sys.stdout, sys.stderr)

    def send(self, kind: str, *words: str) -> None:
        """Write one line: the nonce, what happened, and ASCII words without spaces."""
        if self._getpid() != self._pid:
            self._exit(0)
        for stream in self._streams:
            try:
                stream.flush()
            except BaseException:  # noqa: BLE001 (the program may have closed or broken it)
                continue
        line = " ".join((self._nonce, kind, *words)).encode("ascii") + b"\n"
        while line:
            line = line[self._write(self._descriptor, line) :]


def main() -> None:
    """Take the job, report on it, and wait to be killed."""
    job_descriptor, report_descriptor = map(int, sys.argv[1:])
    os.set_inheritable(report_descriptor, False)  # noqa: FBT003 (positional only)
    with open(job_descriptor, "rb") as stream:  # noqa: PTH123 (a descriptor)
        job = marshal.loads(stream.read())
    reporter = Reporter(report_descriptor, job["nonce"])
    sleep = time.sleep
    try:
        steps = compile_steps(job["setup"], job["tests"])
    except (SyntaxError, ValueError) as error:
        reporter.send("broken", encode(f"{type(error).__name__}: {error}"))
    else:
        prepare_interpreter(job["package_folders"])
        set_limits(job)
        usage = resource.getrusage(resource.RUSAGE_SELF)
        reporter.send("started", repr(time.process_time()), str(usage.ru_maxrss))
        run(job, steps, reporter)
        reporter.send("done")
    while True:
        sleep(3600)


def compile_steps(setup: str, tests: list[str]) -> list[tuple[str, str, CodeType]]:
    """Return (kind, source, code) of the setup and of each test, compiled before the program."""
    sources = [("setup", setup, "<setup>")]
    sources += [("test", test, f"<test {i}>") for i, test in enumerate(tests, start=1)]
    return [
        (kind, source, compile(source, name, "exec", dont_inherit=True))
        for kind, source, name in sources
    ]


def prepare_interpreter(package_folders: list[str]) -> None:
    """Make the bare interpreter look like one that runs a script named solution.py."""
    sys.path.extend(package_folders)
    sys.argv = [PROGRAM_FILE]
    for name in ("exit", "quit"):
        setattr(builtins, name, _sitebuiltins.Quitter(name, "Ctrl-D (i.e. EOF)"))


def set_limits(job: dict[str, float]) -> None:
    """Limit CPU time, address space, file size, core files and open files of this process."""
    cpu_seconds = int(time.process_time() + job["cpu_seconds"]) + 1
    lower(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1)
    if sys.platform != "darwin":
        size = address_space() + int(job["memory_bytes"])
        lower(resource.RLIMIT_AS, size, size + RESERVE_BYTES)
    lower(resource.RLIMIT_FSIZE, int(job["file_bytes"]), int(job["file_bytes"]))
    lower(resource.RLIMIT_CORE, 0, 0)
    lower(resource.RLIMIT_NOFILE, MAX_OPEN_FILES, MAX_OPEN_FILES)
    alarm(int(job["wall_seconds"]) + ORPHAN_SECONDS)


def lower(kind: int, soft: int, hard: int) -> None:
    """Set a limit, except that a hard limit from outside is never raised."""
    _, outside = resource.getrlimit(kind)
    if outside != resource.RLIM_INFINITY:
        soft, hard = min(soft, outside), min(hard, outside)
    resource.setrlimit(kind, (soft, hard))


def address_space() -> int:
    """Return the bytes of address space in use, or 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123 (pathlib is slow to import)
            return int(stream.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def run(job: dict[str, str], steps: list[tuple[str, str, CodeType]], reporter: Reporter) -> None:
    """Run the program, the setup and every test, and report each that fails."""
    program = job["program"]
    sources = {PROGRAM_FILE: program}
    try:
        code = compile(program, PROGRAM_FILE, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError) as error:
        reporter.send("program", "syntax_error", explain(error, sources))
        return
    module = ModuleType("solution")
    module.__file__ = PROGRAM_FILE
    sys.modules["solution"] = module
    namespace = module.__dict__
    raised = attempt(code, namespace)
    if raised is not None:
        reporter.send("program", classify(raised), explain(raised, sources))
    elif job["entry_point"] not in namespace:
        reporter.send("program", "missing_entry_point", "")
    else:
        run_steps(steps, namespace, sources, reporter)


def run_steps(
    steps: list[tuple[str, str, CodeType]],
    namespace: dict[str, object],
    sources: dict[str, str],
    reporter: Reporter,
) -> None:
    """Run the setup, then every test; a failed test does not keep the next from running."""
    explained = False
    for kind, source, code in steps:
        sources[code.co_filename] = source
        raised = attempt(code, namespace)
        if raised is not None:
            reporter.send(kind, classify(raised), "" if explained else explain(raised, sources))
            explained = True
            if kind == "setup":
                return
        elif kind == "setup":
            reporter.send("loaded")
        else:
            reporter.send(kind, "passed", "")


def attempt(code: CodeType, namespace: dict[str, object]) -> BaseException | None:
    """Run code and return what it raised."""
    try:
        exec(code, namespace)  # noqa: S102 (what the sandbox is for)
    except BaseException as error:  # noqa: BLE001 (a program may raise anything)
        return error
    return None


def classify(error: BaseException) -> str:
    """Return the status for an exception.

    A failed assertion is a wrong answer only if no frame of the program took part in it.
    """
    if isinstance(error, MemoryError):
        return "memory_limit"
    if isinstance(error, SystemExit):
        return "exited"
    if not isinstance(error, AssertionError):
        return "exception"
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == PROGRAM_FILE:
            return "exception"
        trace = trace.tb_next
    return "wrong_answer"


def explain(error: BaseException, sources: dict[str, str]) -> str:
    """Return the traceback without this file's frames, shortened and encoded for the report."""
    try:
        if isinstance(error, MemoryError):
            open_reserve()
        return encode(describe(error, sources))
    except BaseException:  # noqa: BLE001 (the exception or the modules may be the program's own work)
        return encode("The exception cannot be shown.")


def open_reserve() -> None:
    """Raise the memory limit to its hard limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def describe(error: BaseException, sources: dict[str, str]) -> str:
    """Return the last frames of the traceback, with source lines, and the exception."""
    import linecache
    import traceback

    for name, source in sources.items():
        lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        linecache.cache[name] = (len(source), None, [line + "\n" for line in lines], name)
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__, limit=-MAX_FRAMES)
        if frame.filename != __file__ and not is_one_line_test(frame.filename, sources)
    ]
    stack = "".join(traceback.StackSummary.from_list(frames).format())
    last = "".join(traceback.format_exception_only(type(error), error))
    return shorten(stack) + shorten(last)


def is_one_line_test(name: str, sources: dict[str, str]) -> bool:
    """Say whether the frame only repeats the test, which heads the message anyway."""
    return name.startswith("<test ") and "\n" not in sources.get(name, "\n").strip()


def shorten(text: str) -> str:
    """Return the text, without its middle if it is long."""
    if len(text) <= MAX_EXPLANATION:
        return text
    half = MAX_EXPLANATION // 2
    return f"{text[:half]}\n... {len(text) - 2 * half} characters ...\n{text[-half:]}"


def encode(text: str) -> str:
    """Return text as one ASCII word; lone surrogates become escapes."""
    return text.encode("utf-8", "backslashreplace").hex()


if __name__ == "__main__":
    main()
