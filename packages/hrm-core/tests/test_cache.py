import pytest
import torch

from hrm_core.cache import KVCache
from hrm_core.errors import ContextLengthError


def new_cache(batch=2, capacity=6):
    like = torch.zeros(1)
    return KVCache(num_slots=1, batch=batch, capacity=capacity, num_heads=1, head_dim=1, like=like)


def entries(*rows):
    return torch.tensor(rows, dtype=torch.float32)[:, None, :, None]


def write(cache, keys, values):
    return cache.write(0, keys, values, cache.positions(keys.shape[2]))


def test_rows_of_unequal_length_continue_at_their_own_positions():
    cache = new_cache()
    write(cache, entries([1, 2, 3], [4, 9, 9]), entries([1, 2, 3], [4, 9, 9]))
    cache.advance(3, torch.tensor([3, 1]))
    assert cache.positions(2).tolist() == [[3, 4], [1, 2]]
    keys, values = write(cache, entries([5], [6]), entries([7], [8]))
    assert keys[:, 0, :, 0].tolist() == [[1, 2, 3, 5], [4, 6, 9, 0]]
    assert values[:, 0, :, 0].tolist() == [[1, 2, 3, 7], [4, 8, 9, 0]]


def test_more_tokens_than_the_capacity_are_an_error():
    cache = new_cache(capacity=3)
    cache.advance(2)
    with pytest.raises(ContextLengthError, match=r"2 \+ 2 tokens do not fit into a capacity of 3"):
        cache.positions(2)


def test_rows_of_another_cache_are_copied_with_their_lengths():
    cache, other = new_cache(), new_cache(batch=3)
    write(cache, entries([1, 2], [3, 4]), entries([1, 2], [3, 4]))
    cache.advance(2, torch.tensor([2, 1]))
    other.keep([])
    other.extend(cache, [1])
    other.extend(cache, [1, 0])
    assert other.lengths_B.tolist() == [1, 1, 2]
    keys, _ = write(other, entries([7], [8], [9]), entries([7], [8], [9]))
    assert keys[:, 0, :, 0].tolist() == [[3, 7, 0], [3, 8, 0], [1, 2, 9]]
    assert cache.lengths_B.tolist() == [2, 1]


def test_too_many_or_too_long_rows_are_an_error():
    cache, other = new_cache(batch=2), new_cache(batch=2, capacity=3)
    with pytest.raises(ContextLengthError, match="3 rows of up to 0 tokens do not fit into 2 rows"):
        cache.extend(other, [0])
    cache.advance(4)
    other.keep([])
    with pytest.raises(ContextLengthError, match="up to 4 tokens do not fit into 2 rows of 3"):
        other.extend(cache, [0])


def test_the_longest_kept_row_determines_the_remaining_capacity():
    cache = new_cache(batch=3, capacity=4)
    rows = entries([1, 2, 3, 4], [5, 9, 9, 9], [6, 9, 9, 9])
    write(cache, rows, rows)
    cache.advance(4, torch.tensor([4, 1, 1]))
    cache.keep([2, 1])
    assert cache.longest == 1
    assert cache.positions(3).tolist() == [[1, 2, 3], [1, 2, 3]]
    keys, _ = write(cache, entries([7], [8]), entries([7], [8]))
    assert keys[:, 0, :, 0].tolist() == [[6, 7], [5, 8]]
