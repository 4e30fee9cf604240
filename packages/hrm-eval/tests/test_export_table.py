from hrm_eval.exports.table import COLUMNS, sample_rows
from hrm_eval.runs import load_run


def test_a_judged_answer_has_every_value_of_its_type(make_run):
    run = load_run(
        make_run(
            {
                "task_id": "starter/1", "status": "wrong_answer", "message": "test 2 of 3: no",
                "tests": ["passed", "wrong_answer"], "text": "Here it is.",
            }
        )
    )  # fmt: skip
    (row,) = sample_rows(run)
    assert list(row) == list(COLUMNS)
    assert all(isinstance(row[name], kind) for name, kind in COLUMNS.items() if name != "chosen")
    assert row == {
        "model": "fake", "dataset": "starter/test", "task_id": "starter/1", "sample": 0,
        "passed": False, "status": "wrong_answer", "message": "test 2 of 3: no",
        "num_tests_begun": 2, "num_tests_passed": 1, "prompt": "Write a function.",
        "answer": "Here it is.", "program": "def f():\n    return 1\n", "num_tokens": 12,
        "finish_reason": "stop", "generation_seconds": 1.5, "execution_seconds": 0.02,
        "cpu_seconds": 0.01, "peak_memory_bytes": 11 * 2**20, "shared_process": False,
        "asked_program": False, "chosen": None,
    }  # fmt: skip


def test_an_answer_that_is_not_judged_has_no_values_of_a_verdict(make_run):
    run = load_run(make_run({"task_id": "starter/1", "status": None}, finished=False))
    (row,) = sample_rows(run)
    assert [row["program"], row["passed"], row["execution_seconds"]] == [
        "def f():\n    return 1\n", None, None
    ]  # fmt: skip


def test_what_a_scored_file_does_not_have_is_none(make_run):
    path = make_run({"task_id": "starter/1", "status": "passed"})
    file = path / "completions.jsonl"
    file.write_text('{"task_id": "starter/1", "sample": 0, "completion": ""}\n')
    (row,) = sample_rows(load_run(path))
    names = ("prompt", "answer", "num_tokens", "finish_reason", "generation_seconds")
    assert [row[name] for name in names] == [None] * 5


def test_tokens_that_a_server_does_not_count_are_none(make_run):
    answers = [{"num_tokens": 0}, {"num_tokens": 0, "text": ""}, {"num_tokens": 7}]
    answers = [
        {"task_id": "starter/1", "status": "passed", "sample": number, **answer}
        for number, answer in enumerate(answers)
    ]
    rows = sample_rows(load_run(make_run(*answers)))
    assert [row["num_tokens"] for row in rows] == [None, 0, 7]


def test_the_answer_that_was_chosen_is_marked(make_run, reranking):
    answers = [
        {"task_id": f"starter/{n}", "sample": sample, "status": "passed"}
        for n in (1, 2)
        for sample in (0, 1)
    ]
    rows = sample_rows(load_run(make_run(*answers, reranking=reranking)))
    assert [row["chosen"] for row in rows] == [False, True, True, False]


def test_a_lone_surrogate_is_escaped_and_any_other_character_kept(make_run):
    program = "x = '\ud800 \x00 \U0001f600'"
    run = load_run(make_run({"task_id": "starter/1", "status": "passed", "completion": program}))
    (row,) = sample_rows(run)
    assert row["program"] == row["answer"] == "x = '\\ud800 \x00 \U0001f600'"
