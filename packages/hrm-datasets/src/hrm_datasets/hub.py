"""Rows of a dataset from the Hugging Face hub, through the library `datasets` and its cache.

Not covered: waiting less. Without a network `huggingface_hub` tries for many seconds before it
looks into the cache; with `HF_HUB_OFFLINE=1` it looks there at once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hrm_core.errors import DataError
from hrm_datasets.rows import Row


@dataclass(frozen=True, kw_only=True)
class HubSource:
    """Where on the hub a dataset lies.

    Attributes:
        path: Owner and name of the repository.
        revision: The commit to load, as 40 hexadecimal digits.
        config: Which of the repository's configurations, or None for its only one.
    """

    path: str
    revision: str
    config: str | None = None

    def read(self, split: str) -> list[Row]:
        """Load the rows of one published split; only the first time needs a network.

        Raises:
            DataError: If the hub cannot be reached and this revision is not cached, or it refuses.
        """
        import datasets
        from datasets.exceptions import DatasetGenerationError, DatasetsError
        from huggingface_hub.errors import HfHubHTTPError

        # The bases name the error class of the HTTP library that this huggingface_hub is built on
        # (requests, httpx, httpx2); its connection errors reach us as they are. A ValueError says
        # that another configuration is cached, or that the hub knows no such one.
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
            raise self._unavailable(split, f"the copy in the cache is of revision {other}")
        return [Row(f"{self.path}/{split}[{index}]", row) for index, row in enumerate(rows)]

    def _unavailable(self, split: str, reason: str) -> DataError:
        return DataError(
            f"{self.path}: split {split!r} at revision {self.revision} is neither cached nor to be "
            f"had from the Hugging Face hub: {reason}\n"
            f"Go online once, so that it is cached, or pass your own copy: --source PATH"
        )

    def _find_other_revision(self, cached: Iterable[str]) -> str | None:
        """Return the revision that was cached instead of ours, if one was.

        Without a network `datasets` hands out the newest copy of any revision; the folder that a
        copy lies in is named for the revision.
        """
        folders = {Path(file).parent.name for file in cached}
        others = (name for name in folders if re.fullmatch("[0-9a-f]{40}", name))
        return next((name for name in others if name != self.revision), None)
