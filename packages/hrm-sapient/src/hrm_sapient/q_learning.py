"""When a row of the original HRM halts, and how its Q-values learn that.

Shapes: B batch, T tokens, V vocabulary, N learnt labels, Q the two actions (halt, continue).

Source: Wang et al. (2025), arXiv:2506.21734; https://github.com/sapientinc/HRM
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from hrm_core.losses import IGNORED_LABEL, label_positions
from hrm_sapient.hrm_act_config import HrmActConfig


def exactly_right(logits_NV: Tensor, labels_BT: Tensor) -> Tensor:
    """Return which rows (B) predict each of their labels; the logits are from `score_labels`."""
    positions_N = label_positions(labels_BT)
    predicted_BT = labels_BT.flatten().index_copy(0, positions_N, logits_NV.argmax(dim=-1))
    is_right_BT = predicted_BT.view_as(labels_BT) == labels_BT
    return (is_right_BT | (labels_BT == IGNORED_LABEL)).all(dim=1)


def wants_to_halt(q_BQ: Tensor) -> Tensor:
    """Return for which rows (B) halting has the higher Q-value."""
    return q_BQ[:, 0] > q_BQ[:, 1]


def draw_minimum_steps(
    config: HrmActConfig, num_rows: int, generator: torch.Generator | None
) -> Tensor:
    """Return how many segments each row (B) must run: mostly 0, for some 2 up to the most.

    Raises:
        ValueError: If there is no generator.
    """
    if generator is None:
        raise ValueError("generator: act explores at random, got None. Give a torch.Generator")
    device = generator.device
    chances_B = torch.rand(num_rows, generator=generator, device=device)
    steps_B = torch.randint(
        2, config.num_segments + 1, (num_rows,), generator=generator, device=device
    )
    return steps_B * (chances_B < config.halt_exploration_prob)


def q_losses(
    q_BQ: Tensor, next_q_BQ: Tensor, right_B: Tensor, *, is_last_B: Tensor
) -> tuple[Tensor, Tensor]:
    """Return the losses of both Q-values, each a mean over the rows; see `train_segment`.

    Args:
        q_BQ: Q-values after the segment, as logits.
        next_q_BQ: Those after one more; no gradient flows into them.
        right_B: Whether the row's answer is exactly right.
        is_last_B: Whether the row may go no further.
    """
    next_BQ = next_q_BQ.detach().sigmoid()
    target_B = torch.where(is_last_B, next_BQ[:, 0], next_BQ.amax(dim=1))
    halt_loss = F.binary_cross_entropy_with_logits(q_BQ[:, 0], right_B.to(q_BQ.dtype))
    return halt_loss, F.binary_cross_entropy_with_logits(q_BQ[:, 1], target_B)
