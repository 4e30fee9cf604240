import os
import subprocess
import sys

import datasets
import pytest
from datasets.exceptions import DatasetGenerationError, DatasetNotFoundError
from huggingface_hub.errors import HfHubHTTPError

from hrm_core.errors import DataError
from hrm_datasets.hub import HubSource

SOURCE = HubSource(path="someone/tasks", revision="0" * 40, config="full")

# The transport error of the HTTP library below huggingface_hub, whichever that is.
TransportError = HfHubHTTPError.__bases__[0]


def test_the_hub_is_asked_for_one_split_at_the_pinned_revision(hub):
    hub.rows = [{"task_id": 1, "test_list": ["a"]}, {"task_id": 2, "test_list": []}]
    rows = SOURCE.read("test")
    assert hub.requests == [("someone/tasks", "full", "test", "0" * 40)]
    assert [row.values for row in rows] == hub.rows
    assert rows[1].where == "someone/tasks/test[1]"


def test_fields_of_no_use_are_not_loaded(hub):
    hub.rows = [{"task_id": 1, "wrong": "long"}]
    source = HubSource(path="someone/tasks", revision="0" * 40, without=("wrong", "absent"))
    assert [row.values for row in source.read("test")] == [{"task_id": 1}]


@pytest.mark.parametrize(
    "failure",
    [
        ConnectionError("Couldn't reach 'someone/tasks' on the Hub"),
        FileNotFoundError("nothing there"),
        DatasetNotFoundError("Revision '0' doesn't exist"),
        ValueError("Couldn't find cache for someone/tasks for config 'full'"),
        TransportError("[Errno -2] Name or service not known"),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_a_hub_that_cannot_be_reached_is_an_error_with_both_cures(monkeypatch, failure):
    def load_dataset(path, **wanted):
        raise failure

    monkeypatch.setattr(datasets, "load_dataset", load_dataset)
    with pytest.raises(DataError) as caught:
        SOURCE.read("test")
    assert str(caught.value).startswith(f"someone/tasks: split 'test' at revision {'0' * 40} is")
    assert str(failure) in str(caught.value)
    assert "Connect to the network once" in str(caught.value)
    assert "--source PATH" in str(caught.value)


@pytest.mark.parametrize("folder", ["0" * 40, "some_other_layout"])
def test_a_cached_copy_of_the_pinned_revision_is_used(monkeypatch, tmp_path, folder):
    datasets.Dataset.from_list([{"task_id": 1}]).save_to_disk(tmp_path / folder)
    cached = datasets.load_from_disk(tmp_path / folder)
    monkeypatch.setattr(datasets, "load_dataset", lambda path, **wanted: cached)
    assert [row.values for row in SOURCE.read("test")] == [{"task_id": 1}]


def test_a_cached_copy_of_another_revision_is_refused(monkeypatch, tmp_path):
    datasets.Dataset.from_list([{"task_id": 1}]).save_to_disk(tmp_path / ("a" * 40))
    cached = datasets.load_from_disk(tmp_path / ("a" * 40))
    monkeypatch.setattr(datasets, "load_dataset", lambda path, **wanted: cached)
    with pytest.raises(
        DataError, match=f"the cache has revision {'a' * 40} instead\nConnect to the network once"
    ):
        SOURCE.read("test")


def test_a_failed_preparation_shows_its_cause(monkeypatch):
    def load_dataset(path, **wanted):
        raise DatasetGenerationError("An error occurred") from OSError("No space left on device")

    monkeypatch.setattr(datasets, "load_dataset", load_dataset)
    with pytest.raises(DataError, match="No space left on device"):
        SOURCE.read("test")


def test_a_bug_below_the_hub_keeps_its_traceback(monkeypatch):
    def load_dataset(path, **wanted):
        raise TypeError("a bug")

    monkeypatch.setattr(datasets, "load_dataset", load_dataset)
    with pytest.raises(TypeError, match="a bug"):
        SOURCE.read("test")


def test_the_real_library_offline_with_an_empty_cache_is_a_data_error(tmp_path):
    code = (
        "from hrm_core.errors import DataError\n"
        "from hrm_datasets.hub import HubSource\n"
        "try:\n"
        "    HubSource(path='someone/tasks', revision='0' * 40).read('test')\n"
        "except DataError as error:\n"
        "    print(error)\n"
    )
    offline = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=offline, capture_output=True, text=True, check=True
    )
    assert "is not cached and cannot be loaded" in done.stdout
    assert "--source PATH" in done.stdout
