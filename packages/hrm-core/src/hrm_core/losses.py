"""What a language model is scored by: logits where there is something to learn, cross-entropy.

Shapes: B batch, T tokens, D width, V vocabulary, N labels that are learnt.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

IGNORED_LABEL = -100


def label_positions(labels_BT: Tensor) -> Tensor:
    """Return the places (N) of the labels among all positions of the batch.

    On the meta device and in compiled code no shape depends on a value: all places there.
    """
    flat = labels_BT.flatten()
    if flat.is_meta or torch.compiler.is_compiling():
        return torch.arange(len(flat), device=flat.device)
    return (flat != IGNORED_LABEL).nonzero().squeeze(1)


def score_labels(head: nn.Module, states_BTD: Tensor, labels_BT: Tensor) -> tuple[Tensor, Tensor]:
    """Return logits (N, V) at the `label_positions`, and the labels (N) there.

    A prompt is not learnt, and with a large vocabulary its logits may cost more than all else.

    Args:
        head: Turns states into logits.
        states_BTD: What the model made of its tokens.
        labels_BT: The token that follows each of them, or `IGNORED_LABEL`.
    """
    positions_N = label_positions(labels_BT)
    states_ND = states_BTD.flatten(0, 1).index_select(0, positions_N)
    return head(states_ND), labels_BT.flatten()[positions_N]


def cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the mean cross-entropy in float32 over the labels that are not `IGNORED_LABEL`.

    Args:
        logits: Of shape (B, T, V), or (N, V) as `score_labels` has them.
        labels: Of that shape without its last size.
    """
    return F.cross_entropy(
        logits.flatten(0, -2).float(), labels.flatten(), ignore_index=IGNORED_LABEL
    )
