"""The results of one evaluation, as each experiment tracker has stored them."""

import json
import os
import sqlite3
import subprocess
import sys
from importlib.util import find_spec

import pytest

pytest.importorskip("accelerate")
pytestmark = pytest.mark.filterwarnings("default")

NAMES = ("tensorboard", "wandb", "trackio", "mlflow")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the run `run`, which all installed trackers have logged without a network."""
    folder = tmp_path_factory.mktemp("tracked")
    installed = ",".join(name for name in NAMES if find_spec(name))
    command = [sys.executable, "-m", "hrm_eval.cli", "run", "--model", "reference"]
    command += ["--dataset", "starter", "--limit", "3", "--out", "run", "--trackers", installed]
    offline = {"WANDB_MODE": "offline", "TRACKIO_DIR": str(folder / "trackio")}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MLFLOW_")}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**environment, **offline},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "loading the trackers" in done.stderr
    return folder


@pytest.fixture
def expected(folder):
    """Some of the results, by the names that the trackers have."""
    summary = json.loads((folder / "run" / "summary.json").read_text())
    low, high = summary["ci95"]["1"]
    return {
        "pass_at_1": summary["pass_at_k"]["1"],
        "pass_at_1/low": low,
        "pass_at_1/high": high,
        "status/passed": 3,
        "num_problems": 3,
        "seconds": summary["seconds"],
    }


def test_tensorboard_has_the_results(folder, expected):
    accumulator = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    events = accumulator.EventAccumulator(str(folder / "run" / "hrm-eval")).Reload()
    found = {name: events.Scalars(name)[0].value for name in expected}
    assert found == pytest.approx(expected)


def read_log(data):
    """Yield the records of a log of LevelDB, which wandb writes offline after 7 bytes of its own.

    A record is in one or several parts, each with its checksum, length and kind; no part crosses
    the end of a block, and a record ends with a part of kind 1 or 4.
    """
    block, header, position, record = 32768, 7, 7, b""
    while position < len(data):
        left = block - position % block
        if left < header:
            position += left
            continue
        length = int.from_bytes(data[position + 4 : position + 6], "little")
        kind = data[position + 6]
        record += data[position + header : position + header + length]
        position += header + length
        if kind in (1, 4):
            yield record
            record = b""


def test_wandb_has_the_settings_and_the_results(folder, expected):
    pytest.importorskip("wandb")
    from wandb.proto.wandb_internal_pb2 import Record

    (file,) = (folder / "run" / "wandb").glob("offline-run-*/run-*.wandb")
    records = [Record.FromString(data) for data in read_log(file.read_bytes())]
    (started,) = [record.run for record in records if record.HasField("run")]
    assert (started.project, started.display_name) == ("hrm-eval", "run")
    logged = {
        item.nested_key[0] if item.nested_key else item.key: json.loads(item.value_json)
        for record in records
        if record.HasField("history")
        for item in record.history.item
    }
    assert {name: logged[name] for name in expected} == pytest.approx(expected)
    settings = {
        update.key: json.loads(update.value_json)
        for record in records
        if record.HasField("config")
        for update in record.config.update
    }
    assert settings["dataset.name"] == "starter"


def test_trackio_has_the_settings_and_the_results(folder, expected):
    pytest.importorskip("trackio")
    with sqlite3.connect(folder / "trackio" / "hrm-eval.db") as connection:
        (row,) = connection.execute("SELECT run_name, metrics FROM metrics").fetchall()
        (settings,) = connection.execute("SELECT config FROM configs").fetchone()
    connection.close()
    assert row[0] == "run"
    found = json.loads(row[1])
    assert {name: found[name] for name in expected} == pytest.approx(expected)
    assert json.loads(settings)["dataset.name"] == "starter"


def test_mlflow_has_the_settings_and_the_results(folder, expected):
    mlflow = pytest.importorskip("mlflow")
    client = mlflow.MlflowClient(f"sqlite:///{folder / 'mlflow.db'}")
    experiment = client.get_experiment_by_name("hrm-eval")
    (run,) = client.search_runs([experiment.experiment_id])
    assert (run.info.run_name, run.info.status) == ("run", "FINISHED")
    found = run.data.metrics
    assert {name: found[name] for name in expected} == pytest.approx(expected)
    assert run.data.params["dataset.name"] == "starter"
    assert run.data.params["trackers"].startswith("['tensorboard'")


def test_wandb_without_a_login_ends_the_run_before_the_model_is_loaded(tmp_path):
    pytest.importorskip("wandb")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("WANDB_")}
    command = [sys.executable, "-m", "hrm_eval.cli", "run", "--model", "reference"]
    command += ["--dataset", "starter", "--limit", "1", "--out", "run", "--trackers", "wandb"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={**environment, "HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "hrm-eval: trackers: wandb: No API key configured." in done.stderr
    assert "Fix this, or leave this tracker out" in done.stderr
    assert "Traceback" not in done.stderr
    assert "loading the model" not in done.stderr
