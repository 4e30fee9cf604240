import pytest
import torch
import torch.nn.functional as F
from torch import nn

from hrm_core.losses import IGNORED_LABEL, cross_entropy, score_labels


def batch(share_of_labels):
    generator = torch.Generator().manual_seed(0)
    states = torch.randn(3, 5, 8, generator=generator).requires_grad_()
    labels = torch.randint(17, (3, 5), generator=generator)
    has_label = torch.rand(3, 5, generator=generator) < share_of_labels
    return states, labels.masked_fill(~has_label, IGNORED_LABEL)


@pytest.mark.parametrize("share_of_labels", [0.4, 1.0])
def test_logits_at_labels_only_give_the_same_loss_and_gradients(share_of_labels):
    head = nn.Linear(8, 17, bias=False)
    states, labels = batch(share_of_labels)
    logits, kept = score_labels(head, states, labels)
    assert logits.shape == (int((labels != IGNORED_LABEL).sum()), 17)
    loss = cross_entropy(logits, kept)
    expected = F.cross_entropy(head(states).transpose(1, 2), labels, ignore_index=IGNORED_LABEL)
    torch.testing.assert_close(loss, expected)
    inputs = (states, head.weight)
    torch.testing.assert_close(
        torch.autograd.grad(loss, inputs), torch.autograd.grad(expected, inputs)
    )


def test_the_cross_entropy_is_computed_in_float32():
    states, labels = batch(1.0)
    logits = states.detach().bfloat16()
    assert cross_entropy(logits, labels % 8).dtype == torch.float32
