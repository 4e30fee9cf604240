import html
import json
import re
from dataclasses import replace

import pytest

from hrm_datasets import InputOutput
from hrm_eval import cli
from hrm_eval.report import render_report, write_report
from hrm_eval.runs import load_run

WRONG = "test 1 of 3: assert f(2) == 4\nAssertionError\nreturned {}\nexpected {}"


def report(path, **options):
    """Write the report of a run and return its page and its notes."""
    notes = write_report(load_run(path), path / "report.html", **options)
    return (path / "report.html").read_text(encoding="utf-8"), notes


def data_of(page):
    (text,) = re.findall(r'<script type="application/json" id="data">(.*)</script>', page)
    return json.loads(text)["problems"]


def words_of(page):
    """Return the text of a page without its script, style and data."""
    text = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def test_the_report_has_results_conditions_and_times(make_run):
    page, notes = report(
        make_run(
            {"task_id": "starter/1", "status": "passed"},
            {"task_id": "starter/2", "status": "wrong_answer"},
            {"task_id": "starter/3", "status": "timeout"},
            {"task_id": "starter/4", "status": "passed", "shared_process": True},
        )
    )
    assert notes == []
    words = words_of(page)
    assert words.startswith("fake on starter/test Skip to the problems fake on starter/test 4 prob")
    for part in (
        "4 problems, 4 answers; finished 20",
        ", after 1 min 15 s on cpu",
        "Pass@1 50.0% 95 % interval 15.0% to 85.0%",
        "passed 2 50.0%",
        "wrong answer 1 25.0%",
        "timeout 1 25.0%",
        "Generation 1.5 s 1.5 s 1.5 s",
        "Program with its tests 20.0 ms",
        "Not counted: 21 problems without an answer in the file.",
        "Judged in the program's own process: 1 samples",
        "Isolation without: cgroup.",
        "1 of 2 layers of isolation landlock: on cgroup: off",
        "sampling.num_samples 1",
        "dataset.fingerprint ",
        "hrm-eval 0.1.0",
    ):
        assert part in words
    assert "Pass@k" not in words


def test_the_data_have_what_is_known_of_each_answer_and_test(make_run):
    page, _ = report(
        make_run(
            {"task_id": "starter/1", "status": "passed", "tests": ["passed"] * 3},
            {
                "task_id": "starter/2",
                "status": "wrong_answer",
                "tests": ["wrong_answer", "passed"],
                "message": WRONG.format("[1,\n 2]", "[2]") + "\nIt printed:\nhello",
                "text": "So:\n```\ndef f(): ...\n```",
                "completion": "def f(): ...\n",
            },
        )
    )
    first, second = data_of(page)
    assert first["id"] == "starter/1"
    assert first["prompt"] == "Write a function."
    assert len(first["tests"]) == 3
    assert "answer" not in first["samples"][0]
    (sample,) = second["samples"]
    assert sample["answer"] == "So:\n```\ndef f(): ...\n```"
    assert sample["program"] == "def f(): ...\n"
    assert sample["tests"] == ["wrong_answer", "passed"]
    assert (sample["returned"], sample["expected"]) == ("[1,\n 2]", "[2]")
    assert (sample["generation"], sample["tokens"], sample["finish"]) == (1.5, 12, "stop")
    assert (sample["seconds"], sample["cpu"], sample["memory"]) == (0.02, 0.01, 11 * 2**20)


@pytest.mark.parametrize(
    ("message", "relation", "expected"),
    [
        ("\nreturned 1\nexpected 2", "expected", "2"),
        ("\nreturned 1\nexpected it < 0", "expected it <", "0"),
        ("\nreturned 1\nexpected it not in [1]", "expected it not in", "[1]"),
        ("\nreturned nan\nexpected nan\nA nan equals nothing, not even", "expected", "nan"),
        ("\nf(1) returned 3", None, None),
    ],
)
def test_what_was_expected_is_read_out_of_the_message(make_run, message, relation, expected):
    answer = {"task_id": "starter/1", "message": f"test 1 of 3: x\nAssertionError{message}"}
    page, _ = report(make_run({**answer, "status": "wrong_answer"}))
    (sample,) = data_of(page)[0]["samples"]
    assert (sample.get("relation"), sample.get("expected")) == (relation, expected)
    page, _ = report(make_run({**answer, "status": "exception"}, name="other"))
    assert "expected" not in data_of(page)[0]["samples"][0]


def test_several_answers_give_a_curve_and_the_reranked_result_its_own_name(make_run, reranking):
    answers = [
        {"task_id": f"starter/{task}", "sample": sample, "status": status}
        for task in (1, 2)
        for sample, status in enumerate(["wrong_answer", "passed", "passed"])
    ]
    page, _ = report(make_run(*answers, reranking=reranking))
    words = words_of(page)
    assert "Pass@1 66.7% 95 % interval" in words
    assert "Pass@3 100.0% 95 % interval" in words
    assert f"{reranking.name} 50.0% 95 % interval 20.0% to 80.0%" in words
    assert "The last value is not Pass@1. The prompts showed all 6 tests" in words
    assert "Pass@1 is 66.7%, Pass@3 is 100.0%" in words
    assert page.count('<circle class="dot"') == 3
    chosen = [[s.get("chosen", False) for s in problem["samples"]] for problem in data_of(page)]
    assert chosen == [[False, True, False], [True, False, False]]


def test_an_unfinished_run_says_how_far_it_is_and_how_to_continue(make_run):
    path = make_run(
        {"task_id": "starter/1", "status": "passed"},
        {"task_id": "starter/2", "status": "wrong_answer"},
        {"task_id": "starter/3", "status": None},
        finished=False,
    )
    page, notes = report(path)
    assert notes == [
        "This run is not finished: 3 of 25 answers are there, and 2 are judged. The results count "
        "the 2 problems all of whose answers so far are judged. "
        f"Continue with: hrm-eval run --resume --out {path}"
    ]
    words = words_of(page)
    assert notes[0] in words
    assert "Pass@1 50.0%" in words
    assert "not judged yet 1 33.3%" in words
    assert data_of(page)[2]["samples"][0]["status"] == "not judged yet"


def test_an_unfinished_scoring_is_continued_by_score(make_run):
    path = make_run(
        {"task_id": "starter/1", "status": None},
        finished=False,
        sampling=None,
        completions="my file.jsonl",
    )
    _, (note,) = report(path)
    assert "1 of 1 answers are there, and 0 are judged" in note
    assert f"hrm-eval score 'my file.jsonl' --dataset starter --resume --out {path}" in note


def test_a_report_without_the_data_says_so_and_shows_the_rest(make_run, tmp_path):
    dataset = {"name": "starter", "split": "test", "source": str(tmp_path / "gone.jsonl")}
    path = make_run({"task_id": "starter/1", "status": "passed"}, dataset=dataset)
    page, notes = report(path)
    assert len(notes) == 1
    start = "The texts of the tests are missing (say where the data are with --source): "
    assert notes[0].startswith(start)
    assert "gone.jsonl: no such file" in notes[0]
    assert notes[0] in words_of(page)
    (problem,) = data_of(page)
    assert "tests" not in problem
    assert problem["samples"][0]["tests"] == ["passed"]


def test_scored_programs_are_shown_without_an_answer_if_none_is_known(make_run):
    path = make_run({"task_id": "starter/1", "status": "passed", "text": "", "prompt": ""})
    lines = (path / "completions.jsonl").read_text().replace('"stop"', '""')
    (path / "completions.jsonl").write_text(lines)
    page, _ = report(path)
    (sample,) = data_of(page)[0]["samples"]
    assert sample["answer"] is None
    assert "Tokens" not in words_of(page)


HOSTILE = [
    "</script><script>window.owned = 1</script>",
    "<!--<script>",
    "]]><img src=http://127.0.0.1:9/x onerror=alert(1)>",
    "\x00\x07\x1b[31m\r\n\u2028\u202e\ufeff\ud800 \udfff",
    "x" * 2**20,
]


@pytest.mark.parametrize("text", HOSTILE, ids=["script", "comment", "image", "controls", "long"])
def test_a_hostile_answer_stays_data(make_run, text):
    path = make_run(
        {
            "task_id": "starter/1", "status": "wrong_answer", "text": text, "completion": text,
            "prompt": text, "message": text, "log": text,
        },
        {"task_id": text[:100], "status": "passed"},
        model_reference=text[:100],
    )  # fmt: skip
    page, _ = report(path)
    assert page.count("<script") == page.count("</script>") == 2
    assert "<img" not in page
    assert "<!--" not in page
    problems = data_of(page)
    assert problems[0]["samples"][0]["program"] == text
    assert problems[0]["prompt"] == text
    assert problems[1]["id"] == text[:100]


def test_the_command_writes_into_the_run_or_where_it_is_told(make_run, tmp_path, capsys):
    path = make_run({"task_id": "starter/1", "status": "passed"})
    assert cli.main(["report", str(path)]) == 0
    assert capsys.readouterr().out == f"Report: {path / 'report.html'}\n"
    out = tmp_path / "page.html"
    assert cli.main(["report", str(path), "--out", str(out)]) == 0
    assert out.read_text() == (path / "report.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["report", "none"], 5, "none: not the folder of a run"),
        (["report", "run", "--out", "none/page.html"], 2, "none/page.html: cannot be written: No"),
        (["report", "run", "--out", "run"], 2, "run: cannot be written: Is a directory"),
    ],
)
def test_a_report_that_cannot_be_made_is_an_error(
    make_run, tmp_path, monkeypatch, capsys, arguments, status, message
):
    make_run({"task_id": "starter/1", "status": "passed"})
    monkeypatch.chdir(tmp_path)
    assert cli.main(arguments) == status
    assert message in capsys.readouterr().err


def test_tests_of_programs_are_shown_with_the_beginning_of_long_inputs(make_run):
    run = load_run(make_run({"task_id": "starter/1", "status": "passed"}))
    tests = InputOutput([("1", "2", True), ("9" * 5000, "18")])
    problem = replace(run.problems().find(1), tests=tests)
    short, long = data_of(render_report(run, {"starter/1": problem}, []))[0]["tests"]
    assert short == "Input:\n1\nOutput:\n2"
    assert 1000 < len(long) < 1100
