"""Complete runs with real engines on tiny random models."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
import torch

import hrm_eval
from hrm_core import load_checkpoint
from hrm_core.errors import UsageError
from hrm_core.model import PromptFormat
from hrm_eval import ask, cli
from hrm_eval.completions import read_own

transformers = pytest.importorskip("transformers", reason="hrm-eval[transformers] is not installed")

SHORT = ["--max-new-tokens", "24"]


def call(*arguments):
    return cli.main([str(argument) for argument in arguments])


def texts(folder):
    return {c.key: (c.text, c.completion) for c in read_own(folder / "completions.jsonl")}


def test_a_fresh_checkpoint_is_evaluated_from_config_to_summary(tiny_checkpoint, tmp_path, root):
    out = tmp_path / "run"
    config = root / "configs" / "hrm" / "codegen_base.yaml"
    status = call(
        "run", "--config", config, "--model", tiny_checkpoint, "--dataset", "starter",
        "--split", "test", *SHORT, "--out", out,
    )  # fmt: skip
    assert status == 0
    summary = json.loads((out / "summary.json").read_text())
    assert (summary["stack"], summary["device"]) == ("sapient", "cpu")
    assert summary["num_problems"] == 25
    assert summary["engine"]["architecture"] == "hrm_text"
    assert all(row["generation_seconds"] > 0 for row in summary["problems"])
    assert summary["versions"]["torch"] == torch.__version__


def test_a_fresh_model_of_the_stack_native_is_evaluated_by_its_config(tmp_path, root):
    config, model = root / "configs" / "hrm" / "native_dev.yaml", tmp_path / "model"
    shape = ["low_level_dim=32", "high_level_dim=16", "intermediate_size=48", "vocab_size=512"]
    call("init", "--config", config, "--out", model, *[f"--set=model.{field}" for field in shape])
    answers = []
    for batch_size in (1, 5):
        out = tmp_path / str(batch_size)
        arguments = ["--dataset", "starter", "--split", "test", "--limit", 5, *SHORT]
        arguments += ["--config", config, "--batch-size", batch_size, "--out", out]
        assert call("run", "--model", model, *arguments) == 0
        summary = json.loads((out / "summary.json").read_text())
        assert (summary["stack"], summary["engine"]["architecture"]) == ("native", "hrm_native")
        answers.append(texts(out))
    assert answers[0] == answers[1]


def test_the_prompt_is_wrapped_and_read_both_ways(tiny_checkpoint, tmp_path):
    out = tmp_path / "run"
    call("generate", "--model", tiny_checkpoint, "--dataset", "starter", "--limit", 1, *SHORT,
         "--out", out)  # fmt: skip
    (completion,) = read_own(out / "completions.jsonl")
    checkpoint = load_checkpoint(tiny_checkpoint)
    prompt = checkpoint.encode_prompt(completion.prompt)
    assert prompt[:2] == [6, 8]
    assert prompt[-1] == 7
    tokens = list(prompt)
    with torch.inference_mode():
        for _ in range(24):
            logits = checkpoint.model(torch.tensor([tokens]), torch.tensor([len(prompt)]))
            tokens.append(int(logits[0, -1].argmax()))
            if tokens[-1] == 11:
                break
    expected = checkpoint.tokenizer.decode(tokens[len(prompt) :])
    assert completion.text == expected


def test_several_equal_answers_are_refused(tiny_checkpoint, tmp_path, capsys):
    arguments = ["run", "--model", tiny_checkpoint, "--dataset", "starter", "--samples", 2]
    assert call(*arguments, "--out", tmp_path / "run") == 2
    assert "at 0, all 2 answers to a problem are the same" in capsys.readouterr().err
    checkpoint = load_checkpoint(tiny_checkpoint)
    with pytest.raises(UsageError, match="at 0, all 2 answers"):
        hrm_eval.evaluate(checkpoint, "starter", samples=2, out=tmp_path / "run")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(("temperature", "num_samples"), [(0.0, 1), (0.9, 2)])
def test_batch_size_changes_no_completion(tiny_checkpoint, tmp_path, temperature, num_samples):
    answers = []
    for batch_size in (1, 5):
        out = tmp_path / str(batch_size)
        call("generate", "--model", tiny_checkpoint, "--dataset", "starter", "--limit", 4, *SHORT,
             "--samples", num_samples, "--temperature", temperature, "--batch-size", batch_size,
             "--out", out)  # fmt: skip
        answers.append(texts(out))
    assert answers[0] == answers[1]
    assert len(answers[0]) == 4 * num_samples


def wait_for_lines(path, count, process):
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        if path.exists() and path.read_text().count("\n") >= count:
            return
        time.sleep(0.02)


def test_a_run_killed_half_way_ends_with_the_completions_of_an_unbroken_one(
    tiny_checkpoint, tmp_path
):
    arguments = ["run", "--model", tiny_checkpoint, "--dataset", "starter", "--batch-size", 4,
                 "--temperature", 0.8, "--max-new-tokens", 100]  # fmt: skip
    assert call(*arguments, "--out", tmp_path / "unbroken") == 0
    out = tmp_path / "killed"
    command = [sys.executable, "-m", "hrm_eval.cli", *map(str, arguments), "--out", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    wait_for_lines(out / "completions.jsonl", 6, process)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert 6 <= len(texts(out)) < 25
    assert call("run", "--resume", "--out", out) == 0
    assert texts(out) == texts(tmp_path / "unbroken")
    assert len(read_own(out / "completions.jsonl")) == 25


def test_added_samples_are_those_of_a_run_that_had_all_from_the_start(tiny_checkpoint, tmp_path):
    arguments = ["--model", tiny_checkpoint, "--dataset", "starter", "--limit", 3, *SHORT,
                 "--temperature", "0.9", "--batch-size", 5]  # fmt: skip
    grown, whole = tmp_path / "grown", tmp_path / "whole"
    assert call("generate", *arguments, "--samples", 2, "--out", grown) == 0
    first = (grown / "completions.jsonl").read_text()
    assert call("generate", "--resume", "--samples", 6, "--out", grown) == 0
    assert call("generate", *arguments, "--samples", 6, "--out", whole) == 0
    assert (grown / "completions.jsonl").read_text().startswith(first)
    added = {key: text for key, text in texts(whole).items() if key[1] >= 2}
    assert len(added) == 12
    assert added.items() <= texts(grown).items()


def test_ctrl_c_keeps_what_is_done_and_leaves_no_process(tiny_checkpoint, tmp_path):
    out = tmp_path / "run"
    command = [sys.executable, "-m", "hrm_eval.cli", "run", "--model", str(tiny_checkpoint),
               "--dataset", "starter", "--batch-size", "2", "--max-new-tokens", "100",
               "--out", str(out)]  # fmt: skip
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    wait_for_lines(out / "completions.jsonl", 2, process)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert f"--resume --out {out}" in errors
    assert "Traceback" not in errors
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    assert call("run", "--resume", "--out", out) == 0


@pytest.mark.parametrize(
    ("damage", "status", "message"),
    [
        (lambda f: (f / "model.safetensors").write_bytes(b"\x00" * 64), 5, "corrupt"),
        (lambda f: (f / "tokenizer.json").write_text("{"), 5, "not a tokenizer.json"),
        (lambda f: (f / "tokenizer.json").unlink(), 5, "no tokenizer.json"),
        (lambda f: (f / "config.json").write_text("{}"), 5, "model_type is missing"),
    ],
)
def test_a_damaged_checkpoint_is_an_error(
    tiny_checkpoint, tmp_path, capsys, damage, status, message
):
    folder = tmp_path / "model"
    load_checkpoint(tiny_checkpoint).save(folder)
    damage(folder)
    arguments = ["run", "--model", folder, "--dataset", "starter", "--out", tmp_path / "run"]
    assert call(*arguments) == status
    assert message in capsys.readouterr().err


def test_weights_that_are_no_numbers_end_a_run_with_the_name_of_the_model(
    tiny_checkpoint, tmp_path, capsys
):
    checkpoint = load_checkpoint(tiny_checkpoint)
    with torch.no_grad():
        checkpoint.model.lm_head.weight[300] = float("nan")
    checkpoint.save(tmp_path / "model")
    arguments = ["--dataset", "starter", "--limit", 2, *SHORT, "--out", tmp_path / "run"]
    assert call("run", "--model", tmp_path / "model", *arguments) == 5
    assert f"{tmp_path / 'model'}: the logits are NaN or infinite" in capsys.readouterr().err


def test_only_a_checkpoint_without_a_prompt_format_continues_bare_prompts(
    tiny_checkpoint, tmp_path
):
    from hrm_datasets import load_problems
    from hrm_eval.engines import EngineOptions, open_model

    checkpoint = load_checkpoint(tiny_checkpoint)
    replace(checkpoint, prompt_format=PromptFormat()).save(tmp_path / "bare")
    options = EngineOptions(
        device="cpu", dtype="auto", batch_size=1, problems=load_problems("starter")
    )
    assert open_model(str(tiny_checkpoint), options).is_chat
    assert not open_model(str(tmp_path / "bare"), options).is_chat


def test_prompts_longer_than_the_context_fail_and_the_run_goes_on(tmp_path, root, capsys):
    config = root / "configs" / "hrm" / "mbpp_dev.yaml"
    model = tmp_path / "model"
    call("init", "--config", config, "--out", model, "--set", "model.max_position_embeddings=64",
         "--set", "model.hidden_size=32", "--set", "model.vocab_size=512")  # fmt: skip
    capsys.readouterr()
    status = call("run", "--model", model, "--dataset", "starter", "--out", tmp_path / "run")
    assert status == 0
    assert "Not answered, and counted as failed" in capsys.readouterr().out
    summary = json.loads((tmp_path / "run" / "summary.json").read_text())
    assert summary["status_counts"] == {"prompt_too_long": 25}
    assert summary["pass_at_k"]["1"] == 0.0


def test_an_old_name_of_a_model_field_is_explained(tmp_path, capsys):
    arguments = ["run", "--model", "reference", "--dataset", "starter", "--out", tmp_path / "run"]
    assert call(*arguments, "--set", "model.high_level_layers=3") == 2
    error = capsys.readouterr().err
    assert "model.high_level_layers: unknown key. Use 'num_layers_per_stack'" in error


def test_a_run_is_not_resumed_with_other_weights(tiny_checkpoint, tmp_path, capsys):
    model = tmp_path / "model"
    checkpoint = load_checkpoint(tiny_checkpoint)
    checkpoint.save(model)
    out = tmp_path / "run"
    call("generate", "--model", model, "--dataset", "starter", "--limit", 4, *SHORT, "--out", out)
    lines = (out / "completions.jsonl").read_text().splitlines(keepends=True)
    (out / "completions.jsonl").write_text(lines[0])
    with torch.no_grad():
        checkpoint.model.lm_head.weight.zero_()
    checkpoint.save(model)
    assert call("run", "--resume", "--out", out) == 2
    assert "the model's weights was" in capsys.readouterr().err


def test_a_run_whose_answers_are_complete_is_judged_without_the_model(tiny_checkpoint, tmp_path):
    model = tmp_path / "model"
    load_checkpoint(tiny_checkpoint).save(model)
    out = tmp_path / "run"
    call("generate", "--model", model, "--dataset", "starter", "--limit", 2, *SHORT, "--out", out)
    model.rename(tmp_path / "elsewhere")
    assert call("run", "--resume", "--timeout", 20, "--out", out) == 0


def test_a_fresh_checkpoint_does_not_overwrite_another(tiny_checkpoint, root, capsys):
    config = root / "configs" / "hrm" / "mbpp_dev.yaml"
    before = (tiny_checkpoint / "model.safetensors").read_bytes()
    assert call("init", "--config", config, "--out", tiny_checkpoint) == 2
    assert "already contains a checkpoint" in capsys.readouterr().err
    assert (tiny_checkpoint / "model.safetensors").read_bytes() == before


def test_a_tokenizer_is_trained_on_the_given_text(tmp_path, root, capsys):
    text = tmp_path / "text.txt"
    text.write_text("zanzibar quokka\n" * 50)
    arguments = ["init", "--config", root / "configs" / "hrm" / "mbpp_dev.yaml",
                 "--set", "model.hidden_size=32"]  # fmt: skip
    assert call(*arguments, "--text", text, "--out", tmp_path / "model") == 0
    assert len(load_checkpoint(tmp_path / "model").tokenizer.encode(" quokka")) == 1
    assert str(text) in capsys.readouterr().out.replace("\n", "")
    assert call(*arguments, "--text", tmp_path / "none", "--out", tmp_path / "other") == 5
    assert not (tmp_path / "other").exists()


def test_a_tokenizer_file_is_used_unless_texts_are_given(tiny_checkpoint, tmp_path, root):
    text = tmp_path / "text.txt"
    text.write_text("zanzibar quokka\n" * 50)
    stored = tiny_checkpoint / "tokenizer.json"
    arguments = ["init", "--config", root / "configs" / "hrm" / "mbpp_dev.yaml",
                 "--set", "model.hidden_size=32", "--set", f"tokenizer.file={stored}"]  # fmt: skip
    assert call(*arguments, "--out", tmp_path / "taken") == 0
    assert (tmp_path / "taken" / "tokenizer.json").read_bytes() == stored.read_bytes()
    assert call(*arguments, "--text", text, "--out", tmp_path / "trained") == 0
    assert len(load_checkpoint(tmp_path / "trained").tokenizer.encode(" quokka")) == 1


def test_the_transformers_engine_gives_the_greedy_text_of_generate(llama, tmp_path):
    out = tmp_path / "run"
    arguments = ["--model", llama, "--dataset", "starter", "--limit", 5, "--batch-size", 3]
    assert call("run", *arguments, *SHORT, "--out", out) == 0
    assert json.loads((out / "summary.json").read_text())["stack"] == "transformers"
    model = transformers.AutoModelForCausalLM.from_pretrained(llama).eval()
    tokenizer = transformers.AutoTokenizer.from_pretrained(llama)
    for completion in read_own(out / "completions.jsonl"):
        prompt = torch.tensor(
            [tokenizer.apply_chat_template(
                [{"role": "user", "content": completion.prompt}], return_dict=False)]
        )  # fmt: skip
        tokens = model.generate(
            prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=24, do_sample=False
        )[0, prompt.shape[1] :]
        assert completion.text == tokenizer.decode(tokens, skip_special_tokens=True)


def test_the_transformers_engine_shows_an_answer_as_it_comes(llama):
    pieces = []
    settings = {"model": str(llama), "max_new_tokens": 24, "temperature": 1.0}
    reply = ask("Write a function to add two numbers.", show=pieces.append, **settings)
    assert "".join(pieces) == reply.answers[0].text
    assert len(pieces) > 5


def test_samples_of_transformers_depend_neither_on_batch_nor_on_resuming(llama, tmp_path):
    arguments = ["--model", llama, "--dataset", "starter", "--limit", 3, "--samples", 3,
                 "--temperature", 0.9, *SHORT]  # fmt: skip
    for batch_size in (2, 9):
        call(
            "generate", *arguments, "--batch-size", batch_size, "--out", tmp_path / f"{batch_size}"
        )
    expected = texts(tmp_path / "2")
    assert texts(tmp_path / "9") == expected
    assert len(set(expected.values())) > 3
    path = tmp_path / "2" / "completions.jsonl"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[::2]))
    assert call("generate", "--resume", "--out", tmp_path / "2") == 0
    assert texts(tmp_path / "2") == expected


def test_a_base_model_without_chat_template_gets_the_bare_prompt(llama, tmp_path):
    folder = tmp_path / "base"
    transformers.AutoModelForCausalLM.from_pretrained(llama).save_pretrained(folder)
    tokenizer = transformers.AutoTokenizer.from_pretrained(llama)
    tokenizer.chat_template = None
    tokenizer.save_pretrained(folder)
    out = tmp_path / "run"
    assert call("run", "--model", folder, "--dataset", "starter", "--limit", 2,
                "--prompt", "docstring", *SHORT, "--out", out) == 0  # fmt: skip


def test_a_prefix_lm_is_refused_by_the_transformers_engine(tiny_checkpoint, tmp_path, capsys):
    reference = f"transformers:{tiny_checkpoint}"
    assert call("run", "--model", reference, "--dataset", "starter", "--out", tmp_path / "r") == 2
    assert "would run this PrefixLM causally" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"not a model", b"GGUF\x03\0\0\0"])
def test_a_file_that_is_no_gguf_is_a_data_error(tmp_path, capsys, content):
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    assert call("run", "--model", path, "--dataset", "starter", "--out", tmp_path / "run") == 5
    assert f"{path}: its GGUF metadata cannot be read" in capsys.readouterr().err


def test_a_missing_device_is_a_usage_error(tiny_checkpoint, tmp_path, capsys):
    if torch.cuda.is_available():
        pytest.skip("this machine has the device that the test wants to be missing")
    arguments = ["run", "--model", tiny_checkpoint, "--dataset", "starter", "--device", "cuda"]
    assert call(*arguments, "--out", tmp_path / "run") == 2
    assert "torch finds no 'cuda' here" in capsys.readouterr().err
