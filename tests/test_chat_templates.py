"""Complete runs of a checkpoint that has a chat template instead of our prompt format."""

import json
import shutil

import pytest

from hrm_core import load_checkpoint
from hrm_core.chat import Chat
from hrm_datasets import load_problems
from hrm_eval import cli
from hrm_eval.completions import read_own
from hrm_eval.engines import EngineOptions, open_model

TEMPLATE = (
    "{{ bos_token }}{% for m in messages %}\n"
    "{% if m['role'] == 'system' and strict is defined %}\n"
    "{{ raise_exception('no system') }}{% endif %}\n"
    "<|quad_start|>{{ m['role'] }}\n{{ m['content'] | trim }}<|quad_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|quad_start|>model\n{% endif %}"
)


@pytest.fixture
def templated(tiny_checkpoint, tmp_path):
    """A copy of the tiny checkpoint as others would publish it."""
    folder = tmp_path / "templated"
    shutil.copytree(tiny_checkpoint, folder)
    for name, key in (("config.json", "prompt_format"), ("tokenizer_config.json", "chat_template")):
        values = json.loads((folder / name).read_text())
        del values[key]
        (folder / name).write_text(json.dumps(values))
    (folder / "chat_template.jinja").write_text(TEMPLATE)
    return folder


def generate(model, out, *options):
    arguments = ["generate", "--model", model, "--dataset", "starter", "--limit", 2]
    arguments += ["--max-new-tokens", 8, "--out", out, *options]
    return cli.main([str(argument) for argument in arguments])


BEGIN = "<|im_start|><|quad_start|>"


@pytest.mark.parametrize(
    ("chat", "text", "is_chat"),
    [
        (Chat(), f"{BEGIN}user\nHi<|quad_end|>\n<|quad_start|>model\n", True),
        (Chat(template=False), " Hi\n", False),
        (
            Chat(system="Answer."),
            f"{BEGIN}system\nAnswer.<|quad_end|>\n<|quad_start|>user\nHi<|quad_end|>\n"
            "<|quad_start|>model\n",
            True,
        ),
        (
            Chat(answer_start="Sure:\n"),
            f"{BEGIN}user\nHi<|quad_end|>\n<|quad_start|>assistant\nSure:\n",
            True,
        ),
    ],
    ids=["template", "bare", "system", "answer start"],
)
def test_the_engine_asks_through_the_template_or_without(templated, chat, text, is_chat):
    problems = load_problems("starter")
    options = EngineOptions(
        device="cpu", dtype="auto", batch_size=None, problems=problems, chat=chat
    )
    decoder = open_model(str(templated), options)
    tokenizer = load_checkpoint(templated).tokenizer
    assert decoder.encode_prompt(" Hi\n") == tokenizer.encode_with_special(text)
    assert decoder.is_chat is is_chat


def test_a_run_answers_through_the_template(templated, tmp_path):
    assert generate(templated, tmp_path / "run", "--prompt", "evalplus-chat") == 0
    assert len(read_own(tmp_path / "run" / "completions.jsonl")) == 2


def test_a_template_that_raises_ends_the_run_with_one_clear_line(templated, tmp_path, capsys):
    options = ["--system", "Be short.", "--template-args", "strict=true"]
    assert generate(templated, tmp_path / "run", *options) == 2
    (line,) = [text for text in capsys.readouterr().err.splitlines() if "hrm-eval:" in text]
    assert f"{templated / 'chat_template.jinja'}: its chat template refuses the prompt: no" in line
    assert not (tmp_path / "run" / "config.yaml").exists()


def test_a_prompt_format_takes_no_system_message(tiny_checkpoint, tmp_path, capsys):
    assert generate(tiny_checkpoint, tmp_path / "run", "--system", "Be short.") == 2
    assert "--system: needs a chat template, but " in capsys.readouterr().err
