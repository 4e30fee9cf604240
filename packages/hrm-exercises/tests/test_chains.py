import gzip
import json
from itertools import islice

import pytest

from hrm_core.errors import UsageError
from hrm_datasets import load_problems
from hrm_exercises.chains import FROZEN, NUM_FROZEN, draw_chain, num_steps, stream
from hrm_exercises.splits import is_for_validation, is_held_out


@pytest.mark.parametrize("split", ["train", "validation", "test", "longer"])
def test_a_split_draws_only_what_belongs_to_it(split):
    for index in range(100):
        drawn = draw_chain(split, 1, index)
        assert drawn.num_results >= 2
        if split == "longer":
            assert num_steps(drawn.task) in (5, 6)
            continue
        assert num_steps(drawn.task) in (2, 3, 4)
        assert is_held_out(drawn.task) == (split == "test")
        if split != "test":
            assert is_for_validation(drawn) == (split == "validation")


def test_training_and_validation_have_no_problem_in_common():
    def text_and_code(problem):
        return problem.text, problem.reference

    trained = set(map(text_and_code, islice(stream(0), 2000)))
    for split in ("validation", "test", "longer"):
        assert not trained & set(map(text_and_code, load_problems("chains", split=split)))


def test_a_problem_depends_on_seed_and_index_alone():
    first = list(islice(stream(5), 20))
    assert list(islice(stream(5, start=10), 10)) == first[10:]
    assert next(stream(6)) != first[0]
    assert [one.task_id for one in first[:2]] == ["chains/train-5-0", "chains/train-5-1"]


def test_there_is_no_order_by_difficulty():
    with pytest.raises(UsageError, match="'chains' has no such order"):
        stream(0, easy_first=100)


@pytest.mark.parametrize(
    ("first", "lengths", "held_out"),
    [(0, {2, 3, 4}, {False}), (NUM_FROZEN, {2, 3, 4}, {True}), (2 * NUM_FROZEN, {5, 6}, None)],
    ids=["validation", "test", "longer"],
)
def test_a_frozen_split_has_chains_of_its_own(first, lengths, held_out):
    with gzip.open(FROZEN, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    tasks = [row["task"] for row in rows if first <= row["task_id"] < first + NUM_FROZEN]
    assert set(map(num_steps, tasks)) == lengths
    assert len(set(tasks)) == NUM_FROZEN
    assert held_out in (None, set(map(is_held_out, tasks)))
