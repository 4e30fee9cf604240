import random

import pytest
import torch

from hrm_core.packing import Packing


def test_sequences_follow_one_another_and_padding_counts_as_one_more():
    packing = Packing.of([[3, 2], [4]], [[2, 0], [1]], 6)
    assert packing.sequences_BT.tolist() == [[0, 0, 0, 1, 1, 2], [0, 0, 0, 0, 1, 1]]
    assert packing.positions_BT.tolist() == [[0, 1, 2, 0, 1, 0], [0, 1, 2, 3, 0, 1]]
    assert packing.in_prefix_BT.long().tolist() == [[1, 1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0]]
    assert packing.places_SC.tolist() == [[0, 1, 2, -1], [3, 4, -1, -1], [6, 7, 8, 9]]


def test_batches_of_other_lengths_have_few_shapes():
    draw = random.Random(0)
    batches = [
        [draw.choices(range(1, 60), k=draw.randint(2, 6)) for _ in "rows"] for _ in "x" * 100
    ]
    shapes = {
        Packing.of(lengths, [[0] * len(row) for row in lengths], 360).places_SC.shape
        for lengths in batches
    }
    assert len({(sum(map(len, rows)), max(map(max, rows))) for rows in batches}) > 50
    assert len(shapes) <= 15


def test_places_are_rounded_up_and_hold_each_token_once():
    packing = Packing.of([[17, 3], [1] * 15], [[0, 0], [0] * 15], 20)
    assert packing.places_SC.shape == (20, 20)
    places = packing.places_SC[packing.places_SC >= 0]
    assert places.tolist() == [*range(20), *range(20, 35)]


@pytest.mark.parametrize("is_prefix_lm", [True, False])
def test_a_token_attends_only_within_its_sequence(is_prefix_lm):
    lengths, prefixes = [3, 4], [2, 3]
    (mask,) = Packing.of([lengths], [prefixes], 9).mask(is_prefix_lm=is_prefix_lm)[0]
    expected = torch.zeros(9, 9, dtype=torch.bool)
    for start, length, prefix in ((0, 3, 2), (3, 4, 3), (7, 2, 0)):
        for query in range(length):
            for key in range(length):
                both = is_prefix_lm and query < prefix and key < prefix
                expected[start + query, start + key] = key <= query or both
    assert torch.equal(mask, expected)


def test_sequences_longer_than_their_row_are_an_error():
    with pytest.raises(ValueError, match="row 1: 7 tokens do not fit into 6"):
        Packing.of([[2], [4, 3]], [[0], [0, 0]], 6)


@pytest.mark.parametrize("prefix", [3, -1])
def test_a_prefix_outside_its_sequence_is_an_error(prefix):
    with pytest.raises(ValueError, match="row 0: a prefix must be from 0"):
        Packing.of([[2, 3]], [[prefix, 0]], 6)
