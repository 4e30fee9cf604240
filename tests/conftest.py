import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHAT = "{% for m in messages %}<|im_start|>{{ m['content'] }}<|im_end|>{% endfor %}"


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def documented():
    """Return a function that finds the one block of Python on a page that contains some words."""

    def find(page, words):
        text = (ROOT / "docs" / page).read_text()
        blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        (block,) = [block for block in blocks if words in block]
        return block

    return find


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


@pytest.fixture(scope="session")
def llama(tiny_checkpoint, tmp_path_factory):
    """A tiny random Llama with a chat template."""
    import torch
    import transformers

    folder = tmp_path_factory.mktemp("llama")
    torch.manual_seed(0)
    config = transformers.LlamaConfig(
        vocab_size=512, hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=512,
        initializer_range=0.3, bos_token_id=6, eos_token_id=11, pad_token_id=5,
    )  # fmt: skip
    transformers.LlamaForCausalLM(config).save_pretrained(folder)
    inputs = ["input_ids", "attention_mask"]
    tokenizer = transformers.AutoTokenizer.from_pretrained(
        tiny_checkpoint, model_input_names=inputs
    )
    tokenizer.chat_template = CHAT
    tokenizer.save_pretrained(folder)
    return folder
