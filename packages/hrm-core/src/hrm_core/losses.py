"""The cross-entropy of a language model, and logits for labeled positions only.

Shapes: B batch, T tokens, D width, V vocabulary, N positions, all labeled ones among them.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from hrm_core.shapes import round_up

IGNORED_LABEL = -100


def label_positions(labels_BT: Tensor) -> Tensor:
    """Return the indices (N) of the labeled positions in the flattened batch, then a few others.

    The others round N up (see `shapes`); the loss must ignore them.

    On the meta device and in compiled code a shape cannot depend on values: there the result is
    all B * T positions.
    """
    flat = labels_BT.flatten()
    if flat.is_meta or torch.compiler.is_compiling():
        return torch.arange(len(flat), device=flat.device)
    is_ignored = flat == IGNORED_LABEL
    num_labels = len(flat) - int(is_ignored.sum())
    return is_ignored.to(torch.uint8).argsort(stable=True)[: round_up(num_labels)]


def score_labels(head: nn.Module, states_BTD: Tensor, labels_BT: Tensor) -> tuple[Tensor, Tensor]:
    """Return the logits (N, V) and the labels (N) at the `label_positions`.

    Most positions without a label, such as those of a prompt, get no logits: with a large
    vocabulary these could cost more than the rest of the model.

    Args:
        head: Maps states to logits.
        states_BTD: Output of the model below the head.
        labels_BT: See `TrainingBatch`.

    Examples:
        >>> loss = cross_entropy(*score_labels(model.lm_head, states_BTD, batch.labels_BT))
    """
    positions_N = label_positions(labels_BT)
    states_ND = states_BTD.flatten(0, 1).index_select(0, positions_N)
    return head(states_ND), labels_BT.flatten()[positions_N]


def cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the mean cross-entropy in float32 over the labels that are not `IGNORED_LABEL`.

    Args:
        logits: Shape (B, T, V), or (N, V) from `score_labels`.
        labels: The shape of `logits` without V.

    Returns:
        A scalar in nats per label; not a number if every label is ignored.
    """
    return F.cross_entropy(
        logits.flatten(0, -2).float(), labels.flatten(), ignore_index=IGNORED_LABEL
    )
