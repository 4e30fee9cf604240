"""Rows of a dataset from the Hugging Face hub, through the library `datasets` and its cache.

`datasets` fetches all splits of a configuration. Where these are large, the Parquet files of the
wanted split are fetched instead, through `huggingface_hub` and its cache.

Not covered: a quick start without a network. `huggingface_hub` tries to connect for many seconds
before it looks into the cache; with `HF_HUB_OFFLINE=1` it looks there at once.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrm_core.errors import DataError
from hrm_datasets.rows import Row, find_files, read_rows

_COMMIT = re.compile("[0-9a-f]{40}")


@dataclass(frozen=True, kw_only=True)
class HubSource:
    """The location of a dataset on the hub.

    Attributes:
        path: Owner and name of the repository.
        revision: The commit to load, as 40 hexadecimal digits.
        config: The configuration of the repository to load, or None if it has only one.
        without: Fields that are not loaded, since they are large and of no use.
        folder: Folder of the repository with the Parquet files of each split, such as
            `test-00000-of-00001.parquet`, of which only those of the wanted split are fetched; None
            if `datasets` loads the rows.

    Raises:
        ValueError: If `revision` is no commit.
    """

    path: str
    revision: str
    config: str | None = None
    without: tuple[str, ...] = ()
    folder: str | None = None

    def __post_init__(self) -> None:
        if not _COMMIT.fullmatch(self.revision):
            raise ValueError(
                f"revision of {self.path}: expected a commit of 40 hexadecimal digits, got "
                f"{self.revision!r}"
            )

    def read(self, split: str) -> list[Row]:
        """Load the rows of one published split; only the first call needs a network.

        Raises:
            DataError: If this revision is not cached, and the hub cannot be reached or refuses; or
                if a local folder has the name of the repository, which `datasets` would load.
        """
        rows = self._load(split) if self.folder is None else self._fetch(self.folder, split)
        return [Row(f"{self.path}/{split}[{index}]", row) for index, row in enumerate(rows)]

    def _load(self, split: str) -> Iterable[Mapping[str, Any]]:
        """Return the rows of a split from `datasets`."""
        import datasets
        from datasets.exceptions import DatasetGenerationError, DatasetsError

        if Path(self.path).is_dir():
            raise DataError(
                f"{self.path}: this folder of the working directory would be loaded instead of "
                f"revision {self.revision} of the Hugging Face hub. Rename it or start elsewhere. "
                "To use it on purpose, pass it with --source PATH (dataset.source in a config)"
            )
        # A ValueError means that the configuration is unknown, or that only another one is cached.
        try:
            rows = datasets.load_dataset(
                self.path, name=self.config, split=split, revision=self.revision
            )
        except (*_failures(), ValueError, DatasetsError) as error:
            reason = error.__cause__ if isinstance(error, DatasetGenerationError) else error
            raise self._unavailable(split, str(reason)) from error
        other = self._find_other_revision(file["filename"] for file in rows.cache_files)
        if other is not None:
            raise self._unavailable(split, f"the cache has revision {other} instead")
        return rows.remove_columns([name for name in self.without if name in rows.column_names])

    def _fetch(self, folder: str, split: str) -> Iterable[Mapping[str, Any]]:
        """Return the rows of a split from its own files."""
        import huggingface_hub

        try:
            snapshot = huggingface_hub.snapshot_download(
                self.path,
                repo_type="dataset",
                revision=self.revision,
                allow_patterns=f"{folder}/{split}-*.parquet",
            )
        except _failures() as error:
            raise self._unavailable(split, str(error)) from error
        # Without a network, the folder may be there for another split.
        fetched = Path(snapshot, folder)
        files = find_files(fetched, split) if fetched.is_dir() else []
        if not files:
            raise self._unavailable(split, f"{fetched} has no file of it")
        return [row.values for file in files for row in read_rows(file, self.without)]

    def _unavailable(self, split: str, reason: str) -> DataError:
        return DataError(
            f"{self.path}: split {split!r} at revision {self.revision} is not cached and cannot be "
            f"loaded from the Hugging Face hub: {reason}\n"
            "Connect to the network once, to cache it, or name your own copy as its source "
            "(--source PATH)"
        )

    def _find_other_revision(self, cached: Iterable[str]) -> str | None:
        """Return the revision that was loaded from the cache instead of `revision`, if any.

        Without a network `datasets` returns the newest cached copy, of whatever revision. The
        folder of a copy is named after its revision.
        """
        folders = {Path(file).parent.name for file in cached}
        others = (name for name in folders if _COMMIT.fullmatch(name))
        return next((name for name in others if name != self.revision), None)


def _failures() -> tuple[type[Exception], ...]:
    """Return the errors of a hub that cannot be reached or refuses.

    huggingface_hub does not wrap connection errors of its HTTP library (requests, httpx or httpx2,
    depending on the version); the bases of its own error include that library's.
    """
    from huggingface_hub.errors import HfHubHTTPError

    return (OSError, *HfHubHTTPError.__bases__)
