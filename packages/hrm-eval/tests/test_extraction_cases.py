"""Answers that are collected or made from MBPP's references, if the data are at hand."""

import ast
import dataclasses
import json
import os
from pathlib import Path

import pytest

from hrm_datasets import load_problems
from hrm_eval.extraction import extract_code
from hrm_eval.sandbox import Limits, Sandbox


def test_every_collected_answer_is_judged_right(judge_answer):
    shared = os.environ.get("HRM_SHARED")
    path = Path(shared or "", "data", "cases", "answers.jsonl")
    if shared is None or not path.exists():
        pytest.skip("HRM_SHARED does not say where data/cases/answers.jsonl is")
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    wrong = [
        case["name"]
        for case in cases
        if judge_answer(
            case["answer"],
            entry_point=case["entry_point"],
            tests=tuple(case["tests"]),
            stub=case["stub"],
        )
        is not case["passes"]
    ]
    assert len(cases) > 0
    assert wrong == []


def validation_problems():
    shared = os.environ.get("HRM_SHARED")
    if shared is None:
        pytest.skip("HRM_SHARED does not say where the MBPP data are")
    return load_problems("mbpp", split="validation", source=Path(shared) / "data" / "mbpp")


DEMONSTRATION = """
import no_such_package as plt
def main():
    print({name}(int(input())))
result = {name}()
for x in range(3):
    assert {name}(x) == "no"
if __name__ == "__main__":
    main()
main()
"""


@pytest.mark.parametrize(
    ("form", "settings"),
    [
        ("```python\n{code}\n{demonstration}```", {}),
        ("Sure:\n{code}\n{demonstration}", {}),
        ("{code}\n\n{half}", {"was_cut": True}),
        ("```python\n{code}\n\n{half}", {}),
        ("<think>\n{half}\nIt's so.</think>\n\n{code}\n\nIt works (I think).", {}),
        ("```python\ndef {name}(*args):\n    pass\n```\nSo:\n```python\n{code}\n```", {}),
    ],
    ids=["demonstration", "unfenced", "cut", "cut in a block", "thoughts", "signature"],
)
def test_mbpp_references_pass_whatever_is_around_them(form, settings):
    jobs = []
    for problem in validation_problems():
        code, name = problem.reference.strip(), problem.entry_point
        half = code[: 3 * len(code) // 4]
        demonstration = DEMONSTRATION.format(name=name)
        answer = form.format(code=code, half=half, name=name, demonstration=demonstration)
        jobs.append((problem.task_id, extract_code(answer, problem, **settings), problem))
    with Sandbox(Limits()) as sandbox:
        failed = [key for key, verdict in sandbox.judge_all(jobs) if not verdict.passed]
    assert failed == []


CONTINUATIONS = {
    "as it is": lambda body, indent: body,
    "run-on": lambda body, indent: f"{body}\n\ndef main():\n    pass\n\nmain(",
    "fence": lambda body, indent: f"{body}```\n\nIt works.",
    "first space lost": lambda body, indent: body[1:],
    "first line unindented": lambda body, indent: body[len(indent) :],
    "unindented": lambda body, indent: reindent(body, indent, ""),
    "tab": lambda body, indent: reindent(body, indent, "\t"),
    "two spaces": lambda body, indent: reindent(body, indent, "  "),
}


def reindent(body, old, new):
    lines = body.splitlines(keepends=True)
    return "".join(new + line.removeprefix(old) if line.strip() else line for line in lines)


@pytest.mark.filterwarnings("ignore:.*invalid escape sequence")
@pytest.mark.parametrize("form", CONTINUATIONS)
def test_the_bodies_of_mbpp_references_pass_as_continuations(form):
    jobs = []
    for problem in validation_problems():
        code = problem.reference.replace("\r\n", "\n").expandtabs(4).rstrip() + "\n"
        function = ast.parse(code).body[-1]
        first = getattr(function, "body", [function])[0].lineno
        if getattr(function, "name", "") != problem.entry_point or first == function.lineno:
            continue
        lines = code.splitlines(keepends=True)
        body = "".join(lines[first - 1 :])
        indent = body[: len(body) - len(body.lstrip())]
        stub = "".join([*lines[: first - 1], f'{indent}"""Do it."""\n'])
        stubbed = dataclasses.replace(problem, stub=stub)
        answer = CONTINUATIONS[form](body, indent)
        jobs.append((problem.task_id, extract_code(answer, stubbed), stubbed))
    assert len(jobs) > 50
    with Sandbox(Limits()) as sandbox:
        failed = [key for key, verdict in sandbox.judge_all(jobs) if not verdict.passed]
    assert failed == []
