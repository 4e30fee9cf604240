import json
import random
import sys
from importlib import metadata

import pytest

from hrm_datasets.overlap import Shared
from hrm_exercises import checking
from hrm_exercises.cli import main
from hrm_exercises.splits import draw_problem

FAMILY = '''
from hrm_exercises import Exercise, family


@family(factor=(2, 3))
def times(choose, factor):
    """Multiply a number."""
    return Exercise(
        texts=(f"multiply by {factor}", f"return {factor} times a number", "Multiply it."),
        names=("times", "multiply"),
        solutions=(f"def solve(number):\\n    return number * {factor}", SECOND),
        arguments=[(choose.integer(-99, 99),) for _ in range(6)],
    )
'''


@pytest.fixture
def own(tmp_path):
    """Write a file with a family whose second solution is given."""

    def write(second="f'def solve(number):\\n    return {factor} * number'"):
        path = tmp_path / "own_families.py"
        path.write_text(FAMILY.replace("SECOND", second))
        return path

    return write


def test_the_version_is_that_of_the_package(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"hrm-exercises {metadata.version('hrm-exercises')}\n"


def test_problems_are_written_in_the_form_of_mbpp(tmp_path, capsys):
    out = tmp_path / "train.jsonl"
    assert main(["draw", "--num", "3", "--start", "5", "--out", str(out)]) == 0
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    problem = draw_problem("train", 0, 6).problem
    assert [row["task_id"] for row in rows] == [5, 6, 7]
    assert (rows[1]["text"], rows[1]["code"]) == (problem.text, problem.reference)
    assert tuple(rows[1]["test_list"]) == problem.tests
    assert "3 problems" in capsys.readouterr().out


def test_families_of_ones_own_are_checked_and_drawn(own, tmp_path, capsys):
    assert main(["check", str(own()), "--num", "20"]) == 0
    assert "times: 2 tasks" in capsys.readouterr().out
    out = tmp_path / "own.jsonl"
    assert main(["draw", "--families", str(own()), "--num", "9", "--out", str(out)]) == 0
    assert {json.loads(line)["family"] for line in out.read_text().splitlines()} == {"times"}


def test_problems_of_ones_own_that_a_stream_would_draw_again_are_not_kept(
    own, tmp_path, capsys, monkeypatch
):
    path, out = own(), tmp_path / "own.jsonl"
    draw = ["draw", "--families", str(path), "--num", "2", "--out", str(out)]
    found = iter([Shared("mbpp/1", "name", "the function 'times'"), None, None])
    monkeypatch.setattr(checking, "find_overlap", lambda _: next(found))
    assert main(draw) == 0
    assert list(found) == []
    out.unlink()
    monkeypatch.setattr(checking, "find_overlap", lambda _: Shared("mbpp/1", "words", "'a b'"))
    assert main(draw) == 5
    message = "family 'times': each of 20 draws shares 'a b' with mbpp/1. Word it in another way"
    assert message in capsys.readouterr().err
    assert not out.exists()


def test_a_family_with_one_result_is_not_drawn(own, tmp_path, capsys):
    path = own("f'def solve(number):\\n    return 0'")
    path.write_text(path.read_text().replace("number * {factor}", "0"))
    out = tmp_path / "own.jsonl"
    assert main(["draw", "--families", str(path), "--num", "2", "--out", str(out)]) == 5
    assert "each of 20 draws expects the same result in all of its" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ("'def solve(number):\\n    return number'", "two solutions disagree about solve("),
        ("'def solve(number):\\n    return object()'", "is not a plain literal"),
        (
            "'def solve(number):\\n    while True: pass'",
            "a problem takes longer than 1 s. Look",
        ),
        ("'def solve(number):\\n    return 1 / 0'", "a solution raises ZeroDivisionError"),
    ],
)
def test_a_wrong_family_of_ones_own_is_named_with_the_cure(
    own, capsys, monkeypatch, second, message
):
    monkeypatch.setattr("hrm_exercises.checking._SECONDS", 1)
    assert main(["check", str(own(second)), "--num", "1"]) == 5
    printed = capsys.readouterr()
    assert "times: wrong: family 'times'" in printed.out
    assert message in printed.out
    assert "1 of 1 families are wrong" in printed.err


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["show", "digital_rot"], 2, "unknown family 'digital_rot'. Did you mean 'digital_root'?"),
        (["overlap", "--workers", "2"], 2, "unrecognized arguments: --workers"),
        (["draw", "--out", "x", "--families", "y", "--workers", "2"], 2, "drawn by one process"),
        (["check", "nowhere.py"], 5, "nowhere.py: no such file"),
        (["draw", "--out", "x", "--num", "0"], 2, "expected at least 1, got 0"),
        (["draw", "--out", "x", "--start", "-3"], 2, "--start: expected at least 0, got -3"),
        (["stats", "--num", "ten"], 2, "--num: expected a whole number, got 'ten'"),
        (["draw", "--out", "/nowhere/x", "--num", "1"], 2, "--out: /nowhere/x cannot be written"),
        (["draw", "--out", ".", "--num", "1"], 2, "--out: . cannot be written: Is a directory"),
    ],
)
def test_wrong_usage_is_explained(arguments, status, message, capsys):
    assert main(arguments) == status
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("code", ["x = 1", "import nothing_of_this_name", "raise SystemExit"])
def test_a_file_without_families_is_an_error_that_names_it(code, tmp_path, capsys):
    path = tmp_path / "own.py"
    path.write_text(code)
    assert main(["check", str(path)]) == 5
    assert "own.py: " in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "draw"])
def test_a_family_without_tasks_is_refused_with_its_empty_option(command, own, tmp_path, capsys):
    path = own()
    path.write_text(path.read_text().replace("(factor=(2, 3))", "(factor=(2, 3), power=())"))
    out = ["--out", str(tmp_path / "own.jsonl"), "--families"] if command == "draw" else []
    assert main([command, *out, str(path)]) == 5
    assert "own_families.py: family 'times' has no tasks: its option 'power' has" in (
        capsys.readouterr().err
    )


def test_an_old_file_stays_when_new_problems_cannot_be_drawn(own, tmp_path, capsys):
    out = tmp_path / "own.jsonl"
    out.write_text("old")
    path = own("'def solve(number):\\n    return 1 / 0'")
    assert main(["draw", "--families", str(path), "--out", str(out)]) == 5
    assert out.read_text() == "old"
    assert sorted(tmp_path.iterdir()) == [out, path]


def test_a_link_is_followed_and_not_replaced(own, tmp_path, capsys):
    target, link = tmp_path / "target.jsonl", tmp_path / "link.jsonl"
    link.symlink_to(target)
    assert main(["draw", "--families", str(own()), "--num", "2", "--out", str(link)]) == 0
    assert link.is_symlink()
    assert len(target.read_text().splitlines()) == 2


def test_an_error_in_drawing_is_not_told_as_one_of_the_file(tmp_path, monkeypatch):
    def fail(*_, **__):
        raise OSError("no more processes")
        yield

    monkeypatch.setattr("hrm_exercises.cli.draw_many", fail)
    with pytest.raises(OSError, match="no more processes"):
        main(["draw", "--out", str(tmp_path / "x")])
    assert not list(tmp_path.iterdir())


def test_a_file_of_families_replaces_no_module(own, tmp_path, capsys):
    path = own().rename(tmp_path / "random.py")
    assert main(["check", str(path), "--num", "1"]) == 0
    assert sys.modules["random"] is random
    path.write_text("raise ValueError")
    assert main(["check", str(path)]) == 5
    assert not [name for name in sys.modules if name.endswith("own_random")]


def test_families_are_listed_and_shown(capsys):
    assert main(["list"]) == 0
    assert "digits: digital_root, 1 tasks" in capsys.readouterr().out
    assert main(["show", "digital_root"]) == 0
    assert "assert " in capsys.readouterr().out


def test_statistics_and_overlaps_are_printed(capsys):
    assert main(["stats", "--num", "200"]) == 0
    assert "tokens a problem" in capsys.readouterr().out
    assert main(["overlap", "--num", "200"]) == 0
    assert "dropped" in capsys.readouterr().out
