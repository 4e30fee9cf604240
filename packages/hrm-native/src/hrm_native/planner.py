"""The planner: a GRU that reads one summary per chunk and conditions the tokens of later chunks.

Shapes: B batch, T tokens, C chunks, R tokens per chunk, D executor width, P planner width, S
sequences of all rows, X tokens of all rows.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from hrm_core.layers import AttentionContext
from hrm_core.packing import Packing
from hrm_native.native_cache import PlannerCache
from hrm_native.native_config import NativeConfig


class Planner(nn.Module):
    """A GRU over summaries of chunks.

    The summary of a chunk with lower-half outputs x[0], ..., x[R - 1] is the weighted average

        sum over r of softmax(score_proj(x))[r] * value_proj(x[r])

    Source: Cho et al. (2014), arXiv:1406.1078, for the GRU.
    """

    def __init__(self, config: NativeConfig) -> None:
        super().__init__()
        low, high = config.low_level_dim, config.high_level_dim
        self.ratio = config.timing_ratio
        self.score_proj = nn.Linear(low, 1, bias=False)
        self.value_proj = nn.Linear(low, high, bias=False)
        self.gru = nn.GRU(high, high, batch_first=True)
        self.initial_P = nn.Parameter(torch.zeros(high))
        self.plan_proj = nn.Linear(high, low, bias=False)

    def forward(self, lower_BTD: Tensor, context: AttentionContext) -> Tensor:
        """Return the plan (B, T, D) of each token: the projected state before its chunk.

        Args:
            lower_BTD: The lower half's output.
            context: Context of the forward pass. Its cache, if any, is from
                `NativeModel.new_cache`.
        """
        cache = context.cache
        if context.packing is not None:
            return self._plan_packed(lower_BTD, context.packing)
        if cache is None:
            return self._plan_from_the_start(*self._project(lower_BTD))
        assert isinstance(cache, PlannerCache), "the cache is from new_cache"
        grid_BCRD, chunks_BT = cache.lay_out(lower_BTD, context.positions_BT)
        high_BCP = self._run_gru(*self._project(grid_BCRD), cache.high_BP[: len(lower_BTD)])
        cache.record_pending(grid_BCRD, high_BCP)
        rows_B = torch.arange(len(lower_BTD), device=lower_BTD.device)
        return self.plan_proj(high_BCP)[rows_B[:, None], chunks_BT]

    def _project(self, lower: Tensor) -> tuple[Tensor, Tensor]:
        """Return the scores and the values of tokens; only the last size differs."""
        return self.score_proj(lower), self.value_proj(lower)

    def _plan_packed(self, lower_BTD: Tensor, packing: Packing) -> Tensor:
        """Return the plans (B, T, D) of packed rows; padding has the plan 0."""
        flat_XD = lower_BTD.flatten(0, 1)
        places_SC = packing.places_SC.clamp(min=0)
        # Projected before they are laid out: this shape is the same for all batches.
        plans_STD = self._plan_from_the_start(*(x[places_SC] for x in self._project(flat_XD)))
        # The index -1, after the end of a sequence, is the extra last row, which is dropped.
        # Under autocast the dtype of the plans differs from that of `lower_BTD`.
        plans_XD = plans_STD.new_zeros(len(flat_XD) + 1, flat_XD.shape[1])
        plans_XD = plans_XD.index_put((packing.places_SC,), plans_STD)
        return plans_XD[:-1].view_as(lower_BTD)

    def _plan_from_the_start(self, scores_BT1: Tensor, values_BTP: Tensor) -> Tensor:
        """Return the plans (B, T, D) of rows that begin with the first token of their sequence."""
        batch, num_tokens, _ = values_BTP.shape
        padding = (0, 0, 0, -num_tokens % self.ratio)
        scores_BCR1, values_BCRP = (
            F.pad(x, padding).view(batch, -1, self.ratio, x.shape[-1])
            for x in (scores_BT1, values_BTP)
        )
        high_BCP = self._run_gru(scores_BCR1, values_BCRP, self.initial_P.repeat(batch, 1))
        plans_BCD = self.plan_proj(high_BCP[:, :-1])
        return plans_BCD.repeat_interleave(self.ratio, dim=1)[:, :num_tokens]

    def _run_gru(self, scores_BCR1: Tensor, values_BCRP: Tensor, high_BP: Tensor) -> Tensor:
        """Return the states (B, C + 1, P) before the first chunk and after each chunk.

        The states after an incomplete chunk are undefined.

        Args:
            scores_BCR1: The scores of the tokens by chunk.
            values_BCRP: Their values.
            high_BP: The states before the first chunk.
        """
        summaries_BCP = (scores_BCR1.softmax(dim=2) * values_BCRP).sum(dim=2)
        after_BCP, _ = self.gru(summaries_BCP, high_BP[None])
        return torch.cat((high_BP[:, None], after_BCP), dim=1)
