import importlib
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
TINY = {
    "hidden_size": 32,
    "num_layers_per_stack": 1,
    "num_attention_heads": 1,
    "vocab_size": 4096,
    "max_position_embeddings": 256,
    "prefix_lm": False,
}


@pytest.fixture
def versus(monkeypatch):
    """Return the benchmark, with a tiny model in place of config A."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    for name in ("generation", "training"):
        monkeypatch.setitem(importlib.import_module(name).CONFIGS, "A", TINY)
    return importlib.import_module("versus")


def test_a_step_of_training_is_measured(versus):
    assert versus.prepare_training("cpu")() > 0


def test_generation_is_measured(versus, monkeypatch):
    monkeypatch.setattr(versus, "NEW_TOKENS", 2)
    monkeypatch.setattr(versus, "PROMPT_TOKENS", 4)
    assert versus.prepare_generation("cpu", batch=2)() > 0
