import json
from dataclasses import replace

import pytest

from hrm_core.errors import DataError
from hrm_datasets import InputOutput
from hrm_eval import cli
from hrm_eval.checking import check_references
from hrm_eval.run_config import DatasetConfig, RunConfig
from hrm_eval.sandbox import Limits, Sandbox

ROW = (
    '{"task_id": %d, "text": "Add.", "code": "def add(a, b):\\n    return a %s b", '
    '"test_list": ["assert add(1, 2) == 3"], "test_setup_code": ""}\n'
)


def check(*arguments):
    return cli.main(["check", *map(str, arguments)])


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "mbpp.jsonl"
    path.write_text("".join(ROW % (n, "-" if n == 13 else "+") for n in range(11, 16)))
    return path


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(Limits(), workers=1) as sandbox:
        yield sandbox


def test_broken_problems_are_named_with_the_reason(sandbox, toys):
    right, *others = toys
    twice = InputOutput([("1", "2")])
    wrong, asserting_nothing, without_reference, program = (
        replace(others[0], reference="def add(a, b):\n    return a - b\n"),
        replace(others[1], tests=("add",)),
        replace(others[2], reference=" "),
        replace(right, task_id="toys/9", tests=twice, reference="print(3)"),
    )
    problems = replace(toys, problems=(right, wrong, asserting_nothing, without_reference, program))
    findings = check_references(problems, sandbox)
    assert [(broken.task_id, broken.status) for broken in findings.broken] == [
        ("toys/2", "wrong_answer"),
        ("toys/3", "broken_tests"),
        ("toys/9", "wrong_answer"),
    ]
    assert findings.broken[0].reason.startswith("test 1 of 2: assert add(1, 2) == 3")
    assert findings.without_reference == ["toys/4"]
    assert (findings.num_passed, findings.num_references) == (1, 4)


def test_tests_that_the_judges_refuse_do_not_end_the_check(toys):
    class Refusing:
        """Refuses the tests of one problem, as late as the sandbox does."""

        def judge_all(self, jobs):
            for key, program, problem in jobs:
                if key == "toys/2":
                    raise DataError("toys/2: no test calls 'add', so any program passes")
                with Sandbox(Limits(), workers=1) as sandbox:
                    yield key, sandbox.judge(program, problem)

    findings = check_references(toys, Refusing())
    assert [(broken.task_id, broken.status) for broken in findings.broken] == [
        ("toys/2", "broken_tests")
    ]
    assert findings.broken[0].reason == "no test calls 'add', so any program passes"


def test_the_command_writes_the_list_that_a_run_leaves_out(source, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert check("mbpp", "--split", "all", "--source", source) == 1
    printed = capsys.readouterr().out
    assert "mbpp/all: 4 of 5 reference solutions pass. Broken problems: 1." in printed
    assert "mbpp/13" in printed
    assert "wrong_answer" in printed
    assert "--exclude @runs/broken-mbpp-all.txt" in printed
    listed = tmp_path / "runs" / "broken-mbpp-all.txt"
    assert listed.read_text() == "mbpp/13\n"
    rest = ("--split", "all", "--source", source, "--exclude", f"@{listed}")
    assert check("mbpp", *rest) == 0
    arguments = ["--model", "reference", "--dataset", "mbpp", "--out", "runs/all", *rest]
    assert cli.main(["run", *map(str, arguments)]) == 0
    assert "Pass@1  100.00%" in capsys.readouterr().out
    listed.write_text("mbpp/11\nmbpp/12\n")
    assert check("mbpp", "--split", "all", "--source", source, "--exclude", "11") == 1
    assert listed.read_text() == "mbpp/11\nmbpp/13\n"
    rows = [json.loads(line) for line in source.read_text().splitlines()]
    source.write_text("".join(json.dumps(r) + "\n" for r in rows if r["task_id"] != 13))
    assert check("mbpp", "--split", "all", "--source", source) == 0
    assert "broken-mbpp-all.txt: removed" in capsys.readouterr().out
    assert not listed.exists()


def test_a_check_that_finds_nothing_writes_no_file(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert check("starter", "--limit", 2) == 0
    assert "starter/test: 2 of 2 reference solutions pass" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_a_list_that_cannot_be_written_is_an_error(source, tmp_path, capsys):
    (tmp_path / "file").touch()
    out = tmp_path / "file" / "broken.txt"
    assert check("mbpp", "--split", "all", "--source", source, "--out", out) == 2
    printed = capsys.readouterr()
    assert f"--out: {out} cannot be written" in printed.err
    assert "mbpp/13" in printed.out


def test_a_limit_counts_the_problems_that_are_left(source):
    from hrm_eval.evaluation import choose_problems

    config = DatasetConfig(
        name="mbpp", split="all", source=str(source), limit=2, exclude=["11", "15", "99"]
    )
    assert [problem.task_id for problem in choose_problems(config)] == ["mbpp/12", "mbpp/13"]


def test_an_unknown_id_to_leave_out_is_an_error(source, capsys):
    assert check("mbpp", "--split", "all", "--source", source, "--exclude", "99") == 2
    assert "unknown task id '99' in mbpp/all" in capsys.readouterr().err


def test_excluded_ids_may_be_numbers_in_a_config():
    assert RunConfig(dataset={"name": "mbpp", "exclude": [11]}).dataset.exclude == ["11"]
