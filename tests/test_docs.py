"""The documents are correct: their commands run, and the names in them exist.

A block of shell or Python has a marker in the line above it:

- `<!-- runs -->`: it is run here, in order, in one folder per page;
- `<!-- runs, exit status N -->`: the same, and it must end with this status;
- `<!-- needs network -->`, `<!-- needs GPU -->`: it is not run, but names and flags are checked;
- `<!-- tested by PATH -->`: the test in this file runs it.
"""

import itertools
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.main import get_command

from hrm_eval.cli import app as eval_app
from hrm_exercises.cli import make_parser
from hrm_train.cli import app as train_app

ROOT = Path(__file__).parent.parent
COMMANDS = {"hrm-eval": get_command(eval_app), "hrm-train": get_command(train_app)}
EXERCISES = "hrm-exercises"
MODULES = {"hrm_train.cli": "hrm-train"}
PROGRAMS = {*COMMANDS, *MODULES, EXERCISES}
GUIDES = [*ROOT.glob("docs/*.md"), *ROOT.glob("docs/models/*.md")]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *GUIDES])
DOCUMENTS = [*PAGES, *sorted(ROOT.glob("packages/*/README.md"))]
FENCE = re.compile(r"(?:^<!-- ([^\n]+) -->\n)?^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARKER = re.compile(r"runs(?:, exit status (\d+))?|needs network|needs GPU|tested by (\S+)")


class Block(NamedTuple):
    """A fenced block, its language and its marker."""

    page: Path
    marker: str
    language: str
    text: str


def blocks(pages):
    return [Block(page, *fields) for page in pages for fields in FENCE.findall(page.read_text())]


def name(path):
    return str(path.relative_to(ROOT))


def test_every_block_has_a_language_and_every_command_a_marker():
    for block in blocks(PAGES):
        assert block.language, f"{name(block.page)}: a block without a language:\n{block.text}"
        if block.language in ("sh", "python"):
            marker = MARKER.fullmatch(block.marker)
            assert marker, f"{name(block.page)}: {block.marker!r} is no marker of:\n{block.text}"
            assert not marker[2] or (ROOT / marker[2]).is_file()
        else:
            assert block.language in ("text", "json", "toml", "yaml"), block


def pages_to_run():
    return [
        pytest.param(page, id=name(page))
        for page in PAGES
        if any(block.marker.startswith("runs") for block in blocks([page]))
    ]


@pytest.fixture(scope="module")
def environment():
    """The variables of a machine without a network, with the commands of this environment."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    offline = {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "2"}
    return {**os.environ, "PATH": path, **offline}


@pytest.mark.parametrize("page", pages_to_run())
def test_the_blocks_of_a_page_run_in_order(page, environment, tmp_path):
    (tmp_path / "configs").symlink_to(ROOT / "configs")
    for block in blocks([page]):
        if not block.marker.startswith("runs"):
            continue
        shell = ["bash", "-euo", "pipefail", "-c", block.text]
        command = shell if block.language == "sh" else [sys.executable, "-c", block.text]
        result = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        expected = int(MARKER.fullmatch(block.marker)[1] or 0)
        assert result.returncode == expected, f"{block.text}\n{result.stdout}{result.stderr}"

    if page.name == "tutorial.md":
        check_tutorial(tmp_path / "runs")


def check_tutorial(runs):
    """Check what the tutorial says about its results."""
    for model in ("hrm", "plain"):
        log = [json.loads(line) for line in (runs / model / "log.jsonl").read_text().splitlines()]
        assert log[-1]["loss"] < 0.1
        summary = json.loads((runs / f"{model}-score" / "summary.json").read_text())
        assert summary["pass_at_k"]["1"] > 0.5


def commands():
    """Yield each command of the documents, from its name on."""
    for block in blocks(DOCUMENTS):
        if block.language not in ("", "sh"):
            continue
        lines = re.sub(r"\\\n\s*", "", block.text).splitlines()
        for line in filter(re.compile("hrm-eval|hrm-exercises|hrm-train|hrm_train").search, lines):
            words = shlex.split(line, comments=True)
            starts = [n for n, word in enumerate(words) if word in PROGRAMS]
            if starts and (starts[0] == 0 or words[starts[0] - 1] == "-m"):
                command = words[starts[0] :]
                yield pytest.param(
                    command, id=f"{block.page.parent.name}: {' '.join(command)[:50]}"
                )


@pytest.mark.parametrize("words", list(commands()))
def test_a_command_in_the_documents_has_a_known_name_and_known_flags(words):
    program, *rest = words
    if program == EXERCISES:
        make_parser(program).parse_args(itertools.takewhile("|".__ne__, rest))
        return
    command = COMMANDS[MODULES.get(program, program)]
    if not rest[0].startswith("--"):
        command = command.commands[rest[0]]
    known = {option for parameter in command.params for option in parameter.opts}
    used = {word for word in rest if word.startswith("--")}
    assert used <= known


@pytest.mark.parametrize("words", list(commands()))
def test_a_config_in_a_command_of_the_documents_exists(words):
    configs = [word for word in words if word.startswith("configs/")]
    assert all((ROOT / config).is_file() for config in configs)


def test_commands_of_all_programs_are_found_in_the_documents():
    programs = [parameter.values[0][0] for parameter in commands()]
    assert set(programs) == PROGRAMS


def anchors(page):
    """Return the anchors of the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings
    }


def links():
    """Yield each relative link of a document; the site checks only those inside `docs`."""
    for page in DOCUMENTS:
        text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if not re.match(r"https?:", target) and "reference/api/" not in target:
                yield pytest.param(page, target, id=f"{name(page)}: {target}")


@pytest.mark.parametrize(("page", "target"), list(links()))
def test_a_link_in_the_documents_leads_somewhere(page, target):
    path, _, anchor = target.partition("#")
    file = page.parent / path if path else page
    assert file.exists()
    assert not anchor or anchor in anchors(file)


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) < 120


def test_the_files_in_the_table_of_changes_exist():
    text = (ROOT / "CONTRIBUTING.md").read_text()
    table = text.partition("## Where a change goes")[2].partition("\n## ")[0]
    rows = [row for row in table.splitlines() if row.startswith("| ") and "`" in row]
    assert len(rows) >= 9
    for row in rows:
        paths = re.findall(r"`([\w./-]+/[\w.-]+\.\w+)`", row)
        assert paths, row
        for path in paths:
            package = path.partition("/")[0]
            source = ROOT / "packages" / package.replace("_", "-") / "src"
            folder = source if package.startswith("hrm_") else ROOT
            assert (folder / path).is_file(), f"CONTRIBUTING.md names {path}"
