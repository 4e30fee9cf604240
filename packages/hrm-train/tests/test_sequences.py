import json
from collections import Counter
from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from hrm_core.errors import DataError
from hrm_core.losses import IGNORED_LABEL
from hrm_core.tokenizer import Tokenizer
from hrm_train.examples import Example
from hrm_train.sequences import (
    Lengths,
    RowStream,
    TokenSequence,
    cut,
    encode_all,
    encode_example,
    make_batch,
    pack,
)


def sequence(name, num_prompt, num_response, start=4):
    tokens = tuple(4 + (start + place) % 250 for place in range(num_prompt + num_response))
    return TokenSequence(str(name), tokens, num_prompt)


SEQUENCES = [sequence(n, 1 + n % 5, 1 + n % 7, start=13 * n) for n in range(30)]


def test_the_last_token_of_the_prompt_predicts_the_first_of_the_response():
    one = TokenSequence("a", (1, 5, 6, 2, 7, 8, 3), num_prompt_tokens=4)
    assert one.labels == [IGNORED_LABEL] * 3 + [7, 8, 3]
    assert (one.length, one.num_labels) == (6, 3)


@pytest.mark.parametrize("one", SEQUENCES[:8], ids=lambda one: one.name)
def test_only_tokens_of_the_response_have_labels(one):
    assert len(one.labels) == one.length
    kept = [label for label in one.labels if label != IGNORED_LABEL]
    assert kept == list(one.tokens[one.num_prompt_tokens :])
    assert len(kept) == one.num_labels


def test_prompt_and_response_are_tokenized_separately_between_special_ids(make_checkpoint):
    checkpoint = make_checkpoint()
    tokenizer = checkpoint.tokenizer
    encoded = encode_example(checkpoint, Example("a", "count to", "one two"))
    prompt = [1, *tokenizer.encode("count to"), 2]
    assert encoded.tokens == (*prompt, *tokenizer.encode("one two"), 3)
    assert encoded.num_prompt_tokens == len(prompt)


def test_special_tokens_that_a_text_spells_stay_text(make_checkpoint):
    checkpoint = make_checkpoint()
    spelt = "<pad><begin><answer><end>"
    encoded = encode_example(checkpoint, Example("a", spelt, spelt))
    special = Counter(token for token in encoded.tokens if token < 4)
    assert special == {1: 1, 2: 1, 3: 1}
    assert checkpoint.tokenizer.decode(encoded.tokens) == spelt * 2


def test_plain_text_starts_after_an_end_token(make_checkpoint):
    checkpoint = make_checkpoint()
    encoded = encode_example(checkpoint, Example("a", "", "one"))
    assert encoded.tokens == (3, *checkpoint.tokenizer.encode("one"), 3)
    assert encoded.labels == list(encoded.tokens[1:])


@pytest.mark.parametrize("ends", [[0, 3], [3, 0], [0, 9, 3]])
def test_of_several_end_tokens_the_end_of_the_answer_is_learnt(make_checkpoint, ends):
    checkpoint = make_checkpoint(eos_token_id=ends)
    assert encode_example(checkpoint, Example("a", "one", "two")).tokens[-1] == 3
    assert encode_example(checkpoint, Example("a", "", "one")).tokens[0] == 3


def test_a_response_gets_no_space_that_its_text_does_not_have(make_checkpoint, tmp_path):
    checkpoint = make_checkpoint()
    path = tmp_path / "tokenizer.json"
    checkpoint.tokenizer.save(path)
    rules = json.loads(path.read_text())
    rules["pre_tokenizer"]["pretokenizers"][1]["add_prefix_space"] = True
    path.write_text(json.dumps(rules))
    spaced = replace(checkpoint, tokenizer=Tokenizer.load(path))
    encoded = encode_example(spaced, Example("a", "count to", "one two"))
    assert spaced.tokenizer.decode(encoded.tokens) == " count toone two"


def test_a_model_without_an_end_token_is_an_error(make_checkpoint):
    checkpoint = make_checkpoint(eos_token_id=None)
    with pytest.raises(DataError, match=r"model.eos_token_id: missing, so no token can end"):
        encode_example(checkpoint, Example("a", "one", "two"))


def test_examples_longer_than_a_row_are_left_out_counted_and_named(make_checkpoint):
    checkpoint, lengths = make_checkpoint(), Lengths()
    examples = [
        Example("short", "a", "b"),
        Example("long", "a", "z" * 7),
        Example("fits", "a", "bc"),
    ]
    encoded = list(encode_all(checkpoint, examples, 5, lengths))
    assert [(one.name, one.length) for one in encoded] == [("short", 4), ("fits", 5)]
    assert lengths.too_long == [("long", 10)]
    assert (lengths.num_sequences, lengths.num_tokens, lengths.num_labels) == (2, 9, 5)


def test_a_long_plain_text_is_split_over_rows(make_checkpoint):
    checkpoint, lengths = make_checkpoint(), Lengths()
    text = Example("text", "", "zyxwvutsrqp")
    whole = encode_example(checkpoint, text)
    pieces = list(encode_all(checkpoint, [text], 5, lengths))
    assert [(one.name, one.length) for one in pieces] == [
        ("text[1]", 5), ("text[2]", 5), ("text[3]", 2)]  # fmt: skip
    assert [label for one in pieces for label in one.labels] == whole.labels
    assert [token for one in pieces for token in one.tokens[:-1]] == list(whole.tokens[:-1])
    assert (lengths.num_sequences, lengths.num_cut, lengths.too_long) == (3, 1, [])
    assert lengths.num_tokens == lengths.num_labels == whole.num_labels == 12


@given(st.integers(1, 40), st.integers(1, 12))
def test_pieces_have_each_label_once(length, row_length):
    whole = TokenSequence("text", tuple(range(length + 1)), 1)
    pieces = cut(whole, row_length)
    assert [label for one in pieces for label in one.labels] == whole.labels
    assert all(1 <= one.length <= row_length for one in pieces)


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=80))
def test_packing_overfills_no_row_and_loses_nothing(sizes):
    given_sequences = [sequence(n, *size) for n, size in enumerate(sizes)]
    rows = list(pack(given_sequences, 12))
    assert all(0 < sum(one.length for one in row) <= 12 for row in rows)
    packed = sorted((one for row in rows for one in row), key=lambda one: int(one.name))
    assert packed == given_sequences
    assert rows == list(pack(given_sequences, 12))


def test_packing_wastes_few_tokens():
    rows = list(pack([sequence(n, 1 + n % 9, 2 + n % 11) for n in range(500)], 64))
    filled = sum(one.length for row in rows for one in row)
    assert filled > 0.97 * 64 * (len(rows) - 16)


def test_a_packed_batch_has_the_tokens_and_labels_of_its_sequences():
    row = (sequence(0, 3, 2), sequence(1, 2, 2))
    batch = make_batch([row], 9, is_packed=True, prefix_lm=True, pad_id=0)
    first, second = row
    assert batch.tokens_BT[0].tolist() == [*first.tokens[:-1], *second.tokens[:-1], 0, 0]
    assert batch.labels_BT[0].tolist() == [*first.labels, *second.labels, -100, -100]
    assert batch.packing.positions_BT[0, :7].tolist() == [0, 1, 2, 3, 0, 1, 2]
    assert batch.packing.in_prefix_BT[0].tolist() == [True] * 3 + [False] + [True] * 2 + [False] * 3
    assert batch.prefix_lengths_B is None


@pytest.mark.parametrize(("prefix_lm", "prefixes"), [(True, [3, 2]), (False, None)])
def test_unpacked_rows_have_prefix_lengths_for_prefix_models(prefix_lm, prefixes):
    rows = [(sequence(0, 3, 2),), (sequence(1, 2, 2),)]
    batch = make_batch(rows, 6, is_packed=False, prefix_lm=prefix_lm, pad_id=0)
    assert batch.packing is None
    assert batch.tokens_BT.shape == (2, 6)
    lengths = batch.prefix_lengths_B
    assert (None if lengths is None else lengths.tolist()) == prefixes


@pytest.mark.parametrize("prefix_lm", [True, False])
def test_the_packed_loss_is_the_mean_over_its_sequences(make_checkpoint, prefix_lm):
    model = make_checkpoint(prefix_lm=prefix_lm).model.double()
    rows = list(pack(SEQUENCES, 40))
    assert min(map(len, rows[:-1])) > 1
    batch = make_batch(rows, 40, is_packed=True, prefix_lm=prefix_lm, pad_id=0)
    packed = model.training_loss(batch)
    packed.backward()
    gradient = model.embed.weight.grad.clone()
    model.zero_grad()
    total = sum(one.num_labels for one in SEQUENCES)
    alone = 0.0
    for one in SEQUENCES:
        batch = make_batch([(one,)], one.length, is_packed=False, prefix_lm=prefix_lm, pad_id=0)
        loss = model.training_loss(batch)
        (loss * one.num_labels / total).backward()
        alone += loss.item() * one.num_labels / total
    assert packed.item() == pytest.approx(alone, rel=1e-6)
    torch.testing.assert_close(gradient, model.embed.weight.grad, rtol=1e-5, atol=1e-8)


@pytest.mark.parametrize("prefix_lm", [True, False])
def test_each_packed_row_has_the_loss_of_its_sequences(make_checkpoint, prefix_lm):
    model = make_checkpoint(prefix_lm=prefix_lm).model.double()
    for row in pack(SEQUENCES[:12], 30):
        packed = make_batch([row], 30, is_packed=True, prefix_lm=prefix_lm, pad_id=0)
        found = model.training_loss(packed)
        alone = make_batch([(o,) for o in row], 30, is_packed=False, prefix_lm=prefix_lm, pad_id=0)
        expected = model.training_loss(alone)
        assert found.item() == pytest.approx(expected.item(), rel=1e-6)


def names(rows):
    return [one.name for row in rows for one in row]


@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize("buffer_size", [None, 4])
def test_each_epoch_has_all_sequences_in_a_different_order(is_packed, buffer_size):
    def stream(seed):
        return RowStream(lambda _: SEQUENCES, 20, is_packed=is_packed, seed=seed,
                         buffer_size=buffer_size)  # fmt: skip

    epochs = [names(stream(1).epoch(number)) for number in range(3)]
    assert len(set(map(tuple, epochs))) == 3
    assert all(Counter(epoch) == Counter(names([SEQUENCES])) for epoch in epochs)
    assert epochs == [names(stream(1).epoch(number)) for number in range(3)]
    assert epochs[0] != names(stream(2).epoch(0))


def test_the_shuffle_buffer_reads_no_more_than_its_size():
    taken = []

    def read(_):
        for one in SEQUENCES:
            taken.append(one)
            yield one

    rows = RowStream(read, 20, is_packed=False, seed=0, buffer_size=4).epoch(0)
    for count in range(1, 10):
        next(rows)
        assert len(taken) == count + 4


def test_a_stream_without_rows_names_the_row_length():
    stream = RowStream(lambda _: [], 20, is_packed=True, seed=0)
    with pytest.raises(DataError, match="no example fits into a row of 20 tokens"):
        next(stream.epoch(0))
