import dataclasses
import os
import subprocess
import sys

import datasets
import huggingface_hub
import pyarrow
import pyarrow.parquet
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


@pytest.mark.parametrize("revision", ["main", "v1.0", "7dce605", ""])
def test_a_revision_that_is_no_commit_is_refused(revision):
    with pytest.raises(ValueError, match="expected a commit of 40 hexadecimal digits"):
        HubSource(path="me/tasks", revision=revision)


def test_fields_of_no_use_are_not_loaded(hub):
    hub.rows = [{"task_id": 1, "wrong": "long"}]
    source = HubSource(path="someone/tasks", revision="0" * 40, without=("wrong", "absent"))
    assert [row.values for row in source.read("test")] == [{"task_id": 1}]


def test_a_local_folder_of_the_same_name_is_not_loaded_instead(hub, tmp_path, monkeypatch):
    (tmp_path / "someone" / "tasks").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError) as caught:
        SOURCE.read("test")
    assert str(caught.value).startswith("someone/tasks: this folder of the working directory")
    assert f"would be loaded instead of revision {'0' * 40}" in str(caught.value)
    assert "--source PATH (dataset.source in a config)" in str(caught.value)
    assert hub.requests == []


BY_FILE = HubSource(path="someone/tasks", revision="0" * 40, folder="data", without=("wrong",))
PART = "{}-00000-of-00001-0123456789abcdef.parquet"


def write_parquet(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path)


def test_only_the_files_of_the_wanted_split_are_fetched(repository):
    write_parquet(repository.folder / "data" / PART.format("test"), [{"id": 1}, {"id": 2}])
    (repository.folder / "data" / PART.format("train")).write_text("broken")
    rows = BY_FILE.read("test")
    assert repository.requests == [("someone/tasks", "dataset", "0" * 40, "data/test-*.parquet")]
    assert [(row.where, row.values) for row in rows] == [
        ("someone/tasks/test[0]", {"id": 1}), ("someone/tasks/test[1]", {"id": 2})
    ]  # fmt: skip
    with pytest.raises(DataError, match="not a Parquet file"):
        BY_FILE.read("train")


def test_fields_of_no_use_are_not_even_read_from_a_file(repository):
    path = repository.folder / "data" / PART.format("test")
    write_parquet(path, [{"id": 1, "wrong": "long"}])
    column = pyarrow.parquet.read_metadata(path).row_group(0).column(1)
    with path.open("r+b") as file:
        file.seek(column.dictionary_page_offset)
        file.write(b"\xff" * column.total_compressed_size)
    assert [row.values for row in BY_FILE.read("test")] == [{"id": 1}]
    with pytest.raises(DataError):
        dataclasses.replace(BY_FILE, without=()).read("test")


def test_parts_of_a_split_are_read_in_order_and_all_are_needed(repository):
    for number in (1, 0):
        path = repository.folder / "data" / f"test-0000{number}-of-00002.parquet"
        write_parquet(path, [{"id": number}])
    assert [row.values["id"] for row in BY_FILE.read("test")] == [0, 1]
    write_parquet(repository.folder / "data" / "valid-00000-of-00002.parquet", [{"id": 3}])
    with pytest.raises(DataError, match="expected all 2 parts of 'valid'"):
        BY_FILE.read("valid")


def test_a_split_without_files_is_an_error_with_both_cures(repository):
    with pytest.raises(DataError, match="split 'test' at revision 0000"):
        BY_FILE.read("test")


@pytest.mark.parametrize("failure", [FileNotFoundError("not there"), TransportError("no route")])
def test_a_hub_without_files_to_fetch_is_an_error_with_both_cures(monkeypatch, failure):
    def snapshot_download(repo_id, **wanted):
        raise failure

    monkeypatch.setattr(huggingface_hub, "snapshot_download", snapshot_download)
    with pytest.raises(DataError, match=rf"Hugging Face hub: {failure}\n.*--source PATH"):
        BY_FILE.read("test")


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


READ = """
import sys
from hrm_core.errors import DataError
from hrm_datasets.hub import HubSource
try:
    source = HubSource(path='someone/tasks', revision='0' * 40, folder={folder!r})
    print([row.values for row in source.read('test')])
except DataError as error:
    print(error)
"""


def read_offline(home, folder):
    offline = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", READ.format(folder=folder)],
        env=offline, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


@pytest.mark.parametrize("folder", [None, "data"])
def test_the_real_library_offline_with_an_empty_cache_is_a_data_error(tmp_path, folder):
    printed = read_offline(tmp_path, folder)
    assert "is not cached and cannot be loaded" in printed
    assert "--source PATH" in printed


def test_the_real_library_offline_finds_the_files_of_a_split_in_its_cache(tmp_path):
    cached = tmp_path / "hub" / "datasets--someone--tasks" / "snapshots" / ("0" * 40)
    write_parquet(cached / "data" / PART.format("test"), [{"id": 1}])
    assert read_offline(tmp_path, "data") == "[{'id': 1}]\n"
