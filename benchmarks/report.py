"""How long Chromium takes to open and to search the report of a large run.

    python benchmarks/report.py --samples 20

Judges so many answers to each of 500 exercises, and writes the report. The page is open when its
table is shown. The search is done when the table shows only the problem that is found.
"""

import argparse
import itertools
import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import hrm_eval
from hrm_datasets import load_problems

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
PROSE = "Here is a program that may well do it. " * 10

SEARCH = """text => {
    const started = performance.now();
    query.value = text;
    update();
    document.body.offsetHeight;
    return performance.now() - started;
}"""


def make_report(folder: Path, num_samples: int) -> Path:
    """Judge answers to exercises, every third of them wrong, and return the report."""
    answers = folder / "answers.jsonl"
    numbers = itertools.count()
    with answers.open("w") as file:
        for problem in load_problems("exercises", split="validation"):
            for number in itertools.islice(numbers, num_samples):
                program = problem.reference if number % 3 else "def wrong(): ..."
                answer = f"# {PROSE}\n# This is answer {number}.\n{program}"
                file.write(json.dumps({"task_id": problem.task_id, "solution": answer}) + "\n")
    run = hrm_eval.score(answers, "exercises", split="validation", out=folder / "run")
    return run.report()


def measure(page: Page, report: Path, number: int) -> tuple[float, float]:
    """Return the seconds to open the report, and the milliseconds to find a problem in it."""
    started = time.perf_counter()
    page.goto(report.as_uri())
    page.wait_for_selector("tr.row")
    seconds = time.perf_counter() - started
    milliseconds = page.evaluate(SEARCH, f"This is answer {number}.")
    if (num_found := page.locator("tr.row").count()) != 1:
        raise RuntimeError(f"the search found {num_found} problems instead of 1")
    return seconds, milliseconds


def main() -> int:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        sys.exit("no Chromium on this machine: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        report = make_report(Path(folder), options.samples)
        browser = started.chromium.launch(executable_path=path)
        last = 500 * options.samples - 1
        results = [measure(browser.new_page(), report, last) for _ in range(options.runs)]
        browser.close()
        size = report.stat().st_size / 2**20
    seconds, milliseconds = (statistics.median(values) for values in zip(*results, strict=True))
    print(f"{last + 1:,} answers, {size:.1f} MiB, {options.runs} runs, medians")
    print(f"open    {seconds:.2f} s")
    print(f"search  {milliseconds:.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
