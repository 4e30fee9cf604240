"""The folder of a run: its files, and whether a run may write there."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from hrm_core.config import flatten, read_config, to_yaml
from hrm_core.errors import DataError, UsageError
from hrm_eval.records import is_file, lock_file, write_whole

# Settings on which no answer and no verdict depends, or sections of them.
FREE_SETTINGS = frozenset(
    {
        # How a server is asked.
        "server.api_key_variable",
        "server.concurrency",
        "server.max_retries",
        "server.max_total_tokens",
        "server.timeout_seconds",
        "sandbox.executor",
        "sandbox.workers",
        "sandbox.require_isolation",
        "k",
        "trackers",
        "training",
        # Where the answers are; `completions_sha256` says whether they are the same.
        "completions",
    }
)
# What may change when a run is resumed.
# `dataset.fingerprint` says whether the problems are the same, wherever they are now.
_FREE_TO_RESUME = FREE_SETTINGS | {"dataset.source", "rerank"}
# Sections with keys of the user, where null is a value, and not the same as no key.
_FREE_FORM = ("server.parameters.", "template_args.")
_NOT_SET = "not set"
# Runs of older versions do not have it.
_PROMPT_HASH = "prompt_sha256"
_LOCK = ".lock"
# This may change as well; who adds the answers refuses a number below that of the answers.
_NUM_SAMPLES = "sampling.num_samples"


@dataclass(frozen=True)
class RunFolder:
    """The files of a run; each stage writes one, and the next stage reads it.

    Attributes:
        path: The folder, which need not exist yet.
    """

    path: Path

    @property
    def config(self) -> Path:
        """The merged config."""
        return self.path / "config.yaml"

    @property
    def model(self) -> Path:
        """The engine's description of the model."""
        return self.path / "model.json"

    @property
    def completions(self) -> Path:
        """One line for each program."""
        return self.path / "completions.jsonl"

    @property
    def verdicts(self) -> Path:
        """One line for each verdict."""
        return self.path / "verdicts.jsonl"

    @property
    def isolation(self) -> Path:
        """The layers of isolation that all verdicts had; see `hrm_eval.isolation`."""
        return self.path / "isolation.json"

    @property
    def prompt_verdicts(self) -> Path:
        """One line for each verdict of the tests in the prompt alone; see `rerank`."""
        return self.path / "prompt_verdicts.jsonl"

    @property
    def judged_again(self) -> Path:
        """What changed when all answers were judged again; see `judging_again`."""
        return self.path / "judged_again.json"

    @property
    def draft(self) -> "RunFolder":
        """The folder for new verdicts, until all of them are there; see `judging_again`."""
        return RunFolder(self.path / "judging_again")

    @property
    def summary(self) -> Path:
        """The results."""
        return self.path / "summary.json"

    @property
    def report(self) -> Path:
        """The results as a page, if somebody asked for it."""
        return self.path / "report.html"

    def stored_config(self) -> dict[str, Any] | None:
        """Return the config of the run in this folder, or None if there is no run.

        Raises:
            UsageError: If the folder cannot be read.
        """
        try:
            exists = self.config.exists()
        except OSError as error:
            raise UsageError(f"--out: {self.path} cannot be read: {error.strerror}") from error
        return read_config(self.config) if exists else None

    def has_completions(self) -> bool:
        """Return whether there are answers, and not only an empty file of a run that failed."""
        return self.completions.exists() and self.completions.stat().st_size > 0

    def settings_to_resume(self) -> dict[str, Any]:
        """Return the stored config without fingerprint and hash, which are computed again."""
        stored = self.stored_config() or {}
        stored.pop(_PROMPT_HASH, None)
        if isinstance(stored.get("dataset"), dict):
            stored["dataset"].pop("fingerprint", None)
        return stored

    def check(self, values: Mapping[str, Any], *, resume: bool, judge_again: bool = False) -> None:
        """Check that a run with this config may write here; create the folder, but change no file.

        Args:
            values: The config of the run.
            resume: Whether the run continues the one in this folder.
            judge_again: Whether all answers are judged again, so that the limits may change.

        Raises:
            UsageError: If the folder cannot be written, contains another run that is not to be
                resumed, or a run with different settings.
        """
        stored = self.stored_config()
        if not resume:
            self._refuse_other_files()
        elif stored is not None:
            self._refuse_other_settings(values, judge_again=judge_again)
        elif self.has_completions():
            raise UsageError(
                f"--resume: {self.path} has completions but no {self.config.name}, so their "
                "settings are unknown. Judge them with: hrm-eval score"
            )
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.path):
                pass
        except OSError as error:
            raise UsageError(f"--out: {self.path} cannot be written: {error.strerror}") from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Create the folder, and lock it against other processes inside a `with` block.

        Raises:
            UsageError: If another process has locked it, or it cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = (self.path / _LOCK).open("ab")
        except OSError as error:
            raise UsageError(f"--out: {self.path} cannot be written: {error.strerror}") from error
        with lock:
            try:
                lock_file(lock)
            except (BlockingIOError, PermissionError) as error:
                raise UsageError(
                    f"--out: another process uses {self.path}. Wait for it, end it, or choose "
                    "another folder"
                ) from error
            except OSError as error:
                raise UsageError(
                    f"--out: {self.path} cannot be locked: {error.strerror}"
                ) from error
            try:
                yield
            finally:
                # A run that failed before its first file leaves none.
                with suppress(OSError):
                    if [path.name for path in self.path.iterdir()] == [_LOCK]:
                        (self.path / _LOCK).unlink()

    def claim(self, values: Mapping[str, Any]) -> None:
        """Write the config, which makes this the folder of a run; call `check` first."""
        write_whole(self.config, to_yaml(values))

    def _refuse_other_files(self) -> None:
        files = (self.config, self.completions, self.verdicts, self.prompt_verdicts, self.summary)
        names = [
            path.name
            for path in files
            if (self.has_completions() if path == self.completions else path.exists())
        ]
        if names:
            what = "Continue that run with --resume" if self.config.exists() else "Remove them"
            raise UsageError(
                f"--out: {self.path} contains the files of another run: {', '.join(names)}. "
                f"{what}, or choose another folder"
            )

    def changes(self, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        """Return the stored and the new value of each setting that differs.

        Those on which no answer and no verdict depends are left out, and so is the number of
        samples. The fingerprint comes last, because other settings of the dataset change it too.
        """
        old, new = flatten(self.stored_config() or {}), flatten(values)
        if _PROMPT_HASH not in old:
            new.pop(_PROMPT_HASH, None)
        elif old[_PROMPT_HASH] == new.get(_PROMPT_HASH):
            # A prompt file may have moved.
            old.pop("prompt", None)
            new.pop("prompt", None)
        keys = sorted(old.keys() | new.keys(), key=lambda k: (k.endswith("fingerprint"), k))
        pairs = {key: tuple(d.get(key, missing_value(key)) for d in (old, new)) for key in keys}
        return {key: (a, b) for key, (a, b) in pairs.items() if not _is_free(key) and a != b}

    def _refuse_other_settings(self, values: Mapping[str, Any], *, judge_again: bool) -> None:
        is_scored, scores = (
            "completions_sha256" in one for one in (self.stored_config() or {}, values)
        )
        if is_scored != scores:
            kind = "answers of a file" if is_scored else "the answers of a model"
            raise UsageError(f"--resume: {self.path} has {kind}. Choose another folder")
        has_verdicts = self.verdicts.exists() and self.verdicts.stat().st_size > 0
        may_change_limits = judge_again or not has_verdicts
        for key, (old, new) in self.changes(values).items():
            if key == "completions_sha256":
                raise UsageError(
                    f"--resume: {values['completions']} has other answers than those that are "
                    f"scored in {self.path}. Restore it, or score it in another folder"
                )
            is_limit = key.startswith("sandbox.")
            if is_limit and may_change_limits:
                continue
            cure = "Judge all answers again with --judge-only, use" if is_limit else "Use"
            raise UsageError(
                f"--resume: {key} was {old!r} in {self.config}, got {new!r}. {cure} the old value, "
                "or start a new run in another folder"
            )


def refuse_record(path: Path) -> None:
    """Refuse to write over what a run has stored; its report may be replaced.

    Raises:
        UsageError: If the path is that of a run's config, answers, verdicts or results.
    """
    run = RunFolder(path.parent)
    records = (
        *(run.config, run.model, run.completions, run.verdicts, run.prompt_verdicts),
        *(run.isolation, run.judged_again, run.summary),
    )
    if path in records and path.exists() and run.config.exists():
        raise UsageError(f"{path}: is a file of a run. Choose another name")


def missing_value(key: str) -> str | None:
    """Return the value that a missing key stands for: null, or `_NOT_SET` where null is a value."""
    return _NOT_SET if key.startswith(_FREE_FORM) else None


def _is_free(key: str) -> bool:
    """Return whether a setting may change when a run is resumed."""
    section = key.partition(".")[0]
    return key == _NUM_SAMPLES or not _FREE_TO_RESUME.isdisjoint({key, section})


def settings_to_resume(out: Path | None, *, resume: bool) -> dict[str, Any]:
    """Return the settings of the run that a command continues; none if it starts a new one.

    Args:
        out: The folder that the user names.
        resume: Whether the command continues the run in it.

    Raises:
        UsageError: If there is no folder to resume, or it cannot be read.
    """
    if not resume:
        return {}
    if out is None:
        raise UsageError("--resume: expected the folder of the run to continue. Add --out FOLDER")
    return RunFolder(out).settings_to_resume()


@contextmanager
def open_folder(out: Path | None, *names: str, shard: str | None = None) -> Iterator[RunFolder]:
    """Yield the folder of a run; a new one is removed again if it is empty at the end.

    Args:
        out: The folder that the user names; a new one if None, see `make_run_folder`.
        names: What a new one is named after.
        shard: The shard of the run, if it is of one.

    Raises:
        UsageError: If a new folder cannot be written.
    """
    if out is not None:
        yield RunFolder(out)
        return
    path = make_run_folder(*names, shard=shard)
    try:
        yield RunFolder(path)
    finally:
        # Only an empty folder can be removed in this way.
        with suppress(OSError):
            path.rmdir()
            path.parent.rmdir()


def make_run_folder(*names: str, shard: str | None = None) -> Path:
    """Make a folder that no other run has, `runs/<date>-<time>-<names>`, and the shard.

    In the names, every character that is not a letter or a digit becomes `-`.

    Raises:
        UsageError: If it cannot be written.
    """
    parts = ["".join(c if c.isalnum() else "-" for c in _short(name)) for name in names]
    parts += [shard.replace("/", "-of-")] if shard is not None else []
    first = Path("runs") / "-".join([f"{datetime.now():%Y%m%d-%H%M%S}", *parts]).strip("-")
    candidates = chain([first], (Path(f"{first}-{n}") for n in count(2)))
    try:
        first.parent.mkdir(exist_ok=True)
        return next(path for path in candidates if _make_unless_there(path))
    except OSError as error:
        raise UsageError(f"--out: {first} cannot be written: {error.strerror}") from error


def _make_unless_there(path: Path) -> bool:
    """Make a folder; return false if it is there, perhaps made by another process just now."""
    try:
        path.mkdir()
    except FileExistsError:
        return False
    return True


def _short(name: str) -> str:
    """Return a name without the folder and the type of a file, or the server of a model."""
    path = Path(name.partition("@http")[0])
    return path.stem if path.suffix[1:].isalpha() else path.name


def open_existing(path: Path) -> RunFolder:
    """Return the folder of an existing run.

    Raises:
        DataError: If there is no run in the folder.
    """
    folder = RunFolder(path)
    if not is_file(folder.completions):
        raise DataError(f"{path}: not the folder of a run, because it has no completions.jsonl.")
    return folder
