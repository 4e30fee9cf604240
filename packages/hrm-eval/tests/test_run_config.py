import pytest

from hrm_core.config import from_mapping
from hrm_core.errors import ConfigError
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
        ({"hidden_dim": 1}, "hidden_dim: unknown key. It is called 'model.hidden_size' today."),
        ({"num_layers": 1}, "It is called 'model.num_layers_per_stack' today."),
        ({"learning_rate": 1}, "It is called 'training.learning_rate' today."),
        ({"datset": {}}, "datset: unknown key. Did you mean 'dataset'?"),
        ({"sampling": {"temprature": 1}}, "sampling.temprature: unknown key. Did you mean"),
        ({"sampling": {"temperature": "8e-1"}}, "sampling.temperature: expected float, got '8e-1'"),
        ({"sampling": {"top_p": 0.0}}, "sampling.top_p: expected greater than 0, got 0.0"),
        ({"sampling": {"samples": 2}}, "It is called 'num_samples' today."),
        ({"sandbox": {"timeout": 2}}, "It is called 'timeout_seconds' today."),
        ({"engine": {"device": "tpu"}}, "engine.device: expected 'auto', 'cpu', 'cuda' or 'mps'"),
        ({"engine": {"batch_size": "big"}}, "engine.batch_size: expected an int or 'auto'"),
        ({"sandbox": {"timeout_seconds": 1.0e10}}, "sandbox.timeout_seconds: expected less than"),
        ({"sandbox": {"require_isolation": ["landlok"]}}, "Did you mean 'landlock'?"),
        ({"sandbox": {"memory_mb": 10**14}}, "sandbox.memory_mb: expected less than"),
        ({"prompt": "instrct"}, "prompt: unknown prompt style 'instrct'"),
        ({"thought_marks": ["<a>"]}, "thought_marks.0: expected list, got '<a>'"),
        ({"thought_marks": [["<a>"]]}, "thought_marks: expected pairs of two different marks, got"),
        ({"thought_marks": [["a", " "]]}, "thought_marks: expected pairs of two different marks"),
        ({"dataset": {"limit": 0}}, "dataset.limit: expected greater than or equal to 1, got 0."),
    ],
)
def test_a_bad_config_is_an_error_that_names_the_key(values, message):
    with pytest.raises(ConfigError) as caught:
        from_mapping(RunConfig, values)
    assert message in str(caught.value)
