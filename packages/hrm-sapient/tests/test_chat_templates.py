"""Folders with a chat template of others are asked as transformers asks them.

Such are checkpoints that a community has trained: HRM-Text with the tokenizer of another model, and
without the special tokens of ours. The templates here are short forms of real ones.
"""

import json

import pytest
import torch
from tokenizers import Tokenizer as RawTokenizer
from tokenizers import processors

from hrm_core import load_checkpoint
from hrm_core.chat import Chat
from hrm_core.decoding import Decoder
from hrm_core.errors import UsageError
from hrm_core.generation import GenerationRequest, SamplingParams
from hrm_core.stepping import StackModel
from hrm_core.tokenizer import Tokenizer

transformers = pytest.importorskip("transformers", reason="transformers is the peer here")

CONTEXT = 256
SPECIAL = (
    "<pad>", "<eos>", "<bos>", "<unk>", "<start_of_turn>", "<end_of_turn>", "<|im_begin|>",
    "<|im_stop|>", "[INST]", "[/INST]",
)  # fmt: skip

GEMMA = """\
{{ bos_token }}{% if messages[0]['role'] == 'system' %}
{{ raise_exception('System role not supported') }}{% endif %}
{% for message in messages %}
{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}
{{ raise_exception('Roles must alternate') }}
{% endif %}
{% set role = 'model' if message['role'] == 'assistant' else message['role'] %}
{{ '<start_of_turn>' + role + '\\n' + message['content'] | trim + '<end_of_turn>\\n' }}
{% endfor %}
{% if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{% endif %}"""

QWEN = """\
{%- set ns = namespace(last=messages | length - 1) %}
{%- if messages[0].role != 'system' %}
    {{- '<|im_begin|>system\\nYou are helpful.<|im_stop|>\\n' }}
{%- endif %}
{%- if tools %}{{- tools | tojson }}{%- endif %}
{%- for message in messages %}
    {%- set content = message.content.split('</think>')[-1].lstrip('\\n') %}
    {{- '<|im_begin|>' + message.role + '\\n' + content }}
    {%- if not (loop.last and message.role == 'assistant' and ns.last == 0) %}
        {{- '<|im_stop|>' + '\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_begin|>assistant\\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}
        {{- '<think>\\n\\n</think>\\n\\n' }}
    {%- endif %}
{%- endif %}
"""

LLAMA = """\
{{- bos_token }}
{%- if not date_string is defined %}
    {%- if strftime_now is defined %}
        {%- set date_string = strftime_now("%d %b %Y") %}
    {%- else %}
        {%- set date_string = "26 Jul 2024" %}
    {%- endif %}
{%- endif %}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}
{{- "<start_of_turn>system\\n\\nToday: " + date_string + "\\n\\n" + system_message + "<eos>" }}
{%- for message in messages %}
    {{- '<start_of_turn>' + message['role'] + '\\n\\n'+ message['content'] | trim + '<eos>' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<start_of_turn>assistant\\n\\n' }}
{%- endif %}
"""

MISTRAL = """\
{%- if messages[0]["role"] == "system" %}
    {%- set system_message = messages[0]["content"] %}
    {%- set loop_messages = messages[1:] %}
{%- else %}
    {%- set loop_messages = messages %}
{%- endif %}
{{- bos_token }}
{%- for message in loop_messages %}
    {%- if message.role not in ["user", "assistant"] %}{%- continue %}{%- endif %}
    {%- if message["role"] == "user" %}
        {%- if loop.last and system_message is defined %}
            {{- "[INST] " + system_message + "\\n\\n" + message["content"] + "[/INST]" }}
        {%- else %}
            {{- "[INST] " + message["content"] + "[/INST]" }}
        {%- endif %}
    {%- else %}
        {% generation %}{{- " " + message["content"] | trim + eos_token}}{% endgeneration %}
    {%- endif %}
{%- endfor %}
"""

TEMPLATES = {"gemma": GEMMA, "qwen": QWEN, "llama": LLAMA, "mistral": MISTRAL}
QUESTIONS = [
    "Write a function that adds 1 to each item of a list.",
    "  def add(a, b):\n    return a + b\n\n",
    "caf\u00e9 \u4f60\u597d <b> & 'c' {{ e }} {% f %} <think> </think> x",
    "<bos> and <end_of_turn>\n are texts of special tokens",
]


@pytest.fixture(scope="module")
def rules():
    texts = ["def add(a, b):\n    return a + b\nWrite a function that adds to a list.\n" * 9]
    tokenizer = Tokenizer.train(texts, vocab_size=320, special_tokens=SPECIAL)
    raw = RawTokenizer.from_str(tokenizer._raw.to_str())
    begin = SPECIAL.index("<bos>")
    raw.post_processor = processors.TemplateProcessing(
        single="<bos> $A", special_tokens=[("<bos>", begin)]
    )
    return raw.to_str()


@pytest.fixture(params=TEMPLATES)
def template(request):
    return TEMPLATES[request.param]


@pytest.fixture
def make_folder(tmp_path, rules):
    """Return a function that writes a published HRM-Text with another tokenizer."""

    def make(template, *, in_file=True, **config):
        torch.manual_seed(3)
        values = {
            "vocab_size": 384, "hidden_size": 64, "intermediate_size": 96, "head_dim": 32,
            "num_hidden_layers": 1, "num_attention_heads": 2, "L_bp_cycles": [3, 3],
            "prefix_lm": True, "max_position_embeddings": CONTEXT, "initializer_range": 0.1,
            "pad_token_id": 0, "bos_token_id": 2, "eos_token_id": 1,
        }  # fmt: skip
        peer = transformers.HrmTextForCausalLM(transformers.HrmTextConfig(**{**values, **config}))
        torch.nn.init.normal_(peer.model.z_L_init)
        peer.generation_config.eos_token_id = [1, SPECIAL.index("<end_of_turn>")]
        peer.save_pretrained(tmp_path)
        settings = {
            "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": CONTEXT,
            "bos_token": "<bos>", "eos_token": {"__type": "AddedToken", "content": "<eos>"},
            "pad_token": "<pad>", "unk_token": "<unk>", "clean_up_tokenization_spaces": False,
        }  # fmt: skip
        if in_file:
            (tmp_path / "chat_template.jinja").write_text(template)
        else:
            settings["chat_template"] = template
        (tmp_path / "tokenizer_config.json").write_text(json.dumps(settings))
        (tmp_path / "tokenizer.json").write_text(rules)
        return tmp_path

    return make


def their_tokens(folder, messages, **arguments):
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    arguments = {"add_generation_prompt": True, **arguments}
    return tokenizer.apply_chat_template(messages, return_dict=False, **arguments)


def user(text):
    return {"role": "user", "content": text}


@pytest.mark.parametrize("in_file", [True, False], ids=["jinja file", "tokenizer_config"])
def test_a_prompt_is_what_apply_chat_template_gives(make_folder, template, in_file):
    folder = make_folder(template, in_file=in_file)
    checkpoint = load_checkpoint(folder)
    for question in QUESTIONS:
        ids = checkpoint.encode_prompt(question)
        assert ids == their_tokens(folder, [user(question)])
        assert ids.count(2) == ("{{ bos_token" in template or "{{- bos_token" in template) + (
            "<bos>" in question
        )


@pytest.mark.parametrize("template", [QWEN, LLAMA, MISTRAL])
def test_a_system_message_and_arguments_reach_the_template(make_folder, template):
    folder = make_folder(template)
    checkpoint = load_checkpoint(folder)
    messages = [{"role": "system", "content": " Be short. "}, user("a")]
    assert checkpoint.encode_prompt("a", Chat(system=" Be short. ")) == their_tokens(
        folder, messages
    )
    if template == QWEN:
        chat = Chat(template_args={"enable_thinking": False})
        without = their_tokens(folder, [user("a")], enable_thinking=False)
        assert checkpoint.encode_prompt("a", chat) == without != checkpoint.encode_prompt("a")


def test_an_answer_that_is_begun_goes_on_inside_its_message(make_folder, template):
    folder = make_folder(template)
    start = "Here it is:\n```python\n"
    ids = load_checkpoint(folder).encode_prompt("a", Chat(answer_start=start))
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    chat = [user("a"), {"role": "assistant", "content": f"{start}REST\n```\n"}]
    text = tokenizer.apply_chat_template(chat, tokenize=False).split("REST")[0]
    assert ids == tokenizer(text, add_special_tokens=False)["input_ids"]
    assert text.endswith(start)


def test_a_bare_prompt_has_what_the_tokenizer_puts_around_any_text(make_folder):
    folder = make_folder(GEMMA)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    ids = load_checkpoint(folder).encode_prompt(" def f():\n", Chat(template=False))
    assert ids == tokenizer(" def f():\n")["input_ids"]
    assert ids[0] == SPECIAL.index("<bos>")


def test_answers_end_where_any_file_of_the_folder_says(make_folder):
    folder = make_folder(GEMMA)
    assert load_checkpoint(folder).config.eos_token_ids == {1, SPECIAL.index("<end_of_turn>")}
    settings = json.loads((folder / "tokenizer_config.json").read_text())
    settings["eos_token"] = "<|im_stop|>"
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    ends = load_checkpoint(folder).config.eos_token_ids
    assert SPECIAL.index("<|im_stop|>") in ends


@pytest.mark.parametrize(
    ("template", "end"), [(GEMMA, "<end_of_turn>"), (LLAMA, "<eos>"), (MISTRAL, "<eos>")]
)
def test_answers_in_training_end_as_the_template_ends_them(make_folder, template, end):
    checkpoint = load_checkpoint(make_folder(template))
    assert checkpoint.answer_end_id == SPECIAL.index(end)


@pytest.mark.parametrize("prefix_lm", [True, False], ids=["prefix", "causal"])
def test_answers_are_those_of_transformers_with_the_whole_prompt_as_prefix(make_folder, prefix_lm):
    folder = make_folder(GEMMA, prefix_lm=prefix_lm)
    checkpoint = load_checkpoint(folder)
    assert checkpoint.config.L_bp_cycles == [3, 3]
    decoder = Decoder(
        model=StackModel(checkpoint.model),
        encode_prompt=checkpoint.encode_prompt,
        decode_tokens=lambda ids: " ".join(map(str, ids)),
        eos_token_ids=checkpoint.config.eos_token_ids,
        context_length=CONTEXT,
    )
    peer = transformers.AutoModelForCausalLM.from_pretrained(folder)
    requests = [GenerationRequest(prompt=question) for question in QUESTIONS]
    for finished in decoder.generate(requests, SamplingParams(max_new_tokens=12)):
        prompt = torch.tensor([their_tokens(folder, [user(QUESTIONS[finished.request])])])
        types = torch.ones_like(prompt) if prefix_lm else None
        out = peer.generate(
            prompt, token_type_ids=types, attention_mask=torch.ones_like(prompt),
            max_new_tokens=12, do_sample=False,
        )  # fmt: skip
        answer = out[0, prompt.shape[1] :].tolist()
        ends = [n for n, token in enumerate(answer) if token in checkpoint.config.eos_token_ids]
        expected = answer[: ends[0]] if ends else answer
        assert [int(token) for token in finished.generation.text.split()] == expected


def test_a_checkpoint_keeps_its_template_when_it_is_saved(make_folder, template, tmp_path):
    folder = make_folder(template)
    checkpoint = load_checkpoint(folder)
    again = tmp_path / "again"
    checkpoint.save(again)
    assert "prompt_format" not in json.loads((again / "config.json").read_text())
    loaded = load_checkpoint(again)
    for question in QUESTIONS:
        ids = checkpoint.encode_prompt(question)
        assert loaded.encode_prompt(question) == ids == their_tokens(again, [user(question)])
    assert loaded.config.eos_token_ids == checkpoint.config.eos_token_ids
    # A template in a file of its own would go before the saved one.
    (again / "chat_template.jinja").write_text("old")
    checkpoint.save(again)
    assert load_checkpoint(again).encode_prompt("a") == checkpoint.encode_prompt("a")


def test_a_template_that_raises_is_an_error_that_names_its_file(make_folder):
    checkpoint = load_checkpoint(make_folder(GEMMA))
    message = (
        r"chat_template\.jinja: its chat template refuses the prompt: System role not supported\. "
        r"Leave --system out, or .*--no-template"
    )
    with pytest.raises(UsageError, match=message):
        checkpoint.encode_prompt("a", Chat(system="Be short."))
