"""The configs of the experiment are matched: by parameters, and by training FLOPs."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import hrm_eval
from hrm_core.config import from_mapping, read_config
from hrm_core.costs import count_parameters, measure_step
from hrm_core.plugins import Group, load_plugin
from hrm_datasets import load_problems
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
    drawn = {**own.improve.problems.model_dump(), "seed": seed}
    assert own.training.data.problems == []
    assert drawn == problems.model_dump(exclude={"easy_first"})


@pytest.mark.parametrize("path", EVALUATIONS, ids=lambda path: path.stem)
def test_an_evaluation_is_valid(path):
    config = from_mapping(RunConfig, {**read_config(path), "model_reference": "last"})
    sampled = path.stem.endswith("_20")
    assert config.sampling.num_samples == (20 if sampled else 1)
    assert config.sampling.temperature == (0.8 if sampled else 0.0)


@pytest.fixture(scope="module")
def script():
    path = Path(__file__).parent.parent / "benchmarks" / "experiment.py"
    spec = spec_from_file_location("experiment", path)
    module = sys.modules["experiment"] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_has_the_tables_of_the_results(script):
    page = script.PAGE.read_text(encoding="utf-8")
    assert script.fill_page(page, script.read_results()) == page


@pytest.fixture
def results_file(script, tmp_path, monkeypatch):
    monkeypatch.setattr(script, "RESULTS", tmp_path / "data" / "results.csv")
    return tmp_path / "data" / "results.csv"


def test_evaluations_are_collected_once_and_compared(script, results_file, tmp_path):
    names = [problem.task_id for problem in load_problems("starter")]
    right = {problem.task_id: problem.reference for problem in load_problems("starter")}
    wrong = dict.fromkeys(names, "pass")
    for model, answers in (
        ("own_programs/seed-0/round-0", wrong),
        ("own_programs/seed-0/round-1", right),
        ("reference_solutions/seed-0", {**wrong, names[3]: right[names[3]]}),
        ("reference_solutions/seed-1", wrong),
    ):
        out = tmp_path / "runs" / model / "evaluations" / "starter"
        hrm_eval.score(answers, "starter", out=out, progress=False)
    for _ in range(2):
        script.collect(tmp_path / "runs", "improve", "abc1234")
    results = script.read_results()
    assert [(one.model, one.seed, one.pass_at_1) for one in results] == [
        ("own_programs/round-0", 0, 0.0), ("own_programs/round-1", 0, 1.0),
        ("reference_solutions", 0, 0.04), ("reference_solutions", 1, 0.0),
    ]  # fmt: skip
    assert [index for index, rate in enumerate(results[2].rates) if rate] == [3]
    scores = script.scores_table(results, "improve").splitlines()
    assert scores[0] == "| model | seeds | starter |"
    assert scores[2:] == [
        "| hrm-nano | 1 | 0.0 |", "| own programs | 1 | 100.0 |",
        "| reference solutions | 2 | 2.0 ± 2.8 (4.0, 0.0) |",
    ]  # fmt: skip
    pairs = script.pairs_table(results, script.IMPROVE_PAIRS).splitlines()
    assert pairs[2] == (
        "| own programs, not hrm-nano | starter | +100.0 | +100.0 to +100.0 | < 0.001 | < 0.001 |"
    )
    assert pairs[4].startswith("| own programs, not reference solutions | starter | +98.0 |")
