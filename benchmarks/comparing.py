"""How often `hrm-eval compare` is right, on simulated models with a known difference.

    python benchmarks/comparing.py --simulations 1000

A problem has a difficulty, from a normal distribution on the scale of logits, and each model finds
it easier or harder for reasons of its own. A model trained with another seed is better or worse by
a little on all problems. Each line is one setting: how often the 95 % interval covers the true
difference over all problems and seeds, its mean width, and how often p < 0.05 (with a difference of
0, that should be at most 5 %).
"""

import argparse
import sys
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from hrm_eval.paired import (
    difference_interval,
    mcnemar_p_value,
    permutation_p_value,
    seeds_p_value,
)

DIFFICULTY_SD = 2.0
MODEL_SD = 1.0
TARGET = 0.95

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Setting:
    """Two models and how they are measured.

    Attributes:
        shares: True Pass@1 of both.
        num_problems: Number of problems.
        num_samples: Answers to each problem.
        num_seeds: Runs with different seeds of each model.
        seed_sd: How much the skill of a seed varies, in logits; 0.15 is 2 points.
    """

    shares: tuple[float, float]
    num_problems: int
    num_samples: int = 1
    num_seeds: int = 1
    seed_sd: float = 0.15


SETTINGS = (
    Setting((0.10, 0.15), 25),
    Setting((0.10, 0.15), 90),
    Setting((0.10, 0.15), 500),
    Setting((0.40, 0.45), 90),
    Setting((0.40, 0.40), 90),
    Setting((0.40, 0.45), 500),
    Setting((0.40, 0.40), 500),
    Setting((0.10, 0.15), 90, num_samples=20),
    Setting((0.40, 0.40), 90, num_samples=20),
    Setting((0.40, 0.45), 500, num_samples=20),
    Setting((0.40, 0.45), 500, num_seeds=2),
    Setting((0.40, 0.45), 500, num_seeds=3),
    Setting((0.40, 0.45), 500, num_seeds=5),
    Setting((0.40, 0.40), 500, num_seeds=3),
    Setting((0.40, 0.40), 500, num_seeds=3, seed_sd=0.45),
    Setting((0.40, 0.40), 500, num_seeds=5, seed_sd=0.45),
    Setting((0.40, 0.40), 500, num_seeds=3, seed_sd=0.0),
    Setting((0.40, 0.45), 90, num_samples=10, num_seeds=3),
)


def find_level(share: float, setting: Setting) -> float:
    """Return the skill, in logits, with which a model has this true Pass@1."""
    seed_sd = setting.seed_sd if setting.num_seeds > 1 else 0.0
    spread = (DIFFICULTY_SD**2 + MODEL_SD**2 + seed_sd**2) ** 0.5
    nodes, weights = np.polynomial.hermite_e.hermegauss(100)
    weights = weights / weights.sum()

    def excess(level: float) -> float:
        return float(weights @ special.expit(level + spread * nodes)) - share

    return float(optimize.brentq(excess, -20, 20))


def draw_rates(
    level: float, difficulty_P: Array, setting: Setting, rng: np.random.Generator
) -> Array:
    """Return the shares of passed answers of a model: (seeds, problems)."""
    own_P = rng.normal(0.0, MODEL_SD, setting.num_problems)
    seed_S1 = (
        rng.normal(0.0, setting.seed_sd, (setting.num_seeds, 1)) if setting.num_seeds > 1 else 0.0
    )
    chance_SP = np.atleast_2d(special.expit(level + seed_S1 + own_P - difficulty_P))
    return rng.binomial(setting.num_samples, chance_SP) / setting.num_samples


def find_p_value(first_SP: Array, second_SP: Array, setting: Setting) -> float:
    """Return the p value of the test that `hrm-eval compare` takes."""
    if setting.num_seeds > 1:
        return seeds_p_value(first_SP, second_SP)
    if setting.num_samples == 1:
        wins, losses = int((first_SP < second_SP).sum()), int((first_SP > second_SP).sum())
        return mcnemar_p_value(wins=wins, losses=losses)
    return permutation_p_value(first_SP, second_SP)


def simulate(setting: Setting, simulations: int, rng: np.random.Generator) -> tuple[Array, ...]:
    """Return of each simulation whether the interval covers, its width, and the p value."""
    levels = [find_level(share, setting) for share in setting.shares]
    truth = setting.shares[1] - setting.shares[0]
    covered, widths, p_values = [], [], []
    for _ in range(simulations):
        difficulty_P = rng.normal(0.0, DIFFICULTY_SD, setting.num_problems)
        first_SP, second_SP = (draw_rates(level, difficulty_P, setting, rng) for level in levels)
        low, high = difference_interval(first_SP, second_SP)
        covered.append(low - 1e-9 <= truth <= high + 1e-9)
        widths.append(high - low)
        p_values.append(find_p_value(first_SP, second_SP, setting))
    return np.array(covered), np.array(widths), np.array(p_values)


def main() -> int:
    """Simulate every setting and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--simulations", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    text = "Only models that were trained with several seeds."
    parser.add_argument("--several-seeds", action="store_true", help=text)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    error = 1.96 * (TARGET * (1 - TARGET) / options.simulations) ** 0.5
    print(f"{options.simulations} simulations: a share of 95 % is known to +-{error:.1%}")
    print(
        "| Pass@1 | problems | answers | seeds | their sd, logits | covered | width, points "
        "| p < 0.05 | ms |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for setting in SETTINGS:
        if options.several_seeds and setting.num_seeds == 1:
            continue
        began = time.perf_counter()
        covered, widths, p_values = simulate(setting, options.simulations, rng)
        milliseconds = 1000 * (time.perf_counter() - began) / options.simulations
        first, second = setting.shares
        print(
            f"| {first:.0%}, {second:.0%} | {setting.num_problems} | {setting.num_samples} "
            f"| {setting.num_seeds} | {setting.seed_sd if setting.num_seeds > 1 else ''} "
            f"| {covered.mean():.1%} | {100 * widths.mean():.1f} "
            f"| {(p_values < 0.05).mean():.1%} | {milliseconds:.0f} |",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
