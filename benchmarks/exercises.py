"""Exercises by the million: how fast they are drawn, how many differ, and whether their tests hold.

    python benchmarks/exercises.py draw --num 1000000 --workers 2
    python benchmarks/exercises.py judge --num 20000 --workers 2

`draw` draws training problems; every solution runs on every argument meanwhile, and a family that
fails ends the program. `judge` judges solutions in the sandbox of hrm-eval; the exit status is 1 if
one does not pass.
"""

import argparse
import sys
import time
from collections.abc import Iterator

from hrm_exercises.drawing import Drawn
from hrm_exercises.parallel import draw_many


def drawn(options: argparse.Namespace) -> Iterator[Drawn]:
    """Yield the problems that the options ask for."""
    return draw_many("train", seed=options.seed, start=0, num=options.num, workers=options.workers)


def draw(options: argparse.Namespace) -> int:
    """Draw problems and count the distinct ones."""
    problems: set[int] = set()
    texts: set[int] = set()
    began = time.perf_counter()
    for one in drawn(options):
        problem = one.problem
        problems.add(hash((problem.text, problem.reference, problem.tests)))
        texts.add(hash(problem.text))
    seconds = time.perf_counter() - began
    rate = options.num / seconds
    print(f"{options.num:,} problems in {seconds:.0f} s, {rate:,.0f} a second")
    shares = (len(problems) / options.num, len(texts) / options.num)
    print(f"distinct: problems {shares[0]:.2%}, texts {shares[1]:.1%}")
    return 0


def judge(options: argparse.Namespace) -> int:
    """Judge the solutions of problems, and print those that do not pass."""
    from hrm_eval.sandbox import Limits, Sandbox

    num_failed = 0
    with Sandbox(Limits(), workers=options.workers) as sandbox:
        jobs = ((one, one.problem.reference, one.problem) for one in drawn(options))
        for one, verdict in sandbox.judge_all(jobs):
            if not verdict.passed:
                num_failed += 1
                print(f"{one.family} ({one.task}): {verdict.message}\n{one.problem.reference}")
    print(f"{options.num:,} solutions judged, {num_failed} did not pass")
    return int(num_failed > 0)


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("draw", "judge"))
    parser.add_argument("--num", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    return draw(options) if options.what == "draw" else judge(options)


if __name__ == "__main__":
    sys.exit(main())
