import json
import shlex
from datetime import UTC, datetime

import pytest

import hrm_eval
from hrm_core.errors import DataError
from hrm_eval.cli import main
from hrm_eval.runs import load_run


def test_answers_are_in_the_order_of_the_dataset_whatever_the_order_of_the_file(make_run):
    path = make_run(
        {"task_id": "starter/10", "status": "passed"},
        {"task_id": "starter/2", "sample": 1, "status": "passed"},
        {"task_id": "starter/2", "sample": 0, "status": "passed"},
    )
    keys = [sample.completion.key for sample in load_run(path).samples]
    assert keys == [("starter/2", 0), ("starter/2", 1), ("starter/10", 0)]


def test_an_unfinished_run_is_in_the_order_of_the_numbers_in_its_ids(make_run):
    ids = ["b/1", "a/x", "a/10", "a/9", "7", "a/" + 5000 * "1"]
    path = make_run(*({"task_id": one, "status": None} for one in ids), finished=False)
    tasks = list(load_run(path).by_task)
    assert tasks == ["7", "a/9", "a/10", "a/" + 5000 * "1", "a/x", "b/1"]


def test_a_finished_run_has_the_results_of_its_summary(make_run):
    run = load_run(
        make_run(
            {"task_id": "starter/1", "status": "passed"},
            {"task_id": "starter/2", "status": "wrong_answer"},
        )
    )
    assert run.is_finished
    assert run.pass_at_k == {1: 0.5}
    assert [score.low for score in run.scores] == [run.summary["ci95"]["1"][0]]
    assert abs(run.finished_at - datetime.now(UTC)).total_seconds() < 3600


def test_the_time_of_an_old_summary_is_that_of_its_file(make_run):
    path = make_run({"task_id": "starter/1", "status": "passed"})
    text = (path / "summary.json").read_text()
    (path / "summary.json").write_text(text.replace("finished_at", "something"))
    written = (path / "summary.json").stat().st_mtime
    assert load_run(path).finished_at.timestamp() == pytest.approx(written)


def test_a_run_with_more_answers_than_its_summary_is_not_finished(make_run):
    path = make_run({"task_id": "starter/1", "status": "passed"})
    other = make_run({"task_id": "starter/2", "status": None}, name="more", finished=False)
    with (path / "completions.jsonl").open("a") as file:
        file.write((other / "completions.jsonl").read_text())
    run = load_run(path)
    assert not run.is_finished
    assert run.finished_at is None
    assert (run.num_judged, len(run.samples), run.pass_at_k) == (1, 2, {1: 1.0})


def test_the_problems_can_be_loaded_from_another_place(make_run, tmp_path):
    run = load_run(make_run({"task_id": "starter/1", "status": "passed"}))
    assert len(run.problems()) == 25
    with pytest.raises(DataError, match="moved"):
        run.problems(tmp_path / "moved")


def test_the_command_to_continue_a_scoring_needs_none_of_its_flags(tmp_path):
    file, out = tmp_path / "my samples.jsonl", tmp_path / "run"
    lines = [json.dumps({"task_id": n, "solution": "x = 1\n"}) for n in (1, 2, 3)]
    file.write_text("\n".join(lines))
    flags = ["--task-ids", "1,2,3", "--exclude", "2", "--timeout", "5", "--k", "1", "--no-extract"]
    command = ["score", str(file), "--dataset", "starter", *flags, "--out", str(out)]
    assert main(command) == 0
    config = load_run(out).config
    (out / "summary.json").unlink()
    program, *words = shlex.split(load_run(out).command_to_continue)
    assert (program, main(words)) == ("hrm-eval", 0)
    assert load_run(out).is_finished
    assert load_run(out).config == config


def test_a_scoring_of_answers_in_memory_is_continued_in_python(tmp_path):
    completions, out = {"starter/1": ["x = 1\n"]}, tmp_path / "run"
    hrm_eval.score(completions, "starter", out=out, timeout=5.0, workers=1)
    (out / "summary.json").unlink()
    command = load_run(out).command_to_continue
    assert command == f"hrm_eval.score(completions, 'starter', out={str(out)!r}, resume=True)"
    names = {"hrm_eval": hrm_eval, "completions": completions}
    assert eval(command, names).is_finished  # noqa: S307 (what users paste)


def test_a_folder_without_a_run_is_an_error(tmp_path):
    with pytest.raises(DataError, match="not the folder of a run"):
        load_run(tmp_path)


@pytest.mark.parametrize(
    ("file", "text", "key"),
    [
        ("config.yaml", "training: {}\n", "name"),
        ("config.yaml", "dataset: {name: starter}\n", "split"),
        ("summary.json", '{"pass_at_k": {}}', "ci95"),
        ("summary.json", "[]", "pass_at_k"),
    ],
)
def test_a_file_that_no_run_has_written_is_an_error(make_run, file, text, key):
    path = make_run({"task_id": "starter/1", "status": "passed"})
    (path / file).write_text(text)
    with pytest.raises(DataError, match=f"{file}: not written by a run, because '{key}' is"):
        load_run(path)
