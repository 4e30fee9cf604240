import json
import os
import shutil
from fnmatch import fnmatch
from pathlib import Path

import datasets
import huggingface_hub
import pytest


@pytest.fixture
def write_rows(tmp_path):
    """Write rows as JSON Lines below `tmp_path`."""

    def write(name, rows):
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


@pytest.fixture
def mbpp_row():
    """Make a row of MBPP as published, with changes."""

    def row(task_id=11, **changes):
        published = {
            "task_id": task_id,
            "text": "Write a function to add two numbers.",
            "code": "def add(a, b):\r\n    return a + b",
            "test_list": ["assert add(1, 2) == 3"],
            "test_setup_code": "",
            "challenge_test_list": [],
        }
        return published | changes

    return row


@pytest.fixture
def shared_mbpp():
    """Return the folder of the real MBPP."""
    if "HRM_SHARED" not in os.environ:
        pytest.skip("needs the real MBPP: set HRM_SHARED to the folder with data/mbpp")
    return Path(os.environ["HRM_SHARED"]) / "data" / "mbpp"


class FakeHub:
    """Replaces `datasets.load_dataset`: returns real rows and records the requests."""

    def __init__(self):
        self.rows = []
        self.requests = []

    def __call__(self, path, *, name, split, revision):
        self.requests.append((path, name, split, revision))
        return datasets.Dataset.from_list(self.rows)


@pytest.fixture
def hub(monkeypatch):
    fake = FakeHub()
    monkeypatch.setattr(datasets, "load_dataset", fake)
    return fake


class FakeRepository:
    """Replaces `huggingface_hub.snapshot_download`: copies the wanted files of a folder.

    Attributes:
        folder: What the repository has.
        requests: The arguments of each call.
    """

    def __init__(self, folder, cache):
        self.folder = folder
        self.requests = []
        self._cache = cache

    def __call__(self, repo_id, *, repo_type, revision, allow_patterns):
        self.requests.append((repo_id, repo_type, revision, allow_patterns))
        for path in self.folder.rglob("*"):
            name = path.relative_to(self.folder)
            if path.is_file() and fnmatch(str(name), allow_patterns):
                (self._cache / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, self._cache / name)
        return str(self._cache)


@pytest.fixture
def repository(monkeypatch, tmp_path):
    fake = FakeRepository(tmp_path / "repository", tmp_path / "snapshot")
    (fake.folder / "data").mkdir(parents=True)
    monkeypatch.setattr(huggingface_hub, "snapshot_download", fake)
    return fake
