import os
import re

from hrm_eval import cli


def call(*arguments):
    return cli.main([str(argument) for argument in arguments])


def make_three(make_run, tmp_path):
    """Write a finished, an unfinished and a broken run, the finished one the latest."""
    finished = make_run({"task_id": "starter/1", "status": "passed"}, name="runs/a/first")
    begun = make_run(
        {"task_id": "starter/1", "status": "passed"},
        {"task_id": "starter/2", "status": None},
        name="runs/begun",
        finished=False,
    )
    broken = make_run({"task_id": "starter/1", "status": "passed"}, name="runs/broken")
    (broken / "verdicts.jsonl").write_text("nonsense\n")
    for age, path in ((100, begun), (200, broken)):
        then = path.stat().st_mtime - age
        os.utime(path / "completions.jsonl", (then, then))
    return finished


def test_the_table_has_every_run_with_its_result_the_latest_first(
    make_run, tmp_path, monkeypatch, capsys
):
    make_three(make_run, tmp_path)
    # In a pipe, no name of a run is folded.
    monkeypatch.delenv("COLUMNS", raising=False)
    assert call("runs", tmp_path / "runs") == 0
    lines = capsys.readouterr().out.splitlines()
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines if "│" in line]
    assert [row[0] for row in rows if row[0]] == ["a/first", "begun", "broken"]
    assert rows[0][1:4] == ["fake", "starter/test", "100.0% (20.7% to 100.0%)"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", rows[0][4])
    assert rows[0][5] == "1 min 15 s"
    assert rows[2][3] == "not finished: 2 answers, 1 judged"
    assert "cannot be read: " in rows[3][3]
    assert "verdicts.jsonl:1: not JSON" in rows[3][3]


def test_the_page_links_to_the_reports_that_exist(make_run, tmp_path, capsys):
    finished = make_three(make_run, tmp_path)
    assert call("report", finished) == 0
    out = tmp_path / "all runs.html"
    assert call("runs", tmp_path / "runs", "--html", out) == 0
    assert capsys.readouterr().out.endswith(f"Table: {out}\n")
    page = out.read_text()
    assert re.findall(r'<a href="([^"]*)"', page) == ["runs/a/first/report.html"]
    for text in ("<strong>100.0%</strong>", "not finished: 2 answers", "cannot be read", "a/first"):
        assert text in page


def test_a_name_on_the_page_is_escaped_and_a_link_quoted(make_run, tmp_path):
    path = make_run({"task_id": "starter/1", "status": "passed"}, name='runs/<b> "#?\udcff')
    assert call("report", path) == 0
    assert call("runs", tmp_path / "runs", "--html", tmp_path / "x.html") == 0
    page = (tmp_path / "x.html").read_text()
    assert "<b>" not in page
    assert 'href="runs/%3Cb%3E%20%22%23%3F%FF/report.html"' in page


def test_the_folder_may_be_a_run_and_the_default_is_runs(make_run, monkeypatch, tmp_path, capsys):
    make_run({"task_id": "starter/1", "status": "passed"}, name="runs/one")
    monkeypatch.chdir(tmp_path / "runs" / "one")
    assert call("runs", ".") == 0
    monkeypatch.chdir(tmp_path)
    assert call("runs") == 0
    assert "one" in capsys.readouterr().out


def test_a_folder_without_runs_is_an_error(tmp_path, capsys):
    assert call("runs", tmp_path / "none") == 5
    assert "none: no such folder" in capsys.readouterr().err
    assert call("runs", tmp_path) == 5
    assert "no run in this folder or below. Start one with: hrm-eval run" in capsys.readouterr().err
