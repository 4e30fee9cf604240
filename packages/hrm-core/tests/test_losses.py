import pytest
import torch
import torch.nn.functional as F
from torch import nn

from hrm_core.losses import IGNORED_LABEL, cross_entropy, label_positions, score_labels
from hrm_core.shapes import round_up


def batch(share_of_labels, num_tokens=5, seed=0):
    generator = torch.Generator().manual_seed(seed)
    states = torch.randn(3, num_tokens, 8, generator=generator).requires_grad_()
    labels = torch.randint(17, (3, num_tokens), generator=generator)
    has_label = torch.rand(3, num_tokens, generator=generator) < share_of_labels
    return states, labels.masked_fill(~has_label, IGNORED_LABEL)


@pytest.mark.parametrize("num_tokens", [5, 90])
@pytest.mark.parametrize("share_of_labels", [0.4, 1.0])
def test_logits_at_labels_only_give_the_same_loss_and_gradients(share_of_labels, num_tokens):
    head = nn.Linear(8, 17, bias=False)
    states, labels = batch(share_of_labels, num_tokens)
    logits, kept = score_labels(head, states, labels)
    num_labels = int((labels != IGNORED_LABEL).sum())
    assert logits.shape == (min(round_up(num_labels), labels.numel()), 17)
    loss = cross_entropy(logits, kept)
    expected = F.cross_entropy(head(states).transpose(1, 2), labels, ignore_index=IGNORED_LABEL)
    torch.testing.assert_close(loss, expected)
    inputs = (states, head.weight)
    torch.testing.assert_close(
        torch.autograd.grad(loss, inputs), torch.autograd.grad(expected, inputs)
    )


def test_all_labeled_positions_come_first_and_none_twice():
    _, labels = batch(0.4, num_tokens=90)
    labeled = (labels.flatten() != IGNORED_LABEL).nonzero().squeeze(1)
    positions = label_positions(labels)
    assert torch.equal(positions[: len(labeled)], labeled)
    assert len(labeled) < len(positions) == len(positions.unique())


def test_batches_with_other_numbers_of_labels_have_few_shapes():
    drawn = [batch(0.3 + 0.003 * seed, num_tokens=90, seed=seed)[1] for seed in range(100)]
    num_labels = {int((labels != IGNORED_LABEL).sum()) for labels in drawn}
    assert len(num_labels) > 50
    assert len({len(label_positions(labels)) for labels in drawn}) < 12


def test_the_cross_entropy_is_computed_in_float32():
    states, labels = batch(1.0)
    logits = states.detach().bfloat16()
    assert cross_entropy(logits, labels % 8).dtype == torch.float32
