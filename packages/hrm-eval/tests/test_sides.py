import pytest

from hrm_core.errors import DataError, UsageError
from hrm_eval.runs import load_run
from hrm_eval.sides import choose_tasks, read_sides

PASSED = {"toys/1": [True], "toys/2": [False], "toys/10": [True]}


def tasks_of(paths, **options):
    return choose_tasks([side.runs[0] for side in read_sides(paths)], **options)


def test_runs_of_one_model_that_differ_only_in_the_seed_are_one_side(write_run):
    free = [{}, {"k": [1]}, {"trackers": ["trackio"]}]
    old = [
        write_run(f"old{n}", PASSED, sampling={"seed": n}, **changes)
        for n, changes in enumerate(free)
    ]
    new = write_run("new", PASSED, model_reference="another")
    sides = read_sides([old[0], new, *old[1:]])
    assert [[run.folder.path.name for run in side.runs] for side in sides] == [
        ["old0", "old1", "old2"],
        ["new"],
    ]
    assert [side.name for side in sides] == [f"{old[0]} and 2 more", str(new)]
    assert len(read_sides([*old, new], by_seed=False)) == 4


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"sampling": {"seed": 1, "temperature": 0.5}},
        {"sampling": {"seed": 1}, "prompt": "docstring"},
        {"sampling": {"seed": 1}, "model_reference": "another"},
    ],
    ids=["same seed", "temperature", "prompt", "model"],
)
def test_runs_that_differ_otherwise_or_not_at_all_are_sides_of_their_own(write_run, changes):
    paths = [write_run("a", PASSED), write_run("b", PASSED, **changes)]
    third = write_run("c", PASSED, model_reference="third")
    assert [len(side.runs) for side in read_sides([*paths, third])] == [1, 1, 1]


def test_runs_with_other_weights_under_one_name_are_sides_of_their_own(write_run):
    paths = [write_run(name, PASSED, sampling={"seed": n}) for n, name in enumerate("ab")]
    for path in paths:
        (path / "model.json").write_text(f'{{"weights": "{path.name}"}}')
    third = write_run("c", PASSED, model_reference="third")
    assert len(read_sides([*paths, third])) == 3


def test_seeds_of_one_model_alone_are_compared_with_each_other(write_run):
    paths = [write_run(f"run{n}", PASSED, sampling={"seed": n}) for n in range(2)]
    assert [side.name for side in read_sides(paths)] == [str(path) for path in paths]


def test_a_folder_of_runs_is_one_side_whatever_the_models(write_run, tmp_path):
    for n in (2, 10, 1):
        write_run(f"base/seed{n}", PASSED, model_reference=f"base{n}")
    (side,) = read_sides([tmp_path / "base"])
    assert [run.folder.path.name for run in side.runs] == ["seed1", "seed10", "seed2"]
    assert side.name == str(tmp_path / "base")


@pytest.mark.parametrize("parent", ["base", "cycles=[3,3]", "lr=[1]*"])
def test_the_runs_that_fit_a_pattern_are_one_side(write_run, tmp_path, parent):
    for n in (2, 1):
        write_run(f"{parent}/seed-{n}/variants", PASSED)
    (side,) = read_sides([tmp_path / parent / "seed-*" / "variants"])
    assert [run.folder.path.parent.name for run in side.runs] == ["seed-1", "seed-2"]


def test_a_pattern_that_fits_nothing_is_refused(write_run, tmp_path):
    write_run("base/seed-1", PASSED)
    with pytest.raises(UsageError, match="no folder has such a name"):
        read_sides([tmp_path / "base" / "sed-*"])


def test_a_folder_of_runs_with_other_settings_is_refused(write_run, tmp_path):
    write_run("base/a", PASSED)
    write_run("base/b", PASSED, prompt="docstring")
    with pytest.raises(UsageError, match=r"prompt is 'instruct' in .*/a and 'docstring' in .*/b\."):
        read_sides([tmp_path / "base"])


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(DataError, match="not the folder of a run"):
        read_sides([tmp_path])


def test_all_tasks_are_compared_in_the_order_of_the_first_run(write_run):
    paths = [write_run("a", PASSED), write_run("b", dict(reversed(PASSED.items())))]
    assert tasks_of(paths, common=False) == list(load_run(paths[0]).by_task)
    assert set(tasks_of(paths, common=False)) == set(PASSED)


def test_an_unfinished_run_is_refused_unless_common_problems_are_wanted(write_run):
    paths = [write_run("a", PASSED), write_run("b", PASSED, summary=None)]
    with pytest.raises(UsageError, match=r"b: not finished; 2 problems are judged\..*--common"):
        tasks_of(paths, common=False)
    assert tasks_of(paths, common=True) == ["toys/1", "toys/2"]


def test_a_problem_counts_only_with_all_its_answers(write_run):
    some = {"toys/1": [True, False], "toys/2": [True, True], "toys/3": [True]}
    paths = [write_run("a", some, summary=None), write_run("b", some)]
    paths = [write_run("c", {**some, "toys/3": [True, True]}), *paths]
    assert tasks_of(paths, common=True) == ["toys/1", "toys/2"]


def test_runs_on_other_problems_are_refused_unless_common_problems_are_wanted(write_run):
    fewer = {task: PASSED[task] for task in ("toys/1", "toys/10")}
    paths = [write_run("a", PASSED), write_run("b", fewer, dataset={"fingerprint": "2"})]
    message = (
        r"b: on other problems than .*a: toys/test \(2 answered, fingerprint \w+\), "
        r"not .*\(3 answered, .*--common"
    )
    with pytest.raises(UsageError, match=message):
        tasks_of(paths, common=False)
    assert set(tasks_of(paths, common=True)) == set(fewer)


def test_runs_without_a_common_problem_are_refused(write_run):
    others = {"other/1": [True], "other/2": [True]}
    paths = [write_run("a", PASSED), write_run("b", others, dataset={"fingerprint": "2"})]
    with pytest.raises(UsageError, match="no problem in common"):
        tasks_of(paths, common=False)
    with pytest.raises(UsageError, match="at least 2 problems that all runs have judged, got 0"):
        tasks_of(paths, common=True)


def test_two_shards_have_no_problem_in_common(write_run):
    paths = [write_run("a", {"toys/1": [True]}), write_run("b", {"toys/2": [True]})]
    with pytest.raises(UsageError, match=r"1 of the problems: .*\. They have no problem in common"):
        tasks_of(paths, common=False)


def test_a_scored_file_without_some_answers_is_refused(write_run):
    paths = [write_run("a", PASSED), write_run("b", {"toys/1": [True], "toys/2": [True]})]
    with pytest.raises(UsageError, match="b: no answer to 1 of the problems: toys/10"):
        tasks_of(paths, common=False)
