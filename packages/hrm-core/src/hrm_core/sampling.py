"""Choosing the next token of each row from its logits, with separate settings for each row.

Shapes: B batch, V vocabulary.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor

from hrm_core.generation import SamplingParams

NO_TOKEN = -1


@dataclass(frozen=True)
class RowSettings:
    """Sampling settings of a batch as tensors, one value for each row.

    Attributes:
        temperatures_B: Float64; 0 chooses the most likely token.
        top_k_B: Int64; the largest int64 keeps all tokens.
        top_p_B: Float64; infinity keeps all tokens.
        greedy: Whether every temperature is 0.
        truncated: Whether any row drops tokens by top-k or top-p.
    """

    temperatures_B: Tensor
    top_k_B: Tensor
    top_p_B: Tensor
    greedy: bool
    truncated: bool

    @classmethod
    def of(cls, params: Sequence[SamplingParams]) -> Self:
        """Collect the settings of the rows of a batch in tensors on the CPU."""
        unlimited = torch.iinfo(torch.int64).max
        return cls(
            torch.tensor([row.temperature for row in params], dtype=torch.float64),
            torch.tensor([row.top_k or unlimited for row in params]),
            torch.tensor(
                [row.top_p if row.top_p < 1.0 else math.inf for row in params], dtype=torch.float64
            ),
            all(row.temperature == 0.0 for row in params),
            any(row.top_k or row.top_p < 1.0 for row in params),
        )


@torch.inference_mode()
def choose_tokens(
    logits_BV: Tensor, settings: RowSettings, uniforms_B: Tensor | None = None
) -> Tensor:
    """Return one token id (B) for each row; `NO_TOKEN` if its logits are NaN or infinite.

    Logits of minus infinity rule tokens out; only a row of nothing else is invalid.

    A token is drawn by inverting the cumulative probabilities at one number for each row. So the
    choice for a row depends only on the logits, settings and number of that row.

    Args:
        logits_BV: Any float dtype; the computation is in float64.
        settings: Applied in the order temperature, top-k, top-p; temperature 0 is the argmax.
        uniforms_B: Numbers in [0, 1), float64; required unless every row is greedy.

    Raises:
        ValueError: If `uniforms_B` is required and missing.

    Source: Holtzman et al. (2020), arXiv:1904.09751, section 3.1 (top-p).
    """
    # NaN counts as the largest value. Such rows are marked in the result, so that no check has to
    # wait for the device.
    largest_B, most_likely_B = logits_BV.max(dim=-1)
    most_likely_B = most_likely_B.where(largest_B.isfinite(), NO_TOKEN)
    if settings.greedy:
        return most_likely_B
    if uniforms_B is None:
        raise ValueError("uniforms_B must be given for a temperature above 0")
    # MPS has no float64.
    device = torch.device("cpu") if logits_BV.device.type == "mps" else logits_BV.device
    sorted_BV, ids_BV = logits_BV.to(device).sort(dim=-1, descending=True)
    temperatures_B = settings.temperatures_B.to(device)
    # Differences to the largest logit: dividing them by a tiny temperature cannot overflow to inf.
    below_BV = sorted_BV.double() - sorted_BV[:, :1].double()
    divisors_B = temperatures_B.masked_fill(temperatures_B == 0.0, 1.0)
    scaled_BV = below_BV / divisors_B[:, None]
    cumulative_BV = _cumulative(scaled_BV, settings, device)
    thresholds_B1 = uniforms_B.to(device)[:, None] * cumulative_BV[:, -1:]
    picks_B1 = torch.searchsorted(cumulative_BV, thresholds_B1, right=True)
    drawn_B1 = ids_BV.gather(1, picks_B1.clamp_(max=ids_BV.shape[1] - 1))
    drawn_B = drawn_B1.squeeze(1).to(most_likely_B.device)
    is_greedy_B = (settings.temperatures_B == 0.0).to(drawn_B.device)
    return torch.where(is_greedy_B | (most_likely_B == NO_TOKEN), most_likely_B, drawn_B)


def _cumulative(scaled_BV: Tensor, settings: RowSettings, device: torch.device) -> Tensor:
    """Return the cumulative sums (B, V) of the kept probabilities, most likely token first."""
    if not settings.truncated:
        return scaled_BV.softmax(dim=-1).cumsum(dim=-1)
    places_V = torch.arange(scaled_BV.shape[1], device=device)
    beyond_BV = places_V >= settings.top_k_B.to(device)[:, None]
    probabilities_BV = scaled_BV.masked_fill(beyond_BV, float("-inf")).softmax(dim=-1)
    before_BV = probabilities_BV.cumsum(dim=-1) - probabilities_BV
    outside_BV = before_BV >= settings.top_p_B.to(device)[:, None]
    return probabilities_BV.masked_fill(outside_BV, 0.0).cumsum(dim=-1)
