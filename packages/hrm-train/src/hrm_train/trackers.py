"""Experiment trackers: where the log of a run goes besides the console and `log.jsonl`.

They are those of accelerate. Only the main process writes to them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from accelerate import Accelerator

from hrm_core.config import flatten
from hrm_core.errors import HrmError
from hrm_train.run_folder import TRACKER_PROJECT, SaveError, TrainingFolder
from hrm_train.train_config import TrainingConfig

_CURE = (
    "Remove the cause, or turn all trackers off with --set 'training.trackers=[]', and continue "
    "with --resume"
)


class TrackerError(HrmError):
    """A tracker cannot start or refuses the log, such as without a login."""


def start_trackers(
    accelerator: Accelerator, config: TrainingConfig, folder: TrainingFolder, step: int | None
) -> None:
    """Start the trackers, and log the settings.

    Args:
        accelerator: Receives the trackers.
        config: Settings of the training.
        folder: Folder of the run, which exists.
        step: Step from which the run is resumed; None for a new run.

    Raises:
        SaveError: If a tracker cannot write.
        TrackerError: If a tracker cannot start.
    """
    with _explained(config.trackers):
        accelerator.init_trackers(
            TRACKER_PROJECT,
            # Trackers expect strings.
            config={key: str(value) for key, value in flatten(config.model_dump()).items()},
            init_kwargs=_tracker_options(folder, step),
        )


def _tracker_options(folder: TrainingFolder, step: int | None) -> dict[str, dict[str, Any]]:
    """Return the options of each tracker, by which a resumed run continues its curves.

    Args:
        folder: Folder of the run.
        step: Step from which the run is resumed; None for a new run.
    """
    name, run_id = run_name(folder.path), folder.run_id
    wandb: dict[str, Any] = {"name": name, "dir": str(folder.path)}
    if run_id is not None:
        wandb |= {"id": run_id, "resume": "allow"}
    if step is None:
        return {"wandb": wandb, "trackio": {"name": name}}
    return {
        # TensorBoard drops the points from this step on, which are drawn again.
        "tensorboard": {"purge_step": step + 1},
        "wandb": wandb,
        "trackio": {"name": name, "resume": "allow"},
    }


def run_name(path: Path) -> str:
    """Return what trackers call a run: the name of its folder, with those around it in a sweep."""
    parts = path.resolve().parts
    return "/".join(parts[-3:]) if parts[-1].startswith("seed-") else parts[-1]


def log_values(accelerator: Accelerator, values: Mapping[str, Any], step: int) -> None:
    """Send the values of a step to the trackers.

    Raises:
        SaveError: If a tracker cannot write.
        TrackerError: If a tracker refuses the values.
    """
    with _explained(_names(accelerator)):
        accelerator.log(dict(values), step=step)


def finish_trackers(accelerator: Accelerator) -> None:
    """End the trackers.

    Raises:
        SaveError: If a tracker cannot write.
        TrackerError: If a tracker refuses.
    """
    with _explained(_names(accelerator)):
        for tracker in accelerator.trackers:
            tracker.finish()


def _names(accelerator: Accelerator) -> list[str]:
    return [tracker.name for tracker in accelerator.trackers]


@contextmanager
def _explained(names: Sequence[str]) -> Iterator[None]:
    where = f"training.trackers: {', '.join(names)}"
    try:
        yield
    except _library_errors(names) as error:
        raise TrackerError(f"{where}: {error}. {_CURE}") from error
    except OSError as error:
        raise SaveError(f"{where}: cannot be written: {error}. {_CURE}") from error


def _library_errors(names: Sequence[str]) -> tuple[type[Exception], ...]:
    """Return what the libraries of trackers raise, apart from bugs and `OSError`."""
    if "wandb" not in names:
        return ()
    from wandb.errors import Error

    return (Error,)
