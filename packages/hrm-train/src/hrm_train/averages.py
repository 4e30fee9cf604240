"""The moving average of the weights, which is validated, evaluated and exported."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from hrm_train.state import copy_into


class WeightAverage:
    """An exponential moving average, started at the initial weights.

    Early updates keep less of the average, so that it soon forgets the initial weights whatever the
    decay: update `t`, counted from 0, keeps `min(decay, (1 + t) / (10 + t))`.

    Attributes:
        decay: Largest share of the average that an update keeps.
        tensors: The averages, by parameter name.

    Source: the published HRM-Text training, which averages with a decay of 0.9999 from the first
    update on. The smaller decay of early updates follows TensorFlow's `ExponentialMovingAverage`.
    """

    def __init__(self, model: nn.Module, decay: float) -> None:
        """Start the average at the current weights."""
        self.decay = decay
        self.tensors = {
            name: parameter.detach().clone() for name, parameter in model.named_parameters()
        }

    @torch.no_grad()
    def update(self, model: nn.Module, step: int) -> None:
        """Move the average towards the current weights.

        Args:
            model: The model that is averaged.
            step: Number of earlier updates.
        """
        kept = min(self.decay, (1.0 + step) / (10.0 + step))
        weights = [parameter.detach() for _, parameter in model.named_parameters()]
        torch._foreach_lerp_(list(self.tensors.values()), weights, 1.0 - kept)

    @contextmanager
    def applied_to(self, model: nn.Module) -> Iterator[None]:
        """Give the model the averaged weights inside a `with` block."""
        self._swap(model)
        try:
            yield
        finally:
            self._swap(model)

    @torch.no_grad()
    def _swap(self, model: nn.Module) -> None:
        for name, parameter in model.named_parameters():
            average: Tensor = self.tensors[name]
            weight = parameter.detach().clone()
            parameter.copy_(average)
            average.copy_(weight)

    def state_dict(self) -> dict[str, Tensor]:
        """Return the averages to store in a checkpoint."""
        return self.tensors

    def load_state_dict(self, tensors: dict[str, Tensor]) -> None:
        """Load averages from a checkpoint. Names that are missing keep their current average."""
        for name, tensor in tensors.items():
            copy_into(self.tensors[name], tensor)
