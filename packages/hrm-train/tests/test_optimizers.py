import math

import pytest
import torch

from hrm_train.optimizers import AdamATan2, make_optimizer, scale_learning_rates
from hrm_train.train_config import OptimizerConfig

SHAPES = ((3, 4), (5,), ())
STEPS = 7


def gradients(step, dtype):
    """Draw gradients; the second weight has none in the first two steps, nor in the fifth."""
    generator = torch.Generator().manual_seed(step)
    drawn = [torch.randn(shape, generator=generator, dtype=torch.float64) for shape in SHAPES]
    return [
        None if number == 1 and step in (0, 1, 4) else gradient.to(dtype)
        for number, gradient in enumerate(drawn)
    ]


def weights(dtype):
    generator = torch.Generator().manual_seed(99)
    drawn = [torch.randn(shape, generator=generator, dtype=torch.float64) for shape in SHAPES]
    return [torch.nn.Parameter(weight.to(dtype)) for weight in drawn]


def named(weights):
    return [(f"weight.{number}", weight) for number, weight in enumerate(weights)]


def optimized(make, dtype, lrs, factor=1.0):
    trained = weights(dtype)
    optimizer = make(trained)
    for step, lr in enumerate(lrs):
        optimizer.param_groups[0]["lr"] = lr
        for weight, gradient in zip(trained, gradients(step, dtype), strict=True):
            weight.grad = None if gradient is None else gradient * factor
        optimizer.step()
    return [weight.detach() for weight in trained]


def by_hand(update, lrs):
    """Run the same steps number by number, in float64 and without torch."""
    results = []
    for number, weight in enumerate(weights(torch.float64)):
        values, count = weight.detach().flatten().tolist(), 0
        means, squares = [0.0] * len(values), [0.0] * len(values)
        for step, lr in enumerate(lrs):
            gradient = gradients(step, torch.float64)[number]
            if gradient is None:
                continue
            count += 1
            for place, g in enumerate(gradient.flatten().tolist()):
                means[place] = 0.9 * means[place] + 0.1 * g
                squares[place] = 0.95 * squares[place] + 0.05 * g * g
                mean = means[place] / (1 - 0.9**count)
                square = squares[place] / (1 - 0.95**count)
                values[place] = update(values[place] * (1 - lr * 0.1), lr, count, mean, square)
        results.append(torch.tensor(values, dtype=torch.float64).view(weight.shape))
    return results


def atan2_update(value, lr, count, mean, square):
    correction = 1 - 0.9**count
    return value - lr / correction * math.atan2(mean * correction, math.sqrt(square))


def adamw_update(value, lr, count, mean, square):
    return value - lr * mean / (math.sqrt(square) + 1e-8)


LRS = [0.01 * (step + 1) for step in range(STEPS)]
CONFIG = {"betas": [0.9, 0.95], "weight_decay": 0.1, "lr": 0.5}


@pytest.mark.parametrize(
    ("name", "update"), [("adam_atan2", atan2_update), ("adamw", adamw_update)]
)
@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float64, 1e-12), (torch.float32, 1e-5)])
def test_weights_agree_with_the_same_steps_by_hand_in_float64(name, update, dtype, tolerance):
    config = OptimizerConfig(name=name, **CONFIG)
    trained_weights = optimized(lambda trained: make_optimizer(named(trained), config), dtype, LRS)
    for weight, expected in zip(trained_weights, by_hand(update, LRS), strict=True):
        torch.testing.assert_close(weight.double(), expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("factor", [1e-6, 1e6])
def test_atan2_ignores_the_scale_of_the_gradient(factor):
    def make(trained):
        return AdamATan2(trained, lr=0.1)

    plain = optimized(make, torch.float64, LRS)
    for scaled, expected in zip(optimized(make, torch.float64, LRS, factor), plain, strict=True):
        torch.testing.assert_close(scaled, expected, rtol=1e-9, atol=1e-12)


def test_atan2_does_not_change_a_weight_with_zero_gradient():
    weight = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    weight.grad = torch.zeros(2)
    AdamATan2([weight], lr=0.1, weight_decay=0.0).step()
    assert weight.tolist() == [1.0, 2.0]


def test_the_first_atan2_step_changes_a_weight_by_lr_times_pi_over_4():
    weight = torch.nn.Parameter(torch.tensor([0.0, 0.0]))
    weight.grad = torch.tensor([1e-9, -1e9])
    AdamATan2([weight], lr=0.01, betas=(0.0, 0.0), weight_decay=0.0).step()
    torch.testing.assert_close(weight.detach(), torch.tensor([-1.0, 1.0]) * 0.01 * math.pi / 4)


def test_a_weight_without_gradient_is_not_decayed_and_has_no_state():
    used, unused = (torch.nn.Parameter(torch.ones(2)) for _ in range(2))
    optimizer = AdamATan2([used, unused], lr=0.1)
    used.grad = torch.ones(2)
    optimizer.step()
    assert unused.tolist() == [1.0, 1.0]
    assert not optimizer.state[unused]


def test_a_step_returns_the_loss_of_its_closure():
    weight = torch.nn.Parameter(torch.ones(2))
    optimizer = AdamATan2([weight], lr=0.1)

    def closure():
        loss = (weight**2).sum()
        loss.backward()
        return loss.detach()

    assert float(optimizer.step(closure)) == 2.0
    assert weight.grad is not None


@pytest.mark.parametrize("name", ["adam_atan2", "adamw"])
def test_the_settings_of_a_config_reach_the_optimizer(name):
    config = OptimizerConfig(name=name, lr=0.02, betas=[0.8, 0.99], weight_decay=0.3)
    trained, frozen = torch.nn.Parameter(torch.ones(2)), torch.ones(2)
    (group,) = make_optimizer(named([trained, frozen]), config).param_groups
    assert (group["lr"], group["betas"], group["weight_decay"]) == (0.02, (0.8, 0.99), 0.3)
    assert group["params"] == [trained]


@pytest.mark.parametrize("name", ["adam_atan2", "adamw"])
def test_each_group_scales_its_own_learning_rate(name):
    optimizer = make_optimizer(named(weights(torch.float32)), OptimizerConfig(name=name, lr=0.02))
    embedding = {"params": [torch.nn.Parameter(torch.ones(2))], "lr": 0.2, "initial_lr": 0.2}
    optimizer.add_param_group(embedding)
    for factor in (0.5, 0.1):
        scale_learning_rates(optimizer, factor)
        rates = [group["lr"] for group in optimizer.param_groups]
        assert rates == [0.02 * factor, 0.2 * factor]
