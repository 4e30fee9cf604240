from dataclasses import replace

import pytest
import torch

from hrm_core.decoding import Decoder
from hrm_core.losses import cross_entropy
from hrm_core.testing import (
    CONTRACT,
    check_bfloat16_gives_nearly_the_same_logits,
    check_greedy_generation_matches_uncached_argmax,
)


@pytest.mark.parametrize("check", CONTRACT, ids=lambda check: check.__name__)
def test_a_minimal_model_keeps_the_contract(bag_model, check):
    check(bag_model)


def broken_future(model):
    forward = model.forward

    def forward_with_leak(tokens, prefix=None, cache=None, lengths=None):
        logits = forward(tokens, prefix, cache, lengths)
        return logits + model.embed(tokens).sum(dim=(1, 2), keepdim=True)

    return forward_with_leak


def broken_predecessor(model):
    forward = model.forward

    def forward_with_gap(tokens, prefix=None, cache=None, lengths=None):
        shifted = tokens.clone()
        shifted[:, 1:] = tokens[:, :-1]
        return forward(shifted, prefix, cache, lengths)

    return forward_with_gap


def broken_cache(model):
    forward = model.forward

    def forward_and_forget(tokens, prefix=None, cache=None, lengths=None):
        if cache is not None:
            cache.sums = torch.zeros_like(cache.sums)
        return forward(tokens, prefix, cache, lengths)

    return forward_and_forget


def broken_padding(model):
    forward = model.forward

    def forward_with_padding(tokens, prefix=None, cache=None, lengths=None):
        return forward(tokens, prefix, cache, None)

    return forward_with_padding


def broken_limit(model):
    model.check_length = lambda num_tokens: None
    return model.forward


def broken_neighbors(model):
    forward = model.forward

    def forward_with_neighbors(tokens, prefix=None, cache=None, lengths=None):
        logits = forward(tokens, prefix, cache, lengths)
        return logits + 9 * logits.roll(1, dims=0) * (len(tokens) > 1)

    return forward_with_neighbors


def broken_load(model):
    class UpsideDownModel(type(model)):
        @classmethod
        def from_published(cls, tensors):
            return {name: tensor.flip(0) for name, tensor in tensors.items()}

    model.__class__ = UpsideDownModel
    return model.forward


def broken_config(model):
    class ForgetfulConfig(type(model.config)):
        def to_published(self):
            return {**super().to_published(), "hidden_size": 4}

    model.config = ForgetfulConfig(**model.config.model_dump())
    return model.forward


def broken_rows(model):
    class ForgetfulCache(type(model.new_cache(1, 1))):
        def keep(self, rows):
            super().keep(sorted(rows))

    new_cache = model.new_cache

    def new_forgetful_cache(batch, capacity):
        cache = new_cache(batch, capacity)
        cache.__class__ = ForgetfulCache
        return cache

    model.new_cache = new_forgetful_cache
    return model.forward


def negated_loss(training_loss, model, batch):
    return -training_loss(batch)


def loss_without_the_embedding(training_loss, model, batch):
    with torch.no_grad():
        sums = model.embed(batch.tokens_BT).cumsum(dim=1)
    return cross_entropy(model.head(torch.tanh(sums)), batch.labels_BT)


def loss_that_counts_ignored_labels(training_loss, model, batch):
    return training_loss(replace(batch, labels_BT=batch.labels_BT.clamp(min=0)))


def loss_that_differs_when_compiled(training_loss, model, batch):
    return training_loss(batch) * (2 if torch.compiler.is_compiling() else 1)


def loss_that_ignores_the_packing(training_loss, model, batch):
    return training_loss(replace(batch, packing=None))


@pytest.mark.parametrize(
    ("wrong_loss", "caught_by"),
    [
        (negated_loss, "check_training_reaches_every_weight"),
        (loss_without_the_embedding, "check_training_reaches_every_weight"),
        (loss_that_counts_ignored_labels, "check_ignored_labels_do_not_count"),
        (loss_that_differs_when_compiled, "check_compiling_does_not_change_training"),
        (loss_that_ignores_the_packing, "check_packed_sequences_do_not_see_one_another"),
    ],
)
def test_a_wrong_training_loss_is_caught(bag_model, wrong_loss, caught_by):
    class WrongModel(type(bag_model)):
        def training_loss(self, batch):
            return wrong_loss(super().training_loss, self, batch)

    bag_model.__class__ = WrongModel
    check = next(check for check in CONTRACT if check.__name__ == caught_by)
    with pytest.raises(AssertionError):
        check(bag_model)


def test_an_imprecise_model_in_bfloat16_is_caught(bag_model):
    class CoarseModel(type(bag_model)):
        def forward(self, *arguments):
            logits = super().forward(*arguments)
            return logits if logits.dtype == torch.float32 else logits.round()

    bag_model.__class__ = CoarseModel
    with pytest.raises(AssertionError, match="the error in bfloat16 is"):
        check_bfloat16_gives_nearly_the_same_logits(bag_model)


@pytest.mark.parametrize(
    ("break_model", "caught_by"),
    [
        (broken_rows, "check_row_order_does_not_change_logits"),
        (broken_future, "check_no_position_sees_the_future"),
        (broken_predecessor, "check_no_position_sees_the_future"),
        (broken_cache, "check_cached_logits_equal_uncached_ones"),
        (broken_cache, "check_greedy_generation_matches_uncached_argmax"),
        (broken_neighbors, "check_batch_size_and_order_do_not_change_generation"),
        (broken_load, "check_saving_and_loading_give_the_same_model"),
        (broken_config, "check_saving_and_loading_give_the_same_model"),
        (broken_padding, "check_padding_and_neighbors_do_not_change_logits"),
        (broken_limit, "check_the_context_limit_is_exact"),
    ],
)
def test_a_model_that_breaks_the_contract_is_caught(bag_model, break_model, caught_by):
    bag_model.forward = break_model(bag_model)
    check = next(check for check in CONTRACT if check.__name__ == caught_by)
    with pytest.raises(AssertionError):
        check(bag_model)


def test_a_decoder_that_yields_nothing_is_caught(bag_model, monkeypatch):
    monkeypatch.setattr(Decoder, "generate", lambda *_, **__: iter(()))
    with pytest.raises(AssertionError):
        check_greedy_generation_matches_uncached_argmax(bag_model)
