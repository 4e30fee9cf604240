"""Runs on problems of EvalPlus, from a file of its samples to the report."""

import json
import re

import pytest

from hrm_datasets.evalplus import HUMANEVAL_PLUS, MBPP_PLUS
from hrm_datasets.prompts import PROMPT_STYLES, render_prompt
from hrm_eval import cli
from hrm_eval.extraction import extract_code

SECRET = 731_409
ROWS = [
    {
        "task_id": f"Mbpp/{number}",
        "prompt": f'"""\nWrite a function to add {number}.\nassert add(1) == {1 + number}\n"""\n',
        "entry_point": "add",
        "canonical_solution": f"def add(x):\n    return x + {number}\n",
        "base_input": [[1], [2]],
        "plus_input": [[-5], [SECRET]],
        "atol": 0,
        "contract": "",
        "assertion": f"assert add(1) == {1 + number}\nassert add(2) == {2 + number}\n",
    }
    for number in (8, 9)
]
SAMPLES = [
    {"task_id": "Mbpp/8", "solution": "def add(x):\n    return x + 8\n"},
    {"task_id": "Mbpp/8", "solution": "def add(x):\n    return abs(x) + 8\n"},
    {"task_id": "Mbpp/9", "solution": "def add(x):\n    return abs(x) + 9\n"},
    {"task_id": "Mbpp/9", "solution": "def add(x):\n    return x\n"},
]


@pytest.fixture
def write(tmp_path):
    def write(name, rows):
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return path

    return write


@pytest.fixture
def scored(write, tmp_path, capsys):
    """Return the folder of a run that has scored the samples; `capsys` has what it printed."""
    source, samples = write("MbppPlus.jsonl", ROWS), write("samples.jsonl", SAMPLES)
    arguments = ["score", samples, "--dataset", "mbpp-plus", "--source", source]
    assert call(*arguments, "--out", tmp_path / "run") == 0
    return tmp_path / "run"


def call(*arguments):
    return cli.main([str(argument) for argument in arguments])


def test_base_and_plus_scores_are_reported_apart(scored, capsys):
    summary = json.loads((scored / "summary.json").read_text())
    assert summary["pass_at_k"] == {"1": 0.25, "2": 0.5}
    assert summary["base"]["pass_at_k"] == {"1": 0.75, "2": 1.0}
    assert summary["base"]["ci95"]["2"][1] == 1.0
    passed = [(row["num_passed"], row["num_passed_base"]) for row in summary["problems"]]
    assert passed == [(1, 2), (0, 1)]
    printed = capsys.readouterr().out
    assert "Pass@1   25.00%" in printed
    assert "Pass@1 of the base tests   75.00%" in printed
    assert re.search(r"mbpp-plus/8 +. +1/2 +. +2/2 ", printed)


def test_a_verdict_has_a_status_for_the_base_and_for_all_inputs(scored, capsys):
    lines = (scored / "verdicts.jsonl").read_text().splitlines()
    verdicts = {(v["task_id"], v["sample"]): v for v in map(json.loads, lines)}
    assert verdicts["mbpp-plus/8", 0]["tests"] == ["passed", "passed"]
    assert verdicts["mbpp-plus/8", 1]["tests"] == ["passed", "wrong_answer"]
    capsys.readouterr()
    assert call("show", scored, "8") == 0
    assert "plus tests:\ninput 1 of 2: add(-5)\nreturned 13\nexpected 3" in capsys.readouterr().out


def test_the_report_has_both_scores_and_both_parts_of_the_tests(scored):
    assert call("report", scored) == 0
    page = (scored / "report.html").read_text(encoding="utf-8")
    assert "Pass@1 of the base tests" in page
    data = json.loads(re.findall(r'id="data">(.*)</script>', page)[0])
    assert data["problems"][0]["tests"] == ["2 base inputs", "2 plus inputs"]
    assert data["problems"][0]["samples"][1]["tests"] == ["passed", "wrong_answer"]
    assert data["problems"][0]["samples"][1]["returned"] == "13"


def test_other_datasets_have_no_base_scores(write, tmp_path, capsys):
    samples = write("samples.jsonl", [{"task_id": "starter/1", "completion": "x = 1"}])
    assert call("score", samples, "--dataset", "starter", "--out", tmp_path / "run") == 0
    summary = json.loads((tmp_path / "run" / "summary.json").read_text())
    assert summary["base"] is None
    assert summary["problems"][0]["num_passed_base"] is None
    assert "base" not in capsys.readouterr().out


def test_the_references_pass_all_inputs(write, tmp_path, capsys):
    source = write("MbppPlus.jsonl", ROWS)
    run = ["run", "--model", "reference", "--dataset", "mbpp-plus", "--source", source]
    assert call(*run, "--out", tmp_path / "run") == 0
    printed = capsys.readouterr().out
    assert "Pass@1  100.00%" in printed
    assert "Pass@1 of the base tests  100.00%" in printed


@pytest.mark.parametrize("style", PROMPT_STYLES)
def test_prompts_show_the_original_tests_and_no_input_of_evalplus(write, style):
    problem, example = MBPP_PLUS.load(source=write("MbppPlus.jsonl", ROWS))
    prompt = render_prompt(problem, style, (example,))
    assert "Write a function to add 8." in prompt
    assert "assert add(1) == 9" in prompt
    assert str(SECRET) not in prompt
    assert "-5" not in prompt


def test_prompts_of_humaneval_plus_are_the_stub(write):
    stub = 'def add(x: int) -> int:\n    """Add 2."""\n'
    row = ROWS[0] | {"task_id": "HumanEval/2", "prompt": stub, "canonical_solution": "    return 1"}
    (problem,) = HUMANEVAL_PLUS.load(source=write("HumanEvalPlus.jsonl", [row]))
    assert render_prompt(problem, "docstring") == stub
    assert stub.rstrip() in render_prompt(problem, "instruct")
    assert str(SECRET) not in render_prompt(problem, "instruct")


def test_the_program_is_taken_out_of_an_answer(write):
    (problem, _) = MBPP_PLUS.load(source=write("MbppPlus.jsonl", ROWS))
    answer = (
        "Here it is:\n```python\nEIGHT = 8\n\ndef add(x):\n    return x + EIGHT\n\n"
        "assert add(1) == 9\nprint(add(2))\n```\nIt adds 8."
    )
    assert extract_code(answer, problem).rstrip() == (
        "EIGHT = 8\n\ndef add(x):\n    return x + EIGHT"
    )


@pytest.mark.parametrize(
    ("changes", "status", "message"),
    [
        ({"plus_input": None}, 5, "MbppPlus.jsonl:1: plus_input: expected list, got None"),
        ({"atol": None}, 5, "MbppPlus.jsonl:1: atol: expected number, got None"),
        ({"canonical_solution": "def add(x):\n    return y\n"}, 5,
         "mbpp-plus/8: the reference solution fails, so nothing tells the right results. Fix it"),
    ],
)  # fmt: skip
def test_a_broken_row_is_one_clear_error(write, tmp_path, capsys, changes, status, message):
    source = write("MbppPlus.jsonl", [ROWS[0] | changes, ROWS[1]])
    samples = write("samples.jsonl", SAMPLES)
    arguments = ["score", samples, "--dataset", "mbpp-plus", "--source", source]
    assert call(*arguments, "--out", tmp_path / "run") == status
    assert message in capsys.readouterr().err


def test_answers_to_other_problems_than_a_broken_one_can_be_judged(write, tmp_path, capsys):
    broken = ROWS[0] | {"canonical_solution": "def add(x):\n    return y\n"}
    source, out = write("MbppPlus.jsonl", [broken, ROWS[1]]), tmp_path / "run"
    data = ["--dataset", "mbpp-plus", "--source", source]
    assert call("run", "--model", "reference", *data, "--out", out) == 5
    printed = capsys.readouterr().err
    assert f"write hrm-eval run --resume --judge-only --out {out} with --memory-mb" in printed
    assert f"hrm-eval score {out}/completions.jsonl --dataset mbpp-plus --exclude" in printed
    assert call("run", "--resume", "--judge-only", "--out", out, "--memory-mb", 512) == 5
    rest = ["score", out / "completions.jsonl", *data, "--exclude", "mbpp-plus/8"]
    assert call(*rest, "--out", tmp_path / "rest") == 0
    assert json.loads((tmp_path / "rest" / "summary.json").read_text())["pass_at_k"] == {"1": 1.0}


def test_several_answers_can_be_chosen_by_the_original_tests(write, tmp_path, capsys):
    source = write("MbppPlus.jsonl", ROWS)
    run = ["run", "--model", "reference", "--dataset", "mbpp-plus", "--source", source]
    run += ["--samples", 2, "--rerank", "prompt-tests", "--out", tmp_path / "run"]
    assert call(*run) == 0
    reranking = json.loads((tmp_path / "run" / "summary.json").read_text())["rerank"]
    assert reranking["value"] == 1.0
    assert not reranking["saw_every_test"]
    assert (reranking["num_tests"], reranking["num_tests_shown"]) == (8, 4)
