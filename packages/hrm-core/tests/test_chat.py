import json

import pytest

from hrm_core.chat import Chat, ChatTemplate, read_chat_template
from hrm_core.errors import DataError, UsageError

TURNS = (
    "{{ bos_token }}"
    "{% for m in messages %}<{{ m['role'] }}>{{ m['content'] | trim }}</>{% endfor %}"
    "{% if add_generation_prompt %}<assistant>{% if thinks is defined %}{{ thinks }}{% endif %}"
    "{% endif %}"
)


def template(source=TURNS):
    return ChatTemplate(source, {"bos_token": "<s>"}, "chat_template.jinja")


@pytest.mark.parametrize(
    ("chat", "text"),
    [
        (Chat(), "<s><user>Hi</><assistant>"),
        (Chat(system="Be short."), "<s><system>Be short.</><user>Hi</><assistant>"),
        (Chat(template_args={"thinks": False}), "<s><user>Hi</><assistant>False"),
        (Chat(answer_start="Sure:\n"), "<s><user>Hi</><assistant>Sure:\n"),
    ],
    ids=["plain", "system", "args", "answer start"],
)
def test_a_prompt_becomes_the_message_of_a_user(chat, text):
    assert chat.render(" Hi\n", template().render) == text


def test_a_template_that_leaves_out_answers_cannot_start_one():
    with pytest.raises(ValueError, match="the answer is left out"):
        Chat(answer_start="x").render("Hi", template("{{ messages[0]['content'] }}").render)


def test_the_variables_of_a_template_are_those_that_a_run_may_set():
    source = (
        "{% set n = namespace(x=1) %}{{ strftime_now('%Y') }}{{ raise_exception }}{{ tools }}"
        "{{ eos_token }}{{ enable_thinking }}{% for m in messages %}{{ m }}{% endfor %}"
    )
    assert template(source).variables == {"enable_thinking"}


@pytest.mark.parametrize(
    ("chat", "with_template", "message"),
    [
        (
            Chat(template_args={"think": 1}),
            True,
            r"no variable 'think' \(it has: thinks\).*'thinks'",
        ),
        (Chat(template_args={"messages": []}), True, "no variable 'messages'"),
        (Chat(system="x"), False, "--system: needs a chat template, but m has no chat template"),
        (Chat(template_args={"a": 1}), False, "--template-args: needs a chat template, but m"),
        (Chat(template=False, system="x"), True, "--system: .*but the prompts are bare"),
        (Chat(template=True), False, "asks for a chat template, and m has none"),
    ],
)
def test_settings_that_the_model_cannot_use_are_refused(chat, with_template, message):
    with pytest.raises(UsageError, match=message):
        chat.check("m", template() if with_template else None, has_format=False)


def test_a_prompt_format_is_enough_for_a_style_for_chats():
    Chat(template=True).check("m", None, has_format=True)


@pytest.mark.parametrize(
    "source",
    ["{{ messages[0]['content'] and '' }}", "{{ messages[0]['parts'] }}", "Hello"],
)
def test_a_template_that_does_not_show_the_prompt_is_refused(source):
    def encode(text):
        return [ord(character) for character in Chat().render(text, template(source).render)]

    with pytest.raises(UsageError, match=r"x\.jinja: .*the message of the user is left out"):
        Chat().check_prompts(encode, "x.jinja")


def write(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return read_chat_template(folder)


@pytest.mark.parametrize(
    ("files", "source"),
    [
        ({}, None),
        ({"tokenizer_config__json": {"bos_token": "<s>"}}, None),
        ({"tokenizer_config__json": {"chat_template": "a"}}, "a"),
        ({"tokenizer_config__json": {"chat_template": "a"}, "chat_template__jinja": "b"}, "b"),
        ({"chat_template__jinja": "b"}, "b"),
        (
            {"tokenizer_config__json": {"chat_template": [
                {"name": "tool_use", "template": "t"}, {"name": "default", "template": "d"}
            ]}},
            "d",
        ),
    ],
)  # fmt: skip
def test_the_chat_template_is_found_in_the_tokenizer_files(tmp_path, files, source):
    found = write(tmp_path, **files)
    assert (found and found.source) == source


def test_special_tokens_are_texts_or_objects_with_a_text(tmp_path):
    settings = {"bos_token": {"content": "<bos>", "lstrip": False}, "eos_token": "</s>", "x": "y",
                "chat_template": "", "pad_token": None}  # fmt: skip
    found = write(
        tmp_path,
        tokenizer_config__json=settings,
        special_tokens_map__json={"unk_token": "<unk>", "eos_token": "<old>"},
    )
    assert found.tokens == {"bos_token": "<bos>", "eos_token": "</s>", "unk_token": "<unk>"}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"chat_template__jinja": "\n{% if %}"},
            r"chat_template\.jinja: line 2 of the chat template",
        ),
        ({"tokenizer_config__json": {"chat_template": 3}}, "chat_template: expected a text"),
        ({"tokenizer_config__json": {"chat_template": []}}, "one that is called 'default'"),
        ({"tokenizer_config__json": []}, "expected an object"),
        ({"tokenizer_config__json": "{"}, "cannot be read as JSON"),
    ],
)
def test_a_template_that_cannot_be_used_is_a_data_error(tmp_path, files, message):
    with pytest.raises(DataError, match=message):
        write(tmp_path, **files)
