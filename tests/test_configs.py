"""Every config in the folder is good, short, and builds its model."""

from pathlib import Path

import pytest
import torch
import yaml

from hrm_core.config import from_mapping, merge, read_config
from hrm_core.plugins import DEFAULT_STACK, Group, load_plugin
from hrm_eval.run_config import RunConfig

FOLDER = Path(__file__).parent.parent / "configs" / "hrm"
CONFIGS = sorted(FOLDER.glob("*.yaml"))


def test_there_are_configs_but_not_too_many():
    names = {path.stem for path in CONFIGS}
    assert {"mbpp_dev", "mbpp_base", "codegen_base"} <= names
    assert len(CONFIGS) <= 12


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
    own = yaml.safe_load(path.read_text()) or {}
    parents = own.pop("extends", [])
    # A config names its dataset, so the defaults are those of a run on a named one.
    inherited = from_mapping(RunConfig, {"dataset": {"name": "starter"}}).model_dump()
    for parent in [parents] if isinstance(parents, str) else parents:
        inherited = merge(inherited, read_config(path.parent / parent))
    for keys, value in leaves(own):
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
