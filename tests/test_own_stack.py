"""The package that docs/own_stack.md prints can be installed, and its commands work."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hrm_core.testing import CONTRACT
from hrm_eval.completions import read_own

DOCUMENT = Path(__file__).parent.parent / "docs" / "own_stack.md"


def printed_files():
    """Return the files of the document by name; the name is in the line above the block."""
    named = re.compile(
        r"^`([\w.]+)`[^`]*?\n\n(?:<!--[^\n]*\n)?```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL
    )
    return dict(named.findall(DOCUMENT.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The three files in a folder."""
    folder = tmp_path_factory.mktemp("hrm-gru")
    files = printed_files()
    assert set(files) == {"hrm_gru.py", "pyproject.toml", "test_hrm_gru.py"}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def run(package, tmp_path_factory):
    """Install the package, and return a function that runs a module with it."""
    site = tmp_path_factory.mktemp("site")

    def call(*arguments, cwd=site):
        environment = {**os.environ, "PYTHONPATH": str(site)}
        command = [sys.executable, "-m", *map(str, arguments)]
        result = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=cwd, env=environment
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    offline = ("--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check")
    call("pip", "install", *offline, "--target", site, package)
    return call


def test_the_package_is_as_short_as_the_page_says():
    lines = printed_files()["hrm_gru.py"].splitlines()
    count = sum(bool(line.strip()) for line in lines)
    assert count < 40
    assert f"in {count} lines" in DOCUMENT.read_text(encoding="utf-8")
    assert max(map(len, lines)) <= 100


def test_the_stack_is_listed_with_its_package(run):
    assert re.search(
        r"gru\s.*hrm-gru 0\.1\.0\s.*hrm_gru:STACK", run("hrm_eval.cli", "list", "stacks")
    )


def test_the_model_keeps_the_whole_contract(run, package):
    printed = run("pytest", "-p", "no:cacheprovider", "test_hrm_gru.py", cwd=package)
    assert f"{len(CONTRACT)} passed" in printed


def test_a_checkpoint_is_made_described_and_generates(run, tmp_path):
    model, out = tmp_path / "model", tmp_path / "run"
    settings = ("--set", "model_stack=gru", "--set", "model.hidden_size=128")
    made = run("hrm_eval.cli", "init", *settings, "--text", DOCUMENT, "--out", model)
    assert "gru/gru" in made
    run(
        "hrm_eval.cli", "generate", "--model", model, "--dataset", "starter", "--limit", 2,
        "--max-new-tokens", 20, "--out", out,
    )  # fmt: skip
    completions = list(read_own(out / "completions.jsonl"))
    assert [completion.task_id for completion in completions] == ["starter/1", "starter/2"]
    described = run("hrm_eval.cli", "describe", model)
    count = 512 * 128 + 6 * 128 * 128 + 6 * 128
    assert f"{count:,}" in described
    assert "512 B" in described


def test_the_model_is_trained_and_its_checkpoint_generates(run, tmp_path):
    rows, out = tmp_path / "rows.jsonl", tmp_path / "run"
    rows.write_text('{"prompt": "Return 1.", "response": "def one():\\n    return 1"}\n')
    settings = ("model_stack=gru", f"training.data.files=[{rows}]", "training.num_steps=2")
    run("hrm_train.cli", "run", *[f"--set={setting}" for setting in settings], "--out", out)
    flags = (
        "--dataset",
        "starter",
        "--limit",
        1,
        "--max-new-tokens",
        4,
        "--out",
        tmp_path / "eval",
    )
    run("hrm_eval.cli", "generate", "--model", out / "last", *flags)
