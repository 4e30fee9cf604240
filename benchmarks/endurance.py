"""Checks that verdicts stay right under strain: overload, killed workers, many programs.

    python benchmarks/endurance.py overload --source MBPP     # busy loops run at the same time
    python benchmarks/endurance.py kills --source MBPP        # SIGKILL of a process every 200 ms
    python benchmarks/endurance.py many                       # 100,000 trivial programs

Each prints its observations and exits with status 1 if a verdict was wrong. Linux only.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scoring import SLOW_TASK, _default_source

from hrm_datasets import Problem, load_problems
from hrm_eval.sandbox import Limits, Sandbox

KILL_SECONDS = 0.2
ADD = Problem(task_id="toy/1", text="", entry_point="add", tests=("assert add(1, 2) == 3",))


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
    with _killer() as killed, Sandbox(Limits(), workers=workers) as sandbox:
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
    parser.add_argument("what", choices=("overload", "kills", "many"))
    parser.add_argument("--source", type=Path, default=_default_source(), help="folder of MBPP")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--times", type=int, default=10, help="runs of overload")
    parser.add_argument(
        "--programs",
        type=int,
        help="number of programs of kills (default 2,000) and many (100,000)",
    )
    arguments = parser.parse_args()
    if arguments.what == "overload":
        is_well = judge_under_load(arguments.source, arguments.workers, arguments.times)
    elif arguments.what == "kills":
        is_well = judge_while_killed(
            arguments.source, arguments.workers, arguments.programs or 2_000
        )
    else:
        is_well = judge_many(arguments.workers, arguments.programs or 100_000)
    sys.exit(not is_well)


if __name__ == "__main__":
    main()
