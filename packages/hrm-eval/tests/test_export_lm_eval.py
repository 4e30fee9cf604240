import json
import re

import pytest

from hrm_datasets import load_problems
from hrm_eval import cli
from hrm_eval.exports.formats import export_run
from hrm_eval.runs import load_run
from hrm_eval.samples import read_samples


@pytest.fixture
def run(make_run):
    answers = [
        {
            "task_id": f"starter/{1 + n // 2}", "sample": n % 2, "status": status,
            "text": f"Answer {n}", "completion": f"x = {n}",
        }
        for n, status in enumerate(["passed", "timeout", "timeout", "timeout", "passed", "passed"])
    ]  # fmt: skip
    return load_run(make_run(*answers, model_reference="me/my-model", prompt="few-shot"))


def test_the_files_are_where_lm_eval_puts_them(run, tmp_path):
    path, _ = export_run(run, "lm-eval", tmp_path / "logs")
    names = sorted(str(file.relative_to(path)) for file in path.rglob("*.*"))
    assert len(names) == 2
    date = r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{6}"
    assert re.fullmatch(rf"me__my-model/results_{date}\.json", names[0])
    assert re.fullmatch(rf"me__my-model/samples_starter_{date}\.jsonl", names[1])
    export_run(run, "lm-eval", path)
    assert len(list(path.rglob("*.*"))) == 2


def test_the_results_are_those_of_the_run(run):
    path, _ = export_run(run, "lm-eval")
    (file,) = path.rglob("results_*.json")
    record = json.loads(file.read_text())
    results = record["results"]["starter"]
    assert results["pass_at_1,extract_code"] == run.pass_at_k[1] == 0.5
    assert results["pass_at_2,extract_code"] == run.pass_at_k[2] == pytest.approx(2 / 3)
    assert results["pass_at_1_stderr,extract_code"] == pytest.approx(0.5 / 3**0.5)
    assert record["n-samples"]["starter"] == {"original": 25, "effective": 3}
    assert record["n-shot"]["starter"] == 3
    assert record["model_name"] == "me/my-model"


@pytest.mark.parametrize(("prompt", "num_shots"), [("paper", 3), ("instruct", 0)])
def test_the_number_of_shots_is_that_of_the_prompt_style(make_run, prompt, num_shots):
    path = make_run({"task_id": "starter/1", "status": "passed"}, prompt=prompt)
    folder, _ = export_run(load_run(path), "lm-eval")
    (file,) = folder.rglob("results_*.json")
    record = json.loads(file.read_text())
    assert record["n-shot"]["starter"] == num_shots
    assert record["configs"]["starter"]["num_fewshot"] == num_shots


def test_a_line_has_all_answers_to_a_problem(run):
    path, _ = export_run(run, "lm-eval")
    (file,) = path.rglob("samples_*.jsonl")
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line["pass_at_1"] for line in lines] == [0.5, 0.0, 1.0]
    assert lines[0]["resps"] == [["Answer 0", "Answer 1"]]
    assert lines[0]["filtered_resps"] == [["x = 0", "x = 1"]]
    assert lines[0]["doc"]["entry_point"] == "greet_person"
    assert lines[0]["arguments"]["gen_args_0"]["arg_0"] == "Write a function."
    assert lines[1]["doc_id"] == 1


def test_score_reads_the_same_programs_back(run):
    path, _ = export_run(run, "lm-eval")
    (file,) = path.rglob("samples_*.jsonl")
    samples = read_samples(file, load_problems("starter"))
    assert [c.key for c in samples.completions] == [s.completion.key for s in run.samples]
    assert [c.completion for c in samples.completions] == [f"x = {n}" for n in range(6)]


def test_a_single_problem_has_no_standard_error(make_run, capsys):
    path = make_run({"task_id": "starter/1", "status": "passed"})
    assert cli.main(["export", str(path), "--format", "lm-eval"]) == 0
    (file,) = (path / "lm-eval").rglob("results_*.json")
    results = json.loads(file.read_text())["results"]["starter"]
    assert results["pass_at_1_stderr,extract_code"] == "N/A"
