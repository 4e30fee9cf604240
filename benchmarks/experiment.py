"""Collects what the models of the experiment scored, and writes the tables of its page.

    nox -s "bench(experiment)" -- collect runs/improve --part improve
    nox -s "bench(experiment)" -- report

`collect` reads every finished evaluation below a folder of `hrm-train sweep` or of several runs of
`hrm-train improve`, `MODEL/seed-N/.../evaluations/NAME`, and adds it as a line to
`docs/experiment/results.csv`. The line has the number of passed answers to each problem, so that
`report` needs no model: it compares models on the same problems, and writes the tables into
`docs/experiment.md`.
"""

import argparse
import csv
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from statistics import fmean, stdev
from typing import Self

from hrm_core.model_folder import read_json
from hrm_eval.paired import adjust_p_values, bootstrap_p_value, difference, difference_interval
from hrm_eval.runs import load_run

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "experiment.md"
RESULTS = DOCS / "experiment" / "results.csv"


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one model scored in one evaluation; a line of `results.csv`.

    Attributes:
        part: Part of the experiment, such as `improve`.
        model: Name of its config, and what comes after the seed in its path, such as `round-1`.
        seed: Seed of the training.
        evaluation: Name of the evaluation.
        fingerprint: Fingerprint of the problems.
        num_samples: Number of answers to each problem.
        pass_at_1: Pass@1.
        seconds: Wall time of the evaluation.
        device: Where the answers were generated.
        finished_at: When the evaluation ended.
        commit: Commit of the code.
        weights: Hash of the model's weights; empty if it is not known.
        passed: Number of passed answers to each problem, in the order of the dataset.
    """

    part: str
    model: str
    seed: int
    evaluation: str
    fingerprint: str
    num_samples: int
    pass_at_1: float
    seconds: float
    device: str
    finished_at: str
    commit: str
    weights: str
    passed: str

    @classmethod
    def from_row(cls, row: dict[str, str]) -> Self:
        """Return a line that was read as text."""
        types = {field.name: field.type for field in fields(cls)}
        return cls(**{name: types[name](value) for name, value in row.items()})  # type: ignore[operator]

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What no other line has."""
        return self.part, self.evaluation, self.model, self.seed

    @property
    def rates(self) -> list[float]:
        """The share of passed answers to each problem."""
        return [int(count) / self.num_samples for count in self.passed.split()]


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
    "mbpp_validation": "MBPP, validation",
}


def read_results() -> list[Result]:
    """Return all lines of the file; none if there is no file yet."""
    if not RESULTS.is_file():
        return []
    with RESULTS.open(encoding="utf-8", newline="") as file:
        return [Result.from_row(row) for row in csv.DictReader(file)]


def write_results(results: Sequence[Result]) -> None:
    """Write all lines, in a fixed order."""
    RESULTS.parent.mkdir(exist_ok=True)
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Result))
        writer.writerows(astuple(one) for one in sorted(results, key=lambda one: one.key))


def find_evaluations(folder: Path) -> Iterator[tuple[str, int, Path]]:
    """Yield the model, the seed and the folder of each finished evaluation."""
    for summary in sorted(folder.glob("*/seed-*/**/evaluations/*/summary.json")):
        name, seed, *rest = summary.parent.relative_to(folder).parts
        yield "/".join([name, *rest[:-2]]), int(seed.removeprefix("seed-")), summary.parent


def collect(folder: Path, part: str, commit: str) -> None:
    """Add the evaluations below a folder; those of the same models are replaced.

    A model that several seeds share, such as the one before the first round, is added once.
    """
    results = {one.key: one for one in read_results()}
    for model, seed, path in find_evaluations(folder):
        run, summary = load_run(path), read_json(path / "summary.json")
        counts = [sum(sample.passed for sample in samples) for samples in run.by_task.values()]
        result = Result(
            part=part,
            model=model,
            seed=seed,
            evaluation=path.name,
            fingerprint=summary["dataset"]["fingerprint"],
            num_samples=summary["num_samples"] // summary["num_problems"],
            pass_at_1=summary["pass_at_k"]["1"],
            seconds=summary["seconds"],
            device=summary["device"],
            finished_at=summary["finished_at"],
            commit=commit,
            weights=summary.get("engine", {}).get("weights", "")[:16],
            passed=" ".join(map(str, counts)),
        )
        others = (one for one in results.values() if one.key[:3] == result.key[:3])
        if result.weights and any(
            one.weights == result.weights and one.seed != result.seed for one in others
        ):
            continue
        results[result.key] = result
        print(f"{model}, seed {seed}, {path.name}: Pass@1 {100 * result.pass_at_1:.1f} %")
    write_results(list(results.values()))


def scores_table(results: Sequence[Result], part: str) -> str:
    """Return the mean Pass@1 of each model over its seeds, in percent, with that of each seed."""
    chosen = [one for one in results if one.part == part]
    evaluations = list(dict.fromkeys(one.evaluation for one in chosen))
    names = [NAMES.get(name, name) for name in evaluations]
    rows = [["model", "seeds", *names], ["---"] * (2 + len(names))]
    for model in dict.fromkeys(one.model for one in chosen):
        cells, seeds = [], set()
        for evaluation in evaluations:
            of_cell = [one for one in chosen if (one.model, one.evaluation) == (model, evaluation)]
            seeds |= {one.seed for one in of_cell}
            cells.append(_mean_and_spread([100 * one.pass_at_1 for one in of_cell]))
        rows.append([NAMES.get(model, model), str(len(seeds)), *cells])
    return _markdown(rows)


def _mean_and_spread(values: Sequence[float]) -> str:
    if not values:
        return ""
    if len(set(values)) == 1:
        return f"{values[0]:.1f}"
    listed = ", ".join(f"{value:.1f}" for value in values)
    return f"{fmean(values):.1f} ± {stdev(values):.1f} ({listed})"


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
            if not first or not second:
                continue
            if len({one.fingerprint for one in (*first, *second)}) > 1:
                raise SystemExit(f"{pair.first}, {pair.second}: {evaluation} had other problems")
            rates = [one.rates for one in first], [one.rates for one in second]
            found.append((pair, evaluation, rates))
    p_values = [bootstrap_p_value(*rates) for _, _, rates in found]
    rows = [["trained on", "evaluation", "points", "95 % interval", "p", "p, corrected"]]
    rows.append(["---"] * len(rows[0]))
    for (pair, evaluation, rates), p, adjusted in zip(
        found, p_values, adjust_p_values(p_values), strict=True
    ):
        low, high = difference_interval(*rates)
        first, second = (NAMES.get(name, name) for name in (pair.first, pair.second))
        rows.append(
            [
                f"{second}, not {first}",
                NAMES.get(evaluation, evaluation),
                f"{100 * difference(*rates):+.1f}",
                f"{100 * low:+.1f} to {100 * high:+.1f}",
                _show_p(p),
                _show_p(adjusted),
            ]
        )
    return _markdown(rows)


def _show_p(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def fill_page(page: str, results: Sequence[Result]) -> str:
    """Return the page with its tables, each between `<!-- NAME -->` and `<!-- end -->`."""
    tables = {
        "improve scores": scores_table(results, "improve"),
        "improve pairs": pairs_table(results, IMPROVE_PAIRS),
    }
    for name, table in tables.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        page, count = pattern.subn(
            lambda match, text=table: f"{match[1]}\n{text}\n\n{match[2]}", page
        )
        if count != 1:
            raise SystemExit(f"{PAGE}: expected one place '<!-- {name} -->', found {count}")
    return page


def _current_commit() -> str:
    command = ["git", "-C", str(DOCS), "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main() -> int:
    """Run a command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    of_collect = commands.add_parser("collect", help="Add the evaluations below a folder.")
    of_collect.add_argument("folder", type=Path)
    of_collect.add_argument("--part", required=True, help="Part of the experiment.")
    of_collect.add_argument("--commit", help="Commit of the runs. Default: the current one.")
    commands.add_parser("report", help="Write the tables of the page.")
    options = parser.parse_args()
    if options.command == "collect":
        collect(options.folder, options.part, options.commit or _current_commit())
    else:
        PAGE.write_text(fill_page(PAGE.read_text(encoding="utf-8"), read_results()), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
