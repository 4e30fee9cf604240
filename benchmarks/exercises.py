"""Exercises by the million: how fast they are drawn, how many differ, and whether their tests hold.

    python benchmarks/exercises.py draw --num 1000000 --workers 2
    python benchmarks/exercises.py judge --num 20000 --workers 2
    python benchmarks/exercises.py known --num 5 --run RUN

`draw` draws training problems; every solution runs on every argument meanwhile, and a family that
fails ends the program. `judge` judges solutions in the sandbox of hrm-eval; the exit status is 1 if
one does not pass. `known` draws each task of the families of `train` `--num` times, and counts the
problems of `test` with a solution that one of these has too, under other names, and those of them
that passed in a run of hrm-eval.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path

from hrm_datasets import Problem, load_problems
from hrm_datasets.functions import normal_functions
from hrm_eval.runs import load_run
from hrm_exercises.chooser import Chooser
from hrm_exercises.drawing import Drawn, TooFewTestsError
from hrm_exercises.drawing import draw as draw_problem
from hrm_exercises.families import load_families
from hrm_exercises.family import Family
from hrm_exercises.parallel import draw_many
from hrm_exercises.splits import is_held_out


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


def known(options: argparse.Namespace) -> int:
    """Count the problems of `test` whose solution a family of `train` has too."""
    seen = {
        tree
        for family in load_families().values()
        if not is_held_out(family.name)
        for problem in _problems_of(family, options.num, options.seed)
        for _, tree in normal_functions(problem.reference, min_nodes=0)
    }
    problems = load_problems("exercises", "test")
    passed = set()
    if options.run is not None:
        samples = load_run(options.run).samples
        passed = {s.completion.task_id for s in samples if s.verdict and s.verdict.passed}
    for min_nodes in (0, 30):
        found = {
            one.task_id
            for one in problems
            for name, tree in normal_functions(one.reference, min_nodes)
            if name == one.entry_point and tree in seen
        }
        print(f"solutions of {min_nodes} nodes or more: {len(found)} of {len(problems)}", end="")
        others = len(problems) - len(found)
        print(f"; passed: {len(passed & found)}, and {len(passed - found)} of the {others} others")
    return 0


def _problems_of(family: Family, num: int, seed: int) -> Iterator[Problem]:
    for task, number in product(range(len(family.tasks)), range(num)):
        # Some draws have too few distinct tests; a stream draws again.
        with suppress(TooFewTestsError):
            choose = Chooser(f"known/{seed}/{family.name}/{task}/{number}")
            yield draw_problem(family, task, choose, "exercises/known").problem


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = {"draw": draw, "judge": judge, "known": known}
    parser.add_argument("what", choices=commands)
    parser.add_argument("--num", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--run", type=Path, help="A run of hrm-eval on the split `test`.")
    options = parser.parse_args()
    return commands[options.what](options)


if __name__ == "__main__":
    sys.exit(main())
