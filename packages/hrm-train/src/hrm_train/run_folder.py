"""The folder of a training run: settings, log and checkpoints.

    out/config.yaml                   all settings
    out/run.json                      id of the run
    out/data.json                     size and digest of the training data
    out/log.jsonl                     one line per logged step, and one per measured Pass@1
    out/checkpoints/step-000100/      a checkpoint folder, with `training.pt` to resume from and a
                                      `run.json` that names its run
    out/best, out/last                links to checkpoints
    out/.lock                         locked by the process that runs the training
    out/evaluations/step-000100/      run folder of `hrm-eval`, if Pass@1 is measured

A checkpoint is written under another name and then renamed, so that a kill or a full disk leaves
the earlier ones intact. A checkpoint with the id of another run is neither resumed nor removed.
Runs and checkpoints of earlier versions have no id, and belong together.
"""

import contextlib
import fcntl
import filecmp
import json
import os
import platform
import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hrm_core.config import flatten, to_yaml
from hrm_core.errors import DataError, HrmError, UsageError, listing
from hrm_core.files import write_whole
from hrm_core.model_folder import read_json
from hrm_train.train_config import TrainingConfig

STATE_FILE = "training.pt"
TRACKER_PROJECT = "hrm-train"
_RUN_FILE = "run.json"
_LINKS = ("best", "last")
# Settings on which the result of a run does not depend, but for rounding; that of `hrm_act`, which
# carries rows from step to step, also depends on how they are divided.
_FREE_SETTINGS = {
    "training.checkpointing",
    "training.data.workers",
    "training.keep_last",
    "training.log_every_steps",
    "training.micro_batch_size",
    "training.processes",
    "training.save_every_steps",
    "training.spike",
    "training.trackers",
    "training.validate_every_steps",
}
_CHECKPOINT = re.compile(r"step-(\d+)")
# Network file systems show new files to other machines late.
_SECONDS = 60.0


class SaveError(HrmError):
    """A file of the run cannot be written; earlier checkpoints are kept."""


class TrainingFolder:
    """The folder of a run.

    Attributes:
        path: The folder.
        config: File of the settings.
        log: File of the log.
    """

    def __init__(self, path: Path) -> None:
        """Name the folder; it may not exist yet."""
        self.path = path
        self.config = path / "config.yaml"
        self.log = path / "log.jsonl"
        self._data = path / "data.json"
        self._checkpoints = path / "checkpoints"

    def check_free(self) -> None:
        """Check that a new run can use the folder.

        Raises:
            UsageError: If the folder contains a run, or files that a run has left behind, or is a
                file.
        """
        if self.path.is_file():
            raise UsageError(f"--out: {self.path} is a file. Name a folder")
        if self.config.exists():
            raise UsageError(
                f"--out: {self.path} contains a run already. Continue it with --resume, or name "
                "another folder"
            )
        if remains := self._remains():
            raise UsageError(
                f"--out: {self.path} contains what another run has written: {listing(remains)}. "
                "Remove it, or name another folder"
            )

    def _remains(self) -> list[str]:
        """Return the names of what a run has written besides its settings and its id."""
        outputs = (self.log, self._data, self.path / "evaluations", self.path / TRACKER_PROJECT)
        links = (self.path / name for name in _LINKS)
        remains = [path.name for path in (*outputs, *links) if os.path.lexists(path)]
        if self._checkpoints.is_dir() and any(self._checkpoints.iterdir()):
            remains.append(self._checkpoints.name)
        return remains

    @property
    def run_id(self) -> str | None:
        """The id of the run, which its checkpoints share; None for a run of an earlier version.

        Raises:
            DataError: If its file is damaged.
        """
        return _read_id(self.path)

    def lock(self) -> None:
        """Lock the folder against other processes until this process ends.

        Raises:
            UsageError: If another process has locked it, or the lock cannot be written.
        """
        try:
            # Stays open: closing any descriptor of the file would release the process's lock.
            lock = os.open(self.path / ".lock", os.O_RDWR | os.O_CREAT, 0o666)
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageError(
                f"--out: another process uses {self.path}. Wait for it, stop it, or name another "
                "folder"
            ) from error
        except OSError as error:
            raise UsageError(f"--out: {self.path} cannot be locked: {error.strerror}") from error

    def claim(self, settings: Mapping[str, Any]) -> None:
        """Create the folder of a new run.

        The settings are written last, because a folder with settings counts as a run.

        Raises:
            UsageError: If the folder contains a run, or cannot be created.
        """
        try:
            self._checkpoints.mkdir(parents=True, exist_ok=True)
            self.lock()
            self.check_free()
            _write_id(self.path, uuid.uuid4().hex)
            write_whole(self.config, to_yaml(settings))
        except OSError as error:
            raise UsageError(f"--out: {self.path} cannot be written: {error.strerror}") from error

    def check_seen(self, run_id: str | None, *, seconds: float = _SECONDS) -> None:
        """Check that this process sees the folder that the main process has claimed.

        Args:
            run_id: The id of the run in the main process.
            seconds: How long to wait for the files.

        Raises:
            UsageError: If it does not, as on another machine that does not share the folder.
        """
        deadline = time.monotonic() + seconds
        while not self.config.is_file() or self.run_id != run_id:
            if time.monotonic() >= deadline:
                raise UsageError(
                    f"--out: {self.path.absolute()} is not visible on machine {platform.node()}. "
                    "Name a folder that all machines share"
                )
            time.sleep(0.2)

    def prepare_resume(self, settings: Mapping[str, Any], step: int) -> None:
        """Update the settings, and remove half-written checkpoints and later lines of the log.

        Args:
            settings: All settings, which may have changed.
            step: Step of the checkpoint; later lines of the log are removed.

        Raises:
            SaveError: If a file cannot be written.
        """
        # A kill while a checkpoint was written leaves these.
        for name in (".step-*.new", ".step-*.parts"):
            for path in self._checkpoints.glob(name):
                shutil.rmtree(path, ignore_errors=True)
        with self._writing(self.config):
            write_whole(self.config, to_yaml(settings))
        lines = [json.dumps(line) + "\n" for line in self.read_log() if line["step"] <= step]
        with self._writing(self.log):
            write_whole(self.log, "".join(lines))

    def checkpoints(self) -> list[Path]:
        """Return the checkpoints of this run, from the oldest to the newest."""
        run_id = self.run_id
        return [path for path in self._all_checkpoints() if _read_id(path) == run_id]

    @property
    def steps_done(self) -> int:
        """Number of steps up to the newest checkpoint; 0 if there is none."""
        checkpoints = self.checkpoints() if self.config.is_file() else []
        return (_step(checkpoints[-1]) or 0) if checkpoints else 0

    def is_finished(self, training: TrainingConfig) -> bool:
        """Return whether all steps are done, and Pass@1 is measured after the last one if wanted.

        It is not if `last` does not lead to the newest checkpoint, as after a kill in between.

        Args:
            training: Settings of the run.
        """
        num_steps = training.num_steps
        if self.steps_done < num_steps or not self._has_newest_link():
            return False
        return training.pass_at_1 is None or any(
            line["step"] == num_steps and "pass_at_1" in line for line in self.read_log()
        )

    def _has_newest_link(self) -> bool:
        """Return whether `last` leads to the newest checkpoint, or is a copy of one."""
        link = self.path / "last"
        if not link.is_symlink():
            return link.is_dir()
        return link.resolve() == self.checkpoints()[-1].resolve()

    def _all_checkpoints(self) -> list[Path]:
        """Return the checkpoints in the folder, also those of other runs."""
        paths = [path for path in self._checkpoints.glob("step-*") if _step(path) is not None]
        return sorted(paths, key=lambda path: _step(path) or 0)

    def _resumable_checkpoints(self) -> list[Path]:
        """Return the checkpoints that have a training state."""
        return [path for path in self.checkpoints() if (path / STATE_FILE).is_file()]

    def last_checkpoint(self) -> Path:
        """Return the newest checkpoint that can be resumed.

        Raises:
            DataError: If there is none.
        """
        checkpoints = self._resumable_checkpoints()
        if not checkpoints:
            raise DataError(
                f"{self.path}: there is no complete checkpoint. Start again in another folder"
            )
        return checkpoints[-1]

    def resume_point(self) -> Path | None:
        """Return the checkpoint to resume from, or None if the run ended before its first one.

        Raises:
            DataError: If the folder contains no run, or its checkpoints are incomplete or belong to
                another run.
        """
        if not self.config.is_file():
            if self._remains():
                raise DataError(
                    f"--resume: {self.path} has lost its {self.config.name}. Copy it back, and "
                    f"{_RUN_FILE}, or start a run in another folder"
                )
            raise DataError(
                f"--resume: {self.path} contains no run to continue. Start one without --resume"
            )
        if self.checkpoints():
            return self.last_checkpoint()
        if others := self._all_checkpoints():
            raise DataError(
                f"--resume: {others[-1]} belongs to another run than {self.path / _RUN_FILE} "
                "names, as do all checkpoints. Copy the whole folder of a run, or start another run"
            )
        return None

    def restore_links(self) -> None:
        """Turn the folders that a copy has made of `best` and `last` into links again.

        Raises:
            UsageError: If such a folder is not a copy of a checkpoint.
            SaveError: If a link cannot be written.
        """
        for name in _LINKS:
            path = self.path / name
            if path.is_symlink() or not path.is_dir():
                continue
            states = [(one, one / STATE_FILE) for one in self._resumable_checkpoints()]
            same = [one for one, state in states if _same_content(state, path / STATE_FILE)]
            if not same:
                raise UsageError(
                    f"--resume: {path} is a folder, but not a copy of a checkpoint of this run. "
                    "Move it elsewhere; the run makes a link of this name"
                )
            aside = self.path / f".{name}.copy"
            with self._writing(path):
                shutil.rmtree(aside, ignore_errors=True)
                path.rename(aside)
                self._link(name, same[0])
                shutil.rmtree(aside)

    def save(
        self, step: int, write: Callable[[Path], None], *, keep_last: int, is_best: bool = False
    ) -> Path:
        """Write a checkpoint, and remove those that are too old.

        Args:
            step: Number of finished steps.
            write: Fills an empty folder.
            keep_last: Number of checkpoints to keep, besides the one that `best` links to.
            is_best: Whether `best` should link to this checkpoint.

        Raises:
            SaveError: If the checkpoint cannot be written.
        """
        target = self._checkpoints / f"step-{step:06d}"
        draft = self._checkpoints / f".{target.name}.new"
        try:
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(parents=True)
            write(draft)
            run_id = self.run_id
            if run_id is not None:
                _write_id(draft, run_id)
            self._make_room(target)
            draft.rename(target)
            shutil.rmtree(self.parts(step), ignore_errors=True)
            self.update_links(target, keep_last=keep_last, is_best=is_best)
        except (OSError, RuntimeError, HrmError) as error:
            shutil.rmtree(draft, ignore_errors=True)
            older = self.checkpoints()
            kept = f"{older[-1]} is kept" if older else "There is no earlier one"
            raise SaveError(
                f"step {step}: the checkpoint cannot be written: {error}. {kept}. Free some space, "
                "and continue with --resume"
            ) from error
        return target

    def _make_room(self, target: Path) -> None:
        """Remove an earlier checkpoint of this run, or move one of another run aside."""
        if target in self.checkpoints():
            shutil.rmtree(target, ignore_errors=True)
        elif target.exists():
            target.rename(target.with_name(f"{target.name}-of-{_read_id(target) or 'another-run'}"))

    def add(self, path: Path, write: Callable[[Path], None]) -> None:
        """Write a file that the main process will move into a checkpoint.

        Raises:
            SaveError: If the file cannot be written.
        """
        with self._writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path)

    def parts(self, step: int) -> Path:
        """Return the folder where other processes write their files for a checkpoint."""
        return self._checkpoints / f".step-{step:06d}.parts"

    def update_links(self, checkpoint: Path, *, keep_last: int, is_best: bool) -> None:
        """Link `last`, and perhaps `best`, to a checkpoint, and remove old checkpoints.

        Raises:
            SaveError: If the links cannot be written.
        """
        with self._writing(self.path):
            self._link("last", checkpoint)
            if is_best:
                self._link("best", checkpoint)
        self._remove_old(keep_last)

    def _link(self, name: str, target: Path) -> None:
        draft = self.path / f".{name}.new"
        draft.unlink(missing_ok=True)
        draft.symlink_to(os.path.relpath(target, self.path), target_is_directory=True)
        draft.replace(self.path / name)

    def _remove_old(self, keep_last: int) -> None:
        link = self.path / "best"
        best = link.resolve() if link.exists() else None
        for path in self._resumable_checkpoints()[:-keep_last]:
            if path.resolve() != best:
                shutil.rmtree(path, ignore_errors=True)

    def write_data(self, summary: Mapping[str, Any]) -> None:
        """Write the summary of the training data.

        Raises:
            SaveError: If the file cannot be written.
        """
        with self._writing(self._data):
            write_whole(self._data, json.dumps(dict(summary)) + "\n")

    def read_log(self) -> Iterator[dict[str, Any]]:
        """Yield the lines of the log. Damaged lines, as a kill may leave them, are skipped."""
        if self.log.exists():
            for text in self.log.read_text(encoding="utf-8", errors="replace").splitlines():
                with contextlib.suppress(json.JSONDecodeError):
                    line = json.loads(text)
                    if isinstance(line, dict) and "step" in line:
                        yield line

    def append_log(self, values: Mapping[str, Any]) -> None:
        """Add a line to the log.

        Raises:
            SaveError: If the line cannot be written.
        """
        with self._writing(self.log), self.log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(dict(values)) + "\n")

    @contextlib.contextmanager
    def _writing(self, path: Path) -> Iterator[None]:
        try:
            yield
        except (OSError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or error
            raise SaveError(
                f"{path}: cannot be written: {reason}. Free some space, and continue with --resume"
            ) from error


def check_same_settings(
    path: Path,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    is_free: Callable[[str], bool] = lambda _: False,
) -> None:
    """Check that what was started in a folder is continued with the same settings.

    Those on which the results do not depend may change, such as the number of processes.

    Args:
        path: The folder.
        old: The settings that it was started with.
        new: The settings now.
        is_free: Returns whether a key, dotted, may change as well.

    Raises:
        UsageError: If another setting differs.
    """
    before, now = flatten(old), flatten(new)
    if now.get("training.dtype") == "auto":
        # The run has stored what `auto` was on its machine.
        now["training.dtype"] = before.get("training.dtype")
    for key in sorted({*before, *now}):
        if before.get(key) == now.get(key) or key in _FREE_SETTINGS or is_free(key):
            continue
        raise UsageError(
            f"--out: {path} was started with other settings: {key} was {before.get(key)!r}, now it "
            f"is {now.get(key)!r}. Name another folder, or remove this one"
        )


def _step(path: Path) -> int | None:
    match = _CHECKPOINT.fullmatch(path.name)
    return int(match[1]) if match else None


def _same_content(first: Path, second: Path) -> bool:
    return second.is_file() and filecmp.cmp(first, second, shallow=False)


def _write_id(folder: Path, run_id: str) -> None:
    write_whole(folder / _RUN_FILE, json.dumps({"id": run_id}) + "\n")


def _read_id(folder: Path) -> str | None:
    """Return the id of the run that a run folder or a checkpoint belongs to, if it has one."""
    path = folder / _RUN_FILE
    if not path.exists():
        return None
    values = read_json(path)
    run_id = values.get("id") if isinstance(values, dict) else None
    if not isinstance(run_id, str):
        raise DataError(f"{path}: id: expected the id of a run, got {values!r}. Copy it again.")
    return run_id
