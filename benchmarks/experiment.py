"""Collects what the models of the experiment learnt and scored, and writes its page.

    nox -s "bench(experiment)" -- collect runs/improve --part improve
    nox -s "bench(experiment)" -- rename runs/chains
    nox -s "bench(experiment)" -- losses runs/chains --part chains
    nox -s "bench(experiment)" -- report

`collect` reads what is below a folder of `hrm-train sweep` or of several runs of `hrm-train
improve`: the finished evaluations, `MODEL/seed-N/.../evaluations/NAME`, and the validation losses
of the finished runs, `MODEL/seed-N`. `losses` computes the loss of each problem for these runs.
`rename` judges the answers to the chains again, each with the name that the tests call, as an
evaluation of its own, `NAME_renamed`. `collect` and `losses` add lines to the files in
`docs/experiment`. They have the result of each problem, so that `report` needs no model: it
compares models on the same problems, draws the figures, and writes the tables into
`docs/experiment.md`.
"""

import argparse
import ast
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean

import torch
from experiment_data import (
    DOCS,
    FOLDER,
    MATCHED,
    SPLITS,
    Losses,
    Point,
    Result,
    find_runs,
    read_curve,
)
from experiment_figures import draw_figures
from experiment_tables import fill_page

import hrm_eval
from hrm_core.checkpoint import Checkpoint, load_checkpoint
from hrm_core.model_folder import read_json
from hrm_datasets import load_problems
from hrm_eval.runs import load_run
from hrm_exercises.naming import rename
from hrm_train.examples import Example, problem_examples
from hrm_train.sequences import encode_example, make_batch
from hrm_train.train_config import DataConfig, SplitConfig

PAGE = DOCS / "experiment.md"
RESULTS = FOLDER / "results.csv"
CURVES = FOLDER / "curves.csv"
LOSSES = FOLDER / "losses.csv"


def find_evaluations(folder: Path) -> Iterator[tuple[str, int, Path]]:
    """Yield the model, the seed and the folder of each finished evaluation."""
    for summary in sorted(folder.glob("**/seed-*/**/evaluations/*/summary.json")):
        parts = summary.parent.relative_to(folder).parts[:-2]
        (at,) = (number for number, part in enumerate(parts) if part.startswith("seed-"))
        model = "/".join(parts[:at] + parts[at + 1 :])
        yield model, int(parts[at].removeprefix("seed-")), summary.parent


def collect(folder: Path, part: str, commit: str, *, is_timed: bool = True) -> None:
    """Add the evaluations and runs below a folder; those of the same models are replaced.

    A model that several seeds share, such as the one before the first round, is added once.

    Args:
        folder: Folder of the runs.
        part: Part of the experiment.
        commit: Commit of the runs.
        is_timed: Whether the runs had their cores to themselves, so that their wall time counts.
    """
    _check_layout(folder, part)
    points = Point.read_all(CURVES)
    for model, seed, path in find_runs(folder):
        points = [one for one in points if (one.part, one.model, one.seed) != (part, model, seed)]
        points += read_curve(
            path, part=part, model=model, seed=seed, commit=commit, is_timed=is_timed
        )
    if points:
        Point.write_all(CURVES, points)
    results = {one.key: one for one in Result.read_all(RESULTS)}
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
    Result.write_all(RESULTS, results.values())


def _check_layout(folder: Path, part: str) -> None:
    """Refuse a folder of compared models that does not say how its runs are matched."""
    wrong = [
        path
        for path in folder.glob("**/seed-*")
        if part in SPLITS and path.relative_to(folder).parts[0] not in MATCHED
    ]
    if wrong:
        raise SystemExit(f"{wrong[0]}: expected {' or '.join(MATCHED)}/MODEL/seed-N below {folder}")


def judge_renamed(folder: Path) -> None:
    """Judge the answers of the evaluations of chains below a folder again, with the right name."""
    for model, seed, path in find_evaluations(folder):
        out = path.with_name(f"{path.name}_renamed")
        if path.name not in SPLITS["chains"] or (out / "summary.json").is_file():
            continue
        name, split = SPLITS["chains"][path.name]
        called = {one.task_id: one.entry_point for one in load_problems(name, split)}
        answers = [
            {
                "task_id": sample.completion.task_id,
                "solution": with_name(sample.completion.completion, called[task_id]),
            }
            for task_id, samples in load_run(path).by_task.items()
            for sample in samples
        ]
        is_begun = (out / "config.yaml").is_file()
        run = hrm_eval.score(
            answers, name, split=split, out=out, resume=is_begun, extract=False, progress=False
        )
        print(f"{model}, seed {seed}, {out.name}: Pass@1 {100 * run.pass_at_k[1]:.1f} %")


def with_name(program: str, name: str) -> str:
    """Return a program whose last function has this name, unless it has a function of that name."""
    try:
        functions = [one for one in ast.parse(program).body if isinstance(one, ast.FunctionDef)]
    except (SyntaxError, ValueError):
        return program
    if not functions or any(one.name == name for one in functions):
        return program
    return rename(program, {functions[-1].name: name})


@torch.inference_mode()
def problem_losses(checkpoint: Checkpoint, examples: Sequence[Example]) -> list[float]:
    """Return the mean loss of the tokens of each reference solution."""
    model = checkpoint.model
    losses = []
    for example in examples:
        sequence = encode_example(checkpoint, example)
        pad_id = model.config.pad_token_id or 0
        row = make_batch(
            [(sequence,)],
            sequence.length,
            is_packed=False,
            prefix_lm=model.prefix_lm,
            pad_id=pad_id,
        )
        losses.append(float(model.validation_loss(row)))
    return losses


def add_losses(folder: Path, part: str, commit: str) -> None:
    """Compute the losses of the finished runs below a folder, from their last checkpoints."""
    _check_layout(folder, part)
    for evaluation, (name, split) in SPLITS[part].items():
        problems = SplitConfig(name=name, split=split)
        examples = list(problem_examples(problems, DataConfig()))
        for model, seed, path in find_runs(folder):
            losses = problem_losses(load_checkpoint(path / "last", dtype=torch.float32), examples)
            print(f"{model}, seed {seed}, {evaluation}: loss {fmean(losses):.3f}")
            line = Losses(
                part=part,
                model=model,
                seed=seed,
                evaluation=evaluation,
                commit=commit,
                losses=" ".join(f"{loss:.4f}" for loss in losses),
            )
            Losses.add(LOSSES, [line])


def _current_commit() -> str:
    command = ["git", "-C", str(DOCS), "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main() -> int:
    """Run a command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (
        ("collect", "Add the evaluations and the runs below a folder."),
        ("losses", "Compute the losses of the runs below a folder."),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("folder", type=Path)
        parts = [*SPLITS, "improve"] if name == "collect" else [*SPLITS]
        command.add_argument("--part", required=True, choices=parts, help="Part of the experiment.")
        command.add_argument("--commit", help="Commit of the runs. Default: the current one.")
        if name == "collect":
            text = "Other work ran beside the runs, so that their wall time says nothing."
            command.add_argument("--untimed", action="store_true", help=text)
    command = commands.add_parser("rename", help="Judge answers again, with the right name.")
    command.add_argument("folder", type=Path)
    commands.add_parser("report", help="Write the tables of the page, and draw the figures.")
    options = parser.parse_args()
    if options.command == "report":
        results, curves = Result.read_all(RESULTS), Point.read_all(CURVES)
        page = fill_page(PAGE.read_text("utf-8"), results, curves, Losses.read_all(LOSSES))
        PAGE.write_text(page, "utf-8")
        draw_figures(curves, results, FOLDER)
        return 0
    if options.command == "rename":
        judge_renamed(options.folder)
        return 0
    commit = options.commit or _current_commit()
    if options.command == "collect":
        collect(options.folder, options.part, commit, is_timed=not options.untimed)
    else:
        add_losses(options.folder, options.part, commit)
    return 0


if __name__ == "__main__":
    sys.exit(main())
