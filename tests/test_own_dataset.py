"""The file and the package that docs/own_dataset.md prints are datasets; their solutions pass."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCUMENT = Path(__file__).parent.parent / "docs" / "own_dataset.md"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Install the printed package, and return a function that runs a module with it."""
    folder, site = tmp_path_factory.mktemp("squares"), tmp_path_factory.mktemp("site")
    named = r"^`([\w./]+)` [^\n]*\n\n(?:<!--[^\n]*\n)?```\w+\n(.*?)^```$"
    files = dict(re.findall(named, DOCUMENT.read_text(), re.MULTILINE | re.DOTALL))
    assert set(files) == {"squares/__init__.py", "squares/squares.jsonl", "pyproject.toml"}
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    def call(*arguments):
        path = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
        command = [sys.executable, "-m", *map(str, arguments)]
        result = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd=site,
            env={**os.environ, "PYTHONPATH": path},
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    offline = ("--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check")
    call("pip", "install", *offline, "--target", site, folder)
    return call


def test_a_file_is_a_dataset(run, tmp_path):
    (rows,) = re.findall(
        r'^```json\n({"task_id": "square".*?)^```$', DOCUMENT.read_text(), re.MULTILINE | re.DOTALL
    )
    (tmp_path / "problems.jsonl").write_text(rows)
    source = ("--source", tmp_path / "problems.jsonl")
    assert "2 of 2 reference solutions pass" in run("hrm_eval.cli", "check", "own", *source)
    run("hrm_eval.cli", "run", "--model", "reference", "--dataset", "own", *source, "--out", "own")


def test_the_dataset_is_listed_with_its_package(run):
    assert re.search(r"squares\s.*squares 0\.1\.0", run("hrm_eval.cli", "list", "datasets"))


def test_the_reference_solutions_pass(run):
    printed = run(
        "hrm_eval.cli", "run", "--model", "reference", "--dataset", "squares", "--out", "run"
    )
    assert "100.00%" in printed
