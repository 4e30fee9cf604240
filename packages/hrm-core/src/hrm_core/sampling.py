"""Choosing the next token of every row from its logits.

Shapes: B batch, V vocabulary.
"""

import torch
from torch import Tensor

from hrm_core.generation import SamplingParams


@torch.inference_mode()
def choose_tokens(logits_BV: Tensor, params: SamplingParams, uniforms_B: Tensor | None) -> Tensor:
    """Return one token id (B) for each row.

    The probabilities are inverted at one number for each row, so that a row's choice depends on
    its own logits and its own number alone.

    Args:
        logits_BV: Any float dtype; computed on in float64.
        params: Temperature 0 is the argmax; otherwise temperature, then top-k, then top-p.
        uniforms_B: Numbers in [0, 1), float64, on any device; None if the temperature is 0.

    Source: Holtzman et al. (2020), arXiv:1904.09751, section 3.1 (top-p).
    """
    if params.temperature == 0.0:
        return logits_BV.argmax(dim=-1)
    if uniforms_B is None:
        message = "uniforms_B must be given for a temperature above 0"
        raise ValueError(message)
    device = logits_BV.device
    if device.type == "mps":
        # It has no float64.
        logits_BV = logits_BV.cpu()
    sorted_BV, ids_BV = logits_BV.sort(dim=-1, descending=True)
    if params.top_k:
        sorted_BV, ids_BV = sorted_BV[:, : params.top_k], ids_BV[:, : params.top_k]
    # Below the largest logit, so that a division by a tiny temperature cannot overflow upwards.
    below_BV = sorted_BV.double() - sorted_BV[:, :1].double()
    probabilities_BV = (below_BV / params.temperature).softmax(dim=-1)
    cumulative_BV = probabilities_BV.cumsum(dim=-1)
    outside_BV = cumulative_BV - probabilities_BV >= params.top_p
    cumulative_BV = probabilities_BV.masked_fill(outside_BV, 0.0).cumsum(dim=-1)
    thresholds_B1 = uniforms_B.to(cumulative_BV.device)[:, None] * cumulative_BV[:, -1:]
    picks_B1 = torch.searchsorted(cumulative_BV, thresholds_B1, right=True)
    return ids_BV.gather(1, picks_B1.clamp_(max=ids_BV.shape[1] - 1)).squeeze(1).to(device)
