import sys
from types import ModuleType

import pytest
import yaml
from huggingface_hub.repocard_data import model_index_to_eval_results

from hrm_core.errors import PluginNotFoundError, UsageError
from hrm_eval.exports.formats import export_run
from hrm_eval.runs import load_run

HUMANEVAL = {"name": "humaneval", "split": "test"}
MBPP = {"name": "mbpp", "split": "test"}


@pytest.fixture
def make(make_run):
    """Return a function that loads a run with two answers to each of two problems."""

    def make(dataset, **config):
        statuses = ("passed", "timeout", "passed", "passed")
        answers = [
            {"task_id": f"starter/{1 + n // 2}", "sample": n % 2, "status": status}
            for n, status in enumerate(statuses)
        ]
        sampling = {"temperature": 0.8, "num_samples": 2}
        return load_run(make_run(*answers, dataset=dataset, sampling=sampling, **config))

    return make


def test_huggingface_hub_reads_every_pass_at_k_of_a_model_index(make):
    run = make(MBPP, model_reference="me/my-model", prompt="instruct")
    path, _ = export_run(run, "model-index")
    name, results = model_index_to_eval_results(yaml.safe_load(path.read_text())["model-index"])
    assert name == "my-model"
    assert {r.metric_type: r.metric_value for r in results} == {"pass@1": 0.75, "pass@2": 1.0}
    first = results[0]
    assert (first.task_type, first.dataset_type) == (
        "text-generation", "google-research-datasets/mbpp"
    )  # fmt: skip
    assert (first.dataset_config, first.dataset_split) == ("full", "test")
    assert len(first.dataset_revision) == 40
    assert first.metric_args["setup"] == "prompt instruct, temperature 0.8, 2 answers per problem"
    assert first.metric_args["num_problems"] == 2
    assert first.metric_args["ci95"] == [run.scores[0].low, run.scores[0].high]


@pytest.mark.parametrize(
    "model", ["openai:Qwen/Qwen3-8B@http://localhost:8000/v1", "openai:Qwen3-8B", "Qwen/Qwen3-8B/"]
)
def test_a_model_has_its_name_without_owner_and_server(make, model):
    path, _ = export_run(make(MBPP, model_reference=model), "model-index")
    assert yaml.safe_load(path.read_text())["model-index"][0]["name"] == "Qwen3-8B"


def test_data_from_elsewhere_have_no_revision(make):
    path, _ = export_run(make({**MBPP, "source": "my.jsonl"}), "model-index")
    assert "revision" not in path.read_text()


def test_a_dataset_that_is_not_on_the_hub_has_its_own_name(make):
    path, _ = export_run(make({"name": "starter", "split": "test"}), "model-index")
    (result,) = yaml.safe_load(path.read_text())["model-index"][0]["results"]
    assert result["dataset"] == {"name": "starter/test", "type": "starter", "split": "test"}


def test_huggingface_hub_reads_the_result_for_a_leaderboard(make):
    hub = pytest.importorskip("huggingface_hub", minversion="1.4")
    run = make(HUMANEVAL, prompt="docstring")
    # The other problems count as problems without an answer, which a leaderboard does not want.
    run.summary["num_problems_without_answer"] = 0
    run.config["dataset"]["source"] = "he.jsonl"
    path, _ = export_run(run, "eval-results")
    assert path == run.folder.path / ".eval_results" / "humaneval.yaml"
    (entry,) = hub.parse_eval_result_entries(yaml.safe_load(path.read_text()))
    assert (entry.dataset_id, entry.task_id) == ("openai/openai_humaneval", "default")
    assert entry.value == run.pass_at_k[1] == 0.75
    assert entry.date == run.finished_at.isoformat()
    assert entry.notes.endswith(
        ", 2 problems of a local file, prompt docstring, temperature 0.8, 2 answers per problem"
    )


@pytest.mark.parametrize(
    ("dataset", "message"),
    [
        ({"name": "starter", "split": "test"}, "starter is not there. Use model-index"),
        ({**MBPP, "split": "dev"}, "is on the split 'dev'. Run it with --split test"),
        ({**MBPP, "limit": 2}, "is on a part of its split. Run it without --limit"),
        ({**MBPP, "task_ids": ["11"]}, "Run it without --limit, --task-ids and --exclude, or use"),
        ({**MBPP, "exclude": ["11"]}, "Run it without --limit, --task-ids and --exclude, or use"),
        ({**MBPP, "shard": "2/8"}, "is on shard 2/8. Join all shards with: hrm-eval merge"),
        (MBPP, "has no answer to 23 problems. Score a file with all answers"),
    ],
)
def test_a_leaderboard_gets_only_whole_runs(make, dataset, message):
    pytest.importorskip("huggingface_hub", minversion="1.4")
    run = make(dataset)
    with pytest.raises(UsageError) as raised:
        export_run(run, "eval-results")
    assert message in str(raised.value)
    assert not (run.folder.path / ".eval_results").exists()


def test_a_huggingface_hub_that_is_too_old_is_named(make, monkeypatch):
    run = make(HUMANEVAL)
    monkeypatch.setitem(sys.modules, "huggingface_hub", ModuleType("huggingface_hub"))
    with pytest.raises(PluginNotFoundError, match="needs a newer huggingface_hub"):
        export_run(run, "eval-results")
