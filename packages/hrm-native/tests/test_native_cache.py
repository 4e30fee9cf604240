import random

import pytest
import torch

from hrm_core.errors import ContextLengthError
from hrm_core.stepping import FixedStep
from hrm_core.testing import random_tokens

CAPACITY = 40


@torch.inference_mode()
def read_piece(model, cache, rows, lengths):
    """Read random new tokens in every row; return the logits of the new tokens by row.

    Args:
        model: The model of the cache.
        cache: Has a row for each of `rows`.
        rows: The tokens that each row has read; the new tokens are appended.
        lengths: Number of new tokens of each row; shorter rows are padded on the right.
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
    """Compare the last logits of each row with a forward pass over all its tokens."""
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


def test_rows_that_leave_and_join_keep_their_open_chunks(tiny_model):
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


def test_rows_that_do_not_fit_change_no_planner_state(tiny_model):
    cache, rows = tiny_model.new_cache(2, CAPACITY), [[], []]
    read_piece(tiny_model, cache, rows, [5, 6])
    with pytest.raises(ContextLengthError, match="do not fit"):
        cache.extend(cache, [0])
    assert_as_alone(tiny_model, rows, read_piece(tiny_model, cache, rows, [1, 1]))


def test_a_row_without_new_tokens_is_unchanged(tiny_model):
    cache, rows = tiny_model.new_cache(2, CAPACITY), [[], []]
    read_piece(tiny_model, cache, rows, [6, 8])
    read_piece(tiny_model, cache, rows, [0, 3])
    assert_as_alone(tiny_model, rows, read_piece(tiny_model, cache, rows, [3, 2]))


def test_values_after_the_open_chunk_are_never_used(tiny_model):
    cache, rows = tiny_model.new_cache(3, CAPACITY), [[], [], []]
    read_piece(tiny_model, cache, rows, [5, 6, 8])
    for row, length in enumerate((1, 2, 0)):
        cache.open_BRD[row, length:] = 1e3
    for _ in range(4):
        assert_as_alone(tiny_model, rows, read_piece(tiny_model, cache, rows, [1, 1, 1]))


def test_a_step_of_one_token_reads_no_value_from_the_device(tiny_model):
    model = tiny_model.to("meta")
    cache = model.new_cache(3, CAPACITY)
    tokens = torch.zeros(3, 1, dtype=torch.int64, device="meta")
    with torch.inference_mode():
        for _ in range(5):
            logits = model.next_logits(tokens, cache=cache)
    assert logits.shape == (3, 61)


def test_the_planner_counts_in_the_bytes_of_a_row_but_not_of_a_token(tiny_model):
    row = 4 * (24 + 4 * 32)
    token = 4 * 2 * 4 * 32
    assert tiny_model.new_cache(3, 10).num_bytes == 3 * (10 * token + row)
    assert tiny_model.cache_bytes_per_token == token


def test_steps_of_fixed_shape_give_the_logits_of_plain_ones(tiny_model):
    def record_after_two_trials(step):
        step()
        step()
        return step

    cache_of_steps, plain = (tiny_model.new_cache(5, CAPACITY) for _ in range(2))
    small = tiny_model.new_cache(1, 9)
    read_piece(tiny_model, small, [[]], [7])
    for cache in (cache_of_steps, plain):
        read_piece(tiny_model, cache, [[] for _ in range(5)], [3, 9, 6, 4, 7])
        cache.keep([4, 1, 2])
    step = FixedStep(tiny_model, cache_of_steps, record_after_two_trials)
    with torch.inference_mode():
        for turn in range(12):
            if turn == 5:
                cache_of_steps.extend(small, [0])
                plain.extend(small, [0])
            tokens = random_tokens(tiny_model, plain.batch, 1, seed=turn)
            expected = tiny_model.next_logits(tokens, cache=plain)
            torch.testing.assert_close(step(tokens[:, 0], cache_of_steps), expected)
