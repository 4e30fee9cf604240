"""The configs of the experiment are matched, and its script makes the tables and the figures."""

import importlib
import itertools
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import hrm_eval
import hrm_train.cli
from hrm_core.checkpoint import load_checkpoint
from hrm_core.config import from_mapping, read_config
from hrm_core.costs import count_parameters
from hrm_core.plugins import Group, load_plugin
from hrm_datasets import load_problems
from hrm_eval.run_config import RunConfig
from hrm_train.examples import Example
from hrm_train.improve import answer_settings, read_improve_config
from hrm_train.train_config import TrainRunConfig

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "configs" / "hrm" / "experiment"
SAME_TOKENS = sorted(path for path in FOLDER.glob("*.yaml") if path.stem != "base")
EVALUATIONS = sorted((FOLDER / "evaluations").glob("*.yaml"))
SAME_FLOPS = sorted((FOLDER / "same_flops").glob("*.yaml"))
# Has as many training FLOPs per token as hrm_2x3, and more parameters.
DEEP = "plain_deep"


def model_and_training(path):
    config = from_mapping(TrainRunConfig, read_config(path))
    stack = load_plugin(Group.STACKS, config.model_stack)
    return stack.build(stack.parse(config.model)), config.training


@pytest.fixture(scope="module")
def data():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "benchmarks")
        yield importlib.import_module("experiment_data")


@pytest.fixture(scope="module")
def script(data):
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    return importlib.import_module("experiment")


@pytest.fixture(scope="module")
def tables(data):
    return importlib.import_module("experiment_tables")


@pytest.fixture(scope="module")
def count_flops(data):
    """Return a function that counts the training FLOPs of a config."""

    def count(path):
        config = from_mapping(TrainRunConfig, read_config(path))
        return sum(data.step_flops(config, data.build_model(config)))

    return count


@pytest.fixture(scope="module")
def hrm_flops(count_flops):
    return count_flops(FOLDER / "hrm_2x3.yaml")


@pytest.mark.parametrize("path", SAME_TOKENS, ids=lambda path: path.stem)
def test_models_differ_in_shape_and_rate_only_and_have_as_many_parameters(path):
    model, training = model_and_training(path)
    expected_model, expected_training = model_and_training(FOLDER / "hrm_2x3.yaml")
    rate = {"lr": expected_training.optimizer.lr}
    same_rate = {"optimizer": training.optimizer.model_copy(update=rate)}
    assert training.model_copy(update=same_rate) == expected_training
    if path.stem != DEEP:
        expected = count_parameters(expected_model)
        assert count_parameters(model) == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize("path", SAME_FLOPS, ids=lambda path: path.stem)
def test_runs_of_the_same_flops_differ_in_their_length_only(path, count_flops, hrm_flops):
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


def fill(script, tables, page):
    """Return a page with the tables of all lines that are kept."""
    kinds = ((script.Result, script.RESULTS), (script.Point, script.CURVES),
             (script.Losses, script.LOSSES))  # fmt: skip
    return tables.fill_page(page, *(kind.read_all(path) for kind, path in kinds))


def test_the_page_has_the_tables_of_the_results(script, tables):
    page = script.PAGE.read_text(encoding="utf-8")
    assert fill(script, tables, page) == page


@pytest.fixture
def results_file(script, tmp_path, monkeypatch):
    monkeypatch.setattr(script, "RESULTS", tmp_path / "data" / "results.csv")
    return tmp_path / "data" / "results.csv"


def test_evaluations_are_collected_once_and_compared(script, tables, results_file, tmp_path):
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
    results = script.Result.read_all(script.RESULTS)
    assert [(one.model, one.seed, one.pass_at_1) for one in results] == [
        ("own_programs/round-0", 0, 0.0), ("own_programs/round-1", 0, 1.0),
        ("reference_solutions", 0, 0.04), ("reference_solutions", 1, 0.0),
    ]  # fmt: skip
    assert [index for index, rate in enumerate(results[2].rates) if rate] == [3]
    scores = tables.scores_table(results, "improve").splitlines()
    assert scores[0] == "| model | seeds | starter |"
    assert scores[2:] == [
        "| hrm-nano | 1 | 0.0 |", "| own programs | 1 | 100.0 |",
        "| reference solutions | 2 | 2.0 ± 2.8 (4.0, 0.0) |",
    ]  # fmt: skip
    pairs = tables.pairs_table(results, tables.IMPROVE_PAIRS).splitlines()
    assert pairs[2] == (
        "| own programs, not hrm-nano | starter | +100.0 | +100.0 to +100.0 | < 0.001 "
        "| +100.0 to +100.0 |  |"
    )
    assert pairs[4].startswith("| own programs, not reference solutions | starter | +98.0 |")


@pytest.fixture
def main_runs(tmp_path, script, monkeypatch):
    """Train two models for a few steps, and answer for them."""
    for name in ("RESULTS", "CURVES", "LOSSES"):
        monkeypatch.setattr(script, name, tmp_path / "data" / f"{name.lower()}.csv")
    splits = {"chains": {"chains": ("chains", "validation")}}
    monkeypatch.setattr(script, "SPLITS", splits)
    (tmp_path / "row.jsonl").write_text('{"prompt": "add", "response": "a + b"}\n')
    tiny = [
        "model.vocab_size=300", "model.hidden_size=16", "training.num_steps=4",
        "training.batch_size=1", "training.validate_every_steps=2", "training.save_every_steps=4",
        "training.sequence_length=64", "training.data.problems=[]", "training.data.validation=[]",
        f"training.data.files=[{tmp_path / 'row.jsonl'}]",
        f"training.data.validation_files=[{tmp_path / 'row.jsonl'}]", "training.dtype=float32",
        "model.num_attention_heads=1", "model.max_position_embeddings=2048",
    ]  # fmt: skip
    changes = [word for setting in tiny for word in ("--set", setting)]
    runs = tmp_path / "runs"
    for name, passes in (("same_tokens/hrm_2x3", True), ("same_flops/plain", False)):
        out = runs / name / "seed-0"
        config = FOLDER / f"{Path(name).name}.yaml"
        arguments = ["run", "--config", str(config), *changes, "--out", str(out)]
        assert hrm_train.cli.main(arguments) == 0
        answers = {one.task_id: one.reference for one in load_problems("chains", "validation")}
        if not passes:
            answers = dict.fromkeys(answers, "pass")
        out = out / "evaluations" / "chains"
        hrm_eval.score(answers, "chains", split="validation", out=out, progress=False)
    return runs


@pytest.mark.slow
def test_curves_and_losses_of_finished_runs_are_collected(main_runs, script, data):
    for _ in range(2):
        script.collect(main_runs, "chains", "abc1234")
    curves = data.Point.read_all(script.CURVES)
    assert [(one.model, one.step, one.tokens) for one in curves] == [
        ("same_flops/plain", 2, 128), ("same_flops/plain", 4, 256),
        ("same_tokens/hrm_2x3", 2, 128), ("same_tokens/hrm_2x3", 4, 256),
    ]  # fmt: skip
    assert all(one.flops > 0 and one.seconds >= 0 for one in curves)
    script.collect(main_runs, "chains", "abc1234", is_timed=False)
    assert all(math.isnan(one.seconds) for one in data.Point.read_all(script.CURVES))
    script.add_losses(main_runs, "chains", "abc1234")
    losses = data.Losses.read_all(script.LOSSES)
    assert [len(one.values) for one in losses] == [500] * 2
    # The validation problem of the runs, and the mean over its tokens, which is one problem's loss.
    checkpoint = load_checkpoint(main_runs / "same_tokens" / "hrm_2x3" / "seed-0" / "last")
    (loss,) = script.problem_losses(checkpoint, [Example("row", "add", "a + b")])
    assert loss == pytest.approx(curves[-1].validation_loss, abs=1e-3)


@pytest.mark.parametrize(
    ("program", "renamed"),
    [
        ("def wrong(a):\n    return wrong(a)", "def right(a):\n    return right(a)"),
        ("def helper(): pass\ndef wrong(): pass", "def helper(): pass\ndef right(): pass"),
        ("def right(): pass\ndef other(): pass", "def right(): pass\ndef other(): pass"),
        ("right = 1", "right = 1"),
        ("def wrong(:", "def wrong(:"),
    ],
)
def test_a_program_gets_the_name_that_the_tests_call(script, program, renamed):
    assert script.with_name(program, "right") == renamed


def test_renamed_answers_are_an_evaluation_of_their_own(script, tmp_path):
    problems = load_problems("chains", "validation")
    answers = {one.task_id: one.reference for one in problems}
    first = problems.problems[0]
    answers[first.task_id] = first.reference.replace(first.entry_point, "wrong")
    out = tmp_path / "plain" / "seed-0" / "evaluations" / "chains"
    run = hrm_eval.score(answers, "chains", split="validation", out=out, progress=False)
    assert run.pass_at_k[1] == pytest.approx(499 / 500)
    for _ in range(2):
        script.judge_renamed(tmp_path)
    renamed = hrm_eval.load_run(out.with_name("chains_renamed"))
    assert renamed.pass_at_k[1] == 1.0


NUM_PROBLEMS = 500


@pytest.fixture
def main_lines(script, data, tables, monkeypatch, tmp_path):
    """Write what four runs learnt and scored."""
    for name in ("RESULTS", "CURVES", "LOSSES"):
        monkeypatch.setattr(script, name, tmp_path / f"{name.lower()}.csv")
    right, wrong = ["1"] * NUM_PROBLEMS, ["0"] * NUM_PROBLEMS
    three_steps = tables.groups("chains")["chains"]["3 steps"]
    only_those = ["1" if number in three_steps else "0" for number in range(NUM_PROBLEMS)]
    passed = {
        ("same_tokens/hrm_2x3", 0): right, ("same_tokens/hrm_2x3", 1): right,
        ("same_flops/plain", 0): wrong, ("same_tokens/plain", 0): only_those,
    }  # fmt: skip
    for (model, seed), counts in passed.items():
        line = {"part": "chains", "model": model, "seed": seed, "commit": "abc1234"}
        of_evaluation = {
            "fingerprint": "f", "seconds": 1.0, "device": "cpu", "finished_at": "", "weights": "",
        }  # fmt: skip
        rate = counts.count("1") / NUM_PROBLEMS
        greedy = data.Result(
            **line, **of_evaluation, evaluation="chains", num_samples=1, pass_at_1=rate,
            passed=" ".join(counts),
        )  # fmt: skip
        sampled = data.Result(
            **line, **of_evaluation, evaluation="chains_20", num_samples=20, pass_at_1=0.05,
            passed=" ".join(["1"] * NUM_PROBLEMS),
        )  # fmt: skip
        renamed = replace(greedy, evaluation="chains_renamed")
        data.Result.add(script.RESULTS, [greedy, sampled, renamed])
        points = [
            data.Point(
                **line, step=step, parameters=2_000_000, tokens=step * 1000, flops=step * 1e12,
                seconds=math.nan if "flops" in model else step * 2.0,
                validation_loss=1.0 / step + seed,
            )
            for step in (1, 2)
        ]  # fmt: skip
        data.Point.add(script.CURVES, points)
        losses = " ".join(["0.5"] * NUM_PROBLEMS)
        data.Losses.add(script.LOSSES, [data.Losses(**line, evaluation="chains", losses=losses)])
    return data.Result.read_all(script.RESULTS)


def test_the_tables_of_a_part_have_what_was_collected(main_lines, script, tables):
    page = fill(script, tables, script.PAGE.read_text(encoding="utf-8"))
    assert "| model | seeds | chains | chains, pass@10, seed 0 | chains, renamed |" in page
    assert "| hrm_2x3 | 2 | 100.0 | 50.0 | 100.0 |" in page
    assert "| hrm_2x3, not plain (same flops) | chains | +100.0 |" in page
    assert "| hrm_2x3, not plain | chains | +57.6 |" in page
    assert "not plain | chains, pass@10" not in page
    assert "not plain | chains, renamed" not in page
    assert "| hrm_2x3 | 2.00 | 0.0 | 0.00 | 4 (2) | 500 | 1.000 ± 0.707 (0.500, 1.500) |  |" in page
    # Its runs shared a GPU.
    assert "| plain (same flops) | 2.00 | 0.0 | 0.00 |  |  | 0.500 | 0.0, 0.00 |" in page
    rows = [row.split(" | ") for row in page.splitlines() if row.startswith("| chains | ")]
    groups = {name: (int(number), *cells) for _, name, number, *cells in rows if number.isdigit()}
    assert list(groups) == [
        "2 steps", "3 steps", "4 steps",
        "shortest quarter", "shorter quarter", "longer quarter", "longest quarter",
        "every step matters", "some step is superfluous", "no twin in training",
    ]  # fmt: skip
    assert [row[0] for row in groups.values()] == [
        164, 212, 124, 125, 125, 125, 125, 327, 173, 231,
    ]  # fmt: skip
    assert groups["3 steps"][1:] == ("0.0, 0.500", "100.0, 0.500", "100.0, 0.500 |")
    assert groups["2 steps"][1:] == ("0.0, 0.500", "100.0, 0.500", "0.0, 0.500 |")


@pytest.mark.parametrize("number", [*range(0, 1500, 150), 1399])
def test_what_is_known_of_a_chain_is_what_its_file_has(tables, number):
    module = importlib.import_module("chain_steps")
    chain = module.find_chain_steps(number)
    assert module.read_chain_steps()[chain.task_id] == chain


def test_a_step_is_superfluous_if_no_test_fails_without_it(tables):
    known = importlib.import_module("chain_steps").read_chain_steps()
    row = next(one for one in load_problems("chains", "longer") if one.task_id == "chains/1399")
    # Every second number, multiples of 5, positive ones, odd ones; no test has a negative number.
    assert "the positive numbers" in row.text
    assert known["chains/1399"].superfluous == "positive"


@pytest.mark.parametrize(
    ("first", "second"),
    [([[0.1], [0.3]], [[0.7], [0.5]]), ([[0.2] * 3, [0.4] * 3], [[0.3] * 3, [0.1] * 3])],
)
def test_the_bootstrap_draws_seeds_and_problems(tables, first, second):
    module = importlib.import_module("experiment_statistics")
    means = [
        b[0] / 2 + d[0] / 2 - a[0] / 2 - c[0] / 2
        for a, c in itertools.product(first, repeat=2)
        for b, d in itertools.product(second, repeat=2)
    ]
    expected = np.quantile(np.repeat(means, 1000), [0.025, 0.975])
    *interval, p = module.bootstrap(first, second)
    assert interval == pytest.approx(expected, abs=1e-9)
    share = 2 * min(np.mean(np.round(means, 12) <= 0), np.mean(np.round(means, 12) >= 0))
    assert p == pytest.approx(min(1, share), abs=0.02)


def test_problems_without_steps_are_a_group_of_their_own(tables):
    found = tables.groups("exercises")
    assert {name: len(numbers) for name, numbers in found["variants"].items()} == {
        "single task": 408, "2 steps": 19, "3 steps": 44, "4 steps": 22, "5 steps": 7,
        "shortest quarter": 125, "shorter quarter": 125, "longer quarter": 125,
        "longest quarter": 125,
    }  # fmt: skip


def test_the_figures_show_every_model(main_lines, script, data, tmp_path):
    script.draw_figures(data.Point.read_all(script.CURVES), main_lines, tmp_path)
    quality, curves = (
        (tmp_path / f"chains_{name}.svg").read_text() for name in ("quality", "curves")
    )
    for text in ("hrm 2x3", "plain", "same tokens", "same flops", "training FLOPs", "Pass@1"):
        assert f"<!-- {text}" in quality
    for text in ("hrm 2x3", "plain", "tokens", "validation loss"):
        assert f"<!-- {text}" in curves


def test_a_folder_that_does_not_say_how_its_runs_are_matched_is_refused(script, tmp_path):
    (tmp_path / "hrm_2x3" / "seed-0").mkdir(parents=True)
    with pytest.raises(SystemExit, match="expected same_tokens or same_flops or same_time/MODEL"):
        script.collect(tmp_path, "chains", "abc1234")
