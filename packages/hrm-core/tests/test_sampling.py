import math

import pytest
import torch

from hrm_core.config import from_mapping
from hrm_core.errors import ConfigError
from hrm_core.generation import SamplingParams
from hrm_core.sampling import NO_TOKEN, RowSettings, choose_tokens

LOGITS = torch.tensor([[2.0, 1.0, 0.0, -1.0, 3.0]])


def alike(params, rows=1):
    return RowSettings.of([params] * rows)


def frequencies(params, draws=20_000):
    uniforms = (torch.arange(draws, dtype=torch.float64) + 0.5) / draws
    tokens = choose_tokens(LOGITS.expand(draws, -1), alike(params, draws), uniforms)
    return torch.bincount(tokens, minlength=5) / draws


def expected(temperature, kept):
    logits = torch.full_like(LOGITS[0], -torch.inf)
    logits[kept] = LOGITS[0, kept] / temperature
    return logits.softmax(0)


@pytest.mark.parametrize(
    ("params", "kept"),
    [
        ({"temperature": 1.0}, [0, 1, 2, 3, 4]),
        ({"temperature": 0.5}, [0, 1, 2, 3, 4]),
        ({"temperature": 1.0, "top_k": 2}, [0, 4]),
        ({"temperature": 1.0, "top_k": 50}, [0, 1, 2, 3, 4]),
        # Sorted probabilities: .636 .234 .086 .032 .012; the token that crosses 0.7 is kept.
        ({"temperature": 1.0, "top_p": 0.7}, [0, 4]),
        ({"temperature": 1.0, "top_p": 0.01}, [4]),
        # Top-p works on what top-k left: .731 of the first two.
        ({"temperature": 1.0, "top_k": 2, "top_p": 0.7}, [4]),
    ],
)
def test_tokens_are_drawn_with_their_probabilities(params, kept):
    actual = frequencies(SamplingParams(**params))
    torch.testing.assert_close(actual, expected(params["temperature"], kept), atol=1e-3, rtol=0)


def test_temperature_zero_takes_the_largest_logit():
    assert choose_tokens(LOGITS, alike(SamplingParams())).tolist() == [4]


def test_a_row_does_not_depend_on_its_neighbors():
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(6, 50, generator=generator)
    uniforms = torch.rand(6, generator=generator, dtype=torch.float64)
    params = SamplingParams(temperature=0.9, top_p=0.9, top_k=30)
    together = choose_tokens(logits, alike(params, 6), uniforms)
    alone = [choose_tokens(logits[[r]], alike(params), uniforms[[r]]).item() for r in range(6)]
    assert together.tolist() == alone


def test_each_row_is_drawn_with_its_own_settings():
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(5, 50, generator=generator)
    uniforms = torch.rand(5, generator=generator, dtype=torch.float64)
    settings = [
        SamplingParams(temperature=0.9, top_k=3),
        SamplingParams(),
        SamplingParams(temperature=2.0),
        SamplingParams(temperature=0.7, top_p=0.5),
        SamplingParams(temperature=1.5, top_p=0.8, top_k=9),
    ]
    together = choose_tokens(logits, RowSettings.of(settings), uniforms)
    alone = [
        choose_tokens(logits[[r]], alike(params), uniforms[[r]]).item()
        for r, params in enumerate(settings)
    ]
    assert together.tolist() == alone


def test_the_ends_of_the_unit_interval_give_valid_tokens():
    params = SamplingParams(temperature=1.0, top_k=2)
    ends = torch.tensor([0.0, 1.0 - 2**-53], dtype=torch.float64)
    assert choose_tokens(LOGITS.expand(2, -1), alike(params, 2), ends).tolist() == [4, 0]


def test_sampling_without_random_numbers_is_an_error():
    with pytest.raises(ValueError, match="uniforms_B must be given"):
        choose_tokens(LOGITS, alike(SamplingParams(temperature=1.0)))


@pytest.mark.parametrize("temperature", [1e-3, 1e-38, 1e-45, 1e-300, 5e-324])
def test_a_tiny_temperature_takes_the_most_likely_token(temperature):
    draws = torch.tensor([0.0, 0.5, 0.999], dtype=torch.float64)
    params = SamplingParams(temperature=temperature)
    assert choose_tokens(LOGITS.expand(3, -1), alike(params, 3), draws).tolist() == [4, 4, 4]


@pytest.mark.parametrize("key", ["temperature", "top_p"])
@pytest.mark.parametrize("value", [math.inf, math.nan])
def test_a_setting_that_is_not_a_finite_number_is_an_error(key, value):
    with pytest.raises(ConfigError, match=f"{key}: expected a finite number, got {value}"):
        from_mapping(SamplingParams, {key: value})


@pytest.mark.parametrize("temperature", [0.0, 0.8])
@pytest.mark.parametrize(
    "row",
    [
        pytest.param([0.0, math.nan, 1.0, 2.0, 3.0], id="one-nan"),
        pytest.param([0.0, math.inf, 1.0, 2.0, 3.0], id="one-inf"),
        pytest.param([math.nan] * 5, id="all-nan"),
        pytest.param([-math.inf] * 5, id="nothing-possible"),
    ],
)
def test_a_row_without_a_valid_choice_is_marked_and_the_others_are_drawn(row, temperature):
    params = SamplingParams(temperature=temperature, top_k=1)
    logits_BV = torch.cat((LOGITS, torch.tensor([row]), LOGITS))
    uniforms_B = torch.full((3,), 0.5, dtype=torch.float64)
    assert choose_tokens(logits_BV, alike(params, 3), uniforms_B).tolist() == [4, NO_TOKEN, 4]


@pytest.mark.parametrize("temperature", [0.0, 0.8])
def test_minus_infinity_rules_a_token_out(temperature):
    logits_BV = torch.tensor([[-math.inf, -math.inf, 1.0]])
    settings = alike(SamplingParams(temperature=temperature))
    assert choose_tokens(logits_BV, settings, torch.zeros(1, dtype=torch.float64)).tolist() == [2]
