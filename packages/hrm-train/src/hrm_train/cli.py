"""The command `hrm-train`.

Each command imports torch and other slow libraries itself, so that `--help` answers at once.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrm_core.command import run_command, version_of
from hrm_core.errors import HrmError, UsageError
from hrm_core.streams import lasting_streams

if TYPE_CHECKING:
    from hrm_train.train_config import TrainRunConfig

# Of the first example that `data` shows.
_MAX_SHOWN = 2000

app = typer.Typer(
    name="hrm-train",
    help="Train Hierarchical Reasoning Models on code.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

ConfigFile = Annotated[Path | None, typer.Option("--config", help="YAML file.")]
Set = Annotated[
    list[str] | None, typer.Option("--set", help="Override a config key: KEY=VALUE; repeatable.")
]
Drop = Annotated[
    bool,
    typer.Option("--drop-overlap", help="Exclude examples that overlap with held-out problems."),
]
Allow = Annotated[
    bool,
    typer.Option(
        "--allow-overlap", help="Keep overlapping examples; test results are then invalid."
    ),
]
Evaluate = Annotated[
    list[Path] | None,
    typer.Option(help="YAML file of `hrm-eval run` for each trained model; repeatable."),
]


def _print_version(*, is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(version_of("hrm-train"))
        raise typer.Exit


@app.callback()
def _program(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    del version


@app.command()
def run(
    *,
    config: ConfigFile = None,
    set_: Set = None,
    out: Annotated[Path, typer.Option(help="Folder of the run; created if missing.")],
    resume: Annotated[bool, typer.Option("--resume", help="Continue the run in --out.")] = False,
    drop_overlap: Drop = False,
    allow_overlap: Allow = False,
) -> None:
    """Train a model. On a CPU it starts processes itself; on GPUs, use `torchrun` for several."""
    _refuse_windows()
    from hrm_train.cpu_processes import count_processes, training_together
    from hrm_train.launchers import check_launcher
    from hrm_train.run import train

    # Before the run starts processes itself, which would look like those of a launcher.
    check_launcher(os.environ)
    assignments = _with_overlap(set_, drop=drop_overlap, allow=allow_overlap)
    run_config = _read_config(config, assignments, out if resume else None)
    arguments = ["run", *(f"--set={text}" for text in assignments), f"--out={out}"]
    arguments += [f"--config={config}"] if config else []
    arguments += ["--resume"] if resume else []
    with training_together(count_processes(run_config.training), arguments):
        last = train(run_config, out, resume=resume)
    if os.environ.get("RANK", "0") == "0":
        typer.echo(f"Trained: {last}")


@app.command()
def sweep(  # noqa: PLR0913 (flags of a command)
    *,
    config: Annotated[list[Path], typer.Option(help="YAML file of a run; repeatable.")],
    out: Annotated[Path, typer.Option(help="Folder of the sweep; created if missing.")],
    seeds: Annotated[str, typer.Option(help="Seeds for each config, such as 0,1,2.")] = "0",
    vary: Annotated[
        list[str] | None,
        typer.Option(
            help="Values to try, such as training.optimizer.lr=1.0e-3,2.0e-3; repeatable."
        ),
    ] = None,
    set_: Set = None,
    evaluate: Evaluate = None,
    at_once: Annotated[
        int | None,
        typer.Option(
            min=1, help="Number of runs at a time. Default: one for each core; 1 on GPUs."
        ),
    ] = None,
    status: Annotated[
        bool, typer.Option("--status", help="Only show how far the runs are.")
    ] = False,
) -> None:
    """Train every config with every seed, several runs at a time, and evaluate the models.

    The same command continues a sweep that was stopped.
    """
    _refuse_windows()
    from hrm_train.commands import check_evaluations
    from hrm_train.sweep import (
        Sweep,
        divide_cores,
        parse_seeds,
        parse_variations,
        plan_runs,
        table,
    )

    evaluations = evaluate or []
    runs = plan_runs(
        config,
        out,
        seeds=parse_seeds(seeds),
        variations=parse_variations(vary or []),
        assignments=set_ or [],
    )
    failed: list[str] = []
    if not status:
        check_evaluations(evaluations)
        at_once, num_threads = divide_cores(runs, at_once)
        work = Sweep(runs, evaluations, num_threads=num_threads, report=typer.echo)
        failed = work.execute(at_once)
    typer.echo(table(runs, evaluations))
    if failed:
        raise HrmError(
            f"{len(failed)} of {len(runs)} runs failed: {', '.join(failed)}. Fix the cause, and "
            "run the same command again"
        )


@app.command()
def improve(
    *,
    config: ConfigFile = None,
    set_: Set = None,
    out: Annotated[Path, typer.Option(help="Folder of the rounds; created if missing.")],
    evaluate: Evaluate = None,
) -> None:
    """Train a model on its own programs that pass, in rounds.

    The same command continues what was stopped.
    """
    _refuse_windows()
    from hrm_core.config import merge, parse_overrides, read_config
    from hrm_train.commands import check_evaluations
    from hrm_train.improve import Improvement, read_improve_config

    values = read_config(config) if config else {}
    settings = read_improve_config(merge(values, parse_overrides(set_ or [])))
    check_evaluations(evaluate or [])
    work = Improvement(settings, out.absolute(), evaluate or [], report=typer.echo)
    work.execute()
    typer.echo(work.table())


@app.command()
def tokenizer(
    *,
    config: ConfigFile = None,
    set_: Set = None,
    out: Annotated[Path, typer.Option(help="File to write, such as tokenizer.json.")],
    drop_overlap: Drop = False,
    allow_overlap: Allow = False,
) -> None:
    """Train a byte-level BPE tokenizer on the training data, or on `tokenizer.text`."""
    from hrm_train.data import load_data
    from hrm_train.starting_point import trained_tokenizer

    run_config = _read_config(config, _with_overlap(set_, drop=drop_overlap, allow=allow_overlap))
    texts: Iterable[str] = ()
    if not run_config.tokenizer.text:
        texts = (example.text for example in load_data(run_config.training).examples())
    trained = trained_tokenizer(run_config, texts)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        trained.save(out)
    except OSError as error:
        raise UsageError(f"--out: {out} cannot be written: {error.strerror}") from error
    typer.echo(f"{out}: {trained.vocab_size} tokens")


@app.command()
def data(
    *,
    config: ConfigFile = None,
    set_: Set = None,
) -> None:
    """Show the first training example, count all, and list those that overlap with tests."""
    from hrm_train.data import load_data, warn_if_not_compared

    run_config = _read_config(config, _with_overlap(set_, allow=True))
    loaded = load_data(run_config.training)
    warn_if_not_compared(run_config.training)
    for overlap in loaded.overlaps:
        typer.echo(f"{overlap.example} shares {overlap.shared} with {overlap.problem}")
    count = 0
    for count, example in enumerate(loaded.examples(), start=1):
        if count == 1:
            for part, text in (("prompt", example.prompt), ("response", example.response)):
                more = " ..." if len(text) > _MAX_SHOWN else ""
                typer.echo(f"{example.name}, {part}:\n{text[:_MAX_SHOWN].rstrip()}{more}\n")
    typer.echo(f"{count} examples, {len(loaded.overlaps)} overlap with held-out problems")


@app.command()
def corpus(
    *,
    config: ConfigFile = None,
    set_: Set = None,
    out: Annotated[Path, typer.Option(help="File to write, such as corpus.jsonl.")],
    validation_out: Annotated[
        Path | None,
        typer.Option(help="File for validation. Default: --out with '.validation' in its name."),
    ] = None,
) -> None:
    """Write functions of the standard library and of installed packages as training data.

    A row has the prompt (signature and docstring) and the response (the function), or only a text
    if there is no docstring, and the license and origin. What overlaps with the held-out problems
    of the config is left out.
    """
    from hrm_train.corpus import write_corpus
    from hrm_train.data import pass_at_1_splits, warn_if_not_compared
    from hrm_train.overlap import load_held_out

    training = _read_config(config, set_ or []).training
    warn_if_not_compared(training)
    validation = validation_out or out.with_name(f"{out.stem}.validation{out.suffix}")
    if validation == out:
        raise UsageError("--validation-out: expected another file than --out")
    held_out = load_held_out(training.data, pass_at_1_splits(training))
    counts = write_corpus(out, validation, held_out)
    typer.echo(f"{out}: {counts.num_training} functions; {validation}: {counts.num_validation}")
    typer.echo(
        f"left out: {counts.num_repeated} repeated, {counts.num_overlapping} overlap with held-out "
        "problems"
    )
    if not counts.num_validation:
        typer.echo(f"{validation} is empty, since no package for validation is installed")
    if counts.missing:
        typer.echo(f"not installed: pip install {' '.join(counts.missing)}")


def _refuse_windows() -> None:
    if sys.platform == "win32":
        raise UsageError("training needs Linux or macOS, got Windows. Run it in WSL")


def _with_overlap(
    assignments: Sequence[str] | None, *, drop: bool = False, allow: bool = False
) -> list[str]:
    """Return the assignments of `--set` and of the overlap flags."""
    if drop and allow:
        raise UsageError("--drop-overlap and --allow-overlap: give only one of them")
    chosen = [name for name, is_given in (("drop", drop), ("allow", allow)) if is_given]
    return [*(assignments or []), *(f"training.data.overlap={name}" for name in chosen)]


def _read_config(
    file: Path | None, assignments: Sequence[str], resumed: Path | None = None
) -> "TrainRunConfig":
    """Return the config of the resumed run, if any, overridden by the file and then by `--set`."""
    from hrm_core.config import from_mapping, merge, parse_overrides, read_config
    from hrm_train.train_config import TrainRunConfig

    values = {}
    if resumed is not None:
        # Needs a module that Windows lacks.
        from hrm_train.run_folder import TrainingFolder

        folder = TrainingFolder(resumed)
        folder.resume_point()
        values = read_config(folder.config)
    if file is not None:
        values = merge(values, read_config(file))
    return from_mapping(TrainRunConfig, merge(values, parse_overrides(assignments)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    with lasting_streams():
        return run_command(app, "hrm-train", arguments)


if __name__ == "__main__":
    sys.exit(main())
