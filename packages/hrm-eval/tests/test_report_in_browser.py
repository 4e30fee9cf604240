"""The pages in a real browser; skipped where there is no Chromium."""

import pytest

from hrm_eval.report import write_report
from hrm_eval.run_list import find_runs, write_list
from hrm_eval.runs import load_run

MESSAGE = "test 1 of 3: assert f(2) == 4\nAssertionError\nreturned 3\nexpected 4"
ANSWERS = [
    {"task_id": "starter/1", "status": "passed", "tests": ["passed"] * 3},
    {
        "task_id": "starter/2", "status": "wrong_answer", "tests": ["wrong_answer", "passed"],
        "message": MESSAGE, "text": "So:\n```\ndef needle(): ...\n```",
        "completion": "def needle():  # well\n    return 'a', 1\n",
    },
    {
        "task_id": "starter/10", "status": "exception", "tests": ["exception"],
        "message": "in the program:\nNameError: hay",
    },
]  # fmt: skip


@pytest.fixture
def make_report(make_run):
    def make(*answers, **options):
        path = make_run(*(answers or ANSWERS), **options)
        write_report(load_run(path), path / "report.html")
        return path / "report.html"

    return make


def shown(page):
    """Return the ids of the problems in the table."""
    return page.locator("tr.row th").all_inner_texts()


def wait_for(page, ids):
    """Wait until the table shows these problems, since a search begins after a short pause."""
    page.wait_for_function(
        "ids => [...document.querySelectorAll('tr.row th')].map(c => c.innerText).join() === ids",
        arg=",".join(ids),
    )


def test_the_table_is_searched_filtered_and_sorted(make_report, open_page):
    page = open_page(make_report())
    assert shown(page) == ["starter/1", "starter/2", "starter/10"]
    for words, found, ids in (
        ("NEEDLE", "1 of 3 problems", ["starter/2"]),
        ("nameerror: hay", "1 of 3 problems", ["starter/10"]),
        ("write a function", "3 problems", ["starter/1", "starter/2", "starter/10"]),
        ("nowhere", "0 of 3 problems", []),
        ("", "3 problems", ["starter/1", "starter/2", "starter/10"]),
    ):
        page.get_by_role("searchbox", name="Search").fill(words)
        wait_for(page, ids)
        assert page.get_by_role("status").inner_text() == found
    page.get_by_role("combobox", name="Verdict").select_option("failed")
    assert shown(page) == ["starter/2", "starter/10"]
    page.get_by_role("combobox", name="Verdict").select_option("wrong_answer")
    assert shown(page) == ["starter/2"]
    page.get_by_role("combobox", name="Verdict").select_option("")
    page.get_by_role("button", name="Problem", exact=True).click()
    assert shown(page) == ["starter/10", "starter/2", "starter/1"]
    page.get_by_role("button", name="Verdict", exact=True).click()
    assert shown(page) == ["starter/10", "starter/1", "starter/2"]
    assert (
        page.get_by_role("columnheader", name="Verdict", exact=True).get_attribute("aria-sort")
        == "ascending"
    )


def test_a_row_is_opened_by_the_keyboard_and_shows_everything(make_report, open_page):
    page = open_page(make_report())
    button = page.get_by_role("button", name="starter/2")
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    details = page.locator(f"#{button.get_attribute('aria-controls')}")
    words = details.inner_text()
    for part in (
        "Prompt\nWrite a function.", "Answer, as it came\nSo:\n```\ndef needle(): ...\n```",
        "Program that was taken out of it\ndef needle():", "Returned\n3", "Expected\n4",
        "Message\ntest 1 of 3", "1.5 s, 12 tokens", "20.0 ms", "11.0 MiB",
    ):  # fmt: skip
        assert part in words
    rows = details.locator(".tests tbody tr").all_inner_texts()
    assert [row.split("\t")[-1] for row in rows] == ["wrong answer", "passed", "not run"]
    colours = details.locator("pre span").evaluate_all(
        "all => all.map(s => [s.className, s.textContent])"
    )
    assert ["keyword", "def"] in colours
    assert ["defined", "needle"] in colours
    assert ["comment", "# well"] in colours
    assert ["string", "'a'"] in colours
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "false"
    assert details.count() == 0


def test_a_link_opens_a_problem_or_one_of_its_answers(make_report, open_page):
    several = [{**ANSWERS[1], "sample": sample} for sample in range(3)]
    path = make_report(*several, {**ANSWERS[0], "task_id": "a b/<é>"})
    page = open_page(path, "#starter/2")
    assert page.locator("#details-0").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "starter/2"
    page = open_page(path, "#starter/2:1")
    summaries = page.locator("details.answer[open] > summary").all_inner_texts()
    assert [words.partition(":")[0] for words in summaries] == ["Answer 1"]
    page = open_page(path, "#a b/<é>")
    assert page.locator("#details-1").is_visible()
    page.get_by_role("button", name="starter/2").click()
    assert page.evaluate("location.hash") == "#starter/2"


HOSTILE = (
    "</script><script>window.owned = 1</script><img src=http://127.0.0.1:9/x onerror=alert(1)>"
    "<!--<script>\x00\x1b[31m\u202e\ud800"
)


def test_a_hostile_answer_is_shown_as_text_and_does_not_run(make_report, open_page):
    path = make_report(
        {
            "task_id": HOSTILE, "status": "wrong_answer", "text": HOSTILE + ".",
            "completion": HOSTILE, "prompt": HOSTILE, "log": HOSTILE,
            "message": f"test 1 of 1: x\nAssertionError\nreturned {HOSTILE}\nexpected {HOSTILE}",
        },
        model_reference=HOSTILE,
    )  # fmt: skip
    page = open_page(path)
    page.locator("tr.row button").click()
    assert page.evaluate("window.owned") is None
    words = page.locator("td.details").inner_text()
    visible = HOSTILE.encode("unicode_escape").decode()
    assert words.count(visible) >= 7
    assert visible in page.locator("h1").inner_text()
    assert page.locator("img").count() == 0


def test_the_policy_stops_requests_and_scripts_that_are_not_of_the_page(make_report, chromium):
    page = chromium.new_page()
    page.goto(make_report().as_uri())
    reached = "() => fetch('http://127.0.0.1:9/').then(() => 'sent', error => error.name)"
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    assert page.evaluate(reached) == "TypeError"
    assert "Content Security Policy" in refused[0]
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.append("window.owned = 1");
            document.body.append(script);
        }"""
    )
    assert page.evaluate("window.owned") is None
    page.close()


def test_an_answer_of_a_megabyte_is_cut_until_it_is_asked_for(make_report, open_page):
    page = open_page(make_report({"task_id": "starter/1", "status": "passed", "text": "x" * 2**20}))
    page.locator("tr.row button").click()
    pre = page.get_by_label("Answer", exact=True)
    assert len(pre.inner_text()) == 20_000
    page.get_by_role("button", name="Show all 1,048,576 characters").click()
    assert len(pre.inner_text()) == 2**20


def test_a_large_report_shows_a_part_of_its_problems_and_finds_all(make_report, open_page):
    answers = [
        {
            "task_id": f"starter/{n}", "status": "passed" if n % 3 else "timeout",
            "prompt": f"Write function number {n}.", "text": f"def f(): return {n}",
        }
        for n in range(2000)
    ]  # fmt: skip
    path = make_report(*answers)
    page = open_page(path)
    page.wait_for_selector("tr.row")
    assert page.locator("tr.row").count() == 200
    page.evaluate("() => { query.value = 'number 1876.'; update(); }")
    assert page.locator("#found").inner_text() == "1 of 2,000 problems"
    page = open_page(path, "#starter/1000")
    assert page.locator("#details-1000").is_visible()
    page.get_by_role("button", name="before these").click()
    page.get_by_role("button", name="after these").click()
    assert page.locator("tr.row").count() == 600


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_a_phone_and_follow_the_colours_of_the_system(
    make_report, make_run, open_page, tmp_path, width, scheme
):
    several = [
        {**answer, "task_id": f"starter/{n}", "sample": sample}
        for n, answer in enumerate(ANSWERS, start=1)
        for sample in range(3)
    ]
    report = make_report(*several)
    write_list(find_runs(tmp_path), tmp_path, tmp_path / "runs.html")
    view = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    for path, link in ((report, "#starter/1:2"), (tmp_path / "runs.html", "")):
        page = open_page(path, link, **view)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        back = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert back == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 29)"}[scheme]
        page.screenshot(path=tmp_path / f"{path.stem}.png", full_page=True)


def test_the_table_of_runs_is_sorted_by_a_click(make_run, open_page, tmp_path):
    make_run(ANSWERS[0], name="one")
    make_run(ANSWERS[1], name="two")
    write_list(find_runs(tmp_path), tmp_path, tmp_path / "runs.html")
    page = open_page(tmp_path / "runs.html")
    page.get_by_role("button", name="Pass@1").click()
    assert page.locator("tbody th").all_inner_texts() == ["two", "one"]
    page.get_by_role("button", name="Pass@1").click()
    assert page.locator("tbody th").all_inner_texts() == ["one", "two"]
