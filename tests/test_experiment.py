"""The configs of the experiment are matched: by parameters, and by training FLOPs."""

from pathlib import Path

import pytest

from hrm_core.config import from_mapping, read_config
from hrm_core.costs import count_parameters, measure_step
from hrm_core.plugins import Group, load_plugin
from hrm_eval.run_config import RunConfig
from hrm_train.improve import answer_settings, read_improve_config
from hrm_train.train_config import TrainRunConfig

FOLDER = Path(__file__).parent.parent / "configs" / "hrm" / "experiment"
SAME_TOKENS = sorted(path for path in FOLDER.glob("*.yaml") if path.stem != "base")
EVALUATIONS = sorted((FOLDER / "evaluations").glob("*.yaml"))
SAME_FLOPS = sorted((FOLDER / "same_flops").glob("*.yaml"))
# Has as many training FLOPs per token as hrm_2x3, and more parameters.
DEEP = "plain_deep"


def model_and_training(path):
    config = from_mapping(TrainRunConfig, read_config(path))
    stack = load_plugin(Group.STACKS, config.model_stack)
    return stack.build(stack.parse(config.model)), config.training


def count_flops(path):
    """Return the training FLOPs per token of a row, summed over the steps of the run."""
    model, training = model_and_training(path)
    flops, total = {}, 0
    for step in range(training.num_steps):
        done = step / training.num_steps
        options = repr(sorted(model.training_options(done).items()))
        if options not in flops:
            flops[options] = measure_step(
                type(model), model.config, training.sequence_length, done
            ).flops
        total += flops[options]
    return total


@pytest.fixture(scope="module")
def hrm_flops():
    return count_flops(FOLDER / "hrm_2x3.yaml")


@pytest.mark.parametrize("path", SAME_TOKENS, ids=lambda path: path.stem)
def test_models_differ_in_their_shape_only_and_have_as_many_parameters(path):
    model, training = model_and_training(path)
    expected_model, expected_training = model_and_training(FOLDER / "hrm_2x3.yaml")
    assert training == expected_training
    if path.stem != DEEP:
        expected = count_parameters(expected_model)
        assert count_parameters(model) == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize("path", SAME_FLOPS, ids=lambda path: path.stem)
def test_runs_of_the_same_flops_differ_in_their_length_only(path, hrm_flops):
    values, expected = read_config(path), read_config(FOLDER / path.name)
    for name in ("num_steps", "validate_every_steps", "save_every_steps"):
        del values["training"][name], expected["training"][name]
    assert values == expected
    assert count_flops(path) == pytest.approx(hrm_flops, rel=0.02)


def test_every_model_but_the_reference_has_a_run_of_the_same_flops():
    names = {path.stem for path in SAME_TOKENS} - {"hrm_2x3"}
    assert {path.stem for path in SAME_FLOPS} == names


def test_the_models_that_learn_from_their_own_programs_and_the_control_are_trained_alike():
    own = read_improve_config(read_config(FOLDER / "improve" / "own_programs.yaml"))
    control = from_mapping(
        TrainRunConfig, read_config(FOLDER / "improve" / "reference_solutions.yaml")
    )
    assert own.model_reference == control.model_reference
    assert own.training.model_copy(update={"data": None}) == control.training.model_copy(
        update={"data": None}
    )
    (problems,) = control.training.data.problems
    seed = answer_settings(own, 1)["dataset"]["seed"]
    drawn = own.improve.problems.model_copy(update={"seed": seed})
    assert (own.training.data.problems, drawn) == ([], problems)


@pytest.mark.parametrize("path", EVALUATIONS, ids=lambda path: path.stem)
def test_an_evaluation_is_valid(path):
    config = from_mapping(RunConfig, {**read_config(path), "model_reference": "last"})
    assert config.sampling.num_samples == 1
    assert config.sampling.temperature == 0.0
