"""The page of a comparison in a real browser; skipped where there is no Chromium."""

import json
from functools import partial

import pytest

from hrm_eval.comparison import compare_runs
from hrm_eval.comparison_page import write_comparison

OLD = {f"toys/{n}": [n > 3] for n in range(1, 9)}
NEW = {f"toys/{n}": [n < 7] for n in range(1, 9)}
HOSTILE = "</pre></script><script>document.title = 'owned'</script><img src=x onerror=alert(1)>"


@pytest.fixture
def visit(open_page, write_run, tmp_path):
    """Return a function that opens the page of a comparison with hostile answers."""
    runs = [write_run("old", OLD), write_run("new", NEW, sampling={"seed": 1})]
    for run in runs:
        file = run / "completions.jsonl"
        lines = [{**json.loads(line), "text": HOSTILE} for line in file.read_text().splitlines()]
        file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    file = tmp_path / "comparison.html"
    write_comparison(compare_runs(runs), file)
    return partial(open_page, file)


def test_a_row_opens_to_both_answers_by_mouse_and_by_keyboard(visit):
    page = visit()
    answers = page.locator("tr.answers")
    assert not answers.first.is_visible()
    page.get_by_role("button", name="toys/1").click()
    assert answers.first.is_visible()
    assert answers.first.locator(".status").all_inner_texts() == ["wrong answer", "passed"]
    assert page.url.endswith("#B/toys/1")
    page.get_by_role("button", name="toys/1").press("Enter")
    assert not answers.first.is_visible()


@pytest.mark.parametrize("link", ["#B/toys/8", "#B/toys/99", "#%"])
def test_a_link_opens_its_problem_and_a_wrong_one_nothing(visit, link):
    page = visit(link)
    opened = page.get_by_role("button", expanded=True).all_inner_texts()
    assert opened == (["toys/8"] if link == "#B/toys/8" else [])
    assert page.title() == "2 runs on toys/test"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1200])
def test_the_page_fits_a_phone_and_a_wide_window(visit, tmp_path, width, scheme):
    page = visit("#B/toys/1", viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.screenshot(path=tmp_path / f"comparison-{width}-{scheme}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") == width
