"""The collected answers of models, if they are at hand."""

import json
import os
from pathlib import Path

import pytest


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
