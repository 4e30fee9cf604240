import math

import pytest

from hrm_core.config import from_mapping
from hrm_core.errors import ConfigError
from hrm_train.train_config import TrainRunConfig


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"trainig": {}}, r"trainig: unknown key. Did you mean 'training'\?"),
        ({"stack": "toys"}, r"stack: unknown key. Use 'model_stack'"),
        ({"training": {"num_step": 1}}, r"training.num_step: unknown key. Did you mean 'num_step"),
        ({"training": {"lr": 1.0}}, r"training.lr: unknown key. Use 'optimizer.lr'"),
        ({"training": {"num_steps": 0}}, r"training.num_steps: "),
        ({"training": {"batch_size": 2.5}}, r"training.batch_size: "),
        ({"training": {"optimizer": {"lr": "5e-5"}}}, r"optimizer.lr: .*write 5.0e-5"),
        ({"training": {"optimizer": {"lr": 0.0}}}, r"optimizer.lr: "),
        *(
            ({"training": {"optimizer": {"lr": lr}}}, r"optimizer.lr: ")
            for lr in (-1e-3, 1e-400, 1.5, 3, math.inf, math.nan, True)
        ),
        *(
            ({"training": {"optimizer": {"betas": [0.9, beta]}}}, r"optimizer.betas")
            for beta in (-0.1, 1, math.inf, math.nan, "0.9")
        ),
        *(
            ({"training": {"optimizer": {key: value}}}, rf"optimizer.{key}: ")
            for key in ("weight_decay", "clip", "average")
            for value in (-1.0, math.inf, math.nan)
        ),
        (
            {"training": {"optimizer": {"lr": 0.1, "weight_decay": 10}}},
            r"training.optimizer: weight_decay: each step would remove all of a weight",
        ),
        *(
            ({"training": {"seed": seed}}, r"training.seed: ")
            for seed in (-1, 2**63, 2**64, 10**30, 1.5, "1")
        ),
        ({"training": {"schedule": {"warmup_steps": -1}}}, r"schedule.warmup_steps: "),
        ({"training": {"schedule": {"min_ratio": math.nan}}}, r"schedule.min_ratio: "),
        ({"training": {"spike": math.inf}}, r"training.spike: "),
        ({"training": {"optimizer": {"name": "adam"}}}, r"optimizer.name: .*'adam_atan2' or 'adam"),
        ({"training": {"optimizer": {"betas": [0.9]}}}, r"optimizer.betas: "),
        ({"training": {"optimizer": {"betas": [0.9, 1.0]}}}, r"optimizer.betas: expected two num"),
        ({"training": {"optimizer": {"ema": 0.9}}}, r"Use 'average'"),
        ({"training": {"optimizer": {"average": 1.0}}}, r"optimizer.average: "),
        ({"training": {"schedule": {"min_ratio": 1.5}}}, r"schedule.min_ratio: "),
        ({"training": {"sharding": "zero"}}, r"training.sharding: .*'ddp' or 'fsdp'"),
        ({"training": {"dtype": "float16"}}, r"training.dtype: "),
        ({"training": {"processes": 0}}, r"training.processes: "),
        ({"training": {"processes": "two"}}, r"training.processes: "),
        ({"training": {"spike": 1.0}}, r"training.spike: "),
        ({"training": {"data": {"prompt": "instrct"}}}, r"Did you mean 'instruct'\?"),
        ({"training": {"data": {"prompt": "few-shot"}}}, r"unknown prompt style 'few-shot'"),
        ({"training": {"data": {"problems": [{"name": "mbpp"}]}}}, r"problems.0.split: missing"),
        (
            {"training": {"data": {"untested": 0.9, "stubs": 0.2}}},
            r"training.data: stubs: .*untested 0.9 and stubs 0.2 are more than 1 together",
        ),
        (
            {"training": {"data": {"named": 0.5, "stubs": 0.5}}},
            r"training.data: named: only questions without tests .*\. Set untested, or remove",
        ),
        ({"training": {"device": "gpu"}}, r"training.device: .*'auto', 'cpu', 'cuda' or 'mps'"),
        ({"training": {"data": {"shared_words": 1}}}, r"data.shared_words: "),
        ({"training": {"trackers": ["tensorbord"]}}, r"training.trackers.0: "),
    ],
)
def test_a_typo_or_an_invalid_value_is_named(values, message):
    with pytest.raises(ConfigError, match=message):
        from_mapping(TrainRunConfig, values)


@pytest.mark.parametrize("share", [0.0, 0.07, 0.1, 0.3, 0.58, 0.83, 1.0])
def test_every_problem_may_be_asked_in_another_form(share):
    forms = {"untested": share, "stubs": round(1 - share, 2)}
    values = {"training": {"data": forms}}
    assert from_mapping(TrainRunConfig, values).training.data.stubs == forms["stubs"]


def test_a_file_may_contain_the_sections_of_an_evaluation():
    values = {"dataset": {"name": "mbpp"}, "prompt": "instruct", "sampling": {}, "engine": {}}
    assert from_mapping(TrainRunConfig, values).training.num_steps == 1000
