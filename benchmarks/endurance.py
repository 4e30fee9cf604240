"""Checks that verdicts stay right under strain: overload, kills, many programs, and poison.

    python benchmarks/endurance.py overload --source MBPP     # busy loops run at the same time
    python benchmarks/endurance.py kills --source MBPP        # SIGKILL of a process every 200 ms
    python benchmarks/endurance.py many                       # 100,000 trivial programs
    python benchmarks/endurance.py poison                     # hostile and innocent ones in turn

Each prints its observations and exits with status 1 if a verdict was wrong. Linux only.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scoring import SLOW_TASK, default_source

from hrm_datasets import Problem, load_problems
from hrm_eval.sandbox import Limits, Sandbox

KILL_SECONDS = 0.2
ADD = Problem(task_id="toy/1", text="", entry_point="add", tests=("assert add(1, 2) == 3",))

# What programs try to leave to the next one on their worker. Each may fail in any way.
HOSTILE = {
    "attributes of the output": """
for n in range(2000):
    os.setxattr(1, f"user.{n}", b"x" * 60_000)
""",
    "attributes of the folder": """
for n in range(2000):
    os.setxattr(".", f"user.{'x' * 200}{n}", b"x" * 100)
""",
    "a deep tree without rights": """
for n in range(3000):
    os.mkdir("d")
    os.chdir("d")
    os.chmod("..", 0)
""",
    "many files": """
for n in range(30_000):
    open(f"f{n}", "w").close()
""",
    "a full disk": """
for n in range(9):
    with open(f"/dev/shm/{n}", "wb") as file:
        file.write(bytes(40 * 2**20))
""",
    "shared memory of dead children": """
for n in range(8):
    memory = mmap.mmap(-1, 100 * 2**20)
    if os.fork() == 0:
        for start in range(0, len(memory), 4096):
            memory[start] = 1
        os._exit(0)
    os.wait()
""",
    "full sockets": """
sockets = []
for n in range(110):
    sockets += socket.socketpair()
    for end in sockets[-2:]:
        end.setblocking(False)
        try:
            while True:
                end.send(bytes(100_000))
        except OSError:
            pass
""",
    "full sockets of small processes": """
for n in range(60):
    if os.fork() == 0:
        for m in range(100):
            pair = socket.socketpair()
            for end in pair:
                end.setblocking(False)
                end.set_inheritable(True)
                try:
                    while True:
                        end.send(bytes(100_000))
                except OSError:
                    pass
                end.detach()
        os.execv("/bin/sleep", ["sleep", "1000"])
time.sleep(2)
""",
    "full pipes": """
for n in range(120):
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 2**20)
    os.write(writer, bytes(2**20))
""",
    "processes that hide": """
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for n in range(30):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.closerange(0, 64)
            while True:
                time.sleep(1)
        os._exit(0)
""",
    "stopped processes": """
for n in range(20):
    if os.fork() == 0:
        os.kill(os.getpid(), signal.SIGSTOP)
""",
    "a fork bomb": """
for n in range(9):
    os.fork()
time.sleep(0.2)
""",
    "threads": """
for n in range(200):
    threading.Thread(target=time.sleep, args=(99,), daemon=True).start()
""",
    "a flood of output": """
while os.write(1, bytes(2**20)):
    pass
""",
    "a far end of the output": """
os.lseek(1, 2**40, 0)
os.write(1, b"x")
""",
    "locks, flags and times": """
for folder in (".", "/tmp", "/dev/shm"):
    for change in (
        lambda: fcntl.flock(os.open(folder, os.O_RDONLY), fcntl.LOCK_EX),
        lambda: os.utime(folder, (1, 1)),
        lambda: os.chmod(folder, 0),
    ):
        try:
            change()
        except OSError:
            pass
fcntl.fcntl(1, fcntl.F_SETFL, os.O_NONBLOCK)
""",
    "signals to everybody": """
for number in (signal.SIGSTOP, signal.SIGTERM, signal.SIGSEGV, signal.SIGKILL):
    for target in (os.getppid(), 1, -1):
        try:
            os.kill(target, number)
        except OSError:
            pass
""",
    "priorities": """
for pid in (0, os.getppid(), 1):
    for change in (
        lambda: os.setpriority(os.PRIO_PROCESS, pid, 19),
        lambda: os.sched_setaffinity(pid, {0}),
        lambda: resource.prlimit(pid, resource.RLIMIT_NOFILE, (8, 8)),
    ):
        try:
            change()
        except OSError:
            pass
""",
    "damaged answers": """
os.write(3, os.urandom(4000))
""",
    "too much memory": """
x = [0] * 10**9
""",
}
# Innocent programs need what the hostile ones may have used up.
INNOCENT = """
import os, subprocess, tempfile, threading
print("x" * 1000)
assert os.listdir() == []
data = bytearray(40 * 2**20)
with tempfile.TemporaryFile() as file:
    file.write(data)
threads = [threading.Thread(target=len, args=("",)) for _ in range(20)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert subprocess.run(["/bin/echo", "hi"], capture_output=True).stdout == b"hi\\n"
def add(a, b):
    return a + b
"""
_BEGINNING = """
import fcntl, mmap, os, resource, signal, socket, threading, time
def attack():
"""
_END = """
try:
    attack()
except (OSError, MemoryError, RuntimeError, ValueError):
    pass
def add(a, b):
    return a + b
"""


def judge_poison(num_pairs: int, *, use_namespaces: bool) -> bool:
    """Judge hostile and innocent programs in turn on one worker; every innocent one must pass."""
    names = [list(HOSTILE)[number % len(HOSTILE)] for number in range(num_pairs)]
    jobs: list[tuple[tuple[int, str], str, Problem]] = []
    for number, name in enumerate(names):
        hostile = _BEGINNING + textwrap.indent(HOSTILE[name], "    ") + _END
        jobs += [((number, name), hostile, ADD), ((number, "innocent"), INNOCENT, ADD)]
    num_passed = 0
    statuses: dict[str, Counter[str]] = {name: Counter() for name in HOSTILE}
    limits = Limits(timeout_seconds=3, memory_mb=256)
    with Sandbox(limits, workers=1, use_namespaces=use_namespaces) as sandbox:
        for (number, name), verdict in sandbox.judge_all(jobs):
            if name != "innocent":
                statuses[name][verdict.status] += 1
            elif verdict.passed:
                num_passed += 1
            else:
                print(f"after {names[number]!r}: {verdict.status}, {verdict.message}", flush=True)
    for name, counts in statuses.items():
        print(f"{name}: {', '.join(f'{status} {count}' for status, count in counts.items())}")
    print(f"{num_passed} of {num_pairs} innocent programs passed")
    return num_passed == num_pairs


def judge_under_load(source: Path | None, workers: int, times: int) -> bool:
    """Judge the references of the test split repeatedly, while two busy loops run on each CPU."""
    problems = list(load_problems("mbpp", split="test", source=source))
    jobs = [(problem.task_id, problem.reference, problem) for problem in problems]
    command = [sys.executable, "-c", "while True: pass"]
    loops = [subprocess.Popen(command) for _ in range(2 * (os.cpu_count() or 1))]
    counts: Counter[str] = Counter()
    try:
        for run in range(times):
            began = time.perf_counter()
            with Sandbox(Limits(), workers=workers) as sandbox:
                counts.update(verdict.status for _, verdict in sandbox.judge_all(jobs))
            summary = ", ".join(f"{status} {count}" for status, count in counts.items())
            print(f"run {run + 1}: {time.perf_counter() - began:.1f} s, {summary}", flush=True)
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()
    return counts == {"passed": times * len(jobs)}


def judge_while_killed(source: Path | None, workers: int, num_programs: int) -> bool:
    """Judge right and wrong programs while a thread kills random descendants."""
    problems = [
        problem
        for problem in load_problems("mbpp", split="test", source=source)
        if problem.task_id != SLOW_TASK and not problem.setup
    ]
    jobs, expected = [], {}
    for number in range(num_programs):
        problem = problems[number % len(problems)]
        is_right = (number // len(problems)) % 2 == 0
        wrong = f"def {problem.entry_point}(*a, **k):\n    return object()\n"
        jobs.append((number, problem.reference if is_right else wrong, problem))
        expected[number] = "passed" if is_right else "wrong_answer"
    began = time.perf_counter()
    with Sandbox(Limits(), workers=workers) as sandbox, _killer() as killed:
        statuses = {key: verdict.status.value for key, verdict in sandbox.judge_all(jobs)}
    different = {key for key in expected if statuses.get(key) != expected[key]}
    seconds = time.perf_counter() - began
    print(
        f"{len(statuses)} verdicts in {seconds:.1f} s, {len(killed)} killed, {len(different)} wrong"
    )
    return not different


@contextmanager
def _killer() -> Iterator[list[int]]:
    killed: list[int] = []
    stop = threading.Event()
    choose = random.Random(0).choice

    def kill() -> None:
        while not stop.wait(KILL_SECONDS):
            if pids := _descendants():
                with suppress(ProcessLookupError):
                    pid = choose(pids)
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        stop.set()
        thread.join()


def _descendants() -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(folder.name))
    descendants, parents = [], [os.getpid()]
    while parents:
        parents = [child for parent in parents for child in children.get(parent, [])]
        descendants += parents
    return descendants


def judge_many(workers: int, num_programs: int) -> bool:
    """Judge trivial programs, half of them wrong; print memory, open files and processes."""
    jobs = (
        (number, f"def add(a, b):\n    return a + b + {number % 2}\n", ADD)
        for number in range(num_programs)
    )
    num_judged = num_wrong = 0
    with Sandbox(Limits(), workers=workers) as sandbox:
        began = time.perf_counter()
        for number, verdict in sandbox.judge_all(jobs):
            num_judged += 1
            num_wrong += verdict.passed != (number % 2 == 0)
            if num_judged % max(1, num_programs // 10) == 0:
                now = time.perf_counter()
                speed = max(1, num_programs // 10) / (now - began)
                began = now
                resident = int(Path("/proc/self/statm").read_text().split()[1]) * 4 // 1024
                num_files = len(list(Path("/proc/self/fd").iterdir()))
                print(
                    f"{num_judged}: {speed:.0f}/s, harness {resident} MiB and {num_files} open "
                    f"files, {len(_descendants())} processes",
                    flush=True,
                )
    print(f"{num_judged} verdicts, {num_wrong} wrong")
    return num_judged == num_programs and not num_wrong


def main() -> None:
    """Run the check that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("overload", "kills", "many", "poison"))
    parser.add_argument("--source", type=Path, default=default_source(), help="folder of MBPP")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--times", type=int, default=10, help="runs of overload")
    parser.add_argument(
        "--programs",
        type=int,
        help="programs of kills (default 2,000) and many (100,000), pairs of poison (200)",
    )
    parser.add_argument("--no-namespaces", action="store_true", help="for poison")
    arguments = parser.parse_args()
    if arguments.what == "overload":
        is_well = judge_under_load(arguments.source, arguments.workers, arguments.times)
    elif arguments.what == "kills":
        is_well = judge_while_killed(
            arguments.source, arguments.workers, arguments.programs or 2_000
        )
    elif arguments.what == "poison":
        is_well = judge_poison(
            arguments.programs or 200, use_namespaces=not arguments.no_namespaces
        )
    else:
        is_well = judge_many(arguments.workers, arguments.programs or 100_000)
    sys.exit(not is_well)


if __name__ == "__main__":
    main()
