"""Optimizers: Sapient's AdamATan2 and torch's AdamW, one learning rate and decay for all weights.

Not covered: parameter groups, and learning rates of their own for embeddings.
"""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor
from torch.optim import AdamW, Optimizer

from hrm_train.train_config import OptimizerConfig


class AdamATan2(Optimizer):
    """Adam whose update is an angle, so that it needs no epsilon and no clipping.

    `p *= 1 - lr * weight_decay`; then `p -= lr / (1 - beta1 ** t) * atan2(m, sqrt(v / (1 - beta2 **
    t)))` with the running means `m` of the gradient and `v` of its square. A gradient scaled by a
    constant gives the same update.

    Source: Everett et al. (2024), arXiv:2407.05872, section 5; the constants and the order of
    operations are those of the published HRM training.
    """

    def __init__(
        self,
        parameters: Iterable[Tensor],
        *,
        lr: float,
        betas: tuple[float, float] = (0.9, 0.95),
        weight_decay: float = 0.1,
    ) -> None:
        """Take the weights.

        Args:
            parameters: All of them are decayed.
            lr: Largest change of a weight in a step, about.
            betas: How much of the running means a step keeps.
            weight_decay: Decoupled; relative to the learning rate.
        """
        defaults = {"lr": lr, "betas": betas, "weight_decay": weight_decay}
        super().__init__(parameters, defaults)

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:  # type: ignore[override]
        """Update every weight that has a gradient."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            parameters = [p for p in group["params"] if p.grad is not None]
            if parameters:
                self._update(parameters, group)
        return loss

    def _update(self, parameters: list[Tensor], group: dict[str, Any]) -> None:
        for parameter in parameters:
            if not self.state[parameter]:
                self.state[parameter] = {
                    "step": torch.zeros((), dtype=torch.float32),
                    "exp_avg": torch.zeros_like(parameter),
                    "exp_avg_sq": torch.zeros_like(parameter),
                }
        states = [self.state[parameter] for parameter in parameters]
        gradients = [p.grad for p in parameters if p.grad is not None]
        means = [state["exp_avg"] for state in states]
        squares = [state["exp_avg_sq"] for state in states]
        (beta1, beta2), lr = group["betas"], group["lr"]
        for state in states:
            state["step"] += 1
        # A weight that had no gradient for a while has made fewer steps than the others.
        steps = [float(state["step"]) for state in states]
        torch._foreach_mul_(parameters, 1.0 - lr * group["weight_decay"])
        torch._foreach_lerp_(means, gradients, 1.0 - beta1)
        torch._foreach_mul_(squares, beta2)
        torch._foreach_addcmul_(squares, gradients, gradients, 1.0 - beta2)
        scales = torch._foreach_div(squares, [1.0 - beta2**step for step in steps])
        torch._foreach_sqrt_(scales)
        for parameter, mean, scale, step in zip(parameters, means, scales, steps, strict=True):
            parameter.sub_(torch.atan2(mean, scale), alpha=lr / (1.0 - beta1**step))


def make_optimizer(parameters: Iterable[Tensor], config: OptimizerConfig) -> Optimizer:
    """Return the optimizer that a config asks for."""
    trained = [parameter for parameter in parameters if parameter.requires_grad]
    betas = (config.betas[0], config.betas[1])
    shared: dict[str, Any] = {"lr": config.lr, "betas": betas, "weight_decay": config.weight_decay}
    if config.name == "adam_atan2":
        return AdamATan2(trained, **shared)
    return AdamW(trained, **shared, fused=True)
