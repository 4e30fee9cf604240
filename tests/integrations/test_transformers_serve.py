"""The engine `openai` beside the engine `transformers`, with the same model behind a server."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter

import pytest

from hrm_eval import cli
from hrm_eval.completions import read_own

pytest.importorskip("openai", reason="hrm-eval[openai] is not installed")
pytest.importorskip("fastapi", reason="transformers[serving] is not installed")
pytest.importorskip("uvicorn", reason="transformers[serving] is not installed")
torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")


CHAT = (
    "{% for message in messages %}<|im_start|>{{ message['content'] }}<|im_end|>{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>{% endif %}"
)
TASK = ["--dataset", "starter", "--limit", "6", "--max-new-tokens", "24"]
START_SECONDS = 180


def call(*arguments):
    return cli.main([str(argument) for argument in arguments])


def texts(folder):
    return {c.key: c.text for c in read_own(folder / "completions.jsonl")}


@pytest.fixture(scope="module")
def llama(tiny_checkpoint, tmp_path_factory):
    """A tiny random Llama with a chat template; its weights are so large that answers differ."""
    folder = tmp_path_factory.mktemp("llama")
    torch.manual_seed(0)
    config = transformers.LlamaConfig(
        vocab_size=512, hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=1024,
        initializer_range=0.3, bos_token_id=6, eos_token_id=11, pad_token_id=5,
    )  # fmt: skip
    transformers.LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer = transformers.AutoTokenizer.from_pretrained(tiny_checkpoint)
    tokenizer.chat_template = CHAT
    # The server gives a model all that its tokenizer returns, and a Llama takes no token types.
    tokenizer.model_input_names = ["input_ids", "attention_mask"]
    tokenizer.save_pretrained(folder)
    return folder


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="module")
def server(llama, tmp_path_factory):
    """The model behind `transformers serve`; gives the reference of the model and the log."""
    port, log = free_port(), tmp_path_factory.mktemp("server") / "log"
    command = ["-m", "transformers.cli.transformers", "serve", str(llama), "--port", str(port)]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    with log.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, *command, "--host", "127.0.0.1", "--device", "cpu"],
            stdout=stream, stderr=subprocess.STDOUT, env=environment,
        )  # fmt: skip
    try:
        _wait_until_healthy(process, port, log)
        yield f"openai:{llama}@http://127.0.0.1:{port}/v1", log
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait_until_healthy(process, port, log):
    for _ in range(2 * START_SECONDS):
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health"):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"the server did not start: {log.read_text()}")


@pytest.mark.parametrize("prompt", ["instruct", "docstring"])
def test_a_served_model_answers_as_the_transformers_engine(llama, server, tmp_path, prompt):
    reference, _ = server
    arguments = [*TASK, "--prompt", prompt, "--endpoint", "chat"]
    assert call("run", "--model", reference, *arguments, "--out", tmp_path / "served") == 0
    own = ["run", "--model", llama, *TASK, "--prompt", prompt, "--batch-size", 1]
    assert call(*own, "--out", tmp_path / "own") == 0
    served, expected = (
        {c.key: c for c in read_own(tmp_path / name / "completions.jsonl")}
        for name in ("served", "own")
    )
    assert len({c.text for c in expected.values()}) > 3
    for key, completion in expected.items():
        assert served[key].text == completion.text
        assert served[key].completion == completion.completion
        assert served[key].num_prompt_tokens == completion.num_prompt_tokens > 0
        assert served[key].num_tokens == completion.num_tokens > 0
    engine = json.loads((tmp_path / "served" / "summary.json").read_text())["engine"]
    assert engine["stack"] == "openai"
    assert engine["served_model"] == f"{llama}@main"


def test_a_continuation_of_a_base_model_is_the_same(llama, server, tmp_path):
    reference, _ = server
    arguments = [*TASK, "--prompt", "docstring"]
    assert call("run", "--model", reference, *arguments, "--out", tmp_path / "served") == 0
    model = transformers.AutoModelForCausalLM.from_pretrained(llama).eval()
    tokenizer = transformers.AutoTokenizer.from_pretrained(llama)
    for completion in read_own(tmp_path / "served" / "completions.jsonl"):
        prompt = torch.tensor([tokenizer(completion.prompt)["input_ids"]])
        mask = torch.ones_like(prompt)
        row = model.generate(prompt, attention_mask=mask, max_new_tokens=24, do_sample=False)[0]
        text = tokenizer.decode(row[prompt.shape[1] :], skip_special_tokens=True)
        assert text.startswith(completion.text)


def test_a_killed_client_resumes_and_asks_for_nothing_twice(server, tmp_path):
    reference, log = server
    whole = ["--dataset", "starter", "--max-new-tokens", "48", "--samples", "1"]
    assert call("generate", "--model", reference, *whole, "--out", tmp_path / "unbroken") == 0
    expected = texts(tmp_path / "unbroken")
    asked_before = log.read_text().count("POST /v1/chat/completions")
    out = tmp_path / "killed"
    command = [sys.executable, "-m", "hrm_eval.cli", "generate", "--model", reference, *whole]
    process = subprocess.Popen([*command, "--concurrency", "1", "--out", str(out)])
    path = out / "completions.jsonl"
    while process.poll() is None and not (path.exists() and path.read_bytes().count(b"\n") >= 8):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = texts(out)
    assert 8 <= len(kept) < len(expected)
    assert call("generate", "--resume", "--out", out) == 0
    assert texts(out) == expected
    asked = log.read_text().count("POST /v1/chat/completions") - asked_before
    # The request under way when the client was killed was not answered, so it is asked again.
    assert asked <= len(expected) + 1
    counts = Counter(c.key for c in read_own(path))
    assert set(counts.values()) == {1}


def test_a_model_that_the_server_does_not_serve_is_named(server, tmp_path, capsys):
    url = server[0].rpartition("@")[2]
    out = tmp_path / "run"
    assert call("run", "--model", f"openai:other@{url}", *TASK, "--out", out) == 2
    assert "Server is pinned to" in capsys.readouterr().err
    assert not (out / "config.yaml").exists()
