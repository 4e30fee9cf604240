"""The tables of the experiment, from the lines of its CSV files."""

import gzip
import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from chain_steps import read_chain_steps
from experiment_data import MATCHED, SPLITS, Losses, Point, Result
from experiment_statistics import bootstrap, welch_p_value

from hrm_datasets import load_problems
from hrm_eval.paired import adjust_p_values, difference, difference_interval
from hrm_exercises import chains, dataset

# The model that all others of a part are compared with.
REFERENCE = f"{MATCHED[0]}/hrm_2x3"
_CONTROL = "plain"
_FROZEN = {"chains": chains.FROZEN, "exercises": dataset.FROZEN}


@dataclass(frozen=True)
class Pair:
    """Two models to compare.

    Attributes:
        part: Part of the experiment.
        first: A model.
        second: Another one; a difference above 0 means that it is better.
    """

    part: str
    first: str
    second: str


IMPROVE_PAIRS = (
    Pair("improve", "own_programs/round-0", "own_programs/round-1"),
    Pair("improve", "own_programs/round-0", "reference_solutions"),
    Pair("improve", "reference_solutions", "own_programs/round-1"),
)
# How the tables call what the folders are named.
NAMES = {
    "own_programs/round-0": "hrm-nano",
    "own_programs/round-1": "own programs",
    "reference_solutions": "reference solutions",
    "mbpp_test": "MBPP, test",
    "mbpp_validation": "MBPP, validation",
    "new_chains": "new chains",
    "longer_chains": "longer chains",
    "chains_20": "chains, pass@10, seed 0",
    "new_chains_20": "new chains, pass@10, seed 0",
    "longer_chains_20": "longer chains, pass@10, seed 0",
    "chains_renamed": "chains, renamed",
    "new_chains_renamed": "new chains, renamed",
    "longer_chains_renamed": "longer chains, renamed",
}


def scores_table(results: Sequence[Result], part: str) -> str:
    """Return the mean score of each model over its seeds, in percent, with that of each seed.

    It is Pass@1, and pass@10 of evaluations with several answers to each problem.
    """
    chosen = [one for one in results if one.part == part]
    evaluations = list(dict.fromkeys(one.evaluation for one in chosen))
    names = [NAMES.get(name, name) for name in evaluations]
    rows = [["model", "seeds", *names], ["---"] * (2 + len(names))]
    for model in dict.fromkeys(one.model for one in chosen):
        cells, seeds = [], set()
        for evaluation in evaluations:
            of_cell = [one for one in chosen if (one.model, one.evaluation) == (model, evaluation)]
            seeds |= {one.seed for one in of_cell}
            cells.append(_mean_and_spread([100 * one.score for one in of_cell]))
        rows.append([_show_model(model), str(len(seeds)), *cells])
    return _markdown(rows)


def _mean_and_spread(values: Sequence[float], digits: int = 1) -> str:
    if not values:
        return ""
    if len(set(values)) == 1:
        return f"{values[0]:.{digits}f}"
    listed = ", ".join(f"{value:.{digits}f}" for value in values)
    return f"{fmean(values):.{digits}f} ± {stdev(values):.{digits}f} ({listed})"


def pairs_table(results: Sequence[Result], pairs: Sequence[Pair]) -> str:
    """Return the differences of pairs of models in each evaluation, corrected for their number."""
    found = []
    for pair in pairs:
        for evaluation in dict.fromkeys(one.evaluation for one in results):
            first, second = (
                [
                    one
                    for one in results
                    if (one.part, one.model, one.evaluation) == (pair.part, model, evaluation)
                ]
                for model in (pair.first, pair.second)
            )
            # Several answers are for pass@10, which is not compared.
            is_compared = not evaluation.endswith("_renamed")
            if not (first and second and is_compared) or first[0].num_samples > 1:
                continue
            if len({one.fingerprint for one in (*first, *second)}) > 1:
                raise SystemExit(f"{pair.first}, {pair.second}: {evaluation} had other problems")
            rates = [one.rates for one in first], [one.rates for one in second]
            found.append((pair, evaluation, rates))
    rows = [["models", "evaluation", "points", "95 % interval", "p", "95 % t interval"]]
    rows[0] += ["p of seeds"]
    rows.append(["---"] * len(rows[0]))
    bootstraps = [bootstrap(*rates) for _, _, rates in found]
    p_values = adjust_p_values([p for _, _, p in bootstraps])
    seeds_p_values = _adjust_known([welch_p_value(*rates) for _, _, rates in found])
    for (pair, evaluation, rates), (low, high, _), p, of_seeds in zip(
        found, bootstraps, p_values, seeds_p_values, strict=True
    ):
        rows.append(
            [
                f"{_show_model(pair.second)}, not {_show_model(pair.first)}",
                NAMES.get(evaluation, evaluation),
                f"{100 * difference(*rates):+.1f}",
                _show_interval(low, high),
                _show_p(p),
                _show_interval(*difference_interval(*rates)),
                "" if of_seeds is None else _show_p(of_seeds),
            ]
        )
    return _markdown(rows)


def _adjust_known(p_values: Sequence[float | None]) -> list[float | None]:
    """Return the p values after Holm's correction for the number of those that are known."""
    adjusted = iter(adjust_p_values([p for p in p_values if p is not None]))
    return [None if p is None else next(adjusted) for p in p_values]


def _show_interval(low: float, high: float) -> str:
    return f"{100 * low:+.1f} to {100 * high:+.1f}"


def _show_p(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def pairs_with_reference(results: Sequence[Result], part: str, *, is_control: bool) -> list[Pair]:
    """Return the models of a part to be compared with the reference.

    Args:
        results: The results.
        part: The part.
        is_control: Whether to return the control, which the question is about, or all others.
    """
    models = dict.fromkeys(one.model for one in results if one.part == part)
    return [
        Pair(part, model, REFERENCE)
        for model in models
        if model != REFERENCE and (model.rpartition("/")[2] == _CONTROL) == is_control
    ]


def costs_table(curves: Sequence[Point], part: str) -> str:
    """Return what the runs of each model took, and their last validation loss.

    Also how many tokens and FLOPs each had taken, on average, when its loss was first as low as
    that of the reference in the end.
    """
    rows = [["model", "parameters (M)", "tokens, padding too (M)", "FLOPs (1e15)"]]
    rows[0] += ["seconds (runs)", "tokens/s", "validation loss"]
    rows[0] += [f"tokens (M) and FLOPs (1e15) to the loss of {_show_model(REFERENCE)}"]
    rows.append(["---"] * len(rows[0]))
    of_part = [one for one in curves if one.part == part]
    goal = fmean(one.validation_loss for one in _last_points(of_part, REFERENCE))
    for model in dict.fromkeys(one.model for one in of_part):
        points = _last_points(of_part, model)
        timed = [one.seconds for one in points if not math.isnan(one.seconds)]
        seconds = fmean(timed) if timed else 0.0
        rows.append(
            [
                _show_model(model),
                f"{points[0].parameters / 1e6:.2f}",
                f"{points[0].tokens / 1e6:.1f}",
                f"{points[0].flops / 1e15:.2f}",
                f"{seconds:,.0f} ({len(timed)})" if timed else "",
                f"{points[0].tokens / seconds:,.0f}" if timed else "",
                _mean_and_spread([one.validation_loss for one in points], digits=3),
                _costs_to(goal, [one for one in of_part if one.model == model]),
            ]
        )
    return _markdown(rows)


def _last_points(curves: Sequence[Point], model: str) -> list[Point]:
    return list({one.seed: one for one in curves if one.model == model}.values())


def _costs_to(goal: float, curves: Sequence[Point]) -> str:
    """Return the mean costs of the first points with this loss, if all seeds have one."""
    first: dict[int, Point] = {}
    for one in curves:
        if one.validation_loss <= goal:
            first.setdefault(one.seed, one)
    if len(first) < len({one.seed for one in curves}):
        return ""
    tokens, flops = (
        fmean(getattr(one, name) for one in first.values()) for name in ("tokens", "flops")
    )
    return f"{tokens / 1e6:.1f}, {flops / 1e15:.2f}"


def groups(part: str) -> dict[str, dict[str, list[int]]]:
    """Return the numbers of the problems of each group, for each evaluation of a part.

    Groups are single tasks, chains of so many steps, quarters by the length of the solution, and
    for chains what `chain_steps` knows of them.
    """
    found = {}
    for evaluation, (name, split) in SPLITS[part].items():
        problems = list(load_problems(name, split))
        steps = _num_steps(name)
        of_split: dict[str, list[int]] = {}
        by_depth = sorted(range(len(problems)), key=lambda n: steps[problems[n].task_id])
        for number in by_depth:
            depth = steps[problems[number].task_id]
            label = f"{depth} steps" if depth > 1 else "single task"
            of_split.setdefault(label, []).append(number)
        by_length = sorted(range(len(problems)), key=lambda number: len(problems[number].reference))
        quarter = len(problems) // 4
        for number, label in enumerate(("shortest", "shorter", "longer", "longest")):
            of_split[f"{label} quarter"] = by_length[number * quarter : (number + 1) * quarter]
        if name == "chains":
            of_split |= _groups_of_chains([problem.task_id for problem in problems])
        found[evaluation] = of_split
    return found


def _groups_of_chains(task_ids: Sequence[str]) -> dict[str, list[int]]:
    known = read_chain_steps()
    found = [known[task_id] for task_id in task_ids]
    return {
        "every step matters": [n for n, one in enumerate(found) if not one.superfluous],
        "some step is superfluous": [n for n, one in enumerate(found) if one.superfluous],
        "no twin in training": [n for n, one in enumerate(found) if not one.has_twin],
    }


def _num_steps(name: str) -> dict[str, int]:
    """Return the number of steps of each frozen problem by its id; 1 if it is no composition.

    Args:
        name: The dataset.
    """
    with gzip.open(_FROZEN[name], "rt", encoding="utf-8") as file:
        rows = list(map(json.loads, file))
    return {
        f"{name}/{row['task_id']}": (
            chains.num_steps(row["task"]) if row["family"] == "compositions" else 1
        )
        for row in rows
    }


def groups_table(results: Sequence[Result], losses: Sequence[Losses], part: str) -> str:
    """Return Pass@1 in percent and the loss of each model in each group of problems."""
    models = dict.fromkeys(one.model for one in losses if one.part == part)
    heads = [f"{_show_model(model)}: Pass@1, loss" for model in models]
    rows = [["evaluation", "group", "problems", *heads]]
    rows.append(["---"] * len(rows[0]))
    for evaluation, of_split in groups(part).items():
        for name, numbers in of_split.items():
            cells = []
            for model in models:
                key = (part, model, evaluation)
                scores = [
                    fmean(one.rates[number] for number in numbers)
                    for one in results
                    if (one.part, one.model, one.evaluation) == key
                ]
                means = [
                    fmean(one.values[number] for number in numbers)
                    for one in losses
                    if (one.part, one.model, one.evaluation) == key
                ]
                score = f"{100 * fmean(scores):.1f}, " if scores else ""
                cells.append(f"{score}{fmean(means):.3f}" if means else score)
            rows.append([NAMES.get(evaluation, evaluation), name, str(len(numbers)), *cells])
    return _markdown(rows)


def _show_model(model: str) -> str:
    matched, _, config = model.rpartition("/")
    if matched in MATCHED:
        return f"{config} ({matched.replace('_', ' ')})" if matched != MATCHED[0] else config
    return NAMES.get(model, model)


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def fill_page(
    page: str, results: Sequence[Result], curves: Sequence[Point], losses: Sequence[Losses]
) -> str:
    """Return the page with its tables, each between `<!-- NAME -->` and `<!-- end -->`."""
    tables = {
        "improve scores": scores_table(results, "improve"),
        "improve pairs": pairs_table(results, IMPROVE_PAIRS),
    }
    for part in SPLITS:
        if any(one.part == part for one in results):
            tables |= {
                f"{part} scores": scores_table(results, part),
                f"{part} pairs": pairs_table(
                    results, pairs_with_reference(results, part, is_control=True)
                ),
                f"{part} costs": costs_table(curves, part),
                f"{part} groups": groups_table(results, losses, part),
            }
            if others := pairs_with_reference(results, part, is_control=False):
                tables[f"{part} other pairs"] = pairs_table(results, others)
    for name, table in tables.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        page, count = pattern.subn(
            lambda match, text=table: f"{match[1]}\n{text}\n\n{match[2]}", page
        )
        if count != 1:
            raise SystemExit(
                f"docs/experiment.md: expected one place '<!-- {name} -->', found {count}"
            )
    return page
