"""Q-learning of the original HRM: after each segment, should a row halt or continue?

Shapes: B batch, T tokens, V vocabulary, N labeled positions, Q the two actions (halt, continue).

Source: Wang et al. (2025), arXiv:2506.21734; https://github.com/sapientinc/HRM
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from hrm_core.losses import IGNORED_LABEL, label_positions
from hrm_sapient.hrm_act_config import HrmActConfig


def exactly_right(logits_NV: Tensor, labels_BT: Tensor) -> Tensor:
    """Return for each row (B) whether every label has the highest logit; true without labels.

    Args:
        logits_NV: From `score_labels`, with the same labels.
        labels_BT: See `TrainingBatch`.
    """
    positions_N = label_positions(labels_BT)
    predicted_BT = labels_BT.flatten().index_copy(0, positions_N, logits_NV.argmax(dim=-1))
    is_right_BT = predicted_BT.view_as(labels_BT) == labels_BT
    return (is_right_BT | (labels_BT == IGNORED_LABEL)).all(dim=1)


def wants_to_halt(q_BQ: Tensor) -> Tensor:
    """Return for each row (B) whether halting has a higher Q-value than continuing."""
    return q_BQ[:, 0] > q_BQ[:, 1]


def draw_minimum_steps(
    config: HrmActConfig, num_rows: int, generator: torch.Generator | None
) -> Tensor:
    """Draw the number of segments (B) that each row must run before it may halt.

    With the probability `halt_exploration_prob` it is uniform in 2..`num_segments`, otherwise 0.

    Args:
        config: Config of the model.
        num_rows: B.
        generator: Source of the random numbers; the result is on its device.

    Raises:
        ValueError: If the generator is None.
    """
    if generator is None:
        raise ValueError("generator: act explores at random, got None. Give a torch.Generator")
    device = generator.device
    uniforms_B = torch.rand(num_rows, generator=generator, device=device)
    steps_B = torch.randint(
        2, config.num_segments + 1, (num_rows,), generator=generator, device=device
    )
    return steps_B * (uniforms_B < config.halt_exploration_prob)


def q_losses(
    q_BQ: Tensor, next_q_BQ: Tensor, right_B: Tensor, *, is_last_B: Tensor
) -> tuple[Tensor, Tensor]:
    """Return the losses of the halting and of the continuing value; see `HrmAct.train_segment`.

    Both are binary cross-entropies, averaged over the rows. The target of the halting value is
    `right_B`. The target of the continuing value is max(sigmoid(`next_q_BQ`)), or the sigmoid of
    the next halting value in a last segment.

    Args:
        q_BQ: Q-values after the segment, before the sigmoid.
        next_q_BQ: Q-values after one more segment; no gradient flows into them.
        right_B: Whether the row predicts all its labels.
        is_last_B: Whether this was the last segment that the row may run.
    """
    next_BQ = next_q_BQ.detach().sigmoid()
    target_B = torch.where(is_last_B, next_BQ[:, 0], next_BQ.amax(dim=1))
    halt_loss = F.binary_cross_entropy_with_logits(q_BQ[:, 0], right_B.to(q_BQ.dtype))
    return halt_loss, F.binary_cross_entropy_with_logits(q_BQ[:, 1], target_B)
