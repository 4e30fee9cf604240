"""The Python interface: the commands `run`, `score` and `compare` as functions.

Not covered: `ask`, which is in `asking`.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from hrm_core.chat import PLAIN_CHAT
from hrm_core.errors import UsageError, beginning
from hrm_core.generation import Generator
from hrm_core.plugins import require_module
from hrm_eval import comparison, runs
from hrm_eval.displays import comparison_to_text, describe_run, run_to_html, tabulate_run
from hrm_eval.engines import EngineOptions, Opener, refuse_server_settings
from hrm_eval.evaluation import open_run, open_scoring, run_evaluation, run_scoring
from hrm_eval.exports.table import COLUMNS, sample_rows
from hrm_eval.flags import FLAGS, SCORE_FLAGS, read_options, with_options
from hrm_eval.progress import hidden
from hrm_eval.report import write_report
from hrm_eval.run_config import refuse_equal_answers
from hrm_eval.samples import AnswerValues

if TYPE_CHECKING:
    from pandas import DataFrame
    from rich.table import Table

    from hrm_core.checkpoint import Checkpoint

Kind = TypeVar("Kind")

# Types that can be missing.
_PANDAS_TYPES = {str: "string", int: "Int64", float: "Float64", bool: "boolean"}


class Run(runs.Run):
    """An evaluation with its answers, verdicts and results; see `hrm_eval.runs.Run`.

    A notebook shows it as a table.
    """

    def to_pandas(self) -> "DataFrame":
        """Return a table with one row for each answer; see `hrm_eval.exports.table` for it.

        Raises:
            PluginNotFoundError: If pandas is not installed.
        """
        require_module("pandas", needed_by="Run.to_pandas", install="pandas")
        from pandas import DataFrame

        types = {name: _PANDAS_TYPES[kind] for name, kind in COLUMNS.items()}
        return DataFrame(sample_rows(self), columns=list(COLUMNS)).astype(types)

    def report(self, path: Path | str | None = None) -> Path:
        """Write the run as one HTML page, and return its path.

        Args:
            path: The file; `report.html` in the folder of the run if None.

        Raises:
            UsageError: If the file cannot be written.
        """
        page = self.folder.report if path is None else Path(path)
        with hidden():
            write_report(self, page)
        return page

    def __repr__(self) -> str:
        return describe_run(self)

    def __rich__(self) -> "Table":
        return tabulate_run(self)

    def _repr_html_(self) -> str:
        return run_to_html(self)


class Comparison(comparison.Comparison):
    """Runs compared on the same problems; see `hrm_eval.comparison.Comparison`."""

    def __repr__(self) -> str:
        return comparison_to_text(self)


@with_options(FLAGS)
def evaluate(
    model: "str | Path | Checkpoint | Generator | None" = None,
    dataset: str | None = None,
    *,
    config: Path | str | Mapping[str, Any] | None = None,
    out: Path | str | None = None,
    resume: bool = False,
    progress: bool = True,
    **options: Any,
) -> Run:
    """Generate answers with a model, judge them, and return the run: `hrm-eval run` in Python.

    Args:
        model: A shipped model, a checkpoint folder, a `.gguf` file, a hub id or `reference`; or a
            model in memory: a `Checkpoint` of `hrm_core`, or any `Generator`. hrm-nano if None.
        dataset: Name of a dataset. If None, the first 25 problems of MBPP `dev`, or the exercises
            if `model` is None, too.
        config: A YAML file with settings, or the same as a mapping.
        out: Folder of the run. If None, a new one below `runs` in the current folder, named after
            the time, the dataset and the model.
        resume: Continue the run in `out`; its settings hold where nothing else is said.
        progress: Show the progress on standard error.
        **options: The flags of `hrm-eval run`, such as `split="test"`, `limit=25`,
            `task_ids=[11, 12]`, `samples=10`, `temperature=0.8`, `k=[1, 5]`, `prompt="docstring"`,
            `device="cpu"`, `seed=1` or `timeout=5.0`.

    Raises:
        TypeError: If an option is unknown, or `model` is nothing that can be evaluated.
        ConfigError: If a setting is invalid.
        UsageError: If the model, the dataset or a task is unknown, `out` has another run, or an
            option does not fit a model in memory.
        DataError: If data, a checkpoint or a file of the run are missing or corrupt.
        PluginNotFoundError: If a model stack or a library is not installed.
        SandboxError: If programs cannot be run.

    Examples:
        >>> run = hrm_eval.evaluate("reference", "mbpp", split="validation", limit=25)
        >>> run.pass_at_k
        {1: 1.0}
    """
    settings = read_options("evaluate", FLAGS, {"dataset": dataset, **options})
    name, opener = _find_model(model, options)
    if name is not None:
        settings["model_reference"] = name
    file = config if isinstance(config, Mapping) else _to_path(config)
    with (
        hidden(is_hidden=not progress),
        _in_evaluation_mode(model),
        open_run(settings, file, None, _to_path(out), resume=resume) as (run_config, folder),
    ):
        if _is_checkpoint(model):
            refuse_equal_answers(run_config.sampling)
        try:
            run_evaluation(run_config, folder, resume=resume, opener=opener)
        except KeyboardInterrupt as interrupt:
            path, again = str(folder.path), "" if opener is None else "model, "
            interrupt.add_note(
                f"What there is: hrm_eval.load_run({path!r}). "
                f"Go on with: hrm_eval.evaluate({again}out={path!r}, resume=True)"
            )
            raise
    return load_run(folder.path)


@with_options(SCORE_FLAGS)
def score(
    completions: Path | str | AnswerValues,
    dataset: str,
    *,
    extract: bool | None = None,
    out: Path | str | None = None,
    resume: bool = False,
    progress: bool = True,
    **options: Any,
) -> Run:
    """Judge answers that exist already, and return the run: `hrm-eval score` in Python.

    Args:
        completions: A file or folder in any format that `hrm-eval score` reads; or the answers
            themselves: a mapping of task ids to an answer or a list of answers, or a list of
            mappings with a `task_id` and a `completion` (a continuation of the prompt) or
            `solution` (a whole program).
        dataset: Name of the dataset that they answer.
        extract: Take the programs out of prose and fences in every answer, or (False) in none; by
            default where an answer has a fence or thoughts and is no Python as it stands.
        out: Folder of the run. If None, a new one below `runs` in the current folder.
        resume: Continue the run in `out`; its settings hold where nothing else is said.
        progress: Show the progress on standard error.
        **options: The flags of `hrm-eval score`, such as `split="test"`, `k=[1, 5]`, `timeout=5.0`
            or `workers=4`.

    Raises:
        TypeError: If an option is unknown, or `completions` are neither a path nor answers.
        ConfigError: If a setting is invalid.
        UsageError: If the dataset is unknown, `out` has another run, or there are `thought_marks`,
            but nothing is extracted.
        DataError: If data or the completions are missing or corrupt, or answer an unknown task.
        SandboxError: If programs cannot be run.

    Examples:
        >>> hrm_eval.score({"mbpp/11": [program, other]}, "mbpp", split="test").pass_at_k
        {1: 0.5, 2: 1.0}
    """
    source = _read_source(completions)
    settings = read_options("score", SCORE_FLAGS, {"dataset": dataset, **options})
    opened = open_scoring(source, settings, _to_path(out), extract=extract, resume=resume)
    with hidden(is_hidden=not progress), opened as (config, extraction, folder):
        run_scoring(source, config, folder, resume=resume, extraction=extraction)
    return load_run(folder.path)


def load_run(folder: Path | str) -> Run:
    """Read a run, finished or not, from its folder.

    Raises:
        DataError: If the folder is not that of a run, or a file in it is corrupt.
    """
    return _as_kind(Run, runs.load_run(Path(folder)))


def compare(
    *sides: runs.Run | Path | str, common: bool = False, separately: bool = False
) -> Comparison:
    """Compare runs with the first: `hrm-eval compare` in Python.

    Args:
        *sides: Runs, or folders of runs.
        common: Compare only the problems that all runs have judged.
        separately: Compare every run for itself, also those that differ in their seeds only.

    Raises:
        TypeError: If a side is neither a run nor a folder.
        UsageError: If there are fewer than two runs, or they are not on the same problems.
        DataError: If a folder has no run.
        PluginNotFoundError: If scipy or statsmodels is not installed.
    """
    folders = [side.folder.path if isinstance(side, runs.Run) else side for side in sides]
    for folder in folders:
        if not isinstance(folder, str | Path):
            raise TypeError(f"compare: expected runs or their folders, got {beginning(folder)}")
    found = comparison.compare_runs(
        [Path(folder) for folder in folders], common=common, by_seed=not separately
    )
    return _as_kind(Comparison, found)


def _find_model(model: Any, options: Mapping[str, Any]) -> tuple[str | None, Opener | None]:
    """Return the name of a model and, if it is in memory, what opens it."""
    if model is None or isinstance(model, str | Path):
        return None if model is None else str(model), None
    if options.get("device") is not None:
        raise UsageError(
            f"device: a model in memory stays where it is, got {options['device']!r}. Move the "
            "model, and leave device out"
        )
    if _is_checkpoint(model):
        from hrm_eval.engines.local import open_checkpoint

        name = f"{model.config.architecture} in memory"
        return name, partial(_open_here, partial(open_checkpoint, model, name), name)
    if hasattr(model, "generate") and hasattr(model, "description"):
        if options.get("batch_size") is not None:
            raise UsageError("batch_size: the generator has its own. Leave batch_size out")
        name = model.description["name"]
        return name, partial(_open_here, partial(_open_generator, model), name)
    raise TypeError(
        f"model: expected the name or the folder of a model, a Checkpoint or a Generator, got "
        f"{type(model).__name__}. Wrap a model of transformers: "
        "hrm_eval.engines.transformers.make_generator(model, tokenizer)"
    )


def _open_here(opener: Opener, name: str, options: EngineOptions) -> Generator:
    refuse_server_settings(options, name)
    return opener(options)


def _open_generator(generator: Generator, options: EngineOptions) -> Generator:
    template, is_chat = options.chat.template, getattr(generator, "is_chat", False)
    if replace(options.chat, template=None) != PLAIN_CHAT:
        raise UsageError(
            "prompt: a generator wraps its prompts itself, so it takes no system or template_args, "
            "and no style that begins the answer. Give them to make_generator as chat, or choose a "
            "style such as instruct"
        )
    if template not in (None, is_chat):
        kind = "a chat" if template else "bare prompts"
        raise UsageError(
            f"prompt: the style or template needs {kind}, and the generator was made for "
            f"{'a chat' if is_chat else 'bare prompts'}. Make it with "
            f"make_generator(..., chat=Chat(template={template})), or choose another style"
        )
    return generator


def _is_checkpoint(model: object) -> bool:
    # Whoever has a checkpoint has imported its module, and torch.
    module = sys.modules.get("hrm_core.checkpoint")
    return module is not None and isinstance(model, module.Checkpoint)


@contextmanager
def _in_evaluation_mode(model: Any) -> Iterator[None]:
    """Take the parts of a checkpoint out of training mode inside this block."""
    modules = model.model.modules() if _is_checkpoint(model) else ()
    training = [module for module in modules if module.training]
    for module in training:
        module.training = False
    try:
        yield
    finally:
        for module in training:
            module.training = True


def _read_source(completions: Any) -> Path | AnswerValues:
    if isinstance(completions, str | Path):
        return Path(completions)
    if isinstance(completions, Mapping | Sequence) and not isinstance(completions, bytes):
        return completions
    raise TypeError(
        f"completions: expected a path, a mapping of task ids to answers or a list of answers, got "
        f"{type(completions).__name__}. Of a DataFrame, pass frame.to_dict('records')"
    )


def _to_path(path: Path | str | None) -> Path | None:
    return None if path is None else Path(path)


def _as_kind(kind: type[Kind], value: Any) -> Kind:
    """Return a data class as one of its subclasses, which has the same fields."""
    return kind(**{field.name: getattr(value, field.name) for field in fields(value)})
