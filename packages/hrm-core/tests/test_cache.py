import pytest
import torch

from hrm_core.cache import KVCache
from hrm_core.errors import ContextLengthError


def cache(batch=2, capacity=6):
    like = torch.zeros(1)
    return KVCache(num_slots=1, batch=batch, capacity=capacity, num_heads=1, head_dim=1, like=like)


def entries(*rows):
    return torch.tensor(rows, dtype=torch.float32)[:, None, :, None]


def write(held, keys, values):
    return held.write(0, keys, values, held.positions(keys.shape[2]))


def test_rows_of_unequal_length_continue_at_their_own_positions():
    held = cache()
    write(held, entries([1, 2, 3], [4, 9, 9]), entries([1, 2, 3], [4, 9, 9]))
    held.advance(3, torch.tensor([3, 1]))
    assert held.positions(2).tolist() == [[3, 4], [1, 2]]
    keys, values = write(held, entries([5], [6]), entries([7], [8]))
    assert keys[:, 0, :, 0].tolist() == [[1, 2, 3, 5], [4, 6, 9, 0]]
    assert values[:, 0, :, 0].tolist() == [[1, 2, 3, 7], [4, 8, 9, 0]]


def test_more_tokens_than_the_capacity_are_an_error():
    held = cache(capacity=3)
    held.advance(2)
    with pytest.raises(ContextLengthError, match=r"2 \+ 2 tokens do not fit into a capacity of 3"):
        held.positions(2)


def test_rows_of_another_cache_are_copied_with_their_lengths():
    held, other = cache(), cache(batch=3)
    write(held, entries([1, 2], [3, 4]), entries([1, 2], [3, 4]))
    held.advance(2, torch.tensor([2, 1]))
    other.keep([])
    other.extend(held, [1])
    other.extend(held, [1, 0])
    assert other.lengths_B.tolist() == [1, 1, 2]
    keys, _ = write(other, entries([7], [8], [9]), entries([7], [8], [9]))
    assert keys[:, 0, :, 0].tolist() == [[3, 7, 0], [3, 8, 0], [1, 2, 9]]
    assert held.lengths_B.tolist() == [2, 1]


def test_too_many_or_too_long_rows_are_an_error():
    held, other = cache(batch=2), cache(batch=2, capacity=3)
    with pytest.raises(ContextLengthError, match="3 rows of up to 0 tokens do not fit into 2 rows"):
        held.extend(other, [0])
    held.advance(4)
    other.keep([])
    with pytest.raises(ContextLengthError, match="up to 4 tokens do not fit into 2 rows of 3"):
        other.extend(held, [0])


def test_the_longest_kept_row_determines_the_remaining_capacity():
    held = cache(batch=3, capacity=4)
    rows = entries([1, 2, 3, 4], [5, 9, 9, 9], [6, 9, 9, 9])
    write(held, rows, rows)
    held.advance(4, torch.tensor([4, 1, 1]))
    held.keep([2, 1])
    assert held.longest == 1
    assert held.positions(3).tolist() == [[1, 2, 3], [1, 2, 3]]
    keys, _ = write(held, entries([7], [8]), entries([7], [8]))
    assert keys[:, 0, :, 0].tolist() == [[6, 7], [5, 8]]
