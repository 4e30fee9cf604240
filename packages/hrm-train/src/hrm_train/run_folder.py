"""What a training run leaves: `config.yaml`, `log.jsonl` and checkpoints, each written whole.

    out/config.yaml                   all settings
    out/data.json                     how much is learnt, and a digest of it
    out/log.jsonl                     one line a step that is logged, one a measured Pass@1
    out/checkpoints/step-000100/      a checkpoint folder, with `training.pt` to go on from
    out/best, out/last                links to checkpoints
    out/.lock                         held by the run that is at work
    out/evaluations/step-000100/      what `hrm-eval` found at that step, if it was asked

A checkpoint is written beside its place and then renamed, so that a kill or a full disk leaves the
earlier ones as they were.
"""

import contextlib
import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hrm_core.config import to_yaml
from hrm_core.errors import DataError, HrmError, UsageError
from hrm_core.files import write_whole

STATE_FILE = "training.pt"
_CHECKPOINT = re.compile(r"step-(\d+)")


class SaveError(HrmError):
    """A checkpoint cannot be written; the earlier ones are kept."""


class TrainingFolder:
    """The folder of a run.

    Attributes:
        path: The folder.
        config: Its settings.
        log: Its log.
    """

    def __init__(self, path: Path) -> None:
        """Name the folder; it need not be there yet."""
        self.path = path
        self.config = path / "config.yaml"
        self.log = path / "log.jsonl"
        self._data = path / "data.json"
        self._checkpoints = path / "checkpoints"

    def check_free(self) -> None:
        """Check that a new run can have the folder.

        Raises:
            UsageError: If it holds a run.
        """
        if self.config.exists():
            raise UsageError(
                f"--out: {self.path} holds a run already. Go on with it with --resume, or name "
                "another folder"
            )

    def lock(self) -> None:
        """Keep other processes from the folder, as long as this one lives.

        Raises:
            UsageError: If another one has it, or it cannot be written.
        """
        try:
            # Never closed, which would end the lock; it is the process's and not the open file's.
            lock = os.open(self.path / ".lock", os.O_RDWR | os.O_CREAT, 0o666)
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageError(
                f"--out: another process is at {self.path}. Wait for it or end it, or name another "
                "folder"
            ) from error
        except OSError as error:
            raise UsageError(f"--out: {self.path} cannot be locked: {error.strerror}") from error

    def claim(self, settings: Mapping[str, Any]) -> None:
        """Make the folder for a new run, its settings last: with them it is a run.

        Raises:
            UsageError: If it holds a run, or cannot be made.
        """
        try:
            self._checkpoints.mkdir(parents=True, exist_ok=True)
            self.lock()
            self.check_free()
            write_whole(self.config, to_yaml(settings))
        except OSError as error:
            raise UsageError(f"--out: {self.path} cannot be written: {error.strerror}") from error

    def prepare_resume(self, settings: Mapping[str, Any], step: int) -> None:
        """Bring settings and log to where the run goes on from.

        Args:
            settings: They may have changed.
            step: Lines of the log after it are forgotten; they will be written again.

        Raises:
            SaveError: If they cannot be written.
        """
        with self._writing(self.config):
            write_whole(self.config, to_yaml(settings))
        lines = [json.dumps(line) + "\n" for line in self.read_log() if line["step"] <= step]
        with self._writing(self.log):
            write_whole(self.log, "".join(lines))

    def checkpoints(self) -> list[Path]:
        """Return the whole checkpoints, from the oldest to the newest."""
        found = [path for path in self._checkpoints.glob("step-*") if _step(path) is not None]
        return sorted(found, key=lambda path: _step(path) or 0)

    def _whole_checkpoints(self) -> list[Path]:
        """Return those that a run can go on from."""
        return [path for path in self.checkpoints() if (path / STATE_FILE).is_file()]

    def last_checkpoint(self) -> Path:
        """Return the checkpoint to go on from.

        Raises:
            DataError: If there is none.
        """
        found = self._whole_checkpoints()
        if not found:
            raise DataError(
                f"{self.path}: there is no whole checkpoint. Start again in another folder"
            )
        return found[-1]

    def resume_point(self) -> Path | None:
        """Return the checkpoint to go on from, or None if the run ended before its first one.

        Raises:
            DataError: If there is no run.
        """
        if not self.config.is_file():
            raise DataError(
                f"--resume: {self.path} holds no run to go on with. Start one without --resume"
            )
        return self.last_checkpoint() if self.checkpoints() else None

    def save(
        self, step: int, write: Callable[[Path], None], *, keep_last: int, is_best: bool = False
    ) -> Path:
        """Write a checkpoint, and remove those that are too old.

        Args:
            step: Steps that have been made.
            write: Fills an empty folder.
            keep_last: How many to keep, besides the one that `best` names.
            is_best: Whether `best` shall name this one.

        Raises:
            SaveError: If it cannot be written.
        """
        target = self._checkpoints / f"step-{step:06d}"
        draft = self._checkpoints / f".{target.name}.new"
        try:
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(parents=True)
            write(draft)
            shutil.rmtree(target, ignore_errors=True)
            draft.rename(target)
            shutil.rmtree(self.parts(step), ignore_errors=True)
            self.update_links(target, keep_last=keep_last, is_best=is_best)
        except (OSError, RuntimeError, HrmError) as error:
            shutil.rmtree(draft, ignore_errors=True)
            kept = self.checkpoints()
            last = f"{kept[-1]} is kept" if kept else "there is none before it"
            raise SaveError(
                f"step {step}: the checkpoint cannot be written: {error}. {last}. Make room, and "
                "go on with --resume"
            ) from error
        return target

    def add(self, path: Path, write: Callable[[Path], None]) -> None:
        """Write a file that another process will move into a checkpoint.

        Raises:
            SaveError: If it cannot be written.
        """
        with self._writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path)

    def parts(self, step: int) -> Path:
        """Return where the other processes lay down their files of a checkpoint."""
        return self._checkpoints / f".step-{step:06d}.parts"

    def update_links(self, checkpoint: Path, *, keep_last: int, is_best: bool) -> None:
        """Let `last` name the newest checkpoint, perhaps `best` too, and remove what is too old.

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
        best = self.path / "best"
        kept = best.resolve() if best.exists() else None
        for path in self._whole_checkpoints()[:-keep_last]:
            if path.resolve() != kept:
                shutil.rmtree(path, ignore_errors=True)

    def write_data(self, found: Mapping[str, Any]) -> None:
        """Note what is learnt.

        Raises:
            SaveError: If it cannot be written.
        """
        with self._writing(self._data):
            write_whole(self._data, json.dumps(dict(found)) + "\n")

    def read_log(self) -> Iterator[dict[str, Any]]:
        """Yield the lines of the log; one that a kill or a disk has damaged is left out."""
        if self.log.exists():
            for text in self.log.read_text(encoding="utf-8", errors="replace").splitlines():
                with contextlib.suppress(json.JSONDecodeError):
                    line = json.loads(text)
                    if isinstance(line, dict) and "step" in line:
                        yield line

    def append_log(self, values: Mapping[str, Any]) -> None:
        """Add a line to the log.

        Raises:
            SaveError: If it cannot be written.
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
                f"{path}: cannot be written: {reason}. Make room, and go on with --resume"
            ) from error


def _step(path: Path) -> int | None:
    match = _CHECKPOINT.fullmatch(path.name)
    return int(match[1]) if match else None
