import os
import subprocess
import sys
from itertools import islice

import pytest

from hrm_core.errors import UsageError
from hrm_datasets import load_problems
from hrm_exercises.families import load_families
from hrm_exercises.parallel import draw_many
from hrm_exercises.splits import attempts, draw_problem, is_held_out, stream


def test_a_tenth_of_the_families_is_only_for_test():
    families = load_families()
    held_out = [name for name in families if is_held_out(name)]
    assert len(families) >= 400
    assert len(held_out) >= 40
    assert 0.06 < len(held_out) / len(families) < 0.15


@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_a_split_draws_only_what_belongs_to_it(split):
    for index in range(40):
        drawn = draw_problem(split, 1, index)
        name = drawn.task if drawn.family == "compositions" else drawn.family
        assert is_held_out(name) == (split == "test")
        assert drawn.num_results >= 2


def test_a_problem_depends_on_seed_and_index_alone():
    first = [draw_problem("train", 5, index).problem for index in range(30)]
    assert [draw_problem("train", 5, index).problem for index in (29, 3)] == [first[29], first[3]]
    assert list(islice(stream(5, start=10), 5)) == first[10:15]
    assert draw_problem("train", 6, 0).problem != first[0]


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_the_hash_seed_changes_nothing(hash_seed):
    code = (
        "from hrm_exercises.splits import draw_problem\n"
        "print([draw_problem('train', 2, index).problem for index in range(300)])"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    printed = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    ).stdout
    assert printed.strip() == str([draw_problem("train", 2, i).problem for i in range(300)])


def test_several_processes_draw_the_same_problems():
    alone = [drawn.problem for drawn in draw_many("train", seed=0, start=7, num=600)]
    two = [drawn.problem for drawn in draw_many("train", seed=0, start=7, num=600, workers=2)]
    assert two == alone


def test_what_a_benchmark_has_is_drawn_again():
    shared = 0
    for index in range(300):
        found = [what for _, what in islice(attempts("train", 0, index), 1)]
        shared += found[0] is not None
    assert 0 < shared < 60


def test_difficulty_rises_when_easy_problems_come_first():
    def length(problems):
        problems = list(problems)
        return sum(len(problem.reference) for problem in problems) / len(problems)

    easy = length(islice(stream(0, easy_first=10_000), 100))
    hard = length(islice(stream(0, start=9_900, easy_first=10_000), 100))
    plain = length(islice(stream(0, start=10_000, easy_first=10_000), 100))
    assert easy < plain < hard
    assert list(islice(stream(0, 10_000, easy_first=10_000), 3)) == list(
        islice(stream(0, 10_000), 3)
    )


def test_the_dataset_loads_by_name():
    train = load_problems("exercises", split="train", limit=5, seed=3)
    assert [problem.task_id for problem in train][1] == "exercises/train-3-1"
    with pytest.raises(UsageError, match="the split 'train' of 'exercises' has no end"):
        load_problems("exercises", split="train")
    with pytest.raises(UsageError, match="limit must be at least 1, got 0"):
        load_problems("exercises", split="train", limit=0)
    with pytest.raises(
        UsageError, match="seed: the split 'test' of 'exercises' has fixed problems"
    ):
        load_problems("exercises", split="test", seed=1)


@pytest.mark.parametrize(
    ("dataset", "split", "fingerprint"),
    [
        ("exercises", "validation", "475d4e1e73e4e634"),
        ("exercises", "test", "453ee34724cd18d4"),
        ("chains", "validation", "fc7bff78659231ac"),
        ("chains", "test", "d0a74a796b577b82"),
        ("chains", "longer", "1ce8b9caa7eee6dc"),
    ],
)
def test_the_frozen_splits_stay_as_they_are(dataset, split, fingerprint):
    problems = load_problems(dataset, split=split)
    assert len(problems) == 500
    assert problems.fingerprint.startswith(fingerprint)
    for problem in problems:
        exec("\n".join([problem.reference, problem.setup, *problem.tests]), {})
