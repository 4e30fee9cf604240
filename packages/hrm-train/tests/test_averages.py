import pytest
import torch
from torch import nn

from hrm_train.averages import WeightAverage


@pytest.fixture
def model():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 1, bias=False))


def change(model, step):
    generator = torch.Generator().manual_seed(step)
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(torch.randn(weight.shape, generator=generator))


@pytest.mark.parametrize("decay", [0.5, 0.9, 0.9999])
def test_averages_agree_with_the_same_sums_in_float64(model, decay):
    average = WeightAverage(model, decay)
    expected = {name: weight.detach().double() for name, weight in model.named_parameters()}
    for step in range(100):
        change(model, step)
        average.update(model, step)
        kept = min(decay, (1 + step) / (10 + step))
        for name, weight in model.named_parameters():
            expected[name] = kept * expected[name] + (1 - kept) * weight.detach().double()
    assert average.tensors.keys() == expected.keys()
    for name, tensor in average.tensors.items():
        torch.testing.assert_close(tensor.double(), expected[name], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(("step", "kept"), [(0, 0.1), (10, 0.55), (80, 0.9), (5000, 0.9)])
def test_an_early_update_keeps_less_than_the_decay(step, kept):
    model = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(model.weight)
    average = WeightAverage(model, 0.9)
    nn.init.ones_(model.weight)
    average.update(model, step)
    assert average.tensors["weight"].item() == pytest.approx(1 - kept)


def test_averages_start_at_the_weights_and_do_not_move_them(model):
    before = [weight.detach().clone() for weight in model.parameters()]
    average = WeightAverage(model, 0.9)
    average.update(model, 0)
    assert all(map(torch.equal, model.parameters(), before))
    assert all(map(torch.equal, average.tensors.values(), before))


def test_a_model_has_the_averages_in_the_context_and_its_weights_afterwards(model):
    average = WeightAverage(model, 0.9)
    change(model, 1)
    average.update(model, 0)
    weights = [weight.detach().clone() for weight in model.parameters()]
    averaged = [tensor.clone() for tensor in average.tensors.values()]

    def look_and_fail():
        with average.applied_to(model):
            assert all(map(torch.equal, model.parameters(), averaged))
            raise KeyError

    with pytest.raises(KeyError):
        look_and_fail()
    assert all(map(torch.equal, model.parameters(), weights))
    assert all(map(torch.equal, average.tensors.values(), averaged))


def test_averages_are_loaded_from_a_checkpoint(model):
    average = WeightAverage(model, 0.9)
    stored = {name: tensor + 1 for name, tensor in average.state_dict().items()}
    average.load_state_dict(stored)
    assert all(torch.equal(average.tensors[name], stored[name]) for name in stored)


def test_the_first_weights_are_forgotten_in_a_short_run_too(model):
    average = WeightAverage(model, 0.9999)
    first = {name: tensor.clone() for name, tensor in average.tensors.items()}
    with torch.no_grad():
        for weight in model.parameters():
            weight.zero_()
    for step in range(50):
        average.update(model, step)
    for name, tensor in average.tensors.items():
        torch.testing.assert_close(tensor, torch.zeros_like(first[name]), atol=1e-6, rtol=0)
