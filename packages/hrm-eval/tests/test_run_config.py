from datetime import date
from math import inf

import pytest
import yaml

from hrm_core.config import from_mapping, to_yaml
from hrm_core.errors import ConfigError
from hrm_eval.cli import main
from hrm_eval.run_config import RunConfig


@pytest.mark.parametrize(
    ("values", "model", "dataset"),
    [
        ({}, "hrm-nano", ("exercises", "validation", None)),
        ({"model_reference": None}, "hrm-nano", ("exercises", "validation", None)),
        ({"dataset": {"limit": 3}}, "hrm-nano", ("exercises", "validation", 3)),
        ({"dataset": {"split": "test"}}, "hrm-nano", ("exercises", "test", None)),
        ({"dataset": {"name": "mbpp"}}, "hrm-nano", ("mbpp", None, None)),
        ({"sampling": {"seed": 3}}, "hrm-nano", ("exercises", "validation", None)),
        ({"model_reference": "m"}, "m", ("mbpp", "dev", 25)),
        ({"model_reference": "hrm-nano"}, "hrm-nano", ("mbpp", "dev", 25)),
        ({"model_reference": "m", "dataset": {"limit": 3}}, "m", ("mbpp", "dev", 3)),
        ({"model_reference": "m", "dataset": {"name": "mbpp"}}, "m", ("mbpp", None, None)),
        ({"model_stack": "native"}, None, ("mbpp", "dev", 25)),
        ({"model": {"preset": "nano"}}, None, ("mbpp", "dev", 25)),
    ],
)
def test_what_is_not_named_has_a_default(values, model, dataset):
    config = from_mapping(RunConfig, values)
    assert config.model_reference == model
    assert (config.dataset.name, config.dataset.split, config.dataset.limit) == dataset


@pytest.mark.parametrize("values", [None, 3, []])
def test_a_dataset_that_is_no_mapping_is_an_error_also_without_a_model(values):
    with pytest.raises(ConfigError, match="dataset: expected"):
        from_mapping(RunConfig, {"dataset": values})


def test_task_ids_may_be_numbers():
    assert from_mapping(RunConfig, {"dataset": {"task_ids": [11, "mbpp/12"]}}).dataset.task_ids == [
        "11",
        "mbpp/12",
    ]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"hidden_dim": 1}, "hidden_dim: unknown key. Use 'model.hidden_size'."),
        ({"num_layers": 1}, "Use 'model.num_layers_per_stack'."),
        ({"learning_rate": 1}, "Use 'training.learning_rate'."),
        ({"datset": {}}, "datset: unknown key. Did you mean 'dataset'?"),
        ({"sampling": {"temprature": 1}}, "sampling.temprature: unknown key. Did you mean"),
        ({"sampling": {"temperature": "8e-1"}}, "sampling.temperature: expected float, got '8e-1'"),
        ({"sampling": {"top_p": 0.0}}, "sampling.top_p: expected greater than 0, got 0.0"),
        ({"sampling": {"samples": 2}}, "Use 'num_samples'."),
        ({"sandbox": {"timeout": 2}}, "Use 'timeout_seconds'."),
        ({"engine": {"device": "tpu"}}, "engine.device: expected 'auto', 'cpu', 'cuda' or 'mps'"),
        ({"engine": {"batch_size": "big"}}, "engine.batch_size: expected an int or 'auto'"),
        ({"sandbox": {"timeout_seconds": 1.0e10}}, "sandbox.timeout_seconds: expected less than"),
        ({"sandbox": {"require_isolation": ["landlok"]}}, "Did you mean 'landlock'?"),
        ({"sandbox": {"memory_mb": 10**14}}, "sandbox.memory_mb: expected less than"),
        ({"prompt": "instrct"}, "prompt: unknown prompt style 'instrct'"),
        ({"thought_marks": ["<a>"]}, "thought_marks.0: expected list, got '<a>'"),
        ({"thought_marks": [["<a>"]]}, "thought_marks: expected pairs of two different marks, got"),
        ({"thought_marks": [["a", " "]]}, "thought_marks: expected pairs of two different marks"),
        ({"template_args": {"date_string": date(2024, 7, 26)}},
         "template_args.date_string: expected a value of JSON, got datetime.date(2024, 7, 26) "
         "(date). For a text, write it in quotes: '2024-07-26'"),
        ({"template_args": {"a": [{"b": date(2024, 7, 26)}]}}, "template_args.a: expected a value"),
        ({"template_args": {"a": {date(2024, 7, 26): 1}}}, "template_args.a: expected a value"),
        ({"template_args": {"a": inf}}, "template_args.a: expected a value of JSON, got inf"),
        ({"server": {"parameters": {"since": date(2024, 7, 26)}}},
         "server.parameters.since: expected a value of JSON"),
        ({"dataset": {"limit": 0}}, "dataset.limit: expected greater than or equal to 1, got 0."),
    ],
)  # fmt: skip
def test_a_bad_config_is_an_error_that_names_the_key(values, message):
    with pytest.raises(ConfigError) as caught:
        from_mapping(RunConfig, values)
    assert message in str(caught.value)


def test_values_of_a_template_and_of_a_request_may_be_any_json():
    values = {"a": None, "b": [1, 0.5, {"c": "x", 50256: True}]}
    config = from_mapping(RunConfig, {"template_args": values, "server": {"parameters": values}})
    assert config.template_args == config.server.parameters == values


def test_a_date_in_a_flag_is_an_error_before_the_run_begins(tmp_path, capsys):
    arguments = ["--model", "reference", "--dataset", "starter", "--out", str(tmp_path / "run")]
    assert main(["run", *arguments, "--template-args", "date_string=2024-07-26"]) == 2
    assert "write it in quotes: '2024-07-26'" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()
    config = from_mapping(RunConfig, {"template_args": {"date_string": "2024-07-26"}})
    assert yaml.safe_load(to_yaml(config.model_dump()))["template_args"] == config.template_args
