import pytest
import torch

from hrm_core.model import TrainingBatch
from hrm_core.packing import Packing
from hrm_core.testing import random_tokens


def outputs_of(model, tokens, disturbed_chunk=None):
    """Return plans and logits; only the summary of one chunk is disturbed."""
    plans = []

    def disturb(module, arguments):
        summaries = arguments[0].clone()
        if disturbed_chunk is not None:
            summaries[:, disturbed_chunk] += 1.0
        return (summaries, *arguments[1:])

    hooks = [
        model.planner.gru.register_forward_pre_hook(disturb),
        model.planner.register_forward_hook(lambda module, arguments, out: plans.append(out)),
    ]
    with torch.inference_mode():
        logits = model(tokens)
    for hook in hooks:
        hook.remove()
    return plans[0], logits


@pytest.mark.parametrize("chunk", [0, 1, 2, 3])
def test_the_state_after_a_chunk_reaches_all_later_chunks_and_never_its_own(tiny_model, chunk):
    tokens = random_tokens(tiny_model, 2, 15)
    for before, after in zip(
        outputs_of(tiny_model, tokens), outputs_of(tiny_model, tokens, chunk), strict=True
    ):
        changed = (before != after).any(dim=-1)
        assert not changed[:, : 4 * (chunk + 1)].any()
        assert changed[:, 4 * (chunk + 1) :].all()


def test_tokens_of_a_chunk_share_a_plan_and_the_first_chunk_has_the_initial_one(tiny_model):
    plans, _ = outputs_of(tiny_model, random_tokens(tiny_model, 2, 12))
    chunks = plans.unflatten(1, (3, 4))
    assert torch.equal(chunks, chunks[:, :, :1].expand_as(chunks))
    initial = tiny_model.planner.plan_proj(tiny_model.planner.initial_P)
    torch.testing.assert_close(plans[:, 0], initial.expand(2, -1))
    assert not torch.allclose(chunks[:, 0], chunks[:, 1])
    assert not torch.allclose(chunks[:, 1], chunks[:, 2])


def test_every_token_of_a_chunk_affects_its_summary(tiny_model):
    lower = torch.randn(1, 8, 32, generator=torch.Generator().manual_seed(0))
    context = tiny_model.attention_context(torch.zeros(1, 8, dtype=torch.int64), None)
    before = tiny_model.planner(lower, context)
    for position in range(4):
        other = lower.clone()
        other[:, position] += 1.0
        after = tiny_model.planner(other, context)
        assert torch.equal(before[:, :4], after[:, :4])
        assert (before[:, 4:] != after[:, 4:]).any(dim=-1).all()


@pytest.mark.parametrize(("length", "num_chunks"), [(1, 1), (4, 1), (5, 2), (16, 4)])
def test_one_gru_call_reads_all_chunks_of_a_sequence(tiny_model, length, num_chunks):
    shapes = []
    tiny_model.planner.gru.register_forward_pre_hook(
        lambda module, arguments: shapes.append(tuple(arguments[0].shape))
    )
    tiny_model(random_tokens(tiny_model, 3, length))
    assert shapes == [(3, num_chunks, 24)]


def test_packed_rows_can_be_trained_in_bfloat16(tiny_model):
    tokens = random_tokens(tiny_model, 2, 12)
    packing = Packing.of([[5, 6], [12]], [[0, 0], [0]], 12)
    batch = TrainingBatch(tokens, tokens, packing=packing)
    expected = tiny_model.training_loss(batch)
    with torch.autocast("cpu", torch.bfloat16):
        loss = tiny_model.training_loss(batch)
    assert loss.item() == pytest.approx(expected.item(), rel=0.03)
