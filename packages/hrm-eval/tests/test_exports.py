import re
import subprocess
import sys
from pathlib import Path

import pytest

import hrm_eval


def test_every_exported_name_can_be_imported():
    assert hrm_eval.__all__ == sorted(hrm_eval._MODULES)
    for name in hrm_eval.__all__:
        assert callable(getattr(hrm_eval, name))
        assert name in dir(hrm_eval)
    with pytest.raises(AttributeError, match="'hrm_eval' has no attribute 'evalute'"):
        _ = hrm_eval.evalute


def test_a_program_is_judged_with_the_exported_names_alone(toys):
    with hrm_eval.Sandbox(hrm_eval.Limits(timeout_seconds=5.0), workers=1) as sandbox:
        verdict = sandbox.judge("def add(a, b): return a + b", toys.problems[0])
    assert isinstance(verdict, hrm_eval.Verdict)
    assert verdict.status is hrm_eval.Status.PASSED
    assert hrm_eval.pass_at_k(samples=2, correct=1, k=1) == 0.5


def test_the_examples_of_the_readme_print_what_they_say(capsys, tmp_path, monkeypatch):
    readme = (Path(__file__).parents[1] / "README.md").read_text()
    evaluation, judging = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(evaluation, {})
    assert capsys.readouterr().out.startswith("{1: 1.0} []\ntest 1 of 3: ")
    exec(judging, {})
    assert capsys.readouterr().out.startswith("wrong_answer\ntest 1 of 3: ")


def test_importing_the_package_imports_nothing_else():
    code = "import sys; seen = set(sys.modules); import hrm_eval; print({*sys.modules} - seen)"
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout == "{'hrm_eval'}\n"
