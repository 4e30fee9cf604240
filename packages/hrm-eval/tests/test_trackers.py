"""What needs no tracker; `tests/integrations/test_trackers.py` has the trackers themselves."""

import json
import sys

import pytest

from hrm_core import plugins
from hrm_core.config import from_mapping, read_config
from hrm_core.errors import ConfigError
from hrm_eval import cli, trackers
from hrm_eval.run_config import RunConfig
from hrm_eval.run_folder import RunFolder
from hrm_eval.summary import ProblemSummary, Summary
from hrm_eval.trackers import TrackerError, metrics_of, open_trackers

RUN = ["run", "--model", "reference", "--dataset", "starter", "--limit", "1"]


@pytest.fixture
def summary(make_run, reranking):
    statuses = ("passed", "timeout", "passed", "passed")
    path = make_run(
        *[
            {"task_id": f"starter/{1 + n // 2}", "sample": n % 2, "status": status}
            for n, status in enumerate(statuses)
        ]
    )
    values = json.loads((path / "summary.json").read_text())
    problems = [ProblemSummary(**problem) for problem in values["problems"]]
    return Summary(**{**values, "problems": problems, "rerank": reranking})


@pytest.mark.parametrize("missing", ["wandb", "accelerate"])
def test_a_tracker_that_is_not_installed_ends_the_run_before_it_begins(
    tmp_path, missing, capsys, monkeypatch
):
    monkeypatch.setattr(plugins, "find_spec", lambda name: None if name == missing else object())
    assert cli.main([*RUN, "--trackers", "wandb", "--out", str(tmp_path / "run")]) == 3
    message = capsys.readouterr().err
    assert f"trackers: wandb needs {missing!r}, which is not installed" in message
    assert "pip install 'hrm-eval[wandb]'" in message
    assert "loading problems" not in message
    assert not (tmp_path / "run").exists()


def test_a_tracker_that_is_not_installed_is_told_before_a_file_is_read(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(plugins, "find_spec", lambda name: None)
    missing = str(tmp_path / "missing.jsonl")
    command = ["score", missing, "--dataset", "starter", "--trackers", "mlflow"]
    assert cli.main([*command, "--out", str(tmp_path / "run")]) == 3
    assert "pip install 'hrm-eval[mlflow]'" in capsys.readouterr().err


def test_an_unknown_tracker_is_an_error_of_the_config():
    with pytest.raises(ConfigError, match=r"trackers\.0: expected .*'wandb'"):
        from_mapping(RunConfig, {"trackers": ["wandbb"]})


def test_without_trackers_nothing_is_imported_and_nothing_written(tmp_path, monkeypatch, summary):
    monkeypatch.setitem(sys.modules, "accelerate", None)
    folder = tmp_path / "empty"
    folder.mkdir()
    with open_trackers([], RunFolder(folder), {}) as log:
        log(summary)
    assert not list(folder.iterdir())


class FailingTracker:
    """Fails where it is told to; `calls` counts what all of them were asked."""

    def __init__(self, name, calls, fails_in=()):
        self.name, self.calls, self.fails_in = name, calls, fails_in

    def _do(self, what):
        self.calls.append(f"{self.name} {what}")
        if what in self.fails_in:
            raise OSError(f"{what} failed")

    def start(self):
        self._do("start")

    def store_init_configuration(self, values):
        self._do("store")

    def log(self, values):
        self._do("log")

    def finish(self):
        self._do("finish")


def test_a_tracker_that_fails_keeps_the_results_from_no_other(monkeypatch, tmp_path, summary):
    calls = []
    made = [
        FailingTracker("tensorboard", calls, fails_in=("log", "finish")),
        FailingTracker("trackio", calls),
    ]
    monkeypatch.setattr(trackers, "_make", lambda names, folder: made)
    with (
        pytest.raises(TrackerError, match="trackers: tensorboard: log failed"),
        open_trackers(["tensorboard", "trackio"], RunFolder(tmp_path), {}) as log,
    ):
        log(summary)
    assert calls[-4:] == ["tensorboard log", "trackio log", "trackio finish", "tensorboard finish"]


def test_a_tracker_that_cannot_end_is_an_error(monkeypatch, tmp_path, summary):
    made = [FailingTracker("tensorboard", [], fails_in=("finish",))]
    monkeypatch.setattr(trackers, "_make", lambda names, folder: made)
    with (
        pytest.raises(TrackerError, match="trackers: tensorboard: finish failed"),
        open_trackers(["tensorboard"], RunFolder(tmp_path), {}) as log,
    ):
        log(summary)


def test_a_scored_file_is_not_claimed_by_a_tracker_that_cannot_start(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(plugins, "find_spec", lambda name: object())
    made = [FailingTracker("wandb", [], fails_in=("start",))]
    monkeypatch.setattr(trackers, "_make", lambda names, folder: made)
    monkeypatch.setattr(trackers, "_errors_of", lambda name: (OSError,))
    answers = tmp_path / "answers.jsonl"
    answers.write_text('{"task_id": "starter/1", "solution": "pass"}\n')
    command = ["score", str(answers), "--dataset", "starter", "--out", str(tmp_path / "run")]
    assert cli.main([*command, "--trackers", "wandb"]) == 1
    assert "trackers: wandb: start failed" in capsys.readouterr().err
    assert cli.main(command) == 0


def test_a_run_can_be_resumed_with_other_trackers(tmp_path):
    folder = RunFolder(tmp_path)
    values = from_mapping(RunConfig, {"dataset": {"name": "starter"}}).model_dump()
    folder.claim(values)
    folder.check({**values, "trackers": ["wandb"]}, resume=True)
    assert read_config(folder.config)["trackers"] == []


def test_the_results_are_numbers_with_a_name_of_its_own_for_rerank(summary):
    metrics = metrics_of(summary)
    low, high = summary.ci95["1"]
    assert metrics["pass_at_1"] == summary.pass_at_k["1"] == 0.75
    assert (metrics["pass_at_1/low"], metrics["pass_at_1/high"]) == (low, high)
    assert metrics["pass_at_2"] == 1.0
    assert metrics["rerank/value"] == 0.5
    assert (metrics["status/passed"], metrics["status/timeout"]) == (3, 1)
    assert (metrics["num_problems"], metrics["num_samples"], metrics["seconds"]) == (2, 4, 75.0)
    assert metrics["generation_seconds"] == pytest.approx(6.0)
    assert metrics["execution_seconds"] == pytest.approx(0.08)
    assert all(isinstance(value, int | float) for value in metrics.values())
