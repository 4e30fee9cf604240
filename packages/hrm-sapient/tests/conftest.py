import pytest

from hrm_core.model import LanguageModel
from hrm_sapient.stack import SAPIENT


@pytest.fixture
def tiny_section() -> dict[str, object]:
    return {
        "hidden_size": 32,
        "num_layers_per_stack": 2,
        "num_attention_heads": 2,
        "intermediate_size": 48,
        "vocab_size": 61,
        "max_position_embeddings": 40,
    }


@pytest.fixture(params=[True, False], ids=["prefix", "causal"])
def tiny_model(request: pytest.FixtureRequest, tiny_section: dict[str, object]) -> LanguageModel:
    return SAPIENT.build(SAPIENT.parse({**tiny_section, "prefix_lm": request.param}), seed=1)
