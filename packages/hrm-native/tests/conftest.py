from collections.abc import Callable

import pytest
import torch

from hrm_native.native import NativeModel
from hrm_native.stack import NATIVE

TINY = {
    "low_level_dim": 32,
    "high_level_dim": 24,
    "timing_ratio": 4,
    "num_hidden_layers": 4,
    "num_attention_heads": 2,
    "intermediate_size": 48,
    "vocab_size": 61,
    "max_position_embeddings": 40,
}


@pytest.fixture
def tiny_section() -> dict[str, object]:
    return dict(TINY)


@pytest.fixture
def build_tiny() -> Callable[..., NativeModel]:
    """Build a tiny model. Weights that start at 0 are random, as zeros would hide mistakes."""

    def build(**changes: object) -> NativeModel:
        model = NATIVE.build(NATIVE.parse({**TINY, **changes}), seed=1)
        generator = torch.Generator().manual_seed(2)
        with torch.no_grad():
            for parameter in model.parameters():
                if parameter.dim() == 1:
                    parameter.normal_(generator=generator)
        return model

    return build


@pytest.fixture
def tiny_model(build_tiny: Callable[..., NativeModel]) -> NativeModel:
    return build_tiny()
