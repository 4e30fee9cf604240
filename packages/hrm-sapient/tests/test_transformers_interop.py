"""Checkpoints of ours load in transformers and the other way round, with the same results."""

import pytest
import torch
from safetensors.torch import load_file, save_file

from hrm_core import load_checkpoint
from hrm_core.checkpoint import Checkpoint, load_config, new_checkpoint
from hrm_core.decoding import Decoder
from hrm_core.generation import GenerationRequest, SamplingParams
from hrm_core.model import TrainingBatch
from hrm_core.stepping import StackModel
from hrm_sapient.hrm_text import HrmText
from hrm_sapient.hrm_text_config import HrmTextConfig

transformers = pytest.importorskip("transformers", reason="transformers is the peer here")

VOCABULARY, CONTEXT = 97, 64
PROMPTS = [[5, 8, 13], [2, 3, 5, 7, 11, 13, 17], [90, 80, 70, 60, 50]]


@pytest.fixture(autouse=True)
def _quiet():
    transformers.utils.logging.disable_progress_bar()


def published_model(*, prefix_lm, shape):
    hidden, layers, heads, head_dim, high, low = shape
    torch.manual_seed(sum(shape))
    model = transformers.HrmTextForCausalLM(
        transformers.HrmTextConfig(
            vocab_size=VOCABULARY,
            hidden_size=hidden,
            intermediate_size=160,
            num_hidden_layers=layers,
            num_attention_heads=heads,
            head_dim=head_dim,
            H_cycles=high,
            L_cycles=low,
            prefix_lm=prefix_lm,
            max_position_embeddings=CONTEXT,
            initializer_range=0.1,
        )
    )
    torch.nn.init.normal_(model.model.z_L_init)
    return model.eval()


@pytest.fixture(
    params=[
        (64, 2, 2, 32, 2, 3),
        (128, 1, 4, 32, 1, 2),
        (96, 2, 3, 64, 3, 1),
        (64, 1, 2, 128, 2, 2),
    ],
    ids=str,
)
def shape(request):
    return request.param


@pytest.fixture(params=[True, False], ids=["prefix", "causal"])
def peer(request, shape):
    return published_model(prefix_lm=request.param, shape=shape)


def peer_logits(peer, tokens, prefix_lengths):
    columns = torch.arange(tokens.shape[1])
    types = (columns < prefix_lengths[:, None]).long() if peer.config.prefix_lm else None
    with torch.inference_mode():
        return peer(tokens, token_type_ids=types, use_cache=False).logits


def our_logits(model, tokens, prefix_lengths):
    with torch.inference_mode():
        return model(tokens, prefix_lengths if model.prefix_lm else None)


def assert_same_logits(peer, model):
    tokens = torch.randint(VOCABULARY, (2, 20), generator=torch.Generator().manual_seed(0))
    prefix_lengths = torch.tensor([7, 12])
    expected = peer_logits(peer, tokens, prefix_lengths)
    actual = our_logits(model, tokens, prefix_lengths)
    torch.testing.assert_close(actual, expected, atol=1e-4, rtol=0)


def test_a_checkpoint_of_transformers_gives_the_same_logits_here(peer, tmp_path):
    peer.save_pretrained(tmp_path)
    assert_same_logits(peer, load_checkpoint(tmp_path).model)


def test_a_checkpoint_in_the_split_layout_gives_the_same_logits_here(peer, tmp_path):
    peer.save_pretrained(tmp_path)
    split = {name: tensor.contiguous() for name, tensor in peer.state_dict().items()}
    assert any(name.endswith("self_attn.q_proj.weight") for name in split)
    save_file(split, tmp_path / "model.safetensors")
    assert_same_logits(peer, load_checkpoint(tmp_path).model)


def test_a_checkpoint_of_ours_gives_the_same_logits_in_transformers(peer, tmp_path):
    peer.save_pretrained(tmp_path / "theirs")
    load_checkpoint(tmp_path / "theirs").save(tmp_path / "ours")
    assert "model.H_module.layers.0.attn.gqkv_proj.weight" in load_file(
        tmp_path / "ours" / "model.safetensors"
    )
    again = transformers.AutoModelForCausalLM.from_pretrained(tmp_path / "ours").eval()
    assert_same_logits(again, load_checkpoint(tmp_path / "ours").model)
    assert_same_logits(again, load_checkpoint(tmp_path / "theirs").model)


def test_initial_weights_of_ours_give_the_same_logits_in_transformers(tmp_path):
    config = HrmTextConfig(
        vocab_size=VOCABULARY, hidden_size=64, num_layers_per_stack=2, num_attention_heads=2
    )
    model = HrmText(config)
    model.init_weights(torch.Generator().manual_seed(0))
    Checkpoint(
        model=model.eval(), stack="sapient", tokenizer=None, prompt_format=model.prompt_format
    ).save(tmp_path)
    peer = transformers.AutoModelForCausalLM.from_pretrained(tmp_path).eval()
    assert_same_logits(peer, model)


def our_greedy(model, prompts, *, batch_size, count):
    decoder = Decoder(
        model=StackModel(model),
        encode_prompt=lambda text: prompts[int(text)],
        decode_tokens=lambda ids: " ".join(map(str, ids)),
        eos_token_ids=frozenset(),
        context_length=CONTEXT,
        batch_size=batch_size,
    )
    requests = [GenerationRequest(prompt=str(n)) for n in range(len(prompts))]
    results = decoder.generate(requests, SamplingParams(max_new_tokens=count))
    texts = {finished.request: finished.generation.text for finished in results}
    return [[int(token) for token in texts[n].split()] for n in range(len(prompts))]


def peer_greedy(peer, prompt, *, use_cache, count):
    tokens = torch.tensor([prompt])
    extra = {"token_type_ids": torch.ones_like(tokens)} if peer.config.prefix_lm else {}
    with torch.inference_mode():
        out = peer.generate(
            tokens,
            attention_mask=torch.ones_like(tokens),
            max_new_tokens=count,
            do_sample=False,
            use_cache=use_cache,
            pad_token_id=0,
            **extra,
        )
    return out[0, len(prompt) :].tolist()


@pytest.mark.parametrize("batch_size", [1, 3], ids=["alone", "ragged batch"])
def test_greedy_tokens_are_those_of_transformers(peer, tmp_path, batch_size):
    peer.save_pretrained(tmp_path)
    model = load_checkpoint(tmp_path).model
    expected = [peer_greedy(peer, prompt, use_cache=True, count=12) for prompt in PROMPTS]
    assert our_greedy(model, PROMPTS, batch_size=batch_size, count=12) == expected


def greedy_without_cache(logits_of, model, prompt, count):
    tokens = list(prompt)
    for _ in range(count):
        logits = logits_of(model, torch.tensor([tokens]), torch.tensor([len(prompt)]))
        tokens.append(int(logits[0, -1].argmax()))
    return tokens[len(prompt) :]


def test_uncached_greedy_tokens_are_those_of_transformers(peer, tmp_path):
    peer.save_pretrained(tmp_path)
    model = load_checkpoint(tmp_path).model
    for prompt in PROMPTS:
        ours = greedy_without_cache(our_logits, model, prompt, 8)
        assert ours == greedy_without_cache(peer_logits, peer, prompt, 8)
        assert ours == peer_greedy(peer, prompt, use_cache=True, count=8)
        if not peer.config.prefix_lm:
            # With a prefix, generate without a cache would treat each new token as prefix.
            assert ours == peer_greedy(peer, prompt, use_cache=False, count=8)


def test_gradients_of_five_steps_are_those_of_transformers(tmp_path):
    peer = published_model(prefix_lm=False, shape=(64, 2, 2, 32, 2, 3))
    peer.config.L_bp_cycles = [0, 3]
    peer.save_pretrained(tmp_path)
    peer = transformers.AutoModelForCausalLM.from_pretrained(tmp_path).train()
    model = load_checkpoint(tmp_path).model
    tokens = torch.randint(VOCABULARY, (2, 15), generator=torch.Generator().manual_seed(0))
    peer_loss = peer(tokens, labels=tokens, use_cache=False).loss
    loss = model.training_loss(TrainingBatch(tokens[:, :-1], tokens[:, 1:]), bp_steps=5)
    torch.testing.assert_close(loss, peer_loss)
    peer_loss.backward()
    loss.backward()
    for level in ("H_module", "L_module"):
        theirs = getattr(peer.model, level).layers[1].mlp.down_proj.weight.grad
        ours = getattr(model.model, level).layers[1].mlp.down_proj.weight.grad
        torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("cycles", [None, [2], [3], [0, 3], [2, 3]])
def test_gradient_cycles_are_padded_as_in_transformers(tmp_path, cycles):
    values = {"hidden_size": 64, "num_attention_heads": 2, "num_hidden_layers": 1, "H_cycles": 3}
    values |= {"vocab_size": VOCABULARY, "intermediate_size": 96, "L_bp_cycles": cycles}
    peer = transformers.HrmTextForCausalLM(transformers.HrmTextConfig(**values))
    peer.config.save_pretrained(tmp_path)
    _, config = load_config(str(tmp_path))
    assert config.L_bp_cycles == peer.model.L_bp_cycles_padded


TEXTS = ["def add(a, b):\n    return a + b\n" * 9]
QUESTIONS = [
    *(f"Write a function that adds {number} to each item of a list." for number in range(8)),
    *(f"def add_{number}(a, b):\n    return a + b" for number in range(4)),
    *("  spaces around  ", "\n\tlines\n\n", "x", "caf\u00e9 cafe\u0301", "\u4f60\u597d \U0001f600"),
    *("a <b> & 'c' \"d\" {{ e }} {% f %}", "# heading\n\n- item", "word " * 30),
]


@pytest.fixture
def exported(tmp_path, request):
    """A checkpoint of ours with a tokenizer and large random weights, and its folder."""
    section = {"hidden_size": 64, "num_attention_heads": 2, "num_layers_per_stack": 1}
    section |= {"vocab_size": 300, "max_position_embeddings": 256, **request.param}
    checkpoint = new_checkpoint("sapient", section, TEXTS)
    with torch.no_grad():
        for weight in checkpoint.model.parameters():
            weight.mul_(3)
    checkpoint.save(tmp_path)
    return checkpoint, tmp_path


def our_answers(checkpoint, questions, *, count):
    decoder = Decoder(
        model=StackModel(checkpoint.model),
        encode_prompt=checkpoint.encode_prompt,
        decode_tokens=lambda ids: " ".join(map(str, ids)),
        eos_token_ids=checkpoint.config.eos_token_ids,
        context_length=checkpoint.config.max_position_embeddings,
        batch_size=4,
    )
    requests = [GenerationRequest(prompt=question) for question in questions]
    results = decoder.generate(requests, SamplingParams(max_new_tokens=count))
    texts = {finished.request: finished.generation.text for finished in results}
    return [[int(token) for token in texts[n].split()] for n in range(len(questions))]


def their_answers(folder, batch, *, count):
    """Answer as the documentation of transformers shows it, and nothing more."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    peer = transformers.AutoModelForCausalLM.from_pretrained(folder)
    chats = [[{"role": "user", "content": question}] for question in batch]
    inputs = tokenizer.apply_chat_template(
        chats, add_generation_prompt=True, padding=True, return_dict=True, return_tensors="pt"
    )
    out = peer.generate(**inputs, max_new_tokens=count, do_sample=False)
    end = peer.generation_config.eos_token_id
    answers = out[:, inputs["input_ids"].shape[1] :].tolist()
    return [answer[: answer.index(end)] if end in answer else answer for answer in answers]


@pytest.mark.parametrize("size", [1, 20], ids=["alone", "padded batch"])
@pytest.mark.parametrize(
    "exported", [{"prefix_lm": True}, {"prefix_lm": False}], ids=["prefix", "causal"], indirect=True
)
def test_an_export_answers_in_transformers_as_here(exported, size):
    checkpoint, folder = exported
    ours = our_answers(checkpoint, QUESTIONS, count=16)
    batches = [QUESTIONS[start : start + size] for start in range(0, len(QUESTIONS), size)]
    theirs = [answer for batch in batches for answer in their_answers(folder, batch, count=16)]
    assert len(QUESTIONS) == 20
    assert len({tuple(answer) for answer in ours}) == 20
    assert theirs == ours


@pytest.mark.parametrize("exported", [{}], ids=["prefix"], indirect=True)
def test_a_text_that_was_wrapped_before_is_marked_as_a_prompt_too(exported):
    checkpoint, folder = exported
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    chat = [{"role": "user", "content": "def add(a, b):"}]
    text = tokenizer.apply_chat_template(chat, tokenize=False)
    inputs = tokenizer(text)
    assert inputs["input_ids"] == checkpoint.encode_prompt("def add(a, b):")
    assert inputs["token_type_ids"] == [1] * len(inputs["input_ids"])
    assert load_checkpoint(folder).encode_prompt("a 1") == checkpoint.encode_prompt("a 1")


@pytest.mark.parametrize(
    "chat",
    [
        [("system", "Be short."), ("user", "a")],
        [("user", "a"), ("assistant", "b"), ("user", "c")],
        [("assistant", "a")],
        [("user", ["a"])],
    ],
    ids=["system", "several turns", "role", "parts"],
)
@pytest.mark.parametrize("exported", [{}], ids=["prefix"], indirect=True)
def test_the_chat_template_refuses_what_it_would_drop(exported, chat):
    tokenizer = transformers.AutoTokenizer.from_pretrained(exported[1])
    messages = [{"role": role, "content": content} for role, content in chat]
    with pytest.raises(Exception, match="this model reads a single message"):
        tokenizer.apply_chat_template(messages)


def test_the_tokenizer_and_its_wrapping_load_in_transformers(tmp_path):
    section = {"hidden_size": 32, "num_attention_heads": 2, "vocab_size": 300}
    checkpoint = new_checkpoint("sapient", section, TEXTS)
    checkpoint.save(tmp_path)
    tokenizer = transformers.AutoTokenizer.from_pretrained(tmp_path)
    text = "def add(a, b): return 12"
    assert tokenizer(text)["input_ids"] == checkpoint.tokenizer.encode(text)
    wrapped = tokenizer.apply_chat_template([{"role": "user", "content": text}], return_dict=False)
    assert wrapped == checkpoint.encode_prompt(text)
    assert tokenizer.eos_token_id == checkpoint.config.eos_token_id == 11
