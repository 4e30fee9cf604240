import json
import sys

import pytest
from scipy import stats

from hrm_core.errors import PluginNotFoundError, UsageError
from hrm_eval import paired
from hrm_eval.cli import main
from hrm_eval.comparison import compare_runs
from hrm_eval.metrics import wilson_interval


def numbered(*answers):
    return {f"toys/{n}": list(passed) for n, passed in enumerate(answers, 1)}


OLD = numbered([1], [0], [1], [0], [0], [1], [0], [0])
NEW = numbered([1], [1], [1], [1], [0], [0], [1], [0])


@pytest.fixture
def old_and_new(write_run):
    return [write_run("old", OLD), write_run("new", NEW, prompt="docstring")]


def test_two_runs_are_compared_problem_by_problem(old_and_new):
    comparison = compare_runs(old_and_new)
    assert (comparison.dataset, comparison.num_problems) == ("toys/test", 8)
    assert comparison.num_problems_left_out == 0
    old, new = comparison.sides
    assert (old.pass_at_1, new.pass_at_1) == (3 / 8, 5 / 8)
    assert old.ci95 == wilson_interval(3 / 8, 8)
    assert (old.num_answers, old.num_tokens, old.generation_seconds) == (8, 2.0, 0.5)
    assert old.execution_seconds == pytest.approx(0.01)
    (pair,) = comparison.pairs
    assert pair.difference == 2 / 8
    assert [change.task_id for change in pair.wins] == ["toys/2", "toys/4", "toys/7"]
    assert [change.task_id for change in pair.losses] == ["toys/6"]
    assert (pair.losses[0].first, pair.losses[0].second, pair.num_ties) == ((1, 1), (0, 1), 4)
    assert pair.test == "mcnemar"
    assert pair.p_value == pair.adjusted_p_value == stats.binomtest(1, 4).pvalue
    assert [setting.key for setting in pair.settings] == ["prompt"]


def test_the_order_of_the_answers_in_the_files_does_not_matter(old_and_new, write_run):
    backwards = write_run("backwards", dict(reversed(OLD.items())))
    first, second = compare_runs(old_and_new), compare_runs([backwards, old_and_new[1]])
    assert first.pairs == second.pairs


def test_a_run_does_not_differ_from_itself(old_and_new):
    comparison = compare_runs([old_and_new[0], old_and_new[0]])
    (pair,) = comparison.pairs
    assert (pair.difference, pair.ci95, pair.p_value) == (0.0, (0.0, 0.0), 1.0)
    assert (list(pair.wins), list(pair.losses), pair.num_ties) == ([], [], 8)
    assert list(pair.settings) == []


def test_tokens_and_times_that_are_not_known_are_none(old_and_new, write_run, capsys):
    scored = write_run("scored", {"toys/1": [True], "toys/2": [False]})
    lines = (scored / "completions.jsonl").read_text().splitlines()
    unknown = {"finish_reason": "", "num_tokens": 0, "seconds": 0.0}
    records = [json.dumps({**json.loads(line), **unknown}) for line in lines]
    (scored / "completions.jsonl").write_text("\n".join(records) + "\n")
    known, side = compare_runs([old_and_new[0], scored], common=True).sides
    assert (side.num_tokens, side.generation_seconds) == (None, None)
    assert (known.num_tokens, known.generation_seconds) != (None, None)


def test_several_answers_to_a_problem_are_compared_by_a_permutation_test(write_run):
    first = numbered([1, 0, 0, 0], [0, 0, 0, 0], [1, 1, 1, 1], [0, 0, 1, 1])
    second = numbered([1, 1, 1, 0], [0, 0, 0, 1], [1, 1, 1, 1], [0, 0, 0, 1])
    (pair,) = compare_runs([write_run("a", first), write_run("b", second)]).pairs
    assert pair.test == "permutation"
    assert pair.difference == pytest.approx((2 + 1 - 1) / 16)
    # The changes are 2, 1 and -1 answers, with the sum 2. Of the 8 choices of signs, 2 give a sum
    # of 4 or -4, and 4 give 2 or -2.
    assert pair.p_value == pytest.approx(6 / 8)
    assert [(c.task_id, c.first, c.second) for c in pair.wins] == [
        ("toys/1", (1, 4), (3, 4)),
        ("toys/2", (0, 4), (1, 4)),
    ]


def test_seeds_of_one_config_have_a_mean_a_spread_and_an_interval_over_runs(write_run):
    passed = [numbered([1], [0], [1], [0]), numbered([1], [0], [0], [0])]
    seeds = [write_run(f"s{n}", tasks, sampling={"seed": n}) for n, tasks in enumerate(passed)]
    new = write_run("new", numbered([1], [1], [1], [0]), model_reference="new")
    comparison = compare_runs([*seeds, new])
    side = comparison.sides[0]
    assert (side.pass_at_1, list(side.pass_at_1_by_run)) == (3 / 8, [0.5, 0.25])
    assert side.spread == pytest.approx(0.125 * 2**0.5)
    assert (side.ci95, side.num_answers) == (None, 8)
    assert side.folders == [str(path) for path in seeds]
    (pair,) = comparison.pairs
    assert (pair.test, pair.difference) == ("seeds", 3 / 8)
    rates = [[1, 0, 1, 0], [1, 0, 0, 0]], [[1, 1, 1, 0]]
    assert pair.ci95 == paired.difference_interval(*rates)
    assert pair.p_value == paired.seeds_p_value(*rates)
    assert [(c.task_id, c.first, c.second) for c in pair.wins] == [
        ("toys/2", (0, 2), (1, 1)),
        ("toys/3", (1, 2), (1, 1)),
    ]
    assert len(compare_runs([*seeds, new], by_seed=False).sides) == 3


def test_every_run_is_compared_with_the_first_and_p_is_corrected(old_and_new, write_run):
    third = write_run("third", numbered(*[[1]] * 8))
    comparison = compare_runs([*old_and_new, third])
    assert [(pair.first, pair.second) for pair in comparison.pairs] == [(0, 1), (0, 2)]
    p_values = [pair.p_value for pair in comparison.pairs]
    assert p_values == pytest.approx([0.625, 0.0625])
    # Holm: twice the smaller, once the larger.
    adjusted = [pair.adjusted_p_value for pair in comparison.pairs]
    assert adjusted == pytest.approx([0.625, 0.125])


def test_common_problems_of_an_unfinished_run_are_compared_if_wanted(old_and_new, write_run):
    unfinished = write_run("unfinished", NEW, summary=None)
    with pytest.raises(UsageError, match="not finished"):
        compare_runs([old_and_new[0], unfinished])
    comparison = compare_runs([old_and_new[0], unfinished], common=True)
    assert (comparison.num_problems, comparison.num_problems_left_out) == (7, 1)


def test_one_run_is_not_enough(old_and_new):
    with pytest.raises(UsageError, match="expected at least 2 runs, got 1"):
        compare_runs(old_and_new[:1])


def test_without_scipy_the_error_says_what_to_install(old_and_new, monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(PluginNotFoundError, match=r"pip install 'hrm-eval\[compare\]'"):
        compare_runs(old_and_new)


def test_the_command_prints_difference_interval_p_and_changes(old_and_new, capsys):
    assert main(["compare", *map(str, old_and_new)]) == 0
    output = capsys.readouterr().out
    assert "B - A: +25.0 points (95 % interval " in output
    assert "p = 0.625 (McNemar's exact test)" in output
    assert "B is better on 3 problems, A on 1; 4 are equal" in output
    assert "Only 4 problems differ: too few for p < 0.05" in output
    assert "toys/6" in output
    assert "docstring" in output


def test_the_command_prints_json_with_the_fields_of_the_comparison(old_and_new, capsys):
    assert main(["compare", "--json", *map(str, old_and_new)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(json.dumps(compare_runs(old_and_new).to_record()))
    assert printed["pairs"][0]["wins"][0] == {
        "task_id": "toys/2",
        "first": [0, 1],
        "second": [1, 1],
    }


def test_the_command_prints_seeds_and_corrected_p_values(write_run, capsys):
    for n, tasks in enumerate([OLD, NEW]):
        write_run(f"base/{n}", tasks, model_reference=f"base{n}")
    paths = [write_run(name, OLD, model_reference=name) for name in ("b", "c")]
    assert main(["compare", str(paths[0].parent / "base"), *map(str, paths)]) == 0
    output = " ".join(capsys.readouterr().out.split())
    assert "B - A: -12.5 points" in output
    assert "(t test over runs and problems; " in output
    assert "for 2 pairs)" in output


def test_the_command_refuses_other_problems_with_status_2(old_and_new, write_run, capsys):
    other = write_run("other", OLD, dataset={"fingerprint": "2"})
    assert main(["compare", str(old_and_new[0]), str(other)]) == 2
    assert "Add --common" in capsys.readouterr().err
    assert main(["compare", "--common", str(old_and_new[0]), str(other)]) == 0


def test_the_command_refuses_a_folder_without_a_run_with_status_5(old_and_new, tmp_path, capsys):
    assert main(["compare", str(old_and_new[0]), str(tmp_path / "nothing")]) == 5
    assert "not the folder of a run" in capsys.readouterr().err
