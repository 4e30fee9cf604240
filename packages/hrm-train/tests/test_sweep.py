import json
import sys
from importlib.util import find_spec

import pytest
import yaml

from hrm_core.errors import ConfigError, UsageError
from hrm_train import sweep
from hrm_train.commands import check_evaluations
from hrm_train.run_folder import STATE_FILE
from hrm_train.sweep import (
    Sweep,
    divide_cores,
    parse_seeds,
    parse_variations,
    plan_runs,
    table,
)


@pytest.fixture
def config_files(settings, tmp_path):
    files = [tmp_path / "wide.yaml", tmp_path / "narrow.yaml"]
    for file, size in zip(files, (16, 8), strict=True):
        file.write_text(
            yaml.safe_dump({**settings(), "model": {**settings()["model"], "hidden_size": size}})
        )
    return files


@pytest.fixture
def execute(environment, monkeypatch):
    """Execute a sweep; return the names of the failed runs and the lines of progress."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    def run(runs, at_once=2, evaluations=()):
        lines = []
        work = Sweep(runs, list(evaluations), num_threads=1, report=lines.append)
        return work.execute(at_once), lines

    return run


def test_every_config_is_trained_with_every_seed_and_variation(config_files, tmp_path):
    runs = plan_runs(
        config_files, tmp_path / "out", seeds=[3, 4],
        variations={"training.optimizer.lr": ["0.01", "0.02"]},
        assignments=["training.num_steps=2"],
    )  # fmt: skip
    assert [run.name for run in runs[:5]] == [
        "wide/lr=0.01/seed-3", "wide/lr=0.02/seed-3", "narrow/lr=0.01/seed-3",
        "narrow/lr=0.02/seed-3", "wide/lr=0.01/seed-4",
    ]  # fmt: skip
    assert len(runs) == 8
    last = runs[-1]
    assert last.folder.path == tmp_path / "out" / "narrow" / "lr=0.02" / "seed-4"
    assert last.config.model["hidden_size"] == 8
    training = last.config.training
    assert (training.seed, training.optimizer.lr, training.num_steps) == (4, 0.02, 2)


def test_runs_are_those_of_the_command_and_go_on_where_they_stopped(
    config_files, execute, tmp_path, train_toy, result
):
    runs = wide, narrow = plan_runs(config_files, tmp_path / "out", seeds=[0])
    failed, lines = execute(runs)
    assert failed == []
    assert sum("training from step 0 on" in line for line in lines) == 2
    alone = result(train_toy(tmp_path / "alone", seed=0))
    assert result(wide.folder) == alone != result(narrow.folder)
    assert execute(runs) == ([], [])
    assert "wide/seed-0    6/6" in table(runs, [])
    wide.folder.last_checkpoint().rename(tmp_path / "put aside")
    assert (wide.steps_done, wide.is_trained) == (4, False)
    failed, lines = execute(runs)
    assert (failed, lines[0]) == ([], "wide/seed-0: training from step 4 on")
    assert result(wide.folder) == alone


def test_a_run_that_fails_is_named_and_the_others_go_on(config_files, execute, tmp_path):
    good, bad = plan_runs(config_files, tmp_path / "out", seeds=[0])
    bad.folder.path.mkdir(parents=True)
    bad.folder.log.write_text("{}\n")
    failed, lines = execute([bad, good], at_once=1)
    assert failed == ["narrow/seed-0"]
    (line,) = [line for line in lines if "ended with" in line]
    assert line.startswith("narrow/seed-0: the training ended with status 2: --out: ")
    assert line.endswith(f"All of it: {bad.folder.path / 'sweep.log'}")
    assert good.is_trained


def test_a_run_whose_folder_cannot_be_made_is_named_and_the_others_go_on(
    config_files, execute, tmp_path
):
    good, bad = plan_runs(config_files, tmp_path / "out", seeds=[0])
    bad.folder.path.parent.mkdir(parents=True)
    bad.folder.path.write_text("a file")
    failed, lines = execute([bad, good], at_once=1)
    assert failed == ["narrow/seed-0"]
    assert any("narrow/seed-0: the training cannot start: " in line for line in lines)
    assert good.is_trained


def test_a_run_is_finished_when_its_pass_at_1_is_measured(config_files, tmp_path):
    measured = "training.pass_at_1={dataset: {name: starter, split: test}, every_steps: 3}"
    (run,) = plan_runs(config_files[:1], tmp_path, seeds=[0], assignments=[measured])
    run.folder.claim({})
    run.folder.save(6, _fill, keep_last=1)
    run.folder.append_log({"step": 6, "loss": 1.0})
    assert (run.steps_done, run.is_trained) == (6, False)
    run.folder.append_log({"step": 6, "pass_at_1": 0.0})
    assert run.is_trained


def test_a_run_killed_before_last_leads_to_its_last_checkpoint_is_not_finished(
    config_files, tmp_path
):
    (run,) = plan_runs(config_files[:1], tmp_path, seeds=[0])
    run.folder.claim({})
    older = run.folder.save(3, _fill, keep_last=2)
    newest = run.folder.save(6, _fill, keep_last=2)
    assert run.is_trained
    run.folder.update_links(older, keep_last=2, is_best=False)
    assert not run.is_trained
    (run.folder.path / "last").unlink()
    assert not run.is_trained
    run.folder.update_links(newest, keep_last=2, is_best=False)
    assert run.is_trained


def _fill(folder):
    (folder / STATE_FILE).touch()


@pytest.mark.skipif(find_spec("hrm_eval") is None, reason="hrm-eval is not installed")
def test_models_are_evaluated_once(config_files, execute, tmp_path):
    (run,) = plan_runs(config_files[:1], tmp_path / "out", seeds=[0])
    evaluation = tmp_path / "starter.yaml"
    evaluation.write_text(
        "dataset: {name: starter, limit: 2}\nprompt: docstring\n"
        "sampling: {max_new_tokens: 4, temperature: 0.5, num_samples: 2}\n"
    )
    failed, lines = execute([run], evaluations=[evaluation])
    assert failed == [], lines
    # The prompts are longer than the toy's context.
    assert run.pass_at_1(evaluation) == 0.0
    assert lines[-1].startswith("wide/seed-0: Pass@1 of starter 0.0 %")
    assert execute([run], evaluations=[evaluation]) == ([], [])
    assert table([run], [evaluation]).splitlines()[1].split()[-2:] == ["0.0", "%"]
    evaluation.write_text(evaluation.read_text().replace("num_samples: 2", "num_samples: 3"))
    failed, lines = execute([run], evaluations=[evaluation])
    assert (failed, len(lines)) == ([], 1)
    summary = json.loads((run.evaluation(evaluation) / "summary.json").read_text())
    assert summary["num_samples"] == 6
    evaluation.write_text(evaluation.read_text().replace("num_samples: 3", "num_samples: 1"))
    failed, lines = execute([run], evaluations=[evaluation])
    assert failed == ["wide/seed-0"]
    assert "has 3 answers to a problem, in" in lines[0]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_sweep_that_is_stopped_saves_its_runs(start, interrupt, config_files, tmp_path):
    out = tmp_path / "out"
    process = start(
        "sweep", "--config", config_files[0], "--out", out, "--set", "training.num_steps=100000"
    )
    log = out / "wide" / "seed-0" / "log.jsonl"
    printed = interrupt(process, log)
    assert "stopping; a training saves a checkpoint first" in printed
    (run,) = plan_runs(config_files[:1], out, seeds=[0], assignments=["training.num_steps=100000"])
    assert run.steps_done == json.loads(log.read_text().splitlines()[-1])["step"]


def test_a_folder_with_other_settings_is_refused(config_files, settings, tmp_path):
    folder = tmp_path / "out" / "wide" / "seed-0"
    folder.mkdir(parents=True)
    stored = {**settings(seed=0, num_steps=7), "model": {**settings()["model"], "hidden_size": 16}}
    (folder / "config.yaml").write_text(yaml.safe_dump(stored))
    changed = r"wide/seed-0 was started with other settings: training.num_steps was 7, now it is 6"
    with pytest.raises(UsageError, match=changed):
        plan_runs(config_files, tmp_path / "out", seeds=[0])
    same = ["training.num_steps=7", "training.dtype=auto", "training.processes=1"]
    assert len(plan_runs(config_files[:1], tmp_path / "out", seeds=[0], assignments=same)) == 1


def test_two_configs_of_one_name_are_refused(config_files, tmp_path):
    with pytest.raises(UsageError, match="two configs are named 'wide'"):
        plan_runs([config_files[0], tmp_path / "more" / "wide.yaml"], tmp_path, seeds=[0])


@pytest.mark.parametrize("text", ["", "a", "1,,2", "0,0", "0,00", "-1"])
def test_wrong_seeds_are_refused(text):
    with pytest.raises(UsageError, match="--seeds: expected different whole numbers"):
        parse_seeds(text)


def test_a_value_that_occurs_twice_is_refused():
    with pytest.raises(UsageError, match="--vary: a has the value 1 twice"):
        parse_variations(["a=1,2", "a=1"])


@pytest.mark.parametrize("text", ["", "training.seed", "=1", "training.seed=1,"])
def test_a_wrong_variation_is_refused(text):
    with pytest.raises(UsageError, match="--vary: expected KEY=VALUE,VALUE"):
        parse_variations([text])


def test_seeds_and_variations_are_read():
    assert parse_seeds("0, 7") == [0, 7]
    assert parse_variations(["a.b=1,2", "c=x", "a.b=3"]) == {"a.b": ["1", "2", "3"], "c": ["x"]}
    assert parse_variations(["d=[0.9, 0.95],[0.9]"]) == {"d": ["[0.9, 0.95]", "[0.9]"]}
    braces = "{H_cycles: 1, L_bp_cycles: [1, 2]}", "[{a: 1, b: 2}, {c: 3}]"
    assert parse_variations([f"model={braces[0]},{braces[1]}"]) == {"model": list(braces)}


@pytest.mark.parametrize("given", [{"variations": {"training.seed": ["1", "2"]}},
                                   {"assignments": ["training.seed=5"]},
                                   {"assignments": ["training={seed: 5}"]}])  # fmt: skip
def test_seeds_are_set_in_one_way_only(config_files, tmp_path, given):
    with pytest.raises(UsageError, match=r"the seeds of a sweep are those of --seeds\. Write"):
        plan_runs(config_files[:1], tmp_path, seeds=[0], **given)


def test_an_error_names_the_file_only_if_it_is_in_the_file(config_files, tmp_path):
    typo = {"variations": {"training.optimizer.lrr": ["1"]}}
    with pytest.raises(ConfigError, match=r"^training\.optimizer\.lrr: unknown key"):
        plan_runs(config_files[:1], tmp_path, seeds=[0], **typo)
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("training: {num_step: 1}\n")
    with pytest.raises(ConfigError, match=r"wrong\.yaml: training\.num_step: unknown key"):
        plan_runs([wrong], tmp_path, seeds=[0])


@pytest.mark.skipif(find_spec("hrm_eval") is None, reason="hrm-eval is not installed")
def test_a_wrong_evaluation_is_refused_before_a_run_starts(tmp_path):
    path = tmp_path / "evaluation.yaml"
    path.write_text("dataset: {nam: starter}\n")
    with pytest.raises(ConfigError, match=r"evaluation.yaml: dataset.nam: unknown key"):
        check_evaluations([path])
    with pytest.raises(UsageError, match="--evaluate: two configs are named 'evaluation'"):
        check_evaluations([path, tmp_path / "more" / "evaluation.yaml"])


@pytest.mark.parametrize(
    ("on_cpu", "at_once", "expected"),
    [(True, None, (2, 4)), (True, 3, (3, 2)), (True, 16, (16, 1)), (False, None, (1, 8))],
)
def test_the_cores_are_divided_among_the_runs(
    config_files, tmp_path, monkeypatch, on_cpu, at_once, expected
):
    monkeypatch.setattr(sweep, "runs_on_cpu", lambda _: on_cpu)
    monkeypatch.setattr(sweep, "count_cores", lambda: 8)
    runs = plan_runs(config_files, tmp_path / "out", seeds=[0])
    assert divide_cores(runs, at_once) == expected
