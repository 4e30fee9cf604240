"""Every config in the folder is valid, short, and builds its model."""

from pathlib import Path

import pytest
import torch
import yaml

from hrm_core.config import from_mapping, merge, read_config
from hrm_core.errors import ConfigError
from hrm_core.plugins import DEFAULT_STACK, Group, load_plugin
from hrm_eval import cli as eval_cli
from hrm_eval.run_config import RunConfig
from hrm_train.improve import ImproveRunConfig
from hrm_train.train_config import TrainRunConfig

FOLDER = Path(__file__).parent.parent / "configs" / "hrm"
CONFIGS = sorted(FOLDER.glob("*.yaml"))
TRAINING = [path for path in CONFIGS if "training" in read_config(path)]


def test_the_expected_configs_exist_and_there_are_few():
    names = {path.stem for path in CONFIGS}
    assert {"mbpp_dev", "mbpp_base", "codegen_base"} <= names
    assert len(CONFIGS) <= 12
    training = {"nano", "train_mbpp_nano", "train_mbpp_native", "finetune_mbpp"}
    assert training == {path.stem for path in TRAINING}


def test_each_program_ignores_the_keys_of_the_others():
    known = {*TrainRunConfig.model_fields, *TrainRunConfig.ignored}
    assert {*RunConfig.model_fields, *ImproveRunConfig.model_fields} == known
    values = {"trackers": ["wandb"], "k": [1], "improve": {"rounds": 2}, "training": {}}
    assert from_mapping(TrainRunConfig, values) == TrainRunConfig()
    assert from_mapping(RunConfig, values).k == [1]
    with pytest.raises(ConfigError, match=r"improve\.(problems: missing|rouns: unknown key)"):
        from_mapping(ImproveRunConfig, {"improve": {"rouns": 2}})


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_a_config_is_valid_and_its_model_can_be_built(path):
    config = from_mapping(RunConfig, read_config(path))
    stack = load_plugin(Group.STACKS, config.model_stack or DEFAULT_STACK)
    model_config = stack.parse(config.model)
    model = stack.build(model_config)
    with torch.inference_mode():
        logits = model(torch.tensor([[1, 2, 3]]))
    assert logits.shape == (1, 3, model_config.vocab_size)
    assert logits.isfinite().all()


@pytest.mark.parametrize("path", TRAINING, ids=lambda path: path.stem)
def test_a_training_config_is_valid_and_trains_on_no_data_that_it_measures(path):
    config = from_mapping(TrainRunConfig, read_config(path))
    data, measured = config.training.data, config.training.pass_at_1
    trained = {(problems.name, problems.split) for problems in data.problems}
    evaluated = [*data.validation, *([measured.dataset] if measured else [])]
    assert trained
    assert evaluated
    assert not trained & {(problems.name, problems.split) for problems in evaluated}
    assert {split for _, split in trained} <= {"train", "validation"}


@pytest.mark.parametrize("path", TRAINING, ids=lambda path: path.stem)
def test_a_training_config_can_be_given_to_every_command_of_hrm_eval(path, tmp_path):
    shape = read_config(path).get("model_stack", "sapient")
    width = ["low_level_dim=32", "high_level_dim=16"] if shape == "native" else ["hidden_size=32"]
    small = [f"--set=model.{field}" for field in [*width, "vocab_size=512", "head_dim=16"]]
    text = tmp_path / "text.txt"
    text.write_text("def add(a, b):\n    return a + b\n")
    config, model, out = ["--config", str(path)], str(tmp_path / "model"), str(tmp_path / "run")
    init = ["init", "--out", model, "--text", str(text), *small]
    if "model_reference" in read_config(path):
        # It fine-tunes a checkpoint of the hub, which has a shape and weights already.
        assert eval_cli.main([*init, *config]) == 2
        assert eval_cli.main([*init, "--set=model.preset=nano"]) == 0
    else:
        assert eval_cli.main([*init, *config]) == 0
        assert eval_cli.main(["describe", str(path), "--context", "64"]) == 0
    flags = ["--dataset", "starter", "--split", "test", "--limit", "1", "--max-new-tokens", "4"]
    assert eval_cli.main(["run", *config, "--model", model, *flags, "--out", out]) == 0


def leaves(values, path=()):
    for key, value in values.items():
        if isinstance(value, dict):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


def at(values, path):
    for key in path:
        if not isinstance(values, dict) or key not in values:
            return KeyError
        values = values[key]
    return values


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_a_config_repeats_nothing_that_it_inherits(path):
    settings = yaml.safe_load(path.read_text()) or {}
    parents = settings.pop("extends", [])
    # A config names its dataset, so the defaults are those of a run on a named one.
    inherited = from_mapping(RunConfig, {"dataset": {"name": "starter"}}).model_dump()
    inherited = merge(TrainRunConfig().model_dump(), inherited)
    for parent in [parents] if isinstance(parents, str) else parents:
        inherited = merge(inherited, read_config(path.parent / parent))
    for keys, value in leaves(settings):
        assert at(inherited, keys) != value, f"{'.'.join(keys)} is inherited already"


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_a_config_says_in_its_first_line_what_it_is(path):
    assert path.read_text().startswith("# ")


def test_a_config_builds_the_sapient_stack_with_and_without_naming_it():
    parameters = []
    for values in ({}, {"model_stack": "sapient"}):
        config = from_mapping(RunConfig, values)
        stack = load_plugin(Group.STACKS, config.model_stack or DEFAULT_STACK)
        assert stack.name == "sapient"
        parameters.append(stack.build(stack.parse(config.model)).lm_head.weight)
    assert torch.equal(*parameters)
