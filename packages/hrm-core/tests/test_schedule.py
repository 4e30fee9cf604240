from collections import deque

import pytest

from hrm_core.generation import SamplingParams
from hrm_core.schedule import Sample, Schedule


def sample(prompt, number=0, max_tokens=9):
    return Sample(
        request_index=0,
        number=number,
        prompt=(prompt,),
        params=SamplingParams(),
        seed=number,
        max_tokens=max_tokens,
    )


def schedule(*samples, batch_size=2, can_refill=True):
    return Schedule(deque(samples), batch_size, can_refill)


def test_samples_join_in_order_until_the_batch_is_full():
    first, second, third = sample(1), sample(2), sample(3)
    batch = schedule(first, second, third)
    assert batch.joining() == [first, second]
    assert batch.admit() == ([], [first, second])
    assert batch.active == [first, second]
    assert batch.admit() == ([], [])
    assert batch.retire([True, False]) == [1]
    assert batch.admit() == ([], [third])
    assert batch.active == [second, third]


def test_samples_of_the_last_prompt_join_without_reading_it_again():
    samples = [sample(1), sample(2), sample(2, 1), sample(3)]
    batch = schedule(*samples)
    batch.admit()
    assert batch.shared_prompts == [(1,), (2,)]
    batch.retire([True, True])
    assert batch.admit() == ([samples[2]], [samples[3]])
    assert batch.shared_prompts == []


def test_a_batch_that_cannot_be_refilled_ends_first():
    samples = [sample(1), sample(2), sample(2, 1)]
    batch = schedule(*samples, can_refill=False)
    batch.admit()
    batch.retire([True, False])
    assert batch.joining() == []
    batch.retire([True])
    assert batch.admit() == ([], [samples[2]])


@pytest.mark.parametrize(
    ("has_ended", "kept"),
    [([0, 0, 0], [0, 1, 2]), ([1, 0, 0], [2, 1]), ([0, 1, 1, 0], [0, 3]), ([1, 1], [])],
)
def test_the_fewest_possible_samples_move_when_others_end(has_ended, kept):
    batch = schedule(*map(sample, range(len(has_ended))), batch_size=9)
    batch.admit()
    assert batch.retire([bool(ended) for ended in has_ended]) == kept


def test_unfinished_samples_start_again():
    first, second = sample(1, number=3), sample(2)
    batch = schedule(first, second, batch_size=1)
    batch.admit()
    draws = [first.stream.random() for _ in range(2)]
    first.tokens.append(7)
    assert list(batch.unfinished()) == [first, second]
    assert first.tokens == []
    assert [first.stream.random() for _ in range(2)] == draws
