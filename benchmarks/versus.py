"""Speed of this working tree relative to another commit of the project.

Puts a copy of this tree and a checkout of the other commit into one temporary folder, and starts
one process for each. They measure alternately, so that a change in the machine's speed affects
both. Prints the ratio of their speeds, this tree's divided by the other's: the median over all
rounds, the smallest and the largest. A ratio above 1 means that this tree is faster.

    nox -s "bench(versus)" -- HEAD~1      # or, with everything installed:
    python benchmarks/versus.py HEAD~1 --only scoring
    python benchmarks/versus.py 9e499f5 --rounds 9
    python benchmarks/versus.py 9e499f5 --only generation --device cuda

Each process imports the project's packages and benchmarks from its own folder, and everything else
from this environment. Both run the code of this file, so the other commit must have the names that
are imported here. The exit status is 1 if a median ratio is below `--least`.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NEW_TOKENS = 128
PROMPT_TOKENS = 128

Measure = Callable[[], float]


def prepare_scoring(device: str, workers: int) -> Measure:
    """Return a function that judges MBPP's test references once and returns programs per second."""
    del device
    import scoring

    problems = scoring.load_problems("mbpp", split="test", source=scoring.default_source())
    jobs = [(p.task_id, p.reference, p) for p in problems if p.task_id != scoring.SLOW_TASK]
    sandbox = scoring.Sandbox(scoring.Limits(), workers=workers)

    def measure() -> float:
        began = time.perf_counter()
        failed = [key for key, verdict in sandbox.judge_all(jobs) if not verdict.passed]
        assert not failed, failed
        return len(jobs) / (time.perf_counter() - began)

    return measure


def prepare_generation(device: str, batch: int) -> Measure:
    """Return a function that continues random prompts with config A and returns tokens/s."""
    import generation
    import torch

    model, _ = generation.build(generation.CONFIGS["A"], device, torch.float32)
    generator = torch.Generator().manual_seed(batch)
    prompts = torch.randint(4096, (batch, PROMPT_TOKENS), generator=generator).tolist()

    def measure() -> float:
        began = time.perf_counter()
        generation.generate_with_ours(model, prompts, NEW_TOKENS)
        return batch * NEW_TOKENS / (time.perf_counter() - began)

    return measure


def prepare_training(device: str) -> Measure:
    """Return a function that runs one training step with config A and returns tokens/s."""
    import torch
    import training

    if device == "cpu":
        training.keep_freed_memory()
    settings = SimpleNamespace(batch_size=16, tokens=256, shortest=None, longest=None, prompt=0.0)
    method = training.build(training.CONFIGS["A"], settings.tokens, device)[training.OURS]
    rows = training.draw_rows(settings, training.CONFIGS["A"]["vocab_size"])
    batch = training.Batch.of(rows, settings.tokens, device)
    optimizer = torch.optim.AdamW(method.model.parameters(), lr=1e-4, fused=True)

    def measure() -> float:
        began = time.perf_counter()
        method.loss(batch).backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if device == "cuda":
            torch.cuda.synchronize()
        return batch.num_tokens / (time.perf_counter() - began)

    return measure


MEASUREMENTS: dict[str, tuple[Callable[..., Measure], tuple[int, ...]]] = {
    "scoring, 2 workers": (prepare_scoring, (2,)),
    "scoring, 1 worker": (prepare_scoring, (1,)),
    "generation A, batch 1": (prepare_generation, (1,)),
    "generation A, batch 8": (prepare_generation, (8,)),
    "generation A, batch 32": (prepare_generation, (32,)),
    "training A": (prepare_training, ()),
}


def serve(name: str, folder: str, device: str) -> None:
    """Measure once for each line of standard input and print the speed as JSON."""
    import hrm_core

    assert hrm_core.__file__.startswith(folder), (hrm_core.__file__, folder)
    prepare, arguments = MEASUREMENTS[name]
    measure = prepare(device, *arguments)
    measure()
    print("ready", flush=True)
    for _ in sys.stdin:
        print(json.dumps(measure()), flush=True)


@contextmanager
def started(name: str, folder: Path, device: str) -> Iterator[Measure]:
    """Start a process with the packages of a folder; yield a function that measures in it."""
    sources = [str(path) for path in sorted(folder.glob("packages/*/src"))]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(folder / "benchmarks"), *sources]),
    }
    process = subprocess.Popen(
        # -P keeps this script's folder off the path, so each process imports its own benchmarks.
        [
            sys.executable,
            "-P",
            str(Path(__file__).resolve()),
            "--serve",
            name,
            "--device",
            device,
            str(folder),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def next_line() -> Any:
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            raise SystemExit(f"{name} in {folder} failed:\n{process.communicate()[1]}")
        return line.strip()

    def measure() -> float:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        return float(json.loads(next_line()))

    try:
        while next_line() != "ready":
            pass
        yield measure
    finally:
        process.kill()
        process.wait()


@contextmanager
def side_by_side(commit: str) -> Iterator[tuple[Path, Path]]:
    """Yield a copy of this working tree and a checkout of a commit, in one temporary folder.

    A folder instead of a commit is used where it is.
    """
    with tempfile.TemporaryDirectory() as folder:
        this, other = Path(folder, "this"), Path(folder, "other")
        for name in ("packages", "benchmarks"):
            shutil.copytree(ROOT / name, this / name, ignore=shutil.ignore_patterns("__pycache__"))
        if Path(commit).is_dir():
            yield this, Path(commit).resolve()
            return
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(other), commit], check=True)
        try:
            yield this, other
        finally:
            subprocess.run([*git, "remove", "--force", str(other)], check=True)


def compare(name: str, this: Path, other: Path, arguments: argparse.Namespace) -> float:
    """Measure both alternately, print their speeds and return the median ratio."""
    ours: list[float] = []
    theirs: list[float] = []
    with (
        started(name, this, arguments.device) as measure_ours,
        started(name, other, arguments.device) as measure_theirs,
    ):
        for number in range(arguments.rounds):
            turns = [(ours, measure_ours), (theirs, measure_theirs)]
            # The order alternates, so that neither always comes first.
            for speeds, measure in turns if number % 2 else reversed(turns):
                speeds.append(measure())
    ratios = [new / old for new, old in zip(ours, theirs, strict=True)]
    ratio = statistics.median(ratios)
    print(
        f"{name:26}{statistics.median(theirs):12.1f}{statistics.median(ours):12.1f}"
        f"{ratio:9.3f}   {min(ratios):.3f} to {max(ratios):.3f}",
        flush=True,
    )
    return ratio


def main() -> None:
    """Compare the chosen measurements; exit with status 1 if a ratio is too low."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "commit",
        nargs="?",
        default="HEAD~1",
        help="commit to compare this working tree with, or a folder that contains it",
    )
    parser.add_argument("--only", default="", help="only measurements whose name starts with this")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--least", type=float, default=0.97, help="smallest median ratio allowed")
    parser.add_argument("--device", default="cpu", help="for generation and training")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        serve(arguments.serve, arguments.commit, arguments.device)
        return
    names = [name for name in MEASUREMENTS if name.startswith(arguments.only)]
    print(f"{arguments.commit} against this working tree, {arguments.rounds} alternating rounds")
    print(f"{'per second':26}{'other':>12}{'this':>12}{'ratio':>9}   smallest to largest")
    with side_by_side(arguments.commit) as (this, other):
        ratios = {name: compare(name, this, other, arguments) for name in names}
    slower = [name for name, ratio in ratios.items() if ratio < arguments.least]
    for name in slower:
        print(f"FELL SHORT: {name}: {ratios[name]:.3f}, below {arguments.least}")
    sys.exit(bool(slower))


if __name__ == "__main__":
    main()
