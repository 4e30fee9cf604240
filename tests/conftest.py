from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def tiny_checkpoint(tmp_path_factory):
    """A fresh HRM-Text of a few thousand parameters, made by the command."""
    from hrm_eval import cli

    out = tmp_path_factory.mktemp("checkpoints") / "tiny"
    shape = {
        "hidden_size": 32,
        "num_attention_heads": 2,
        "num_layers_per_stack": 1,
        "vocab_size": 512,
        "max_position_embeddings": 1024,
    }
    assignments = [f"--set=model.{key}={value}" for key, value in shape.items()]
    config = str(ROOT / "configs" / "hrm" / "mbpp_dev.yaml")
    assert cli.main(["init", "--config", config, "--out", str(out), *assignments]) == 0
    return out
