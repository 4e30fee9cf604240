"""Rows of a dataset from the Hugging Face hub, through the library `datasets` and its cache.

Not covered: a quick start without a network. `huggingface_hub` tries to connect for many seconds
before it looks into the cache; with `HF_HUB_OFFLINE=1` it looks there at once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hrm_core.errors import DataError
from hrm_datasets.rows import Row


@dataclass(frozen=True, kw_only=True)
class HubSource:
    """The location of a dataset on the hub.

    Attributes:
        path: Owner and name of the repository.
        revision: The commit to load, as 40 hexadecimal digits.
        config: The configuration of the repository to load, or None if it has only one.
        without: Fields that are not loaded, since they are large and of no use.
    """

    path: str
    revision: str
    config: str | None = None
    without: tuple[str, ...] = ()

    def read(self, split: str) -> list[Row]:
        """Load the rows of one published split; only the first call needs a network.

        Raises:
            DataError: If this revision is not cached, and the hub cannot be reached or refuses.
        """
        import datasets
        from datasets.exceptions import DatasetGenerationError, DatasetsError
        from huggingface_hub.errors import HfHubHTTPError

        # huggingface_hub does not wrap connection errors of its HTTP library (requests, httpx or
        # httpx2, depending on the version); the bases of its own error include that library's. A
        # ValueError means that the configuration is unknown, or that only another one is cached.
        failures = (OSError, ValueError, DatasetsError, *HfHubHTTPError.__bases__)
        try:
            rows = datasets.load_dataset(
                self.path, name=self.config, split=split, revision=self.revision
            )
        except failures as error:
            reason = error.__cause__ if isinstance(error, DatasetGenerationError) else error
            raise self._unavailable(split, str(reason)) from error
        other = self._find_other_revision(file["filename"] for file in rows.cache_files)
        if other is not None:
            raise self._unavailable(split, f"the cache has revision {other} instead")
        rows = rows.remove_columns([name for name in self.without if name in rows.column_names])
        return [Row(f"{self.path}/{split}[{index}]", row) for index, row in enumerate(rows)]

    def _unavailable(self, split: str, reason: str) -> DataError:
        return DataError(
            f"{self.path}: split {split!r} at revision {self.revision} is not cached and cannot be "
            f"loaded from the Hugging Face hub: {reason}\n"
            f"Connect to the network once, to cache it, or pass your own copy with --source PATH"
        )

    def _find_other_revision(self, cached: Iterable[str]) -> str | None:
        """Return the revision that was loaded from the cache instead of `revision`, if any.

        Without a network `datasets` returns the newest cached copy, of whatever revision. The
        folder of a copy is named after its revision.
        """
        folders = {Path(file).parent.name for file in cached}
        others = (name for name in folders if re.fullmatch("[0-9a-f]{40}", name))
        return next((name for name in others if name != self.revision), None)
