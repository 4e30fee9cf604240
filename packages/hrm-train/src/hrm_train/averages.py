"""The moving average of the weights, which is what is evaluated and exported."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from hrm_train.state import copy_into


class WeightAverage:
    """An exponential moving average, started at the initial weights.

    Early updates keep less, so that the first weights are soon forgotten, whatever the decay:
    update `t`, counted from 0, keeps `min(decay, (1 + t) / (10 + t))`.

    Attributes:
        decay: Largest share that an update keeps.
        tensors: The averages, by the names of the parameters.

    Source: the published HRM-Text training, which averages with a decay of 0.9999 from the first
    update on; the start is that of TensorFlow's `ExponentialMovingAverage`.
    """

    def __init__(self, model: nn.Module, decay: float) -> None:
        """Start at the weights as they are."""
        self.decay = decay
        self.tensors = {
            name: parameter.detach().clone() for name, parameter in model.named_parameters()
        }

    @torch.no_grad()
    def update(self, model: nn.Module, step: int) -> None:
        """Move towards the weights as they are now.

        Args:
            model: Whose weights.
            step: Updates made before this one.
        """
        kept = min(self.decay, (1.0 + step) / (10.0 + step))
        weights = [parameter.detach() for _, parameter in model.named_parameters()]
        torch._foreach_lerp_(list(self.tensors.values()), weights, 1.0 - kept)

    @contextmanager
    def applied_to(self, model: nn.Module) -> Iterator[None]:
        """Give the model the averaged weights for a while."""
        self._swap(model)
        try:
            yield
        finally:
            self._swap(model)

    @torch.no_grad()
    def _swap(self, model: nn.Module) -> None:
        for name, parameter in model.named_parameters():
            held: Tensor = self.tensors[name]
            kept = parameter.detach().clone()
            parameter.copy_(held)
            held.copy_(kept)

    def state_dict(self) -> dict[str, Tensor]:
        """Return the averages for a checkpoint."""
        return self.tensors

    def load_state_dict(self, tensors: dict[str, Tensor]) -> None:
        """Take over averages from a checkpoint."""
        for name, tensor in tensors.items():
            copy_into(self.tensors[name], tensor)
