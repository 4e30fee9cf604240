"""The optimizers AdamATan2 and AdamW, and the learning rates of their parameter groups.

`make_optimizer` puts all weights into one group. An optimizer with several groups works as well:
the learning rate of each is scaled from the base rate of that group.
"""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor
from torch.optim import AdamW, Optimizer

from hrm_train.train_config import OptimizerConfig

# torch's schedulers store the base rate of a group under the same key.
_BASE_LR = "initial_lr"


class AdamATan2(Optimizer):
    """Adam with an arctangent instead of a division, so that it needs no epsilon and no clipping.

    A step computes `p *= 1 - lr * weight_decay`, then
    `p -= lr / (1 - beta1 ** t) * atan2(m, sqrt(v / (1 - beta2 ** t)))`, with the running means `m`
    of the gradient and `v` of its square. Scaling all gradients by a constant changes nothing.

    Source: Everett et al. (2024), arXiv:2407.05872, section 5. The constants and the order of
    operations follow the published HRM training.
    """

    def __init__(
        self,
        parameters: Iterable[Tensor],
        *,
        lr: float,
        betas: tuple[float, float] = (0.9, 0.95),
        weight_decay: float = 0.1,
    ) -> None:
        """Register the weights.

        Args:
            parameters: Weights, or parameter groups as in other torch optimizers.
            lr: Learning rate; about the largest change of a weight in a step.
            betas: Shares of the two running means that a step keeps.
            weight_decay: Decoupled weight decay, multiplied by the learning rate.
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
        # A weight that had no gradient in some steps has counted fewer steps than the others.
        steps = [float(state["step"]) for state in states]
        torch._foreach_mul_(parameters, 1.0 - lr * group["weight_decay"])
        torch._foreach_lerp_(means, gradients, 1.0 - beta1)
        torch._foreach_mul_(squares, beta2)
        torch._foreach_addcmul_(squares, gradients, gradients, 1.0 - beta2)
        scales = torch._foreach_div(squares, [1.0 - beta2**step for step in steps])
        torch._foreach_sqrt_(scales)
        for parameter, mean, scale, step in zip(parameters, means, scales, steps, strict=True):
            parameter.sub_(torch.atan2(mean, scale), alpha=lr / (1.0 - beta1**step))


def make_optimizer(
    named_parameters: Iterable[tuple[str, Tensor]], config: OptimizerConfig
) -> Optimizer:
    """Return the optimizer that a config names.

    Args:
        named_parameters: Weights with their names. Those that need no gradient are left out.
        config: Settings of the optimizer. Each parameter group keeps its learning rate as its base
            rate; see `scale_learning_rates`.
    """
    weights = [weight for _, weight in named_parameters if weight.requires_grad]
    betas = (config.betas[0], config.betas[1])
    shared: dict[str, Any] = {"lr": config.lr, "betas": betas, "weight_decay": config.weight_decay}
    optimizer: Optimizer
    if config.name == "adam_atan2":
        optimizer = AdamATan2(weights, **shared)
    else:
        optimizer = AdamW(weights, **shared, fused=True)
    for group in optimizer.param_groups:
        group[_BASE_LR] = group["lr"]
    return optimizer


def scale_learning_rates(optimizer: Optimizer, factor: float) -> None:
    """Set the learning rate of each parameter group to its base rate times a factor."""
    for group in optimizer.param_groups:
        group["lr"] = group[_BASE_LR] * factor
