"""The shipped model is small and complete, is found by its name, and runs in transformers."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from hrm_core import load_checkpoint
from hrm_core.decoding import Decoder
from hrm_core.generation import GenerationRequest, SamplingParams
from hrm_core.model_folder import find_model_folder
from hrm_core.stepping import StackModel

transformers = pytest.importorskip("transformers", reason="transformers is the peer here")

FILES = {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"}
# The wheel has nothing else of any size, and weights hardly compress.
MAX_BYTES = 20_000_000
MAX_PARAMETERS = 10_000_000
QUESTIONS = [
    "Write a function that adds two numbers.\n\nassert add(1, 2) == 3",
    "Write a function to count the vowels of a string.\n\nassert count_vowels('banana') == 3",
    "Write a function that returns the largest number of a list.\n\nassert largest([1, 3]) == 3",
]


@pytest.fixture(scope="module")
def checkpoint(folder):
    return load_checkpoint(folder, dtype=torch.float32)


@pytest.fixture(scope="module")
def peer(folder):
    transformers.utils.logging.disable_progress_bar()
    return transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()


def test_the_package_imports_nothing_heavy():
    code = "import sys, hrm_nano; print([m for m in ('torch', 'numpy') if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout == "[]\n"


def test_the_model_is_found_by_its_name(folder):
    assert find_model_folder("hrm-nano") == folder


def test_the_files_are_those_of_a_checkpoint_and_small(folder):
    assert {path.name for path in folder.iterdir()} == FILES
    assert sum(path.stat().st_size for path in folder.iterdir()) < MAX_BYTES


def test_the_weights_are_bfloat16_and_at_most_ten_million(folder, checkpoint):
    tensors = load_file(folder / "model.safetensors")
    assert {tensor.dtype for tensor in tensors.values()} == {torch.bfloat16}
    assert load_checkpoint(folder).model.state_dict().keys() == tensors.keys()
    assert sum(p.numel() for p in checkpoint.model.parameters()) <= MAX_PARAMETERS


def test_logits_are_those_of_transformers(checkpoint, peer):
    prompt = checkpoint.encode_prompt(QUESTIONS[0])
    answer = checkpoint.tokenizer.encode("def add(a, b):\n    return a + b\n")
    tokens = torch.tensor([[*prompt, *answer]])
    types = torch.tensor([[1] * len(prompt) + [0] * len(answer)])
    with torch.inference_mode():
        ours = checkpoint.model(tokens, torch.tensor([len(prompt)]))
        theirs = peer(tokens, token_type_ids=types, use_cache=False).logits
    torch.testing.assert_close(ours, theirs, atol=1e-3, rtol=1e-4)


@pytest.mark.parametrize("question", QUESTIONS, ids=["add", "vowels", "largest"])
def test_greedy_answers_are_those_of_transformers(folder, checkpoint, peer, question):
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    chat = [{"role": "user", "content": question}]
    inputs = tokenizer.apply_chat_template(chat, return_dict=True, return_tensors="pt")
    out = peer.generate(**inputs, max_new_tokens=32, do_sample=False)
    theirs = tokenizer.decode(out[0, inputs["input_ids"].shape[1] :], skip_special_tokens=True)
    decoder = Decoder(
        model=StackModel(checkpoint.model),
        encode_prompt=checkpoint.encode_prompt,
        decode_tokens=checkpoint.tokenizer.decode,
        eos_token_ids=checkpoint.config.eos_token_ids,
        context_length=checkpoint.config.max_position_embeddings,
        batch_size=1,
    )
    (ours,) = decoder.generate(
        [GenerationRequest(prompt=question)], SamplingParams(max_new_tokens=32)
    )
    assert ours.generation.text == theirs


@pytest.mark.parametrize("page", ["packages/hrm-nano/README.md", "docs/models/hrm-nano.md"])
def test_the_model_card_has_no_gaps(page):
    text = (Path(__file__).parents[3] / page).read_text(encoding="utf-8")
    assert "FILL" not in text
