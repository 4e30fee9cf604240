"""Complete runs with the engine `transformers`, on models whose answers are set by hand."""

import json

import pytest

from hrm_core.chat import Chat
from hrm_datasets.prompts import PROMPT_STYLES
from hrm_eval import cli
from hrm_eval.completions import read_own
from hrm_eval.judgements import read_judgements

torch = pytest.importorskip("torch", reason="hrm-eval[transformers] is not installed")
transformers = pytest.importorskip("transformers", reason="hrm-eval[transformers] is not installed")

UNKNOWN, BEGIN, END, PAD = range(4)
SPECIAL = ["<unk>", "<s>", "</s>", "<pad>"]
STUB = 'def double(x):\n    """Return twice x."""\n'
BODY = ["    y", " = 2 * x", "\n    ", "return y", "\n\n"]


def call(*arguments):
    return cli.main([str(argument) for argument in arguments])


def tokenizer_rules(chunks):
    """Return a `tokenizer.json` with the rules of Llama 2, and these pieces of text as tokens.

    The pieces are never encoded, as no merge makes them. A prompt becomes characters and bytes.
    """
    characters = [chr(code) for code in range(0x21, 0x7F)] + ["\u2581"]
    tokens = [*SPECIAL, *(f"<0x{byte:02X}>" for byte in range(256)), *characters]
    tokens += [chunk.replace(" ", "\u2581") for chunk in chunks]
    spaces = {"String": " "}, "\u2581"
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [
            {"id": number, "content": token, "single_word": False, "lstrip": False,
             "rstrip": False, "normalized": False, "special": True}
            for number, token in enumerate(SPECIAL)
        ],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Prepend", "prepend": "\u2581"},
            {"type": "Replace", "pattern": spaces[0], "content": spaces[1]},
        ]},
        "pre_tokenizer": None, "post_processor": None,
        "decoder": {"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "},
            {"type": "ByteFallback"}, {"type": "Fuse"},
            {"type": "Strip", "content": " ", "start": 1, "stop": 0},
        ]},
        "model": {"type": "BPE", "dropout": None, "unk_token": "<unk>", "fuse_unk": True,
                  "continuing_subword_prefix": None, "end_of_word_suffix": None,
                  "byte_fallback": True, "ignore_merges": False,
                  "vocab": {token: number for number, token in enumerate(tokens)}, "merges": []},
    }  # fmt: skip


def chain_weights(model, first, count):
    """Make a model answer with `count` tokens from `first` on, then `END`, whatever the prompt.

    The blocks are switched off, so that the last token alone decides the next one.
    """
    size = model.config.vocab_size
    with torch.no_grad():
        for block in model.model.layers:
            block.self_attn.o_proj.weight.zero_()
            block.mlp.down_proj.weight.zero_()
        model.model.embed_tokens.weight.copy_(torch.eye(size, model.config.hidden_size))
        following = torch.full((size,), first)
        following[first : first + count] = torch.arange(first + 1, first + count + 1)
        following[first + count - 1] = END
        model.lm_head.weight.zero_()
        model.lm_head.weight[following, torch.arange(size)] = 1.0


@pytest.fixture
def make_llama(tmp_path):
    """Write a tiny Llama that gives these pieces of text as its answer to every prompt."""

    def make(chunks, *, template=None, rules=None, name="llama", **shape):
        folder = tmp_path / name
        own_rules = tokenizer_rules(chunks)
        size = len(own_rules["model"]["vocab"])
        config = transformers.LlamaConfig(
            **{"vocab_size": size, "hidden_size": -(-size // 4) * 4, "intermediate_size": 8,
               "num_hidden_layers": 2, "num_attention_heads": 2, "max_position_embeddings": 1024,
               "bos_token_id": BEGIN, "eos_token_id": END, "pad_token_id": PAD, **shape},
        )  # fmt: skip
        model = transformers.LlamaForCausalLM(config)
        chain_weights(model, size - len(chunks), len(chunks))
        model.save_pretrained(folder)
        (folder / "tokenizer.json").write_text(json.dumps({**own_rules, **(rules or {})}))
        settings = {"tokenizer_class": "PreTrainedTokenizerFast", "unk_token": "<unk>",
                    "eos_token": "</s>"}  # fmt: skip
        if template is not None:
            settings["chat_template"] = template
        (folder / "tokenizer_config.json").write_text(json.dumps(settings))
        return folder

    return make


@pytest.fixture
def doubles(tmp_path):
    """The arguments that choose a dataset of three problems with the same stub."""
    path = tmp_path / "problems.jsonl"
    test = "def check(f):\n    assert f(2) == 4\n"
    rows = [
        {"task_id": f"HumanEval/{number}", "prompt": comment + STUB, "entry_point": "double",
         "canonical_solution": "    return 2 * x\n", "test": test}
        for number, comment in enumerate(["", "# " + 300 * "x" + "\n", "# short\n"])
    ]  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return ["--dataset", "humaneval", "--source", path, "--prompt", "docstring"]


def read_summary(out):
    return json.loads((out / "summary.json").read_text())


CHAT = "{% for m in messages %}[INST]{{ m['content'] }}[/INST]{% endfor %}"
DOCSTRING = ["```python", '\n"""Doubles."""\ndef', " double(x):", "\n    return 2 * x", "\n```\n"]
LEADING_SPACE = [" ```python", *DOCSTRING[1:]]


@pytest.mark.parametrize(
    ("chunks", "template"),
    [
        pytest.param(BODY, None, id="first-space-of-a-continuation"),
        pytest.param(["\n\n", *BODY[:-1]], None, id="blank-line-first"),
        pytest.param([*BODY, '"""More', "assert False"], None, id="stop-in-a-continuation"),
        pytest.param(DOCSTRING, CHAT, id="chat-that-opens-with-a-docstring"),
        pytest.param(LEADING_SPACE, CHAT, id="chat-with-a-space-first"),
        pytest.param([" def", *DOCSTRING[2:4]], CHAT, id="chat-bare"),
    ],
)
@pytest.mark.parametrize("batch_size", [1, 3])
def test_a_right_answer_passes(make_llama, doubles, tmp_path, chunks, template, batch_size):
    model, out = make_llama(chunks, template=template), tmp_path / "run"
    arguments = ["--batch-size", batch_size, "--timeout", 20, "--out", out]
    assert call("run", "--model", model, *doubles, *arguments) == 0
    assert read_summary(out)["status_counts"] == {"passed": 3}
    assert {c.finish_reason for c in read_own(out / "completions.jsonl")} == {"stop"}


def test_a_chat_with_a_stop_string_of_the_style_is_not_cut(make_llama, doubles, tmp_path):
    model, out = make_llama(DOCSTRING, template=CHAT), tmp_path / "run"
    assert call("generate", "--model", model, *doubles, "--out", out) == 0
    assert {c.text for c in read_own(out / "completions.jsonl")} == {"".join(DOCSTRING)}


IN_A_FENCE = ["def double(x):", "\n    return 2 * x", "\n```\n", "assert False"]


def test_a_chat_whose_answer_was_begun_ends_at_the_stop_strings_of_the_style(
    make_llama, doubles, tmp_path
):
    model, out = make_llama(IN_A_FENCE, template=CHAT), tmp_path / "run"
    arguments = [*doubles, "--prompt", "evalplus-chat", "--timeout", 20, "--out", out]
    assert call("run", "--model", model, *arguments) == 0
    (text,) = {c.text for c in read_own(out / "completions.jsonl")}
    assert text == "".join(IN_A_FENCE[:2])
    summary = read_summary(out)
    assert summary["status_counts"] == {"passed": 3}
    assert summary["prompt"] == {
        "style": "evalplus-chat", "sha256": PROMPT_STYLES["evalplus-chat"].sha256, "system": None,
        "template": None, "template_args": {},
    }  # fmt: skip


def test_a_model_with_a_template_continues_bare_prompts_if_told_so(make_llama, doubles, tmp_path):
    model, out = make_llama([*BODY, '"""More'], template=CHAT), tmp_path / "run"
    assert call("generate", "--model", model, *doubles, "--no-template", "--out", out) == 0
    assert {c.text for c in read_own(out / "completions.jsonl")} == {"".join(BODY[:4]) + "\n"}


@pytest.mark.parametrize(
    ("chat", "text"),
    [
        (Chat(), "[INST]def f[/INST]"),
        (Chat(template=False), "def f"),
        (Chat(template=False, answer_start="Sure:"), "def fSure:"),
        (Chat(system="Be short."), "[INST]Be short.[/INST][INST]def f[/INST]"),
        (Chat(answer_start="Sure:"), "[INST]def f[/INST][INST]Sure:"),
        (Chat(template_args={"mark": True}), "[INST]def f[/INST]True"),
    ],
)
def test_the_chat_of_a_run_decides_what_the_model_reads(make_llama, chat, text):
    template = CHAT + "{% if mark is defined %}{{ mark }}{% endif %}"
    tokenizer = transformers.AutoTokenizer.from_pretrained(make_llama(BODY, template=template))
    from hrm_eval.engines.transformers import ChatText

    asked = ChatText(tokenizer, "x", chat)
    asked.check()
    assert asked.encode_prompt("def f") == tokenizer(text)["input_ids"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--prompt", "evalplus-chat"], "asks for a chat template, and {model} has none"),
        (["--system", "x"], "--system: needs a chat template, but {model} has no chat template"),
        (["--template-args", "a=1"], "--template-args: needs a chat template, but {model}"),
    ],
)
def test_a_model_without_a_template_refuses_what_needs_one(
    make_llama, doubles, tmp_path, capsys, options, message
):
    model = make_llama(BODY)
    assert call("run", "--model", model, *doubles, *options, "--out", tmp_path / "run") == 2
    assert message.format(model=model) in capsys.readouterr().err
    assert not (tmp_path / "run" / "config.yaml").exists()


def test_a_prompt_without_room_fails_alone_and_is_said_aloud(make_llama, doubles, tmp_path, capsys):
    model, out = make_llama(BODY, max_position_embeddings=200), tmp_path / "run"
    arguments = [*doubles, "--samples", 2, "--temperature", 0.01, "--timeout", 20, "--out", out]
    assert call("run", "--model", model, *arguments) == 0
    printed = capsys.readouterr().out
    assert "Not answered, and counted as failed: 2 samples" in printed
    assert "prompt_too_long" in printed
    summary = read_summary(out)
    assert summary["status_counts"] == {"passed": 4, "prompt_too_long": 2}
    assert summary["finish_reasons"] == {"stop": 4, "prompt_too_long": 2}
    assert summary["pass_at_k"]["1"] == pytest.approx(2 / 3)
    assert [row["status"] for row in summary["problems"]] == ["passed", "prompt_too_long", "passed"]
    before = read_own(out / "completions.jsonl")
    (out / "completions.jsonl").write_text(
        "".join((out / "completions.jsonl").read_text().splitlines(keepends=True)[:3])
    )
    (out / "verdicts.jsonl").unlink()
    assert call("run", "--resume", "--out", out) == 0
    assert read_summary(out)["status_counts"] == summary["status_counts"]
    assert {(c.key, c.text) for c in read_own(out / "completions.jsonl")} == {
        (c.key, c.text) for c in before
    }
    capsys.readouterr()
    assert call("show", out, "humaneval/1") == 0
    shown = capsys.readouterr().out
    assert "humaneval/1 sample 0: prompt_too_long" in shown
    assert "leaves no room for an answer" in shown


def test_a_model_without_room_for_any_prompt_scores_nothing(make_llama, doubles, tmp_path, capsys):
    model, out = make_llama(BODY, max_position_embeddings=16), tmp_path / "run"
    assert call("generate", "--model", model, *doubles, "--out", out) == 0
    assert "Not answered, and counted as failed: 3 samples" in capsys.readouterr().out
    assert call("run", "--resume", "--out", out) == 0
    assert read_summary(out)["status_counts"] == {"prompt_too_long": 3}
    assert read_summary(out)["pass_at_k"]["1"] == 0.0
    completions = read_own(out / "completions.jsonl")
    assert {(c.completion, c.text, c.num_tokens) for c in completions} == {("", "", 0)}
    assert len(read_judgements(out / "verdicts.jsonl")) == 3


def test_an_answer_gets_the_tokens_that_the_context_has_left(make_llama, doubles, tmp_path):
    # One token for each character, and one for the space that the tokenizer puts before a text.
    model, out = make_llama(BODY, max_position_embeddings=len(STUB) + 1 + 3), tmp_path / "run"
    assert call("generate", "--model", model, *doubles, "--limit", 1, "--out", out) == 0
    (completion,) = read_own(out / "completions.jsonl")
    assert (completion.text, completion.finish_reason) == ("".join(BODY[:3]), "length")


def damage_head(folder):
    path = folder / "model.safetensors"
    model = transformers.AutoModelForCausalLM.from_pretrained(folder)
    with torch.no_grad():
        model.lm_head.weight[7] = float("nan")
    model.save_pretrained(folder)
    assert path.exists()


@pytest.mark.parametrize("sampling", [[], ["--temperature", 0.8, "--samples", 2]])
def test_weights_that_are_no_numbers_end_the_run_with_the_name_of_the_model(
    make_llama, doubles, tmp_path, capsys, sampling
):
    model = make_llama(BODY)
    damage_head(model)
    out = tmp_path / "run"
    assert call("run", "--model", model, *doubles, *sampling, "--out", out) == 5
    assert f"{model}: the logits are NaN or infinite" in capsys.readouterr().err
    assert not (out / "summary.json").exists()


@pytest.mark.parametrize("named", [END, [PAD, END]])
def test_an_end_token_of_either_config_ends_an_answer(make_llama, doubles, tmp_path, named):
    model, out = make_llama(BODY), tmp_path / "run"
    settings = json.loads((model / "tokenizer_config.json").read_text())
    del settings["eos_token"]
    (model / "tokenizer_config.json").write_text(json.dumps(settings))
    for name, value in (("config.json", named), ("generation_config.json", PAD)):
        values = json.loads((model / name).read_text())
        (model / name).write_text(json.dumps({**values, "eos_token_id": value}))
    assert call("generate", "--model", model, *doubles, "--out", out) == 0
    assert {c.text for c in read_own(out / "completions.jsonl")} == {"".join(BODY)}


def test_truncation_padding_and_dropout_of_a_tokenizer_change_no_prompt(
    make_llama, doubles, tmp_path
):
    plain = make_llama(BODY)
    rules = tokenizer_rules(BODY)
    padding = {"strategy": {"Fixed": 300}, "direction": "Right", "pad_to_multiple_of": None,
               "pad_id": PAD, "pad_type_id": 0, "pad_token": "<pad>"}  # fmt: skip
    truncation = {"direction": "Right", "max_length": 9, "strategy": "LongestFirst", "stride": 0}
    bpe = rules["model"]
    bpe["vocab"]["de"] = len(bpe["vocab"])
    bpe |= {"merges": [["d", "e"]], "dropout": 0.5}
    noisy = {"padding": padding, "truncation": truncation, "model": bpe}
    from hrm_eval.engines.transformers import ChatText

    prompts = []
    for folder in (plain, make_llama(BODY, rules=noisy, name="noisy")):
        text = ChatText(transformers.AutoTokenizer.from_pretrained(folder), "x")
        prompts.append({tuple(text.encode_prompt("def de de f")) for _ in range(20)})
    assert [len(found) for found in prompts] == [1, 1]
    assert len(min(prompts[1])) == len(min(prompts[0])) - 3


@pytest.mark.parametrize("model_type", ["llama", "gpt2", "qwen2", "t5", "mistral"])
@pytest.mark.parametrize("kept", [[], ["tokenizer_config.json"]], ids=["none", "settings"])
def test_a_folder_without_tokenizer_files_is_a_data_error(
    make_llama, doubles, tmp_path, capsys, model_type, kept
):
    model = make_llama(BODY)
    for name in {"tokenizer.json", "tokenizer_config.json"} - set(kept):
        (model / name).unlink()
    classes = {"llama": "LlamaTokenizer", "gpt2": "GPT2Tokenizer", "qwen2": "Qwen2Tokenizer",
               "t5": "T5Tokenizer", "mistral": "LlamaTokenizerFast"}  # fmt: skip
    if kept:
        settings = {"tokenizer_class": classes[model_type], "unk_token": "<unk>"}
        (model / "tokenizer_config.json").write_text(json.dumps(settings))
    elif model_type in ("gpt2", "qwen2", "mistral"):
        small = {"gpt2": {"n_embd": 8, "n_layer": 1, "n_head": 2}}.get(
            model_type, {"hidden_size": 8, "intermediate_size": 8, "num_hidden_layers": 1,
                         "num_attention_heads": 2, "num_key_value_heads": 2},
        )  # fmt: skip
        config = transformers.AutoConfig.for_model(model_type, vocab_size=50, **small)
        transformers.AutoModelForCausalLM.from_config(config).save_pretrained(model)
    assert call("run", "--model", model, *doubles, "--out", tmp_path / "run") == 5
    error = capsys.readouterr().err
    assert f"{model}: there is no tokenizer that transformers can use" in error
    assert "tokenizer.json" in error


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        pytest.param("{{ raise_exception('a system message is needed') }}",
                     "a system message is needed", id="refuses"),
        pytest.param("{{ messages[1]['content'] }}", "has no element 1", id="wants-two-messages"),
        pytest.param("{% for m in messages %}{% for part in m['content'] %}{{ part['text'] }}"
                     "{% endfor %}{% endfor %}", "the user is left out", id="wants-parts"),
        pytest.param("{{ messages[0]['content'] + 1 }}", "concatenate", id="type-error"),
    ],
)  # fmt: skip
def test_a_chat_template_that_refuses_a_prompt_is_a_usage_error(
    make_llama, doubles, tmp_path, capsys, template, reason
):
    model = make_llama(BODY, template=template)
    assert call("run", "--model", model, *doubles, "--out", tmp_path / "run") == 2
    error = capsys.readouterr().err
    assert f"{model}: its chat template refuses the prompt" in error
    assert reason in error


def test_a_chat_template_that_is_no_jinja_is_a_data_error(make_llama, doubles, tmp_path, capsys):
    model = make_llama(BODY, template="{% for m in messages %}{{ m['content']")
    assert call("run", "--model", model, *doubles, "--out", tmp_path / "run") == 5
    assert f"{model}: line 1 of the chat template: unexpected end" in capsys.readouterr().err


SMALL = {"vocab_size": 356, "hidden_size": 32, "num_hidden_layers": 2}
ATTENTION = {"num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 64}


@pytest.mark.parametrize(
    ("model_type", "shape"),
    [
        ("mamba", {}),
        ("mamba2", {"num_heads": 8, "head_dim": 8, "n_groups": 1, "state_size": 8}),
        ("falcon_mamba", {}),
        ("lfm2", {**ATTENTION, "layer_types": ["conv", "full_attention"]}),
        ("bamba", {**ATTENTION, "attn_layer_indices": [1], "mamba_n_heads": 8, "mamba_d_head": 8,
                   "mamba_n_groups": 1}),
    ],
)  # fmt: skip
def test_a_state_space_model_gives_the_same_answers_in_every_batch(
    make_llama, doubles, tmp_path, model_type, shape
):
    torch.manual_seed(0)
    config = transformers.AutoConfig.for_model(
        model_type, **SMALL, **shape, initializer_range=0.5, eos_token_id=END
    )
    folder = make_llama(BODY)
    model = transformers.AutoModelForCausalLM.from_config(config).eval()
    model.save_pretrained(folder)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    for batch_size in (1, 3):
        out = tmp_path / f"run{batch_size}"
        arguments = ["--max-new-tokens", 12, "--batch-size", batch_size, "--out", out]
        assert call("generate", "--model", folder, *doubles, *arguments) == 0
        for completion in read_own(out / "completions.jsonl"):
            tokens = tokenizer(completion.prompt)["input_ids"]
            for _ in range(completion.num_tokens):
                with torch.inference_mode():
                    logits_BTV = model(torch.tensor([tokens])).logits
                tokens.append(int(logits_BTV[0, -1].argmax()))
            text = tokenizer.decode(tokens, skip_special_tokens=True)
            assert completion.text == text[len(completion.prompt) :]


@pytest.mark.parametrize("model_type", ["rwkv", "xlstm", "openai-gpt"])
def test_a_model_without_a_known_cache_is_a_usage_error(
    make_llama, doubles, tmp_path, capsys, model_type
):
    shape = {
        "rwkv": {**SMALL, "attention_hidden_size": 32},
        "xlstm": {**SMALL, "num_heads": 2},
        "openai-gpt": {"vocab_size": 356, "n_embd": 32, "n_layer": 1, "n_head": 4},
    }[model_type]
    folder = make_llama(BODY)
    config = transformers.AutoConfig.for_model(model_type, **shape)
    transformers.AutoModelForCausalLM.from_config(config).save_pretrained(folder)
    assert call("run", "--model", folder, *doubles, "--out", tmp_path / "run") == 2
    assert "the transformers engine cannot run a" in capsys.readouterr().err


GGUF_NAMES = {
    "embed_tokens": "token_embd", "norm": "output_norm", "lm_head": "output", "q_proj": "attn_q",
    "k_proj": "attn_k", "v_proj": "attn_v", "o_proj": "attn_output", "gate_proj": "ffn_gate",
    "up_proj": "ffn_up", "down_proj": "ffn_down", "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
}  # fmt: skip


def write_gguf(folder, path, *, end=END, turn=None, template=None):
    """Write a Llama with the tokenizer of `tokenizer_rules` as a GGUF file.

    `end` and `turn` are the tokens that its metadata name as the end of a text and of a turn.
    """
    import gguf

    model = transformers.AutoModelForCausalLM.from_pretrained(folder)
    tokens = list(json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"])
    config, writer = model.config, gguf.GGUFWriter(path, "llama")
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_vocab_size(config.vocab_size)
    writer.add_rope_dimension_count(config.hidden_size // config.num_attention_heads)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    kind = gguf.TokenType
    special = [kind.UNKNOWN, kind.CONTROL, kind.CONTROL, kind.CONTROL, *[kind.BYTE] * 256]
    writer.add_token_types([*special, *[kind.NORMAL] * (len(tokens) - len(special))])
    writer.add_bos_token_id(BEGIN)
    writer.add_eos_token_id(end)
    if turn is not None:
        writer.add_eot_token_id(turn)
    if template is not None:
        writer.add_chat_template(template)
    writer.add_unk_token_id(UNKNOWN)
    writer.add_pad_token_id(PAD)
    for name, tensor in model.state_dict().items():
        parts = name.split(".")
        block = f"blk.{parts[2]}." if "layers" in parts else ""
        writer.add_tensor(f"{block}{GGUF_NAMES[parts[-2]]}.weight", tensor.numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.mark.parametrize("name", ["m.gguf", "m.GGUF"])
def test_a_gguf_file_keeps_the_first_space_of_a_continuation(make_llama, doubles, tmp_path, name):
    pytest.importorskip("gguf", reason="hrm-eval[transformers] is not installed")
    path, out = tmp_path / name, tmp_path / "run"
    write_gguf(make_llama(BODY), path)
    assert call("run", "--model", path, *doubles, "--timeout", 20, "--out", out) == 0
    assert {c.text for c in read_own(out / "completions.jsonl")} == {"".join(BODY)}
    assert read_summary(out)["status_counts"] == {"passed": 3}


GGUF_CHAT = "{% for m in messages %}[{{ m['role'] }}]{{ m['content'] }}{% endfor %}"


@pytest.mark.parametrize(
    "metadata",
    [
        {"end": END, "template": GGUF_CHAT},
        {"end": PAD, "turn": END, "template": GGUF_CHAT},
        {"end": PAD, "template": GGUF_CHAT.replace("{% endfor", "</s>{% endfor")},
    ],
    ids=["end of text", "end of turn", "end in the template"],
)
def test_a_gguf_file_brings_its_chat_template_and_what_ends_an_answer(
    make_llama, doubles, tmp_path, metadata
):
    pytest.importorskip("gguf", reason="hrm-eval[transformers] is not installed")
    path, out = tmp_path / "m.gguf", tmp_path / "run"
    write_gguf(make_llama(BODY), path, **metadata)
    assert call("generate", "--model", path, *doubles, "--out", out) == 0
    completions = read_own(out / "completions.jsonl")
    assert {(c.text, c.finish_reason) for c in completions} == {("".join(BODY), "stop")}
    longest = max(completions, key=lambda c: c.num_prompt_tokens)
    assert longest.num_prompt_tokens > len(longest.prompt)


def test_a_gguf_file_that_transformers_cannot_read_names_the_way_round(tmp_path, capsys):
    gguf = pytest.importorskip("gguf", reason="hrm-eval[transformers] is not installed")
    path = tmp_path / "m.gguf"
    writer = gguf.GGUFWriter(path, "rwkv99")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    assert call("run", "--model", path, "--dataset", "starter", "--out", tmp_path / "run") == 2
    error = capsys.readouterr().err
    assert f"llama-server -m {path} --port 8080" in error
    assert "--model openai:m@http://localhost:8080/v1" in error


@pytest.mark.parametrize(
    ("architecture", "causal"), [("hrm_text", None), ("hrm-text", None), ("mine", False)]
)
def test_a_prefix_lm_in_a_gguf_file_is_refused_as_in_a_folder(
    doubles, tmp_path, capsys, architecture, causal
):
    gguf = pytest.importorskip("gguf", reason="hrm-eval[transformers] is not installed")
    path = tmp_path / "prefix.gguf"
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_block_count(4)
    if causal is not None:
        writer.add_causal_attention(causal)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    assert call("run", "--model", path, *doubles, "--out", tmp_path / "run") == 2
    error = capsys.readouterr().err
    assert f"{path}: the transformers engine would run this PrefixLM causally" in error
    assert "Run the folder with its safetensors files: --model FOLDER" in error
