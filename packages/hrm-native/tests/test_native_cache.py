import random

import pytest
import torch

from hrm_core.errors import ContextLengthError
from hrm_core.fixed_step import FixedStep
from hrm_core.testing import random_tokens

CAPACITY = 40


@torch.inference_mode()
def read_piece(model, cache, rows, lengths):
    """Feed so many further tokens to each row; return the logits of each row's own tokens.

    Args:
        model: Of the cache.
        cache: Holds a place for each row.
        rows: What each row has read, a list of tokens; grows.
        lengths: New tokens of each row; shorter rows are padded on the right.
    """
    width = max(lengths)
    seed = sum(map(len, rows))
    tokens = random_tokens(model, len(rows), width, seed=seed)
    ragged = None if set(lengths) == {width} else torch.tensor(lengths)
    logits = model(tokens, None, cache, ragged)
    for row, new, length in zip(rows, tokens.tolist(), lengths, strict=True):
        row.extend(new[:length])
    return [logits[n, :length] for n, length in enumerate(lengths)]


@torch.inference_mode()
def assert_as_alone(model, rows, pieces):
    """Check the last logits of each row against a forward over all it has read."""
    for row, piece in zip(rows, pieces, strict=True):
        expected = model(torch.tensor([row]))[0, len(row) - len(piece) :]
        torch.testing.assert_close(piece, expected, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("timing_ratio", [1, 3, 4, 7])
@pytest.mark.parametrize("seed", range(4))
def test_ragged_pieces_give_the_logits_of_whole_rows(build_tiny, timing_ratio, seed):
    model, stream = build_tiny(timing_ratio=timing_ratio), random.Random(seed)
    cache, rows = model.new_cache(4, CAPACITY), [[] for _ in range(4)]
    assert_as_alone(model, rows, read_piece(model, cache, rows, [1, 4, 8, 11]))
    for width in (1, 1, 5, 1, 9, 1, 2, 1):
        lengths = [stream.randint(1, width) for _ in rows]
        if max(map(len, rows)) + width <= CAPACITY:
            assert_as_alone(model, rows, read_piece(model, cache, rows, lengths))


def test_rows_cross_the_end_of_a_chunk_one_token_at_a_time(tiny_model):
    cache, rows = tiny_model.new_cache(4, CAPACITY), [[] for _ in range(4)]
    read_piece(tiny_model, cache, rows, [1, 2, 3, 4])
    for _ in range(10):
        assert_as_alone(tiny_model, rows, read_piece(tiny_model, cache, rows, [1] * 4))


def test_rows_that_leave_and_join_take_their_chunks_with_them(tiny_model):
    cache, rows = tiny_model.new_cache(5, CAPACITY), [[] for _ in range(5)]
    read_piece(tiny_model, cache, rows, [3, 9, 6, 4, 7])
    cache.keep([4, 1, 2])
    rows = [rows[4], rows[1], rows[2]]
    assert_as_alone(tiny_model, rows, read_piece(tiny_model, cache, rows, [1, 1, 1]))
    small, newcomers = tiny_model.new_cache(2, 6), [[], []]
    read_piece(tiny_model, small, newcomers, [6, 5])
    cache.extend(small, [1, 0])
    rows += [list(newcomers[1]), list(newcomers[0])]
    assert_as_alone(tiny_model, rows, read_piece(tiny_model, cache, rows, [2, 1, 5, 3, 4]))
    cache.keep([])
    cache.extend(small, [0, 0])
    rows = [list(newcomers[0]), list(newcomers[0])]
    assert_as_alone(tiny_model, rows, read_piece(tiny_model, cache, rows, [4, 1]))


def test_rows_that_do_not_fit_leave_the_planner_of_the_others_alone(tiny_model):
    cache, rows = tiny_model.new_cache(2, CAPACITY), [[], []]
    read_piece(tiny_model, cache, rows, [5, 6])
    with pytest.raises(ContextLengthError, match="do not fit"):
        cache.extend(cache, [0])
    assert_as_alone(tiny_model, rows, read_piece(tiny_model, cache, rows, [1, 1]))


def test_a_row_with_no_new_tokens_stays_where_it_is(tiny_model):
    cache, rows = tiny_model.new_cache(2, CAPACITY), [[], []]
    read_piece(tiny_model, cache, rows, [6, 8])
    read_piece(tiny_model, cache, rows, [0, 3])
    assert_as_alone(tiny_model, rows, read_piece(tiny_model, cache, rows, [3, 2]))


def test_what_lies_behind_the_open_chunk_means_nothing(tiny_model):
    cache, rows = tiny_model.new_cache(3, CAPACITY), [[], [], []]
    read_piece(tiny_model, cache, rows, [5, 6, 8])
    for row, held in enumerate((1, 2, 0)):
        cache.open_BRD[row, held:] = 1e3
    for _ in range(4):
        assert_as_alone(tiny_model, rows, read_piece(tiny_model, cache, rows, [1, 1, 1]))


def test_a_step_of_one_token_asks_the_device_for_no_value(tiny_model):
    model = tiny_model.to("meta")
    cache = model.new_cache(3, CAPACITY)
    tokens = torch.zeros(3, 1, dtype=torch.int64, device="meta")
    with torch.inference_mode():
        for _ in range(5):
            logits = model.next_logits(tokens, cache=cache)
    assert logits.shape == (3, 61)


def test_a_cache_counts_the_planner_in_its_bytes_and_not_in_those_of_a_token(tiny_model):
    row = 4 * (24 + 4 * 32)
    token = 4 * 2 * 4 * 32
    assert tiny_model.new_cache(3, 10).num_bytes == 3 * (10 * token + row)
    assert tiny_model.cache_bytes_per_token == token


def test_steps_of_fixed_shape_give_the_logits_of_plain_ones(tiny_model):
    def record_after_two_trials(step):
        step()
        step()
        return step

    held, plain = (tiny_model.new_cache(5, CAPACITY) for _ in range(2))
    small = tiny_model.new_cache(1, 9)
    read_piece(tiny_model, small, [[]], [7])
    for cache in (held, plain):
        read_piece(tiny_model, cache, [[] for _ in range(5)], [3, 9, 6, 4, 7])
        cache.keep([4, 1, 2])
    step = FixedStep(tiny_model, held, record_after_two_trials)
    with torch.inference_mode():
        for turn in range(12):
            if turn == 5:
                held.extend(small, [0])
                plain.extend(small, [0])
            tokens = random_tokens(tiny_model, plain.batch, 1, seed=turn)
            expected = tiny_model.next_logits(tokens, cache=plain)
            torch.testing.assert_close(step(tokens[:, 0], held), expected)
