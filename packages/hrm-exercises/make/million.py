"""Draw many training problems with several processes: the rate, and how many differ.

    python packages/hrm-exercises/make/million.py --num 1000000 --workers 2

Every solution runs on every argument while it is drawn, and a family that fails ends the program.
"""

import argparse
import time

from hrm_exercises.parallel import draw_many


def main() -> None:
    """Draw, count and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--num", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    seen: set[int] = set()
    texts: set[int] = set()
    began = time.perf_counter()
    problems = draw_many(
        "train", seed=options.seed, start=0, num=options.num, workers=options.workers
    )
    for drawn in problems:
        problem = drawn.problem
        seen.add(hash((problem.text, problem.reference, problem.tests)))
        texts.add(hash(problem.text))
    seconds = time.perf_counter() - began
    rate = options.num / seconds
    print(f"{options.num:,} problems in {seconds:.0f} s, {rate:,.0f} a second")
    print(f"distinct problems {len(seen) / options.num:.2%}, texts {len(texts) / options.num:.1%}")


if __name__ == "__main__":
    main()
