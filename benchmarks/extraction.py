"""Measures how long it takes to get the programs out of the answers of models.

Two tables. The first has ordinary answers of 2,000 characters in several forms, with the time for
10,000 of each form. The second has single answers of a megabyte that are made to be slow to read,
each with the longest of several times: as an answer to a problem with and without a stub, and as
one in the prompt style `few-shot`. Fails where one of the times is above its limit.

    nox -s "bench(extraction)"           # or, with the packages installed:
    python benchmarks/extraction.py
    python benchmarks/extraction.py --answers 1000 --hostile-limit 10
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable

from hrm_datasets import Problem
from hrm_datasets.prompts import PROMPT_STYLES
from hrm_eval.extraction import extract_code

ANSWERS = 10_000
CHARACTERS = 2_000
MEGABYTE = 1_000_000

STUB = 'from typing import List\n\n\ndef twice(x: int) -> int:\n    """Double the number."""\n'
FUNCTION = "def twice(x):\n    return 2 * x\n"
TESTS = ("assert twice(2) == 4",)
WHOLE = Problem(task_id="twice/1", text="", entry_point="twice", tests=TESTS)
CONTINUED = Problem(task_id="twice/2", text="", entry_point="twice", tests=TESTS, stub=STUB)

HELPER = '''def helper_{}(values, limit=10):
    """Return the values up to a limit."""
    found = [value for value in values if value <= limit]
    if not found:
        return {{"count": 0, "sum": 0}}
    return {{"count": len(found), "sum": sum(found)}}


'''
PROSE = "This function goes through the values and keeps those up to the limit, in order.\n"
DEMONSTRATION = "for value in range(3):\n    assert twice(value) == 2 * value, value\n"


def repeat(text: str, characters: int = MEGABYTE) -> str:
    """Return the text repeated until it has this length."""
    return text * (characters // len(text))


def ordinary(form: str) -> str:
    """Return an answer of about `CHARACTERS` characters in a form of `FORMS`."""
    before, after = FORMS[form]
    helpers = ""
    while len(before + helpers + after) < CHARACTERS - len(HELPER):
        helpers += HELPER.format(len(helpers))
    return before.replace("CODE", f"{helpers}{FUNCTION}") + after


FORMS = {
    "plain code": ("CODE", ""),
    "fenced": (f"{PROSE}\n```python\nCODE```\n\n", PROSE),
    "fenced, with demonstrations": (f"{PROSE}```python\nCODE\n{DEMONSTRATION}```\n", PROSE),
    "after thoughts": (f"<think>\n{PROSE * 5}</think>\n```python\nCODE```\n", ""),
    "in prose": (f"{PROSE}\nCODE\n", PROSE),
    "run-on": ("CODE\n\n", f"{FUNCTION * 10}\ndef twice(x):\n    return 2"),
}

HOSTILE = {
    "<think>": repeat("<think>"),
    "</think> in quotes": repeat('"</think>" '),
    "lines of </think> in quotes": repeat('x = "</think>"\n'),
    "<|channel|>": repeat("<|channel|>final "),
    "assistantfinal": "analysis\n" + repeat("assistantfinal"),
    "lines of backticks": repeat("```\n"),
    "one line of backticks": repeat("`"),
    "blocks": repeat("```\nx\n```\n"),
    "blocks of prose": repeat("```python\nx y\n"),
    "tildes and backticks": repeat("~~~\n```\n"),
    "code spans": repeat("`a` "),
    "(": repeat("("),
    "-": repeat("-"),
    "1 + 1 + ...": f"{repeat('1 + ')}1",
    "lists": f"x = {repeat('[')}",
    "functions without body": repeat("def twice(x):\n"),
    "functions": repeat(FUNCTION),
    "nested functions": "".join(f"{' ' * (n % 90)}def twice(x):\n" for n in range(MEGABYTE // 60)),
    "functions that call each other": "def twice(x):\n    return f0(x)\n"
    + "".join(f"def f{n}(x): return f{n + 1}(x)\n" for n in range(MEGABYTE // 36)),
    "calls after the function": FUNCTION + repeat("table.append(1)\n"),
    "unclosed docstrings": repeat('def twice(x):\n    """\n'),
    "assignments": repeat("x = 1\n"),
    "statements on a line": repeat("x;"),
    "indented assignments": repeat("\tx = 1\n"),
    "words that look like code": repeat("import the thing from here\n"),
    "decorators": repeat("@a\n"),
    ">": repeat(">"),
    "quoted lines": repeat("> x\n"),
    "quoted fences": repeat("> ```\n"),
    "[BEGIN]": repeat("[BEGIN]"),
    "lines of [BEGIN]": repeat("[BEGIN]\n"),
    "spaces": repeat(" "),
    "line ends": repeat("\n"),
    "carriage returns": repeat("x = 1\r"),
    "NUL": repeat("\0"),
}


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds that the work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def measure_ordinary(form: str, answers: int) -> float:
    """Return the seconds for this many answers of a form, each of which holds a program."""
    answer = ordinary(form)
    assert FUNCTION in extract_code(answer, WHOLE), form

    def work() -> None:
        for number in range(answers):
            # No two answers are equal, as nothing may be kept from one for another.
            extract_code(f"{answer}\n# {number}" if "```" not in answer else answer, WHOLE)

    return seconds(work)


def measure_hostile(text: str) -> float:
    """Return the longest time for a text as an answer to three kinds of problem."""
    marks = PROMPT_STYLES["few-shot"].marks
    return max(
        seconds(lambda: extract_code(text, WHOLE)),
        seconds(lambda: extract_code(text, CONTINUED)),
        seconds(lambda: extract_code(text, WHOLE, was_cut=True, marks=marks)),
    )


def main() -> None:
    """Print both tables and exit with status 1 if a limit is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--answers", type=int, default=ANSWERS)
    parser.add_argument("--limit", type=float, default=10.0, help="seconds for all of a form")
    parser.add_argument("--hostile-limit", type=float, default=2.0, help="seconds for one answer")
    arguments = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
    failures = []
    print(f"\n{arguments.answers} answers of {CHARACTERS} characters       seconds")
    for form in FORMS:
        elapsed = measure_ordinary(form, arguments.answers)
        print(f"{form:<40} {elapsed:>8.2f}", flush=True)
        failures += [form] if elapsed > arguments.limit else []
    print("\none answer of a megabyte                  seconds")
    for name, text in HOSTILE.items():
        elapsed = measure_hostile(text)
        print(f"{name:<40} {elapsed:>8.2f}", flush=True)
        failures += [name] if elapsed > arguments.hostile_limit else []
    for name in failures:
        print(f"FELL SHORT: {name}")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
