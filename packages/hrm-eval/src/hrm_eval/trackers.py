"""Experiment trackers: where the results of an evaluation go besides the folder of the run.

They are those of accelerate, as in training. Each command that judges answers is one run of a
tracker, in the project `hrm-eval` and with the name of the folder.

Not covered: the answers; `hrm-eval export` writes them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from hrm_core.config import flatten
from hrm_core.errors import HrmError
from hrm_core.plugins import require_module
from hrm_eval.progress import activity
from hrm_eval.run_config import TrackerName
from hrm_eval.run_folder import RunFolder
from hrm_eval.summary import Summary

if TYPE_CHECKING:
    from accelerate.tracking import GeneralTracker

_PROJECT = "hrm-eval"


class TrackerError(HrmError):
    """A tracker cannot start or cannot store the results, such as without a login."""


def check_trackers(names: Sequence[TrackerName]) -> None:
    """Check that the trackers are installed.

    Raises:
        PluginNotFoundError: If one of them is not; the message says how to install it.
    """
    for name in names:
        for module in (name, "accelerate"):
            require_module(module, needed_by=f"trackers: {name}", install=f"hrm-eval[{name}]")


@contextmanager
def open_trackers(
    names: Sequence[TrackerName], folder: RunFolder, settings: Mapping[str, Any]
) -> Iterator[Callable[[Summary], None]]:
    """Start the trackers and log the settings; they end with the block.

    Args:
        names: The trackers; call `check_trackers` first.
        folder: Folder of the run, which exists.
        settings: The config of the run.

    Yields:
        A function that logs the results, which are in the folder by then.

    Raises:
        TrackerError: If a tracker cannot start or cannot store something.
    """
    if not names:
        yield lambda summary: None
        return
    values = {key: str(value) for key, value in flatten(settings).items()}
    with activity("loading the trackers"):
        trackers = _make(names, folder)
    with ExitStack() as stack:
        for tracker in trackers:
            with _explained(tracker.name, "Fix this, or leave this tracker out"):
                tracker.start()
                stack.push(partial(_finish, tracker))
                tracker.store_init_configuration(values)

        def log(summary: Summary) -> None:
            cure = f"The results are in {folder.path}; with --resume, the command logs them again"
            errors = []
            for tracker in trackers:
                try:
                    with _explained(tracker.name, cure):
                        tracker.log(metrics_of(summary))
                except TrackerError as error:
                    # It does not keep the results from the others.
                    errors.append(error)
            if errors:
                raise errors[0]

        yield log


def _finish(tracker: "GeneralTracker", error: type[BaseException] | None, *_: object) -> None:
    """End a tracker, as the last part of a block; an error that ends the block says more."""
    try:
        with _explained(tracker.name, "What it has may be incomplete"):
            tracker.finish()
    except TrackerError:
        if error is None:
            raise


@contextmanager
def _explained(name: str, cure: str) -> Iterator[None]:
    try:
        yield
    except _errors_of(name) as error:
        raise TrackerError(f"trackers: {name}: {error}\n{cure}") from error


def _errors_of(name: str) -> tuple[type[Exception], ...]:
    """Return what the library of a tracker raises, apart from bugs."""
    if name == "wandb":
        from wandb.errors import Error

        return Error, OSError
    if name == "mlflow":
        from mlflow.exceptions import MlflowException

        return MlflowException, OSError
    return (OSError,)


def _make(names: Sequence[TrackerName], folder: RunFolder) -> "list[GeneralTracker]":
    from accelerate import PartialState
    from accelerate.tracking import LOGGER_TYPE_TO_CLASS

    # The trackers of accelerate ask it whether this is the main process.
    PartialState()
    name = folder.path.resolve().name
    options: dict[TrackerName, dict[str, Any]] = {
        "tensorboard": {"logging_dir": str(folder.path)},
        "wandb": {"name": name, "dir": str(folder.path)},
        "trackio": {"name": name},
        "mlflow": {"run_name": name},
    }
    return [LOGGER_TYPE_TO_CLASS[one](_PROJECT, **options[one]) for one in names]


def metrics_of(summary: Summary) -> dict[str, float]:
    """Return the results as numbers by name, with names that every tracker accepts.

    The result of `rerank`, which is not Pass@1, has the name `rerank/value`.
    """
    metrics: dict[str, float] = {}
    for k, value in summary.pass_at_k.items():
        low, high = summary.ci95[k]
        metrics |= {f"pass_at_{k}": value, f"pass_at_{k}/low": low, f"pass_at_{k}/high": high}
    if summary.rerank is not None:
        metrics["rerank/value"] = summary.rerank.value
    metrics |= {f"status/{status}": count for status, count in summary.status_counts.items()}
    return metrics | {
        "num_problems": summary.num_problems,
        "num_samples": summary.num_samples,
        "seconds": summary.seconds,
        "generation_seconds": sum(problem.generation_seconds for problem in summary.problems),
        "execution_seconds": sum(problem.execution_seconds for problem in summary.problems),
    }
