import json
import os
from pathlib import Path

import datasets
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
