import json

import pytest
from rich.console import Console

from hrm_eval import console
from hrm_eval.completions import Completion
from hrm_eval.console import print_task
from hrm_eval.judgements import Judgement
from hrm_eval.runs import load_run
from hrm_eval.sandbox import Status, Verdict
from hrm_eval.summary import Answers, ProblemSummary, summarize, write_summary

KEYS = [
    "pass_at_k", "ci95", "base", "rerank", "judged_again", "num_problems", "num_samples",
    "num_problems_without_answer", "status_counts", "finish_reasons", "num_tokens", "model",
    "stack", "device", "engine", "dataset", "sampling", "prompt", "sandbox", "versions", "seconds",
    "finished_at", "problems",
]  # fmt: skip
ROW_KEYS = [
    "task_id", "num_passed", "num_passed_base", "num_samples", "status", "generation_seconds",
    "execution_seconds",
]  # fmt: skip


def judgement(task_id, sample, status):
    verdict = Verdict(
        status=status, seconds=0.25, cpu_seconds=0.2, peak_memory_bytes=1, tests=(status,),
        message="",
    )  # fmt: skip
    return Judgement(task_id=task_id, sample=sample, program_sha256="0", verdict=verdict)


@pytest.fixture
def summary(toys):
    judgements = [
        judgement("toys/2", 1, Status.PASSED),
        judgement("toys/2", 0, Status.TIMEOUT),
        judgement("toys/1", 0, Status.TIMEOUT),
    ]
    completions = [
        Completion(task_id=j.task_id, sample=j.sample, completion="", seconds=1.5, num_tokens=3,
                   finish_reason="stop" if j.sample else "length")
        for j in judgements
    ]  # fmt: skip
    model = {"name": "m", "stack": "s", "device": "cpu", "dtype": "float32"}
    answers = Answers(problems=toys, completions=completions, model=model, sampling={"seed": 0})
    return summarize(answers, judgements, {"landlock": True, "cgroup": False}, seconds=1.23456)


def test_the_file_has_the_keys_of_the_contract_in_their_order(summary, tmp_path):
    write_summary(tmp_path / "summary.json", summary)
    record = json.loads((tmp_path / "summary.json").read_text())
    assert list(record) == KEYS
    assert [list(row) for row in record["problems"]] == [ROW_KEYS, ROW_KEYS]
    assert record == summary.to_record()


def test_problems_are_in_the_order_of_the_dataset_with_their_first_status(summary):
    assert [
        (row.task_id, row.num_passed, row.num_samples, row.status) for row in summary.problems
    ] == [("toys/1", 0, 1, "timeout"), ("toys/2", 1, 2, "timeout")]
    assert summary.problems[1].generation_seconds == 3.0
    assert summary.problems[1].execution_seconds == 0.5


def test_counts_and_scores_are_over_the_answered_problems(summary):
    assert (summary.num_problems, summary.num_problems_without_answer) == (2, 2)
    assert summary.pass_at_k == {"1": 0.25}
    assert summary.status_counts == {"timeout": 2, "passed": 1}
    assert summary.finish_reasons == {"stop": 1, "length": 2}
    assert summary.sandbox == {"landlock": True, "cgroup": False, "num_judged_in_shared_process": 0}
    assert (summary.model, summary.engine["dtype"], summary.seconds) == ("m", "float32", 1.235)


def test_a_task_id_with_brackets_is_printed_as_it_is(make_run, capsys):
    path = make_run({"task_id": "starter/1", "status": "passed"})
    file = path / "completions.jsonl"
    file.write_text(file.read_text().replace("starter/1", "own/a[/b]"))
    print_task(load_run(path).samples)
    assert "own/a[/b] sample 0: " in capsys.readouterr().out
    row = ProblemSummary(
        task_id="own/list[int]", num_passed=1, num_passed_base=None, num_samples=1,
        status="passed", generation_seconds=0.1, execution_seconds=0.1,
    )  # fmt: skip
    Console().print(console._problem_table([row]))
    assert "own/list[int]" in capsys.readouterr().out
