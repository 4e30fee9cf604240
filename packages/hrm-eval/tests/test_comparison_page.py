import json
import re
from html import unescape

import pytest

from hrm_core.errors import UsageError
from hrm_eval.cli import main
from hrm_eval.comparison import compare_runs
from hrm_eval.comparison_page import render_comparison, write_comparison

OLD = {"toys/1": [True], "toys/2": [False], "toys/3": [False], "toys/4": [True]}
NEW = {"toys/1": [True], "toys/2": [True], "toys/3": [True], "toys/4": [False]}
HOSTILE = (
    "</pre></script><script>document.title = 'owned'</script><img src=x onerror=alert(1)>\x1b[2J"
)


@pytest.fixture
def old_and_new(write_run):
    return [write_run("old", OLD), write_run("new", NEW, prompt="docstring")]


def change_completions(run, **fields):
    file = run / "completions.jsonl"
    lines = [{**json.loads(line), **fields} for line in file.read_text().splitlines()]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))


def text_of(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_page_has_the_result_and_both_answers_to_each_problem_that_differs(old_and_new):
    page = render_comparison(compare_runs(old_and_new))
    text = text_of(page)
    assert "B - A: +25.0 points" in text
    assert "p = 1 (McNemar's exact test)" in text
    assert "prompt instruct docstring" in text
    assert re.findall(r'<tbody id="(.+?)">', page) == ["B/toys/2", "B/toys/3", "B/toys/4"]
    assert "toys/2 B 0/1 1/1" in text
    assert text.count("A: wrong answer") == text.count("B: passed") == 2
    assert "A: passed # passed B: wrong answer # wrong_answer" in text
    assert "Solve toys/4." in text


def test_of_several_answers_one_that_shows_the_difference_is_chosen(write_run, tmp_path):
    write_run("base/0", {"toys/1": [True, False], "toys/2": [True, True]})
    write_run("base/1", {"toys/1": [False, False], "toys/2": [True, True]}, sampling={"seed": 1})
    new = write_run("new", {"toys/1": [False, True], "toys/2": [True, True]})
    text = text_of(render_comparison(compare_runs([tmp_path / "base", new])))
    assert "toys/1 B 1/4 1/2" in text
    assert f"A: wrong answer sample 1, of 2 in {tmp_path}/base/0" in text
    assert "B: passed sample 1, of 2 # passed" in text


def test_hostile_answers_are_text(old_and_new):
    for run in old_and_new:
        change_completions(run, text=HOSTILE, prompt=HOSTILE)
    page = render_comparison(compare_runs(old_and_new))
    assert page.count("<script>") == 1
    assert "<img" not in page
    assert "\x1b" not in page
    assert "alert(1)" in text_of(page)


def test_a_page_of_equal_runs_has_no_table_of_problems(old_and_new):
    page = render_comparison(compare_runs([old_and_new[0], old_and_new[0]]))
    assert "0 problems, A on 0; 4 are equal" in text_of(page)
    assert '<table class="problems"' not in page


def test_the_command_writes_the_page_besides_what_it_prints(old_and_new, tmp_path, capsys):
    out = tmp_path / "comparison.html"
    assert main(["compare", *map(str, old_and_new), "--html", str(out)]) == 0
    assert "B - A: +25.0 points" in capsys.readouterr().out
    assert out.read_text() == render_comparison(compare_runs(old_and_new))


def test_a_page_that_cannot_be_written_is_a_usage_error(old_and_new, tmp_path):
    with pytest.raises(UsageError, match="cannot be written"):
        write_comparison(compare_runs(old_and_new), tmp_path / "nothing" / "page.html")
